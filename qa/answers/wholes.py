"""What a sentence tells in two parts that belong together: the dead and the hurt, floors above and below."""

from __future__ import annotations

import re

from qa.answers.marks import touch
from qa.composing import SHORT_CHARS
from qa.text import HAN, fold
from qa.understanding.questions import plain

_N = r"[\d一二两三四五六七八九十百千余多近约]+"
_CASUALTIES_ASKED = re.compile(r"死伤|伤亡|死[了]?[^,?]{0,6}伤")
_CASUALTIES = re.compile(
    rf"{_N}人?(?:死亡|遇难|身亡|丧生|死)[、,和及]*(?:另有|还有)?{_N}人?(?:不同程度)?(?:[受轻重]?伤)"
    rf"|{_N}人?[受轻重]伤[、,和及]*(?:另有|还有)?{_N}人?(?:死亡|遇难|身亡|丧生)"
)
_FLOORS_ASKED = re.compile(r"(?:几|多少)层")
_FLOORS = re.compile(rf"地上{_N}层[、,和及]*地下{_N}层|地下{_N}层[、,和及]*地上{_N}层")
_UNDER_ASKED = re.compile(r"地[上下]|上面|下面")
_FUNDS_ASKED = re.compile(
    r"(?:钱|资金|经费|款)[^,?]{0,4}(?:谁|哪)[^,?]{0,3}(?:出|来|给|掏|承担)"
    r"|谁[^,?]{0,3}(?:出|掏|拿)的?钱|谁(?:出资|投资)"
)
_SUM = rf"(?!其中)[{HAN}]{{2,10}}?[\d.]+[万亿]?元"
_FUNDS = re.compile(
    rf"(?:其中)?(?P<all>{_SUM}(?:[、,]{_SUM})*"
    rf"[、,](?:其余|余下|剩下)(?:部分|资金)?的?由[{HAN}]{{2,12}}?(?:自筹|承担|解决|负担))"
)


def whole(question: str, sentence: str, marked: tuple[int, int]) -> tuple[int, int] | None:
    """Return what a sentence tells in two parts, one of which was marked, where a question asks for both.

    >>> text = "事故造成2人死亡、7人受伤,原因在查。"
    >>> text[slice(*whole("事故死伤多少人?", text, (4, 6)))]
    '2人死亡、7人受伤'
    >>> whole("事故死了多少人?", text, (4, 6)) is None
    True
    """
    asked, told = plain(question), fold(sentence)
    pairs = []
    if _CASUALTIES_ASKED.search(asked):
        pairs.append(_CASUALTIES)
    if _FLOORS_ASKED.search(asked) and not _UNDER_ASKED.search(asked):
        pairs.append(_FLOORS)
    if _FUNDS_ASKED.search(asked):
        pairs.append(_FUNDS)
    spans = [m.span("all" if "all" in m.re.groupindex else 0) for pair in pairs for m in pair.finditer(told)]
    return next((s for s in spans if touch(s, marked) and s[1] - s[0] <= SHORT_CHARS), None)


_CONDITION = re.compile(rf"(?:^|(?<=[,;:、]))(?P<case>[{HAN}]{{1,6}}?)的(?![时话])[^,;:。、]{{0,10}}$")


def of_each_case(
    question: str, sentence: str, chosen: tuple[int, int], alike: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return what a sentence says of both of two cases, where a question names neither.

    >>> text = "快件满的能存24小时,半满的能存12小时。"
    >>> text[slice(*of_each_case("能存多久?", text, (6, 10), [(6, 10), (16, 20)]))]
    '快件满的能存24小时,半满的能存12小时'
    """
    asked, told = fold(question), fold(sentence)
    unit = told[chosen[1] - 1]
    cases = [
        (m, value)
        for value in alike
        if told[value[1] - 1] == unit and (m := _CONDITION.search(told[: value[0]]))
    ]
    at = next((n for n, (_, value) in enumerate(cases) if value == chosen), None)
    if at is None or any(case["case"] in asked or case["case"][-2:] in asked for case, _ in cases):
        return None
    run = [at]
    while run[-1] + 1 < len(cases) and _next_to(told, cases[run[-1]], cases[run[-1] + 1]):
        run.append(run[-1] + 1)
    while run[0] and _next_to(told, cases[run[0] - 1], cases[run[0]]):
        run.insert(0, run[0] - 1)
    start, end = cases[run[0]][0].start(), cases[run[-1]][1][1]
    return (start, end) if len(run) == 2 and end - start <= SHORT_CHARS else None


def _next_to(
    told: str, one: tuple[re.Match[str], tuple[int, int]], other: tuple[re.Match[str], tuple[int, int]]
) -> bool:
    """Tell whether one case follows another right behind a comma."""
    return re.fullmatch("[,;、]", told[one[1][1] : other[0].start()]) is not None


_ITEM = rf"[{HAN}A-Za-z“”]{{2,12}}?"
_LEAD = re.compile(r".*[的为向在对是有把缺与同]")


def all_of_the_noun(noun: str, sentence: str, marked: tuple[int, int]) -> tuple[int, int] | None:
    """Return the items before 等 and the noun that is asked for, where not they were marked.

    >>> text = "紧盯急需的园林园艺、市政工程等专业人才,引进硕士研究生9名。"
    >>> text[slice(*all_of_the_noun("专业", text, (20, 25)))]
    '园林园艺、市政工程'
    """
    told = fold(sentence)
    if len(noun) < 2:
        return None
    listed = re.compile(
        rf"(?P<items>[{HAN}A-Za-z“”]{{2,16}}(?:、{_ITEM})+)等(?:[{HAN}]{{0,2}}){re.escape(noun[:2])}"
    )
    found = list(listed.finditer(told))
    if len(found) != 1:
        return None
    start, end = found[0].span("items")
    first = told.index("、", start)
    lead = _LEAD.match(told, start, first - 1)
    start = lead.end() if lead else start
    if touch(marked, (start, end)) and marked[1] <= end + 1:
        return None
    return (start, end) if end - start <= SHORT_CHARS else None
