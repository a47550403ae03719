"""Fit what similarity, BM25 and the coverage of words count in ranking passages, and print what each adds.

    python -m benchmarks.fit_retrieval --data DATA [--vectors FOLDER]

Fitted on questions that the reader is trained on: pages (each its own collection), CMRC (its paragraphs one
collection) and news (all 10,326 articles one collection); the other lines were not fitted on. A conditional
logit: the probability mass of the passages that hold an accepted answer in the right article, among all
candidates. The weights printed are scaled so that the fused score of a question's candidates deviates by
``_DEVIATION`` on average, which ``qa.search.recency`` reckons with.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp

from benchmarks.corpus import CachedEncoder, news_articles, reading_set, snapshot_of, written_sets
from qa.evaluation import Case, normalise
from qa.index.snapshot import Snapshot
from qa.models.encoder import Encoder
from qa.search.retrieval import WEIGHTS, Retriever, Scored
from qa.text import fold
from training import written
from training.data import Part, pairs
from training.question_sets import HELD_OUT, TRAINING, QuestionSet, page_sets

PARTS: tuple[Part, ...] = ("train", "calibration", "test")
NAMES = tuple(WEIGHTS)
_DEVIATION = 0.75
_RIDGE = 1e-3
Score = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A question's candidate passages."""

    group: str
    fits: bool
    """Whether weights are fitted on it."""
    rows: np.ndarray
    """``(candidates, len(NAMES))``, similarity and BM25 as z-scores."""
    gold: np.ndarray
    """Which hold an accepted answer in the right article."""
    articles: np.ndarray
    """Which article each is of, as a number."""
    right: frozenset[int]


def question_sets(data: Path) -> Iterator[tuple[str, bool, QuestionSet]]:
    """Yield name, whether it is for fitting, and questions; those on one collection share its articles."""
    seen = written.FIT_PAGES | written.TEST_PAGES
    training = [*written_sets(set(range(1000)) - seen), *page_sets(TRAINING)]
    yield from (("pages", True, page) for page in training)
    yield from (("pages for confidence", False, page) for page in written_sets(written.FIT_PAGES))
    held_out = [*written_sets(written.TEST_PAGES), *page_sets(HELD_OUT)]
    yield from (("pages held out", False, page) for page in held_out)
    sets = [reading_set(data, "cmrc", part) for part in PARTS]
    paragraphs = tuple({a.id: a for s in sets for a in s.articles}.values())
    for part, found in zip(PARTS, sets, strict=True):
        yield f"CMRC {part}", part == "train", replace(found, articles=paragraphs)
    articles = tuple(news_articles(data))
    titles = {fold(article.body): article.title for article in articles}
    for fitting in (False, True):
        cases = tuple(
            replace(case, articles=(titles[fold(article.body)],))
            for batch in written.news_sets(data, fitting=fitting)
            for case, (article, *_) in zip(batch.cases(), batch.rows, strict=True)
        )
        name = "news, written" + " for confidence" * fitting
        yield name, not fitting, QuestionSet(name, articles, cases)
    for part in PARTS:
        cases = tuple(
            Case(pair.question, pair.question, pair.answers, (titles[pair.context],))
            for pair in pairs(data, part)
            if pair.source == "news" and pair.context in titles
        )
        yield f"news {part}", part == "train", QuestionSet(part, articles, cases)


def ranked(name: str, fits: bool, case: Case, snapshot: Snapshot, scored: Scored) -> Ranked:
    """Return the candidates of a question with what is known of them."""
    passages = [snapshot.passages[row] for row in scored.rows]
    number = {identifier: i for i, identifier in enumerate(dict.fromkeys(p.article_id for p in passages))}
    articles = np.array([number[p.article_id] for p in passages])
    titles = {normalise(title) for title in case.articles}
    right = frozenset(i for name, i in number.items() if normalise(snapshot.article(name).title) in titles)
    answers = [normalise(answer) for answer in case.answers]
    gold = np.array(
        [
            article in right and any(answer in normalise(passage.text) for answer in answers)
            for article, passage in zip(articles.tolist(), passages, strict=True)
        ]
    )
    rows = np.stack([scored.parts[n] for n in NAMES], axis=1)
    return Ranked(name, fits, rows, gold, articles, right)


def fit(questions: list[Ranked]) -> np.ndarray:
    """Return the weights, groups weighing alike."""
    usable = [q for q in questions if q.fits and q.gold.any()]
    sizes = {g: sum(q.group == g for q in usable) for g in {q.group for q in usable}}

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = _RIDGE * float(w @ w), 2 * _RIDGE * w
        for q in usable:
            share = 1 / (sizes[q.group] * len(sizes))
            scores = q.rows @ w
            everyone, right = logsumexp(scores), logsumexp(scores[q.gold])
            value += share * (everyone - right)
            slope = slope + share * (
                np.exp(scores - everyone) @ q.rows - np.exp(scores[q.gold] - right) @ q.rows[q.gold]
            )
        return value, slope

    found = minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B").x
    return np.asarray(found * _DEVIATION / np.mean([(q.rows @ found).std() for q in usable]))


def hits(questions: list[Ranked], weights: np.ndarray) -> str:
    """Return the shares of questions whose right article is first, and among the first five."""
    ranks = []
    for q in questions:
        order = dict.fromkeys(q.articles[np.argsort(-(q.rows @ weights), kind="stable")].tolist())
        ranks.append(next((i for i, article in enumerate(order, 1) if article in q.right), np.inf))
    return f"{np.mean(np.array(ranks) <= 1):.3f} {np.mean(np.array(ranks) <= 5):.3f}"


def main() -> None:
    """Rank, fit, print hit@1 and hit@5 by article for each way of scoring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    parser.add_argument("--vectors", type=Path, help="folder to keep the passages' vectors in")
    args = parser.parse_args()
    encoder = CachedEncoder(Encoder.load("default", args.models), args.vectors)
    retriever = Retriever(encoder)  # type: ignore[arg-type]
    questions: list[Ranked] = []
    snapshot: Snapshot | None = None
    articles: object = None
    for name, fits, asked in question_sets(args.data):
        if snapshot is None or asked.articles is not articles:
            snapshot, articles = snapshot_of(asked.articles, encoder), asked.articles
        for case in asked.cases:
            if case.answers and case.articles and not case.history:
                scored = retriever.score(snapshot, case.question)
                questions.append(ranked(name, fits, case, snapshot, scored))
    fitted = fit(questions)
    ways = {
        "similarity": np.array([1.0, 0, 0, 0]),
        "BM25": np.array([0, 1.0, 0, 0]),
        "0.7 + 0.3 of both": np.array([0.7, 0.3, 0, 0]),
        "as shipped": np.array([WEIGHTS[n] for n in NAMES]),
        "as fitted": fitted,
    }
    print("hit@1 and hit@5 by article" + " " * 13 + "".join(f"{way:>20}" for way in ways))
    for group in dict.fromkeys(q.group for q in questions):
        those = [q for q in questions if q.group == group]
        print(f"{group:30} ({len(those):4})  " + "".join(f"{hits(those, w):>20}" for w in ways.values()))
    print("fitted", dict(zip(NAMES, fitted.round(3).tolist(), strict=True)))


if __name__ == "__main__":
    main()
