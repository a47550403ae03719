"""Traditional characters in what somebody types: patterns are written in simplified ones."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.text import HAN, fold

_HAN_CHAR = re.compile(f"[{HAN}]")
_OF_BOTH = frozenset("乾夥徵拚捱摺於榘菸薹袷醣麴")
"""Characters of both scripts that mean something else in the simplified one, often in a name (高永乾)."""


def in_simplified(text: str, stands: Callable[[str], bool] = lambda _: False) -> str:
    """Return a text with its characters simplified one by one; its length, case and punctuation are kept.

    One that is the only traditional one, or of both scripts, stays as a corpus writes it with its neighbour.

    Args:
        text: as typed.
        stands: tells whether a corpus holds two characters, as they are written.

    >>> in_simplified("那裡有幾個村？APP呢？")
    '那里有几个村？APP呢？'
    >>> in_simplified("高永乾是誰？"), in_simplified("高永乾是誰？", lambda pair: pair == "永乾")
    ('高永干是谁？', '高永乾是谁？')
    """
    changed = [match.start() for match in _HAN_CHAR.finditer(text) if fold(match.group()) != match.group()]
    simplified = list(text)
    for at in changed:
        meant = fold(text[at])
        may_stay = text[at] in _OF_BOTH or len(changed) == 1
        if not may_stay or not any(
            len(pair) == 2 and stands(pair) and not stands(pair.replace(text[at], meant))
            for pair in (text[max(at - 1, 0) : at + 1], text[at : at + 2])
        ):
            simplified[at] = meant
    return "".join(simplified)
