"""A question whether something is so: which sentences are shown for it, and what they decide."""

from __future__ import annotations

import datetime as dt

import pytest
from evidence import article, evidence, query, reading

from qa.answers.yes_no import yes_or_no
from qa.text import Segmenter
from qa.understanding.questions import analyse

SEGMENTER = Segmenter()


def _told(question: str, body: str, confidence: float) -> str | None:
    """Return 是 or 否, the sentence where it is shown without either, ``None`` for a refusal."""
    written = article(body, date=dt.date(2024, 10, 19))
    sentences = [evidence(written, n) for n in range(body.count("。"))]
    draft = yes_or_no(
        query(question), analyse(question), reading(*sentences, confidence=confidence), SEGMENTER
    )
    return draft and (draft.lead.rstrip("。") or draft.quotes[0].text)


@pytest.mark.parametrize(
    ("question", "body", "confidence", "expected"),
    [
        # a thing that the article has nothing of
        ("新院区有传染病楼吗?", "新院区设有临床科室34个。", 0.47, None),
        ("大专生有补贴吗?", "对领军人才给予补贴。", 0.44, None),
        ("赠与的房子要交税吗?", "过户须带契税完税凭证。", 0.78, None),
        # which it has elsewhere
        ("南区会停电吗?", "南区水压降低。北区停电5小时。", 0.94, None),
        ("周末有雨吗?", "周末双向各封闭一条车道。", 0.48, None),
        # alive or not
        ("郭师傅的老伴还在吗?", "郭师傅的老伴去世早。", 0.95, "否"),
        ("郭师傅的老伴还在厂里吗?", "郭师傅的老伴在厂里。", 0.95, "是"),
        # of another day or age than asked about, or of whom
        ("10月25日有集市吗?", "10月20日集市照旧。", 0.9, None),
        ("40岁能考教师吗?", "在编教师不得报考教师。", 0.97, None),
        ("大桥通车后能走货车吗?", "施工期间大桥半幅通行,货车不得上桥。", 0.98, None),
        # in other words, where the reader is sure
        ("体检前能吃早饭吗?", "体检前一天晚上10时后禁食。", 0.99, "体检前一天晚上10时后禁食。"),
        ("招教师有没有年龄要求?", "面向全区招35岁以下的教师。", 0.51, "面向全区招35岁以下的教师。"),
        ("岸上人坐船要涨价吗?", "岸上居民凭渡口卡票价不变。", 0.78, "岸上居民凭渡口卡票价不变。"),
        # decided
        ("药房中午休息吗?", "药房营业时间为8时至12时、14时至18时。", 0.6, "是"),
        ("66岁能免费体检吗?", "65周岁以上居民可免费体检。", 0.9, "是"),
        ("救护车能上大桥吗?", "大桥禁止机动车通行,公交车、救护车除外。", 0.9, "是"),
        # by the sentence that is of those asked about
        (
            "有工伤的能享受护理补贴吗?",
            "孤儿可以享受护理补贴。有工伤保险的,不享受护理补贴。",
            0.99,
            "否",
        ),
    ],
)
def test_what_is_told(question: str, body: str, confidence: float, expected: str | None) -> None:
    assert _told(question, body, confidence) == expected
