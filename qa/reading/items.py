"""A bare item of a list (契税完税凭证) says nothing by itself: it answers what its list is for, no more."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qa.parsing.outlines import headings, line_at
from qa.search.matching import PARTIAL, word_coverage
from qa.text import fold
from qa.types import Evidence

_BARE = re.compile(r"[^,，:：!！?？\d%]{2,30}?[。;；]?")
_TELLS = re.compile(
    r"不(?!动产)|[应须需可是由在按到经得要能会将已被把给未达满免禁准]|^凭|有(?!权)|具[有备]|[提递]交|提供|出[具示]|办理|持有|[报申]请|进行|开展|实[行施]"
)
_RARE = 0.6
"""From here on a word says what a question is about; 准备, 材料 are below."""


def is_of_another_list(weights: Mapping[str, float], form: str, evidence: Evidence) -> bool:
    """Tell whether a sentence is a bare item of a list that is not the one a question asks for.

    A yes/no question wants the item itself; any other a word of the heading, and what it is about in the
    article.

    Args:
        weights: the question's content words with their rarity.
        form: what kind of thing it asks for.
        evidence: the sentence.
    """
    line = line_at(evidence.article.body, evidence.start)
    if line is None or line.items < 0 or form not in ("yesno", "list", "what", "means", "reason"):
        return False
    said = evidence.article.body[max(line.text, evidence.start) : evidence.end]
    if not _BARE.fullmatch(said) or _TELLS.search(said):
        return False
    told = fold(said)
    if form == "yesno":
        return not any(word in told for word in weights if len(word) > 1)
    article = fold(f"{evidence.article.title}\n{evidence.article.body}")
    if any(rarity >= _RARE and word_coverage(word, article) < PARTIAL for word, rarity in weights.items()):
        return True
    near = fold("\n".join((*headings(evidence.article.body, evidence.start), said)))
    return not any(word_coverage(word, near) >= PARTIAL for word in weights)
