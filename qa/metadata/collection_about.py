"""Which articles a topic means: by headline, by what the text tells first and often, by the topic's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.metadata.collection_request import Request
from qa.text import bigrams, letters, sentence_spans
from qa.types import Article

_TOPIC_SHARE = 0.5
_MEETING_SHARE = 0.75
_CHIEFLY = 3
"""Times that an article names what it is chiefly about, at least, and other articles not half as often."""
_COVERED = 0.8
"""Share of a topic that an article's words must cover, where the topic stands nowhere as one string."""
_INSIDE_NAMES = r"[\s“”‘’\"'「」『』《》〈〉()（）·_-]*"
"""Quotation marks and blanks inside a name (“霹雳”行动) make no difference."""
_LEAST_WORDS = 4
"""Characters of a topic that may be taken for several words."""


def about(request: Request, pool: Sequence[Article], body: Callable[[Article], str]) -> list[Article]:
    """Return the articles on a request's topic: by headline, and (where that is asked) by their text.

    A headline fits that holds the topic whole, else the ones that share most of its bigrams, at least half.
    """
    wanted = letters(request.topic)
    anywhere = re.compile(_INSIDE_NAMES.join(map(re.escape, wanted)))
    kind = request.topic_kind
    if kind == "meeting":
        return _about_meeting(request.topic, pool)
    named = named_in_headline(request.topic, pool)
    if kind == "mention":
        return [a for a in pool if a in named or anywhere.search(body(a))]
    if kind in ("about", "told"):
        titled = named or _alike_in_headline(wanted, pool)
        found = [
            a
            for a in pool
            if a in titled or _tells_chiefly(anywhere, a, body) or _opens_with_words(wanted, a, body)
        ]
        return (
            found
            or [a for a in pool if anywhere.search(body(a))]
            or [a for a in pool if _tells_in_one_sentence(wanted, a, body)]
        )
    found = named or _alike_in_headline(wanted, pool)
    if found or kind == "implied" or not pool:
        return found
    found = _chiefly(anywhere, pool, body) or _by_words(wanted, pool, body)
    if kind == "piece" and request.kind == "writers":
        return [a for a in found if not tells_of_a_work(body(a))]
    return found


def named_in_headline(topic: str, pool: Sequence[Article]) -> list[Article]:
    """Return the articles whose headline holds a topic whole."""
    wanted = letters(topic)
    return [a for a in pool if wanted in letters(a.title)]


def _alike_in_headline(wanted: str, pool: Sequence[Article]) -> list[Article]:
    topic = set(bigrams(wanted))
    shares = [len(topic & set(bigrams(letters(a.title)))) / max(1, len(topic)) for a in pool]
    best = max(shares, default=0.0)
    return [a for a, share in zip(pool, shares, strict=True) if share == best] if best >= _TOPIC_SHARE else []


def _tells_chiefly(anywhere: re.Pattern[str], article: Article, body: Callable[[Article], str]) -> bool:
    """Tell whether an article names a topic in its first sentence, or again and again."""
    text = body(article)
    opening = next(iter(sentence_spans(article.body)), (0, len(text)))
    return anywhere.search(text[: opening[1]]) is not None or len(anywhere.findall(text)) >= _CHIEFLY


def _opens_with_words(wanted: str, article: Article, body: Callable[[Article], str]) -> bool:
    """Tell whether the words of a topic all stand in an article's headline and first sentence."""
    end = next(iter(sentence_spans(article.body)), (0, len(article.body)))[1]
    opening = f"{letters(article.title)} {body(article)[:end]}"
    return len(wanted) >= _LEAST_WORDS and _cover(wanted, opening) == 1.0


def _tells_in_one_sentence(wanted: str, article: Article, body: Callable[[Article], str]) -> bool:
    """Tell whether the words of a topic all stand in one sentence."""
    sentences = (body(article)[start:end] for start, end in sentence_spans(article.body))
    return len(wanted) >= _LEAST_WORDS and any(_cover(wanted, sentence) == 1.0 for sentence in sentences)


def _by_words(wanted: str, pool: Sequence[Article], body: Callable[[Article], str]) -> list[Article]:
    """Return the one article whose words cover a topic best, its headline's before its text's."""
    if len(wanted) < _LEAST_WORDS:
        return []
    titles = [letters(a.title) for a in pool]
    spelt = [a for a, title in zip(pool, titles, strict=True) if set(wanted) <= set(title)]
    if len(spelt) == 1:
        return spelt
    ranked = sorted(
        (
            (_cover(wanted, f"{title} {body(a)}"), _cover(wanted, title), n)
            for n, (a, title) in enumerate(zip(pool, titles, strict=True))
        ),
        reverse=True,
    )
    if ranked[0][0] < _COVERED or (len(ranked) > 1 and ranked[1][:2] == ranked[0][:2]):
        return []
    return [pool[ranked[0][2]]]


def tells_of_a_work(text: str) -> bool:
    """Tell whether a text tells of something that somebody wrote, of which may be asked who did."""
    return _WORK.search(text) is not None


def nearest(topic: str, pool: Sequence[Article]) -> list[Article]:
    """Return up to three articles that have a word of a topic at least, those with most of it first."""
    wanted = letters(topic)
    held = [(_cover(wanted, f"{letters(a.title)} {letters(a.body)}"), -n) for n, a in enumerate(pool)]
    return [pool[-n] for share, n in sorted(held, reverse=True)[:3] if share > 0]


def _cover(wanted: str, text: str) -> float:
    """Return the share of a topic that is made of pieces of two characters or more that a text has."""
    covered = at = 0
    while at < len(wanted):
        end = next((e for e in range(len(wanted), at + 1, -1) if wanted[at:e] in text), at)
        covered += end - at
        at = max(end, at + 1)
    return covered / max(1, len(wanted))


def _about_meeting(name: str, pool: Sequence[Article]) -> list[Article]:
    """Return the articles whose headline names a meeting, but not as one whose spirit is passed on."""
    name = letters(name)
    topic, in_order = set(bigrams(name)), re.compile(".*?".join(map(re.escape, name)))

    def names_it(clause: str) -> bool:
        held = letters(_PASSED_ON.sub("", clause))
        shared = len(topic & set(bigrams(held))) >= _MEETING_SHARE * len(topic)
        return "会" in held and (shared or (len(name) > 3 and in_order.search(held) is not None))

    return [a for a in pool if any(map(names_it, re.split(r"[\s,，;；:：|]+", a.title)))]


_WORK = re.compile(
    "作文|征文|论文|小说|散文|诗|[来书写]信|[封的]信|作品|剧本|歌|日记|日志|作者|(?<!做)文章|投稿|撰写|著作|[写编]书"
)
_PASSED_ON = re.compile("(?:传达|学习|贯彻|落实|宣讲).*")


def _chiefly(
    anywhere: re.Pattern[str], pool: Sequence[Article], body: Callable[[Article], str]
) -> list[Article]:
    """Return the one article that names something, or does so again and again, if there is one."""
    counts = sorted(((len(anywhere.findall(body(a))), n) for n, a in enumerate(pool)), reverse=True)
    most, second = counts[0][0], counts[1][0] if len(counts) > 1 else 0
    chief = most >= _CHIEFLY and most >= 2 * second
    return [pool[counts[0][1]]] if chief or (most and not second) else []
