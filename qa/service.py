"""The only wiring: builds the parts from one Settings, holds the live snapshot and swaps it."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from qa.amendments.correcting import clean_hits
from qa.answers.answering import Answerer, clean_question, with_corrections
from qa.building import generations, replacing
from qa.building.activation import current_generation, load_current
from qa.building.canaries import CANARIES_FILE, Ask, CanaryCheck
from qa.building.generations import GenerationDifference, KeptGeneration, Rollback
from qa.building.indexing import build_index, build_lock, recorded_generations, roll_back
from qa.building.jobs import JOBS_FILE, RebuildJobs
from qa.config import DEFAULT_MODEL, NO_MODEL, Settings
from qa.errors import BusyError, GoneError, QAError, SnapshotError, WithdrawalError
from qa.examples import verified
from qa.index.differences import Differences
from qa.index.snapshot import Snapshot
from qa.ingest.uploads import Incoming, Uploads
from qa.llm import EncoderSupport, GenerativeAnswerer
from qa.memory import give_back_after
from qa.metadata.catalogue import select, withdrawable
from qa.models import ensure_default_model
from qa.models.encoder import Encoder
from qa.models.hub_span_model import HubSpanModel
from qa.models.span_model import CharacterSpanModel, SpanModel
from qa.reading.reader import SentenceReader
from qa.search.reranker import CrossEncoderReranker, Reranker
from qa.search.retrieval import Retriever
from qa.storage import withdrawals
from qa.storage.withdrawals import NOTHING, Withdrawn
from qa.types import (
    Answer,
    Article,
    ArticleList,
    Filters,
    Hit,
    IndexInfo,
    IndexReport,
    Job,
    Progress,
    Relations,
    Turn,
    Upload,
    Withdrawal,
)
from qa.understanding import synonyms
from qa.understanding.synonyms import SYNONYMS_FILE, Synonyms

log = logging.getLogger(__name__)
MODELS_DIR = "models"
_LOCK_WAIT_S = 600
"""How long a rebuild waits for another program that is building; each second it looks again."""
_EXAMPLES = 6
_RETRY_S = 60
"""After which a generation that could not be loaded is tried again: what kept it may have passed."""
_clock = time.monotonic


def load_encoder(settings: Settings, progress: Callable[[str], None] | None = None) -> Encoder:
    """Load the model that the settings name; the first start builds the default one.

    Raises:
        ModelError: it cannot be built or loaded.
    """
    return Encoder.load(settings.embedding_model, settings.data_dir / MODELS_DIR, progress)


def load_span_model(settings: Settings, progress: Callable[[str], None] | None = None) -> SpanModel | None:
    """Load the trained reader that the settings name, if they name one.

    Raises:
        ModelError: it cannot be loaded.
    """
    if settings.reader_model == NO_MODEL:
        return None
    if settings.reader_model == DEFAULT_MODEL:
        return CharacterSpanModel.load(ensure_default_model(settings.data_dir / MODELS_DIR, progress))
    return HubSpanModel.load(settings.reader_model, progress)


def load_reranker(settings: Settings, progress: Callable[[str], None] | None = None) -> Reranker | None:
    """Load the cross-encoder that the settings name, if they name one.

    Raises:
        ModelError: it cannot be loaded.
    """
    if settings.reranker_model is None:
        return None
    return CrossEncoderReranker.load(settings.reranker_model, progress)


def load_synonyms(settings: Settings) -> Synonyms:
    """Load the built-in synonyms and the editor's; a wrong line of his is left out and logged.

    Raises:
        ConfigError: the file that the settings name cannot be read.
    """
    kept = settings.data_dir / SYNONYMS_FILE
    found, problems = synonyms.load(settings.synonyms or (kept if kept.is_file() else None))
    for problem in problems:
        log.warning("近义词表%s", problem)
    return found


class Build(Protocol):
    """Brings the index in step with the seeds folder, as :func:`index` does."""

    def __call__(
        self, settings: Settings, progress: Callable[[Progress], None], /, *, force: bool
    ) -> IndexReport:
        """Return the report; raises what :func:`index` does."""


@dataclass(frozen=True, slots=True, eq=False)
class _Live:
    """What a call works with: a generation without the articles that are withdrawn."""

    whole: Snapshot
    """As it was loaded."""
    withdrawn: Withdrawn
    hidden: Mapping[str, Withdrawal]
    """Those of the generation's articles that are withdrawn."""
    snapshot: Snapshot
    """The generation without them."""
    passages: int
    """How many of its passages are of articles that are not withdrawn."""


