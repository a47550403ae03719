"""Builds that are killed or whose files fail: a short run of the programs in ``tests/crash``.

The long runs: ``python tests/crash/kills.py`` and ``python tests/crash/faults.py``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAMS = Path(__file__).parent / "crash"
SECONDS = 600


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, PROGRAMS / program, *arguments],
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_builds_killed_at_random_instants() -> None:
    done = run("kills.py", "--kills", "15")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "15 kills, 0 bad outcomes" in done.stdout


@pytest.mark.skipif(
    sys.platform != "linux" or not (shutil.which("cc") or shutil.which("gcc")), reason="needs a C compiler"
)
@pytest.mark.parametrize(
    ("start", "kinds"),
    [
        (3, ("ENOSPC once", "SIGKILL after")),
        (17, ("EIO once", "EROFS from there on")),
        (29, ("ENOSPC from there on", "SIGKILL before")),
    ],
)
def test_files_that_fail(start: int, kinds: tuple[str, ...]) -> None:
    chosen = [argument for kind in kinds for argument in ("--kind", kind)]
    done = run("faults.py", "--scenario", "update", "--every", "53", "--start", str(start), *chosen)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 bad outcomes" in done.stdout


@pytest.mark.skipif(
    sys.platform != "linux" or not (shutil.which("cc") or shutil.which("gcc")), reason="needs a C compiler"
)
def test_imports_that_die_or_fail() -> None:
    kinds = ("SIGKILL before", "EIO once", "ENOSPC from there on")
    chosen = [argument for kind in kinds for argument in ("--kind", kind)]
    done = run("faults.py", "--scenario", "import", "--every", "23", "--start", "9", *chosen)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 bad outcomes" in done.stdout
