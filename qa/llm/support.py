"""Does a quote bear a sentence out? The seam for an entailment model, and what serves without one."""

from __future__ import annotations

from typing import Protocol

from qa.models.encoder import Encoder
from qa.search.matching import alignment, coverage, rarest_missing, word_coverage, word_weights
from qa.text import Segmenter, fold, simplify

MIN_COVERAGE = 0.7
"""Share of a sentence's words that must be in the source, rare words counting more."""
MAX_NOVELTY = 0.78
"""Rarity beyond which a word that the source lacks refuses the sentence; names and terms lie above it."""

MIN_NOUN_COVERAGE = 0.5
"""Share of a noun's characters that the source must have; another noun is another matter."""
_FRAME_WORDS = "情况 方面 内容 原因 目的 时间 地点 数量 总数 报道 公报 文章 资料 原文"
_FRAME_NOUNS = frozenset(_FRAME_WORDS.split())


class Support(Protocol):
    """Whatever scores entailment; a trained verifier plugs in here."""

    @property
    def threshold(self) -> float:
        """Return the score below which a sentence counts as unsupported."""

    def score(self, premise: str, sentence: str) -> float:
        """Return how well a premise supports a sentence, 0 to 1."""


class EncoderSupport:
    """Token alignment by the retrieval encoder: mean best cosine of the sentence's tokens to the premise's.

    ColBERT's MaxSim (Khattab and Zaharia, arXiv 2004.12832). It sees a change of topic, not who did what
    to whom: numbers, names, order, negation and plans are checked apart from it.
    """

    def __init__(self, encoder: Encoder, threshold: float = 0.85) -> None:
        self._encoder = encoder
        self._threshold = threshold

    @property
    def threshold(self) -> float:
        """Return the mean cosine below which a sentence counts as unsupported."""
        return self._threshold

    def score(self, premise: str, sentence: str) -> float:
        """Return the mean over the sentence's tokens of the best cosine to a token of the premise."""
        claim, source = self._encoder.encode_tokens([simplify(sentence), simplify(premise)], query=False)
        if not len(claim.vectors):
            return 0.0
        return float(alignment(claim, source, 0, 10**9).mean())


def worded_alike(premise: str, sentence: str, segmenter: Segmenter) -> bool:
    """Tell whether a premise holds most of a sentence's words, every rare one, and every noun."""
    weights = word_weights(sentence, segmenter)
    return (
        coverage(weights, premise) >= MIN_COVERAGE
        and rarest_missing(weights, premise) <= MAX_NOVELTY
        and holds_nouns(premise, sentence, segmenter)
    )


def holds_nouns(premise: str, sentence: str, segmenter: Segmenter) -> bool:
    """Tell whether a premise holds every noun of a sentence, whole or for the most part."""
    folded = fold(premise)
    return all(
        word_coverage(word, folded) >= MIN_NOUN_COVERAGE
        for word, tag, _ in segmenter.tagged(sentence)
        if tag[:1] in "njlib" and len(word) > 1 and word not in _FRAME_NOUNS
    )
