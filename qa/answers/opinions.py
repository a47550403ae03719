"""What somebody says of a meeting, clause by clause: 这次会议是…的会议,总结了…,部署了…,为…指明了方向."""

from __future__ import annotations

import re

from qa.answers.item_bounds import Piece
from qa.text import HAN
from qa.understanding.questions import plain

_ASKED = re.compile(
    r"(?:怎么|怎样|如何)(?:看|评价|看待|认为|定位)|(?:什么|哪些|何种)(?:[重大要]{1,2})?(?:评价|看法|意义)"
)
_OF_A_MEETING = re.compile(r"会议?|讲话")
_SAID = re.compile(
    rf"(?:表示|指出|认为|强调|说)[,，:：](?P<said>[^,，;；。:：]{{0,30}}(?:会议?|讲话)是[^,，;；。]*"
    rf"(?:[,，](?:[{HAN}]{{1,3}}了|为|对|必将|充分|具有|既|又|更|特别是|意义)[^,，;；。]*)+)(?=[。;；])"
)
_CLAUSE = re.compile(r"[^,，]+")


def opinion(question: str, sentence: str) -> list[Piece]:
    """Return the clauses in which a sentence reports an opinion that a question asks for; empty for none.

    >>> text = "林苇表示,这次会议是一次重要会议,总结了“四条经验”,为明年工作指明了方向。"
    >>> [text[a:b] for a, b in opinion("林苇怎么看这次会议?", text)]
    ['这次会议是一次重要会议', '总结了“四条经验”', '为明年工作指明了方向']
    """
    asked = plain(question)
    about = _ASKED.search(asked)
    said = _SAID.search(sentence)
    if about is None or said is None or not _OF_A_MEETING.search(asked):
        return []
    start = said.start("said")
    return [(start + m.start(), start + m.end()) for m in _CLAUSE.finditer(said["said"])]
