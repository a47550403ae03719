"""Terms that are a number and what it counts, and what they stand for: 产业链、资金链、人才链“三链”."""

from __future__ import annotations

import re
from itertools import pairwise

from qa.answers.enumerations import joined, marked
from qa.answers.item_bounds import Piece, as_read, trimmed
from qa.answers.marks import touch
from qa.reading.constraints import numerals
from qa.text import HAN, Segmenter, fold
from qa.understanding.questions import plain

_NUMERAL = "一二两三四五六七八九十"
_OF_A_HEAD = rf"[^“”「」,，。?？\s{_NUMERAL}]"
_TERM = (
    r"(?P<count>十[一二三四五六]|[二两三四五六七八九十])"
    rf"(?P<head>个[一不]?|{_OF_A_HEAD})(?P<more>{_OF_A_HEAD}{{0,7}}?)"
)
_QUOTED = re.compile(rf"[“「]{_TERM}[”」]")
_ASKS = (
    rf"[”」]?[{HAN}]{{0,4}}?(?:(?:具体|分别|都|各|又|到底)*(?:指的?是?|是指?|包括|包含|有|讲的?是|说的?是|代表)(?:的|了|都)*)"
    r"(?:什么(?:意思|内容|东西|含义)?|(?:哪|那)(?P<noun>[^?,]{0,6}))[?呢啊呀]*$"
)
_COUNT_WORDS = frozenset("些几个项条种类点方面大件步内容具体分别")
_BEFORE = re.compile(r"[等的这为是即共]*[“「]?$")
_INTRODUCES = re.compile(
    rf"[”」]?(?:[{HAN}]{{0,6}}[,，:：(（—-]+)?(?:即|也就是|就是|指的?是|是指|是|分别[是为]|包括|包含|具体[是为])?[:：,，]?"
)
_BREAK = re.compile(r"[,，;；。:：!?！？\n]")
_BREAK_OR_JOINT = re.compile(r"[,，、;；。:：!?！？“”（）()\n]")


def stands_for(
    question: str,
    sentence: str,
    segmenter: Segmenter,
    read: Piece | None = None,
    *,
    printed_only: bool = False,
) -> list[Piece]:
    """Return what a term made of a number stands for, where a question asks that; empty where it is not told.

    As many things as the term says, right before it or behind it, bounded as a reader bounded them. Of a
    term that is not printed, an enumeration of which each item has the thing counted (早谋划、早开工、早见效
    for “三早”), unless only printed ones count.

    >>> text = "通过产业链、资金链、人才链“三链”融合,招引企业5家。"
    >>> [text[a:b] for a, b in stands_for("“三链”指的是什么?", text, Segmenter())]
    ['产业链', '资金链', '人才链']
    """
    asked = plain(question)
    for term in (*_QUOTED.finditer(sentence), *_QUOTED.finditer(asked)):
        head = fold(term["head"] + term["more"])
        text = term["count"] + head
        at = asked.find(text)
        asks = re.match(_ASKS, asked[at + len(text) :]) if at >= 0 else None
        if asks is None:
            continue
        kind = set(asks["noun"] or "") - _COUNT_WORDS - set(text) - set(_NUMERAL)
        (count,) = numerals(term["count"]) or {0.0}
        place = term.span() if term.string is sentence else _begun(sentence, text)
        found = _beside(sentence, place, int(count), segmenter) if place else []
        if not found and place is None and not printed_only:
            found = _alike(sentence, head, int(count), segmenter)
        if found and all(kind <= set(sentence[a:b]) for a, b in found):  # “三断”断的是哪些链: 断资金链 …
            return _as_read(sentence, found, read, segmenter)
    return []


def _begun(sentence: str, term: str) -> Piece | None:
    """Return where a longer quoted term stands that begins like one (“三链贯通” for “三链”).

    Or the term itself without quotation marks, right behind those of what it sums up (“学—练—考”三步法).
    """
    match = re.search(
        rf"[“「]{re.escape(term)}[^“”「」]{{0,4}}[”」]|(?<=[”」]){re.escape(term)}(?=[,，。;；、的])",
        sentence,
    )
    return match.span() if match else None


