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

from qa import activation, corrections, generations, recovery, replacing, snapshot, withdrawals
from qa.bulletin import article_id
from qa.config import DEFAULT_MODEL
from qa.differences import Differences, compare
from qa.durable import locked
from qa.embedding import add_passages, add_vectors, split_key
from qa.errors import (
    ConfigError,
    DamagedLibraryError,
    LibraryError,
    SnapshotError,
    WithdrawalError,
)
from qa.generations import Rollback
from qa.library import Generation, Library, SplitKey
from qa.snapshot import ARTICLE_JSON, Snapshot
from qa.sync import sync
from qa.types import Article, CanaryFailure, Failure, IndexReport, Passage, Progress
from qa.vectors import Embedder, Matrix, unit_rows

LIBRARY_FILE = "library.sqlite"
LOCK_FILE = "build.lock"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A generation that is made but not written yet, and the one that it would take the place of."""

    made: Snapshot
    """Without what is withdrawn, as it would serve."""
    shared: frozenset[str]
    """Identifiers of the articles that both hold; empty for the first generation."""
    passed_before: tuple[str, ...]
    """Canary questions that the serving generation is on record to answer right; none where something of it
    was withdrawn, which the record may rest on."""
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
    folder: Path
    tokens: str
    """Hash of the search tokens of a few passages."""


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
    after: int = 0,
) -> IndexReport:
    """Bring the index in step with the files under some paths, and activate it if anything changed.

    Files elsewhere keep what they have. A file that cannot be read keeps the articles it had and is
    reported. A damaged or missing snapshot is made again from the library under a new number; a damaged or
    missing library is made again from the newest whole snapshot and the files, the damaged one set aside.
    Where nothing was ever indexed and no file yields an article, nothing is made: generation 0, not
    activated.

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
        after: a new generation's number is above this one.

    Raises:
        ConfigError: a path does not exist and never did, or there is nothing at all to index.
        BusyError: another run holds the lock.
        LibraryError, SnapshotError: data cannot be read or written; what served before goes on serving.
        ModelError: the model returns vectors that are none.
    """
    started = time.monotonic()
    tell = progress or (lambda _: None)
    place = Path(os.path.abspath(root or Path.cwd()))
    file = data_dir / LIBRARY_FILE

    def attempt(*notes: Failure) -> IndexReport:
        refilled = recovery.refill(file, data_dir)
        with Library(file) as library:
            said = (*notes, refilled) if refilled else notes
            return _build(library, paths, data_dir, encoder, tell, place, model, said, gate, force, after)

    with build_lock(data_dir):
        try:
            report = attempt()
        except DamagedLibraryError as error:
            aside = recovery.set_aside(file)
            report = attempt(Failure(str(file), f"{error};已移到 {aside.name},文库已重建"))
    return replace(report, seconds=round(time.monotonic() - started, 3))


def recorded_generations(data_dir: Path) -> tuple[Generation, ...]:
    """Return the history that the library keeps, oldest first; empty before the first run.

    Raises:
        LibraryError: the library cannot be read.
    """
    if not (data_dir / LIBRARY_FILE).exists():
        return ()
    with Library(data_dir / LIBRARY_FILE) as library:
        return library.generations()


def roll_back(data_dir: Path, number: int) -> Rollback:
    """Activate an older generation that is still on disk; see :func:`qa.generations.roll_back`.

    Raises:
        BusyError: the index is being built.
        NotFoundError, GoneError, SnapshotError, LibraryError: as there.
    """
    with build_lock(data_dir):
        return generations.roll_back(data_dir, recorded_generations(data_dir), number)


@contextmanager
def build_lock(data_dir: Path) -> Iterator[None]:
    """Hold the one lock under which library and snapshots are written; a dead process never holds it.

    An import that was cut off is completed, or cleared away, first.

    Raises:
        BusyError: another process or thread holds it.
        BackupError: an import that was cut off cannot be completed.
        LibraryError: the data folder cannot be written.
    """
    with locked(
        data_dir / LOCK_FILE,
        0,
        "另一个程序正在建立索引,请等它完成后再试",
        lambda reason: LibraryError(f"数据文件夹无法写入:{reason}({data_dir})"),
    ):
        replacing.complete(data_dir)
        yield


def _build(
    library: Library,
    paths: Sequence[Path],
    data_dir: Path,
    encoder: Embedder,
    progress: Callable[[Progress], None],
    root: Path,
    model: str,
    damage: tuple[Failure, ...],
    gate: Gate | None,
    force: bool,
    after: int,
) -> IndexReport:
    clock = _Clock()
    activation.clean(data_dir)
    try:
        serving = _serving(data_dir)
    except SnapshotError as error:
        serving, damage = None, (*damage, _healed(data_dir, error))
    if serving and serving.record.id > library.newest_generation():
        library.put_generation(serving.record)  # its run was killed right after activating it
    before = serving.articles if serving else library.articles()
    clock.lap("open")

    synced = sync(library, paths, root=root, skip=Path(os.path.abspath(data_dir)), progress=progress)
    articles = _checked(library.articles(), data_dir)
    clock.lap("read")
    never_indexed = serving is None and not library.newest_generation()
    if never_indexed and not articles and not synced.failed:
        raise ConfigError(f"没有找到公报文件:{'、'.join(map(str, paths))}")

    key = split_key(encoder)
    add_passages(library, encoder, articles)
    clock.lap("split")
    encoded = add_vectors(library, encoder, articles, progress)
    clock.lap("encode")
    passages, vectors = _passages(library, key, encoder.dimension, articles, data_dir)
    hashed = content_hash(articles, passages, key)
    differences = compare(before, articles)
    report = IndexReport(
        generation=serving.record.id if serving else 0,
        activated=False,
        added=differences.added,
        changed=differences.changed,
        removed=differences.removed,
        unchanged=differences.unchanged,
        failed=synced.failed,
        notes=(*damage, *synced.notes, *_remarks(data_dir, articles, differences)),
        articles=len(articles),
        passages=len(passages),
        encoded=encoded,
        seconds=clock.total(),
    )
    clock.lap("compare")
    if never_indexed and not articles:
        return report
    if serving and serving.record.content_hash == hashed:
        if library.has_leftovers():
            library.prune(key)  # the run that activated this generation was cut off before it could
        same_tokens = serving.tokens == snapshot.tokens_hash(serving.folder, articles, passages)
        clock.lap("check")
        if same_tokens:
            return replace(report, timings=clock.laps)
        problem = SnapshotError(f"索引快照由另一版本的分词写成:{serving.folder}")
        report = replace(report, notes=(*report.notes, _healed(data_dir, problem)))

    number = 1 + max(activation.newest_number(data_dir), library.newest_generation(), after)
    record = Generation(
        id=number,
        created_at=dt.datetime.now(dt.UTC),
        model=model,
        fingerprint=encoder.fingerprint,
        dimension=encoder.dimension,
        content_hash=hashed,
        articles=len(articles),
        passages=len(passages),
        report=replace(report, generation=number, activated=True, timings=dict(clock.laps)),
    )
    made = snapshot.build(record, articles, passages, vectors, _cut(serving))
    clock.lap("derive")
    if gate is not None:
        checked = gate(_candidate(made, serving, data_dir, encoder.fingerprint), progress)
        clock.lap("ask")
        found = replace(
            record.report, passed=checked.passed, canary_failures=checked.failed,
            notes=(*record.report.notes, *checked.notes),
        )  # fmt: skip
        if checked.failed and not force:
            return replace(found, generation=report.generation, activated=False, timings=clock.laps)
        record = replace(record, report=found)
        made = replace(made, report=found)
    progress(Progress("write", 0, 1))
    activation.write(made, data_dir)
    activation.activate(made, data_dir)
    clock.lap("write")
    library.put_generation(record)
    library.prune(key)
    activation.clean(data_dir)
    clock.lap("clean")
    progress(Progress("write", 1, 1))
    return replace(record.report, timings=clock.laps)


class _Clock:
    """How long each part of a run took, in seconds."""

    def __init__(self) -> None:
        self._began = self._last = time.monotonic()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """End a part."""
        now = time.monotonic()
        self.laps[name] = round(now - self._last, 4)
        self._last = now

    def total(self) -> float:
        """Return how long the run has been going on."""
        return time.monotonic() - self._began


_DONE = {"whole": "取代了", "part": "更正了"}


def _remarks(data_dir: Path, articles: Sequence[Article], differences: Differences) -> list[Failure]:
    """Return what an editor should know of new articles: what they correct, what was withdrawn."""
    new = {ref.id for ref in (*differences.added, *differences.changed)}
    found = corrections.find(articles)
    said = [
        Failure(
            c.newer.source,
            f"《{c.newer.title}》{_DONE[c.kind]}《{c.older.title}》（{c.older.source}）",
        )
        for c in found.all
        if c.newer.id in new
    ]
    said += [
        Failure(a.source, f"《{a.title}》像是更正，但看不出更正的是哪一篇，没有据此改动")
        for a in found.unresolved
        if a.id in new
    ]
    try:
        withdrawn = withdrawals.read(data_dir)
    except WithdrawalError as error:
        return [*said, Failure(str(data_dir / withdrawals.WITHDRAWN_FILE), str(error))]
    out = withdrawn.of(articles)
    for article in articles:
        if article.id not in new:
            continue
        if article.id in out:
            said.append(
                Failure(article.source, f"《{article.title}》已撤回，仍不用于回答；要用请运行 qa restore")
            )
        elif withdrawn.same_headline(article):
            said.append(
                Failure(article.source, f"《{article.title}》与一篇已撤回的文章同题而内容不同，已照常收录")
            )
    return sorted(said, key=lambda remark: remark.source)


def _candidate(made: Snapshot, serving: _Serving | None, data_dir: Path, fingerprint: str) -> Candidate:
    before = serving.articles if serving else ()
    try:
        withdrawn = withdrawals.read(data_dir)
        shared = {a.id for a in before} & set(made.articles_by_id)
    except WithdrawalError:
        withdrawn, shared = withdrawals.NOTHING, set()  # nothing is drawn that may be withdrawn
    hidden = withdrawn.of((*before, *made.articles))

    def load() -> Snapshot | None:
        if serving is None:
            return None
        try:
            return activation.load_current(data_dir, fingerprint).without(hidden)
        except SnapshotError:  # of another model, or cut by other code: it cannot be asked any more
            return None

    return Candidate(
        made=made.without(hidden),
        shared=frozenset(shared - set(hidden)),
        passed_before=serving.record.report.passed if serving and not hidden else (),
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
    manifest = snapshot.verify(folder)
    return _Serving(manifest.generation, snapshot.read_articles(folder), folder, manifest.tokens)


def _cut(serving: _Serving | None) -> snapshot.Cut | None:
    """Return how the serving generation was cut; ``None`` where that cannot be had: it only saves time."""
    try:
        return snapshot.read_cut(serving.folder, serving.articles) if serving else None
    except SnapshotError:
        return None


def _checked(articles: tuple[Article, ...], data_dir: Path) -> tuple[Article, ...]:
    """Return articles from the library after comparing each text with its identifier.

    Raises:
        DamagedLibraryError: one is not what was put in; SQLite has no checksums of its own.
    """
    for article in articles:
        if article.id != article_id(article.title, article.body):
            raise DamagedLibraryError(f"文库中文章 {article.id} 的内容已损坏:{data_dir / LIBRARY_FILE}")
    return articles


def _healed(data_dir: Path, error: SnapshotError) -> Failure:
    return Failure(str(data_dir), f"{error};已从文库重建")


def _passages(
    library: Library, key: SplitKey, dimension: int, articles: Sequence[Article], data_dir: Path
) -> tuple[list[Passage], Matrix]:
    places, vectors = library.encoded_passages(key, dimension)
    bodies = {a.id: a.body for a in articles}
    if not unit_rows(vectors) or not all(0 <= start < end <= len(bodies[a]) for a, start, end in places):
        raise DamagedLibraryError(f"文库中的段落或向量已损坏:{data_dir / LIBRARY_FILE}")
    return [Passage(a, start, end, bodies[a][start:end]) for a, start, end in places], vectors


def content_hash(articles: Sequence[Article], passages: Sequence[Passage], key: SplitKey) -> str:
    """Hash what a generation holds: equal for equal input, whatever the order or history of runs.

    Vectors are not in it, their model is: their last bits depend on what else was in the batch.
    """
    digest = hashlib.sha256(f"{key.splitter}\n{key.fingerprint}\n".encode())
    for article in sorted(articles, key=lambda a: a.id):
        digest.update(ARTICLE_JSON.dump_json(article) + b"\n")
    for passage in passages:
        digest.update(f"{passage.id}\n".encode())
    return digest.hexdigest()
