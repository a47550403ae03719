"""What is said of one body or person is no answer about another whose name differs in one character.

恒远新材料 and 恒源新材料, 丰穗 and 丰禾, 老店 and 新店: each has sentences with the same figures, which often
go on without a subject, so that only the one named last tells whose they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from qa.language.names import NAME
from qa.text import HAN, fold
from qa.understanding.questions import plain

_OPENS = r"(?:^|[,，。;；:：、\n“\"])"
_KIND = "公司|合作社|集团|新材料|科技|农场|食堂|药店|厂|医院|学校|小学|中学|大桥"
_OF_ONE_KIND = ("店", "馆", "桥", "校区", "院区", "厂")
_AFTER_A_NAME = r"(?=[,，、:：说表介任的在为是解认坦今年男女])"
_WHICH = frozenset("新老旧东西南北")
_NO_NAME = frozenset("省市区县镇乡村街全各本该这那一两")
"""What the name of one body or person does not begin with."""
_BOTH = re.compile("两[家者个人店所社]|双方|彼此")
_COMPARES = re.compile(r"比|和|与|跟|两[家者个]|哪一?[家个]|还是|谁(?:更|的|比)")
_LENGTHS = (3, 2)


def tells_of_its_twin(
    question: str,
    form: str,
    sentence: str,
    before: Sequence[str],
    article: str,
    short: tuple[int, int] | None,
) -> bool:
    """Tell whether a sentence, where its short answer stands, goes on about the twin of what is asked about.

    Args:
        question: what is asked; it begins with the name.
        form: its form.
        sentence: what is to answer.
        before: the sentences of the article before it, in order.
        article: its text, which tells of both.
        short: where the short answer stands in the sentence, if one was marked.

    >>> told = ["恒远公司2016年落户。", "恒源公司2019年落户。", "企业有员工275人。"]
    >>> tells_of_its_twin("恒远有多少员工?", "number", told[2], told[:2], "".join(told), None)
    True
    >>> tells_of_its_twin("恒源有多少员工?", "number", told[2], told[:2], "".join(told), None)
    False
    """
    asked = plain(question)
    if asked[:2] not in article or _COMPARES.search(asked):
        return False
    for name, twins in _named(asked, article):
        if any(twin in asked for twin in twins):
            return False
        either = re.compile(rf"{_OPENS}({'|'.join(map(re.escape, (*twins, name)))})")
        told = fold(sentence)
        if form == "yesno" and name in told:
            return False
        upto = told[: short[1]] if short and form != "yesno" else told
        for text in (upto, *map(fold, reversed(before))):
            if text is not upto and _BOTH.search(text):
                return False
            if found := either.findall(text):
                return found[-1] in twins
            if name in text or (text is upto and name in told):
                return False
        return False
    return False


def _named(asked: str, article: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name that a question begins with, and its twins, where an article tells of both."""
    for length in _LENGTHS:
        name = asked[:length]
        if len(name) == length and re.fullmatch(f"[{HAN}]+", name) and (twins := _twins(name, article)):
            yield name, twins


_BENEFIT = re.compile(
    rf"(?=(?P<name>[{HAN}]{{2}}(?P<kind>补[贴助偿]|津贴|救助|奖[励金]|保险|贷款|年金|待遇|资助)))"
)
"""What is paid by tiers under several names, each in a paragraph of its own."""
_OPENING = 12
"""Characters of a paragraph within which what it is about is named."""


def goes_on_about_its_like(question: str, sentence: str, article: str) -> bool:
    """Tell whether a paragraph opens with the like of what a question names, which opens another one.

    「生活补贴发放对象为…。一级残疾人每人每月130元。」 says nothing of 护理补贴, though the second sentence by
    itself may be of either.

    >>> told = "生活补贴发给低保户。一级每月130元。\\n护理补贴发给重残者。一级每月150元。"
    >>> goes_on_about_its_like("护理补贴一级每月多少?", "一级每月130元。", told)
    True
    >>> goes_on_about_its_like("护理补贴一级每月多少?", "一级每月150元。", told)
    False
    """
    asked = plain(question)
    if not _BENEFIT.search(asked):
        return False  # of most questions: the article need not be read
    text = fold(article)
    at = text.find(fold(sentence))
    start = text.rfind("\n", 0, at) + 1
    if at <= start or _COMPARES.search(asked):
        return False  # the paragraph's first sentence speaks for itself
    before, told = text[start:at], fold(sentence)
    for benefit in _BENEFIT.finditer(asked):
        name, kind = benefit["name"], benefit["kind"]
        if name in before or name in told:
            continue
        opened = re.search(f"(?!{name[:2]})[{HAN}]{{2}}{kind}", before[:_OPENING])
        if opened is None or opened.group() in asked:
            continue
        if any(name in line[:_OPENING] for line in text.split("\n")):
            return True
    return False


@lru_cache(maxsize=64)  # asked of each sentence of an article
def _twins(name: str, article: str) -> tuple[str, ...]:
    """Return the names of an article that differ from one in one character and are of the same kind."""
    person = len(name) == max(_LENGTHS)
    if name[0] in _NO_NAME or (person and not re.fullmatch(NAME, name)):
        return ()
    if not re.search(f"{_OPENS}{re.escape(name)}", article):
        return ()
    alike = "|".join(
        f"{re.escape(name[:n])}[{HAN}]{re.escape(name[n + 1 :])}" for n in range(int(person), len(name))
    )
    found = set(re.findall(rf"{_OPENS}({alike}){_AFTER_A_NAME if person else ''}", article))
    if len(found) < 2:
        return ()
    if person:
        return tuple(sorted(found - {name}))
    if name.endswith(_OF_ONE_KIND):
        return tuple(
            sorted(one for one in found - {name} if one[1:] == name[1:] and one[0] in "新老旧东西南北")
        )
    own = _kinds(name, article)
    return tuple(sorted(one for one in found - {name} if own & _kinds(one, article)))


def _kinds(name: str, article: str) -> set[str]:
    """Return what kinds of bodies an article calls by a name."""
    return set(re.findall(rf"{re.escape(name)}[{HAN}]{{0,4}}?({_KIND})", article))
