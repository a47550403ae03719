"""A number that a sentence tells only by way of others: by how much, what it was before, what is left.

None of the numbers that stand there need be the answer: 「7.1天，去年同期为7.6天」 says 0.5天 to who asks how
much shorter it has become, and 「97例，比去年同期少21例」 says 118例 to who asks how many there were then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from qa.answers.marks import marked_span, touch
from qa.composing import Draft, Quote
from qa.language.quantities import Quantity, joined, opposite, parse, wider, write
from qa.reading.spans import best_span, spans_like
from qa.text import HAN, Segmenter, bigrams, fold
from qa.types import Evidence, Query
from qa.understanding.differences import Relation, compares, differs, earlier, falls, relation
from qa.understanding.questions import Asked, plain

_THING = r"[^,;。:\d]{0,10}?"
_THAN = r"(?:较|(?<![同环占])比(?![例重率价赛值]))"
_MORE = r"(?:净?增(?:加|长|多)?|新增|多|高出?|提[高升]|上[升涨调]|涨|扩大|延长|贵|快|早|大|长|重|超出?)"
_LESS = (
    r"(?:减(?:少|轻)?|少|低|[下回]降|降(?:低)?|下调|跌|缩(?:短|减|小)|压缩|便宜|省|慢|晚|小|短|轻|节[约省])"
)
_BY = rf"(?:(?P<more>{_MORE})|(?P<less>{_LESS}))[了出]?(?:约|近)?"
_COMPARED = re.compile(
    rf"^{_THING}[,(]?(?:增速|增幅|总量|总数)?(?:{_THAN}(?P<anchor>(?:\d{{4}}年)?[^,;。\d]{{0,10}}?)|(?P<same>同比)){_BY}$"
)
"""Between a number and by how much it differs from another: 97例「,比去年同期少」21例."""
_TOLD_BY = re.compile(rf"(?:{_THAN}[^,;。]{{1,14}}?|同比|环比){_BY}$")
_THEN = (
    r"(?:(?:去年|上年|前年)(?:的?同期|同月|年?底|末)?|同期|上(?:期|届|次|季度?)|上个?月|年初|[月期]初|原[来先有]?|以前|之前|此前|过去"
    r"|先前|往年|[老旧]的)"
)
_WAS = re.compile(rf"^{_THING}[,;(](?:而|但)?{_THEN}[^,;。:\d]{{0,6}}?(?:[为是]|只有|仅有?|有)?$")
"""Between what is and what was: 7.1天「,去年同期为」7.6天."""
_FROM = re.compile(r"[由从][^,;。:由从\d]{0,8}$")
_TO = re.compile(
    rf"^{_THING},?(?:[降涨升增提调扩缩改跌落减压延变][低高加少长大小整短升缩]?|上[升调涨]|下[降调]|精简|[拓加]宽)了?[到至为成]$"
)
"""Between what was and what is: 由198元「降到」170元."""
_WHOLE = re.compile(
    rf"(?:计划|规划|目标|应[到收有]|任务|概算|预算|下达|总|共|全[{HAN}]|原定|新[建增])[^,;。:]{{0,14}}$"
)
_DONE = re.compile(
    r"^(?P<thing>[^,;。:]{0,16}?)[,(]?(?:到\d{1,2}月底|截至[^,;。]{0,8}|目前|现在?|其?中)?"
    r"(?P<done>已经?|实际|实[到有收]|到[岗位]|只|仅|完成)[^,;。:\d]{0,8}$"
)
"""Between a whole and what is done of it: 41.3万亩「晚稻已收」26.8万亩."""
_AGAINST_PLAN = re.compile(r"超|省[了下]|节[省约]|结余|计划|概算|预算|目标|任务|多花|少花")
_DONE_BEFORE = re.compile(r"(?:已经?|完成|实[到际])[^,、;。\d]{0,8}$")
_NEGATED = re.compile(rf"[没未](?:有|被|能)?(?P<verb>[{HAN}]{{1,2}})")
_REACHED = re.compile(r"(?<![幅量额差率度])[到至为成](?:了|约|近)?$")
_SAYS_A_CHANGE = re.compile(
    r"[增减升降涨跌缩延扩差超翻幅加距隔]|提[高升]|[高低大小长短重轻贵早晚快慢][了出]|[多少](?![个项家次种样数年])|较|比(?![例重率价赛值])"
    r"|[高低多少大小快慢早晚]于|领先|落后|便宜|节[约省]|省[了下]|优惠|下滑"
)
_EXTENDED = re.compile(r"(?:延长|宽限|顺延)(?:至?多|最长)?$")
_UTMOST_ASKED = re.compile(r"最[多长久晚].{0,8}到(?:多少|几|多久)")
_OF_A_YEAR = re.compile(r"(?<![较比])(?:(?:19|20)\d\d年|去年|前年)")
_REST = re.compile(r"其余(?:部分|资金|的)?(?P<label>[^,;。]{0,16})")
_REST_ASKED = re.compile(
    r"其余|剩|自筹|自[己行家]?(?:掏|出|拿|筹|付)|承担|负担|(?:掏|出|拿|筹|放|交|送|捐|留|付|摆|运)(?:了|给|到|在)?"
)
_SHARES = ("%", "‰", "个百分点", "倍", "成")
"""Units of what changes are told in themselves."""
_MONEY_ASKED = re.compile(r"便宜|贵[了出]?(?:多少|几)")
_MONEY = re.compile(r"[元块角分毛钱%成倍折]")
_STOPS = re.compile(r"[,;。:]")
_LEAST_AHEAD = 2
"""Bigrams of the question by which another pair's label must be closer than that of the one marked."""

