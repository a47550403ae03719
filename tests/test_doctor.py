"""The doctor: what it says of a healthy installation and of each thing that can be wrong."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from bulletins import page, story, write_page
from click.testing import CliRunner
from fakes import HashEncoder
from tiny_models import save_tiny

from qa.building import replacing
from qa.building.activation import folder_of
from qa.building.indexing import build_index, roll_back
from qa.building.lock import LIBRARY_FILE
from qa.cli.app import root
from qa.config import Settings, load_settings
from qa.errors import ModelError
from qa.index.snapshot_files import MANIFEST
from qa.models.encoder import Encoder
from qa.models.span_model import CharacterSpanModel
from qa.operations import storage_checks
from qa.operations.doctor import Check, examine
from qa.storage import withdrawals

Examine = Callable[[], dict[str, Check]]


@pytest.fixture
def settings(tmp_path: Path, default_model_dir: Path) -> Settings:
    """Return the settings of a healthy installation with an index."""
    settings = load_settings(seeds_dir=tmp_path / "seeds", data_dir=tmp_path / "data")
    write_page(settings.seeds_dir / "a.txt", story(1))
    build_index([settings.seeds_dir], settings.data_dir, HashEncoder())
    (settings.data_dir / "models").symlink_to(default_model_dir.parent)
    return settings


@pytest.fixture
def checked(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Examine:
    """Return a function that runs all checks and returns them by name; the models are fakes."""
    monkeypatch.setattr("qa.operations.doctor.load_encoder", lambda settings, progress: HashEncoder())
    monkeypatch.setattr("qa.operations.doctor.load_span_model", lambda settings, progress: None)
    return lambda: {check.name: check for check in examine(settings)}


def test_a_healthy_installation_is_all_right(checked: Examine) -> None:
    checks = checked()
    assert [c for c in checks.values() if c.status != "ok"] == []
    assert list(checks) == [
        "Python", "软件包", "公报文件夹", "数据文件夹", "权限", "磁盘空间", "文库", "公报文件", "撤回记录",
        "索引", "索引与文库", "句向量模型", "索引与模型", "阅读模型",
    ]  # fmt: skip
    assert "1 个公报文件" in checks["公报文件夹"].detail
    assert "第 1 代" in checks["索引"].detail


def test_a_folder_that_lost_all_its_files_may_be_a_share_that_dropped(
    checked: Examine, settings: Settings
) -> None:
    (settings.seeds_dir / "a.txt").unlink()
    check = checked()["公报文件夹"]
    assert check.status == "warn"
    assert "共享文件夹是不是断开了" in (check.advice or "")


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


def test_the_command_that_installs_is_of_this_environment(
    checked: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.metadata, "requires", lambda _: ["no-such-package>=1"])
    assert f"{sys.executable} -m pip install" in (checked()["软件包"].advice or "")

    def missing(_: str) -> None:
        raise importlib.metadata.PackageNotFoundError

    monkeypatch.setattr(importlib.metadata, "requires", missing)
    assert f"{sys.executable} -m pip install" in (checked()["软件包"].advice or "")


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
    monkeypatch.setattr("qa.operations.doctor.load_encoder", lambda settings, progress: HashEncoder("fake-2"))
    check = checked()["索引与模型"]
    assert check.status == "fail"
    assert "qa index" in (check.advice or "")


def test_a_model_that_cannot_be_loaded_fails(checked: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ModelError("模型坏了")

    monkeypatch.setattr("qa.operations.doctor.load_encoder", fail)
    check = checked()["句向量模型"]
    assert (check.status, check.detail) == ("fail", "模型坏了")


def made_unprivileged(place: Path) -> Iterator[None]:
    """Be an ordinary user for a while: the superuser may read and write everything."""
    if os.geteuid():
        yield
        return
    nobody = 65534
    for path in (place, *place.rglob("*")):
        os.chown(path, nobody, nobody, follow_symlinks=False)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are POSIX's")
class TestPermissions:
    @pytest.fixture
    def settings(self, default_model_dir: Path) -> Iterator[Settings]:
        """Return a healthy installation in a folder that every user can reach."""
        with tempfile.TemporaryDirectory() as place:
            os.chmod(place, 0o755)
            made = load_settings(seeds_dir=Path(place, "seeds"), data_dir=Path(place, "data"))
            write_page(made.seeds_dir / "a.txt", story(1))
            build_index([made.seeds_dir], made.data_dir, HashEncoder())
            withdrawals.merge(made.data_dir, ())
            yield made

    def check(self, settings: Settings, path: str, mode: int) -> tuple[Check, Check]:
        """Return what the doctor says of permissions and of the bulletins where a path has a mode."""
        target = settings.data_dir.parent / path
        before = target.stat().st_mode
        target.chmod(mode)
        try:
            with contextmanager(made_unprivileged)(settings.data_dir.parent):
                return storage_checks.permissions(settings), storage_checks.bulletins_folder(settings)
        finally:
            target.chmod(before)

    @pytest.mark.parametrize(
        ("path", "mode", "said"),
        [
            ("data", 0o555, "data 不能写入：没有权限"),
            ("data/snapshots", 0o555, "snapshots 不能写入：没有权限"),
            ("data/library.sqlite", 0o444, "library.sqlite 不能读写：没有权限"),
            ("data/build.lock", 0o444, "build.lock 不能读写：没有权限"),
            ("data/current", 0o000, "current 不能读取：没有权限"),
            ("data/snapshots/1/passages.npy", 0o000, "passages.npy 不能读取：没有权限"),
        ],
    )
    def test_what_cannot_be_read_or_written_fails(
        self, settings: Settings, path: str, mode: int, said: str
    ) -> None:
        found, _ = self.check(settings, path, mode)
        assert found.status == "fail"
        assert said in found.detail
        assert "chown" in (found.advice or "")

    def test_bulletins_that_cannot_be_written_are_worth_a_word(self, settings: Settings) -> None:
        found, bulletins = self.check(settings, "seeds", 0o555)
        assert (found.status, bulletins.status) == ("warn", "ok")
        assert "编辑台不能收录" in found.detail

    def test_a_bulletin_that_cannot_be_read_is_named(self, settings: Settings) -> None:
        found, bulletins = self.check(settings, "seeds/a.txt", 0o000)
        assert (found.status, bulletins.status) == ("ok", "warn")
        assert "a.txt：没有权限" in bulletins.detail

    def test_trying_leaves_nothing_behind(self, settings: Settings) -> None:
        place = settings.data_dir.parent
        before = {p: p.stat().st_mtime_ns for p in place.rglob("*") if p.is_file()}
        assert storage_checks.permissions(settings).status == "ok"
        assert {p: p.stat().st_mtime_ns for p in place.rglob("*") if p.is_file()} == before


def test_a_file_in_the_place_of_a_folder_fails(settings: Settings, checked: Examine) -> None:
    (settings.data_dir / "uploads").write_text("")
    check = checked()["权限"]
    assert check.status == "fail"
    assert "uploads 不能写入" in check.detail


def test_bulletins_that_vanished_changed_or_came_are_named(settings: Settings, checked: Examine) -> None:
    write_page(settings.seeds_dir / "b.txt", story(2), story(3))
    write_page(settings.seeds_dir / "c.txt", story(4))
    build_index([settings.seeds_dir], settings.data_dir, HashEncoder())
    assert checked()["公报文件"].detail == "3 个文件与收录时一样"
    (settings.seeds_dir / "b.txt").unlink()
    write_page(settings.seeds_dir / "c.txt", story(5))
    write_page(settings.seeds_dir / "d.txt", story(6))
    check = checked()["公报文件"]
    assert check.status == "warn"
    assert re.search(r"1 个收录过的文件不见了（\S*b\.txt），其中的 2 篇文章还在使用", check.detail)
    assert re.search(r"1 个文件收录之后有改动（\S*c\.txt）", check.detail)
    assert re.search(r"1 个文件还没有收录（\S*d\.txt）", check.detail)
    assert "先把文件放回去" in (check.advice or "")


def test_a_file_that_was_only_touched_is_the_same(settings: Settings, checked: Examine) -> None:
    os.utime(settings.seeds_dir / "a.txt", (1, 1))
    assert checked()["公报文件"].status == "ok"


def test_a_member_of_an_archive_is_in_its_file(settings: Settings, checked: Examine) -> None:
    with zipfile.ZipFile(settings.seeds_dir / "12月.zip", "w") as archive:
        archive.writestr("b.txt", page(story(2), story(3)))
    build_index([settings.seeds_dir], settings.data_dir, HashEncoder())
    assert checked()["公报文件"].status == "ok"
    (settings.seeds_dir / "12月.zip").unlink()
    assert "其中的 2 篇文章还在使用" in checked()["公报文件"].detail


def test_a_library_that_went_on_without_the_snapshot_is_told(settings: Settings, checked: Examine) -> None:
    write_page(settings.seeds_dir / "b.txt", story(2))
    build_index([settings.seeds_dir], settings.data_dir, HashEncoder())
    roll_back(settings.data_dir, 1)
    check = checked()["索引与文库"]
    assert (check.status, check.detail.split("：")[0]) == ("warn", "文库里多 1 篇、少 0 篇、另有 0 篇不同")
    assert "qa index" in (check.advice or "")


@pytest.mark.parametrize(
    ("statement", "status", "said"),
    [
        ("UPDATE passages SET start = start + 1", "fail", "段落不同"),
        ("UPDATE source_articles SET date = '2020-01-01'", "warn", "另有 1 篇不同"),
        ("UPDATE source_articles SET position = 7", "fail", "校验和不符"),
        ("DELETE FROM vectors", "warn", "1 个段落没有向量"),
    ],
)
def test_a_library_that_the_snapshot_is_not_of_is_told(
    settings: Settings, checked: Examine, statement: str, status: str, said: str
) -> None:
    with closing(sqlite3.connect(settings.data_dir / LIBRARY_FILE)) as library:
        library.execute(statement)
        library.commit()
    check = checked()["索引与文库"]
    assert (check.status, said in check.detail) == (status, True), check.detail
    assert "qa index" in (check.advice or "")
    report = build_index([settings.seeds_dir], settings.data_dir, HashEncoder())
    if statement.startswith("DELETE"):
        assert report.encoded == 1
        assert checked()["索引与文库"].status == "ok"


def test_a_library_of_a_newer_version_is_not_to_be_made_again(settings: Settings, checked: Examine) -> None:
    with closing(sqlite3.connect(settings.data_dir / LIBRARY_FILE)) as library:
        library.execute("PRAGMA user_version = 99")
    check = checked()["文库"]
    assert check.status == "fail"
    assert "请升级本程序" in check.detail
    assert "qa index" not in (check.advice or "")


def test_what_another_model_would_cost_is_told(
    settings: Settings, checked: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.operations.doctor.load_encoder", lambda settings, progress: HashEncoder("fake-2"))
    check = checked()["索引与模型"]
    assert "要重算约 1 个段落的向量（共 1 个）" in check.detail
    assert "QA_EMBEDDING_MODEL 改回 default" in (check.advice or "")
    build_index([settings.seeds_dir], settings.data_dir, HashEncoder("fake-2"))
    monkeypatch.setattr("qa.operations.doctor.load_encoder", lambda settings, progress: HashEncoder())
    assert "要重算约 0 个段落" in checked()["索引与模型"].detail, "the first model's vectors are kept"


@pytest.mark.parametrize(("spare", "status"), [(-1, "fail"), (1, "warn"), (10**9, "ok")])
def test_free_space_is_compared_with_what_a_rebuild_needs(
    settings: Settings, checked: Examine, monkeypatch: pytest.MonkeyPatch, spare: int, status: str
) -> None:
    library = settings.data_dir / LIBRARY_FILE
    with library.open("ab") as file:  # a large library, most of it a hole
        file.truncate(10**9)
    snapshot = sum(p.stat().st_size for p in folder_of(settings.data_dir, 1).rglob("*") if p.is_file())
    usage = shutil.disk_usage(os.curdir)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10**9 + snapshot + spare))
    check = storage_checks.disk_space(settings)
    assert check.status == status, check.detail
    assert "重建索引约需 1.3 GB" in check.detail
    assert (check.advice is None) == (status == "ok")


@pytest.mark.skipif(not hasattr(os, "statvfs"), reason="inodes are POSIX's")
def test_too_few_inodes_are_told(checked: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    status = os.statvfs(os.curdir)
    few = os.statvfs_result((*status[:5], 10**6, 90, 90, *status[8:]))
    monkeypatch.setattr(os, "statvfs", lambda _: few)
    check = checked()["磁盘空间"]
    assert check.status == "warn"
    assert "只能再建 90 个文件" in check.detail


def test_an_import_that_was_cut_off_is_told(settings: Settings, checked: Examine) -> None:
    staging = replacing.begin(settings.data_dir, settings.seeds_dir)
    plan = settings.data_dir / ".import" / "plan.json"
    plan.write_text('{"format":1,"aside":"replaced-x","entries":[],"bulletins":[]}')
    check = checked()["数据文件夹"]
    assert check.status == "warn"
    assert "没有做完" in check.detail
    replacing.complete(settings.data_dir)
    assert checked()["数据文件夹"].status == "ok"
    assert not staging.data.exists()


class TestWhatTheServiceStartsWith:
    def test_a_damaged_record_of_withdrawals_fails(self, settings: Settings, checked: Examine) -> None:
        (settings.data_dir / "withdrawn.json").write_text("{")
        check = checked()["撤回记录"]
        assert (check.status, "撤回记录已损坏" in check.detail) == ("fail", True)
        assert "qa import --force" in (check.advice or "")

    def examined(self, settings: Settings, name: str, **chosen: object) -> Check | None:
        """Return a check under some settings."""
        checks = {c.name: c for c in examine(settings.model_copy(update=chosen))}
        return checks.get(name)

    @pytest.mark.parametrize("damage", [b"", b"no weights" * 100, None])
    @pytest.mark.parametrize("built", [True, False])
    def test_a_damaged_reader_fails(
        self,
        settings: Settings,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        damage: bytes | None,
        built: bool,
    ) -> None:
        monkeypatch.setattr("qa.operations.doctor.load_encoder", lambda settings, progress: HashEncoder())
        file = tmp_path / "reader.safetensors"
        if damage is not None:
            file.write_bytes(damage)
        monkeypatch.setattr("qa.operations.doctor.READER_FILE", file)
        monkeypatch.setattr(CharacterSpanModel.load.__func__, "__defaults__", (file,))
        if not built:
            (settings.data_dir / "models").unlink()
        check = self.examined(settings, "阅读模型")
        assert check
        assert (check.status, "reader.safetensors" in check.detail) == ("fail", True)
        assert "QA_READER_MODEL=none" in (check.advice or "")

    def test_the_reader_that_ships_is_whole(self, settings: Settings) -> None:
        check = self.examined(settings, "阅读模型")
        assert check == Check("阅读模型", "ok", "随项目发布的模型完好")
        check = self.examined(settings, "阅读模型", reader_model="none")
        assert check
        assert check.status == "ok"

    @pytest.mark.parametrize(
        ("name", "field"), [("阅读模型", "reader_model"), ("重排模型", "reranker_model")]
    )
    def test_a_chosen_model(
        self,
        settings: Settings,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        default_model_dir: Path,
        name: str,
        field: str,
    ) -> None:
        monkeypatch.setattr("qa.operations.doctor.load_encoder", lambda settings, progress: HashEncoder())
        variable = f"QA_{field.upper()}"
        kind = "reader" if field == "reader_model" else "cross-encoder"
        good = save_tiny(kind, default_model_dir, tmp_path / "good", num_labels=1 if kind != "reader" else 2)
        bad = save_tiny("bare", default_model_dir, tmp_path / "bad")
        (bad / "model.safetensors").write_bytes(b"")
        for setting, status, said in (
            (str(good), "ok", "可以使用"),
            (str(bad), "fail", str(bad)),
            (str(tmp_path), "fail", "里没有模型"),
            ("/nowhere", "fail", "模型路径不存在"),
            ("someone/no-such-model", "warn", "本机没有"),
        ):
            check = self.examined(settings, name, **{field: setting})
            assert check
            assert (check.status, said in check.detail) == (status, True), check
            assert check.status == "ok" or variable in (check.advice or "")
        for place, status in ((good, "ok"), (bad, "fail")):
            found = str(place / "config.json")
            monkeypatch.setattr("huggingface_hub.try_to_load_from_cache", lambda *_, found=found: found)
            check = self.examined(settings, name, **{field: "someone/downloaded-model"})
            assert check
            assert check.status == status

    @pytest.mark.parametrize(
        ("content", "status", "said"),
        [
            ("高企 高新技术企业\n", "ok", "可以使用"),
            ("高企 高新技术企业\n孤零零\n", "warn", "第 2 行只有一个词"),
            ("高企 高新技术企业".encode("gb18030"), "fail", "无法读取近义词表"),
            (None, "fail", "无法读取近义词表"),
        ],
    )
    def test_the_synonyms(
        self, settings: Settings, checked: Examine, tmp_path: Path, content: str | bytes | None,
        status: str, said: str,
    ) -> None:  # fmt: skip
        self.check_file(settings, checked, tmp_path, ("近义词表", "synonyms"), content, status, said)

    @pytest.mark.parametrize(
        ("content", "status", "said"),
        [
            ('{"question": "有多少家?", "answers": ["22家"]}\n', "ok", "1 题"),
            ('{"question": "有多少家?"}\n', "warn", "第 1 行缺少"),
            (None, "warn", "无法读取题目文件"),
        ],
    )
    def test_the_canaries(
        self, settings: Settings, checked: Examine, tmp_path: Path, content: str | None,
        status: str, said: str,
    ) -> None:  # fmt: skip
        self.check_file(settings, checked, tmp_path, ("校验题", "canaries"), content, status, said)

    def check_file(
        self, settings: Settings, checked: Examine, tmp_path: Path, what: tuple[str, str],
        content: str | bytes | None, status: str, said: str,
    ) -> None:  # fmt: skip
        """Check what is said of a file that the settings name, and of the same in the data folder."""
        name, field = what
        assert name not in checked(), "there is none"
        chosen = tmp_path / "chosen"
        kept = settings.data_dir / ("synonyms.txt" if field == "synonyms" else "canaries.jsonl")
        if content is not None:
            data = content if isinstance(content, bytes) else content.encode()
            chosen.write_bytes(data)
            kept.write_bytes(data)
            assert (checked()[name].status, str(kept) in checked()[name].detail) == (status, True)
        check = self.examined(settings, name, **{field: chosen})
        assert check
        assert (check.status, said in check.detail) == (status, True), check
        assert (check.advice is None) == (status == "ok")

    def test_the_language_model(
        self, settings: Settings, checked: Examine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        name = "大模型"
        assert name not in checked()
        url = {"llm_base_url": "http://127.0.0.1:9/v1"}
        check = self.examined(settings, name, **url, llm_model="m")
        assert check
        assert (check.status, "没有试着连接" in check.detail) == ("ok", True)
        check = self.examined(settings, name, **url)
        assert check
        assert (check.status, "补上 QA_LLM_MODEL" in (check.advice or "")) == ("fail", True)
        monkeypatch.setitem(sys.modules, "httpx2", None)
        check = self.examined(settings, name, **url, llm_model="m")
        assert check
        assert check.status == "fail"
        assert f"{sys.executable} -m pip install" in (check.advice or "")


class TestCommand:
    @pytest.fixture(autouse=True)
    def real(self, seeded_data: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
        """Run over the real index of the seeds."""
        monkeypatch.setattr("qa.operations.doctor.load_encoder", lambda settings, progress: encoder)
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
