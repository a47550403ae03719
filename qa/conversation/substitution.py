"""「那X呢」 puts X in the place of its counterpart in the last question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.conversation.completeness import is_name
from qa.conversation.counterparts import (
    A_BODY,
    A_THING,
    EVENT,
    in_the_same_frame,
    of_a_class,
    of_a_kind,
    of_another_sort,
    other_deed,
    other_doer,
    other_number,
    other_of_a_set,
    other_quoted,
    other_sort_of_them,
    other_subject,
    to_another_place,
)
from qa.conversation.references import PLACE
from qa.conversation.stated import ASKED_AMOUNT, TAIL, asking, at_another_time, stated
from qa.conversation.topics import ATTRIBUTE, NOMINAL, NUMERIC, without_aside
from qa.language.names import NAME, OFFICES, people
from qa.text import HAN, STOPWORDS, Segmenter, fold

_DIGITS = re.compile(r"\d+(?:年|月|日|号)")
_NOUN_TAGS = ("n", "v", "a", "b", "j", "l", "i", "eng", "x", "t", "m", "q")


def counted_instead(question: str, last: str, segmenter: Segmenter) -> str | None:
    """Return the last question with what this one counts, where both count things of a kind."""
    counted = ASKED_AMOUNT.search(question)
    if counted is None or ASKED_AMOUNT.search(last) is None:
        return None
    thing = TAIL.sub("", question[: counted.start()].rstrip("有是共") + (counted["what"] or ""))
    if not thing or asking(thing) or is_name(thing, segmenter):
        return None
    if not counted.start() and any(
        tag == "v" for word, tag, _ in segmenter.tagged(question) if word in thing
    ):
        return None  # 几个油罐炸了
    return _swapped(last, thing, segmenter)


_HOW_MANY = re.compile(
    "(?:那|这|这些|这里面)?(?:一共|总共|共|都|加起来|分别)?(?:是|有|来了|去了)?(?P<number>(?:几|多少)[个家人份位项篇条名种所类样处](?:人|单位|部门|企业)?)[呢啊呀]?[?？]*"
)
_WHICH_ONES = re.compile(
    "(?:都|分别|具体)?(?:是|有)?(?:谁|哪些(?:人|单位|部门|企业|地方)?|什么人|哪几[个家位项]|(?<=[了过])(?:什么|啥)$)"
)


def counted_of_a_list(question: str, last: str) -> tuple[str, str] | None:
    """Return what asks how many there are of those just asked for, and what asks for them as a list.

    >>> counted_of_a_list("一共几家", "动员会谁发言了")
    ('动员会几家发言了', '动员会哪些单位发言了')
    >>> counted_of_a_list("一共几家", "动员会哪天开的")
    """
    asked = _HOW_MANY.fullmatch(question)
    which = list(_WHICH_ONES.finditer(TAIL.sub("", last)))
    if asked is None or len(which) != 1:
        return None
    before, behind = last[: which[0].start()], last[which[0].end() :]
    kind = "人" if re.search("[人位名]", asked["number"]) else "单位" if "家" in asked["number"] else ""
    listing = which[0].group() if "哪些" in which[0].group() and not kind else f"哪些{kind}"
    return f"{before}{asked['number']}{behind}", f"{before}{listing}{behind}"


def as_a_list(question: str) -> str:
    """Return what asks where something is as a question for a list of places; others as they are.

    >>> as_a_list("学员都到哪儿实习"), as_a_list("学员几点集合")
    ('学员都到哪些地方实习', '学员几点集合')
    """
    return _WHERE.sub("哪些地方", question, count=1)


_WHERE = re.compile("哪[里儿]|什么地方|(?<=[在到去])哪(?=[?？]*$)")


def substitute(last: str, what: str, segmenter: Segmenter, slot: str = "") -> str:
    """Put ``what`` in the place of its counterpart in ``last``: the phrase most alike in its ending.

    Else it takes that of what was put there before (``slot``), where both are of a kind.
    """
    found = _substituted(last, what, segmenter, slot)
    for doubled in (what[-1] + "的", what[0] * 2):  # 65岁的 → 80岁以上的呢, 对乡镇 → 对学校呢
        if doubled in ("的的", "对对", "给给", "向向", "在在", "从从", "到到"):
            found = found.replace(doubled, doubled[0])
    return found


def _substituted(last: str, what: str, segmenter: Segmenter, slot: str) -> str:
    """Return :func:`substitute` as it comes, with what stands twice."""
    typed = what
    if last.count(f"副{what}") == 1 and POST.search(what):
        return last.replace(f"副{what}", what)
    of_a_form = (
        _other_extreme(last, what)
        or other_of_a_set(last, what)
        or of_another_sort(last, what, segmenter)
        or other_quoted(last, what)
        or other_number(last, what)
        or other_sort_of_them(last, what)
        or in_the_same_frame(last, what)
    )
    if of_a_form is not None:
        return of_a_form
    what = re.sub(f"(?<=[{HAN}A-Za-z0-9]{{2}})的$", "", what) if not _EXTREME.fullmatch(what) else what
    what = re.sub(f"^其中的?(?=[{HAN}]{{2}})", "", what)
    when = _UNTIL.fullmatch(what.removesuffix("的"))
    if when and (other := at_another_time(last, when["time"])) is not None:
        return other.replace(when["time"], when.group(), 1)
    if (other := to_another_place(last, typed)) is not None:
        return other
    if A_BODY.search(what) and (whom := _WHOM.search(last)):
        return last[: whom.start("whom")] + what + last[whom.end("whom") :]
    chained = slot and last.count(slot) == 1 and (of_a_kind(slot, typed) or _both_counted(last, slot, what))
    if chained and _likeness(slot, what, segmenter) > 0:
        return last.replace(slot, what)
    topic, comma, aside = last.rpartition(",")
    if comma and NOMINAL.search(aside) and not _likeness(topic, what, segmenter):
        return f"{topic},{what}呢?"  # 「亚军呢」 「季军呢」: the other takes its place
    if (people_asked := _PEOPLE_ASKED.search(last)) and _PEOPLE_NOUN.search(what):
        of = last[: people_asked.start()].rstrip("有")
        if not _PEOPLE_NOUN.search(of) and not of.endswith("的"):
            return f"{last[: people_asked.start()]}多少{what}?"
    if (swapped := _swapped(last, what, segmenter, _CERTAIN if chained else 0.0)) is not None:
        return swapped
    if chained:
        return last.replace(slot, typed)
    if (other := _in_its_slot(last, what, segmenter)) is not None:
        return other
    attribute = ATTRIBUTE.search(what) and not what.startswith(("各", "全体", "所有"))
    if not attribute and (
        other := other_doer(last, what) or other_deed(last, typed, segmenter) or other_subject(last, typed)
    ):
        return other
    if (extreme := _EXTREME.fullmatch(what)) and len(_EXTREMES.findall(last)) == 1:
        return _EXTREMES.sub(extreme["extreme"], last)
    if A_BODY.search(what) is None and (does := _WHAT_OFFICE.search(last)) and _OF_AN_OFFICE.fullmatch(what):
        return f"{last[: does.start()]}{what}什么职务"
    counted = ASKED_AMOUNT.search(last)
    has_amount = (
        counted is not None and re.match("(?:多少|几)[的钱?？]*$", last[counted.start() :]) is not None
    )
    if is_name(what, segmenter):
        if place := PLACE.match(last):
            return what + last[place.end() :]
    elif (
        counted
        and counted["what"]
        and not _UNIT_OF_TIME.match(counted["what"])
        and (A_THING.search(what) is None or of_a_class(counted["what"], what))
        and last.endswith((counted["what"], "?", "？"))
        and not NUMERIC.search(what)
        and not ATTRIBUTE.fullmatch(counted["what"])
    ):
        if typed.endswith("的") and len(counted["what"]) <= _LONGEST_HEAD:
            return last[: counted.start("what")] + what + last[counted.start("what") :]  # 多少临时|车位
        asked = last[counted.start() : counted.start("what")]
        if _OF_BODIES.search(asked) and _PEOPLE_NOUN.search(what):
            asked = asked[:-1]  # 多少家企业 → 多少从业人员
        return last[: counted.start()] + asked + what + last[counted.end("what") :]
    holder = OFFICE.search(what) and not re.search("谁|哪位|什么人", last)
    if holder or (attribute and not (has_amount and NUMERIC.search(what))):
        return f"{stated(without_aside(last))},{what}呢?"
    if comma and NOMINAL.search(aside):
        return f"{topic},{what}呢?"
    if comma and re.match("占", aside):
        return f"{topic},{typed}{aside}"
    if comma and asking(aside):
        if doer := _doer(aside, segmenter, len(what)):
            return f"{topic},{what}{aside[len(doer) :]}"
        if EVENT.search(what):
            return f"{what},{aside}"  # of another event the same is asked
    if typed.endswith("的") and _A_PART.match(typed) is None and _told_people(last, segmenter):
        return f"{typed}有多少人?"  # 选派一线多少人 → 防疫的
    return f"{TAIL.sub('', last)},{what}呢?"


_WHAT_OFFICE = re.compile(
    "(?:现在|目前|以前|原来)?(?:(?:是)?(?:干|做)|担?任|是)(?:什么|啥)(?:职务|工作)?(?:的)?[?？]*$"
)
_OF_AN_OFFICE = re.compile("拟任|现任|曾任|原任|历任|兼任")
_UNIT_OF_TIME = re.compile("[天年岁周]|小时|分钟|星期|礼拜")
_UNTIL = re.compile("(?:到|截至|截止到?)?(?P<time>.+)")
_SO_MANY_PEOPLE = re.compile("(?:一共|总共|共)?有?(?:多少|几)个?人[?？]*$")
_A_PART = re.compile(r"其中|里面|当中|[\d一二三四五六七八九十]")
"""How what names some of those counted last begins: it is not asked of others."""


def _told_people(last: str, segmenter: Segmenter) -> bool:
    """Tell whether a question counts people that are told by a phrase right before (选派一线多少人)."""
    counted = _SO_MANY_PEOPLE.search(last)
    before = [(word, tag) for word, tag, at in segmenter.tagged(last) if counted and at < counted.start()]
    return bool(before) and (before[-1][0] == "的" or before[-1][1][:1] in "nmsj")


def of_an_earlier_one(what: str, earlier: Sequence[str], segmenter: Segmenter) -> str | None:
    """Return what 「X呢」 asks where its question is not the last one, or is the last one's number alone.

    An office asks who holds it, where that was asked of another office; people told by what they do
    (抽调来的) are counted, where people were. Else the office takes the place of the person.

    Args:
        what: X, as typed.
        earlier: the questions before, oldest first, understood without the conversation.
        segmenter: of the snapshot.
    """
    last = earlier[-1]
    if OFFICE.search(what):
        named = list(dict.fromkeys(people(last, segmenter)))
        if re.search("谁|哪位|什么人", last) or len(named) != 1:
            return None
        holder = next((text for text in reversed(earlier) if _WHO_HOLDS.search(text)), None)
        if holder is not None:
            return _swapped(holder, what, segmenter)
        (name, at) = named[0]
        return last[:at] + what + last[at + len(name) :]
    doers = re.fullmatch(f"(?P<deed>[{HAN}]{{4,10}})的", what)
    if doers is None or in_the_same_frame(last, what) or to_another_place(last, what):
        return None
    first = segmenter.tagged(doers["deed"])[0][1]
    if first[:1] != "v" or first == "vn":
        return None
    for text in reversed(earlier):
        if (counted := ASKED_AMOUNT.search(text)) is None:
            continue
        who = counted["what"] or ""
        if who and not _PEOPLE_NOUN.search(who):
            return None
        if who or "人" in counted.group():
            return f"{what}{who}有多少{'' if who else '人'}?"
        return None
    return None


_WHO_HOLDS = re.compile(f"(?:{OFFICES})(?:现在)?(?:是谁|叫什么|是哪位)|谁是[{HAN}]*(?:{OFFICES})")


def _both_counted(last: str, slot: str, what: str) -> bool:
    """Tell whether what was put into the last question is counted there, and ``what`` may be (上市企业)."""
    counted = ASKED_AMOUNT.search(last)
    return counted is not None and counted["what"] == slot and not ATTRIBUTE.search(what)


_WHOM = re.compile(
    rf"(?:要求|希望|叮嘱|提醒|建议|[对给向让])(?P<whom>[{HAN}]{{2,12}}?)(?=(?:做好?|干|提出?|说|怎么|有|派|开出)(?:[了些]|哪|什么|怎么))"
)
_TOTAL = re.compile(
    "(?P<total>(?:(?:(?<![去今前明上])年)?营收|营业额|营业收入|(?:年|总)?产值|销售额|利润|税收|纳税额?|藏书|占地|面积|产量))(?:是|有|为|达)*(?P<amount>(?:多少|几)[^,，]{0,3})$"
)
_GIVES = re.compile("(?:出资|投入|承担|补助|补贴|捐款?|[出给拨拿占])了?(?:多少|几)")
"""Who gives how much stands right before it (中央给了多少 → 省里呢)."""
_HEAD_NAME = re.compile(
    rf"(?P<name>{NAME})(?=被|是|对|在|说|提|要求|获|犯|有|当过|怎么|为什么|什么时候|多大|今年|去年|现在|以前|表示|强调)"
)


_BY_TITLE = re.compile(
    f"(?<![{HAN}])[{HAN}]{{1,3}}?(?:先生|女士|小姐|老太太?|大爷|大妈|大叔|奶奶|爷爷|阿姨|师傅|某某?)(?![{HAN}]?(?:们|家))"
)


def _in_its_slot(last: str, what: str, segmenter: Segmenter) -> str | None:
    """Return ``last`` with ``what`` where its words alone do not show the counterpart, but the form does.

    Whom something is asked of or told (要求甲做什么 → 乙呢), a person the tagger does not know, what there is
    so much of beside a total (营收多少 → 员工呢).
    """
    named = people(what, segmenter)
    if named and named[0][0] == what:
        head = _HEAD_NAME.match(last)
        return what + last[head.end("name") :] if head else None
    if _BY_TITLE.fullmatch(what) and len(other := list(_BY_TITLE.finditer(last))) == 1:
        return last[: other[0].start()] + what + last[other[0].end() :]
    if (whom := _WHOM.search(last)) and not ATTRIBUTE.search(what):
        return last[: whom.start("whom")] + what + last[whom.end("whom") :]
    gives = _GIVES.search(last)
    if gives and not ATTRIBUTE.search(what):
        words = [token for token in segmenter.tagged(last) if token[2] < gives.start()]
        if words and words[-1][1][:1] in "nj" and words[-1][2] + len(words[-1][0]) == gives.start():
            whole = len(words) > 1 and len(words[-2][0]) == 1 and words[-2][1] == "n"  # 村|集体
            return last[: words[-2 if whole else -1][2]] + what + last[gives.start() :]
    total = _TOTAL.search(TAIL.sub("", last))
    if total and not ATTRIBUTE.search(what) and not is_name(what, segmenter):
        return f"{last[: total.start()]}{what}有{'几' if total['amount'][0] == '几' else '多少'}?"
    return None


def _doer(aside: str, segmenter: Segmenter, length: int) -> str | None:
    """Return the noun that an aside begins with, where it is what does something (消防去了多少人).

    One of a single character (路断了几处) only for another such (桥呢), of the length given.
    """
    end = 0
    for word, tag, at in segmenter.tagged(aside):
        if tag[:1] == "v" and tag != "vn" and end:
            return aside[:end] if end > 1 or length == 1 else None
        if tag[:1] not in "njl" and not tag.startswith("nr"):
            return None
        end = at + len(word)
    return None


_LONGEST_HEAD = 3
"""A longer noun is described itself (多少家科技型企业)."""
_PEOPLE_ASKED = re.compile("(?:多少|几)[个名位]?人[?？]*$")
_OF_BODIES = re.compile("[家所座处个栋间辆台]$")
_PEOPLE_NOUN = re.compile(
    "(?:人才|专家|博士|硕士|[人学会委队职店船演教官雇成]员|[职员民矿农]工|工人|人|居民|群众|[学师]生|教师|老师|医生|护士|村民|党员|干部)$"
)
"""People, who are counted by no measure word of places and things."""
_WHICH_IS_MOST = re.compile(
    rf"(?P<which>哪(?:一?[个家种类条项处所座支场]|些)(?:[省市区县旗镇乡村]|县区|街道|单位|部门|公司|企业|学校|班|队)?的?)"
    rf"[{HAN}]{{2,10}}(?<![省市区县镇乡村])最[{HAN}]{{1,2}}$"
)
_IS_MOST = re.compile(rf"(?P<what>[{HAN}]{{2,8}}最[{HAN}]{{1,2}}?)的?")


def _other_extreme(last: str, what: str) -> str | None:
    """Return which one is most of something else than the last question asks for.

    >>> _other_extreme("哪个县粮食产量最高", "亩产最低的")
    '哪个县亩产最低'
    """
    asked, other = _WHICH_IS_MOST.search(TAIL.sub("", last)), _IS_MOST.fullmatch(what)
    return f"{last[: asked.end('which')]}{other['what']}" if asked and other else None


_EXTREMES = re.compile("最(?:[大小多少高低新早晚长短老快慢远近贵]|年轻|便宜)")
_EXTREME = re.compile(f"(?P<extreme>{_EXTREMES.pattern})的?")
OFFICE = re.compile(f"(?:{OFFICES})$")
_BARE_OFFICE = re.compile(f"(?:副|常务)*(?:{OFFICES})")
POST = re.compile(f"(?:{OFFICES}|医师|教授|研究员|工程师|护士)$")
"""An office or a rank that has a deputy's beside it."""
_CERTAIN = 10.0
"""Likeness of two phrases that end alike."""


