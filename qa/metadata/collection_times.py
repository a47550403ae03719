"""The time that a question about the collection names."""

from __future__ import annotations

import datetime as dt
import re

from qa.language.periods import Period
from qa.language.time_expressions import find_times
from qa.metadata.collection_slots import TIME


def take_out_time(text: str, newest: dt.date | None, issue: bool) -> tuple[str, Period | None, int, bool]:
    """Take out the only time; return the rest, its days, how many there are, whether it names no year."""
    if issue:
        return text, None, 0, False
    times = find_times(text, newest, "past")
    if not times and newest and (recent := _recent_days(text, newest)):
        start, end, period = recent
        return text[:start] + TIME + text[end:], period, 1, False
    if len(times) != 1:
        return text, None, len(times), False
    (time,) = times
    return text[: time.start] + TIME + text[time.end :], time.period, 1, time.of_any_year(text)


_RECENT_DAYS = re.compile(
    r"(?:这|最近|近|前|过去)(?P<some>[几些两])[天日](?:[里内来]|以来)?"
    r"|(?:最近|近|这)?(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>天|日|周|个?星期|个月)[之以]?内"
)
_WEEKDAY = re.compile(
    r"(?<![一两几每逢隔\d])(?P<day>(?:周|星期|礼拜)[一二三四五六日天末])(?=$|[有的那这都发开登刊见在,全我本区县市])"
)


def _recent_days(text: str, newest: dt.date) -> tuple[int, int, Period] | None:
    """Find days that only a question for news puts so (这几天, 三天内, 周五有什么…); return where, and which.

    In what the news tell they are other days: 「三天内完成」 is to come, 「周六有门诊」 is every week.
    """
    if match := _RECENT_DAYS.search(text):
        said = (
            f"近{match['n']}{match['unit']}"
            if match["n"]
            else "近三天"
            if match["some"] == "两"
            else "近七天"
        )
    elif match := _WEEKDAY.search(text):
        said = match["day"]
    else:
        return None
    times = find_times(said, newest, "past")
    return (*match.span(), times[0].period) if times else None
