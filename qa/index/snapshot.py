"""A generation, frozen: everything that answering needs, in memory and on disk.

A request captures one :class:`Snapshot` and never touches the library. On disk a generation is a
folder of named files with a manifest that holds their checksums::

    snapshots/7/manifest.json   format, generation, fingerprint, dimension, counts, checksums
                articles.jsonl  one article a line, in the order of Snapshot.articles
                passages.npy    int64 (n, 3): article line, start, end
                vectors.faiss   row i is passage i
                lexical/        document i is passage i
                words.json      what the corpus taught the segmenter, by article

:mod:`qa.building.activation` decides which folder serves.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from qa.amendments import corrections
from qa.amendments.corrections import Corrections
from qa.durable import HashedFile, sha256_of
from qa.errors import NotFoundError, SnapshotError
from qa.index.cuts import Cut, index_tokens, tokens_of
from qa.index.lexical import LexicalIndex
from qa.index.lexicon import Lexicon
from qa.index.splicing import Spliced
from qa.index.splicing import save as save_array
from qa.index.vectors import Matrix, VectorIndex
from qa.language.names import WORDS_VERSION, ArticleWords, article_words, corpus_segmenter
from qa.storage.library import Generation
from qa.text import Segmenter
from qa.types import Article, IndexReport, Passage

MANIFEST = "manifest.json"
_ARTICLES, _PASSAGES, _VECTORS, _LEXICAL = "articles.jsonl", "passages.npy", "vectors.faiss", "lexical"
_WORDS = "words.json"
_PROBES = 8


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Snapshot:
    """One generation in memory; immutable, safe to share between threads."""

    generation: int
    created_at: dt.datetime
    model: str
    fingerprint: str
    dimension: int
    content_hash: str
    report: IndexReport
    """Of the run that made it; ``seconds`` up to the writing of the snapshot."""
    articles: tuple[Article, ...]
    """Ordered by source and position; what can be listed and read."""
    articles_by_id: Mapping[str, Article]
    in_force: tuple[Article, ...]
    """Those of them that answer: all but the ones in whose place a correction stands."""
    corrections: Corrections
    passages: tuple[Passage, ...]
    """Ordered by identifier; a row of both indexes is a place in this tuple."""
    admitted: NDArray[np.bool_] | None
    """Which rows may be retrieved: those of articles in force; ``None`` where all may."""
    vectors: VectorIndex
    lexical: LexicalIndex
    """Over the search tokens of headline and passage."""
    segmenter: Segmenter
    """Knows this corpus's terms; what the lexical index was cut with."""
    words: Mapping[str, ArticleWords]
    """What each article taught it, by identifier."""
    lexicon: Lexicon
    """What this corpus calls things; derived when first asked for."""

    def without(self, hidden: Collection[str]) -> Snapshot:
        """Return this generation without some articles: as if the bulletins had never held them.

        Vectors and lexical index are shared, rows keep their numbers. What the hidden articles correct
        answers again. Such a view serves; it is never written to disk.

        Args:
            hidden: identifiers; those of no article are ignored.
        """
        kept = tuple(a for a in self.articles if a.id not in hidden)
        if len(kept) == len(self.articles):
            return self
        found = corrections.find(kept)
        in_force = tuple(a for a in kept if a.id not in found.superseded)
        return replace(
            self,
            articles=kept,
            articles_by_id=MappingProxyType({a.id: a for a in kept}),
            in_force=in_force,
            corrections=found,
            admitted=_admitted(self.passages, in_force),
            lexicon=Lexicon(in_force, self.segmenter),
        )

    @property
    def newest_day(self) -> dt.date | None:
        """Return the newest date of an article in force; a question's 今年 and 上周 are counted from it."""
        return max((a.date for a in self.in_force if a.date), default=None)

    @property
    def record(self) -> Generation:
        """Return what the library and the manifest keep of this generation."""
        return Generation(
            id=self.generation,
            created_at=self.created_at,
            model=self.model,
            fingerprint=self.fingerprint,
            dimension=self.dimension,
            content_hash=self.content_hash,
            articles=len(self.articles),
            passages=len(self.passages),
            report=self.report,
        )

    def article(self, identifier: str) -> Article:
        """Return an article.

        Raises:
            NotFoundError: this generation has none with that identifier.
        """
        try:
            return self.articles_by_id[identifier]
        except KeyError:
            raise NotFoundError(f"没有编号为 {identifier} 的文章") from None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot's folder must hold."""

    format: Literal[1, 2]
    """In the first one the lexical index is as bm25s keeps it; it is read, no longer written."""
    generation: Generation
    tokens: str
    """Hash of the search tokens of a few passages: other code must not search this lexical index."""
    files: dict[str, str]
    """SHA-256 of every other file by its path within the folder."""


