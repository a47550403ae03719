"""Whether a library is as the last run of the indexer left it.

SQLite has no checksums, so a run reads through, and checks, a library that somebody else wrote to, that was
put in the place of another, or that a killed run left. Of one that looks as it was left a run reads only what
it uses, and checks that.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_PARTS = ("", "-wal")
"""A program that has the library open keeps what was written last in the second file."""


def is_untouched(library: Path) -> bool:
    """Tell whether a closed library looks as it did when :func:`remember` was called."""
    try:
        return _record(library).read_text("utf-8") == _look(library)
    except (OSError, UnicodeDecodeError):
        return False


def remember(library: Path) -> None:
    """Keep in mind how a library looks that was just closed; without that the next run reads it through."""
    with suppress(OSError):
        _record(library).write_text(_look(library), "utf-8")


def _record(library: Path) -> Path:
    return library.with_name(f"{library.name}.seen")


def _look(library: Path) -> str:
    """Return what changes whenever the library's files do: sizes, times, inodes."""
    seen = []
    for part in _PARTS:
        try:
            status = os.stat(f"{library}{part}")
        except FileNotFoundError:
            continue
        seen.append(f"{part}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}")
    return "\n".join(seen)
