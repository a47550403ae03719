"""Words covered and tokens aligned."""

import numpy as np
import pytest

from qa.models.encoder import TokenVectors
from qa.search.matching import (
    PARTIAL,
    alignment,
    coverage,
    rarest_missing,
    span_vector,
    word_coverage,
    word_weights,
)
from qa.text import Segmenter

SEGMENTER = Segmenter()


def tokens(*rows: tuple[float, float]) -> TokenVectors:
    vectors = np.array(rows, np.float32)
    norms = np.linalg.norm(vectors, axis=1)
    starts = np.arange(len(rows))
    return TokenVectors(vectors / norms[:, None], norms, starts, starts + 1)


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("企业", "高新技术企业", 1.0),
        ("高企", "高新技术企业", PARTIAL),
        ("研究院", "研究所", 0.5),
        ("电话", "高新技术企业", 0.0),
        ("钱", "资金", 0.0),
    ],
)
def test_word_coverage(word: str, text: str, expected: float) -> None:
    assert word_coverage(word, text) == expected


def test_rare_words_weigh_more() -> None:
    weights = word_weights("尼龙材料的发展", SEGMENTER)
    assert weights["尼龙"] > weights["发展"]
    assert coverage(weights, "尼龙材料") > coverage(weights, "材料发展")
    assert coverage(weights, "尼龍材料的發展") == 1.0
    assert coverage({}, "") == 1.0


def test_the_rarest_missing_word() -> None:
    weights = word_weights("尼龙材料的发展", SEGMENTER)
    assert rarest_missing(weights, "材料发展") == pytest.approx(weights["尼龙"])
    assert rarest_missing(weights, "尼龙材料发展") == 0.0


def test_alignment_is_the_best_cosine_of_each_question_token() -> None:
    question = tokens((1, 0), (0, 2))
    passage = tokens((3, 0), (1, 1), (0, 1))
    assert alignment(question, passage, 0, 3) == pytest.approx([1, 1])
    assert alignment(question, passage, 0, 1) == pytest.approx([1, 0])
    assert alignment(question, passage, 5, 9) == pytest.approx([0, 0])


def test_a_span_is_the_mean_of_its_tokens_as_they_were() -> None:
    vector = span_vector(tokens((3, 0), (0, 1), (0, 9)), 0, 2)
    assert vector == pytest.approx(np.array([3, 1]) / np.sqrt(10))
    assert span_vector(tokens((1, 0)), 4, 5) is None
