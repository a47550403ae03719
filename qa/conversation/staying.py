"""Whether a question that names nothing is asked of the article that was quoted last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.conversation.completeness import (
    LONGEST_SHORT,
    PROPERTIES,
    SOME_DAY,
    is_complete,
    names_something,
)
from qa.conversation.heads import MEASURE
from qa.conversation.stated import times
from qa.conversation.topics import ATTRIBUTE
from qa.language.names import OFFICES
from qa.metadata.collection_questions import parse
from qa.text import HAN, Segmenter, fold
from qa.types import Article

_REACHED = re.compile(f"(?<=^[{HAN}])[到往至给在进出起完]$")
_ANY_ARTICLE_HAS = frozenset((
    "项目", "现场", "人员", "情况", "事情", "工作", "活动", "时候", "地方", "人数", "名字", "全名",
    "总共", "一共",
))  # fmt: skip
"""What anything told of may have, beside its properties: none of them tells of what."""
_LONGEST_NAMELESS = 18
NAMELESS = 0.9
"""How sure another article's answer must be to a question without any noun of its own."""
_SOME_NOUN = 0.5


def goes_on(question: str, article: Article, segmenter: Segmenter) -> bool:
    """Tell whether a question that names nothing asks of the article that was just quoted.

    It does where each word that it holds stands in that article (举报电话多少); 「图书馆几点开门」 does not.
    """
    if len(question) > LONGEST_SHORT or _names_its_own(question, segmenter):
        return False
    words = segmenter.content_words(question)
    content = [word for word in words if len(word) > 1 and word not in PROPERTIES]
    text = fold(article.title + article.body)
    held = [word in text for word in content]
    # 送到 may be 送往 there.
    return any(held) and all(
        there or _REACHED.sub("", word) in text for word, there in zip(content, held, strict=True)
    )


def _names_its_own(question: str, segmenter: Segmenter) -> bool:
    """Tell whether a question names somebody, something, a time or a title, or is about the collection."""
    named = names_something(question, segmenter) or "《" in question or bool(times(question))
    return named or parse(question, writers=(), newest=SOME_DAY) is not None


def sure_elsewhere(question: str, last: str, article: Article, segmenter: Segmenter) -> float | None:
    """Return how sure an answer of another article must be to a question that names nothing of its own.

    ``None`` where the question is not of the article that was just quoted: it names something, or holds a
    noun that this article has not. One without any noun that tells of what it is can hardly be of another.

    Args:
        question: as typed.
        last: the last question, understood without the conversation.
        article: the one that the last answer quotes first.
        segmenter: of the snapshot.
    """
    if len(question) > _LONGEST_NAMELESS or re.search("[“「]|还是", question):
        return None
    if _names_its_own(question, segmenter) or is_complete(question, last):
        return None
    nouns = _telling_nouns(question, segmenter)
    if not _stand_in(article, nouns):
        return None
    return _SOME_NOUN if nouns and not _WHETHER.search(question) else NAMELESS


def asks_plainly(question: str) -> bool:
    """Tell whether a question needs no word of what was said before it but what it is of.

    Who did something is asked of that above all: an article names many.

    >>> asks_plainly("去哪些地方学?"), asks_plainly("他去哪些地方学?"), asks_plainly("谁演的")
    (True, False, False)
    """
    return _LEANS.search(question) is None


def asks_for_more(question: str) -> bool:
    """Tell whether a question asks for more than was told.

    >>> asks_for_more("他还得了什么"), asks_for_more("还有呢"), asks_for_more("还有多少没修完")
    (True, True, False)
    """
    return _MORE.search(question) is not None


def asks_for_what_is_told_otherwise(question: str, article: Article, segmenter: Segmenter) -> bool:
    """Tell whether a question names only what it asks for, which the article quoted last calls otherwise.

    An article that tells of 高校 may be asked 从哪些学校招; 办理低保要什么材料 is of another one.
    """
    if len(question) > LONGEST_SHORT or not asks_plainly(question) or _names_its_own(question, segmenter):
        return False
    rest = _ASKED_FOR.sub("", question, count=1)
    nouns = _telling_nouns(rest, segmenter)
    return rest != question and not nouns and not _stand_in(article, _telling_nouns(question, segmenter))


def may_be_of(question: str, article: Article, segmenter: Segmenter) -> bool:
    """Tell whether an article holds what a refused question names: what follows is of it still."""
    return _stand_in(article, _telling_nouns(question, segmenter))


def _telling_nouns(question: str, segmenter: Segmenter) -> list[str]:
    """Return the nouns of a question that tell what it is of."""
    return [
        word
        for word, tag, _ in segmenter.tagged(question)
        if len(word) > 1
        and (tag.startswith(_NOUN_TAGS) or tag == "vn")
        and word not in PROPERTIES | _ANY_ARTICLE_HAS
        and not (ATTRIBUTE.search(word) or MEASURE.search(word))
        and not re.fullmatch(OFFICES, word)
    ]


def _stand_in(article: Article, words: Sequence[str]) -> bool:
    told = fold(article.title + article.body)
    return all(word in told for word in words)


def nouns_of_whether(question: str, segmenter: Segmenter) -> str:
    """Return the nouns of a question whether something is so: what tells of none of them does not decide it.

    >>> nouns_of_whether("书记去了吗", Segmenter()), nouns_of_whether("书记是谁", Segmenter())
    ('书记', '')
    """
    if not _WHETHER.search(question):
        return ""
    return "".join(
        w
        for w, tag, _ in segmenter.tagged(question)
        if len(w) > 1 and tag.startswith("n") and not ATTRIBUTE.search(w)  # of an age 28岁 tells
    )


_WHETHER = re.compile("(?:吗|没有?|么)[?？]*$")
_LEANS = re.compile("谁|[他她它这那此该其还再又第]|最后|[几多少][条项点件]|呢[?？]*$")
_MORE = re.compile(
    f"(?:还|另外?|别的|其他)[{HAN}]{{0,4}}(?:什么|啥|哪些|谁)|^(?:那么?)?(?:还有|另外|别的|其他)(?:的|什么|谁)?[呢吗没有?？]*$"
)
_ASKED_FOR = re.compile(
    f"(?:哪(?:些|几?[个家位所种项])|什么|啥|多少|几)[名位个家]?(?:[{HAN}]{{2,4}}$|[{HAN}]{{2}})"
)
"""What is asked for, with its noun (招多少|学生)."""
_NOUN_TAGS = ("n", "j", "l", "i", "b", "x")
