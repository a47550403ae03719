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

from pydantic import TypeAdapter, ValidationError

from qa.durable import explain, flush, flush_tree, replace_file, sha256_of, unfinished
from qa.errors import SnapshotError
from qa.index.making import Made
from qa.index.snapshot import Snapshot
from qa.index.snapshot_files import MANIFEST, load, save, verify
from qa.storage.library import Generation

KEPT = 3
"""Snapshots that stay on disk: the newest ones that were activated; the one that serves stays anyway."""
_CURRENT, _SNAPSHOTS, _BUILDING = "current", "snapshots", ".building-"
_LOAD_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class _Current:
    generation: int
    content_hash: str
    manifest: str
    """SHA-256 of its snapshot's manifest, which holds those of the other files."""
    newest: int = 0
    """The highest number ever activated; above ``generation`` where an older one was activated again."""


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


def write(made: Made, data_dir: Path) -> None:
    """Write a generation under its number: flushed to the disk, read back and compared; not active yet.

    Raises:
        SnapshotError: it cannot be written, or does not read back as what was written.
    """
    building = None
    try:
        (data_dir / _SNAPSHOTS).mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=data_dir / _SNAPSHOTS))
        building.chmod(0o755)  # mkdtemp's 0700 would hide it from a server that runs as another user
        manifest = save(made, building)
        flush_tree(building)
        if verify(building) != manifest:
            raise SnapshotError(f"写好的索引快照读回来不一致,没有启用:{building}")
        building.rename(folder_of(data_dir, made.record.id))
        flush(data_dir / _SNAPSHOTS)
    except BaseException as error:
        if building is not None:
            _delete(building)
        if isinstance(error, OSError):
            raise SnapshotError(f"无法写入索引快照:{explain(error)}({data_dir / _SNAPSHOTS})") from error
        raise


def activate(record: Generation, data_dir: Path) -> None:
    """Make a written generation the one that serves.

    Raises:
        SnapshotError: the file cannot be written; what served before goes on serving.
    """
    _point_to(data_dir, record.id, record.content_hash)


def reactivate(data_dir: Path, generation: int) -> None:
    """Make an older snapshot serve again, after checking it through; newer ones stay on disk.

    Raises:
        SnapshotError: it is damaged, of another number or model, or the file cannot be written; what served
            before goes on serving.
    """
    snapshot = load(folder_of(data_dir, generation))
    if snapshot.generation != generation:
        raise SnapshotError(f"索引快照的编号与文件夹不符：{folder_of(data_dir, generation)}")
    try:
        serving = served_folder(data_dir)
        model = verify(serving).generation.fingerprint if serving else snapshot.fingerprint
    except SnapshotError:
        model = snapshot.fingerprint  # what serves is damaged: any whole snapshot is better
    if model != snapshot.fingerprint:
        raise SnapshotError(
            f"第 {generation} 代是用另一个句向量模型（{snapshot.model}）建立的，现在的服务用不了；"
            "请先换回那个模型，再运行 qa index"
        )
    _point_to(data_dir, generation, snapshot.content_hash)


def _point_to(data_dir: Path, generation: int, content_hash: str) -> None:
    manifest = folder_of(data_dir, generation) / MANIFEST
    try:
        newest = max(generation, _newest_activated(data_dir))
        current = _Current(generation, content_hash, sha256_of(manifest), newest)
        replace_file(data_dir / _CURRENT, _CURRENT_JSON.dump_json(current))
    except OSError as error:
        _delete(unfinished(data_dir / _CURRENT))
        raise SnapshotError(f"无法启用新的索引:{explain(error)}({data_dir / _CURRENT})") from error


def kept_on_disk(data_dir: Path) -> set[int]:
    """Return the numbers of the snapshots on disk that serve or served."""
    newest = _newest_activated(data_dir)
    return {n for n in _numbered(data_dir) if n <= newest}


def _newest_activated(data_dir: Path) -> int:
    try:
        current = _current(data_dir)
    except SnapshotError:  # which one serves is unknown; all that has its number was whole once
        return max(_numbered(data_dir), default=0)
    return max(current.generation, current.newest) if current else 0


def clean(data_dir: Path) -> None:
    """Delete half-written snapshots, those that were never activated and those beyond the last few.

    What cannot be deleted stays for the next time: litter is no reason to fail.
    """
    try:
        current = current_generation(data_dir)
    except SnapshotError:
        return
    kept = {*sorted(kept_on_disk(data_dir))[-KEPT:], current[0] if current else 0}
    for number in set(_numbered(data_dir)) - kept:
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
