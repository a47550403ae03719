"""Traditional characters in what somebody types: patterns are written in simplified ones."""

from __future__ import annotations

import re

from qa.text import HAN, fold

_HAN_CHAR = re.compile(f"[{HAN}]")


def in_simplified(text: str) -> str:
    """Return a text with its characters simplified one by one; its length, case and punctuation are kept.

    >>> in_simplified("那裡有幾個村？APP呢？")
    '那里有几个村？APP呢？'
    """
    return _HAN_CHAR.sub(lambda match: fold(match.group()), text)
