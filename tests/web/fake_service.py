"""A service with fixed answers and the interface of :class:`qa.service.Service`; needs no model."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr

from qa.building.generations import GenerationDifference, KeptGeneration, Rollback
from qa.config import Settings
from qa.errors import AbandonedError, BusyError, GoneError, NotFoundError, QuestionError, SnapshotError
from qa.index.differences import Differences
from qa.ingest.previews import Incoming
from qa.ingest.uploads import Uploads
from qa.storage.library import Generation
from qa.storage.withdrawals import Event, Withdrawn
from qa.types import (
    Answer,
    Article,
    ArticleList,
    ArticleRef,
    Citation,
    Failure,
    Filters,
    Hit,
    IndexInfo,
    IndexReport,
    Item,
    Job,
    Passage,
    Progress,
    Relation,
    Relations,
    Turn,
    Upload,
    Withdrawal,
)

NOON = dt.datetime(2021, 12, 15, 12, tzinfo=dt.UTC)
TOKEN = "口令-s3cret"

PARK = Article(
    id="park",
    title="二七经济技术开发区新添一所研究院 助力高质量创新发展",
    body="本报讯 12月10日,新研究院揭牌。\n"
    "目前,二七经开区共有高新技术企业22家,科技型企业61家。\n"
    "下一步将继续引进人才。",
    date=dt.date(2021, 12, 10),
    date_text="12月10日",
    reporters=("景静",),
    correspondents=("李慧",),
    source="seeds/a.txt",
    position=0,
)
ASTRAL = Article(
    id="astral",
    title="含有𠮷字与😀的文章",
    body="😀😀开头。\n𠮷野家在二七区开设了3家分店,生意兴隆。\n结尾😀。",
    date=None,
    date_text="12月8日",
    reporters=(),
    correspondents=(),
    source="seeds/a.txt",
    position=1,
)
HOSTILE = Article(
    id="hostile",
    title="<img src=x onerror=alert(1)>标题</title><script>alert(2)</script>",
    body="<script>document.title='pwned'</script>正文里的恶意句子共有7处。\n\"><svg onload=alert(3)>。",
    date=None,
    date_text=None,
    reporters=("<b>某</b>",),
    correspondents=(),
    source="seeds/<i>.txt",
    position=2,
)
ARTICLES = (PARK, ASTRAL, HOSTILE)

CORRECTED = Relations(superseded_by=(Relation(ASTRAL, "part"),))
"""What :attr:`FakeService.related` may say of an article."""

NO_FILTERS = Filters()

EXAMPLES = ["二七经开区有多少家高新技术企业?", "𠮷野家开设了几家分店?", "恶意句子有几处?", "<b>谁</b>写的?"]

FACTS = {
    "高新技术企业": (PARK, "目前,二七经开区共有高新技术企业22家,科技型企业61家。", "22家"),
    "科技型企业": (PARK, "目前,二七经开区共有高新技术企业22家,科技型企业61家。", "61家"),
    "分店": (ASTRAL, "𠮷野家在二七区开设了3家分店,生意兴隆。", "3家"),
    "恶意": (HOSTILE, "<script>document.title='pwned'</script>正文里的恶意句子共有7处。", "7处"),
}

LIST_QUESTION = "哪几类企业?"
ITEMS = ("高新技术企业22家", "科技型企业61家")
FACTS["几类企业"] = (PARK, "目前,二七经开区共有高新技术企业22家,科技型企业61家。", "、".join(ITEMS))

REPORT = IndexReport(
    generation=7,
    activated=True,
    added=(ArticleRef("park", PARK.title, PARK.source),),
    changed=(),
    removed=(),
    unchanged=2,
    failed=(Failure("seeds/坏.txt", "不是文本文件"),),
    notes=(),
    articles=3,
    passages=3,
    encoded=1,
    seconds=1.5,
)


class FakeService:
    """Answer from :data:`FACTS`; a question with 「崩溃」 raises what nobody foresaw."""

    def __init__(self, *, token: str | None = TOKEN, ready: bool = True, folder: Path | None = None) -> None:
        self.settings = Settings(_env_file=None, admin_token=None if token is None else SecretStr(token))
        self.ready = ready
        self.may_answer = threading.Event()
        """Cleared, it holds every answer back."""
        self.may_answer.set()
        self.answering = 0
        """How many answers are held back."""
        self._counting = threading.Lock()
        self.abandoned = threading.Event()
        """Set once an answer was given up as its client had left."""
        self.found_examples = EXAMPLES
        self.running: Job | None = None
        self.events: tuple[Event, ...] = ()
        self.related: dict[str, Relations] = {}
        self.busy = False
        """Until somebody follows the job to its end."""
        self.forced = False
        folder = folder or Path(tempfile.gettempdir(), uuid.uuid4().hex)  # made only if something is uploaded
        self.seeds = folder / "seeds"
        self.staging = Uploads(folder / "data", self.seeds)
        """A real one: what is kept where is its business, not the web's."""
        self.asked: list[tuple[str, tuple[Turn, ...], int | None, Filters]] = []

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        top_k: int | None = None,
        filters: Filters = NO_FILTERS,
        stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[Answer]:
        with self._counted():
            while not self.may_answer.wait(0.05):
                if stop():
                    self.abandoned.set()
                    raise AbandonedError("提问的一方已经离开。")
        yield self.ask(question, history=history, top_k=top_k, filters=filters)

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        with self._counting:
            self.answering += 1
        try:
            yield
        finally:
            with self._counting:
                self.answering -= 1

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        top_k: int | None = None,
        filters: Filters = NO_FILTERS,
    ) -> Answer:
        self._need_index()
        self.asked.append((question, tuple(history), top_k, filters))
        if "无法回答的字段" in question:
            raise QuestionError("筛选条件里没有任何文章。", field="filters.article_ids")
        if "崩溃" in question:
            raise RuntimeError("secret path /srv/qa")
        self.may_answer.wait(20)
        standalone = question.strip()
        if history and (short := re.fullmatch(r"那(.+)呢[?]", standalone)):
            standalone = f"二七经开区有多少家{short[1]}?"
        found = next((fact for word, fact in FACTS.items() if word in standalone), None)
        base = Answer(
            id="q1",
            question=question,
            standalone_question=standalone,
            answered=False,
            mode="refusal",
            answer="公报里没有找到能回答这个问题的内容。",
            short_answer=None,
            confidence=0.07,
            citations=(),
            suggestions=(PARK, HOSTILE),
            hits=self._hits(),
            timings_ms={"understand": 0.25, "retrieve": 12.0},
            generation=7,
            reason="no_evidence",
        )
        if found is None:
            return base
        article, quote, short_answer = found
        start = article.body.index(quote)
        citation = Citation(1, article, quote, start, start + len(quote))
        return replace(
            base,
            answered=True,
            mode="extractive",
            answer=quote + "[1]",
            short_answer=short_answer,
            confidence=0.93,
            citations=(citation,),
            suggestions=(),
            reason=None,
            as_of=article.date,
            items=tuple(Item(text, 1) for text in ITEMS) if standalone == LIST_QUESTION else (),
        )

    def search(
        self, question: str, *, top_k: int = 10, filters: Filters = NO_FILTERS
    ) -> tuple[list[Hit], int]:
        self._need_index()
        return list(self._hits()[:top_k]), 7

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
        self._need_index()
        admits = Filters(date_from, date_to).admits
        found = [
            article
            for article in ARTICLES
            if admits(article)
            and (not reporter or reporter in article.reporters)
            and (q or "") in article.body
        ]
        pages = max(1, -(-len(found) // per_page))
        items = tuple(found[(page - 1) * per_page : page * per_page])
        return ArticleList(items, len(found), page, pages, self.related)

    def article(self, article_id: str) -> Article:
        self._need_index()
        if withdrawal := Withdrawn(self.events).get(article_id):
            raise GoneError(f"这篇文章已于{withdrawal.at:%Y}年撤回，不再提供。")
        for article in ARTICLES:
            if article.id == article_id:
                return article
        raise NotFoundError(f"没有编号为 {article_id} 的文章。")

    def relations(self, article_id: str) -> Relations:
        return self.related.get(article_id, Relations())

    def withdraw(self, article_id: str, why: str) -> tuple[Withdrawal, bool]:
        if known := Withdrawn(self.events).get(article_id):
            return known, False
        article = self.article(article_id)
        self.events += (Event("withdraw", article.id, article.title, article.source, why, NOON, "hash"),)
        return Withdrawn(self.events).articles[0], True

    def restore(self, article_id: str, why: str = "") -> tuple[Withdrawal | None, bool]:
        former = Withdrawn(self.events).get(article_id)
        if former is None:
            self.article(article_id)
            return None, False
        self.events += (Event("restore", article_id, former.title, former.source, why, NOON, "hash"),)
        return former, True

    def withdrawn(self) -> Withdrawn:
        return Withdrawn(self.events)

    def generations(self) -> list[KeptGeneration]:
        record = Generation(7, NOON, "default", "f1ngerpr1nt", 384, "hash", 3, 3, REPORT)
        return [
            KeptGeneration(replace(record, id=6), active=False, kept=False),
            KeptGeneration(record, active=True, kept=True),
        ]

    def difference(self, before: int, after: int) -> GenerationDifference:
        self._need_generations(before, after)
        return GenerationDifference(before, after, Differences(REPORT.added, (), (), 2))

    def roll_back(self, number: int) -> Rollback:
        self._need_generations(number)
        return Rollback(number, 7, changed=number != 7, notice="下一次 qa index 会重新跟上公报文件。")

    @staticmethod
    def _need_generations(*numbers: int) -> None:
        for number in numbers:
            if number == 6:
                raise GoneError("第 6 代的快照已经清理。")
            if number != 7:
                raise NotFoundError(f"没有第 {number} 代。")

    def index_info(self) -> IndexInfo:
        self._need_index()
        return IndexInfo(7, NOON, 3, 3, "default", "f1ngerpr1nt", 384, REPORT)

    def examples(self, count: int = 4) -> list[str]:
        self._need_index()
        return self.found_examples[:count]

    def start_rebuild(self, *, force: bool = False) -> Job:
        if self.busy:
            raise BusyError("正在重建索引，请等它结束。")
        self.forced, self.busy = force, True
        self.running = Job("job1", "running", NOON, None, Progress("encode", 1, 3), None, None)
        return self.running

    def jobs(self) -> list[Job]:
        return [self.job("job1")] if self.running else []

    def follow_job(self, job_id: str) -> Iterator[Job | None]:
        yield replace(self.job(job_id), state="running", finished_at=None, report=None)
        yield None
        self.busy = False
        yield self.job(job_id)

    def stage_upload(self, files: Iterable[Incoming]) -> Upload:
        return self.staging.stage(files, ARTICLES)

    def uploads(self) -> list[Upload]:
        return self.staging.all()

    def upload(self, upload_id: str) -> Upload:
        return self.staging.look_again(upload_id, ARTICLES)

    def discard_upload(self, upload_id: str) -> Upload:
        return self.staging.discard(upload_id)

    def commit_upload(self, upload_id: str, *, replacing: bool = False) -> Job:
        self.staging.commit(upload_id, replacing=replacing, job="job1")
        return self.start_rebuild()

    def undo_upload(self, upload_id: str) -> Job:
        self.staging.undo(upload_id, job="job1")
        return self.start_rebuild()

    def job(self, job_id: str) -> Job:
        if self.running is None or job_id != self.running.id:
            raise NotFoundError(f"没有编号为 {job_id} 的任务。")
        return replace(self.running, state="done", finished_at=NOON, progress=None, report=REPORT)

    def _hits(self) -> tuple[Hit, ...]:
        texts = [(a, a.body.split("\n")[0]) for a in ARTICLES]
        return tuple(
            Hit(
                Passage(a.id, 0, len(text), text),
                a,
                0.9 - i / 10,
                {"dense": 0.8 - i / 10, "lexical": 3.5 - i},
            )
            for i, (a, text) in enumerate(texts)
        )

    def _need_index(self) -> None:
        if not self.ready:
            raise SnapshotError("还没有索引，请先运行 qa index。")
