"""``qa watch``: index whatever comes, changes or goes, until stopped."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import click

from qa.cli.chinese import ChineseCommand
from qa.cli.console import note, say
from qa.cli.index import run_index
from qa.cli.options import data_option, paths_argument, whole_number
from qa.cli.report import say_report
from qa.cli.session import give_way, open_encoder, settings_for
from qa.types import IndexReport


@click.command(
    cls=ChineseCommand,
    short_help="盯着公报文件，有变化就更新索引",
    help="盯着公报文件，有变化就更新索引，按 Ctrl-C 停止。PATH 默认 QA_SEEDS_DIR（即 seeds）。\n\n"
    "还在写入的文件等写完再读；出错不退出，下次再试。收录过的文件夹里忽然一个公报文件也没有了"
    "（例如共享文件夹断开），索引不跟着清空，等文件回来；确实不要了，请运行 qa index。",
)
@paths_argument
@click.option(
    "--interval",
    metavar="SECONDS",
    type=whole_number(1, 3600),
    default="2",
    help="隔几秒看一次（默认 2）。",
)
@data_option
def watch(paths: tuple[Path, ...], interval: int, data: Path | None) -> None:
    """Index on every change, until interrupted."""
    give_way()
    settings = settings_for(data)
    encoder = open_encoder(settings)
    from qa.ingest.emptied import notice
    from qa.operations.watch import watch as keep_watching

    watched = paths or (settings.seeds_dir,)
    say(f"正在盯着 {'、'.join(map(str, watched))}，按 Ctrl-C 停止。")
    try:
        keep_watching(
            watched,
            settings.data_dir,
            lambda changed: run_index(settings, encoder, changed, guarded=watched),
            wait=lambda: time.sleep(interval),
            on_report=_say_dated,
            on_error=lambda error: note(f"错误：{error}；稍后再试。"),
            on_emptied=lambda folder: note(f"{notice(folder)}；文件回来之后会接着更新。"),
        )
    except KeyboardInterrupt:
        say("\n已停止。")  # the way this command is meant to end


def _say_dated(report: IndexReport) -> None:
    say((f"{dt.datetime.now():%Y-%m-%d %H:%M:%S}", "dim"))
    say_report(report)
