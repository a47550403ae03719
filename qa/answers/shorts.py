"""The short answer that a question's form calls for, from a sentence and what the reader marked in it."""

from __future__ import annotations

import re

from qa.composing import SHORT_CHARS
from qa.language.names import OFFICES, people
from qa.language.quantities import UNIT, parse
from qa.reading.span_fit import fit
from qa.reading.spans import HELD, LOCATED, ORGANISATION, best_span, called_so
from qa.text import HAN, Segmenter, fold
from qa.types import Evidence, Query
from qa.understanding.kinds import telephones
from qa.understanding.questions import Asked, plain

_TYPED = ("number", "date", "person", "place", "organization", "title")
_NAMED = ("place", "organization")
_ENDS = " \u3000,，、;；。:：!！?？\n"
_TORN = re.compile(rf"^[{HAN}](?=“[^“”]+”|《[^《》]+》)")
"""The end of the word before a quoted name (把|握“国家反诈中心”)."""
_OFFICE_END = re.compile(
    r"(?:长|书记|主任|主席|委员|经理|总裁|教授|博士|院士|医生|医师|护士|师|支书|代表|负责人|干事|秘书|研究员|员|总理|董事|"
    r"领导|主播|律师|记者|老师|店主|带头人|传承人|志愿者|业主|领队|干部|学者|专家)$"
)
_BEFORE_OFFICE = re.compile(
    r"^(?:.*(?:由|据|经|请|邀请|采访|对话|来自|会同|聘请|任命|以及|和|与))?(?P<office>.+)$"
)
WHICH_ONE = re.compile(r"哪一?[个家座条所项种类次支份款届]")
"""A question for one thing of a kind."""
_NAME_LIKE = re.compile(rf"[{HAN}]{{2,4}}")
_WHO_DOES = re.compile(
    r"(?:谁|哪[一]?[个家](?:单位|部门|公司|机构|企业|局)?)(?:来|去|在|负责|出资)?(?P<verb>[一-鿿]{2})"
)
_SAME_VERB = {"挑头": "牵头", "领头": "牵头", "带头": "牵头", "打头": "牵头", "出钱": "出资", "掏钱": "出资"}
_ASKED_FOR = re.compile(rf"(?P<name>[{HAN}]{{2,4}}?)(?:同志)?(?:现在|目前)?(?:的|是|任|担任|当)")
_CAUSE = re.compile(
    r"(?P<cause>(?:(?<!原)因为|由于|鉴于|缘于|源于|得益于|归功于|为了|旨在|(?<![原此])因(?![此而为素地人子果])|受(?=.{2,14}影响))"
    r"[^,，。;；!！?？\n]{2,50}(?:[,，](?:再?加上|加之|再加|又加|且|而且|并且)[^,，。;；!！?？\n]{2,30})*)"
)
_HOLDS_OFFICE = re.compile(
    rf"^(?:同志)?(?:现|时|曾|将|将由|正式)?(?:任|担任|出任|兼任|当选为?|就任|接任|是|为)(?P<office>[{HAN}A-Za-z0-9、()（）“”]{{2,30}})"
)

_SAYING_ASKED = re.compile(
    r"(?:说|讲|表示|强调|指出|介绍|认为|提出|称)(?:话|到)?(?:了|过|的是|的)?些?(?:什么|哪些)[??]*$"
)
_OFFICES_ALONE = re.compile(rf"[{HAN}]{{0,10}}(?:{OFFICES})(?:[、,][{HAN}]{{0,10}}(?:{OFFICES}))*")


