"""What stands above a sentence: section headings, the line that leads a list in, the question of a Q&A.

「1.河东线:13日8时至17时」 says what happens then only by way of 「二、停电安排」 three lines above it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.text import HAN

_ORDINAL = r"[一二三四五六七八九十]{1,3}"
_MARKS = (
    rf"第{_ORDINAL}[章节部分条]+[、,，: \u3000]*",
    rf"{_ORDINAL}、",
    rf"[(（]{_ORDINAL}[)）](?![班号组])",
    r"\d{1,2}(?:[.．](?!\d)|、)",
    r"[(（]\d{1,2}[)）](?![班号组])|\d{1,2}[)）]",
    r"[①-⑳]",
)
"""Marks of order that open a line, the outermost first."""
_MARK = re.compile("|".join(f"(?P<m{depth}>{mark})" for depth, mark in enumerate(_MARKS)))
_BARE = float(len(_MARKS))
"""How deep items without marks stand."""
_HEADING = re.compile(r"[^,，。;；!！?？]{2,28}|[^。;；!！?？]{2,40}[?？]")
"""A line with a mark that says nothing by itself; a section may be headed by a question, too."""
_LEADS_IN = re.compile(r"[^。;；!！?？]{2,60}[:：]$")
_LABEL = re.compile(rf"(?P<label>[{HAN}A-Za-z“”\d]{{2,12}}(?:[(（][^()（）。]{{1,16}}[)）])?)[:：](?=.)")
_SAYS = re.compile(
    r"[说称问答]$|(?<![街大])道$|(?:表示|介绍|强调|指出|认为|提醒|建议|透露|坦言|解释|告诉记者)$"
)
_TOPIC = re.compile(r"(?P<label>[^,，。;；:：!！?？\d]{2,14})。(?=.)")
"""What a line with a mark opens with that names its matter: 3.临时安置费。每平方米…"""
_ASKS = re.compile(r"(?:问题?|记者|主持人|[qQ])\d{0,2}[:：]")
_FIRST = re.compile(r"[第(（]*(?:1(?!\d)|一(?![一二三四五六七八九十])|①)")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an article and what stands above it; offsets are the article's."""

    start: int
    end: int
    text: int
    """Where it begins behind its mark of order."""
    above: tuple[Span, ...] = ()
    """What it is headed by, without marks, the outermost first."""
    items: int = -1
    """Which list it is an item of, the same number for all items; -1 for no item."""
    label: Span | None = None
    """What it opens with that heads the rest of it: 降压范围:…, 搬迁费。…"""


@dataclass
class _Head:
    depth: float
    span: Span
    leads: bool = False
    """Whether it leads a list in, rather than a section."""


@lru_cache(maxsize=64)
def outline(body: str) -> tuple[Line, ...]:
    """Return the lines of an article that has headings, lists or questions with answers; else nothing.

    >>> body = "一、停水\\n1.时间:5日。\\n二、停电\\n1.甲村:6日。\\n2.乙村:7日。"
    >>> [body[slice(*line.above[-1])] for line in outline(body) if line.above]
    ['停水', '停电', '停电']
    """
    lines = body.split("\n")
    marks = [_MARK.match(line) for line in lines]
    interview = sum(map(bool, map(_ASKS.match, lines))) > 1
    if not interview and sum(map(bool, marks)) < 2 and not any(map(_LEADS_IN.search, lines[:-1])):
        return ()
    depths = [_depth(mark) for mark in marks]
    found: list[Line] = []
    heads: list[_Head] = []
    lists: dict[float, tuple[int, tuple[Span, ...]]] = {}
    start, number = 0, 0
    for at, (line, mark, depth) in enumerate(zip(lines, marks, depths, strict=True)):
        text, end = start + (mark.end() if mark else 0), start + len(line)
        said = body[text:end]
        asks = _ASKS.match(line) if interview else None
        if heads and heads[-1].leads and heads[-1].depth == _BARE + 1:
            heads[-1].depth = depth - 0.5  # what it leads in shows how deep it stands
        if asks or mark:
            heads = [head for head in heads if not asks and head.depth < depth]
        else:
            heads = [head for head in heads if not head.leads or head.depth == _BARE - 0.5]
        above = tuple(head.span for head in heads)
        lists = {d: one for d, one in lists.items() if d <= depth}
        items = -1
        following = depths[at + 1] if at + 1 < len(lines) else -1.0
        if asks:
            heads = [_Head(-1.0, (start + asks.end(), end))]
        elif mark and following > depth and (_HEADING.fullmatch(said) or _LEADS_IN.fullmatch(said)):
            heads.append(_Head(depth, (text, end - said.endswith((":", "：")))))
        elif not mark and at + 1 < len(lines) and (leads := _LEADS_IN.search(line)):
            heads = [head for head in heads if not head.leads]
            heads.append(_Head(_BARE + 1, (start + leads.start(), end - 1), leads=True))
        elif mark or any(head.depth == _BARE - 0.5 for head in heads):
            if depth not in lists or lists[depth][1] != above or (mark and _FIRST.match(mark.group())):
                number += 1
                lists[depth] = number, above
            items = lists[depth][0]
            if not mark and not line.endswith((";", "；")):
                heads = [head for head in heads if head.depth != _BARE - 0.5]
        found.append(Line(start, end, text, above, items, _label(body, text, end, marked=mark is not None)))
        start = end + 1
    return tuple(found)


def _depth(mark: re.Match[str] | None) -> float:
    return float(next((n for n in range(len(_MARKS)) if mark[f"m{n}"]), 0)) if mark else _BARE


def _label(body: str, start: int, end: int, *, marked: bool) -> Span | None:
    match = _LABEL.match(body, start, end) or (_TOPIC.match(body, start, end) if marked else None)
    return None if match is None or _SAYS.search(match["label"]) else match.span("label")


def line_at(body: str, at: int) -> Line | None:
    """Return the line of an article's outline that holds an offset; ``None`` where it has no outline."""
    lines = outline(body)
    return lines[bisect_right(lines, at, key=lambda line: line.start) - 1] if lines else None


def headings(body: str, at: int) -> tuple[str, ...]:
    """Return what the sentence at an offset is headed by, without marks of order, the outermost first.

    >>> headings("补偿标准如下:\\n1.搬迁费。住宅每户2000元。\\n2.奖励。每户3万元。", 15)
    ('补偿标准如下', '搬迁费')
    """
    line = line_at(body, at)
    if line is None:
        return ()
    own = [line.label] if line.label and line.label[1] < at else []
    return tuple(body[slice(*span)] for span in (*line.above, *own))


def items_of(body: str, at: int) -> Sequence[Line]:
    """Return the items of the list whose item holds an offset, in order; empty where none does."""
    line = line_at(body, at)
    if line is None or line.items < 0:
        return ()
    return [other for other in outline(body) if other.items == line.items]


def items_under(body: str, at: int) -> Sequence[Line]:
    """Return :func:`items_of`, or where the offset is that of a heading the items right under it."""
    line = line_at(body, at)
    if line is None or line.items >= 0:
        return items_of(body, at)
    under = next(
        (one for one in outline(body) if one.above and line.start <= one.above[-1][0] < line.end), None
    )
    return items_of(body, under.start) if under else ()
