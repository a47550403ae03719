"""Answers for clients: so many at once that the rest of the site stays alive, and none for who has left."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from flask import Flask, Response, current_app, g, request

from qa.errors import AbandonedError, CrowdedError
from web import metrics
from web.context import current_service

if TYPE_CHECKING:
    from qa.types import Answer, Filters, Turn

RETRY_AFTER_S = 5
"""What a client that was refused is told to wait."""
_PATIENCE_S = 10.0
"""How long a question waits for its turn."""
_LOOK_S = 0.5
"""How often a question that waits looks whether its client is still there."""
_SPARE = 4
"""Threads that no question takes, for everything else: ``/healthz``, pages, uploads."""

Gone = Callable[[], bool]


class Crowd:
    """The questions that are being answered, and as many again that wait for their turn."""

    def __init__(self, at_once: int) -> None:
        self._room = threading.BoundedSemaphore(2 * at_once)
        self._places = threading.BoundedSemaphore(at_once)

    def enter(self, gone: Gone) -> Callable[[], None]:
        """Wait for a turn; return what ends it.

        Raises:
            AbandonedError: the client has left meanwhile.
            CrowdedError: too many wait already, or it took too long.
        """
        if not self._room.acquire(blocking=False):
            raise CrowdedError("同时提问的人太多，请过几秒再试。")
        try:
            self._wait(gone)
        except BaseException:
            self._room.release()
            raise

        def leave() -> None:
            self._places.release()
            self._room.release()

        return leave

    def _wait(self, gone: Gone) -> None:
        until = time.monotonic() + _PATIENCE_S
        while not self._places.acquire(timeout=_LOOK_S):
            if gone():
                raise AbandonedError("提问的一方已经离开。")
            if time.monotonic() > until:
                raise CrowdedError("同时提问的人太多，请过几秒再试。")


def init_app(app: Flask) -> None:
    """Give an application its crowd, bounded by ``QA_THREADS``."""
    app.extensions["crowd"] = Crowd(cast(int, app.extensions["qa"].settings.threads))
    app.after_request(_leave_at_the_end)
    app.teardown_request(_leave)


def pool(threads: int) -> int:
    """Return how many threads a server needs where ``threads`` questions are answered at once.

    Those who answer, those who wait, those who follow a job, and some that neither takes.
    """
    return 2 * threads + threads // 4 + _SPARE


def answers(
    question: str,
    *,
    history: tuple[Turn, ...],
    top_k: int | None = None,
    filters: Filters | None = None,
) -> Iterator[Answer]:
    """Take a place until the end of this request, however it ends; return the answer as it grows.

    Raises:
        AbandonedError, CrowdedError: as :meth:`Crowd.enter`; at once, not at the first step.
    """
    gone = cast(Gone, request.environ.get("waitress.client_disconnected", lambda: False))
    g.leave_crowd = cast(Crowd, current_app.extensions["crowd"]).enter(gone)
    options = {} if filters is None else {"filters": filters}
    found = current_service().stream(question, history=history, top_k=top_k, stop=gone, **options)
    return metrics.counted(found)


def _leave_at_the_end(response: Response) -> Response:
    """Give the place back once the answer is there; a stream is answered while it is sent."""
    leave = g.pop("leave_crowd", None)
    if leave is not None and response.is_streamed:
        response.call_on_close(leave)
    elif leave is not None:
        leave()
    return response


def _leave(_: BaseException | None) -> None:
    leave = g.pop("leave_crowd", None)
    if leave is not None:  # there was no response
        leave()
