"""Said or denied, risen or fallen: what a clause claims of its matter, from its own words."""

from __future__ import annotations

import re

from qa.text import Segmenter, bigrams, fold

CLAUSE = re.compile(r"[^,，;；。:：!！?？\n]+")
_NEGATING_WORDS = """
不 没 没有 未 无 非 勿 莫 别 并非 并不 并未 尚未 从未 从不 未曾 未能 不是 不会 不能 不得 不可 不准
不许 不再 不予 不宜 不用 不必 不要 不需 不需要 无法 无需 无须 毫无 绝不 决不 禁止 严禁 拒绝 取消 停止
暂停 终止 否认 反对 杜绝 避免 防止 免于 难以 难于
"""
_NEGATORS = frozenset(_NEGATING_WORDS.split())
_FIGURE = r"(?=[约近]?[\d零〇一二两三四五六七八九十百千万亿半几数])"
_HARMLESS = re.compile(
    rf"(?:不足|不到|不超过|不低于|不高于|不少于|不多于){_FIGURE}"
    r"|不断(?![电水气网档供炊粮链])|不仅|不但|不少(?!于)|不同(?!意)|不久|(?:^|只)不过(?![关硬去来线夜])|不管(?![理控])|不论"
    r"|不妨(?![碍害])|不忘|不锈钢|不动产|不懈|不折不扣|不拘一格|不失时机"
    r"|非常(?![规态设住])|非遗|非公(?![开务益共用职])|非凡|除非|[南东西北]非|非洲|是非"
    r"|未来(?!得及|过)|无论|无人机(?!场)|无线(?!索)|无缝|无障碍|无偿(?!还|付)|无私(?![自有])|无疑(?![点似问难义])|无限"
    r"|特别|分别|区别|类别|级别|个别|识别|性别|差别|告别"
)
"""Words with a denying character that deny nothing, and not where a word that does deny begins alike."""
_DENYING_PART = re.compile(r"[不没未无非]|严禁|禁止|拒绝|杜绝")
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
        (r"充足|足够|充裕|充沛", r"不足|缺乏|短缺|紧缺|匮乏"),
        (r"合法|合规|依规", r"非法|违法|违规|不合[法规]"),
        (r"能够|可以|顺利", r"难以|难于|无法|不能"),
        (r"相同|一样|一致", r"不同(?!意)|不一(?:样|致)"),
        (r"达标", r"超标|[不未]达标"),
        (r"改善|好转", r"恶化"),
        (r"上调", r"下调"),
        (r"任命|就任|上任", r"免去|免职|卸任|离任"),
        (r"允许|准许", r"禁止|严禁|不得"),
        (r"早于|提早", r"晚于|推迟"),
        (r"优于", r"劣于|差于"),
        (r"正常", r"异常"),
    )
)


def denials(clause: str, segmenter: Segmenter) -> int:
    """Return how often a clause denies: its negating words, harmless ones (不断, 非常) left out.

    >>> denials("未发生人员伤亡", Segmenter()), denials("不断完善", Segmenter())
    (1, 0)
    """
    plain = _HARMLESS.sub("、", fold(clause).strip())
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
        near = nearest(clause, sources)
        if near and all(
            denials(source, segmenter) % 2 != denied or _opposed(clause, source) for source in near
        ):
            return False
        denying = [source for source in sources if denials(source, segmenter) % 2]
        if not near and (denied or any(fold(clause).strip() in fold(source) for source in denying)):
            return False  # 「会」 alone has no pair of characters
    return True


def nearest(clause: str, sources: list[str]) -> list[str]:
    """Return the clauses that share most of a clause's character pairs; none where none shares any."""
    wanted = set(bigrams(fold(clause)))
    shared = [(len(wanted & set(bigrams(fold(source)))), source) for source in sources]
    best = max((count for count, _ in shared), default=0)
    return [source for count, source in shared if count == best] if best else []
