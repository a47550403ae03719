"""Whether a time of day or an age that a question gives lies within the hours or limits that a text sets.

It is decided only where all hours told agree: 中午 is outside 9时至12时、13时30分至17时, on whatever day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.language.numerals import below_hundred

_DAY = 24 * 60
_CLAUSES = re.compile("[,，;；。!！]")
_NUMBER = r"\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]"
_CLOCK = re.compile(
    r"(?:次日|翌日|第二天)?(?P<part>凌晨|清晨|早[上晨]?|上午|中午|下午|傍晚|晚上?|夜里?|半夜|深夜)?的?"
    rf"(?P<hour>{_NUMBER})(?:[时点](?!间|左右?到)(?:(?P<minute>\d{{1,2}})分?|(?P<half>半))?|[:：](?P<colon>\d\d))"
)
_UNTIL = re.compile(r"\s*(?:至|到|[-—~－–]+)\s*")
_WEEKDAY = re.compile("周[一二三四五六日末]|星期|礼拜")
_PARTS = (
    (re.compile("半夜|深夜|凌晨|夜里"), (0, 4 * 60)),
    (re.compile("中午"), (12 * 60, 13 * 60)),
    (re.compile("晚上|夜间"), (19 * 60, 21 * 60)),
)
"""Parts of a day by what is always meant by them."""
_ALWAYS = re.compile("24小时|全天候|昼夜|通宵")
_HOURS_OF = re.compile("时间|开放|营业|接待|受理|办理|门诊|供应|服务|开门|办公|值班|上班")
_HOURS_OF_OTHERS = re.compile("禁|不得|封闭|停[电水气运止]|管制|检修|施工|绕行|关闭|报名|公示|投票|缴费")
_OPEN_ASKED = re.compile(
    r"开(?:着|门|放|馆|吗|不|$)|营业|上班|办公|接待|看病|看得|就诊|挂号|能[看办挂进去]|可以[看办挂进去]|有人|接诊|供应"
)
_CLOSED_ASKED = re.compile("休息|关门|闭馆|下班|打烊|歇")
_RIDE_ASKED = re.compile("有[班公末]?(?:交|班)?车|坐得?[到上]|赶[得不]?[到上]|发车|运[行营]|[能可]以?坐")
_FIRST_BUS = re.compile(r"首班车?(?:时间|为|是|[:：])*$")
_LAST_BUS = re.compile(r"末班车?(?:时间|为|是|[:：])*$")
_FIRST_AND_LAST = re.compile(r"首末班车?(?:时间|发车)*(?:分别)?(?:为|是|[:：])*$")


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of day as a text gives it, in minutes."""

    at: int
    start: int
    end: int
    told: bool
    """Whether it says in which half of the day."""


def _clocks(text: str) -> list[_Clock]:
    found: list[_Clock] = []
    for match in _CLOCK.finditer(text):
        hour = below_hundred(match["hour"])
        minute = 30 if match["half"] else int(match["minute"] or match["colon"] or 0)
        part = match["part"] or ""
        if hour < 12 and re.match("下午|傍晚|晚|夜", part):
            hour += 12
        elif not part and found and (joint := _UNTIL.fullmatch(text, found[-1].end, match.start())):
            before = found[-1].at // 60
            hour += 12 if joint and hour < before and hour + 12 >= before and before >= 12 else 0
        if hour <= 24 and minute < 60:
            told = bool(part) or hour > 12
            found.append(_Clock(hour * 60 + minute, match.start(), match.end(), told))
    return found


def _windows(text: str) -> list[tuple[int, int]]:
    """Return the hours from when to when that a text gives, in minutes; over midnight the end is later."""
    clocks = _clocks(text)
    return [
        (a.at, b.at if b.at > a.at else b.at + _DAY)
        for a, b in pairwise(clocks)
        if _UNTIL.fullmatch(text, a.end, b.start)
    ]


def _asked_time(statement: str) -> tuple[int, int] | None:
    clocks = _clocks(statement)
    if len(clocks) == 1:
        return (clocks[0].at, clocks[0].at) if clocks[0].told else None
    if clocks:
        return None
    return next((hours for part, hours in _PARTS if part.search(statement)), None)


