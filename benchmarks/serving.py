"""A real server over a private copy of the bulletins, for benchmarks that ask over HTTP."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Server:
    """A running ``qa serve``."""

    url: str
    place: Path
    """Its working directory: ``seeds`` and ``data`` are in it."""
    pid: int
    token: str
    environment: dict[str, str]

    def request(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the reply's JSON; with a body the request is a POST.

        Raises:
            OSError: the server cannot be reached, or refuses.
        """
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}{path}", data, headers)
        with urllib.request.urlopen(request, timeout=_SECONDS) as reply:
            return json.load(reply)

    def ask(self, question: str) -> dict[str, Any]:
        """Return an answer as the API's JSON."""
        return self.request("/api/ask", {"question": question})

    def command(self, *arguments: str) -> None:
        """Run ``qa`` beside the server.

        Raises:
            CalledProcessError: it fails.
        """
        subprocess.run(
            [sys.executable, "-m", "qa", *arguments],
            cwd=self.place,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )


@contextmanager
def serving(seeds: Path, data: Path, extra: dict[str, str] | None = None) -> Iterator[Server]:
    """Index a copy of some bulletins and serve it until the block ends.

    Args:
        seeds: folder of bulletins.
        data: data folder whose models are used.
        extra: further bulletins, by file name.

    Raises:
        SystemExit: it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="qa-serving-") as folder:
        place = Path(folder)
        shutil.copytree(seeds, place / "seeds")
        for name, text in (extra or {}).items():
            (place / "seeds" / name).write_text(text, encoding="utf-8")
        (place / "data").mkdir()
        (place / "data" / "models").symlink_to((data / "models").resolve())
        token = secrets.token_hex(8)
        settings = {"QA_ADMIN_TOKEN": token, "PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONUTF8": "1"}
        environment = {**os.environ, **settings}
        process = subprocess.Popen(
            [sys.executable, "-m", "qa", "serve", "--update", "--port", "0"],
            cwd=place,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        try:
            assert process.stdout
            found = (re.search(r"http://\S+", line) for line in process.stdout)
            url = next((m[0] for m in found if m), None)
            if url is None:
                raise SystemExit(f"服务没有起来;{data / 'models'} 里有默认模型吗?没有就先运行 make run")
            yield Server(url, place, process.pid, token, environment)
        finally:
            process.terminate()
            process.wait(_SECONDS)