def _swapped(last: str, what: str, segmenter: Segmenter, least: float = 0.0) -> str | None:
    """Return ``last`` with ``what`` in the place of the phrase most like it; ``None`` where none is.

    Args:
        last: the last question.
        what: what this one names.
        segmenter: of the snapshot.
        least: how like it the phrase must be, or more than not at all.
    """
    likeness = {span: _likeness(last[slice(*span)], what, segmenter) for span in _phrases(last, segmenter)}
    best = max(likeness, key=lambda span: likeness[span], default=None)
    if best is None or likeness[best] <= 0 or likeness[best] < least:
        return None
    start, end = best
    if _BARE_OFFICE.fullmatch(what) and (office := _BARE_OFFICE.search(last, start, end)):
        start = office.start()  # 医院|院长 → 副院长
    if last[:start].endswith(("多少", "几")) and re.fullmatch(
        f"[支个条项座所台辆]{what[-1]}", last[start:end]
    ):
        return last[: start + 1] + what + last[end:]  # 多少支|队 → 女队
    if last[start:end].startswith("开区") and last[:start].endswith("经"):
        start -= 1  # 经|开区
    while start and start - best[0] > -len(what) and last[start - 1 : best[0]] == what[: best[0] - start + 1]:
        start -= 1  # 县|人民医院 → 县中医院
    if (
        what[-1] in _PLACE_ENDS
        and last[end - 1 : end] not in _PLACE_ENDS
        and last[end : end + 1] in _PLACE_ENDS
    ):
        end += 1  # 侯寨|乡 → 马寨镇
    before = last[:start]
    if what[0] in "未没":
        before = re.sub("已经?$", "", before)  # 已|开工 → 未开工
    return before + what + last[end:]


