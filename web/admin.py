"""What an editor does over HTTP, with the admin token: rebuild, withdraw, roll back."""

from __future__ import annotations

import hmac

from flask import Blueprint, Request, Response, jsonify, request, url_for
from pydantic import SecretStr
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import ServiceUnavailable, Unauthorized

from qa.errors import NotFoundError
from qa.serialize import (
    difference_json,
    generation_json,
    job_json,
    rollback_json,
    withdrawal_json,
    withdrawn_json,
)
from web.context import current_service
from web.requests import NoQuery, RebuildBody, RestoreBody, WithdrawBody
from web.validation import read_json, read_query

blueprint = Blueprint("admin", __name__)


@blueprint.post("/api/index/rebuild")
def rebuild() -> tuple[Response, int, dict[str, str]]:
    """Start indexing the seeds folder in the background."""
    service = current_service()
    _authorise(request, service.settings.admin_token)
    read_query(request, NoQuery)
    if request.content_length or request.content_type:
        read_json(request, RebuildBody)
    job = service.start_rebuild()
    url = url_for("admin.job", job_id=job.id)
    return jsonify({"job": job_json(job), "url": url}), 202, {"Location": url}


@blueprint.get("/api/index/jobs/<job_id>")
def job(job_id: str) -> Response:
    """Say how far a rebuild is, and at its end what it did."""
    read_query(request, NoQuery)
    return jsonify(job_json(current_service().job(job_id)))


@blueprint.post("/api/articles/<article_id>/withdraw")
def withdraw(article_id: str) -> Response:
    """Take an article out of use at once."""
    service = current_service()
    _authorise(request, service.settings.admin_token)
    read_query(request, NoQuery)
    body = read_json(request, WithdrawBody)
    made, changed = service.withdraw(article_id, body.why)
    return jsonify({"withdrawn": True, "changed": changed, "withdrawal": withdrawal_json(made)})


@blueprint.post("/api/articles/<article_id>/restore")
def restore(article_id: str) -> Response:
    """Put a withdrawn article back into use."""
    service = current_service()
    _authorise(request, service.settings.admin_token)
    read_query(request, NoQuery)
    body = RestoreBody()
    if request.content_length or request.content_type:
        body = read_json(request, RestoreBody)
    former, changed = service.restore(article_id, body.why or "")
    rendered = None if former is None else withdrawal_json(former)
    return jsonify({"withdrawn": False, "changed": changed, "withdrawal": rendered})


@blueprint.get("/api/withdrawn")
def withdrawn() -> Response:
    """List what is withdrawn and why, with the log."""
    service = current_service()
    _authorise(request, service.settings.admin_token)
    read_query(request, NoQuery)
    return jsonify(withdrawn_json(service.withdrawn()))


@blueprint.get("/api/generations")
def generations() -> Response:
    """List the generations of the index, oldest first."""
    read_query(request, NoQuery)
    return jsonify({"generations": [generation_json(kept) for kept in current_service().generations()]})


@blueprint.get("/api/generations/<before>/diff/<after>")
def difference(before: str, after: str) -> Response:
    """Say which articles were added, changed and removed between two generations."""
    read_query(request, NoQuery)
    return jsonify(difference_json(current_service().difference(_number(before), _number(after))))


@blueprint.post("/api/generations/<number>/activate")
def activate(number: str) -> Response:
    """Make an older generation serve again."""
    service = current_service()
    _authorise(request, service.settings.admin_token)
    read_query(request, NoQuery)
    if request.content_length or request.content_type:
        read_json(request, RebuildBody)
    return jsonify(rollback_json(service.roll_back(_number(number))))


def _number(text: str) -> int:
    """Read a generation's number from an address.

    Raises:
        NotFoundError: it is none; the router's own converter would answer in English.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise NotFoundError(f"没有第 {text[:20]} 代")
    return int(text)


def _authorise(incoming: Request, token: SecretStr | None) -> None:
    """Let only the bearer of the token through; the comparison takes the same time however wrong it is.

    Raises:
        ServiceUnavailable: the operator set no token, so nobody may.
        Unauthorized: the token is missing or wrong.
    """
    if token is None:
        raise ServiceUnavailable("没有设置管理口令 QA_ADMIN_TOKEN，不能通过接口管理。")
    scheme, _, given = incoming.headers.get("Authorization", "").partition(" ")
    # WSGI hands header bytes over as Latin-1; back to bytes, so that any token can be compared.
    matches = hmac.compare_digest(given.strip().encode("latin-1"), token.get_secret_value().encode())
    if scheme.lower() != "bearer" or not matches:
        detail = "管理口令不正确。" if given else "请在请求头中给出管理口令：Authorization: Bearer <口令>。"
        raise Unauthorized(detail, www_authenticate=WWWAuthenticate("bearer", {"realm": "qa"}))
