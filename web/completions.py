"""The bulletins as a model of an OpenAI-compatible server, for chat clients that people have already.

``POST /v1/chat/completions`` and ``GET /v1/models`` as OpenAI's API reference describes them. The last
message is the question, those before it are its history; instructions of the ``system`` change nothing: an
answer is what the bulletins say. Fields that steer a language model (``temperature``, ``max_tokens`` …) are
accepted and have no effect. The text names its sources in Markdown; ``citations`` holds them as
``/api/ask`` does.
"""

from __future__ import annotations

import itertools
import json
import re
import time
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from flask import Blueprint, Response, jsonify, request, stream_with_context

from qa.errors import NotFoundError, SnapshotError
from qa.serialize import JsonObject, answer_json, article_url
from qa.types import Answer, Article, Turn
from web import crowd, sse
from web.context import current_service
from web.errors import describe, openai_error
from web.requests import APPENDED, ChatBody, NoQuery
from web.validation import read_json, read_query

blueprint = Blueprint("completions", __name__, url_prefix="/v1")

MODEL = "bulletin-qa"
_SOURCES, _NEAR = f"{APPENDED}出处：\n", f"{APPENDED}相近的文章：\n"
_BESIDE = (
    "answered", "mode", "short_answer", "confidence", "citations", "suggestions", "items", "reason", "notice",
    "as_of", "supersedes", "generation",
)  # fmt: skip
_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")


@blueprint.get("/models")
def models() -> Response:
    """List the one model."""
    read_query(request, NoQuery)
    return jsonify({"object": "list", "data": [_model()]})


@blueprint.get("/models/<name>")
def model(name: str) -> Response:
    """Describe the one model."""
    read_query(request, NoQuery)
    if name != MODEL:
        raise NotFoundError(f"没有名为 {name} 的模型，这里只有 {MODEL}。")
    return jsonify(_model())


@blueprint.post("/chat/completions")
def complete() -> Response:
    """Answer the last message of a conversation, whole or as a stream of chunks."""
    read_query(request, NoQuery)
    body = read_json(request, ChatBody)
    question, history = body.question(), body.history()
    base = request.url_root
    answers = crowd.answers(question, history=history)
    if not body.stream:
        *_, answer = answers
        return jsonify(_completion(question, history, answer, base))
    # One step before the status is sent: what cannot be answered is then an error as any other.
    steps = itertools.chain([next(answers)], answers)
    usage = bool(body.stream_options and body.stream_options.include_usage)
    return sse.response(stream_with_context(_chunks(question, history, steps, base, usage=usage)))


def _model() -> JsonObject:
    try:
        created = int(current_service().index_info().created_at.timestamp())
    except SnapshotError:
        created = 0
    return {"id": MODEL, "object": "model", "created": created, "owned_by": MODEL}


def _completion(question: str, history: tuple[Turn, ...], answer: Answer, base: str) -> JsonObject:
    text = told(answer, base)
    return {
        "id": f"chatcmpl-{answer.id}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": MODEL,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text, "refusal": None},
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": _usage(question, history, text),
        **_evidence(answer),
    }


def _chunks(
    question: str, history: tuple[Turn, ...], answers: Iterable[Answer], base: str, *, usage: bool
) -> Iterator[bytes]:
    """Stream an answer that grows; what fails on the way becomes an ``error`` of its own."""
    head: JsonObject = {
        "id": "chatcmpl-0", "object": "chat.completion.chunk", "created": int(time.time()), "model": MODEL,
    }  # fmt: skip

    def chunk(delta: JsonObject, finish: str | None = None, **more: object) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _data(head | {"choices": [choice]} | more)

    sent = whole = ""
    try:
        for answer in answers:
            if not sent:
                head["id"] = f"chatcmpl-{answer.id}"
                yield chunk({"role": "assistant", "content": ""})
            so_far, whole = _opening(answer) + answer.answer, told(answer, base)
            for piece in sse.pieces(so_far.removeprefix(sent)):
                yield chunk({"content": piece})
            sent = so_far
        yield chunk({"content": whole.removeprefix(sent)})
        yield chunk({}, "stop", **_evidence(answer))
        if usage:
            yield _data(head | {"choices": [], "usage": _usage(question, history, whole)})
    except Exception as error:
        status, detail, errors = describe(error)
        yield _data({"error": openai_error(status, detail, errors)})
    yield b"data: [DONE]\n\n"


def told(answer: Answer, base: str) -> str:
    """Return an answer as the text of a message: what is said, and in Markdown where it stands.

    Args:
        answer: the whole answer.
        base: address of this server, which links lead to.
    """
    text = _opening(answer) + answer.answer
    if answer.notice:
        text += f"\n\n（{answer.notice}）"
    if answer.citations:
        lines = (
            f"- [{c.n}] {_link(c.article, article_url(c.article.id, (c.start, c.end)), base)}"
            for c in answer.citations
        )
        return text + _SOURCES + "\n".join(lines)
    if answer.suggestions:
        return text + _NEAR + "\n".join(f"- {_link(a, article_url(a.id), base)}" for a in answer.suggestions)
    return text


def _opening(answer: Answer) -> str:
    """Return the short answer in a line of its own, where the sentence does not begin with it."""
    short = answer.short_answer
    return f"**{short}**\n\n" if short and not answer.answer.startswith(short) else ""


def _link(article: Article, url: str, base: str) -> str:
    title = _MARKDOWN.sub(r"\\\1", article.title)
    day = article.date.isoformat() if article.date else article.date_text
    return f"[《{title}》]({urljoin(base, url)})" + (f"，{day}" if day else "")


def _evidence(answer: Answer) -> JsonObject:
    """Return what a client that knows this service finds beside the text: members of ``/api/ask``."""
    whole = answer_json(answer)
    return {key: whole[key] for key in _BESIDE if key in whole}


def _usage(question: str, history: tuple[Turn, ...], text: str) -> JsonObject:
    """Count characters: there are no tokens to pay for, and clients want numbers."""
    asked = len(question) + sum(len(turn.content) for turn in history)
    return {"prompt_tokens": asked, "completion_tokens": len(text), "total_tokens": asked + len(text)}


def _data(value: JsonObject) -> bytes:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()
