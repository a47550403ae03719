"""Rebuilding the index over HTTP, for whoever holds the admin token."""

from __future__ import annotations

import hmac

from flask import Blueprint, Request, Response, jsonify, request, url_for
from pydantic import SecretStr
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import ServiceUnavailable, Unauthorized

from qa.serialize import job_json
from web.context import current_service
from web.requests import NoQuery, RebuildBody
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


def _authorise(incoming: Request, token: SecretStr | None) -> None:
    """Let only the bearer of the token through; the comparison takes the same time however wrong it is.

    Raises:
        ServiceUnavailable: the operator set no token, so nobody may.
        Unauthorized: the token is missing or wrong.
    """
    if token is None:
        raise ServiceUnavailable("没有设置管理口令 QA_ADMIN_TOKEN，不能通过接口重建索引。")
    scheme, _, given = incoming.headers.get("Authorization", "").partition(" ")
    # WSGI hands header bytes over as Latin-1; back to bytes, so that any token can be compared.
    matches = hmac.compare_digest(given.strip().encode("latin-1"), token.get_secret_value().encode())
    if scheme.lower() != "bearer" or not matches:
        detail = "管理口令不正确。" if given else "请在请求头中给出管理口令：Authorization: Bearer <口令>。"
        raise Unauthorized(detail, www_authenticate=WWWAuthenticate("bearer", {"realm": "qa"}))
