"""Which questions ask about the collection itself, and what of: its articles, writers, days.

A question is one only where nothing is left of it once its times, writers, topic and the fixed words of
such questions are taken out; 「12月14日召开了什么会议」 keeps a 会议, so it is read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import replace
from typing import Literal

from qa.language.names import SURNAME
from qa.metadata.collection_bylines import of_byline, of_pieces, who_they_are
from qa.metadata.collection_request import ROLES, Kind, Request, TopicKind
from qa.metadata.collection_slots import TIME, TOPIC, WRITER, fill
from qa.metadata.collection_subsets import asks_of_a_meeting, of_subset, of_these
from qa.metadata.collection_times import take_out_time
from qa.metadata.collection_topics import EXISTS, MENTIONED, RELATED, clean_topic, take_out_topic
from qa.metadata.collection_words import (
    CONTENT,
    HERE,
    HOW_MANY,
    ISSUE,
    ITEM,
    LOOSE_ITEM,
    PIECE,
    POLITE,
    PUBLISHED,
    QUESTION_WORD,
    REGION,
    ROLE,
    SAYS,
    THAT_PIECE,
    WHEN,
    WHO,
    WROTE,
    as_bulletin,
    plain,
)
from qa.parsing.page_names import page_number
from qa.text import HAN, fold
from qa.understanding.questions import WHO_IS

_L = "\ue003"  # a headline in 《》, which may stand for a topic
_RECENTLY_HERE = re.compile(f"(?<=最近)(?:{HERE}|[当本]地)(?=的|有)")
_TITLE_FIRST = re.compile("《(?P<title>[^《》]+)》(?=那篇)")
_COLLECTION = re.compile("公报|报纸|报上|版面|收录|文库|库里|刊登|登报|见报")
_HAPPENED = "(?:发生|出)(?:了|过)*(?:什么|哪些)(?:大事|事情?|新闻)?"
_MAY_BE_ONE = re.compile(
    f"{_HAPPENED}|[篇条则版期]|文章|报道|新闻|消息|稿|报|写|署名|记者|通讯员|作者|收录|要闻|头条"
)
_WRITING = re.compile("参与|参加|合写|一起|合作|共同|联合|采写|撰写|供稿|署名|采访|报道|写")
_FILLER = re.compile(
    rf"[{TIME}{WRITER}{TOPIC}]|{ISSUE.pattern}|一共|总共|共同|公报|报纸|报上|版面|收录|文库|数据库|库里|刊登|登载|发表|{ROLE}|署名|这里面?|"
    rf"^[这那]上[面头]|收(?=了|[几多])|(?<![{HAN}])系统|你们|[自从](?={TIME})|(?<={TIME})之间|"
    "在|都|共|有|里面?|中|上|的|了|过|和|与|、|,|是|还|也|总|给出|份|期|版|发|登|及|到|所有|全部|目前|现在|为止|主要|重要|要"
)


_PAGE_ASKED = re.compile(
    rf"(?:{ISSUE.pattern}|今天|今日)?的?(?:在)?第?(?P<page>头|[一二三四五六七八九十]{{1,2}}|\d{{1,2}})版(?:上|里)?的?(?:都|主要)*"
    rf"(?:(?:有(?:什么|哪些)|(?:是|登|刊登|讲|说|写)(?:了|的)*(?:是)?(?:什么|哪些)|(?:头条|内容)(?:是|有)*(?:什么|哪些))(?:{LOOSE_ITEM})?"
    rf"|{ITEM}(?:都|分别|各)*(?P<who>{WHO}))"
)


_THERE_ARE = re.compile(
    rf"^有(?=(?:哪几[篇条则]|哪些(?:{ITEM}))(?:{ITEM})?(?:里面?|中)?都?(?:提到|提及|谈到|说到|讲到|写到|涉及))"
)
"""有哪几篇提到了养老, as 哪几篇提到了养老."""


def parse(question: str, *, writers: Collection[str], newest: dt.date | None) -> Request | None:
    """Return what a question asks of the collection, ``None`` where it asks for something else.

    Args:
        question: standalone.
        writers: who signs articles of the collection.
        newest: the day of its newest article, which relative times are counted from.
    """
    text = _THERE_ARE.sub("", as_bulletin(plain(question)))
    if who_are := who_they_are(text, writers):
        return who_are
    if (who := WHO_IS.match(text)) and who["name"] in writers:
        return Request("writer", writers=(who["name"],))
    may_be_one = any(pattern.search(text) for pattern in (_MAY_BE_ONE, EXISTS, MENTIONED, RELATED))
    if not may_be_one and not asks_of_a_meeting(text):
        return None
    titled = _TITLE_FIRST.match(text)
    if titled:  # times and names inside a headline are part of it
        text = _L * 2 + text[titled.end() :]
    for pattern, kind in _EXACT:
        if pattern.search(text):
            counted = re.search("(?<!哪)几[篇条则]|多少", text) is not None
            return Request(kind, issue=ISSUE.match(text) is not None, counted=counted)
    if page := _PAGE_ASKED.fullmatch(text):
        kind = "writers" if page["who"] else "list"
        role = next((r for r in ROLES if r in (page["who"] or "")), None)
        return Request(kind, issue=True, page=page_number(page["page"]), role=role)
    issue = ISSUE.search(text) is not None
    text, without = _take_out_exceptions(text, writers)
    shown, names, role = _take_out_writers(text, writers)
    shown, period, times, any_year = take_out_time(shown, newest, issue)
    if times > 1:
        return None
    frame = Request(
        "list",
        writers=names,
        without=without,
        role=role,
        period=period,
        any_year=any_year,
        issue=issue,
    )
    if whole := of_byline(POLITE.sub("", shown), frame) or of_these(shown, frame) or of_pieces(shown, frame):
        return whole
    shown, topic, topic_kind = take_out_topic(shown)
    frame = replace(frame, topic=clean_topic(topic), topic_kind=topic_kind)
    if of_some := of_subset(shown, frame):
        return of_some
    request = _by_phrase(shown, frame, titled["title"] if titled else None)
    if request is not None and request.topic_kind != "implied":
        return request
    found = _by_slots(shown, frame) or request
    # A headline that nothing is asked of (《…》那篇是什么) is no topic.
    return None if found and found.topic and not re.search(r"\w", found.topic) else found


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
        if kind in _OF_REGION and REGION.fullmatch(rest):
            rest = ""
        if topic_kind == "none" and QUESTION_WORD.search(named or rest):
            return None  # 「谁首次发布了这次会商的报道?」
        if _ONLY_EXTREME.fullmatch(named):
            return None
        if title:
            named = named.replace(_L * 2, title)
        if not topic and (named or rest):
            topic, topic_kind = named or rest, _named_as(kind, match[0]) if named else "implied"
        request = replace(
            frame,
            kind=kind,
            role=frame.role if frame.writers or kind == "writers" else None,
            topic=clean_topic(topic),
            topic_kind=topic_kind,
            number=_count(groups.get("n")),
            more=bool(groups.get("more")) or _AND_WHAT.search(shown) is not None,
            counted=kind == "writers" and re.search("多少|几", match[0]) is not None,
        )
        if _makes_sense(request, shown, match):
            return request
    return None


def _named_as(kind: Kind, words: str) -> TopicKind:
    """Return whether an article that is named by its topic is surely one of the collection.

    「获奖那篇是谁写的」 may be an essay that the news tell of; 「获奖那篇的通讯员」 is none.
    """
    of_news = kind != "writers" or re.search("记者|通讯员|采写|报道|新闻|稿|消息|[几多][个位少]*作者", words)
    return "news" if of_news else "piece"


def _by_slots(shown: str, frame: Request) -> Request | None:
    """Return a request whose words stand in an order that no phrase foresees; see :func:`_by_phrase`."""
    slots = fill(ISSUE.sub("这期", shown), frame.topic)
    if slots is None or (frame.writers and not slots.of_writer):
        return None
    named: TopicKind = "about" if slots.topic else "none"
    return replace(
        frame,
        kind=slots.kind,
        role=frame.role if frame.writers or slots.kind == "writers" else None,
        topic=clean_topic(slots.topic),
        topic_kind=frame.topic_kind if frame.topic_kind != "none" else named,
        number=_count(slots.number),
    )


def unknown_writer(question: str) -> tuple[str, bool] | None:
    """Return the name of somebody whose articles a question asks for, and whether it calls him a reporter.

    >>> unknown_writer("张三写了哪几篇文章?")
    ('张三', False)
    """
    match = _UNKNOWN_WRITER.fullmatch(plain(question))
    if match is None:
        return None
    if match["reporter"]:
        return match["reporter"], True
    return match["name"], False


_UNKNOWN_WRITER = re.compile(
    rf"(?:{ROLE}(?P<reporter>[{HAN}]{{2,4}}?)|(?P<name>{SURNAME}[{HAN}]{{1,2}}?))(?:一共|总共|都|还|总共都)?{WROTE}"
    rf"(?:(?:哪|多少|几|什么)[几些]*{PIECE}|几篇|哪些|哪几篇|多少篇)"
)


def _take_out_exceptions(text: str, writers: Collection[str]) -> tuple[str, tuple[str, ...]]:
    match = re.match(r"除了?(?P<names>.+?)(?:之?外,?|以外,?|,|(?=还有|其[他它余]|剩下))", text)
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
        text = re.sub(f"{ROLE}?{re.escape(fold(name))}(?:{ROLE}|同志)?", WRITER, text, count=1)
    return text, tuple(names), role


def _rest(shown: str, match: re.Match[str]) -> str | None:
    """Return what a question says besides its fixed words; ``None`` where that stands behind them."""
    behind = "".join(_FILLER.split(shown[match.end() :]))
    before = "".join(_FILLER.split(POLITE.sub("", shown[: match.start()])))
    return None if behind else before


def _count(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() else " 一二三四五六七八九十".find(text.replace("两", "二"))


_AND_WHAT = re.compile(f"{WRITER}(?:还|又|另外)")
"""Of a writer of whom one article was told."""
_WHICH = "(?:什么|哪些|哪[几一两三]?[篇条则个])"
_EXTREME = (
    rf"的?(?:(?P<n>[一两二三四五六七八九十\d])|那)?{PIECE}?(?:是|讲|说|写|有|都|了|的)*"
    rf"(?:什么|哪[一几]?[篇条则些]|{ITEM}|内容)*$"
)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "busiest",
        re.compile(
            rf"(?:谁|哪[位个名]{ROLE}|哪些{ROLE}){WROTE}的?(?:{ITEM}|稿)?最多"
            rf"|(?:写|发稿|供稿|署名)得?最多的(?:{ROLE})?是(?:谁|哪[位个])"
            rf"|^(?:谁|哪[位个名]{ROLE}|哪些{ROLE})(?:发稿|供稿|署名|写稿|写|发)得?最多$"
            rf"|^{WRITER}(?:(?:和|跟|与|同|、|比|还是){WRITER})+,?(?:谁|哪一?[位个]{ROLE}?)(?:发稿|供稿|署名|写稿|写|发)[得的]?(?:{ITEM}|稿子?)?(?:更|最)?多(?:一些|一点|些)?$"
        ),
    ),
    ("fullest", re.compile(f"(?:哪一?[天日]|几号)(?:登|刊登|发|刊发)?的?{ITEM}最多$")),
    (
        "writers",
        re.compile(
            rf"^(?:还有|都有|另外)*(?:谁|哪些(?:{ROLE}|人)|哪[几位个名]+{ROLE}?)(?:还|都|也)*(?:采写|撰写|报道|写)(?:了|过)*"
            rf"(?P<topic>[^\ue000-\ue002的]{{2,20}}?)的(?:{ITEM})$"
        ),
    ),
    (
        "writers",
        re.compile(
            rf"^(?:是)?(?:谁|哪[位个名]{ROLE})(?:采写|撰写|写|供稿)[的了](?P<topic>[^\ue000-\ue002]{{2,20}}?)"
            f"(?:(?:那|这)一?(?:[篇条则](?:{ITEM})?|[个份](?:通告|通知|公告|公示|{ITEM}))|的{ITEM})$"
        ),
    ),
    ("newest", re.compile(f"(?:最新|最近|最晚|最后){_EXTREME}")),
    ("oldest", re.compile(f"(?:最早|最旧|最老|最先){_EXTREME}")),
    ("writers", re.compile(f"^(?:{THAT_PIECE})?{WHO}$")),
    (
        "writers",
        re.compile(
            rf"^(?:{THAT_PIECE}|{TOPIC}的那?[篇条则]?(?:{ITEM})?)(?:里面?|上)?(?:有没有|有无|有|的)(?:{ROLE}(?:署名)?|署名)$"
        ),
    ),
    (
        "writers",
        re.compile(
            rf"^(?:{THAT_PIECE}|{TOPIC}的那?[篇条则]?(?:{ITEM})?)(?:里面?|上)?(?:一?共|总共)?(?:有|是)?(?:几|多少)[个位名]?(?:{ROLE}|人)(?:署名|[写采][写的]+)?$"
        ),
    ),
    (
        "writers",
        re.compile(f"(?:^|[里中上])(?:还有|还|有没有|有)(?:别的?|[其别][他它]的?)(?:{ROLE}|人署名)$"),
    ),
    (
        "writers",
        re.compile(
            rf"^(?P<topic>[^\ue000-\ue002]{{2,24}}?)(?:的?[那这]一?篇)(?:采访|专访|访谈|通讯|特写)(?:是|由)?(?:谁|哪[位个名]{ROLE})(?:做|采访|采写|采|写)的$"
        ),
    ),
    ("writers", re.compile(f"(?:^|(?<=[里中上的]))谁是{ROLE}(?:[,、]?谁是{ROLE})*$")),
    (
        "writers",
        re.compile(
            f"{WHO}$|(?:有|一?共|总共)(?:哪些|哪几[位个]|多少[位个名]?|几[位个名]){ROLE}"
            f"(?:(?:都|曾)*(?:写|采写|发|供)(?:过|了)?(?:{ITEM}|稿子?))?$"
        ),
    ),
    ("day", re.compile(f"^{THAT_PIECE}{WHEN}{PUBLISHED}?$")),
    ("day", re.compile(f"{WHEN}(?:报道|见报|刊登|登报|刊发)的?(?:了)?$")),
    (
        "events",
        re.compile(f"^(?:{HERE})?在?{TIME}(?:那天|这天|当天)?(?:都|一共|{HERE})*{_HAPPENED}$"),
    ),
    ("digest", re.compile("有(?:什么|哪些)(?:主要|重要|重点)?(?:内容|看点|要闻|重点|要点)$")),
    ("digest", re.compile(f"^{THAT_PIECE}(?:{SAYS}|{CONTENT})$")),
    ("digest", re.compile(f"(?:{SAYS}|{CONTENT})$")),
    (
        "count",
        re.compile(f"(?:{ITEM}|[篇条则])(?:有|一共|总共|共|的?数量)+(?:{HOW_MANY}|是多少)[篇条则个]?$"),
    ),
    ("count", re.compile(f"(?<!哪){HOW_MANY}(?:{PIECE}|[条则个])$")),
    ("list", re.compile(f"(?:^|的|里|中|上){ITEM}?目录(?:是|有)*(?:什么|哪些)?$")),
    ("list", re.compile(f"{ITEM}(?:是|有|都)*(?:什么|哪些|哪[几一]?[篇条则])$")),
    ("list", re.compile(f"{WRITER}(?:还|也|又)?{WROTE}(?:别的|其[他它]的?)(?:{ITEM}|稿子?)?(?:没有?)?$")),
    ("list", re.compile(f"{_WHICH}{ITEM}?$")),
    ("list", re.compile(f"{_WHICH}?(?:{ITEM}|消息)$")),
)
_ONLY_EXTREME = re.compile("最[新近晚后早先旧老]的?")
_OF_REGION = frozenset(("newest", "oldest", "count", "list"))
_SPAN_OF = r"(?:公报|报纸|文章|新闻|收录|文库).{0,8}"
_NO_DAY = (
    "(?:(?:没有?|未)(?:写明|标明|注明|写|标|注|有)+(?:日期|日子|时间)"
    "|(?:日期|时间|日子)(?:不明确?|不详|不清楚|未知))"
)
_WHICH_PIECES = f"(?:哪[几些一]?[篇条则](?:{ITEM})?|哪些{ITEM}|(?:几|多少)[篇条则](?:{ITEM})?)"
_EXACT: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (
        re.compile(
            rf"^(?:(?:{ISSUE.pattern}|公报|报纸)(?:里面?|中|上)?)?有?{_WHICH_PIECES}(?:是|的)*{_NO_DAY}的?$"
            rf"|^{_NO_DAY}的?(?:[篇条则](?:{ITEM})?|{ITEM})?(?:是|有|都)*(?:{_WHICH_PIECES}|哪些)$"
        ),
        "undated",
    ),
    (
        re.compile(
            rf"^(?:这些|收录的?)?{_SPAN_OF}(?:时间(?:范围|跨度)|日期范围|哪[几段]?[天日]|哪段时间|哪些日期|从(?:哪天|什么时候)到(?:哪天|什么时候))"
            rf"的?(?:公报|报纸|文章|新闻)?$|^(?:收录|有)了?哪(?:几天|段时间|些日子)的?(?:公报|报纸|文章|新闻)$"
        ),
        "span",
    ),
    (
        re.compile(
            rf"^(?:(?:这些|这批|这(?=报纸)|收录的?|{ISSUE.pattern}的?)(?:公报|报纸|文章|新闻|报道)?|公报|报纸)(?:里面?|上)?(?:都|分别|大概|大致)*(?:是|属于)?(?:的?年份是)?(?:哪一?年|哪几年|哪个?月|什么年份)份?(?:的|间的|登的|发的)?(?:公报|报纸|文章|新闻|报道|事情?|事儿)?$"
        ),
        "span",
    ),
    (
        re.compile(
            rf"^(?:收录的|(?:{ISSUE.pattern})(?:里面?|中)?的?)?最[早旧]的?(?:{PIECE})?[和与、]最[新晚近]的?一?(?:{PIECE})"
            rf"(?:分别|各|都)*{WHEN}的?$"
        ),
        "span",
    ),
    (
        re.compile(
            rf"^(?=.{{1,6}}[报版])(?:{ISSUE.pattern})(?:是|的日期是)?(?:哪一?[天日年]|哪个?月|几月|几号|几月几[号日]|什么时候|何时)的?(?:公报|报纸)?$"
        ),
        "span",
    ),
)


def _makes_sense(request: Request, shown: str, match: re.Match[str]) -> bool:
    """Tell whether the words that were found make a question about articles, not about what they tell."""
    words = match[0]
    about_articles = re.search(f"篇|目录|{ITEM}|{LOOSE_ITEM}$", words) is not None
    about_paper = bool(_COLLECTION.search(shown)) or request.issue
    scoped = bool(request.writers) or about_paper
    implied = request.topic_kind == "implied"
    match request.kind:
        case "busiest" | "span" | "writer" | "fullest":
            return not request.topic
        case "undated" | "signed_by" | "same":
            return False  # no phrase of several kinds
        case "newest" | "oldest":
            return not implied and (about_articles or bool(request.writers))
        case "writers":
            if implied:
                # 「《红楼梦》的作者是谁?」 asks for no reporter.
                return len(request.topic) >= 4 and not about_paper and "作者" not in words
            return bool(request.topic) or about_paper or re.search(f"署名|{ROLE}", words) is not None
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
                return len(request.topic) > 1 and re.search(f"{ITEM}|篇", words) is not None
            wrote = request.writers and re.search(f"{WRITER}.*(?:写|署名|供稿|报道|采访|发|投|的)", shown)
            return about_articles or bool(wrote) or (scoped and re.search("[条则]", words) is not None)
