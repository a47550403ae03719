"""Undo what a newspaper page's layout does to running text: column breaks and bylines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.captions import CORRESPONDENT, MARK, REPORTER, SEPARATOR, is_caption, photographers_of, whole_captions
from qa.names import NAME
from qa.tables import ENDS_PARAGRAPH, is_row
from qa.text import HAN

_SUBHEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+[章节条])[^,，。;；]{1,28}$"
)
SUBHEADING_MARK = "### "
"""Before a line that is a heading within an article."""
_TABLE_TITLE = re.compile(r"^(?:附?表[一二三四五六七八九十\d]*[ :：]|[(（]?单位[:：])[^。]{1,40}$")

_PEN_NAME = f"[{HAN}·]{{2,4}}"
_WORK = r"文[/／]图|图[/／]文|文并图|摄影报道|摄影|整理|文|图|摄"
_CREDIT = f"(?:[ /／]*(?:{_WORK}))?"
_CREDIT_FIRST = f"(?:(?:{_WORK})[ :：/／]*)?"


def _byline(name: str, gap: str) -> str:
    role = f"(?:{REPORTER}|{CORRESPONDENT})"
    group = f"{_CREDIT_FIRST}{role}{gap}{name}{_CREDIT}(?:{SEPARATOR}{NAME}{_CREDIT})*"
    return f"{group}(?:{SEPARATOR}{group})*"


_AT_END = re.compile(
    f"(?:^|(?<=[。!?！？…”’」』)）》】 ]))[{MARK} ]*(?P<byline>{_byline(_PEN_NAME, '[ :：]+')})$"
)
_AT_END_UNSPACED = re.compile(f"(?:^|(?<=[。!?！？”」]))[{MARK} ]*(?P<byline>{_byline(NAME, '[ :：]*')})$")
_INSIDE = re.compile(
    f"(?:^|(?<=[。!?！？…”’」』)）》】]))[{MARK} ]*(?P<byline>{_byline(NAME, '[ :：]+')})(?= )"
)
_BRACKETED = re.compile(f" ?[(（【](?P<byline>{_byline(_PEN_NAME, '[ :：]*')})[)）】]")
_EDITORS = re.compile(
    r"^[(（【]?(?:(?:本版|值班|执行|视觉)?"
    r"(?:责任?编辑?|责编|编辑|校对|美编|版式|版面设计|统筹|审读)"
    r"[ :：/][^。,，]{1,14}[ 、]*){1,5}[)）】]?$"
)
_CLOSED = (")", "）", "】")
_CREDITED = re.compile(
    f"(?P<role>{REPORTER}|{CORRESPONDENT})[ :：]*(?P<names>[^{MARK}]*?)"
    f"(?={SEPARATOR}(?:{REPORTER}|{CORRESPONDENT})|$)"
)


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

    def take(match: re.Match[str]) -> str:
        for credit in _CREDITED.finditer(match["byline"]):
            names = (re.sub(f"{_CREDIT}$", "", name) for name in re.split(SEPARATOR, credit["names"]))
            role = correspondents if credit["role"].endswith("通讯员") else reporters
            role.update(dict.fromkeys(name for name in names if name))
        text = match.string
        apart = match[0].startswith(" ") and match[0].endswith(_CLOSED) and match.end() < len(text)
        return " " if apart and text[match.end()] != " " else ""

    for line in whole_captions(lines):
        if is_caption(line):
            kept.append(line)
            photographers.update(dict.fromkeys(photographers_of(line)))
            continue
        if is_editors_line(line):
            continue
        rest = line
        for pattern in (_BRACKETED, _AT_END, _AT_END_UNSPACED, _INSIDE):
            rest = pattern.sub(take, rest)
        rest = rest.strip()
        if rest:
            kept.append(rest)
    if kept and not reporters and all(map(is_caption, kept)):
        reporters = photographers
    return kept, Byline(tuple(reporters), tuple(correspondents))


def join_broken(lines: list[str]) -> list[str]:
    """Join paragraphs that a column break cut in the middle of a sentence, even of a word.

    A paragraph that ends with a full stop, question mark, exclamation mark, ellipsis or closing
    quote stays one, and so does a numbered sub-heading.

    >>> join_broken(["力争更多的规", "划进入“大盘子”。", "一、总体要求", "加快建设。"])
    ['力争更多的规划进入“大盘子”。', '一、总体要求', '加快建设。']
    """
    paragraphs: list[str] = []
    open_sentence = -1  # where the sentence began that the next line may go on with
    for line in lines:
        if is_caption(line):
            paragraphs.append(line)  # the sentence around the picture goes on after it
            continue
        if is_row(line) or _TABLE_TITLE.match(line):
            paragraphs.append(" ".join(line.split()))
            open_sentence = -1
            continue
        if line.startswith(SUBHEADING_MARK):
            paragraphs.append(line.removeprefix(SUBHEADING_MARK))
            open_sentence = -1
            continue
        heading = is_subheading(line)
        if open_sentence >= 0 and not heading:
            before = paragraphs[open_sentence]
            paragraphs[open_sentence] = (
                before + (" " if _latin(before[-1]) and _latin(line[0]) else "") + line
            )
        else:
            open_sentence = len(paragraphs)
            paragraphs.append(line)
        if heading or ENDS_PARAGRAPH.search(line):
            open_sentence = -1
    return paragraphs


def is_subheading(line: str) -> bool:
    """Tell whether a line is a heading within an article, marked or numbered."""
    return line.startswith(SUBHEADING_MARK) or _SUBHEADING.match(line) is not None


def is_editors_line(line: str) -> bool:
    """Tell whether a line names the people who made the page, not those who wrote the article."""
    return _EDITORS.match(line) is not None


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
