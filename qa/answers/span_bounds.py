"""Where a short answer begins and ends, from the span that rules found and the one that the reader marked."""

from __future__ import annotations

import re

from qa.answers.marks import marked_span, marked_text, touch
from qa.language.quantities import UNIT
from qa.reading.spans import ORGANISATION, PARTS_OF_A_MEASURE, called_so
from qa.text import HAN, fold
from qa.types import Evidence
from qa.understanding.questions import Asked, plain

_HEDGE_BEFORE = re.compile(
    r"(?:零下|(?<![一-鿿])负|大概|差不多|起码|顶多|至多|不止|多达|(?<![a-z\d℃%°])[-−])$"
    r"|(?:不[得能可应准许宜]|不允许|严禁|禁止|未|没有?)(?:超过?|突破|[高大多低少小]于)$"
)
_DENIED_BEFORE = re.compile(r"(?:不[得能可应准许宜]|不允许|严禁|禁止|未|没有?)$")
"""What turns the bound that a number begins with into its opposite (不得|超过300元)."""
_EXCEEDING = re.compile(r"超过?|逾|[高大多低少小]于")
_PAST = re.compile(r"(?:突?破|过|超|逾|近|上|不足|不到|约)$")
"""What makes a number of a round one (过亿元, 破百万)."""
_HEDGE_BEHIND = re.compile(
    r"(?:左右|上下|以[上下内]|出头|开外|不等|(?<=[天日年月周时点钟分秒])之?内(?![部外容蒙科])"
    rf"|[(（](?:{UNIT})[)）]|(?<=级)[甲乙丙丁特]等|(?<=\d秒)\d{{1,2}}(?![\d个名人家户项]))"
)
"""What a number ends in behind its unit: its hedge, the class of a grade, parts of a second."""
_NAMED = ("place", "organization")
_PERIOD = r"每[天日周月年季班节个]{1,2}"
_NUMBER_LEFT = re.compile(
    rf"{_PERIOD}|每?(?:[^,，、;；。:：的]{{0,3}}[\d零一二两三四五六七八九十百千万亿半几数][^,，、;；。:：的]{{0,3}})?"
)
_SHARE_OF = re.compile(r"(?!占)[^,，、;；。:：的\d]{2,8}的")
"""Whose share a percentage is (营收的|6%)."""
_NUMBER_RIGHT = re.compile(r"[^,，、;；。:：!！?？“”（(的等和及与]{0,5}(?<![为是由在])")
_MEASURE_RIGHT = re.compile(rf"(?:{UNIT}|[\d.零一二两三四五六七八九十百千万亿半余多人次米套]){{1,4}}")
_WORD = re.compile(rf"[{HAN}a-zA-Z\d]")
_NAME_RIGHT = 6
_REACHES = re.compile(r"达(?=[\d近约超百千万亿一二两三四五六七八九十])")
_DATE_LEFT = re.compile(
    r"[^,，、;；。:：的]{0,3}|每个?(?:月|周|年|季度?|学期)的?(?:第[一二三四五\d]|最后一|首|末)?个?"
)
"""What a time has before it, of one that comes round all of it (每月第一个|周六)."""
_COUNT_BEHIND = re.compile(r"[\d一二两三四五六七八九十]")
_OF_A_TIME = frozenset("前后起内底末初间日号天月年时点至到午晚早")
_DATE_RIGHT = re.compile(r"[^,，、;；。:：的]{0,4}")
_FROM_ASKED = re.compile(
    r"开始|首班|头班|从(?:什么时候|哪|几|何)|[哪几何][天日年月号时]?起|算起|施行|实行|启动"
)
_UNTIL_ASKED = re.compile(
    r"结束|截止|截至|为止|止[?]*$|到(?:什么时候|哪|几|何)|最晚|最后一?[天日]|[来复][水电气]|恢复(?!期|性)|末班|最后一班"
)
_BOTH_ASKED = re.compile(r"(?:几|哪|何|什么)[^,?到至]{0,5}[到至][^,?]{0,3}(?:几|哪|何|什么)")
_CLOCK = (
    r"(?:(?:次日|翌日|当日)?(?:早[上晨]?|上午|中午|下午|晚上?|凌晨)?"
    r"\d{1,2}(?:[:：]\d\d|[时点](?:半|\d{1,2}分?)?))"
)
_HOURS = re.compile(rf"(?P<first>{_CLOCK})[至到—~–-]+(?P<last>{_CLOCK})")
"""From when to when a house is open."""
_HOUR_ASKED = re.compile("几点")
_AN_HOUR = re.compile(r"\d[时点:：]")
_TIMES = r"[\d:：年月日号时点分半至到—~–次当翌每周一二三四五六天早中晚上下午凌晨-]+"
_TIMES_BEFORE = re.compile(rf"(?:{_TIMES}[、和及与,，])+")
_TIMES_BEHIND = re.compile(rf"(?:[、和及与,，]{_TIMES})+")
"""Further times beside one: a tap that runs from 22 to 24 and from 5 to 7."""
_SEVERAL_HOURS = re.compile(rf"{_CLOCK}[至到—~–-]+{_CLOCK}(?:[、和及,，]{_CLOCK}[至到—~–-]+{_CLOCK})+")
_OPENS_ASKED = re.compile(
    r"几点(?:钟|就|才|开始)*(?:开门|开馆|开园|上班)|(?:开门|开馆|开园|上班)[^,?]{0,4}几点"
)
_SHUTS_ASKED = re.compile(
    r"几点(?:钟|就|才)*(?:关门|闭馆|闭园|下班|打烊|收摊)|(?:关门|闭馆|闭园|下班|打烊|收摊)[^,?]{0,4}几点"
)
_RANGE = re.compile(
    r"(?<=[日号年月时点分\d])起?[至到—~–-]+(?=[\d次翌当下今明年月一二三四五六七八九十早晚上下])"
)


