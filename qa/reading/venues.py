"""Where something was held is asked: a place in the name of a meeting, or none at all, is no answer."""

from __future__ import annotations

import re

from qa.text import HAN, fold
from qa.understanding.questions import plain

_HELD_WHERE = re.compile(
    r"(?:在|到)?(?:哪里?|什么地方|哪个(?:地方|会场|会议室))(?:召?开|举行|举办)的?[?]*$|(?:会|会议|仪式|活动)[^,?]{0,4}地[点方](?:是|在)(?:哪里|什么)"
)
_HELD = (
    r"召开|举[行办]|开[幕了]|闭幕|启动|揭牌|会场|会议室|地[点址]|拉开|落幕|进行|开赛|开讲|登场|上演|亮相"
    r"|设[在于]|[在到][^,。;]{2,20}(?:[开办举,;。(]|$)"
)
_OWN_NAME = re.compile(rf"(?:召开|举行|举办)(?:了|的)?[“]?[{HAN}]{{0,4}}$")

_MEETING = re.compile(r"会议|(?:动员|推进|部署|座谈|专题|常委|调度|工作|例)会")
_CONVENES = re.compile("召开|举[行办]")
"""What follows a body that holds a meeting, and need not be where it was."""


def names_no_venue(question: str, form: str, sentence: str, short: tuple[int, int] | None) -> bool:
    """Tell whether a sentence says nothing of where something was held that a question asks for.

    >>> names_no_venue("动员会在哪里开的?", "place", "要创建平安单位、无诈社区。", None)
    True
    >>> names_no_venue("会议在哪里召开的?", "place", "5月3日,林远主持召开临江区领导小组会议。", (12, 15))
    True
    >>> names_no_venue("会议在哪里召开的?", "place", "5月3日,会议在临江区召开。", (8, 11))
    False
    """
    if form != "place" or not _HELD_WHERE.search(plain(question)):
        return False
    told = fold(sentence)
    if not re.search(_HELD, told):
        return True
    if short is None:
        return False
    before, behind = told[: short[0]], told[short[1] :]
    host = (
        _MEETING.search(plain(question))
        and told[short[1] - 1] in "区县市镇乡"
        and not re.search("[在于到]$", before)
    )
    return _OWN_NAME.search(before) is not None or (bool(host) and _CONVENES.match(behind) is not None)
