"""A file's bytes, with every reason why they cannot be had or read."""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from qa.durable import explain
from qa.errors import BulletinError
from qa.formats.encoding import Decoded, decode_text

MAX_BYTES = 20 * 1024 * 1024
"""A district's whole year of bulletins is smaller; what is larger is no bulletin."""

READERS: Mapping[str, Callable[[bytes], Decoded]] = {".txt": decode_text, ".md": decode_text}
"""What turns a file's bytes into text, by suffix in lower case."""


def supported(path: PurePath) -> bool:
    """Tell whether a file's suffix is one that can be read."""
    return path.suffix.lower() in READERS


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a bulletin file; look at its kind, suffix and size before reading any.

    Raises:
        BulletinError: says in Chinese why not, without the file's name.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise BulletinError("是文件夹,不是文件")
        if not stat.S_ISREG(status.st_mode):
            raise BulletinError("不是普通文件(是设备、管道或套接字)")
        check_name_and_size(path, status.st_size)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # it may have grown since
    except FileNotFoundError as error:
        dangling = path.is_symlink()
        raise BulletinError("符号链接指向的文件不存在" if dangling else "文件不存在") from error
    except PermissionError as error:
        raise BulletinError("没有读取这个文件的权限") from error
    except OSError as error:
        raise BulletinError(f"文件无法读取:{explain(error)}") from error
    if len(data) > MAX_BYTES:
        raise _too_large(len(data))
    if not data:
        raise BulletinError("文件是空的")
    return data


def check_name_and_size(path: PurePath, size: int) -> None:
    """Refuse a file that is not worth reading.

    Raises:
        BulletinError: its suffix is of no format that can be read, or it is larger than :data:`MAX_BYTES`.
    """
    if not supported(path):
        known = "、".join(sorted(READERS))
        raise BulletinError(f"不支持的文件类型 {path.suffix or '(没有扩展名)'};支持 {known}")
    if size > MAX_BYTES:
        raise _too_large(size)


def decode(data: bytes, path: PurePath) -> Decoded:
    """Return the text of a file's bytes, read as its suffix says.

    Raises:
        BulletinError: binary, blank, or in an encoding that is not known.
    """
    decoded = READERS[path.suffix.lower()](data)
    if not decoded.text.strip():
        raise BulletinError("文件里只有空白,没有文字")
    return decoded


def read_text(path: Path) -> Decoded:
    """Return the text of a bulletin file.

    Raises:
        BulletinError: says in Chinese why it cannot be read, without the file's name.
    """
    return decode(read_bytes(path), path)


def _too_large(size: int) -> BulletinError:
    return BulletinError(f"文件太大({size / 2**20:.1f} MB,上限 {MAX_BYTES // 2**20} MB),没有读取")
