"""How well a span of a sentence fits a question: the words around it, its unit, the bound asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.language.quantities import UNIT
from qa.reading.siblings import of_another_age, tells_of_another
from qa.reading.year_parts import is_of_another_year_part
from qa.text import HAN, bigrams, fold
from qa.understanding.kinds import holds_the_kind, unasked_age
from qa.understanding.questions import Asked

_BREAK = re.compile(r"[,，、;；。:：!?！？]")


def fit(folded_question: str, asked: Asked, sentence: str, start: int, end: int) -> float:
    """Return how well ``sentence[start:end]`` fits a question; higher is better, no unit.

    The share of the question found in the span's own item of an enumeration, then in its clause and in
    the sentence; for a number also the thing counted at its side, the unit and the bound asked for.
    """
    folded = fold(sentence)
    left, right = _item(folded, start, end)
    clause_left, clause_right = _item(folded, start, end, re.compile(r"[,，;；。:：!?！？]"))
    wanted = _grams(folded_question)
    item = folded[left:start] + " " + folded[end:right]
    clause = folded[clause_left:start] + " " + folded[end:clause_right]
    if asked.form == "list":
        before = folded[_item(folded, max(clause_left - 1, 0), clause_left)[0] : clause_left]
        return 2.0 * _share(wanted, folded[clause_left:clause_right]) + _share(wanted, before)
    score = 2.0 * _share(wanted, item) + 1.0 * _share(wanted, clause) + 0.5 * _share(wanted, folded)
    # Newspapers put the thing counted right before or behind its number.
    nearby = folded[max(left, start - 8) : start] + " " + folded[end : min(right, end + 8)]
    score += 1.0 * _share(wanted, nearby)
    if asked.form in ("number", "date"):
        score += _change_fit(folded_question, folded[:start], folded[end:])
    if asked.form == "number":
        score += _bound_fit(folded_question, nearby + folded[start:end])
        score += _PER_ONE * is_per_one(folded_question, folded[clause_left:start])
        score += _stage_fit(folded_question, folded[:start], folded[end:])
        score += _planned_fit(folded_question, folded[:start])
        score += _giver_fit(folded_question, folded[:start])
        score += _class_fit(folded_question, item)
        score += _FRAME * (
            _FRAMES.match(folded, end) is not None and not _WHOLE_ASKED.search(folded_question)
        )
        score += _OF_OTHERS * _bounds_a_class(folded, start, end)
        score += _left_fit(folded_question, folded[:start]) + _added_fit(folded_question, folded[left:start])
        head = _head(folded_question, asked)
        score += 2.0 * _share(_grams(head), nearby)
        score += _NAMED_AT_ITS_SIDE * _suffix_share(head, nearby)
        score += _extent_fit(folded_question, folded[:start])
        score += _label_fit(folded_question, folded[:start], folded[end:right])
    return score + _unit_fit(folded_question, asked, folded[start:end])


_PER_ONE = 1.5
_FRAME = -1.5
_FRAMES = re.compile(r"[^,、;。:]{0,8}[中里](?:面)?,")
"""Behind a whole of which parts are told (86个项目中,已开工63个)."""
_OF_A_CLASS = re.compile(rf"(?:(?:以上|以下)的?|的)(?:[{HAN}]{{0,8}}?)(?:有|共|达)?\d")
_CLASS_BEFORE = re.compile(r"(?:超过?|逾|不足|不到|[高低多少]于)$")
_WHOLE_ASKED = re.compile(r"一共|总共|共有?多少|总数|总量|总的|全部|合计|原有")
_NAMED_AT_ITS_SIDE = 1.6
_SUFFIX_CHARS = 4


def is_per_one(folded_question: str, before: str) -> bool:
    """Tell whether so much 每吨, 每户, 每天 is asked, and what stands before a number says it of that."""
    asked = re.search(f"每一?(?P<of>[{HAN}])", folded_question)
    return asked is not None and re.search(f"每一?{asked['of']}", before) is not None


def _bounds_a_class(folded: str, start: int, end: int) -> bool:
    """Tell whether a number says which things are counted behind it (产值超10亿元的有9家)."""
    value = folded[start:end]
    bounded = re.match("超过?|逾|不足|不到", value) or _CLASS_BEFORE.search(folded[:start])
    behind = _OF_A_CLASS.match(folded, end - 2 if value.endswith(("以上", "以下")) else end)
    return behind is not None and (bounded is not None or behind.group().startswith("以"))


def _suffix_share(head: str, text: str) -> float:
    """Return how much of a name's end a text holds, 0 to 1 (亮红灯 and 亮黄灯 share their last character)."""
    length = min(len(head), _SUFFIX_CHARS)
    held = next((k for k in range(length, 0, -1) if head[-k:] in text), 0)
    return held / length if length > 1 and held > 1 else 0.0


