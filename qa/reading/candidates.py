"""A sentence that might answer, with what was measured of it, and whether it can answer at all."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from qa.parsing.outlines import headings
from qa.reading.features import SentenceFeatures
from qa.reading.spans import ORGANISATION
from qa.reading.speakers import addresses_the_one_asked
from qa.reading.vetoes import Claim, is_ruled_out
from qa.text import fold, sentence_spans
from qa.types import Evidence, Hit, Query
from qa.understanding.kinds import unasked_age

_NAME_ASKED_FOR = re.compile(r"名字|姓名|[叫姓](?:什么|啥)")
_ASKS_HOW = re.compile(r"(?<!不管)(?<!无论)(?<!知道)(?<!不知)(?<![学教看])(?:怎么|如何)[^了,。]{1,2}$")
"""A question of the text's own (托育怎么调): no reason."""
_NO_NAME = re.compile(rf"{ORGANISATION.pattern}|(?:负责人|交警|民警|警方|[长员师]|书记|主任|经理)$")
"""What a body or an office ends in, but nobody's name."""
_INTERROGATIVE = re.compile(r"什么|哪|谁|多少|怎|如何|为何")
_NTH = re.compile(r"第\s?[\d一二三四五六七八九十百]+\s?[个家座所条项次届期集章批例场]")
_WHICH_NUMBER = re.compile("第几|几(?:号线|路车?|号楼|[届期])")
_QUESTION_WITHIN = re.compile(rf"多少|哪[些个里儿家]|什么时候|{_WHICH_NUMBER.pattern}")
"""A question that the text quotes: no fact."""
_ONE_FACT = frozenset(("number", "date", "person", "place", "organization"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that might answer, with what was measured of it."""

    evidence: Evidence
    features: SentenceFeatures
    weakest: float
    hit: Hit
    answerable: float = 0.0
    """The trained reader's log-odds that the passage answers."""
    span: float = 0.0
    """Its log-probability of the sentence's best span."""


def is_the_demand(query: Query, candidate: Candidate) -> bool:
    """Tell whether a sentence is a demand by the one and on the body that a question asks about."""
    claim = _claim(query, candidate, None)
    return addresses_the_one_asked(claim.question, claim.sentence, claim.before)


# Measures that no list of units foresees (4.2百帕, 竣工验收合格之日), where a trained reader marks them.
_ASKING_CLAUSE = re.compile(r"[^，。；：、“\"「『！？!?,;:\n]*[?？][”\"』」)）]*\s*$")
_COUNTS = re.compile(r"[\d零一二两三四五六七八九十百千万亿半几]|免费|不收|不要钱")
_TIMES = re.compile(r"[\d零一二三四五六七八九十初]|[年月日天周季晨晚前后时点期]")


def may_answer(query: Query, candidate: Candidate, newest: dt.date | None = None) -> bool:
    """Tell whether a sentence can answer at all: 多少 needs a number in it, 哪天 a time, 谁主持 who did.

    One on the second of several things does not answer what is asked of the first, nor a question another.

    Args:
        query: the question.
        candidate: the sentence.
        newest: the day from which the question's 今年 is counted.
    """
    evidence = candidate.evidence
    if _asks_back(evidence) or is_ruled_out(_claim(query, candidate, newest)):
        return False
    marked = fold(evidence.short or "")
    if _INTERROGATIVE.search(marked) and marked in fold(query.standalone):
        return False  # 也不说用在了哪些地方
    if query.form in _ONE_FACT and _QUESTION_WITHIN.search(marked):
        return False  # “今年是第几届”
    if query.form == "what" and _WHICH_NUMBER.search(query.standalone) and _WHICH_NUMBER.search(marked):
        return False
    if query.form == "reason" and _ASKS_HOW.search(marked):
        return False
    if query.form == "person" and _NAME_ASKED_FOR.search(query.standalone) and _NO_NAME.search(marked):
        return False
    if query.form == "number" and unasked_age(query.standalone, marked):
        return False
    if query.form == "number" and _NTH.fullmatch(marked) and "第" not in query.standalone:
        return False  # 全县第9家书店: which one it is counts nothing
    if query.form not in ("number", "date") or candidate.features.kind > 0:
        return True
    return (_COUNTS if query.form == "number" else _TIMES).search(marked) is not None


def _asks_back(evidence: Evidence) -> bool:
    """Tell whether a sentence is a question itself: nothing before the clause that asks answers."""
    asks = _ASKING_CLAUSE.search(evidence.quote)
    return asks is not None and (
        evidence.short_start is None or evidence.short_start - evidence.start >= asks.start()
    )


_MONTH = re.compile(r"(?<!\d)(?:1[0-2]|0?[1-9])(?=月)")


def _own_month(day: dt.date, sentence: str) -> str:
    """Return the month of an article, where a sentence names only later ones: what it tells is of then.

    >>> day = dt.date(2023, 6, 17)
    >>> _own_month(day, "已做好31节,7月上旬吊装。"), _own_month(day, "5月做好。")
    ('6月', '')
    """
    named = [int(month) for month in _MONTH.findall(fold(sentence))]
    return f"{day.month}月" if named and min(named) > day.month else ""


def _claim(query: Query, candidate: Candidate, newest: dt.date | None) -> Claim:
    evidence = candidate.evidence
    day = evidence.article.date
    before = candidate.hit.passage.text[: evidence.start - candidate.hit.passage.start]
    sentences = tuple(before[slice(*span)] for span in sentence_spans(before))
    year = f"{day.year}年{_own_month(day, evidence.quote)}" if day else ""
    above = headings(evidence.article.body, evidence.start)
    short = None
    if evidence.short_start is not None and evidence.short_end is not None:
        short = evidence.short_start - evidence.start, evidence.short_end - evidence.start
    return Claim(
        query.standalone,
        query.form,
        evidence.quote,
        "\n".join((evidence.article.title, year, *above, *sentences[-1:])),
        sentences,
        evidence.article.body,
        short,
        same_year=day is None or newest is None or day.year == newest.year,
        day=day,
    )