def short_answer(query: Query, asked: Asked, evidence: Evidence, segmenter: Segmenter) -> str | None:
    """Return the short answer, verbatim from the sentence, at most 60 characters; ``None`` where it has none.

    A number keeps its unit and hedge and a date its range; a person comes without the office, the office
    without the person.
    """
    sentence = evidence.quote
    if number := _telephone(query.standalone, asked, evidence):
        return number
    serving, touched = in_role(query.standalone, evidence), _marked(evidence)
    if serving and not (touched and (touched in serving or serving in touched)):
        return serving
    if asked.form == "office":
        return _office(query.standalone, sentence, segmenter) or _no_name(_marked(evidence), segmenter)
    if asked.form in ("person", "organization") and (agent := _agent(query.standalone, sentence)):
        return agent
    known = _WHO_IS_IT.match(plain(query.standalone)) if asked.form == "person" else None
    if known and known["name"] in fold(sentence) and not _OFFICE_END.search(known["name"]):
        return _office(query.standalone, sentence, segmenter) or _no_name(_marked(evidence), segmenter)
    name = _name_marked(evidence, segmenter) if asked.form == "person" else None
    if asked.form == "person" and (doer := _doer(query.standalone, sentence, name, segmenter)):
        return doer
    if name and fold(name) not in fold(query.standalone):
        return name
    if asked.form == "place" and (place := _place(query.standalone, sentence, _preferred(evidence))):
        return place
    if asked.form in _TYPED:
        span = best_span(query.standalone, asked, sentence, segmenter, _preferred(evidence))
        if span is not None:
            return _whole(query.standalone, asked, evidence, span.start, span.end)[:SHORT_CHARS]
    marked = _marked(evidence)
    if asked.form == "what" and (marked is None or asked.noun[:2] not in marked):
        # 「哪个中心」 is answered by what is called 中心, if the sentence names one.
        named = best_span(query.standalone, asked, sentence, segmenter) if asked.noun[:2] else None
        if named is not None and WHICH_ONE.search(query.standalone):
            return _TORN.sub("", sentence[named.start : named.end])[:SHORT_CHARS]
    if asked.form == "reason" and (cause := _cause(query.standalone, sentence)):
        near = marked is not None and _touch(_preferred(evidence) or (0, 0), cause)
        return marked if near else sentence[slice(*cause)]
    counted = parse(marked) if asked.form == "list" and marked else None
    if counted and re.fullmatch(UNIT, counted.written or "个"):
        return None  # a list is asked for, not a number
    if marked and _SAYING_ASKED.search(plain(query.standalone)) and _OFFICES_ALONE.fullmatch(fold(marked)):
        return None  # who speaks is not what is said
    if (
        asked.form == "number"
        and marked
        and (at := sentence.find(marked, max(0, _at(evidence) - len(marked)))) >= 0
    ):
        return sentence[slice(*_hedged(sentence, at, at + len(marked)))][:SHORT_CHARS]
    return marked


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
    r"(?:左右|上下|以[上下内]|出头|开外|不等|(?<=[天日年月周时点钟分秒])之?内(?![部外容蒙科]))"
)


_DEED = re.compile(r"主持|讲话|致辞|宣布|宣读|通报|作?汇报|揭牌|颁奖|主讲|领学|总结讲话")
_SAME_CLAUSE = re.compile(r"[^,，;；。:：!！?？]*")


def _doer(question: str, sentence: str, marked: str | None, segmenter: Segmenter) -> str | None:
    """Return who does what is asked of, where one name stands before it in its clause and is not marked.

    Of two who are named side by side the reader easily takes the wrong one (甲讲话,乙主持会议,丙通报).
    """
    deeds = {m.group() for m in _DEED.finditer(fold(question))}
    if len(deeds) != 1 or not (named := people(sentence, segmenter)):
        return None
    doers = []
    for deed in re.finditer(re.escape(deeds.pop()), sentence):
        before = [(name, at) for name, at in named if at + len(name) <= deed.start()]
        if before and _SAME_CLAUSE.fullmatch(sentence, before[-1][1], deed.start()):
            doers.append(before[-1])
    if len(doers) != 1 or (marked and (marked in doers[0][0] or doers[0][0] in marked)):
        return None
    name, at = doers[0]
    joined = any(at - end == 1 and sentence[end] in "、和与" for end in (a + len(n) for n, a in named))
    return None if joined else name


_WHO_IS_IT = re.compile(rf"(?P<name>[{HAN}]{{2,4}}?)(?:同志)?(?:到底|究竟)?是谁[?]*$")
_OFFICE_AND_NAME = re.compile(rf"[{HAN}、]{{0,20}}(?:{OFFICES})(?P<name>[{HAN}]{{2,4}})")
_PERIOD = r"每[天日周月年季班节个]{1,2}"
_NUMBER_LEFT = re.compile(
    rf"{_PERIOD}|每?(?:[^,，、;；。:：的]{{0,3}}[\d零一二两三四五六七八九十百千万亿半几数][^,，、;；。:：的]{{0,3}})?"
)
_NUMBER_RIGHT = re.compile(r"[^,，、;；。:：!！?？“”（(的等和及与]{0,5}(?<![为是由在])")
_MEASURE_RIGHT = re.compile(rf"(?:{UNIT}|[\d.零一二两三四五六七八九十百千万亿半余多人次米套]){{1,4}}")
_WORD = re.compile(rf"[{HAN}a-zA-Z\d]")
_NAME_RIGHT = 6
_REACHES = re.compile(r"达(?=[\d近约超百千万亿一二两三四五六七八九十])")
_DATE_LEFT = re.compile(r"[^,，、;；。:：的]{0,3}")
_DATE_RIGHT = re.compile(r"[^,，、;；。:：的]{0,4}")
_FROM_ASKED = re.compile(r"开始|从(?:什么时候|哪|几|何)|[哪几何][天日年月号时]?起|算起|施行|实行|启动")
_UNTIL_ASKED = re.compile(r"结束|截止|截至|为止|到(?:什么时候|哪|几|何)|最晚")
_BOTH_ASKED = re.compile(r"(?:几|哪|何|什么)[^,?到至]{0,5}[到至][^,?]{0,3}(?:几|哪|何|什么)")
_RANGE = re.compile(
    r"(?<=[日号年月时点分\d])起?[至到—~–-]+(?=[\d次翌当下今明年月一二三四五六七八九十早晚上下])"
)


