"""Which share a ratio gives to each of several: of 三次产业结构为9:46:45 the second is 第二产业's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.composing import Draft, Quote
from qa.language.numerals import below_hundred
from qa.text import fold, sentence_spans
from qa.types import Article, Evidence, Query
from qa.understanding.questions import plain

_SHARE_ASKED = re.compile("占比|比重|占[^,?]{0,12}(?:多少|多大|几|百分)")
_SECTOR = re.compile("第(?P<n>[一二三])产业|(?P<service>服务业)")
_OF_ALL = re.compile("生产总值|gdp|三次产业|占比(?:是|为|有)?多|比重(?:是|为|有)?多")
_SHARE_TOLD = re.compile("(?:占|比重)[^,;。]{0,12}%")
_RATIO = re.compile(
    r"三次?产业(?:结构|增加值)?(?:比例?|占比|比重)?(?:由[^,;。]{3,24}?)?(?:调整|优化|演变|变化)?[为是至到]?"
    r"(?P<ratio>\d+(?:\.\d+)?(?:[:∶]\d+(?:\.\d+)?){2})(?!\d*[:∶])"
)


def sector_share(query: Query, articles: Sequence[Article], best: Evidence | None) -> Draft | None:
    """Return the share of one of the three sectors, which an article tells only as a ratio of all three.

    ``None`` where no such share is asked for, where the best sentence tells it in words, where none of the
    articles has a ratio, or several differ.
    """
    question = plain(query.standalone)
    sector = _SECTOR.search(question)
    if sector is None or not _SHARE_ASKED.search(question) or not _OF_ALL.search(question):
        return None
    if best and sector.group() in best.quote and _SHARE_TOLD.search(best.quote):
        return None
    n = 2 if sector["service"] else below_hundred(sector["n"]) - 1
    told: dict[str, Quote] = {}
    for article in articles:
        for start, end in sentence_spans(article.body):
            if ratio := _RATIO.search(fold(article.body[start:end])):
                told.setdefault(re.split("[:∶]", ratio["ratio"])[n], Quote(article, start, end))
    if len(told) != 1:
        return None
    share, quote = next(iter(told.items()))
    return Draft((quote,), f"{share}%", lead=f"按三次产业之比的第{'一二三'[n]}项，为{share}%。")
