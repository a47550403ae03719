"""``qa doctor``: find out why something does not work."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from qa.cli.chinese import ChineseCommand
from qa.cli.console import note, say, say_json
from qa.cli.options import data_option, plain_json_option
from qa.cli.session import settings_for

_MARKS = {"ok": ("正常", "green"), "warn": ("注意", "yellow"), "fail": ("有误", "bold red")}


@click.command(
    cls=ChineseCommand,
    short_help="检查环境、数据和模型",
    help="检查运行环境、公报文件夹、数据文件夹、文库、撤回记录、索引、模型和设置里指定的文件，并说明该怎么办。\n\n"
    "有检查不通过时退出码为 1。",
)
@data_option
@plain_json_option
def doctor(data: Path | None, as_json: bool) -> None:
    """Run all checks."""
    settings = settings_for(data)
    from qa.operations.doctor import examine

    checks = []
    for check in examine(settings, note):
        checks.append(check)
        if not as_json:
            say(_MARKS[check.status], f"  {check.name}：{check.detail}")
            if check.advice:
                say(f"      → {check.advice}")
    if as_json:
        say_json([asdict(check) for check in checks])
    click.get_current_context().exit(1 if any(check.status == "fail" for check in checks) else 0)
