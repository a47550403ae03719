"""A bulletin page's text becomes articles: headlines, repaired bodies, bylines, dates."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.errors import BulletinError
from qa.formats import Record
from qa.parsing.bylines import Byline, take_bylines
from qa.parsing.captions import is_caption
from qa.parsing.continuations import Fragment, Part, join_continued
from qa.parsing.dates import date_in_name, dated
from qa.parsing.headlines import sections
from qa.parsing.layout import join_broken
from qa.parsing.page_names import issue_in_name, page_in_name
from qa.parsing.tables import tidy_lines
from qa.text import has_content, sentence_spans
from qa.types import Article

PARSER_VERSION = 6
"""Raised whenever the same file could parse to other articles."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<block>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u200b\u2060\ufeff\u00ad]")
_MADE_UP_CHARS = 40


@dataclass(frozen=True, slots=True)
class Page:
    """What one bulletin file holds."""

    articles: tuple[Article, ...]
    notes: tuple[str, ...]
    """What an editor should know, in Chinese: parts that could not become articles, and why."""
    fragments: tuple[Fragment, ...] = ()
    """Those of the articles whose other part is not in the file."""


@dataclass(frozen=True, slots=True)
class _Draft:
    title: str
    paragraphs: tuple[str, ...]
    byline: Byline
    issue: dt.date | None
    """The day of the issue that its page's running head names."""
    part: Part | None = None
    """Of a page: what was printed."""


def parse(text: str, source: str) -> Page:
    """Parse a bulletin's text.

    ``# `` and ``## `` open an article; a file without headings is one article whose headline is its
    first line. The year of a dateline comes from the dateline, the front matter's ``date:``, the
    file name or the page's own words, and stays unknown otherwise.

    Args:
        text: the decoded file.
        source: the file's name as it will be cited; may hold the issue's date.

    Raises:
        BulletinError: there is no article in the text, or its front matter is malformed.
    """
    issue, text = _front_matter_date(_clean(text))
    issue = issue or issue_in_name(source)
    drafts, notes = _drafts(text, page_in_name(source))
    if not drafts:
        raise BulletinError(notes[0] if notes else "文件是空的，没有可以收录的内容")
    page_text = "\n".join(p for draft in drafts for p in draft.paragraphs)
    articles = tuple(
        _finish(draft, position, source, issue or draft.issue, page_text)
        for position, draft in enumerate(drafts)
    )
    fragments = tuple(
        Fragment(
            source, article.position, draft.part.section.title, tuple(draft.part.section.lines),
            issue or draft.issue, article.date, article.date_text, draft.part.rest_of, draft.part.goes_on,
        )
        for article, draft in zip(articles, drafts, strict=True)
        if draft.part and (draft.part.rest_of or draft.part.goes_on)
    )  # fmt: skip
    return Page(articles, tuple(notes), fragments)


def parse_records(records: Sequence[Record], source: str) -> Page:
    """Parse articles that come with metadata of their own.

    What a record says of itself counts; what it does not say is taken from its text as on a page. One
    without a headline gets its first sentence.

    Args:
        records: in the order of the file.
        source: the file's name as it will be cited.

    Raises:
        BulletinError: not one of them holds text.
    """
    articles: list[Article] = []
    notes: list[str] = []
    for record in records:
        lines = [line for line in tidy_lines(_clean(record.body).split("\n")) if line]
        paragraphs, byline = _paragraphs(lines)
        if not any(map(has_content, paragraphs)):
            notes.append(f"没有正文，未收录：{record.title or record.body.strip()[:20]}")
            continue
        title = " ".join(_clean(record.title or "").split()) or _made_up_headline(paragraphs)
        byline = Byline(record.reporters or byline.reporters, record.correspondents or byline.correspondents)
        draft = _Draft(title, paragraphs, byline, None)
        article = _finish(draft, len(articles), source, record.date, "\n".join(paragraphs))
        articles.append(replace(article, date=record.date or article.date))
    if not articles:
        raise BulletinError(notes[0] if notes else "文件是空的，没有可以收录的内容")
    return Page(tuple(articles), tuple(notes))


