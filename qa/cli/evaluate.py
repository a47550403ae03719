"""``qa eval``: how right the answers to a question file are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qa.cli.chinese import ChineseCommand
from qa.cli.console import say, say_json, say_numbers
from qa.cli.options import data_option, plain_json_option
from qa.cli.progress import shown_count
from qa.cli.session import open_service, settings_for
from qa.evaluation import Outcome, Summary, by_type, read_cases, summarise
from qa.evaluation import evaluate as ask_all

if TYPE_CHECKING:
    from qa.types import Hit

_HEADINGS = (
    "类型", "题数", "正确", "短\n答案", "首条\n出处", "拒答", "误拒",
    "hit@1", "hit@5", "MRR", "p50\nms", "p95\nms",
)  # fmt: skip
_RETRIEVED = 3
"""Articles shown as what was retrieved for a wrong answer."""


@click.command(
    "eval",
    cls=ChineseCommand,
    short_help="用题目文件评测",
    help="用题目文件（每行一个 JSON）评测，列出总计、各类型的成绩和答错的题。\n\n"
    "正确、短答案、误拒按有答案的题计；首条出处按回答了的题计；拒答按应拒答的题计。",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@data_option
@plain_json_option
def evaluate(file: Path, data: Path | None, as_json: bool) -> None:
    """Ask every question of a file and judge the answers."""
    cases = read_cases(file)
    service = open_service(settings_for(data))
    with shown_count("提问", len(cases)) as on_case:
        outcomes = ask_all(cases, lambda question, history: service.ask(question, history=history), on_case)
    total, types = summarise(outcomes), by_type(outcomes)
    wrong = [outcome for outcome in outcomes if not outcome.right]
    if as_json:
        say_json(
            {
                "summary": _rounded(total),
                "types": {name: _rounded(summary) for name, summary in types.items()},
                "wrong": [_wrong_json(outcome) for outcome in wrong],
            }
        )
        return
    rows = [_row("合计", total), *(_row(name, summary) for name, summary in types.items())]
    say_numbers(str(file), _HEADINGS, rows)
    _say_wrong(wrong)


def _row(name: str, s: Summary) -> list[str]:
    shares = (
        s.right,
        s.short_right,
        s.first_citation,
        s.refused,
        s.false_refusals,
        s.hit_at_1,
        s.hit_at_5,
        s.mrr,
    )
    times = (s.p50_ms, s.p95_ms)
    return [
        name,
        str(s.questions),
        *("—" if share is None else f"{share:.3f}" for share in shares),
        *("—" if time is None else f"{time:.0f}" for time in times),
    ]


def _say_wrong(wrong: Sequence[Outcome]) -> None:
    if not wrong:
        say("全部正确。")
        return
    say("\n", (f"答错的 {len(wrong)} 题", "bold"))
    for outcome in wrong:
        case, answer = outcome.case, outcome.answer
        say((f"{case.id} ", "cyan"), (case.question, "bold"), (f"（{case.type}）", "dim"))
        articles = "".join(f"《{title}》" for title in case.articles)
        say("    应为：", " / ".join(case.answers) or "拒答", (f"　{articles}", "dim"))
        given = answer.answer if answer.answered else "（拒答）"
        say("    回答：", given, (f"　把握 {answer.confidence:.2f}", "dim"))
        if answer.short_answer:
            say("    短答案：", answer.short_answer)
        say(
            "    检索到：",
            "；".join(_titles(answer.hits)[:_RETRIEVED]),
            (f"　正确文章排名 {outcome.rank or '—'}", "dim"),
        )


def _wrong_json(outcome: Outcome) -> dict[str, Any]:
    case, answer = outcome.case, outcome.answer
    return {
        "id": case.id,
        "type": case.type,
        "question": case.question,
        "accepted": list(case.answers),
        "articles": list(case.articles),
        "answered": answer.answered,
        "answer": answer.answer,
        "short_answer": answer.short_answer,
        "confidence": round(answer.confidence, 4),
        "cited": [citation.article.title for citation in answer.citations],
        "retrieved": _titles(answer.hits),
        "rank": outcome.rank,
    }


def _titles(hits: Sequence[Hit]) -> list[str]:
    return list(dict.fromkeys(hit.article.title for hit in hits))


def _rounded(summary: Summary) -> dict[str, Any]:
    return {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in asdict(summary).items()
    }
