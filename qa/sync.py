"""Bring the library in step with the bulletin files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.bulletin import PARSER_VERSION, parse
from qa.errors import BulletinError
from qa.formats import decode, read_bytes
from qa.library import Library, Source
from qa.sources import find
from qa.stamps import stamp_of
from qa.types import Failure, Progress


@dataclass(frozen=True, slots=True)
class Synced:
    """What there is to say about the files."""

    failed: tuple[Failure, ...]
    notes: tuple[Failure, ...]


def sync(
    library: Library,
    paths: Sequence[Path],
    *,
    root: Path,
    skip: Path,
    progress: Callable[[Progress], None],
) -> Synced:
    """Read the files under some paths that are new or changed, forget those that are gone.

    A file that cannot be read keeps the articles it had. Each file is committed by itself.

    Args:
        library: written under the build lock.
        paths: files and folders.
        root: absolute folder that source names are relative to.
        skip: absolute folder that is not looked into.
        progress: told after each file.

    Raises:
        ConfigError: a path neither exists nor holds a known source.
        LibraryError: the library cannot be read or written.
    """
    known = library.sources()
    found = find(paths, known, root, skip)
    failed = list(found.failed)
    notes: list[Failure] = []
    read: list[str] = []
    stamps: dict[str, str | None] = {}
    progress(Progress("read", 0, len(found.files)))
    for done, (name, file) in enumerate(found.files.items(), start=1):
        try:
            remarks = _read(library, name, file, known.get(name), stamps)
        except BulletinError as error:
            failed.append(Failure(name, str(error)))
        else:
            if remarks is not None:
                read.append(name)
                notes.extend(Failure(name, remark) for remark in remarks)
        progress(Progress("read", done, len(found.files)))
    for name in found.gone:
        library.remove_source(name)
    library.put_stamps(stamps)
    first = {article.source for article in library.articles()} if read else set()
    notes.extend(
        Failure(name, "所有文章都已收录在其他文件里,没有新增内容") for name in read if name not in first
    )
    return Synced(_by_source(failed), _by_source(notes))


def _by_source(remarks: list[Failure]) -> tuple[Failure, ...]:
    return tuple(sorted(remarks, key=lambda remark: remark.source))


def _read(
    library: Library, name: str, file: Path, known: Source | None, stamps: dict[str, str | None]
) -> tuple[str, ...] | None:
    """Read a file into the library; return its notes, or ``None`` where it is the one known.

    One that looks as it did when it was read is not opened; ``stamps`` takes what is new of the others.
    """
    stamp = stamp_of(file)
    if known is not None and known.parser_version == PARSER_VERSION and stamp and stamp == known.stamp:
        return None
    data = read_bytes(file)
    source = Source(name, hashlib.sha256(data).hexdigest(), len(data), PARSER_VERSION, stamp)
    if known is not None and source == known:
        if stamp != known.stamp:
            stamps[name] = stamp
        return None
    decoded = decode(data, file)
    page = parse(decoded.text, name)
    library.put_source(source, page.articles)
    return (*decoded.notes, *page.notes)
