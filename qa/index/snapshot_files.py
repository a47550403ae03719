"""A generation on disk: written, checked, read back, gone on from.

It is a folder of named files with a manifest that holds their checksums::

    snapshots/7/manifest.json   format, generation, fingerprint, dimension, counts, checksums
                articles.jsonl  one article a line, in the order of Snapshot.articles
                passages.npy    int64 (n, 3): article line, start, end
                vectors.faiss   row i is passage i
                lexical/        document i is passage i
                taught.json     what the corpus taught the segmenter

:mod:`qa.building.activation` decides which folder serves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from qa.durable import HashedFile, sha256_of
from qa.errors import DamagedSnapshotError, SnapshotError
from qa.index.article_lines import Lines, article_of, write_lines
from qa.index.columns import Columns
from qa.index.cuts import Cut
from qa.index.lexical import LexicalIndex
from qa.index.making import Made
from qa.index.snapshot import Snapshot, assembled
from qa.index.splicing import Spliced
from qa.index.splicing import save as save_array
from qa.index.vectors import Matrix, VectorIndex, stored
from qa.index.vectors import save as save_vectors
from qa.language.corpus_words import WORDS_VERSION, CorpusWords
from qa.storage.library import Generation
from qa.text import PERSON, TERM, Segmenter, Taught
from qa.types import Article, Passage

MANIFEST = "manifest.json"
_ARTICLES, _PASSAGES, _VECTORS, _LEXICAL = "articles.jsonl", "passages.npy", "vectors.faiss", "lexical"
_WORDS = "taught.json"
_LOOKED_AT = (_ARTICLES, _PASSAGES, _WORDS)
"""What a run of the indexer looks at; of the other files it carries over what it can."""
_PROBES = 8


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
    splitter: str | None = None
    """Of :class:`qa.storage.library.SplitKey`: how the articles were split; earlier versions did not say."""


_MANIFEST_JSON = TypeAdapter(Manifest)


@dataclass(frozen=True, slots=True)
class _Words:
    """The file of words, in columns: records of many thousand take several times as long to read."""

    version: int
    terms: int
    """How many of the words are terms; the others are people."""
    words: list[str]
    frequencies: list[int]
    articles: list[int]

    @classmethod
    def of(cls, words: CorpusWords) -> _Words:
        """Return the file of some words."""
        said, tags, frequencies = zip(*words.taught, strict=True) if words.taught else ((), (), ())
        return cls(WORDS_VERSION, tags.count(TERM), list(said), list(frequencies), list(words.articles))

    def corpus_words(self) -> CorpusWords:
        """Return the words.

        Raises:
            ValueError: the columns are not equally long.
        """
        tags = [TERM] * self.terms + [PERSON] * (len(self.words) - self.terms)
        taught = tuple(zip(self.words, tags, self.frequencies, strict=True))
        return CorpusWords(taught, tuple(self.articles))


_WORDS_JSON = TypeAdapter(_Words)


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """A generation on disk, for the next one to go on from.

    Articles, passages and words are checked. Vectors and word index are large: who makes something of them
    calls :meth:`verify` before anybody can see it.
    """

    folder: Path
    manifest: Manifest
    columns: Columns
    lines: Lines
    """Those of its columns."""

    def cut(self) -> Cut | None:
        """Return how its passages were cut; ``None`` where its version did not keep that.

        Raises:
            SnapshotError: a file is missing or damaged.
        """
        words = _read_words(self.folder)
        if words is None:
            return None
        rows = len(self.columns.places)
        lexical = LexicalIndex.load(self.folder / _LEXICAL, documents=rows, mapped=True)
        return Cut(self.columns, lexical, words)

    def vectors(self) -> Matrix:
        """Return the vectors of its passages, left in their file.

        Raises:
            DamagedSnapshotError: the file is missing or damaged.
        """
        dimension, rows = self.manifest.generation.dimension, len(self.columns.places)
        try:
            return stored(self.folder / _VECTORS, dimension=dimension, rows=rows)
        except SnapshotError as error:
            raise DamagedSnapshotError(str(error)) from error

    def verify(self) -> None:
        """Check every file that was not checked yet.

        Raises:
            DamagedSnapshotError: one is missing, damaged or not listed.
        """
        try:
            _verify(self.folder, self.manifest, {*self.manifest.files, *_files(self.folder)} - {*_LOOKED_AT})
        except SnapshotError as error:
            raise DamagedSnapshotError(str(error)) from error


def earlier(folder: Path) -> Earlier:
    """Return what there is to go on from.

    Raises:
        SnapshotError: a file of what is looked at is missing or damaged.
    """
    manifest = _read_manifest(folder)
    _verify(folder, manifest, {*manifest.files, *_files(folder)} & {*_LOOKED_AT})
    return _earlier(folder, manifest)


def _earlier(folder: Path, manifest: Manifest) -> Earlier:
    lines = _read_lines(folder)
    places = _read_places(folder / _PASSAGES)
    columns = Columns(lines.identifiers(), lines, places)
    return Earlier(folder, manifest, columns, lines)


def _read_words(folder: Path) -> CorpusWords | None:
    """Return a snapshot's words, ``None`` where its version kept none or would find others now."""
    path = folder / _WORDS
    try:
        words = _WORDS_JSON.validate_json(path.read_bytes())
        return words.corpus_words() if words.version == WORDS_VERSION else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:  # pydantic's errors are the latter
        raise SnapshotError(f"索引快照的词表无法读取:{path}") from error


