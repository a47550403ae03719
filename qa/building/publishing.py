"""A generation made of what the library holds, judged, written, and activated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from qa.building import activation
from qa.building.collecting import Content, Listing
from qa.building.gate import Candidate
from qa.building.runs import Run
from qa.errors import SnapshotError, WithdrawalError
from qa.index.cuts import Cut
from qa.index.making import Revision, make
from qa.index.snapshot import Snapshot
from qa.index.snapshot_files import Earlier
from qa.storage import withdrawals
from qa.storage.library import Generation
from qa.types import Article, IndexReport, Progress


def publish(
    run: Run,
    serving: Earlier | None,
    listing: Listing,
    content: Content,
    before: Sequence[Article],
    report: IndexReport,
) -> IndexReport:
    """Make a generation of the content, let the gate judge it, activate it; return the report.

    Args:
        run: what to work with.
        serving: what serves, to go on from; ``None`` where it cannot be gone on from.
        listing: the library's articles.
        content: what they make.
        before: the articles that served, but for those that are the same.
        report: what there is to say, but for the generation.

    Raises:
        DamagedSnapshotError: what serves is damaged; nothing was made of it.
        SnapshotError, LibraryError: nothing can be written; what served before goes on serving.
    """
    number = 1 + max(activation.newest_number(run.data_dir), run.library.newest_generation(), run.after)
    record = Generation(
        id=number,
        created_at=dt.datetime.now(dt.UTC),
        model=run.model,
        fingerprint=run.encoder.fingerprint,
        dimension=run.encoder.dimension,
        content_hash=content.content_hash,
        articles=len(content.columns.ids),
        passages=len(content.columns.places),
        report=replace(report, generation=number, activated=True, timings=dict(run.clock.laps)),
    )
    cut = _cut(serving)
    revision = Revision(cut, listing.gone, listing.new) if cut is not None else None
    made = make(record, run.key.splitter, content.columns, content.vectors, revision)
    run.clock.lap("derive")
    if serving is not None:
        serving.verify()  # most of what is asked and written now comes from there
    if run.gate is not None:
        checked = run.gate(_candidate(run, made.snapshot(), serving, before), run.progress)
        run.clock.lap("ask")
        judged = replace(
            record.report, passed=checked.passed, canary_failures=checked.failed,
            notes=(*record.report.notes, *checked.notes),
        )  # fmt: skip
        if checked.failed and not run.force:
            return replace(judged, generation=report.generation, activated=False, timings=run.clock.laps)
        made = replace(made, record=replace(record, report=judged))
    run.progress(Progress("write", 0, 1))
    activation.write(made, run.data_dir)
    activation.activate(made.record, run.data_dir)
    run.clock.lap("write")
    run.library.put_generation(made.record)
    run.library.prune(run.key)
    activation.clean(run.data_dir)
    run.clock.lap("clean")
    run.progress(Progress("write", 1, 1))
    return replace(made.record.report, timings=run.clock.laps)


def _candidate(run: Run, made: Snapshot, serving: Earlier | None, before: Sequence[Article]) -> Candidate:
    earlier = set(serving.columns.ids) if serving else {a.id for a in before}
    try:
        withdrawn = withdrawals.read(run.data_dir)
        shared = earlier & set(made.articles_by_id)
    except WithdrawalError:
        withdrawn, shared = withdrawals.NOTHING, set()  # nothing is drawn that may be withdrawn
    hidden = withdrawn.of((*before, *made.articles))

    def load() -> Snapshot | None:
        if serving is None:
            return None
        try:
            return activation.load_current(run.data_dir, made.fingerprint).without(hidden)
        except SnapshotError:  # of another model, or cut by other code: it cannot be asked any more
            return None

    return Candidate(
        made=made.without(hidden),
        shared=frozenset(shared - set(hidden)),
        passed_before=serving.manifest.generation.report.passed if serving and not hidden else (),
        serving=load,
    )


def _cut(serving: Earlier | None) -> Cut | None:
    """Return how the serving generation was cut; ``None`` where that cannot be had: it only saves time."""
    try:
        return serving.cut() if serving else None
    except SnapshotError:
        return None
