"""One SQLite file: opened, migrated, written in transactions, its errors told in Chinese."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from qa.errors import DamagedLibraryError, LibraryError
from qa.storage.schema import MIGRATIONS

_BUSY_SECONDS = 10.0
_PROBLEMS = {
    sqlite3.SQLITE_BUSY: "文库正被另一个程序使用,请稍后再试",
    sqlite3.SQLITE_LOCKED: "文库正被另一个程序使用,请稍后再试",
    sqlite3.SQLITE_FULL: "磁盘已满,文库无法写入",
    sqlite3.SQLITE_READONLY: "文库只能读,不能写,请检查文件和文件夹的权限",
    sqlite3.SQLITE_CANTOPEN: "文库打不开,请检查文件夹是否存在、是否有权限",
    sqlite3.SQLITE_PERM: "没有权限读写文库",
    sqlite3.SQLITE_IOERR: "读写文库时磁盘出错",
    sqlite3.SQLITE_CORRUPT: "文库文件已损坏,运行 qa index 会把它移开并重建",
    sqlite3.SQLITE_NOTADB: "文库文件已损坏,运行 qa index 会把它移开并重建",
}
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def check_file(path: Path) -> int:
    """Return the version of the schema of a library that came from elsewhere, after checking it through.

    Nothing is written, and nothing that the file may hold besides the tables of its version, such as a
    trigger, gets a chance to run.

    Raises:
        DamagedLibraryError: it is no SQLite file, SQLite finds something wrong with it, or it is no library.
        LibraryError: a newer version wrote it, or it cannot be read.
    """
    with _errors(path):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            _refuse_newer(version, path)
            if _names(connection) != _names_of(version):
                raise DamagedLibraryError(f"这不是公报问答的文库,或其中有别的东西:{path}")
            for pragma in ("integrity_check", "foreign_key_check"):
                found = connection.execute(f"PRAGMA {pragma}").fetchmany(1)
                if found not in ([], [("ok",)]):
                    raise DamagedLibraryError(f"文库没有通过完整性检查({found[0][0]}):{path}")
        finally:
            connection.close()
    return version


class Database:
    """A connection; belongs to one thread."""

    def __init__(self, path: Path) -> None:
        """Open the file, and create or migrate it where needed.

        A commit outlives a killed process but is not flushed to the disk at once.

        Raises:
            LibraryError: not a library, damaged, of a newer version, or not accessible.
        """
        self.path = path
        with self._errors():
            self._connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            # Before anything is written to it: the mode of the journal is.
            _refuse_newer(self._version(), path)
            for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL"):
                self.rows(f"PRAGMA {pragma}")
            self._migrate()
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the file."""
        with self._errors():
            self._connection.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """Return all rows of a query."""
        with self._errors():
            return self._connection.execute(sql, values).fetchall()

    def copy_to(self, path: Path) -> None:
        """Write a copy of the file as it is at one instant, whatever others write meanwhile.

        Raises:
            LibraryError: it cannot be read, or the copy cannot be written.
        """
        with self._errors():
            copy = sqlite3.connect(path)
            try:
                # All pages in one step: a copy in several begins anew whenever another process commits.
                self._connection.backup(copy)
            finally:
                copy.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Make what the block writes take effect together, or not at all if it raises."""
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself rolls back on some errors
                    self._connection.execute("ROLLBACK")
                raise

    def _migrate(self) -> None:
        if self._version() == len(MIGRATIONS):
            return
        with self.transaction() as connection:  # which waits for another process that migrates
            version = self._version()
            _refuse_newer(version, self.path)
            for step in MIGRATIONS[version:]:
                for statement in step:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")

    def _version(self) -> int:
        return int(self.rows("PRAGMA user_version")[0][0])

    def _errors(self) -> AbstractContextManager[None]:
        return _errors(self.path)


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        problem = _PROBLEMS.get(code & 0xFF) if code is not None else None
        kind = DamagedLibraryError if code is not None and code & 0xFF in _DAMAGE else LibraryError
        raise kind(f"{problem or f'文库出错({error})'}:{path}") from error


def _refuse_newer(version: int, path: Path) -> None:
    if version > len(MIGRATIONS):
        raise LibraryError(f"文库由更新版本的程序写成(版本 {version}),请升级本程序:{path}")


def _names(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Return kind and name of everything in a schema, but for what SQLite adds by itself."""
    rows = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return set(rows.fetchall())


def _names_of(version: int) -> set[tuple[str, str]]:
    connection = sqlite3.connect(":memory:")
    try:
        for step in MIGRATIONS[:version]:
            for statement in step:
                connection.execute(statement)
        return _names(connection)
    finally:
        connection.close()
