"""``qa index``: bring the index in step with the bulletin files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qa.cli.chinese import ChineseCommand
from qa.cli.console import say_json
from qa.cli.options import data_option, json_option, paths_argument
from qa.cli.progress import shown_progress
from qa.cli.report import say_report
from qa.cli.session import give_way, open_encoder, settings_for
from qa.serialize import report_json

if TYPE_CHECKING:
    from qa.config import Settings
    from qa.models.encoder import Encoder
    from qa.types import IndexReport


@click.command(
    cls=ChineseCommand,
    short_help="建立或更新索引",
    help="建立或更新索引。PATH 是公报文件或文件夹，默认 QA_SEEDS_DIR（即 seeds）；"
    "没有变化的文章不会重算。\n\n"
    "启用新索引之前先问几个校验题（数据文件夹里的 canaries.jsonl 和从公报里抽的）；原来答得出、"
    "新索引答不出的，新索引不启用，--force 除外。\n\n"
    "有文件读取失败时退出码为 1，其他文件照常收录；新索引没有通过校验题时也是 1。",
)
@paths_argument
@data_option
@click.option("--force", is_flag=True, help="校验题没有通过也启用新的索引。")
@json_option
def index(paths: tuple[Path, ...], data: Path | None, force: bool, as_json: bool) -> None:
    """Bring the index in step with files and print a report."""
    give_way()
    settings = settings_for(data)
    report = run_index(settings, open_encoder(settings), paths, force=force)
    if as_json:
        say_json(report_json(report))
    else:
        say_report(report)
    click.get_current_context().exit(1 if report.failed or report.held else 0)


def run_index(
    settings: Settings,
    encoder: Encoder,
    paths: Sequence[Path] = (),
    *,
    force: bool = False,
    guarded: Sequence[Path] = (),
) -> IndexReport:
    """Run the indexer with its progress shown; the seeds folder where no path is given.

    Raises:
        QAError: as :func:`qa.building.indexing.build_index`.
    """
    from qa.assembly import index as build

    with shown_progress() as progress:
        return build(settings, encoder, paths, progress, force=force, guarded=guarded)
