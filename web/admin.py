"""What an editor does over HTTP, with the admin token: rebuild, withdraw, roll back."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, jsonify, request, stream_with_context, url_for

from qa.errors import NotFoundError
from qa.serialize import (
    difference_json,
    generation_json,
    job_json,
    job_summary_json,
    rollback_json,
    withdrawal_change_json,
    withdrawn_json,
)
from qa.service import Service
from qa.types import Job
from web import sse
from web.auth import authorise
from web.context import current_service
from web.requests import NoQuery, RebuildBody, RestoreBody, WithdrawBody
from web.validation import read_json, read_optional_json, read_query

blueprint = Blueprint("admin", __name__)

Accepted = tuple[Response, int, dict[str, str]]


@blueprint.post("/api/index/rebuild")
def rebuild() -> Accepted:
    """Start indexing the seeds folder in the background."""
    service = _for_editors()
    body = read_optional_json(request, RebuildBody)
    return accepted(service.start_rebuild(force=bool(body.force)))


@blueprint.get("/api/index/jobs")
def jobs() -> Response:
    """List the rebuilds that are remembered, the newest first; for editors, since reports name articles."""
    service = _for_editors()
    return jsonify({"jobs": [job_summary_json(job) for job in service.jobs()]})


@blueprint.get("/api/index/jobs/<job_id>")
def job(job_id: str) -> Response:
    """Say how far a rebuild is, and at its end what it did."""
    read_query(request, NoQuery)
    return jsonify(job_json(current_service().job(job_id)))


@blueprint.get("/api/index/jobs/<job_id>/events")
def job_events(job_id: str) -> Response:
    """Stream a rebuild as it goes: ``progress`` at each change, at last ``done`` with the whole job."""
    read_query(request, NoQuery)
    following = current_service().follow_job(job_id)
    first = next(following)  # so that an unknown job is a 404, not a stream
    return sse.response(stream_with_context(_events(first, following)))


@blueprint.post("/api/articles/<article_id>/withdraw")
def withdraw(article_id: str) -> Response:
    """Take an article out of use at once."""
    service = _for_editors()
    body = read_json(request, WithdrawBody)
    made, changed = service.withdraw(article_id, body.why)
    return jsonify(withdrawal_change_json(made, changed, withdrawn=True))


@blueprint.post("/api/articles/<article_id>/restore")
def restore(article_id: str) -> Response:
    """Put a withdrawn article back into use."""
    service = _for_editors()
    body = read_optional_json(request, RestoreBody)
    former, changed = service.restore(article_id, body.why or "")
    return jsonify(withdrawal_change_json(former, changed, withdrawn=False))


@blueprint.get("/api/withdrawn")
def withdrawn() -> Response:
    """List what is withdrawn and why, with the log."""
    service = _for_editors()
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
    service = _for_editors()
    read_optional_json(request, NoQuery)
    return jsonify(rollback_json(service.roll_back(_number(number))))


def accepted(job: Job) -> Accepted:
    """Return the response to a request that started a rebuild."""
    url = url_for("admin.job", job_id=job.id)
    return jsonify({"job": job_json(job), "url": url}), 202, {"Location": url}


def _for_editors() -> Service:
    """Return the service to a request of an editor's that has no query."""
    service = current_service()
    authorise(request, service.settings.admin_token)
    read_query(request, NoQuery)
    return service


def _number(text: str) -> int:
    """Read a generation's number from an address.

    Raises:
        NotFoundError: it is none; the router's own converter would answer in English.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise NotFoundError(f"没有第 {text[:20]} 代")
    return int(text)


def _events(first: Job | None, following: Iterator[Job | None]) -> Iterator[bytes]:
    for job in _chained(first, following):
        if job is None:
            yield sse.COMMENT
        else:
            yield sse.event("progress" if job.state == "running" else "done", job_json(job))


def _chained(first: Job | None, following: Iterator[Job | None]) -> Iterator[Job | None]:
    yield first
    yield from following
