"""Questions of several parts: what each part asks, as a question that stands alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from qa.language.traditional import in_simplified
from qa.text import HAN, Segmenter, fold

_KINDS = (
    (
        "when",
        r"[在于从]?(?:什么时候|何时|什么时间|哪一?[天年月日]|哪个月|几[号月](?![个份])|几点(?=开|关|上|下|到|钟))",
    ),
    ("where", r"[在于到去]?(?:哪里|哪儿|何处|何地|什么地方|什么地点)|[在去到]哪(?![个家些里儿种年天级方])"),
    ("who", r"[由被让跟和]?(?:谁|什么人|何人|哪一?位|哪个人)"),
    (
        "how_many",
        r"多少|几(?=[个家名人项次条种户亩元吨岁天所座处台辆件套场期支部份位间栋]|$)|百分之几|多[大长高宽远重久](?!的)",
    ),
    ("why", r"为什么|为何|什么原因|为啥"),
    ("how", r"怎么|怎样|如何"),
    ("which", r"哪些|哪[个家所座种条项几一两三四五六七八九十]|什么(?!时|地[方点]|人|原因)"),
)
_INTERROGATIVE = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS))
_CLAUSE_END = re.compile(
    r"[,，;；?？。]+|(?<=[^、])、|(?:并且|同时|以及|又(?=[是由在要花有]))|(?:和|与|及|还有)(?=有?多少)"
)
_JOINT = re.compile(r"(?:[、,，和与及]|以及|并|还有)*$")
_TRAILING = re.compile(r"(?:是|在|由|被|有|了|于|的|要|将|会|共|一共|总共|到底|究竟|分别|都|已经?)+$")
_EACH = re.compile(r"分别|各(?=[有是来占掏出投要为约招引建联合]|自)")
_CONJUNCTION = ("和", "与", "跟", "及", "、", "以及", "还有", "加上", "加", "同")
_TORN = re.compile("(?<![共总温缓平祥饱调中随讲融谐参给赋])[和与](?![平谐解睦会气尚])")
"""A conjunction that a segmenter may have taken for the end of a name (姑婆|山和|哈拉湖)."""
_SCOPE_TAGS = ("ns", "nt", "nz", "nr")
_NOUN_TAGS = ("n", "j", "vn", "l", "i", "eng", "s", "f")

_SUM = re.compile(
    rf"^(?P<operands>[{HAN}A-Za-z0-9“”《》、]{{3,60}}?),?(?:两[者项类个种样处家]|三[者项类个种样处家])?(?:都)?"
    r"(?:加起来|合起来|加在一起|加一块儿?|合在一起|合计|总计|共计|总共|一共|共)(?:一共|总共|共)?(?P<rest>.{0,10}?(?:多少|几).*)$"
)
_DIFFERENCE = re.compile(
    rf"^(?P<a>[{HAN}A-Za-z0-9“”《》]{{2,30}}?)(?<![对同占环相])比(?![例重率])(?P<b>[{HAN}A-Za-z0-9“”《》]{{2,30}}?)(?P<rest>(?P<how>多|少|高|大|长|低|小|短|重|轻|宽|便宜|贵|早|晚)(?:出|了|(?P<deed>[{HAN}]{{1,2}}))?(?P<unit>(?:多少|几).{{0,6}}))$"
)
_GAP = re.compile(
    rf"^(?P<operands>[{HAN}A-Za-z0-9“”《》、]{{3,60}}?)(?:相差|差了|差|的差距是|的差是)(?P<unit>(?:多少|几).{{0,6}})$"
)
_WHICH_MORE = re.compile(
    rf"^(?P<operands>[{HAN}A-Za-z0-9“”《》、]{{3,60}}?)(?:相比|比起来)?,?(?:哪一?[个家种类边项处样座条栋艘辆段]|谁|哪)的?(?!是)(?P<head>[{HAN}]{{0,8}}?)(?:更|比较|最)?(?P<more>多|少|高|低|大|小|(?<=[增涨升降跌减长]|得)[快慢]|(?<![市区县省州镇乡村局部院校行馆所队会社场厂站园班组科处])长|短|重|轻|贵|便宜)(?:一些|一点|些|点)?"
    r"(?:,(?:(?:又|要)?(?:多|少|高|低|大|小|长|短)(?:出|了)?|(?:都|分别)?(?:各自?|分别)(?:是|有)?)(?:多少|几).{0,4})?$"
)
_WHICH_FIRST = re.compile(
    rf"^(?P<operands>[{HAN}A-Za-z0-9“”《》、]{{3,60}}?),?哪一?[个次场件项](?:(?:最|更|比较)?(?P<end>早|晚)(?:一些|一点|些|点)?|(?P<turn>先|后)(?P<act>[{HAN}]{{1,4}}))的?$"
)
_FRONTED = re.compile(
    rf"^(?P<which>(?:哪一?[个家种类边项处样次场件]|谁)的?[{HAN}]{{0,8}}?(?:多|少|高|低|大|小|长|短|重|轻|贵|便宜|早|晚|先[{HAN}]{{1,4}}))[,:]?(?:是|在)?"
    rf"(?P<a>[{HAN}A-Za-z0-9“”《》]{{2,30}}?)(?:,?还是|和|跟|与)(?P<b>[{HAN}A-Za-z0-9“”《》]{{2,30}})$"
)
"""Which is more, before the two (哪个早,启动还是揭牌)."""
_POINTING = re.compile(rf"(?<=[{HAN}])[那这][个次场](?=[{HAN}]+$)")
_FROM_THEN_TO_THEN = re.compile(
    rf"^从?(?P<one>(?:1[0-2]|[1-9])月份?)[到至](?P<other>(?:1[0-2]|[1-9])月份?),?(?P<what>[{HAN}A-Za-z0-9“”《》]{{3,30}}?)"
    rf"(?:又|一共|总共)?(?P<how>多|增加|增长|少|减少|下降)了(?:多少|几)[{HAN}]{{0,4}}$"
)
"""By how much what was so much in one month is more in another (6月到9月完成的投资多了多少)."""
_DONE_OF = re.compile(
    f"(?P<of>[{HAN}A-Za-z0-9“”《》]{{2,}}?)(?:累计|已)?(?P<deed>[{HAN}]{{2}})的(?P<what>[{HAN}]{{1,4}})"
)
"""What was done of something (石桥|完成|的|投资)."""
_IN_WORDS = {"便宜": "多少钱", "贵": "多少钱", "重": "有多重", "轻": "有多重", "宽": "有多宽"}
"""What asks for the measure of each that a comparison is of."""
_AGES = re.compile("年纪|年龄|岁数")
_GROWN = re.compile("(?P<verb>增加|增长|减少|提高|下降|上升|上涨)得$")
_RATE = re.compile("(?P<verb>增长|增加|增|上涨|涨|上升|下降|降|减少|跌)得?$")
_NO_MEASURE = re.compile("(?:的)?(?:官|职[务位]|级别|权力?)$")
"""What is more or less with two, and no number tells of (谁官大)."""
_COMPLEMENT = re.compile(rf"[{HAN}]得$")
_TIME_AND_PLACE = re.compile(
    r"^(?P<what>.+?)的?(?P<first>时间|日期|地点|人员|地址)(?:和|与|、|及)"
    r"(?P<second>时间|日期|地点|人员|地址)(?:分别|各)?(?:是什么|是多少|是|呢)?$"
)
_AS_INTERROGATIVE = {
    "时间": "什么时候",
    "日期": "什么时候",
    "地点": "在哪里",
    "地址": "在哪里",
    "人员": "有谁",
}
_AGAINST_THEN = re.compile(
    r"去年|上年|前年|年初|年底|月初|期初|同期|以往|上届|往年|上[个]?月|上次|[老旧]版|[上前]一?版|计划|原来|过去|之前|以前|平[时常日均]|往常|正常"
)
_OF_ALL = re.compile("(?:全[国省市区县州旗]|国内|全球|行业|同行)(?:的?平均)?(?:水平|值|数)?")
"""What newspapers compare a place or a firm with, and say by how much (高于全市0.9个百分点)."""
_WHOLE_PLACE = re.compile(
    rf"(?:[全我本]|[{HAN}]{{2,3}}?)(?:[省市县州旗镇乡村]|(?<![小社园景校地片县新])区|街道)(?=[{HAN}]{{2}})"
)
_KIND_OF_BODY = re.compile("幼儿园|[大中小]学|学[校院]|医院|银行|公司|法院|[高初]中")
_LESS = frozenset("少低小短轻慢") | {"便宜"}


Kind = Literal["sum", "difference", "more", "less", "earliest", "latest", "days"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a question."""

    label: str
    """What it asks, in the reader's words."""
    question: str
    """The same as a question that stands alone."""
    named: bool = True
    """Whether it names what it is about itself, and did not get that from the part before."""


