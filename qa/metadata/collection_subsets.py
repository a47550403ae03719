"""Questions about the articles at hand (这几篇是谁写的), the newest of them, and the one about a meeting."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.language.numerals import whole_number
from qa.metadata.collection_request import Request
from qa.metadata.collection_slots import TIME, TOPIC, WRITER
from qa.metadata.collection_words import (
    CONTENT,
    ISSUE,
    ITEM,
    PIECE,
    PUBLISHED,
    QUESTION_WORD,
    REGION,
    ROLE,
    SAYS,
    WHEN,
    WHO,
)

_A_FEW = "一二两三四五六七八九十"
_OLDEST = "早先旧老"
_ARTICLES = f"(?:{ITEM}|稿)"
_IN_PAPER = rf"(?:(?:{ISSUE.pattern}|公报|报纸|报上|版面|{TIME})(?:里面?|中|上)?的?)?"
_WHO_OF = (
    rf"(?:都|分别|各自?|一一)*(?:{WHO}|的?{ROLE}(?:[和与、及]{ROLE})?(?:都|分别|各)*(?:是|叫|有)?"
    rf"(?:谁|哪些(?:人|{ROLE})?|哪几[位个])|的{ROLE})"
)
_THESE = re.compile(
    rf"^(?:请问|请|帮我|告诉我|列出|说说|查一下)*{_IN_PAPER}(?:(?:(?:这|上述|以上)(?P<some>[些几]|[{_A_FEW}\d]{{1,3}})(?:篇{_ARTICLES}?|[条则]?{_ARTICLES})"
    rf"|(?:所有|全部)的?{_ARTICLES}|(?P<every>[每各])一?(?:篇{_ARTICLES}?|[条则]{_ARTICLES})){_WHO_OF}"
    rf"|(?:{ISSUE.pattern}|{TIME})(?:里面?|中|上)?的?{_ARTICLES}{_WHO_OF}"
    rf"|(?:是|由)?(?:谁|哪些(?:人|{ROLE}))(?:采写|撰写|写)(?:了|的|过)*这(?:些|几(?=篇))(?:篇{_ARTICLES}?|{_ARTICLES})"
    rf"|{_IN_PAPER}(?:记者[和与、]通讯员|通讯员[和与、]记者)(?:都|分别|各)*(?:是|有)*(?:谁|哪些人?|哪几[位个])"
    rf"|{_IN_PAPER}(?:有没有|有无)(?:通讯员|记者署名)(?:署名)?"
    rf"|{_IN_PAPER}署名的(?:都|人)*(?:有|是)(?:谁|哪些人?)"
    rf"|{_ARTICLES}(?:都|分别)(?:是|由)?(?:谁|哪些(?:人|{ROLE}))(?:采写|撰写|写)的?)$"
)
_EXTREME = "(?:时间|日期)?最(?P<end>[新近晚后早先旧老])(?:发表|发布|刊登|登|见报|发)?"
_DATE = "的?(?:日期|时间)"
_ONE_OF = rf"(?P<marked>的|那|这|(?P<n>\d{{1,2}}|[{_A_FEW}]))*(?:{PIECE}|[条则]|消息)"
_OF_EXTREME = re.compile(
    rf"^(?P<before>.*?){_EXTREME}{_ONE_OF}(?:(?P<day>(?:{_DATE})?{WHEN}{PUBLISHED}?|{_DATE}(?:是|为)*(?:什么|多少)?)"
    rf"|(?P<who>{WHO})|(?P<says>{SAYS}|{CONTENT}))$"
)
_DAY_OF_EXTREME = re.compile(
    rf"^(?P<before>.*?)(?:{_EXTREME}的?{WHEN}(?:的|登的?|发的?)?{_ARTICLES}|{WHEN}(?:的|登的?|发的?)?{_ARTICLES}"
    "(?:时间|日期)?(?:是)?最(?P<last>[新近晚后早先旧老])的?)$"
)
_MEETING = re.compile(
    rf"^(?:{TIME}的?)?(?P<topic>(?![这那该此本上下两几每各一])[^\ue000-\ue003在,]{{2,28}}?会议?)上?(?:{SAYS}|{CONTENT}|有(?:什么|哪些)(?:主要|重要)?内容)$"
)
_BODY = re.compile("(?:[协商学工社机]|基金|联合|委员|理事|董事|监事|促进|研究|红十字|(?<!常)委)会$")
"""What ends like a meeting but is a body of people, or nothing of the kind."""
_HELD = re.compile("(?:召开|举行|举办|开)的?|会议$")


def asks_of_a_meeting(text: str) -> bool:
    """Tell whether a question asks what a meeting that it names was about.

    >>> asks_of_a_meeting("防汛工作会议讲了什么"), asks_of_a_meeting("这次会议讲了什么")
    (True, False)
    """
    return _MEETING.match(text) is not None


def of_these(shown: str, frame: Request) -> Request | None:
    """Return a request for who wrote the articles at hand (这几篇是谁写的); see :func:`of_subset`."""
    these = _THESE.match(shown)
    if these is None or frame.writers:
        return None
    some = these["some"]
    return replace(
        frame,
        kind="writers",
        these=None if not some or some == "些" else 0 if some == "几" else whole_number(some),
        each=bool(these["every"]) or re.search(f"(?:{_ARTICLES}|篇).*(?:分别|各)", shown) is not None,
    )


def of_subset(shown: str, frame: Request) -> Request | None:
    """Return a request for what is asked of the newest articles or a meeting, ``None`` for any other.

    Args:
        shown: what is left of the question, times, writers and topic taken out.
        frame: what was taken out of it; its kind counts for nothing.
    """
    meeting = None if frame.topic or frame.writers else _MEETING.match(shown)
    if meeting and not _BODY.search(meeting["topic"]):
        name = _HELD.sub("", meeting["topic"])
        if len(re.sub(r"\W", "", name)) > 2:
            more = bool(meeting["more"])
            return replace(frame, kind="digest", topic=name, topic_kind="meeting", more=more)
    return _of_extreme(shown, frame)


def _of_extreme(shown: str, frame: Request) -> Request | None:
    match = _OF_EXTREME.match(shown)
    day = None if match else _DAY_OF_EXTREME.match(shown)
    if (found := match or day) is None:
        return None
    besides = _BESIDES.sub("", found["before"])
    besides = "" if REGION.fullmatch(besides) else besides
    if besides and (len(besides) == 1 or frame.topic or frame.writers or QUESTION_WORD.search(besides)):
        return None
    if match and not match["day"] and not match["marked"]:
        return None  # 「最早报道的记者」 was the first to tell
    end = match["end"] if match else found["end"] or found["last"]
    return replace(
        frame,
        kind="digest" if match and match["says"] else "writers" if match and match["who"] else "day",
        role=frame.role if match and match["who"] else None,
        topic=besides or frame.topic,
        topic_kind="piece" if besides else frame.topic_kind,
        extreme="oldest" if end in _OLDEST else "newest",
        number=whole_number(match["n"]) if match and match["n"] else None,
    )


_BESIDES = re.compile(
    rf"[{TIME}{WRITER}{TOPIC}]|{ISSUE.pattern}|公报|报纸|报上|版面|收录|(?:这|那)(?:些|几[篇条则])(?:{ITEM})?|里面?|当中|其中|中|上|的|"
    "采写|撰写|写|署名|发表|,|请问"
)
