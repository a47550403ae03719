"""The API described in OpenAPI 3.1; request shapes come from the models that check them."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from web.requests import (
    ArticlesQuery,
    AskBody,
    ChatBody,
    CommitBody,
    RebuildBody,
    RestoreBody,
    SearchQuery,
    WithdrawBody,
)

Json = dict[str, Any]

STRING: Json = {"type": "string"}
INTEGER: Json = {"type": "integer"}
NUMBER: Json = {"type": "number"}
BOOLEAN: Json = {"type": "boolean"}
STRINGS: Json = {"type": "array", "items": STRING}
OPTIONAL_STRING: Json = {"type": ["string", "null"]}


def openapi_document() -> Json:
    """Return the whole document."""
    _, bodies = models_json_schema(
        [
            (body, "validation")
            for body in (AskBody, ChatBody, RebuildBody, CommitBody, WithdrawBody, RestoreBody)
        ],
        ref_template="#/components/schemas/{model}",
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": "公报问答", "version": version("bulletin-qa"), "license": {"name": "MIT"}},
        "paths": _paths(),
        "components": {
            "schemas": bodies["$defs"] | _schemas(),
            "securitySchemes": {"admin": {"type": "http", "scheme": "bearer"}},
        },
    }


def _paths() -> Json:
    ask = _operation("回答一个问题", _ref("Answer"), errors=(400, 413, 415, 422, 503), body="AskBody")
    ask["responses"]["200"]["content"]["text/event-stream"] = {
        "schema": {"type": "string", "description": "事件 meta、token、citations、done、error"}
    }
    rebuild = _operation(
        "重建索引", _ref("RebuildAccepted"), status=202, body="RebuildBody",
        errors=(400, 401, 409, 413, 415, 422, 503),
    )  # fmt: skip
    _for_editors(rebuild)
    status = _object(status=STRING)
    return {
        "/api/ask": {"post": ask},
        "/api/examples": {"get": _operation("可以问的问题", _object(examples=STRINGS), errors=(422, 503))},
        "/api/search": {
            "get": _operation("检索段落", _ref("SearchResult"), errors=(422, 503), query=SearchQuery)
        },
        "/api/articles": {
            "get": _operation("文章目录", _ref("ArticleList"), errors=(422, 503), query=ArticlesQuery)
        },
        "/api/articles/{article_id}": {
            "get": _operation(
                "一篇文章的全文", _ref("Article"), errors=(404, 410, 422, 503), path="article_id"
            )
        },
        **_editor_paths(),
        "/api/index": {"get": _operation("当前的索引", _ref("Index"), errors=(422, 503))},
        "/api/index/rebuild": {"post": rebuild},
        "/api/index/jobs": {
            "get": _for_editors(
                _operation("重建任务的历史", _object(jobs=_array(_ref("Job"))), errors=(401, 422, 503))
            )
        },
        "/api/index/jobs/{job_id}": {
            "get": _operation("重建任务的进度", _ref("Job"), errors=(404, 422), path="job_id")
        },
        "/api/index/jobs/{job_id}/events": {"get": _job_events()},
        **_bulletin_paths(),
        **_openai_paths(),
        "/healthz": {"get": _operation("进程是否在运行", status)},
        "/readyz": {
            "get": _operation("索引是否已载入", _object(status=STRING, generation=INTEGER), errors=(503,))
        },
        "/metrics": {"get": _text("运行指标，Prometheus 文本格式", "text/plain")},
        "/openapi.json": {"get": _operation("本文档", {"type": "object"})},
        "/docs": {"get": _text("本文档的网页", "text/html")},
    }


def _openai_paths() -> Json:
    """Return the paths for chat clients; their errors hold OpenAI's ``error`` object too."""
    complete = _operation(
        "回答一个问题，OpenAI 的对话格式", _ref("ChatCompletion"), errors=(400, 413, 415, 422, 503),
        body="ChatBody",
    )  # fmt: skip
    complete["responses"]["200"]["content"]["text/event-stream"] = {
        "schema": {"type": "string", "description": "chat.completion.chunk，以 [DONE] 结束"}
    }
    listed = _operation("可用的模型", _object(object=STRING, data=_array(_ref("Model"))), errors=(422,))
    one = _operation("一个模型", _ref("Model"), errors=(404, 422), path="name")
    return {
        "/v1/chat/completions": {"post": complete},
        "/v1/models": {"get": listed},
        "/v1/models/{name}": {"get": one},
    }