@dataclass(frozen=True, slots=True)
class Calculation:
    """A question whose answer is worked out from two or more numbers, or days."""

    kind: Kind
    operands: tuple[Part, ...]
    change: bool = False
    """Whether what is compared is by how much each changed (哪个增加得多)."""


def calculation(question: str, segmenter: Segmenter) -> Calculation | None:
    """Return what a question wants added, subtracted or compared; ``None`` where it wants none of these.

    A comparison with another time (比去年多多少) or with all (比全市高多少) is a fact that an article states,
    not a calculation.

    >>> found = calculation("高新技术企业和科技型企业加起来多少家?", Segmenter())
    >>> [part.question for part in found.operands]
    ['高新技术企业有多少家?', '科技型企业有多少家?']
    """
    asked = fold(question).strip().rstrip("?？。 ")
    if match := _FRONTED.match(asked):
        asked = f"{match['a']}和{match['b']}{match['which']}"
    if match := _SUM.match(asked):
        things = _conjuncts(match["operands"], segmenter)
        rest = re.sub(r"^(?:是|有|为|达到?|了)", "", match["rest"])
        return _over("sum", things, "有" + rest if re.match(r"多少|几", rest) else rest)
    if (
        (match := _DIFFERENCE.match(asked))
        and not _AGAINST_THEN.search(match["b"])
        and not _OF_ALL.fullmatch(match["b"])
    ):
        return _difference(match, segmenter)
    if match := _FROM_THEN_TO_THEN.match(asked):
        what, things = match["what"], [match["other"], match["one"]]
        if done := _DONE_OF.fullmatch(what):
            things = [f"{done['of']}{when}{done['deed']}了多少{done['what']}" for when in things]
            asking = ""
        else:
            things, asking = [f"{what}{when}" for when in things], "是多少"
        return _over("difference", things[::-1] if match["how"][0] in "少减下" else things, asking)
    if match := _GAP.match(asked):
        return _over("difference", _conjuncts(match["operands"], segmenter), f"有{match['unit']}")
    if match := _WHICH_MORE.match(asked):
        return _which_more(match, segmenter)
    if match := _WHICH_FIRST.match(asked):
        things = [_POINTING.sub("", t) for t in _conjuncts(match["operands"], segmenter, named=True)]
        first = (match["end"] or match["turn"]) in ("早", "先")
        asking = f"是哪天{match['act']}的" if match["act"] else "是哪天"
        return _over("earliest" if first else "latest", things, asking)
    return None


