"""Full names and short ones, as the articles explain them."""

from __future__ import annotations

import pytest

from qa.answers.expansions import expansion_draft
from qa.index.lexicon import Lexicon
from qa.text import Segmenter
from qa.types import Article

BODY = (
    "昨日,柳河县融媒体中心(以下简称“柳河融媒”)揭牌。柳河融媒由三家单位合并而成。\n"
    "《柳河县老旧小区改造实施方案》(以下简称《方案》)同日印发。"
)
ARTICLE = Article("a", "融媒体中心揭牌", BODY, None, None, (), (), "x.txt", 0)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("柳河融媒的全称是什么?", "柳河县融媒体中心"),
        ("“柳河融媒”全称叫什么？", "柳河县融媒体中心"),
        ("柳河县融媒体中心的简称是什么?", "柳河融媒"),
        ("请问柳河融媒的全称是什么呢？", "柳河县融媒体中心"),
        ("柳河融媒全称叫做什么？", "柳河县融媒体中心"),
        ("河融媒全名叫啥", "柳河县融媒体中心"),
        ("柳河融媒是什么的简称？", "柳河县融媒体中心"),
        ("柳河融媒是哪个单位的简称？", "柳河县融媒体中心"),
        ("柳河县融媒体中心可以简称为什么？", "柳河融媒"),
    ],
)
def test_a_name_is_explained_by_its_own_sentence(question: str, short: str) -> None:
    draft = expansion_draft(question, [ARTICLE], Lexicon([ARTICLE], Segmenter()))
    assert draft is not None
    assert draft.short == short
    (quote,) = draft.quotes
    assert BODY[quote.start : quote.end].startswith("昨日,柳河县融媒体中心")


def test_the_whole_name_has_the_short_one_of_its_end() -> None:
    body = "柳河县人民代表大会常务委员会(以下简称县人大常委会)昨日召开会议。"
    article = Article("a", "会议", body, None, None, (), (), "x.txt", 0)
    lexicon = Lexicon([article], Segmenter())
    draft = expansion_draft("柳河县人民代表大会常务委员会简称什么?", [article], lexicon)
    assert draft is not None
    assert draft.short == "县人大常委会"
    other = "青山县人民代表大会常务委员会简称什么?"
    assert expansion_draft(other, [article], lexicon) is None


@pytest.mark.parametrize(
    "question", ["县文旅的全称是什么?", "柳河融媒是哪天揭牌的?", "柳河县的简称是什么?", "全称是什么?"]
)
def test_what_no_article_explains_is_left_to_the_reader(question: str) -> None:
    assert expansion_draft(question, [ARTICLE], Lexicon([ARTICLE], Segmenter())) is None
