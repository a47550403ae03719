"""A pronoun of a follow-up stands for what was last asked about, not for whatever was named last."""

import pytest

from qa.conversation.dialogue import standalone
from qa.conversation.references import subject
from qa.text import Segmenter
from qa.types import Turn

SEGMENTER = Segmenter(
    terms=["青石大桥", "护河百日行动", "金桂花园", "银杏小区", "江北储能公司"],
    people=["高志远", "陈红民", "苏建设", "李慧", "王丽"],
)
PRESENT = "区长苏建设致辞,党工委书记高志远主持,区政协主席陈红民出席。[1]"
STARTED = ("护河百日行动什么时候启动?", "3月25日启动。[1]")
HOMES = ("新房源在哪两个小区?", "新房源位于金桂花园和银杏小区两处。[1]")


def ask(question: str, *earlier: str) -> str:
    turns = [Turn(("user", "assistant")[i % 2], text) for i, text in enumerate(earlier)]
    return standalone(question, turns, SEGMENTER)


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("他是什么职务", ("谁主持的仪式?", PRESENT), "高志远是什么职务"),
        ("他是什么职务", ("仪式上谁致辞?", PRESENT), "苏建设是什么职务"),
        ("他多大", ("李慧是谁?", "书记高志远为他们颁奖,其中李慧救了两人。[1]"), "李慧多大"),
        ("他怎么说", ("李慧的教练是谁?", "教练王丽介绍,李慧每天训练。[1]"), "王丽怎么说"),
        ("他多大", ("谁夺冠?", "李慧夺冠。[1]王丽颁奖。[2]"), "李慧多大"),
        ("这个人是哪里的", ("谁主持的仪式?", PRESENT), "高志远是哪里的"),
        ("他多大", ("谁夺冠?", "高二学生夺冠。[1]"), "夺冠,他多大"),
        ("他多大", ("贺兰舟是谁?", "书记高志远为贺兰舟颁奖。[1]"), "贺兰舟多大"),
        ("此人多大", ("李慧是谁?", "李慧是学生。[1]"), "李慧多大"),
    ],
)
def test_he_is_who_was_asked_for_or_about(question: str, earlier: tuple[str, ...], text: str) -> None:
    assert ask(question, *earlier) == text


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("该公司有多少员工", ("江北储能公司是谁办的?", "陈红民。[1]"), "江北储能公司有多少员工"),
        ("这家企业有多少员工", ("江北储能公司是谁办的?", "陈红民。[1]"), "江北储能公司有多少员工"),
        ("这个行动持续多久", STARTED, "护河百日行动持续多久"),
        ("那天谁出席了", ("12月6日发生了什么?", "开会。[1]"), "12月6日谁出席了"),
        ("当天还有什么会", ("桥什么时候通车?", "6月3日,大桥通车。[1]"), "6月3日还有什么会"),
        ("前者有多少套", HOMES, "金桂花园有多少套"),
        ("后者呢", (*HOMES, "前者有多少套", "236套。[1]"), "银杏小区有多少套"),
        ("当天气温多少", STARTED, "当天气温多少"),
    ],
)
def test_a_thing_a_day_and_one_of_two(question: str, earlier: tuple[str, ...], text: str) -> None:
    assert ask(question, *earlier) == text


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("护河百日行动什么时候启动?", "护河百日行动"),
        ("江北储能公司去年出口多少?", "江北储能公司"),
        ("谁主持的会议", None),
        ("区长是谁", None),
        ("最大的项目是哪个", None),
    ],
)
def test_what_a_question_is_about(question: str, name: str | None) -> None:
    assert subject(question, SEGMENTER) == name
