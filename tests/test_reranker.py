"""A cross-encoder puts passages in its own order."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_models import save_tiny

from qa.errors import ModelError
from qa.search.reranker import CANDIDATES, CrossEncoderReranker
from qa.types import Article, Hit, Passage


def hit(number: int) -> Hit:
    text = f"第{number}号通告要求各单位于{number + 1}日前上报。"
    article = Article(f"a{number:02}", f"通告{number}", text, None, None, (), (), "x.txt", number)
    return Hit(Passage(article.id, 0, len(text), text), article, 10.0 - number, {"fused": 10.0 - number})


def test_hits_are_ordered_by_the_cross_encoder(tmp_path: Path, default_model_dir: Path) -> None:
    folder = save_tiny("cross-encoder", default_model_dir, tmp_path / "ce", num_labels=1)
    reranker = CrossEncoderReranker.load(str(folder))
    hits = [hit(n) for n in range(CANDIDATES + 3)]
    ranked = reranker.rerank("几号之前上报?", hits)
    assert {h.passage.id for h in ranked} == {h.passage.id for h in hits}
    scores = [h.scores["reranker"] for h in ranked[:CANDIDATES]]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) > 1
    assert [h.score for h in ranked] == [h.score for h in hits]
    assert ranked[CANDIDATES:] == hits[CANDIDATES:]
    assert reranker.rerank("几号?", []) == []


def test_a_classifier_is_refused(tmp_path: Path, default_model_dir: Path) -> None:
    folder = save_tiny("cross-encoder", default_model_dir, tmp_path / "classes", num_labels=3)
    with pytest.raises(ModelError, match="打 3 个"):
        CrossEncoderReranker.load(str(folder))
