"""Questions about the issues of a bulletin: how many, of which days, what one of them printed."""

import datetime as dt

import pytest

from qa.metadata.collection import look_up
from qa.metadata.collection_issues import issues_of
from qa.types import Article


def article(number: int, title: str, day: tuple[int, int] | None, source: str) -> Article:
    date = dt.date(2023, *day) if day else None
    return Article(str(number), title, "河堤加固完成。", date, None, ("钱海燕",), (), source, number)


ARTICLES = (
    article(0, "河堤加固", (3, 1), "2023-03-02_头版.txt"),
    article(1, "菜场开业", (3, 2), "2023-03-02_二版.txt"),
    article(2, "书市开幕", (5, 10), "2023-05-11_头版.txt"),
    article(3, "球赛收官", (8, 3), "2023-08-04_头版.txt"),
    article(4, "夜校开班", (8, 4), "2023-08-04_头版.txt"),
)


def test_pages_of_one_day_are_one_issue() -> None:
    assert [(i.day, len(i.articles)) for i in issues_of(ARTICLES)] == [
        (dt.date(2023, 3, 2), 2),
        (dt.date(2023, 5, 11), 1),
        (dt.date(2023, 8, 4), 2),
    ]


def test_files_without_a_day_take_that_of_their_newest_article_or_stand_last() -> None:
    dayless = (article(5, "无题", None, "x.txt"), article(6, "集市", (2, 1), "y.txt"))
    assert [i.day for i in issues_of((*dayless, *ARTICLES))] == [
        dt.date(2023, 2, 1),
        dt.date(2023, 3, 2),
        dt.date(2023, 5, 11),
        dt.date(2023, 8, 4),
        None,
    ]


@pytest.mark.parametrize(
    ("question", "short", "listed"),
    [
        ("一共出了几期?", "3期", {0, 2, 3}),
        ("公报一共有多少期", "3期", {0, 2, 3}),
        ("有几期公报?", "3期", {0, 2, 3}),
        ("都有哪几期?", "2023年3月2日、2023年5月11日、2023年8月4日", {0, 2, 3}),
        ("各期分别是哪天的", "2023年3月2日、2023年5月11日、2023年8月4日", {0, 2, 3}),
        ("最近一期是哪天的?", "2023年8月4日", {3, 4}),
        ("最新一期报纸是几号的", "2023年8月4日", {3, 4}),
        ("上期报纸是几号的?", "2023年5月11日", {2}),
        ("最早的一期是什么时候出的", "2023年3月2日", {0, 1}),
        ("3月2日那期有几篇文章?", "2篇", {0, 1}),
        ("5月11号那一期有哪些报道", "书市开幕", {2}),
        ("上一期有哪些文章?", "书市开幕", {2}),
        ("第一期报纸登了哪些文章", "2篇", {0, 1}),
    ],
)
def test_questions_about_issues(question: str, short: str, listed: set[int]) -> None:
    found = look_up(question, ARTICLES)
    assert found is not None
    assert found.short == short
    assert {int(a.id) for a in found.articles} == listed


def test_what_the_issue_before_the_newest_tells() -> None:
    found = look_up("上一期都讲了什么?", ARTICLES)
    assert found is not None
    assert [a.id for a in found.articles] == ["2"]


@pytest.mark.parametrize(
    "question",
    [
        "培训班办了几期?",
        "一期工程什么时候开工?",
        "二期工程是哪天的",
        "最新一期培训班是哪天的",
        "第一期培训有多少人?",
        "上一期讲座讲了什么",
        "项目第一期有哪些工程?",
    ],
)
def test_terms_of_courses_and_stages_of_works_are_no_issues(question: str) -> None:
    assert look_up(question, ARTICLES) is None


def test_the_only_issue_has_none_before_it() -> None:
    found = look_up("上一期是哪天的?", ARTICLES[:2])
    assert found is not None
    assert not found.answered


def test_a_file_that_names_no_day_is_said_to() -> None:
    page = (article(0, "河堤加固", (3, 1), "a.txt"), article(1, "菜场开业", (3, 4), "a.txt"))
    found = look_up("最新一期是哪天的?", page)
    assert found is not None
    assert found.short == "2023年3月1日至2023年3月4日"
    assert "没有写明是哪天的" in found.lead
    listed = look_up("一共有几期?", page)
    assert listed is not None
    assert "按其中最新的文章" in listed.lead