def save(made: Made, folder: Path) -> Manifest:
    """Write a generation into an empty folder, the manifest last; return that.

    Its checksums are those of what was to be written: :func:`verify` tells whether the disk holds it.

    Raises:
        OSError: a file cannot be written.
    """
    files: dict[str, str] = {}

    def write(name: str, fill: Callable[[HashedFile], object]) -> None:
        with HashedFile(folder / name) as file:
            fill(file)
        files[name] = file.sha256

    def array(values: NDArray[Any] | Spliced) -> Callable[[HashedFile], object]:
        return lambda file: save_array(values, file.write)

    words = _Words.of(made.words)
    write(_ARTICLES, lambda file: write_lines(made.columns.lines, file.write))
    write(_PASSAGES, array(made.columns.places))
    write(_VECTORS, lambda file: save_vectors(made.vectors, file.write))
    (folder / _LEXICAL).mkdir()
    for name, values in made.lexical.arrays().items():
        write(f"{_LEXICAL}/{name}", array(values))
    write(_WORDS, lambda file: file.write(_WORDS_JSON.dump_json(words)))
    tokens = _tokens_hash(made.columns, made.words.taught)
    manifest = Manifest(2, made.record, tokens, dict(sorted(files.items())), made.splitter)
    (folder / MANIFEST).write_bytes(_MANIFEST_JSON.dump_json(manifest, indent=1))
    return manifest


def load(folder: Path) -> Snapshot:
    """Read a snapshot and check it through: checksums, counts, offsets, vectors, search tokens.

    Raises:
        SnapshotError: a file is missing or damaged, or another version of the program wrote it.
    """
    manifest = verify(folder)
    columns = _earlier(folder, manifest).columns
    generation = manifest.generation
    articles = columns.articles()
    passages = _passages(columns, folder / _PASSAGES)
    if (len(columns.made), len(passages)) != (generation.articles, generation.passages):
        raise SnapshotError(f"索引快照的文章或段落数与清单不符:{folder}")
    vectors = VectorIndex.load(folder / _VECTORS, dimension=generation.dimension, rows=len(passages))
    lexical = LexicalIndex.load(folder / _LEXICAL, documents=len(passages))
    words = _words_of(folder, columns)
    snapshot = assembled(generation, articles, passages, vectors, lexical, words.taught)
    if _tokens_hash(columns, words.taught) != manifest.tokens:
        raise SnapshotError(f"索引快照由另一版本的分词写成,需要重建:{folder}")
    return snapshot


def is_cut_the_same(earlier: Earlier) -> bool:
    """Tell whether the code of today cuts a generation's passages as that which made it.

    Raises:
        SnapshotError: the file of words is damaged.
    """
    words = _words_of(earlier.folder, earlier.columns)
    return _tokens_hash(earlier.columns, words.taught) == earlier.manifest.tokens


def _words_of(folder: Path, columns: Columns) -> CorpusWords:
    """Return a snapshot's words, found anew where :func:`_read_words` returns none."""
    return _read_words(folder) or CorpusWords.of(columns.articles())


def verify(folder: Path) -> Manifest:
    """Check every file of a snapshot's folder against its manifest, and return that.

    Raises:
        SnapshotError: names the file that is missing, damaged or not listed.
    """
    manifest = _read_manifest(folder)
    _verify(folder, manifest, {*manifest.files, *_files(folder)})
    return manifest


def _verify(folder: Path, manifest: Manifest, names: Collection[str]) -> None:
    try:
        for name in sorted({*names} - {MANIFEST}):
            if sha256_of(folder / name) != manifest.files.get(name):
                raise SnapshotError(f"索引快照的文件已损坏:{folder / name}")
    except FileNotFoundError as error:
        raise SnapshotError(f"索引快照缺少文件:{error.filename}") from error
    except OSError as error:
        raise SnapshotError(f"索引快照的文件无法读取({error.strerror}):{error.filename}") from error


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


def _read_lines(folder: Path) -> Lines:
    path = folder / _ARTICLES
    try:
        return Lines.of(path)
    except OSError as error:
        raise SnapshotError(f"索引快照的文章无法读取:{path}") from error


def read_articles(folder: Path) -> tuple[Article, ...]:
    """Return the articles of a snapshot's folder, in its order, without loading the rest.

    Raises:
        SnapshotError: the file is missing or damaged.
    """
    try:
        return tuple(map(article_of, _read_lines(folder)))
    except SnapshotError as error:
        raise SnapshotError(f"索引快照的文章无法读取:{folder / _ARTICLES}") from error


def _passages(columns: Columns, path: Path) -> tuple[Passage, ...]:
    lengths = np.array([len(article.body) for article in columns.articles()], np.int64)
    line, start, end = columns.places.T
    if len(line) and not ((line >= 0) & (line < len(lengths))).all():
        raise SnapshotError(f"索引快照的段落超出了文章:{path}")
    if not ((start >= 0) & (start < end) & (end <= lengths[line])).all():
        raise SnapshotError(f"索引快照的段落超出了文章:{path}")
    return columns.passages()


def _read_places(path: Path) -> NDArray[np.int64]:
    """Return line of the article, start and end of each passage: ``(n, 3)``."""
    try:
        places: NDArray[np.int64] = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise SnapshotError(f"索引快照的段落无法读取:{path}") from error
    if places.ndim != 2 or places.shape[1] != 3 or places.dtype != np.int64:
        raise SnapshotError(f"索引快照的段落无法读取:{path}")
    return places


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir())


def _tokens_hash(columns: Columns, taught: Sequence[Taught]) -> str:
    texts = columns.texts(range(0, len(columns.places), max(1, len(columns.places) // _PROBES)))
    segmenter = Segmenter.for_texts(taught, texts)
    tokens = [segmenter.search_tokens(text) for text in texts]
    return hashlib.sha256(json.dumps(tokens).encode()).hexdigest()
