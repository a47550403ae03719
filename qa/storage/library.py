"""The library: one SQLite file that holds articles, passages, vectors and the history of generations.

All queries of the project are here, its tables in :mod:`qa.storage.schema`. A :class:`Library` belongs to one
thread; only the indexer writes one, under the build lock. Everything in it comes from the bulletin
files, so it matters little that a power cut may undo the last commits: the next run repeats them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from qa.errors import DamagedLibraryError
from qa.parsing.continuations import Fragment
from qa.storage.database import Database
from qa.types import Article, IndexReport, Passage

_REPORT = TypeAdapter(IndexReport)
_FRAGMENT = TypeAdapter(Fragment)
_FEW = 500
"""Articles that are asked for one by one; of more than that the tables are read through."""


@dataclass(frozen=True, slots=True)
class Source:
    """A bulletin file as it was when it was last read."""

    path: str
    sha256: str
    size: int
    """Bytes."""
    parser_version: int
    stamp: str | None = field(default=None, compare=False)
    """See :func:`qa.storage.stamps.stamp_of`; ``None`` where only reading tells if it is the same."""


class Sources(Mapping[str, Source]):
    """Files by path; each record is made when it is asked for, since a run asks for few of many thousand."""

    def __init__(self, rows: Iterable[tuple[str, str, int, int, str | None]]) -> None:
        """Take the rows of the files, in order."""
        self._rows = {row[0]: row for row in rows}

    def __getitem__(self, path: str) -> Source:
        return Source(*self._rows[path])

    def __contains__(self, path: object) -> bool:
        return path in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def looked(self, path: str, parser_version: int, stamp: str) -> bool:
        """Tell whether a file looked like this when this parser read it."""
        row = self._rows.get(path)
        return row is not None and row[3:] == (parser_version, stamp)


@dataclass(frozen=True, slots=True)
class SplitKey:
    """What decides how an article is split and which vectors belong to its passages."""

    splitter: str
    """Version of the splitter and the window it filled."""
    fingerprint: str
    """Of the model, whose tokens are counted and whose vectors are kept."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage with the key of its vector: the hash of the text that is encoded."""

    passage: Passage
    key: str


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of the collection that was, or is, served."""

    id: int
    created_at: dt.datetime
    model: str
    fingerprint: str
    dimension: int
    content_hash: str
    """Equal for equal input, whatever the order or history."""
    articles: int
    passages: int
    report: IndexReport


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a library holds."""

    articles: int
    passages: int
    """Of articles that a file holds, under all models."""
    vectors: int
    generations: int


class Place(NamedTuple):
    """Where an article was found, and what that place says about it, as it is kept."""

    id: str
    date: str | None
    date_text: str | None
    reporters: str
    """A JSON list, as are ``correspondents``."""
    correspondents: str
    source: str
    position: int


