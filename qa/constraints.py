"""What a question takes for granted and the evidence must bear out: numbers, people, quoted names, causes.

A near miss keeps the topic and changes one of these (第18届 for 第17届, another person, a reason for what did
not happen), so similarity alone does not tell it from a question that is answered.
"""

from __future__ import annotations

import re

import cn2an

from qa.names import people
from qa.text import STOPWORDS, Segmenter, fold
from qa.types import Article

_CHINESE_DIGITS = "零〇一二两三四五六七八九十百千万亿"
_NUMERAL = re.compile(rf"\d[\d,]*(?:\.\d+)?[万亿]?|[{_CHINESE_DIGITS}]+")
# In a question a Chinese numeral is a constraint only where it counts or orders something: 「第十八届」,
# 「八十岁」, not 「哪三种」「一把手」.
_ASKED_NUMERAL = re.compile(
    rf"\d[\d,]*(?:\.\d+)?[万亿]?|(?<![哪几这那])(?:第)?[{_CHINESE_DIGITS}]+(?=[届岁号次期楼路年月日名户亩万亿%])"
)
_QUOTED = re.compile(r"[《“「『](?P<name>[^《》“”「」『』\n]{2,30})[》”」』]")
_INTERROGATIVE = re.compile(r"多少|什么|谁|哪|几|怎|如何|为何|何时|何地|多大|多长|多久|多高|吗|呢")
_CAUSE = re.compile(
    r"因为|因(?!此|而)|由于|原因|鉴于|出于|缘于|源于|导致|致使|使|受.{1,12}影响|旨在|目的|以便|从而|让|为了|"
    r"为(?:进一步|更好|切实|深入|加快|提高|确保|推动|解决|落实|贯彻|方便|保障|做好)|以(?:确保|保障|推动|促进|提高)"
)


def numerals(text: str) -> set[float]:
    """Return the numbers a text holds, in digits or characters.

    >>> sorted(numerals("第三十二次,12月14日,3万户"))
    [12.0, 14.0, 32.0, 30000.0]
    """
    return {value for m in _NUMERAL.finditer(fold(text)) if (value := _value(m.group())) is not None}


def _value(numeral: str) -> float | None:
    try:
        return float(cn2an.cn2an(numeral.replace(",", "").lstrip("第"), "smart"))
    except ValueError:  # a run of characters that is no number (万一, 千百)
        return None


def unmet(question: str, article: Article, segmenter: Segmenter) -> float:
    """Return 1 where a number, person or quoted name of a question is nowhere in an article, else 0.

    The article's date and writers count as part of it.
    """
    day = article.date.strftime("%Y年%m月%d日") if article.date else ""
    text = "\n".join(
        (
            article.title,
            article.body,
            day,
            article.date_text or "",
            *article.reporters,
            *article.correspondents,
        )
    )
    folded = fold(text)
    asked = {v for m in _ASKED_NUMERAL.finditer(fold(question)) if (v := _value(m.group())) is not None}
    names = [fold(name) for name, _ in people(question, segmenter)]
    names += [fold(m["name"]) for m in _QUOTED.finditer(question)]
    return float(not asked <= numerals(text) or any(name not in folded for name in names))


def attribute(question: str, segmenter: Segmenter) -> str | None:
    """Return the content word next to the question word: the property asked for, folded.

    >>> attribute("县政务大厅的咨询电话是多少?", Segmenter())
    '电话'
    """
    folded = fold(question)
    match = _INTERROGATIVE.search(folded)
    if match is None:
        return None
    words = [
        (w, at) for w, tag, at in segmenter.tagged(folded) if w not in STOPWORDS and tag[:1] in "nvajlib"
    ]
    before = [w for w, at in words if at + len(w) <= match.start() and len(w) > 1]
    after = [w for w, at in words if at >= match.end() and len(w) > 1]
    return before[-1] if before else after[0] if after else None


def names_a_cause(sentence: str) -> bool:
    """Tell whether a sentence holds a word that introduces a cause or a purpose."""
    return _CAUSE.search(fold(sentence)) is not None
