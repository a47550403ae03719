"""The articles that serve, and those among them that somebody asks for; needs neither model nor indexes."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from qa.amendments import corrections
from qa.building.activation import current_generation, folder_of, kept_on_disk
from qa.errors import SnapshotError
from qa.index.snapshot_files import read_articles
from qa.storage import withdrawals
from qa.text import fold
from qa.types import Article, Filters, Relations


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
        WithdrawalError: it cannot be told which of them are withdrawn.
    """
    articles = read_articles(serving_folder(data_dir))
    withdrawn = withdrawals.read(data_dir).of(articles)
    return tuple(a for a in articles if a.id not in withdrawn)


def withdrawable(data_dir: Path) -> tuple[Article, ...]:
    """Return the articles that can be withdrawn: those that serve, and those of the other snapshots on disk.

    Raises:
        SnapshotError: there is no snapshot, or its articles cannot be read.
    """
    found = {a.id: a for a in read_articles(serving_folder(data_dir))}
    for number in sorted(kept_on_disk(data_dir), reverse=True):
        with contextlib.suppress(SnapshotError):  # a damaged one cannot be rolled back to either
            for article in read_articles(folder_of(data_dir, number)):
                found.setdefault(article.id, article)
    return tuple(found.values())


def relations_of(articles: Iterable[Article], among: Sequence[Article]) -> dict[str, Relations]:
    """Return where some articles stand among their corrections, by identifier; only those that have any.

    Args:
        articles: the ones asked about.
        among: all there are.
    """
    found = corrections.find(among)
    return {a.id: relations for a in articles if (relations := found.relations(a.id)) != Relations()}


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
        text: words that headline or body holds, each of them, whatever its script or width; marks of
            quotation and spaces in between count for nothing.
    """
    filters = Filters(date_from, date_to)
    wanted = [word for word in map(_plain, (text or "").split()) if word]
    found = [
        article
        for article in articles
        if filters.admits(article)
        and (reporter is None or reporter in (*article.reporters, *article.correspondents))
        and _holds(article, wanted)
    ]
    return sorted(found, key=lambda a: (-(a.date or dt.date.min).toordinal(), a.source, a.position))


_UNHEARD = str.maketrans("", "", " \u3000\t\n“”‘’\"'「」『』《》〈〉﹁﹂﹃﹄")
"""What nobody types who looks for a word that is printed with it: “霹雳”行动, 《民法典》."""


def _holds(article: Article, wanted: Sequence[str]) -> bool:
    if not wanted:
        return True
    texts = (_plain(article.title), _plain(article.body))
    return all(any(word in text for text in texts) for word in wanted)


def _plain(text: str) -> str:
    return fold(text).translate(_UNHEARD)