_BEFORE_COUNT = re.compile(
    rf"(?P<head>[{HAN}A-Za-z0-9]{{1,8}}?)(?:一共|总共|共|都|已经?)?(?:有|是|为|达到?|占)?(?:多少|几)"
)


def _head(folded_question: str, asked: Asked) -> str:
    """Return the thing counted: what follows the measure word, else what stands before 多少.

    Words that merely set the scene (二七经开区有) are not part of it.
    """
    noun = re.sub(rf"^{UNIT}", "", asked.noun)
    if len(noun) > 1:
        return noun
    before = [m["head"] for m in _BEFORE_COUNT.finditer(folded_question)]
    return before[-1][-6:] if before else noun


def _grams(text: str) -> set[str]:
    return set(bigrams(text)) | set(text)


# What in a question calls for what in the span; a span without it is the wrong quantity or grain.
_UNIT_CUES = (
    (
        re.compile(r"占比|比例|百分|占.{0,4}多少|增长|下降|涨了|率|几个点|[降减增升涨]了?多少[?]*$"),
        re.compile(r"%|百分|‰"),
    ),
    (re.compile(r"钱|资金|金额|投资|投入|多少元|费用|几块|花了"), re.compile(r"元|块|万$|亿$")),
    (re.compile(r"多大面积|面积|多大"), re.compile(r"亩|平方|公顷|岁")),
    (re.compile(r"多长时间|多久|几天|几年"), re.compile(r"天|年|月|小时|分钟|日|星期|礼拜|钟头|周|载|学期")),
    (re.compile(r"(?:多少|几)(?:本|册|部)?(?:纸质)?书|藏书|图书"), re.compile(r"[册本部]")),
    (re.compile(r"多远"), re.compile(r"[米里站]")),
    (re.compile(r"几月|哪个月|哪一个月"), re.compile(r"月")),
    (re.compile(r"几号|哪一?[天日]"), re.compile(r"[日号天]")),
    (re.compile(r"哪一?年"), re.compile(r"年")),
    (re.compile(r"多少人|几个人|几人|几名|几位|多少名"), re.compile(r"[人名位]|人次")),
)


# Measure words that people use for one another.
_UNIT_FAMILIES = (
    ("次", "趟", "回", "遍", "人次"),
    ("人", "名", "位", "口", "人次"),
    ("本", "册", "部"),
    ("元", "块", "块钱", "万元", "亿元"),
    ("亩", "平方米", "平米", "公顷", "平方公里"),
    ("公里", "米", "千米", "里"),
    (
        "天",
        "日",
        "周",
        "年",
        "个月",
        "小时",
        "分钟",
        "个工作日",
        "年半",
        "个半月",
        "个半小时",
        "钟头",
        "星期",
        "载",
    ),
    ("家", "户"),
    ("成", "%"),
    ("栋", "幢", "座"),
    ("辆", "台", "台次"),
    ("批", "批次"),
    ("棵", "株"),
)
# Of these, a number of another kind is never what is asked for (多少岁以下: not 49名).
_DIMENSIONS = (
    ("岁", "周岁"),
    ("元", "块", "块钱", "万元", "亿元"),
    ("亩", "平方米", "平米", "公顷", "平方公里"),
    ("吨", "公斤", "斤", "克"),
)
_MEASURED = (
    *(unit for family in _DIMENSIONS for unit in family),
    *("米", "公里", "里", "厘米", "毫米", "度", "℃", "%"),
)
_HEADS = ("人", "名", "位", "口")
_COUNTED = ("家", "户", "人", "名", "项")
_AMOUNT_OF_MONEY = re.compile(
    r"(?:产值|营收|利润|税收)(?:[是有为达了共]|大概|大约|总共|一共)*多少(?![个家户人名项])"
)
_OTHER_DIMENSION = -4.0
_HEDGE_BEHIND = re.compile(r"(?:左右|上下|以上|以下|以内|之多)$")
_CLOCK = re.compile(
    r"^\d{1,2}:\d\d|(?<![分个])[\d一二三四五六七八九十]点(?:半|钟|[\d一二三四五十]*分?)?(?:[至到—-].*)?$"
)
_CLOCK_ASKED = re.compile(r"点|时|比[分几]")


