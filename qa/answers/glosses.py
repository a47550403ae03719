"""Terms of several parts, and what a sentence says of each: “一核”即产业园,“两翼”即东湖基地."""

from __future__ import annotations

import re
from itertools import pairwise

from qa.answers.item_bounds import Piece, trimmed
from qa.text import HAN, fold
from qa.understanding.questions import plain

_PART = r"[\da-zA-Z]+|[一二两三四五六七八九十][^一二两三四五六七八九十+“”,，。?]{1,4}?"
_TERM = re.compile(rf"(?:{_PART})\+?(?:{_PART})(?:\+?(?:{_PART}))*")
_QUOTED = re.compile(r"[“「](?P<term>[^“”「」\n]{3,12})[”」]")
_GLOSS = re.compile(
    r"[“「](?P<part>[^“”「」\n]{1,6})[”」](?:则|就)?(?:是指|指的是|指|即|是|为|代表)(?P<what>[^“”;；。\n]+?)(?=[,，;；](?:而|则)?[“「]|[。;；\n]|$)"
)
_ASKED = re.compile(
    r"(?P<of>[里中]面?的?[“「]?(?P<part>[^“”「」,?]{1,5}?)[”」]?)?"
    r"(?:具体|分别|各|都|到底|究竟)*(?:(?:是指|指的?是|是|指|代表|包括|有)的?(?:都|些)?(?:什么(?:意思|含义|内容)?|哪[^?,]{0,6}|谁)|什么意思|怎么理解)"
    r"[呢啊呀]?[?]*$"
)
_BEHIND = re.compile(
    rf"(?:[{HAN}]{{0,6}}[,，:：(（—]+)?(?:即|也就是|就是|指的?是?|包括)?[:：,，]?(?P<told>[^。;；!！?？()（）\n]+)"
)


def glossed(question: str, sentence: str, read: Piece | None = None) -> list[Piece]:
    """Return where a sentence says what a term of several parts means, or the one part asked about.

    The last one ends where a reader ended it, if within.

    >>> text = "形成“一核两翼”布局:“一核”即产业园,“两翼”即东湖、西岭两个基地。"
    >>> [text[a:b] for a, b in glossed("“一核两翼”里的两翼指什么?", text)]
    ['东湖、西岭两个基地']
    >>> text = "建立“1+2+N”机制,即每村1支工作队、2名包村干部、N个帮扶单位。"
    >>> [text[a:b] for a, b in glossed("“1+2+N”里的2是指谁?", text)]
    ['2名包村干部']
    """
    asked = plain(question)
    for term in _QUOTED.finditer(sentence):
        name = fold(term["term"])
        at = asked.find(name)
        parts = _parts_of(name)
        asks = (
            re.match(rf"[”」]?[{HAN}]{{0,3}}?{_ASKED.pattern}", asked[at + len(name) :]) if at >= 0 else None
        )
        if asks is None or len(parts) < 2:
            continue
        wanted = asks["part"] if asks["of"] else None
        told = {fold(m["part"]): m for m in _GLOSS.finditer(sentence, term.end())}
        if all(part in told for part in parts):
            if wanted:
                found = [told[wanted].span("what")] if wanted in told else []
            else:
                found = [told[part].span() for part in parts]
            return _ended(found, read)
        items = _items_behind(sentence, term.end(), parts)
        if items:
            return [items[parts.index(wanted)]] if wanted in parts else items if not wanted else []
    return []


def _ended(pieces: list[Piece], read: Piece | None) -> list[Piece]:
    """Return pieces with the last one ended where a reader's span ends in it."""
    if not pieces or read is None or not pieces[-1][0] < read[1] < pieces[-1][1]:
        return pieces
    return [*pieces[:-1], (pieces[-1][0], read[1])]


def _parts_of(term: str) -> list[str]:
    if not _TERM.fullmatch(term):
        return []
    return (
        term.split("+")
        if "+" in term
        else re.findall(r"[一二两三四五六七八九十][^一二两三四五六七八九十]+", term)
    )


def _items_behind(sentence: str, at: int, parts: list[str]) -> list[Piece]:
    """Return what stands behind a term, an item for each of its parts that holds the part's number."""
    behind = _BEHIND.match(sentence, at)
    if behind is None or any(not part[:1].isalnum() for part in parts):
        return []
    start, end = behind.span("told")
    for joint in "、,":
        stop = re.compile(r"[,，]|$").search(sentence, start, end).start() if joint == "、" else end  # type: ignore[union-attr]
        cuts = [start - 1, *(i for i in range(start, stop) if fold(sentence[i]) == joint), stop]
        items = [trimmed(sentence, a + 1, b) for a, b in pairwise(cuts)]
        if len(items) == len(parts) and all(
            part[0] in fold(sentence[a:b]) for part, (a, b) in zip(parts, items, strict=True)
        ):
            return items
    return []
