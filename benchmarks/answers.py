"""Answers end to end, beside the same service with parts taken out and beside baselines, in one run.

    python -m benchmarks.answers [--questions FILE --seeds FOLDER] [--data DATA] [--only NAME] [--short]

Sets: the project's held-out pages, those that confidence was fitted on and those that the reader was
trained on (``benchmarks/pages``), held-out pages of ``training/written``, any question file on a folder of
bulletins, and the news questions that neither training nor fitting has seen, asked over their articles.
Taken out: the trained reader, the calibration of confidence (then the reader's own verdict refuses), the
composing of answers by form, the way a question is reworded, the coverage of its words in ranking passages,
and what its time says. The baselines never refuse: the best passage pasted, the best sentence by dense
similarity, the best sentence by BM25.

The area under the curve tells questions that the set answers from those it does not, by
``confidence``; then come the share refused where the threshold would refuse 5 % of the answerable,
and the expected calibration error.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import numpy as np
from sklearn.metrics import roc_auc_score

import qa.answers.answering
import qa.answers.finding
import qa.search.retrieval
from benchmarks.corpus import reading_set, snapshot_of, written_sets
from benchmarks.fit_reader import calibration_error
from qa.answers.answering import Answerer
from qa.composing import SHORT_CHARS, Draft, Quote
from qa.conversation.dialogue import standalone
from qa.evaluation import Outcome, evaluate, summarise
from qa.index.lexical import LexicalIndex
from qa.index.snapshot import Snapshot
from qa.models.default import ensure_default_model
from qa.models.encoder import Encoder
from qa.models.span_model import CharacterSpanModel, SpanModel
from qa.reading.features import LinearWeights, ReaderWeights
from qa.reading.reader import SentenceReader
from qa.search.recency import TimeWish
from qa.search.retrieval import Retriever
from qa.text import Segmenter, sentence_spans, simplify
from qa.types import Answer, Article, Citation, Query, Reading, Turn
from qa.understanding.questions import Asked
from qa.understanding.wording import Reworded
from training.question_sets import FITTING, HELD_OUT, TRAINING, QuestionSet, folder_set, page_sets
from training.written import TEST_PAGES

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


def plain_draft(query: Query, asked: Asked, reading: Reading, segmenter: Segmenter) -> Draft:
    """Return the best sentence and what the reader marked in it, whatever the form of the question."""
    best = reading.evidence[0]
    short = best.short if best.short and len(best.short) <= SHORT_CHARS else None
    return Draft((Quote(best.article, best.start, best.end),), short)


TAKEN_OUT: dict[str, tuple[tuple[ModuleType, str, object], ...]] = {
    "… without forms": ((qa.answers.finding, "draft", plain_draft),),
    "… without rewording": (
        (qa.answers.answering, "reword", lambda text, *_: Reworded(text)),
        (qa.search.retrieval, "other_words", lambda *_: ()),
    ),
    "… without coverage": (
        (qa.search.retrieval, "WEIGHTS", {"dense": 0.7, "lexical": 0.3, "coverage": 0.0, "article": 0.0}),
    ),
    "… without time": (
        (qa.search.retrieval, "time_wish", lambda *_: TimeWish(None, False, "")),
        (qa.answers.finding, "prefers_newest", lambda _: False),
    ),
}
"""What each part is replaced by where it is taken out, by the name of the line."""


def uncalibrated() -> ReaderWeights:
    """Return weights that refuse where the trained reader by itself says that no passage answers."""
    name = "best_answerable"
    bare = LinearWeights(0.0, {name: 1.0}, {name: 0.0}, {name: 1.0})
    return replace(ReaderWeights.shipped(), confidence=bare, threshold=0.5)


def systems(snapshot: Snapshot, encoder: Encoder, span_model: SpanModel) -> dict[str, Ask]:
    """Return the service's own way of answering, less some parts, and the baselines, over one snapshot."""
    retriever = Retriever(encoder)
    answerer = Answerer(retriever, SentenceReader(encoder, span_model))
    matching = Answerer(retriever, SentenceReader(encoder))
    bare = Answerer(retriever, SentenceReader(encoder, span_model, uncalibrated()))
    spans = [(a, *span) for a in snapshot.articles for span in sentence_spans(a.body)]
    texts = [a.body[start:end] for a, start, end in spans]
    vectors = encoder.encode_passages(texts)
    words = LexicalIndex.build(snapshot.segmenter.search_tokens(text) for text in texts)

    def resolve(question: str, history: Sequence[Turn]) -> str:
        return standalone(question, history, snapshot.segmenter)

    def less(part: tuple[tuple[ModuleType, str, object], ...]) -> Ask:
        def ask(question: str, history: Sequence[Turn]) -> Answer:
            with ExitStack() as stack:
                for module, name, value in part:
                    stack.enter_context(patch.object(module, name, value))
                return answerer.answer(snapshot, question, history=history)

        return ask

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
        "… without the reader": lambda q, history: matching.answer(snapshot, q, history=history),
        "… without calibration": lambda q, history: bare.answer(snapshot, q, history=history),
        **{name: less(part) for name, part in TAKEN_OUT.items()},
        "best passage pasted": paste,
        "best sentence, dense": best_dense,
        "best sentence, BM25": best_lexical,
    }


