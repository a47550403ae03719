"""Enumerations in running text: where each item begins and ends, however the newspaper strings them together.

Three ways are told apart: items joined by 、 (the last by 和, 及 …), items each with a marker of its order
(一是…二是…, 首先…其次…, (1)…(2)…), and items bound by a pair of conjunctions (既…又…). Offsets are into
the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from qa.constraints import numerals
from qa.text import Segmenter, fold

Piece = tuple[int, int]
"""``(start, end)`` of one item."""

_OPENERS = {"“": "”", "《": "》", "(": ")", "（": "）", "「": "」", "『": "』", "【": "】", "〈": "〉"}
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
_LEADING = ("v", "p", "u", "c", "d", "r", "m", "q", "x")
_TRAILING = ("v", "p", "d", "c", "u", "r", "z", "a", "m")
_AND = frozenset(("和", "及", "与", "以及", "或", "或者", "并", "暨", "跟"))
_PREPOSITIONS = frozenset("到在对向从由为以把将给与和是有含用按")
_MEASURE_ONLY = re.compile(r"[\d一二两三四五六七八九十百千万.]+\D{0,2}")
_ETC = re.compile(r"等(?![级待候于到着同效离])")
_SHARED_END = 0.7
_WRONG_CLASS = 0.7
_LEAD_LEFT = 0.4
_SAME_LENGTH = 0.6
_NOT_A_SEAM = 1.0
_CUT = 0.15
_AFTER_PARTICLE = 0.5


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
        _trimmed(text, end, _sentence_end(folded, end, following))
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


def _trimmed(text: str, start: int, end: int) -> Piece:
    while start < end and text[start] in " \u3000,，、:：":
        start += 1
    while end > start and text[end - 1] in " \u3000,，、;；。:：!?！？\n":
        end -= 1
    return start, end


def paired(text: str) -> list[Piece]:
    """Return the two items of a pair of conjunctions (既…又…); empty where there is none.

    >>> text = "这样既方便了群众,又减轻了窗口压力。"
    >>> [text[a:b] for a, b in paired(text)]
    ['方便了群众', '减轻了窗口压力']
    """
    match = _PAIRS.search(text)
    return [_trimmed(text, *match.span("a")), _trimmed(text, *match.span("b"))] if match else []


def joined(text: str, segmenter: Segmenter) -> list[list[Piece]]:
    """Return every enumeration joined by 、 or by the quotation marks of its items, in order.

    Words that introduce the first item or follow the last one are cut off; what 等 stands for is not
    known. An enumeration within quotation marks or brackets is one of its own.

    >>> text = "整治行动由公安、城管和市场监管部门联合开展。"
    >>> [[text[a:b] for a, b in pieces] for pieces in joined(text, Segmenter())]
    [['公安', '城管', '市场监管部门']]
    """
    found = [_bounded(text, pieces, segmenter) for pieces in _runs(text)]
    return [pieces for pieces in found if len(pieces) > 1]


def coordinated(text: str, segmenter: Segmenter) -> list[list[Piece]]:
    """Return the pairs joined by 和, 与 … alone (养老院和福利院), in order."""
    found: list[list[Piece]] = []
    for start, end in _clauses(text):
        for word, tag, at in segmenter.tagged(text[start:end]):
            if word in _AND and tag[:1] in "cp" and at > 1:
                left, right = (start, start + at), (start + at + len(word), end)
                pieces = _bounded(text, [left, right], segmenter, split_last=False)
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
        if char in _OPENERS:
            adjacent = text[i - 1 : i] in _OPENERS.values() and char in "“《「" and not closers
            if adjacent and pieces_start < i:
                pieces.append((pieces_start, i))
                pieces_start = i
            if not closers:
                opened = i + 1
            closers.append(_OPENERS[char])
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


def _bounded(
    text: str, pieces: Sequence[Piece], segmenter: Segmenter, *, split_last: bool = True
) -> list[Piece]:
    """Return pieces without what introduces the first and follows the last one.

    Both are cut at the seams that leave the items most alike in length, word class and ending.
    """
    first, *middle, last = pieces
    etc = _ETC.search(fold(text[slice(*last)]))
    if etc:
        last = (last[0], last[0] + etc.start())
    *more, last = _split_last(text, last, segmenter) if split_last else [last]
    middle = [*middle, *more]
    inner = [_shape(text[a:b], segmenter) for a, b in middle]
    heads = _leads(text[slice(*first)], segmenter)
    tails = [(0.0, last[1] - last[0])] if etc else _tails(text[slice(*last)], segmenter, len(middle) + 2)
    best = min(
        ((cost_a + cost_b, -at, end) for cost_a, at in heads for cost_b, end in tails),
        key=lambda cut: (
            cut[0]
            + _unlikeness(
                _shape(text[first[0] - cut[1] : first[1]], segmenter),
                _shape(text[last[0] : last[0] + cut[2]], segmenter),
                inner,
            ),
            cut[1:],
        ),
    )
    start = first[0] - best[1]
    if text[start : start + 1] in _PREPOSITIONS and all(text[a] != text[start] for a, _ in middle):
        start += 1
    whole = [(start, first[1]), *middle, (last[0], last[0] + best[2])]
    return [(a, b) for a, b in (_trimmed(text, *piece) for piece in whole) if a < b]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What items of one enumeration have in common."""

    length: int
    opens: str
    closes: str
    ending: str


