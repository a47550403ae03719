"""What belongs together: a number with its matter, a person with title and deed, names in their order.

Every part of a false sentence may occur in its source; what is wrong is how the parts are joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from qa.llm.deeds import told_clauses
from qa.llm.facts import Facts, blanked
from qa.llm.names import Name, offices, same_office
from qa.llm.quantities import Day, Quantity, clash, same_quantity, same_unit
from qa.llm.support import holds_nouns, worded_alike
from qa.text import STOPWORDS, Segmenter

# An item of an enumeration; the subject before 「共有」 belongs to all items, not to the first.
_ITEM = re.compile(
    r"[,，、;；。:：!！?？\n]|以及|[和及与]|其中|包括|共计?有?|[现拥设建还另]有|(?<![国私公所没未占])有(?![限关效机序])"
)
_CLAUSE = re.compile(r"[,，;；。:：!！?？\n]")
_SENTENCE = re.compile(r"[。!！?？\n]")
_IN_TURN = "分别"
_PASSIVE = re.compile(r"被|由|受|遭|获")

_Part = TypeVar("_Part", Quantity, Day, Name)


def states(quantity: Quantity, given: Sequence[Facts]) -> bool:
    """Tell whether one of several texts gives a quantity."""
    return any(same_quantity(quantity, stated) for facts in given for stated in facts.quantities)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a number, day or person stands."""

    text: str
    start: int
    end: int
    since: int
    """Where the one before it, of its kind, ends."""


def bound(claim: Facts, given: Sequence[Facts], segmenter: Segmenter) -> bool:
    """Tell whether each number, day and person stands with the words that it stands with in a source.

    The words around a number of a claim are compared with the words around every like number of the
    sources: one with the right value must share most of them. So 「高新技术企业61家」 fails where the source
    has 「高新技术企业22家,科技型企业61家」.
    """
    for quantity in claim.quantities:
        rivals = [
            (same_quantity(quantity, q), place)
            for facts in given
            for q, place in _places(facts.text, _alike(quantity, facts))
        ]
        own = dict(_places(claim.text, _alike(quantity, claim)))[quantity]
        if not _fits(own, rivals, _ITEM, segmenter) or not _all_in_turn(quantity, claim, given):
            return False
    for day, place in _places(claim.text, claim.days):
        dated = [(not clash(day, d), p) for facts in given for d, p in _places(facts.text, facts.days)]
        if not _fits(place, dated, _CLAUSE, segmenter):
            return False
    for name, place in _places(claim.text, _people(claim)):
        others = [(n.text == name.text, p) for facts in given for n, p in _places(facts.text, _people(facts))]
        if not _fits(place, others, _CLAUSE, segmenter):
            return False
    return True


def _alike(quantity: Quantity, facts: Facts) -> list[Quantity]:
    return [q for q in facts.quantities if same_unit(q.unit, quantity.unit)]


def _people(facts: Facts) -> list[Name]:
    return [name for name in facts.names if name.kind == "person"]


def _places(text: str, parts: Sequence[_Part]) -> list[tuple[_Part, _Place]]:
    ends = [0, *(part.end for part in parts)]
    return [(p, _Place(text, p.start, p.end, min(e, p.start))) for p, e in zip(parts, ends, strict=False)]


def together(claim: Facts, quotes: Sequence[Facts], frames: Sequence[Facts], segmenter: Segmenter) -> bool:
    """Tell whether each clause, with its subject, stands in one source; its numbers too.

    Of two sources, one must not lend the subject and the other the figure or the deed.
    """
    sources = [(f"{q.text}\n{f.text}", (q, f)) for q, f in zip(quotes, frames, strict=True)]
    words = blanked(claim)
    for clause in told_clauses(claim):
        start, end = clause.span
        figures = [q for q in claim.quantities if start <= q.start < end]
        told = claim.text[start:end]
        if figures and not any(
            holds_nouns(text, told, segmenter) and all(states(q, given) for q in figures)
            for text, given in sources
        ):
            return False
        whole = "、".join((*clause.subjects, words[start:end]))
        if len(sources) > 1 and not any(worded_alike(text, whole, segmenter) for text, _ in sources):
            return False
    return True


def office_given(name: Name, claim: Facts, given: Sequence[Facts]) -> bool:
    """Tell whether each title before a person's name stands before that name in a source."""
    held = [
        office
        for facts in given
        for match in re.finditer(re.escape(name.text), facts.text)
        for office in offices(facts.text, match.start())
    ]
    return all(
        any(same_office(office, other) for other in held) for office in offices(claim.text, name.start)
    )


