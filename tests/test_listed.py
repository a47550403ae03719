"""What is asked of a list is asked of the articles of that list."""

import datetime as dt

import pytest

from qa.conversation.listed import Shelf, of_the_list

SHELF = Shelf(("钱海燕", "李慧"), dt.date(2021, 12, 14))


@pytest.mark.parametrize(
    ("question", "last", "text"),
    [
        ("最早的是哪篇?", "关于护河行动的报道有几篇?", "关于护河行动的最早报道是哪篇"),
        ("哪篇最新", "有没有关于护河行动的报道", "关于护河行动的最新报道是哪篇"),
        ("有几篇", "钱海燕写了哪些文章?", "钱海燕写的报道有几篇"),
        ("最近一篇是什么", "钱海燕写了哪些文章?", "钱海燕写的最新报道是哪篇"),
        ("列一下标题", "12月10日有几篇报道?", "2021年12月10日的报道有哪些"),
        ("都是谁写的", "关于护河行动的报道有几篇?", "关于护河行动的报道是谁写的"),
        ("那关于足球的呢", "有没有关于护河行动的报道", "关于足球的报道有哪些?"),
        ("最早的呢", "最新的是哪篇?", "最早报道是哪篇"),
        # complete, or not of a list
        ("最新的报道是什么?", "关于护河行动的报道有几篇?", None),
        ("有几篇", "护河行动什么时候启动?", None),
        ("最早的是哪篇?", "护河行动那篇讲了什么?", None),
        ("最新的是哪篇", "头版有什么?", None),
        ("图书馆在哪", "关于护河行动的报道有几篇?", None),
    ],
)
def test_what_is_asked_of_a_list(question: str, last: str, text: str | None) -> None:
    assert of_the_list(question, last, SHELF) == text