_MANIFEST_JSON = TypeAdapter(Manifest)
_ARTICLE_JSON = TypeAdapter(Article)


@dataclass(frozen=True, slots=True)
class _Words:
    """The file of words: what the segmenter was taught, and which article gave what."""

    version: int
    taught: list[tuple[str, str, int]]
    articles: dict[str, ArticleWords]


_WORDS_JSON = TypeAdapter(_Words)


def build(
    generation: Generation,
    articles: Sequence[Article],
    passages: Sequence[Passage],
    vectors: Matrix,
    cut: Cut | None = None,
    found: Corrections | None = None,
) -> Snapshot:
    """Derive both indexes of a generation.

    Args:
        generation: its record.
        articles: ordered by source and position.
        passages: ordered by identifier.
        vectors: row i of passage i, normalised, float32 ``(len(passages), generation.dimension)``.
        cut: of an earlier generation; spares cutting the passages that would be cut the same, and
            changes nothing else.
        found: what :func:`qa.amendments.corrections.find` says of the articles, where that is known already.

    Raises:
        ValueError: a vector is not of length 1.
    """
    by_id = {a.id: a for a in articles}
    known = cut.words if cut is not None else {}
    words = {a.id: known.get(a.id) or article_words(a) for a in articles}
    segmenter = corpus_segmenter(articles, words, cut.taught if cut is not None else ())
    lexical = index_tokens(cut, passages, by_id, segmenter)
    indexed = VectorIndex.build(vectors)
    return _snapshot(generation, articles, passages, indexed, lexical, segmenter, words, found)


def read_cut(folder: Path, article_ids: Sequence[str]) -> Cut | None:
    """Return how a snapshot's passages were cut; ``None`` where its version did not keep that.

    Args:
        folder: the snapshot's, which :func:`verify` has checked.
        article_ids: of the lines of its articles.

    Raises:
        SnapshotError: a file is missing or damaged.
    """
    words = _read_words(folder)
    if words is None or words.version != WORDS_VERSION:
        return None
    places = _read_places(folder / _PASSAGES)
    lexical = LexicalIndex.load(folder / _LEXICAL, documents=len(places), mapped=True)
    return Cut(tuple(article_ids), places, lexical, words.articles, tuple(words.taught))


def _read_words(folder: Path) -> _Words | None:
    path = folder / _WORDS
    try:
        return _WORDS_JSON.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None  # an earlier version's
    except (OSError, ValidationError) as error:
        raise SnapshotError(f"索引快照的词表无法读取:{path}") from error


