"""Whether a short answer is itself of the kind that a question asks for, whatever its sentence holds.

A sentence with a day and an hour answers 几点 by the hour only, and 谁 is nobody's shop.
"""

from __future__ import annotations

import re

from qa.text import fold
from qa.understanding.kinds import holds_the_kind
from qa.understanding.questions import plain

_DIGIT = r"\d零一二三四五六七八九十"
_ANY = ""
_NEVER = tuple(
    (frozenset(forms.split()), re.compile(asked), re.compile(short))
    for forms, asked, short in (
        # Times: an hour for 几点, no mere hour for a day; which one of several is none (二期).
        (
            "date",
            r"几点(?!要求|建议|意见)",
            r"(?!.*(?:\d(?!\d*[年月日号])|[点时午夜早晚]|凌晨|全天|不[关休打])).*",
        ),
        (
            "date",
            r"^(?!.*几点(?!要求|建议|意见)).*(?:哪一?[天日年]|(?<![点到至])几[号日](?![楼线路])|几月|哪个?月|哪一个月)",
            r"(?:上午|下午|晚上?|早[上晨]|凌晨|中午)?\d{1,2}(?:[:：]\d\d|[时点](?:\d{1,2}分?|半)?)(?:起|许|左右)?",
        ),
        ("date", _ANY, r"第?[\d一二三四五六七八九十首]+(?:期|批|轮|届|步|标段)(?:工程|项目)?"),
        (
            "place",
            _ANY,
            r"(?:[今明去前]年|\d{4}年)?(?:\d{1,2}月(?:份|底|初|\d{1,2}[日号])?|[“\"]?(?:七一|八一|十一|五一|春节|国庆|中秋|元旦)[”\"]?节?)"
            r"(?:前夕?|后|期间|前后|上午|下午|晚上?)?",
        ),
        # Numbers: no span of time for a sum, no year for a number of years.
        (
            "number",
            r"(?:一个?|每个?)[月天年周](?:要|能|得)?[交拿挣收给付]?多少[?]*$",
            rf".*[{_DIGIT}两百半]个?(?:年|月|天|周|小时|分钟)半?",
        ),
        (
            "number",
            r"(?:(?<![哪第])几|多少)(?:天|个?小时|分钟)",
            r"[近约超逾达]*[\d一二两三四五六七八九十百]+[余多]?年[余多]?(?:以上|左右)?",
        ),
        ("number", r"(?:多少|(?<![哪第])几)年(?![级轻货份度代])|多久|多长时间", r"(?:1[89]|20)\d\d年?"),
        # Others: a count names nothing, a degree is no subject, what somebody does meanwhile no thing.
        ("list", _ANY, rf"[{_DIGIT}两百余多]+[个家所座条名位项][村镇乡县市区省]?"),
        (
            "what list",
            r"(?:什么|哪个)专业|专业(?:是|有)",
            r"(?:[本专]科|大专|硕士|博士|研究生|大学|高中|中专)*(?:学历|学位|毕业|毕业生|研究生|文化)?",
        ),
        ("what", r"哪一?[个只条座张]", r"[一-鿿]着[一-鿿].*"),
    )
)
"""Forms, how something is asked, and what is never the answer to that."""
_UNIT = "[方吨斤度顿餐张本瓶袋碗次盒支份人]|公斤|立方米?"
_PRICE_OF_ONE = re.compile(
    rf"(?:一|每)(?P<unit>{_UNIT})(?:水|电|气|饭|菜)?(?:要|卖)?(?:多少|几块?)钱|(?:多少|几块?)钱一(?P<of>{_UNIT})"
)
_NO_PERSON_NAMED = re.compile(r"[一两几][个家所座条张只辆台块部份]|[^,，。“]{0,3}着|人[士员]$")
"""What begins no name of anybody, unless it ends in one (一家关了门的信用社, 提着袋子)."""
_NO_PERSON = re.compile("[《“「『在把被将对]")
_WHERE = re.compile("(?:落户|位于|坐落于?|坐落在|地处|前往|抵达)$")
"""What stands before a place and before nobody (落户|上海)."""
_SOMEBODY = re.compile(
    r"(?:人|[员长师生民者工友兵户客手匠]|老[板师汉]|[大阿]?[姨爷妈娘叔伯婆哥姐嫂弟妹]|夫妇|夫妻|[儿女]子?|孩子?|组|队)$"
)
_BESIDE = 2


def is_the_kind(question: str, form: str, sentence: str, short: str) -> bool:
    """Tell whether a short answer is of the kind asked for, a number with what stands right beside it.

    >>> is_the_kind("17起案子破了几起?", "number", "接报17起,涉案86万元。", "86万元")
    False
    >>> is_the_kind("最小的作者叫什么名字?", "person", "他用小楷抄了一篇《爱莲说》。", "《爱莲说》")
    False
    """
    asked, told, at = plain(question), fold(short), sentence.find(short)
    before = sentence[: max(at, 0)]
    if form == "person":
        return _may_be_somebody(told, before)
    if any(form in forms and cue.search(asked) and never.fullmatch(told) for forms, cue, never in _NEVER):
        return False
    if form != "number" or at < 0:
        return True
    if of_one := _PRICE_OF_ONE.search(asked):
        return _may_be_the_price_of_one(of_one["unit"] or of_one["of"], told, fold(before))
    return holds_the_kind(question, form, sentence[max(0, at - _BESIDE) : at + len(short) + 2 * _BESIDE])


def _may_be_somebody(told: str, before: str) -> bool:
    named = _NO_PERSON_NAMED.match(told) is None or _SOMEBODY.search(told) is not None
    return named and _NO_PERSON.match(told) is None and _WHERE.search(before) is None


def _may_be_the_price_of_one(unit: str, told: str, before: str) -> bool:
    """Tell whether a sum may be the price of one, and not what several come to (14本共52元)."""
    several = rf"[\d两三四五六七八九十](?<![^\d]1)(?<!^1){unit}[^每一,。;]{{0,8}},?[^每一,。;]{{0,6}}$"
    return "亿" not in told and re.search(several, before) is None
