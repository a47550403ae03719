"""Why something is: its cause, what measures are for, and the measures where that is not asked."""

from __future__ import annotations

import re

from qa.answers.marks import ENDS, marked_span, touch
from qa.composing import SHORT_CHARS
from qa.reading.clauses import around
from qa.text import fold
from qa.types import Evidence
from qa.understanding.questions import plain

_CAUSE = re.compile(
    r"(?<!不是)(?<!并非)(?P<cause>(?:(?<!原)因为|由于|鉴于|缘于|源于|得益于|归功于|为了|旨在|(?<![原此])因(?![此而为素地人子果])|受(?=.{2,14}影响))"
    r"[^,，。;；!！?？\n]{2,50}(?:[,，](?:再?加上|加之|再加|又加|且|而且|并且)[^,，。;；!！?？\n]{2,30})*)"
)
_AIM = re.compile("(?:以|从而|切实)?(?:确保|保证|力求|力争|防止|避免)")
"""What begins a clause with what measures are for: no answer of 1,235 questions for means stands there."""
_AIM_ASKED = re.compile("确保|保证|防止|避免|怎么样|怎样|什么样|目标|目的")
_PURPOSE_ASKED = re.compile(
    r"目的|为了什么|图(?:的?是|个)?什么|(?:为什么|干什么)要?(?:搞|开展|办|做|推|实施|组织|启动|设立)"
)
_PURPOSE = re.compile(
    r"(?:为了|旨在|目的[是在]|以便|(?:以|从而|切实)?(?:确保|保证|力求|力争|防止|避免))(?P<what>[^,，;；。!！?？\n]{3,40})"
)
_DENIED = re.compile(r"(?:没有?|并未)[讲说谈提问][^,，;；。]{1,20}$")
_BUT = re.compile(r"[,，](?:而|他|她)?(?:[讲说谈提问]的)是(?P<what>[^,，:：;；。!！?？\n]{2,40})")


def measures_before(question: str, evidence: Evidence) -> str | None:
    """Return the clauses before the one that the reader marked, where that tells only what they are for."""
    marked, sentence = marked_span(evidence), evidence.quote
    if marked is None or _AIM_ASKED.search(plain(question)):
        return None
    aim, _ = around(sentence, marked, ",，;；")
    part, _ = around(sentence, marked, ";；")
    if not _AIM.match(sentence, aim) or aim <= part:
        return None
    starts = [part, *(m.end() for m in re.finditer("[,，]", sentence[:aim]) if m.end() > part)]
    told = [sentence[start : aim - 1].strip(ENDS) for start in starts if start < aim]
    return next((text for text in told if 0 < len(text) <= SHORT_CHARS), None)


def purpose(question: str, evidence: Evidence) -> str | None:
    """Return the clause that says what something is for, where that is asked and not marked.

    Of several it is the first behind the mark, within the same part of the sentence.
    """
    marked, sentence = marked_span(evidence), fold(evidence.quote)
    if marked is None or not _PURPOSE_ASKED.search(plain(question)):
        return None
    left, right = around(sentence, marked, ";；")
    found = list(_PURPOSE.finditer(sentence, left, right))
    if any(touch(m.span(), marked) for m in found):
        return None
    behind = [m for m in found if m.start() >= marked[1]]
    return evidence.quote[slice(*behind[0].span())].strip(ENDS) if behind else None


def what_it_is_instead(evidence: Evidence) -> str | None:
    """Return what a sentence says something is, where the reader marked what it is not.

    没有讲升学,讲的是一把伞: 一把伞.
    """
    marked, sentence = marked_span(evidence), evidence.quote
    denied = _DENIED.search(sentence[: marked[1]].rstrip(ENDS)) if marked else None
    if marked is None or denied is None or marked[0] - denied.start() > _DENIAL_CHARS:
        return None
    but = _BUT.match(sentence, marked[1])
    return but["what"].strip(ENDS) if but else None


_DENIAL_CHARS = 4
"""Of what denies right before a mark (没有讲|升学)."""


_PART = re.compile("[;；。]")


def cause_told(question: str, sentence: str, marked: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return where the clause that names a cause stands; of several the marked one, else by likeness."""
    wanted = set(fold(question))
    clauses = [
        (m.start("cause"), m.start("cause") + len(m["cause"].rstrip(ENDS))) for m in _CAUSE.finditer(sentence)
    ]
    clauses = [(start, end) for start, end in clauses if end - start <= SHORT_CHARS]
    touched = [clause for clause in clauses if marked is not None and touch(marked, clause)]
    if marked is not None and marked[0] < marked[1]:  # behind a semicolon it is that of something else
        clauses = [
            c for c in clauses if not _PART.search(sentence[min(c[1], marked[1]) : max(c[0], marked[0])])
        ]
    clauses = touched or clauses
    return max(clauses, key=lambda c: len(wanted & set(fold(sentence[slice(*c)]))), default=None)
