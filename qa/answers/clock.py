"""What a question costs, step by step, and when to stop working on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from qa.errors import AbandonedError

DEADLINE_S = 20.0
"""Seconds after which no further part is read: no one question may hold up all others."""


@dataclass(slots=True)
class Clock:
    """Milliseconds spent in each step; stops the work between two steps where nobody waits for it."""

    stop: Callable[[], bool] = lambda: False
    spent: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=time.perf_counter)
    _began: float = field(default_factory=time.perf_counter)

    @property
    def late(self) -> bool:
        """Tell whether so much time is spent that nothing new should be begun."""
        return time.perf_counter() - self._began > DEADLINE_S

    def lap(self, step: str) -> None:
        """Count the time since the last step as this one's.

        Raises:
            AbandonedError: nobody waits for the answer any more.
        """
        if self.stop():
            raise AbandonedError("提问的一方已经离开，没有答完。")
        now = time.perf_counter()
        self.spent[step] = self.spent.get(step, 0.0) + (now - self._last) * 1000
        self._last = now
