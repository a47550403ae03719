"""The most of several is asked for: a sentence that compares nothing says neither which nor how much."""

from __future__ import annotations

import re

from qa.text import fold
from qa.understanding.everyday import official

_MOST = r"最[多大高长快好少小低远老重贵](?![新近后终初法检级]|人民|的?(?:自己|努力))"
_ONE = r"(?:谁|哪一?[个家位种类支只项座名本场首部条镇村区县国省天])"
_WHICH = re.compile(rf"{_MOST}[^,?]{{0,10}}{_ONE}|{_ONE}[^,?]{{0,12}}{_MOST}的?[?]*$")
_EXTENT = re.compile(_MOST)
_IS_THE_MOST = re.compile(rf"是(?:不是)?[^,?]{{0,10}}(?P<most>{_MOST})[^,?]{{0,8}}吗?[?]*$")
_COMPARED = (
    r"最|第[一1](?![季批期届轮])|首[位屈]|冠|居|榜首|头名|领[跑先]|排名|前[一二两三四五几十列\d]|独占|以.{1,16}为主|主要|过半|[多半]数|大多"
    r"|尤其|拔得|压轴|突出|[顶王夺创破逆]|桂冠|[高低]达|突破|[只仅]有?|唯一|[纪记]录|[比较超]|上[千万]"
)
_SAYS_WHICH = re.compile(rf"{_COMPARED}|\d[^、;]{{0,14}}[、,;][^、;]{{0,14}}\d")
"""Where several are given with a figure each, a reader sees which is the most."""
_SAYS_HOW_MUCH = re.compile(
    rf"{_COMPARED}|不?超过|封顶|上限|不?[高低少多]于|至[多少]|[核可][载达]|[峰谷极]|以[上下内]|[多到达满限按内起]|[~—–-]|[至到]\d|上?摸|支持|一度|高至|至高|底价|起[拍价]"
)


_RANK_ASKED = re.compile(
    r"第(?:[一二三四五六七八]|[1-8])名(?![书官])|[冠亚季]军(?!基金|[杯赛队班营之])|[金银铜]牌|[一二三]等奖"
)
_SAYS_RANK = re.compile(
    r"[冠亚季]军|夺|[金银铜]牌?|名次|第[一二三四五六七八\d](?![一二三四五六七八九十\d]*[个阶届期批季次产步方轮])|等奖|[居列排摘]|首|前[一二两三四五六七八\d]|依次|次之|仅次|胜|赢|奖|纪录|秒|\d:\d"
)


def names_the_extreme(question: str, form: str, sentence: str) -> bool:
    """Tell whether a sentence can say which is the most, or how much that is; true where neither is asked.

    >>> names_the_extreme("人数最多的是哪支队伍?", "what", "宣讲员来自五支队伍。")
    False
    >>> names_the_extreme("人数最多的是哪支队伍?", "what", "党员队以426人居首。")
    True
    >>> names_the_extreme("焊工冠军是谁?", "person", "他就是工友都叫绣花匠的焊工林远。")
    False
    """
    asked, told = official(question), fold(sentence)
    if form in ("person", "organization", "number") and _RANK_ASKED.search(asked):
        return _SAYS_RANK.search(told) is not None
    if form in ("person", "organization", "place", "what", "title") and _WHICH.search(asked):
        return _SAYS_WHICH.search(told) is not None
    if form == "yesno" and (most := _IS_THE_MOST.search(asked)):
        said = _COMPARED.replace("最|", f"{most['most']}|", 1)
        return re.search(rf"{said}|[高低大小多少]于|不及|不如|之二", told) is not None
    if form == "number" and _EXTENT.search(asked):
        return _SAYS_HOW_MUCH.search(told) is not None
    return True
