"""What page, API and command line use: one object, wired from Settings, that answers, lists and rebuilds."""

from __future__ import annotations

import datetime as dt
import logging
import os
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from qa.amendments.correcting import clean_hits
from qa.answers.answering import Answerer, clean_question
from qa.answers.replies import with_corrections
from qa.assembly import asking, index, load_synonyms
from qa.building import generations, replacing
from qa.building.generations import GenerationDifference, KeptGeneration, Rollback
from qa.building.indexing import recorded_generations, roll_back
from qa.building.jobs import JOBS_FILE, RebuildJobs
from qa.building.lock import LIBRARY_FILE, build_lock
from qa.config import FAISS, Settings
from qa.errors import AbandonedError, BusyError, GoneError, QAError, SnapshotError
from qa.examples import verified
from qa.index.milvus import MilvusStore
from qa.index.snapshot import Snapshot
from qa.ingest.emptied import holds_bulletins, known_sources, refuse_emptied
from qa.ingest.previews import Incoming
from qa.ingest.uploads import Uploads
from qa.live import LiveIndex, without
from qa.llm import EncoderSupport, GenerativeAnswerer
from qa.metadata.catalogue import select, withdrawable
from qa.models.encoder import Encoder
from qa.models.span_model import SpanModel
from qa.reading.reader import SentenceReader
from qa.search.reranker import Reranker
from qa.search.retrieval import Retriever
from qa.storage import withdrawals
from qa.storage.sources import file_of
from qa.storage.withdrawals import Withdrawn
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
    StoreState,
    Turn,
    Upload,
    Withdrawal,
)

log = logging.getLogger(__name__)
_LOCK_WAIT_S = 600
"""How long a rebuild waits for another program that is building; each second it looks again."""
_EXAMPLES = 6


