"""Check what the service stands on, from the interpreter to its models and files, and say what to do."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from packaging.requirements import Requirement

from qa.assembly import load_encoder, load_reranker, load_span_model
from qa.building.canaries import CANARIES_FILE
from qa.config import DEFAULT_MODEL, NO_MODEL, Settings
from qa.errors import PIP_INSTALL, ConfigError, ModelError, WithdrawalError
from qa.evaluation import read_cases
from qa.llm.client import ChatClient
from qa.models.encoder import Encoder
from qa.models.span_model import READER_FILE
from qa.operations import index_checks, storage_checks, store_checks
from qa.storage import withdrawals
from qa.types import Check
from qa.understanding import synonyms
from qa.understanding.synonyms import SYNONYMS_FILE

PACKAGE = "bulletin-qa"
_MIN_PYTHON = (3, 11)
_NAMED = 5
"""Wrong lines that a check names."""


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
    yield _withdrawn(settings.data_dir)
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
    if store := store_checks.milvus(settings, snapshot):
        yield store
    yield _reader(settings, progress)
    for optional in (_reranker(settings, progress), _synonyms(settings), _canaries(settings), _llm(settings)):
        if optional:
            yield optional


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
        return Check("软件包", "fail", f"没有安装 {PACKAGE}", f"运行 {PIP_INSTALL} . 或 make run")
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
        return Check("软件包", "fail", "；".join(wrong), f"运行 {PIP_INSTALL} . 或 make run 重新安装")
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


def _withdrawn(data_dir: Path) -> Check:
    name = "撤回记录"
    try:
        withdrawn = withdrawals.read(data_dir)
    except WithdrawalError as error:  # nothing is served that may have been withdrawn
        advice = "用 qa import --force 从备份恢复，或把完好的 withdrawn.json 放回去；在那之前服务启动后不回答"
        return Check(name, "fail", str(error), advice)
    return Check(name, "ok", f"完好：撤回 {len(withdrawn.articles)} 篇文章")


def _reader(settings: Settings, progress: Callable[[str], None] | None) -> Check:
    name, setting = "阅读模型", settings.reader_model
    if setting == NO_MODEL:
        return Check(name, "ok", "不用，只做匹配")
    if setting != DEFAULT_MODEL:
        return _chosen_model(
            name, "reader_model", settings, lambda located: load_span_model(located, progress)
        )
    from qa.models.packed import unpack  # seconds of imports that reading this module does not need

    try:
        if storage_checks.default_model(settings).is_dir():  # whose embeddings it shares
            load_span_model(settings, progress)
        else:
            unpack(READER_FILE)
    except ModelError as error:
        advice = f"重新安装或重新取得本项目，恢复 {READER_FILE}；或设 QA_READER_MODEL=none，只做匹配"
        return Check(name, "fail", str(error), advice)
    return Check(name, "ok", "随项目发布的模型完好")


def _reranker(settings: Settings, progress: Callable[[str], None] | None) -> Check | None:
    if settings.reranker_model is None:
        return None
    return _chosen_model(
        "重排模型", "reranker_model", settings, lambda located: load_reranker(located, progress)
    )


def _chosen_model(name: str, field: str, settings: Settings, load: Callable[[Settings], object]) -> Check:
    """Load a model that the settings name, but do not download it."""
    setting, variable = str(getattr(settings, field)), f"QA_{field.upper()}"
    try:
        place = _here(setting)
    except ValueError:
        advice = f"检查 {variable}，或删去它用默认的"
        return Check(name, "fail", f"模型路径不存在，也不是模型名：{setting}", advice)
    if place is None:
        advice = f"确认 {variable} 没有写错；不能联网的机器上，请把模型复制过来，把 {variable} 改为它的路径"
        return Check(name, "warn", f"本机没有 {setting}，启动服务时要联网下载，下载不了就启动不了", advice)
    try:
        load(settings.model_copy(update={field: str(place)}))
    except ModelError as error:
        return Check(name, "fail", str(error), f"检查 {variable}；下载不完整的，删去后重新下载")
    return Check(name, "ok", f"{setting}：可以使用")


def _here(setting: str) -> Path | None:
    """Return where a model lies on this machine, ``None`` where it would have to be downloaded.

    Raises:
        ValueError: it is no path that exists, and can be no model's name.
    """
    path = Path(setting).expanduser()
    if path.exists():
        return path
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(setting, "config.json")
    return Path(found).parent if isinstance(found, str) else None


def _synonyms(settings: Settings) -> Check | None:
    name, file = "近义词表", _chosen_file(settings.synonyms, settings.data_dir / SYNONYMS_FILE)
    if file is None:
        return None
    try:
        _, problems = synonyms.load(file)
    except ConfigError as error:  # the service does not start
        return Check(
            name, "fail", str(error), "检查这个文件：要能读取，是 UTF-8 编码的文本；或删去 QA_SYNONYMS"
        )
    if problems:
        more = f" 等 {len(problems)} 处" if len(problems) > _NAMED else ""
        detail = "；".join(problems[:_NAMED]) + more
        return Check(name, "warn", detail, "改正这些行（现在没有用上，其余照常），再重新启动服务")
    return Check(name, "ok", f"{file}：可以使用")


def _canaries(settings: Settings) -> Check | None:
    name, file = "校验题", _chosen_file(settings.canaries, settings.data_dir / CANARIES_FILE)
    if file is None:
        return None
    try:
        cases = read_cases(file)
    except ConfigError as error:  # a note in the report of each index
        advice = "改正这个文件，或不再指定它；在那之前，新的索引不用它检查"
        return Check(name, "warn", str(error), advice)
    return Check(name, "ok", f"{file}：{len(cases)} 题")


def _llm(settings: Settings) -> Check | None:
    name = "大模型"
    if settings.llm_base_url is None:
        return None
    if settings.llm_model is None:
        detail = "设置了 QA_LLM_BASE_URL，没有用 QA_LLM_MODEL 指定模型"
        return Check(name, "fail", detail, "补上 QA_LLM_MODEL；不用大模型就删去 QA_LLM_BASE_URL")
    try:
        ChatClient(settings.llm_base_url, settings.llm_model).close()
    except ConfigError as error:
        advice = f"运行 {PIP_INSTALL} -e '.[llm]'；不用大模型就删去 QA_LLM_BASE_URL"
        return Check(name, "fail", str(error), advice)
    return Check(name, "ok", f"{settings.llm_model}（没有试着连接；连不上时照常给出摘录的答案）")


def _chosen_file(chosen: Path | None, kept: Path) -> Path | None:
    """Return the file that the settings name, or else the one in the data folder if it is there."""
    return chosen or (kept if kept.is_file() else None)