def save(snapshot: Snapshot, folder: Path) -> Manifest:
    """Write a snapshot into an empty folder, the manifest last; return that.

    Its checksums are those of what was to be written: :func:`verify` tells whether the disk holds it.

    Raises:
        OSError: a file cannot be written.
    """
    files: dict[str, str] = {}

    def write(name: str, fill: Callable[[HashedFile], object]) -> None:
        with HashedFile(folder / name) as file:
            fill(file)
        files[name] = file.sha256

    def lines(file: HashedFile) -> None:
        for article in snapshot.articles:
            file.write(line_of(article) + b"\n")

    def array(values: NDArray[Any] | Spliced) -> Callable[[HashedFile], object]:
        return lambda file: save_array(values, file.write)

    at = {a.id: line for line, a in enumerate(snapshot.articles)}
    places = np.array([(at[p.article_id], p.start, p.end) for p in snapshot.passages], np.int64)
    words = _Words(WORDS_VERSION, list(snapshot.segmenter.taught), dict(snapshot.words))
    write(_ARTICLES, lines)
    write(_PASSAGES, array(places.reshape(-1, 3)))
    write(_VECTORS, lambda file: snapshot.vectors.save(file.write))
    (folder / _LEXICAL).mkdir()
    for name, values in snapshot.lexical.arrays().items():
        write(f"{_LEXICAL}/{name}", array(values))
    write(_WORDS, lambda file: file.write(_WORDS_JSON.dump_json(words)))
    tokens = _tokens_hash(snapshot.passages, snapshot.articles_by_id, snapshot.segmenter)
    manifest = Manifest(2, snapshot.record, tokens, dict(sorted(files.items())))
    (folder / MANIFEST).write_bytes(_MANIFEST_JSON.dump_json(manifest, indent=1))
    return manifest


def load(folder: Path) -> Snapshot:
    """Read a snapshot and check it through: checksums, counts, offsets, vectors, search tokens.

    Raises:
        SnapshotError: a file is missing or damaged, or another version of the program wrote it.
    """
    manifest = verify(folder)
    generation = manifest.generation
    articles = read_articles(folder)
    by_id = {a.id: a for a in articles}
    passages = _read_passages(folder / _PASSAGES, articles)
    if (len(by_id), len(passages)) != (generation.articles, generation.passages):
        raise SnapshotError(f"索引快照的文章或段落数与清单不符:{folder}")
    vectors = VectorIndex.load(folder / _VECTORS, dimension=generation.dimension, rows=len(passages))
    lexical = LexicalIndex.load(folder / _LEXICAL, documents=len(passages))
    words, segmenter = _words_of(folder, articles)
    snapshot = _snapshot(generation, articles, passages, vectors, lexical, segmenter, words)
    if _tokens_hash(passages, by_id, segmenter) != manifest.tokens:
        raise SnapshotError(f"索引快照由另一版本的分词写成,需要重建:{folder}")
    return snapshot


def tokens_hash(folder: Path, articles: Sequence[Article], passages: Sequence[Passage]) -> str:
    """Return what the manifest of a snapshot of these articles and passages would say of its search tokens.

    Args:
        folder: the snapshot's, for the words that its articles are known to hold.
        articles: in its order.
        passages: in its order.

    Raises:
        SnapshotError: the file of words is damaged.
    """
    _, segmenter = _words_of(folder, articles)
    return _tokens_hash(passages, {a.id: a for a in articles}, segmenter)


def _words_of(folder: Path, articles: Sequence[Article]) -> tuple[Mapping[str, ArticleWords], Segmenter]:
    """Return a snapshot's words by article and its segmenter, derived anew where its version kept neither."""
    kept = _read_words(folder)
    if kept is not None and kept.version == WORDS_VERSION and all(a.id in kept.articles for a in articles):
        return kept.articles, Segmenter.as_taught(kept.taught)
    words = {a.id: article_words(a) for a in articles}
    return words, corpus_segmenter(articles, words)


def verify(folder: Path) -> Manifest:
    """Check every file of a snapshot's folder against its manifest, and return that.

    Raises:
        SnapshotError: names the file that is missing, damaged or not listed.
    """
    manifest = _read_manifest(folder)
    try:
        for name in sorted({*manifest.files, *_files(folder)} - {MANIFEST}):
            if sha256_of(folder / name) != manifest.files.get(name):
                raise SnapshotError(f"索引快照的文件已损坏:{folder / name}")
    except FileNotFoundError as error:
        raise SnapshotError(f"索引快照缺少文件:{error.filename}") from error
    except OSError as error:
        raise SnapshotError(f"索引快照的文件无法读取({error.strerror}):{error.filename}") from error
    return manifest


