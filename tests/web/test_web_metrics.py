"""What a monitoring system reads of an application, and the page that describes the API."""

from __future__ import annotations

import re

import pytest
from fake_service import FakeService
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from web import create_app
from web.openapi import openapi_document


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def client(service: FakeService) -> FlaskClient:
    return create_app(service).test_client()


def read(client: FlaskClient) -> dict[str, float]:
    """Return every sample by its name and labels."""
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.mimetype == "text/plain"
    families = text_string_to_metric_families(response.get_data(as_text=True))
    return {
        f"{s.name}{''.join(f' {k}={v}' for k, v in sorted(s.labels.items()))}": s.value
        for family in families
        for s in family.samples
    }


def test_answers_and_requests_are_counted(client: FlaskClient) -> None:
    client.post("/api/ask", json={"question": "有多少家高新技术企业?"})
    client.post("/api/ask", json={"question": "门票?"}, headers={"Accept": "text/event-stream"}).get_data()
    client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": "门票?"}]})
    client.post("/api/ask", json={"question": ""})
    client.get("/articles/park")
    client.get("/articles/astral")
    client.open("/nowhere/1", method="BREW")
    found = read(client)
    assert found["qa_answers_total mode=extractive reason="] == 1
    assert found["qa_answers_total mode=refusal reason=no_evidence"] == 2
    assert found["qa_answer_seconds_count"] == 3
    assert found["qa_http_requests_total method=POST route=/api/ask status=200"] == 2
    assert found["qa_http_requests_total method=POST route=/api/ask status=422"] == 1
    assert found["qa_http_requests_total method=GET route=/articles/<article_id> status=200"] == 2
    assert found["qa_http_requests_total method= route= status=404"] == 1
    assert found["qa_http_request_seconds_count route=/api/ask"] == 3


def test_the_index_is_told_and_its_absence(client: FlaskClient, service: FakeService) -> None:
    found = read(client)
    assert (found["qa_ready"], found["qa_index_generation"], found["qa_index_articles"]) == (1, 7, 3)
    service.ready = False
    assert read(client)["qa_ready"] == 0


def test_two_applications_count_apart(client: FlaskClient) -> None:
    other = create_app(FakeService()).test_client()
    client.post("/api/ask", json={"question": "门票?"})
    assert "qa_answers_total mode=refusal reason=no_evidence" not in read(other)


def test_the_documentation_shows_every_call_and_object(client: FlaskClient) -> None:
    html = client.get("/docs").get_data(as_text=True)
    document = openapi_document()
    for path, methods in document["paths"].items():
        for method in methods:
            assert f'id="{method.upper()}{path}"' in html
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets <= set(ids)
    assert {"Answer", "Citation", "Problem", "ChatBody"} <= targets | set(ids)
    assert "<script>" not in html
