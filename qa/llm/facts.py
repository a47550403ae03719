"""What a text states that can be compared: numbers, dates, names; and what an article says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from qa.llm.names import Name, names
from qa.llm.quantities import Day, Quantity, days, quantities
from qa.text import Segmenter, fold
from qa.types import Citation


@dataclass(frozen=True, slots=True)
class Facts:
    """The comparable parts of a text."""

    text: str
    """Folded; the offsets of the parts count in it."""
    quantities: list[Quantity]
    days: list[Day]
    names: list[Name]


def facts_of(text: str, segmenter: Segmenter, source: Citation | None = None) -> Facts:
    """Return what a text states.

    In a source 「明年」 is resolved by the day of its article. A claim need not prove the numerals inside its
    words (统一, 二七区): as words they are compared anyway.
    """
    written = source.article.date if source is not None else None
    figures = quantities(text)
    if source is None:
        words = [(at, at + len(w)) for w, tag, at in segmenter.tagged(text) if tag not in ("m", "mq", "t")]
        figures = [q for q in figures if not _inside_word(text, q, words)]
    return Facts(fold(text), figures, days(text, written), names(text, segmenter))


def frame_of(source: Citation, segmenter: Segmenter) -> Facts:
    """Return what an article states of itself: headline, day and writers."""
    article = source.article
    day = article.date.isoformat() if article.date else ""
    writers = "、".join((*article.reporters, *article.correspondents))
    frame = f"{article.title}\n{day}\n{article.date_text or ''}\n{writers}"
    return facts_of(frame, segmenter, source)


def without_figures(facts: Facts) -> str:
    """Return a text without its numbers and dates, which are compared by value."""
    text = facts.text
    spans = [(q.start, q.end) for q in facts.quantities] + [(d.start, d.end) for d in facts.days]
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}、{text[end:]}"
    return text


def _inside_word(text: str, quantity: Quantity, words: list[tuple[int, int]]) -> bool:
    """Tell whether a Chinese numeral is only part of a word (统一, 二七区), which counts nothing."""
    if text[quantity.start].isdigit():
        return False
    return any(start <= quantity.start and quantity.end <= end and end - start > 1 for start, end in words)
