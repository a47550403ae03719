"""A library is believed only where it looks as the last run left it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from qa.storage.library import Library, Source
from qa.storage.untouched import is_untouched, remember


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library that was just closed, and is remembered so."""
    file = tmp_path / "library.sqlite"
    with Library(file):
        pass
    remember(file)
    return file


def test_one_that_was_opened_and_closed_is(library: Path) -> None:
    with Library(library) as opened:
        assert opened.is_empty()
    assert is_untouched(library)


def test_one_that_was_written_to_is_not(library: Path) -> None:
    with Library(library) as opened:
        opened.put_source(Source("a", "", 0, 1), ())
    assert not is_untouched(library)


def test_one_that_another_program_wrote_to_and_holds_open_is_not(library: Path) -> None:
    with closing(sqlite3.connect(library)) as other:
        other.execute("CREATE TABLE more (x)")
        other.commit()
        assert not is_untouched(library)


def test_one_that_was_copied_into_its_place_is_not(library: Path) -> None:
    data = library.read_bytes()
    library.unlink()
    library.write_bytes(data)
    assert not is_untouched(library)


@pytest.mark.parametrize("record", [None, b"", b"\xff"])
def test_one_that_nothing_is_known_of_is_not(library: Path, record: bytes | None) -> None:
    seen = library.with_name("library.sqlite.seen")
    seen.unlink()
    if record is not None:
        seen.write_bytes(record)
    assert not is_untouched(library)
