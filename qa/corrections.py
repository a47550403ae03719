"""Which article corrects which: read from the articles themselves, never stored.

An article corrects an earlier one where its headline or its beginning says so (更正, 勘误, 订正, a headline
that ends in 「(修订版)」) and it names the earlier one: by its headline, by the first part of it, by a
headline that is all but the same, with the day where several have one headline. Where two would fit, none is
taken: a wrong guess would silence an article that is right.

Two kinds. ``whole``: the newer text stands in the older one's place (a revised edition, a text printed
again). ``part``: it corrects something in the older one, 「文中“22家”应为“23家”」; the older one goes on
answering, but what was wrong in it must never be quoted, see :mod:`qa.correcting`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from qa.text import HAN, bigrams, fold, letters, sentence_spans
from qa.types import Article, Relation, Relations

_WORD = r"(?:更\s*正|勘\s*误|订\s*正)"
_NOTICE = r"(?:启事|声明|说明|公告|通知|启示)?"
_REVISED = r"(?:修订版|修订稿|修订|订正版|订正稿|订正|更正版|更正稿|更正|勘误版|勘误|更新版)"
# The whole headline is the label, with or without what it is about: 更正, 更正启事, 关于《…》一文的更正.
_LABEL = re.compile(
    rf"^[【\[（(]?(?:重要)?(?:本报|本刊)?{_WORD}{_NOTICE}(?:[与和及、]致歉)?[】\]）)]?$|"
    rf"^致歉[与和及、]{_WORD}{_NOTICE}$|"
    rf"^(?:关于|对|就)?.{{0,10}}[《“].+[》”].{{0,12}}{_WORD}{_NOTICE}$"
)
_PREFIX = re.compile(
    rf"^(?:[【\[（(](?:{_WORD}{_NOTICE}|修订)[】\]）)]|(?:{_WORD}{_NOTICE}|修订)[:：])\s*(?P<rest>.+)$"
)
_SUFFIX = re.compile(rf"^(?P<rest>.+?)\s*[（(【\[](?:{_REVISED})[】\]）)]$")
_BEGINNING = re.compile(
    rf"^[【\[（(]?{_WORD}{_NOTICE}[】\]）):：]|特此{_WORD}|(?:作|予以?|做)(?:以下|如下)?{_WORD}|{_WORD}如下|现{_WORD}"
)
_WHOLE = re.compile(
    r"全文(?:更正|重新|重发|重刊|如下)|重新(?:刊发|刊登|发布|发表)|(?:以|请以)(?:本文|此文|本稿|此稿|修订版|修订稿)为准|原(?:文|稿|报道)(?:同时)?作废"
)
_HINT = re.compile(r"[更勘订]\s*[正误新]|修订")
"""Nothing that holds none of these matches any of the above."""
_HEAD_CHARS = 300
"""Characters of a body that may say that the article is a correction, and name what it corrects."""
_LEAST_LETTERS = 6
"""A shorter headline must stand in quotation marks to be taken for a name."""
_LEAST_QUOTED = 4
_SIMILAR, _APART = 0.8, 0.1
"""Share of bigrams that an all but equal headline shares, and its lead over the next best."""
_WHOLE_LENGTH = 0.5
"""Share of the older text's length that a text under a mark 更正： must have to stand in its place."""
_QUOTED = re.compile(
    r"《([^《》\n]{2,80}(?:《[^《》\n]+》[^《》\n]{0,40})?)》|“([^“”\n]{4,60})”|「([^「」\n]{4,60})」"
)
_DAY = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")


def _quoted(name: str) -> str:
    return rf"[“\"「『‘《](?P<{name}>[^“”\"「」『』‘’《》\n]{{1,60}})[”\"」』’》]"


