"""Questions about the collection itself: which articles, by whom, of when, what of; answered from metadata.

Every answer is exact and cites each article it lists. Where nothing fits, the answer says what was looked for
and what there is; a question that is not plainly about the collection is left to reading.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.language.periods import Period, spoken, years_earlier
from qa.metadata.collection_about import about, named_in_headline, nearest, tells_of_a_work
from qa.metadata.collection_issues import about_issues, with_day
from qa.metadata.collection_listing import (
    MAX_LISTED,
    Listing,
    described,
    newest_first,
    openings,
    quoted,
    signers,
    truncated,
    undated,
)
from qa.metadata.collection_questions import parse, unknown_writer
from qa.metadata.collection_request import Request
from qa.metadata.collection_signers import (
    are_signed_alike,
    busiest,
    fits_byline,
    identities,
    is_signed_by,
    writers_of,
)
from qa.metadata.digest import salient
from qa.parsing.dates import parse_dateline, resolve
from qa.parsing.page_names import issue_in_name, page_in_name, page_number
from qa.text import fold
from qa.types import Article

_PRINTED = re.compile(r"(?:登|刊|见报|上报)(?:出来?|登|载|发|报)?[了的过]*[?？。呀啊呢]*$")
"""Asked so, a day is that of the paper."""
_POINTS = 5
"""Sentences of one article's digest."""
_A_FEW = range(2, 11)


def folded_body(article: Article) -> str:
    """Return an article's body as matching sees it."""
    return fold(article.body)


def look_up(
    question: str, articles: Sequence[Article], body: Callable[[Article], str] = folded_body
) -> Listing | None:
    """Answer a question about the collection, ``None`` where it is not one.

    Args:
        question: standalone.
        articles: those that may be used.
        body: gives an article's folded body; a snapshot keeps them ready.
    """
    if not articles:
        return None
    writers = dict.fromkeys(name for a in articles for name in signers(a))
    newest = max((a.date for a in articles if a.date), default=None)
    if issues := about_issues(question, articles):
        return issues
    request = parse(with_day(question, articles), writers=writers, newest=newest)
    if request is not None and request.kind == "day":
        request = replace(request, printed=_PRINTED.search(question) is not None)
    if request is None:
        return _nobody(question, articles, tuple(writers), body)
    if (
        request.kind == "writer"
        and not request.role
        and any(w in body(a) for w in request.writers for a in articles)
    ):
        return None  # the news tell of somebody of that name
    pool = _issue(articles) if request.issue else articles
    if request.page:
        pool = [a for a in _of_newest_day(articles) if page_number(page_in_name(a.source)) == request.page]
    if request.period is not None:
        request = replace(request, period=_period(request, articles))
        pool = _of_days(request, pool)
    if request.kind == "same":
        return are_signed_alike(request, pool, body)
    if request.kind != "signed_by":
        pool = [a for a in pool if fits_byline(request, a)]
    if request.topic:
        found = about(request, pool, body)
        if not found and request.topic_kind in ("implied", "piece", "news", "told"):
            if (
                request.kind == "writers"
                and _PIECE.search(question)
                and _is_none_of_theirs(request, pool, body)
            ):
                return _unknown_piece(request, pool)
            return _nobody(question, articles, tuple(writers), body)
        if request.topic_kind == "meeting" and len(found) != 1:
            return None
        pool = found
    if request.these is not None and len(pool) not in ([request.these] if request.these else _A_FEW):
        return None  # other articles are meant
    if request.extreme and pool:
        pool = _extremes(request, pool)
        if not pool:
            return _undatable(request, "最新" if request.extreme == "newest" else "最早")
    if request.kind == "events" and not pool:
        return None  # no article is of that day, but one may tell of it
    return _answer(request, pool, articles)


_PIECE = re.compile("[那这][一]?[篇条则]")


def _unknown_piece(request: Request, pool: Sequence[Article]) -> Listing:
    """Say that it is not clear which article is meant, where only its byline could tell the answer."""
    return Listing(f"没有认出“{request.topic}”是哪一篇", None, answered=False, suggestions=tuple(pool[:3]))


def _is_none_of_theirs(request: Request, pool: Sequence[Article], body: Callable[[Article], str]) -> bool:
    """Tell whether a piece that is asked about can only be an article, no essay that the news tell of."""
    if re.match("[这那该此]", request.topic):
        return False
    near = nearest(request.topic, pool)
    return request.topic_kind == "news" or not any(tells_of_a_work(body(a)) for a in near)


def _of_days(request: Request, articles: Sequence[Article]) -> list[Article]:
    """Return the articles of some days: their own, that of their issue; else those that open with one.

    What happened on a day is told by articles that are of it themselves.
    """
    period = request.period
    if period is None:
        return []
    of_issue = request.kind != "events"
    found = [
        a for a in articles if period.holds(a.date) or (of_issue and period.holds(issue_in_name(a.source)))
    ]
    return found or [a for a in articles if period.holds(_opens_with(a))]


