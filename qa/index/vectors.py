"""Exact vector search with FAISS, and what an encoder must offer to fill it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from qa.errors import SnapshotError
from qa.index.splicing import Spliced, write_items

Matrix = NDArray[np.float32]
_faiss: Any = faiss  # its type stubs describe the constructors of C++, not those of Python
_NORM_TOLERANCE = 1e-3
_HEADER = struct.Struct("<4siqqqBiQ")
"""Of FAISS's file: kind, dimension, rows, two numbers without a meaning, trained, metric, how many floats."""


class Embedder(Protocol):
    """What indexing and retrieval need of a model, as :class:`qa.models.encoder.Encoder` has it."""

    @property
    def fingerprint(self) -> str:
        """Return an identifier that changes whenever the same text could get another vector."""

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Return the window in tokens, prompt and text together, special tokens not counted."""

    def count_tokens(self, text: str) -> int:
        """Return how many tokens of the window a passage takes, its prompt included."""

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """Return one normalised vector a question: float32, ``(len(texts), dimension)``."""

    def encode_passages(
        self, texts: Sequence[str], *, on_batch: Callable[[int], None] | None = None
    ) -> Matrix:
        """Return one normalised vector a passage; tell ``on_batch`` how many each batch held."""


def unit_rows(vectors: Matrix) -> bool:
    """Tell whether every row is finite and of length 1."""
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return bool(np.all(np.abs(norms - 1.0) <= _NORM_TOLERANCE))  # NaN compares false


class VectorIndex:
    """Cosine similarity over the rows of a matrix, exact; immutable, safe for concurrent search."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Matrix) -> VectorIndex:
        """Index normalised vectors, float32 ``(n, dimension)``; row numbers are kept.

        Raises:
            ValueError: wrong shape, or a row that is not of length 1.
        """
        if vectors.ndim != 2 or vectors.dtype != np.float32:
            raise ValueError(f"expected a float32 matrix, got {vectors.dtype} of shape {vectors.shape}")
        if not unit_rows(vectors):
            raise ValueError("every vector must be of length 1")
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(
        self, query: Matrix, k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], Matrix]:
        """Return the ``k`` most similar rows and their cosines, by ``(-cosine, row)``.

        Args:
            query: a normalised vector ``(dimension,)``.
            k: how many; fewer come back where fewer exist.
            allowed: mask ``(n,)`` of the rows that may be returned; all where ``None``.
        """
        k = min(k, len(self) if allowed is None else int(np.count_nonzero(allowed)))
        if k <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        params = None
        if allowed is not None:
            if allowed.shape != (len(self),):
                raise ValueError(f"mask of shape {allowed.shape} for {len(self)} rows")
            selector = _faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
            params = _faiss.SearchParameters(sel=selector)
        scores, rows = self._index.search(self._as_batch(query), k, params=params)
        order = np.lexsort((rows[0], -scores[0]))
        return rows[0][order], scores[0][order]

    def scores_of(self, query: Matrix, rows: NDArray[np.int64]) -> Matrix:
        """Return the cosine of a query ``(dimension,)`` to each of some rows: float32 ``(len(rows),)``."""
        if not len(rows):
            return np.empty(0, np.float32)
        scores: Matrix = self.vectors(rows) @ self._as_batch(query)[0]
        return scores

    def vectors(self, rows: NDArray[np.int64]) -> Matrix:
        """Return some rows of the matrix: float32 ``(len(rows), dimension)``."""
        vectors: Matrix = self._index.reconstruct_batch(np.ascontiguousarray(rows, np.int64))
        return vectors

    def _as_batch(self, query: Matrix) -> Matrix:
        if query.shape != (self.dimension,):
            raise ValueError(f"query of shape {query.shape} for vectors of length {self.dimension}")
        return np.ascontiguousarray(query, np.float32)[None, :]

    @classmethod
    def load(cls, path: Path, *, dimension: int, rows: int) -> VectorIndex:
        """Read an index back and check that it is the one expected.

        Raises:
            SnapshotError: unreadable, of another kind, or of another size.
        """
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise SnapshotError(f"向量索引文件无法读取:{path}") from error
        if not isinstance(index, faiss.IndexFlatIP) or (index.d, index.ntotal) != (dimension, rows):
            raise SnapshotError(f"向量索引文件的内容与清单不符:{path}")
        return cls(index)


def save(vectors: Matrix | Spliced, write: Callable[[bytes | memoryview], object]) -> None:
    """Write the file that FAISS keeps an exact index over some vectors in, piece by piece.

    Args:
        vectors: normalised, float32 ``(n, dimension)``.
        write: takes the next piece.

    Raises:
        OSError: as ``write``.
    """
    rows, dimension = vectors.shape
    write(
        _HEADER.pack(
            b"IxFI", dimension, rows, 1 << 20, 1 << 20, True, faiss.METRIC_INNER_PRODUCT, rows * dimension
        )
    )
    write_items(vectors, write)


def stored(path: Path, *, dimension: int, rows: int) -> Matrix:
    """Return the vectors of such a file without reading them: they are mapped.

    Raises:
        SnapshotError: it is no such file.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            kind, *header = _HEADER.unpack(file.read(_HEADER.size))
    except (OSError, struct.error) as error:
        raise SnapshotError(f"向量索引文件无法读取:{path}") from error
    if kind != b"IxFI" or header[:2] != [dimension, rows] or size != _HEADER.size + 4 * rows * dimension:
        raise SnapshotError(f"向量索引文件的内容与清单不符:{path}")
    if not rows:
        return np.empty((0, dimension), np.float32)
    return np.memmap(path, "<f4", "r", _HEADER.size, (rows, dimension))
