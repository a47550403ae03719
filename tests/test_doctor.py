"""The doctor: what it says of a healthy installation and of each thing that can be wrong."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bulletins import story, write_page
from click.testing import CliRunner
from fakes import HashEncoder

from qa.activation import folder_of
from qa.cli.app import root
from qa.config import Settings, load_settings
from qa.doctor import Check, examine
from qa.encoder import Encoder
from qa.errors import ModelError
from qa.indexing import LIBRARY_FILE, build_index
from qa.snapshot import MANIFEST

Examine = Callable[[], dict[str, Check]]


@pytest.fixture
def settings(tmp_path: Path, default_model_dir: Path) -> Settings:
    """Return the settings of a healthy installation with an index."""
    settings = load_settings(seeds_dir=tmp_path / "seeds", data_dir=tmp_path / "data")
    write_page(settings.seeds_dir / "a.txt", story(1))
    build_index([settings.seeds_dir], settings.data_dir, HashEncoder(), root=tmp_path)
    (settings.data_dir / "models").symlink_to(default_model_dir.parent)
    return settings


@pytest.fixture
def checked(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Examine:
    """Return a function that runs all checks and returns them by name; the model is a fake."""
    monkeypatch.setattr("qa.doctor.load_encoder", lambda settings, progress: HashEncoder())
    return lambda: {check.name: check for check in examine(settings)}


def test_a_healthy_installation_is_all_right(checked: Examine) -> None:
    checks = checked()
    assert [c for c in checks.values() if c.status != "ok"] == []
    assert list(checks) == [
        "Python", "软件包", "公报文件夹", "数据文件夹", "磁盘空间", "文库", "索引", "句向量模型", "索引与模型"
    ]  # fmt: skip
    assert "1 个公报文件" in checks["公报文件夹"].detail
    assert "第 1 代" in checks["索引"].detail


def test_before_the_first_index_nothing_has_failed_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(seeds_dir=tmp_path / "seeds", data_dir=tmp_path / "data")
    write_page(settings.seeds_dir / "a.txt", story(1))
    checks = list(examine(settings))
    assert {c.status for c in checks} == {"ok", "warn"}
    assert [c.name for c in checks if c.status == "warn"] == ["文库", "索引", "句向量模型"]
    assert all("qa index" in (c.advice or "") for c in checks if c.status == "warn")
    assert not settings.data_dir.exists()


def test_a_missing_package_is_named(checked: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        importlib.metadata, "requires", lambda _: ["no-such-package>=1", "click>=999", 'x; extra == "dev"']
    )
    check = checked()["软件包"]
    assert check.status == "fail"
    assert "没有安装 no-such-package" in check.detail
    assert "需要 >=999" in check.detail


def test_missing_seeds_fail(settings: Settings, checked: Examine) -> None:
    shutil.rmtree(settings.seeds_dir)
    assert checked()["公报文件夹"].status == "fail"


def test_empty_seeds_are_worth_a_word(settings: Settings, checked: Examine) -> None:
    (settings.seeds_dir / "a.txt").rename(settings.seeds_dir / "a.xyz")
    assert checked()["公报文件夹"].status == "warn"


def test_a_data_folder_that_cannot_be_written_fails(
    checked: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    check = checked()["数据文件夹"]
    assert check.status == "fail"
    assert "没有权限" in check.detail


def test_a_full_disk_fails(checked: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(os.curdir)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    assert checked()["磁盘空间"].status == "fail"


def test_a_damaged_library_fails(settings: Settings, checked: Examine) -> None:
    (settings.data_dir / LIBRARY_FILE).write_bytes(b"no library" * 100)
    check = checked()["文库"]
    assert check.status == "fail"
    assert "移开并重建" in (check.advice or "")


def test_a_damaged_page_of_the_library_is_found(settings: Settings, checked: Examine) -> None:
    file = settings.data_dir / LIBRARY_FILE
    data = bytearray(file.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    file.write_bytes(data)
    assert checked()["文库"].status == "fail"


def test_a_damaged_snapshot_fails(settings: Settings, checked: Examine) -> None:
    (folder_of(settings.data_dir, 1) / MANIFEST).write_text("{}", encoding="utf-8")
    checks = checked()
    assert checks["索引"].status == "fail"
    assert "索引与模型" not in checks


def test_an_index_of_another_model_fails(checked: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.doctor.load_encoder", lambda settings, progress: HashEncoder("fake-2"))
    check = checked()["索引与模型"]
    assert check.status == "fail"
    assert "qa index" in (check.advice or "")


def test_a_model_that_cannot_be_loaded_fails(checked: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ModelError("模型坏了")

    monkeypatch.setattr("qa.doctor.load_encoder", fail)
    check = checked()["句向量模型"]
    assert (check.status, check.detail) == ("fail", "模型坏了")


class TestCommand:
    @pytest.fixture(autouse=True)
    def real(self, seeded_data: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
        """Run over the real index of the seeds."""
        monkeypatch.setattr("qa.doctor.load_encoder", lambda settings, progress: encoder)
        monkeypatch.setenv("QA_SEEDS_DIR", str(Path(__file__).parents[1] / "seeds"))
        monkeypatch.setenv("QA_DATA_DIR", str(seeded_data))

    def test_as_json_is_an_array_of_checks(self) -> None:
        result = CliRunner().invoke(root, ["doctor", "--json"])
        checks = json.loads(result.stdout)
        assert result.exit_code == 0
        assert {check["status"] for check in checks} == {"ok"}
        assert set(checks[0]) == {"name", "status", "detail", "advice"}

    def test_a_failed_check_ends_with_1_and_says_what_to_do(self, tmp_path: Path) -> None:
        result = CliRunner().invoke(root, ["doctor"], env={"QA_SEEDS_DIR": str(tmp_path / "gone")})
        assert result.exit_code == 1
        assert "有误  公报文件夹" in result.stdout
        assert "→ 把公报文件放进这个文件夹" in result.stdout
