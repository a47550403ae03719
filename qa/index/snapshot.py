"""A generation, frozen, in memory: everything that answering needs.

A request captures one :class:`Snapshot` and never touches the library.
:mod:`qa.index.snapshot_files` keeps it on disk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from qa.amendments import corrections
from qa.amendments.corrections import Corrections
from qa.errors import NotFoundError
from qa.index.lexical import LexicalIndex
from qa.index.lexicon import Lexicon
from qa.index.vectors import VectorIndex
from qa.storage.library import Generation
from qa.text import Segmenter, Taught
from qa.types import Article, IndexReport, Passage


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Snapshot:
    """One generation in memory; immutable, safe to share between threads."""

    generation: int
    created_at: dt.datetime
    model: str
    fingerprint: str
    dimension: int
    content_hash: str
    report: IndexReport
    """Of the run that made it; ``seconds`` up to the writing of the snapshot."""
    articles: tuple[Article, ...]
    """Ordered by source and position; what can be listed and read."""
    articles_by_id: Mapping[str, Article]
    in_force: tuple[Article, ...]
    """Those of them that answer: all but the ones in whose place a correction stands."""
    corrections: Corrections
    passages: tuple[Passage, ...]
    """Ordered by identifier; a row of both indexes is a place in this tuple."""
    admitted: NDArray[np.bool_] | None
    """Which rows may be retrieved: those of articles in force; ``None`` where all may."""
    vectors: VectorIndex
    lexical: LexicalIndex
    """Over the search tokens of headline and passage."""
    segmenter: Segmenter
    """Knows this corpus's terms; what the lexical index was cut with."""
    lexicon: Lexicon
    """What this corpus calls things; derived when first asked for."""

    def without(self, hidden: Collection[str]) -> Snapshot:
        """Return this generation without some articles: as if the bulletins had never held them.

        Vectors and lexical index are shared, rows keep their numbers. What the hidden articles correct
        answers again. Such a view serves; it is never written to disk.

        Args:
            hidden: identifiers; those of no article are ignored.
        """
        kept = tuple(a for a in self.articles if a.id not in hidden)
        if len(kept) == len(self.articles):
            return self
        found = corrections.find(kept)
        in_force = tuple(a for a in kept if a.id not in found.superseded)
        return replace(
            self,
            articles=kept,
            articles_by_id=MappingProxyType({a.id: a for a in kept}),
            in_force=in_force,
            corrections=found,
            admitted=_admitted(self.passages, in_force),
            lexicon=Lexicon(in_force, self.segmenter),
        )

    @property
    def newest_day(self) -> dt.date | None:
        """Return the newest date of an article in force; a question's 今年 and 上周 are counted from it."""
        return max((a.date for a in self.in_force if a.date), default=None)

    @property
    def record(self) -> Generation:
        """Return what the library and the manifest keep of this generation."""
        return Generation(
            id=self.generation,
            created_at=self.created_at,
            model=self.model,
            fingerprint=self.fingerprint,
            dimension=self.dimension,
            content_hash=self.content_hash,
            articles=len(self.articles),
            passages=len(self.passages),
            report=self.report,
        )

    def article(self, identifier: str) -> Article:
        """Return an article.

        Raises:
            NotFoundError: this generation has none with that identifier.
        """
        try:
            return self.articles_by_id[identifier]
        except KeyError:
            raise NotFoundError(f"没有编号为 {identifier} 的文章") from None


def assembled(
    generation: Generation,
    articles: Sequence[Article],
    passages: Sequence[Passage],
    vectors: VectorIndex,
    lexical: LexicalIndex,
    taught: Sequence[Taught],
) -> Snapshot:
    """Return a generation put together from its parts."""
    segmenter = Segmenter.as_taught(taught)
    found = corrections.find(articles)
    in_force = tuple(a for a in articles if a.id not in found.superseded)
    return Snapshot(
        generation=generation.id,
        created_at=generation.created_at,
        model=generation.model,
        fingerprint=generation.fingerprint,
        dimension=generation.dimension,
        content_hash=generation.content_hash,
        report=generation.report,
        articles=tuple(articles),
        articles_by_id=MappingProxyType({a.id: a for a in articles}),
        in_force=in_force,
        corrections=found,
        passages=tuple(passages),
        admitted=_admitted(passages, in_force) if found.superseded else None,
        vectors=vectors,
        lexical=lexical,
        segmenter=segmenter,
        lexicon=Lexicon(in_force, segmenter),
    )


def _admitted(passages: Sequence[Passage], articles: Iterable[Article]) -> NDArray[np.bool_]:
    """Return which passages are of some articles: ``(len(passages),)``."""
    identifiers = {a.id for a in articles}
    return np.fromiter((p.article_id in identifiers for p in passages), bool, len(passages))
