"""Which fragments of different files are one article: 「下转第3版」 and 「上接第1版」 find each other.

Mates are of one issue: of the same day where both days are known, in the same folder or archive otherwise.
Their pages contradict in no direction, and agree in one, or the words over the rest are those of the
beginning's headline. Where several would do, none is taken. What is found depends on the fragments alone.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.parsing.continuations import Fragment, OpenEnd, agreement, characters, likeness, tells
from qa.parsing.page_names import Home, home_of

_LIKE = 0.6
"""Part of a rest's words that a headline holds at least, where nothing else tells that they are one."""
_UNLIKE = 0.25
"""Part below which the words are those of another article."""
_SAME_DAY = 1.0
_SAME_FOLDER = 0.5
_MARGIN = 0.25
"""What the best mate must be ahead of the next one."""

Copies = tuple[Fragment, ...]
"""The same fragment as several files hold it, by name; most are in one."""


@dataclass(frozen=True, slots=True)
class Mates:
    """What belongs together."""

    articles: tuple[tuple[Copies, ...], ...]
    """The parts of each article, in order; every fragment is in one of them, many alone."""
    doubtful: frozenset[Fragment]
    """Fragments with an end that several others, or one of several, would fit."""


def find_mates(fragments: Iterable[Fragment]) -> Mates:
    """Return which fragments are one article; see the module."""
    nodes = _copies(fragments)
    scores = _scores(nodes)
    follows: dict[int, int] = {}
    while chosen := _chosen(scores):
        follows |= chosen
        rests = set(chosen.values())
        scores = {
            pair: score for pair, score in scores.items() if pair[0] not in chosen and pair[1] not in rests
        }
    doubtful = {fragment for pair in scores for n in pair for fragment in nodes[n].copies}
    doubtful |= _left_in_file(fragment for node in nodes for fragment in node.copies)
    articles = tuple(tuple(nodes[n].copies for n in chain) for chain in _chains(nodes, follows))
    return Mates(articles, frozenset(doubtful))


@dataclass(frozen=True, slots=True)
class _Node:
    copies: Copies
    homes: tuple[Home, ...]
    days: tuple[dt.date | None, ...]
    """Of the copies' issues."""


def _copies(fragments: Iterable[Fragment]) -> list[_Node]:
    """Put copies together: the same text under the same marks; of several days, those of each day."""
    alike: defaultdict[object, list[tuple[Fragment, Home, dt.date | None]]] = defaultdict(list)
    for fragment in sorted(fragments, key=lambda f: (f.source, f.position)):
        home = home_of(fragment.source)
        marks = [(end.names, end.hint) if end else None for end in (fragment.rest_of, fragment.goes_on)]
        key = (fragment.headline, fragment.lines, *marks)
        alike[key].append((fragment, home, fragment.issue or home.day))
    found = []
    for group in alike.values():
        days = {day for *_, day in group if day}
        by_day: defaultdict[dt.date | None, list[tuple[Fragment, Home, dt.date | None]]] = defaultdict(list)
        for copy in group:
            by_day[copy[2] if len(days) > 1 else None].append(copy)
        for same in by_day.values():
            fragments_, homes, issues = zip(*same, strict=True)
            found.append(_Node(fragments_, homes, issues))
    return found


def _scores(nodes: Sequence[_Node]) -> dict[tuple[int, int], float]:
    """Return how well each beginning and rest that may be mates fit, by their numbers."""
    of_day: defaultdict[dt.date, set[int]] = defaultdict(set)
    in_folder: defaultdict[object, set[int]] = defaultdict(set)
    undated: defaultdict[object, set[int]] = defaultdict(set)
    for n, node in enumerate(nodes):
        if node.copies[0].rest_of:
            for home, day in zip(node.homes, node.days, strict=True):
                kept = (in_folder,) if day else (in_folder, undated)
                for index, key in itertools.product(kept, (home.folder, (home.folder, home.numbers[-1:]))):
                    index[key].add(n)
                if day:
                    of_day[day].add(n)
    scores = {}
    for n, node in enumerate(nodes):
        if node.copies[0].goes_on is None:
            continue
        near: set[int] = set()
        for home, day in zip(node.homes, node.days, strict=True):
            index = undated if day else in_folder
            last = home.numbers[-1:]  # which files of one issue have in common, where they have any
            near |= index[home.folder, last] | index[home.folder, ()] if last else index[home.folder]
            if day:
                near |= of_day[day]
        for other in near - {n}:
            fits = list(_fits(node, nodes[other]))
            if fits:
                scores[n, other] = max(fits)
    return scores


