"""Fixed forms of official Chinese answer by how they are written: terms, parts, plans, campaigns."""

from __future__ import annotations

import pytest
from evidence import article, evidence, query, reading

from qa.answers.drafting import draft
from qa.answers.told import told_outright
from qa.composing import Draft
from qa.text import Segmenter
from qa.understanding.questions import analyse

SEGMENTER = Segmenter()
PARK = (
    "临溪工业园坚持规划先行、要素跟进、服务兜底“三步走”,形成了以竹木家居、冷链食品为主导,"
    "工业设计和直播电商为补充的产业格局。"
)
PLANS = "要对接全省“双环引领”“八大攻坚”,全市“一河两岸”等部署,聚焦园区“四区联动”,早立项、早动工、早见效。"


def drafted(question: str, sentence: str, marked: str | None = None) -> Draft | None:
    found = evidence(article(sentence), short=marked)
    return draft(query(question), analyse(question), reading(found), SEGMENTER)


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "items"),
    [
        ("三步走指的是什么?", PARK, "形成了以竹木家居", ["规划先行", "要素跟进", "服务兜底"]),
        ("“三步走”是哪三步?", PARK, None, ["规划先行", "要素跟进", "服务兜底"]),
        ("“三早”具体是指什么?", PLANS, None, ["早立项", "早动工", "早见效"]),
        (
            "“三条底线”是哪三条?",
            "他给各科室划出“三条底线”:不准收受礼金,不准违规吃喝,不准泄露评审信息。",
            "收受礼金",
            ["不准收受礼金", "不准违规吃喝", "不准泄露评审信息"],
        ),
        (
            "“三进”是指什么?",
            "推行“三进”服务:进车间、进田头、进社区,全年解决难题五百件。",
            None,
            ["进车间", "进田头", "进社区"],
        ),
        (
            "“三多”是哪三多?",
            "网点要实行“多问一句、多等一刻、多报一次”的“三多”劝阻措施。",
            None,
            ["多问一句", "多等一刻", "多报一次"],
        ),
        (
            "“四断”断的是哪些链?",
            "要以断人员链、断资金链、断技术链、断推广链的“四断”举措,铲除赌患。",
            None,
            ["断人员链", "断资金链", "断技术链", "断推广链"],
        ),
    ],
)
def test_what_a_term_stands_for(question: str, sentence: str, marked: str | None, items: list[str]) -> None:
    answer = drafted(question, sentence, marked)
    assert answer is not None
    assert [item.text for item in answer.items] == items


def test_what_is_asked_about_a_term_is_not_what_it_stands_for() -> None:
    answer = drafted("三步走取得什么成效?", PARK, "产业格局")
    assert answer is not None
    assert answer.short == "产业格局"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("临溪工业园的主导产业是什么?", "竹木家居、冷链食品"),
        ("临溪工业园的支柱产业有哪些?", "竹木家居、冷链食品"),
        ("园区产业里打辅助的是哪些?", "工业设计和直播电商"),
        ("直播电商是园区的主导产业吗?", "否，工业设计和直播电商为补充"),
        ("冷链食品算不算园区的支柱产业?", "是，以竹木家居、冷链食品为主导"),
    ],
)
def test_what_plays_which_part(question: str, short: str) -> None:
    answer = drafted(question, PARK, "工业设计和直播电商")
    assert answer is not None
    assert answer.short == short


@pytest.mark.parametrize(
    ("question", "marked", "short"),
    [
        ("全省的部署叫什么?", "“八大攻坚”", "“双环引领”“八大攻坚”"),
        ("要对接省里的哪些部署?", "全市“一河两岸”", "“双环引领”“八大攻坚”"),
        ("市里的部署叫什么名字?", "“一河两岸”", "“一河两岸”"),
    ],
)
def test_plans_are_told_apart_by_their_level(question: str, marked: str, short: str) -> None:
    answer = drafted(question, PLANS, marked)
    assert answer is not None
    assert answer.short == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("“清湖”行动是整治什么的?", "整治非法捕捞"),
        ("管捕鱼的行动叫什么?", "“清湖”行动"),
    ],
)
def test_a_campaign_has_an_aim_and_a_name(question: str, short: str) -> None:
    sentence = "会议审议了《临溪县整治非法捕捞“清湖”行动实施方案》。"
    answer = drafted(question, sentence, "《临溪县整治非法捕捞“清湖”行动实施方案》")
    assert answer is not None
    assert answer.short == short


