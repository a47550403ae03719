"""Questions that a sentence answers by the way it is written, wherever in it the reader marked something.

What a term made of a number stands for, what plays which part, which plans go by which names, what somebody
says of a meeting: official Chinese has fixed forms for these, whose bounds rules know better.
"""

from __future__ import annotations

from qa.answers.campaigns import aim, asks_against
from qa.answers.glosses import glossed
from qa.answers.headed import category, told_under
from qa.answers.interviews import answered_in_interview
from qa.answers.marks import marked_span
from qa.answers.opinions import opinion
from qa.answers.roles import in_part, without_role
from qa.answers.slogans import named_plans
from qa.answers.statements import attends, convened, ends_on, origin, raised, said, serves_as, whole_of
from qa.answers.terms import stands_for
from qa.composing import SHORT_CHARS, Draft, Quote, short_of_quotes
from qa.search.matching import coverage, word_weights
from qa.text import Segmenter, sentence_spans
from qa.types import Evidence, Query, Reading
from qa.understanding.questions import Asked

_WITHIN = 3.0
"""Log-odds by which a sentence may stand behind the best one of its article."""
_LOOKED_AT = 3
_CERTAIN = 0.6
"""Share of a question's words that a sentence and its headline hold, from which it is of the same matter."""
_ALL_BUT_SURE = 0.85
"""As above, where a question names what has a part: another park has other leading industries."""


def told_draft(query: Query, asked: Asked, reading: Reading, segmenter: Segmenter) -> Draft | None:
    """Return the draft of an answer that a sentence gives in a fixed form; ``None`` where none does."""
    best = reading.evidence[0]
    near = [e for e in reading.evidence[:_LOOKED_AT] if _near(e, best)]
    for evidence in near:
        if found := glossed(query.standalone, evidence.quote, marked_span(evidence)):
            return _draft(evidence, found, (found[0][0], found[-1][1]))
    if asked.form not in ("what", "list", "means", "title"):
        return None
    for evidence in near:
        sentence = evidence.quote
        if named := category(query.standalone, evidence):
            return _draft(evidence, [named], named)
        if found := stands_for(query.standalone, sentence, segmenter, marked_span(evidence)):
            return _draft(evidence, found)
        if part := in_part(query.standalone, sentence, segmenter):
            return _draft(evidence, list(part.items), part.span)
    if found := named_plans(query.standalone, best.quote, marked_span(best)):
        return _draft(best, found, (found[0][0], found[-1][1]))
    for evidence in near if asks_against(query.standalone) else near[:1]:
        if against := aim(query.standalone, evidence.quote):
            return _draft(evidence, [against], against)
    for evidence in near:
        if found := opinion(query.standalone, evidence.quote):
            return _draft(evidence, found)
    return None


def told_outright(query: Query, asked: Asked, reading: Reading, segmenter: Segmenter) -> Draft | None:
    """Return the draft of what a sentence on the very matter tells in so many words.

    That holds also where the reader, which has met few questions of the kind, doubts it.
    """
    for evidence in reading.evidence[:_LOOKED_AT]:
        question, sentence = query.standalone, evidence.quote
        stated = (
            said(question, sentence)
            or origin(question, sentence, segmenter)
            or whole_of(question, sentence)
            or serves_as(question, sentence)
            or ends_on(question, sentence)
        )
        if stated:
            return _draft(evidence, [stated], stated)
        if attends(question, sentence):  # what is reported stands at the head of the article
            body, article = evidence.article.body, evidence.article
            head = Quote(article, *next(iter(sentence_spans(body))))
            return Draft((head, Quote(article, evidence.start, evidence.end)))
    if meeting := _raised_at(query.standalone, reading):
        return meeting
    if interviewed := answered_in_interview(query, asked, reading, segmenter):
        return interviewed
    if headed := told_under(query, asked, reading, segmenter):
        return headed
    if asked.form not in ("what", "list"):
        return None
    for evidence in reading.evidence[:_LOOKED_AT]:
        read, of_it = marked_span(evidence), _on_the_very_matter(query.standalone, evidence, segmenter)
        found = stands_for(query.standalone, evidence.quote, segmenter, read, printed_only=True)
        if of_it and found:
            return _draft(evidence, found)
        part = in_part(query.standalone, evidence.quote, segmenter)
        if part and _on_the_very_matter(without_role(query.standalone), evidence, segmenter, _ALL_BUT_SURE):
            return _draft(evidence, list(part.items), part.span)
    return None


def _raised_at(question: str, reading: Reading) -> Draft | None:
    """Return the meeting that the only article opens with in which the matter of a question came up."""
    found = [evidence for evidence in reading.evidence if raised(question, evidence.quote)]
    if len({evidence.article.id for evidence in found}) != 1:
        return None
    article = found[0].article
    head = Quote(article, *next(iter(sentence_spans(article.body))))
    held = convened(head.text)
    return Draft((head, Quote.of(found[0])), head.text[slice(*held)]) if held else None


def _on_the_very_matter(
    question: str, evidence: Evidence, segmenter: Segmenter, least: float = _CERTAIN
) -> bool:
    """Tell whether a sentence and its headline hold most of what a question is about."""
    weights = word_weights(question, segmenter)
    return coverage(weights, f"{evidence.article.title}\n{evidence.quote}") >= least


def _near(evidence: Evidence, best: Evidence) -> bool:
    return evidence.article.id == best.article.id and best.score - evidence.score <= _WITHIN


def _draft(evidence: Evidence, pieces: list[tuple[int, int]], span: tuple[int, int] | None = None) -> Draft:
    """Return a draft of items that a sentence holds; of a single one the short answer alone."""
    shift = evidence.start
    items = tuple(Quote(evidence.article, shift + a, shift + b) for a, b in pieces)
    printed = evidence.quote[slice(*span)] if span else None
    short = printed if printed and len(printed) <= SHORT_CHARS else short_of_quotes(items)
    quote = Quote.of(evidence)
    return Draft((quote,), short, items=items if len(items) > 1 else ())
