"""Questions of several parts: their answers put together, or worked out from one another."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from qa.answers.arithmetic import Operand, calculated
from qa.answers.opposites import alternatives_of
from qa.answers.premises import NOTHING
from qa.answers.shorts import short_answer
from qa.answers.yes_no import NO, YES
from qa.composing import SHORT_CHARS, Draft, Quote
from qa.language.names import OFFICES
from qa.language.periods import Period
from qa.language.quantities import parse
from qa.language.time_expressions import find_times
from qa.reading.clauses import around
from qa.reading.spans import best_span, spans_like
from qa.search.matching import word_coverage
from qa.text import HAN, Segmenter, fold
from qa.types import Evidence, Hit, Query
from qa.understanding.choices import Alternative
from qa.understanding.parts import Calculation, Part
from qa.understanding.questions import analyse

_JOINED = rf"[{HAN}]{{0,3}}[和与及、][{HAN}]{{0,3}}?"
_JOINT = "(?:、|和|与|及|以及|[,，])"
_TOTAL = re.compile(r"(?:一共|总共|合计|共计|总计|共)[^,;。]{0,8}$")
_APIECE = re.compile("各|均|分别|每|都")
_RIGHT_BEHIND = 8
"""Characters between a name and its number."""
_AT_ITS_SIDE = 2
_LEAST_NAME = 2
"""Characters: 中型 and 小型 share their last one."""
_PLACE = re.compile(r"[一-鿿]{2,4}?(?:[省市县区镇乡村]|街道)")
_SHOWN = 0.75
"""Confidence from which a sentence is shown, without a short answer, that has neither of two alternatives."""
_NEARLY = 0.8
"""A part is also answered by another part's sentence if this share of the confidence needed is there."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a question, or of a part of one."""

    hits: Sequence[Hit]
    confidence: float
    draft: Draft | None = None
    best: Evidence | None = None
    """The best sentence, whether it answers or not."""
    why: str = ""
    """What to say of a refusal, where there is something to say."""
    note: str = ""
    """What to say beside answer or refusal."""


def put_together(
    parts: Sequence[Part], found: Sequence[Found], threshold: float, segmenter: Segmenter
) -> Found:
    """Put the answers of a question's parts together; a part without one is named.

    Args:
        parts: what was asked.
        found: what came of each.
        threshold: the confidence that an answer needs.
        segmenter: knows the corpus's names.
    """
    found = [
        _by_the_same_sentence(f, part, found, threshold, segmenter)
        for f, part in zip(found, parts, strict=True)
    ]
    drafts = [f.draft for f in found if f.draft is not None]
    if not drafts:
        return Found(_hits(found), max(f.confidence for f in found))
    missing = [part.label.strip() for part, f in zip(parts, found, strict=True) if f.draft is None]
    leads = [*(d.lead for d in drafts if d.lead), *(f"“{label}”：{NOTHING}" for label in missing)]
    shorts = list(dict.fromkeys(d.short for d in drafts if d.short))
    short = "；".join(shorts)
    return Found(
        _hits(found),
        min(f.confidence for f in found if f.draft is not None),
        Draft(
            quotes=tuple(quote for d in drafts for quote in _needed(d)),
            short=short if 0 < len(short) <= SHORT_CHARS else next(iter(shorts), None),
            lead="\n".join(leads),
            items=tuple(item for d in drafts for item in d.items),
            notice="有的部分公报中没有找到。"
            if missing
            else next((d.notice for d in drafts if d.notice), None),
            dated=any(d.dated for d in drafts),
        ),
    )


def choose(offered: Sequence[Alternative], found: Sequence[Found], segmenter: Segmenter) -> Found | None:
    """Answer a choice question by the one of its alternatives that is so; ``None`` where neither is decided.

    Args:
        offered: the two alternatives.
        found: what came of the question whether each is so.
        segmenter: knows the corpus's names.
    """
    verdicts = [f.draft.lead if f.draft else "" for f in found]
    if verdicts.count(YES) == 1:
        decides = chosen = verdicts.index(YES)
    elif verdicts.count(NO) == 1:
        decides = verdicts.index(NO)
        chosen = 1 - decides
    else:
        return None
    told, text = found[decides].draft, offered[chosen].said
    if told is None or _side_by_side(told, offered) or (chosen != decides and not _tells(told, text)):
        return None
    if not _is_about(offered, text, told, segmenter):
        return None
    return replace(found[decides], draft=replace(told, short=text, lead=f"{text}。"))


