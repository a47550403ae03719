"""``qa articles``: the catalogue; needs no model, so it answers at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from qa.cli.chinese import ChineseCommand
from qa.cli.console import say_json, say_table
from qa.cli.options import data_option, date_from_option, date_to_option, json_option
from qa.cli.session import settings_for
from qa.composing import printed_day
from qa.serialize import article_summary_json
from qa.types import Relations


@click.command(
    cls=ChineseCommand,
    short_help="列出文章",
    help="列出收录的文章，日期新的在前；可以按日期、作者和文字筛选。",
)
@date_from_option
@date_to_option
@click.option("--reporter", metavar="NAME", help="记者或通讯员的姓名。")
@click.option("--q", "text", metavar="TEXT", help="标题或正文里的文字。")
@data_option
@json_option
def articles(
    date_from: dt.date | None,
    date_to: dt.date | None,
    reporter: str | None,
    text: str | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """Print the articles of the live generation."""
    settings = settings_for(data)
    # half a second of imports that --help does not need
    from qa.metadata.catalogue import relations_of, select, serving_articles

    everything = serving_articles(settings.data_dir)
    found = select(
        everything,
        date_from=date_from,
        date_to=date_to,
        reporter=reporter,
        text=text,
    )
    relations = relations_of(found, everything)
    if as_json:
        say_json([article_summary_json(a, relations.get(a.id, Relations())) for a in found])
        return
    rows = [
        (
            a.id,
            printed_day(a) or "—",
            a.title + _mark(relations.get(a.id, Relations())),
            "、".join(a.reporters) or "—",
            a.source,
        )
        for a in found
    ]
    say_table(f"共 {len(found)} 篇文章", ("编号", "日期", "标题", "记者", "文件"), rows)


def _mark(relations: Relations) -> str:
    """Return what a row adds to the headline of an article that was corrected later."""
    if any(r.kind == "whole" for r in relations.superseded_by):
        return "（已有新稿）"
    return "（有更正）" if relations.superseded_by else ""
