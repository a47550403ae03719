"""What an article says in a few of its own sentences; extractive, so that each one can be cited."""

from __future__ import annotations

import re
from collections import Counter

from qa.text import bigrams, fold, letters, sentence_spans
from qa.types import Article

_SHORTEST = 12
_LONGEST = 160
_TITLE, _POSITION, _ASIDE = 0.5, 0.3, 0.4
_QUOTE = re.compile('[“"][^“”"]*[”"]?')
_DATED_TWICE = re.compile(
    r"(?:本报讯|本刊讯|本网讯)?\s*\d{1,2} ?月 ?\d{1,2} ?日[,，]?\s*(?=\d{1,2} ?月 ?\d{1,2} ?日|[“\"])"
)
"""A dateline before another day, or before somebody's words."""


def salient(article: Article, count: int, *, skip_opening: bool = False) -> list[tuple[int, int]]:
    """Return the spans of an article's most telling sentences, in the article's order.

    A sentence counts by how much of the article's recurring vocabulary it holds (the centroid of
    Radev et al., "Centroid-based summarization of multiple documents", 2004), how much of the headline, and
    how early it stands; one that shares nothing with the headline, or only quotes, is an aside. Sentences of
    fewer than 12 or more than 160 characters come last.

    Args:
        article: any; a body without sentences gives its whole text.
        count: at most so many.
        skip_opening: leave out the first sentence, which the reader has seen.
    """
    spans = sentence_spans(article.body) or [(0, len(article.body))]
    dateline = _DATED_TWICE.match(article.body, *spans[0])
    if dateline and dateline.end() < spans[0][1]:
        spans = [(dateline.end(), spans[0][1]), *spans[1:]]
    if skip_opening and len(spans) > 1:
        spans = spans[1:]
    grams = {span: set(bigrams(fold(article.body[slice(*span)]))) for span in spans}
    frequency = Counter(gram for held in grams.values() for gram in held)
    title = set(bigrams(letters(article.title)))

    def score(place: int, span: tuple[int, int]) -> float:
        held = grams[span]
        if not held:
            return 0.0
        centre = sum(frequency[g] - 1 for g in held) / len(held) / max(1, len(spans) - 1)
        headline = len(held & title) / max(1, len(title))
        unfit = not _SHORTEST <= span[1] - span[0] <= _LONGEST
        aside = _ASIDE * (not held & title or _QUOTE.fullmatch(article.body, *span) is not None)
        return centre + _TITLE * headline + _POSITION / (1 + place) - unfit - aside

    ranked = sorted(enumerate(spans), key=lambda item: (-score(*item), item[0]))
    return sorted(span for _, span in ranked[:count])
