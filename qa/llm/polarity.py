"""Said or denied, done or planned: what a clause claims of its matter, from its own words."""

from __future__ import annotations

import re

from qa.text import Segmenter, bigrams, fold

CLAUSE = re.compile(r"[^,，;；。:：!！?？\n]+")
_NEGATING_WORDS = """
不 没 没有 未 无 非 勿 莫 别 并非 并不 并未 尚未 从未 从不 未曾 未能 不是 不会 不能 不得 不可 不准
不许 不再 不予 不宜 不用 不必 不要 不需 不需要 无法 无需 无须 毫无 绝不 决不 禁止 严禁 拒绝 取消 停止
暂停 终止 否认 反对 杜绝 避免 防止 免于
"""
_NEGATORS = frozenset(_NEGATING_WORDS.split())
_HARMLESS = re.compile(
    r"不断|不仅|不但|不少|不同|不久|不过|不管|不论|不妨|不忘|不足|不到|不超过|不低于|不锈钢|不动产|不懈|不折不扣"
    r"|不拘一格|不失时机|非常|非遗|非公|非凡|除非|未来|无论|无人机|无线|无缝|无障碍|无偿|无私|无疑|无限"
    r"|特别|分别|区别|类别|级别|个别|识别|性别|差别|告别"
)
"""Words with a denying character that deny nothing."""
_DENYING_PART = re.compile(r"[不没未无]|严禁|禁止|拒绝|杜绝")
_PLANNED = re.compile(
    r"将(?!近|军|来)|拟|计划|力争|争取|确保|预计|有望|打算|准备|即将|规划建|下一步|要求|强调|要(?!求|素|点|闻|道|害|领)"
    r"|希望|应(?:当|该)?(?!用|急|对|邀|届)|须|力求|明年|后年"
)
_OPPOSITES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (r"增长|增加|上升|提高|提升|上涨|扩大|新增|回升", r"下降|减少|降低|下滑|下跌|缩减|缩小|回落"),
        (r"高于|多于|大于|超过|以上", r"低于|少于|小于|不足|以下"),
        (r"最高|最大|最多|最长|最早|首次|第一", r"最低|最小|最少|最短|最晚|末次|倒数"),
        (r"通过|批准|同意|支持|赞成", r"否决|驳回|反对"),
        (r"开放|开通|启用|恢复|开工|开始|启动", r"关闭|封闭|停用|停工|结束"),
        (r"成功|胜诉|盈利|合格|提前", r"失败|败诉|亏损|不合格|推迟|延期|延后"),
        (r"免费|免收|免除", r"(?<!免)收费|收取|缴纳"),
        (r"购买|买入|收购|租入|流入|引进|调入", r"出售|卖出|转让|出租|流出|调出"),
    )
)
_SAID_DONE = re.compile(r"已|了(?!解)")
_DONE = re.compile(r"已|了(?!解)|完成(?!率)|截至|建成|过")


def denials(clause: str, segmenter: Segmenter) -> int:
    """Return how often a clause denies: its negating words, harmless ones (不断, 非常) left out.

    >>> denials("未发生人员伤亡", Segmenter()), denials("不断完善", Segmenter())
    (1, 0)
    """
    plain = _HARMLESS.sub("、", fold(clause))
    return sum(
        word in _NEGATORS or (len(word) > 1 and _DENYING_PART.search(word) is not None)
        for word in segmenter.words(plain)
    )


def _opposed(sentence: str, source: str) -> bool:
    """Tell whether a sentence says 「下降」 where its source says 「增长」 and nothing of the first kind."""
    sentence, source = fold(sentence), fold(source)
    return any(
        said.search(sentence) and not said.search(source) and turned.search(source)
        for pair in _OPPOSITES
        for said, turned in (pair, pair[::-1])
    )


def clauses(text: str) -> list[str]:
    """Return the clauses of a text, cut at its commas and stronger marks."""
    return [m.group() for m in CLAUSE.finditer(text) if m.group().strip()]


def same_polarity(sentence: str, premise: str, segmenter: Segmenter) -> bool:
    """Tell whether each clause of a sentence is denied exactly where its source is, and not turned round.

    The source of a clause is the clause of the premise that shares most of its words; where several share
    as many, one that agrees is enough.
    """
    if _opposed(sentence, premise):
        return False
    sources = clauses(premise)
    for clause in clauses(sentence):
        denied = denials(clause, segmenter) % 2
        nearest = _nearest(clause, sources)
        if nearest and all(denials(source, segmenter) % 2 != denied for source in nearest):
            return False
        if not nearest and denied:
            return False
    return True


def same_standing(sentence: str, premise: str) -> bool:
    """Tell whether nothing that the source only plans or demands is told as done.

    A clause that says 「已」, 「了」 or 「完成」 needs a source that says so, or that is no mere plan. A word
    such as 「要求」 holds for the rest of its sentence.
    """
    sources = {
        clause: planned for part in re.split("[。!！?？\n]", premise) for clause, planned in _plans(part)
    }
    for clause, planned in _plans(sentence):
        said_done = _SAID_DONE.search(fold(clause)) is not None
        if not said_done and (planned or not _DONE.search(fold(clause))):
            continue
        nearest = _nearest(clause, list(sources))
        if nearest and all(sources[source] and not _said_done(source, clause) for source in nearest):
            return False
    return True


def _plans(sentence: str) -> list[tuple[str, bool]]:
    """Return the clauses of a sentence, each with whether it is only planned or demanded."""
    found: list[tuple[str, bool]] = []
    planned = False
    for clause in clauses(sentence):
        planned = planned or _PLANNED.search(fold(clause)) is not None
        found.append((clause, planned))
    return found


def _said_done(source: str, clause: str) -> bool:
    """Tell whether a source itself has the word by which a clause says that something is done."""
    said = set(_SAID_DONE.findall(fold(clause)))
    return any(word in fold(source) for word in said)


def _nearest(clause: str, sources: list[str]) -> list[str]:
    wanted = set(bigrams(fold(clause)))
    shared = [(len(wanted & set(bigrams(fold(source)))), source) for source in sources]
    best = max((count for count, _ in shared), default=0)
    return [source for count, source in shared if count == best] if best else []
