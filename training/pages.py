"""Examples from questions written by hand: everyday wording, and near misses that a reader would ask."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TypeVar

from qa.text import bigrams, fold, sentence_spans
from training import written
from training.data import Pair
from training.examples import Example, answered, cut, title_of, window
from training.question_sets import page_sets

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Miss:
    """A question and the article that it nearly asks of, folded."""

    question: str
    title: str
    body: str


def measured_pages(numbers: Sequence[int]) -> tuple[list[Pair], list[Miss]]:
    """Return the questions of the pages under ``benchmarks/pages``; those that follow up are left out."""
    pairs: list[Pair] = []
    misses: list[Miss] = []
    for page in page_sets(numbers):
        bodies = {fold(a.title): fold(a.body) for a in page.articles}
        for case in page.cases:
            if case.history:
                continue
            question = fold(case.question)
            if not case.answers:
                title = max(bodies, key=lambda t: _shared(question, t + bodies[t]))
                misses.append(Miss(question, title, bodies[title]))
                continue
            for title in map(fold, case.articles):
                pairs += _pair(question, title, bodies.get(title, ""), fold(case.answers[0]))
    return pairs, misses


def written_questions(data: Path, more: Sequence[str] = ()) -> tuple[list[Pair], list[Miss]]:
    """Return the questions of ``training/written`` that the reader is trained on.

    Args:
        data: folder of the news corpus.
        more: patterns of names whose questions count once more for each pattern, for a stage on what was
            written last.
    """
    pairs: list[Pair] = []
    misses: list[Miss] = []
    sets: Iterable[written.WrittenSet] = (*written.page_sets(), *written.news_sets(data, fitting=False))
    for one in sets:
        times = 1 + sum(fnmatch(one.name, pattern) for pattern in more)
        for article, _, question, answers in one.rows * times:
            title = "" if one.name.startswith("news") else fold(article.title)
            if answers:
                pairs += _pair(fold(question), title, fold(article.body), fold(answers[0]))
            else:
                misses.append(Miss(fold(question), title, fold(article.body)))
    return pairs, misses


def passes(pool: Sequence[T], rng: random.Random) -> Iterator[T]:
    """Yield what a pool holds again and again, each pass in another order; nothing of an empty one."""
    while pool:
        yield from rng.sample(pool, len(pool))


class PageExamples:
    """Draw windows for written questions, all of them in turn, in random order."""

    def __init__(self, pairs: Sequence[Pair], misses: Sequence[Miss], rng: random.Random) -> None:
        self._rng = rng
        self._answered, self._cut = passes(pairs, rng), passes(pairs, rng)
        self._misses = passes(misses, rng)

    def __next__(self) -> Example:
        while True:
            draw = self._rng.random()
            if draw < 0.5:
                example = answered(self._rng, next(self._answered))
            elif draw < 0.56:
                example = cut(self._rng, next(self._cut))
            else:
                example = near_window(self._rng, next(self._misses), "page-miss")
            if example is not None:
                return example


def near_window(rng: random.Random, miss: Miss, kind: str) -> Example | None:
    """Return the window that is most like a question, as an example that does not answer it."""
    spans = sentence_spans(miss.body)
    near = max(
        spans,
        key=lambda s: _shared(miss.question, miss.body[s[0] : s[1]]) + 0.1 * rng.random(),
    )
    text, _ = window(rng, miss.body, near)
    head = title_of(rng, Pair("page", miss.question, miss.title, miss.body, (), near[0]))
    return Example(kind, miss.question, head, text, -1, -1) if text else None


def _pair(question: str, title: str, body: str, answer: str) -> list[Pair]:
    if not answer or answer not in body:
        return []
    return [Pair("page", question, title, body, (answer,), _occurrence(body, answer, question))]


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
