"""What is worked out from numbers keeps their hedges, and is refused where they leave it open."""

from __future__ import annotations

from typing import Literal

import pytest

from qa.answers.arithmetic import Operand, calculated
from qa.composing import Draft, Quote
from qa.types import Article
from qa.understanding.parts import Calculation, Part

Kind = Literal["sum", "difference", "more", "less"]


def worked(kind: Kind, texts: tuple[str, ...], bodies: tuple[str, ...] = ()) -> Draft | str:
    """Work out what 甲, 乙 … come to, each stated by its own article or all by one."""
    bodies = bodies or tuple(f"共{text}。" for text in texts)
    quotes = [
        Quote(Article(str(n), "题", body, None, "", (), (), f"{n}.txt", n), 0, len(body))
        for n, body in enumerate(bodies)
    ]
    labels = "甲乙丙丁"[: len(texts)]
    operands = [
        Operand(label, text, quotes[n if len(quotes) > 1 else 0])
        for n, (label, text) in enumerate(zip(labels, texts, strict=True))
    ]
    return calculated(Calculation(kind, tuple(Part(label, f"{label}?") for label in labels)), operands)


@pytest.mark.parametrize(
    ("kind", "texts", "short"),
    [
        ("sum", ("一万二千人", "一万二千人"), "2.4万人"),
        ("sum", ("一年半", "两年半"), "4年"),
        ("sum", ("2个半小时", "3小时"), "5.5小时"),
        ("sum", ("5千亩", "1.2万亩"), "1.7万亩"),
        ("sum", ("300余户", "200余户"), "超过500户"),
        ("sum", ("十几家", "5家"), "超过15家"),
        ("sum", ("近两千户", "近千户"), "不到3000户"),
        ("sum", ("最多50人", "最多30人"), "最多80人"),
        ("sum", ("至少50人", "30余人"), "至少80人"),
        ("sum", ("近千人", "二十来人"), "约1020人"),
        ("sum", ("120家企业", "80家"), "200家"),
        ("difference", ("300余户", "200户"), "超过100户"),
        ("difference", ("300户", "200余户"), "不到100户"),
        ("difference", ("2021年", "1998年"), "23年"),
        ("difference", ("22家", "22家"), "0家"),
        ("more", ("300余户", "300户"), "甲"),
        ("more", ("2000户", "近两千户"), "甲"),
        ("less", ("2000户", "近两千户"), "乙"),
        ("more", ("近万人", "300余人"), "甲"),
        ("more", ("22家", "22家", "10家"), "甲、乙"),
        ("less", ("22家", "22家", "10家"), "丙"),
        ("more", ("22家", "22家", "22家"), "相同"),
        ("more", ("至少300户", "200户"), "甲"),
    ],
)
def test_worked_out(kind: Kind, texts: tuple[str, ...], short: str) -> None:
    made = worked(kind, texts)
    assert isinstance(made, Draft)
    assert made.short == short


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("sum", ("两三家", "三五家")),
        ("sum", ("684人次", "120人")),
        ("sum", ("3万元", "3万元/亩")),
        ("sum", ("25℃", "18℃")),
        ("sum", ("3倍", "2倍")),
        ("sum", ("七成", "六成")),
        ("sum", ("0.3个百分点", "0.5个百分点")),
        ("sum", ("2021年", "2022年")),
        ("sum", ("3月", "8月")),
        ("sum", ("最多50人", "至少30人")),
        ("sum", ("一半", "一半")),
        ("difference", ("8月", "3月")),
        ("difference", ("300余户", "320户")),
        ("more", ("约2000户", "2000户")),
        ("more", ("300余户", "320户")),
        ("more", ("300余户", "310户", "20户")),
        ("more", ("至少30人", "50人")),
        ("less", ("最多50人", "30人")),
        ("more", ("684人次", "120人")),
    ],
)
def test_what_the_numbers_do_not_tell_is_refused(kind: Kind, texts: tuple[str, ...]) -> None:
    said = worked(kind, texts)
    assert isinstance(said, str)
    assert all(text in said for text in texts)


def test_a_difference_the_other_way_round_is_said() -> None:
    made = worked("difference", ("22家", "61家"))
    assert isinstance(made, Draft)
    assert "甲比乙少，61家 - 22家 = 39家" in made.lead


@pytest.mark.parametrize(
    "sentence",
    ["共有渡船58艘，其中客船20艘。", "渡船58艘，其中货船38艘、客船20艘。", "渡船58艘（包括客船20艘）。"],
)
def test_a_part_is_not_added_to_its_total(sentence: str) -> None:
    said = worked("sum", ("58艘", "20艘"), (sentence,))
    assert isinstance(said, str)
    assert "乙已包含在甲之内" in said
    assert isinstance(worked("sum", ("20艘", "58艘"), (sentence,)), str)


@pytest.mark.parametrize(
    "sentence",
    ["渡船58艘、客船20艘。", "渡船58艘，其中新船3艘，客船20艘。", "全县船只78艘，其中渡船58艘、客船20艘。"],
)
def test_neighbours_are_added(sentence: str) -> None:
    made = worked("sum", ("58艘", "20艘"), (sentence,))
    assert isinstance(made, Draft)
    assert made.short == "78艘"
