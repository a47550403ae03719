"""A generation's articles and passages in columns, as its files hold them.

A run of the indexer goes on from those of the last generation: what stays is carried over as it lies there,
and only of what is looked at a record is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from qa.index.article_lines import article_of, line_of
from qa.index.passages import encoder_text
from qa.types import Article, Passage


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Articles, ordered by source and position, and passages, ordered by identifier."""

    ids: Sequence[str]
    """Of the articles."""
    lines: Sequence[bytes]
    """The articles, as :func:`qa.index.article_lines.line_of` writes them."""
    places: NDArray[np.int64]
    """``(n, 3)``: of each passage the place of its article, start and end."""
    made: dict[str, Article] = field(default_factory=dict)
    """The records of articles that are there already, by identifier."""

    @classmethod
    def of(cls, articles: Sequence[Article], passages: Iterable[Passage]) -> Columns:
        """Return the columns of records."""
        at = {a.id: number for number, a in enumerate(articles)}
        places = np.array([(at[p.article_id], p.start, p.end) for p in passages], np.int64)
        made = {a.id: a for a in articles}
        return cls(list(at), [line_of(a) for a in articles], places.reshape(-1, 3), made)

    def article(self, number: int) -> Article:
        """Return the record of an article.

        Raises:
            SnapshotError: its line is none.
        """
        identifier = self.ids[number]
        if identifier not in self.made:
            self.made[identifier] = article_of(self.lines[number])
        return self.made[identifier]

    def articles(self) -> tuple[Article, ...]:
        """Return the records of all articles; errors as :meth:`article`."""
        return tuple(map(self.article, range(len(self.ids))))

    def passages(self) -> tuple[Passage, ...]:
        """Return the records of all passages; errors as :meth:`article`."""
        articles = self.articles()
        return tuple(
            Passage(articles[at].id, start, end, articles[at].body[start:end])
            for at, start, end in self.places.tolist()
        )

    def text(self, row: int) -> str:
        """Return the text that a passage is found by: headline and passage."""
        at, start, end = self.places[row].tolist()
        article = self.article(at)
        return encoder_text(article.title, article.body[start:end])

    def texts(self, rows: Iterable[int]) -> list[str]:
        """Return :meth:`text` of some passages."""
        return [self.text(row) for row in rows]

    def numbers(self) -> Mapping[str, int]:
        """Return the place of each article by its identifier."""
        return {identifier: number for number, identifier in enumerate(self.ids)}
