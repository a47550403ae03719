"""What an upload's file holds, shown to the editor before anything is taken into the index."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from qa.errors import BulletinError
from qa.formats import ARCHIVE, check_name_and_size
from qa.ingest.intake import read_file
from qa.ingest.joining import join_in_upload
from qa.parsing.continuations import Fragment
from qa.storage.sources import passed_over
from qa.types import Article, StagedArticle, StagedFile

OPENING = 120
"""Characters of a body that a preview shows."""
MAX_NAME_BYTES = 200
"""File systems take 255; some are needed for what stands around a name while it is written."""
_FORBIDDEN = frozenset('<>:"|?*\\/')


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as a client sends it."""

    name: str
    """As the client calls it; only its last part counts."""
    data: bytes


def preview(
    file: Incoming, folder: str, known: Known, taken: Collection[str], there: Callable[[str], str | None]
) -> StagedFile:
    """Recognise one file; whatever is wrong with it is said in its place.

    Args:
        file: the file.
        folder: the bulletins' folder, for the names of sources.
        known: what is indexed.
        taken: names of the other files of the upload.
        there: returns the checksum of a file of that name in the bulletins' folder, ``None`` for none.
    """
    name = safe_name(file.name)
    encoding: str | None = None
    failure: str | None = None
    notes: tuple[str, ...] = ()
    articles: tuple[StagedArticle, ...] = ()
    try:
        if problem := name_problem(name):
            raise BulletinError(problem)
        if name in taken:
            raise BulletinError("与这次上传的另一个文件同名")
        check_name_and_size(PurePosixPath(name), len(file.data))
        if not file.data:
            raise BulletinError("文件是空的")
        read = _read(file.data, f"{folder}/{name}")
        encoding, notes, articles = read.encoding, read.notes, known.compare(read.articles)
    except BulletinError as error:
        failure = str(error)
    digest = hashlib.sha256(file.data).hexdigest()
    before = None if failure else there(name)
    return StagedFile(
        name=_printable(name),
        size=len(file.data),
        sha256=digest,
        encoding=encoding,
        notes=notes,
        articles=articles,
        failure=failure,
        conflict=before not in (None, digest),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What one file holds."""

    articles: tuple[Article, ...]
    encoding: str | None
    notes: tuple[str, ...]
    """What an editor should know, those of an archive's members with their names."""


def _read(data: bytes, source: str) -> _Read:
    """Read a file as the indexer will; members of an archive that cannot be read are noted.

    Raises:
        BulletinError: nothing of it can be read.
    """
    articles: list[Article] = []
    fragments: list[Fragment] = []
    notes: list[str] = []
    problems: list[str] = []
    encoding: str | None = None

    def named(path: str) -> str:
        return path[len(source) :].removeprefix("!/")

    readable = PurePosixPath(source).suffix.lower() != ARCHIVE  # or read_file() would have raised
    for part in read_file(data, source):
        member = named(part.source.path)
        if not member:
            encoding = part.encoding
        if part.problem:
            problems.append(f"{member}:{part.problem}")
        elif part.page is not None:
            readable = readable or bool(member)
            articles += part.page.articles
            fragments += part.page.fragments
            notes += [_of_member(member, note) for note in part.page.notes]
    if not readable:
        raise BulletinError(f"压缩包里没有能收录的文件:{'；'.join(problems)}")
    articles, remarks = join_in_upload(articles, fragments)
    notes += [_of_member(named(path), remark) for path, remark in remarks]
    return _Read(tuple(articles), encoding, (*notes, *(f"没有收录 {problem}" for problem in problems)))


def _of_member(member: str, note: str) -> str:
    return f"{member}:{note}" if member else note


class Known:
    """What is indexed, to compare a preview with."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._ids = {article.id for article in articles}
        self._titles = {_headline(article.title) for article in articles}

    def compare(self, articles: Sequence[Article]) -> tuple[StagedArticle, ...]:
        return tuple(
            StagedArticle(
                id=article.id,
                title=article.title,
                date=article.date,
                date_text=article.date_text,
                reporters=article.reporters,
                correspondents=article.correspondents,
                opening=article.body[:OPENING],
                length=len(article.body),
                status=self.status(article.id, article.title),
            )
            for article in articles
        )

    def status(self, identifier: str, title: str) -> Literal["new", "changed", "known"]:
        if identifier in self._ids:
            return "known"
        return "changed" if _headline(title) in self._titles else "new"


def safe_name(name: str) -> str:
    """Return the last part of a name that a client gave, in composed form.

    >>> safe_name("..\\\\..\\\\etc/2021-12-15_头版.txt")
    '2021-12-15_头版.txt'
    """
    return unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1]).strip()


def name_problem(name: str) -> str | None:
    """Return in Chinese why a file may not be called so in the bulletins' folder, ``None`` where it may."""
    if not name or name in (".", ".."):
        return "没有文件名"
    if any(unicodedata.category(char)[0] == "C" for char in name):
        return "文件名里有控制字符或无效字符"
    if bad := sorted(_FORBIDDEN & set(name)):
        return f"文件名里有不能用的字符 {' '.join(bad)}"
    if passed_over(name):
        return "隐藏文件或临时文件不会被收录,请改名"
    if len(name.encode()) > MAX_NAME_BYTES:
        return f"文件名太长,最多 {MAX_NAME_BYTES} 字节"
    return None


def _headline(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split())


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode()
