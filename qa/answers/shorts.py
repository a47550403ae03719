"""The short answer that a question's form calls for, from a sentence and what the reader marked in it."""

from __future__ import annotations

import re

from qa.composing import SHORT_CHARS
from qa.language.names import OFFICES, people
from qa.language.quantities import parse
from qa.reading.span_fit import fit
from qa.reading.spans import HELD, LOCATED, best_span
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
    r"[^,，。;；!！?？\n]{2,50})"
)
_HOLDS_OFFICE = re.compile(
    rf"^(?:同志)?(?:现|时|曾|将|将由|正式)?(?:任|担任|出任|兼任|当选为?|就任|接任|是|为)(?P<office>[{HAN}A-Za-z0-9、()（）“”]{{2,30}})"
)

_SAYING_ASKED = re.compile(r"(?:说|表示|强调|指出|介绍|认为|提出|称)(?:了|过|的是|的)?些?(?:什么|哪些)[??]*$")
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
    if asked.form == "person" and (name := _name_marked(evidence, segmenter)):
        return name
    if asked.form == "place" and (place := _place(query.standalone, sentence)):
        return place
    if asked.form in _TYPED:
        span = best_span(query.standalone, asked, sentence, segmenter, _preferred(evidence))
        if span is not None:
            # The rules find the end of a long name better than its beginning; the reader finds both.
            around = _preferred(evidence) if asked.form in _NAMED else None
            if asked.form == "number":
                return sentence[slice(*_hedged(sentence, span.start, span.end))][:SHORT_CHARS]
            if around is not None and around[0] <= span.start and span.end <= around[1]:
                return _marked(evidence) or sentence[span.start : span.end][:SHORT_CHARS]
            return sentence[span.start : span.end][:SHORT_CHARS]
    marked = _marked(evidence)
    if asked.form == "what" and (marked is None or asked.noun[:2] not in marked):
        # 「哪个中心」 is answered by what is called 中心, if the sentence names one.
        named = best_span(query.standalone, asked, sentence, segmenter) if asked.noun[:2] else None
        if named is not None and WHICH_ONE.search(query.standalone):
            return _TORN.sub("", sentence[named.start : named.end])[:SHORT_CHARS]
    if asked.form == "reason" and (cause := _cause(query.standalone, sentence)):
        return marked if marked and marked in cause else cause
    if asked.form == "list" and marked and parse(marked):
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
)
_PAST = re.compile(r"(?:突?破|过|超|逾|近|上|不足|不到|约)$")
"""What makes a number of a round one (过亿元, 破百万)."""
_HEDGE_BEHIND = re.compile(
    r"(?:左右|上下|以[上下内]|出头|开外|不等|(?<=[天日年月周时点钟分秒])之?内(?![部外容蒙科]))"
)


_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_ORDINAL = re.compile(r"[\d一二三四五六七八九十百]")


def _hedged(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a number with the sign and the hedge at its side (零下5℃, 3个工作日内)."""
    folded = fold(sentence)
    before = _HEDGE_BEFORE.search(folded[:start])
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


def _cause(question: str, sentence: str) -> str | None:
    """Return the clause that names a cause or a purpose; of several the one most like the question."""
    wanted = set(fold(question))
    clauses = [m.group("cause").rstrip(_ENDS) for m in _CAUSE.finditer(sentence)]
    clauses = [clause for clause in clauses if len(clause) <= SHORT_CHARS]
    return max(clauses, key=lambda clause: len(wanted & set(fold(clause))), default=None)


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


def _place(question: str, sentence: str) -> str | None:
    """Return where something stands, or where what is asked about took place, where the sentence says so."""
    folded = fold(sentence)
    held = next((m for m in HELD.finditer(folded) if set(m["doing"]) & set(fold(question))), None)
    match = held or LOCATED.search(folded)
    return sentence[slice(*match.span("place"))] if match else None


def _agent(question: str, sentence: str) -> str | None:
    """Return who does what is asked about, where the sentence says 由…: a body as well as a person."""
    verb = _WHO_DOES.search(fold(question))
    if verb is None:
        return None
    does = _SAME_VERB.get(verb["verb"], verb["verb"])
    doing = re.compile(rf"由(?P<agent>[^,，、;；。:：]{{2,30}}?)(?:共同|联合|负责|全额)?{does}")
    match = doing.search(sentence)
    return match["agent"] if match else None


def _name_marked(evidence: Evidence, segmenter: Segmenter) -> str | None:
    """Return what the reader marked where it can be a name that no list of surnames holds (俞岸)."""
    marked, preferred = _marked(evidence), _preferred(evidence)
    if marked is None or preferred is None or not _NAME_LIKE.fullmatch(marked):
        return None
    known = any(
        at < preferred[1] and preferred[0] < at + len(n) for n, at in people(evidence.quote, segmenter)
    )
    return None if known or _OFFICE_END.search(marked) else marked


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
