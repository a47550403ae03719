"""Watching a folder: what is indexed when, without a real clock."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from bulletins import page, story, write_page
from fakes import HashEncoder

from qa.building import indexing
from qa.building.activation import load_current
from qa.building.indexing import build_index
from qa.building.lock import LIBRARY_FILE, build_lock
from qa.errors import BusyError, ConfigError, EmptiedError, LibraryError, QAError
from qa.operations.watch import PATIENCE, Changes, Stamp, watch
from qa.types import IndexReport

A, B = Path("a.txt"), Path("b.txt")
ONE, TWO = Stamp(1, 1, 1, 1), Stamp(2, 2, 1, 2)

Step = Callable[[], object]


class StopError(Exception):
    """Ends a watch when the steps of a test are used up."""


class TestChanges:
    def test_a_file_counts_once_it_stands_still(self) -> None:
        changes = Changes()
        assert changes.look({A: ONE}).moving == (A,)
        assert changes.look({A: TWO}).moving == (A,)
        assert changes.look({A: TWO}).settled == (A,)

    def test_what_was_indexed_is_no_change(self) -> None:
        changes = Changes()
        changes.look({A: ONE})
        changes.indexed(changes.look({A: ONE}).settled)
        assert changes.look({A: ONE}).settled == changes.look({A: ONE}).moving == ()

    def test_what_was_not_indexed_stays_settled(self) -> None:
        changes = Changes()
        changes.look({A: ONE})
        assert changes.look({A: ONE}).settled == changes.look({A: ONE}).settled == (A,)

    def test_a_file_that_goes_must_stay_away(self) -> None:
        changes = Changes()
        changes.look({A: ONE})
        changes.indexed(changes.look({A: ONE}).settled)
        assert changes.look({}).moving == (A,)
        assert changes.look({A: ONE}).settled == ()
        assert changes.look({}).moving == (A,)
        settled = changes.look({}).settled
        assert settled == (A,)
        changes.indexed(settled)
        assert changes.look({}).settled == ()

    def test_a_file_that_a_program_holds_open_waits_but_not_for_ever(self) -> None:
        held = {A}
        changes = Changes(lambda path: path in held)
        changes.look({A: ONE, B: ONE})
        assert changes.look({A: ONE, B: ONE}).settled == (B,)
        held.clear()
        assert changes.look({A: ONE, B: ONE}).settled == (A, B)
        held.add(A)
        changes = Changes(lambda path: path in held)
        looks = [changes.look({A: ONE}).settled for _ in range(PATIENCE)]
        assert looks == [()] * (PATIENCE - 1) + [(A,)]

    def test_files_are_told_apart(self) -> None:
        changes = Changes()
        changes.look({A: ONE, B: ONE})
        change = changes.look({A: ONE, B: TWO})
        assert (change.settled, change.moving) == ((A,), (B,))


class Watched:
    """A watch over ``seeds`` that runs one step of a script between two looks."""

    def __init__(self, root: Path) -> None:
        self.root, self.data, self.seeds = root, root / "data", root / "seeds"
        self.encoder = HashEncoder()
        self.reports: list[IndexReport] = []
        self.errors: list[QAError] = []
        self.emptied: list[Path] = []
        self.indexed: list[list[str]] = []
        self.guarded: Sequence[Path] = ()
        self.meanwhile: Callable[[], AbstractContextManager[None]] = nullcontext
        """Around each run of the indexer."""

    def run(self, *steps: Step, paths: Sequence[Path] = (Path("seeds"),)) -> None:
        """Watch for as many looks as there are steps, and one."""
        script = iter(steps)
        self.guarded = paths

        def wait() -> None:
            step = next(script, None)
            if step is None:
                raise StopError
            step()

        with pytest.raises(StopError):
            watch(
                paths,
                self.data,
                self.index,
                wait=wait,
                on_report=self.reports.append,
                on_error=self.errors.append,
                on_emptied=self.emptied.append,
                root=self.root,
            )

    def index(self, paths: Sequence[Path]) -> IndexReport:
        self.indexed.append([path.name for path in paths])
        with self.meanwhile():
            return build_index(paths, self.data, self.encoder, root=self.root, guarded=self.guarded)

    def titles(self) -> set[str]:
        """Return the headlines that serve."""
        return {article.title for article in load_current(self.data).articles}


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def nothing() -> None:
    """Let time pass."""


def test_indexes_at_the_start_and_then_only_changes(watched: Watched) -> None:
    write_page(watched.seeds / "a.txt", story(1))
    watched.run(nothing, nothing, nothing, nothing)
    assert watched.indexed == [["seeds"]]
    assert watched.titles() == {story(1)[0]}


def test_a_file_comes_changes_and_goes(watched: Watched) -> None:
    write_page(watched.seeds / "a.txt", story(1))
    seen: list[set[str]] = []
    file = watched.seeds / "b.txt"
    watched.run(
        nothing, nothing,
        lambda: write_page(file, story(2)), nothing, lambda: seen.append(watched.titles()),
        lambda: write_page(file, story(3), story(4)), nothing, lambda: seen.append(watched.titles()),
        file.unlink, nothing, lambda: seen.append(watched.titles()),
    )  # fmt: skip
    first = story(1)[0]
    assert seen == [{first, story(2)[0]}, {first, story(3)[0], story(4)[0]}, {first}]


def test_a_half_written_file_is_not_read_while_others_are(watched: Watched) -> None:
    write_page(watched.seeds / "a.txt", story(1))
    growing = (watched.seeds / "big.txt").open("w", encoding="utf-8")

    def grow() -> None:
        growing.write(page(story(2)))
        growing.flush()

    with growing:
        watched.run(grow, grow, grow)
        assert watched.indexed == [["a.txt"]]
    watched.run(nothing)
    assert watched.indexed[-1] == ["seeds"]
    assert watched.titles() == {story(1)[0], story(2)[0]}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_a_copy_that_stalls_is_not_read(watched: Watched) -> None:
    write_page(watched.seeds / "a.txt", story(1))
    with (watched.seeds / "b.txt").open("w", encoding="utf-8") as copy:
        copy.write(page(story(2))[:20])
        copy.flush()
        watched.run(nothing, nothing, nothing, nothing)
        assert watched.titles() == {story(1)[0]}
        copy.write(page(story(2))[20:])
    watched.run(nothing, nothing)
    assert watched.titles() == {story(1)[0], story(2)[0]}


def test_a_file_that_went_while_another_is_written_is_forgotten(watched: Watched) -> None:
    write_page(watched.seeds / "a.txt", story(1))
    write_page(watched.seeds / "b.txt", story(2))
    growing = watched.seeds / "c.txt"

    def grow() -> None:
        with growing.open("a", encoding="utf-8") as file:
            file.write("字")

    def go() -> None:
        (watched.seeds / "b.txt").unlink()
        grow()

    watched.run(nothing, nothing, go, grow, grow)
    assert watched.titles() == {story(1)[0]}


def test_what_went_before_the_start_is_forgotten(watched: Watched) -> None:
    write_page(watched.seeds / "a.txt", story(1))
    write_page(watched.seeds / "b.txt", story(2))
    watched.index([watched.seeds])
    (watched.seeds / "b.txt").unlink()
    watched.run(nothing, nothing)
    assert watched.titles() == {story(1)[0]}


class TestEmptied:
    """A folder that is found empty is taken for a share that is not mounted."""

    @pytest.fixture
    def away(self, watched: Watched) -> tuple[Step, Step]:
        """Return what unmounts and mounts ``seeds``, which holds two files."""
        write_page(watched.seeds / "a.txt", story(1))
        write_page(watched.seeds / "b.txt", story(2))
        elsewhere = watched.root / "elsewhere"

        def unmount() -> None:
            watched.seeds.rename(elsewhere)
            watched.seeds.mkdir()
            (watched.seeds / "没有挂载.xyz").touch()

        def mount() -> None:
            (watched.seeds / "没有挂载.xyz").unlink()
            watched.seeds.rmdir()
            elsewhere.rename(watched.seeds)

        return unmount, mount

    def test_it_is_told_once_and_nothing_is_removed(self, watched: Watched, away: tuple[Step, Step]) -> None:
        unmount, _ = away
        watched.run(nothing, nothing, unmount, nothing, nothing, nothing)
        assert watched.titles() == {story(1)[0], story(2)[0]}
        assert watched.emptied == [Path("seeds")]
        assert watched.indexed == [["seeds"]]
        assert watched.errors == []

    def test_files_that_come_back_are_followed_again(self, watched: Watched, away: tuple[Step, Step]) -> None:
        unmount, mount = away

        def mount_changed() -> None:
            mount()
            (watched.seeds / "a.txt").unlink()
            write_page(watched.seeds / "c.txt", story(3))

        watched.run(
            nothing, nothing, unmount, nothing, nothing, mount, nothing,
            unmount, nothing, nothing, mount_changed, nothing,
        )  # fmt: skip
        assert watched.titles() == {story(2)[0], story(3)[0]}
        assert watched.emptied == [Path("seeds"), Path("seeds")], "once each time"

    def test_at_the_start_too(self, watched: Watched, away: tuple[Step, Step]) -> None:
        unmount, mount = away
        watched.index([watched.seeds])
        unmount()
        watched.run(nothing, nothing, nothing)
        assert watched.titles() == {story(1)[0], story(2)[0]}
        assert (watched.emptied, watched.reports) == ([Path("seeds")], [])
        watched.run(nothing, mount, lambda: (watched.seeds / "b.txt").unlink(), nothing, nothing)
        assert watched.titles() == {story(1)[0]}

    def test_an_index_by_hand_settles_it(self, watched: Watched, away: tuple[Step, Step]) -> None:
        unmount, _ = away

        def by_hand() -> None:
            build_index([Path("seeds")], watched.data, watched.encoder, root=watched.root)

        later = write_page(watched.root / "later.txt", story(3))
        watched.run(
            nothing, nothing, unmount, nothing, by_hand, nothing,
            lambda: later.rename(watched.seeds / "later.txt"), nothing, nothing,
        )  # fmt: skip
        assert watched.titles() == {story(3)[0]}
        assert watched.emptied == [Path("seeds")]

    @pytest.mark.parametrize("empty", ["other", "seeds/二月"])
    def test_other_folders_are_followed_meanwhile(self, watched: Watched, empty: str) -> None:
        folder = watched.root / empty
        write_page(watched.seeds / "a.txt", story(1))
        write_page(folder / "b.txt", story(2))

        def go() -> None:
            (folder / "b.txt").unlink()
            folder.rmdir()

        def change() -> None:
            (watched.seeds / "a.txt").unlink()
            write_page(watched.seeds / "c.txt", story(3))

        watched.run(
            nothing, nothing, go, nothing, nothing, change, nothing, paths=[watched.seeds, folder]
        )  # fmt: skip
        assert watched.titles() == {story(2)[0], story(3)[0]}
        assert (watched.emptied, watched.errors) == ([folder], [])

    def test_one_that_drops_after_the_look_is_not_followed(
        self, watched: Watched, away: tuple[Step, Step]
    ) -> None:
        """The share drops between the look that found a change and the run that takes it in."""
        unmount, mount = away

        @contextmanager
        def unmounted() -> Iterator[None]:
            unmount()
            try:
                yield
            finally:
                mount()

        def change() -> None:
            write_page(watched.seeds / "c.txt", story(3))
            watched.meanwhile = unmounted

        def heal() -> None:
            watched.meanwhile = nullcontext
            assert watched.titles() == {story(1)[0], story(2)[0]}

        watched.run(nothing, nothing, change, nothing, nothing, nothing, heal)
        assert [type(error) for error in watched.errors] == [EmptiedError], "told once"
        assert watched.titles() == {story(1)[0], story(2)[0], story(3)[0]}
        assert watched.emptied == [], "no look found it empty"

    def test_one_that_drops_in_the_middle_of_a_run_is_not_followed(
        self, watched: Watched, away: tuple[Step, Step], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The share drops between the run's own check and its looking for files: nothing new serves."""
        unmount, mount = away
        watched.index([watched.seeds])
        watched.guarded = [watched.seeds]
        with monkeypatch.context() as patch:
            patch.setattr(indexing, "holds_bulletins", lambda *_: True)
            unmount()
            with pytest.raises(EmptiedError, match="共享文件夹断开"):
                watched.index([watched.seeds])
        other = write_page(watched.root / "other" / "d.txt", story(4))
        for paths in ([watched.seeds], [other]):
            with pytest.raises(EmptiedError):
                watched.index(paths)
        assert watched.titles() == {story(1)[0], story(2)[0]}
        mount()
        report = watched.index([watched.seeds])
        assert [ref.title for ref in report.added] == [story(4)[0]]
        assert (report.changed, report.removed) == ((), ())

    def test_a_file_that_is_watched_may_go(self, watched: Watched) -> None:
        files = [write_page(watched.seeds / name, story(n)) for n, name in ((1, "a.txt"), (2, "b.txt"))]
        watched.run(nothing, nothing, files[1].unlink, nothing, nothing, paths=files)
        assert watched.titles() == {story(1)[0]}
        assert (watched.emptied, watched.errors) == ([], [])


