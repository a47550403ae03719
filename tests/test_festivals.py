"""Festivals fall on the days that the calendar says."""

import datetime as dt

import pytest

from qa.language.festivals import falls_on, holiday


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("春节", dt.date(2024, 2, 10)),
        ("除夕", dt.date(2024, 2, 9)),
        ("元宵", dt.date(2024, 2, 24)),
        ("清明", dt.date(2024, 4, 4)),
        ("端午", dt.date(2024, 6, 10)),
        ("中秋", dt.date(2024, 9, 17)),
        ("重阳", dt.date(2024, 10, 11)),
        ("腊八", dt.date(2024, 1, 18)),
        ("国庆", dt.date(2024, 10, 1)),
        ("冬至", dt.date(2024, 12, 21)),
    ],
)
def test_days(name: str, day: dt.date) -> None:
    assert falls_on(name, 2024) == day


def test_beyond_the_calendar() -> None:
    assert falls_on("春节", 1800) is None
    assert falls_on("国庆", 2300) is None


def test_holidays() -> None:
    assert holiday("春节", dt.date(2024, 2, 10)) == (dt.date(2024, 2, 9), dt.date(2024, 2, 16))
    assert holiday("中秋", dt.date(2024, 9, 17)) == (dt.date(2024, 9, 17), dt.date(2024, 9, 17))
