"""What is hashed of a generation: lines made many at once are those made one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qa.building.collecting import passages_said
from qa.index.columns import Columns

PLACES = st.tuples(st.integers(0, 2), st.integers(0, 10**9) | st.integers(0, 9), st.integers(0, 10**8))


@given(ids=st.lists(st.text("0123456789abcdef", min_size=1), min_size=3, max_size=3), places=st.lists(PLACES))
def test_passages_are_said_as_one_by_one(ids: list[str], places: list[tuple[int, int, int]]) -> None:
    columns = Columns(ids, [], np.array(places, np.int64).reshape(-1, 3))
    one_by_one = "".join(f"{ids[at]}:{start:07d}-{end:07d}\n" for at, start, end in places)
    assert passages_said(columns) == one_by_one.encode()
