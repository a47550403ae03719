"""Numbers that a reader marked and rules pass over: parts of a whole, how often something is done."""

from __future__ import annotations

import re
from itertools import pairwise

from qa.answers.marks import marked_span, marked_text, touch
from qa.language.quantities import UNIT
from qa.reading.span_fit import asks_for_before, fit, is_per_one
from qa.reading.spans import Span, spans_like
from qa.text import Segmenter, fold
from qa.types import Evidence
from qa.understanding.questions import Asked, plain

_OFTEN_ASKED = re.compile(
    r"(?:多久|多长时间|(?:几|多少)(?:天|周|个月|年))[^,?]{0,6}(?:一|几|多少)?[次回趟遍轮场]|多久[^,?]{0,3}一"
)
_PERIOD = re.compile(
    r"每(?:天|日|周|月|年|季|半|个|[两三四五六\d])|[一半两][天周月年季][^,，]{0,3}[一二两三\d][次巡查]"
)
_TOTAL_ASKED = re.compile(r"一共|总共|共有|累计|总数|总量|总的|全部|合计|应到|应当|原有|原来")
_CLOSES = re.compile(r"[,，、;；。!！?？)）]|$")
_SENTENCE_PART = re.compile(r"[;；。!！?？]")
_ITEM_BEFORE = re.compile(r"(?:其中|[、,，和])有?$")
"""What stands before one of several parts, each with what is said of it (其中9个卡在环评、8个缺用地)."""
_LEAST = -0.5


def how_often(question: str, evidence: Evidence) -> str | None:
    """Return what the reader marked, where it is asked how often something is done (每周一次)."""
    marked = marked_text(evidence)
    if marked is None or not _OFTEN_ASKED.search(plain(question)) or not _PERIOD.search(marked):
        return None
    return marked


_AGE_ASKED = re.compile(r"(?:年纪|岁数|年龄)?(?:是|有)?多大|几岁|多少岁")
_BOUND_ASKED = re.compile(r"以[上下内]|才|能|可以|要求|限")
_AGE_BOUND = re.compile(r"岁以[上下]$")


def exact_age(question: str, asked: Asked, sentence: str, best: Span, segmenter: Segmenter) -> Span:
    """Return somebody's age rather than a bound that stands beside it (百岁以上老人17位,最长的106岁)."""
    if not _AGE_ASKED.search(plain(question)) or _BOUND_ASKED.search(plain(question)):
        return best
    if not _AGE_BOUND.search(fold(sentence[best.start : best.end])):
        return best
    ages = [(a, b) for a, b in spans_like(asked, sentence, segmenter) if sentence[a:b].endswith("岁")]
    return Span(*ages[0], best.score) if len(ages) == 1 else best


def of_a_part(question: str, asked: Asked, evidence: Evidence, best: Span, segmenter: Segmenter) -> Span:
    """Return the number of a part that the reader marked, where rules prefer the whole that it is part of.

    The thing counted is named once and left out behind (改造小区316个,其中去年新开工92个、完工85个), so that
    the words around speak for the whole; a reader that marks a part of it has read what is asked.
    """
    marked, sentence = marked_span(evidence), evidence.quote
    whole = sentence[best.start : best.end]
    if marked is None or touch(marked, (best.start, best.end)) or _TOTAL_ASKED.search(plain(question)):
        return best
    inside = [
        (a, b) for a, b in spans_like(asked, sentence, segmenter) if marked[0] <= a and b <= marked[1] + 1
    ]
    if (
        len(inside) != 1
        or inside[0][0] < best.end
        or is_per_one(fold(question), fold(sentence[: best.start]))
    ):
        return best
    start, end = inside[0]
    between = sentence[best.end : start]
    of_it = _CLOSES.match(sentence, end) or ("其中" in between and _ITEM_BEFORE.search(between))
    if not of_it or _SENTENCE_PART.search(between) or _unit(whole) != _unit(sentence[start:end]):
        return best
    score = fit(fold(question), asked, sentence, start, end)
    return Span(start, end, score) if score > _LEAST else best


_TURNS_TO = re.compile(
    r"[^,，、;；。:：]{0,6}(?:[降涨升增提扩缩减跌调改延][低高加少长大小升降短幅整到]?|压缩|精简|放宽)了?(?:到|至|为|成)"
    r"(?:了|现在的?|目前的?|每[人户月年天亩件吨斤个次]{1,2})?"
)
_BOTH_ASKED = re.compile(
    r"[由从](?:多少|几)|怎么[变调]|变化|[变调]了?多少|[降涨升增减缩便贵省少多][低高加少长短宜]?了?(?:多少|几)"
)
_YEAR_ASKED = re.compile(r"去年|上年|前年|\d{4}年")


def of_a_change(
    question: str, asked: Asked, sentence: str, chosen: tuple[int, int], segmenter: Segmenter
) -> tuple[int, int] | None:
    """Return what something was before a change, or is after it, as a question asks (由980元调到1260元).

    ``None`` where what was chosen tells of no change, or is right already. What it was only where that is
    asked for; a question for by how much decides nothing.
    """
    values = spans_like(asked, sentence, segmenter)
    question = plain(question)
    if _BOTH_ASKED.search(question) or _YEAR_ASKED.search(question):
        return None
    for was, now in pairwise(values):
        before, after = touch(was, chosen), touch(now, chosen)
        if not (before or after) or not _TURNS_TO.fullmatch(sentence[was[1] : now[0]]):
            continue
        still = _NOW_ASKED.search(question) and _STILL.search(sentence[: was[0]])
        if asks_for_before(question) or still:
            return was
        if before and (not after or _NOW_ASKED.search(question)):
            longer = 0 < chosen[1] - now[1] <= _TAIL_CHARS  # 降到一成|二
            return now[0], chosen[1] if longer else now[1]
    return None


_TAIL_CHARS = 2
_STILL = re.compile("(?:目前|现在|当前|现)的?$")
"""What the number before a change that is yet to come stands behind (由目前的19%降至9%)."""
_NOW_ASKED = re.compile(r"现在|目前|如今|[降涨升增提缩减跌调](?:低|高)?(?:到|至|为|成)")


def _unit(number: str) -> str:
    """Return the measure word of a number."""
    match = re.search(rf"(?:{UNIT})(?=[余多左上以]|$)", fold(number))
    return match.group().lstrip("万亿千百") if match else number[-1]
