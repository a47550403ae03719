"""Gather into one file everything of a library that cannot be made again; a service may run meanwhile.

Snapshots stay behind: they are derived from the library, vectors included, without encoding anything, and a
version of the program makes its own. Models stay behind too, they come with the package; so do settings,
which hold secrets.
"""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import itertools
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qa.backup import backup_file
from qa.backup.backup_file import Content
from qa.backup.backup_manifest import BULLETINS, LIBRARY, UPLOADS, Contents, File, Manifest
from qa.building import replacing
from qa.building.canaries import CANARIES_FILE
from qa.building.jobs import JOBS_FILE
from qa.building.lock import LIBRARY_FILE
from qa.config import Settings
from qa.durable import explain
from qa.errors import BackupError, ConfigError
from qa.formats import supported
from qa.ingest.uploads import UPLOADS_DIR, Uploads, uploads_lock
from qa.parsing.bulletin import article_id
from qa.storage import withdrawals
from qa.storage.database import check_file
from qa.storage.library import Counts, Library
from qa.storage.sources import Found, file_of, find, name_of
from qa.storage.stamps import name_in
from qa.understanding.synonyms import SYNONYMS_FILE

PACKAGE = "bulletin-qa"
_COPIED = 1 << 20
"""Bytes up to which a file is copied rather than linked: a link changes the time of a file's last change, by
which the indexer would take it for another."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A back-up that was written."""

    file: Path
    size: int
    """Bytes."""
    manifest: Manifest
    notes: tuple[str, ...]
    """What it does not hold, in Chinese."""


def export(settings: Settings, file: Path, *, force: bool = False, root: Path | None = None) -> Exported:
    """Write a back-up of the library and of the bulletins' folder.

    Args:
        settings: where they are.
        file: where to.
        force: replace a file that is there.
        root: folder that source names are relative to; the current one where ``None``.

    Raises:
        BackupError: there is nothing to back up, a file cannot be read or written, or the library is damaged.
        LibraryError: the library cannot be read, or the disk is full.
        WithdrawalError: it cannot be told what is withdrawn.
        BusyError: an upload has been under way for long.
    """
    place = Path(os.path.abspath(root or Path.cwd()))
    seeds = Path(os.path.abspath(place / settings.seeds_dir))
    if name_in(str(seeds), os.path.abspath(file)):
        raise BackupError(f"备份不能放在公报文件夹里,会被当作公报收录:{file}")
    if not (settings.data_dir / LIBRARY_FILE).exists():
        raise BackupError(f"还没有建立索引,没有什么可备份(数据文件夹:{settings.data_dir})")
    with _folder_for_links(settings.data_dir) as links:
        run = _Export(settings, seeds, place, links)
        manifest = backup_file.write(file, run.members, run.manifest, force=force)
    return Exported(file, file.stat().st_size, manifest, tuple(run.notes))


