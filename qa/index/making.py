"""A generation made of its articles, passages and vectors, going on from an earlier one if there is one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from qa.index.columns import Columns
from qa.index.cuts import Cut, index_tokens
from qa.index.lexical import LexicalIndex
from qa.index.snapshot import Snapshot, assembled
from qa.index.splicing import Spliced
from qa.index.vectors import Matrix, VectorIndex
from qa.language.corpus_words import CorpusWords
from qa.storage.library import Generation
from qa.types import Article, Passage


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A generation that is made: all that its files will hold, little of it in memory."""

    record: Generation
    splitter: str | None
    columns: Columns
    vectors: Matrix | Spliced
    """Row i of passage i."""
    lexical: LexicalIndex
    words: CorpusWords

    @classmethod
    def of(cls, snapshot: Snapshot) -> Made:
        """Return what the files of a snapshot would hold."""
        return cls(
            snapshot.record,
            None,
            Columns.of(snapshot.articles, snapshot.passages),
            snapshot.vectors.vectors(np.arange(len(snapshot.passages))),
            snapshot.lexical,
            snapshot.words,
        )

    def snapshot(self) -> Snapshot:
        """Return the generation as it would be loaded.

        Raises:
            ValueError: a vector is not of length 1.
        """
        articles, passages = self.columns.articles(), self.columns.passages()
        vectors = VectorIndex.build(np.asarray(self.vectors))
        return assembled(self.record, articles, passages, vectors, self.lexical, self.words)


def build(
    generation: Generation, articles: Sequence[Article], passages: Sequence[Passage], vectors: Matrix
) -> Snapshot:
    """Make a generation of records.

    Args:
        generation: its record.
        articles: ordered by source and position.
        passages: ordered by identifier.
        vectors: row i of passage i, normalised, float32 ``(len(passages), generation.dimension)``.

    Raises:
        ValueError: a vector is not of length 1.
    """
    return make(generation, None, Columns.of(articles, passages), vectors).snapshot()


def make(
    generation: Generation,
    splitter: str | None,
    columns: Columns,
    vectors: Matrix | Spliced,
    cut: Cut | None = None,
    gone: Iterable[Article] = (),
    new: Iterable[Article] = (),
) -> Made:
    """Make a generation.

    Args:
        generation: its record.
        splitter: how the articles were split.
        columns: its articles and passages.
        vectors: row i of passage i, normalised, float32.
        cut: of an earlier generation; spares cutting the passages that would be cut the same, and
            changes nothing else.
        gone: the articles of that generation that these are not, or not as they were.
        new: those of these that it does not hold, or not as they are.
    """
    words = CorpusWords.of(columns.articles()) if cut is None else cut.words.revised(gone, new)
    lexical = index_tokens(cut, columns, words.taught)
    return Made(generation, splitter, columns, vectors, lexical, words)
