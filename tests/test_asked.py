"""Question sets of ``benchmarks/asked`` are well-formed: every line is read, every headline exists."""

from pathlib import Path

import pytest

from benchmarks.asked import ASKED, HALVES, chains_of, texts_of

FOLDERS = sorted(f for half in HALVES for f in ASKED.glob(f"*/{half}"))


def name(folder: Path) -> str:
    return f"{folder.parent.name}-{folder.name}"


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_sets_are_well_formed(folder: Path) -> None:
    titles = {a.title for a in texts_of(folder)}
    cases = [case for chain in chains_of(folder / "questions.tsv") for case in chain]
    assert len(cases) > 100
    assert sum(not case.answers for case in cases) > 10
    assert {t for case in cases for t in case.articles} <= titles


def test_follow_ups_belong_to_the_question_above(tmp_path: Path) -> None:
    file = tmp_path / "questions.tsv"
    file.write_text(
        "# 第一组\nnumber\t有几家?\t3家|三家\t甲\nlist\t> 哪几家\t&东店|西店\t\n\nuntold\t店长是谁\t\t\n",
        "utf-8",
    )
    first, second = chains_of(file)
    assert [(c.id, c.question, c.answers, c.needs_all) for c in first] == [
        ("2", "有几家?", ("3家", "三家"), False),
        ("3", "哪几家", ("东店", "西店"), True),
    ]
    assert [c.answers for c in second] == [()]


@pytest.mark.parametrize("line", ["number\t有几家?", "list\t> 哪几家\t东店"])
def test_malformed_lines_are_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "questions.tsv"
    file.write_text(line, "utf-8")
    with pytest.raises(ValueError, match="line 1"):
        list(chains_of(file))
