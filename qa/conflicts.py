"""Articles that say different things about one number or date are shown side by side, newest first."""

from __future__ import annotations

import datetime as dt
import re

from qa.composing import SHORT_CHARS, Draft, Quote, day
from qa.matching import coverage, word_weights
from qa.names import people
from qa.quantities import parse
from qa.questions import Asked
from qa.spans import Span, best_span
from qa.text import Segmenter, fold
from qa.types import Evidence, Query, Reading

MAX_SHOWN = 3
_SENTENCES_COMPARED = 12
_FIT = 0.85
"""Another article's number must fit the question this well, as a share of the best one's fit."""
_LEAST_COVERAGE = 0.6
# A question that says of when it asks is answered by the article of then.
_TIMED = re.compile(
    r"\d+[年月日号]|[去前今明本当][年月日天]|上[周月]|同期|首[次批届]|第.{1,3}[次批届]|当时|原来|最初"
)
_CURRENT = re.compile(r"最新|最近|目前|现在|如今|眼下|截至|到现在")


def conflict_draft(query: Query, asked: Asked, reading: Reading, segmenter: Segmenter) -> Draft | None:
    """Return what several articles say about the number or date asked for, where they differ; else ``None``.

    They are compared only where they speak of the same thing: as many of the question's words, the same
    people, a span of the same unit that fits the question as well.
    """
    question = query.standalone
    if asked.form not in ("number", "date") or _TIMED.search(fold(question)):
        return None
    weights = word_weights(question, segmenter)
    best = reading.evidence[0]
    span = best_span(question, asked, best.quote, segmenter)
    covered = coverage(weights, best.quote)
    if span is None or covered < _LEAST_COVERAGE:
        return None
    said = [(best, _text(best, span))]
    for other in reading.evidence[1:_SENTENCES_COMPARED]:
        if any(other.article.id == known.article.id for known, _ in said):
            continue
        theirs = best_span(question, asked, other.quote, segmenter)
        if (
            theirs is None
            or theirs.score < _FIT * span.score
            or coverage(weights, other.quote) < _FIT * covered
        ):
            continue
        value = _text(other, theirs)
        if _differs(asked, value, said) and _same_people(question, other, segmenter):
            said.append((other, value))
    if len(said) < 2:
        return None
    said = sorted(said[:MAX_SHOWN], key=lambda s: s[0].article.date or dt.date.min, reverse=True)
    dated = [f"{value}（{day(e.article) or '日期不详'}）" for e, value in said]
    whole = "；".join(dated)
    short = said[0][1] if _CURRENT.search(question) else whole if len(whole) <= SHORT_CHARS else said[0][1]
    return Draft(
        tuple(Quote(e.article, e.start, e.end) for e, _ in said),
        short,
        notice=f"{len(said)}篇报道的说法不同，按日期从新到旧列出。",
        dated=True,
    )


def _text(evidence: Evidence, span: Span) -> str:
    return evidence.quote[span.start : span.end]


def _differs(asked: Asked, value: str, said: list[tuple[Evidence, str]]) -> bool:
    """Tell whether a value is comparable with all that was said, and another one."""
    if asked.form == "date":
        return all(fold(value) not in fold(e.quote) and fold(other) not in fold(value) for e, other in said)
    quantity = parse(value)
    others = [parse(other) for _, other in said]
    return quantity is not None and all(
        other is not None and other.unit == quantity.unit and other.value != quantity.value
        for other in others
    )


def _same_people(question: str, evidence: Evidence, segmenter: Segmenter) -> bool:
    text = fold(f"{evidence.article.title}\n{evidence.article.body}")
    return all(fold(name) in text for name, _ in people(question, segmenter))
