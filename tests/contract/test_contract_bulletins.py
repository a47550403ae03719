"""Uploads and jobs over HTTP, for whoever holds the token."""

from __future__ import annotations

import gc
import io
from typing import Any

import pytest
from fake_service import TOKEN, FakeService
from flask.testing import FlaskClient
from problems import check_problem, fields
from sse_reading import events

from web import bulletins
from web.app import MAX_BODY_BYTES
from web.openapi import openapi_document

BEARER = {"Authorization": f"Bearer {TOKEN}".encode().decode("latin-1")}
PAGE = "# 二七区图书馆新馆开放\n\n本报讯 12月20日,二七区图书馆新馆正式开放,藏书15万册。 记者 王芳\n"
NAME = "2021-12-21_头版.txt"


def send(client: FlaskClient, *files: tuple[str, bytes], **options: Any) -> Any:
    data = {"file": [(io.BytesIO(content), name) for name, content in files]}
    return client.post("/api/bulletins", data=data, headers=BEARER, **options)


def staged(client: FlaskClient, *files: tuple[str, bytes]) -> dict[str, Any]:
    response = send(client, *(files or ((NAME, PAGE.encode()),)))
    assert response.status_code == 201
    assert response.headers["Location"] == f"/api/bulletins/{response.get_json()['id']}"
    return response.get_json()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/index/jobs"), ("GET", "/api/bulletins"), ("POST", "/api/bulletins"),
        ("GET", "/api/bulletins/up1"), ("DELETE", "/api/bulletins/up1"),
        ("POST", "/api/bulletins/up1/commit"), ("POST", "/api/bulletins/up1/undo"),
    ],
)  # fmt: skip
def test_only_the_bearer_of_the_token_may(client: FlaskClient, method: str, path: str) -> None:
    check_problem(client.open(path, method=method), 401)
    check_problem(client.open(path, method=method, headers={"Authorization": "Bearer wrong"}), 401)


def test_a_preview_tells_what_was_recognised(client: FlaskClient, service: FakeService) -> None:
    upload = staged(client, (NAME, PAGE.encode("gbk")), ("坏.txt", b"\x00\x01"))
    good, bad = upload["files"]
    assert upload["state"] == "staged"
    assert (good["name"], good["encoding"], good["failure"]) == (NAME, "GB18030/GBK", None)
    assert "GB18030/GBK" in good["notes"][0]
    (article,) = good["articles"]
    assert article["title"] == "二七区图书馆新馆开放"
    assert (article["date"], article["date_text"]) == ("2021-12-20", "12月20日")
    assert (article["reporters"], article["status"]) == (["王芳"], "new")
    assert article["opening"].startswith("本报讯 12月20日")
    assert article["length"] == len(article["opening"])
    assert bad["articles"] == []
    assert "二进制" in bad["failure"]
    assert not service.seeds.exists()
    assert client.get(f"/api/bulletins/{upload['id']}", headers=BEARER).get_json() == upload


def test_commit_undo_and_the_history(client: FlaskClient, service: FakeService) -> None:
    upload = staged(client)
    url = f"/api/bulletins/{upload['id']}"
    response = client.post(f"{url}/commit", headers=BEARER)
    assert response.status_code == 202
    assert response.headers["Location"] == response.get_json()["url"] == "/api/index/jobs/job1"
    assert (service.seeds / NAME).read_text("utf-8") == PAGE
    assert "已经提交" in check_problem(client.delete(url, headers=BEARER), 409)["detail"]
    service.busy = False
    assert client.post(f"{url}/undo", headers=BEARER).status_code == 202
    assert list(service.seeds.iterdir()) == []
    (row,) = client.get("/api/bulletins", headers=BEARER).get_json()["bulletins"]
    assert (row["id"], row["state"], row["job"]) == (upload["id"], "undone", "job1")
    assert row["files"] == [{"name": NAME, "size": len(PAGE.encode()), "articles": 1, "failure": None}]


