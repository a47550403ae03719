"""A hundred questions on the seed page: the score that was measured, not answers learnt by heart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from qa.evaluation import Outcome, Summary, evaluate, read_cases, summarise
from qa.service import Service
from qa.types import Answer, Turn

QUESTIONS = Path(__file__).parent / "data" / "erqi_regression.jsonl"
MEASURED = {"right": 0.929, "short_right": 0.814, "first_citation": 0.985, "refused": 1.0}
MEASURED_FALSE_REFUSALS = 0.057
SLACK = 0.03
"""Three questions of a hundred: what another processor's rounding may change."""


@pytest.fixture(scope="module")
def outcomes(service: Service) -> list[Outcome]:
    def ask(question: str, history: Sequence[Turn]) -> Answer:
        return service.ask(question, history=history)

    return evaluate(read_cases(QUESTIONS), ask)


@pytest.fixture(scope="module")
def summary(outcomes: list[Outcome]) -> Summary:
    return summarise(outcomes)


@pytest.mark.parametrize("measure", MEASURED)
def test_no_measure_falls(summary: Summary, measure: str) -> None:
    assert getattr(summary, measure) >= MEASURED[measure] - SLACK


def test_false_refusals_do_not_rise(summary: Summary) -> None:
    assert summary.false_refusals is not None
    assert summary.false_refusals <= MEASURED_FALSE_REFUSALS + SLACK


def test_every_answer_keeps_the_contract(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        answer = outcome.answer
        for citation in answer.citations:
            assert citation.article.body[citation.start : citation.end] == citation.quote
        marks = {int(n) for n in re.findall(r"\[(\d+)\]", answer.answer)}
        assert marks == {c.n for c in answer.citations}
        assert bool(answer.citations) == answer.answered
        assert (answer.reason is None) == answer.answered
        assert 0 <= answer.confidence <= 1
        assert len(answer.short_answer or "") <= 60