def whole_span(question: str, asked: Asked, evidence: Evidence, start: int, end: int) -> str:
    """Return what a span that rules found and the one that the reader marked come to together.

    The rules know the hedge of a number and the noun that a name ends in, the reader
    where a measure (10秒86) or a name begins and ends.
    """
    sentence, marked = evidence.quote, marked_span(evidence)
    near = marked is not None and touch(marked, (start, end))
    if asked.form in _NAMED and marked is not None:
        return _whole_name(asked, evidence, (start, end), marked)
    if asked.form == "number":
        if routes := _routes(question, sentence, (start, end)):
            return sentence[slice(*routes)]
        if near and marked is not None:
            if _of_another_measure(plain(question), sentence[marked[0] : start]):
                marked = start, marked[1]
            share = sentence[end - 1] == "%" and _SHARE_OF.fullmatch(sentence, marked[0], start)
            if share or _NUMBER_LEFT.fullmatch(sentence, marked[0], start):
                start = min(start, marked[0])
            ends = _WORD.match(sentence, marked[1]) is None
            priced = sentence[end - 1] == "元"  # 1600万元回|扣
            measured = not priced and _MEASURE_RIGHT.fullmatch(fold(sentence), end, marked[1])
            one = len(_AMOUNT_ASKED.findall(question)) < 2
            another = one and _begins_a_measure(sentence[start:end], sentence[end : marked[1]])
            whole = (ends or bool(measured)) and not another
            if marked[1] > end and whole and _NUMBER_RIGHT.fullmatch(sentence, end, marked[1]):
                end = marked[1]
        if sentence[end - 1] in "万亿" and (currency := _MONEY_BEHIND.match(sentence, end)):
            end = currency.end()
        start, end = _bound_asked(question, sentence, *hedged(sentence, start, end))
        return (
            _REACHES.sub("", sentence[start:end], count=1) if sentence[start] == "达" else sentence[start:end]
        )
    if asked.form == "date" and near and marked is not None:
        start, end = _whole_date(question, sentence, (start, end), marked)
    return sentence[start:end]


_AMOUNT_ASKED = re.compile("多少|几")
_MONEY_BEHIND = re.compile("(?:[美欧日港澳加韩英]|人民)?[元币镑]")
_A_DATE_BEFORE = re.compile(r"\d[年月日][^\d]{0,2}了$")
_A_MEASURE = re.compile(rf"[\d一二两三四五六七八九十百千万]+(?P<unit>{UNIT})(?P<behind>.*)")


