"""SHA-256 of files, remembered by size and modification time: large files are hashed once only."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path


class HashCache:
    """File hashes kept in one small JSON file.

    An unreadable cache is an empty one, and one that cannot be written is not kept: only time is lost.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, list[int | str]] = {}
        with contextlib.suppress(OSError, ValueError):
            known = json.loads(path.read_text(encoding="utf-8"))
            self._known = known if isinstance(known, dict) else {}

    def sha256(self, file: Path) -> str:
        """Return the hexadecimal SHA-256 of a file's content, reading it only if size or time changed.

        Raises:
            OSError: the file cannot be read.
        """
        real = file.resolve(strict=True)
        status = real.stat()
        stamp = [status.st_size, status.st_mtime_ns]
        known = self._known.get(str(real))
        if isinstance(known, list) and len(known) == 3 and known[:2] == stamp:
            return str(known[2])
        digest = sha256_of(real)
        self._known = {name: entry for name, entry in self._known.items() if os.path.exists(name)}
        self._known[str(real)] = [*stamp, digest]
        self._save()
        return digest

    def _save(self) -> None:
        # Replaced whole, so that a concurrent reader sees the old file or the new one.
        temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}.tmp")
        try:
            temporary.write_text(json.dumps(self._known, indent=1) + "\n", encoding="utf-8")
            temporary.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()


def sha256_of(file: Path) -> str:
    """Return the hexadecimal SHA-256 of a file's content."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def combined_sha256(parts: dict[str, str]) -> str:
    """Return one hexadecimal SHA-256 for named values, whatever their order."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
