"""The most or the least of several that a sentence gives with a number each: the item, with its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answers.derived import Derived
from qa.answers.pairs import Number, numbers_in
from qa.composing import Draft, Quote
from qa.text import HAN, Segmenter, bigrams, fold, sentence_spans
from qa.types import Evidence, Query
from qa.understanding.questions import Asked, analyse, plain

_MOST = r"最(?:[多大高长重贵宽老快]|年长)"
_LEAST = r"最(?:[少小低短轻慢]|便宜|年轻)"
_EITHER = re.compile(rf"(?P<most>{_MOST})|(?P<least>{_LEAST})")
_ONE = "哪一?[个家种类条项处所座支场线镇乡村县区市科门组队班年月天]"
_WHICH_IS = re.compile(
    rf"(?:{_ONE}(?P<what>[{HAN}]{{0,10}}?)(?:{_MOST}|{_LEAST})的?"
    rf"|(?:{_MOST}|{_LEAST})[^,?]{{0,6}}(?:是|为){_ONE}(?P<noun>[{HAN}]{{0,8}}))$"
)
_SAID = re.compile(r"最|第[一1](?![季批期届轮产])|首[位屈]|居首|榜首|冠|领[跑先]|为主|过半|多数|大多")
_OF_ALL = re.compile(r"(?<!公)共有?|总|合计|累计")
_ITEM = re.compile(rf"(?:^|[、,;:。])(?P<label>(?:(?:19|20)\d\d年|\d{{1,2}}月)?[{HAN}A-Za-z]{{1,16}})$")
_A_TIME = re.compile(r"\d+[年月]")
_LEADING = re.compile(r"^.*(?:共?有|包括|其中)(?=..)")
_MEASURES = {
    "贵": "元",
    "便宜": "元",
    "长": "米|公里|里",
    "短": "米|公里|里",
    "重": "吨|公斤|斤|克",
    "轻": "吨|公斤|斤|克",
    "宽": "米",
    "大": "平方米|亩|公顷|平方公里|岁|千瓦|兆瓦|升|吨|立方米",
    "小": "平方米|亩|公顷|平方公里|岁|千瓦|兆瓦|升|吨|立方米",
    "高": "米|元|%|分|℃|度|公斤|斤",
    "低": "米|元|%|分|℃|度|公斤|斤",
}
"""Units of what can be so; what is most or least may be of any."""
_LEAST_ITEMS = 2
_LEAST_LABEL = 2
_OF_TIME_ASKED = re.compile("哪一?[年月天]")
_AGE_ASKED = re.compile(r"最(?:大|小|老|年长|年轻)的(?![^,?]*能)[^,?]{0,6}(?:几岁|多大|多少岁)")


def superlative(query: Query, asked: Asked, evidence: Evidence, segmenter: Segmenter) -> Derived | None:
    """Return the most of several in a sentence that compares nothing itself; ``None`` where there is none."""
    question, sentence = _bare(query.standalone), fold(evidence.quote)
    end = _EITHER.search(question)
    if end is None or len(sentence) != len(evidence.quote):
        return None
    most = end["most"] is not None
    if asked.form == "number":
        return _age(question, asked, sentence, evidence, segmenter, most=most)
    if one := _of_the_roster(question, evidence, most=most):
        return one
    which = _WHICH_IS.search(question)
    if which and _GROWTH.search(which["what"] or "") and (grown := _by_growth(sentence, evidence, most=most)):
        return grown
    if which is None or _SAID.search(sentence):
        return None
    what = which["what"] or ""
    measure = what[-2:]
    words = bigrams(what) if end.group()[-1] in "多少" else [measure]
    if len(what) > len(measure) and not any(word in sentence for word in words):
        return None  # of something else: 哪家医院收费最高, where beds are counted
    items = _items(which["noun"] or which["what"] or "", sentence, segmenter)
    of_times = [bool(_A_TIME.match(sentence, at)) for at, _ in items]
    if (_OF_TIME_ASKED.search(question) is not None) != any(of_times) or len(set(of_times)) > 1:
        return None
    units = _MEASURES.get(end.group().removeprefix("最"))
    if units and not all(re.fullmatch(units, n.quantity.unit) for _, n in items):
        return None
    ranked = sorted(items, key=lambda item: item[1].quantity.value, reverse=most)
    if len(ranked) < _LEAST_ITEMS or not all(n.quantity.exact for _, n in ranked):
        return None
    if ranked[0][1].quantity.value == ranked[1][1].quantity.value:
        return None
    start, number = ranked[0]
    told = "，".join(evidence.quote[at : n.end] for at, n in sorted(items, key=lambda item: item[0]))
    time = _A_TIME.match(sentence, start)
    name = evidence.quote[start : time.end() if time else number.start]
    return Derived(
        Draft(
            (Quote.of(evidence),),
            evidence.quote[start : number.end],
            lead=f"{told}：{name}{'最多' if most else '最少'}。" if end.group() in ("最多", "最少") else "",
        )
    )


def _bare(question: str) -> str:
    """Return a question as the patterns see it, without what ends it."""
    return plain(question).rstrip("?。 ")


_ITS_NUMBER = re.compile("(?:各|都)?(?:有|是|占|达)?(?:了)?(?:多少|几)[个家名人项次条种户处件起套间台]?人?")


def gives_its_number(first: str, then: str, draft: Draft | None) -> bool:
    """Tell whether the most of several has been given with its number, for which a question goes on to ask.

    >>> from qa.composing import Draft
    >>> gives_its_number("哪种隐患最多", "有几处", Draft((), "旧管86处"))
    True
    """
    told = draft.short if draft else None
    most = _WHICH_IS.search(_bare(first))
    return bool(told and most and re.search(r"\d", told) and _ITS_NUMBER.fullmatch(_bare(then)))


_LISTED_OUTRIGHT = 3
"""Items of a list that says itself which is the most, however sure the reader is."""


def outright(query: Query, asked: Asked, evidence: Evidence, segmenter: Segmenter) -> Draft | None:
    """Return the most of at least three in a sentence that names the very thing compared, else ``None``."""
    which = _WHICH_IS.search(_bare(query.standalone))
    noun = (which["noun"] or which["what"] or "").rstrip("的")[-2:] if which else ""
    if not noun or asked.form == "number" or noun not in fold(evidence.quote):
        return None
    if len(_items(noun, fold(evidence.quote), segmenter)) < _LISTED_OUTRIGHT:
        return None
    found = superlative(query, asked, evidence, segmenter)
    return found.draft if found else None


_GROWTH = re.compile("增速|增幅|增长率?|涨幅?|增$")
_GROWN = re.compile(
    rf"(?:^|[:;。]|[,:](?=[^,;。\d]*\d[^,;。]*,(?:同比)?(?:增长|下降)))(?:其中,?)?(?P<name>[{HAN}]{{2,4}}?(?:[省市县州旗镇乡村区]|街道)|[{HAN}]{{2,12}}?(?=\d))"
    r"[^,;。]*,(?:同比)?(?P<way>增长|下降)(?P<rate>\d+(?:\.\d+)?)%"
)
"""One of several statements on what something is and by how much it grew (甲县84亿元,增长7.1%)."""
_LEAST_GROWN = 3


def _by_growth(sentence: str, evidence: Evidence, *, most: bool) -> Derived | None:
    """Return which of several grew most or least, each told in a statement of its own."""
    told = list(_GROWN.finditer(sentence))
    if len(told) < _LEAST_GROWN or len(told) < sentence.count(";"):
        return None
    rates = [float(m["rate"]) * (1 if m["way"] == "增长" else -1) for m in told]
    best = (max if most else min)(rates)
    if rates.count(best) > 1:
        return Derived()
    one = told[rates.index(best)]
    rank = "最快" if most else "最慢"
    lead = "，".join(f"{m['name']}{m['way']}{m['rate']}%" for m in told) + f"：{one['name']}{rank}。"
    return Derived(Draft((Quote.of(evidence),), evidence.quote[slice(*one.span("name"))], lead=lead))


def _items(noun: str, sentence: str, segmenter: Segmenter) -> list[tuple[int, Number]]:
    """Return where each item with a number begins, and the number; of the noun asked for, if any are."""
    found: list[tuple[int, Number]] = []
    for number in numbers_in(analyse("有多少"), sentence, segmenter):
        item = _ITEM.search(sentence[: number.start])
        if item is None or len(item["label"]) < _LEAST_LABEL:
            continue
        lead = _LEADING.match(item["label"])
        if lead is None and _OF_ALL.search(item["label"]):
            continue
        found.append((item.start("label") + (lead.end() if lead else 0), number))
    parts = sentence.find("其中")
    until = next((at for at in (sentence.find(mark, parts) for mark in ";。") if at >= 0), len(sentence))
    for first, last in ((sentence.rfind(":"), len(sentence)), (parts, until)):
        behind = [item for item in found if first < item[0] < last and first >= 0]
        found = behind if len(behind) >= _LEAST_ITEMS else found  # what stands before it is the total
    times = [item for item in found if _A_TIME.match(sentence, item[0])]
    found = times if len(times) >= _LEAST_ITEMS else found
    named = [(at, n) for at, n in found if len(noun) > 1 and sentence[at : n.start].endswith(noun)]
    found = named if len(named) >= _LEAST_ITEMS else found
    units = [n.quantity.unit for _, n in found]
    most = max(units, key=units.count, default="")
    if len(set(units)) > 1 and not named:
        return []
    return [(at, n) for at, n in found if n.quantity.unit == most]


_OLDEST_ASKED = re.compile(r"年纪|年龄|岁数|年轻|年长|最[老小]的?(?:是|$)")
_ENTRY = re.compile(
    rf"(?:^|[;。:\n]|\d\.)\s*(?P<name>[{HAN}·]{{2,4}}),[男女],[^;。\n]{{0,12}}?"
    r"(?:(?P<age>\d{1,3})岁|(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月)?[^,;。]{0,4}生)"
)
"""One of a list of people with age or day of birth (周某,男,汉族,1975年4月生)."""
_LEAST_ENTRIES = 3


def _of_the_roster(question: str, evidence: Evidence, *, most: bool) -> Derived | None:
    """Return the oldest or the youngest of the people whom an article lists one by one.

    Of a group that a question names (助人为乐类) only the lines that begin with it count.
    """
    if not _OLDEST_ASKED.search(question) or not re.search("谁|哪", question):
        return None
    body = fold(evidence.article.body)
    entries = [m for m in _ENTRY.finditer(body) if m["age"]] or list(_ENTRY.finditer(body))
    own = [m for m in entries if body[body.rfind("\n", 0, m.start("name")) + 1 :][:3] in question]
    entries = own or entries
    within = any(evidence.start <= m.start("name") < evidence.end for m in entries)
    if len(entries) < _LEAST_ENTRIES or not within or len(body) != len(evidence.article.body):
        return None
    born = [-int(m["age"]) if m["age"] else int(m["year"]) + int(m["month"] or 1) / 13 for m in entries]
    extreme = (min if most else max)(born)
    if born.count(extreme) > 1:
        return Derived()
    one = entries[born.index(extreme)]
    start, end = next(s for s in sentence_spans(evidence.article.body) if s[1] > one.start("name"))
    name = evidence.article.body[one.start("name") : one.end("name")]
    return Derived(Draft((Quote(evidence.article, start, end),), name))


def _age(
    question: str, asked: Asked, sentence: str, evidence: Evidence, segmenter: Segmenter, *, most: bool
) -> Derived | None:
    """Return the age of the oldest or the youngest: as told of that one, else the extreme of all ages told.

    A refusal where a sentence tells one age and does not say that it is the extreme.
    """
    if not _AGE_ASKED.search(question):
        return None
    ages = [n for n in numbers_in(asked, sentence, segmenter) if n.quantity.unit.endswith("岁")]
    told = [n for n in ages if _says(sentence[: n.start], most=most)]
    if len(told) == 1:
        return Derived(_draft(evidence, told[0]))
    if "最" in sentence or not ages:
        return None
    if len(ages) < _LEAST_ITEMS:
        return Derived()
    return Derived(_draft(evidence, _extreme(ages, most=most)))


def _says(before: str, *, most: bool) -> bool:
    """Tell whether what stands before an age says that it is the extreme, and no other extreme is nearer."""
    found = list(re.finditer(rf"(?:年[纪龄])?(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))", before))
    return bool(
        found
        and (found[-1]["most"] is not None) == most
        and re.fullmatch(r"[^;。\d]{0,20}", before[found[-1].end() :])
    )


def _extreme(ages: Sequence[Number], *, most: bool) -> Number:
    return (max if most else min)(ages, key=lambda n: n.quantity.value)


def _draft(evidence: Evidence, number: Number) -> Draft:
    quote = Quote.of(evidence)
    return Draft((quote,), evidence.quote[number.start : number.end])
