"""What a bulletin file holds once it is read: the text of a page, or a list of articles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page in the bulletin grammar, lines ended by ``\\n``."""

    text: str
    encoding: str
    """As people call it, e.g. ``UTF-8``; of a format that is no text file, its name."""
    notes: tuple[str, ...] = ()
    """What an editor should know, in Chinese."""
    complete: bool = True
    """False where part of it waits for a package to be installed: it is to be read again."""


@dataclass(frozen=True, slots=True)
class Record:
    """An article with metadata of its own."""

    title: str | None
    body: str
    date: dt.date | None = None
    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """The articles of a file that lists them with their metadata, in its order."""

    records: tuple[Record, ...]
    encoding: str
    notes: tuple[str, ...] = ()
    """Among them each line that could not be taken, by its number."""
    complete: bool = True