class Library:
    """The library file, opened, and created or migrated where needed."""

    def __init__(self, path: Path) -> None:
        """Open the library.

        Raises:
            LibraryError: not a library, damaged, of a newer version, or not accessible; so do all methods.
        """
        self._db = Database(path)

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file; empty where it is whole."""
        found = [row[0] for row in self._db.rows("PRAGMA quick_check")]
        return [] if found == ["ok"] else found

    def copy_to(self, path: Path) -> None:
        """Write a copy of the library as it is at one instant, whatever an indexer writes meanwhile."""
        self._db.copy_to(path)

    def counts(self) -> Counts:
        """Return how much the library holds."""
        tables = ("live_passages", "vectors", "generations")
        passages, vectors, generations = (
            int(self._db.rows(f"SELECT COUNT(*) FROM {table}")[0][0])  # noqa: S608
            for table in tables
        )
        articles = self._db.rows("SELECT COUNT(DISTINCT article) FROM source_articles")[0][0]
        return Counts(int(articles), passages, vectors, generations)

    def is_empty(self) -> bool:
        """Tell whether nothing was ever put in: no file and no generation."""
        query = "SELECT EXISTS (SELECT 1 FROM sources) OR EXISTS (SELECT 1 FROM generations WHERE id > 0)"
        return not self._db.rows(query)[0][0]

    # Sources and articles

    def sources(self) -> Sources:
        """Return every known file by its path."""
        return Sources(
            self._db.rows("SELECT path, sha256, size, parser_version, stamp FROM sources ORDER BY path")
        )

    def put_source(
        self, source: Source, articles: Sequence[Article], fragments: Sequence[Fragment] = ()
    ) -> None:
        """Record a file, its articles and which of them are fragments, in place of those it had."""
        with self._db.transaction() as db:
            db.execute("DELETE FROM sources WHERE path = ?", (source.path,))
            db.execute(
                "INSERT INTO sources VALUES (?, ?, ?, ?, ?)",
                (source.path, source.sha256, source.size, source.parser_version, source.stamp),
            )
            _put_articles(db, articles)
            for f in fragments:
                record = _FRAGMENT.dump_json(f, exclude={"source", "position"}).decode()
                row = (source.path, f.position, record, _sha256(record))
                db.execute("INSERT INTO fragments VALUES (?, ?, ?, ?)", row)

    def put_stamps(self, stamps: Mapping[str, str | None]) -> None:
        """Record how files look that hold what they held, by path."""
        if stamps:
            with self._db.transaction() as db:
                db.executemany(
                    "UPDATE sources SET stamp = ? WHERE path = ?",
                    [(stamp, path) for path, stamp in stamps.items()],
                )

    def move_sources(self, names: Mapping[str, str]) -> None:
        """Give sources other names, and forget how all files looked: the library moved to another place.

        Raises:
            LibraryError: two would have the same name.
        """
        with self._db.transaction() as db:
            db.execute("PRAGMA defer_foreign_keys = ON")  # until the articles' places have followed
            for table, column in (
                ("sources", "path"), ("source_articles", "source"), ("fragments", "source"),
            ):  # fmt: skip
                db.executemany(
                    f"UPDATE {table} SET {column} = ? WHERE {column} = ?",  # noqa: S608
                    [(new, old) for old, new in names.items()],
                )
            db.execute("UPDATE sources SET stamp = NULL")

    def remove_source(self, path: str) -> None:
        """Forget a file; its articles go unless another file has them too."""
        with self._db.transaction() as db:
            db.execute("DELETE FROM sources WHERE path = ?", (path,))

    def fragments(self) -> tuple[Fragment, ...]:
        """Return every article of which a part is not in its file, as its own file holds it.

        Raises:
            DamagedLibraryError: one is not what was put in.
        """
        found = []
        rows = self._db.rows("SELECT source, position, record, sha256 FROM fragments ORDER BY 1, 2")
        for source, position, record, sha256 in rows:
            try:
                if _sha256(record) != sha256:
                    raise ValueError
                place = {"source": source, "position": position}
                found.append(_FRAGMENT.validate_python({**json.loads(record), **place}))
            except (TypeError, ValueError) as error:
                raise DamagedLibraryError(f"文库中 {source} 的文章已损坏:{self._db.path}") from error
        return tuple(found)

    def put_joined(self, articles: Iterable[Article]) -> set[tuple[str, int]]:
        """Let the places of fragments hold these articles, and no others.

        Returns:
            Source and position of the places that hold something else now, or nothing.
        """
        wanted = {(a.source, a.position): a for a in articles}
        rows = {place: _row(article) for place, article in wanted.items()}
        held = {
            row[:2]: tuple(row)
            for row in self._db.rows(
                "SELECT s.* FROM fragments f"
                " JOIN source_articles s ON s.source = f.source AND s.position = f.position"
            )
        }
        changed = {place for place in held.keys() | rows.keys() if held.get(place) != rows.get(place)}
        if changed:
            with self._db.transaction() as db:
                db.executemany(
                    "DELETE FROM source_articles WHERE source = ? AND position = ?", sorted(changed)
                )
                _put_articles(db, [wanted[place] for place in sorted(changed) if place in wanted])
        return changed

    def articles(self) -> tuple[Article, ...]:
        """Return every article once, ordered by source and position.

        One that several files hold takes its record from the first of them by name, those with a
        certain date before the others.
        """
        return tuple(article_at(place, *text) for place, text in self.texts(self.article_places()))

    def article_places(self) -> list[Place]:
        """Return the place of each article, as :meth:`articles` chooses and orders them."""
        rows = self._db.rows(
            "SELECT article, date, date_text, reporters, correspondents, source, position"
            " FROM source_articles ORDER BY source, position"
        )
        found: dict[str, Any] = {}
        for row in rows:
            first = found.setdefault(row[0], row)
            if first[1] is None and row[1] is not None:
                found[row[0]] = row
        return list(map(Place._make, sorted(found.values(), key=itemgetter(5, 6))))

    def texts(self, places: Sequence[Place]) -> list[tuple[Place, tuple[str, str]]]:
        """Return headline and body with each of some places."""
        few = [place.id for place in places] if len(places) <= _FEW else None
        if few is None:  # reading a table through is quicker than looking most of its rows up
            rows = self._db.rows("SELECT id, title, body FROM articles")
        else:
            rows = self._db.rows(
                "SELECT id, title, body FROM articles WHERE id IN (SELECT value FROM json_each(?))",
                [json.dumps(few)],
            )
        texts = {row[0]: row[1:] for row in rows}
        return [(place, texts[place.id]) for place in places]

    def first_sources(self, among: Iterable[str]) -> set[str]:
        """Return those of some sources that :meth:`articles` names."""
        query = (
            "SELECT EXISTS (SELECT 1 FROM source_articles s WHERE s.source = ? AND NOT EXISTS"
            " (SELECT 1 FROM source_articles o WHERE o.article = s.article AND"
            " (o.date IS NULL, o.source, o.position) < (s.date IS NULL, s.source, s.position)))"
        )
        return {source for source in among if self._db.rows(query, (source,))[0][0]}

    # Passages and vectors

    def split_articles(self, key: SplitKey, among: Collection[str]) -> set[str]:
        """Return those of some articles' identifiers whose articles are already split this way."""
        rows = self._db.rows(
            "SELECT id FROM (SELECT value AS id FROM json_each(?)) WHERE EXISTS (SELECT 1 FROM passages"
            " WHERE article = id AND fingerprint = ? AND splitter = ?)",
            (json.dumps(list(among)), key.fingerprint, key.splitter),
        )
        return {row[0] for row in rows}

    def places(self, fingerprint: str) -> dict[SplitKey, list[tuple[str, int, int]]]:
        """Return ``(article id, start, end)`` of every passage of a model by how it was split.

        Ordered as passage identifiers are.
        """
        rows = self._db.rows(
            "SELECT splitter, article, start, end FROM live_passages WHERE fingerprint = ?"
            " ORDER BY splitter, article, start, end",
            (fingerprint,),
        )
        found: dict[SplitKey, list[tuple[str, int, int]]] = {}
        for splitter, *place in rows:
            found.setdefault(SplitKey(splitter, fingerprint), []).append((place[0], place[1], place[2]))
        return found

    def vector_keys(self, fingerprint: str) -> set[str]:
        """Return the keys of all vectors of a model."""
        return {
            row[0] for row in self._db.rows("SELECT key FROM vectors WHERE fingerprint = ?", (fingerprint,))
        }

    def put_pieces(self, key: SplitKey, pieces: Iterable[Piece]) -> None:
        """Record passages, all of an article's together; those already there stay."""
        with self._db.transaction() as db:
            db.executemany(
                "INSERT OR IGNORE INTO passages VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (
                        p.passage.article_id,
                        key.fingerprint,
                        key.splitter,
                        p.passage.start,
                        p.passage.end,
                        p.key,
                    )
                    for p in pieces
                ],
            )

    def unencoded(self, key: SplitKey) -> list[tuple[str, str, int, int]]:
        """Return ``(vector key, article id, start, end)`` of one passage for each vector that is missing."""
        return self._db.rows(
            # Two indexes tell the keys that are missing, mostly none: no row is looked up for the others.
            "SELECT p.key, p.article, p.start, p.end FROM live_passages p"
            " WHERE p.fingerprint = ?1 AND p.splitter = ?2 AND p.key IN"
            " (SELECT key FROM passages q WHERE q.fingerprint = ?1 AND NOT EXISTS"
            " (SELECT 1 FROM vectors v WHERE v.fingerprint = ?1 AND v.key = q.key))"
            " GROUP BY p.key ORDER BY p.key",
            (key.fingerprint, key.splitter),
        )

    def put_vectors(self, fingerprint: str, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Record one vector a key: float32 ``(len(keys), dimension)``."""
        blobs = [(fingerprint, k, v.astype("<f4").tobytes()) for k, v in zip(keys, vectors, strict=True)]
        with self._db.transaction() as db:
            db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", blobs)

    def encoded_passages(
        self, key: SplitKey, dimension: int, among: Collection[str] | None = None
    ) -> tuple[list[tuple[str, int, int]], NDArray[np.float32]]:
        """Return ``(article id, start, end)`` of every passage and the matrix of their vectors.

        Ordered by article identifier and start, which is the order of passage identifiers.

        Args:
            key: how they were split, and the model.
            dimension: of its vectors.
            among: identifiers of the articles whose passages are wanted; all where ``None``.

        Raises:
            DamagedLibraryError: a vector is missing or of another length.
        """
        if among is not None and len(among) <= _FEW:
            rows = self._db.rows(
                "SELECT article, start, end, p.key, vector FROM live_passages p"
                " LEFT JOIN vectors v ON v.fingerprint = p.fingerprint AND v.key = p.key"
                " WHERE p.article IN (SELECT value FROM json_each(?)) AND p.fingerprint = ? AND splitter = ?"
                " ORDER BY article, start, end",
                (json.dumps(list(among)), key.fingerprint, key.splitter),
            )
            found = [row[4] or b"" for row in rows]
        else:
            # "+": most are wanted, and reading a table through is quicker than looking each of its rows up.
            rows = self._db.rows(
                "SELECT article, start, end, key FROM live_passages WHERE +fingerprint = ? AND splitter = ?"
                " ORDER BY article, start, end",
                (key.fingerprint, key.splitter),
            )
            rows = rows if among is None else [row for row in rows if row[0] in among]
            vectors = dict(
                self._db.rows("SELECT key, vector FROM vectors WHERE +fingerprint = ?", (key.fingerprint,))
            )
            found = [vectors.get(row[3], b"") for row in rows]
        if any(len(vector) != 4 * dimension for vector in found):
            raise DamagedLibraryError(f"文库中有段落缺少向量或向量长度不对:{self._db.path}")
        matrix = np.frombuffer(b"".join(found), "<f4").reshape(len(rows), dimension)
        return [row[:3] for row in rows], matrix

    def misshapen(self, fingerprint: str, dimension: int) -> int:
        """Return how many of a model's vectors have another length than its dimension asks for."""
        query = "SELECT COUNT(*) FROM vectors WHERE fingerprint = ? AND LENGTH(vector) <> ?"
        return int(self._db.rows(query, (fingerprint, 4 * dimension))[0][0])

    def has_leftovers(self) -> bool:
        """Tell whether articles are left that no file holds: the run that should have pruned was cut off."""
        return bool(
            self._db.rows(
                "SELECT EXISTS (SELECT 1 FROM articles a"
                " WHERE NOT EXISTS (SELECT 1 FROM source_articles s WHERE s.article = a.id))"
            )[0][0]
        )

    def prune(self, key: SplitKey) -> None:
        """Drop what no file and no way of splitting in use needs; other models' passages are kept."""
        with self._db.transaction() as db:
            # Only the vectors of passages that go can be without a passage: not all need be looked at.
            # "+": the primary key's index holds all that is asked for; the one of fingerprints and keys would
            # be taken otherwise, and each row looked up.
            forgotten = db.execute(
                "SELECT id FROM articles EXCEPT SELECT article FROM source_articles"
            ).fetchall()
            going = db.execute(
                "SELECT rowid FROM passages WHERE +fingerprint = ? AND splitter <> ? UNION"
                " SELECT rowid FROM passages WHERE article IN (SELECT value FROM json_each(?))",
                (key.fingerprint, key.splitter, json.dumps([row[0] for row in forgotten])),
            ).fetchall()
            candidates = [
                db.execute("SELECT fingerprint, key FROM passages WHERE rowid = ?", row).fetchone()
                for row in going
            ]
            db.executemany("DELETE FROM passages WHERE rowid = ?", going)
            db.executemany("DELETE FROM articles WHERE id = ?", forgotten)
            db.executemany(
                "DELETE FROM vectors WHERE fingerprint = ?1 AND key = ?2"
                " AND NOT EXISTS (SELECT 1 FROM passages WHERE fingerprint = ?1 AND key = ?2)",
                candidates,
            )

    # Generations

    def generations(self) -> tuple[Generation, ...]:
        """Return the history of generations, oldest first."""
        rows = self._db.rows(
            "SELECT id, created_at, model, fingerprint, dimension, content_hash, articles, passages, report"
            " FROM generations ORDER BY id"
        )
        return tuple(_generation(row) for row in rows)

    def newest_generation(self) -> int:
        """Return the highest generation number ever recorded, 0 where there is none."""
        return int(self._db.rows("SELECT COALESCE(MAX(id), 0) FROM generations")[0][0])

    def put_generation(self, g: Generation) -> None:
        """Record a generation; one of the same number is replaced."""
        report = _REPORT.dump_json(g.report).decode()
        row = (g.id, g.created_at.isoformat(), g.model, g.fingerprint, g.dimension, g.content_hash)
        with self._db.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO generations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, g.articles, g.passages, report),
            )


