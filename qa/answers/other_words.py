"""Whether a sentence answers a question that was asked again in the words of an article."""

from __future__ import annotations

import re

from qa.answers.marks import marked_span
from qa.reading.clauses import around
from qa.search.matching import coverage, word_weights
from qa.text import Segmenter, fold
from qa.types import Evidence
from qa.understanding.paraphrases import Paraphrase

_PARTS = ";；"


def bears_out(other: Paraphrase, question: str, evidence: Evidence, segmenter: Segmenter) -> bool:
    """Tell whether a sentence has the words put for others, and tells them of what is asked about.

    Of 「受损房屋要加快重建;水库要在汛期前完成建设」 the second statement has the words, the first the houses.
    """
    sentence = evidence.quote
    span = marked_span(evidence)
    start, end = around(sentence, span, _PARTS) if span else (0, len(sentence))
    if not re.search(other.words, fold(sentence[start:end])):
        return False
    words = word_weights(question, segmenter)
    own = coverage(words, sentence[start:end])
    rest = re.split(f"[{_PARTS}]", f"{sentence[:start]};{sentence[end:]}")
    return all(coverage(words, part) <= own for part in rest if part)
