"""Campaigns and projects that go by a quoted name: what they are called, and what they are for."""

from __future__ import annotations

import re

from qa.answers.item_bounds import Piece
from qa.text import HAN, fold
from qa.understanding.questions import plain

_KIND = "行动|工程|计划|活动|机制|模式|品牌|项目|战役|大赛|平台|体系|改革"
_NAME_ASKED = re.compile(rf"(?P<kind>{_KIND})(?:的名[字称])?(?:[又被]?叫做?|是|名为|取名)(?:什么|哪)")
_AIM = "打击|整治|治理|清理|查处|防范|惩治|清剿|肃清|遏制|根治|整顿|排查|防治|保护"
_AIM_ASKED = re.compile(
    rf"(?:{_KIND})(?:主要|重点|专门)?是?(?:打击?|整治|治理?|查处?|管|抓|针对|对付|[干做])(?:的是)?(?:什么)(?:的|用的|问题)?[?]*$"
)
_AIMED = re.compile(
    rf"(?P<aim>(?:{_AIM})[^,，;；。:：“”《》\n]{{2,24}})“(?P<name>[^“”\n]{{2,10}})”(?:专项|集中|联合|百日)?[{HAN}]{{0,4}}?(?:{_KIND})"
)


def called(question: str, text: str) -> str | None:
    """Return the quoted name in a text with the kind of thing asked for behind it (“淬火”工程).

    The title of a document on it is not what it is called.

    >>> called("练干部的工程叫什么?", "《关于实施“淬火”工程的意见》")
    '“淬火”工程'
    """
    asked = _NAME_ASKED.search(plain(question))
    match = re.search(rf"“[^“”\n]{{2,14}}”(?:专项|集中|整治)?{asked['kind']}", text) if asked else None
    return match.group() if match else None


_AGAINST = re.compile(rf"(?:{_KIND})(?:主要|重点|专门)?是?打击?(?:的是)?什么")


def asks_against(question: str) -> bool:
    """Tell whether a question asks what a campaign is against (打的是什么), not what it does."""
    return _AGAINST.search(plain(question)) is not None


def aim(question: str, sentence: str) -> Piece | None:
    """Return where a sentence says what a campaign asked about by its name is against or for.

    >>> text = "对打击治理电信网络诈骗犯罪“砺盾”行动进行部署。"
    >>> aim("砺盾行动是打什么的?", text)
    (1, 13)
    """
    asked = plain(question)
    if not _AIM_ASKED.search(asked):
        return None
    found = [m for m in _AIMED.finditer(sentence) if fold(m["name"]) in asked]
    return found[0].span("aim") if found else None
