"""The indexer: what changes is exact, what is killed resumes, what is damaged heals."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from bulletins import page, story, write_page
from fakes import HashEncoder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_lexical import as_bm25s_kept_it

from qa.building import activation
from qa.building.activation import current_generation, folder_of, load_current
from qa.building.indexing import build_index
from qa.building.lock import LIBRARY_FILE, build_lock
from qa.durable import sha256_of
from qa.errors import BusyError, ConfigError, LibraryError, ModelError, SnapshotError
from qa.index.lexical import LexicalIndex
from qa.storage.library import Library
from qa.storage.library import Place as ArticlePlace
from qa.types import ArticleRef, IndexReport, Progress


class Place:
    """A folder with bulletins and the data made from them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.data = root / "data"
        self.encoder = HashEncoder()

    def write(self, name: str, *stories: tuple[str, str]) -> None:
        write_page(self.root / "seeds" / name, *stories)

    def index(self, *paths: str, progress: Callable[[Progress], None] | None = None) -> IndexReport:
        given = [Path(p) for p in paths or ("seeds",)]
        return build_index(given, self.data, self.encoder, root=self.root, progress=progress)

    def generations(self) -> list[int]:
        with Library(self.data / LIBRARY_FILE) as library:
            return [generation.id for generation in library.generations()]

    def titles(self) -> list[str]:
        return [a.title for a in load_current(self.data, self.encoder.fingerprint).articles]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a place with two pages of two articles each, not indexed yet."""
    place = Place(tmp_path)
    place.write("a.txt", story(1), story(2))
    place.write("b.txt", story(3), story(4))
    return place


def titles(refs: tuple[ArticleRef, ...]) -> list[str]:
    return [ref.title for ref in refs]


def names(*numbers: int) -> list[str]:
    return [story(n)[0] for n in numbers]


# What changes is exact


def test_the_first_build_and_one_with_nothing_to_do(place: Place) -> None:
    report = place.index()
    assert (report.generation, report.activated, titles(report.added)) == (1, True, names(1, 2, 3, 4))
    assert report.encoded == report.passages == len(place.encoder.encoded) > 0
    assert place.titles() == names(1, 2, 3, 4)
    place.encoder.encoded.clear()
    again = place.index()
    assert (again.generation, again.activated, again.unchanged, again.encoded) == (1, False, 4, 0)
    assert (again.added, again.changed, again.removed, again.failed, again.notes) == ((), (), (), (), ())
    assert place.encoder.encoded == []


def test_only_the_changed_article_is_encoded(place: Place) -> None:
    place.index()
    place.encoder.encoded.clear()
    place.write("b.txt", story(3), story(4, extra="截至目前,已完工9个。"))
    report = place.index()
    assert (titles(report.changed), report.added, report.removed, report.unchanged) == (names(4), (), (), 3)
    assert report.encoded == len(place.encoder.encoded) > 0
    assert all(text.startswith(story(4)[0]) for text in place.encoder.encoded)
    assert "已完工9个" in load_current(place.data).articles[3].body


def test_a_new_page_and_one_that_is_gone(place: Place) -> None:
    place.index()
    place.write("c/d.md", story(5))
    (place.root / "seeds" / "a.txt").unlink()
    report = place.index()
    assert (titles(report.added), titles(report.removed), report.unchanged) == (names(5), names(1, 2), 2)
    assert place.titles() == names(3, 4, 5)
    assert place.generations() == [1, 2]


def test_a_renamed_page_keeps_its_articles_and_vectors(place: Place) -> None:
    place.index()
    before = {a.id for a in load_current(place.data).articles}
    place.encoder.encoded.clear()
    (place.root / "seeds" / "a.txt").rename(place.root / "seeds" / "z.txt")
    report = place.index()
    assert (report.added, report.changed, report.removed, report.unchanged) == ((), (), (), 4)
    assert (report.activated, report.encoded) == (True, 0)
    served = load_current(place.data).articles
    assert {a.id for a in served} == before
    assert {a.source for a in served} == {"seeds/b.txt", "seeds/z.txt"}


def test_an_article_of_two_pages_stays_until_both_are_gone(place: Place) -> None:
    place.write("c.txt", story(2), story(5))
    assert place.index().articles == 5
    (place.root / "seeds" / "a.txt").unlink()
    report = place.index()
    assert titles(report.removed) == names(1)
    assert {a.title: a.source for a in load_current(place.data).articles}[story(2)[0]] == "seeds/c.txt"
    (place.root / "seeds" / "c.txt").unlink()
    assert titles(place.index().removed) == names(2, 5)


def test_a_page_that_says_another_date_changes_its_articles(place: Place) -> None:
    text = page(story(1), story(2))
    (place.root / "seeds" / "a.txt").write_text(f"---\ndate: 2021-12-20\n---\n{text}", encoding="utf-8")
    place.index()
    (place.root / "seeds" / "a.txt").write_text(f"---\ndate: 2022-12-20\n---\n{text}", encoding="utf-8")
    report = place.index()
    assert (titles(report.changed), report.encoded) == (names(1, 2), 0)
    assert {a.date.year for a in load_current(place.data).articles[:2] if a.date} == {2022}


def test_sources_elsewhere_are_left_alone(place: Place) -> None:
    place.index()
    write_page(place.root / "more" / "x.txt", story(6))
    report = place.index("more")
    assert (titles(report.added), report.removed, report.unchanged) == (names(6), (), 4)
    (place.root / "seeds" / "a.txt").unlink()
    assert titles(place.index("seeds/a.txt").removed) == names(1, 2)
    shutil.rmtree(place.root / "seeds")
    assert titles(place.index("seeds").removed) == names(3, 4), "a folder that is gone was known"
    with pytest.raises(ConfigError, match="找不到文件或文件夹:seeds"):
        place.index("seeds")


def test_names_are_relative_inside_the_root_and_absolute_outside(place: Place, tmp_path: Path) -> None:
    outside = write_page(tmp_path.parent / f"{tmp_path.name}-outside" / "o.txt", story(7))
    assert place.index(".", str(outside.parent)).failed == (), "the data folder is not looked into"
    sources = {a.source for a in load_current(place.data).articles}
    assert sources == {"seeds/a.txt", "seeds/b.txt", outside.as_posix()}


def test_when_everything_is_removed_an_empty_generation_serves(place: Place) -> None:
    place.index()
    for path in (place.root / "seeds").iterdir():
        path.unlink()
    report = place.index()
    assert (report.generation, report.activated, report.articles, len(report.removed)) == (2, True, 0, 4)
    assert place.titles() == []
    assert place.index().activated is False


def test_another_model_encodes_again_and_the_old_one_is_remembered(place: Place) -> None:
    place.index()
    first, place.encoder = place.encoder, HashEncoder("fake-2", dimension=32)
    report = place.index()
    assert (report.activated, report.unchanged, report.encoded) == (True, 4, report.passages)
    served = load_current(place.data, "fake-2")
    rows = np.arange(len(served.passages))
    texts = place.encoder.encode_queries(
        [f"{served.article(p.article_id).title}\n{p.text}" for p in served.passages]
    )
    np.testing.assert_allclose(served.vectors.vectors(rows), texts, atol=1e-6)
    with pytest.raises(SnapshotError, match="另一个句向量模型"):
        load_current(place.data, "fake-1")
    place.encoder = first
    assert place.index().encoded == 0


def test_a_smaller_window_splits_again(place: Place) -> None:
    before = place.index().passages
    place.encoder = HashEncoder(max_tokens=40)
    assert place.index().passages > before


def test_progress_is_told(place: Place) -> None:
    seen: list[Progress] = []
    place.index(progress=seen.append)
    assert [p.phase for p in seen] == sorted((p.phase for p in seen), key=["read", "encode", "write"].index)
    for phase in ("read", "encode", "write"):
        steps = [p for p in seen if p.phase == phase]
        assert (steps[0].done, steps[-1].done) == (0, steps[-1].total)


# Whatever the order


PAGES = {f"{name}.txt": [story(n), story(n + 1)] for n, name in enumerate("abcd", start=1)}  # they overlap


@pytest.fixture(scope="module")
def built_at_once(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = Place(tmp_path_factory.mktemp("at-once"))
    for name, stories in PAGES.items():
        place.write(name, *stories)
    place.index()
    return current_generation(place.data)[1]  # type: ignore[index]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(sorted(PAGES)), detour=st.sampled_from(sorted(PAGES)))
def test_the_same_pages_make_the_same_generation(
    built_at_once: str, tmp_path: Path, order: list[str], detour: str
) -> None:
    place = Place(tmp_path / str(random.getrandbits(64)))
    place.write(detour, story(9), *PAGES[detour])
    place.index()
    for name in order[:2]:
        place.write(name, *PAGES[name])
    place.index()
    for name in order:
        place.write(name, *PAGES[name])
    place.index(*(f"seeds/{name}" for name in order))
    assert current_generation(place.data)[1] == built_at_once  # type: ignore[index]


# Names and quoted terms that other articles hold too, in Han, in letters, as beginnings of each other: what
# one article teaches changes how others are cut.
_TERMS = ("美好教育", "美好", "教育计划", "A级", "5G", "5G网络", "红色二七", "二七", "APP", "龘龙", "龘")
_PEOPLE = ("苏建设", "时博", "王波", "王波涛")


def taught_story(number: int, term: str, person: str, mention: str) -> tuple[str, str]:
    return (
        f"第{number}号报道:{mention}",
        f"本报讯 12月{number}日,二七区发布《{term}》,区长{person}到场。\n"
        f"有关{mention}的工作由{person[:2]}负责,投资{number}亿元,{mention}计划已有5G和A级标准。",
    )


STORIES = st.builds(
    taught_story,
    st.integers(1, 28),
    st.sampled_from(_TERMS),
    st.sampled_from(_PEOPLE),
    st.sampled_from([*_TERMS, *_PEOPLE]),
)
STEPS = st.lists(
    st.dictionaries(st.sampled_from("abcd"), st.lists(STORIES, max_size=3), min_size=1),
    min_size=2,
    max_size=5,
)


def files_of(place: Place) -> dict[str, bytes]:
    """Return what the generation that serves holds, but for what names the run that made it."""
    folder = folder_of(place.data, current_generation(place.data)[0])  # type: ignore[index]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_updates_make_the_files_of_a_full_build_to_the_last_bit(
    tmp_path: Path, steps: list[dict[str, list[tuple[str, str]]]]
) -> None:
    root = tmp_path / str(random.getrandbits(64))
    place = Place(root)
    place.write("always.txt", story(1))
    place.index()
    for step in steps:
        for name, stories in step.items():
            if stories:
                place.write(f"{name}.txt", *stories)
            else:
                (root / "seeds" / f"{name}.txt").unlink(missing_ok=True)
        place.index()
        anew = Place(root)
        anew.data = root / f"anew-{random.getrandbits(64)}"
        anew.index()
        assert files_of(place) == files_of(anew)
        assert load_current(place.data).content_hash == load_current(anew.data).content_hash


def as_first_format(data: Path) -> None:
    """Make the snapshot that serves one of the first format, whose word index was bm25s's."""
    folder = folder_of(data, 1)
    made = load_current(data)
    texts = [f"{made.article(p.article_id).title}\n{p.text}" for p in made.passages]
    shutil.rmtree(folder / "lexical")
    (folder / "lexical").mkdir()
    as_bm25s_kept_it([made.segmenter.search_tokens(text) for text in texts], folder / "lexical")
    seal(data, format=1)


