"""A model hub on this machine that serves local directories: downloads are tested without a network."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class FakeHub(ThreadingHTTPServer):
    """Serves what a download asks for: what a model consists of, and each file."""

    def __init__(self, models: dict[str, Path], failures: dict[str, tuple[int, str]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.models = models
        self.failures = failures
        """Model → status and the hub's error code."""
        self.served: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def fake_hub(models: dict[str, Path], failures: dict[str, tuple[int, str]]) -> Iterator[FakeHub]:
    """Run a hub for the length of the block."""
    hub = FakeHub(models, failures)
    thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.shutdown()
        thread.join()
        hub.server_close()


def _etag(data: bytes) -> str:
    return hashlib.sha1(data).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    server: FakeHub

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        path = self.path.partition("?")[0].removeprefix("/api/models")
        owner, name, *rest = path.strip("/").split("/")
        model = f"{owner}/{name}"
        if model in self.server.failures:
            status, code = self.server.failures[model]
            self._send(status, b"{}", {"X-Error-Code": code, "X-Error-Message": "refused"}, with_body)
        elif model not in self.server.models:
            self._send(404, b"{}", {"X-Error-Code": "RepoNotFound"}, with_body)
        elif self.path.startswith("/api/"):
            answer = self._tree(model) if rest[:1] == ["tree"] else self._info(model)
            self._send(200, json.dumps(answer).encode(), {}, with_body)
        else:  # /owner/name/resolve/revision/file
            file = self.server.models[model].joinpath(*rest[2:])
            if not file.is_file():
                self._send(404, b"", {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": COMMIT}, with_body)
                return
            data = file.read_bytes()
            self.server.served.append("/".join(rest[2:]))
            self._send(200, data, {"ETag": f'"{_etag(data)}"', "X-Repo-Commit": COMMIT}, with_body)

    def _files(self, model: str) -> dict[str, Path]:
        root = self.server.models[model]
        return {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.is_file()}

    def _tree(self, model: str) -> list[dict[str, Any]]:
        return [
            {"type": "file", "path": name, "size": path.stat().st_size, "oid": _etag(path.read_bytes())}
            for name, path in self._files(model).items()
        ]

    def _info(self, model: str) -> dict[str, Any]:
        siblings = [{"rfilename": name} for name in self._files(model)]
        return {
            "id": model,
            "modelId": model,
            "sha": COMMIT,
            "private": False,
            "tags": [],
            "siblings": siblings,
        }

    def _send(self, status: int, data: bytes, headers: dict[str, str], with_body: bool) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if with_body:
            self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
