"""Questions about the collection itself: how many articles, by whom, of when; answered from metadata."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.text import HAN, bigrams, fold
from qa.types import Article

_ITEM = r"(?:文章|报道|新闻|消息|稿件|稿子|内容)"
_PIECE = rf"(?:[篇条则个]{_ITEM}?|{_ITEM})"
_HERE = r"(?:这|本|该|此|一|整)?(?:期|版|份|页|张)?(?:报纸|公报|版面|报|版|期|页|里面?|上面?|中|共)*"
_COUNT = re.compile(
    rf"^{_HERE}(?:一共|总共|共|都)?(?:有|收录了?|刊登了?|登了?|发了?)?(?:多少|几){_PIECE}[??]*$"
)
_NEWEST = re.compile(rf"(?:最新|最近|最晚)的?(?:一|那)?{_PIECE}(?:是|讲|说|写)")
_OLDEST = re.compile(rf"(?:最早|最旧|最老)的?(?:一|那)?{_PIECE}(?:是|讲|说|写)")
_WRITERS = re.compile(
    rf"(?:谁|哪些人|哪几[位个]|哪些)(?:记者|通讯员|作者)?(?:署名|署了名|写的|采写的?|供稿)[??]*$|^{_HERE}(?:有|都有)?哪些(?:记者|通讯员|作者)"
    rf"|(?:记者|通讯员|作者)(?:都?有)?(?:谁|哪些|哪几[位个])"
)
_BY_WRITER = re.compile(
    rf"(?P<name>[{HAN}]{{2,4}}?)(?:一共|总共|都|还)?(?:写|采写|报道|署名|撰写|供稿)了?(?:的|过)?(?:文章)?(?:有)?(?:哪|多少|几|什么)"
)
_EXCEPT = re.compile(r"除了?(?P<names>.+?)(?:之?外|以外|,|,)")
_DAY = r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"
_BY_DATE = re.compile(
    rf"^{_DAY}(?P<side>以后|之后|以来|起|以前|之前|当天|那天)?(?:{_HERE})?(?:都)?(?:有|发生|刊登|登|发)了?(?:什么|哪些|哪几|多少|几){_PIECE}"
)
MAX_LISTED = 20
_TOPIC_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Listing:
    """An answer from metadata."""

    lead: str
    """The sentence that answers; the articles are listed behind it."""
    short: str
    articles: tuple[Article, ...]
    """What it is about, to be cited; at most ``MAX_LISTED``."""


def look_up(question: str, articles: Sequence[Article]) -> Listing | None:
    """Answer a question about the collection, ``None`` where it is not one or nothing fits.

    Args:
        question: standalone.
        articles: those that may be used.
    """
    asked = fold(question).strip().replace("啥", "什么")
    if not articles:
        return None
    for pattern, answer in _ANSWERS:
        match = pattern.search(asked)
        if match:
            return answer(match, asked, articles)
    return None


def _count(_: re.Match[str], __: str, articles: Sequence[Article]) -> Listing:
    return Listing(f"一共收录{len(articles)}篇文章", f"{len(articles)}篇", tuple(articles[:MAX_LISTED]))


def _extreme(word: str, newest: bool) -> Callable[[re.Match[str], str, Sequence[Article]], Listing | None]:
    def answer(_: re.Match[str], __: str, articles: Sequence[Article]) -> Listing | None:
        days = [a.date for a in articles if a.date]
        if not days:
            return None
        day = max(days) if newest else min(days)
        found = tuple(a for a in articles if a.date == day)
        return Listing(f"{word}的是{_spoken(day)}的报道", found[0].title, found[:MAX_LISTED])

    return answer


def _writers(match: re.Match[str], asked: str, articles: Sequence[Article]) -> Listing | None:
    known = dict.fromkeys(name for a in articles for name in (*a.reporters, *a.correspondents))
    left_out = _EXCEPT.search(asked)
    names = [name for name in known if left_out is None or fold(name) not in left_out["names"]]
    if not names:
        return None
    pool = _about(match, asked, articles)
    signed = [a for a in pool if any(n in names for n in (*a.reporters, *a.correspondents))]
    names = [n for n in names if any(n in (*a.reporters, *a.correspondents) for a in signed)]
    return (
        Listing(f"署名的有{'、'.join(names)}", "、".join(names), tuple(signed[:MAX_LISTED]))
        if signed
        else None
    )


_FILLER = re.compile(rf"{_HERE}(?:还|都|也|那|关于|有关|写|的|是|有|篇|条|一|{_ITEM})*")


def _about(match: re.Match[str], asked: str, articles: Sequence[Article]) -> Sequence[Article]:
    """Return the articles whose headline what is left of a question points to; all where nothing is left.

    Nothing where the rest points to no headline: then it is not a question about the collection.
    """
    rest = _squeeze(_EXCEPT.sub("", asked[: match.start()] + asked[match.end() :]))
    topic = set(bigrams("".join(_FILLER.split(rest))))
    if not topic:
        return articles
    shares = [(len(topic & set(bigrams(_squeeze(a.title)))) / len(topic), a) for a in articles]
    best = max(share for share, _ in shares)
    return [a for share, a in shares if share == best] if best >= _TOPIC_SHARE else []


def _by_writer(match: re.Match[str], _: str, articles: Sequence[Article]) -> Listing | None:
    named = [
        n for a in articles for n in (*a.reporters, *a.correspondents) if match["name"].endswith(fold(n))
    ]
    if not named:
        return None
    found = [a for a in articles if named[0] in (*a.reporters, *a.correspondents)]
    return Listing(f"{named[0]}署名的有{len(found)}篇", f"{len(found)}篇", tuple(found[:MAX_LISTED]))


def _by_date(match: re.Match[str], _: str, articles: Sequence[Article]) -> Listing | None:
    years = {a.date.year for a in articles if a.date}
    year = int(match["year"]) if match["year"] else max(years, default=None)
    if year is None:
        return None
    try:
        day = dt.date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    side = match["side"] or ""
    dated = [(a, a.date) for a in articles if a.date]
    if side in ("以后", "之后"):
        found = [a for a, on in dated if on > day]
    elif side in ("以来", "起"):
        found = [a for a, on in dated if on >= day]
    elif side in ("以前", "之前"):
        found = [a for a, on in dated if on < day]
    else:
        found = [a for a, on in dated if on == day]
    if not found:
        return None
    return Listing(f"{_spoken(day)}{side}有{len(found)}篇", f"{len(found)}篇", tuple(found[:MAX_LISTED]))


_ANSWERS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], str, Sequence[Article]], Listing | None]], ...
] = (
    (_COUNT, _count),
    (_NEWEST, _extreme("最新", newest=True)),
    (_OLDEST, _extreme("最早", newest=False)),
    (_BY_DATE, _by_date),
    (_BY_WRITER, _by_writer),
    (_WRITERS, _writers),
)


def _spoken(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _squeeze(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))