def separation(outcomes: Sequence[Outcome]) -> str:
    """Return how confidence tells what is answerable: area under the curve, refused at 5 % false, ECE."""
    p = np.array([o.answer.confidence for o in outcomes])
    y = np.array([bool(o.case.answers) for o in outcomes])
    if y.all() or not y.any() or len(set(p)) == 1:
        return " ".join(["        –"] * 3)
    at5 = np.quantile(p[y], 0.05)
    return f"{roc_auc_score(y, p):9.3f} {np.mean(p[~y] < at5):9.3f} {calibration_error(p, y):9.3f}"


def heads() -> str:
    """Return the line above those of :func:`row`."""
    names = ("right", "short", "first cit", "refused", "false ref", "auc", "ref@5%", "ece", "p50 ms")
    return " " * 27 + " ".join(f"{name:>9}" for name in names)


def row(name: str, outcomes: Sequence[Outcome]) -> str:
    """Return one line of the table."""
    summary = summarise(outcomes)

    def share(value: float | None) -> str:
        return "    –" if value is None else f"{value:5.3f}"

    shares = (
        summary.right,
        summary.short_right,
        summary.first_citation,
        summary.refused,
        summary.false_refusals,
    )
    figures = " ".join(f"{share(s):>9}" for s in shares)
    return f"  {name:24} {figures} {separation(outcomes)} {summary.p50_ms:9.0f}"


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder that holds reading/")
    parser.add_argument("--questions", type=Path, help="question file on the bulletins of --seeds")
    parser.add_argument("--seeds", type=Path, default=Path("seeds"))
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    parser.add_argument("--only", help="sets whose name holds this")
    parser.add_argument("--short", action="store_true", help="the service alone, nothing beside it")
    args = parser.parse_args()
    encoder = Encoder.load("default", args.models)
    span_model = CharacterSpanModel.load(ensure_default_model(args.models))
    groups: dict[str, list[QuestionSet]] = {}
    if args.questions:
        groups[args.questions.name] = [folder_set(args.questions, args.seeds)]
    groups["pages 10-13 (held out)"] = page_sets(HELD_OUT)
    groups["written pages (held out)"] = written_sets(TEST_PAGES)
    groups["pages 4-6, 9 (confidence fitted on)"] = page_sets(FITTING)
    groups["pages 1-3, 7-8 (reader trained on)"] = page_sets(TRAINING)
    if args.data:
        groups["news (held out)"] = [reading_set(args.data, "news", "test")]
    for title, sets in groups.items():
        if args.only and args.only not in title:
            continue
        outcomes: dict[str, list[Outcome]] = {}
        for questions in sets:
            snapshot = snapshot_of(questions.articles, encoder)
            asking = systems(snapshot, encoder, span_model)
            for name, ask in list(asking.items())[: 1 if args.short else None]:
                outcomes.setdefault(name, []).extend(evaluate(questions.cases, ask))
        count = sum(len(s.cases) for s in sets)
        print(f"{title}, {count} questions")
        print(heads())
        for name, results in outcomes.items():
            print(row(name, results), flush=True)


if __name__ == "__main__":
    main()
