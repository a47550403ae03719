"""Sums, differences and comparisons of numbers that the bulletins state, with the working shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from qa.composing import SHORT_CHARS, Draft, Quote
from qa.parts import Calculation
from qa.quantities import Quantity, parse, wider, write


@dataclass(frozen=True, slots=True)
class Operand:
    """A number found for one part of a calculation."""

    label: str
    text: str
    """As printed, hedge and unit included."""
    quote: Quote
    """The sentence that states it."""


def calculated(kind: Calculation, operands: Sequence[Operand]) -> Draft | str:
    """Return the draft of a calculation's answer, or why it cannot be worked out, for the reader.

    Exact in decimals. What is hedged in one operand is hedged in the result; percentages are compared and
    subtracted, never added.
    """
    quantities = [parse(operand.text) for operand in operands]
    stated = "，".join(f"{operand.label}{operand.text}" for operand in operands)
    read = [quantity for quantity in quantities if quantity is not None]
    if len(read) < len(operands):
        return f"公报中给出的是：{stated}，其中有的不是可以计算的数。"
    if len({quantity.unit for quantity in read}) > 1:
        return f"公报中给出的是：{stated}，单位不同，不能计算。"
    if kind.kind == "sum" and read[0].unit in ("%", "‰"):
        return f"公报中给出的是：{stated}，百分比不能相加。"
    lead, short = _worked(kind, operands, read)
    return Draft(
        tuple(operand.quote for operand in operands),
        short if len(short) <= SHORT_CHARS else None,
        lead=f"{stated}：{lead}。",
    )


def _worked(
    kind: Calculation, operands: Sequence[Operand], quantities: Sequence[Quantity]
) -> tuple[str, str]:
    """Return the working in words and the result."""
    written = {q.written for q in quantities}
    unit = quantities[0].written if len(written) == 1 else quantities[0].unit
    exact = all(q.exact for q in quantities)
    scale = reduce(wider, (q.scale for q in quantities))
    if kind.kind == "sum":
        total = write(sum((q.value for q in quantities), Decimal(0)), unit, scale, exact=exact)
        return f"{' + '.join(operand.text for operand in operands)} = {total}", total
    ranked = sorted(zip(operands, quantities, strict=True), key=lambda pair: -pair[1].value)
    (most, high), (least, low) = ranked[0], ranked[-1]
    apart = write(high.value - low.value, _difference_unit(unit), scale, exact=exact)
    working = f"{most.text} - {least.text} = {apart}"
    if kind.kind == "difference":
        return working, apart
    if high.value == low.value:
        return "两者相同" if len(operands) == 2 else "都相同", "相同"
    winner = most if kind.kind == "more" else least
    if len(operands) > 2:
        return f"{winner.label}最{'多' if kind.kind == 'more' else '少'}", winner.label
    return f"{winner.label}{'多' if kind.kind == 'more' else '少'}，{working}", winner.label


def _difference_unit(unit: str) -> str:
    return "个百分点" if unit == "%" else unit
