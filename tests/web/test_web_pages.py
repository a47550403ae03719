"""The pages: what they show, that bulletin text is never HTML, headers and caching."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from fake_service import ASTRAL, EXAMPLES, HOSTILE, PARK, FakeService
from flask.testing import FlaskClient

import web
from web import create_app
from web.pages import paragraphs

STATIC = Path(web.__file__).parent / "static"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_chat_page_shows_index_and_examples(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    assert "3 篇文章" in page
    assert "最新 2021年12月10日" in page
    for example in EXAMPLES:
        assert example in unescape(page)
    assert "<b>谁</b>" not in page
    assert "<noscript>" in page


def test_chat_page_without_an_index_says_so(client: FlaskClient, service: FakeService) -> None:
    service.ready = False
    response = client.get("/")
    assert response.status_code == 200
    assert "索引尚未就绪" in response.get_data(as_text=True)


@pytest.mark.parametrize("article", [PARK, ASTRAL, HOSTILE])
def test_article_page_holds_the_body_at_its_offsets(client: FlaskClient, article) -> None:
    page = client.get(f"/articles/{article.id}").get_data(as_text=True)
    shown = re.findall(r'<p data-start="(\d+)">(.*?)</p>', page)
    assert shown
    for start, text in shown:
        text = unescape(text)
        assert article.body[int(start) : int(start) + len(text)] == text
    assert "\n".join(unescape(text) for _, text in shown) == article.body


@pytest.mark.parametrize("path", ["/articles/hostile", "/articles"])
def test_bulletin_text_is_never_html(client: FlaskClient, path: str) -> None:
    page = client.get(path).get_data(as_text=True)
    for tag in ("<img src=x", "<script>", "<svg onload", "<b>某", "<i>"):
        assert tag not in page
    assert HOSTILE.title in unescape(page)


def test_catalogue_filters_and_keeps_them_while_paging(client: FlaskClient) -> None:
    page = client.get("/articles?reporter=景静&date_from=2021-12-01&q=&date_to=").get_data(as_text=True)
    assert "共 1 篇" in page
    assert PARK.title in page
    assert 'value="景静"' in page
    page = unescape(client.get("/articles?per_page=1&page=2").get_data(as_text=True))
    assert "第 2 / 3 页" in page
    assert 'href="/articles?per_page=1&page=1"' in page.replace("page=1&per_page=1", "per_page=1&page=1")
    assert "没有符合条件的文章" in client.get("/articles?q=查无此词").get_data(as_text=True)


@pytest.mark.parametrize(("per_page", "last"), [(20, 1), (1, 3)])
def test_from_beyond_the_last_page_there_is_a_way_back(client: FlaskClient, per_page: int, last: int) -> None:
    page = unescape(client.get(f"/articles?page=99&per_page={per_page}").get_data(as_text=True))
    assert "共 3 篇" in page
    assert f"没有第 99 页，共 {last} 页" in page
    assert "第 99 /" not in page
    (link,) = re.findall(r'<a rel="prev" href="([^"]+)">最后一页</a>', page)
    assert f"page={last}" in link.split("?")[1].split("&")
    shown = unescape(client.get(link).get_data(as_text=True))
    assert HOSTILE.title in shown


def test_beyond_the_last_page_of_nothing_there_is_nothing_to_turn_to(client: FlaskClient) -> None:
    page = client.get("/articles?q=查无此词&page=99").get_data(as_text=True)
    assert "查看全部" in page
    assert 'rel="prev"' not in page


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nowhere", 404, "没有这个地址"),
        ("/articles/nowhere", 404, "没有编号为 nowhere 的文章"),
        ("/articles?date_from=昨天", 422, "YYYY-MM-DD"),
        ("/articles?x=%3Cscript%3E", 422, "没有这个字段"),
        ("/static/nowhere.js", 404, "没有这个地址"),
    ],
)
def test_errors_of_pages_are_pages(client: FlaskClient, path: str, status: int, words: str) -> None:
    response = client.get(path, headers=HTML)
    assert response.status_code == status
    assert response.mimetype == "text/html"
    page = response.get_data(as_text=True)
    assert words in page
    assert "<script>" not in page


def test_a_program_gets_a_problem_from_a_page_too(client: FlaskClient) -> None:
    response = client.get("/nowhere", headers={"Accept": "application/json"})
    assert response.mimetype == "application/problem+json"


def test_crash_of_a_page_is_a_page_and_tells_no_secret(
    client: FlaskClient, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("secret path /srv/qa")

    monkeypatch.setattr(service, "article", crash)
    response = client.get("/articles/park", headers=HTML)
    assert response.status_code == 500
    assert "secret" not in response.get_data(as_text=True)
    assert "服务内部出错" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "path",
    ["/", "/articles", "/articles/park", "/nowhere", "/api/index", "/api/nowhere", "/static/js/main.js"],
)
def test_security_headers_are_everywhere(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_static_files_are_revalidated_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/static/js/main.js", buffered=True)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/static/js/main.js", headers={"If-None-Match": first.headers["ETag"]}, buffered=True)
    assert again.status_code == 304


def test_answers_are_not_cached(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "no-store"
    assert client.get("/api/articles/park").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/articles?reporter=景静", "/articles/park", "/editor"])
def test_pages_have_no_inline_code_and_no_foreign_asset(client: FlaskClient, path: str) -> None:
    page = client.get(path).get_data(as_text=True)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)


def test_scripts_build_no_html_and_reach_no_other_host() -> None:
    for script in (STATIC / "js").rglob("*.js"):
        source = script.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", source), (
            script
        )
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", source), script


def test_favicon_is_the_logo(client: FlaskClient) -> None:
    response = client.get("/favicon.ico", buffered=True)
    assert response.mimetype == "image/svg+xml"


def test_paragraphs_of_an_empty_line() -> None:
    assert [(p.start, p.text) for p in paragraphs("甲\n\n😀乙")] == [(0, "甲"), (2, ""), (3, "😀乙")]


def test_the_editors_page_tells_nothing_before_the_token(client: FlaskClient) -> None:
    page = client.get("/editor").get_data(as_text=True)
    assert 'id="token"' in page
    assert PARK.title not in page


def test_without_a_token_set_the_editors_page_says_so() -> None:
    page = create_app(FakeService(token=None)).test_client().get("/editor").get_data(as_text=True)
    assert "QA_ADMIN_TOKEN" in page
    assert 'id="token"' not in page
