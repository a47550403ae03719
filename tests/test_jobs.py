"""Rebuild jobs: one at a time, their outcome remembered, a crash told."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from qa.building.jobs import KEPT, RebuildJobs, pace
from qa.errors import BusyError, LibraryError, NotFoundError
from qa.types import CanaryFailure, IndexReport, Job, Progress

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


def test_jobs_are_remembered_over_a_restart(tmp_path: Path) -> None:
    history = tmp_path / "data" / "jobs.jsonl"
    jobs = RebuildJobs(lambda _: REPORT, history)
    first, second = finished(jobs, jobs.start()), finished(jobs, jobs.start(cause="commit", upload="u1"))
    again = RebuildJobs(lambda _: REPORT, history)
    assert again.all() == [second, first]
    assert (again.get(second.id).cause, again.get(second.id).upload) == ("commit", "u1")


def test_a_job_that_was_cut_off_is_told_and_does_not_block(tmp_path: Path) -> None:
    history = tmp_path / "jobs.jsonl"
    never = threading.Event()
    cut = RebuildJobs(lambda _: [never.wait(5), REPORT][1], history).start()
    with history.open("ab") as file:
        file.write(b'{"id": "torn')
    jobs = RebuildJobs(lambda _: REPORT, history)
    never.set()
    assert jobs.get(cut.id).state == "failed"
    assert "停止" in (jobs.get(cut.id).error or "")
    later = finished(jobs, jobs.start())
    assert RebuildJobs(lambda _: REPORT, history).get(later.id).state == "done"


def test_a_history_that_cannot_be_written_does_not_stop_a_rebuild(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    jobs = RebuildJobs(lambda _: REPORT, tmp_path / "jobs.jsonl" / "x")
    (tmp_path / "jobs.jsonl").touch()
    assert finished(jobs, jobs.start()).state == "done"
    assert "未能写入" in caplog.text


def test_what_must_be_done_before_decides_whether_there_is_a_job() -> None:
    jobs = RebuildJobs(lambda _: REPORT)

    def refuse(_: str) -> None:
        raise LibraryError("不行")

    with pytest.raises(LibraryError):
        jobs.start(before=refuse)
    assert jobs.all() == []
    assert finished(jobs, jobs.start()).state == "done"


def test_who_follows_a_job_that_is_taken_back_is_let_go() -> None:
    jobs = RebuildJobs(lambda _: REPORT)
    refused, seen = threading.Event(), []

    def refuse(identifier: str) -> None:
        following = jobs.follow(identifier)
        seen.append(next(following))

        def rest() -> None:
            seen.extend(itertools.islice(following, 3))  # it would go on for ever
            refused.set()

        threading.Thread(target=rest, daemon=True).start()
        raise LibraryError("不行")

    with pytest.raises(LibraryError):
        jobs.start(before=refuse)
    assert refused.wait(5), "nobody was told"
    assert [job.state for job in seen] == ["running"]


def test_a_held_generation_is_a_failed_job_with_its_report() -> None:
    failure = CanaryFailure("几家?", ("22家",), "9家。", drawn=False)
    report = replace(REPORT, activated=False, canary_failures=(failure,))
    jobs = RebuildJobs(lambda _: report)
    job = finished(jobs, jobs.start())
    assert (job.state, job.report) == ("failed", report)
    assert "应答“22家”,却答“9家。”" in (job.error or "")


def test_a_job_is_followed_to_its_end() -> None:
    steps = [threading.Event() for _ in range(2)]

    def run(tell: Tell) -> IndexReport:
        for n, step in enumerate(steps, start=1):
            step.wait(5)
            tell(Progress("encode", n, 2))
        steps.append(threading.Event())
        steps[-1].wait(0.3)
        return REPORT

    jobs = RebuildJobs(run)
    job = jobs.start()
    following = jobs.follow(job.id, heartbeat_s=0.05)
    assert next(following) == job
    assert next(following) is None  # nothing happened, but somebody may want to know that we are here
    for step in steps[:2]:
        step.set()
    told = [seen for seen in following if seen is not None]
    assert told[-1] == jobs.get(job.id)
    assert told[-1].state == "done"
    assert Progress("encode", 2, 2) in [seen.progress for seen in told]
    assert list(jobs.follow(job.id)) == [told[-1]]


def test_who_follows_is_let_go_when_the_service_closes() -> None:
    never = threading.Event()
    jobs = RebuildJobs(lambda _: [never.wait(10), REPORT][1])
    following = jobs.follow(jobs.start().id)
    next(following)
    threading.Timer(0.05, jobs.close).start()
    assert [seen for seen in following if seen is not None] == []
    never.set()


def test_pace() -> None:
    assert pace(Progress("encode", 30, 90), 30, 10.0) == (3.0, 20.0)
    assert pace(Progress("encode", 90, 90), 30, 10.0) == (3.0, 0.0)
    assert pace(Progress("encode", 0, 90), 0, 10.0) == (None, None)
    assert pace(Progress("encode", 1, 90), 1, 0.0) == (None, None)
