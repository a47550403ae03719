"""Records to the JSON objects of the HTTP contract (DESIGN §7); the command line's ``--json`` uses the same.

Each function is pure and returns fresh ``dict``s of JSON types only; keys stand in the contract's order.
"""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from qa.storage.sources import file_of
from qa.types import (
    Answer,
    Article,
    ArticleList,
    ArticleRef,
    CanaryFailure,
    Citation,
    Failure,
    Hit,
    IndexInfo,
    IndexReport,
    Job,
    Progress,
    Relation,
    Relations,
    StagedFile,
    Upload,
    Withdrawal,
)

if TYPE_CHECKING:  # `qa --help` loads this module and must not wait for FAISS
    from qa.building.generations import GenerationDifference, KeptGeneration, Rollback
    from qa.index.differences import Differences
    from qa.storage.withdrawals import Withdrawn

JsonObject = dict[str, Any]


def article_url(article_id: str, span: tuple[int, int] | None = None) -> str:
    """Return the page of an article, opened at a code-point span of its body where one is given.

    >>> article_url("a1", (120, 188))
    '/articles/a1#c120-188'
    """
    url = f"/articles/{quote(article_id, safe='')}"
    return url if span is None else f"{url}#c{span[0]}-{span[1]}"


def answer_json(answer: Answer) -> JsonObject:
    """Render an answer; what stands behind ``generation`` is present only where it applies."""
    rendered: JsonObject = {
        "id": answer.id,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "answered": answer.answered,
        "mode": answer.mode,
        "answer": answer.answer,
        "short_answer": answer.short_answer,
        "confidence": round(answer.confidence, 4),
        "citations": [citation_json(citation) for citation in answer.citations],
        "suggestions": [{"article_id": article.id, "title": article.title} for article in answer.suggestions],
        "passages": [passage_json(hit) for hit in answer.hits],
        "timings_ms": {step: round(spent, 1) for step, spent in answer.timings_ms.items()},
        "generation": answer.generation,
    }
    if answer.items:
        rendered["items"] = [{"text": item.text, "n": item.n} for item in answer.items]
    if answer.reason is not None:
        rendered["reason"] = answer.reason
    if answer.notice is not None:
        rendered["notice"] = answer.notice
    if answer.as_of is not None:
        rendered["as_of"] = answer.as_of.isoformat()
    if answer.supersedes:
        rendered["supersedes"] = [
            {"article_id": article.id, "title": article.title, "date": _day(article.date)}
            for article in answer.supersedes
        ]
    return rendered


def citation_json(citation: Citation) -> JsonObject:
    """Render a numbered quote with what is needed to name its article and to open it at the quote."""
    article = citation.article
    return {
        "n": citation.n,
        "article_id": article.id,
        "title": article.title,
        "date": _day(article.date),
        "date_text": article.date_text,
        "reporters": list(article.reporters),
        "source": shown_source(article.source),
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "url": article_url(article.id, (citation.start, citation.end)),
    }


def shown_source(source: str) -> str:
    """Return a source as readers see it: of one outside the working folder the file's name, not its place.

    >>> shown_source("seeds/12月/头版.txt"), shown_source("/srv/公报/12月.zip!/15日/头版.txt")
    ('seeds/12月/头版.txt', '12月.zip!/15日/头版.txt')
    """
    file = PurePath(file_of(source))
    return file.name + source[len(str(file)) :] if file.is_absolute() else source


def passage_json(hit: Hit) -> JsonObject:
    """Render a retrieved passage as it stands in an answer's ``passages``."""
    return {
        "article_id": hit.article.id,
        "title": hit.article.title,
        "text": hit.passage.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": round(hit.score, 6),
    }


def hit_json(hit: Hit) -> JsonObject:
    """Render a search result: the passage, each retriever's own score, and where to read it."""
    return passage_json(hit) | {
        "scores": {retriever: round(score, 6) for retriever, score in hit.scores.items()},
        "url": article_url(hit.article.id, (hit.passage.start, hit.passage.end)),
    }


