"""Numbers with their units and hedges, and dates, as a text states them; comparable across notations."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from dataclasses import dataclass

import cn2an

from qa.text import fold

_CN = "零〇一二两三四五六七八九十百千万亿"
# 千 belongs to 千瓦, 千米, 千克; 5千瓦 is no 5,000 of anything.
_SCALE = r"(?:[十百万亿]|千(?![瓦米克卡伏帕赫]))"
_CN_DIGIT = r"(?:[零〇一二两三四五六七八九十百万亿]|千(?![瓦米克卡伏帕赫]))"
_DIGITS = rf"(?:\d[\d,]*(?:\.\d+)?{_SCALE}*|{_CN_DIGIT}+(?:点[零〇一二三四五六七八九]+)?)"
_MINUS = r"(?:零下|(?<![胜肩])负(?=[\d零〇一二三四五六七八九十])|(?<![\da-z.)])[-−–](?=\d))"
_BEFORE = (
    r"(?:好几|几|数|将近|接近|大约|不足|不到|至少|最多|不少于|不低于|不超过|不多于|超过|近|约|逾|达|超"
    r"|上(?=[百千万亿]))"
)
_AFTER = r"(?:以上|以下|左右|以内|之内|上下|之多|余|多)"
_MEASURE_WORDS = """
个百分点 平方公里 平方千米 平方米 立方米 公里 千米 厘米 毫米 公顷 公斤 千克 毫克 微克 毫升 千瓦时 千瓦
兆瓦时 兆瓦 千伏安 千伏 千卡 千帕 千赫 瓦时 瓦 分贝 海里 小时 分钟 个月 块钱 摄氏度 ℃
% ‰ 元 块 亩 吨 米 斤 克 升 度 天 年 秒 岁 倍 成 时 点 分 周 月 日 号
"""
_COUNT_WORDS = """
个人 人次 户次 场次 车次 课时 学时 学分 名 位 人 口 个 家 项 次 回 条 种 户 所 座 处 台 辆 件 套 场 批
期 支 部 份 间 栋 幢 盏 棵 株 头 只 艘 架 本 册 幅 门 对 片 眼 路 床 张 枚 道 节 例 起 笔 单 宗 封 首 桌
针 篇 层 届 轮 级 站 类 方面
"""
_COUNTS = frozenset(_COUNT_WORDS.split())
_UNITS = "|".join(sorted((_MEASURE_WORDS + _COUNT_WORDS).split(), key=lambda u: (-len(u), u)))
_SAME_UNIT = {
    "个人": "人", "名": "人", "位": "人", "口": "人", "块": "元", "块钱": "元", "千米": "公里",
    "平方千米": "平方公里", "千克": "公斤", "回": "次", "点": "时", "号": "日", "学时": "课时",
    "摄氏度": "度", "℃": "度",
}  # fmt: skip
_QUANTITY = re.compile(
    rf"(?P<ordinal>第)?(?P<before>{_BEFORE})?(?P<minus>{_MINUS})?"
    rf"(?:(?P<percent>百分之)(?P<share>{_DIGITS})|(?P<under>[{_CN}]+)分之(?P<over>[{_CN}]+)|"
    r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?!\d)|"
    rf"(?P<number>{_DIGITS})(?P<inner>[余多来几])?(?P<scale>{_SCALE}*))"
    rf"(?P<unit>{_UNITS})?(?P<after>{_AFTER})?"
)
_HEDGES = {
    "below": ("将近", "接近", "不足", "不到", "最多", "不超过", "不多于", "近", "以下", "以内", "之内"),
    "above": ("至少", "不少于", "不低于", "超过", "逾", "超", "以上", "余", "多"),
    "about": ("大约", "约", "左右", "上下", "来", "上"),
    "several": ("好几", "几", "数"),
}
_RISE = r"增加(?!值)|增长(?!点)|增|上升|升|提高|提升|上涨|涨|扩大|扩|上调"
_FALL = r"下降|降低|降|减少|减|下滑|下跌|跌|缩减|缩小|压缩|压减|回落|下调"
_CHANGED = re.compile(
    rf"(?:(?:{_RISE}|{_FALL}|调整)了?(?P<level>至|到|为|成)?了?|(?:[增涨降跌]幅|增量|增长率|增速)[为是达]?)到?$"
)
_CHANGED_BEFORE = re.compile(r"新增(?!长)|增加(?!值)|净增|增设|增开|增收|减少|减收|压减|缩减|裁减")
"""Verbs whose object is counted (新增企业35家)."""
_CLAUSE_START = re.compile(r".*[,，;；。:：!！?？\n]", re.DOTALL)
_BETWEEN_ENDS = ("至", "到", "-", "—", "——", "~", "–", "−")
_HEDGE_OF = {word: kind for kind, words in _HEDGES.items() for word in words}

_YEAR = r"(?:(?P<year>\d{4}|[一二][零〇一二三四五六七八九]{3})年|(?P<relative>今|去|前|明|后|当)年)"
_MONTH_DAY = (
    r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?"
    r"(?:(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号])?"
)
_DATE = re.compile(rf"(?<!\d)(?:{_YEAR}(?:{_MONTH_DAY})?|{_MONTH_DAY.replace('?P<', '?P<bare_')})")
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
_STEPS = {"前": -2, "去": -1, "今": 0, "当": 0, "明": 1, "后": 2}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text."""

    value: float
    unit: str
    """In one form for units that mean the same; empty where none follows; 第… for an ordinal."""
    hedge: str
    """``below``, ``above``, ``about``, ``several`` (几十, 三十几), or empty for an exact number."""
    start: int
    end: int
    change: str = ""
    """``level`` behind 「增加到」, ``change`` behind 「增加」, ``part`` after 「新增企业」, or empty."""
    low: float | None = None
    """Where a range (300至500元) begins; it ends at ``value``."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date in a text, as far as the text and its article fix it."""

    year: int | None
    month: int | None
    day: int | None
    relative: str
    """今, 去, 明, … as printed, empty for a year in figures or none."""
    start: int
    end: int


