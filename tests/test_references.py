"""A pronoun of a follow-up stands for what was last asked about, not for whatever was named last."""

import pytest

from qa.conversation.dialogue import resolve, standalone
from qa.conversation.references import subject
from qa.text import Segmenter
from qa.types import Article, Turn

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
        ("老人哪年参的军", ("李慧老人多大岁数?", "李慧88岁。[1]", "奖金多少?", "3元。[1]"), "李慧哪年参的军"),
        ("老人什么时候能领补贴", ("李慧是谁?", "李慧是学生。[1]"), "老人什么时候能领补贴"),
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


COUNTED = ("柳溪镇招了多少名研究生?", "49名。[1]")


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("他们去干啥了", COUNTED, "柳溪镇招的研究生去干啥了"),
        ("他们去干啥了", (*COUNTED, "年龄多大?", "28岁以下。[1]"), "柳溪镇招的研究生去干啥了"),
        ("她为啥被抓", ("国王的丈母娘判了多久?", "一年。[1]"), "国王的丈母娘为啥被抓"),
        ("他还说了什么", ("区长怎么看大桥?", "区长苏建设表示,大桥很好。[1]"), "苏建设还说了什么"),
        ("它在哪里", ("青石大桥全称是啥?", "青石公路大桥。[1]"), "青石大桥在哪里"),
        # 国家反诈中心 is no 行动: its name does not take the place of one.
        ("这个行动谁部署的", ("国家反诈中心有多少人?", "没有找到。"), "国家反诈中心,这个行动谁部署的"),
    ],
)
def test_of_what_kind_it_is(question: str, earlier: tuple[str, ...], text: str) -> None:
    assert ask(question, *earlier) == text


def test_the_thing_named_by_the_last_answer() -> None:
    turns = [Turn("user", "要推广的APP叫什么?"), Turn("assistant", "要牢牢把握“护河通”APP推广。[1]")]
    found = resolve("它是谁办的", turns, SEGMENTER, (), lambda _: "“护河通”")
    assert found.text == "“护河通”是谁办的"


def test_of_two_writers_neither_is_meant() -> None:
    turns = [Turn("user", "大桥那篇是谁写的?"), Turn("assistant", "李慧、王丽。[1]")]
    written = Article("a", "大桥通车", "大桥通车。", None, None, ("李慧",), ("王丽",), "a.txt", 0)
    assert (
        resolve("她还写了什么", turns, SEGMENTER, (written,), lambda _: "李慧、王丽").text == "她还写了什么"
    )
    assert resolve("她还写了什么", turns, SEGMENTER, (written,), lambda _: "李慧").text == "李慧还写了什么"
    asked = [Turn("user", "通讯员叫什么"), Turn("assistant", "署名的有王丽：《大桥通车》[1]")]
    assert resolve("她还写过别的吗", asked, SEGMENTER, (written,)).text == "王丽还写过别的吗"
    held = [Turn("user", "大桥什么时候通车?"), Turn("assistant", "王丽报道,高志远宣布大桥3日通车。[1]")]
    assert resolve("他多大", held, SEGMENTER, (written,)).text == "高志远多大"


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
