"""BM25 against the formula written out; round trips; empty and unknown."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qa.errors import SnapshotError
from qa.index.lexical import K1, B, LexicalIndex
from qa.text import Segmenter

TOKENS = st.sampled_from(["二七", "_七区", "61", "企业", "会议", "经开区"])
DOCUMENTS = st.lists(st.lists(TOKENS, max_size=12), max_size=12)


def save(index: LexicalIndex, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, values in index.arrays().items():
        np.save(folder / name, values, allow_pickle=False)


def same(one: LexicalIndex, other: LexicalIndex) -> bool:
    """Tell whether two indexes would make the same files."""
    theirs = other.arrays()
    return all(
        values.dtype == theirs[name].dtype and np.array_equal(values, theirs[name])
        for name, values in one.arrays().items()
    )


def reference(documents: list[list[str]], query: list[str]) -> list[float]:
    """Score documents by Robertson's formula with Lucene's idf, one term at a time."""
    average = sum(map(len, documents)) / max(1, len(documents))
    scores = []
    for document in documents:
        counts, score = Counter(document), 0.0
        for token in query:
            df = sum(token in other for other in documents)
            if counts[token]:
                idf = math.log(1 + (len(documents) - df + 0.5) / (df + 0.5))
                tf = counts[token]
                score += idf * tf / (tf + K1 * (1 - B + B * len(document) / average))
        scores.append(score)
    return scores


@settings(max_examples=60, deadline=None)
@given(documents=DOCUMENTS, query=st.lists(TOKENS | st.just("没见过"), max_size=5))
def test_scores_equal_the_formula(documents: list[list[str]], query: list[str]) -> None:
    scores = LexicalIndex.build(documents).scores(query)
    np.testing.assert_allclose(scores, reference(documents, query), rtol=1e-5, atol=1e-6)
    assert scores.dtype == np.float32


@pytest.mark.parametrize(
    "documents", [[], [[], []], [["二七", "企业"], [], ["企业"]]], ids=["none", "blank", "some"]
)
def test_round_trip(documents: list[list[str]], tmp_path: Path) -> None:
    index = LexicalIndex.build(documents)
    save(index, tmp_path / "lexical")
    read = LexicalIndex.load(tmp_path / "lexical", documents=len(documents))
    assert len(read) == len(documents)
    assert same(read, index)
    for query in (["企业", "二七"], ["企业", "企业"], ["没见过"], []):
        np.testing.assert_array_equal(read.scores(query), index.scores(query))


@settings(max_examples=100, deadline=None)
@given(old=DOCUMENTS, new=DOCUMENTS, data=st.data())
def test_a_revised_index_is_the_one_built_anew(
    old: list[list[str]], new: list[list[str]], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations([*enumerate(old), *((-1, document) for document in new)]))
    if data.draw(st.booleans(), label="in the order of old"):
        in_order = iter(enumerate(old))
        mixed = [each if each[0] < 0 else next(in_order) for each in mixed]
    kept = [(row, document) for row, document in mixed if row < 0 or data.draw(st.booleans())]
    fresh = [document for row, document in kept if row < 0]
    revised = LexicalIndex.build(old).revised(np.array([row for row, _ in kept], np.int64), fresh)
    whole = LexicalIndex.build([document for _, document in kept])
    assert same(revised, whole)
    assert list(whole.vocabulary) == sorted({token for _, document in kept for token in document})
    for row, (_, document) in enumerate(kept):
        for other in (document, [*document, "企业"], document[1:], ["没见过", *document[1:]]):
            assert whole.holds(row, Counter(other)) == (Counter(other) == Counter(document))
    for token in whole.vocabulary:
        assert whole.rows_of(token).tolist() == [
            at for at, (_, document) in enumerate(kept) if token in document
        ]


def test_a_count_beyond_what_is_kept_is_the_highest_that_is() -> None:
    documents = [["企业"] * 70000, ["企业", "会议"]]
    index = LexicalIndex.build(documents)
    assert (index.counts.tolist(), index.lengths.tolist()) == ([65535, 1, 1], [65535, 2])
    assert same(LexicalIndex.build(documents[1:]).revised(np.array([-1, 0]), documents[:1]), index)


@settings(max_examples=60, deadline=None)
@given(documents=DOCUMENTS, query=st.lists(TOKENS, max_size=5))
def test_scores_equal_another_implementation(documents: list[list[str]], query: list[str]) -> None:
    known = {token for document in documents for token in document}
    query = [token for token in query if token in known]
    assume(query)
    other = bm25s.BM25(k1=K1, b=B, method="lucene")
    other.index(documents, show_progress=False)
    np.testing.assert_allclose(
        LexicalIndex.build(documents).scores(query), other.get_scores(query), rtol=1e-5, atol=1e-6
    )


def as_bm25s_kept_it(documents: list[list[str]], folder: Path) -> None:
    """Write what snapshots of the first format hold."""
    columns: dict[str, int] = {}
    for document in documents:
        for token in document:
            columns.setdefault(token, len(columns))
    entries = sorted(
        (columns[token], row, count)
        for row, document in enumerate(documents)
        for token, count in Counter(document).items()
    )
    pointers = np.cumsum([0, *np.bincount([column for column, *_ in entries])])
    (folder / "vocab.index.json").write_text(json.dumps(columns), encoding="utf-8")
    (folder / "params.index.json").write_text("{}", encoding="utf-8")
    np.save(folder / "data.csc.index.npy", np.zeros(len(entries), np.float32))
    np.save(folder / "indices.csc.index.npy", np.array([row for _, row, _ in entries], np.int32))
    np.save(folder / "indptr.csc.index.npy", pointers.astype(np.int32))
    np.save(folder / "counts.npy", np.array([count for *_, count in entries], np.uint16))


def test_an_index_of_the_first_format_is_read(tmp_path: Path) -> None:
    documents = [["二七", "企业", "二七"], [], ["会议", "企业"], ["_七区"]]
    as_bm25s_kept_it(documents, tmp_path)
    assert same(LexicalIndex.load(tmp_path, documents=4), LexicalIndex.build(documents))
    with pytest.raises(SnapshotError, match="不符"):
        LexicalIndex.load(tmp_path, documents=3)


def test_nothing_is_pickled(tmp_path: Path) -> None:
    save(LexicalIndex.build([["企业"]]), tmp_path)
    assert {p.suffix for p in tmp_path.iterdir()} == {".npy"}
    for path in tmp_path.glob("*.npy"):
        np.load(path, allow_pickle=False)


def test_damage_is_refused(tmp_path: Path) -> None:
    save(LexicalIndex.build([["企业"], ["会议"]]), tmp_path)
    with pytest.raises(SnapshotError, match="不符"):
        LexicalIndex.load(tmp_path, documents=3)
    np.save(tmp_path / "rows.npy", np.array([0, 2], np.int32))
    with pytest.raises(SnapshotError, match="不符"):
        LexicalIndex.load(tmp_path, documents=2)
    (tmp_path / "pointers.npy").write_bytes(b"{")
    with pytest.raises(SnapshotError, match="无法读取"):
        LexicalIndex.load(tmp_path, documents=2)
    with pytest.raises(SnapshotError, match="无法读取"):
        LexicalIndex.load(tmp_path / "none", documents=2)


def test_the_passage_with_the_words_comes_first() -> None:
    segmenter = Segmenter()
    texts = ["二七经开区共有高新技术企业22家。", "会议听取了灾后重建情况。", "全区有养老机构36家。"]
    index = LexicalIndex.build([segmenter.search_tokens(text) for text in texts])
    assert index.scores(segmenter.search_tokens("高新技術企業有多少家?")).argmax() == 0
