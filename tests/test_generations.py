"""Generations: listed, compared, and an older one made to serve again without losing the newer ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bulletins import story, write_page
from click.testing import CliRunner, Result
from fakes import HashEncoder

from qa.building import activation
from qa.building.activation import current_generation, folder_of, load_current
from qa.building.generations import difference, history
from qa.building.indexing import build_index, recorded_generations, roll_back
from qa.building.lock import build_lock
from qa.cli.app import root
from qa.config import Settings
from qa.errors import BusyError, GoneError, NotFoundError, SnapshotError
from qa.service import Service
from qa.types import IndexReport


class Place:
    """A page that changes, and the data made from it."""

    def __init__(self, root: Path) -> None:
        self.root, self.data = root, root / "data"
        self.encoder = HashEncoder()

    def index(self, *stories: int) -> IndexReport:
        write_page(self.root / "seeds" / "a.txt", *map(story, stories))
        return build_index([Path("seeds")], self.data, self.encoder, root=self.root)

    def titles(self) -> list[str]:
        return [a.title for a in load_current(self.data, self.encoder.fingerprint).articles]

    def on_disk(self) -> list[int]:
        return sorted(int(p.name) for p in (self.data / "snapshots").iterdir())


def names(*numbers: int) -> list[str]:
    return [story(n)[0] for n in numbers]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Return a place with five generations, of which three are on disk."""
    monkeypatch.chdir(tmp_path)
    place = Place(tmp_path)
    for n in range(1, 6):
        place.index(*range(1, n + 1))
    return place


def run(*arguments: str, data: Path) -> Result:
    return CliRunner().invoke(root, [*arguments, "--data", str(data)], prog_name="qa")


def test_every_generation_is_listed(place: Place) -> None:
    listed = history(place.data, recorded_generations(place.data))
    assert [k.record.id for k in listed] == [1, 2, 3, 4, 5]
    assert [k.kept for k in listed] == [False, False, True, True, True]
    assert [k.active for k in listed] == [False] * 4 + [True]
    rows = json.loads(run("generations", "--json", data=place.data).stdout)
    assert [(r["generation"], r["articles"], r["added"]) for r in rows] == [(n, n, 1) for n in range(1, 6)]
    assert "使用中" in run("generations", data=place.data).stdout


def test_before_the_first_there_is_none(tmp_path: Path) -> None:
    assert json.loads(run("generations", "--json", data=tmp_path / "data").stdout) == []
    assert not (tmp_path / "data").exists()


def test_a_generation_that_the_library_lost_is_listed_from_its_snapshot(place: Place) -> None:
    (place.data / "library.sqlite").unlink()
    assert [k.record.id for k in history(place.data, recorded_generations(place.data))] == [3, 4, 5]


def test_two_generations_are_compared(place: Place) -> None:
    place.index(1, 3, 4, 5)
    found = json.loads(run("diff", "4", "6", "--json", data=place.data).stdout)
    assert (found["from"], found["to"], found["unchanged"]) == (4, 6, 3)
    assert [ref["title"] for ref in found["added"]] == names(5)
    assert [ref["title"] for ref in found["removed"]] == names(2)
    back = json.loads(run("diff", "6", "4", "--json", data=place.data).stdout)
    assert [ref["title"] for ref in back["added"]] == names(2)
    assert names(2)[0] in run("diff", "4", "6", data=place.data).stdout


def test_one_that_is_gone_and_one_that_never_was(place: Place) -> None:
    records = recorded_generations(place.data)
    with pytest.raises(GoneError, match=r"第 2 代的快照已经清理.*3、4、5"):
        difference(place.data, records, 2, 5)
    with pytest.raises(NotFoundError, match="没有第 99 代"):
        difference(place.data, records, 5, 99)
    for command in (["diff", "1", "5"], ["rollback", "1"], ["rollback", "99"], ["rollback", "x"]):
        result = run(*command, data=place.data)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("错误：")
    assert current_generation(place.data) is not None
    assert place.titles() == names(1, 2, 3, 4, 5)


