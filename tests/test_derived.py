"""What is told only by way of other numbers is worked out, or refused, and never one of those numbers."""

from __future__ import annotations

import pytest
from evidence import article, evidence

from qa.answers.derived import derived
from qa.answers.superlatives import gives_its_number, outright
from qa.composing import Draft
from qa.text import Segmenter
from qa.types import Query
from qa.understanding.questions import analyse

NOTHING_TO_DERIVE = "as read"


def asked(question: str, sentence: str, marked: str) -> str | None:
    """Return the short answer that is derived, ``None`` for a refusal."""
    form = analyse(question)
    found = derived(
        Query(question, question, form.form), form, evidence(article(sentence), short=marked), Segmenter()
    )
    if found is None:
        return NOTHING_TO_DERIVE
    return found.draft.short if found.draft else None


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "short"),
    [
        # By how much: told, or worked out of what it was and is.
        ("平均候诊时间缩短了几分钟?", "平均候诊时间18分钟，去年同期为26分钟。", "18分钟", "8分钟"),
        ("血透每次便宜了多少?", "血透由每次420元降到360元，拔牙由90元降到80元。", "360元", "60元"),
        ("站台宽了多少米?", "站台宽度由6米增至9.5米。", "9.5米", "3.5米"),
        ("新校比老校多多少个学位?", "新校有学位900个，比老校多300个。", "900个", "300个"),
        ("新校增加了多少个学位?", "学位900个，比老校多300个，全镇学位由此达到2100个。", "2100个", "300个"),
        ("渡槽比预算省了多少?", "渡槽预算投资900万元，实际完成投资860万元。", "860万元", "40万元"),
        ("疫苗接种超额多少人?", "计划接种2000人，实际接种2150人。", "2150人", "150人"),
        ("入学率快了多少个百分点?", "巩固率为96.5%，上年同期为95%。", "96.5%", "1.5个百分点"),
        ("每天多收了几吨?", "餐厨垃圾由每天12吨增加到20吨。", "20吨", "8吨"),
        ("过江能省多少分钟?", "过江时间将由40分钟缩短至15分钟。", "15分钟", "25分钟"),
        ("茶青涨了几块?", "茶青从每公斤30元涨到了36元。", "36元", "6元"),
        ("份额涨了多少个百分点?", "份额从21.5%上升至23%。", "23%", "1.5个百分点"),
        ("今年的目标比2022年多多少?", "2022年收入80万元，今年目标是100万元。", "100万元", "20万元"),
        # What it was before, or is now.
        ("进城要多久?", "以前翻山要90分钟，今后走隧道20分钟。", "90分钟", "20分钟"),
        ("去年的补贴是多少?", "补贴每月160元，今年3月起比原来提高15元。", "160元", "145元"),
        ("上半年增速是多少?", "增加值同比增长8%，增速比上半年提高0.5个百分点。", "0.5个百分点", "7.5%"),
        ("欠费的去年同期有几家?", "利润8亿元，去年同期为7亿元；欠费3家，比去年同期少2家。", "3家", "5家"),
        ("水痘去年同期有多少例?", "水痘报告52例，比去年同期少9例。", "9例", "61例"),
        ("年初托育机构有几家?", "全区托育机构64家，比年初净增6家。", "64家", "58家"),
        ("去年油菜亩产多少公斤?", "油菜亩产180公斤，比去年增加12公斤。", "180公斤", "168公斤"),
        ("老馆有多少个座位?", "新馆设座位700个，比老馆多250个。", "250个", "450个"),
        ("旱地收割一亩多少钱?", "水田收割每亩80元，比旱地贵15元。", "80元", "65元"),
        ("工业增速去年同期增长多少?", "工业增加值增长8%，上年同期为6.5%。", "8%", "6.5%"),
        # What is left, and what was planned.
        ("没缴费的居民有多少?", "应保居民9万人，其中已缴费6万人。", "9万人", "3万人"),
        ("还差几座公厕没建?", "全年计划建公厕30座，已建成12座。", "12座", "18座"),
        ("早稻还剩多少没收?", "全镇8.4万亩早稻已收6.1万亩。", "6.1万亩", "2.3万亩"),
        ("代表缺席了几人?", "应到代表120人，实到117人。", "117人", "3人"),
        ("泊位原计划建多少个?", "新建泊位500个（实际建成560个）。", "560个", "500个"),
        (
            "镇里自筹了多少?",
            "总投资1200万元，其中省级补助700万元、县财政300万元，其余由镇里自筹。",
            "300万元",
            "200万元",
        ),
        ("送到档案馆的有多少件?", "共征集老物件96件，其中70件留在村史馆，其余送县档案馆。", "96件", "26件"),
    ],
)
def test_worked_out_or_told(question: str, sentence: str, marked: str, short: str) -> None:
    assert asked(question, sentence, marked) == short


