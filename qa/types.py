"""Frozen records that travel from a bulletin file to an answer.

Every offset is a code-point offset into ``Article.body``; ``body[start:end]`` is the text meant.
A score belongs to a result (:class:`Hit`, :class:`Evidence`), never to the record it is about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["extractive", "catalog", "generative", "refusal"]
Reason = Literal["no_evidence", "out_of_scope", "false_premise", "unclear"]


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a bulletin, repaired from the page's layout.

    ``id`` is derived from title and body, so a link to a quote always shows the text it quoted.
    """

    id: str
    title: str
    """The headline as printed, spaces of a broken line included."""
    body: str
    """The repaired text: paragraphs joined by ``\\n``."""
    date: dt.date | None
    """The dateline's day, where its year is certain."""
    date_text: str | None
    """The dateline as printed, e.g. ``12月10日``."""
    reporters: tuple[str, ...]
    correspondents: tuple[str, ...]
    source: str
    """The file it came from, as given to the indexer (POSIX separators)."""
    position: int
    """0-based place within its source."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article, small enough for the encoder's window."""

    article_id: str
    start: int
    end: int
    text: str
    """``article.body[start:end]``."""

    @property
    def id(self) -> str:
        """Return the stable identifier, unique within a generation and sortable."""
        return f"{self.article_id}:{self.start:07d}-{self.end:07d}"


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrict retrieval to some articles; ``None`` does not restrict."""

    date_from: dt.date | None = None
    date_to: dt.date | None = None
    article_ids: tuple[str, ...] | None = None

    def admits(self, article: Article) -> bool:
        """Tell whether an article may be used; one without a certain date fails any date bound."""
        if self.article_ids is not None and article.id not in self.article_ids:
            return False
        if self.date_from is None and self.date_to is None:
            return True
        if article.date is None:
            return False
        after = self.date_from is None or article.date >= self.date_from
        return after and (self.date_to is None or article.date <= self.date_to)


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for retrieval."""

    question: str
    """As the reader typed it."""
    standalone: str
    """With what the conversation supplies filled in; equals ``question`` where nothing is missing."""
    form: str
    """The kind of answer asked for, one of :data:`qa.understanding.questions.FORMS`."""
    filters: Filters = field(default_factory=Filters)
    top_k: int = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that retrieval ranked, with its fused score and each retriever's own."""

    passage: Passage
    article: Article
    score: float
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that a reader holds to answer the question, and the span within it."""

    article: Article
    start: int
    end: int
    """The sentence: ``article.body[start:end]``."""
    short_start: int | None
    short_end: int | None
    """The short answer, inside the sentence; ``None`` where the sentence itself is the answer."""
    score: float
    """Rank key among evidence of one question; higher is better, no unit."""

    @property
    def quote(self) -> str:
        """Return the sentence, verbatim."""
        return self.article.body[self.start : self.end]

    @property
    def short(self) -> str | None:
        """Return the short answer, verbatim, or ``None``."""
        if self.short_start is None or self.short_end is None:
            return None
        return self.article.body[self.short_start : self.short_end]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a question and its hits."""

    evidence: tuple[Evidence, ...]
    """Best first; may hold several, and may be empty."""
    confidence: float
    """Calibrated probability that the passages answer the question, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered, verifiable quote: ``article.body[start:end] == quote``."""

    n: int
    article: Article
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list answer, and the number of the citation that it stands in."""

    text: str
    n: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets; rendered by :mod:`qa.serialize`."""

    id: str
    question: str
    standalone_question: str
    answered: bool
    mode: Mode
    answer: str
    short_answer: str | None
    confidence: float
    citations: tuple[Citation, ...]
    suggestions: tuple[Article, ...]
    hits: tuple[Hit, ...]
    timings_ms: Mapping[str, float]
    generation: int
    reason: Reason | None = None
    notice: str | None = None
    as_of: dt.date | None = None
    items: tuple[Item, ...] = ()
    """What a list question asks for, each item once, in the order of the text."""
    supersedes: tuple[Article, ...] = ()
    """Earlier articles that those cited correct, the newest first."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be indexed, and why; what was indexed from it before is kept."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """Enough of an article to name it in a report."""

    id: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class CanaryFailure:
    """A canary question that the serving generation answered right and a new one does not."""

    question: str
    expected: tuple[str, ...]
    """Accepted strings; empty where the question must be refused."""
    answered: str
    """What the new generation says."""
    drawn: bool
    """Whether it was drawn from the corpus rather than written by the editor."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one run of the indexer did."""

    generation: int
    """The generation that serves after the run; the old one where nothing changed."""
    activated: bool
    """Whether the run made a new generation."""
    added: tuple[ArticleRef, ...]
    changed: tuple[ArticleRef, ...]
    removed: tuple[ArticleRef, ...]
    unchanged: int
    failed: tuple[Failure, ...]
    notes: tuple[Failure, ...]
    """Files that were read, with something an editor should know (duplicates, unknown encoding, …)."""
    articles: int
    passages: int
    encoded: int
    """Passages whose vectors had to be computed."""
    seconds: float
    timings: Mapping[str, float] = field(default_factory=dict)
    """Seconds of each part of the run, in order; a snapshot keeps those before it was made."""
    passed: tuple[str, ...] = ()
    """Canary questions that the generation made by the run answers right."""
    canary_failures: tuple[CanaryFailure, ...] = ()
    """Canary questions that it does not, though the one before did."""

    @property
    def held(self) -> bool:
        """Tell whether the new generation was not activated because of its canaries."""
        return bool(self.canary_failures) and not self.activated


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run of the indexer is."""

    phase: Literal["read", "encode", "check", "write"]
    """``check``: canary questions are asked of the new generation."""
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Job:
    """A rebuild asked for over HTTP."""

    id: str
    state: Literal["running", "done", "failed"]
    started_at: dt.datetime
    finished_at: dt.datetime | None
    progress: Progress | None
    report: IndexReport | None
    error: str | None
    cause: Literal["rebuild", "commit", "undo"] = "rebuild"
    """What asked for it: an editor, or an upload that was committed or undone."""
    upload: str | None = None
    """The upload's identifier, where one asked for it."""
    rate: float | None = None
    """Files, passages or questions a second in this phase, once that can be told."""
    seconds_left: float | None = None
    """Of this phase, at that rate."""


