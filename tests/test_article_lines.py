"""Lines of articles: how one ends tells all that its identifier does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.index.article_lines import Lines, article_of, endings, identifier_of, line_of
from qa.storage.library import place_of
from qa.types import Article

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ['","date":null', '"', "\\", '\\","date":null,', "\x7f", "\x00\r\n\u2028", "二七区/《四季》"]
)
ARTICLES = st.builds(
    Article,
    id=st.sampled_from(["0123456789abcdef", "fedcba9876543210"]),
    title=TEXT,
    body=TEXT,
    date=st.none() | st.just(date(2021, 12, 1)),
    date_text=st.none() | TEXT,
    reporters=st.lists(TEXT, max_size=2).map(tuple),
    correspondents=st.lists(TEXT, max_size=2).map(tuple),
    source=TEXT,
    position=st.integers(0, 9),
)


@settings(max_examples=300, deadline=None)
@given(article=ARTICLES, other=ARTICLES)
def test_only_a_line_of_the_place_ends_so(article: Article, other: Article) -> None:
    (ending,) = endings([place_of(article)])
    line = line_of(article)
    assert line.endswith(ending)
    assert (identifier_of(line), article_of(line)) == (article.id, article)
    same = replace(other, id=article.id, title=article.title, body=article.body) == article
    assert line_of(other).endswith(ending) == same


def test_lines_are_left_in_their_file(tmp_path: Path) -> None:
    (tmp_path / "lines").write_bytes(b"a\n\nbc\n")
    lines = Lines(tmp_path / "lines")
    assert list(lines) == [b"a", b"", b"bc"]
    (tmp_path / "none").write_bytes(b"")
    assert list(Lines(tmp_path / "none")) == []
