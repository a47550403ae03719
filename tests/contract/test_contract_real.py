"""The same contract, kept by the real service over the real seeds."""

from __future__ import annotations

from pathlib import Path

import pytest
import real_service
from flask.testing import FlaskClient
from problems import check_problem
from sse_reading import events
from test_contract_answers import check_invariants

import qa.answers.answering
from web import create_app
from web.requests import MAX_QUESTION

QUESTIONS = [
    real_service.QUESTION,
    "二七区区长叫什么名字?",
    "会议强调了什么?",
    "景静写了哪几篇?",
    "火星上有多少个环形山?",
    "\x00二七区\x1b",
]


@pytest.fixture(scope="module")
def client(default_model_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    service = real_service.build(default_model_dir, tmp_path_factory.mktemp("data"))
    return create_app(service).test_client()


@pytest.mark.parametrize("question", QUESTIONS)
def test_invariants(client: FlaskClient, question: str) -> None:
    response = client.post("/api/ask", json={"question": question})
    assert response.status_code == 200
    check_invariants(client, response.get_json())


def test_a_question_of_emoji_alone_is_explained(client: FlaskClient) -> None:
    check_problem(client.post("/api/ask", json={"question": "😀😀😀"}), 422)


def test_the_web_and_the_library_agree_on_the_longest_question() -> None:
    assert MAX_QUESTION == qa.answers.answering.MAX_QUESTION


def test_the_known_answer(client: FlaskClient) -> None:
    answer = client.post("/api/ask", json={"question": real_service.QUESTION}).get_json()
    assert answer["short_answer"] == "22家"
    assert "22家" in answer["citations"][0]["quote"]


def test_stream_ends_with_the_answer(client: FlaskClient) -> None:
    headers = {"Accept": "text/event-stream"}
    response = client.post("/api/ask", json={"question": real_service.QUESTION}, headers=headers)
    told = events(response.get_data(as_text=True))
    whole = client.post("/api/ask", json={"question": real_service.QUESTION}).get_json()
    assert told[-1][0] == "done"
    assert told[-1][1]["answer"] == whole["answer"]
    assert told[-1][1]["citations"] == whole["citations"]


def test_a_follow_up_is_understood(client: FlaskClient) -> None:
    first = client.post("/api/ask", json={"question": real_service.QUESTION}).get_json()
    history = [
        {"role": "user", "content": first["question"]},
        {"role": "assistant", "content": first["answer"]},
    ]
    answer = client.post("/api/ask", json={"question": "那科技型企业呢?", "history": history}).get_json()
    assert "科技型企业" in answer["standalone_question"]
    assert answer["standalone_question"] != answer["question"]
    check_invariants(client, answer)


def test_every_article_is_listed_and_read(client: FlaskClient) -> None:
    listing = client.get("/api/articles?per_page=100").get_json()
    assert listing["total"] == len(listing["articles"]) == client.get("/api/index").get_json()["articles"]
    for row in listing["articles"]:
        assert client.get(row["url"]).status_code == 200
        assert client.get(f"/api/articles/{row['id']}").get_json()["body"]


def test_search_shows_both_retrievers(client: FlaskClient) -> None:
    found = client.get("/api/search?q=高新技术企业&top_k=3").get_json()
    assert len(found["passages"]) == 3
    assert all(len(passage["scores"]) >= 2 for passage in found["passages"])