def in_order(claim: Facts, quotes: Sequence[Facts]) -> bool:
    """Tell whether names, and numbers of a kind, that share a clause stand in the order of their source.

    「甲向乙捐赠」 is not 「乙向甲捐赠」, nor 「由3家增加到5家」 「由5家增加到3家」. Names keep the voice of
    their source, too; an enumeration told in another order is dropped along with them.
    """
    for start, end in _clauses(claim.text):
        inside = [q for q in claim.quantities if start <= q.start < end]
        if not all(
            any(_follow(first, second, quote) for quote in quotes)
            for i, first in enumerate(inside)
            for second in inside[i + 1 :]
            if second.unit == first.unit and first.unit
        ):
            return False
        named = _named_in(claim, start, end)
        passive = _PASSIVE.search(claim.text, start, end) is not None
        for quote in quotes:
            if claim.text[start:end] in quote.text:
                continue
            for first, last in _clauses(quote.text):
                found = [at for name in named if (at := quote.text.find(name, first, last)) >= 0]
                if len(found) < 2:
                    continue
                turned = passive != (_PASSIVE.search(quote.text, first, last) is not None)
                if turned or found != sorted(found):
                    return False
    return True


def _fits(
    claim: _Place, rivals: Sequence[tuple[bool, _Place]], breaks: re.Pattern[str], segmenter: Segmenter
) -> bool:
    """Tell whether no wrong place in the sources shares more words with a claim's place than a right one.

    Shared words of the item count first, then those since the last figure of the kind, then the sentence's.
    """
    wanted = _contexts(claim, breaks, segmenter)
    shared = [
        (right, tuple(len(a & b) for a, b in zip(wanted, _contexts(place, breaks, segmenter), strict=True)))
        for right, place in rivals
    ]
    best = max((counts for right, counts in shared if right), default=None)
    return best is None or all(counts <= best for right, counts in shared if not right)


def _contexts(place: _Place, breaks: re.Pattern[str], segmenter: Segmenter) -> tuple[set[str], ...]:
    """Return the words and characters around a place: of its item, since its like, of its sentence."""
    text = place.text
    stops = [m.end() for m in breaks.finditer(text, 0, place.start)]
    item_end = _next(breaks, text, place.end)
    item: set[str] = set()
    for left in (*reversed(stops), 0):  # a bare one (「共61家」) takes in what precedes it
        item = _words(text[left : place.start], text[place.end : item_end], segmenter)
        if item:
            break
    since = _words(text[place.since : place.start], text[place.end : item_end], segmenter)
    first = max((m.end() for m in _SENTENCE.finditer(text, 0, place.start)), default=0)
    last = _next(_SENTENCE, text, place.end)
    return item, since, _words(text[first : place.start], text[place.end : last], segmenter)


def _next(breaks: re.Pattern[str], text: str, at: int) -> int:
    match = breaks.search(text, at)
    return match.start() if match else len(text)


def _words(before: str, behind: str, segmenter: Segmenter) -> set[str]:
    words = {w for w in segmenter.words(f"{before}、{behind}") if w not in STOPWORDS}
    return words | {char for word in words for char in word}


def _follow(first: Quantity, second: Quantity, quote: Facts) -> bool:
    """Tell whether a quote gives two quantities in this order."""
    starts = [q.start for q in quote.quantities if same_quantity(first, q)]
    return any(q.start > at for at in starts for q in quote.quantities if same_quantity(second, q))


def _all_in_turn(quantity: Quantity, claim: Facts, given: Sequence[Facts]) -> bool:
    """Tell whether a number of a 「分别」 list comes with the whole list: alone, its owner is not certain."""
    for facts in given:
        for clause in re.finditer(r"[^。;；!！?？\n]+", facts.text):
            if _IN_TURN not in clause.group():
                continue
            listed = [q for q in facts.quantities if clause.start() <= q.start < clause.end()]
            if any(same_quantity(quantity, q) for q in listed):
                in_claim = [(q.value, q.unit) for q in claim.quantities]
                if _IN_TURN not in claim.text or in_claim != [(q.value, q.unit) for q in listed]:
                    return False
    return True


def _named_in(facts: Facts, start: int, end: int) -> list[str]:
    """Return the distinct names of a clause in order, those inside a longer one left out."""
    inside = [n for n in facts.names if start <= n.start and n.end <= end]
    whole = [n for n in inside if not any(_holds(m, n) for m in inside)]
    return list(dict.fromkeys(n.text for n in whole))


def _holds(longer: Name, name: Name) -> bool:
    within = longer.start <= name.start and name.end <= longer.end
    return within and len(longer.text) > len(name.text)


def _clauses(text: str) -> list[tuple[int, int]]:
    ends = [m.start() for m in _CLAUSE.finditer(text)]
    return list(zip([0, *(end + 1 for end in ends)], [*ends, len(text)], strict=True))
