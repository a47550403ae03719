"""What a run of the indexer works with, and how long its parts take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.building.gate import Gate
from qa.building.lock import LIBRARY_FILE
from qa.index.embedding import split_key
from qa.index.vectors import Embedder
from qa.storage.library import Library, SplitKey
from qa.types import Progress


class Clock:
    """How long each part of a run took, in seconds."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._began = self._last = seconds()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """End a part."""
        now = self._seconds()
        self.laps[name] = round(now - self._last, 4)
        self._last = now

    def total(self) -> float:
        """Return how long the run has been going on."""
        return self._seconds() - self._began


@dataclass(frozen=True, slots=True)
class Run:
    """What a run works with, the same from its beginning to its end."""

    library: Library
    paths: Sequence[Path]
    data_dir: Path
    encoder: Embedder
    progress: Callable[[Progress], None]
    root: Path
    model: str
    gate: Gate | None
    force: bool
    guarded: Sequence[Path]
    after: int
    trusted: bool
    """Whether the library is as the last run left it."""
    clock: Clock

    @property
    def file(self) -> Path:
        """Return where the library lies."""
        return self.data_dir / LIBRARY_FILE

    @property
    def key(self) -> SplitKey:
        """Return which passages and vectors the run uses."""
        return split_key(self.encoder)
