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
from qa.answers.combining import Found, choose, picked, put_together, work_out
from qa.answers.confirming import confirmed
from qa.answers.derived import tells_difference
from qa.answers.drafting import draft
from qa.answers.expansions import expansion_draft
from qa.answers.lists import count_draft, counts_what_is_asked
from qa.answers.other_words import bears_out
from qa.answers.premises import NOTHING, UNCLEAR, false_premise, is_elsewhere, refusal, unclear
from qa.answers.shown import SECOND_WITHIN
from qa.answers.told import told_outright
from qa.answers.working import worked_out
from qa.composing import Draft, Quote, compose
from qa.conversation.dialogue import resolve
from qa.conversation.focus import Resolved
from qa.conversation.scope import reply_to
from qa.errors import AbandonedError, QuestionError
from qa.index.snapshot import Snapshot
from qa.language.time_expressions import in_full, prefers_newest
from qa.metadata.collection import look_up
from qa.metadata.collection_listing import Listing
from qa.reading.reader import READ_PASSAGES, Reader
from qa.search.recency import newest_first
from qa.search.retrieval import Retriever
from qa.text import fold, has_content, strip_controls
from qa.types import Answer, Article, Citation, Evidence, Filters, Hit, Query, Reading, Reason, Turn
from qa.understanding.choices import alternatives
from qa.understanding.claims import claims
from qa.understanding.paraphrases import Paraphrase, paraphrases
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
_RECALLED = 2
"""Earlier questions that are answered again to tell for whom 他 stands."""
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
        reply = reply_to(question)
        if reply is not None:
            query = Query(question, question, analyse(question).form, filters, top_k or DEFAULT_TOP_K)
            return _declined(query, "out_of_scope", reply, (), snapshot, clock)

        recalled: dict[str, str | None] = {}

        def recall(text: str) -> str | None:
            if text not in recalled and len(recalled) < _RECALLED:
                again = self._understood(Resolved(text), text, top_k, filters, snapshot, clock)
                recalled[text] = again.short_answer
            return recalled.get(text)

        resolved = resolve(question, history, snapshot.segmenter, snapshot.in_force, recall)
        first = self._understood(resolved, question, top_k, filters, snapshot, clock)
        answer = first
        for sense in (resolved, *resolved.others):
            if sense is not resolved:
                if clock.late:
                    break
                answer = self._understood(sense, question, top_k, filters, snapshot, clock)
            if answer.confidence >= sense.least and self._names(answer, sense.names, snapshot):
                return answer
        return without_an_answer(first)

    def _understood(
        self,
        sense: Resolved,
        question: str,
        top_k: int | None,
        filters: Filters,
        snapshot: Snapshot,
        clock: _Clock,
    ) -> Answer:
        """Answer a question in one sense that it may have."""
        reworded = reword(sense.text, snapshot.lexicon, snapshot.segmenter, self._retriever.synonyms)
        if sense.article_id is not None and filters.article_ids is None:
            filters = replace(filters, article_ids=(sense.article_id,))
        query = Query(question, reworded.text, analyse(reworded.text).form, filters, top_k or DEFAULT_TOP_K)
        clock.lap("understand")
        answer = with_corrections(self._answer(query, snapshot, clock), snapshot.corrections)
        return _noticed(answer, reworded)

    def _names(self, answer: Answer, what: str, snapshot: Snapshot) -> bool:
        """Tell whether an answer names something right by its short answer."""
        if not answer.answered or not what or answer.mode == "catalog":
            return answer.answered
        meant = reword(what, snapshot.lexicon, snapshot.segmenter, self._retriever.synonyms).text
        words = [
            meant.removesuffix("的"),
            *(w for w in snapshot.segmenter.content_words(meant) if len(w) > 1),
        ]
        told = fold(clause_of(answer))
        return any(fold(word) in told for word in words)

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
        if asked.form == "yesno" and (decided := self._confirmed(query, best, snapshot, clock)):
            return decided
        least = max(self._reader.threshold, _SURE if is_elsewhere(query.standalone) else 0.0)
        if best is not None and reading.confidence >= least:
            if worked := worked_out(query, asked, best, snapshot.segmenter):
                return Found(hits, reading.confidence if worked.draft else 0.0, worked.draft, best)
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
        if again := self._asked_again(query, articles, snapshot, clock):
            return again
        return Found(hits, reading.confidence, best=best)

    def _asked_again(
        self, query: Query, articles: Sequence[Article], snapshot: Snapshot, clock: _Clock
    ) -> Found | None:
        """Ask what was refused in the words of the articles read; ``None`` where that finds nothing, too."""
        lexicon, segmenter = snapshot.lexicon, snapshot.segmenter
        texts = [lexicon.body(article) for article in articles[:READ_PASSAGES]]
        for other in paraphrases(query.standalone, texts, lexicon, self._retriever.synonyms, segmenter):
            if found := self._found_as(other, query, snapshot, clock):
                return found
        return None

    def _found_as(self, other: Paraphrase, query: Query, snapshot: Snapshot, clock: _Clock) -> Found | None:
        """Return the answer to a question in other words, if a statement with those words gives one."""
        asked = analyse(other.text)
        again = replace(query, standalone=other.text, form=asked.form)
        hits, reading = self._read(again, snapshot, clock)
        best = next(iter(reading.evidence), None)
        if best is None or reading.confidence < self._reader.threshold:
            return None
        if not bears_out(other, query.standalone, best, snapshot.segmenter):
            return None
        told = draft(again, asked, reading, snapshot.segmenter)
        if told is None:
            return None
        noticed = replace(told, notice=other.notice + (told.notice or "") or None)
        return Found(hits, reading.confidence, noticed, best)

    def _confirmed(
        self, query: Query, best: Evidence | None, snapshot: Snapshot, clock: _Clock
    ) -> Found | None:
        """Answer a yes/no question by asking for the value that it claims."""

        def ask(question: str) -> Found:
            return self._found(
                replace(query, standalone=question, form=analyse(question).form), snapshot, clock
            )

        claimed = claims(query.standalone, snapshot.segmenter)
        return confirmed(claimed, ask, best, snapshot.segmenter)

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
        """Answer 「是上午还是下午」 by asking whether each is so, else the whole; ``None`` for no choice."""
        offered = alternatives(query.standalone, snapshot.segmenter)
        if offered is None:
            return None
        asked = [replace(query, standalone=one.question, form="yesno") for one in offered]
        chosen = choose(offered, [self._found(one, snapshot, clock) for one in asked])
        return chosen or picked(offered, self._found(query, snapshot, clock), snapshot.segmenter)

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
        if wanted is not None and wanted.kind == "difference":
            whole = self._found(query, snapshot, clock)
            if whole.draft is not None and tells_difference(query.standalone, whole.draft):
                return whole
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


