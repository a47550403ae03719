"""Rebuilds of the index in the background, one at a time."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import uuid
from collections.abc import Callable
from dataclasses import replace

from qa.errors import BusyError, NotFoundError, QAError
from qa.types import IndexReport, Job, Progress

KEPT = 20
"""Jobs that can still be asked for, the newest ones."""

_log = logging.getLogger(__name__)


class RebuildJobs:
    """Run rebuilds in a daemon thread and remember how they went; safe for concurrent use."""

    def __init__(self, run: Callable[[Callable[[Progress], None]], IndexReport]) -> None:
        """Keep what does the work: it is given a function to report progress to."""
        self._run = run
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}

    def start(self) -> Job:
        """Begin a rebuild and return at once.

        Raises:
            BusyError: one is running.
        """
        job = Job(
            id=uuid.uuid4().hex,
            state="running",
            started_at=dt.datetime.now(dt.UTC),
            finished_at=None,
            progress=None,
            report=None,
            error=None,
        )
        with self._lock:
            if any(other.state == "running" for other in self._jobs.values()):
                raise BusyError("索引正在重建,请等它完成后再试")
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-KEPT]:
                del self._jobs[old]
        threading.Thread(target=self._work, args=(job.id,), name="rebuild", daemon=True).start()
        return job

    def get(self, identifier: str) -> Job:
        """Return a job as it stands.

        Raises:
            NotFoundError: unknown, or so old that it is forgotten.
        """
        with self._lock:
            try:
                return self._jobs[identifier]
            except KeyError:
                raise NotFoundError(f"没有编号为 {identifier} 的任务") from None

    def _work(self, identifier: str) -> None:
        def on_progress(progress: Progress) -> None:
            with self._lock:
                self._jobs[identifier] = replace(self._jobs[identifier], progress=progress)

        report, error = None, None
        try:
            report = self._run(on_progress)
        except QAError as problem:
            error = str(problem)
        except Exception as problem:  # a job must end, whatever a model or a disk raises
            _log.exception("rebuild failed")
            error = f"重建索引时程序出错:{type(problem).__name__}:{problem}"
        with self._lock:
            self._jobs[identifier] = replace(
                self._jobs[identifier],
                state="failed" if error else "done",
                finished_at=dt.datetime.now(dt.UTC),
                report=report,
                error=error,
            )
