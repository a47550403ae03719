"""Yes or no, with the clause that decides; without a verdict where none does."""

from __future__ import annotations

from qa.answers.doubts import of_a_namesake, of_something_else
from qa.answers.marks import marked_span, marked_text
from qa.answers.negations import says_no
from qa.answers.polarity import deciding_clause, names_held, statement_of, support, verdict
from qa.answers.roles import confirmed
from qa.answers.shorts import short_answer
from qa.answers.shown import quoted, sentences_shown
from qa.composing import SHORT_CHARS, Draft, Quote
from qa.language.names import people
from qa.reading.clauses import around
from qa.text import Segmenter, fold
from qa.types import Evidence, Query, Reading
from qa.understanding.questions import Asked

YES = "是。"
NO = "否。"
"""What an answer to a yes/no question begins with, where it is decided."""
DECIDING = 3
"""A yes/no question is decided by one of this many best sentences."""
_LEAST_SUPPORT = 0.3
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
    for evidence in reading.evidence[:DECIDING]:
        decided = verdict(question, evidence.quote, evidence.article.title, segmenter)
        if decided is None:
            continue
        if (told := _as_marked(question, evidence, decided, segmenter)) is None:
            break
        return _decided(*told, evidence)
    in_words = support(question, fold(best.quote + best.article.title), segmenter) >= _LEAST_SUPPORT
    of_others = people(best.quote, segmenter) and not names_held(question, best.quote, segmenter)
    if of_others or (not in_words and reading.confidence < _SURE):
        return None
    short = short_answer(query, asked, best, segmenter)
    statement, sentence = statement_of(question), fold(best.quote)
    if of_a_namesake(statement, sentence, segmenter):
        return None
    read = marked_span(best)
    clause = fold(best.quote[slice(*around(best.quote, read, ",，;；。"))]) if read else sentence
    if of_something_else(statement, clause, sentence, segmenter):
        short = None
    if short and len(short) == 1:
        short = None  # a mere 是 out of 就是 would read as a verdict
    return Draft(
        tuple(quoted(e, short=e is best and short is not None) for e in sentences_shown(reading)), short
    )


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
