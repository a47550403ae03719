"""Parts of a year as ranges of months, and whether a sentence tells of another part than is asked about.

What fell by 16.8 % in the first half of a year (上半年, 1—6月, 前六个月) is not what fell by 8.3 % in June.
"""

from __future__ import annotations

import datetime as dt
import re

from qa.text import fold
from qa.understanding.everyday import official

_NAMED = {
    "上半年": (1, 6), "下半年": (7, 12), "半年度": (1, 6), "半年报": (1, 6), "中报": (1, 6), "全年": (1, 12),
    "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
    "前三季度": (1, 9), "前三个季度": (1, 9), "一季报": (1, 3), "三季报": (1, 9),
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12),
}  # fmt: skip
_DIGITS = "零一二三四五六七八九十"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_YEAR_PART = re.compile(
    # Longest first; a day of a month is no month, and what is so long (六个月) is no part of a year.
    rf"(?P<named>{'|'.join(sorted(_NAMED, key=len, reverse=True))})(?!末)"
    rf"|(?<![\d{_DIGITS}.])(?P<first>{_MONTH})月?份?\s?[至到—~–-]+\s?(?P<last>{_MONTH})月(?!\d)"
    rf"|前(?P<months>{_MONTH})个?月"
    rf"|(?<![\d{_DIGITS}.个])(?:截[至止到]?|到|至)?(?P<one>{_MONTH})月(?![\d{_DIGITS}初])(?P<end>底|末)?"
)
_END = re.compile(r"(?<=月)[底末]")
_LAST_YEAR = re.compile("(?<![比较与和同由从])(?:去年|上年)(?!同期|同月|相比|底)(?!.*今年)")
_HOLIDAY_ASKED = re.compile(
    r"(?P<name>春节|国庆|五一|清明|端午|中秋|元旦|寒假|暑假)(?:[节小长黄金周]{0,3}(?:期间|假期|长假|放假)|那几天)"
)

Months = tuple[int, int]
"""The first and the last month, 1–12."""


def year_parts(text: str) -> list[Months]:
    """Return the parts of a year that a folded text names; by the end of a month its year up to then.

    >>> year_parts("上半年下降16.8%,6月份下降8.3%,1至7月增长"), year_parts("截至6月底"), year_parts("6月7日")
    ([(1, 6), (6, 6), (1, 7)], [(1, 6)], [])
    """
    found = []
    for match in _YEAR_PART.finditer(text):
        if match["named"]:
            found.append(_NAMED[match["named"]])
        elif match["first"]:
            found.append((_number(match["first"]), _number(match["last"])))
        elif match["months"]:
            found.append((1, _number(match["months"])))
        else:
            month = _number(match["one"])
            found.append((1 if match["end"] else month, month))
    return found


def is_of_another_year_part(question: str, sentence: str, context: str = "") -> bool:
    """Tell whether one part of a year of several months is asked about, and only others are told of.

    Args:
        question: what is asked.
        sentence: what is to answer.
        context: what may say which part the sentence is on: headline, the sentence before it.

    >>> is_of_another_year_part("1至6月利润下降多少?", "6月份,利润下降8.3%。")
    True
    >>> is_of_another_year_part("1至6月利润下降多少?", "上半年,利润下降16.8%。")
    False
    >>> is_of_another_year_part("国庆期间接待了多少人?", "去年接待观众23万人次。")
    True
    """
    if (days := _HOLIDAY_ASKED.search(official(question))) and "多少" in question:
        return days["name"] not in fold(f"{context}\n{sentence}") and bool(_told(fold(sentence)))
    plain = _END.sub("", official(question))  # of the end of a month alone a question asks of no year
    asked = {part for part in year_parts(plain) if part[0] < part[1]}
    if len(asked) != 1 or (1, 12) in asked:  # what a plan says of a year it seldom says so
        return False
    told = _told(fold(sentence))
    return bool(told) and not asked & {*told, *year_parts(fold(context))}


def _told(sentence: str) -> set[Months]:
    """Return the parts of a year that a folded sentence names; where none, the year gone by as a whole."""
    return set(year_parts(sentence)) or ({(1, 12)} if _LAST_YEAR.search(sentence) else set())


def _number(month: str) -> int:
    if month.isdigit():
        return int(month)
    return _DIGITS.index(month) if len(month) == 1 else 10 + _DIGITS.index(month[1])


_ONE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_AMOUNT = re.compile("多少|几(?!号|月|点)")
_OF_BEFORE = re.compile(r"去年|上年|前年|往年|同期|同比|近[\d一二两三四五六七八九十]+年|以来|历年")
_NEW_YEAR = 2
"""Months in which newspapers still tell of the year gone by without its number."""


def is_of_its_own_year(question: str, upto: str, day: dt.date | None) -> bool:
    """Tell whether an earlier year's number is asked for, and an article up to a sentence names no such year.

    Args:
        question: what is asked.
        upto: the headline, and the article up to the end of the sentence.
        day: of the article.

    >>> is_of_its_own_year("2019年种了多少棵树?", "今年计划种树500棵。", dt.date(2020, 3, 6))
    True
    >>> is_of_its_own_year("2019年种了多少棵树?", "去年种树500棵。", dt.date(2020, 3, 6))
    False
    """
    wanted = _ONE_YEAR.findall(fold(question))
    if len(wanted) != 1 or day is None or day.month <= _NEW_YEAR or not _AMOUNT.search(question):
        return False
    told = fold(upto)  # of few questions: half an article
    return int(wanted[0]) < day.year and wanted[0] not in told and _OF_BEFORE.search(told) is None


def is_of_a_far_year(question: str, sentence: str, day: dt.date | None) -> bool:
    """Tell whether last year is asked about, and a sentence names other years only, by their numbers.

    >>> is_of_a_far_year("去年改造了几个小区?", "这个1986年建的小区有468户。", dt.date(2024, 6, 1))
    True
    >>> is_of_a_far_year("去年改造了几个小区?", "2023年改造小区29个。", dt.date(2024, 6, 1))
    False
    """
    asked, told = official(question), fold(sentence)
    years = set(_ONE_YEAR.findall(told))
    if day is None or not years or not re.search("(?<![比较与和同])去年", asked) or not _AMOUNT.search(asked):
        return False
    return str(day.year - 1) not in years and _OF_BEFORE.search(told) is None


_DAY = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])[日号]")
_DAY_OF_WHAT = re.compile(r"什么|哪些?|谁|多少|几[个家名位场件起]")
_DAY_BOUND = re.compile(
    r"[日号](?:之?[前后]|以[前后来]|起|止|开始|截|[至到—~–-])|[至到截自从—~–-](?:\d+年)?\d+月\d+[日号]|[至到—~–-]\d+[日号]"
    r"|同日|当[日天]|次日|第二天"
)


def is_of_another_day(question: str, sentence: str, context: str = "") -> bool:
    """Tell whether what was on one day is asked for, and a text names other days only, each by itself.

    >>> is_of_another_day("12月11日开了什么会?", "12月6日,区委召开会议。")
    True
    >>> is_of_another_day("12月11日有哪些岗位?", "招聘从12月6日起持续一周。")
    False
    """
    asked, told = official(question), fold(sentence)
    wanted, given = set(_DAY.findall(asked)), set(_DAY.findall(told))
    return (
        len(wanted) == 1
        and bool(given)
        and _DAY_OF_WHAT.search(asked) is not None
        and not wanted & set(_DAY.findall(f"{fold(context)}\n{told}"))
        and not _DAY_BOUND.search(asked)
        and not _DAY_BOUND.search(told)
    )
