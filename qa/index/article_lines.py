"""Articles as the lines of a snapshot's file, told apart and carried on without being parsed."""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter, ValidationError

from qa.errors import SnapshotError
from qa.storage.library import Place
from qa.types import Article

_ARTICLE_JSON = TypeAdapter(Article)
_ID = b'{"id":"'
_PIECE = 1 << 20
_LINES_PER_PIECE = 256


class Lines(Sequence[bytes]):
    """The lines of a file, left in it until they are asked for."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        """Find the lines in what a file holds."""
        self._data = data
        self._ends: list[int] = []
        for start in range(0, len(self._data), _PIECE):
            piece = np.frombuffer(self._data[start : start + _PIECE], np.uint8)
            self._ends += (np.flatnonzero(piece == ord("\n")) + start).tolist()

    @classmethod
    def of(cls, path: Path) -> Lines:
        """Return the lines of a file.

        Raises:
            OSError: it is missing or cannot be read.
        """
        with path.open("rb") as file:
            whole = os.fstat(file.fileno()).st_size  # what is empty cannot be mapped
            return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if whole else b"")

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]
        if not 0 <= number < len(self._ends):
            raise IndexError(number)
        return self._data[self._ends[number - 1] + 1 if number else 0 : self._ends[number]]

    def ends_with(self, number: int, ending: bytes) -> bool:
        """Tell whether a line, which is not read for it, ends so."""
        end = self._ends[number]
        return self._data[max(0, end - len(ending)) : end] == ending

    def identifiers(self) -> list[str]:
        """Return the identifiers of the articles whose lines they are, without reading more of them."""
        found, start = [], 0
        for end in self._ends:
            begin = start + len(_ID)
            found.append(self._data[begin : self._data.find(b'"', begin, end)].decode())
            start = end + 1
        return found

    def run(self, first: int, last: int) -> bytes:
        """Return some lines that follow one another, each with its end."""
        return self._data[self._ends[first - 1] + 1 if first else 0 : self._ends[last] + 1]


class Carried(Sequence[bytes]):
    """Lines of a file and new ones, in an order of their own; those of the file are left in it."""

    def __init__(self, known: Lines, numbers: Sequence[int], new: Mapping[int, bytes]) -> None:
        """Put lines together.

        Args:
            known: the file's lines.
            numbers: which of them stands at each place, -1 for a new one.
            new: the new ones by their place.
        """
        self._known, self._numbers, self._new = known, numbers, new

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, place: int) -> bytes:  # type: ignore[override]
        number = self._numbers[place]
        return self._new[place] if number < 0 else self._known[number]

    def pieces(self) -> Iterator[bytes]:
        """Return all lines in order, each with its end, many at a time."""
        numbers = np.array(self._numbers, np.int64)
        follows = (numbers[:-1] >= 0) & (np.diff(numbers) == 1) & (numbers[1:] % _LINES_PER_PIECE != 0)
        starts = np.flatnonzero(np.concatenate([np.ones(len(numbers[:1]), bool), ~follows]))
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(numbers)], strict=False):
            first = self._numbers[start]
            yield self._new[start] + b"\n" if first < 0 else self._known.run(first, self._numbers[end - 1])


def write_lines(lines: Sequence[bytes], write: Callable[[bytes], object]) -> None:
    """Write lines, each with its end."""
    for piece in lines.pieces() if isinstance(lines, Carried) else (line + b"\n" for line in lines):
        write(piece)


def line_of(article: Article) -> bytes:
    """Return an article as one line of a snapshot's file of articles, without the line's end."""
    return _ARTICLE_JSON.dump_json(article)


def article_of(line: bytes) -> Article:
    """Return the article of a line.

    Raises:
        SnapshotError: it is none.
    """
    try:
        return _ARTICLE_JSON.validate_json(line)
    except ValidationError as error:
        raise SnapshotError("索引快照的文章无法读取") from error


def endings(places: Sequence[Place]) -> list[bytes]:
    """Return how the lines of articles at some places end.

    A line of the article's identifier that ends so is the article's line: what its identifier does not decide
    stands behind the body, and no text can look like it, since a quotation mark in a text is written ``\\"``.
    """
    return [
        b"".join((_beginning(*said), encode_basestring(source).encode(), b',"position":%d}' % position))
        for _, *said, source, position in places
    ]


@lru_cache(maxsize=1 << 16)
def _beginning(date: str | None, date_text: str | None, reporters: str, correspondents: str) -> bytes:
    """Return an ending up to the source, which many articles share, as :func:`line_of` writes it."""
    day, said = ("null" if text is None else encode_basestring(text) for text in (date, date_text))
    writers = f'"reporters":{_names_written(reporters)},"correspondents":{_names_written(correspondents)}'
    return f',"date":{day},"date_text":{said},{writers},"source":'.encode()


@lru_cache(maxsize=4096)
def _names_written(kept: str) -> str:
    return json.dumps(names(kept), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=4096)
def names(kept: str) -> tuple[str, ...]:
    """Return the names of a list as the library keeps it."""
    return tuple(json.loads(kept))
