"""What a clause denies: its negations, what they are of, and what only sounds like one."""

from __future__ import annotations

import re

from qa.text import Segmenter, fold

_DENIED = (
    r"不(?!仅|但|只|断|少于|低于|超过|到|足|等|同|久|光|单|管|论|妨|得不|可或缺|可分割|可替代|忘|懈|同寻常|得了|动产|锈钢)|"
    r"没有|没(?!收|落)|未(?!来|必|成年|婚)|无(?!论|线|人机|偿|障碍|数|限|疑|缝|诈|烟|纸|忧|主)|"
    r"非(?!常|凡|遗|洲|物质|公有|税)|(?<=[做办])不[到了成]"
)
_STOPPED = (
    r"禁止|严禁|(?<!严)禁(?![区令毒渔果忌止])"
    r"|谢绝|暂停|停止|停办|停发|取消|废止|拒[绝收载赔付]|免除|杜绝|尚待|有待|暂缓|暂不"
)
_NEGATION = re.compile(f"{_DENIED}|(?P<stopped>{_STOPPED})")
# They say no to nothing, unless a question has their words (「放松了吗?」).
_IDIOM = re.compile(
    r"不(?:少|错|俗|凡|菲|乏|愧|负(?!责)|惜|畏|惧|禁(?!止)|由得|约而同|辞|遗余力|计其数|定期|间断|停[步歇]|打烊|放松|松[懈劲]|动摇|手软|含糊|马虎"
    r"|走样|折不扣|打折扣|留死角|漏一|落一|掉队|跑偏|打招呼|发通知|文明|规范|安全|合格|良|法|实)|(?<=不折)不扣|无(?:缘无故|微不至|私|愧)"
)
# What may stand between a negation and what it denies, and verbs that pass it on to their object.
_BETWEEN = re.compile(
    r"(?:得不?|能够?|会|要|再|准|许|需要?|用|必|可以?|允许|应当?|该|便|予以?|曾|有|是|被|让|给|对外|任何|相关|什么|一[件例起名]"
    r"|重复|随意|擅自|私自|直接|继续|单独|另行|同时|重新|提前|任意|违规|自行|免费)*"
)
_PASSED_ON = re.compile(
    r"提[供起]|接受|享受|支持|发生|出现|造成|导致|引[起发]|发现|接[报到]|收[到取]|携带|进行|开展|设[有置立]?|安排|实行|采取|属于|构成"
    r"|具备|涉及|包[括含]|[受办]理|对|向|以|为|人员"
)
REACH = re.compile(r"[^、的]{0,16}")
_IN_VAIN = re.compile("[了到去来上下起完成着得住动出入进]")
_CANNOT = re.compile("(?<=[做办])不[到了成]$")
"""That what a clause begins with cannot be done (夜间上门还做不到)."""
_IF = re.compile(r"如果|若(?![干]|无其事)|未经|除非|否则|一旦|凡是|如(?=[不未无有需])")
FIGURE = re.compile(
    r"(?P<value>\d+(?:\.\d+)?[万亿]?|[一二两三四五六七八九十百千]+)(?P<unit>%|[户个家名人项次条种亩元年天月日号公里米吨所座处件场])"
)
_COMMON = frozenset("的了是有在能会可以要就还也都过着被把得我你他她它们这那上下不没未无,")
"""Characters that tell nothing of what a statement is about."""
_EXEMPTS = re.compile(r"除外|免(?=[收费交缴除于票试])")


def says_no(clause: str) -> bool:
    """Tell whether a clause denies or excepts something, whatever it is of.

    >>> says_no("督导岗除外"), says_no("还没有定"), says_no("周末照常开放")
    (True, True, False)
    """
    folded = fold(clause)
    return (len(negations_of(folded)) + len(_EXEMPTS.findall(folded))) % 2 == 1