class Build(Protocol):
    """Brings the index in step with the seeds folder, as :func:`qa.assembly.index` does."""

    def __call__(
        self,
        settings: Settings,
        progress: Callable[[Progress], None],
        /,
        *,
        force: bool,
        guarded: Sequence[Path],
    ) -> IndexReport:
        """Return the report; raises what that does."""


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

        Raises:
            ConfigError: what the settings ask for is not installed, or contradicts itself.
        """
        self.settings = settings
        _complete_import(settings.data_dir)
        self._encoder = encoder
        self._store = MilvusStore.from_settings(settings)
        self._live = LiveIndex(settings.data_dir, encoder.fingerprint, self._store)
        self._retriever = Retriever(encoder, reranker, load_synonyms(settings))
        self._answerer = Answerer(self._retriever, SentenceReader(encoder, span_model))
        self._generative = GenerativeAnswerer.from_settings(settings, EncoderSupport(encoder))
        self._build = build
        self._jobs = RebuildJobs(self._rebuild, settings.data_dir / JOBS_FILE)
        self._uploads = Uploads(settings.data_dir, settings.seeds_dir, self._must_not_be_emptied)
        self._following = threading.BoundedSemaphore(settings.threads // 4)
        # Weakly: examples nobody asks for again must not keep an old generation in memory.
        self._examples: tuple[weakref.ref[Snapshot] | None, list[str]] = (None, [])
        self._finding_examples = threading.Lock()
        self._examples_thread: threading.Thread | None = None
        self._closing = threading.Event()

    @property
    def ready(self) -> bool:
        """Tell whether there is an index to answer from."""
        try:
            self._live.current()
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
        stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[Answer]:
        """Answer a question step by step: yield the answer as far as it is checked, at last the whole.

        There is one step only, unless a language model words the answer; see
        :meth:`qa.llm.GenerativeAnswerer.stream` for what stays the same from step to step.

        Args:
            question, history, top_k, filters: as :meth:`ask`.
            stop: tells whether nobody waits for the answer any more.

        Raises:
            AbandonedError: nobody does.
            QuestionError: the question cannot be asked.
            SnapshotError: there is no index.
        """
        snapshot = self._live.current().snapshot
        answer = self._answerer.answer(
            snapshot, question, history=history, top_k=top_k, filters=filters, stop=stop
        )
        if self._generative is None:
            yield answer
            return
        for step in self._generative.stream(answer, snapshot.segmenter):
            yield with_corrections(step, snapshot.corrections)
            if stop():
                raise AbandonedError("提问的一方已经离开，没有答完。")

    def search(
        self,
        question: str,
        *,
        top_k: int = 10,
        filters: Filters = Filters(),  # noqa: B008
    ) -> tuple[list[Hit], int]:
        """Return the best passages with each retriever's scores, and the generation they are of."""
        snapshot = self._live.current().snapshot
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
            q: words that headline and body hold, as :func:`qa.metadata.catalogue.select` has it.
            page: 1-based.
            per_page: articles a page.
        """
        snapshot = self._live.current().snapshot
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
        live = self._live.current()
        withdrawal = live.hidden.get(article_id) or live.withdrawn.get(article_id)
        if withdrawal is not None:
            # Readers see the day only: a reason may name what the article was withdrawn to protect.
            day = withdrawal.at.astimezone()
            raise GoneError(f"这篇文章已于{day.year}年{day.month}月{day.day}日撤回，不再提供。")
        return live.snapshot.article(article_id)

    def relations(self, article_id: str) -> Relations:
        """Return what an article corrects, and what corrects it; nothing for one that does not exist."""
        return self._live.current().snapshot.corrections.relations(article_id)

    def index_info(self) -> IndexInfo:
        """Describe what serves right now; withdrawn articles are not counted or named."""
        live = self._live.current()
        snapshot = live.snapshot
        return IndexInfo(
            generation=snapshot.generation,
            created_at=snapshot.created_at,
            articles=len(snapshot.articles),
            passages=live.passages,
            model=snapshot.model,
            fingerprint=snapshot.fingerprint,
            dimension=snapshot.dimension,
            last_report=live.report,
            vector_store=self._store.state(snapshot.vectors) if self._store else StoreState(FAISS, FAISS),
        )

    def examples(self, count: int = 4) -> list[str]:
        """Return example questions that this service is known to answer from the live generation.

        They are found in the background, which takes seconds; until then there are none.
        """
        snapshot = self._live.current().snapshot
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
        if self._store is not None:
            self._store.close()
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
        """Start indexing the seeds folder in the background; a job fails where it finds that folder emptied.

        Args:
            force: activate the new generation even if its canaries fail, or if nothing is in the folder.

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

        Each follower holds one of the server's threads, so no more than a quarter of ``QA_THREADS`` may; of
        fewer than four none.

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
        return self._uploads.stage(files, self._indexed())

    def upload(self, upload_id: str) -> Upload:
        """Return an upload; a staged one as it compares with what is there now.

        Raises:
            NotFoundError: there is none of that identifier.
        """
        return self._uploads.look_again(upload_id, self._indexed())

    def _indexed(self) -> Sequence[Article]:
        """Return the whole generation: what is withdrawn is indexed all the same."""
        return self._live.current().whole.articles if self.ready else ()

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
            EmptiedError: the folder holds none of what was indexed from it; nothing is written.
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
            EmptiedError: the folder holds none of what was indexed from it; nothing is changed.
            NotFoundError, ConflictError, UploadError: as :meth:`qa.ingest.uploads.Uploads.undo`.
        """
        guarded = [self.settings.seeds_dir]

        def take_out(job: str) -> None:
            undone = self._uploads.undo(upload_id, job=job)
            own = {Path(os.path.abspath(self.settings.seeds_dir / name)) for name in undone.written}
            if not [name for name in self._sources() if Path.cwd() / file_of(name) not in own]:
                guarded.clear()  # all that was ever taken in: the folder is meant to be empty

        return self._jobs.start(
            lambda progress: self._rebuild(progress, guarded=guarded),
            cause="undo",
            upload=upload_id,
            before=take_out,
        )

    def clean_uploads(self) -> None:
        """Take back what a crash left half done and delete what expired; a failure is logged."""
        try:
            self._uploads.clean()
        except QAError as error:
            log.warning("上传的文件未能整理：%s", error)

    def _must_not_be_emptied(self) -> None:
        seeds, skip = self.settings.seeds_dir, self.settings.data_dir.absolute()
        refuse_emptied([seeds], self._sources(), Path.cwd(), lambda folder: holds_bulletins(folder, skip))

    def _sources(self) -> set[str]:
        return known_sources(self.settings.data_dir / LIBRARY_FILE)

    def _rebuild(
        self,
        progress: Callable[[Progress], None],
        *,
        force: bool = False,
        guarded: Sequence[Path] | None = None,
    ) -> IndexReport:
        if guarded is None:
            guarded = () if force else (self.settings.seeds_dir,)
        for _ in range(_LOCK_WAIT_S):
            try:
                with build_lock(self.settings.data_dir):
                    pass  # free: look before a process is started that would load its model in vain
                return self._index(progress, force, guarded)
            except BusyError:  # `qa watch` or `qa index` beside this process
                if self._closing.wait(1):
                    raise
        return self._index(progress, force, guarded)

    def _index(
        self, progress: Callable[[Progress], None], force: bool, guarded: Sequence[Path]
    ) -> IndexReport:
        if self._build is not None:
            return self._build(self.settings, progress, force=force, guarded=guarded)
        return index(
            self.settings,
            self._encoder,
            progress=progress,
            force=force,
            guarded=guarded,
            ask=lambda: asking(self._answerer),
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
        live = self._live.current()
        data = self.settings.data_dir
        found = generations.difference(data, recorded_generations(data), before, after)
        return replace(found, differences=without(found.differences, live.unnamed))

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


def _complete_import(data_dir: Path) -> None:
    """Finish what an import that was cut off left; where that fails, the generation that serves is whole."""
    if replacing.pending(data_dir):
        try:
            with build_lock(data_dir):  # which completes it
                pass
        except QAError as error:
            log.warning("%s", error)
