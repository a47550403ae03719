"""Check what the service stands on, from the interpreter to the live snapshot, and say what to do."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement

from qa.activation import load_current
from qa.catalogue import serving_folder
from qa.config import DEFAULT_MODEL, Settings
from qa.durable import explain
from qa.encoder import Encoder
from qa.errors import ConfigError, LibraryError, ModelError, SnapshotError
from qa.formats import supported
from qa.indexing import LIBRARY_FILE
from qa.library import Library
from qa.models import default_model_path
from qa.service import MODELS_DIR, load_encoder
from qa.snapshot import Snapshot
from qa.sources import find

PACKAGE = "bulletin-qa"
_MIN_PYTHON = (3, 11)
_NEEDED_BYTES = 300 * 10**6
"""Free space below which an index may not fit."""
_MODEL_BYTES = 700 * 10**6
"""What building the default model takes on top, half of it for a moment only."""
_RUN_INDEX = "运行 qa index"


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check."""

    name: str
    status: Literal["ok", "warn", "fail"]
    detail: str
    advice: str | None = None
    """What to do, where there is something to do."""


def examine(settings: Settings, progress: Callable[[str], None] | None = None) -> Iterator[Check]:
    """Yield the checks one by one, the quick ones first; only the data folder is written to, and briefly.

    Args:
        settings: what to check with.
        progress: told, in Chinese, what takes long.
    """
    yield _python()
    yield _packages()
    yield _seeds(settings)
    yield _data_folder(settings.data_dir)
    yield _disk_space(settings)
    yield _library(settings.data_dir)
    snapshot, check = _snapshot(settings.data_dir)
    yield check
    encoder, check = _model(settings, progress)
    yield check
    if snapshot and encoder:
        yield _same_model(snapshot, encoder)


def _python() -> Check:
    version = f"{platform.python_version()}（{sys.executable}）"
    if sys.version_info < _MIN_PYTHON:
        return Check("Python", "fail", version, "请安装 Python 3.11 或更新的版本")
    return Check("Python", "ok", version)


def _packages() -> Check:
    """Compare the packages installed with what this one requires."""
    try:
        required = [Requirement(line) for line in importlib.metadata.requires(PACKAGE) or ()]
    except importlib.metadata.PackageNotFoundError:
        return Check("软件包", "fail", f"没有安装 {PACKAGE}", "运行 pip install . 或 make run")
    versions: dict[str, str] = {}
    wrong = []
    for requirement in (r for r in required if r.marker is None or r.marker.evaluate({"extra": ""})):
        try:
            versions[requirement.name] = version = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"没有安装 {requirement.name}")
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            wrong.append(f"{requirement.name} 的版本是 {version}，需要 {requirement.specifier}")
    if wrong:
        return Check("软件包", "fail", "；".join(wrong), "运行 pip install . 或 make run 重新安装")
    return Check("软件包", "ok", "，".join(f"{name} {version}" for name, version in sorted(versions.items())))


def _seeds(settings: Settings) -> Check:
    name, folder = "公报文件夹", settings.seeds_dir
    advice = "把公报文件放进这个文件夹，或用 QA_SEEDS_DIR 指定另一个"
    root = Path.cwd()
    try:
        found = find([folder], (), root, (root / settings.data_dir).absolute())
    except ConfigError as error:
        return Check(name, "fail", str(error), advice)
    bulletins = [file for file in map(Path, found.files.values()) if supported(file)]
    denied = [f"{f.source}：{f.reason}" for f in found.failed]
    denied += [str(file) for file in bulletins if not os.access(file, os.R_OK)]
    if denied:
        return Check(name, "warn", f"有些读不了：{'；'.join(denied)}", "检查文件和文件夹的权限")
    if not bulletins:
        return Check(name, "warn", f"{folder} 里没有公报文件", advice)
    return Check(name, "ok", f"{folder}：{len(bulletins)} 个公报文件")


def _data_folder(folder: Path) -> Check:
    name, advice = "数据文件夹", "检查文件夹的权限，或用 QA_DATA_DIR 指定另一个"
    place = _existing(folder)
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Check(name, "fail", f"{place} 不能写入：{explain(error)}", advice)
    return Check(name, "ok", f"{folder}" if place == folder else f"{folder}（还没有建立，可以建立）")


def _disk_space(settings: Settings) -> Check:
    needed = _NEEDED_BYTES
    if settings.embedding_model == DEFAULT_MODEL and not _default_model(settings).is_dir():
        needed += _MODEL_BYTES
    free = shutil.disk_usage(_existing(settings.data_dir)).free
    detail = f"剩余 {free / 10**9:.1f} GB，需要约 {needed / 10**9:.1f} GB"
    if free < needed:
        return Check("磁盘空间", "fail", detail, "清理磁盘，或用 QA_DATA_DIR 换一个磁盘")
    return Check("磁盘空间", "ok", detail)


def _library(data_dir: Path) -> Check:
    name, file = "文库", data_dir / LIBRARY_FILE
    if not file.exists():
        return Check(name, "warn", "还没有建立", _RUN_INDEX)
    try:
        with Library(file) as library:
            problems = library.problems()
            sources, articles = len(library.sources()), len(library.articles())
    except LibraryError as error:
        problems = [str(error)]
    if problems:
        return Check(name, "fail", "；".join(problems), f"{_RUN_INDEX}，会把它移开并重建")
    return Check(name, "ok", f"完好：{sources} 个文件，{articles} 篇文章")


def _snapshot(data_dir: Path) -> tuple[Snapshot | None, Check]:
    name = "索引"
    try:
        serving_folder(data_dir)
    except SnapshotError as error:
        return None, Check(name, "warn", str(error), _RUN_INDEX)
    try:
        snapshot = load_current(data_dir)
    except SnapshotError as error:
        return None, Check(name, "fail", str(error), f"{_RUN_INDEX}，会从文库重建")
    counts = f"{len(snapshot.articles)} 篇文章，{len(snapshot.passages)} 个段落"
    return snapshot, Check(name, "ok", f"第 {snapshot.generation} 代，与清单相符：{counts}")


def _model(settings: Settings, progress: Callable[[str], None] | None) -> tuple[Encoder | None, Check]:
    name = "句向量模型"
    if settings.embedding_model == DEFAULT_MODEL and not _default_model(settings).is_dir():
        return None, Check(name, "warn", "默认模型还没有准备", f"{_RUN_INDEX}，会自动准备，不用联网")
    try:
        encoder = load_encoder(settings, progress)
    except ModelError as error:
        return None, Check(name, "fail", str(error), "检查 QA_EMBEDDING_MODEL；默认模型可删去后重建")
    detail = f"{settings.embedding_model}：{encoder.dimension} 维，指纹 {encoder.fingerprint[:12]}"
    return encoder, Check(name, "ok", detail)


def _same_model(snapshot: Snapshot, encoder: Encoder) -> Check:
    name = "索引与模型"
    if snapshot.fingerprint == encoder.fingerprint:
        return Check(name, "ok", "索引是用这个模型建立的")
    detail = f"索引是用另一个模型（{snapshot.model}，指纹 {snapshot.fingerprint[:12]}）建立的"
    return Check(name, "fail", detail, f"{_RUN_INDEX}，会用现在的模型重建")


def _default_model(settings: Settings) -> Path:
    return default_model_path(settings.data_dir / MODELS_DIR)


def _existing(folder: Path) -> Path:
    """Return a folder, or the nearest of its parents that exists."""
    return next(place for place in (folder, *folder.absolute().parents) if place.is_dir())
