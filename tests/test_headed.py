"""What stands above a line counts: sections, lists, rosters, categories, questions with answers."""

from __future__ import annotations

import pytest
from evidence import article, evidence, query, reading

from qa.answers.drafting import draft
from qa.answers.headed import category
from qa.answers.told import told_outright
from qa.parsing.outlines import headings, items_of, items_under, outline
from qa.reading.items import is_of_another_list
from qa.reading.twins import goes_on_about_its_like
from qa.search.matching import word_weights
from qa.text import Segmenter, sentence_spans
from qa.types import Article
from qa.understanding.questions import analyse

NOTICE = """5月2日，水务局发布公告。
一、停水安排
1.停水时间：5月8日9时至15时。
2.停水范围：东街片区，共300户。
二、停电安排
1.青石线：5月9日8时至12时，涉及柳湾村、上塘村。
2.白石线：5月10日13时至18时，涉及下塘村。
遇雨顺延。"""
GUIDE = """办事大厅整理出指南。
一、所需材料
（一）营业执照副本；
（二）法人身份证原件及复印件；
（三）健康证明。
二、办理流程
先取号，再受理。"""
ROSTER = """名单如下：
先锋类（2人）：方岩，男，40岁，教师；柳青，女，35岁，医生。
奉献类（2人）：常远，男，51岁，工人；蓝欣，女，28岁，护士。"""


def _at(source: Article, text: str) -> int:
    """Return which sentence of an article holds a text."""
    return next(n for n, (a, b) in enumerate(sentence_spans(source.body)) if text in source.body[a:b])


@pytest.mark.parametrize(
    ("text", "above"),
    [
        ("青石线", ("停电安排",)),
        ("停水范围", ("停水安排",)),
        ("遇雨", ("停电安排",)),
        ("5月2日", ()),
    ],
)
def test_sections_head_their_lines(text: str, above: tuple[str, ...]) -> None:
    assert headings(NOTICE, NOTICE.index(text)) == above


def test_a_label_heads_the_rest_of_its_line() -> None:
    body = "补偿标准如下：\n1.搬迁费。住宅每户2000元。\n2.奖励。每户3万元。\n咨询电话另行公布。"
    assert headings(body, body.index("住宅")) == ("补偿标准如下", "搬迁费")
    assert headings(body, body.index("咨询")) == ()


def test_the_question_heads_its_answer() -> None:
    body = "问：断缴了能补吗？\n答：可以补缴。\n问：在哪里缴费？\n答：在网点缴。"
    assert headings(body, body.index("可以补缴")) == ("断缴了能补吗？",)
    assert headings(body, body.index("在网点")) == ("在哪里缴费？",)


def test_an_ordinary_article_has_no_outline() -> None:
    assert outline("昨天，会议召开。\n他说：“好！”\n一、二、三等奖各1名。") == ()


def test_short_items_without_stops_are_no_headings() -> None:
    body = "请携带：\n1.身份证\n2.户口本\n3.照片"
    assert len(items_of(body, body.index("户口本"))) == 3
    assert headings(body, body.index("照片")) == ("请携带",)
    assert len(items_under(body, 0)) == 3


@pytest.mark.parametrize(
    ("question", "line", "marked", "short"),
    [
        ("柳湾村哪天停电?", "青石线", "5月9日8时至12时", "5月9日8时至12时"),
        ("柳湾村哪天停气?", "青石线", "5月9日8时至12时", None),  # nothing above says so
        ("下湾村哪天停电?", "青石线", "5月9日8时至12时", None),  # not of the line
    ],
)
def test_an_item_with_its_heading_tells_outright(
    question: str, line: str, marked: str, short: str | None
) -> None:
    source = article(NOTICE)
    found = told_outright(
        query(question),
        analyse(question),
        reading(evidence(source, _at(source, line), short=marked)),
        Segmenter(),
    )
    assert (found.short if found else None) == short


def test_a_list_question_gets_all_lines_of_the_list_it_names() -> None:
    source = article(GUIDE, title="食品店开张怎么办")
    question = "食品店开张要带什么材料?"
    told = draft(
        query(question),
        analyse(question),
        reading(evidence(source, _at(source, "营业执照"), short="营业执照副本")),
        Segmenter(),
    )
    assert told is not None
    assert [item.text for item in told.items] == ["营业执照副本", "法人身份证原件及复印件", "健康证明"]
    assert told.short == "营业执照副本、法人身份证原件及复印件、健康证明"
    assert all(any(quote.holds(item) for quote in told.quotes) for item in told.items)


def test_one_of_the_lines_is_not_the_list() -> None:
    source = article(GUIDE, title="食品店开张怎么办")
    question = "健康证明属于什么材料?"
    told = draft(
        query(question),
        analyse(question),
        reading(evidence(source, _at(source, "健康证明"), short="健康证明")),
        Segmenter(),
    )
    assert told is None or not told.items


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("先锋类都有谁?", "方岩、柳青"),
        ("名单上都有谁?", "方岩、柳青、常远、蓝欣"),
    ],
)
def test_a_roster_gives_all_names(question: str, names: str) -> None:
    source = article(ROSTER, title="先进人物名单公示")
    told = draft(
        query(question),
        analyse(question),
        reading(evidence(source, _at(source, "先锋类"), short="方岩")),
        Segmenter(),
    )
    assert told is not None
    assert told.short == names


@pytest.mark.parametrize(
    ("question", "named"),
    [("骨头算什么垃圾?", "其他垃圾"), ("果皮算什么垃圾?", None), ("骨头投什么桶?", None)],
)
def test_the_category_of_what_a_line_lists(question: str, named: str | None) -> None:
    source = article("分类如下：\n1.厨余垃圾（绿色桶）：果皮、剩饭；\n2.其他垃圾（灰色桶）：烟头、骨头。")
    found = evidence(source, _at(source, "骨头"))
    span = category(question, found)
    assert (found.quote[slice(*span)] if span else None) == named


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("公积金提取要什么材料?", "营业执照", True),
        ("开食品店要什么材料?", "营业执照", False),
        ("转让要交税吗?", "营业执照", True),
        ("要带营业执照吗?", "营业执照", False),
        ("转让要交税吗?", "先取号", False),  # says something
    ],
)
def test_a_bare_item_answers_what_its_list_is_for(question: str, text: str, other: bool) -> None:
    source = article(GUIDE, title="食品店开张怎么办")
    found = evidence(source, _at(source, text))
    assert is_of_another_list(word_weights(question, Segmenter()), analyse(question).form, found) is other


def test_a_paragraph_on_its_like() -> None:
    body = "高龄补贴发给老人。一级每月80元。\n护理补贴发给病人。一级每月120元。两项补贴可以兼得。"
    assert goes_on_about_its_like("护理补贴一级多少?", "一级每月80元。", body)
    assert not goes_on_about_its_like("高龄补贴一级多少?", "一级每月80元。", body)
    assert not goes_on_about_its_like("高龄补贴和护理补贴一级各多少?", "一级每月80元。", body)


def test_a_mark_of_order_is_no_part_of_a_short_answer() -> None:
    source = article(GUIDE)
    question = "食品店要什么材料?"
    found = evidence(source, _at(source, "健康证明"), short="三）健康证明")
    told = draft(query(question), analyse(question), reading(found), Segmenter())
    assert told is not None
    assert "）" not in (told.short or "").removesuffix("）")
