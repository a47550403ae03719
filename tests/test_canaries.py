"""Canaries: a generation that forgot what the one before knew is held, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from bulletins import story, write_page
from fakes import HashEncoder

from qa.building import activation
from qa.building.activation import current_generation, load_current
from qa.building.canaries import CanaryCheck
from qa.building.indexing import build_index, roll_back
from qa.building.jobs import held_message
from qa.index.snapshot import Snapshot
from qa.storage.withdrawals import withdraw
from qa.types import Answer, Citation, IndexReport, Progress, Turn

COUNTED = "记者了解到,便民服务网点{n}个。"
QUESTION = "便民服务网点有多少个?"


def answer(snapshot: Snapshot, question: str, history: Sequence[Turn] = ()) -> Answer:
    """Quote the newest sentence that holds the question's words before 有多少; refuse where there is none."""
    word = question.split("有多少")[0]
    found = [a for a in snapshot.articles if word in a.body]
    refused = Answer("", question, question, False, "refusal", "没有找到。", None, 0.1, (), (), (), {}, 1)
    if not found:
        return refused
    start = found[-1].body.rindex(word)
    quote = found[-1].body[start:].split("。")[0] + "。"
    return replace(
        refused, answered=True, mode="extractive", answer=quote, confidence=0.9,
        citations=(Citation(1, found[-1], quote, start, start + len(quote)),),
    )  # fmt: skip


class Place:
    """Bulletins and an index that is checked before it is activated."""

    def __init__(self, root: Path) -> None:
        self.root, self.data, self.seeds = root, root / "data", root / "seeds"
        self.encoder = HashEncoder()
        self.canaries = self.data / "canaries.jsonl"
        self.asked = 0
        self.told: list[Progress] = []

    def write(self, name: str, *sentences: str) -> Path:
        return write_page(self.seeds / name, *(story(n, extra=s) for n, s in enumerate(sentences)))

    def ask_for(self, question: str, *answers: str) -> None:
        self.data.mkdir(exist_ok=True)
        with self.canaries.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"question": question, "answers": answers}, ensure_ascii=False) + "\n")

    def index(self, *, drawn: int = 0, force: bool = False) -> IndexReport:
        def ask(snapshot: Snapshot, question: str, history: Sequence[Turn]) -> Answer:
            self.asked += 1
            return answer(snapshot, question, history)

        gate = CanaryCheck(lambda: ask, self.canaries if self.canaries.exists() else None, drawn)
        return build_index(
            [Path("seeds")], self.data, self.encoder, root=self.root, gate=gate, force=force,
            progress=self.told.append,
        )  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_an_answer_that_is_lost_holds_the_build(place: Place) -> None:
    place.ask_for(QUESTION, "22个")
    page = place.write("a.txt", COUNTED.format(n=22))
    first = place.index()
    assert (first.activated, first.passed, first.held) == (True, (QUESTION,), False)
    page.write_text(page.read_text("utf-8").replace("22个", "9个"), "utf-8")
    held = place.index()
    assert (held.held, held.activated, held.generation) == (True, False, 1)
    (failure,) = held.canary_failures
    assert (failure.question, failure.expected, failure.drawn) == (QUESTION, ("22个",), False)
    assert "9个" in failure.answered
    assert "应答“22个”,却答“便民服务网点9个。”" in held_message(held.canary_failures)
    assert "22个" in load_current(place.data).articles[0].body
    # Nothing is left of it, and the next run holds it again.
    assert [p.name for p in (place.data / "snapshots").iterdir()] == ["1"]
    assert place.index().held
    activation.clean(place.data)
    assert current_generation(place.data) is not None
    forced = place.index(force=True)
    assert (forced.activated, forced.held, len(forced.canary_failures)) == (True, False, 1)
    assert "9个" in load_current(place.data).articles[0].body
    # What was forced is the measure from now on.
    place.write("b.txt", "新增一条消息。")
    later = place.index()
    assert (later.activated, later.canary_failures) == (True, ())


def test_a_question_that_must_be_refused(place: Place) -> None:
    place.ask_for(QUESTION)
    place.write("a.txt", "没有数字。")
    assert place.index().passed == (QUESTION,)
    place.write("a.txt", COUNTED.format(n=22))
    assert "应当拒答" in held_message(place.index().canary_failures)


def test_what_never_passed_is_told_and_holds_nothing(place: Place) -> None:
    place.ask_for(QUESTION, "22个")
    place.write("a.txt", "没有数字。")
    assert QUESTION in place.index().notes[-1].reason
    place.write("a.txt", "还是没有数字。")
    report = place.index()
    assert (report.activated, report.passed) == (True, ())
    assert QUESTION in report.notes[-1].reason


