"""Which article a correction names: by its headline, as exactly as newspapers quote one."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence

from qa.amendments.errata import Replacement, within
from qa.text import bigrams, letters
from qa.types import Article

WORD = r"(?:更\s*正|勘\s*误|订\s*正)"
NOTICE = r"(?:启事|声明|说明|公告|通知|启示)?"
# The whole headline is the label, with or without what it is about: 更正, 更正启事, 关于《…》一文的更正.
LABEL = re.compile(
    rf"^[【\[（(]?(?:重要)?(?:本报|本刊)?{WORD}{NOTICE}(?:[与和及、]致歉)?[】\]）)]?$|"
    rf"^致歉[与和及、]{WORD}{NOTICE}$|"
    rf"^(?:关于|对|就)?.{{0,10}}[《“].+[》”].{{0,12}}{WORD}{NOTICE}$|"
    rf"^(?:关于|对|就).{{2,60}}的{WORD}{NOTICE}$"
)
_NAMING_CHARS = 600
"""Characters of a body that may name what it corrects."""
_LEAST_LETTERS = 6
"""A shorter headline must stand in quotation marks to be taken for a name."""
_LEAST_QUOTED = 4
_SIMILAR, _APART = 0.8, 0.1
"""Share of bigrams that an all but equal headline shares, and its lead over the next best."""
_RECOGNISABLE = 0.5
"""Such a share is enough where the article holds all that the correction calls wrong."""
QUOTED = re.compile(
    r"《([^《》\n]{2,80}(?:《[^《》\n]+》[^《》\n]{0,40})?)》|“([^“”\n]{4,60})”|「([^「」\n]{4,60})」"
)
_DAY = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")
# 本报2021年12月10日第三版刊发的《…》 · 《…》(12月10日第三版)
_DAY_BEFORE = re.compile(rf"{_DAY.pattern}[^。;；《》“”「」\n]{{0,14}}$")
_DAY_BEHIND = re.compile(rf"\s*[(（][^()（）\n]{{0,8}}?{_DAY.pattern}")
_DAY_BEFORE_CHARS = 30
_ABOUT_THEN = dt.timedelta(days=31)
"""An article's date and the day that a correction names for it differ by less: one may be its dateline's."""


class Titles:
    """The headlines of a collection, to be found by how a correction names them."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._by_title: defaultdict[str, list[Article]] = defaultdict(list)
        self._parts: defaultdict[str, list[Article]] = defaultdict(list)
        for article in articles:
            self._by_title[letters(article.title)].append(article)
            first = letters(article.title.split()[0]) if article.title.split() else ""
            if len(first) >= _LEAST_LETTERS and first != letters(article.title):
                self._parts[first].append(article)
        self._grams: dict[str, set[str]] | None = None

    def named(
        self, newer: Article, headline: str | None, pairs: Sequence[Replacement]
    ) -> list[tuple[Article, int]]:
        """Return the articles that a correction names, none where it is not certain which.

        Each with the place of its name in the body, -1 for one in the headline.

        Args:
            newer: the correction.
            headline: what it says in its own headline that it corrects.
            pairs: what it calls wrong.
        """
        if headline is not None and (found := self._fitting(headline, newer, pairs)):
            return [(a, -1) for a in found]
        places: dict[str, int] = {}
        days: dict[str, dt.date] = {}
        for text, offset in ((newer.title, -1), (newer.body[:_NAMING_CHARS], 0)):
            for match in QUOTED.finditer(text):
                name = next(g for g in match.groups() if g)
                places.setdefault(name, match.start() if offset == 0 else -1)
                if printed := _printed(text, match.span(), newer):
                    days.setdefault(name, printed)
        named = [
            (a, at) for name, at in places.items() for a in self._fitting(name, newer, pairs, days.get(name))
        ]
        if named:
            return named
        text = letters(newer.title + "\n" + newer.body[:_NAMING_CHARS])
        judged = {letters(name) for name in places}
        held = [t for t in self._by_title if len(t) >= _LEAST_LETTERS + 2 and t in text and t not in judged]
        longest = [t for t in held if not any(t != other and t in other for other in held)]
        return [(a, -1) for title in longest for a in self._of_then(self._by_title[title], newer)]

    def titled(self, name: str, newer: Article) -> list[tuple[Article, int]]:
        """Return the article whose headline an edition repeats, as :meth:`named` does."""
        return [(a, -1) for a in self._fitting(name, newer, ())]

    def _fitting(
        self, name: str, newer: Article, pairs: Sequence[Replacement], printed: dt.date | None = None
    ) -> list[Article]:
        wanted = letters(name)
        if LABEL.match(name):  # a correction of a correction: 更正 is a headline that many have
            told = [a for a in self._by_title.get(wanted, []) if any(p.wrong in a.body for p in pairs)]
            return self._of_then(told, newer, printed)
        if len(wanted) < _LEAST_QUOTED:
            return []
        for group in (self._by_title.get(wanted, []), self._parts.get(wanted, [])):
            if any(a.id != newer.id for a in group):
                return self._of_then(group, newer, printed)
        if len(wanted) < _LEAST_LETTERS + 2:
            return []
        return self._of_then(self._similar(wanted, newer, pairs), newer, printed)

    def _similar(self, wanted: str, newer: Article, pairs: Sequence[Replacement]) -> list[Article]:
        """Return the articles of the headline that is all but the one wanted; none where two are close.

        One that is only recognisable will do where its article alone holds all that is called wrong.
        """
        if self._grams is None:
            self._grams = {title: set(bigrams(title)) for title in self._by_title if title}
        mine = set(bigrams(wanted))
        shares = {
            title: 2 * len(mine & grams) / max(1, len(mine) + len(grams))
            for title, grams in self._grams.items()
            if mine & grams and any(a.id != newer.id for a in self._by_title[title])
        }
        best, *others = sorted(shares, key=lambda t: (shares[t], t), reverse=True)[:2] or [""]
        if best and shares[best] >= _SIMILAR and all(shares[best] - shares[o] >= _APART for o in others):
            return self._by_title[best]
        if not pairs:
            return []
        return [
            a
            for title, share in shares.items()
            if share >= _RECOGNISABLE
            for a in self._by_title[title]
            if a.id != newer.id and all(within(pair, a.body) for pair in pairs)
        ]

    @staticmethod
    def _of_then(group: Sequence[Article], newer: Article, printed: dt.date | None = None) -> list[Article]:
        """Return the one article of a group that a correction can mean: earlier, of the day it names.

        One far from the day that stands beside its name is another year's of the same headline.
        """
        earlier = [
            a for a in group if a.id != newer.id and not (a.date and newer.date and a.date > newer.date)
        ]
        if printed:
            earlier = [a for a in earlier if not a.date or abs(a.date - printed) <= _ABOUT_THEN]
        if len(earlier) > 1:
            days = {_date(match, newer) for match in _DAY.finditer(newer.body[:_NAMING_CHARS])}
            earlier = [a for a in earlier if a.date and a.date in days]
        return earlier if len(earlier) == 1 else []


def _printed(text: str, name: tuple[int, int], newer: Article) -> dt.date | None:
    """Return the day that stands beside a name, on which the article of that name was printed."""
    start, end = name
    before = _DAY_BEFORE.search(text[max(0, start - _DAY_BEFORE_CHARS) : start])
    match = before or _DAY_BEHIND.match(text, end)
    return _date(match, newer) if match else None


def _date(match: re.Match[str], newer: Article) -> dt.date | None:
    """Return a day that a correction names; one without its year is the last before the correction."""
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        years = [int(match["year"])]
    elif newer.date:
        years = [newer.date.year + 1, newer.date.year, newer.date.year - 1]
    else:
        years = []
    for year in years:
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        if match["year"] or not newer.date or date - newer.date <= _ABOUT_THEN:
            return date
    return None
