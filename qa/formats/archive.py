"""Zip archives of bulletin files: every member is a source of its own; nothing is unpacked to the disk."""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qa.errors import BulletinError

MAX_MEMBERS = 5000
MAX_UNPACKED = 1024 * 2**20
"""Bytes of all members together."""
MAX_RATIO = 200
"""Of a member's size to its packed size; text shrinks to a third, seldom to a twentieth."""
_SMALL = 2**20
"""Bytes below which the ratio does not matter."""
_LEFTOVERS = ("__MACOSX/",)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive."""

    name: str
    """Its path in the archive, with ``/``."""
    data: bytes
    problem: str | None
    """Why it is not read, in Chinese; its data is empty then."""


def members(data: bytes, limit_of: Callable[[str], int]) -> Iterator[Member]:
    """Yield the files of an archive in the order of their names; folders and leftovers are passed over.

    Args:
        data: the archive.
        limit_of: how many bytes a member of a name may have.

    Raises:
        BulletinError: not a zip, damaged, too many members, or too large unpacked: a zip bomb.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise BulletinError("压缩包已损坏,或不是 zip") from error
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > MAX_MEMBERS:
            raise BulletinError(f"压缩包里有 {len(infos)} 个文件,上限 {MAX_MEMBERS} 个,没有读取")
        unpacked = sum(info.file_size for info in infos)
        if unpacked > MAX_UNPACKED:
            raise BulletinError(
                f"压缩包解压后有 {unpacked / 2**20:.0f} MB,上限 {MAX_UNPACKED // 2**20} MB,没有读取"
            )
        bomb = next((info for info in infos if _suspicious(info)), None)
        if bomb:
            raise BulletinError(f"压缩包可能是压缩炸弹:{_name(bomb)} 的压缩比太高,没有读取")
        named = sorted(((_name(info), info) for info in infos), key=lambda pair: pair[0])
        seen: set[str] = set()
        for name, info in named:
            if name.startswith(_LEFTOVERS) or name.rsplit("/", 1)[-1].startswith((".", "~$")):
                continue
            problem = _unsafe(name, info) or ("压缩包里有两个同名的文件" if name in seen else None)
            limit = limit_of(name)
            if problem is None and name.lower().endswith(".zip"):
                problem = "压缩包里的压缩包不读取,请先解开"
            if problem is None and info.file_size > limit:
                problem = f"文件太大({info.file_size / 2**20:.1f} MB,上限 {limit // 2**20} MB),没有读取"
            seen.add(name)
            yield Member(_shown(name), b"", problem) if problem else _read(archive, info, name, limit)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limit: int) -> Member:
    try:
        with archive.open(info) as file:
            data = file.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        return Member(name, b"", "压缩包里的这个文件已损坏")
    except (NotImplementedError, RuntimeError):
        return Member(name, b"", "压缩包里的这个文件的压缩方法不支持,请用普通 zip 重新压缩")
    if len(data) > limit:
        return Member(name, b"", "文件解压后比压缩包里写的大,没有读取")
    return Member(name, data, None)


def _suspicious(info: zipfile.ZipInfo) -> bool:
    return info.file_size > _SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size)


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; one that is not marked as UTF-8 was most likely written in GBK."""
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = name.encode()
        for codec in ("utf-8", "gb18030"):
            try:
                name = raw.decode(codec)
                break
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _unsafe(name: str, info: zipfile.ZipInfo) -> str | None:
    parts = name.split("/")
    if (
        name.startswith("/")
        or ".." in parts
        or "" in parts
        or "." in parts
        or (len(name) > 1 and name[1] == ":")
    ):
        return "文件名指向压缩包之外,没有读取"
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in name):
        return "文件名里有控制字符,没有读取"
    if info.flag_bits & 0x1:
        return "压缩包里的这个文件有密码,打不开"
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "压缩包里的这个文件是链接或设备,没有读取"
    return None


def _shown(name: str) -> str:
    return "".join("?" if unicodedata.category(char) in ("Cc", "Cs") else char for char in name)
