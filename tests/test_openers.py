"""What stands before a question is told from the question, in a time that does not grow out of bounds."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.conversation.openers import is_remark, without_openers


@pytest.mark.parametrize(
    ("message", "rest"),
    [
        ("谢谢,那科技型企业呢", ("那科技型企业呢", False)),
        ("好的，谢谢，图书馆在哪", ("图书馆在哪", False)),
        ("好,换个话题,图书馆在哪", ("图书馆在哪", True)),
        ("对了,区长是谁", ("区长是谁", False)),
        ("我想问的是补贴是多少", ("补贴是多少", False)),
        ("我问的是研发中心", ("我问的是研发中心", False)),
        ("另外六家叫什么", ("另外六家叫什么", False)),
        ("感谢信是谁写的", ("感谢信是谁写的", False)),
        ("了解民情日记是什么", ("了解民情日记是什么", False)),
        ("换个话题", ("换个话题", False)),
        ("谢谢", ("谢谢", False)),
    ],
)
def test_openers(message: str, rest: tuple[str, bool]) -> None:
    assert without_openers(message) == rest


@given(st.text(st.sampled_from("好的谢哦哈嗯对不用了吧啊,。?那我想问换个"), max_size=40))
def test_something_is_always_left(message: str) -> None:
    assert message.endswith(without_openers(message)[0])
    assert not message or without_openers(message)[0]


@pytest.mark.parametrize("piece", ["哦", "哈", "好吧", "谢谢", "好的,", "多"])
def test_a_long_message_is_read_at_once(piece: str) -> None:
    started = time.perf_counter()
    assert not is_remark(piece * 400 + "x")
    without_openers(piece * 400 + "x")
    assert time.perf_counter() - started < 1
