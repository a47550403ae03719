"""Items that a sentence strings together as clauses, known by their number or by how alike they open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from qa.answers.item_bounds import Piece, trimmed
from qa.reading.constraints import numerals
from qa.text import bigrams, fold

_ANNOUNCED = re.compile(
    r"(?P<count>[\d一二两三四五六七八九十]+)(?:[大个项条点类种件处]|方面)[^,，;；。:：\d]{0,10}[:：](?P<rest>[^。:：!！?？\n]+)"
)
_OWES = r"(?:[^,，;；。:：要]{2,12})?要(?!求)"
"""What a demand opens with: 要, or who has to (县水利局要)."""
_SAID = re.compile(
    rf"(?:强调|要求|指出|提出|表示|部署|希望|说)[,，:：](?P<rest>{_OWES}[^。:：!！?？\n]+)"
    r"|^(?:(?:今后|下一步|接下来|下半年|明年|为此|同时|另外|此外)[,，]?)?(?P<bare>要[^。:：!！?？\n]+)"
    r"|(?:提醒|建议|呼吁)[^,，:：;；。]{0,8}[,，:：](?P<advice>[^。:：!！?？\n]+[;；][^。:：!！?？\n]+)"
)
_OWED = re.compile(_OWES)
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
    """Tell whether a sentence strings together all that a question asks for.

    That is what it announces by number (三条措施是什么), or what somebody demands (强调了什么).
    """
    if _demands_of_all(question, text):
        return True
    match = _ANNOUNCED.search(text)
    counted = text[match.start() : match.start("rest")].strip(":：") if match else ""
    return len(counted) > 1 and counted[:2] in question and bool(announced(text))


def asked_by_number(text: str, count: int) -> list[Piece]:
    """Return the items behind a sentence's last colon if they are as many as a question asks for (哪三类)."""
    match = _AFTER_COLON.search(text)
    items = _cut(text, *match.span("rest"), ";；") if match else []
    return items if len(items) == count > 1 else []


def demanded(text: str) -> list[Piece]:
    """Return the demands that a speech makes one by one, each with its 要, or its pieces of advice.

    >>> text = "他强调,要摸清底数,建好台账;要挂牌督办;要限期整改。"
    >>> [text[a:b] for a, b in demanded(text)]
    ['要摸清底数,建好台账', '要挂牌督办', '要限期整改']
    """
    match = _SAID.search(text)
    if match is None:
        return []
    kind = match.lastgroup or "rest"
    span = match.span(kind)
    items = _cut(text, *span, ";；")
    if kind == "advice":
        return items
    if len(items) == 1:
        cuts = [m.start() for m in re.finditer(r"[,，](?=要(?!求))", text[slice(*span)])]
        bounds = [span[0], *(span[0] + cut + 1 for cut in cuts), span[1] + 1]
        items = [trimmed(text, a, b - 1) for a, b in pairwise(bounds)]
    if len(items) < 2 or not all(_OWED.match(text, a) for a, _ in items):
        return []
    if all(text[a] == "要" for a, _ in items[1:]):  # whoever owes the first owes them all
        items[0] = text.index("要", items[0][0]), items[0][1]
    return items


def _demands_of_all(question: str, text: str) -> list[Piece]:
    """Return the demands of a speech that a question asks for, unless it asks for those on one body."""
    told = demanded(text) if _DEMANDS_ASKED.search(question) else []
    asked = set(bigrams(question))
    for start, end in told:
        owed = _OWED.match(text, start, end)
        if owed and asked & set(bigrams(fold(owed.group()[:-1]))):
            return []
    return told


def _cut(text: str, start: int, end: int, marks: str) -> list[Piece]:
    cuts = [start, *(i + 1 for i in range(start, end) if text[i] in marks), end + 1]
    items = [trimmed(text, a, b - 1) for a, b in pairwise(cuts)]
    return [(a, b) for a, b in items if a < b]


_DEMANDS_ASKED = re.compile(
    r"哪[几些两二三四五六七八九十]?[点条](?![路线河街规纪])|(?:什么|哪[些几两三四五六])[个项方]?面?(?:的)?(?:具体)?要求|要求(?:是|有|都)*(?:什么|哪)"
    r"|(?:强调|要求|提出|部署|希望|提醒|建议|呼吁)(?:了|过|大家|市民|群众|居民|消费者)?些?(?:要?(?:注意|做好?|抓好?))?(?:什么|哪些|哪[几两三四五]点)[呢啊]*[?]*$"
    r"|要求?(?:做|抓|干|注意)好?(?:什么|哪)"
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
    if told := _demands_of_all(question, text):
        yield told
