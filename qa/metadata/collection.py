"""Questions about the collection itself: which articles, by whom, of when, what of; answered from metadata.

Every answer is exact and cites each article it lists. Where nothing fits, the answer says what was looked for
and what there is; a question that is not plainly about the collection is left to reading.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.language.periods import Period, spoken, years_earlier
from qa.metadata.collection_questions import parse, unknown_writer
from qa.metadata.collection_request import ROLES, Request, Role
from qa.metadata.digest import salient
from qa.parsing.page_names import issue_in_name, page_in_name, page_number
from qa.text import bigrams, fold, letters, sentence_spans
from qa.types import Article

MAX_LISTED = 20
_IN_A_LINE = 2
"""Points that stand in one line; more are easier to read one a line."""
_POINTS = 5
"""Sentences of one article's digest."""
_TOPIC_SHARE = 0.5
_MEETING_SHARE = 0.75
_CHIEFLY = 3
"""Times that an article names what it is chiefly about, at least, and other articles not half as often."""
_A_FEW = range(2, 11)


@dataclass(frozen=True, slots=True)
class Point:
    """One cited line of an answer: ``article.body[start:end]`` is cited behind ``text``."""

    article: Article
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """An answer from metadata, or an honest refusal."""

    lead: str
    """The sentence that answers; the points stand behind it."""
    short: str | None
    points: tuple[Point, ...] = ()
    """At most ``MAX_LISTED``; none in a refusal."""
    answered: bool = True
    suggestions: tuple[Article, ...] = ()
    """Articles nearby, for a refusal."""
    lines: bool = False
    """Whether each point is a line of its own (a digest)."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """Return the articles of the points, in order, each once."""
        return tuple({p.article.id: p.article for p in self.points}.values())

    @property
    def text(self) -> str:
        """Return the answer with its marks ``[1]``, ``[2]`` … in the order of the points."""
        if not self.points:
            return f"{self.lead}。"
        marked = [f"{p.text}[{n}]" for n, p in enumerate(self.points, 1)]
        in_lines = self.lines or len(marked) > _IN_A_LINE
        return f"{self.lead}：\n" + "\n".join(marked) if in_lines else f"{self.lead}：" + "；".join(marked)


def folded_body(article: Article) -> str:
    """Return an article's body as matching sees it."""
    return fold(article.body)


def look_up(
    question: str, articles: Sequence[Article], body: Callable[[Article], str] = folded_body
) -> Listing | None:
    """Answer a question about the collection, ``None`` where it is not one.

    Args:
        question: standalone.
        articles: those that may be used.
        body: gives an article's folded body; a snapshot keeps them ready.
    """
    if not articles:
        return None
    writers = dict.fromkeys(name for a in articles for name in _signed(a))
    newest = max((a.date for a in articles if a.date), default=None)
    request = parse(question, writers=writers, newest=newest)
    if request is None:
        return _nobody(question, articles, tuple(writers), body)
    if (
        request.kind == "writer"
        and not request.role
        and any(w in body(a) for w in request.writers for a in articles)
    ):
        return None  # the news tell of somebody of that name
    pool = _issue(articles) if request.issue else articles
    if request.page:
        pool = [a for a in _of_newest_day(articles) if page_number(page_in_name(a.source)) == request.page]
    if request.period is not None:
        request = replace(request, period=_period(request, articles))
        pool = [a for a in pool if request.period and request.period.holds(a.date)]
    pool = [a for a in pool if _fits_byline(request, a)]
    if request.topic:
        about = _about(request, pool, body)
        if not about and request.topic_kind in ("implied", "piece", "news", "told"):
            return _nobody(question, articles, tuple(writers), body)
        if request.topic_kind == "meeting" and len(about) != 1:
            return None
        pool = about
    if request.these is not None and len(pool) not in ([request.these] if request.these else _A_FEW):
        return None  # other articles are meant
    if request.extreme and pool:
        pool = _extremes(request, pool)
        if not pool:
            return _undatable(request, "最新" if request.extreme == "newest" else "最早")
    if request.kind == "events" and not pool:
        return None  # no article is of that day, but one may tell of it
    return _answer(request, pool, articles)


