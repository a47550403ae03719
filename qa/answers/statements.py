"""What a sentence states outright: what one says or attends, where one is from, of what a share is one."""

from __future__ import annotations

import re

from qa.answers.item_bounds import Piece
from qa.language.names import SURNAME
from qa.text import HAN, Segmenter, fold
from qa.understanding.questions import plain

_WHO = f"(?P<who>{SURNAME}[{HAN}]{{1,2}}?)"
_SAYS = "说|表示|介绍说?|强调|指出|认为|坦言|回忆说?|解释说?|透露|感慨|告诉记者"
_WORDS_ASKED = re.compile(
    rf"^{_WHO}(?:都|还|到底|究竟)?(?:说|讲)(?:过|了|的是?)*(?:些|哪些)?(?:什么|哪些)(?:话|内容)?[?]*$"
)
_ORIGIN_ASKED = re.compile(
    rf"^{_WHO}(?:到底|究竟)?(?:是?(?:哪里|哪|什么地方|哪个地方)的?人|(?:的?(?:老家|家乡|籍贯))[是在]?(?:哪里|哪|什么地方))[?]*$"
)
_ABOUT = r"(?:[男女][,，]|[\d]{1,3}岁[,，]|[\d]{4}年[^,，。]{0,6}生[,，]|[一-鿿]{1,3}族[,，])*"
_PLACE_END = re.compile("[省市县区州盟旗镇乡村]$")
_SHARE_ASKED = re.compile(
    r"^(?P<share>\d+(?:\.\d+)?%)(?:这个(?:数|比例)?)?(?:是|指的?是?|说的?是?)(?:什么|谁|哪个)(?:的|占)*(?:比例|占比|比率|百分比|比重|数字?)?[?]*$"
)
_EVENT_ASKED = re.compile(
    rf"^{_WHO}(?:还|都)?(?:出席|参加|参与)(?:了|过|的是)*(?:哪|什么)(?:一?[个场次些])?(?:活动|会议?|仪式)[?]*$"
)
_CLAUSE = re.compile(r"[^,，;；。]+")
_LEANS = re.compile(r"占|达|比(?!赛)|为|同比|增|降|升|高|低")
"""What a clause begins with that goes on from the one before."""


def said(question: str, sentence: str) -> Piece | None:
    """Return what somebody says in a sentence, where a question asks for that and nothing narrower.

    >>> text = "主任林秀说,新区设了6间病房,下月启用。"
    >>> text[slice(*said("林秀说了什么?", text))]
    '新区设了6间病房,下月启用'
    """
    asked = _WORDS_ASKED.match(plain(question))
    if asked is None:
        return None
    told = re.search(
        rf"{asked['who']}(?:[在就对][^,，。:：]{{1,16}})?(?:{_SAYS})[,，:：]+[“「]?(?P<words>[^“”「」]+?)[。!！”」]*$",
        sentence,
    )
    return told.span("words") if told else None


def origin(question: str, sentence: str, segmenter: Segmenter) -> Piece | None:
    """Return where a sentence says that somebody is from: 林秀,女,云南大理人.

    >>> text = "林秀,女,云南大理人,1990年生。"
    >>> text[slice(*origin("林秀是哪里人?", text, Segmenter()))]
    '云南大理'
    """
    asked = _ORIGIN_ASKED.match(plain(question))
    if asked is None:
        return None
    for told in re.finditer(
        rf"{asked['who']}(?:[,，(（]{_ABOUT}|是|系)(?:来自)?(?P<place>[{HAN}]{{2,12}}?)人(?=[,，。)）;；、\d])",
        sentence,
    ):
        words = segmenter.tagged(told["place"])
        if words[0][1] == "ns" or _PLACE_END.search(words[-1][0]):
            return told.span("place")
    return None


def whole_of(question: str, sentence: str) -> Piece | None:
    """Return the clauses that say of what a share is one, where a question asks that of the bare figure.

    >>> text = "今年招录12人,占全院人数的5.2%,其中博士3人。"
    >>> text[slice(*whole_of("5.2%是什么的比例?", text))]
    '今年招录12人,占全院人数的5.2%'
    """
    asked = _SHARE_ASKED.match(plain(question))
    if asked is None or not re.search(rf"(?<![\d.]){re.escape(asked['share'])}", fold(sentence)):
        return None
    at = fold(sentence).index(asked["share"])
    clauses = [match.span() for match in _CLAUSE.finditer(sentence)]
    here = next(n for n, (start, end) in enumerate(clauses) if start <= at < end)
    first = here
    while first and _LEANS.match(sentence, clauses[first][0]):
        first -= 1
    return clauses[first][0], clauses[here][1]


def attends(question: str, sentence: str) -> bool:
    """Tell whether a sentence only says that somebody attended, which a question asks the event of.

    >>> attends("方远出席了什么活动?", "区领导林岳、方远等出席。")
    True
    >>> attends("方远出席了什么活动?", "方远出席论坛并致辞。")
    False
    """
    asked = _EVENT_ASKED.match(plain(question))
    return asked is not None and bool(
        re.fullmatch(
            rf"[{HAN}、]{{0,40}}{asked['who']}(?:[、和等][{HAN}、]{{0,40}}?)?(?:出席|参加)(?:会议|活动|仪式)?[。]?\s*",
            sentence,
        )
    )
