"""The articles that serve, and those among them that somebody asks for; needs neither model nor indexes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from qa.activation import current_generation, folder_of
from qa.errors import SnapshotError
from qa.snapshot import read_articles
from qa.text import fold
from qa.types import Article, Filters


def serving_folder(data_dir: Path) -> Path:
    """Return the folder of the snapshot that serves.

    Raises:
        SnapshotError: there is none.
    """
    current = current_generation(data_dir)
    if current is None:
        raise SnapshotError(f"还没有建立索引，请先运行 qa index（数据文件夹：{data_dir}）")
    return folder_of(data_dir, current[0])


def serving_articles(data_dir: Path) -> tuple[Article, ...]:
    """Return the articles that serve, without the seconds that loading a whole snapshot takes.

    Raises:
        SnapshotError: there is no snapshot, or its articles cannot be read.
    """
    return read_articles(serving_folder(data_dir))


def select(
    articles: Iterable[Article],
    *,
    date_from: dt.date | None = None,
    date_to: dt.date | None = None,
    reporter: str | None = None,
    text: str | None = None,
) -> list[Article]:
    """Return the articles that fit, newest first, those without a certain date last.

    Args:
        articles: all there are.
        date_from: first day.
        date_to: last day.
        reporter: who wrote it, as reporter or correspondent.
        text: what headline or body holds, whatever its script or width.
    """
    filters = Filters(date_from, date_to)
    wanted = fold(text.strip()) if text else ""
    found = [
        article
        for article in articles
        if filters.admits(article)
        and (reporter is None or reporter in (*article.reporters, *article.correspondents))
        and (not wanted or wanted in fold(article.title) or wanted in fold(article.body))
    ]
    return sorted(found, key=lambda a: (-(a.date or dt.date.min).toordinal(), a.source, a.position))