def _difference(match: re.Match[str], segmenter: Segmenter) -> Calculation | None:
    """Return the two that one is so much more, or so many days later, than the other."""
    one, other = match["a"], match["b"]
    if one.endswith("的") and other.endswith("的"):
        one, other = one[:-1], other[:-1]  # 三室的比两室的
    other = _of_the_same(one, other)
    name = _leading_name(one, segmenter)
    if 0 < len(name) < len(one) and _leading_name(other, segmenter) == other:
        things = [one, f"{other}{one[len(name) :]}"]  # 甲县的存粮比乙县多多少
    else:
        things = _scoped([one, other], segmenter)
    how, unit = match["how"], match["unit"]
    if how in ("早", "晚"):
        days = re.fullmatch("(?:多少|几)[天日]", unit)
        return _over("days", things[::-1] if how == "早" else things, "是哪天") if days else None
    if how in ("便宜", "轻", "低", "小", "短"):
        things.reverse()
    if (deed := match["deed"]) and how in "多少" and deed[-1] not in "出了":
        return _over("difference", things, f"{deed}{unit}")  # 多补多少: what each is given
    return _over("difference", things, _IN_WORDS.get(how, f"有{unit}"))


_LABEL = re.compile(
    r"(?:第?[一二三四]季度|[上下]半年|(?:1[0-2]|[1-9])月份?|(?:19|20)\d\d年|第[一二三四五]期|[一二三四五]期)"
)


