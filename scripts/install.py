"""Install this project into the environment of the Python that runs this: ``install.py [EXTRA…]``.

torch comes first and by itself: its default build for Linux brings gigabytes of GPU libraries that this
project has no use for, so the CPU build is taken wherever it can be had. Standard library only.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
TORCH = "torch==2.13.0"
"""The build this project is tested with; any that pyproject.toml allows will do."""
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
SILENT_SECONDS = 10
"""After them a host that has said nothing counts as out of reach."""


def main(extras: Sequence[str]) -> int:
    """Install torch, then the project with its dependencies; return pip's exit status."""
    forget_unfinished()
    install_torch()
    say("正在安装公报问答和它的依赖…")
    return pip("install", "--editable", f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT))


def forget_unfinished() -> None:
    """Make pip install again what an interrupted run left half installed.

    pip takes a package's METADATA for proof that it is there, but writes INSTALLER last.
    """
    for metadata in Path(sysconfig.get_path("purelib")).glob("*.dist-info"):
        if not (metadata / "INSTALLER").is_file():
            shutil.rmtree(metadata)


def install_torch() -> None:
    """Install a CPU build of torch from the first place that has one; leave it to pip where none has."""
    if has_torch():
        return
    say("正在安装 torch（CPU 版）…")
    if (
        pip("install", "--no-index", "--no-deps", TORCH, quiet=True) == 0
    ):  # a wheel that pip is configured to find
        return
    if sys.platform == "linux" and answers(CPU_INDEX):
        alone = {"PIP_EXTRA_INDEX_URL": "", "PIP_RETRIES": "1", "PIP_DEFAULT_TIMEOUT": "30"}
        if pip("install", "--no-deps", "--index-url", CPU_INDEX, TORCH, environment=alone, quiet=True) == 0:
            return
    say("没有取到 CPU 版，改从默认的软件源安装（可能大得多）…")


def answers(url: str) -> bool:
    """Tell whether a host answers soon, be it with a refusal; pip would wait for each of its addresses."""
    fetch = "import sys, urllib.request; urllib.request.urlopen(sys.argv[1])"
    try:
        subprocess.run(
            [sys.executable, "-c", fetch, url], capture_output=True, timeout=SILENT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return True


def has_torch() -> bool:
    """Tell whether torch is there in a version that pyproject.toml allows."""
    try:
        version = importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return False
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    allowed = next(line for line in project["dependencies"] if line.startswith("torch>="))
    lowest, highest = (release(bound) for bound in re.findall(r"[\d.]+", allowed))
    return lowest <= release(version) < highest


def release(version: str) -> tuple[int, ...]:
    """Return the numbers of a version: ``2.13.0+cpu`` → ``(2, 13, 0)``."""
    return tuple(int(number) for number in re.findall(r"\d+", version.partition("+")[0])[:3])


def pip(*arguments: str, environment: Mapping[str, str] | None = None, quiet: bool = False) -> int:
    """Run pip; ``quiet`` hides the complaints of an attempt that may well fail."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    hidden = subprocess.DEVNULL if quiet else None
    return subprocess.run(
        command, env={**os.environ, **(environment or {})}, stderr=hidden, check=False
    ).returncode


def say(message: str) -> None:
    """Tell what is going on."""
    print(message, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("\n已中断；再次运行会接着安装。")
        sys.exit(130)
