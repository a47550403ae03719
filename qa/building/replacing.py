"""Put a prepared library in the place of the one that is there: wholly or not at all.

Everything is prepared in hidden folders beside what it will replace, flushed to the disk, and then a plan is
written in one step. Before that instant a process that dies leaves the old library, after it the new one:
whoever takes the build lock next carries the plan out to its end, or clears away what has none. Each move is
a rename that can be repeated. ``current`` is moved last, so a service answers from the old generation or the
new::

    data/.import/begun          the bulletins' folder
                 new/…          library.sqlite, snapshots/N, current, withdrawn.json, uploads/…, …
                 plan.json      what makes way, and where to
    seeds/.import/…             bulletin files that are not there yet
    data/replaced-…/            what made way; with its snapshots it is a data folder itself
    seeds/.replaced-…/

The caller holds the build lock, and the lock of uploads from making the plan on.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from qa.durable import explain, flush, flush_tree, replace_file
from qa.errors import BackupError, WithdrawalError
from qa.ingest.uploads import UPLOADS_DIR, uploads_lock
from qa.storage import withdrawals
from qa.storage.withdrawals import WITHDRAWN_FILE

STAGING = ".import"
_NEW, _BEGUN, _PLAN = "new", "begun", "plan.json"
_LIBRARY, _CURRENT, _SNAPSHOTS = "library.sqlite", "current", "snapshots"
_LOGS = ("-wal", "-shm")
_SINGLE = ("jobs.jsonl", "synonyms.txt", "canaries.jsonl", f"{_LIBRARY}.seen")


@dataclass(frozen=True, slots=True)
class Plan:
    """What makes way for what is prepared."""

    format: Literal[1]
    aside: str
    """Name of the folder in the data folder that takes it; hidden, in the bulletins' folder too."""
    entries: tuple[str, ...]
    """Of the data folder, as paths in it."""
    bulletins: tuple[str, ...]
    """Of the bulletins' folder, as paths in it."""


_PLAN_JSON = TypeAdapter(Plan)


@dataclass(frozen=True, slots=True)
class Staging:
    """Where a new library is prepared."""

    data_dir: Path
    seeds: Path
    """The bulletins' folder, absolute."""

    @property
    def data(self) -> Path:
        """Return the folder that becomes part of the data folder."""
        return self.data_dir / STAGING / _NEW

    @property
    def bulletins(self) -> Path:
        """Return the folder that becomes part of the bulletins' folder."""
        return self.seeds / STAGING


def begin(data_dir: Path, seeds: Path) -> Staging:
    """Make the empty folders to prepare a new library in.

    Raises:
        OSError: they cannot be made.
    """
    staging = Staging(data_dir, seeds)
    if staging.bulletins.exists():
        shutil.rmtree(staging.bulletins)  # of a data folder that is no more
    staging.data.mkdir(parents=True)
    replace_file(data_dir / STAGING / _BEGUN, os.fsencode(seeds))
    return staging


def entries(data_dir: Path) -> list[str]:
    """Return what of a data folder belongs to its library and makes way as a whole, as paths in it."""
    uploads = data_dir / UPLOADS_DIR
    snapshots = data_dir / _SNAPSHOTS
    return [
        *(name for name in (_LIBRARY, WITHDRAWN_FILE, *_SINGLE) if os.path.lexists(data_dir / name)),
        *sorted(f"{UPLOADS_DIR}/{p.name}" for p in uploads.glob("[0-9]*") if p.is_dir()),
        *sorted(f"{_SNAPSHOTS}/{p.name}" for p in snapshots.glob("*") if p.name.isdecimal()),
    ]


def commit(staging: Staging, plan: Plan) -> None:
    """Put what is prepared in its place.

    Raises:
        OSError: the plan cannot be written; nothing has changed.
        BackupError, WithdrawalError, BusyError: something cannot be moved; the next one to take the build
            lock goes on.
    """
    for folder in (staging.data_dir / STAGING, staging.bulletins):
        if folder.is_dir():
            flush_tree(folder)
            flush(folder.parent)
    replace_file(staging.data_dir / STAGING / _PLAN, _PLAN_JSON.dump_json(plan))
    _carry_out(staging, plan)


def pending(data_dir: Path) -> bool:
    """Tell whether an import was cut off in the middle of putting a library in its place."""
    return (data_dir / STAGING / _PLAN).exists()


def complete(data_dir: Path) -> None:
    """Carry out the plan of an import that was cut off, or clear away what it had prepared until then.

    Raises:
        BackupError, WithdrawalError, UploadError, BusyError: it cannot be completed; it can be tried again.
    """
    if not (data_dir / STAGING).is_dir():
        return
    with _told():
        staging, plan = _left(data_dir)
        if plan is None:
            discard(staging)
            return
    with uploads_lock(data_dir):
        _carry_out(staging, plan)


