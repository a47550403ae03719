"""Fit the reader's weights over named features, its confidence and the refusal threshold.

    python -m benchmarks.fit_reader --data DATA [--kind trained] [--features CACHE] [--write]

Fitted on: the project's pages for fitting (``training.question_sets.FITTING``), every second question of the
written pages and news questions for fitting (``training.written``) and the calibration parts of CMRC and of
the news questions, none of which the trained reader has seen. Questions on news are asked of all 10,326
articles. Every question on news and of CMRC also comes with its article hidden, and one of each text with
the answering sentence cut out; of CMRC one question a text is taken. Held-out pages and ``erqi_dev`` take
no part. Prints cross-validated figures (each group left
out in turn) and, with ``--write``, stores ``qa/reading/reader_weights.json``.
"""

from __future__ import annotations

import argparse
import json
import pickle
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logsumexp
from sklearn.metrics import roc_auc_score

from benchmarks.corpus import CachedEncoder, news_at_scale, reading_set, snapshot_of, written_sets
from qa.conversation.dialogue import standalone
from qa.conversation.scope import reply_to
from qa.evaluation import Case, normalise
from qa.models.default import ensure_default_model
from qa.models.encoder import Encoder
from qa.models.span_model import READER_FILE, CharacterSpanModel, SpanModel
from qa.reading.features import (
    LinearWeights,
    QuestionFeatures,
    ReaderWeights,
    SentenceFeatures,
    feature_names,
    feature_row,
)
from qa.reading.question_features import question_features
from qa.reading.reader import SentenceReader, answering
from qa.search.retrieval import Retriever
from qa.types import Filters, Query
from qa.understanding.questions import analyse
from training import written
from training.question_sets import FITTING, QuestionSet, page_sets

SENTENCE, QUESTION = feature_names(SentenceFeatures), feature_names(QuestionFeatures)
FALSE_REFUSALS = 0.03
"""What the threshold allows on the fitting pages' answerable questions, judged by the other pages' fit."""
RAISES = {
    "alignment",
    "weakest",
    "cause",
    "dense",
    "kind",
    "coverage",
    "answerable",
    "best_answerable",
    "within",
    "best_span",
    "span_kind",
    "ahead",
}
LOWERS = {"rivals", "unmet", "attribute_missing", "missing"}
"""Question features of which more can only speak for an answer, or against one."""
_INVERSE_RIDGE = 0.3
TRAINED_ONLY = {
    "within",
    "supported",
    "answerable",
    "best_answerable",
    "best_span",
    "span_kind",
    "span_length",
    "rivals",
}


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
    holds: np.ndarray
    """Which of them hold an accepted answer in any article."""
    questions: list[np.ndarray]
    """Question features were each candidate the best one, same order; top candidates only."""


def neutral() -> LinearWeights:
    """Return weights for a first pass, which only gathers features."""
    return LinearWeights(
        0.0, dict.fromkeys(SENTENCE, 1.0), dict.fromkeys(SENTENCE, 0.0), dict.fromkeys(SENTENCE, 1.0)
    )


def gather(
    question_set: QuestionSet, encoder: Encoder | CachedEncoder, span_model: SpanModel | None, hide: bool
) -> list[Sample]:
    """Read every question of a set; with ``hide`` also with its own article hidden."""
    snapshot = snapshot_of(question_set.articles, encoder)
    entitled: dict[str, set[str]] = {}
    for article in snapshot.articles:
        entitled.setdefault(normalise(article.title), set()).add(article.id)
    retriever = Retriever(encoder)  # type: ignore[arg-type]
    reader = SentenceReader(encoder, span_model, ReaderWeights(neutral(), neutral(), 0.5))
    samples = []
    for case in question_set.cases:
        if reply_to(case.question):
            continue  # never gets to the reader
        text = standalone(case.question, case.history, snapshot.segmenter)
        right = set[str]().union(*(entitled[normalise(title)] for title in case.articles))
        others = tuple(a.id for a in snapshot.articles if a.id not in right)
        for filters in (Filters(), Filters(article_ids=others)) if hide and right else (Filters(),):
            query = Query(case.question, text, analyse(text).form, filters)
            hits = retriever.search(snapshot, text, query.top_k, filters)
            read = reader.candidates_of_the_event(query, hits, snapshot)
            candidates = answering(query, read, snapshot)
            if not candidates:
                continue
            shown = filters == Filters()
            holds = np.array(
                [any(normalise(a) in normalise(c.evidence.quote) for a in case.answers) for c in candidates]
            )
            gold = holds & [shown and c.evidence.article.id in right for c in candidates]
            samples.append(
                Sample(
                    question_set.name,
                    case,
                    shown and bool(case.answers),
                    np.stack([feature_row(c.features) for c in candidates]),
                    gold,
                    holds,
                    [
                        feature_row(question_features(query, candidates, snapshot, read, i))
                        for i in range(len(candidates))
                    ],
                )
            )
        print(f"\r{question_set.name} {len(samples)}", end="", flush=True)
    print()
    return samples