def _whole(question: str, asked: Asked, evidence: Evidence, start: int, end: int) -> str:
    """Return what a span that rules found and the one that the reader marked come to together.

    The rules know the hedge of a number and the noun that a name ends in, the reader
    where a measure (10秒86) or a name begins and ends.
    """
    sentence, marked = evidence.quote, _preferred(evidence)
    near = marked is not None and _touch(marked, (start, end))
    if asked.form in _NAMED and marked is not None:
        return _whole_name(asked, evidence, (start, end), marked)
    if asked.form == "number":
        if near and marked is not None:
            if _NUMBER_LEFT.fullmatch(sentence, marked[0], start):
                start = min(start, marked[0])
            ends = _WORD.match(sentence, marked[1]) is None
            whole = ends or _MEASURE_RIGHT.fullmatch(fold(sentence), end, marked[1]) is not None
            if marked[1] > end and whole and _NUMBER_RIGHT.fullmatch(sentence, end, marked[1]):
                end = marked[1]
        start, end = _hedged(sentence, start, end)
        return (
            _REACHES.sub("", sentence[start:end], count=1) if sentence[start] == "达" else sentence[start:end]
        )
    if asked.form == "date" and near and marked is not None:
        start, end = _whole_date(question, sentence, (start, end), marked)
    return sentence[start:end]


def _whole_date(
    question: str, sentence: str, span: tuple[int, int], marked: tuple[int, int]
) -> tuple[int, int]:
    """Return the bounds of a time: the end of a range that is asked for, else with what was marked of it."""
    start, end = span
    asked = plain(question)
    until, since = _UNTIL_ASKED.search(asked), _FROM_ASKED.search(asked)
    both = _RANGE.search(sentence, start, end)
    if both and _BOTH_ASKED.search(asked):
        return span
    if both and bool(until) != bool(since):
        if until and marked[1] > both.end():
            whole = "月" in sentence[both.end() : end] or "月" not in sentence[start : both.start()]
            return (both.end(), end) if whole else span
        if since and marked[0] < both.start():
            return start, both.start()
        return span
    if _DATE_LEFT.fullmatch(sentence, marked[0], start):
        start = min(start, marked[0])
    if marked[1] > end and _DATE_RIGHT.fullmatch(sentence, end, marked[1]):
        end = marked[1]
    return start, end


def _whole_name(asked: Asked, evidence: Evidence, span: tuple[int, int], marked: tuple[int, int]) -> str:
    """Return the name of a place or a body: begun where the reader began it, ended where its noun ends."""
    sentence = evidence.quote
    if not _touch(span, marked):
        read = _marked(evidence)
        return read if read and called_so(asked.noun, fold(read)) else sentence[slice(*span)]
    behind = sentence[marked[1] : span[1]]
    longer = len(behind) <= _NAME_RIGHT and not set(behind) & set("的（(,，、")
    text = sentence[marked[0] : span[1] if span[1] > marked[1] and longer else marked[1]]
    return (_marked(evidence) or text) if len(text) <= marked[1] - marked[0] else text


_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_ORDINAL = re.compile(r"[\d一二三四五六七八九十百]")


def _hedged(sentence: str, start: int, end: int) -> tuple[int, int]:
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


_WITH = "(?<![所可予得加足难])以(?![及上下内外来后前])"
_ROLE_ASKED = re.compile(
    rf"{_WITH}(?:什么样?的?|何|谁|哪[些几一]?[个种类项位]?)[{HAN}]{{0,6}}?(?:作为|为|做)(?P<role>[{HAN}]{{1,8}})"
)
_IN_ROLE = rf"{_WITH}(?P<what>(?:(?!{_WITH})[^,，。;；:：!?！？\n]){{1,40}}?)(?:等)?(?:作为|为|做)"


