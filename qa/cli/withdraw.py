"""``qa withdraw``, ``qa restore``, ``qa withdrawn``: articles taken out of use at once; needs no model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qa.cli.chinese import ChineseCommand
from qa.cli.console import say, say_json, say_table
from qa.cli.options import data_option, json_option
from qa.cli.session import settings_for

if TYPE_CHECKING:
    from qa.types import Withdrawal

article_argument = click.argument("article_id", metavar="ID")


@click.command(
    cls=ChineseCommand,
    short_help="撤回一篇文章",
    help="撤回编号为 ID 的文章（编号见 qa articles）：立即不再用于回答、检索、目录和推荐，"
    "正在运行的服务也一样，不用重建索引；文件还在、重建之后也仍然有效。用 qa restore 恢复。",
)
@article_argument
@click.option("--why", metavar="TEXT", required=True, help="原因，记入日志，读者看不到。")
@data_option
@json_option
def withdraw(article_id: str, why: str, data: Path | None, as_json: bool) -> None:
    """Take an article out of use."""
    settings = settings_for(data)
    from qa.metadata.catalogue import withdrawable  # half a second of imports that --help does not need
    from qa.serialize import withdrawal_change_json
    from qa.storage.withdrawals import withdraw as take_out

    made, changed = take_out(settings.data_dir, withdrawable(settings.data_dir), article_id, why)
    if as_json:
        say_json(withdrawal_change_json(made, changed, withdrawn=True))
    elif changed:
        say(f"已撤回《{made.title}》（{made.source}），从现在起不再使用。")
    else:
        say(f"《{made.title}》早已撤回（{_when(made)}，{made.why}），没有变化。")


@click.command(
    cls=ChineseCommand,
    short_help="恢复撤回的文章",
    help="恢复编号为 ID 的撤回文章，立即生效。",
)
@article_argument
@click.option("--why", metavar="TEXT", default="", help="原因，记入日志。")
@data_option
@json_option
def restore(article_id: str, why: str, data: Path | None, as_json: bool) -> None:
    """Put a withdrawn article back into use."""
    settings = settings_for(data)
    from qa.metadata.catalogue import withdrawable
    from qa.serialize import withdrawal_change_json
    from qa.storage.withdrawals import restore as put_back

    former, changed = put_back(settings.data_dir, withdrawable(settings.data_dir), article_id, why)
    if as_json:
        say_json(withdrawal_change_json(former, changed, withdrawn=False))
    elif former is not None:
        say(f"已恢复《{former.title}》（{former.source}）。")
    else:
        say(f"编号为 {article_id} 的文章没有被撤回，没有变化。")


@click.command(
    cls=ChineseCommand,
    short_help="列出撤回的文章",
    help="列出撤回的文章，最近撤回的在前。",
)
@click.option("--log", "whole_log", is_flag=True, help="列出全部撤回和恢复的记录，先发生的在前。")
@data_option
@json_option
def withdrawn(whole_log: bool, data: Path | None, as_json: bool) -> None:
    """Print what is withdrawn, or the log."""
    settings = settings_for(data)
    from qa.serialize import withdrawn_json
    from qa.storage.withdrawals import read

    found = read(settings.data_dir)
    if as_json:
        say_json(withdrawn_json(found)["log" if whole_log else "withdrawn"])
    elif whole_log:
        words = {"withdraw": "撤回", "restore": "恢复"}
        rows = [
            (f"{e.at.astimezone():%Y-%m-%d %H:%M}", words[e.action], e.article_id, e.title, e.why or "—")
            for e in found.events
        ]
        say_table(f"共 {len(rows)} 条记录", ("时间", "操作", "编号", "标题", "原因"), rows)
    else:
        listed = [(w.article_id, _when(w), w.title, w.why, w.source) for w in found.articles]
        say_table(f"共撤回 {len(listed)} 篇文章", ("编号", "时间", "标题", "原因", "文件"), listed)


def _when(withdrawal: Withdrawal) -> str:
    return f"{withdrawal.at.astimezone():%Y-%m-%d %H:%M}"
