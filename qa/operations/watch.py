"""Keep the index in step with bulletin files while they come, change and go.

Files are looked at again and again rather than asked of the system: it works on network drives too, and
a folder of bulletins is small. A file counts once two looks in a row found it the same and, where the system
can tell, no program has it open for writing: one that is still being copied, or whose copying stalls, is not
read. A program that never lets go of a file keeps it from being read for a while only.

A folder that held bulletins and is found empty is most likely a share that is not mounted. Nobody is there to
say so, therefore nothing is taken out of the index for it: that is left to ``qa index``. One that drops after
the look is for the indexer to notice, which is given the watched folders for that.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn

from qa.building.lock import LIBRARY_FILE
from qa.errors import ConfigError, QAError
from qa.formats import supported
from qa.ingest.emptied import below, emptied, full, known_sources
from qa.storage.sources import file_of, find
from qa.types import IndexReport

LOOKS = 2
"""Successive looks that must find a file the same."""
PATIENCE = 30
"""Successive looks after which a file that is the same is read even if a program has it open for writing."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What of a file changes when its content does, or when it can be read at last."""

    size: int
    mtime_ns: int
    inode: int
    ctime_ns: int
    """Changes with the permissions too, and no program can set it back."""


Files = Mapping[Path, Stamp]


@dataclass(frozen=True, slots=True)
class Change:
    """Files that differ from what was indexed."""

    settled: tuple[Path, ...]
    """Came to rest; may be gone."""
    moving: tuple[Path, ...]
    """May still be written to."""


class Changes:
    """Compare each look at the files with the ones before."""

    def __init__(self, written_to: Callable[[Path], bool] = lambda _: False) -> None:
        """Start with nothing seen; ``written_to`` tells whether a program has a file open for writing."""
        self._written_to = written_to
        self._indexed: dict[Path, Stamp] = {}
        self._waiting: dict[Path, tuple[Stamp | None, int]] = {}

    def look(self, files: Files) -> Change:
        """Take in how the files are now; return what differs from what was indexed.

        >>> changes, page = Changes(), Path("a.txt")
        >>> changes.look({page: Stamp(1, 1, 1, 1)}).moving
        (PosixPath('a.txt'),)
        >>> changes.look({page: Stamp(1, 1, 1, 1)}).settled
        (PosixPath('a.txt'),)
        """
        waiting = {}
        for path in sorted({*files, *self._indexed}):
            stamp = files.get(path)
            if stamp != self._indexed.get(path):
                before, looks = self._waiting.get(path, (None, 0))
                waiting[path] = (stamp, looks + 1 if stamp == before else 1)
        self._waiting = waiting
        settled = {path for path, (stamp, looks) in waiting.items() if self._at_rest(path, stamp, looks)}
        return Change(
            settled=tuple(path for path in waiting if path in settled),
            moving=tuple(path for path in waiting if path not in settled),
        )

    def _at_rest(self, path: Path, stamp: Stamp | None, looks: int) -> bool:
        if looks < LOOKS:
            return False
        return stamp is None or looks >= PATIENCE or not self._written_to(path)

    def indexed(self, paths: Sequence[Path]) -> None:
        """Remember that files were indexed as the last look found them."""
        for path in paths:
            stamp, _ = self._waiting.pop(path)
            if stamp is None:
                del self._indexed[path]
            else:
                self._indexed[path] = stamp


