"""What a question asks of the collection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.language.periods import Period

Kind = Literal[
    "fullest",
    "count",
    "list",
    "newest",
    "oldest",
    "writers",
    "busiest",
    "writer",
    "day",
    "digest",
    "events",
    "span",
    "undated",
    "signed_by",
    "same",
]

Role = Literal["记者", "通讯员"]
ROLES: tuple[Role, ...] = ("记者", "通讯员")

TopicKind = Literal["none", "implied", "piece", "news", "about", "told", "mention", "meeting"]
"""How a topic is named: not marked (霹雳行动有几篇报道), as an article (霹雳行动那篇), as one that
is surely of the collection (霹雳行动那篇报道, 那篇的通讯员), as a topic (关于…的),
as what an article tells (哪篇讲了…, which reading may know better), as something that a text need only
mention (提到…的), or as a meeting that was held (…会议讲了什么)."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a question asks of the collection."""

    kind: Kind
    writers: tuple[str, ...] = ()
    """Who must have signed an article; all of them."""
    without: tuple[str, ...] = ()
    """Writers left out of an answer that names writers, or whose articles are left out of a list."""
    role: Role | None = None
    """Which writers are meant, where the question says so."""
    period: Period | None = None
    any_year: bool = False
    """Whether the period's year was added: an earlier one is meant where there is nothing of that."""
    topic: str = ""
    """What the articles are about, folded; empty for any."""
    topic_kind: TopicKind = "none"
    issue: bool = False
    """Whether only the newest page is meant (这一版, 今天的公报)."""
    extreme: Literal["newest", "oldest"] | None = None
    """Whether only the newest or oldest of them are asked about (最早的那篇是谁写的)."""
    number: int | None = None
    """How many articles are wanted of the newest or oldest."""
    having: tuple[Role, ...] = ()
    """Roles that must have signed (有通讯员的)."""
    signed: bool = False
    """Whether anybody must have signed (有署名的)."""
    lacking: tuple[Role, ...] = ()
    """Roles that must not (没有署名的: both)."""
    alone: bool = False
    """Whether nobody else may have signed (一个人写的)."""
    shared: bool = False
    """Whether several must have signed (合写的)."""
    printed: bool = False
    """Whether the day is asked on which an article was printed (哪天登的), not that of its news."""
    these: int | None = None
    """How many articles 这五篇 takes there to be, none but those; 0 for a few (这几篇)."""
    each: bool = False
    """Whether writers are wanted by article (分别是谁写的)."""
    page: str = ""
    """The page that is meant (头版, 第三版), as a number; empty for any."""
    counted: bool = False
    """Whether the number of those named is asked for (有多少记者)."""
    more: bool = False
    """Whether what opens the article, or one of them, is known already (还说了什么, 还写了什么)."""
    both: tuple[str, ...] = ()
    """The topics of two articles that are compared."""