def _opens_with(article: Article) -> dt.date | None:
    """Return the day that an article's text begins with."""
    first = parse_dateline(article.body.split("\n", 1)[0])
    if first is None or article.date is None:
        return None
    _, year, month, day = first
    return resolve(month, day, year=year, issue=article.date, page_year=None)


def _period(request: Request, articles: Sequence[Article]) -> Period | None:
    """Return the days a request means: of the year that was added, or else the last that has any article."""
    period = request.period
    days = [day for a in articles for day in (a.date, issue_in_name(a.source)) if day]
    if period is None or period.first is None or not request.any_year or not days:
        return period
    for years in range(period.first.year - min(days).year + 1):
        earlier = years_earlier(period, years)
        if any(earlier.holds(day) for day in days):
            return earlier
    return period


def _answer(request: Request, pool: Sequence[Article], articles: Sequence[Article]) -> Listing | None:
    if request.kind == "span":
        return _span(articles)
    if not pool:
        return _nothing(request, articles)
    match request.kind:
        case "newest" | "oldest":
            return _extreme(request, pool)
        case "writers":
            return writers_of(request, pool)
        case "busiest":
            return busiest(request, pool)
        case "fullest":
            return _fullest(pool)
        case "undated":
            return _without_day(request, pool)
        case "signed_by":
            return is_signed_by(request, pool)
        case "writer":
            return identities(request, pool)
        case "day":
            return _day(request, pool)
        case "digest" | "events":
            return _digest(request, pool)
        case _:
            return _listed(request, pool)


def _listed(request: Request, pool: Sequence[Article]) -> Listing:
    count = f"{len(pool)}篇"
    scope = described(request)
    if request.more and request.writers:
        lead = f"{scope}的文章{'只有这一篇' if len(pool) == 1 else f'一共有{count}，包括已经说到的'}"
        return Listing(lead + truncated(pool), "只有这一篇" if len(pool) == 1 else count, openings(pool))
    lead = f"{scope}的文章有{count}" if scope else f"一共收录{count}文章"
    short = pool[0].title if request.kind == "list" and len(pool) == 1 else count
    return Listing(lead + _reckoned(request, pool) + truncated(pool), short, openings(pool))


def _reckoned(request: Request, pool: Sequence[Article]) -> str:
    """Say why articles were counted whose headline or date does not show it."""
    said = ""
    if request.period is not None:
        of_issue = [a for a in pool if not request.period.holds(a.date)]
        told = sum(not request.period.holds(issue_in_name(a.source)) for a in of_issue)
        said += _some(told, pool, "是开头写到这个日期的")
        said += _some(len(of_issue) - told, pool, "按登出的日子算")
    if request.topic and request.topic_kind in ("about", "told", "implied"):
        told = len(pool) - len(named_in_headline(request.topic, pool))
        said += _some(told, pool, "是正文讲到的，标题没有写到")
    return said


def _some(count: int, pool: Sequence[Article], said: str) -> str:
    of_them = "都" if count == len(pool) else f"其中{count}篇"
    return f"，{of_them}{said}" if count else ""


def _without_day(request: Request, pool: Sequence[Article]) -> Listing:
    dayless = [a for a in pool if a.date is None]
    if not dayless:
        return Listing("收录的文章都有确定的日期", None, answered=False)
    count = f"{len(dayless)}篇"
    short = dayless[0].title if len(dayless) == 1 and not request.counted else count
    return Listing(f"日期不明的文章有{count}" + truncated(dayless), short, openings(dayless))


def _extreme(request: Request, pool: Sequence[Article]) -> Listing | None:
    word = "最新" if request.kind == "newest" else "最早"
    found = _extremes(request, pool)
    if not found or found[0].date is None:
        return _undatable(request, word)
    scope = described(request)
    if request.number and request.number > 1:
        return Listing(f"{scope}{word}的{len(found)}篇", f"{len(found)}篇", openings(found))
    lead = f"{scope}{word}的是{spoken(found[0].date)}的报道" + truncated(found)
    return Listing(lead, found[0].title, openings(found))


def _extremes(request: Request, pool: Sequence[Article]) -> list[Article]:
    """Return the newest or oldest articles: as many as are asked for, else those of their day."""
    back = -1 if "newest" in (request.kind, request.extreme) else 1
    dated = sorted(((a.date, a) for a in pool if a.date), key=lambda item: item[0].toordinal() * back)
    if request.number and request.number > 1:
        return [a for _, a in dated[: request.number]]
    return [a for on, a in dated if on == dated[0][0]]


def _undatable(request: Request, word: str) -> Listing:
    scope = described(replace(request, extreme=None)) or "收录"
    return Listing(f"{scope}的文章日期都不明，说不出哪篇{word}", None, answered=False)


