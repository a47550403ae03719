"""Every error of the site in one shape: RFC 9457 for programs, a Chinese page for readers."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from qa.errors import (
    AbandonedError,
    BackupError,
    BusyError,
    ConflictError,
    CrowdedError,
    EmptiedError,
    GoneError,
    LibraryError,
    NotFoundError,
    QuestionError,
    SnapshotError,
    UploadError,
    WithdrawalError,
)
from web.crowd import RETRY_AFTER_S
from web.validation import FieldError, InputError

log = logging.getLogger(__name__)

OPENAI_PATHS = "/v1/"
"""Paths whose clients look for OpenAI's ``error`` object; it stands beside the problem's members."""
API_PATHS = ("/api/", OPENAI_PATHS, "/healthz", "/readyz", "/metrics", "/openapi.json")
"""Paths whose errors are always problem documents, whatever the client accepts."""

TITLES = {
    400: "请求有误",
    401: "需要管理口令",
    404: "没有找到",
    405: "不支持的请求方法",
    409: "与现状冲突",
    410: "不再提供",
    413: "请求过大",
    415: "不支持的内容类型",
    422: "内容不合要求",
    500: "服务内部出错",
    503: "暂时不能服务",
}

DETAILS = {
    404: "没有这个地址。",
    413: "请求正文超过 1 MB，请缩短后再试。",
    500: "服务处理请求时出错，错误已记入日志，请稍后再试。",
}
"""What to say where the framework, not this project, raised the error."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What ``error.html`` shows."""

    status: int
    title: str
    detail: str


def problem(
    status: int,
    detail: str,
    *,
    errors: tuple[FieldError, ...] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    """Return the error response: problem+json, or a page where a browser asked for a page."""
    if _wants_page():
        page = ErrorPage(status=status, title=_title(status), detail=detail)
        response = Response(render_template("error.html", page=page), status=status)
    else:
        document = problem_json(status, detail, errors)
        if _under(OPENAI_PATHS):
            document["error"] = openai_error(status, detail, errors)
        body = current_app.json.dumps(document)
        response = Response(body, status=status, mimetype="application/problem+json")
    response.headers.update(headers or {})
    return response


def problem_json(status: int, detail: str, errors: tuple[FieldError, ...] = ()) -> dict[str, object]:
    """Return the members of a problem document; ``errors`` names each offending field and why."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": _title(status),
        "status": status,
        "detail": _printable(detail),
    }
    if errors:
        body["errors"] = [{"field": _printable(e.field), "reason": _printable(e.reason)} for e in errors]
    return body


def openai_error(status: int, detail: str, errors: tuple[FieldError, ...] = ()) -> dict[str, object]:
    """Return an error as OpenAI's clients read it."""
    return {
        "message": _printable(detail),
        "type": "invalid_request_error" if status < 500 else "server_error",
        "param": _printable(errors[0].field) if errors else None,
        "code": "model_not_found" if status == 404 and request.path.startswith("/v1/models/") else None,
    }


def describe(error: Exception) -> tuple[int, str, tuple[FieldError, ...]]:
    """Translate an exception to status, Chinese detail and field errors; log what nobody foresaw."""
    match error:
        case InputError():
            return 422, str(error), error.errors
        case QuestionError():
            return 422, str(error), (FieldError(error.field, str(error)),)
        case NotFoundError():
            return 404, str(error), ()
        case BusyError() | ConflictError() | EmptiedError():
            return 409, str(error), ()
        case GoneError():
            return 410, str(error), ()
        case AbandonedError():
            return 499, str(error), ()  # as nginx calls it; nobody reads it, but the counts do
        case CrowdedError():
            return 503, str(error), ()
        case SnapshotError() | WithdrawalError() | LibraryError() | UploadError() | BackupError():
            return 503, str(error), ()
        case MethodNotAllowed():
            allowed = "、".join(sorted(error.valid_methods or ()))
            return 405, f"这个地址不支持 {request.method}，可用的方法：{allowed}。", ()
        case HTTPException(code=int(status)):
            # Werkzeug's own descriptions are English; a Chinese one was written here on purpose.
            own = error.description if error.description and not error.description.isascii() else None
            return status, own or DETAILS.get(status) or f"{_title(status)}。", ()
        case _:
            log.error("unhandled error on %s %s", request.method, request.path, exc_info=error)
            return 500, DETAILS[500], ()


def init_app(app: Flask) -> None:
    """Render every exception of a view through :func:`problem`."""
    app.register_error_handler(Exception, _handle)


def _handle(error: Exception) -> Response | HTTPException:
    headers: dict[str, str] = {}
    if isinstance(error, HTTPException):
        if error.code is None or error.code < 400:
            return error  # a redirect of the router, not an error
        skip = {"content-type", "content-length"}
        headers = {name: value for name, value in error.get_headers() if name.lower() not in skip}
    if isinstance(error, CrowdedError):
        headers["Retry-After"] = str(RETRY_AFTER_S)
    status, detail, errors = describe(error)
    return problem(status, detail, errors=errors, headers=headers)


def _wants_page() -> bool:
    return not _under(API_PATHS) and request.accept_mimetypes.accept_html


def _under(paths: str | tuple[str, ...]) -> bool:
    return f"{request.path}/".startswith(paths)  # /api, too


def _title(status: int) -> str:
    return TITLES.get(status, "请求未能完成")


def _printable(text: str) -> str:
    """Replace what cannot be written as UTF-8: a field name from the client may hold lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")
