"""Articles that say different things are set side by side only where they speak of the same thing."""

from __future__ import annotations

import datetime as dt

import pytest
from evidence import corpus_segmenter

from qa.answers.conflicts import conflict_draft
from qa.answers.lists import count_draft
from qa.text import sentence_spans
from qa.types import Article, Evidence, Query, Reading
from qa.understanding.questions import analyse


def told(*bodies: str) -> tuple[Article, ...]:
    """Return an article of each body, a month apart."""
    return tuple(
        Article(str(n), "新闻", body, dt.date(2023, n + 1, 1), None, (), (), "a.txt", n)
        for n, body in enumerate(bodies)
    )


def reading(articles: tuple[Article, ...]) -> Reading:
    evidence = [
        Evidence(a, start, end, None, None, 2 - n / 100)
        for n, a in enumerate(articles)
        for start, end in sentence_spans(a.body)
    ]
    return Reading(tuple(evidence), 0.9)


def differing(question: str, *bodies: str) -> str | None:
    articles, asked = told(*bodies), analyse(question)
    query = Query(question, question, asked.form)
    draft = conflict_draft(query, asked, reading(articles), corpus_segmenter(articles))
    return draft.short if draft else None


@pytest.mark.parametrize(
    ("question", "bodies", "expected"),
    [
        (
            "全县有多少家高新技术企业？",
            ("全县有高新技术企业22家。", "全县有高新技术企业30家。"),
            "30家（2023年2月1日）；22家（2023年1月1日）",
        ),
        ("目前全县有多少家高新技术企业？", ("全县有高新技术企业22家。", "全县有高新技术企业30家。"), "30家"),
        ("县医院现有多少张床位？", ("县医院有床位500张。", "县医院有床位800张。"), "800张"),
        (
            "柳溪大桥哪天通车？",
            ("柳溪大桥将于6月1日通车。", "柳溪大桥推迟至8月1日通车。"),
            "8月1日（2023年2月1日）；6月1日（2023年1月1日）",
        ),
        (
            "县医院有多少张床位？",
            ("县医院有床位500张。", "县医院扩建后有床位800张。"),
            "800张（2023年2月1日）；500张（2023年1月1日）",
        ),
        (
            "柳溪镇有多少户脱贫户？",
            ("柳溪镇有脱贫户120户。", "柳溪镇目前有脱贫户130户。"),
            "130户（2023年2月1日）；120户（2023年1月1日）",
        ),
        ("县医院有多少张床位？", ("县医院有床位500张。", "县中医院有床位300张。"), None),
        ("县医院计划有多少张床位？", ("县医院有床位500张。", "县医院扩建后有床位800张。"), None),
        ("柳溪镇有多少户脱贫户？", ("柳溪镇有脱贫户120户。", "柳溪镇王庄村有脱贫户12户。"), None),
        ("柳溪镇有多少户脱贫户？", ("柳溪镇王庄村有脱贫户12户。", "柳溪镇有脱贫户120户。"), None),
        ("管道迁改总投资多少？", ("管道迁改工程总投资2180万元。", "高标准农田总投资2.16亿元。"), None),
        ("老年食堂每天多少人次就餐？", ("老年食堂每天就餐6800人次。", "景区每天接待就餐5.2万人次。"), None),
        ("柳溪镇种植苹果多少亩？", ("柳溪镇种植苹果3000亩。", "青石镇种植苹果5000亩。"), None),
    ],
)
def test_what_differs(question: str, bodies: tuple[str, ...], expected: str | None) -> None:
    assert differing(question, *bodies) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("全县辖柳溪镇、青石镇、南山乡、北河乡。", "4个"),
        ("全县辖柳溪镇、青石镇、南山乡等乡镇。", "至少3个"),
        ("全县辖柳溪河、青石河、南山、北湖。", None),
    ],
)
def test_towns_and_townships_are_counted_together(body: str, expected: str | None) -> None:
    question = "全县辖几个乡镇？"
    articles, asked = told(body), analyse(question)
    query = Query(question, question, asked.form)
    draft = count_draft(query, asked, reading(articles), corpus_segmenter(articles))
    assert (draft.short if draft else None) == expected
