"""What a sentence states outright answers, however unsure the reader is."""

import pytest

from qa.answers.statements import attends, convened, ends_on, origin, raised, said, serves_as, whole_of
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


@pytest.mark.parametrize(
    ("question", "sentence", "use"),
    [
        ("雨花纪念馆是干嘛的", "用好雨花纪念馆、英雄林等红色教育基地。", "红色教育基地"),
        ("雨花纪念馆在这里当什么用？", "用好英雄林、雨花纪念馆等教育阵地。", "教育阵地"),
        ("雨花纪念馆是干什么的?", "雨花纪念馆、英雄林等地游客增多。", None),
        ("雨花纪念馆在哪里?", "用好雨花纪念馆、英雄林等红色教育基地。", None),
    ],
)
def test_what_something_serves_as(question: str, sentence: str, use: str | None) -> None:
    span = serves_as(question, sentence)
    assert (span and sentence[slice(*span)]) == use


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("“三清”行动是在哪次会上部署的？", "要抓好“三清”行动。", True),
        ("智慧养老是哪个会议强调的", "要发展“智慧养老”。", True),
        ("智慧养老是谁提出来的", "要发展智慧养老。", False),
        ("智慧养老是哪次会提的", "要发展普惠托育。", False),
        ("智慧养老哪天开会", "要发展智慧养老。", False),
    ],
)
def test_what_came_up_at_a_meeting(question: str, sentence: str, told: bool) -> None:
    assert raised(question, sentence) is told


@pytest.mark.parametrize(
    ("question", "sentence", "day"),
    [
        ("桥西书展什么时候结束？", "桥西书展将于5月6日至20日举办，设展位60个。", "20日"),
        ("桥西书展什么时候开幕？", "桥西书展将于5月6日至20日举办，设展位60个。", None),
        ("桥东书展什么时候结束？", "桥西书展将于5月6日至20日举办，设展位60个。", None),
        ("桥西书展报名哪天截止？", "桥西书展将于5月6日至20日举办，设展位60个。", None),
    ],
)
def test_the_end_of_the_days_on_which_it_is_held(question: str, sentence: str, day: str | None) -> None:
    span = ends_on(question, sentence)
    assert (span and sentence[slice(*span)]) == day


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("5月6日上午，镇党委召开理论学习中心组会议，学习有关精神。", "镇党委召开理论学习中心组会议"),
        ("“村晚”活动举行，观众千人。", None),
        ("记者从会议上获悉，项目开工。", None),
    ],
)
def test_which_meeting_was_held(sentence: str, event: str | None) -> None:
    span = convened(sentence)
    assert (span and sentence[slice(*span)]) == event
