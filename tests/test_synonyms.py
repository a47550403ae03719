"""Tables of synonyms are read line by line; what is wrong is named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import ConfigError
from qa.understanding.synonyms import Synonyms, built_in, load, read


def test_groups_and_comments() -> None:
    found, problems = read("# 说明\n\n高速铁路 高铁 # 交通\n高铁 動車\n")
    assert problems == ()
    assert found.of("高铁") == ("高速铁路", "动车")
    assert found.of("动车") == ("高铁",)
    assert found.of("火车") == ()


def test_wrong_lines_are_named_and_left_out() -> None:
    found, problems = read(f"孤零零\n高速铁路 高铁\n,,, 。。。\n医保 {'长' * 40}\n")
    assert found.groups == (("高速铁路", "高铁"),)
    assert [p[:5] for p in problems] == ["第 1 行", "第 3 行", "第 4 行"]


def test_the_table_that_ships_is_right() -> None:
    from importlib.resources import files

    table, problems = read(files("qa.understanding").joinpath("synonyms.txt").read_text("utf-8"))
    assert problems == ()
    assert table == built_in()
    assert len(table.groups) > 50


def test_an_editors_table_comes_on_top(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    path.write_text("滨湖大道 老湖路\n错\n", encoding="utf-8")
    found, problems = load(path)
    assert found.of("老湖路") == ("滨湖大道",)
    assert found.of("医保") == built_in().of("医保")
    assert problems == (f"{path}：第 2 行只有一个词，至少要两个",)


def test_a_table_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="QA_SYNONYMS"):
        load(tmp_path / "missing.txt")
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(ConfigError, match="QA_SYNONYMS"):
        load(tmp_path / "bad.txt")


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    found, _ = read(text)
    assert all(len(group) > 1 for group in found.groups)
    for group in found.groups:
        assert all(set(group) - {word} <= set(found.of(word)) for word in group)


def test_none_known() -> None:
    assert Synonyms().of("高铁") == ()