def test_a_question_that_is_new_is_asked_of_the_serving_generation_too(place: Place) -> None:
    place.write("a.txt", COUNTED.format(n=22))
    assert place.index().passed == ()
    place.ask_for(QUESTION, "22个")
    place.write("a.txt", "没有数字。")
    assert place.index().held


def test_nothing_is_asked_where_nothing_changed(place: Place) -> None:
    place.ask_for(QUESTION, "22个")
    place.write("a.txt", COUNTED.format(n=22))
    place.index()
    place.asked = 0
    assert not place.index().activated
    assert place.asked == 0


def test_questions_are_drawn_from_unchanged_articles_only(place: Place) -> None:
    place.write("a.txt", COUNTED.format(n=22))
    place.write("b.txt", "记者了解到,停车泊位300个。")
    assert place.index(drawn=3).passed == ()  # nothing to compare the first generation with
    place.write("a.txt", COUNTED.format(n=9))
    report = place.index(drawn=3)
    assert (report.activated, report.canary_failures) == (True, ())
    assert "停车泊位有多少个?" in report.passed
    assert QUESTION not in report.passed
    assert [p.phase for p in place.told if p.phase == "check"]


def test_a_new_article_may_answer_a_drawn_question(place: Place) -> None:
    place.write("a.txt", COUNTED.format(n=22))
    place.index()
    place.write("b.txt", COUNTED.format(n=25))
    assert place.index(drawn=3).activated


def test_a_drawn_question_that_is_lost_holds_the_build(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.write("a.txt", COUNTED.format(n=22))
    place.index()
    place.write("b.txt", "新增一条消息。")
    gate = CanaryCheck(
        lambda: lambda s, q, h: answer(s, q if s.generation == 1 else "没有这个词", h), None, drawn=3
    )
    report = build_index([Path("seeds")], place.data, place.encoder, root=place.root, gate=gate)
    assert report.held
    assert all(failure.drawn for failure in report.canary_failures)


def test_a_drawn_question_that_was_barely_answered_holds_nothing(place: Place) -> None:
    place.write("a.txt", COUNTED.format(n=22))
    place.index()
    place.write("b.txt", "新增一条消息。")
    gate = CanaryCheck(
        lambda: (
            lambda s, q, h: (
                replace(answer(s, q, h), confidence=0.4) if s.generation == 1 else answer(s, "没有这个词", h)
            )
        ),
        None,
        drawn=3,
    )
    report = build_index([Path("seeds")], place.data, place.encoder, root=place.root, gate=gate)
    assert (report.activated, report.canary_failures, report.passed) == (True, (), ())


def test_what_is_withdrawn_is_neither_asked_about_nor_missed(place: Place) -> None:
    place.ask_for(QUESTION, "22个")
    place.write("a.txt", COUNTED.format(n=22))
    place.write("b.txt", "记者了解到,停车泊位300个。")
    assert place.index().passed == (QUESTION,)
    (counted,) = [a for a in load_current(place.data).articles if "22个" in a.body]
    withdraw(place.data, [counted], counted.id, "数字有误")
    place.write("c.txt", "新增一条消息。", "又一条消息。")
    report = place.index(drawn=3)
    assert (report.activated, report.canary_failures) == (True, ())
    assert QUESTION not in report.passed
    assert "停车泊位有多少个?" in report.passed
    assert any(QUESTION in note.reason for note in report.notes)


def test_a_generation_that_was_rolled_back_to_is_the_measure(place: Place) -> None:
    place.ask_for(QUESTION, "22个")
    place.write("a.txt", COUNTED.format(n=22))
    place.index()
    place.write("a.txt", COUNTED.format(n=9))
    assert place.index(force=True).generation == 2
    roll_back(place.data, 1)
    held = place.index()
    assert (held.held, held.generation) == (True, 1)
    assert {p.name for p in (place.data / "snapshots").iterdir()} == {"1", "2"}
    forced = place.index(force=True)
    assert (forced.activated, forced.generation) == (True, 3)


def test_a_broken_file_of_canaries_holds_nothing(place: Place) -> None:
    place.data.mkdir()
    place.canaries.write_text("{", "utf-8")
    place.write("a.txt", "一条消息。")
    report = place.index()
    assert report.activated
    assert "没有用它检查" in report.notes[-1].reason


def test_another_model_is_held_by_what_is_on_record(place: Place) -> None:
    place.ask_for(QUESTION, "22个")
    place.write("a.txt", COUNTED.format(n=22))
    place.index()
    place.encoder = HashEncoder(fingerprint="fake-2")
    place.write("a.txt", "没有数字。")
    assert place.index().held
