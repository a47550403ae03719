"""The JSON API: asking, searching, the catalogue, and whether the service lives."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, jsonify, request, stream_with_context

from qa.errors import QuestionError, SnapshotError
from qa.serialize import answer_json, article_json, article_list_json, hit_json, index_info_json
from qa.types import Answer
from web import crowd, sse
from web.context import current_service
from web.errors import describe, problem_json
from web.openapi import openapi_document
from web.requests import ArticlesQuery, AskBody, NoQuery, SearchQuery
from web.validation import read_json, read_query

blueprint = Blueprint("api", __name__)

EXAMPLES = 4


@blueprint.post("/api/ask")
def ask() -> Response:
    """Answer a question, as one JSON object or as a stream of events."""
    read_query(request, NoQuery)
    body = read_json(request, AskBody)
    service = current_service()
    filters = body.filters.to_filters() if body.filters else None
    streamed = request.accept_mimetypes.best_match(["application/json", sse.EVENT_STREAM]) == sse.EVENT_STREAM
    if streamed and not service.ready:
        raise SnapshotError("索引尚未就绪，请稍后再试。")
    answers = crowd.answers(body.question, history=body.turns(), top_k=body.top_k, filters=filters)
    if streamed:
        return sse.response(stream_with_context(_events(body.question, answers)))
    *_, answer = answers
    return jsonify(answer_json(answer))


def _events(question: str, answers: Iterator[Answer]) -> Iterator[bytes]:
    """Stream an answer; what fails once the status is sent becomes an ``error`` event."""
    yield sse.event("meta", {"question": question})
    try:
        yield from sse.answer_events(answer_json(answer) for answer in answers)
    except Exception as error:
        yield sse.event("error", problem_json(*describe(error)))


@blueprint.get("/api/examples")
def examples() -> Response:
    """Suggest questions that the corpus answers; none while they are still being found."""
    read_query(request, NoQuery)
    return jsonify({"examples": current_service().examples(EXAMPLES)})


@blueprint.get("/api/search")
def search() -> Response:
    """Rank passages for a query, with each retriever's score."""
    query = read_query(request, SearchQuery)
    try:
        hits, generation = current_service().search(query.q, top_k=query.top_k, filters=query.to_filters())
    except QuestionError as error:  # which knows the parameter by the name it has where questions are asked
        raise QuestionError(str(error), field="q" if error.field == "question" else error.field) from error
    passages = [hit_json(hit) for hit in hits]
    return jsonify({"question": query.q, "passages": passages, "generation": generation})


@blueprint.get("/api/articles")
def articles() -> Response:
    """List articles, a page at a time."""
    query = read_query(request, ArticlesQuery)
    return jsonify(article_list_json(current_service().articles(**query.model_dump())))


@blueprint.get("/api/articles/<article_id>")
def article(article_id: str) -> Response:
    """Return one article with its body."""
    read_query(request, NoQuery)
    service = current_service()
    return jsonify(article_json(service.article(article_id), service.relations(article_id)))


@blueprint.get("/api/index")
def index() -> Response:
    """Say what serves right now."""
    read_query(request, NoQuery)
    return jsonify(index_info_json(current_service().index_info()))


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the process answers."""
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """Say whether an index is loaded; 503 until then."""
    service = current_service()
    if not service.ready:
        raise SnapshotError("索引尚未就绪。")
    return jsonify({"status": "ready", "generation": service.index_info().generation})


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe this API in OpenAPI 3.1."""
    return jsonify(openapi_document())
