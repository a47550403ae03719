"""The command line as a process of its own: signals, bytes, pipes, and what it loads."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SECONDS = 120
"""A slow machine's time for loading the model."""


def qa(*arguments: str | bytes, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``qa`` to its end."""
    command = [sys.executable, "-m", "qa", *arguments]
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, timeout=SECONDS, check=False
    )


@contextmanager
def running(*arguments: str, cwd: Path) -> Iterator[subprocess.Popen[str]]:
    """Run ``qa`` beside the test; whatever happens, it is gone afterwards."""
    command = [sys.executable, "-m", "qa", *arguments]
    with subprocess.Popen(
        command, cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_an_undecodable_question_is_told(seeded_data: Path, tmp_path: Path) -> None:
    done = qa("ask", b"\xff\xfe\xbb", "--data", str(seeded_data), cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().startswith("错误：问题里有无法识别的字符")


def test_an_undecodable_path_is_told(tmp_path: Path, seeded_data: Path) -> None:
    done = qa("eval", b"\xff.jsonl", "--data", str(seeded_data), cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


def test_a_terminal_without_chinese_does_not_crash(seeded_data: Path, tmp_path: Path) -> None:
    done = qa("articles", "--data", str(seeded_data), cwd=tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert b"\\u" in done.stdout
    assert done.stderr == b""


def test_a_closed_pipe_is_no_error(seeded_data: Path, tmp_path: Path) -> None:
    command = f"'{sys.executable}' -m qa articles --json --data '{seeded_data}' | head -c 1"
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, timeout=SECONDS, check=True)
    assert done.stdout == b"["
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [["articles"], ["articles", "--json"]])
def test_a_full_disk_is_told(seeded_data: Path, tmp_path: Path, arguments: list[str]) -> None:
    command = [sys.executable, "-m", "qa", *arguments, "--data", str(seeded_data)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, timeout=SECONDS, check=False
        )
    assert done.returncode == 2
    assert done.stderr.decode() == "错误：写不进去：磁盘已满。\n"


def test_the_catalogue_names_what_withdraw_wants(seeded_data: Path, tmp_path: Path) -> None:
    listed = json.loads(qa("articles", "--json", "--data", str(seeded_data), cwd=tmp_path).stdout)
    table = qa("articles", "--data", str(seeded_data), cwd=tmp_path).stdout.decode()
    assert "编号" in table
    assert all(article["id"] in table for article in listed)


@pytest.mark.parametrize(
    ("arguments", "unloaded"),
    [
        (["--help"], ("torch", "numpy", "faiss", "pydantic")),
        (["articles", "--json"], ("torch", "transformers")),
    ],
)
def test_quick_commands_load_little(
    seeded_data: Path, tmp_path: Path, arguments: list[str], unloaded: tuple[str, ...]
) -> None:
    code = (
        "import sys, qa.cli\n"
        "try: qa.cli.main()\n"
        f"finally: print(*(set({unloaded}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=tmp_path,
        env={**os.environ, "QA_DATA_DIR": str(seeded_data)},
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    assert done.stdout
    assert done.stderr.strip() == b""


def test_asks_the_real_model(seeded_data: Path, tmp_path: Path) -> None:
    done = qa("ask", "二七经开区有多少家高新技术企业?", "--json", "--data", str(seeded_data), cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == b""
    assert json.loads(done.stdout)["short_answer"] == "22家"


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_serves_until_stopped(seeded_data: Path, tmp_path: Path, stop: signal.Signals) -> None:
    with running("serve", "--port", "0", "--data", str(seeded_data), cwd=tmp_path) as server:
        assert server.stdout
        url = re.search(r"http://\S+", server.stdout.readline())
        assert url
        with urllib.request.urlopen(f"{url[0]}/readyz", timeout=SECONDS) as ready:
            assert ready.status == 200
        server.send_signal(stop)
        output, errors = server.communicate(timeout=SECONDS)
    assert server.returncode == 0
    assert "已停止" in output
    assert "GET /readyz 200" in errors
    assert "Traceback" not in errors


def test_watches_until_stopped(seeded_data: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models").symlink_to((seeded_data / "models").resolve())
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(
        "一条消息\n\n本报讯 12月1日,二七区召开会议。\n", encoding="utf-8"
    )
    with running("watch", "--interval", "1", cwd=tmp_path) as watcher:
        assert watcher.stdout
        assert "Ctrl-C" in watcher.stdout.readline()
        while "新增 1" not in watcher.stdout.readline():
            assert watcher.poll() is None
        watcher.send_signal(signal.SIGINT)
        output, errors = watcher.communicate(timeout=SECONDS)
    assert watcher.returncode == 0
    assert "已停止" in output
    assert "Traceback" not in errors
