"""The live snapshot: swapped when a new generation appears, kept when it is no good."""

import datetime as dt
import shutil
import threading
import time
from pathlib import Path

import pytest

from qa.assembly import index
from qa.config import Settings
from qa.errors import NotFoundError, SnapshotError
from qa.models.encoder import Encoder
from qa.service import Service

SECOND = """# 二七区图书馆新馆开放

本报讯 12月20日,二七区图书馆新馆正式开放,藏书15万册,设座位800个。 记者 王芳
"""
QUESTION = "图书馆新馆有多少册藏书?"


@pytest.fixture
def settings(seeded_data: Path, tmp_path: Path) -> Settings:
    """Return settings over a private copy of the seed index and its files."""
    data = tmp_path / "data"
    shutil.copytree(seeded_data, data)
    seeds = tmp_path / "seeds"
    shutil.copytree("seeds", seeds)
    return Settings(data_dir=data, seeds_dir=seeds)


def test_a_new_bulletin_answers_at_once_and_its_removal_too(settings: Settings, encoder: Encoder) -> None:
    service = Service(settings, encoder)
    index(settings, encoder)
    before = service.ask(QUESTION)
    assert not any("图书馆" in c.quote for c in before.citations)
    page = settings.seeds_dir / "second.txt"
    page.write_text(SECOND, encoding="utf-8")
    report = index(settings, encoder)
    assert (len(report.added), report.encoded, report.activated) == (1, 1, True)
    answer = service.ask(QUESTION)
    assert answer.short_answer == "15万册"
    assert answer.generation == report.generation > before.generation
    assert answer.citations[0].article.reporters == ("王芳",)
    page.unlink()
    index(settings, encoder)
    assert not any("图书馆" in c.quote for c in service.ask(QUESTION).citations)


def test_a_damaged_generation_is_not_swapped_in(settings: Settings, encoder: Encoder) -> None:
    service = Service(settings, encoder)
    generation = service.index_info().generation
    (settings.seeds_dir / "second.txt").write_text(SECOND, encoding="utf-8")
    report = index(settings, encoder, [settings.seeds_dir / "second.txt"])
    vectors = settings.data_dir / "snapshots" / str(report.generation) / "vectors.faiss"
    vectors.write_bytes(vectors.read_bytes()[:-1])
    assert service.index_info().generation == generation
    assert service.ask("二七经开区有多少家高新技术企业?").short_answer == "22家"
    (settings.data_dir / "current").write_text("garbage", encoding="utf-8")
    assert service.index_info().generation == generation


def test_without_an_index_nothing_is_ready(tmp_path: Path, encoder: Encoder) -> None:
    service = Service(Settings(data_dir=tmp_path), encoder)
    assert not service.ready
    with pytest.raises(SnapshotError, match="qa index"):
        service.ask("有多少家?")


def test_questions_asked_during_swaps_name_one_generation(settings: Settings, encoder: Encoder) -> None:
    service = Service(settings, encoder)
    failures: list[Exception] = []
    seen: set[int] = set()
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            try:
                seen.add(service.ask("二七经开区有多少家高新技术企业?").generation)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for round_ in range(3):
        page = settings.seeds_dir / "second.txt"
        page.write_text(SECOND.replace("800", str(800 + round_)), encoding="utf-8")
        newest = index(settings, encoder, [settings.seeds_dir]).generation
    deadline = time.monotonic() + 30
    while newest not in seen and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert newest in seen


def test_the_catalogue(service: Service) -> None:
    everything = service.articles()
    assert (everything.total, everything.pages) == (5, 1)
    dates = [a.date for a in everything.items]
    assert dates == [*sorted((d for d in dates if d), reverse=True), None]
    assert service.articles(per_page=2, page=3).items == everything.items[4:]
    assert service.articles(page=9).items == ()
    assert service.articles(reporter="李慧").total == 1
    assert service.articles(reporter="无名").total == 0
    assert service.articles(q="電信網絡詐騙").total == 1
    for words in (
        "霹雳行动",
        "「霹雳」行动",
        "霹雳 二七区",
        "二七区　霹 雳行动",
        "打击治理电信网络诈骗二七区",
    ):
        assert service.articles(q=words).total == 1, words
    assert service.articles(q="霹雳 无此词").total == 0
    assert service.articles(q="行动霹雳").total == 0
    assert service.articles(date_from=dt.date(2021, 12, 10), date_to=dt.date(2021, 12, 11)).total == 2
    with pytest.raises(NotFoundError):
        service.article("nope")


def test_example_questions_are_answered(service: Service) -> None:
    deadline = time.monotonic() + 60
    while not (examples := service.examples()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert 1 <= len(examples) <= 4
    assert len(set(examples)) == len(examples)
    assert all(service.ask(question).answered for question in examples)


def test_a_rebuild_job_reports(settings: Settings, encoder: Encoder) -> None:
    service = Service(settings, encoder)
    job = service.start_rebuild()
    deadline = time.monotonic() + 60
    while service.job(job.id).state == "running" and time.monotonic() < deadline:
        time.sleep(0.05)
    finished = service.job(job.id)
    assert finished.state == "done", finished.error
    assert finished.report is not None
    with pytest.raises(NotFoundError):
        service.job("nope")
