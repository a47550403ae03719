"""FAISS against brute force; round trips; what is refused."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import SnapshotError
from qa.index.vectors import VectorIndex, save, stored, unit_rows


def unit_vectors(rows: int, dimension: int = 16, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def brute_force(vectors: np.ndarray, query: np.ndarray, k: int, allowed: np.ndarray) -> list[int]:
    scores = vectors @ query
    rows = sorted(np.flatnonzero(allowed), key=lambda row: (-scores[row], row))
    return [int(row) for row in rows[:k]]


@settings(max_examples=40, deadline=None)
@given(
    rows=st.integers(1, 60),
    k=st.integers(1, 80),
    seed=st.integers(0, 1000),
    masked=st.booleans(),
    share=st.floats(0, 1),
)
def test_search_equals_brute_force(rows: int, k: int, seed: int, masked: bool, share: float) -> None:
    vectors = unit_vectors(rows, seed=seed)
    query = unit_vectors(1, seed=seed + 1)[0]
    allowed = np.random.default_rng(seed).random(rows) < share if masked else np.ones(rows, bool)
    found, scores = VectorIndex.build(vectors).search(query, k, allowed if masked else None)
    assert found.tolist() == brute_force(vectors, query, k, allowed)
    np.testing.assert_allclose(scores, (vectors @ query)[found], atol=1e-5)
    assert scores.dtype == np.float32


def test_ties_are_ranked_by_row() -> None:
    index = VectorIndex.build(np.repeat(unit_vectors(1), 50, axis=0))
    rows, _ = index.search(unit_vectors(1)[0], 5)
    assert rows.tolist() == [0, 1, 2, 3, 4]
    rows, _ = index.search(unit_vectors(1)[0], 2, np.arange(50) % 20 == 7)
    assert rows.tolist() == [7, 27]


def test_scores_of_some_rows() -> None:
    vectors, query = unit_vectors(20), unit_vectors(1, seed=9)[0]
    rows = np.array([7, 3, 3, 19])
    index = VectorIndex.build(vectors)
    np.testing.assert_allclose(index.scores_of(query, rows), vectors[rows] @ query, atol=1e-6)
    np.testing.assert_array_equal(index.vectors(rows), vectors[rows])
    assert index.scores_of(query, rows[:0]).shape == (0,)


def test_round_trip(tmp_path: Path) -> None:
    vectors, path = unit_vectors(30), tmp_path / "向量.faiss"
    with path.open("wb") as file:
        save(vectors, file.write)
    by_faiss = faiss.serialize_index(VectorIndex.build(vectors)._index).tobytes()
    assert path.read_bytes() == by_faiss
    np.testing.assert_array_equal(stored(path, dimension=16, rows=30), vectors)
    read = VectorIndex.load(path, dimension=16, rows=30)
    np.testing.assert_array_equal(read.vectors(np.arange(30)), vectors)
    assert (len(read), read.dimension) == (30, 16)


def test_empty_index(tmp_path: Path) -> None:
    with (tmp_path / "v").open("wb") as file:
        save(np.empty((0, 16), np.float32), file.write)
    assert stored(tmp_path / "v", dimension=16, rows=0).shape == (0, 16)
    index = VectorIndex.load(tmp_path / "v", dimension=16, rows=0)
    rows, scores = index.search(unit_vectors(1)[0], 5)
    assert (len(rows), len(scores)) == (0, 0)
    assert index.vectors(np.empty(0, np.int64)).shape == (0, 16)


def test_nothing_allowed_finds_nothing() -> None:
    rows, _ = VectorIndex.build(unit_vectors(5)).search(unit_vectors(1)[0], 3, np.zeros(5, bool))
    assert len(rows) == 0


@pytest.mark.parametrize(
    "vectors",
    [
        np.ones((2, 16), np.float32),
        np.full((2, 16), np.nan, np.float32),
        np.zeros((2, 16), np.float32),
        unit_vectors(2).astype(np.float64),
        unit_vectors(2)[0],
    ],
    ids=["long", "nan", "zero", "float64", "one row"],
)
def test_what_is_no_matrix_of_unit_vectors_is_refused(vectors: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"expected|length 1"):
        VectorIndex.build(vectors)


def test_unit_rows_of_nothing() -> None:
    assert unit_rows(np.empty((0, 4), np.float32))


def test_query_and_mask_of_wrong_shape_are_refused() -> None:
    index = VectorIndex.build(unit_vectors(4))
    with pytest.raises(ValueError, match="query of shape"):
        index.search(np.ones(3, np.float32), 1)
    with pytest.raises(ValueError, match="mask of shape"):
        index.search(unit_vectors(1)[0], 1, np.ones(9, bool))


def test_file_of_another_size_or_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "v.faiss"
    with path.open("wb") as file:
        save(unit_vectors(4), file.write)
    for read in (VectorIndex.load, stored):
        with pytest.raises(SnapshotError, match="不符"):
            read(path, dimension=16, rows=5)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(SnapshotError, match="不符"):
        stored(path, dimension=16, rows=4)
    path.write_bytes(path.read_bytes()[:40])
    for read in (VectorIndex.load, stored):
        with pytest.raises(SnapshotError, match="无法读取"):
            read(path, dimension=16, rows=4)
        with pytest.raises(SnapshotError, match="无法读取"):
            read(tmp_path / "none", dimension=16, rows=4)


def test_what_the_disk_says_is_told() -> None:
    def full(_: bytes) -> int:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        save(unit_vectors(4), full)