_CLAUSE_END = re.compile("[,，、;；。!！?？]")


def clause_of(answer: Answer) -> str:
    """Return the clause of the first quote that the short answer stands in; the quote where it is in none."""
    quote, short = answer.citations[0].quote, answer.short_answer or ""
    at = quote.find(short) if short else -1
    if at < 0:
        return quote
    start = max((m.end() for m in _CLAUSE_END.finditer(quote, 0, at)), default=0)
    end = _CLAUSE_END.search(quote, at + len(short))
    return quote[start : end.start() if end else len(quote)]


def without_an_answer(answer: Answer) -> Answer:
    """Return an answer to what was not meant as the refusal that it must be; a refusal as it is."""
    if not answer.answered:
        return answer
    return replace(
        answer,
        answered=False,
        mode="refusal",
        answer=NOTHING,
        short_answer=None,
        citations=(),
        items=(),
        suggestions=tuple(_articles(answer.hits)[:_SUGGESTIONS]),
        reason="no_evidence",
        notice=None,
        as_of=None,
        supersedes=(),
    )


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
    quote = answer.citations[0].quote
    if _ASKS_WEEKDAY.search(answer.standalone_question) or is_of_every_week(answer.short_answer, quote):
        return None
    full = in_full(answer.short_answer, answer.citations[0].article.date)
    return full and f"“{answer.short_answer}”即{full}。"


_ASKS_WEEKDAY = re.compile("(?:星期|礼拜|周)几|每周|每个?(?:星期|礼拜)")
_WEEKDAY = re.compile("(?:周|星期|礼拜)[一二三四五六日天末]")
_BEFORE_EVERY, _BEHIND_EVERY = (
    re.compile("[每逢]个?$"),
    re.compile(
        "(?:全天|上午|下午|晚上)?(?:闭[馆园]|休[馆息诊市]|停诊|不[开营上]|开放|坐诊|出诊|[至到、]|或|和|例外|除外)"
    ),
)


def is_of_every_week(short: str, quote: str) -> bool:
    """Tell whether a weekday is one of every week where it is quoted, not a day.

    >>> is_of_every_week("周一", "图书馆周一闭馆。"), is_of_every_week("周一", "周一召开会议。")
    (True, False)
    """
    weekday = _WEEKDAY.search(short)
    return weekday is not None and any(
        _BEFORE_EVERY.search(quote[: m.start()]) or _BEHIND_EVERY.match(quote, m.end())
        for m in re.finditer(re.escape(weekday[0]), quote)
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


def _articles(hits: Sequence[Hit]) -> list[Article]:
    """Return the articles of hits, the best first, each once."""
    return list({hit.article.id: hit.article for hit in hits}.values())
