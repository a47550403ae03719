"""Sentences of whole pages pass as they stand, and fail once one thing in them is changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from evidence import corpus_segmenter
from llm_examples import Trusting

from qa.language.names import people
from qa.llm.checking import Checked, Checker
from qa.llm.names import names
from qa.llm.quantities import quantities
from qa.llm.sentences import MAX_SENTENCE, Claim
from qa.parsing.bulletin import parse
from qa.text import Segmenter, sentence_spans
from qa.types import Citation

PAGES = Path(__file__).parents[1] / "benchmarks" / "pages"
READ = ("p5_weiwan_flood.txt", "p3_tianjing_street.txt")


class Page:
    """A page's sentences as evidence, and the checker over them."""

    def __init__(self, name: str) -> None:
        articles = parse((PAGES / name).read_text(encoding="utf-8"), name).articles
        spans = [(a, *span) for a in articles for span in sentence_spans(a.body)]
        self.sources = [Citation(n, a, a.body[s:e], s, e) for n, (a, s, e) in enumerate(spans, 1)]
        self.segmenter: Segmenter = corpus_segmenter(articles)
        self._checker = Checker(self.sources, self.segmenter, Trusting())

    def passes(self, text: str, *numbers: int) -> bool:
        return isinstance(self._checker.check(Claim(text, numbers)), Checked)


@pytest.fixture(scope="module", params=READ)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(request.param)


def other_figures(page: Page) -> Iterator[tuple[str, int]]:
    for source in page.sources:
        for match in re.finditer(r"\d+", source.quote):
            changed = str(int(match.group()) + 1)
            yield source.quote[: match.start()] + changed + source.quote[match.end() :], source.n


def swapped_figures(page: Page) -> Iterator[tuple[str, int]]:
    for source in page.sources:
        text, found = source.quote, quantities(source.quote)
        for i, a in enumerate(found):
            for b in found[i + 1 :]:
                if a.unit == b.unit != "" and a.value != b.value:
                    first, second = text[a.start : a.end], text[b.start : b.end]
                    yield text[: a.start] + second + text[a.end : b.start] + first + text[b.end :], source.n


def swapped_people(page: Page) -> Iterator[tuple[str, int]]:
    for source in page.sources:
        text, found = source.quote, people(source.quote, page.segmenter)
        for (one, at), (other, behind) in pairwise(found):
            between = text[at + len(one) : behind]
            if one != other and between != "、":
                yield text[:at] + other + between + one + text[behind + len(other) :], source.n


def other_sources(page: Page) -> Iterator[tuple[str, int]]:
    for source, other in zip(page.sources, page.sources[7:] + page.sources[:7], strict=True):
        if source.quote not in other.quote:
            yield source.quote, other.n


def test_sentences_bear_themselves_out(page: Page) -> None:
    short = [s for s in page.sources if len(s.quote) <= MAX_SENTENCE]
    passed = sum(page.passes(source.quote, source.n) for source in short)
    assert passed >= 0.98 * len(short)


@pytest.mark.parametrize("change", [other_figures, swapped_people, other_sources])
def test_no_changed_sentence_passes(page: Page, change: Callable[[Page], Iterator[tuple[str, int]]]) -> None:
    changed = list(change(page))
    assert changed
    assert [text for text, n in changed if page.passes(text, n)] == []


def lent_subjects(page: Page) -> Iterator[tuple[str, int, int]]:
    """Yield the first name of a sentence with the deed of the next, both cited."""
    led = [
        (source, name)
        for source in page.sources
        for name in names(source.quote, page.segmenter)[:1]
        if name.start == 0 and name.kind != "quoted" and name.end > 2
    ]
    for (one, first), (other, second) in pairwise(led):
        deed = re.split("[,，;；。:：]", other.quote[second.end :])[0]
        if len(deed) > 5 and first.text not in other.quote and second.text not in one.quote:
            yield f"{first.text}{deed}。", one.n, other.n


def test_no_sentence_lends_its_subject_to_another(page: Page) -> None:
    changed = list(lent_subjects(page))
    assert changed
    assert [text for text, *numbers in changed if page.passes(text, *numbers)] == []


def test_hardly_a_swapped_figure_passes(page: Page) -> None:
    """One in a hundred is let through: two figures of a clause whose words are all the same."""
    changed = list(swapped_figures(page))
    assert changed
    assert sum(page.passes(text, n) for text, n in changed) <= 0.03 * len(changed)
