"""From ranked passages to evidence: which sentence answers, with which span, and how surely."""

from __future__ import annotations

import json
import math
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from importlib import resources
from typing import Protocol

import numpy as np

from qa.constraints import attribute, names_a_cause, unmet
from qa.encoder import Encoder, TokenVectors
from qa.matching import alignment, coverage, rarest_missing, span_vector, word_weights
from qa.passages import encoder_text
from qa.questions import Asked, analyse, is_question
from qa.snapshot import Snapshot
from qa.spans import best_span, has_kind
from qa.text import sentence_spans, simplify
from qa.types import Article, Evidence, Hit, Query, Reading

READ_PASSAGES = 5
"""Passages that are read closely; on the development pages the right one is among them in 99 of 100."""
_CACHED_PASSAGES = 256


class Reader(Protocol):
    """Whatever finds the answer in ranked passages; a trained model plugs in here."""

    @property
    def threshold(self) -> float:
        """Return the confidence below which a question is to be refused."""

    def read(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Reading:
        """Return the evidence for a question, best first, and how probable it is that it answers."""


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """How well one sentence fits a question; what the sentence weights multiply."""

    similarity: float
    """Cosine of the question and the sentence, seen in its passage."""
    alignment: float
    """Mean over the question's tokens of the best cosine to a token of the sentence."""
    coverage: float
    """Share of the question's words in the sentence, rare words counting more."""
    kind: float
    """0.5 where the sentence holds what the question's form asks for, -0.5 where not, 0 without a form."""
    span: float
    """Score of the best short answer in it; 0 where there is none."""
    passage: float
    """Fused retrieval score of its passage, less the best passage's."""
    length: float
    """Logarithm of the number of characters; a paragraph's topic sentence is short and says little."""


@dataclass(frozen=True, slots=True)
class QuestionFeatures:
    """What tells whether the best sentence answers at all; what the confidence weights multiply."""

    alignment: float
    """As the sentence's own."""
    weakest: float
    """The worst-matched token of the question, as a best cosine in the passage read."""
    unmet: float
    """1 where something the question takes for granted is nowhere in the article."""
    attribute_missing: float
    """Rarity of the property asked for (电话, 预算) where the article does not have the word, else 0."""
    cause: float
    """For a reason, 0.5 where the sentence names a cause and -0.5 where not; else 0."""
    asks: float
    """1 where the text asks something, 0 for a statement, a command or a bare topic."""


@dataclass(frozen=True, slots=True)
class LinearWeights:
    """A logistic model over named features."""

    bias: float
    weights: dict[str, float]
    means: dict[str, float]
    scales: dict[str, float]

    def margin(self, features: SentenceFeatures | QuestionFeatures) -> float:
        """Return the log-odds for one set of features."""
        return self.bias + sum(
            weight * (float(getattr(features, name)) - self.means[name]) / self.scales[name]
            for name, weight in self.weights.items()
        )


@dataclass(frozen=True, slots=True)
class ReaderWeights:
    """Everything that was fitted: ``benchmarks/fit_reader.py`` says on what, and writes the file."""

    sentence: LinearWeights
    confidence: LinearWeights
    threshold: float
    """Confidence below which a question is refused."""

    @classmethod
    def shipped(cls) -> ReaderWeights:
        """Return the weights that come with the package."""
        raw = json.loads(resources.files("qa").joinpath("reader_weights.json").read_text(encoding="utf-8"))
        return cls(LinearWeights(**raw["sentence"]), LinearWeights(**raw["confidence"]), raw["threshold"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that might answer, with what was measured of it."""

    evidence: Evidence
    features: SentenceFeatures
    weakest: float
    hit: Hit


class SentenceReader:
    """Rank the sentences of the best passages by a linear model over matching features.

    Needs no training data of its own kind: words covered, meanings aligned token by token and the
    kind of thing asked for are measured, and only their weights are fitted.
    """

    def __init__(self, encoder: Encoder, weights: ReaderWeights | None = None) -> None:
        self._encoder = encoder
        self._weights = weights or ReaderWeights.shipped()
        self._cache: OrderedDict[str, TokenVectors] = OrderedDict()
        self._cache_lock = threading.Lock()

    def read(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Reading:
        """Return the sentences of the best passages, best first, and the probability of an answer."""
        candidates = [c for c in self.candidates(query, hits, snapshot) if may_answer(query, c)]
        if not candidates:
            return Reading((), 0.0)
        features = self.question_features(query, candidates[0], snapshot)
        confidence = 1 / (1 + math.exp(-self._weights.confidence.margin(features)))
        return Reading(tuple(candidate.evidence for candidate in candidates), confidence)

    @property
    def threshold(self) -> float:
        """Return the confidence below which a question is to be refused."""
        return self._weights.threshold

    def candidates(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> list[Candidate]:
        """Return every sentence of the best passages, ranked by ``(-score, article, start)``."""
        hits = hits[:READ_PASSAGES]
        if not hits:
            return []
        question = self._encoder.encode_tokens([simplify(query.standalone)], query=True)[0]
        asked = analyse(query.standalone)
        weights = word_weights(query.standalone, snapshot.segmenter)
        whole = span_vector(question, 0, 10**9)
        best: dict[tuple[str, int, int], Candidate] = {}
        for hit, tokens in zip(hits, self._token_vectors(hits), strict=True):
            shift = len(encoder_text(hit.article.title, "")) - hit.passage.start
            for start, end in sentence_spans(hit.passage.text):
                start, end = start + hit.passage.start, end + hit.passage.start
                vector = span_vector(tokens, start + shift, end + shift)
                if vector is None or whole is None:
                    continue
                best_cosines = alignment(question, tokens, start + shift, end + shift)
                sentence = hit.article.body[start:end]
                span = best_span(query.standalone, asked, sentence, snapshot.segmenter)
                features = SentenceFeatures(
                    similarity=float(vector @ whole),
                    alignment=float(best_cosines.mean()),
                    coverage=coverage(weights, sentence),
                    kind=_kind(asked, sentence, snapshot),
                    span=span.score if span else 0.0,
                    passage=hit.score - hits[0].score,
                    length=math.log(len(sentence)),
                )
                evidence = Evidence(
                    article=hit.article,
                    start=start,
                    end=end,
                    short_start=start + span.start if span else None,
                    short_end=start + span.end if span else None,
                    score=self._weights.sentence.margin(features),
                )
                weakest = float(alignment(question, tokens, 0, 10**9).min())
                key = (hit.article.id, start, end)
                if key not in best or best[key].evidence.score < evidence.score:
                    best[key] = Candidate(evidence, features, weakest, hit)
        return sorted(
            best.values(), key=lambda c: (-c.evidence.score, c.evidence.article.id, c.evidence.start)
        )

    def question_features(self, query: Query, top: Candidate, snapshot: Snapshot) -> QuestionFeatures:
        """Measure whether the best sentence and its article bear a question out."""
        question, article = query.standalone, top.evidence.article
        return QuestionFeatures(
            alignment=top.features.alignment,
            weakest=top.weakest,
            unmet=unmet(question, article, snapshot.segmenter),
            attribute_missing=_attribute_missing(question, article, snapshot),
            cause=_cause(question, top.evidence),
            asks=float(is_question(question)),
        )

    def _token_vectors(self, hits: Sequence[Hit]) -> list[TokenVectors]:
        """Return the token vectors of each hit's encoder text, from the cache where they are."""
        texts = [encoder_text(hit.article.title, hit.passage.text) for hit in hits]
        with self._cache_lock:
            known = {text: self._cache[text] for text in texts if text in self._cache}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known |= zip(missing, self._encoder.encode_tokens(missing, query=False), strict=True)
        with self._cache_lock:
            for text in texts:
                self._cache[text] = known[text]
                self._cache.move_to_end(text)
            while len(self._cache) > _CACHED_PASSAGES:
                self._cache.popitem(last=False)
        return [known[text] for text in texts]


def may_answer(query: Query, candidate: Candidate) -> bool:
    """Tell whether a sentence can answer at all: 多少 needs a number in it, 哪天 a date."""
    return query.form not in ("number", "date") or candidate.features.kind > 0


def _kind(asked: Asked, sentence: str, snapshot: Snapshot) -> float:
    present = has_kind(asked, sentence, snapshot.segmenter)
    return 0.0 if present is None else float(present) - 0.5


def _attribute_missing(question: str, article: Article, snapshot: Snapshot) -> float:
    word = attribute(question, snapshot.segmenter)
    if word is None:
        return 0.0
    return rarest_missing({word: snapshot.segmenter.rarity(word)}, f"{article.title}\n{article.body}")


def _cause(question: str, evidence: Evidence) -> float:
    if analyse(question).form != "reason":
        return 0.0
    return 0.5 if names_a_cause(evidence.quote) else -0.5


def feature_names(cls: type[SentenceFeatures] | type[QuestionFeatures]) -> list[str]:
    """Return the names of a feature record, in order."""
    return [field.name for field in fields(cls)]


def feature_row(
    features: SentenceFeatures | QuestionFeatures,
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return a feature record as a vector, in the order of :func:`feature_names`."""
    return np.array([getattr(features, name) for name in feature_names(type(features))], dtype=np.float64)