def _period(request: Request, articles: Sequence[Article]) -> Period | None:
    """Return the days a request means: of the year that was added, or else the last that has any article."""
    period, days = request.period, [a.date for a in articles if a.date]
    if period is None or period.first is None or not request.any_year or not days:
        return period
    for years in range(period.first.year - min(days).year + 1):
        earlier = years_earlier(period, years)
        if any(earlier.holds(day) for day in days):
            return earlier
    return period


def _answer(request: Request, pool: Sequence[Article], articles: Sequence[Article]) -> Listing | None:
    if request.kind == "span":
        return _span(articles)
    if not pool:
        return _nothing(request, articles)
    match request.kind:
        case "newest" | "oldest":
            return _extreme(request, pool)
        case "writers":
            return _writers(request, pool)
        case "busiest":
            return _busiest(request, pool)
        case "fullest":
            return _fullest(pool)
        case "writer":
            return _who(request, pool)
        case "day":
            return _day(request, pool)
        case "digest" | "events":
            return _digest(request, pool)
        case _:
            return _listed(request, pool)


def _listed(request: Request, pool: Sequence[Article]) -> Listing:
    count = f"{len(pool)}篇"
    described = _described(request)
    lead = f"{described}的文章有{count}" if described else f"一共收录{count}文章"
    short = pool[0].title if request.kind == "list" and len(pool) == 1 else count
    return Listing(lead + _truncated(pool), short, _openings(pool))


def _who(request: Request, pool: Sequence[Article]) -> Listing:
    """Say what somebody is of whom nothing is known but what he signed, or several are."""
    roles = {name: _role_of(name, pool) for name in request.writers}
    signed = {name: sum(name in _signed(a) for a in pool) for name in roles}
    told = [f"{name}是署名的{role}，文章有{signed[name]}篇" for name, role in roles.items()]
    lead = "；".join(told) + _truncated(pool)
    if request.role:
        right = all(request.role in role for role in roles.values())
        return Listing(f"{'是' if right else '不是'}，{lead}", "是" if right else "不是", _openings(pool))
    short = "，".join(f"{name}是{role}" for name, role in roles.items()) if len(roles) > 1 else None
    return Listing(lead, short or roles[request.writers[0]], _openings(pool))


def _role_of(name: str, articles: Sequence[Article]) -> str:
    return "、".join(r for r in ROLES if any(name in _signed(a, r) for a in articles))


def _extreme(request: Request, pool: Sequence[Article]) -> Listing | None:
    word = "最新" if request.kind == "newest" else "最早"
    found = _extremes(request, pool)
    if not found or found[0].date is None:
        return _undatable(request, word)
    described = _described(request)
    if request.number and request.number > 1:
        return Listing(f"{described}{word}的{len(found)}篇", f"{len(found)}篇", _openings(found))
    lead = f"{described}{word}的是{spoken(found[0].date)}的报道" + _truncated(found)
    return Listing(lead, found[0].title, _openings(found))


def _extremes(request: Request, pool: Sequence[Article]) -> list[Article]:
    """Return the newest or oldest articles: as many as are asked for, else those of their day."""
    back = -1 if "newest" in (request.kind, request.extreme) else 1
    dated = sorted(((a.date, a) for a in pool if a.date), key=lambda item: item[0].toordinal() * back)
    if request.number and request.number > 1:
        return [a for _, a in dated[: request.number]]
    return [a for on, a in dated if on == dated[0][0]]


def _undatable(request: Request, word: str) -> Listing:
    described = _described(replace(request, extreme=None)) or "收录"
    return Listing(f"{described}的文章日期都不明，说不出哪篇{word}", None, answered=False)


