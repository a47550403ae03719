"""Which sentences an answer quotes, and how much of what stands beside them."""

from __future__ import annotations

from qa.composing import Quote
from qa.text import sentence_spans
from qa.types import Evidence, Reading

SECOND_WITHIN = 1.0
"""A second sentence joins the answer when its score is this close to the best one's (log-odds)."""
_ANSWER_CHARS = 260
_TOPIC_CHARS = 20


def sentences_shown(reading: Reading) -> list[Evidence]:
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


def quoted(evidence: Evidence, *, short: bool) -> Quote:
    """Return a sentence; a topic sentence (「要压实工作责任。」) takes along what it announces."""
    quote = Quote.of(evidence)
    if short or len(evidence.quote) > _TOPIC_CHARS:
        return quote
    body = evidence.article.body
    following = next((s for s in sentence_spans(body) if s[0] >= evidence.end), None)
    if following is None or "\n" in body[evidence.end : following[0]]:
        return quote
    return Quote(evidence.article, evidence.start, following[1])
