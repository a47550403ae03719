"""Which bulletin files lie under the paths given, and what they are called."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.durable import explain
from qa.errors import ConfigError
from qa.storage.stamps import name_in
from qa.types import Failure

_LEFTOVER_SUFFIXES = ("~", ".swp", ".swo", ".tmp", ".part", ".crdownload", ".bak")
_LEFTOVER_PREFIXES = (".", "~$", "#")
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})


_MEMBER = re.compile(r"(?<=\.zip)!/", re.IGNORECASE)


def member_name(archive: str, member: str) -> str:
    """Return the source name of a file in an archive.

    >>> member_name("seeds/12月.zip", "15日/头版.txt")
    'seeds/12月.zip!/15日/头版.txt'
    """
    return f"{archive}!/{member}"


def file_of(name: str) -> str:
    """Return the name of the file on the disk that a source is, or is in.

    >>> file_of("seeds/12月.zip!/15日/头版.txt")
    'seeds/12月.zip'
    """
    return _MEMBER.split(name, maxsplit=1)[0] if "!/" in name else name


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of looking under some paths."""

    files: dict[str, str]
    """Where to read, by source name, in the order of names; text, since making many a Path takes long."""
    gone: tuple[str, ...]
    """Known sources under the paths whose file is no longer there."""
    failed: tuple[Failure, ...]
    """Folders that could not be listed, names that are not text; what was known below them is kept."""


def find(paths: Sequence[Path], known: Iterable[str], root: Path, skip: Path) -> Found:
    """Look for bulletin files under paths.

    A source is named by its POSIX path relative to ``root`` where inside it, by its absolute path
    otherwise. Folders are walked to any depth; links to files are followed, links to folders are
    reported. Hidden files and what editors and downloads leave behind are passed over.

    Args:
        paths: files and folders.
        known: names of the sources of earlier runs.
        root: folder that names are relative to, absolute.
        skip: folder that is not looked into, the data folder.

    Raises:
        ConfigError: a path neither exists nor holds a known source.
    """
    inside = os.path.join(root, "")
    kept = {name: file_of(name) for name in sorted(known)}
    places = {name: file if os.path.isabs(file) else inside + file for name, file in kept.items()}
    files: dict[str, str] = {}
    failed: dict[str, Failure] = {}
    gone: set[str] = set()
    for path in paths:
        full = Path(os.path.abspath(root / path))  # not resolve(): a link keeps the name it was given
        folder = str(full)
        beginning = folder.rstrip(os.sep) + os.sep
        below = [name for name, place in places.items() if place == folder or place.startswith(beginning)]
        try:
            listing, problems = _look(full, skip)
        except FileNotFoundError as error:
            if not below:
                raise ConfigError(f"找不到文件或文件夹:{path}") from error
            listing, problems = [], {}
        for problem, reason in problems.items():
            failed[_printable(problem, root)] = Failure(_printable(problem, root), reason)
            below = [name for name in below if not (root / kept[name]).is_relative_to(problem)]
        present = {
            (
                file[len(inside) :].replace(os.sep, "/") if file.startswith(inside) else name_of(file, root)
            ): file
            for file in listing
        }
        files.update(present)
        gone.update(name for name in below if kept[name] not in present)
    return Found(
        {name: files[name] for name in sorted(files)},
        tuple(sorted(name for name in gone if kept[name] not in files)),
        tuple(failed[name] for name in sorted(failed)),
    )


def name_of(file: Path | str, root: Path) -> str:
    """Return a source's name: relative to the root where inside it, absolute otherwise; POSIX separators."""
    path = str(file)
    if name_in(str(root), path):
        path = path[len(str(root).rstrip(os.sep)) + 1 :] or "."
    return path.replace(os.sep, "/")


def _look(path: Path, skip: Path) -> tuple[list[str], dict[Path, str]]:
    """Return the files at or below a path and, by path, why some of it could not be looked at.

    Raises:
        FileNotFoundError: there is nothing; a folder that may not be searched is no proof of that.
    """
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(path) from None
    except OSError as error:
        return [], {path: f"无法访问:{explain(error)}"}
    if not _is_text(str(path)):
        return [], {path: "文件名不是有效的 UTF-8"}
    return _walk(path, skip) if os.path.isdir(path) else ([str(path)], {})


def _walk(folder: Path, skip: Path) -> tuple[list[str], dict[Path, str]]:
    files: list[str] = []
    problems: dict[Path, str] = {}

    def unreadable(error: OSError) -> None:
        problems[Path(error.filename)] = f"文件夹无法读取:{explain(error)}"

    for place, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not passed_over(name) and Path(place, name) != skip]
        for name in [name for name in folders if Path(place, name).is_symlink()]:
            problems[Path(place, name)] = "符号链接指向文件夹,没有进入;请直接给出那个文件夹"
        inside = os.path.join(place, "")
        for name in (name for name in names if not passed_over(name)):
            file = inside + name
            if _is_text(file):
                files.append(file)
            else:
                problems[Path(file)] = "文件名不是有效的 UTF-8"
    return files, problems


def passed_over(name: str) -> bool:
    """Tell whether a file or folder of that name is never looked at: hidden, or left behind by a program."""
    plain = name.lower()
    return (
        plain.startswith(_LEFTOVER_PREFIXES) or plain.endswith(_LEFTOVER_SUFFIXES) or plain in _SYSTEM_FILES
    )


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _printable(path: Path, root: Path) -> str:
    return name_of(path, root).encode("utf-8", "backslashreplace").decode()
