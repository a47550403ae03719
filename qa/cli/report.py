"""The report at the end of a run of the indexer."""

from __future__ import annotations

from collections.abc import Sequence

from qa.cli.console import say
from qa.types import ArticleRef, Failure, IndexReport

_LISTED = 20
"""Articles named under each heading; a first run may add thousands."""


def say_report(report: IndexReport) -> None:
    """Print what a run did, with each failed file and the reason."""
    from qa.building.jobs import expectation  # a quarter of a second of imports that --help does not need

    if report.activated:
        say(f"第 {report.generation} 代索引已启用", f"：{report.articles} 篇文章，{report.passages} 个段落。")
    elif report.held:
        serving = f"仍用第 {report.generation} 代" if report.generation else "现在没有可用的索引"
        say(("新的索引没有通过校验题，没有启用", "bold red"), f"；{serving}。")
    else:
        say(f"没有变化，仍用第 {report.generation} 代索引：{report.articles} 篇文章。")
    say(
        f"新增 {len(report.added)}，更改 {len(report.changed)}，移除 {len(report.removed)}，"
        f"未变 {report.unchanged}，失败 {len(report.failed)}；"
        f"计算向量 {report.encoded} 个，用时 {report.seconds:.1f} 秒。"
    )
    _say_articles("新增", "green", report.added)
    _say_articles("更改", "yellow", report.changed)
    _say_articles("移除", "magenta", report.removed)
    _say_files("注意", "yellow", report.notes)
    _say_files("失败", "bold red", report.failed)
    for failure in report.canary_failures:
        say("  ", ("校验题", "bold red"), f"  {failure.question}：{expectation(failure)}")
    if report.held:
        say("公报文件确实该这样改时，运行 qa index --force 启用；否则请改正文件后再运行 qa index。")


def _say_articles(heading: str, style: str, articles: Sequence[ArticleRef]) -> None:
    for article in articles[:_LISTED]:
        say("  ", (heading, style), f"  {article.title}（{article.source}）")
    if len(articles) > _LISTED:
        say(f"  …… 另有 {len(articles) - _LISTED} 篇")


def _say_files(heading: str, style: str, files: Sequence[Failure]) -> None:
    for file in files:
        say("  ", (heading, style), f"  {file.source}：{file.reason}")
