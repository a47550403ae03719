"""Articles taken out of use by an editor, and the log of who was taken out when and why.

``data/withdrawn.json`` holds the events, oldest first; which articles are withdrawn follows from them, so the
log and the state can never disagree. A serving process reads the file at each request, so a withdrawal needs
neither a rebuild nor a restart, and no rebuild can undo it. The file is replaced in one step, under a lock of
its own: a build may hold its lock for hours.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import heapq
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from qa.durable import explain, locked, replace_file
from qa.errors import NotFoundError, WithdrawalError
from qa.text import letters
from qa.types import Article, Withdrawal

WITHDRAWN_FILE = "withdrawn.json"
_LOCK_FILE = "withdrawn.lock"
_PATIENCE_S = 10.0
"""How long to wait for another process that changes the file; a change takes milliseconds."""
MAX_WHY = 500
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log: an article was withdrawn or restored."""

    action: Literal["withdraw", "restore"]
    article_id: str
    title: str
    source: str
    why: str
    at: dt.datetime
    text: str
    """Hash of headline and body without punctuation: the same text read another way is known again."""


@dataclass(frozen=True, slots=True)
class _File:
    format: Literal[1]
    events: tuple[Event, ...]


_FILE_JSON = TypeAdapter(_File)


@dataclass(frozen=True)
class Withdrawn:
    """What is withdrawn at one instant, and how it came about; immutable."""

    events: tuple[Event, ...] = ()
    _raw: bytes | None = field(default=None, repr=False)
    """What the file held, to notice a change by."""

    @cached_property
    def _in_force(self) -> Mapping[str, Event]:
        """Return the event that withdrew each article that is withdrawn, the newest last."""
        found: dict[str, Event] = {}
        for event in self.events:
            found.pop(event.article_id, None)
            if event.action == "withdraw":
                found[event.article_id] = event
        return found

    @property
    def articles(self) -> tuple[Withdrawal, ...]:
        """Return what is withdrawn, the newest first."""
        return tuple(_withdrawal(event) for event in reversed(list(self._in_force.values())))

    @property
    def identifiers(self) -> frozenset[str]:
        """Return the identifiers under which articles were withdrawn."""
        return frozenset(self._in_force)

    def get(self, article_id: str) -> Withdrawal | None:
        """Return the withdrawal of an article, ``None`` where it is not withdrawn."""
        event = self._in_force.get(article_id)
        return _withdrawal(event) if event else None

    def of(self, articles: Collection[Article]) -> dict[str, Withdrawal]:
        """Return the withdrawals among some articles by the article's identifier.

        An article is withdrawn by its identifier, and by its text: a page that another version of the parser
        reads with other spaces gives other identifiers, and must not bring a withdrawn text back.
        """
        if not self._in_force:
            return {}
        titles = {letters(event.title) for event in self._in_force.values()}
        texts = {event.text: event for event in self._in_force.values()}
        found: dict[str, Withdrawal] = {}
        for article in articles:
            event = self._in_force.get(article.id)
            if event is None and letters(article.title) in titles:
                event = texts.get(text_hash(article))
            if event is not None:
                found[article.id] = _withdrawal(event)
        return found

    def same_headline(self, article: Article) -> Withdrawal | None:
        """Return the withdrawal of another text under an article's headline, for an editor to know of."""
        wanted = letters(article.title)
        for event in self._in_force.values():
            if event.article_id != article.id and letters(event.title) == wanted:
                return _withdrawal(event)
        return None


NOTHING = Withdrawn()


def read(data_dir: Path, known: Withdrawn = NOTHING) -> Withdrawn:
    """Return what is withdrawn; ``known`` itself where nothing changed since.

    One small read: a serving process asks at each request.

    Raises:
        WithdrawalError: the file is damaged or cannot be read. Nothing may be served then that is not known
            to be in use.
    """
    path = data_dir / WITHDRAWN_FILE
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return known if not known.events else NOTHING
    except OSError as error:
        raise WithdrawalError(f"无法读取撤回记录：{explain(error)}（{path}）") from error
    if raw == known._raw:
        return known
    try:
        return Withdrawn(_FILE_JSON.validate_json(raw).events, raw)
    except ValidationError as error:
        raise WithdrawalError(f"撤回记录已损坏，请从备份恢复：{path}") from error


