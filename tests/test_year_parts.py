"""Parts of a year: what is told of another one does not answer."""

from __future__ import annotations

import pytest

from qa.reading.year_parts import is_of_another_year_part, year_parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("上半年", [(1, 6)]),
        ("1—6月", [(1, 6)]),
        ("2023年1月至6月", [(1, 6)]),
        ("4 - 6月", [(4, 6)]),
        ("前六个月", [(1, 6)]),
        ("前11个月", [(1, 11)]),
        ("前三季度", [(1, 9)]),
        ("第三季度", [(7, 9)]),
        ("截至6月底", [(1, 6)]),
        ("十二月份", [(12, 12)]),
        ("半年度报告", [(1, 6)]),
        ("6月15日", []),
        ("历时6个月", []),
        ("11月初", []),
    ],
)
def test_a_part_of_a_year_is_a_range_of_months(text: str, found: list[tuple[int, int]]) -> None:
    assert year_parts(text) == found


@pytest.mark.parametrize(
    ("question", "sentence", "another"),
    [
        ("上半年来了多少人?", "去年来了90万人次。", True),
        ("上半年用电量增长多少?", "用电量比去年增长5%。", False),
        ("国庆期间来了多少人?", "去年来了90万人次。", True),
        ("国庆期间来了多少人?", "国庆7天,来了9万人次。", False),
        ("国庆期间来了多少人?", "景区来了9万人次。", False),
        ("上半年用电量增长多少?", "6月份用电量增长3%,增幅比5月份扩大。", True),
        ("上半年用电量增长多少?", "1至6月用电量增长5%,其中6月份增长3%。", False),
        ("头半年用电量增长多少?", "前六个月用电量增长5%。", False),
        ("1—9月签约多少?", "前三季度签约60亿元。", False),
        ("1—9月签约多少?", "上半年签约40亿元。", True),
        ("一季度修了几条路?", "截至3月底,已修好12条路。", False),
        ("一季度修了几条路?", "今年已修好12条路。", False),
        ("全年计划修几条路?", "上半年修好12条路。", False),
        ("7月底修好了几条路?", "7月29日,最后12条路通车。", False),
        ("6月用电量增长多少?", "上半年用电量增长5%。", False),
    ],
)
def test_another_part_of_the_year_does_not_answer(question: str, sentence: str, another: bool) -> None:
    assert is_of_another_year_part(question, sentence) == another


def test_what_stands_before_says_which_part_it_is() -> None:
    assert not is_of_another_year_part("上半年增长多少?", "其中6月份最快,增长5%。", "上半年用电情况公布")