def _writers(request: Request, pool: Sequence[Article]) -> Listing:
    names = [
        n
        for n in dict.fromkeys(n for a in pool for n in _signed(a, request.role))
        if n not in request.without
    ]
    signed = [a for a in pool if any(n in names for n in _signed(a, request.role))]
    if not names:
        others = "没有别人署名" if request.without else f"没有署{request.role or ''}名"
        return Listing(
            f"{_described(request) or '收录'}的文章{others}",
            None,
            answered=False,
            suggestions=tuple(pool[:3]),
        )
    if request.each:
        shown = tuple(_opening(a, _byline(a, request.role)) for a in _shown(pool))
        return Listing(f"各篇的署名是{_truncated(pool)}", "、".join(names), shown)
    joined = "、".join(names)
    if request.counted:
        count = f"{len(names)}人"
        called = f"署名的{request.role}" if request.role else "署名的"
        return Listing(f"{called}有{count}：{joined}" + _truncated(signed), count, _openings(signed))
    lead = f"收录的{len(pool)}篇文章署名的有" if request.these is not None else "署名的有"
    told = joined if request.role else _by_role(names, pool)
    return Listing(f"{lead}{told}" + _truncated(signed), joined, _openings(signed))


def _by_role(names: Sequence[str], articles: Sequence[Article]) -> str:
    """Return names behind what they sign as, where they differ in that (记者王芳、通讯员李慧)."""
    roles = {role: [n for n in names if any(n in _signed(a, role) for a in articles)] for role in ROLES}
    if not all(roles.values()) or sum(map(len, roles.values())) > len(names):
        return "、".join(names)
    return "，".join(f"{role}{'、'.join(held)}" for role, held in roles.items())


def _busiest(request: Request, pool: Sequence[Article]) -> Listing | None:
    counts = Counter(n for a in pool for n in _signed(a, request.role))
    if not counts:
        return Listing("收录的文章都没有署名", None, answered=False)
    most = max(counts.values())
    names = [n for n, count in counts.items() if count == most]
    found = [a for a in pool if any(n in names for n in _signed(a))]
    joined = "、".join(names)
    return Listing(f"署名最多的是{joined}，{most}篇" + _truncated(found), joined, _openings(found))


def _fullest(pool: Sequence[Article]) -> Listing:
    counts = Counter(a.date for a in pool if a.date)
    if not counts:
        return Listing("收录的文章都没有确定的日期", None, answered=False)
    most = max(counts.values())
    days = sorted(day for day, count in counts.items() if count == most)
    found = [a for a in pool if a.date in days]
    joined = "、".join(map(spoken, days))
    each = "各" if len(days) > 1 else ""
    return Listing(f"报道最多的是{joined}，{each}{most}篇" + _truncated(found), joined, _openings(found))


def _day(request: Request, pool: Sequence[Article]) -> Listing:
    dated = [a for a in pool if a.date or a.date_text]
    if not dated:
        titles = "、".join(f"《{a.title}》" for a in pool[:3])
        return Listing(f"{titles}没有写明日期", None, answered=False, suggestions=tuple(pool[:3]))
    days = list(dict.fromkeys(spoken(a.date) if a.date else a.date_text or "" for a in dated))
    return Listing(
        f"{_described(request) + '的报道' if request.extreme else '报道的'}日期是{'、'.join(days)}",
        days[0] if len(days) == 1 else "、".join(days),
        _openings(dated),
    )


def _digest(request: Request, pool: Sequence[Article]) -> Listing:
    if not (request.issue or request.topic or request.period or request.writers or request.extreme):
        pool = _issue(pool)
    if len(pool) == 1:
        (article,) = pool
        spans = salient(article, _POINTS, skip_opening=request.more)
        lead = f"《{article.title}》{'还' if request.more else ''}讲了这些"
        return Listing(lead, None, tuple(_quoted(article, *span) for span in spans), lines=True)
    found = _newest_first(pool)[:MAX_LISTED] if len(pool) > MAX_LISTED else pool
    points = tuple(_quoted(article, *salient(article, 1)[0]) for article in found)
    lead = f"{_described(request) or '这一期'}的{len(pool)}篇文章讲了这些" + _truncated(pool)
    return Listing(lead, None, points, lines=True)


def _span(articles: Sequence[Article]) -> Listing:
    days = sorted({a.date for a in articles if a.date})
    if not days:
        return Listing("收录的文章都没有确定的日期", None, answered=False)
    ends = [next(a for a in articles if a.date == day) for day in dict.fromkeys((days[0], days[-1]))]
    span = str(Period(days[0], days[-1]))
    return Listing(f"收录的文章有{span}的，共{len(articles)}篇{_undated(articles)}", span, _openings(ends))


