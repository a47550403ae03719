"""What changed between two states of the collection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.types import Article, ArticleRef


@dataclass(frozen=True, slots=True)
class Differences:
    """Each article of either state is in exactly one of these."""

    added: tuple[ArticleRef, ...]
    changed: tuple[ArticleRef, ...]
    """As they are now."""
    removed: tuple[ArticleRef, ...]
    unchanged: int


def compare(before: Sequence[Article], after: Sequence[Article], also: int = 0) -> Differences:
    """Compare two states; a file's new name or an article's new place alone is no change.

    An article is changed when its date or its writers are, or when its file holds another article
    under the same headline instead.

    Args:
        before: the older state.
        after: the newer one.
        also: how many articles are left out of both, since they are the same to the byte.
    """
    old = {a.id: a for a in before}
    new = {a.id: a for a in after}
    vanished: defaultdict[tuple[str, str], list[Article]] = defaultdict(list)
    for article in before:
        if article.id not in new:
            vanished[article.source, article.title].append(article)
    added: list[Article] = []
    changed: list[Article] = []
    for article in after:
        if article.id in old:
            was = old[article.id]
            if was is not article and _at_no_place(article) != _at_no_place(was):
                changed.append(article)
        elif same_headline := vanished[article.source, article.title]:
            same_headline.pop(0)
            changed.append(article)
        else:
            added.append(article)
    removed = [a for articles in vanished.values() for a in articles]
    return Differences(
        _refs(added), _refs(changed), _refs(removed), unchanged=also + len(after) - len(added) - len(changed)
    )


def _at_no_place(article: Article) -> Article:
    return replace(article, source="", position=0)


def _refs(articles: Sequence[Article]) -> tuple[ArticleRef, ...]:
    return tuple(
        ArticleRef(a.id, a.title, a.source) for a in sorted(articles, key=lambda a: (a.source, a.position))
    )
