"""What a correction says was wrong and what is right: 「文中“22家”应为“23家”」."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qa.text import HAN, fold, sentence_spans


def _quoted(name: str) -> str:
    return rf"[“\"「『‘《](?P<{name}>[^“”\"「」『』‘’《》\n]{{1,60}})[”\"」』’》]"


def _plain(name: str) -> str:
    """Return a pattern for a text without quotation marks, up to what ends its clause."""
    return rf"(?P<{name}>(?:[^“”\"「」『』‘’《》\s,，、。;；:：!！?？()（）]|(?<=\d)[,，:：](?=\d)){{1,20}}?)"


_OF_WHAT = r"(?:数字|数据|名称|姓名|时间|日期|表述|说法|写法)?"
_BE = (
    rf"[,，]?\s*(?:(?:正确的?{_OF_WHAT})?"
    r"(?:(?:应|当|实)(?:该|当)?(?:为|是|作|改为|更正为)|实际(?:为|是)|"
    r"[现特]?(?:予以?)?(?:更正|订正|修订|更改|改)(?:为|成))|"
    rf"正确的?{_OF_WHAT}(?:为|是))"
)
_VERB = "写排印刊登报录植作标"
_WRONGLY = rf"(?:[{_VERB}])?(?:成|为|作)了?"
_SLIP = (
    r"有误|[系属为]?(?:录入|编辑|排版|校对|输入|统计|打字)?(?:错误|失误|笔误)|不准确|"
    r"误[写排植刊印]|[写排植刊印]错"
)
_NOT_BEHIND_ONE = r"[\d.零〇一二两三四五六七八九十百千万亿第]"
_NUMBER = (
    rf"(?<!{_NOT_BEHIND_ONE})(?:(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}[日号]|"
    rf"(?:\d[\d.,]*|[零〇一二两三四五六七八九十百千万亿]+)[{HAN}%％]{{0,4}}?)"
)
_WRONG_NUMBER, _RIGHT_NUMBER = rf"(?P<wrong>{_NUMBER})", rf"(?P<right>{_NUMBER})"
_QUOTED_IS = rf"{_quoted('wrong')}(?:一[词句处数名]|等?字样?)?(?:[,，]?(?:{_SLIP}))?{_BE}\s*"
_NUMBER_IS = rf"{_WRONG_NUMBER}(?:[,，]?(?:{_SLIP}))?[,，]?应(?:为|是|改为)"
_AND_NOT = rf"(?:而(?:非|不是)|不是|误{_WRONGLY})"
_END = r"(?=[,，。;；!！()（）\n]|、[“\"「『‘]|$)"
_STATED = (
    # “22家”(有误,)应为“23家”
    re.compile(
        rf"{_QUOTED_IS}{_quoted('right')}"
    ),
    # 误将“23家”写成“22家” · 将“23家”误写为“22家” · “23家”误为“22家” · 把“23家”写成“22家”
    re.compile(rf"误[将把]{_quoted('right')}(?:误|错)?{_WRONGLY}{_quoted('wrong')}"),
    re.compile(rf"{_quoted('right')}(?:被)?(?:误|错){_WRONGLY}{_quoted('wrong')}"),
    re.compile(rf"[将把]{_quoted('right')}[{_VERB}]成了?{_quoted('wrong')}"),
    # “22家”系“23家”之误
    re.compile(rf"{_quoted('wrong')}[系为是]{_quoted('right')}(?:之误|的[笔错]误)"),
    # 应为“23家”,而非“22家”
    re.compile(rf"应(?:为|是){_quoted('right')}[,，]?{_AND_NOT}{_quoted('wrong')}"),
    # 22家应为23家 · 22家应为“23家” · 应为23家,而非22家
    re.compile(rf"{_NUMBER_IS}{_RIGHT_NUMBER}(?=[,，、。;；)）\n]|$)"),
)  # fmt: skip
# Where a text stands without quotation marks nothing but its likeness to the other tells where it ends.
_STATED_PLAINLY = (
    re.compile(
        rf"{_QUOTED_IS}{_plain('right')}{_END}"
    ),
    re.compile(rf"{_NUMBER_IS}{_quoted('right')}"),
    re.compile(rf"[将把]{_WRONG_NUMBER}(?:更正|订正)(?:为|成){_RIGHT_NUMBER}{_END}"),
    re.compile(rf"应(?:为|是){_RIGHT_NUMBER}[,，]{_AND_NOT}{_WRONG_NUMBER}{_END}"),
    re.compile(rf"[{_VERB}](?:成|为|作)了?{_WRONG_NUMBER}{_BE}{_RIGHT_NUMBER}{_END}"),
    re.compile(rf"误[将把]{_plain('right')}(?:误|错)?[{_VERB}](?:成|为|作)了?{_plain('wrong')}{_END}"),
    re.compile(rf"(?:错?误|原文)[:：]{_plain('wrong')}[\s,，;；。]+(?:正确?|更正)[:：]{_plain('right')}(?=\s|{_END})"),
)  # fmt: skip
_PART_OF = re.compile(r"[“「](?P<whole>[^“”「」\n]{2,20})[”」](?:一[词句处名])?[中里内]?的?[“「]$")
"""What stands before a quoted text that is a part of another: 「“苏建社”的“社”应为“设”」."""


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
    around: str = ""
    """A longer text that the notice names, of which the wrong one is a part."""

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where the wrong text stands in another; a lone character only within what is named."""
        if not self.around:
            return occurrences(self.wrong, text)
        at = fold(self.around).find(fold(self.wrong))
        inner = [(start + at, start + at + len(self.wrong)) for start, _ in occurrences(self.around, text)]
        return inner or (occurrences(self.wrong, text) if len(self.wrong) > 1 else [])

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
    >>> [(r.wrong, r.right) for r in replacements("文中“22家”应为23家，“王小明”应为另一人。")]
    [('22家', '23家')]
    """
    sentences = sentence_spans(text)
    found: dict[tuple[int, int], Replacement] = {}
    for pattern in (*_STATED, *_STATED_PLAINLY):
        for match in pattern.finditer(text):
            wrong, right = match["wrong"], match["right"]
            if pattern in _STATED_PLAINLY and not _alike(wrong, right):
                continue
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
                start, max(end, match.end()), _whole(wrong, text[: match.start("wrong")]),
            )  # fmt: skip
    return tuple(r for _, r in sorted(found.items()))


def _whole(wrong: str, before: str) -> str:
    """Return the longer text that a wrong one is said to be a part of; empty for none."""
    match = _PART_OF.search(before)
    return match["whole"] if match and match["whole"].count(wrong) == 1 and match["whole"] != wrong else ""


def _alike(wrong: str, right: str) -> bool:
    """Tell whether one text can stand in the other's place: another figure of its kind, or half the same."""
    kinds = [_FIGURE_ONLY.sub("", fold(text)) for text in (wrong, right)]
    if kinds[0] == kinds[1] and fold(wrong) != kinds[0] and fold(right) != kinds[1]:
        return True
    shared, shortest = sum(apart(fold(wrong), fold(right))), min(len(wrong), len(right))
    return shortest > 1 and 2 * shared >= shortest and len(right) <= 2 * len(wrong) + 4