Kind = Literal["compared", "was", "from_to", "part"]


@dataclass(frozen=True, slots=True)
class Derived:
    """What came of it: a draft, or none where no number of the sentence may stand for the one asked for."""

    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Number:
    start: int
    end: int
    text: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two numbers of a sentence, and what they are to each other."""

    kind: Kind
    first: Number
    second: Number
    label: str
    """What they are told of."""
    anchor: str = ""
    """What the first is compared with."""
    less: bool = False
    """Of ``compared``: whether the second says how much less it is."""

    @property
    def now(self) -> Number:
        return self.second if self.kind == "from_to" else self.first

    @property
    def before(self) -> Number:
        return self.first if self.kind == "from_to" else self.second


def derived(query: Query, asked: Asked, evidence: Evidence, segmenter: Segmenter) -> Derived | None:
    """Return what a sentence says of a number that it may not print; ``None`` where it is as it was read."""
    sentence = fold(evidence.quote)
    if asked.form != "number" or len(sentence) != len(evidence.quote):
        return None
    question = plain(query.standalone)
    marked = marked_span(evidence)
    if marked and _EXTENDED.search(sentence[: marked[0]]) and _UTMOST_ASKED.search(question):
        return Derived()  # 60日, 可延长30日: what comes on top is not all
    meant = best_span(query.standalone, asked, evidence.quote, segmenter, marked)
    if meant is None:
        return None
    span = meant.start, meant.end
    numbers = numbers_in(asked, sentence, segmenter)
    if rest := _rest(question, sentence, numbers):
        return Derived(_draft(evidence, *rest))
    wanted = relation(question)
    pairs = _pairs(sentence, numbers)
    pair = _meant(question, pairs, span)
    if wanted == "change" and pair is None and _REACHED.search(sentence[: span[0]]):
        unit = next((n.quantity.unit for n in numbers if (n.start, n.end) == span), None)
        alike = [p for p in pairs if p.kind != "part" and p.second.quantity.unit == unit]
        pair = alike[0] if len(alike) == 1 else None
        if pair is None and unit not in _SHARES:
            return Derived()
    if pair is not None:
        return _of_pair(question, asked, wanted, pair, sentence, span, evidence)
    return Derived() if _is_another(question, wanted, sentence, span) else None


def tells_difference(question: str, draft: Draft) -> bool:
    """Tell whether a draft's short answer is by how much something differs from what a question names."""
    for quote in draft.quotes:
        sentence = fold(quote.text)
        at = sentence.find(fold(draft.short or "\n"))
        told = _TOLD_BY.search(_STOPS.split(sentence[:at])[-1]) if at >= 0 else None
        if told and set(bigrams(told.group())) & set(bigrams(question)):
            return falls(plain(question)) in (None, told["less"] is not None)
    return False


def _is_another(question: str, wanted: Relation | None, sentence: str, span: tuple[int, int]) -> bool:
    """Tell whether a number that stands alone is not what is asked for, whatever else may be told."""
    before = _STOPS.split(sentence[: span[0]])[-1]
    match wanted:
        case "change":
            if _MONEY_ASKED.search(question) and not _MONEY.search(sentence[slice(*span)]):
                return True
            return differs(question) and not _SAYS_A_CHANGE.search(before)
        case "left":
            verb = _NEGATED.search(question)
            done = verb is not None and re.search(rf"(?<![没未待]){verb['verb']}[^,;。\d]{{0,6}}$", before)
            return bool(done or _DONE_BEFORE.search(before))
        case _:
            by = _TOLD_BY.search(before)
            return (
                by is not None
                and not compares(question)
                and not re.search(r"[增减升降涨跌差]|变化", question)
            )


