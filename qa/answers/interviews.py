"""What somebody answers in an interview that is printed as one, where a reader asks what the reporter asked.

The reporter's question names the matter, the answer behind it often does not (您是哪年学医的? 林秀:1998年。).
"""

from __future__ import annotations

import re
from itertools import pairwise

from qa.answers.marks import marked_span
from qa.composing import Draft, Quote
from qa.reading.spans import best_span
from qa.search.matching import coverage, word_weights
from qa.text import HAN, Segmenter, sentence_spans
from qa.types import Query, Reading
from qa.understanding.questions import Asked, analyse

_LINE = re.compile(rf"^(?P<who>[{HAN}·]{{1,10}})[:：]\s*(?P<says>.+)$", re.MULTILINE)
_ASKS = re.compile("记者|主持人|问")
_LEAST_QUESTIONS = 2
_SAME = 0.9
"""Share of a question's words that the reporter's, who answers it and the headline hold."""
_SPANS = ("date", "number")
"""Forms whose short answer is known by its kind; of others the sentences are quoted alone."""


def answered_in_interview(query: Query, asked: Asked, reading: Reading, segmenter: Segmenter) -> Draft | None:
    """Return the draft of the answer to a reporter's question that asks what a reader asks.

    Args:
        query: the question.
        asked: its form; a reporter's question is the same only if it is of that form.
        reading: the best article is looked at, and only what may answer in it.
        segmenter: of the snapshot.
    """
    if asked.form not in _SPANS or not reading.evidence:
        return None
    article = reading.evidence[0].article
    lines = list(_LINE.finditer(article.body))
    if sum(_ASKS.fullmatch(line["who"]) is not None for line in lines) < _LEAST_QUESTIONS:
        return None
    weights = word_weights(query.standalone, segmenter)
    found = []
    for asks, answers in pairwise(lines):
        if not _ASKS.fullmatch(asks["who"]) or _ASKS.fullmatch(answers["who"]):
            continue
        told = f"{asks['says']}\n{answers['who']}"
        if analyse(asks["says"]).form != asked.form or coverage(weights, told) < _SAME:
            continue
        first = sentence_spans(answers.group())[0]
        start, end = answers.start() + first[0], answers.start() + first[1]
        found += [(asks, e) for e in reading.evidence if (e.article, e.start, e.end) == (article, start, end)]
    if len(found) != 1:
        return None
    asks, evidence = found[0]
    span = best_span(query.standalone, asked, evidence.quote, segmenter, marked_span(evidence))
    if span is None:
        return None
    quotes = Quote(article, asks.start(), asks.end()), Quote.of(evidence)
    return Draft(quotes, evidence.quote[span.start : span.end])
