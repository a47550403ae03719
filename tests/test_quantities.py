"""Numbers are read exactly, with hedge and unit, and written back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.quantities import joined, parse, wider, write


@pytest.mark.parametrize(
    ("text", "value", "unit", "exact"),
    [
        ("22家", "22", "家", True),
        ("近两千户", "2000", "户", False),
        ("300余次", "300", "次", False),
        ("8600万元", "86000000", "元", True),
        ("1.2亿元", "120000000", "元", True),
        ("约150亩", "150", "亩", False),
        ("36.36%", "36.36", "%", True),
        ("百分之八", "8", "%", True),
        ("120名", "120", "人", True),
        ("共78项", "78", "项", True),
        ("1,846件", "1846", "件", True),
        ("200名左右", "200", "人", False),
        ("二十来人", "20", "人", False),
        ("近千人", "1000", "人", False),
        ("百余名", "100", "人", False),
        ("万余人", "10000", "人", False),
        ("一百万元", "1000000", "元", True),
        ("5千亩", "5000", "亩", True),
        ("3千余户", "3000", "户", False),
        ("一万二千人", "12000", "人", True),
        ("一万两千余人", "12000", "人", False),
        ("4万2千亩", "42000", "亩", True),
        ("3亿5000万元", "350000000", "元", True),
        ("2个半小时", "2.5", "小时", True),
        ("两个半月", "2.5", "个月", True),
        ("一年半", "1.5", "年", True),
        ("半年", "0.5", "年", True),
        ("八成五", "8.5", "成", True),
        ("百分之三十左右", "30", "%", False),
        ("百分之八点五", "8.5", "%", True),
        ("千分之三", "3", "‰", True),
        ("3个小时", "3", "小时", True),
        ("22家企业", "22", "家", True),
        ("共计120家", "120", "家", True),
        ("大概30户", "30", "户", False),
        ("过亿元", "100000000", "元", False),
        ("突破3000万件", "30000000", "件", False),
        ("684人次", "684", "人次", True),
        ("3000元/吨", "3000", "元/吨", True),
    ],
)
def test_reading(text: str, value: str, unit: str, exact: bool) -> None:
    quantity = parse(text)
    assert quantity is not None
    assert (quantity.value, quantity.unit, quantity.exact) == (Decimal(value), unit, exact)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "家",
        "多家",
        "9:00",
        "17.8:1",
        "1至7天",
        "三分之一",
        "一半",
        "不到一半",
        "两三家",
        "三五个",
        "七八十人",
        "一万两三千人",
        "100好几人",
        "数百人",
        "几十户",
        "零下5℃",
        "1间半",
    ],
)
def test_what_is_no_number_to_calculate_with(text: str) -> None:
    assert parse(text) is None


@given(st.decimals(0, 10**6, places=2), st.sampled_from(["", "万", "亿"]), st.sampled_from("家亩元人"))
def test_what_is_written_is_read_again(value: Decimal, scale: str, unit: str) -> None:
    scaled = value * {"": 1, "万": 10**4, "亿": 10**8}[scale]
    quantity = parse(write(scaled, unit, scale))
    assert quantity is not None
    assert quantity.value == scaled


def test_the_wider_scale() -> None:
    assert wider("万", "亿") == wider("亿", "") == "亿"
    assert write(Decimal(2300), "户", bound="about") == "约2300户"


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("300余户", "300", "400"),
        ("十几家", "10", "20"),
        ("近两千户", "1750", "2000"),
        ("约150亩", "147.5", "152.5"),
        ("至少30人", "30", "Infinity"),
        ("最多50人", "0", "50"),
        ("1.2万余人", "12000", "13000"),
        ("22家", "22", "22"),
    ],
)
def test_how_far_a_hedge_reaches(text: str, least: str, most: str) -> None:
    quantity = parse(text)
    assert quantity is not None
    assert (quantity.least, quantity.most) == (Decimal(least), Decimal(most))


def test_hedges_of_a_sum() -> None:
    assert joined(["", ""]) == ""
    assert joined(["over", ""]) == "over"
    assert joined(["over", "at least"]) == "at least"
    assert joined(["over", "under"]) == "about"
    assert joined(["at most", "at least"]) is None
