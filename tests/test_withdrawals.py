"""Withdrawals: at once, in every process, across rebuilds, and never without a trace."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bulletins import story, write_page
from click.testing import CliRunner, Result
from fakes import HashEncoder

from qa.assembly import index
from qa.building.activation import load_current
from qa.building.indexing import build_index
from qa.cli.app import root
from qa.config import Settings
from qa.errors import GoneError, NotFoundError, SnapshotError, WithdrawalError
from qa.metadata.catalogue import serving_articles, withdrawable
from qa.models.encoder import Encoder
from qa.service import Service
from qa.storage import withdrawals
from qa.types import Article, Filters, Turn

QUESTION = "二七经开区有多少家高新技术企业?"


def seed_article(data: Path, word: str) -> Article:
    return next(a for a in load_current(data).articles if word in a.title)


@pytest.fixture
def settings(seeded_data: Path, tmp_path: Path) -> Settings:
    """Return settings over a private copy of the seed index and its files."""
    shutil.copytree(seeded_data, tmp_path / "data", symlinks=True)
    shutil.copytree("seeds", tmp_path / "seeds")
    return Settings(data_dir=tmp_path / "data", seeds_dir=tmp_path / "seeds")


@pytest.fixture
def service(settings: Settings, encoder: Encoder) -> Iterator[Service]:
    service = Service(settings, encoder)
    yield service
    service.close()


def qa(*arguments: str, data: Path, cwd: Path) -> str:
    """Run a command in a process of its own; return what it printed."""
    command = [sys.executable, "-m", "qa", *arguments, "--data", str(data)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout


def everything_shown(service: Service) -> str:
    """Return all that readers may see of articles, but for reading one by its address."""
    answers = [
        service.ask(QUESTION),
        service.ask("景静写了哪几篇?"),
        service.ask("一共有几篇文章?"),
        service.ask("二七经开区的食堂有几张桌子?"),
        service.ask("那科技型企业呢?", history=[Turn("user", QUESTION), Turn("assistant", "22家[1]")]),
    ]
    texts = [answer.answer for answer in answers]
    articles = [c.article for a in answers for c in a.citations] + [s for a in answers for s in a.suggestions]
    articles += [hit.article for a in answers for hit in a.hits]
    articles += [hit.article for hit in service.search("高新技术企业 研究院 经开区", top_k=50)[0]]
    articles += service.articles(per_page=100).items
    report = service.index_info().last_report
    assert report is not None
    return "\n".join([*texts, *(a.id for a in articles), *(ref.id for ref in report.added)])


def test_a_withdrawal_by_another_process_shows_in_the_next_call(
    settings: Settings, service: Service, tmp_path: Path
) -> None:
    park = seed_article(settings.data_dir, "研究院")
    assert service.ask(QUESTION).citations[0].article.id == park.id
    assert park.id in everything_shown(service)
    printed = qa("withdraw", park.id, "--why", "数字有误", data=settings.data_dir, cwd=tmp_path)
    assert park.title in printed
    shown = everything_shown(service)
    assert park.id not in shown
    assert "22家" not in shown
    assert service.articles().total == service.index_info().articles == 4
    assert service.ask(QUESTION, filters=Filters(article_ids=(park.id,))).citations == ()
    with pytest.raises(GoneError, match="撤回") as caught:
        service.article(park.id)
    assert "数字有误" not in str(caught.value)
    qa("restore", park.id, data=settings.data_dir, cwd=tmp_path)
    assert service.ask(QUESTION).short_answer == "22家"
    assert service.article(park.id).title == park.title


def test_an_example_question_of_a_withdrawn_article_goes_at_once(
    settings: Settings, service: Service
) -> None:
    def examples() -> list[str]:
        deadline = time.monotonic() + 60
        while not (found := service.examples()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return found

    before = examples()
    articles = {service.ask(q).citations[0].article.id: q for q in before}
    gone, question = next(iter(articles.items()))
    service.withdraw(gone, "测试")
    assert service.examples() == []
    assert question not in examples()


def test_a_rebuild_does_not_bring_it_back(settings: Settings, service: Service, encoder: Encoder) -> None:
    park = seed_article(settings.data_dir, "研究院")
    service.withdraw(park.id, "测试")
    # the same article in a second file, under another name
    shutil.copy(settings.seeds_dir / "000_cd3e0aed241bcc9d.txt", settings.seeds_dir / "again.txt")
    report = index(settings, encoder)
    assert report.activated
    assert park.id not in everything_shown(service)
    for page in settings.seeds_dir.iterdir():
        page.unlink()
    index(settings, encoder)
    with pytest.raises(GoneError):
        service.article(park.id)


def test_a_service_that_starts_later_knows_it(settings: Settings, service: Service, encoder: Encoder) -> None:
    park = seed_article(settings.data_dir, "研究院")
    service.withdraw(park.id, "测试")
    assert park.id not in everything_shown(Service(settings, encoder))


def test_a_call_under_way_goes_on_with_what_it_began_with(settings: Settings, service: Service) -> None:
    park = seed_article(settings.data_dir, "研究院")
    steps = service.stream(QUESTION)
    answer = next(steps)
    service.withdraw(park.id, "测试")
    assert list(steps) == []
    assert answer.citations[0].article.id == park.id
    assert park.id not in {c.article.id for c in service.ask(QUESTION).citations}


def test_threads_never_see_it_after_the_command_returned(settings: Settings, service: Service) -> None:
    park = seed_article(settings.data_dir, "研究院")
    stop = threading.Event()
    turn = [0]  # odd while it is certainly withdrawn
    late: list[int] = []

    def look() -> None:
        while not stop.is_set():
            before = turn[0]
            found = {a.id for a in service.articles().items}
            if before % 2 and turn[0] == before and park.id in found:
                late.append(before)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(20):
        service.withdraw(park.id, "测试")
        turn[0] += 1
        time.sleep(0.005)
        turn[0] += 1
        service.restore(park.id)
    stop.set()
    for thread in threads:
        thread.join()
    assert late == []


# The record itself; no model needed


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the data folder of a small index, made with a fake model."""
    monkeypatch.chdir(tmp_path)
    write_page(tmp_path / "seeds" / "a.txt", story(1), story(2))
    build_index([Path("seeds")], tmp_path / "data", HashEncoder())
    return tmp_path / "data"


