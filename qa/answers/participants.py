"""Who did something side by side: all whom a sentence names before the deed that a question asks about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.answers.item_bounds import Piece
from qa.language.names import COMPOUND_SURNAME
from qa.text import HAN
from qa.understanding.questions import plain

_TITLE_END = (
    "长|书记|主任(?!医师|科员)|主席|常委|委员(?![会长])|经理|总裁|教授|院士|博士|工程师|研究员|医师|医生|代表|领导(?!小组)|负责人"
    "|董事(?!长)|专员|政委|支书|律师"
)
_TITLE = rf"[{HAN}“”()（）A-Za-z\d]{{0,24}}?(?:{_TITLE_END})"
_NO_NAME = (
    "共同|分别|先后|一[同起]|依次|应邀|现场|各|有关|相关|部分|全体"
    "|专家|群众|企业|部门|单位|代表|干部|职工|学生|师生|家长|嘉宾|市民|村民"
)
_LETTER = f"(?:(?!等)[{HAN}])"
_NAME = (
    rf"(?!{_NO_NAME})(?:(?:{COMPOUND_SURNAME}){_LETTER}{{1,2}}?|{_LETTER}{{2,3}}?)"
    "(?<![局委办院所站社县市区省镇乡村街])"
)
_MORE = rf"(?:[和与及暨](?:{_TITLE})?{_NAME})?"
_OFFICE = re.compile(_TITLE)
_ONE = re.compile(rf"(?:^|(?<=[{HAN}])[和与及暨])(?P<title>(?:{_TITLE})?)(?P<name>{_NAME})(?=$|[和与及暨]..)")
_LEAD = re.compile(
    r"(?:会上|会前|会后|当天|当日|随后|仪式上|[\d月日年]{2,11}(?:上午|下午)?|上午|下午)(?=.{4})"
)
_TAIL = (
    rf"(?:等[{HAN}]{{0,4}}?)?(?:分别|先后|共同|一同|一起|依次|应邀|现场|[作做]了?|进行|结合[{HAN}]{{2,8}}?"
    rf"|[围就][{HAN}]{{2,20}}?|代表[{HAN}]{{2,8}}?|[为在][{HAN}“”]{{2,20}}?){{0,3}}"
)
_BEFORE = tuple(
    re.compile(rf"(?P<people>{people})") for people in (f"{_TITLE}{_NAME}{_MORE}", f"{_NAME}{_MORE}")
)
_LAST = tuple(re.compile(f"{before.pattern}{_TAIL}") for before in _BEFORE)
"""People, with an office or without, and the last of them with what leads on to the deed."""
_DEEDS = (
    ("列席", "列席"),
    ("见证", "见证"),
    ("陪同", "陪同"),
    ("出席|参加|到场|到会|参会|在场|莅临", "出席|参加|到场|到会|参会|莅临"),
    ("揭[^,?]{0,3}[牌幕]|[牌幕][^,?]{0,6}揭", "揭牌|揭幕"),
    ("签[^,?]{0,3}[字约]|协议[^,?]{0,6}签", "签字|签约|签署|签订"),
    ("发[^,?]{0,3}言|表[^,?]{0,3}态", "(?:表态|交流|典型|大会)?发言|表态"),
    ("剪[^,?]{0,3}彩", "剪彩"),
    ("奠[^,?]{0,3}基", "奠基"),
)
"""What a question may ask about, the first that it names, and how the news write it."""
_BREAK = re.compile(r"[。;；:：!！?？\n]")
_PIECE = re.compile(r"[^、,，]+")
PEOPLE_ASKED = re.compile(
    r"谁|哪些人(?!大|民)|哪[几两三四五六七八九十]?[个位名]人(?!大|民)|哪[几两三四五六七八九十]?[位名]"
    r"|哪(?:些|[几两三四五六七八九十][个位名]?)(?:[国省市区县镇乡村校院局]{0,2}(?:里的?)?)(?:领导(?!小组)|记者|同志|代表|专家|嘉宾|副?(?:[省市区县镇乡部局校院]长|书记|主任|主席)|常委)"
)
"""A question for people, many or one."""
_OFFICE_ASKED = re.compile(
    r"哪(?:些|[几两二三四五六七八九十]?[个位名]?)(?P<office>副(?:[省市区县镇乡部局校院]长|书记|主任|主席)|常委)"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a sentence names: where the name stands, and the office before it, maybe of several."""

    name: Piece
    start: int
    """Where the office begins, or the name where it has none of its own."""
    title: str


