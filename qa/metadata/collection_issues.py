"""The issues of a bulletin: how many there are, of which days, and which one a question names.

An issue is what was printed on one day: the day in a file's name, else that of the file's newest article.
Files of no day are issues of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.language.periods import Period, spoken
from qa.metadata.collection_listing import Listing, newest_first, openings, truncated
from qa.metadata.collection_words import POLITE, WHEN, as_bulletin, plain
from qa.parsing.page_names import issue_in_name
from qa.types import Article

_PAPER = "(?:的?(?:公报|报纸|报(?![道告])))?"
_HELD = "(?:一共|总共|共|都|已经?|收录|收|出版?|发行?|办|登|存|有|了|过)*"
_SUBJECT = "(?:(?:你们|这里|这儿|库里|文库|公报|报纸|目前|现在|到现在|今年)(?:里面?|上)?)*"
_COUNT = re.compile(rf"{_SUBJECT}{_HELD}(?:几|多少)期{_PAPER}了?|期数(?:是|有)?(?:几|多少)期?")
_WHICH = re.compile(
    rf"{_SUBJECT}{_HELD}(?:是|有)?(?:哪几|哪些)期{_PAPER}|(?:各|每一?|这几)期{_PAPER}(?:分别|各|都)*{WHEN}(?:的|出的?)?"
)
_NEWEST = "最[新近后]的?一?期|(?:这|本)一?期"
_OLDEST = r"(?:最[早先]的?|第)一期|头一?期|创刊号"
_BEFORE = r"(?<!\d)(?:上|前)一?期|倒数第[二2]期"
_ONE = re.compile(
    rf"(?:(?P<newest>{_NEWEST})|(?P<oldest>{_OLDEST})|(?P<before>{_BEFORE})){_PAPER}(?![工项目交款房])"
)
_ASKS_OF_IT = re.compile(f"{_PAPER}.*(?:篇|文章|报道|新闻|头条|登|刊|公报|报纸)")
_SAYS = re.compile(f"{_PAPER}(?:里面?|上)?(?:都|主要)*(?:讲|说|写|有)了?什么")
_OF_DAY = re.compile(r"(?<=\d[日号月])的?[那这]一?期" + _PAPER)
_ITS_DAY = re.compile(rf"的?(?:日期|时间)?(?:{WHEN}|哪年|多久以?前)(?:的|出版?的?|发行?的?|登的?)?{_PAPER}")


@dataclass(frozen=True, slots=True)
class Issue:
    """What was printed on one day."""

    day: dt.date | None
    articles: tuple[Article, ...]

    @property
    def is_named(self) -> bool:
        """Return whether a file's name tells the day."""
        return issue_in_name(self.articles[0].source) is not None


def issues_of(articles: Sequence[Article]) -> list[Issue]:
    """Return the issues that articles are of, oldest first, those of no day at the end."""
    own: dict[str, dt.date | None] = {}
    for source in dict.fromkeys(a.source for a in articles):
        days = [a.date for a in articles if a.source == source and a.date]
        own[source] = issue_in_name(source) or max(days, default=None)
    grouped: dict[dt.date | str, list[Article]] = {}
    for article in articles:
        grouped.setdefault(own[article.source] or article.source, []).append(article)
    found = [Issue(own[held[0].source], tuple(held)) for held in grouped.values()]
    return sorted(found, key=lambda issue: (issue.day is None, issue.day or dt.date.min))


def about_issues(question: str, articles: Sequence[Article]) -> Listing | None:
    """Answer how many issues there are, which, or of what day one is; ``None`` for any other question."""
    text = POLITE.sub("", as_bulletin(plain(question)))
    if _COUNT.fullmatch(text) or _WHICH.fullmatch(text):
        return _listed(issues_of(articles), asks_count=_COUNT.fullmatch(text) is not None)
    match = _ONE.match(text)
    if match is None or not _ITS_DAY.fullmatch(text, match.end()):
        return None
    issue = _meant(match, issues_of(articles))
    if issue is None:
        return Listing("没有收录更早的一期", None, answered=False, suggestions=tuple(articles[:3]))
    if issue.day is None:
        return Listing("收录的公报没有确定的日期", None, answered=False, suggestions=tuple(articles[:3]))
    if not issue.is_named:
        return _days_of(issue, match[0])
    day = spoken(issue.day)
    lead = f"{match[0]}是{day}的，有{len(issue.articles)}篇文章"
    return Listing(lead + truncated(issue.articles), day, openings(issue.articles))


def _days_of(issue: Issue, named: str) -> Listing:
    """Tell the days of an issue's articles, where nothing tells on which it was printed."""
    dated = sorted((a for a in issue.articles if a.date), key=lambda a: a.date or dt.date.min)
    ends = (dated[0], dated[-1]) if dated[0].date != dated[-1].date else (dated[0],)
    span = str(Period(dated[0].date, dated[-1].date))
    return Listing(f"{named}没有写明是哪天的，其中的文章是{span}的", span, openings(ends))


def with_day(question: str, articles: Sequence[Article]) -> str:
    """Return a question in which an issue is named by its day: the first, the one before the newest, 5日那期.

    The newest is known by itself; a question that asks nothing of an issue comes back as it was.
    """
    text = plain(question)
    if _OF_DAY.search(text):
        return _OF_DAY.sub("的报纸", text)
    match = _ONE.search(text)
    if match is None or match["newest"]:
        return question
    asks_of_it = _ASKS_OF_IT.match(text, match.end()) or (match["before"] and _SAYS.match(text, match.end()))
    issue = _meant(match, issues_of(articles)) if asks_of_it else None
    if issue is None or issue.day is None:
        return question
    return f"{text[: match.start()]}{spoken(issue.day)}的报纸{text[match.end() :]}"


def _meant(match: re.Match[str], issues: Sequence[Issue]) -> Issue | None:
    dated = [issue for issue in issues if issue.day] or list(issues)
    if match["before"]:
        return dated[-2] if len(dated) > 1 else None
    return dated[-1] if match["newest"] else dated[0]


def _listed(issues: Sequence[Issue], *, asks_count: bool) -> Listing:
    days = [issue.day for issue in issues if issue.day]
    count = f"{len(issues)}期"
    said = "、".join(map(spoken, days)) if len(days) <= 10 else str(Period(days[0], days[-1]))
    undated = len(issues) - len(days)
    known = "" if all(i.is_named for i in issues if i.day) else "（文件名没有写日子的，按其中最新的文章）"
    lead = f"一共收录{count}公报" + (f"：{said}{known}" if days else "")
    lead += f"，{undated}期日期不明" if undated else ""
    first = newest_first([issue.articles[0] for issue in issues])
    return Listing(lead + truncated(first), count if asks_count or not days else said, openings(first))