def _side_by_side(draft: Draft, offered: Sequence[Alternative]) -> bool:
    """Tell whether a quote has both alternatives side by side: 科级、股级 are both."""
    one, other = (re.escape(fold(a.text)) for a in offered)
    both = re.compile(rf"{one}{_JOINT}{other}|{other}{_JOINT}{one}")
    return any(both.search(fold(quote.text)) for quote in draft.quotes)


def _is_about(offered: Sequence[Alternative], chosen: str, draft: Draft, segmenter: Segmenter) -> bool:
    """Tell whether what decides has the things of which a choice is, and of the alternative chosen."""
    said = "".join(fold(quote.text) for quote in draft.quotes)
    before = fold(_shared(offered))
    subject = [word for word, tag, _ in segmenter.tagged(before) if len(word) > 1 and tag[:1] == "n"]
    if subject and not word_coverage(subject[-1], said):
        return False
    own = [word for word, tag, _ in segmenter.tagged(fold(chosen)) if len(word) > 1 and tag[:1] == "n"]
    return _names(chosen).search(said) is not None or all(word_coverage(word, said) for word in own)


def _shared(offered: Sequence[Alternative]) -> str:
    """Return what the questions for two alternatives begin with."""
    one, other = (alternative.question for alternative in offered)
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _tells(draft: Draft, chosen: str) -> bool:
    """Tell whether what decides has the alternative chosen (免费, where it is asked whether 收费)."""
    return any(_names(chosen).search(fold(quote.text)) for quote in draft.quotes)


def _names(alternative: str) -> re.Pattern[str]:
    """Return a pattern of what says an alternative: its own words, or what means the same (不要钱, 免费)."""
    own = re.escape(fold(alternative).rstrip("的了着")).replace("从", "[从由自]").replace("往", "[往向朝]")
    return re.compile("|".join((own, *(same.pattern for same in alternatives_of(alternative)))))


def picked(offered: Sequence[Alternative], found: Found, segmenter: Segmenter) -> Found:
    """Answer a choice question by the alternative that was found for it as a whole, if only one was.

    The one that the clauses about what is asked have, else the clause with the short answer. What is found
    is shown without a short answer where they have both, and mostly not at all where they have neither.
    """
    draft, best = found.draft, found.best
    if draft is None or best is None or draft.items:
        return found
    sentence = fold(best.quote)
    office = re.search(rf"(?:{OFFICES})(?=是?$)", fold(_shared(offered)))
    if office and office.group() not in sentence:
        return replace(found, draft=None)  # which of two holds it, that sentence does not tell
    at = sentence.find(fold(draft.short)) if draft.short else -1
    marked = slice(*around(sentence, (at, at + len(draft.short or "")), ",，;；。")) if at >= 0 else None
    subjects = [w for w in segmenter.content_words(fold(_shared(offered))) if len(w) > 1 and w in sentence]
    clauses = [c for c in re.split("[,，;；。]", sentence) if subjects and subjects[0] in c]
    for text in ("，".join(clauses), sentence[marked] if marked else ""):
        own = [one for one in offered if _names(one.text).search(text)]
        beside = [fold(quote.text) for quote in draft.quotes if quote.start != best.start]
        if len(own) == 1 and any(
            _names(one.text).search(text) for one in offered if one is not own[0] for text in beside
        ):
            break  # another sentence has the other one
        if len(own) == 1:
            return replace(found, draft=replace(draft, short=own[0].said, lead=f"{own[0].said}。"))
        if own:
            break
    told = "".join(fold(quote.text) for quote in draft.quotes)
    if found.confidence < _SHOWN and not any(_names(one.text).search(told) for one in offered):
        return replace(found, draft=None)
    return replace(found, draft=replace(draft, short=None, lead=""))


