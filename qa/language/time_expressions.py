"""Times in Chinese text → days: 「本月14日」「上周五」「去年底」「近三天」「12月10日到15日」.

Deterministic: relative words are counted from a day that the caller names (an article's own date, the date
of the newest bulletin for a question), never from the clock. Dates are those of Asia/Shanghai, as printed.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from qa.language.festivals import PATTERN, falls_on, holiday
from qa.language.numerals import whole_number
from qa.language.periods import Period, moved, of_month, of_year, on, shifted
from qa.text import fold

Certainty = Literal["exact", "inferred", "vague"]
"""``exact``: nothing was added; ``inferred``: the year or month nearest to the reference was added;
``vague``: the words have no sharp bounds (年底), or the year that was added is far off."""
Lean = Literal["nearest", "past"]

_DAY = dt.timedelta(days=1)
_NEAR = 120
"""Days; a year or month that had to be added is trusted up to this distance."""
_SOON = 31
"""Days; a day up to so far ahead in the same year is not last year's, however the caller leans."""
_ADDED = {"exact": "inferred", "inferred": "inferred", "vague": "vague"}


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time that a text names: ``text[start:end]``."""

    start: int
    end: int
    period: Period
    certainty: Certainty
    open_side: bool = False
    """Whether the words name a side of a day (以前, 以来), not the days themselves."""

    def of_any_year(self, text: str) -> bool:
        """Tell whether the words, as ``text`` has them, name a month or days of one, and no year."""
        words = fold(text[self.start : self.end])
        named = re.search(r"[\d一二三四五六七八九十]月", words) is not None and "年" not in words
        return named and self.certainty != "exact" and not self.open_side


@dataclass(frozen=True, slots=True)
class _Reference:
    """What relative words are counted from."""

    today: dt.date | None
    lean: Lean
    left: dt.date | None = None
    """First day of the left end, when the right end of a range is read."""


_Found = tuple[Period, Certainty] | None
_N = "(?:\\d{1,4}|[一二两三四五六七八九十〇零]{1,4})"
_YEAR_WORDS = {
    "大前年": -3, "前年": -2, "去年": -1, "上一年": -1, "上年": -1, "今年": 0, "本年": 0, "这一年": 0,
    "明年": 1, "来年": 1, "下一年": 1, "后年": 2,
}  # fmt: skip
_BLANK = r"(?:(?<=\d) )?"
"""Typesetters put one between a figure and its unit."""
_YEAR = (
    rf"(?:(?P<year>(?<!\d)(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{{3}}){_BLANK}年度?"
    rf"|(?P<year_word>{'|'.join(_YEAR_WORDS)})度?)"
)
_MONTH_WORDS = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "下下": 2}
_MONTH = (
    rf"(?:(?<![\d.第近每])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]){_BLANK}月份?"
    r"|(?P<month_word>上上|下下|上|本|这|当|下)一?个?月份?|(?P<lone>(?<![一-龥\d])月(?=[初底末])))"
)
_DAY_NUMBER = (
    r"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
    rf"(?:{_BLANK}[日号]|(?<=\d)(?<=月\d|\d\d)(?=$|[有的那这,，?？。]|发生|召?开[了的会]))"
)
"""「5月20有什么新闻」 too: without its unit a day of a month ends a question, or what it asks follows."""
# 「3日内」, 「12号楼」, 「10日游」, 「3日报到」 are no days of a month.
_NOT_A_DAY = (
    r"(?!之?内|以上|[游均龄常程用]|期(?!间)|本(?![报市区县省次届])|报(?!道)|记(?!者)"
    r"|[线楼院门馆店厅桥墙船令房仓井库坑矿]|公交|地块|文件|[车台机](?!动))"
)
_DAY_WORDS = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "今天": 0,
    "今日": 0, "今晚": 0, "今早": 0, "今晨": 0,
    "明天": 1, "明日": 1, "明晚": 1, "明早": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_WEEK_WORDS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_PART = r"(?P<part>上中旬|中下旬|上旬|中旬|下旬|初|中(?=[,，。、]|$)|底|末)"
_YEAR_PART = r"(?P<year_part>年?初|年?中(?=[,，。、的]|$)|年?底|年?末|年终|上半年|下半年|全年)"
_QUARTERS = ("一季", "二季", "三季", "四季")
_QUARTER = r"第?(?P<quarter>[一二三四1-4])季度"
_QUARTERS_IN_A_ROW = (
    r"(?:(?<![以之])前(?P<until>[一二两三四1-4])个?季度"
    r"|第?(?P<from>[一二三1-3])(?:季度?)?(?P<through>至|到|-|—{1,2}|–|~)?、?第?(?P<to>[二三四2-4])季度)"
)
_FESTIVAL = re.compile(PATTERN)
_SEPARATOR = re.compile(r"\s*(?:到|至|-|—{1,2}|–|~)\s*")
_SIDE = re.compile(
    r"(?P<before>以前|之前|(?<!月)前(?!往|来|后|夕|期|线|进|沿|景|三|两|几|\d))"
    r"|(?P<after>以后|之后|后(?!来|期|续|者|面|勤|备|方|\d))|(?P<since>以来|起|开始|至今)|(?P<during>期间|假期)|(?:当天|当日|那天)"
)


def find_times(text: str, today: dt.date | None, lean: Lean = "nearest") -> list[TimeExpression]:
    """Return the times that a text names, in order, without overlap.

    Args:
        text: any text; offsets of the result are into it.
        today: what 今天, 上周 and dates without a year are counted from; ``None`` where it is not
            certain, then only full dates are found.
        lean: whether a date without a year is the nearest one or the last one up to ``today``.

    >>> [str(t.period) for t in find_times("上周五和12月1日到3日", dt.date(2021, 12, 14))]
    ['2021年12月10日', '2021年12月1日至2021年12月3日']
    """
    folded = fold(text)
    reference = _Reference(today, lean)
    found: list[TimeExpression] = []
    at = 0
    while at < len(folded):
        expression = _read(folded, at, reference)
        if expression is None:
            at += 1
            continue
        expression = _with_right_end(folded, expression, reference)
        expression = _with_side(folded, expression)
        found.append(expression)
        at = expression.end
    return found


def in_full(text: str, written_on: dt.date | None) -> str | None:
    """Return the full date of a time that an article names in passing, ``None`` where that is not certain.

    Args:
        text: a short answer such as 「14日」「昨天上午」.
        written_on: the article's date.

    >>> in_full("昨天上午", dt.date(2021, 12, 14))
    '2021年12月13日'
    """
    times = find_times(text, written_on)
    if len(times) != 1 or times[0].certainty == "vague" or times[0].open_side:
        return None
    if not _TIME_OF_DAY.fullmatch(text[: times[0].start] + text[times[0].end :]):
        return None
    spoken = str(times[0].period)
    return None if spoken in fold(text).replace(" ", "") else spoken


_TIME_OF_DAY = re.compile(
    r"\s*(?:上午|下午|中午|晚上?|深夜|凌晨|早上|早晨|清晨|傍晚|夜间|左右|,|，)*(?:[\d一二两三四五六七八九十]+[时点:：].*)?\s*"
)
_ASKS_NEWEST = re.compile(
    r"最新|最近(?!的?[一二两三四五六七八九十\d几]+[天日周个年])|目前|当前|现在|如今|近期|近日|截至|眼下|至今|最终|最后(?=[花用投定算])"
)


def prefers_newest(question: str) -> bool:
    """Tell whether a question asks for the latest state of something (最新, 目前, 现在)."""
    return _ASKS_NEWEST.search(fold(question)) is not None


def _read(folded: str, at: int, reference: _Reference) -> TimeExpression | None:
    """Return the longest time that begins at a place."""
    best: TimeExpression | None = None
    impossible = at
    for pattern, read in _READERS:
        match = pattern.match(folded, at)
        if match is None or (best is not None and match.end() <= best.end):
            continue
        try:
            value = read(match, reference)
        except (ValueError, OverflowError):  # no such day, or beyond the calendar
            impossible = max(impossible, match.end())
            continue
        if value is not None:
            best = TimeExpression(at, match.end(), *value)
    # 「2021年2月30日」 is no day; its first part must not pass for the whole.
    return best if best is not None and best.end >= impossible else None


def _with_right_end(folded: str, left: TimeExpression, reference: _Reference) -> TimeExpression:
    """Join 「A到B」: what B leaves out, it takes from A."""
    separator = _SEPARATOR.match(folded, left.end)
    if separator is None or left.period.first is None:
        return left
    right = _read(folded, separator.end(), replace(reference, left=left.period.first))
    if right is None or right.period.last is None or right.period.last < left.period.first:
        return left
    certainty: Certainty = "vague" if "vague" in (left.certainty, right.certainty) else left.certainty
    return TimeExpression(left.start, right.end, Period(left.period.first, right.period.last), certainty)


def _with_side(folded: str, expression: TimeExpression) -> TimeExpression:
    side = _SIDE.match(folded, expression.end)
    if side is None:
        return expression
    first, last = expression.period.first, expression.period.last
    end = side.end()
    if side["during"]:
        name = _FESTIVAL.search(folded, expression.start)
        named = name is not None and name.end() == expression.end
        period = Period(*holiday(name["festival"], first)) if name and named and first else expression.period
        return replace(expression, end=end, period=period)
    if first is None or last is None:
        return expression
    if not (side["before"] or side["after"] or side["since"]):
        return replace(expression, end=end)  # 「元旦当天」 is one day
    if side["before"]:
        # 「年底前」 lasts to the year's end; 「12月15日前」 ends on the 14th.
        until = last if expression.certainty == "vague" else first - _DAY
        return replace(expression, end=end, period=Period(None, until), open_side=True)
    since = first if side["since"] else last + _DAY
    return replace(expression, end=end, period=Period(since, None), open_side=True)


def _full(match: re.Match[str], _: _Reference) -> _Found:
    return on(dt.date(int(match["y"]), int(match["m"]), int(match["d"]))), "exact"


def _in_month(match: re.Match[str], reference: _Reference) -> _Found:
    """Read a month, alone or with a year before it and a day or a part of the month behind it."""
    day = whole_number(match["day"]) if match["day"] else None
    year = _year_of(match, reference)
    if match["month_word"] or match["lone"]:
        if reference.today is None:
            return None
        step = _MONTH_WORDS[match["month_word"] or "本"]
        return _month_part(*shifted(reference.today, step), day, match["part"], "exact")
    month = whole_number(match["month"])
    if year is not None:
        return _month_part(year, month, day, match["part"], "exact")
    if reference.left is not None:
        year = reference.left.year + (month < reference.left.month)
        return _month_part(year, month, day, match["part"], "exact")
    ahead = _SOON if day is not None else 0
    return _nearest(reference, lambda y: _month_part(y, month, day, match["part"], "exact"), ahead)


def _month_part(year: int, month: int, day: int | None, part: str | None, certainty: Certainty) -> _Found:
    if day is not None:
        return on(dt.date(year, month, day)), certainty
    whole = of_month(year, month)
    if part is None or whole.last is None:
        return whole, certainty
    bounds = {
        "上中旬": (1, 20), "中下旬": (11, whole.last.day),
        "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, whole.last.day),
        "初": (1, 10), "中": (11, 20), "底": (21, whole.last.day), "末": (21, whole.last.day),
    }[part]  # fmt: skip
    days = Period(dt.date(year, month, bounds[0]), dt.date(year, month, bounds[1]))
    return days, certainty if part.endswith("旬") else "vague"


def _in_year(match: re.Match[str], reference: _Reference) -> _Found:
    year = _year_of(match, reference)
    if year is None:
        if reference.today is None or not match[0].startswith(("年", "上", "下", "全", "第", *_QUARTERS)):
            return None
        year = (reference.left or reference.today).year
        period, certainty = _part_of_year(match, year)
        # 「年底前」 is a term set for what is to come, however the caller leans.
        if certainty != "vague" and _is_ahead(period.first, reference):
            return _part_of_year(match, year - 1)
        return period, certainty
    return _part_of_year(match, year)


def _is_ahead(first: dt.date | None, reference: _Reference) -> bool:
    """Tell whether days in a year that was added lie ahead where only what is past is meant."""
    past = reference.lean == "past" and reference.left is None
    return past and first is not None and reference.today is not None and first > reference.today


def _part_of_year(match: re.Match[str], year: int) -> tuple[Period, Certainty]:
    if match["quarter"]:
        quarter = whole_number(match["quarter"])
        certainty: Certainty = "exact" if match["year"] or match["year_word"] else "inferred"
        return _of_quarters(year, quarter, quarter), certainty
    part = (match["year_part"] or "").removeprefix("年")
    if part in ("上半年", "下半年"):
        half = (1, 6) if part == "上半年" else (7, 12)
        return Period(dt.date(year, half[0], 1), of_month(year, half[1]).last), "exact"
    if part in ("初", "中", "底", "末", "终"):
        months = {"初": (1, 2), "中": (6, 7)}.get(part, (12, 12))
        return Period(dt.date(year, months[0], 1), of_month(year, months[1]).last), "vague"
    return of_year(year), "exact"


def _in_quarters(match: re.Match[str], reference: _Reference) -> _Found:
    """Read 「前三季度」「一至三季度」「一、二季度」; without a year, of one whose last of them has begun."""
    first = 1 if match["until"] else whole_number(match["from"])
    last = whole_number(match["until"] or match["to"])
    if match["from"] and not (first < last if match["through"] else first + 1 == last):
        return None
    year = _year_of(match, reference)
    if year is not None:
        return _of_quarters(year, first, last), "exact"
    if reference.today is None:
        return None
    if reference.left is not None:
        return _of_quarters(reference.left.year, first, last), "inferred"
    year = reference.today.year
    if dt.date(year, 3 * last - 2, 1) <= reference.today:
        return _of_quarters(year, first, last), "inferred"
    # What has not come to its last quarter may be a plan as well as last year's figures.
    return (
        (_of_quarters(year - 1, first, last), "inferred")
        if reference.lean == "past"
        else (_of_quarters(year, first, last), "vague")
    )


def _first_months(match: re.Match[str], reference: _Reference) -> _Found:
    """Read 「今年前五个月」; 「前三个月」 alone may as well be the last three."""
    until, year = whole_number(match["until"]), _year_of(match, reference)
    if year is None or not 1 <= until <= 12:
        return None
    return Period(dt.date(year, 1, 1), of_month(year, until).last), "exact"


def _of_quarters(year: int, first: int, last: int) -> Period:
    return Period(dt.date(year, 3 * first - 2, 1), of_month(year, 3 * last).last)


def _relative_day(match: re.Match[str], reference: _Reference) -> _Found:
    if reference.today is None:
        return None
    return on(reference.today + dt.timedelta(days=_DAY_WORDS[match[0]])), "exact"


def _in_week(match: re.Match[str], reference: _Reference) -> _Found:
    if reference.today is None or not (match["week"] or match["weekday"]):
        return None
    monday = reference.today - dt.timedelta(days=reference.today.weekday())
    if match["week"]:
        monday += dt.timedelta(weeks=_WEEK_WORDS[match["week"]])
        certainty: Certainty = "exact"
    else:
        certainty = "inferred"
    if match["weekday"] is None:
        return Period(monday, monday + 6 * _DAY), certainty
    if match["weekday"] == "末":
        if reference.lean == "past" and not match["week"] and monday + 5 * _DAY > reference.today:
            monday -= dt.timedelta(weeks=1)
        return Period(monday + 5 * _DAY, monday + 6 * _DAY), certainty
    weekday = _WEEKDAYS[match["weekday"]]
    if reference.left is not None and not match["week"]:
        monday = reference.left - dt.timedelta(days=reference.left.weekday())
    elif not match["week"] and reference.today.weekday() < weekday:
        monday -= dt.timedelta(weeks=1)  # a lone 「周五」 is the last one: news tells what was
    return on(monday + dt.timedelta(days=weekday)), certainty


def _relative_quarter(match: re.Match[str], reference: _Reference) -> _Found:
    if reference.today is None:
        return None
    first = (reference.today.month - 1) // 3 * 3 + 1
    step = {"上": -3, "本": 0, "这": 0, "下": 3}[match["q"]]
    year, month = shifted(reference.today.replace(day=1, month=first), step)
    return Period(dt.date(year, month, 1), of_month(year, month + 2).last), "exact"


def _last_or_next(match: re.Match[str], reference: _Reference) -> _Found:
    """Read 「近三天」「过去两个月」「未来一周」: they take in the day itself, or begin after it."""
    if reference.today is None:
        return None
    today, unit = reference.today, match["unit"].removeprefix("个")
    count = whole_number(match["n"]) if match["n"] != "半" else 6
    if match["n"] == "半":
        unit = "月"
    if not count:
        return None  # 近0天 is no time
    if match["ahead"]:
        return Period(today + _DAY, moved(today, unit, count)), "exact"
    return Period(moved(today, unit, -count) + _DAY, today), "exact"


def _ago(match: re.Match[str], reference: _Reference) -> _Found:
    """Read 「三天前」「两年后」: a day for days, its month or year for longer units."""
    if reference.today is None:
        return None
    count = whole_number(match["n"]) * (-1 if match["ago"].endswith("前") else 1)
    unit = match["unit"].removeprefix("个")
    day = moved(reference.today, unit, count)
    if unit == "年":
        return of_year(day.year), "vague"
    if unit == "月":
        return of_month(day.year, day.month), "vague"
    return on(day), "exact" if unit == "天" else "vague"


def _on_festival(match: re.Match[str], reference: _Reference) -> _Found:
    name = match["festival"]
    year = _year_of(match, reference)

    def in_year(wanted: int) -> _Found:
        day = falls_on(name, wanted)
        return None if day is None else (on(day), "exact")

    return in_year(year) if year is not None else _nearest(reference, in_year)


def _lone_day(match: re.Match[str], reference: _Reference) -> _Found:
    """Read a day without a month: of the month whose such day is nearest."""
    day = whole_number(match["day"])
    if reference.left is not None:
        return on(reference.left.replace(day=day)), "exact"
    today = reference.today
    if today is None:
        return None
    days = []
    for step in (-1, 0, 1):
        year, month = shifted(today, step)
        if day <= calendar.monthrange(year, month)[1]:
            days.append(dt.date(year, month, day))
    if reference.lean == "past":
        days = [d for d in days if d <= today] or days
    return on(min(days, key=lambda d: abs((d - today).days))), "inferred"


def _short_range(match: re.Match[str], reference: _Reference) -> _Found:
    """Read 「10-15日」「1至6月」「2019—2021年」: the unit stands only behind the second number."""
    first, last, unit = whole_number(match["a"]), whole_number(match["b"]), match["unit"]
    year = _year_of(match, reference)
    if unit == "年":
        return (Period(dt.date(first, 1, 1), dt.date(last, 12, 31)), "exact") if first < last else None
    if unit == "月":
        if not 1 <= first < last <= 12:
            return None

        def months(wanted: int) -> _Found:
            return Period(dt.date(wanted, first, 1), of_month(wanted, last).last), "exact"

        return months(year) if year is not None else _nearest(reference, months)
    if not 1 <= first < last <= 31:
        return None
    month = whole_number(match["in_month"]) if match["in_month"] else None

    def days(wanted: int) -> _Found:
        if month is None:
            return None
        return Period(dt.date(wanted, month, first), dt.date(wanted, month, last)), "exact"

    if month is not None:
        return days(year) if year is not None else _nearest(reference, days, _SOON)
    if reference.today is None:
        return None
    today = reference.today
    return Period(today.replace(day=first), today.replace(day=last)), "inferred"


def _decade(match: re.Match[str], reference: _Reference) -> _Found:
    if match["this"]:
        last = match["this"].startswith("上")
        if reference.today is None and not last:
            raise ValueError("a century that is counted from an unknown day")
        now = (reference.today.year - 1) // 100 + 1 if reference.today else 21
        century = now - last
    else:
        century = whole_number(match["century"]) if match["century"] else 20
    first = (century - 1) * 100 + whole_number(match["decade"])
    return Period(dt.date(first, 1, 1), dt.date(first + 9, 12, 31)), "exact"


def _five_years(match: re.Match[str], _: _Reference) -> _Found:
    number = whole_number(match["plan"])  # the sixth five-year plan began in 1981
    first = 1981 + 5 * (number - 6)
    return (Period(dt.date(first, 1, 1), dt.date(first + 4, 12, 31)), "exact") if number >= 6 else None


def _year_of(match: re.Match[str], reference: _Reference) -> int | None:
    """Return the year that a match names, ``None`` where it names none."""
    if match["year"]:
        return whole_number(match["year"])
    if match["year_word"] is None:
        return None
    if reference.today is None:
        raise ValueError("a year that is counted from an unknown day")
    return reference.today.year + _YEAR_WORDS[match["year_word"]]


def _nearest(reference: _Reference, in_year: Callable[[int], _Found], ahead: int = 0) -> _Found:
    """Return what a time without a year is in the year that suits best, marked as inferred.

    Args:
        reference: what it is counted from.
        in_year: gives it in a year.
        ahead: how many days of the same year may lie ahead where the past is meant.
    """
    today = reference.today
    if today is None:
        return None
    found: list[tuple[int, Period, Certainty]] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            value = in_year(year)
        except ValueError:  # 29 February
            continue
        if value is None or value[0].first is None or value[0].last is None:
            continue
        if reference.lean == "past" and (value[0].first - today).days > ahead * (year == today.year):
            continue
        away = max((value[0].first - today).days, (today - value[0].last).days, 0)
        found.append((away, *value))
    if not found:
        return None
    away, period, certainty = min(found, key=lambda item: item[0])
    near = away <= _NEAR or reference.lean == "past"
    return period, "inferred" if near and certainty == "exact" else "vague"


_TO = r"(?:-|—{1,2}|–|~|至|到)"
_MONTH_NUMBER = rf"(?:(?P<in_month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]){_BLANK}月 ?)"
_D = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_DIGITS = "一二三四五六七八九十"
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Reference], _Found]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"(?<![\d.])(?P<y>(?:19|20)\d\d)[-./](?P<m>1[0-2]|0?[1-9])[-./]{_D}(?!\d)", _full),
        (rf"(?:{_YEAR}的?)?\s*{_MONTH}(?:\s*的?{_DAY_NUMBER}|{_PART})?", _in_month),
        (rf"(?<![\d几多每近整半两{_DIGITS}])(?:{_YEAR}的?)?(?:{_YEAR_PART}|{_QUARTER})?", _in_year),
        (rf"(?<![\d几多每近整半两{_DIGITS}])(?:{_YEAR}的?)?{_QUARTERS_IN_A_ROW}", _in_quarters),
        (rf"{_YEAR}的?前(?P<until>{_N})个?月(?!前)", _first_months),
        (rf"(?:{'|'.join(sorted(_DAY_WORDS, key=len, reverse=True))})", _relative_day),
        (
            r"(?:(?P<week>上上|上|本|这|下下|下)一?个?|(?<![一两几每\d]))(?:周|星期|礼拜)"
            r"(?P<weekday>一(?![共起直些样次名个])|[二三四五六日天末])?"
            r"(?(week)|(?=[^一-龥]|$|[上下晚早中凌的至到在举召前后会]|开[了过]|发[了生]))",
            _in_week,
        ),
        (r"(?P<q>上|本|这|下)一?个?季度", _relative_quarter),
        (
            rf"(?:(?P<ahead>未来|今后|接下来|往后)|最近|近|过去)的?(?P<n>{_N}|半(?=年))(?P<unit>天|日|周|个?星期|个月|年)",
            _last_or_next,
        ),
        (
            r"(?<![\d第])(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>天|周|个?星期|个月|年)"
            r"(?P<ago>[之以]?前(?!往|来|后|夕|所)|[之以]?后(?!来))",
            _ago,
        ),
        (rf"(?:{_YEAR}的?)?{PATTERN}", _on_festival),
        (rf"(?<![\d.第近每满共约达期%月-])(?=\d|[二三]?十){_DAY_NUMBER}(?<=[日号]){_NOT_A_DAY}", _lone_day),
        (
            rf"(?<![\d.第近每])(?:{_YEAR}的? ?)?{_MONTH_NUMBER}?"
            rf"(?P<a>{_N}){_TO}(?P<b>{_N}){_BLANK}(?P<unit>[日号月年])份?(?![内级])",
            _short_range,
        ),
        (
            r"(?:(?:(?P<century>\d\d|[二十一]{1,3})|(?P<this>[本这上]个?))世纪|(?<!世纪))"
            r"(?P<decade>[1-9]0|[二三四五六七八九]十)年代",
            _decade,
        ),
        (r"[“\"]?(?P<plan>十[一二三四五六七八九]?|[六七八九])五[”\"]?(?=期间|时期|末|以来)", _five_years),
    )
)
