"""What is printed over a newspaper's pages: the paper's name, the day, the issue's number, the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.parsing.dates import date_in_name
from qa.parsing.page_names import PAGE_NUMBER
from qa.text import HAN

_DAY = r"\d{4}(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}|\.\d{1,2}\.\d{1,2})"
_PAGE_MARK = re.compile(
    rf"^[\[【=\-—– ]*(?:\S{{2,8}}[报刊] )?"
    rf"(?:{_DAY} ?(?:星期[一二三四五六日天])? ?)?"
    rf"第?\s*(?P<page>{PAGE_NUMBER})\s*版[:：·\- ]*[\u4e00-\u9fff·]{{0,8}}[\]】=\-—– ]*$"
)
_LUNAR = r"农历\S{2,8}(?: [闰正一二三四五六七八九十冬腊月初廿卅]{2,7})?"
_MASTHEAD = re.compile(
    rf"^(?:[ |｜]*(?:(?P<day>{_DAY})|第\s*(?P<page>{PAGE_NUMBER})\s*版"
    r"|(?P<other>星期[一二三四五六日天]|总?第\d+期|第\d+号|(?:今日|本期)共?\d{1,2}版"
    rf"|{_LUNAR}|(?:(?<=[ |｜])|(?<!.))[{HAN}]{{2,8}}[报刊](?=[ |｜]|$))))+$"
)
_ONLY_A_DAY = re.compile(rf"^{_DAY}$")
_CHARS = 80


@dataclass(frozen=True, slots=True)
class RunningHead:
    """What a line of page furniture tells."""

    page: str | None
    """The number of the page."""
    issue: str | None
    """The line, where it dates its page."""


def running_head(line: str) -> RunningHead | None:
    """Return what a line tells that is printed over a page; ``None`` where it is text, or but a day.

    >>> running_head("星期三 2021年12月15日 第1234期").issue is not None, running_head("2021年12月15日")
    (True, None)
    """
    if len(line) > _CHARS:
        return None
    mark = _PAGE_MARK.match(line)
    if mark is None:
        mark = _MASTHEAD.match(line)
        if mark is None or not mark["day"] or not (mark["other"] or mark["page"]):
            return None
    return RunningHead(mark["page"], line if date_in_name(line) else None)


def is_day(line: str) -> bool:
    """Tell whether a line is a full date and nothing else."""
    return _ONLY_A_DAY.match(line) is not None
