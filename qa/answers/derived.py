"""A number that a sentence tells only by way of others: by how much, what it was before, what is left.

None of the numbers that stand there need be the answer: 「7.1天，去年同期为7.6天」 says 0.5天 to who asks how
much shorter it has become, and 「97例，比去年同期少21例」 says 118例 to who asks how many there were then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from qa.answers.marks import marked_span, touch
from qa.answers.pairs import BY, THAN, THING, Number, Pair, numbers_in, one_unit, pairs_in
from qa.composing import Draft, Quote
from qa.language.quantities import joined, opposite, wider, write
from qa.reading.clauses import around
from qa.reading.spans import best_span
from qa.text import HAN, Segmenter, bigrams, fold
from qa.types import Article, Evidence, Query
from qa.understanding.differences import Relation, compares, differs, earlier, falls, relation
from qa.understanding.questions import Asked, plain

_TOLD_BY = re.compile(rf"(?:{THAN}[^,;。]{{1,14}}?|同比|环比){BY}$")
_SET_AGAINST = re.compile(rf"[与和同跟][^,;。]{{1,12}}?相?比(?:较|起来)?,[^;。]*?{BY}$")
"""Something is so much more or less, with what it is compared with in a clause before."""
_RECORD = re.compile(r"最[快短长慢高低多少]的?一[件个次例单笔位名家宗](?![月年天])[^,;。]{0,6}$")
"""What stands out, and says not how it mostly is (最短的一件用时47分钟)."""
_PART_ASKED = re.compile(rf"[里中]面?(?:一?共)?有?(?:多少|几)[{HAN}]?是(?P<part>[{HAN}]{{1,6}}?)的?$")
_AIM = re.compile(r"目标|计划|任务")
_AIM_ASKED = re.compile(r"目标|计划|任务|[想要拟将]|打算|预计|力争|争取")
_TIMES = re.compile(r"[是为](?P<when>(?:19|20)\d\d年|去年|上年|前年|原来|以前)[^,;。\d]{0,6}的[\d.]+倍")
_AGAINST_PLAN = re.compile(r"超|省[了下]|节[省约]|结余|计划|概算|预算|目标|任务|多花|少花")
_DONE_BEFORE = re.compile(r"(?:已经?|完成|实[到际])[^,、;。\d]{0,8}$")
_NEGATED = re.compile(rf"[没未](?:有|被|能)?(?P<verb>[{HAN}]{{1,2}})")
_REACHED = re.compile(r"(?<![幅量额差率度])(?:[到至为]|(?<!完)成)(?:了|约|近)?$")
_SAYS_A_CHANGE = re.compile(
    r"[增减升降涨跌缩延扩差超翻幅加距隔]|提[高升]|[高低大小长短重轻贵早晚快慢][了出]|[多少](?![个项家次种样数年])|较|比(?![例重率价赛值])"
    r"|[高低多少大小快慢早晚]于|领先|落后|便宜|节[约省]|省[了下]|优惠|下滑"
)
_MORE_DONE = re.compile(
    "(?<![最至许很大众])[多少][分收招聘录花种卖挣赚产采跑装建办发来](?:了|出来?)?(?:多少|几)"
)
"""Asks what came on top (今年多招几个), which no plain number is."""
_EXTENDED = re.compile(r"(?:延长|宽限|顺延)(?:至?多|最长)?$")
_UTMOST_ASKED = re.compile(r"最[多长久晚].{0,8}到(?:多少|几|多久)")
_OF_A_YEAR = re.compile(r"(?<![较比])(?:(?:19|20)\d\d年|去年(?!同期)|前年)")
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

_OF_WHICH = re.compile(rf"^{THING}[,(]其中(?P<part>[{HAN}]{{1,10}})$")
_NOT_YET = re.compile(rf"[没未](?:有|被|能)?(?P<what>[{HAN}]{{2,6}}?)(?:的|有)")


@dataclass(frozen=True, slots=True)
class Derived:
    """What came of it: a draft, or none where no number of the sentence may stand for the one asked for."""

    draft: Draft | None = None


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
    pairs = pairs_in(sentence, numbers)
    pair = _meant(question, pairs, span)
    if pair is None and wanted == "change" and (own := _told_against(question, sentence, numbers, span)):
        return Derived(_told(evidence, own))
    if pair is None and wanted == "left" and (undone := _without_a_part(question, sentence, numbers, span)):
        return Derived(_added(evidence, *undone, less=True))
    if wanted == "change" and pair is None and _REACHED.search(sentence[: span[0]]):
        unit = next((n.quantity.unit for n in numbers if (n.start, n.end) == span), None)
        alike = [p for p in pairs if p.kind != "part" and p.second.quantity.unit == unit]
        pair = alike[0] if len(alike) == 1 else None
        points = "百分点" in question and unit != "个百分点"
        if pair is None and (unit not in _SHARES or points):
            return Derived()
    if pair is not None:
        return _of_pair(question, asked, wanted, pair, sentence, span, evidence)
    return Derived() if _is_another(question, wanted, sentence, span) else None


def tells_difference(question: str, draft: Draft) -> bool:
    """Tell whether a draft's short answer is by how much something differs from what a question names."""
    for quote in draft.quotes:
        sentence = fold(quote.text)
        at = sentence.find(fold(draft.short or "\n"))
        told = _told_by(sentence[:at]) if at >= 0 else None
        if told and set(bigrams(told.group())) & set(bigrams(question)):
            return falls(plain(question)) in (None, told["less"] is not None)
    return False


