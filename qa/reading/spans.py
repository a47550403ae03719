"""Short answers: spans of a sentence that are of the kind a question asks for, and the best of them.

Candidates come from the sentence's own surface: numbers with their hedges and units, dates, tagged
names, phrases that end in an institution's or a place's noun, quoted titles. None is made for a
particular question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.language.names import people
from qa.language.quantities import UNIT
from qa.reading.span_fit import fit
from qa.text import Segmenter, fold
from qa.understanding.questions import Asked

_DIGITS = (
    r"(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|[数几上]?[零一二两三四五六七八九十百千万亿]+"
    r"|劣?(?<![a-z])[ivⅠ-ⅹ](?=[类级期]))"  # Ⅴ is folded to v
)
_NUMBER = re.compile(
    rf"(?:将近|接近|大约|最高|最低|(?<![最附临靠邻])近|(?<![签合条节预特邀履公婚制毁违相赴应失简续大])约|超过?|逾|高达|达|不足|不到|不低于|不高于|不小于|至少|最多|不少于|不多于|不超过)?"
    rf"(?:百分之{_DIGITS}|{_DIGITS}分之{_DIGITS}|{_DIGITS}(?:[::比]{_DIGITS})+|(?:{_DIGITS}[至到~—-])?{_DIGITS}(?:余|多|几|来)?\s?(?:万|亿|千|百)?(?:余|多)?\s?(?:%|‰|{UNIT}(?:[余多])?|(?<=\d)两(?![会个种类大岸地者次名家]))"
    rf"|(?<=[超过近约达有占])(?:半数|一半))(?:左右|上下|以上|以下|以内|之多)?"
)
PARTS_OF_A_MEASURE = re.compile(
    r"[年月周日天号时点分秒半刻钟里米尺寸斤两克吨升元角块成度万亿千百季中晚午初底旬]$|(?<!以)[上下]$|小时|个月|分钟"
)
"""What the pieces of one compound measure or date end in; 49名28岁 is no such thing."""
_FROM_TO = re.compile(r"[^一-鿿]+[万亿]?(?P<unit>[一-鿿]+)以上[^一-鿿]+[万亿]?(?P=unit)以[下内]")
"""A range in the words of laws (200元以上3000元以下)."""
_RANGE_SIGNS = frozenset(("", "至", "到", "-", "—", "–", "~", "——"))
_ORDINAL = re.compile(r"(?:第|星期|周|礼拜)$")
_IDIOM = re.compile(
    r"^一(?!成(?![立长员果功本品套就不为])|小时|分钟|天|年|个月|周|公里|米|亩|元|万|亿|千|百|倍|半)"
)  # 一轮, 一批, 一级: counts nothing
_CALENDAR_UNIT = re.compile(r"^(?:近|约)?(?:(?:19|20)\d\d年|\d{1,2}[月日号])$|^\d{1,2}月$")
_ERA = (
    r"(?:清末|清朝?|明朝?|元朝?|宋朝?|唐朝?|民国|光绪|同治|咸丰|道光|嘉庆|乾隆|雍正|康熙|顺治|宣统|崇祯|万历|嘉靖"
    r"|正德|弘治|成化|永乐|洪武)"
)
_YEAR = (
    r"(?:(?:1\d|20)\d\d\s?年|[一二][一二三四五六七八九零〇○]{3}年|[今明去前当次]年"
    rf"|{_ERA}{{1,2}}[\d一二三四五六七八九十元]{{1,3}}年)"
)
_MONTH = r"(?:(?:1[0-2]|0?[1-9])\s?月份?|(?:农历)?(?:十[一二]|[正一二三四五六七八九十冬腊])月份?)"
_DAY = (
    r"(?:(?:3[01]|[12]\d|0?[1-9])\s?[日号]|(?:三?十[一二三四五六七八九]?|(?:二十|廿)[一二三四五六七八九]?"
    r"|[一二三四五六七八九])[日号]|初[一二三四五六七八九十]|十[一二三四五六七八九])"
)
_DAYTIME = r"(?:上午|下午|晚上?|早[上晨]|清晨|凌晨|中午|傍晚|夜间|夜里|深夜)"
_CLOCK = (
    r"(?:\d{1,2}(?:\s?[时点](?:半|[零\d]\d?\s?分)?|:\d\d)"
    r"|(?:二?十[一二三四]?|[一二三四五六七八九两])点(?:半|钟|[一二三四五]?十[一二三四五六七八九]?分?|一刻)?)"
)
_HOUR = rf"(?:\s?{_DAYTIME})?(?:\s?{_CLOCK})?"
_DATE = re.compile(
    rf"(?:(?:{_YEAR}\s?)?{_MONTH}(?:\s?{_DAY}|[上中下]旬|底|初)?(?:[至—-](?:{_MONTH})?\s?{_DAY})?"
    rf"|{_YEAR}(?:年?[底初]|[上下]半年|汛期|春节|[春夏秋冬]季)?"
    rf"|[本上下当次每]月(?:{_DAY}|[上中下]旬|底|初|末)?"
    rf"|每?(?:上|下|[一二三四1-4]|第[一二三四])?季度(?:内|末|初|底)?|入?[春夏秋冬](?=[季天前后初末])[季天]?|(?<![\d.月年])(?:3[01]|[12]\d|[1-9])日(?![内后前])"
    rf"|(?:[昨今明前当次][日天]|每?(?:周|星期|礼拜)[一二三四五六日天末](?:[至到、](?:周|星期)?[一二三四五六日天])*)"
    rf"|{_DAYTIME}{_CLOCK}|(?<![\d:]){_CLOCK}(?!\d)"
    rf"|元旦|春节|元宵节?|清明节?|“?五一”?|端午节?|中秋节?|国庆节?|重阳节?|寒假|暑假|汛期|年底|月底|年初|日前|近日"
    rf"){_HOUR}(?:之?[前后]|以[前后来]|期间|起)?"
)
_QUOTED = re.compile(r"《[^《》\n]+》|“[^“”\n]{2,20}”")
ORGANISATION = re.compile(
    r"(?:委员会|研究院|研究所|实验室|公安局|分局|公司|集团|大学|学院|中学|小学|学校|医院|银行|中心|协会|联合会|指挥部|工作组|专班|"
    r"支队|大队|总队|团区委|区委|县委|市委|政府|办公室|督查室|委|局|院|厅|办|所|站|社|厂|部门|单位|机构)$"
)
_PLACE = re.compile(
    r"(?:街道|社区|开发区|园区|景区|新区|公园|广场|纪念馆|博物馆|体育馆|图书馆|文化馆|水库|基地|党校|医院|学校|小学|中学|校区|中心|大厅|"
    r"小区|车站|机场|大桥|角|门|省|市|区|县|镇|乡|村|路|街|巷|桥|馆|站|园|河|湖|山)$"
)
LOCATED = re.compile(
    r"(?:位于|坐落[于在]|地处|设在|选址(?:于|在)?|落户(?:于|在)?|地点[是为]?|地址[是为::])(?P<place>[^,;。:!?\n]{2,24})"
)
"""Where something stands, said outright."""
HELD = re.compile(
    r"在(?P<place>[^,;。:!?\n在]{2,16}?)(?:隆重|正式|如期|顺利)?"
    r"(?P<doing>举行|召开|举办|启动|开幕|闭幕|揭牌|签约|开工|开馆|开班|开课|成立|落成|开展|进行|投用|亮相|发布|宣布|拉开)"
)
"""Where something took place, said outright."""
_GENERIC_NAMES = """
单位 部门 机构 公司 学校 医院 中心 政府 全市 全区 全县 我市 我区 市 区 县 镇 乡 村 街道 社区 小区
有限公司 综合楼 幼儿园 公办幼儿园 集团 银行 大学 中学 小学 高校 工作组 领导小组 项目部 办公室
"""
_GENERIC = frozenset(_GENERIC_NAMES.split())
_PART_OF_NAME = ("n", "b", "j", "vn", "a", "eng", "i", "l", "f", "s")
_LIST = re.compile(r"[^,，;；。:：!?！？、]{1,24}(?:、[^,，;；。:：!?！？、]{1,24})+")


@dataclass(frozen=True, slots=True)
class Span:
    """A candidate: ``sentence[start:end]`` and how well it fits the question."""

    start: int
    end: int
    score: float


def best_span(
    question: str,
    asked: Asked,
    sentence: str,
    segmenter: Segmenter,
    preferred: tuple[int, int] | None = None,
) -> Span | None:
    """Return the span of a sentence that best answers a question, or ``None`` where no kind fits.

    The score is the share of the question found right around the span, in its own item of an
    enumeration first (so that 「科技型企业」 takes 61家 and not its neighbour 22家), plus a bonus for the
    unit asked for and one for touching what a reader ``preferred``.
    """
    folded_question = fold(question)
    spans = [
        Span(
            start,
            end,
            fit(folded_question, asked, sentence, start, end) + _agreement(preferred, start, end),
        )
        for start, end in _candidates(asked, sentence, segmenter)
        if fold(sentence[start:end]).strip("“”《》") not in folded_question
    ]
    return max(spans, key=lambda s: (s.score, -s.start), default=None)


_AGREEMENT = 4.0
"""What touching the trained reader's span is worth; the words around a span score up to about 7."""