def _text(summary: str, kind: str) -> Json:
    content = {kind: {"schema": STRING}}
    return {"summary": summary, "responses": {"200": {"description": summary, "content": content}}}


def _editor_paths() -> Json:
    """Return the paths for withdrawing articles and for the history of generations."""
    posting = (400, 401, 404, 409, 413, 415, 422, 503)
    withdraw = _operation(
        "撤回一篇文章", _ref("WithdrawalResult"), errors=posting, path="article_id", body="WithdrawBody"
    )
    restore = _operation(
        "恢复撤回的文章", _ref("WithdrawalResult"), errors=posting, path="article_id", body="RestoreBody"
    )
    withdrawn = _operation("撤回的文章和记录", _ref("Withdrawn"), errors=(401, 422, 503))
    activate = _operation(
        "换回较早的一代索引", _ref("Rollback"), errors=(*posting[:4], 410, *posting[4:]), path="number"
    )
    for operation in (withdraw, restore, withdrawn, activate):
        _for_editors(operation)
    withdraw["requestBody"]["required"] = True
    diff = _operation("比较两代索引", _ref("Difference"), errors=(404, 410, 422, 503), path="before")
    diff["parameters"].append({"name": "after", "in": "path", "required": True, "schema": STRING})
    listing = _object(generations=_array(_ref("Generation")))
    return {
        "/api/articles/{article_id}/withdraw": {"post": withdraw},
        "/api/articles/{article_id}/restore": {"post": restore},
        "/api/withdrawn": {"get": withdrawn},
        "/api/generations": {"get": _operation("各代索引", listing, errors=(422, 503))},
        "/api/generations/{before}/diff/{after}": {"get": diff},
        "/api/generations/{number}/activate": {"post": activate},
    }


def _job_events() -> Json:
    events = _operation("重建任务的进度，事件流", _ref("Job"), errors=(404, 409, 422), path="job_id")
    schema = {"type": "string", "description": "事件 progress、done，数据都是 Job"}
    events["responses"]["200"]["content"] = {"text/event-stream": {"schema": schema}}
    return events


def _bulletin_paths() -> Json:
    upload = _operation(
        "上传公报文件，先看识别结果", _ref("Upload"), status=201, errors=(401, 413, 415, 422, 503)
    )
    file = {"type": "array", "items": {"type": "string", "contentMediaType": "application/octet-stream"}}
    form = {"schema": {"type": "object", "properties": {"file": file}, "required": ["file"]}}
    upload["requestBody"] = {"required": True, "content": {"multipart/form-data": form}}
    history = _operation("上传的历史", _object(bulletins=_array({"type": "object"})), errors=(401, 422, 503))
    one = {"errors": (401, 404, 409, 422, 503), "path": "upload_id"}
    job = {**one, "errors": (400, 401, 404, 409, 415, 422, 503), "status": 202}
    commit = _operation("把上传的文件收录进来", _ref("RebuildAccepted"), body="CommitBody", **job)
    undo = _operation("撤销已收录的上传", _ref("RebuildAccepted"), **job)
    return {
        "/api/bulletins": {"get": _for_editors(history), "post": _for_editors(upload)},
        "/api/bulletins/{upload_id}": {
            "get": _for_editors(_operation("一次上传和识别结果", _ref("Upload"), **one)),
            "delete": _for_editors(_operation("放弃没有收录的上传", _ref("Upload"), **one)),
        },
        "/api/bulletins/{upload_id}/commit": {"post": _for_editors(commit)},
        "/api/bulletins/{upload_id}/undo": {"post": _for_editors(undo)},
    }


