"""Bulletins handed in over HTTP: uploaded for a look, then committed, discarded or undone."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, jsonify, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from qa.ingest.previews import Incoming
from qa.serialize import upload_json, upload_summary_json
from web.admin import Accepted, accepted
from web.auth import authorise
from web.context import current_service
from web.requests import CommitBody, NoQuery
from web.validation import FieldError, InputError, read_optional_json, read_query

blueprint = Blueprint("bulletins", __name__)

MAX_UPLOAD_BYTES = 64 * 1024 * 1024
"""Of all files of an upload together; each may have :func:`qa.formats.max_bytes` as well."""
MAX_FILES = 200
FIELD = "file"


@blueprint.before_request
def _only_editors() -> None:
    authorise(request, current_service().settings.admin_token)
    read_query(request, NoQuery)


@blueprint.post("/api/bulletins")
def upload() -> Accepted:
    """Keep files and show what was recognised in them; the index stays as it is."""
    files = _files()
    incoming: Iterator[Incoming] = (
        Incoming(file.filename or "", file.stream.read())
        for file in files  # one in memory at a time
    )
    staged = current_service().stage_upload(incoming)
    url = url_for("bulletins.show", upload_id=staged.id)
    return jsonify(upload_json(staged)), 201, {"Location": url}


@blueprint.get("/api/bulletins")
def history() -> Response:
    """List the uploads, the newest first."""
    return jsonify({"bulletins": [upload_summary_json(upload) for upload in current_service().uploads()]})


@blueprint.get("/api/bulletins/<upload_id>")
def show(upload_id: str) -> Response:
    """Return an upload with what was recognised in it."""
    return jsonify(upload_json(current_service().upload(upload_id)))


@blueprint.delete("/api/bulletins/<upload_id>")
def discard(upload_id: str) -> Response:
    """Delete the files of an upload that was not committed."""
    return jsonify(upload_json(current_service().discard_upload(upload_id)))


@blueprint.post("/api/bulletins/<upload_id>/commit")
def commit(upload_id: str) -> Accepted:
    """Write an upload's files into the seeds folder and start the rebuild."""
    body = read_optional_json(request, CommitBody)
    return accepted(current_service().commit_upload(upload_id, replacing=bool(body.replace)))


@blueprint.post("/api/bulletins/<upload_id>/undo")
def undo(upload_id: str) -> Accepted:
    """Take a committed upload's files out again and start the rebuild."""
    read_optional_json(request, NoQuery)
    return accepted(current_service().undo_upload(upload_id))


def _files() -> list[FileStorage]:
    """Return the files of the request.

    Raises:
        UnsupportedMediaType: the body is not ``multipart/form-data`` (415).
        RequestEntityTooLarge: there is too much of it (413).
        InputError: no file, too many, or a field that is none (422).
    """
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType("请用 multipart/form-data 上传文件，字段名是 file。")
    request.max_content_length = MAX_UPLOAD_BYTES
    request.max_form_parts = MAX_FILES + 10
    try:
        files = request.files.getlist(FIELD)
        others = sorted((set(request.files) - {FIELD}) | set(request.form))
    except RequestEntityTooLarge:
        limits = f"一次最多 {MAX_UPLOAD_BYTES // 2**20} MB、{MAX_FILES} 个文件"
        raise RequestEntityTooLarge(f"上传的文件太大或太多：{limits}，请分几次上传。") from None
    if others:
        raise InputError(tuple(FieldError(name[:100] or "（空）", _no_file(name)) for name in others[:20]))
    if not files:
        raise InputError((FieldError(FIELD, "缺少此项"),))
    if len(files) > MAX_FILES:
        raise InputError((FieldError(FIELD, f"最多 {MAX_FILES} 项"),))
    return files


def _no_file(name: str) -> str:
    """Say what is wrong with a field that is none of the files."""
    return "须为文件（curl 要写 -F file=@文件名）" if name == FIELD else "没有这个字段"
