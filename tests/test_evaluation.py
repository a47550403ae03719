"""The rules by which answers are counted right."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from qa.errors import ConfigError
from qa.evaluation import Case, answer_is_right, evaluate, normalise, read_cases, short_is_right, summarise
from qa.types import Answer, Article, Citation

ARTICLE = Article("a", "二七区召开 会议", "共有企业22家。", None, None, (), (), "a.txt", 0)


def answer(text: str = "共有企业22家。[1]", short: str | None = "22家", *, answered: bool = True) -> Answer:
    citations = (Citation(1, ARTICLE, "共有企业22家。", 0, 8),) if answered else ()
    return Answer("1", "问", "问", answered, "extractive", text, short, 0.9, citations, (), (), {}, 1)


def case(*answers: str, article: str = "二七区召开会议", needs_all: bool = False) -> Case:
    return Case("c", "问", answers, (article,), needs_all=needs_all)


def test_normalising_keeps_decimals_and_per_cent() -> None:
    assert normalise("共 36.36%,《十条》。ＡPP 3. 5") == "共36.36%十条app35"


def test_right_answers() -> None:
    assert answer_is_right("企业22家。[1]", case("22家"))
    assert not answer_is_right("企业222。[1]", case("22家"))
    assert not answer_is_right("22家" + "长" * 300, case("22家"))
    assert answer_is_right("甲、乙", case("甲", "乙", needs_all=True))
    assert not answer_is_right("甲", case("甲", "乙", needs_all=True))
    assert not answer_is_right("甲[1]", case("1"))


def test_right_short_answers() -> None:
    assert short_is_right("22家", case("22家企业"))
    assert short_is_right("共22家企业", case("22家"))
    assert not short_is_right("61家", case("22家"))
    assert not short_is_right("长" * 61 + "22家", case("22家"))
    assert not short_is_right("。", case("22家"))
    assert not short_is_right(None, case("22家"))


def test_shares() -> None:
    replies = {"a": answer(), "b": answer(answered=False), "c": answer(), "d": answer(answered=False)}
    cases = [
        Case("a", "a", ("22家",), ("二七区召开会议",), type="number"),
        Case("b", "b", ("22家",), ("二七区召开会议",), type="number"),
        Case("c", "c", (), ()),
        Case("d", "d", (), ()),
    ]
    summary = summarise(evaluate(cases, lambda question, history: replies[question]))
    assert (summary.questions, summary.right, summary.refused, summary.false_refusals) == (4, 0.5, 0.5, 0.5)
    assert (summary.first_citation, summary.short_right, summary.hit_at_1) == (1.0, 0.5, 0.0)


def test_the_first_citation_must_be_of_a_right_article() -> None:
    (outcome,) = evaluate([case("22家", article="别的文章")], lambda question, history: answer())
    assert not outcome.right
    assert not outcome.first_citation_right


def test_the_wrong_text_that_a_correction_quotes_is_no_right_answer() -> None:
    told = replace(answer("“22家”应为“23家”。[1]", "23家"), supersedes=(ARTICLE,))
    judged = [evaluate([case(accepted)], lambda question, history: told)[0] for accepted in ("22家", "23家")]
    assert [outcome.right for outcome in judged] == [False, True]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "第 1 行不是有效的 JSON"),
        ("[]", "应是一个 JSON 对象"),
        (json.dumps({"question": "问"}), "缺少"),
        (json.dumps({"question": "问", "answers": [], "artcle": "x"}), "artcle"),
        (json.dumps({"question": "问", "answers": [], "history": [1]}), "history"),
        ("", "没有题目"),
    ],
)
def test_a_malformed_file_is_refused(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_cases(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"q\.jsonl"):
        read_cases(tmp_path / "q.jsonl")


def test_the_fields_of_a_line(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    line = {
        "id": "x",
        "question": "问",
        "answers": ["答"],
        "article": ["甲", "乙"],
        "all": True,
        "type": "list",
    }
    path.write_text(json.dumps(line | {"history": [{"role": "user", "content": "前"}]}), encoding="utf-8")
    (read,) = read_cases(path)
    assert (read.id, read.articles, read.needs_all, read.type) == ("x", ("甲", "乙"), True, "list")
    assert read.history[0].content == "前"
