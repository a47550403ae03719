"""Bulletin files → library → snapshot: incremental, interruptible at any instant, with a report.

The library is brought in step with the files in small commits; then passages and vectors that are
missing are added, again in small commits, so that a killed run resumes where it stopped. Only the
last step, :func:`qa.activation.activate`, changes what is served. What changed is told by comparing
with the generation that serves, not with the library, so it is right after a killed run too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from qa import activation, snapshot
from qa.config import DEFAULT_MODEL
from qa.differences import compare
from qa.durable import explain
from qa.embedding import add_passages, add_vectors, split_key
from qa.errors import BusyError, ConfigError, LibraryError, SnapshotError
from qa.library import Generation, Library, SplitKey
from qa.snapshot import ARTICLE_JSON, Snapshot
from qa.sync import sync
from qa.types import Article, CanaryFailure, Failure, IndexReport, Passage, Progress
from qa.vectors import Embedder, Matrix

LIBRARY_FILE = "library.sqlite"
LOCK_FILE = "build.lock"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A generation that is made but not written yet, and the one that it would take the place of."""

    made: Snapshot
    shared: frozenset[str]
    """Identifiers of the articles that both hold; empty for the first generation."""
    passed_before: tuple[str, ...]
    """Canary questions that the serving generation is on record to answer right."""
    serving: Callable[[], Snapshot | None]
    """Loads the one that serves; ``None`` where there is none that this model could ask."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a gate found."""

    passed: tuple[str, ...]
    failed: tuple[CanaryFailure, ...]
    notes: tuple[Failure, ...]


Gate = Callable[[Candidate, Callable[[Progress], None]], Checked]
"""Judges a candidate before it is activated; :class:`qa.canaries.CanaryCheck` is one."""


@dataclass(frozen=True, slots=True)
class _Serving:
    """What the active snapshot holds, as far as the indexer needs it."""

    record: Generation
    articles: tuple[Article, ...]


def build_index(
    paths: Sequence[Path],
    data_dir: Path,
    encoder: Embedder,
    *,
    progress: Callable[[Progress], None] | None = None,
    root: Path | None = None,
    model: str = DEFAULT_MODEL,
    gate: Gate | None = None,
    force: bool = False,
) -> IndexReport:
    """Bring the index in step with the files under some paths, and activate it if anything changed.

    Files elsewhere keep what they have. A file that cannot be read keeps the articles it had and is
    reported. A damaged or missing snapshot is made again from the library under a new number. Where
    nothing was ever indexed and no file yields an article, nothing is made: generation 0, not activated.

    Args:
        paths: files and folders; one that is gone must hold sources that are known.
        data_dir: where library, snapshots and lock live; created where missing.
        encoder: the model; its fingerprint decides which vectors can be reused.
        progress: called often, from this thread.
        root: folder that source names are relative to; the current one where ``None``.
        model: the model's name, for people.
        gate: judges a new generation before it is written; where it finds failures the generation is held:
            nothing of it stays but what the library holds, and the next run makes it anew.
        force: activate whatever the gate finds; the report still tells.

    Raises:
        ConfigError: a path does not exist and never did, or there is nothing at all to index.
        BusyError: another run holds the lock.
        LibraryError, SnapshotError: data cannot be read or written; what served before goes on serving.
        ModelError: the model returns vectors that are none.
    """
    started = time.monotonic()
    tell = progress or (lambda _: None)
    with build_lock(data_dir), Library(data_dir / LIBRARY_FILE) as library:
        report = _build(
            library,
            paths,
            data_dir,
            encoder,
            tell,
            Path(os.path.abspath(root or Path.cwd())),
            model,
            gate,
            force,
        )
    return replace(report, seconds=round(time.monotonic() - started, 3))