def in_role(question: str, evidence: Evidence) -> str | None:
    """Return what a sentence says serves as something (以…为主题), where a question asks for that.

    Of several it is the one that the reader marked something in, else the last.
    """
    asked = _ROLE_ASKED.search(plain(question))
    if asked is None:
        return None
    role, sentence = asked["role"], evidence.quote
    marked = _preferred(evidence) or (0, 0)
    for length in range(len(role), min(len(role), 2) - 1, -1):  # what follows the role is no part of it
        spans = [m.span("what") for m in re.finditer(_IN_ROLE + re.escape(role[:length]), fold(sentence))]
        if spans:
            touched = [span for span in spans if span[0] < marked[1] and marked[0] < span[1]]
            return sentence[slice(*(touched or spans)[-1])].strip(_ENDS)[:SHORT_CHARS]
    return None


def _telephone(question: str, asked: Asked, evidence: Evidence) -> str | None:
    """Return the telephone number asked for: of several the one that the reader marked, or that fits best."""
    marked = _preferred(evidence) or (0, 0)

    def fitting(number: tuple[int, int]) -> tuple[bool, float]:
        touched = number[0] < marked[1] and marked[0] < number[1]
        return touched, fit(fold(question), asked, evidence.quote, *number)

    number = max(telephones(question, evidence.quote), key=fitting, default=None)
    return evidence.quote[slice(*number)] if number else None


def _cause(question: str, sentence: str) -> tuple[int, int] | None:
    """Return where the clause that names a cause stands; of several the one most like the question."""
    wanted = set(fold(question))
    clauses = [
        (m.start("cause"), m.start("cause") + len(m["cause"].rstrip(_ENDS)))
        for m in _CAUSE.finditer(sentence)
    ]
    clauses = [(start, end) for start, end in clauses if end - start <= SHORT_CHARS]
    return max(clauses, key=lambda c: len(wanted & set(fold(sentence[slice(*c)]))), default=None)


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _preferred(evidence: Evidence) -> tuple[int, int] | None:
    if evidence.short_start is None or evidence.short_end is None:
        return None
    return evidence.short_start - evidence.start, evidence.short_end - evidence.start


def _at(evidence: Evidence) -> int:
    return (_preferred(evidence) or (0, 0))[0]


def _marked(evidence: Evidence) -> str | None:
    """Return what the reader marked, whole quotation marks and no punctuation around it."""
    preferred = _preferred(evidence)
    if preferred is None:
        return None
    text = _TORN.sub("", evidence.quote[slice(*_untorn(evidence.quote, *preferred))].strip(_ENDS))
    for opening, closing in ("“”", "《》", "()", "（）"):
        if text.count(opening) > text.count(closing):
            text = text.removeprefix(opening) if text.startswith(opening) else text + closing
            if text not in evidence.quote:
                text = text.removesuffix(closing)
        elif text.count(closing) > text.count(opening):
            text = text.removesuffix(closing)
    return text if 0 < len(text) <= SHORT_CHARS else None


