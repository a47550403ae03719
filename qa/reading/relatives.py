"""Of whom a sentence tells: of somebody whose age or whose kin is asked about, or of another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.language.names import NAME, OFFICES
from qa.text import HAN, fold
from qa.understanding.questions import plain

_AGE_OF = re.compile(
    rf"^(?P<who>{NAME}|[{HAN}]{{2,3}}(?=今年|现年|多大[年岁]))(?<![奶爷妈婆叔伯傅师生士员者记长任今现])"
    r"(?:老师|同志|老人)?(?:今年|现在|现年|当时)?(?:是|有)?"
    r"(?:多大(?:年纪|岁数|年龄|了)?|几岁|多少岁|的?(?:年龄|年纪|岁数)(?:是|有)?多[大少])"
)
_AGE_OF_HOLDER = re.compile(
    rf"(?P<office>{OFFICES})(?:今年|现在|现年)?(?:是|有)?(?:多大(?:年纪|岁数|年龄|了)?|几岁|多少岁|的?(?:年龄|年纪|岁数)(?:是|有)?多[大少])[?]*$"
)
_AGE_NEAR = 2
"""Sentences before one in which he whose age it gives may be named."""


def is_age_of_another(question: str, sentence: str, before: Sequence[str]) -> bool:
    """Tell whether somebody's age is asked, and a sentence neither names him nor follows one that does.

    >>> is_age_of_another("陈立民多大岁数?", "招聘35岁以下教师20名。", ["陈立民主持招聘会。", "会期两天。"])
    True
    >>> is_age_of_another("陈立民多大岁数?", "今年66岁的他每天都来。", ["陈立民是老队员。"])
    False
    """
    near = [fold(text) for text in (*before[-_AGE_NEAR:], sentence)]
    if holder := _AGE_OF_HOLDER.search(fold(question)):
        return not any(holder["office"] in text for text in near)
    asked = _AGE_OF.match(fold(question))
    if asked is None:
        return False
    if asked["who"] in near[-1]:
        return False
    of_him = re.search("[他她]|这位|老人|老汉|大[爷妈娘叔]|^(?:现年|今年)", near[-1]) is not None
    return not (of_him and any(asked["who"] in text for text in near))


_KIN = (
    "老婆|妻子|爱人|太太|夫人|媳妇|丈夫|老公|老伴|先生|对象|配偶|家属|夫妻|夫妇|两口子|结婚|成婚|成家",
    "(?:男|女)朋友|对象|恋人|未婚[夫妻]|恋爱",
    "父|爸|爹",
    "母|妈|娘",
    "儿子|[大小长次]儿|[长次三]子|[父母]子|孩子|子女",
    "女儿|闺女|[长次]女|[父母]女|孩子|子女",
    "[哥弟兄]",
    "侄|外甥",
    "孙|外甥",
    "爷|祖父|外公|姥爷",
    "奶|祖母|外婆|姥姥",
    "[姐妹]",
    "师傅|师父|师从|老师",
)
_KIN_OF = re.compile(
    rf"(?P<who>{NAME}|[{HAN}·]{{2,8}}?)(?:的|他|她|家)?(?P<kin>老婆|妻子|爱人|太太|媳妇|丈夫|老公|老伴|[男女]朋友|父亲|爸爸?|爹|母亲|妈妈?|[大小]?儿子|[大小]?女儿|侄[子女儿]|外甥女?|孙[子女]|爷爷|奶奶|哥哥?|弟弟?|姐姐?|妹妹?|师傅|师父)"
    r"(?![县市区]|亲节)"
)
"""Somebody who is asked about as the kin of one who is named."""
_CALLED_SO = frozenset(("师傅", "师父", "哥", "弟", "姐", "妹", "爸", "爹", "妈"))
"""Those are called so, too, who are nobody's kin (开车的师傅, 摆摊的大姐)."""
_HIMSELF = re.compile(
    r"(?:[一个的家们]|现在|目前|今年|以前|原来|原先|当年|后来)*(?:是(?:谁|哪[位个]|做|干|什么)|叫(?:什么|啥)|[做干](?:什么|啥)|多大|几岁|姓什么|名字)"
)
"""How a question goes on behind the kin that is about that relative: who it is, what he does, how old."""


def _is_anybodys(asked: re.Match[str], question: str) -> bool:
    """Tell whether a question is about a relative of somebody named (not 教木工的奶奶, 夏侯奶奶)."""
    if re.fullmatch(NAME, asked["who"]) is None or _HIMSELF.match(question, asked.end()) is None:
        return False
    return asked["kin"] not in _CALLED_SO and ("的" in asked.group() or asked["kin"] not in ("爷爷", "奶奶"))


def lacks_the_kin(question: str, sentence: str, before: Sequence[str]) -> bool:
    """Tell whether somebody's kin is asked about, and a sentence tells of himself without a word of any.

    Who that relative is or what he does is told by no sentence without such a word, whoever it is of.

    >>> lacks_the_kin("林兆先爱人做什么工作?", "焊工林兆先今年45岁。", [])
    True
    >>> lacks_the_kin("林兆先爱人做什么工作?", "林兆先的妻子是老师。", [])
    False
    >>> lacks_the_kin("林兆先的妻子是谁?", "女子组冠军是陶小菲。", [])
    True
    """
    asked, told = _KIN_OF.match(plain(question)), fold(sentence)
    if asked is None:
        return False
    if asked["who"] not in told and not _is_anybodys(asked, plain(question)):
        return False
    words = "|".join(words for words in _KIN if re.search(words, asked["kin"]))
    near = "\n".join((*map(fold, before[-1:]), told))
    return bool(words) and re.search(words, near) is None
