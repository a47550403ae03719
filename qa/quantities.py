"""Numbers with their units, read exactly and written back as a newspaper writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import cn2an

from qa.text import fold

UNIT = (
    r"(?:个百分点|个工作日|个月|大|公顷|平方千米|厘米|毫米|毫升|千瓦时|千瓦|兆瓦|摄氏度|立方|海里|秒|平方公里|平方米|立方米|公里|千米|万元|亿元|块钱|人次|户次|场次|个|家|名|人|项|次|条|种|户|亩|元|吨|周?岁|年|天|小时|分钟|"
    r"篇|所|座|处|台|辆|件|套|场|批|期|支|部|份|位|间|栋|幢|盏|棵|株|头|只|艘|架|米|升|公斤|斤|克|度|层|届|轮|级|本|册|幅|门|对|"
    r"倍|成|折|分|点|周|个月|万|亿|块|片|口|眼|车次|班|路|站|车|床|张|枚|道|节|课时|学时|学分|例|起|笔|单|宗|封|首|桌|针|剂|余|页|字|颗|粒|根|样|回|趟|遍|餐|碗|瓶|箱|袋|顶|双|组|队|款|圈|尾|羽|票|桶|类|吋|寸|尺|丈|里|证|杯|盒|捆|筐|马力|纳米|微米|微克|毫克|尼特|℃|°c?"
    r"|[a-z]{1,4}/[a-z]{1,2}|km/?h?|cm|mm|nm|kg|mg|ml|kwh?|mw|gw|gb|tb|mb|hz|ghz|m²|mah|w|百帕|日(?=内|后|前|起|$)|年级|把|档|方|堂|卷|兆帕|角|毛|晚|夜|则|讲|竿|局|幕|g)"
)
"""A measure word, as a pattern."""
_SCALES = {"万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "": Decimal(1)}
_BEFORE = (
    "将近|接近|大约|最高|最低|近|约|超过|超|逾|高达|达|不足|不到|"
    "不低于|不高于|不少于|不多于|不超过|至少|最多|上|共|仅"
)
_QUANTITY = re.compile(
    rf"^(?P<before>{_BEFORE})?(?:(?P<digits>\d[\d,]*(?:\.\d+)?)|(?P<han>[零一二两三四五六七八九十百千]+))"
    r"(?P<odd>[余多几])?(?P<scale>万亿|亿|万)?(?P<odd2>[余多])?(?P<unit>(?!分之)[^\d余多]{0,5}?)(?P<odd3>[余多])?"
    r"(?P<after>左右|上下|以上|以下|以内|之多)?$"
)
_PERCENT = re.compile(r"^(?P<before>.*?)百分之(?P<value>.+)$")
# Measure words for one and the same kind of thing.
_SAME_UNIT = {"名": "人", "位": "人", "块": "元", "块钱": "元", "千米": "公里", "所": "家", "平": "平方米"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as read from a text."""

    value: Decimal
    unit: str
    """The measure word in its standard form; equal units can be added."""
    exact: bool
    """``False`` where the text hedges (近, 余, 左右): nothing exact can be said of it."""
    scale: str
    """万, 亿 or nothing, as written."""
    written: str
    """The measure word as written."""


def parse(text: str) -> Quantity | None:
    """Read a number with its unit; ``None`` for a text that is anything else.

    >>> parse("近两千户")
    Quantity(value=Decimal('2000'), unit='户', exact=False, scale='', written='户')
    >>> parse("1.2亿元").value
    Decimal('120000000.0')
    """
    folded = fold(text).strip()
    if percent := _PERCENT.match(folded):
        folded = f"{percent['before']}{percent['value']}%"
    match = _QUANTITY.match(folded)
    if match is None:
        return None
    value = _number(match["digits"], match["han"])
    if value is None:
        return None
    scale = match["scale"] or ""
    hedges = ("before", "odd", "odd2", "odd3", "after")
    return Quantity(
        value=value * _SCALES[scale],
        unit=_SAME_UNIT.get(match["unit"], match["unit"]),
        exact=all(match[name] in (None, "达", "高达", "共", "仅") for name in hedges),
        scale=scale,
        written=match["unit"],
    )


def _number(digits: str | None, han: str | None) -> Decimal | None:
    try:
        if digits is not None:
            return Decimal(digits.replace(",", ""))
        return Decimal(str(cn2an.cn2an(han or "", "smart")))
    except (ValueError, InvalidOperation):  # a run of characters that is no number
        return None


def write(value: Decimal, unit: str, scale: str = "", *, exact: bool = True) -> str:
    """Write a number with its unit in a scale, without trailing zeros; 约 marks what is not exact.

    >>> write(Decimal("206000000"), "元", "亿")
    '2.06亿元'
    """
    scaled = value / _SCALES[scale]
    shown = format(scaled.normalize(), "f")
    return f"{'' if exact else '约'}{shown}{scale}{unit}"


def wider(first: str, second: str) -> str:
    """Return the larger of two scales (亿 over 万 over none)."""
    return max(first, second, key=lambda scale: _SCALES[scale])
