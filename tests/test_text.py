"""Folding keeps offsets; sentences cover the text; tokens are what BM25 needs."""

import copy
from itertools import pairwise

import jieba
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.text import (
    PERSON,
    TERM,
    Segmenter,
    bigrams,
    corpus_terms,
    fold,
    has_content,
    sentence_spans,
    simplify,
    strip_controls,
)

NEWS = st.text(alphabet="二七区,。!?;:、“”《》() \n12月日a本报讯", max_size=200)


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding_makes_traditional_and_full_width_equal() -> None:
    assert fold("二七區（ＡＰＰ）,１２月") == "二七区(app),12月"


def test_simplify_converts_by_phrase() -> None:
    assert simplify("後來  乾隆皇帝的頭髮") == "后来 乾隆皇帝的头发"


@given(NEWS)
def test_sentences_lose_nothing_but_blanks_and_labels(body: str) -> None:
    spans = sentence_spans(body)
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    kept = "".join(body[start:end] for start, end in spans)
    gaps = body
    for start, end in reversed(spans):
        gaps = gaps[:start] + "\0" + gaps[end:]
    assert gaps.replace("\0", "").replace("本报讯", "").strip() == ""
    assert all(body[start:end].strip() == body[start:end] != "" for start, end in spans)
    assert len(kept) <= len(body)


def test_a_quotation_stays_with_its_sentence() -> None:
    body = "他说:“要快!要好。”会议结束。"
    assert [body[a:b] for a, b in sentence_spans(body)] == ["他说:“要快!要好。”", "会议结束。"]


def test_an_unclosed_quotation_ends_with_its_line() -> None:
    body = "“要快。\n会议结束。"
    assert [body[a:b] for a, b in sentence_spans(body)] == ["“要快。", "会议结束。"]


def test_a_very_long_sentence_is_cut_at_semicolons() -> None:
    body = "加快建设" * 20 + ";" + "加快重建" * 20 + "。"
    assert len(sentence_spans(body)) == 2
    assert len(sentence_spans("加快建设;加快重建。")) == 1


def test_search_tokens_hold_words_and_bigrams() -> None:
    tokens = Segmenter().search_tokens("先宁研究院")
    assert "研究院" in tokens
    assert "_先宁" in tokens


def test_a_segmenter_learns_terms_without_teaching_others() -> None:
    taught = Segmenter(terms=["先宁研究院"], people=["苏建设"])
    assert "先宁研究院" in taught.words("河南先宁研究院揭牌")
    assert ("苏建设", "nr", 2) in taught.tagged("区长苏建设表示")
    assert "先宁研究院" not in Segmenter().words("河南先宁研究院揭牌")


# Beginnings and parts of each other, known to jieba and not.
WORDS = st.sets(
    st.sampled_from(["二七", "二七区", "七区", "龘龙", "龘龙会", "龙会", "研究院", "先宁研究院", "app"])
)


def as_jieba_teaches(words: list[tuple[str, str]]) -> jieba.Tokenizer:
    """Return a tokenizer that jieba's own method taught everything anew."""
    tokenizer = copy.copy(Segmenter()._tokenizer)
    for word, tag in words:
        tokenizer.add_word(word, None, tag)
        tokenizer.total = jieba.dt.total
    return tokenizer


@settings(max_examples=30, deadline=None)
@given(history=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4))
def test_what_was_taught_before_changes_nothing(history: list[tuple[set[str], set[str]]]) -> None:
    taught: tuple[tuple[str, str, int], ...] = ()
    for terms, people in history:
        words = {*((term, TERM) for term in terms), *((name, PERSON) for name in people)}
        before = {each[:2] for each in taught}
        taught = Segmenter.revised(taught, before - words, words - before)
        anew = as_jieba_teaches([(t, "nz") for t in sorted(terms)] + [(p, "nr") for p in sorted(people)])
        for made in (Segmenter(terms, people)._tokenizer, Segmenter.as_taught(taught)._tokenizer):
            assert made.FREQ == anew.FREQ
            assert made.user_word_tag_tab == anew.user_word_tag_tab
            assert made.total == anew.total


def test_folding_any_character_twice_changes_nothing() -> None:
    every = "".join(chr(code) for code in range(0x20, 0x30000) if not 0xD800 <= code < 0xE000)
    assert fold(fold(every)) == fold(every)


def test_content_words_leave_out_the_form_of_a_question() -> None:
    assert Segmenter().content_words("高新技术企业有多少家?") == ["高新技术", "企业"]


def test_bigrams_stay_within_runs() -> None:
    assert bigrams("二七区a街道,路") == ["二七", "七区", "街道", "路"]


def test_corpus_terms_are_the_marked_names() -> None:
    text = "二七经济技术开发区(以下简称二七经开区)的“霹雳”行动,《条例》《关于加强,的意见》"
    assert corpus_terms([text]) == ["二七经开区", "条例", "霹雳"]


def test_controls_and_content() -> None:
    assert strip_controls("二\x00七\u200b\ud800\n区\t") == "二七\n区\t"
    assert has_content("二")
    assert not has_content("😀 !?")
