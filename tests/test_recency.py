"""A question's time favours the articles of its days, or the newest."""

import datetime as dt

from qa.search.recency import (
    OTHER_YEAR_BONUS,
    PERIOD_BONUS,
    RECENCY_BONUS,
    newest_first,
    of_then_first,
    time_bonus,
    time_wish,
)
from qa.types import Article, Evidence

TODAY = dt.date(2023, 6, 15)


def evidence(score: float, day: dt.date | None) -> Evidence:
    article = Article(f"{day}{score}", "标题", "正文。", day, None, (), (), "a.txt", 0)
    return Evidence(article, 0, 3, None, None, score)


def test_a_relative_day_is_searched_for_as_articles_print_it() -> None:
    assert time_wish("上周五开了什么会?", TODAY).words == "6月9日"
    assert time_wish("6月9日开了什么会?", TODAY).words == ""
    assert time_wish("上个月开了什么会?", TODAY).words == ""
    assert time_wish("开了什么会?", TODAY).period is None


def test_articles_of_the_days_and_just_after_are_favoured() -> None:
    wish = time_wish("6月9日开了什么会?", TODAY)
    days = [dt.date(2023, 6, day) for day in (8, 9, 11, 12)]
    assert time_bonus(wish, [*days, None]).tolist() == [0, PERIOD_BONUS, PERIOD_BONUS, 0, 0]


def test_the_newest_is_favoured_where_it_is_asked_for() -> None:
    days = [TODAY, None, TODAY - dt.timedelta(days=9)]
    assert time_bonus(time_wish("目前有多少家?", TODAY), days).tolist() == [
        RECENCY_BONUS,
        0,
        RECENCY_BONUS / 2,
    ]
    assert not time_bonus(time_wish("有多少家?", TODAY), days).any()


def test_the_newest_of_equals_comes_first() -> None:
    old, new = evidence(2.0, dt.date(2020, 1, 1)), evidence(1.8, TODAY)
    far, undated = evidence(0.1, dt.date(2024, 1, 1)), evidence(1.9, None)
    assert newest_first([old, undated, new, far], 0.5) == (new, old, undated, far)
    assert newest_first([new, old], 0.5) == (new, old)
    assert newest_first([], 0.5) == ()


def test_a_day_without_a_year_favours_that_of_other_years_too_but_less() -> None:
    days = [dt.date(2023, 6, 9), dt.date(2021, 6, 10), dt.date(2021, 6, 15)]
    assert time_bonus(time_wish("6月9日开了什么会?", TODAY), days).tolist() == [
        PERIOD_BONUS,
        OTHER_YEAR_BONUS,
        0,
    ]
    assert time_bonus(time_wish("2023年6月9日开了什么会?", TODAY), days).tolist() == [PERIOD_BONUS, 0, 0]
    assert time_bonus(time_wish("12月6日开了什么会?", TODAY), [dt.date(2020, 12, 6)])[0] == OTHER_YEAR_BONUS


def told(score: float, day: dt.date, sentence: str) -> Evidence:
    article = Article(f"{day}{score}", "标题", sentence, day, None, (), (), "a.txt", 0)
    return Evidence(article, 0, len(sentence), None, None, score)


def test_a_months_figure_is_of_the_article_of_that_month() -> None:
    july, then = (
        told(9.0, dt.date(2023, 7, 28), "累计修路90公里。"),
        told(8.5, dt.date(2023, 4, 20), "已修路40公里。"),
    )

    def first(question: str, *read: Evidence) -> Evidence:
        return of_then_first(question, read, dt.date(2023, 7, 28), 1.0)[0]

    assert first("到4月中旬修了多少公里路?", july, then) is then
    assert first("修了多少公里路?", july, then) is july
    assert first("4月要修多少公里路?", july, then) is july  # what is to be is told before
    assert first("到4月中旬修了多少公里路?", july, told(7.0, dt.date(2023, 4, 20), "已修路40公里。")) is july
    named = told(9.0, dt.date(2023, 7, 28), "4月修路40公里,7月修路50公里。")
    assert first("4月修了多少公里路?", named, then) is named
