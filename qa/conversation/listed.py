"""「最早的是哪篇」「有几篇」「都是谁写的」: asked of the articles that the last question asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass

from qa.conversation.completeness import SOME_DAY
from qa.conversation.stated import asking_at
from qa.metadata.collection_questions import parse
from qa.metadata.collection_request import Kind, Request


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the collection holds, as far as it tells a question about it."""

    writers: Collection[str] = ()
    newest: dt.date | None = None


_THESE = "[这那](?:些|几|[两三四五六七八九十2-9])(?:[篇条则]?(?:文章|报道|新闻|稿件|稿子)|篇)?(?:里面?|中)?"
_OF_THEM = f"(?:那么?)?(?:其中|里面|这里面|它们|{_THESE})?的?"
_SHORT: tuple[tuple[Kind, re.Pattern[str], str], ...] = (
    (
        "newest",
        re.compile(
            f"{_OF_THEM}(?:(?:是)?哪一?[篇条个](?:是)?最(?:新|近|晚)的?|最(?:新|近|晚)的?(?:那?一?[篇条个])?(?:是)?(?:哪一?[篇条个]|什么)?)"
        ),
        "最新报道是哪篇",
    ),
    (
        "oldest",
        re.compile(
            f"{_OF_THEM}(?:(?:是)?哪一?[篇条个](?:是)?最早的?|最早的?(?:那?一?[篇条个])?(?:是)?(?:哪一?[篇条个]|什么)?)"
        ),
        "最早报道是哪篇",
    ),
    ("count", re.compile(f"{_OF_THEM}(?:一共|总共|共|都)?(?:有|写了|发了)?(?:多少|几)[篇条]"), "有几篇"),
    ("list", re.compile(f"{_OF_THEM}(?:是|有|都)*哪(?:几|些)[篇条]?"), "有哪些"),
    (
        "list",
        re.compile(
            f"{_OF_THEM}(?:都|分别|各自?)+(?:是|有|叫|登|写)(?:了|的)*(?:什么|哪[些几][篇条]?)(?:文章|报道|新闻|标题)?"
        ),
        "有哪些",
    ),
    (
        "list",
        re.compile(
            f"(?:请|把|都|给我|帮我)*(?:列|说|报|列举)?(?:一下|出来?)?{_OF_THEM}(?:大?标题|题目)"
            "(?:都|是|有|叫|分别)*(?:什么|哪些)?|(?:请|都|给我|帮我)*列(?:一下|出来)"
        ),
        "有哪些",
    ),
    (
        "writers",
        re.compile(
            f"{_OF_THEM}(?:都|分别|各)*(?:是|由)?(?:谁|哪些?[位个]?记者)(?:采写|撰写|写)的?|{_OF_THEM}(?:记者|作者)(?:都|分别)*(?:是|有)(?:谁|哪些人?)"
        ),
        "是谁写的",
    ),
)
_ABOUT = re.compile(
    "(?:那么?)?(?:有没有|有)?(?:关于|有关|讲|写|提到)(?P<topic>[^的,，?？]{2,20}?)的(?:报道|文章|新闻)?(?:有吗|呢)?"
)
_ENDING = re.compile("[呢吗啊呀吧?？。!！]+$")


def of_the_list(question: str, last: str, shelf: Shelf) -> str | None:
    """Return a question of the articles that the last one narrowed the collection to.

    ``None`` where it asks for something else, or the last one narrowed nothing. Only what is understood as
    about the same articles is returned.

    >>> of_the_list("最早的是哪篇?", "关于护河行动的报道有几篇?", Shelf())
    '关于护河行动的最早报道是哪篇'
    """
    before = parse(last, writers=shelf.writers, newest=shelf.newest)
    if before is None or before.kind in ("span", "day", "digest", "events", "writer"):
        return None
    short = _ENDING.sub("", question.strip())
    if (about := _ABOUT.fullmatch(short)) and before.topic:
        return f"关于{about['topic']}的报道有哪些?"
    for kind, pattern, ask in _SHORT:
        if pattern.fullmatch(short) is None:
            continue
        if before.page:
            return f"第{before.page}版的报道是谁写的" if kind == "writers" else None
        if kind == "writers" and before.kind in ("newest", "oldest"):
            ask = f"{'最新' if before.kind == 'newest' else '最早'}的{before.number or '那'}篇报道是谁写的"
            whole = f"{_scope(before)}{ask}"
            found = parse(whole, writers=shelf.writers, newest=shelf.newest)
            return (
                whole if found and found.extreme == before.kind and _range(found) == _range(before) else None
            )
        if kind in ("newest", "oldest") and before.kind in ("newest", "oldest") and not _narrows(before):
            return ask
        whole = f"{_scope(before)}{ask}" if kind in ("newest", "oldest") else f"{_scope(before)}报道{ask}"
        found = parse(whole, writers=shelf.writers, newest=shelf.newest)
        same = found is not None and _range(found) == _range(before)
        return whole if _narrows(before) and same and found is not None and found.kind == kind else None
    return None


def _narrows(request: Request) -> bool:
    return any(_range(request))


def _range(request: Request) -> tuple[object, ...]:
    """Return what a request narrows the collection to."""
    byline = (request.having, request.lacking, request.signed, request.alone, request.shared)
    without = () if request.kind == "writers" and request.writers else request.without
    return (request.topic, set(request.writers), request.period, request.issue, without, *byline)


def _scope(request: Request) -> str:
    """Return what a request narrows the collection to, as it stands before 报道."""
    when = "这一期的" if request.issue else f"{request.period}的" if request.period else ""
    alone = "一个人" if request.alone else ""
    who = f"{'和'.join(request.writers)}{alone}写的" if request.writers else _signing(request)
    what = (
        f"{'提到' if request.topic_kind == 'mention' else '关于'}{request.topic}的" if request.topic else ""
    )
    return when + who + what


def _signing(request: Request) -> str:
    """Return by whom articles are signed that are narrowed to no writer, as it stands before 报道."""
    if request.without:
        return f"不是{'和'.join(request.without)}写的"
    if request.alone or request.shared:
        return "一个人写的" if request.alone else "合写的"
    if len(request.having) > 1:
        return "记者和通讯员合写的"
    if request.having or request.signed:
        return f"{'只' if request.lacking else ''}有{''.join(request.having)}署名的"
    return f"没有{request.lacking[0] if len(request.lacking) == 1 else ''}署名的" if request.lacking else ""


def asked_of_a_list(question: str, last: str) -> str | None:
    """Return 「谁写的」 asked of the articles that the last question asked for, where that can be asked."""
    before = parse(last, writers=(), newest=SOME_DAY)
    if before is None or before.having or before.lacking or before.signed or before.alone or before.shared:
        return None  # of those, 「的公报」 would forget who signed
    question = re.sub("^(?:都|分别|各)+", "", question)
    of = re.sub("的$", "", last[: asking_at(last)])
    if not of:
        return None  # 有哪些关于学校的报道: what they are about stands behind
    wanted = (f"{of}的公报{question}", f"{of}{question}", f"{of}的公报有哪些记者?")
    at_most = len(wanted) if re.search("写|记者|作者", question) else 2
    return next((w for w in wanted[:at_most] if parse(w, writers=(), newest=SOME_DAY) is not None), None)