def _agreement(preferred: tuple[int, int] | None, start: int, end: int) -> float:
    return _AGREEMENT * (preferred is not None and start < preferred[1] and preferred[0] < end)


def spans_like(asked: Asked, sentence: str, segmenter: Segmenter) -> list[tuple[int, int]]:
    """Return every span of a sentence that is of the kind asked for, in order, each once."""
    return sorted(set(_candidates(asked, sentence, segmenter)))


def has_kind(asked: Asked, sentence: str, segmenter: Segmenter) -> bool | None:
    """Tell whether a sentence holds anything of the kind asked for; ``None`` for a form without a kind."""
    if asked.form not in ("number", "date", "person", "place", "organization"):
        return None
    return next(_candidates(asked, sentence, segmenter), None) is not None


def _candidates(asked: Asked, sentence: str, segmenter: Segmenter) -> Iterator[tuple[int, int]]:
    folded = fold(sentence)
    match asked.form:
        case "number":
            yield from _merged(folded, _numbers(folded))
            yield from _bare_numbers(folded, asked.noun[:1])
        case "date":
            yield from _merged(folded, (m.span() for m in _DATE.finditer(folded)))
        case "person":
            yield from ((at, at + len(name)) for name, at in people(sentence, segmenter))
        case "place":
            yield from _of_noun(asked.noun, folded, _named(folded, ("ns",), _PLACE, segmenter))
            yield from (m.span("place") for pattern in (LOCATED, HELD) for m in pattern.finditer(folded))
        case "organization":
            yield from _of_noun(asked.noun, folded, _named(folded, ("nt",), ORGANISATION, segmenter))
        case "title":
            yield from (m.span() for m in _QUOTED.finditer(folded))
        case "list":
            yield from (_items(m) for m in _LIST.finditer(folded))
        case "what":
            yield from _ending_in(asked.noun, folded)
        case _:
            return