@contextmanager
def build_lock(data_dir: Path) -> Iterator[None]:
    """Hold the one lock under which library and snapshots are written; a dead process never holds it.

    Raises:
        BusyError: another process or thread holds it.
        LibraryError: the data folder cannot be written.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(data_dir / LOCK_FILE, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise BusyError("另一个程序正在建立索引,请等它完成后再试") from error
    except OSError as error:
        raise LibraryError(f"数据文件夹无法写入:{explain(error)}({data_dir})") from error
    try:
        yield
    finally:
        lock.release()


def _build(
    library: Library,
    paths: Sequence[Path],
    data_dir: Path,
    encoder: Embedder,
    progress: Callable[[Progress], None],
    root: Path,
    model: str,
    gate: Gate | None,
    force: bool,
) -> IndexReport:
    started = time.monotonic()
    activation.clean(data_dir)
    damage: tuple[Failure, ...] = ()
    try:
        serving = _serving(data_dir)
    except SnapshotError as error:
        serving, damage = None, (_healed(data_dir, error),)
    if serving and serving.record.id > library.newest_generation():
        library.put_generation(serving.record)  # its run was killed right after activating it
    before = serving.articles if serving else library.articles()

    synced = sync(library, paths, root=root, skip=Path(os.path.abspath(data_dir)), progress=progress)
    articles = library.articles()
    never_indexed = serving is None and not library.newest_generation()
    if never_indexed and not articles and not synced.failed:
        raise ConfigError(f"没有找到公报文件:{'、'.join(map(str, paths))}")

    key = split_key(encoder)
    add_passages(library, encoder, articles)
    encoded = add_vectors(library, encoder, articles, progress)
    passages, vectors = _passages(library, key, encoder.dimension, articles)
    content_hash = _content_hash(articles, passages, key)
    differences = compare(before, articles)
    report = IndexReport(
        generation=serving.record.id if serving else 0,
        activated=False,
        added=differences.added,
        changed=differences.changed,
        removed=differences.removed,
        unchanged=differences.unchanged,
        failed=synced.failed,
        notes=(*damage, *synced.notes),
        articles=len(articles),
        passages=len(passages),
        encoded=encoded,
        seconds=time.monotonic() - started,
    )
    if never_indexed and not articles:
        return report
    if serving and serving.record.content_hash == content_hash:
        try:
            activation.load_current(data_dir, encoder.fingerprint)
        except SnapshotError as error:  # whole, but made by code that cut words otherwise
            report = replace(report, notes=(*report.notes, _healed(data_dir, error)))
        else:
            return report

    number = 1 + max(activation.newest_number(data_dir), library.newest_generation())
    record = Generation(
        id=number,
        created_at=dt.datetime.now(dt.UTC),
        model=model,
        fingerprint=encoder.fingerprint,
        dimension=encoder.dimension,
        content_hash=content_hash,
        articles=len(articles),
        passages=len(passages),
        report=replace(report, generation=number, activated=True),
    )
    made = snapshot.build(record, articles, passages, vectors)
    if gate is not None:
        checked = gate(_candidate(made, serving, data_dir, encoder.fingerprint), progress)
        found = replace(
            record.report, passed=checked.passed, canary_failures=checked.failed,
            notes=(*record.report.notes, *checked.notes),
        )  # fmt: skip
        if checked.failed and not force:
            return replace(found, generation=report.generation, activated=False)
        record = replace(record, report=found)
        made = replace(made, report=found)
    progress(Progress("write", 0, 1))
    activation.write(made, data_dir)
    activation.activate(made, data_dir)
    library.put_generation(record)
    library.prune(key)
    activation.clean(data_dir)
    progress(Progress("write", 1, 1))
    return record.report


def _candidate(made: Snapshot, serving: _Serving | None, data_dir: Path, fingerprint: str) -> Candidate:
    def load() -> Snapshot | None:
        if serving is None:
            return None
        try:
            return activation.load_current(data_dir, fingerprint)
        except SnapshotError:  # of another model, or cut by other code: it cannot be asked any more
            return None

    before = {a.id for a in serving.articles} if serving else set()
    return Candidate(
        made=made,
        shared=frozenset(before & set(made.articles_by_id)),
        passed_before=serving.record.report.passed if serving else (),
        serving=load,
    )


def _serving(data_dir: Path) -> _Serving | None:
    """Return what serves, ``None`` before the first generation.

    Raises:
        SnapshotError: its files are damaged.
    """
    folder = activation.served_folder(data_dir)
    if folder is None:
        return None
    return _Serving(snapshot.verify(folder).generation, snapshot.read_articles(folder))


def _healed(data_dir: Path, error: SnapshotError) -> Failure:
    return Failure(str(data_dir), f"{error};已从文库重建")


def _passages(
    library: Library, key: SplitKey, dimension: int, articles: Sequence[Article]
) -> tuple[list[Passage], Matrix]:
    places, vectors = library.encoded_passages(key, dimension)
    bodies = {a.id: a.body for a in articles}
    return [Passage(a, start, end, bodies[a][start:end]) for a, start, end in places], vectors


def _content_hash(articles: Sequence[Article], passages: Sequence[Passage], key: SplitKey) -> str:
    """Hash what a generation holds: equal for equal input, whatever the order or history of runs.

    Vectors are not in it, their model is: their last bits depend on what else was in the batch.
    """
    digest = hashlib.sha256(f"{key.splitter}\n{key.fingerprint}\n".encode())
    for article in sorted(articles, key=lambda a: a.id):
        digest.update(ARTICLE_JSON.dump_json(article) + b"\n")
    for passage in passages:
        digest.update(f"{passage.id}\n".encode())
    return digest.hexdigest()
