"""A back-up: one zip with a manifest, written beside and read back, and read with suspicion.

::

    manifest.json          format, versions, counts, size and SHA-256 of every other member
    library.sqlite         a copy of the library as it was at one instant
    withdrawn.json         who was withdrawn and restored, when and why
    jobs.jsonl  synonyms.txt  canaries.jsonl
    uploads/ID/…           the uploads with what undoing them takes
    bulletins/…            the files of the bulletins' folder

:mod:`qa.backup.exporting` gathers the members, :mod:`qa.backup.importing` puts them in place. A back-up
may have been sent around, so nothing in it is believed: names, sizes and checksums are checked before
anything is unpacked.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from qa.backup.backup_manifest import LIBRARY, File, Manifest, dump, name_problem, parse
from qa.durable import explain, flush
from qa.errors import BackupError

MANIFEST = "manifest.json"
MAX_MEMBERS = 1_000_000
MAX_RATIO = 200
"""Of all members to the file; text shrinks to a third, vectors hardly."""
_SMALL = 64 * 2**20
"""Bytes of all members below which the ratio does not matter."""
_MAX_MANIFEST = 256 * 2**20
_CHUNK = 1 << 20


Content = Path | bytes


def write(
    file: Path,
    members: Callable[[Path], Iterable[tuple[str, Content]]],
    describe: Callable[[Mapping[str, File]], Manifest],
    *,
    force: bool,
) -> Manifest:
    """Write a back-up in one step: whatever happens, the file is whole or what it was before.

    Args:
        file: where to.
        members: gives names and contents, with a folder to make temporary files in.
        describe: makes the manifest once all members are written.
        force: replace a file that is there.

    Raises:
        BackupError: it is there already, cannot be written, or does not read back as what was written.
        QAError: what ``members`` raises.
    """
    _must_be_free(file, force)
    with _told(f"备份无法写入 {file}"):
        with tempfile.TemporaryDirectory(prefix=f".{file.name[:80]}.", dir=file.parent) as place:
            new = Path(place) / "backup"
            made = _pack(new, members(Path(place)), describe)
            flush(new)
            if verify(new) != made:
                raise BackupError(f"写好的备份读回来不一致,没有保留:{file}")
            _must_be_free(file, force)
            os.replace(new, file)
        flush(file.parent)
    return made


def verify(file: Path) -> Manifest:
    """Read a back-up to its end, comparing everything with its manifest; nothing is unpacked.

    Raises:
        BackupError: it is no back-up, damaged, cut short, of a newer version, or holds what has no place in
            one.
    """
    with _opened(file) as archive:
        manifest = _manifest(archive, file)
        for name, member in manifest.files.items():
            with _member(archive, name, file) as source:
                _copy(source, None, name, member, file)
    return manifest


def extract(file: Path, manifest: Manifest, place: Callable[[str], Path | None]) -> None:
    """Unpack a back-up that was verified; each file is compared again and flushed to the disk.

    Args:
        file: the back-up.
        manifest: what :func:`verify` returned.
        place: where a member goes; ``None`` where it is not needed.

    Raises:
        BackupError: the file is not the one that was verified any more.
        OSError: a file cannot be written.
    """
    with _opened(file) as archive:
        if _manifest(archive, file) != manifest:
            raise BackupError(f"备份在读取期间被改动:{file}")
        for name, member in manifest.files.items():
            target = place(name)
            if target is None:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with _member(archive, name, file) as source, target.open("xb") as unpacked:
                _copy(source, unpacked, name, member, file)
                unpacked.flush()
                os.fsync(unpacked.fileno())


def _must_be_free(file: Path, force: bool) -> None:
    if file.is_dir():
        raise BackupError(f"这是一个文件夹,请给出备份文件的名称:{file}")
    if os.path.lexists(file) and not force:
        raise BackupError(f"文件已经存在,没有覆盖;要覆盖请加 --force:{file}")


def _pack(
    file: Path,
    members: Iterable[tuple[str, Content]],
    describe: Callable[[Mapping[str, File]], Manifest],
) -> Manifest:
    files: dict[str, File] = {}
    with zipfile.ZipFile(file, "x", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            if problem := name_problem(name):
                raise BackupError(f"{problem}:{name}")
            files[name] = _add(archive, name, content)
        made = describe(files)
        archive.writestr(MANIFEST, dump(made))
    return made


def _add(archive: zipfile.ZipFile, name: str, content: Content) -> File:
    digest = hashlib.sha256()
    size = 0
    with archive.open(name, "w", force_zip64=True) as member:
        for chunk in chunks(content, name):
            digest.update(chunk)
            size += len(chunk)
            member.write(chunk)
    return File(size, digest.hexdigest())


def chunks(content: Content, called: str) -> Iterator[bytes]:
    """Yield the bytes of a content.

    Raises:
        BackupError: it cannot be read; says what it is called.
    """
    if isinstance(content, bytes):
        yield content
        return
    try:
        with content.open("rb") as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise BackupError(f"文件读不出来,备份会不完整,没有做:{explain(error)}({called})") from error


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise _damaged(file) from error
    except FileNotFoundError as error:
        if error.filename == os.fspath(file):
            raise BackupError(f"找不到备份文件:{file}") from error
        raise
    except (PermissionError, IsADirectoryError) as error:
        if error.filename == os.fspath(file):
            raise BackupError(f"备份文件读不出来:{explain(error)}({file})") from error
        raise


@contextmanager
def _member(archive: zipfile.ZipFile, name: str, file: Path) -> Iterator[IO[bytes]]:
    """Open a member; what goes wrong while it is read means that the back-up is damaged."""
    try:
        with archive.open(name) as source:
            yield source
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, KeyError) as error:
        raise _damaged(file, name) from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise _damaged(file, name) from error  # it is said to begin before the file does


def _copy(source: IO[bytes], target: IO[bytes] | None, name: str, member: File, file: Path) -> None:
    """Copy no more than a member's size; raise where that or the checksum is another."""
    digest = hashlib.sha256()
    size = 0
    while chunk := source.read(min(_CHUNK, member.size + 1 - size)):
        size += len(chunk)
        if size > member.size:
            break
        digest.update(chunk)
        if target is not None:
            target.write(chunk)
    if size != member.size or digest.hexdigest() != member.sha256:
        raise _damaged(file, name)


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    """Return a back-up's manifest after comparing the list of members with it."""
    infos = archive.infolist()
    by_name = {info.filename: info for info in infos}
    if len(infos) > MAX_MEMBERS or len(by_name) != len(infos):
        raise BackupError(f"备份里的文件太多,或有同名的,没有读取:{file}")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > max(_SMALL, MAX_RATIO * os.path.getsize(file)):
        raise BackupError(f"备份可能是压缩炸弹:解压后有 {unpacked / 2**20:.0f} MB,没有读取:{file}")
    if MANIFEST not in by_name or by_name[MANIFEST].file_size > _MAX_MANIFEST:
        raise BackupError(f"这不是公报问答的备份(缺少清单):{file}")
    with _member(archive, MANIFEST, file) as source:
        raw = source.read(_MAX_MANIFEST + 1)
    manifest = parse(raw, file)
    del by_name[MANIFEST]
    for name in by_name:
        if problem := name_problem(name):
            raise BackupError(f"备份里有不该有的文件,没有读取({problem}):{name!r}")
    listed = {name: member.size for name, member in manifest.files.items()}
    if listed != {name: info.file_size for name, info in by_name.items()}:
        raise BackupError(f"备份里的文件与清单不符:{file}")
    if LIBRARY not in listed:
        raise BackupError(f"备份里没有文库:{file}")
    return manifest


def _damaged(file: Path, name: str | None = None) -> BackupError:
    where = f"({name})" if name else ""
    return BackupError(f"备份已损坏或不完整{where},没有使用:{file}")


@contextmanager
def _told(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(f"{what}:{explain(error)}") from error
