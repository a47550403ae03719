"""What a follow-up leaves out, filled in from what was said before: one text, no other sense of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.conversation.both import by_how_much_more, which_of_those
from qa.conversation.completeness import (
    THAT,
    THAT_SOME,
    is_incomplete,
    leads_on,
    names_something,
    stands_alone,
)
from qa.conversation.focus import is_of_an_article
from qa.conversation.listed import Shelf, asked_of_a_list, of_the_list
from qa.conversation.openers import asks
from qa.conversation.references import HIS_ARTICLES, Recall, replaced, subject
from qa.conversation.stated import (
    ASKED_AMOUNT,
    ASKED_WHEN,
    TAIL,
    asking,
    asking_at,
    at_another_time,
    of_another_time,
    stated_with_its_kind,
    times,
    with_its_month,
    without_time,
)
from qa.conversation.substitution import (
    counted_instead,
    of_an_earlier_one,
    substitute,
)
from qa.conversation.topics import put_behind
from qa.metadata.collection_questions import parse
from qa.text import HAN, Segmenter
from qa.types import Article

ELLIPSIS = re.compile(r"^(?:那么?|还有|至于)?[,，]?(?P<what>.{1,24}?)呢[?？]*$")
_CORRECTION = re.compile(
    r"^(?:不对?|不是的?|错了|我不是问这个)?[,，。]?"
    r"(?:(?<=[,，。])我(?:要|想)?问(?=[^的是你题])|我(?:要|想)?(?:问|说|指|查)的?(?:不是(?P<wrong>.{1,20}?)[,，])?是|我是(?:问|说|指)|(?<=不对[,，])是|(?<=错了[,，])是|不是(?P<not>.{1,20}?)[,，](?:我(?:要|想)?(?:问|说|指|查)的?|而)?是)(?!不是|否)"
    r"(?P<right>.{1,24}?)[?？。!！]*$"
)
_COMPARED = re.compile(
    f"(?:那么?)?(?:[和跟与同](?P<with>[{HAN}0-9]{{1,10}}?)(?:相比|比起来|比)|[比较](?P<than>[{HAN}0-9]{{1,10}}?))(?:呢|怎么样|如何)[?？]*"
)
_AND_MORE = re.compile(r"^(?:那)?(?:还有|其他的?|别的|其余的?)(?:呢|吗|没有?|什么)?[?？]*$")
_UNRESOLVED = re.compile(r"^(?:该|此次|上述)")
_SAYS_ENOUGH = 4
"""With more words, 「那两个孩子…」 is found without what was said before."""
_CHOICE = re.compile(
    f"(?:那|那是)?(?:是|在)?(?P<choice>(?!这)(?:(?!是)[{HAN}0-9]){{1,8}}还是[{HAN}0-9]{{1,6}}?)(?P<deed>[办开举出做发][{HAN}]{{0,3}}的?)?[呢啊呀?？]*"
)
"""「上午还是下午」, which asks which one of two a time, a place or a body is."""
_HAS_OF = re.compile(
    "(?:那么?)?(?:还)?有(?:没有)?(?:讲|说|写|关于|提到?|介绍)(?P<of>[^的,，]{2,12})的(?:文章|报道|新闻|吗|么)*[?？]*"
)
"""「有讲养老的吗」 asks for articles, not for more of what was told last."""
_BARE = re.compile(
    r"^(?:那|是|又|都|具体|到底)*(?P<word>(?:在|从|去)?(?:哪里|哪儿|什么地方|何处)|[在去]哪|为什么|为何|为啥"
    r"|(?:是)?(?:哪一?天|什么时候|啥时候|什么时间|何时|几号|几点|哪年)|怎么(?:做|办)?的?)[?？呢的了啊]*$"
)


@dataclass(frozen=True, slots=True)
class Talk:
    """What a conversation has come to before a question."""

    earlier: Sequence[str]
    """The questions before, oldest first, understood without the conversation."""
    said: Sequence[str]
    """What was said before, newest first."""
    segmenter: Segmenter
    shelf: Shelf
    recall: Recall
    article: Article | None = None
    """The one that the last answer quotes first."""
    listing: str = ""
    """What asked for the items that 「第二个」 and 「一共几个」 are of: the last question that is neither."""
    answered: str = ""
    """The last question that was answered, understood without the conversation."""
    told: str = ""
    """The answer to it."""
    slot: str = ""
    """What the last question has in the place of another thing (那A呢), so that B may follow."""

    @property
    def last(self) -> str:
        """Return the last question, understood without the conversation."""
        return self.earlier[-1]


def meant(question: str) -> str:
    """Return what a question asks that says first what it does not ask (不是小学,我问的是中学有几所)."""
    corrected = _CORRECTION.match(question)
    return corrected["right"] if corrected and asks(corrected["right"]) else question


def completed(question: str, talk: Talk) -> str:
    """Return a question filled in from what was said, or as it is."""
    last, segmenter, shelf = talk.last, talk.segmenter, talk.shelf
    if _HAS_OF.fullmatch(question):
        return THAT.sub("", question)
    if is_of_an_article(question) and (listed := asked_of_a_list(question, last)):
        return listed
    if listed := of_the_list(question, last, shelf):
        return listed
    if parse(question, writers=shelf.writers, newest=shelf.newest) is not None:
        return question  # about the collection: needs nothing from the conversation
    corrected = _CORRECTION.match(question)
    if corrected:
        wrong = corrected["wrong"] or corrected["not"]
        if wrong and wrong in last:
            return last.replace(wrong, corrected["right"])
        right = corrected["right"]
        if not asks(right):
            return substitute(last, right.strip(), segmenter, talk.slot)
        if counted := counted_instead(right, last, segmenter):
            return counted
        if subject(right, segmenter):
            return right
        return completed(right, talk)
    if other := of_another_time(question, last):
        return other
    if re.match("有?(?:多少|几)", question) and (counted := counted_instead(question, last, segmenter)):
        return counted
    if re.fullmatch(f"有?(?:多少|几)[{HAN}]{{1,5}}[?？]*", question) and ASKED_AMOUNT.search(last):
        return put_behind(talk.earlier, question, segmenter)
    if (more := by_how_much_more(question, last, segmenter)) is not None:
        return more
    if (choice := _CHOICE.fullmatch(question)) and not names_something(choice["choice"], segmenter):
        when = ASKED_WHEN.search(last)
        if when and not choice["deed"]:
            return last[: when.start()] + choice["choice"] + last[when.end() :]
        return put_behind(talk.earlier, question, segmenter)
    if which := which_of_those(question, last):
        return which
    compared = _COMPARED.fullmatch(question)
    if compared and ASKED_AMOUNT.search(last):
        return f"{last[: asking_at(last)]}比{compared['with'] or compared['than']}怎么样?"
    bare_day = re.fullmatch(r"(?:那么?)?(?P<what>[^?？]+?)[?？]*", question)
    days = times(bare_day["what"]) if bare_day else []
    ellipsis = ELLIPSIS.match(question) or (
        bare_day if bare_day and days == [bare_day.span("what")] else None
    )
    if ellipsis and not re.search(
        r"多少|什么|哪|谁|几|怎|还有|^个$|^第.{1,3}[篇条则]|^[前后]者$", ellipsis["what"]
    ):
        what = ellipsis["what"].strip()
        what = with_its_month(what, last, talk.said)
        if re.match("[他她它]", what):
            what = _with_names(what, talk)
        return of_an_earlier_one(what, talk.earlier, segmenter) or substitute(
            last, what, segmenter, talk.slot
        )
    if _AND_MORE.match(question):
        return f"{stated_with_its_kind(last)},还有哪些?"
    bare, asked = _BARE.match(question), ASKED_WHEN.search(last)
    if bare and asked:
        return last[: asked.start()] + bare["word"] + last[asked.end() :]
    resolved = _with_names(question, talk)
    if resolved != question:
        if ellipsis and re.match("那?么?[前后]者", question):
            return substitute(last, TAIL.sub("", resolved), segmenter)
        return THAT.sub("", resolved) if leads_on(question, segmenter) else resolved
    if HIS_ARTICLES.search(question):
        return question  # of two who signed neither is meant
    if leads_on(question, segmenter) and (whole := _of_its_own(question, last, segmenter)):
        return whole
    if is_incomplete(question, last, segmenter) or _UNRESOLVED.match(question):
        return put_behind(talk.earlier, question, segmenter)
    return question


def _with_names(question: str, talk: Talk) -> str:
    """Return a question with what its pronouns stand for."""
    told = (talk.article.title, talk.article.body) if talk.article else ("", "")
    return replaced(question, talk.said, talk.last, talk.segmenter, talk.recall, talk.shelf.writers, *told)


def _of_its_own(question: str, last: str, segmenter: Segmenter) -> str | None:
    """Return what 「那…」 asks where it needs the last question only for its form, or not at all."""
    rest = THAT.sub("", question)
    if THAT_SOME.match(question):
        return question if len(segmenter.content_words(question)) > _SAYS_ENOUGH else None
    if re.search("呢[,，]", rest):
        return None
    if counted := counted_instead(rest, last, segmenter):
        return counted
    spans = times(rest)
    if len(spans) == 1 and asking(rest) and asking(rest) <= asking(last):
        (start, end) = spans[0]
        content = segmenter.content_words(rest[:start] + rest[end:])
        if set(content) <= set(segmenter.content_words(without_time(last))):
            return at_another_time(last, rest[start:end])
    return rest if stands_alone(rest, last, segmenter) else None
