"""Undo what a newspaper page's layout does to running text: column breaks and bylines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.names import NAME
from qa.text import HAN

_ENDS_PARAGRAPH = re.compile(r"[。!?！？…][”’」』)）》】]*$|[”’」』]$")
_SUBHEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+[章节条])[^,，。;；]{1,28}$"
)
_SPACES = re.compile(r"[ \t\u3000\xa0]+")

_PEN_NAME = f"[{HAN}·]{{2,4}}"
_REPORTER = r"(?:本报|本刊|本网|全媒体|融媒体?|见习|实习|特约|首席|驻[^\s]{2,6})*记者"
_CORRESPONDENT = r"(?:本报|本刊|特约)?通讯员"
_CREDIT = r"(?:[ /]*(?:文/图|文并图|摄影报道|整理|文|图|摄))?"
_SEPARATOR = r"[ 、,，/]{1,2}"


def _byline(name: str, gap: str) -> str:
    role = f"(?:{_REPORTER}|{_CORRESPONDENT})"
    group = f"{role}{gap}{name}(?:{_SEPARATOR}{NAME})*{_CREDIT}"
    return f"{group}(?:{_SEPARATOR}{group})*"


_AT_END = re.compile(
    f"(?:^|(?<=[。!?！？…”’」』)）》】 ]))[□■▢ ]*(?P<byline>{_byline(_PEN_NAME, '[ ::]+')})$"
)
_AT_END_UNSPACED = re.compile(f"(?:^|(?<=[。!?！？”」]))[□■▢ ]*(?P<byline>{_byline(NAME, '[ ::]*')})$")
_INSIDE = re.compile(f"(?:^|(?<=[。!?！？…”’」』)）》】])) *(?P<byline>{_byline(NAME, '[ ::]+')})(?= )")
_BRACKETED = re.compile(f" ?[(（【](?P<byline>{_byline(_PEN_NAME, '[ ::]*')})[)）】]")
_CREDITED = re.compile(
    f"(?P<role>{_REPORTER}|{_CORRESPONDENT})[ ::]*(?P<names>[^□■]*?)"
    f"(?={_SEPARATOR}(?:{_REPORTER}|{_CORRESPONDENT})|$)"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote an article, as its bylines say; distinct, in printed order."""

    reporters: tuple[str, ...]
    correspondents: tuple[str, ...]


def tidy_line(line: str) -> str:
    """Return a line without indentation, its inner runs of blanks made one space."""
    return _SPACES.sub(" ", line).strip()


def take_bylines(lines: list[str]) -> tuple[list[str], Byline]:
    """Take every byline out of an article's lines.

    A byline stands alone, ends a paragraph, stands between two sentences, or stands in brackets.
    Lines that held nothing else vanish.

    >>> take_bylines(["提供了根本遵循。 记者 景静", "记者 王芳 通讯员 李慧"])
    (['提供了根本遵循。'], Byline(reporters=('景静', '王芳'), correspondents=('李慧',)))
    """
    kept: list[str] = []
    reporters: dict[str, None] = {}
    correspondents: dict[str, None] = {}

    def take(match: re.Match[str]) -> str:
        for credit in _CREDITED.finditer(match["byline"]):
            names = re.sub(f"{_CREDIT}$", "", credit["names"])
            role = correspondents if credit["role"].endswith("通讯员") else reporters
            role.update(dict.fromkeys(name for name in re.split(r"[ 、,，/]+", names) if name))
        return ""

    for line in lines:
        rest = line
        for pattern in (_BRACKETED, _AT_END, _AT_END_UNSPACED, _INSIDE):
            rest = pattern.sub(take, rest)
        rest = rest.strip()
        if rest:
            kept.append(rest)
    return kept, Byline(tuple(reporters), tuple(correspondents))


def join_broken(lines: list[str]) -> list[str]:
    """Join paragraphs that a column break cut in the middle of a sentence, even of a word.

    A paragraph that ends with a full stop, question mark, exclamation mark, ellipsis or closing
    quote stays one, and so does a numbered sub-heading.

    >>> join_broken(["力争更多的规", "划进入“大盘子”。", "一、总体要求", "加快建设。"])
    ['力争更多的规划进入“大盘子”。', '一、总体要求', '加快建设。']
    """
    paragraphs: list[str] = []
    open_sentence = False
    for line in lines:
        heading = _SUBHEADING.match(line) is not None
        if open_sentence and not heading:
            gap = " " if _latin(paragraphs[-1][-1]) and _latin(line[0]) else ""
            paragraphs[-1] += gap + line
        else:
            paragraphs.append(line)
        open_sentence = not heading and not _ENDS_PARAGRAPH.search(line)
    return paragraphs


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
