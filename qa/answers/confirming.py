"""Whether the answer to the question for a value bears out what a yes/no question claims, or denies it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from qa.answers.combining import Found
from qa.answers.doubts import merely_said
from qa.answers.marks import ENDS
from qa.answers.negations import naming_words
from qa.answers.polarity import support
from qa.answers.yes_no import NO, YES
from qa.composing import SHORT_CHARS, Draft, Quote
from qa.language.names import COUNTRIES, OFFICES, people
from qa.language.periods import Period
from qa.language.quantities import Quantity, parse
from qa.language.time_expressions import find_times
from qa.reading.clauses import around
from qa.reading.constraints import numerals
from qa.search.matching import word_coverage
from qa.text import HAN, Segmenter, fold
from qa.types import Evidence
from qa.understanding.claims import Claim

SURE = 0.5
"""Confidence from which the value found is taken for the only one, so that it denies another."""


def confirmed(
    claims: tuple[Claim, ...], ask: Callable[[str], Found], best: Evidence | None, segmenter: Segmenter
) -> Found | None:
    """Answer 是 or 否 by the values that the claims of a question are of; ``None`` where none decides.

    Args:
        claims: of one question, each decides it.
        ask: finds the answer to a question.
        best: the best sentence for the question itself; what it says is surer.
        segmenter: knows the corpus's names.
    """
    elsewhere = False
    for claim in claims:
        found = ask(claim.question)
        if found.draft is None or found.best is None or found.draft.notice or found.draft.dated:
            return None
        if claim.about not in fold(found.best.quote):
            return None  # who holds the office says little of somebody unknown
        decided = _decided(claim, found.draft, found.best, segmenter, elsewhere=elsewhere)
        elsewhere = claim.kind == "office"
        place = found.best.article.id, found.best.start
        sure = found.confidence >= SURE
        if not decided and best is not None:
            sure = sure or (best.article.id, best.start) == place
        if decided is None or (not sure and (not decided or claim.kind == "number")):
            continue
        clause = _clause(claim.question, found.draft, found.best, segmenter)
        if merely_said(claim.question, fold(clause), fold(found.best.quote)):
            return None
        return _with_verdict(decided, clause, found, found.best)
    return None


_LISTED = r"(?:^|(?<=领导)|(?<=[长任记])|[、和与及,:：(（为对在是有向到]|(?<=涉及)|(?<=包括))"
_NOT_LISTED = re.compile(r"除外|不含|不包括|以外|[不没未]")
_TAKES_PART = re.compile("发言|表态|汇报|主持|宣读|出席|参加|参会|讲话|致辞")
_BEGINNING = 200
_SAYS_LITTLE = frozenset(
    ("哪些", "时间", "时候", "什么", "小区", "社区", "街道", "乡镇", "学校", "医院", "企业", "单位", "领导")
)


def belonging(claims: tuple[Claim, ...], ask: Callable[[str], Found], segmenter: Segmenter) -> Found | None:
    """Answer 是 where what is asked about is one of a list found, 是 or 否 by a span of days found.

    Args:
        claims: as :func:`qa.understanding.claims.fallbacks` has them, each decides.
        ask: finds the answer to a question.
        segmenter: knows the corpus's names.
    """
    for claim in claims:
        found = ask(claim.question)
        if found.draft is None or found.best is None or found.draft.dated:
            continue
        told = fold(found.best.quote)
        if not _of_the_deed(claim, found.best, segmenter):
            continue
        if claim.kind == "member" and (clause := _clause_listing(claim, found.best)):
            return _with_verdict(True, clause, found, found.best)
        if claim.kind == "window" and found.confidence >= SURE and claim.about in told:
            decided = _in_window(claim.offered, fold(found.draft.short or ""), found.best.article.date)
            if decided is not None:
                clause = _clause(claim.question, found.draft, found.best, segmenter)
                return _with_verdict(decided, clause, found, found.best)
    return None


def _of_the_deed(claim: Claim, best: Evidence, segmenter: Segmenter) -> bool:
    """Tell whether a sentence has what a question for a list is about: its deeds, its things by the headline.

    A headline may be of several deeds (停水停电), so that it does not tell of which one a list is. At which
    event somebody was, the article's beginning tells.
    """
    question, told = fold(claim.question), fold(best.quote)
    context = told + fold(best.article.title)
    attends = claim.about == "参加"
    if attends:
        context += fold(best.article.body[:_BEGINNING])
        question = _TAKES_PART.sub(" ", question)
    tags = {word: tag for word, tag, _ in segmenter.tagged(question)}
    return numerals(question) <= numerals(context) and all(
        word_coverage(word, context if attends or tags.get(word, "")[:1] != "v" else told)
        for word in naming_words(question, segmenter)
        if word not in _SAYS_LITTLE
    )


def _clause_listing(claim: Claim, best: Evidence) -> str | None:
    """Return the clause of a sentence that has what is asked about as one item of several."""
    told = fold(best.quote)
    found = re.search(rf"{_LISTED}{re.escape(claim.offered)}(?=[、和与及等,]|$)", told)
    if found is None:
        return None
    clause = slice(*around(told, found.span(), ",;。"))
    if "、" not in told[clause] or _NOT_LISTED.search(told[clause]):
        return None
    if claim.about == "参加" and not _TAKES_PART.search(told[clause]):
        return None
    return best.quote[clause].strip(ENDS)


def _in_window(offered: str, short: str, written: dt.date | None) -> bool | None:
    """Tell whether a day is one of those from one to another that a short answer tells."""
    mine, told = _period(offered, written), _period(short, written)
    if mine is None or told is None or told.first is None or told.last is None or told.first == told.last:
        return None
    if _within(mine, told):
        return True
    return False if _apart(mine, told) else None


def _clause(question: str, draft: Draft, best: Evidence, segmenter: Segmenter) -> str:
    """Return the clause with the value found; of several that which holds most of the question's words."""
    told, value = best.quote, draft.short or best.quote
    clauses = [
        told[slice(*around(told, match.span(), ",，;；。"))].strip(ENDS)
        for match in re.finditer(re.escape(value), told)
    ]
    return max(clauses, key=lambda clause: support(question, fold(clause), segmenter), default=told)