def _of_pair(
    question: str,
    asked: Asked,
    wanted: Relation | None,
    pair: _Pair,
    sentence: str,
    span: tuple[int, int],
    evidence: Evidence,
) -> Derived | None:
    """Return what two numbers say to a question that one of them seems to answer."""
    if pair.kind == "part":
        return _of_part(question, wanted, pair, span, evidence)
    then = earlier(question)
    if wanted == "change" and not (then and pair.kind == "was" and not compares(question)):
        return _change(question, asked, pair, sentence, span, evidence)
    if wanted == "left":
        return None
    if pair.kind == "compared":
        on_difference = touch((pair.second.start, pair.second.end), span)
        if not _is_of(question, pair, sentence):
            return Derived() if on_difference and wanted != "planned" else None
        return Derived(_added(evidence, pair.first, pair.second, less=not pair.less))
    if wanted == "change" or (wanted == "then" and _same_time(then, pair)):
        return (
            None
            if touch((pair.before.start, pair.before.end), span)
            else Derived(_told(evidence, pair.before))
        )
    return None


def _same_time(then: str | None, pair: _Pair) -> bool:
    told = earlier(pair.anchor)
    return then == told or (then == "原来" and pair.kind == "from_to")


def _is_of(question: str, pair: _Pair, sentence: str) -> bool:
    """Tell whether a question, which compares nothing, asks for what a number is compared with."""
    if compares(question) or not pair.anchor:
        return False
    told = earlier(pair.anchor)
    if told in ("去年", "同期") and _OF_A_YEAR.search(sentence[: pair.first.start]):
        return False  # 去年 of such a sentence may be the year before
    return earlier(question) == told if told else len(pair.anchor) > 1 and pair.anchor in question


def _change(
    question: str, asked: Asked, pair: _Pair, sentence: str, span: tuple[int, int], evidence: Evidence
) -> Derived | None:
    """Return by how much, as told or worked out; a refusal where it went the other way."""
    asked_less = falls(question)
    on_second = touch((pair.second.start, pair.second.end), span)
    if pair.kind == "compared":
        if compares(question) and (then := earlier(question)) and earlier(pair.anchor) not in (then, None):
            return None
        if asked_less is not None and asked_less != pair.less:
            return None if on_second else Derived()
        return None if on_second else Derived(_told(evidence, pair.second))
    shares = pair.now.quantity.unit == "%"
    if shares and not asked.noun.startswith("个百分点") and _SAYS_A_CHANGE.search(sentence[: span[0]][-4:]):
        return None  # growth is told in percent, and what it was before beside it
    now, before = pair.now.quantity, pair.before.quantity
    if asked_less is not None and now.value != before.value and asked_less != (now.value < before.value):
        return Derived()
    high, low = (pair.before, pair.now) if now.value < before.value else (pair.now, pair.before)
    return Derived(_added(evidence, high, low, less=True))


def _of_part(
    question: str, wanted: Relation | None, pair: _Pair, span: tuple[int, int], evidence: Evidence
) -> Derived | None:
    """Return what a plan and what came of it, or a whole and what is done of it, say to a question."""
    whole, done = pair.first, pair.second
    if wanted == "planned":
        return None if touch((whole.start, whole.end), span) else Derived(_told(evidence, whole))
    if wanted == "left":
        lacks = whole.quantity.value > done.quantity.value
        return Derived(_added(evidence, whole, done, less=True)) if lacks else Derived()
    if wanted == "change" and _AGAINST_PLAN.search(question):
        high, low = (whole, done) if whole.quantity.value > done.quantity.value else (done, whole)
        asked_less = falls(question)
        if asked_less is not None and asked_less != (done is low):
            return Derived()
        return Derived(_added(evidence, high, low, less=True))
    return None


def numbers_in(asked: Asked, sentence: str, segmenter: Segmenter) -> list[Number]:
    """Return the numbers of a sentence that can be worked with, of those that overlap the longest."""
    spans = dict(spans_like(asked, sentence, segmenter))  # of those that begin together the last is longest
    found: list[Number] = []
    for start, end in spans.items():
        quantity = parse(sentence[start:end])
        if quantity is not None and (not found or start >= found[-1].end):
            found.append(Number(start, end, sentence[start:end], quantity))
    return found