def _merged(folded: str, spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join spans that make up one range or one compound measure (9时至17时, 9小时20分钟)."""
    held: tuple[int, int] | None = None
    for start, end in spans:
        if held is not None and _one_measure(folded, held, (start, end)):
            held = held[0], end
            continue
        if held is not None:
            yield held
        held = start, end
    if held is not None:
        yield held


def _one_measure(folded: str, first: tuple[int, int], second: tuple[int, int]) -> bool:
    between = folded[first[1] : second[0]]
    parts = [folded[start:end] for start, end in (first, second)]
    if not between and _FROM_TO.fullmatch("".join(parts)):
        return True
    return between in _RANGE_SIGNS and (between != "" or all(map(PARTS_OF_A_MEASURE.search, parts)))


def _numbers(folded: str) -> Iterator[tuple[int, int]]:
    for match in _NUMBER.finditer(folded):
        if _CALENDAR_UNIT.match(match.group()) or _ORDINAL.search(folded[: match.start()]):
            continue
        if _IDIOM.match(match.group()):
            continue
        yield match.span()


_BARE_NUMBER = re.compile(rf"(?<![\d.:第]){_DIGITS}(?=[,，;；。!?！？、)）\s]|$)")


def _bare_numbers(folded: str, measure: str) -> Iterator[tuple[int, int]]:
    """Yield numbers that no list of measure words foresees: with the one asked by (几竿), or without any."""
    for match in _BARE_NUMBER.finditer(folded):
        if re.search(r"[到为达至是成共:]$", folded[: match.start()]):
            yield match.span()
    if measure and not re.match(UNIT, measure):
        for match in re.finditer(rf"{_DIGITS}{re.escape(measure)}", folded):
            yield match.span()


_ANY_KIND = re.compile(r"^(?:地[方点]|单位|部门|机构|组织|城市|局|委)|^$")
_KIND = re.compile(
    r"^(?:乡镇|乡|镇|街道|村|社区|县|市|区|公司|学校|大学|高校|医院|银行|研究院|研究所|实验室|集团|协会|媒体)"
)


_CALLED = {
    "学校": ("学校", "小学", "中学", "大学", "学院", "幼儿园", "校", "一中", "附中", "附小", "高中", "初中"),
    "大学": ("大学", "学院"),
    "高校": ("大学", "学院"),
    "医院": ("医院", "卫生院", "保健院", "诊所"),
    "公司": ("公司", "集团"),
    "乡镇": ("乡", "镇"),
}
"""What the names of a kind end in, where that is not the kind alone."""


def _of_noun(noun: str, folded: str, spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Keep the spans that end in the kind of place or body asked for, where one kind is (哪个乡: no 镇)."""
    kind = _KIND.match(noun)
    if kind is None or _ANY_KIND.match(noun):
        yield from spans
        return
    endings = _CALLED.get(kind.group(), (kind.group(),))
    yield from ((start, end) for start, end in spans if folded[start:end].endswith(endings))


def called_so(noun: str, folded: str) -> bool:
    """Tell whether a name ends in what is asked for, where one certain kind of place or body is.

    >>> called_so("学校", "瑾塘一中"), called_so("学校", "体育局"), called_so("单位", "体育局")
    (True, False, True)
    """
    return next(_of_noun(noun, folded, iter([(0, len(folded))])), None) is not None


_BEFORE_ITEMS = re.compile(
    r"^.*(?:[到与为在对从以是有把将向]|包括|开展|围绕|聚焦|做好|推进|加强|创建|增强|具备)(?=..)"
)
_AFTER_ITEMS = re.compile(r"等.*$")


def _items(match: re.Match[str]) -> tuple[int, int]:
    """Return the bounds of an enumeration without the words that introduce and follow it."""
    text = match.group()
    first, last = text.index("、"), text.rindex("、")
    lead = _BEFORE_ITEMS.match(text[:first])
    tail = _AFTER_ITEMS.search(text, last)
    start = match.start() + (lead.end() if lead else 0)
    return start, match.start() + (tail.start() if tail else len(text))


def _named(
    folded: str, tags: tuple[str, ...], ending: re.Pattern[str], segmenter: Segmenter
) -> Iterator[tuple[int, int]]:
    """Yield tagged names and runs of nouns that end in a noun of the kind; nothing that names no one."""
    run_start: int | None = None
    for word, tag, at in segmenter.tagged(folded):
        if not tag.startswith(_PART_OF_NAME) and not (word == "及" and run_start is not None):
            run_start = None
            continue
        run_start = at if run_start is None else run_start
        end = at + len(word)
        if (ending.search(word) or tag in tags) and folded[run_start:end] not in _GENERIC:
            yield run_start, end


_AFTER_NOUN = re.compile(r"[上里中下内外来去了着过得是在有要会能才算搞做当叫呢吗].*$")


_VERB_ALONE = re.compile("[管办修建造出付掏交给收拿]")
"""What follows 哪家 as what somebody does (归哪家管): no noun that a name ends in."""
_NAMES_NONE = re.compile(
    r"(?:[这那该本某每各同]|[这那某每]一?[个家所座条项种类次支份款届]|有的|[一几两多]些?[个家所座条项种类])(?:的)?"
)
"""What points at something or says how many, without a name (这家企业)."""


def _ending_in(noun: str, folded: str) -> Iterator[tuple[int, int]]:
    """Yield phrases that end in the noun asked for (「哪座水库」 → 郭家咀水库), back to a break."""
    if noun[1:2] in ("了", "过"):
        return  # 哪家签了…: what stands behind is a verb
    head = noun[:1] + _AFTER_NOUN.sub("", noun[1:])
    if not head or _VERB_ALONE.fullmatch(head):
        return
    for match in re.finditer(re.escape(head), folded):
        before = re.split(r"[,，、;；。:：!?！？了是为到在和与及对把将做好]", folded[: match.start()])[-1]
        torn = any(before.count(closing) > before.count(opening) for opening, closing in ("()", "“”", "《》"))
        if 1 <= len(before) <= 16 and not torn and not _NAMES_NONE.fullmatch(before):
            yield match.start() - len(before), match.end()