def fit_sentence(samples: list[Sample], names: list[str]) -> LinearWeights:
    """Fit a conditional logit: the probability mass of the right sentences among a question's candidates."""
    usable = [s for s in samples if s.gold.any()]
    columns = [SENTENCE.index(n) for n in names]
    everything = np.concatenate([s.rows[:, columns] for s in usable])
    mean, scale = everything.mean(0), everything.std(0) + 1e-9
    standard = [((s.rows[:, columns] - mean) / scale, s.gold) for s in usable]
    importance = np.array([1.0 if reading(s) else 4.0 for s in usable])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = 0.0, np.zeros_like(w)
        for (x, gold), share in zip(standard, importance / importance.sum(), strict=True):
            scores = x @ w
            everyone, right = logsumexp(scores), logsumexp(scores[gold])
            value += share * (everyone - right)
            slope += share * (np.exp(scores - everyone) @ x - np.exp(scores[gold] - right) @ x[gold])
        return value + 0.002 * float(w @ w), slope + 0.004 * w

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return named(0.0, best, mean, scale, names)


def fit_confidence(samples: list[Sample], sentence: LinearWeights, names: list[str]) -> LinearWeights:
    """Fit a logistic regression on the features of each question's best sentence, sets weighing alike.

    Weights keep the sign that their feature can only have: questions written as near misses share more words
    with their article than those in a reader's own words, which says nothing of questions at large.
    """
    x, y = question_rows(samples, sentence)
    x = x[:, [QUESTION.index(n) for n in names]]
    sizes = {g: sum(s.group == g for s in samples) for g in {s.group for s in samples}}
    weight = np.array([(1.0 if reading(s) else 10.0) / sizes[s.group] for s in samples])
    weight *= settled(samples, sentence)
    weight *= len(samples) / weight.sum()
    mean, scale = x.mean(0), x.std(0) + 1e-9
    standard, sides = (x - mean) / scale, np.where(y, 1.0, -1.0)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margins = sides * (standard @ w[:-1] + w[-1])
        slope = -_INVERSE_RIDGE * weight * sides * expit(-margins)
        value = _INVERSE_RIDGE * float(weight @ np.logaddexp(0, -margins)) + 0.5 * float(w[:-1] @ w[:-1])
        return value, np.append(standard.T @ slope + w[:-1], slope.sum())

    bounds = [((0, None) if n in RAISES else (None, 0) if n in LOWERS else (None, None)) for n in names]
    best = minimize(
        loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]
    )
    return named(float(best.x[-1]), best.x[:-1], mean, scale, names)


def settled(samples: list[Sample], sentence: LinearWeights) -> np.ndarray:
    """Tell which samples say what confidence should be.

    In the whole of the news other articles may answer: a best sentence elsewhere than expected is neither
    right nor wrong for certain, nor is one that gives the accepted answer though its article is hidden.
    """
    tops = best_sentences(samples, sentence)
    held = np.array([s.holds[top] for s, top in zip(samples, tops, strict=True)])
    expected = np.array([s.answerable for s in samples])
    at_scale = np.array([s.group.startswith("scale") for s in samples])
    return (held == expected) | ~at_scale


def best_sentences(samples: list[Sample], sentence: LinearWeights) -> list[int]:
    """Return which candidate of each sample the sentence weights put first."""
    return [int(np.argmax(apply(sentence, s.rows, SENTENCE))) for s in samples]


def reading(sample: Sample) -> bool:
    """Tell whether a sample is of the reading sets and not of questions written by hand."""
    return is_reading(sample.group)


def is_reading(group: str) -> bool:
    """Tell whether a group of samples is of the reading sets."""
    return group.startswith(("cmrc", "news")) or group == "scale-news"


def named(bias: float, w: np.ndarray, mean: np.ndarray, scale: np.ndarray, names: list[str]) -> LinearWeights:
    """Return a fitted model with its numbers by name, rounded."""

    def table(values: np.ndarray) -> dict[str, float]:
        return {name: round(float(v), 5) for name, v in zip(names, values, strict=True)}

    return LinearWeights(round(bias, 5), table(w), table(mean), table(scale))


def apply(weights: LinearWeights, x: np.ndarray, order: list[str]) -> np.ndarray:
    """Return the margins of feature rows whose columns are in some order."""
    names = list(weights.weights)
    w, mean, scale = (
        np.array([t[n] for n in names]) for t in (weights.weights, weights.means, weights.scales)
    )
    return weights.bias + ((x[:, [order.index(n) for n in names]] - mean) / scale) @ w


def question_rows(samples: list[Sample], sentence: LinearWeights) -> tuple[np.ndarray, np.ndarray]:
    """Return the question features at each sample's best sentence, and whether it is answerable."""
    tops = best_sentences(samples, sentence)
    rows = [s.questions[top] for s, top in zip(samples, tops, strict=True)]
    return np.stack(rows), np.array([s.answerable for s in samples])