def discard(staging: Staging) -> None:
    """Clear away what is prepared; what cannot be deleted stays for the next time."""
    with suppress(OSError):
        (staging.data_dir / STAGING / _PLAN).unlink(missing_ok=True)
    shutil.rmtree(staging.bulletins, ignore_errors=True)
    if not staging.bulletins.exists():  # or nobody would know of it any more
        shutil.rmtree(staging.data_dir / STAGING, ignore_errors=True)


def _left(data_dir: Path) -> tuple[Staging, Plan | None]:
    place = data_dir / STAGING
    try:
        staging = Staging(data_dir, Path(os.fsdecode((place / _BEGUN).read_bytes())))
    except FileNotFoundError:
        return Staging(data_dir, place / "nowhere"), None
    try:
        return staging, _PLAN_JSON.validate_json((place / _PLAN).read_bytes())
    except FileNotFoundError:
        return staging, None
    except ValidationError as error:
        raise BackupError(f"上次导入留下的文件已损坏:{place / _PLAN}") from error


def _carry_out(staging: Staging, plan: Plan) -> None:
    data, new = staging.data_dir, staging.data
    aside = data / plan.aside
    snapshots = [name for name in plan.entries if name.startswith(f"{_SNAPSHOTS}/")]
    with _told():
        os.stat(staging.seeds)  # a disk that is not mounted any more holds part of what is prepared
        # First of all: at no instant may anybody read an article that either library has withdrawn.
        _withdraw(data, new, aside, plan)
        bulletins_aside = staging.seeds / f".{plan.aside}"
        _retire(staging.seeds, plan.bulletins, bulletins_aside)
        _place(staging.bulletins, staging.seeds)
        at_once = [name for name in plan.entries if name not in (*snapshots, _LIBRARY, WITHDRAWN_FILE)]
        _retire(data, at_once, aside)
        for name in (*_SINGLE, UPLOADS_DIR):
            _place(new / name, data / name)
        if (new / _LIBRARY).exists():
            for log in _LOGS:  # or SQLite would take them for the new library's
                _move(data / f"{_LIBRARY}{log}", aside / f"{_LIBRARY}{log}")
            _retire(data, [name for name in plan.entries if name == _LIBRARY], aside)
            _place(new / _LIBRARY, data / _LIBRARY)
        _place(new / _SNAPSHOTS, data / _SNAPSHOTS)
        if (new / _CURRENT).exists():
            if (data / _CURRENT).exists() and plan.entries:
                aside.mkdir(exist_ok=True)
                replace_file(aside / _CURRENT, (data / _CURRENT).read_bytes())
            _place(new / _CURRENT, data / _CURRENT)
        _retire(data, snapshots, aside)
        for folder in (aside, bulletins_aside):
            if folder.is_dir():
                flush_tree(folder)
        flush(data)
        (data / STAGING / _PLAN).unlink()
        flush(data / STAGING)
    discard(staging)


def _withdraw(data: Path, new: Path, aside: Path, plan: Plan) -> None:
    """Add the new library's withdrawals to the record, in place of one that is damaged; the old one is kept
    with the library that makes way, whose articles it withdraws."""
    added = withdrawals.read(new)
    record = data / WITHDRAWN_FILE
    if WITHDRAWN_FILE in plan.entries and record.exists() and not (aside / WITHDRAWN_FILE).exists():
        aside.mkdir(exist_ok=True)
        replace_file(aside / WITHDRAWN_FILE, record.read_bytes())
    try:
        withdrawals.merge(data, added.events)
    except WithdrawalError:
        if WITHDRAWN_FILE not in plan.entries:
            raise
        replace_file(record, withdrawals.dump(added))


def _retire(place: Path, names: tuple[str, ...] | list[str], aside: Path) -> None:
    """Move files and folders of a folder to one aside; those that are there already were moved before."""
    for name in names:
        if not os.path.lexists(aside / name):
            _move(place / name, aside / name)


def _place(prepared: Path, target: Path) -> None:
    """Move a file into its place; of a folder all that is in it, but an upload or a snapshot as a whole."""
    if not prepared.is_dir() or not target.is_dir():
        _move(prepared, target)
        return
    for entry in sorted(prepared.iterdir()):
        _place(entry, target / entry.name)
    flush(target)


def _move(old: Path, new: Path) -> None:
    if not os.path.lexists(old):
        return
    new.parent.mkdir(parents=True, exist_ok=True)
    os.replace(old, new)
    flush(new.parent)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(
            f"导入没有做完:{explain(error)}({error.filename or ''});排除之后运行 qa index,会接着做完"
        ) from error