def test_another_file_of_that_name_is_replaced_only_where_asked(
    client: FlaskClient, service: FakeService
) -> None:
    service.seeds.mkdir()
    (service.seeds / NAME).write_text("旧的内容", "utf-8")
    upload = staged(client)
    assert upload["files"][0]["conflict"]
    url = f"/api/bulletins/{upload['id']}/commit"
    assert NAME in check_problem(client.post(url, headers=BEARER), 409)["detail"]
    assert service.running is None
    assert fields(check_problem(client.post(url, json={"replace": 1}, headers=BEARER), 422)) == ["replace"]
    assert client.post(url, json={"replace": True}, headers=BEARER).status_code == 202
    assert (service.seeds / NAME).read_text("utf-8") == PAGE


def test_discard(client: FlaskClient) -> None:
    url = f"/api/bulletins/{staged(client)['id']}"
    assert client.delete(url, headers=BEARER).get_json()["state"] == "discarded"
    check_problem(client.post(f"{url}/commit", headers=BEARER), 409)


@pytest.mark.parametrize("identifier", ["nowhere", "20210101000000-00000000", "..%2f..", "%00"])
def test_an_unknown_upload_is_404(client: FlaskClient, identifier: str) -> None:
    check_problem(client.get(f"/api/bulletins/{identifier}", headers=BEARER), 404)


def test_what_is_no_upload_is_explained(client: FlaskClient) -> None:
    check_problem(client.post("/api/bulletins", json={}, headers=BEARER), 415)
    form = {"content_type": "multipart/form-data", "headers": BEARER}
    assert fields(check_problem(client.post("/api/bulletins", data={}, **form), 422)) == ["file"]
    wrong = {"file": (io.BytesIO(b"a"), "a.txt"), "note": "x"}
    assert fields(check_problem(client.post("/api/bulletins", data=wrong, **form), 422)) == ["note"]


def test_a_file_sent_as_text_is_explained(client: FlaskClient) -> None:
    form = {"content_type": "multipart/form-data", "headers": BEARER}
    problem = check_problem(client.post("/api/bulletins", data={"file": NAME, "note": "x"}, **form), 422)
    assert fields(problem) == ["file", "note"]
    assert problem["errors"][0]["reason"] == "须为文件（curl 要写 -F file=@文件名）"


def test_too_much_at_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulletins, "MAX_UPLOAD_BYTES", 1000)
    problem = check_problem(send(client, ("a.txt", b"a" * 2000)), 413)
    assert "太大" in problem["detail"]
    monkeypatch.undo()
    monkeypatch.setattr(bulletins, "MAX_FILES", 2)
    response = send(client, *((f"{n}.txt", b"a") for n in range(3)))
    assert fields(check_problem(response, 422)) == ["file"]


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_an_upload_may_be_larger_than_a_question(client: FlaskClient) -> None:
    upload = staged(client, (NAME, PAGE.encode() + b"\n" * 1_100_000))
    assert upload["files"][0]["size"] > MAX_BODY_BYTES
    assert len(upload["files"][0]["articles"]) == 1
    gc.collect()  # werkzeug's test client keeps a form of this size in a temporary file that it never closes


def test_jobs_are_listed_and_followed(client: FlaskClient, service: FakeService) -> None:
    assert client.get("/api/index/jobs", headers=BEARER).get_json() == {"jobs": []}
    client.post("/api/index/rebuild", json={"force": True}, headers=BEARER)
    assert service.forced
    (row,) = client.get("/api/index/jobs", headers=BEARER).get_json()["jobs"]
    assert (row["id"], row["state"], row["report"]["added"]) == ("job1", "done", 1)
    response = client.get("/api/index/jobs/job1/events")
    assert response.mimetype == "text/event-stream"
    stream = response.get_data(as_text=True)
    assert ": \n\n" in stream
    told = events(stream.replace(": \n\n", ""))
    assert [(name, data["state"]) for name, data in told] == [("progress", "running"), ("done", "done")]
    assert told[-1][1] == client.get("/api/index/jobs/job1").get_json()


def test_openapi_holds_what_is_returned(client: FlaskClient) -> None:
    schemas = openapi_document()["components"]["schemas"]
    upload = staged(client)
    client.post("/api/index/rebuild", headers=BEARER)
    returned = {
        "Upload": upload,
        "StagedFile": upload["files"][0],
        "StagedArticle": upload["files"][0]["articles"][0],
        "Job": client.get("/api/index/jobs/job1").get_json(),
    }
    for name, value in returned.items():
        assert set(schemas[name]["required"]) <= value.keys() <= schemas[name]["properties"].keys(), name