def quantities(text: str) -> list[Quantity]:
    """Return the numbers of a text in order, those of its dates left out.

    >>> [(q.value, q.unit, q.hedge) for q in quantities("12月6日投入近三百万元,培训400余名,增长36.5%")]
    [(3000000.0, '元', 'below'), (400.0, '人', 'above'), (36.5, '%', '')]
    """
    folded = fold(text)
    taken = [(day.start, day.end) for day in days(text)]
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(folded):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        value = _quantity_value(match)
        if value is None:  # 「二三十」: equal to itself only
            found.append(Quantity(-1.0, match.group(), "", *match.span()))
            continue
        if match["minus"] and not (
            match["minus"] in _BETWEEN_ENDS and found and found[-1].end == match.start()
        ):
            value = -value
        unit = (
            "%"
            if match["percent"]
            else "时"
            if match["hour"]
            else _SAME_UNIT.get(match["unit"] or "", match["unit"] or "")
        )
        words = (match["before"], match["inner"], match["after"])
        hedge = next((_HEDGE_OF[w] for w in words if w in _HEDGE_OF), "")
        change = _change(folded, match.start())
        found.append(Quantity(value, f"{match['ordinal'] or ''}{unit}", hedge, *match.span(), change))
    return _ranges(folded, found)


def _change(text: str, at: int) -> str:
    """Return whether a number at a place is what something came to, or by how much it changed."""
    clause = _CLAUSE_START.sub("", text[:at])
    direct = _CHANGED.search(clause)
    if direct:
        return "level" if direct["level"] else "change"
    return "part" if _CHANGED_BEFORE.search(clause) else ""


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Join the two ends of each range."""
    joined: list[Quantity] = []
    for quantity in found:
        before = joined[-1] if joined else None
        if before and before.low is None and before.unit in ("", quantity.unit):
            between = text[before.end : quantity.start]
            hyphen = not between and text[quantity.start] in _BETWEEN_ENDS
            if hyphen or between in _BETWEEN_ENDS:
                low = before.value
                joined[-1] = dataclasses.replace(
                    quantity,
                    hedge=before.hedge or quantity.hedge,
                    start=before.start,
                    low=low,
                    change=before.change,
                )
                continue
        joined.append(quantity)
    return joined


def _quantity_value(match: re.Match[str]) -> float | None:
    if match["percent"]:
        return _number(match["share"])
    if match["under"]:
        over, under = _number(match["over"]), _number(match["under"])
        return over / under if over is not None and under else None
    if match["hour"]:
        return int(match["hour"]) + int(match["minute"]) / 60
    value, scale = _number(match["number"]), 1.0
    for char in match["scale"]:
        scale *= {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}[char]
    return None if value is None else round(value * scale, 6)


def same_quantity(claim: Quantity, source: Quantity) -> bool:
    """Tell whether a claim's number is one that a source gives: value, unit and hedge.

    「约」 may stand for 「近」 and 「余」, but a hedge is never dropped or added. 「个」 and no unit
    stand for any word that counts.
    """
    if abs(claim.value - source.value) > 1e-6 * max(1.0, abs(source.value)):
        return False
    if claim.low != source.low or not same_change(claim.change, source.change):
        return False
    if claim.hedge != source.hedge and not (claim.hedge == "about" and source.hedge in ("below", "above")):
        return False
    return same_unit(claim.unit, source.unit)


def same_change(claim: str, source: str) -> bool:
    """Tell whether a claim means by a number what its source does: a level or a change.

    >>> same_change("level", "change"), same_change("change", "part"), same_change("", "level")
    (False, True, True)
    """
    changes = ("change", "part")
    return claim == source or (claim in changes and source in changes) or (claim == "" and source == "level")


def same_unit(one: str, other: str) -> bool:
    """Tell whether two units can mean the same.

    >>> same_unit("个", "家"), same_unit("人", "家"), same_unit("", "%")
    (True, False, False)
    """
    if one == other:
        return True
    counted = all(unit in _COUNTS or unit == "" for unit in (one, other))
    return counted and not {one, other}.isdisjoint({"个", ""})


def days(text: str, written: dt.date | None = None) -> list[Day]:
    """Return the dates of a text in order; 「明年」 becomes a year where the day of writing is known.

    >>> [(d.year, d.month, d.day) for d in days("去年十二月6日和2020年", dt.date(2021, 12, 10))]
    [(2020, 12, 6), (2020, None, None)]
    """
    folded = fold(text)
    found = [
        Day(int(m["year"]), int(m["month"]), int(m["day"]), "", *m.span()) for m in _ISO.finditer(folded)
    ]
    for match in _DATE.finditer(folded):
        relative = match["relative"] or ""
        year = _whole(match["year"])
        if relative and written is not None:
            year = written.year + _STEPS[relative]
        month = _whole(match["month"] or match["bare_month"])
        day = _whole(match["day"] or match["bare_day"])
        found.append(Day(year, month, day, relative, *match.span()))
    return sorted(found, key=lambda d: d.start)


def same_day(claim: Day, source: Day) -> bool:
    """Tell whether a source fixes everything that a claim's date says."""
    if claim.relative and claim.relative != source.relative:
        return False
    pairs = [(claim.month, source.month), (claim.day, source.day)]
    if not claim.relative:
        pairs.append((claim.year, source.year))
    return all(said is None or said == given for said, given in pairs)


def clash(one: Day, other: Day) -> bool:
    """Tell whether two dates cannot be the same: a part that both give differs."""
    parts = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return any(a is not None and b is not None and a != b for a, b in parts)


def _number(numeral: str) -> float | None:
    plain = numeral.replace(",", "")
    if plain[0] in "百千万亿":
        plain = f"一{plain}"
    try:
        return float(cn2an.cn2an(plain, "smart"))
    except ValueError:  # a run of characters that is no number (千百, 万一)
        return None


def _whole(numeral: str | None) -> int | None:
    value = None if numeral is None else _number(numeral)
    return None if value is None else int(value)
