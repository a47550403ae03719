"""Everyday wordings of a question in official words: 干完 as 完工, 头三个月 as 一季度, 顶多 as 最高.

Only what rules a sentence out reads a question so; search and the trained reader see it as it was asked.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qa.understanding.questions import plain

_OFFICIAL = tuple(
    (re.compile(everyday), official)
    for everyday, official in (
        (r"(?:干|弄|修|盖|铺|装|整)(?:完|好|成)(?![了]?(?:哪|什么|多|几))", "完工"),
        (r"(?:头|前)半年", "上半年"),
        (r"后半年|下半截", "下半年"),
        (r"(?:头|前)(?:[三仨]|3)个?月", "一季度"),
        (r"不(?:开[门放馆园]|营业|上班)|歇[着业]?(?=[?]|的|吗)", "闭馆"),
        (r"顶多|最多(?=[能可]?(?:[给补奖罚贷拿领借]|报销|扣))", "最高"),
        (r"(?<!时候)(?<!何时)(?<![天年月])封顶(?!的|了)", "最高"),
        (r"(?:还没有?|没)(?:办|弄|搞|改|整改)(?:完|好|成)", "未完成"),
        (r"头一(?=[年天场次回])", "第一"),
        (r"(?:最早|头|第一)(?:的?(?:那|一))?(?:班|趟)(?:公交|地铁|轮渡)?[车船]?", "首班"),
        (r"(?:最晚|最后|末)(?:的?(?:那|一))?(?:班|趟)(?:公交|地铁|轮渡)?[车船]?", "末班"),
        (r"散伙|散了|散的", "散会"),
    )
)


@lru_cache(maxsize=256)  # several rules ask for it, of each sentence
def official(question: str) -> str:
    """Return a question folded, with everyday wordings in official words; its length may change.

    >>> official("头半年修好了几条路?")
    '上半年修好了几条路?'
    >>> official("西环路哪天干完?")
    '西环路哪天完工?'
    """
    text = plain(question)
    for everyday, words in _OFFICIAL:
        text = everyday.sub(words, text)
    return text
