"""What a newcomer meets first: the Makefile, the environment and its installer."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def install() -> ModuleType:
    """Return the installer as a module."""
    spec = importlib.util.spec_from_file_location("install", ROOT / "scripts" / "install.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_make_alone_lists_the_targets() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert re.findall(r"^  make (\w+)", done.stdout, re.M) == [
        "help", "run", "test", "lint", "types", "bench", "clean"
    ]  # fmt: skip


@pytest.mark.parametrize("setting", ["BENCH_DATA=", "BENCH_DATA=/nowhere"])
def test_bench_asks_for_its_data_before_it_installs_anything(setting: str) -> None:
    # As from a shell: `make test` tells the makes that its tests start that they are within another.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        ["make", "bench", setting, "VENV=/nowhere/venv"], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "make bench BENCH_DATA=文件夹" in done.stderr
    assert not done.stdout


class TestVirtualEnvironment:
    @pytest.fixture
    def tools(self, tmp_path: Path) -> Path:
        """Return the only folder of programs: a shell's few tools, and no Python."""
        tools = tmp_path / "bin"
        tools.mkdir()
        for name in ("sh", "cat"):
            (tools / name).symlink_to(str(shutil.which(name)))
        return tools

    def python(self, tools: Path, name: str, *, version: tuple[int, int], venv: bool) -> None:
        """Put a Python there that is as old or as bare as told."""
        real, broken = sys.executable, "import sys; sys.modules['ensurepip'] = None; " if not venv else ""
        pretend = f"import sys; sys.version_info = {(*version, 0)}; {broken}"
        (tools / name).write_text(
            f"""#!/bin/sh
            case "$1" in
                --version) echo "Python {version[0]}.{version[1]}.0" ;;
                -c) exec {real} -c "{pretend}$2" ;;
                *) exec {real} "$@" ;;
            esac
            """,
            encoding="utf-8",
        )
        (tools / name).chmod(0o755)

    def make(self, tools: Path, venv: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the script that makes the environment."""
        command = [str(tools / "sh"), str(ROOT / "scripts" / "venv.sh"), str(venv)]
        return subprocess.run(
            command, env={"PATH": str(tools), **environment}, capture_output=True, text=True, check=False
        )

    def test_no_python_at_all(self, tools: Path, tmp_path: Path) -> None:
        done = self.make(tools, tmp_path / "venv")
        assert done.returncode == 1
        assert "没有找到 Python" in done.stderr
        assert "apt install python3 python3-venv" in done.stderr

    def test_a_python_that_is_too_old(self, tools: Path, tmp_path: Path) -> None:
        self.python(tools, "python3", version=(3, 9), venv=True)
        done = self.make(tools, tmp_path / "venv")
        assert done.returncode == 1
        assert "需要 Python 3.11 或更新的版本，现有的是 Python 3.9.0" in done.stderr

    def test_a_python_without_ensurepip(self, tools: Path, tmp_path: Path) -> None:
        self.python(tools, "python3", version=(3, 11), venv=False)
        done = self.make(tools, tmp_path / "venv")
        assert done.returncode == 1
        assert "apt install python3.11-venv" in done.stderr
        assert not (tmp_path / "venv").exists()

    def test_a_wrong_choice_is_not_overridden(self, tools: Path, tmp_path: Path) -> None:
        self.python(tools, "python3", version=(3, 11), venv=True)
        self.python(tools, "old", version=(3, 8), venv=True)
        done = self.make(tools, tmp_path / "venv", PYTHON="old")
        assert done.returncode == 1
        assert "PYTHON=old" in done.stderr

    def test_a_newer_one_beside_an_old_one_is_found(self, tools: Path, tmp_path: Path) -> None:
        self.python(tools, "python3", version=(3, 9), venv=True)
        self.python(tools, "python3.12", version=(3, 12), venv=True)
        done = self.make(tools, tmp_path / "venv")
        assert done.returncode == 0
        assert "Python 3.12.0" in done.stdout
        assert (tmp_path / "venv" / "bin" / "pip").exists()

    def test_a_broken_environment_is_made_anew_and_a_whole_one_kept(
        self, tools: Path, tmp_path: Path
    ) -> None:
        self.python(tools, "python3", version=(3, 11), venv=True)
        (tmp_path / "venv" / "bin").mkdir(parents=True)
        (tmp_path / "venv" / "bin" / "python").touch()
        assert "正在用" in self.make(tools, tmp_path / "venv").stdout
        assert self.make(tools, tmp_path / "venv").stdout == ""


class TestInstaller:
    @pytest.mark.parametrize(
        ("version", "numbers"), [("2.13.0+cpu", (2, 13, 0)), ("3", (3,)), ("2.6", (2, 6))]
    )
    def test_reads_versions(self, install: ModuleType, version: str, numbers: tuple[int, ...]) -> None:
        assert install.release(version) == numbers

    @pytest.mark.parametrize(("version", "fits"), [("2.13.0+cpu", True), ("2.5.1", False), ("3.0.0", False)])
    def test_takes_a_torch_that_the_project_allows(
        self, install: ModuleType, monkeypatch: pytest.MonkeyPatch, version: str, fits: bool
    ) -> None:
        monkeypatch.setattr(install.importlib.metadata, "version", lambda _: version)
        assert install.has_torch() is fits

    def test_asks_the_cheapest_place_first(
        self, install: ModuleType, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried: list[tuple[str, ...]] = []
        monkeypatch.setattr(install, "has_torch", lambda: False)
        monkeypatch.setattr(install, "answers", lambda _: True)
        monkeypatch.setattr(install, "pip", lambda *arguments, **_: tried.append(arguments) or len(tried) < 2)
        install.install_torch()
        assert ["--no-index" in arguments for arguments in tried] == [True, False]
        assert install.CPU_INDEX in tried[1]

    @pytest.mark.parametrize(("listens", "answers"), [(True, False), (False, True)])
    def test_does_not_wait_for_a_silent_host(
        self, install: ModuleType, monkeypatch: pytest.MonkeyPatch, listens: bool, answers: bool
    ) -> None:
        monkeypatch.setattr(install, "SILENT_SECONDS", 2)
        with socket.create_server(("127.0.0.1", 0)) as host:
            port = host.getsockname()[1]
            if not listens:
                host.close()
            assert install.answers(f"http://127.0.0.1:{port}/") is answers

    def test_what_was_cut_short_is_installed_again(
        self, install: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        for name, files in {"whole-1": ("METADATA", "INSTALLER"), "half-1": ("METADATA",)}.items():
            (tmp_path / f"{name}.dist-info").mkdir()
            for file in files:
                (tmp_path / f"{name}.dist-info" / file).touch()
        monkeypatch.setattr(install.sysconfig, "get_path", lambda _: str(tmp_path))
        install.forget_unfinished()
        assert [path.name for path in tmp_path.iterdir()] == ["whole-1.dist-info"]