def _of_another_measure(asked: str, before: str) -> bool:
    """Tell whether words before a number hold another one, which is no piece of it (49名|28岁, 6栋|468套)."""
    found = _A_MEASURE.search(fold(before))
    if found is None:
        return _A_DATE_BEFORE.search(fold(before)) is not None
    if _begins_a_measure(before, "1") and len(_AMOUNT_ASKED.findall(asked)) < 2:
        return True
    if re.search(rf"(?:几|多少){found['unit']}", asked):
        return False  # 搬了几户、多少人
    return found["unit"] in _HEADS if not found["behind"] else found["behind"].endswith(("了", "出"))


def _begins_a_measure(first: str, behind: str) -> bool:
    """Tell whether a number begins right behind another one that counts things, and is no piece of it."""
    return (
        re.match(r"\d", fold(behind)) is not None
        and re.search(rf"\d(?:{UNIT})$", fold(first)) is not None
        and PARTS_OF_A_MEASURE.search(fold(first)) is None
    )


_ROUTE = r"[A-Za-z]?\d+(?:路|号线)"
_ROUTES_ASKED = re.compile(r"(?:几|多少)(?:路|号线)")


def _routes(question: str, sentence: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """Return all routes named side by side, one of which is a span, where a question asks for a route."""
    if not _ROUTES_ASKED.search(plain(question)):
        return None
    runs = re.finditer(rf"(?<![\dA-Za-z]){_ROUTE}(?:(?:[、和或及]|或者){_ROUTE})*", sentence)
    return next((run.span() for run in runs if touch(run.span(), span)), None)


_HEADS = ("名", "人", "位", "户", "家", "车", "栋", "幢", "座", "辆")
_MOST_ASKED = re.compile(r"最[高多大长]|至多|顶多|上限|封顶")
_LEAST_ASKED = re.compile(r"最[低少小短]|至少|起码|下限|起步")
_NUMBER_RANGE = re.compile(
    rf"(?P<low>[\d.,]+(?P<unit>{UNIT}|万元|亿元|)?)(?:至|到|以上(?:至|到|、)?|[~—–-])(?P<high>[\d.,]+(?:{UNIT}|万元|亿元)?)(?:以下)?"
)


def _bound_asked(question: str, sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the upper or the lower end of a range where a question asks for that (最多奖多少)."""
    asked = plain(question)
    most, least = _MOST_ASKED.search(asked), _LEAST_ASKED.search(asked)
    found = _NUMBER_RANGE.fullmatch(fold(sentence[start:end]))
    if found is None or bool(most) == bool(least) or (least and not found["unit"]):
        return start, end
    name = "high" if most else "low"
    return start + found.start(name), start + found.end(name)


def _whole_date(
    question: str, sentence: str, span: tuple[int, int], marked: tuple[int, int]
) -> tuple[int, int]:
    """Return the bounds of a time: the end of a range that is asked for, else with what was marked of it.

    Of hours that is when a house opens (几点开门), or when it shuts.
    """
    start, end = span
    asked = plain(question)
    until, since = _UNTIL_ASKED.search(asked), _FROM_ASKED.search(asked)
    from_and_to = _BOTH_ASKED.search(asked)
    if part := _hours_of_the_day(asked, sentence, marked):
        return part
    if from_and_to and _SEVERAL_HOURS.fullmatch(sentence[slice(*marked)]):
        return marked
    both = _RANGE.search(sentence, start, end)
    if both and from_and_to:
        early = _EARLY_OR_LATE.search(sentence[:start])
        return early.start() if early else start, end
    if both and bool(until) != bool(since):
        if until and marked[1] > both.end():
            hour = _HOUR_ASKED.search(asked) and _AN_HOUR.search(sentence, both.end(), end)
            whole = "月" in sentence[both.end() : end] or "月" not in sentence[start : both.start()] or hour
            return (both.end(), end) if whole else span
        if since and marked[0] < both.start():
            return start, both.start()
        return span
    opens, shuts = _OPENS_ASKED.search(asked), _SHUTS_ASKED.search(asked)
    if bool(opens) != bool(shuts) and (hours := _HOURS.search(sentence, *span)):
        bound = hours.span("first" if opens else "last")
        return bound if touch(marked, bound) else span
    if _DATE_LEFT.fullmatch(sentence, marked[0], start):
        start = min(start, marked[0])
    if marked[1] > end and _DATE_RIGHT.fullmatch(sentence, end, marked[1]):
        counts = _COUNT_BEHIND.match(fold(sentence), marked[1])  # 9月10日前分|三批搬完
        end = end if counts and sentence[marked[1] - 1] not in _OF_A_TIME else marked[1]
    if marked[0] < start and _TIMES_BEFORE.fullmatch(sentence, marked[0], start):
        start = marked[0]
    if marked[1] > end and _TIMES_BEHIND.fullmatch(sentence, end, marked[1]):
        end = marked[1]
    return start, end


_EARLY_OR_LATE = re.compile("(?:(?<![最较])早|每?晚)$")
_PART_OF_DAY = re.compile(r"早[上晨]?|[上中下]午|晚上?|夜[里间晚]?|凌晨|傍晚")
_HOURS_OF_A_PART = re.compile(rf"(?:{_PART_OF_DAY.pattern}){_CLOCK}[至到—~–-]+(?!晚|夜|下午|次日){_CLOCK}")


def _hours_of_the_day(asked: str, sentence: str, marked: tuple[int, int]) -> tuple[int, int] | None:
    """Return of hours for several parts of a day those of the part that a question names.

    >>> text = "早上6时至9时,晚上18时至21时"
    >>> text[slice(*_hours_of_the_day("晚上几点到几点能投?", text, (0, 17)))]
    '晚上18时至21时'
    """
    wanted = {m.group()[0] for m in _PART_OF_DAY.finditer(asked)}
    told = [m.span() for m in _HOURS_OF_A_PART.finditer(sentence, *marked)]
    own = [span for span in told if sentence[span[0]] in wanted]
    return own[0] if len(wanted) == 1 and len(own) == 1 < len(told) else None


def _whole_name(asked: Asked, evidence: Evidence, span: tuple[int, int], marked: tuple[int, int]) -> str:
    """Return the name of a place or a body: begun where the reader began it, ended where its noun ends."""
    sentence = evidence.quote
    if not touch(span, marked):
        read = marked_text(evidence)
        return read if read and called_so(asked.noun, fold(read)) else sentence[slice(*span)]
    behind = sentence[marked[1] : span[1]]
    longer = len(behind) <= _NAME_RIGHT and not set(behind) & set("的（(,，、")
    text = sentence[marked[0] : span[1] if span[1] > marked[1] and longer else marked[1]]
    text = (marked_text(evidence) or text) if len(text) <= marked[1] - marked[0] else text
    at = sentence.find(text)
    return of_the_body(text, sentence[at + len(text) :] if at >= 0 else "")


_TWICE = re.compile(r"(公司|集团|中心|委员会|大学|学院|医院|银行)\1$")
_ITS_HEAD = re.compile(r"[校院局部处科所厂店馆站]$")


def of_the_body(name: str, behind: str) -> str:
    """Return a body's name without what begins its head or its department (盐仓小学|校长)."""
    if twice := _TWICE.search(name):
        return name[: twice.end(1)]
    headed = behind.startswith("长") and _ITS_HEAD.search(name) and ORGANISATION.search(fold(name[:-1]))
    return name[:-1] if headed else name


def hedged(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a number with the sign and the hedge at its side (零下5℃, 3个工作日内)."""
    folded = fold(sentence)
    before = _HEDGE_BEFORE.search(folded[:start])
    if before is None and _EXCEEDING.match(folded, start):
        before = _DENIED_BEFORE.search(folded[:start])
    if before is None and folded[start] in "百千万亿":
        before = _PAST.search(folded[:start])
    if before:
        start = before.start()
    behind = _HEDGE_BEHIND.match(folded, end)
    return start, behind.end() if behind else end
