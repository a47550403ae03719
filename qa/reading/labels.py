"""Labels that tell one of several like things from the others: 二期, 第二季度, B区, 8路."""

from __future__ import annotations

import re
from collections.abc import Iterator

import cn2an

from qa.text import fold
from qa.understanding.everyday import official

DIGITS = "一二三四五六七八九十"
# What is numbered by itself (二期, 三季度), and what only 第 tells from a count (第二批, but 两批).
_NUMBERED = (
    "类(?=区域?|地区|街区|站点|标准)|季度|期|等奖|等功|号楼|号线|号馆|号厅|号院|号桥|标段|单元|楼|级"
    r"|小(?=[招的有在和与、,。:校]|今年|本部|一年级)"
)
_ORDERED = (
    "批|届|轮|班|组|类|档|段|场|站|条|章|版|步|课|集|连|营|师|街|巷|大街|大道|"
    "中学|小学|幼儿园|医院|人民医院|党支部|网格|次会议|次全会|次党代会|方面军"
)
_LETTERED = "区|级|类|座|栋|楼|组|段|馆|厅|型|款|股|岗|线|照|证|口|轮|级房"
_LABEL = re.compile(
    rf"(?P<order>第|首|头)(?P<n>\d{{1,4}}|[{DIGITS}百]{{1,4}}|)(?P<head>{_NUMBERED}|{_ORDERED})"
    rf"|(?<![\d.分共有前近约余几{DIGITS}百千万至到—~-])"
    rf"(?P<bare>\d{{1,3}}|[{DIGITS}]{{1,3}})(?P<of>{_NUMBERED})(?!以[上下])"
    rf"|(?<![a-z0-9])(?P<letter>[a-z])(?P<kind>{_LETTERED})"
    r"|(?<![\d.])(?P<route>[a-z]?\d{1,3})(?P<bus>路)(?![口灯])"
    r"|(?:快线|专线)(?P<line>[a-z]?\d{1,3})(?![\d路])"
)
SPANNED = re.compile(
    rf"[\d{DIGITS}a-z](?:{_NUMBERED}|{_LETTERED})?[至到—~、和与及-]第?[\d{DIGITS}a-z]{{1,3}}"
    rf"(?:{_NUMBERED}|{_ORDERED}|{_LETTERED})|(?:{_NUMBERED}|{_ORDERED}|{_LETTERED})及?以[上下]"
    rf"|(?:各|每[个一]?|所有|全部)(?:{_NUMBERED}|{_ORDERED}|{_LETTERED})"
)
"""What covers several: 一至三期, 6级以上, 各批."""
_RELATIVE = re.compile(r"[上下这本那哪每某同另前后]一?$")


def labels(text: str) -> Iterator[tuple[int | str, str]]:
    """Yield the labels of a folded text: which one, and of what."""
    for match in _LABEL.finditer(text):
        if match["letter"]:
            yield match["letter"], match["kind"]
            continue
        if match["route"] or match["line"]:
            yield match["route"] or match["line"], "路"
            continue
        before = text[: match.start()]
        if _RELATIVE.search(before):
            continue
        number = match["bare"] or match["n"]
        if not number:
            if match["order"] == "第":
                continue
            number = "1"
        try:
            yield int(cn2an.cn2an(number, "smart")), match["of"] or match["head"]
        except ValueError:  # a run of characters that is no number
            continue


_OF_ONE_LINE = re.compile("首班|末班|间隔|(?:多久|几分钟|多长时间)[来有发]?一[班趟]")


def continues_on_another(question: str, sentence: str, article: str) -> bool:
    """Tell whether a sentence without a label goes on, in its paragraph, about another than a question names.

    What each line has by itself (its last bus) is told of none that a paragraph has not named.

    >>> continues_on_another("二期占地多少?", "占地200亩。", "一期投资3亿元。占地200亩。\\n二期明年开工。")
    True
    """
    at = article.find(sentence)
    wanted = set(labels(official(question)))
    if at < 0 or not wanted:
        return False
    before, told = fold(article[article.rfind("\n", 0, at) + 1 : at]), fold(sentence)
    heads = {head for _, head in wanted}
    of_others = {label for label in labels(before) if label[1] in heads}
    if heads == {"路"} and _OF_ONE_LINE.search(official(question)):
        return not wanted & {*of_others, *labels(told)} and len(set(labels(fold(article)))) > 1
    return (
        bool(of_others)
        and not wanted & of_others
        and not any(head in heads for _, head in labels(told))
        and not SPANNED.search(before + told)
    )
