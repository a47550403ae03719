"""A reply as it streams in → finished sentences, each with the numbers it cites."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.text import has_content, strip_controls

MAX_SENTENCE = 300
"""Characters; a longer run without an end is no sentence of an answer and is dropped."""

_ENDER = re.compile(r"[。！？!?]+[”’」』)）》]*|\n")
_OPEN, _CLOSE = "[［【", "]］】"
_MARK = re.compile(r"[\[［【]\s*(?P<numbers>\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]］】]")
_MARKS = re.compile(r"(?:\s*[\[［【][^\[\]［］【】]{1,40}[\]］】])*")
_PENDING = re.compile(r"\s*(?:[\[［【][^\]］】\n]{0,40})?\Z")
_LIST_MARKER = re.compile(r"^(?:[-*•·#>]+\s+|\d{1,2}[.、)）](?!\d)\s*)+")
_EMPHASIS = re.compile(r"\*\*|__")
_THINK, _THOUGHT = "<think>", "</think>"


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a reply, without its marks."""

    text: str
    numbers: tuple[int, ...]
    """The numbers it cites, in order, each once; they may not exist."""


class SentenceCutter:
    """Cut a text that arrives in pieces into sentences, each with the marks around its end.

    A sentence is finished when something else begins, so a mark behind the full stop is not lost. A
    reasoning model's opening ``<think>`` block is dropped.

    >>> cutter = SentenceCutter()
    >>> cutter.feed("共有22家。[1]另有"), cutter.feed("61家[2]。"), cutter.finish()
    (['共有22家。[1]'], [], '另有61家[2]。')
    """

    def __init__(self) -> None:
        self._buffer = ""
        self._began = False

    def feed(self, piece: str) -> list[str]:
        """Take the next piece; return the sentences that it finishes."""
        self._buffer += piece
        if not self._began and not self._begin():
            return []
        sentences: list[str] = []
        while (end := self._next_end()) is not None:
            sentences.append(self._buffer[:end])
            self._buffer = self._buffer[end:]
        return [s for s in sentences if s.strip()]

    def finish(self) -> str:
        """Return what is left: the last sentence, where the reply came to its end."""
        rest, self._buffer = self._buffer, ""
        return "" if not self._began and _THINK in rest else rest

    def _begin(self) -> bool:
        """Drop a reasoning block; tell whether the answer proper has begun."""
        opening = self._buffer.lstrip()
        if opening.startswith(_THINK):
            _, found, self._buffer = opening.partition(_THOUGHT)
            if not found:
                self._buffer = opening
                return False
        elif _THINK.startswith(opening):
            return False
        self._began = True
        return True

    def _next_end(self) -> int | None:
        for match in _ENDER.finditer(self._buffer):
            if match.group() == "\n":
                return match.end()
            if not _quotes_closed(self._buffer[: match.end()]):
                continue
            marks = _MARKS.match(self._buffer, match.end())
            end = marks.end() if marks else match.end()
            return None if _PENDING.match(self._buffer, end) else end
        return None


def _quotes_closed(text: str) -> bool:
    return text.count("“") <= text.count("”") and text.count("《") <= text.count("》")


def parse_claim(sentence: str) -> Claim | None:
    """Return a sentence without marks, list markers and emphasis; ``None`` where nothing usable is left.

    A sentence with any other square bracket is refused, so that a reader never meets a mark without a
    citation.

    >>> parse_claim("- **高新技术企业**共22家[1][3，1]。")
    Claim(text='高新技术企业共22家。', numbers=(1, 3))
    """
    numbers = [int(n) for m in _MARK.finditer(sentence) for n in re.findall(r"\d+", m["numbers"])]
    text = strip_controls(_MARK.sub("", sentence)).strip()
    text = " ".join(_EMPHASIS.sub("", _LIST_MARKER.sub("", text)).split())
    if not has_content(text) or len(text) > MAX_SENTENCE or any(char in text for char in _OPEN + _CLOSE):
        return None
    if not _ENDER.search(text[-2:]):
        text += "。"
    return Claim(text, tuple(dict.fromkeys(numbers)))
