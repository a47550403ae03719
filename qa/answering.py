"""Question → answer: understand, retrieve, read, decide, compose with verified citations."""

from __future__ import annotations

import re
import time
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa.collection import Listing, look_up
from qa.dialogue import standalone
from qa.errors import QuestionError
from qa.questions import analyse
from qa.reader import Reader
from qa.retrieval import Retriever
from qa.scope import reply_to
from qa.snapshot import Snapshot
from qa.text import has_content, sentence_spans, strip_controls
from qa.types import Answer, Article, Citation, Evidence, Filters, Hit, Query, Reading, Turn

MAX_QUESTION = 2000
"""Characters; a longer text is a document, not a question."""
DEFAULT_TOP_K = 8
SECOND_WITHIN = 0.5
"""A second sentence joins the answer when its score is this close to the best one's (log-odds)."""
_ANSWER_CHARS = 260
_TOPIC_CHARS = 20
_SUGGESTIONS = 3
_REFUSAL = "公报中没有找到。"


@dataclass(slots=True)
class _Clock:
    """Milliseconds spent in each step."""

    spent: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=time.perf_counter)

    def lap(self, step: str) -> None:
        now = time.perf_counter()
        self.spent[step] = (now - self._last) * 1000
        self._last = now


class Answerer:
    """Answer questions from a snapshot; stateless, safe for concurrent use."""

    def __init__(self, retriever: Retriever, reader: Reader) -> None:
        self._retriever = retriever
        self._reader = reader

    def answer(
        self,
        snapshot: Snapshot,
        question: str,
        *,
        history: Sequence[Turn] = (),
        top_k: int | None = None,
        filters: Filters = Filters(),  # noqa: B008
    ) -> Answer:
        """Answer one question, or say that the bulletins do not.

        Args:
            snapshot: the generation to answer from; all of the answer is of this one.
            question: as typed; control characters are dropped.
            history: the conversation so far, oldest first.
            top_k: passages to retrieve.
            filters: which articles may be used.

        Raises:
            QuestionError: the question is empty, too long, or holds no word.
        """
        clock = _Clock()
        question = clean_question(question)
        text = standalone(question, history, snapshot.segmenter)
        query = Query(question, text, analyse(text).form, filters, top_k or DEFAULT_TOP_K)
        clock.lap("understand")
        reply = reply_to(question)
        if reply is not None:
            return _declined(query, reply, snapshot, clock)
        listing = look_up(query.standalone, [a for a in snapshot.articles if filters.admits(a)])
        if listing is not None:
            return _listed(query, listing, snapshot, clock)
        hits = self._retriever.search(snapshot, query.standalone, query.top_k, query.filters)
        clock.lap("retrieve")
        reading = self._reader.read(query, hits, snapshot)
        clock.lap("read")
        answered = bool(reading.evidence) and reading.confidence >= self._reader.threshold
        chosen = _chosen(reading) if answered else []
        citations = _citations(chosen)
        clock.lap("compose")
        return Answer(
            id=uuid.uuid4().hex,
            question=question,
            standalone_question=query.standalone,
            answered=answered,
            mode="extractive" if answered else "refusal",
            answer="".join(f"{c.quote}[{c.n}]" for c in citations) if answered else _REFUSAL,
            short_answer=next((e.short for e in chosen if e.short), None),
            confidence=reading.confidence,
            citations=citations,
            suggestions=() if answered else _nearest(hits),
            hits=tuple(hits),
            timings_ms=clock.spent,
            generation=snapshot.generation,
            reason=None if answered else "no_evidence",
            as_of=max((c.article.date for c in citations if c.article.date), default=None),
        )


def _listed(query: Query, listing: Listing, snapshot: Snapshot, clock: _Clock) -> Answer:
    """Return an answer from metadata: each article listed is cited by its first sentence."""
    citations = tuple(_opening(n, article) for n, article in enumerate(listing.articles, 1))
    items = "；".join(f"《{c.article.title}》{_when(c.article)}[{c.n}]" for c in citations)
    clock.lap("compose")
    return Answer(
        id=uuid.uuid4().hex,
        question=query.question,
        standalone_question=query.standalone,
        answered=True,
        mode="catalog",
        answer=f"{listing.lead}：{items}",
        short_answer=listing.short,
        confidence=1.0,
        citations=citations,
        suggestions=(),
        hits=(),
        timings_ms=clock.spent,
        generation=snapshot.generation,
        as_of=max((a.date for a in listing.articles if a.date), default=None),
    )


def _opening(n: int, article: Article) -> Citation:
    start, end = next(iter(sentence_spans(article.body)), (0, len(article.body)))
    return Citation(n, article, article.body[start:end], start, end)


def _when(article: Article) -> str:
    return f"（{article.date_text}）" if article.date_text else ""


def _declined(query: Query, reply: str, snapshot: Snapshot, clock: _Clock) -> Answer:
    """Return a reply that answers nothing and cites nothing."""
    return Answer(
        id=uuid.uuid4().hex,
        question=query.question,
        standalone_question=query.standalone,
        answered=False,
        mode="refusal",
        answer=reply,
        short_answer=None,
        confidence=0.0,
        citations=(),
        suggestions=(),
        hits=(),
        timings_ms=clock.spent,
        generation=snapshot.generation,
        reason="out_of_scope",
    )


def clean_question(question: str) -> str:
    """Return a question without control characters and outer blanks.

    Raises:
        QuestionError: nothing is left to ask, it is too long, or it holds broken characters.
    """
    if any(unicodedata.category(char) == "Cs" for char in question):
        raise QuestionError("问题里有无法识别的字符（不成对的代理码位），请重新输入")
    if len(question) > MAX_QUESTION:
        raise QuestionError(f"问题太长：{len(question)} 个字符，最多 {MAX_QUESTION} 个")
    cleaned = re.sub(r"\s+", " ", strip_controls(question)).strip()
    if not cleaned:
        raise QuestionError("问题是空的，请输入要问的内容")
    if not has_content(cleaned):
        raise QuestionError("问题里没有文字，请用文字提问")
    return cleaned


def _chosen(reading: Reading) -> list[Evidence]:
    """Return the sentences to show: the best, and the next where it is almost as good and both are short.

    In the order of their article when they are neighbours of one text, the best first otherwise.
    """
    best, *rest = reading.evidence
    if not rest or best.score - rest[0].score > SECOND_WITHIN:
        return [best]
    second = rest[0]
    if len(best.quote) + len(second.quote) > _ANSWER_CHARS:
        return [best]
    if second.article.id == best.article.id and second.end <= best.start:
        return [second, best]
    return [best, second]


def _citations(evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    citations: list[Citation] = []
    for e in evidence:
        end = _end_with_sequel(e)
        if not any(c.article.id == e.article.id and c.start <= e.start < c.end for c in citations):
            citations.append(
                Citation(len(citations) + 1, e.article, e.article.body[e.start : end], e.start, end)
            )
    return tuple(citations)


def _end_with_sequel(evidence: Evidence) -> int:
    """Return where a quote ends: a topic sentence (「要压实工作责任。」) takes along what it announces."""
    if len(evidence.quote) > _TOPIC_CHARS or evidence.short is not None:
        return evidence.end
    following = next((s for s in sentence_spans(evidence.article.body) if s[0] >= evidence.end), None)
    if following is None or "\n" in evidence.article.body[evidence.end : following[0]]:
        return evidence.end
    return following[1]


def _nearest(hits: Sequence[Hit]) -> tuple[Article, ...]:
    """Return the articles of the best hits, each once."""
    return tuple({hit.article.id: hit.article for hit in hits}.values())[:_SUGGESTIONS]
