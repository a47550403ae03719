"""Snapshots: round trip, every kind of damage refused, activation in one step."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEncoder

from qa.building import activation
from qa.building.activation import (
    activate,
    clean,
    current_generation,
    folder_of,
    load_current,
    newest_number,
    write,
)
from qa.errors import NotFoundError, SnapshotError
from qa.index import making, snapshot_files
from qa.index.columns import Columns
from qa.index.making import Made
from qa.index.passages import encoder_text, split
from qa.index.snapshot import Snapshot
from qa.language.corpus_words import CorpusWords
from qa.parsing.bulletin import parse
from qa.storage.library import Generation
from qa.types import IndexReport

SEED = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))[0]


def make(number: int, text: str | None = None) -> Snapshot:
    """Return a snapshot of the seed page, or of another text."""
    encoder = HashEncoder()
    articles = (
        parse(SEED.read_text(encoding="utf-8") if text is None else text, "a.txt").articles
        if text != ""
        else ()
    )
    passages = sorted(
        (p for a in articles for p in split(a, encoder.count_tokens, encoder.max_tokens)), key=lambda p: p.id
    )
    titles = {a.id: a.title for a in articles}
    vectors = encoder.encode_passages([encoder_text(titles[p.article_id], p.text) for p in passages])
    report = IndexReport(number, True, (), (), (), 0, (), (), len(articles), len(passages), 0, 1.25)
    record = Generation(
        id=number,
        created_at=dt.datetime.now(dt.UTC),
        model="fake",
        fingerprint=encoder.fingerprint,
        dimension=encoder.dimension,
        content_hash=f"hash of {number}",
        articles=len(articles),
        passages=len(passages),
        report=report,
    )
    return making.build(record, articles, passages, vectors)


def made_of(snapshot: Snapshot) -> Made:
    """Return what the files of a snapshot hold."""
    return Made(
        snapshot.record,
        None,
        Columns.of(snapshot.articles, snapshot.passages),
        snapshot.vectors.vectors(np.arange(len(snapshot.passages))),
        snapshot.lexical,
        CorpusWords.of(snapshot.articles),
    )


@pytest.fixture(scope="module")
def first() -> Snapshot:
    return make(1)


@pytest.fixture
def served(first: Snapshot, tmp_path: Path) -> Path:
    """Return a data folder whose generation 1 serves."""
    write(made_of(first), tmp_path)
    activate(first.record, tmp_path)
    return tmp_path


def files_of(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def test_round_trip(first: Snapshot, served: Path) -> None:
    read = load_current(served, "fake-1")
    assert (read.record, read.articles, read.passages) == (first.record, first.articles, first.passages)
    rows = np.arange(len(first.passages))
    np.testing.assert_array_equal(read.vectors.vectors(rows), first.vectors.vectors(rows))
    for text in ("二七经开区有多少家高新技术企业?", "灾后恢复重建", "zzz"):
        tokens = read.segmenter.search_tokens(text)
        assert tokens == first.segmenter.search_tokens(text)
        np.testing.assert_array_equal(read.lexical.scores(tokens), first.lexical.scores(tokens))


def test_passages_are_in_order_and_verbatim(first: Snapshot) -> None:
    assert [p.id for p in first.passages] == sorted(p.id for p in first.passages)
    for p in first.passages:
        assert first.article(p.article_id).body[p.start : p.end] == p.text


def test_a_snapshot_is_frozen(first: Snapshot) -> None:
    with pytest.raises(FrozenInstanceError):
        first.generation = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        first.articles_by_id["x"] = first.articles[0]  # type: ignore[index]
    with pytest.raises(NotFoundError, match="没有编号为 x 的文章"):
        first.article("x")


def test_an_empty_collection_can_be_served(tmp_path: Path) -> None:
    empty = make(1, "")
    write(made_of(empty), tmp_path)
    activate(empty.record, tmp_path)
    read = load_current(tmp_path, "fake-1")
    assert (read.articles, read.passages, len(read.vectors), len(read.lexical)) == ((), (), 0, 0)
    assert read.lexical.scores(read.segmenter.search_tokens("二七区")).shape == (0,)


def test_nothing_to_serve_is_told(tmp_path: Path) -> None:
    assert current_generation(tmp_path) is None
    assert current_generation(tmp_path / "none") is None
    with pytest.raises(SnapshotError, match="请先运行 qa index"):
        load_current(tmp_path)


def test_another_model_is_refused(served: Path) -> None:
    with pytest.raises(SnapshotError, match=r"另一个句向量模型\(fake\)"):
        load_current(served, "other")
    assert load_current(served).generation == 1


def test_each_damaged_or_missing_file_is_named(served: Path) -> None:
    folder = folder_of(served, 1)
    for path in files_of(folder):
        whole = path.read_bytes()
        flipped = bytearray(whole)
        flipped[len(whole) // 2] ^= 0x40
        for damage in (bytes(flipped), whole[: len(whole) // 2], b"", None):
            path.unlink() if damage is None else path.write_bytes(damage)
            with pytest.raises(SnapshotError, match="索引快照") as caught:
                load_current(served, "fake-1")
            assert path.name in str(caught.value)
        path.write_bytes(whole)
    assert load_current(served, "fake-1").generation == 1


def test_a_file_too_many_is_refused(served: Path) -> None:
    (folder_of(served, 1) / "lexical" / "extra.npy").write_bytes(b"x")
    with pytest.raises(SnapshotError, match=r"extra\.npy"):
        load_current(served)


def test_a_missing_folder_is_named(served: Path) -> None:
    shutil.rmtree(folder_of(served, 1))
    with pytest.raises(SnapshotError, match=r"文件或文件夹不存在.*snapshots/1/manifest\.json"):
        load_current(served)


@pytest.mark.parametrize("content", [b"", b"{", b"7", b'{"generation": 1}', b"\xff\xfe"])
def test_a_damaged_pointer_is_told(served: Path, content: bytes) -> None:
    (served / "current").write_bytes(content)
    with pytest.raises(SnapshotError, match="文件已损坏,请运行 qa index"):
        load_current(served)
    clean(served)
    assert folder_of(served, 1).is_dir(), "nothing is deleted while it is unknown what serves"


def test_a_folder_under_a_wrong_number_is_refused(served: Path) -> None:
    folder_of(served, 1).rename(folder_of(served, 2))
    current = json.loads((served / "current").read_bytes()) | {"generation": 2}
    (served / "current").write_text(json.dumps(current), encoding="utf-8")
    folder_of(served, 1).mkdir()
    (folder_of(served, 2) / "manifest.json").write_bytes(b"{}")
    with pytest.raises(SnapshotError, match="不是启用的那一个"):
        load_current(served)


@pytest.mark.parametrize(
    ("key", "value"), [("format", 3), ("files", []), ("tokens", None)], ids=["newer", "malformed", "null"]
)
def test_a_manifest_of_another_version_is_refused(served: Path, key: str, value: object) -> None:
    path = folder_of(served, 1) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {key: value}), encoding="utf-8")
    with pytest.raises(SnapshotError, match="另一版本"):
        snapshot_files.load(path.parent)


def test_code_that_cuts_words_otherwise_is_noticed(served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.text.Segmenter.search_tokens", lambda _self, text: list(text))
    with pytest.raises(SnapshotError, match="另一版本的分词"):
        load_current(served)


def test_activation_is_what_changes_the_generation(first: Snapshot, served: Path) -> None:
    second = replace(first, generation=2, content_hash="hash of 2")
    write(made_of(second), served)
    assert current_generation(served) == (1, "hash of 1")
    activate(second.record, served)
    assert current_generation(served) == (2, "hash of 2")
    assert load_current(served).generation == 2


def test_a_snapshot_that_reads_back_otherwise_is_not_kept(
    first: Snapshot, served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rot(folder: Path) -> None:
        file = folder / "lexical" / "rows.npy"
        whole = bytearray(file.read_bytes())
        whole[-1] ^= 1
        file.write_bytes(whole)

    monkeypatch.setattr(activation, "flush_tree", rot)
    with pytest.raises(SnapshotError, match=r"文件已损坏.*rows\.npy"):
        write(made_of(replace(first, generation=2)), served)
    monkeypatch.setattr(
        activation,
        "flush_tree",
        lambda folder: (folder / "manifest.json").write_bytes(
            (folder_of(served, 1) / "manifest.json").read_bytes()
        ),
    )
    with pytest.raises(SnapshotError, match="读回来不一致"):
        write(made_of(replace(first, generation=2)), served)
    assert [path.name for path in (served / "snapshots").iterdir()] == ["1"]


def test_cleaning_keeps_the_last_three_and_no_litter(first: Snapshot, served: Path) -> None:
    for number in (2, 3, 4):
        write(made_of(replace(first, generation=number)), served)
        activate(replace(first, generation=number).record, served)
    shutil.copytree(folder_of(served, 4), folder_of(served, 5))  # written, never activated
    (served / "snapshots" / ".building-abc").mkdir()
    assert newest_number(served) == 5
    clean(served)
    assert sorted(path.name for path in (served / "snapshots").iterdir()) == ["2", "3", "4"]
    assert load_current(served).generation == 4


def test_a_reader_overtaken_by_cleaning_reads_the_new_generation(
    first: Snapshot, served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = activation.load

    def overtaken(folder: Path) -> Snapshot:
        if folder == folder_of(served, 1):
            second = replace(first, generation=2, content_hash="hash of 2")
            monkeypatch.setattr(activation, "load", real)
            write(made_of(second), served)
            activate(second.record, served)
            shutil.rmtree(folder)
        return real(folder)

    monkeypatch.setattr(activation, "load", overtaken)
    assert load_current(served).generation == 2


def test_a_full_disk_is_told_and_leaves_nothing(
    first: Snapshot, served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("os.fsync", full)
    second = replace(first, generation=2)
    with pytest.raises(SnapshotError, match="无法写入索引快照:磁盘已满"):
        write(made_of(second), served)
    with pytest.raises(SnapshotError, match="无法启用新的索引:磁盘已满"):
        activate(first.record, served)
    assert sorted(path.name for path in served.iterdir()) == ["current", "snapshots"]
    assert [path.name for path in (served / "snapshots").iterdir()] == ["1"]
    assert current_generation(served) == (1, "hash of 1")
