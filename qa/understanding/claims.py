"""What a yes/no question claims, and what to ask instead: of 「是12月6日开的吗」 「哪天开的」.

A claim that can be of one value only (a day, a host, the holder of an office, a number, a country) is borne
out or denied by the answer to the question for that value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa.language.names import COUNTRIES, NAME, OFFICES, people
from qa.language.quantities import UNIT, parse
from qa.text import HAN, Segmenter
from qa.understanding.questions import plain

Kind = Literal["office", "person", "time", "number", "country", "nationality", "window", "member"]


@dataclass(frozen=True, slots=True)
class Claim:
    """That something is of a value."""

    kind: Kind
    offered: str
    """The value, folded."""
    question: str
    """For the value that it is of."""
    about: str = ""
    """Of an office the person, of a doer what was done: an answer is of the same where it has that."""


_BEGINS = re.compile("^(?:请问|那么?,|听说|据说|难道|是不是说)[,]?")
_ENDS = re.compile(
    r"(?:[,]?(?:对[吧吗不]|对不对|是[吧吗]|是不是|没错吧|不是吗)|吗|(?<!什)么|吧|(?<=了)没有?)?"
    r"[?!。啊呀呢 ]*$"
)
_MORE_THAN_A_CLAIM = re.compile(
    r"[不没未别]|无(?!人机)|非(?![常遗洲])|或|也|又|仅|只|除|如果|可[以能]|能[^源量力]|应该|必须|需要|谁|什么|哪|怎|多少|几|为何|[;；]"
)
"""What turns a claim round, widens it or makes it something else."""


_BOUND = "超过|高于|多于|大于|突破|不到|不足|低于|少于"
_VALUE = (
    r"(?:\d[\d,]*(?:\.\d+)?[百千万亿]*"
    r"|(?!一[个家种次些项条名位样起])[一二两三四五六七八九十百千][一二两三四五六七八九十百千万亿零]*)"
)
_WHETHER_SO_MANY = re.compile(
    rf"有没有(?=(?:{_BOUND}|达到?)?{_VALUE}(?:%|个百分点|(?!岁){UNIT})(?!以[上下内外]的))"
)
"""有没有超过20家 asks how many there are; 有没有新建学校 and 有没有30岁以下的 ask for some."""


def claims(question: str, segmenter: Segmenter) -> tuple[Claim, ...]:
    """Return what a yes/no question claims, none where no one value decides it.

    >>> [claim.question for claim in claims("区长是林苇吗?", Segmenter(people=["林苇"]))]
    ['区长是谁?']
    >>> [claim.question for claim in claims("镇上的工厂有没有超过20家?", Segmenter())]
    ['镇上的工厂有多少家?']
    >>> claims("会议延期了吗?", Segmenter())
    ()
    """
    stated = _ENDS.sub("", _BEGINS.sub("", plain(question)))
    stated = _WHETHER_SO_MANY.sub("", stated)
    stated = re.sub("是不是|是否为?|(?<!是)(?<=[^是].)还是(?=[^,是]{1,6}$)", "是", stated)
    if _MORE_THAN_A_CLAIM.search(stated) or "还是" in stated or stated.count("是") > 1:
        return ()
    for told in (_office, _holder, _doer, _time, _country, _nationality, _number):
        if found := told(stated, segmenter):
            return found
    return ()


_OFFICE = f"(?:{OFFICES}|支书)"
_ONE_DOES = "主持|领学|主讲|执导|导演|编剧|揭幕|夺冠|创办|创立|发明"
"""What mostly one person does."""


def _somebody(stated: str, segmenter: Segmenter) -> str:
    """Return a pattern of the people whom a statement names; three characters may be told by a surname."""
    named = [name for name, _ in people(stated, segmenter)]
    words = {(at, at + len(word)) for word, _, at in segmenter.tagged(stated)}
    edges = {edge for word in words for edge in word}
    for match in re.finditer(rf"(?=(?P<name>{NAME}))", stated):
        at, end = match.span("name")
        if end - at > 2 and {at, end} <= edges and (at, end) not in words:
            named.append(match["name"])
    return f"(?:{'|'.join(map(re.escape, named))})" if named else "(?!)"


def _office(stated: str, segmenter: Segmenter) -> tuple[Claim, ...]:
    match = re.match(
        rf"^(?P<who>{_somebody(stated, segmenter)})(?:同志)?(?:现在|目前)?(?:是|现?任|担任|当)了?"
        rf"(?P<office>[{HAN}]{{0,14}}{_OFFICE})$",
        stated,
    )
    if match is None:
        return ()
    who, office = match["who"], match["office"]
    return (
        Claim("office", office, f"{who}是什么职务?", about=who),
        Claim("person", who, f"{office}是谁?"),
    )


def _holder(stated: str, segmenter: Segmenter) -> tuple[Claim, ...]:
    match = re.match(rf"^(?P<role>[^,]{{2,20}}?)(?:就?是|叫)(?P<who>{_somebody(stated, segmenter)})$", stated)
    return (Claim("person", match["who"], f"{match['role']}是谁?"),) if match else ()


def _doer(stated: str, segmenter: Segmenter) -> tuple[Claim, ...]:
    who = rf"(?P<who>{_somebody(stated, segmenter)}|[{HAN}]{{0,4}}?{_OFFICE})"
    first = rf"^(?P<before>[^,]{{2,20}}[上中],?)?(?![^,]{{0,8}}[由是被]){who}(?P<deed>(?:{_ONE_DOES})了?.*)$"
    last = (
        rf"^(?P<event>.{{2,}}?)(?P<by>是由|由|是){who}"
        rf"(?P<deed>(?!的|[{HAN}]{{0,2}}{_OFFICE})[{HAN}]{{2,8}}?)(?P<of>的?)$"
    )
    if match := re.match(first, stated):
        asked = f"{match['before'] or ''}谁{match['deed']}?"
    elif match := re.match(last, stated):
        asked = f"{match['event']}{match['by']}谁{match['deed']}{match['of']}?"
    else:
        return ()
    return (Claim("person", match["who"], asked, about=match["deed"][:2]),)


_NUMERAL = "[一二三四五六七八九十]"
_DAY = rf"(?:\d{{1,2}}|{_NUMERAL}{{1,3}})[日号]"
_MONTH = rf"(?:\d{{1,2}}|{_NUMERAL}{{1,2}})月"
_YEAR = r"(?:[今去明后前]年|(?:19|20)?\d\d年)"
_PART = r"(?:凌晨|清晨|早[上晨]|上午|中午|下午|傍晚|晚上|夜里)"
_WHEN = (
    rf"(?:{_YEAR}的?(?:{_MONTH}(?:{_DAY}|底|初|份)?|[年]?[底初]|汛期|上半年|下半年)?|{_MONTH}(?:{_DAY}|底|初|份)?|{_DAY}|[昨今明前后]天)"
    rf"(?:[之以]?[前后])?(?:的?{_PART})?|{_PART}"
)
_OCCURS = (
    "召开|举行|启动|揭牌|开幕|闭幕|开工|动工|完工|竣工|建成|修[好完]|通车|投用|开业|开通|开园|开馆|发布|上映"
    "|开始|结束|成立|开"
)
_AT_A_TIME = re.compile(
    rf"^(?P<head>.{{2,}}?)(?P<is>就?是|)(?:[在于]|将[在于]|)(?P<when>{_WHEN})(?P<deed>(?:才|就)?[^,的\d]{{0,7}}?)(?P<of>的?)$"
)


_HELD_THEN = re.compile(
    rf"^(?:在|是)?(?P<when>{_WHEN})(?P<deed>召开|举行|举办|开)的(?P<event>[^,的]{{2,12}})$"
)
"""3月6日下午开的动员会, for assent."""


def _time(stated: str, segmenter: Segmenter) -> tuple[Claim, ...]:
    stated = _HELD_THEN.sub(r"\g<event>是\g<when>\g<deed>的", stated)
    match = _AT_A_TIME.match(stated)
    if match is None or re.search(r"[\d至到和、,年月]$", match["head"]):
        return ()
    if not match["is"] and not re.fullmatch(rf"(?:才|就)?[{HAN}]{{0,2}}(?:{_OCCURS})", match["deed"]):
        return ()  # the time is of what is asked about then
    when = match["when"]
    if re.fullmatch(_PART, when) and not match["is"] and not match["of"]:
        return ()  # what is open in the evening every day: its hours tell
    day = re.search(rf"{_DAY}$", when) is not None
    link = "" if match["deed"] else "是"
    word = "哪天" if day else "什么时候"
    return (Claim("time", when, f"{match['head']}{link}{word}{match['deed']}{match['of']}?"),)


_FROM_A_COUNTRY = re.compile(
    rf"^(?P<head>.{{2,}}?)(?P<is>是来自|是从|来自|是)(?P<country>{COUNTRIES})(?P<tail>人|籍|选手|来的?|进口的?|运来的?|的|)$"
)
_OF_A_NATIONALITY = re.compile(rf"^(?P<who>.{{2,}}?)是(?P<what>[{HAN}]{{1,4}}族)人?$")


def _country(stated: str, segmenter: Segmenter) -> tuple[Claim, ...]:
    match = _FROM_A_COUNTRY.match(stated)
    if match is None:
        return ()
    word = "哪国" if match["tail"] in ("人", "籍", "选手") else "哪个国家"
    return (Claim("country", match["country"], f"{match['head']}{match['is']}{word}{match['tail']}?"),)


def _nationality(stated: str, segmenter: Segmenter) -> tuple[Claim, ...]:
    match = _OF_A_NATIONALITY.match(stated)
    return (Claim("nationality", match["what"], f"{match['who']}是什么民族?"),) if match else ()


_NUMBER = re.compile(
    rf"(?P<before>{_BOUND}|大?约|将?近|达到?)?"
    rf"(?P<value>{_VALUE})(?P<unit>%|个百分点|{UNIT})"
    r"(?P<side>以[上下内]|左右|出头)?(?P<behind>的?[^,的了要收给能会用发办事]{0,4}?的?了?)$|(?P<half>一半)(?:以[上下])?了?$"
)


def _number(stated: str, segmenter: Segmenter) -> tuple[Claim, ...]:
    match = _NUMBER.search(stated)
    head = stated[: match.start()] if match else ""
    if match is None or len(head) < 2 or re.search(r"(?:[第那这头前后每\d.、和至到-]|[一两]家)$", head):
        return ()
    if head.endswith("的") and (match["behind"] or "").strip("的了"):
        return ()  # 被抓的14人判了没有: how many they are is no matter of doubt
    if match["half"]:
        return (Claim("number", "50%", f"{head}多少?"),)
    offered = "".join(match[part] or "" for part in ("before", "value", "unit", "side"))
    if parse(offered) is None:
        return ()
    word, tag, _ = segmenter.tagged(head)[-1]
    has = "" if tag[:1] in "vp" or word in ("了", "都", "共", "大约") else "有"
    unit = "" if match["unit"] == "%" else match["unit"]
    asked = f"{head}{has}多少{unit}{match['behind'].removesuffix('了')}?"
    return (Claim("number", offered, asked),)


_MAY_THEN = re.compile(
    rf"^(?P<before>[^,\d]{{0,12}}?)(?P<when>{_MONTH}{_DAY})(?P<head>[^,\d]{{0,10}}?)(?:还|也|就)?(?:能够?|可以)"
    r"(?P<deed>[^,\d]{0,4}(?:报名|申请|申报|登记|缴费|投票|预约|参保|领取|报到|办理|缴存|提交))$"
)
_BODIES = {
    "小区": "小区|(?:花园|家园|新村|苑)(?!小区)",
    "社区": "社区",
    "村": "村",
    "街道": "街道|街道办",
    "乡镇": "乡镇?|镇",
    "学校": "学校|小学|中学|幼儿园|大学|高校",
    "医院": "医院|卫生院",
    "企业": "企业|公司|集团|厂",
    "单位": "单位|局|委|部门|院|办|中心|妇联|工会|银行",
}
_ONE_BODY = "|".join(f"(?P<n{n}>{ends})" for n, ends in enumerate(_BODIES.values()))
_BELONGS = re.compile(
    rf"^(?P<one>[{HAN}]{{1,10}}?(?:{_ONE_BODY}))(?P<rest>(?![{HAN}]?[长员])[^的,]{{2,16}})$"
)
_MAY_GO = re.compile(rf"^(?P<what>[{HAN}]{{2,10}}?)(?:能够?|可以)[去到](?P<one>[{HAN}]{{2,10}})$")
_ATTENDS = re.compile("^(?:参加|出席|去|到)了?(?P<event>[^了]{2,10}?)(?:现场)?(?:去?人)?$")
_SOMEBODY_ATTENDS = re.compile(
    rf"^(?P<one>{NAME})(?:参加|出席|去|到)了?(?P<event>[^了]{{2,12}}?)(?:现场)?了?$"
)
_NOT_OF_ONE = re.compile("[不没未别]|谁|什么|哪|怎|多少|几|为何|还是|只|仅|都|第|是|叫|比")


def fallbacks(question: str) -> tuple[Claim, ...]:
    """Return what to ask where a yes/no question is not answered itself: for a span of days, or for a list.

    >>> [claim.question for claim in fallbacks("5月9日小学还能网上报名吗?")]
    ['小学网上报名时间是什么时候?']
    >>> [claim.question for claim in fallbacks("北苑小区也建充电桩了吗?")]
    ['哪些小区建充电桩?']
    """
    stated = _ENDS.sub("", _BEGINS.sub("", plain(question)))
    stated = re.sub("能不能|能否|可不可以|可否", "能", re.sub("不$", "", stated))
    stated = re.sub("是否|有没有|会不会|要不要", "", stated)
    if match := _MAY_THEN.match(stated):
        deed = f"{match['before']}{match['head']}{match['deed']}"
        return (Claim("window", match["when"], f"{deed}时间是什么时候?", about=match["deed"][-2:]),)
    if _NOT_OF_ONE.search(stated):
        return ()
    if (match := _MAY_GO.match(stated)) and (of := _BELONGS.match(match["one"] + "能去")):
        return (Claim("member", match["one"], f"{match['what']}能去哪些{_kind_of(of)}?"),)
    if (match := _SOMEBODY_ATTENDS.match(stated)) is not None:
        return (Claim("member", match["one"], f"哪些领导出席{match['event']}?", about="参加"),)
    if (match := _BELONGS.match(stated)) is None:
        return ()
    one, kind = match["one"], _kind_of(match)
    deed = re.sub("^(?:也|还|已经?)|了$", "", match["rest"])
    if attends := _ATTENDS.match(deed):
        event = attends["event"]
        return tuple(
            Claim("member", one, f"{asked}?", about="参加")
            for asked in (f"{event}上哪些{kind}表态发言", f"哪些{kind}参加{event}")
        )
    if may_go := re.match("能够?[去到](?P<deed>.+)", deed):
        return (Claim("member", one, f"能去哪些单位{may_go['deed']}?"),)
    if on := re.match(r"在(?P<event>[^,]{2,8})上(?P<deed>.{2,6})$", deed):
        return (Claim("member", one, f"{on['event']}上哪些{kind}{on['deed']}?", about="参加"),)
    return (Claim("member", one, f"哪些{kind}{re.sub('^(?:会|要|在)', '', deed)}?"),)


def _kind_of(match: re.Match[str]) -> str:
    return next(kind for n, kind in enumerate(_BODIES) if match[f"n{n}"])
