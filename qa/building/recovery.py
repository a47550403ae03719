"""A library that is damaged or gone is made again: from the snapshot that serves, then from the files.

Everything in the library comes from the bulletin files, but a run sees only those under the paths it is
given, and encoding them again takes hours. So the new library begins with the articles and vectors of
the newest whole snapshot; the run then reads its files as usual.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import defaultdict
from pathlib import Path

import numpy as np

from qa.building import activation
from qa.durable import explain, flush
from qa.errors import LibraryError, SnapshotError
from qa.index.passages import vector_key
from qa.index.snapshot import Snapshot
from qa.index.snapshot_files import load
from qa.storage.library import Library, Source
from qa.types import Article, Failure

_BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a library's file and reads with it, whatever file that is by then."""
_BATCH = 1000


def set_aside(library: Path) -> Path:
    """Rename a damaged library, so that nothing of it is lost; return what it is called now.

    Raises:
        LibraryError: it cannot be renamed.
    """
    now = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = library.with_name(f"{library.name}.damaged-{now}")
    try:
        for part in (*_BESIDE, ""):  # the file last: a log that outlived it would be taken for the next one's
            if os.path.lexists(f"{library}{part}"):
                os.replace(f"{library}{part}", f"{aside}{part}")
        flush(library.parent)
    except OSError as error:
        raise LibraryError(f"文库文件已损坏,又无法移开:{explain(error)}({library})") from error
    return aside


def refill(library: Path, data_dir: Path) -> Failure | None:
    """Begin a library that is not there, or has nothing in it, with what a snapshot holds.

    Returns:
        What to tell the editor; ``None`` where nothing was done: the library has something in it, or there
        is no whole snapshot either.

    Raises:
        LibraryError: it cannot be written.
    """
    unfinished = library.with_name(f".{library.name}.new")
    try:
        _remove(unfinished, "", *_BESIDE)
        if _holds_something(library):
            return None
        if not library.exists():
            _remove(library, *_BESIDE)
        snapshot = _newest_whole(data_dir)
        if snapshot is None or not snapshot.articles:
            return None
        with Library(unfinished) as new:
            _fill(new, snapshot)
        flush(unfinished)
        _remove(library, *_BESIDE)
        os.replace(unfinished, library)
        flush(library.parent)
    except OSError as error:
        raise LibraryError(f"文库无法重建:{explain(error)}({library})") from error
    return Failure(
        str(library),
        f"文库缺失,已从第 {snapshot.generation} 代索引恢复 {len(snapshot.articles)} 篇文章,再按公报文件更新",
    )


def _holds_something(library: Path) -> bool:
    if not library.exists() or not library.stat().st_size:
        return False
    with Library(library) as present:
        return not present.is_empty()


def _remove(file: Path, *parts: str) -> None:
    for part in parts:
        Path(f"{file}{part}").unlink(missing_ok=True)


def _newest_whole(data_dir: Path) -> Snapshot | None:
    try:
        return activation.load_current(data_dir)
    except SnapshotError:
        pass
    for number in activation.numbers_on_disk(data_dir):
        try:
            return load(activation.folder_of(data_dir, number))
        except SnapshotError:
            continue
    return None


def _fill(library: Library, snapshot: Snapshot) -> None:
    by_source: defaultdict[str, list[Article]] = defaultdict(list)
    for article in snapshot.articles:
        by_source[article.source].append(article)
    for path, articles in by_source.items():
        # No file has this hash, so each is read anew as soon as a run comes by.
        library.put_source(Source(path, sha256="", size=-1, parser_version=0), articles)
    keys = [vector_key(snapshot.article(p.article_id).title, p.text) for p in snapshot.passages]
    rows = np.arange(len(keys))
    for at in range(0, len(keys), _BATCH):
        batch = rows[at : at + _BATCH]
        library.put_vectors(snapshot.fingerprint, keys[at : at + _BATCH], snapshot.vectors.vectors(batch))
    library.put_generation(snapshot.record)
