"""What is not cut again is cut the same: a text's tokens are those of its clauses."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.index.cuts import _CLAUSE
from qa.text import Segmenter, fold

WORDS = ["二七区", "四季", "四季如春", "美好教育", "5G", "3.5%", "APP", "龘龙", "李 明", "一、二"]
SEGMENTER = Segmenter(terms=WORDS[:7], people=WORDS[7:])
PIECES = st.sampled_from(
    [*WORDS, *"，。、；：！？（）《》“”\"'·-—…/%.+&#_ \n\u3000", "举行", "主题公园", "２０２１年"]
)


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(PIECES | st.text(max_size=3), max_size=12))
def test_a_text_is_cut_as_its_clauses_are(pieces: list[str]) -> None:
    text = fold("".join(pieces))
    whole = Counter(SEGMENTER.search_tokens(text))
    assert whole == sum((Counter(SEGMENTER.search_tokens(c)) for c in _CLAUSE.findall(text)), Counter())
