"""Bylines and editors' lines: who wrote an article, taken out of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.language.names import NAME, SURNAME
from qa.parsing.captions import (
    CORRESPONDENT,
    MARK,
    REPORTER,
    SEPARATOR,
    is_caption,
    photographers_of,
    whole_captions,
)
from qa.parsing.layout import is_label
from qa.text import HAN

_NO_NAME = (
    rf"(?![{HAN}·]{{0,2}}(?:观察|调查|手记|[时短评述点锐快]评|评[论述说]|连线|供稿|附后|名单|专访|访谈|采访|[探走暗]访|体验|札记|笔记"
    r"|日记|见闻|视点|观点|直击|现场|一线|基层|招待|之家|协会|培训|招聘|提问|问答|追踪|目击|来信|热线|心声))"
)
_WORK_OF_BOTH = r"文[/／](?:图|摄影|摄)|图[/／]文|文并图"
_WORK_BEHIND = "摄影报道|整理报道|综合报道|摄影|整理|报道|图|摄"
"""May follow a name without a gap; 文 may not, which is the end of many a name."""
_WORK = f"{_WORK_OF_BOTH}|{_WORK_BEHIND}|文"
# So that there is but one way to read a list of names, however long: what ends like a credit ends with one.
_NAME_ENDS = "(?<![图摄])(?<!摄影|整理|报道)(?!(?<=文)[/／](?:图|摄))"
_PADDED = f"{SURNAME} [{HAN}](?![{HAN}])"  # 王　芳, as wide as a name of three
_WRITER = f"{_NO_NAME}(?:{NAME}|{_PADDED}){_NAME_ENDS}"
_PEN_NAME = (
    f"{_NO_NAME}(?:(?!(?:{_WORK})(?![{HAN}]))[{HAN}·]{{2,4}}(?<![报网社台·])(?<!新闻)|{_PADDED}){_NAME_ENDS}"
)
_CREDIT = f"(?: ?(?:{_WORK_OF_BOTH})|[ /／]*(?:{_WORK_BEHIND})|[ /／]+文)?"
_CREDIT_FIRST = f"(?:(?:{_WORK}|作者|撰文)[ :：/／]*)?"
_ROLE = f"{REPORTER}|{CORRESPONDENT}"
_ANY_ROLE = f"{_ROLE}|实习生"
_GAP, _NO_GAP = "[ :：|｜]+", "[ :：|｜]*"
_PICTURE = (
    f"[ 、,，/／]*(?:图片|图|摄影|摄|视频|制图)[:：/／|｜] ?(?:(?:{_ANY_ROLE}){_NO_GAP})?"
    f"{_WRITER}(?:{SEPARATOR}{_WRITER})*"
)
"""Who made the pictures, behind the writers: 文/王芳 图/李慧."""


def _byline(name: str, gap: str, other: str = _WRITER, first: str = _ROLE) -> str:
    """Return a byline's pattern: groups of an office, the ``first`` given, a ``name`` and ``other`` names."""

    def group(role: str) -> str:
        return f"(?>{role}){gap}{name}{_CREDIT}(?:{SEPARATOR}{other}{_CREDIT})*"

    more = f"(?:{SEPARATOR}{_CREDIT_FIRST})?{group(_ANY_ROLE)}"
    return f"{_CREDIT_FIRST}{group(first)}(?:{more})*(?:{_PICTURE})?"


