"""Uploads: staged durably, committed whole or not at all, undone exactly."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from bulletins import page, story

from qa.durable import replace_file
from qa.errors import ConflictError, NotFoundError, UploadError
from qa.ingest import uploads
from qa.ingest.previews import MAX_NAME_BYTES, Incoming, name_problem, safe_name
from qa.ingest.uploads import COMMITTED_DAYS, STAGED_DAYS, Uploads
from qa.parsing.bulletin import parse
from qa.types import Upload

ONE, TWO = page(story(1)).encode(), page(story(2), story(3)).encode()


class Desk:
    """An editor's desk, with a clock that stands still."""

    def __init__(self, root: Path) -> None:
        self.seeds, self.data = root / "seeds", root / "data"
        self.now = dt.datetime(2026, 1, 5, 9, 30, tzinfo=dt.UTC)
        self.uploads = Uploads(self.data, self.seeds, now=lambda: self.now)

    def stage(self, **files: bytes) -> Upload:
        return self.uploads.stage([Incoming(f"{name}.txt", data) for name, data in files.items()], [])

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.seeds.iterdir()} if self.seeds.exists() else {}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_an_upload_is_kept_and_changes_nothing(desk: Desk) -> None:
    staged = desk.stage(a=ONE, b=TWO)
    assert [len(file.articles) for file in staged.files] == [1, 2]
    assert desk.files() == {}
    again = Uploads(desk.data, desk.seeds)
    assert again.get(staged.id) == staged
    assert again.all() == [staged]


def test_the_newest_upload_comes_first_within_a_second_too(desk: Desk) -> None:
    made = []
    for name in "abcdef":
        made.append(desk.stage(**{name: ONE}).id)
        desk.now += dt.timedelta(milliseconds=1)
    assert [upload.id for upload in desk.uploads.all()] == made[::-1]


