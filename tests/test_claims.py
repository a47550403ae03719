"""Yes/no questions decided by the value that they claim: what is asked for instead, and what it says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from evidence import article

from qa.answers.combining import Found
from qa.answers.confirming import belonging, confirmed
from qa.composing import Draft, Quote
from qa.text import Segmenter
from qa.types import Evidence
from qa.understanding.claims import claims, fallbacks

SEGMENTER = Segmenter(people=["林苇", "葛清"])


@pytest.mark.parametrize(
    ("question", "kind", "offered", "instead"),
    [
        ("动员会是3月6日开的吗?", "time", "3月6日", "动员会哪天开的?"),
        ("动员会3月6日下午开的?", "time", "3月6日下午", "动员会什么时候开的?"),
        ("3月6日下午开的动员会对不", "time", "3月6日下午", "动员会什么时候开的?"),
        ("大桥明年通车对吧?", "time", "明年", "大桥什么时候通车?"),
        ("林苇是区长吗?", "office", "区长", "林苇是什么职务?"),
        ("区长是林苇吧", "person", "林苇", "区长是谁?"),
        ("动员会是葛清主持的吗?", "person", "葛清", "动员会是谁主持的?"),
        ("动员会由区长主持的吧", "person", "区长", "动员会由谁主持的?"),
        ("葛清主持了动员会吗?", "person", "葛清", "谁主持了动员会?"),
        ("引进的博士是12名对不对", "number", "12名", "引进的博士是多少名?"),
        ("园区企业超过一百家了吗?", "number", "超过一百家", "园区企业有多少家?"),
        ("园区企业有没有超过100家?", "number", "超过100家", "园区企业有多少家?"),
        ("产值增长7.4%吗?", "number", "7.4%", "产值增长多少?"),
        ("党员占理事会的一半吗?", "number", "50%", "党员占理事会的多少?"),
        ("冠军是肯尼亚人吗?", "country", "肯尼亚", "冠军是哪国人?"),
        ("葛清是汉族吗?", "nationality", "汉族", "葛清是什么民族?"),
    ],
)
def test_what_is_asked_for_instead(question: str, kind: str, offered: str, instead: str) -> None:
    claim = claims(question, SEGMENTER)[0]
    assert (claim.kind, claim.offered, claim.question) == (kind, offered, instead)


@pytest.mark.parametrize(
    "question",
    [
        "会议延期了吗?",
        "林苇没主持动员会吗?",
        "动员会3月6日讨论了什么?",
        "3月份产值增长了吗?",
        "葛清也是主持人吗?",
        "60岁以上老人能免费吗?",
        "两家的奖金一样吗?",
        "高校是主办方吗?",
        "早供的那3天要加钱吗?",
        "头三个月要钱吗?",
        "急诊晚上开吗?",
        "村里有没有60岁以上的?",
        "园区有没有新建厂房?",
    ],
)
def test_what_no_value_decides(question: str) -> None:
    assert claims(question, SEGMENTER) == ()


def _asked(question: str, *told: tuple[str, str], confidence: float = 0.9, notice: str | None = None) -> str:
    """Return 是, 否 or nothing for a question, given the sentences and short answers found, in order."""
    answers = iter(told)

    def ask(_: str) -> Found:
        body, short = next(answers)
        written = replace(article(body), date=dt.date(2024, 3, 8))
        at = body.index(short)
        best = Evidence(written, 0, len(body), at, at + len(short), 1.0)
        return Found([], confidence, Draft((Quote(written, 0, len(body)),), short, notice=notice), best)

    found = confirmed(claims(question, SEGMENTER), ask, None, SEGMENTER)
    return found.draft.short[0] if found and found.draft and found.draft.short else ""


_HELD = "3月6日上午,区委书记林苇主持召开动员会。"


@pytest.mark.parametrize(
    ("question", "body", "short", "said"),
    [
        ("动员会是3月6日开的吗?", _HELD, "3月6日上午", "是"),
        ("动员会是3月7日开的吗?", _HELD, "3月6日上午", "否"),
        ("动员会是3月6日下午开的吗?", _HELD, "3月6日上午", "否"),
        ("动员会是3月6日下午开的吗?", "3月6日,动员会召开。", "3月6日", ""),
        ("大桥明年汛期后完工吗?", "大桥确保明年汛期前完工。", "明年汛期前", "否"),
        ("大桥明年汛期完工吗?", "大桥确保明年完工。", "明年", ""),
        ("动员会是林苇主持的吗?", _HELD, "林苇", "是"),
        ("动员会是葛清主持的吗?", _HELD, "林苇", "否"),
        ("动员会是葛清主持的吗?", "林苇、葛清主持动员会。", "林苇", ""),
        ("动员会是葛清提议的吗?", _HELD, "林苇", ""),
        ("动员会由区长主持的吧", _HELD, "林苇", "否"),
        ("动员会由区委书记主持的吧", _HELD, "林苇", "是"),
        ("引进的博士是15名吗?", "今年引进博士12名。", "12名", "否"),
        ("引进的博士是12名吗?", "今年引进博士12名。", "12名", "是"),
        ("园区企业超过一百家了吗?", "园区企业近百家。", "近百家", "否"),
        ("园区企业超过一百家了吗?", "园区企业120家。", "120家", "是"),
        ("园区企业有120家吗?", "园区企业一百余家。", "一百余家", ""),
        ("引进的博士都是40岁以上的?", "引进40岁以下的博士。", "40岁以下", "否"),
        ("冠军是日本人吗?", "冠军被肯尼亚选手摘得。", "肯尼亚", "否"),
        ("桥面下了260毫米雨吗?", "演练模拟降雨量达260毫米。", "260毫米", ""),
    ],
)
def test_what_the_value_says(question: str, body: str, short: str, said: str) -> None:
    assert _asked(question, (body, short)) == said


@pytest.mark.parametrize(
    ("question", "told", "said"),
    [
        ("林苇是书记吗?", [(_HELD, "区委书记")], "是"),
        ("林苇是院长吗?", [("副院长林苇讲话。", "副院长")], "否"),
        ("林苇是副院长吗?", [("院长林苇讲话。", "院长")], "否"),
        ("林苇是区长吗?", [(_HELD, "区委书记"), ("区长葛清讲话。", "葛清")], "否"),
        ("林苇是区长吗?", [(_HELD, "区委书记"), ("区长林苇讲话。", "林苇")], "是"),
        ("林苇是区长吗?", [("区长葛清讲话。", "区长")], ""),
    ],
)
def test_who_holds_an_office(question: str, told: list[tuple[str, str]], said: str) -> None:
    assert _asked(question, *told) == said


def test_no_is_said_only_of_what_is_sure() -> None:
    told = (_HELD, "3月6日上午")
    assert _asked("动员会是3月7日开的吗?", told, confidence=0.4) == ""
    assert _asked("动员会是3月6日开的吗?", told, confidence=0.4) == "是"
    assert _asked("动员会是3月7日开的吗?", told, notice="两篇说法不同。") == ""


@pytest.mark.parametrize(
    ("question", "kind", "offered", "instead"),
    [
        ("5月9日小学还能网上报名吗?", "window", "5月9日", "小学网上报名时间是什么时候?"),
        ("区妇联参加动员会了吗?", "member", "区妇联", "动员会上哪些单位表态发言?"),
        ("区教育局有没有在动员会上发言", "member", "区教育局", "动员会上哪些单位发言?"),
        ("挂职能去市直单位不", "member", "市直单位", "挂职能去哪些单位?"),
        ("国有公司能不能去挂职", "member", "国有公司", "能去哪些单位挂职?"),
        ("北苑小区也建充电桩了吗", "member", "北苑小区", "哪些小区建充电桩?"),
    ],
)
def test_what_is_asked_where_a_question_is_not_answered_itself(
    question: str, kind: str, offered: str, instead: str
) -> None:
    claim = fallbacks(question)[0]
    assert (claim.kind, claim.offered, claim.question) == (kind, offered, instead)


@pytest.mark.parametrize(
    "question", ["县医院院长是林苇吗?", "区教育局没有发言吗?", "村里有没有路灯?", "哪些小区停水了没?"]
)
def test_what_no_list_is_asked_for(question: str) -> None:
    assert fallbacks(question) == ()


@pytest.mark.parametrize(
    ("question", "body", "short", "expected"),
    [
        ("北苑小区也建充电桩了吗", "翠苑、北苑小区等8个小区建充电桩。", None, "是。"),
        ("南苑小区也建充电桩了吗", "翠苑、北苑小区等8个小区建充电桩。", None, None),
        ("北苑小区也建充电桩了吗", "翠苑、北苑小区等8个小区装电梯。", None, None),
        ("北苑小区也建充电桩了吗", "除翠苑、北苑小区以外,各小区建充电桩。", None, None),
        ("北苑小区建充电桩吗", "翠苑、北苑小区不建充电桩。", None, None),
        ("区妇联参加动员会了吗", "动员会上,区妇联、区教育局就抓好工作表态发言。", None, "是。"),
        ("区妇联参加动员会了吗", "推进会上,区妇联、区教育局就抓好工作表态发言。", None, None),
        ("林苇去动员会了吗", "区领导林苇、葛清等出席动员会。", None, "是。"),
        ("区妇联参加动员会了吗", "动员会要求,要依靠区妇联、区教育局抓好工作。", None, None),
        ("5月9日能网上报名吗", "网上报名时间为5月8日至5月12日。", "5月8日至5月12日", "是。"),
        ("5月14日能网上报名吗", "网上报名时间为5月8日至5月12日。", "5月8日至5月12日", "否。"),
        ("5月14日能网上报名吗", "网上报名时间为5月8日。", "5月8日", None),
    ],
)
def test_what_a_list_or_a_span_of_days_says(
    question: str, body: str, short: str | None, expected: str | None
) -> None:
    written = article(body, date=dt.date(2024, 5, 1))
    best = Evidence(written, 0, len(body), None, None, 1.0)
    found = Found([], 0.8, Draft((Quote(written, 0, len(body)),), short), best)
    told = belonging(fallbacks(question), lambda _: found, SEGMENTER)
    assert (told.draft.lead if told and told.draft else None) == expected
