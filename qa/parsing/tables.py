"""Tables on a printed page: which lines are rows, so that no row is glued to a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.formats.grid import Cell, filled

ENDS_PARAGRAPH = re.compile(r"[。!?！？…][”’」』)）》】]*$|[”’」』]$")
"""What a finished paragraph ends with."""
_SPACES = re.compile(r"[ \t\u3000\xa0]+")
_GAP = re.compile(r"[ \u3000\xa0]{2,}| ?\u3000 ?")
_TAB_OR_GAP = re.compile(rf"\t|{_GAP.pattern}")
_AROUND_TAB = re.compile(r"[ \u3000\xa0]*\t[ \u3000\xa0]*")
_RULE = re.compile(
    r"^\s*(?:\|(?:\s*:?-{2,}:?\s*\|)+|\|(?:\s*\|)+|[-─━=+]{5,}|(?=.*[\u2500\u2501\u2504\u2505\u2508\u2509\u2550])"
    r"[\u2500-\u257f\s]{3,})\s*$"
)
_BOX = re.compile("[│┃║┆┇┊┋]")
_DRAWN = re.compile(f"^{_BOX.pattern}.*{_BOX.pattern}$")
_BARRED = re.compile(rf"{_DRAWN.pattern}|^\|.*\|$")
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
    such lines follow each other; and whatever stands in a drawn box of several columns.

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
        table = [cells[i] for i in run]
        if len(run) > 1 and (_tabular(table) or _drawn([raw[i] for i in run], table)):
            rows.update(range(start, end))
            for i, row in zip(run, _filled(table, [raw[i] for i in run]), strict=True):
                cells[i] = row
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
    if not stripped or stripped.startswith("#") or _RULE.match(stripped):
        return []
    if _DRAWN.match(stripped):
        return [cell.strip() for cell in _BOX.split(stripped[1:-1])]
    if stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") > 2:
        found = stripped[1:-1].split("|")
    elif _BOX.search(stripped):
        found = _BOX.split(stripped)
    elif "\t" in stripped:
        found = _TAB_OR_GAP.split(_AROUND_TAB.sub("\t", line.strip(" \u3000\xa0\r\n")))
    elif _FIGURES.match(stripped):
        found = stripped.split()
    else:
        found = _GAP.split(stripped)
    cells = [cell.strip() for cell in found]
    short = all(len(cell) <= _CELL_CHARS and not ENDS_PARAGRAPH.search(cell) for cell in cells)
    return cells if short and sum(map(bool, cells)) > 1 else []


def _filled(rows: list[list[str]], lines: list[str]) -> list[list[str]]:
    """Mark the empty cells of a table; where tabs tell its cells, only if its rows are of one length."""
    barred = all(_BARRED.match(line.strip()) for line in lines)
    if not barred and len({len(row) for row in rows}) > 1:
        return [[cell for cell in row if cell] for row in rows]
    return filled([[Cell(cell) for cell in row] for row in rows])


def _drawn(lines: list[str], rows: list[list[str]]) -> bool:
    """Tell whether lines are rows of a drawn box that has columns."""
    return all(_DRAWN.match(line.strip()) for line in lines) and any(len(row) > 1 for row in rows)


def _tabular(rows: list[list[str]]) -> bool:
    """Tell whether lines of cells hold figures, or nothing but words of a list."""
    if any(_REPORTER_WORD.search(cell) for row in rows for cell in row):
        return False
    figures = any(char.isdigit() for row in rows for cell in row[1:] for char in cell)
    return figures or all(len(cell) <= _WORD_CHARS for row in rows for cell in row)
