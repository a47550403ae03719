"""All that is worked out of the numbers that a sentence tells: the first that a question asks for counts."""

from __future__ import annotations

from qa.answers.derived import Derived, derived
from qa.answers.shares import of_a_share
from qa.answers.superlatives import superlative
from qa.answers.totals import added_up
from qa.text import Segmenter
from qa.types import Evidence, Query
from qa.understanding.questions import Asked


def worked_out(query: Query, asked: Asked, evidence: Evidence, segmenter: Segmenter) -> Derived | None:
    """Return what a sentence's numbers come to; ``None`` where the answer is what was read.

    A refusal where a number at hand would be taken for one that is not to be had.
    """
    return (
        derived(query, asked, evidence, segmenter)
        or added_up(query, asked, evidence, segmenter)
        or superlative(query, asked, evidence, segmenter)
        or of_a_share(query, evidence)
    )
