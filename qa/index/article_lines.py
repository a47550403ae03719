"""Articles as the lines of a snapshot's file, told apart and carried on without being parsed."""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter, ValidationError

from qa.errors import SnapshotError
from qa.storage.library import Place, article_at
from qa.types import Article

_ARTICLE_JSON = TypeAdapter(Article)
_ID, _BODY, _SOURCE = b'{"id":"', b'"body":""', b',"source":'
_PIECE = 1 << 20


class Lines(Sequence[bytes]):
    """The lines of a file, left in it until they are asked for."""

    def __init__(self, path: Path) -> None:
        """Find the lines.

        Raises:
            OSError: the file is missing or cannot be read.
        """
        with path.open("rb") as file:
            whole = os.fstat(file.fileno()).st_size  # what is empty cannot be mapped
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if whole else b""
        self._ends: list[int] = []
        for start in range(0, len(self._data), _PIECE):
            piece = np.frombuffer(self._data[start : start + _PIECE], np.uint8)
            self._ends += (np.flatnonzero(piece == ord("\n")) + start).tolist()

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]
        if not 0 <= number < len(self._ends):
            raise IndexError(number)
        return self._data[self._ends[number - 1] + 1 if number else 0 : self._ends[number]]


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


def identifier_of(line: bytes) -> str:
    """Return the identifier of the article of a line."""
    return line[len(_ID) : line.find(b'"', len(_ID))].decode()


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
    """Return an ending up to the source, which many articles share."""
    place = Place("", date, date_text, reporters, correspondents, "", 0)
    line = line_of(article_at(place, "", ""))
    return line[line.index(_BODY) + len(_BODY) : line.rindex(_SOURCE) + len(_SOURCE)]


@lru_cache(maxsize=4096)
def names(kept: str) -> tuple[str, ...]:
    """Return the names of a list as the library keeps it."""
    return tuple(json.loads(kept))