class Service:
    """Answer, search and list from the live snapshot; safe for concurrent use.

    A new generation, and a withdrawal by whatever process, is noticed by the next call and takes effect
    before it is answered; calls under way go on with what they began with.
    """

    def __init__(
        self,
        settings: Settings,
        encoder: Encoder,
        span_model: SpanModel | None = None,
        reranker: Reranker | None = None,
        build: Build | None = None,
    ) -> None:
        """Wire the parts.

        Args:
            settings: what to wire them by.
            encoder: the model.
            span_model: the trained reader, if any.
            reranker: a cross-encoder, if any.
            build: brings the index in step when a rebuild is asked for; in this process where ``None``, which
                answers more slowly meanwhile.
        """
        self.settings = settings
        _complete_import(settings.data_dir)
        self._encoder = encoder
        self._retriever = Retriever(encoder, reranker, load_synonyms(settings))
        self._answerer = Answerer(self._retriever, SentenceReader(encoder, span_model))
        self._generative = GenerativeAnswerer.from_settings(settings, EncoderSupport(encoder))
        self._build = build
        self._jobs = RebuildJobs(self._rebuild, settings.data_dir / JOBS_FILE)
        self._uploads = Uploads(settings.data_dir, settings.seeds_dir)
        self._following = threading.BoundedSemaphore(settings.threads // 4)
        self._snapshot: Snapshot | None = None
        self._held: _Live | None = None
        self._refused: tuple[tuple[int, str] | None, float] = (None, 0.0)
        """A generation that could not be loaded, and when that may be tried again."""
        self._swap = threading.Lock()
        self._hiding = threading.Lock()
        # Weakly: examples nobody asks for again must not keep an old generation in memory.
        self._examples: tuple[weakref.ref[Snapshot] | None, list[str]] = (None, [])
        self._finding_examples = threading.Lock()
        self._examples_thread: threading.Thread | None = None
        self._closing = threading.Event()

    @property
    def ready(self) -> bool:
        """Tell whether there is an index to answer from."""
        try:
            self._live()
        except SnapshotError:
            return False
        return True

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        top_k: int | None = None,
        filters: Filters = Filters(),  # noqa: B008
    ) -> Answer:
        """Answer a question; see :meth:`qa.answers.answering.Answerer.answer`.

        Raises:
            QuestionError: the question cannot be asked.
            SnapshotError: there is no index.
        """
        *_, answer = self.stream(question, history=history, top_k=top_k, filters=filters)
        return answer

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        top_k: int | None = None,
        filters: Filters = Filters(),  # noqa: B008
    ) -> Iterator[Answer]:
        """Answer a question step by step: yield the answer as far as it is checked, at last the whole.

        There is one step only, unless a language model words the answer; see
        :meth:`qa.llm.GenerativeAnswerer.stream` for what stays the same from step to step.

        Raises:
            QuestionError: the question cannot be asked.
            SnapshotError: there is no index.
        """
        snapshot = self._live()
        answer = self._answerer.answer(snapshot, question, history=history, top_k=top_k, filters=filters)
        if self._generative is None:
            yield answer
            return
        for step in self._generative.stream(answer, snapshot.segmenter):
            yield with_corrections(step, snapshot.corrections)

    def search(
        self,
        question: str,
        *,
        top_k: int = 10,
        filters: Filters = Filters(),  # noqa: B008
    ) -> tuple[list[Hit], int]:
        """Return the best passages with each retriever's scores, and the generation they are of."""
        snapshot = self._live()
        hits = self._retriever.search(snapshot, clean_question(question), top_k, filters)
        return clean_hits(hits, snapshot.corrections), snapshot.generation

    def articles(
        self,
        *,
        date_from: dt.date | None = None,
        date_to: dt.date | None = None,
        reporter: str | None = None,
        q: str | None = None,
        page: int = 1,
        per_page: int = 20,
    ) -> ArticleList:
        """List articles, newest first, those without a certain date last.

        Args:
            date_from: first day.
            date_to: last day.
            reporter: who wrote it, as reporter or correspondent.
            q: text that headline or body holds, whatever its script or width.
            page: 1-based.
            per_page: articles a page.
        """
        snapshot = self._live()
        found = select(snapshot.articles, date_from=date_from, date_to=date_to, reporter=reporter, text=q)
        start = (page - 1) * per_page
        items = tuple(found[start : start + per_page])
        relations = {a.id: snapshot.corrections.relations(a.id) for a in items}
        return ArticleList(
            items=items,
            total=len(found),
            page=page,
            pages=-(-len(found) // per_page),
            relations={key: value for key, value in relations.items() if value != Relations()},
        )

    def article(self, article_id: str) -> Article:
        """Return one article.

        Raises:
            GoneError: it is withdrawn.
            NotFoundError: this generation has none with that identifier.
        """
        live = self._current()
        withdrawal = live.hidden.get(article_id) or live.withdrawn.get(article_id)
        if withdrawal is not None:
            # Readers see the day only: a reason may name what the article was withdrawn to protect.
            day = withdrawal.at.astimezone()
            raise GoneError(f"这篇文章已于{day.year}年{day.month}月{day.day}日撤回，不再提供。")
        return live.snapshot.article(article_id)

    def relations(self, article_id: str) -> Relations:
        """Return what an article corrects, and what corrects it; nothing for one that does not exist."""
        return self._live().corrections.relations(article_id)

    def index_info(self) -> IndexInfo:
        """Describe what serves right now; withdrawn articles are not counted or named."""
        live = self._current()
        snapshot = live.snapshot
        return IndexInfo(
            generation=snapshot.generation,
            created_at=snapshot.created_at,
            articles=len(snapshot.articles),
            passages=live.passages,
            model=snapshot.model,
            fingerprint=snapshot.fingerprint,
            dimension=snapshot.dimension,
            last_report=_public(live),
        )

    def examples(self, count: int = 4) -> list[str]:
        """Return example questions that this service is known to answer from the live generation.

        They are found in the background, which takes seconds; until then there are none.
        """
        snapshot = self._live()
        of, examples = self._examples
        if of is not None and of() is snapshot:
            return examples[:count]
        if not self._closing.is_set() and self._finding_examples.acquire(blocking=False):
            self._examples_thread = threading.Thread(
                target=self._find_examples, args=(snapshot,), daemon=True
            )
            self._examples_thread.start()
        return []

    def close(self) -> None:
        """Stop work in the background; a thread inside the model must not outlive the interpreter."""
        self._closing.set()
        self._jobs.close()
        if self._generative is not None:
            self._generative.close()
        if self._examples_thread is not None:
            self._examples_thread.join()

    def _find_examples(self, snapshot: Snapshot) -> None:
        try:
            found = verified(
                snapshot.in_force,
                lambda q: self._answerer.answer(snapshot, q),
                _EXAMPLES,
                stop=self._closing.is_set,
            )
            self._examples = (weakref.ref(snapshot), found)
        except QAError as error:
            log.warning("示例问题未能生成：%s", error)
        finally:
            self._finding_examples.release()

    def start_rebuild(self, *, force: bool = False) -> Job:
        """Start indexing the seeds folder in the background.

        Args:
            force: activate the new generation even if its canaries fail.

        Raises:
            BusyError: a rebuild is running.
        """
        return self._jobs.start(lambda progress: self._rebuild(progress, force=force))

    def job(self, job_id: str) -> Job:
        """Return how a rebuild is doing.

        Raises:
            NotFoundError: there is no such job.
        """
        return self._jobs.get(job_id)

    def jobs(self) -> list[Job]:
        """Return the rebuilds that are remembered, the newest first."""
        return self._jobs.all()

    def follow_job(self, job_id: str) -> Iterator[Job | None]:
        """Yield a job at each change until it ends, ``None`` now and then where nothing changes.

        Each follower holds one of the server's threads, so no more than a quarter of them may; of fewer than
        four threads none.

        Raises:
            NotFoundError: there is no such job; at the first step, as the other.
            BusyError: too many follow already.
        """
        if not self._following.acquire(blocking=False):
            raise BusyError("同时查看进度的人太多,请改为隔几秒查询一次任务")
        try:
            yield from self._jobs.follow(job_id)
        finally:
            self._following.release()

    def stage_upload(self, files: Iterable[Incoming]) -> Upload:
        """Keep uploaded files for a look at what they hold; see :meth:`qa.ingest.uploads.Uploads.stage`."""
        self._uploads.clean()
        # The whole generation: what is withdrawn is indexed all the same.
        return self._uploads.stage(files, self._current().whole.articles if self.ready else ())

    def upload(self, upload_id: str) -> Upload:
        """Return an upload.

        Raises:
            NotFoundError: there is none of that identifier.
        """
        return self._uploads.get(upload_id)

    def uploads(self) -> list[Upload]:
        """Return the history of uploads, the newest first."""
        return self._uploads.all()

    def discard_upload(self, upload_id: str) -> Upload:
        """Delete a staged upload's files; see :meth:`qa.ingest.uploads.Uploads.discard`."""
        return self._uploads.discard(upload_id)

    def commit_upload(self, upload_id: str, *, replacing: bool = False) -> Job:
        """Write an upload's files into the seeds folder and start the rebuild that takes them in.

        Raises:
            BusyError: a rebuild is running; nothing is written.
            NotFoundError, ConflictError, UploadError: as :meth:`qa.ingest.uploads.Uploads.commit`.
        """
        return self._jobs.start(
            cause="commit",
            upload=upload_id,
            before=lambda job: self._uploads.commit(upload_id, replacing=replacing, job=job),
        )

    def undo_upload(self, upload_id: str) -> Job:
        """Take a committed upload's files out of the seeds folder and start the rebuild that follows them.

        Raises:
            BusyError: a rebuild is running; nothing is changed.
            NotFoundError, ConflictError, UploadError: as :meth:`qa.ingest.uploads.Uploads.undo`.
        """
        return self._jobs.start(
            cause="undo",
            upload=upload_id,
            before=lambda job: self._uploads.undo(upload_id, job=job),
        )

    def clean_uploads(self) -> None:
        """Take back what a crash left half done and delete what expired; a failure is logged."""
        try:
            self._uploads.clean()
        except QAError as error:
            log.warning("上传的文件未能整理：%s", error)

    def _rebuild(self, progress: Callable[[Progress], None], *, force: bool = False) -> IndexReport:
        for _ in range(_LOCK_WAIT_S):
            try:
                with build_lock(self.settings.data_dir):
                    pass  # free: look before a process is started that would load its model in vain
                return self._index(progress, force)
            except BusyError:  # `qa watch` or `qa index` beside this process
                if self._closing.wait(1):
                    raise
        return self._index(progress, force)

    def _index(self, progress: Callable[[Progress], None], force: bool) -> IndexReport:
        if self._build is not None:
            return self._build(self.settings, progress, force=force)
        return index(
            self.settings, self._encoder, progress=progress, force=force, ask=lambda: _asking(self._answerer)
        )

    # What editors do

    def withdraw(self, article_id: str, why: str) -> tuple[Withdrawal, bool]:
        """Take an article out of use at once; see :func:`qa.storage.withdrawals.withdraw`."""
        made = withdrawals.withdraw(
            self.settings.data_dir, withdrawable(self.settings.data_dir), article_id, why
        )
        self._logged("撤回", article_id, changed=made[1])
        return made

    def restore(self, article_id: str, why: str = "") -> tuple[Withdrawal | None, bool]:
        """Put a withdrawn article back into use; see :func:`qa.storage.withdrawals.restore`."""
        made = withdrawals.restore(
            self.settings.data_dir, withdrawable(self.settings.data_dir), article_id, why
        )
        self._logged("恢复", article_id, changed=made[1])
        return made

    def withdrawn(self) -> Withdrawn:
        """Return what is withdrawn, with the log.

        Raises:
            WithdrawalError: the record cannot be read.
        """
        return withdrawals.read(self.settings.data_dir)

    def generations(self) -> list[KeptGeneration]:
        """Return the history of generations, oldest first.

        Raises:
            LibraryError, SnapshotError: it cannot be read.
        """
        data = self.settings.data_dir
        return generations.history(data, recorded_generations(data))

    def difference(self, before: int, after: int) -> GenerationDifference:
        """Compare two generations, withdrawn articles aside: :func:`qa.building.generations.difference`."""
        live = self._current()
        data = self.settings.data_dir
        found = generations.difference(data, recorded_generations(data), before, after)
        return replace(
            found, differences=_without(found.differences, {*live.hidden, *live.withdrawn.identifiers})
        )

    def roll_back(self, number: int) -> Rollback:
        """Activate an older generation; see :func:`qa.building.indexing.roll_back`."""
        made = roll_back(self.settings.data_dir, number)
        if made.changed:
            log.warning("索引由第 %d 代换回第 %d 代", made.previous, made.generation)
        return made

    @staticmethod
    def _logged(what: str, article_id: str, *, changed: bool) -> None:
        if changed:
            log.warning("%s文章 %s", what, article_id)

    def _live(self) -> Snapshot:
        """Return the snapshot to use for a call: the newest generation, without what is withdrawn by now."""
        return self._current().snapshot

    def _current(self) -> _Live:
        whole, held = self._generation(), self._held
        known = held.withdrawn if held is not None else NOTHING
        try:
            withdrawn = withdrawals.read(self.settings.data_dir, known)
        except WithdrawalError as error:
            if held is None:
                raise SnapshotError(str(error)) from error  # better no answer than one that was withdrawn
            withdrawn = known
        if held is not None and held.whole is whole and held.withdrawn is withdrawn:
            return held
        with self._hiding:  # all wait, milliseconds: nobody may go on with what was withdrawn
            held = self._held
            if held is None or held.whole is not whole or held.withdrawn.events != withdrawn.events:
                hidden = withdrawn.of(whole.articles)
                passages = sum(p.article_id not in hidden for p in whole.passages)
                held = _Live(whole, withdrawn, hidden, _hide(whole, hidden, held), passages)
                self._held = held
        return held

    def _generation(self) -> Snapshot:
        """Return the whole snapshot that serves, after swapping in a newer one if there is any."""
        held = self._snapshot
        try:
            current = current_generation(self.settings.data_dir)
        except SnapshotError:
            current = None  # what is held is whole; a damaged pointer does not take it away
        refused, until = self._refused
        if held is not None and (current in (None, _name(held)) or (current == refused and _clock() < until)):
            return held
        # One caller loads, the others go on with what is held; without anything held they wait.
        if not self._swap.acquire(blocking=held is None):
            return held  # type: ignore[return-value]  # not None: the acquisition would have blocked
        try:
            if self._snapshot is None or _name(self._snapshot) != current:
                loaded = load_current(self.settings.data_dir, self._encoder.fingerprint)
                if held is not None:
                    loaded.lexicon.prepare()  # others still answer from what is held
                    give_back_after(held)
                self._snapshot = loaded
        except SnapshotError as error:
            if held is None:
                raise
            self._refused = current, _clock() + _RETRY_S
            log.warning(
                "新的索引无法启用，继续使用第 %d 代，%d 秒后再试：%s", held.generation, _RETRY_S, error
            )
        finally:
            self._swap.release()
        return self._snapshot or held  # type: ignore[return-value]  # one of them is there


_Named = TypeVar("_Named", IndexReport, Differences)


def _without(named: _Named, identifiers: Collection[str]) -> _Named:
    """Return a report or a comparison that does not name some articles."""
    return replace(
        named,
        added=tuple(ref for ref in named.added if ref.id not in identifiers),
        changed=tuple(ref for ref in named.changed if ref.id not in identifiers),
        removed=tuple(ref for ref in named.removed if ref.id not in identifiers),
    )


def _public(live: _Live) -> IndexReport:
    """Return a generation's report for everybody: withdrawn articles appear in none of its parts."""
    report = _without(live.snapshot.report, {*live.hidden, *live.withdrawn.identifiers})
    withdrawn = (*live.hidden.values(), *live.withdrawn.articles)
    if not withdrawn:
        return report
    return replace(
        report,
        notes=tuple(n for n in report.notes if not any(f"《{w.title}》" in n.reason for w in withdrawn)),
        passed=(),  # canary questions and answers do not tell which article they are from
        canary_failures=(),
    )


def _hide(whole: Snapshot, hidden: Mapping[str, Withdrawal], before: _Live | None) -> Snapshot:
    """Return a generation without some articles; the view in use where that is the very same."""
    if before is not None and before.whole is whole and before.hidden.keys() == hidden.keys():
        return before.snapshot
    return whole.without(hidden.keys())


def _complete_import(data_dir: Path) -> None:
    """Finish what an import that was cut off left; where that fails, the generation that serves is whole."""
    if replacing.pending(data_dir):
        try:
            with build_lock(data_dir):  # which completes it
                pass
        except QAError as error:
            log.warning("%s", error)


def _name(snapshot: Snapshot) -> tuple[int, str]:
    return snapshot.generation, snapshot.content_hash


def index(
    settings: Settings,
    encoder: Encoder,
    paths: Sequence[Path] | None = None,
    progress: Callable[[Progress], None] | None = None,
    *,
    force: bool = False,
    ask: Callable[[], Ask] | None = None,
) -> IndexReport:
    """Bring the index in step with some files, the seeds folder where none are given.

    A new generation that fails a canary question which the serving one passes is held, unless forced.

    Args:
        settings: where things are.
        encoder: the model.
        paths: files and folders.
        progress: told often.
        force: activate a new generation whatever its canaries say.
        ask: returns what answers the canaries; the models that the settings name are loaded for it where
            ``None``, but only if there is anything to ask.

    Raises:
        QAError: as :func:`qa.building.indexing.build_index`.
    """
    kept = settings.data_dir / CANARIES_FILE
    return build_index(
        list(paths) if paths else [settings.seeds_dir],
        settings.data_dir,
        encoder,
        progress=progress,
        model=settings.embedding_model,
        gate=CanaryCheck(
            ask=ask or (lambda: _asking(_answerer(settings, encoder))),
            file=settings.canaries or (kept if kept.is_file() else None),
            drawn=settings.canaries_drawn,
        ),
        force=force,
    )


def _answerer(settings: Settings, encoder: Encoder) -> Answerer:
    retriever = Retriever(encoder, load_reranker(settings), load_synonyms(settings))
    return Answerer(retriever, SentenceReader(encoder, load_span_model(settings)))


def _asking(answerer: Answerer) -> Ask:
    return lambda snapshot, question, history: answerer.answer(snapshot, question, history=history)
