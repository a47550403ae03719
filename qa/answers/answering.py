"""Question → answer: understand, retrieve, read, decide, compose with verified citations."""

from __future__ import annotations

import re
import time
import unicodedata
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from qa.amendments.correcting import clean_hits, clean_span, correct_draft, notice
from qa.amendments.corrections import Corrections
from qa.answers.combining import Found, choose, put_together, work_out
from qa.answers.drafting import draft
from qa.answers.expansions import expansion_draft
from qa.answers.lists import count_draft, counts_what_is_asked
from qa.answers.premises import UNCLEAR, false_premise, is_elsewhere, refusal, unclear
from qa.answers.shown import SECOND_WITHIN
from qa.answers.told import told_outright
from qa.composing import Draft, Quote, compose
from qa.conversation.dialogue import resolve
from qa.conversation.scope import reply_to
from qa.errors import AbandonedError, QuestionError
from qa.index.snapshot import Snapshot
from qa.language.time_expressions import in_full, prefers_newest
from qa.metadata.collection import Listing, look_up
from qa.reading.reader import Reader
from qa.search.recency import newest_first
from qa.search.retrieval import Retriever
from qa.text import has_content, strip_controls
from qa.types import Answer, Article, Citation, Filters, Hit, Query, Reading, Reason, Turn
from qa.understanding.choices import alternatives
from qa.understanding.parts import calculation, split
from qa.understanding.questions import MEASURES, Asked, analyse
from qa.understanding.wording import Reworded, reword

MAX_QUESTION = 2000
"""Characters; a longer text is a document, not a question."""
DEFAULT_TOP_K = 8
MOST_PARTS = 6
"""Parts of a question that are read; nobody keeps track of the answers to more."""
DEADLINE_S = 20.0
"""Seconds after which no further part is read: no one question may hold up all others."""
_SUGGESTIONS = 3
_SURE = 0.75
"""Confidence that it takes to answer what bulletins seldom answer."""