def _with_verdict(yes: bool, clause: str, found: Found, best: Evidence) -> Found:
    lead = YES if yes else NO
    said = f"{lead[0]}，{clause}"
    quote = Quote.of(best)
    draft = Draft((quote,), said if len(said) <= SHORT_CHARS else lead[0], lead=lead)
    return Found(found.hits, found.confidence, draft, best)


def _decided(
    claim: Claim, draft: Draft, best: Evidence, segmenter: Segmenter, *, elsewhere: bool
) -> bool | None:
    """Tell whether what was found is what a claim offers.

    Where somebody is known to be ``elsewhere``, in another office, the office's holder may stand beside them.
    """
    short = fold(draft.short or "")
    if not short:
        return None
    match claim.kind:
        case "office":
            return _of_office(claim.offered, short, fold(best.article.title + best.article.body))
        case "person":
            return _of_person(claim.offered, short, fold(best.quote), segmenter, beside=elsewhere)
        case "time":
            return _of_time(claim.offered, short, best.article.date)
        case "number":
            return _of_number(claim.offered, short)
        case "country":
            named = set(re.findall(COUNTRIES, short))
            return claim.offered in named if len(named) == 1 else None
        case "nationality":
            named = set(re.findall(rf"[{HAN}]{{1,4}}族", short))
            return claim.offered in named if len(named) == 1 else None
        case "window" | "member":
            return None  # belonging() decides them


_DEPUTY = re.compile("副")
_NOT_NOW = re.compile("原|前任|曾任|拟任|候选")


def _of_office(offered: str, held: str, told: str) -> bool | None:
    """Tell whether somebody's office is the one offered: its deputy is not, nor the office beside it.

    One that neither is nor excludes it (医生 beside 院长) decides nothing.
    """
    if _NOT_NOW.search(held):
        return None
    one = re.search(rf"(?:{OFFICES}|支书)$", offered)
    for item in re.split("[、,和兼]", re.sub("^(?:现|时)?任", "", held)):
        if item.endswith(offered):
            return not item.removesuffix(offered).endswith("副")
        if offered.endswith(item) and len(item) > 1 and not _DEPUTY.search(offered):
            return True if offered.removesuffix(item) in told else None
        if one and _DEPUTY.search(offered) and item.endswith(one.group()) and not _DEPUTY.search(item):
            return False if item.endswith(offered.replace("副", "")) else None
    deputies = [item for item in re.split("[、,和兼]", held) if "副" in item]
    return False if any(item.replace("副", "").endswith(offered) for item in deputies) else None


