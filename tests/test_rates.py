"""A total is not what one has, nor a rate what several come to: worked out where certain, else refused."""

from __future__ import annotations

import pytest
from evidence import article, evidence, query

from qa.answers.lists import titles_counted
from qa.answers.rates import at_a_rate
from qa.text import Segmenter
from qa.understanding.questions import analyse

AS_READ = "as read"
MEALS = "午餐每份15元，其中60至69岁优惠3元、70至79岁优惠5元、80岁以上优惠8元。"
TIERS = "缴费设200元、400元、600元、800元、1000元共5档。"


def asked(question: str, text: str, marked: str) -> str | None:
    """Return the short answer at a rate, ``None`` for a refusal."""
    found = at_a_rate(query(question), analyse(question), evidence(article(text), short=marked), Segmenter())
    if found is None:
        return AS_READ
    return found.draft.short if found.draft else None


@pytest.mark.parametrize(
    ("question", "text", "marked", "short"),
    [
        # What one of several has.
        ("一个班大概多少人?", "招收新生8个班320人。", "320人", "40人"),
        ("平均一队几个人?", "现有巡逻队7支、队员90人。", "90人", "约12.9人"),
        ("笔均多少钱?", "发放贷款200笔、6.2亿元。", "6.2亿元", "310万元"),
        ("一个班多少人?", "招收新生7个班320人。", "320人", None),
        ("一户补多少钱?", "全村3户共补偿12万元。", "12万元", None),
        ("一个班多少人?", "招收新生8个班，每班不超过45人。", "不超过45人", AS_READ),
        ("一共招多少人?", "招收新生8个班320人。", "320人", AS_READ),
        # Less for the old.
        ("72岁的老人吃饭多少钱?", MEALS, "15元", "10元"),
        ("85岁的老人优惠多少?", MEALS, "15元", "8元"),
        ("72岁的老人优惠多少?", MEALS, "5元", "5元"),
        ("午餐多少钱一份?", MEALS, "15元", AS_READ),
        # One of many amounts is not told of another.
        ("交800元补多少?", TIERS, "1000元", None),
        ("最高交多少?", TIERS, "1000元", AS_READ),
        # Several hours are no multiple where some are free.
        ("停两小时多少钱?", "停车前30分钟免费，之后每小时3元。", "3元", None),
        ("停一小时多少钱?", "停车每小时3元。", "3元", AS_READ),
        # Of another order.
        ("第二套房税率多少?", "首套房按1%征收；第二套房按2%征收。", "1%", None),
        ("第二套房税率多少?", "首套房按1%征收；第二套房按2%征收。", "2%", AS_READ),
    ],
)
def test_at_a_rate(question: str, text: str, marked: str, short: str | None) -> None:
    assert asked(question, text, marked) == short


@pytest.mark.parametrize(
    ("question", "text", "short"),
    [
        ("会上宣读了几份方案?", "会议宣读了《甲工作方案》《乙宣传方案》。", "2份"),
        ("宣读的文件有几个?", "会议宣读了《甲工作方案》和《乙办法》。", "2个"),
        ("宣读了几份方案?", "会议宣读了《甲工作方案》《乙宣传方案》等。", None),
        ("宣读了几份方案?", "会议宣读了《甲工作方案》。", None),
        ("来了几家企业?", "会议宣读了《甲工作方案》《乙宣传方案》。", None),
    ],
)
def test_papers_are_counted_by_their_titles(question: str, text: str, short: str | None) -> None:
    counted = titles_counted(analyse(question), evidence(article(text)))
    assert (counted.short if counted else None) == short
