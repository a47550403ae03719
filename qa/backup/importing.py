"""Make a back-up's library the one that serves.

The file is checked through before anything is written. Then the library is prepared beside the one that is
there: unpacked, brought to this version's tables, its sources renamed to where the bulletins are now, and a
generation derived from it, which only encodes what has no vector of the model in use. Then
:mod:`qa.building.replacing` puts all of it in place, or nothing.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qa.backup import backup_file
from qa.backup.backup_manifest import BULLETINS, LIBRARY, Manifest
from qa.building import activation, replacing
from qa.building.canaries import CANARIES_FILE
from qa.building.indexing import build_index
from qa.building.lock import LIBRARY_FILE, build_lock
from qa.building.replacing import Plan, Staging
from qa.config import Settings
from qa.durable import explain, nearest, sha256_of
from qa.errors import BackupError, ConfigError, LibraryError, WithdrawalError
from qa.formats import supported
from qa.index.vectors import Embedder
from qa.ingest.uploads import uploads_lock
from qa.parsing.bulletin import article_id
from qa.storage import withdrawals
from qa.storage.database import check_file
from qa.storage.library import Library
from qa.storage.schema import MIGRATIONS
from qa.storage.sources import find, name_of
from qa.storage.withdrawals import NOTHING, Withdrawn
from qa.types import IndexReport, Progress
from qa.understanding.synonyms import SYNONYMS_FILE


@dataclass(frozen=True, slots=True)
class Imported:
    """A library that took its place."""

    manifest: Manifest
    report: IndexReport
    """Of the run that derived the generation that serves now."""
    aside: tuple[Path, ...]
    """Folders that hold what was there before."""
    notes: tuple[str, ...]
    """What the editor should know, in Chinese."""


def import_backup(
    file: Path,
    settings: Settings,
    load: Callable[[], Embedder],
    *,
    force: bool = False,
    progress: Callable[[Progress], None] | None = None,
    root: Path | None = None,
) -> Imported:
    """Put a back-up's library and bulletin files in place, and its generation into service.

    What is withdrawn here stays so, even where the back-up's log has a later restoration.

    Args:
        file: the back-up.
        settings: where to.
        load: loads the model; called once the back-up is found to be whole.
        force: replace the library that is there; it is moved aside.
        progress: told often while vectors are computed.
        root: folder that source names are relative to; the current one where ``None``.

    Raises:
        BackupError: the back-up is damaged, of a newer version or not to be trusted; there is a library
            already, or bulletin files of other content; the disk is full. Nothing has changed then, unless
            the message says that the next ``qa index`` will finish.
        BusyError: the index is being built, or another import is under way.
        LibraryError, SnapshotError, WithdrawalError, ModelError: as
            :func:`qa.building.indexing.build_index`; nothing has changed.
    """
    manifest = backup_file.verify(file)
    if manifest.schema > len(MIGRATIONS):
        raise BackupError(f"备份里的文库由更新版本的程序写成(版本 {manifest.schema}),请升级本程序:{file}")
    place = Path(os.path.abspath(root or Path.cwd()))
    with build_lock(settings.data_dir):
        if not force and (held := _held(settings.data_dir)):
            raise BackupError(f"数据文件夹里{held},没有导入;要用备份替换它请加 --force,原有的会移到一旁保留")
        return _Import(file, manifest, settings, place, force).run(load, progress)


def _held(data_dir: Path) -> str | None:
    """Return in Chinese what of a library a data folder holds; ``None`` where that is nothing."""
    library = data_dir / LIBRARY_FILE
    if (data_dir / "current").exists():
        return "已有索引"
    if not library.exists() or not library.stat().st_size:
        return None
    try:
        with Library(library) as present:
            counts = present.counts()
    except LibraryError:
        return "已有文库(打不开)"
    return f"已有文库({counts.articles} 篇文章)" if counts.articles or counts.generations else None


class _Import:
    """One run, under the build lock."""

    def __init__(self, file: Path, manifest: Manifest, settings: Settings, root: Path, force: bool) -> None:
        self._file = file
        self._manifest = manifest
        self._settings = settings
        self._data = settings.data_dir
        self._root = root
        self._force = force
        self._staging = Staging(self._data, Path(os.path.abspath(root / settings.seeds_dir)))
        self._notes: list[str] = []

    def run(self, load: Callable[[], Embedder], progress: Callable[[Progress], None] | None) -> Imported:
        """Prepare everything, then put it in place."""
        staging = self._staging
        try:
            try:
                here = self._bulletins_here()
                self._need_room(here)
                staging.seeds.mkdir(parents=True, exist_ok=True)
                replacing.begin(self._data, staging.seeds)
                backup_file.extract(self._file, self._manifest, lambda name: self._place_of(name, here))
                withdrawn = self._checked()
                report = self._build(load(), progress)
                before = self._withdrawn_here()
                with uploads_lock(self._data):
                    plan = self._plan(here)
                    replacing.commit(staging, plan)
            except OSError as error:
                why = f"{explain(error)}({error.filename or self._data})"
                if replacing.pending(self._data):  # the plan was written, but could not be flushed
                    raise BackupError(f"导入没有做完:{why};排除之后运行 qa index,会接着做完") from error
                raise BackupError(f"导入失败,没有改动:{why}") from error
        except BaseException:
            if not replacing.pending(self._data):
                replacing.discard(staging)
            raise
        self._remark(report, withdrawn, before)
        aside = (self._data / plan.aside, staging.seeds / f".{plan.aside}")
        return Imported(self._manifest, report, tuple(p for p in aside if p.is_dir()), tuple(self._notes))

    def _build(self, encoder: Embedder, progress: Callable[[Progress], None] | None) -> IndexReport:
        """Derive a generation from the library that was unpacked."""
        try:
            return build_index(
                [], self._staging.data, encoder, progress=progress, root=self._root,
                model=self._settings.embedding_model, after=self._newest(),
            )  # fmt: skip
        except ConfigError as error:
            # It found the library damaged, and there is nothing to make it again from.
            raise BackupError(f"备份里的段落或向量已损坏,没有导入:{self._file}") from error

    def _place_of(self, name: str, here: Mapping[str, str]) -> Path | None:
        if not name.startswith(BULLETINS):
            return self._staging.data / name
        path = name.removeprefix(BULLETINS)
        return None if here.get(path) == self._manifest.files[name].sha256 else self._staging.bulletins / path

    def _bulletins_here(self) -> dict[str, str]:
        """Return the checksums of the bulletin files that are there, by their paths in the folder."""
        seeds = self._staging.seeds
        try:
            found = find([seeds], (), self._root, Path(os.path.abspath(self._data)))
        except ConfigError:  # there is no such folder yet
            return {}
        files = [file for file in map(Path, found.files.values()) if supported(file)]
        return {name_of(file, seeds): sha256_of(file) for file in files}

    def _need_room(self, here: Mapping[str, str]) -> None:
        sizes = {name: member.size for name, member in self._manifest.files.items()}
        bulletins = sum(
            size for name, size in sizes.items()
            if name.startswith(BULLETINS) and self._place_of(name, here) is not None
        )  # fmt: skip
        library = sum(size for name, size in sizes.items() if not name.startswith(BULLETINS))
        snapshot = sizes[LIBRARY]  # at most about: both hold texts and vectors
        needed = {self._data: library + snapshot, self._staging.seeds: bulletins}
        for folder, size in needed.items():
            free = shutil.disk_usage(nearest(folder)).free
            if free < size:
                raise BackupError(
                    f"磁盘空间不够:需要 {size / 10**6:.0f} MB,只剩 {free / 10**6:.0f} MB({folder}),没有导入"
                )

    def _checked(self) -> Withdrawn:
        """Check what was unpacked, and give the sources the names that they have here."""
        file = self._staging.data / LIBRARY_FILE
        if check_file(file) != self._manifest.schema:
            raise BackupError(f"备份里的文库与清单不符,没有导入:{self._file}")
        old, new = self._manifest.seeds, name_of(self._staging.seeds, self._root)
        with Library(file) as library:
            library.move_sources({s: _moved(s, old, new) for s in library.sources() if _inside(s, old)})
            counts, articles = library.counts(), library.articles()
            outside = sum(not _inside(source, new) for source in library.sources())
        said = self._manifest.counts
        if (counts.articles, counts.passages) != (said.articles, said.passages):
            raise BackupError(f"备份里的文库与清单不符,没有导入:{self._file}")
        if any(a.id != article_id(a.title, a.body) for a in articles):
            raise BackupError(f"备份里有文章的内容已损坏,没有导入:{self._file}")
        if outside:
            self._notes.append(f"{outside} 个收录过的文件不在公报文件夹里:文章照常使用,文件本身不在备份里")
        return withdrawals.read(self._staging.data)

    def _newest(self) -> int:
        """Return the highest number of a generation that was ever known here."""
        newest = activation.newest_number(self._data)
        if (self._data / LIBRARY_FILE).exists():
            with suppress(LibraryError), Library(self._data / LIBRARY_FILE) as library:
                newest = max(newest, library.newest_generation())
        return newest

    def _withdrawn_here(self) -> Withdrawn:
        try:
            return withdrawals.read(self._data)
        except WithdrawalError:
            if not self._force:
                raise
            return NOTHING  # a damaged record is what an editor restores a back-up for

    def _plan(self, here: Mapping[str, str]) -> Plan:
        """Return what makes way: what would be overwritten, all that is not in the back-up where forced."""
        backed_up = {
            name.removeprefix(BULLETINS): member.sha256
            for name, member in self._manifest.files.items()
            if name.startswith(BULLETINS)
        }
        in_the_way = {
            path
            for name, sha256 in backed_up.items()
            if here.get(name) != sha256 and (path := _obstacle(self._staging.seeds, name)) is not None
        }
        others = sorted(here.keys() - backed_up.keys())
        if in_the_way and not self._force:
            named = "、".join(sorted(in_the_way))
            raise BackupError(f"公报文件夹里有与备份内容不同的同名文件,没有导入;要替换请加 --force:{named}")
        if self._force:
            in_the_way |= set(others)
        elif others:
            self._notes.append(f"公报文件夹里另有 {len(others)} 个文件不在备份里,下次 qa index 会收录")
        new = self._staging.data
        entries = replacing.entries(self._data)
        if not self._force:
            entries = [name for name in entries if name == LIBRARY_FILE or (new / name).exists()]
        now = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S-%f")
        return Plan(1, f"replaced-{now}", tuple(entries), tuple(sorted(in_the_way)))

    def _remark(self, report: IndexReport, withdrawn: Withdrawn, before: Withdrawn) -> None:
        if report.encoded:
            self._notes.append(f"备份里有 {report.encoded} 个段落没有现在这个模型的向量,已经重新计算")
        kept = (before.identifiers - withdrawn.identifiers) & withdrawals.read(self._data).identifiers
        if kept:
            self._notes.append(f"这里原来撤回的 {len(kept)} 篇文章仍然撤回;要用请运行 qa restore")
        for name, variable, elsewhere in (
            (SYNONYMS_FILE, "QA_SYNONYMS", self._settings.synonyms),
            (CANARIES_FILE, "QA_CANARIES", self._settings.canaries),
        ):
            if elsewhere and name in self._manifest.files:
                self._notes.append(f"{variable} 指定了 {elsewhere},备份里的 {name} 已放进数据文件夹,没有启用")
        if SYNONYMS_FILE in self._manifest.files and not self._settings.synonyms:
            self._notes.append("近义词表换成了备份里的,正在运行的服务重启之后才会用上")


def _inside(source: str, folder: str) -> bool:
    """Tell whether a source's name is that of a file in a folder; both as the library has them."""
    return not os.path.isabs(source) if folder == "." else source.startswith(f"{folder}/")


def _moved(source: str, old: str, new: str) -> str:
    path = source if old == "." else source[len(old) + 1 :]
    return path if new == "." else f"{new}/{path}"


def _obstacle(folder: Path, name: str) -> str | None:
    """Return the path in a folder of what keeps a file from being put there under a name."""
    parts = name.split("/")
    for end in range(1, len(parts)):
        path = folder.joinpath(*parts[:end])
        if os.path.lexists(path) and (path.is_symlink() or not path.is_dir()):
            return "/".join(parts[:end])
    return name if os.path.lexists(folder / name) else None
