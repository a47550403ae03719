"""What a corpus teaches, brought in step with a few articles, is what all its articles teach."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa import text
from qa.language.corpus_words import CorpusWords, article_words
from qa.text import PERSON, TERM, Segmenter
from qa.types import Article

TEXTS = st.lists(
    st.sampled_from(
        [
            "《四季》",
            "“霹雳”行动",
            "《APP》",
            "《薴麻布》",
            "《苎麻布》",
            "《app》",
            "区长苏建设到场",
            "以下简称二七经开区",
            "“苏建设”",
        ]
    ),
    max_size=3,
).map("。".join)
WRITERS = st.lists(st.sampled_from(["苏建设", "景静", "Ａ"]), max_size=2).map(tuple)
ARTICLES = st.builds(
    Article,
    id=st.sampled_from("abcde"),
    title=TEXTS,
    body=TEXTS,
    date=st.none(),
    date_text=st.none(),
    reporters=WRITERS,
    correspondents=WRITERS,
    source=st.sampled_from(["1.txt", "2.txt"]),
    position=st.integers(0, 1),
)
CORPUS = st.lists(ARTICLES, max_size=5, unique_by=lambda a: a.id)


@settings(max_examples=200, deadline=None)
@given(history=st.lists(CORPUS, min_size=1, max_size=4), many=st.sampled_from([0, 2, 1000]))
def test_what_was_taught_is_gone_on_from(history: list[list[Article]], many: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "_MANY_WORDS", many)
        _go_on(history)


def _go_on(history: list[list[Article]]) -> None:
    words, held = CorpusWords(), {}
    for corpus in history:
        # An identifier decides the text, a record may change.
        now = {
            a.id: replace(a, title=(held.get(a.id) or a).title, body=(held.get(a.id) or a).body)
            for a in corpus
        }
        gone = [a for a in held.values() if now.get(a.id) != a]
        new = [a for a in now.values() if held.get(a.id) != a]
        words, held = words.revised(gone, new), now
        assert words == CorpusWords.of(now.values())
        assert words.taught == Segmenter.as_taught(words.taught).taught
        taught = {each[:2]: number for each, number in zip(words.taught, words.articles, strict=True)}
        assert taught == {
            word: sum(word in article_words(a) for a in now.values())
            for word in frozenset().union(*map(article_words, now.values()))
        }


def test_words_are_folded_and_told_apart_by_what_they_are() -> None:
    article = Article(
        id="a", title="《APP》上线", body="区长苏建设到场,“苏建设”三字。", date=None, date_text=None,
        reporters=("景靜",), correspondents=(), source="1.txt", position=0,
    )  # fmt: skip
    words = {("app", TERM), ("苏建设", TERM), ("苏建设", PERSON), ("景静", PERSON)}
    assert article_words(article) == words
    assert [each[:2] for each in CorpusWords.of([article]).taught] == [
        ("app", TERM), ("苏建设", TERM), ("景静", PERSON), ("苏建设", PERSON),
    ]  # fmt: skip


def test_articles_that_cannot_have_taught_the_words_are_refused() -> None:
    with pytest.raises(ValueError, match="苏建设"):
        CorpusWords.of([_article("a")]).revised([_article("b", body="区长苏建设到场。")], [])
    with pytest.raises(ValueError, match="1 words, 0 numbers"):
        CorpusWords((("苏建设", PERSON, 1),), ())


def _article(identifier: str, body: str = "会议召开。") -> Article:
    return Article(
        id=identifier, title="会议", body=body, date=None, date_text=None, reporters=(), correspondents=(),
        source="1.txt", position=0,
    )  # fmt: skip