def article_summary_json(article: Article, relations: Relations = Relations()) -> JsonObject:  # noqa: B008
    """Render an article as a row of the catalogue: everything but its body.

    ``supersedes`` and ``superseded_by`` are present only where a correction has to do with it.
    """
    rendered: JsonObject = {
        "id": article.id,
        "title": article.title,
        "date": _day(article.date),
        "date_text": article.date_text,
        "reporters": list(article.reporters),
        "correspondents": list(article.correspondents),
        "source": shown_source(article.source),
        "position": article.position,
        "url": article_url(article.id),
    }
    if relations.supersedes:
        rendered["supersedes"] = [_relation_json(relation) for relation in relations.supersedes]
    if relations.superseded_by:
        rendered["superseded_by"] = [_relation_json(relation) for relation in relations.superseded_by]
    return rendered


def article_json(article: Article, relations: Relations = Relations()) -> JsonObject:  # noqa: B008
    """Render a whole article; every offset of the API counts code points of this ``body``."""
    return article_summary_json(article, relations) | {"body": article.body}


def withdrawal_json(withdrawal: Withdrawal) -> JsonObject:
    """Render an article that is out of use; for editors only."""
    return {
        "article_id": withdrawal.article_id,
        "title": withdrawal.title,
        "source": withdrawal.source,
        "why": withdrawal.why,
        "at": _instant(withdrawal.at),
    }


def withdrawal_change_json(withdrawal: Withdrawal | None, changed: bool, *, withdrawn: bool) -> JsonObject:
    """Render what withdrawing or restoring an article did; no withdrawal where there was none to undo."""
    return {
        "withdrawn": withdrawn,
        "changed": changed,
        "withdrawal": None if withdrawal is None else withdrawal_json(withdrawal),
    }


def withdrawn_json(withdrawn: Withdrawn) -> JsonObject:
    """Render all that is withdrawn, the newest first, and the log, the oldest first."""
    return {
        "withdrawn": [withdrawal_json(withdrawal) for withdrawal in withdrawn.articles],
        "log": [
            {
                "action": event.action,
                "article_id": event.article_id,
                "title": event.title,
                "why": event.why,
                "at": _instant(event.at),
            }
            for event in withdrawn.events
        ],
    }


def generation_json(kept: KeptGeneration) -> JsonObject:
    """Render a generation of the history."""
    record = kept.record
    return {
        "generation": record.id,
        "created_at": _instant(record.created_at),
        "active": kept.active,
        "kept": kept.kept,
        "articles": record.articles,
        "passages": record.passages,
        "added": len(record.report.added),
        "changed": len(record.report.changed),
        "removed": len(record.report.removed),
        "model": record.model,
        "fingerprint": record.fingerprint,
    }


def difference_json(difference: GenerationDifference) -> JsonObject:
    """Render what differs between two generations."""
    return {
        "from": difference.before,
        "to": difference.after,
        **_changes_json(difference.differences),
    }


def rollback_json(rollback: Rollback) -> JsonObject:
    """Render what activating an older generation did."""
    return {
        "generation": rollback.generation,
        "previous": rollback.previous,
        "changed": rollback.changed,
        "notice": rollback.notice,
    }


def article_list_json(listing: ArticleList) -> JsonObject:
    """Render one page of the catalogue."""
    return {
        "articles": [
            article_summary_json(article, listing.relations.get(article.id, Relations()))
            for article in listing.items
        ],
        "total": listing.total,
        "page": listing.page,
        "pages": listing.pages,
    }


def index_info_json(info: IndexInfo) -> JsonObject:
    """Render what serves right now."""
    return {
        "generation": info.generation,
        "created_at": _instant(info.created_at),
        "articles": info.articles,
        "passages": info.passages,
        "model": info.model,
        "fingerprint": info.fingerprint,
        "dimension": info.dimension,
        "vector_store": {
            "configured": info.vector_store.configured,
            "active": info.vector_store.active,
            "notice": info.vector_store.notice,
        },
        "last_report": None if info.last_report is None else report_json(info.last_report),
    }


def report_json(report: IndexReport) -> JsonObject:
    """Render what one run of the indexer did."""
    return {
        "generation": report.generation,
        "activated": report.activated,
        **_changes_json(report),
        "failed": [_failure_json(failure) for failure in report.failed],
        "notes": [_failure_json(note) for note in report.notes],
        "articles": report.articles,
        "passages": report.passages,
        "encoded": report.encoded,
        "seconds": round(report.seconds, 3),
        "timings": {part: round(spent, 3) for part, spent in report.timings.items()},
        "held": report.held,
        "canaries_passed": list(report.passed),
        "canary_failures": [_canary_json(failure) for failure in report.canary_failures],
    }


