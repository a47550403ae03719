"""What has been done is asked for: what is only planned, aimed at or the most allowed is no answer."""

from __future__ import annotations

import re

from qa.text import fold
from qa.understanding.everyday import official

_SO_FAR = re.compile(
    r"已经?(?=[^,?]{0,14}(?:多少|几))|现有(?=[^,?]{0,10}(?:多少|几))|(?:现在|目前)(?=[^,?]{0,10}有(?:多少|几))"
    r"|到(?:现在|目前)(?!.{0,6}(?:底|目标))|至今|迄今|累计(?![要将])|目前(?=.{0,10}了)"
    r"|(?:放|发|贷|招|卖|孵化)出(?:去|来)?了?(?:多少|几)"
)
_PLANNED = re.compile(
    r"力争|确保|计划|目标|任务[是为]|拟|将(?!近)|最高|预计|不超过|要(?=[求把到在完建新])|争取"
)
_IN_PAST = re.compile(r"(?P<when>去年|前年|上半年|前三季度|上个?月|昨[天日])[^,?]{1,10}了(?:多少|几)")
_IN_FACT = re.compile(r"实际(?=[^,?上]{0,8}(?:多少|几|[了过]))")
_FORESEEN = re.compile(rf"{_PLANNED.pattern}|设计|[达投]产后|建成后|有望|可望|可(?=[年带实增提新达])")
_ACHIEVED = re.compile(r"已|累计|截[至止]|目前|[了过](?!\d)|完成|今年以来|[迄至]今|实际")
_DONE = re.compile(
    r"已|累计|截[至止]|目前|[了过达来到共现发增]|完成|今年以来|[迄至]今|先后|实现|(?<!为期)一年|建成|投入|有[^,;]{0,8}[\d一二三四五六七八九十]"
)


def is_only_planned(question: str, form: str, sentence: str) -> bool:
    """Tell whether a sentence only plans what a question asks the state of.

    >>> is_only_planned("目前招了多少名义警?", "number", "今年将招募义警600名。")
    True
    >>> is_only_planned("投产后实际产值有多少?", "number", "预计达产后年产值25亿元。")
    True
    >>> is_only_planned("今年要招多少名义警?", "number", "今年将招募义警600名。")
    False
    """
    asked, told = official(question), fold(sentence)
    if form == "number" and _IN_FACT.search(asked):
        return _FORESEEN.search(told) is not None and not _ACHIEVED.search(told)
    past = _IN_PAST.search(asked)
    if form == "number" and past and past["when"] not in told:
        return _PLANNED.search(told) is not None and not _DONE.search(told)
    return (
        form in ("number", "list", "what")
        and _SO_FAR.search(asked) is not None
        and _PLANNED.search(told) is not None
        and not _DONE.search(told)
    )
