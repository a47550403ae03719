"""What the reader is trained on: windows hold their answer, near misses do not."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from qa.text import Segmenter, fold
from training import written
from training.data import Pair, without_answer
from training.examples import Mixture, answered, cloze, cut, elsewhere, window
from training.measure import f1, units
from training.pages import Miss, PageExamples
from training.retrieved import RetrievedMisses

SENTENCES = (
    "柳湾镇昨日举行水稻开镰仪式。",
    "全镇今年种植优质稻4.2万亩,比去年多出3000亩。",
    "镇长祝云帆介绍,订单农业覆盖了1860户农家。",
    "加工厂预计12月15日投产,首批招工120人。",
    "村民们说,机器一响,一天能收八十亩。",
    "活动现场还评出了《稻香》摄影展的获奖作品。",
)
ANSWERS = ("4.2万亩", "祝云帆", "1860户", "12月15日", "八十亩", "《稻香》")


def pair_of(order: list[int], answer: str) -> Pair:
    context = "\n".join(SENTENCES[i] for i in order)
    return Pair("news", "问题?", "柳湾镇开镰", context, (answer,), context.index(answer))


PAIRS = st.tuples(st.permutations(range(len(SENTENCES))), st.sampled_from(ANSWERS), st.integers(0, 10**6))


@given(PAIRS)
def test_an_answered_window_holds_the_answer_where_it_says(case: tuple[list[int], str, int]) -> None:
    order, answer, seed = case
    example = answered(random.Random(seed), pair_of(order, answer))
    assert example is not None
    assert example.text[example.start : example.end] == answer


@given(PAIRS)
def test_near_misses_lack_the_answer(case: tuple[list[int], str, int]) -> None:
    order, answer, seed = case
    pair, rng = pair_of(order, answer), random.Random(seed)
    for example in (cut(rng, pair), elsewhere(rng, pair)):
        if example is not None:
            assert answer not in example.text
            assert (example.start, example.end) == (-1, -1)
    rest = without_answer(pair)
    assert answer not in rest
    assert rest.count("\n") == len(SENTENCES) - 2


@given(PAIRS)
def test_a_window_is_whole_sentences(case: tuple[list[int], str, int]) -> None:
    order, answer, seed = case
    pair = pair_of(order, answer)
    text, at = window(random.Random(seed), pair.context, (pair.start, pair.start + len(answer)))
    assert text[at : at + len(answer)] == answer
    assert all(line in SENTENCES for line in text.split("\n"))


def test_a_made_question_asks_for_what_its_sentence_says() -> None:
    body, segmenter, seen = fold("\n".join(SENTENCES)), Segmenter(), set()
    for seed in range(80):
        made = cloze(random.Random(seed), body, segmenter)
        if made is not None:
            question, start, end = made
            assert body[start:end] not in question
            seen.add(body[start:end])
    assert {"12月15日", "1860户", "《稻香》"} <= seen


def test_the_mixture_is_the_same_for_the_same_seed() -> None:
    pairs = [pair_of(list(range(len(SENTENCES))), answer) for answer in ANSWERS]
    first, second = (Mixture(pairs, ["\n".join(SENTENCES)], 5) for _ in range(2))
    drawn = [next(first) for _ in range(60)]
    assert drawn == [next(second) for _ in range(60)]
    assert {e.kind for e in drawn} >= {"answered", "cut", "made"}
    assert all((e.start >= 0) == (e.kind in ("answered", "made")) for e in drawn)


def test_f1_is_of_the_longest_common_run() -> None:
    assert units("《稻香》3.5亩") == ["稻", "香", "3", "5", "亩"]
    assert f1("祝云帆镇长", "祝云帆") == 2 * 3 / 8
    assert f1("", "祝云帆") == 0.0


def test_written_answers_stand_in_their_articles() -> None:
    pages = list(written.page_sets(range(1000)))
    assert len(pages) > 60
    for page in pages:
        assert len(page.articles) >= 4, page.name
        for article, kind, question, answers in page.rows:
            assert question, page.name
            assert (kind == "miss") == (not answers), (page.name, question)
            assert all(fold(a) in fold(article.body) for a in answers), (page.name, question)


def test_pages_that_train_neither_fit_nor_measure() -> None:
    training = {page.name for page in written.page_sets()}
    others = {page.name for page in written.page_sets(written.FIT_PAGES | written.TEST_PAGES)}
    assert len(others) == len(written.FIT_PAGES) + len(written.TEST_PAGES)
    assert not training & others


def test_examples_of_written_questions_come_in_turn() -> None:
    body = fold("\n".join(SENTENCES))
    pairs = [pair_of(list(range(len(SENTENCES))), answer) for answer in ANSWERS]
    misses = [Miss(f"镇长的电话是多少{n}?", "柳湾镇开镰", body) for n in range(4)]
    examples = PageExamples(pairs, misses, random.Random(1))
    drawn = [next(examples) for _ in range(40)]
    asked = [e.question for e in drawn if e.kind == "page-miss"]
    assert set(asked[:4]) == {m.question for m in misses}
    assert all((e.start, e.end) == (-1, -1) for e in drawn if e.kind == "page-miss")
    assert {e.text[e.start : e.end] for e in drawn if e.kind == "answered"} == set(ANSWERS)


def test_retrieved_near_misses_are_of_other_news_and_hold_no_answer() -> None:
    own = "\n".join(SENTENCES)
    pairs = [
        Pair("page", f"柳湾镇水稻开镰那天的{n}号问题是什么呢?", "", own, (answer,), own.index(answer))
        for n, answer in enumerate(ANSWERS)
    ]
    like = "石桥镇也举行了水稻开镰仪式,来的人不多。\n农户种了大约5万亩优质稻。\n当地的镇长说,今年雨水均匀。"
    articles = [
        ("", own),
        ("", own.replace("一天", "每天")),  # the same news in another print
        ("石桥镇开镰", like),
        ("柳湾镇水稻开镰那天", f"祝云帆到了场。\n{like}"),  # holds one of the answers
    ]
    answers = {p.question: p.answers[0] for p in pairs}
    stream = RetrievedMisses(pairs, articles, Segmenter(), random.Random(1))
    drawn = [next(stream) for _ in range(60)]
    assert {e.question for e in drawn} == set(answers)
    for example in drawn:
        assert (example.kind, example.start, example.end) == ("retrieved", -1, -1)
        assert answers[example.question] not in example.text
        assert not set(SENTENCES) & set(example.text.split("\n"))
