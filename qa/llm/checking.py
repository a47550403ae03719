"""Check one sentence of a model's reply against the sentences it cites; the model is not trusted in anything.

Every rule errs towards dropping: what is lost is a paraphrase, and the extractive answer stands behind it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.llm.binding import bound, in_order, office_given, states, together
from qa.llm.facts import Facts, facts_of, frame_of, without_figures
from qa.llm.polarity import same_polarity, same_standing
from qa.llm.quantities import Quantity, same_day
from qa.llm.sentences import Claim
from qa.llm.support import Support, worded_alike
from qa.text import Segmenter
from qa.types import Citation

MAX_CITED = 4
"""Sentences that one sentence may rest on; a reply that cites everything cites nothing."""

Fault = Literal[
    "citation", "number", "date", "person", "office", "name", "order", "binding", "negation", "plan", "words",
    "support",
]  # fmt: skip
"""Why a sentence was dropped."""

_RELATIVE_TIME = re.compile(
    r"[昨今明前后]天|[昨今明]日|[上本下]周|[上本下]个?月|当[天日月]|近日|日前|目前|截至|上半年|下半年|[上中下]旬|[一二三四]季度|年底|年初|"
    r"上午|下午|晚上|凌晨|中午|春节|国庆|汛期|(?:星期|周)[一二三四五六日天]"
)


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
        if not all(any(same_day(d, s) for f in given for s in f.days) for d in claim.days):
            return "date"
        if not all(word in text for word in _RELATIVE_TIME.findall(claim.text)):
            return "date"
        for name in claim.names:
            if _tight(name.text) not in _tight(text):
                return "person" if name.kind == "person" else "name"
            if name.kind == "person" and not office_given(name, claim, given):
                return "office"
        if not bound(claim, given, self._segmenter) or not together(claim, quotes, frames, self._segmenter):
            return "binding"
        if not in_order(claim, quotes):
            return "order"
        if not same_polarity(sentence, quoted, self._segmenter):
            return "negation"
        if not same_standing(sentence, quoted):
            return "plan"
        if any(char not in text for char in claim.text if unicodedata.category(char)[0] not in "LMNPZ"):
            return "words"  # a symbol or a replacement character
        if not worded_alike(text, without_figures(claim), self._segmenter):
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
