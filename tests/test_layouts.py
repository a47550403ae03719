"""Newspaper pages of many shapes, and the articles that each of them holds: ``tests/layouts``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qa.parsing.bulletin import parse

PAGES = sorted((Path(__file__).parent / "layouts").glob("*.txt"))


def expected(path: Path) -> dict[str, Any]:
    record = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    empty: dict[str, Any] = {"date": None, "date_text": None, "reporters": [], "correspondents": []}
    whole: dict[str, Any] = {"rest_of": None, "goes_on": None, "hint": ""}
    return {
        "articles": [empty | article for article in record["articles"]],
        "notes": record.get("notes", []),
        "fragments": [whole | fragment for fragment in record.get("fragments", [])],
    }


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page(path: Path) -> None:
    page = parse(path.read_bytes().decode(), "page.txt")
    found = [
        {
            "title": article.title,
            "body": article.body,
            "date": article.date.isoformat() if article.date else None,
            "date_text": article.date_text,
            "reporters": list(article.reporters),
            "correspondents": list(article.correspondents),
        }
        for article in page.articles
    ]
    fragments = [
        {
            "position": fragment.position,
            "rest_of": fragment.rest_of.names if fragment.rest_of else None,
            "goes_on": fragment.goes_on.names if fragment.goes_on else None,
            "hint": fragment.rest_of.hint if fragment.rest_of else "",
        }
        for fragment in page.fragments
    ]
    assert {"articles": found, "notes": list(page.notes), "fragments": fragments} == expected(path)


def test_there_are_enough_of_them() -> None:
    assert len(PAGES) >= 40
