"""What a question states and what it asks: the asking phrases, and the times it names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from qa.language.time_expressions import find_times
from qa.text import HAN

TAIL = re.compile(r"[了吗呢吧啊呀的]*[?？。!！]*$")
_MEASURE = (
    "(?:成(?![立长员果功本])|[位次条种座所只辆台亩万元套处间栋篇支届批期起任笔艘架列头本册首幅幢稿株吨%]|根(?![本据治源])|个(?!体)|家(?!庭|长|具|电|乡|里)|项(?!目)|名(?!额|单|字)"
    "|户(?!籍|外)|件(?!事)|份(?!额)|场(?!所|地|馆|合)|节(?![日目约能假课点奏气省])|部(?!门|队|委|分)|级(?!别)|层(?!次|面))"
)
"""A measure word, not the beginning of a noun (多少项目, 多少家庭)."""
_WHEN = (
    "(?:哪[一几]?[天年日]|(?:什么|啥)(?:时候|时间)|何时|几时|几点(?:钟|半)?|几月(?:几[日号])?|几号|哪个月|哪一个月"
    "|(?:星期|周|礼拜)几)"
)
_WHERE = "(?:哪里|哪儿|什么地[方点]|何处|何地)"
_WHY = "(?:为什么|为何|为啥|什么原因)"
ASKED_WHEN = re.compile(
    rf"(?:在|于)?{_WHEN}|(?:在|从|去|到)(?:{_WHERE}|哪(?![个家些里儿种年天级方一几]))|{_WHY}|怎么(?!样)"
)
"""When, where, why or how; one of them may stand in the place of another."""
ASKED_DAY = re.compile(rf"(?:在|于)?{_WHEN}")
ASKED_AMOUNT = re.compile(
    rf"(?:多少|几(?![点号月日时]))(?:{_MEASURE}|人(?![员才口民群们])){{0,2}}(?P<what>[{HAN}A-Za-z]{{2,12}})?"
)
_UNIT = (
    "(?:个?(?:小时|钟头|月(?!份)|星期|季度)|年(?![级轻货度代])|天(?![然气])|分钟|岁|公里|米(?!粮)|吨|斤|毫米"
    "|块钱?|元(?!素)|钱|度(?!假))"
)
"""A unit that says nothing without its number (被判几年, 花了多少钱)."""
_WHICH = f"哪(?:些|[一几两二三四五六七八九十]?{_MEASURE}|[几两二三四五六七八九十])|(?:什么|啥)(?:样的)?"
_AT_THE_END = re.compile(
    rf"(?:(?<!的)是|叫做?|名为|属于|(?<!现)在|[到去])+(?:(?:谁|哪一?位)$|(?:什么|啥|哪(?!一?[天年日月位])一?{_MEASURE})[{HAN}]{{0,2}}$)"
)
"""「在哪个镇」, 「叫什么名字」: with its verb and its noun, which say nothing without it."""
_ASKING = re.compile(
    rf"(?:(?<!的)是|到底|究竟)?(?:[在于从自到]?{_WHEN}|(?:在|从|去|到|于)?{_WHERE}|[在从去到]哪(?![{HAN}])|{_WHY}"
    rf"|[由被让]?(?:谁|哪一?位|什么人)|(?:怎么|咋)(?:样|办|回事)?|(?:是|要)?干(?:嘛|啥|什么)(?:用)?|怎样|如何|百分之(?:几|多少)|{_WHICH}|多[长大高宽远重久深快厚](?!的)"
    rf"|有?(?:多少|几{_MEASURE}?)是|是?第几{_MEASURE}?|(?:多少|几(?!乎))(?:{_UNIT}|{_MEASURE}{{0,2}}))"
)
_WHO_DID = re.compile(
    rf"(?:(?<!的)是)?[由被让]?(?:谁|哪一?位|什么人)(?:来|去)?[{HAN}]{{1,2}}(?:的(?:[{HAN}]|\d+)?)?$"
)
"""Who did something, with the deed (是谁报的警): what another question is of is what stands before."""
_WHOSE_DEED = re.compile(rf"(?:是?由?)(?:谁|哪一?位)(?:来|去)?[{HAN}]{{2}}的(?P<thing>[{HAN}]{{2,8}})")
"""谁主持的启动会: what another question is of is the meeting."""
_LEAST_TOPIC = 3
_SO_MANY_PEOPLE = re.compile("(?<![了过])(?:多少|几)个?人$")
"""People of whom nothing is said but how many (每年培训多少人)."""
_OR_NOT = re.compile(rf"(?P<verb>[{HAN}])[不没](?P=verb)|(?:是否|能否|可否)")
_LEFT_OVER = re.compile(
    f"^(?:是|有(?![{HAN}]{{1,6}}的)|在|由|[,，])+|(?:(?<![只还没])有|是|(?<!现)在|叫做?|为|于|由|要|将|[,，])+$"
)
_BEFORE_ASKING = re.compile("(?:一共|总共|共|都|有|是|(?<!现)在|于|由|(?<!主)要|需要?)+$")
_ANY_DAY = dt.date(2021, 6, 16)  # relative words need a day to be found; which one does not matter here
_RECURRING = re.compile(
    r"(?:每|逢)?(?:周|星期|礼拜)(?:[一二三四五六日天](?![共起直些样次])|末)|工作日|双休日|(?:法定)?节假日|假期|寒假|暑假|平时|平日"
)
_FORMERLY = re.compile(
    "(?:(?:去|上|前)年同期|(?:原(?:来|先|本)?)计划(?!有|是)|以前|之前|从前|过去|原来|原先|当初|当时|现在|目前|如今|后来|一开始|刚开始|起初|最初|最早的?时候|(?:改造|搬迁|装修|调整|实施|整治|开通|启用|通车|修通|贯通|完工|建成|投用|投产)(?:之?前|以前|之?后|以后))"
)
"""A time that is told by what came after it (以前, 改造前)."""
_AT_FIRST = re.compile("(?:一|刚)开始|起初|最早的?时候")
"""Words for 最初 that hold a verb (开始)."""
_BEFORE_OR_AFTER = re.compile(f"[{HAN}]{{1,6}}(?:之前|之后|以前|以后)")
_DEED_RIGHT_BEFORE = re.compile(
    "(?:[降涨升增减提调]?[到至为]|[补给要拿领交付收花卖亏赚挣考招摊投产][了到过]?)$"
)
"""A verb that its number stands right behind (降到多少): a time stands before it."""
_PART_OF_DAY = re.compile("早上|早晨|清晨|上午|中午|下午|傍晚|晚上|夜里|夜间|凌晨|白天")
Span = tuple[int, int]


def stated(question: str) -> str:
    """Return a question without what it asks for, so that another can be put behind it.

    >>> stated("青石大桥是什么时候通车的?"), stated("二七经开区有多少家高新技术企业?")
    ('青石大桥通车', '二七经开区有高新技术企业')
    >>> stated("东河仓库火灾是谁报的警?"), stated("刘某被判了几年?")
    ('东河仓库火灾', '刘某被判')
    """
    whole = TAIL.sub("", question)
    if done := _WHOSE_DEED.fullmatch(whole):
        return done["thing"]
    if who := _WHO_DID.search(whole):
        before = whole[: who.start()].rstrip(",，")
        if len(without_time(before)) >= _LEAST_TOPIC or times(before):
            return before
    text = _OR_NOT.sub(lambda match: match["verb"] or "", _SO_MANY_PEOPLE.sub("", whole))
    text = _ASKING.sub("", _AT_THE_END.sub("", text))
    text = TAIL.sub("", _LEFT_OVER.sub("", TAIL.sub("", text)))
    return text or whole


def stated_with_its_kind(question: str) -> str:
    """Return a question without its number, day, place or reason: more of what it lists can be asked for."""
    text = TAIL.sub("", question)
    if (amount := ASKED_AMOUNT.search(text)) and amount["what"]:
        text = text[: amount.start()] + text[amount.start("what") :]
    return ASKED_WHEN.sub("", text) or text


def asking(question: str) -> set[str]:
    """Return the phrases by which a question asks, empty where it asks by a particle or not at all."""
    return {match.group().lstrip("是在于有") for match in _ASKING.finditer(question)}


def asking_at(question: str) -> int:
    """Return where a question begins to ask, with the verb right before; 0 where it has no asking phrase."""
    match = _ASKING.search(question)
    if match is None:
        return 0
    return len(_BEFORE_ASKING.sub("", question[: match.start()]))


def asking_spans(question: str) -> list[Span]:
    """Return where the phrases stand by which a question asks."""
    return [match.span() for match in _ASKING.finditer(question)]


def times(text: str) -> list[Span]:
    """Return the spans of the days and recurring days that a text names."""
    found = [(time.start, time.end) for time in find_times(text, _ANY_DAY)]
    recurring = [match.span() for match in _RECURRING.finditer(text)]
    return sorted(
        found + [r for r in recurring if not any(r[0] < end and start < r[1] for start, end in found)]
    )


def parts_of_day(text: str) -> list[Span]:
    """Return the spans of the parts of a day that a text names."""
    return [match.span() for match in _PART_OF_DAY.finditer(text)]


def at_another_time(question: str, time: str) -> str | None:
    """Return a question asked of another time, ``None`` where ``time`` is none or it is not clear how.

    >>> at_another_time("12月8日有哪些报道?", "上个月"), at_another_time("图书馆几点开门?", "周末")
    ('上个月有哪些报道?', '图书馆周末几点开门?')
    """
    for find in (times, parts_of_day, _formerly):
        if _covers(find(time), time) or (find is _formerly and _BEFORE_OR_AFTER.fullmatch(time)):
            time = _AT_FIRST.sub("最初", time)
            there = find(question)
            if find is times and not there:
                there = _formerly(question)  # 原计划装几台 → 去年呢
            if len(there) == 1:
                return _in_its_tense(question[: there[0][0]], time, question[there[0][1] :])
            if there:
                return None
            if find is _formerly and len(named := times(question)) == 1:  # 2014年…多少 → 现在呢
                return _in_its_tense(question[: named[0][0]], time, question[named[0][1] :])
            at = len(_DEED_RIGHT_BEFORE.sub("", question[: asking_at(question)]))
            return question[:at] + time + question[at:]
    return None


_ASKED_THEN = re.compile(
    rf"(?:那么?)?(?P<when>[{HAN}0-9]{{2,8}}?)(?P<plan>准备|打算|计划|预计|要|会|将)?(?P<deed>是|有|[{HAN}]了?|)"
    rf"(?P<asked>多少|几(?:{_MEASURE}|{_UNIT})|谁|哪一?位)(?:{_MEASURE}|{_UNIT})?(?:呢|啊|了|的)*[?？]*"
)
"""A time with what is asked then, and nothing of which (原来是多少, 明年准备装多少)."""


def of_another_time(question: str, last: str) -> str | None:
    """Return the last question asked of another time, where this one names that and asks alike.

    >>> of_another_time("之前是谁", "馆长现在是谁"), of_another_time("明年准备装多少", "去年装了几台灯")
    ('馆长之前是谁', '明年准备装几台灯')
    >>> of_another_time("之前是谁", "馆里有几个人"), of_another_time("明年招多少人", "去年装了几台灯")
    (None, None)
    """
    then = _ASKED_THEN.fullmatch(question)
    if then is None:
        return None
    who = then["asked"] in ("谁", "哪位", "哪一位")
    asks_alike = re.search("谁|哪一?位", last) if who else ASKED_AMOUNT.search(last)
    deed = then["deed"].removesuffix("了")
    if asks_alike is None or (deed not in ("是", "有", "") and deed not in last):
        return None
    other = at_another_time(last, then["when"])
    if other is None or not then["plan"]:
        return other
    planned = re.sub(f"(?<=[{HAN}])了(?=多少|几)", "", other)
    return planned.replace(then["when"], then["when"] + then["plan"], 1)


def _in_its_tense(before: str, time: str, behind: str) -> str:
    """Return a question put together of another time: what was planned is not done, what was has not become.

    >>> _in_its_tense("", "原计划", "装了几台灯"), _in_its_tense("现在", "原来", "总投资变成多少了")
    ('原计划装几台灯', '现在原来总投资是多少')
    """
    if "计划" in time:
        behind = re.sub(f"(?<=[{HAN}])了(?=多少|几)", "", behind)
    if re.match("原|以前|之前|当初", time):
        behind = _CHANGED_INTO.sub("是", TAIL.sub("", behind))
    return before + time + behind


_CHANGED_INTO = re.compile("(?:变|改|调整?|增加?|减少?|提高|下?降|上?涨|升)[成为到]了?(?=多少|几)")


def _formerly(text: str) -> list[Span]:
    """Return the spans of the times that a text tells by what came after them."""
    return [match.span() for match in _FORMERLY.finditer(text)]


def _covers(spans: Sequence[Span], text: str) -> bool:
    """Tell whether a text is one time and nothing else (那12月6日)."""
    return len(spans) == 1 and spans[0] == (0, len(text))


def without_time(text: str) -> str:
    """Return a text without its only time; the text itself where it names none or several."""
    found = times(text)
    if len(found) != 1:
        return text
    (start, end) = found[0]
    return re.sub(r"[在于从自]$", "", text[:start]) + re.sub(r"^的|^那天", "", text[end:])


def with_its_month(what: str, last: str, said: Sequence[str]) -> str:
    """Return a day with the month that was told of the day in the last question (22号 → 23号).

    >>> with_its_month("23号", "庙会22号有什么活动", ["6月22日,开幕式。"])
    '6月23号'
    """
    asked = re.findall(r"(?<![月\d])(\d{1,2})[号日]", last)
    if re.fullmatch(r"\d{1,2}[号日]", what) is None or len(asked) != 1:
        return what
    months = {m for text in said for m in re.findall(rf"(\d{{1,2}}月){asked[0]}[号日]", text)}
    return f"{months.pop()}{what}" if len(months) == 1 else what
