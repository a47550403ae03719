"""Bulletin files → library → snapshot: incremental, interruptible at any instant, with a report.

The library is brought in step with the files in small commits; then passages and vectors that are
missing are added, again in small commits, so that a killed run resumes where it stopped. Only the
last step, :func:`qa.building.activation.activate`, changes what is served. What changed is told by comparing
with the generation that serves, not with the library, so it is right after a killed run too.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qa.building import activation, generations, recovery
from qa.building.collecting import Listing, collect, list_articles
from qa.building.gate import Gate
from qa.building.generations import Rollback
from qa.building.lock import LIBRARY_FILE, build_lock
from qa.building.publishing import publish
from qa.building.remarks import remarks
from qa.building.runs import Clock, Run
from qa.config import DEFAULT_MODEL
from qa.errors import (
    ConfigError,
    DamagedLibraryError,
    DamagedSnapshotError,
    SnapshotError,
)
from qa.index import snapshot_files
from qa.index.differences import compare
from qa.index.embedding import add_passages, add_vectors
from qa.index.snapshot_files import Earlier
from qa.index.vectors import Embedder
from qa.ingest.emptied import below, full, holds_bulletins, refuse_emptied
from qa.ingest.sync import sync
from qa.memory import few_collections
from qa.storage.library import Generation, Library
from qa.storage.sources import file_of
from qa.storage.untouched import is_untouched, remember
from qa.types import Article, Failure, IndexReport, Progress


@dataclass(frozen=True, slots=True)
class _Told:
    """What a run has to tell before it is known what changed."""

    failed: tuple[Failure, ...]
    notes: tuple[Failure, ...]
    encoded: int


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
    guarded: Sequence[Path] = (),
    after: int = 0,
    seconds: Callable[[], float] = time.monotonic,
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
        guarded: folders that are not followed into being empty: for callers that nobody watches.
        after: a new generation's number is above this one.
        seconds: the clock that the report's times are taken from.

    Raises:
        ConfigError: a path does not exist and never did, or there is nothing at all to index.
        BusyError: another run holds the lock.
        EmptiedError: a guarded folder that articles serve from holds no bulletin any more; what serves stays.
        LibraryError, SnapshotError: data cannot be read or written; what served before goes on serving.
        ModelError: the model returns vectors that are none.
    """
    started = seconds()
    place = Path(os.path.abspath(root or Path.cwd()))
    file = data_dir / LIBRARY_FILE

    def attempt(*notes: Failure) -> IndexReport:
        trusted = is_untouched(file)
        refilled = recovery.refill(file, data_dir)
        with Library(file) as library:
            run = Run(
                library, paths, data_dir, encoder, progress or (lambda _: None), place, model, gate, force,
                guarded, after, trusted, Clock(seconds),
            )  # fmt: skip
            report = _build(run, (*notes, refilled) if refilled else notes)
        remember(file)
        return report

    with build_lock(data_dir), few_collections():
        try:
            report = attempt()
        except DamagedLibraryError as error:
            aside = recovery.set_aside(file)
            report = attempt(Failure(str(file), f"{error};已移到 {aside.name},文库已重建"))
    return replace(report, seconds=round(seconds() - started, 3))


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
    """Activate an older generation that is still on disk; see :func:`qa.building.generations.roll_back`.

    Raises:
        BusyError: the index is being built.
        NotFoundError, GoneError, SnapshotError, LibraryError: as there.
    """
    with build_lock(data_dir):
        return generations.roll_back(data_dir, recorded_generations(data_dir), number)


def _build(run: Run, damage: tuple[Failure, ...]) -> IndexReport:
    """Do what :func:`build_index` says, with the library open and the lock held.

    Args:
        run: what to work with.
        damage: what was mended before, for the report.
    """
    serving, healed = _open(run)
    before = () if serving else run.library.articles()
    skip = Path(os.path.abspath(run.data_dir))
    _refuse_emptied(run, skip)
    run.clock.lap("open")
    synced = sync(run.library, run.paths, root=run.root, skip=skip, progress=run.progress)
    listing = list_articles(run.library, run.file, serving, all_texts=_base(run, serving) is None)
    before = listing.gone if serving else before
    _refuse_dropped(run, {*(place.source for place in listing.places), *(a.source for a in before)})
    run.clock.lap("read")
    if serving is None and _never_indexed(run) and not listing.places and not synced.failed:
        raise ConfigError(f"没有找到公报文件:{'、'.join(map(str, run.paths))}")
    base = _base(run, serving)
    known = frozenset(base.columns.ids if base else ())
    add_passages(run.library, run.encoder, listing.numbers.keys() - known, listing.articles)
    run.clock.lap("split")
    encoded = add_vectors(run.library, run.encoder, listing.articles, run.progress)
    run.clock.lap("encode")
    told = _Told(synced.failed, (*damage, *healed, *synced.notes), encoded)
    try:
        return _update(run, serving, listing, before, told)
    except DamagedSnapshotError as error:
        before = serving.columns.articles() if serving else ()
        listing = list_articles(run.library, run.file, None, all_texts=True)
        told = replace(told, notes=(*told.notes, _healed(run.data_dir, error)))
        return _update(run, None, listing, before, told)