def _of_the_same(one: str, other: str) -> str:
    """Return a time or a stage with what is told of the like one before it (二季度总投资, 一季度)."""
    first = _LABEL.match(one)
    return f"{other}{one[first.end() :]}" if first and _LABEL.fullmatch(other) else other


def _which_more(match: re.Match[str], segmenter: Segmenter) -> Calculation | None:
    """Return what is compared and how each is asked for: its age, its price, by how much it grew."""
    things = _conjuncts(match["operands"], segmenter)
    kind: Kind = "less" if match["more"] in _LESS else "more"
    head, more = match["head"], match["more"]
    if _NO_MEASURE.search(head):
        return None
    if _AGES.fullmatch(head) and more in "大小":
        return _over(kind, things, "多大")
    if more in "快慢" and (growth := _RATE.search(head)):
        found = _over(kind, things, f"{head[: growth.start()]}{growth['verb']}了百分之几")
        return found and replace(found, change=True)
    if grown := _GROWN.search(head):
        found = _over(kind, things, f"{head[: grown.start()]}{grown['verb']}了多少")
        return found and replace(found, change=True)
    head = _COMPLEMENT.sub("", head)
    if head == "人":
        return _over(kind, things, "有多少人")  # 两边的干部哪边人多
    measure = "有多长" if more in "长短" else _IN_WORDS.get(more, "有多少")
    return _over(kind, [f"{thing}{head}" for thing in things], measure)


def _over(kind: Kind, things: list[str], asking: str) -> Calculation | None:
    if len(things) < 2 or (kind in ("difference", "days") and len(things) != 2):
        return None
    return Calculation(kind, tuple(Part(thing, f"{thing}{asking}?") for thing in things))


def _conjuncts(phrase: str, segmenter: Segmenter, *, named: bool = False) -> list[str]:
    """Return the things that a phrase joins by 和, 、 …, each with what it shares with the others.

    ``named``: each is an event with a name of its own and shares but what is said with 的.
    """
    phrase = re.sub(r"^(?:请问|那么?)", "", phrase).rstrip(",的")
    topic = _topic(phrase)
    phrase = phrase[len(topic) :]
    things = [""]
    for word, tag, _ in segmenter.tagged(phrase):
        if word in _CONJUNCTION and (word in "、加上" or tag[:1] in "cpv"):
            things.append("")
        else:
            things[-1] += word
    things = [re.sub(r"(?:这|那)?(?:两|三)[个类种项者家处]$", "", thing) for thing in things]
    if len(things) < 2 and (torn := _TORN.search(phrase)) and not topic:
        before, behind = phrase[: torn.start()], phrase[torn.end() :]
        named = any(t.startswith(_SCOPE_TAGS) for _, t, _ in segmenter.tagged(behind)[:1])
        things = [before, behind] if named and len(_TORN.findall(phrase)) == 1 else things
    if len(things) < 2 and topic:
        return [f"{thing},{phrase}" for thing in _conjuncts(topic.rstrip(",，"), segmenter)]
    if len(things) < 2 or any(len(thing) < 2 for thing in things):
        return []
    shared = things if named and not any("的" in thing for thing in things) else _scoped(things, segmenter)
    return [f"{topic}{thing}" for thing in shared]


