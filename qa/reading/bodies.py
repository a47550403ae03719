"""One of several bodies of a kind is asked about: what a sentence says of another of them is no answer.

An article tells of two hospitals, villages or firms side by side, each with figures and tasks of its own, and
questions for the one fit what is said of the other word for word but for the name.
"""

from __future__ import annotations

import re

from qa.reading.clauses import around
from qa.text import HAN, fold

_KINDS = (
    "医院|保健院|卫生院|疾控中心",
    "局",
    "公司|集团",
    "小学|中学|学校|[一二三四五六七八九]小|[一二三四五六七八九]中",
    "幼儿园",
    "水厂|电厂|污水处理厂",
    "社区|村",
    "镇|乡|街道|片区",
    "银行|加油站|超市|商场|市场|健身房",
    "小区|花园|苑|新村|家园|公馆|华庭|湾",
    "派出所|[大支]队",
    "馆",
    "农场|合作社",
    "食堂",
    "码头",
    "研究院|研究所|实验室",
    "公园|景区|广场",
    "水库",
    "桥(?![头梁下面墩上])",
    "班(?![车长级组次子主])",
    "岗(?![位前亭哨])",
)
"""What the names of bodies of one kind end in."""
_FORMS = frozenset(("number", "date", "what", "list", "means", "place"))
_ANOTHER_ASKED = re.compile(r"哪一?[家个所座些几]|谁|除|以?外|[比较]|其他|另")
_STEM = rf"[{HAN}a-z0-9]"
_NO_NAME = re.compile(
    r"(?:[该本此这那各每全有些多个家几两所座其农乡布格结大开当僵破入进出闭离返到城古集年月日\d一二三四五六七八九十]|行政|自然|示范|部分)$"
)
"""What stands before such an ending where the whole is no name (各镇, 农村, 布局)."""
_WITHIN_A_WORD = "[民里庄级子落面部限势亲土镇]"
_NO_SUBJECT = re.compile(r"[从在向对把给到于据距经往沿与和由被的该此这是有为]|记者|根据|按照|通过")
_COMPARED = r"(?:是|比|较|相当于|超过)[^,;]{0,4}?"
_PARTS = ";；"
_CLAUSES = re.compile(r"[,，、:：]")


def tells_of_another_body(
    question: str, form: str, sentence: str, article: str, short: tuple[int, int] | None
) -> bool:
    """Tell whether a sentence, where its short answer stands, is on another body than a question names.

    Args:
        question: what is asked.
        form: its form.
        sentence: what is to answer.
        article: its text, which must tell of the body asked about, too.
        short: where the short answer stands in the sentence, if one was marked.

    >>> told = "城南小学今年招8个班。"
    >>> tells_of_another_body("城北小学今年招几个班?", "number", told, f"城北小学已经完工。{told}", None)
    True
    """
    asked = fold(question)
    if form not in _FORMS or _ANOTHER_ASKED.search(asked):
        return False
    named = {kind: keys for kind in _KINDS if (keys := set(_named(asked, kind)))}
    if not named:
        return False
    told, whole = fold(sentence), fold(article)
    start, end = around(told, short, _PARTS) if short else (0, len(told))
    part, upto = told[start:end], told[start : short[0]] if short else told[start:end]
    for kind, keys in named.items():
        if not any(key in whole for key in keys):
            continue
        own = re.sub(rf"{_COMPARED}(?:{'|'.join(map(re.escape, keys))})", "", part)
        if any(key in own for key in keys):
            continue
        subjects = _subjects(upto, kind)
        # A short name is of the body whose whole name has its characters (丰谷合作社: 丰谷粮油合作社).
        if subjects and not any(set(key) <= set(subjects[-1]) for key in keys):
            return True
    return False


def _named(text: str, kind: str) -> list[str]:
    """Return the names of a kind that a question holds, as far as they tell them apart."""
    found = re.finditer(rf"(?P<stem>{_STEM}{{2}})(?:{kind})(?!{_WITHIN_A_WORD})", text)
    return [m.group() for m in found if not _NO_NAME.search(m["stem"])]


def _subjects(text: str, kind: str) -> list[str]:
    """Return the names of a kind that clauses of a text begin with, whatever they begin with, in order."""
    found = []
    for clause in _CLAUSES.split(re.sub(f"[{_PARTS}]", ",", text)):
        opening = re.match(rf"[“《]?(?P<stem>{_STEM}{{2,8}}?)(?P<ending>{kind})(?!{_WITHIN_A_WORD})", clause)
        if opening and not _NO_NAME.search(opening["stem"]) and not _NO_SUBJECT.search(opening["stem"]):
            found.append(opening.group())
    return found
