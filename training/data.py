"""Question/passage pairs and their split by context.

``--data`` folders hold ``reading/`` and ``news/`` (CMRC 2018, DRCD, news questions, unlabelled news). The
split is fixed: of CMRC and of the news questions a first part trains, a second one calibrates and a last one
measures; DRCD trains as a whole. Orders are those of :mod:`benchmarks.corpus`.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from qa.text import fold, sentence_spans

Part = Literal["train", "calibration", "test"]
CMRC_SHARES = (0.70, 0.80)
NEWS_SHARES = (0.55, 0.70)
"""Up to the first share of the contexts trains, up to the second calibrates, the rest measures."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a text that answers it."""

    source: str
    question: str
    title: str
    """Headline or lemma; may be empty."""
    context: str
    answers: tuple[str, ...]
    start: int
    """Where the first answer stands in ``context``."""


def pairs(data: Path, part: Part) -> list[Pair]:
    """Return the pairs of one part, folded."""
    found = [*_cmrc(data, part), *_news(data, part)]
    if part == "train":
        found += _drcd(data)
    return found


def without_answer(pair: Pair) -> str:
    """Return a context without the sentences that hold an accepted answer."""
    kept = [pair.context[a:b] for a, b in sentence_spans(pair.context)]
    return "\n".join(s for s in kept if not any(answer in s for answer in pair.answers))


def unlabelled(data: Path, part: Part) -> list[str]:
    """Return news articles that no measured question is about."""
    measured = {p.context for p in _news(data, "calibration")} | {p.context for p in _news(data, "test")}
    with gzip.open(data / "news" / "news_10k.jsonl.gz", "rt", encoding="utf-8") as file:
        bodies = [json.loads(line)["body"] for line in file]
    bodies = [fold(body) for body in bodies if fold(body) not in measured]
    random.Random(2).shuffle(bodies)
    return bodies[:8000] if part == "train" else bodies[8000:]


def _part(index: int, total: int, shares: tuple[float, float]) -> Part:
    place = index / total
    return "train" if place < shares[0] else "calibration" if place < shares[1] else "test"


def _squad(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        entries = json.load(file)["data"]
    return [{"title": e.get("title", ""), **p} for e in entries for p in e["paragraphs"]]


def _cmrc(data: Path, part: Part) -> Iterator[Pair]:
    paragraphs = _squad(data / "reading" / "cmrc2018_dev.json.gz")
    random.Random(1).shuffle(paragraphs)
    for number, paragraph in enumerate(paragraphs):
        if _part(number, len(paragraphs), CMRC_SHARES) != part:
            continue
        yield from _of_paragraph("cmrc", paragraph)


def _drcd(data: Path) -> Iterator[Pair]:
    for name in ("drcd_dev.json.gz", "drcd_test.json.gz"):
        for paragraph in _squad(data / "reading" / name):
            yield from _of_paragraph("drcd", paragraph)


def _of_paragraph(source: str, paragraph: dict[str, Any]) -> Iterator[Pair]:
    context = fold(paragraph["context"])
    for qa in paragraph["qas"]:
        texts = tuple(dict.fromkeys(fold(a["text"]).strip() for a in qa["answers"]))
        start = context.find(texts[0]) if texts[0] else -1
        told = int(qa["answers"][0]["answer_start"])
        if context[told : told + len(texts[0])] == texts[0]:
            start = told
        if start >= 0:
            title = fold(paragraph["title"])
            yield Pair(source, fold(qa["question"]), title, context, texts, start)


def _news(data: Path, part: Part) -> Iterator[Pair]:
    with gzip.open(data / "reading" / "news_qa.jsonl.gz", "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    contexts = sorted({r["context"] for r in records})
    random.Random(1).shuffle(contexts)
    parts = {c: _part(i, len(contexts), NEWS_SHARES) for i, c in enumerate(contexts)}
    for record in records:
        if parts[record["context"]] == part:
            answers = tuple(fold(a) for a in record["answers"])
            context = fold(record["context"])
            start = int(record["answer_start"])
            if context[start : start + len(answers[0])] != answers[0]:
                start = context.find(answers[0])
            if start >= 0:
                yield Pair("news", fold(record["question"]), "", context, answers, start)
