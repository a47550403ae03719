"""Who signed the articles of the collection, and how an answer tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.metadata.collection_about import about
from qa.metadata.collection_listing import Listing, described, opening, openings, shown, signers, truncated
from qa.metadata.collection_request import ROLES, Request, Role
from qa.types import Article


def identities(request: Request, pool: Sequence[Article]) -> Listing:
    """Say what somebody is of whom nothing is known but what he signed, or several are."""
    roles = {name: role_of(name, pool) for name in request.writers}
    signed = {name: sum(name in signers(a) for a in pool) for name in roles}
    told = [f"{name}是署名的{role}，文章有{signed[name]}篇" for name, role in roles.items()]
    lead = "；".join(told) + truncated(pool)
    if request.role:
        right = all(request.role in role for role in roles.values())
        return Listing(f"{'是' if right else '不是'}，{lead}", "是" if right else "不是", openings(pool))
    short = "，".join(f"{name}是{role}" for name, role in roles.items()) if len(roles) > 1 else None
    return Listing(lead, short or roles[request.writers[0]], openings(pool))


def role_of(name: str, articles: Sequence[Article]) -> str:
    """Return what somebody signs as."""
    return "、".join(r for r in ROLES if any(name in signers(a, r) for a in articles))


def writers_of(request: Request, pool: Sequence[Article]) -> Listing:
    names = [
        n
        for n in dict.fromkeys(n for a in pool for n in signers(a, request.role))
        if n not in request.without
    ]
    signed = [a for a in pool if any(n in names for n in signers(a, request.role))]
    if not names:
        others = (
            f"没有别{'的' + request.role if request.role else '人'}署名"
            if request.without
            else unsigned(pool, request.role)
        )
        return Listing(
            f"{described(request) or '收录'}的文章{others}",
            None,
            answered=False,
            suggestions=tuple(pool[:3]),
        )
    if request.each:
        points = tuple(opening(a, byline_of(a, request.role)) for a in shown(pool))
        return Listing(f"各篇的署名是{truncated(pool)}", "、".join(names), points)
    joined = "、".join(names)
    if request.counted:
        count = f"{len(names)}人"
        called = f"署名的{request.role}" if request.role else "署名的"
        return Listing(f"{called}有{count}：{joined}" + truncated(signed), count, openings(signed))
    lead = f"收录的{len(pool)}篇文章署名的有" if request.these is not None else "署名的有"
    told = joined if request.role else by_role(names, pool)
    return Listing(f"{lead}{told}" + truncated(signed), joined, openings(signed))


def by_role(names: Sequence[str], articles: Sequence[Article]) -> str:
    """Return names behind what they sign as, where they differ in that (记者王芳、通讯员李慧)."""
    roles = {role: [n for n in names if any(n in signers(a, role) for a in articles)] for role in ROLES}
    if not all(roles.values()) or sum(map(len, roles.values())) > len(names):
        return "、".join(names)
    return "，".join(f"{role}{'、'.join(held)}" for role, held in roles.items())


def busiest(request: Request, pool: Sequence[Article]) -> Listing | None:
    counts = Counter(n for a in pool for n in signers(a, request.role))
    if request.writers:
        return _compared(request, pool)
    if not counts:
        return Listing("收录的文章都没有认出署名", None, answered=False)
    most = max(counts.values())
    names = [n for n, count in counts.items() if count == most]
    found = [a for a in pool if any(n in names for n in signers(a))]
    joined = "、".join(names)
    return Listing(f"署名最多的是{joined}，{most}篇" + truncated(found), joined, openings(found))


def _compared(request: Request, pool: Sequence[Article]) -> Listing:
    """Say which of some writers signed the most articles."""
    counts = {name: sum(name in signers(a) for a in pool) for name in request.writers}
    most = max(counts.values())
    names = [name for name, count in counts.items() if count == most]
    told = "，".join(f"{name}署名的文章有{count}篇" for name, count in counts.items())
    short = "一样多" if len(names) == len(counts) else "、".join(names)
    return Listing(told + truncated(pool), short, openings(pool))


def is_signed_by(request: Request, pool: Sequence[Article]) -> Listing | None:
    """Say whether somebody signed the article that is meant, alone where that is asked."""
    if len(pool) != 1:
        return None
    (article,) = pool
    signed, asked = set(signers(article)), set(request.writers)
    if not signed:
        return Listing(f"《{article.title}》没有认出署名", None, answered=False, suggestions=(article,))
    right = asked == signed if request.alone else asked <= signed
    said = f"{'是' if right else '不是'}，署名的是{byline_of(article, None)}"
    return Listing(said, "是" if right else "否", openings(pool))


def are_signed_alike(
    request: Request, pool: Sequence[Article], body: Callable[[Article], str]
) -> Listing | None:
    """Say whether two articles have the same writers."""
    found = [about(replace(request, topic=t, topic_kind="news"), pool, body) for t in request.both]
    if any(len(articles) != 1 for articles in found) or found[0] == found[1]:
        return None
    two = [articles[0] for articles in found]
    signed = [set(signers(a, request.role)) for a in two]
    points = tuple(opening(a, byline_of(a, request.role)) for a in two)
    if not all(signed):
        return Listing("两篇文章没有都认出署名", None, answered=False, suggestions=tuple(two))
    if signed[0] == signed[1]:
        return Listing(f"是，两篇的{request.role or ''}署名一样", "是", points)
    common = "、".join(n for n in signers(two[0]) if n in signed[0] & signed[1])
    lead = f"不全是，两篇都署名的有{common}" if common else "不是，两篇的署名不同"
    return Listing(lead, "不全是" if common else "否", points)


def byline_of(article: Article, role: Role | None) -> str:
    """Return who signed an article (记者王芳、通讯员李慧)."""
    told = [f"{r}{'、'.join(names)}" for r in ROLES if role in (None, r) and (names := signers(article, r))]
    return "、".join(told) or unsigned((article,), role)


def fits_byline(request: Request, article: Article) -> bool:
    """Tell whether an article is signed as a request demands."""
    signed = signers(article)
    count = len(set(signed))
    if request.kind == "writer" or (request.kind == "busiest" and request.writers):
        return any(w in signed for w in request.writers)
    if any(w not in signers(article, None if request.without else request.role) for w in request.writers):
        return False
    if request.kind != "writers" and any(w in signed for w in request.without):
        return False
    if (request.alone and count != max(1, len(request.writers))) or (request.shared and count < 2):
        return False
    if request.signed and not signed:
        return False
    return all(signers(article, r) for r in request.having) and not any(
        signers(article, r) for r in request.lacking
    )


def unsigned(articles: Sequence[Article], role: Role | None) -> str:
    """Say that nobody signed as asked: for certain where every byline was read, else as far as one was."""
    return f"{'没有' if all(map(signers, articles)) else '没有认出'}{role or ''}署名"
