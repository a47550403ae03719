"""The doctor's checks of files and folders: what is there, what can be read and written, and what still fits.

Whether something can be read or written is found out by doing it: what the bits of a mode promise, a mount, a
quota or an access list may deny. Nothing stays behind.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from qa.assembly import MODELS_DIR
from qa.building import replacing
from qa.building.activation import served_folder
from qa.building.lock import LIBRARY_FILE, LOCK_FILE
from qa.config import DEFAULT_MODEL, Settings
from qa.durable import explain, nearest
from qa.errors import ConfigError, LibraryError, SnapshotError
from qa.formats import supported
from qa.ingest.emptied import emptied, known_sources
from qa.ingest.uploads import UPLOADS_DIR
from qa.models import default_model_path
from qa.storage.library import Library, Source
from qa.storage.sources import file_of, find
from qa.storage.stamps import stamp_of
from qa.types import Check

_RESERVE_BYTES = 300 * 10**6
"""What an index may grow by, with room for logs and uploads."""
_MODEL_BYTES = 700 * 10**6
"""What building the default model takes on top, half of it for a moment only."""
_FEW_FILES = 1000
"""A rebuild makes a few dozen files, each upload a few."""
_NAMED = 5
"""Files that a check names; there may be thousands."""


def bulletins_folder(settings: Settings) -> Check:
    """Tell whether there are bulletin files, and whether each can be read."""
    name, folder = "公报文件夹", settings.seeds_dir
    advice = "把公报文件放进这个文件夹，或用 QA_SEEDS_DIR 指定另一个"
    try:
        found = find([folder], (), Path.cwd(), _skipped(settings))
    except ConfigError as error:
        return Check(name, "fail", str(error), advice)
    bulletins = [file for file in map(Path, found.files.values()) if supported(file)]
    denied = [f"{f.source}：{f.reason}" for f in found.failed]
    denied += [f"{file}：{reason}" for file in bulletins if (reason := _unreadable(file))]
    if denied:
        return Check(name, "warn", f"有些读不了：{_listed(denied)}", "检查文件和文件夹的权限")
    if not bulletins and _emptied(settings):
        detail = f"{folder} 里收录过公报文件，现在一个也看不到了"
        return Check(
            name, "warn", detail, f"先看共享文件夹是不是断开了；确实不要了，运行 qa index {folder} 清空索引"
        )
    if not bulletins:
        return Check(name, "warn", f"{folder} 里没有公报文件", advice)
    return Check(name, "ok", f"{folder}：{len(bulletins)} 个公报文件")


def _emptied(settings: Settings) -> bool:
    try:
        known = known_sources(settings.data_dir / LIBRARY_FILE)
    except LibraryError:  # another check says so
        return False
    return bool(emptied([settings.seeds_dir], known, Path.cwd(), lambda _: False))


def data_folder(folder: Path) -> Check:
    """Tell whether the data folder can be written, or made."""
    name, advice = "数据文件夹", "检查文件夹的权限，或用 QA_DATA_DIR 指定另一个"
    place = nearest(folder)
    if reason := _unwritable_folder(place):
        return Check(name, "fail", f"{place} 不能写入：{reason}", advice)
    if replacing.pending(folder):
        return Check(
            name, "warn", f"{folder}：上次 qa import 没有做完", "运行 qa index，会先接着做完；不会丢失什么"
        )
    return Check(name, "ok", f"{folder}" if place == folder else f"{folder}（还没有建立，可以建立）")


def permissions(settings: Settings) -> Check:
    """Read and write, by really doing so, everything that the service and the indexer read and write."""
    name, data = "权限", settings.data_dir
    advice = "让运行服务的用户能读写这些文件和文件夹（chown、chmod），或检查磁盘是否以只读方式挂载"
    if not data.is_dir():
        return Check(name, "ok", "数据文件夹还没有建立")
    denied: list[str] = []

    def tried(path: Path, attempt: Callable[[Path], str | None], what: str) -> None:
        if os.path.lexists(path) and (reason := attempt(path)):
            denied.append(f"{path} 不能{what}：{reason}")

    for folder in ("", "snapshots", UPLOADS_DIR):
        tried(data / folder, _unwritable_folder, "写入")
    for file in (LIBRARY_FILE, f"{LIBRARY_FILE}-wal", f"{LIBRARY_FILE}-shm", LOCK_FILE, "withdrawn.lock"):
        tried(data / file, _unwritable_file, "读写")
    for file in ("current", "withdrawn.json", "jobs.jsonl", "synonyms.txt", "canaries.jsonl"):
        tried(data / file, _unreadable, "读取")
    for path in _generation(data):
        tried(path, _unreadable, "读取")
    if denied:
        return Check(name, "fail", _listed(denied), advice)
    if settings.seeds_dir.is_dir() and (reason := _unwritable_folder(settings.seeds_dir)):
        detail = f"{settings.seeds_dir} 不能写入（{reason}）：提问和 qa index 照常，编辑台不能收录上传的文件"
        return Check(name, "warn", detail, f"要用编辑台就{advice}")
    return Check(name, "ok", "数据文件夹、文库、索引、公报文件夹都能读写")


def disk_space(settings: Settings) -> Check:
    """Compare what is free with what a rebuild needs: a new snapshot beside the old one, a longer library."""
    name = "磁盘空间"
    needed = _library_bytes(settings.data_dir) + sum(map(_bytes_of, _generation(settings.data_dir)))
    rebuild = "重建索引"
    if settings.embedding_model == DEFAULT_MODEL and not default_model(settings).is_dir():
        needed += _MODEL_BYTES
        rebuild = "重建索引和准备模型"
    place = nearest(settings.data_dir)
    free = shutil.disk_usage(place).free
    detail = f"剩余 {free / 10**9:.1f} GB，{rebuild}约需 {(needed + _RESERVE_BYTES) / 10**9:.1f} GB"
    advice = "清理磁盘，或用 QA_DATA_DIR 换一个磁盘；旧的 replaced-、damaged- 备份确认无误后可以删除"
    if free < needed + _RESERVE_BYTES:
        # Without the reserve a rebuild may just fit; without what it copies it cannot.
        return Check(name, "fail" if free < max(needed, _RESERVE_BYTES // 10) else "warn", detail, advice)
    left = _free_files(place)
    if left is not None and left < _FEW_FILES:
        return Check(name, "warn", f"{detail}；只能再建 {left} 个文件（inode 快用完了）", "删除不用的小文件")
    return Check(name, "ok", detail)


def bulletin_files(settings: Settings) -> Check | None:
    """Compare the bulletin files with what the library has read of them; ``None`` where it cannot be read."""
    name = "公报文件"
    library_file = settings.data_dir / LIBRARY_FILE
    if not library_file.exists():
        return None
    try:
        with Library(library_file) as library:
            known = library.sources()
            articles = library.articles()
        found = find([settings.seeds_dir], known, Path.cwd(), _skipped(settings))
    except (LibraryError, ConfigError):
        return None  # other checks say so
    gone = {file_of(source) for source in found.gone} - found.files.keys()
    files = {source: path for source, file in found.files.items() if supported(path := Path(file))}
    new = [source for source in files if source not in known]
    changed = [s for s, file in files.items() if s in known and _changed(file, known[s])]
    said = []
    if gone:
        lost = sum(file_of(article.source) in gone for article in articles)
        said.append(
            f"{len(gone)} 个收录过的文件不见了（{_listed(sorted(gone))}），其中的 {lost} 篇文章还在使用"
        )
    if changed:
        said.append(f"{len(changed)} 个文件收录之后有改动（{_listed(changed)}）")
    if new:
        said.append(f"{len(new)} 个文件还没有收录（{_listed(new)}）")
    if not said:
        return Check(name, "ok", f"{len(files)} 个文件与收录时一样")
    advice = "运行 qa index 使索引跟上"
    if gone:
        advice += "，不见了的文件里的文章会移除；不该少的先把文件放回去"
    return Check(name, "warn", "；".join(said), advice)


def default_model(settings: Settings) -> Path:
    """Return where the default model is, or will be."""
    return default_model_path(settings.data_dir / MODELS_DIR)


def _changed(file: Path, source: Source) -> bool:
    """Tell whether a file is not the one that was read; one that cannot be read is another check's matter."""
    stamp = stamp_of(str(file))
    if stamp is not None and stamp == source.stamp:
        return False
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() != source.sha256
    except OSError:
        return False


