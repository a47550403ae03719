"""Files that cannot be indexed: a clear reason for each, and nothing that was there is lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bulletins import page, story, write_page
from fakes import HashEncoder

from qa.building.activation import load_current
from qa.building.indexing import build_index
from qa.errors import ConfigError, LibraryError
from qa.types import IndexReport


@pytest.fixture
def place() -> Iterator[Path]:
    """Return a folder that every user may enter, unlike pytest's own, with one good page indexed."""
    folder = Path(tempfile.mkdtemp(prefix="qa-bad-files-"))
    folder.chmod(0o755)
    write_page(folder / "seeds" / "good.txt", story(1), story(2))
    index(folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """Run a test as somebody who is not root: root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def index(place: Path, *paths: str) -> IndexReport:
    return build_index([Path(p) for p in paths or ("seeds",)], place / "data", HashEncoder(), root=place)


def titles(place: Path) -> list[str]:
    return [article.title for article in load_current(place / "data").articles]


GOOD = [story(1)[0], story(2)[0]]
UNREADABLE = {
    "undecodable": (page(story(3)).encode("big5", "ignore"), "无法识别文件编码"),
    "empty": (b"", "文件是空的"),
    "blank": (" \n\n\u3000\t\n".encode(), "只有空白"),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG 图片"),
    "binary": (bytes(range(256)) * 10, "二进制数据"),
    "headline only": ("# 只有标题\n".encode(), "只有标题没有正文"),
    "huge": (b"\xe4\xba\x8c" * (50 * 2**20 // 3), "文件太大"),
}


def test_new_bad_files_are_reported_and_the_good_one_stays(place: Path) -> None:
    for kind, (data, _) in UNREADABLE.items():
        (place / "seeds" / f"{kind}.txt").write_bytes(data)
    report = index(place)
    assert {f.source for f in report.failed} == {f"seeds/{kind}.txt" for kind in UNREADABLE}
    for failure in report.failed:
        kind = Path(failure.source).stem
        assert UNREADABLE[kind][1] in failure.reason
        assert kind not in failure.reason, "the name is said once, by source"
    assert (report.generation, report.activated, report.unchanged) == (1, False, 2)
    assert titles(place) == GOOD


def test_good_files_gone_bad_keep_their_articles(place: Path) -> None:
    stories = {kind: story(n) for n, kind in enumerate(UNREADABLE, start=10)}
    for kind, one in stories.items():
        write_page(place / "seeds" / f"{kind}.txt", one)
    index(place)
    for kind, (data, _) in UNREADABLE.items():
        (place / "seeds" / f"{kind}.txt").write_bytes(data)
    write_page(place / "seeds" / "new.txt", story(3))
    report = index(place)
    assert {f.source for f in report.failed} == {f"seeds/{kind}.txt" for kind in UNREADABLE}
    assert [ref.title for ref in report.added] == [story(3)[0]]
    assert (report.changed, report.removed) == ((), ())
    assert set(titles(place)) == {*GOOD, story(3)[0], *(title for title, _ in stories.values())}
    for kind, one in stories.items():
        write_page(place / "seeds" / f"{kind}.txt", one)
    report = index(place)
    assert (report.failed, report.unchanged, report.activated) == ((), 10, False)


def test_a_body_without_headline_is_read(place: Path) -> None:
    (place / "seeds" / "b.txt").write_text(story(5)[1], encoding="utf-8")
    report = index(place)
    assert (report.failed, len(report.added)) == ((), 1)


def test_a_headline_without_body_beside_a_whole_article_is_noted(place: Path) -> None:
    (place / "seeds" / "b.txt").write_text("# 只有标题\n\n" + page(story(3)), encoding="utf-8")
    report = index(place)
    assert [ref.title for ref in report.added] == [story(3)[0]]
    assert [(n.source, n.reason) for n in report.notes] == [
        ("seeds/b.txt", "只有标题没有正文，未收录：只有标题")
    ]


def test_a_duplicate_file_is_noted(place: Path) -> None:
    shutil.copy(place / "seeds" / "good.txt", place / "seeds" / "好.txt")
    report = index(place)
    assert (report.articles, report.unchanged, report.activated) == (2, 2, False)
    [note] = report.notes
    assert (note.source, note.reason) == ("seeds/好.txt", "所有文章都已收录在其他文件里,没有新增内容")


def test_another_encoding_is_noted(place: Path) -> None:
    (place / "seeds" / "gbk.txt").write_text(page(story(3)), encoding="gbk")
    report = index(place)
    assert [(n.source, n.reason) for n in report.notes] == [
        ("seeds/gbk.txt", "文件编码是 GB18030/GBK,已转换")
    ]
    assert story(3)[0] in titles(place)


def test_other_kinds_of_files_are_reported_and_leftovers_passed_over(place: Path) -> None:
    for name in (".hidden.txt", "a.txt~", ".a.txt.swp", "b.tmp", "c.txt.part", "~$d.txt", "Thumbs.db"):
        (place / "seeds" / name).write_text(page(story(4)), encoding="utf-8")
    (place / "seeds" / "page.odt").write_bytes(b"PK")
    report = index(place)
    assert [(f.source, "不支持的文件类型 .odt" in f.reason) for f in report.failed] == [
        ("seeds/page.odt", True)
    ]
    assert titles(place) == GOOD


def test_links(place: Path) -> None:
    write_page(place / "elsewhere" / "c.txt", story(3))
    (place / "seeds" / "linked.txt").symlink_to(place / "elsewhere" / "c.txt")
    (place / "seeds" / "dangling.txt").symlink_to(place / "none.txt")
    (place / "seeds" / "folder").symlink_to(place / "elsewhere")
    (place / "seeds" / "loop").symlink_to(place / "seeds")
    report = index(place)
    assert {f.source: f.reason.split(";")[0] for f in report.failed} == {
        "seeds/dangling.txt": "符号链接指向的文件不存在",
        "seeds/folder": "符号链接指向文件夹,没有进入",
        "seeds/loop": "符号链接指向文件夹,没有进入",
    }
    assert [ref.source for ref in report.added] == ["seeds/linked.txt"]
    (place / "elsewhere" / "c.txt").unlink()
    report = index(place)
    assert "seeds/linked.txt" in {f.source for f in report.failed}
    assert story(3)[0] in titles(place), "a dangling link keeps what it had"


def test_a_name_that_is_not_utf8_is_reported(place: Path) -> None:
    name = os.fsencode(place / "seeds") + "/公报.txt".encode("gbk")
    try:
        with open(name, "wb") as file:
            file.write(page(story(3)).encode())
    except OSError:
        pytest.skip("this file system has only UTF-8 names")
    report = index(place)
    [failure] = report.failed
    assert "不是有效的 UTF-8" in failure.reason
    failure.source.encode()


def test_a_file_without_permission_keeps_its_articles(place: Path, unprivileged: None) -> None:
    with as_owner():
        make_writable(place)
        (place / "seeds" / "good.txt").chmod(0)
    report = index(place)
    assert [(f.source, f.reason) for f in report.failed] == [("seeds/good.txt", "没有读取这个文件的权限")]
    assert (report.removed, titles(place)) == ((), GOOD)


@pytest.mark.parametrize("mode", [0o000, 0o444], ids=["unlistable", "not to be entered"])
@pytest.mark.parametrize("path", ["seeds", "."], ids=["given", "below"])
def test_a_folder_without_permission_keeps_its_articles(
    place: Path, unprivileged: None, mode: int, path: str
) -> None:
    with as_owner():
        make_writable(place)
        (place / "seeds").chmod(mode)
    report = index(place, path)
    assert [f.source for f in report.failed] in (["seeds"], ["seeds/good.txt"])
    assert (report.removed, titles(place)) == ((), GOOD)
    with as_owner():
        (place / "seeds").chmod(0o755)
    report = index(place, path)
    assert (report.failed, report.unchanged) == ((), 2)


def test_a_data_folder_that_cannot_be_written_is_told(place: Path, unprivileged: None) -> None:
    with pytest.raises(LibraryError, match="数据文件夹无法写入:没有权限"):
        index(place)
    assert titles(place) == GOOD


class as_owner:  # noqa: N801
    """Be root again for a block, where the test began as root."""

    def __enter__(self) -> None:
        self._user = os.geteuid()
        if os.getuid() == 0:
            os.seteuid(0)

    def __exit__(self, *_: object) -> None:
        os.seteuid(self._user)


def make_writable(place: Path) -> None:
    """Let everybody write the data folder."""
    for path in (place / "data", *(place / "data").rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)


def test_nothing_but_bad_files_makes_no_generation(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_bytes(b"")
    report = index(tmp_path)
    assert (report.generation, report.activated, report.articles) == (0, False, 0)
    assert [f.reason for f in report.failed] == ["文件是空的"]


def test_no_file_at_all_is_a_wrong_configuration(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    with pytest.raises(ConfigError, match="没有找到公报文件:seeds"):
        index(tmp_path)
    with pytest.raises(ConfigError, match=r"找不到文件或文件夹:none\.txt"):
        index(tmp_path, "none.txt")