def _shape(item: str, segmenter: Segmenter) -> _Shape:
    tokens = [token for token in segmenter.tagged(item) if not token[0].isspace()]
    if not tokens:
        return _Shape(0, "", "", "")
    return _Shape(len(item), _class(tokens[0]), _class(tokens[-1]), item[-1])


def _unlikeness(first: _Shape, last: _Shape, middle: Sequence[_Shape]) -> float:
    """Return how unlike the outer items are to the inner ones; to each other, where there are none."""
    cost = 0.0
    for item, others in ((first, middle or [last]), (last, middle or [first])):
        length = max(mean(other.length for other in others), 2.0)
        cost += abs(item.length - length) / length
        cost -= _SAME_LENGTH * any(item.length == other.length for other in others)
        if all(item.opens != other.opens for other in others):
            cost += _WRONG_CLASS + _LEAD_LEFT * (item.opens in "pdu")
        cost += _WRONG_CLASS * all(item.closes != other.closes for other in others)
        cost -= _SHARED_END * any(item.ending == other.ending for other in others)
    return cost


def _leads(item: str, segmenter: Segmenter) -> list[tuple[float, int]]:
    """Return where the first item may begin, each with its cost."""
    for quote in "“《「":
        if quote in item and item[-1:] in _OPENERS.values():
            return [(0.0, item.rindex(quote))]
    tokens = segmenter.tagged(item)
    cuts = [(0.0, 0)]
    for (word, tag, at), following in pairwise(tokens):
        cost = -_AFTER_PARTICLE if tag.startswith("u") else 0 if tag.startswith(_LEADING) else _NOT_A_SEAM
        if word not in _AND and following[2] < len(item):
            cuts.append((cost, at + len(word)))
    return cuts


def _tails(item: str, segmenter: Segmenter, count: int) -> list[tuple[float, int]]:
    """Return where the last item may end, each with its cost.

    A number behind it is no part of it where it counts the items (甲、乙、丙三镇).
    """
    closing = item.find(_OPENERS[item[0]]) if item[:1] in _OPENERS else -1
    if closing > 0:
        return [(0.0, closing + 1)]
    tokens = segmenter.tagged(item)
    cuts = [(0.0, len(item))]
    for (word, before, at), (following, tag, _) in pairwise(tokens):
        if tag.startswith("m") and numerals(following) != {float(count)}:
            continue
        if before.startswith("m") or _MEASURE_ONLY.fullmatch(item[: at + len(word)]):
            continue
        cuts.append((_CUT + (0 if tag.startswith(_TRAILING) else _NOT_A_SEAM), at + len(word)))
    return cuts


def _split_last(text: str, piece: Piece, segmenter: Segmenter) -> list[Piece]:
    """Return the last piece of an enumeration, as two where 和, 及 … joins the last item to it."""
    start, end = piece
    depth = 0
    for word, tag, at in segmenter.tagged(text[start:end]):
        depth += sum(c in _OPENERS for c in word) - sum(c in _OPENERS.values() for c in word)
        if depth == 0 and at > 0 and word in _AND and tag[:1] in "cpv":
            if start + at + len(word) < end:
                return [(start, start + at), (start + at + len(word), end)]
            return [(start, start + at)]
    return [piece]


def _class(token: tuple[str, str, int]) -> str:
    """Return the coarse word class of a token: people apart, nominal verbs count as nouns."""
    tag = token[1]
    if tag.startswith("nr"):
        return "h"
    return "n" if tag[:1] in "njlibsfx" or tag in ("vn", "an", "eng") else tag[:1]
