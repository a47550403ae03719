"""What kind of measure a question asks for: a length, a duration, a weight, an age, money, a telephone.

A sentence without any such measure cannot answer, however like the question it is.
"""

from __future__ import annotations

import re

from qa.questions import plain
from qa.text import fold

TELEPHONE = (
    r"(?:电话|热线|拨打|号码)[是为:]?\d{3,5}"
    r"|(?<![\d.])(?:0\d{2,3}[ -]?\d{3,4}[ -]?\d{3,4}|\d{3,4}[ -]?\d{3,4}|\d{4}[ -]\d{2}|1\d{10}"
    r"|1[12]\d|(?:12|9[56]|10)\d{3})"
    r"(?![\d.]|[ ]?[年月日元万亿人户亩名家个米])"
)
"""A telephone number, as a pattern: with or without a city's code, a mobile's, a service's short one."""
_N = r"(?:[\d零〇一二两三四五六七八九十百千万亿半]|[数几][十百千万亿]?)[余多来]? ?(?:个[半多]?)?"
_LENGTH = rf"{_N}(?:米|公里|里|厘米|毫米|[寸尺丈层楼步站]|海里|[kcm]?m(?![a-z]))"
_DURATION = (
    rf"{_N}(?:[天年月周日秒夜晚代号时点]|个季度|小时|分钟|刻钟|学期|钟头|星期|礼拜|工作日|辈子|世纪)"
    r"|[一每半整终](?:天|年|月|周|季|夜|晚|辈子|身|生)|全年|常年|长期|永久|永远|[年月季周]末"
)
_AGE_ASKED = re.compile(r"岁|年龄|年纪|多大|高寿|年轻|贵庚|芳龄|[最年]老|最小|树龄")
_MEASURES = tuple(
    (re.compile(asked), re.compile(given))
    for asked, given in (
        (
            r"(?<![率价费温比数频])(?<![率价费温比数频]有)多[高宽远深厚](?![兴度])|(?:多少|[^十]几)(?:米|公里|千米)(?![粮面饭])",
            _LENGTH,
        ),
        (r"多长(?!时间|久)", f"{_LENGTH}|{_DURATION}"),
        (
            r"多久|多长时间|(?<!哪)几(?:天|个月|周|个?小时|分钟|年(?![级轻]))|多少(?:天|年(?![轻级货份度])|个?小时|分钟|个月)",
            _DURATION,
        ),
        (
            r"(?<![看得])多重(?![要点视])|(?:多少|[^十]几)(?:斤|公斤|千克|吨)",
            rf"{_N}(?:[斤克吨两磅]|公斤|千克|kg|g(?![a-z]))",
        ),
        (
            r"多大(?:年纪|岁数|年龄)|多少岁|[^十]几岁|高寿|芳龄|贵庚",
            rf"{_N}(?:周?岁)|出生|年生|今年{_N}(?![年月人家户])|[年树]龄|花甲|古稀|耄耋|[6-9]0后",
        ),
        (
            r"(?:电话|热线|手机号码?|联系方式)(?:号码?)?(?:是|为|打)*(?:多少|什么|几号?)?[??]*$|[打拨][哪几]个?(?:号|电话)",
            TELEPHONE,
        ),
        (
            r"多少钱|几块钱|几毛钱|(?:多少|[^十]几)元(?!素)",
            rf"{_N}(?:[元块角毛分镑]|万|亿|美元|欧元|港币|卢布)|免费|不收|不花|不用花|[双全]倍?额?退|[原半]价",
        ),
        (r"(?:多少|[^十]几)度(?!电)|多少摄氏度", r"度|℃"),
        (r"百分之(?:几|多少)", r"%|‰|百分|[一二三四五六七八九两半]成|比"),
    )
)


def gives_the_measure(question: str, sentence: str) -> bool:
    """Tell whether a sentence holds the kind of measure a question asks for; true where it asks for none.

    >>> gives_the_measure("迷你跑有多长?", "迷你跑全程5公里。")
    True
    >>> gives_the_measure("《四季图》拼了多久?", "学员拼出一幅三米宽的《四季图》。")
    False
    """
    asked, told = plain(question), fold(sentence)
    return all(given.search(told) for cue, given in _MEASURES if cue.search(asked))


def unasked_age(question: str, number: str) -> bool:
    """Tell whether a number is an age though the question asks for none.

    >>> unasked_age("他有几个徒弟?", "六十三岁")
    True
    """
    return re.search(r"岁(?:以[上下]|左右)?$", fold(number)) is not None and not _AGE_ASKED.search(
        plain(question)
    )
