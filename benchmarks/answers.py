"""Answers end to end, beside three baselines in one run.

    python -m benchmarks.answers --data DATA [--news 200]

Sets: the project's held-out pages 5–6 and fitting pages 1–4 (``benchmarks/pages``), and a sample of news
questions that the weights were not fitted on, asked over the articles of that sample. Baselines never refuse:
the best passage pasted, the best sentence by dense similarity, the best sentence by BM25.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.corpus import QuestionSet, news_set, page_sets, snapshot_of
from qa.answering import Answerer
from qa.dialogue import standalone
from qa.encoder import Encoder
from qa.evaluation import Summary, evaluate, summarise
from qa.lexical import LexicalIndex
from qa.reader import SentenceReader
from qa.retrieval import Retriever
from qa.snapshot import Snapshot
from qa.text import sentence_spans, simplify
from qa.types import Answer, Article, Citation, Turn

Ask = Callable[[str, Sequence[Turn]], Answer]


def quoting(snapshot: Snapshot, article: Article, start: int, end: int, question: str) -> Answer:
    """Return an answer that quotes one span and nothing else."""
    quote = article.body[start:end]
    citation = Citation(1, article, quote, start, end)
    return Answer(
        "",
        question,
        question,
        True,
        "extractive",
        quote,
        None,
        1.0,
        (citation,),
        (),
        (),
        {},
        snapshot.generation,
    )


def systems(snapshot: Snapshot, encoder: Encoder) -> dict[str, Ask]:
    """Return the service's own way of answering and the baselines, over one snapshot."""
    retriever = Retriever(encoder)
    answerer = Answerer(retriever, SentenceReader(encoder))
    spans = [(a, *span) for a in snapshot.articles for span in sentence_spans(a.body)]
    texts = [a.body[start:end] for a, start, end in spans]
    vectors = encoder.encode_passages(texts)
    words = LexicalIndex.build(snapshot.segmenter.search_tokens(text) for text in texts)

    def resolve(question: str, history: Sequence[Turn]) -> str:
        return standalone(question, history, snapshot.segmenter)

    def paste(question: str, history: Sequence[Turn]) -> Answer:
        hit = retriever.search(snapshot, resolve(question, history), 1)[0]
        return quoting(snapshot, hit.article, hit.passage.start, hit.passage.end, question)

    def best_dense(question: str, history: Sequence[Turn]) -> Answer:
        query = encoder.encode_queries([simplify(resolve(question, history))])[0]
        return quoting(snapshot, *spans[int(np.argmax(vectors @ query))], question)

    def best_lexical(question: str, history: Sequence[Turn]) -> Answer:
        scores = words.scores(snapshot.segmenter.search_tokens(resolve(question, history)))
        return quoting(snapshot, *spans[int(np.argmax(scores))], question)

    return {
        "bulletin-qa": lambda q, history: answerer.answer(snapshot, q, history=history),
        "best passage pasted": paste,
        "best sentence, dense": best_dense,
        "best sentence, BM25": best_lexical,
    }


def row(name: str, summary: Summary) -> str:
    """Return one line of the table."""

    def share(value: float | None) -> str:
        return "    –" if value is None else f"{value:5.3f}"

    shares = (
        summary.right,
        summary.short_right,
        summary.first_citation,
        summary.refused,
        summary.false_refusals,
    )
    return f"  {name:24} " + "  ".join(f"{share(s):>8}" for s in shares) + f"  {summary.p50_ms:7.0f}"


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder that holds reading/news_qa.jsonl.gz")
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    parser.add_argument("--news", type=int, default=200)
    args = parser.parse_args()
    encoder = Encoder.load("default", args.models)
    groups: dict[str, list[QuestionSet]] = {
        "pages 5-6 (held out)": page_sets([5, 6]),
        "pages 1-4 (fitted on)": page_sets([1, 2, 3, 4]),
    }
    if args.data:
        groups["news (held out)"] = [news_set(args.data, args.news, held_out=True)]
    for title, sets in groups.items():
        outcomes: dict[str, list] = {}
        for questions in sets:
            snapshot = snapshot_of(questions.articles, encoder)
            for name, ask in systems(snapshot, encoder).items():
                outcomes.setdefault(name, []).extend(evaluate(questions.cases, ask))
        count = sum(len(s.cases) for s in sets)
        print(f"{title}, {count} questions")
        print("  " + " " * 25 + "   right     short  first cit   refused  false ref  p50 ms")
        for name, results in outcomes.items():
            print(row(name, summarise(results)), flush=True)


if __name__ == "__main__":
    main()
