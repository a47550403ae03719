"""What an answer about the collection says: cited lines, and the words for what was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from qa.language.periods import spoken
from qa.metadata.collection_request import Request, Role
from qa.text import sentence_spans
from qa.types import Article

MAX_LISTED = 20
_IN_A_LINE = 2
"""Points that stand in one line; more are easier to read one a line."""


@dataclass(frozen=True, slots=True)
class Point:
    """One cited line of an answer: ``article.body[start:end]`` is cited behind ``text``."""

    article: Article
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """An answer from metadata, or an honest refusal."""

    lead: str
    """The sentence that answers; the points stand behind it."""
    short: str | None
    points: tuple[Point, ...] = ()
    """At most ``MAX_LISTED``; none in a refusal."""
    answered: bool = True
    suggestions: tuple[Article, ...] = ()
    """Articles nearby, for a refusal."""
    lines: bool = False
    """Whether each point is a line of its own (a digest)."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """Return the articles of the points, in order, each once."""
        return tuple({p.article.id: p.article for p in self.points}.values())

    @property
    def text(self) -> str:
        """Return the answer with its marks ``[1]``, ``[2]`` … in the order of the points."""
        if not self.points:
            return f"{self.lead}。"
        marked = [f"{p.text}[{n}]" for n, p in enumerate(self.points, 1)]
        in_lines = self.lines or len(marked) > _IN_A_LINE
        return f"{self.lead}：\n" + "\n".join(marked) if in_lines else f"{self.lead}：" + "；".join(marked)


def described(request: Request) -> str:
    """Return what a request narrows the collection to, as it stands before 的文章."""
    parts = []
    if request.page:
        parts.append("最新一期头版" if request.page == "1" else f"最新一期第{request.page}版")
    elif request.issue:
        parts.append("最新一期")
    if request.period is not None:
        parts.append(str(request.period))
    if request.writers:
        parts.append(f"{'只有' if request.alone else ''}{'、'.join(request.writers)}署名")
    elif request.alone or request.shared:
        parts.append("只有一人署名" if request.alone else "不止一人署名")
    if request.without and request.kind != "writers":
        parts.append(f"没有{'、'.join(request.without)}署名")
    if request.having or request.signed:
        parts.append(f"有{'和'.join(request.having)}署名")
    if request.lacking:
        parts.append(f"没有认出{request.lacking[0] if len(request.lacking) == 1 else ''}署名")
    if request.topic:
        parts.append(f"{'提到' if request.topic_kind == 'mention' else '关于'}“{request.topic}”")
    extreme = {"newest": "最新", "oldest": "最早", None: ""}[request.extreme]
    if extreme and parts == ["最新一期"]:
        return f"最新一期里{extreme}"
    return "、".join(filter(None, (*parts, extreme)))


def signers(article: Article, role: Role | None = None) -> tuple[str, ...]:
    """Return who signed an article, in one role or any."""
    if role == "记者":
        return article.reporters
    return article.correspondents if role == "通讯员" else (*article.reporters, *article.correspondents)


def openings(articles: Sequence[Article]) -> tuple[Point, ...]:
    """Return a point an article, the newest where not all fit: headline and date, cited by its opening."""
    return tuple(opening(article) for article in shown(articles))


def shown(articles: Sequence[Article]) -> Sequence[Article]:
    """Return the articles that an answer lists: the newest, where they are too many."""
    return newest_first(articles)[:MAX_LISTED] if len(articles) > MAX_LISTED else articles


def opening(article: Article, byline: str = "") -> Point:
    """Return an article's point: headline, date and, where given, byline, cited by its opening."""
    start, end = next(iter(sentence_spans(article.body)), (0, len(article.body)))
    day = article.date_text or (spoken(article.date) if article.date else "")
    told = "，".join(filter(None, (day, byline)))
    return Point(article, start, end, f"《{article.title}》" + (f"（{told}）" if told else ""))


def quoted(article: Article, start: int, end: int) -> Point:
    """Return a point that says what it cites."""
    return Point(article, start, end, article.body[start:end])


def newest_first(articles: Sequence[Article]) -> list[Article]:
    """Return articles by date, those without one last."""
    return sorted(articles, key=lambda a: -(a.date or dt.date.min).toordinal())


def truncated(articles: Sequence[Article]) -> str:
    """Return what to add where not all articles are listed."""
    return f"，以下是最新的{MAX_LISTED}篇" if len(articles) > MAX_LISTED else ""


def undated(articles: Sequence[Article]) -> str:
    """Return how many articles have no certain date, as a clause."""
    unknown = sum(a.date is None for a in articles)
    return f"，另有{unknown}篇日期不明" if unknown else ""
