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