def job_json(job: Job) -> JsonObject:
    """Render a rebuild asked for over HTTP; ``upload`` is present only where an upload asked for it."""
    rendered: JsonObject = {
        "id": job.id,
        "state": job.state,
        "started_at": _instant(job.started_at),
        "finished_at": None if job.finished_at is None else _instant(job.finished_at),
        "progress": None if job.progress is None else _progress_json(job, job.progress),
        "report": None if job.report is None else report_json(job.report),
        "error": job.error,
        "cause": job.cause,
    }
    if job.upload is not None:
        rendered["upload"] = job.upload
    return rendered


def job_summary_json(job: Job) -> JsonObject:
    """Render a rebuild as a row of the history: counts in the place of the report's lists."""
    rendered = job_json(job)
    if job.report is not None:
        rendered["report"] = {
            key: len(value) if isinstance(value, list) else value
            for key, value in report_json(job.report).items()
        }
    return rendered


def upload_json(upload: Upload) -> JsonObject:
    """Render an upload with what was recognised in its files."""
    return {
        "id": upload.id,
        "state": upload.state,
        "created_at": _instant(upload.created_at),
        "changed_at": None if upload.changed_at is None else _instant(upload.changed_at),
        "expires_at": _instant(upload.expires_at),
        "files": [_staged_file_json(file) for file in upload.files],
        "written": list(upload.written),
        "replaced": list(upload.replaced),
        "job": upload.job,
    }


def upload_summary_json(upload: Upload) -> JsonObject:
    """Render an upload as a row of the history: its files without the articles in them."""
    rendered = upload_json(upload)
    rendered["files"] = [
        {"name": file.name, "size": file.size, "articles": len(file.articles), "failure": file.failure}
        for file in upload.files
    ]
    return rendered


def _staged_file_json(file: StagedFile) -> JsonObject:
    return {
        "name": file.name,
        "size": file.size,
        "encoding": file.encoding,
        "notes": list(file.notes),
        "articles": [
            {
                "id": article.id,
                "title": article.title,
                "date": _day(article.date),
                "date_text": article.date_text,
                "reporters": list(article.reporters),
                "correspondents": list(article.correspondents),
                "opening": article.opening,
                "length": article.length,
                "status": article.status,
            }
            for article in file.articles
        ],
        "failure": file.failure,
        "conflict": file.conflict,
        "replaces": list(file.replaces),
    }


def _canary_json(failure: CanaryFailure) -> JsonObject:
    return {
        "question": failure.question,
        "expected": list(failure.expected),
        "answered": failure.answered,
        "drawn": failure.drawn,
    }


def _relation_json(relation: Relation) -> JsonObject:
    other = relation.article
    return {
        "article_id": other.id,
        "title": other.title,
        "date": _day(other.date),
        "kind": relation.kind,
        "url": article_url(other.id),
    }


def _changes_json(found: Differences | IndexReport) -> JsonObject:
    return {
        "added": [_ref_json(ref) for ref in found.added],
        "changed": [_ref_json(ref) for ref in found.changed],
        "removed": [_ref_json(ref) for ref in found.removed],
        "unchanged": found.unchanged,
    }


def _ref_json(ref: ArticleRef) -> JsonObject:
    return {"id": ref.id, "title": ref.title, "source": ref.source}


def _failure_json(failure: Failure) -> JsonObject:
    return {"source": failure.source, "reason": failure.reason}


def _progress_json(job: Job, progress: Progress) -> JsonObject:
    """Render a job's progress: rate and seconds left are null until they can be told."""
    return {
        "phase": progress.phase,
        "done": progress.done,
        "total": progress.total,
        "percent": round(100 * progress.done / progress.total, 1) if progress.total else 100.0,
        "rate": None if job.rate is None else round(job.rate, 2),
        "seconds_left": None if job.seconds_left is None else round(job.seconds_left, 1),
    }


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _instant(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="seconds")
