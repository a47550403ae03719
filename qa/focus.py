"""「这篇」「第二条」「详细说说」: which article of the last answer a question is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.collection_questions import parse
from qa.types import Article, Turn

_ITEM = "(?:文章|报道|新闻|稿子|消息)"
_ARTICLE = re.compile(
    rf"(?:这|那|该|此|上一?|刚才那?)一?(?:篇{_ITEM}?|[条个则]{_ITEM})|该文|本文(?=[里中还主讲说提])"
)
# 「第二条跑道」 is no second article.
_ORDINAL = re.compile(
    rf"第(?P<n>[一二两三四五六七八九十\d]{{1,3}})[篇条个则](?:{_ITEM}|(?=$|[的里中还都是讲说提详具展,，?？。]))"
)
_TELL_MORE = re.compile(
    r"^(?:再|能|可以|请|帮我|给我|具体|详细|展开|多|地|的)*"
    r"(?:说说|讲讲|说一下|讲一下|介绍一下|说一说|介绍|展开|说明)(?:一下|吧|看)*[。?？!！]*$"
)
_TITLED = re.compile(r"《(?P<title>[^《》]+)》(?:（[^（）]*）)?\[(?P<n>\d+)\]")
_MARKED = re.compile(r"(?P<text>[^\[\]]+)\[(?P<n>\d+)\]")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that can be understood without the conversation."""

    text: str
    article_id: str | None = None
    """The article that the question is about, where it says so (这篇还提到了谁)."""


def about_article(question: str, earlier: Sequence[Turn], articles: Sequence[Article]) -> Resolved | None:
    """Resolve 「这篇」「第二条」「详细说说」 to an article that the last answer cites."""
    ordinal, this = _ORDINAL.search(question), _ARTICLE.search(question)
    more = _TELL_MORE.match(question)
    if not (ordinal or this or more):
        return None
    said = next((turn.content for turn in reversed(earlier) if turn.role == "assistant"), "")
    n = _number(ordinal["n"]) if ordinal else 1
    article = _cited(said, n, articles)
    if article is None:
        return None
    match = ordinal or this
    rest = question if match is None else question[: match.start()] + question[match.end() :]
    rest = re.sub(r"^[\s,，里中的]+|[\s,，]+$", "", rest)
    if more or not rest or _TELL_MORE.match(rest):
        rest = "讲了什么?"
    whole = f"《{article.title}》那篇{rest}"
    if parse(whole, writers=(), newest=None) is not None:
        return Resolved(whole, article.id)
    return Resolved(rest, article.id)


def _cited(said: str, n: int, articles: Sequence[Article]) -> Article | None:
    """Return the article that an answer cites under a number: by its headline, else by the quote."""
    title = next((m["title"] for m in _TITLED.finditer(said) if int(m["n"]) == n), None)
    if title is not None:
        return next((a for a in articles if a.title == title), None)
    quote = next((m["text"] for m in _MARKED.finditer(said) if int(m["n"]) == n), None)
    if quote is None:
        return None
    # What we say ourselves (「是。」) may stand before the quote.
    lines = [quote.strip(), quote.rsplit("\n", 1)[-1].strip(), *quote.split("。", 1)[1:]]
    return next((a for line in lines if len(line) > 5 for a in articles if line in a.body), None)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    digits = " 一二三四五六七八九"
    tens, _, ones = text.replace("两", "二").rpartition("十")
    if "十" not in text:
        return digits.find(ones)
    return (digits.find(tens) if tens else 1) * 10 + (digits.find(ones) if ones else 0)