@dataclass(frozen=True, slots=True)
class _Daytime:
    words: str
    """How it is called, as a pattern."""
    hours: range


_HOUR_BEHIND = r"(?=\d|[一二三四五六七八九十]+[点时])"
_DAYTIMES = (
    _Daytime(rf"上午|早上|早晨|清晨|早{_HOUR_BEHIND}", range(5, 12)),
    _Daytime("中午|午间", range(11, 14)),
    _Daytime("下午", range(12, 19)),
    _Daytime(rf"晚上|晚间|夜里|夜间|晚{_HOUR_BEHIND}", range(18, 24)),
)
_OF_OTHERS = -5.0
"""Of another time or age than is asked for: more than being marked is worth."""
_TIME_UNITS = ("小时", "分钟", "天", "年", "个月", "日", "周", "秒")
# A bound that is asked for, and how a text words one.
_BOUNDS = (
    (re.compile(r"最多|最高|上限|顶多"), re.compile(r"最高|最多|不超过|上限|以内|以下|不高于|不多于")),
    (re.compile(r"最少|至少|最低|起码"), re.compile(r"至少|不少于|最低|不低于|最少|以上")),
    (re.compile(r"平均|人均"), re.compile(r"平均|人均|户均|均")),
    (re.compile(r"原来|原先|以前|之前"), re.compile(r"原来|原先|原|由|从|此前")),
)


def _bound_fit(folded_question: str, around: str) -> float:
    """Return a bonus for each bound (最多, 平均 …) that is asked for and that stands by the number."""
    return sum(0.7 for cue, bound in _BOUNDS if cue.search(folded_question) and bound.search(around))


_CHANGED_TO = re.compile(r"[降涨升增提调扩缩改跌落](?:低|高|加|少|长|大|小|整)?(?:到|至|为|成)")
_CHANGE = (
    r"(?:[降涨升增提扩缩减跌调][低高加少长大小升降短幅]?|上调|下调|压缩|精简|放宽|调整|延长|提前|推迟|延后|顺延"
    r"|改期?|变更)"
)
_FROM = re.compile(
    r"[由从](?:原来|原先|原定|原[计规]划|过去|以前|此前|之前|去年|上期|现在|目前)?的?(?:每[人户月年天亩件吨斤个]{1,2}){0,2}$"
)
_THEN_TO = re.compile(rf"^[^,;。:]{{0,8}}{_CHANGE}[了]?(?:到|至|为|成)")
_BEFORE_ASKED = re.compile(
    r"原来|原先|以前|之前|此前|过去|本来|上期|[由从](?:多少|几)|先前|[\d一二两三四五六七八九十]年前|(?<![目提眼当之年天月])前(?![后三两几十年天往去\d期面方])"
)
_NOW = re.compile(r"现在|目前|眼下|如今|当前")
_NOW_TO = re.compile(r"[由从][^,;。:]{1,12}(?:到|至|为|成)$")
_AGAINST_BEFORE = re.compile(r"[比较][^,?]{0,6}(?:原来|原先|以前|之前|此前|过去|先前|年前)")
_BY = re.compile(rf"(?:{_CHANGE})[了近约超]?$")
_BY_ASKED = re.compile(
    r"[降涨升增减跌]|提高|扩|缩|上调|下调|变化|[多少高低][了出](?!解)|[多少][交收赚花用拿缴卖]了?|[亏赚赔]"
)


def is_what_it_was(before: str, behind: str) -> bool:
    """Tell whether what stands between is what something was before it changed (由960万元调整为1080万元)."""
    return _FROM.search(before) is not None and _THEN_TO.search(behind) is not None