def article_of(fragments: Sequence[Fragment]) -> Article:
    """Return the article that fragments are, in order: headline, date and place are those of the first.

    A sentence that the end of a page cut goes on, as it does where both parts stand in one file.
    """
    first = fragments[0]
    paragraphs, byline = _paragraphs([line for fragment in fragments for line in fragment.lines])
    title, body = first.headline or _made_up_headline(paragraphs), "\n".join(paragraphs)
    return Article(
        id=article_id(title, body),
        title=title,
        body=body,
        date=first.date,
        date_text=first.date_text,
        reporters=byline.reporters,
        correspondents=byline.correspondents,
        source=first.source,
        position=first.position,
    )


def _clean(text: str) -> str:
    """Return a text without what is no text, lines ended by ``\\n``."""
    return _NOT_TEXT.sub("", re.sub("\r\n|[\r\x85\f]", "\n", text))


def _front_matter_date(text: str) -> tuple[dt.date | None, str]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return None, text
    for line in match["block"].split("\n"):
        key, _, value = line.partition(":")
        if key.strip().lower() == "date":
            try:
                return dt.date.fromisoformat(value.strip().strip("\"'")), text[match.end() :]
            except ValueError as error:
                raise BulletinError(
                    f"文件头的 date 不是有效日期（应如 2021-12-14）：{value.strip()}"
                ) from error
    return None, text[match.end() :]


def _drafts(text: str, page: str) -> tuple[list[_Draft], list[str]]:
    """Cut a page, whose number the file's name may tell, at its headings.

    Returns the articles and what was left out and why.
    """
    drafts: list[_Draft] = []
    notes: list[str] = []
    for part in join_continued(sections(text), page):
        section = part.section
        paragraphs, byline = _paragraphs(section.lines)
        if not any(map(has_content, paragraphs)):
            if section.title:
                notes.append(f"只有标题没有正文，未收录：{section.title}")
            continue
        issue = date_in_name(section.issue) if section.issue else None
        drafts.append(_Draft(section.title or _made_up_headline(paragraphs), paragraphs, byline, issue, part))
    return drafts, notes


def _paragraphs(lines: list[str]) -> tuple[tuple[str, ...], Byline]:
    """Return the repaired paragraphs of an article's lines and who wrote them."""
    kept, byline = take_bylines(lines)
    return tuple(join_broken(kept)), byline


def _made_up_headline(paragraphs: Sequence[str]) -> str:
    """Return a headline for a body that has none: its first sentence, cut where it is long."""
    paragraph = _opening(paragraphs)
    spans = sentence_spans(paragraph)
    first = paragraph[slice(*spans[0])] if spans else paragraph
    return first if len(first) <= _MADE_UP_CHARS else first[: _MADE_UP_CHARS - 1] + "…"


def _opening(paragraphs: Sequence[str]) -> str:
    """Return the paragraph that opens the text: the first that is no caption of a picture."""
    return next((p for p in paragraphs if not is_caption(p)), paragraphs[0])


def _finish(draft: _Draft, position: int, source: str, issue: dt.date | None, page_text: str) -> Article:
    body = "\n".join(draft.paragraphs)
    date, date_text = dated(_opening(draft.paragraphs), issue, page_text)
    return Article(
        id=article_id(draft.title, body),
        title=draft.title,
        body=body,
        date=date,
        date_text=date_text,
        reporters=draft.byline.reporters,
        correspondents=draft.byline.correspondents,
        source=source,
        position=position,
    )


def article_id(title: str, body: str) -> str:
    """Return an article's identifier: 16 hex digits of SHA-256 over headline and body.

    The same article in two files has one identifier, and a link to a quote always meets the text
    that was quoted.
    """
    return hashlib.sha256(f"{title}\0{body}".encode()).hexdigest()[:16]
