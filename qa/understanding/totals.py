"""Questions for what several things come to together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.text import HAN

_ADDED_UP = r"加起来|合起来|加在一起|合在一起|加一块儿?"
_IN_ALL = rf"{_ADDED_UP}|一共|总共|共计|合计|总计"
_TOTAL = re.compile(_IN_ALL)
_ADDED = re.compile(_ADDED_UP)
_SEVERAL = re.compile(
    rf"(?<![\d十百第])(?P<n>[两二三四五六七八九]|[2-9])(?:大|个|家|所|处|座|条|种|类|项|校|县|镇|乡|村|区|店|院|站|楼|馆|厂)(?!月|小时|多?半|季度|学期|星期|礼拜|钟头|工作日)"
    rf"(?=[{HAN}])"
)
_HEADS = re.compile(r"(?P<n>\d{1,4})(?P<of>[个名位户家人])(?!月|小时)")
_NUMBERS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Total:
    """What a question wants of several things."""

    things: int | None
    """How many things the question says there are (两家食堂)."""
    heads: int | None
    """How many that each get something (14名获奖者)."""
    added: bool
    """Whether it asks outright to add up (加起来)."""
    subject: str
    """What stands before the total."""
    ends: bool
    """Whether nothing else is asked (两家产值合计)."""


def total(question: str) -> Total | None:
    """Return what a question wants added up, ``None`` where it does not ask for all in all.

    >>> total("两家食堂一共能坐多少人?")
    Total(things=2, heads=None, added=False, subject='两家食堂', ends=False)
    >>> total("食堂能坐多少人?")
    """
    asked = _TOTAL.search(question)
    if asked is None:
        return None
    subject = question[: asked.start()]
    several, heads = _SEVERAL.search(subject), _HEADS.search(subject)
    n = several["n"] if several else ""
    return Total(
        things=(_NUMBERS.get(n) or int(n)) if n else None,
        heads=int(heads["n"]) if heads and not several else None,
        added=_ADDED.search(question) is not None,
        subject=subject,
        ends=re.search(rf"(?:{_ADDED_UP}|合计|总计)(?:是|为)?$", question) is not None,
    )
