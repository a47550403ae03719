"""Drafts become answers: quotes get their numbers, items theirs, and nothing is cited that isn't quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.types import Article, Citation, Evidence, Item

SHORT_CHARS = 60
"""A short answer is at most this long."""

_JOINTS = re.compile(r"[“”《》「」『』‘’]*(?:[、,，]|[、,，]?(?:和|及|与|以及|或|或者)|)[“”《》「」『』‘’]*")
_PAIRED = {"“": "”", "《": "》", "「": "」", "『": "』"}
_SENTENCE_ENDS = "。!！?？;；”’」』）)"


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of an article to be cited: ``article.body[start:end]``."""

    article: Article
    start: int
    end: int

    @classmethod
    def of(cls, evidence: Evidence) -> Quote:
        """Return the sentence of a piece of evidence."""
        return cls(evidence.article, evidence.start, evidence.end)

    @property
    def text(self) -> str:
        """Return the span, verbatim."""
        return self.article.body[self.start : self.end]

    def holds(self, other: Quote) -> bool:
        """Tell whether another span lies within this one."""
        same = self.article.id == other.article.id
        return same and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer whose quotes have no numbers yet."""

    quotes: tuple[Quote, ...]
    """What to cite, in the order shown; one that lies within another is not repeated."""
    short: str | None = None
    lead: str = ""
    """What we say ourselves before the quotes: 是, a sum; no mark stands in it."""
    items: tuple[Quote, ...] = ()
    """A list's items; each lies within a quote."""
    notice: str | None = None
    dated: bool = False
    """Whether each quote is shown with its article's date (articles that say different things)."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The parts of an answer that come from its draft."""

    text: str
    short: str | None
    citations: tuple[Citation, ...]
    items: tuple[Item, ...]


def compose(draft: Draft) -> Composed:
    """Number a draft's quotes and set the answer's text: the lead, then each quote with its mark."""
    quotes: list[Quote] = []
    for quote in draft.quotes:
        if not any(other.holds(quote) for other in quotes):
            quotes = [*(other for other in quotes if not quote.holds(other)), quote]
    citations = tuple(Citation(n, q.article, q.text, q.start, q.end) for n, q in enumerate(quotes, 1))
    quoted = "".join(
        f"{_dateline(q, draft)}{q.text}[{n}]{_separator(q, last=n == len(quotes), dated=draft.dated)}"
        for n, q in enumerate(quotes, 1)
    )
    items = [
        Item(item.text, next(n for n, quote in enumerate(quotes, 1) if quote.holds(item)))
        for item in draft.items
    ]
    return Composed(
        text=f"{draft.lead}\n{quoted}" if draft.lead else quoted,
        short=draft.short,
        citations=citations,
        items=tuple(items),
    )


def _separator(quote: Quote, *, last: bool, dated: bool) -> str:
    """Return what stands behind a quote: nothing after a whole sentence, ； after a mere piece of one."""
    if last:
        return ""
    return "\n" if dated else "" if quote.text[-1] in _SENTENCE_ENDS else "；"


def _dateline(quote: Quote, draft: Draft) -> str:
    return f"{day(quote.article) or '日期不详'}：" if draft.dated else ""


def day(article: Article) -> str:
    """Return an article's date as a reader writes it; as printed where the year is not certain.

    Empty where there is none.
    """
    if article.date is None:
        return article.date_text or ""
    return f"{article.date.year}年{article.date.month}月{article.date.day}日"


def short_of_quotes(items: Sequence[Quote]) -> str | None:
    """Return items in one line as their article prints them, where nothing but joints stands between them.

    Otherwise as :func:`short_of` joins them.
    """
    first, last = items[0], items[-1]
    body = first.article.body
    together = all(
        a.article.id == b.article.id and a.end <= b.start and _JOINTS.fullmatch(body[a.end : b.start])
        for a, b in pairwise(items)
    )
    if together and last.end - first.start <= SHORT_CHARS:
        opening = body[first.start - 1 : first.start]
        closing = body[last.end : last.end + 1]
        around = _PAIRED.get(opening) == closing and opening != ""
        printed = body[first.start - around : last.end + around]
        if len(printed) <= SHORT_CHARS:
            return printed
    return short_of([item.text for item in items])


def printed_day(article: Article) -> str:
    """Return an article's date as the paper printed it; in full where it printed none, as in a notice."""
    return article.date_text or day(article)


def short_of(items: Sequence[str]) -> str | None:
    """Return items in one line of at most 60 characters; what does not fit is counted, never cut.

    >>> short_of(["燃气", "自建房", "危险化学品"])
    '燃气、自建房、危险化学品'
    """
    quoted = all(item[:1] in "“《" and item[-1:] in "”》" for item in items)
    joiner = "；" if any(re.search(r"[,，、;；]", item) for item in items) else "" if quoted else "、"
    whole = joiner.join(items)
    if len(whole) <= SHORT_CHARS:
        return whole or None
    for shown in range(len(items) - 1, 0, -1):
        text = f"{joiner.join(items[:shown])}等{len(items)}项"
        if len(text) <= SHORT_CHARS:
            return text
    return None
