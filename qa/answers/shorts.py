"""The short answer that a question's form calls for, from a sentence and what the reader marked in it."""

from __future__ import annotations

import re

from qa.answers.aims import cause_told, measures_before, purpose, what_it_is_instead
from qa.answers.campaigns import called
from qa.answers.marks import ENDS, TORN, marked_at, marked_span, marked_text, touch
from qa.answers.named import (
    OFFICE_END,
    agent_of,
    bodies_marked,
    charged_with,
    doer,
    is_body,
    name_marked,
)
from qa.answers.numbers_marked import exact_age, how_often, of_a_change, of_a_part
from qa.answers.parallels import (
    in_turn,
    of_the_named,
    own_clause,
    part_of_the_named,
    step,
    within_the_part,
)
from qa.answers.roles import all_parts, in_role
from qa.answers.span_bounds import hedged, of_the_body, whole_span
from qa.answers.wholes import all_of_the_noun, of_each_case, whole
from qa.composing import SHORT_CHARS
from qa.language.names import OFFICES, people
from qa.language.quantities import UNIT, parse
from qa.reading.span_fit import fit
from qa.reading.spans import HELD, LOCATED, Span, best_span, spans_like
from qa.text import HAN, Segmenter, fold
from qa.types import Evidence, Query
from qa.understanding.kinds import telephones
from qa.understanding.questions import Asked, plain

_KIND_BEHIND = 4
"""Characters behind a quoted name that say what kind of thing it is (“淬火”工程)."""
_TYPED = ("number", "date", "person", "place", "organization", "title")
_BEFORE_OFFICE = re.compile(
    r"^(?:.*(?:由|据|经|请|邀请|采访|对话|来自|会同|聘请|任命|以及|和|与))?(?P<office>.+)$"
)
WHICH_ONE = re.compile(r"哪一?[个家座条所项种类次支份款届]|第几")
"""A question for one thing of a kind."""
_KIND_ASKED = re.compile(r"哪一?[几两二三四五]?[类种型]")
_ASKED_FOR = re.compile(rf"(?P<name>[{HAN}]{{2,4}}?)(?:同志)?(?:现在|目前)?(?:的|是|任|担任|当)")
_HOLDS_OFFICE = re.compile(
    rf"^(?:同志)?(?:现|时|曾|将|将由|正式)?(?:任|担任|出任|兼任|当选为?|就任|接任|是|为)(?P<office>[{HAN}A-Za-z0-9、()（）“”]{{2,30}})"
)

