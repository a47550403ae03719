"""What something is for is not told in a clause before one that only mentions it."""

from __future__ import annotations

import re

from qa.text import fold
from qa.understanding.questions import WHO_IS, plain

_USE = re.compile(
    r"(?P<what>.{2,14}?)(?:主要|到底|究竟)?(?:(?:是|用来|是用来)(?:[干做](?:什么|啥|嘛)用?|起(?:什么|啥)作用|(?:什么|啥)用处?)的?"
    r"|有(?:什么|啥)(?:作?用处?|用途)|的?(?:用途|用处|作用)是(?:什么|啥))[呢呀啊]?[??]?"
)
_APART = ",。;:"
_BEGINS = re.compile(f"(?:作为|身为|为了?|为着)[^{_APART}]*$")
"""A clause that is said of what the next one names: 作为店长,李兰… 为方便办事,镇里建起服务站."""


def is_of_another_use(question: str, sentence: str, short: tuple[int, int] | None) -> bool:
    """Tell whether a short answer tells what something else is for than the thing asked about.

    >>> is_of_another_use("园区是干什么的?", "当地重视科技创新,布局园区。", (4, 8))
    True
    >>> is_of_another_use("园区是干什么的?", "当地布局园区,孵化小企业。", (7, 12))
    False
    """
    asked = _USE.fullmatch(fold(question))
    if asked is None or short is None or WHO_IS.match(plain(question)):
        return False
    told = fold(sentence)
    named = told.find(asked["what"])
    if named < short[1]:  # nowhere, or before it
        return False
    clause = max(told.rfind(mark, short[1], named) for mark in _APART)
    # What begins a clause may be what the clause before is said of (帮人报修,管家样样能办).
    return 0 <= clause < named - 1 and not _BEGINS.search(told[: short[1]])
