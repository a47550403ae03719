"""Questions of several parts, and those that want something worked out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text import Segmenter
from qa.understanding.parts import calculation, split

SEGMENTER = Segmenter()


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("補貼多少錢,找誰辦?", ["补贴多少钱?", "补贴找谁办?"]),
        ("會議什麼時候、在哪裡召開的？", ["会议什么时候召开的?", "会议在哪里召开的?"]),
        ("全縣有多少家企業?", ["全縣有多少家企業?"]),
        ("会议什么时候、在哪里召开的?", ["会议什么时候召开的?", "会议在哪里召开的?"]),
        ("会议是什么时候、由谁主持召开的?", ["会议是什么时候主持召开的?", "会议是由谁主持召开的?"]),
        ("谁主持了会议,多少人参加?", ["谁主持了会议?", "会议多少人参加?"]),
        ("修渠的钱,上面给多少、县里掏多少?", ["修渠的钱,上面给多少?", "修渠的钱,县里掏多少?"]),
        ("闸门原来多宽,要改到多宽?", ["闸门原来多宽?", "闸门要改到多宽?"]),
        ("书记和县长分别是谁?", ["书记是谁?", "县长是谁?"]),
        ("县长是谁,书记是谁?", ["县长是谁?", "书记是谁?"]),
        ("项目由谁投资?在哪建设?", ["项目由谁投资?", "项目在哪建设?"]),
        ("行动的时间和地点?", ["行动什么时候?", "行动在哪里?"]),
        ("全县有多少家企业?", ["全县有多少家企业?"]),
        ("为什么要派干部下乡?", ["为什么要派干部下乡?"]),
        ("有多少人、多少单位参加?", ["有多少人、多少单位参加?"]),
        ("哪些街道分别有多少人?", ["哪些街道分别有多少人?"]),
        ("", [""]),
        (
            "园区有多少家企业和多少个研发中心?",
            ["园区有多少家企业?", "园区多少个研发中心?"],
        ),
    ],
)
def test_split(question: str, parts: list[str]) -> None:
    assert [part.question for part in split(question, SEGMENTER)] == parts


@pytest.mark.parametrize(
    ("question", "kind", "operands"),
    [
        ("公园和广场加起来多少个?", "sum", ["公园有多少个?", "广场有多少个?"]),
        ("全县的公园和广场一共有多少个?", "sum", ["全县的公园有多少个?", "全县的广场有多少个?"]),
        ("甲店、乙店和丙店加起来卖多少份?", "sum", ["甲店卖多少份?", "乙店卖多少份?", "丙店卖多少份?"]),
        ("公园比广场多多少个?", "difference", ["公园有多少个?", "广场有多少个?"]),
        ("甲镇比乙镇少种多少亩水稻?", "difference", ["甲镇种多少亩水稻?", "乙镇种多少亩水稻?"]),
        ("三室的比两室的多交多少钱?", "difference", ["三室交多少钱?", "两室交多少钱?"]),
        ("甲镇与乙镇的面积相差多少亩?", "difference", ["甲镇的面积有多少亩?", "乙镇的面积有多少亩?"]),
        ("柳溪隧道和青石隧道哪座长?", "more", ["柳溪隧道有多长?", "青石隧道有多长?"]),
        ("3月到8月粮站收购的粮多了多少?", "difference", ["粮站8月收购了多少粮?", "粮站3月收购了多少粮?"]),
        ("一期和二期的投资哪个多?", "more", ["一期的投资有多少?", "二期的投资有多少?"]),
        ("一期和二期的投资哪个少?", "less", ["一期的投资有多少?", "二期的投资有多少?"]),
        ("轻卡版比厢货版便宜多少?", "difference", ["厢货版多少钱?", "轻卡版多少钱?"]),
        ("启动仪式比动员会晚几天?", "days", ["启动仪式是哪天?", "动员会是哪天?"]),
        ("启动仪式比动员会早多少天?", "days", ["动员会是哪天?", "启动仪式是哪天?"]),
        ("启动仪式和动员会哪个先开?", "earliest", ["启动仪式是哪天开的?", "动员会是哪天开的?"]),
        ("哪个早,公园开放还是大桥通车?", "earliest", ["公园开放是哪天?", "大桥通车是哪天?"]),
        ("谁的产量高,甲镇还是乙镇?", "more", ["甲镇产量有多少?", "乙镇产量有多少?"]),
        ("驻村的干部和护林的干部哪边人多?", "more", ["驻村的干部有多少人?", "护林的干部有多少人?"]),
        ("姐姐和妹妹谁年纪大?", "more", ["姐姐多大?", "妹妹多大?"]),
        ("存款和贷款哪个增加得多?", "more", ["存款增加了多少?", "贷款增加了多少?"]),
        ("一期和二期的投资哪个多,各多少?", "more", ["一期的投资有多少?", "二期的投资有多少?"]),
    ],
)  # fmt: skip
def test_calculation(question: str, kind: str, operands: list[str]) -> None:
    found = calculation(question, SEGMENTER)
    assert found is not None
    assert (found.kind, [part.question for part in found.operands]) == (kind, operands)


@pytest.mark.parametrize(
    "question",
    [
        "今年比去年多了多少?",
        "东江县增速比全省高出多少?",
        "全县一共有多少家企业?",
        "入住率比平时高多少?",
        "王波和李强谁是副区长?",
        "王波和李强谁官大?",
        "质量和速度哪个优先?",
        "本月占比高多少?",
        "和平路一共改造了多少米?",
        "新办法比老版多几条?",
        "",
    ],
)
def test_what_is_no_calculation(question: str) -> None:
    assert calculation(question, SEGMENTER) is None


@given(st.text(st.sampled_from("甲乙镇和、,?？谁多少什么时候在哪里有分别各比一共"), max_size=30))
def test_any_text_has_at_least_one_part(text: str) -> None:
    parts = split(text, SEGMENTER)
    assert parts
    assert all(part.question for part in parts) or parts[0].question == text


def test_a_part_that_names_nothing_of_its_own() -> None:
    found = split("星辰储能是干什么的、投多少钱?", Segmenter())
    assert [(part.question, part.named) for part in found] == [
        ("星辰储能是干什么的?", True),
        ("星辰储能投多少钱?", False),
    ]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("青浦县和丹河县财政收入一共多少?", ["青浦县财政收入有多少?", "丹河县财政收入有多少?"]),
        ("青浦县的存粮比丹河县多多少?", ["青浦县的存粮有多少?", "丹河县的存粮有多少?"]),
        ("图书馆和博物馆一共接待多少人?", ["图书馆接待多少人?", "博物馆接待多少人?"]),
    ],
)
def test_places_share_what_is_asked_of_the_last_or_first(question: str, parts: list[str]) -> None:
    found = calculation(question, Segmenter())
    assert found is not None
    assert [part.question for part in found.operands] == parts
