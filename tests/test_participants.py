"""Who did something side by side."""

import pytest

from qa.answers.drafting import draft
from qa.answers.participants import PEOPLE_ASKED, company, participants
from qa.text import Segmenter
from qa.types import Article, Evidence, Query, Reading
from qa.understanding.questions import analyse, plain

_OPENING = (
    "5月6日,朔溪材料研究院揭牌,县委书记郄望、澜川工学院院长仝清和共同为研究院揭牌,"
    "县人大常委会主任亓秋、县政协主席闾一苇等出席。"
)
_MEETING = (
    "县委书记牟川主持会议并讲话,县委常委、副县长郏远,县委常委、宣传部部长苌以宁,副县长尉迟青、乜川出席会议,"
    "县水利局、县财政局和柳荫街道负责人参加。"
)
_SPEAKERS = (
    "镇长麻立出席并讲话,东滩派出所所长皋武、镇司法所所长敖秋、镇农业服务中心主任闻人杰分别作表态发言。"
)


@pytest.mark.parametrize(
    ("question", "sentence", "names"),
    [
        ("研究院是谁揭的牌?", _OPENING, ["郄望", "仝清和"]),
        ("研究院揭牌有哪些领导到场?", _OPENING, ["亓秋", "闾一苇"]),
        ("都有哪些县领导出席会议?", _MEETING, ["郏远", "苌以宁", "尉迟青", "乜川"]),
        ("哪些副县长出席了?", _MEETING, ["郏远", "尉迟青", "乜川"]),
        ("哪几个人作了表态发言?", _SPEAKERS, ["皋武", "敖秋", "闻人杰"]),
        (
            "协议是哪两个人签的字?",
            "副区长樊启与该中心主任宁静远分别代表双方签字。",
            ["樊启", "宁静远"],
        ),
        ("谁列席了会议?", _MEETING, []),
        ("谁主持会议?", _MEETING, []),
        ("哪些人发了言?", "区检察院、区民政局和柳荫街道代表作表态发言。", []),
        ("哪些人参加?", "县领导张川、李秋,各乡镇负责人参加会议。", []),
        ("哪些人参加?", "县领导张川、李秋,柳荫镇参加会议。", []),
        ("哪些人出席?", "书记张川主持仪式,县长李秋出席。", []),
    ],
)
def test_all_before_the_deed_asked_about(question: str, sentence: str, names: list[str]) -> None:
    assert [sentence[slice(*one.name)] for one in participants(question, sentence)] == names


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("研究院揭牌时哪些领导到场?", "县人大常委会主任亓秋、县政协主席闾一苇"),
        ("研究院是哪些人揭的牌?", "县委书记郄望、澜川工学院院长仝清和"),
    ],
)
def test_the_answer_is_as_printed_with_the_names_as_items(question: str, short: str) -> None:
    answer = _drafted(question, _OPENING, _OPENING.index(short[-3:]))
    assert answer is not None
    assert answer.short == short
    assert len(answer.items) == 2


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("哪些副县长出席?", True),
        ("都有哪些县领导参加?", True),
        ("哪两位到会?", True),
        ("哪些单位参加?", False),
        ("水利建设领导小组有哪些部门?", False),
        ("哪些人民团体参加?", False),
    ],
)
def test_people_are_asked_for(question: str, asked: bool) -> None:
    assert bool(PEOPLE_ASKED.search(plain(question))) == asked


def test_the_names_alone_where_nothing_was_marked() -> None:
    answer = _drafted("哪些领导到场?", _OPENING)
    assert answer is not None
    assert answer.short == "亓秋、闾一苇"


def _drafted(question: str, text: str, marked: int | None = None):
    article = Article("id", "要闻", text, None, None, (), (), "12月.txt", 0)
    asked = analyse(question)
    evidence = Evidence(article, 0, len(text), marked, None if marked is None else marked + 3, 1.0)
    return draft(Query(question, question, asked.form), asked, Reading((evidence,), 0.9), Segmenter())


def test_a_roster_is_named_in_full() -> None:
    text = "助人类(3人):亓秋,女,61岁,社区医生;闾一苇,男,34岁,司机;禚方,男,29岁,外卖骑手。"
    answer = _drafted("助人类都有谁?", text, text.index("亓秋"))
    assert answer is not None
    assert answer.short == "亓秋、闾一苇、禚方"
    one = _drafted("谁是社区医生?", text, text.index("亓秋"))
    assert one is not None
    assert not one.items


def test_all_who_went_along_in_two_sentences() -> None:
    text = "庾正到镇里检查渡口。副县长亓秋、闾一苇参加检查。镇长禚方、站长莫雨陪同检查。"
    assert [text[slice(*one)] for one in company("谁陪庾正去的渡口?", text)] == [
        "亓秋",
        "闾一苇",
        "禚方",
        "莫雨",
    ]
    assert company("谁检查了渡口?", text) == []
    assert company("谁陪庾正去的渡口?", text[: text.index("镇长")]) == []
