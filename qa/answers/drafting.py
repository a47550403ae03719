"""Evidence becomes the draft of an answer in the form that the question calls for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import cn2an

from qa.answers.announcements import announces
from qa.answers.conflicts import conflict_draft
from qa.answers.enumerations import enumerates, joined, marked
from qa.answers.headed import listed_under, named_under
from qa.answers.lists import BODIES_ASKED, list_draft
from qa.answers.marks import marked_span, marked_text, touch, whole_brackets
from qa.answers.named import is_body, side_by_side
from qa.answers.parallels import is_of_both
from qa.answers.participants import PEOPLE_ASKED, company, each_called, participants
from qa.answers.roles import in_role, items
from qa.answers.shorts import WHICH_ONE, says_outright, short_answer
from qa.answers.shown import quoted, sentences_shown
from qa.answers.told import told_draft
from qa.answers.yes_no import DECIDING, yes_or_no
from qa.composing import SHORT_CHARS, Draft, Quote, short_of_quotes
from qa.language.names import people
from qa.reading.constraints import names_a_cause
from qa.reading.parties import only_says_who_pays, plays_another_part
from qa.reading.spans import best_span, spans_like
from qa.search.matching import coverage, word_weights
from qa.text import Segmenter, fold, sentence_spans
from qa.types import Evidence, Query, Reading
from qa.understanding.questions import Asked, plain
from qa.understanding.short_kinds import is_the_kind

_OUTRIGHT_WITHIN = 3.0
"""Log-odds, as above."""
_STANDS_ALONE = 0.9
"""Confidence from which a sentence is shown though nothing marked in it is of the kind asked for."""
_EACH = re.compile(
    r"分别|(?<!各.)各(?!.各|[省市区县镇乡村街州盟级部单地界类项方人])|前、后|前后(?!一?共?[用花历持经多])|两[者次]|两个(?!(?:多|半)?(?:小时|钟头|月|星期|礼拜|季度|学期|工作日))"
)
_IN_ALL = re.compile("^(?!.*(?:分别|各)).*(?:一共|总共|加起来|合计)")
"""What asks for one number of several things together."""


def draft(query: Query, asked: Asked, reading: Reading, segmenter: Segmenter) -> Draft | None:
    """Return what to answer from evidence, ``None`` where it does not decide the question after all."""
    if asked.form == "yesno":
        return yes_or_no(query, asked, reading, segmenter)
    top = reading.evidence[0]
    if asked.form in ("list", "person") and (
        group := _company(query, top) or _together(query, top) or named_under(query, top, segmenter)
    ):
        return group
    if headed := listed_under(query, asked, top, segmenter):
        return headed
    if told := told_draft(query, asked, reading, segmenter):
        return told
    first = top.quote
    enumerated = (
        asked.form in ("what", "means")
        and not WHICH_ONE.search(query.standalone)
        and (enumerates(first, segmenter) or announces(plain(query.standalone), first))
        and (_ALL_ASKED.search(plain(query.standalone)) or not _within_an_item(reading.evidence[0]))
        and not _of_one_named(query.standalone, reading.evidence[0], segmenter)
    )
    if asked.form == "person" and (joint := _joint_doers(query, reading.evidence[0], segmenter)):
        return joint
    if asked.form == "list" and (serving := in_role(query.standalone, reading.evidence[0])):
        return _serving(reading.evidence[0], serving, segmenter)
    several = asked.form == "list" and not _one_of_them(query.standalone, reading.evidence[0], segmenter)
    if (several or enumerated) and (listed := list_draft(query, asked, reading, segmenter)):
        if not _of_the_sort(query.standalone, listed.items, segmenter):
            return None
        joint = _joint_doers(query, reading.evidence[0], segmenter)
        if joint and {i.text for i in joint.items} == {i.text for i in listed.items}:
            listed = replace(listed, short=joint.short)  # as it is printed, with the offices that were marked
        return listed if _complete(query.standalone, first, len(listed.items)) else None
    if asked.form == "list" and not _complete(query.standalone, first, 0):
        return None
    each = asked.form == "number" and _EACH.search(query.standalone) and not _IN_ALL.search(query.standalone)
    if each and (numbers := _each(query, asked, reading.evidence[0], segmenter)):
        return numbers
    if differing := conflict_draft(query, asked, reading, segmenter):
        return differing
    reading = _outright_first(query, asked, reading, segmenter)
    if asked.form == "reason":
        reading = _own_cause_first(query.standalone, reading, segmenter)
    best, short = reading.evidence[0], short_answer(query, asked, reading.evidence[0], segmenter)
    if short and not is_the_kind(query.standalone, asked.form, best.quote, short):
        other = _of_the_kind(query, asked, reading, segmenter)
        if other is None and asked.form in ("what", "means") and reading.confidence >= _STANDS_ALONE:
            other = best, None  # the sentence tells it, elsewhere than what was marked
        if other is None:
            return None
        best, short = other
        reading = replace(reading, evidence=(best, *(e for e in reading.evidence if e is not best)))
    short = whole_brackets(best.quote, short) if short else None
    if short and asked.form == "number" and is_of_both(query.standalone, best.quote, short):
        return None
    if short is None and asked.form == "person" and reading.confidence < _STANDS_ALONE:
        return None  # nobody was marked in what was doubted anyway
    at = best.quote.find(short) if short else -1
    if short and only_says_who_pays(query.standalone, asked.form, best.quote, (at, at + len(short))):
        payer = marked_text(best)
        short, at = (payer, best.quote.find(payer)) if payer and payer != short else (None, -1)
    if (
        short
        and at >= 0
        and plays_another_part(query.standalone, asked.form, best.quote, (at, at + len(short)))
    ):
        return None
    return Draft(
        tuple(quoted(e, short=e is best and short is not None) for e in sentences_shown(reading)), short
    )


def _joint_doers(query: Query, evidence: Evidence, segmenter: Segmenter) -> Draft | None:
    """Return all whom the reader marked side by side for 谁: several may do one thing together.

    One of those who are introduced one by one (一位叫甲;一位叫乙) stands for all of them.
    """
    people, read = each_called(evidence.quote), marked_span(evidence)
    if people and read and any(touch(read, one) for one in people):
        names = [Quote(evidence.article, evidence.start + a, evidence.start + b) for a, b in people]
        if not _ONE_OF_THEM.search(query.standalone):
            return Draft((quoted(evidence, short=True),), short_of_quotes(names), items=tuple(names))
    people = side_by_side(evidence, segmenter)
    names = [Quote(evidence.article, evidence.start + a, evidence.start + b) for a, b in people]
    if not names or any(fold(name.text) in fold(query.standalone) for name in names):
        return None
    short = marked_text(evidence) or short_of_quotes(names)
    return Draft((quoted(evidence, short=True),), short, items=tuple(names))


_ONE_OF_THEM = re.compile(r"[男女]|第[一二三四]|岁|另|[最大小年]|当过|[干做]过|以前|原来")
"""What in a question may tell one of several people from the others."""
_PERSONS_ONLY = re.compile(
    r"哪些(?:人(?![大民])|[省市区县镇乡村]{0,2}领导(?!小组)|(?:群众|[村居市]民|职工|党员)代表)"
)
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def _of_the_sort(question: str, items: Sequence[Quote], segmenter: Segmenter) -> bool:
    """Tell whether a list may be of people where people are asked for, and of bodies where those are."""
    asked, texts = plain(question), [_IN_BRACKETS.sub("", item.text) for item in items]
    if _PERSONS_ONLY.search(asked):
        return not all(is_body(text) for text in texts)
    return not (BODIES_ASKED.search(asked) and all(people(text, segmenter) for text in texts))


def _company(query: Query, evidence: Evidence) -> Draft | None:
    """Return all who went along with somebody, as several sentences of a paragraph name them."""
    article = evidence.article
    names = [Quote(article, *one) for one in company(query.standalone, article.body)]
    if not names:
        return None
    told = [
        Quote(article, *span)
        for span in sentence_spans(article.body)
        if any(span[0] <= name.start < span[1] for name in names)
    ]
    return Draft(tuple(told), short_of_quotes(names), items=tuple(names))


def _together(query: Query, evidence: Evidence) -> Draft | None:
    """Return all who did what is asked about side by side, unless the reader marked somebody else."""
    question, sentence = query.standalone, evidence.quote
    found = participants(question, sentence) if PEOPLE_ASKED.search(plain(question)) else []
    if not found or any(fold(sentence[slice(*one.name)]) in fold(question) for one in found):
        return None
    run, read = (found[0].start, found[-1].name[1]), marked_span(evidence)
    touched = read is not None and touch(read, run)
    if read and not touched and "哪" not in question:
        return None
    shift = evidence.start
    names = [Quote(evidence.article, shift + one.name[0], shift + one.name[1]) for one in found]
    printed = sentence[slice(*run)]
    short = printed if touched and len(printed) <= SHORT_CHARS else short_of_quotes(names)
    return Draft((quoted(evidence, short=True),), short, items=tuple(names) if len(names) > 1 else ())


_ALL_ASKED = re.compile(
    r"(?:要求|举措|措施|办法|做法|任务|意见|建议|步骤|安排|规定|经验|问题|目标|内容|变化|短板)(?:都|分别)?(?:是|有|包括)*(?:什么|哪)"
    r"|(?:什么|哪些)(?:要求|举措|措施|办法|做法|任务|意见|建议|步骤|安排|规定|经验|问题|变化|短板)"
)
"""What asks for all items of one kind."""


def _one_asked(question: str) -> bool:
    """Tell whether 有什么 asks for what one of several items may hold (有什么后果), not for all of them."""
    asked = plain(question)
    return "有什么" in asked and not re.search("都|哪|分别", asked) and not _ALL_ASKED.search(asked)


def _within_an_item(evidence: Evidence) -> bool:
    """Tell whether the reader marked something in one item of several with marks of order, and not all of it.

    The others are no answer then (what becomes of those who fail is the second of three demands).
    """
    if evidence.short_start is None or evidence.short_end is None:
        return False
    start, end = evidence.short_start - evidence.start, evidence.short_end - evidence.start
    return any(a <= start and end <= b for a, b in marked(evidence.quote))


def _one_of_them(question: str, evidence: Evidence, segmenter: Segmenter) -> bool:
    """Tell whether what the reader marked in one of several items is all that a question for a list wants."""
    return (_one_asked(question) and _within_an_item(evidence)) or _of_one_named(
        question, evidence, segmenter
    )


_LABEL_END = re.compile(r"[是为即指则]$|的?[,:]?(?:例如|比如|包括|像|如)?$")


def _of_one_named(question: str, evidence: Evidence, segmenter: Segmenter) -> bool:
    """Tell whether the reader marked what a sentence says of the one item that a question names.

    Of 「绿码正常、红码停业整顿」 only the second says what 红码 means.
    """
    read = marked_span(evidence)
    return read is not None and any(
        a + 1 < read[0]
        and read[1] <= b
        and (label := _LABEL_END.sub("", fold(evidence.quote[a : read[0]])))
        and label in question
        for pieces in (*joined(evidence.quote, segmenter), marked(evidence.quote))
        for a, b in pieces
    )


def _serving(evidence: Evidence, serving: str, segmenter: Segmenter) -> Draft:
    """Return what serves as something, and the items that it enumerates.

    Nothing introduces or follows them, so that they reach from joint to joint.
    """
    at = evidence.quote.index(serving)
    pieces = items(evidence.quote, (at, at + len(serving)), segmenter)
    quotes = [Quote(evidence.article, evidence.start + a, evidence.start + b) for a, b in pieces]
    return Draft((quoted(evidence, short=True),), serving, items=tuple(quotes) if len(quotes) > 1 else ())


_NUMBERED = re.compile(
    r"[“「『](?P<name>(?P<count>[三四五六七八九十]|十[一二三四五六七八九])[大个项条种][^“”「」『』]{1,8})[”」』]"
)


def _complete(question: str, sentence: str, items: int) -> bool:
    """Tell whether as many things are listed as the name asked about says (“十大战略”: ten).

    Articles often mention such a name without what it stands for; other things near by are no answer. It is
    known for a name by the quotation marks around it, in the question or in the sentence.
    """
    named = [m for m in _NUMBERED.finditer(f"{question}\n{sentence}") if m["name"] in question]
    return not named or cn2an.cn2an(named[0]["count"], "smart") == items


def _outright_first(query: Query, asked: Asked, reading: Reading, segmenter: Segmenter) -> Reading:
    """Put the sentence first that gives what is asked for in so many words, where it ranks almost as high."""
    best, *others = reading.evidence
    if says_outright(query.standalone, asked, best.quote, segmenter):
        return reading
    for other in others[:DECIDING]:
        near = best.score - other.score <= _OUTRIGHT_WITHIN and other.article.id == best.article.id
        if near and says_outright(query.standalone, asked, other.quote, segmenter):
            return replace(reading, evidence=(other, best, *(e for e in others if e is not other)))
    return reading


def _of_the_kind(
    query: Query, asked: Asked, reading: Reading, segmenter: Segmenter
) -> tuple[Evidence, str | None] | None:
    """Return the next sentence that ranks almost as high and whose short answer is of the kind asked for.

    It must hold a word of the question that the best one lacks: else it may be of anything.
    """
    best, *others = reading.evidence
    words = {word for word in word_weights(query.standalone, segmenter) if word not in fold(best.quote)}
    for other in others[:DECIDING]:
        if not any(word in fold(other.quote) for word in words):
            continue
        if best.score - other.score > _OUTRIGHT_WITHIN or other.article.id != best.article.id:
            continue
        short = short_answer(query, asked, other, segmenter)
        if short and is_the_kind(query.standalone, asked.form, other.quote, short):
            return other, short
    return None


_OF_SOMETHING_ELSE = 0.35
"""Share of a question's words below which a sentence with a cause may give that of something else."""


