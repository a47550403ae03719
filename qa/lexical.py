"""BM25 over search tokens, with bm25s.

Score of a document D for a query: the sum over the query's tokens t, repeats counted, of
``ln(1 + (N - df + 0.5) / (df + 0.5)) · tf / (tf + k1 · (1 - b + b · |D| / avg|D|))``: Robertson's
BM25 as Lucene computes it (Kamphuis et al. 2020, "Which BM25 do you mean?").
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from qa.errors import SnapshotError

K1 = 1.5
"""How soon a repeated token stops adding to the score; bm25s's default."""
B = 0.75
"""How much a long document is held back, 0 to 1; Robertson's default."""
_COUNTS = "counts.npy"
"""Beside bm25s's own files: how often each token stands in each document, aligned with the scores."""


class LexicalIndex:
    """BM25 scores of every document for a query; immutable, safe for concurrent use."""

    def __init__(
        self, index: bm25s.BM25 | None, documents: int, counts: NDArray[np.uint16] | None = None
    ) -> None:
        self._index = index  # None where no document has a token: bm25s cannot hold that
        self._documents = documents
        self._counts = counts

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]]) -> LexicalIndex:
        """Index documents, each given as its tokens; row numbers are kept."""
        counted = [Counter(document) for document in documents]
        return cls(None, 0).revised(np.full(len(counted), -1), counted)

    def revised(
        self, reused: NDArray[np.int64], fresh: Iterable[Sequence[str] | Counter[str]]
    ) -> LexicalIndex:
        """Return an index of other documents, for those that this one holds too without their tokens.

        Scores are those of an index built from all the tokens; only the order of the vocabulary may differ.

        Args:
            reused: for each document its row in this index, -1 for those that are new; no row twice.
            fresh: the tokens of the new documents, in order.

        Raises:
            ValueError: this index was read without the counts.
        """
        columns, rows, counts, vocabulary = self._entries()
        row_now = np.full(self._documents, -1, np.int64)
        row_now[reused[reused >= 0]] = np.flatnonzero(reused >= 0)
        rows = row_now[rows]
        kept = rows >= 0
        new_columns, new_rows, new_counts = array("q"), array("q"), array("q")
        for row, tokens in zip(np.flatnonzero(reused < 0).tolist(), fresh, strict=True):
            for token, count in Counter(tokens).items():
                new_columns.append(vocabulary.setdefault(token, len(vocabulary)))
                new_counts.append(count)
            new_rows.extend([row] * (len(new_columns) - len(new_rows)))
        return _scored(
            np.concatenate([columns[kept], np.asarray(new_columns, np.int64)]),
            np.concatenate([rows[kept], np.asarray(new_rows, np.int64)]),
            np.concatenate([counts[kept], _small(np.asarray(new_counts, np.int64))]),
            vocabulary,
            len(reused),
        )

    def tokens(self, rows: Sequence[int]) -> list[Counter[str]]:
        """Return how often each token stands in some documents.

        Raises:
            ValueError: this index was read without the counts.
        """
        columns, all_rows, counts, vocabulary = self._entries()
        names = list(vocabulary)
        found = {row: Counter[str]() for row in rows}
        here = np.isin(all_rows, rows)
        for row, column, count in zip(all_rows[here], columns[here], counts[here], strict=True):
            found[int(row)][names[column]] = int(count)
        return [found[row] for row in rows]

    def _entries(
        self,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint16], dict[str, int]]:
        """Return column, row and count of every token of a document, and a vocabulary to add to."""
        if self._index is None:
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint16), {}
        if self._counts is None:
            raise ValueError("read without the counts")
        pointers = self._index.scores["indptr"]
        columns = np.repeat(np.arange(len(pointers) - 1, dtype=np.int64), np.diff(pointers))
        return columns, self._index.scores["indices"], self._counts, dict(self._index.vocab_dict)

    def __len__(self) -> int:
        return self._documents

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every document for a query's tokens: float32 ``(n,)``, 0 = no match."""
        if self._index is None:
            return np.zeros(self._documents, np.float32)
        known = self._index.get_tokens_ids(list(tokens))
        scores: NDArray[np.float32] = self._index.get_scores_from_ids(known)
        return scores

    def save(self, folder: Path) -> None:
        """Write the index as named arrays and JSON into a folder; one without tokens leaves it empty."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._index is not None:
            self._index.save(folder, show_progress=False)
            if self._counts is not None:
                np.save(folder / _COUNTS, self._counts, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, *, documents: int, with_counts: bool = False) -> LexicalIndex:
        """Read an index back and check that it is the one expected.

        Args:
            folder: where it was saved.
            documents: how many it must hold.
            with_counts: whether it is to be revised, which searching does not need.

        Raises:
            SnapshotError: a file is missing or damaged, or it is an index of other documents.
        """
        if folder.is_dir() and not any(folder.iterdir()):
            return cls(None, documents)
        try:
            index = bm25s.BM25.load(folder, allow_pickle=False, show_progress=False)
            counts = np.load(folder / _COUNTS, allow_pickle=False) if with_counts else None
            tokens = len(index.scores["indptr"]) - 1
            sound = index.scores["num_docs"] == documents and len(index.vocab_dict) == tokens
            sound = sound and (counts is None or len(counts) == len(index.scores["indices"]))
        except (OSError, ValueError, TypeError, KeyError, EOFError) as error:
            raise SnapshotError(f"词汇索引无法读取:{folder}") from error
        if not sound:
            raise SnapshotError(f"词汇索引的内容与清单不符:{folder}")
        return cls(index, documents, counts)


def _small(counts: NDArray[np.int64]) -> NDArray[np.uint16]:
    return np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16)


def _scored(
    columns: NDArray[np.int64],
    rows: NDArray[np.int64],
    counts: NDArray[np.uint16],
    vocabulary: dict[str, int],
    documents: int,
) -> LexicalIndex:
    """Score every token of every document, as bm25s does, which has no way to change an index."""
    if not len(columns):
        return LexicalIndex(None, documents)
    from scipy.sparse import csc_matrix  # importing it takes time, and searching needs none of it

    used = np.bincount(columns, minlength=len(vocabulary)) > 0
    names = [name for name, here in zip(vocabulary, used.tolist(), strict=True) if here]
    columns = (np.cumsum(used) - 1)[columns]
    lengths = np.bincount(rows, weights=counts, minlength=documents)
    matrix = csc_matrix((counts, (rows, columns)), shape=(documents, len(names)))
    matrix.sort_indices()
    frequencies = np.diff(matrix.indptr)
    rarity = np.log1p((documents - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
    held_back = (K1 * (1 - B + B * lengths / lengths.mean())).astype(np.float32)
    times = matrix.data.astype(np.float32)
    index = bm25s.BM25(k1=K1, b=B, method="lucene", backend="numpy")
    index.scores = {
        "data": np.repeat(rarity, frequencies) * (times / (held_back[matrix.indices] + times)),
        "indices": matrix.indices,
        "indptr": matrix.indptr,
        "num_docs": documents,
    }
    index.vocab_dict = {name: column for column, name in enumerate(names)}
    index.unique_token_ids_set = set(range(len(names)))
    index.nonoccurrence_array = None
    return LexicalIndex(index, documents, matrix.data)