def _fullest(pool: Sequence[Article]) -> Listing:
    counts = Counter(a.date for a in pool if a.date)
    if not counts:
        return Listing("收录的文章都没有确定的日期", None, answered=False)
    most = max(counts.values())
    days = sorted(day for day, count in counts.items() if count == most)
    found = [a for a in pool if a.date in days]
    joined = "、".join(map(spoken, days))
    each = "各" if len(days) > 1 else ""
    return Listing(f"报道最多的是{joined}，{each}{most}篇" + truncated(found), joined, openings(found))


def _day(request: Request, pool: Sequence[Article]) -> Listing:
    issues = {issue_in_name(a.source) for a in pool}
    if request.printed and len(issues) == 1 and (issue := issues.pop()):
        day = spoken(issue)
        return Listing(f"登在{day}的公报上（文件名里写的日子）", day, openings(pool))
    dated = [a for a in pool if a.date or a.date_text]
    if not dated:
        titles = "、".join(f"《{a.title}》" for a in pool[:3])
        return Listing(f"{titles}没有写明日期", None, answered=False, suggestions=tuple(pool[:3]))
    days = list(dict.fromkeys(spoken(a.date) if a.date else a.date_text or "" for a in dated))
    return Listing(
        f"{described(request) + '的报道' if request.extreme else '报道的'}日期是{'、'.join(days)}",
        days[0] if len(days) == 1 else "、".join(days),
        openings(dated),
    )


def _digest(request: Request, pool: Sequence[Article]) -> Listing:
    if not (request.issue or request.topic or request.period or request.writers or request.extreme):
        pool = _issue(pool)
    if len(pool) == 1:
        (article,) = pool
        spans = salient(article, _POINTS, skip_opening=request.more)
        lead = f"《{article.title}》{'还' if request.more else ''}讲了这些"
        return Listing(lead, None, tuple(quoted(article, *span) for span in spans), lines=True)
    found = newest_first(pool)[:MAX_LISTED] if len(pool) > MAX_LISTED else pool
    points = tuple(quoted(article, *salient(article, 1)[0]) for article in found)
    lead = f"{described(request) or '这一期'}的{len(pool)}篇文章讲了这些" + truncated(pool)
    return Listing(lead, None, points, lines=True)


def _span(articles: Sequence[Article]) -> Listing:
    days = sorted({a.date for a in articles if a.date})
    if not days:
        return Listing("收录的文章都没有确定的日期", None, answered=False)
    ends = [next(a for a in articles if a.date == day) for day in dict.fromkeys((days[0], days[-1]))]
    span = str(Period(days[0], days[-1]))
    dated = sum(a.date is not None for a in articles)
    return Listing(f"收录的文章有{span}的，共{dated}篇{undated(articles)}", span, openings(ends))


def _nothing(request: Request, articles: Sequence[Article]) -> Listing:
    """Say what was looked for and what there is instead."""
    if request.page and not any(page_in_name(a.source) for a in articles):
        return Listing(
            "收录的文章没有注明版次，说不出哪一版有哪些",
            None,
            answered=False,
            suggestions=tuple(newest_first(articles)[:3]),
        )
    near = nearest(request.topic, articles) if request.topic else ()
    lead = f"没有找到{described(request) or '这样'}的文章"
    if request.without or request.lacking:
        rest = replace(request, without=(), lacking=())
        signed = "、".join(request.without or request.lacking[-1:] * (len(request.lacking) == 1))
        lead = f"{described(rest) or '收录'}的文章都有{signed}署名"
    if request.period is not None:
        days = sorted(a.date for a in articles if a.date)
        lead += f"；收录的文章日期是{Period(days[0], days[-1])}" if days else "；收录的文章都没有确定的日期"
        lead += undated(articles)
    return Listing(lead, None, answered=False, suggestions=tuple(near or newest_first(articles)[:3]))


def _nobody(
    question: str, articles: Sequence[Article], writers: Sequence[str], body: Callable[[Article], str]
) -> Listing | None:
    """Say that somebody has signed nothing, where a question asks for his articles and no text names him."""
    asked = unknown_writer(question)
    if asked is None or not writers:
        return None
    name, called_reporter = asked
    if not called_reporter and any(name in body(a) for a in articles):
        return None
    known = "、".join(writers[:10]) + ("等" if len(writers) > 10 else "")
    return Listing(
        f"没有署名“{name}”的文章；收录文章的署名有{known}",
        None,
        answered=False,
        suggestions=tuple(articles[:3]),
    )


def _issue(articles: Sequence[Article]) -> Sequence[Article]:
    """Return the newest page: the newest article's file, or its day where the file holds no other."""
    newest = max((a for a in articles if a.date), key=lambda a: (a.date, a.source), default=None)
    if newest is None:
        return articles
    page = [a for a in articles if a.source == newest.source]
    return page if len(page) > 1 else [a for a in articles if a.date == newest.date]


def _of_newest_day(articles: Sequence[Article]) -> Sequence[Article]:
    """Return the articles of the newest day that a source's name tells, whatever their page; else all."""
    days = {a.source: issue_in_name(a.source) for a in articles}
    newest = max((day for day in days.values() if day), default=None)
    return [a for a in articles if newest is None or days[a.source] == newest]
