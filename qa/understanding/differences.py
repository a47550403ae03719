"""Questions for a number that few articles print: by how much, what it was before, what is left."""

from __future__ import annotations

import re
from typing import Literal

from qa.text import HAN

Relation = Literal["change", "then", "left", "planned"]
"""By how much two numbers differ; one of an earlier time; what a whole lacks yet; what was planned."""

_HOW_MUCH = r"(?:多少|几(?!乎|号|点|时|月)|多[大久长])"
_COMPARES = re.compile(
    r"(?<![占同环之百对相])[较比](?!例|如|赛|对(?!照|手)|重|分|拼|价|试|作|武|学|较)[^,?]{1,20}?(?=[多少高低大小长短重轻快慢早晚贵便增减提降缩延省升涨超])"
)
_CHANGES = (
    r"(?:缩[短减小]|延长|净?增(?:加(?!值)|长|多|(?![加速幅量值产收设派]))|减(?:少|轻|(?![幅免排速]))|下?降(?:低|(?![幅雨水温]))|提[高升]|上[升涨调]|下[调跌]|涨|跌|便宜|省[了下]|节[省约]|压缩|扩大|超额?"
    r"|(?<![参更添附])加了|[多少][了出](?!解)|(?<![最至许很大众])多[分收花拿领修种卖挣赚招建产用缴交补采跑](?:[了过]|出来?)?(?=多少|几)"
    r"|(?<![全本外各我该邻两东西南北川徽苏江林州龙])省(?=(?:多少|几)(?:时间|[个元块钱天万分小]))|[高低快慢早晚大小长短重轻贵宽厚深远][了出])(?!到|至|为|成)"
)
_BY_HOW_MUCH = re.compile(rf"{_CHANGES}[^,?到至]{{0,6}}?{_HOW_MUCH}")
_GAP = re.compile(rf"(?:相差|(?<!还)(?<![时误])差(?:了|距|额|价)?)(?:是|有)?{_HOW_MUCH}")
_LESS_ASKED = re.compile(r"[减降跌缩省短低慢轻]|便宜|节约|少[了出]|比[^,?]{1,20}少(?!数)")
_MORE_ASKED = re.compile(r"[增涨升贵超快]|提高|延长|扩大|加了|多[了出]|高[了出]|比[^,?]{1,20}多(?!少)")
_LEFT_ASKED = re.compile(
    rf"(?:还|仍|尚)(?:剩|差|缺|欠)|剩(?:下|余)|还有(?:多少|几)[^,?]{{0,10}}[没未]|(?<!有)[没未][{HAN}]{{1,6}}(?:的[{HAN}]{{0,5}}?)?(?:还|共)?有(?:多少|几)"
    rf"|缺(?:席|勤|编|员|口)?了?(?:是|有)?{_HOW_MUCH}|(?:多少|几)[^,?]{{0,6}}[没未][^,?]{{1,4}}$"
)
_EARLIER = re.compile(
    r"去年|上年|[前上]一年|前年|同期|(?:^|(?<=[比较]))(?:常|历)年|年初|原来|原先|原有|原本|以前|之前|此前|过去|先前|往年|上届|上期|(?:19|20)\d\d年"
)
_PLANNED = re.compile(
    rf"原(?:来|先|本)?计划|原定|(?:概算|预算)(?:是|为)?{_HOW_MUCH}|计划[^,?]{{0,10}}{_HOW_MUCH}"
)


def relation(question: str) -> Relation | None:
    """Return what a question wants of several numbers; ``None`` where one number is all.

    >>> relation("平均候诊时间缩短了几分钟?"), relation("去年同期有多少例?"), relation("还差几座没建?")
    ('change', 'then', 'left')
    >>> relation("奖金提高到多少?"), relation("坝高多少米?")
    (None, None)
    """
    if _LEFT_ASKED.search(question):
        return "left"
    if differs(question) or _BY_HOW_MUCH.search(question):
        return "change"
    if _PLANNED.search(question):
        return "planned"
    return "then" if _EARLIER.search(question) else None


def compares(question: str) -> bool:
    """Tell whether a question sets one thing against another (比去年多多少)."""
    return _COMPARES.search(question) is not None


def differs(question: str) -> bool:
    """Tell whether a question asks outright by how much two things differ (前两名差多少)."""
    return compares(question) or _GAP.search(question) is not None


def earlier(text: str) -> str | None:
    """Return which earlier time a text names, in one form for the same time; ``None`` where none.

    >>> earlier("比上年同期"), earlier("比常年同期"), earlier("原先"), earlier("比前一年")
    ('同期', '往年', '原来', '去年')
    """
    found = _EARLIER.search(text)
    if found is None:
        return None
    if re.search("[常历往]年", text):
        return "往年"  # 比常年同期 too
    if "同期" in text or "同比" in text:
        return "同期"
    if found.group() in ("去年", "上年", "前一年", "上一年"):
        return "去年"
    if re.match(r"原|以前|之前|此前|过去|先前", found.group()):
        return "原来"
    return found.group()


def falls(question: str) -> bool | None:
    """Tell whether a question takes something to have become less; ``None`` where it does not say."""
    less, more = _LESS_ASKED.search(question), _MORE_ASKED.search(question)
    return None if bool(less) == bool(more) else less is not None
