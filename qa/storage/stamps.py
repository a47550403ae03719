"""Tell by a file's stamp that it is the one that was read, without reading it again."""

from __future__ import annotations

import os
import time

_SETTLED_S = 3.0
"""Above the coarsest time stamps in use, the two seconds of FAT."""


def stamp_of(file: str) -> str | None:
    """Return what changes with every change of a file: size, times, inode.

    ``None`` where it cannot be trusted: a file touched a moment ago may be written to again within the
    same tick of its clock ("racily clean", as git calls it). To be asked for *before* the file is read.
    """
    try:
        status = os.stat(file)
    except OSError:
        return None
    # The time of the last change to the inode too: a program can set the other one back, not this one.
    touched = max(status.st_mtime_ns, status.st_ctime_ns)
    if time.time_ns() - touched < _SETTLED_S * 1e9:
        return None
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"


def name_in(folder: str, path: str) -> bool:
    """Tell whether a normalised absolute path is a folder or lies below it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
