"""Times in Chinese text become days, counted from a day that the caller names."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.language.periods import Period
from qa.language.time_expressions import find_times, in_full, prefers_newest

TODAY = dt.date(2023, 6, 15)  # a Thursday
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "period", "certainty"),
    [
        ("2023年6月3日", "2023年6月3日", "exact"),
        ("2023-06-03", "2023年6月3日", "exact"),
        ("二〇二三年六月三日", "2023年6月3日", "exact"),
        ("２０２３年６月", "2023年6月", "exact"),
        ("今年5月", "2023年5月", "exact"),
        ("去年", "2022年", "exact"),
        ("前年年底", "2021年12月", "vague"),
        ("明年", "2024年", "exact"),
        ("5月20日", "2023年5月20日", "inferred"),
        ("12月20日", "2022年12月20日", "vague"),
        ("本月14日", "2023年6月14日", "exact"),
        ("上个月", "2023年5月", "exact"),
        ("上上月", "2023年4月", "exact"),
        ("下月初", "2023年7月1日至2023年7月10日", "vague"),
        ("5月下旬", "2023年5月21日至2023年5月31日", "inferred"),
        ("5月中下旬", "2023年5月11日至2023年5月31日", "inferred"),
        ("5月20有什么新闻", "2023年5月20日", "inferred"),
        ("5月20个项目开工", "2023年5月", "inferred"),
        ("今年前五个月", "2023年1月1日至2023年5月31日", "exact"),
        ("元旦当天", "2023年1月1日", "vague"),
        ("14日", "2023年6月14日", "inferred"),
        ("30号", "2023年6月30日", "inferred"),
        ("前天", "2023年6月13日", "exact"),
        ("昨晚", "2023年6月14日", "exact"),
        ("上周五", "2023年6月9日", "exact"),
        ("上上周", "2023年5月29日至2023年6月4日", "exact"),
        ("下周一", "2023年6月19日", "exact"),
        ("本周末", "2023年6月17日至2023年6月18日", "exact"),
        ("周五上午", "2023年6月9日", "inferred"),
        ("近三天", "2023年6月13日至2023年6月15日", "exact"),
        ("最近一周", "2023年6月9日至2023年6月15日", "exact"),
        ("过去两个月", "2023年4月16日至2023年6月15日", "exact"),
        ("近半年", "2022年12月16日至2023年6月15日", "exact"),
        ("未来两周", "2023年6月16日至2023年6月29日", "exact"),
        ("三天前", "2023年6月12日", "exact"),
        ("第一季度", "2023年1月1日至2023年3月31日", "inferred"),
        ("去年四季度", "2022年10月1日至2022年12月31日", "exact"),
        ("上季度", "2023年1月1日至2023年3月31日", "exact"),
        ("去年前三季度", "2022年1月1日至2022年9月30日", "exact"),
        ("2021年前三个季度", "2021年1月1日至2021年9月30日", "exact"),
        ("前两个季度", "2023年1月1日至2023年6月30日", "inferred"),
        ("前三季度", "2023年1月1日至2023年9月30日", "vague"),
        ("去年一至三季度", "2022年1月1日至2022年9月30日", "exact"),
        ("去年第一到第三季度", "2022年1月1日至2022年9月30日", "exact"),
        ("一、二季度", "2023年1月1日至2023年6月30日", "inferred"),
        ("去年上半年", "2022年1月1日至2022年6月30日", "exact"),
        ("6 月 3 日", "2023年6月3日", "inferred"),
        ("2023 年 6 月 3 日", "2023年6月3日", "exact"),
        ("5 月 10-15 日", "2023年5月10日至2023年5月15日", "inferred"),
        ("本世纪20年代", "2020年1月1日至2029年12月31日", "exact"),
        ("上世纪80年代", "1980年1月1日至1989年12月31日", "exact"),
        ("上半年", "2023年1月1日至2023年6月30日", "exact"),
        ("2021年底", "2021年12月", "vague"),
        ("年底前", "2023年12月31日以前", "vague"),
        ("5月10日到15日", "2023年5月10日至2023年5月15日", "inferred"),
        ("5月10—15日", "2023年5月10日至2023年5月15日", "inferred"),
        ("今年1-5月", "2023年1月1日至2023年5月31日", "exact"),
        ("去年11月至今年2月", "2022年11月1日至2023年2月28日", "exact"),
        ("2019—2021年", "2019年1月1日至2021年12月31日", "exact"),
        ("周一到周三", "2023年6月12日至2023年6月14日", "inferred"),
        ("6月1日以后", "2023年6月2日以来", "inferred"),
        ("6月1日以来", "2023年6月1日以来", "inferred"),
        ("6月1日之前", "2023年5月31日以前", "inferred"),
        ("20日前完成", "2023年6月19日以前", "inferred"),
        ("端午节", "2023年6月22日", "inferred"),
        ("端午前", "2023年6月21日以前", "inferred"),
        ("2024年春节期间", "2024年2月9日至2024年2月16日", "exact"),
        ("今年清明", "2023年4月5日", "exact"),
        ("去年国庆假期", "2022年10月1日至2022年10月7日", "exact"),
        ("今年除夕", "2023年1月21日", "exact"),
        ("“十四五”期间", "2021年1月1日至2025年12月31日", "exact"),
        ("20世纪80年代", "1980年1月1日至1989年12月31日", "exact"),
    ],
)
def test_times(text: str, period: str, certainty: str) -> None:
    (found,) = find_times(text, TODAY)
    assert (str(found.period), found.certainty) == (period, certainty)


@pytest.mark.parametrize(
    "text",
    [
        "3号楼", "10日游", "两个月", "三年级", "一年之计", "李国庆说", "一五一十", "每周一", "周三丰",
        "第3日", "近日", "近年来", "日前", "2023年2月30日", "5日内", "13月", "近几天", "月亮",
        "百年大计", "16日本报",
    ],
)  # fmt: skip
def test_what_names_no_certain_days(text: str) -> None:
    assert [t for t in find_times(text, TODAY) if text[t.start : t.end] != "16日"] == []


def test_without_a_reference_only_full_dates_count() -> None:
    times = find_times("昨天和2023年6月3日、5月1日、上周五、去年", None)
    assert [str(t.period) for t in times] == ["2023年6月3日"]


def test_a_weekday_is_no_count() -> None:
    (found,) = find_times("上周一共发了几篇", TODAY)
    assert str(found.period) == "2023年6月5日至2023年6月11日"


def test_leaning_to_the_past() -> None:
    assert [str(t.period) for t in find_times("8月3日", TODAY, "past")] == ["2022年8月3日"]
    assert [str(t.period) for t in find_times("8月3日", TODAY)] == ["2023年8月3日"]
    assert [str(t.period) for t in find_times("28日", TODAY, "past")] == ["2023年5月28日"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("6月20日", "2023年6月20日"),
        ("6月20日以后", "2023年6月21日以来"),
        ("6月20-25日", "2023年6月20日至2023年6月25日"),
        ("8月3日", "2022年8月3日"),
        ("7月", "2022年7月"),
    ],
)
def test_a_day_soon_to_come_is_not_last_years(text: str, period: str) -> None:
    assert [str(t.period) for t in find_times(text, TODAY, "past")] == [period]


def test_a_weekday_on_which_something_was_done() -> None:
    assert [str(t.period) for t in find_times("周一开了什么会", TODAY)] == ["2023年6月12日"]
    assert find_times("周六开放吗", TODAY) == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("四季度", "2021年10月1日至2021年12月31日"),
        ("下半年", "2021年7月1日至2021年12月31日"),
        ("前三季度", "2021年1月1日至2021年9月30日"),
        ("一季度", "2022年1月1日至2022年3月31日"),
        ("今年四季度", "2022年10月1日至2022年12月31日"),
    ],
)
def test_a_quarter_that_has_not_begun_leans_to_the_year_before(text: str, period: str) -> None:
    (found,) = find_times(text, dt.date(2022, 1, 5), "past")
    assert str(found.period) == period


def test_quarters_apart_are_no_range() -> None:
    assert [str(t.period) for t in find_times("第一、三季度", TODAY)] == ["2023年7月1日至2023年9月30日"]


def test_this_century_is_not_read_as_the_last_without_a_reference() -> None:
    assert find_times("本世纪20年代", None) == []
    assert [str(t.period) for t in find_times("上世纪80年代", None)] == ["1980年1月1日至1989年12月31日"]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("昨天上午", "2023年6月14日"),
        ("14日", "2023年6月14日"),
        ("6月9日下午", "2023年6月9日"),
        ("去年", "2022年"),
        ("2023年6月9日", None),
        ("年底前", None),
        ("12月", None),
        ("近日", None),
        ("22家", None),
        ("明年汛期前", None),
        ("昨天下午3时", "2023年6月14日"),
        ("14:30", None),
        ("30", None),
        ("2023 年 6 月 9 日", None),
    ],
)
def test_a_short_answer_in_full(short: str, full: str | None) -> None:
    assert in_full(short, TODAY) == full
    assert in_full(short, None) is None


def test_asking_for_the_latest() -> None:
    assert all(map(prefers_newest, ("目前有多少家?", "最新数据是多少", "現在誰是局長")))
    assert not any(map(prefers_newest, ("最近三天开了什么会?", "去年有多少家?")))


@example("近0周", dt.date(2021, 12, 14))
@given(
    st.text(alphabet="年月日周季度上下本前后近去今明第一二三十1230节春到至-底初内以 ，会", max_size=20), DAYS
)
def test_any_text_is_read_without_failing(text: str, today: dt.date) -> None:
    end = 0
    for found in find_times(text, today):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        first, last = found.period.first, found.period.last
        assert (first or last) is not None
        assert first is None or last is None or first <= last


@given(DAYS, DAYS)
def test_a_full_date_is_itself(day: dt.date, today: dt.date) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日", day.isoformat()):
        (found,) = find_times(f"于{text}召开", today)
        assert found.period == Period(day, day)


@given(DAYS, st.integers(-6, 30))
def test_a_dateline_day_is_found_again(today: dt.date, back: int) -> None:
    day = today - dt.timedelta(days=back)
    (found,) = find_times(f"{day.month}月{day.day}日", today)
    assert found.period.holds(day)


@pytest.mark.parametrize(
    ("text", "any_year"),
    [
        ("12月20日", True),
        ("5月", True),
        ("5月上旬", True),
        ("去年12月", False),
        ("上个月", False),
        ("5月以前", False),
    ],
)
def test_a_month_without_a_year_may_be_of_any(text: str, any_year: bool) -> None:
    assert find_times(text, TODAY)[0].of_any_year(text) is any_year


def test_a_lone_weekend_of_what_is_past_is_over() -> None:
    assert str(find_times("周末", TODAY, "past")[0].period) == "2023年6月10日至2023年6月11日"
