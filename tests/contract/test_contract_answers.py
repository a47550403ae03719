"""The invariants of DESIGN §7, over HTTP, and what the routes return."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fake_service import EXAMPLES, LIST_QUESTION, FakeService
from flask import Flask
from flask.testing import FlaskClient

from qa.types import Filters, Turn
from web.openapi import openapi_document

QUESTIONS = [*EXAMPLES, LIST_QUESTION, "火星上有多少人?"]
DOCS = Path(__file__).parents[2] / "docs" / "api.md"


def check_invariants(client: FlaskClient, answer: dict[str, Any]) -> None:
    """Assert what holds for every answer, whoever gave it."""
    marks = {int(n) for n in re.findall(r"\[(\d+)\]", answer["answer"])}
    numbers = [citation["n"] for citation in answer["citations"]]
    assert marks == set(numbers)
    assert len(numbers) == len(set(numbers))
    assert bool(numbers) is answer["answered"]
    assert answer["answered"] is (answer["mode"] != "refusal")
    assert {item["n"] for item in answer.get("items", [])} <= set(numbers)
    assert len(answer["short_answer"] or "") <= 60
    assert 0 <= answer["confidence"] <= 1
    for citation in answer["citations"]:
        article = client.get(f"/api/articles/{citation['article_id']}").get_json()
        assert article["body"][citation["start"] : citation["end"]] == citation["quote"] != ""
        shared = ("title", "date", "date_text", "reporters", "source")
        assert {key: citation[key] for key in shared} == {key: article[key] for key in shared}
        assert citation["url"] == f"{article['url']}#c{citation['start']}-{citation['end']}"
        assert client.get(citation["url"].partition("#")[0]).status_code == 200
    for passage in answer["passages"]:
        article = client.get(f"/api/articles/{passage['article_id']}").get_json()
        assert article["body"][passage["start"] : passage["end"]] == passage["text"]
    for suggestion in answer["suggestions"]:
        assert (
            client.get(f"/api/articles/{suggestion['article_id']}").get_json()["title"] == suggestion["title"]
        )


@pytest.mark.parametrize("question", QUESTIONS)
def test_invariants_of_an_answer(client: FlaskClient, question: str) -> None:
    check_invariants(client, client.post("/api/ask", json={"question": question}).get_json())


def test_a_request_reaches_the_service_whole(client: FlaskClient, service: FakeService) -> None:
    body = {
        "question": "那科技型企业呢?",
        "history": [{"role": "user", "content": "多少家?"}, {"role": "assistant", "content": "22家[1]"}],
        "top_k": 3,
        "filters": {"date_from": "2021-12-01", "article_ids": ["park"]},
    }
    answer = client.post("/api/ask", json=body).get_json()
    assert answer["standalone_question"] == "二七经开区有多少家科技型企业?"
    question, history, top_k, filters = service.asked[-1]
    assert (question, top_k) == ("那科技型企业呢?", 3)
    assert history == (Turn("user", "多少家?"), Turn("assistant", "22家[1]"))
    assert filters == Filters(date_from=filters.date_from, article_ids=("park",))
    assert str(filters.date_from) == "2021-12-01"


def test_search_gives_each_retrievers_score(client: FlaskClient) -> None:
    found = client.get("/api/search?q=企业&top_k=2").get_json()
    assert (found["question"], found["generation"]) == ("企业", 7)
    assert [passage["scores"].keys() for passage in found["passages"]] == [{"dense", "lexical"}] * 2


def test_articles_are_listed_without_and_read_with_their_body(client: FlaskClient) -> None:
    listing = client.get("/api/articles?per_page=2&page=2").get_json()
    assert (listing["total"], listing["page"], listing["pages"]) == (3, 2, 2)
    (row,) = listing["articles"]
    article = client.get(f"/api/articles/{row['id']}").get_json()
    assert article.pop("body")
    assert article == row


def test_index_tells_what_serves(client: FlaskClient) -> None:
    info = client.get("/api/index").get_json()
    assert (info["generation"], info["articles"], info["fingerprint"]) == (7, 3, "f1ngerpr1nt")
    assert info["last_report"]["failed"] == [{"source": "seeds/坏.txt", "reason": "不是文本文件"}]


def test_examples(client: FlaskClient) -> None:
    assert client.get("/api/examples").get_json() == {"examples": EXAMPLES}


def test_health_and_readiness(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    assert client.get("/readyz").get_json() == {"status": "ready", "generation": 7}


def test_json_is_utf8_a_person_can_read(client: FlaskClient) -> None:
    assert "景静" in client.get("/api/articles/park").get_data().decode("utf-8")


def _api_rules(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, re.sub(r"<(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not rule.endpoint.startswith("pages.") and rule.endpoint != "static"
    }


def test_openapi_describes_every_route_and_no_other(app: Flask, client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    described = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert described == _api_rules(app)


def test_openapi_references_resolve_and_required_keys_are_there(client: FlaskClient) -> None:
    document = openapi_document()
    schemas = document["components"]["schemas"]
    for name in re.findall(r"#/components/schemas/(\w+)", str(document)):
        assert name in schemas
    answer = client.post("/api/ask", json={"question": EXAMPLES[0]}).get_json()
    returned = {
        "Answer": answer,
        "Citation": answer["citations"][0],
        "SearchResult": client.get("/api/search?q=a").get_json(),
        "Article": client.get("/api/articles/park").get_json(),
        "ArticleList": client.get("/api/articles").get_json(),
        "Index": client.get("/api/index").get_json(),
        "Problem": client.get("/api/nowhere").get_json(),
        "Model": client.get("/v1/models/bulletin-qa").get_json(),
    }
    asked = {"messages": [{"role": "user", "content": EXAMPLES[0]}]}
    completion = client.post("/v1/chat/completions", json=asked).get_json()
    assert set(schemas["ChatCompletion"]["required"]) <= completion.keys()
    for name, value in returned.items():
        assert set(schemas[name]["required"]) <= value.keys() <= schemas[name]["properties"].keys(), name


def test_every_route_is_documented(app: Flask) -> None:
    text = DOCS.read_text("utf-8")
    for method, path in _api_rules(app):
        assert f"`{method} {path}`" in text, f"docs/api.md does not describe {method} {path}"