_DIGITS, _POWERS = "零〇一二两三四五六七八九", "十百千万亿"
_GROUPING = re.compile(r"(?<=\d),?(?=\d{3}(?!\d))")
"""Where a number may have the comma that groups its digits: 3500, 3,500."""
_HUNDREDS = re.compile(r"\d{3}(?!\d)")
_FIGURE_ONLY = re.compile(rf"[\d.,{_DIGITS}{_POWERS}]+")


def occurrences(wrong: str, text: str) -> list[tuple[int, int]]:
    """Return where a wrong text stands in another; a number is not found inside a longer one.

    >>> occurrences("2家", "共有22家，其中2家")
    [(8, 10)]
    >>> occurrences("三人", "十三人参加，其中三人获奖")
    [(8, 10)]
    """
    wanted = fold(wrong)
    pattern = _GROUPING.sub(",?", re.escape(wanted))
    if wanted[0].isdigit():
        grouped = r"(?<!\d,)" if _HUNDREDS.match(wanted) else ""
        pattern = rf"(?<![\d.]){grouped}{pattern}"
    elif wanted[0] in _POWERS:
        pattern = rf"(?<![\d.{_DIGITS}{_POWERS}几数])" + pattern
    elif wanted[0] in _DIGITS:  # 统一 and 周一 end in no number
        pattern = rf"(?<![{_DIGITS.replace('一', '')}{_POWERS}第])(?<![{_DIGITS}{_POWERS}]一)" + pattern
    if wanted[-1].isdigit():
        pattern += r"(?!\.?\d|,\d{3}(?!\d))"
    elif wanted[-1] in _POWERS:
        pattern += rf"(?![{_DIGITS}{_POWERS}])"
    elif wanted[-1] in _DIGITS:
        pattern += rf"(?![{_POWERS}])"
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
    if stated.places(body):
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
    if first.around != second.around:
        return None
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
