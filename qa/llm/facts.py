"""What a text states that can be compared: numbers, dates, names; and what an article says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from qa.llm.names import Name, names
from qa.llm.quantities import Day, Quantity, days, quantities
from qa.text import Segmenter, fold
from qa.types import Citation

_COMMON = frozenset(
    (
        "一些",
        "一起",
        "一直",
        "一定",
        "一样",
        "一般",
        "一并",
        "一共",
        "一同",
        "一系列",
        "一律",
        "一致",
        "一旦",
        "进一步",
        "统一",
        "同一",
    )
)
"""Words with a numeral that anybody uses."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The comparable parts of a text."""

    text: str
    """Folded; the offsets of the parts count in it."""
    quantities: list[Quantity]
    days: list[Day]
    names: list[Name]
    tokens: list[tuple[str, str, int]]
    """Words with their tags and offsets, as the segmenter tells them."""
    numerals: tuple[str, ...] = ()
    """Words of a claim with a numeral in them that counts nothing (统一, 二审): a source must have them."""


def facts_of(text: str, segmenter: Segmenter, source: Citation | None = None) -> Facts:
    """Return what a text states.

    In a source 「明年」 is resolved by the day of its article. The numerals inside a claim's words (统一,
    二七区) are no figures: the words are compared as they stand.
    """
    written = source.article.date if source is not None else None
    figures = quantities(text)
    numerals: tuple[str, ...] = ()
    tokens = segmenter.tagged(text)
    if source is None:
        words = [(at, at + len(w)) for w, tag, at in tokens if tag not in ("m", "mq", "t")]
        held = [(q, _word_around(text, q, words)) for q in figures]
        figures = [q for q, word in held if word is None]
        numerals = tuple(word for _, word in held if word is not None and word not in _COMMON)
    return Facts(fold(text), figures, days(text, written), names(text, segmenter), tokens, numerals)


def frame_of(source: Citation, segmenter: Segmenter) -> Facts:
    """Return what an article states of itself: headline, day and writers."""
    article = source.article
    day = article.date.isoformat() if article.date else ""
    writers = "、".join((*article.reporters, *article.correspondents))
    frame = f"{article.title}\n{day}\n{article.date_text or ''}\n{writers}"
    return facts_of(frame, segmenter, source)


def blanked(facts: Facts) -> str:
    """Return a text with its numbers and dates, which are compared by value, made 「、」; offsets stay."""
    text = facts.text
    spans = [(q.start, q.end) for q in facts.quantities] + [(d.start, d.end) for d in facts.days]
    for start, end in spans:
        text = f"{text[:start]}{'、' * (end - start)}{text[end:]}"
    return text


def _word_around(text: str, quantity: Quantity, words: list[tuple[int, int]]) -> str | None:
    """Return the word that a Chinese numeral is only a part of (统一, 二七区), which counts nothing."""
    if text[quantity.start].isdigit():
        return None
    return next(
        (
            fold(text[start:end])
            for start, end in words
            if start <= quantity.start and quantity.end <= end and end - start > 1
        ),
        None,
    )
