"""What the reader marked in the sentence that answers."""

from __future__ import annotations

import re

from qa.composing import SHORT_CHARS
from qa.parsing.outlines import line_at
from qa.text import HAN, fold
from qa.types import Evidence

ENDS = " \u3000,，、;；。:：!！?？\n"
TORN = re.compile(rf"^[{HAN}](?=“[^“”]+”|《[^《》]+》)")
"""The end of the word before a quoted name (把|握“国家反诈中心”)."""
_OF_A_CLAUSE = re.compile(
    r"[在对以将从由就按向把为](?:“[^“”]+”|《[^《》]+》)(?:[^,，;；。]{0,6}[,，]|[^,，;；。]{5})"
)
"""A quoted name with its preposition, in a clause that goes on (在“跨区通办”上多作探索)."""
_NO_WORD_CHARS = 4
"""Up to which a text that begins with 的 may be a word (的士)."""
_TITLE_CHARS = 4
"""Of a title from its beginning, from which a mark in it means all of it."""
_TITLE = re.compile("《[^《》]+》")
_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_ORDINAL = re.compile(r"[\d一二三四五六七八九十百]")


def touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def marked_span(evidence: Evidence) -> tuple[int, int] | None:
    """Return where the mark stands in the sentence."""
    if evidence.short_start is None or evidence.short_end is None:
        return None
    return evidence.short_start - evidence.start, evidence.short_end - evidence.start


def marked_at(evidence: Evidence) -> int:
    """Return where the mark begins in the sentence; 0 without one."""
    return (marked_span(evidence) or (0, 0))[0]


def marked_text(evidence: Evidence) -> str | None:
    """Return what the reader marked, whole quotation marks and no punctuation around it."""
    span = marked_span(evidence)
    if span is None:
        return None
    line = line_at(evidence.article.body, evidence.start)
    if line is not None and span[0] < line.text - evidence.start < span[1]:
        span = line.text - evidence.start, span[1]  # its mark of order is no part of what an item says
    text = evidence.quote[slice(*_untorn(evidence.quote, *span))].strip(ENDS)
    text = text.removeprefix("的") if len(text) > _NO_WORD_CHARS else text
    text = text if _OF_A_CLAUSE.match(text) else TORN.sub("", text)
    for opening, closing in ("“”", "《》", "()", "（）"):
        if text.count(opening) > text.count(closing):
            text = text.removeprefix(opening) if text.startswith(opening) else text + closing
            if text not in evidence.quote:
                text = text.removesuffix(closing)
        elif text.count(closing) > text.count(opening):
            text = text.removesuffix(closing)
    return text if 0 < len(text) <= SHORT_CHARS else None


def _untorn(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a span with the whole of a number, an ordinal or a title that it cuts."""
    folded = fold(sentence)
    for number in _DIGITS.finditer(folded):
        if number.start() < start < number.end():
            start = number.start()
        if number.start() < end < number.end():
            end = number.end()
    for title in _TITLE.finditer(sentence):
        begun = (
            title.start() <= start <= title.start() + 1 and title.start() + _TITLE_CHARS < end < title.end()
        )
        start, end = title.span() if begun and end < title.end() - 1 else (start, end)
    return (start - 1 if folded[:start].endswith("第") and _ORDINAL.match(folded, start) else start), end


def whole_brackets(sentence: str, text: str) -> str:
    """Return a text with the rest of brackets that it cuts, and the word that they stand behind.

    >>> whole_brackets("评选平安单位(村、社区)创建活动。", "社区)创建活动")
    '评选平安单位(村、社区)创建活动'
    """
    at = sentence.find(text)
    for opening, closing in ("()", "（）", "《》", "“”"):
        if at < 0 or text.count(opening) == text.count(closing):
            continue
        start, end = at, at + len(text)
        if text.endswith(closing) and opening not in sentence[:at]:
            end -= 1
        elif text.count(closing) > text.count(opening):
            opened = sentence.rfind(opening, 0, at)
            if opened >= 0 and closing not in sentence[opened:at]:
                start = opened - len(_WORD_BEFORE.search(sentence[:opened])[0])  # type: ignore[index]
        elif 0 <= (closed := sentence.find(closing, end)) - end <= _BRACKET_CHARS:
            end = closed + 1
        text = sentence[start:end] if end - start <= SHORT_CHARS else text
        at = sentence.find(text)
    return text


_WORD_BEFORE = re.compile(rf"[{HAN}]{{0,8}}$")
_BRACKET_CHARS = 20
