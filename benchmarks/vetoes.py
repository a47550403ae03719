"""What rules a sentence out, whatever the reader says: how often it is wrong, and what it catches.

    python -m benchmarks.vetoes [--data DATA] [--show]

Asked of every written question (``training/written``; with ``--data`` those on news articles too). ``wrong``:
answerable questions each of whose answering sentences would be ruled out, with the answer marked in it.
``caught``: near misses whose most similar sentence would be, with nothing marked. No model takes part. The
rules were drawn up by looking at such questions, these among them: ``benchmarks.answers`` on the held-out
pages tells what they are worth elsewhere.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from qa.reading.vetoes import RULES, Claim, is_ruled_out
from qa.text import bigrams, fold, sentence_spans
from qa.types import Article
from qa.understanding.questions import analyse
from training import written


def trials(article: Article, question: str, answers: Iterable[str]) -> Iterator[Claim]:
    """Yield the sentences that hold the first answer; without one the sentence most like the question."""
    sentences = [article.body[start:end] for start, end in sentence_spans(article.body)]
    expected = next(iter(answers), "")
    if expected:
        chosen = [n for n, sentence in enumerate(sentences) if fold(expected) in fold(sentence)]
    else:
        wanted = set(bigrams(fold(question)))
        likeness = [len(wanted & set(bigrams(fold(sentence)))) for sentence in sentences]
        chosen = [likeness.index(max(likeness))]
    for n in chosen:
        year = f"{article.date.year}年" if article.date else ""
        around = "\n".join((article.title, year, *sentences[max(n - 1, 0) : n]))
        at = fold(sentences[n]).find(fold(expected)) if expected else -1
        yield Claim(
            question,
            analyse(question).form,
            sentences[n],
            around,
            tuple(sentences[:n]),
            article.body,
            (at, at + len(expected)) if at >= 0 else None,
        )


def report(name: str, sets: Iterable[written.WrittenSet], *, show: bool) -> None:
    """Print a line for each rule over some sets of questions."""
    answerable: list[list[Claim]] = []
    misses: list[list[Claim]] = []
    for one in sets:
        for article, _, question, answers in one.rows:
            if found := list(trials(article, question, answers)):
                (answerable if answers else misses).append(found)
    print(f"{name}: {len(answerable)} answerable questions, {len(misses)} near misses")
    for rule, rules_out in {**RULES, "any of them": is_ruled_out}.items():
        wrong = [group for group in answerable if all(map(rules_out, group))]
        caught = sum(any(map(rules_out, group)) for group in misses)
        print(
            f"  {rule:32} wrong {len(wrong):4} ({len(wrong) / len(answerable):.2%})"
            f"  caught {caught:5} ({caught / len(misses):.1%})"
        )
        for group in wrong if show and rule in RULES else ():
            print(f"    {group[0].question} | {group[0].sentence[:80]}")


def main() -> None:
    """Print a table for each kind of questions."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--show", action="store_true", help="print the questions wrongly ruled out")
    args = parser.parse_args()
    seen = [*written.page_sets(), *written.page_sets(written.FIT_PAGES)]
    report("pages", seen, show=args.show)
    report("pages that only measure", written.page_sets(written.TEST_PAGES), show=args.show)
    if args.data:
        for fitting in (False, True):
            name = "news, fitting" if fitting else "news"
            report(name, written.news_sets(args.data, fitting=fitting), show=args.show)


if __name__ == "__main__":
    main()
