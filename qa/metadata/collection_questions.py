"""Which questions ask about the collection itself, and what of: its articles, writers, days.

A question is one only where nothing is left of it once its times, writers, topic and the fixed words of
such questions are taken out; 「12月14日召开了什么会议」 keeps a 会议, so it is read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from qa.language.names import SURNAME
from qa.language.periods import Period
from qa.language.time_expressions import find_times
from qa.metadata.collection_slots import TIME, TOPIC, WRITER, fill
from qa.parsing.page_names import page_number
from qa.text import HAN, fold
from qa.understanding.questions import WHO_IS

Kind = Literal[
    "fullest",
    "count",
    "list",
    "newest",
    "oldest",
    "writers",
    "busiest",
    "writer",
    "day",
    "digest",
    "events",
    "span",
]

TopicKind = Literal["none", "implied", "piece", "about", "told", "mention"]
"""How a topic is named: not marked (霹雳行动有几篇报道), as an article (霹雳行动那篇), as a topic (关于…的),
as what an article tells (哪篇讲了…, which reading may know better), or as something that a text need only
mention (提到…的)."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a question asks of the collection."""

    kind: Kind
    writers: tuple[str, ...] = ()
    """Who must have signed an article; all of them."""
    without: tuple[str, ...] = ()
    """Writers left out of an answer that names writers."""
    role: Literal["记者", "通讯员"] | None = None
    """Which writers are meant, where the question says so."""
    period: Period | None = None
    any_year: bool = False
    """Whether the period's year was added: an earlier one is meant where there is nothing of that."""
    topic: str = ""
    """What the articles are about, folded; empty for any."""
    topic_kind: TopicKind = "none"
    issue: bool = False
    """Whether only the newest page is meant (这一版, 今天的公报)."""
    number: int | None = None
    """How many articles are wanted of the newest or oldest."""
    page: str = ""
    """The page that is meant (头版, 第三版), as a number; empty for any."""
    counted: bool = False
    """Whether the number of those named is asked for (有多少记者)."""
    more: bool = False
    """Whether what opens the article is known already (还说了什么)."""


