"""Lines of articles: how one ends tells all that its identifier does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.index.article_lines import Carried, Lines, article_of, endings, line_of, write_lines
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
    lines = Lines(b"%b\n%b\n" % (line, line_of(other)))
    assert (lines[0], lines.identifiers()) == (line, [article.id, other.id])
    assert lines.ends_with(0, ending)
    assert article_of(line) == article
    same = replace(other, id=article.id, title=article.title, body=article.body) == article
    assert lines.ends_with(1, ending) == same


def test_lines_are_left_in_their_file(tmp_path: Path) -> None:
    (tmp_path / "lines").write_bytes(b"a\n\nbc\n")
    lines = Lines.of(tmp_path / "lines")
    assert list(lines) == [b"a", b"", b"bc"]
    (tmp_path / "none").write_bytes(b"")
    assert list(Lines.of(tmp_path / "none")) == []


@given(known=st.lists(st.sampled_from([b"", b"a", b"bc"]), max_size=600), data=st.data())
def test_lines_are_carried_on_beside_new_ones(known: list[bytes], data: st.DataObject) -> None:
    several = st.lists(st.integers(-1, len(known) - 1), max_size=9)
    numbers = data.draw(several | st.just(list(range(len(known)))) | several.map(sorted))
    new = {place: b"new %d" % place for place, number in enumerate(numbers) if number < 0}
    lines = Carried(Lines(b"".join(line + b"\n" for line in known)), numbers, new)
    expected = [new[place] if number < 0 else known[number] for place, number in enumerate(numbers)]
    assert list(lines) == expected
    written: list[bytes] = []
    write_lines(lines, written.append)
    assert b"".join(written) == b"".join(line + b"\n" for line in expected)
    anew: list[bytes] = []
    write_lines(expected, anew.append)
    assert b"".join(anew) == b"".join(written)