def seal(data: Path, **said: object) -> None:
    """Let manifest and pointer of the first snapshot hold the checksums of its files as they are."""
    folder = folder_of(data, 1)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    hashes = {
        path.relative_to(folder).as_posix(): sha256_of(path)
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    manifest |= {"files": hashes, **said}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    current = json.loads((data / "current").read_bytes()) | {"manifest": sha256_of(folder / "manifest.json")}
    (data / "current").write_text(json.dumps(current), encoding="utf-8")


def test_a_snapshot_of_the_first_format_serves_and_is_gone_on_from(place: Place) -> None:
    place.index()
    before = load_current(place.data)
    as_first_format(place.data)
    served = load_current(place.data)
    tokens = served.segmenter.search_tokens("第3次检查")
    np.testing.assert_array_equal(served.lexical.scores(tokens), before.lexical.scores(tokens))
    place.write("c.txt", taught_story(5, "美好教育", "苏建设", "5G"))
    report = place.index()
    assert (report.generation, report.notes, report.unchanged) == (2, (), 4)
    anew = Place(place.root)
    anew.data = place.root / "anew"
    anew.index()
    assert files_of(place) == files_of(anew)


def with_words_by_article(file: Path) -> None:
    """Write the file of words as an earlier version did, which this one does not look at."""
    file.unlink()
    file.with_name("words.json").write_text('{"version":2,"taught":[],"articles":{}}', encoding="utf-8")


def with_words_of_another_version(file: Path) -> None:
    """Write words that other code found."""
    other = json.loads(file.read_bytes()) | {"version": 0, "words": [], "frequencies": [], "articles": []}
    file.write_text(json.dumps(other | {"terms": 0}), encoding="utf-8")


@pytest.mark.parametrize("rewrite", [with_words_by_article, with_words_of_another_version])
def test_a_snapshot_whose_words_are_an_earlier_version_s_serves_and_is_gone_on_from(
    place: Place, rewrite: Callable[[Path], None]
) -> None:
    place.write("c.txt", taught_story(5, "美好教育", "苏建设", "5G"))
    place.index()
    before = load_current(place.data)
    rewrite(folder_of(place.data, 1) / "taught.json")
    seal(place.data)
    assert load_current(place.data).segmenter.taught == before.segmenter.taught
    place.write("d.txt", taught_story(6, "四季", "景静", "5G"))
    report = place.index()
    assert (report.generation, report.notes, report.unchanged) == (2, (), 5)
    anew = Place(place.root)
    anew.data = place.root / "anew"
    anew.index()
    assert files_of(place) == files_of(anew)


def test_words_that_cannot_be_read_though_they_are_as_written_are_made_again(place: Place) -> None:
    place.index()
    (folder_of(place.data, 1) / "taught.json").write_text("[]", encoding="utf-8")
    seal(place.data)
    report = place.index()
    assert (report.activated, report.generation, report.unchanged) == (True, 2, 4)
    assert ["词表无法读取" in note.reason for note in report.notes] == [True]
    assert place.titles() == names(1, 2, 3, 4)


# Killed, full, busy


class Killed(BaseException):
    """Stands for a process that dies: no ``except Exception`` may catch it."""


def test_a_build_that_dies_while_encoding_resumes(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.index.embedding._ENCODE_COMMIT", 2)
    place.index()
    place.encoder.encoded.clear()
    place.write("c.txt", *(story(n, extra="补充一句。" * n) for n in range(10, 30)))
    batches = 0

    def die_at_the_fourth() -> None:
        nonlocal batches
        batches += 1
        if batches == 4:
            raise Killed

    place.encoder.before_batch = die_at_the_fourth
    with pytest.raises(Killed):
        place.index()
    assert place.titles() == names(1, 2, 3, 4)
    place.encoder.before_batch = lambda: None
    report = place.index()
    assert len(report.added) == 20, "what the dead run read is reported by the one that activates it"
    assert len(place.encoder.encoded) == len(set(place.encoder.encoded)) == report.encoded + 6


def test_another_model_resumes_and_the_old_generation_serves_meanwhile(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.index.embedding._ENCODE_COMMIT", 2)
    place.index()
    batches = 0

    def die_at_the_second() -> None:
        nonlocal batches
        batches += 1
        if batches == 2:
            raise Killed

    place.encoder = HashEncoder("fake-2")
    place.encoder.before_batch = die_at_the_second
    with pytest.raises(Killed):
        place.index()
    assert len(load_current(place.data, "fake-1").articles) == 4
    place.encoder.before_batch = lambda: None
    report = place.index()
    assert (report.activated, report.unchanged, report.encoded) == (True, 4, report.passages - 2)
    assert len(load_current(place.data, "fake-2").articles) == 4


@pytest.mark.parametrize("error", [Killed(), OSError(28, "No space left on device")], ids=["killed", "full"])
def test_a_build_that_dies_at_any_write_leaves_old_or_new(
    place: Place, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Let the n-th fsync, rename or replace of a build fail, for every n."""
    place.index()
    serving = names(1, 2, 3, 4)
    calls = 0

    def failing(real: Callable[..., None], at: int) -> Callable[..., None]:
        def call(*arguments: object) -> None:
            nonlocal calls
            calls += 1
            if calls == at:
                raise error
            real(*arguments)

        return call

    for at in range(1, 100):
        calls = 0
        wanted = [*names(1, 2, 3, 4), *names(10 + at)]
        place.write("c.txt", story(10 + at))
        with monkeypatch.context() as patch:
            for function in ("fsync", "rename", "replace"):
                patch.setattr(os, function, failing(getattr(os, function), at))
            try:
                place.index()
            except (Killed, SnapshotError):
                pass
            else:
                assert calls < at
                break
        served = place.titles()
        assert served in (serving, wanted)
        serving = served
    else:
        pytest.fail("the build never came to its end")
    assert at > 10
    assert place.titles() == wanted
    assert sorted(p.name for p in place.data.iterdir() if not p.name.startswith(LIBRARY_FILE)) == [
        "build.lock",
        "current",
        "snapshots",
    ]
    assert len(list((place.data / "snapshots").iterdir())) <= activation.KEPT


CHILD = """
    import os, signal, sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from fakes import HashEncoder
    from qa.building.indexing import build_index

    def die(*_):
        os.kill(os.getpid(), signal.SIGKILL)

    encoder = HashEncoder()
    {trap}
    build_index([Path("seeds")], Path("data"), encoder)
"""
TRAPS = {
    "encoding": "encoder.before_batch = die",
    "writing the snapshot": "import qa.building.activation; qa.building.activation.flush_tree = die",
    "before activation": "import qa.building.activation; qa.building.activation.replace_file = die",
    "after activation": "from qa.storage.library import Library; Library.put_generation = die",
}


@pytest.mark.parametrize("trap", TRAPS)
def test_a_killed_process_leaves_old_or_new(place: Place, trap: str) -> None:
    place.index()
    place.write("c.txt", story(5))
    child = textwrap.dedent(CHILD).format(tests=str(Path(__file__).parent), trap=TRAPS[trap])
    done = subprocess.run([sys.executable, "-c", child], cwd=place.root, check=False, capture_output=True)
    assert done.returncode == -9, done.stderr.decode()
    after = trap == "after activation"
    assert place.titles() == names(1, 2, 3, 4, *([5] if after else []))
    report = place.index()
    assert (report.activated, len(report.added)) == ((False, 0) if after else (True, 1))
    assert report.generation == 2
    assert place.titles() == names(1, 2, 3, 4, 5)
    assert place.generations() == [1, 2]
    assert sorted(p.name for p in (place.data / "snapshots").iterdir()) == ["1", "2"]


def test_a_second_build_at_once_is_refused(place: Place) -> None:
    with build_lock(place.data), pytest.raises(BusyError, match="另一个程序正在建立索引"):
        place.index()
    assert place.index().activated


def test_a_model_that_gives_no_unit_vectors_is_refused(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.index()
    place.write("c.txt", story(5))
    monkeypatch.setattr(
        place.encoder,
        "encode_passages",
        lambda texts, on_batch: np.full((len(texts), 64), np.nan, np.float32),
    )
    with pytest.raises(ModelError, match="向量无效"):
        place.index()
    monkeypatch.undo()
    assert place.titles() == names(1, 2, 3, 4)
    assert titles(place.index().added) == names(5)


def test_a_file_that_looks_the_same_is_not_opened(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.storage.stamps._SETTLED_S", -1.0)
    place.index()
    opened: list[str] = []

    def read(file: Path) -> bytes:
        opened.append(file.name)
        return file.read_bytes()

    monkeypatch.setattr("qa.ingest.sync.read_bytes", read)
    place.index()
    assert opened == []
    text = (place.root / "seeds" / "a.txt").read_text(encoding="utf-8")
    status = (place.root / "seeds" / "a.txt").stat()
    (place.root / "seeds" / "a.txt").write_text(text.replace("二七区推进", "中原区推进"), encoding="utf-8")
    os.utime(place.root / "seeds" / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert place.index().activated, "same size and time of change, but not the same inode's time"
    assert opened == ["a.txt"]


def test_a_file_touched_a_moment_ago_is_read_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.storage.stamps._SETTLED_S", 3600.0)  # a moment, on the slowest machine
    place.index()
    with Library(place.data / LIBRARY_FILE) as library:
        assert [source.stamp for source in library.sources().values()] == [None, None]


def test_tokens_are_cut_again_only_where_the_corpus_learnt_words(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.index()
    title = "二七区发布《美好教育》"
    place.write("c.txt", (title, "本报讯 12月3日,二七区发布《美好教育》计划,区长苏建设到场。"))
    seen: list[np.ndarray] = []
    real = LexicalIndex.revised

    def revised(self: LexicalIndex, reused: np.ndarray, fresh: Iterable[Sequence[str]]) -> LexicalIndex:
        seen.append(reused)
        return real(self, reused, fresh)

    monkeypatch.setattr(LexicalIndex, "revised", revised)
    place.index()
    made = load_current(place.data)
    cut = {made.article(made.passages[row].article_id).title for row in np.flatnonzero(seen[-1] < 0)}
    assert cut == {title, story(3)[0]}, "the third story is about 美好教育 too"
    whole = LexicalIndex.build(
        made.segmenter.search_tokens(f"{made.article(p.article_id).title}\n{p.text}") for p in made.passages
    )
    for question in ("美好教育项目有多少个?", "苏建设", "第3次检查"):
        tokens = made.segmenter.search_tokens(question)
        np.testing.assert_array_equal(made.lexical.scores(tokens), whole.scores(tokens))


def test_the_report_says_where_the_time_went(place: Place) -> None:
    report = place.index()
    assert list(report.timings) == [
        "open", "read", "split", "encode", "compare", "derive", "write", "clean",
    ]  # fmt: skip
    assert list(place.index().timings)[-1] == "check"


# Damage


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: (folder_of(data, 1) / "vectors.faiss").write_bytes(b"x"),
        lambda data: (folder_of(data, 1) / "lexical" / "tokens.npy").unlink(),
        lambda data: shutil.rmtree(folder_of(data, 1)),
        lambda data: (data / "current").write_bytes(b"{"),
        lambda data: (data / "current").unlink(),
    ],
    ids=["file", "lost file", "lost folder", "pointer", "lost pointer"],
)
def test_a_damaged_snapshot_is_made_again_from_the_library(
    place: Place, damage: Callable[[Path], object]
) -> None:
    place.index()
    damage(place.data)
    with pytest.raises(SnapshotError):
        place.titles()
    place.encoder.encoded.clear()
    report = place.index()
    assert (report.activated, report.generation, report.unchanged, report.encoded) == (True, 2, 4, 0)
    assert (report.added, report.changed, report.removed) == ((), (), ())
    assert place.titles() == names(1, 2, 3, 4)
    assert sorted(p.name for p in (place.data / "snapshots").iterdir())[-1] == "2"


@pytest.mark.parametrize(
    "name",
    [
        "articles.jsonl",
        "passages.npy",
        "vectors.faiss",
        "taught.json",
        "lexical/rows.npy",
        "lexical/tokens.npy",
    ],
)
@pytest.mark.parametrize("cut_off", [False, True], ids=["another byte", "cut off"])
def test_nothing_is_made_of_a_damaged_snapshot(place: Place, name: str, cut_off: bool) -> None:
    """What is carried over from one generation to the next is checked before the next can be seen."""
    place.index()
    file = folder_of(place.data, 1) / name
    whole = bytearray(file.read_bytes())
    whole[-2] ^= 1
    file.write_bytes(whole[: len(whole) // 2] if cut_off else whole)
    place.write("c.txt", taught_story(5, "美好教育", "苏建设", "5G"))
    place.encoder.encoded.clear()
    report = place.index()
    assert (len(report.added), report.changed, report.removed, report.unchanged) == (1, (), (), 4)
    assert report.encoded == len(place.encoder.encoded) == report.passages - 4
    assert ["已从文库重建" in note.reason and name in note.reason for note in report.notes] == [True]
    anew = Place(place.root)
    anew.data = place.root / "anew"
    anew.index()
    assert files_of(place) == files_of(anew)


def test_only_what_is_new_is_read_from_a_library_that_nobody_touched(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.index()
    read: list[str] = []
    texts = Library.texts

    def spied(self: Library, places: Sequence[ArticlePlace]) -> list[tuple[ArticlePlace, tuple[str, str]]]:
        read.extend(each.id for each in places)
        return texts(self, places)

    monkeypatch.setattr(Library, "texts", spied)
    place.write("c.txt", story(5))
    report = place.index()
    assert set(read) == {ref.id for ref in report.added}
    read.clear()
    os.utime(place.data / LIBRARY_FILE)  # somebody may have written to it
    assert not place.index().activated
    assert len(read) == 5


def test_a_snapshot_of_a_version_that_did_not_tell_the_splitter_is_gone_on_from(place: Place) -> None:
    place.index()
    folder = folder_of(place.data, 1)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert manifest.pop("splitter")
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    current = json.loads((place.data / "current").read_bytes())
    current |= {"manifest": sha256_of(folder / "manifest.json")}
    (place.data / "current").write_text(json.dumps(current), encoding="utf-8")
    assert place.titles() == names(1, 2, 3, 4)
    assert not place.index().activated
    place.write("c.txt", story(5))
    report = place.index()
    assert (report.generation, report.notes, report.unchanged) == (2, (), 4)
    assert json.loads((folder_of(place.data, 2) / "manifest.json").read_bytes())["splitter"]


def test_a_snapshot_that_this_program_cannot_search_is_made_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.index()
    monkeypatch.setattr("qa.text.Segmenter.search_tokens", lambda _self, text: list(text))
    report = place.index()
    assert (report.activated, report.generation, report.encoded) == (True, 2, 0)
    assert ["另一版本的分词" in note.reason for note in report.notes] == [True]
    assert place.titles() == names(1, 2, 3, 4)


def garbage(file: Path, at: float, size: int = 20_000) -> None:
    """Write nonsense over a part of a file, ``at`` from its beginning (0) to its end (1)."""
    with file.open("r+b") as handle:
        handle.seek(int(at * file.stat().st_size) // 4096 * 4096)
        handle.write(random.Random(1).randbytes(size))


@pytest.mark.parametrize(
    "damage",
    [
        lambda library: library.write_bytes(b"x" * 9999),
        lambda library: library.write_bytes(library.read_bytes()[: library.stat().st_size // 2]),
        lambda library: garbage(library, 0.0, 100),
        lambda library: garbage(library, 0.3),
        lambda library: garbage(library, 0.6),
    ],
    ids=["no database", "cut off", "head", "middle", "behind the middle"],
)
def test_a_damaged_library_is_set_aside_and_made_again(
    place: Place, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    write_page(place.root / "more" / "x.txt", story(6))
    place.index("seeds", "more")
    damage(place.data / LIBRARY_FILE)
    assert place.titles() == [*names(6), *names(1, 2, 3, 4)], "what serves goes on serving"
    place.encoder.encoded.clear()
    place.write("c.txt", story(5))
    report = place.index()
    assert titles(report.added) == names(5)
    assert (report.changed, report.removed, report.unchanged) == ((), (), 5), "files elsewhere keep theirs"
    assert report.encoded == len(place.encoder.encoded) > 0
    assert all(text.startswith(story(5)[0]) for text in place.encoder.encoded), "others' are in the snapshot"
    assert any("已损坏" in note.reason and ".damaged-" in note.reason for note in report.notes)
    assert len([p for p in place.data.iterdir() if ".damaged-" in p.name]) == 1
    assert place.titles() == [*names(6), *names(1, 2, 3, 4, 5)]
    assert place.index("seeds", "more").activated is False


def test_text_and_vectors_that_rot_are_noticed(place: Place) -> None:
    place.index()
    for statement in (
        "UPDATE articles SET body = replace(body, '亿元', '万元')",
        "UPDATE vectors SET vector = zeroblob(length(vector))",
        'UPDATE passages SET "end" = 100000',
    ):
        connection = sqlite3.connect(place.data / LIBRARY_FILE)
        with connection:
            connection.execute(statement)
        connection.close()
        report = place.index()
        assert ["已损坏" in note.reason for note in report.notes][:1] == [True]
        assert (report.activated, report.unchanged, report.encoded) == (False, 4, 0)


def test_a_lost_library_begins_with_what_serves(place: Place) -> None:
    write_page(place.root / "more" / "x.txt", story(6))
    place.index("seeds", "more")
    for part in place.data.glob(f"{LIBRARY_FILE}*"):
        part.unlink()
    report = place.index("seeds")
    assert (report.generation, report.activated, report.unchanged, report.removed) == (1, False, 5, ())
    assert ["文库缺失" in note.reason for note in report.notes] == [True]
    assert place.generations() == [1]


def test_without_a_snapshot_a_damaged_library_is_made_from_the_files(place: Place) -> None:
    place.index()
    (place.data / LIBRARY_FILE).write_bytes(b"x" * 9999)
    shutil.rmtree(place.data / "snapshots")
    report = place.index()
    assert (report.activated, report.generation, report.articles) == (True, 2, 4)
    assert place.titles() == names(1, 2, 3, 4)


def test_a_full_library_is_told_and_the_old_generation_serves(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.index()
    place.write("c.txt", *(story(n, extra="补充一句。" * 200) for n in range(10, 60)))
    real = sqlite3.connect

    def nearly_full(*arguments: object, **options: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(*arguments, **options)  # type: ignore[call-overload]
        connection.execute("PRAGMA max_page_count = 40")
        return connection

    monkeypatch.setattr(sqlite3, "connect", nearly_full)
    with pytest.raises(LibraryError, match="磁盘已满"):
        place.index()
    assert place.titles() == names(1, 2, 3, 4)
    monkeypatch.undo()
    assert len(place.index().added) == 50
