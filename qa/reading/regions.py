"""A figure of one place is asked about: that of the region around it, or of several places, is no answer."""

from __future__ import annotations

import re

from qa.reading.clauses import around
from qa.text import HAN, fold

APIECE = re.compile("各(?!级|类|界|部门|单位|族)|分别|每|均|都(?!市)")
"""What gives each of several a number of its own."""
_PARTS = ";；"
_DONE_AT = re.compile(
    rf"在(?P<place>(?![全这那哪该本各])[{HAN}]{{2,3}})(?=(?:[签招建开办引设投种修改]了?|落户了?|一?共|总共|有)(?:多少|几))"
)


def counts_everywhere(asked: str, told: str, article: str) -> bool:
    """Tell whether what was done at one place is counted, and a sentence counts it over the whole district.

    >>> told = "今年全县新签约项目41个。"
    >>> counts_everywhere("招商团在甲州签了几个项目?", told, f"招商团赴甲州招商。{told}")
    True
    """
    at = _DONE_AT.search(asked)
    return (
        at is not None
        and at["place"] not in told
        and at["place"] in fold(article)
        and re.search("全[国省市区县镇乡]", told) is not None
    )


_PLACES = re.compile(
    rf"(?:赴|前往|走进|先后[到在]|分别[到在])(?P<items>[{HAN}]{{2,4}}(?:[、和及][{HAN}]{{2,3}})+)(?:等地|[两三四五六]地|[开考走举])"
)
"""Several places that somebody goes to, one after another (赴甲市、乙市、丙市开展招商)."""


def is_of_all_places(asked: str, before: str) -> bool:
    """Tell whether what stands before a count names several places visited, of which one is asked about.

    >>> is_of_all_places("招商团在甲州签了几个项目?", "招商团赴甲州、乙阳、丙江开展招商,签约")
    True
    """
    visited = _PLACES.search(before)
    if visited is None:
        return False
    behind, places = before[visited.end("items") :], re.split("[、和及]", visited["items"])
    named = [place for place in places if place in asked]
    return len(named) == 1 and named[0] not in behind and not APIECE.search(behind)


_RANKS = ("村社", "乡镇街", "县区旗", "市州", "省", "国")
_SMALLER = re.compile(
    rf"(?:^|[的,年月度在])(?P<name>[{HAN}]{{2,3}}?(?:街道|社区|[村乡镇县区市州]))"
    r"(?<!开发区)(?<!经开区)(?<!高新区)(?<![主老新心市县]城区)(?<![市地园景校小新灾山]区)(?<![农乡]村)(?<![乡城][村镇])"
    rf"(?![{HAN}]?[域民场长委府])"
)
_OF_THE_WHOLE = re.compile(
    rf"(?:^|[,;:。\d年月日度底末来期])全(?P<rank>[国省市州县区])(?!首|第|最|唯一|率先|平均)[{HAN}]"
)


def is_of_the_whole(
    question: str, form: str, sentence: str, around_it: str, short: tuple[int, int] | None
) -> bool:
    """Tell whether a town or county is asked about, and a figure is that of the whole city or province.

    >>> told = "一季度,全市地区生产总值438亿元。"
    >>> is_of_the_whole("东平县一季度生产总值多少?", "number", told, "", (12, 17))
    True
    >>> is_of_the_whole("东平县一季度生产总值占全市多少?", "number", told, "", (12, 17))
    False
    """
    asked, told = fold(question), fold(sentence)
    named = _SMALLER.search(asked)
    if form != "number" or named is None or short is None or re.search("全[国省市州县区]", asked):
        return False
    name = named["name"]
    if re.search("[几哪每各多有]", name):
        return False
    start, _ = around(told, short, _PARTS)
    whole = list(_OF_THE_WHOLE.finditer(told, 0, short[0]))
    if not whole or whole[-1].start() < start or name[:-1] in fold(around_it) + told:
        return False
    return _rank(whole[-1]["rank"]) > _rank(name[-1])


def _rank(ending: str) -> int:
    return next((n for n, endings in enumerate(_RANKS) if ending in endings), 0)
