"""Planned or done, certain or not: how far what a clause tells has come, from its own words."""

from __future__ import annotations

import itertools
import re

from qa.llm.polarity import clauses, nearest
from qa.text import Segmenter, fold

_BY_A_PLAN = re.compile(
    r"(?:按照?|根据|依照?|围绕|对照|符合|满足|落实)[^,，。;；]{0,24}?(?:要求|计划|方案|部署)|希望(?=小学|工程)"
)
"""What names a plan or a demand that is being met (按照要求), and plans nothing itself."""
_FUTURE = r"将(?!近|军|来|士|领)|拟(?!稿|人|合)|计划|即将|预计|有望|打算|准备(?!了|好|工作|充分)"
_TO_BE = re.compile(
    rf"{_FUTURE}|力争|争取|确保|规划建|下一步|要求|强调|(?<![主重首必纪摘只概简提险])要(?!求|素|点|闻|道|害|领)|希望"
    r"|(?<![供适反响效对相感])应(?:当|该)?(?!用|急|对|邀|届)|须|力求|明年|后年"
)
_COMING = re.compile(_FUTURE)
_SO_FAR = re.compile(r"目前|截至|截止")
_SAID_DONE = re.compile(r"已|了(?!解)")
_DONE = re.compile(r"已|了(?!解)|完成(?!率)|截至|建成|过")
_PUT_FIRST = re.compile(r"将(?!近|军|来|士|领)|把")
_NOUNLIKE = ("n", "r", "j", "m")
_HELD_BACK = tuple(
    re.compile(words)
    for words in (
        r"涉嫌|疑似|嫌疑|涉案",
        r"可能(?!性)|或许|也许|或将|据称|据传",
        r"试(?=运行|营业|开放|通车|通行|点|行|用|种|飞)",
        r"基本(?=[完建形实达结消解竣通])|初步|大体",
        r"原则上?(?=同意|通过|批准|支持)|原则上",
        r"部分(?=开放|启用|完工|建成|通车|恢复|取消|开通|投用)|局部",
        r"候选|提名|拟任|公示|入围",
    )
)
"""Words that hold a claim back; what is only suspected, possible or tried is no fact without them."""


def same_standing(sentence: str, premise: str, segmenter: Segmenter) -> bool:
    """Tell whether nothing that the source only plans, demands or suspects is told as a fact.

    A clause whose every source is a mere plan must be one too; one that says 「已」 or 「了」 needs a source
    that says so, or that is none. A word such as 「要求」 holds for the rest of its sentence. Nor is what
    was done told as to come.
    """
    sources = {
        clause: planned
        for part in re.split("[。!！?？\n]", premise)
        for clause, planned in _plans(part, segmenter)
    }
    for clause, planned in _plans(sentence, segmenter):
        near = nearest(clause, list(sources))
        if not near:
            continue
        if any(all(w.search(fold(s)) for s in near) and not w.search(fold(clause)) for w in _HELD_BACK):
            return False
        if _is_plan(clause, _COMING, segmenter) and not any(sources[source] for source in near):
            return False
        said_done = _SAID_DONE.search(fold(clause)) is not None
        if planned and not said_done:
            continue
        if all(sources[source] and not _agrees(source, clause) for source in near):
            return False
    return True


def _plans(sentence: str, segmenter: Segmenter) -> list[tuple[str, bool]]:
    """Return the clauses of a sentence, each with whether it is only planned or demanded."""
    found: list[tuple[str, bool]] = []
    planned = False
    for clause in clauses(sentence):
        planned = (planned and not _SO_FAR.search(clause)) or _is_plan(clause, _TO_BE, segmenter)
        found.append((clause, planned or _PUT_FIRST.search(fold(clause)) is not None))
    return found


def _is_plan(clause: str, words: re.Pattern[str], segmenter: Segmenter) -> bool:
    """Tell whether a clause has a word that makes it, and what follows, a plan.

    「将」 before a noun may only put its object first (将线索移交): that holds for its own clause alone.
    """
    plain = _BY_A_PLAN.sub(lambda m: "、" * len(m.group()), fold(clause))
    found = {m.start() for m in words.finditer(plain)}
    if any(plain[at] == "将" for at in found):
        for (lead, _, at), (_, tag, _) in itertools.pairwise(segmenter.tagged(plain)):
            if lead == "将" and tag.startswith(_NOUNLIKE):
                found.discard(at)
    return bool(found)


def _agrees(source: str, clause: str) -> bool:
    """Tell whether a planned source's own clause says that it is done, as the clause does."""
    said = set(_SAID_DONE.findall(fold(clause)))
    if said:
        return any(word in fold(source) for word in said)
    return _SAID_DONE.search(fold(source)) is not None