# What stands for a part that was taken out: a time, a writer, a topic. Private use, so no text holds them.
_T, _W, _K = TIME, WRITER, TOPIC
_L = "\ue003"  # a headline in 《》, which may stand for a topic
# Where the news are from: the rest of 「上周区里有哪些报道」.
_HERE = "(?:全|我们?|本|咱们?)?(?:[省市区县镇乡]|街道)[里内]?"
_REGION = re.compile(f"{_HERE}|[当本]地|我们|咱们")
_RECENTLY_HERE = re.compile(f"(?<=最近)(?:{_HERE}|[当本]地)(?=的|有)")
_TITLE_FIRST = re.compile("《(?P<title>[^《》]+)》(?=那篇)")
_ITEM = "(?:文章|报道|新闻|稿件|稿子|要闻|头条)"
_LOOSE_ITEM = "(?:文章|报道|新闻|稿件|稿子|要闻|头条|消息|内容)"
_PIECE = f"(?:[篇条则个]{_LOOSE_ITEM}|篇|{_ITEM})"
_ROLE = "(?:记者|通讯员|作者)"
_WROTE = "(?:写|采写|撰写|署名|署了名|供稿|报道|采访|发|投)(?:了|过|的)*"
_HOW_MANY = "(?:多少|几)"
_ISSUE = re.compile(
    "(?:这|本|该|此|这一)(?:期|版|份|张|页)(?:报纸|公报|报|版面?)?|(?:今天|今日|今早|当天|当日|最新)的?(?:公报|报纸|报(?!道)|版面)"
    "|最[新近]的?[一这]期(?:的?(?:公报|报纸|报(?!道)|版面))?"
)
_COLLECTION = re.compile("公报|报纸|报上|版面|收录|文库|库里|刊登|登报|见报")
_HAPPENED = "(?:发生|出)(?:了|过)*(?:什么|哪些)(?:大事|事情?|新闻)?"
_MAY_BE_ONE = re.compile(
    f"{_HAPPENED}|[篇条则版期]|文章|报道|新闻|消息|稿|报|写|署名|记者|通讯员|作者|收录|要闻|头条"
)
_POLITE = re.compile(
    "^(?:请问|请|麻烦|帮我|给我|我想知道|我想问|我要|想知道|告诉我|列出|列一下|列举|查一下|查查|找一下|找找|找出|看看|"
    "说说|说一下|讲讲|概括|概述|总结|归纳|梳理|介绍|一下|下|所有的?|全部的?|有没有|是否有|能不能|可以|,)+"
)
_TAIL = re.compile(r"[?。!,\s]+$|(?:吗|呢|呀|啊|吧|嘛)[?。!]*$")
_TOPIC = re.compile(
    r"(?:有?关于|有关|涉及|提到|提及|谈到|说到|讲到|写到|出现|报道)了?过?(?P<a>(?!最[新早近晚先后])[^\ue000-\ue002]{2,30}?)的(?=[^的]{0,12}(?:[篇条则个]|"
    rf"{_LOOSE_ITEM}))|与(?P<b>[^\ue000-\ue002]{{2,30}}?)(?:有关|相关)的?|(?P<c>[^\ue000-\ue002有]{{2,30}}?)(?:方面|相关)的(?={_ITEM})"
)
_WHICH_MENTION = re.compile(
    rf"^(?:哪几?些?[篇条则个]?|有?多少[篇条则个]?|有?几[篇条则个]|有?{_ITEM}){_ITEM}?(?:里|中)?(?:都)?"
    rf"(?:提到|提及|谈到|说到|讲到|写到|涉及|出现|(?:(?<=都)|(?<=文章|新闻|稿件|稿子|要闻|头条))报道|报道(?=[了过]))了?过?"
    r"(?P<what>[^\ue000-\ue002]{2,30})$|^(?P<in>[^\ue000-\ue002]{2,30}?)(?:都|曾)?在(?:哪几?些?|哪几)[篇条则]?"
    rf"{_ITEM}(?:里|中)?(?:被)?(?:提到|出现|提及|报道)(?:过|了)?$"
)
_WHICH_TELLS = re.compile(
    rf"^(?:哪[几一]?些?|有?多少|有?几)(?:篇{_ITEM}?|[条则个]?{_ITEM})"
    r"(?:(?:里面?|里头|中)(?:都|也)?(?P<holds>有)|(?:都|也)?(?:是|在)?(?P<about>关于|有关)(?:的是)?"
    r"|(?:都|也)?是?在?(?:讲(?![话座究解])述?|说(?![明服法])|写(?![作字])|谈|介绍|反映)(?:的?都?是|[了过到])*)"
    r"(?P<what>(?![的得着里中最是有在和与跟被把不没来去要会能可])[^\ue000-\ue002]{2,30}?)的?$"
)
# 有没有提到养老, 公报里有讲房价的吗: whether any article does.
_EXISTS = re.compile(
    rf"^(?:在?(?:这|本)?[期份张]?(?:公报|报纸|报|{_ITEM})(?:里面?|里头|中|上)?)?(?:有没有|有无|是否有?|有)(?:{_ITEM}|哪里)?(?:是|在)?"
    rf"(?:(?:关于|有关|提到|提及|谈到|说到|讲到|写到|涉及到?)了?过?(?P<a>[^\ue000-\ue002]{{2,20}}?)(?:的(?:{_LOOSE_ITEM}|事情?)?)?"
    rf"|(?:讲|说|写|谈|报道|介绍|反映)(?:到|过|了)?(?P<b>[^\ue000-\ue002]{{2,20}}?)的(?:{_LOOSE_ITEM}|事情?)?)(?:没有)?$"
)
# 养老有没有提到, 房价在公报里提到了没有.
_MENTIONED = re.compile(
    r"^(?P<what>[^\ue000-\ue002]{2,20}?)(?:在?(?:这|本)?[期份张]?(?P<here>公报|报纸|(?<![海汇预情日晚简通申电])报(?=[里上]))(?:里面?|里头|中|上)?)?"
    r"(?P<asks>有没有|有无|是否)?被?(?:提到|提及|谈到|说到|讲到|写到|报道)(?:过|了)?(?P<or_not>没有?)?$"
)
_NO_TOPIC = re.compile(
    "什么|多少|几|谁|哪|怎|如何|[这那该此]|^[他她它]|自己|会议?上?$|记者|[里中上]$|公报|报纸|文章|报道|新闻"
)
"""In front of 有没有提到, but no topic: who or what does the telling, or what was spoken of."""
_QUESTION_WORD = re.compile("什么|多少|几|谁|哪|怎|如何|为何")
_THAT_PIECE = (
    rf"(?P<topic>[^\ue000-\ue002]{{2,40}}?)"
    rf"(?:(?:的|那|这|那一|这一)[篇条则](?:{_ITEM})?|的{_ITEM}|(?<![篇条则]){_ITEM}|一文)"
)
_WHO = (
    rf"(?:(?:是|由)?(?:谁|哪几?[位个名]{_ROLE}?|哪些(?:{_ROLE}|人)|什么人){_WROTE}"
    rf"|的?(?:{_ROLE}|署名)(?:是|叫|有|都有|都是)*(?:谁|哪些人?|哪几?[位个]|什么名字?|什么))"
)
_WHEN = "(?:是|在|于)*(?:哪一?[天日期]|几号|几月几[日号]|什么时候|何时|什么日期|什么时间)"
_PUBLISHED = "(?:的|发的?|登的?|刊登的?|刊发的?|见报的?|登报的?|报道的?|写的?|发出来的?|发表的?|发布的?)"
_SAYS = (
    "(?P<more>还|又)?(?:都|主要|具体|大概)?(?:讲述?|说|写|登|刊登|报道|谈|介绍|提)(?:了|的|到|是|些)*"
    "什么(?:内容|事情?|新闻)?"
)
_CONTENT = (
    "的?(?:主要|重点|核心|大致|全部)?(?:内容|要点|看点|大意|摘要|梗概|概要|要闻)"
    "(?:是|有|都|讲)*(?:什么|哪些)?"
)
_FIRST = re.compile(r"^(?:在|从|到|,|的)+")
_WRITING = re.compile("参与|参加|合写|一起|合作|共同|联合|采写|撰写|供稿|署名|采访|报道|写")
_FILLER = re.compile(
    rf"[{_T}{_W}{_K}]|{_ISSUE.pattern}|一共|总共|公报|报纸|报上|版面|收录|文库|数据库|库里|刊登|登载|发表|{_ROLE}|署名|这里|"
    rf"(?<![{HAN}])系统|你们|[自从](?={_T})|(?<={_T})之间|"
    "在|都|共|有|里面?|中|上|的|了|过|和|与|、|,|是|还|也|总|给出|份|期|版|发|登|及|到|所有|全部|目前|现在|为止|主要|重要|要"
)