def _fits(node: _Node, other: _Node) -> Iterator[float]:
    """Yield how well copies of a beginning and of a rest that are of one issue fit."""
    for start, home, day in zip(node.copies, node.homes, node.days, strict=True):
        for rest, rest_home, rest_day in zip(other.copies, other.homes, other.days, strict=True):
            same_day = day is not None and day == rest_day
            one_issue = same_day if day and rest_day else home.fits(rest_home)
            if not one_issue or start.source == rest.source or not start.goes_on or not rest.rest_of:
                continue
            fit = _fit(start.headline, start.goes_on, rest.headline, rest.rest_of)
            if fit is not None:
                yield fit + _SAME_DAY * same_day + _SAME_FOLDER * (home.folder == rest_home.folder)


def _fit(headline: str, goes_on: OpenEnd, over_rest: str, rest_of: OpenEnd) -> float | None:
    """Return how well two ends fit; ``None`` where nothing speaks for it, or something against it."""
    agreed = agreement(goes_on, rest_of)
    if agreed is None:
        return None
    words = over_rest + rest_of.hint
    if not tells(words) or not characters(headline):
        return float(agreed) or None
    like = likeness(headline, words)
    # Over a rest may stand a headline of its own, or the page's; what the mark says is the article's.
    if like < _UNLIKE and (agreed < 2 or tells(rest_of.hint)):
        return None
    return agreed + 2 * like if agreed or like >= _LIKE else None


def _left_in_file(fragments: Iterable[Fragment]) -> set[Fragment]:
    """Return the ends in one file that fit, and were not joined as the file was read: several fit alike."""
    in_file: defaultdict[str, list[Fragment]] = defaultdict(list)
    for fragment in fragments:
        in_file[fragment.source].append(fragment)
    return {
        end
        for found in in_file.values()
        for start, rest in itertools.permutations(found, 2)
        if start.position < rest.position and start.goes_on and rest.rest_of
        if agreement(start.goes_on, replace(rest.rest_of, at="")) is not None
        for end in (start, rest)
    }


def _chosen(scores: dict[tuple[int, int], float]) -> dict[int, int]:
    """Return the pairs of which each is the other's best by a margin."""
    starts: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    rests: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for (start, rest), score in scores.items():
        starts[start].append((score, rest))
        rests[rest].append((score, start))
    wanted = {rest: _best(found) for rest, found in rests.items()}
    return {
        start: best
        for start, found in starts.items()
        if (best := _best(found)) is not None and wanted[best] == start
    }


def _best(found: list[tuple[float, int]]) -> int | None:
    ranked = sorted(found, reverse=True)
    return ranked[0][1] if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _MARGIN else None


def _chains(nodes: Sequence[_Node], follows: dict[int, int]) -> list[list[int]]:
    """Return the nodes of each article in order; what goes round, or over two days, is left in its parts."""
    rests = set(follows.values())
    found: list[list[int]] = []
    left = set(range(len(nodes)))
    for n in range(len(nodes)):
        if n in rests:
            continue
        chain = [n]
        while (following := follows.get(chain[-1])) is not None:
            chain.append(following)
        left -= set(chain)
        days = {day for part in chain for day in nodes[part].days if day}
        found += [chain] if len(days) <= 1 else [[part] for part in chain]
    return found + [[n] for n in sorted(left)]
