"""The history of generations: listed, compared, and an older one activated again.

The library records every generation for good; the snapshots of the last few stay on disk, and only those can
be compared or activated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.building import activation
from qa.building.activation import KEPT, current_generation, folder_of, kept_on_disk
from qa.errors import GoneError, NotFoundError, SnapshotError
from qa.index.differences import Differences, compare
from qa.index.snapshot_files import read_articles, read_record
from qa.storage.library import Generation
from qa.types import Article


@dataclass(frozen=True, slots=True)
class KeptGeneration:
    """A generation of the history, and what there still is of it."""

    record: Generation
    active: bool
    """Whether it is the one that serves."""
    kept: bool
    """Whether its snapshot is on disk, so that it can be compared and activated."""


@dataclass(frozen=True, slots=True)
class GenerationDifference:
    """What differs between two generations."""

    before: int
    after: int
    differences: Differences


@dataclass(frozen=True, slots=True)
class Rollback:
    """What activating an older generation did."""

    generation: int
    previous: int
    changed: bool
    """False where it served already."""
    notice: str
    """What follows for the editor, in Chinese."""


def history(data_dir: Path, recorded: Sequence[Generation]) -> list[KeptGeneration]:
    """Return every generation, oldest first.

    Args:
        data_dir: the data folder.
        recorded: what the library keeps; a snapshot that it lacks is added from its own manifest.

    Raises:
        SnapshotError: it cannot be told which one serves.
    """
    current = current_generation(data_dir)
    active = current[0] if current else None
    on_disk = kept_on_disk(data_dir)
    records = {record.id: record for record in recorded}
    for number in on_disk:
        if number not in records:
            try:
                records[number] = read_record(folder_of(data_dir, number))
            except SnapshotError:
                continue  # damaged: nothing is known of it, and nothing can be done with it
    return [
        KeptGeneration(record, active=number == active, kept=number in on_disk)
        for number, record in sorted(records.items())
    ]


def difference(
    data_dir: Path, recorded: Sequence[Generation], before: int, after: int
) -> GenerationDifference:
    """Compare two generations whose snapshots are on disk.

    Raises:
        NotFoundError: there never was such a generation.
        GoneError: its snapshot is cleaned away.
        SnapshotError: its articles cannot be read.
    """
    old, new = (articles_of(data_dir, recorded, number) for number in (before, after))
    return GenerationDifference(before, after, compare(old, new))


def articles_of(data_dir: Path, recorded: Sequence[Generation], number: int) -> tuple[Article, ...]:
    """Return the articles of a generation on disk; errors as :func:`difference`."""
    _must_be_kept(data_dir, recorded, number)
    try:
        return read_articles(folder_of(data_dir, number))
    except SnapshotError:
        _must_be_kept(data_dir, recorded, number)  # cleaned away while it was being read
        raise


def roll_back(data_dir: Path, recorded: Sequence[Generation], number: int) -> Rollback:
    """Activate a generation on disk, after checking it through; called under the build lock.

    Raises:
        NotFoundError, GoneError: as :func:`difference`.
        SnapshotError: it is damaged, or of another model than the one that serves, whose server could not
            use it. What served before goes on serving.
    """
    _must_be_kept(data_dir, recorded, number)
    try:
        current = current_generation(data_dir)
    except SnapshotError:
        current = None  # a damaged pointer is what activating mends
    previous = current[0] if current else 0
    if previous == number:
        return Rollback(number, previous, changed=False, notice=f"第 {number} 代本来就在使用，没有变化。")
    activation.reactivate(data_dir, number)
    notice = f"已换回第 {number} 代；下一次 qa index 会从文库建立新的一代，重新跟上公报文件。"
    return Rollback(number, previous, changed=True, notice=notice)


def _must_be_kept(data_dir: Path, recorded: Sequence[Generation], number: int) -> None:
    on_disk = kept_on_disk(data_dir)
    if number in on_disk:
        return
    kept = "、".join(map(str, sorted(on_disk))) or "无"
    if any(record.id == number for record in recorded):
        raise GoneError(
            f"第 {number} 代的快照已经清理：磁盘上只保留最近 {KEPT} 代，"
            f"导入备份之后从新的一代算起（现有：{kept}）"
        )
    raise NotFoundError(f"没有第 {number} 代（磁盘上现有：{kept}）")
