"""What the trained reader is asked of each passage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from qa.index.snapshot import Snapshot
from qa.models.encoder import Encoder
from qa.models.span_model import CharacterSpanModel, SpanPrediction
from qa.reading.reader import SentenceReader, _by_its_year
from qa.search.retrieval import Retriever
from qa.types import Article, Filters, Hit, Passage, Query


class Recorder:
    """The shipped model, with a note of what it was asked of which text."""

    def __init__(self, model: CharacterSpanModel) -> None:
        self._model = model
        self.asked: dict[str, str] = {}

    def predict(self, question: str, passages: Sequence[tuple[str, str]]) -> list[SpanPrediction]:
        self.asked |= {text: question for _, text in passages}
        return self._model.predict(question, passages)


@pytest.mark.parametrize(
    ("question", "without"),
    [
        ("2021年12月11日开了什么会?", "12月11日开了什么会?"),
        ("2020年12月11日开了什么会?", None),  # another year than the articles'
        ("2021年开了什么会?", None),  # an article may tell of the year before
    ],
)
def test_the_year_that_a_page_leaves_out_is_not_asked_for(
    question: str, without: str | None, snapshot: Snapshot, encoder: Encoder, span_model: CharacterSpanModel
) -> None:
    hits = Retriever(encoder).search(snapshot, question, 5)
    recorder = Recorder(span_model)
    SentenceReader(encoder, recorder).candidates(Query(question, question, "what", Filters()), hits, snapshot)
    own = {h.passage.text for h in hits if h.article.date and h.article.date.year == 2021}
    silent = {text for text in own if "2021年" not in text}
    assert silent
    for text, asked in recorder.asked.items():
        assert asked == (without if without and text in silent else question)
    assert len(recorder.asked) == len(hits)


@pytest.mark.parametrize(
    ("question", "told", "asked"),
    [
        ("明年修几座桥?", "2024年修桥9座。", "2024年修几座桥?"),
        ("去年修了几座桥?", "2022年修桥9座。", "2022年修了几座桥?"),
        ("明年修几座桥?", "明年修桥9座,2024年底通车。", "明年修几座桥?"),
        ("明年修几座桥?", "2022年修桥9座。", "明年修几座桥?"),
    ],
)
def test_a_year_is_asked_by_its_number_of_what_tells_it_so(question: str, told: str, asked: str) -> None:
    article = Article("a", "标题", told, dt.date(2023, 5, 1), None, (), (), "a.txt", 0)
    hit = Hit(Passage("a", 0, len(told), told), article, 1.0, {})
    assert _by_its_year(question, hit, dt.date(2023, 5, 1)) == asked
