"""What something is for, what it is instead, what it was and what it became."""

from __future__ import annotations

import pytest
from evidence import article, evidence, query

from qa.answers.shorts import short_answer
from qa.text import Segmenter
from qa.understanding.questions import analyse

SEGMENTER = Segmenter()
VISITS = "对孤寡老人开展“大走访”活动,做好帮扶工作,确保群众温暖过冬。"
FEE = "换药费由12元调到18元,导尿费由30元降到25元。"


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        ("为什么要开展“大走访”?", VISITS, "孤寡老人", "确保群众温暖过冬"),
        ("“大走访”的目的是什么?", VISITS, "孤寡老人", "确保群众温暖过冬"),
        ("校长在会上讲了什么?", "校长没有讲分数,讲的是一棵树:它长了百年。", "没有讲分数", "一棵树"),
        ("换药费以前多少钱?", FEE, "18元", "12元"),
        ("换药费现在多少钱?", FEE, "12元", "18元"),
        ("换药费多少钱?", FEE, "12元调到18元", "12元调到18元"),
        ("换药费以前多少钱?", FEE, "12元调到18元", "12元"),
        ("切口有多长?", "切口从20厘米缩小至8厘米。", "20厘米", "8厘米"),
        ("切口原来有多长?", "切口从20厘米缩小至8厘米。", "20厘米", "20厘米"),
    ],
)
def test_the_side_asked_for_is_given(question: str, sentence: str, marked: str, answer: str) -> None:
    found = evidence(article(sentence), short=marked)
    assert short_answer(query(question), analyse(question), found, SEGMENTER) == answer
