"""What several things come to together, where the sentence that is read tells it of each alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qa.answers.arithmetic import NEVER_ADDED
from qa.answers.derived import Derived
from qa.answers.marks import marked_span
from qa.answers.pairs import Number, numbers_in
from qa.composing import Draft, Quote
from qa.language.quantities import joined, parse, wider, write
from qa.reading.spans import best_span
from qa.text import HAN, Segmenter, fold, sentence_spans
from qa.types import Evidence, Query
from qa.understanding.questions import Asked, analyse, plain
from qa.understanding.totals import Total, total

_STATED = re.compile(r"(?<!公)共(?![产青建享同])|总|合计|累计|加起来|[两二三四五六七八九][个家所处]")
_TOGETHER = re.compile(rf"[{HAN}][、和与及][{HAN}]")
"""Things told of together (甲镇、乙镇配备8名)."""
_EACH = re.compile(r"各(?:自|有|[配设建派捐出奖补选投占收拿领报增])[^,;。:\d]{0,6}$|各$")
_PER = re.compile(r"(?:每一?[人名个户位家]|人均|户均)[^,;。:\d]{0,8}$")
_EXTRA = re.compile(r"[另外还再](?:需|要|应)?[收加付交缴][^,;。:\d]{0,12}$")
_LABEL = re.compile(rf"[{HAN}]{{3,10}}$")
"""What stands alike before the numbers of several things (现有员工430人, 现有员工275人)."""
_HALVES = (
    (re.compile("乡镇|镇村|农村|乡村|村镇"), re.compile("城区|城镇|县城|市区|主城")),
    (
        re.compile("男"),
        re.compile("女"),
    ),
)
"""What together makes up all there is."""
_RANK = re.compile(r"[特一二三四五]等奖|冠军|亚军|季军|第[一二三]名")
_PRIZE = re.compile(
    rf"(?:[特一二三四五]等奖|优[秀胜]奖|[{HAN}]{{1,4}}奖)(?P<n>\d+|[一二两三四五六七八九十]+)[名个人队],?"
    r"(?:(?P<each>各|每[名个人队])?(?:奖励?|发放|给予|颁发)?(?:奖金|现金)?(?P<amount>[\d.]+万?元))?"
)
"""A prize with how many get it and how much (二等奖2名,各3000元)."""
_LEAST_PRIZES = 2
_STOPS = re.compile(r"[,;。:]")
_LEAST_NAME = 2

Term = tuple[Number, Quote]


def added_up(query: Query, asked: Asked, evidence: Evidence, segmenter: Segmenter) -> Derived | None:
    """Return what the things asked about come to; ``None`` where no sum is asked for or one is stated.

    A refusal where the number at hand is that of one thing, and what the others have is not certain.
    """
    question = plain(query.standalone).rstrip("?。 ")
    wanted = total(question)
    if wanted is None:
        return _of_halves(question, asked, evidence, segmenter)
    if asked.form != "number":
        if not wanted.ends:
            return None
        asked = analyse(f"{question}多少")
    sentence = fold(evidence.quote)
    meant = best_span(query.standalone, asked, evidence.quote, segmenter, marked_span(evidence))
    if meant is None or len(sentence) != len(evidence.quote):
        return None
    numbers = numbers_in(asked, sentence, segmenter)
    one = next((n for n in numbers if n.start <= meant.start < n.end), None)
    if one is None:
        return None
    quote = Quote.of(evidence)
    before = _STOPS.split(sentence[: one.start])[-1]
    if prizes := _of_prizes(question, evidence):
        return prizes
    if _EACH.search(before):
        return _times(wanted.things, one, quote)
    if wanted.heads and _PER.search(before):
        told = re.search(rf"(?<!\d){wanted.heads}(?!\d)", fold(evidence.article.body))
        return _times(wanted.heads if told else None, one, quote)
    if extra := _extra(sentence, numbers, one):
        return _sum([(one, quote), (extra, quote)])
    if (not wanted.added and wanted.things is None) or _STATED.search(before) or _TOGETHER.search(before):
        return None
    for terms in (
        _of_one_kind(wanted, asked, sentence, numbers, one, quote),
        _of_one_name(wanted, sentence, numbers, one, quote),
        _of_one_label(wanted, asked, before, evidence, segmenter),
    ):
        if terms:
            return _sum(terms)
    return Derived()


def _of_prizes(question: str, evidence: Evidence) -> Derived | None:
    """Return what all prizes of a line come to, each so many times as there are winners of it.

    A refusal where of one it is not said what each gets.
    """
    if "奖" not in question or _RANK.search(question):
        return None
    body = fold(evidence.article.body)
    start = body.rfind("\n", 0, evidence.start) + 1
    line = body[start : body.find("\n", evidence.start) % (len(body) + 1)]
    prizes = list(_PRIZE.finditer(line))
    if len(prizes) < _LEAST_PRIZES or len(body) != len(evidence.article.body):
        return None
    amounts = [(parse(f"{m['n']}名"), parse(m["amount"]) if m["amount"] else None, m) for m in prizes]
    working, total = [], Decimal(0)
    for winners, amount, m in amounts:
        if winners is None or amount is None or not amount.exact or (winners.value > 1 and not m["each"]):
            return Derived()
        total += winners.value * amount.value
        working.append(f"{m['n']} × {m['amount']}")
    text = write(total, "元")
    first, last = prizes[0].start(), prizes[-1].end()
    quotes = tuple(
        Quote(evidence.article, a, b)
        for a, b in sentence_spans(evidence.article.body)
        if start + first < b and a < start + last
    )
    return Derived(Draft(quotes, text, lead=f"{' + '.join(working)} = {text}。"))


def _of_halves(question: str, asked: Asked, evidence: Evidence, segmenter: Segmenter) -> Derived | None:
    """Return the sum of what a sentence tells of the two halves of a whole, where neither is asked about."""
    sentence = fold(evidence.quote)
    if asked.form != "number" or len(sentence) != len(evidence.quote):
        return None
    numbers = numbers_in(asked, sentence, segmenter)
    meant = best_span(question, asked, evidence.quote, segmenter, marked_span(evidence))
    fits = next((n for n in numbers if meant and n.start <= meant.start < n.end), None)
    labels = [re.split("[,;。:、]", sentence[: n.start])[-1] for n in numbers]
    for halves in _HALVES:
        if any(half.search(question) for half in halves):
            continue
        told = [
            [
                (n, half.sub("", label, count=1))
                for n, label in zip(numbers, labels, strict=True)
                if half.search(label)
            ]
            for half in halves
        ]
        if [len(one) for one in told] != [1, 1]:
            continue
        (one, first), (other, second) = told[0][0], told[1][0]
        if len(first) >= _LEAST_NAME and first == second and one.quantity.unit == other.quantity.unit:
            if fits and fits.quantity.unit != one.quantity.unit:
                return None  # 来自12个县,男队员30人,女队员26人: 多少个县
            quote = Quote.of(evidence)
            return _sum(sorted(((one, quote), (other, quote)), key=lambda term: term[0].start))
    return None


def _extra(sentence: str, numbers: Sequence[Number], one: Number) -> Number | None:
    """Return what comes on top of a price (另收服务费每剂28元), where just one thing does."""
    extras = [
        n
        for n in numbers
        if n.start > one.end
        and n.quantity.unit == one.quantity.unit
        and _EXTRA.search(_STOPS.split(sentence[: n.start])[-1])
    ]
    return extras[0] if len(extras) == 1 else None


def _of_one_kind(
    wanted: Total, asked: Asked, sentence: str, numbers: Sequence[Number], one: Number, quote: Quote
) -> list[Term]:
    """Return the numbers that count what is asked for, where a sentence has as many as there are things."""
    noun = asked.noun.lstrip("个名位人")
    if wanted.things is None or len(noun) < _LEAST_NAME:
        return []
    terms = [
        (n, quote)
        for n in numbers
        if n.quantity.unit == one.quantity.unit
        and (sentence.startswith(noun, n.end) or sentence.endswith(noun, 0, n.start))
        and not _STATED.search(_STOPS.split(sentence[: n.start])[-1])
    ]
    return terms if len(terms) == wanted.things else []


def _of_one_name(
    wanted: Total, sentence: str, numbers: Sequence[Number], one: Number, quote: Quote
) -> list[Term]:
    """Return the numbers of the things that a word names in one (雨污水管: 雨水管2.1公里、污水管1.7公里)."""
    terms, names = [], ""
    for n in numbers:
        label = re.search(rf"[{HAN}]+$", sentence[: n.start])
        if n.quantity.unit != one.quantity.unit or label is None:
            continue
        name = re.search(rf"[{re.escape(wanted.subject)}]+$", label.group()) if wanted.subject else None
        if name and len(name.group()) >= _LEAST_NAME and name.group() not in wanted.subject[:-_LEAST_NAME]:
            terms.append((n, quote))
            names += name.group()
    ends = any(
        set(names) == set(wanted.subject[at:]) for at in range(max(len(wanted.subject) - _LEAST_NAME, 0))
    )
    return terms if len(terms) > 1 and ends else []


def _of_one_label(
    wanted: Total, asked: Asked, before: str, evidence: Evidence, segmenter: Segmenter
) -> list[Term]:
    """Return the numbers behind the same words, where an article has as many as there are things."""
    label = _LABEL.search(re.split("、", before)[-1])
    if label is None or wanted.things is None:
        return []
    terms = []
    for start, end in sentence_spans(evidence.article.body):
        sentence = fold(evidence.article.body[start:end])
        for n in numbers_in(asked, sentence, segmenter):
            if re.search(rf"(?:^|[,;。:、]){re.escape(label.group())}$", sentence[: n.start]):
                terms.append((n, Quote(evidence.article, start, end)))
    return terms if len(terms) == wanted.things else []


def _times(count: int | None, one: Number, quote: Quote) -> Derived:
    """Return so many times what each has."""
    if count is None:
        return Derived()
    q = one.quantity
    text = write(q.value * count, q.written, q.scale, bound=q.bound)
    return Derived(Draft((quote,), text, lead=f"{count} × {one.text} = {text}。"))


def _sum(terms: Sequence[Term]) -> Derived:
    quantities = [n.quantity for n, _ in terms]
    bound = joined(q.bound for q in quantities)
    if bound is None or len({q.unit for q in quantities}) > 1 or quantities[0].unit in NEVER_ADDED | {"岁"}:
        return Derived()
    scale = quantities[0].scale
    for q in quantities:
        scale = wider(scale, q.scale)
    text = write(sum((q.value for q in quantities), Decimal(0)), quantities[0].written, scale, bound=bound)
    working = " + ".join(n.text for n, _ in terms)
    return Derived(Draft(tuple(dict.fromkeys(q for _, q in terms)), text, lead=f"{working} = {text}。"))
