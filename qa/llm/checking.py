"""Check one sentence of a model's reply against the sentences it cites; the model is not trusted in anything.

Every rule errs towards dropping: what is lost is a paraphrase, and the extractive answer stands behind it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.llm.binding import bound, in_order, office_given, states, together
from qa.llm.deeds import RELATIVE_TIME, deeds_kept, told_clauses
from qa.llm.facts import Facts, blanked, facts_of, frame_of
from qa.llm.plans import same_standing
from qa.llm.polarity import same_polarity
from qa.llm.pronouns import joins_rightly, means_the_same, points_back
from qa.llm.quantities import Quantity, same_day
from qa.llm.sentences import Claim
from qa.llm.support import Support, worded_alike
from qa.text import Segmenter
from qa.types import Citation

MAX_CITED = 4
"""Sentences that one sentence may rest on; a reply that cites everything cites nothing."""

Fault = Literal[
    "citation", "number", "date", "person", "office", "name", "order", "binding", "negation", "plan", "words",
    "support", "subject",
]  # fmt: skip
"""Why a sentence was dropped."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence that passed, and the least that bears it out."""

    text: str
    sources: tuple[Citation, ...]


class Checker:
    """Check sentences of one reply against its numbered evidence.

    Args:
        sources: the evidence that the model was given, by its numbers.
        segmenter: knows the corpus's terms and people.
        support: scores entailment.
    """

    def __init__(self, sources: Sequence[Citation], segmenter: Segmenter, support: Support) -> None:
        self._sources = {source.n: source for source in sources}
        self._segmenter = segmenter
        self._support = support

    def check(self, claim: Claim) -> Checked | Fault:
        """Return a sentence with the sources that bear it out, or why it is dropped.

        Numbers that do not exist are ignored. Where one of the cited sentences is enough, the others are
        left out; otherwise all must bear it out together.
        """
        cited = [self._sources[n] for n in claim.numbers if n in self._sources]
        if not cited or len(cited) > MAX_CITED:
            return "citation"
        enough = [source for source in cited if self.fault(claim.text, [source]) is None]
        if enough:
            return Checked(claim.text, tuple(enough))
        fault = self.fault(claim.text, cited)
        return Checked(claim.text, tuple(cited)) if fault is None else fault

    def reads_on(self, before: Checked | None, after: Checked) -> bool:
        """Tell whether a sentence, behind the one told before it, still means whom its source means.

        「该公司」, or no subject at all, is read as the subject of the sentence before.
        """
        told = before.text if before else None
        if not means_the_same(after.text, after.sources, told, before.sources if before else ()):
            return False
        if before is None:
            return True
        opening = before.text.rstrip("。!！?？") + ","
        joined = facts_of(opening + after.text, self._segmenter)
        first = next(clause for clause in told_clauses(joined) if clause.span[0] >= len(opening))
        if not first.subjects and not points_back(after.text):
            return True
        sources = (*before.sources, *after.sources)
        if len({source.article.id for source in sources}) > 1:
            return False
        given = [facts_of(source.quote, self._segmenter, source) for source in sources]
        return deeds_kept(joined, given, self._segmenter)

    def fault(self, sentence: str, cited: Sequence[Citation]) -> Fault | None:
        """Return the first thing in a sentence that its sources do not bear out; ``None`` for none."""
        claim = facts_of(sentence, self._segmenter)
        quotes = [facts_of(source.quote, self._segmenter, source) for source in cited]
        frames = [frame_of(source, self._segmenter) for source in cited]
        given = [*quotes, *frames]
        text = "\n".join(facts.text for facts in given)
        quoted = "\n".join(source.quote for source in cited)
        if not all(states(q, given) or _copied(q, claim, text) for q in claim.quantities):
            return "number"
        if not all(word in text for word in claim.numerals):
            return "number"
        if not all(any(same_day(d, s) for f in given for s in f.days) for d in claim.days):
            return "date"
        if not all(word in text for word in RELATIVE_TIME.findall(claim.text)):
            return "date"
        for name in claim.names:
            if _tight(name.text) not in _tight(text):
                return "person" if name.kind == "person" else "name"
            if name.kind == "person" and not office_given(name, claim, given):
                return "office"
        if not bound(claim, given, self._segmenter) or not together(claim, quotes, frames, self._segmenter):
            return "binding"
        if not deeds_kept(claim, given, self._segmenter) or not joins_rightly(sentence, cited):
            return "binding"
        if not in_order(claim, quotes):
            return "order"
        if not same_polarity(sentence, quoted, self._segmenter):
            return "negation"
        if not same_standing(sentence, quoted, self._segmenter):
            return "plan"
        if any(char not in text for char in claim.text if unicodedata.category(char)[0] not in "LMNPZ"):
            return "words"  # a symbol or a replacement character
        if not worded_alike(text, blanked(claim), self._segmenter):
            return "words"
        premise = "\n".join(f"{source.article.title}\n{source.quote}" for source in cited)
        return None if self._support.score(premise, sentence) >= self._support.threshold else "support"


def _tight(text: str) -> str:
    """Return a text without blanks, which a headline's broken line and a reply set differently."""
    return "".join(text.split())


def _copied(quantity: Quantity, claim: Facts, text: str) -> bool:
    """Tell whether a numeral without a unit is part of a word that the source has (二七区, 十四五, 统一)."""
    if quantity.unit or claim.text[quantity.start].isdigit():
        return False
    around = claim.text[max(0, quantity.start - 1) : quantity.end + 1]
    pieces = (around[:-1], around[1:]) if quantity.start else (around,)
    return any(piece in text for piece in pieces if len(piece) > quantity.end - quantity.start)
