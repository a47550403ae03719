"""Articles as the lines of a snapshot's file, told apart and carried on without being parsed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import TypeAdapter, ValidationError

from qa.errors import SnapshotError
from qa.storage.library import Place
from qa.types import Article

_ARTICLE_JSON = TypeAdapter(Article)
_ID = b'{"id":"'


@dataclass(slots=True)
class _Ending:
    """What stands behind the body, in the order of :class:`Article`."""

    date: str | None
    date_text: str | None
    reporters: Sequence[str]
    correspondents: Sequence[str]
    source: str
    position: int


_ENDINGS_JSON = TypeAdapter(list[_Ending])
_BETWEEN = b'},{"date":'


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
    if not places:
        return []
    rows = [
        _Ending(date, date_text, names(reporters), names(correspondents), source, position)
        for _, date, date_text, reporters, correspondents, source, position in places
    ]
    # All in one go: of most articles of a library nothing else is made.
    written = _ENDINGS_JSON.dump_json(rows)[len(b'[{"date":') : -len(b"}]")].split(_BETWEEN)
    return [b',"date":' + each + b"}" for each in written]


@lru_cache(maxsize=4096)
def names(kept: str) -> tuple[str, ...]:
    """Return the names of a list as the library keeps it."""
    return tuple(json.loads(kept))
