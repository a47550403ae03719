"""Sorted tokens: found, taken out and put in as sets of them would be; arrays spliced as lists would be."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.index import vocabulary
from qa.index.vocabulary import Vocabulary, bisected, spliced

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


@pytest.mark.parametrize("items_per_run", [0, 10**9], ids=["by runs", "item by item"])
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_splicing(items_per_run: int, data: st.DataObject) -> None:
    old = data.draw(st.lists(st.integers(0, 99), max_size=20))
    gone = data.draw(st.sets(st.integers(0, len(old) - 1))) if old else set()
    at = sorted(data.draw(st.lists(st.integers(0, len(old)), max_size=20)))
    wanted: list[int] = []
    for place in range(len(old) + 1):
        wanted += [1000 + number for number, before in enumerate(at) if before == place]
        wanted += [item for item in old[place : place + 1] if place not in gone]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "_ITEMS_PER_RUN", items_per_run)
        made = spliced(
            np.array(old, np.int32),
            np.array(sorted(gone), np.int64),
            np.array(at, np.int64),
            1000 + np.arange(len(at), dtype=np.int32),
        )
    assert made.tolist() == wanted
    assert made.dtype == np.int32


@given(edges=st.lists(st.integers(0, 20), min_size=2, max_size=12), wanted=st.integers(0, 20))
def test_bisection_in_step(edges: list[int], wanted: int) -> None:
    ranges = list(pairwise(sorted(edges)))
    low, high = np.array(ranges, np.int64).T
    found = bisected(low, high, lambda middle, which: (middle < wanted) & (high[which] > middle))
    assert found.tolist() == [min(max(first, wanted), last) for first, last in ranges]
