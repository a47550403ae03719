"""Short sentences that open alike and stand for what follows each: 在宣传上做文章。…在打击上出重拳。…"""

from __future__ import annotations

import re

from qa.answers.item_bounds import Piece
from qa.text import HAN, sentence_spans
from qa.types import Evidence

_LONGEST = 25
_LEAD = re.compile(rf"(?:会上[,，])?[{HAN}]{{1,12}}(?:强调|指出|要求|表示|说)[,，:：]“?")
"""Who says it, before the first of them."""
_OPENINGS = re.compile(
    r"在[^,，。]{2,10}[上中下]|要坚持|要强化|要突出|要注重|坚持|强化|突出|聚焦|狠抓|注重|要"
)
_DATELINE_CHARS = 12
_END = "。!！"


def heads(evidence: Evidence, *, opening: bool = False) -> list[Piece]:
    """Return the short sentences that open alike, if the evidence is one of them or follows one of them.

    Or, where that is wanted, if it is the ``opening`` of their article.
    """
    body = evidence.article.body
    short: dict[str, list[Piece]] = {}
    for start, end in sentence_spans(body):
        lead = _LEAD.match(body, start, end)
        start = lead.end() if lead else start
        begun = _OPENINGS.match(body, start, end)
        if begun and 4 <= end - start <= _LONGEST and body[end - 1] in _END:
            key = begun[0][0] if begun[0][0] in "在要" else begun[0]
            short.setdefault(key, []).append((start, end - 1))
    found = [
        pieces
        for pieces in short.values()
        if len(pieces) > 1 and (_of_them(pieces, evidence) or (opening and evidence.start <= _DATELINE_CHARS))
    ]
    return max(found, key=len, default=[])


def _of_them(pieces: list[Piece], evidence: Evidence) -> bool:
    """Tell whether a sentence is one of several heads or in what follows one of them."""
    body = evidence.article.body
    last = body.find("\n", pieces[-1][1])
    reach = last if last >= 0 else len(body)
    return pieces[0][0] < evidence.end and evidence.start < reach
