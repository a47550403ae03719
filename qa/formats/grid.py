"""The cells of a table become rows of text in which every figure stays in its column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

EMPTY = "—"
"""Stands where nothing is printed: left out, what follows would move to another column."""
LONG = 200
"""Characters of a cell that holds running text: a table of such cells only lays out a page."""
_REPEATED = 20
"""Characters of a merged cell that is repeated; what is longer would be said again and again."""
_MOST = 50
"""Columns or rows that a cell may span; a hostile file names millions."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as a file holds it."""

    text: str
    across: int = 1
    down: int = 1
    goes_on: bool = False
    """Whether it is one with the cell above it."""


def filled(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Return the texts of a table's rows, a merged cell's in each row and column that it spans.

    A row of one cell is a title and stays one; so does what a form has behind its only label. Columns
    without any text go; a row without any has no cells.

    >>> filled([[Cell("片区"), Cell("开工", across=2)], [Cell("东关"), Cell(""), Cell("5处")]])
    [['片区', '开工'], ['东关', '—', '5处']]
    """
    texts: list[list[str]] = []
    hanging: dict[int, tuple[str, int]] = {}  # column: text, rows to come
    before: list[str] = []
    for cells in rows:
        row: list[str] = []

        def take_hanging(row: list[str] = row) -> None:
            while len(row) in hanging:
                text, left = hanging.pop(len(row))
                if left > 1:
                    hanging[len(row)] = (text, left - 1)
                row.append(_again(text))

        for cell in cells:
            take_hanging()
            at = len(row)
            text = _again(before[at]) if cell.goes_on and at < len(before) else cell.text
            across = min(cell.across, _MOST) if len(cells) > 2 or cell is not cells[-1] else 1
            row += [text, *[_again(text)] * (across - 1)]
            if cell.down > 1:
                hanging.update({column: (text, min(cell.down, _MOST) - 1) for column in range(at, len(row))})
        take_hanging()
        texts.append(row)
        before = row
    kept = {i for row in texts if len(row) > 1 for i, text in enumerate(row) if text and text != EMPTY}
    return [
        [text or EMPTY for i, text in enumerate(row) if i in kept or len(row) == 1] if any(row) else []
        for row in texts
    ]


def _again(text: str) -> str:
    return text if len(text) <= _REPEATED else EMPTY
