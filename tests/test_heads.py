"""Short sentences that open alike stand for what follows each, and are the items that a question asks for."""

from __future__ import annotations

import pytest
from evidence import article, evidence, query, reading

from qa.answers.drafting import draft
from qa.answers.heads import heads
from qa.answers.lists import count_draft
from qa.text import Segmenter
from qa.understanding.questions import analyse

SEGMENTER = Segmenter()
RIVERS = article(
    "上午,县里召开护河会议。在源头上动真格。各镇要封堵排污口。在巡查上不松劲。护河队要先从源头下手,每周巡一次河。在宣传上想办法。学校要上一堂护河课。"
)
DEMANDS = article(
    "9月3日,县里召开秋收会议。县长方远强调,要抢抓晴好天气。各镇要备足机具。\n要严防火灾。秸秆一律不烧。\n收购由粮站负责。"
)


def texts(source: object, at: int, *, opening: bool = False) -> list[str]:
    found = evidence(source, at)  # type: ignore[arg-type]
    return [found.article.body[a:b] for a, b in heads(found, opening=opening)]


def test_heads_are_found_from_what_follows_one() -> None:
    assert texts(RIVERS, 4) == ["在源头上动真格", "在巡查上不松劲", "在宣传上想办法"]
    assert texts(DEMANDS, 1) == ["要抢抓晴好天气", "要严防火灾"]


def test_an_opening_and_a_later_paragraph_stand_under_no_head() -> None:
    assert texts(DEMANDS, 0) == []
    assert texts(DEMANDS, 0, opening=True) == ["要抢抓晴好天气", "要严防火灾"]
    assert texts(DEMANDS, 5) == []


@pytest.mark.parametrize("question", ["护河从哪些方面下手?", "护河要抓哪三件事?", "护河有哪几条措施?"])
def test_heads_are_what_is_listed(question: str) -> None:
    found = reading(evidence(RIVERS, 4, short="每周巡一次河"))
    answer = draft(query(question), analyse(question), found, SEGMENTER)
    assert answer is not None
    assert answer.short == "在源头上动真格、在巡查上不松劲、在宣传上想办法"


def test_heads_are_counted() -> None:
    question = "护河队要从几个方面下手?"
    answer = count_draft(query(question), analyse(question), reading(evidence(RIVERS, 4)), SEGMENTER)
    assert answer is not None
    assert answer.short == "3个"
