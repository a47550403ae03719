"""What the library holds, put together with what an earlier generation holds: what both hold is carried over.

Only what an earlier generation lacks is read from the library and checked. What is carried over lies in files
whose checksums were right; the library's copy of it is not looked at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted
from operator import itemgetter
from pathlib import Path

import numpy as np

from qa.errors import DamagedLibraryError
from qa.index.article_lines import Carried, Lines, article_of, endings, line_of, names
from qa.index.columns import Columns
from qa.index.snapshot_files import Earlier
from qa.index.splicing import Spliced
from qa.index.vectors import Matrix, unit_rows
from qa.parsing.bulletin import article_id
from qa.storage.library import Library, Place, SplitKey, article_at, place_of
from qa.types import Article, Passage

_DIGITS = 7
"""Of the places that are hashed, so that they sort as text."""


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """The articles that a library holds."""

    library: Library
    file: Path
    """Where it lies, for messages."""
    places: Sequence[Place]
    """Ordered by source and position."""
    numbers: Mapping[str, int]
    """Where each of them stands there, by identifier."""
    lines: Sequence[bytes]
    made: dict[str, Article]
    """The records of those that were read, by identifier."""
    new: tuple[Article, ...]
    """Those that the earlier generation does not hold, or not as they are."""
    gone: tuple[Article, ...]
    """Those of the earlier generation that the library does not hold, or not as they were."""

    @property
    def unchanged(self) -> int:
        """Return how many articles the earlier generation holds as they are."""
        return len(self.places) - len(self.new)

    def articles(self, identifiers: Collection[str]) -> Mapping[str, Article]:
        """Return the records of some articles, and maybe others, by identifier.

        Raises:
            DamagedLibraryError: a text is not the one of its identifier.
        """
        wanted = [self.places[self.numbers[i]] for i in identifiers if i not in self.made]
        self.made.update(_read(self.library, self.file, wanted))
        return self.made


def list_articles(library: Library, file: Path, earlier: Earlier | None, *, all_texts: bool) -> Listing:
    """Return the articles that a library holds.

    Args:
        library: the library.
        file: where it lies, for messages.
        earlier: a generation to compare with.
        all_texts: read, and check, also those that the earlier generation holds.

    Raises:
        DamagedLibraryError: a text is not what was put in; SQLite has no checksums of its own.
    """
    places = library.article_places()
    numbers = earlier.columns.numbers() if earlier else {}
    known = earlier.lines if earlier else Lines(b"")
    carried = [numbers.get(place.id, -1) for place in places]
    for at, ending in enumerate(endings(places)):
        if carried[at] >= 0 and (all_texts or not known.ends_with(carried[at], ending)):
            carried[at] = -1
    wanted = [at for at, number in enumerate(carried) if number < 0]
    made = _read(library, file, [places[at] for at in wanted])
    lines: dict[int, bytes] = {}
    new: list[Article] = []
    changed: set[str] = set()
    for at in wanted:
        identifier = places[at].id
        lines[at] = line_of(made[identifier])
        number = numbers.get(identifier)
        if number is None or lines[at] != known[number]:
            new.append(made[identifier])
            changed.add(identifier)
    now = {place.id: number for number, place in enumerate(places)}
    gone = [article_of(known[n]) for i, n in numbers.items() if i not in now or i in changed]
    carried_on = Carried(known, carried, lines)
    return Listing(library, file, places, now, carried_on, made, tuple(new), tuple(gone))


def _read(library: Library, file: Path, places: Sequence[Place]) -> dict[str, Article]:
    articles = {}
    for place, (title, body) in library.texts(places):
        if place.id != article_id(title, body):
            raise DamagedLibraryError(f"文库中文章 {place.id} 的内容已损坏:{file}")
        articles[place.id] = article_at(place, title, body)
    return articles


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What a generation of a library holds."""

    columns: Columns
    vectors: Matrix | Spliced
    content_hash: str