@pytest.mark.parametrize(
    ("question", "sentence", "marked"),
    [
        ("今年比去年多招多少名教师?", "今年计划招聘教师46名。", "46名"),
        ("今年多种几亩?", "今年计划种花生46亩。", "46亩"),
        ("新路比旧路便宜多少?", "新路比旧路长60米。", "60米"),
        ("平均候诊时间缩短了几分钟?", "平均候诊时间26分钟，去年同期为18分钟。", "26分钟"),
        ("去年冠军跑了多久?", "成绩1小时03分27秒，比去年冠军快了41秒。", "41秒"),
        ("还有多少善款没发放?", "善款已发放46万元。", "46万元"),
        ("还有多少赃款没追回?", "公安机关追回赃款46万元。", "46万元"),
        ("学位增加了多少个?", "全镇学位由此达到2100个。", "2100个"),
        ("合格率提高了多少个百分点?", "合格率提高到98%。", "98%"),
        ("2013年收入多少?", "去年收入4.2万元，是2013年的3倍。", "4.2万元"),
        ("今年收入比去年多多少?", "去年收入80万元，今年目标是100万元。", "100万元"),
        ("一季度投资多少?", "与一季度相比，投资增加9亿元。", "9亿元"),
        ("学位里有多少个是小学的?", "新增学位900个，其中中学学位最多。", "900个"),
        ("办证几天办好?", "办证提速，最短的一件用时20分钟。", "20分钟"),
        # 去年 of last year's figure is the year before.
        ("去年同期水痘有多少例?", "2023年水痘报告52例，比去年同期少9例。", "9例"),
    ],
)
def test_no_number_at_hand_stands_for_the_one_asked_for(question: str, sentence: str, marked: str) -> None:
    assert asked(question, sentence, marked) is None


@pytest.mark.parametrize(
    ("question", "sentence", "marked"),
    [
        ("水痘报告了多少例?", "水痘报告52例，比去年同期少9例。", "52例"),
        ("水痘比去年同期少多少例?", "水痘报告52例，比去年同期少9例。", "9例"),
        ("工业增加值增长了多少?", "工业增加值增长8%，上年同期为6.5%。", "8%"),
        ("每户最多种几亩?", "每户限种花生6亩。", "6亩"),
        ("早稻收了多少?", "全镇8.4万亩早稻已收6.1万亩。", "6.1万亩"),
        (
            "县财政出了多少?",
            "总投资1200万元，其中省级补助700万元、县财政300万元，其余由镇里自筹。",
            "300万元",
        ),
        ("拔牙降到了多少钱?", "拔牙由90元降到80元。", "80元"),
        ("报销比例少几个点?", "没有备案的，报销比例下降10个百分点。", "10个百分点"),
        ("警情少了多少?", "警情同比下降18%，其中城关镇降幅达到26%。", "26%"),
        ("大坝高多少米?", "大坝高82米，长310米。", "82米"),
        ("江南省多少家企业获奖?", "江南省有12家企业获奖。", "12家"),
        ("村里收入多少?", "2022年收入80万元，今年目标是100万元。", "80万元"),
        ("平台里有几个是国家级的?", "平台21个，其中国家级3个。", "3个"),
        ("哪一件最短，用时多少?", "最短的一件用时20分钟。", "20分钟"),
    ],
)
def test_what_is_printed_stays(question: str, sentence: str, marked: str) -> None:
    assert asked(question, sentence, marked) == NOTHING_TO_DERIVE


def test_the_working_is_shown_and_its_sentence_quoted() -> None:
    form = analyse("水痘去年同期有多少例?")
    found = derived(
        Query("水痘去年同期有多少例?", "水痘去年同期有多少例?", form.form),
        form,
        evidence(article("水痘报告52例，比去年同期少9例。"), short="9例"),
        Segmenter(),
    )
    assert found is not None
    assert found.draft is not None
    assert found.draft.lead == "52例 + 9例 = 61例。"
    assert [quote.text for quote in found.draft.quotes] == ["水痘报告52例，比去年同期少9例。"]


FAULTS = "查出的问题中,旧管86处,漏阀71处,错接20处。"


@pytest.mark.parametrize(
    ("question", "sentence", "short"),
    [
        ("哪种管网问题最多?", FAULTS, "旧管86处"),
        ("哪种管网问题最少?", FAULTS, "错接20处"),
        ("哪种问题整改最多?", FAULTS, None),  # of what was put right nothing is told
        ("哪种管网问题最多?", "查出的问题中,旧管86处,漏阀71处。", None),
        ("哪种最多?", FAULTS, None),
    ],
)
def test_the_most_of_a_list_is_told_outright(question: str, sentence: str, short: str | None) -> None:
    form = analyse(question)
    found = outright(Query(question, question, form.form), form, evidence(article(sentence)), Segmenter())
    assert (found.short if found else None) == short


def test_the_number_of_the_most_is_not_asked_for_twice() -> None:
    assert gives_its_number("哪种问题最多", "有几处", Draft((), "旧管86处"))
    assert not gives_its_number("哪种问题最多", "有几处", Draft((), "旧管"))
    assert not gives_its_number("哪种问题最多", "整改了几处", Draft((), "旧管86处"))
    assert not gives_its_number("问题在哪里", "有几处", Draft((), "旧管86处"))


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "short"),
    [
        (
            "水库蓄水比去年少了多少?",
            "全县水库蓄水3.2亿立方米,比去年同期少0.4亿立方米,比常年同期偏少12%。",
            "12%",
            "0.4亿立方米",
        ),
        (
            "蓄水比往年少多少?",
            "全县蓄水3.2亿立方米,比去年同期少9%,比常年同期偏少12%。",
            "12%",
            NOTHING_TO_DERIVE,
        ),
        (
            "生产总值比前一年涨了几个点?",
            "全县实现生产总值84亿元,比上年增长6.1%,增速比全市平均水平高0.3个百分点。",
            "6.1%",
            NOTHING_TO_DERIVE,
        ),
    ],
)
def test_what_it_is_compared_with_is_the_one_asked_about(
    question: str, sentence: str, marked: str, short: str
) -> None:
    assert asked(question, sentence, marked) == short
