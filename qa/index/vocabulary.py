"""A sorted list of tokens in two arrays: quick to read, to write and to revise, however long it is.

:func:`bisected` searches the same way in what :mod:`qa.index.lexical` keeps of each token.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.index.splicing import spliced

_HEAD = 16
"""Bytes of a token that are compared for all at once: five ideographs and a sign, as long as most are."""
_Heads = tuple[NDArray[np.bytes_], NDArray[np.int64]]
"""The first bytes of tokens, filled up with zeros, and how long each token is."""


class Vocabulary(Sequence[str]):
    """Distinct tokens in the order of their UTF-8 bytes, which is that of code points; immutable.

    A dictionary of a million tokens takes a second to read and a hundred megabytes; a search among sorted
    tokens takes microseconds.

    Attributes:
        text: uint8, the tokens' UTF-8, one after the other.
        ends: int64 ``(n,)``, where each token ends in it.
    """

    def __init__(self, text: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        self.text = text
        self.ends = ends
        self._bytes = memoryview(text.data)

    @classmethod
    def of(cls, tokens: Iterable[str]) -> Vocabulary:
        """Return the vocabulary of some tokens."""
        encoded = sorted(map(_encoded, set(tokens)))
        ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))
        return cls(np.frombuffer(b"".join(encoded), np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, place: int) -> str:  # type: ignore[override]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._token(place).decode("utf-8", "surrogatepass")

    def place(self, token: str) -> int | None:
        """Return where a token stands, ``None`` where it does not."""
        wanted = _encoded(token)
        place = self._bisect(wanted)
        return place if place < len(self) and self._token(place) == wanted else None

    def only(self, kept: NDArray[np.bool_]) -> Vocabulary:
        """Return the vocabulary of those tokens that a mask ``(n,)`` says are kept."""
        return Vocabulary(self.text[np.repeat(kept, self._lengths)], np.cumsum(self._lengths[kept]))

    def places(self, other: Vocabulary) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return where each token of another vocabulary stands or would stand, and whether it does."""
        theirs = other._heads(np.arange(len(other)))
        places = bisected(
            np.zeros(len(other), np.int64),
            np.full(len(other), len(self), np.int64),
            lambda middle, which: self._order(middle, other, which, theirs) < 0,
        )
        known = places < len(self)
        known[known] = self._order(places[known], other, np.flatnonzero(known), theirs) == 0
        return places, known

    def revised(self, gone: NDArray[np.int64], at: NDArray[np.int64], new: Vocabulary) -> Vocabulary:
        """Return the vocabulary without some tokens, and with others.

        Args:
            gone: places of those to leave out, ascending.
            at: where :meth:`places` says that the others would stand.
            new: these, none of which is in this one.
        """
        lengths, new_lengths = self._lengths, new._lengths
        starts = self._starts(gone)
        first = np.repeat(starts, lengths[gone])
        nth = np.arange(len(first)) - np.repeat(np.cumsum(lengths[gone]) - lengths[gone], lengths[gone])
        into = np.repeat(self._starts(at), new_lengths)
        text = spliced(self.text, first + nth, into, new.text)
        ends = spliced(lengths, gone, at, new_lengths)
        return Vocabulary(text, np.cumsum(ends, out=ends))

    def sound(self) -> bool:
        """Tell whether the tokens lie in the text, one after the other."""
        inside = not len(self) or (self.ends[0] > 0 and bool(np.all(np.diff(self.ends) > 0)))
        return inside and (int(self.ends[-1]) if len(self) else 0) == len(self.text)

    def _starts(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where tokens begin in the text; where it ends, for the place behind the last."""
        return np.where(places > 0, self.ends.take(places - 1, mode="clip"), 0) if len(self) else places * 0

    @property
    def _lengths(self) -> NDArray[np.int64]:
        return np.diff(self.ends, prepend=0)

    def _bisect(self, token: bytes) -> int:
        return bisect_left(range(len(self)), token, key=self._token)

    def _token(self, place: int) -> bytes:
        return bytes(self._bytes[int(self.ends[place - 1]) if place else 0 : int(self.ends[place])])

    def _order(
        self, places: NDArray[np.int64], other: Vocabulary, others: NDArray[np.int64], theirs: _Heads
    ) -> NDArray[np.int64]:
        """Return how tokens stand to as many of another vocabulary: < 0 before, 0 the same, > 0 behind.

        Args:
            places: of the tokens.
            other: the other vocabulary.
            others: places of its tokens.
            theirs: the heads of all its tokens.
        """
        heads, lengths = self._heads(places)
        their_heads, their_lengths = theirs[0][others], theirs[1][others]
        order = (heads > their_heads).astype(np.int64) - (heads < their_heads)
        tied = order == 0
        # A short token and one that goes on with zeros have the same head, but not the same length.
        order[tied] = (lengths - their_lengths)[tied]
        for at in np.flatnonzero(tied & (np.maximum(lengths, their_lengths) > _HEAD)).tolist():
            one, two = self._token(places[at]), other._token(others[at])
            order[at] = (one > two) - (one < two)
        return order

    def _heads(self, places: NDArray[np.int64]) -> _Heads:
        ends = self.ends[places]
        starts = self._starts(places)
        nth = np.arange(_HEAD)
        found = self.text.take(starts[:, None] + nth, mode="clip")
        found[nth >= (ends - starts)[:, None]] = 0
        return found.view(f"S{_HEAD}").ravel(), ends - starts


def _encoded(token: str) -> bytes:
    return token.encode("utf-8", "surrogatepass")


def bisected(
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    before: Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.bool_]],
) -> NDArray[np.int64]:
    """Return the places of many things, each found by bisection; the search of all goes on in step.

    Args:
        low: of each the first place that it may have.
        high: the last one.
        before: given places, and as many numbers of things, tells which places hold what stands before them.
    """
    low, high = low.copy(), high.copy()
    while len(open_ := np.flatnonzero(low < high)):
        middle = (low[open_] + high[open_]) // 2
        further = before(middle, open_)
        low[open_] = np.where(further, middle + 1, low[open_])
        high[open_] = np.where(further, high[open_], middle)
    return low