_FROM = f"(?: (?!{SURNAME})[{HAN}]{{2,4}}报道)?"
"""Where the writers were: 记者 王芳 潍坊报道."""
_AT_END = re.compile(
    f"(?:^|(?<=[。!?！？…”’」』)）》】 ]))[{MARK} ]*(?P<byline>{_byline(_PEN_NAME, _GAP)}){_FROM}$"
)
_LISTED_AT_END = re.compile(
    f"(?<=[。!?！？…”」])[{MARK} ]*(?P<byline>{_byline(_PEN_NAME, ' ?[:：|｜] ?', _PEN_NAME)})$"
)
_AT_END_UNSPACED = re.compile(
    f"(?:^|(?<=[。!?！？”」]))[{MARK} ]*(?P<byline>{_byline(_WRITER, _NO_GAP)}){_FROM}$"
)
_INSIDE = re.compile(
    rf"(?:^|(?<=[。!?！？…”’」』)）》】]))[{MARK} ]*(?P<byline>{_byline(_WRITER, _GAP)})"
    r"(?= |(?:近日|日前|昨[天日]|今[天日])[,，]|\d{1,2}月\d{1,2}日)"
)
_SOURCE = (
    r"(?:(?:文章|稿件|信息)?来源|稿源)[:：] ?[^\s。，,；;:：]{1,16}"
    r"(?:报|网|社|台|刊|客户端|公众号|微信|频道|新闻|发布|在线|中心|[局委办部院厅乡镇]|政府|街道|公司|大学|学校|协会)"
)
_NAMES = f"{_WRITER}(?:{SEPARATOR}{_WRITER})*"
_BRACKETED = re.compile(
    f" ?[(（【](?:{_SOURCE}[ ,，;；]+)?(?P<byline>{_byline(_PEN_NAME, _NO_GAP, _PEN_NAME, _ANY_ROLE)})"
    f"{_FROM}(?:[ ,，;；]+{_SOURCE})?[)）】]"
)
_OFFICE = rf"[{HAN}]{{2,14}}(?:[科室处股局委办部院厅乡镇村站队校所会社台]|中心|街道|公司|大学|学校|医院)"
"""Where somebody works who is no journalist."""
_BRACKETED_WORK = re.compile(
    rf" ?[(（【](?:(?:[^\s()（）。:：]{{2,14}} )?"
    r"(?P<made>作者|撰文|撰稿|整理|文|编译|供稿|供 稿|投稿)[:：｜|/／] ?"
    rf"(?:(?:{_OFFICE})[ ,，、])?(?P<makers>{_NAMES})"
    rf"|(?:{_OFFICE}[ ,，、]?)?(?P<senders>{_NAMES})[ /／](?P<sent>供稿|撰稿|撰文|整理|投稿|文)"
    r")[)）】](?=$|[。 ])"
)
"""Who made or sent in an article and is called no reporter: （整理：王芳）, （宣传科 王芳 供稿）."""
_SENT = frozenset(("供稿", "供 稿", "投稿"))
_WIRED = re.compile(rf"(?<=日电|日讯|报讯|网讯|社讯|端讯) ?[(（](?P<named>{_NAMES})[)）]")
"""An agency's writer behind its label: 中新网西宁8月19日电(王芳)."""
_SIGNED = re.compile(rf"(?<=[。!?！？”」』)）]) ?[(（](?P<named>{_NAMES})[)）]$")
"""Names alone behind an article's last sentence."""
_WHOLE_NAMES = re.compile(rf"(?:{SURNAME}[{HAN}]{{2}}|{_PADDED}|{_WRITER}{SEPARATOR}{_NAMES})")
"""Three characters, or several names: a word of two in brackets may be a remark (常态)."""
_REPORTING = re.compile(
    rf"^(?P<label>(?:(?:本报|本刊|本网)(?:讯|消息)"
    rf"|[{HAN}]{{2,10}}?(?:\d{{1,2}} ?月 ?\d{{1,2}} ?日)?(?:专?电|讯|消息)) ?)?"
    f"(?P<byline>{_byline(_WRITER, _NO_GAP)}){_FROM}"
    r"(?: ?报道(?:[:：,，] ?|$| )|(?(label) (?=\d)|(?!)))"
)
"""What stands where an agency's label would: 本报讯 记者王芳报道:"""
_CLOSED = (")", "）", "】")
_CREDITED = re.compile(
    f"(?P<role>{_ANY_ROLE}){_NO_GAP}(?P<names>[^{MARK}]*?)(?=(?:{SEPARATOR}{_CREDIT_FIRST})?(?:{_ANY_ROLE})|$)"
)
_PAD = re.compile(f"(?<![{HAN}])([{HAN}]) (?=[{HAN}](?![{HAN}]))")

_AUTHOR = (
    f"(?:作者|撰文|撰稿|文字|文)[:：/／|｜] ?(?!{_ANY_ROLE})(?P<named>{_PEN_NAME}(?:{SEPARATOR}{_WRITER})*)"
    f"(?:{_PICTURE})?"
)
_NAME_FIRST = f"(?P<first>{_NAMES})[/／](?:文|撰文)(?: ?{_NAMES}[/／](?:图片|图|摄影|摄))?"
_UNTITLED = re.compile(
    f"^[(（]?(?:(?P<mark>[□■▢◎]) ?(?P<marked>{_NAMES}){_CREDIT}"
    f"|(?:{_SOURCE} )?{_AUTHOR}(?: {_SOURCE})?|{_NAME_FIRST}|{_PICTURE}|{_SOURCE})[)）]?$"
)
"""A line that names the writer without his office, or where the text comes from: □ 王芳, 作者:王芳."""
_EDGE = 3
"""Lines at either end of an article where such a line may stand."""
_EDITOR = r"(?:本版|值班|执行|视觉)?(?:责任?编辑?|责编|编辑|校对|美编|版式|版面设计|统筹|审读)"
_NOBODY = rf"(?!{_EDITOR}|若干|不限|面议|[一二三两四五六七八九十数多][名人位])"


def _editors(name: str) -> str:
    return f"{_EDITOR}[ :：/]{{1,2}}{name}(?:{SEPARATOR}{name})*"


