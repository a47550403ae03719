"""What each of several has, and what a rate comes to: neither the total nor the rate is the other.

「6个班270人」 says 45人 to who asks for one class, and 「每小时3元」 does not say what two hours cost where
the first half hour is free.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from qa.answers.derived import Derived
from qa.answers.marks import marked_span
from qa.answers.pairs import Number, numbers_in
from qa.composing import Draft, Quote
from qa.language.quantities import parse, write
from qa.reading.clauses import around
from qa.reading.siblings import of_another_age
from qa.reading.spans import best_span
from qa.text import HAN, Segmenter, fold
from qa.types import Evidence, Query
from qa.understanding.questions import Asked, plain

_THINGS = "班|队|村|户|家|桌|间|套|栋|车|组|站|笔|块|亩|店|校|园|场|台|部|座|所|处|箱|船|乡|镇|小区|社区"
_OF_ONE = re.compile(
    rf"(?P<mean>平均)?(?:(?:一|每)(?:个|支|家|所|座|处)?(?P<of>{_THINGS})|(?P<each>{_THINGS})均)(?P<verb>[^,?]{{0,8}}?)(?:多少|几)"
)
_APIECE = re.compile(r"每|各|均|一个?(?:班|队|人|户|家|间|套)|单|人均|户均|/")
_SEVERAL = rf"(?P<n>\d[\d,]*|[两二三四五六七八九十]+)[个支家所座处]?(?:[{HAN}]{{0,2}})?"
_NEXT_TO_IT = rf"[、,]?(?:共|一共|总共|共计|合计)?[{HAN}]{{0,5}}?"
_FOR_SEVERAL = re.compile(
    r"(?P<n>[两二三四五六七八九]|[2-9]|[1-9]\d+)(?P<of>个?小时|天|个?月|年|次|张|亩|公里|吨|针|剂)(?![底初末前后月内])[^,?]{0,8}?"
    r"(?:多少钱|几块|多少元|能?[拿领得]多少|多少费)"
)
_FREE = re.compile(r"免|前\d|首|起步|封顶|最[高多长]|超[出过]|以[上下内]|第")
_OUTRIGHT = re.compile(r"每|一[个天年次小]|平均")
_ORDERED = re.compile("第[二三四五六][套档类级批次期年阶]|首[套批次期年]")
_AGED = re.compile(r"(?<!\d)\d{1,3}周?岁(?!以|及)")
_BAND = re.compile(r"(?:\d{1,3}(?:周?岁)?[至到—~–-]\d{1,3}周?岁|\d{1,3}周?岁及?以[上下])")
_PRICE_ASKED = re.compile(r"多少钱|几块|多少元|花多少|付多少")
_OFF_ASKED = re.compile(r"优惠|减|补[贴助]|便宜|省")
_OFF = re.compile(r"(?:优惠|减免?|补贴|补助|便宜)$")
_TENTH = Decimal("0.1")


def at_a_rate(query: Query, asked: Asked, evidence: Evidence, segmenter: Segmenter) -> Derived | None:
    """Return what one of several has, or somebody of an age pays; ``None`` where a number is as it was read.

    A refusal where the number at hand is that of all, or of one of several.
    """
    sentence = fold(evidence.quote)
    if asked.form != "number" or len(sentence) != len(evidence.quote):
        return None
    meant = best_span(query.standalone, asked, evidence.quote, segmenter, marked_span(evidence))
    numbers = numbers_in(asked, sentence, segmenter)
    one = next((n for n in numbers if meant and n.start <= meant.start < n.end), None)
    if one is None:
        return None
    question = plain(query.standalone)
    return (
        _of_one(question, sentence, one, evidence)
        or _of_a_tier(question, sentence, one)
        or _of_another_order(question, sentence, one)
        or _less_by_age(question, sentence, one, numbers, evidence)
        or _of_several(question, sentence, one)
    )


def _of_one(question: str, sentence: str, one: Number, evidence: Evidence) -> Derived | None:
    """Return a total divided by the things that it is told of right beside it."""
    asked = _OF_ONE.search(question)
    start, end = around(sentence, (one.start, one.end), ",;。")
    if asked is None or _APIECE.search(sentence[start : one.start]) or "/" in sentence[one.end : end]:
        return None
    of = asked["of"] or asked["each"]
    if re.fullmatch(rf".*{of}", one.quantity.written):
        return None
    behind = rf"{of}(?P<behind>\d[\d,]*)[个支家所座处]"
    counts = list(re.finditer(rf"{_SEVERAL}{of}|{behind}", sentence[: one.start]))
    if not counts:
        return None
    count = counts[-1]
    number = parse(f"{count['n'] or count['behind']}个")
    beside = re.fullmatch(_NEXT_TO_IT, sentence[count.end() : one.start])
    if not beside or number is None or number.value <= 1 or not one.quantity.exact:
        return Derived()
    q, mean = one.quantity, asked["mean"] or asked["each"]
    each = q.value / number.value
    scale, grain = ("万", Decimal(10) ** 4) if each >= Decimal(10) ** 4 else ("", Decimal(1))
    rounded = (each / grain).quantize(_TENTH, ROUND_HALF_UP) * grain
    if not mean and (each != rounded or q.unit != "人"):
        return Derived()
    text = write(rounded, q.written, scale, bound="" if each == rounded else "about")
    working = f"{one.text} ÷ {format(number.value.normalize(), 'f')} = {text}。"
    return Derived(Draft((Quote.of(evidence),), text, lead=working))


def _of_a_tier(question: str, sentence: str, one: Number) -> Derived | None:
    """Refuse one of many amounts that are only listed, where a question is on another of them."""
    unit = re.escape(one.quantity.written)
    for run in re.finditer(rf"\d[\d.,]*{unit}(?:、\d[\d.,]*{unit}){{3,}}", sentence):
        tiers = re.findall(rf"\d[\d.,]*{unit}", run.group())
        if run.start() <= one.start < run.end() and any(
            re.search(rf"(?<!\d){re.escape(tier)}", question) for tier in tiers
        ):
            return Derived()
    return None


def _of_another_order(question: str, sentence: str, one: Number) -> Derived | None:
    """Refuse a number that a sentence gives beside the statement on what a question names by its order."""
    named = _ORDERED.search(question)
    parts = sentence.split(";")
    own = sentence[slice(*around(sentence, (one.start, one.end), ";"))]
    if named is None or len(parts) < 2 or named.group() in own:
        return None
    return Derived() if sum(named.group() in part for part in parts) == 1 else None


def _less_by_age(
    question: str, sentence: str, one: Number, numbers: list[Number], evidence: Evidence
) -> Derived | None:
    """Return a price less what somebody of the age asked about pays less (70至79岁优惠4元)."""
    if not _AGED.search(question):
        return None
    banded = []
    for n in numbers:
        item = sentence[slice(*around(sentence, (n.start, n.end), "、,;。"))]
        if _BAND.search(item) and n.quantity.unit == one.quantity.unit and not n.quantity.unit.endswith("岁"):
            banded.append((n, item))
    if len(banded) < 2:
        return None
    own = [n for n, item in banded if not of_another_age(question, item)]
    if one in own or (one not in [n for n, _ in banded] and not own):
        return None
    less = own[0] if len(own) == 1 else None
    if less is None or one in [n for n, _ in banded]:
        return Derived()
    if _OFF_ASKED.search(question):
        return Derived(Draft((Quote.of(evidence),), evidence.quote[less.start : less.end]))
    off = _OFF.search(sentence[: less.start]) and less.quantity.exact and one.quantity.exact
    left = one.quantity.value - less.quantity.value
    if not off or not _PRICE_ASKED.search(question) or left <= 0:
        return Derived()
    text = write(left, less.quantity.written, one.quantity.scale)
    working = f"{evidence.quote[one.start : one.end]} - {less.text} = {text}。"
    return Derived(Draft((Quote.of(evidence),), text, lead=working))


def _of_several(question: str, sentence: str, one: Number) -> Derived | None:
    """Refuse the rate of one where what several come to is asked, which may be no multiple of it."""
    asked = _FOR_SEVERAL.search(question)
    if asked is None or _OUTRIGHT.search(question):
        return None
    start, _ = around(sentence, (one.start, one.end), ",;。")
    rate = re.search(r"每(?:[张人]|个?小时|天|月|年|次|亩|公里|吨|针|剂)", sentence[start : one.start])
    return Derived() if rate and _FREE.search(sentence) is not None else None
