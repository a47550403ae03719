"""A demand by the one and on the body that a question asks about is told by its form."""

from __future__ import annotations

import pytest

from qa.reading.speakers import addresses_the_one_asked

SPEECH = "县长邱远表示,项目落户意义重大。"


@pytest.mark.parametrize(
    ("question", "sentence", "before", "told"),
    [
        ("邱远要求水利局做好什么?", "县水利局要派驻技术员。", [SPEECH], True),
        ("邱远要求水利局做好什么?", "县水利局要派驻技术员。", [SPEECH, "大家要齐心。"], True),
        ("邱远要求经开区做些什么?", "邱远要求,长河经开区要主动服务。", [], True),
        ("邱远对水利局提了什么要求?", "水利局也要派驻技术员。", [SPEECH], True),
        # another body, another speaker, too far, no demand
        ("邱远要求财政局做好什么?", "县水利局要派驻技术员。", [SPEECH], False),
        ("邱远要求水利局做好什么?", "县水利局要派驻技术员。", [SPEECH, "副县长石磊强调,要抓紧。"], False),
        ("邱远要求水利局做好什么?", "县水利局要派驻技术员。", [SPEECH, "会议散了。", "次日开工。"], False),
        ("邱远要求水利局做好什么?", "县水利局派驻了技术员。", [SPEECH], False),
        ("邱远何时去的水利局?", "县水利局要派驻技术员。", [SPEECH], False),
        ("石磊要求水利局做好什么?", "县水利局要派驻技术员。", [SPEECH], False),
    ],
)
def test_whose_demand_on_whom(question: str, sentence: str, before: list[str], told: bool) -> None:
    assert addresses_the_one_asked(question, sentence, before) == told
