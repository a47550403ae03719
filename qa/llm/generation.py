"""Turn an extractive answer into a generated one whose every sentence was checked, or leave it as it is."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import re
import time
from collections.abc import Iterator

from qa.config import Settings
from qa.errors import ConfigError, LlmError
from qa.llm.checking import Checked, Checker
from qa.llm.client import ChatClient
from qa.llm.prompt import REFUSAL, evidence, messages, withheld
from qa.llm.sentences import Claim, SentenceCutter, parse_claim
from qa.llm.support import Support
from qa.search.matching import coverage, word_weights
from qa.text import Segmenter, fold
from qa.types import Answer, Article, Citation

log = logging.getLogger(__name__)

MAX_KEPT = 6
"""Sentences of an answer; what the model says beyond them is not waited for."""
RELEVANCE = 0.5
"""Share of what the extractive answer holds of the question's words that each sentence must hold too."""
_SUGGESTIONS = 3
_INSTEAD = "，以下是从原文摘录的答案。"
_DECLINES = re.compile(
    r"(?:没有|未能?|无法|不能|不足以).{0,6}(?:找到|提到|提及|说明|给出|回答|确定|提供|得知|涉及|记载|写到)"
)
_DECLINE_CHARS = 60


class GenerativeAnswerer:
    """Ask a chat model to word the answer; keep what its evidence bears out.

    The model is asked only where the extractive path answers with plain quotes: it may word, join or refuse,
    but it cannot turn a refusal into an answer. What is composed by rule (lists, 是 and 否, sums, articles
    that differ, questions of which a part is missing, the catalogue) is exact and stays as it is.
    """

    def __init__(self, client: ChatClient, support: Support) -> None:
        self._client = client
        self._support = support

    @classmethod
    def from_settings(cls, settings: Settings, support: Support) -> GenerativeAnswerer | None:
        """Return what the settings ask for; ``None`` without ``QA_LLM_BASE_URL``.

        Raises:
            ConfigError: no model is named, or the HTTP client is not installed.
        """
        if settings.llm_base_url is None:
            return None
        if settings.llm_model is None:
            raise ConfigError("设置了 QA_LLM_BASE_URL，还要用 QA_LLM_MODEL 指定模型")
        client = ChatClient(
            settings.llm_base_url,
            settings.llm_model,
            settings.llm_api_key,
            connect_timeout=settings.llm_connect_timeout,
            read_timeout=settings.llm_read_timeout,
            timeout=settings.llm_timeout,
        )
        return cls(client, support)

    def close(self) -> None:
        """Close idle connections."""
        self._client.close()

    def answer(self, extractive: Answer, segmenter: Segmenter) -> Answer:
        """Return the whole answer at once; see :meth:`stream`."""
        *_, last = self.stream(extractive, segmenter)
        return last

    def stream(self, extractive: Answer, segmenter: Segmenter) -> Iterator[Answer]:
        """Yield the answer as far as it is checked, each time a sentence is added; the last one is whole.

        The text of each begins with the text of the one before, and identifier, mode and short answer are
        the same in all. Where the model fails, refuses or is not borne out, there is one answer only: the
        extractive one with a notice, or a refusal.
        """
        if not _may_be_reworded(extractive) or withheld(extractive):
            yield extractive
            return
        began = time.perf_counter()
        sources = evidence(extractive)
        draft = _Draft(extractive, Checker(sources, segmenter, self._support), segmenter)
        problem: LlmError | None = None
        cutter = SentenceCutter()
        prompt = messages(extractive.standalone_question, sources)
        try:
            with contextlib.closing(self._client.stream(prompt)) as pieces:
                for piece in pieces:
                    for sentence in cutter.feed(piece):
                        if draft.take(sentence):
                            yield draft.answer()
                    if draft.full:
                        break
            if draft.take(cutter.finish()):
                yield draft.answer()
        except LlmError as error:  # what was still unfinished is not looked at: it may lack its 「不」
            problem = error
            log.warning("大模型没有答完：%s", error)
        spent = dict(extractive.timings_ms) | {"generate": (time.perf_counter() - began) * 1000}
        yield dataclasses.replace(draft.outcome(problem), timings_ms=spent)


