"""Two numbers that stand next to each other in a sentence, and what they are to each other.

By how much one is more than something (97例,比去年同期少21例), what it was and is (由198元降到170元), a
whole and what is done of it (41.3万亩晚稻已收26.8万亩).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.language.quantities import Quantity, parse
from qa.reading.spans import spans_like
from qa.text import HAN, Segmenter
from qa.understanding.questions import Asked

THING = r"[^,;。:\d]{0,10}?"
THAN = r"(?:较|(?<![同环占])比(?![例重率价赛值]))"
_MORE = r"(?:净?增(?:加|长|多)?|新增|多|高出?|提[高升]|上[升涨调]|涨|扩大|延长|贵|快|早|大|长|重|超出?)"
_LESS = (
    r"(?:减(?:少|轻)?|少|低|[下回]降|降(?:低)?|下调|跌|缩(?:短|减|小)|压缩|便宜|省|慢|晚|小|短|轻|节[约省])"
)
BY = rf"(?:(?P<more>{_MORE})|(?P<less>{_LESS}))[了出]?(?:约|近)?"
_COMPARED = re.compile(
    rf"^{THING}[,(]?(?:(?:从|自)?(?:今年)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?起,?)?(?P<rate>增速|增幅)?(?:总量|总数)?(?:{THAN}(?P<anchor>(?:\d{{4}}年)?[^,;。\d]{{0,10}}?)|(?P<same>同比)){BY}$"
)
"""Between a number and by how much it differs from another: 97例「,比去年同期少」21例."""
_THEN = (
    r"(?:(?:去年|上年|前年)(?:的?同期|同月|年?底|末)?|同期|上(?:期|届|次|季度?)|上个?月|年初|[月期]初|原[来先有]?|以前|之前|此前|过去"
    r"|先前|往年|[老旧]的)"
)
_WAS = re.compile(rf"^{THING}[,;(](?:而|但)?{_THEN}[^,;。:\d]{{0,6}}?(?:[为是]|只有|仅有?|有)?$")
"""Between what is and what was: 7.1天「,去年同期为」7.6天."""
_FROM = re.compile(r"[由从][^,;。:由从\d]{0,8}$")
_TO = re.compile(
    rf"^{THING},?(?:[降涨升增提调扩缩改跌落减压延变][低高加少长大小整短升缩]?|上[升调涨]|下[降调]|精简|[拓加]宽)了?[到至为成]了?$"
)
"""Between what was and what is: 由198元「降到」170元."""
_ONCE = re.compile(
    r"(?:^|[;。“])[^;。“]*?(?P<when>(?<![较比])(?:19|20)\d\d年|去年|上年|前年)[^,;。\d]{0,16}$"
    r"|(?:^|[,;。“])(?P<formerly>以前|从前|过去(?!的?[一两三\d半几十])|原来|原先|早先)[^;。“\d]{0,30}$"
)
_NOW = re.compile(rf"^{THING}[,;](?:而|但|到)?(?:今年|现在|目前|如今|今后|以后|眼下)[^,;。:\d]{{0,8}}?$")
"""Between what was once and what is now or is to be: 97万元「,今年目标是」120万元."""
_WHOLE = re.compile(
    rf"(?:计划|规划|目标|应[到收有]|任务|概算|预算|下达|总|共|全[{HAN}]|原定|新[建增])[^,;。:]{{0,14}}$"
)
_DONE = re.compile(
    r"^(?P<thing>[^,;。:]{0,16}?)[,(]?(?:到\d{1,2}月底|截至[^,;。]{0,8}|目前|现在?|其?中)?"
    r"(?P<done>已经?|实际|实[到有收]|到[岗位]|只|仅|完成)[^,;。:\d]{0,8}$"
)
"""Between a whole and what is done of it: 41.3万亩「晚稻已收」26.8万亩."""

Kind = Literal["compared", "was", "from_to", "now", "part"]


@dataclass(frozen=True, slots=True)
class Number:
    start: int
    end: int
    text: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers of a sentence, and what they are to each other."""

    kind: Kind
    first: Number
    second: Number
    label: str
    """What they are told of."""
    anchor: str = ""
    """What the first is compared with."""
    less: bool = False
    """Of ``compared``: whether the second says how much less it is."""

    @property
    def now(self) -> Number:
        return self.second if self.kind in ("from_to", "now") else self.first

    @property
    def before(self) -> Number:
        return self.first if self.kind in ("from_to", "now") else self.second


def numbers_in(asked: Asked, sentence: str, segmenter: Segmenter) -> list[Number]:
    """Return the numbers of a sentence that can be worked with, of those that overlap the longest."""
    spans = dict(spans_like(asked, sentence, segmenter))  # of those that begin together the last is longest
    found: list[Number] = []
    for start, end in spans.items():
        quantity = parse(sentence[start:end])
        if quantity is not None and (not found or start >= found[-1].end):
            found.append(Number(start, end, sentence[start:end], quantity))
    return found


def pairs_in(sentence: str, numbers: Sequence[Number]) -> list[Pair]:
    """Return each two numbers of one unit that stand next to each other and are compared."""
    pairs = []
    for n, second in enumerate(numbers):
        first = next((one for one in reversed(numbers[:n]) if one_unit(one, second)), None)
        if first is None:
            continue
        between = sentence[first.end : second.start]
        before = sentence[: first.start]
        head = re.split(r"[,;。:、]", before)[-1]
        found = _COMPARED.match(between)
        if found and (found["rate"] or not _is_a_change(head)):
            anchor = "同比" if found["same"] else (found["anchor"] or "")
            pairs.append(Pair("compared", first, second, head + between, anchor, found["less"] is not None))
        elif first.quantity.unit != second.quantity.unit:
            continue
        elif _FROM.search(before) and _TO.match(between):
            pairs.append(Pair("from_to", first, second, head + between, head))
        elif (once := _ONCE.search(before)) and _NOW.match(between):
            time = once["when"] or once["formerly"]
            pairs.append(Pair("now", first, second, head + between, time))
        elif _WAS.match(between):
            pairs.append(Pair("was", first, second, head + between, between))
        elif (done := _DONE.match(between)) and (
            _WHOLE.search(before) or done["thing"][-1:] in ("里", "中") or done["done"].startswith("实")
        ):
            pairs.append(Pair("part", first, second, head + between))
    return pairs


def _is_a_change(head: str) -> bool:
    """Tell whether a number is itself the change told of (同比增长6.3%): nothing is so much more than it."""
    return re.search(rf"(?:同比|环比|{THAN}[^,;。]{{1,10}}){BY}$", head) is not None


def one_unit(one: Number, other: Number) -> bool:
    units = one.quantity.unit, other.quantity.unit
    return units[0] == units[1] or units == ("%", "个百分点")
