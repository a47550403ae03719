"""Rebuilds of the index in the background, one at a time, with a history that outlives the process."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from qa.durable import append_line, replace_file
from qa.errors import BusyError, NotFoundError, QAError
from qa.types import CanaryFailure, IndexReport, Job, Progress

JOBS_FILE = "jobs.jsonl"
"""The history in the data folder."""
KEPT = 50
"""Jobs that can still be asked for, the newest ones."""
HEARTBEAT_S = 15.0
"""How long :meth:`RebuildJobs.follow` stays silent at most: often enough to notice that a client left."""
_MIN_GAP_S = 0.2  # between two reports of progress to one follower
_SETTLED_S = 0.5  # before this much of a phase has passed, its rate is mere chance
_STOPPED = "服务在任务完成之前停止了;公报文件都在,请重新建立索引"

Work = Callable[[Callable[[Progress], None]], IndexReport]
_JOB = TypeAdapter(Job)
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Phase:
    """The part of a job that is under way, for its rate."""

    name: str
    began: float
    done_before: int


class RebuildJobs:
    """Run rebuilds in a daemon thread and remember how they went; safe for concurrent use."""

    def __init__(self, run: Work, history: Path | None = None) -> None:
        """Keep what does the work: it is given a function to report progress to.

        Args:
            run: brings the index in step.
            history: file of JSON lines that keeps the jobs over restarts; none where ``None``. A job that it
                shows as running was cut off, since a job ends with its process.
        """
        self._run = run
        self._history = history
        self._changed = threading.Condition()
        self._jobs: dict[str, Job] = {}
        self._phase: _Phase | None = None
        self._closing = threading.Event()
        if history is not None:
            self._jobs = _read(history)

    def start(
        self,
        work: Work | None = None,
        *,
        cause: Literal["rebuild", "commit", "undo"] = "rebuild",
        upload: str | None = None,
        before: Callable[[str], object] = lambda _: None,
    ) -> Job:
        """Begin a rebuild and return at once.

        Args:
            work: what to do instead of what was given at the beginning.
            cause: what asked for it.
            upload: the upload that did.
            before: called with the job's identifier once it is certain that no other job runs and before
                this one does; what it raises ends the job as if it had never been.

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
            cause=cause,
            upload=upload,
        )
        with self._changed:
            if any(other.state == "running" for other in self._jobs.values()):
                raise BusyError("索引正在重建,请等它完成后再试")
            self._jobs[job.id] = job
        try:
            before(job.id)
        except BaseException:
            with self._changed:
                del self._jobs[job.id]
                self._changed.notify_all()
            raise
        with self._changed:
            for old in list(self._jobs)[:-KEPT]:
                del self._jobs[old]
            self._phase = None
        self._log(job)
        threading.Thread(target=self._work, args=(job.id, work or self._run), daemon=True).start()
        return job

    def get(self, identifier: str) -> Job:
        """Return a job as it stands.

        Raises:
            NotFoundError: unknown, or so old that it is forgotten.
        """
        with self._changed:
            try:
                return self._jobs[identifier]
            except KeyError:
                raise NotFoundError(f"没有编号为 {identifier} 的任务") from None

    def all(self) -> list[Job]:
        """Return the jobs that are remembered, the newest first."""
        with self._changed:
            return list(reversed(self._jobs.values()))

    def follow(self, identifier: str, heartbeat_s: float = HEARTBEAT_S) -> Iterator[Job | None]:
        """Yield a job as it stands, then again at each change, at last finished; waits without polling.

        ``None`` after each ``heartbeat_s`` without a change, so that whoever passes this on can notice that
        nobody listens any more. Ends early where the process is about to, or the job is gone.

        Raises:
            NotFoundError: as :meth:`get`, at the first step.
        """
        seen = self.get(identifier)
        yield seen
        while seen.state == "running" and not self._closing.is_set():
            with self._changed:
                self._changed.wait_for(lambda: self._moved(identifier, seen), heartbeat_s)
                now = self._jobs.get(identifier)
            if now is None:  # what had to come before it failed, or it ended long ago
                return
            if now is seen:
                yield None
            else:
                yield (seen := now)
                self._closing.wait(_MIN_GAP_S)

    def close(self) -> None:
        """Let go of everybody who follows a job."""
        with self._changed:
            self._closing.set()
            self._changed.notify_all()

    def _moved(self, identifier: str, seen: Job) -> bool:
        return self._closing.is_set() or self._jobs.get(identifier) is not seen

    def _work(self, identifier: str, work: Work) -> None:
        report, error = None, None
        try:
            report = work(lambda progress: self._on_progress(identifier, progress))
            error = held_message(report.canary_failures) if report.held else None
        except QAError as problem:
            error = str(problem)
        except Exception as problem:  # a job must end, whatever a model or a disk raises
            _log.exception("rebuild failed")
            error = f"重建索引时程序出错:{type(problem).__name__}:{problem}"
        job = replace(
            self.get(identifier),
            state="failed" if error else "done",
            finished_at=dt.datetime.now(dt.UTC),
            report=report,
            error=error,
            rate=None,
            seconds_left=None,
        )
        self._log(job)
        with self._changed:
            self._jobs[identifier] = job
            self._changed.notify_all()

    def _on_progress(self, identifier: str, progress: Progress) -> None:
        now = time.monotonic()
        with self._changed:
            phase = self._phase
            if phase is None or phase.name != progress.phase or progress.done < phase.done_before:
                self._phase = phase = _Phase(progress.phase, now, progress.done)
            rate, left = pace(progress, progress.done - phase.done_before, now - phase.began)
            self._jobs[identifier] = replace(
                self._jobs[identifier], progress=progress, rate=rate, seconds_left=left
            )
            self._changed.notify_all()

    def _log(self, job: Job) -> None:
        """Write a job down; that it cannot be is no reason to leave the index as it is."""
        if self._history is None:
            return
        try:
            self._history.parent.mkdir(parents=True, exist_ok=True)
            append_line(self._history, _JOB.dump_json(job))
        except OSError as error:
            _log.warning("任务记录未能写入 %s：%s", self._history, error)