@dataclass(slots=True)
class _Clock:
    """Milliseconds spent in each step; stops the work between two steps where nobody waits for it."""

    stop: Callable[[], bool] = lambda: False
    spent: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=time.perf_counter)
    _began: float = field(default_factory=time.perf_counter)

    @property
    def late(self) -> bool:
        """Tell whether so much time is spent that nothing new should be begun."""
        return time.perf_counter() - self._began > DEADLINE_S

    def lap(self, step: str) -> None:
        """Count the time since the last step as this one's.

        Raises:
            AbandonedError: nobody waits for the answer any more.
        """
        if self.stop():
            raise AbandonedError("提问的一方已经离开，没有答完。")
        now = time.perf_counter()
        self.spent[step] = self.spent.get(step, 0.0) + (now - self._last) * 1000
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
        stop: Callable[[], bool] = lambda: False,
    ) -> Answer:
        """Answer one question, or say that the bulletins do not.

        Args:
            snapshot: the generation to answer from; all of the answer is of this one.
            question: as typed; control characters are dropped.
            history: the conversation so far, oldest first.
            top_k: passages to retrieve.
            filters: which articles may be used.
            stop: asked between the steps whether nobody waits for the answer any more.

        Raises:
            AbandonedError: nobody does.
            QuestionError: the question is empty, too long, or holds no word.
        """
        clock = _Clock(stop)
        question = clean_question(question)
        resolved = resolve(question, history, snapshot.segmenter, snapshot.in_force)
        reworded = reword(resolved.text, snapshot.lexicon, snapshot.segmenter, self._retriever.synonyms)
        text = reworded.text
        if resolved.article_id is not None and filters.article_ids is None:
            filters = replace(filters, article_ids=(resolved.article_id,))
        query = Query(question, text, analyse(text).form, filters, top_k or DEFAULT_TOP_K)
        clock.lap("understand")
        reply = reply_to(question)
        if reply is not None:
            return _declined(query, "out_of_scope", reply, (), snapshot, clock)
        answer = with_corrections(self._answer(query, snapshot, clock), snapshot.corrections)
        return _noticed(answer, reworded)

    def _answer(self, query: Query, snapshot: Snapshot, clock: _Clock) -> Answer:
        """Answer a question that is understood."""
        admitted = [a for a in snapshot.in_force if query.filters.admits(a)]
        listing = look_up(query.standalone, admitted, snapshot.lexicon.body)
        if listing is not None:
            return _listed(query, listing, snapshot, clock)
        if unclear(query.standalone, snapshot.segmenter):
            return _declined(query, "unclear", UNCLEAR, (), snapshot, clock)
        if explained := expansion_draft(query.standalone, admitted, snapshot.lexicon):
            return _answered(query, explained, Found([], 1.0, explained), snapshot, clock)
        found = (
            self._chosen(query, snapshot, clock)
            or self._combined(query, snapshot, clock)
            or self._found(query, snapshot, clock)
        )
        clock.lap("compose")
        if found.draft is not None:
            return _beside(_answered(query, found.draft, found, snapshot, clock), found.note)
        articles = _articles(found.hits)
        reason, said = refusal(
            query.standalone, analyse(query.standalone), articles, admitted, snapshot.segmenter
        )
        said = found.why or said
        declined = _declined(query, reason, said, found.hits, snapshot, clock, found.confidence)
        return _beside(declined, found.note)

    def _found(self, query: Query, snapshot: Snapshot, clock: _Clock) -> Found:
        """Retrieve, read and draft the answer to a question of one part."""
        asked = analyse(query.standalone)
        hits, reading = self._read(query, snapshot, clock)
        articles = _articles(hits)
        if asked.form in ("reason", "date") and false_premise(query.standalone, asked, articles):
            return Found(hits, 0.0)
        best = next(iter(reading.evidence), None)
        least = max(self._reader.threshold, _SURE if is_elsewhere(query.standalone) else 0.0)
        if best is not None and reading.confidence >= least:
            answer = draft(query, asked, reading, snapshot.segmenter)
            stated = asked.form != "number" or counts_what_is_asked(asked, best, answer)
            if stated or (counted := self._counted(query, asked, snapshot, clock)) is None:
                return Found(hits, reading.confidence, answer, best)
            return counted
        if asked.form == "number" and (counted := self._counted(query, asked, snapshot, clock)):
            return counted
        elsewhere = is_elsewhere(query.standalone)
        if not elsewhere and (told := told_outright(query, asked, reading, snapshot.segmenter)):
            return Found(hits, max(reading.confidence, least), told, best)
        return Found(hits, reading.confidence, best=best)

    def _counted(self, query: Query, asked: Asked, snapshot: Snapshot, clock: _Clock) -> Found | None:
        """Count an enumeration of the things asked for, where no number of them is stated."""
        listing = _LISTED.sub("哪些", query.standalone)
        if listing == query.standalone:
            return None
        hits, listed = self._read(replace(query, standalone=listing, form="list"), snapshot, clock)
        if not listed.evidence or listed.confidence < self._reader.threshold:
            return None
        counting = count_draft(query, asked, listed, snapshot.segmenter)
        return Found(hits, listed.confidence, counting, listed.evidence[0]) if counting else None

    def _read(self, query: Query, snapshot: Snapshot, clock: _Clock) -> tuple[list[Hit], Reading]:
        hits = self._retriever.search(snapshot, query.standalone, query.top_k, query.filters)
        clock.lap("retrieve")
        reading = self._reader.read(query, hits, snapshot)
        if prefers_newest(query.standalone):
            reading = replace(reading, evidence=newest_first(reading.evidence, SECOND_WITHIN))
        clock.lap("read")
        return hits, reading

    def _chosen(self, query: Query, snapshot: Snapshot, clock: _Clock) -> Found | None:
        """Answer 「是上午还是下午」 by asking whether each is so; ``None`` where that decides nothing."""
        offered = alternatives(query.standalone, snapshot.segmenter)
        if offered is None:
            return None
        asked = [replace(query, standalone=one.question, form="yesno") for one in offered]
        return choose(offered, [self._found(one, snapshot, clock) for one in asked])

    def _combined(self, query: Query, snapshot: Snapshot, clock: _Clock) -> Found | None:
        """Answer a question of several parts, or one that is worked out from several numbers.

        ``None`` for a question that is neither.
        """
        wanted = calculation(query.standalone, snapshot.segmenter)
        parts = wanted.operands if wanted else split(query.standalone, snapshot.segmenter)
        if len(parts) < 2:
            return None
        follows_up = wanted is None and query.standalone != query.question
        if follows_up and len(split(query.question, snapshot.segmenter)) < len(parts):
            return None  # what a follow-up takes from the conversation is no part of what it asks
        if wanted is not None and len(parts) > MOST_PARTS:
            return Found([], 0.0, why=f"一次最多用{MOST_PARTS}个数计算或比较，请分开来问。")
        if wanted is None:
            parts = list({part.question: part for part in parts}.values())  # who asks twice is told once
        found: list[Found] = []
        for part in parts[:MOST_PARTS]:
            if found and clock.late:
                break
            asked = replace(query, standalone=part.question, form=analyse(part.question).form)
            found.append(self._found(asked, snapshot, clock))
        if wanted is not None and len(found) == len(parts):
            return work_out(wanted, found, snapshot.segmenter)
        if wanted is not None:
            return Found([], 0.0, why="查阅各个数的时间太长，没有算完，请分开来问。")
        together = put_together(parts[: len(found)], found, self._reader.threshold, snapshot.segmenter)
        if len(found) == len(parts):
            return together
        note = f"问题共有{len(parts)}个部分，只查了前{len(found)}个，其余的请另外提问。"
        return replace(together, note=note)


