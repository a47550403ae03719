"""Check what clients send, and say in Chinese which field is wrong and why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import unquote_to_bytes

from flask import Request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

Model = TypeVar("Model", bound=BaseModel)

MAX_REPORTED = 20
"""Field errors named in one response; a request may hold thousands."""
MAX_FIELD_NAME = 100

_REASONS = {
    "missing": "缺少此项",
    "extra_forbidden": "没有这个字段",
    "invalid_key": "字段名须为字符串",
    "model_type": "须为 JSON 对象",
    "model_attributes_type": "须为 JSON 对象",
    "string_type": "须为字符串",
    "string_unicode": "含有不成对的代理字符（如 \\ud800），不是有效的 Unicode 文本",
    "string_too_short": "不能为空",
    "string_too_long": "最多 {max_length} 个字符",
    "int_type": "须为整数",
    "bool_type": "须为 true 或 false",
    "list_type": "须为数组",
    "too_long": "最多 {max_length} 项",
    "too_short": "至少要有 {min_length} 项",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "literal_error": "须为 {expected}",
}
"""pydantic's error types → reasons; a custom error brings its own Chinese message."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field of a request and what is wrong with it."""

    field: str
    reason: str


class InputError(Exception):
    """What a client sent does not fit; becomes a 422 that names each field."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__("；".join(f"{error.field}：{error.reason}" for error in errors))
        self.errors = errors


def read_json(request: Request, model: type[Model]) -> Model:
    """Read the request body as ``model``.

    Raises:
        UnsupportedMediaType: the body is not declared as JSON (415).
        BadRequest: the body is not well-formed UTF-8 JSON (400).
        InputError: it is JSON, but not of the expected shape (422).
    """
    if not request.is_json:
        raise UnsupportedMediaType("请求正文须为 JSON，请加上请求头 Content-Type: application/json。")
    try:
        payload = json.loads(request.get_data(cache=False).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadRequest("请求正文不是有效的 UTF-8 文本。") from None
    except json.JSONDecodeError as error:
        where = f"第 {error.lineno} 行第 {error.colno} 列"
        raise BadRequest(f"请求正文不是有效的 JSON（{where}附近有误）。") from None
    except (RecursionError, ValueError):
        # Thousands of nested brackets, or a number of thousands of digits.
        raise BadRequest("请求正文不是可以处理的 JSON：嵌套过深或数字过长。") from None
    return _validate(payload, model, whole="请求正文")


def read_optional_json(request: Request, model: type[Model]) -> Model:
    """Read the request body as ``model``, whose fields are all optional; a request without one gives none.

    Raises:
        UnsupportedMediaType, BadRequest, InputError: as :func:`read_json`.
    """
    return read_json(request, model) if request.content_length or request.content_type else model()


def read_query(request: Request, model: type[Model]) -> Model:
    """Read the query parameters as ``model``; an empty parameter counts as absent.

    Raises:
        BadRequest: they are not UTF-8 (400).
        InputError: a parameter is unknown, repeated or malformed (422).
    """
    try:
        unquote_to_bytes(request.query_string).decode()
    except UnicodeDecodeError:
        raise BadRequest("查询参数不是有效的 UTF-8 文本。") from None
    repeated = [name for name, values in request.args.lists() if len(values) > 1]
    if repeated:
        errors = (FieldError(_short(name), "只能给出一次") for name in repeated[:MAX_REPORTED])
        raise InputError(tuple(errors))
    given = {name: value for name, value in request.args.items() if value != ""}
    return _validate(given, model, whole="查询参数")


def _validate(payload: object, model: type[Model], whole: str) -> Model:
    try:
        return model.model_validate(payload)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)[:MAX_REPORTED]
    raise InputError(tuple(FieldError(_path(p["loc"]) or whole, _reason(p)) for p in problems))


def _reason(problem: ErrorDetails) -> str:
    template = _REASONS.get(problem["type"])
    if template is None:
        return problem["msg"]
    values = dict(problem.get("ctx", {}))
    if problem["type"] == "literal_error":
        values["expected"] = str(values.get("expected", "")).replace("'", "").replace(" or ", " 或 ")
    return template.format(**values)


def _path(location: tuple[int | str, ...]) -> str:
    """Write a location as a client would: ``("history", 3, "content")`` → ``history[3].content``."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{_short(part)}" if path else _short(part)
    return path


def _short(name: str) -> str:
    return name if len(name) <= MAX_FIELD_NAME else name[:MAX_FIELD_NAME] + "…"
