"""Who may use the model next: questions before passages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_PATIENCE_S = 1.0
"""How long passages stand back at most: a service that is never quiet must still get its new index."""


class Turns:
    """A lock that those who answer get before those who index.

    An ordinary lock goes to whoever asks first, and a thread that gives it back only to ask again is always
    first: a build would keep all questions waiting.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = False
        self._questions = 0

    @contextmanager
    def question(self) -> Iterator[None]:
        """Hold the lock for a step of answering."""
        with self._changed:
            self._questions += 1
            try:
                self._changed.wait_for(lambda: not self._taken)
            finally:
                self._questions -= 1
            self._taken = True
        try:
            yield
        finally:
            self._give_back()

    @contextmanager
    def passages(self) -> Iterator[None]:
        """Hold the lock for a batch of passages, when no question waits for it."""
        with self._changed:
            self._changed.wait_for(lambda: not self._taken and not self._questions, _PATIENCE_S)
            self._changed.wait_for(lambda: not self._taken)
            self._taken = True
        try:
            yield
        finally:
            self._give_back()

    def _give_back(self) -> None:
        with self._changed:
            self._taken = False
            self._changed.notify_all()
