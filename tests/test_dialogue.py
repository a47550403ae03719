"""Follow-ups are completed from the conversation; complete questions are left alone."""

import pytest

from qa.dialogue import standalone
from qa.text import Segmenter
from qa.types import Turn

SEGMENTER = Segmenter(terms=["二七经开区", "霹雳"], people=["苏建设", "陈红民"])


def ask(question: str, *earlier: str) -> str:
    roles = ("user", "assistant")
    history = [Turn(roles[i % 2], text) for i, text in enumerate(earlier)]
    return standalone(question, history, SEGMENTER)


ENTERPRISES = ("二七经开区有多少家高新技术企业?", "二七经开区共有高新技术企业22家。[1]")


def test_an_ellipsis_takes_the_place_of_its_counterpart() -> None:
    assert ask("那科技型企业呢?", *ENTERPRISES) == "二七经开区有多少家科技型企业?"
    assert ask("科技型企业呢", *ENTERPRISES) == "二七经开区有多少家科技型企业?"


def test_ellipses_chain() -> None:
    earlier = (*ENTERPRISES, "那科技型企业呢?", "61家。[1]")
    assert ask("专精特新企业呢?", *earlier) == "二七经开区有多少家专精特新企业?"


def test_a_date_takes_the_place_of_a_date() -> None:
    assert ask("那12月6日呢?", "12月14日开了什么会?", "区委常委会。") == "12月6日开了什么会?"


def test_an_ellipsis_without_a_counterpart_is_put_behind() -> None:
    assert ask("票价呢?", "大桥通车后开公交吗?", "开。") == "大桥通车后开公交,票价呢?"


def test_he_is_the_person_last_named() -> None:
    earlier = ("苏建设表态了吗?", "区长苏建设表示,要做好服务。[1]")
    assert ask("他要求经开区做好什么?", *earlier) == "苏建设要求经开区做好什么?"


def test_a_demonstrative_is_the_thing_last_named() -> None:
    earlier = ("霹雳行动是什么?", "二七区开展打击电信诈骗“霹雳”行动。[1]")
    assert "霹雳" in ask("该行动由谁部署?", *earlier)


def test_a_bare_question_is_put_behind_the_last_one() -> None:
    earlier = ("二七区给“霹雳”行动开动员会了?", "是的。[1]")
    assert ask("哪天的事?", *earlier) == "二七区给“霹雳”行动开动员会,哪天的事?"


@pytest.mark.parametrize(
    "question",
    [
        "二七纪念馆在哪里?",
        "陈红民主持了什么会议?",
        "受损房屋重建要注意什么?",
        "他山之石可以攻玉出自哪篇文章?",
    ],
)
def test_a_complete_question_stands_alone(question: str) -> None:
    assert ask(question, *ENTERPRISES) == question
    assert ask(question) == question


def test_without_history_nothing_is_made_up() -> None:
    assert ask("那科技型企业呢?") == "那科技型企业呢?"
    assert standalone("那科技型企业呢?", [Turn("assistant", "您好")], SEGMENTER) == "那科技型企业呢?"
