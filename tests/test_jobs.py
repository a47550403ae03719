"""Rebuild jobs: one at a time, their outcome remembered, a crash told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from qa.errors import BusyError, LibraryError, NotFoundError
from qa.jobs import KEPT, RebuildJobs
from qa.types import IndexReport, Job, Progress

REPORT = IndexReport(2, True, (), (), (), 3, (), (), 3, 9, 1, 0.5)
Tell = Callable[[Progress], None]


def finished(jobs: RebuildJobs, job: Job) -> Job:
    """Wait until a job is over."""
    for _ in range(500):
        if jobs.get(job.id).state != "running":
            return jobs.get(job.id)
        time.sleep(0.01)
    pytest.fail("the job never ends")


def test_a_job_from_start_to_end() -> None:
    go_on, told = threading.Event(), threading.Event()

    def run(tell: Tell) -> IndexReport:
        tell(Progress("encode", 3, 9))
        told.set()
        go_on.wait(5)
        return REPORT

    jobs = RebuildJobs(run)
    job = jobs.start()
    assert (job.state, job.progress, job.finished_at) == ("running", None, None)
    assert told.wait(5)
    assert jobs.get(job.id).progress == Progress("encode", 3, 9)
    with pytest.raises(BusyError, match="正在重建"):
        jobs.start()
    go_on.set()
    done = finished(jobs, job)
    assert (done.state, done.report, done.error) == ("done", REPORT, None)
    assert done.finished_at is not None
    assert done.finished_at >= done.started_at
    assert finished(jobs, jobs.start()).state == "done"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (LibraryError("磁盘已满"), "磁盘已满"),
        (RuntimeError("torch"), "重建索引时程序出错:RuntimeError:torch"),
    ],
)
def test_a_crash_is_a_failed_job_and_the_next_can_start(error: Exception, message: str) -> None:
    def run(_: Tell) -> IndexReport:
        raise error

    jobs = RebuildJobs(run)
    for _ in range(2):
        failed = finished(jobs, jobs.start())
        assert (failed.state, failed.error, failed.report) == ("failed", message, None)


def test_old_jobs_are_forgotten() -> None:
    jobs = RebuildJobs(lambda _: REPORT)
    started = [finished(jobs, jobs.start()) for _ in range(KEPT + 3)]
    with pytest.raises(NotFoundError, match="没有编号为"):
        jobs.get(started[2].id)
    assert jobs.get(started[3].id).state == "done"
