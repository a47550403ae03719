"""Questions about the collection are answered from metadata, and only those."""

import datetime as dt

import pytest

from qa.collection import look_up
from qa.types import Article


def article(
    number: int, title: str, day: int | None, reporters: tuple[str, ...], others: tuple[str, ...] = ()
) -> Article:
    date = dt.date(2021, 12, day) if day else None
    return Article(str(number), title, "会议召开。", date, None, reporters, others, "a.txt", number)


ARTICLES = (
    article(0, "区委常委会召开会议", 14, ("景静",)),
    article(1, "霹雳行动 启动", 11, ("景静",), ("李慧",)),
    article(2, "研究院揭牌", 10, ("王芳",)),
    article(3, "年轻干部培养", None, ("景静",)),
)


@pytest.mark.parametrize(
    ("question", "short", "listed"),
    [
        ("这期报纸一共几篇文章?", "4篇", [0, 1, 2, 3]),
        ("公报里有多少篇报道?", "4篇", [0, 1, 2, 3]),
        ("一共收录了多少条新闻", "4篇", [0, 1, 2, 3]),
        ("最新的一条新闻是哪篇?", "区委常委会召开会议", [0]),
        ("最早的报道是什么?", "研究院揭牌", [2]),
        ("除了景静,这一版还有谁署名?", "李慧、王芳", [1, 2]),
        ("有哪些记者?", "景静、李慧、王芳", [0, 1, 2, 3]),
        ("霹雳行动启动是谁写的?", "景静、李慧", [1]),
        ("霹雳行动那篇是谁写的?", "景静、李慧", [1]),
        ("关于年轻干部的文章是谁写的?", "景静", [3]),
        ("王芳写了哪几篇?", "1篇", [2]),
        ("记者景静写了多少篇文章?", "3篇", [0, 1, 3]),
        ("12月10日以后有什么新闻?", "2篇", [0, 1]),
        ("12月11日有哪些报道?", "1篇", [1]),
        ("2021年12月11日之前有哪些文章?", "1篇", [2]),
    ],
)
def test_listings(question: str, short: str, listed: list[int]) -> None:
    found = look_up(question, ARTICLES)
    assert found is not None
    assert (found.short, [a.position for a in found.articles]) == (short, listed)


@pytest.mark.parametrize(
    "question",
    [
        "二七区有多少家高新技术企业?",
        "霹雳行动是谁部署的?",
        "12月11日召开了什么会议?",
        "最新的数据是多少?",
        "会议提出了几条要求?",
        "张三写了哪几篇?",
        "《论语》是谁写的?",
        "12月1日有什么新闻?",
        "有多少篇论文发表?",
        "你好",
    ],
)
def test_other_questions_are_left_to_reading(question: str) -> None:
    assert look_up(question, ARTICLES) is None


def test_an_empty_collection_lists_nothing() -> None:
    assert look_up("一共几篇文章?", ()) is None
