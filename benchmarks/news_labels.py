"""What the held-out news questions name, labelled beside the whole collection, blind to any answer.

``news_labels.tsv`` has a line for each: a hash of question and accepted answer, then

- ``one``: a careful editor with the whole collection before him would say that this article answers it;
- ``several``: other articles answer it as rightly (the same, or another day's figure), so that nothing in the
  question tells the one it was made from;
- ``unclear``: it names no event (要凝聚什么共识), so that many unrelated articles could answer it;

and whether another article still answers it, by meaning, when its own is taken out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("news_labels.tsv")
LABELS = ("one", "several", "unclear")


@dataclass(frozen=True, slots=True)
class Label:
    """What a question names."""

    names: str
    """``one``, ``several`` or ``unclear``."""
    elsewhere: bool
    """Whether another article than its own answers it."""


def key(question: str, answers: Iterable[str]) -> str:
    """Return by what a question is found in the file."""
    return hashlib.sha256("\n".join((question, *answers)).encode()).hexdigest()[:12]


def load() -> dict[str, Label]:
    """Return the labels by :func:`key`."""
    rows = (line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines())
    return {name: Label(names, elsewhere == "1") for name, names, elsewhere in rows}
