"""Near misses as retrieval finds them: another article on the same matter that does not give the answer.

What a reader meets in a large collection is rarely a random text: it is the passage that search put first.
Negatives taken from the top of BM25 (as in Karpukhin et al., arXiv 2004.04906) teach it to see that firm,
year, place or quarter is another one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import numpy as np

from qa.index.lexical import LexicalIndex
from qa.text import Segmenter, bigrams
from training.data import Pair
from training.examples import Example
from training.pages import Miss, near_window, passes

_TOP = 12
"""Best articles that are looked at."""
_LEAST_QUESTION = 10
"""Characters; shorter questions name too little to be wrong elsewhere."""
_SAME_NEWS = 0.45
"""Share of bigrams that two articles have in common from which they are taken for two prints of one."""
_FIGURE = re.compile(r"\d[\d.,]*")


class RetrievedMisses:
    """Endless examples: questions with windows of the articles that BM25 likes best beside their own."""

    def __init__(
        self,
        pairs: Sequence[Pair],
        articles: Sequence[tuple[str, str]],
        segmenter: Segmenter,
        rng: random.Random,
    ) -> None:
        """Index articles, each a headline (or nothing) and a folded body."""
        self._rng, self._articles, self._segmenter = rng, articles, segmenter
        self._index = LexicalIndex.build(segmenter.search_tokens(f"{t}\n{b}") for t, b in articles)
        self._pairs = passes([p for p in pairs if len(p.question) >= _LEAST_QUESTION], rng)

    def __next__(self) -> Example:
        while True:
            pair = next(self._pairs)
            others = self._others(pair)
            if not others:
                continue
            # The first ones most often: they are what the service would read.
            title, body = self._articles[others[min(int(self._rng.expovariate(0.5)), len(others) - 1)]]
            example = near_window(self._rng, Miss(pair.question, title, body), "retrieved")
            if example is not None and not self._may_answer(pair, example.text):
                return example

    def _others(self, pair: Pair) -> list[int]:
        """Return the best articles that tell other news and lack something that the question names."""
        own, named = set(bigrams(pair.context)), self._named(pair)
        scores = self._index.scores(self._segmenter.search_tokens(pair.question))
        best = np.argsort(-scores)[:_TOP].tolist()
        return [
            row
            for row in best
            if scores[row] > 0
            and any(word not in "".join(self._articles[row]) for word in named)
            and not self._may_answer(pair, self._articles[row][1])
            and _overlap(own, self._articles[row][1]) < _SAME_NEWS
        ]

    def _named(self, pair: Pair) -> list[str]:
        """Return the words that tie a question to its own article."""
        words = self._segmenter.content_words(pair.question)
        return [w for w in words if len(w) > 1 and (w in pair.context or w in pair.title)]

    @staticmethod
    def _may_answer(pair: Pair, text: str) -> bool:
        figures = {f for a in pair.answers for f in _FIGURE.findall(a)}
        return any(a in text for a in pair.answers) or bool(figures and all(f in text for f in figures))


def _overlap(own: set[str], text: str) -> float:
    other = set(bigrams(text))
    return len(own & other) / (min(len(own), len(other)) or 1)
