"""Questions with the articles they are about; the project's own pages under ``benchmarks/pages``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.evaluation import Case, read_cases
from qa.parsing.bulletin import parse
from qa.types import Article

PAGES = Path(__file__).parents[1] / "benchmarks" / "pages"
TRAINING, FITTING, HELD_OUT = (1, 2, 3, 7, 8), (4, 5, 6, 9), (10, 11, 12, 13)
"""Pages that train the reader, pages that its confidence is fitted on, and pages that only measure."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions and the articles they are about."""

    name: str
    articles: tuple[Article, ...]
    cases: tuple[Case, ...]


def page_set(questions: Path, page: Path) -> QuestionSet:
    """Read one bulletin page and its question file."""
    parsed = parse(page.read_text(encoding="utf-8"), page.name)
    return QuestionSet(page.stem, parsed.articles, tuple(read_cases(questions)))


def folder_set(questions: Path, folder: Path) -> QuestionSet:
    """Read every bulletin of a folder and a question file on them."""
    return QuestionSet(questions.stem, folder_articles(folder), tuple(read_cases(questions)))


def folder_articles(folder: Path) -> tuple[Article, ...]:
    """Read every bulletin of a folder."""
    files = sorted(folder.glob("*.txt"))
    return tuple(a for file in files for a in parse(file.read_text("utf-8"), file.name).articles)


def page_sets(numbers: Sequence[int]) -> list[QuestionSet]:
    """Read the project's own pages by number; :data:`TRAINING` and its neighbours say which are for what."""
    sets = []
    for number in numbers:
        (questions,) = PAGES.glob(f"*p{number}_*.questions.jsonl")
        sets.append(
            page_set(questions, questions.with_name(questions.name.replace(".questions.jsonl", ".txt")))
        )
    return sets
