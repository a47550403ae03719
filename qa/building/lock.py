"""The one lock under which library and snapshots are written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.building import replacing
from qa.durable import locked
from qa.errors import LibraryError

LIBRARY_FILE = "library.sqlite"
LOCK_FILE = "build.lock"


@contextmanager
def build_lock(data_dir: Path) -> Iterator[None]:
    """Hold the one lock under which library and snapshots are written; a dead process never holds it.

    An import that was cut off is completed, or cleared away, first.

    Raises:
        BusyError: another process or thread holds it.
        BackupError: an import that was cut off cannot be completed.
        LibraryError: the data folder cannot be written.
    """
    with locked(
        data_dir / LOCK_FILE,
        0,
        "另一个程序正在建立索引,请等它完成后再试",
        lambda reason: LibraryError(f"数据文件夹无法写入:{reason}({data_dir})"),
    ):
        replacing.complete(data_dir)
        yield
