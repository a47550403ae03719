"""What is measured of a question and the sentence that ranks first, to tell whether it answers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qa.index.snapshot import Snapshot
from qa.reading.candidates import Candidate
from qa.reading.constraints import attribute, names_a_cause, unmet
from qa.reading.features import QuestionFeatures
from qa.reading.spans import spans_like
from qa.search.matching import rarest_missing, word_weights
from qa.text import fold
from qa.types import Article, Evidence, Query
from qa.understanding.questions import Asked, analyse, is_question

FLOOR = -12.0
"""Log-probabilities below are all the same: no."""
_FAR_AHEAD = 2.0
"""Where the lead over other articles is cut off; also what it is where no other was read."""


def question_features(
    query: Query,
    candidates: Sequence[Candidate],
    snapshot: Snapshot,
    read: Sequence[Candidate],
    chosen: int = 0,
) -> QuestionFeatures:
    """Measure whether the chosen sentence and its article bear a question out.

    Args:
        query: the question.
        candidates: those that may answer, the best first.
        snapshot: what was searched.
        read: all that was read; what is ruled out tells still that its article is nearer to the question.
        chosen: which of them answers.
    """
    top = candidates[chosen]
    question, article = query.standalone, top.evidence.article
    asked = analyse(question)
    words = word_weights(question, snapshot.segmenter)
    return QuestionFeatures(
        alignment=top.features.alignment,
        weakest=top.weakest,
        unmet=unmet(question, article, snapshot.segmenter),
        attribute_missing=_attribute_missing(question, article, snapshot),
        cause=_cause(asked, top.evidence),
        asks=float(is_question(question)),
        dense=top.hit.scores.get("dense", 0.0),
        missing=rarest_missing(words, f"{article.title}\n{article.body}"),
        kind=top.features.kind,
        coverage=top.features.coverage,
        answerable=top.answerable,
        best_answerable=max(c.answerable for c in candidates),
        within=top.features.within,
        best_span=max(top.span, FLOOR),
        span_kind=_span_kind(asked, top, snapshot),
        span_length=math.log(len(top.evidence.short or "-")),
        yesno=float(asked.form == "yesno"),
        ahead=_ahead(top, read),
        rivals=sum(1 / (1 + math.exp(-c.answerable)) for c in _rivals(top, candidates)),
    )


def _ahead(top: Candidate, read: Sequence[Candidate]) -> float:
    others = [c.hit.score for c in read if c.evidence.article.id != top.evidence.article.id]
    return min(max(top.hit.score - max(others), -_FAR_AHEAD), _FAR_AHEAD) if others else _FAR_AHEAD


def _rivals(top: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the best candidate of each other article whose marked span says something else.

    A question that names no event (会议将讨论什么) is answered by many articles, by each in its own way.
    """
    own = fold(top.evidence.short or top.evidence.quote)
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        article, other = candidate.evidence.article.id, fold(candidate.evidence.short or "")
        if article == top.evidence.article.id or not other or other in own or own in other:
            continue
        known = best.get(article)
        if known is None or candidate.features.supported > known.features.supported:
            best[article] = candidate
    return list(best.values())


def _span_kind(asked: Asked, candidate: Candidate, snapshot: Snapshot) -> float:
    evidence = candidate.evidence
    if evidence.short_start is None or evidence.short_end is None or not candidate.features.kind:
        return 0.0
    first, last = evidence.short_start - evidence.start, evidence.short_end - evidence.start
    alike = spans_like(asked, evidence.quote, snapshot.segmenter)
    return 0.5 if any(start < last and first < end for start, end in alike) else -0.5


def _attribute_missing(question: str, article: Article, snapshot: Snapshot) -> float:
    word = attribute(question, snapshot.segmenter)
    if word is None:
        return 0.0
    return rarest_missing({word: snapshot.segmenter.rarity(word)}, f"{article.title}\n{article.body}")


def _cause(asked: Asked, evidence: Evidence) -> float:
    if asked.form != "reason":
        return 0.0
    return 0.5 if names_a_cause(evidence.quote) else -0.5