def _untorn(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a span with the whole of a number that it cuts, and the 第 of an ordinal."""
    folded = fold(sentence)
    for number in _DIGITS.finditer(folded):
        if number.start() < start < number.end():
            start = number.start()
        if number.start() < end < number.end():
            end = number.end()
    return (start - 1 if folded[:start].endswith("第") and _ORDINAL.match(folded, start) else start), end


def says_outright(question: str, asked: Asked, sentence: str, segmenter: Segmenter) -> bool:
    """Tell whether a sentence gives what is asked for in so many words.

    A place (位于…), a doer (由…牵头), somebody's office.
    """
    if asked.form == "place":
        return _place(question, sentence) is not None
    if asked.form == "office":
        return _office(question, sentence, segmenter) is not None
    return asked.form in ("person", "organization") and _agent(question, sentence) is not None


_PLACE_CHARS = 16
_OF_A_PLACE = re.compile(r"(?<=[号楼层路街巷村镇乡县区市省内旁侧边口处])的")


def _place(question: str, sentence: str, marked: tuple[int, int] | None = None) -> str | None:
    """Return where something stands, or where what is asked about took place, where the sentence says so.

    Of a long one it is what the reader ``marked`` in it; where that is elsewhere the sentence says so of
    another thing, unless in the question's own verb.
    """
    folded, asked = fold(sentence), fold(question)
    held = next((m for m in HELD.finditer(folded) if set(m["doing"]) & set(asked)), None)
    match = held or LOCATED.search(folded)
    if match is None:
        return None
    start, end = match.span("place")
    if marked is not None:
        if not _touch(marked, (start, end)):
            if held is None or held["doing"] not in asked:
                return None
        elif start <= marked[0] and marked[1] <= end and end - start > _PLACE_CHARS:
            start, end = marked
    of = _OF_A_PLACE.search(folded, start + 2, end)
    if of and (marked is None or marked[1] <= of.start()):
        end = of.start()  # 位于柳荫路66号的大厅启用
    return sentence[start:end].strip(_ENDS)


def _agent(question: str, sentence: str) -> str | None:
    """Return who does what is asked about, where the sentence says 由…: a body as well as a person."""
    verb = _WHO_DOES.search(fold(question))
    if verb is None:
        return None
    does = _SAME_VERB.get(verb["verb"], verb["verb"])
    doing = re.compile(
        rf"由(?P<agent>[^,，、;；。:：]{{2,30}}?)(?:共同|联合|全额|负责[{HAN}]{{0,4}}?)?{does}"
    )
    match = doing.search(sentence)
    return match["agent"] if match else None


_NOT_OF_A_NAME = frozenset("说讲称等为是在作任将与和同对向由请给让被叫据经以的了并就也主参出带到先女")
_NAME_CHARS = 4
_RIGHT_BEHIND = 1


def _name_marked(evidence: Evidence, segmenter: Segmenter) -> str | None:
    """Return whom the reader marked: a name, whole where lists of surnames know a piece of it; a body.

    ``None`` where it marked nobody, but an office or nothing at all.
    """
    marked, preferred, sentence = _marked(evidence), _preferred(evidence), evidence.quote
    if marked is None or preferred is None:
        return None
    named = [(at, at + len(name)) for name, at in people(sentence, segmenter)]
    touched = [span for span in named if _touch(span, preferred)]
    if ORGANISATION.search(fold(marked)) and not all(b - a == len(marked) for a, b in touched):
        return marked  # 由华测启明公司运营: a body may be who does it
    if len(touched) > 1:
        return None
    if not touched:
        if _NAME_LIKE.fullmatch(marked) and not _OFFICE_END.search(marked):
            return marked
        if office := _OFFICE_AND_NAME.fullmatch(marked):
            return office["name"]
        behind = [span for span in named if 0 <= span[0] - preferred[1] <= _RIGHT_BEHIND]
        return sentence[slice(*behind[0])] if behind else None
    (start, end), name = touched[0], sentence[slice(*touched[0])]
    before, after = sentence[preferred[0] : start], sentence[end : preferred[1]]
    whole = f"{before if len(before) == 1 else ''}{name}{after}"
    grown = _NAME_LIKE.fullmatch(whole) and not set(whole) & _NOT_OF_A_NAME and whole != name
    return whole if grown and not _OFFICE_END.search(whole) else name


def _no_name(marked: str | None, segmenter: Segmenter) -> str | None:
    """Return what the reader marked unless it begins with a name: that is nobody's office."""
    named = people(marked, segmenter) if marked else []
    return None if named and named[0][1] == 0 else marked


def _office(question: str, sentence: str, segmenter: Segmenter) -> str | None:
    """Return the office that a sentence gives the person asked about, before the name or behind it."""
    folded = fold(sentence)
    named = people(sentence, segmenter)
    asked_for = _ASKED_FOR.match(fold(question))
    if asked_for and (at := folded.find(asked_for["name"])) >= 0 and at not in (a for _, a in named):
        named = sorted([*named, (asked_for["name"], at)], key=lambda n: n[1])
    for name, at in named:
        if fold(name) not in fold(question):
            continue
        if holds := _HOLDS_OFFICE.match(sentence[at + len(name) :]):
            return holds["office"].rstrip("、")
        left = max((folded.rfind(char, 0, at) for char in ",;。:!?\n "), default=-1) + 1
        beside = [(other, other + len(n)) for n, other in named if left <= other < at]
        # 区领导甲、乙: those named together hold what stands before the first of them.
        while beside and folded[beside[-1][1] : at] == "、":
            at = beside.pop()[0]
        left = max([left, *(end + 1 for _, end in beside)])
        match = _BEFORE_OFFICE.match(sentence[left:at])
        if match and _OFFICE_END.search(match["office"]):
            return match["office"].strip("、")
    return None
