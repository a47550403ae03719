"""Libraries of every version of the schema: each opens, keeps all it holds, and answers.

``tests/data/libraries`` holds one of each as its own version of the program wrote it; see
``tests/record_library.py``.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from fakes import HashEncoder
from record_library import DIMENSION, LIBRARIES

from qa.building.activation import load_current
from qa.building.indexing import build_index
from qa.building.lock import LIBRARY_FILE
from qa.config import load_settings
from qa.errors import LibraryError
from qa.models.encoder import Encoder
from qa.models.span_model import CharacterSpanModel
from qa.service import Service
from qa.storage.library import Library
from qa.storage.schema import MIGRATIONS

VERSIONS = range(1, len(MIGRATIONS) + 1)
HELD = {
    "articles": "SELECT id, title, body FROM articles ORDER BY id",
    "places": "SELECT * FROM source_articles ORDER BY source, position",
    "sources": "SELECT path, sha256, size, parser_version FROM sources ORDER BY path",
    "passages": 'SELECT article, fingerprint, splitter, start, "end", key FROM passages ORDER BY 1, 4',
    "vectors": "SELECT fingerprint, key, vector FROM vectors ORDER BY key",
    "generations": "SELECT * FROM generations ORDER BY id",
}
"""What the first version holds; later ones must keep it."""


def held(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return what a library holds, read without the program's help."""
    with closing(sqlite3.connect(file)) as library:
        return {name: library.execute(query).fetchall() for name, query in HELD.items()}


def version_of(file: Path) -> int:
    with closing(sqlite3.connect(file)) as library:
        return int(library.execute("PRAGMA user_version").fetchone()[0])


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a library of an earlier version, or of this one."""
    return make(request.param, tmp_path / "data")


def make(version: int, data: Path) -> Path:
    """Write the library of a version into a data folder; return its path."""
    data.mkdir()
    with closing(sqlite3.connect(data / LIBRARY_FILE)) as library:
        library.executescript((LIBRARIES / f"version-{version}.sql").read_text("utf-8"))
    assert version_of(data / LIBRARY_FILE) == version
    return data / LIBRARY_FILE


def test_there_is_one_of_each_version() -> None:
    assert sorted(p.name for p in LIBRARIES.iterdir()) == [f"version-{n}.sql" for n in VERSIONS]


def test_it_opens_and_keeps_all_it_holds(old: Path) -> None:
    before = held(old)
    assert [len(rows) for rows in before.values()] == [3, 4, 2, 3, 3, 2]
    with Library(old) as library:
        assert library.problems() == []
        assert {a.title for a in library.articles()} == {row[1] for row in before["articles"]}
        assert [g.id for g in library.generations()] == [1, 2]
    assert version_of(old) == len(MIGRATIONS)
    assert held(old) == before


def test_it_is_indexed_without_encoding_anything_again(old: Path) -> None:
    encoder = HashEncoder(dimension=DIMENSION)
    report = build_index([], old.parent, encoder)
    assert (report.generation, report.articles, report.encoded, encoder.encoded) == (3, 3, 0, [])
    snapshot = load_current(old.parent, encoder.fingerprint)
    vectors = {row[1]: row[2] for row in held(old)["vectors"]}
    served = [snapshot.vectors.vectors([row])[0].tobytes() for row in range(len(snapshot.passages))]
    assert sorted(served) == sorted(vectors.values())


def test_it_answers(
    old: Path, default_model_dir: Path, encoder: Encoder, span_model: CharacterSpanModel
) -> None:
    settings = load_settings(data_dir=old.parent, seeds_dir=old.parent.parent / "seeds")
    build_index([], old.parent, encoder)  # another model than the one that made its vectors
    service = Service(settings, encoder, span_model)
    try:
        answer = service.ask("金水河治理工程总投资多少？")
    finally:
        service.close()
    assert answer.short_answer == "3.4亿元"
    assert answer.citations[0].article.title == "二七区金水河治理工程完工"
    assert held(old)["vectors"][0][2], "the old model's vectors are kept"


def test_one_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = make(VERSIONS[-1], tmp_path / "data")
    newer = len(MIGRATIONS) + 1
    with closing(sqlite3.connect(file)) as library:
        library.execute("ALTER TABLE articles ADD COLUMN of_the_future TEXT")
        library.execute(f"PRAGMA user_version = {newer}")
        library.commit()
    before = file.read_bytes()
    with pytest.raises(LibraryError, match=f"更新版本的程序写成.*{newer}.*请升级本程序"):
        Library(file)
    with pytest.raises(LibraryError, match="请升级本程序"):
        build_index([], file.parent, HashEncoder(dimension=DIMENSION))
    assert file.read_bytes() == before
    assert sorted(p.name for p in file.parent.iterdir()) == ["build.lock", LIBRARY_FILE]


_KILLED_AT_THE_END_OF_A_MIGRATION = """
import os, pathlib, signal, sqlite3, sys
from qa.storage.library import Library

class Dying(sqlite3.Connection):
    def execute(self, sql, *values):
        if sql.startswith("PRAGMA user_version ="):
            os.kill(os.getpid(), signal.SIGKILL)  # all other statements of the migration have run
        return super().execute(sql, *values)

connect = sqlite3.connect
sqlite3.connect = lambda *path, **options: connect(*path, factory=Dying, **options)
Library(pathlib.Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_a_migration_that_is_killed_leaves_the_old_version(version: int, tmp_path: Path) -> None:
    file = make(version, tmp_path / "data")
    whole = shutil.copyfile(file, tmp_path / "whole")
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED_AT_THE_END_OF_A_MIGRATION, str(file)],
        cwd=Path(__file__).parents[1], env=os.environ, capture_output=True, check=False,
    )  # fmt: skip
    assert killed.returncode == -9, killed.stderr.decode()
    assert version_of(file) == version
    assert held(file) == held(whole)
    with closing(sqlite3.connect(file)) as left, closing(sqlite3.connect(whole)) as before:
        assert list(left.iterdump()) == list(before.iterdump())
    with Library(file) as library:
        assert library.problems() == []
    assert version_of(file) == len(MIGRATIONS)
