"""Festivals of the Chinese year and the days they fall on."""

from __future__ import annotations

import datetime as dt

from borax.calendars.lunardate import LunarDate, TermUtils

_SOLAR = {
    "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "植树节": (3, 12), "消费者权益日": (3, 15),
    "劳动节": (5, 1), "五一": (5, 1), "青年节": (5, 4), "护士节": (5, 12), "儿童节": (6, 1), "六一": (6, 1),
    "建党节": (7, 1), "七一": (7, 1), "建军节": (8, 1), "八一": (8, 1), "教师节": (9, 10), "国庆": (10, 1),
    "记者节": (11, 8), "国家公祭日": (12, 13), "圣诞节": (12, 25),
}  # fmt: skip
_LUNAR = {
    "春节": (1, 1), "新春": (1, 1), "大年初一": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7),
    "中秋": (8, 15), "重阳": (9, 9), "腊八": (12, 8),
}  # fmt: skip
_TERMS = ("清明", "冬至", "立春", "立夏", "立秋", "立冬")
_HOLIDAY = {"春节": (-1, 6), "国庆": (0, 6), "元旦": (0, 2), "五一": (0, 4), "劳动节": (0, 4)}
# Words that are also numbers or given names (李国庆) count as festivals only where the next word says so.
_NEEDS_NODE = ("五一", "六一", "七一", "八一", "国庆", "立春", "立夏", "立秋", "立冬")
_EVE = "除夕"

_PLAIN = sorted({*_SOLAR, *_LUNAR, *_TERMS, _EVE} - set(_NEEDS_NODE), key=len, reverse=True)
PATTERN = (
    f"(?P<festival>{'|'.join(_PLAIN)}"
    f"|(?:{'|'.join(_NEEDS_NODE)})(?=节|假|小长假|长假|黄金周|期间|前|后|以来|当[天日]))"
    "(?:节(?![目能约水制点日省]))?"
)
"""A festival's name as a question or an article writes it; group ``festival`` is the name proper."""


def falls_on(name: str, year: int) -> dt.date | None:
    """Return the day of a festival in a solar year, ``None`` outside the years 1901 to 2099.

    >>> falls_on("春节", 2022)
    datetime.date(2022, 2, 1)
    """
    if not 1901 <= year <= 2099:
        return None
    if name in _SOLAR:
        return dt.date(year, *_SOLAR[name])
    if name in _TERMS:
        return _day(TermUtils.day_start_from_term(year, name))
    if name == _EVE:
        return _day(LunarDate(year, 1, 1).to_solar_date()) - dt.timedelta(days=1)
    month, day = _LUNAR[name]
    # The twelfth month of a lunar year lies in the next solar year.
    return _day(LunarDate(year - (month == 12), month, day).to_solar_date())


def holiday(name: str, day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the usual holiday of a festival that falls on ``day``."""
    before, after = _HOLIDAY.get(name, (0, 0))
    return day + dt.timedelta(days=before), day + dt.timedelta(days=after)


def _day(value: dt.date) -> dt.date:
    return dt.date(value.year, value.month, value.day)
