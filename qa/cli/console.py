"""Standard output for results, standard error for everything else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

_PIPE_WIDTH = 200
"""Columns of a table that no terminal shows."""


def output() -> Console:
    """Return the console of standard output; text is printed as it is, without markup."""
    return _console(stderr=False)


def errors() -> Console:
    """Return the console of standard error."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    return console


def say(*parts: str | tuple[str, str]) -> None:
    """Print a line of text and ``(text, style)`` pairs; a terminal wraps it, nothing else does."""
    output().print(Text.assemble(*parts), soft_wrap=True)


def say_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table of texts; long ones take several lines."""
    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    _print_rows(table, rows)


def say_numbers(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table of a name and many numbers, narrow enough for a small terminal."""
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=0, show_edge=False)
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place else "left", no_wrap=True)
    _print_rows(table, rows)


def _print_rows(table: Table, rows: Sequence[Sequence[str]]) -> None:
    for row in rows:
        table.add_row(*map(Text, row))
    output().print(table)


def say_json(document: Any) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def note(message: str) -> None:
    """Tell on standard error what is going on."""
    click.echo(message, err=True)