def _pairs(sentence: str, numbers: Sequence[Number]) -> list[_Pair]:
    """Return each two numbers of one unit that stand next to each other and are compared."""
    pairs = []
    for n, second in enumerate(numbers):
        first = next((one for one in reversed(numbers[:n]) if _one_unit(one, second)), None)
        if first is None:
            continue
        between = sentence[first.end : second.start]
        before = sentence[: first.start]
        head = re.split(r"[,;。:、]", before)[-1]
        found = _COMPARED.match(between)
        if found and not _is_a_change(head):
            anchor = "同比" if found["same"] else (found["anchor"] or "")
            pairs.append(_Pair("compared", first, second, head + between, anchor, found["less"] is not None))
        elif first.quantity.unit != second.quantity.unit:
            continue
        elif _FROM.search(before) and _TO.match(between):
            pairs.append(_Pair("from_to", first, second, head + between, head))
        elif _WAS.match(between):
            pairs.append(_Pair("was", first, second, head + between, between))
        elif (done := _DONE.match(between)) and (
            _WHOLE.search(before) or done["thing"][-1:] in ("里", "中") or done["done"].startswith("实")
        ):
            pairs.append(_Pair("part", first, second, head + between))
    return pairs


def _is_a_change(head: str) -> bool:
    """Tell whether a number is itself the change told of (同比增长6.3%): nothing is so much more than it."""
    return re.search(rf"(?:同比|环比|{_THAN}[^,;。]{{1,10}}){_BY}$", head) is not None


def _one_unit(one: Number, other: Number) -> bool:
    units = one.quantity.unit, other.quantity.unit
    return units[0] == units[1] or units == ("%", "个百分点")


def _meant(question: str, pairs: Sequence[_Pair], span: tuple[int, int]) -> _Pair | None:
    """Return the pair that a marked number is of, unless another one's label is clearly the one asked for."""
    grams = set(bigrams(question))
    near = {pair: len(grams.intersection(bigrams(pair.label))) for pair in pairs}
    touched = next(
        (p for p in pairs if any(touch((n.start, n.end), span) for n in (p.first, p.second))), None
    )
    closest = max(pairs, key=lambda p: near[p], default=None)
    if touched is None or closest is None:
        return None
    ahead = _LEAST_AHEAD if near[touched] else 1
    return closest if near[closest] >= near[touched] + ahead else touched


def _rest(question: str, sentence: str, numbers: Sequence[Number]) -> tuple[str, str] | None:
    """Return the working and the result of what remains of a whole, whose other parts are all told."""
    rest = _REST.search(sentence)
    parts_begin = sentence.rfind("其中", 0, rest.start()) if rest else -1
    if rest is None or parts_begin < 0 or not _REST_ASKED.search(question):
        return None
    told = any(rest.start() < n.start < rest.end() for n in numbers)
    own = set(bigrams(rest["label"])) - set(bigrams(sentence[: rest.start()]))
    named = own & set(bigrams(question)) or ("自" in question and "自" in rest["label"])
    if told or not (named or "其余" in question):
        return None
    parts = [n for n in numbers if parts_begin < n.start < rest.start()]
    # The whole is the last number before its parts.
    whole = next((n for n in reversed(numbers) if n.end <= parts_begin), None)
    if (
        whole is None
        or not parts
        or not all(_one_unit(whole, n) and n.quantity.exact for n in (whole, *parts))
    ):
        return None
    left = whole.quantity.value - sum((n.quantity.value for n in parts), Decimal(0))
    if left <= 0:
        return None
    text = write(left, whole.quantity.written, whole.quantity.scale)
    return f"{whole.text} - {' - '.join(n.text for n in parts)} = {text}", text


def _added(evidence: Evidence, one: Number, other: Number, *, less: bool) -> Draft | None:
    """Return the draft of a sum or a difference; ``None`` where the hedges leave it open."""
    first, second = one.quantity, other.quantity
    bound = joined((first.bound, opposite(second.bound) if less else second.bound))
    value = first.value - second.value if less else first.value + second.value
    if bound is None or value <= 0:
        return None
    apart = less and first.unit == second.unit == "%"
    text = write(value, "个百分点" if apart else first.written, wider(first.scale, second.scale), bound=bound)
    return _draft(evidence, f"{one.text} {'-' if less else '+'} {other.text} = {text}", text)


def _told(evidence: Evidence, number: Number) -> Draft:
    """Return the draft of a number that is printed."""
    return Draft((Quote.of(evidence),), evidence.quote[number.start : number.end])


def _draft(evidence: Evidence, working: str, text: str) -> Draft:
    return Draft((Quote.of(evidence),), text, lead=f"{working}。")