def withdraw(
    data_dir: Path, articles: Sequence[Article], article_id: str, why: str
) -> tuple[Withdrawal, bool]:
    """Take an article out of use from now on; return its withdrawal and whether it is a new one.

    Args:
        data_dir: the data folder.
        articles: those that may be withdrawn.
        article_id: which.
        why: for the log and the editors; never shown to readers.

    Raises:
        NotFoundError: there is no such article.
        WithdrawalError: no reason, or the record cannot be read or written.
        BusyError: another process holds the record.
    """
    why = _reason(why)
    with _changing(data_dir):
        before = read(data_dir)
        article = next((a for a in articles if a.id == article_id), None)
        if already := before.get(article_id) or before.of([article] if article else []).get(article_id):
            return already, False
        if article is None:
            raise NotFoundError(f"没有编号为 {article_id} 的文章")
        made = Event("withdraw", article.id, article.title, article.source, why, _now(), text_hash(article))
        _write(data_dir, (*before.events, made))
    return _withdrawal(made), True


def restore(
    data_dir: Path, articles: Sequence[Article], article_id: str, why: str = ""
) -> tuple[Withdrawal | None, bool]:
    """Put a withdrawn article back into use; return its former withdrawal and whether it was withdrawn.

    Raises:
        NotFoundError: there is no such article, in use or withdrawn.
        WithdrawalError, BusyError: as :func:`withdraw`.
    """
    why = _reason(why) if why else ""
    with _changing(data_dir):
        before = read(data_dir)
        article = next((a for a in articles if a.id == article_id), None)
        by_text = before.of([article] if article else []).get(article_id)
        event = before._in_force.get(by_text.article_id if by_text else article_id)
        if event is None:
            if article is None and all(e.article_id != article_id for e in before.events):
                raise NotFoundError(f"没有编号为 {article_id} 的文章")
            return None, False
        made = Event("restore", event.article_id, event.title, event.source, why, _now(), event.text)
        _write(data_dir, (*before.events, made))
    return _withdrawal(event), True


def merge(data_dir: Path, events: Sequence[Event]) -> None:
    """Add another record's events to the log, in the order of time; those it has already are not repeated.

    What is withdrawn here stays so: another record's restorations of it are left out, whenever they were
    made. Bringing it back is an act of its own, :func:`restore`.

    Raises:
        WithdrawalError, BusyError: as :func:`withdraw`.
    """
    with _changing(data_dir):
        before = read(data_dir)
        known, kept = frozenset(before.events), before.identifiers
        new = [e for e in events if e not in known and not (e.action == "restore" and e.article_id in kept)]
        if new:
            _write(data_dir, tuple(heapq.merge(before.events, new, key=lambda event: event.at)))


def dump(withdrawn: Withdrawn) -> bytes:
    """Return a log as the bytes of its file."""
    return _FILE_JSON.dump_json(_File(1, withdrawn.events), indent=1)


def text_hash(article: Article) -> str:
    """Return the hash of what an article says: letters and digits of headline and body, folded."""
    said = f"{letters(article.title)}\0{letters(article.body)}"
    return hashlib.sha256(said.encode()).hexdigest()


def _reason(why: str) -> str:
    why = " ".join(why.split())
    if not why:
        raise WithdrawalError("请写明原因")
    if len(why) > MAX_WHY:
        raise WithdrawalError(f"原因太长：{len(why)} 个字符，最多 {MAX_WHY} 个")
    return why


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def _withdrawal(event: Event) -> Withdrawal:
    return Withdrawal(event.article_id, event.title, event.source, event.why, event.at)


@contextmanager
def _changing(data_dir: Path) -> Iterator[None]:
    with locked(
        data_dir / _LOCK_FILE,
        _PATIENCE_S,
        "另一个程序正在修改撤回记录，请稍后再试",
        lambda reason: WithdrawalError(f"无法写入撤回记录：{reason}（{data_dir}）"),
    ):
        yield


def _write(data_dir: Path, events: tuple[Event, ...]) -> None:
    path = data_dir / WITHDRAWN_FILE
    try:
        replace_file(path, dump(Withdrawn(events)))
    except OSError as error:
        raise WithdrawalError(f"无法写入撤回记录：{explain(error)}（{path}）") from error
