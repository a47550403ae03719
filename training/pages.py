"""Examples from the project's own bulletin pages: everyday questions, and near misses written by hand."""

from __future__ import annotations

import random
from collections.abc import Sequence

from benchmarks.corpus import page_sets
from qa.text import bigrams, fold, sentence_spans
from training.data import Pair
from training.examples import Example, answered, cut, window


class PageExamples:
    """Draw windows for the questions of some pages; those that follow up on a conversation are left out."""

    def __init__(self, numbers: Sequence[int], rng: random.Random) -> None:
        self._rng = rng
        self._pairs: list[Pair] = []
        self._misses: list[tuple[str, str, str]] = []
        for page in page_sets(numbers):
            bodies = {fold(a.title): fold(a.body) for a in page.articles}
            for case in page.cases:
                if case.history:
                    continue
                question = fold(case.question)
                if not case.answers:
                    title = max(bodies, key=lambda t: _shared(question, t + bodies[t]))
                    self._misses.append((question, title, bodies[title]))
                    continue
                for title in case.articles:
                    body, answer = bodies.get(fold(title), ""), fold(case.answers[0])
                    if answer in body:
                        start = _occurrence(body, answer, question)
                        self._pairs.append(Pair("page", question, fold(title), body, (answer,), start))

    def __next__(self) -> Example:
        while True:
            draw = self._rng.random()
            if draw < 0.5:
                example = answered(self._rng, self._rng.choice(self._pairs))
            elif draw < 0.6:
                example = cut(self._rng, self._rng.choice(self._pairs))
            else:
                example = self._miss(*self._rng.choice(self._misses))
            if example is not None:
                return example

    def _miss(self, question: str, title: str, body: str) -> Example | None:
        """Return the window that is most like the question."""
        spans = sentence_spans(body)
        near = max(spans, key=lambda s: _shared(question, body[s[0] : s[1]]) + 0.1 * self._rng.random())
        text, _ = window(self._rng, body, near)
        return Example("page-miss", question, title, text, -1, -1) if text else None


def _shared(question: str, text: str) -> float:
    wanted = set(bigrams(question))
    return len(wanted & set(bigrams(text))) / (len(wanted) or 1)


def _occurrence(body: str, answer: str, question: str) -> int:
    """Return where the answer stands in the sentence that is most like the question."""
    places = [at for at in range(len(body)) if body.startswith(answer, at)]
    spans = sentence_spans(body)

    def likeness(at: int) -> float:
        return max((_shared(question, body[a:b]) for a, b in spans if a <= at < b), default=0.0)

    return max(places, key=likeness)