def _scoped(things: list[str], segmenter: Segmenter) -> list[str]:
    """Give each thing the first one's scope (甲区的A和B) and the last one's head (A和B的面积)."""
    first, last = things[0], things[-1]
    if "的" in last and not any("的" in thing for thing in things[:-1]):
        head = last[last.index("的") :]
        words = segmenter.tagged(last)
        if words[0][1].startswith(_SCOPE_TAGS) and len(words[0][0]) < last.index("的"):
            head = last[len(words[0][0]) :]  # what is said of a name: 哈拉湖|被困的人
        return [thing if thing is last else f"{thing}{head}" for thing in things]
    name = _leading_name(last, segmenter)
    if 0 < len(name) < len(last) and all(_leading_name(thing, segmenter) == thing for thing in things[:-1]):
        return [*(f"{thing}{last[len(name) :]}" for thing in things[:-1]), last]  # 甲县和乙县财政收入
    if "的" in first and "的" in last:
        return things  # each has its own: 引进的硕士和每年调训的年轻干部
    if "的" in first:
        scope = first[: first.rindex("的") + 1]
    else:
        scope = whole.group() if (whole := _WHOLE_PLACE.match(first)) else ""
        while rest := first[len(scope) :]:
            time, (word, tag, _) = _TIME.match(rest), segmenter.tagged(rest)[0]
            if time is None and not tag.startswith(_SCOPE_TAGS):
                break
            scope += time.group() if time else word
        apart = len(first) - len(last)
        scope = scope if abs(apart - len(scope)) < abs(apart) else ""
    names_its_own = _WHOLE_PLACE.match(last) or any(
        tag.startswith(_SCOPE_TAGS) and not _KIND_OF_BODY.fullmatch(word)
        for word, tag, _ in segmenter.tagged(last)[:1]
    )
    if not scope or names_its_own:
        return things
    return [first, *(f"{scope}{thing}" for thing in things[1:])]


_TIME = re.compile(
    r"(?:(?:19|20)\d\d年|[今去前]年)?(?:第?[一二三四]季度|[上下]半年|(?:1[0-2]|[1-9])月份?)|(?:(?:19|20)\d\d年|[今去前]年)"
)
_PLACE_NAME = re.compile(rf"[{HAN}]{{2,3}}?(?:[省市县州旗镇乡村]|(?<![小社园景校片新城地])区|街道)(?!长)")


def _leading_name(thing: str, segmenter: Segmenter) -> str:
    """Return the name of a place or somebody that a thing begins with, nothing where it begins otherwise."""
    if place := _PLACE_NAME.match(thing):
        return place.group()
    word, tag, _ = segmenter.tagged(thing)[0]
    return word if tag.startswith(_SCOPE_TAGS) else ""


def split(question: str, segmenter: Segmenter) -> list[Part]:
    """Return the parts of a question that asks for two things; a single one comes back as a list of itself.

    >>> [part.question for part in split("培训班什么时候、在哪里开?", Segmenter())]
    ['培训班什么时候开?', '培训班在哪里开?']
    >>> [part.question for part in split("旧改花了多少钱,惠及多少户?", Segmenter())]
    ['旧改花了多少钱?', '惠及多少户?']
    """
    whole = [Part(question, question)]
    text = in_simplified(question).strip().rstrip("?？。 ")
    if match := _TIME_AND_PLACE.match(text):
        return [
            Part(match[kind], f"{match['what']}{_AS_INTERROGATIVE[match[kind]]}?")
            for kind in ("first", "second")
        ]
    if parts := _distributed(text, segmenter):
        return parts
    clauses = _clauses(text)
    if len(clauses) > 1:
        return _carried(clauses, segmenter)
    return _by_interrogative(text) or whole


def _distributed(text: str, segmenter: Segmenter) -> list[Part]:
    """Split 「A和B分别…多少」 into a question for A and one for B."""
    each = _EACH.search(text)
    interrogative = _INTERROGATIVE.search(text)
    if not each or not interrogative or interrogative.start() < each.start():
        return []
    if interrogative.lastgroup not in ("how_many", "who", "when", "where"):
        return []
    things = _conjuncts(text[: each.start()], segmenter)
    tail = text[each.end() :]
    return [Part(thing, f"{thing}{tail}?") for thing in things]


