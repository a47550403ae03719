"""``qa generations``, ``qa diff``, ``qa rollback``: the history of the index; needs no model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qa.cli.chinese import ChineseCommand
from qa.cli.console import say, say_json, say_table
from qa.cli.options import data_option, json_option, whole_number
from qa.cli.session import settings_for

if TYPE_CHECKING:
    from qa.types import ArticleRef

_NUMBER = whole_number(1, 10**9)


@click.command(
    cls=ChineseCommand,
    short_help="列出各代索引",
    help="列出各代索引：何时建立、多少文章、改变了什么、磁盘上还有没有。",
)
@data_option
@json_option
def generations(data: Path | None, as_json: bool) -> None:
    """Print the history of generations."""
    settings = settings_for(data)
    from qa.building.generations import history  # half a second of imports that --help does not need
    from qa.building.indexing import recorded_generations
    from qa.serialize import generation_json

    found = history(settings.data_dir, recorded_generations(settings.data_dir))
    if as_json:
        say_json([generation_json(kept) for kept in found])
        return
    rows = [
        (
            str(kept.record.id),
            f"{kept.record.created_at.astimezone():%Y-%m-%d %H:%M}",
            "使用中" if kept.active else "在磁盘上" if kept.kept else "已清理",
            str(kept.record.articles),
            f"+{len(kept.record.report.added)} ~{len(kept.record.report.changed)} "
            f"-{len(kept.record.report.removed)}",
        )
        for kept in reversed(found)
    ]
    say_table(f"共 {len(rows)} 代索引", ("代", "建立时间", "状态", "文章", "增 改 删"), rows)


@click.command(
    cls=ChineseCommand,
    short_help="比较两代索引",
    help="比较第 A 代和第 B 代索引：增加、改变、删除了哪些文章。只能比较磁盘上还有的。",
)
@click.argument("before", metavar="A", type=_NUMBER)
@click.argument("after", metavar="B", type=_NUMBER)
@data_option
@json_option
def diff(before: int, after: int, data: Path | None, as_json: bool) -> None:
    """Print what differs between two generations."""
    settings = settings_for(data)
    from qa.building.generations import difference
    from qa.building.indexing import recorded_generations
    from qa.serialize import difference_json

    found = difference(settings.data_dir, recorded_generations(settings.data_dir), before, after)
    if as_json:
        say_json(difference_json(found))
        return
    d = found.differences
    say(
        f"从第 {before} 代到第 {after} 代：增加 {len(d.added)}，改变 {len(d.changed)}，"
        f"删除 {len(d.removed)}，不变 {d.unchanged}。"
    )
    for heading, style, refs in (
        ("增加", "green", d.added),
        ("改变", "yellow", d.changed),
        ("删除", "magenta", d.removed),
    ):
        _say_articles(heading, style, refs)


@click.command(
    cls=ChineseCommand,
    short_help="换回较早的一代索引",
    help="换回磁盘上的第 N 代索引，正在运行的服务会自动换用。\n\n"
    "公报文件和文库不变，所以下一次 qa index 会建立新的一代，重新跟上公报文件；"
    "要长期去掉一篇文章，请用 qa withdraw 或改公报文件。",
)
@click.argument("number", metavar="N", type=_NUMBER)
@data_option
@json_option
def rollback(number: int, data: Path | None, as_json: bool) -> None:
    """Activate an older generation."""
    settings = settings_for(data)
    from qa.building.indexing import roll_back
    from qa.serialize import rollback_json

    made = roll_back(settings.data_dir, number)
    if as_json:
        say_json(rollback_json(made))
    else:
        say(made.notice)


def _say_articles(heading: str, style: str, refs: Sequence[ArticleRef]) -> None:
    for ref in refs:
        say("  ", (heading, style), f"  {ref.title}（{ref.source}）")
