"""Files that survive a power cut: flushed to the disk, replaced in one step, told apart by checksum."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from qa.errors import BusyError, QAError

_CHUNK = 1 << 20  # bytes


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as hex digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def read_through(path: Path) -> None:
    """Read a file to its end, before it is mapped into memory.

    Where the disk cannot read what is mapped, the process dies without a word.

    Raises:
        OSError: it cannot be read.
    """
    buffer = bytearray(_CHUNK)
    with path.open("rb", buffering=0) as file:
        while file.readinto(buffer):
            pass


class HashedFile:
    """A new file that knows the SHA-256 of what was meant to be in it, whatever the disk makes of it."""

    def __init__(self, path: Path) -> None:
        """Make the file.

        Raises:
            OSError: it cannot be made; so do the other methods.
        """
        self._file = path.open("wb")
        self._digest = hashlib.sha256()

    def __enter__(self) -> HashedFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes | memoryview) -> int:
        """Add bytes; return how many."""
        self._digest.update(data)
        return self._file.write(data)

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of all that was written, as hex digits."""
        return self._digest.hexdigest()


def flush(path: Path) -> None:
    """Flush a file's bytes, or a folder's entries, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_tree(folder: Path) -> None:
    """Flush every file and folder below a folder, and the folder itself, to the disk."""
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            flush_tree(entry)
        else:
            flush(entry)
    flush(folder)


def replace_file(path: Path, data: bytes) -> None:
    """Give a file new content in one step: whenever the process dies, the old or the new is there."""
    new = unfinished(path)
    new.write_bytes(data)
    flush(new)
    os.replace(new, path)
    flush(path.parent)


def append_line(path: Path, line: bytes) -> None:
    """Add a line to a file that only grows, durably; a torn last line of an earlier crash is ended first."""
    new = not path.exists()
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            torn = file.read(1) != b"\n"
            line = b"\n" + line if torn else line
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if new:
        flush(path.parent)


@contextmanager
def locked(path: Path, seconds: float, busy: str, failed: Callable[[str], QAError]) -> Iterator[None]:
    """Hold a lock file, made where missing with its folder; a dead process never holds it.

    Args:
        path: of the lock file.
        seconds: to wait for whoever holds it.
        busy: what to tell whoever waited in vain.
        failed: makes the error for a file that cannot be locked, from the reason in Chinese.

    Raises:
        BusyError: another process or thread holds it.
        QAError: as ``failed`` makes it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=seconds)
        lock.acquire()
    except Timeout as error:
        raise BusyError(busy) from error
    except OSError as error:
        raise failed(explain(error)) from error
    try:
        yield
    finally:
        lock.release()


def unfinished(path: Path) -> Path:
    """Return where :func:`replace_file` writes a file's new content; a process that dies may leave it."""
    return path.with_name(f".{path.name}.new")


def nearest(folder: Path) -> Path:
    """Return a folder, or the nearest of its parents that exists."""
    return next(place for place in (folder, *folder.absolute().parents) if place.is_dir())


def explain(error: OSError) -> str:
    """Return in Chinese why a file operation failed."""
    reasons = {
        errno.ENOSPC: "磁盘已满",
        errno.EDQUOT: "磁盘配额已用完",
        errno.EROFS: "文件系统只能读,不能写",
        errno.EACCES: "没有权限",
        errno.EPERM: "没有权限",
        errno.ENOENT: "文件或文件夹不存在",
        errno.EISDIR: "是文件夹，不是文件",
        errno.EMFILE: "打开的文件太多",
        errno.EIO: "磁盘读写出错",
    }
    return reasons.get(error.errno or 0) or error.strerror or str(error)