def within_hours(statement: str, said: str, words: Sequence[str]) -> tuple[bool, str] | None:
    """Tell whether something is open, or goes, at the time of day that a statement gives.

    Args:
        statement: folded.
        said: a folded sentence with hours.
        words: of the statement, which tell its own hours from those of something beside.

    Returns:
        Whether it is so, and the clause that tells; ``None`` where that is not certain.

    >>> within_hours("展厅中午休息", "展厅开放时间为9时至12时、13时30分至17时。", ["展厅"])
    (True, '展厅开放时间为9时至12时、13时30分至17时')
    >>> within_hours("3路晚上九点还有车", "3路首班车6时30分、末班车20时30分。", [])
    (False, '3路首班车6时30分、末班车20时30分')
    """
    asked = _asked_time(statement)
    if asked is None or _WEEKDAY.search(statement):
        return None
    if _RIDE_ASKED.search(statement):
        return _ride(asked, said)
    opened, closed = _OPEN_ASKED.search(statement), _CLOSED_ASKED.search(statement)
    if bool(opened) == bool(closed):
        return None
    timed = [c for c in _CLAUSES.split(said) if _ALWAYS.search(c) or (_HOURS_OF.search(c) and _windows(c))]
    own = [clause for clause in timed if any(word in clause for word in words)] or timed
    if any(_WEEKDAY.search(clause) for clause in own):
        own += [clause for clause in timed if _WEEKDAY.search(clause)]  # on other days, too
    told = [_open_at(asked, clause) for clause in own if not _HOURS_OF_OTHERS.search(clause)]
    if not told or None in told or len(set(told)) > 1:
        return None
    return told[0] == bool(opened), own[0]


def _open_at(asked: tuple[int, int], clause: str) -> bool | None:
    if _ALWAYS.search(clause):
        return True
    windows = [(a + shift, b + shift) for a, b in _windows(clause) for shift in (0, -_DAY)]
    if any(a <= asked[0] and asked[1] <= b for a, b in windows):
        return True
    apart = all(asked[1] < a or b < asked[0] or b == asked[0] < asked[1] for a, b in windows)
    return False if apart else None


