"""「这篇」「第二条」「详细说说」: which article of the last answer a question is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.language.names import people
from qa.language.numerals import below_hundred
from qa.metadata.collection_questions import parse
from qa.text import Segmenter
from qa.types import Article, Turn

_ITEM = "(?:文章|报道|新闻|稿子|消息)"
_ARTICLE = re.compile(
    rf"(?:这|那|该|此|上一?|刚才那?)一?(?:篇{_ITEM}?|[条个则]{_ITEM})|^上一?条(?=$|[呢的是讲说由谁?？])|该文|本文(?=[里中还主讲说提])"
)
# 「第二条跑道」 is no second article.
_ORDINAL = re.compile(
    rf"第(?P<n>[一二两三四五六七八九十\d]{{1,3}})[篇条个则](?:{_ITEM}|(?=$|[的里中还都是讲说提详具展细仔再呢,，?？。]))"
)
_OF_ARTICLES = re.compile(f"[篇则]|{_ITEM}")
_TELL_MORE = re.compile(
    r"^(?:再|能|可以|请|帮我|给我|具体|详细|仔细|细细?|展开|多|地|的)*"
    r"(?:说说|讲讲|说一下|讲一下|介绍一下|说一说|介绍|展开|说明)(?:一下|吧|看)*[。?？!！]*$"
)
_WROTE = "(?:采写|撰写|写|报道|采访)"
_OF_THE_ARTICLE = re.compile(
    rf"^(?:都|分别|各)*(?:(?:是|由)*(?:谁|哪[位个]记者){_WROTE}的?|(?:记者|作者|通讯员)(?:是|叫)(?:谁|什么(?:名字)?|哪[位个])"
    rf"|(?:主要|都|具体|大概)*(?:讲|说|写|报道)(?:了|的是|的)*(?:些)?(?:什么(?:内容|事)?|谁|啥)"
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
    nth: int = 0
    """Which of the items of ``counts`` is asked for instead (第二条是什么); -1 is the last."""
    beyond: str = ""
    """The question whose answer was told: it is not told again where more is asked for (还有呢)."""
    others: tuple[Resolved, ...] = ()
    """What else it may mean, in the order in which that is tried where this has no answer."""


def about_article(question: str, earlier: Sequence[Turn], articles: Sequence[Article]) -> Resolved | None:
    """Resolve 「这篇」「第二条」「详细说说」 to an article that the last answer cites."""
    said = next((turn.content for turn in reversed(earlier) if turn.role == "assistant"), "")
    if newest := _EXTREME.match(question):
        return _extreme_of_the_list(newest, question, said, articles)
    ordinal, this = _ORDINAL.search(question), _ARTICLE.search(question)
    if this and not ordinal and _NO_TOPIC.sub("", question[: this.start()]):
        return None  # 「图书馆那篇」 says itself which one
    more = _TELL_MORE.match(question)
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
    if ordinal and not (
        _OF_ARTICLES.search(ordinal.group()) or _TELL_MORE.match(rest) or _talks_of_a_list(earlier)
    ):
        return None  # 「第二条」 is one of the measures told, unless articles were listed last
    if ordinal and re.fullmatch(r"[呢啊呀?？。\s]*", rest):
        rest = _same_of_another(earlier) or rest  # 第三篇谁写的 → 第四篇呢
    if more or not re.sub(r"[呢啊呀?？。\s]+$", "", rest) or _TELL_MORE.match(rest) or _OF_WHOM.match(rest):
        rest = "讲了什么?"
    return _asked_of(article, rest)


_EXTREME = re.compile("(?:那么?)?(?P<which>最[新近早后晚])的?(?:那?一?)[篇条](?=.*[讲说写谁么啥])")


def _extreme_of_the_list(
    which: re.Match[str], question: str, said: str, articles: Sequence[Article]
) -> Resolved | None:
    """Resolve 「最新一篇讲了什么」 to the listed article of the last day, or of the first."""
    listed = [a for n in set(_NUMBER.findall(said)) if (a := _cited(said, int(n), articles)) is not None]
    days = [a.date for a in listed if a.date is not None]
    rest = question[which.end() :]
    if len(_titles(said)) < len(listed) or len(days) < max(2, len(listed)) or not is_of_an_article(rest):
        return None
    day = min(days) if which["which"] == "最早" else max(days)
    found = [a for a in listed if a.date == day]
    return _asked_of(found[0], rest) if len(found) == 1 else None


_OF_WHOM = re.compile(
    r"(?:(?:主要|都)*(?:讲|说|写|报道)(?:了|的是|的)*谁|是?(?:什么|啥)(?:内容)?)[呢啊呀?？。]*$"
)
"""What an article is, and whom it is about: a digest tells."""


def _same_of_another(earlier: Sequence[Turn]) -> str | None:
    """Return what the last question asked of one article, so that it is asked of another."""
    last = next((turn.content.strip() for turn in reversed(earlier) if turn.role == "user"), "")
    rest = _ORDINAL.sub("", last)
    return rest if is_of_an_article(rest) else None


def _talks_of_a_list(earlier: Sequence[Turn]) -> bool:
    """Tell whether the last answer lists articles, or what was asked since one did is of its articles."""
    for turn in reversed(earlier):
        if turn.role == "user":
            of_an_article = is_of_an_article(turn.content) or _ARTICLE.search(turn.content)
            if not of_an_article and _ORDINAL.search(turn.content) is None:
                return False
        elif len(_titles(turn.content)) > 1:
            return True
    return False


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
    if _WHICH_DAY.search(question):
        return _asked_of(article, "是哪天的?")
    return _asked_of(article, "讲了什么?" if _OF_WHOM.match(question) else question)


def cited_first(said: str, articles: Sequence[Article]) -> Article | None:
    """Return the article that an answer quotes first; ``None`` where it lists several, or quotes none."""
    if len(_titles(said)) > 1 or "[1]" not in said:
        return None
    return _cited(said, 1, articles)


_ORIGINAL = re.compile(
    r"(?:那么?)?(?:原文|原句)(?:里|中)?(?:是|怎么|如何|具体)*(?:说|讲|写|表述)?的?(?:什么|啥)?[呢啊]?[?？]*"
)
_THESE_WORDS = "(?:[这那]些?句?(?:话|要求|意见|观点)?)"
_WHO_SAID = re.compile(
    rf"(?:那么?)?(?:说{_THESE_WORDS}的(?:人)?(?:是谁|是哪[位个])|{_THESE_WORDS}(?:都|又)?是(?:谁|哪位)[说讲提](?:出来|出)?的|{_THESE_WORDS}(?:是)?(?:谁|哪位)[说讲提](?:出来|出)?的|(?:是)?谁[说讲提](?:出)?的{_THESE_WORDS})[呢啊]?[?？]*"
)
_MEETING_DAY = re.compile(
    rf"(?:那么?)?(?:(?:[这那]个?)?会议?(?:是|在)?(?:哪一?[天日]|几号|几月几[号日]|什么时候)(?:召?开|举行)?的?"
    rf"|(?:是)?(?:哪一?天|几号|什么时候)[说讲提](?:出)?的{_THESE_WORDS}?)[呢啊]?[?？]*"
)
_WHICH_MEETING = re.compile(
    rf"(?:那么?)?(?:是|{_THESE_WORDS}是)?在?(?:什么|啥|哪个|哪次)会议?上(?:[说讲提]|强调|要求)(?:出)?的{_THESE_WORDS}?[呢啊]?[?？]*"
)
_SPOKE = re.compile(
    r"(?:主持召开[^。]{1,40}[,，]|[在就对向][^,，。]{1,16}|还|又|同时|也|最后)?(?:强调|指出|要求|表示|提出|说|介绍|认为|希望)"
)
_OTHERS_SPOKE = re.compile(
    "(?:负责人|干部|群众|居民|村民|代表|专家|老师|记者)[^,，。]{0,8}(?:介绍|表示|说|告诉|坦言)"
)
_SURE = 0.9
_CERTAIN = 0.95
"""A report of a meeting may tell of the meeting whose spirit it passes on."""


def of_the_quote(
    question: str, answered: str, told: str, article: Article, segmenter: Segmenter
) -> Resolved | None:
    """Resolve what is asked of the words just quoted: how they read, who said them, the day of the meeting.

    Args:
        question: as typed.
        answered: the last question that was answered.
        told: the answer to it.
        article: the one that it quotes first.
        segmenter: of the snapshot.
    """
    if _ORIGINAL.fullmatch(question):
        return Resolved(answered, article.id)
    if _MEETING_DAY.fullmatch(question):
        return Resolved("会议是哪天召开的?", article.id, least=_SURE)
    if _WHICH_MEETING.fullmatch(question):
        return Resolved("召开了什么会议?", article.id, least=_CERTAIN)
    if asks_who_said_it(question):
        speaker = _speaker(told, article, segmenter)
        return Resolved("讲话的是谁?", article.id, names=speaker or "", least=0.0 if speaker else 1.0)
    return None


def asks_who_said_it(question: str) -> bool:
    """Tell whether a question asks who said the words just quoted.

    >>> asks_who_said_it("这话谁说的"), asks_who_said_it("大桥谁设计的")
    (True, False)
    """
    return _WHO_SAID.fullmatch(question) is not None


def _speaker(told: str, article: Article, segmenter: Segmenter) -> str | None:
    """Return who says what an answer quotes first, as far as the article names the speaker."""
    lines = (m["text"].rsplit("\n", 1)[-1].strip() for m in _MARKED.finditer(told) if m["n"] == "1")
    quote = next((line for line in lines if line in article.body), None)
    if quote is None:
        return None
    before = article.body[: article.body.index(quote) + len(quote)]
    for name, at in reversed(people(before, segmenter)):
        if _SPOKE.match(before, at + len(name)):
            return None if _OTHERS_SPOKE.search(before, at) else name
    return None


def _titles(said: str) -> set[str]:
    """Return the headlines that an answer lists."""
    return {match["title"] for match in _TITLED.finditer(said)}


ITEM = "[条件项点个类种样家位所处份]"
"""Measure words by which the items of an answer are counted and told apart."""
_OF_MEASURES = "(?:要求|措施|举措|意见|建议|任务|工作|事情?)?"
_NTH = re.compile(
    rf"(?:那么?)?(?:第(?P<n>[一二两三四五六七八九十\d]{{1,3}})|(?P<last>最后)一?|头一?)(?P<of>{ITEM}){_OF_MEASURES}"
    rf"(?:(?:是|叫|讲|说|指|有|在)(?:的是?)?(?:什么|啥|谁|哪(?:{ITEM}|里|儿|位)|怎么[说讲]的)(?:内容|地方|人)?)?[呢啊呀]?[?？。]*"
)
_HOW_MANY = re.compile(
    r"(?:那么?)?(?:[他她]|会上)?(?:一共|总共|共|都)?(?:是|有|列|[提写说讲出](?:出|到)?了?)*(?:几|多少)[条项点件类种样]"
    rf"{_OF_MEASURES}[呢啊呀]?[?？]*"
)


def nth_asked_for(question: str) -> int:
    """Return which of the items told a question asks for: -1 for the last, 0 where it asks for none.

    >>> nth_asked_for("第二条是什么?"), nth_asked_for("最后一个是谁"), nth_asked_for("第二条跑道多长")
    (2, -1, 0)
    """
    asked = _NTH.fullmatch(question.strip())
    if asked is None:
        return 0
    return -1 if asked["last"] else below_hundred(asked["n"] or "一")


def counts_items(question: str) -> bool:
    """Tell whether a question asks how many measures were told, without saying of what.

    >>> counts_items("一共几条?"), counts_items("提了几条要求"), counts_items("大桥那篇一共几条")
    (True, True, False)
    """
    return _HOW_MANY.fullmatch(question.strip()) is not None


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
