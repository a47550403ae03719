"""Passages are whole sentences that fit the window; offsets hold."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.index.passages import OVERLAP_TOKENS, TARGET_TOKENS, split
from qa.parsing.bulletin import article_id, parse
from qa.text import sentence_spans
from qa.types import Article

PAGES = [*sorted(Path("seeds").glob("*.txt")), *sorted(Path("benchmarks/pages").glob("*.txt"))]


def article(body: str, title: str = "标题") -> Article:
    return Article(article_id(title, body), title, body, None, None, (), (), "a.txt", 0)


def check(subject: Article, count, window: int) -> None:
    passages = split(subject, count, window)
    for passage in passages:
        assert subject.body[passage.start : passage.end] == passage.text
        assert passage.text.strip() == passage.text != ""
        assert passage.article_id == subject.id
        assert count(passage.text) <= window
    covered = {i for p in passages for i in range(p.start, p.end)}
    for start, end in sentence_spans(subject.body):
        assert covered.issuperset(range(start, end))
    assert len({p.id for p in passages}) == len(passages)
    assert [p.start for p in passages] == sorted(p.start for p in passages)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
@pytest.mark.parametrize("window", [64, 200, 510])
def test_offsets_hold_on_real_pages(path: Path, window: int) -> None:
    for subject in parse(path.read_text(encoding="utf-8"), path.as_posix()).articles:
        check(subject, len, window)


@given(st.text(alphabet="二七,。;!“”\n a", min_size=1, max_size=400), st.integers(32, 300))
def test_offsets_hold_on_any_text(body: str, window: int) -> None:
    check(article(body), len, window)


def test_a_sentence_is_never_cut_where_it_fits() -> None:
    body = "".join(f"第{n}次会议研究了灾后恢复重建工作并提出要求。" for n in range(60))
    ends = {end for _, end in sentence_spans(body)}
    passages = split(article(body), len, 510)
    assert len(passages) > 1
    assert all(p.end in ends for p in passages)


def test_short_sentences_overlap_within_a_paragraph_only() -> None:
    sentence = "区里召开会议研究部署安全生产工作。"
    assert len(sentence) <= OVERLAP_TOKENS
    one, two, *_ = split(article(sentence * 30), len, 510)
    assert two.start < one.end
    first, second = split(article(sentence * 8 + "\n" + sentence * 8), len, 510)
    assert second.start > first.end


def test_a_monster_sentence_is_cut_to_fit() -> None:
    passages = split(article("加快建设" * 500), len, 510)
    assert all(len(p.text) <= TARGET_TOKENS for p in passages)
    assert "".join(p.text for p in passages) == "加快建设" * 500


def test_a_long_headline_leaves_room() -> None:
    passages = split(article("会议召开。" * 100, title="题" * 400), len, 128)
    assert all(len(p.text) + 64 <= 128 for p in passages)
