"""Datelines and the year a page makes certain; a year is never guessed."""

from __future__ import annotations

import datetime as dt
import re

from qa.text import fold

_DAY = r"(?:(?:19|20)\d\d ?年 ?)?\d{1,2} ?月 ?\d{1,2} ?日"
_AGENCY = r"(?:[\u4e00-\u9fff]{1,4}(?:社|网|日报|晚报|时报|新闻)|本报|本刊)"
_LABEL = (
    r"(?:(?:本报|本刊|本网)(?:讯|消息)|[\u4e00-\u9fff]{2,8}(?:讯|电)"
    # 新华社北京12月14日电
    rf"|(?:据|综合)?{_AGENCY}[\u4e00-\u9fff]{{0,6}}(?= ?{_DAY} ?(?:专?电|讯|消息|报道))"
    r"|据[^,。]{2,20}(?:报道|消息|通报)[,:]?)?"
)
# 「3月6日本报二版《…》一文有误」 begins with the day of what it speaks of, not with its own.
_OF_A_PRINT = (
    r"(?!(?:出版的?)?(?:本报|本刊)|第?[一二三四五六七八九十百头\da-z]{1,4}版|[^,。]{0,6}刊[发登载]的?《"
    r"|《[^《》]+》(?:一文|一稿|的?报道|中))"
)
_REPORTER = rf"(?:本报)?记者(?={_DAY}(?:[上下]午)?(?:从|在|获悉|了解到|采访|来到|走进))"
"""Behind the label, before the day: 记者6月27日从区教育局获悉."""
_DATELINE = re.compile(
    rf"^\s*(?P<label>{_LABEL})\s*(?P<reporter>{_REPORTER})?(?P<text>(?:(?P<year>(?:19|20)\d\d) ?年 ?)?"
    rf"(?P<month>1[0-2]|0?[1-9]) ?月 ?(?P<day>3[01]|[12]\d|0?[1-9]) ?日){_OF_A_PRINT}"
    r"(?: ?(?P<label_behind>专?电|讯|消息|报道))?"
)
_BEGINS = re.compile(r"\s*(?:零时|0时|[上下]午)?(?:起(?!床|飞|火|草|诉)|将(?!军))")
"""Behind a day that tells when something begins or is to come, not when it was reported."""
_AHEAD = dt.timedelta(days=60)
"""How far from its issue a day without a year may be to come."""
_TOMORROW = dt.timedelta(days=1)
"""What a paper may be dated behind its news, or before it."""
FULL_DATE = re.compile(
    r"(?<![0-9a-z])(?P<year>(?:19|20)\d\d)"
    r"(?:(?P<mm>1[0-2]|0[1-9])(?P<dd>3[01]|[12]\d|0[1-9])"
    r"|(?:年|[-_.])(?P<month>1[0-2]|0?[1-9])(?:月|[-_.])(?P<day>3[01]|[12]\d|0?[1-9]))"
    r"(?=[a-d]\d{1,2}(?![0-9a-z])|(?![0-9a-z]))"
)
"""A day with its year in folded text, as file names hold it; a page's letter may stand right behind (A03)."""
_YEAR = r"((?:19|20)\d\d) ?年"
# What a text says of its own year, with the distance from the year it names to the year it was written in.
_CERTAIN = (
    (re.compile(rf"今年(?:\(|是){_YEAR}"), 0),
    (re.compile(rf"{_YEAR}\(今年\)"), 0),
    (re.compile(rf"明年(?:\(|是){_YEAR}"), -1),
    (re.compile(rf"去年(?:\(|是){_YEAR}"), 1),
)
_YEARS_END, _YEARS_START = frozenset({11, 12}), frozenset({1, 2})
_PLANS_AHEAD = re.compile(rf"(?:超前|提前|提早)(?:谋划|布局|规划|安排|部署){_YEAR}[^,。;]{{0,4}}工作")


def parse_dateline(paragraph: str) -> tuple[str, int | None, int, int] | None:
    """Return ``(text as printed, year or None, month, day)`` of a paragraph's opening date.

    >>> parse_dateline("本报讯 12月14日,区委常委会召开会议")
    ('12月14日', None, 12, 14)
    >>> parse_dateline("本报讯 记者12月14日从区教育局获悉,学校开学")
    ('12月14日', None, 12, 14)
    >>> parse_dateline("12月14日本报头版《区委常委会召开会议》一文有误") is None
    True
    """
    match = _DATELINE.match(fold(paragraph))
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else None
    return paragraph[match.start("text") : match.end("text")], year, int(match["month"]), int(match["day"])


