"""Both retrievers' scores, fused; against brute force over the real index."""

import datetime as dt

import numpy as np
import pytest

from qa.index.snapshot import Snapshot
from qa.models.encoder import Encoder
from qa.search.matching import coverage, word_weights
from qa.search.retrieval import WEIGHTS, Retriever, Scored, z_scores
from qa.text import simplify
from qa.types import Filters


@pytest.fixture(scope="module")
def retriever(encoder: Encoder) -> Retriever:
    return Retriever(encoder)


def test_z_scores() -> None:
    assert z_scores(np.array([1, 2, 3], np.float32)) == pytest.approx([-1.2247449, 0, 1.2247449])
    assert z_scores(np.array([2, 2], np.float32)) == pytest.approx([0, 0])
    assert z_scores(np.array([], np.float32)).shape == (0,)


def test_the_fused_score_weighs_every_part() -> None:
    dense, lexical = np.array([1, 2, 3], np.float32), np.array([9, 9, 0], np.float32)
    scored = Scored(np.arange(3), dense, lexical, np.array([1, 0, 0.5]), np.array([1, 1, 0.5]))
    expected = WEIGHTS["dense"] * z_scores(dense) + WEIGHTS["lexical"] * z_scores(lexical)
    expected += WEIGHTS["coverage"] * scored.coverage + WEIGHTS["article"] * scored.article
    assert scored.fused == pytest.approx(expected)


def test_coverage_is_of_the_passage_and_of_its_whole_article(
    retriever: Retriever, snapshot: Snapshot
) -> None:
    question = "二七经开区有多少家高新技术企业?"
    weights = word_weights(question, snapshot.segmenter)
    for hit in retriever.search(snapshot, question, 50):
        whole = f"{hit.article.title}\n{hit.article.body}"
        assert hit.scores["coverage"] == pytest.approx(coverage(weights, hit.passage.text))
        assert hit.scores["article"] == pytest.approx(coverage(weights, whole))


def test_scores_are_those_of_brute_force(retriever: Retriever, encoder: Encoder, snapshot: Snapshot) -> None:
    question = "二七经开区有多少家高新技术企业?"
    vector = encoder.encode_queries([simplify(question)])[0]
    texts = [f"{snapshot.article(p.article_id).title}\n{p.text}" for p in snapshot.passages]
    cosines = encoder.encode_passages(texts) @ vector
    hits = retriever.search(snapshot, question, 50)
    assert len(hits) == len(snapshot.passages)
    for hit in hits:
        row = snapshot.passages.index(hit.passage)
        assert hit.scores["dense"] == pytest.approx(float(cosines[row]), abs=1e-4)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert "22家" in hits[0].passage.text


@pytest.mark.parametrize("question", ["二七經開區有多少家高新技術企業?", "２０２２年要办什么?", "zzz", "的"])
def test_any_question_ranks_the_same_twice(retriever: Retriever, snapshot: Snapshot, question: str) -> None:
    first = retriever.search(snapshot, question, 10)
    assert [h.passage.id for h in first] == [h.passage.id for h in retriever.search(snapshot, question, 10)]


def test_filters(retriever: Retriever, snapshot: Snapshot) -> None:
    one = snapshot.articles[2].id
    hits = retriever.search(snapshot, "会议", 50, Filters(article_ids=(one,)))
    assert {h.article.id for h in hits} == {one}
    day = dt.date(2021, 12, 11)
    hits = retriever.search(snapshot, "会议", 50, Filters(date_from=day, date_to=day))
    assert {h.article.date for h in hits} == {day}
    assert retriever.search(snapshot, "会议", 50, Filters(article_ids=("nope",))) == []


def test_the_days_of_a_question_favour_their_articles(retriever: Retriever, snapshot: Snapshot) -> None:
    # The newest article is of 14 December 2021, a Tuesday.
    hits = retriever.search(snapshot, "上周一开了什么会?", 3)
    assert hits[0].article.date == dt.date(2021, 12, 6)
    assert hits[0].score > hits[0].scores["fused"]
