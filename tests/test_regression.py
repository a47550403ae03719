"""Questions and follow-ups on the seed page: the score that was measured, not answers learnt by heart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa.evaluation import Outcome, Summary, evaluate, read_cases, summarise
from qa.service import Service
from qa.types import Answer, Turn

DATA = Path(__file__).parent / "data"
SLACK = 0.03
"""Three questions of a hundred: what another processor's rounding may change."""


@dataclass(frozen=True)
class Measured:
    """What was measured on a set of questions."""

    right: float
    short_right: float
    first_citation: float
    refused: float
    false_refusals: float


SETS = {
    "erqi_regression": Measured(0.929, 0.871, 0.971, 1.0, 0.029),
    "erqi_conversations": Measured(0.844, 0.811, 0.975, 0.839, 0.1),
}


@pytest.fixture(scope="module", params=SETS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def outcomes(service: Service, name: str) -> list[Outcome]:
    def ask(question: str, history: Sequence[Turn]) -> Answer:
        return service.ask(question, history=history)

    return evaluate(read_cases(DATA / f"{name}.jsonl"), ask)


@pytest.fixture(scope="module")
def summary(outcomes: list[Outcome]) -> Summary:
    return summarise(outcomes)


@pytest.mark.parametrize("measure", ["right", "short_right", "first_citation", "refused"])
def test_no_measure_falls(summary: Summary, name: str, measure: str) -> None:
    assert getattr(summary, measure) >= getattr(SETS[name], measure) - SLACK


def test_false_refusals_do_not_rise(summary: Summary, name: str) -> None:
    assert summary.false_refusals is not None
    assert summary.false_refusals <= SETS[name].false_refusals + SLACK


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
