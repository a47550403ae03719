"""Bring the library in step with the bulletin files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qa.errors import BulletinError
from qa.formats import read_bytes
from qa.ingest.intake import read_file
from qa.ingest.joining import join_across_files
from qa.parsing.bulletin import PARSER_VERSION
from qa.storage.library import Library, Sources
from qa.storage.sources import file_of, find
from qa.storage.stamps import stamp_of
from qa.types import Failure, Progress

_LOOKED_AT = 64
"""Files known already are told of so many at a time."""


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
    """Read the files under some paths that are new or changed, forget those that are gone; join articles.

    A file that cannot be read keeps the articles it had; so does a member of an archive. Each file and
    each member is committed by itself. Articles whose parts stand in several files are joined at the end, by
    each run anew.

    Args:
        library: written under the build lock.
        paths: files and folders.
        root: absolute folder that source names are relative to.
        skip: absolute folder that is not looked into.
        progress: told after each file that is read.

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
    whole = len(found.files)
    progress(Progress("read", 0, whole))
    for done, (name, file) in enumerate(found.files.items(), start=1):
        stamp = stamp_of(file)
        if not (stamp and known.looked(name, PARSER_VERSION, stamp)):
            outcome = _read(library, name, file, stamp, known, stamps)
            read += outcome.read
            failed += outcome.failed
            notes += outcome.notes
        elif done % _LOOKED_AT and done < whole:  # looking takes less time than telling of it
            continue
        progress(Progress("read", done, whole))
    for name in found.gone:
        library.remove_source(name)
    library.put_stamps(stamps)
    joined = join_across_files(library, read)
    notes += joined.notes
    first = library.first_sources(read) | joined.sources
    notes.extend(
        Failure(name, "所有文章都已收录在其他文件里,没有新增内容") for name in read if name not in first
    )
    return Synced(_by_source(failed), _by_source(notes))


def _by_source(remarks: list[Failure]) -> tuple[Failure, ...]:
    return tuple(sorted(remarks, key=lambda remark: remark.source))


@dataclass(slots=True)
class _Outcome:
    read: list[str] = field(default_factory=list)
    """Sources whose articles were taken anew."""
    failed: list[Failure] = field(default_factory=list)
    notes: list[Failure] = field(default_factory=list)


def _read(
    library: Library,
    name: str,
    file: str,
    stamp: str | None,
    known: Sources,
    stamps: dict[str, str | None],
) -> _Outcome:
    """Read a file into the library, with the members of an archive, where it is not the one known.

    ``stamps`` takes how it looks where that alone is new.
    """
    outcome = _Outcome()
    one = known.get(name)
    present = set()
    try:
        for part in read_file(read_bytes(Path(file)), name, known):
            source = replace(part.source, stamp=stamp) if part.source.path == name else part.source
            present.add(source.path)
            if part.problem:
                outcome.failed.append(Failure(source.path, part.problem))
            elif part.page is not None:
                library.put_source(source, part.page.articles, part.page.fragments)
                outcome.notes += [Failure(source.path, note) for note in part.page.notes]
                if part.page.articles:
                    outcome.read.append(source.path)
    except BulletinError as error:
        outcome.failed.append(Failure(name, str(error)))
    else:
        if one is not None and not present and stamp != one.stamp:
            stamps[name] = stamp
        if present:
            for gone in known:
                if gone != name and file_of(gone) == name and gone not in present:
                    library.remove_source(gone)
    return outcome
