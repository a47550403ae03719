"""Folders that held bulletins and hold none now: most likely a share that is not mounted.

Where nobody is there to say that this is meant, nothing may be taken out of the index for it, nor may files
be written to what stands in the share's place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from qa.durable import explain
from qa.errors import DamagedLibraryError, EmptiedError, LibraryError
from qa.formats import supported
from qa.storage.library import Library
from qa.storage.sources import file_of, passed_over
from qa.storage.stamps import name_in


def emptied(
    folders: Sequence[Path], known: Iterable[str], root: Path, holds: Callable[[Path], bool]
) -> list[Path]:
    """Return those of some folders that sources are known in and that hold nothing any more.

    Args:
        folders: files among them are none of them: one that is gone is gone.
        known: names of the sources.
        root: folder that source names are relative to, absolute.
        holds: tells whether one of the folders holds a bulletin now.
    """
    files = {root / file_of(name) for name in known}
    return [
        folder
        for folder in folders
        if any(below(file, [folder], root) for file in files - {full(folder, root)}) and not holds(folder)
    ]


def refuse_emptied(
    folders: Sequence[Path], known: Iterable[str], root: Path, holds: Callable[[Path], bool]
) -> None:
    """Raise where :func:`emptied` returns anything.

    Raises:
        EmptiedError: names the first such folder.
    """
    if found := emptied(folders, known, root, holds):
        raise EmptiedError(notice(found[0]))


def notice(folder: Path) -> str:
    """Return in Chinese what an operator should know of a folder that is not followed into being empty."""
    return (
        f"{folder} 里收录过公报文件，现在一个也看不到了，可能是共享文件夹断开了；索引没有跟着清空。"
        f"确实不要了，请运行 qa index {folder}"
    )


def holds_bulletins(path: Path, skip: Path) -> bool:
    """Tell whether a path is, or holds at any depth, a bulletin file; what cannot be looked at holds none.

    Ends at the first: a share of thousands of files costs one listing.

    Args:
        path: a file or folder.
        skip: absolute folder that is not looked into, the data folder.
    """
    if os.path.isfile(path):
        return supported(path)
    for place, folders, names in os.walk(os.path.abspath(path)):
        folders[:] = [name for name in folders if not passed_over(name) and Path(place, name) != skip]
        if any(supported(Path(name)) and not passed_over(name) for name in names):
            return True
    return False


def known_sources(file: Path) -> set[str]:
    """Return the names of the sources in a library; none before the first run.

    Raises:
        LibraryError: it cannot be read, and is not known to be damaged.
    """
    try:
        os.stat(file)
        with Library(file) as library:
            return set(library.sources())
    except DamagedLibraryError:
        return set()  # the indexer makes a new one
    except (FileNotFoundError, NotADirectoryError):
        return set()
    except OSError as error:
        raise LibraryError(f"文库无法访问:{explain(error)}({file})") from error


def below(file: Path, paths: Iterable[Path], root: Path) -> bool:
    """Tell whether a file is one of some paths, or in one."""
    return any(name_in(str(full(path, root)), str(file)) for path in paths)


def full(path: Path, root: Path) -> Path:
    """Return a path as the indexer names what it finds there."""
    return Path(os.path.abspath(root / path))
