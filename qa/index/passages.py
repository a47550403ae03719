"""An article becomes passages: whole sentences, as many as fit, with offsets into the body."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from qa.text import sentence_spans
from qa.types import Article, Passage

SPLITTER_VERSION = 1
"""Raised whenever the same article could be split otherwise."""

TARGET_TOKENS = 160
"""Passages are filled up to here: about 250 Han characters, a few sentences on one matter."""
OVERLAP_TOKENS = 40
"""A sentence up to this long is repeated in the next passage of its paragraph, for what it refers to."""
_TITLE_TOKENS = 64
_Span = tuple[int, int, int]  # start, end, tokens


def encoder_text(title: str, passage_text: str) -> str:
    """Return what is encoded for a passage: the headline as context, then the text."""
    return f"{title}\n{passage_text}"


def vector_key(title: str, passage_text: str) -> str:
    """Return the name of a passage's vector in the library: a hash of what is encoded."""
    return hashlib.sha256(encoder_text(title, passage_text).encode()).hexdigest()


def split(article: Article, count_tokens: Callable[[str], int], max_tokens: int) -> tuple[Passage, ...]:
    """Split an article into passages that fit the encoder's window together with the headline.

    Every sentence is in at least one passage, whole unless it alone exceeds the window; then it is
    cut at commas or, failing that, anywhere.

    Args:
        article: the article; its headline takes part of the window.
        count_tokens: tokens of a text as the encoder counts them.
        max_tokens: the window without special tokens.
    """
    budget = min(TARGET_TOKENS, max_tokens - min(count_tokens(article.title), _TITLE_TOKENS) - 8)
    budget = max(budget, 16)
    passages: list[Passage] = []
    current: list[_Span] = []
    for paragraph in _paragraphs(article.body, count_tokens, budget):
        # A paragraph that does not fit starts afresh, so that its topic sentence stays with it, unless
        # that would leave a sliver behind.
        if current and _tokens(current) >= budget // 3 and _tokens(current) + _tokens(paragraph) > budget:
            passages.append(_passage(article, current))
            current = []
        for unit in paragraph:
            if current and _tokens(current) + unit[2] > budget:
                passages.append(_passage(article, current))
                current = _overlap(article.body, current[-1], unit, budget)
            current.append(unit)
    if current:
        passages.append(_passage(article, current))
    return tuple(passages)


def _tokens(units: list[_Span]) -> int:
    return sum(unit[2] for unit in units)


def _paragraphs(body: str, count_tokens: Callable[[str], int], budget: int) -> list[list[_Span]]:
    """Return each paragraph's sentences as spans that fit the budget."""
    paragraphs: list[list[_Span]] = []
    for start, end in sentence_spans(body):
        if not paragraphs or "\n" in body[paragraphs[-1][-1][1] : start]:
            paragraphs.append([])
        paragraphs[-1].extend(_fitting(body, (start, end), count_tokens, budget))
    return paragraphs


def _overlap(body: str, last: _Span, following: _Span, budget: int) -> list[_Span]:
    """Return what the next passage repeats: the last sentence, if short and of the same paragraph."""
    same_paragraph = "\n" not in body[last[1] : following[0]]
    if same_paragraph and last[2] <= OVERLAP_TOKENS and last[2] + following[2] <= budget:
        return [last]
    return []


def _passage(article: Article, units: list[_Span]) -> Passage:
    start, end = units[0][0], units[-1][1]
    return Passage(article.id, start, end, article.body[start:end])


def _fitting(
    body: str, span: tuple[int, int], count_tokens: Callable[[str], int], budget: int
) -> list[_Span]:
    """Return a sentence as one span, or cut into spans that each fit the budget."""
    start, end = span
    tokens = count_tokens(body[start:end])
    if tokens <= budget or end - start == 1:
        return [(start, end, tokens)]
    middle = (start + end) // 2
    commas = [i + 1 for i in range(start, end - 1) if body[i] in ",，、;；:："]
    # The comma nearest to the middle, unless it would leave a sliver.
    at = min(commas, key=lambda i: abs(i - middle), default=middle)
    if not start + (end - start) // 8 < at < end - (end - start) // 8:
        at = middle
    return _fitting(body, (start, at), count_tokens, budget) + _fitting(body, (at, end), count_tokens, budget)