def _as_read(sentence: str, items: list[Piece], read: Piece | None, segmenter: Segmenter) -> list[Piece]:
    """Return items with the first one begun where a reader began it, the last one ended where it ended."""
    if read is None:
        return items
    end, last = trimmed(sentence, *read)[1], items[-1]
    if read[0] <= last[0] and last[1] < end and not _BREAK_OR_JOINT.search(sentence, last[1], end):
        items = [*items[:-1], (last[0], end)]
    if not touch(read, items[0]) or read[1] <= items[1][0]:
        return items
    first = as_read(sentence, items, (read[0], items[-1][1]), segmenter)[0]
    return [first, *items[1:]] if first[0] < first[1] else items


def _beside(sentence: str, term: Piece, count: int, segmenter: Segmenter) -> list[Piece]:
    """Return as many items as are wanted, right before a term or else right behind it."""
    lead = sentence[: term[0]]
    before = _BEFORE.sub("", lead)
    left = max((m.end() for m in _BREAK.finditer(before)), default=0)
    if before.endswith(("”", "」")):  # “多问一句、多等一刻”的“两多”
        opened = max(before.rfind("“"), before.rfind("「"))
        if told := _parts(sentence, opened + 1, count):
            return told
    for pieces in joined(before[left:], segmenter):
        if len(pieces) == count and left + pieces[-1][1] == len(before):
            return [(left + a, left + b) for a, b in pieces]
    introduced = _INTRODUCES.match(sentence, term[1])
    start = introduced.end() if introduced else term[1]
    if marked(sentence[start:]):
        return []  # items with marks of order are found by those
    rest = re.compile(r"[^;；。!?！？()（）\n]*").match(sentence, start)
    end = rest.end() if rest else start
    if sentence[start - 1] in ":：" and (told := _parts(sentence, start, count)):
        return told
    for pieces in joined(sentence[start:end], segmenter):
        if len(pieces) == count and pieces[0][0] <= 1:
            return [(start + a, start + b) for a, b in pieces]
    return _clauses(sentence, start, end, count) if sentence[start - 1] in ":：(（" else []


def _parts(sentence: str, start: int, count: int) -> list[Piece]:
    """Return what stands between a place and the end of its clause, parted alike, if it is as many parts.

    By 、 or as the steps of a way (点单—备课—授课).
    """
    clause = re.compile(r"[^,，;；。:：!?！？“”（）()\n]*").match(sentence, start)
    end = clause.end() if clause else start
    for joint in ("、", "[—–→+-]+"):
        joints = [m.span() for m in re.compile(joint).finditer(sentence, start, end)]
        bounds = [(start, start), *joints, (end, end)]
        parts = [trimmed(sentence, a[1], b[0]) for a, b in pairwise(bounds)]
        if len(parts) == count and all(a < b for a, b in parts):
            return parts
    return []


def _clauses(sentence: str, start: int, end: int, count: int) -> list[Piece]:
    """Return the clauses of a span, if they are as many as are wanted."""
    cuts = [start - 1, *(i for i in range(start, end) if sentence[i] in ",，"), end]
    clauses = [trimmed(sentence, a + 1, b) for a, b in pairwise(cuts)]
    return clauses if len(clauses) == count and all(a < b for a, b in clauses) else []


def _alike(sentence: str, head: str, count: int, segmenter: Segmenter) -> list[Piece]:
    """Return an enumeration of which each item begins or ends with what a term counts."""
    for pieces in joined(sentence, segmenter):
        texts = [sentence[a:b] for a, b in pieces]
        alike = all(t.startswith(head) for t in texts) or all(t.endswith(head) for t in texts)
        if len(pieces) == count and alike:
            return pieces
    return []
