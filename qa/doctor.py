"""Check what the service stands on, from the interpreter to the live snapshot, and say what to do."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from collections.abc import Callable, Iterator

from packaging.requirements import Requirement

from qa import index_checks, storage_checks
from qa.config import DEFAULT_MODEL, Settings
from qa.encoder import Encoder
from qa.errors import ModelError
from qa.service import load_encoder
from qa.types import Check

PACKAGE = "bulletin-qa"
_MIN_PYTHON = (3, 11)


def examine(settings: Settings, progress: Callable[[str], None] | None = None) -> Iterator[Check]:
    """Yield the checks one by one, the quick ones first; only the data folder is written to, and briefly.

    Args:
        settings: what to check with.
        progress: told, in Chinese, what takes long.
    """
    yield _python()
    yield _packages()
    yield storage_checks.bulletins_folder(settings)
    yield storage_checks.data_folder(settings.data_dir)
    yield storage_checks.permissions(settings)
    yield storage_checks.disk_space(settings)
    yield index_checks.library(settings.data_dir)
    if check := storage_checks.bulletin_files(settings):
        yield check
    snapshot, check = index_checks.serving(settings.data_dir)
    yield check
    if snapshot and (compared := index_checks.snapshot_against_library(snapshot, settings.data_dir)):
        yield compared
    encoder, check = _model(settings, progress)
    yield check
    if snapshot and encoder:
        yield index_checks.snapshot_against_model(
            snapshot, encoder, settings.embedding_model, settings.data_dir
        )


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


def _model(settings: Settings, progress: Callable[[str], None] | None) -> tuple[Encoder | None, Check]:
    name = "句向量模型"
    if settings.embedding_model == DEFAULT_MODEL and not storage_checks.default_model(settings).is_dir():
        return None, Check(
            name, "warn", "默认模型还没有准备", f"{index_checks.RUN_INDEX}，会自动准备，不用联网"
        )
    try:
        encoder = load_encoder(settings, progress)
    except ModelError as error:
        return None, Check(name, "fail", str(error), "检查 QA_EMBEDDING_MODEL；默认模型可删去后重建")
    detail = f"{settings.embedding_model}：{encoder.dimension} 维，指纹 {encoder.fingerprint[:12]}"
    return encoder, Check(name, "ok", detail)
