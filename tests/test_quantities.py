"""Numbers are read exactly, with hedge and unit, and written back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.quantities import parse, wider, write


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
    ],
)
def test_reading(text: str, value: str, unit: str, exact: bool) -> None:
    quantity = parse(text)
    assert quantity is not None
    assert (quantity.value, quantity.unit, quantity.exact) == (Decimal(value), unit, exact)


@pytest.mark.parametrize("text", ["", "家", "多家", "9:00", "17.8:1", "1至7天", "三分之一"])
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
    assert write(Decimal(2300), "户", exact=False) == "约2300户"
