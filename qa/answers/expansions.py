"""What a name stands for: full names and short ones that the articles themselves explain (以下简称…)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.composing import Draft, Quote
from qa.index.lexicon import Lexicon
from qa.text import HAN, fold, sentence_spans
from qa.types import Article

_NAME = rf"[“《「]?(?P<name>[{HAN}A-Za-z0-9]{{2,30}}?)[”》」]?(?:这个简称|这个名字)?的?"
_ASKS = r"(?:又)?(?:是|叫做?|为|作)?(?:什么|啥|怎么[说写])?$"
_FULL = re.compile(
    rf"^{_NAME}(?:(?:全称|全名|正式名称|完整名称){_ASKS}|是(?:什么|啥|哪个[{HAN}]{{1,4}})的(?:简称|缩写)$)"
)
_SHORT = re.compile(rf"^{_NAME}(?:可以|可|一般|通常|也)?(?:简称|缩写){_ASKS}")
_POLITE = re.compile(r"^(?:请问|您好|你好|问一下|想问)(?:一下)?[,:]?|[呢啊呀]?[?。! ]*$")


_TELLING = 3
"""Characters of the end of a short name that tell which one it is."""


def expansion_draft(question: str, articles: Iterable[Article], lexicon: Lexicon) -> Draft | None:
    """Return the full name of a short one, or the reverse, with the sentence that says so; else ``None``."""
    asked = _POLITE.sub("", fold(question).strip())
    if match := _FULL.match(asked):
        name = match["name"]
        known = lexicon.aliases
        # 经开区 is the only one that is so called where the articles say of no other what it is short for.
        named = [name] if name in known else [s for s in known if s.endswith(name) and len(name) >= _TELLING]
        pairs = {(short, known[short], known[short]) for short in named if len(named) == 1}
    elif match := _SHORT.match(asked):
        # An article may give the whole name of which the lexicon keeps only what the short one is made of.
        name = match["name"]
        pairs = {(short, name, short) for short, full in lexicon.aliases.items() if name.endswith(full)}
    else:
        return None
    for short, full, wanted in sorted(pairs):
        explained = re.compile(rf"{re.escape(full)}[^。!?]{{0,6}}(?:简|统)称[^。!?]{{0,2}}{re.escape(short)}")
        for article in articles:
            for start, end in sentence_spans(article.body):
                found = explained.search(fold(article.body[start:end]))
                if found is not None:
                    at = start + fold(article.body[start:end]).index(wanted, found.start())
                    text = article.body[at : at + len(wanted)]
                    return Draft((Quote(article, start, end),), text)
    return None
