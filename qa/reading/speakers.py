"""Whose words are asked for, and to whom: what another one said, demanded or was told is no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.language.names import NAME, OFFICES
from qa.reading.siblings import without_company
from qa.text import HAN, fold
from qa.understanding.questions import plain

_SAYS = (
    r"(?:说(?!明)|讲(?![座堂师台])|强调|要求|提(?:出|了)?(?=[^,。]{0,14}(?:要求|希望|建议|意见|期望|[点个条项]))|提出|指出|介绍|表示|希望"
    r"|认为|评价|回应|答复|解释|坦言|建议|提醒|透露|通报|叮嘱|寄语|呼吁|反映|感慨|检讨|汇报|致辞|告诉|宣布|部署)"
)
_BETWEEN = r"(?:[在就对向给代][^,。:;?]{1,16}?|还|又|同时|也|则|最后|进一步|当场)?"
_SPEAKS = re.compile(rf"(?P<name>{NAME}){_BETWEEN}{_SAYS}")
_SPEAKING = re.compile(rf"{_BETWEEN}{_SAYS}")
_HOLDER = re.compile(rf"(?:{OFFICES}|代表|教授)(?!单位|大会|会议)(?P<name>[{HAN}]{{2,4}})")
"""Behind an office stands a name, whose surname need not be on a list; where it ends is not told."""
_HE_SPEAKS = re.compile(rf"(?:^|[,。;“])[他她]{_BETWEEN}{_SAYS}")
_GOES_ON = re.compile(r"要(?!求)|必须")
"""A demand without a subject: of whoever spoke last."""
_ON_STAGE = re.compile(rf"{NAME}(?:出席|主持|深入|来到|走进|一行|调研|参加)")
_BY_NAME = re.compile(
    rf"(?P<name>{NAME})(?<![书部局县区市镇乡院校][记长])(?:[在对就向给][^,。:;?]{{1,16}}?)(?:怎么|如何|怎样)(?:说|讲|评价|看)"
)
"""Whose words on something are asked for."""
_NEAR = 3
"""Sentences that are looked back over for whom 他 stands."""


def another_speaks(question: str, sentence: str, before: Sequence[str], article: str) -> bool:
    """Tell whether a sentence is what another one says than whom a question asks about.

    Args:
        question: what is asked.
        sentence: what is to answer.
        before: the sentences of the article before it, in order.
        article: where the one asked about must stand somewhere, or the name may be written otherwise.

    >>> told = "王海鸥要求,各镇3月底前拿出方案。"
    >>> another_speaks("李长河对各镇提了什么要求?", told, [], f"李长河主持会议。{told}")
    True
    """
    asked = plain(question)
    if not _SPEAKING.search(asked):
        return False
    whole, told = fold(article), fold(sentence)
    known = {m["name"][:n] for m in _HOLDER.finditer(whole) for n in (2, 3, 4)}
    name = next((name for name in _speakers(asked, known) if name in whole), None)
    if name is None:
        # An article without a word of him: those who speak in it are others, if not by his surname.
        names = [match["name"] for match in _SPEAKS.finditer(told)]
        stranger = _BY_NAME.match(asked)
        return (
            stranger is not None
            and bool(names)
            and all(
                one[0] != stranger["name"][0] and len(set(one) & set(stranger["name"])) < 2 for one in names
            )
        )
    if name in told:
        return False
    if next(_speakers(told, known), None):
        return True
    if not _HE_SPEAKS.search(told) and not _GOES_ON.match(told):
        return False
    for earlier in map(fold, reversed(before[-_NEAR:])):
        if name in earlier:
            return False
        if next(_speakers(earlier, known), None) or _ON_STAGE.search(earlier):
            return True
    return False


def _speakers(text: str, known: set[str]) -> Iterator[str]:
    """Yield who speaks in a folded text: those known by an office, then whoever is called like a person."""
    for name in sorted(known, key=lambda name: (-len(name), name)):
        at = text.find(name)
        if at >= 0 and _SPEAKING.match(text, at + len(name)):
            yield name
    yield from (match["name"] for match in _SPEAKS.finditer(text))


_OFFICE_DOES = re.compile(
    rf"(?P<office>{OFFICES})(?:今天|昨天|这次|上次|到底|究竟|一般|都|又|还|也|是)*"
    r"(?=哪[天里儿年个]|什么时候|啥时|何时|几[号月点]|去(?!世)|来|到|主持|召[开集]|调研|走访|慰问|检查|视察|督[导查]"
    r"|出席|参加|强调|要求|提[出了]|说|讲|部署|为什么|为啥|怎么|有没有|[在对给跟和带])"
)
"""An office that stands for its holder as the one who does what is asked about."""
_DONE_TO = re.compile(rf"[给向陪对跟随替][{HAN}]{{0,6}}$")
"""What stands before an office whose holder others do something for (给县长讲情况的是谁)."""


def is_of_another_office(question: str, sentence: str, article: str) -> bool:
    """Tell whether a question asks what the holder of an office does, and a sentence names another's only.

    He may be named without it, where the article tells elsewhere who holds it.

    >>> told = "5月3日,县委书记林岳主持召开会议。"
    >>> is_of_another_office("县长哪天主持的会议?", told, f"{told}县长方谦作了部署。")
    True
    >>> is_of_another_office("县长哪天作的部署?", "5月4日,方谦作了部署。", f"{told}县长方谦发言。")
    False
    """
    whole, told = without_company(plain(question)), fold(sentence)
    asked = _OFFICE_DOES.search(whole)
    if asked is None or asked["office"] in told or _DONE_TO.search(whole[: asked.start()]):
        return False
    holders = {
        match["name"][:n]
        for match in re.finditer(rf"{asked['office']}(?P<name>[{HAN}]{{2,4}})", fold(article))
        for n in (2, 3, 4)
    }
    named = [match for match in _HOLDER.finditer(told) if not re.match(_SAYS, match["name"])]
    return bool(named) and not any(name in told for name in holders)


_WORDS_ASKED = re.compile(
    r"(?:说|讲|强调|指出|表示|介绍|提|要求|希望|谈|发言|讲话|致辞)(?:话|到|出|了|过|的是?|是)*些?(?:什么|哪(?!几?[些个家位]?(?:单位|部门|领导|人|代表|企业|学校|街道|乡镇)|[家位]))|怎么(?:看|说|讲|评价)|(?:有|提)(?:出|了|过)*(?:什么|哪些?|几[点条个项])[^,?]{0,3}(?:要求|希望|建议|意见|看法)"
)
_CEREMONY = re.compile(
    r"主持(?:会议|仪式|召开|了)?|出席|参加|陪同|列席|作了?[^,。;“]{0,8}(?:发言|讲话|部署|解读|汇报|通报|说明|报告)|致辞|并讲话|宣布|揭牌|颁发|举行|召开|启动仪式"
)
_CONTENT = re.compile(
    r"[:：“]|[说称道][,:：]|(?:表示|强调|指出|要求|希望|认为|提出|提醒|坦言|建议|呼吁|透露|回忆|勉励|感慨|告诉|直言|解释|回应|介绍|部署|明确)(?!会议|有关)[^。]{4}"
    r"|要(?!求)|应当?(?!急)|必须|须(?!知)|不[能得]|让|确保|力争|坚持|加强|推[动进]|做好|抓好|就[^,。;]{2,20}(?:讲话|发言|部署|提出)"
)
_LECTURES = re.compile(
    rf"(?P<who>[{HAN}]{{2}})(?:作|在会上|为大家|主要)?(?:解读|宣读|主讲|讲述|分享|通报|汇报|介绍|围绕|以)"
)
"""Somebody, known by the end of the name, with what he says something of."""


def tells_no_words(question: str, sentence: str) -> bool:
    """Tell whether words are asked for, and a sentence only tells who took part, spoke or presided.

    >>> tells_no_words("李长河在会上强调了什么?", "会议由李长河主持,王海鸥作动员讲话。")
    True
    >>> tells_no_words("李长河在会上强调了什么?", "李长河主持会议并强调,责任须落实到人。")
    False
    """
    told, asked = fold(sentence), plain(question)
    if any(match["who"] in asked for match in _LECTURES.finditer(told)):
        return False
    return (
        _WORDS_ASKED.search(asked) is not None
        and _CEREMONY.search(told) is not None
        and _CONTENT.search(told) is None
    )


_BODY = "[局委办院镇乡园站]|街道|公司|集团|大学|学校|党校|派出所|[大支]队|中心|银行|部门|管委会|供销社|信用社"
_ADDRESSED = re.compile(
    r"对(?P<to>[^,。?对的]{2,14}?)(?:又|还|都)?(?:提|有)(?:出|了|过)*(?:什么|哪|怎样|怎么样|几)[^,?]{0,6}(?:要求|希望|期望|期待)"
    r"|(?:要求|希望|叫|让|嘱咐|叮嘱)(?P<told>[^,。?的]{2,14}?)(?:要|应|来|去)?(?:做好?|干|抓好?|怎么|做到|办)(?:些|到)*(?:什么|哪|做|办|干)"
)
_LEVEL = re.compile(r"^(?:各|其他|(?:全?[省市区县镇乡州盟]直?|园区|[^,]{0,4}(?:开发|高新|经开)区)(?=..))")
_NAMED_SO = re.compile(
    rf"(?P<name>[{HAN}()（）]{{1,14}}(?:{_BODY}|机关|[局委]们))(?:[、和及][{HAN}]{{2,14}})*(?:要|应|须|必须)(?!求)"
)


def addresses_another(question: str, sentence: str, before: Sequence[str]) -> bool:
    """Tell whether a sentence makes demands on other bodies than the one that a question asks about.

    The body need not be written out (教育局 for 县教育和体育局, 公安局 for 公安机关). A sentence that says
    nothing of whom it addresses goes on from the one before.

    >>> told = "邱远要求,区水利局要派驻技术员,石滩镇要保障灌溉用水。"
    >>> addresses_another("邱远对区财政局有什么要求?", told, [])
    True
    >>> addresses_another("邱远对水利局有什么要求?", told, [])
    False
    """
    asked = _ADDRESSED.search(plain(question))
    names = _names_of(asked, f"{_BODY}|街") if asked else None
    if names is None:
        return False
    told = fold(sentence)
    if re.search(names, told):
        return False
    return _NAMED_SO.search(told) is not None or not any(
        re.search(names, fold(earlier)) for earlier in before
    )


def _names_of(asked: re.Match[str], ends: str) -> str | None:
    """Return a pattern of how the body that demands are made on may be called; ``None`` where it is none."""
    body = _LEVEL.sub("", (asked["to"] or asked["told"]).removeprefix("我"))
    if not re.search(rf"(?:{ends})$", body) or len(body) < 2 or re.search("[这那些等]", body):
        return None
    return "|".join(
        f"[{HAN}(]{{0,4}}".join(map(re.escape, one)) + f"|{re.escape(one[:-1])}(?:机关|部门|系统)"
        for one in re.split("[和与及、]", body)
        if len(one) > 1
    )


def asks_for_demands(question: str) -> bool:
    """Tell whether a question asks what somebody demands of a body."""
    return _ADDRESSED.search(plain(question)) is not None


_ASKS_WHO = re.compile(rf"(?P<name>{NAME})(?:书记|[省市区县镇乡局]长|主任)?(?:还|又|也)?$")


def addresses_the_one_asked(question: str, sentence: str, before: Sequence[str]) -> bool:
    """Tell whether a sentence says what the one asked about demands of the body asked about.

    The body opens a clause with 要 behind it; the one who speaks is named there, or is the last one named as
    speaking in the two sentences before.

    >>> told = "区长邱远表示,形势喜人。"
    >>> addresses_the_one_asked("邱远要求水利局做好什么?", "水利局要做好服务。", [told])
    True
    >>> addresses_the_one_asked("邱远要求水利局做好什么?", "财政局要做好服务。", [told])
    False
    """
    asked = _ADDRESSED.search(plain(question))
    names = _names_of(asked, f"{_BODY}|街|区") if asked else None
    who = _ASKS_WHO.search(plain(question)[: asked.start()]) if asked else None
    if names is None or who is None:
        return False
    if not re.search(rf"(?:^|[,;:])[^,;:]{{0,8}}(?:{names})(?:还|也)?要(?!求)", fold(sentence)):
        return False
    for text in (fold(sentence), *map(fold, before[:-3:-1])):
        if who["name"] in text:
            return True
        if _SPEAKS.search(text):
            return False
    return False
