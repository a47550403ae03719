"""Articles that go on on another page of the same issue: 「下转第3版」 and 「上接第1版」 are joined."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.captions import MARK
from qa.headlines import CONTINUED_FROM, PAGE_NUMBER, Section
from qa.text import HAN, fold

_CONTINUED_ON = re.compile(
    r"\s*[(（【▶▷►→ ]*(?:紧?下转|续见|紧?转)\s*第?\s*"
    rf"(?P<page>{PAGE_NUMBER})\s*版[^)）】。]{{0,10}}[)）】]?[▶▷►→{MARK} ]*$"
)
_NUMERALS = {numeral: str(n) for n, numeral in enumerate("一二三四五六七八九十", start=1)}


def join_continued(sections: list[Section]) -> tuple[list[Section], list[str]]:
    """Put the rest of each article behind its beginning; return the articles and remarks, in Chinese.

    The marks themselves are no part of the text. Mates are told by their page numbers, the words of
    their headlines and their order. The headline over the rest of an article is dropped.
    """
    begun: list[_Begun] = []
    rests: list[_Rest] = []
    plain: list[Section | None] = []
    for place, section in enumerate(sections):
        plain.append(section)
        rest = _rest(section, place)
        if rest:
            rests.append(rest)
            section = plain[place] = rest.section
        if started := _begun(section, place):
            begun.append(started)
            plain[place] = started.section
    notes = []
    # From the last to the first, so that what goes on twice is whole before it is put behind its beginning.
    for start in reversed(begun):
        mate = max(
            (rest for rest in rests if rest.place > start.place),
            key=lambda rest: (_likeness(start, rest, sections), -rest.place),
            default=None,
        )
        if mate is None:
            notes.append(f"文章下转第{start.page}版，但这个文件里没有它的续文：{_named(start.section)}")
            continue
        rests.remove(mate)
        beginning, ending = plain[start.place], plain[mate.place]
        if beginning is None or ending is None:  # taken already
            continue
        plain[start.place] = replace(beginning, lines=[*beginning.lines, *ending.lines])
        plain[mate.place] = None
    notes += [f"文章上接第{rest.page}版，但这个文件里没有它的开头：{_named(rest.section)}" for rest in rests]
    return [section for section in plain if section], notes[::-1]


def _named(section: Section) -> str:
    return section.title or (section.lines[0][:30] if section.lines else "（没有文字）")


class _Mark:
    def __init__(self, section: Section, place: int, page: str) -> None:
        self.section, self.place, self.page = section, place, _number(page)


class _Begun(_Mark):
    """An article with a mark that it goes on on another page, the mark taken out."""


class _Rest(_Mark):
    """The rest of one, the mark taken out."""

    hint = ""
    """What the mark says of the article: (上接第1版《…》)."""


def _begun(section: Section, place: int) -> _Begun | None:
    for at in range(len(section.lines) - 1, max(-1, len(section.lines) - 4), -1):  # a byline may follow
        mark = _CONTINUED_ON.search(section.lines[at])
        if mark:
            kept = section.lines[at][: mark.start()].rstrip()
            lines = [*section.lines[:at], *([kept] if kept else []), *section.lines[at + 1 :]]
            return _Begun(replace(section, lines=lines), place, mark["page"])
    return None


def _rest(section: Section, place: int) -> _Rest | None:
    in_title = re.search(rf"[(（【]?(?:紧?上接)第?\s*(?P<page>{PAGE_NUMBER})\s*版[)）】]?", section.title)
    if in_title:
        title = (section.title[: in_title.start()] + section.title[in_title.end() :]).strip()
        return _Rest(replace(section, title=title), place, in_title["page"])
    mark = CONTINUED_FROM.match(section.lines[0]) if section.lines else None
    if not mark:
        return None
    kept = section.lines[0][mark.end() :]
    rest = _Rest(replace(section, lines=[*([kept] if kept else []), *section.lines[1:]]), place, mark["page"])
    rest.hint = mark["hint"]
    return rest


def _likeness(start: _Begun, rest: _Rest, sections: list[Section]) -> float:
    pages = (rest.page == _number(sections[start.place].page)) + (
        start.page == _number(sections[rest.place].page)
    )
    words = set(re.findall(f"[{HAN}]", fold(rest.section.title + rest.hint)))
    shared = len(words & set(fold(start.section.title))) / len(words) if words else 0.0
    return pages + 2 * shared


def _number(page: str | None) -> str:
    """Return a page number in one form: 03 → 3, 三 → 3, A03 → A3."""
    if not page:
        return ""
    if page in _NUMERALS:
        return _NUMERALS[page]
    return re.sub(r"0+(?=\d)", "", page)
