"""``/docs``: the API's description as a page, made from the OpenAPI document itself, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template

from web.openapi import openapi_document

blueprint = Blueprint("documentation", __name__)

_REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a member of an object."""

    name: str
    type: str
    required: bool
    ref: str | None
    """Name of the schema that its values, or its items, have."""


@dataclass(frozen=True, slots=True)
class Result:
    """One way a call may end."""

    status: str
    types: str
    ref: str | None


@dataclass(frozen=True, slots=True)
class Call:
    """One method of one path."""

    method: str
    path: str
    summary: str
    guarded: bool
    """Whether it needs the admin token."""
    parameters: tuple[Field, ...]
    body: str | None
    """Name of the schema of its JSON body."""
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """A named object."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class DocsPage:
    """What ``docs.html`` shows."""

    version: str
    calls: tuple[Call, ...]
    schemas: tuple[Schema, ...]


@blueprint.get("/docs")
def docs() -> str:
    """Show every call and every object."""
    document = openapi_document()
    page = DocsPage(
        version=document["info"]["version"],
        calls=tuple(
            _call(method, path, operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        ),
        schemas=tuple(
            Schema(name, tuple(_fields(shape)))
            for name, shape in document["components"]["schemas"].items()
            if shape.get("properties")
        ),
    )
    return render_template("docs.html", page=page)


def _call(method: str, path: str, operation: dict[str, Any]) -> Call:
    body = operation.get("requestBody", {}).get("content", {})
    schema = body.get("application/json", {}).get("schema")
    return Call(
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        guarded="security" in operation,
        parameters=tuple(
            Field(p["name"], _type(p["schema"]), p["required"], _ref(p["schema"]))
            for p in operation.get("parameters", ())
        ),
        body=_ref(schema) if schema else None,
        results=tuple(_result(status, found) for status, found in operation["responses"].items()),
    )


def _result(status: str, response: dict[str, Any]) -> Result:
    content = response.get("content", {})
    refs = (_ref(kind["schema"]) for kind in content.values())
    return Result(status, "、".join(content), next((r for r in refs if r), None))


def _fields(shape: dict[str, Any]) -> Iterator[Field]:
    required = shape.get("required", ())
    for name, value in shape["properties"].items():
        yield Field(name, _type(value), name in required, _ref(value))


def _type(value: dict[str, Any]) -> str:
    """Return a type in Chinese, as far as it can be said in a few words."""
    if "$ref" in value:
        return str(value["$ref"]).removeprefix(_REF)
    if "enum" in value or "const" in value:
        return " | ".join(map(str, value.get("enum", [value.get("const")])))
    for several in ("anyOf", "oneOf"):
        if several in value:
            return " 或 ".join(dict.fromkeys(_type(v) for v in value[several]))
    kinds = value.get("type", "object")
    names = [_TYPES.get(kind, kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]
    if "array" in kinds:
        return f"{_type(value['items'])} 的数组" if "items" in value else "数组"
    return " 或 ".join(names)


_TYPES = {
    "string": "字符串",
    "integer": "整数",
    "number": "数",
    "boolean": "布尔",
    "object": "对象",
}


def _ref(value: dict[str, Any]) -> str | None:
    """Return the first named schema in a value's type."""
    if "$ref" in value:
        return str(value["$ref"]).removeprefix(_REF)
    inner = [value.get("items"), *value.get("anyOf", ()), *value.get("oneOf", ())]
    return next((r for v in inner if isinstance(v, dict) and (r := _ref(v))), None)
