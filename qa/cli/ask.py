"""``qa ask``: one question, one answer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qa.cli.chinese import ChineseCommand
from qa.cli.console import say, say_json
from qa.cli.options import data_option, json_option, question_argument
from qa.cli.session import open_service, settings_for
from qa.composing import printed_day
from qa.serialize import answer_json

if TYPE_CHECKING:
    from qa.types import Answer, Citation

_MARK = re.compile(r"(\[\d+\])")


@click.command(
    cls=ChineseCommand,
    short_help="问一个问题",
    help="问一个问题，输出答案、短答案和原文出处。\n\n公报里没有答案时如实说明，退出码仍为 0。",
)
@question_argument
@data_option
@json_option
def ask(question: str, data: Path | None, as_json: bool) -> None:
    """Answer a question from the index."""
    answer = open_service(settings_for(data), question).ask(question)
    if as_json:
        say_json(answer_json(answer))
    else:
        _say_answer(answer)


def _say_answer(answer: Answer) -> None:
    if answer.standalone_question != answer.question:
        say((f"理解为：{answer.standalone_question}", "dim"))
    if answer.short_answer:
        say(("短答案：", "dim"), (answer.short_answer, "bold green"))
    say(*_emphasised(answer.answer, answer.short_answer))
    if answer.notice:
        say((answer.notice, "yellow"))
    if answer.citations:
        say("\n", ("出处", "bold"))
    for citation in answer.citations:
        _say_citation(citation)
    if answer.suggestions:
        say("\n", ("相关文章", "bold"))
    for article in answer.suggestions:
        say(f"  · {article.title}（{article.source}）")


def _emphasised(text: str, short: str | None) -> list[str | tuple[str, str]]:
    """Split an answer so that its citation marks are dim and the short answer's first place is bold."""
    before, found, after = text.partition(short) if short else (text, "", "")
    pieces: list[str | tuple[str, str]] = []
    for part in (before, None, after):
        if part is None:
            pieces.append((found, "bold green"))
        else:
            pieces.extend((p, "cyan") if _MARK.fullmatch(p) else p for p in _MARK.split(part))
    return pieces


def _say_citation(citation: Citation) -> None:
    article = citation.article
    details = [printed_day(article), "记者 " + "、".join(article.reporters) if article.reporters else ""]
    say(
        (f"[{citation.n}] ", "cyan"),
        (article.title, "bold"),
        *(f"　{detail}" for detail in details if detail),
    )
    say((f"    {article.source}　第 {citation.start}–{citation.end} 字", "dim"))
