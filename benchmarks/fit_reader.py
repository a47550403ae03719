"""Fit the sentence reader's weights, its confidence and the refusal threshold.

    python -m benchmarks.fit_reader --data ../shared/data [--features CACHE.npz] [--write]

Fitted on: the project's pages 1–4 (``benchmarks/pages``), a sample of CMRC-2018 dev and of the news
questions; every question of the latter two counts twice, as it stands and with its article hidden, which
makes it unanswerable. Pages 5–6 and ``erqi_dev`` take no part. Prints cross-validated figures (each page
left out in turn) and, with ``--write``, stores ``qa/reader_weights.json``.
"""

from __future__ import annotations

import argparse
import json
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from benchmarks.corpus import QuestionSet, cmrc_set, news_set, page_sets, snapshot_of
from qa.dialogue import standalone
from qa.encoder import Encoder
from qa.evaluation import Case, normalise
from qa.questions import analyse
from qa.reader import (
    LinearWeights,
    QuestionFeatures,
    ReaderWeights,
    SentenceFeatures,
    SentenceReader,
    feature_names,
    feature_row,
    may_answer,
)
from qa.retrieval import Retriever
from qa.scope import reply_to
from qa.types import Filters, Query

SENTENCE, QUESTION = feature_names(SentenceFeatures), feature_names(QuestionFeatures)
FALSE_REFUSALS = 0.08
"""What the threshold allows on the fitting pages' answerable questions."""


@dataclass(frozen=True)
class Sample:
    """One question as the reader saw it."""

    group: str
    case: Case
    answerable: bool
    rows: np.ndarray
    """``(sentences, features)`` of every candidate sentence."""
    gold: np.ndarray
    """Which of them hold an accepted answer in the right article."""
    questions: list[np.ndarray]
    """Question features were each candidate the best one, same order; top candidates only."""


def neutral() -> LinearWeights:
    """Return weights for a first pass, which only gathers features."""
    return LinearWeights(
        0.0, dict.fromkeys(SENTENCE, 1.0), dict.fromkeys(SENTENCE, 0.0), dict.fromkeys(SENTENCE, 1.0)
    )


def gather(question_set: QuestionSet, encoder: Encoder, hide: bool) -> list[Sample]:
    """Read every question of a set; with ``hide`` also with its own article hidden."""
    snapshot = snapshot_of(question_set.articles, encoder)
    retriever = Retriever(encoder)
    reader = SentenceReader(encoder, ReaderWeights(neutral(), neutral(), 0.5))
    samples = []
    for case in question_set.cases:
        if reply_to(case.question):
            continue  # never gets to the reader
        text = standalone(case.question, case.history, snapshot.segmenter)
        right = {
            a.id for a in snapshot.articles if normalise(a.title) in {normalise(t) for t in case.articles}
        }
        others = tuple(a.id for a in snapshot.articles if a.id not in right)
        for filters in (Filters(), Filters(article_ids=others)) if hide else (Filters(),):
            query = Query(case.question, text, analyse(text).form, filters)
            hits = retriever.search(snapshot, text, query.top_k, filters)
            candidates = [c for c in reader.candidates(query, hits, snapshot) if may_answer(query, c)]
            if not candidates:
                continue
            shown = filters == Filters()
            gold = [
                shown and c.evidence.article.id in right
                and any(normalise(a) in normalise(c.evidence.quote) for a in case.answers)
                for c in candidates
            ]  # fmt: skip
            samples.append(
                Sample(
                    question_set.name,
                    case,
                    shown and bool(case.answers),
                    np.stack([feature_row(c.features) for c in candidates]),
                    np.array(gold),
                    [feature_row(reader.question_features(query, c, snapshot)) for c in candidates],
                )
            )
        print(f"\r{question_set.name} {len(samples)}", end="", flush=True)
    print()
    return samples


def fit_sentence(samples: list[Sample]) -> LinearWeights:
    """Fit a conditional logit: the probability mass of the right sentences among a question's candidates."""
    usable = [s for s in samples if s.gold.any()]
    everything = np.concatenate([s.rows for s in usable])
    mean, scale = everything.mean(0), everything.std(0) + 1e-9
    standard = [((s.rows - mean) / scale, s.gold) for s in usable]

    def loss(w: np.ndarray) -> float:
        total = sum(logsumexp(x @ w) - logsumexp((x @ w)[gold]) for x, gold in standard)
        return float(total / len(standard) + 0.002 * w @ w)

    best = minimize(loss, np.zeros(len(SENTENCE)), method="L-BFGS-B").x
    return named(0.0, best, mean, scale, SENTENCE)


def fit_confidence(samples: list[Sample], sentence: LinearWeights) -> LinearWeights:
    """Fit a logistic regression on the features of each question's best sentence, sets weighing alike."""
    x, y = question_rows(samples, sentence)
    sizes = {g: sum(s.group == g for s in samples) for g in {s.group for s in samples}}
    importance = np.array([1.0 if s.group in ("cmrc", "news") else 10.0 for s in samples])
    weight = importance * np.array([1 / sizes[s.group] for s in samples])
    weight *= len(samples) / weight.sum()
    mean, scale = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=0.3, max_iter=2000).fit((x - mean) / scale, y, sample_weight=weight)
    return named(float(model.intercept_[0]), model.coef_[0], mean, scale, QUESTION)


