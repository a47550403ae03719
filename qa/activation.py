"""Which snapshot serves: written beside, verified, then activated in one atomic step.

``data/current`` is a small JSON file that names the generation; replacing it is the activation. All
but the reading functions are called under the build lock.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter, ValidationError

from qa.durable import explain, flush, flush_tree, replace_file, sha256_of, unfinished
from qa.errors import SnapshotError
from qa.snapshot import MANIFEST, Snapshot, load, save

KEPT = 3
"""Snapshots that stay on disk: the one that serves and those before it."""
_CURRENT, _SNAPSHOTS, _BUILDING = "current", "snapshots", ".building-"
_LOAD_ATTEMPTS = 3
_ROUND_TRIPS = 16


@dataclass(frozen=True, slots=True)
class _Current:
    generation: int
    content_hash: str
    manifest: str
    """SHA-256 of its snapshot's manifest, which holds those of the other files."""


_CURRENT_JSON = TypeAdapter(_Current)


def current_generation(data_dir: Path) -> tuple[int, str] | None:
    """Return number and content hash of the generation that serves, ``None`` before the first.

    One small read: a serving process asks it again and again to notice a new generation.

    Raises:
        SnapshotError: the file is damaged or cannot be read.
    """
    current = _current(data_dir)
    return (current.generation, current.content_hash) if current else None


def folder_of(data_dir: Path, generation: int) -> Path:
    """Return where a generation's snapshot lies."""
    return data_dir / _SNAPSHOTS / str(generation)


def served_folder(data_dir: Path) -> Path | None:
    """Return the snapshot's folder that serves, its manifest proved whole; ``None`` before the first.

    Raises:
        SnapshotError: the manifest is missing, damaged or of another generation.
    """
    current = _current(data_dir)
    if current is None:
        return None
    manifest = folder_of(data_dir, current.generation) / MANIFEST
    try:
        whole = sha256_of(manifest) == current.manifest
    except OSError as error:
        raise SnapshotError(f"无法读取索引快照的清单:{explain(error)}({manifest})") from error
    if not whole:
        raise SnapshotError(f"索引快照的清单已损坏,或不是启用的那一个:{manifest}")
    return manifest.parent


def load_current(data_dir: Path, expected_fingerprint: str | None = None) -> Snapshot:
    """Load the generation that serves, checked through.

    Args:
        data_dir: the data folder.
        expected_fingerprint: of the model that will encode questions; not compared where ``None``.

    Raises:
        SnapshotError: there is none, it is damaged, or another model made it; says what to do.
    """
    for _ in range(_LOAD_ATTEMPTS):
        current = _current(data_dir)
        try:
            folder = served_folder(data_dir)
            if folder is None:
                raise SnapshotError(f"还没有建立索引,请先运行 qa index(数据文件夹:{data_dir})")
            snapshot = load(folder)
        except SnapshotError:
            if _current(data_dir) == current:
                raise
            continue  # a builder moved on and cleaned up while the files were being read
        if expected_fingerprint not in (None, snapshot.fingerprint):
            raise SnapshotError(f"索引是用另一个句向量模型({snapshot.model})建立的,请运行 qa index 重建索引")
        return snapshot
    raise SnapshotError(f"索引正在不断更新,一时无法读取,请稍后再试:{data_dir}")


def newest_number(data_dir: Path) -> int:
    """Return the highest generation number in use on disk, 0 where there is none."""
    try:
        current = current_generation(data_dir)
    except SnapshotError:  # a damaged file holds no number that anybody could serve
        current = None
    return max([current[0] if current else 0, *_numbered(data_dir)])


def numbers_on_disk(data_dir: Path) -> list[int]:
    """Return the numbers of the snapshots on disk, newest first; some may be damaged or never activated."""
    return sorted(_numbered(data_dir), reverse=True)


def write(snapshot: Snapshot, data_dir: Path) -> None:
    """Write a snapshot under its number: flushed to the disk, loaded back and compared; not active yet.

    Raises:
        SnapshotError: it cannot be written, or does not read back as what was written.
    """
    building = None
    try:
        (data_dir / _SNAPSHOTS).mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=data_dir / _SNAPSHOTS))
        building.chmod(0o755)  # mkdtemp's 0700 would hide it from a server that runs as another user
        save(snapshot, building)
        flush_tree(building)
        _compare(snapshot, load(building), building)
        building.rename(folder_of(data_dir, snapshot.generation))
        flush(data_dir / _SNAPSHOTS)
    except BaseException as error:
        if building is not None:
            _delete(building)
        if isinstance(error, OSError):
            raise SnapshotError(f"无法写入索引快照:{explain(error)}({data_dir / _SNAPSHOTS})") from error
        raise


def activate(snapshot: Snapshot, data_dir: Path) -> None:
    """Make a written snapshot the one that serves.

    Raises:
        SnapshotError: the file cannot be written; what served before goes on serving.
    """
    manifest = folder_of(data_dir, snapshot.generation) / MANIFEST
    try:
        current = _Current(snapshot.generation, snapshot.content_hash, sha256_of(manifest))
        replace_file(data_dir / _CURRENT, _CURRENT_JSON.dump_json(current))
    except OSError as error:
        _delete(unfinished(data_dir / _CURRENT))
        raise SnapshotError(f"无法启用新的索引:{explain(error)}({data_dir / _CURRENT})") from error


def clean(data_dir: Path) -> None:
    """Delete half-written snapshots, those that were never activated and those beyond the last few.

    What cannot be deleted stays for the next time: litter is no reason to fail.
    """
    try:
        current = current_generation(data_dir)
    except SnapshotError:
        return
    serving = current[0] if current else 0
    numbers = _numbered(data_dir)
    kept = sorted(n for n in numbers if n <= serving)[-KEPT:]
    for number in set(numbers) - set(kept):
        _delete(folder_of(data_dir, number))
    for building in (data_dir / _SNAPSHOTS).glob(f"{_BUILDING}*"):
        _delete(building)
    _delete(unfinished(data_dir / _CURRENT))


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _current(data_dir: Path) -> _Current | None:
    path = data_dir / _CURRENT
    try:
        return _CURRENT_JSON.validate_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SnapshotError(f"无法读取 {path}:{explain(error)}") from error
    except ValidationError as error:
        raise SnapshotError(f"文件已损坏,请运行 qa index 重建索引:{path}") from error


def _numbered(data_dir: Path) -> list[int]:
    return [int(path.name) for path in (data_dir / _SNAPSHOTS).glob("*") if path.name.isdecimal()]


def _compare(written: Snapshot, read: Snapshot, folder: Path) -> None:
    rows = np.unique(np.linspace(0, len(written.passages) - 1, _ROUND_TRIPS).astype(np.int64))
    rows = rows[: len(written.passages)]
    same = (
        read.record == written.record
        and read.articles == written.articles
        and read.passages == written.passages
        and np.array_equal(read.vectors.vectors(rows), written.vectors.vectors(rows))
    )
    if not same:
        raise SnapshotError(f"写好的索引快照读回来不一致,没有启用:{folder}")