def test_rolling_back_serves_the_older_one_and_keeps_the_newer(place: Place) -> None:
    service = Service(Settings(data_dir=place.data, seeds_dir=place.root / "seeds"), place.encoder)  # type: ignore[arg-type]
    assert service.articles().total == 5
    printed = run("rollback", "3", data=place.data)
    assert printed.exit_code == 0
    assert "下一次 qa index" in printed.stdout
    assert service.articles().total == 3
    assert service.index_info().generation == 3
    activation.clean(place.data)
    assert place.on_disk() == [3, 4, 5]
    assert [k.record.id for k in service.generations() if k.active] == [3]
    assert service.roll_back(5).changed
    assert service.articles().total == 5
    again = service.roll_back(5)
    assert (again.changed, "本来就在使用" in again.notice) == (False, True)


def test_the_next_build_goes_forward_from_the_library(place: Place) -> None:
    roll_back(place.data, 3)
    report = place.index(1, 2, 3, 4, 5)
    assert (report.generation, report.activated, report.encoded) == (6, True, 0)
    assert place.titles() == names(1, 2, 3, 4, 5)
    assert place.on_disk() == [4, 5, 6]


def test_a_killed_build_after_rolling_back_takes_nothing_along(place: Place) -> None:
    roll_back(place.data, 4)
    folder_of(place.data, 6).mkdir()  # written, never activated
    activation.clean(place.data)
    assert place.on_disk() == [3, 4, 5]
    assert place.titles() == names(1, 2, 3, 4)


def test_the_one_that_serves_stays_on_disk_however_old(place: Place) -> None:
    roll_back(place.data, 3)
    current = json.loads((place.data / "current").read_bytes())
    assert (current["generation"], current["newest"]) == (3, 5)
    (place.data / "current").write_text(json.dumps(current | {"newest": 9}), encoding="utf-8")
    for number in (7, 8, 9):
        folder_of(place.data, number).mkdir()
    activation.clean(place.data)
    assert place.on_disk() == [3, 7, 8, 9]


def test_a_pointer_of_an_older_version_is_read(place: Place) -> None:
    current = json.loads((place.data / "current").read_bytes())
    del current["newest"]
    (place.data / "current").write_text(json.dumps(current), encoding="utf-8")
    assert place.titles() == names(1, 2, 3, 4, 5)
    assert roll_back(place.data, 4).changed
    activation.clean(place.data)
    assert place.on_disk() == [3, 4, 5]


def test_a_damaged_one_is_not_activated(place: Place) -> None:
    vectors = folder_of(place.data, 3) / "vectors.faiss"
    vectors.write_bytes(vectors.read_bytes()[:-1])
    with pytest.raises(SnapshotError, match=r"vectors\.faiss"):
        roll_back(place.data, 3)
    assert place.titles() == names(1, 2, 3, 4, 5)


def test_a_damaged_pointer_is_mended(place: Place) -> None:
    (place.data / "current").write_bytes(b"{")
    assert roll_back(place.data, 4).changed
    assert place.titles() == names(1, 2, 3, 4)
    activation.clean(place.data)
    assert place.on_disk() == [3, 4, 5]


def test_one_of_another_model_is_refused(place: Place) -> None:
    place.encoder = HashEncoder("fake-2")
    place.index(1, 2, 3, 4, 5)
    with pytest.raises(SnapshotError, match="另一个句向量模型"):
        roll_back(place.data, 5)
    assert place.titles() == names(1, 2, 3, 4, 5)


def test_not_while_the_index_is_being_built(place: Place) -> None:
    with build_lock(place.data), pytest.raises(BusyError):
        roll_back(place.data, 4)


def test_a_write_that_fails_leaves_what_serves(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("qa.building.activation.replace_file", full)
    with pytest.raises(SnapshotError, match="磁盘已满"):
        roll_back(place.data, 4)
    assert place.titles() == names(1, 2, 3, 4, 5)


def test_readers_do_not_see_withdrawn_articles_in_a_comparison(place: Place) -> None:
    service = Service(Settings(data_dir=place.data, seeds_dir=place.root / "seeds"), place.encoder)  # type: ignore[arg-type]
    newest = next(a for a in service.articles().items if a.title == names(5)[0])
    assert [r.id for r in service.difference(4, 5).differences.added] == [newest.id]
    service.withdraw(newest.id, "测试")
    assert service.difference(4, 5).differences.added == ()
    assert roll_back(place.data, 4).changed
    assert service.difference(4, 5).differences.added == ()