def _by_the_same_sentence(
    found: Found, part: Part, others: Sequence[Found], threshold: float, segmenter: Segmenter
) -> Found:
    """Answer a part from the sentence that answers another one, where it is its own best sentence too."""
    best, asked = found.best, analyse(part.question)
    if found.draft is not None or best is None or found.confidence < _NEARLY * threshold:
        return found
    place = best.article.id, best.start
    shared = next(
        (o for o in others if o.draft and o.best and (o.best.article.id, o.best.start) == place), None
    )
    if shared is None or asked.form not in ("number", "date", "person", "place"):
        return found
    short = short_answer(Query(part.question, part.question, asked.form), asked, best, segmenter)
    if short is None:
        return found
    quote = Quote.of(best)
    return replace(found, draft=Draft((quote,), short), confidence=shared.confidence)


def _needed(draft: Draft) -> tuple[Quote, ...]:
    """Return the quotes that hold a part's short answer or items; all of them where none does."""
    if draft.items or draft.dated or draft.short is None:
        return draft.quotes
    return tuple(quote for quote in draft.quotes if draft.short in quote.text) or draft.quotes


def work_out(wanted: Calculation, found: Sequence[Found], segmenter: Segmenter) -> Found | None:
    """Work out what was asked from the numbers or days found; a refusal that says what is missing otherwise.

    ``None`` where one number stands for all: it is no calculation then.
    """
    hits = _hits(found)
    if wanted.kind in ("earliest", "latest", "days"):
        return _in_order(wanted, found, hits)
    operands = [
        Operand(part.label, f.draft.short, f.draft.quotes[0])
        for part, f in zip(wanted.operands, found, strict=True)
        if f.draft is not None and f.draft.short is not None
    ]
    units = _units(operands)
    one = len({(o.text, o.quote.article.id, o.quote.start) for o in operands}) == 1
    apart = len(operands) < len(found) or len(units) > 1 or one
    aligned = None
    if operands and not wanted.change:
        aligned = _from_one_sentence(wanted, found, segmenter, strictly=not apart)
    operands = aligned or operands
    units = _units(operands)
    if len(operands) < len(found):
        missing = {part.label for part in wanted.operands} - {o.label for o in operands}
        names = "、".join(f"“{part.label}”" for part in wanted.operands if part.label in missing)
        return Found(hits, 0.0, why=f"公报中没有找到{names}的数字，不能计算。")
    if aligned is None and (elsewhere := _of_elsewhere(wanted, operands, segmenter)):
        return Found(hits, 0.0, why=f"公报中没有找到“{elsewhere}”的数字，不能计算。")
    if one and aligned is None:
        return _stated(wanted, found, operands[0], hits)
    if (len(units) > 1 or None in units) and len({o.quote.article.id for o in operands}) > 1:
        return Found(hits, 0.0)  # numbers of unlike things: what each is says nothing
    worked = calculated(wanted, operands)
    if isinstance(worked, str):
        return Found(hits, 0.0, why=worked)
    return Found(hits, min(f.confidence for f in found if f.draft is not None), worked)


def _units(operands: Sequence[Operand]) -> set[str | None]:
    return {quantity.unit if (quantity := parse(o.text)) else None for o in operands}


def _in_order(wanted: Calculation, found: Sequence[Found], hits: Sequence[Hit]) -> Found:
    """Return which of several was first or last, by the days found."""
    dated: list[tuple[Period, str, Quote]] = []
    for part, f in zip(wanted.operands, found, strict=True):
        day = _day(f.draft) if f.draft is not None else None
        if f.draft is None or day is None:
            return Found(hits, 0.0, why=f"公报中没有找到“{part.label}”的确切日期，不能比较。")
        dated.append((day, part.label, f.draft.quotes[0]))
    stated = "，".join(f"{label}{day}" for day, label, _ in dated)
    quotes = tuple(dict.fromkeys(quote for _, _, quote in dated))
    confidence = min(f.confidence for f in found)
    if wanted.kind == "days":
        days = _days_between(dated[1][0], dated[0][0])
        if days is None:
            return Found(hits, 0.0, why=f"公报中给出的是：{stated}。")
        return Found(hits, confidence, Draft(quotes, f"{days}天", lead=f"{stated}：相隔{days}天。"))
    first = wanted.kind == "earliest"
    ranked = sorted((day for day, _, _ in dated), key=_bounds, reverse=not first)
    if not _apart(*(ranked[:2] if first else ranked[1::-1])):
        return Found(hits, 0.0, why=f"公报中给出的是：{stated}，分不出先后。")
    label = next(label for day, label, _ in dated if day == ranked[0])
    lead = f"{stated}：{label}{'更' if len(dated) == 2 else '最'}{'早' if first else '晚'}。"
    return Found(hits, confidence, Draft(quotes, label if len(label) <= SHORT_CHARS else None, lead=lead))


