"""Memory given back: asked for once a thing is gone, not before, and on no system an error."""

from __future__ import annotations

import threading

import pytest

from qa import memory


class Thing:
    """Something that can be referred to weakly."""


def test_memory_is_given_back_once_a_thing_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()
    monkeypatch.setattr(memory, "_SETTLED_S", 0.0)
    monkeypatch.setattr(memory, "give_back", asked.set)
    thing = Thing()
    memory.give_back_after(thing)
    assert not asked.wait(0.1)
    del thing
    assert asked.wait(30)


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_no_system_is_an_error(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", platform)
    memory.give_back()
    memory._glibc()