def _update(
    run: Run, serving: Earlier | None, listing: Listing, before: Sequence[Article], told: _Told
) -> IndexReport:
    """Bring what serves in step with the library, which is in step with the files.

    Args:
        run: what to work with.
        serving: what serves; ``None`` where it cannot be gone on from.
        listing: the library's articles, which have all their passages and vectors.
        before: what served of them, but for those that are the same.
        told: for the report.

    Raises:
        DamagedSnapshotError: what serves is damaged; nothing was made of it.
    """
    content = collect(listing, _base(run, serving), run.key, run.encoder.dimension)
    differences = compare(before, listing.new, also=listing.unchanged)
    news = {ref.id for ref in (*differences.added, *differences.changed)}
    said = remarks(run.data_dir, [a for a in listing.new if a.id in news], content.columns.articles)
    report = IndexReport(
        generation=serving.manifest.generation.id if serving else 0,
        activated=False,
        added=differences.added,
        changed=differences.changed,
        removed=differences.removed,
        unchanged=differences.unchanged,
        failed=told.failed,
        notes=(*told.notes, *said),
        articles=len(listing.places),
        passages=len(content.columns.places),
        encoded=told.encoded,
        seconds=run.clock.total(),
    )
    run.clock.lap("compare")
    if serving is None and _never_indexed(run) and not listing.places:
        return report
    if serving and serving.manifest.generation.content_hash == content.content_hash:
        serving.verify()
        problem = _unusable(run, serving)
        run.clock.lap("check")
        if problem is None:
            return replace(report, timings=run.clock.laps)
        report = replace(report, notes=(*report.notes, _healed(run.data_dir, problem)))
    return publish(run, serving, listing, content, before, report)


def _never_indexed(run: Run) -> bool:
    return not run.library.newest_generation()


def _base(run: Run, serving: Earlier | None) -> Earlier | None:
    """Return what serves where passages and vectors can be taken from there instead of from the library.

    They are those that a run would find there, and the library, not looked at, is as it was left.
    """
    if serving is None or not run.trusted:
        return None
    manifest = serving.manifest
    same = (manifest.splitter, manifest.generation.fingerprint) == (run.key.splitter, run.key.fingerprint)
    return serving if same else None


def _open(run: Run) -> tuple[Earlier | None, tuple[Failure, ...]]:
    """Return what serves, and what there is to say where it is damaged."""
    activation.clean(run.data_dir)
    try:
        serving = _serving(run.data_dir)
    except SnapshotError as error:
        return None, (_healed(run.data_dir, error),)
    if serving and serving.manifest.generation.id > run.library.newest_generation():
        run.library.put_generation(
            serving.manifest.generation
        )  # its run was killed right after activating it
    return serving, ()


def _refuse_emptied(run: Run, skip: Path) -> None:
    """Refuse to begin where a guarded folder that the run would look into is found empty.

    Raises:
        EmptiedError: as :func:`build_index`.
    """
    paths = [full(path, run.root) for path in run.paths]
    looked_into = [
        folder
        for folder in run.guarded
        if below(full(folder, run.root), paths, run.root)
        or any(below(path, [folder], run.root) for path in paths)
    ]
    if looked_into:

        def holds(folder: Path) -> bool:
            return holds_bulletins(run.root / folder, skip)

        refuse_emptied(looked_into, run.library.sources(), run.root, holds)


def _refuse_dropped(run: Run, sources: Collection[str]) -> None:
    """Refuse to go on where a guarded folder dropped while the files were being looked for.

    What the library forgot for it is read again once the folder is back. Until then each run ends here: what
    serves counts, not the library.

    Args:
        run: what to work with.
        sources: names of those that articles serve from, or will.

    Raises:
        EmptiedError: as :func:`build_index`.
    """
    if not run.guarded:
        return
    files = [run.root / file_of(name) for name in run.library.sources()]
    refuse_emptied(
        run.guarded,
        sources,
        run.root,
        lambda folder: any(below(file, [folder], run.root) for file in files),
    )


def _unusable(run: Run, serving: Earlier) -> SnapshotError | None:
    """Return why what serves cannot serve on though it holds the right content, ``None`` where it can."""
    if run.library.has_leftovers():
        run.library.prune(run.key)  # the run that activated this generation was cut off before it could
    try:
        if snapshot_files.is_cut_the_same(serving):
            return None
    except SnapshotError as error:
        return error
    return SnapshotError(f"索引快照由另一版本的分词写成:{serving.folder}")


def _healed(data_dir: Path, error: SnapshotError) -> Failure:
    return Failure(str(data_dir), f"{error};已从文库重建")


def _serving(data_dir: Path) -> Earlier | None:
    """Return what serves, ``None`` before the first generation.

    Raises:
        SnapshotError: its files are damaged, as far as they are read now.
    """
    folder = activation.served_folder(data_dir)
    return snapshot_files.earlier(folder) if folder else None
