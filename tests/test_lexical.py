"""BM25 against the formula written out; round trips; empty and unknown."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import SnapshotError
from qa.lexical import K1, B, LexicalIndex
from qa.text import Segmenter

TOKENS = st.sampled_from(["二七", "_七区", "61", "企业", "会议", "经开区"])
DOCUMENTS = st.lists(st.lists(TOKENS, max_size=12), max_size=12)


def reference(documents: list[list[str]], query: list[str]) -> list[float]:
    """Score documents by Robertson's formula with Lucene's idf, one term at a time."""
    average = sum(map(len, documents)) / max(1, len(documents))
    scores = []
    for document in documents:
        counts, score = Counter(document), 0.0
        for token in query:
            df = sum(token in other for other in documents)
            if counts[token]:
                idf = math.log(1 + (len(documents) - df + 0.5) / (df + 0.5))
                tf = counts[token]
                score += idf * tf / (tf + K1 * (1 - B + B * len(document) / average))
        scores.append(score)
    return scores


@settings(max_examples=60, deadline=None)
@given(documents=DOCUMENTS, query=st.lists(TOKENS | st.just("没见过"), max_size=5))
def test_scores_equal_the_formula(documents: list[list[str]], query: list[str]) -> None:
    scores = LexicalIndex.build(documents).scores(query)
    np.testing.assert_allclose(scores, reference(documents, query), rtol=1e-5, atol=1e-6)
    assert scores.dtype == np.float32


@pytest.mark.parametrize(
    "documents", [[], [[], []], [["二七", "企业"], [], ["企业"]]], ids=["none", "blank", "some"]
)
def test_round_trip(documents: list[list[str]], tmp_path: Path) -> None:
    index = LexicalIndex.build(documents)
    index.save(tmp_path / "lexical")
    read = LexicalIndex.load(tmp_path / "lexical", documents=len(documents))
    assert len(read) == len(documents)
    for query in (["企业", "二七"], ["企业", "企业"], ["没见过"], []):
        np.testing.assert_array_equal(read.scores(query), index.scores(query))


def test_nothing_is_pickled(tmp_path: Path) -> None:
    LexicalIndex.build([["企业"]]).save(tmp_path)
    assert {p.suffix for p in tmp_path.iterdir()} == {".npy", ".json"}
    for path in tmp_path.glob("*.npy"):
        np.load(path, allow_pickle=False)


def test_damage_is_refused(tmp_path: Path) -> None:
    LexicalIndex.build([["企业"], ["会议"]]).save(tmp_path)
    with pytest.raises(SnapshotError, match="不符"):
        LexicalIndex.load(tmp_path, documents=3)
    (tmp_path / "vocab.index.json").write_text("{", encoding="utf-8")
    with pytest.raises(SnapshotError, match="无法读取"):
        LexicalIndex.load(tmp_path, documents=2)
    with pytest.raises(SnapshotError, match="无法读取"):
        LexicalIndex.load(tmp_path / "none", documents=2)


def test_the_passage_with_the_words_comes_first() -> None:
    segmenter = Segmenter()
    texts = ["二七经开区共有高新技术企业22家。", "会议听取了灾后重建情况。", "全区有养老机构36家。"]
    index = LexicalIndex.build([segmenter.search_tokens(text) for text in texts])
    assert index.scores(segmenter.search_tokens("高新技術企業有多少家?")).argmax() == 0