class _Export:
    """One run: what it found is told when all is gathered."""

    def __init__(self, settings: Settings, seeds: Path, root: Path, links: Path) -> None:
        self._settings = settings
        self._data = settings.data_dir
        self._seeds = seeds
        self._root = root
        self._links = links
        self._numbers = itertools.count()
        self.notes: list[str] = []
        self._schema = 0
        self._counts = Counts(0, 0, 0, 0)
        self._withdrawn = 0
        self._uploads = 0
        self._bulletins = 0

    def members(self, place: Path) -> Iterator[tuple[str, Content]]:
        """Yield names and contents; a folder takes the copies of what may change meanwhile."""
        copy = place / "library"
        # Under the lock no upload moves bulletin files around, and no import puts another library in place.
        # What takes long, checking and compressing, comes after it: an upload does not wait for that.
        with uploads_lock(self._data):
            if replacing.pending(self._data):
                raise BackupError("上次 qa import 没有做完,请先运行 qa index,会接着做完")
            with Library(self._data / LIBRARY_FILE) as library:
                library.copy_to(copy)
            found = self._find()
            kept = list(self._kept((*self._bulletin_files(found), *self._upload_files()), place))
        self._remark(self._look_at(copy), found)
        yield from kept
        yield LIBRARY, copy
        yield from self._kept(self._single_files(), place)
        # Last: what is withdrawn while all this is being written is withdrawn in the back-up too.
        withdrawn = withdrawals.read(self._data)
        self._withdrawn = len(withdrawn.articles)
        yield withdrawals.WITHDRAWN_FILE, withdrawals.dump(withdrawn)

    def manifest(self, files: Mapping[str, File]) -> Manifest:
        """Return the manifest of what was gathered."""
        counts = self._counts
        return Manifest(
            format=1,
            software=_software(),
            schema=self._schema,
            created_at=dt.datetime.now(dt.UTC).replace(microsecond=0),
            seeds=name_of(self._seeds, self._root),
            counts=Contents(
                articles=counts.articles,
                passages=counts.passages,
                vectors=counts.vectors,
                generations=counts.generations,
                withdrawals=self._withdrawn,
                bulletins=self._bulletins,
                uploads=self._uploads,
            ),
            files=dict(files),
        )

    def _look_at(self, copy: Path) -> tuple[str, ...]:
        """Check the library's copy through; return the names of its sources."""
        self._schema = check_file(copy)
        with Library(copy) as library:
            self._counts = library.counts()
            sources = tuple(library.sources())
            damaged = [a.id for a in library.articles() if a.id != article_id(a.title, a.body)]
            torn = any(library.misshapen(g.fingerprint, g.dimension) for g in library.generations())
        if damaged:
            raise BackupError(f"文库中文章 {damaged[0]} 的内容已损坏,没有备份;请先运行 qa index")
        if torn:
            raise BackupError("文库中有向量的长度不对,没有备份;请先运行 qa index")
        if not self._counts.articles and not self._counts.generations:
            raise BackupError(f"文库是空的,没有什么可备份(数据文件夹:{self._data})")
        return sources

    def _kept(self, files: Iterable[tuple[str, Path]], place: Path) -> Iterator[tuple[str, Path]]:
        """Yield, in the place of files, what stays as they are now, whatever takes their place later."""
        for name, path in files:
            number = str(next(self._numbers))
            yield name, self._linked(path, number) or self._copied(path, place / number)

    def _linked(self, path: Path, number: str) -> Path | None:
        try:
            if os.path.getsize(path) <= _COPIED:
                return None
            os.link(os.path.realpath(path), self._links / number)
        except OSError:  # another disk, a file system without links, another user's file
            return None
        return self._links / number

    def _copied(self, path: Path, copy: Path) -> Path:
        with copy.open("xb") as file:
            for chunk in backup_file.chunks(path, str(path)):
                file.write(chunk)
        return copy

    def _single_files(self) -> Iterator[tuple[str, Path]]:
        """Yield what the editor and the service keep in single files."""
        chosen = {
            JOBS_FILE: None,
            SYNONYMS_FILE: self._settings.synonyms,
            CANARIES_FILE: self._settings.canaries,
        }
        for name, elsewhere in chosen.items():
            path = elsewhere or self._data / name
            if elsewhere or path.is_file():
                yield name, path

    def _find(self) -> Found | None:
        """Look for the bulletin files; ``None`` where their folder is gone."""
        try:
            return find([self._seeds], (), self._root, Path(os.path.abspath(self._data)))
        except ConfigError:  # the library goes on without the folder, and so does the back-up
            return None

    def _remark(self, known: tuple[str, ...], found: Found | None) -> None:
        """Tell which of the known sources' files are not in the back-up.

        Raises:
            BackupError: some of them are there, but cannot be read.
        """
        below = [name for name in known if name_in(str(self._seeds), os.path.join(self._root, file_of(name)))]
        if elsewhere := len(known) - len(below):
            self.notes.append(
                f"{elsewhere} 个文件不在公报文件夹里:其中的文章在备份里,文件本身不在,请另行保存"
            )
        if found is None:
            self.notes.append(f"公报文件夹不存在:{self._settings.seeds_dir}")
            return
        for failure in found.failed:
            lost = Path(self._root, failure.source)
            if any(name_in(str(lost), os.path.join(self._root, file_of(name))) for name in below):
                raise BackupError(
                    f"公报文件夹有一部分读不了,备份会不完整,没有做:{failure.source}:{failure.reason}"
                )
            self.notes.append(f"没有备份 {failure.source}:{failure.reason}")
        if below and not any(supported(Path(name)) for name in found.files):
            self.notes.append(
                "公报文件夹里一个公报文件也没有,可能是共享文件夹断开了:"
                f"{len(below)} 个收录过的文件不在备份里,其中的文章在;请接上之后再备份一次"
            )
        elif gone := {file_of(name) for name in below} - found.files.keys():
            self.notes.append(
                f"{len(gone)} 个收录过的公报文件已经不在公报文件夹里(下次 qa index 会移除其中的文章)"
            )

    def _bulletin_files(self, found: Found | None) -> Iterator[tuple[str, Path]]:
        for file in map(Path, found.files.values() if found else ()):
            if supported(file):
                self._bulletins += 1
                yield BULLETINS + name_of(file, self._seeds), file

    def _upload_files(self) -> Iterator[tuple[str, Path]]:
        uploads = Uploads(self._data, self._seeds)
        for upload in uploads.all():
            self._uploads += 1
            for path in uploads.files_of(upload.id):
                yield f"{UPLOADS}{upload.id}/{path.as_posix()}", self._data / UPLOADS_DIR / upload.id / path


@contextmanager
def _folder_for_links(data_dir: Path) -> Iterator[Path]:
    """Make a folder where files can be linked to: on the disk of the data, which a back-up is seldom on."""
    try:
        folder = tempfile.TemporaryDirectory(prefix=".export-", dir=data_dir, ignore_cleanup_errors=True)
    except OSError as error:
        raise BackupError(f"数据文件夹无法写入:{explain(error)}({data_dir})") from error
    with folder as name:
        yield Path(name)


def _software() -> str:
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return "?"
