"""What a monitoring system reads: requests, answers and the index, in Prometheus' text format.

Every application has a registry of its own, so that two in one process (tests) do not count together.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from qa.errors import SnapshotError
from qa.types import Answer
from web.context import current_service

blueprint = Blueprint("metrics", __name__)

_SECONDS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.2, 2.0, 5.0, 15.0, 60.0)


@dataclass(frozen=True, slots=True)
class _Meters:
    registry: CollectorRegistry
    requests: Counter
    request_seconds: Histogram
    answers: Counter
    answer_seconds: Histogram
    ready: Gauge
    generation: Gauge
    articles: Gauge
    passages: Gauge

    @classmethod
    def new(cls) -> _Meters:
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        return cls(
            registry,
            Counter("qa_http_requests", "Requests.", ("method", "route", "status"), registry=registry),
            Histogram(
                "qa_http_request_seconds", "Seconds until a response began.", ("route",),
                buckets=_SECONDS, registry=registry,
            ),
            Counter("qa_answers", "Answers, refusals among them.", ("mode", "reason"), registry=registry),
            Histogram(
                "qa_answer_seconds", "Seconds spent on a question.", buckets=_SECONDS, registry=registry
            ),
            Gauge("qa_ready", "1 where an index is loaded.", registry=registry),
            Gauge("qa_index_generation", "Number of the generation that serves.", registry=registry),
            Gauge("qa_index_articles", "Articles of the generation that serves.", registry=registry),
            Gauge("qa_index_passages", "Passages of the generation that serves.", registry=registry),
        )  # fmt: skip


def init_app(app: Flask) -> None:
    """Count each request of an application."""
    app.extensions["meters"] = _Meters.new()
    app.before_request(_begin)
    app.after_request(_end)


def counted(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Pass an answer on as it grows, and count it once it is whole."""
    answer = None
    for answer in answers:
        yield answer
    if answer is not None:
        meters = _meters()
        meters.answers.labels(answer.mode, answer.reason or "").inc()
        meters.answer_seconds.observe(sum(answer.timings_ms.values()) / 1000)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Write everything out; query parameters are the prober's own."""
    meters = _meters()
    service = current_service()
    try:
        info = service.index_info()
    except SnapshotError:
        meters.ready.set(0)
    else:
        meters.ready.set(1 if service.ready else 0)
        meters.generation.set(info.generation)
        meters.articles.set(info.articles)
        meters.passages.set(info.passages)
    return Response(generate_latest(meters.registry), content_type=CONTENT_TYPE_LATEST)


def _meters() -> _Meters:
    return cast(_Meters, current_app.extensions["meters"])


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    # The rule, not the address: a label for each article would grow without bound.
    route = request.url_rule.rule if request.url_rule else ""
    meters = _meters()
    meters.requests.labels(request.method if route else "", route, str(response.status_code)).inc()
    meters.request_seconds.labels(route).observe(time.perf_counter() - g.began)
    return response
