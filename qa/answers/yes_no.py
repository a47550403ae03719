"""Yes or no, with the clause that decides; without a verdict where none does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answers.doubts import (
    at_another_time,
    of_a_namesake,
    of_another_group,
    of_something_else,
)
from qa.answers.limits import gets_a_benefit, gives_age, within_ages, within_births, within_hours
from qa.answers.marks import marked_span, marked_text
from qa.answers.negations import excepted, naming_words, says_no
from qa.answers.opposites import alternatives_of, opposites_of
from qa.answers.polarity import (
    deciding_clause,
    named_for_itself,
    names_held,
    statement_of,
    support,
    verdict,
)
from qa.answers.roles import confirmed
from qa.answers.shorts import short_answer
from qa.answers.shown import quoted, sentences_shown
from qa.composing import SHORT_CHARS, Draft, Quote
from qa.language.names import people
from qa.language.time_expressions import find_times
from qa.reading.clauses import around
from qa.search.matching import word_coverage
from qa.text import Segmenter, fold
from qa.types import Evidence, Query, Reading
from qa.understanding.questions import Asked

YES = "是。"
NO = "否。"
"""What an answer to a yes/no question begins with, where it is decided."""
DECIDING = 3
"""A yes/no question is decided by one of this many best sentences."""
_LEAST_SUPPORT = 0.3
_TRUSTED = 0.8
_DOUBTED = 0.6
_SAYS_LITTLE = re.compile(
    "[不没还要会]..?|周.|星期.|礼拜.|可以|需要|应该|能够|参加|开始|成为|进行|就是|有人|知道|这次|以后|以前|现在|今年|明年|去年|今天|有没有"
    "|真的|原话|村里|区里|市里|县里|事情|东西|时候|人们|有关|方面|能不能|一起|出席|举[办行]|召开|执行|实施|仪式"
    "|限制|要求|规定"
)
"""Words of a statement that a sentence may lack and tell of the same matter."""
_SURE = 0.5
"""Confidence from which the reader is believed where a question shares few words with its evidence."""


def yes_or_no(query: Query, asked: Asked, reading: Reading, segmenter: Segmenter) -> Draft | None:
    """Return 是 or 否 with the sentence that decides.

    Where none decides, but the best one speaks of the matter and of nobody else, it is quoted without a
    verdict, and what the reader marked in it is the short answer.
    """
    question = query.standalone
    best = reading.evidence[0]
    if part := confirmed(question, best.quote, segmenter):
        return _decided(part[0], best.quote[slice(*part[1])], best)
    statement = statement_of(question)
    for evidence in reading.evidence:
        if limited := _limited(statement, evidence, segmenter):
            return _decided(*limited, evidence)
    for evidence in _fullest_first(statement, reading.evidence[:DECIDING], segmenter):
        decided = verdict(question, evidence.quote, evidence.article.title, segmenter)
        if decided is None or (_MAY_BE_SEVERAL.search(statement) and _on_other_days(statement, evidence)):
            continue
        if (told := _as_marked(question, evidence, decided, segmenter)) is None:
            break
        return _decided(*told, evidence)
    in_words = support(question, fold(best.quote + best.article.title), segmenter) >= _LEAST_SUPPORT
    of_others = people(best.quote, segmenter) and not names_held(question, best.quote, segmenter)
    if of_others or (not in_words and reading.confidence < _SURE):
        return None
    sentence = fold(best.quote)
    if of_a_namesake(statement, sentence, segmenter) or _untold(
        statement, best, reading.confidence, segmenter
    ):
        return None
    short = short_answer(query, asked, best, segmenter)
    read = marked_span(best)
    clause = fold(best.quote[slice(*around(best.quote, read, ",，;；。"))]) if read else sentence
    if at_another_time(statement, clause, sentence):
        return None
    if reading.confidence < _TRUSTED and of_another_group(statement, clause, sentence, segmenter):
        return None
    if of_something_else(statement, clause, sentence, segmenter):
        short = None
    if short and len(short) == 1:
        short = None  # a mere 是 out of 就是 would read as a verdict
    return Draft(
        tuple(quoted(e, short=e is best and short is not None) for e in sentences_shown(reading)), short
    )


def _limited(statement: str, evidence: Evidence, segmenter: Segmenter) -> tuple[bool, str] | None:
    """Return what a sentence decides by hours, ages or births that it sets or excepts, with the clause."""
    said = fold(evidence.quote)
    words = naming_words(statement, segmenter)
    if support(statement, said + fold(evidence.article.title), segmenter) < _LEAST_SUPPORT:
        return None
    if exception := excepted(statement, said, segmenter):
        return exception[0], evidence.quote[slice(*exception[1])]
    if told := (
        within_hours(statement, said, words)
        or within_ages(statement, said)
        or gets_a_benefit(statement, said)
        or within_births(statement, said)
    ):
        at = said.index(told[1])
        return told[0], evidence.quote[at : at + len(told[1])].strip()
    return None


def _fullest_first(statement: str, evidence: Sequence[Evidence], segmenter: Segmenter) -> list[Evidence]:
    """Return sentences, those last of whose words of a statement another has all, and more.

    What is said of 孤儿 decides nothing on those with 工伤 where another sentence is about them.
    """
    words = naming_words(statement, segmenter)
    held = [{word for word in words if word_coverage(word, fold(e.quote)) >= _SURE} for e in evidence]
    fuller = [any(own < other for other in held) for own in held]
    return [e for _, e in sorted(zip(fuller, evidence, strict=True), key=lambda pair: pair[0])]


def _untold(statement: str, best: Evidence, confidence: float, segmenter: Segmenter) -> bool:
    """Tell whether a sentence without a verdict misses the very thing that a question is about.

    It does where the whole article has nothing of a word that names something, or, where the reader is in
    doubt, the sentence nothing of the last one; where an age or a day is asked about and none, or only
    others, are told; and where it names what is asked about only to say whose something is (观赛市民).
    """
    said, article = fold(best.quote), fold(f"{best.article.title}\n{best.article.body}")
    held = [
        word for word in naming_words(statement, segmenter) if word in said and f"{word}人" not in statement
    ]
    if (held and not named_for_itself(held, said)) or _on_other_days(statement, best):
        return True
    if gives_age(statement) and not gives_age(said):
        return True
    tagged = [(word, tag) for word, tag, _ in segmenter.tagged(statement) if len(word) > 1]
    word = tagged[-1][0] if tagged else ""
    if word in article and statement.endswith(f"会{word}") and not _told_of(word, said):
        return True  # which the article tells of something else
    if confidence >= _TRUSTED:
        return False
    # What one does on the way may be told in other words (坐船 of a 轮渡).
    words = [
        word
        for n, (word, tag) in enumerate(tagged, 1)
        if tag[:1] in "ntab" or tag == "vn" or n == len(tagged)
    ]
    words = [word for word in words if not _SAYS_LITTLE.fullmatch(word) and not _otherwise(word, said)]
    if not _OF_OTHERS.search(said) and any(
        _nowhere(word, article) and not _told_of(word, said) for word in words
    ):
        return True
    if (thing := _HAS_ONE.search(statement)) and thing["of"] not in said:
        return True
    doubted = confidence < _DOUBTED and not people(statement, segmenter)
    last = words[-1:] if doubted or _HAS.search(statement) else []
    return any(statement.endswith(word) and not _told_of(word, said) for word in last)


_OF_OTHERS = re.compile("其他|其它|其余|别的|一律|所有|任何")
_HAS = re.compile("有[^,]{2,6}$")
_HAS_ONE = re.compile("有(?P<of>[一-鿿])$")


def _nowhere(word: str, article: str) -> bool:
    """Tell whether an article has little of a word: of three characters and more, no two side by side."""
    pairs = [word[n : n + 2] for n in range(len(word) - 1)]
    return word_coverage(word, article) <= _SURE or (len(word) > 2 and not any(p in article for p in pairs))


_MAY_BE_SEVERAL = re.compile("[有还能会]|可以")
"""What a question has on what may be so on several days (25日有集市)."""


def _on_other_days(statement: str, best: Evidence) -> bool:
    """Tell whether a statement is of one day, and all days that a sentence tells are others."""
    asked = [time.period for time in find_times(statement, best.article.date) if time.certainty != "vague"]
    told = [time.period for time in find_times(fold(best.quote), best.article.date)]
    if len(asked) != 1 or asked[0].first is None or asked[0].first != asked[0].last:
        return False
    day = asked[0].first
    return bool(told) and all(
        (period.first is not None and day < period.first) or (period.last is not None and period.last < day)
        for period in told
    )


def _told_of(word: str, told: str) -> bool:
    """Tell whether a text has a word, one of its two characters (村医 for 医生) or what says the same."""
    part = len(word) == 2 and not {*word}.isdisjoint(told)
    return part or word_coverage(word, told) > _SURE or _otherwise(word, told)


def _otherwise(word: str, told: str) -> bool:
    """Tell whether a text has a word of those that say the same as a word, or its opposite."""
    kinds = (*alternatives_of(word), *opposites_of(word))
    return any(kind.search(told) for kind in kinds) or (word in _AGE and gives_age(told))


_AGE = ("年龄", "年纪", "岁数")


def _decided(yes: bool, clause: str, evidence: Evidence) -> Draft:
    """Return the verdict with the clause that decides, alone where that is long."""
    lead = YES if yes else NO
    said = f"{lead[0]}，{clause}"
    quote = Quote.of(evidence)
    return Draft((quote,), said if len(said) <= SHORT_CHARS else lead[0], lead=lead)


def _as_marked(
    question: str, evidence: Evidence, decided: bool, segmenter: Segmenter
) -> tuple[bool, str] | None:
    """Return what a sentence decides by the clause that the reader marked, and the clause to show.

    ``None`` where another clause decides than the marked one, which does not bear it out: that 400 are paid,
    督导岗除外, does not say that a 督导岗 gets them.

    Args:
        question: what is asked.
        evidence: the sentence, which holds the question's words.
        decided: what it decides as a whole.
        segmenter: of the snapshot.
    """
    clause, read = deciding_clause(question, evidence.quote, segmenter), marked_text(evidence)
    if read is None:
        return decided, clause
    if read in clause or clause in read:
        contradicts = decided and says_no(read) and not says_no(statement_of(question))
        return None if contradicts else (decided, clause)
    context = f"{evidence.article.title}\n{evidence.quote}"
    if (told := verdict(question, read, context, segmenter)) is not None:
        return told, read
    if decided or not (says_no(clause) or says_no(read)):
        return None
    nearer = not says_no(clause) or _nearer(question, read, clause, segmenter)
    return decided, read if says_no(read) and nearer else clause


def _nearer(question: str, one: str, other: str, segmenter: Segmenter) -> bool:
    """Tell whether one clause holds as many of a question's words as another."""
    return support(question, fold(one), segmenter) >= support(question, fold(other), segmenter)
