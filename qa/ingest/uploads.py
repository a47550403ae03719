"""Bulletin files handed in over the network: staged for a look, then committed, discarded or undone.

An upload is a folder of its own in the data folder::

    uploads/20260105093000-1f2e3d4c/upload.json   the record, replaced in one step
                                    files/0       the first file's bytes
                                    replaced/0    what committing it replaced, where it replaced something

Names that clients give are never names in there. Committing copies files into the bulletins' folder one by
one; a crash in between is taken back by whoever comes next, so that all of an upload is there or none of it.
All that changes something happens under a lock, which a dead process never holds.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from qa.durable import explain, flush, flush_tree, locked, replace_file, unfinished
from qa.errors import ConflictError, EmptiedError, NotFoundError, UploadError
from qa.ingest.previews import Incoming, Known, preview
from qa.storage.sources import file_of
from qa.types import Article, StagedFile, Upload

UPLOADS_DIR = "uploads"
STAGED_DAYS = 7
"""How long an upload waits for a decision."""
COMMITTED_DAYS = 30
"""How long a committed one can be undone."""
KEPT = 200
"""Records that stay in the history: the newest, and older ones that can still be committed or undone."""

_RECORD, _FILES, _REPLACED, _STAGING, _LOCK = "upload.json", "files", "replaced", ".staging-", ".lock"
_IDENTIFIER = re.compile(r"\d{14}-[0-9a-f]{8}", re.ASCII)
_ABANDONED_S = 3600.0  # after this long nobody is still writing a staging folder
_LOCK_WAIT_S = 10.0
_UPLOAD = TypeAdapter(Upload)


class Uploads:
    """The uploads of one data folder; safe for concurrent use, also by several processes."""

    def __init__(
        self,
        data_dir: Path,
        seeds_dir: Path,
        check: Callable[[], object] = lambda: None,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        """Name the folders; nothing is made before the first upload.

        Args:
            data_dir: the data folder.
            seeds_dir: the bulletins' folder, which committed files are written to.
            check: called before anything in the bulletins' folder is changed; raises ``EmptiedError`` where
                what stands there may not be that folder: a file that is missing would be taken for gone.
            now: the clock.
        """
        self._folder = data_dir / UPLOADS_DIR
        self._seeds = seeds_dir
        self._check = check
        self._now = now

    def stage(self, files: Iterable[Incoming], indexed: Sequence[Article]) -> Upload:
        """Keep files and tell what was recognised in them; nothing is taken into the index.

        Args:
            files: read one by one, so that only one need be in memory.
            indexed: the articles that serve, to tell what is new.

        Raises:
            UploadError: they cannot be kept.
        """
        now = self._now()
        known = Known(indexed)
        staged: list[StagedFile] = []
        with _explained("上传的文件未能保存"):
            self._folder.mkdir(parents=True, exist_ok=True)
            staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=self._folder))
            try:
                (staging / _FILES).mkdir()
                for number, file in enumerate(files):
                    taken = {other.name for other in staged}
                    seen = preview(file, self._seeds.as_posix(), known, taken, self._sha256)
                    staged.append(replace(seen, replaces=self._replaced(seen, indexed)))
                    (staging / _FILES / str(number)).write_bytes(file.data)
                upload = Upload(
                    id=f"{now:%Y%m%d%H%M%S}-{secrets.token_hex(4)}",
                    state="staged",
                    created_at=now,
                    expires_at=now + dt.timedelta(days=STAGED_DAYS),
                    files=tuple(staged),
                )
                (staging / _RECORD).write_bytes(_UPLOAD.dump_json(upload))
                flush_tree(staging)
                staging.rename(self._folder / upload.id)
                flush(self._folder)
            except BaseException:
                shutil.rmtree(staging, ignore_errors=True)
                raise
        return upload

    def get(self, identifier: str) -> Upload:
        """Return an upload.

        Raises:
            NotFoundError: there is none of that identifier.
            UploadError: its record cannot be read.
        """
        if not _IDENTIFIER.fullmatch(identifier):
            raise NotFoundError(f"没有编号为 {identifier} 的上传")
        try:
            return _UPLOAD.validate_json((self._folder / identifier / _RECORD).read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            raise NotFoundError(f"没有编号为 {identifier} 的上传") from None
        except OSError as error:
            raise UploadError(f"上传的记录无法读取:{explain(error)}") from error
        except ValidationError as error:
            raise UploadError(f"上传的记录已损坏:{self._folder / identifier / _RECORD}") from error

    def look_again(self, identifier: str, indexed: Sequence[Article]) -> Upload:
        """Return an upload; a staged one as it compares with the folder and the index now, not as it did.

        Args:
            identifier: the upload's.
            indexed: the articles that serve, to tell what is new.

        Raises:
            NotFoundError, UploadError: as :meth:`get`.
        """
        upload = self.get(identifier)
        if upload.state != "staged":
            return upload
        known = Known(indexed)
        files = []
        for file in upload.files:
            if not file.failure:
                articles = tuple(replace(a, status=known.status(a.id, a.title)) for a in file.articles)
                conflict = self._sha256(file.name) not in (None, file.sha256)
                file = replace(file, articles=articles, conflict=conflict)
                file = replace(file, replaces=self._replaced(file, indexed))
            files.append(file)
        return replace(upload, files=tuple(files))

    def _replaced(self, file: StagedFile, indexed: Sequence[Article]) -> tuple[str, ...]:
        """Return the headlines of what goes when a file takes another one's place."""
        if not file.conflict:
            return ()
        place = (self._seeds / file.name).resolve()
        kept = {article.id for article in file.articles}
        of_it = (a for a in indexed if a.id not in kept and file.name in a.source)
        return tuple(a.title for a in of_it if Path(file_of(a.source)).resolve() == place)

    def all(self) -> list[Upload]:
        """Return the history, the newest first; a record that cannot be read is left out."""
        found = []
        for identifier in self._identifiers():
            with suppress(NotFoundError, UploadError):
                found.append(self.get(identifier))
        return sorted(found, key=lambda upload: (upload.created_at, upload.id), reverse=True)

    def files_of(self, identifier: str) -> list[Path]:
        """Return an upload's files, the record first, as paths within its folder."""
        folder = self._folder / identifier
        copies = sorted(path for name in (_FILES, _REPLACED) for path in (folder / name).glob("*"))
        return [Path(_RECORD), *(path.relative_to(folder) for path in copies)]

    def commit(self, identifier: str, *, replacing: bool = False, job: str | None = None) -> Upload:
        """Write an upload's files into the bulletins' folder, all or none.

        A file that is there already with the same content is left alone.

        Args:
            identifier: the upload's.
            replacing: whether a file of the same name may be replaced; it is kept for :meth:`undo`.
            job: the rebuild that takes the files into the index.

        Raises:
            NotFoundError: there is no such upload.
            ConflictError: it is not staged any more, nothing in it can be taken in, or it would replace a
                file; names them.
            EmptiedError: as the check raises it; nothing is written.
            UploadError: a file cannot be written; those that were are taken back.
            BusyError: another step has been under way for long.
        """
        with self._locked():
            for other in self.all():
                self._recovered(other)  # or it would be taken back later, with what this one takes in
            upload = self.get(identifier)
            if upload.state != "staged":
                raise ConflictError(f"这次上传{_STATES[upload.state]},不能再提交")
            good = [(number, file) for number, file in enumerate(upload.files) if file.failure is None]
            if not good:
                raise ConflictError("这次上传里没有可以收录的文件")
            self._check()
            todo = [(n, file) for n, file in good if self._sha256(file.name) != file.sha256]
            there = [file.name for _, file in todo if os.path.lexists(self._seeds / file.name)]
            if odd := [name for name in there if not _is_file(self._seeds / name)]:
                raise ConflictError(f"公报文件夹里有同名的文件夹或特殊文件,不能替换:{'、'.join(odd)}")
            if there and not replacing:
                raise ConflictError(
                    f"公报文件夹里已有内容不同的同名文件:{'、'.join(there)};"
                    '请确认要替换再收录(接口:"replace": true)'
                )
            with _explained("文件未能写入公报文件夹"):
                self._seeds.mkdir(parents=True, exist_ok=True)
                self._keep(upload, [(n, file.name) for n, file in todo if file.name in there])
                upload = self._put(
                    replace(
                        upload,
                        state="committing",
                        written=tuple(file.name for _, file in todo),
                        replaced=tuple(there),
                    )
                )
                try:
                    for number, file in todo:
                        replace_file(self._seeds / file.name, self._file(upload, _FILES, number).read_bytes())
                    return self._put(
                        replace(
                            upload,
                            state="committed",
                            changed_at=self._now(),
                            expires_at=self._now() + dt.timedelta(days=COMMITTED_DAYS),
                            job=job,
                        )
                    )
                except BaseException:
                    with suppress(OSError):  # the next step takes it back
                        self._take_back(upload, "staged")
                    raise

    def undo(self, identifier: str, *, job: str | None = None) -> Upload:
        """Take a committed upload's files out again and put back those that they replaced.

        The upload's own copies stay until it expires.

        Args:
            identifier: the upload's.
            job: the rebuild that takes the articles out of the index.

        Raises:
            NotFoundError: there is no such upload.
            ConflictError: it is not committed, one of its files was changed since, or another upload, to be
                undone first, committed the same later; names them.
            EmptiedError: as the check raises it; nothing is changed.
            UploadError: a file cannot be written; the next step finishes what was begun.
            BusyError: another step has been under way for long.
        """
        with self._locked():
            before = self.get(identifier)
            upload = self._recovered(before)
            if before.state == "undoing":  # and ended in an error: now it is done; the index must follow
                with _explained("文件未能撤回"):
                    return self._put(replace(upload, job=job))
            if upload.state != "committed":
                raise ConflictError(f"这次上传{_STATES[upload.state]},不能撤销")
            if self._now() >= upload.expires_at:
                raise ConflictError(f"提交已超过 {COMMITTED_DAYS} 天,不能再撤销;请直接修改公报文件夹")
            self._check()
            hashes = _taken(upload)
            changed = [name for name in upload.written if self._sha256(name) not in (hashes[name], None)]
            if changed:
                raise ConflictError(f"这些文件在提交之后又改动过,没有撤销:{'、'.join(changed)}")
            for other in self._committed_after(upload):
                if also := [name for name in upload.written if _taken(other).get(name) == hashes[name]]:
                    raise ConflictError(
                        f"这些文件后来的一次上传({other.id})也提交过,请先撤销那一次:{'、'.join(also)}"
                    )
            with _explained("文件未能撤回"):
                upload = self._put(replace(upload, state="undoing", job=job))
                return self._take_back(upload, "undone")

    def discard(self, identifier: str) -> Upload:
        """Delete a staged upload's files; its record stays in the history.

        Raises:
            NotFoundError: there is no such upload.
            ConflictError: it is not staged any more.
            UploadError: it cannot be deleted.
            BusyError: another step has been under way for long.
        """
        with self._locked():
            upload = self._recovered(self.get(identifier))
            if upload.state != "staged":
                raise ConflictError(f"这次上传{_STATES[upload.state]},不能放弃")
            with _explained("上传的文件未能删除"):
                return self._drop(upload, "discarded")

    def clean(self) -> None:
        """Take back what a crash left half done, delete what has expired and what nobody finished.

        Raises:
            UploadError: a file cannot be written.
            BusyError: another step has been under way for long.
        """
        if not self._folder.is_dir():
            return
        with self._locked(), _explained("上传的文件未能整理"):
            for staging in self._folder.glob(f"{_STAGING}*"):
                with suppress(OSError):
                    if time.time() - staging.stat().st_mtime > _ABANDONED_S:
                        shutil.rmtree(staging, ignore_errors=True)
            for upload in self.all():
                try:
                    upload = self._recovered(upload)
                except EmptiedError:  # later, when its files can be seen again
                    continue
                if self._now() < upload.expires_at:
                    continue
                if upload.state == "staged":
                    self._drop(upload, "expired")
                else:
                    self._delete_files(upload)
            for identifier in sorted(self._identifiers())[:-KEPT]:
                with suppress(NotFoundError, UploadError):
                    old = self.get(identifier)
                    if old.state not in ("staged", "committed") or self._now() >= old.expires_at:
                        shutil.rmtree(self._folder / identifier, ignore_errors=True)

    def _keep(self, upload: Upload, files: Sequence[tuple[int, str]]) -> None:
        folder = self._folder / upload.id / _REPLACED
        shutil.rmtree(folder, ignore_errors=True)  # of a commit that was taken back
        folder.mkdir()
        for number, name in files:
            shutil.copyfile(self._seeds / name, folder / str(number))
        flush_tree(folder)
        flush(folder.parent)

    def _take_back(self, upload: Upload, state: Literal["staged", "undone"]) -> Upload:
        """Undo what was written, as far as it was; a file that someone changed since is left alone."""
        for number, file in enumerate(upload.files):
            target = self._seeds / file.name
            if file.failure is not None or file.name not in upload.written:
                continue  # a refused one may have the name of one that was written
            unfinished(target).unlink(missing_ok=True)
            if self._sha256(file.name) != file.sha256:
                continue
            if file.name in upload.replaced:
                replace_file(target, self._file(upload, _REPLACED, number).read_bytes())
            else:
                target.unlink()
                flush(self._seeds)
        if state == "staged":
            upload = replace(upload, written=(), replaced=())
        return self._put(replace(upload, state=state, changed_at=self._now()))

    def _recovered(self, upload: Upload) -> Upload:
        """Take back what a process that died left half done; called under the lock, so it is dead."""
        if upload.state not in ("committing", "undoing"):
            return upload
        self._check()
        with _explained("上次中断的操作未能恢复"):
            return self._take_back(upload, "staged" if upload.state == "committing" else "undone")

    def _committed_after(self, upload: Upload) -> list[Upload]:
        """Return the uploads that were committed after one was, and not undone since."""
        return [
            other
            for other in self.all()
            if other.state == "committed"
            and other.changed_at is not None
            and upload.changed_at is not None
            and other.changed_at > upload.changed_at
        ]

    def _drop(self, upload: Upload, state: Literal["discarded", "expired"]) -> Upload:
        # The record first: a crash in between leaves files that the next cleaning deletes.
        upload = self._put(replace(upload, state=state, changed_at=self._now()))
        self._delete_files(upload)
        return upload

    def _delete_files(self, upload: Upload) -> None:
        for name in (_FILES, _REPLACED):
            shutil.rmtree(self._folder / upload.id / name, ignore_errors=True)

    def _put(self, upload: Upload) -> Upload:
        replace_file(self._folder / upload.id / _RECORD, _UPLOAD.dump_json(upload))
        return upload

    def _file(self, upload: Upload, folder: str, number: int) -> Path:
        return self._folder / upload.id / folder / str(number)

    def _sha256(self, name: str) -> str | None:
        """Return a bulletin file's checksum: ``None`` where there is none, ``""`` where it cannot be read."""
        path = self._seeds / name
        if not os.path.lexists(path):
            return None
        try:
            return hashlib.sha256(path.read_bytes()).hexdigest() if _is_file(path) else ""
        except OSError:
            return ""

    def _identifiers(self) -> list[str]:
        try:
            return [name for name in os.listdir(self._folder) if _IDENTIFIER.fullmatch(name)]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise UploadError(f"上传的记录无法读取:{explain(error)}") from error

    def _locked(self) -> AbstractContextManager[None]:
        return uploads_lock(self._folder.parent)


@contextmanager
def uploads_lock(data_dir: Path) -> Iterator[None]:
    """Hold the lock under which uploads, and through them the bulletins' folder, are changed.

    Raises:
        BusyError: another step has been under way for long.
        UploadError: the folder of uploads cannot be written.
    """
    folder = data_dir / UPLOADS_DIR
    with locked(
        folder / _LOCK,
        _LOCK_WAIT_S,
        "另一个上传操作正在进行,请稍后再试",
        lambda reason: UploadError(f"上传的文件夹无法写入:{reason}({folder})"),
    ):
        yield


_STATES = {
    "staged": "还没有提交",
    "committing": "正在提交",
    "committed": "已经提交",
    "undoing": "正在撤销",
    "undone": "已经撤销",
    "discarded": "已经放弃",
    "expired": "已经过期",
}


def _taken(upload: Upload) -> dict[str, str]:
    """Return the checksums of the files that an upload takes in, by name."""
    return {file.name: file.sha256 for file in upload.files if file.failure is None}


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


@contextmanager
def _explained(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UploadError(f"{what}:{explain(error)}") from error