def test_articles_are_compared_with_what_is_indexed(desk: Desk) -> None:
    known = parse(page(story(1), story(2)), "seeds/a.txt").articles
    text = page(story(1), story(2, extra="已完工。"), story(3))
    (file,) = desk.uploads.stage([Incoming("a.txt", text.encode())], known).files
    assert [article.status for article in file.articles] == ["known", "changed", "new"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../../etc/.profile", "隐藏"), (".a.txt", "隐藏"), ("a.txt~", "临时"), ("", "没有文件名"),
        ("..", "没有文件名"),
        ("a\x00.txt", "控制字符"), ("a\n.txt", "控制字符"), ("\ud800.txt", "无效字符"), ("a:b.txt", ":"),
        ("a.exe", "不支持"), ("字" * MAX_NAME_BYTES + ".txt", "太长"), ("空.txt", "空的"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_says_why(desk: Desk, name: str, reason: str) -> None:
    data = b"" if name == "空.txt" else ONE
    staged = desk.uploads.stage([Incoming(name, data), Incoming("好.txt", TWO)], [])
    bad, good = staged.files
    assert bad.failure is not None
    assert reason in bad.failure
    assert good.failure is None
    desk.uploads.commit(staged.id)
    assert desk.files() == {"好.txt": TWO}


def test_names_keep_their_chinese_and_lose_their_folders() -> None:
    for given in ("/etc/2021-12-15_头版.txt", "C:\\公报\\2021-12-15_头版.txt", "../2021-12-15_头版.txt"):
        assert safe_name(given) == "2021-12-15_头版.txt"
        assert name_problem(safe_name(given)) is None
    assert safe_name("e\u0301.txt") == "\u00e9.txt"


def test_two_files_of_one_name_are_not_both_taken(desk: Desk) -> None:
    staged = desk.uploads.stage([Incoming("a.txt", ONE), Incoming("x/a.txt", TWO)], [])
    assert [file.failure is None for file in staged.files] == [True, False]


@pytest.mark.parametrize("replacing", [False, True])
@pytest.mark.parametrize("refused", [TWO, b"before"])
def test_a_refused_file_of_the_same_name_is_not_taken_for_the_one_that_was_written(
    desk: Desk, refused: bytes, replacing: bool
) -> None:
    before = {"a.txt": b"before"} if replacing else {}
    if replacing:
        desk.seeds.mkdir()
        (desk.seeds / "a.txt").write_bytes(b"before")
    staged = desk.uploads.stage([Incoming("1月/a.txt", ONE), Incoming("2月/a.txt", refused)], [])
    desk.uploads.commit(staged.id, replacing=True)
    assert desk.files() == {"a.txt": ONE}
    assert desk.uploads.undo(staged.id).state == "undone"
    assert desk.files() == before


def test_an_archive_and_a_list_of_articles_are_recognised_as_they_will_be_indexed(desk: Desk) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("15日/头版.txt", TWO)
        archive.writestr("旧.doc", b"old")
    title, body = ("公园免费开放", "全区的公园12月起免费开放。")
    listing = json.dumps({"title": title, "body": body, "date": "2021-12-14"}, ensure_ascii=False)
    incoming = [Incoming("12月.zip", buffer.getvalue()), Incoming("a.jsonl", f"{listing}\n坏行\n".encode())]
    zipped, listed = desk.uploads.stage(incoming, []).files
    assert (len(zipped.articles), zipped.encoding, zipped.failure) == (2, "ZIP", None)
    assert any("旧.doc" in note and "另存为 .docx" in note for note in zipped.notes)
    assert [(a.title, a.date) for a in listed.articles] == [(title, dt.date(2021, 12, 14))]
    assert any("2" in note for note in listed.notes)


def test_what_goes_with_a_replaced_file_is_named(desk: Desk) -> None:
    desk.seeds.mkdir()
    before = page(story(1), story(2))
    (desk.seeds / "a.txt").write_text(before, "utf-8")
    indexed = [
        *parse(before, (desk.seeds / "a.txt").as_posix()).articles,
        *parse(page(story(4)), (desk.seeds / "aa.txt").as_posix()).articles,
    ]
    incoming = [
        Incoming("a.txt", page(story(2), story(3)).encode()),
        Incoming("b.txt", page(story(3)).encode()),
    ]
    staged = desk.uploads.stage(incoming, indexed)
    assert [file.replaces for file in staged.files] == [(story(1)[0],), ()]
    assert desk.uploads.look_again(staged.id, indexed) == staged
    (desk.seeds / "a.txt").unlink()
    assert [file.replaces for file in desk.uploads.look_again(staged.id, indexed).files] == [(), ()]


def test_an_archive_of_which_nothing_can_be_read_is_refused(desk: Desk) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("旧.doc", b"old")
    (file,) = desk.uploads.stage([Incoming("12月.zip", buffer.getvalue())], []).files
    assert file.failure is not None
    assert "旧.doc" in file.failure


def test_commit_and_undo(desk: Desk) -> None:
    desk.seeds.mkdir()
    (desk.seeds / "b.txt").write_bytes(b"before")
    (desk.seeds / "c.txt").write_bytes(ONE)
    staged = desk.stage(a=ONE, b=TWO, c=ONE)
    assert [file.conflict for file in staged.files] == [False, True, False]
    with pytest.raises(ConflictError, match=r"同名文件:b\.txt"):
        desk.uploads.commit(staged.id)
    assert desk.files() == {"b.txt": b"before", "c.txt": ONE}
    committed = desk.uploads.commit(staged.id, replacing=True, job="j1")
    assert desk.files() == {"a.txt": ONE, "b.txt": TWO, "c.txt": ONE}
    assert (committed.written, committed.replaced, committed.job) == (("a.txt", "b.txt"), ("b.txt",), "j1")
    undone = desk.uploads.undo(staged.id, job="j2")
    assert desk.files() == {"b.txt": b"before", "c.txt": ONE}
    assert (undone.state, undone.job) == ("undone", "j2")
    with pytest.raises(ConflictError, match="已经撤销"):
        desk.uploads.undo(staged.id)


def test_what_was_changed_since_is_not_undone(desk: Desk) -> None:
    staged = desk.stage(a=ONE, b=TWO)
    desk.uploads.commit(staged.id)
    (desk.seeds / "b.txt").write_bytes(b"corrected by hand")
    with pytest.raises(ConflictError, match=r"改动过.*b\.txt"):
        desk.uploads.undo(staged.id)
    assert desk.files() == {"a.txt": ONE, "b.txt": b"corrected by hand"}
    assert desk.uploads.get(staged.id).state == "committed"


def test_what_another_upload_committed_too_is_not_taken_from_it(desk: Desk) -> None:
    one, other = desk.stage(a=ONE, b=TWO), desk.stage(a=ONE)
    desk.uploads.commit(one.id)
    desk.now += dt.timedelta(hours=1)
    desk.uploads.commit(other.id)
    with pytest.raises(ConflictError, match=rf"{other.id}.*a\.txt$"):
        desk.uploads.undo(one.id)
    assert desk.files() == {"a.txt": ONE, "b.txt": TWO}
    desk.uploads.undo(other.id)
    assert desk.files() == {"a.txt": ONE, "b.txt": TWO}, "the first one holds it still"
    desk.uploads.undo(one.id)
    assert desk.files() == {}


def test_what_came_back_is_not_held_by_what_was_before(desk: Desk) -> None:
    changed = ONE.replace("。".encode(), b"!")
    made = []
    for text in (ONE, changed, ONE):
        made.append(desk.stage(a=text).id)
        desk.uploads.commit(made[-1], replacing=True)
        desk.now += dt.timedelta(hours=1)
    for identifier, left in zip(reversed(made), ({"a.txt": changed}, {"a.txt": ONE}, {}), strict=True):
        desk.uploads.undo(identifier)
        assert desk.files() == left


def test_a_commit_cut_off_is_taken_back_before_another_takes_the_same_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = desk.stage(a=ONE), desk.stage(a=ONE)

    def die(path: Path, data: bytes) -> None:
        if b'"committed"' in data:
            raise KeyboardInterrupt
        replace_file(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(uploads, "replace_file", die)
        patch.setattr(Uploads, "_take_back", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            desk.uploads.commit(one.id)
    assert desk.files() == {"a.txt": ONE}
    desk.uploads.commit(other.id)
    desk.uploads.clean()
    assert desk.files() == {"a.txt": ONE}
    assert [desk.uploads.get(each.id).state for each in (one, other)] == ["staged", "committed"]


def test_a_link_or_a_folder_is_never_replaced(desk: Desk) -> None:
    (desk.seeds / "b.txt").mkdir(parents=True)
    outside = desk.data.parent / "outside.txt"
    outside.write_bytes(b"secret")
    (desk.seeds / "a.txt").symlink_to(outside)
    staged = desk.stage(a=ONE, b=TWO)
    with pytest.raises(ConflictError, match=r"不能替换:a\.txt、b\.txt"):
        desk.uploads.commit(staged.id, replacing=True)
    assert outside.read_bytes() == b"secret"


def test_discarded_and_expired(desk: Desk) -> None:
    first, second, third = desk.stage(a=ONE), desk.stage(b=TWO), desk.stage(c=ONE)
    desk.uploads.discard(first.id)
    desk.uploads.commit(third.id)
    desk.now += dt.timedelta(days=STAGED_DAYS)
    desk.uploads.clean()
    states = {upload.id: upload.state for upload in desk.uploads.all()}
    assert states == {first.id: "discarded", second.id: "expired", third.id: "committed"}
    for upload in (first, second):
        assert not (desk.data / "uploads" / upload.id / "files").exists()
        with pytest.raises(ConflictError):
            desk.uploads.commit(upload.id)
    desk.now += dt.timedelta(days=COMMITTED_DAYS)
    with pytest.raises(ConflictError, match="30 天"):
        desk.uploads.undo(third.id)


@pytest.mark.parametrize("identifier", ["", "..", "../seeds", "a/b", "20260105093000-1f2e3d4c", "\x00"])
def test_an_unknown_identifier(desk: Desk, identifier: str) -> None:
    for step in (desk.uploads.get, desk.uploads.commit, desk.uploads.undo, desk.uploads.discard):
        with pytest.raises(NotFoundError):
            step(identifier)


class DiedError(BaseException):
    """A process that is killed runs none of its handlers; what they do is undone below."""


@pytest.mark.parametrize("replacing", [False, True])
@pytest.mark.parametrize("step", ["commit", "undo"])
def test_a_crash_at_any_write_leaves_all_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, replacing: bool
) -> None:
    """Die at each replacement of a file in turn; the next process finds all of the upload or none of it."""
    outcomes = set()
    for die_at in range(20):
        desk = Desk(tmp_path / str(die_at))
        desk.seeds.mkdir(parents=True)
        before = {"b.txt": b"before"} if replacing else {}
        for name, data in before.items():
            (desk.seeds / name).write_bytes(data)
        staged = desk.stage(a=ONE, b=TWO)
        after = {"a.txt": ONE, "b.txt": TWO}
        if step == "undo":
            desk.uploads.commit(staged.id, replacing=True)
        count = 0

        def write(path: Path, data: bytes, die_at: int = die_at) -> None:
            nonlocal count
            if count >= die_at:  # and at every one that a handler would still do
                raise DiedError
            count += 1
            replace_file(path, data)

        monkeypatch.setattr(uploads, "replace_file", write)
        try:
            if step == "commit":
                desk.uploads.commit(staged.id, replacing=True)
            else:
                desk.uploads.undo(staged.id)
            died = False
        except DiedError:
            died = True
        monkeypatch.setattr(uploads, "replace_file", replace_file)
        desk.uploads.clean()
        state = desk.uploads.get(staged.id).state
        assert desk.files() == (after if state == "committed" else before)
        outcomes.add(state)
        if not died:
            break
        if state == "staged":
            desk.uploads.commit(staged.id, replacing=True)
            assert desk.files() == after
    assert outcomes == ({"staged", "committed"} if step == "commit" else {"committed", "undone"})


def test_a_full_disk_is_told_and_nothing_is_half_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    staged = desk.stage(a=ONE, b=TWO)

    def write(path: Path, data: bytes) -> None:
        if path.name == "b.txt":
            raise OSError(28, "No space left on device")
        replace_file(path, data)

    monkeypatch.setattr(uploads, "replace_file", write)
    with pytest.raises(UploadError, match="磁盘已满"):
        desk.uploads.commit(staged.id)
    monkeypatch.undo()
    assert desk.files() == {}
    assert desk.uploads.get(staged.id).state == "staged"


def test_an_undo_that_met_a_full_disk_can_be_asked_for_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its rebuild was never started, so the second try must not be refused as done already."""
    desk.seeds.mkdir()
    (desk.seeds / "a.txt").write_bytes(TWO)
    staged = desk.stage(a=ONE)
    desk.uploads.commit(staged.id, replacing=True)

    def write(path: Path, data: bytes) -> None:
        if path.parent == desk.seeds:
            raise OSError(28, "No space left on device")
        replace_file(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(uploads, "replace_file", write)
        for _ in range(2):
            with pytest.raises(UploadError, match="磁盘已满"):
                desk.uploads.undo(staged.id, job="one")
    again = desk.uploads.undo(staged.id, job="two")
    assert (again.state, again.job, desk.files()) == ("undone", "two", {"a.txt": TWO})
    with pytest.raises(ConflictError, match="已经撤销"):
        desk.uploads.undo(staged.id)


def test_the_history_keeps_the_newest_and_what_can_still_be_decided(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "KEPT", 2)
    old, waiting = desk.stage(a=ONE), desk.stage(b=TWO)
    desk.uploads.commit(old.id)
    for _ in range(3):
        desk.now += dt.timedelta(seconds=1)
        desk.uploads.discard(desk.stage(c=ONE).id)
    desk.uploads.clean()
    assert {old.id, waiting.id} < {upload.id for upload in desk.uploads.all()}
    assert len(desk.uploads.all()) == 4
    desk.now += dt.timedelta(days=COMMITTED_DAYS)
    desk.uploads.clean()
    assert [upload.state for upload in desk.uploads.all()] == ["discarded", "discarded"]
    assert desk.files() == {"a.txt": ONE}


def test_cleaning_takes_what_nobody_finished(desk: Desk) -> None:
    kept = desk.stage(a=ONE)
    old, young = desk.data / "uploads" / ".staging-old", desk.data / "uploads" / ".staging-young"
    old.mkdir()
    young.mkdir()
    os.utime(old, (0, 0))
    desk.uploads.clean()
    assert (old.exists(), young.exists()) == (False, True)
    assert desk.uploads.all() == [kept]
