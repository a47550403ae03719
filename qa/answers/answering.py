"""Question → answer: understood in the senses it may have, found, composed with verified citations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.answers.clock import Clock
from qa.answers.combining import Found
from qa.answers.expansions import expansion_draft
from qa.answers.finding import Finder, articles_of
from qa.answers.premises import UNCLEAR, refusal, unclear
from qa.answers.replies import (
    answered,
    beside,
    clause_of,
    declined,
    how_many,
    listed,
    noticed,
    nth_item,
    repeats,
    with_corrections,
    without_an_answer,
)
from qa.conversation.dialogue import resolve
from qa.conversation.focus import Resolved
from qa.conversation.references import Recall
from qa.conversation.scope import reply_to
from qa.conversation.substitution import as_a_list
from qa.errors import QuestionError
from qa.index.snapshot import Snapshot
from qa.language.numerals import labels_in_digits
from qa.metadata.collection import look_up
from qa.reading.reader import Reader
from qa.search.retrieval import Retriever
from qa.text import HAN, fold, has_content, strip_controls
from qa.types import Answer, Filters, Query, Turn
from qa.understanding.questions import analyse
from qa.understanding.wording import reword

MAX_QUESTION = 2000
"""Characters; a longer text is a document, not a question."""
DEFAULT_TOP_K = 8
_RECALLED = 2
"""Earlier questions that are answered again to tell for whom 他 stands."""


class Answerer:
    """Answer questions from a snapshot; stateless, safe for concurrent use."""

    def __init__(self, retriever: Retriever, reader: Reader) -> None:
        self._retriever = retriever
        self._reader = reader

    def answer(
        self,
        snapshot: Snapshot,
        question: str,
        *,
        history: Sequence[Turn] = (),
        top_k: int | None = None,
        filters: Filters = Filters(),  # noqa: B008
        stop: Callable[[], bool] = lambda: False,
    ) -> Answer:
        """Answer one question, or say that the bulletins do not.

        Args:
            snapshot: the generation to answer from; all of the answer is of this one.
            question: as typed; control characters are dropped.
            history: the conversation so far, oldest first.
            top_k: passages to retrieve.
            filters: which articles may be used.
            stop: asked between the steps whether nobody waits for the answer any more.

        Raises:
            AbandonedError: nobody does.
            QuestionError: the question is empty, too long, or holds no word.
        """
        clock = Clock(stop)
        question = clean_question(question)
        reply = reply_to(question)
        if reply is not None:
            query = Query(question, question, analyse(question).form, filters, top_k or DEFAULT_TOP_K)
            return declined(query, "out_of_scope", reply, (), snapshot, clock)

        def understood(sense: Resolved) -> Answer:
            return self._understood(sense, question, top_k, filters, snapshot, clock)

        recalled: dict[str, str | None] = {}

        def recall(text: str) -> str | None:
            if text not in recalled and len(recalled) < _RECALLED:
                again = self._understood(Resolved(text), text, top_k, filters, snapshot, clock)
                recalled[text] = again.short_answer
            return recalled.get(text)

        resolved = resolve(question, history, snapshot.segmenter, snapshot.in_force, recall)
        listings = dict.fromkeys((resolved.counts, as_a_list(resolved.counts))) if resolved.counts else ()
        for listing in listings if resolved.nth else ():
            item = nth_item(understood(Resolved(listing)), resolved.text, resolved.nth)
            if item is not None:
                return item
        first = understood(resolved)
        for listing in listings:
            if not resolved.nth and not first.answered:
                first = how_many(understood(Resolved(listing)), resolved.text) or first
        answer = first
        for sense in (resolved, *resolved.others):
            if sense is not resolved:
                if clock.late:
                    break
                answer = understood(sense)
            meant = answer.confidence >= sense.least and self._names(answer, sense.names, snapshot)
            meant = meant and self._names(answer, sense.quotes, snapshot, whole=True)
            if meant and not self._told_already(answer, resolved.beyond, history, recall):
                return answer
        return without_an_answer(first)

    @staticmethod
    def _told_already(answer: Answer, before: str, history: Sequence[Turn], recall: Recall) -> bool:
        """Tell whether an answer repeats what more was asked for than (百米冠军是谁 → 他还得了什么)."""
        said = next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")
        told = (recall(before), said)  # the words quoted may hold more than was told, or less than we would
        return bool(before) and all(repeats(answer, f"{before}\n{text or ''}") for text in told)

    def _understood(
        self,
        sense: Resolved,
        question: str,
        top_k: int | None,
        filters: Filters,
        snapshot: Snapshot,
        clock: Clock,
    ) -> Answer:
        """Answer a question in one sense that it may have."""
        reworded = reword(sense.text, snapshot.lexicon, snapshot.segmenter, self._retriever.synonyms)
        if sense.article_id is not None and filters.article_ids is None:
            filters = replace(filters, article_ids=(sense.article_id,))
        query = Query(question, reworded.text, analyse(reworded.text).form, filters, top_k or DEFAULT_TOP_K)
        clock.lap("understand")
        answer = with_corrections(self._answer(query, snapshot, clock), snapshot.corrections)
        return noticed(answer, reworded)

    def _names(self, answer: Answer, what: str, snapshot: Snapshot, *, whole: bool = False) -> bool:
        """Tell whether an answer names something right by its short answer, or in all that it quotes."""
        if not answer.answered or not what or answer.mode == "catalog":
            return answer.answered
        meant = reword(what, snapshot.lexicon, snapshot.segmenter, self._retriever.synonyms).text
        words = [
            meant.removesuffix("的"),
            *(w for w in snapshot.segmenter.content_words(meant) if len(w) > 1),
            *re.findall("^[男女]", meant),  # 男女冠军奖金相同
        ]
        told = fold("".join(c.quote for c in answer.citations) if whole else clause_of(answer))
        told = f"{told}\n{labels_in_digits(told)}"
        return any(
            word in told or labels_in_digits(word) in told or _abbreviates(word, told)
            for word in map(fold, words)
        )

    def _answer(self, query: Query, snapshot: Snapshot, clock: Clock) -> Answer:
        """Answer a question that is understood."""
        admitted = [a for a in snapshot.in_force if query.filters.admits(a)]
        listing = look_up(query.standalone, admitted, snapshot.lexicon.body)
        if listing is not None:
            return listed(query, listing, snapshot, clock)
        if unclear(query.standalone, snapshot.segmenter):
            return declined(query, "unclear", UNCLEAR, (), snapshot, clock)
        if explained := expansion_draft(query.standalone, admitted, snapshot.lexicon):
            return answered(query, explained, Found([], 1.0, explained), snapshot, clock)
        found = Finder(self._retriever, self._reader, snapshot, clock).find(query)
        if found.draft is not None:
            return beside(answered(query, found.draft, found, snapshot, clock), found.note)
        articles = articles_of(found.hits)
        reason, said = refusal(
            query.standalone, analyse(query.standalone), articles, admitted, snapshot.segmenter
        )
        said = found.why or said
        refused = declined(query, reason, said, found.hits, snapshot, clock, found.confidence)
        return beside(refused, found.note)


def _abbreviates(word: str, told: str) -> bool:
    """Tell whether a word of two characters is made of two words that a text has one after the other.

    >>> _abbreviates("科技", "科学技术支出12亿元"), _abbreviates("科技", "科目和技术")
    (True, False)
    """
    return re.fullmatch(f"[{HAN}]{{2}}", word) is not None and (
        re.search(f"{word[0]}[{HAN}]{word[1]}[{HAN}]", told) is not None
    )


def clean_question(question: str) -> str:
    """Return a question without control characters and outer blanks.

    Raises:
        QuestionError: nothing is left to ask, it is too long, or it holds broken characters.
    """
    if any(unicodedata.category(char) == "Cs" for char in question):
        raise QuestionError("问题里有无法识别的字符（不成对的代理码位），请重新输入")
    if len(question) > MAX_QUESTION:
        raise QuestionError(f"问题太长：{len(question)} 个字符，最多 {MAX_QUESTION} 个")
    cleaned = re.sub(r"\s+", " ", strip_controls(question)).strip()
    if not cleaned:
        raise QuestionError("问题是空的，请输入要问的内容")
    if not has_content(cleaned):
        raise QuestionError("问题里没有文字，请用文字提问")
    return cleaned
