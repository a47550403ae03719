"""A bulletin file's bytes become the sources and articles that it holds; an archive holds several.

What an upload previews and what the indexer takes in is read here, in the same way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from qa.errors import BulletinError
from qa.formats import ARCHIVE, Listing, check_supported, decode, max_bytes, members
from qa.parsing.bulletin import PARSER_VERSION, Page, parse, parse_records
from qa.storage.library import Source
from qa.storage.sources import member_name

_READ_AGAIN = 0
"""Instead of the parser's version: a source that does not count as known the next time."""

_ARCHIVE_ENCODING = "ZIP"


@dataclass(frozen=True, slots=True)
class Part:
    """A source that a file holds: the file itself, or a member of an archive."""

    source: Source
    page: Page | None
    """Its articles and notes; of an archive, none of its own. ``None`` where it is as it was known."""
    problem: str | None = None
    """Why it cannot be read, in Chinese; what was known of it is kept."""
    encoding: str | None = None
    """As people call it; of a format that is no text file, its name. ``None`` where it was not read."""


def read_file(data: bytes, name: str, known: Mapping[str, Source] | None = None) -> Iterator[Part]:
    """Yield what a file holds; an archive as one to be read again, its members, itself once all are read.

    Nothing is yielded for a file that is as it was known, so that it costs its hash only.

    Args:
        data: the file's bytes.
        name: the source name, whose suffix tells the format.
        known: what was read before, by source name.

    Raises:
        BulletinError: it cannot be read; says in Chinese why not, without the file's name.
    """
    known = known or {}
    source = _source(data, name)
    if source == known.get(name):
        return
    check_supported(PurePosixPath(name))
    if PurePosixPath(name).suffix.lower() != ARCHIVE:
        yield _part(data, source)
        return
    yield Part(_source(data, name, _READ_AGAIN), Page((), ()), encoding=_ARCHIVE_ENCODING)
    whole = True
    count = 0
    for member in members(data, lambda inner: max_bytes(PurePosixPath(inner))):
        count += 1
        part = _source(member.data, member_name(name, member.name))
        if member.problem:
            whole = False
            yield Part(part, None, member.problem)
        elif part == known.get(part.path):
            yield Part(part, None)
        else:
            try:
                if not member.data:
                    raise BulletinError("文件是空的")
                read = _part(member.data, part)
            except BulletinError as error:
                whole = False
                yield Part(part, None, str(error))
            else:
                whole = whole and read.source.parser_version != _READ_AGAIN
                yield read
    if not count:
        raise BulletinError("压缩包里没有文件")
    if whole:
        yield Part(source, Page((), ()), encoding=_ARCHIVE_ENCODING)


def _source(data: bytes, name: str, version: int = PARSER_VERSION) -> Source:
    return Source(name, hashlib.sha256(data).hexdigest(), len(data), version)


def _part(data: bytes, source: Source) -> Part:
    content = decode(data, PurePosixPath(source.path))
    page = (
        parse_records(content.records, source.path)
        if isinstance(content, Listing)
        else parse(content.text, source.path)
    )
    if not content.complete:
        source = _source(data, source.path, _READ_AGAIN)
    return Part(source, replace(page, notes=(*content.notes, *page.notes)), encoding=content.encoding)
