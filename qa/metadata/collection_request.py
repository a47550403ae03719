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
]

TopicKind = Literal["none", "implied", "piece", "about", "told", "mention"]
"""How a topic is named: not marked (霹雳行动有几篇报道), as an article (霹雳行动那篇), as a topic (关于…的),
as what an article tells (哪篇讲了…, which reading may know better), or as something that a text need only
mention (提到…的)."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a question asks of the collection."""

    kind: Kind
    writers: tuple[str, ...] = ()
    """Who must have signed an article; all of them."""
    without: tuple[str, ...] = ()
    """Writers left out of an answer that names writers."""
    role: Literal["记者", "通讯员"] | None = None
    """Which writers are meant, where the question says so."""
    period: Period | None = None
    any_year: bool = False
    """Whether the period's year was added: an earlier one is meant where there is nothing of that."""
    topic: str = ""
    """What the articles are about, folded; empty for any."""
    topic_kind: TopicKind = "none"
    issue: bool = False
    """Whether only the newest page is meant (这一版, 今天的公报)."""
    number: int | None = None
    """How many articles are wanted of the newest or oldest."""
    page: str = ""
    """The page that is meant (头版, 第三版), as a number; empty for any."""
    counted: bool = False
    """Whether the number of those named is asked for (有多少记者)."""
    more: bool = False
    """Whether what opens the article is known already (还说了什么)."""