_PAGE_ASKED = re.compile(
    rf"(?:{_ISSUE.pattern}|今天|今日)?的?(?:在)?第?(?P<page>头|[一二三四五六七八九十]{{1,2}}|\d{{1,2}})版(?:上|里)?的?(?:都|主要)*"
    rf"(?:有(?:什么|哪些)|(?:是|登|刊登|讲|说|写)(?:了|的)*(?:是)?(?:什么|哪些)|(?:头条|内容)(?:是|有)*(?:什么|哪些))(?:{_LOOSE_ITEM})?"
)


def parse(question: str, *, writers: Collection[str], newest: dt.date | None) -> Request | None:
    """Return what a question asks of the collection, ``None`` where it asks for something else.

    Args:
        question: standalone.
        writers: who signs articles of the collection.
        newest: the day of its newest article, which relative times are counted from.
    """
    text = _plain(question)
    if (who := WHO_IS.match(text)) and who["name"] in writers:
        return Request("writer", writers=(who["name"],))
    if not any(pattern.search(text) for pattern in (_MAY_BE_ONE, _EXISTS, _MENTIONED)):
        return None
    titled = _TITLE_FIRST.match(text)
    if titled:  # times and names inside a headline are part of it
        text = _L * 2 + text[titled.end() :]
    for pattern, kind in _EXACT:
        if pattern.search(text):
            return Request(kind)
    if page := _PAGE_ASKED.fullmatch(text):
        return Request("list", issue=True, page=page_number(page["page"]))
    issue = _ISSUE.search(text) is not None
    text, without = _take_out_exceptions(text, writers)
    shown, names, role = _take_out_writers(text, writers)
    shown, period, times, any_year = _take_out_time(shown, newest, issue)
    if times > 1:
        return None
    shown, topic, topic_kind = _take_out_topic(shown)
    frame = Request(
        "list",
        writers=names,
        without=without,
        role=role,
        period=period,
        any_year=any_year,
        topic=topic,
        topic_kind=topic_kind,
        issue=issue,
    )
    request = _by_phrase(shown, frame, titled["title"] if titled else None)
    if request is not None and request.topic_kind != "implied":
        return request
    return _by_slots(shown, frame) or request