_EXCEPTED = re.compile(r"(?:^|[,;。:)])(?P<those>[^,;。:]{2,80}?)除外")
_BARS = re.compile(r"禁止|严禁|(?<!严)禁(?=行)|不得|不准|不许|谢绝|封闭|停止|停运|暂停")
_MAY = re.compile(r"[能可让准许走过行通进停]|禁")


def excepted(statement: str, said: str, segmenter: Segmenter) -> tuple[bool, tuple[int, int]] | None:
    """Tell whether a statement holds of what a folded sentence excepts from what it bars, and where.

    >>> excepted("救护车能过", "6月5日禁止机动车通行,公交车、救护车除外。", Segmenter())
    (True, (12, 21))
    """
    for match in _EXCEPTED.finditer(said):
        before = re.split("[;。]", said[: match.start("those")])[-1]
        words = [word for word, tag, _ in segmenter.tagged(statement) if len(word) > 1 and tag[:1] == "n"]
        those = [word for word in words if word in match["those"] and word not in before]
        others = [word for word in words if word not in match["those"]]
        barred = all(word in before for word in others)
        if those and barred and _BARS.search(before) and _MAY.search(statement):
            return not is_negated(statement), (match.start("those"), match.end())
    return None


def naming_words(statement: str, segmenter: Segmenter) -> list[str]:
    """Return the words of a statement that name things and events, in order."""
    return [
        word
        for word in segmenter.content_words(FIGURE.sub(" ", statement))
        if not word[0].isdigit() and len(word) > 1
    ]


def negations_of(text: str, own: str = "") -> list[re.Match[str]]:
    """Return the negations in a text, without those of names, and of idioms that a statement lacks."""
    found = []
    named = [match.span() for match in NAMED.finditer(text)]
    for match in _NEGATION.finditer(text):
        if any(start < match.start() < end for start, end in named):
            continue
        idiom = _IDIOM.match(text, match.start())
        if idiom is None or set(own) & set(idiom.group()[1:]):
            found.append(match)
    return found


NAMED = re.compile(r"(?<![说道称:：,，])“[^“”]{2,8}”(?=[一-鿿])")
"""A name in quotation marks (“办不成事”反映窗口)."""


def is_negated(text: str) -> bool:
    """Tell whether a text says no; two negations say yes."""
    return len(negations_of(text)) % 2 == 1


def says_not(text: str) -> bool:
    """Tell whether a text says no by a negation, not by a verb such as 取消."""
    return sum(m["stopped"] is None for m in negations_of(text)) % 2 == 1


def negates(clause: str, statement: str, segmenter: Segmenter) -> bool | None:
    """Tell whether a clause denies a statement; ``None`` where its negations are of something else."""
    bare = _IDIOM.sub("", statement)
    own = "".join(c for c in bare if c not in _COMMON and not c.isdigit())
    negations = negations_of(clause, own)
    if not negations:
        return False
    words = naming_words(bare, segmenter)
    governing = sum(_governs(m, clause, words, own) for m in negations)
    return governing % 2 == 1 if governing and not _IF.search(clause) else None


def _governs(negation: re.Match[str], clause: str, words: list[str], own: str) -> bool:
    """Tell whether a negation in a clause is of something that a statement says."""
    if _CANNOT.match(clause, negation.start()):
        return any(word in clause[: negation.start()] for word in words)
    before, behind = clause[: negation.start()], _BETWEEN.sub("", clause[negation.end() :], count=1)
    if set(own) & set(behind[:2]):
        return True
    reach = REACH.match(behind)
    held = reach is not None and any(word in reach.group() for word in words)
    if negation["stopped"]:
        return held or before.rstrip("已将均一律全部").endswith(tuple(words)) or negation.group()[-1] in own
    if negation.group() in ("没有", "无"):
        return held
    if passed_on := _PASSED_ON.match(behind):
        return any(word in behind[passed_on.end() :] for word in words)
    return before[-1:] in own and _IN_VAIN.match(behind) is not None
