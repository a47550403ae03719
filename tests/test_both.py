"""What is asked of two things together keeps the measure word of each to itself."""

from __future__ import annotations

import pytest

from qa.conversation.both import of_several
from qa.text import Segmenter
from qa.understanding.parts import calculation

SEGMENTER = Segmenter()


@pytest.mark.parametrize(
    ("question", "first", "second", "joint", "operands"),
    [
        (
            "两个加起来多少",
            "县里有多少家企业?",
            "县里有多少个学校?",
            "县里的企业和学校加起来多少?",
            ["县里的企业有多少?", "县里的学校有多少?"],
        ),
        (
            "哪个多",
            "青石镇有几所小学?",
            "青石镇有多少家幼儿园?",
            "青石镇的小学和幼儿园哪个多?",
            ["青石镇的小学有多少?", "青石镇的幼儿园有多少?"],
        ),
        (
            "相差多少",
            "全县有多少家企业?",
            "全县有多少家合作社?",
            "全县的企业和合作社相差多少家?",
            ["全县的企业有多少家?", "全县的合作社有多少家?"],
        ),
    ],
)
def test_two_questions_make_one(
    question: str, first: str, second: str, joint: str, operands: list[str]
) -> None:
    assert of_several(question, [first, second], SEGMENTER) == joint
    wanted = calculation(joint, SEGMENTER)
    assert wanted is not None
    assert [part.question for part in wanted.operands] == operands


def test_a_place_is_said_of_both() -> None:
    wanted = calculation("全县企业和学校加起来多少?", SEGMENTER)
    assert wanted is not None
    assert [part.question for part in wanted.operands] == ["全县企业有多少?", "全县学校有多少?"]


FIRMS = ["县里有多少家制药企业?", "县里有多少家制茶企业?", "县里有多少家造纸企业?"]
DAYS = ["护河行动哪天启动的?", "青石大桥哪天通车的?", "运动会哪天开的?"]


@pytest.mark.parametrize(
    ("question", "earlier", "joint"),
    [
        ("三个加起来呢", FIRMS, "县里的制药企业、制茶企业和造纸企业加起来多少家?"),
        ("一共多少", FIRMS, "县里的制药企业、制茶企业和造纸企业加起来多少家?"),
        ("差多少", FIRMS, "县里的制茶企业和造纸企业相差多少家?"),
        ("两个加起来", FIRMS, "县里的制茶企业和造纸企业加起来多少家?"),
        ("哪个最多", FIRMS, "县里的制药企业、制茶企业和造纸企业哪个最多?"),
        ("哪个最早", DAYS, "护河行动启动、青石大桥通车和运动会哪个最早?"),
        ("哪个晚", DAYS[1:], "青石大桥通车和运动会哪个最晚?"),
        ("差多少", ["选派一线多少人?", "护林的有多少人?"], "选派一线和护林的人相差多少人?"),
        ("四个加起来呢", FIRMS, None),
        ("三个加起来呢", [*FIRMS[:2], "青石大桥多长?", FIRMS[2]], None),
        ("一共多少", ["县里有多少家企业?", "县里有多少名教师?"], None),
        ("一共多少人", FIRMS, None),
        ("一共多少", FIRMS[:1], None),
        ("哪个最早", [*DAYS[:1], *FIRMS[:1]], None),
        ("哪个最早", FIRMS, None),
        ("三个会最晚的是哪个", DAYS, "护河行动启动、青石大桥通车和运动会哪个最晚?"),
        # 的 of one alone would be read as of all.
        ("哪个早", ["防汛的会哪天开的?", "运动会哪天开的?"], "防汛会和运动会哪个最早?"),
        # Named shortly, as they were counted; by names that were not counted nothing is meant of them.
        ("制药和造纸差多少", FIRMS, "县里的制药企业和造纸企业相差多少家?"),
        ("制药和酿酒哪个多", FIRMS, None),
        # Worked out otherwise of what the last question was worked out of.
        ("两个差多少", ["小学和幼儿园加起来多少所?"], "小学和幼儿园相差多少所?"),
        ("哪个多", ["小学和幼儿园相差多少所?"], "小学和幼儿园哪个多?"),
        ("三个差多少", ["小学和幼儿园加起来多少所?"], None),
    ],
)
def test_as_many_of_the_last_questions_as_it_says(
    question: str, earlier: list[str], joint: str | None
) -> None:
    assert of_several(question, earlier, SEGMENTER) == joint


def test_most_is_no_part_of_what_is_counted() -> None:
    wanted = calculation("县里的制药企业、制茶企业和造纸企业哪个最多?", SEGMENTER)
    assert wanted is not None
    assert wanted.kind == "more"
    assert wanted.operands[1].question == "县里的制茶企业有多少?"


def test_days_are_put_in_order() -> None:
    wanted = calculation("护河行动启动、青石大桥通车和运动会哪个最早?", SEGMENTER)
    assert wanted is not None
    assert wanted.kind == "earliest"
    assert [part.question for part in wanted.operands] == [
        "护河行动启动是哪天?",
        "青石大桥通车是哪天?",
        "运动会是哪天?",
    ]
    assert calculation("末班车哪个最晚?", SEGMENTER) is None