class _Draft:
    """The sentences kept so far, and what becomes of them."""

    def __init__(self, extractive: Answer, checker: Checker, segmenter: Segmenter) -> None:
        self._extractive = extractive
        self._checker = checker
        self._words = word_weights(extractive.standalone_question, segmenter)
        self._relevant = RELEVANCE * max(self._covered(c) for c in extractive.citations)
        self._kept: list[Checked] = []
        self._seen = 0
        self._dropped = False
        self._declined = False

    @property
    def full(self) -> bool:
        """Tell whether the answer is as long as it may become."""
        return len(self._kept) >= MAX_KEPT

    def take(self, sentence: str) -> bool:
        """Check a sentence of the reply; tell whether it was added."""
        claim = parse_claim(sentence)
        if self.full or not sentence.strip():
            return False
        self._seen += 1
        if claim is not None:
            checked = self._checker.check(claim)
            if isinstance(checked, Checked) and self._is_relevant(checked):
                if any(fold(checked.text) == fold(kept.text) for kept in self._kept):
                    return False
                if self._checker.reads_on(self._kept[-1] if self._kept else None, checked):
                    self._kept.append(checked)
                    return True
                checked = "subject"
            log.info("大模型的一句话未通过核对：%s", checked if isinstance(checked, str) else "relevance")
            self._declined |= self._seen == 1 and _declines(claim)
        self._dropped = True
        return False

    def answer(self) -> Answer:
        """Return the answer of the sentences kept so far; sources are numbered in order of use."""
        numbers: dict[tuple[str, int, int], Citation] = {}
        parts: list[str] = []
        for kept in self._kept:
            marks = ""
            for source in kept.sources:
                key = (source.article.id, source.start, source.end)
                cited = numbers.setdefault(key, dataclasses.replace(source, n=len(numbers) + 1))
                marks += f"[{cited.n}]"
            parts.append(kept.text + marks)
        citations = tuple(numbers.values())
        short = self._extractive.short_answer
        return dataclasses.replace(
            self._extractive,
            mode="generative",
            answer="".join(parts),
            # Of the first sentence only: it is told before the others are known.
            short_answer=short if short and fold(short) in fold(self._kept[0].text) else None,
            citations=citations,
            as_of=max((c.article.date for c in citations if c.article.date), default=None),
        )

    def outcome(self, problem: LlmError | None) -> Answer:
        """Return the whole answer, once the reply is over."""
        if self._kept:
            notice = None
            if problem is not None:
                notice = f"{problem}，以上只是已经核对过的部分。"
            elif self._dropped:
                notice = "大模型的回答有一部分没有通过与原文的核对，已经略去。"
            return dataclasses.replace(self.answer(), notice=notice)
        if problem is not None:
            return dataclasses.replace(self._extractive, notice=f"{problem}{_INSTEAD}")
        if self._declined:
            return self._refusal()
        reason = "大模型的回答没有通过与原文的核对" if self._seen else "大模型没有给出回答"
        return dataclasses.replace(self._extractive, notice=f"{reason}{_INSTEAD}")

    def _covered(self, citation: Citation) -> float:
        return coverage(self._words, citation.quote)

    def _is_relevant(self, checked: Checked) -> bool:
        """Tell whether a sentence is about the question, and not about what a bulletin made the model say."""
        told = "\n".join([checked.text, *(source.quote for source in checked.sources)])
        return coverage(self._words, told) >= self._relevant

    def _refusal(self) -> Answer:
        nearest: dict[str, Article] = {hit.article.id: hit.article for hit in self._extractive.hits}
        return dataclasses.replace(
            self._extractive,
            answered=False,
            mode="refusal",
            answer=REFUSAL,
            short_answer=None,
            confidence=0.0,
            citations=(),
            suggestions=tuple(nearest.values())[:_SUGGESTIONS],
            reason="no_evidence",
            as_of=None,
        )


def _may_be_reworded(answer: Answer) -> bool:
    """Tell whether an answer is nothing but quotes, one after the other."""
    plain = "".join(f"{c.quote}[{c.n}]" for c in answer.citations)
    only_quotes = answer.answer.replace("；", "") == plain.replace("；", "")
    exact = answer.items or answer.notice
    return answer.answered and answer.mode == "extractive" and only_quotes and not exact


def _declines(claim: Claim) -> bool:
    """Tell whether a sentence says that the evidence does not answer."""
    return len(claim.text) <= _DECLINE_CHARS and _DECLINES.search(claim.text) is not None