@dataclass(frozen=True, slots=True)
class StagedArticle:
    """What an uploaded file was recognised to hold."""

    id: str
    title: str
    date: dt.date | None
    date_text: str | None
    reporters: tuple[str, ...]
    correspondents: tuple[str, ...]
    opening: str
    """The beginning of the body."""
    length: int
    """Of the body, in code points."""
    status: Literal["new", "changed", "known"]
    """Against what is indexed: not there, there in another wording, or there as it is."""


@dataclass(frozen=True, slots=True)
class StagedFile:
    """One file of an upload, and what came of it."""

    name: str
    size: int
    """Bytes."""
    sha256: str
    encoding: str | None
    notes: tuple[str, ...]
    articles: tuple[StagedArticle, ...]
    failure: str | None
    """Why it cannot be taken in; such a file is never committed."""
    conflict: bool = False
    """Whether another file of that name was in the bulletins' folder when that was last looked at."""
    replaces: tuple[str, ...] = ()
    """Headlines of the indexed articles of that other file that this one does not hold."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Files that an editor handed in, and how far they got."""

    id: str
    state: Literal["staged", "committing", "committed", "undoing", "undone", "discarded", "expired"]
    """``committing`` and ``undoing`` last while files are moved; after a crash the files are taken back."""
    created_at: dt.datetime
    expires_at: dt.datetime
    """When its files are deleted: staged ones are then gone, committed ones can no longer be undone."""
    files: tuple[StagedFile, ...]
    changed_at: dt.datetime | None = None
    job: str | None = None
    """The rebuild that its last step started."""
    replaced: tuple[str, ...] = ()
    """Names of files that committing it replaced."""
    written: tuple[str, ...] = ()
    """Names of files that committing it wrote, the replaced ones included."""


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one of the doctor's checks."""

    name: str
    status: Literal["ok", "warn", "fail"]
    detail: str
    advice: str | None = None
    """What to do, where there is something to do."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What another article has to do with one: it corrects it, or is corrected by it."""

    article: Article
    """The other one."""
    kind: Literal["whole", "part"]
    """``whole``: the newer text stands in the older one's place; ``part``: it corrects something in it."""


@dataclass(frozen=True, slots=True)
class Relations:
    """Where an article stands among its corrections; empty for most."""

    supersedes: tuple[Relation, ...] = ()
    """Earlier articles that this one corrects, the newest first."""
    superseded_by: tuple[Relation, ...] = ()
    """Later articles that correct this one, the newest first."""


@dataclass(frozen=True, slots=True)
class ArticleList:
    """One page of the catalogue."""

    items: tuple[Article, ...]
    total: int
    page: int
    pages: int
    relations: Mapping[str, Relations] = field(default_factory=dict)
    """Of those items that have any, by the article's identifier."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An article that an editor took out of use."""

    article_id: str
    title: str
    source: str
    why: str
    """For editors; readers see the day only."""
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class StoreState:
    """What searches the vectors of a question."""

    configured: str
    """As set: ``faiss`` or ``milvus``."""
    active: str
    """What does so right now."""
    notice: str | None = None
    """Why these differ, in Chinese."""


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What serves right now."""

    generation: int
    created_at: dt.datetime
    articles: int
    passages: int
    model: str
    fingerprint: str
    dimension: int
    last_report: IndexReport | None
    vector_store: StoreState = StoreState("faiss", "faiss")
