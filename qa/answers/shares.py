"""Of whom a share is told: 「占36%的是哪些人」 asks for what makes up the share, not for the whole."""

from __future__ import annotations

import re

from qa.answers.derived import Derived
from qa.answers.marks import marked_span, touch
from qa.composing import Draft, Quote
from qa.text import HAN, fold
from qa.types import Evidence, Query
from qa.understanding.questions import plain

_ASKED = re.compile(r"占[^,?]{0,8}?(?P<share>\d[\d.]*%)的?(?:是|有)?(?:哪|什么|谁)")
_COUNTED = re.compile(rf"\d+[个名位家户人所座项件][{HAN}\d]{{2,20}}$")


def of_a_share(query: Query, evidence: Evidence) -> Derived | None:
    """Return what is counted right before its share of a whole, where the whole was marked instead.

    ``None`` where no share's owner is asked for, a refusal where what makes it up is not said.
    """
    asked = _ASKED.search(plain(query.standalone))
    sentence = fold(evidence.quote)
    if asked is None or len(sentence) != len(evidence.quote):
        return None
    told = re.search(rf"[,(]?占(?P<whole>[^,;。\d]{{0,16}}){re.escape(asked['share'])}", sentence)
    if told is None:
        return None
    marked = marked_span(evidence)
    counted = _COUNTED.search(sentence[: told.start()])
    if counted is None:
        return Derived() if marked and touch(marked, told.span("whole")) else None
    quote = Quote.of(evidence)
    return Derived(Draft((quote,), evidence.quote[slice(*counted.span())]))
