"""What readers get who ask questions that nobody has seen: sets of ``benchmarks/asked``, conversations live.

    python -m benchmarks.asked [--half unread] [--only notices] [--failed]

Every set was written by one person who knew the texts, not the program, in an everyday reader's words,
accepted answers first; nothing was changed for being answered wrongly. A line is kind, question, accepted
answers and headlines, between tabs: answers between ``|`` (any is right; after ``&`` all are needed), none
for what the texts do not tell. A question behind ``>`` is asked after the reply to the one above.

Halves are of different texts (of different questions, on the seed page). ``read`` was looked at by those who
mended what went wrong; of ``unread`` only figures are known. README gives what both were at first.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from benchmarks.answers import heads, row
from benchmarks.corpus import snapshot_of
from qa.answers.answering import Answerer
from qa.evaluation import Case, Outcome, evaluate
from qa.models.default import ensure_default_model
from qa.models.encoder import Encoder
from qa.models.span_model import CharacterSpanModel
from qa.reading.reader import SentenceReader
from qa.search.retrieval import Retriever
from qa.types import Answer, Article, Turn
from training.question_sets import folder_articles

ASKED = Path(__file__).parent / "asked"
SEEDS = Path(__file__).parents[1] / "seeds"
Half = Literal["read", "unread"]
HALVES: tuple[Half, ...] = ("read", "unread")


def texts_of(folder: Path) -> tuple[Article, ...]:
    """Read the bulletins of a half, those of the seed page where it has none of its own."""
    return folder_articles(folder) or folder_articles(SEEDS)


def chains_of(questions: Path) -> Iterator[list[Case]]:
    """Read a question file: each first question with those that are asked after it.

    Raises:
        ValueError: a line has fewer than three columns, or begins with a follow-up; names the line.
    """
    chain: list[Case] = []
    for number, line in enumerate(questions.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, question, accepted, *rest = [*line.split("\t"), ""]
        if not rest or (question.startswith(">") and not chain):
            raise ValueError(f"{questions}, line {number}: {line!r}")
        follows = question.startswith(">")
        if chain and not follows:
            yield chain
            chain = []
        answers = tuple(a.strip() for a in accepted.removeprefix("&").split("|") if a.strip())
        articles = tuple(t.strip() for t in rest[0].split("|") if t.strip())
        case = Case(str(number), question.lstrip("> "), answers, articles, (), accepted.startswith("&"), kind)
        chain.append(case)
    if chain:
        yield chain


def ask_live(answerer: Answerer, folder: Path, encoder: Encoder) -> list[Outcome]:
    """Ask the questions of a half, each after what was really answered before it."""
    snapshot = snapshot_of(texts_of(folder), encoder)

    def ask(question: str, history: Sequence[Turn]) -> Answer:
        return answerer.answer(snapshot, question, history=history)

    outcomes = []
    for chain in chains_of(folder / "questions.tsv"):
        history: tuple[Turn, ...] = ()
        for case in chain:
            (outcome,) = evaluate([replace(case, history=history)], ask)
            outcomes.append(outcome)
            history = (*history, Turn("user", case.question), Turn("assistant", outcome.answer.answer))
    return outcomes


def _said(outcome: Outcome) -> str:
    answer = outcome.answer
    said = answer.short_answer or answer.answer[:60] if answer.answered else "refused"
    as_ = f" [{answer.standalone_question}]" if answer.standalone_question != outcome.case.question else ""
    accepted = "|".join(outcome.case.answers) or "not told"
    return f"    {outcome.case.id} {outcome.case.question}{as_}: {said} ({answer.confidence:.2f}), {accepted}"


def main() -> None:
    """Print a table: a line a set, and all of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=HALVES, help="one half alone")
    parser.add_argument("--only", default="", help="sets whose name holds this")
    parser.add_argument("--failed", action="store_true", help="print what was not right, of half read")
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    args = parser.parse_args()
    encoder = Encoder.load("default", args.models)
    span_model = CharacterSpanModel.load(ensure_default_model(args.models))
    answerer = Answerer(Retriever(encoder), SentenceReader(encoder, span_model))
    for half in (args.half,) if args.half else HALVES:
        print(f"{half}\n{heads()}")
        together: list[Outcome] = []
        for folder in sorted(f for f in ASKED.glob(f"*/{half}") if args.only in f.parent.name):
            outcomes = ask_live(answerer, folder, encoder)
            together += outcomes
            print(row(f"{folder.parent.name} ({len(outcomes)})", outcomes), flush=True)
            if args.failed and half == "read":
                print(*(_said(o) for o in outcomes if not o.right), sep="\n")
        print(row(f"all ({len(together)})", together), flush=True)


if __name__ == "__main__":
    main()
