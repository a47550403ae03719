"""What takes the place of what, told by the words alone: 初中 that of 小学, 「因灾的」 that of 「因病的」."""

from __future__ import annotations

import re

from qa.conversation.openers import asks
from qa.text import HAN

_BODY_ENDS = "[局委办院厅]|大队|中心|公司|学校|部门|街道|[乡镇村]"
A_BODY = re.compile(f"(?:{_BODY_ENDS})$")
"""What the name of a body ends in."""
# Words of which one stands in the place of another, whatever follows them (小学生作业 → 初中呢).
_SETS = tuple(
    re.compile("|".join(sorted(words.split(), key=lambda word: -len(word))))
    for words in (
        "幼儿园 小学 初中 高中 大学",
        "冠军 亚军 季军 第一名 第二名 第三名 第四名 第五名 第六名",
        "第一 第二 第三 第四 第五 第六",
        "居民 非居民",
        "城镇 农村",
        "公办 民办",
        "进口 出口",
        "首班 末班",
        "死亡 受伤",
        "收入 支出",
        "笔试 面试",
        "线上 线下",
        "开幕 闭幕",
        "本科 专科 硕士 博士",
    )
)
_OF_ONE = re.compile("(?:学生|同学|生|组|部|段|阶段|名|人员|式|车|的|阶段的)?")


def other_of_a_set(last: str, what: str) -> str | None:
    """Return ``last`` with another word of a set that it holds one of; ``None`` where ``what`` is none.

    >>> other_of_a_set("小学生作业不超过多少分钟", "初中"), other_of_a_set("居民热价多少", "非居民")
    ('初中生作业不超过多少分钟', '非居民热价多少')
    """
    for words in _SETS:
        new, old = words.match(what), words.findall(last)
        if new and len(old) == 1 and old[0] != new.group() and _OF_ONE.fullmatch(what, new.end()):
            return last.replace(old[0], new.group())
    return None


_SHORTEST_FRAME = 2


def in_the_same_frame(last: str, what: str) -> str | None:
    """Return ``last`` with ``what`` in the place of what begins, or begins and ends, like it.

    >>> in_the_same_frame("卡在资金的有几个", "卡在审批的"), in_the_same_frame("因病的有多少户", "因灾的")
    ('卡在审批的有几个', '因灾的有多少户')
    >>> in_the_same_frame("东光里有多少家店", "东歌里")
    '东歌里有多少家店'
    """
    if what.endswith("的") and len(what) > _SHORTEST_FRAME:
        alike = [
            m
            for m in re.finditer(f"{re.escape(what[0])}[{HAN}]{{1,8}}?的", last)
            if m.group() != what and len(m.group()) <= 2 * len(what)
        ]
    elif re.fullmatch(f"[{HAN}]{{3,8}}", what):
        alike = list(
            re.finditer(f"{re.escape(what[0])}[{HAN}]{{{len(what) - 2}}}{re.escape(what[-1])}", last)
        )
    else:
        return None
    if len(alike) != 1 or alike[0].group() == what or asks(alike[0].group()):
        return None
    return last[: alike[0].start()] + what + last[alike[0].end() :]


_GOING = f"(?:[派送转调住分]?[到去进往]|赴|下)(?!年|个?月|周|半年|期|了|过|底)[{HAN}]"
_GOES = re.compile(f"(?P<to>{_GOING}{{1,8}}?)(?P<of>的)?(?:人|人员)?")


def to_another_place(last: str, what: str) -> str | None:
    """Return ``last`` with another place that somebody goes to.

    >>> to_another_place("抽了多少人到专班", "下乡镇的"), to_another_place("到一线的有几人?", "去学校的")
    ('抽了多少人下乡镇', '去学校的有几人?')
    """
    goes = _GOES.fullmatch(what)
    if goes is None:
        return None
    place = None
    if goes["of"]:
        place = re.search(f"(?P<to>{_GOING}{{2,10}}?)(?=的)", last)
    if place is None:
        place = re.search(f"(?:多少|几)[{HAN}]{{1,8}}?(?P<to>{_GOING}{{2,10}})(?=[?？]*$)", last)
    return last[: place.start("to")] + goes["to"] + last[place.end("to") :] if place else None


_HEAD = "企业|公司|学校|医院|机构|单位|部门|项目|产业|产品|干部|人才|人员|小区|公园|设施|平台"
_OF_A_SORT = re.compile(f"(?P<sort>[{HAN}]{{1,5}}(?:[型类级性式系办营资]|特新)|规上|限上|国有|上市)的?")
_SORTED = re.compile(
    f"(?:(?<=有)|(?<=是)|(?<=的)|(?<=[家个所])|^)(?P<old>(?:(?!多少|几)[{HAN}]){{2,6}}?)(?:{_HEAD})(?=[有是共多几?？]|$)"
)


def of_another_sort(last: str, what: str) -> str | None:
    """Return ``last`` with things of another sort, named without their noun.

    >>> of_another_sort("高新技术企业有多少", "科技型的"), of_another_sort("有几所公办学校", "民办的")
    ('科技型企业有多少', '有几所民办学校')
    """
    sort, old = _OF_A_SORT.fullmatch(what), list(_SORTED.finditer(last))
    if sort is None or len(old) != 1 or re.search(_HEAD, what):
        return None
    return last[: old[0].start("old")] + sort["sort"] + last[old[0].end("old") :]


_KINDS_OF_NAMES = tuple(
    re.compile(f"(?:{kind})$")
    for kind in (
        "[户人者员民工]|家庭|[学师]生|老师|孩子|儿童|[老中青]年",
        f"{_BODY_ENDS}|[店馆厅院园站厂场村镇乡县市区]|街道|企业|集团|小区|花园",
        "的",
    )
)


def of_a_kind(one: str, other: str) -> bool:
    """Tell whether two phrases name people, or places and bodies, both; 「…的」 may be either."""
    return any(kind.search(other) and (kind.search(one) or other.endswith("的")) for kind in _KINDS_OF_NAMES)
