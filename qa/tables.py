"""Tables on a printed page: which lines are rows, so that no row is glued to a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

ENDS_PARAGRAPH = re.compile(r"[。!?！？…][”’」』)）》】]*$|[”’」』]$")
"""What a finished paragraph ends with."""
_SPACES = re.compile(r"[ \t\u3000\xa0]+")
_GAP = re.compile(r"\t+|[ \u3000\xa0]{2,}| ?\u3000 ?")
_RULE = re.compile(r"^\s*(?:\|(?:\s*:?-{2,}:?\s*\|)+|[-─━=+]{5,})\s*$")
_FIGURES = re.compile(
    r"^\S{1,16}(?:[ \u3000]+(?:[\u4e00-\u9fff]{0,3}[-+−]?\d[\d.,]*[%％‰]?[\u4e00-\u9fff]{0,4}"
    r"|持平|[-—/])){1,12}$"
)
_REPORTER_WORD = re.compile("记者|通讯员")
_CELL_CHARS, _WORD_CHARS = 20, 8


def tidy_line(line: str) -> str:
    """Return a line without indentation, its inner runs of blanks made one space."""
    return _SPACES.sub(" ", line).strip()


def is_row(line: str) -> bool:
    """Tell whether a tidied line is a row of a table: its cells are kept apart by tabs."""
    return "\t" in line


def tidy_lines(raw: Sequence[str]) -> list[str]:
    """Tidy the lines of a page; the cells of a table's rows stay apart, by tabs, its rules vanish.

    Rows are lines of at least two short cells, set apart by tabs, wide gaps or bars, where at least two
    such lines follow each other.

    >>> tidy_lines(["指标    2020年   2021年", "用电量  12.5    13.1", "全区 用电平稳。"])
    ['指标\\t2020年\\t2021年', '用电量\\t12.5\\t13.1', '全区 用电平稳。']
    """
    cells = [_cells(line) for line in raw]
    rows: set[int] = set()
    start = 0
    while start < len(raw):
        end = start
        while end < len(raw) and (cells[end] or _RULE.match(raw[end])):
            end += 1
        run = [i for i in range(start, end) if cells[i]]
        if len(run) > 1 and _tabular([cells[i] for i in run]):
            rows.update(range(start, end))
        start = end + 1
    tidied = []
    for i, line in enumerate(raw):
        if i not in rows:
            tidied.append(tidy_line(line))
        elif cells[i]:
            tidied.append("\t".join(map(tidy_line, cells[i])))
    return tidied


def _cells(line: str) -> list[str]:
    """Return the cells of what may be a table's row; none where it cannot be one."""
    stripped = line.strip()
    if not stripped or stripped.startswith("#"):
        return []
    if stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") > 2:
        found = [] if _RULE.match(stripped) else stripped.strip("|").split("|")
    elif _FIGURES.match(stripped):
        found = stripped.split()
    else:
        found = _GAP.split(stripped)
    cells = [cell.strip() for cell in found]
    short = all(len(cell) <= _CELL_CHARS and not ENDS_PARAGRAPH.search(cell) for cell in cells)
    return [cell for cell in cells if cell] if short and len(cells) > 1 else []


def _tabular(rows: list[list[str]]) -> bool:
    """Tell whether lines of cells hold figures, or nothing but words of a list."""
    if any(_REPORTER_WORD.search(cell) for row in rows for cell in row):
        return False
    figures = any(char.isdigit() for row in rows for cell in row[1:] for char in cell)
    return figures or all(len(cell) <= _WORD_CHARS for row in rows for cell in row)
