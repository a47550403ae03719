"""Which articles a question's time favours: those of the days it names, the newest for 「目前」「最新」."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.language.periods import Period, years_earlier
from qa.language.time_expressions import find_times, prefers_newest
from qa.text import fold
from qa.types import Evidence

PERIOD_BONUS = 0.5
OTHER_YEAR_BONUS = 0.3
RECENCY_BONUS = 0.2
"""In standard deviations of the fused score: enough to decide between passages that fit alike."""
REPORTED_WITHIN = dt.timedelta(days=2)
"""A paper reports what happened up to so many days before its date."""


@dataclass(frozen=True, slots=True)
class TimeWish:
    """What a question's words say about the time of the articles that answer it."""

    period: Period | None
    """Days the article should be of."""
    newest: bool
    words: str
    """Relative times in full, as an article would print them (上周五 → 12月10日); empty for none."""
    any_year: bool = False
    """Whether the words name no year: the nearest one is meant first, an earlier one failing that."""


def time_wish(question: str, newest: dt.date | None) -> TimeWish:
    """Return what a question says of the time of its answer.

    Args:
        question: standalone.
        newest: the day of the newest article, which relative times are counted from.

    >>> time_wish("上周五开了什么会?", dt.date(2021, 12, 14)).words
    '12月10日'
    """
    times = [t for t in find_times(question, newest) if t.certainty != "vague" or t.of_any_year(question)]
    period = times[0].period if len(times) == 1 else None
    folded = fold(question)
    words = []
    for time in times:
        first, last = time.period.first, time.period.last
        if first is not None and first == last and f"{first.month}月" not in folded:
            words.append(f"{first.month}月{first.day}日")
    any_year = period is not None and times[0].of_any_year(question)
    return TimeWish(period, prefers_newest(question), " ".join(words), any_year)


def time_bonus(wish: TimeWish, dates: Sequence[dt.date | None]) -> NDArray[np.float64]:
    """Return what to add to the fused scores of candidates by the dates of their articles.

    An article without a certain date gets nothing. Where the newest is asked for, the newest candidate gets
    ``RECENCY_BONUS``, the others less by the rank of their date.
    """
    bonus = np.zeros(len(dates))
    if wish.period is not None:
        bonus += [_of_period(wish.period, day, any_year=wish.any_year) for day in dates]
    if wish.newest:
        days = sorted({day for day in dates if day})
        ranks = {day: (rank + 1) / len(days) for rank, day in enumerate(days)}
        bonus += RECENCY_BONUS * np.array([ranks[day] if day else 0.0 for day in dates])
    return bonus


def _of_period(period: Period, day: dt.date | None, *, any_year: bool) -> float:
    reported = Period(period.first, period.last and period.last + REPORTED_WITHIN)
    if reported.holds(day):
        return PERIOD_BONUS
    if not any_year or day is None or reported.first is None:
        return 0.0
    back = range(reported.first.year - day.year, reported.first.year - day.year + 2)
    earlier = any(years_earlier(reported, years).holds(day) for years in back if years > 0)
    return OTHER_YEAR_BONUS if earlier else 0.0


_LONGEST_MONTH = dt.timedelta(days=31)


def of_then_first(
    question: str, evidence: Sequence[Evidence], newest: dt.date | None, within: float
) -> tuple[Evidence, ...]:
    """Return evidence with what an article of the month asked about tells of that month in front.

    Of 「到6月中旬投了多少」 an article of December says nothing, unless its sentence names June; the figure
    that one of June tells is meant, though it need not name the month of its own day.

    Args:
        question: standalone.
        evidence: best first.
        newest: the day of the newest article, which relative times are counted from.
        within: how far (log-odds) behind the best one's score the other article's sentence may be.
    """
    times = find_times(question, newest)
    if len(times) != 1 or not evidence or _TO_COME.search(question):
        return tuple(evidence)
    period, best = times[0].period, evidence[0]
    if period.first is None or period.last is None or period.last - period.first >= _LONGEST_MONTH:
        return tuple(evidence)
    any_year = times[0].of_any_year(question)

    def of_then(one: Evidence) -> bool:
        return one.article.date is not None and _of_period(period, one.article.date, any_year=any_year) > 0

    if (
        of_then(best)
        or _MONTH.search(fold(best.quote))
        or fold(question[times[0].start : times[0].end]) in fold(best.quote)
    ):
        return tuple(evidence)
    front = [e for e in evidence if best.score - e.score <= within and of_then(e)]
    return (*front, *(e for e in evidence if e not in front))


_TO_COME = re.compile("计划|打算|预计|准备|目标|力争|[要将前起]")
"""What is to be by a time is told before it."""
_MONTH = re.compile(r"(?<!\d)(?:1[0-2]|[1-9])月(?!\d)|[年月]底|年初|季度|半年")


def newest_first(evidence: Sequence[Evidence], within: float) -> tuple[Evidence, ...]:
    """Return evidence with the newest of those in front that answer about as well as the best.

    Args:
        evidence: best first.
        within: how far (log-odds) behind the best one's score another article's sentence may be.
    """
    if not evidence:
        return ()
    best = evidence[0]
    rivals = [e for e in evidence if best.score - e.score <= within and e.article.date]
    newest = max((e.article.date for e in rivals if e.article.date), default=None)
    if newest is None or (best.article.date and best.article.date >= newest):
        return tuple(evidence)
    front = [e for e in rivals if e.article.date == newest]
    return (*front, *(e for e in evidence if e not in front))
