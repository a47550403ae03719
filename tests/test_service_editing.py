"""What an editor does through the service: hand in, take in, undo; one job at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bulletins import page, story, write_page
from fakes import HashEncoder

from qa.assembly import index
from qa.building.lock import build_lock
from qa.config import Settings
from qa.errors import BusyError, ConflictError, EmptiedError, NotFoundError
from qa.ingest.previews import Incoming
from qa.service import Service
from qa.types import Job
from web import create_app

NEW = Incoming("2021-12-21_头版.txt", page(story(2)).encode("gb18030"))


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """Return a service over one page, with a fake encoder and matching alone."""
    monkeypatch.chdir(tmp_path)
    write_page(tmp_path / "seeds" / "a.txt", story(1))
    # A fake encoder cannot read, so no questions are drawn.
    settings = Settings(_env_file=None, reader_model="none", canaries_drawn=0)
    encoder = HashEncoder()
    index(settings, encoder)  # type: ignore[arg-type]
    service = Service(settings, encoder)  # type: ignore[arg-type]
    yield service
    service.close()


def ended(service: Service, job: Job) -> Job:
    *_, last = [seen for seen in service.follow_job(job.id) if seen is not None]
    return last


def titles(service: Service) -> set[str]:
    return {article.title for article in service.articles().items}


def test_an_upload_answers_once_it_is_committed_and_not_after_it_is_undone(service: Service) -> None:
    upload = service.stage_upload([NEW])
    assert titles(service) == {story(1)[0]}
    job = ended(service, service.commit_upload(upload.id))
    assert (job.state, job.cause, job.upload, job.error) == ("done", "commit", upload.id, None)
    assert titles(service) == {story(1)[0], story(2)[0]}
    assert service.upload(upload.id).job == job.id
    assert [a.status for a in service.stage_upload([NEW]).files[0].articles] == ["known"]
    assert ended(service, service.undo_upload(upload.id)).state == "done"
    assert titles(service) == {story(1)[0]}
    assert [entry.cause for entry in service.jobs()] == ["undo", "commit"]


def test_nothing_is_written_while_a_rebuild_runs(service: Service) -> None:
    upload = service.stage_upload([NEW])
    with build_lock(service.settings.data_dir):  # as `qa index` beside it would; the job waits for it
        job = service.start_rebuild()
        with pytest.raises(BusyError):
            service.commit_upload(upload.id)
        assert service.upload(upload.id).state == "staged"
    assert ended(service, job).state == "done"


def test_what_cannot_be_committed_starts_no_job(service: Service) -> None:
    with pytest.raises(NotFoundError):
        service.commit_upload("20210101000000-00000000")
    upload = service.stage_upload([Incoming("坏.txt", b"\0")])
    with pytest.raises(ConflictError):
        service.commit_upload(upload.id)
    assert service.jobs() == []


class TestShareThatDropped:
    """The bulletins' folder is a share, and only its empty mount point, or nothing, is there."""

    @pytest.fixture(params=[True, False], ids=["empty", "gone"])
    def away(self, service: Service, request: pytest.FixtureRequest) -> Callable[[], None]:
        """Commit a page, prepare another, unmount the folder; return what mounts it."""
        assert ended(service, service.commit_upload(service.stage_upload([NEW]).id)).state == "done"
        seeds, elsewhere = service.settings.seeds_dir, Path("elsewhere")
        seeds.rename(elsewhere)
        if request.param:
            seeds.mkdir()

        def mount() -> None:
            if request.param:
                seeds.rmdir()
            elsewhere.rename(seeds)

        return mount

    def test_a_rebuild_keeps_the_index_unless_it_is_forced(
        self, service: Service, away: Callable[[], None]
    ) -> None:
        job = ended(service, service.start_rebuild())
        assert job.state == "failed"
        assert "共享文件夹断开" in (job.error or "")
        assert len(titles(service)) == 2
        assert ended(service, service.start_rebuild(force=True)).state == "done"
        assert titles(service) == set()

    def test_nothing_is_written_or_taken_out(self, service: Service, away: Callable[[], None]) -> None:
        (committed,) = service.uploads()
        waiting = service.stage_upload([Incoming("b.txt", page(story(3)).encode())])
        there = service.settings.seeds_dir.exists()
        with pytest.raises(EmptiedError):
            service.commit_upload(waiting.id)
        with pytest.raises(EmptiedError):
            service.undo_upload(committed.id)
        assert service.settings.seeds_dir.exists() == there
        assert len(service.jobs()) == 1
        away()
        assert {entry.state for entry in service.uploads()} == {"staged", "committed"}
        assert ended(service, service.undo_upload(committed.id)).state == "done"
        assert titles(service) == {story(1)[0]}

    def test_a_commit_that_was_cut_off_is_taken_back_once_it_can_be(
        self, service: Service, away: Callable[[], None]
    ) -> None:
        (committed,) = service.uploads()
        record = service.settings.data_dir / "uploads" / committed.id / "upload.json"
        record.write_text(record.read_text("utf-8").replace('"committed"', '"committing"'), "utf-8")
        service.clean_uploads()
        assert service.upload(committed.id).state == "committing"
        away()
        service.clean_uploads()
        assert service.upload(committed.id).state == "staged"
        assert [path.name for path in service.settings.seeds_dir.iterdir()] == ["a.txt"]


def test_undoing_all_that_was_ever_taken_in_empties_the_index(service: Service) -> None:
    (service.settings.seeds_dir / "a.txt").unlink()
    upload = service.stage_upload([NEW])
    with pytest.raises(EmptiedError):
        service.commit_upload(upload.id)
    assert ended(service, service.start_rebuild(force=True)).state == "done"
    assert ended(service, service.commit_upload(upload.id)).state == "done"
    assert titles(service) == {story(2)[0]}
    assert ended(service, service.undo_upload(upload.id)).state == "done"
    assert titles(service) == set()


def test_a_preview_is_compared_with_what_is_there_now(service: Service) -> None:
    first = service.stage_upload([NEW])
    other = service.stage_upload([NEW, Incoming("a.txt", page(story(1), story(2)).encode())])
    assert [file.conflict for file in other.files] == [False, True]
    ended(service, service.commit_upload(first.id))
    (service.settings.seeds_dir / NEW.name).write_text("别的内容", "utf-8")
    (service.settings.seeds_dir / "a.txt").unlink()
    seen = service.upload(other.id)
    assert [file.conflict for file in seen.files] == [True, False]
    assert [[a.status for a in file.articles] for file in seen.files] == [["known"], ["known", "known"]]


def test_only_so_many_follow_at_once(service: Service) -> None:
    job = service.start_rebuild()
    ended(service, job)
    followers = [service.follow_job(job.id) for _ in range(2)]
    for follower in followers:
        next(follower)
    with pytest.raises(BusyError, match="查看进度的人太多"):
        next(service.follow_job(job.id))
    followers[0].close()
    assert next(service.follow_job(job.id)) is not None


@pytest.mark.parametrize("threads", [1, 3])
def test_with_few_threads_nobody_follows_and_the_job_can_be_asked_for(service: Service, threads: int) -> None:
    small = Service(service.settings.model_copy(update={"threads": threads}), HashEncoder())  # type: ignore[arg-type]
    client = create_app(small).test_client()
    job = small.start_rebuild()
    url = f"/api/index/jobs/{job.id}"
    for _ in range(2):
        response = client.get(f"{url}/events")
        assert response.status_code == 409
        assert "隔几秒查询" in response.get_json()["detail"]
    while client.get(url).get_json()["state"] == "running":
        time.sleep(0.05)
    assert small.job(job.id).state == "done"
    small.close()
