"""BM25 over search tokens, with bm25s.

Score of a document D for a query: the sum over the query's tokens t, repeats counted, of
``ln(1 + (N - df + 0.5) / (df + 0.5)) · tf / (tf + k1 · (1 - b + b · |D| / avg|D|))``: Robertson's
BM25 as Lucene computes it (Kamphuis et al. 2020, "Which BM25 do you mean?").
"""

from __future__ import annotations

from array import array
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


class LexicalIndex:
    """BM25 scores of every document for a query; immutable, safe for concurrent use."""

    def __init__(self, index: bm25s.BM25 | None, documents: int) -> None:
        self._index = index  # None where no document has a token: bm25s cannot hold that
        self._documents = documents

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]]) -> LexicalIndex:
        """Index documents, each given as its tokens; row numbers are kept."""
        vocabulary: dict[str, int] = {}
        ids = [array("i", (vocabulary.setdefault(t, len(vocabulary)) for t in d)) for d in documents]
        if not vocabulary:
            return cls(None, len(ids))
        index = bm25s.BM25(k1=K1, b=B, method="lucene", backend="numpy")
        index.index((ids, vocabulary), create_empty_token=False, show_progress=False)
        return cls(index, len(ids))

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

    @classmethod
    def load(cls, folder: Path, *, documents: int) -> LexicalIndex:
        """Read an index back and check that it is the one expected.

        Raises:
            SnapshotError: a file is missing or damaged, or it is an index of other documents.
        """
        if folder.is_dir() and not any(folder.iterdir()):
            return cls(None, documents)
        try:
            index = bm25s.BM25.load(folder, allow_pickle=False, show_progress=False)
            tokens = len(index.scores["indptr"]) - 1
            sound = index.scores["num_docs"] == documents and len(index.vocab_dict) == tokens
        except (OSError, ValueError, TypeError, KeyError, EOFError) as error:
            raise SnapshotError(f"词汇索引无法读取:{folder}") from error
        if not sound:
            raise SnapshotError(f"词汇索引的内容与清单不符:{folder}")
        return cls(index, documents)
