"""What a sentence states outright answers, however unsure the reader is."""

import pytest

from qa.answers.statements import attends, origin, said, whole_of
from qa.text import Segmenter

SEGMENTER = Segmenter()


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("林秀说过什么?", "产科主任林秀说，新区设了6间病房。", "新区设了6间病房"),
        ("林秀讲了什么", "林秀表示：“下月就能启用。”", "下月就能启用"),
        ("林秀说了什么?", "主任林秀主持会议，方远说，要抓紧。", None),
        ("林秀对医保说了什么?", "林秀说，新区设了6间病房。", None),
    ],
)
def test_what_somebody_says(question: str, sentence: str, words: str | None) -> None:
    span = said(question, sentence)
    assert (span and sentence[slice(*span)]) == words


@pytest.mark.parametrize(
    ("question", "sentence", "place"),
    [
        ("林秀是哪里人?", "林秀，女，湖南龙山人，1990年生。", "湖南龙山"),
        ("林秀老家在哪", "林秀（28岁，湖南龙山人）在现场。", "湖南龙山"),
        ("林秀是哪里人?", "林秀，项目负责人，到场介绍。", None),
        ("方远是哪里人?", "林秀，湖南龙山人。", None),
    ],
)
def test_where_somebody_is_from(question: str, sentence: str, place: str | None) -> None:
    span = origin(question, sentence, SEGMENTER)
    assert (span and sentence[slice(*span)]) == place


@pytest.mark.parametrize(
    ("question", "sentence", "clauses"),
    [
        (
            "5.2%是什么的比例?",
            "今年招录12人，占全院人数的5.2%，其中博士3人。",
            "今年招录12人，占全院人数的5.2%",
        ),
        ("5.2%指的是什么", "增速达15.2%。", None),
        ("全院人数的比例是多少?", "占全院人数的5.2%。", None),
    ],
)
def test_of_what_a_share_is_one(question: str, sentence: str, clauses: str | None) -> None:
    span = whole_of(question, sentence)
    assert (span and sentence[slice(*span)]) == clauses


@pytest.mark.parametrize(
    ("question", "sentence", "bare"),
    [
        ("方远参加了哪个会?", "林岳、方远、江一帆参加会议。", True),
        ("方远出席了什么活动?", "区领导林岳、江一帆等出席。", False),
        ("方远出席了什么活动?", "方远出席论坛，并作了讲话。", False),
        ("方远哪天出席的活动?", "区领导林岳、方远等出席。", False),
    ],
)
def test_who_merely_attended(question: str, sentence: str, bare: bool) -> None:
    assert attends(question, sentence) is bare