_PLACE_ENDS = tuple("省市区县乡镇村")
_LABEL = re.compile(
    r"(?<![\d一二三四五六七八九十几第])[\d一二三四五六七八九十]{1,3}(?:期|标段|号楼|号线|季度|等奖|级)"
)
"""Which one of several, by its number (一期): the tagger takes it for no noun."""


def _phrases(text: str, segmenter: Segmenter) -> list[tuple[int, int]]:
    """Return the spans of all runs of one to four words that could be a noun phrase or a time."""
    tokens = [(at, at + len(word), tag) for word, tag, at in segmenter.tagged(text) if _may_name(word, tag)]
    spans: list[tuple[int, int]] = []
    for i, (start, end, _) in enumerate(tokens):
        spans.append((start, end))
        for _next_start, next_end, _ in tokens[i + 1 : i + 4]:
            if _next_start != end:
                break
            end = next_end
            spans.append((start, end))
    return spans + [m.span() for m in _LABEL.finditer(text)]


def _may_name(word: str, tag: str) -> bool:
    return (
        word not in STOPWORDS and tag.startswith(_NOUN_TAGS) and re.search(f"[{HAN}a-z0-9]", word) is not None
    )


_SHORTEST_SHARED = 2
_SCHOOL = re.compile("(?<=[一二三四五六七八九十实附])[小中]$")
"""A school by its short name (实小, 二中)."""


