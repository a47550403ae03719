"""Numbers with their units, read exactly and written back as a newspaper writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Literal

import cn2an

from qa.text import HAN, fold

UNIT = (
    # Of two that begin alike the longer comes first: what is left of 批次 and 两年半 would be torn.
    r"(?:年一遇|批次|台次|剂次|架次|班次|件次|例次|课次|周年|个半小时|个半月|年半|天半|个钟头|钟头|个?星期|个?礼拜|个?学期|个季度|"
    r"个世纪|车道|平米|刻钟|番|载(?![客货重人体有入])|帧|罐|"
    r"个百分点|个工作日|个月|大|公顷|平方千米|厘米|毫米|毫升|千瓦时|千瓦|兆瓦|摄氏度|海里|秒|平方公里|平方米|立方米|立方|公里|千米|万元|亿元|块钱|人次|户次|场次|个|家|名|人|项|次|条|种|户|亩|元|吨|周?岁|年|天|小时|分钟|"
    r"篇|所|座|处|台|辆|件|套|场|批|期|支|部|份|位|间|栋|幢|盏|棵|株|头|只|艘|架|米|升|公斤|斤|克|度|层|届|轮|级|本|册|幅|门|对|"
    r"倍|成|折|分|点|周|个月|万|亿|块|片|口|眼|车次|班|路|站|车|床|张|枚|道|节|课时|学时|学分|例|起|笔|单|宗|封|首|桌|针|剂|余|页|字|颗|粒|根|样|回|趟|遍|餐|碗|瓶|箱|袋|顶|双|组|队|款|圈|尾|羽|票|桶|类|吋|寸|尺|丈|里|证|杯|盒|捆|筐|马力|纳米|微米|微克|毫克|尼特|℃|°c?"
    r"|[a-z]{1,4}/[a-z]{1,2}|km/?h?|cm|mm|nm|kg|mg|ml|kwh?|mw|gw|gb|tb|mb|hz|ghz|m²|mah|w|百帕|日(?=内|后|前|起|$)|年级|把|档|方|堂|卷|兆帕|角|毛|晚|夜|则|讲|竿|局|幕|g)"
)
"""A measure word, as a pattern."""
_SCALES = {"万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "": Decimal(1)}
_SMALL = {"千": Decimal(1000), "百": Decimal(100)}
_PLAIN = ("达到", "多达", "高达", "达", "共计", "总计", "合计", "累计", "共", "仅", "之多")
"""What stands by a number and leaves it exact."""
Bound = Literal["", "about", "over", "under", "at least", "at most"]
_BOUNDS: dict[str, Bound] = {
    **dict.fromkeys(("将近", "接近", "近", "不足", "不到"), "under"),
    **dict.fromkeys(("超过", "突破", "破", "过", "超", "逾", "上", "余", "多", "几", "出头"), "over"),
    **dict.fromkeys(("最低", "不低于", "不少于", "至少", "以上"), "at least"),
    **dict.fromkeys(("最高", "不高于", "不多于", "不超过", "最多", "以下", "以内"), "at most"),
    **dict.fromkeys(("大约", "大概", "差不多", "约", "来", "左右", "上下"), "about"),
}
_BEFORE = "|".join(
    sorted(
        {*_BOUNDS, *_PLAIN} - set("余多几来") - {"以上", "以下", "以内", "左右", "上下", "出头", "之多"},
        key=lambda word: -len(word),
    )
)
_HAN = "零〇一二两三四五六七八九十百千"
_QUANTITY = re.compile(
    rf"^(?P<before>(?:{_BEFORE})*)(?:有)?(?:(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<small>[千百])?|(?P<han>[{_HAN}]+))"
    r"(?P<odd>[余多几来])?(?P<scale>万亿|亿|万)?(?P<odd2>[余多])?(?P<unit>(?!分之)[^\d余多]{0,5}?)(?P<odd3>[余多])?"
    r"(?P<after>左右|上下|以上|以下|以内|出头|之多)?$"
)
_SPACED = re.compile(r"(?<=\d)\s+(?=[万亿千百%])")
_PERCENT = re.compile(
    r"^(?P<before>.*?)(?P<of>[百千])分之(?P<value>.+?)(?P<after>左右|上下|以上|以下|以内|出头|之多)?$"
)
_ROUND = re.compile(rf"^(?P<before>(?:{_BEFORE})*)(?=[百千万亿](?:[余多万元]|(?<!^.)(?:[^分]|$)))")
"""A round number without its one (近千人, 百余名)."""
_HALF_BEHIND = re.compile(
    rf"(?P<n>\d+|[{_HAN}]+)(?P<of>个(?=半)|[年天里亩斤](?=半$))半(?P<unit>小时|钟头|月|学期|)$"
)
_TENTHS = re.compile(rf"(?P<n>\d|[{_HAN}])成(?P<tenths>[一二三四五六七八九])$")
_COMPOUND = re.compile(
    r"(?P<n>\d[\d,]*(?:\.\d+)?)(?P<scale>万|亿)(?P<more>\d[\d,]*(?:\.\d+)?)(?P<of>万|千|百)"
)
_COMPOUND_HAN = re.compile(rf"[{_HAN}]+[万亿][{_HAN}万]*[{_HAN}]万?")
_A_FEW = re.compile(r"(?<![〇零一二两三四五六七八九])[一二两三四五六七八九]{2}(?![〇零一二两三四五六七八九])")
"""Two numbers for one that is not known (两三家, 七八十人)."""
_NOT_A_UNIT = re.compile(rf"[{_HAN}万亿几来好半点]")
_COUNTER = re.compile(rf"^(?P<measure>[家户名位项条种所座处辆件元])(?=[{HAN}]{{1,4}}$)")
# Measure words for one and the same kind of thing.
_SAME_UNIT = {
    "名": "人", "位": "人", "块": "元", "块钱": "元", "千米": "公里", "所": "家", "平": "平方米",
    "立方": "立方米",
    "个小时": "小时", "钟头": "小时", "个钟头": "小时",
}  # fmt: skip


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
    bound: Bound = field(default="", repr=False)
    """Which way the text hedges; nothing where it is exact."""

    @property
    def least(self) -> Decimal:
        """The least that it can be: what is called 近百 or 约百 is some three quarters of it at least."""
        match self.bound:
            case "at most":
                return Decimal(0)
            case "under" | "about":
                return self.value - self._grain / 4
            case _:
                return self.value

    @property
    def most(self) -> Decimal:
        """The most that it can be: what is called 三百余 is no four hundred."""
        match self.bound:
            case "at least":
                return Decimal("Infinity")
            case "over":
                return self.value + self._grain
            case "about":
                return self.value + self._grain / 4
            case _:
                return self.value

    @property
    def _grain(self) -> Decimal:
        """What one more in the last digit that is not nought is worth."""
        exponent = self.value.normalize().as_tuple().exponent
        return Decimal(10) ** exponent if isinstance(exponent, int) else Decimal(0)


def parse(text: str) -> Quantity | None:
    """Read a number with its unit; ``None`` for a text that is anything else.

    >>> parse("近两千户")
    Quantity(value=Decimal('2000'), unit='户', exact=False, scale='', written='户')
    >>> parse("1.2亿元").value
    Decimal('120000000.0')
    """
    folded = _SPACED.sub("", fold(text).strip())
    if percent := _PERCENT.match(folded):
        value = _number(None, percent["value"]) if "点" in percent["value"] else percent["value"]
        sign = "%" if percent["of"] == "百" else "‰"
        folded = f"{percent['before']}{value}{sign}{percent['after'] or ''}"
    match = None if _A_FEW.search(folded) else _QUANTITY.match(_flattened(folded))
    if match is None:
        return None
    value = _number(match["digits"], match["han"])
    unit = match["unit"]
    if not re.fullmatch(UNIT, unit):
        unit = counter["measure"] if (counter := _COUNTER.match(unit)) else unit
        if value is None or _NOT_A_UNIT.search(unit):
            return None
    if value is None:
        return None
    scale = match["scale"] or ""
    bound = _bound(match)
    return Quantity(
        value=value * _SMALL.get(match["small"] or "", Decimal(1)) * _SCALES[scale],
        unit=_SAME_UNIT.get(unit, unit),
        exact=not bound,
        scale=scale,
        written=unit,
        bound=bound,
    )


def _bound(match: re.Match[str]) -> Bound:
    """Return which way a number is hedged: of several hedges the one that says least."""
    words = re.findall(_BEFORE, match["before"])
    words += [match[name] for name in ("odd", "odd2", "odd3", "after") if match[name]]
    found = {_BOUNDS[word] for word in words if word in _BOUNDS}
    if not found:
        return ""
    return found.pop() if len(found) == 1 else "about"


def _flattened(folded: str) -> str:
    """Write a number of several pieces as one: 一万二千 as 1.2万, 两个半小时 as 2.5小时, 千余 as 一千余."""
    folded = _ROUND.sub(lambda m: f"{m['before']}一", folded)
    folded = (
        re.sub(r"半(?=年$|天$|小时$|个月$|个?学期$)", "0.5", folded) if folded.startswith("半") else folded
    )
    if match := _COMPOUND.search(folded):
        whole, part = (Decimal(match[name].replace(",", "")) for name in ("n", "more"))
        part *= _SCALES.get(match["of"]) or _SMALL[match["of"]]
        folded = _put(folded, match, whole + part / _SCALES[match["scale"]], match["scale"])
    elif (match := _COMPOUND_HAN.search(folded)) and (value := _number(None, match.group())) is not None:
        scale = "亿" if "亿" in match.group() else "万"
        folded = _put(folded, match, value / _SCALES[scale], scale)
    elif (match := _HALF_BEHIND.search(folded)) and (value := _number_of(match["n"])) is not None:
        unit = match["unit"] or match["of"]
        folded = _put(folded, match, value + Decimal("0.5"), "个月" if unit == "月" else unit)
    elif (match := _TENTHS.search(folded)) and (value := _number_of(match["n"])) is not None:
        tenths = _number(None, match["tenths"]) or Decimal(0)
        folded = _put(folded, match, value + tenths / 10, "成")
    return folded


def _put(text: str, match: re.Match[str], value: Decimal, behind: str) -> str:
    return f"{text[: match.start()]}{format(value.normalize(), 'f')}{behind}{text[match.end() :]}"


def _number_of(text: str) -> Decimal | None:
    return _number(text, None) if text.isdecimal() else _number(None, text)


def _number(digits: str | None, han: str | None) -> Decimal | None:
    try:
        if digits is not None:
            return Decimal(digits.replace(",", ""))
        return Decimal(str(cn2an.cn2an(han or "", "smart")))
    except (ValueError, InvalidOperation):  # a run of characters that is no number
        return None


_WRITTEN: dict[Bound, str] = {
    "": "",
    "about": "约",
    "over": "超过",
    "under": "不到",
    "at least": "至少",
    "at most": "最多",
}


def write(value: Decimal, unit: str, scale: str = "", *, bound: Bound = "") -> str:
    """Write a number with its unit in a scale, without trailing zeros, its hedge before it.

    >>> write(Decimal("206000000"), "元", "亿")
    '2.06亿元'
    """
    scaled = value / _SCALES[scale]
    shown = format(scaled.normalize(), "f")
    return f"{_WRITTEN[bound]}{shown}{scale}{unit}"


_OPPOSITE: dict[Bound, Bound] = {
    "over": "under",
    "under": "over",
    "at least": "at most",
    "at most": "at least",
}


def opposite(bound: Bound) -> Bound:
    """Return how a number is hedged that another one, so hedged, is taken from."""
    return _OPPOSITE.get(bound, bound)


def joined(bounds: Iterable[Bound]) -> Bound | None:
    """Return how the sum of numbers is hedged; ``None`` where nothing can be said of it (最多 with 至少)."""
    hedged = set(bounds) - {""}
    if not hedged:
        return ""
    pairs: tuple[tuple[Bound, Bound], ...] = (("at least", "over"), ("at most", "under"))
    for weak, strong in pairs:
        if hedged <= {weak, strong}:
            return weak if weak in hedged else strong
    return None if hedged & {"at least", "at most"} else "about"


def wider(first: str, second: str) -> str:
    """Return the larger of two scales (亿 over 万 over none)."""
    return max(first, second, key=lambda scale: _SCALES[scale])
