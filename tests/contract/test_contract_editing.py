"""What editors do over HTTP: withdraw and restore, list and compare generations, roll back."""

from __future__ import annotations

import pytest
from fake_service import CORRECTED, PARK, TOKEN, FakeService
from flask.testing import FlaskClient
from problems import check_problem, fields

from web import create_app
from web.openapi import openapi_document

BEARER = {"Authorization": f"Bearer {TOKEN}".encode().decode("latin-1")}
POSTS = [
    ("/api/articles/park/withdraw", {"why": "内容有误"}),
    ("/api/articles/park/restore", {}),
    ("/api/generations/7/activate", {}),
]


def post(client: FlaskClient, path: str, body: dict | None = None):
    return client.post(path, json={} if body is None else body, headers=BEARER)


def test_a_withdrawn_article_is_gone_and_its_reason_is_for_editors(client: FlaskClient) -> None:
    done = post(client, "/api/articles/park/withdraw", {"why": "内容有误"}).get_json()
    assert (done["withdrawn"], done["changed"]) == (True, True)
    assert done["withdrawal"] == {
        "article_id": "park",
        "title": PARK.title,
        "source": PARK.source,
        "why": "内容有误",
        "at": "2021-12-15T12:00:00+00:00",
    }
    problem = check_problem(client.get("/api/articles/park"), 410)
    assert "2021年" in problem["detail"]
    assert "内容有误" not in problem["detail"]
    page = client.get("/articles/park", headers={"Accept": "text/html"})
    shown = page.get_data(as_text=True)
    assert page.status_code == 410
    assert "撤回" in shown
    assert "22家" not in shown
    assert "内容有误" not in shown
    listed = client.get("/api/withdrawn", headers=BEARER).get_json()
    assert listed["withdrawn"] == [done["withdrawal"]]
    assert [event["action"] for event in listed["log"]] == ["withdraw"]


def test_twice_is_harmless_and_says_so(client: FlaskClient) -> None:
    post(client, "/api/articles/park/withdraw", {"why": "一"})
    again = post(client, "/api/articles/park/withdraw", {"why": "二"}).get_json()
    assert (again["changed"], again["withdrawal"]["why"]) == (False, "一")
    assert post(client, "/api/articles/park/restore").get_json()["changed"] is True
    twice = post(client, "/api/articles/park/restore", {"why": "没问题"}).get_json()
    assert twice == {"withdrawn": False, "changed": False, "withdrawal": None}
    assert client.get("/api/articles/park").status_code == 200


def test_restoring_needs_no_body(client: FlaskClient) -> None:
    assert client.post("/api/articles/park/restore", headers=BEARER).status_code == 200


@pytest.mark.parametrize("why", [None, "", " ", "\u3000\t", "\u200b\x00"])
def test_a_blank_reason_to_restore_is_none(
    client: FlaskClient, service: FakeService, why: str | None
) -> None:
    post(client, "/api/articles/park/withdraw", {"why": "一"})
    assert post(client, "/api/articles/park/restore", {"why": why}).get_json()["changed"] is True
    assert service.events[-1].why == ""


@pytest.mark.parametrize(("path", "body"), POSTS)
def test_only_the_bearer_of_the_token_may(client: FlaskClient, path: str, body: dict) -> None:
    check_problem(client.post(path, json=body), 401)
    check_problem(
        create_app(FakeService(token=None)).test_client().post(path, json=body, headers=BEARER), 503
    )


def test_the_list_of_what_is_withdrawn_is_for_editors(client: FlaskClient) -> None:
    check_problem(client.get("/api/withdrawn"), 401)


@pytest.mark.parametrize("action", ["withdraw", "restore"])
def test_an_unknown_article_is_told(client: FlaskClient, action: str) -> None:
    check_problem(post(client, f"/api/articles/nowhere/{action}", {"why": "错"}), 404)


@pytest.mark.parametrize(
    "body", [{}, {"why": ""}, {"why": " \t"}, {"why": None}, {"why": 1}, {"why": "长" * 501}]
)
def test_a_withdrawal_needs_its_reason(client: FlaskClient, body: dict) -> None:
    assert fields(check_problem(post(client, "/api/articles/park/withdraw", body), 422)) == ["why"]


def test_generations_are_listed_and_compared(client: FlaskClient) -> None:
    listed = client.get("/api/generations").get_json()["generations"]
    assert [(g["generation"], g["active"], g["kept"]) for g in listed] == [(6, False, False), (7, True, True)]
    found = client.get("/api/generations/7/diff/7").get_json()
    assert (found["from"], found["to"], found["unchanged"]) == (7, 7, 2)
    assert found["added"][0]["id"] == "park"
    check_problem(client.get("/api/generations/6/diff/7"), 410)


def test_an_older_generation_is_activated(client: FlaskClient) -> None:
    done = post(client, "/api/generations/7/activate").get_json()
    assert (done["generation"], done["changed"]) == (7, False)
    assert "qa index" in done["notice"]
    check_problem(post(client, "/api/generations/6/activate"), 410)
    check_problem(post(client, "/api/generations/99/activate"), 404)


def test_a_corrected_article_is_marked_and_links_to_the_correction(
    client: FlaskClient, service: FakeService
) -> None:
    service.related = {"park": CORRECTED}
    article = client.get("/api/articles/park").get_json()
    assert article["superseded_by"][0]["article_id"] == "astral"
    rows = {row["id"]: row for row in client.get("/api/articles").get_json()["articles"]}
    assert rows["park"]["superseded_by"] == article["superseded_by"]
    assert "superseded_by" not in rows["astral"]
    assert "以更正为准" in client.get("/articles/park").get_data(as_text=True)
    assert "有更正" in client.get("/articles").get_data(as_text=True)


def test_openapi_describes_what_comes_back(client: FlaskClient, service: FakeService) -> None:
    service.related = {"park": CORRECTED}
    schemas = openapi_document()["components"]["schemas"]
    article = client.get("/api/articles/park").get_json()
    returned = {
        "Article": article,
        "Relation": article["superseded_by"][0],
        "WithdrawalResult": post(client, "/api/articles/park/withdraw", {"why": "错"}).get_json(),
        "Withdrawn": client.get("/api/withdrawn", headers=BEARER).get_json(),
        "Generation": client.get("/api/generations").get_json()["generations"][0],
        "Difference": client.get("/api/generations/7/diff/7").get_json(),
        "Rollback": post(client, "/api/generations/7/activate").get_json(),
    }
    for name, value in returned.items():
        assert set(schemas[name]["required"]) <= value.keys() <= schemas[name]["properties"].keys(), name
