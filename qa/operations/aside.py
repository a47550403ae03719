"""Build the index in a process of its own that gives way to the one that answers.

Within one process a build would share the interpreter's lock and the model's with every question, and no
priority of the operating system helps whoever waits for a lock. A process of its own with the lowest
priority gets the time that answering leaves over, and all its memory goes back when it ends.

The child is ``python -m qa.operations.aside``. It reads one line of JSON, the settings and paths, and writes
lines: progress, then the report or an error. When the parent is gone, its standard input ends, and so does
it; a build may be cut off at any instant.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from pydantic import TypeAdapter

from qa import errors
from qa.assembly import index, load_encoder
from qa.config import Settings, load_settings
from qa.errors import BuildError, QAError
from qa.types import IndexReport, Progress

_COMMAND = (sys.executable, "-m", "qa.operations.aside")
_LOWEST = 19
_PASSED_ON = (
    "seeds_dir", "data_dir", "embedding_model", "reader_model", "reranker_model", "synonyms",
    "canaries", "canaries_drawn",
)  # fmt: skip
"""What a build needs of the settings; no secrets."""
_REPORT = TypeAdapter(IndexReport)
_PROGRESS = TypeAdapter(Progress)


def build_aside(
    settings: Settings,
    progress: Callable[[Progress], None] | None = None,
    paths: Sequence[Path] | None = None,
    *,
    force: bool = False,
    guarded: Sequence[Path] = (),
) -> IndexReport:
    """Bring the index in step with some files in another process; as :func:`qa.assembly.index` otherwise.

    Raises:
        BuildError: the process cannot be started or ended without a report.
        QAError: as :func:`qa.assembly.index`.
    """
    request = {
        "settings": settings.model_dump(mode="json", include=set(_PASSED_ON), exclude_none=True),
        "paths": [str(path) for path in paths] if paths else None,
        "force": force,
        "guarded": [str(path) for path in guarded],
    }
    try:
        child = subprocess.Popen(  # noqa: S603
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Not a session of its own: Linux weighs priorities within a session only.
            process_group=0 if os.name == "posix" else None,
        )
    except OSError as error:
        raise BuildError(f"无法启动建立索引的进程:{error.strerror or error}") from error
    assert child.stdin is not None and child.stdout is not None  # noqa: S101, PT018
    try:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(json.dumps(request).encode() + b"\n")
            child.stdin.flush()
        report = _follow(child.stdout, progress or (lambda _: None))
    finally:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
        child.stdout.close()
        status = child.wait()
    if report is None:
        raise BuildError(f"建立索引的进程没有完成就结束了(退出码 {status}),请再试一次")
    return report


def _follow(lines: IO[bytes], progress: Callable[[Progress], None]) -> IndexReport | None:
    """Pass on a child's progress; return its report, ``None`` where it ended without.

    Raises:
        QAError: what the child raised.
    """
    for line in lines:
        said: dict[str, Any] = json.loads(line)
        if "progress" in said:
            progress(_PROGRESS.validate_python(said["progress"]))
        elif "error" in said:
            kind = getattr(errors, said["error"]["kind"], BuildError)
            raise kind(said["error"]["message"])
        else:
            return _REPORT.validate_python(said["report"])
    return None


def _main() -> None:
    if hasattr(os, "nice"):
        os.nice(_LOWEST)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints must not end up among the lines

    def say(**what: object) -> None:
        out.write(json.dumps(what, ensure_ascii=False) + "\n")
        out.flush()

    request = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        settings = load_settings(**request["settings"])
        paths = [Path(path) for path in request["paths"] or ()]
        report = index(
            settings,
            load_encoder(settings),
            paths,
            lambda progress: say(progress=_PROGRESS.dump_python(progress, mode="json")),
            force=request["force"],
            guarded=[Path(path) for path in request["guarded"]],
        )
    except QAError as error:
        say(error={"kind": type(error).__name__, "message": str(error)})
    else:
        say(report=_REPORT.dump_python(report, mode="json"))


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    _main()
