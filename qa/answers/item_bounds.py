"""Where the items of one enumeration begin and end: what introduces and follows them is cut off."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from qa.language.names import OFFICES
from qa.reading.constraints import numerals
from qa.text import Segmenter, fold

Piece = tuple[int, int]
"""``(start, end)`` of one item."""
_LEADING = ("v", "p", "u", "c", "d", "r", "m", "q", "x")
_TRAILING = ("v", "p", "d", "c", "u", "r", "z", "a", "m")
AND = frozenset(("和", "及", "与", "以及", "或", "或者", "并", "暨", "跟"))
_PREPOSITIONS = frozenset("到在对向从由为以把将给与和是有含用按")
_MEASURE_ONLY = re.compile(r"[\d一二两三四五六七八九十百千万.]+\D{0,2}")
# 等 is no part of a grade (一等奖), 共8个 and 分别 close an enumeration as it does.
_ETC = re.compile(
    r"(?!(?<=[一二三四五六七八九十特])等[奖功座舱品](?!项))等(?![级待候于到着同效离])|"
    r"(?<!公)(?:共计?|合计|总计|各)(?=[\d一二两三四五六七八九十])|(?<=[月日号年时点])(?:分别|先后|相继|陆续)"
)
_EQUAL = frozenset(
    ("平等", "相等", "同等", "均等", "对等", "不等", "高等", "中等", "初等", "甲等", "优等", "上等", "头等")
)
"""Words whose 等 is no etc."""
_INTRODUCED = re.compile(r"包括|包含|涵盖|分别[是为]")
_COUNT = re.compile(
    r"(?P<count>[\d两三四五六七八九十]+)[个项家所门类种大条处名位座级镇乡村县区市](?!以[上下内外]|[多余])"
)
_PLACE_KINDS = "县市区镇乡村州省"
_NOT_COUNTED_BEHIND = re.compile(r"[\d第前后近约超达至零〇一二两三四五六七八九十百千万亿.]")
_MERE_PARTICLE = re.compile(r"(?<=[一-鿿])了(?![解结却断])")
_BODY_ENDINGS = tuple("站馆院局所校园厂室队部处会社司中心")
_COUNTED = re.compile(r"[\d一二两三四五六七八九十百千万]+[个项家所门类种条处名位座人台辆]$")
_ADDRESSED = re.compile(rf"(?:总?{OFFICES}|教授|老师|院士|博士|医生|同志|先生|女士)")
_HOSTING = frozenset(("主办", "承办", "协办", "联办"))
_ON_THE_SPOT = frozenset(("现场", "当场", "到场", "全程", "同台"))
"""Nouns by their tags that behind an item tell how something was done."""
_SHARED_END = 0.7
_WRONG_CLASS = 0.7
_LEAD_LEFT = 0.4
_SAME_LENGTH = 0.6
_NOT_A_SEAM = 1.0
_INSIDE_A_NOUN = 3.0
_WITHIN_A_TITLE = 2.0
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
    etc = closing(text, *last, segmenter)
    if etc and text[etc[0]] == "各" and "各" in text[slice(*first)]:
        etc = None  # each item says so of itself: 两侧各10公里、两端各20公里
    if etc:
        last = (last[0], etc[0])
    *more, last = _split_last(text, last, segmenter) if split_last else [last]
    middle = [*middle, *more]
    inner = [_shape(text[a:b], segmenter) for a, b in middle]
    heads = _leads(text[slice(*first)], segmenter)
    tails = [(0.0, last[1] - last[0])]
    if not etc:
        endings = {text[b - 1] for a, b in (first, *middle) if a < b}
        each_counted = any(_COUNTED.search(fold(text[a:b])) for a, b in (first, *middle))
        tails = _tails(text[slice(*last)], segmenter, len(middle) + 2, endings, each_counted=each_counted)
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
    if start > first[0] and text[start - 1] in _PLACE_KINDS:
        kind, own = text[start - 1], segmenter.tagged(text[first[0] : start])
        if own[-1][0] == kind and any(kind in text[a : a + 2] for a, _ in [*middle, last]):
            start -= 1  # 由县教育局、县妇联
    opening = segmenter.tagged(text[start : first[1]])[:1]
    if opening and opening[0][0] in _PREPOSITIONS and all(text[a] != text[start] for a, _ in middle):
        start += 1
    if _MERE_PARTICLE.match(text, start, first[1]):
        start += 1
    if (alike := _opening_alike(text, first, [*middle, last], segmenter)) is not None:
        start = alike
    whole = [(start, first[1]), *middle, (last[0], last[0] + best[2])]
    return [(a, b) for a, b in (trimmed(text, *piece) for piece in whole) if a < b]


def _opening_alike(text: str, first: Piece, others: Sequence[Piece], segmenter: Segmenter) -> int | None:
    """Return where the first item begins if all others open with one word; ``None`` where they do not.

    Parallel items repeat their verb (进机关、进企业、进社区): it is no part of what introduces them.
    """
    words = [segmenter.tagged(text[a:b])[:1] for a, b in others]
    opening = {word[0][0] for word in words if word and word[0][1][:1] in "vpdar"}
    chars = {text[a : a + 1] for a, _ in others}
    if len(others) < 2 or len(chars) > 1 or not words or not all(words):
        return None
    char = chars.pop()
    alike = opening.pop() if len(opening) == 1 and len(words) == len(others) else char
    if alike != char and not all(text.startswith(alike, a) for a, _ in others):
        alike = char
    if not any(word[0][1][:1] in "vpdar" for word in words):
        return None
    starts = [at for word, _, at in segmenter.tagged(text[slice(*first)]) if word.startswith(alike)]
    if not starts and text.count(alike, *first) == 1:  # 以断|人员链: the tagger takes 以断 for a word
        return text.index(alike, *first)
    return first[0] + starts[-1] if starts else None


_MODAL = frozenset("要会能须应可将需继续进一步积极坚持努力着力全面统筹")
_WORD_REACH = 8


def _begins_an_item(text: str, start: int, segmenter: Segmenter) -> bool:
    """Tell whether a word that a reader's span begins with may begin an item, by itself what it says.

    A verb may, too (占用消防通道、违规住人): a reader leaves out what introduces the items. A particle, a
    conjunction, 要 or 积极 may not, nor what is no beginning of a word.
    """
    left = max((text.rfind(char, 0, start) for char in ",，;；。、"), default=-1) + 1
    words = segmenter.tagged(text[left : start + _WORD_REACH])
    own = next(((word, tag) for word, tag, at in words if left + at == start), None)
    return own is not None and own[1][:1] not in "ucw" and not set(own[0]) <= _MODAL


_CLOSES = re.compile(
    r"[”》」』)）]*(?:等|共|[这上]?[\d一二两三四五六七八九十]+[个项家所门类种大条处名位座方]|之?[中间内]$)"
)


def as_read(text: str, pieces: Sequence[Piece], read: Piece, segmenter: Segmenter) -> list[Piece]:
    """Return the items of an enumeration bounded as a reader bounded it, where it read more than one of them.

    It begins in the first item, or in the nouns cut off before it; where it ends within an item, there the
    enumeration ends, and what is joined on is another one (four events, 96 contests).

    >>> text = "该乡、该镇的38个村、5万人用上自来水"
    >>> [text[a:b] for a, b in as_read(text, [(0, 2), (3, 9), (10, 18)], (0, 5), Segmenter())]
    ['该乡', '该镇']
    """
    start, end = trimmed(text, *read)
    first, second, last = pieces[0], pieces[1], pieces[-1]
    if end <= second[0] or (start >= first[1] and start > pieces[-2][0]):
        return list(pieces)
    items = list(pieces)
    if start < first[0] and not _SEPARATES.search(text, start, first[0]):
        words = segmenter.tagged(text[start : first[1]])
        lead = next((at for _, tag, at in words if tag[:1] not in "vpuc" or tag == "vn"), 0)
        lead = 0 if _begins_an_item(text, start, segmenter) else lead
        items[0] = min(start + lead, first[0]), first[1]
    elif first[0] < start < first[1]:
        items[0] = start, first[1]
    start, last_end = items[0][0], min(end, last[1])
    if text[start] in OPENERS and OPENERS[text[start]] not in text[start : items[0][1]]:
        items[0] = start + 1, items[0][1]  # “甲、乙”: what quotes all of them is no part of one
    if text[end - 1] in OPENERS.values() and text[end - 1] not in text[last_end : end - 1]:
        opened = next(o for o, c in OPENERS.items() if c == text[end - 1])
        end -= opened not in text[last[0] : end]
    within = next((n for n, (a, b) in enumerate(items) if a < end < b), None)
    if within is not None and within > 0:
        return [*items[:within], (items[within][0], end)]
    if end > last[1] and not _SEPARATES.search(text, last[1], end):
        closed = _CLOSES.search(text, last[1], end) or _UNQUOTED.search(text, last[1], end)
        items[-1] = items[-1][0], closed.start() if closed else end
    return items


_UNQUOTED = re.compile("[”》」』](?=的)")
_SEPARATES = re.compile(r"[、,，;；。:：!！?？\n]")


def closing(text: str, start: int, end: int, segmenter: Segmenter) -> Piece | None:
    """Return what closes an enumeration within a span (等, 共8个), outside brackets; ``None`` for nothing."""
    found = list(_ETC.finditer(fold(text[start:end])))
    words = segmenter.tagged(text[start:end]) if found else []
    for match in found:
        inside = text[start : start + match.start()]
        one_word = any(at < match.start() < at + len(word) for word, _, at in words)
        if one_word and fold(text[start:end])[match.start() - 1 : match.end()] in _EQUAL:
            continue
        if sum(c in OPENERS for c in inside) == sum(c in OPENERS.values() for c in inside):
            return start + match.start(), start + match.end()
    return None


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
    introduced = [match.end() for match in _INTRODUCED.finditer(item)]
    if introduced and introduced[-1] < len(item):
        return [(0.0, introduced[-1])]
    tokens = segmenter.tagged(item)
    cuts = [(0.0, 0)]
    depth = 0
    for (word, tag, at), following in pairwise(tokens):
        depth += sum(c in OPENERS for c in word) - sum(c in OPENERS.values() for c in word)
        if depth > 0 or following[0][0] in "(（【":
            continue
        cost = -_AFTER_PARTICLE if tag.startswith("u") else 0 if tag.startswith(_LEADING) else _NOT_A_SEAM
        bracket, closes = word in ")）", word in OPENERS.values()
        torn = word[-1].isdigit() or bracket or (closes and following[1][:1] in "nv")  # “一站式”窗口
        if word not in AND and following[2] < len(item) and not torn:
            cuts.append((cost, at + len(word)))
    return cuts


def _tails(
    item: str, segmenter: Segmenter, count: int, endings: Collection[str], *, each_counted: bool
) -> list[tuple[float, int]]:
    """Return where the last item may end, each with its cost.

    A number behind it is no part of it where it counts the items (甲、乙、丙三镇). Behind a number only
    what the other items end in closes it (5月1日、5月2日开展).
    """
    closing = item.find(OPENERS[item[0]]) if item[:1] in OPENERS else -1
    if closing > 0:
        return [(0.0, closing + 1)]
    counts = () if each_counted else _COUNT.finditer(fold(item))
    counted = next((m for m in counts if numerals(m["count"]) == {float(count)}), None)
    if counted and counted.start() > 0 and not _NOT_COUNTED_BEHIND.match(item[counted.start() - 1]):
        kept = item[: counted.start()].rstrip("为是这")
        return [(0.0, len(kept) or counted.start())]
    tokens = segmenter.tagged(item)
    cuts = [(0.0, len(item))]
    for n, ((word, before, at), (following, tag, _)) in enumerate(pairwise(tokens), 2):
        if tag.startswith("m") and numerals(following) != {float(count)}:
            continue
        measure = before.startswith("m") or _MEASURE_ONLY.fullmatch(item[: at + len(word)])
        if measure and (word[-1].isdigit() or word[-1] not in endings or following[0] in "至-—~～"):
            continue
        further, then = tokens[n][:2] if n < len(tokens) else ("", "")
        modifies = tag != "vn" or further.endswith(_BODY_ENDINGS)
        # 绿化建设 may end in what all share; 综合文化站, 主席赵刚 and 王芳教授 are one.
        if following in _HOSTING or (following in _ON_THE_SPOT and then.startswith("v")):
            cuts.append((_CUT, at + len(word)))
            continue
        inside = _nominal(before) and _nominal(tag) and modifies
        called = _nominal(before) and tag.startswith("nr")
        called = called or (before.startswith("nr") and _ADDRESSED.match(following) is not None)
        seam = _NOT_A_SEAM if not tag.startswith(_TRAILING) else 0.0
        seam = _INSIDE_A_NOUN if inside else _WITHIN_A_TITLE if called else seam
        cuts.append((_CUT + seam, at + len(word)))
    return cuts


def _split_last(text: str, piece: Piece, segmenter: Segmenter) -> list[Piece]:
    """Return the last piece of an enumeration, as two where 和, 及 … joins the last item to it."""
    start, end = piece
    for word, tag, at in conjunctions(text[start:end], segmenter):
        inside = text[start : start + at]
        depth = sum(c in OPENERS for c in inside) - sum(c in OPENERS.values() for c in inside)
        if depth == 0 and at > 0 and tag[:1] in "cpv":
            if start + at + len(word) < end:
                return [(start, start + at), (start + at + len(word), end)]
            return [(start, start + at)]
    return [piece]


def conjunctions(text: str, segmenter: Segmenter) -> list[tuple[str, str, int]]:
    """Return the words of a text that may join two items, tagged; also where 和县 is taken for a place."""
    found = []
    for word, tag, at in segmenter.tagged(text):
        if word in AND:
            found.append((word, tag, at))
        elif len(word) == 2 and word[0] in AND and word[1] in _PLACE_KINDS and tag == "ns":
            found.append((word[0], "c", at))
    return found


def _nominal(tag: str) -> bool:
    return _class(("", tag, 0)) == "n"


def _class(token: tuple[str, str, int]) -> str:
    """Return the coarse word class of a token: people apart, nominal verbs count as nouns."""
    tag = token[1]
    if tag.startswith("nr"):
        return "h"
    return "n" if tag[:1] in "njlibsfx" or tag in ("vn", "an", "eng") else tag[:1]