def _skipped(settings: Settings) -> Path:
    return (Path.cwd() / settings.data_dir).absolute()


def _unreadable(path: Path) -> str | None:
    """Return in Chinese why a file or folder cannot be read, ``None`` where it can."""
    with _reason() as reason:
        if path.is_dir():
            os.listdir(path)
        else:
            with path.open("rb") as file:
                file.read(1)
    return reason.get("")


def _unwritable_file(path: Path) -> str | None:
    with _reason() as reason, path.open("r+b") as file:
        file.read(1)
    return reason.get("")


def _unwritable_folder(path: Path) -> str | None:
    with _reason() as reason, tempfile.TemporaryFile(dir=path) as file:
        file.write(b"x")
        file.flush()
    return reason.get("")


@contextmanager
def _reason() -> Iterator[dict[str, str]]:
    """Keep why the block failed, in Chinese, under the empty key."""
    found: dict[str, str] = {}
    try:
        yield found
    except OSError as error:
        found[""] = explain(error)


def _generation(data_dir: Path) -> list[Path]:
    """Return the folder that serves and all that is in it; empty where none does."""
    try:
        folder = served_folder(data_dir)
    except SnapshotError:
        return []
    return [folder, *sorted(folder.rglob("*"))] if folder else []


def _library_bytes(data_dir: Path) -> int:
    return sum(_bytes_of(data_dir / f"{LIBRARY_FILE}{part}") for part in ("", "-wal"))


def _bytes_of(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0


def _free_files(place: Path) -> int | None:
    """Return how many files can still be made; ``None`` where the system sets no limit, or does not say."""
    if not hasattr(os, "statvfs"):
        return None
    status = os.statvfs(place)
    return status.f_favail if status.f_files else None


def _listed(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 个" if len(names) > _NAMED else ""
    return "；".join(names[:_NAMED]) + more
