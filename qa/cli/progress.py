"""How far a run of the indexer is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from qa.cli.console import errors, note
from qa.types import Progress

_PHASES = {"read": "读取公报", "encode": "计算向量", "check": "校验问答", "write": "写入索引"}
_LONG = 200
"""Files or passages that take long enough to be told of in between."""


@contextmanager
def shown_progress() -> Iterator[Callable[[Progress], None]]:
    """Give a function to report progress to, which shows it on standard error."""
    console = errors()
    if not console.is_terminal:
        yield _plain
        return
    with _bars(console) as bars:
        tasks: dict[str, TaskID] = {}

        def show(progress: Progress) -> None:
            if progress.phase not in tasks:
                tasks[progress.phase] = bars.add_task(_PHASES[progress.phase], total=progress.total)
            bars.update(tasks[progress.phase], completed=progress.done, total=progress.total)

        yield show


@contextmanager
def shown_count(label: str, total: int) -> Iterator[Callable[[], None]]:
    """Give a function to call for each of ``total`` things done; nothing is shown but on a terminal."""
    console = errors()
    with _bars(console) as bars:
        task = bars.add_task(label, total=total)
        yield lambda: bars.advance(task)


def _bars(console: Console) -> Bars:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Bars(*columns, console=console, disable=not console.is_terminal)


def _plain(progress: Progress) -> None:
    """Print a line at the end of a phase, and one at each tenth of a long one."""
    long = progress.total > _LONG
    if progress.done == progress.total or (long and progress.done % (progress.total // 10) == 0):
        note(f"{_PHASES[progress.phase]} {progress.done}/{progress.total}")
