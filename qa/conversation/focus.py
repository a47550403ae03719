"""「这篇」「第二条」「详细说说」: which article of the last answer a question is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.language.numerals import below_hundred
from qa.metadata.collection_questions import parse
from qa.types import Article, Turn

_ITEM = "(?:文章|报道|新闻|稿子|消息)"
_ARTICLE = re.compile(
    rf"(?:这|那|该|此|上一?|刚才那?)一?(?:篇{_ITEM}?|[条个则]{_ITEM})|^上一?条(?=$|[呢的是讲说由谁?？])|该文|本文(?=[里中还主讲说提])"
)
# 「第二条跑道」 is no second article.
_ORDINAL = re.compile(
    rf"第(?P<n>[一二两三四五六七八九十\d]{{1,3}})[篇条个则](?:{_ITEM}|(?=$|[的里中还都是讲说提详具展细仔再呢,，?？。]))"
)
_TELL_MORE = re.compile(
    r"^(?:再|能|可以|请|帮我|给我|具体|详细|仔细|细细?|展开|多|地|的)*"
    r"(?:说说|讲讲|说一下|讲一下|介绍一下|说一说|介绍|展开|说明)(?:一下|吧|看)*[。?？!！]*$"
)
_WROTE = "(?:采写|撰写|写|报道|采访)"
_OF_THE_ARTICLE = re.compile(
    rf"^(?:都|分别|各)*(?:(?:是|由)*(?:谁|哪[位个]记者){_WROTE}的?|(?:记者|作者|通讯员)(?:是|叫)(?:谁|什么(?:名字)?|哪[位个])"
    rf"|(?:主要|都|具体|大概)*(?:讲|说|写|报道)(?:了|的是|的)*(?:些)?什么(?:内容)?"
    rf"|(?:是)?(?:哪一?天|什么时候|几号)(?:的{_ITEM}|(?:报道|见报|登|刊登)的))[呢啊呀]?[?？。]*$"
)
"""What is asked of an article without naming it (谁写的, 讲了什么)."""
_WHICH_DAY = re.compile("哪一?天|什么时候|几号")
_SAID_OR_WRITTEN = re.compile(
    "讲话|发言|讲课|宣讲|说了|谈了|强调|写|诗|歌曲|书法|剧本|来信|作品|小说|创作|文件|方案"
)
_WORK = re.compile("谁.*写|讲|说")
"""Asks who wrote or what was said: of what the last question names as said or written, before the article."""
# What may stand before 「这篇」 without being its topic.
_NO_TOPIC = re.compile(
    "请问|请|麻烦|那么?|能不能|能|可以|告诉|给|帮|我们?|你们?|您|想|知道|问|一下|再|还|又|就|关于|对于?|在|从|到|按照?|根据|把|的是?|了|过|是|有|"
    "刚才|刚刚|前面|上面|上述|提到|说到|提|说|讲|谈|看|列|介绍|详细|具体|展开|概括|总结|写|采写|撰写|登|刊登|发|发表|报道|采访|出现|参与|"
    "谁|哪些?|什么时候|什么|多少|几|何时|怎么|为什么|记者|作者|通讯员|人|[位个家天号年月日]|[里中上都,，《》“”、:：]"
)
_TITLED = re.compile(r"《(?P<title>[^《》]+)》(?:（[^（）]*）)?\[(?P<n>\d+)\]")
_NUMBER = re.compile(r"\[(\d{1,3})\]")
_MARKED = re.compile(r"(?P<text>[^\[\]]+)\[(?P<n>\d+)\]")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that can be understood without the conversation."""

    text: str
    article_id: str | None = None
    """The article that the question is about, where it says so (这篇还提到了谁)."""
    names: str = ""
    """What an answer must name by the short answer, where the last question is asked along with it."""
    quotes: str = ""
    """What an answer must name in what it quotes."""
    least: float = 0.0
    """Confidence that it takes to be meant so."""
    counts: str = ""
    """The question whose items are counted, where that is asked for (谁发言了 → 一共几家)."""
    others: tuple[Resolved, ...] = ()
    """What else it may mean, in the order in which that is tried where this has no answer."""


def about_article(question: str, earlier: Sequence[Turn], articles: Sequence[Article]) -> Resolved | None:
    """Resolve 「这篇」「第二条」「详细说说」 to an article that the last answer cites."""
    ordinal, this = _ORDINAL.search(question), _ARTICLE.search(question)
    if this and not ordinal and _NO_TOPIC.sub("", question[: this.start()]):
        return None  # 「图书馆那篇」 says itself which one
    more = _TELL_MORE.match(question)
    said = next((turn.content for turn in reversed(earlier) if turn.role == "assistant"), "")
    if not (ordinal or this or more):
        return _of_the_only_one(question, said, earlier, articles)
    n = below_hundred(ordinal["n"]) if ordinal else 1
    if ordinal:
        said = _last_list(earlier, articles) or said
    article = _cited(said, n, articles)
    if article is None:
        return None
    match = ordinal or this
    rest = question if match is None else question[: match.start()] + question[match.end() :]
    rest = re.sub(r"^那么?(?!里|儿|边)[,，]?|^[\s,，里中的]+|[\s,，]+$", "", rest)
    if more or not re.sub(r"[呢啊呀?？。\s]+$", "", rest) or _TELL_MORE.match(rest):
        rest = "讲了什么?"
    return _asked_of(article, rest)


def _last_list(earlier: Sequence[Turn], articles: Sequence[Article]) -> str | None:
    """Return the newest answer that cites several articles: of that is 「第二篇」 after 「第一篇呢」."""
    for turn in reversed(earlier):
        if turn.role != "assistant":
            continue
        cited = {_cited(turn.content, int(n), articles) for n in set(_NUMBER.findall(turn.content))}
        if len(cited - {None}) > 1:
            return turn.content
    return None


def is_of_an_article(question: str) -> bool:
    """Tell whether a question asks of an article what articles are asked, without naming one.

    >>> is_of_an_article("是谁写的?"), is_of_an_article("是谁建的?")
    (True, False)
    """
    return _OF_THE_ARTICLE.match(question) is not None


def _asked_of(article: Article, rest: str) -> Resolved:
    rest = re.sub("^(?:都|分别|各)+(?=是|由|谁)", "", rest)
    whole = f"《{article.title}》那篇{rest}"
    if parse(whole, writers=(), newest=None) is not None:
        return Resolved(whole, article.id)
    return Resolved(rest, article.id)


def _of_the_only_one(
    question: str, said: str, earlier: Sequence[Turn], articles: Sequence[Article]
) -> Resolved | None:
    """Resolve 「谁写的」 or 「讲了什么」 where the last answer cites one article and no other is meant."""
    last = next((turn.content for turn in reversed(earlier) if turn.role == "user"), "")
    of_a_work = _SAID_OR_WRITTEN.search(last) and not _ARTICLE.search(last) and not _ORDINAL.search(last)
    if not is_of_an_article(question) or (_WORK.search(question) and of_a_work):
        return None
    cited = {_cited(said, int(n), articles) for n in set(_NUMBER.findall(said))}
    article = cited.pop() if len(cited) == 1 else None
    if article is None:
        return None
    return _asked_of(article, "是哪天的?" if _WHICH_DAY.search(question) else question)


def cited_first(said: str, articles: Sequence[Article]) -> Article | None:
    """Return the article that an answer quotes first; ``None`` where it lists articles, or quotes none."""
    if _TITLED.search(said) or "[1]" not in said:
        return None
    return _cited(said, 1, articles)


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
