"""The library: what is kept, what goes, and what SQLite's errors become."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import LibraryError
from qa.storage.library import Generation, Library, Piece, Source, SplitKey
from qa.storage.schema import MIGRATIONS
from qa.types import Article, ArticleRef, Failure, IndexReport, Passage

KEY = SplitKey("1/128", "model-a")
DAY = dt.date(2021, 12, 1)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.sqlite") as library:
        yield library


def article(name: str, source: str = "a.txt", position: int = 0, date: dt.date | None = None) -> Article:
    return Article(
        id=name,
        title=f"题{name}",
        body=f"文章{name}的正文。",
        date=date,
        date_text="12月1日" if date else None,
        reporters=("景静", "李慧"),
        correspondents=(),
        source=source,
        position=position,
    )


def put(library: Library, path: str, *articles: Article) -> None:
    placed = [replace(a, source=path, position=i) for i, a in enumerate(articles)]
    library.put_source(Source(path, f"sha of {path}", 10, 1), placed)


def add_passages(library: Library, key: SplitKey, *names: str) -> None:
    library.put_pieces(key, [Piece(Passage(n, 0, 4, "文章" + n), f"key of {n}") for n in names])


def unit(seed: int) -> np.ndarray:
    vector = np.random.default_rng(seed).normal(size=4).astype(np.float32)
    return vector / np.linalg.norm(vector)


def test_articles_come_back_as_they_were(library: Library) -> None:
    first, second = article("x", date=dt.date(2021, 12, 1)), article("y", position=1)
    put(library, "a.txt", first, second)
    assert library.articles() == (first, second)
    assert library.sources() == {"a.txt": Source("a.txt", "sha of a.txt", 10, 1)}


def test_putting_a_source_again_replaces_its_articles(library: Library) -> None:
    put(library, "a.txt", article("x"), article("y"))
    put(library, "a.txt", article("y"), article("z"))
    assert [a.id for a in library.articles()] == ["y", "z"]


def test_an_article_of_two_files_takes_the_record_of_the_first_that_is_dated(library: Library) -> None:
    dated = replace(article("x"), date=dt.date(2021, 12, 1), date_text="12月1日")
    put(library, "c.txt", dated)
    put(library, "b.txt", dated)
    put(library, "a.txt", article("x"))
    [found] = library.articles()
    assert (found.source, found.date) == ("b.txt", dt.date(2021, 12, 1))
    library.remove_source("b.txt")
    library.remove_source("c.txt")
    [found] = library.articles()
    assert (found.source, found.date) == ("a.txt", None)
    library.remove_source("a.txt")
    assert library.articles() == ()


PLACES = st.lists(st.tuples(st.sampled_from("xyz"), st.booleans()), max_size=4)


@settings(max_examples=60, deadline=None)
@given(files=st.dictionaries(st.sampled_from(["a", "b", "B", "丙"]), PLACES))
def test_first_sources_are_those_that_articles_name(files: dict[str, list[tuple[str, bool]]]) -> None:
    with Library(Path(":memory:")) as library:
        for path, places in files.items():
            put(library, path, *(article(n, date=DAY if dated else None) for n, dated in places))
        assert library.first_sources(["c", *files]) == {a.source for a in library.articles()}


def test_sources_are_found_by_path(library: Library) -> None:
    library.put_source(Source("a.txt", "abc", 3, 1, "3:1:1:1"), [])
    library.put_source(Source("b.txt", "def", 3, 1), [])
    known = library.sources()
    assert (list(known), len(known), "a.txt" in known, "c.txt" in known) == (
        ["a.txt", "b.txt"],
        2,
        True,
        False,
    )
    assert known["a.txt"].stamp == "3:1:1:1"
    assert known.get("c.txt") is None
    looks = [
        ("a.txt", 1, "3:1:1:1"),
        ("a.txt", 2, "3:1:1:1"),
        ("a.txt", 1, "3:1:1:2"),
        ("c.txt", 1, "3:1:1:1"),
    ]
    assert [known.looked(*look) for look in looks] == [True, False, False, False]
    assert not known.looked("b.txt", 1, "3:1:1:1"), "only reading tells"


def test_only_what_lacks_a_vector_is_unencoded(library: Library) -> None:
    put(library, "a.txt", article("x"), article("y"))
    add_passages(library, KEY, "x", "y")
    assert [row[0] for row in library.unencoded(KEY)] == ["key of x", "key of y"]
    library.put_vectors("model-a", ["key of x"], unit(1)[None])
    assert library.unencoded(KEY) == [("key of y", "y", 0, 4)]
    with pytest.raises(LibraryError, match="缺少向量"):
        library.encoded_passages(KEY, 4)
    library.put_vectors("model-a", ["key of y"], unit(2)[None])
    places, vectors = library.encoded_passages(KEY, 4)
    assert places == [("x", 0, 4), ("y", 0, 4)]
    np.testing.assert_array_equal(vectors, np.stack([unit(1), unit(2)]))
    with pytest.raises(LibraryError, match="长度不对"):
        library.encoded_passages(KEY, 5)


def test_models_do_not_see_each_others_vectors(library: Library) -> None:
    other = SplitKey("1/128", "model-b")
    put(library, "a.txt", article("x"))
    add_passages(library, KEY, "x")
    library.put_vectors("model-a", ["key of x"], unit(1)[None])
    assert library.split_articles(other, ["x", "y"]) == set()
    add_passages(library, other, "x")
    assert [row[0] for row in library.unencoded(other)] == ["key of x"]


def test_prune_keeps_what_is_in_use_and_what_other_models_made(library: Library) -> None:
    other, old = SplitKey("1/128", "model-b"), SplitKey("0/128", "model-a")
    put(library, "a.txt", article("x"))
    put(library, "b.txt", article("y"))
    for key in (KEY, other, old):
        add_passages(library, key, "x", "y")
    for fingerprint in ("model-a", "model-b"):
        library.put_vectors(fingerprint, ["key of x", "key of y"], np.stack([unit(1), unit(2)]))
    library.remove_source("b.txt")
    assert library.split_articles(KEY, ["x", "y"]) == {"x", "y"}, (
        "kept until pruned, should the file come back"
    )
    library.prune(KEY)
    assert library.split_articles(KEY, ["x", "y"]) == library.split_articles(other, ["x"]) == {"x"}
    assert library.split_articles(old, ["x", "y"]) == set()
    assert library.encoded_passages(other, 4)[0] == [("x", 0, 4)]
    assert library.vector_keys("model-a") == library.vector_keys("model-b") == {"key of x"}


def test_prune_drops_the_vectors_of_another_way_of_splitting(library: Library) -> None:
    old = SplitKey("0/128", "model-a")
    put(library, "a.txt", article("x"))
    add_passages(library, KEY, "x")
    library.put_pieces(
        old, [Piece(Passage("x", 0, 2, "文章"), "old key"), Piece(Passage("x", 0, 4, "文章x"), "key of x")]
    )
    library.put_vectors("model-a", ["key of x", "old key"], np.stack([unit(1), unit(2)]))
    library.prune(KEY)
    assert library.split_articles(old, ["x", "y"]) == set()
    assert library.vector_keys("model-a") == {"key of x"}
    assert [a.id for a in library.articles()] == ["x"]


def test_a_library_is_empty_until_a_file_or_a_generation_is_in_it(tmp_path: Path) -> None:
    report = IndexReport(1, True, (), (), (), 0, (), (), 0, 0, 0, 0.0)
    with Library(tmp_path / "one") as library:
        assert library.is_empty()
        put(library, "a.txt")
        assert not library.is_empty()
    with Library(tmp_path / "two") as library:
        library.put_generation(Generation(1, dt.datetime.now(dt.UTC), "m", "f", 4, "hash", 0, 0, report))
        assert not library.is_empty()


def test_generations_come_back_as_they_were(library: Library) -> None:
    ref = ArticleRef("x", "题", "a.txt")
    report = IndexReport(3, True, (ref,), (), (ref,), 2, (Failure("b", "坏"),), (), 3, 9, 4, 0.25)
    generation = Generation(3, dt.datetime.now(dt.UTC), "default", "model-a", 4, "hash", 3, 9, report)
    assert library.newest_generation() == 0
    library.put_generation(generation)
    library.put_generation(generation)
    assert library.generations() == (generation,)
    assert library.newest_generation() == 3


def test_a_failed_write_leaves_nothing_behind(library: Library) -> None:
    put(library, "a.txt", article("x"))
    twice = [article("y"), article("z")]  # the same place twice
    with pytest.raises(LibraryError, match="文库出错"):
        library.put_source(Source("a.txt", "other", 1, 1), twice)
    assert [a.id for a in library.articles()] == ["x"]
    assert library.sources()["a.txt"].sha256 == "sha of a.txt"


def test_reopening_keeps_everything(tmp_path: Path) -> None:
    with Library(tmp_path / "l") as library:
        put(library, "a.txt", article("x"))
    with Library(tmp_path / "l") as library:
        assert [a.id for a in library.articles()] == ["x"]


def test_a_library_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    Library(tmp_path / "l").close()
    with sqlite3.connect(tmp_path / "l") as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(LibraryError, match="请升级本程序"):
        Library(tmp_path / "l")


def test_a_library_of_the_first_version_opens_and_keeps_everything(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "l")
    with connection:
        for statement in MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute("INSERT INTO sources VALUES ('a.txt', 'abc', 3, 1)")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    with Library(tmp_path / "l") as library:
        assert library.sources() == {"a.txt": Source("a.txt", "abc", 3, 1)}
        library.put_stamps({"a.txt": "3:1:1:1"})
        assert library.sources()["a.txt"].stamp == "3:1:1:1"


def test_no_sqlite_file_is_refused_as_damaged(tmp_path: Path) -> None:
    (tmp_path / "l").write_bytes(b"not a database" * 500)
    with pytest.raises(LibraryError, match=r"文库文件已损坏.*l$"):
        Library(tmp_path / "l")
    assert (tmp_path / "l").read_bytes().startswith(b"not a database")


def test_damaged_pages_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "l"
    with Library(path) as library:
        put(library, "a.txt", *(article(f"{i:03}" * 50) for i in range(200)))
    data = bytearray(path.read_bytes())
    data[4096 * 3 :] = b"\x55" * (len(data) - 4096 * 3)
    path.write_bytes(data)
    with pytest.raises(LibraryError, match="已损坏"), Library(path) as library:
        library.articles()


def test_a_full_disk_is_told(library: Library) -> None:
    pages = library._db.rows("PRAGMA page_count")[0][0]
    library._db.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LibraryError, match="磁盘已满"):
        put(library, "a.txt", *(article(str(i) * 300) for i in range(200)))
    assert library.articles() == ()


def test_a_locked_library_is_told(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.storage.database._BUSY_SECONDS", 0.05)
    with Library(tmp_path / "library.sqlite") as second, library._db.transaction():
        assert second.articles() == (), "reading goes on"
        with pytest.raises(LibraryError, match="正被另一个程序使用"):
            put(second, "a.txt", article("x"))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="文库打不开"):
        Library(tmp_path / "none" / "l")
