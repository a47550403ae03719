"""What a sentence states outright: what one says or attends, where one is from, what serves as what."""

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
_MEETING_ASKED = re.compile(
    r"^(?P<item>[^,?]{2,20}?)(?:的?事情?)?(?:都?是|在)?在?(?:哪一?[次个场]|什么)(?:会议?|活动|仪式)(?:上面?|里)?(?:首次|明确)?(?:提|讲|说|谈|要求|部署|强调|安排|研究|宣读)(?:到|出来?|过|了|起)*的?[?]*$"
)
_CONVENED = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[上下]午)?[,，]?(?P<event>[^,，。;；\s]{0,30}(?:召开|举行|举办)了?[^,，。;；]{0,40}?(?:会议?|大会|仪式|活动|论坛))(?=[,，。;；])"
)
_USE_ASKED = re.compile(
    r"^(?P<what>[^,?]{2,16}?)(?:在(?:这里|这|当地|区里|县里|市里)|主要|到底)?(?:(?:被|拿来|用来)?(?:当|当作|用作|充当)了?什么(?:来?用的?)?"
    r"|(?:是|用来|是用来|拿来)?[干做]什么用?的)[?]*$"
)
_SERVES_AS = rf"(?:、[^,，。;；]{{2,40}}?)?等(?P<use>[{HAN}]{{2,12}}?(?:阵地|基地|平台|载体|窗口|课堂))"
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


def serves_as(question: str, sentence: str) -> Piece | None:
    """Return what something serves as that an enumeration ends with: 东湖纪念馆、烈士陵园等红色教育基地.

    >>> text = "用好东湖纪念馆、烈士陵园等红色教育基地。"
    >>> text[slice(*serves_as("东湖纪念馆是干什么用的?", text))]
    '红色教育基地'
    """
    asked = _USE_ASKED.match(plain(question))
    told = re.search(re.escape(asked["what"]) + _SERVES_AS, sentence) if asked else None
    return told.span("use") if told else None


_ENDS_WHEN = re.compile(
    r"(?:什么时候|哪一?天|几号|何时|几月几[日号])(?:正式)?(?P<end>闭幕|结束|截止|落幕|收官|收摊|停止|为止)|(?P<until>(?:到|至)(?:什么时候|哪一?天|几号|何时)(?:为止|结束)?)"
)
_FROM_TO = re.compile(
    r"(?:于|自|从|时间[为是:：]?)(?:\d{4}年)?\d{1,2}月\d{1,2}[日号][至到—~～-]+(?P<last>(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}[日号])(?!前)[^,，。;；]{0,16}?(?P<deed>举办|举行|召开|展出|开展|进行|上演|开放)"
)


def ends_on(question: str, sentence: str) -> Piece | None:
    """Return the last day of those on which a sentence says something is held, where its end is asked for.

    >>> text = "桥西书展将于5月6日至5月20日举办,共设60个展位。"
    >>> text[slice(*ends_on("桥西书展什么时候结束?", text))]
    '5月20日'
    """
    asked = plain(question)
    at = _ENDS_WHEN.search(asked)
    spans = list(_FROM_TO.finditer(sentence)) if at else []
    if at is None or len(spans) != 1 or asked[at.end() :].strip("的了呢啊?"):
        return None
    subject = re.sub(f"(?:{_NO_SUBJECT})*$", "", asked[: at.start()])
    return spans[0].span("last") if len(subject) > 2 and subject in fold(sentence) else None


_NO_SUBJECT = "将|要|会(?!议)|是|在|于|计划|正式|大概|举办|举行|展出"


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


def raised(question: str, sentence: str) -> bool:
    """Tell whether a sentence has what a question asks the meeting of, where it came up.

    >>> raised("智慧养老是哪次会提的?", "要推进“智慧养老”。"), raised("智慧养老是谁提的?", "要推进智慧养老。")
    (True, False)
    """
    asked = _MEETING_ASKED.match(re.sub(r"[“”\"《》]", "", plain(question)))
    return asked is not None and asked["item"] in re.sub(r"[“”\"《》]", "", fold(sentence))


def convened(sentence: str) -> Piece | None:
    """Return the clause of an article's first sentence that says which meeting was held.

    >>> text = "本报讯 3月5日,县委召开务虚会议,研究发展思路。"
    >>> text[slice(*convened(text))]
    '县委召开务虚会议'
    """
    told = _CONVENED.search(sentence)
    return told.span("event") if told else None
