"""What belongs together is given together: both numbers, both cases, all who pay, both who are introduced."""

from __future__ import annotations

import pytest
from evidence import article, evidence, query, reading
from evidence import short_of as short

from qa.answers.drafting import draft
from qa.text import Segmenter
from qa.understanding.questions import analyse

SEGMENTER = Segmenter()


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        ("事故死伤多少人?", "事故造成2人死亡、7人受伤。", "2人", "2人死亡、7人受伤"),
        ("事故死了多少人?", "事故造成2人死亡、7人受伤。", "2人", "2人"),
        ("新楼有几层?", "新楼地上12层、地下3层,有电梯。", "12层", "地上12层、地下3层"),
        ("新楼地下有几层?", "新楼地上12层、地下3层,有电梯。", "3层", "3层"),
        (
            "冰柜停电能撑多久?",
            "冰柜少开门,满的能撑24小时,半满的能撑12小时。",
            "24小时",
            "满的能撑24小时,半满的能撑12小时",
        ),
        ("半满的冰柜能撑多久?", "冰柜少开门,满的能撑24小时,半满的能撑12小时。", "12小时", "12小时"),
        (
            "新桥的钱是谁出的?",
            "新桥投资2亿元,其中省补助1.2亿元、县财政0.5亿元,其余由乡里自筹。",
            "乡里自筹",
            "省补助1.2亿元、县财政0.5亿元,其余由乡里自筹",
        ),
        (
            "招的人学什么专业?",
            "紧盯急需的园林园艺、市政工程等专业人才,引进硕士研究生9名。",
            "硕士研究生",
            "园林园艺、市政工程",
        ),
    ],
)
def test_both_parts_are_given(question: str, sentence: str, marked: str, answer: str) -> None:
    assert short(question, sentence, marked) == answer


@pytest.mark.parametrize(
    ("question", "names"),
    [("馆里的管理员是谁?", ["庾正", "莫雨"]), ("当过兵的管理员是谁?", [])],
)
def test_all_are_named_who_are_introduced_one_by_one(question: str, names: list[str]) -> None:
    found = evidence(article("两位管理员一位叫庾正,40岁;一位叫莫雨,当过兵。"), short="庾正")
    answer = draft(query(question), analyse(question), reading(found), SEGMENTER)
    assert answer is not None
    assert [item.text for item in answer.items] == names