_BE = r"[,，]?\s*(?:(?:应|当|实)(?:该|当)?(?:为|是|作|改为|更正为)|(?:更正|订正|修订|更改|改)(?:为|成))"
_WRONGLY = r"(?:写|排|印|刊|登|报|录|植|作|标)?(?:成|为|作)了?"
_NUMBER = rf"\d[\d.,]*[{HAN}%％]{{0,4}}?"
_STATED = (
    # “22家”(有误,)应为“23家”
    re.compile(
        rf"{_quoted('wrong')}(?:一词|一句|一处|等?字样?)?(?:[,，]?(?:有误|错误|不准确|系笔误))?{_BE}\s*{_quoted('right')}"
    ),
    # 误将“23家”写成“22家” · 将“23家”误写为“22家” · “23家”误为“22家”
    re.compile(rf"误[将把]{_quoted('right')}(?:误|错)?{_WRONGLY}{_quoted('wrong')}"),
    re.compile(rf"{_quoted('right')}(?:被)?(?:误|错){_WRONGLY}{_quoted('wrong')}"),
    # “22家”系“23家”之误
    re.compile(rf"{_quoted('wrong')}[系为是]{_quoted('right')}之误"),
    # 应为“23家”,而非“22家”
    re.compile(rf"应(?:为|是){_quoted('right')}[,，]?(?:而(?:非|不是)|不是|误{_WRONGLY}){_quoted('wrong')}"),
    # 22家应为23家
    re.compile(
        rf"(?<![\d.])(?P<wrong>{_NUMBER})(?:有误)?[,，]?应(?:为|是|改为)(?P<right>{_NUMBER})(?=[,，、。;；)）\n]|$)"
    ),
)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A wrong text and what stands in its place; the offsets are in the correction's body."""

    wrong: str
    right: str
    wrong_start: int
    right_start: int
    start: int
    end: int
    """The sentence that says so."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One article corrects another."""

    newer: Article
    older: Article
    kind: Literal["whole", "part"]
    replacements: tuple[Replacement, ...] = ()
    """What of the older text is wrong; may be empty in a ``part`` whose words give no pair."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections among some articles."""

    all: tuple[Correction, ...] = ()
    unresolved: tuple[Article, ...] = ()
    """Articles that call themselves corrections, but of what is not certain."""
    superseded: frozenset[str] = frozenset()
    """Identifiers of articles in whose place another stands."""
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

    def corrected_by(self, articles: Iterable[Article]) -> tuple[Article, ...]:
        """Return the earlier articles that some articles correct, directly or not, newest first."""
        found: dict[str, Article] = {}
        waiting = [a.id for a in articles]
        for identifier in waiting:
            for correction in self.by_newer.get(identifier, ()):
                if correction.older.id not in found:
                    found[correction.older.id] = correction.older
                    waiting.append(correction.older.id)
        return tuple(sorted(found.values(), key=_by_date, reverse=True))


NONE = Corrections()


def find(articles: Sequence[Article]) -> Corrections:
    """Return the corrections among some articles; depends on them alone, not on their order."""
    marked = [(a, mark) for a in articles if (mark := _mark(a)) is not None]
    if not marked:
        return NONE
    titles = _Titles(articles)
    found: list[Correction] = []
    unresolved: list[Article] = []
    for article, mark in sorted(marked, key=lambda m: (_by_date(m[0]), m[0].id)):
        named = [a for a in titles.named(article, mark) if not _reaches(found, a.id, article.id)]
        found.extend(_correction(article, older, mark, alone=len(named) == 1) for older in named)
        if not named:
            unresolved.append(article)
    return _collected([*found, *_earlier_editions(found)], unresolved)


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
    if _LABEL.match(title):
        return _Mark("notice", None)
    if match := _PREFIX.match(title):  # first: 更正：X(修订版) corrects X(修订版)
        return _Mark("again", match["rest"].strip("《》 \u3000"))
    if match := _SUFFIX.match(title):
        return _Mark("edition", match["rest"].strip("《》"))
    if _BEGINNING.search(head) and _QUOTED.search(head):
        return _Mark("notice", None)
    return None


class _Titles:
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

    def named(self, newer: Article, mark: _Mark) -> list[Article]:
        """Return the articles that a correction names, none where it is not certain which."""
        if mark.headline is not None:
            found = self._fitting(mark.headline, newer)
            if found or mark.how == "edition":
                return found
        opening = newer.title + "\n" + newer.body[: _HEAD_CHARS * 2]
        quoted = [next(g for g in m.groups() if g) for m in _QUOTED.finditer(opening)]
        found = []
        for name in dict.fromkeys(quoted):
            found += [a for a in self._fitting(name, newer) if a not in found]
        if found:
            return found
        text = letters(opening)
        held = [t for t in self._by_title if len(t) >= _LEAST_LETTERS + 2 and t in text]
        longest = [t for t in held if not any(t != other and t in other for other in held)]
        for title in longest:
            found += self._of_then(self._by_title[title], newer)
        return found

    def _fitting(self, name: str, newer: Article) -> list[Article]:
        wanted = letters(name)
        if len(wanted) < _LEAST_QUOTED:
            return []
        for group in (self._by_title.get(wanted, []), self._parts.get(wanted, [])):
            if any(a.id != newer.id for a in group):
                return self._of_then(group, newer)
        if len(wanted) < _LEAST_LETTERS + 2:
            return []
        return self._of_then(self._similar(wanted), newer)

    def _similar(self, wanted: str) -> list[Article]:
        """Return the articles of the headline that is all but the one wanted; none where two are close."""
        if self._grams is None:
            self._grams = {title: set(bigrams(title)) for title in self._by_title if title}
        mine = set(bigrams(wanted))
        scores = sorted(
            (
                (2 * len(mine & grams) / max(1, len(mine) + len(grams)), title)
                for title, grams in self._grams.items()
            ),
            reverse=True,
        )[:2]
        if not scores or scores[0][0] < _SIMILAR:
            return []
        if len(scores) > 1 and scores[0][0] - scores[1][0] < _APART:
            return []
        return self._by_title[scores[0][1]]

    @staticmethod
    def _of_then(group: Sequence[Article], newer: Article) -> list[Article]:
        """Return the one article of a group that a correction can mean: earlier, of the day it names."""
        earlier = [
            a for a in group if a.id != newer.id and not (a.date and newer.date and a.date > newer.date)
        ]
        if len(earlier) > 1:
            days = {(int(m["month"]), int(m["day"])) for m in _DAY.finditer(newer.body[: _HEAD_CHARS * 2])}
            earlier = [a for a in earlier if a.date and (a.date.month, a.date.day) in days]
        return earlier if len(earlier) == 1 else []


