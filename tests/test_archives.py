"""Archives: members are sources of their own, nothing dangerous is read, unchanged ones cost nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from bulletins import page, story
from fakes import HashEncoder

from qa.building.activation import load_current
from qa.building.indexing import build_index
from qa.errors import BulletinError
from qa.formats import archive
from qa.formats.archive import members
from qa.ingest import intake
from qa.storage.sources import find
from qa.types import IndexReport


def zipped(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return file.getvalue()


def read(data: bytes) -> dict[str, str | None]:
    return {member.name: member.problem for member in members(data, lambda _: 1000)}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    return tmp_path


def index(place: Path, path: str = "seeds") -> IndexReport:
    return build_index([Path(path)], place / "data", HashEncoder(), root=place)


def test_members_are_sources(place: Path) -> None:
    files = {
        "15日/头版.txt": page(story(1), story(2)),
        "二版.md": page(story(3)).encode("gbk"),
        "坏.txt": b"\0\1",
    }
    (place / "seeds" / "十二月.zip").write_bytes(zipped(files))
    report = index(place)
    assert {ref.source for ref in report.added} == {
        "seeds/十二月.zip!/15日/头版.txt", "seeds/十二月.zip!/二版.md",
    }  # fmt: skip
    assert [(f.source, f.reason) for f in report.failed] == [
        ("seeds/十二月.zip!/坏.txt", "不是文本文件:内容是二进制数据")
    ]
    assert [(n.source, n.reason) for n in report.notes] == [
        ("seeds/十二月.zip!/二版.md", "文件编码是 GB18030/GBK,已转换")
    ]


def test_an_unchanged_archive_is_not_opened_and_a_changed_one_reads_what_changed(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = place / "seeds" / "a.zip"
    files = {f"{n}.txt": page(story(n)) for n in range(3)}
    path.write_bytes(zipped(files))
    index(place)
    with monkeypatch.context() as patch:
        patch.setattr(intake, "members", lambda *_: pytest.fail("it was opened"))
        assert (index(place).unchanged, index(place).activated) == (3, False)
    parsed: list[str] = []
    parse = intake.parse
    monkeypatch.setattr(intake, "parse", lambda text, name: parsed.append(name) or parse(text, name))
    del files["0.txt"]
    files["1.txt"] = page(story(1, "会议强调,抓好落实。"))
    path.write_bytes(zipped(files))
    report = index(place)
    assert parsed == ["seeds/a.zip!/1.txt"]
    assert ([a.title for a in report.changed], [a.title for a in report.removed]) == (
        [story(1)[0]],
        [story(0)[0]],
    )


@pytest.mark.parametrize("asked", ["seeds", "seeds/a.zip"])
def test_an_archive_that_is_gone_takes_its_members_along(place: Path, asked: str) -> None:
    path = place / "seeds" / "a.zip"
    path.write_bytes(zipped({"1.txt": page(story(1)), "x.txt": b""}))
    (place / "seeds" / "b.txt").write_text(page(story(2)), encoding="utf-8")
    index(place)
    path.unlink()
    assert [a.title for a in index(place, asked).removed] == [story(1)[0]]


def test_a_damaged_archive_keeps_what_was_known(place: Path) -> None:
    path = place / "seeds" / "a.zip"
    path.write_bytes(zipped({"1.txt": page(story(1))}))
    index(place)
    path.write_bytes(path.read_bytes()[:-30])
    report = index(place)
    assert [(f.source, f.reason) for f in report.failed] == [("seeds/a.zip", "压缩包已损坏,或不是 zip")]
    assert [a.title for a in load_current(place / "data").articles] == [story(1)[0]]


def test_a_failing_member_keeps_its_articles(place: Path) -> None:
    path = place / "seeds" / "a.zip"
    path.write_bytes(zipped({"1.txt": page(story(1)), "2.txt": page(story(2))}))
    index(place)
    path.write_bytes(zipped({"1.txt": b"\0", "2.txt": page(story(2))}))
    report = index(place)
    assert (len(report.failed), report.removed, report.unchanged) == (1, (), 2)


def test_an_archive_that_is_put_back_is_read_again(place: Path) -> None:
    path = place / "seeds" / "a.zip"
    first = zipped({"1.txt": page(story(1)), "2.txt": page(story(2))})
    path.write_bytes(first)
    index(place)
    path.write_bytes(zipped({"1.txt": b"\0", "2.txt": page(story(3))}))
    index(place)
    path.write_bytes(first)
    index(place)
    assert [a.title for a in load_current(place / "data").articles] == [story(1)[0], story(2)[0]]


def test_the_day_of_an_issue_may_be_in_the_archives_name(place: Path) -> None:
    (place / "seeds" / "2021-12-15.zip").write_bytes(zipped({"头版.txt": page(story(3))}))
    index(place)
    assert load_current(place / "data").articles[0].date is not None


def test_names_in_gbk() -> None:
    marked = zipped({"头版.txt": "x"})
    raw = "头版.txt".encode("gbk").decode("cp437")
    old = io.BytesIO()
    with zipfile.ZipFile(old, "w") as made:
        info = zipfile.ZipInfo("AAAA.txt")
        made.writestr(info, "x")
    data = old.getvalue().replace(b"AAAA.txt", raw.encode("cp437"))
    assert list(read(marked)) == list(read(data)) == ["头版.txt"]


def test_leftovers_are_passed_over() -> None:
    assert read(zipped({"__MACOSX/a.txt": "x", ".DS_Store": "x", "b/~$c.docx": "x", "a.txt": "x"})) == {
        "a.txt": None
    }


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "b/../../a.txt", "C:/a.txt", "..\\a.txt"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    assert list(read(zipped({name: "x"})).values()) == ["文件名指向压缩包之外,没有读取"]


def test_a_nested_archive_and_a_large_file_are_refused() -> None:
    problems = read(zipped({"a.zip": zipped({"b.txt": "x"}), "b.txt": "x" * 2000}))
    assert problems["a.zip"] == "压缩包里的压缩包不读取,请先解开"
    assert "文件太大" in str(problems["b.txt"])


def test_a_link_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = 0o120777 << 16
        made.writestr(info, "/etc/passwd")
    assert list(read(file.getvalue()).values()) == ["压缩包里的这个文件是链接或设备,没有读取"]


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BulletinError, match="压缩炸弹"):
        read(zipped({"a.txt": bytes(5 * 2**20)}))
    monkeypatch.setattr(archive, "MAX_UNPACKED", 10)
    with pytest.raises(BulletinError, match="解压后有"):
        read(zipped({"a.txt": "x" * 11}))
    monkeypatch.setattr(archive, "MAX_MEMBERS", 1)
    with pytest.raises(BulletinError, match="压缩包里有 2 个文件"):
        read(zipped({"a.txt": "x", "b.txt": "x"}))


def test_a_file_that_lies_about_its_size() -> None:
    data = zipped({"a.txt": "x" * 900}, zipfile.ZIP_STORED)
    damaged = data.replace(b"x" * 900, b"y" * 900)
    assert read(damaged) == {"a.txt": "压缩包里的这个文件已损坏"}


def test_a_folder_that_looks_like_a_member(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"x")
    found = find([Path("a.zip")], ["a.zip!/b.txt", "a.zip2/c.txt"], tmp_path, tmp_path / "data")
    assert (list(found.files), found.gone) == (["a.zip"], ())
