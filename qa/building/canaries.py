"""Canary questions: what a new generation must still answer before it may serve.

The editor's own stand in a question file (DESIGN §9); a few more are drawn from articles that the serving
generation and the new one share. A question fails only if the serving generation answers it right and the new
one does not. A drawn question that the new generation answers from a new article is no failure: news that
answers differently is what an index is rebuilt for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.building.gate import Candidate, Checked
from qa.errors import ConfigError, QuestionError
from qa.evaluation import Case, Outcome, evaluate, read_cases
from qa.examples import candidates
from qa.index.snapshot import Snapshot
from qa.types import Answer, Article, CanaryFailure, Failure, Progress, Turn

CANARIES_FILE = "canaries.jsonl"
DRAWN = 3
"""Questions drawn from the corpus; each costs as much as a reader's question."""
_SAMPLE = 200
"""Shared articles that questions are drawn from."""
_TRIES = 3
"""Candidates looked at for each question drawn; those that neither generation answers are none."""
_SURE = 0.5
"""Confidence of a drawn question that counts: one answered with less may be tipped by any other bulletin."""

Ask = Callable[[Snapshot, str, Sequence[Turn]], Answer]


@dataclass(frozen=True, slots=True)
class CanaryCheck:
    """Ask canary questions of a new generation; a :data:`qa.building.gate.Gate`."""

    ask: Callable[[], Ask]
    """Returns what answers from a snapshot; called only if there is something to ask: it may load models."""
    file: Path | None
    """The editor's questions; none where ``None``."""
    drawn: int = DRAWN

    def __call__(self, candidate: Candidate, progress: Callable[[Progress], None]) -> Checked:
        """Return which questions the new generation passes and which it fails.

        A file that cannot be read becomes a note: it must not keep the bulletins from being indexed.
        """
        notes: list[Failure] = []
        own: list[Case] = []
        if self.file is not None:
            try:
                own = read_cases(self.file)
            except ConfigError as error:
                notes.append(Failure(str(self.file), f"{error};没有用它检查新的索引"))
        drawn = _draw(candidate)[: self.drawn * _TRIES]
        if not own and not drawn:
            return Checked((), (), tuple(notes))
        trial = _Trial(self.ask(), candidate)
        total = len(own) + min(self.drawn, len(drawn))
        passed: list[str] = []
        failed: list[CanaryFailure] = []
        for done, case in enumerate(own):
            progress(Progress("check", done, total))
            outcome = trial.new(case)
            if outcome is None or outcome.right:
                passed.append(case.question)
            elif trial.passed_before(case):
                failed.append(CanaryFailure(case.question, case.answers, _said(outcome.answer), drawn=False))
            else:
                notes.append(Failure(str(self.file), f"校验题没有通过,原来的索引也没有通过:{case.question}"))
        found = 0
        for case in drawn:
            if found == self.drawn:
                break
            progress(Progress("check", len(own) + found, total))
            outcome = trial.new(case)
            if outcome is None:
                continue
            answer = outcome.answer
            if outcome.right and answer.confidence >= _SURE:
                passed.append(case.question)
            elif (
                not outcome.right
                and not trial.explained_by_news(answer)
                and trial.passed_before(case, least=_SURE)
            ):
                failed.append(CanaryFailure(case.question, case.answers, _said(answer), drawn=True))
            else:
                continue
            found += 1
        progress(Progress("check", total, total))
        return Checked(tuple(passed), tuple(failed), tuple(notes))


class _Trial:
    """Asks one question of the new generation and, where it fails, of the one that serves."""

    def __init__(self, ask: Ask, candidate: Candidate) -> None:
        self._ask = ask
        self._candidate = candidate
        self._serving: Snapshot | None = None
        self._loaded = False

    def new(self, case: Case) -> Outcome | None:
        """Return what the new generation says, ``None`` where no generation can be asked that."""
        return self._outcome(self._candidate.made, case)

    def passed_before(self, case: Case, *, least: float = 0.0) -> bool:
        """Tell whether the serving generation answers right: as it is on record, or else by asking it.

        Asked, it must be as confident as ``least``.
        """
        if case.question in self._candidate.passed_before:
            return True
        if not self._loaded:
            self._serving, self._loaded = self._candidate.serving(), True
        if self._serving is None:
            return False
        outcome = self._outcome(self._serving, case)
        return outcome is None or (outcome.right and outcome.answer.confidence >= least)

    def explained_by_news(self, answer: Answer) -> bool:
        """Tell whether an answer rests on an article that the serving generation does not have."""
        return any(c.article.id not in self._candidate.shared for c in answer.citations)

    def _outcome(self, snapshot: Snapshot, case: Case) -> Outcome | None:
        try:
            (outcome,) = evaluate([case], lambda q, history: self._ask(snapshot, q, history))
        except QuestionError:
            return None  # the editor's own slip: no generation can be asked this
        return outcome


def _draw(candidate: Candidate) -> list[Case]:
    """Return questions about shared articles, those that the serving generation is known to pass first.

    The articles are a sample that stays the same from build to build as far as they do.
    """
    shared = [a for a in candidate.made.in_force if a.id in candidate.shared]
    sample = sorted(shared, key=lambda a: hashlib.sha256(a.id.encode()).digest())[:_SAMPLE]
    cases = [
        Case(f"drawn-{number}", question, (expected,), ())
        for number, (question, expected) in enumerate(_unambiguous(sample))
    ]
    return sorted(cases, key=lambda case: case.question not in candidate.passed_before)


def _unambiguous(articles: Sequence[Article]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for question, expected in candidates(articles):
        if question not in seen:
            seen.add(question)
            yield question, expected


def _said(answer: Answer) -> str:
    return answer.short_answer or answer.answer