def _likeness(phrase: str, what: str, segmenter: Segmenter) -> float:
    """Score how well two phrases could stand in each other's place; 0 when not at all."""
    a, b = (_SCHOOL.sub(r"\g<0>学", fold(text)) for text in (phrase, what))
    if _DIGITS.search(b):
        return float(bool(_DIGITS.search(a))) * len(a)
    if OFFICE.search(a) and OFFICE.search(b):
        return _CERTAIN - abs(len(a) - len(b)) / 100
    suffix = 0
    while suffix < min(len(a), len(b)) and a[-1 - suffix] == b[-1 - suffix]:
        suffix += 1
    if suffix:
        begins = _CERTAIN / 2 * (len(b) > _SHORTEST_SHARED and a[:_SHORTEST_SHARED] == b[:_SHORTEST_SHARED])
        return _CERTAIN * suffix + begins - abs(len(a) - len(b)) / 10
    if len(a) == len(b) and len(a) > _SHORTEST_SHARED and a[:_SHORTEST_SHARED] == b[:_SHORTEST_SHARED]:
        return 10.0  # 清河花园, 清河雅苑
    tags = [segmenter.tagged(text)[-1][1] for text in (a, b)]
    named = len(a) > 1 and tags[0][:2] == tags[1][:2] and tags[0] in ("nr", "ns", "nt", "nz", "t")
    return 1 + len(a) / 100 if named else 0.0