@pytest.mark.parametrize("where", ["Library", "os.stat"])
def test_a_library_that_cannot_be_read_for_a_while_does_not_end_it(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    write_page(watched.seeds / "a.txt", story(1))
    status = os.stat

    def full(*_: object) -> None:
        raise LibraryError("磁盘已满,文库无法写入")

    def broken(path: Path) -> os.stat_result:
        if Path(path).name == LIBRARY_FILE:
            raise OSError(errno.EIO, "Input/output error")
        return status(path)

    def fail() -> None:
        write_page(watched.seeds / "b.txt", story(2))
        monkeypatch.setattr(f"qa.ingest.emptied.{where}", full if where == "Library" else broken)

    watched.run(nothing, nothing, fail, nothing, nothing, nothing, monkeypatch.undo)
    assert [type(error) for error in watched.errors] == [LibraryError], "told once"
    assert watched.titles() == {story(1)[0], story(2)[0]}


def test_goes_on_after_an_error_and_tells_it_once(watched: Watched) -> None:
    write_page(watched.seeds / "a.txt", story(1))
    lock = build_lock(watched.data)
    with lock:
        watched.run(nothing, nothing, nothing)
    assert [type(error) for error in watched.errors] == [BusyError]
    watched.run(nothing, nothing)
    assert watched.titles() == {story(1)[0]}


def test_a_failed_file_is_reported_and_read_again_only_when_it_changed(watched: Watched) -> None:
    write_page(watched.seeds / "a.txt", story(1))
    bad = watched.seeds / "b.txt"
    bad.touch()
    watched.run(nothing, nothing, nothing, lambda: write_page(bad, story(2)), nothing)
    assert [[failure.source for failure in report.failed] for report in watched.reports] == [
        ["seeds/b.txt"],
        [],
    ]
    assert watched.titles() == {story(1)[0], story(2)[0]}


def test_a_file_with_the_same_size_and_time_but_another_inode_is_a_change(watched: Watched) -> None:
    file = write_page(watched.seeds / "a.txt", story(1))
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)

    def replace() -> None:
        beside = write_page(watched.root / "new.txt", (story(1)[0], story(1)[1].replace("会议", "大会")))
        os.utime(beside, ns=times)
        beside.rename(file)

    watched.run(nothing, nothing, replace, nothing)
    assert "大会" in load_current(watched.data).articles[0].body


def test_a_file_that_may_be_read_at_last_is_read(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its permissions change neither its size nor its time."""
    write_page(watched.seeds / "a.txt", story(1))
    file = write_page(watched.seeds / "b.txt", story(2))
    file.chmod(0o000)
    opened, raw = io.open, os.open

    def as_an_ordinary_user(open_: Callable[..., Any]) -> Callable[..., Any]:
        def try_to(path: Any, *args: Any, **options: Any) -> Any:
            if not isinstance(path, int) and Path(path) == file and not stat.S_IMODE(os.stat(file).st_mode):
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return open_(path, *args, **options)

        return try_to

    monkeypatch.setattr("io.open", as_an_ordinary_user(opened))
    monkeypatch.setattr("os.open", as_an_ordinary_user(raw))
    watched.run(nothing, nothing, lambda: file.chmod(0o644), nothing)
    assert [[failure.source for failure in report.failed] for report in watched.reports] == [
        ["seeds/b.txt"],
        [],
    ]
    assert watched.titles() == {story(1)[0], story(2)[0]}


def test_a_path_that_is_not_there_at_the_start_is_refused(watched: Watched) -> None:
    with pytest.raises(ConfigError, match="没有"):
        watched.run(paths=[Path("没有")])
