"""Sums, differences and comparisons of numbers that the bulletins state, with the working shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from qa.composing import SHORT_CHARS, Draft, Quote
from qa.language.quantities import Quantity, joined, opposite, parse, wider, write
from qa.text import fold
from qa.understanding.parts import Calculation


@dataclass(frozen=True, slots=True)
class Operand:
    """A number found for one part of a calculation."""

    label: str
    text: str
    """As printed, hedge and unit included."""
    quote: Quote
    """The sentence that states it."""


NEVER_ADDED = frozenset(("%", "‰", "成", "折", "倍", "个百分点", "℃", "°c", "摄氏度"))
"""Units of shares and temperatures."""
_NOT_COUNTED = frozenset(("月", "号", "日", "点", "时", "级", "届"))
"""What numbers a day, an hour or a rank and measures nothing."""
_YEARS = Decimal(1000)
"""From here on 年 is a year of the calendar."""
_WITHIN = re.compile(r"(?:其中|包括|包含|含)[,:]?[^,;。]*$")


def calculated(kind: Calculation, operands: Sequence[Operand]) -> Draft | str:
    """Return the draft of a calculation's answer, or why it cannot be worked out, for the reader.

    Exact in decimals. What is hedged in one operand is hedged in the result, the same way where that holds
    (over 300 and over 200 are over 500); shares and temperatures are compared and subtracted, never added,
    nor is a total and a part of it. Of hedged numbers that may be the same none is called the larger.
    """
    quantities = [parse(operand.text) for operand in operands]
    stated = "，".join(f"{operand.label}{operand.text}" for operand in operands)
    read = [quantity for quantity in quantities if quantity is not None]
    if len(read) < len(operands):
        return f"公报中给出的是：{stated}，其中有的不是可以计算的数。"
    if len({quantity.unit for quantity in read}) > 1:
        return f"公报中给出的是：{stated}，单位不同，不能计算。"
    if why := _senseless(kind, operands, read):
        return f"公报中给出的是：{stated}，{why}。"
    worked = _worked(kind, operands, read)
    if worked is None:
        return f"公报中给出的是：{stated}，其中有约数，不能算出确切的结果。"
    lead, short = worked
    return Draft(
        tuple(operand.quote for operand in operands),
        short if len(short) <= SHORT_CHARS else None,
        lead=f"{stated}：{lead}。",
    )


def _senseless(kind: Calculation, operands: Sequence[Operand], quantities: Sequence[Quantity]) -> str | None:
    """Return why numbers of one unit cannot be worked with all the same."""
    unit = quantities[0].unit
    if unit in _NOT_COUNTED:
        return "这不是可以计算的数"
    if kind.kind != "sum":
        return None
    if unit in ("%", "‰"):
        return "百分比不能相加"
    if unit in NEVER_ADDED or (unit == "年" and any(q.value >= _YEARS for q in quantities)):
        return "这样的数不能相加"
    for whole, total in zip(operands, quantities, strict=True):
        for part, share in zip(operands, quantities, strict=True):
            if share.value < total.value and _holds(whole, part):
                return f"{part.label}已包含在{whole.label}之内，不能相加"
    return None


def _holds(whole: Operand, part: Operand) -> bool:
    """Tell whether one sentence gives a number and, behind 其中, another that is a part of it."""
    if (whole.quote.article.id, whole.quote.start) != (part.quote.article.id, part.quote.start):
        return False
    sentence = fold(whole.quote.text)
    at = sentence.find(fold(whole.text))
    until = sentence.find(fold(part.text), at + len(whole.text)) if at >= 0 else -1
    return until >= 0 and _WITHIN.search(sentence[at + len(whole.text) : until]) is not None


def _worked(
    kind: Calculation, operands: Sequence[Operand], quantities: Sequence[Quantity]
) -> tuple[str, str] | None:
    """Return the working in words and the result; ``None`` where the hedges leave it open."""
    written = {q.written for q in quantities}
    unit = quantities[0].written if len(written) == 1 else quantities[0].unit
    scale = reduce(wider, (q.scale for q in quantities))
    if kind.kind == "sum":
        bound = joined(q.bound for q in quantities)
        if bound is None:
            return None
        total = write(sum((q.value for q in quantities), Decimal(0)), unit, scale, bound=bound)
        return f"{' + '.join(operand.text for operand in operands)} = {total}", total
    ranked = sorted(zip(operands, quantities, strict=True), key=lambda pair: -(pair[1].least + pair[1].value))
    (most, high), (least, low) = ranked[0], ranked[-1]
    if kind.kind in ("more", "less") and len(operands) > 2:
        return _extreme(kind, ranked)
    if high.value == low.value and high.exact and low.exact:
        equal = "两者相同" if len(operands) == 2 else "都相同"
        return (equal, "相同") if kind.kind != "difference" else (equal, write(Decimal(0), unit, scale))
    bound = joined((high.bound, opposite(low.bound)))
    if not _larger(high, low):
        return None
    apart = f"{most.text} - {least.text}"
    if bound is not None and high.value > low.value:
        apart += f" = {write(high.value - low.value, _difference_unit(unit), scale, bound=bound)}"
    if kind.kind == "difference":
        if "=" not in apart:
            return None
        order = "" if most is operands[0] else f"{operands[0].label}比{operands[1].label}少，"
        return f"{order}{apart}", apart.rpartition(" = ")[2]
    winner = most if kind.kind == "more" else least
    working = f"，{apart}" if "=" in apart else ""
    return f"{winner.label}{'多' if kind.kind == 'more' else '少'}{working}", winner.label


def _extreme(kind: Calculation, ranked: Sequence[tuple[Operand, Quantity]]) -> tuple[str, str] | None:
    """Return the largest or smallest of several, all of those that are equally so."""
    more = kind.kind == "more"
    ranked = ranked if more else ranked[::-1]
    best = ranked[0][1]
    ends = [operand for operand, quantity in ranked if quantity.exact and quantity.value == best.value]
    ends = ends if best.exact else [ranked[0][0]]
    rest = [quantity for operand, quantity in ranked if operand not in ends]
    if not rest:
        return "都相同", "相同"
    if not all(_larger(best, other) if more else _larger(other, best) for other in rest):
        return None
    names = "、".join(operand.label for operand in ends)
    return f"{names}最{'多' if more else '少'}", names


def _larger(high: Quantity, low: Quantity) -> bool:
    """Tell whether a number is larger than another however their hedges are taken."""
    strictly = high.bound == "over" or low.bound in ("over", "under")
    return high.least > low.most or (strictly and high.least == low.most)


def _difference_unit(unit: str) -> str:
    return "个百分点" if unit == "%" else unit
