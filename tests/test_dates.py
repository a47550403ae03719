"""Datelines are read; a year is taken only where it is certain."""

import datetime as dt

import pytest

from qa.parsing.bulletin import parse
from qa.parsing.dates import certain_year, date_in_name, dated, parse_dateline, resolve
from qa.parsing.page_names import issue_in_name, page_in_name


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("本报讯 12月14日,区委常委会召开会议", ("12月14日", None, 12, 14)),
        ("本报讯12月3日上午,会议召开", ("12月3日", None, 12, 3)),
        ("１２月６日,会议", ("１２月６日", None, 12, 6)),
        ("本报讯 12 月 14 日,会议", ("12 月 14 日", None, 12, 14)),
        ("2021 年 12 月 14 日,会议", ("2021 年 12 月 14 日", 2021, 12, 14)),
        ("新华社北京 12 月 14 日电 会议", ("12 月 14 日", None, 12, 14)),
        ("本报讯 2021年12月14日,会议", ("2021年12月14日", 2021, 12, 14)),
        ("本报讯 近年来,二七区", None),
        ("会议于12月14日召开", None),
        ("13月1日", None),
        ("本报讯 记者3月4日从区供电公司获悉,电价下调", ("3月4日", None, 3, 4)),
        ("本报记者3月4日走进社区", ("3月4日", None, 3, 4)),
        ("记者节11月8日到来", None),
        ("记者站3月4日成立", None),
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
        ("20211215A03", dt.date(2021, 12, 15)),
        ("2021-12-15B2", dt.date(2021, 12, 15)),
        ("20211215a3f9", None),
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


@pytest.mark.parametrize(
    ("source", "day", "page"),
    [
        ("20211215A03.txt", dt.date(2021, 12, 15), "A3"),
        ("seeds/2021-12-15/03版.txt", dt.date(2021, 12, 15), "3"),
        ("x.zip!/2021-12-15/03版.txt", dt.date(2021, 12, 15), "3"),
        ("seeds/2021-12-15/A03/头条.txt", dt.date(2021, 12, 15), "A3"),
        ("2021-12-15/x.zip!/03版.txt", dt.date(2021, 12, 15), "3"),
        ("seeds/2021-12-15/2021-12-16_03版.txt", dt.date(2021, 12, 16), "3"),
        ("seeds/公报.txt", None, ""),
    ],
)
def test_the_issue_of_a_file(source: str, day: dt.date | None, page: str) -> None:
    assert (issue_in_name(source), page_in_name(source)) == (day, page)


ISSUE = dt.date(2021, 12, 15)


@pytest.mark.parametrize(
    ("opening", "issue", "day", "printed"),
    [
        ("12月18日,二七区冬季招聘会将举行。", ISSUE, ISSUE, None),
        ("本报讯 1月5日,年货节将开幕。", dt.date(2021, 12, 28), dt.date(2021, 12, 28), None),
        ("1月1日起施行新规。", dt.date(2021, 12, 31), dt.date(2021, 12, 31), None),
        ("12月16日起施行新规。", ISSUE, ISSUE, None),
        ("3月1日起,施行新规。", ISSUE, ISSUE, None),
        ("1月1日起,施行新规。", None, None, "1月1日"),
        ("1949年9月30日,毛泽东等奠基。", dt.date(2021, 9, 30), dt.date(2021, 9, 30), None),
        ("1949年9月3日,毛泽东等奠基。", None, dt.date(1949, 9, 3), "1949年9月3日"),
        ("2025年1月1日起,新规施行。", dt.date(2024, 12, 20), dt.date(2024, 12, 20), None),
        ("本报讯 2025年1月3日,会议将召开。", dt.date(2024, 12, 20), dt.date(2024, 12, 20), None),
        ("本报讯 2020年12月14日,会议召开。", ISSUE, dt.date(2020, 12, 14), "2020年12月14日"),
        ("新华社北京2020年12月14日电 会议召开。", ISSUE, dt.date(2020, 12, 14), "2020年12月14日"),
        ("2021年12月14日,会议召开。", ISSUE, dt.date(2021, 12, 14), "2021年12月14日"),
        ("2021年11月1日,会议召开。", ISSUE, ISSUE, None),
        ("12月14日,会议召开。", ISSUE, dt.date(2021, 12, 14), "12月14日"),
        ("12月16日,会议召开。", ISSUE, dt.date(2021, 12, 16), "12月16日"),
        ("12月31日,会议召开。", dt.date(2022, 1, 1), dt.date(2021, 12, 31), "12月31日"),
        ("本报讯 12月30日,会议召开。", dt.date(2022, 1, 3), dt.date(2021, 12, 30), "12月30日"),
        ("12月12日,新桥通车。", ISSUE, ISSUE, None),
        ("本报青禾12月12日讯 新桥通车。", ISSUE, dt.date(2021, 12, 12), "12月12日"),
        ("12月12日,新桥通车。", None, None, "12月12日"),
        ("5月4日,会议召开。", ISSUE, ISSUE, None),
        ("本报讯 5月4日,会议召开。", ISSUE, dt.date(2021, 5, 4), "5月4日"),
        ("近年来,工作推进。", ISSUE, ISSUE, None),
        ("记者12月9日从区教育局获悉,学校扩建。", ISSUE, dt.date(2021, 12, 9), "12月9日"),
    ],
)
def test_the_day_of_an_article(
    opening: str, issue: dt.date | None, day: dt.date | None, printed: str | None
) -> None:
    assert dated(opening, issue, "") == (day, printed)


@pytest.mark.parametrize(
    ("name", "opening"),
    [("2021-12-15", "12月18日,招聘会将举行。"), ("2021-12-28", "本报讯 1月5日,年货节将开幕。")],
)
def test_a_coming_event_is_not_dated_a_year_back(name: str, opening: str) -> None:
    (article,) = parse(f"# 标题\n{opening}", f"{name}.txt").articles
    assert article.date == dt.date.fromisoformat(name)


def test_the_year_of_a_page_across_a_new_year_is_not_certain() -> None:
    text = "本报讯 12月31日,会议召开。\n本报讯 1月4日,今年(2022年)的任务下达。"
    assert (certain_year(text, 12), certain_year(text, 1), certain_year(text, 6)) == (None, None, 2022)
    assert certain_year("本报讯 12月31日,今年(2022年)的任务完成。\n12月3日,会议召开。", 12) == 2022
    assert certain_year("本报讯 12月31日,超前谋划2022年工作。\n1月4日,任务下达。", 12) == 2021
