"""Items that a sentence strings together as clauses, known by their number or by how alike they open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from qa.answers.item_bounds import Piece, trimmed
from qa.reading.constraints import numerals

_ANNOUNCED = re.compile(
    r"(?P<count>[\d一二两三四五六七八九十]+)(?:[大个项条点类种件处]|方面)[^,，;；。:：\d]{0,10}[:：](?P<rest>[^。:：!！?？\n]+)"
)
_DEMAND = r"[一-鿿]{0,8}?要(?!求)"
_SAID = re.compile(
    rf"(?:强调|要求|指出|提出|表示|部署|希望|说)[,，:：](?P<rest>{_DEMAND}[^。:：!！?？\n]+)|^(?P<bare>要[^。:：!！?？\n]+)"
)
_AFTER_COLON = re.compile(r"(?<!\d)[:：](?P<rest>[^。:：!！?？\n]+)[。!！]?$")


def announced(text: str) -> list[Piece]:
    """Return the items that a sentence announces by their number and strings together by ； or by ，.

    >>> text = "部署了三项任务:修复岸线;整治排污口164个,6月底前完成七成;建设幸福河湖3条。"
    >>> [text[a:b] for a, b in announced(text)]
    ['修复岸线', '整治排污口164个,6月底前完成七成', '建设幸福河湖3条']
    """
    match = _ANNOUNCED.search(text)
    if match is None:
        return []
    first = re.split("[,，;；]", match["rest"])[0]
    if numerals(match["count"]) == {first.count("、") + 1.0}:
        return []  # joined by 、, what stands behind is something else
    items = _cut(text, *match.span("rest"), ";；" if re.search("[;；]", match["rest"]) else ",，")
    return items if len(items) > 1 and numerals(match["count"]) == {float(len(items))} else []


def announces(question: str, text: str) -> bool:
    """Tell whether a sentence announces the things that a question asks for by number (三条措施是什么)."""
    match = _ANNOUNCED.search(text)
    counted = text[match.start() : match.start("rest")].strip(":：") if match else ""
    return len(counted) > 1 and counted[:2] in question and bool(announced(text))


def asked_by_number(text: str, count: int) -> list[Piece]:
    """Return the items behind a sentence's last colon if they are as many as a question asks for (哪三类)."""
    match = _AFTER_COLON.search(text)
    items = _cut(text, *match.span("rest"), ";；") if match else []
    return items if len(items) == count > 1 else []


def demanded(text: str) -> list[Piece]:
    """Return the demands that a speech makes one by one, each with its 要.

    >>> text = "他强调,要摸清底数,建好台账;要挂牌督办;要限期整改。"
    >>> [text[a:b] for a, b in demanded(text)]
    ['要摸清底数,建好台账', '要挂牌督办', '要限期整改']
    """
    match = _SAID.search(text)
    if match is None:
        return []
    span = match.span("rest" if match["rest"] else "bare")
    items = _cut(text, *span, ";；")
    if len(items) == 1:
        cuts = [m.start() for m in re.finditer(r"[,，](?=要(?!求))", text[slice(*span)])]
        bounds = [span[0], *(span[0] + cut + 1 for cut in cuts), span[1] + 1]
        items = [trimmed(text, a, b - 1) for a, b in pairwise(bounds)]
    return items if len(items) > 1 and all(re.match(_DEMAND, text[a:b]) for a, b in items) else []


def _cut(text: str, start: int, end: int, marks: str) -> list[Piece]:
    cuts = [start, *(i + 1 for i in range(start, end) if text[i] in marks), end + 1]
    items = [trimmed(text, a, b - 1) for a, b in pairwise(cuts)]
    return [(a, b) for a, b in items if a < b]


_DEMANDS_ASKED = re.compile(
    r"哪[几些两二三四五六七八九十]?[点条](?![路线河街规纪])|(?:什么|哪[些几两三四五六])[个项方]?面?(?:的)?(?:具体)?要求|要求(?:是|有|都)*(?:什么|哪)"
)


def clauses_listed(question: str, text: str, count: int | None) -> Iterator[list[Piece]]:
    """Yield the enumerations of clauses in a sentence that a question may ask for.

    Args:
        question: folded, in plain question words.
        text: the sentence.
        count: how many things the question asks for, if it says.
    """
    if told := announced(text) or (asked_by_number(text, count) if count else []):
        yield told
    if _DEMANDS_ASKED.search(question) and (told := demanded(text)):
        yield told