def named(bias: float, w: np.ndarray, mean: np.ndarray, scale: np.ndarray, names: list[str]) -> LinearWeights:
    """Return a fitted model with its numbers by name, rounded."""

    def table(values: np.ndarray) -> dict[str, float]:
        return {name: round(float(v), 5) for name, v in zip(names, values, strict=True)}

    return LinearWeights(round(bias, 5), table(w), table(mean), table(scale))


def apply(weights: LinearWeights, x: np.ndarray, names: list[str]) -> np.ndarray:
    """Return the margins of feature rows."""
    w, mean, scale = (
        np.array([t[n] for n in names]) for t in (weights.weights, weights.means, weights.scales)
    )
    return weights.bias + ((x - mean) / scale) @ w


def question_rows(samples: list[Sample], sentence: LinearWeights) -> tuple[np.ndarray, np.ndarray]:
    """Return the question features at each sample's best sentence, and whether it is answerable."""
    tops = [int(np.argmax(apply(sentence, s.rows, SENTENCE))) for s in samples]
    rows = [s.questions[top] for s, top in zip(samples, tops, strict=True)]
    return np.stack(rows), np.array([s.answerable for s in samples])


def report(
    name: str, test: list[Sample], sentence: LinearWeights, confidence: LinearWeights, threshold: float
) -> None:
    """Print how a fitted reader does on samples it was not fitted on."""
    ranked = [(s, np.argsort(-apply(sentence, s.rows, SENTENCE))) for s in test if s.answerable]
    top1 = np.mean([bool(len(o)) and s.gold[o[0]] for s, o in ranked])
    top2 = np.mean([any(s.gold[i] for i in o[:2]) for s, o in ranked])
    x, y = question_rows(test, sentence)
    p = 1 / (1 + np.exp(-apply(confidence, x, QUESTION)))
    auc = roc_auc_score(y, p) if 0 < y.sum() < len(y) else float("nan")
    at5 = np.quantile(p[y], 0.05)
    print(
        f"{name:42} sentence@1 {top1:.3f} @2 {top2:.3f} | auc {auc:.3f}, refused at 5% false"
        f" {np.mean(p[~y] < at5):.3f} | at the threshold {threshold:.2f}: refused"
        f" {np.mean(p[~y] < threshold):.3f} false {np.mean(p[y] < threshold):.3f}"
    )


def threshold_for(samples: list[Sample], sentence: LinearWeights, confidence: LinearWeights) -> float:
    """Return the confidence below which FALSE_REFUSALS of the pages' answerable questions lie."""
    pages = [s for s in samples if s.group not in ("cmrc", "news")]
    x, y = question_rows(pages, sentence)
    p = 1 / (1 + np.exp(-apply(confidence, x, QUESTION)))
    return float(np.quantile(p[y], FALSE_REFUSALS))


def main() -> None:
    """Gather, fit, cross-validate, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    parser.add_argument("--features", type=Path, help="cache of the gathered features")
    parser.add_argument("--sample", type=int, default=200, help="CMRC paragraphs and news questions")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.features and args.features.exists():
        samples: list[Sample] = pickle.loads(args.features.read_bytes())
        samples = [s for s in samples if not reply_to(s.case.question)]
    else:
        encoder = Encoder.load("default", args.models)
        samples = []
        for pages in page_sets([1, 2, 3, 4]):
            samples += gather(pages, encoder, hide=False)
        samples += gather(cmrc_set(args.data, args.sample, one_each=True, seed=1), encoder, hide=True)
        samples += gather(news_set(args.data, args.sample), encoder, hide=True)
        if args.features:
            args.features.write_bytes(pickle.dumps(samples))
    groups = sorted({s.group for s in samples})
    for group in groups:
        train = [s for s in samples if s.group != group]
        sentence = fit_sentence(train)
        confidence = fit_confidence(train, sentence)
        held_out = [s for s in samples if s.group == group]
        report(
            f"left out: {group}", held_out, sentence, confidence, threshold_for(train, sentence, confidence)
        )
    sentence = fit_sentence(samples)
    confidence = fit_confidence(samples, sentence)
    threshold = threshold_for(samples, sentence, confidence)
    for label, weights in (("sentence", sentence), ("confidence", confidence)):
        print(label, json.dumps(weights.weights))
    print("threshold", round(threshold, 4))
    if args.write:
        shipped: dict[str, Any] = {
            "fitted_by": "python -m benchmarks.fit_reader",
            "fitted_on": {g: sum(s.group == g for s in samples) for g in groups},
            "threshold": round(threshold, 4),
        }
        for label, weights in (("sentence", sentence), ("confidence", confidence)):
            shipped[label] = {n: getattr(weights, n) for n in ("bias", "weights", "means", "scales")}
        Path("qa/reader_weights.json").write_text(json.dumps(shipped, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
