"""What may judge a new generation before it is activated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qa.index.snapshot import Snapshot
from qa.types import CanaryFailure, Failure, Progress


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
"""Judges a candidate before it is activated; :class:`qa.building.canaries.CanaryCheck` is one."""
