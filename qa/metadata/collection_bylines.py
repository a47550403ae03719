"""Questions for articles by their by-lines (哪些文章有通讯员), and for what somebody signs as."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from qa.metadata.collection_request import ROLES, Kind, Request, Role
from qa.metadata.collection_slots import TIME, WRITER
from qa.metadata.collection_words import CONTENT, ISSUE, ITEM, PUBLISHED, ROLE, SAYS, WHEN, WHO
from qa.text import fold

_SCOPE = (
    rf"(?:在?(?:{ISSUE.pattern}|公报|报纸|版面|收录的?|这里面?|(?:这|那)(?:些|几[篇条则])(?:{ITEM})?|{TIME})"
    "(?:里面?|当中|之中|中|上)?的?)*(?:请问|列出|找出)?"
)
_COUNTED = "(?:多少|(?<!哪)几)[篇条则]"
_WHICH = rf"(?:哪[几一]?[篇条则](?:{ITEM})?|哪些{ITEM}|{_COUNTED}(?:{ITEM})?)"
_TOGETHER = "(?:一起|一同|共同|合作|联合)*"
_WROTE = "(?:合写|合作|采写|撰写|写|署名|供稿|完成)(?:的|了|过)*"
_NAME = "(?:署名|署上?名字?|名字|姓名|名)"
_NOT = "(?:没有?|未|无|不带)"
_ONE = "(?:一个?人|一[个位](?:记者|作者|通讯员)?)"
_CONDITIONS = (
    rf"(?P<lacks>{_NOT}(?:有|写明|注明|标明|写|注|标|署)*(?P<lacking>{ROLE})的?(?:{_NAME}|供稿|参与)?|{_NOT}(?:写|留|注|有)*(?:署名|署上?名字|具名|名字))",
    rf"(?P<both>(?:是|由)?(?:记者[和与跟同、]通讯员|通讯员[和与跟同、]记者){_TOGETHER}{_WROTE}"
    rf"|(?:既|又)?有记者(?:署名)?,?[又也和](?:有)?通讯员(?:署名)?)",
    rf"(?P<only>(?:只|仅)(?:有|署了?|是)(?P<role_only>记者|通讯员)的?(?:{_NAME}|{_WROTE})?(?:,?{_NOT}有?(?:记者|通讯员))?)",
    rf"(?P<has>(?:有|带有?|署了?|注明了?|标了?|写了?)(?P<having>{ROLE})的?(?:{_NAME}|供稿|参与|参加)*(?:{_WROTE})?|(?:有署|署了|有具)名)",
    "(?P<by>(?:是|由)?(?P<role_by>记者|通讯员)(?:参与|参加)*(?:采写|撰写|写|供稿|投稿|提供)(?:的|了|过)*)",
    r"(?P<shared>(?:是|由)*(?:两个?人|几个人|多人|不止一个?人|[两多几][位个](?:记者|作者))?(?:一起|共同)*合[写作](?:的|了)*|有[两几多]个(?:作者|人署名))",
    rf"(?P<single>(?:是|由)*{_ONE}(?:单独|独自|独立)?{_WROTE}|只有{_ONE}(?:{_WROTE})?)",
)
_OF_WRITERS = (
    rf"(?P<alone>(?:是|由)*{WRITER}(?:自己|单独|独自|独立)*{_ONE}?(?:自己|单独|独自|独立)*{_WROTE}"
    rf"|(?:只|仅|单)(?:有|署了?|是)?{WRITER}{_ONE}?的?(?:{_NAME}|{_WROTE})*)",
    rf"(?P<not_by>(?:不是|不由|并非|{_NOT}){WRITER}(?:参与|参加)*(?:{_WROTE}|的)*)",
)
_OF_THEM = rf"(?:(?P<who>{WHO})|(?P<day>{WHEN}{PUBLISHED}?)|(?P<says>{SAYS}|{CONTENT}))?"
_COND = "(?:" + "|".join(_CONDITIONS) + ")"
_COND_OF_WRITERS = "(?:" + "|".join(_OF_WRITERS) + ")"
_ALONE = re.compile(f"自己|独|{_ONE}|[只仅单]")
_ASKED = (
    re.compile(rf"^{_SCOPE}(?:都|有)*(?:{_WHICH}|有没有(?:{ITEM}))(?:里面?|上|中)?(?:是|都)*{_COND}$"),
    re.compile(
        rf"^{_SCOPE}(?:有没有|有无|是否有)?{_COND}的?(?:那?[几些]?[篇条则](?:{ITEM})?|{ITEM})?(?:是|都|有|叫|一共|总共|共|分别)*(?:{_WHICH}|哪些|什么)?{_OF_THEM}$"
    ),
    re.compile(rf"^{_SCOPE}(?:都|有)*(?:{_WHICH}|哪些)(?:里面?|上|中)?(?:都)*{_COND_OF_WRITERS}$"),
    re.compile(
        rf"^{_SCOPE}(?:有没有|有无)?{_COND_OF_WRITERS}的?(?:那?[几些]?[篇条则](?:{ITEM})?|{ITEM})?(?:是|都|有|一共|总共|共|分别)*(?:{_WHICH}|哪些)?{_OF_THEM}$"
    ),
)
_PIECES = re.compile(f"[篇条则]|{ITEM}")
_WITH_WHOM = re.compile(
    rf"^{_SCOPE}(?:{WRITER}(?:都|还|曾|经常|是)*(?:和|跟|与|同)(?:谁|哪[些位几]?[个位名]?(?:{ROLE}|人)|什么人)"
    rf"|(?:谁|哪[些位几]?[个位名]?(?:{ROLE}|人))(?:曾|还)*(?:和|跟|与|同){WRITER})"
    rf"(?:曾|还)*{_TOGETHER}(?:{_WROTE}|合作过?)(?:哪些|什么)?(?:{ITEM}|稿)?$"
)
_IDENTITY = re.compile(
    r"^(?P<names>.+?)(?:同志|两人|俩人?|二人)?(?:分别|各自|各|都|到底|究竟)*"
    r"(?:是(?:(?:谁|什么(?:身份|角色|职业|岗位|人|工作)|[干做](?:什么(?:工作)?|嘛)的?)|(?:记者|通讯员)还是(?:记者|通讯员)|(?:不是)?(?P<role>记者|通讯员))"
    r"|的?(?:身份|职业|角色|职务)(?:都|分别|各|是)+什么)$"
)


def of_byline(shown: str, frame: Request) -> Request | None:
    """Return a request for articles by who signed them, or did not; ``None`` for any other.

    Args:
        shown: what is left of the question, times and writers taken out.
        frame: what was taken out of it; its kind counts for nothing.
    """
    if frame.topic:
        return None
    frame = replace(frame, role=None)
    merged = re.sub(f"{WRITER}(?:(?:和|跟|与|同|、|及){WRITER})+", WRITER, shown)
    if frame.writers and (with_whom := _WITH_WHOM.match(merged)):
        role = next((r for r in ROLES if r in with_whom[0]), None)
        return replace(frame, kind="writers", role=role, without=frame.writers)
    for pattern in _ASKED[2:] if frame.writers else _ASKED[:2]:
        match = pattern.match(merged)
        if match is None:
            continue
        if not frame.writers and not _PIECES.search(match[0]):
            return None  # 「没有署名的有哪些」 may be letters
        asked = match.groupdict()
        kind: Kind = "count" if re.search(_COUNTED, match[0]) else "list"
        kind = (
            "writers"
            if asked.get("who")
            else "day"
            if asked.get("day")
            else "digest"
            if asked.get("says")
            else kind
        )
        request = replace(frame, kind=kind)
        if frame.writers:
            return _by_writers(request, match)
        return _by_roles(request, match)
    return None


def _by_writers(request: Request, match: re.Match[str]) -> Request | None:
    if match["not_by"]:
        return replace(request, writers=(), without=request.writers)
    if not _ALONE.search(match["alone"]):
        return None
    return replace(request, alone=True)


def _by_roles(request: Request, match: re.Match[str]) -> Request:
    if match["lacks"]:
        return replace(request, lacking=_roles(match["lacking"]) or ROLES)
    if match["both"]:
        return replace(request, having=ROLES)
    if match["only"]:
        only = _roles(match["role_only"])
        return replace(request, having=only, lacking=tuple(r for r in ROLES if r not in only))
    if match["shared"]:
        return replace(request, shared=True)
    if match["single"]:
        return replace(request, alone=True)
    having = _roles(match["having"] or match["role_by"])
    return replace(request, having=having, signed=not having)


def _roles(text: str | None) -> tuple[Role, ...]:
    return tuple(r for r in ROLES if r == text)


_PIECE = rf"(?:那|这)?一?[篇条则](?:{ITEM})?"
_THAT_ONE = r"(?P<topic>[^\ue000-\ue003,]{2,24}?)"
_SIGNED_BY = re.compile(
    rf"^{_THAT_ONE}{_PIECE}(?:到底|真的)?(?:是不是|是否|是)(?:由)?{WRITER}"
    rf"(?P<alone>(?:自己|独自|单独|独立)*(?:{_ONE})?(?:自己|独自|单独|独立)*){_WROTE}$"
)
_SAME = re.compile(
    rf"^{_THAT_ONE}{_PIECE}(?:和|跟|与|同){_THAT_ONE.replace('topic', 'other')}{_PIECE}的?(?:{ROLE}|署名)?"
    rf"(?:都|是不是|是否|是|由)*(?:同)?一个(?:人|{ROLE})(?:{_WROTE})?$"
)


def of_pieces(shown: str, frame: Request) -> Request | None:
    """Return a request for whether somebody signed the article named, or one signed both; else ``None``.

    Args:
        shown: what is left of the question, times and writers taken out.
        frame: what was taken out of it; its kind counts for nothing.
    """
    if frame.writers and (match := _SIGNED_BY.match(shown)):
        alone = bool(match["alone"])
        return replace(frame, kind="signed_by", topic=match["topic"], topic_kind="news", alone=alone)
    if not frame.writers and (match := _SAME.match(shown)):
        return replace(frame, kind="same", both=(match["topic"], match["other"]))
    return None


def who_they_are(text: str, writers: Collection[str]) -> Request | None:
    """Return a request for what some of the writers are (景静和李慧分别是什么身份), ``None`` for any other.

    Args:
        text: the question, folded.
        writers: who signs articles of the collection.
    """
    match = _IDENTITY.match(text)
    if match is None:
        return None
    known = {fold(name): name for name in writers}
    names = re.split("还有|以及|[和与跟同及、,]", match["names"])
    if not all(name in known for name in names):
        return None
    role = next((r for r in ROLES if r == match["role"]), None)
    return Request("writer", writers=tuple(known[name] for name in names), role=role)
