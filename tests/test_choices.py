"""Choice questions: 「是上午还是下午」."""

from __future__ import annotations

import pytest
from evidence import article

from qa.answers.combining import Found, choose, picked
from qa.composing import Draft, Quote
from qa.text import Segmenter
from qa.types import Evidence
from qa.understanding.choices import alternatives

SEGMENTER = Segmenter()


@pytest.mark.parametrize(
    ("question", "texts", "questions"),
    [
        ("动员会是上午还是下午开的?", ("上午", "下午"), ("动员会是上午开的吗?", "动员会是下午开的吗?")),
        ("图书馆收费还是免费?", ("收费", "免费"), ("图书馆收费吗?", "图书馆免费吗?")),
        ("这是全省的部署还是全市的部署?", ("全省", "全市"), ("这是全省的部署吗?", "这是全市的部署吗?")),
        ("价格涨了还是跌了", ("涨了", "跌了"), ("价格涨了吗?", "价格跌了吗?")),
        ("补贴发给企业还是个人", ("企业", "个人"), ("补贴发给企业吗?", "补贴发给个人吗?")),
        ("先交钱还是先登记", ("先交钱", "先登记"), ("先交钱吗?", "先登记吗?")),
        ("公园早上6点开还是7点开", ("6点开", "7点开"), ("公园早上6点开吗?", "公园早上7点开吗?")),
        ("是林苇主持的还是葛清主持的", ("林苇", "葛清"), ("是林苇主持的吗?", "是葛清主持的吗?")),
        (
            "动员会是上午开还是下午开的",
            ("上午", "下午"),
            ("动员会是上午开的吗?", "动员会是下午开的吗?"),
        ),
        ("林苇是领学还是葛清领学", ("林苇", "葛清"), ("是林苇领学吗?", "是葛清领学吗?")),
        ("书记是林为民还是林伟民", ("林为民", "林伟民"), ("书记是林为民吗?", "书记是林伟民吗?")),
        (
            "车是从东往西开还是从西往东开",
            ("从东往西", "从西往东"),
            ("车是从东往西开吗?", "车是从西往东开吗?"),
        ),
        ("严格监管的是什么,资金还是项目", ("资金", "项目"), ("严格监管的是资金吗?", "严格监管的是项目吗?")),
        ("“双百”是省里提的还是市里提的", ("全省", "全市"), ("“双百”是全省的吗?", "“双百”是全市的吗?")),
    ],
)
def test_what_a_question_offers(question: str, texts: tuple[str, str], questions: tuple[str, str]) -> None:
    offered = alternatives(question, SEGMENTER)
    assert offered is not None
    assert tuple(one.text for one in offered) == texts
    assert tuple(one.question for one in offered) == questions


@pytest.mark.parametrize(
    "question", ["还是那个问题", "学校还是不让进", "最后还是谁赢了?", "去哪里还是没定?", "公园几点开门?"]
)
def test_what_offers_no_choice(question: str) -> None:
    assert alternatives(question, SEGMENTER) is None


def _found(body: str, lead: str) -> Found:
    return Found([], 0.8, Draft((Quote(article(body), 0, len(body)),), None, lead=lead) if lead else None)


@pytest.mark.parametrize(
    ("question", "body", "leads", "short"),
    [
        ("动员会是上午还是下午开的?", "动员会上午召开。", ("是。", ""), "上午"),
        ("图书馆收费还是免费?", "图书馆免费开放。", ("否。", ""), "免费"),
        ("图书馆收费还是免费?", "图书馆不收钱。", ("否。", ""), "免费"),
        ("图书馆收费还是免费?", "图书馆改在南门进。", ("否。", ""), None),
        ("图书馆收费还是免费?", "图书馆免费开放。", ("", ""), None),
        ("名单分科级还是股级?", "建立科级、股级名单。", ("是。", ""), None),
        # by a sentence without what is asked about, or without what is chosen
        ("展馆收费还是免费?", "公园免费开放。", ("", "是。"), None),
        ("走访是街道办的还是企业办的?", "开展走访活动,慰问老人。", ("是。", ""), None),
    ],
)
def test_what_is_chosen(question: str, body: str, leads: tuple[str, str], short: str | None) -> None:
    offered = alternatives(question, SEGMENTER)
    assert offered is not None
    chosen = choose(offered, [_found(body, lead) for lead in leads], SEGMENTER)
    assert (chosen.draft.short if chosen and chosen.draft else None) == short


@pytest.mark.parametrize(
    ("question", "body", "marked", "short"),
    [
        ("远江的牌子是蓝的还是绿的", "远江用蓝牌,恒源用绿牌。", "恒源用绿牌", "蓝"),
        ("产值是升还是降", "全年产值同比下降6.3%。", "6.3%", "降"),
        ("学校是公办还是民办", "民办学校随机录取,公办学校按户籍录取。", "民办学校随机录取,公办学校", None),
    ],
)
def test_what_is_picked_from_the_answer_to_the_whole(
    question: str, body: str, marked: str, short: str | None
) -> None:
    offered = alternatives(question, SEGMENTER)
    assert offered is not None
    written, at = article(body), body.index(marked)
    best = Evidence(written, 0, len(body), at, at + len(marked), 1.0)
    found = Found([], 0.9, Draft((Quote(written, 0, len(body)),), marked), best)
    draft = picked(offered, found, SEGMENTER).draft
    assert draft is not None
    assert draft.short == short


def test_which_of_two_holds_an_office_is_told_with_the_office() -> None:
    offered = alternatives("林苇和葛清谁是院长", SEGMENTER)
    assert offered is not None
    assert [one.question for one in offered] == ["院长是林苇吗?", "院长是葛清吗?"]
    assert alternatives("林苇和葛清谁先发言", SEGMENTER) is None
    for body, answered in (("区长林苇来到研究院。", False), ("院长林苇来到研究院。", True)):
        best = Evidence(article(body), 0, len(body), 2, 4, 1.0)
        found = Found([], 0.9, Draft((Quote(best.article, 0, len(body)),), "林苇"), best)
        assert (picked(offered, found, SEGMENTER).draft is not None) is answered
