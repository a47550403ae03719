"""Serve the application with waitress, which sends each piece of a stream as soon as it is there."""

from __future__ import annotations

import errno
import json
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask

from qa.errors import ConfigError
from web.bulletins import MAX_UPLOAD_BYTES
from web.crowd import pool
from web.errors import problem_json

MAX_READ_BYTES = MAX_UPLOAD_BYTES + 8 * 1024 * 1024
"""Waitress reads a body before the application sees it; between this and the application's own limit the
client gets a proper 413, above it the connection is closed after one. Large bodies go through a file."""

_DETAILS = {
    400: "请求不符合 HTTP 规范。",
    413: f"请求正文过大，一次最多上传 {MAX_UPLOAD_BYTES // 2**20} MB。",
    431: "请求头过大。",
    500: "服务内部出错。",
    501: "不支持的传输编码。",
}


@dataclass(frozen=True, slots=True)
class Listening:
    """A bound server that is not yet running."""

    url: str
    server: Any
    sockets: dict[int, Any]
    """Waitress's map of everything open: listeners, connections, the trigger that wakes its loop."""
    stopping: threading.Event = field(default_factory=threading.Event)
    """Once set, :meth:`run` returns within a second."""

    def run(self) -> None:
        """Serve until :attr:`stopping` is set or :meth:`close` is called."""
        # Not waitress's own loop, which ends by an exception out of a signal handler only: one that is raised
        # while a destructor or callback runs is swallowed, and the server would go on for ever.
        while self.sockets and not self.stopping.is_set():
            wasyncore.loop(timeout=1, use_poll=True, map=self.sockets, count=1)

    def close(self) -> None:
        """Give requests under way a few seconds to finish, then close every connection."""
        self.stopping.set()
        self.server.task_dispatcher.shutdown()
        wasyncore.close_all(self.sockets)


def serve(app: Flask, host: str, port: int, threads: int, on_listening: Callable[[str], None]) -> None:
    """Serve ``app`` until SIGINT or SIGTERM; ``on_listening`` gets the address once it is bound.

    Port 0 takes any free port; ``threads`` is how many questions are answered at once.

    Raises:
        ConfigError: the address cannot be listened on; says why.
    """
    listening = bind(app, host, port, threads)
    with _signals_set(listening.stopping):
        try:
            on_listening(listening.url)
            listening.run()
        finally:
            listening.close()


def bind(app: Flask, host: str, port: int, threads: int) -> Listening:
    """Listen on ``host:port`` without serving yet.

    Raises:
        ConfigError: as :func:`serve`.
    """
    sockets: dict[int, Any] = {}
    try:
        server = create_server(
            app, map=sockets, host=host, port=port, threads=pool(threads), ident=None,
            max_request_body_size=MAX_READ_BYTES,
            # Waitress looks at a connection whose request is under way only if it may read ahead; otherwise
            # nobody would notice that the client has left.
            channel_request_lookahead=1,
        )  # fmt: skip
    except (OSError, ValueError) as error:
        for opened in list(sockets.values()):
            opened.close()
        raise ConfigError(_why(error, host, port)) from error
    # A name such as localhost may stand for several addresses, each with its own listener.
    listeners = [listener for listener in sockets.values() if isinstance(listener, BaseWSGIServer)]
    for listener in listeners:
        listener.channel_class = _Channel
    return Listening(_url(listeners[0].effective_host, listeners[0].effective_port), server, sockets)


class _ProblemTask(ErrorTask):
    """Answer what waitress refuses before the application sees it, in the site's one error shape."""

    def execute(self) -> None:
        code = self.request.error.code
        document = problem_json(code, _DETAILS.get(code, "请求未能完成。"))
        body = json.dumps(document, ensure_ascii=False).encode()
        self.status = f"{code} {self.request.error.reason}"
        self.response_headers.append(("Content-Type", "application/problem+json"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):
    error_task_class = _ProblemTask


def _url(host: str, port: int) -> str:
    # An address of all interfaces cannot be opened in a browser; this machine's own can.
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _why(error: OSError | ValueError, host: str, port: int) -> str:
    match error:
        case OSError(errno=errno.EADDRINUSE):
            return f"端口 {port} 已被占用：请停止占用它的程序，或用 QA_PORT 换一个端口。"
        case OSError(errno=errno.EACCES):
            return f"没有权限监听端口 {port}:请用 QA_PORT 换一个 1024 以上的端口。"
        case OSError(errno=errno.EADDRNOTAVAIL) | socket.gaierror() | ValueError():
            return f"不能监听地址 {host}：它不是本机的地址，请检查 QA_HOST。"
        case _:
            return f"不能监听 {host}:{port}：{error}"


@contextmanager
def _signals_set(stopping: threading.Event) -> Iterator[None]:
    """Let SIGINT and SIGTERM ask the server to stop; only the main thread may set signal handlers."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        stopping.set()

    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