def watch(
    paths: Sequence[Path],
    data_dir: Path,
    index: Callable[[Sequence[Path]], IndexReport],
    *,
    wait: Callable[[], None],
    on_report: Callable[[IndexReport], None],
    on_error: Callable[[QAError], None],
    on_emptied: Callable[[Path], None],
    root: Path | None = None,
) -> NoReturn:
    """Index whatever changes under some paths, once at the start and then for ever.

    An error is told once, however often trying again meets it. A folder that is found empty though the
    library has sources in it is left alone until it has files again, or the library has none of it any more.

    Args:
        paths: files and folders.
        data_dir: the data folder, which is not looked into.
        index: brings the index in step with some paths; guards ``paths`` against being emptied meanwhile.
        wait: called between two looks; ends the watch by raising.
        on_report: told after each run that did something.
        on_error: told when a run failed.
        on_emptied: told of a folder that is left alone, once until it has files again.
        root: folder that source names are relative to; the current one where ``None``.

    Raises:
        ConfigError: a path does not exist at the start.
        LibraryError: the library cannot be read at the start.
    """
    root = (root or Path.cwd()).absolute()
    skip = data_dir.absolute()
    find(paths, known_sources(data_dir / LIBRARY_FILE), root, skip)
    changes = Changes(open_for_writing)
    started, told = False, ""
    left_alone: list[Path] = []
    while True:
        files = _files(paths, root, skip)
        change = changes.look(files)
        at_rest = not change.moving
        left_alone = [path for path in left_alone if not _holds_bulletins(path, files, root)]
        if change.settled or (at_rest and not started):
            try:
                known = known_sources(data_dir / LIBRARY_FILE)
                before = left_alone
                left_alone = emptied(paths, known, root, partial(_holds_bulletins, files=files, root=root))
                for path in left_alone:
                    if path not in before:
                        on_emptied(path)
                settled = [path for path in change.settled if not below(path, left_alone, root)]
                # At rest, the paths themselves are indexed, so that files that left while nobody watched are
                # noticed.
                whole = _without(paths, left_alone, root) if at_rest and (settled or not started) else []
                rest = [path for path in settled if not below(path, whole, root)]
                batch = _nameable([*whole, *rest], known, root)
                report = index(batch) if batch else None
            except QAError as error:
                if told != (told := str(error)):
                    on_error(error)
            else:
                changes.indexed(settled)
                told = ""
                if report is not None:
                    started = started or at_rest
                    on_report(report)
        wait()


def open_for_writing(path: Path) -> bool:
    """Tell whether some program has a file open for writing; ``False`` where the system cannot say.

    Linux grants a read lease only on a file that nobody has open for writing; it is given back at once.
    """
    if sys.platform != "linux":
        return False
    import fcntl

    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:  # gone, or not to be read: the indexer says which
        return False
    try:
        # subtle: who opens the file while the lease is held sends us a signal, by default one that kills.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN  # others: not our file, or a file system without leases
    finally:
        os.close(descriptor)
    return False


def _files(paths: Sequence[Path], root: Path, skip: Path) -> dict[Path, Stamp]:
    """Return the bulletin files that are there now, with what tells whether they changed."""
    stamps = {}
    for path in paths:
        try:
            found = find([path], (), root, skip)
        except ConfigError:  # gone since the start
            continue
        for file in found.files.values():
            try:
                status = os.stat(file)
            except OSError:  # gone since the folder was listed, or a dangling link, which the indexer reports
                continue
            stamps[Path(file)] = Stamp(status.st_size, status.st_mtime_ns, status.st_ino, status.st_ctime_ns)
    return stamps


def _without(paths: Sequence[Path], left_alone: Sequence[Path], root: Path) -> list[Path]:
    """Return the paths that no folder left alone is, or is in."""
    return [path for path in paths if not any(below(full(other, root), [path], root) for other in left_alone)]


def _holds_bulletins(path: Path, files: Iterable[Path], root: Path) -> bool:
    return any(below(file, [path], root) and supported(file) for file in files)


def _nameable(paths: Sequence[Path], known: Iterable[str], root: Path) -> list[Path]:
    """Return those of some paths that the indexer takes: there, or gone and known to it."""
    sources = [root / file_of(name) for name in known]
    return [
        path
        for path in paths
        # os.path: asking of a share whose server is gone is an error, but no reason to end
        if os.path.exists(root / path) or any(below(source, [path], root) for source in sources)
    ]