def _by_phrase(shown: str, frame: Request, title: str | None) -> Request | None:
    """Return a request made in one of the phrases known, ``None`` for any other.

    Args:
        shown: what is left of the question.
        frame: what was taken out of it; its kind counts for nothing.
        title: the headline that stood in 《》 before it, if any.
    """
    topic, topic_kind = frame.topic, frame.topic_kind
    shown = _RECENTLY_HERE.sub("", shown)
    for kind, pattern in _KINDS:
        match = pattern.search(shown)
        if match is None:
            continue
        groups = match.groupdict()
        rest = _rest(shown, match)
        named = groups.get("topic") or ""
        if rest is None or (named and rest):
            return None
        if frame.writers:
            rest = _WRITING.sub("", rest)
        if kind in _OF_REGION and _REGION.fullmatch(rest):
            rest = ""
        if topic_kind == "none" and _QUESTION_WORD.search(named or rest):
            return None  # 「谁首次发布了这次会商的报道?」
        if title:
            named = named.replace(_L * 2, title)
        if not topic and (named or rest):
            topic, topic_kind = named or rest, "piece" if named else "implied"
        request = replace(
            frame,
            kind=kind,
            role=frame.role if frame.writers or kind == "writers" else None,
            topic=_clean_topic(topic),
            topic_kind=topic_kind,
            number=_count(groups.get("n")),
            more=bool(groups.get("more")),
            counted=kind == "writers" and re.search("多少|几", match[0]) is not None,
        )
        if _makes_sense(request, shown, match):
            return request
    return None


def _by_slots(shown: str, frame: Request) -> Request | None:
    """Return a request whose words stand in an order that no phrase foresees; see :func:`_by_phrase`."""
    slots = fill(_ISSUE.sub("这期", shown), frame.topic)
    if slots is None or (frame.writers and not slots.of_writer):
        return None
    named: TopicKind = "about" if slots.topic else "none"
    return replace(
        frame,
        kind=slots.kind,
        role=frame.role if frame.writers else None,
        topic=_clean_topic(slots.topic),
        topic_kind=frame.topic_kind if frame.topic_kind != "none" else named,
        number=_count(slots.number),
    )


