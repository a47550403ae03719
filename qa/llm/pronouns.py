"""Sentences that say 「该公司」 or 「他」: what they mean is in the sentence before them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from qa.text import sentence_spans
from qa.types import Citation

_LEAD = (
    r"(?:(?:同时|此外|另外|目前|随后|之后|而|但|并且|据了解|据介绍|今年|去年|近日|日前|[\d年月日]+)"
    r"[,，]?){0,3}"
)
_BACK = re.compile(
    rf"^\s*{_LEAD}(?:该|其(?![中他它余实次间])|[他她它]们?|[为对因由据]?此(?![次外前后时刻类])|这(?!次)|上述|前者|后者|[两二]者|双方|对方"
    r"|[本我](?=公司|局|院|校|厂|行|馆|社|队))"
)
_OF_THE_EVENT = re.compile(rf"^\s*{_LEAD}(?:本次|此次|这次|本届|此类|其中|其余)")


def points_back(sentence: str) -> bool:
    """Tell whether a sentence's subject is told by the sentence before it.

    >>> points_back("目前,该公司已停产。"), points_back("其中制造业企业21家。"), points_back("该县已停产。")
    (True, False, True)
    """
    return _BACK.match(sentence) is not None


def means_the_same(
    sentence: str, sources: Sequence[Citation], before: str | None, sources_before: Sequence[Citation]
) -> bool:
    """Tell whether what a sentence points back to is what the sentence told before it speaks of.

    It is where the source points back as well, and its source follows the other's in the same article.
    「本次」 and 「其中」 may open an answer; behind something else, that must be of the same article.
    """
    if not points_back(sentence):
        articles = {source.article.id for source in sources_before}
        same = before is None or articles.issuperset(source.article.id for source in sources)
        return same or _OF_THE_EVENT.match(sentence) is None
    first = sources[0]
    if not (points_back(first.quote) or _OF_THE_EVENT.match(first.quote)) or before is None:
        return False
    if any(follows(first, source) for source in sources_before):
        return True
    return points_back(before) and any(_place(first) == _place(source) for source in sources_before)


def joins_rightly(sentence: str, sources: Sequence[Citation]) -> bool:
    """Tell whether a sentence whose later clause points back has sources that follow one another."""
    clauses = re.split(r"[,，;；]", sentence)[1:]
    if not any(map(points_back, clauses)):
        return True
    ordered = sorted(sources, key=lambda source: source.start)
    return all(follows(later, source) for source, later in itertools.pairwise(ordered))


def follows(later: Citation, source: Citation) -> bool:
    """Tell whether a source is the sentence right behind another of its article."""
    if later.article.id != source.article.id:
        return False
    spans = sentence_spans(later.article.body)
    return any(
        before == (source.start, source.end) and span == (later.start, later.end)
        for before, span in itertools.pairwise(spans)
    )


def _place(source: Citation) -> tuple[str, int, int]:
    return source.article.id, source.start, source.end