def _nothing(request: Request, articles: Sequence[Article]) -> Listing:
    """Say what was looked for and what there is instead."""
    if request.page and not any(page_in_name(a.source) for a in articles):
        return Listing(
            "收录的文章没有注明版次，说不出哪一版有哪些",
            None,
            answered=False,
            suggestions=tuple(_newest_first(articles)[:3]),
        )
    lead = f"没有找到{_described(request) or '这样'}的文章"
    if request.without or request.lacking:
        rest = replace(request, without=(), lacking=())
        signed = "、".join(request.without or request.lacking[-1:] * (len(request.lacking) == 1))
        lead = f"{_described(rest) or '收录'}的文章都有{signed}署名"
    if request.period is not None:
        days = sorted(a.date for a in articles if a.date)
        lead += f"；收录的文章日期是{Period(days[0], days[-1])}" if days else "；收录的文章都没有确定的日期"
        lead += _undated(articles)
    return Listing(lead, None, answered=False, suggestions=tuple(_newest_first(articles)[:3]))


def _nobody(
    question: str, articles: Sequence[Article], writers: Sequence[str], body: Callable[[Article], str]
) -> Listing | None:
    """Say that somebody has signed nothing, where a question asks for his articles and no text names him."""
    asked = unknown_writer(question)
    if asked is None or not writers:
        return None
    name, called_reporter = asked
    if not called_reporter and any(name in body(a) for a in articles):
        return None
    known = "、".join(writers[:10]) + ("等" if len(writers) > 10 else "")
    return Listing(
        f"没有署名“{name}”的文章；收录文章的署名有{known}",
        None,
        answered=False,
        suggestions=tuple(articles[:3]),
    )


def _described(request: Request) -> str:
    """Return what a request narrows the collection to, as it stands before 的文章."""
    parts = []
    if request.page:
        parts.append("最新一期头版" if request.page == "1" else f"最新一期第{request.page}版")
    elif request.issue:
        parts.append("最新一期")
    if request.period is not None:
        parts.append(str(request.period))
    if request.writers:
        parts.append(f"{'只有' if request.alone else ''}{'、'.join(request.writers)}署名")
    elif request.alone or request.shared:
        parts.append("只有一人署名" if request.alone else "不止一人署名")
    if request.without and request.kind != "writers":
        parts.append(f"没有{'、'.join(request.without)}署名")
    if request.having or request.signed:
        parts.append(f"有{'和'.join(request.having)}署名")
    if request.lacking:
        parts.append(f"没有{request.lacking[0] if len(request.lacking) == 1 else ''}署名")
    if request.topic:
        parts.append(f"{'提到' if request.topic_kind == 'mention' else '关于'}“{request.topic}”")
    if request.extreme:
        parts.append("最新" if request.extreme == "newest" else "最早")
    return "、".join(parts)


def _about(request: Request, pool: Sequence[Article], body: Callable[[Article], str]) -> list[Article]:
    """Return the articles on a request's topic: by headline, else (where that is asked) by their text.

    A headline fits that holds the topic whole, else the ones that share most of its bigrams, at least half.
    """
    wanted = letters(request.topic)
    # Quotation marks and blanks inside a name (“霹雳”行动) make no difference.
    anywhere = re.compile(r"[\W_]*".join(map(re.escape, wanted)))
    if request.topic_kind == "meeting":
        return _about_meeting(request.topic, pool)
    titles = [letters(a.title) for a in pool]
    named = [a for a, title in zip(pool, titles, strict=True) if wanted in title]
    if request.topic_kind == "mention":
        return [
            a for a, title in zip(pool, titles, strict=True) if wanted in title or anywhere.search(body(a))
        ]
    if named:
        return named
    topic = set(bigrams(wanted))
    shares = [len(topic & set(bigrams(title))) / max(1, len(topic)) for title in titles]
    best = max(shares, default=0.0)
    if best >= _TOPIC_SHARE:
        return [a for a, share in zip(pool, shares, strict=True) if share == best]
    if request.topic_kind == "news":
        return _chiefly(anywhere, pool, body) if pool else []
    if request.topic_kind == "piece" and request.kind == "writers" and pool:
        return [a for a in _chiefly(anywhere, pool, body) if not _WORK.search(body(a))]
    return [a for a in pool if anywhere.search(body(a))] if request.topic_kind in ("about", "told") else []


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
    "作文|征文|论文|小说|散文|诗|[来书写]信|[封的]信|作品|剧本|歌|日记|日志|作者|文章|投稿|撰写|著作|[写编]书"
)
"""What an article may tell of that somebody wrote: of that may be asked who did."""
_PASSED_ON = re.compile("(?:传达|学习|贯彻|落实|宣讲).*")


