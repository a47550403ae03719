"""Articles that go on on another page of the same issue: 「下转第3版」 and 「上接第1版」 are joined.

What has its other part in the same file is joined here. An end whose other part is not in the file stays
open: :mod:`qa.parsing.mates` looks for it in the other files.
"""

from __future__ import annotations

import datetime as dt
import re
import string
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from qa.parsing.bylines import is_editors_line
from qa.parsing.captions import MARK
from qa.parsing.headlines import CONTINUED_FROM, Section
from qa.parsing.page_names import PAGE_NUMBER, page_number
from qa.text import HAN, fold

_CONTINUED_ON = re.compile(
    r"\s*[(（【▶▷►→ ]*(?:紧?下转|续见|紧?转)\s*第?\s*"
    rf"(?P<page>{PAGE_NUMBER}|头)\s*版[^)）】。]{{0,10}}[)）】]?[▶▷►→{MARK} ]*$"
)
_REST_IN_TITLE = re.compile(rf"[(（【]?(?:紧?上接)第?\s*(?P<page>{PAGE_NUMBER}|头)\s*版[)）】]?")
_ENOUGH_WORDS = 4
"""Distinct characters of a headline that can tell it from others."""


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """A mark, taken out of the text, that an article goes on or began on another page."""

    names: str
    """The page that the mark names."""
    at: str
    """The page that the mark stands on; empty where neither text nor file name says."""
    hint: str = ""
    """What the mark says of the article: (上接第1版《…》)."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """An article of which a part is not in its file."""

    source: str
    position: int
    """Of the article that it is by itself."""
    headline: str
    """As printed; empty where there is none."""
    lines: tuple[str, ...]
    issue: dt.date | None
    """The day of its issue."""
    date: dt.date | None
    """The article's, from its own part."""
    date_text: str | None
    rest_of: OpenEnd | None
    """Set where the beginning is missing."""
    goes_on: OpenEnd | None
    """Set where the rest is missing; one of them is."""


@dataclass(frozen=True, slots=True)
class Part:
    """An article as far as it stands in one file, without the marks; see :class:`Fragment`."""

    section: Section
    rest_of: OpenEnd | None = None
    goes_on: OpenEnd | None = None


def join_continued(sections: list[Section], page: str = "") -> list[Part]:
    """Put the rest of each article behind its beginning, as far as both are here.

    The marks themselves are no part of the text. Mates are told by their page numbers, the words of
    their headlines and their order. The headline over the rest of an article is dropped.

    Args:
        sections: in printed order.
        page: that the file's name names, for sections that do not know theirs.
    """
    parts = [_part(section, page) for section in sections]
    rest_of = _paired(parts)
    # From the last to the first, so that what goes on twice is whole before it is put behind its beginning.
    for place in sorted(rest_of, reverse=True):
        start, mate = parts[place], parts[rest_of[place]]
        lines = [*start.section.lines, *mate.section.lines]
        parts[place] = replace(start, section=replace(start.section, lines=lines), goes_on=mate.goes_on)
    rests = set(rest_of.values())
    return [part for place, part in enumerate(parts) if place not in rests]


def _paired(parts: Sequence[Part]) -> dict[int, int]:
    """Return the place of its rest for that of each beginning, the best pairs first.

    Beginnings and rests that all fit each other alike are paired in their order, where there are as many
    of the ones as of the others. Otherwise one is missing, and which of them cannot be told.
    """
    scores = _scores(parts)
    paired: dict[int, int] = {}
    while scores:
        best = max(scores.values())
        pairs = {pair for pair, score in scores.items() if score == best}
        starts, rests = _alike(pairs, min(pairs))
        if len(starts) == len(rests) and pairs.issuperset(zip(starts, rests, strict=True)):
            paired |= zip(starts, rests, strict=True)
        scores = {
            (start, rest): score
            for (start, rest), score in scores.items()
            if start not in starts and rest not in rests
        }
    return paired


