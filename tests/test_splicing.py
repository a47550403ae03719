"""Arrays are spliced as lists would be, whole or piece by piece; what is written is what numpy writes."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.index import splicing
from qa.index.splicing import Spliced, save


@pytest.mark.parametrize("items_per_run", [0, 10**9], ids=["by runs", "item by item"])
@pytest.mark.parametrize("piece", [1, 8, 1 << 20])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_splicing(items_per_run: int, piece: int, data: st.DataObject) -> None:
    old = data.draw(st.lists(st.integers(0, 99), max_size=20))
    gone = data.draw(st.sets(st.integers(0, len(old) - 1))) if old else set()
    at = sorted(data.draw(st.lists(st.integers(0, len(old)), max_size=20)))
    renumbered = data.draw(st.none() | st.just(np.arange(100, dtype=np.int32) * 3))
    wide = renumbered is None and data.draw(st.booleans())  # items that are rows themselves
    wanted: list[int] = []
    for place in range(len(old) + 1):
        wanted += [1000 + number for number, before in enumerate(at) if before == place]
        wanted += [
            item * (3 if renumbered is not None else 1)
            for item in old[place : place + 1]
            if place not in gone
        ]
    items, new = np.array(old, np.int32), 1000 + np.arange(len(at), dtype=np.int32)
    if wide:
        items, new = np.stack([items, -items], axis=1), np.stack([new, -new], axis=1)
    made = Spliced(items, np.array(sorted(gone), np.int64), np.array(at, np.int64), new, renumbered)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splicing, "_ITEMS_PER_RUN", items_per_run)
        patch.setattr(splicing, "_PIECE", piece)
        whole = np.asarray(made)
        written = io.BytesIO()
        save(made, written.write)
    assert (whole[:, 0] if wide else whole).tolist() == wanted
    assert (whole.dtype, whole.shape) == (made.dtype, made.shape)
    by_numpy = io.BytesIO()
    np.save(by_numpy, whole)
    assert written.getvalue() == by_numpy.getvalue()


def test_what_is_left_in_its_file_is_spliced(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.arange(10, dtype=np.uint16))
    mapped = np.load(tmp_path / "a.npy", mmap_mode="r")
    made = Spliced(mapped, np.array([0, 9]), np.array([5, 10]), np.array([77, 78], np.uint16))
    assert np.asarray(made).tolist() == [1, 2, 3, 4, 77, 5, 6, 7, 8, 78]
