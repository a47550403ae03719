"""A generation made of its articles, passages and vectors, going on from an earlier one if there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.index.columns import Columns
from qa.index.cuts import Cut, index_tokens, revised_tokens
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

    def snapshot(self) -> Snapshot:
        """Return the generation as it would be loaded.

        Raises:
            ValueError: a vector is not of length 1.
        """
        articles, passages = self.columns.articles(), self.columns.passages()
        vectors = VectorIndex.build(np.asarray(self.vectors))
        return assembled(self.record, articles, passages, vectors, self.lexical, self.words.taught)


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier generation to go on from, and what is different now."""

    cut: Cut
    gone: Sequence[Article]
    """Its articles that are none of the new generation's, or not as they were."""
    new: Sequence[Article]
    """Those of the new generation that it does not hold, or not as they are."""


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
    revision: Revision | None = None,
) -> Made:
    """Make a generation.

    Args:
        generation: its record.
        splitter: how the articles were split.
        columns: its articles and passages.
        vectors: row i of passage i, normalised, float32.
        revision: of an earlier generation; spares cutting the passages that would be cut the same, and
            changes nothing else.
    """
    found = _revised(revision, columns) if revision is not None else None
    if found is None:
        words = CorpusWords.of(columns.articles())
        found = words, index_tokens(columns, words.taught)
    words, lexical = found
    return Made(generation, splitter, columns, vectors, lexical, words)


def _revised(revision: Revision, columns: Columns) -> tuple[CorpusWords, LexicalIndex] | None:
    """Return words and word index, going on from an earlier generation; ``None`` where other code made it."""
    try:
        words = revision.cut.words.revised(revision.gone, revision.new)
    except ValueError:
        return None
    lexical = revised_tokens(revision.cut, columns, words.taught)
    return None if lexical is None else (words, lexical)
