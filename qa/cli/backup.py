"""``qa export``, ``qa import``: the whole library in one file, to keep or to move."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qa.cli.chinese import ChineseCommand
from qa.cli.console import say, say_json
from qa.cli.options import data_option, plain_json_option
from qa.cli.progress import shown_progress
from qa.cli.session import give_way, open_encoder, settings_for

if TYPE_CHECKING:
    from qa.backup.backup_manifest import Manifest

file_argument = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))


@click.command(
    "export",
    cls=ChineseCommand,
    short_help="把整个文库备份成一个文件",
    help="把整个文库备份成一个文件 FILE（zip）：文章、向量、各代的历史、撤回记录、公报文件、上传的记录、"
    "近义词表和校验题。\n\n"
    "服务和 qa index 可以照常运行。写好之后会读回来核对；模型、索引快照和设置不在其中："
    "快照由文库重建，不用重算向量。请在平时运行 qa index 的文件夹里运行。",
)
@file_argument
@data_option
@click.option("--force", is_flag=True, help="FILE 已经存在时覆盖它。")
@plain_json_option
def export_command(file: Path, data: Path | None, force: bool, as_json: bool) -> None:
    """Write a back-up."""
    give_way()
    settings = settings_for(data)
    from qa.backup.exporting import export  # half a second of imports that --help does not need

    made = export(settings, file, force=force)
    if as_json:
        say_json({"file": str(made.file), "size": made.size, **_summary(made.manifest), "notes": made.notes})
        return
    say(
        ("已备份", "green"),
        f"到 {made.file}（{_size(made.size)}，已读回核对）：{_contents(made.manifest)}。",
    )
    for remark in made.notes:
        say("  ", ("注意", "yellow"), f"  {remark}")


@click.command(
    "import",
    cls=ChineseCommand,
    short_help="用备份文件恢复整个文库",
    help="用 qa export 写的备份文件 FILE 恢复整个文库。\n\n"
    "先核对整个备份，有一处不对就什么也不改；再在旁边准备好，一次换上：中途断电也只会是原来的或新的。"
    "备份里有现在这个模型的向量就不重算。正在运行的服务会自己换上。\n\n"
    "已有文库时要加 --force：原有的文库和备份里没有的公报文件会移到一旁，不会删除；"
    "这里撤回着的文章仍然撤回，备份里后来恢复了的也一样；要用请运行 qa restore。",
)
@file_argument
@data_option
@click.option("--force", is_flag=True, help="替换已有的文库，原有的移到一旁保留。")
@plain_json_option
def import_command(file: Path, data: Path | None, force: bool, as_json: bool) -> None:
    """Put a back-up in place."""
    give_way()
    settings = settings_for(data)
    from qa.backup.importing import import_backup

    with shown_progress() as progress:
        done = import_backup(file, settings, lambda: open_encoder(settings), force=force, progress=progress)
    report = done.report
    if as_json:
        say_json({
            "file": str(file),
            "generation": report.generation,
            "articles": report.articles,
            "passages": report.passages,
            "encoded": report.encoded,
            "backup": _summary(done.manifest),
            "aside": [str(path) for path in done.aside],
            "notes": done.notes,
        })  # fmt: skip
        return
    made_at = f"{done.manifest.created_at.astimezone():%Y-%m-%d %H:%M}"
    say(("已恢复", "green"), f"{file}（{made_at} 的备份）：{_contents(done.manifest)}。")
    say(
        f"第 {report.generation} 代索引已启用：{report.articles} 篇文章，{report.passages} 个段落；"
        f"计算向量 {report.encoded} 个。"
    )
    for path in done.aside:
        say(f"原有的已移到 {path}，确认无误后可以删除。")
    for remark in done.notes:
        say("  ", ("注意", "yellow"), f"  {remark}")


def _summary(manifest: Manifest) -> dict[str, Any]:
    return {
        "created_at": manifest.created_at.isoformat(),
        "software": manifest.software,
        "schema": manifest.schema,
        "counts": asdict(manifest.counts),
    }


def _size(size: int) -> str:
    return f"{size / 10**6:.1f} MB" if size >= 10**6 else f"{size / 1000:.1f} kB"


def _contents(manifest: Manifest) -> str:
    counts = manifest.counts
    return (
        f"{counts.articles} 篇文章，{counts.passages} 个段落，{counts.vectors} 个向量，"
        f"{counts.generations} 代历史，撤回 {counts.withdrawals} 篇，"
        f"公报文件 {counts.bulletins} 个，上传 {counts.uploads} 次"
    )
