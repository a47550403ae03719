"""Answers on the real page with the real model: cited, verbatim, or refused."""

import re

import pytest

from qa.answers import clock
from qa.answers.answering import MAX_QUESTION, clean_question
from qa.answers.finding import MOST_PARTS
from qa.errors import AbandonedError, QuestionError
from qa.service import Service
from qa.types import Answer, Filters, Turn


def check_contract(answer: Answer, service: Service) -> None:
    """Assert the invariants of DESIGN §7."""
    marks = {int(n) for n in re.findall(r"\[(\d+)\]", answer.answer)}
    assert marks == {c.n for c in answer.citations}
    for citation in answer.citations:
        body = service.article(citation.article.id).body
        assert body[citation.start : citation.end] == citation.quote
    assert answer.answered == bool(answer.citations)
    if not answer.answered:
        assert answer.short_answer is None
        assert answer.mode == "refusal"
        assert answer.reason
    assert 0 <= answer.confidence <= 1


@pytest.mark.parametrize(
    ("question", "short", "quote"),
    [
        ("二七经开区有多少家高新技术企业?", "22家", "二七经开区共有高新技术企业22家,科技型企业61家"),
        ("二七經開區有多少家科技型企業?", "61家", "科技型企业61家"),
        ("霹雳行动哪天启动的?", "12月11日上午", "12月11日上午,二七区召开专题会议"),
        ("谁是二七区的区委书记?", "陈红民", "区委书记陈红民"),
    ],
)
def test_answers_on_the_seed_page(service: Service, question: str, short: str, quote: str) -> None:
    answer = service.ask(question)
    check_contract(answer, service)
    assert answer.short_answer == short
    assert quote in answer.citations[0].quote


@pytest.mark.parametrize(
    "question", ["今天天气怎么样?", "1+1等于几?", "请推荐一部科幻电影", "Who won the World Cup?"]
)
def test_what_is_not_in_the_bulletins_is_refused(service: Service, question: str) -> None:
    answer = service.ask(question)
    check_contract(answer, service)
    assert not answer.answered
    assert answer.reason == "out_of_scope"
    assert answer.answer.startswith("公报中没有找到")
    assert 0 < len(answer.suggestions) <= 3
    assert len({a.id for a in answer.suggestions}) == len(answer.suggestions)


def test_a_follow_up_is_understood(service: Service) -> None:
    first = service.ask("二七经开区有多少家高新技术企业?")
    history = [Turn("user", first.question), Turn("assistant", first.answer)]
    answer = service.ask("那科技型企业呢?", history=history)
    check_contract(answer, service)
    assert answer.standalone_question == "二七经开区有多少家科技型企业?"
    assert answer.short_answer == "61家"


def test_filters_and_top_k(service: Service) -> None:
    other = service.articles().items[0].id
    answer = service.ask("二七经开区有多少家高新技术企业?", filters=Filters(article_ids=(other,)), top_k=1)
    check_contract(answer, service)
    assert len(answer.hits) == 1
    assert {h.article.id for h in answer.hits} == {other}
    nothing = service.ask("二七经开区有多少家高新技术企业?", filters=Filters(article_ids=("none",)))
    assert not nothing.answered
    assert nothing.suggestions == ()


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", "空"),
        (" \n\u3000", "空"),
        ("\x00\x07", "空"),
        ("😀😀", "没有文字"),
        ("???", "没有文字"),
        ("二" * 100_000, "太长"),
        ("二七\ud800区", "无法识别"),
    ],
)
def test_what_cannot_be_asked(service: Service, question: str, reason: str) -> None:
    with pytest.raises(QuestionError, match=reason) as caught:
        service.ask(question)
    assert caught.value.field == "question"
    with pytest.raises(QuestionError, match=reason):
        service.search(question)


def test_cleaning() -> None:
    assert clean_question(" 二七区\x00 \u200b有多少\n企业?😀 ") == "二七区 有多少 企业?😀"
    assert len(clean_question("二" * MAX_QUESTION)) == MAX_QUESTION


def test_equal_parts_are_read_once(service: Service) -> None:
    once = service.ask("二七经开区的高新技术企业有多少家?")
    often = service.ask("二七经开区的高新技术企业有多少家," * 20)
    check_contract(often, service)
    assert (often.short_answer, often.notice) == (once.short_answer, once.notice)
    assert often.timings_ms["read"] < 4 * once.timings_ms["read"] + 200


def test_of_many_parts_the_first_are_read_and_that_is_said(service: Service) -> None:
    parts = [f"二七经开区{year}年的高新技术企业有多少家" for year in range(2010, 2022)]
    answer = service.ask(",".join(parts) + "?")
    check_contract(answer, service)
    assert answer.notice is not None
    assert answer.notice.startswith(f"问题共有12个部分，只查了前{MOST_PARTS}个")


def test_a_sum_of_too_many_is_not_worked_out_of_the_first(service: Service) -> None:
    answer = service.ask(
        "、".join(f"第{n}产业园" for n in "一二三四五六七八九") + "和高新技术企业加起来多少家?"
    )
    check_contract(answer, service)
    assert not answer.answered
    assert "请分开来问" in answer.answer


def test_late_no_further_part_is_begun(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "DEADLINE_S", 0.0)
    answer = service.ask("二七经开区有多少家高新技术企业,二七区的区委书记是谁?")
    check_contract(answer, service)
    assert answer.short_answer == "22家"
    assert answer.notice == "问题共有2个部分，只查了前1个，其余的请另外提问。"
    assert "请分开来问" in service.ask("高新技术企业和科技型企业加起来多少家?").answer


def test_an_answer_that_nobody_waits_for_is_given_up(service: Service) -> None:
    asked = iter([False, False, True])
    with pytest.raises(AbandonedError):
        next(service.stream("二七经开区有多少家高新技术企业,二七区的区委书记是谁?", stop=lambda: next(asked)))