def collect(listing: Listing, earlier: Earlier | None, key: SplitKey, dimension: int) -> Content:
    """Return what the articles of a library make.

    Passages and vectors of those that an earlier generation lacks are read, the others carried over.

    Args:
        listing: the articles; the library holds the passages and vectors of all of them.
        earlier: a generation that was split in the same way, under the same model.
        key: which passages and vectors are used.
        dimension: of the vectors.

    Raises:
        DamagedLibraryError: a passage lies outside its article, or a vector is none.
    """
    at, ids = listing.numbers, list(listing.numbers)
    known = frozenset(earlier.columns.ids if earlier else ())
    fresh_ids = [identifier for identifier in ids if identifier not in known]
    found, vectors = listing.library.encoded_passages(key, dimension, fresh_ids if earlier else None)
    bodies = listing.articles(fresh_ids)
    if not unit_rows(vectors) or not all(0 <= start < end <= len(bodies[a].body) for a, start, end in found):
        raise DamagedLibraryError(f"文库中的段落或向量已损坏:{listing.file}")
    fresh = np.array([(at[a], start, end) for a, start, end in found], np.int64).reshape(-1, 3)
    places = fresh
    all_vectors: Matrix | Spliced = vectors
    if earlier:
        old = earlier.columns
        now = np.array([at.get(identifier, -1) for identifier in old.ids], np.int64)[old.places[:, 0]]
        kept, gone = np.flatnonzero(now >= 0), np.flatnonzero(now < 0)
        carried = np.column_stack([now[kept], old.places[kept, 1:]])
        # Passages are in the order of their articles' identifiers, those of an article stand together.
        named = np.array(ids, np.str_)
        before = np.searchsorted(named[carried[:, 0]], named[fresh[:, 0]])
        places = np.insert(carried, before, fresh, axis=0)
        into = np.append(kept, len(now))[before]
        all_vectors = Spliced(earlier.vectors(), gone, into, vectors)
    columns = Columns(ids, listing.lines, places, listing.made)
    return Content(columns, all_vectors, _hash(listing.places, columns, key))


def content_hash(articles: Sequence[Article], passages: Sequence[Passage], key: SplitKey) -> str:
    """Hash what a generation holds: equal for equal input, whatever the order or history of runs.

    An article's identifier stands for its text. Vectors are not in it, their model is: their last bits depend
    on what else was in the batch.
    """
    return _hash(map(place_of, articles), Columns.of(articles, passages), key)


@lru_cache(maxsize=1 << 16)
def _middle(date: str | None, date_text: str | None, reporters: str, correspondents: str) -> str:
    """Return what many articles share of what is hashed of a place, as a part of a JSON list."""
    day, said = ("null" if text is None else quoted(text) for text in (date, date_text))
    return f"{day}, {said}, {_names_hashed(reporters)}, {_names_hashed(correspondents)}"


@lru_cache(maxsize=4096)
def _names_hashed(kept: str) -> str:
    return json.dumps(names(kept))


def _hash(places: Iterable[Place], columns: Columns, key: SplitKey) -> str:
    digest = hashlib.sha256(f"{key.splitter}\n{key.fingerprint}\n".encode())
    said = [
        f"[{quoted(identifier)}, {_middle(*middle)}, {quoted(source)}, {position}]\n"
        for identifier, *middle, source, position in sorted(places, key=itemgetter(0))
    ]
    digest.update("".join(said).encode())
    digest.update(passages_said(columns))
    return digest.hexdigest()


def passages_said(columns: Columns) -> bytes:
    """Return a line ``identifier:start-end`` for each passage, the numbers of seven digits or more.

    A hundred thousand lines made one by one would take longer than anything else that is hashed.
    """
    at, starts, ends = columns.places.T
    if not len(at):
        return b""
    ids = np.array(columns.ids, np.bytes_)
    parts = [ids.view(np.uint8).reshape(len(ids), -1)[at]]
    for mark, numbers in ((":", starts), ("-", ends)):
        width = max(_DIGITS, len(str(numbers.max())))
        digits = np.empty((len(at), 1 + width), np.uint8)
        digits[:, 0] = ord(mark)
        for place in range(width):
            rest = numbers // 10**place
            # What leads beyond the seven digits is left out below, as is what pads an identifier.
            digits[:, -1 - place] = (
                ord("0") + rest % 10 if place < _DIGITS else np.where(rest, ord("0") + rest % 10, 0)
            )
        parts.append(digits)
    parts.append(np.full((len(at), 1), ord("\n"), np.uint8))
    lines = np.concatenate(parts, axis=1)
    return (lines if lines.all() else lines[lines != 0]).tobytes()
