"""Enumerations in running text: where each item begins and ends, however the newspaper strings them together.

Three ways are told apart: items joined by 、 (the last by 和, 及 …), items each with a marker of its order
(一是…二是…, 首先…其次…, (1)…(2)…), and items bound by a pair of conjunctions (既…又…). Offsets are into
the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from qa.constraints import numerals
from qa.item_bounds import AND, OPENERS, Piece, bounded, trimmed
from qa.text import Segmenter, fold

_BREAK = frozenset(",，;；。:：!?！？\n")
_SEQUENCES = (
    tuple(f"{n}是" for n in "一二三四五六七八九十"),
    tuple(f"{n}要" for n in "一二三四五六七八九十"),
    tuple(f"第{n}" for n in "一二三四五六七八九十"),
    tuple(f"其{n}" for n in "一二三四五六七八九十"),
    tuple(f"({n})" for n in "一二三四五六七八九十"),
    tuple(f"({n})" for n in range(1, 21)),
    tuple("①②③④⑤⑥⑦⑧⑨⑩"),
    tuple(f"{n}." for n in range(1, 21)),
    tuple(f"{n}、" for n in "一二三四五六七八九十"),
)
_FIRST_THEN = re.compile(r"(?<![一-鿿])(?:首先|其次|再次|再者|接着|然后|此外|最后|同时)[,，]?")
_PAIRS = re.compile(
    r"(?:既|一方面|不仅|不但|一边)(?P<a>[^,，;；。]{2,30})[,，]?"
    r"(?:又|也|另一方面|而且|还|一边|更)(?P<b>[^,，;；。]{2,30})"
)
_COUNT_BEHIND = re.compile(r"等?(?P<count>[\d一二两三四五六七八九十]+)[个项家所门类种大条处名位座]")


def marked(text: str) -> list[Piece]:
    """Return the items that carry markers of their order, without the markers; empty where there are none.

    An item reaches to the next marker, or to the end of its sentence.

    >>> text = "要做到:一是摸清底数;二是挂牌督办;三是限期整改。之后验收。"
    >>> [text[a:b] for a, b in marked(text)]
    ['摸清底数', '挂牌督办', '限期整改']
    """
    folded = fold(text)
    found = max((_in_sequence(folded, markers) for markers in _SEQUENCES), key=len)
    ordinary = [m.span() for m in _FIRST_THEN.finditer(folded)]
    if len(ordinary) >= 2 and folded.startswith("首先", ordinary[0][0]) and len(ordinary) > len(found):
        found = ordinary
    if len(found) < 2:
        return []
    starts = [start for start, _ in found[1:]]
    return [
        trimmed(text, end, _sentence_end(folded, end, following))
        for (_, end), following in zip(found, [*starts, len(text)], strict=True)
    ]


def _in_sequence(folded: str, markers: Sequence[str]) -> list[Piece]:
    """Return where the markers stand, the first one first, each behind the one before it."""
    found: list[Piece] = []
    at = 0
    for marker in markers:
        at = _opening(folded, marker, at)
        if at < 0:
            break
        end = at + len(marker)
        while end < len(folded) and folded[end] in ",，、:： ":
            end += 1
        found.append((at, end))
        at = end
    return found


def _opening(folded: str, marker: str, at: int) -> int:
    """Return where a marker opens a clause, from an offset on; -1 where it does not."""
    while (at := folded.find(marker, at)) >= 0:
        before = folded[:at].rstrip(" ”’」")
        behind = folded[at + len(marker) : at + len(marker) + 1]
        counts = marker.startswith("第") and behind not in ",，、:： "
        if not counts and (not before or before[-1] in "。;；:：,，!?\n、"):
            return at
        at += len(marker)
    return -1


def _sentence_end(folded: str, start: int, following: int) -> int:
    """Return where an item ends: before the next marker; the last one with its sentence."""
    match = re.compile(r"[。!?！？\n]").search(folded, start, following)
    return match.start() if match else following


def paired(text: str) -> list[Piece]:
    """Return the two items of a pair of conjunctions (既…又…); empty where there is none.

    >>> text = "这样既方便了群众,又减轻了窗口压力。"
    >>> [text[a:b] for a, b in paired(text)]
    ['方便了群众', '减轻了窗口压力']
    """
    match = _PAIRS.search(text)
    return [trimmed(text, *match.span("a")), trimmed(text, *match.span("b"))] if match else []


def joined(text: str, segmenter: Segmenter) -> list[list[Piece]]:
    """Return every enumeration joined by 、 or by the quotation marks of its items, in order.

    Words that introduce the first item or follow the last one are cut off; what 等 stands for is not
    known. An enumeration within quotation marks or brackets is one of its own.

    >>> text = "整治行动由公安、城管和市场监管部门联合开展。"
    >>> [[text[a:b] for a, b in pieces] for pieces in joined(text, Segmenter())]
    [['公安', '城管', '市场监管部门']]
    """
    found = [bounded(text, pieces, segmenter) for pieces in _runs(text)]
    return [pieces for pieces in found if len(pieces) > 1]


def enumerates(text: str, segmenter: Segmenter) -> bool:
    """Tell whether a text says that it lists things: by order marks, a pair, or their number (三门课)."""
    if marked(text) or paired(text):
        return True
    for pieces in joined(text, segmenter):
        behind = _COUNT_BEHIND.match(fold(text), pieces[-1][1])
        if behind and numerals(behind["count"]) == {float(len(pieces))}:
            return True
    return False


def coordinated(text: str, segmenter: Segmenter) -> list[list[Piece]]:
    """Return the pairs joined by 和, 与 … alone (养老院和福利院), in order."""
    found: list[list[Piece]] = []
    for start, end in _clauses(text):
        for word, tag, at in segmenter.tagged(text[start:end]):
            if word in AND and tag[:1] in "cp" and at > 1:
                left, right = (start, start + at), (start + at + len(word), end)
                pieces = bounded(text, [left, right], segmenter, split_last=False)
                if all(b - a > 1 for a, b in pieces):
                    found.append(pieces)
    return found


def _runs(text: str) -> Iterator[list[Piece]]:
    """Yield the raw pieces of each run between breaks that holds a separator, inner runs last."""
    closers: list[str] = []
    inner: list[Piece] = []
    opened = pieces_start = 0
    pieces: list[Piece] = []
    for i, char in enumerate(f"{text}\n"):
        if closers and char == closers[-1]:
            closers.pop()
            if not closers:
                inner.append((opened, i))
            continue
        if char in OPENERS:
            adjacent = text[i - 1 : i] in OPENERS.values() and char in "“《「" and not closers
            if adjacent and pieces_start < i:
                pieces.append((pieces_start, i))
                pieces_start = i
            if not closers:
                opened = i + 1
            closers.append(OPENERS[char])
        elif not closers and char == "、":
            pieces.append((pieces_start, i))
            pieces_start = i + 1
        elif (not closers and char in _BREAK) or char == "\n":
            if pieces:
                yield [*pieces, (pieces_start, i)]
            pieces, pieces_start = [], i + 1
            closers.clear()
    for start, end in inner:
        if "、" in text[start:end]:
            yield [(start + a, start + b) for run in _runs(text[start:end]) for a, b in run]


def _clauses(text: str) -> list[Piece]:
    breaks = [-1, *(i for i, char in enumerate(text) if char in _BREAK or char == "、"), len(text)]
    return [(a + 1, b) for a, b in pairwise(breaks) if b - a > 1]
