"""Rebuilding the index over HTTP, for whoever holds the admin token."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, jsonify, request, stream_with_context, url_for

from qa.serialize import job_json, job_summary_json
from qa.types import Job
from web import sse
from web.auth import authorise
from web.context import current_service
from web.requests import NoQuery, RebuildBody
from web.validation import read_json, read_query

blueprint = Blueprint("admin", __name__)

Accepted = tuple[Response, int, dict[str, str]]


@blueprint.post("/api/index/rebuild")
def rebuild() -> Accepted:
    """Start indexing the seeds folder in the background."""
    service = current_service()
    authorise(request, service.settings.admin_token)
    read_query(request, NoQuery)
    body = RebuildBody()
    if request.content_length or request.content_type:
        body = read_json(request, RebuildBody)
    return accepted(service.start_rebuild(force=bool(body.force)))


@blueprint.get("/api/index/jobs")
def jobs() -> Response:
    """List the rebuilds that are remembered, the newest first; for editors, since reports name articles."""
    service = current_service()
    authorise(request, service.settings.admin_token)
    read_query(request, NoQuery)
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


def accepted(job: Job) -> Accepted:
    """Return the response to a request that started a rebuild."""
    url = url_for("admin.job", job_id=job.id)
    return jsonify({"job": job_json(job), "url": url}), 202, {"Location": url}


def _events(first: Job | None, following: Iterator[Job | None]) -> Iterator[bytes]:
    for job in _chained(first, following):
        if job is None:
            yield sse.COMMENT
        else:
            yield sse.event("progress" if job.state == "running" else "done", job_json(job))


def _chained(first: Job | None, following: Iterator[Job | None]) -> Iterator[Job | None]:
    yield first
    yield from following