def run(*arguments: str, data: Path) -> Result:
    return CliRunner().invoke(root, [*arguments, "--data", str(data)], prog_name="qa")


def test_the_commands_say_what_they_did(data: Path) -> None:
    first, second = serving_articles(data)
    assert "已撤回" in run("withdraw", first.id, "--why", "隐私", data=data).stdout
    again = run("withdraw", first.id, "--why", "别的", data=data)
    assert (again.exit_code, "早已撤回" in again.stdout, "隐私" in again.stdout) == (0, True, True)
    assert [a.id for a in serving_articles(data)] == [second.id]
    rows = json.loads(run("articles", "--json", data=data).stdout)
    assert [row["id"] for row in rows] == [second.id]
    listed = json.loads(run("withdrawn", "--json", data=data).stdout)
    assert [(w["article_id"], w["title"], w["why"]) for w in listed] == [(first.id, first.title, "隐私")]
    assert first.title in run("withdrawn", data=data).stdout
    assert "没有被撤回" in run("restore", second.id, data=data).stdout
    assert "已恢复" in run("restore", first.id, "--why", "已核实", data=data).stdout
    log = json.loads(run("withdrawn", "--log", "--json", data=data).stdout)
    assert [(e["action"], e["why"]) for e in log] == [("withdraw", "隐私"), ("restore", "已核实")]
    assert len(serving_articles(data)) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["withdraw", "nope", "--why", "错"], "没有编号为 nope 的文章"),
        (["restore", "nope"], "没有编号为 nope 的文章"),
        (["withdraw", "nope", "--why", "  "], "请写明原因"),
        (["withdraw", "nope", "--why", "长" * 501], "最多 500 个"),
        (["withdraw", "nope"], "缺少参数"),
    ],
)
def test_wrong_use_is_told(data: Path, arguments: list[str], said: str) -> None:
    result = run(*arguments, data=data)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not (data / "withdrawn.json").exists()


