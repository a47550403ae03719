"""An array that is another one with some items left out and others put in, made piece by piece.

Most of what the files of a generation hold, those of the last one hold too. It goes from the old file, which
is mapped into memory, to the new one in pieces: nothing is held whole, and what is copied is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_PIECE = 1 << 20
"""Bytes of a piece: few enough that the processor still has them at hand when they are written."""
_ITEMS_PER_RUN = 64
"""Copying a run costs about as much as going through so many items one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Spliced:
    """An array along its first axis; ``np.asarray`` makes all of it."""

    old: NDArray[Any]
    gone: NDArray[np.int64]
    """Places of the items to leave out, ascending."""
    at: NDArray[np.int64]
    """Before which item of ``old`` each of the new ones goes, ascending; its length for the end."""
    new: NDArray[Any]
    renumbered: NDArray[Any] | None = None
    """Where the old items are numbers: what each of them is now."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """Return the kind of the items."""
        return self.new.dtype

    @property
    def shape(self) -> tuple[int, ...]:
        """Return how many items there are, and the shape of one."""
        return (len(self), *self.new.shape[1:])

    def __len__(self) -> int:
        return len(self.old) - len(self.gone) + len(self.new)

    def pieces(self) -> Iterator[NDArray[Any]]:
        """Return the items in order, some at a time."""
        step = max(1, _PIECE // max(1, self.old[:1].nbytes))
        for start in range(0, max(1, len(self.old)), step):
            end = min(start + step, len(self.old))
            gone = slice(*np.searchsorted(self.gone, (start, end)).tolist())
            first, last = np.searchsorted(self.at, (start, end)).tolist()
            last = len(self.at) if end == len(self.old) else last
            old = self.old[start:end]
            if self.renumbered is not None:
                old = self.renumbered[old]
            if gone.start == gone.stop and first == last:
                yield old
            else:
                yield spliced(old, self.gone[gone] - start, self.at[first:last] - start, self.new[first:last])

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        made = np.empty(self.shape, self.dtype)
        done = 0
        for piece in self.pieces():
            made[done : done + len(piece)] = piece
            done += len(piece)
        return made if dtype is None else made.astype(dtype, copy=False)


def spliced(
    old: NDArray[Any], gone: NDArray[np.int64], at: NDArray[np.int64], new: NDArray[Any]
) -> NDArray[Any]:
    """Return an array without some of its items, and with others, as :class:`Spliced` describes them."""
    if not len(old):
        return new
    made = np.empty((len(old) - len(gone) + len(new), *old.shape[1:]), old.dtype)
    places = at - np.searchsorted(gone, at) + np.arange(len(at))
    made[places] = new
    starts = np.unique(np.concatenate([np.zeros(1, np.int64), at, gone, gone + 1]))
    if len(starts) * _ITEMS_PER_RUN > len(old):
        stay = np.ones(len(made), bool)
        stay[places] = False
        made[stay] = np.delete(old, gone, axis=0)
        return made
    # What stays is copied in few runs, which is several times quicker than item by item.
    ends = np.append(starts[1:], len(old))
    targets = starts - np.searchsorted(gone, starts) + np.searchsorted(at, starts, side="right")
    runs = np.isin(starts, gone, invert=True)
    for start, end, target in zip(*(each[runs].tolist() for each in (starts, ends, targets)), strict=True):
        made[target : target + end - start] = old[start:end]
    return made


def save(values: NDArray[Any] | Spliced, write: Callable[[memoryview], object]) -> None:
    """Write what ``np.save`` would, piece by piece."""
    header = {
        "descr": np.lib.format.dtype_to_descr(values.dtype),
        "fortran_order": False,
        "shape": values.shape,
    }
    np.lib.format.write_array_header_1_0(_Writer(write), header)
    write_items(values, write)


def write_items(values: NDArray[Any] | Spliced, write: Callable[[memoryview], object]) -> None:
    """Write the items of an array, piece by piece."""
    for piece in values.pieces() if isinstance(values, Spliced) else (values,):
        write(np.ascontiguousarray(piece).reshape(-1).view(np.uint8).data)


@dataclass(frozen=True, slots=True)
class _Writer:
    """As much of a file as numpy needs to write a header."""

    write: Callable[[Any], object]
