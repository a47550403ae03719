"""The event or the matter that a question names (打击电信诈骗的动员会) must be the one that an answer is on.

Who chaired, when and where are told of every meeting in much the same words: the one whose article has the
question's own words for it is meant, and no other one that was read beside it. The papers to bring and the
number to call are told of every service: an article that has not a word of it is on another one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.search.matching import PARTIAL, word_coverage, word_weights
from qa.text import Segmenter, fold
from qa.types import Article
from qa.understanding.questions import plain

_EVENT = re.compile(
    r"会(?![不员员长徽费馆计会场能])(?:议|上)?|仪式|典礼|讲座|论坛|[比大决预初]赛|运动会|培训班?|启动|开工|揭牌|签约|行动|专项整治|调研|督查"
)
_TOLD_OF_EACH = ("person", "date", "place", "organization", "list")
_GENERIC_WORDS = """
会议 大会 动员会 动员大会 推进会 部署会 座谈会 工作会 工作会议 例会 总结会 表彰会 表彰大会 发布会 启动会
调度会 现场会 专题会 专题会议 联席会议 仪式 典礼 活动 行动 启动 开幕 闭幕 动员 部署 推进 工作 专项 主持
主持人 召开 举行 举办 出席 参加 讲话 致辞 宣布 宣读 发言 表态 时候 时间 地点 地方 日期 领导 主办 承办 主讲
通报 总结 打算 计划 准备 哪位 这次 那次 本次 上次 什么 开始 结束 组织 全区 全县
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_SORT_END = re.compile(r"(?:动员|推进|部署|座谈|表彰|发布|总结|启动|调度|专题|工作|联席)*$")
"""What a meeting is for, between its own name and 会."""
_LEAST_WORDS = 2
"""A single word is too little to tell an event by, unless it is the event's name (霹雳|行动)."""
_ITS_OWN = 0.5
"""Share of an event's words from which an article is on it."""
_APART = 0.4
"""What another article must have more of them."""


def on_another_event(
    question: str, form: str, articles: Sequence[Article], segmenter: Segmenter
) -> frozenset[str]:
    """Return the articles, by identifier, that are not on the event that a question names, where another is.

    Args:
        question: what is asked.
        form: what kind of thing it asks for.
        articles: those that were read.
        segmenter: where words end.
    """
    asked = plain(question)
    if form not in _TOLD_OF_EACH or len(articles) < 2 or not _EVENT.search(asked):
        return frozenset()
    weights = _telling_words(asked, segmenter)
    total = sum(weights.values())
    if not total or (len(weights) < _LEAST_WORDS and not _names_it(next(iter(weights)), asked)):
        return frozenset()
    texts = _texts(articles)
    held = {
        id_: sum(rare for word, rare in weights.items() if word_coverage(word, text) >= PARTIAL) / total
        for id_, text in texts.items()
    }
    most = max(held.values())
    return frozenset(id_ for id_, share in held.items() if share < _ITS_OWN and most - share >= _APART)


_ASKED_OF_EACH = re.compile(
    "电话|热线|号码|咨询|联系|材料|证件|证明|手续|资料|条件|要求|时间|时候|地点|地址|地方|费用|多少|价格|收费|流程|办理|报名|申请|申报"
)
"""What is told of every service: no sign of which one is meant."""
_ALL_OF_IT = 0.99
_RARE = 0.75
"""Rarity from which a single word tells a matter."""


def on_another_matter(question: str, articles: Sequence[Article], segmenter: Segmenter) -> frozenset[str]:
    """Return the articles, by identifier, without a word of what a question is on, where another has all.

    Args:
        question: what is asked.
        articles: those that were read.
        segmenter: where words end.
    """
    if len(articles) < 2:
        return frozenset()
    words = _telling_words(plain(question), segmenter)
    weights = {word: rare for word, rare in words.items() if not _ASKED_OF_EACH.search(word)}
    if len(weights) < 2 and not any(rare >= _RARE for rare in weights.values()):
        return frozenset()
    texts = _texts(articles)
    held = {id_: [word_coverage(word, text) for word in weights] for id_, text in texts.items()}
    if not any(min(shares) >= _ALL_OF_IT for shares in held.values()):
        return frozenset()
    return frozenset(id_ for id_, shares in held.items() if not any(shares))


def _telling_words(asked: str, segmenter: Segmenter) -> dict[str, float]:
    """Return the words of a question that may tell what it is on, with how rare they are."""
    weights = word_weights(asked, segmenter).items()
    return {word: rare for word, rare in weights if len(word) > 1 and word not in _GENERIC}


def _texts(articles: Sequence[Article]) -> dict[str, str]:
    """Return the folded headline and body of articles, by identifier."""
    return {article.id: fold(f"{article.title}\n{article.body}") for article in articles}


def _names_it(word: str, asked: str) -> bool:
    """Tell whether a word stands right before what kind of event it is."""
    before = (_SORT_END.sub("", asked[: event.start()]) for event in _EVENT.finditer(asked))
    return any(text.rstrip('“”‘’"').endswith(word) for text in before)
