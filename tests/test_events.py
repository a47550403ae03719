"""An answer is on the event that the question names, not on another one of its kind."""

from __future__ import annotations

import pytest
from evidence import article

from qa.reading.events import on_another_event, on_another_matter
from qa.text import Segmenter
from qa.understanding.questions import analyse

SEGMENTER = Segmenter()
FRAUD = article("12月11日,全区召开专题会议,对打击治理电信诈骗进行动员部署。", title="打击电信诈骗行动启动")
REBUILDING = article("12月6日,区委书记陈红民主持召开灾后恢复重建会议。", title="灾后恢复重建会议召开")


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("打击电信诈骗的动员会谁主持?", {REBUILDING.id}),
        ("打击电信诈骗的动员会哪天开的?", {REBUILDING.id}),
        ("灾后恢复重建会议谁主持的?", {FRAUD.id}),
        ("诈骗行动谁主持的?", {REBUILDING.id}),
        ("诈骗的事谁主持的会议?", set()),
        ("谁主持了会议?", set()),
        ("恢复大会打算什么时候开?", set()),
        ("防汛工作会议谁主持?", set()),
        ("陈红民主持了什么?", set()),
        ("电信诈骗骗了多少钱?", set()),
    ],
)
def test_which_articles_are_on_another_event(question: str, others: set[str]) -> None:
    form = analyse(question).form
    assert on_another_event(question, form, (FRAUD, REBUILDING), SEGMENTER) == others


def test_one_article_alone_is_not_judged() -> None:
    assert not on_another_event("打击电信诈骗的动员会谁主持?", "person", (REBUILDING,), SEGMENTER)


FERRY = article("老人凭助残卡乘船免费,末班22时。", title="轮渡调整")
HEATING = article("申请人须带身份证和购房合同,咨询电话6123456。", title="供暖补贴办法")


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("轮渡末班的咨询电话是多少?", {HEATING.id}),
        ("办助残卡要带什么证件?", {HEATING.id}),
        ("供暖补贴要带什么证件?", {FERRY.id}),
        ("助残卡补贴要带什么?", set()),  # each has a word of it
        ("健身卡要带什么证件?", set()),  # none has all
        ("咨询电话是多少?", set()),
    ],
)
def test_which_articles_are_on_another_matter(question: str, others: set[str]) -> None:
    assert on_another_matter(question, (FERRY, HEATING), SEGMENTER) == others
