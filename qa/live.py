"""Which generation serves right now, without the articles that are withdrawn."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from qa.building.activation import current_generation, load_current
from qa.errors import SnapshotError, WithdrawalError
from qa.index.differences import Differences
from qa.index.milvus import MilvusStore
from qa.index.snapshot import Snapshot
from qa.memory import give_back_after
from qa.storage import withdrawals
from qa.storage.withdrawals import NOTHING, Withdrawn
from qa.types import IndexReport, Withdrawal

log = logging.getLogger(__name__)
_RETRY_S = 60
"""After which a generation that could not be loaded is tried again: what kept it may have passed."""
_clock = time.monotonic

_Named = TypeVar("_Named", IndexReport, Differences)


@dataclass(frozen=True, slots=True, eq=False)
class Live:
    """What a call works with: a generation without the articles that are withdrawn."""

    whole: Snapshot
    """As it was loaded."""
    withdrawn: Withdrawn
    hidden: Mapping[str, Withdrawal]
    """Those of the generation's articles that are withdrawn."""
    snapshot: Snapshot
    """The generation without them."""
    passages: int
    """How many of its passages are of articles that are not withdrawn."""

    @property
    def unnamed(self) -> frozenset[str]:
        """Return the identifiers of what is withdrawn: neither a reader nor an editor is told of it."""
        return frozenset((*self.hidden, *self.withdrawn.identifiers))

    @property
    def report(self) -> IndexReport:
        """Return the generation's report for everybody: withdrawn articles appear in none of its parts."""
        report = without(self.snapshot.report, self.unnamed)
        withdrawn = (*self.hidden.values(), *self.withdrawn.articles)
        if not withdrawn:
            return report
        return replace(
            report,
            notes=tuple(n for n in report.notes if not any(f"《{w.title}》" in n.reason for w in withdrawn)),
            passed=(),  # canary questions and answers do not tell which article they are from
            canary_failures=(),
        )


class LiveIndex:
    """Holds the generation that serves and swaps it; safe for concurrent use.

    A new generation, and a withdrawal by whatever process, is noticed by the next call and takes effect
    before it is answered; calls under way go on with what they began with.
    """

    def __init__(self, data_dir: Path, fingerprint: str, store: MilvusStore | None = None) -> None:
        """Serve what is in a data folder.

        Args:
            data_dir: the data folder.
            fingerprint: of the model; a generation of another one is not served.
            store: where vectors are searched, in the snapshot's own index where ``None``.
        """
        self._data_dir, self._fingerprint, self._store = data_dir, fingerprint, store
        self._snapshot: Snapshot | None = None
        self._held: Live | None = None
        self._refused: tuple[tuple[int, str] | None, float] = (None, 0.0)
        """A generation that could not be loaded, and when that may be tried again."""
        self._swap = threading.Lock()
        self._hiding = threading.Lock()

    def current(self) -> Live:
        """Return what a call is to work with.

        Raises:
            SnapshotError: there is no index, or it is not known what is withdrawn.
        """
        whole, held = self._generation(), self._held
        known = held.withdrawn if held is not None else NOTHING
        try:
            withdrawn = withdrawals.read(self._data_dir, known)
        except WithdrawalError as error:
            if held is None:
                raise SnapshotError(str(error)) from error  # better no answer than one that was withdrawn
            withdrawn = known
        if held is not None and held.whole is whole and held.withdrawn is withdrawn:
            return held
        with self._hiding:  # all wait, milliseconds: nobody may go on with what was withdrawn
            held = self._held
            if held is None or held.whole is not whole or held.withdrawn.events != withdrawn.events:
                hidden = withdrawn.of(whole.articles)
                passages = sum(p.article_id not in hidden for p in whole.passages)
                held = Live(whole, withdrawn, hidden, _hide(whole, hidden, held), passages)
                self._held = held
        return held

    def _generation(self) -> Snapshot:
        """Return the whole snapshot that serves, after swapping in a newer one if there is any."""
        held = self._snapshot
        try:
            current = current_generation(self._data_dir)
        except SnapshotError:
            current = None  # what is held is whole; a damaged pointer does not take it away
        refused, until = self._refused
        if held is not None and (current in (None, _name(held)) or (current == refused and _clock() < until)):
            return held
        # One caller loads, the others go on with what is held; without anything held they wait.
        if not self._swap.acquire(blocking=held is None):
            return held  # type: ignore[return-value]  # not None: the acquisition would have blocked
        try:
            if self._snapshot is None or _name(self._snapshot) != current:
                loaded = load_current(self._data_dir, self._fingerprint)
                if self._store is not None:
                    loaded = self._store.attach(loaded, wait=held is None)
                if held is not None:
                    loaded.lexicon.prepare()  # others still answer from what is held
                    give_back_after(held)
                self._snapshot = loaded
        except SnapshotError as error:
            if held is None:
                raise
            self._refused = current, _clock() + _RETRY_S
            log.warning(
                "新的索引无法启用，继续使用第 %d 代，%d 秒后再试：%s", held.generation, _RETRY_S, error
            )
        finally:
            self._swap.release()
        return self._snapshot or held  # type: ignore[return-value]  # one of them is there


def without(named: _Named, identifiers: Collection[str]) -> _Named:
    """Return a report or a comparison that does not name some articles."""
    return replace(
        named,
        added=tuple(ref for ref in named.added if ref.id not in identifiers),
        changed=tuple(ref for ref in named.changed if ref.id not in identifiers),
        removed=tuple(ref for ref in named.removed if ref.id not in identifiers),
    )


def _hide(whole: Snapshot, hidden: Mapping[str, Withdrawal], before: Live | None) -> Snapshot:
    """Return a generation without some articles; the view in use where that is the very same."""
    if before is not None and before.whole is whole and before.hidden.keys() == hidden.keys():
        return before.snapshot
    return whole.without(hidden.keys())


def _name(snapshot: Snapshot) -> tuple[int, str]:
    return snapshot.generation, snapshot.content_hash
