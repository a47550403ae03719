"""Follow-ups: what a question leaves out is filled in from the conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.names import people
from qa.text import HAN, STOPWORDS, Segmenter, fold
from qa.types import Turn

_ELLIPSIS = re.compile(r"^(?:那么?|还有|至于)?[,,]?(?P<what>.{1,24}?)呢[??]*$")
_PERSON_PRONOUN = re.compile(r"(?<!其)[他她](?!们|人)")
_DEMONSTRATIVE = re.compile(
    rf"(?:该|这一?[个家项场次所位座种篇]?|那一?[个家项场次所位座种篇])(?P<noun>[{HAN}]{{2,4}}?)(?=[的是有在要被由将和]|[,,??]|$|哪|什么|多|怎|何|为)"
)
_PLACE_PRONOUN = re.compile(r"那里|那儿|那边|这里|这儿")
_REFERS_BACK = re.compile(r"^那(?![年月日天时])")
_CONTINUES = re.compile(
    r"^(?:具体|其中|还有|另外|然后|接着|都|又|再|总共|一共|他们|她们|它们|它|这|哪天的事|什么时候的事)"
)
_TAIL = re.compile(r"[了吗呢吧啊的]*[??。!!]*$")
_CITATION = re.compile(r"\[\d+\]")
_DIGITS = re.compile(r"\d+(?:年|月|日|号)")
_NOUN_TAGS = ("n", "v", "a", "b", "j", "l", "i", "eng", "x", "t", "m", "q")


def standalone(question: str, history: Sequence[Turn], segmenter: Segmenter) -> str:
    """Return a question that can be understood without the conversation.

    A complete question comes back unchanged, whatever was said before. Otherwise, in this order:
    「那X呢」 puts X in the place of its counterpart in the last question; 他, 该行动, 那里 are replaced by
    the person, thing or place last named; a question with almost no content of its own is put behind the last
    one.
    """
    earlier = [turn for turn in history if turn.content.strip()]
    asked = [turn.content.strip() for turn in earlier if turn.role == "user"]
    if not asked:
        return question
    # Earlier follow-ups are themselves resolved, so that 「那A呢」「那B呢」 chains.
    last = asked[0]
    for turn_text in asked[1:]:
        last = _resolve(turn_text, last, [], segmenter)
    said = [_CITATION.sub("", turn.content) for turn in reversed(earlier)]
    return _resolve(question.strip(), last, said, segmenter)


def _resolve(question: str, last: str, said: Sequence[str], segmenter: Segmenter) -> str:
    ellipsis = _ELLIPSIS.match(question)
    if ellipsis and not re.search(r"多少|什么|哪|谁|几|怎", ellipsis["what"]):
        return _substitute(last, ellipsis["what"].strip(), segmenter)
    resolved = _replace_references(question, [*said, last], segmenter)
    if resolved != question:
        return resolved
    if _is_incomplete(question, segmenter):
        rest = re.sub(r"^(?:那么?|还有|另外|然后)[,,]?", "", question)
        return f"{_TAIL.sub('', last)},{rest}"
    return question


def _is_incomplete(question: str, segmenter: Segmenter) -> bool:
    """Tell whether a question has too little content to be asked alone."""
    content = segmenter.content_words(question)
    if _REFERS_BACK.match(question):
        return True
    if _CONTINUES.match(fold(question)):
        return len(content) <= 2
    return len(content) <= 1 and len(question) <= 10 and not _names_something(question, segmenter)


def _names_something(question: str, segmenter: Segmenter) -> bool:
    return any(tag in ("nr", "ns", "nt", "nz") for _, tag, _ in segmenter.tagged(question))


def _substitute(last: str, what: str, segmenter: Segmenter) -> str:
    """Put ``what`` in the place of its counterpart in ``last``: the phrase most alike in its ending."""
    best = max(
        _phrases(last, segmenter),
        key=lambda span: _likeness(last[slice(*span)], what, segmenter),
        default=None,
    )
    if best is None or _likeness(last[slice(*best)], what, segmenter) <= 0:
        return f"{_TAIL.sub('', last)},{what}呢?"
    return last[: best[0]] + what + last[best[1] :]


def _phrases(text: str, segmenter: Segmenter) -> list[tuple[int, int]]:
    """Return the spans of all runs of one to four words that could be a noun phrase or a time."""
    tokens = [(at, at + len(word), tag) for word, tag, at in segmenter.tagged(text) if _may_name(word, tag)]
    spans: list[tuple[int, int]] = []
    for i, (start, end, _) in enumerate(tokens):
        spans.append((start, end))
        for _next_start, next_end, _ in tokens[i + 1 : i + 4]:
            if _next_start != end:
                break
            end = next_end
            spans.append((start, end))
    return spans


def _may_name(word: str, tag: str) -> bool:
    return (
        word not in STOPWORDS and tag.startswith(_NOUN_TAGS) and re.search(f"[{HAN}a-z0-9]", word) is not None
    )


def _likeness(phrase: str, what: str, segmenter: Segmenter) -> float:
    """Score how well two phrases could stand in each other's place; 0 when not at all."""
    a, b = fold(phrase), fold(what)
    if _DIGITS.search(b):
        return float(bool(_DIGITS.search(a))) * len(a)
    suffix = 0
    while suffix < min(len(a), len(b)) and a[-1 - suffix] == b[-1 - suffix]:
        suffix += 1
    if suffix:
        return 10 * suffix + min(len(a), 9) / 10
    tags = [segmenter.tagged(text)[-1][1] for text in (a, b)]
    named = tags[0][:2] == tags[1][:2] and tags[0] in ("nr", "ns", "nt", "nz", "t")
    return 1 + len(a) / 100 if named else 0.0


def _replace_references(question: str, said: Sequence[str], segmenter: Segmenter) -> str:
    """Replace pronouns and demonstratives by what was last named; ``said`` is newest first."""
    if _PERSON_PRONOUN.search(question):
        person = next((names[-1][0] for text in said if (names := people(text, segmenter))), None)
        if person:
            question = _PERSON_PRONOUN.sub(person, question)
    if _PLACE_PRONOUN.search(question):
        place = _last_place(said, segmenter)
        if place:
            question = _PLACE_PRONOUN.sub(place, question)
    match = _DEMONSTRATIVE.search(question)
    if match:
        thing = _thing_ending_in(match["noun"], said)
        if thing:
            question = question[: match.start()] + thing + question[match.end() :]
    return question


def _last_place(said: Sequence[str], segmenter: Segmenter) -> str | None:
    """Return the longest place or institution in the newest text that names one."""
    for text in said:
        tagged = segmenter.tagged(text)
        names = [
            text[at : at + len(word)] for word, tag, at in tagged if tag in ("ns", "nt") and len(word) > 1
        ]
        if names:
            return max(names, key=len)
    return None


def _thing_ending_in(noun: str, said: Sequence[str]) -> str | None:
    """Return the longest short phrase that ends in a noun, from the newest text that has one."""
    pattern = re.compile(rf"[{HAN}A-Za-z0-9“”]{{1,14}}?{re.escape(noun)}")
    for text in said:
        found = [m for m in pattern.findall(text) if m != noun]
        if found:
            phrase = re.split(r"对|把|将|在|由|了|的|是|给|和|与", found[-1])[-1]
            return phrase if len(phrase) > len(noun) else found[-1]
    return None