def _clauses(text: str) -> list[str]:
    """Cut a question into clauses that each ask something; what asks nothing goes to the next one."""
    pieces: list[str] = []
    held = ""
    start = 0
    cuts = [m.span() for m in _CLAUSE_END.finditer(text)] + [(len(text), len(text))]
    for at, behind in cuts:
        held += text[start:at]
        start = behind
        asks = _INTERROGATIVE.search(held)
        if asks and not _shares_its_verb(held, text[at:behind]):
            pieces.append(held.strip())
            held = ""
        elif behind < len(text):
            held += text[at:behind]
    if held.strip():
        if not pieces:
            return [text]
        pieces[-1] += f"{held}"
    return pieces


_OPEN_END = re.compile(
    rf"(?P<copula>是)?(?:{'|'.join(p for k, p in _KINDS if k in ('when', 'where', 'who', 'why', 'how'))})$"
)


def _shares_its_verb(clause: str, joint: str) -> bool:
    """Tell whether a clause breaks off behind its interrogative: its verb comes with the next one's."""
    end = _OPEN_END.search(clause)
    return end is not None and (joint == "、" or not end["copula"])


def _carried(clauses: list[str], segmenter: Segmenter) -> list[Part]:
    """Give every clause without a subject the one of the first."""
    first = clauses[0]
    if all(re.match(r"(?:有|共)?(?:多少|几)", clause) for clause in clauses):
        whole = "、".join(clauses)
        return [Part(whole, f"{whole}?")]
    topic = _topic(first)
    subject = topic or _subject(first, segmenter)
    parts = [Part(first, f"{first}?")]
    for clause in clauses[1:]:
        interrogative = _INTERROGATIVE.search(clause)
        before = clause[: interrogative.start()] if interrogative else clause
        named = any(
            tag.startswith(_NOUN_TAGS + _SCOPE_TAGS) and word not in _VERBS
            for word, tag, _ in segmenter.tagged(before)
        )
        parts.append(Part(clause, f"{topic if named else subject}{clause}?", named=named))
    return parts


def _topic(clause: str) -> str:
    """Return what a clause puts before its first comma, with the comma; empty where it asks already."""
    match = re.match(r"[^,，]+[,，]", clause)
    return match.group() if match and not _INTERROGATIVE.search(match.group()) else ""


_VERBS = frozenset("投花用收补奖罚贷赔招建")
"""What the tagger may take for a noun where it stands alone (投多少钱)."""
_DOES = re.compile("(?:是|是用来|用来)[干做]?$")


def _subject(clause: str, segmenter: Segmenter) -> str:
    """Return what a clause asks about: the words before its interrogative, else the nouns behind it."""
    interrogative = _INTERROGATIVE.search(clause)
    if interrogative is None:
        return ""
    before = clause[: interrogative.start()].rstrip(",，")
    nouns = [(w, at) for w, tag, at in segmenter.tagged(before) if tag.startswith(_NOUN_TAGS + _SCOPE_TAGS)]
    if nouns:
        word, at = nouns[-1]
        return _TRAILING.sub("", before[: at + len(word)])
    if len(named := _DOES.sub("", before)) > 1 and named != before:
        return named  # a name that the tagger takes for no noun
    behind = segmenter.tagged(clause[interrogative.end() :])
    return "".join(w for w, tag, _ in behind if tag.startswith(_NOUN_TAGS + _SCOPE_TAGS))


def _by_interrogative(text: str) -> list[Part]:
    """Split a clause with two interrogatives of different kinds: each part keeps one of them."""
    found = list(_INTERROGATIVE.finditer(text))
    kinds = [m.lastgroup for m in found]
    if len(found) != 2 or kinds[0] == kinds[1] or not set(kinds) & {"when", "where", "who", "why"}:
        return []
    if kinds[0] == "which" and not _JOINT.search(text[found[0].end() : found[1].start()]):
        return []
    first, second = found
    between = text[first.end() : second.start()]
    joined = _JOINT.fullmatch(between)
    if joined:
        head, tail = text[: first.start()], text[second.end() :]
        return [Part(m.group(), f"{head}{m.group()}{tail}?") for m in found]
    if kinds == ["who", "when"] or kinds == ["who", "where"]:
        return [
            Part(first.group(), f"{text[: second.start()]}{text[second.end() :]}?"),
            Part(second.group(), f"{text[: first.start()]}{between}{text[second.start() :]}?"),
        ]
    return []
