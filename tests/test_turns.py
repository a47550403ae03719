"""Questions get the model before passages."""

from __future__ import annotations

import threading
import time

import pytest

from qa.models.turns import Turns


def test_a_question_that_waits_goes_before_the_next_batch() -> None:
    turns, order = Turns(), []
    waiting = threading.Event()

    def ask() -> None:
        waiting.set()
        with turns.question():
            order.append("question")

    asker = threading.Thread(target=ask)
    with turns.passages():
        asker.start()
        assert waiting.wait(5)
        deadline = time.monotonic() + 5
        while not turns._questions and time.monotonic() < deadline:
            time.sleep(0.001)
    with turns.passages():
        order.append("passages")
    asker.join()
    assert order == ["question", "passages"]


def test_passages_do_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.models.turns._PATIENCE_S", 0.01)
    turns = Turns()
    turns._questions = 1  # somebody always waits
    with turns.passages():
        pass


def test_an_error_gives_the_turn_back() -> None:
    turns = Turns()
    for turn in (turns.question, turns.passages):
        with pytest.raises(ZeroDivisionError), turn():
            raise ZeroDivisionError
    with turns.question():
        pass