_EDITORS = re.compile(
    f"^[(（【]?(?:"
    f"(?:{_editors(_NOBODY + _PEN_NAME)}[ 、]*){{2,5}}"
    f"|(?!统筹|审读|编辑|校对){_editors(_NOBODY + _PEN_NAME)}"
    f"|(?P<lone>{_editors(_NOBODY + _WRITER)})"
    r")[)）】]?$"
)
_LAST = 4
"""Lines at an article's end where one of its editors may be named alone."""


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote an article, as its bylines say; distinct, in printed order."""

    reporters: tuple[str, ...]
    correspondents: tuple[str, ...]


def take_bylines(lines: list[str]) -> tuple[list[str], Byline]:
    """Take every byline out of an article's lines.

    A byline stands alone, ends a paragraph, stands between two sentences, or stands in brackets.
    Lines that held nothing else vanish.

    >>> take_bylines(["提供了根本遵循。 记者 景静", "记者 王芳 通讯员 李慧"])
    (['提供了根本遵循。'], Byline(reporters=('景静', '王芳'), correspondents=('李慧',)))

    The credit of a photograph stays in its caption; the photographer is the author only of an
    article that is nothing but captions.
    """
    kept: list[str] = []
    photographers: dict[str, None] = {}
    reporters: dict[str, None] = {}
    correspondents: dict[str, None] = {}

    def credit(role: str, names: str) -> None:
        whole = re.sub(_WORK_OF_BOTH, "", _PAD.sub(r"\1", names))
        found = (re.sub(f"(?:{_WORK_BEHIND}|^文)$", "", name) for name in re.split(SEPARATOR, whole))
        writers = correspondents if role.endswith("通讯员") or role in _SENT else reporters
        writers.update(dict.fromkeys(name for name in found if name))

    def gap(match: re.Match[str]) -> str:
        text = match.string
        apart = match[0].startswith(" ") and match[0].endswith(_CLOSED) and match.end() < len(text)
        return " " if apart and text[match.end()] != " " else ""

    def take(match: re.Match[str]) -> str:
        for credited in _CREDITED.finditer(re.sub(f"{_PICTURE}$", "", match["byline"])):
            credit(credited["role"], credited["names"])
        return gap(match)

    def take_report(match: re.Match[str]) -> str:
        take(match)
        return match["label"] or ""

    def take_work(match: re.Match[str]) -> str:
        credit(match["made"] or match["sent"], match["makers"] or match["senders"])
        return gap(match)

    def take_names(match: re.Match[str]) -> str:
        credit("", match["named"])
        return gap(match)

    whole = whole_captions(lines)
    for at, line in enumerate(whole):
        if is_caption(line):
            kept.append(line)
            photographers.update(dict.fromkeys(photographers_of(line)))
            continue
        if _names_editors(whole, at):
            continue
        if untitled := _untitled(whole, at):
            credit("", untitled["marked"] or untitled["named"] or untitled["first"] or "")
            continue
        rest = _REPORTING.sub(take_report, line)
        for pattern in (_BRACKETED, _LISTED_AT_END, _AT_END, _AT_END_UNSPACED, _INSIDE):
            rest = pattern.sub(take, rest)
        rest = _WIRED.sub(take_names, _BRACKETED_WORK.sub(take_work, rest))
        signed = _SIGNED.search(rest) if at == len(whole) - 1 else None
        if signed and _WHOLE_NAMES.fullmatch(signed["named"]):
            rest = _SIGNED.sub(take_names, rest)
        rest = rest.strip()
        if rest:
            kept.append(rest)
    if kept and not reporters and all(map(is_caption, kept)):
        reporters = photographers
    return kept, Byline(tuple(reporters), tuple(correspondents))


def is_editors_line(line: str) -> bool:
    """Tell whether a line names the people who made the page, not those who wrote the article."""
    return _EDITORS.match(line) is not None


def _names_editors(lines: list[str], at: int) -> bool:
    """Tell whether a line names editors: one alone does so at an article's ends or beside another."""
    editors = _EDITORS.match(lines[at])
    if editors is None:
        return False
    beside = (lines[n] for n in (at - 1, at + 1) if 0 <= n < len(lines))
    return (
        editors["lone"] is None
        or at == 0
        or at >= len(lines) - _LAST
        or any(_EDITORS.match(line) for line in beside)
    )


def _untitled(lines: list[str], at: int) -> re.Match[str] | None:
    """Return a line that names a writer or a source at an article's ends, and is no item of a list."""
    if _EDGE <= at < len(lines) - _EDGE:
        return None
    found = _UNTITLED.match(lines[at])
    if found is None:
        return None
    others = [line for n, line in enumerate(lines) if n != at]
    if found["mark"]:
        return None if any(line.startswith(found["mark"]) for line in others) else found
    beside = (lines[n] for n in (at - 1, at + 1) if 0 <= n < len(lines))
    listed = any(is_label(line) and not (_UNTITLED.match(line) or is_editors_line(line)) for line in beside)
    return None if listed else found
