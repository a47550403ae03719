"""What a corpus teaches the segmenter: the terms and people of its articles, and how many articles name each.

The numbers let an update go on from what was taught before: it looks only at articles that came or went.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from qa.language.names import corpus_people
from qa.text import PERSON, TERM, Segmenter, Taught, Word, corpus_terms, fold, order_of
from qa.types import Article

WORDS_VERSION = 4
"""Raised whenever :func:`article_words` could find other words in the same article."""


def article_words(article: Article) -> frozenset[Word]:
    """Return what an article teaches: terms and people that its text marks as such, and who wrote it; folded.

    Decided by ``article.id`` and its bylines.
    """
    text = f"{article.title}\n{article.body}"
    people = {*corpus_people([text]), *map(fold, (*article.reporters, *article.correspondents))}
    return frozenset({*((fold(t), TERM) for t in corpus_terms([text])), *((p, PERSON) for p in people)})


@dataclass(frozen=True, slots=True)
class CorpusWords:
    """The words that articles teach."""

    taught: tuple[Taught, ...] = ()
    """As :attr:`qa.text.Segmenter.taught`."""
    articles: tuple[int, ...] = ()
    """How many of the articles teach each of them."""

    def __post_init__(self) -> None:
        """Check that each word has its number.

        Raises:
            ValueError: one has none.
        """
        if len(self.taught) != len(self.articles):
            raise ValueError(f"{len(self.taught)} words, {len(self.articles)} numbers")

    @classmethod
    def of(cls, articles: Iterable[Article]) -> CorpusWords:
        """Return the words of some articles."""
        return cls().revised((), articles)

    def revised(self, gone: Iterable[Article], new: Iterable[Article]) -> CorpusWords:
        """Return the words of these articles without some of them and with others: the same as :meth:`of`.

        Args:
            gone: articles of these; one that only changed its record is among ``new`` too.
            new: other articles.

        Raises:
            ValueError: these articles cannot have taught these words: other code found them.
        """
        before = {a.id: a for a in gone}
        change: Counter[Word] = Counter()
        for article in new:
            old = before.get(article.id)
            if old is not None and _bylines(old) == _bylines(article):  # a move: many may move at once
                del before[article.id]
            else:
                change.update(article_words(article))
        for article in before.values():
            change.subtract(article_words(article))
        articles, unsaid, unknown = list(self.articles), {}, {}
        for word, number in change.items():
            place = bisect_left(self.taught, order_of(word), key=order_of)
            known = place < len(self.taught) and self.taught[place][:2] == word
            now = number + (articles[place] if known else 0)
            if now < 0:
                raise ValueError(f"{word[0]}: {now}")
            if not known:
                unknown[word] = now
            elif now:
                articles[place] = now
            else:
                unsaid[word] = place
        learnt = sorted((word for word, number in unknown.items() if number), key=order_of)
        taught = Segmenter.revised(self.taught, unsaid, learnt)
        for place in sorted(unsaid.values(), reverse=True):
            del articles[place]
        for word in learnt:
            articles.insert(bisect_left(taught, order_of(word), key=order_of), unknown[word])
        return CorpusWords(taught, tuple(articles))


def _bylines(article: Article) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return article.reporters, article.correspondents
