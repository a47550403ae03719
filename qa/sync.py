"""Bring the library in step with the bulletin files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.bulletin import PARSER_VERSION
from qa.errors import BulletinError
from qa.formats import read_bytes
from qa.library import Library, Source
from qa.reading import read_articles
from qa.sources import find
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
    progress(Progress("read", 0, len(found.files)))
    for done, (name, file) in enumerate(found.files.items(), start=1):
        try:
            remarks = _read(library, name, file, known.get(name))
        except BulletinError as error:
            failed.append(Failure(name, str(error)))
        else:
            if remarks is not None:
                read.append(name)
                notes.extend(Failure(name, remark) for remark in remarks)
        progress(Progress("read", done, len(found.files)))
    for name in found.gone:
        library.remove_source(name)
    first = {article.source for article in library.articles()}
    notes.extend(
        Failure(name, "所有文章都已收录在其他文件里,没有新增内容") for name in read if name not in first
    )
    return Synced(_by_source(failed), _by_source(notes))


def _by_source(remarks: list[Failure]) -> tuple[Failure, ...]:
    return tuple(sorted(remarks, key=lambda remark: remark.source))


def _read(library: Library, name: str, file: Path, known: Source | None) -> tuple[str, ...] | None:
    """Read a file into the library; return its notes, or ``None`` where it is the one known."""
    data = read_bytes(file)
    source = Source(name, hashlib.sha256(data).hexdigest(), len(data), PARSER_VERSION)
    if source == known:
        return None
    read = read_articles(data, name)
    library.put_source(source, read.articles)
    return read.notes