def unknown_writer(question: str) -> tuple[str, bool] | None:
    """Return the name of somebody whose articles a question asks for, and whether it calls him a reporter.

    >>> unknown_writer("张三写了哪几篇文章?")
    ('张三', False)
    """
    match = _UNKNOWN_WRITER.fullmatch(_plain(question))
    if match is None:
        return None
    if match["reporter"]:
        return match["reporter"], True
    return match["name"], False


_UNKNOWN_WRITER = re.compile(
    rf"(?:{_ROLE}(?P<reporter>[{HAN}]{{2,4}}?)|(?P<name>{SURNAME}[{HAN}]{{1,2}}?))(?:一共|总共|都|还|总共都)?{_WROTE}"
    rf"(?:(?:哪|多少|几|什么)[几些]*{_PIECE}|几篇|哪些|哪几篇|多少篇)"
)


def _plain(question: str) -> str:
    text = re.sub(r"\s+", "", fold(question)).replace("啥", "什么").replace("哪儿", "哪里")
    while (cut := _TAIL.sub("", text)) != text:
        text = cut
    return text


def _take_out_exceptions(text: str, writers: Collection[str]) -> tuple[str, tuple[str, ...]]:
    match = re.match(r"除了?(?P<names>.+?)(?:之?外|以外|,)[,]?", text)
    if match is None:
        return text, ()
    return text[match.end() :], tuple(n for n in writers if fold(n) in match["names"])


def _take_out_writers(
    text: str, writers: Collection[str]
) -> tuple[str, tuple[str, ...], Literal["记者", "通讯员"] | None]:
    names = sorted((n for n in writers if fold(n) in text), key=lambda n: (text.index(fold(n)), n))
    role: Literal["记者", "通讯员"] | None = None
    if "通讯员" in text and "记者" not in text:
        role = "通讯员"
    elif "记者" in text and "通讯员" not in text:
        role = "记者"
    for name in names:
        text = re.sub(f"{_ROLE}?{re.escape(fold(name))}(?:{_ROLE}|同志)?", _W, text, count=1)
    return text, tuple(names), role


def _take_out_time(text: str, newest: dt.date | None, issue: bool) -> tuple[str, Period | None, int, bool]:
    """Take out the only time; return the rest, its days, how many there are, whether it names no year."""
    if issue:
        return text, None, 0, False
    times = find_times(text, newest, "past")
    if not times and newest and (recent := _recent_days(text, newest)):
        start, end, period = recent
        return text[:start] + _T + text[end:], period, 1, False
    if len(times) != 1:
        return text, None, len(times), False
    (time,) = times
    return text[: time.start] + _T + text[time.end :], time.period, 1, time.of_any_year(text)


_RECENT_DAYS = re.compile(
    r"(?:这|最近|近|前|过去)(?P<some>[几些两])[天日](?:[里内来]|以来)?"
    r"|(?:最近|近|这)?(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>天|日|周|个?星期|个月)[之以]?内"
)
_WEEKDAY = re.compile(
    r"(?<![一两几每逢隔\d])(?P<day>(?:周|星期|礼拜)[一二三四五六日天末])(?=$|[有的那这都发开登刊见在,全我本区县市])"
)


def _recent_days(text: str, newest: dt.date) -> tuple[int, int, Period] | None:
    """Find days that only a question for news puts so (这几天, 三天内, 周五有什么…); return where, and which.

    In what the news tell they are other days: 「三天内完成」 is to come, 「周六有门诊」 is every week.
    """
    if match := _RECENT_DAYS.search(text):
        said = (
            f"近{match['n']}{match['unit']}"
            if match["n"]
            else "近三天"
            if match["some"] == "两"
            else "近七天"
        )
    elif match := _WEEKDAY.search(text):
        said = match["day"]
    else:
        return None
    times = find_times(said, newest, "past")
    return (*match.span(), times[0].period) if times else None