def _own_cause_first(question: str, reading: Reading, segmenter: Segmenter) -> Reading:
    """Put the sentence first that names a cause beside what is asked, before one with another cause."""
    best, *others = reading.evidence
    weights = word_weights(question, segmenter)
    told = coverage(weights, best.quote)
    if told >= _OF_SOMETHING_ELSE or not names_a_cause(best.quote):
        return reading
    for other in others[:DECIDING]:
        near = best.score - other.score <= _OUTRIGHT_WITHIN and other.article.id == best.article.id
        of_it = coverage(weights, other.quote) >= told + _OF_SOMETHING_ELSE
        if near and of_it and names_a_cause(other.quote):
            return replace(reading, evidence=(other, *(e for e in reading.evidence if e is not other)))
    return reading


def _each(query: Query, asked: Asked, evidence: Evidence, segmenter: Segmenter) -> Draft | None:
    """Return the numbers of one unit in a sentence, for a question that asks for several of them (分别)."""
    sentence = evidence.quote
    best = best_span(query.standalone, asked, sentence, segmenter)
    if best is None:
        return None
    unit = sentence[best.start : best.end][-1]
    spans = [(a, b) for a, b in spans_like(asked, sentence, segmenter) if sentence[a:b][-1] == unit]
    if len(spans) < 2:
        return None
    items = [Quote(evidence.article, evidence.start + a, evidence.start + b) for a, b in spans]
    short = short_of_quotes(items)
    return Draft((Quote.of(evidence),), short, items=tuple(items))