def _put_articles(db: sqlite3.Connection, articles: Sequence[Article]) -> None:
    texts = [(a.id, a.title, a.body) for a in articles]
    db.executemany("INSERT OR IGNORE INTO articles VALUES (?, ?, ?)", texts)
    db.executemany("INSERT INTO source_articles VALUES (?, ?, ?, ?, ?, ?, ?)", map(_row, articles))


def _row(a: Article) -> tuple[Any, ...]:
    """Return an article's place as it is kept."""
    place = place_of(a)
    return (
        place.source, place.position, place.id, place.date, place.date_text, place.reporters,
        place.correspondents,
    )  # fmt: skip


def place_of(a: Article) -> Place:
    """Return the place of an article."""
    day = a.date.isoformat() if a.date else None
    return Place(a.id, day, a.date_text, _dump(a.reporters), _dump(a.correspondents), a.source, a.position)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _dump(names: tuple[str, ...]) -> str:
    return json.dumps(names, ensure_ascii=False)


def article_at(place: Place, title: str, body: str) -> Article:
    """Return the record of an article from its place and its text."""
    return Article(
        id=place.id,
        title=title,
        body=body,
        date=dt.date.fromisoformat(place.date) if place.date else None,
        date_text=place.date_text,
        reporters=tuple(json.loads(place.reporters)),
        correspondents=tuple(json.loads(place.correspondents)),
        source=place.source,
        position=place.position,
    )


def _generation(row: tuple[Any, ...]) -> Generation:
    number, created_at, model, fingerprint, dimension, content_hash, articles, passages, report = row
    return Generation(
        id=number,
        created_at=dt.datetime.fromisoformat(created_at),
        model=model,
        fingerprint=fingerprint,
        dimension=dimension,
        content_hash=content_hash,
        articles=articles,
        passages=passages,
        report=_REPORT.validate_json(report),
    )