def _for_editors(operation: Json) -> Json:
    """Mark an operation that needs the admin token; its JSON body may be left out."""
    operation["security"] = [{"admin": []}]
    if "application/json" in operation.get("requestBody", {}).get("content", {}):
        operation["requestBody"]["required"] = False
    for status, response in operation["responses"].items():
        if status in ("201", "202"):
            response["headers"] = {"Location": {"schema": STRING}}
    return operation


def _operation(
    summary: str,
    returns: Json,
    *,
    errors: tuple[int, ...] = (),
    body: str | None = None,
    query: type[BaseModel] | None = None,
    path: str | None = None,
    status: int = 200,
) -> Json:
    content = {"application/json": {"schema": returns}}
    responses: Json = {str(status): {"description": summary, "content": content}}
    for code in errors:
        problem = {"application/problem+json": {"schema": _ref("Problem")}}
        responses[str(code)] = {"description": "RFC 9457 问题说明", "content": problem}
    operation: Json = {"summary": summary, "responses": responses}
    parameters = [{"name": path, "in": "path", "required": True, "schema": STRING}] if path else []
    if query is not None:
        schema = query.model_json_schema()
        required = schema.get("required", ())
        parameters += [
            {"name": name, "in": "query", "required": name in required, "schema": shape}
            for name, shape in schema["properties"].items()
        ]
    if parameters:
        operation["parameters"] = parameters
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(body)}}}
    return operation