def _days_between(earlier: Period, later: Period) -> int | None:
    """Return how many days one day is before another; ``None`` for longer times and another order."""
    whole_days = all(len(set(_bounds(period))) == 1 for period in (earlier, later))
    days = (_bounds(later)[0] - _bounds(earlier)[0]).days
    return days if whole_days and days > 0 else None


def _day(draft: Draft) -> Period | None:
    """Return the days that a short answer names, ``None`` where that is not certain."""
    times = find_times(draft.short or "", draft.quotes[0].article.date)
    if len(times) != 1 or times[0].certainty == "vague" or times[0].open_side:
        return None
    period = times[0].period
    return None if period.first is None or period.last is None else period


def _bounds(period: Period) -> tuple[dt.date, dt.date]:
    return period.first or dt.date.min, period.last or dt.date.max


def _apart(earlier: Period, later: Period) -> bool:
    return _bounds(earlier)[1] < _bounds(later)[0]


def _of_elsewhere(wanted: Calculation, operands: Sequence[Operand], segmenter: Segmenter) -> str | None:
    """Return the part whose number is told by an article without a name that all parts share.

    The reservoirs of one county and those of another make no sum.
    """
    labels = [fold(part.label) for part in wanted.operands]
    names = [
        word
        for word, tag, _ in segmenter.tagged(labels[0])
        if tag[:2] in ("ns", "nr", "nt") and len(word) > 1
    ]
    names += [place.group()] if (place := _PLACE.match(labels[0])) else []
    shared = [word for word in names if all(word in label for label in labels)]
    articles = {
        o.quote.article.id: fold(f"{o.quote.article.title}\n{o.quote.article.body}") for o in operands
    }
    held = {id_: sum(word in text for word in shared) for id_, text in articles.items()}
    most = max(held.values(), default=0)
    return next((o.label for o in operands if held[o.quote.article.id] < most), None)


def _stated(wanted: Calculation, found: Sequence[Found], total: Operand, hits: Sequence[Hit]) -> Found | None:
    """Return the total that a sentence states itself; a refusal where its number is only one of the parts."""
    if wanted.kind != "sum":
        return None
    sentence = fold(total.quote.text)
    names = [fold(_own(part, wanted)) for part in wanted.operands]
    called = _TOTAL.search(sentence[: sentence.find(fold(total.text))]) and all(n in sentence for n in names)
    if called or told_together(wanted, Draft((total.quote,), total.text)):
        return replace(found[0], hits=hits)
    return Found(hits, 0.0, why=f"公报中只找到一个数：{total.text}，不能计算。")


def told_together(wanted: Calculation, draft: Draft) -> bool:
    """Tell whether the number that answers stands behind the names of all things (为甲乡、乙镇配备8名)."""
    if draft.short is None or wanted.kind != "sum":
        return False
    sentence = fold(draft.quotes[0].text)
    names = [fold(_own(part, wanted)) for part in wanted.operands]
    together = re.search(
        rf"{_JOINED.join(map(re.escape, names))}(?P<deed>[{HAN}]{{0,6}}?)(?:一?共|合计)?有?$",
        sentence[: max(sentence.find(fold(draft.short)), 0)],
    )
    return together is not None and _APIECE.search(together["deed"]) is None