def _correction(newer: Article, older: Article, mark: _Mark, *, alone: bool) -> Correction:
    stated = replacements(newer.body)
    pairs = tuple(r for r in stated if occurrences(r.wrong, older.body))
    printed_again = len(newer.body) >= _WHOLE_LENGTH * len(older.body)
    if mark.how == "edition":
        whole = True
    elif mark.how == "again":
        whole = not stated and printed_again
    else:
        whole = alone and not stated and printed_again and bool(_WHOLE.search(newer.body))
    return Correction(newer, older, "whole") if whole else Correction(newer, older, "part", pairs)


def replacements(text: str) -> tuple[Replacement, ...]:
    """Return the pairs of wrong and right text that a correction states.

    >>> [(r.wrong, r.right) for r in replacements("文中“22家”应为“23家”，特此更正。")]
    [('22家', '23家')]
    >>> [(r.wrong, r.right) for r in replacements("因编辑疏忽，误将“李明”写成“李鸣”。")]
    [('李鸣', '李明')]
    """
    sentences = sentence_spans(text)
    found: dict[tuple[int, int], Replacement] = {}
    for pattern in _STATED:
        for match in pattern.finditer(text):
            wrong, right = match["wrong"], match["right"]
            place = match.start("wrong"), match.start("right")
            taken = any(
                start <= at < end
                for at in place
                for r in found.values()
                for start, end in (
                    (r.wrong_start, r.wrong_start + len(r.wrong)),
                    (r.right_start, r.right_start + len(r.right)),
                )
            )
            if taken or fold(wrong) == fold(right):
                continue
            start, end = next(
                ((s, e) for s, e in sentences if s <= match.start() < e), (match.start(), match.end())
            )
            found[place] = Replacement(wrong, right, *place, start, max(end, match.end()))
    return tuple(r for _, r in sorted(found.items()))


def occurrences(wrong: str, text: str) -> list[tuple[int, int]]:
    """Return where a wrong text stands in another; a number is not found inside a longer one.

    >>> occurrences("2家", "共有22家，其中2家")
    [(8, 10)]
    """
    pattern = re.escape(fold(wrong))
    if wrong[0].isdigit():
        pattern = r"(?<![\d.])" + pattern
    if wrong[-1].isdigit():
        pattern += r"(?!\.?\d)"
    return [match.span() for match in re.finditer(pattern, fold(text))]


def _reaches(found: Sequence[Correction], newer: str, older: str) -> bool:
    """Tell whether an article already corrects another, at first or at second hand."""
    waiting = [newer]
    for identifier in waiting:
        nexts = [c.older.id for c in found if c.newer.id == identifier]
        if older in nexts:
            return True
        waiting.extend(n for n in nexts if n not in waiting)
    return False


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


def _collected(found: Sequence[Correction], unresolved: Sequence[Article]) -> Corrections:
    by_older: defaultdict[str, list[Correction]] = defaultdict(list)
    by_newer: defaultdict[str, list[Correction]] = defaultdict(list)
    for correction in found:
        by_older[correction.older.id].append(correction)
        by_newer[correction.newer.id].append(correction)
    return Corrections(
        all=tuple(found),
        unresolved=tuple(unresolved),
        superseded=frozenset(c.older.id for c in found if c.kind == "whole"),
        by_older={key: tuple(group) for key, group in by_older.items()},
        by_newer={key: tuple(group) for key, group in by_newer.items()},
    )


def _newest_first(found: Sequence[Correction], which: Literal["newer", "older"]) -> list[Correction]:
    return sorted(found, key=lambda c: _by_date(c.newer if which == "newer" else c.older), reverse=True)


def _by_date(article: Article) -> tuple[dt.date, str, int]:
    return article.date or dt.date.min, article.source, article.position
