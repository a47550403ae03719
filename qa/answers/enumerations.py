"""Enumerations in running text: where each item begins and ends, however the newspaper strings them together.

Three ways are told apart: items joined by 、 (the last by 和, 及 …), items each with a marker of its order
(一是…二是…, 首先…其次…, (1)…(2)…), and items bound by a pair of conjunctions (既…又…). Offsets are into
the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from qa.answers.item_bounds import OPENERS, Piece, bounded, closing, conjunctions, trimmed
from qa.language.names import NAME, OFFICES, people
from qa.reading.constraints import numerals
from qa.text import HAN, Segmenter, fold

_BREAK = frozenset(",，;；。:：!?！？\n")
_RINGED = ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽", "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑", "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
"""Characters that are nothing but marks of order."""
_SEQUENCES = (
    tuple(f"{n}是" for n in "一二三四五六七八九十"),
    tuple(f"{n}要" for n in "一二三四五六七八九十"),
    tuple(f"{n}类是" for n in "一二三四五六七八九十"),
    tuple(f"第{n}" for n in "一二三四五六七八九十"),
    tuple(f"其{n}" for n in "一二三四五六七八九十"),
    tuple(f"({n})" for n in "一二三四五六七八九十"),
    tuple(f"({n})" for n in range(1, 21)),
    *map(tuple, _RINGED),
    tuple(f"{n}." for n in range(1, 21)),
    tuple(f"{n}、" for n in range(1, 21)),
    tuple(f"{n})" for n in range(1, 21)),
    tuple(f"{n}、" for n in "一二三四五六七八九十"),
)
_BEHIND_ORDINAL = re.compile(r"(?:[步类种点项条个]|方面|阶段|环节)?(?:[是为]|(?=[,，、:： ]))")
"""What makes of 第一 a mark of order: 第一, 第一是 第一步, but not 第一季度."""
_FIRST_THEN = re.compile(r"(?<![一-鿿])(?:首先|其次|再次|再者|接着|然后|此外|最后|同时)(?:[,，]|是)?")
_PAIRS = re.compile(
    r"(?:既|一方面|不仅|不但|一边)(?P<a>[^,，;；。]{2,30})[,，]?"
    r"(?:又|也|另一方面|而且|还|一边|更)(?P<b>[^,，;；。]{2,30})"
    r"(?:[,，](?:还(?![将有说对会])|更|又|也)(?P<c>[^,，;；。]{2,30}))?"
)
_ONE_KIND_COUNTED = re.compile(
    r"(?P<count>[\d一二两三四五六七八九十]+)[个项家所门类种条处名位座](?P<kind>[^和及与\d]{1,8}?)(?:和|以及|及|与)"
)
_OFFICE_AND_NAME = re.compile(rf"[{HAN}]{{0,14}}(?:{OFFICES}){NAME}")
_RESPECTIVELY = re.compile(r"(?:分别|依次)[是为]?")
_MERE_ORDINAL = re.compile(r"[\d一二三四五六七八九十]{1,2}")
_OFFICE_ALONE = re.compile(rf"[{HAN}]{{0,14}}(?:{OFFICES}|常委|委员|党组成员)")
_COUNT_BEHIND = re.compile(r"等?(?P<count>[\d一二两三四五六七八九十]+)[个项家所门类种大条处名位座]")


def marked(text: str) -> list[Piece]:
    """Return the items that carry markers of their order, without the markers; empty where there are none.

    An item reaches to the next marker, or to the end of its sentence.

    >>> text = "要做到:一是摸清底数;二是挂牌督办;三是限期整改。之后验收。"
    >>> [text[a:b] for a, b in marked(text)]
    ['摸清底数', '挂牌督办', '限期整改']
    """
    folded = "".join(c if c in _RINGED[0] else f for c, f in zip(text, fold(text), strict=True))
    found = max((_in_sequence(folded, markers) for markers in _SEQUENCES), key=len)
    ordinary = [m.span() for m in _FIRST_THEN.finditer(folded)]
    if len(ordinary) >= 2 and folded.startswith("首先", ordinary[0][0]) and len(ordinary) > len(found):
        found = ordinary
    if len(found) < 2:
        return []
    starts = [start for start, _ in found[1:]]
    items = [
        trimmed(text, end, _sentence_end(folded, end, following))
        for (_, end), following in zip(found, [*starts, len(text)], strict=True)
    ]
    return items if all(start < end for start, end in items) else []  # 一、二、三等奖 has no marks


def _in_sequence(folded: str, markers: Sequence[str]) -> list[Piece]:
    """Return where the markers stand, the first one first, each behind the one before it."""
    found: list[Piece] = []
    at = 0
    for marker in markers:
        place = _opening(folded, marker, at)
        if place is None:
            break
        at, end = place
        while end < len(folded) and folded[end] in ",，、:： ":
            end += 1
        found.append((at, end))
        at = end
    return found


def _opening(folded: str, marker: str, at: int) -> Piece | None:
    """Return where a marker opens a clause, from an offset on, and where it ends; ``None`` for nowhere."""
    ringed = any(marker in marks for marks in _RINGED) and marker not in {marks[0] for marks in _RINGED}
    while (at := folded.find(marker, at)) >= 0:
        before = folded[:at].rstrip(" ”’」")
        end = at + len(marker)
        if marker.startswith(("第", "其")) and marker[-1] != "是":
            behind = _BEHIND_ORDINAL.match(folded, end)
            end = behind.end() if behind else end
            marks = behind is not None or marker.startswith("其")
        else:
            marks = not (marker[0].isdigit() and folded[end : end + 1].isdigit())  # 1.5公里, 1、2号楼
        if marks and (ringed or not before or before[-1] in "。;；:：,，!?\n、"):
            return at, end
        at += len(marker)
    return None


def _sentence_end(folded: str, start: int, following: int) -> int:
    """Return where an item ends: before the next marker; the last one with its sentence."""
    match = re.compile(r"[。!?！？\n]").search(folded, start, following)
    return match.start() if match else following


def paired(text: str) -> list[Piece]:
    """Return the two items, or three, of a pair of conjunctions (既…又…); empty where there is none.

    >>> text = "这样既方便了群众,又减轻了窗口压力。"
    >>> [text[a:b] for a, b in paired(text)]
    ['方便了群众', '减轻了窗口压力']
    """
    match = _PAIRS.search(text)
    return [trimmed(text, *match.span(name)) for name in "abc" if match[name]] if match else []


def joined(text: str, segmenter: Segmenter) -> list[list[Piece]]:
    """Return every enumeration joined by 、 or by the quotation marks of its items, in order.

    Words that introduce the first item or follow the last one are cut off; what 等 stands for is not
    known. An enumeration within quotation marks or brackets is one of its own.

    >>> text = "整治行动由公安、城管和市场监管部门联合开展。"
    >>> [[text[a:b] for a, b in pieces] for pieces in joined(text, Segmenter())]
    [['公安', '城管', '市场监管部门']]
    """
    runs = [part for run in _runs(text) for part in _parted(text, run, segmenter)]
    found = [_with_offices(text, bounded(text, pieces, segmenter), segmenter) for pieces in runs]
    return [pieces for pieces in found if len(pieces) > 1]


def _parted(text: str, pieces: list[Piece], segmenter: Segmenter) -> list[list[Piece]]:
    """Return a run as two where the first of them is closed: 东街、西街2个社区和大王庄、小李庄2个村.

    None for what is only an item with its mark of order (一、总则).
    """
    first, second = (text[slice(*piece)].strip() for piece in pieces[:2])
    if len(pieces) == 2 and _MERE_ORDINAL.fullmatch(first) and not _MERE_ORDINAL.match(second):
        return []
    for n, (start, end) in enumerate(pieces[1:-1], 2):
        closed = closing(text, start, end, segmenter)
        cut = closed or _each(text, start, end)
        if cut and text[cut[0]] != "各":
            # What closes it stays to be seen: nothing before 等 is cut off (美丽乡村建设等).
            head = [*pieces[: n - 1], (start, end if closed else cut[0])]
            return [head, *_parted(text, [(cut[1], end), *pieces[n:]], segmenter)]
        found = _ONE_KIND_COUNTED.search(fold(text), start + 1, end)
        if found and numerals(found["count"]) == {float(n)}:
            head = [*pieces[: n - 1], (start, found.end("kind"))]
            return [head, *_parted(text, [(found.end(), end), *pieces[n:]], segmenter)]
    return [pieces]


def _each(text: str, start: int, end: int) -> Piece | None:
    """Return what in an item says that another enumeration answers to this one: 甲、乙分别为1、2."""
    match = _RESPECTIVELY.search(text, start + 1, end)
    return match.span() if match else None


def _with_offices(text: str, pieces: list[Piece], segmenter: Segmenter) -> list[Piece]:
    """Return items with a lone office put to the person behind it: 县委常委、部长王丽 is one."""
    whole: list[Piece] = []
    folded = fold(text)
    for start, end in pieces:
        office = whole and _OFFICE_ALONE.fullmatch(folded[slice(*whole[-1])])
        named = _named_end(text, start, end, segmenter) if office else None
        whole.append((start, end) if named is None else (whole.pop()[0], named))
    return whole


def _named_end(text: str, start: int, end: int, segmenter: Segmenter) -> int | None:
    """Return where an item ends with the person whose office it is; ``None`` where it names nobody."""
    if any(at and start + at + len(name) == end for name, at in people(text[start:end], segmenter)):
        return end
    if named := _OFFICE_AND_NAME.match(fold(text), start):
        return max(end, named.end())
    behind = next(iter(segmenter.tagged(text[end : end + 6])), None)
    return end + len(behind[0]) if behind and behind[1].startswith("nr") else None


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
        for word, tag, at in conjunctions(text[start:end], segmenter):
            if tag[:1] in "cp" and at > 1:
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
