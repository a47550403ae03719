"""Turn a model setting, a path or a hub name, into a local directory."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from qa.errors import ModelError
from qa.models.quiet import quiet_loading

HUB_SECONDS = 10.0
"""How long the hub may take to answer before it counts as unreachable."""

_HUB_NAME = re.compile(r"(?:[\w.-]+/)?[\w.-]+", re.ASCII)
_WEIGHTS = {".safetensors", ".bin"}
_OTHERS = {".json", ".txt", ".model"}
_OTHER_RUNTIMES = {"onnx", "openvino", "coreml", "gguf"}
_VOCABULARIES = {
    "tokenizer.json", "vocab.txt", "vocab.json", "sentencepiece.bpe.model", "spiece.model", "tokenizer.model",
}  # fmt: skip


def locate_model(setting: str, progress: Callable[[str], None] | None = None) -> Path:
    """Return the local directory of a model, downloading it from the hub only if it is nowhere here.

    A path is taken as it is; a name is looked up in the local Hugging Face cache, then on the hub.

    Args:
        setting: a directory, or a hub name such as ``BAAI/bge-small-zh-v1.5``.
        progress: called with a Chinese sentence before a download.

    Raises:
        ModelError: the path holds no model, the name is unknown, or the hub cannot be reached.
    """
    path = Path(setting).expanduser()
    if path.exists():
        if not (path / "config.json").is_file() and not (path / "modules.json").is_file():
            raise ModelError(f"{setting} 里没有模型(找不到 config.json 或 modules.json)")
        return path.resolve()
    looks_like_path = setting.startswith((".", "~", "/", "\\")) or setting.count("/") > 1
    if looks_like_path or not _HUB_NAME.fullmatch(setting):
        raise ModelError(f"模型路径不存在:{setting}")
    return _cached(setting) or _download(setting, progress)


def model_files(names: Iterable[str]) -> list[str]:
    """Pick the files that loading a model reads, of all in a directory or repository; sorted.

    Configuration, vocabulary and weights; of two formats of weights side by side only safetensors. Used both
    to choose what to download and what a model's identity is made of, so the two agree.
    """
    kept = []
    for name in names:
        path = PurePosixPath(name)
        hidden = any(part.startswith(".") or part in _OTHER_RUNTIMES for part in path.parts)
        if not hidden and path.suffix in _WEIGHTS | _OTHERS:
            kept.append(path)
    safe = {path.parent for path in kept if path.suffix == ".safetensors"}
    return sorted(str(path) for path in kept if path.suffix != ".bin" or path.parent not in safe)


def directory_files(directory: Path) -> list[str]:
    """Return :func:`model_files` of a local directory, as POSIX paths relative to it."""
    return model_files(p.relative_to(directory).as_posix() for p in directory.rglob("*") if p.is_file())


def _cached(name: str) -> Path | None:
    """Return the hub cache's snapshot of a model, unless there is none or a download broke off."""
    from huggingface_hub import try_to_load_from_cache

    # Not a local-only snapshot_download: newer clients refuse a snapshot without the files that nobody needs.
    for file in ("modules.json", "config.json"):
        found = try_to_load_from_cache(name, file)
        if isinstance(found, str) and _is_complete(Path(found).parent):
            return Path(found).parent
    return None


def _is_complete(directory: Path) -> bool:
    files = directory_files(directory)
    if not {"config.json", "modules.json"} & set(files):
        return False
    try:
        modules = json.loads((directory / "modules.json").read_text(encoding="utf-8"))
        folders = [module["path"] for module in modules if not module["type"].endswith("Normalize")]
    except FileNotFoundError:
        folders = []
    except (OSError, ValueError, KeyError, TypeError):
        return False
    parts_there = all((directory / folder).is_dir() for folder in folders)
    has_weights = any(PurePosixPath(name).suffix in _WEIGHTS for name in files)
    return parts_there and has_weights and any(PurePosixPath(name).name in _VOCABULARIES for name in files)


def _download(name: str, progress: Callable[[str], None] | None) -> Path:
    from huggingface_hub import HfApi, constants, snapshot_download
    from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, RepositoryNotFoundError

    advice = "可改用本地模型路径,或恢复默认设置"
    if constants.HF_HUB_OFFLINE:
        raise ModelError(f"本机没有模型 {name},而环境变量 HF_HUB_OFFLINE 禁止联网下载;{advice}")
    if progress is not None:
        progress(f"正在下载模型 {name}…")
    reached = False
    try:
        with quiet_loading():
            # A short request first: without a network this fails at once, not after many retries.
            info = HfApi().model_info(name, timeout=HUB_SECONDS)
            reached = True
            wanted = model_files(file.rfilename for file in info.siblings or ())
            path = snapshot_download(name, allow_patterns=wanted, etag_timeout=HUB_SECONDS)
    except GatedRepoError as error:
        raise ModelError(f"模型 {name} 需要先在模型站申请并登录(HF_TOKEN);{advice}") from error
    except RepositoryNotFoundError as error:
        raise ModelError(f"模型站上没有名为 {name} 的模型(或需要登录);请检查名称是否正确,{advice}") from error
    except HfHubHTTPError as error:
        raise ModelError(f"模型站拒绝了下载 {name} 的请求:{_first_line(error)};{advice}") from error
    except Exception as error:  # no connection, no space: whose error it is depends on the client's version
        what = f"下载模型 {name} 时出错" if reached else f"本机没有模型 {name},也连不上模型站"
        raise ModelError(f"{what}({_first_line(error)});{advice}") from error
    return Path(path)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:200] or type(error).__name__
