"""What belongs together: a number with its matter, a person with title and deed, names in their order.

Every part of a false sentence may occur in its source; what is wrong is how the parts are joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.llm.facts import Facts
from qa.llm.names import Name, offices, same_office
from qa.llm.quantities import Quantity, clash, same_quantity
from qa.llm.support import holds_nouns
from qa.text import STOPWORDS, Segmenter

_ITEM = re.compile(r"[,，、;；。:：!！?？\n]|以及|[和及与]")
_CLAUSE = re.compile(r"[,，;；。:：!！?？\n]")
_SENTENCE = re.compile(r"[。!！?？\n]")
_IN_TURN = "分别"
_PASSIVE = re.compile(r"被|由|受|遭|获")


def states(quantity: Quantity, given: Sequence[Facts]) -> bool:
    """Tell whether one of several texts gives a quantity."""
    return any(same_quantity(quantity, stated) for facts in given for stated in facts.quantities)


def bound(claim: Facts, given: Sequence[Facts], segmenter: Segmenter) -> bool:
    """Tell whether each number, day and person stands with the words that it stands with in a source.

    The item of a claim around a number is compared with the items around every like number of the
    sources: one with the right value must share most of its words. So 「高新技术企业61家」 fails where
    the source has 「高新技术企业22家,科技型企业61家」.
    """
    for quantity in claim.quantities:
        rivals = [
            (same_quantity(quantity, q), f, q.start, q.end)
            for f in given
            for q in f.quantities
            if q.unit == quantity.unit or same_quantity(quantity, q)
        ]
        if not _fits(segmenter, claim, quantity.start, quantity.end, rivals, _ITEM):
            return False
        if not _all_in_turn(quantity, claim, given):
            return False
    for day in claim.days:
        dated = [(not clash(day, d), f, d.start, d.end) for f in given for d in f.days]
        if not _fits(segmenter, claim, day.start, day.end, dated, _CLAUSE):
            return False
    for name in claim.names:
        if name.kind != "person":
            continue
        others = [
            (n.text == name.text, f, n.start, n.end) for f in given for n in f.names if n.kind == "person"
        ]
        if not _fits(segmenter, claim, name.start, name.end, others, _CLAUSE):
            return False
    return True


def together(claim: Facts, quotes: Sequence[Facts], frames: Sequence[Facts], segmenter: Segmenter) -> bool:
    """Tell whether the nouns of each clause stand in one source together with the clause's numbers.

    Of two sources, one must not lend the subject and the other the figure.
    """
    for start, end in _clauses(claim.text):
        figures = [q for q in claim.quantities if start <= q.start < end]
        if figures and not any(
            holds_nouns(f"{quote.text}\n{frame.text}", claim.text[start:end], segmenter)
            and all(states(q, [quote, frame]) for q in figures)
            for quote, frame in zip(quotes, frames, strict=True)
        ):
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
    """Tell whether names that share a clause stand in the order, and the voice, of their source's clause.

    「甲向乙捐赠」 is not 「乙向甲捐赠」; an enumeration told in another order is dropped along with it.
    """
    for start, end in _clauses(claim.text):
        named = _named_in(claim, start, end)
        passive = _PASSIVE.search(claim.text, start, end) is not None
        for quote in quotes:
            for first, last in _clauses(quote.text):
                found = [at for name in named if (at := quote.text.find(name, first, last)) >= 0]
                if len(found) < 2:
                    continue
                turned = passive != (_PASSIVE.search(quote.text, first, last) is not None)
                if turned or found != sorted(found):
                    return False
    return True


def _fits(
    segmenter: Segmenter,
    claim: Facts,
    start: int,
    end: int,
    rivals: Sequence[tuple[bool, Facts, int, int]],
    breaks: re.Pattern[str],
) -> bool:
    wanted = _around(segmenter, claim.text, start, end, breaks)
    whole = _around(segmenter, claim.text, start, end, _SENTENCE)
    shared = [
        (
            right,
            len(wanted & _around(segmenter, facts.text, at, until, breaks)),
            len(whole & _around(segmenter, facts.text, at, until, _SENTENCE)),
        )
        for right, facts, at, until in rivals
    ]
    best = max(((near, far) for right, near, far in shared if right), default=None)
    return best is None or all((near, far) <= best for right, near, far in shared if not right)


def _around(segmenter: Segmenter, text: str, start: int, end: int, breaks: re.Pattern[str]) -> set[str]:
    """Return the characters and words of the item around a span; a bare one takes in what precedes it."""
    stops = [m.end() for m in breaks.finditer(text, 0, start)]
    follow = breaks.search(text, end)
    right = text[end : follow.start() if follow else len(text)]
    for left in (*reversed(stops), 0):
        words = {w for w in segmenter.words(f"{text[left:start]}、{right}") if w not in STOPWORDS}
        if words:
            return words | {char for word in words for char in word}
    return set()


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
