"""Question files: how right a service's answers are (the rules are DESIGN §9's)."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.durable import explain
from qa.errors import ConfigError
from qa.types import Answer, Turn

SLACK = 240
"""Characters that an answer may be longer than the accepted string it holds."""
SHORT_LIMIT = 60
_KNOWN = {"id", "question", "answers", "article", "history", "all", "type", "evidence", "kind"}
_MARK = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a question file."""

    id: str
    question: str
    answers: tuple[str, ...]
    """Accepted strings; empty where the question must be refused."""
    articles: tuple[str, ...]
    """Headlines of the right articles; any is right where empty."""
    history: tuple[Turn, ...] = ()
    needs_all: bool = False
    type: str = "other"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case and what the service made of it."""

    case: Case
    answer: Answer
    right: bool
    short_right: bool
    first_citation_right: bool
    rank: int | None
    """1-based rank of the first passage of a right article; ``None`` where there is none."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Summary:
    """Shares over a set of outcomes; ``None`` where nothing is counted."""

    questions: int
    right: float | None
    """Of the answerable: answered, and right."""
    short_right: float | None
    """Of the answerable: the short answer is right."""
    first_citation: float | None
    """Of the answerable that were answered: the first citation is of a right article."""
    refused: float | None
    """Of those to refuse: refused."""
    false_refusals: float | None
    """Of the answerable: refused."""
    hit_at_1: float | None
    hit_at_5: float | None
    mrr: float | None
    p50_ms: float | None
    p95_ms: float | None


def read_cases(path: Path) -> list[Case]:
    """Read a question file.

    Raises:
        ConfigError: the file cannot be read, or a line is malformed; names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise ConfigError(f"无法读取题目文件 {path}：{explain(error)}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"无法读取题目文件 {path}：不是 UTF-8 文本") from error
    cases = [_case(line, f"{path} 第 {number} 行") for number, line in enumerate(lines, 1) if line.strip()]
    if not cases:
        raise ConfigError(f"题目文件 {path} 里没有题目")
    return cases


def _case(line: str, where: str) -> Case:
    try:
        record: Any = json.loads(line)
    except ValueError as error:
        raise ConfigError(f"{where}不是有效的 JSON：{error}") from error
    if not isinstance(record, dict):
        raise ConfigError(f"{where}应是一个 JSON 对象")
    if unknown := sorted(set(record) - _KNOWN):
        raise ConfigError(f"{where}有不认识的字段：{'、'.join(unknown)}")
    question, answers = record.get("question"), record.get("answers")
    if not isinstance(question, str) or not isinstance(answers, list):
        raise ConfigError(f"{where}缺少 question（字符串）或 answers（数组）")
    article = record.get("article") or []
    titles = [article] if isinstance(article, str) else article
    try:
        history = tuple(Turn(turn["role"], turn["content"]) for turn in record.get("history") or [])
    except (TypeError, KeyError) as error:
        raise ConfigError(f"{where}的 history 应是 role、content 组成的数组") from error
    return Case(
        id=str(record.get("id", where)),
        question=question,
        answers=tuple(map(str, answers)),
        articles=tuple(map(str, titles)),
        history=history,
        needs_all=bool(record.get("all", False)),
        type=str(record.get("type", "other")),
    )


def normalise(text: str) -> str:
    """Return a text as the comparison sees it: NFKC, lower case, no blanks or punctuation but 3.5 and %.

    >>> normalise("共 36.36%,《十条》。")
    '共36.36%十条'
    """
    kept = []
    folded = unicodedata.normalize("NFKC", text).lower()
    for i, char in enumerate(folded):
        decimal = char == "." and folded[i - 1 : i].isdigit() and folded[i + 1 : i + 2].isdigit()
        if decimal or char == "%" or unicodedata.category(char)[0] in "LNM":
            kept.append(char)
    return "".join(kept)


def answer_is_right(answer: str, case: Case) -> bool:
    """Tell whether an answer's text holds an accepted string (all, where asked) without being much longer."""
    text = _MARK.sub("", answer)
    held = [accepted for accepted in case.answers if normalise(accepted) in normalise(text)]
    if case.needs_all:
        return len(held) == len(case.answers) and len(text) <= sum(map(len, held)) + SLACK
    return any(len(text) <= len(accepted) + SLACK for accepted in held)


def short_is_right(short: str | None, case: Case) -> bool:
    """Tell whether a short answer holds an accepted string or lies inside one, and is short."""
    if not short or len(short) > SHORT_LIMIT or not (text := normalise(short)):
        return False
    return any(normalise(accepted) in text or text in normalise(accepted) for accepted in case.answers)


def evaluate(
    cases: Iterable[Case],
    ask: Callable[[str, Sequence[Turn]], Answer],
    on_case: Callable[[], None] = lambda: None,
) -> list[Outcome]:
    """Ask every question; return the outcomes in order."""
    outcomes = []
    for case in cases:
        started = time.perf_counter()
        answer = ask(case.question, case.history)
        outcomes.append(_judge(case, answer, time.perf_counter() - started))
        on_case()
    return outcomes


def _judge(case: Case, answer: Answer, seconds: float) -> Outcome:
    titles = {normalise(title) for title in case.articles}

    def is_right(title: str) -> bool:
        return not titles or normalise(title) in titles

    first = bool(answer.citations) and is_right(answer.citations[0].article.title)
    right = not answer.answered if not case.answers else answer.answered and first
    return Outcome(
        case=case,
        answer=answer,
        right=right and (not case.answers or _holds(answer, case)),
        short_right=answer.answered and short_is_right(answer.short_answer, case),
        first_citation_right=first,
        rank=next((n for n, hit in enumerate(answer.hits, 1) if is_right(hit.article.title)), None),
        seconds=seconds,
    )


def _holds(answer: Answer, case: Case) -> bool:
    """Tell whether an answer gives what is accepted.

    One that quotes a correction (“22家”应为“23家”) holds the wrong text too: its short answer decides.
    """
    said = not (answer.supersedes and answer.short_answer) or short_is_right(answer.short_answer, case)
    return said and answer_is_right(answer.answer, case)


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """Return the shares over some outcomes."""
    answerable = [o for o in outcomes if o.case.answers]
    answered = [o for o in answerable if o.answer.answered]
    unanswerable = [o for o in outcomes if not o.case.answers]
    milliseconds = sorted(o.seconds * 1000 for o in outcomes)
    return Summary(
        questions=len(outcomes),
        right=_share([o.right for o in answerable]),
        short_right=_share([o.short_right for o in answerable]),
        first_citation=_share([o.first_citation_right for o in answered]),
        refused=_share([not o.answer.answered for o in unanswerable]),
        false_refusals=_share([not o.answer.answered for o in answerable]),
        hit_at_1=_share([o.rank == 1 for o in answerable]),
        hit_at_5=_share([o.rank is not None and o.rank <= 5 for o in answerable]),
        mrr=_share([1 / o.rank if o.rank else 0.0 for o in answerable]),
        p50_ms=_percentile(milliseconds, 0.5),
        p95_ms=_percentile(milliseconds, 0.95),
    )


def by_type(outcomes: Sequence[Outcome]) -> dict[str, Summary]:
    """Return a summary for each type of question, by name."""
    types = sorted({o.case.type for o in outcomes})
    return {name: summarise([o for o in outcomes if o.case.type == name]) for name in types}


def _share(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _percentile(ordered: Sequence[float], share: float) -> float | None:
    """Return the nearest-rank percentile of sorted values."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None
