"""「两个加起来多少」: what is asked of the things that the last two questions counted, in one question."""

from __future__ import annotations

import re

from qa.language.quantities import UNIT
from qa.text import Segmenter

_OF_BOTH = re.compile(
    r"(?:那么?|这|那)?(?:它们|他们)?(?:两|二|俩)?(?:个|者|家|样|项|种|类|边|处)?"
    r"(?:(?P<sum>(?:一共|总共)?(?:加起来|合起来|加在一起|合在一起|相加)(?:一共|总共|共)?|(?<=[两二俩个者家样项种类边处])(?:一共|总共|合计|共))"
    r"|(?P<difference>相差|差了?|差距)|(?P<more>(?:哪个|哪家|哪边|哪一?种|哪一?类|谁)(?:更|比较)?(?P<than>多|少|大|小|高|低)))"
    r"(?:是|有|为)?(?:(?:多少|几)[^,，]{0,3}|什么)?[呢啊呀?？]*"
)
_AMOUNT = re.compile(rf"(?:一共|总共)?有?(?:多少|几)(?P<unit>[万亿]?{UNIT})?")


def of_both(question: str, first: str, second: str, segmenter: Segmenter) -> str | None:
    """Return what is asked of two things together, ``None`` where the question is no such one.

    Args:
        question: as typed.
        first: the question before the last, understood without the conversation.
        second: the last one, likewise; both ask for an amount and differ in one place.
        segmenter: where words end.

    >>> before, last = "二七经开区有多少家高新技术企业?", "二七经开区有多少家科技型企业?"
    >>> of_both("两个加起来多少", before, last, Segmenter())
    '二七经开区的高新技术企业和科技型企业加起来多少家?'
    """
    asked = _OF_BOTH.fullmatch(question.strip())
    if asked is None:
        return None
    first, second = first.rstrip("?？呢"), second.rstrip("?？呢")
    amount, other_amount = _AMOUNT.search(first), _AMOUNT.search(second)
    if amount is None or other_amount is None or first == second:
        return None
    unit = amount["unit"] or ""
    if unit != (other_amount["unit"] or ""):  # 多少家企业 and 几个学校: each by its own
        first, second = (_AMOUNT.sub("有多少", text, count=1) for text in (first, second))
        unit = ""
    starts, ends = (_common(first, second, segmenter, at_end=at_end) for at_end in (False, True))
    one, other = first[starts : len(first) - ends], second[starts : len(second) - ends]
    before, behind = first[:starts], first[len(first) - ends :]
    if not one or not other or _AMOUNT.search(one) or _AMOUNT.search(other):
        return None
    if counted := _AMOUNT.search(before):
        subject, of, ends_in, rest = before[: counted.start()], before[counted.end() :], behind, ""
    elif counted := _AMOUNT.search(behind):
        subject, of, ends_in, rest = before, "", behind[: counted.start()], behind[counted.end() :]
    else:
        return None
    if ends_in and rest:
        return None  # 招了多少名学生: neither half of it can be left out
    joint = "的" if subject and not subject.endswith("的") else ""
    things = f"{subject}{joint}{of}{one}{ends_in}和{of}{other}{ends_in}{'的' if rest else ''}{rest}"
    if asked["sum"]:
        return f"{things}加起来多少{unit}?"
    return f"{things}相差多少{unit}?" if asked["difference"] else f"{things}哪个{asked['than']}?"


def _common(first: str, second: str, segmenter: Segmenter, *, at_end: bool) -> int:
    """Return how many characters two texts share at one side, whole words."""
    words = [[word for word, _, _ in segmenter.tagged(text)] for text in (first, second)]
    shared = 0
    for one, other in zip(*(reversed(w) if at_end else w for w in words), strict=False):
        if one != other:
            break
        shared += len(one)
    return shared
