"""What a sentence says otherwise than a statement by its figures, its comparisons, its before and after."""

from __future__ import annotations

import re

from qa.answers.negations import FIGURE, is_negated, naming_words
from qa.reading.constraints import numerals
from qa.search.matching import word_coverage
from qa.text import HAN, Segmenter

_MOSTLY = 0.55
_BELOW = re.compile(r"(?:不到|不足|不满|低于|少于|小于)\d|\d[^,;]{0,3}以[下内]")
_ABOVE = re.compile(r"(?<!不)(?:超过|高于|多于|大于|年?满|不少于|不低于)\d|\d[^,;]{0,3}以上")

_FROM_TO = re.compile(
    rf"[由从](?:每[{HAN}])?(?:[{HAN}]{{0,4}}的)?(?P<a>\d+(?:\.\d+)?)(?P<unit>[{HAN}%]{{0,3}}?)"
    rf"[上下调涨升降增减提高少到至为变整]{{1,5}}(?P<b>\d+(?:\.\d+)?)(?P=unit)"
)
_RISES, _FALLS = re.compile("涨|上调|提高|升|增加|多了|贵了"), re.compile("降|下调|减少|跌|少了|便宜了")


def changed(statement: str, near: str, segmenter: Segmenter) -> bool | None:
    """Tell whether what a clause tells from and to what it changed bears out that it rose, or fell."""
    told, up, down = _FROM_TO.search(near), _RISES.search(statement), _FALLS.search(statement)
    if told is None or bool(up) == bool(down) or is_negated(statement):
        return None
    kind = up or down
    about = [word for word in naming_words(statement, segmenter) if kind and kind.group() not in word]
    if told["a"] == told["b"] or not any(word_coverage(word, near) >= _MOSTLY for word in about):
        return None
    return (float(told["b"]) > float(told["a"])) == bool(up)


_MORE, _LESS = "高|快|多|大|早|好|贵|长|重|强", "低|慢|少|小|晚|差|便宜|短|轻|弱"
COMPARISON = re.compile(
    rf"比(?P<than>[^,;。比]{{1,12}}?)(?:[还更要]|都|稍|略)?(?:(?P<more>{_MORE})|(?P<less>{_LESS}))"
)
_EQUALS = re.compile("[与和同跟](?P<than>[^,;。]{1,12}?)(?:持平|相同|一样|相当|没有变化)")


def compared(statement: str, said: str) -> bool | None:
    """Tell whether a sentence has it that something is more than another, where a statement has it so."""
    asked = COMPARISON.search(statement)
    told = [m for m in COMPARISON.finditer(said) if asked and asked["than"] in m["than"]]
    if asked is None or is_negated(statement):
        return None
    if any(asked["than"] in m["than"] for m in _EQUALS.finditer(said)):
        return False
    if len(told) != 1:
        return None
    return asked.lastgroup == told[0].lastgroup


def other_bound(statement: str, said: str) -> bool:
    """Tell whether a statement is of those below a number and a sentence of those above, or the reverse."""
    sides = _BELOW, _ABOVE
    return any(
        one.search(statement) and other.search(said) and not one.search(said)
        for one, other in (sides, sides[::-1])
    )


_BEFORE_OR_AFTER = re.compile(
    rf"(?P<when>[今明后去]年|\d[日月年号点])(?P<of>[{HAN}]{{0,4}}?)[之以]?(?P<side>[前后])"
)


def other_side(statement: str, said: str) -> bool:
    """Tell whether a sentence has what a statement has after a time before that time, or the reverse."""
    asked = _BEFORE_OR_AFTER.search(statement)
    told = {
        m["side"] for m in _BEFORE_OR_AFTER.finditer(said) if asked and m[1] + m[2] == asked[1] + asked[2]
    }
    return asked is not None and bool(told) and asked["side"] not in told


_SHORT_OF = re.compile(r"(?:将近|接近|近|不足|不到)$")
_AS_MANY = re.compile(r"(?:有没有|有|达到?|超过|超|突破|破|够|到|满)[^,\d]{0,4}$")


def falls_short(asked: str, statement: str, said: str) -> bool | None:
    """Tell whether a sentence has the very number of a statement only as one that is not reached (近千人).

    Returns:
        Whether as many are asked for (有没有一千人), which is denied then; ``None`` where it has none so.
    """
    for given in FIGURE.finditer(statement):
        told = [
            m
            for m in FIGURE.finditer(said)
            if m["unit"] == given["unit"] and numerals(m["value"]) == numerals(given["value"])
        ]
        if told and all(_SHORT_OF.search(said[: m.start()]) for m in told):
            before = asked[: asked.find(given.group())]
            return None if _SHORT_OF.search(before) else _AS_MANY.search(before) is not None
    return None


def other_figure(statement: str, said: str) -> bool:
    """Tell whether a sentence gives another number of the unit that a statement gives one of."""
    given = {(m["unit"], m["value"]) for m in FIGURE.finditer(said)}
    units = {unit for unit, _ in given}
    asked = {(m["unit"], m["value"]) for m in FIGURE.finditer(statement)}
    return any(
        unit in units and not numerals(value) & {n for u, v in given if u == unit for n in numerals(v)}
        for unit, value in asked
    )
