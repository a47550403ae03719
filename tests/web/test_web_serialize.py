"""Records to JSON: the keys of DESIGN §7, and nothing that JSON cannot hold."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

from fake_service import ITEMS, LIST_QUESTION, PARK, REPORT, FakeService

from qa import serialize

ANSWER_KEYS = [
    "id", "question", "standalone_question", "answered", "mode", "answer", "short_answer", "confidence",
    "citations", "suggestions", "passages", "timings_ms", "generation",
]  # fmt: skip
CITATION_KEYS = [
    "n", "article_id", "title", "date", "date_text", "reporters", "source", "quote", "start", "end", "url",
]  # fmt: skip


def test_answer_has_the_keys_of_the_contract_in_its_order() -> None:
    answer = FakeService().ask("有多少家高新技术企业?")
    rendered = serialize.answer_json(answer)
    assert list(rendered) == [*ANSWER_KEYS, "as_of"]
    assert list(rendered["citations"][0]) == CITATION_KEYS
    assert list(rendered["passages"][0]) == ["article_id", "title", "text", "start", "end", "score"]
    assert rendered["citations"][0]["url"] == "/articles/park#c19-48"
    assert json.loads(json.dumps(rendered)) == rendered


def test_a_list_gives_each_item_with_its_citation() -> None:
    rendered = serialize.answer_json(FakeService().ask(LIST_QUESTION))
    assert list(rendered) == [*ANSWER_KEYS, "items", "as_of"]
    assert rendered["items"] == [{"text": text, "n": 1} for text in ITEMS]


def test_refusal_names_its_reason_and_suggests() -> None:
    rendered = serialize.answer_json(FakeService().ask("火星?"))
    assert list(rendered) == [*ANSWER_KEYS, "reason"]
    assert rendered["citations"] == []
    assert rendered["suggestions"][0] == {"article_id": "park", "title": PARK.title}


def test_what_does_not_apply_is_absent() -> None:
    answer = replace(FakeService().ask("高新技术企业?"), as_of=None, notice="大模型没有响应。")
    assert list(serialize.answer_json(answer)) == [*ANSWER_KEYS, "notice"]


def test_an_uncertain_year_is_null() -> None:
    rendered = serialize.article_json(replace(PARK, date=None))
    assert rendered["date"] is None
    assert rendered["date_text"] == "12月10日"


def test_a_strange_id_stays_one_path_segment() -> None:
    assert serialize.article_url("a/b?c#d 一") == "/articles/a%2Fb%3Fc%23d%20%E4%B8%80"


def test_job_and_report_are_json() -> None:
    service = FakeService()
    started = serialize.job_json(service.start_rebuild())
    assert started["progress"] == {
        "phase": "encode", "done": 1, "total": 3, "percent": 33.3, "rate": None, "seconds_left": None,
    }  # fmt: skip
    assert started["finished_at"] is None
    done = serialize.job_json(service.job("job1"))
    assert done["report"] == serialize.report_json(REPORT)
    assert dt.datetime.fromisoformat(done["finished_at"]).tzinfo is not None
    assert json.loads(json.dumps(done)) == done