def _scores(parts: Sequence[Part]) -> dict[tuple[int, int], float]:
    """Return how well each beginning and a later rest fit that do not contradict each other."""
    return {
        (place, later): agreed + 2 * likeness(start.section.title, rest.section.title + rest.rest_of.hint)
        for place, start in enumerate(parts)
        if start.goes_on
        for later, rest in enumerate(parts[place + 1 :], start=place + 1)
        if rest.rest_of
        and (agreed := agreement(start.goes_on, _as_printed(rest.rest_of, rest.section))) is not None
    }


def _alike(pairs: Collection[tuple[int, int]], pair: tuple[int, int]) -> tuple[list[int], list[int]]:
    """Return the beginnings and the rests, in order, that pairs tie to those of one of them."""
    starts, rests = {pair[0]}, {pair[1]}
    while True:
        tied = {(start, rest) for start, rest in pairs if start in starts or rest in rests}
        if {start for start, _ in tied} == starts and {rest for _, rest in tied} == rests:
            return sorted(starts), sorted(rests)
        starts |= {start for start, _ in tied}
        rests |= {rest for _, rest in tied}


def agreement(goes_on: OpenEnd, rest_of: OpenEnd) -> int | None:
    """Return in how many directions the pages of two ends agree; ``None`` where they contradict."""
    if goes_on.names == rest_of.names:
        return None  # both would stand on that page
    known = [(named, at) for named, at in ((goes_on.names, rest_of.at), (rest_of.names, goes_on.at)) if at]
    return len(known) if all(_same_page(named, at) for named, at in known) else None


def likeness(headline: str, words: str) -> float:
    """Return which part of the distinct characters of some words a headline holds; 0 without any."""
    asked = characters(words)
    return len(asked & characters(headline)) / len(asked) if asked else 0.0


def tells(words: str) -> bool:
    """Tell whether words over the rest of an article are enough to tell which article it is."""
    return len(characters(words)) >= _ENOUGH_WORDS


def characters(text: str) -> set[str]:
    """Return the ideographs of a text."""
    return set(re.findall(f"[{HAN}]", fold(text)))


def _as_printed(end: OpenEnd, section: Section) -> OpenEnd:
    """Return an end on the page that the text says: a file may hold more than the one it is named by."""
    return end if section.page else replace(end, at="")


def _same_page(one: str, other: str) -> bool:
    """Tell whether two numbers may be of one page; a section's letter may be left out: A3, 3."""
    letters = string.ascii_uppercase
    return one == other or one.lstrip(letters) == other or one == other.lstrip(letters)


def _part(section: Section, page: str) -> Part:
    at = page_number(section.page) or page
    section, rest_of = _without_beginning(section, at)
    section, goes_on = _without_rest(section, at)
    return Part(section, rest_of, goes_on)


def _without_rest(section: Section, at: str) -> tuple[Section, OpenEnd | None]:
    """Take the mark out that an article goes on elsewhere."""
    for n in range(len(section.lines) - 1, max(-1, len(section.lines) - 4), -1):  # a byline may follow
        mark = _CONTINUED_ON.search(section.lines[n])
        if mark:
            kept = section.lines[n][: mark.start()].rstrip()
            # Who made the page is told by where he stands, which is the middle once the rest is behind.
            behind = [line for line in section.lines[n + 1 :] if not is_editors_line(line)]
            lines = [*section.lines[:n], *([kept] if kept else []), *behind]
            return replace(section, lines=lines), OpenEnd(page_number(mark["page"]), at)
    return section, None


def _without_beginning(section: Section, at: str) -> tuple[Section, OpenEnd | None]:
    """Take the mark out that an article began elsewhere."""
    in_title = _REST_IN_TITLE.search(section.title)
    if in_title:
        title = (section.title[: in_title.start()] + section.title[in_title.end() :]).strip()
        return replace(section, title=title), OpenEnd(page_number(in_title["page"]), at)
    mark = CONTINUED_FROM.match(section.lines[0]) if section.lines else None
    if not mark:
        return section, None
    kept = section.lines[0][mark.end() :]
    lines = [*([kept] if kept else []), *section.lines[1:]]
    return replace(section, lines=lines), OpenEnd(page_number(mark["page"]), at, mark["hint"] or "")
