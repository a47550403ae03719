"""What a back-up says of itself, and what may be in one."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from qa.errors import BackupError
from qa.storage.sources import passed_over

FORMAT = 1
LIBRARY = "library.sqlite"
UPLOADS = "uploads/"
BULLETINS = "bulletins/"
_FIXED = frozenset({LIBRARY, "withdrawn.json", "jobs.jsonl", "synonyms.txt", "canaries.jsonl"})
_UPLOAD = re.compile(r"uploads/\d{14}-[0-9a-f]{8}/(upload\.json|(files|replaced)/\d{1,6})", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class File:
    """A member as the manifest has it."""

    size: int
    """Bytes."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """How much a back-up holds, for people."""

    articles: int
    passages: int
    vectors: int
    generations: int
    withdrawals: int
    """In force."""
    bulletins: int
    uploads: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a back-up says of itself."""

    format: Literal[1]
    software: str
    """Version of the program that wrote it."""
    schema: int
    """Version of the library's tables."""
    created_at: dt.datetime
    seeds: str
    """What the sources in the bulletins' folder are called in the library: its name comes before theirs."""
    counts: Contents
    files: Mapping[str, File]
    """Every member but the manifest, by name."""


_MANIFEST_JSON = TypeAdapter(Manifest)


def dump(manifest: Manifest) -> bytes:
    """Return a manifest as the bytes of its member."""
    return _MANIFEST_JSON.dump_json(manifest, indent=1)


def parse(raw: bytes, file: Path) -> Manifest:
    """Read a manifest.

    Args:
        raw: its bytes.
        file: the back-up, for the message.

    Raises:
        BackupError: it is none, or of a newer version.
    """
    try:
        form = json.loads(raw)["format"]
        if isinstance(form, int) and form > FORMAT:
            raise BackupError(f"备份由更新版本的程序写成(格式 {form}),请升级本程序:{file}")
        return _MANIFEST_JSON.validate_json(raw)
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError) as error:
        raise BackupError(f"备份的清单无法读取:{file}") from error


def name_problem(name: str) -> str | None:
    """Return in Chinese why a member may not be called so, ``None`` where it may."""
    if name in _FIXED or _UPLOAD.fullmatch(name):
        return None
    parts = name.removeprefix(BULLETINS).split("/")
    if not name.startswith(BULLETINS) or any(part in ("", ".", "..") for part in parts):
        return "路径不对"
    if _CONTROL.search(name) or (os.sep == "\\" and set(name) & set('\\:*?"<>|')):
        return "文件名里有不能用的字符"
    if any(map(passed_over, parts)):
        return "隐藏文件或临时文件"
    return None
