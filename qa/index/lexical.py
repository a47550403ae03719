"""BM25 over search tokens.

Score of a document D for a query: the sum over the query's tokens t, repeats counted, of
``ln(1 + (N - df + 0.5) / (df + 0.5)) · tf / (tf + k1 · (1 - b + b · |D| / avg|D|))``: Robertson's
BM25 as Lucene computes it (Kamphuis et al. 2020, "Which BM25 do you mean?").

What is kept are counts, not scores: one more document changes every score, since N, df and avg|D| change,
but hardly any count. Scores of a query's few tokens are computed when it is asked. Everything is in one
order, tokens by their bytes and documents by their rows, so the same documents make the same files.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import SnapshotError
from qa.index.vocabulary import Vocabulary

K1 = 1.5
"""How soon a repeated token stops adding to the score; the usual default, bm25s's too."""
B = 0.75
"""How much a long document is held back, 0 to 1; Robertson's default."""
_FILES = ("tokens", "token_ends", "pointers", "rows", "counts", "lengths")
_FIRST_FORMAT = "vocab.index.json"
"""In the folder of an index as bm25s keeps it, which the first format of snapshots holds."""


@dataclass(frozen=True, eq=False)
class LexicalIndex:
    """How often each token stands in each document, and the BM25 scores that follow from it.

    Immutable, safe for concurrent use.
    """

    vocabulary: Vocabulary
    pointers: NDArray[np.int64]
    """``(tokens + 1,)``: ``rows[pointers[t] : pointers[t + 1]]`` are the documents that token t stands in."""
    rows: NDArray[np.int32]
    """Ascending for each token."""
    counts: NDArray[np.uint16]
    """How often it stands there, aligned with ``rows``."""
    lengths: NDArray[np.int32]
    """``(documents,)``: tokens of each document."""

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]]) -> LexicalIndex:
        """Index documents, each given as its tokens; row numbers are kept."""
        counted = [Counter(document) for document in documents]
        return _nothing(0).revised(np.full(len(counted), -1), counted)

    def revised(
        self, reused: NDArray[np.int64], fresh: Iterable[Sequence[str] | Counter[str]]
    ) -> LexicalIndex:
        """Return the index of other documents, for those that this one holds too without their tokens.

        It is the one that :meth:`build` makes of all the tokens, to the last bit.

        Args:
            reused: for each document its row in this index, -1 for those that are new; no row twice.
            fresh: the tokens of the new documents, in order.
        """
        documents, old = len(reused), reused[reused >= 0]
        names: dict[str, int] = {}
        new_names, new_rows, new_counts = array("q"), array("i"), array("q")
        for row, tokens in zip(np.flatnonzero(reused < 0).tolist(), fresh, strict=True):
            for token, count in Counter(tokens).items():
                new_names.append(names.setdefault(token, len(names)))
                new_counts.append(min(count, np.iinfo(np.uint16).max))
            new_rows.extend([row] * (len(new_names) - len(new_rows)))
        ordered = Vocabulary.of(names)
        vocabulary, column_of, column_of_new = self.vocabulary.united(ordered)
        name_column = np.empty(len(names), np.int64)
        name_column[[names[name] for name in ordered]] = column_of_new
        row_now = np.full(len(self.lengths), -1, np.int32)
        row_now[old] = np.flatnonzero(reused >= 0)
        kept = self._with_rows(row_now, monotone=not np.any(np.diff(old) < 0))
        pointers = np.zeros(len(vocabulary) + 1, np.int64)
        pointers[column_of + 1] = np.diff(kept.pointers)
        lengths = np.bincount(
            np.asarray(new_rows, np.int64), np.asarray(new_counts, np.int64), minlength=documents
        ).astype(np.int32)
        lengths[reused >= 0] = self.lengths[old]
        spread = LexicalIndex(vocabulary, np.cumsum(pointers), kept.rows, kept.counts, lengths)
        return spread._with_entries(
            name_column[np.asarray(new_names, np.int64)],
            np.asarray(new_rows, np.int32),
            np.asarray(new_counts, np.int64).astype(np.uint16),
        )._without_unused()

    def _with_rows(self, row_now: NDArray[np.int32], *, monotone: bool) -> LexicalIndex:
        """Return the entries of documents that stay, under the new numbers of their rows.

        Args:
            row_now: ``(documents,)``, -1 for those that go.
            monotone: whether the order of rows stays.
        """
        rows, counts, pointers = row_now[self.rows], self.counts, self.pointers
        if np.any(row_now < 0):
            gone = np.flatnonzero(rows < 0)
            rows, counts = np.delete(rows, gone), np.delete(counts, gone)
            pointers = pointers - np.searchsorted(gone, pointers)
        if not monotone:
            order = np.lexsort((rows, np.repeat(np.arange(len(pointers) - 1), np.diff(pointers))))
            rows, counts = rows[order], counts[order]
        return replace(self, pointers=pointers, rows=rows, counts=counts)

    def _with_entries(
        self, columns: NDArray[np.int64], rows: NDArray[np.int32], counts: NDArray[np.uint16]
    ) -> LexicalIndex:
        """Return an index with more entries, each of a token and a document that have none together."""
        order = np.lexsort((rows, columns))
        columns, rows, counts = columns[order], rows[order], counts[order]
        # Where each belongs among the token's documents: the search of all goes on in step.
        low, high = self.pointers[columns], self.pointers[columns + 1]
        while np.any(open_ := low < high):
            middle = (low + high) // 2
            before = np.zeros(len(rows), bool)
            before[open_] = self.rows[middle[open_]] < rows[open_]
            low = np.where(before, middle + 1, low)
            high = np.where(open_ & ~before, middle, high)
        more = np.concatenate([[0], np.cumsum(np.bincount(columns, minlength=len(self.vocabulary)))])
        return replace(
            self,
            pointers=self.pointers + more,
            rows=np.insert(self.rows, low, rows),
            counts=np.insert(self.counts, low, counts),
        )

    def _without_unused(self) -> LexicalIndex:
        """Return an index without tokens that stand nowhere."""
        used = np.diff(self.pointers) > 0
        if used.all():
            return self
        pointers = np.concatenate([self.pointers[:1], self.pointers[1:][used]])
        return replace(self, vocabulary=self.vocabulary.without(used), pointers=pointers)

    def tokens(self, rows: Sequence[int]) -> list[Counter[str]]:
        """Return how often each token stands in some documents."""
        wanted = np.zeros(len(self.lengths), bool)
        wanted[list(rows)] = True
        places = np.flatnonzero(wanted[self.rows])
        columns = np.searchsorted(self.pointers, places, side="right") - 1
        found = {row: Counter[str]() for row in rows}
        for place, column in zip(places.tolist(), columns.tolist(), strict=True):
            found[int(self.rows[place])][self.vocabulary[column]] = int(self.counts[place])
        return [found[row] for row in rows]

    def rows_of(self, token: str) -> NDArray[np.int32]:
        """Return the documents that a token stands in, ascending."""
        column = self.vocabulary.place(token)
        if column is None:
            return np.empty(0, np.int32)
        return self.rows[self.pointers[column] : self.pointers[column + 1]]

    def __len__(self) -> int:
        return len(self.lengths)

    @cached_property
    def _held_back(self) -> NDArray[np.float32]:
        """Return what a count is weighed against in each document."""
        mean = self.lengths.mean() if self.lengths.any() else 1.0
        held_back: NDArray[np.float32] = (K1 * (1 - B + B * self.lengths / mean)).astype(np.float32)
        return held_back

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every document for a query's tokens: float32 ``(n,)``, 0 = no match."""
        scores = np.zeros(len(self), np.float32)
        for token, times in Counter(tokens).items():
            column = self.vocabulary.place(token)
            if column is None:
                continue
            here = slice(self.pointers[column], self.pointers[column + 1])
            rows, counts = self.rows[here], self.counts[here].astype(np.float32)
            rarity = np.float32(times * np.log1p((len(self) - len(rows) + 0.5) / (len(rows) + 0.5)))
            scores[rows] += rarity * (counts / (self._held_back[rows] + counts))
        return scores

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what is to be kept on disk, as ``.npy`` files, by their names; :meth:`load` reads them."""
        parts: tuple[NDArray[Any], ...] = (
            self.vocabulary.text, self.vocabulary.ends, self.pointers, self.rows, self.counts, self.lengths,
        )  # fmt: skip
        return dict(zip((f"{name}.npy" for name in _FILES), parts, strict=True))

    @classmethod
    def load(cls, folder: Path, *, documents: int) -> LexicalIndex:
        """Read an index back and check that it is the one expected.

        Args:
            folder: of the files that :meth:`arrays` names, or of an index of the first format.
            documents: how many it must hold.

        Raises:
            SnapshotError: a file is missing or damaged, or it is an index of other documents.
        """
        try:
            if (folder / _FIRST_FORMAT).exists():
                index = _first_format(folder, documents)
            elif folder.is_dir() and not any(folder.iterdir()):
                index = _nothing(documents)  # the first format's, where no document has a token
            else:
                text, ends, pointers, rows, counts, lengths = (
                    np.load(folder / f"{name}.npy", allow_pickle=False) for name in _FILES
                )
                index = cls(Vocabulary(text, ends), pointers, rows, counts, lengths)
            sound = len(index) == documents and index._sound()
        except (OSError, ValueError, TypeError, KeyError, EOFError) as error:
            raise SnapshotError(f"词汇索引无法读取:{folder}") from error
        if not sound:
            raise SnapshotError(f"词汇索引的内容与清单不符:{folder}")
        return index

    def _sound(self) -> bool:
        """Tell whether the arrays fit each other."""
        return (
            self.vocabulary.sound()
            and len(self.pointers) == len(self.vocabulary) + 1
            and int(self.pointers[0]) == 0
            and bool(np.all(np.diff(self.pointers) >= 0))
            and int(self.pointers[-1]) == len(self.rows) == len(self.counts)
            and (not len(self.rows) or (self.rows.min() >= 0 and self.rows.max() < len(self)))
        )


def _nothing(documents: int) -> LexicalIndex:
    none = np.empty(0, np.int32)
    return LexicalIndex(
        Vocabulary.of(()), np.zeros(1, np.int64), none, none.astype(np.uint16), np.zeros(documents, np.int32)
    )


def _first_format(folder: Path, documents: int) -> LexicalIndex:
    """Read what bm25s wrote, with the counts that stood beside it.

    Raises:
        OSError, ValueError, TypeError, KeyError, EOFError: something is missing or damaged.
    """
    columns_of = json.loads((folder / _FIRST_FORMAT).read_text(encoding="utf-8"))
    rows, pointers, counts = (
        np.load(folder / name, allow_pickle=False)
        for name in ("indices.csc.index.npy", "indptr.csc.index.npy", "counts.npy")
    )
    vocabulary = Vocabulary.of(columns_of)
    place_of = np.empty(len(vocabulary), np.int64)
    place_of[[columns_of[token] for token in vocabulary]] = np.arange(len(vocabulary))
    empty = replace(
        _nothing(documents),
        vocabulary=vocabulary,
        pointers=np.zeros(len(vocabulary) + 1, np.int64),
        lengths=np.bincount(rows, counts, minlength=documents).astype(np.int32),
    )
    return empty._with_entries(np.repeat(place_of, np.diff(pointers)), rows.astype(np.int32), counts)
