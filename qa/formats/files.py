"""A file's bytes, with every reason why they cannot be had or read."""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from qa.durable import explain
from qa.errors import BulletinError
from qa.formats.content import Decoded, Listing
from qa.formats.docx import read_docx
from qa.formats.encoding import decode_text
from qa.formats.html import read_html
from qa.formats.listing import read_csv, read_jsonl
from qa.formats.ocr import read_image
from qa.formats.pdf import read_pdf

_MB = 1024 * 1024
MAX_BYTES = 20 * _MB
"""Of a text file. A district's whole year of bulletins is smaller; what is larger is no bulletin."""
MAX_BYTES_OF_LARGE = 200 * _MB
"""Of scans, archives and lists of articles."""
ARCHIVE = ".zip"
"""The suffix of files that hold other files; see :mod:`qa.formats.archive`."""


@dataclass(frozen=True, slots=True)
class Format:
    """How files of a suffix are read."""

    read: Callable[[bytes], Decoded | Listing]
    max_bytes: int = MAX_BYTES


READERS: Mapping[str, Format] = {
    ".txt": Format(decode_text),
    ".md": Format(decode_text),
    ".html": Format(read_html),
    ".htm": Format(read_html),
    ".docx": Format(read_docx, MAX_BYTES_OF_LARGE),
    ".pdf": Format(read_pdf, MAX_BYTES_OF_LARGE),
    ".png": Format(read_image, MAX_BYTES_OF_LARGE),
    ".jpg": Format(read_image, MAX_BYTES_OF_LARGE),
    ".jpeg": Format(read_image, MAX_BYTES_OF_LARGE),
    ".jsonl": Format(read_jsonl, MAX_BYTES_OF_LARGE),
    ".csv": Format(read_csv, MAX_BYTES_OF_LARGE),
}
"""What turns a file's bytes into text or articles, by suffix in lower case."""
_REMEDIES = {
    ".doc": "旧版 Word 文档,请另存为 .docx",
    ".wps": "WPS 文档,请另存为 .docx",
    ".rtf": "RTF 文档,请另存为 .docx",
    ".xls": "Excel 表格,请另存为 .csv",
    ".xlsx": "Excel 表格,请另存为 .csv",
    ".rar": "RAR 压缩包,请改用 .zip",
    ".7z": "7z 压缩包,请改用 .zip",
    ".tif": "TIFF 图片,请另存为 .png 或 .pdf",
    ".tiff": "TIFF 图片,请另存为 .png 或 .pdf",
}


def supported(path: PurePath) -> bool:
    """Tell whether a file's suffix is one that can be read."""
    return path.suffix.lower() in READERS or path.suffix.lower() == ARCHIVE


def max_bytes(path: PurePath) -> int:
    """Return how many bytes a file of this name may have."""
    kind = READERS.get(path.suffix.lower())
    return kind.max_bytes if kind else MAX_BYTES_OF_LARGE


def check_supported(path: PurePath) -> None:
    """Check that a file's suffix is one that can be read.

    Raises:
        BulletinError: it is not; says what to do.
    """
    if not supported(path):
        suffix = path.suffix.lower()
        if suffix in _REMEDIES:
            raise BulletinError(f"不支持{_REMEDIES[suffix]}")
        known = "、".join(sorted([*READERS, ARCHIVE]))
        raise BulletinError(f"不支持的文件类型 {path.suffix or '(没有扩展名)'};支持 {known}")


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
        limit = max_bytes(path)
        with path.open("rb") as file:
            data = file.read(limit + 1)  # it may have grown since
    except FileNotFoundError as error:
        dangling = path.is_symlink()
        raise BulletinError("符号链接指向的文件不存在" if dangling else "文件不存在") from error
    except PermissionError as error:
        raise BulletinError("没有读取这个文件的权限") from error
    except OSError as error:
        raise BulletinError(f"文件无法读取:{explain(error)}") from error
    if len(data) > limit:
        raise _too_large(len(data), limit)
    if not data:
        raise BulletinError("文件是空的")
    return data


def check_name_and_size(path: PurePath, size: int) -> None:
    """Refuse a file that is not worth reading.

    Raises:
        BulletinError: its suffix is of no format that can be read, or it is larger than :func:`max_bytes`.
    """
    check_supported(path)
    limit = max_bytes(path)
    if size > limit:
        raise _too_large(size, limit)


def decode(data: bytes, path: PurePath) -> Decoded | Listing:
    """Return what a file's bytes say, read as its suffix says; not for archives.

    Raises:
        BulletinError: binary, blank, in an encoding that is not known, or of a format whose package is not
            installed.
    """
    check_supported(path)
    content = READERS[path.suffix.lower()].read(data)
    if isinstance(content, Decoded) and not content.text.strip():
        raise BulletinError("文件里只有空白,没有文字")
    return content


def read_text(path: Path) -> Decoded:
    """Return the text of a bulletin page's file.

    Raises:
        BulletinError: says in Chinese why it cannot be read, without the file's name.
    """
    content = decode(read_bytes(path), path)
    if isinstance(content, Listing):
        raise BulletinError("是文章列表,不是一页公报")
    return content


def _too_large(size: int, limit: int) -> BulletinError:
    return BulletinError(f"文件太大({size / _MB:.1f} MB,上限 {limit // _MB} MB),没有读取")
