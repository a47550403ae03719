"""Builds that die or fail, and what must be true afterwards.

A trial is a private copy of a prepared folder. The build runs in a forked child, so that it can be killed;
what is left is looked at by another child, which shares no memory with the build; then a third one
runs the next build. The parent does nothing but fork: everything that builds need is imported already,
so a trial takes a fraction of a second.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

import numpy as np
from bulletins import BEGINNING, REST, story, write_page
from fakes import HashEncoder

from qa import text
from qa.building import activation
from qa.building.activation import KEPT, current_generation, folder_of, load_current
from qa.building.collecting import content_hash
from qa.building.indexing import build_index
from qa.building.lock import LIBRARY_FILE, LOCK_FILE
from qa.errors import QAError
from qa.index.embedding import split_key
from qa.index.snapshot import Snapshot
from qa.index.snapshot_files import verify
from qa.storage.library import Library

_HAN = re.compile("[\u4e00-\u9fff]")
Outcome = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scenario:
    """What was indexed, what the files are now, and how the two are told apart."""

    name: str
    folder: Path
    """Prepared: ``seeds`` as they are now, ``data`` as it was before the build."""
    old: str | None
    """Hash of what served before, ``None`` where nothing did."""
    new: str
    """Hash of what the build makes."""
    fingerprint: str
    """Of the model that the build uses."""
    damaged: bool = False
    """Whether the library is no library when the build begins."""


def quick_disk() -> str | None:
    """Return a folder in memory where there is one: flushing thousands of builds to a disk takes hours."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and os.access(memory, os.W_OK) else None


def prepare(place: Path) -> list[Scenario]:
    """Make the folders of all scenarios below a place."""
    text.Segmenter()  # so that no child has to read jieba's dictionary
    return [
        _prepared(place / "first", "first", _nothing),
        _prepared(place / "update", "update", _three_generations),
        _prepared(place / "model", "model", _three_generations, fingerprint="fake-2"),
        _damaged(_prepared(place / "damaged", "damaged", _three_generations)),
    ]


def _damaged(scenario: Scenario) -> Scenario:
    library = scenario.folder / "data" / LIBRARY_FILE
    library.write_bytes(library.read_bytes()[:4096] + b"\x55" * 60_000)
    return replace(scenario, damaged=True)


def _nothing(root: Path) -> None:
    """Leave a place as it is: nothing was ever indexed there."""


def _three_generations(root: Path) -> None:
    """Fill all places for snapshots, so that the next build has one to delete."""
    _write(root, "2021-12-15_01版.txt", BEGINNING)
    for n in (20, 21, 22):
        write_page(root / "seeds" / "c.txt", story(n))
        write_page(root / "seeds" / "gone.txt", story(7), story(8))
        write_page(root / "seeds" / "a.txt", story(1), story(2))
        run(root, "fake-1")


def _prepared(root: Path, name: str, before: Callable[[Path], None], fingerprint: str = "fake-1") -> Scenario:
    root.mkdir(parents=True)
    _ended(_in_child(lambda: before(root)))
    (root / "seeds" / "gone.txt").unlink(missing_ok=True)
    (root / "seeds" / "c.txt").unlink(missing_ok=True)
    write_page(root / "seeds" / "a.txt", story(1), story(2, extra="截至目前,已完工9个。"))  # changed
    write_page(root / "seeds" / "moved" / "c.txt", story(22), story(30))
    for n in range(3):
        write_page(root / "seeds" / f"new{n}.txt", story(40 + n), story(50 + n))
    _write(root, "2021-12-15_01版.txt", BEGINNING)
    _write(root, "2021-12-15_03版.txt", REST)
    old = _ended(_in_child(lambda: served(root / "data", None)))
    clean = root.with_name(f"{name}-clean")
    shutil.copytree(root, clean)
    _ended(_in_child(lambda: run(clean, fingerprint)))
    new = _ended(_in_child(lambda: served(clean / "data", fingerprint)))
    shutil.rmtree(clean)
    return Scenario(name, root, old, new, fingerprint)


def _write(root: Path, name: str, text: str) -> None:
    (root / "seeds").mkdir(exist_ok=True)
    (root / "seeds" / name).write_text(text, encoding="utf-8")


def _ended(outcome: Outcome) -> Any:
    """Return what a child returned that must not fail."""
    value = outcome["value"]
    if outcome["status"] or str(value).startswith("Traceback"):
        raise RuntimeError(f"could not prepare: {value}")
    return value


def run(root: Path, fingerprint: str) -> None:
    """Build, as ``qa index seeds`` does."""
    build_index([Path("seeds")], root / "data", HashEncoder(fingerprint), root=root)


def served(data: Path, fingerprint: str | None) -> str | None:
    """Return a hash of what serves, after proving that it can be searched; ``None`` for nothing."""
    if current_generation(data) is None:
        return None
    snapshot = load_current(data, fingerprint)
    _searchable(snapshot)
    key = split_key(HashEncoder(snapshot.fingerprint))
    assert snapshot.content_hash == content_hash(snapshot.articles, snapshot.passages, key)
    return snapshot.content_hash


