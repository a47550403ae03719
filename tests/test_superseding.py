"""Corrections in answers, with the real models: the newer text speaks, what was wrong is never said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.assembly import index
from qa.config import Settings
from qa.models.encoder import Encoder
from qa.models.span_model import CharacterSpanModel
from qa.serialize import answer_json
from qa.service import Service
from qa.types import Answer

TITLE = "二七经济技术开发区新添一所研究院 “政产学研用”合作助力高质量创新发展"
SEED = "000_cd3e0aed241bcc9d.txt"
PART = f"""# 更正启事

本报12月10日刊发的《{TITLE}》一文有误。文中“高新技术企业22家”应为“高新技术企业23家”。特此更正,并向读者致歉。
"""
QUESTION = "二七经开区有多少家高新技术企业?"
QUESTIONS = [
    QUESTION,
    "高新技术企业和科技型企业一共有多少家?",
    "高新技术企业和科技型企业分别有多少家?",
    "二七经开区的高新技术企业是22家吗?",
    "二七经开区有哪些企业?",
    "景静写了哪几篇?",
    "二七区图书馆有多少册藏书?",
]


def whole() -> str:
    """Return the seed's article again, as a revised edition."""
    text = (Path("seeds") / SEED).read_text(encoding="utf-8")
    body = text.split(f"## {TITLE}")[1].split("\n## ")[0]
    return f"# {TITLE}（修订版）\n\n{body.replace('22家', '23家').replace('12月10日', '12月13日')}\n"


@pytest.fixture
def service(
    seeded_data: Path, tmp_path: Path, encoder: Encoder, span_model: CharacterSpanModel
) -> Iterator[Service]:
    """Return a service over a private copy of the seeds."""
    shutil.copytree(seeded_data, tmp_path / "data", symlinks=True)
    shutil.copytree("seeds", tmp_path / "seeds")
    settings = Settings(data_dir=tmp_path / "data", seeds_dir=tmp_path / "seeds")
    service = Service(settings, encoder, span_model)
    yield service
    service.close()


def publish(service: Service, encoder: Encoder, text: str) -> list[str]:
    """Index one more page; return what the report notes."""
    (service.settings.seeds_dir / "more_2021-12-13.txt").write_text(text, encoding="utf-8")
    return [note.reason for note in index(service.settings, encoder).notes]


def check(answer: Answer) -> None:
    """Assert that an answer is verbatim, and that the older article says nothing that was corrected."""
    for citation in answer.citations:
        assert citation.article.body[citation.start : citation.end] == citation.quote
        assert f"[{citation.n}]" in answer.answer
        assert citation.article.title != TITLE or "22家" not in citation.quote
    for hit in answer.hits:
        assert hit.article.body[hit.passage.start : hit.passage.end] == hit.passage.text
        assert hit.article.title != TITLE or "22家" not in hit.passage.text
    assert "22家" not in (answer.short_answer or "")


def test_a_partial_correction(service: Service, encoder: Encoder) -> None:
    older = next(a for a in service.articles().items if a.title == TITLE)
    assert service.ask(QUESTION).short_answer == "22家"
    assert any("更正了" in note for note in publish(service, encoder, PART))
    for question in QUESTIONS:
        check(service.ask(question))
    answer = service.ask(QUESTION)
    assert answer.short_answer == "23家"
    assert answer.citations[0].article.title == "更正启事"
    rendered = answer_json(answer)
    assert rendered["supersedes"] == [{"article_id": older.id, "title": TITLE, "date": "2021-12-10"}]
    assert "更正" in rendered["notice"]
    other = service.ask("二七经开区有多少家科技型企业?")
    assert (other.short_answer, other.citations[0].article.id) == ("61家", older.id)
    assert "后来有更正" in (other.notice or "")
    assert "supersedes" not in answer_json(other)
    assert "22家" in service.article(older.id).body, "the history stays as it was printed"
    assert service.relations(older.id).superseded_by[0].kind == "part"
    for hit in service.search("高新技术企业22家", top_k=50)[0]:
        assert hit.article.id != older.id or "22家" not in hit.passage.text


def test_a_revised_edition_and_its_withdrawal(service: Service, encoder: Encoder) -> None:
    older = next(a for a in service.articles().items if a.title == TITLE)
    assert any("取代了" in note for note in publish(service, encoder, whole()))
    for question in QUESTIONS:
        answer = service.ask(question)
        check(answer)
        shown = {c.article.id for c in answer.citations} | {h.article.id for h in answer.hits}
        assert older.id not in shown | {a.id for a in answer.suggestions}
    answer = service.ask(QUESTION)
    assert answer.short_answer == "23家"
    assert [a.id for a in answer.supersedes] == [older.id]
    assert "取代了先前的" in (answer.notice or "")
    assert service.ask("一共收录了几篇文章?").short_answer == "5篇"
    listing = service.articles()
    assert listing.total == 6, "the catalogue lists the older one too, marked"
    assert [r.kind for r in listing.relations[older.id].superseded_by] == ["whole"]
    assert service.article(older.id).body
    assert older.id not in {hit.article.id for hit in service.search("高新技术企业", top_k=50)[0]}
    newer = listing.relations[older.id].superseded_by[0].article
    service.withdraw(newer.id, "修订版有误")
    back = service.ask(QUESTION)
    assert (back.short_answer, back.supersedes, back.notice) == ("22家", (), None)
