"""News at scale: index every article, ask the held-out questions, then ask them without their articles.

    python -m benchmarks.news --data DATA [--cache FOLDER] [--articles N]

The first sentence stands for the missing headline. ``hit@k`` and ``right`` ask for the very article that a
question was made from, though other papers may have carried the same news. Without its source article a
question is to be refused; where another article gives the accepted answer all the same, an answer that
quotes it is counted apart. Baselines in the same run: the passage pasted that dense, lexical or fused
retrieval puts first, and the most similar sentence of the best dense passage. At the end the service's
figures by what a question names (``benchmarks.news_labels``).
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks import news_labels
from benchmarks.answers import quoting
from benchmarks.corpus import CachedEncoder, news_articles, snapshot_of
from qa.answers.answering import Answerer
from qa.evaluation import Case, Outcome, evaluate, normalise, summarise
from qa.index.snapshot import Snapshot
from qa.models.default import ensure_default_model
from qa.models.encoder import Encoder
from qa.models.span_model import CharacterSpanModel
from qa.reading.reader import SentenceReader
from qa.search.retrieval import Retriever
from qa.text import fold, sentence_spans, simplify
from qa.types import Answer, Filters, Turn
from training.data import pairs

Ask = Callable[[str, Sequence[Turn]], Answer]


def main() -> None:
    """Print one table for the open questions and what became of them without their articles."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    parser.add_argument("--cache", type=Path, help="folder to keep the vectors in")
    parser.add_argument("--articles", type=int)
    args = parser.parse_args()
    encoder = Encoder.load("default", args.models)
    articles = news_articles(args.data, args.articles)
    began = time.perf_counter()
    snapshot = snapshot_of(articles, CachedEncoder(encoder, args.cache))  # type: ignore[arg-type]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{len(snapshot.articles)} articles, {len(snapshot.passages)} passages in"
        f" {time.perf_counter() - began:.0f} s, peak memory {peak:.1f} GiB"
    )
    by_body = {fold(a.body): a for a in snapshot.articles}
    held_out = [p for p in pairs(args.data, "test") if p.source == "news" and p.context in by_body]
    sources = [by_body[p.context] for p in held_out]
    cases = [Case(f"n{i}", p.question, p.answers, (sources[i].title,)) for i, p in enumerate(held_out)]
    retriever = Retriever(encoder)
    span_model = CharacterSpanModel.load(ensure_default_model(args.models))
    answerer = Answerer(retriever, SentenceReader(encoder, span_model))

    def service(question: str, history: Sequence[Turn]) -> Answer:
        return answerer.answer(snapshot, question, history=history)

    print(f"{len(cases)} held-out questions, open")
    print(" " * 37 + "hit@1  hit@5    MRR  right  short  first cit  false ref  p50 ms  p95 ms")
    shown: list[Outcome] = []
    systems: dict[str, Ask] = {"bulletin-qa": service, **baselines(snapshot, retriever, encoder)}
    for name, ask in systems.items():
        outcomes = evaluate(cases, ask)
        shown = shown or outcomes
        s = summarise(outcomes)
        print(
            f"  {name:34} {s.hit_at_1:.3f}  {s.hit_at_5:.3f}  {s.mrr:.3f}  {s.right:.3f}  {s.short_right:.3f}"
            f"      {s.first_citation:.3f}      {s.false_refusals:.3f}  {s.p50_ms:6.0f}  {s.p95_ms:6.0f}",
            flush=True,
        )
    hidden = []
    for case, source in zip(cases, sources, strict=True):
        others = Filters(article_ids=tuple(a.id for a in snapshot.articles if a.id != source.id))
        hidden.append(answerer.answer(snapshot, case.question, filters=others))
    report_hidden(cases, shown, hidden)
    report_by_label(cases, shown, hidden)


def baselines(snapshot: Snapshot, retriever: Retriever, encoder: Encoder) -> dict[str, Ask]:
    """Return ways of answering that paste and never refuse."""

    def paste(kind: str) -> Ask:
        def ask(question: str, _: Sequence[Turn]) -> Answer:
            scored = retriever.score(snapshot, question)
            passage = snapshot.passages[scored.rows[int(np.argmax(getattr(scored, kind)))]]
            article = snapshot.article(passage.article_id)
            return quoting(snapshot, article, passage.start, passage.end, question)

        return ask

    def best_sentence(question: str, history: Sequence[Turn]) -> Answer:
        passage = paste("dense")(question, history).citations[0]
        spans = sentence_spans(passage.quote)
        vectors = encoder.encode_passages([passage.quote[a:b] for a, b in spans])
        start, end = spans[int(np.argmax(vectors @ encoder.encode_queries([simplify(question)])[0]))]
        return quoting(snapshot, passage.article, passage.start + start, passage.start + end, question)

    return {
        "best passage pasted, fused": paste("fused"),
        "best passage pasted, dense": paste("dense"),
        "best passage pasted, BM25": paste("lexical"),
        "best sentence of the dense passage": best_sentence,
    }


def report_hidden(cases: list[Case], shown: list[Outcome], hidden: list[Answer]) -> None:
    """Print what became of the questions whose articles were taken away."""
    elsewhere = np.array(
        [
            answer.answered
            and any(normalise(a) in normalise(c.quote) for a in case.answers for c in answer.citations)
            for case, answer in zip(cases, hidden, strict=True)
        ]
    )
    false_refusals = np.mean([not o.answer.answered for o in shown])
    before = np.array([o.answer.confidence for o in shown])
    after = np.array([a.confidence for a in hidden])
    at10 = np.quantile(before, 0.10)
    print(f"{len(cases)} questions without their articles")
    refused = np.mean([not a.answered for a in hidden])
    print(f"  refused as shipped: {refused:.3f}, with {false_refusals:.3f} false")
    print(f"  answered by another article that gives the accepted answer: {elsewhere.mean():.3f}")
    print(
        f"  refused where 0.10 of the open ones would be: {np.mean(after < at10):.3f};"
        f" without those that another article answers: {np.mean(after[~elsewhere] < at10):.3f}"
    )


def report_by_label(cases: list[Case], shown: list[Outcome], hidden: list[Answer]) -> None:
    """Print the figures of the questions that name one article, several, or none; others are left out."""
    known = news_labels.load()
    labels = [known.get(news_labels.key(case.question, case.answers)) for case in cases]
    at10 = np.quantile([o.answer.confidence for o in shown], 0.10)
    print("By what a question names (refused: of those that no other article answers)")
    print("                 n  hit@5  right  without its article: refused at 0.10 false of all")
    for name in news_labels.LABELS:
        rows = [i for i, label in enumerate(labels) if label is not None and label.names == name]
        alone = [hidden[i].confidence < at10 for i in rows if not (label := labels[i]) or not label.elsewhere]
        if rows:
            s = summarise([shown[i] for i in rows])
            refused = f"{np.mean(alone):.3f} of {len(alone)}" if alone else "-"
            print(f"  {name:10} {len(rows):6}  {s.hit_at_5:.3f}  {s.right:.3f}  {refused}")


if __name__ == "__main__":
    main()
