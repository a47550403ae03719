"""Quotes get their numbers; nothing is cited that isn't quoted, and the other way round."""

import re
from dataclasses import replace

from fake_service import ASTRAL, PARK
from hypothesis import given
from hypothesis import strategies as st

from qa.composing import SHORT_CHARS, Draft, Quote, compose, short_of, short_of_quotes

SPANS = st.tuples(st.sampled_from([PARK, ASTRAL]), st.integers(0, 20), st.integers(1, 15)).map(
    lambda t: Quote(t[0], t[1], min(t[1] + t[2], len(t[0].body)))
)


@given(st.lists(SPANS, min_size=1, max_size=6), st.booleans(), st.sampled_from(["", "是。"]))
def test_every_mark_has_a_citation_and_every_citation_a_mark(
    quotes: list[Quote], dated: bool, lead: str
) -> None:
    composed = compose(Draft(tuple(quotes), lead=lead, items=tuple(quotes), dated=dated))
    assert {int(n) for n in re.findall(r"\[(\d+)\]", composed.text)} == {c.n for c in composed.citations}
    for citation in composed.citations:
        assert citation.article.body[citation.start : citation.end] == citation.quote
        assert f"{citation.quote}[{citation.n}]" in composed.text
    held = {c.n: c.quote for c in composed.citations}
    assert all(item.text in held[item.n] for item in composed.items)
    assert len(composed.items) == len(quotes)


@given(st.lists(st.text(st.sampled_from("甲乙“”、,"), min_size=1, max_size=70), max_size=9))
def test_a_short_answer_keeps_its_limit_and_cuts_no_item(items: list[str]) -> None:
    short = short_of(items)
    assert short is None or 0 < len(short) <= SHORT_CHARS
    if short and "等" not in short:
        assert all(item in short for item in items)


def test_pieces_of_sentences_are_set_apart() -> None:
    quotes = (Quote(PARK, 23, 27), Quote(PARK, 28, 32))
    assert compose(Draft(quotes)).text == f"{quotes[0].text}[1]；{quotes[1].text}[2]"


def test_articles_side_by_side_are_dated() -> None:
    text = compose(Draft((Quote(PARK, 0, 18), Quote(ASTRAL, 0, 5)), dated=True)).text
    assert text.startswith("2021年12月10日：本报讯")
    assert "\n12月8日：😀😀开头。[2]" in text


def test_items_that_stand_together_are_printed_as_they_stand() -> None:
    body = "重点检查食材采购、陪餐制度和伙食费结余。新增“独居老人关怀”和“雨涝预警”场景,另设停车引导。"
    article = replace(PARK, body=body)

    def quote(text: str) -> Quote:
        return Quote(article, body.index(text), body.index(text) + len(text))

    assert (
        short_of_quotes([quote("食材采购"), quote("陪餐制度"), quote("伙食费结余")])
        == "食材采购、陪餐制度和伙食费结余"
    )
    assert short_of_quotes([quote("独居老人关怀"), quote("雨涝预警")]) == "“独居老人关怀”和“雨涝预警”"
    assert short_of_quotes([quote("食材采购"), quote("停车引导")]) == "食材采购、停车引导"
