"""Questions about the collection in any order of words: slots are filled, nothing may be left over.

What :mod:`qa.metadata.collection_questions` does not know as a phrase (「12月6号那条新闻题目是什么?」,
「讲年轻干部的稿子有几篇?」, 「这五条里时间最早的是哪一条?」) is cut into the few words that such questions
are made of. One word that is none of them, and the question is about what the articles tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

TIME, WRITER, TOPIC = "\ue000", "\ue001", "\ue002"
"""What stands for a time, a writer and a topic that were taken out; private use, so no text holds them."""

_ITEM = "文章|报道|新闻|稿件|稿子|要闻|头条|消息|通讯稿|简讯|稿"
_MEASURE = "[篇条则]"
_ROLE = "(?:记者|通讯员|作者)"
_WROTE = "采写|撰写|写作|署名|执笔|供稿|合写|写|采访|发表|刊登|刊发|登载|登|发"
_FILLERS = (
    "请问|请|帮我|给我|列出|列一下|找出|找一下|查一下|告诉我|里面?|当中|中|上|的|了|过|和|与|跟|、|,|\\?|"
    "你们|系统|数据库|之间|是|还|也|都|总|在|自|从|由|把|所有|全部|一下|有|吗|呢|那|之|时间|日期"
)
_PATTERNS = (
    ("scope", "(?:这|本|该|此|这一)(?:期|版|份|张|页)(?:报纸|公报|报|版面?)?"),
    ("scope", "公报|报纸|报上|版面|整版|全版"),
    (
        "scope",
        rf"(?:在|从)?这[一两二三四五六七八九十几些\d]+{_MEASURE}?(?:{_ITEM})?(?:里面?|当中|之中|中)?",
    ),
    ("extreme", "(?:时间|日期)?最(?:新|近|晚|后|早|先|旧)"),
    (
        "count",
        f"(?:一共|总共|共)?(?:有)?(?:多少|几)(?:{_MEASURE}(?:{_ITEM})?|{_ITEM}|个(?:标题|题目))",
    ),
    ("number", rf"(?:\d{{1,2}}|[一两二三四五六七八九十]){_MEASURE}(?:{_ITEM})?"),
    ("who", f"(?:是|由)?(?:谁|哪[位个]{_ROLE})"),
    ("title", "(?:大?标题|题目|篇名|题)(?:是|叫|都)*(?:什么|哪些|哪个)?"),
    ("title", "(?:有|是|都)*(?:哪些|什么|哪几个)(?:大?标题|题目)"),
    ("title", "(?:都)?(?:叫|名为)(?:什么|作什么)(?:题目|标题|名字|名)?"),
    (
        "which",
        f"(?:是|有|都)*(?:哪[一几两]?{_MEASURE}|哪[一几]?个(?={_ITEM}|$)|(?:哪些|什么)(?:{_ITEM}|$))"
        f"(?:{_ITEM})?",
    ),
    ("exists", "有没有|有无|是否有|有吗|有不|有$"),
    ("item", f"(?:那|一|哪)?{_MEASURE}?(?:{_ITEM})|那{_MEASURE}|(?<={TIME})的?那?{_MEASURE}"),
    ("happened", "(?:所)?(?:发生|出)(?:的|了|过)*(?:事情?|情况|新闻)?|的事(?:情|儿)?"),
    ("wrote", f"(?:一起|共同|合作|联合|参与|参加)?(?:{_WROTE})(?:的|过|了)*"),
    (
        "day",
        "(?:是)?(?:哪一?[天日]|几号|几月几[日号]|什么时候|何时)(?:的|登的?|发的?|写的?|见报的?)?$",
    ),
    ("time", TIME),
    ("writer", f"{_ROLE}?{WRITER}(?:同志)?"),
    ("topic", f"{TOPIC}(?:的|那)?"),
    ("role", "记者|通讯员"),
    ("filler", _FILLERS),
)
_SLOTS = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)
_MARKED = re.compile(
    rf"(?:跟|与|和)(?P<with>[^{TIME}{WRITER}{TOPIC}]{{2,24}}?)(?:有关|相关)的?"
    rf"|(?:^|[的,{TIME}])(?P<piece>[^{TIME}{WRITER}{TOPIC}的,]{{2,24}}?)(?:那|这)一?{_MEASURE}(?:{_ITEM})?"
    rf"|(?:关于|有关|讲述|讲|写|说|谈|报道|介绍|反映|涉及|登)(?:的是|到|了|过)?(?P<topic>[^{TIME}{WRITER}{TOPIC}]{{2,24}}?)的"
    rf"(?=那?一?{_MEASURE}|(?:{_ITEM})|(?:有|都|总|一)*[几多])"
)
_FIXED = re.compile(f"(?:{_ITEM}|这一?[期版份]|公报|报纸|报上|最[新早近晚])")
_NO_TOPIC = re.compile("什么|多少|几|谁|哪|怎|如何|为何")
Kind = Literal["count", "list", "newest", "oldest", "day", "writers"]


@dataclass(frozen=True, slots=True)
class Slots:
    """What a question asks of articles, with nothing left over."""

    kind: Kind
    topic: str
    """What the articles are to be about; empty for any."""
    of_writer: bool
    """Whether a name in it can only be a writer's."""
    number: str | None
    """How many are wanted of the newest or oldest, as written."""


def fill(shown: str, topic: str) -> Slots | None:
    """Return the slots of a question, ``None`` where a word of it fits none of them.

    Args:
        shown: the question, folded, with times, writers and a known topic taken out.
        topic: the topic that was taken out, if any.
    """
    if not topic and (marked := _MARKED.search(shown)):
        named = marked["with"] or marked["piece"] or marked["topic"]
        if not _NO_TOPIC.search(named) and not _FIXED.match(named):
            topic = named
            shown = shown[: marked.start()] + TOPIC + "的" + shown[marked.end() :]
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(shown):
        for name, pattern in _SLOTS:
            if (match := pattern.match(shown, at)) and match.end() > at:
                found.append((name, match.group()))
                at = match.end()
                break
        else:
            return None
    return _read(found, topic)


def _read(found: list[tuple[str, str]], topic: str) -> Slots | None:
    names = {name for name, _ in found}
    words = dict(reversed(found))
    of_articles = bool(names & {"item", "title", "number", "which", "count"}) or (
        "topic" in names and "wrote" in names
    )
    if not of_articles or not names & {"time", "writer", "topic", "scope", "extreme"}:
        return None
    if {"extreme", "who"} <= names:
        return None  # 「最早报道的记者」 was the first to tell
    if "extreme" in names:
        kind: Kind = "oldest" if words["extreme"][-1] in "早先旧" else "newest"
    elif "who" in names and topic and names & {"wrote", "role"}:
        kind = "writers"
    elif "who" in names:
        return None
    elif "count" in names:
        kind = "count"
    elif "day" in names and (topic or "writer" in names):
        kind = "day"
    elif "day" not in names and names & {"which", "title", "exists"}:
        kind = "list"
    else:
        return None
    wanted = re.match(r"\d+|.", words["number"]) if "extreme" in names and "number" in names else None
    of_writer = bool(names & {"wrote", "extreme", "item", "role"})
    return Slots(kind, topic, of_writer, wanted[0] if wanted else None)
