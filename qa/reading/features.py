"""What is measured of sentences and questions, and the fitted linear models over it."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from importlib import resources
from typing import Literal

import numpy as np


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
    within: float = 0.0
    """The trained reader's log-probability that its passage's answer lies in the sentence; at least -12."""
    supported: float = 0.0
    """The same, times the probability that the passage answers at all; at least -12."""


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
    dense: float = 0.0
    """Cosine of the question and the best sentence's passage."""
    missing: float = 0.0
    """Rarity of the rarest word of the question that its article lacks, 0 to 1."""
    kind: float = 0.0
    """As the sentence's own."""
    coverage: float = 0.0
    """As the sentence's own."""
    answerable: float = 0.0
    """The trained reader's log-odds that the best sentence's passage answers."""
    best_answerable: float = 0.0
    """The same of the passage where they are highest."""
    within: float = 0.0
    """As the sentence's own."""
    best_span: float = 0.0
    """The trained reader's log-probability of the sentence's best span, given an answer."""
    span_kind: float = 0.0
    """0.5 where that span itself is of the kind asked for, -0.5 where not, 0 without a kind or a span."""
    span_length: float = 0.0
    """Logarithm of the span's number of characters, 0 without one."""
    yesno: float = 0.0
    """1 for a question that is answered 是 or 否."""
    ahead: float = 0.0
    """Fused retrieval score of its passage, less the best of another article that was read; -2 to 2."""
    rivals: float = 0.0
    """How many other articles that were read answer otherwise: a sum of the reader's probabilities."""


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
    def shipped(cls, kind: Literal["trained", "matching"] = "trained") -> ReaderWeights:
        """Return the weights that come with the package: with a trained reader, or for matching alone."""
        text = resources.files("qa.reading").joinpath("reader_weights.json").read_text(encoding="utf-8")
        raw = json.loads(text)[kind]
        return cls(LinearWeights(**raw["sentence"]), LinearWeights(**raw["confidence"]), raw["threshold"])


def feature_names(cls: type[SentenceFeatures] | type[QuestionFeatures]) -> list[str]:
    """Return the names of a feature record, in order."""
    return [field.name for field in fields(cls)]


def feature_row(
    features: SentenceFeatures | QuestionFeatures,
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return a feature record as a vector, in the order of :func:`feature_names`."""
    return np.array([getattr(features, name) for name in feature_names(type(features))], dtype=np.float64)
