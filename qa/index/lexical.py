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
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.durable import read_through
from qa.errors import SnapshotError
from qa.index.splicing import Spliced, spliced
from qa.index.vocabulary import Vocabulary, bisected

K1 = 1.5
"""How soon a repeated token stops adding to the score; the usual default, bm25s's too."""
B = 0.75
"""How much a long document is held back, 0 to 1; Robertson's default."""
_MOST = int(np.iinfo(np.uint16).max)
_ENTRIES = 1 << 18
"""That are looked at together: few enough for the processor's own memory."""
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
    kept_rows: NDArray[np.int32] | Spliced
    """:attr:`rows`, made when they are asked for: to be written they need not all be in memory."""
    kept_counts: NDArray[np.uint16] | Spliced
    lengths: NDArray[np.int32]
    """``(documents,)``: tokens of each document."""

    @cached_property
    def rows(self) -> NDArray[np.int32]:
        """Return the documents, ascending for each token."""
        return np.asarray(self.kept_rows)

    @cached_property
    def counts(self) -> NDArray[np.uint16]:
        """Return how often the token stands there, aligned with :attr:`rows`."""
        return np.asarray(self.kept_counts)

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
        kept = np.flatnonzero(reused >= 0)
        if np.any(np.diff(reused[kept]) < 0):
            in_order = np.full(len(reused), -1, np.int64)
            in_order[kept] = np.arange(len(kept))
            return self._of_documents(reused[kept]).revised(in_order, fresh)
        added = _Entries.of(np.flatnonzero(reused < 0), fresh)
        places, known = self.vocabulary.places(added.vocabulary)
        row_now = np.full(len(self), -1, np.int32)
        row_now[reused[kept]] = kept
        gone = self._entries(row_now < 0) if len(kept) < len(self) else np.empty(0, np.int64)
        # A new document's entries go before those of the next document that is kept, under its old number.
        next_row = np.append(reused[kept], len(self))[np.searchsorted(kept, added.rows)]
        at = self._places(places[added.columns], known[added.columns], next_row)
        holding, holding_new = np.diff(self.pointers), np.diff(added.pointers)
        touched, lost = np.unique(self._columns(gone), return_counts=True)
        holding[touched] -= lost
        holding[places[known]] += holding_new[known]
        unused, unknown = np.flatnonzero(holding == 0), ~known
        lengths = np.bincount(added.rows, added.counts, minlength=len(reused)).astype(np.int32)
        lengths[kept] = self.lengths[reused[kept]]
        return LexicalIndex(
            self.vocabulary.revised(unused, places[unknown], added.vocabulary.only(unknown)),
            _pointers(spliced(holding, unused, places[unknown], holding_new[unknown])),
            Spliced(self.rows, gone, at, added.rows, row_now),
            Spliced(self.counts, gone, at, added.counts),
            lengths,
        )

    def _entries(self, of: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the places of the entries of some documents, one at least, by a mask ``(documents,)``."""
        found = [np.empty(0, np.int64)]
        first, last = np.flatnonzero(of)[[0, -1]]  # an article's documents stand together
        for start in range(0, len(self.rows), _ENTRIES):
            rows = self.rows[start : start + _ENTRIES]
            near = np.flatnonzero((rows >= first) & (rows <= last))
            found.append(near[of[rows[near]]] + start)
        return np.concatenate(found)

    def _places(
        self, columns: NDArray[np.int64], known: NDArray[np.bool_], rows: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return before which entry others belong, each of a document that stands right before a row.

        Args:
            columns: of each the place of its token, or before which token that would stand.
            known: whether the token stands there.
            rows: of each the row.
        """
        low = self.pointers[columns]
        high = low.copy()
        high[known] = self.pointers[columns[known] + 1]
        return bisected(low, high, lambda middle, which: self.rows[middle] < rows[which])

    def _of_documents(self, order: NDArray[np.int64]) -> LexicalIndex:
        """Return the index of some of the documents, in another order; its tokens may stand nowhere."""
        row_now = np.full(len(self), -1, np.int32)
        row_now[order] = np.arange(len(order))
        rows, columns = row_now[self.rows], self._columns(np.arange(len(self.rows)))
        entries = np.lexsort((rows, columns))
        entries = entries[rows[entries] >= 0]
        return LexicalIndex(
            self.vocabulary,
            _pointers(np.bincount(columns[entries], minlength=len(self.vocabulary))),
            rows[entries],
            self.counts[entries],
            self.lengths[order],
        )

    def _columns(self, entries: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the place of the token that each entry is of."""
        return np.searchsorted(self.pointers, entries, side="right") - 1

    def holds(self, row: int, tokens: Counter[str]) -> bool:
        """Tell whether a document holds these tokens, each as often, and no others."""
        if tokens.total() != self.lengths[row]:
            return False
        wanted = Vocabulary.of(tokens)
        columns, known = self.vocabulary.places(wanted)
        if not known.all():
            return False
        at = self._places(columns, known, np.full(len(columns), row))
        if np.any(at == self.pointers[columns + 1]) or np.any(self.rows[at] != row):
            return False
        return bool(np.all(self.counts[at] == [tokens[token] for token in wanted]))

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

    def arrays(self) -> dict[str, NDArray[Any] | Spliced]:
        """Return what is to be kept on disk, as ``.npy`` files, by their names; :meth:`load` reads them."""
        parts: tuple[NDArray[Any] | Spliced, ...] = (
            self.vocabulary.text, self.vocabulary.ends, self.pointers, self.kept_rows, self.kept_counts,
            self.lengths,
        )  # fmt: skip
        return dict(zip((f"{name}.npy" for name in _FILES), parts, strict=True))

    @classmethod
    def load(cls, folder: Path, *, documents: int, mapped: bool = False) -> LexicalIndex:
        """Read an index back and check that it is the one expected.

        Args:
            folder: of the files that :meth:`arrays` names, or of an index of the first format.
            documents: how many it must hold.
            mapped: leave the arrays in the files: for who goes through them once, to revise the index.

        Raises:
            SnapshotError: a file is missing or damaged, or it is an index of other documents.
        """
        try:
            if (folder / _FIRST_FORMAT).exists():
                index = _first_format(folder, documents)
            elif folder.is_dir() and not any(folder.iterdir()):
                index = _nothing(documents)  # the first format's, where no document has a token
            else:
                for name in _FILES if mapped else ():
                    read_through(folder / f"{name}.npy")
                text, ends, pointers, rows, counts, lengths = (
                    np.load(folder / f"{name}.npy", "r" if mapped else None, allow_pickle=False)
                    for name in _FILES
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


@dataclass(frozen=True, slots=True)
class _Entries:
    """What documents hold, ordered by token and row: of each token that stands in a document how often."""

    vocabulary: Vocabulary
    columns: NDArray[np.int64]
    """The token's place in the vocabulary."""
    rows: NDArray[np.int32]
    counts: NDArray[np.uint16]

    @classmethod
    def of(cls, rows: NDArray[np.int64], documents: Iterable[Sequence[str] | Counter[str]]) -> _Entries:
        """Count documents, each given as its tokens, and number them as said, ascending."""
        numbers: dict[str, int] = {}
        of_token, of_row, counts = array("q"), array("i"), array("H")
        for row, tokens in zip(rows.tolist(), documents, strict=True):
            counted = Counter(tokens)
            of_token.extend([numbers.setdefault(token, len(numbers)) for token in counted])
            of_row.extend([row] * len(counted))
            counts.extend([min(count, _MOST) for count in counted.values()])
        vocabulary = Vocabulary.of(numbers)
        place_of = np.empty(len(numbers), np.int64)
        place_of[[numbers[token] for token in sorted(numbers)]] = np.arange(len(numbers))
        columns = place_of[np.asarray(of_token, np.int64)]
        order = np.argsort(columns, kind="stable")  # the rows of each token are in order already
        return cls(
            vocabulary,
            columns[order],
            np.asarray(of_row, np.int32)[order],
            np.asarray(counts, np.uint16)[order],
        )

    @property
    def pointers(self) -> NDArray[np.int64]:
        """Return where the entries of each token begin, and where the last ends."""
        return _pointers(np.bincount(self.columns, minlength=len(self.vocabulary)))


def _pointers(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each token's entries begin, of which there are so many, and where the last ends."""
    pointers = np.empty(len(numbers) + 1, np.int64)
    pointers[0] = 0
    np.cumsum(numbers, out=pointers[1:])
    return pointers


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
    columns = np.repeat(place_of, np.diff(pointers))
    order = np.lexsort((rows, columns))
    return LexicalIndex(
        vocabulary,
        _pointers(np.bincount(columns, minlength=len(vocabulary))),
        rows[order].astype(np.int32),
        counts[order].astype(np.uint16),
        np.bincount(rows, counts, minlength=documents).astype(np.int32),
    )