def test_without_an_index_it_says_so(tmp_path: Path) -> None:
    assert "qa index" in run("withdraw", "x", "--why", "错", data=tmp_path / "none").stderr


def test_the_same_text_read_with_other_spaces_stays_withdrawn(data: Path) -> None:
    article = serving_articles(data)[0]
    withdrawals.withdraw(data, serving_articles(data), article.id, "测试")
    (data.parent / "seeds" / "a.txt").unlink()
    title, body = story(1)
    write_page(data.parent / "seeds" / "b.txt", (title, body.replace(",", "， ")), story(2))
    report = build_index([data.parent / "seeds", Path("seeds/a.txt")], data, HashEncoder())
    assert any("qa restore" in note.reason for note in report.notes)
    again = next(a for a in load_current(data).articles if a.title == title)
    assert again.id != article.id
    assert title not in [a.title for a in serving_articles(data)]
    # either identifier restores it
    _, changed = withdrawals.restore(data, withdrawable(data), again.id)
    assert changed
    assert title in [a.title for a in serving_articles(data)]


def test_another_text_under_the_same_headline_is_pointed_out(data: Path) -> None:
    article = serving_articles(data)[0]
    withdrawals.withdraw(data, serving_articles(data), article.id, "测试")
    write_page(data.parent / "seeds" / "b.txt", (story(1)[0], "本报讯 另一篇文章。"))
    report = build_index([Path("seeds")], data, HashEncoder())
    assert any("同题而内容不同" in note.reason for note in report.notes)
    assert "本报讯 另一篇文章。" in [a.body for a in serving_articles(data)]


def test_an_article_of_an_older_snapshot_can_be_withdrawn(data: Path) -> None:
    article = serving_articles(data)[0]
    write_page(data.parent / "seeds" / "a.txt", story(3))
    build_index([Path("seeds")], data, HashEncoder())
    withdrawals.withdraw(data, withdrawable(data), article.id, "以防换回旧的一代")
    assert withdrawals.read(data).get(article.id) is not None


@pytest.mark.parametrize("damage", [b"", b"{", b'{"format": 2, "events": []}', b"\xff"])
def test_with_a_damaged_record_nothing_withdrawn_is_served(data: Path, damage: bytes) -> None:
    article = serving_articles(data)[0]
    settings = Settings(data_dir=data, seeds_dir=data.parent / "seeds")
    running = Service(settings, HashEncoder())  # type: ignore[arg-type]
    running.withdraw(article.id, "测试")
    assert running.articles().total == 1
    (data / "withdrawn.json").write_bytes(damage)
    assert running.articles().total == 1, "what is known to be withdrawn stays so"
    with pytest.raises(WithdrawalError, match="已损坏"):
        running.restore(article.id)
    assert (data / "withdrawn.json").read_bytes() == damage, "nothing is overwritten"
    fresh = Service(settings, HashEncoder())  # type: ignore[arg-type]
    assert not fresh.ready
    with pytest.raises(SnapshotError, match="撤回记录已损坏"):
        fresh.articles()
    result = run("articles", data=data)
    assert (result.exit_code, "撤回记录已损坏" in result.stderr) == (2, True)


def test_a_write_that_fails_changes_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = serving_articles(data)[0]

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("qa.storage.withdrawals.replace_file", full)
    with pytest.raises(WithdrawalError, match="磁盘已满"):
        withdrawals.withdraw(data, serving_articles(data), article.id, "测试")
    assert len(serving_articles(data)) == 2


def test_two_processes_at_once_lose_nothing(data: Path) -> None:
    articles = withdrawable(data)
    threads = [
        threading.Thread(target=withdrawals.withdraw, args=(data, articles, a.id, "测试")) for a in articles
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert withdrawals.read(data).identifiers == {a.id for a in articles}
    with pytest.raises(NotFoundError):
        withdrawals.withdraw(data, articles, "nope", "测试")
