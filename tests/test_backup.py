"""A back-up: what it holds, what is refused of it, and that the library it brings answers as the old one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import errno
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from bulletins import page, story, write_page
from click.testing import CliRunner
from fakes import HashEncoder
from record_library import DIMENSION
from test_old_libraries import make

from qa.backup import backup_file
from qa.backup.exporting import export
from qa.backup.importing import Imported, import_backup
from qa.building import replacing
from qa.building.activation import load_current
from qa.building.indexing import build_index
from qa.building.lock import LIBRARY_FILE, build_lock
from qa.cli.app import root
from qa.config import Settings, load_settings
from qa.errors import BackupError, BusyError, LibraryError, SnapshotError, WithdrawalError
from qa.ingest.previews import Incoming
from qa.ingest.uploads import Uploads
from qa.metadata.catalogue import withdrawable
from qa.service import Service
from qa.storage import withdrawals
from qa.storage.library import Library
from qa.storage.schema import MIGRATIONS
from qa.types import Upload

SECONDS = 300
"""A busy machine's time for loading the model."""


def settings_in(place: Path, seeds: str = "seeds") -> Settings:
    return load_settings(data_dir=place / "data", seeds_dir=place / seeds, canaries_drawn=0)


def index(settings: Settings, encoder: HashEncoder | None = None) -> None:
    build_index(
        [settings.seeds_dir], settings.data_dir, encoder or HashEncoder(), root=settings.data_dir.parent
    )


def titles(settings: Settings) -> set[str]:
    return {a.title for a in load_current(settings.data_dir).articles}


def listing(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder with their contents, but for locks."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and not p.name.endswith(".lock")
    }