def date_in_name(name: str) -> dt.date | None:
    """Return the one full date that a file name holds (2021-12-15, 20211215, 2021年12月15日)."""
    found = {
        _valid(int(m["year"]), int(m["mm"] or m["month"]), int(m["dd"] or m["day"]))
        for m in FULL_DATE.finditer(fold(name))
    }
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def certain_year(text: str, month: int) -> int | None:
    """Return the year a page's own words fix for a dateline in ``month``; ``None`` in doubt.

    「今年(2021年)」 names it outright, but not where datelines stand on both sides of a new year: which of
    them it goes with is not said. Work that is planned ahead for a year, in the last quarter, is planned in
    the year before. Statements that contradict each other fix nothing.

    >>> certain_year("科学谋划、超前布局2022年各项工作", 12)
    2021
    """
    folded = fold(text)
    years = {int(year) + step for pattern, step in _CERTAIN for year in pattern.findall(folded)}
    if years and month in _YEARS_END | _YEARS_START and _spans_a_new_year(folded):
        years.clear()
    if month >= 10:
        years |= {int(year) - 1 for year in _PLANS_AHEAD.findall(folded)}
    return years.pop() if len(years) == 1 else None


def resolve(
    month: int,
    day: int,
    *,
    year: int | None,
    issue: dt.date | None,
    page_year: int | None,
    labelled: bool = True,
) -> dt.date | None:
    """Return the day of an article from its dateline: its own year, else the last such day up to the issue.

    Without an issue the page's year counts. A day that lies ahead of the issue is that of what the article
    announces, and one before the day of the news, without a 「本报讯」, that of what it looks back on: such
    an article is of its issue.

    Args:
        month: of the dateline.
        day: of the dateline.
        year: that the dateline names.
        issue: the day of the issue, where it is known.
        page_year: that the page's own words fix.
        labelled: whether the dateline says that it is one (讯, 电).
    """
    if year is not None:
        own = _valid(year, month, day)
        if own is None or issue is None:
            return own
        return issue if own > issue + _TOMORROW else _told(own, issue, labelled)
    if issue is None:
        return _valid(page_year, month, day) if page_year is not None else None
    for coming in (_valid(issue.year, month, day), _valid(issue.year + 1, month, day)):
        if coming is not None and issue < coming <= issue + _AHEAD:
            return coming if coming <= issue + _TOMORROW and coming.year == issue.year else issue
    same_year = _valid(issue.year, month, day)
    past = same_year if same_year is not None and same_year <= issue else _valid(issue.year - 1, month, day)
    return _told(past, issue, labelled) if past else None


def _told(day: dt.date, issue: dt.date, labelled: bool) -> dt.date:
    """Return the day of an article that opens with a day of the past."""
    return day if labelled or day >= issue - _TOMORROW else issue


def dated(paragraph: str, issue: dt.date | None, page_text: str) -> tuple[dt.date | None, str | None]:
    """Return the day of an article and the dateline that tells it, as printed, from its opening paragraph.

    Args:
        paragraph: that opens the article.
        issue: the day of its issue, where it is known.
        page_text: all of its page, which may fix the year.

    >>> dated("12月14日,区委常委会召开会议。", dt.date(2021, 12, 15), "")
    (datetime.date(2021, 12, 14), '12月14日')
    >>> dated("1月1日起,施行新规。", dt.date(2021, 12, 31), "")
    (datetime.date(2021, 12, 31), None)
    """
    folded = fold(paragraph)
    match = _DATELINE.match(folded)
    if match is None or (issue is not None and _BEGINS.match(folded, match.end("text"))):
        return issue, None
    month, day = int(match["month"]), int(match["day"])
    year = int(match["year"]) if match["year"] else None
    found = resolve(
        month,
        day,
        year=year,
        issue=issue,
        page_year=certain_year(page_text, month),
        labelled=bool(match["label"] or match["reporter"] or match["label_behind"]),
    )
    printed = paragraph[match.start("text") : match.end("text")]
    its_own = found is None or ((found.month, found.day) == (month, day) and year in (None, found.year))
    return found, printed if its_own else None


def _spans_a_new_year(folded: str) -> bool:
    datelines = filter(None, map(_DATELINE.match, folded.split("\n")))
    months = {int(match["month"]) for match in datelines if not match["year"]}
    return bool(months & _YEARS_END and months & _YEARS_START)


def _valid(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
