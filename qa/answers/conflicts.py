"""Articles that say different things about one number or date are shown side by side, newest first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from qa.composing import SHORT_CHARS, Draft, Quote, day
from qa.language.names import people
from qa.language.quantities import parse
from qa.reading.acts import ACT
from qa.reading.spans import Span, best_span
from qa.search.matching import PARTIAL, coverage, word_coverage, word_weights
from qa.text import HAN, Segmenter, fold
from qa.types import Evidence, Query, Reading
from qa.understanding.questions import Asked

MAX_SHOWN = 3
_SENTENCES_COMPARED = 12
_FIT = 0.85
"""Another article's number must fit the question this well, as a share of the best one's fit."""
_LEAST_COVERAGE = 0.6
# A question that says of when it asks is answered by the article of then.
_TIMED = re.compile(
    r"\d+[年月日号]|[去前今明本当][年月日天]|上[周月]|同期|首[次批届]|第.{1,3}[次批届]|当时|原来|最初"
    r"|原?计划|打算|最终|全年"
)
_BODY_KINDS = (
    "医院|学校|中学|小学|大学|学院|幼儿园|公司|集团|银行|公园|水库|图书馆|博物馆|大桥|车站|市场|园区"
)
_BODY = re.compile(rf"[{HAN}]{{1,10}}?(?:{_BODY_KINDS})")
_PLACE = re.compile(r"[省市县区镇乡村]|街道")
_PLACE_CHARS = 6
_WITHIN_PLACE = re.compile(rf"[{HAN}]{{1,4}}?(?:村|社区|小区|镇|乡|街道)")
_NAMING = ("n", "j", "t", "f", "b", "s")
_CURRENT = re.compile(r"最新|最近|近期|目前|当前|现在|现有|如今|眼下|截至|至今|到现在")


def conflict_draft(query: Query, asked: Asked, reading: Reading, segmenter: Segmenter) -> Draft | None:
    """Return what several articles say about the number or date asked for, where they differ; else ``None``.

    They are compared only where they speak of the same thing: as many of the question's words, the same
    people, bodies and places, a span of the same unit that fits the question as well.
    """
    question = query.standalone
    if asked.form not in ("number", "date") or _TIMED.search(fold(question)):
        return None
    weights = word_weights(question, segmenter)
    best = reading.evidence[0]
    span = best_span(question, asked, best.quote, segmenter)
    covered = coverage(weights, best.quote)
    if span is None or covered < _LEAST_COVERAGE:
        return None
    said = [(best, _text(best, span))]
    for other in reading.evidence[1:_SENTENCES_COMPARED]:
        if any(other.article.id == known.article.id for known, _ in said):
            continue
        theirs = best_span(question, asked, other.quote, segmenter)
        if (
            theirs is None
            or theirs.score < _FIT * span.score
            or coverage(weights, other.quote) < _FIT * covered
        ):
            continue
        value = _text(other, theirs)
        same = _same_people(question, other, segmenter) and _same_body(question, best, other)
        same = same and _same_matter(weights, best, other)
        if same and _differs(asked, value, said) and not _narrower(question, best, other, segmenter):
            said.append((other, value))
    if len(said) < 2:
        return None
    said = sorted(said[:MAX_SHOWN], key=lambda s: s[0].article.date or dt.date.min, reverse=True)
    dated = [f"{value}（{day(e.article) or '日期不详'}）" for e, value in said]
    whole = "；".join(dated)
    short = said[0][1] if _CURRENT.search(question) else whole if len(whole) <= SHORT_CHARS else said[0][1]
    return Draft(
        tuple(Quote.of(e) for e, _ in said),
        short,
        notice=f"{len(said)}篇报道的说法不同，按日期从新到旧列出。",
        dated=True,
    )


def _text(evidence: Evidence, span: Span) -> str:
    return evidence.quote[span.start : span.end]


def _differs(asked: Asked, value: str, said: list[tuple[Evidence, str]]) -> bool:
    """Tell whether a value is comparable with all that was said, and another one."""
    if asked.form == "date":
        return all(fold(value) not in fold(e.quote) and fold(other) not in fold(value) for e, other in said)
    quantity = parse(value)
    others = [parse(other) for _, other in said]
    return quantity is not None and all(
        other is not None and other.unit == quantity.unit and other.value != quantity.value
        for other in others
    )


def _same_people(question: str, evidence: Evidence, segmenter: Segmenter) -> bool:
    text = fold(f"{evidence.article.title}\n{evidence.article.body}")
    return all(fold(name) in text for name, _ in people(question, segmenter))


def _same_body(question: str, best: Evidence, other: Evidence) -> bool:
    """Tell whether another article names the bodies of the question that the best one names.

    500 beds of 县医院 and 300 of 县中医院 are no contradiction.
    """
    told, others = fold(best.quote), fold(f"{other.article.title}\n{other.article.body}")
    for match in _BODY.finditer(fold(question)):
        name = match.group()
        known = next((name[i:] for i in range(len(name) - 2) if name[i:] in told), None)
        if known is not None and known not in others:
            return False
    return True


def _same_matter(weights: Mapping[str, float], best: Evidence, other: Evidence) -> bool:
    """Tell whether another sentence has each word of the question that the best one has, headlines included.

    What the fields of one county cost does not contradict what the pipes of another do.
    """
    told, others = (fold(f"{e.article.title}\n{e.quote}") for e in (best, other))
    # 开始吊装 has the characters of 开工, and is another act.
    least = {word: 1.0 if ACT.fullmatch(word) else PARTIAL for word in weights}
    return all(
        word_coverage(word, others) >= least[word] for word in weights if len(word) > 1 and word in told
    )


def _narrower(question: str, best: Evidence, other: Evidence, segmenter: Segmenter) -> bool:
    """Tell whether one of two sentences speaks of a place within the one that is asked about.

    What 柳溪镇王庄村 has is not what 柳溪镇 has.
    """
    asked = fold(question)
    for match in _PLACE.finditer(asked):
        for evidence in (best, other):
            text = fold(evidence.quote)
            starts = range(max(0, match.end() - _PLACE_CHARS), match.end() - 1)
            place = next((asked[i : match.end()] for i in starts if asked[i : match.end()] in text), None)
            within = place and _WITHIN_PLACE.match(text, text.index(place) + len(place))
            if within and within.group() not in asked:
                tokens = segmenter.tagged(within.group())
                if all(tag.startswith(_NAMING) for _, tag, _ in tokens):
                    return True
    return False