def _of_person(offered: str, short: str, sentence: str, segmenter: Segmenter, *, beside: bool) -> bool | None:
    """Tell whether who did something is whom a claim names, by the name or by the office."""
    if offered in short:
        return True if f"副{offered}" not in short else None
    named = [(name, at) for name, at in people(sentence, segmenter) if name in short]
    if len({name for name, _ in named}) != 1 or re.search("[、和]", short):
        return None
    if not re.search(rf"(?:{OFFICES})$", offered):
        return None if offered in sentence and not beside else False
    office = re.search(rf"[{HAN}、]{{0,16}}(?:{OFFICES})$", sentence[: named[0][1]])
    if office is None:
        return None
    return re.search(rf"(?<!副){offered}(?:$|、)", office.group()) is not None


_PARTS = ("凌晨|清晨|早", "上午", "中午", "下午", "傍晚|晚|夜")
_PART = re.compile("|".join(f"(?P<p{n}>{part})" for n, part in enumerate(_PARTS)))


def _of_time(offered: str, short: str, written: dt.date | None) -> bool | None:
    """Tell whether a time is the one offered: the same part of the same day, the same month or year."""
    side, told_side = _SIDE.search(offered), _SIDE.search(short)
    mine, told = _period(offered, written), _period(short, written)
    if mine and told and _apart(mine, told):
        return False
    if side or told_side:
        if not (side and told_side) or offered[: side.start()] != short[: told_side.start()]:
            return None
        return side.group()[-1] == told_side.group()[-1]
    if mine and told and not _within(told, mine):
        return None
    part, told_part = _PART.search(offered), _PART.search(short)
    rest = _PART_OF_DAY.sub("", offered[_end(offered, written) :])
    if (mine is None and part is None) or (mine and not told) or rest not in short:
        return None
    if part is None:
        return True
    return None if told_part is None else part.lastgroup == told_part.lastgroup


_SIDE = re.compile("[之以]?[前后]$")
_PART_OF_DAY = re.compile("的?(?:凌晨|清晨|早[上晨]|上午|中午|下午|傍晚|晚上|夜里)")


def _end(text: str, written: dt.date | None) -> int:
    return max((time.end for time in find_times(text, written)), default=0)


def _period(text: str, written: dt.date | None) -> Period | None:
    """Return the days that a text names, ``None`` where that is not certain."""
    times = find_times(text, written)
    if len(times) != 1 or times[0].certainty == "vague":
        return None
    return times[0].period


def _apart(one: Period, other: Period) -> bool:
    ends = [(p.first or dt.date.min, p.last or dt.date.max) for p in (one, other)]
    return ends[0][1] < ends[1][0] or ends[1][1] < ends[0][0]


def _within(inner: Period, outer: Period) -> bool:
    return (outer.first or dt.date.min) <= (inner.first or dt.date.min) and (inner.last or dt.date.max) <= (
        outer.last or dt.date.max
    )


_FIGURE = re.compile(
    r"(?:超过|不到|不足|低于|少于|大?约|将?近|至少|最多)?[\d,.一二两三四五六七八九十百千万亿零余多]+(?:个百分点|%|[^\d、,;\s])(?:以[上下内]|左右|多|余)?"
)


def _of_number(offered: str, short: str) -> bool | None:
    """Tell whether a number is the one offered, or is within the bound that is."""
    mine = parse(offered)
    if mine is None:
        return None
    told = [q for text in _FIGURE.findall(short) if (q := parse(text)) and q.unit == mine.unit]
    whole = parse(short)
    told = [whole] if whole and whole.unit == mine.unit else told
    if len(told) != 1:
        return None
    return _same(mine, told[0])


def _same(mine: Quantity, told: Quantity) -> bool | None:
    if mine.bound == told.bound:
        return mine.value == told.value
    if {mine.bound, told.bound} == {"at least", "at most"}:
        return False
    if mine.bound in ("over", "at least"):
        return _beyond(told.least, told.most, mine.value)
    if mine.bound in ("under", "at most"):
        beyond = _beyond(told.least, told.most, mine.value)
        return None if beyond is None else not beyond
    return False if mine.most < told.least or told.most < mine.least else None


def _beyond(least: Decimal, most: Decimal, value: Decimal) -> bool | None:
    """Tell whether all that a number can be is above a value; ``None`` where some of it is."""
    if most <= value:
        return False
    return True if least >= value else None
