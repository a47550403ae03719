"""Evidence made by hand, for the parts that follow the reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from qa.answers.shorts import short_answer
from qa.language.corpus_words import CorpusWords
from qa.text import Segmenter, sentence_spans
from qa.types import Article, Evidence, Query, Reading
from qa.understanding.questions import analyse


def corpus_segmenter(articles: Iterable[Article]) -> Segmenter:
    """Return a segmenter that knows the terms, people and writers of a corpus."""
    return Segmenter.as_taught(CorpusWords.of(articles).taught)


def article(body: str, *, title: str = "标题", date: dt.date | None = None) -> Article:
    """Return an article; its id is its body's hash, so that equal bodies are one article."""
    return Article(
        id=f"a{abs(hash(body))}",
        title=title,
        body=body,
        date=date,
        date_text=None if date is None else f"{date.month}月{date.day}日",
        reporters=(),
        correspondents=(),
        source="页.txt",
        position=0,
    )


def evidence(source: Article, at: int = 0, *, short: str | None = None, score: float = 0.0) -> Evidence:
    """Return the sentence of an article with an index, and a span in it that a reader marked."""
    start, end = sentence_spans(source.body)[at]
    marked = None if short is None else source.body.index(short, start, end)
    return Evidence(source, start, end, marked, None if marked is None else marked + len(short or ""), score)


def reading(*found: Evidence, confidence: float = 0.9) -> Reading:
    """Return a reading of evidence, best first."""
    return Reading(found, confidence)


def query(question: str) -> Query:
    """Return a question that stands alone."""
    return Query(question, question, analyse(question).form)


def short_of(question: str, sentence: str, marked: str | None = None) -> str | None:
    """Return the short answer that a sentence gives to a question, with a span that a reader marked."""
    found = evidence(article(sentence), short=marked)
    return short_answer(query(question), analyse(question), found, Segmenter())