def pace(progress: Progress, done: int, seconds: float) -> tuple[float | None, float | None]:
    """Return how many a second a phase does, and how many seconds it has left; ``None`` where unknown.

    Args:
        progress: where the phase stands.
        done: what it did meanwhile.
        seconds: since when.
    """
    if done <= 0 or seconds < _SETTLED_S:
        return None, None
    rate = done / seconds
    return rate, max(0, progress.total - progress.done) / rate


def held_message(failures: tuple[CanaryFailure, ...]) -> str:
    """Return in one Chinese sentence why a new generation was not activated."""
    named = "；".join(f"“{failure.question}”{expectation(failure)}" for failure in failures)
    return f"{len(failures)} 个校验题在新索引上没有通过,新索引没有启用,仍用原来的:{named}"


def expectation(failure: CanaryFailure) -> str:
    """Return in Chinese what a canary question should have been answered, and what it was.

    >>> expectation(CanaryFailure("几家?", ("22家",), "9家。", drawn=False))
    '应答“22家”,却答“9家。”'
    """
    wanted = f"应答“{'”或“'.join(failure.expected)}”" if failure.expected else "应当拒答"
    return f"{wanted},却答“{failure.answered}”"


def _read(history: Path) -> dict[str, Job]:
    """Read the newest jobs of a history, and shorten the file where it has grown long.

    A line that is torn or of another version is passed over: the rest of the history is still worth having.
    """
    try:
        lines = history.read_bytes().splitlines()
    except OSError:
        return {}
    jobs: dict[str, Job] = {}
    for line in lines:
        try:
            job = _JOB.validate_json(line)
        except ValidationError:
            continue
        jobs[job.id] = job
    kept = dict(list(jobs.items())[-KEPT:])
    for identifier, job in kept.items():
        if job.state == "running":
            kept[identifier] = replace(job, state="failed", error=_STOPPED, rate=None, seconds_left=None)
    if len(lines) > 4 * KEPT:
        try:
            replace_file(history, b"".join(_JOB.dump_json(job) + b"\n" for job in kept.values()))
        except OSError as error:
            _log.warning("任务记录未能整理 %s：%s", history, error)
    return kept