def asks_for_before(folded_question: str) -> bool:
    """Tell whether a question asks for what something was before it changed, and not for the change since."""
    return (
        _BEFORE_ASKED.search(folded_question) or _AT_FIRST_ASKED.search(folded_question)
    ) is not None and _AGAINST_BEFORE.search(folded_question) is None


def _change_fit(folded_question: str, before: str, behind: str) -> float:
    """Return a bonus for what something changed to, where that is asked for, a malus for what it was.

    A malus too for what it was (由50%提高到60%) where not that is asked for, and for by how much it
    changed where no change is.
    """
    origin = _FROM.search(before)
    was = is_what_it_was(before, behind)
    still = bool(origin and _NOW.search(origin.group()) and _NOW.search(folded_question))
    if still:
        return 2.0 if was else 0.0
    if _BEFORE_ASKED.search(folded_question):
        now = not was and _NOW_TO.search(before) and not _AGAINST_BEFORE.search(folded_question)
        return _DECIDING if was else -2.0 if now else 0.0
    if was:
        return -2.0
    if not _CHANGED_TO.search(folded_question):
        return -1.0 if _BY.search(before) and not _BY_ASKED.search(folded_question) else 0.0
    if re.search(r"[到至为成了]$", before):
        return 1.0
    return -1.0 if re.search(r"[由从比较]$", before) else 0.0


_LEFT_ASKED = re.compile(
    r"(?:还|仍)?(?:剩|余下|差)(?!距|异|价)|还有[^,?]{0,4}(?:多少|几)[^,?]{0,8}[没未]|[没未][^,?]{0,8}的?(?:还)?有(?:多少|几)"
)
_LEFT = re.compile(
    r"(?:剩下|剩余|其余|余下|结余|结存|还[剩差有]|尚[有余未]|仍有|未[^,、;]{1,6})的?[^,、;\d]{0,4}$"
)
_DONE_WITH = re.compile(r"已[^,、;\d]{0,8}$")
_ADDED = re.compile(r"(?:净增|新[增建开组入认获培签设加][^,、;\d]{0,6})[^,、;\d]{0,4}$")
_ADDED_ASKED = re.compile(r"新|增|[多少]了")
_IN_ALL = re.compile(r"(?:总数|总量)(?:已|将)?(?:有|达到?|为|增至)?$")


_DECIDING = 3.5
"""More than words around a number are worth, or its being marked."""


def _left_fit(folded_question: str, before: str) -> float:
    """Return a bonus for what is left, where that is asked for, a malus for what is done with (已整改)."""
    if not _LEFT_ASKED.search(folded_question):
        return 0.0
    return _DECIDING if _LEFT.search(before) else -_DECIDING if _DONE_WITH.search(before) else 0.0


def _added_fit(folded_question: str, before: str) -> float:
    """Return a malus for what has been added (新组建4个) where it is asked how many there are."""
    if _ADDED_ASKED.search(folded_question):
        return 0.0
    return -_DECIDING if _ADDED.search(before) else _DECIDING if _IN_ALL.search(before) else 0.0


_AT_FIRST = re.compile(
    r"起步时|起初|当初|当时|最初|刚(?:开始|起步|成立|创办)|(?:成立|创办|创业|开办|建[厂校馆园])之?初|头[一两]年|早先|早年"
)
_AT_FIRST_ASKED = re.compile(rf"{_AT_FIRST.pattern}|最早|一开始|原[计规]划|原定|原设计|开头")
_BY_NOW = re.compile(r"如今|现在|目前|眼下|现[有已]|到去年")
_EARLIER_ASKED = re.compile(
    rf"{_AT_FIRST.pattern}|{_BEFORE_ASKED.pattern}|起步|刚|之初|那(?:会儿|时|阵)|\d{{4}}年|头一|第一"
)


_PLAN_ASKED = re.compile(r"(?:打算|计划|准备|要)(?!的|完成)[^,?]{0,8}(?:多少|几)")
_PLANNED = re.compile(r"计划[^,;。\d]{0,8}\d")
_DONE = re.compile(rf"已经?(?:有|完成)?[{HAN}]{{0,4}}$")


