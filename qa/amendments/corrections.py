"""Which article corrects which: read from the articles themselves, never stored.

An article corrects an earlier one where its headline or its beginning says so (更正, 勘误, 订正, a headline
that ends in 「(修订版)」) and it names the earlier one: by its headline, by the first part of it, by a
headline that is all but the same, with the day where several have one headline; see
:mod:`qa.amendments.mentions`. Where two would fit, none is taken: a wrong guess would silence an article
that is right.

Two kinds. ``whole``: the newer text stands in the older one's place (a revised edition, a text printed
again). ``part``: it corrects something in the older one, 「文中“22家”应为“23家”」; the older one goes on
answering, but what was wrong in it must never be quoted, see :mod:`qa.amendments.correcting`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from typing import Literal

from qa.amendments.errata import Replacement, replacements, through, within
from qa.amendments.mentions import LABEL, NOTICE, QUOTED, WORD, Titles
from qa.composing import Quote
from qa.types import Article, Relation, Relations

_REVISED = r"(?:修订版|修订稿|修订|订正版|订正稿|订正|更正版|更正稿|更正|勘误版|勘误|更新版)"
_PREFIX = re.compile(
    rf"^(?:[【\[（(](?:{WORD}{NOTICE}|修订)[】\]）)]|(?:{WORD}{NOTICE}|修订)[:：])\s*(?P<rest>.+)$"
)
_SUFFIX = re.compile(rf"^(?P<rest>.+?)\s*[（(【\[](?:{_REVISED})[】\]）)]$")
_BEGINNING = re.compile(
    rf"^[【\[（(]?{WORD}{NOTICE}[】\]）):：]|特此{WORD}|(?:作|予以?|做)(?:以下|如下)?{WORD}|{WORD}如下|现{WORD}|应(?:该|当)?{WORD}(?:为|成)"
)
_WHOLE = re.compile(
    r"全文(?:更正|重新|重发|重刊|如下)|重新(?:刊发|刊登|发布|发表)|(?:以|请以)(?:本文|此文|本稿|此稿|修订版|修订稿)为准|原(?:文|稿|报道)(?:同时)?作废"
)
_HINT = re.compile(r"[更勘订]\s*[正误新]|修订")
"""Nothing that holds none of these matches any of the above."""
_HEAD_CHARS = 300
"""Characters of a body that may say that the article is a correction, and name what it corrects."""
_WHOLE_LENGTH = 0.5
"""Share of the older text's length that a text under a mark 更正： must have to stand in its place."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One article corrects another."""

    newer: Article
    older: Article
    kind: Literal["whole", "part"]
    replacements: tuple[Replacement, ...] = ()
    """What of the older text is wrong; may be empty in a ``part`` whose words give no pair."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A correction's own words for what was wrong, and what is right by the latest correction of it."""

    start: int
    end: int
    """Where the wrong text stands in the correction's body."""
    newer: Article
    """The article that says what is right: the correction itself, or one of it."""
    pair: Replacement


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections among some articles."""

    all: tuple[Correction, ...] = ()
    unresolved: tuple[Article, ...] = ()
    """Articles that call themselves corrections, but of what is not certain."""
    superseded: frozenset[str] = frozenset()
    """Identifiers of articles in whose place another stands."""
    stated: Mapping[str, tuple[Stated, ...]] = field(default_factory=dict)
    """What each correction, also an unresolved one, calls wrong."""
    by_older: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    by_newer: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)

    def partial(self, article_id: str) -> tuple[Correction, ...]:
        """Return what corrects parts of an article that still answers."""
        return tuple(c for c in self.by_older.get(article_id, ()) if c.kind == "part")

    def relations(self, article_id: str) -> Relations:
        """Return where an article stands among its corrections."""
        return Relations(
            supersedes=tuple(
                Relation(c.older, c.kind) for c in _newest_first(self.by_newer.get(article_id, ()), "older")
            ),
            superseded_by=tuple(
                Relation(c.newer, c.kind) for c in _newest_first(self.by_older.get(article_id, ()), "newer")
            ),
        )

    def made_in(self, quote: Quote) -> tuple[Correction, ...]:
        """Return the corrections that a quote states; all that its article makes where it states none.

        A notice may correct several articles, a sentence for each.
        """
        made = self.by_newer.get(quote.article.id, ())
        stated = [c for c in made if any(r.start < quote.end and quote.start < r.end for r in c.replacements)]
        return tuple(stated) or made

    def corrected_by(self, quotes: Iterable[Quote]) -> tuple[Article, ...]:
        """Return the earlier articles that some quotes correct, directly or not, newest first."""
        waiting = [c.older for quote in quotes for c in self.made_in(quote)]
        found: dict[str, Article] = {}
        for article in waiting:
            if article.id not in found:
                found[article.id] = article
                waiting.extend(c.older for c in self.by_newer.get(article.id, ()))
        return tuple(sorted(found.values(), key=_by_date, reverse=True))


NONE = Corrections()


def find(articles: Sequence[Article]) -> Corrections:
    """Return the corrections among some articles; depends on them alone, not on their order."""
    marked = [(a, mark) for a in articles if (mark := _mark(a)) is not None]
    if not marked:
        return NONE
    titles = Titles(articles)
    found: list[Correction] = []
    unresolved: list[Article] = []
    stated: dict[str, tuple[Replacement, ...]] = {}
    for article, mark in sorted(marked, key=lambda m: (_by_date(m[0]), m[0].id)):
        pairs = stated[article.id] = () if mark.how == "edition" else replacements(article.body)
        if mark.how == "edition":
            named = titles.titled(mark.headline or "", article)
        else:
            named = titles.named(article, mark.headline, pairs)
        named = [(a, at) for a, at in named if not _reaches(found, a.id, article.id)]
        places = [at for _, at in named]
        for older, at in dict(named).items():
            meant = _meant(pairs, at, places)
            found.append(_correction(article, older, mark, pairs, meant, alone=len(named) == 1))
        if not named:
            unresolved.append(article)
    found += _of_editions(found, stated)
    found, said = _latest(found, stated, {a.id: a for a, _ in marked})
    return _collected([*found, *_earlier_editions(found)], unresolved, said)


def is_marked(article: Article) -> bool:
    """Tell whether an article calls itself a correction; no other is the newer one of any."""
    return _mark(article) is not None


@dataclass(frozen=True, slots=True)
class _Mark:
    """How an article calls itself a correction."""

    how: Literal["edition", "again", "notice"]
    """``edition``: X(修订版); ``again``: 更正：X; ``notice``: it tells what was wrong."""
    headline: str | None
    """The headline of what it corrects, where its own holds it."""


def _mark(article: Article) -> _Mark | None:
    title = article.title.strip()
    head = article.body[:_HEAD_CHARS]
    if not _HINT.search(title) and not _HINT.search(head):
        return None
    if LABEL.match(title):
        return _Mark("notice", None)
    if match := _PREFIX.match(title):  # first: 更正：X(修订版) corrects X(修订版)
        return _Mark("again", match["rest"].strip("《》 \u3000"))
    if match := _SUFFIX.match(title):
        return _Mark("edition", match["rest"].strip("《》"))
    if _BEGINNING.search(head) and QUOTED.search(head):
        return _Mark("notice", None)
    return None


def _meant(pairs: Sequence[Replacement], at: int, places: Sequence[int]) -> tuple[Replacement, ...]:
    """Return the pairs that a correction of several articles states of the one whose name stands ``at``.

    A pair is about the names between it and the pair before it; where there are none, about the same ones.
    """
    about: list[Replacement] = []
    since, current = -1, list(places)
    for pair in pairs:
        until = min(pair.wrong_start, pair.right_start)
        current = [place for place in places if since <= place < until] or current
        if at in current:
            about.append(pair)
        since = max(pair.wrong_end, pair.right_end)
    return tuple(about)


def _applied(pairs: Iterable[Replacement], older: Article) -> tuple[Replacement, ...]:
    return tuple(made for pair in pairs if (made := within(pair, older.body)))


def _correction(
    newer: Article,
    older: Article,
    mark: _Mark,
    stated: Sequence[Replacement],
    meant: Sequence[Replacement],
    *,
    alone: bool,
) -> Correction:
    """Return how one article corrects another: what it states, and what of that it states of this one."""
    printed_again = len(newer.body) >= _WHOLE_LENGTH * len(older.body)
    if mark.how == "edition":
        whole = True
    elif mark.how == "again":
        whole = not stated and printed_again
    else:
        whole = alone and not stated and printed_again and bool(_WHOLE.search(newer.body))
    return (
        Correction(newer, older, "whole")
        if whole
        else Correction(newer, older, "part", _applied(meant, older))
    )


def _reaches(found: Sequence[Correction], newer: str, older: str) -> bool:
    """Tell whether an article already corrects another, at first or at second hand."""
    waiting = [newer]
    for identifier in waiting:
        nexts = [c.older.id for c in found if c.newer.id == identifier]
        if older in nexts:
            return True
        waiting.extend(n for n in nexts if n not in waiting)
    return False


def _of_editions(
    found: Sequence[Correction], stated: Mapping[str, tuple[Replacement, ...]]
) -> list[Correction]:
    """Return that what corrects an article also corrects the edition that stands in its place by then."""
    editions = [c for c in found if c.kind == "whole"]
    return [
        Correction(c.newer, edition.newer, "part", pairs)
        for c in found
        for edition in editions
        if c.kind == "part" and edition.older.id == c.older.id and edition.newer.id != c.newer.id
        if _day(edition.newer) <= _day(c.newer) and (pairs := _applied(stated[c.newer.id], edition.newer))
    ]


def _latest(
    found: Sequence[Correction],
    stated: Mapping[str, tuple[Replacement, ...]],
    notices: Mapping[str, Article],
) -> tuple[list[Correction], dict[str, tuple[Stated, ...]]]:
    """Let the latest word stand where a correction is corrected: 22家 → 23家 → 24家 makes 22家 → 24家.

    Returns the corrections, and what each of them calls wrong with what is right by the latest.
    """
    known = {(c.newer.id, c.older.id): c for c in found}
    said = {
        key: [Stated(p.wrong_start, p.wrong_end, notices[key], p) for p in pairs]
        for key, pairs in stated.items()
    }

    def add(newer: Article, older: Article, pair: Replacement) -> None:
        if (newer.id, older.id) not in known:
            waiting.append((newer, older))
        before = known.get((newer.id, older.id), Correction(newer, older, "part"))
        known[newer.id, older.id] = replace(before, replacements=_with(before.replacements, pair))

    waiting = [(c.newer, c.older) for c in found if c.kind == "part"]
    for newer, older in waiting:
        for first in list(known.values()):
            of_it = older.id == first.newer.id
            if first.newer.id == newer.id or not (of_it or older.id == first.older.id):
                continue
            if first.kind == "whole" or _day(first.newer) > _day(newer):
                continue
            if _reaches(list(known.values()), first.newer.id, newer.id):
                continue
            for before, after in product(first.replacements, stated[newer.id]):
                both = through(before, after)
                if both is None or (not of_it and after.places(first.older.body)):
                    continue
                rest = tuple(p for p in known[first.newer.id, first.older.id].replacements if p != before)
                known[first.newer.id, first.older.id] = replace(first, replacements=rest)
                add(newer, first.newer, after)
                if both.wrong != both.right:  # else the first print was right after all
                    add(newer, first.older, both)
                said[first.newer.id] = [
                    _said_again(s, before, both, newer) for s in said.get(first.newer.id, ())
                ]
    return list(known.values()), {key: tuple(of) for key, of in said.items() if of}


def _with(pairs: tuple[Replacement, ...], pair: Replacement) -> tuple[Replacement, ...]:
    return pairs if pair in pairs else (*pairs, pair)


def _said_again(stated: Stated, before: Replacement, both: Replacement, newer: Article) -> Stated:
    """Return what a correction states, as a later one has it where the two are about the same text."""
    if not (stated.start <= before.wrong_start and before.wrong_end <= stated.end):
        return stated
    start = before.wrong_start + max(0, before.wrong.find(both.wrong))
    return Stated(start, start + len(both.wrong), newer, both)


def _earlier_editions(found: Sequence[Correction]) -> list[Correction]:
    """Return that a later edition of a text also stands in the place of an earlier edition of it."""
    editions: defaultdict[str, list[Correction]] = defaultdict(list)
    for correction in found:
        if correction.kind == "whole":
            editions[correction.older.id].append(correction)
    more: list[Correction] = []
    for group in editions.values():
        dated = sorted((c for c in group if c.newer.date), key=lambda c: _by_date(c.newer))
        for earlier, later in pairwise(dated):
            if earlier.newer.date != later.newer.date and not _reaches(
                [*found, *more], later.newer.id, earlier.newer.id
            ):
                more.append(replace(later, older=earlier.newer))
    return more


def _collected(
    found: Sequence[Correction],
    unresolved: Sequence[Article],
    said: Mapping[str, tuple[Stated, ...]],
) -> Corrections:
    by_older: defaultdict[str, list[Correction]] = defaultdict(list)
    by_newer: defaultdict[str, list[Correction]] = defaultdict(list)
    for correction in found:
        by_older[correction.older.id].append(correction)
        by_newer[correction.newer.id].append(correction)
    return Corrections(
        all=tuple(found),
        unresolved=tuple(unresolved),
        superseded=frozenset(c.older.id for c in found if c.kind == "whole"),
        stated=said,
        by_older={key: tuple(group) for key, group in by_older.items()},
        by_newer={key: tuple(group) for key, group in by_newer.items()},
    )


def _newest_first(found: Sequence[Correction], which: Literal["newer", "older"]) -> list[Correction]:
    return sorted(found, key=lambda c: _by_date(c.newer if which == "newer" else c.older), reverse=True)


def _day(article: Article) -> dt.date:
    return article.date or dt.date.min


def _by_date(article: Article) -> tuple[dt.date, str, int]:
    return article.date or dt.date.min, article.source, article.position
