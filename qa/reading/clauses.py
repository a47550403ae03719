"""Parts of a sentence."""

from __future__ import annotations


def around(sentence: str, short: tuple[int, int], ends: str) -> tuple[int, int]:
    """Return the bounds of the part of a sentence, up to any of some marks, that a span stands in."""
    first, last = short
    start = max(sentence.rfind(mark, 0, first) for mark in ends) + 1
    closing = [at for mark in ends if (at := sentence.find(mark, last)) >= 0]
    return start, min(closing, default=len(sentence))