# 有多少个 → 有哪些: the measure word goes along.
_LISTED = re.compile(rf"(?:多少|几){MEASURES}?")


def _answered(query: Query, draft: Draft, found: Found, snapshot: Snapshot, clock: _Clock) -> Answer:
    draft = correct_draft(draft, snapshot.corrections)
    composed = compose(draft)
    return Answer(
        id=uuid.uuid4().hex,
        question=query.question,
        standalone_question=query.standalone,
        answered=True,
        mode="extractive",
        answer=composed.text,
        short_answer=composed.short,
        confidence=found.confidence,
        citations=composed.citations,
        suggestions=(),
        hits=tuple(clean_hits(found.hits, snapshot.corrections)),
        timings_ms=clock.spent,
        generation=snapshot.generation,
        notice=draft.notice,
        as_of=max((c.article.date for c in composed.citations if c.article.date), default=None),
        items=composed.items,
    )


def _listed(query: Query, listing: Listing, snapshot: Snapshot, clock: _Clock) -> Answer:
    """Return an answer from metadata, or the refusal that says what was looked for."""
    listing = _clean(listing, snapshot.corrections)
    citations = tuple(
        Citation(n, p.article, p.article.body[p.start : p.end], p.start, p.end)
        for n, p in enumerate(listing.points, 1)
    )
    clock.lap("compose")
    return Answer(
        id=uuid.uuid4().hex,
        question=query.question,
        standalone_question=query.standalone,
        answered=listing.answered,
        mode="catalog" if listing.answered else "refusal",
        answer=listing.text,
        short_answer=listing.short,
        confidence=float(listing.answered),
        citations=citations,
        suggestions=listing.suggestions,
        hits=(),
        timings_ms=clock.spent,
        generation=snapshot.generation,
        reason=None if listing.answered else "no_evidence",
        as_of=max((a.date for a in listing.articles if a.date), default=None),
    )


def _clean(listing: Listing, corrections: Corrections) -> Listing:
    """Return a listing that quotes nothing that was corrected."""
    points = []
    for p in listing.points:
        start, end = clean_span(p.article, p.start, p.end, corrections)
        quotes = p.text == p.article.body[p.start : p.end]
        text = p.article.body[start:end] if quotes else p.text
        points.append(replace(p, start=start, end=end, text=text))
    return replace(listing, points=tuple(points))


def with_corrections(answer: Answer, corrections: Corrections) -> Answer:
    """Return an answer that says what the articles it cites correct, and by what they are corrected."""
    cited = [Quote(c.article, c.start, c.end) for c in answer.citations]
    said = notice(cited, corrections)
    if said is None or said in (answer.notice or ""):
        return answer
    return replace(
        answer,
        supersedes=corrections.corrected_by(cited),
        notice="".join(filter(None, (answer.notice, said))),
    )


def _declined(
    query: Query,
    reason: Reason,
    said: str,
    hits: Sequence[Hit],
    snapshot: Snapshot,
    clock: _Clock,
    confidence: float = 0.0,
) -> Answer:
    """Return a reply that answers nothing and cites nothing."""
    return Answer(
        id=uuid.uuid4().hex,
        question=query.question,
        standalone_question=query.standalone,
        answered=False,
        mode="refusal",
        answer=said,
        short_answer=None,
        confidence=confidence,
        citations=(),
        suggestions=tuple(_articles(hits)[:_SUGGESTIONS]),
        hits=tuple(clean_hits(hits, snapshot.corrections)),
        timings_ms=clock.spent,
        generation=snapshot.generation,
        reason=reason,
    )


def _beside(answer: Answer, note: str) -> Answer:
    """Return an answer with what there is to say of how it was found."""
    return replace(answer, notice=note + (answer.notice or "")) if note else answer


def _noticed(answer: Answer, reworded: Reworded) -> Answer:
    """Add to an answer what was assumed of the question's words, and to a refusal which names are close."""
    suggestion = None if answer.answered else reworded.suggestion
    notes = [note for note in (reworded.notice, answer.notice, _day_in_full(answer), suggestion) if note]
    return replace(answer, notice="".join(notes) or None)


def _day_in_full(answer: Answer) -> str | None:
    """Return what day a date found is, where the article does not say its year or month itself."""
    asked = analyse(answer.standalone_question).form == "date"
    if not asked or answer.short_answer is None or len(answer.citations) != 1:
        return None
    full = in_full(answer.short_answer, answer.citations[0].article.date)
    return full and f"“{answer.short_answer}”即{full}。"


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


def _articles(hits: Sequence[Hit]) -> list[Article]:
    """Return the articles of hits, the best first, each once."""
    return list({hit.article.id: hit.article for hit in hits}.values())
