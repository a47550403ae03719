"""Read server-sent events as the standard says, for tests."""

from __future__ import annotations

import json
from typing import Any


def events(stream: str) -> list[tuple[str, Any]]:
    """Parse a whole stream into ``(event, data)``; every block must be complete."""
    assert stream.endswith("\n\n")
    parsed = []
    for block in stream.removesuffix("\n\n").split("\n\n"):
        fields = [line.split(": ", 1) for line in block.split("\n")]
        assert [name for name, _ in fields] == ["event", "data"]
        parsed.append((fields[0][1], json.loads(fields[1][1])))
    return parsed
