"""Every route, asked wrongly in every way: always the one error shape, never a 500."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fake_service import TOKEN, FakeService
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from problems import check_problem, fields
from pydantic import SecretStr

from qa.answers.answering import clean_question
from qa.config import Settings
from qa.errors import QuestionError
from web import create_app
from web.app import MAX_BODY_BYTES

BEARER = {"Authorization": f"Bearer {TOKEN}".encode().decode("latin-1")}
JSON_ROUTES = [
    ("/api/ask", {}),
    ("/api/index/rebuild", BEARER),
    ("/api/articles/park/withdraw", BEARER),
    ("/api/articles/park/restore", BEARER),
    ("/api/generations/7/activate", BEARER),
    ("/api/bulletins/up1/commit", BEARER),
    ("/api/bulletins/up1/undo", BEARER),
]
EDITOR_ROUTES = ["/api/index/jobs", "/api/bulletins", "/api/bulletins/up1"]
"""GET routes for the holder of the token; see test_contract_bulletins.py."""
GET_ROUTES = [
    "/api/examples",
    "/api/search?q=企业", "/api/articles", "/api/articles/park", "/api/index", "/api/index/jobs/job1",
    "/api/index/jobs/job1/events", "/api/withdrawn", "/api/generations", "/api/generations/7/diff/7",
    "/v1/models", "/v1/models/bulletin-qa", "/healthz", "/readyz", "/metrics", "/openapi.json",
]  # fmt: skip
PROBES = ["/healthz", "/readyz", "/metrics", "/openapi.json"]
"""Routes that ignore query parameters: what probes them may add its own."""
GOOD = {"question": "二七经开区有多少家高新技术企业?"}


def test_the_routes_here_are_all_there_are(app: Flask) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    listed = {path.split("?")[0] for path in GET_ROUTES} | {path for path, _ in JSON_ROUTES}
    listed |= set(EDITOR_ROUTES)
    listed.add(
        "/v1/chat/completions"
    )  # takes fields that nobody here knows; see test_contract_completions.py
    named = [("/park", "article_id"), ("/job1", "job_id"), ("/up1", "upload_id"), ("/bulletin-qa", "name")]
    for example, name in named:
        listed = {path.replace(example, f"/<{name}>") for path in listed}
    listed = {
        path.replace("/7/diff/7", "/<before>/diff/<after>").replace("/7/", "/<number>/") for path in listed
    }
    pages = {"/", "/articles", "/articles/<article_id>", "/editor", "/docs"}
    pages |= {"/favicon.ico", "/static/<path:filename>"}
    assert rules == listed | pages


@pytest.mark.parametrize("path", GET_ROUTES)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "BREW"])
def test_wrong_method_on_a_get_route(client: FlaskClient, path: str, method: str) -> None:
    response = client.open(path, method=method, json=GOOD)
    problem = check_problem(response, 405)
    assert "GET" in response.headers["Allow"]
    assert method in problem["detail"]


@pytest.mark.parametrize(("path", "headers"), JSON_ROUTES)
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_wrong_method_on_a_post_route(client: FlaskClient, path: str, headers: dict, method: str) -> None:
    response = client.open(path, method=method, headers=headers)
    check_problem(response, 405)
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize(("path", "headers"), JSON_ROUTES)
@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "nonsense",
        "text/json",
    ],
)
def test_wrong_content_type(client: FlaskClient, path: str, headers: dict, content_type: str) -> None:
    response = client.post(path, data=json.dumps(GOOD), content_type=content_type, headers=headers)
    problem = check_problem(response, 415)
    assert "application/json" in problem["detail"]


def test_missing_content_type(client: FlaskClient) -> None:
    check_problem(client.post("/api/ask", data=json.dumps(GOOD)), 415)
    check_problem(client.post("/api/ask"), 415)


@pytest.mark.parametrize(("path", "headers"), JSON_ROUTES)
@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b'{"question": }', b"{'question': 'a'}", b'{"question": "a"} x', b"\xff\xfe\x00", b"\x00",
        '{"question": "国"}'.encode("gbk"), '{"question": "国"}'.encode("utf-16"), b"[" * 100_000,
        b'{"a":' * 50_000, b'{"top_k": ' + b"9" * 10_000 + b"}", b'{"question": "a\x00b"}',
    ],
    ids=range(13),
)  # fmt: skip
def test_malformed_json(client: FlaskClient, path: str, headers: dict, body: bytes) -> None:
    check_problem(client.post(path, data=body, content_type="application/json", headers=headers), 400)


@pytest.mark.parametrize(("path", "headers"), JSON_ROUTES)
@pytest.mark.parametrize("body", [[], [GOOD], "问题", 1, 1.5, True, None])
def test_json_that_is_no_object(client: FlaskClient, path: str, headers: dict, body: Any) -> None:
    data = json.dumps(body)
    response = client.post(path, data=data, content_type="application/json", headers=headers)
    assert fields(check_problem(response, 422)) == ["请求正文"]


@pytest.mark.parametrize(("path", "headers"), JSON_ROUTES)
@pytest.mark.parametrize("name", ["answer", "Question", "问题", "\ud800", "", "a" * 5000, "__class__"])
def test_unknown_field_is_named(client: FlaskClient, path: str, headers: dict, name: str) -> None:
    body = GOOD if path == "/api/ask" else {"why": "错"} if path.endswith("/withdraw") else {}
    body = body | {name: 1}
    response = client.post(path, data=json.dumps(body), content_type="application/json", headers=headers)
    problem = check_problem(response, 422)
    named = fields(problem)[0]
    assert len(named) <= 101
    assert named == "请求正文" or named[:100] == name[:100]


def test_many_unknown_fields_make_a_short_answer(client: FlaskClient) -> None:
    response = client.post("/api/ask", json={f"f{i}": i for i in range(5000)})
    problem = check_problem(response, 422)
    assert len(problem["errors"]) == 20


@pytest.mark.parametrize(("path", "headers"), JSON_ROUTES)
@pytest.mark.parametrize("body_bytes", [MAX_BODY_BYTES + 1, 5 * MAX_BODY_BYTES])
def test_body_too_large(client: FlaskClient, path: str, headers: dict, body_bytes: int) -> None:
    body = b" " * body_bytes
    check_problem(client.post(path, data=body, content_type="application/json", headers=headers), 413)


WRONG = [
    # questions
    ({}, "question"),
    ({"question": None}, "question"),
    ({"question": 1}, "question"),
    ({"question": True}, "question"),
    ({"question": ["有多少家?"]}, "question"),
    ({"question": {"text": "有多少家?"}}, "question"),
    ({"question": ""}, "question"),
    ({"question": " \t\n\u3000\u200b\ufeff"}, "question"),
    ({"question": "\x00\x01\x1b\x7f\x85"}, "question"),
    ({"question": "字" * 2001}, "question"),
    ({"question": "字" * 34_000}, "question"),
    ({"question": "x" * 102_400}, "question"),
    ({"question": "\ud800"}, "question"),
    ({"question": "多少家\udfff企业"}, "question"),
    # history
    ({"history": "之前"}, "history"),
    ({"history": {}}, "history"),
    ({"history": [None]}, "history[0]"),
    ({"history": ["之前"]}, "history[0]"),
    ({"history": [{"role": "user", "content": "甲"}, {"role": "user"}]}, "history[1].content"),
    ({"history": [{"role": "system", "content": "甲"}]}, "history[0].role"),
    ({"history": [{"role": 1, "content": "甲"}]}, "history[0].role"),
    ({"history": [{"role": "user", "content": 1}]}, "history[0].content"),
    ({"history": [{"role": "user", "content": "\ud83d"}]}, "history[0].content"),
    ({"history": [{"role": "user", "content": "字" * 20_001}]}, "history[0].content"),
    ({"history": [{"role": "user", "content": "甲", "name": "乙"}]}, "history[0].name"),
    ({"history": [{"role": "user", "content": "甲"}] * 51}, "history"),
    # top_k
    ({"top_k": 0}, "top_k"),
    ({"top_k": -1}, "top_k"),
    ({"top_k": 51}, "top_k"),
    ({"top_k": 10**300}, "top_k"),
    ({"top_k": 5.0}, "top_k"),
    ({"top_k": float("nan")}, "top_k"),
    ({"top_k": float("inf")}, "top_k"),
    ({"top_k": "5"}, "top_k"),
    ({"top_k": True}, "top_k"),
    ({"top_k": [5]}, "top_k"),
    # filters
    ({"filters": []}, "filters"),
    ({"filters": "2021"}, "filters"),
    ({"filters": {"date": "2021-12-14"}}, "filters.date"),
    ({"filters": {"date_from": 20211214}}, "filters.date_from"),
    ({"filters": {"date_from": ""}}, "filters.date_from"),
    ({"filters": {"date_from": "2021-12-14T00:00:00"}}, "filters.date_from"),
    ({"filters": {"date_from": "2021-1-1"}}, "filters.date_from"),
    ({"filters": {"date_from": "20211214"}}, "filters.date_from"),
    ({"filters": {"date_from": "2021-02-30"}}, "filters.date_from"),
    ({"filters": {"date_to": "0000-01-01"}}, "filters.date_to"),
    ({"filters": {"date_to": "２０２１-12-14"}}, "filters.date_to"),
    ({"filters": {"date_to": "2021-12-14\n"}}, "filters.date_to"),
    ({"filters": {"date_from": "2021-12-15", "date_to": "2021-12-14"}}, "filters"),
    ({"filters": {"article_ids": "park"}}, "filters.article_ids"),
    ({"filters": {"article_ids": [1]}}, "filters.article_ids[0]"),
    ({"filters": {"article_ids": ["\udc00"]}}, "filters.article_ids[0]"),
    ({"filters": {"article_ids": ["a"] * 1001}}, "filters.article_ids"),
]


@pytest.mark.parametrize(("wrong", "field"), WRONG, ids=range(len(WRONG)))
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_wrong_question_names_the_field(client: FlaskClient, wrong: dict, field: str, accept: str) -> None:
    body = wrong if field == "question" else GOOD | wrong
    data = json.dumps(body)
    response = client.post("/api/ask", data=data, content_type="application/json", headers={"Accept": accept})
    problem = check_problem(response, 422)
    assert fields(problem) == [field]
    assert field in problem["detail"]
    assert len(problem["detail"]) < 200


RIGHT = [
    {"question": "😀😀😀"},
    {"question": "👨‍👩‍👧"},
    {"question": "有多少家\x00高新\x1b技术企业\u202e?\r\n"},
    {"question": "'; DROP TABLE articles; --"},
    {"question": "{{7*7}} ${7*7} <script>alert(1)</script>"},
    {"question": "字" * 2000},
    {"question": "😀" * 2000},
    GOOD | {"history": None, "top_k": None, "filters": None},
    GOOD | {"history": [], "filters": {}},
    GOOD | {"history": [{"role": "user", "content": ""}] * 50},
    GOOD | {"top_k": 1},
    GOOD | {"top_k": 50},
    GOOD | {"filters": {"date_from": "2021-12-01", "date_to": None, "article_ids": []}},
]


@pytest.mark.parametrize("body", RIGHT, ids=range(len(RIGHT)))
def test_strange_but_right_questions_are_answered(client: FlaskClient, body: dict) -> None:
    response = client.post("/api/ask", data=json.dumps(body), content_type="application/json")
    assert response.status_code == 200
    assert response.get_json()["question"] == body["question"]


def test_json_with_a_byte_order_mark_or_another_json_type_is_read(client: FlaskClient) -> None:
    data = b"\xef\xbb\xbf" + json.dumps(GOOD, ensure_ascii=False).encode()
    assert (
        client.post("/api/ask", data=data, content_type="application/json; charset=utf-8").status_code == 200
    )
    assert client.post("/api/ask", data=data, content_type="application/vnd.x+json").status_code == 200


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["question", "history", "top_k", "filters", "role", "content", "date_from", "article_ids"]
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(KEYS | st.text(), ANY_JSON, max_size=5) | ANY_JSON)
def test_no_json_makes_it_fail(client: FlaskClient, body: Any) -> None:
    response = client.post("/api/ask", data=json.dumps(body), content_type="application/json")
    if response.status_code != 200:
        check_problem(response, 422)


WRONG_QUERIES = [
    ("/api/search", "q"),
    ("/api/search?q=", "q"),
    ("/api/search?q=%00%20", "q"),
    ("/api/search?q=" + "a" * 2001, "q"),
    ("/api/search?q=a&top_k=0", "top_k"),
    ("/api/search?q=a&top_k=51", "top_k"),
    ("/api/search?q=a&top_k=5.0", "top_k"),
    ("/api/search?q=a&top_k=+5", "top_k"),
    ("/api/search?q=a&top_k=%D9%A3", "top_k"),
    ("/api/search?q=a&top_k=99999999999999999999", "top_k"),
    ("/api/search?q=a&q=b", "q"),
    ("/api/search?q=a&limit=3", "limit"),
    ("/api/search?q=a&date_from=2021", "date_from"),
    ("/api/articles?page=0", "page"),
    ("/api/articles?page=-1", "page"),
    ("/api/articles?page=one", "page"),
    ("/api/articles?page=1000001", "page"),
    ("/api/articles?per_page=0", "per_page"),
    ("/api/articles?per_page=101", "per_page"),
    ("/api/articles?date_from=2021-12-32", "date_from"),
    ("/api/articles?date_to=12月14日", "date_to"),
    ("/api/articles?date_from=2021-12-15&date_to=2021-12-14", "查询参数"),
    ("/api/articles?reporter=" + "a" * 101, "reporter"),
    ("/api/articles?q=" + "a" * 201, "q"),
    ("/api/articles?author=景静", "author"),
    ("/api/articles/park?full=1", "full"),
    ("/api/index?verbose=1", "verbose"),
    ("/api/examples?count=9", "count"),
    ("/api/index/jobs/job1?wait=1", "wait"),
    ("/api/generations?all=1", "all"),
    ("/api/generations/7/diff/7?all=1", "all"),
]


@pytest.mark.parametrize(("path", "field"), WRONG_QUERIES)
def test_wrong_query_names_the_parameter(client: FlaskClient, path: str, field: str) -> None:
    assert fields(check_problem(client.get(path), 422)) == [field]


@pytest.mark.parametrize(
    ("number", "reason"),
    [("-1", "不能小于 1"), ("0", "不能小于 1"), ("9" * 30, "不能大于 1000000"), ("1.5", "须为整数")],
)
def test_a_number_out_of_bounds_is_told_the_bound(client: FlaskClient, number: str, reason: str) -> None:
    problem = check_problem(client.get(f"/api/articles?page={number}"), 422)
    assert problem["errors"] == [{"field": "page", "reason": reason}]


@pytest.mark.parametrize("query", ["q=%FF", "%ED%A0%80=1", "q=%E4%BA"])
def test_a_query_in_another_encoding_is_refused(client: FlaskClient, query: str) -> None:
    assert "UTF-8" in check_problem(client.get(f"/api/articles?{query}"), 400)["detail"]


@pytest.mark.parametrize("path", ["/api", "/v1", "/v1/"])
def test_the_roots_of_the_interfaces_answer_browsers_in_json_too(client: FlaskClient, path: str) -> None:
    check_problem(client.get(path, headers={"Accept": "text/html"}), 404)


@pytest.mark.parametrize(("path", "headers"), JSON_ROUTES)
def test_a_query_on_a_post_route_is_refused(client: FlaskClient, path: str, headers: dict) -> None:
    assert fields(check_problem(client.post(f"{path}?stream=1", json=GOOD, headers=headers), 422)) == [
        "stream"
    ]


@pytest.mark.parametrize("path", PROBES)
def test_probes_may_add_parameters(client: FlaskClient, path: str) -> None:
    assert client.get(f"{path}?from=probe").status_code == 200


def test_empty_query_parameters_count_as_absent(client: FlaskClient) -> None:
    listing = client.get("/api/articles?date_from=&date_to=&reporter=&q=&page=").get_json()
    assert listing == client.get("/api/articles").get_json()


@pytest.mark.parametrize(
    "path",
    [
        "/api", "/api/", "/api/nowhere", "/api/ask/",
        "/api/articles/", "/api/articles/nowhere", "/api/articles/a/b",
        "/api/articles/%00", "/api/articles/%ED%A0%80", "/api/articles/..%2f..%2fetc%2fpasswd",
        "/api/index/jobs/nowhere", "/api/index/jobs/nowhere/events", "/healthz/x",
        "/api/generations/7/diff/99", "/api/generations/a/diff/7", "/api/generations/7/diff/-1",
        "/api/generations/%D9%A3/diff/7", "/api/generations/99999999999999999999/diff/7",
    ],
)  # fmt: skip
def test_not_found(client: FlaskClient, path: str) -> None:
    check_problem(client.get(path, headers={"Accept": "application/json"}), 404)


def test_api_paths_answer_problems_even_to_a_browser(client: FlaskClient) -> None:
    check_problem(client.get("/api/nowhere", headers={"Accept": "text/html"}), 404)


@pytest.mark.parametrize(
    "path",
    ["/api/examples", "/api/search?q=a", "/api/articles", "/api/articles/park", "/api/index", "/readyz"],
)
def test_without_an_index_it_is_503(client: FlaskClient, service: FakeService, path: str) -> None:
    service.ready = False
    check_problem(client.get(path), 503)
    check_problem(client.post("/api/ask", json=GOOD), 503)
    assert client.get("/healthz").status_code == 200


def test_an_error_of_the_service_names_its_field(client: FlaskClient) -> None:
    problem = check_problem(client.post("/api/ask", json={"question": "无法回答的字段"}), 422)
    assert fields(problem) == ["filters.article_ids"]


def test_an_error_of_a_search_names_its_own_parameter(
    client: FlaskClient, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(question: str, **_: object) -> None:
        clean_question(question)
        raise QuestionError("筛选条件里没有任何文章。", field="filters")

    monkeypatch.setattr(service, "search", refuse)
    problem = check_problem(client.get("/api/search?q=😀"), 422)
    assert fields(problem) == ["q"]
    assert "没有文字" in problem["detail"]
    assert fields(check_problem(client.get("/api/search?q=企业"), 422)) == ["filters"]


def test_what_nobody_foresaw_is_logged_and_not_told(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    problem = check_problem(client.post("/api/ask", json={"question": "崩溃"}), 500)
    assert "secret" not in json.dumps(problem)
    assert "secret path" in caplog.text


# Who may rebuild


@pytest.mark.parametrize(
    "authorization",
    [
        None, "", "Bearer", "Bearer ", "Bearer wrong", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}",
        f"Basic {TOKEN}",
        TOKEN, "Bearer \x00", f"Bearer {TOKEN} {TOKEN}", f"Bearer {TOKEN.upper()}",
    ],
)  # fmt: skip
def test_rebuild_needs_the_token(
    client: FlaskClient, service: FakeService, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization.encode().decode("latin-1")}
    response = client.post("/api/index/rebuild", headers=headers)
    check_problem(response, 401)
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert TOKEN not in response.get_data(as_text=True)
    assert service.running is None


@pytest.mark.parametrize("authorization", [None, "Bearer ", "Bearer None", f"Bearer {TOKEN}"])
def test_without_a_token_set_nobody_may_rebuild(authorization: str | None) -> None:
    service = FakeService(token=None)
    headers = {} if authorization is None else {"Authorization": authorization.encode().decode("latin-1")}
    response = create_app(service).test_client().post("/api/index/rebuild", headers=headers)
    problem = check_problem(response, 503)
    assert "QA_ADMIN_TOKEN" in problem["detail"]
    assert service.running is None


@pytest.mark.parametrize("token", ["区委宣传", "期待", "区内", "口 令", " 口令\r\n"])
@pytest.mark.parametrize("around", ["", " ", "\t"])
def test_any_token_lets_its_bearer_in(token: str, around: str) -> None:
    """Among them those whose last byte is a blank in Latin-1, in which WSGI hands headers over."""
    client = create_app(FakeService(token=token)).test_client()
    given = f"Bearer {around}{token.strip()}{around}".encode().decode("latin-1")
    assert client.get("/api/withdrawn", headers={"Authorization": given}).status_code == 200


def test_a_token_of_nothing_but_blanks_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_ADMIN_TOKEN", " \n")
    assert Settings(_env_file=None).admin_token is None
    monkeypatch.setenv("QA_ADMIN_TOKEN", f" {TOKEN}\n")
    assert Settings(_env_file=None).admin_token == SecretStr(TOKEN)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
@pytest.mark.parametrize("body", [{}, {"json": {}}])
def test_rebuild_starts_a_job_once(client: FlaskClient, scheme: str, body: dict) -> None:
    headers = {"Authorization": f"{scheme} {TOKEN}".encode().decode("latin-1")}
    response = client.post("/api/index/rebuild", headers=headers, **body)
    assert response.status_code == 202
    started = response.get_json()
    assert started["job"]["state"] == "running"
    assert response.headers["Location"] == started["url"] == "/api/index/jobs/job1"
    check_problem(client.post("/api/index/rebuild", headers=headers), 409)
    assert client.get(started["url"]).get_json()["state"] == "done"
