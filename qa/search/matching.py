"""How well a sentence matches a question: words covered, meanings aligned token by token.

Pure functions; the reader combines them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from qa.models.encoder import TokenVectors
from qa.text import Segmenter, bigrams, fold, fold_all

PARTIAL = 0.6
"""Credit for a word of which only characters are found (高企 in 高新技术企业)."""


def word_weights(question: str, segmenter: Segmenter) -> dict[str, float]:
    """Return a question's content words, folded, each with its rarity in Chinese at large (0 to 1)."""
    return {word: max(segmenter.rarity(word), 0.05) for word in segmenter.content_words(question)}


def word_coverage(word: str, folded: str) -> float:
    """Return how far a folded text holds a word: 1 whole, less for parts of it, 0 for nothing.

    >>> word_coverage("高企", "高新技术企业")
    0.6
    """
    if word in folded:
        return 1.0
    pairs = bigrams(word)
    if len(word) > 2 and pairs and (found := sum(pair in folded for pair in pairs)):
        return found / len(pairs)
    return PARTIAL if len(word) > 1 and all(char in folded for char in word) else 0.0


def coverage(weights: Mapping[str, float], text: str) -> float:
    """Return the share of a question's weighted words that a text holds, 0 to 1; 1 for no words."""
    return _share_held(weights, fold(text))


def coverages(weights: Mapping[str, float], texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return :func:`coverage` of each text: float64 ``(len(texts),)``."""
    return np.array([_share_held(weights, folded) for folded in fold_all(texts)], np.float64)


def _share_held(weights: Mapping[str, float], folded: str) -> float:
    total = sum(weights.values())
    if total == 0:
        return 1.0
    return sum(weight * word_coverage(word, folded) for word, weight in weights.items()) / total


def rarest_missing(weights: Mapping[str, float], text: str) -> float:
    """Return the rarity of the rarest word of a question that a text lacks, 0 where it lacks none."""
    folded = fold(text)
    return max((w * (1 - word_coverage(word, folded)) for word, w in weights.items()), default=0.0)


def span_vector(tokens: TokenVectors, start: int, end: int) -> npt.NDArray[np.float32] | None:
    """Return the normalised mean of the tokens in a span of their text, seen in context ("late chunking").

    Günther et al., "Late Chunking", arXiv 2409.04701. ``None`` where the span has no token.
    """
    inside = _inside(tokens, start, end)
    if not inside.any():
        return None
    mean = (tokens.vectors[inside] * tokens.norms[inside, None]).mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)


def alignment(question: TokenVectors, tokens: TokenVectors, start: int, end: int) -> npt.NDArray[np.float32]:
    """Return, for each token of a question, its best cosine to a token of a span: float32 ``(q,)``.

    Their mean is ColBERT's MaxSim: Khattab and Zaharia, arXiv 2004.12832. Zeros where the span has no
    token.
    """
    inside = _inside(tokens, start, end)
    if not inside.any():
        return np.zeros(len(question.vectors), np.float32)
    best: npt.NDArray[np.float32] = (question.vectors @ tokens.vectors[inside].T).max(axis=1)
    return best


def _inside(tokens: TokenVectors, start: int, end: int) -> npt.NDArray[np.bool_]:
    return (tokens.ends > start) & (tokens.starts < end)
