"""Who did something and to whom: one who is visited does not visit, a surgeon is not the patient.

A reader that looks for a name takes one that stands near what is asked about, whatever its part in it is.
"""

from __future__ import annotations

import re

from qa.language.names import NAME, OFFICES
from qa.text import HAN, fold
from qa.understanding.everyday import official

_WHO_DOES = re.compile(
    r"谁(?:来|在)?(?:去(?!做|打|接种|体检)|看望|慰问|走访|探望|上门|负责|帮|牵头|开展|组织|动手)(?!的是谁|到)|(?:负责|牵头|组织)的?是谁|是谁的(?:活|事|责任|任务|职责)"
)
_DONE_TO = re.compile(
    r"(?<![面针反相应绝])[对向](?:全[市区县镇]|所有|部分|\d+[名位个户])?$|(?:看望|慰问|走访|探望|帮扶|资助|救助)(?:了|慰问)?$"
)
"""What stands before those to whom something is done."""

_LAY = (
    "病人|患者|伤者|伤员|市民|居民|村民|群众|举报人|报警人|劫匪|歹徒|嫌疑人|嫌犯|小偷|罪犯|骗子|被害人|受害人|受害者|死者|遇难者"
    "|学生|孩子|儿童|男孩|女孩|游客|乘客|旅客|顾客|老人|产妇|驾驶员|车主|业主|网友|女婴|男婴"
)
_LAY_ASKED = re.compile(
    rf"(?P<who>{_LAY})(?:的名字|的姓名)?(?:叫|姓|是谁|是哪[位个])(?:什么|谁)?(?:名字|名儿)?(?:的|呢)?[?]*$"
)
_BY_OFFICE = re.compile(
    rf"(?:{OFFICES}|医生|医师|民警|警官|辅警|教授|专家|记者|护士|大夫|法官|检察官|教师|教练|负责人|书记员)$"
)
"""What those are told by who treat, catch or teach such people."""

_ACCUSED_ARE = "劫匪|歹徒|嫌疑人|嫌犯|小偷|罪犯|骗子|车主|驾驶员|司机"
_REPORTS = "市民|群众|举报人|报警人|被害人|受害人|店主|店员|目击者"
"""The two sides of a case."""
_FROM_WHOM = re.compile("(?:从|据|向)$")
_LEARNT = re.compile("(?:[、和及与][^,;。]{2,20}?)?(?:处|方面)?(?:获悉|了解|得知|消息|介绍)")
_TELLS_ASKED = re.compile("[说讲]|介绍|透露|通报|发布|公布|获悉|得知|了解|消息|来源|从哪|回应")
"""Whom a reporter has it from has no part in it."""
_PIECE_OF_A_NAME = re.compile(
    rf"(?:[(（][a-z ]+[)）])?(?:村(?=[,、。的\d])|[{HAN}]?(?:水库|大桥|大坝|社区|街道|珠宝|超市|酒店"
    r"|商行|商场|专卖|品牌|牌(?=[,、。的])|饭店|公司|集团|小区|大厦))"
)
"""What follows a run of characters that is the beginning of the name of a place or a shop (郭家|咀水库)."""


def plays_another_part(question: str, form: str, sentence: str, short: tuple[int, int] | None) -> bool:
    """Tell whether a short answer for 谁 is one to whom it was done, one of the other side, or nobody's name.

    >>> told = "对孤寡老人、困难群众开展大走访活动。"
    >>> plays_another_part("大走访有谁去?", "person", told, (1, 5))
    True
    >>> plays_another_part("病人叫什么?", "person", "院长林远完成了手术。", (2, 4))
    True
    >>> plays_another_part("谁来施工?", "person", "做好郭家咀水库加固。", (2, 4))
    True
    >>> plays_another_part("哪家公司修桥?", "organization", "记者从公交公司获悉,桥在维修。", (3, 7))
    True
    """
    if short is None or form not in ("person", "organization", "list"):
        return False
    asked, told = official(question), fold(sentence)
    before, behind = told[: short[0]].rstrip('“"'), told[short[1] :]
    if _FROM_WHOM.search(before) and _LEARNT.match(behind) and not _TELLS_ASKED.search(asked):
        return True
    if _WHO_DOES.search(asked) and _DONE_TO.search(before):
        return True
    if form != "person":
        return False
    lay = _LAY_ASKED.search(asked)
    if lay and lay["who"] not in before[-8:]:
        accused, reports = (re.search(rf"(?:{who})$", lay["who"]) for who in (_ACCUSED_ARE, _REPORTS))
        sides = ([_REPORTS] if accused else []) + ([_ACCUSED_ARE] if reports else [])
        if _BY_OFFICE.search(before) or any(re.search(rf"(?:{side})$", before) for side in sides):
            return True
    return len(told[slice(*short)]) <= 3 and _PIECE_OF_A_NAME.match(behind) is not None


_PAYER_ASKED = re.compile(
    r"(?:钱|费用?|款)[^,?]{0,4}(?:由|是|归)?谁(?:来)?(?:掏|出|付|承担|负担|拿|买单)|谁(?:来)?(?:掏|出|付|承担|负担|拿|买单)(?:的?(?:钱|费|款)|[的?]*$)"
)
_SAYS = re.compile("(?:介绍|表示|说|告诉|透露|坦言|称|指出)")


def only_says_who_pays(question: str, form: str, sentence: str, short: tuple[int, int] | None) -> bool:
    """Tell whether who pays is asked, and a short answer is the one who says so.

    >>> only_says_who_pays("这钱谁出?", "person", "经理林远说,费用由区财政承担。", (2, 4))
    True
    """
    if short is None or form not in ("person", "organization") or not _PAYER_ASKED.search(official(question)):
        return False
    return _SAYS.match(fold(sentence)[short[1] :]) is not None


_GIVING = "赔|补|发|奖|捐|借|拨|退|返"
_GIVEN_TO = re.compile(rf"(?:{_GIVING})[^,?]{{0,6}}给了?(?P<who>{NAME})[?]*$|给(?P<one>{NAME})(?:{_GIVING})")
"""Somebody whose share is asked for."""


def is_given_to_others(question: str, form: str, sentence: str) -> bool:
    """Tell whether what somebody was given is asked, and a sentence names neither him nor points at him.

    >>> is_given_to_others("保险赔了多少给林满仓?", "number", "保险公司已赔付286万元。")
    True
    >>> is_given_to_others("保险赔了多少给林满仓?", "number", "他拿到赔款2万元。")
    False
    """
    asked = _GIVEN_TO.search(official(question))
    if form != "number" or asked is None:
        return False
    who, told = asked["who"] or asked["one"], fold(sentence)
    if who[:2] in told:
        return False
    return not re.search("[他她]|这[位名]|自己|老[人汉两]|大[爷妈娘叔]", told) or not re.search(
        f"{_GIVING}|[拿领收获得到]", told
    )


_ACCUSED = re.compile(rf"[{HAN}]某{{1,2}}")
"""Somebody who is not named in full (孔某, and 孔某某, who is another)."""


def is_of_another_accused(question: str, form: str, sentence: str) -> bool:
    """Tell whether a text tells of another one of those who are not named in full than a question asks about.

    >>> is_of_another_accused("孔某判了几年?", "number", "被告人孔某某被判处有期徒刑六年。")
    True
    >>> is_of_another_accused("孔某判了几年?", "number", "孔某和孔某某被判处有期徒刑六年。")
    False
    """
    asked, told = set(_ACCUSED.findall(fold(question))), set(_ACCUSED.findall(fold(sentence)))
    return form not in ("person", "list") and len(asked) == 1 and bool(told) and not asked & told
