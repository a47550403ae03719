"""``qa search``: the passages that retrieval ranks best."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from qa.cli.chinese import ChineseCommand
from qa.cli.console import say, say_json
from qa.cli.options import (
    data_option,
    date_from_option,
    date_to_option,
    json_option,
    question_argument,
    whole_number,
)
from qa.cli.session import open_service, settings_for
from qa.composing import printed_day
from qa.serialize import hit_json
from qa.types import Filters


@click.command(cls=ChineseCommand, short_help="检索段落", help="检索最相关的段落，并列出每种检索方法的得分。")
@question_argument
@click.option(
    "--top-k", metavar="N", type=whole_number(1, 100), default="10", help="返回几个段落（默认 10）。"
)
@date_from_option
@date_to_option
@data_option
@json_option
def search(
    question: str,
    top_k: int,
    date_from: dt.date | None,
    date_to: dt.date | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """Print ranked passages with each retriever's scores."""
    service = open_service(settings_for(data), question)
    hits, _ = service.search(question, top_k=top_k, filters=Filters(date_from, date_to))
    if as_json:
        say_json([hit_json(hit) for hit in hits])
        return
    if not hits:
        say("没有找到段落。")
    for place, hit in enumerate(hits, 1):
        scores = "　".join(f"{name} {score:.3f}" for name, score in sorted(hit.scores.items()))
        say((f"{place}. ", "cyan"), (hit.article.title, "bold"), f"　{printed_day(hit.article)}")
        say((f"   总分 {hit.score:.3f}　{scores}　第 {hit.passage.start}–{hit.passage.end} 字", "dim"))
        say(f"   {' '.join(hit.passage.text.split())}")
