"""Words that stand for each other: a table of everyday and official words, and an editor's own.

A line of a table is a group: words separated by blanks, all of which may replace each other; ``#`` begins a
comment. The table that ships is ``qa/understanding/synonyms.txt``; an editor's comes on top.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from qa.errors import ConfigError
from qa.text import fold, has_content

SYNONYMS_FILE = "synonyms.txt"
"""The editor's own table, where the settings name no other: in the data folder."""
_LONGEST = 30


@dataclass(frozen=True)
class Synonyms:
    """Groups of words, folded."""

    groups: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def _by_word(self) -> dict[str, tuple[str, ...]]:
        others: dict[str, dict[str, None]] = {}
        for group in self.groups:
            for word in group:
                others.setdefault(word, {}).update(dict.fromkeys(w for w in group if w != word))
        return {word: tuple(known) for word, known in others.items()}

    @property
    def words(self) -> Iterable[str]:
        """Return every word of the table."""
        return self._by_word

    def of(self, word: str) -> tuple[str, ...]:
        """Return the other words of a word's groups, in the order of the table."""
        return self._by_word.get(fold(word), ())

    def __add__(self, other: Synonyms) -> Synonyms:
        return Synonyms(self.groups + other.groups)


def read(text: str) -> tuple[Synonyms, tuple[str, ...]]:
    """Read a table; return it and what is wrong with it, in Chinese, by line number.

    A wrong line is left out, the others count.

    >>> read("高企 高新技术企业\\n孤零零\\n")[1]
    ('第 2 行只有一个词，至少要两个',)
    """
    groups = []
    problems = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        words = list(dict.fromkeys(map(fold, line.split("#", 1)[0].split())))
        if not words:
            continue
        wrong = next((w for w in words if not has_content(w) or len(w) > _LONGEST), None)
        if wrong is not None:
            problems.append(f"第 {number} 行的“{wrong[:_LONGEST]}”不是词")
        elif len(words) < 2:
            problems.append(f"第 {number} 行只有一个词，至少要两个")
        else:
            groups.append(tuple(words))
    return Synonyms(tuple(groups)), tuple(problems)


def built_in() -> Synonyms:
    """Return the table that ships with the program."""
    return read(files("qa.understanding").joinpath("synonyms.txt").read_text("utf-8"))[0]


def load(path: Path | None) -> tuple[Synonyms, tuple[str, ...]]:
    """Return the built-in table with an editor's on top, and what is wrong with the editor's lines.

    Raises:
        ConfigError: the file is missing or is no UTF-8 text.
    """
    if path is None:
        return built_in(), ()
    try:
        own, problems = read(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"无法读取近义词表（QA_SYNONYMS）：{path}") from error
    return own + built_in(), tuple(f"{path}：{problem}" for problem in problems)
