"""Sorted tokens: found, taken out and put in as sets of them would be."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.index.vocabulary import Vocabulary, bisected

# Short and long, with beginnings in common that are longer than what is compared at once, with zeros and
# with halves of characters.
BEGINNINGS = st.sampled_from(
    ["", "二七区", "二七区经济技术", "_二", "x" * 15, "x" * 16, "x" * 17, "\0", "\0" * 16]
)
TOKENS = st.builds(
    lambda *parts: "".join(parts) or "空", BEGINNINGS, st.text(alphabet="七a\0\ud800\U00020000", max_size=3)
)


def same(one: Vocabulary, other: Vocabulary) -> bool:
    return all(
        mine.dtype == theirs.dtype and np.array_equal(mine, theirs)
        for mine, theirs in ((one.text, other.text), (one.ends, other.ends))
    )


def test_tokens_stand_in_the_order_of_their_bytes() -> None:
    found = Vocabulary.of(["区", "a", "\U00020000", "\uffff", "区二", "a\0", "a"])
    assert list(found) == ["a", "a\0", "区", "区二", "\uffff", "\U00020000"]
    assert [found.place(token) for token in ("区", "区二", "二", "")] == [2, 3, None, None]
    assert found.sound()


@settings(max_examples=300, deadline=None)
@given(mine=st.sets(TOKENS, max_size=30), others=st.sets(TOKENS, max_size=30))
def test_where_others_stand(mine: set[str], others: set[str]) -> None:
    one, other = Vocabulary.of(mine), Vocabulary.of(others)
    places, known = one.places(other)
    assert known.tolist() == [token in mine for token in other]
    assert places.tolist() == [sum(token < wanted for token in mine) for wanted in other]


@settings(max_examples=300, deadline=None)
@given(mine=st.sets(TOKENS, max_size=30), others=st.sets(TOKENS, max_size=30), data=st.data())
def test_a_revised_vocabulary_is_the_one_made_anew(
    mine: set[str], others: set[str], data: st.DataObject
) -> None:
    one, other = Vocabulary.of(mine), Vocabulary.of(others)
    lost = data.draw(st.sets(st.sampled_from(sorted(mine)))) if mine else set()
    places, known = one.places(other)
    gone = np.flatnonzero([token in lost for token in one])
    revised = one.revised(gone, places[~known], other.only(~known))
    assert same(revised, Vocabulary.of((mine - lost) | (others - mine)))
    assert revised.sound()


@given(edges=st.lists(st.integers(0, 20), min_size=2, max_size=12), wanted=st.integers(0, 20))
def test_bisection_in_step(edges: list[int], wanted: int) -> None:
    ranges = list(pairwise(sorted(edges)))
    low, high = np.array(ranges, np.int64).T
    found = bisected(low, high, lambda middle, which: (middle < wanted) & (high[which] > middle))
    assert found.tolist() == [min(max(first, wanted), last) for first, last in ranges]
