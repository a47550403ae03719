"""A sorted list of tokens in two arrays: quick to read, to write and to revise, however long it is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray


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

    def without(self, kept: NDArray[np.bool_]) -> Vocabulary:
        """Return the vocabulary of those tokens that a mask ``(n,)`` says are kept."""
        lengths = np.diff(self.ends, prepend=0)
        return Vocabulary(self.text[np.repeat(kept, lengths)], np.cumsum(lengths[kept]))

    def united(self, other: Vocabulary) -> tuple[Vocabulary, NDArray[np.int64], NDArray[np.int64]]:
        """Return the vocabulary of both, and where the tokens of this one and of the other stand in it."""
        if not len(self):
            return other, np.empty(0, np.int64), np.arange(len(other))
        tokens = [other._token(place) for place in range(len(other))]
        before = np.fromiter(map(self._bisect, tokens), np.int64, len(tokens))
        known = np.fromiter(
            (at < len(self) and self._token(at) == t for at, t in zip(before.tolist(), tokens, strict=True)),
            bool,
            len(tokens),
        )
        gaps = before[~known]  # before which token of this one each new token goes
        of_this = np.arange(len(self)) + np.searchsorted(gaps, np.arange(len(self)), side="right")
        of_other = before + np.cumsum(~known) - ~known
        new = [token for token, here in zip(tokens, known.tolist(), strict=True) if not here]
        starts = np.concatenate([[0], self.ends])[gaps].tolist()
        pieces: list[bytes | memoryview] = []
        at = 0
        for token, start in zip(new, starts, strict=True):
            pieces += [self._bytes[at:start], token]
            at = start
        pieces.append(self._bytes[at:])
        lengths = np.insert(np.diff(self.ends, prepend=0), gaps, [len(token) for token in new])
        text = np.frombuffer(b"".join(pieces), np.uint8)
        return Vocabulary(text, np.cumsum(lengths)), of_this, of_other

    def sound(self) -> bool:
        """Tell whether the tokens lie in the text, one after the other."""
        inside = not len(self) or (self.ends[0] > 0 and bool(np.all(np.diff(self.ends) > 0)))
        return inside and (int(self.ends[-1]) if len(self) else 0) == len(self.text)

    def _bisect(self, token: bytes) -> int:
        return bisect_left(range(len(self)), token, key=self._token)

    def _token(self, place: int) -> bytes:
        return bytes(self._bytes[int(self.ends[place - 1]) if place else 0 : int(self.ends[place])])


def _encoded(token: str) -> bytes:
    return token.encode("utf-8", "surrogatepass")
