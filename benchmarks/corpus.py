"""Question sets and in-memory snapshots that the benchmarks share.

``--data`` folders are laid out as ``questions/``, ``news/`` and ``reading/``.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from qa.evaluation import Case
from qa.index.making import build
from qa.index.passages import encoder_text, split
from qa.index.snapshot import Snapshot
from qa.models.encoder import Encoder
from qa.parsing.bulletin import article_id
from qa.storage.library import Generation
from qa.text import fold, sentence_spans
from qa.types import Article, IndexReport, Passage
from training import written
from training.data import Part, pairs, without_answer
from training.question_sets import QuestionSet

_EMPTY = IndexReport(1, True, (), (), (), 0, (), (), 0, 0, 0, 0.0)

_HEADLINE_CHARS = 60


def written_sets(numbers: Collection[int]) -> list[QuestionSet]:
    """Read pages of ``training/written`` by number."""
    return [QuestionSet(f"w{s.name}", s.articles, s.cases()) for s in written.page_sets(numbers)]


def news_at_scale(data: Path) -> list[QuestionSet]:
    """Read all of the news with questions for fitting: the written ones, and the calibration part's."""
    articles = tuple(news_articles(data))
    by_body = {fold(article.body): article for article in articles}
    written_cases, pair_cases = list[Case](), list[Case]()
    for batch in written.news_sets(data, fitting=True):
        for case, (article, *_) in zip(batch.cases(), batch.rows, strict=True):
            title = by_body[fold(article.body)].title
            written_cases.append(replace(case, articles=(title,) if case.answers else ()))
    for number, pair in enumerate(p for p in pairs(data, "calibration") if p.source == "news"):
        if pair.context in by_body:
            title = by_body[pair.context].title
            pair_cases.append(Case(f"scale-{number}", pair.question, pair.answers, (title,)))
    return [
        QuestionSet("scale-written", articles, tuple(written_cases)),
        QuestionSet("scale-news", articles, tuple(pair_cases)),
    ]


def cmrc_set(data: Path, contexts: int, *, one_each: bool = False, seed: int | None = None) -> QuestionSet:
    """Read CMRC-2018 dev, every paragraph an article: the first ``contexts`` or, with a seed, a sample."""
    with gzip.open(data / "reading" / "cmrc2018_dev.json.gz", "rt", encoding="utf-8") as file:
        paragraphs = [p for entry in json.load(file)["data"] for p in entry["paragraphs"]]
    if seed is not None:
        random.Random(seed).shuffle(paragraphs)
    articles, cases = [], []
    for paragraph in paragraphs[:contexts]:
        articles.append(_bare_article(paragraph["context"], paragraph["id"], None))
        for qa in paragraph["qas"][: 1 if one_each else None]:
            answers = tuple(dict.fromkeys(a["text"] for a in qa["answers"]))
            cases.append(Case(qa["id"], qa["question"], answers, (articles[-1].title,)))
    return QuestionSet("cmrc", tuple(articles), tuple(cases))


def reading_set(
    data: Path, source: str, part: Part, *, cut: bool = False, one_each: bool = False
) -> QuestionSet:
    """Read a held-back part of CMRC or the news questions (see :mod:`training.data`), every text an article.

    With ``cut`` one question of each text, whose answering sentences the article lacks: none has an answer.
    """
    articles: dict[str, Article] = {}
    cases: list[Case] = []
    for pair in pairs(data, part):
        if pair.source != source or ((cut or one_each) and pair.context in articles):
            continue
        number = len(cases)
        body = without_answer(pair) if cut else pair.context
        article = articles.setdefault(pair.context, _bare_article(body or "。", f"{source}{number}", None))
        answers = () if cut else pair.answers
        cases.append(Case(f"{source}-{number}", pair.question, answers, () if cut else (article.title,)))
    return QuestionSet(f"{source}-cut" if cut else source, tuple(articles.values()), tuple(cases))


def _bare_article(body: str, name: str, date: str | None) -> Article:
    """Return an article without a headline of its own; its title is an opaque name that matches nothing."""
    day = dt.date.fromisoformat(date) if date else None
    return Article(article_id(name, body), name, body, day, None, (), (), name, 0)


class CachedEncoder:
    """An encoder that keeps the passages' vectors of one run for the next."""

    def __init__(self, encoder: Encoder, folder: Path | None) -> None:
        self._encoder, self._folder = encoder, folder

    def __getattr__(self, name: str) -> object:
        return getattr(self._encoder, name)

    def encode_passages(self, texts: Sequence[str], batch_size: int = 16) -> np.ndarray:
        """Return the vectors, from the cache where there are as many of this model."""
        name = f"vectors-{len(texts)}-{self._encoder.fingerprint}.npy"
        path = self._folder / name if self._folder else None
        if path and path.exists():
            return np.load(path)
        began, done = time.perf_counter(), 0

        def tell(count: int) -> None:
            nonlocal done
            done += count
            if done % 1024 < count:
                rate = done / (time.perf_counter() - began)
                print(f"  {done}/{len(texts)} passages, {rate:.0f} a second", flush=True)

        vectors = self._encoder.encode_passages(texts, batch_size, tell)
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            np.save(path, vectors)
        return vectors


def news_articles(data: Path, limit: int | None = None) -> list[Article]:
    """Read articles of the unlabelled news; the first sentence stands for the missing headline."""
    with gzip.open(data / "news" / "news_10k.jsonl.gz", "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in file][:limit]
    found = []
    for record in records:
        body = record["body"]
        first = next(iter(sentence_spans(body)), (0, 0))
        title = body[slice(*first)][:_HEADLINE_CHARS]
        day = dt.date.fromisoformat(record["date"]) if record["date"] else None
        name = str(record["id"])
        found.append(Article(article_id(title, body), title, body, day, None, (), (), name, 0))
    return found


def snapshot_of(articles: Sequence[Article], encoder: Encoder | CachedEncoder) -> Snapshot:
    """Index articles in memory, as the indexer would."""
    ordered = sorted({a.id: a for a in articles}.values(), key=lambda a: (a.source, a.position))
    passages: list[Passage] = []
    for article in ordered:
        passages += split(article, encoder.count_tokens, encoder.max_tokens)
    passages.sort(key=lambda p: p.id)
    titles = {a.id: a.title for a in ordered}
    vectors = encoder.encode_passages([encoder_text(titles[p.article_id], p.text) for p in passages])
    record = Generation(
        id=1,
        created_at=dt.datetime.now(dt.UTC),
        model="benchmark",
        fingerprint=encoder.fingerprint,
        dimension=encoder.dimension,
        content_hash="",
        articles=len(ordered),
        passages=len(passages),
        report=_EMPTY,
    )
    return build(record, ordered, passages, vectors)