def test_an_opinion_of_a_meeting_is_given_clause_by_clause() -> None:
    sentence = "葛清如表示,这次全会是承前启后的重要会议,总结了“四条经验”,为全县发展指明了方向。"
    answer = drafted("葛清如怎么评价这次全会?", sentence, "总结了“四条经验”")
    assert answer is not None
    assert [item.text for item in answer.items] == [
        "这次全会是承前启后的重要会议",
        "总结了“四条经验”",
        "为全县发展指明了方向",
    ]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("临溪工业园的“三步走”是哪三步?", True),
        ("临溪工业园的支柱产业是什么?", True),
        ("青萍软件园的支柱产业是什么?", False),
        ("北岭港区码头的“三步走”是哪三步?", False),
        ("临溪工业园有哪些企业?", False),
    ],
)
def test_what_is_told_in_so_many_words(question: str, told: bool) -> None:
    found = reading(evidence(article(PARK)))
    assert (told_outright(query(question), analyse(question), found, SEGMENTER) is not None) is told


LAYOUT = "全县形成“一湖两湾”布局:“一湖”即镜湖度假区,“两湾”即东侧鹭湾湿地和西侧柳湾码头。"
MECHANISM = "镇里建立“1+3+N”机制,即每片1名组长、3名联络员、N个帮扶单位,实行周调度。"


@pytest.mark.parametrize(
    ("question", "sentence", "short"),
    [
        ("“一湖两湾”是什么意思?", LAYOUT, "“一湖”即镜湖度假区,“两湾”即东侧鹭湾湿地和西侧柳湾码头"),
        ("“一湖两湾”里的两湾指哪里?", LAYOUT, "东侧鹭湾湿地和西侧柳湾码头"),
        ("“一湖两湾”里的两湾指的是什么?", LAYOUT, "东侧鹭湾湿地和西侧柳湾码头"),
        ("“1+3+N”机制是什么意思?", MECHANISM, "每片1名组长、3名联络员、N个帮扶单位"),
        ("“1+3+N”里面的3是指谁?", MECHANISM, "3名联络员"),
        ("“1+3+N”里面的4是指什么?", MECHANISM, None),
        ("“1+3+N”机制是什么时候建的?", MECHANISM, None),
    ],
)
def test_a_term_of_several_parts_is_told_part_by_part(
    question: str, sentence: str, short: str | None
) -> None:
    made = drafted(question, sentence)
    assert (made.short if made else None) == short


def test_a_way_of_steps_is_told_by_them() -> None:
    made = drafted(
        "夜校的“三步法”是哪三步?", "夜校实行“点题—讲课—测试”三步法,授课人由站长、技术员和能手担任。"
    )
    assert made is not None
    assert [item.text for item in made.items] == ["点题", "讲课", "测试"]


def test_what_a_campaign_is_against_is_told_by_its_name() -> None:
    sentence = "“清湖”行动为期半年,以打掉捕捞链、贩运链、销售链为主线。会议部署打击非法捕捞“清湖”行动。"
    text = article(sentence)
    found = reading(evidence(text, 0, short="捕捞链、贩运链、销售链"), evidence(text, 1))
    question = "“清湖”行动打的是什么?"
    made = draft(query(question), analyse(question), found, Segmenter())
    assert made is not None
    assert made.short == "打击非法捕捞"


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "short"),
    [
        (
            "“一园两廊”指什么?",
            "将建“一园两廊”,“一园”指湿地公园,“两廊”指东廊和西廊,目前已栽树三千棵。",
            "“一园”指湿地公园,“两廊”指东廊和西廊",
            "“一园”指湿地公园,“两廊”指东廊和西廊",
        ),
        (
            "“三查”指什么?",
            "“三查”是查门窗、查灶台、查旧插座,每月一次。",
            "查门窗、查灶台、查旧插座",
            "查门窗、查灶台、查旧插座",
        ),
        (
            "对企业有什么希望?",
            "希望企业把好师傅、新设备送进车间。",
            "把好师傅、新设备送进车间",
            "把好师傅、新设备送进车间",
        ),
        (
            "夜市有什么问题?",
            "夜市摊位90个,占道经营、油烟扰民较多。",
            "占道经营、油烟扰民",
            "占道经营、油烟扰民",
        ),
        (
            "对各单位有什么要求?",
            "他要求,窗口要随到随办;各单位要授权到位;要公开电话。",
            "窗口要随到随办;各单位要授权到位;要公开电话",
            "窗口要随到随办;各单位要授权到位;要公开电话",
        ),
        ("食堂国庆开不开?", "食堂每天开放,周一休息,法定节假日照常营业。", "法定节假日照常营业", None),
    ],
)
def test_what_was_marked_is_told_whole(question: str, sentence: str, marked: str, short: str | None) -> None:
    answer = drafted(question, sentence, marked)
    assert answer is not None
    if short:
        assert answer.short == short
    else:
        assert answer.short is not None
        assert marked in answer.short


def test_the_clause_that_was_marked_decides() -> None:
    answer = drafted("周末能体检吗?", "门诊全年开放,可约体检,但周末不安排体检。", "周末不安排体检")
    assert answer is not None
    assert answer.short == "否，周末不安排体检"
