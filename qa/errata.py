"""What a correction says was wrong and what is right: 「文中“22家”应为“23家”」."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qa.text import HAN, fold, sentence_spans


def _quoted(name: str) -> str:
    return rf"[“\"「『‘《](?P<{name}>[^“”\"「」『』‘’《》\n]{{1,60}})[”\"」』’》]"


_BE = (
    r"[,，]?\s*(?:正确的?(?:数字|名称|姓名|时间|日期|表述|说法)?)?"
    r"(?:(?:应|当|实)(?:该|当)?(?:为|是|作|改为|更正为)|(?:更正|订正|修订|更改|改)(?:为|成))"
)
_WRONGLY = r"(?:写|排|印|刊|登|报|录|植|作|标)?(?:成|为|作)了?"
_SLIP = r"有误|错误|不准确|[系属为]?笔误|误[写排植刊印]|[写排植刊印]错"
_NUMBER = rf"(?:(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}[日号]|\d[\d.,]*[{HAN}%％]{{0,4}}?)"
_STATED = (
    # “22家”(有误,)应为“23家”
    re.compile(
        rf"{_quoted('wrong')}(?:一词|一句|一处|等?字样?)?(?:[,，]?(?:{_SLIP}))?{_BE}\s*{_quoted('right')}"
    ),
    # 误将“23家”写成“22家” · 将“23家”误写为“22家” · “23家”误为“22家”
    re.compile(rf"误[将把]{_quoted('right')}(?:误|错)?{_WRONGLY}{_quoted('wrong')}"),
    re.compile(rf"{_quoted('right')}(?:被)?(?:误|错){_WRONGLY}{_quoted('wrong')}"),
    # “22家”系“23家”之误
    re.compile(rf"{_quoted('wrong')}[系为是]{_quoted('right')}之误"),
    # 应为“23家”,而非“22家”
    re.compile(rf"应(?:为|是){_quoted('right')}[,，]?(?:而(?:非|不是)|不是|误{_WRONGLY}){_quoted('wrong')}"),
    # 22家应为23家
    re.compile(
        rf"(?<![\d.])(?P<wrong>{_NUMBER})(?:[,，]?(?:{_SLIP}))?[,，]?应(?:为|是|改为)(?P<right>{_NUMBER})(?=[,，、。;；)）\n]|$)"
    ),
)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A wrong text and what stands in its place; the offsets are in the correction's body."""

    wrong: str
    right: str
    wrong_start: int
    wrong_end: int
    right_start: int
    start: int
    end: int
    """The sentence that says so."""

    @property
    def right_end(self) -> int:
        """Return where the right text ends."""
        return self.right_start + len(self.right)


def replacements(text: str) -> tuple[Replacement, ...]:
    """Return the pairs of wrong and right text that a correction states.

    >>> [(r.wrong, r.right) for r in replacements("文中“22家”应为“23家”，特此更正。")]
    [('22家', '23家')]
    >>> [(r.wrong, r.right) for r in replacements("因编辑疏忽，误将“李明”写成“李鸣”。")]
    [('李鸣', '李明')]
    """
    sentences = sentence_spans(text)
    found: dict[tuple[int, int], Replacement] = {}
    for pattern in _STATED:
        for match in pattern.finditer(text):
            wrong, right = match["wrong"], match["right"]
            place = match.start("wrong"), match.start("right")
            taken = any(
                start <= at < end
                for at in place
                for r in found.values()
                for start, end in (
                    (r.wrong_start, r.wrong_end),
                    (r.right_start, r.right_end),
                )
            )
            if taken or fold(wrong) == fold(right):
                continue
            start, end = next(
                ((s, e) for s, e in sentences if s <= match.start() < e), (match.start(), match.end())
            )
            found[place] = Replacement(
                wrong, right, match.start("wrong"), match.end("wrong"), match.start("right"),
                start, max(end, match.end()),
            )  # fmt: skip
    return tuple(r for _, r in sorted(found.items()))


def occurrences(wrong: str, text: str) -> list[tuple[int, int]]:
    """Return where a wrong text stands in another; a number is not found inside a longer one.

    >>> occurrences("2家", "共有22家，其中2家")
    [(8, 10)]
    """
    pattern = re.escape(fold(wrong))
    if wrong[0].isdigit():
        pattern = r"(?<![\d.])" + pattern
    if wrong[-1].isdigit():
        pattern += r"(?!\.?\d)"
    return [match.span() for match in re.finditer(pattern, fold(text))]


def apart(wrong: str, right: str) -> tuple[int, int]:
    """Return how many characters two texts share at their beginnings, and then at their ends."""
    shortest = min(len(wrong), len(right))
    before = next((i for i in range(shortest) if wrong[i] != right[i]), shortest)
    behind = next((i for i in range(shortest - before) if wrong[-1 - i] != right[-1 - i]), shortest - before)
    return before, behind


_FIGURE = re.compile(r"[\d.,年月日号时点分秒百千万亿零〇一二两三四五六七八九十]")


def within(stated: Replacement, body: str) -> Replacement | None:
    """Return a pair as it applies to a text: itself, or what differs where the words around it are others.

    A notice that says 「“开园时间9月1日”应为“开园时间9月2日”」 means the 9月1日 of 「9月1日开园」.

    >>> (pair,) = replacements("“开园时间9月1日”应为“开园时间9月2日”")
    >>> (made := within(pair, "将于9月1日开园")) and (made.wrong, made.right)
    ('9月1日', '9月2日')
    """
    if occurrences(stated.wrong, body):
        return stated
    before, behind = apart(stated.wrong, stated.right)
    while before and _FIGURE.match(stated.wrong[before - 1]):
        before -= 1
    while behind and _FIGURE.match(stated.wrong[-behind]):
        behind -= 1
    made = _cut(stated, before, behind)
    figure = len(made.wrong) > 1 and made.right and _FIGURE.match(made.wrong)
    return made if figure and occurrences(made.wrong, body) else None


def through(first: Replacement, second: Replacement) -> Replacement | None:
    """Return the pair that two make together: what the first calls right, the second calls wrong.

    The offsets of the right text and its sentence are in the second's body, those of the wrong text too.
    ``None`` where the second is about something else.

    >>> (one,), (two,) = replacements("“22家”应为“23家”"), replacements("“企业23家”应为“企业24家”")
    >>> (both := through(one, two)) and (both.wrong, both.right)
    ('22家', '24家')
    """
    if (at := second.wrong.find(first.right)) >= 0:
        behind = len(second.wrong) - at - len(first.right)
        return replace(_cut(second, at, behind), wrong=first.wrong) if _framed(second, at, behind) else None
    if (at := first.right.find(second.wrong)) >= 0:
        behind = len(first.right) - at - len(second.wrong)
        return replace(second, wrong=_cut(first, at, behind).wrong) if _framed(first, at, behind) else None
    return None


def _framed(pair: Replacement, before: int, behind: int) -> bool:
    """Tell whether the two texts of a pair share so many characters at their beginnings and ends."""
    shared = apart(pair.wrong, pair.right)
    return before <= shared[0] and behind <= shared[1]


def _cut(pair: Replacement, before: int, behind: int) -> Replacement:
    """Return a pair without some characters that its two texts share at their beginnings and ends."""
    return replace(
        pair,
        wrong=pair.wrong[before : len(pair.wrong) - behind],
        right=pair.right[before : len(pair.right) - behind],
        wrong_start=pair.wrong_start + before,
        wrong_end=pair.wrong_end - behind,
        right_start=pair.right_start + before,
    )
