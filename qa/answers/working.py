"""All that is worked out of the numbers that a sentence tells: the first that a question asks for counts."""

from __future__ import annotations

from qa.answers.derived import Derived, derived
from qa.answers.rates import at_a_rate
from qa.answers.shares import of_a_share
from qa.answers.superlatives import superlative
from qa.answers.totals import added_up
from qa.text import Segmenter
from qa.types import Evidence, Query, Reading
from qa.understanding.questions import Asked

_NEXT = 2
"""Sentences behind the best one in which several may be listed of which one is the most."""


def ranked_elsewhere(
    query: Query, asked: Asked, reading: Reading, segmenter: Segmenter
) -> tuple[Derived, Evidence] | None:
    """Return the most of several that a sentence of the same article beside the best one lists."""
    best = reading.evidence[0]
    if asked.form == "number" or "最" in best.quote:
        return None
    for other in reading.evidence[1 : 1 + _NEXT]:
        if other.article.id == best.article.id and (found := superlative(query, asked, other, segmenter)):
            return found, other
    return None


def worked_out(query: Query, asked: Asked, evidence: Evidence, segmenter: Segmenter) -> Derived | None:
    """Return what a sentence's numbers come to; ``None`` where the answer is what was read.

    A refusal where a number at hand would be taken for one that is not to be had.
    """
    return (
        derived(query, asked, evidence, segmenter)
        or added_up(query, asked, evidence, segmenter)
        or at_a_rate(query, asked, evidence, segmenter)
        or superlative(query, asked, evidence, segmenter)
        or of_a_share(query, evidence)
    )