_SAYING_ASKED = re.compile(
    r"(?:说|讲|表示|强调|指出|介绍|认为|提出|称|出席|参加)(?:话|到)?(?:了|过|的是|的)?些?(?:什么|哪些)事?[??]*$|怎么说[的了]?[??]*$"
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
    read = marked_span(evidence)
    if read is not None and (parts := whole(query.standalone, sentence, read)):
        return sentence[slice(*parts)]
    if one := step(query.standalone, sentence):
        times = spans_like(asked, sentence, segmenter) if asked.form == "date" else [one]
        if times := [time for time in times if touch(time, one)]:
            return sentence[times[0][0] : times[-1][1]][:SHORT_CHARS]
    serving, touched = in_role(query.standalone, evidence), marked_text(evidence)
    if serving and not (touched and (touched in serving or serving in touched)):
        return serving
    if asked.form == "office":
        return _office_held(query.standalone, evidence, segmenter)
    if asked.form in ("person", "organization") and (
        agent := agent_of(query.standalone, sentence, marked_span(evidence))
    ):
        begun = touched is not None and agent.startswith(touched) and is_body(touched)
        names = people(agent, segmenter) if asked.form == "person" else []
        if len(names) == 1 and agent.endswith(names[0][0]):
            return names[0][0]  # 由退休电工|谷大力带头
        return touched if begun else agent  # 由督查室|跟踪督办
    known = _WHO_IS_IT.match(plain(query.standalone)) if asked.form == "person" else None
    if known and known["name"] in fold(sentence) and not OFFICE_END.search(known["name"]):
        return _office_held(query.standalone, evidence, segmenter)
    if asked.form == "person" and (holder := _holder(query.standalone, sentence, segmenter)):
        return holder
    name = name_marked(evidence, segmenter) if asked.form == "person" else None
    if asked.form == "person" and (does := doer(query.standalone, sentence, name, segmenter)):
        return does
    if name and fold(name) not in fold(query.standalone):
        return name
    if asked.form == "person" and (charged := charged_with(query.standalone, evidence)):
        return charged
    if asked.form == "person" and (bodies := bodies_marked(query.standalone, evidence, segmenter)):
        return bodies
    if asked.form == "title" and (full := _full_name(query.standalone, evidence)):
        return full
    if asked.form == "place" and (place := _place(query.standalone, sentence, marked_span(evidence))):
        return place
    if asked.form == "number" and (often := how_often(query.standalone, evidence)):
        return often
    if asked.form in _TYPED:
        span = best_span(query.standalone, asked, sentence, segmenter, marked_span(evidence))
        if asked.form == "title" and (titles := _titles_marked(evidence)):
            return titles
        if span is not None and asked.form == "title":
            name = called(query.standalone, sentence[span.start : span.end + _KIND_BEHIND])
            return (name or sentence[span.start : span.end])[:SHORT_CHARS]
        if span is not None and _passes_over(asked, evidence, span, segmenter):
            span = None  # the reader marked what no list of units or times foresees
        if span is not None and (value := _own_value(query.standalone, asked, sentence, span, segmenter)):
            value = of_a_change(query.standalone, asked, sentence, value, segmenter) or value
            return sentence[slice(*hedged(sentence, *value))]
        if span is not None and asked.form == "number":
            span = exact_age(query.standalone, asked, sentence, span, segmenter)
            span = of_a_part(query.standalone, asked, evidence, span, segmenter)
        if span is not None and asked.form == "number":
            read_as = _with_the_mark(span, read)
            if turned := of_a_change(query.standalone, asked, sentence, read_as, segmenter):
                return sentence[slice(*hedged(sentence, *turned))]
        if span is not None:
            cases = spans_like(asked, sentence, segmenter) if asked.form == "number" else []
            if parts := of_each_case(query.standalone, sentence, (span.start, span.end), cases):
                return sentence[slice(*parts)]
            return whole_span(query.standalone, asked, evidence, span.start, span.end)[:SHORT_CHARS]
    marked = marked_text(evidence)
    if read is not None and (own := own_clause(query.standalone, asked, sentence, read)):
        return sentence[slice(*own)][:SHORT_CHARS]
    if (
        asked.form == "what"
        and read is not None
        and (layout := all_parts(query.standalone, sentence, read, segmenter))
    ):
        return sentence[slice(*layout)]
    if asked.form in ("what", "reason") and (aim := purpose(query.standalone, evidence)):
        return aim
    if asked.form in ("what", "list") and read and (listed := all_of_the_noun(asked.noun, sentence, read)):
        return sentence[slice(*listed)]
    if instead := what_it_is_instead(evidence):
        return instead
    if asked.form in ("means", "what", "reason") and read is not None:
        part = part_of_the_named(query.standalone, sentence, read)
        if part is not None:
            return sentence[slice(*part)]
    kind = _KIND_ASKED.search(query.standalone)
    if asked.form == "what" and (
        marked is None or (asked.noun[:2] not in marked and not kind)  # 哪种流感: 甲型H3N2
    ):
        # 「哪个中心」 is answered by what is called 中心, if the sentence names one.
        named = best_span(query.standalone, asked, sentence, segmenter) if asked.noun[:2] else None
        if marked and named and f"“{marked}”" in sentence[named.start : named.end]:
            return marked
        if marked and asked.noun[:2] in _ANY_BODY and is_body(marked):
            return marked  # 路南是甲公司: 哪家企业
        if named is not None and WHICH_ONE.search(query.standalone):
            return TORN.sub("", sentence[named.start : named.end])[:SHORT_CHARS]
    if asked.form == "reason" and (cause := cause_told(query.standalone, sentence, marked_span(evidence))):
        near = marked is not None and touch(marked_span(evidence) or (0, 0), cause)
        return marked if near else sentence[slice(*cause)]
    if asked.form == "means" and (measures := measures_before(query.standalone, evidence)):
        return measures
    counted = parse(marked) if asked.form == "list" and marked else None
    if counted and re.fullmatch(UNIT, counted.written or "个"):
        return None  # a list is asked for, not a number
    if marked and _SAYING_ASKED.search(plain(query.standalone)) and _OFFICES_ALONE.fullmatch(fold(marked)):
        return None  # who speaks is not what is said
    if (
        asked.form == "number"
        and marked
        and (at := sentence.find(marked, max(0, marked_at(evidence) - len(marked)))) >= 0
    ):
        return sentence[slice(*hedged(sentence, at, at + len(marked)))][:SHORT_CHARS]
    if asked.form == "what" and read and (told := _one_of_the_numbers(query, sentence, read, segmenter)):
        return told
    if marked and asked.form == "what" and not _SEVERAL_ASKED.search(query.standalone):
        named_first = _NAME_AND_MORE.match(marked)
        marked = named_first["name"] if named_first else marked
    across = marked and read and asked.form in ("what", "means") and ";" in fold(marked)
    if across and read and not _SEVERAL_ASKED.search(query.standalone):
        return sentence[slice(*within_the_part(query.standalone, sentence, read))].strip(ENDS)
    if marked and asked.form in ("organization", "place", "what"):
        at = sentence.find(marked)
        return of_the_body(marked, sentence[at + len(marked) :] if at >= 0 else "")
    return marked


_NAME_AND_MORE = re.compile(r"(?P<name>“[^“”]{2,20}”)[,，](?![“《])")
"""A name in quotation marks with a further clause (改造成|“记忆馆”,澡堂变成了咖啡馆)."""
_ANY_BODY = ("企业", "公司", "单位", "机构", "部门")
_SEVERAL_ASKED = re.compile(
    "哪些|哪[几两三四五六七八九十]|分别|都|各|最|要求|措施|办法|规定|流程|步骤|内容|[讲说]了|[做办]好|怎么?样"
)


def _one_of_the_numbers(
    query: Query, sentence: str, read: tuple[int, int], segmenter: Segmenter
) -> str | None:
    """Return of several numbers that were marked the one of what a question names, as 分别 tells."""
    numbers = spans_like(Asked("number", ""), sentence, segmenter)
    own = in_turn(query.standalone, sentence, numbers)
    several = sum(touch(read, number) for number in numbers) > 1
    return sentence[slice(*own)] if several and own and touch(read, own) else None


def _with_the_mark(span: Span, read: tuple[int, int] | None) -> tuple[int, int]:
    """Return the bounds of a span with those of the mark that it stands in."""
    within = read is not None and read[0] <= span.start and span.end <= read[1]
    return read if within and read is not None else (span.start, span.end)


def _own_value(
    question: str, asked: Asked, sentence: str, best: Span, segmenter: Segmenter
) -> tuple[int, int] | None:
    """Return the value of what a question names, where the best one is that of another like thing."""
    if asked.form not in ("number", "date"):
        return None
    alike = spans_like(asked, sentence, segmenter)
    named = of_the_named(question, sentence, (best.start, best.end), alike)
    return max(named, key=lambda at: (fit(fold(question), asked, sentence, *at), -at[0]), default=None)


_A_NUMBER = re.compile(r"[\d一二两三四五六七八九十百千万亿半几]")
_A_TIME = re.compile(
    r"[年月日号天周季]|(?<![\d一二三四五六七八九十本首])期|以后|之后|结束|完成|期满|[之以]?[前后时]$|当[天日晚场]|[早中晚]上|上午|下午"
)


def _passes_over(asked: Asked, evidence: Evidence, span: Span, segmenter: Segmenter) -> bool:
    """Tell whether rules chose a number or a time elsewhere, and know none where the reader marked one.

    处以行政拘留|10日 is no date of a month, 等|房屋征收结束后 stands in no calendar.
    """
    marked, text = marked_span(evidence), marked_text(evidence)
    if marked is None or text is None or touch(marked, (span.start, span.end)):
        return False
    if any(touch(marked, known) for known in spans_like(asked, evidence.quote, segmenter)):
        return False
    told = {"number": _A_NUMBER, "date": _A_TIME}.get(asked.form)
    return told is not None and told.search(fold(text)) is not None


_OFFICE_ASKED = re.compile(rf"(?P<office>副?(?:{OFFICES}))(?:到底|究竟|现在)?是(?:谁|哪一?[个位])[?]*$")


def _holder(question: str, sentence: str, segmenter: Segmenter) -> str | None:
    """Return who is named right behind the office whose holder a question asks for, if only one is."""
    asked = _OFFICE_ASKED.search(plain(question))
    if asked is None:
        return None
    before = re.compile(rf"(?<!副){asked['office']}$")
    named = {name for name, at in people(sentence, segmenter) if before.search(fold(sentence[:at]))}
    return named.pop() if len(named) == 1 else None


_FULL_NAME_ASKED = re.compile(
    r"(?P<head>研究[院所]|实验室|公司|集团|大学|学[院校会]|医院|中心|协会|基金会|银行|委员会|小组|办公室|工程|项目)的?(?:全称|全名|大名)"
)


def _full_name(question: str, evidence: Evidence) -> str | None:
    """Return the name that begins a clause and ends in the noun whose full name is asked for.

    Only where the reader marked something without that noun, which is no name of the kind.
    """
    asked, marked = _FULL_NAME_ASKED.search(plain(question)), marked_text(evidence)
    if asked is None or marked is None or asked["head"] in marked:
        return None
    names = re.findall(
        rf"(?:^|[,，;；。])([{HAN}A-Za-z0-9()（）]{{2,30}}?{asked['head']})(?=[{HAN},，])", evidence.quote
    )
    return str(names[0]) if len(names) == 1 else None


_WHO_IS_IT = re.compile(rf"(?P<name>[{HAN}]{{2,4}}?)(?:同志)?(?:到底|究竟)?是谁[?]*$")


def _telephone(question: str, asked: Asked, evidence: Evidence) -> str | None:
    """Return the telephone number asked for: of several what the reader marked, else what fits best."""
    marked = marked_span(evidence) or (0, 0)
    numbers = telephones(question, evidence.quote)
    if sum(touch(marked, number) for number in numbers) > 1 and (several := marked_text(evidence)):
        return several

    def fitting(number: tuple[int, int]) -> tuple[bool, float]:
        touched = number[0] < marked[1] and marked[0] < number[1]
        return touched, fit(fold(question), asked, evidence.quote, *number)

    number = max(numbers, key=fitting, default=None)
    return evidence.quote[slice(*number)] if number else None


_TITLES = re.compile(r"(?:《[^《》]+》|“[^“”]+”)(?:[、和]?(?:《[^《》]+》|“[^“”]+”))+")


def _titles_marked(evidence: Evidence) -> str | None:
    """Return the titles or the names in quotation marks that the reader marked, if it marked several."""
    marked = marked_text(evidence)
    several = marked is not None and _TITLES.fullmatch(marked)
    return marked if several else None


def says_outright(question: str, asked: Asked, sentence: str, segmenter: Segmenter) -> bool:
    """Tell whether a sentence gives what is asked for in so many words.

    A place (位于…), a doer (由…牵头), somebody's office.
    """
    if asked.form == "place":
        # Where something was held is not where something else stands (落户经开区).
        return _place(question, sentence) is not None and (
            _HELD_ASKED.search(plain(question)) is None or HELD.search(fold(sentence)) is not None
        )
    if asked.form == "office":
        return _office(question, sentence, segmenter) is not None
    return asked.form in ("person", "organization") and agent_of(question, sentence) is not None


_PLACE_CHARS = 16
_HELD_ASKED = re.compile("举行|召开|举办|揭牌|签约|开幕|闭幕|启动|开班|开课|发布")
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
        if not touch(marked, (start, end)):
            if held is None or held["doing"] not in asked:
                return None
        elif start <= marked[0] and marked[1] <= end and end - start > _PLACE_CHARS:
            start, end = marked
        elif marked[1] > end and not re.search("[,;。:]", folded[end : marked[1]]):
            end = marked[1]  # a long address, which no pattern holds all of
    of = _OF_A_PLACE.search(folded, start + 2, end)
    if of and (marked is None or marked[1] <= of.start()):
        end = of.start()  # 位于柳荫路66号的大厅启用
    return sentence[start:end].strip(ENDS)


def _office_held(question: str, evidence: Evidence, segmenter: Segmenter) -> str | None:
    """Return the office of the person asked about, begun where the reader began it.

    Rules know its end, the name; what stands before it they may take for its own words
    (听取了|区财政局局长甲, 基层政权和|社区治理科科长乙).
    """
    office = _office(question, evidence.quote, segmenter)
    marked = _no_name(marked_text(evidence), segmenter)
    if office is None or marked is None:
        return office or marked
    if marked.endswith(office) and not re.search("[、，,;；]", marked.removesuffix(office)):
        return marked
    before = office.removesuffix(marked) if office.endswith(marked) else ""
    foreign = any(tag[:1] in "vp" or tag.startswith("nr") for _, tag, _ in segmenter.tagged(before))
    return marked if foreign and len(marked) > 2 else office


def _no_name(marked: str | None, segmenter: Segmenter) -> str | None:
    """Return what the reader marked unless it begins with a name or is no word: that is nobody's office."""
    named = people(marked, segmenter) if marked else []
    return None if marked is None or len(marked) < 2 or (named and named[0][1] == 0) else marked


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
        if match and OFFICE_END.search(match["office"]):
            return match["office"].strip("、")
    return None