def _read_manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    try:
        return _MANIFEST_JSON.validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise SnapshotError(f"索引快照缺少文件:{path}") from error
    except (OSError, ValidationError) as error:
        raise SnapshotError(f"索引快照的清单无法读取,或由另一版本的程序写成:{path}") from error


def read_record(folder: Path) -> Generation:
    """Return the record in a snapshot's manifest, without looking at its other files.

    Raises:
        SnapshotError: the manifest is missing, damaged or of another version.
    """
    return _read_manifest(folder).generation


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


def read_lines(folder: Path) -> list[bytes]:
    """Return the lines of a snapshot's file of articles, in its order.

    Raises:
        SnapshotError: the file is missing or cannot be read.
    """
    path = folder / _ARTICLES
    try:
        return path.read_bytes().splitlines()
    except OSError as error:
        raise SnapshotError(f"索引快照的文章无法读取:{path}") from error


def read_articles(folder: Path) -> tuple[Article, ...]:
    """Return the articles of a snapshot's folder, in its order, without loading the rest.

    Raises:
        SnapshotError: the file is missing or damaged.
    """
    try:
        return tuple(map(article_of, read_lines(folder)))
    except SnapshotError as error:
        raise SnapshotError(f"索引快照的文章无法读取:{folder / _ARTICLES}") from error


def _read_passages(path: Path, articles: Sequence[Article]) -> tuple[Passage, ...]:
    passages = []
    for line, start, end in _read_places(path).tolist():
        if not (0 <= line < len(articles) and 0 <= start < end <= len(articles[line].body)):
            raise SnapshotError(f"索引快照的段落超出了文章:{path}")
        passages.append(Passage(articles[line].id, start, end, articles[line].body[start:end]))
    return tuple(passages)


def _read_places(path: Path) -> NDArray[np.int64]:
    """Return line of the article, start and end of each passage: ``(n, 3)``."""
    try:
        places: NDArray[np.int64] = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise SnapshotError(f"索引快照的段落无法读取:{path}") from error
    if places.ndim != 2 or places.shape[1] != 3 or places.dtype != np.int64:
        raise SnapshotError(f"索引快照的段落无法读取:{path}")
    return places


def _snapshot(
    generation: Generation,
    articles: Sequence[Article],
    passages: Sequence[Passage],
    vectors: VectorIndex,
    lexical: LexicalIndex,
    segmenter: Segmenter,
    words: Mapping[str, ArticleWords],
    found: Corrections | None = None,
) -> Snapshot:
    found = corrections.find(articles) if found is None else found
    in_force = tuple(a for a in articles if a.id not in found.superseded)
    return Snapshot(
        generation=generation.id,
        created_at=generation.created_at,
        model=generation.model,
        fingerprint=generation.fingerprint,
        dimension=generation.dimension,
        content_hash=generation.content_hash,
        report=generation.report,
        articles=tuple(articles),
        articles_by_id=MappingProxyType({a.id: a for a in articles}),
        in_force=in_force,
        corrections=found,
        passages=tuple(passages),
        admitted=_admitted(passages, in_force) if found.superseded else None,
        vectors=vectors,
        lexical=lexical,
        segmenter=segmenter,
        words=words,
        lexicon=Lexicon(in_force, segmenter),
    )


def _admitted(passages: Sequence[Passage], articles: Iterable[Article]) -> NDArray[np.bool_]:
    """Return which passages are of some articles: ``(len(passages),)``."""
    identifiers = {a.id for a in articles}
    return np.fromiter((p.article_id in identifiers for p in passages), bool, len(passages))


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir())


def _tokens_hash(passages: Sequence[Passage], articles: Mapping[str, Article], segmenter: Segmenter) -> str:
    probes = passages[:: max(1, len(passages) // _PROBES)]
    tokens = [tokens_of(p, articles, segmenter) for p in probes]
    return hashlib.sha256(json.dumps(tokens).encode()).hexdigest()