def _take_out_topic(text: str) -> tuple[str, str, TopicKind]:
    """Take out what a question marks as its topic; return the rest, the topic, and how it was marked."""
    body = _POLITE.sub("", text)
    which = _WHICH_MENTION.match(_FIRST.sub("", body))
    if which and not _QUESTION_WORD.search(which["what"] or which["in"]):
        return _which(body), which["what"] or which["in"], "mention"
    tells = _WHICH_TELLS.match(_FIRST.sub("", body))
    if tells and not _QUESTION_WORD.search(tells["what"]):
        told: TopicKind = "mention" if tells["holds"] else "about" if tells["about"] else "told"
        return _which(body), tells["what"], told
    exists = _EXISTS.match(text)
    if exists and not _QUESTION_WORD.search(exists["a"] or exists["b"]):
        return _which(""), exists["a"] or exists["b"], "about"
    mentioned = _MENTIONED.match(text)
    asks = mentioned and (mentioned["here"] or mentioned["asks"] or mentioned["or_not"])
    if mentioned and asks and not _NO_TOPIC.search(mentioned["what"]):
        return _which(""), mentioned["what"], "mention"
    match = _TOPIC.search(body)
    if match is None:
        return body, "", "none"
    what = match["a"] or match["b"] or match["c"]
    if _QUESTION_WORD.search(what):
        return body, "", "none"
    kind: TopicKind = "mention" if re.match("提到|提及|谈到|说到|讲到|写到|出现", match[0]) else "about"
    return body[: match.start()] + _K + "的" + body[match.end() :], what, kind


def _which(body: str) -> str:
    """Return which articles a question asks for, or how many, once their topic is known."""
    counted = re.search("多少|(?<!哪)几[篇条则]", body) is not None
    return f"{_K}有{'多少' if counted else '哪些'}文章"


def _rest(shown: str, match: re.Match[str]) -> str | None:
    """Return what a question says besides its fixed words; ``None`` where that stands behind them."""
    behind = "".join(_FILLER.split(shown[match.end() :]))
    before = "".join(_FILLER.split(_POLITE.sub("", shown[: match.start()])))
    return None if behind else before


def _clean_topic(topic: str) -> str:
    return re.sub(r"[《》“”\"「」『』]", "", topic).strip(",、的")


