"""Operands of a calculation are of the things and the measure asked for."""

from __future__ import annotations

import datetime as dt

import pytest
from evidence import article, evidence

from qa.answers.combining import Found, told_together, work_out
from qa.answers.derived import tells_difference
from qa.composing import Draft, Quote
from qa.text import Segmenter
from qa.types import Article
from qa.understanding.parts import calculation

SEGMENTER = Segmenter()
DAY = dt.date(2024, 5, 20)


def found(source: Article, short: str) -> Found:
    """Return what came of a part that one sentence answers."""
    sentence = evidence(source, short=short)
    return Found((), 0.9, Draft((Quote(source, sentence.start, sentence.end),), short), sentence)


def worked(question: str, *parts: tuple[str, str]) -> Found | None:
    """Work out a question whose parts are answered each by a text with a short answer in it."""
    wanted = calculation(question, SEGMENTER)
    assert wanted is not None
    return work_out(wanted, [found(article(text, date=DAY), short) for text, short in parts], SEGMENTER)


def test_numbers_told_in_the_order_of_the_things() -> None:
    text = "轻卡版和厢货版上市，售价分别为8.2万元和8.5万元起。"
    told = worked("轻卡版比厢货版便宜多少?", (text, "8.5万元"), (text, "8.5万元"))
    assert told is not None
    assert told.draft is not None
    assert told.draft.short == "0.3万元"


@pytest.mark.parametrize(
    ("question", "first", "second", "short"),
    [
        ("启动仪式比动员会晚几天?", ("5月9日", "启动仪式"), ("5月6日", "动员会"), "3天"),
        ("启动仪式比动员会晚几天?", ("5月6日", "启动仪式"), ("5月9日", "动员会"), None),
        ("启动仪式和动员会哪个先开?", ("5月9日", "启动仪式"), ("5月6日", "动员会"), "动员会"),
    ],
)
def test_days(question: str, first: tuple[str, str], second: tuple[str, str], short: str | None) -> None:
    told = worked(question, *((f"{day}，{event}举行。", day) for day, event in (first, second)))
    assert told is not None
    assert (told.draft.short if told.draft else None) == short


def test_numbers_of_unlike_things_are_not_set_against_each_other() -> None:
    told = worked("新炉比旧炉大多少?", ("新炉日处理600吨。", "600吨"), ("旧炉边有54只桶。", "54只"))
    assert told is not None
    assert (told.draft, told.why) == (None, "")


def test_a_total_that_is_told() -> None:
    wanted = calculation("甲泉乡、乙泉镇一共配了几名干部?", SEGMENTER)
    assert wanted is not None
    together, each = article("为甲泉乡、乙泉镇配备8名干部。"), article("为甲泉乡、乙泉镇各配备8名干部。")
    assert told_together(wanted, found(together, "8名").draft or Draft(()))
    assert not told_together(wanted, found(each, "8名").draft or Draft(()))


def test_what_is_said_of_one_quarter_is_asked_of_the_other() -> None:
    wanted = calculation("二季度开工项目投资比一季度多多少?", SEGMENTER)
    assert wanted is not None
    assert [part.label for part in wanted.operands] == ["二季度开工项目投资", "一季度开工项目投资"]


def test_a_difference_told_in_two_clauses() -> None:
    source = article("与一季度相比,项目增加4个,投资增加9亿元。")
    asked = "二季度投资比一季度多多少?"
    assert tells_difference(asked, found(source, "9亿元").draft or Draft(()))


def test_a_difference_that_is_told() -> None:
    source = article("新校有学位900个，比老校多300个。")
    assert tells_difference("新校比老校多多少个学位?", found(source, "300个").draft or Draft(()))
    assert not tells_difference("新校比老校多多少个学位?", found(source, "900个").draft or Draft(()))
    assert not tells_difference("新校比老校少多少个学位?", found(source, "300个").draft or Draft(()))
