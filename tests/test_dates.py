"""Datelines are read; a year is taken only where it is certain."""

import datetime as dt

import pytest

from qa.dates import certain_year, date_in_name, parse_dateline, resolve


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("本报讯 12月14日,区委常委会召开会议", ("12月14日", None, 12, 14)),
        ("本报讯12月3日上午,会议召开", ("12月3日", None, 12, 3)),
        ("１２月６日,会议", ("１２月６日", None, 12, 6)),
        ("本报讯 2021年12月14日,会议", ("2021年12月14日", 2021, 12, 14)),
        ("本报讯 近年来,二七区", None),
        ("会议于12月14日召开", None),
        ("13月1日", None),
        ("12月10日本报头版刊登的《二七区新添研究院》一文有误", None),
        ("12月10日一版《二七区新添研究院》中,“22家”应为“23家”", None),
        ("12月10日刊发的《二七区新添研究院》一稿有误", None),
        ("12月10日《二七区新添研究院》一文有误", None),
        ("12月10日,《二七区条例》施行", ("12月10日", None, 12, 10)),
        ("本报讯 12月10日《二七区条例》施行", ("12月10日", None, 12, 10)),
    ],
)
def test_dateline(paragraph: str, expected: tuple[str, int | None, int, int] | None) -> None:
    assert parse_dateline(paragraph) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2021-12-15", dt.date(2021, 12, 15)),
        ("20211215_第3版", dt.date(2021, 12, 15)),
        ("二七区报2021年12月5日", dt.date(2021, 12, 5)),
        ("000_cd3e0aed241bcc9d", None),
        ("a20211215b", None),
        ("2021-13-15", None),
        ("2021-12-15至2021-12-16", None),
        ("公报", None),
    ],
)
def test_date_in_a_file_name(name: str, expected: dt.date | None) -> None:
    assert date_in_name(name) == expected


@pytest.mark.parametrize(
    ("text", "month", "year"),
    [
        ("科学谋划、超前布局2022年各项工作", 12, 2021),
        ("科学谋划、超前布局2022年各项工作", 3, None),
        ("2022年是关键之年", 12, None),
        ("今年是2021年", 5, 2021),
        ("明年(2022年)启动", 5, 2021),
        ("去年(2020年)完成", 5, 2021),
        ("今年(2021年)启动,明年(2023年)完成", 5, None),
        ("", 12, None),
    ],
)
def test_only_certain_years(text: str, month: int, year: int | None) -> None:
    assert certain_year(text, month) == year


def test_the_issue_dates_a_dateline() -> None:
    issue = dt.date(2022, 1, 3)
    assert resolve(1, 2, year=None, issue=issue, page_year=None) == dt.date(2022, 1, 2)
    assert resolve(12, 30, year=None, issue=issue, page_year=None) == dt.date(2021, 12, 30)
    assert resolve(12, 30, year=2019, issue=issue, page_year=None) == dt.date(2019, 12, 30)
    assert resolve(2, 30, year=2019, issue=None, page_year=None) is None
    assert resolve(12, 30, year=None, issue=None, page_year=2021) == dt.date(2021, 12, 30)
    assert resolve(12, 30, year=None, issue=None, page_year=None) is None
