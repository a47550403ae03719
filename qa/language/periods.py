"""Days in a row, and the calendar arithmetic on them."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """Some days in a row, both ends included; ``None`` is open."""

    first: dt.date | None
    last: dt.date | None

    def holds(self, day: dt.date | None) -> bool:
        """Tell whether a day lies in the period; an unknown day lies in none."""
        if day is None:
            return False
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        """Return the period as a reader would write it.

        >>> str(Period(dt.date(2021, 12, 1), dt.date(2021, 12, 31)))
        '2021年12月'
        """
        if self.first is None or self.last is None:
            return "".join(
                f"{spoken(day)}{side}" for day, side in ((self.first, "以来"), (self.last, "以前")) if day
            )
        if self.first == self.last:
            return spoken(self.first)
        if self == of_month(self.first.year, self.first.month):
            return f"{self.first.year}年{self.first.month}月"
        if self == of_year(self.first.year):
            return f"{self.first.year}年"
        return f"{spoken(self.first)}至{spoken(self.last)}"


def on(day: dt.date) -> Period:
    """Return the period of one day."""
    return Period(day, day)


def of_month(year: int, month: int) -> Period:
    """Return the days of a month."""
    return Period(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))


def of_year(year: int) -> Period:
    """Return the days of a year."""
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))


def shifted(day: dt.date, months: int) -> tuple[int, int]:
    """Return ``(year, month)`` some months away."""
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1


def moved(day: dt.date, unit: str, count: int) -> dt.date:
    """Return the day some 天, 周, 月 or 年 away; the last of a month that is too short."""
    if unit in ("天", "日"):
        return day + dt.timedelta(days=count)
    if unit in ("周", "星期"):
        return day + dt.timedelta(weeks=count)
    year, month = shifted(day, count * (12 if unit == "年" else 1))
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def years_earlier(period: Period, years: int) -> Period:
    """Return the same days some years earlier; the last of a month that is too short.

    >>> str(years_earlier(on(dt.date(2025, 12, 6)), 4))
    '2021年12月6日'
    """
    return Period(
        period.first and moved(period.first, "年", -years), period.last and moved(period.last, "年", -years)
    )


def spoken(day: dt.date) -> str:
    """Return a day as Chinese prints it: 2021年12月14日."""
    return f"{day.year}年{day.month}月{day.day}日"
