"""Questions written by hand for training and fitting: invented bulletin pages, and news articles by number.

``training/written`` holds pages (``NN_name.txt``) with their questions (``NN_name.tsv``) and questions on
articles of the news corpus (``news_*.tsv``, which name articles by ``id``; the articles are not part of this
project). A row is ``article, type, question, answers``: the article's place on its page, counted from 1, or
its number in the corpus; answers divided by ``|``; type ``miss`` has none.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.evaluation import Case
from qa.parsing.bulletin import article_id, parse
from qa.types import Article

WRITTEN = Path(__file__).parent / "written"
FIT_PAGES = frozenset(
    (22, 27, 32, 42, 47, 52, 62, 67, 72, 82, 87, 92, 199, 200, 201, 207, 213, 232, 241, 272)
)
"""Pages that confidence is fitted on; the reader is not trained on them."""
TEST_PAGES = frozenset((25, 45, 65, 85, 196, 197, 198, 226, 227, 228, 244, 245, 246, 268, 269, 270))
"""Pages that only measure."""
FIT_NEWS = frozenset(("3", "8"))
"""Batches of news questions that confidence is fitted on."""


@dataclass(frozen=True, slots=True)
class WrittenSet:
    """Articles and the questions on them; a miss names the article that it nearly asks of."""

    name: str
    articles: tuple[Article, ...]
    rows: tuple[tuple[Article, str, str, tuple[str, ...]], ...]
    """Article, type, question, accepted answers (none for a miss)."""

    def cases(self) -> tuple[Case, ...]:
        """Return the questions as :mod:`qa.evaluation` asks them."""
        return tuple(
            Case(f"{self.name}-{n}", question, answers, (article.title,) if answers else (), type=kind)
            for n, (article, kind, question, answers) in enumerate(self.rows, 1)
        )


def page_sets(numbers: Iterable[int] | None = None) -> Iterator[WrittenSet]:
    """Read pages by number; without numbers those that the reader is trained on."""
    for path in sorted(WRITTEN.glob("[0-9]*.tsv")):
        number = int(path.name.split("_")[0])
        if number in numbers if numbers is not None else number not in FIT_PAGES | TEST_PAGES:
            articles = parse(path.with_suffix(".txt").read_text(encoding="utf-8"), path.stem).articles
            yield _set(path, {str(n): a for n, a in enumerate(articles, 1)})


def news_sets(data: Path, *, fitting: bool) -> Iterator[WrittenSet]:
    """Read the questions on news articles: batches for fitting, or those that the reader is trained on.

    Args:
        data: folder that holds ``news/news_10k.jsonl.gz``.
        fitting: which.
    """
    with gzip.open(data / "news" / "news_10k.jsonl.gz", "rt", encoding="utf-8") as file:
        bodies = {r["id"]: r["body"] for r in map(json.loads, file)}
    for path in sorted(WRITTEN.glob("news_*.tsv")):
        if (path.stem.split("_")[-1] in FIT_NEWS) == fitting:
            wanted = {row[0] for row in _rows(path)}
            yield _set(path, {name: _news_article(name, bodies[name]) for name in sorted(wanted)})


def _news_article(name: str, body: str) -> Article:
    return Article(article_id(name, body), name, body, None, None, (), (), name, 0)


def _set(path: Path, articles: dict[str, Article]) -> WrittenSet:
    rows = tuple(
        (articles[article], kind, question, tuple(a for a in answers.split("|") if a))
        for article, kind, question, answers in _rows(path)
    )
    return WrittenSet(path.stem, tuple(articles.values()), rows)


def _rows(path: Path) -> list[tuple[str, str, str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        padded = ((*(cell.strip() for cell in row), "")[:4] for row in rows if row)
        return [(a, b, c, d) for a, b, c, d in padded]
