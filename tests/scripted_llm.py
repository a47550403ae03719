"""A chat server on 127.0.0.1 that says what its script makes it say, and need not be honest."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

Script = Callable[[BaseHTTPRequestHandler], None]


class ScriptedLlm:
    """A server over real sockets; ``script`` answers each request, ``requests`` keeps what came."""

    def __init__(self, script: Script | None = None) -> None:
        self.script: Script = script or says("")
        self.requests: list[dict[str, Any]] = []
        self.over = threading.Event()
        """Set when the test is over, so that a script that hangs lets go."""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append({"path": self.path, "headers": dict(self.headers), "body": body})
                self.close_connection = True
                outer.script(self)

            def log_message(self, *args: object) -> None:
                """Keep the test's output clean."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, *args: object) -> None:
                """A client that goes away in the middle is part of the plan."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> ScriptedLlm:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def chunk(content: str | None, finish: str | None = None) -> bytes:
    """Return one server-sent chunk of a chat completion."""
    delta = {} if content is None else {"content": content}
    data = {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def stream(parts: Sequence[bytes], content_type: str = "text/event-stream") -> Script:
    """Send parts one by one and close."""

    def script(handler: BaseHTTPRequestHandler) -> None:
        _head(handler, content_type)
        for part in parts:
            handler.wfile.write(part)
            handler.wfile.flush()

    return script


def says(text: str, *, piece: int = 3, finish: str = "stop") -> Script:
    """Stream a reply, a few characters a chunk, and end it properly."""
    pieces = [chunk(text[i : i + piece]) for i in range(0, len(text), piece)]
    return stream([b": hello\n\n", *pieces, chunk(None, finish), b"data: [DONE]\n\n"])


def says_whole(text: str) -> Script:
    """Send a reply in one JSON object, as a server does that does not stream."""
    data = {"choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}]}
    return stream([json.dumps(data, ensure_ascii=False).encode()], "application/json; charset=utf-8")


def breaks_after(text: str) -> Script:
    """Stream a text and hang up without an end."""
    return stream([chunk(text)])


def cut_short(text: str) -> Script:
    """Promise more bytes than are sent."""

    def script(handler: BaseHTTPRequestHandler) -> None:
        _head(handler, "text/event-stream", length=10_000)
        handler.wfile.write(chunk(text))

    return script


def status(code: int, body: bytes = b"{}") -> Script:
    """Refuse with a status."""

    def script(handler: BaseHTTPRequestHandler) -> None:
        _head(handler, "application/json", code=code, length=len(body))
        handler.wfile.write(body)

    return script


def hangs(server: ScriptedLlm, after: str = "", *, headers: bool = True) -> Script:
    """Stream a text, then say nothing until the test is over."""

    def script(handler: BaseHTTPRequestHandler) -> None:
        if headers:
            _head(handler, "text/event-stream")
            handler.wfile.write(chunk(after))
        handler.wfile.flush()
        server.over.wait(30)

    return script


def drips(server: ScriptedLlm, part: bytes) -> Script:
    """Send a part over and over without an end: never silent, never done."""

    def script(handler: BaseHTTPRequestHandler) -> None:
        _head(handler, "text/event-stream")
        while not server.over.wait(0.02):
            handler.wfile.write(part)
            handler.wfile.flush()

    return script


def _head(
    handler: BaseHTTPRequestHandler, content_type: str, *, code: int = 200, length: int | None = None
) -> None:
    handler.send_response(code)
    handler.send_header("Content-Type", content_type)
    handler.send_header("Connection", "close")
    if length is not None:
        handler.send_header("Content-Length", str(length))
    handler.end_headers()