def _count(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() else " 一二三四五六七八九十".find(text.replace("两", "二"))


_WHICH = "(?:什么|哪些|哪[几一两三]?[篇条则个])"
_EXTREME = (
    rf"的?(?:(?P<n>[一两二三四五六七八九十\d])|那)?{_PIECE}?(?:是|讲|说|写|有|都|了|的)*"
    rf"(?:什么|哪[一几]?[篇条则些]|{_ITEM}|内容)*$"
)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "busiest",
        re.compile(
            rf"(?:谁|哪[位个名]{_ROLE}|哪些{_ROLE}){_WROTE}的?(?:{_ITEM}|稿)?最多"
            rf"|(?:写|发稿|供稿|署名)得?最多的(?:{_ROLE})?是(?:谁|哪[位个])"
        ),
    ),
    ("fullest", re.compile(f"(?:哪一?[天日]|几号)(?:登|刊登|发|刊发)?的?{_ITEM}最多$")),
    (
        "writers",
        re.compile(
            rf"^(?:还有|都有|另外)*(?:谁|哪些(?:{_ROLE}|人)|哪[几位个名]+{_ROLE}?)(?:还|都|也)*(?:采写|撰写|报道|写)(?:了|过)*"
            rf"(?P<topic>[^\ue000-\ue002的]{{2,20}}?)的(?:{_ITEM})$"
        ),
    ),
    ("newest", re.compile(f"(?:最新|最近|最晚|最后){_EXTREME}")),
    ("oldest", re.compile(f"(?:最早|最旧|最老|最先){_EXTREME}")),
    ("writers", re.compile(f"^(?:{_THAT_PIECE})?{_WHO}$")),
    ("writers", re.compile(f"{_WHO}$|(?:有|都有)(?:哪些|哪几[位个]|多少[位个名]?|几[位个名]){_ROLE}$")),
    ("day", re.compile(f"^{_THAT_PIECE}{_WHEN}{_PUBLISHED}?$")),
    ("day", re.compile(f"{_WHEN}(?:报道|见报|刊登|登报|刊发)的?(?:了)?$")),
    (
        "events",
        re.compile(f"^(?:{_HERE})?在?{_T}(?:那天|这天|当天)?(?:都|一共|{_HERE})*{_HAPPENED}$"),
    ),
    ("digest", re.compile("有(?:什么|哪些)(?:主要|重要|重点)?(?:内容|看点|要闻|重点)$")),
    ("digest", re.compile(f"^{_THAT_PIECE}(?:{_SAYS}|{_CONTENT})$")),
    ("digest", re.compile(f"(?:{_SAYS}|{_CONTENT})$")),
    (
        "count",
        re.compile(f"(?:{_ITEM}|[篇条则])(?:有|一共|总共|共|的?数量)+(?:{_HOW_MANY}|是多少)[篇条则个]?$"),
    ),
    ("count", re.compile(f"(?<!哪){_HOW_MANY}(?:{_PIECE}|[条则个])$")),
    ("list", re.compile(f"{_ITEM}(?:是|有|都)*(?:什么|哪些|哪[几一]?[篇条则])$")),
    ("list", re.compile(f"{_W}(?:还|也|又)?{_WROTE}(?:别的|其[他它]的?)(?:{_ITEM}|稿子?)?(?:没有?)?$")),
    ("list", re.compile(f"{_WHICH}{_ITEM}?$")),
    ("list", re.compile(f"{_WHICH}?(?:{_ITEM}|消息)$")),
)
_OF_REGION = frozenset(("newest", "oldest", "count", "list"))
_SPAN_OF = r"(?:公报|报纸|文章|新闻|收录|文库).{0,8}"
_EXACT: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (
        re.compile(
            rf"^(?:这些|收录的?)?{_SPAN_OF}(?:时间(?:范围|跨度)|日期范围|哪[几段]?[天日]|哪段时间|哪些日期|从(?:哪天|什么时候)到(?:哪天|什么时候))"
            rf"的?(?:公报|报纸|文章|新闻)?$|^(?:收录|有)了?哪(?:几天|段时间|些日子)的?(?:公报|报纸|文章|新闻)$"
        ),
        "span",
    ),
)


def _makes_sense(request: Request, shown: str, match: re.Match[str]) -> bool:
    """Tell whether the words that were found make a question about articles, not about what they tell."""
    words = match[0]
    about_articles = re.search(f"篇|{_ITEM}|{_LOOSE_ITEM}$", words) is not None
    about_paper = bool(_COLLECTION.search(shown)) or request.issue
    scoped = bool(request.writers) or about_paper
    implied = request.topic_kind == "implied"
    match request.kind:
        case "busiest" | "span" | "writer" | "fullest":
            return not request.topic
        case "newest" | "oldest":
            return not implied and (about_articles or bool(request.writers))
        case "writers":
            if implied:
                # 「《红楼梦》的作者是谁?」 asks for no reporter.
                return len(request.topic) >= 4 and not about_paper and "作者" not in words
            return bool(request.topic) or about_paper or re.search(f"署名|{_ROLE}", words) is not None
        case "day":
            return bool(request.topic)
        case "events":
            return request.period is not None and not request.topic
        case "digest":
            if request.topic:
                return not implied
            return about_paper or (request.period is not None and re.search("要闻", words) is not None)
        case "count" | "list":
            if implied:
                return len(request.topic) > 1 and re.search(f"{_ITEM}|篇", words) is not None
            wrote = request.writers and re.search(f"{_W}.*(?:写|署名|供稿|报道|采访|发|投|的)", shown)
            return about_articles or bool(wrote) or (scoped and re.search("[条则]", words) is not None)