def _schemas() -> Json:
    summary = {
        "id": STRING, "title": STRING, "date": OPTIONAL_STRING, "date_text": OPTIONAL_STRING,
        "reporters": STRINGS, "correspondents": STRINGS, "source": STRING, "position": INTEGER, "url": STRING,
    }  # fmt: skip
    passage = {
        "article_id": STRING, "title": STRING, "text": STRING, "start": INTEGER, "end": INTEGER,
        "score": NUMBER,
    }  # fmt: skip
    found = _object(**passage, scores={"type": "object", "additionalProperties": NUMBER}, url=STRING)
    answer = _object(
        id=STRING, question=STRING, standalone_question=STRING, answered=BOOLEAN,
        mode={"enum": ["extractive", "catalog", "generative", "refusal"]},
        answer=STRING, short_answer=OPTIONAL_STRING,
        confidence={"type": "number", "minimum": 0, "maximum": 1},
        citations=_array(_ref("Citation")), suggestions=_array(_object(article_id=STRING, title=STRING)),
        passages=_array(_object(**passage)),
        timings_ms={"type": "object", "additionalProperties": NUMBER}, generation=INTEGER,
    )  # fmt: skip
    answer["properties"] |= {
        "reason": {"enum": ["no_evidence", "out_of_scope", "false_premise", "unclear"]},
        "notice": STRING,
        "as_of": {"type": "string", "format": "date"},
        "items": _array(_object(text=STRING, n=INTEGER)),
        "supersedes": _array(_object(article_id=STRING, title=STRING, date=OPTIONAL_STRING)),
    }
    relations = {"supersedes": _array(_ref("Relation")), "superseded_by": _array(_ref("Relation"))}
    row, article = _object(**summary), _object(**summary, body=STRING)
    row["properties"] |= relations
    article["properties"] |= relations
    refs = _array(_object(id=STRING, title=STRING, source=STRING))
    withdrawal = _object(article_id=STRING, title=STRING, source=STRING, why=STRING, at=STRING)
    progress = _object(
        phase={"enum": ["read", "encode", "check", "write"]}, done=INTEGER, total=INTEGER, percent=NUMBER,
        rate={"type": ["number", "null"]}, seconds_left={"type": ["number", "null"]},
    )  # fmt: skip
    job = _object(
        id=STRING, state={"enum": ["running", "done", "failed"]}, started_at=STRING,
        finished_at=OPTIONAL_STRING, progress={"oneOf": [progress, {"type": "null"}]},
        report={"type": ["object", "null"]}, error=OPTIONAL_STRING,
        cause={"enum": ["rebuild", "commit", "undo"]},
    )  # fmt: skip
    job["properties"]["upload"] = STRING
    message = _object(role=STRING, content=STRING, refusal=OPTIONAL_STRING)
    completion = _object(
        id=STRING, object=STRING, created=INTEGER, model=STRING,
        choices=_array(_object(index=INTEGER, message=message, finish_reason=STRING)),
        usage=_object(prompt_tokens=INTEGER, completion_tokens=INTEGER, total_tokens=INTEGER),
        answered=BOOLEAN, citations=_array(_ref("Citation")),
    )  # fmt: skip
    problem = _object(type=STRING, title=STRING, status=INTEGER, detail=STRING)
    problem["properties"]["errors"] = _array(_object(field=STRING, reason=STRING))
    problem["properties"]["error"] = _object(
        message=STRING, type=STRING, param=OPTIONAL_STRING, code=OPTIONAL_STRING
    )
    return {
        "Answer": answer,
        "Citation": _object(
            n=INTEGER, article_id=STRING, title=STRING, date=OPTIONAL_STRING, date_text=OPTIONAL_STRING,
            reporters=STRINGS, source=STRING, quote=STRING, start=INTEGER, end=INTEGER, url=STRING,
        ),
        "SearchResult": _object(question=STRING, passages=_array(found), generation=INTEGER),
        "Article": article,
        "ArticleList": _object(articles=_array(row), total=INTEGER, page=INTEGER, pages=INTEGER),
        "Relation": _object(
            article_id=STRING, title=STRING, date=OPTIONAL_STRING, kind={"enum": ["whole", "part"]},
            url=STRING,
        ),
        "WithdrawalResult": _object(
            withdrawn=BOOLEAN, changed=BOOLEAN, withdrawal={"anyOf": [withdrawal, {"type": "null"}]},
        ),
        "Withdrawn": _object(
            withdrawn=_array(withdrawal),
            log=_array(
                _object(
                    action={"enum": ["withdraw", "restore"]}, article_id=STRING, title=STRING, why=STRING,
                    at=STRING,
                )
            ),
        ),
        "Generation": _object(
            generation=INTEGER, created_at=STRING, active=BOOLEAN, kept=BOOLEAN, articles=INTEGER,
            passages=INTEGER, added=INTEGER, changed=INTEGER, removed=INTEGER, model=STRING,
            fingerprint=STRING,
        ),
        "Difference": _object(
            **{"from": INTEGER, "to": INTEGER}, added=refs, changed=refs, removed=refs, unchanged=INTEGER,
        ),
        "Rollback": _object(generation=INTEGER, previous=INTEGER, changed=BOOLEAN, notice=STRING),
        "Index": _object(
            generation=INTEGER, created_at=STRING, articles=INTEGER, passages=INTEGER, model=STRING,
            fingerprint=STRING, dimension=INTEGER,
            vector_store=_object(
                configured={"enum": ["faiss", "milvus"]}, active={"enum": ["faiss", "milvus"]},
                notice=OPTIONAL_STRING,
            ),
            last_report={"type": ["object", "null"]},
        ),
        "Job": job,
        "Upload": _object(
            id=STRING,
            state={
                "enum": ["staged", "committing", "committed", "undoing", "undone", "discarded", "expired"]
            },
            created_at=STRING, changed_at=OPTIONAL_STRING, expires_at=STRING,
            files=_array(_ref("StagedFile")), written=STRINGS, replaced=STRINGS, job=OPTIONAL_STRING,
        ),
        "StagedFile": _object(
            name=STRING, size=INTEGER, encoding=OPTIONAL_STRING, notes=STRINGS,
            articles=_array(_ref("StagedArticle")), failure=OPTIONAL_STRING, conflict=BOOLEAN,
            replaces=STRINGS,
        ),
        "StagedArticle": _object(
            id=STRING, title=STRING, date=OPTIONAL_STRING, date_text=OPTIONAL_STRING, reporters=STRINGS,
            correspondents=STRINGS, opening=STRING, length=INTEGER,
            status={"enum": ["new", "changed", "known"]},
        ),
        "RebuildAccepted": _object(job=_ref("Job"), url=STRING),
        "ChatCompletion": completion,
        "Model": _object(id=STRING, object=STRING, created=INTEGER, owned_by=STRING),
        "Problem": problem,
    }  # fmt: skip


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _array(items: Json) -> Json:
    return {"type": "array", "items": items}


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties)}
