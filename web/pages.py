"""The pages for readers: chat, article, catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qa.errors import SnapshotError
from qa.serialize import shown_source
from qa.types import Article, Relation, Relations
from web.api import EXAMPLES
from web.bulletins import MAX_UPLOAD_BYTES
from web.context import current_service
from web.requests import MAX_QUESTION, ArticlesQuery
from web.validation import read_query

blueprint = Blueprint("pages", __name__)


@dataclass(frozen=True, slots=True)
class ChatPage:
    """What ``chat.html`` shows."""

    articles: int | None
    """``None`` while no index is loaded."""
    newest: str | None
    examples: tuple[str, ...]
    max_question: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a body and the code-point offset at which it starts."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """An article that corrects the one shown, or is corrected by it."""

    title: str
    url: str
    day: str | None
    whole: bool


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What ``article.html`` shows."""

    article: Article
    day: str | None
    paragraphs: tuple[Paragraph, ...]
    source: str
    superseded_by: tuple[RelatedArticle, ...]
    supersedes: tuple[RelatedArticle, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One article of the catalogue."""

    title: str
    url: str
    day: str | None
    reporters: str
    opening: str
    mark: str | None
    """What a later correction did to it."""


@dataclass(frozen=True, slots=True)
class EditorPage:
    """What ``editor.html`` shows before its script has asked for anything."""

    open: bool
    """Whether there is a token that lets anybody in."""
    max_upload_mb: int


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """What ``articles.html`` shows."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    query: ArticlesQuery
    previous_url: str | None
    next_url: str | None


@blueprint.get("/")
def chat() -> str:
    """Show the chat page; it explains itself even while no index is loaded."""
    return render_template("chat.html", page=_chat_page())


@blueprint.get("/articles")
def articles() -> str:
    """Show the catalogue with its search form."""
    query = read_query(request, ArticlesQuery)
    listing = current_service().articles(**query.model_dump())
    back = min(listing.page - 1, max(listing.pages, 1))  # from beyond the end, to the last page
    page = CataloguePage(
        rows=tuple(_row(a, listing.relations.get(a.id, Relations())) for a in listing.items),
        total=listing.total,
        page=listing.page,
        pages=listing.pages,
        query=query,
        previous_url=_page_url(query, back) if listing.page > 1 else None,
        next_url=_page_url(query, listing.page + 1) if listing.page < listing.pages else None,
    )
    return render_template("articles.html", page=page)


@blueprint.get("/articles/<article_id>")
def article(article_id: str) -> str:
    """Show an article; the script of the page marks the span that the address names."""
    service = current_service()
    found = service.article(article_id)
    relations = service.relations(article_id)
    page = ArticlePage(
        article=found,
        day=_day(found),
        paragraphs=tuple(paragraphs(found.body)),
        source=shown_source(found.source),
        superseded_by=tuple(map(_related, relations.superseded_by)),
        supersedes=tuple(map(_related, relations.supersedes)),
    )
    return render_template("article.html", page=page)


@blueprint.get("/editor")
def editor() -> str:
    """Show the editor's desk; everything on it is behind the token."""
    is_open = current_service().settings.admin_token is not None
    page = EditorPage(open=is_open, max_upload_mb=MAX_UPLOAD_BYTES // 2**20)
    return render_template("editor.html", page=page)


@blueprint.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    """Serve the logo to browsers that ask for the old name."""
    return current_app.send_static_file("logo.svg")


def paragraphs(body: str) -> Iterator[Paragraph]:
    """Cut a body at its line breaks, keeping where each paragraph starts.

    >>> list(paragraphs("甲。\\n乙。"))
    [Paragraph(start=0, text='甲。'), Paragraph(start=3, text='乙。')]
    """
    start = 0
    for text in body.split("\n"):
        yield Paragraph(start, text)
        start += len(text) + 1


def _chat_page() -> ChatPage:
    service = current_service()
    try:
        info = service.index_info()
        newest = service.articles(per_page=1).items  # the catalogue lists the newest first
        examples = tuple(service.examples(EXAMPLES))
    except SnapshotError:
        return ChatPage(articles=None, newest=None, examples=(), max_question=MAX_QUESTION)
    day = _day(newest[0]) if newest else None
    return ChatPage(articles=info.articles, newest=day, examples=examples, max_question=MAX_QUESTION)


def _related(relation: Relation) -> RelatedArticle:
    other = relation.article
    return RelatedArticle(
        title=other.title,
        url=url_for("pages.article", article_id=other.id),
        day=_day(other),
        whole=relation.kind == "whole",
    )


def _row(article: Article, relations: Relations) -> Row:
    whole = any(relation.kind == "whole" for relation in relations.superseded_by)
    opening = article.body[:90]
    return Row(
        title=article.title,
        url=url_for("pages.article", article_id=article.id),
        day=_day(article),
        reporters="、".join(article.reporters),
        opening=opening + ("…" if len(article.body) > len(opening) else ""),
        mark="已有新稿" if whole else "有更正" if relations.superseded_by else None,
    )


def _page_url(query: ArticlesQuery, number: int) -> str:
    kept: dict[str, Any] = query.model_dump(exclude_defaults=True) | {"page": number}
    return f"{url_for('pages.articles')}?{urlencode(kept)}"


def _day(article: Article) -> str | None:
    """Write a day with its year where that is certain, else as the paper printed it."""
    if article.date is None:
        return article.date_text
    return f"{article.date.year}年{article.date.month}月{article.date.day}日"