def _searchable(snapshot: Snapshot) -> None:
    encoder = HashEncoder(snapshot.fingerprint)
    for row in range(0, len(snapshot.passages), 3):
        passage = snapshot.passages[row]
        text = f"{snapshot.article(passage.article_id).title}\n{passage.text}"
        rows, scores = snapshot.vectors.search(encoder.encode_queries([text])[0], 1)
        assert scores[0] > 0.999, "a passage's own vector is not found"
        lexical = snapshot.lexical.scores(snapshot.segmenter.search_tokens(text))
        assert np.isclose(lexical[row], lexical.max()), "a passage's own words find another one"
        assert snapshot.passages[rows[0]].text == passage.text


def watched(root: Path) -> Path:
    """Return the folder whose operations count."""
    return root / "data"


def act(scenario: Scenario, root: Path) -> None:
    """Build, as ``qa index seeds`` does."""
    run(root, scenario.fingerprint)


def attempt(scenario: Scenario, root: Path, arm: Callable[[], None], kill_after: float | None) -> Outcome:
    """Copy a scenario to ``root`` and build there; return how the build ended."""
    shutil.copytree(scenario.folder, root)

    def build() -> str:
        arm()
        try:
            run(root, scenario.fingerprint)
        except QAError as error:
            return f"{type(error).__name__}: {error}"
        return "built"

    return _in_child(build, kill_after)


def left_behind(scenario: Scenario, root: Path) -> str:
    """Return what a build left behind: ``old`` or ``new`` serves, or what is wrong."""
    data = root / "data"

    def look() -> str:
        found = served(data, None)
        assert found in (scenario.old, scenario.new), "serves neither the old nor the new generation"
        if (data / LIBRARY_FILE).exists() and not scenario.damaged:
            _library_is_whole(data)
            if found is not None:
                _nothing_lost(data)
        return "old" if found == scenario.old else "new"

    return str(_in_child(look)["value"])


def next_build(scenario: Scenario, root: Path) -> str:
    """Build once more; return ``ok``, or what is wrong."""
    data = root / "data"

    def build() -> str:
        run(root, scenario.fingerprint)
        assert served(data, scenario.fingerprint) == scenario.new, "the next build made something else"
        _library_is_whole(data)
        with Library(data / LIBRARY_FILE) as library:
            kept = {a.id for a in library.articles()}
            rows = library._db.rows("SELECT id FROM articles")
            assert {row[0] for row in rows} == kept, "the library holds articles of no file"
            assert library.generations()[-1].id == current_generation(data)[0], "history lacks what serves"
        _no_litter(data)
        before = current_generation(data)
        run(root, scenario.fingerprint)
        assert current_generation(data) == before, "a build with nothing to do made a generation"
        return "ok"

    return str(_in_child(build)["value"])


def examine(scenario: Scenario, root: Path) -> list[str]:
    """Return what is wrong with what a build left behind, then with what the next one makes of it."""
    found = left_behind(scenario, root), next_build(scenario, root)
    return [problem for problem in found if problem not in ("old", "new", "ok")]


def _library_is_whole(data: Path) -> None:
    connection = sqlite3.connect(data / LIBRARY_FILE)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        connection.close()


def _nothing_lost(data: Path) -> None:
    """Every article that serves is in the library, word for word, though some file may hold it no more."""
    snapshot = load_current(data)
    with Library(data / LIBRARY_FILE) as library:
        stored = {row[0]: row[1] for row in library._db.rows("SELECT id, body FROM articles")}
    lost = [a.title for a in snapshot.articles if stored.get(a.id) != a.body]
    assert not lost, f"lost: {lost}"


def _no_litter(data: Path) -> None:
    found = {p.name for p in data.iterdir() if not p.name.startswith(f"{LIBRARY_FILE}.damaged-")}
    expected = {LOCK_FILE, activation._CURRENT, activation._SNAPSHOTS, LIBRARY_FILE, f"{LIBRARY_FILE}.seen"}
    assert found == expected, f"litter: {sorted(found ^ expected)}"
    numbers = [p.name for p in (data / activation._SNAPSHOTS).iterdir()]
    assert all(n.isdecimal() for n in numbers), f"litter: {numbers}"
    assert len(numbers) <= KEPT, f"too many snapshots: {numbers}"
    for number in numbers:
        verify(folder_of(data, int(number)))


def _in_child(work: Callable[[], object], kill_after: float | None = None) -> Outcome:
    """Run something in a forked child; return ``value``, ``status`` and ``seconds``.

    ``value`` is what it returned, or the trace of what it raised; ``None`` where it was killed.
    """
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                value = work()
        except BaseException:
            value = traceback.format_exc()
        with contextlib.suppress(BaseException):
            os.write(writing, json.dumps({"value": value}, ensure_ascii=False).encode()[:60000])
        os._exit(0)
    os.close(writing)
    if kill_after is not None:
        time.sleep(max(0.0, kill_after - (time.monotonic() - began)))
        os.kill(child, signal.SIGKILL)
    with open(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    seconds = time.monotonic() - began
    value = json.loads(said)["value"] if said else None
    return {"value": value, "status": status, "seconds": seconds}


def killed(outcome: Outcome) -> bool:
    """Tell whether a child died before it came to its end."""
    return os.WIFSIGNALED(outcome["status"]) and outcome["value"] is None


def told_in_chinese(outcome: Outcome) -> bool:
    """Tell whether a build ended well, or with an error of ours that a reader can read."""
    value = str(outcome["value"])
    return value == "built" or (bool(re.match(r"\w+Error: ", value)) and bool(_HAN.search(value)))