def _stage_fit(folded_question: str, before: str, behind: str) -> float:
    """Return a malus for what held at first (起步时7名员工;如今418名) where that is not asked for.

    So for what is done of what was planned (计划改造的9条路已完工7条), where the plan is asked for.
    """
    if _PLAN_ASKED.search(folded_question) and _PLANNED.search(before) and _DONE.search(before):
        return _OF_OTHERS
    then, now = _AT_FIRST.search(before), _BY_NOW.search(behind)
    if not (then and now) or _BY_NOW.search(before, then.end()) or _EARLIER_ASKED.search(folded_question):
        return 0.0
    return _OF_OTHERS


_PLAN_ASKED = re.compile(r"(?:打算|计划|准备|预计|拟)(?!完成)[^,?了已]{0,10}(?:多少|几)")
_GOT_ASKED = re.compile(r"(?:[招收筹募借聘种栽]|征集)[到下]了?(?:多少|几)|实际[^,?]{0,8}(?:多少|几)")
_GOT_BEFORE = re.compile(r"(?:实际|最终|[招收募聘借征]到)[^,、;\d]{0,6}$")
_PLANNED_BEFORE = re.compile(r"(?:计划|拟|将|预计|目标)[^,、;\d]{0,10}$")


def _planned_fit(folded_question: str, before: str) -> float:
    """Return a bonus for what is planned (计划栽90棵,已栽75棵) where asked for, a malus for what is done."""
    if _GOT_ASKED.search(folded_question):
        return (
            _DECIDING if _GOT_BEFORE.search(before) else -_DECIDING if _PLANNED_BEFORE.search(before) else 0.0
        )
    if not _PLAN_ASKED.search(folded_question):
        return 0.0
    return _DECIDING if _PLANNED_BEFORE.search(before) else -_DECIDING if _DONE_WITH.search(before) else 0.0


_GIVER_ASKED = re.compile(
    r"(?P<who>[省市区县镇乡村]|街道|中央)(?:里|上|级|政府|财政)?(?:一共|总共|共)?(?:掏|出|投|拿|付|承担)(?:了|出)?(?:多少|几)"
)
_ITS_SHARE = 6.0
_GIVES = "(?:出资|投入|投资|承担|负担|安排|拨付|拨款|补助|出)"


def _giver_fit(folded_question: str, before: str) -> float:
    """Return a bonus for what the one asked about gives (县政府出资3亿元), beside what all do together."""
    asked = _GIVER_ASKED.search(folded_question)
    if asked is None:
        return 0.0
    own = re.search(rf"{asked['who']}(?:里|级)?(?:人民)?(?:政府|财政)?{_GIVES}[^,、;\d]{{0,4}}$", before)
    return _ITS_SHARE if own else 0.0


_CLASSES = tuple(
    re.compile(words) for words in ("规(?:模以)?上", "限(?:额以)?上", "小巨人", "专精特新", "独角兽", "瞪羚")
)
"""Classes of enterprises, each with its other writing."""


def _class_fit(folded_question: str, item: str) -> float:
    """Return a bonus for a number beside the class asked for (规上的: 其中规模以上企业88家)."""
    return _ITS_SHARE * any(one.search(folded_question) and one.search(item) for one in _CLASSES)


_EXTENT_ASKED = re.compile(r"多(?P<extent>[长宽高深厚])(?!时间|久)")
_EXTENT = re.compile(r"(?P<extent>[长宽高深厚])度?(?:约|近|达|为|超过?|仅|有|是)*$")


def _extent_fit(folded_question: str, before: str) -> float:
    """Return a bonus for the extent asked for (宽24米), a malus for another (全长3.6公里)."""
    asked = _EXTENT_ASKED.search(folded_question)
    given = _EXTENT.search(before)
    if asked is None or given is None:
        return 0.0
    return 1.5 if asked["extent"] == given["extent"] else -2.0


_CLAUSE_START = re.compile(r"[,，、;；。:：!?！？](?=[^,，、;；。:：!?！？]*$)")
_COMPARED = re.compile(r"[较比与和同](?:(?:19|20)\d\d|[去上前今])年[^,、;。\d]{0,4}")
"""What something is compared with, which says not what it is."""
_ANOTHER = -3.0
_LABELS_BACK = 3