def confidences(samples: list[Sample], sentence: LinearWeights, confidence: LinearWeights) -> np.ndarray:
    """Return each sample's probability of an answer."""
    x, _ = question_rows(samples, sentence)
    return 1 / (1 + np.exp(-apply(confidence, x, QUESTION)))


def calibration_error(p: np.ndarray, y: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width (Guo et al., arXiv 1706.04599)."""
    place = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[place == b].sum() - y[place == b].sum()) for b in range(bins)) / len(p))


def report(name: str, test: list[Sample], sentence: LinearWeights, p: np.ndarray, threshold: float) -> None:
    """Print how a fitted reader does on samples."""
    ranked = [(s, np.argsort(-apply(sentence, s.rows, SENTENCE))) for s in test if s.answerable]
    top1 = np.mean([bool(len(o)) and s.gold[o[0]] for s, o in ranked]) if ranked else float("nan")
    y = np.array([s.answerable for s in test])
    if y.all() or not y.any():
        print(f"{name:42} refused {np.mean(p < threshold):.3f}")
        return
    at5 = np.quantile(p[y], 0.05)
    print(
        f"{name:42} sentence@1 {top1:.3f} | auc {roc_auc_score(y, p):.3f}, refused at 5% false"
        f" {np.mean(p[~y] < at5):.3f}, ece {calibration_error(p, y):.3f} | at {threshold:.2f}: refused"
        f" {np.mean(p[~y] < threshold):.3f} false {np.mean(p[y] < threshold):.3f}"
    )


def main() -> None:
    """Gather, fit, cross-validate, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    parser.add_argument("--weights", type=Path, default=READER_FILE, help="the trained reader")
    parser.add_argument("--kind", choices=["trained", "matching"], default="trained")
    parser.add_argument("--features", type=Path, help="cache of the gathered features")
    parser.add_argument("--vectors", type=Path, help="folder to keep the vectors of the news in")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.features and args.features.exists():
        samples: list[Sample] = pickle.loads(args.features.read_bytes())
    else:
        encoder = Encoder.load("default", args.models)
        span_model = CharacterSpanModel.load(ensure_default_model(args.models), args.weights)
        samples = []
        asked = written_sets(written.FIT_PAGES)
        for pages in (*page_sets(FITTING), *(replace(s, cases=s.cases[::2]) for s in asked)):
            samples += gather(pages, encoder, span_model, hide=False)
        for news in news_at_scale(args.data):
            if news.name == "scale-written":
                news = replace(news, cases=news.cases[::2])
            samples += gather(news, CachedEncoder(encoder, args.vectors), span_model, hide=True)
        for source, cut in (("cmrc", False), ("cmrc", True), ("news", True)):
            texts = reading_set(args.data, source, "calibration", cut=cut, one_each=source == "cmrc")
            samples += gather(texts, encoder, span_model, hide=not cut)
        if args.features:
            args.features.write_bytes(pickle.dumps(samples))
    left_out = set() if args.kind == "trained" else TRAINED_ONLY
    sentences, questions = ([n for n in names if n not in left_out] for names in (SENTENCE, QUESTION))
    groups = sorted({s.group for s in samples})
    held_out: dict[str, np.ndarray] = {}
    fits: dict[str, LinearWeights] = {}
    for group in groups:
        train = [s for s in samples if s.group != group]
        fits[group] = fit_sentence(train, sentences)
        confidence = fit_confidence(train, fits[group], questions)
        held_out[group] = confidences([s for s in samples if s.group == group], fits[group], confidence)
    pages = [g for g in groups if not is_reading(g) and not g.startswith("scale")]
    answerable = {g: np.array([s.answerable for s in samples if s.group == g]) for g in groups}
    threshold = float(
        np.quantile(np.concatenate([held_out[g][answerable[g]] for g in pages]), FALSE_REFUSALS)
    )
    for group in groups:
        test = [s for s in samples if s.group == group]
        report(f"left out: {group}", test, fits[group], held_out[group], threshold)
    p, y = (np.concatenate([t[g] for g in pages]) for t in (held_out, answerable))
    print(f"all pages, each left out: auc {roc_auc_score(y, p):.3f}, ece {calibration_error(p, y):.3f}")
    sentence = fit_sentence(samples, sentences)
    confidence = fit_confidence(samples, sentence, questions)
    for label, weights in (("sentence", sentence), ("confidence", confidence)):
        print(label, json.dumps(weights.weights))
    print("threshold", round(threshold, 4))
    if args.write:
        path = Path("qa/reading/reader_weights.json")
        shipped: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        shipped[args.kind] = {
            "fitted_by": f"python -m benchmarks.fit_reader --kind {args.kind}",
            "fitted_on": {g: sum(s.group == g for s in samples) for g in groups},
            "threshold": round(threshold, 4),
        }
        for label, weights in (("sentence", sentence), ("confidence", confidence)):
            shipped[args.kind][label] = {
                n: getattr(weights, n) for n in ("bias", "weights", "means", "scales")
            }
        path.write_text(json.dumps(shipped, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
