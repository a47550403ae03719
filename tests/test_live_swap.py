"""Generations come and go while clients ask: nothing fails, nothing mixes, nothing stays in memory."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bulletins import story, write_page
from fakes import HashEncoder

from benchmarks.live_swap import observe, write_version
from qa.assembly import index
from qa.config import Settings, load_settings
from qa.errors import BuildError, ConfigError, SnapshotError
from qa.models.encoder import TokenVectors
from qa.operations.aside import build_aside
from qa.serialize import answer_json
from qa.service import Service
from qa.types import Progress


class TokenEncoder(HashEncoder):
    """A model-free encoder whose tokens are single characters, for the reader."""

    def encode_tokens(self, texts: Sequence[str], *, query: bool) -> list[TokenVectors]:
        return [
            TokenVectors(
                np.stack([self._vector(char * 2) for char in text]),
                np.ones(len(text), np.float32),
                np.arange(len(text)),
                np.arange(len(text)) + 1,
            )
            for text in texts
        ]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings over a few small pages, one of which says its version."""
    seeds = tmp_path / "seeds"
    for n in range(4):
        write_page(seeds / f"{n}.txt", story(n), story(10 + n))
    write_version(seeds / "live.txt", 0)
    return load_settings(seeds_dir=seeds, data_dir=tmp_path / "data", reader_model="none", canaries_drawn=0)


def test_answers_while_generations_come_and_go(settings: Settings) -> None:
    encoder = TokenEncoder()
    index(settings, encoder)  # type: ignore[arg-type]
    service = Service(settings, encoder)  # type: ignore[arg-type]

    def ask(question: str) -> dict[str, Any]:
        return answer_json(service.ask(question))

    def publish(version: int) -> int:
        write_version(settings.seeds_dir / "live.txt", version)
        report = index(settings, encoder)  # type: ignore[arg-type]
        # One caller loads it while the others go on with the old one; which caller that is, is chance.
        patience = time.monotonic() + 30
        while service.index_info().generation != report.generation and time.monotonic() < patience:
            time.sleep(0.01)
        assert service.index_info().generation == report.generation, "served once it is loaded"
        return report.generation

    seen = observe(ask, publish, clients=8, generations=6, quiet_s=0.2)
    service.close()
    assert (seen.failed, seen.mixed) == ([], [])
    assert len(seen.versions) > 1
    assert any(versions for versions in seen.versions.values()), "answers quote the page that changes"


def test_an_old_generation_leaves_memory(settings: Settings) -> None:
    encoder = TokenEncoder()
    index(settings, encoder)  # type: ignore[arg-type]
    service = Service(settings, encoder)  # type: ignore[arg-type]
    service.ask("防汛转移群众多少人?")
    service.examples()
    assert service._examples_thread is not None
    service._examples_thread.join()
    old = weakref.ref(service._live.current().snapshot.vectors)
    write_version(settings.seeds_dir / "live.txt", 1)
    index(settings, encoder)  # type: ignore[arg-type]
    service.ask("防汛转移群众多少人?")
    service.close()
    gc.collect()
    assert old() is None


def test_a_generation_that_could_not_be_loaded_is_tried_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    encoder = TokenEncoder()
    index(settings, encoder)  # type: ignore[arg-type]
    service = Service(settings, encoder)  # type: ignore[arg-type]
    assert service.index_info().generation == 1
    write_version(settings.seeds_dir / "live.txt", 1)
    index(settings, encoder)  # type: ignore[arg-type]
    now, tries = [1000.0], []

    def fail(*_: object) -> None:
        tries.append(now[0])
        raise SnapshotError("打开的文件太多")

    with monkeypatch.context() as patch:
        patch.setattr("qa.live._clock", lambda: now[0])
        patch.setattr("qa.live.load_current", fail)
        for now[0] in (1000.0, 1001.0, 1059.0, 1060.0, 1061.0):
            assert service.index_info().generation == 1
        assert tries == [1000.0, 1060.0]
        assert "继续使用第 1 代，60 秒后再试：打开的文件太多" in caplog.text
        patch.undo()
        patch.setattr("qa.live._clock", lambda: now[0])
        now[0] = 1119.0
        assert service.index_info().generation == 1, "not at each request: loading takes long"
        now[0] = 1120.0
        assert service.index_info().generation == 2
    service.close()