def _told_by(upto: str) -> re.Match[str] | None:
    """Return what says, right before a number, that by so much one thing differs from another."""
    return _TOLD_BY.search(_STOPS.split(upto)[-1]) or _SET_AGAINST.search(upto)


def _told_against(
    question: str, sentence: str, numbers: Sequence[Number], span: tuple[int, int]
) -> Number | None:
    """Return by how much something differs from the time asked about, where from another's was marked.

    (比去年同期少3.58亿立方米,比常年同期偏少20.1%)
    """
    then, less = earlier(question), falls(question)
    if then is None or not compares(question):
        return None
    told = [(n, by) for n in numbers if (by := _told_by(sentence[: n.start]))]
    marked = next((by for n, by in told if touch((n.start, n.end), span)), None)
    if marked is None or _of_one_time(then, earlier(marked.group())):
        return None
    own = [
        n
        for n, by in told
        if _of_one_time(then, earlier(by.group())) and less in (None, by["less"] is not None)
    ]
    return own[0] if len(own) == 1 else None


def _of_one_time(then: str, told: str | None) -> bool:
    """Tell whether two earlier times may be the same: who asks for 去年 may mean its 同期."""
    return then == told or {then, told} == {"去年", "同期"}


def _is_another(question: str, wanted: Relation | None, sentence: str, span: tuple[int, int]) -> bool:
    """Tell whether a number that stands alone is not what is asked for, whatever else may be told."""
    before = _STOPS.split(sentence[: span[0]])[-1]
    base = _TIMES.search(sentence, span[1])
    if base and base["when"] in question and base["when"] not in sentence.replace(base.group(), ""):
        return True  # 4.12万元,是2013年的3.4倍
    if _RECORD.search(before) and "最" not in question:
        return True
    part = _PART_ASKED.search(question.rstrip("?"))
    if part and part["part"] not in sentence[slice(*around(sentence, span, "、,;。"))]:
        return True
    match wanted:
        case "change":
            if _MONEY_ASKED.search(question) and not _MONEY.search(sentence[slice(*span)]):
                return True
            more = differs(question) or _MORE_DONE.search(question) is not None
            return more and not _SAYS_A_CHANGE.search(before)
        case "left":
            verb = _NEGATED.search(question)
            done = verb is not None and re.search(rf"(?<![没未待]){verb['verb']}[^,;。\d]{{0,6}}$", before)
            return bool(done or _DONE_BEFORE.search(before))
        case _:
            return (
                _told_by(sentence[: span[0]]) is not None
                and not compares(question)
                and not re.search(r"[增减升降涨跌差]|变化", question)
            )


def _of_pair(
    question: str,
    asked: Asked,
    wanted: Relation | None,
    pair: Pair,
    sentence: str,
    span: tuple[int, int],
    evidence: Evidence,
) -> Derived | None:
    """Return what two numbers say to a question that one of them seems to answer."""
    if pair.kind == "part":
        return _of_part(question, wanted, pair, span, evidence)
    then = earlier(question)
    if then == "去年" and not compares(question) and _reports_last_year(evidence.article):
        return None  # what it reports is what is asked for
    if pair.kind == "now" and (wanted != "then" or earlier(pair.anchor) != then):
        return _now(question, asked, wanted, pair, sentence, span, evidence)
    if wanted == "change" and not (then and pair.kind == "was" and not compares(question)):
        return _change(question, asked, pair, sentence, span, evidence)
    if wanted == "left":
        return None
    if pair.kind == "compared":
        on_difference = touch((pair.second.start, pair.second.end), span)
        if not _is_of(question, pair, sentence, evidence.article):
            of_then = wanted == "then" and earlier(pair.anchor) == then
            return Derived() if (on_difference and wanted != "planned") or of_then else None
        return Derived(_added(evidence, pair.first, pair.second, less=not pair.less))
    if wanted == "change" or (wanted == "then" and _same_time(then, pair)):
        return (
            None
            if touch((pair.before.start, pair.before.end), span)
            else Derived(_told(evidence, pair.before))
        )
    return None


