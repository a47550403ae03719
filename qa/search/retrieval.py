"""Hybrid retrieval: dense and lexical scores of the same candidates, fused."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qa.index.snapshot import Snapshot
from qa.index.vectors import Embedder
from qa.language.periods import Period
from qa.search.matching import coverages, word_weights
from qa.search.recency import TimeWish, time_bonus, time_wish
from qa.search.reranker import CANDIDATES, Reranker
from qa.text import simplify
from qa.types import Filters, Hit
from qa.understanding.synonyms import Synonyms, built_in
from qa.understanding.wording import other_words

WEIGHTS = {"dense": 0.24, "lexical": 0.13, "coverage": 1.7, "article": 1.85}
"""What each part counts in the fused score; ``benchmarks/fit_retrieval.py`` fits it, prints what it adds."""
POOL = 100
"""Candidates taken from each retriever before fusion."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Candidate rows of a snapshot with their scores, all arrays of one length."""

    rows: NDArray[np.int64]
    dense: NDArray[np.float32]
    lexical: NDArray[np.float32]
    coverage: NDArray[np.float64]
    """Share of the question's words in the passage, rare words counting more, 0 to 1."""
    article: NDArray[np.float64]
    """The same in its article, the headline included."""

    @property
    def parts(self) -> dict[str, NDArray[np.float64]]:
        """Return what is weighed: cosines and BM25 scores as z-scores over the candidates, and coverages."""
        dense, lexical = z_scores(self.dense), z_scores(self.lexical)
        return {"dense": dense, "lexical": lexical, "coverage": self.coverage, "article": self.article}

    @property
    def fused(self) -> NDArray[np.float64]:
        """Return the weighted sum of the parts.

        Convex combination beats rank fusion where the scores of both retrievers are known: Bruch, Gai,
        Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", arXiv 2210.11934. Coverage tells
        more than either: BM25 knows how rare a word is among these articles, not in Chinese.
        """
        total = np.zeros(len(self.rows))
        for name, values in self.parts.items():
            total += WEIGHTS[name] * values
        return total


def z_scores(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return values shifted and scaled to mean 0 and deviation 1; zeros where all are equal."""
    deviation = float(values.std()) if len(values) else 0.0
    if deviation < 1e-9:
        return np.zeros(len(values))
    return (values.astype(np.float64) - float(values.mean())) / deviation


class Retriever:
    """Find the passages of a snapshot that fit a question; stateless, safe for concurrent use."""

    def __init__(
        self, encoder: Embedder, reranker: Reranker | None = None, synonyms: Synonyms | None = None
    ) -> None:
        self._encoder = encoder
        self.synonyms = built_in() if synonyms is None else synonyms
        self._reranker = reranker

    def search(self, snapshot: Snapshot, question: str, k: int, filters: Filters = Filters()) -> list[Hit]:  # noqa: B008
        """Return the best ``k`` passages, best first, by ``(-score, passage id)``.

        ``Hit.score`` is the fused score, without unit, and what the question's time adds for the date of the
        article; ``Hit.scores`` holds ``dense`` (cosine), ``lexical`` (BM25), ``coverage`` and ``article``
        (see :class:`Scored`), ``fused`` and, with a cross-encoder, ``reranker``.
        """
        wish = time_wish(question, snapshot.newest_day)
        scored = self.score(snapshot, question, filters, wish)
        dates = [snapshot.article(snapshot.passages[row].article_id).date for row in scored.rows]
        kinds = ("dense", "lexical", "coverage", "article", "fused")
        columns = [getattr(scored, kind).tolist() for kind in kinds]
        hits = [
            Hit(
                passage=snapshot.passages[row],
                article=snapshot.article(snapshot.passages[row].article_id),
                score=scores[-1] + float(bonus),
                scores=dict(zip(kinds, scores, strict=True)),
            )
            for row, bonus, *scores in zip(scored.rows, time_bonus(wish, dates), *columns, strict=True)
        ]
        ranked = sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))
        if self._reranker is not None:
            ranked = self._reranker.rerank(question, ranked[: max(k, CANDIDATES)])
        return ranked[:k]

    def score(
        self,
        snapshot: Snapshot,
        question: str,
        filters: Filters = Filters(),  # noqa: B008
        wish: TimeWish | None = None,
    ) -> Scored:
        """Return the union of both retrievers' best candidates with both scores of each.

        Where the question names the days of its article, the best candidates of those days are among them.
        """
        vector = self._encoder.encode_queries([simplify(question)])[0]
        also = other_words(question, snapshot.lexicon, self.synonyms)
        asked = " ".join((question, wish.words if wish else "", *also))
        tokens = snapshot.segmenter.search_tokens(asked)
        all_lexical = snapshot.lexical.scores(tokens)
        rows = _candidates(snapshot, vector, all_lexical, _mask(snapshot, filters))
        if wish is not None and wish.period is not None:
            of_then = _mask(snapshot, filters, wish.period)
            rows = np.union1d(rows, _candidates(snapshot, vector, all_lexical, of_then))
        dense = snapshot.vectors.scores_of(vector, rows)
        lexical = all_lexical[rows]
        return Scored(rows, dense, lexical, *_coverages(snapshot, question, rows))


def _coverages(
    snapshot: Snapshot, question: str, rows: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how far each passage and its article hold the question's words."""
    weights = word_weights(question, snapshot.segmenter)
    passages = [snapshot.passages[row] for row in rows]
    articles = {p.article_id: snapshot.article(p.article_id) for p in passages}
    whole = coverages(weights, [f"{a.title}\n{a.body}" for a in articles.values()])
    place = {identifier: i for i, identifier in enumerate(articles)}
    return coverages(weights, [p.text for p in passages]), whole[[place[p.article_id] for p in passages]]


def _candidates(
    snapshot: Snapshot,
    vector: NDArray[np.float32],
    lexical: NDArray[np.float32],
    allowed: NDArray[np.bool_] | None,
) -> NDArray[np.int64]:
    """Return the union of both retrievers' best rows among those allowed."""
    dense_rows, _ = snapshot.vectors.search(vector, POOL, allowed)
    matching = lexical if allowed is None else np.where(allowed, lexical, 0)
    pool = min(POOL, len(matching))
    top = np.argpartition(-matching, pool - 1)[:pool] if pool else np.empty(0, np.int64)
    return np.union1d(dense_rows, top[matching[top] > 0]).astype(np.int64)


def _mask(snapshot: Snapshot, filters: Filters, period: Period | None = None) -> NDArray[np.bool_] | None:
    """Return which rows the snapshot, the filters and a period admit; ``None`` where they admit all."""
    if filters == Filters() and period is None:
        return snapshot.admitted
    listed = None if filters.article_ids is None else frozenset(filters.article_ids)  # may be thousands
    days = replace(filters, article_ids=None)
    admitted = {
        article.id
        for article in snapshot.in_force
        if (listed is None or article.id in listed)
        and days.admits(article)
        and (period is None or period.holds(article.date))
    }
    return np.fromiter((p.article_id in admitted for p in snapshot.passages), bool, len(snapshot.passages))
