"""Where the items of one enumeration begin and end: what introduces and follows them is cut off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from qa.constraints import numerals
from qa.text import Segmenter, fold

Piece = tuple[int, int]
"""``(start, end)`` of one item."""
_LEADING = ("v", "p", "u", "c", "d", "r", "m", "q", "x")
_TRAILING = ("v", "p", "d", "c", "u", "r", "z", "a", "m")
AND = frozenset(("和", "及", "与", "以及", "或", "或者", "并", "暨", "跟"))
_PREPOSITIONS = frozenset("到在对向从由为以把将给与和是有含用按")
_MEASURE_ONLY = re.compile(r"[\d一二两三四五六七八九十百千万.]+\D{0,2}")
_ETC = re.compile(r"等(?![级待候于到着同效离])")
_SHARED_END = 0.7
_WRONG_CLASS = 0.7
_LEAD_LEFT = 0.4
_SAME_LENGTH = 0.6
_NOT_A_SEAM = 1.0
_INSIDE_A_NOUN = 3.0
_CUT = 0.15
_AFTER_PARTICLE = 0.5
OPENERS = {"“": "”", "《": "》", "(": ")", "（": "）", "「": "」", "『": "』", "【": "】", "〈": "〉"}


def bounded(
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
    opening = segmenter.tagged(text[start : first[1]])[:1]
    if opening and opening[0][0] in _PREPOSITIONS and all(text[a] != text[start] for a, _ in middle):
        start += 1
    whole = [(start, first[1]), *middle, (last[0], last[0] + best[2])]
    return [(a, b) for a, b in (trimmed(text, *piece) for piece in whole) if a < b]


def trimmed(text: str, start: int, end: int) -> Piece:
    """Return a span without blanks and punctuation at its ends."""
    while start < end and text[start] in " \u3000,，、:：":
        start += 1
    while end > start and (text[end - 1] in " \u3000,，、;；。:：!?！？\n" or text[end - 1] in OPENERS):
        end -= 1
    return start, end


@dataclass(frozen=True, slots=True)
class _Shape:
    """What items of one enumeration have in common."""

    length: int
    opens: str
    closes: str
    ending: str
    directed: bool
    """Whether a preposition stands in it (选派干部到银行)."""


def _shape(item: str, segmenter: Segmenter) -> _Shape:
    tokens = [token for token in segmenter.tagged(item) if not token[0].isspace()]
    if not tokens:
        return _Shape(0, "", "", "", False)
    directed = any(word in _PREPOSITIONS for word, _, _ in tokens[1:-1])
    return _Shape(len(item), _class(tokens[0]), _class(tokens[-1]), item[-1], directed)


def _unlikeness(first: _Shape, last: _Shape, middle: Sequence[_Shape]) -> float:
    """Return how unlike the outer items are to the inner ones; to each other, where there are none."""
    cost = 0.0
    for item, others in ((first, middle or [last]), (last, middle or [first])):
        length = max(mean(other.length for other in others), 2.0)
        cost += abs(item.length - length) / length
        cost -= _SAME_LENGTH * any(item.length == other.length for other in others)
        if all(item.opens != other.opens for other in others):
            cost += _WRONG_CLASS + _LEAD_LEFT * (item.opens in "pdu")
        cost += _WRONG_CLASS * (item.directed and not any(other.directed for other in others))
        cost += _WRONG_CLASS * all(item.closes != other.closes for other in others)
        cost -= _SHARED_END * any(item.ending == other.ending for other in others)
    return cost


def _leads(item: str, segmenter: Segmenter) -> list[tuple[float, int]]:
    """Return where the first item may begin, each with its cost."""
    for quote in "“《「":
        if quote in item and item[-1:] in OPENERS.values():
            return [(0.0, item.rindex(quote))]
    tokens = segmenter.tagged(item)
    cuts = [(0.0, 0)]
    for (word, tag, at), following in pairwise(tokens):
        cost = -_AFTER_PARTICLE if tag.startswith("u") else 0 if tag.startswith(_LEADING) else _NOT_A_SEAM
        if word not in AND and following[2] < len(item):
            cuts.append((cost, at + len(word)))
    return cuts


def _tails(item: str, segmenter: Segmenter, count: int) -> list[tuple[float, int]]:
    """Return where the last item may end, each with its cost.

    A number behind it is no part of it where it counts the items (甲、乙、丙三镇).
    """
    closing = item.find(OPENERS[item[0]]) if item[:1] in OPENERS else -1
    if closing > 0:
        return [(0.0, closing + 1)]
    tokens = segmenter.tagged(item)
    cuts = [(0.0, len(item))]
    for (word, before, at), (following, tag, _) in pairwise(tokens):
        if tag.startswith("m") and numerals(following) != {float(count)}:
            continue
        if before.startswith("m") or _MEASURE_ONLY.fullmatch(item[: at + len(word)]):
            continue
        inside = _nominal(before) and _nominal(tag) and tag != "vn"  # 绿化建设 may end in what all share
        seam = _INSIDE_A_NOUN if inside else 0 if tag.startswith(_TRAILING) else _NOT_A_SEAM
        cuts.append((_CUT + seam, at + len(word)))
    return cuts


def _split_last(text: str, piece: Piece, segmenter: Segmenter) -> list[Piece]:
    """Return the last piece of an enumeration, as two where 和, 及 … joins the last item to it."""
    start, end = piece
    depth = 0
    for word, tag, at in segmenter.tagged(text[start:end]):
        depth += sum(c in OPENERS for c in word) - sum(c in OPENERS.values() for c in word)
        if depth == 0 and at > 0 and word in AND and tag[:1] in "cpv":
            if start + at + len(word) < end:
                return [(start, start + at), (start + at + len(word), end)]
            return [(start, start + at)]
    return [piece]


def _nominal(tag: str) -> bool:
    return _class(("", tag, 0)) == "n"


def _class(token: tuple[str, str, int]) -> str:
    """Return the coarse word class of a token: people apart, nominal verbs count as nouns."""
    tag = token[1]
    if tag.startswith("nr"):
        return "h"
    return "n" if tag[:1] in "njlibsfx" or tag in ("vn", "an", "eng") else tag[:1]
