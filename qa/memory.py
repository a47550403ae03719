"""Memory that the C library keeps after it was freed, given back to the operating system (glibc only).

And Python's own search for cycles that hold each other in memory, less often where there are next to none.
"""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_M_ARENA_MAX = -8  # of malloc.h
_ARENAS = 2
_RECORDS = 500_000
_SETTLED_S = 1.0
"""An object's parts are freed just after it is; then there is something to give back."""


def limit_arenas() -> None:
    """Let threads share two pools of memory; to be called before there are any.

    Otherwise each thread has a pool of its own that never shrinks by what another one frees: a server of
    sixteen threads holds several times what it uses. Python's threads hardly ever allocate at once.
    """
    if (libc := _glibc()) is not None:
        libc.mallopt(_M_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Return freed memory to the operating system; takes milliseconds."""
    if (libc := _glibc()) is not None:
        libc.malloc_trim(0)


def give_back_after(thing: object) -> None:
    """Return memory to the operating system a moment after an object is gone, whenever that is."""

    def later() -> None:
        timer = threading.Timer(_SETTLED_S, give_back)
        timer.daemon = True
        timer.start()

    weakref.finalize(thing, later).atexit = False


@contextmanager
def few_collections() -> Iterator[None]:
    """Let Python look for cycles hundreds of times less often: for work that makes many records.

    They have no cycles, and it looks through all that there are again and again while more are made.
    """
    before = gc.get_threshold()
    gc.set_threshold(_RECORDS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _glibc() -> Any | None:
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt") else None
