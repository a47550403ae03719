"""The event stream: its wire format and what the events of one answer add up to."""

from __future__ import annotations

import pytest
from fake_service import FakeService
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sse_reading import events

from web import sse

ASK = {"question": "二七经开区有多少家高新技术企业?"}
STREAM = {"Accept": "text/event-stream"}


@given(st.text())
def test_pieces_add_up_to_the_text(text: str) -> None:
    assert "".join(sse.pieces(text)) == text


@pytest.mark.parametrize(
    ("text", "whole"), [("共有22家。[1]甲[12]乙", {"22", "[1]", "[12]"}), ("增长3.5%[2]", {"3.5%", "[2]"})]
)
def test_pieces_keep_numbers_and_marks_whole(text: str, whole: set[str]) -> None:
    assert whole <= set(sse.pieces(text))


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_an_event_is_one_block_whatever_its_text(text: str) -> None:
    written = sse.event("token", {"text": text}).decode()
    assert events(written) == [("token", {"text": text})]


def test_stream_tells_the_same_answer_as_json(client: FlaskClient) -> None:
    whole = client.post("/api/ask", json=ASK).get_json()
    response = client.post("/api/ask", json=ASK, headers=STREAM)
    assert response.mimetype == "text/event-stream"
    assert response.headers["Cache-Control"] == "no-store"
    told = events(response.get_data(as_text=True))
    names = [name for name, _ in told]
    assert names == ["meta", "meta"] + ["token"] * (len(told) - 4) + ["citations", "done"]
    assert names.count("token") > 3
    meta = told[0][1] | told[1][1]
    assert meta.items() <= whole.items()
    assert "".join(data["text"] for name, data in told if name == "token") == whole["answer"]
    assert told[-2][1] == {"citations": whole["citations"]}
    assert told[-1][1] == whole


@pytest.mark.parametrize(
    ("accept", "streams"),
    [
        (None, False),
        ("*/*", False),
        ("application/json", False),
        ("text/html", False),
        ("text/event-stream", True),
        ("text/event-stream, */*;q=0.1", True),
        ("application/json, text/event-stream;q=0.5", False),
    ],
)
def test_only_a_client_that_asks_for_events_gets_them(
    client: FlaskClient, accept: str | None, streams: bool
) -> None:
    headers = {} if accept is None else {"Accept": accept}
    response = client.post("/api/ask", json=ASK, headers=headers)
    assert (response.mimetype == "text/event-stream") is streams


def test_wrong_input_is_refused_before_the_stream(client: FlaskClient) -> None:
    response = client.post("/api/ask", json={"question": " \x00\n"}, headers=STREAM)
    assert response.status_code == 422
    assert response.mimetype == "application/problem+json"


def test_no_index_is_told_before_the_stream(client: FlaskClient, service: FakeService) -> None:
    service.ready = False
    assert client.post("/api/ask", json=ASK, headers=STREAM).status_code == 503


@pytest.mark.parametrize(("question", "status"), [("无法回答的字段", 422), ("崩溃", 500)])
def test_a_failure_in_the_stream_is_an_error_event(client: FlaskClient, question: str, status: int) -> None:
    response = client.post("/api/ask", json={"question": question}, headers=STREAM)
    told = events(response.get_data(as_text=True))
    assert [name for name, _ in told] == ["meta", "error"]
    problem = told[-1][1]
    assert problem["status"] == status
    assert {"type", "title", "status", "detail"} <= problem.keys()
    assert "secret" not in str(problem)
