"""A bulletin file's bytes become articles, whatever its format; the indexer and uploads go through here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from qa.bulletin import parse
from qa.formats import decode
from qa.types import Article


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What one file holds."""

    articles: tuple[Article, ...]
    encoding: str
    notes: tuple[str, ...]
    """What an editor should know, in Chinese."""


def read_articles(data: bytes, source: str) -> ReadFile:
    """Recognise the articles in a file's bytes.

    Args:
        data: the whole file, not empty.
        source: its name as it will be cited; its suffix says the format.

    Raises:
        BulletinError: says in Chinese why there is none, without the file's name.
    """
    decoded = decode(data, PurePosixPath(source))
    page = parse(decoded.text, source)
    return ReadFile(page.articles, decoded.encoding, (*decoded.notes, *page.notes))
