"""Whether a question that names nothing is asked of the article that was quoted last."""

from __future__ import annotations

import re

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
    told = fold(article.title + article.body)
    nouns = [
        word
        for word, tag, _ in segmenter.tagged(question)
        if len(word) > 1
        and (tag.startswith(_NOUN_TAGS) or tag == "vn")
        and word not in PROPERTIES | _ANY_ARTICLE_HAS
        and not (ATTRIBUTE.search(word) or MEASURE.search(word))
        and not re.fullmatch(OFFICES, word)
    ]
    if not all(word in told for word in nouns):
        return None
    return _SOME_NOUN if nouns else NAMELESS


def nouns_of_whether(question: str, segmenter: Segmenter) -> str:
    """Return the nouns of a question whether something is so: what tells of none of them does not decide it.

    >>> nouns_of_whether("书记去了吗", Segmenter()), nouns_of_whether("书记是谁", Segmenter())
    ('书记', '')
    """
    if not re.search("(?:吗|没有?|么)[?？]*$", question):
        return ""
    return "".join(w for w, tag, _ in segmenter.tagged(question) if len(w) > 1 and tag.startswith("n"))


_NOUN_TAGS = ("n", "j", "l", "i", "b", "x")