def withdraw(settings: Settings, title: str) -> str:
    articles = withdrawable(settings.data_dir)
    (found,) = (a for a in articles if a.title == title)
    withdrawals.withdraw(settings.data_dir, articles, found.id, "有误")
    return found.id


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a place with a library that has everything; not to be changed."""
    place = tmp_path_factory.mktemp("home")
    settings = settings_in(place)
    write_page(place / "seeds" / "a.txt", story(1), story(2))
    write_page(place / "seeds" / "十二月" / "b.txt", story(3))
    write_page(place / "elsewhere" / "c.txt", story(4))
    index(settings)
    uploads = Uploads(settings.data_dir, settings.seeds_dir)
    staged = uploads.stage([Incoming("a.txt", page(story(1), story(2), story(5)).encode())], ())
    uploads.commit(staged.id, replacing=True)
    with zipfile.ZipFile(place / "seeds" / "月报.zip", "w") as archive:
        archive.writestr("d.txt", page(story(6)))
    (place / "seeds" / "说明.xyz").write_text("不是公报")
    build_index([Path("seeds"), Path("elsewhere")], settings.data_dir, HashEncoder(), root=place)
    withdraw(settings, story(2)[0])
    (settings.data_dir / "synonyms.txt").write_text("高企 高新技术企业\n", encoding="utf-8")
    (settings.data_dir / "canaries.jsonl").write_text("", encoding="utf-8")
    (settings.data_dir / "jobs.jsonl").write_text("", encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def backup(home: Path) -> Path:
    """Return a back-up of it; not to be changed."""
    file = home / "备份.zip"
    export(settings_in(home), file, root=home)
    return file


@pytest.fixture
def there(tmp_path: Path) -> Settings:
    """Return the settings of a machine that holds nothing yet, with another name for the bulletins."""
    return settings_in(tmp_path / "there", "公报")


@pytest.fixture
def held(tmp_path: Path) -> Settings:
    """Return the settings of a machine that holds another library."""
    settings = settings_in(tmp_path / "held")
    write_page(settings.seeds_dir / "a.txt", story(11))
    write_page(settings.seeds_dir / "old.txt", story(12), story(13))
    index(settings)
    withdraw(settings, story(13)[0])
    return settings


def bring(file: Path, settings: Settings, encoder: HashEncoder | None = None, **options: bool) -> Imported:
    used = encoder or HashEncoder()
    return import_backup(file, settings, lambda: used, root=settings.data_dir.parent, **options)


class TestExport:
    def test_holds_what_cannot_be_made_again(self, home: Path, backup: Path) -> None:
        names = set(zipfile.ZipFile(backup).namelist())
        (upload,) = Uploads(home / "data", home / "seeds").all()
        assert names == {
            "manifest.json", "library.sqlite", "withdrawn.json",
            "jobs.jsonl", "synonyms.txt", "canaries.jsonl",
            "bulletins/a.txt", "bulletins/十二月/b.txt", "bulletins/月报.zip",
            f"uploads/{upload.id}/upload.json", f"uploads/{upload.id}/files/0",
            f"uploads/{upload.id}/replaced/0",
        }  # fmt: skip

    def test_the_manifest_tells_versions_counts_and_checksums(self, backup: Path) -> None:
        raw = json.loads(zipfile.ZipFile(backup).read("manifest.json"))
        assert (raw["format"], raw["schema"], raw["software"]) == (1, len(MIGRATIONS), "0.1.0")
        assert dt.datetime.fromisoformat(raw["created_at"]).tzinfo is not None
        assert raw["counts"] == {
            "articles": 6, "passages": 6, "vectors": 6, "generations": 2, "withdrawals": 1, "bulletins": 3,
            "uploads": 1,
        }  # fmt: skip
        library = zipfile.ZipFile(backup).read("library.sqlite")
        assert raw["files"]["library.sqlite"] == {
            "size": len(library),
            "sha256": hashlib.sha256(library).hexdigest(),
        }

    def test_tells_what_is_not_in_it(self, home: Path, tmp_path: Path) -> None:
        (note,) = export(settings_in(home), tmp_path / "b.zip", root=home).notes
        assert "1 个文件不在公报文件夹里" in note

    def test_a_folder_without_any_bulletin_is_told(self, tmp_path: Path) -> None:
        settings = settings_in(tmp_path)
        write_page(settings.seeds_dir / "a.txt", story(1))
        index(settings)
        (settings.seeds_dir / "a.txt").unlink()
        notes = export(settings, tmp_path / "b.zip", root=settings.seeds_dir.parent).notes
        assert any("可能是共享文件夹断开了" in note for note in notes)

    def test_does_not_overwrite_unless_forced(self, home: Path, tmp_path: Path) -> None:
        file = tmp_path / "b.zip"
        file.write_bytes(b"mine")
        with pytest.raises(BackupError, match=r"没有覆盖.*--force"):
            export(settings_in(home), file, root=home)
        assert file.read_bytes() == b"mine"
        export(settings_in(home), file, force=True, root=home)
        assert backup_file.verify(file).counts.articles == 6
        assert os.listdir(tmp_path) == ["b.zip"]

    @pytest.mark.parametrize("where", ["writing", "flushing"])
    def test_a_full_disk_is_told_and_leaves_no_litter(
        self, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
    ) -> None:
        def full(*_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        if where == "writing":
            monkeypatch.setattr(zipfile._ZipWriteFile, "write", full)  # type: ignore[attr-defined]
        else:
            monkeypatch.setattr("qa.backup.backup_file.flush", full)
        with pytest.raises(BackupError, match=r"备份无法写入.*磁盘已满"):
            export(settings_in(home), tmp_path / "b.zip", root=home)
        assert os.listdir(tmp_path) == []

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_what_the_system_says_of_a_full_disk_is_understood(self) -> None:
        with (
            pytest.raises(BackupError, match="磁盘已满"),
            backup_file._told("备份"),
            open("/dev/full", "wb", buffering=0) as disk,
        ):
            disk.write(b"x")

    def test_what_does_not_read_back_is_not_kept(
        self, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pack = backup_file._pack

        def bad_disk(file: Path, *others: object) -> object:
            made = pack(file, *others)  # type: ignore[arg-type]
            data = bytearray(file.read_bytes())
            data[len(data) // 3] ^= 1
            file.write_bytes(data)
            return made

        monkeypatch.setattr(backup_file, "_pack", bad_disk)
        with pytest.raises(BackupError):
            export(settings_in(home), tmp_path / "b.zip", root=home)
        assert os.listdir(tmp_path) == []

    def test_before_the_first_index_there_is_nothing(self, there: Settings, tmp_path: Path) -> None:
        with pytest.raises(BackupError, match="还没有建立索引"):
            export(there, tmp_path / "b.zip")

    def test_not_of_a_library_that_is_being_replaced(self, held: Settings, tmp_path: Path) -> None:
        replacing.begin(held.data_dir, held.seeds_dir)
        (held.data_dir / ".import" / "plan.json").write_text("{}")
        with pytest.raises(BackupError, match="没有做完"):
            export(held, tmp_path / "b.zip", root=held.data_dir.parent)

    def test_is_not_put_among_the_bulletins(self, home: Path) -> None:
        with pytest.raises(BackupError, match="会被当作公报收录"):
            export(settings_in(home), home / "seeds" / "b.zip", root=home)

    @pytest.mark.parametrize(
        ("damage", "message"),
        [
            ("UPDATE articles SET body = body || '。'", "内容已损坏"),
            ("UPDATE vectors SET vector = x'00'", "向量的长度不对"),
        ],
    )
    def test_a_damaged_library_is_not_backed_up(
        self, held: Settings, tmp_path: Path, damage: str, message: str
    ) -> None:
        with closing(sqlite3.connect(held.data_dir / LIBRARY_FILE)) as library:
            library.execute(damage)
            library.commit()
        with pytest.raises(BackupError, match=message):
            export(held, tmp_path / "b.zip", root=held.data_dir.parent)
        assert not (tmp_path / "b.zip").exists()

    def test_a_bulletin_that_cannot_be_read_is_no_back_up(
        self, held: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened = Path.open

        def refuse(self: Path, *args: object, **options: object) -> object:
            if self.name == "old.txt":
                raise PermissionError(errno.EACCES, "Permission denied", str(self))
            return opened(self, *args, **options)  # type: ignore[call-overload]

        monkeypatch.setattr(Path, "open", refuse)
        with pytest.raises(BackupError, match=r"备份会不完整.*没有权限.*old\.txt"):
            export(held, tmp_path / "b.zip", root=held.data_dir.parent)

    def test_while_an_index_is_being_built_the_copy_is_whole(self, held: Settings, tmp_path: Path) -> None:
        """A build commits between all pages; the copy is of one instant, the log of SQLite included."""
        encoder = HashEncoder()
        batches, go_on = threading.Event(), threading.Event()

        def wait() -> None:
            batches.set()
            assert go_on.wait(60)

        encoder.before_batch = wait
        for n in range(20, 24):
            write_page(held.seeds_dir / f"{n}.txt", story(n))
        build = threading.Thread(target=index, args=(held, encoder))
        build.start()
        try:
            assert batches.wait(60)
            made = export(held, tmp_path / "b.zip", root=held.data_dir.parent)
        finally:
            go_on.set()
            build.join()
        counts = made.manifest.counts
        assert (counts.articles, counts.passages, counts.vectors) == (7, 7, 3), "cut, not encoded yet"
        there = settings_in(tmp_path / "there")
        done = bring(tmp_path / "b.zip", there)
        assert (done.report.articles, done.report.encoded) == (7, 4)

    @pytest.mark.parametrize("how", ["copied", "linked", "no links"])
    def test_an_upload_does_not_wait_and_is_not_in_it(
        self, held: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
    ) -> None:
        """It replaces a file while the back-up is being compressed."""
        monkeypatch.setattr("qa.ingest.uploads._LOCK_WAIT_S", 0.1)
        if how != "copied":
            monkeypatch.setattr("qa.backup.exporting._COPIED", 0)
        if how == "no links":

            def refuse(*_: object) -> None:
                raise OSError(errno.EXDEV, "Invalid cross-device link")

            monkeypatch.setattr(os, "link", refuse)
        uploads = Uploads(held.data_dir, held.seeds_dir)
        staged = uploads.stage([Incoming("a.txt", page(story(14)).encode())], ())
        before = listing(held.seeds_dir)
        changed = {p.name: p.stat().st_ctime_ns for p in held.seeds_dir.iterdir()}
        add, done = backup_file._add, []

        def meanwhile(*args: object) -> object:
            if not done:
                done.append(uploads.commit(staged.id, replacing=True).state)
            return add(*args)  # type: ignore[arg-type]

        monkeypatch.setattr(backup_file, "_add", meanwhile)
        made = export(held, tmp_path / "b.zip", root=held.data_dir.parent)
        assert done == ["committed"]
        assert listing(held.seeds_dir) != before
        archive = zipfile.ZipFile(tmp_path / "b.zip")
        names = [name for name in archive.namelist() if name.startswith("bulletins/")]
        assert {name.removeprefix("bulletins/"): archive.read(name) for name in names} == before
        record = json.loads(archive.read(f"uploads/{staged.id}/upload.json"))
        assert (record["state"], made.manifest.counts.uploads) == ("staged", 1)
        assert not list(held.data_dir.glob(".export-*"))
        if how == "copied":
            assert (held.seeds_dir / "old.txt").stat().st_ctime_ns == changed["old.txt"], "not another file"

    def test_a_failed_one_leaves_no_links(
        self, held: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("qa.backup.exporting._COPIED", 0)

        def fail(*_: object) -> None:
            raise BackupError("不行")

        monkeypatch.setattr(backup_file, "_add", fail)
        before = listing(held.data_dir.parent)
        with pytest.raises(BackupError, match="不行"):
            export(held, tmp_path / "b.zip", root=held.data_dir.parent)
        assert listing(held.data_dir.parent) == before
        assert not list(held.data_dir.glob(".export-*"))


class TestImport:
    def test_brings_everything(self, home: Path, backup: Path, there: Settings) -> None:
        encoder = HashEncoder()
        done = bring(backup, there, encoder)
        assert encoder.encoded == [], "the vectors came along"
        assert (done.report.generation, done.report.articles, done.report.encoded) == (3, 6, 0)
        assert done.aside == ()
        assert {p: data for p, data in listing(home / "seeds").items() if "xyz" not in p} == listing(
            there.seeds_dir
        )
        old, new = load_current(home / "data"), load_current(there.data_dir)
        assert [(p.id, p.text) for p in new.passages] == [(p.id, p.text) for p in old.passages]
        moved = {a.id: a.source.replace("seeds/", "公报/") for a in old.articles}
        assert {a.id: a.source for a in new.articles} == moved
        for name in ("synonyms.txt", "canaries.jsonl", "jobs.jsonl"):
            assert (there.data_dir / name).read_bytes() == (home / "data" / name).read_bytes()
        with Library(there.data_dir / LIBRARY_FILE) as library:
            assert [g.id for g in library.generations()] == [1, 2, 3]
        assert not (there.data_dir / ".import").exists()
        assert not (there.seeds_dir / ".import").exists()

    def test_answers_are_the_same_and_what_is_withdrawn_stays_so(
        self, home: Path, backup: Path, there: Settings
    ) -> None:
        bring(backup, there)
        old, new = (Service(s, HashEncoder()) for s in (settings_in(home), there))  # type: ignore[arg-type]
        try:
            for n in (1, 3, 4, 5, 6):
                asked = f"{story(n)[0]}全区共有多少个项目"
                before, after = old.search(asked)[0], new.search(asked)[0]
                assert [(h.passage, h.score) for h in after] == [(h.passage, h.score) for h in before]
            before_, after_ = (s.ask("一共有几篇文章？") for s in (old, new))
            assert after_.answered
            assert (after_.answer, after_.short_answer) == (before_.answer, before_.short_answer)
            assert [c.article.id for c in after_.citations] == [c.article.id for c in before_.citations]
            assert story(2)[0] not in {a.title for a in new.articles().items}
            assert new.withdrawn() == old.withdrawn() or new.withdrawn().events == old.withdrawn().events
        finally:
            old.close()
            new.close()

    def test_the_next_index_changes_nothing(self, backup: Path, there: Settings) -> None:
        bring(backup, there)
        report = build_index([Path("公报")], there.data_dir, HashEncoder(), root=there.data_dir.parent)
        assert (report.activated, report.removed, report.encoded) == (False, (), 0)

    def test_an_upload_can_still_be_undone(self, backup: Path, there: Settings) -> None:
        bring(backup, there)
        uploads = Uploads(there.data_dir, there.seeds_dir)
        (upload,) = uploads.all()
        assert isinstance(upload, Upload)
        uploads.undo(upload.id)
        assert (there.seeds_dir / "a.txt").read_text("utf-8") == page(story(1), story(2))

    def test_another_model_encodes_again_and_says_so(self, backup: Path, there: Settings) -> None:
        done = bring(backup, there, HashEncoder("fake-2"))
        assert done.report.encoded == 6
        assert any("重新计算" in note for note in done.notes)

    def test_a_library_that_is_there_is_kept(self, backup: Path, held: Settings) -> None:
        before = listing(held.data_dir.parent)
        with pytest.raises(BackupError, match=r"已有索引.*--force"):
            bring(backup, held)
        assert listing(held.data_dir.parent) == before

    def test_forced_it_makes_way_and_is_kept_aside(self, backup: Path, held: Settings) -> None:
        before = listing(held.data_dir)
        old_seeds = listing(held.seeds_dir)
        service = Service(held, HashEncoder())  # type: ignore[arg-type]
        try:
            assert service.index_info().generation == 1
            done = bring(backup, held, force=True)
            assert service.index_info().generation == 3, "a running service changes over by itself"
        finally:
            service.close()
        data_aside, seeds_aside = done.aside
        assert listing(data_aside) == before, "as a whole: it could serve as it is"
        assert listing(seeds_aside) == old_seeds
        assert titles(held) == {story(n)[0] for n in range(1, 7)}
        assert not (held.seeds_dir / "old.txt").exists()
        report = build_index([Path("seeds")], held.data_dir, HashEncoder(), root=held.data_dir.parent)
        assert not report.activated

    def test_what_is_withdrawn_here_stays_so(self, held: Settings, tmp_path: Path) -> None:
        withdrawals_before = withdrawals.read(held.data_dir)
        early = tmp_path / "early.zip"
        export(held, early, root=held.data_dir.parent)
        late = withdraw(held, story(12)[0])
        done = bring(early, held, force=True)
        withdrawn = withdrawals.read(held.data_dir)
        assert withdrawn.identifiers == withdrawals_before.identifiers | {late}
        assert any("仍然撤回" in note for note in done.notes)

    def test_what_was_restored_where_the_back_up_is_from_stays_withdrawn_here(self, tmp_path: Path) -> None:
        """Both withdrew it; the other machine restored it later, and withdrew and restored another."""
        here, other = settings_in(tmp_path / "here"), settings_in(tmp_path / "other")
        for settings in (here, other):
            write_page(settings.seeds_dir / "a.txt", story(1), story(2), story(3))
            index(settings)
        first = withdraw(here, story(1)[0])
        assert withdraw(other, story(1)[0]) == first
        second, third = withdraw(other, story(2)[0]), withdraw(other, story(3)[0])
        for restored in (first, second):
            withdrawals.restore(other.data_dir, withdrawable(other.data_dir), restored)
        export(other, tmp_path / "b.zip", root=other.data_dir.parent)
        later = [  # whatever the clocks of the two machines say
            dataclasses.replace(event, at=event.at + dt.timedelta(days=1))
            for event in withdrawals.read(other.data_dir).events
        ]
        (other.data_dir / "withdrawn.json").write_bytes(withdrawals.dump(withdrawals.Withdrawn(tuple(later))))
        export(other, tmp_path / "later.zip", root=other.data_dir.parent)
        for file in (tmp_path / "b.zip", tmp_path / "later.zip"):
            done = bring(file, here, force=True)
            assert withdrawals.read(here.data_dir).identifiers == {first, third}
            assert any("1 篇文章仍然撤回;要用请运行 qa restore" in note for note in done.notes)
        withdrawals.restore(here.data_dir, withdrawable(here.data_dir), first)
        assert withdrawals.read(here.data_dir).identifiers == {third}

    def test_a_damaged_record_of_withdrawals_is_mended(self, held: Settings, tmp_path: Path) -> None:
        export(held, tmp_path / "b.zip", root=held.data_dir.parent)
        (held.data_dir / "withdrawn.json").write_text("{")
        with pytest.raises(WithdrawalError):
            withdrawals.read(held.data_dir)
        done = bring(tmp_path / "b.zip", held, force=True)
        assert [w.title for w in withdrawals.read(held.data_dir).articles] == [story(13)[0]]
        assert (done.aside[0] / "withdrawn.json").read_text() == "{"

    def test_bulletins_of_other_content_are_not_overwritten(self, backup: Path, there: Settings) -> None:
        write_page(there.seeds_dir / "a.txt", story(30))
        write_page(there.seeds_dir / "other.txt", story(31))
        before = listing(there.seeds_dir)
        with pytest.raises(BackupError, match=r"同名文件.*a\.txt"):
            bring(backup, there)
        assert listing(there.seeds_dir) == before
        assert listing(there.data_dir) == {}
        (there.seeds_dir / "a.txt").unlink()
        done = bring(backup, there)
        assert any("另有 1 个文件" in note for note in done.notes)
        assert (there.seeds_dir / "other.txt").exists()

    def test_a_file_where_a_folder_must_be_makes_way_when_forced(
        self, backup: Path, there: Settings, tmp_path: Path
    ) -> None:
        outside = tmp_path / "outside"
        outside.mkdir()
        there.seeds_dir.mkdir(parents=True)
        (there.seeds_dir / "十二月").symlink_to(outside)
        with pytest.raises(BackupError, match="十二月"):
            bring(backup, there)
        bring(backup, there, force=True)
        assert (there.seeds_dir / "十二月" / "b.txt").is_file()
        assert list(outside.iterdir()) == []

    def test_not_while_an_index_is_being_built(self, backup: Path, there: Settings) -> None:
        with build_lock(there.data_dir), pytest.raises(BusyError, match="正在建立索引"):
            bring(backup, there)

    def test_two_at_once_are_refused(self, backup: Path, there: Settings) -> None:
        def meanwhile() -> HashEncoder:
            with pytest.raises(BusyError, match="正在建立索引"):
                bring(backup, there, force=True)
            return HashEncoder()

        done = import_backup(backup, there, meanwhile, root=there.data_dir.parent)
        assert done.report.articles == 6

    def test_a_full_disk_is_told_before_anything_is_written(
        self, backup: Path, there: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        usage = shutil.disk_usage(os.curdir)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
        with pytest.raises(BackupError, match="磁盘空间不够"):
            bring(backup, there)
        assert listing(there.data_dir) == {}

    @pytest.mark.parametrize("where", ["qa.backup.backup_file.os.fsync", "qa.building.activation.flush_tree"])
    def test_a_disk_that_fills_up_leaves_what_was_there(
        self, backup: Path, held: Settings, monkeypatch: pytest.MonkeyPatch, where: str
    ) -> None:
        before = listing(held.data_dir.parent)

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(where, full)
        with pytest.raises((BackupError, SnapshotError), match="磁盘已满"):
            bring(backup, held, force=True)
        monkeypatch.undo()
        assert listing(held.data_dir.parent) == before
        assert not (held.data_dir / ".import").exists()
        assert not (held.seeds_dir / ".import").exists()

    def test_one_that_stopped_half_way_is_finished_by_the_next_index(
        self, backup: Path, held: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        replace, done = os.replace, []

        def fail_in_the_middle(old: Path, new: Path) -> None:
            if Path(new).name == LIBRARY_FILE and Path(new).parent == held.data_dir:
                raise OSError(errno.EIO, "Input/output error", str(new))
            done.append(new)
            replace(old, new)

        monkeypatch.setattr("qa.building.replacing.os.replace", fail_in_the_middle)
        with pytest.raises(BackupError, match=r"没有做完.*磁盘读写出错.*qa index"):
            bring(backup, held, force=True)
        monkeypatch.undo()
        assert titles(held) == {story(n)[0] for n in (11, 12, 13)}, "the old generation serves meanwhile"
        service = Service(held, HashEncoder())  # type: ignore[arg-type]
        service.close()
        assert titles(held) == {story(n)[0] for n in range(1, 7)}
        report = build_index([Path("seeds")], held.data_dir, HashEncoder(), root=held.data_dir.parent)
        assert not report.activated


Change = Callable[[dict[str, bytes]], None]


def changed(backup: Path, file: Path, change: Change, *, listed: bool = True) -> Path:
    """Write a back-up that differs; its manifest knows of it where ``listed``."""
    with zipfile.ZipFile(backup) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    change(members)
    if listed:
        manifest = json.loads(members["manifest.json"])
        manifest["files"] = {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in members.items()
            if name != "manifest.json"
        }
        members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file


def in_manifest(**values: object) -> Change:
    def change(members: dict[str, bytes]) -> None:
        members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | values).encode()

    return change


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_a_back_up_of_an_older_version_is_brought_up_to_date(
    backup: Path, tmp_path: Path, there: Settings, version: int
) -> None:
    old = make(version, tmp_path / "old")
    counts = {
        "articles": 3, "passages": 3, "vectors": 3, "generations": 2,
        "withdrawals": 1, "bulletins": 3, "uploads": 1,
    }  # fmt: skip

    def swap(members: dict[str, bytes]) -> None:
        members["library.sqlite"] = old.read_bytes()
        in_manifest(schema=version, counts=counts)(members)

    done = bring(changed(backup, tmp_path / "b.zip", swap), there, HashEncoder(dimension=DIMENSION))
    assert (done.report.generation, done.report.articles, done.report.encoded) == (3, 3, 0)
    assert titles(there) == {
        "二七区举办全民健身运动会", "二七区金水河治理工程完工", "二七区图书馆新馆开放"
    }  # fmt: skip


def test_settings_that_name_other_files_are_told(backup: Path, there: Settings, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("高企 高新技术企业\n", encoding="utf-8")
    settings = there.model_copy(update={"synonyms": tmp_path / "own.txt"})
    notes = bring(backup, settings).notes
    assert any(note.startswith("QA_SYNONYMS 指定了") for note in notes)
    assert not any("重启" in note for note in notes)


class TestRefused:
    @pytest.fixture
    def untouched(self, held: Settings) -> Callable[[Path, str], None]:
        """Return a function that checks that a file is refused and nothing changed."""

        def check(file: Path, message: str) -> None:
            before = listing(held.data_dir.parent)
            with pytest.raises((BackupError, LibraryError, WithdrawalError), match=message):
                bring(file, held, force=True)
            assert listing(held.data_dir.parent) == before

        return check

    @pytest.mark.parametrize(
        "name",
        [
            "../evil.txt", "bulletins/../../evil.txt", "/etc/evil.txt", "bulletins//x.txt",
            "bulletins/./x.txt", "bulletins/.hidden/x.txt", "bulletins/a\nb.txt", "models/x",
            "snapshots/9/manifest.json", "current",
            "uploads/../x", "uploads/20260105093000-1f2e3d4c/files/x", "bulletins/",
        ],
    )  # fmt: skip
    def test_names_that_have_no_place(
        self, backup: Path, tmp_path: Path, untouched: Callable[[Path, str], None], name: str
    ) -> None:
        file = changed(backup, tmp_path / "b.zip", lambda members: members.update({name: b"x"}))
        untouched(file, "不该有的文件")
        assert not list(tmp_path.glob("**/evil.txt"))

    @pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
    def test_cut_short(
        self, backup: Path, tmp_path: Path, untouched: Callable[[Path, str], None], share: float
    ) -> None:
        whole = backup.read_bytes()
        (tmp_path / "b.zip").write_bytes(whole[: int(len(whole) * share)])
        untouched(tmp_path / "b.zip", "已损坏或不完整")

    def test_every_flipped_byte_of_a_sample_is_found(self, backup: Path, tmp_path: Path) -> None:
        whole, manifest = backup.read_bytes(), backup_file.verify(backup)
        for at in range(0, len(whole), max(1, len(whole) // 40)):
            data = bytearray(whole)
            data[at] ^= 0x10
            (tmp_path / "b.zip").write_bytes(data)
            try:
                # A flipped bit in what a zip says of itself twice, such as a time stamp, changes nothing.
                assert backup_file.verify(tmp_path / "b.zip") == manifest
            except BackupError:
                continue

    def test_members_said_to_begin_before_the_file(self, backup: Path, tmp_path: Path) -> None:
        data = bytearray(backup.read_bytes())
        data[data.rindex(b"PK\x05\x06") + 16] ^= 0x10  # where the list of members begins, in the last record
        (tmp_path / "b.zip").write_bytes(data)
        with pytest.raises(BackupError, match="已损坏或不完整"):
            backup_file.verify(tmp_path / "b.zip")

    def test_a_changed_member(
        self, backup: Path, tmp_path: Path, untouched: Callable[[Path, str], None]
    ) -> None:
        def swap(members: dict[str, bytes]) -> None:
            members["bulletins/a.txt"] = members["bulletins/a.txt"][:-1] + b"?"

        untouched(changed(backup, tmp_path / "b.zip", swap, listed=False), "已损坏或不完整.*a.txt")

    def test_members_that_the_manifest_does_not_list(
        self, backup: Path, tmp_path: Path, untouched: Callable[[Path, str], None]
    ) -> None:
        more = changed(backup, tmp_path / "1.zip", lambda m: m.update({"bulletins/x.txt": b""}), listed=False)
        untouched(more, "与清单不符")

        def fewer(members: dict[str, bytes]) -> None:
            del members["bulletins/a.txt"]

        untouched(changed(backup, tmp_path / "2.zip", fewer, listed=False), "与清单不符")

    def test_a_bomb(self, backup: Path, tmp_path: Path, untouched: Callable[[Path, str], None]) -> None:
        zeros = bytes(80 * 2**20)
        file = changed(backup, tmp_path / "b.zip", lambda m: m.update({"bulletins/x.txt": zeros}))
        assert file.stat().st_size < 2**20
        untouched(file, "压缩炸弹")

    def test_no_back_up_at_all(self, tmp_path: Path, untouched: Callable[[Path, str], None]) -> None:
        (tmp_path / "text.zip").write_text("不是")
        untouched(tmp_path / "text.zip", "已损坏")
        with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
            archive.writestr("a.txt", "x")
        untouched(tmp_path / "other.zip", "不是公报问答的备份")
        untouched(tmp_path / "none.zip", "找不到备份文件")

    def test_a_newer_version(
        self, backup: Path, tmp_path: Path, untouched: Callable[[Path, str], None]
    ) -> None:
        untouched(changed(backup, tmp_path / "1.zip", in_manifest(format=2)), "更新版本.*请升级")
        untouched(changed(backup, tmp_path / "2.zip", in_manifest(schema=99)), "更新版本.*99.*请升级")

    def test_a_manifest_that_lies(
        self, backup: Path, tmp_path: Path, untouched: Callable[[Path, str], None]
    ) -> None:
        counts = json.loads(zipfile.ZipFile(backup).read("manifest.json"))["counts"] | {"articles": 7}
        untouched(changed(backup, tmp_path / "1.zip", in_manifest(counts=counts)), "与清单不符")
        untouched(changed(backup, tmp_path / "2.zip", in_manifest(schema=1)), "与清单不符")
        untouched(changed(backup, tmp_path / "3.zip", in_manifest(counts={})), "清单无法读取")

    @pytest.mark.parametrize(
        ("statement", "message"),
        [
            ("CREATE TRIGGER evil AFTER INSERT ON generations BEGIN DELETE FROM articles; END", "别的东西"),
            ("DROP TABLE vectors", "别的东西"),
            ("PRAGMA user_version = 99", "更新版本"),
            ("UPDATE articles SET body = 'x'", "内容已损坏"),
            ("DELETE FROM sources", "与清单不符|完整性"),
            ("UPDATE vectors SET vector = x'00'", "段落或向量已损坏"),
        ],
    )
    def test_a_library_that_is_none(
        self,
        backup: Path,
        tmp_path: Path,
        untouched: Callable[[Path, str], None],
        statement: str,
        message: str,
    ) -> None:
        def tamper(members: dict[str, bytes]) -> None:
            file = tmp_path / "l"
            file.write_bytes(members["library.sqlite"])
            with closing(sqlite3.connect(file)) as library:
                library.execute(statement)
                library.commit()
            members["library.sqlite"] = file.read_bytes()

        untouched(changed(backup, tmp_path / "b.zip", tamper), message)

    def test_a_library_of_damaged_pages(
        self, backup: Path, tmp_path: Path, untouched: Callable[[Path, str], None]
    ) -> None:
        def damage(members: dict[str, bytes]) -> None:
            data = members["library.sqlite"]
            members["library.sqlite"] = data[: len(data) // 2] + bytes(len(data) - len(data) // 2)

        untouched(changed(backup, tmp_path / "b.zip", damage), "损坏|完整性")

    def test_two_members_of_one_name(self, backup: Path, tmp_path: Path) -> None:
        twice = io.BytesIO(backup.read_bytes())
        with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("bulletins/a.txt", "another")
        (tmp_path / "b.zip").write_bytes(twice.getvalue())
        with pytest.raises(BackupError, match="同名"):
            backup_file.verify(tmp_path / "b.zip")

    def test_nothing_is_made_where_nothing_was(self, tmp_path: Path, there: Settings) -> None:
        (tmp_path / "b.zip").write_text("不是")
        with pytest.raises(BackupError):
            bring(tmp_path / "b.zip", there)
        assert not there.data_dir.exists()


def test_the_commands_say_what_they_did(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    monkeypatch.setattr("qa.assembly.load_encoder", lambda settings, progress: HashEncoder())

    def qa(*arguments: str) -> str:
        result = CliRunner().invoke(root, [*arguments], prog_name="qa")
        assert result.exit_code == 0, result.stderr
        return result.stdout

    file = str(tmp_path / "b.zip")
    assert "6 篇文章" in qa("export", file)
    made = json.loads(qa("export", file, "--force", "--json"))
    assert (made["file"], made["size"]) == (file, os.path.getsize(file))
    assert made["counts"]["withdrawals"] == 1
    monkeypatch.chdir(tmp_path)
    assert "第 3 代索引已启用：6 篇文章" in qa("import", file)
    done = json.loads(qa("import", file, "--force", "--json"))
    assert (done["generation"], done["articles"], done["encoded"]) == (4, 6, 0)
    assert done["aside"][0].startswith("data/replaced-")
    refused = CliRunner().invoke(root, ["import", file], prog_name="qa")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("错误：数据文件夹里已有索引")


def test_real_processes_move_a_library_that_answers_the_same(
    seeded_data: Path, service: Service, tmp_path: Path
) -> None:
    """Export here, import there: the same answers and citations, what was withdrawn stays withdrawn."""
    here, there = tmp_path / "here", tmp_path / "there"
    shutil.copytree(seeded_data, here / "data", symlinks=True, ignore=shutil.ignore_patterns("*.lock"))
    shutil.copytree(Path(__file__).parents[1] / "seeds", here / "seeds")
    there.mkdir()
    (there / "data").mkdir()
    (there / "data" / "models").symlink_to((seeded_data / "models").resolve())

    def qa(*arguments: str, cwd: Path) -> object:
        done = subprocess.run(
            [sys.executable, "-m", "qa", *arguments, "--json"],
            cwd=cwd, env=os.environ, capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    question = "二七经开区有多少家高新技术企业?"
    other = "反诈“霹雳”行动的动员会是哪天开的？"
    expected = service.ask(question)
    withdrawn = service.ask(other).citations[0].article.id
    assert withdrawn != expected.citations[0].article.id
    qa("withdraw", withdrawn, "--why", "有误", cwd=here)
    qa("export", str(tmp_path / "b.zip"), cwd=here)
    done = qa("import", str(tmp_path / "b.zip"), cwd=there)
    assert isinstance(done, dict)
    assert done["encoded"] == 0
    answer = qa("ask", question, cwd=there)
    assert isinstance(answer, dict)
    assert (answer["short_answer"], answer["answer"]) == (expected.short_answer, expected.answer)
    assert [
        (c["article_id"], c["start"], c["end"], c["quote"], c["source"]) for c in answer["citations"]
    ] == [(c.article.id, c.start, c.end, c.quote, c.article.source) for c in expected.citations]
    listed = qa("articles", cwd=there)
    assert isinstance(listed, list)
    assert withdrawn not in {article["id"] for article in listed}
