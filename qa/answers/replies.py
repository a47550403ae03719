"""What was found → the answer that a reader gets: cited, listed or declined, with what there is to say."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import replace

from qa.amendments.correcting import clean_hits, clean_span, correct_draft, notice
from qa.amendments.corrections import Corrections
from qa.answers.clock import Clock
from qa.answers.combining import Found
from qa.answers.finding import articles_of
from qa.answers.premises import NOTHING
from qa.composing import Draft, Quote, compose
from qa.index.snapshot import Snapshot
from qa.language.time_expressions import in_full
from qa.metadata.collection_listing import Listing
from qa.reading.clauses import around
from qa.text import fold
from qa.types import Answer, Citation, Hit, Query, Reason
from qa.understanding.questions import analyse
from qa.understanding.wording import Reworded

_SUGGESTIONS = 3
_CLAUSE_ENDS = ",，、;；。!！?？"


def clause_of(answer: Answer) -> str:
    """Return the clause of the first quote that the short answer stands in; the quote where it is in none."""
    quote, short = answer.citations[0].quote, answer.short_answer or ""
    at = quote.find(short) if short else -1
    return quote if at < 0 else quote[slice(*around(quote, (at, at + len(short)), _CLAUSE_ENDS))]


_NUMBER_ASKED = re.compile("(?:几|多少)(?P<unit>[个家人份位项篇条名种所类样点件处]人?)")
_STATED = r"(?<!第)(?:\d+|[一二两三四五六七八九十百]+)"


def how_many(listing: Answer, question: str) -> Answer | None:
    """Return how many items an answer lists, as the answer to a question; ``None`` where it is no list.

    One that ends in 等 is a lower bound. What is named with its number (《十条措施》) is as many.
    """
    asked, names = _NUMBER_ASKED.search(question), [item.text for item in listing.items]
    if asked is None or not listing.answered or listing.mode == "catalog":
        return None
    if len(names) < 2:
        stated = re.findall(f"{_STATED}{asked['unit']}", listing.short_answer or "")
        one = len(stated) == 1
        return replace(listing, standalone_question=question, short_answer=stated[0]) if one else None
    if asked["unit"] in "条点" and names[0].startswith("《"):
        return None  # of which of them
    quote = listing.citations[0].quote
    least = "至少" if re.match("[”》)）]?等", quote[quote.rfind(names[-1]) + len(names[-1]) :]) else ""
    short = f"{least}{len(names)}{asked['unit']}"
    return replace(
        listing,
        standalone_question=question,
        answer=f"公报列出了{short}：{'、'.join(names)}。\n{listing.answer}",
        short_answer=short,
    )


def nth_item(listing: Answer, question: str, nth: int) -> Answer | None:
    """Return one of the items that an answer lists, the last for -1; ``None`` where it is not known."""
    if not listing.answered or listing.mode == "catalog" or len(listing.items) < max(2, nth):
        return None
    item = listing.items[nth if nth < 0 else nth - 1].text
    which = "最后一项" if nth < 0 else f"第{nth}项"
    return replace(
        listing,
        standalone_question=question,
        answer=f"{which}是：{item}。\n{listing.answer}",
        short_answer=item,
    )


def repeats(answer: Answer, told: str) -> bool:
    """Tell whether an answer gives nothing but what was asked and told already, by its short answer."""
    if not answer.answered or answer.mode == "catalog" or not answer.short_answer:
        return False
    given = [item.text for item in answer.items] or [answer.short_answer]
    return all(fold(text) in fold(told) for text in given)


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
        suggestions=tuple(articles_of(answer.hits)[:_SUGGESTIONS]),
        reason="no_evidence",
        notice=None,
        as_of=None,
        supersedes=(),
    )


def answered(query: Query, draft: Draft, found: Found, snapshot: Snapshot, clock: Clock) -> Answer:
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


def listed(query: Query, listing: Listing, snapshot: Snapshot, clock: Clock) -> Answer:
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


def declined(
    query: Query,
    reason: Reason,
    said: str,
    hits: Sequence[Hit],
    snapshot: Snapshot,
    clock: Clock,
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
        suggestions=tuple(articles_of(hits)[:_SUGGESTIONS]),
        hits=tuple(clean_hits(hits, snapshot.corrections)),
        timings_ms=clock.spent,
        generation=snapshot.generation,
        reason=reason,
    )


def beside(answer: Answer, note: str) -> Answer:
    """Return an answer with what there is to say of how it was found."""
    return replace(answer, notice=note + (answer.notice or "")) if note else answer


def noticed(answer: Answer, reworded: Reworded) -> Answer:
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
    re.compile("(?:[每逢]个?|每个?[月周年季]的?(?:第[一二三四五\\d]|最后一|首)个?)$"),
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
