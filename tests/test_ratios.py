"""The share of a sector that only a ratio tells."""

from __future__ import annotations

import pytest
from evidence import article, evidence

from qa.answers.ratios import sector_share
from qa.types import Query


@pytest.mark.parametrize(
    ("question", "body", "short"),
    [
        ("第二产业占生产总值的比重是多少?", "三次产业结构为9.1:44.6:46.3。", "44.6%"),
        ("服务业占GDP多少?", "三次产业比例调整为9:45:46。", "46%"),
        ("第二产业增加值多少?", "三次产业结构为9.1:44.6:46.3。", None),
        ("第二产业占工业用电量的比重?", "三次产业结构为9.1:44.6:46.3。", None),
        ("第二产业占生产总值的比重是多少?", "第二产业增加值占44.6%。三次产业结构为9:45:46。", None),
    ],
)
def test_a_share_by_its_place_in_a_ratio(question: str, body: str, short: str | None) -> None:
    source = article(body)
    draft = sector_share(Query(question, question, "number"), [source], evidence(source))
    assert (draft and draft.short) == short