def _label_fit(folded_question: str, before: str, behind: str) -> float:
    """Return a malus for a number of another of several like things (一等奖 for 二等奖, 最大 for 最小).

    The nearest label counts: in the number's own item of an enumeration, else in one before it.
    """
    before = _COMPARED.sub("", before)
    end = len(before)
    for _ in range(_LABELS_BACK):
        cut = _CLAUSE_START.search(before[:end])
        item = before[cut.end() if cut else 0 :] + behind
        if of_another_age(folded_question, item):
            return _OF_OTHERS
        if tells_of_another(folded_question, item, same_year=False):
            return _ANOTHER
        if is_of_another_year_part(folded_question, item):
            return _ANOTHER
        if cut is None:
            break
        end = cut.start()
    return 0.0


def _unit_fit(folded_question: str, asked: Asked, span: str) -> float:
    """Return a bonus for a span that carries the unit asked for, a malus for one that does not."""
    if asked.form not in ("number", "date"):
        return 0.0
    fit = 0.0
    if asked.form == "number" and (
        not holds_the_kind(folded_question, asked.form, span) or unasked_age(folded_question, span)
    ):
        fit = _OTHER_DIMENSION
    if asked.form == "number" and _AMOUNT_OF_MONEY.search(folded_question) and span.endswith(_COUNTED):
        fit += _OTHER_DIMENSION
    fit += sum(1.0 if unit.search(span) else -0.5 for cue, unit in _UNIT_CUES if cue.search(folded_question))
    if asked.form == "date":
        return fit + _daytime_fit(folded_question, span)
    measure = re.match(UNIT, asked.noun) if asked.form == "number" else None
    if _CLOCK.search(span) and not _CLOCK_ASKED.search(folded_question):
        fit += _OTHER_DIMENSION
    return fit + (_measure_fit(measure.group(), span) if measure else 0.0)


def _daytime_fit(folded_question: str, span: str) -> float:
    """Return a bonus for a time of the part of the day asked for, a malus for one of another part."""
    asked = [part for part in _DAYTIMES if re.search(part.words, folded_question)]
    if len(asked) != 1:
        return 0.0
    said = [part for part in _DAYTIMES if re.search(part.words, span)]
    if said:
        return 1.0 if asked[0] in said else _OF_OTHERS
    hours = [int(hour) for hour in re.findall(r"(?<![\d:])(\d{1,2})(?=[:点时])", span)]
    if not hours:
        return 0.0
    return 1.0 if any(hour in asked[0].hours for hour in hours) else -2.0


def _measure_fit(measure: str, span: str) -> float:
    """Return a bonus for a span with the measure word asked for or one like it, a malus for another kind."""
    span = _HEDGE_BEHIND.sub("", span)
    if span.endswith(measure):
        return 1.0
    if any(measure in family and not span.endswith(family) for family in _DIMENSIONS):
        return _OTHER_DIMENSION
    # 近两千户、6800余人: households are no people.
    if (measure in _HEADS and span.endswith("户")) or (measure == "户" and span.endswith(_HEADS)):
        return _OTHER_DIMENSION
    alike = next((family for family in _UNIT_FAMILIES if measure in family), None)
    if alike is None:
        if span.endswith(_MEASURED) and measure not in _MEASURED:
            return _OTHER_DIMENSION  # a length, a weight, a price is no number of things
        return -0.5 if span.endswith(_TIME_UNITS) and measure not in _TIME_UNITS else 0.0
    if span.endswith(alike):
        return 0.8
    return -0.5 if any(span.endswith(family) for family in _UNIT_FAMILIES) else 0.0


def _item(folded: str, start: int, end: int, breaks: re.Pattern[str] = _BREAK) -> tuple[int, int]:
    """Return the bounds of the piece between two breaks that holds a span."""
    left = max((m.end() for m in breaks.finditer(folded, 0, start)), default=0)
    match = breaks.search(folded, end)
    return left, match.start() if match else len(folded)


def _share(wanted: set[str], text: str) -> float:
    """Return the share of wanted bigrams and characters that a text holds, each weighted by its length."""
    have = _grams(text)
    total = sum(len(w) for w in wanted) or 1
    return sum(len(w) for w in wanted & have) / total