def _ride(asked: tuple[int, int], said: str) -> tuple[bool, str] | None:
    first = last = None
    clocks = _clocks(said)
    for n, clock in enumerate(clocks):
        before = said[: clock.start]
        if _FIRST_AND_LAST.search(before) and n + 1 < len(clocks):
            first, last = clock.at, clocks[n + 1].at
        elif _LAST_BUS.search(before):
            last = clock.at
        elif _FIRST_BUS.search(before):
            first = clock.at
    if last is None or said.count("末班") > 1:
        return None
    clause = next((c for c in _CLAUSES.split(said) if "末班" in c), said)
    if last < asked[0] or (first is not None and asked[1] < first):
        return False, clause
    begun = asked[0] >= (_DAY // 2 if first is None else first)
    return (True, clause) if begun and asked[1] <= last else None


_AGE = r"(?P<age>\d{1,3})周?岁"
_ALLOWED_ASKED = re.compile("能|可以|符合|够|有资格|行不行|行吗")
_LEAST = re.compile(
    r"(?:年?满|不低于)(\d{1,3})周?岁(?!\(?含?\)?及?以[下内])|(\d{1,3})周?岁(?:\(含\))?及?以上"
    r"|(\d{1,3})(?:周?岁)?(?:至|到|-|—|~)\d{1,3}周?岁"
)
_MOST = re.compile(
    r"不超过(\d{1,3})周?岁|(\d{1,3})周?岁(?:\(含\))?及?以[下内]|\d{1,3}(?:周?岁)?(?:至|到|-|—|~)(\d{1,3})周?岁"
)
_NOT_FOR_ALL = re.compile("放宽|除外|例外|其中|分别|不得|不能|不予|禁止|不含|不享受")
_OLDEST = 200


def gives_age(text: str) -> bool:
    """Tell whether a folded text gives an age.

    >>> gives_age("40岁还能考"), gives_age("年龄有要求")
    (True, False)
    """
    return re.search(_AGE, text) is not None


def within_ages(statement: str, said: str) -> tuple[bool, str] | None:
    """Tell whether the age that a statement gives is one to which a folded sentence allows something.

    ``None`` where several limits are told, or one that is not for all.

    >>> within_ages("29岁的研究生能报名", "面向全国引进28岁以下的硕士研究生。")
    (False, '面向全国引进28岁以下的硕士研究生')
    >>> within_ages("40岁能报名", "限35周岁以下,高级职称放宽到40周岁。") is None
    True
    """
    asked = _asked_ages(statement)
    if asked is None or not _ALLOWED_ASKED.search(statement):
        return None
    least = {int(next(filter(None, m.groups()))) for m in _LEAST.finditer(said)}
    most = {int(next(filter(None, m.groups()))) for m in _MOST.finditer(said)}
    if not (least or most) or len(least) > 1 or len(most) > 1 or _NOT_FOR_ALL.search(said):
        return None
    low, high = min(least, default=0), min(most, default=_OLDEST)
    clause = next(c for c in _CLAUSES.split(said) if _LEAST.search(c) or _MOST.search(c))
    if clause.startswith("对"):
        return None  # what is so of them stands behind
    if low <= asked[0] and asked[1] <= high:
        return True, clause
    return (False, clause) if asked[1] <= low != asked[0] or asked[0] > high else None


_BENEFIT_ASKED = re.compile("优惠|免|半价|打折|减|便宜")
_BENEFIT = re.compile("免|半价|减半|折|优惠|减")
_FREE = re.compile("免(?!税|疫|得|试)|不要钱|不花钱")
_SPAN = re.compile(
    r"(?P<low>\d{1,3})(?:周?岁)?(?:至|到|-|—|~)(?P<high>\d{1,3})周?岁"
    r"|(?P<least>\d{1,3})周?岁(?:\(含\))?及?以上|(?P<most>\d{1,3})周?岁(?:\(含\))?及?以[下内]"
)


def gets_a_benefit(statement: str, said: str) -> tuple[bool, str] | None:
    """Tell whether somebody of the age that a statement gives pays less, by the one clause on that age.

    What is to be had for half of the price is not free. ``None`` where no clause, or several, are of the age.

    >>> gets_a_benefit("62岁的老人坐船有优惠", "60至64周岁老人半价,65周岁以上老人免费。")
    (True, '60至64周岁老人半价')
    >>> gets_a_benefit("62岁的老人坐船免费", "60至64周岁老人半价,65周岁以上老人免费。")
    (False, '60至64周岁老人半价')
    """
    asked = _asked_ages(statement)
    if asked is None or not _BENEFIT_ASKED.search(statement):
        return None
    told = []
    for clause in _CLAUSES.split(said):
        spans = list(_SPAN.finditer(clause))
        if len(spans) != 1 or not _BENEFIT.search(clause) or _NOT_FOR_ALL.search(clause):
            continue
        low, high = int(spans[0]["low"] or spans[0]["least"] or 0), spans[0]["high"] or spans[0]["most"]
        if low <= asked[0] and asked[1] <= int(high or _OLDEST):
            told.append(clause)
    if len(told) != 1:
        return None
    return not _FREE.search(statement) or _FREE.search(told[0]) is not None, told[0]


_BORN_ASKED = re.compile(
    r"(?P<year>\d{4})年(?:(?P<month>\d{1,2})月份?)?(?:(?P<day>\d{1,2})[日号])?(?:出?生|的(?=孩子|娃|小孩|能|可以))"
)
_BORN = re.compile(
    r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日\(?(?:含|及)?\)?[之以]?(?P<side>[前后])(?:\(含\))?出生"
)


def within_births(statement: str, said: str) -> tuple[bool, str] | None:
    """Tell whether who was born when a statement says is one to whom a folded sentence allows something.

    >>> told = "凡2017年8月31日及以前出生的儿童均可报名。"
    >>> within_births("2017年9月出生的能报名", told), within_births("2017年5月出生的能报名", told)
    ((False, '凡2017年8月31日及以前出生的儿童均可报名'), (True, '凡2017年8月31日及以前出生的儿童均可报名'))
    >>> within_births("2017年出生的能报名", told) is None
    True
    """
    asked, told = _BORN_ASKED.search(statement), list(_BORN.finditer(said))
    if asked is None or len(told) != 1 or not _ALLOWED_ASKED.search(statement):
        return None
    first, last = (
        (int(asked["year"]), int(asked["month"] or month), int(asked["day"] or day))
        for month, day in ((1, 1), (12, 31))
    )
    bound = tuple(int(told[0][part]) for part in ("year", "month", "day"))
    before = told[0]["side"] == "前"
    if (last < bound or first == last == bound) if before else first >= bound:
        holds = True
    elif first > bound if before else last < bound:
        holds = False
    else:
        return None
    clause = next(c for c in _CLAUSES.split(said) if _BORN.search(c))
    return None if _NOT_FOR_ALL.search(clause) else (holds, clause)


def _asked_ages(statement: str) -> tuple[int, int] | None:
    """Return from which age to which a statement is."""
    ages = list(re.finditer(_AGE, statement))
    if len(ages) != 1:
        return None
    age, before, behind = int(ages[0]["age"]), statement[: ages[0].start()], statement[ages[0].end() :]
    if re.search("(?:不满|未满|不到|低于|小于)$", before):
        return 0, age - 1
    if re.match("及?以[下内]", behind):
        return 0, age
    if re.match("及?以上", behind) or re.search("(?:超过|大于)$", before):
        return age, _OLDEST
    return age, age