def _now(
    question: str,
    asked: Asked,
    wanted: Relation | None,
    pair: Pair,
    sentence: str,
    span: tuple[int, int],
    evidence: Evidence,
) -> Derived | None:
    """Return what something once so and so is now, or by how much that is more or less."""
    formerly = earlier(pair.anchor) in ("原来", None)
    if wanted is None:
        on_before = touch((pair.before.start, pair.before.end), span)
        return Derived(_told(evidence, pair.now)) if formerly and on_before else None
    if wanted != "change":
        return None
    then = earlier(question)
    if compares(question) and then is not None and not _same_year(then, pair.anchor, evidence):
        return Derived()
    if "今年" in pair.label and _AIM.search(pair.label) and not _AIM_ASKED.search(question):
        return Derived()  # what is aimed at is not yet so
    return _change(question, asked, pair, sentence, span, evidence)


def _same_year(then: str, anchor: str, evidence: Evidence) -> bool:
    """Tell whether a time of a question is that of a sentence, 去年 also by its number."""
    told, date = earlier(anchor), evidence.article.date
    return then == told or (then == "去年" and date is not None and told == f"{date.year - 1}年")


def _without_a_part(
    question: str, sentence: str, numbers: Sequence[Number], span: tuple[int, int]
) -> tuple[Number, Number] | None:
    """Return a whole and a part, where the rest is asked for (参保6.9万人,其中领取待遇2.3万人)."""
    denied = _NOT_YET.search(question)
    if denied is None:
        return None
    for whole, part in pairwise(numbers):
        of_it = _OF_WHICH.match(sentence[whole.end : part.start])
        alike = whole.quantity.unit == part.quantity.unit and whole.quantity.value > part.quantity.value
        if not of_it or not alike or not any(touch((n.start, n.end), span) for n in (whole, part)):
            continue
        if set(bigrams(denied["what"])) & set(bigrams(of_it["part"])):
            return whole, part
    return None


def _same_time(then: str | None, pair: Pair) -> bool:
    told = earlier(pair.anchor)
    return then == told or (then == "原来" and pair.kind == "from_to")


def _reports_last_year(article: Article) -> bool:
    """Tell whether an article's headline says that it is on the year before its own."""
    return article.date is not None and f"{article.date.year - 1}年" in article.title


def _is_of(question: str, pair: Pair, sentence: str, article: Article) -> bool:
    """Tell whether a question, which compares nothing, asks for what a number is compared with."""
    if compares(question) or not pair.anchor:
        return False
    told = earlier(pair.anchor)
    if told == "原来" and "今年" in pair.label and earlier(question) == "去年":
        return True  # 今年1月起比原来提高12元
    if told in ("去年", "同期") and (
        _OF_A_YEAR.search(sentence[: pair.first.start]) or _reports_last_year(article)
    ):
        return False  # 去年 of such a sentence may be the year before
    return earlier(question) == told if told else len(pair.anchor) > 1 and pair.anchor in question


def _change(
    question: str, asked: Asked, pair: Pair, sentence: str, span: tuple[int, int], evidence: Evidence
) -> Derived | None:
    """Return by how much, as told or worked out; a refusal where it went the other way."""
    asked_less = falls(question)
    on_second = touch((pair.second.start, pair.second.end), span)
    if pair.kind == "compared":
        if compares(question) and (then := earlier(question)) and _is_set_against(pair.anchor, then):
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


def _is_set_against(anchor: str, then: str) -> bool:
    """Tell whether a number is compared with another time, or with no time at all (比全省平均水平高)."""
    told = earlier(anchor)
    return not _of_one_time(then, told) if told else anchor not in ("", "同比", "环比")


def _of_part(
    question: str, wanted: Relation | None, pair: Pair, span: tuple[int, int], evidence: Evidence
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


def _meant(question: str, pairs: Sequence[Pair], span: tuple[int, int]) -> Pair | None:
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
        or not all(one_unit(whole, n) and n.quantity.exact for n in (whole, *parts))
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