# Builds in a process of their own


CHILD = """
import sys
sys.path.insert(0, {tests!r})
import qa.operations.aside
from fakes import HashEncoder
qa.operations.aside.load_encoder = lambda settings: HashEncoder()
{more}
qa.operations.aside._main()
"""


QUESTION = "便民服务网点有多少个?"


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let builds aside run with a model-free encoder, after some more code."""

    def run(more: str = "") -> None:
        code = CHILD.format(tests=str(Path(__file__).parent), more=more)
        monkeypatch.setattr("qa.operations.aside._COMMAND", (sys.executable, "-c", code))

    return run


def test_a_build_aside_reports_like_one_within(settings: Settings, child: Callable[[str], None]) -> None:
    child("qa.operations.aside.load_encoder = lambda settings: print('no harm done') or HashEncoder()")
    seen: list[Progress] = []
    report = build_aside(settings, seen.append)
    assert (report.generation, report.activated, report.articles) == (1, True, 10)
    assert {p.phase for p in seen} == {"read", "encode", "write"}
    service = Service(settings, HashEncoder(), build=build_aside)  # type: ignore[arg-type]
    write_version(settings.seeds_dir / "live.txt", 1)
    job = service.start_rebuild()
    while service.job(job.id).state == "running":
        time.sleep(0.05)
    finished = service.job(job.id)
    assert finished.report is not None, finished.error
    assert finished.report.generation == service.index_info().generation == 2


def test_a_build_aside_is_held_by_its_canaries_unless_forced(
    settings: Settings, child: Callable[[str], None]
) -> None:
    child(
        "import qa.assembly\n"
        "from test_canaries import answer\n"
        "qa.assembly.answerer = lambda settings, encoder: None\n"
        "qa.assembly.asking = lambda answerer: answer"
    )
    canaries = settings.data_dir.parent / "canaries.jsonl"
    settings = settings.model_copy(update={"canaries": canaries})
    live = settings.seeds_dir / "live.txt"
    write_page(live, story(20, extra="记者了解到,便民服务网点22个。"))
    canaries.write_text(
        json.dumps({"id": "1", "question": "便民服务网点有多少个?", "answers": ["22个"]}), "utf-8"
    )
    assert build_aside(settings).passed == (QUESTION,)
    write_page(live, story(20, extra="记者了解到,便民服务网点9个。"))
    service = Service(settings, HashEncoder(), build=build_aside)  # type: ignore[arg-type]
    *_, held = [job for job in service.follow_job(service.start_rebuild().id) if job]
    assert held.state == "failed"
    assert held.report is not None
    assert held.report.held
    assert "22个" in (held.error or "")
    assert service.index_info().generation == 1
    *_, forced = [job for job in service.follow_job(service.start_rebuild(force=True).id) if job]
    assert (forced.state, service.index_info().generation) == ("done", 2)
    service.close()


def test_errors_of_a_build_aside_are_told(settings: Settings, child: Callable[[str], None]) -> None:
    child("")
    missing = settings.model_copy(update={"seeds_dir": settings.seeds_dir / "none"})
    with pytest.raises(ConfigError, match="找不到文件或文件夹"):
        build_aside(missing)
    child("import os; os._exit(3)")
    with pytest.raises(BuildError, match="退出码 3"):
        build_aside(settings)


def test_a_build_aside_gives_way_and_ends_with_its_parent(tmp_path: Path) -> None:
    code = CHILD.format(
        tests=str(Path(__file__).parent),
        more="import os, time; from qa.operations import aside\n"
        "aside.index = lambda *a, **k: (a[3](aside.Progress('read', os.nice(0), 19)), time.sleep(600))",
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin
    assert child.stdout
    request = {"settings": {"data_dir": str(tmp_path)}, "paths": None, "force": False, "guarded": []}
    child.stdin.write(json.dumps(request).encode() + b"\n")
    child.stdin.flush()
    assert json.loads(child.stdout.readline())["progress"]["done"] == 19
    child.stdin.close()
    assert child.wait(60) == 1
    child.stdout.close()