def _chiefly(
    anywhere: re.Pattern[str], pool: Sequence[Article], body: Callable[[Article], str]
) -> list[Article]:
    """Return the one article that names something again and again, if there is one."""
    counts = sorted(((len(anywhere.findall(body(a))), n) for n, a in enumerate(pool)), reverse=True)
    most, second = counts[0][0], counts[1][0] if len(counts) > 1 else 0
    return [pool[counts[0][1]]] if most >= _CHIEFLY and most >= 2 * second else []


def _fits_byline(request: Request, article: Article) -> bool:
    """Tell whether an article is signed as a request demands."""
    signers = _signed(article)
    count = len(set(signers))
    if request.kind == "writer":
        return any(w in signers for w in request.writers)
    if any(w not in _signed(article, None if request.without else request.role) for w in request.writers):
        return False
    if request.kind != "writers" and any(w in signers for w in request.without):
        return False
    if (request.alone and count != max(1, len(request.writers))) or (request.shared and count < 2):
        return False
    if request.signed and not signers:
        return False
    return all(_signed(article, r) for r in request.having) and not any(
        _signed(article, r) for r in request.lacking
    )


def _byline(article: Article, role: Role | None) -> str:
    """Return who signed an article (记者王芳、通讯员李慧)."""
    told = [f"{r}{'、'.join(names)}" for r in ROLES if role in (None, r) and (names := _signed(article, r))]
    return "、".join(told) or f"没有{role or ''}署名"


def _issue(articles: Sequence[Article]) -> Sequence[Article]:
    """Return the newest page: the newest article's file, or its day where the file holds no other."""
    newest = max((a for a in articles if a.date), key=lambda a: (a.date, a.source), default=None)
    if newest is None:
        return articles
    page = [a for a in articles if a.source == newest.source]
    return page if len(page) > 1 else [a for a in articles if a.date == newest.date]


def _of_newest_day(articles: Sequence[Article]) -> Sequence[Article]:
    """Return the articles of the newest day that a source's name tells, whatever their page; else all."""
    days = {a.source: issue_in_name(a.source) for a in articles}
    newest = max((day for day in days.values() if day), default=None)
    return [a for a in articles if newest is None or days[a.source] == newest]


def _signed(article: Article, role: Role | None = None) -> tuple[str, ...]:
    if role == "记者":
        return article.reporters
    return article.correspondents if role == "通讯员" else (*article.reporters, *article.correspondents)


def _openings(articles: Sequence[Article]) -> tuple[Point, ...]:
    """Return a point an article, the newest where not all fit: headline and date, cited by its opening."""
    return tuple(_opening(article) for article in _shown(articles))


def _shown(articles: Sequence[Article]) -> Sequence[Article]:
    return _newest_first(articles)[:MAX_LISTED] if len(articles) > MAX_LISTED else articles


def _opening(article: Article, byline: str = "") -> Point:
    start, end = next(iter(sentence_spans(article.body)), (0, len(article.body)))
    day = article.date_text or (spoken(article.date) if article.date else "")
    told = "，".join(filter(None, (day, byline)))
    return Point(article, start, end, f"《{article.title}》" + (f"（{told}）" if told else ""))


def _quoted(article: Article, start: int, end: int) -> Point:
    return Point(article, start, end, article.body[start:end])


def _newest_first(articles: Sequence[Article]) -> list[Article]:
    return sorted(articles, key=lambda a: -(a.date or dt.date.min).toordinal())


def _truncated(articles: Sequence[Article]) -> str:
    return f"，以下是最新的{MAX_LISTED}篇" if len(articles) > MAX_LISTED else ""


def _undated(articles: Sequence[Article]) -> str:
    unknown = sum(a.date is None for a in articles)
    return f"，另有{unknown}篇日期不明" if unknown else ""