def _from_one_sentence(
    wanted: Calculation, found: Sequence[Found], segmenter: Segmenter, *, strictly: bool
) -> list[Operand] | None:
    """Return all operands from one sentence that names each of them, with numbers of one unit.

    ``strictly`` each right behind its name (中型3座、小型40座): surer than what was read of each alone.
    """
    for f in found:
        if f.draft is None or f.best is None:
            continue
        sentence = f.best.quote
        if spans := _respectively(wanted, sentence, segmenter):
            quote = Quote(f.best.article, f.best.start, f.best.end)
            return [
                Operand(part.label, sentence[slice(*span)], quote)
                for part, span in zip(wanted.operands, spans, strict=True)
            ]
        operands = []
        for part in wanted.operands:
            span = _behind(_own(part, wanted), part, sentence, segmenter)
            if span is None or (strictly and not _right_behind(_own(part, wanted), sentence, span)):
                break
            quote = Quote(f.best.article, f.best.start, f.best.end)
            operands.append(Operand(part.label, sentence[slice(*span)], quote))
        if len(operands) == len(found) and len(_units(operands)) == 1 and len({o.text for o in operands}) > 1:
            return operands
    return None


def _respectively(wanted: Calculation, sentence: str, segmenter: Segmenter) -> list[tuple[int, int]] | None:
    """Return the numbers that a sentence gives in the order of the things it names (甲和乙分别为3元和5元)."""
    folded = fold(sentence)
    names = [fold(_own(part, wanted)) for part in wanted.operands]
    order = sorted(names, key=folded.find)
    named = re.search(rf"{_JOINED.join(map(re.escape, order))}[^。;\d]{{0,30}}?(?:分别|依次)", folded)
    if named is None or len(set(names)) < len(names):
        return None
    spans = [
        span
        for span in spans_like(analyse(wanted.operands[0].question), sentence, segmenter)
        if span[0] >= named.end()
    ][: len(names)]
    joints = [folded[a[1] : b[0]] for a, b in pairwise(spans)]
    if len(spans) < len(names) or not all(re.fullmatch(_JOINT, joint) for joint in joints):
        return None
    return [spans[order.index(name)] for name in names]


def _behind(own: str, part: Part, sentence: str, segmenter: Segmenter) -> tuple[int, int] | None:
    """Return the number that stands right behind a part's own name, else the one that fits it best."""
    asked, spans = analyse(part.question), spans_like(analyse(part.question), sentence, segmenter)
    ends = [m.end() for m in re.finditer(re.escape(fold(own)), fold(sentence))]
    if not ends:
        return None
    # 进出口213亿元,其中出口168亿元: a name may stand in another one before
    gaps = [(s[0] - end, end) for end in ends for s in spans if 0 <= s[0] - end <= _AT_ITS_SIDE]
    at = min(gaps)[1] - len(own) if gaps else ends[0] - len(own)
    following = next((s for s in spans if s[0] >= at + len(own)), None)
    if following is not None and following[0] - at - len(own) <= _RIGHT_BEHIND:
        return following
    span = best_span(part.question, asked, sentence, segmenter)
    return (span.start, span.end) if span else None


def _right_behind(own: str, sentence: str, span: tuple[int, int]) -> bool:
    ends = (m.end() for m in re.finditer(re.escape(fold(own)), fold(sentence)))
    return len(own) > 1 and any(0 <= span[0] - end <= _AT_ITS_SIDE for end in ends)


def _own(part: Part, wanted: Calculation) -> str:
    """Return what a part's label has that the others' don't: without their common ends."""
    labels = [p.label for p in wanted.operands]
    shortest = min(map(len, labels))
    start = next((i for i in range(shortest) if len({label[i] for label in labels}) > 1), shortest)
    end = next((i for i in range(shortest - start) if len({label[-1 - i] for label in labels}) > 1), 0)
    return part.label[start : max(len(part.label) - end, start + _LEAST_NAME)]


def _hits(found: Sequence[Found]) -> tuple[Hit, ...]:
    """Return the passages of all parts, each once."""
    return tuple({hit.passage.id: hit for f in found for hit in f.hits}.values())