def participants(question: str, sentence: str) -> list[Person]:
    """Return all whom a sentence names side by side before the deed asked about; empty unless there are two.

    Names are known by the offices before them, so that lists of surnames are not needed.

    >>> text = "县委书记庾正、林学院院长古一苇为学院揭牌,县政协主席莫雨出席。"
    >>> [text[slice(*one.name)] for one in participants("学院是谁揭的牌?", text)]
    ['庾正', '古一苇']
    """
    asked = plain(question)
    verbs = next((verbs for cue, verbs in _DEEDS if re.search(cue, asked)), None)
    if verbs is None:
        return []
    found = [run for deed in re.finditer(verbs, sentence) if len(run := _before(sentence, deed.start())) > 1]
    if len(found) != 1:
        return []
    office = _OFFICE_ASKED.search(asked)
    return [one for one in found[0] if office is None or office["office"] in one.title]


def _before(sentence: str, end: int) -> list[Person]:
    """Return the people named side by side right before a place; empty where one of them is not known."""
    left = max((m.end() for m in _BREAK.finditer(sentence, 0, end)), default=0)
    pieces = [m.span() for m in _PIECE.finditer(sentence, left, end)]
    found: list[Person] = []
    last = True
    for start, stop in reversed(pieces):
        lead = _LEAD.match(sentence, start, stop)
        start = lead.end() if lead and not last else start
        named = _named(sentence, start, stop, last=last)
        if not named:
            alone = found and found[0].title and _OFFICE.fullmatch(sentence, start, stop)
            if not alone:
                joined = sentence[stop : stop + 1] == "、"
                return [] if last or joined else _titled(found)
            named = [Person(found[0].name, start, sentence[start : found[0].name[0]])]
            found = found[1:]
        elif not named[0].title and sentence[start - 1 : start] in ",，":
            return []
        found, last = [*named, *found], False
    return _titled(found)


def _named(sentence: str, start: int, stop: int, *, last: bool) -> list[Person]:
    """Return the people that a piece between two commas is; empty where it is anything else."""
    for pattern in _LAST if last else _BEFORE:
        if whole := pattern.fullmatch(sentence, start, stop):
            people = whole["people"]
            return [
                Person((start + m.start("name"), start + m.end("name")), start + m.start("title"), m["title"])
                for m in _ONE.finditer(people)
            ]
    return []


def _titled(found: list[Person]) -> list[Person]:
    """Return people each with an office, one without it with that of the person before."""
    known: list[Person] = []
    for one in found:
        if not one.title and not known:
            return []
        known.append(one if one.title else Person(one.name, one.start, known[-1].title))
    return known


_EACH_CALLED = re.compile(
    rf"(?<![第每])(?:一|另一?|还有一)[位名个]?(?:[{HAN}]{{0,4}})?(?:名|就)?叫(?P<name>{_LETTER}{{2,4}})(?=[,，;；。(（、]|$)"
)


def each_called(sentence: str) -> list[Piece]:
    """Return where the names stand of all whom a sentence introduces one by one; empty for fewer than two.

    >>> text = "两位馆员,一位叫庾正,30岁;另一位叫莫雨。"
    >>> [text[slice(*one)] for one in each_called(text)]
    ['庾正', '莫雨']
    """
    found = [match.span("name") for match in _EACH_CALLED.finditer(sentence)]
    return found if len(found) > 1 else []


_COMPANY_ASKED = re.compile(r"陪(?:同|着)?|[一同]起(?:去|来|前往|到)|一[道同](?:去|来)?|随(?:行|同)|同行")
_WENT_ALONG = re.compile(
    r"(?:陪同|参加|随同|一同参加)(?:调研|检查|考察|慰问|走访|督[导查]|活动|视察|看望|察看|巡[查河])*(?=[。;；]|$)"
)


def company(question: str, text: str) -> list[Piece]:
    """Return all who went along, where an article says it of some and of others (参加, 陪同).

    >>> text = "庾正到镇里调研。区领导莫雨、古苇参加调研。镇长方舟、站长林岳陪同调研。"
    >>> [text[slice(*one)] for one in company("谁陪庾正去的镇里?", text)]
    ['莫雨', '古苇', '方舟', '林岳']
    """
    if not _COMPANY_ASKED.search(plain(question)):
        return []
    found = [_before(text, deed.start()) for deed in _WENT_ALONG.finditer(text)]
    if len(found) < 2 or not all(found):
        return []
    return [one.name for run in found for one in run]
