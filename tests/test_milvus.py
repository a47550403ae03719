"""Milvus in place of FAISS: the same results, and FAISS whenever Milvus is away or wrong."""

from __future__ import annotations

import gc
import importlib.util
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from bulletins import story, write_page
from fakes import HashEncoder
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.assembly import index
from qa.building.indexing import build_index
from qa.config import Settings, load_settings, without_effect
from qa.errors import ConfigError, VectorStoreError
from qa.index import milvus, milvus_client
from qa.index.milvus import IDENTITY_FILE, PREFIX, MilvusStore, MilvusVectors
from qa.index.milvus_client import Address, MilvusCollections, condition
from qa.index.snapshot import Snapshot
from qa.index.vectors import VectorIndex
from qa.live import LiveIndex
from qa.models.encoder import Encoder
from qa.models.span_model import CharacterSpanModel
from qa.operations import store_checks
from qa.serialize import index_info_json
from qa.service import Service
from qa.types import Filters, StoreState

ROWS, DIMENSION = 400, 16


def unit_vectors(rows: int, seed: int = 0) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(rows, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class FakeMilvus:
    """A server: what it holds, and what is wrong with it."""

    def __init__(self) -> None:
        self.held: dict[str, dict[int, NDArray[np.float32]]] = {}
        self.up = True
        self.loses: Callable[[int], bool] = lambda row: False
        self.puts: list[int] = []
        self.searches = 0
        self.connections = 0

    def connect(self) -> FakeConnection:
        self.check()
        self.connections += 1
        return FakeConnection(self)

    def check(self) -> None:
        if not self.up:
            raise VectorStoreError("连不上")


class FakeConnection:
    def __init__(self, server: FakeMilvus) -> None:
        self.server = server

    def names(self) -> list[str]:
        self.server.check()
        return list(self.server.held)

    def ensure(self, name: str, dimension: int) -> None:
        self.server.check()
        self.server.held.setdefault(name, {})

    def count(self, name: str) -> int:
        self.server.check()
        return len(self.server.held[name])

    def put(self, name: str, first: int, vectors: NDArray[np.float32]) -> None:
        self.server.check()
        self.server.puts.append(first)
        for row, vector in enumerate(vectors, first):
            if not self.server.loses(row):
                self.server.held[name][row] = vector

    def search(
        self, name: str, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        self.server.check()
        self.server.searches += k > 1  # the trial is for one row
        if name not in self.server.held:
            raise VectorStoreError("没有这个集合")
        held = self.server.held[name]
        rows = np.array([row for row in held if allowed is None or allowed[row]], np.int64)
        scores = np.array([held[row] @ query for row in rows], np.float32)
        best = np.argsort(-scores, kind="stable")[:k]
        return rows[best], scores[best]

    def drop(self, name: str) -> None:
        self.server.check()
        self.server.held.pop(name, None)

    def close(self) -> None:
        pass


@pytest.fixture
def server() -> FakeMilvus:
    return FakeMilvus()


@pytest.fixture
def store(tmp_path: Path, server: FakeMilvus) -> Iterator[MilvusStore]:
    store = MilvusStore(tmp_path, "测试用的 Milvus", server.connect)
    yield store
    store.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time, to be set."""
    now = [1000.0]
    monkeypatch.setattr(milvus, "_clock", lambda: now[0])
    return now


def attach(store: MilvusStore, seed: int = 0, rows: int = ROWS) -> MilvusVectors:
    """Have vectors served, as a snapshot's."""
    vectors = VectorIndex.build(unit_vectors(rows, seed)) if rows else empty()
    found = store.attach(stand_in(vectors), wait=True).vectors
    assert isinstance(found, MilvusVectors)
    return found


def empty() -> VectorIndex:
    return VectorIndex.build(np.empty((0, DIMENSION), np.float32))


def stand_in(vectors: VectorIndex) -> Any:
    """Return as much of a snapshot as the store looks at."""
    blank = object.__new__(Snapshot)
    for name in Snapshot.__dataclass_fields__:
        object.__setattr__(blank, name, None)
    return replace(blank, vectors=vectors, fingerprint="f", dimension=DIMENSION, generation=1)


def assert_as_faiss(vectors: MilvusVectors, seed: int = 5) -> None:
    query, random = unit_vectors(1, seed)[0], np.random.default_rng(seed)
    for share in (None, 0.02, 0.5, 0.99):
        allowed = None if share is None else random.random(len(vectors)) < share
        rows, scores = vectors.search(query, 100, allowed)
        expected, cosines = VectorIndex(vectors._index).search(query, 100, allowed)
        assert rows.tolist() == expected.tolist()
        np.testing.assert_allclose(scores, cosines, atol=1e-6)


def soon(true: Callable[[], bool]) -> None:
    """Wait for the store's thread."""
    patience = time.monotonic() + 20
    while not true() and time.monotonic() < patience:
        time.sleep(0.01)
    assert true()


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.name == milvus.__name__ and r.levelno > logging.INFO]


class TestSearching:
    def test_it_gives_what_faiss_gives(self, store: MilvusStore, server: FakeMilvus) -> None:
        vectors = attach(store)
        assert_as_faiss(vectors)
        assert server.searches == 4
        assert store.state(vectors) == StoreState("milvus", "milvus")

    def test_of_equal_cosines_the_first_rows_win(self, store: MilvusStore, server: FakeMilvus) -> None:
        same = VectorIndex.build(np.repeat(unit_vectors(1), 30, axis=0))
        vectors = store.attach(stand_in(same), wait=True).vectors
        name = next(iter(server.held))
        server.held[name] = dict(reversed(server.held[name].items()))  # which it would give first
        assert vectors.search(unit_vectors(1)[0], 5)[0].tolist() == [0, 1, 2, 3, 4]
        assert server.searches == 1

    def test_nothing_is_asked_where_nothing_is_allowed(self, store: MilvusStore, server: FakeMilvus) -> None:
        vectors = attach(store)
        assert vectors.search(unit_vectors(1)[0], 5, np.zeros(ROWS, bool))[0].tolist() == []
        assert server.searches == 0

    def test_an_empty_generation_needs_no_collection(self, store: MilvusStore, server: FakeMilvus) -> None:
        vectors = attach(store, rows=0)
        assert vectors.search(unit_vectors(1)[0], 5)[0].tolist() == []
        assert (vectors.ready, server.held) == (True, {})

    @examples(max_examples=50)
    @given(st.lists(st.booleans(), max_size=40))
    def test_the_condition_says_which_rows(self, mask: list[bool]) -> None:
        text = condition(np.array(mask, bool))
        kept = [row for row in range(len(mask)) if not text or eval(text, {"row": row})]
        assert kept == np.flatnonzero(mask).tolist()
        assert text.count(",") <= len(mask) / 2, "the shorter list"


class TestFilling:
    def test_in_batches_and_not_again(self, store: MilvusStore, server: FakeMilvus, tmp_path: Path) -> None:
        kept = attach(store, rows=2500)
        assert (kept.ready, server.puts) == (True, [0, 1000, 2000])
        other = MilvusStore(tmp_path, "另一个进程", server.connect)
        assert attach(other, rows=2500).ready
        assert len(server.puts) == 3
        other.close()

    def test_a_half_filled_collection_is_finished(self, store: MilvusStore, server: FakeMilvus) -> None:
        kept = attach(store)
        assert kept.ready
        name = next(iter(server.held))
        for row in range(100, 300):
            del server.held[name][row]
        again = MilvusStore(store._data_dir, "下一次启动", server.connect)
        vectors = attach(again)
        assert_as_faiss(vectors)
        assert len(server.held[name]) == ROWS
        again.close()

    def test_a_wrong_count_is_not_served(
        self, store: MilvusStore, server: FakeMilvus, caplog: pytest.LogCaptureFixture, clock: list[float]
    ) -> None:
        server.loses = lambda row: row == 7
        vectors = attach(store)
        assert_as_faiss(vectors)
        assert (vectors.ready, server.searches, server.held) == (False, 0, {})
        assert "应有 400 条，实有 399 条" in warnings(caplog)[0]
        server.loses = lambda row: False
        clock[0] += 60
        vectors.search(unit_vectors(1)[0], 5)
        soon(lambda: vectors.ready)
        assert_as_faiss(vectors)

    def test_milvus_dying_meanwhile_leaves_it_to_faiss(self, store: MilvusStore, server: FakeMilvus) -> None:
        def die(row: int) -> bool:
            server.up = row < 1500
            return False

        server.loses = die
        vectors = attach(store, rows=2500)
        assert not vectors.ready
        assert_as_faiss(vectors)

    def test_what_no_longer_serves_is_deleted_and_nothing_else(
        self, store: MilvusStore, server: FakeMilvus
    ) -> None:
        others = [f"{PREFIX}0123456789ab_{'0' * 24}", "bulletin_qa", "别的"]
        server.held.update({name: {} for name in others})
        old = attach(store, seed=1)
        new = attach(store, seed=2)
        assert len(server.held) == len(others) + 2, "a call may still use the old one"
        assert_as_faiss(old)
        del old
        gc.collect()
        soon(lambda: len(server.held) == len(others) + 1)
        assert set(others) < set(server.held)
        searches = server.searches
        assert_as_faiss(new)
        assert server.searches == searches + 4

    def test_what_an_earlier_process_left_is_deleted(
        self, store: MilvusStore, server: FakeMilvus, tmp_path: Path
    ) -> None:
        attach(store, seed=1)
        store.close()
        later = MilvusStore(tmp_path, "下一次启动", server.connect)
        kept = attach(later, seed=2)
        assert kept.ready
        soon(lambda: len(server.held) == 1)
        later.close()

    def test_two_libraries_of_the_same_text_do_not_share(
        self, store: MilvusStore, server: FakeMilvus, tmp_path: Path
    ) -> None:
        (tmp_path / "elsewhere").mkdir()
        other = MilvusStore(tmp_path / "elsewhere", "别处", server.connect)
        ours, theirs = attach(store), attach(other)
        assert (ours.digest, len(server.held)) == (theirs.digest, 2)
        other.close()


class TestFailing:
    def test_out_of_reach(
        self, store: MilvusStore, server: FakeMilvus, caplog: pytest.LogCaptureFixture, clock: list[float]
    ) -> None:
        server.up = False
        vectors = attach(store)
        for _ in range(5):
            assert_as_faiss(vectors)
        assert warnings(caplog) == ["Milvus 用不上，问题由 FAISS 检索，之后每 60 秒再试：连不上"]
        assert store.state(vectors) == StoreState("milvus", "faiss", "Milvus 暂时用不上，由 FAISS 检索")
        attach(store, seed=3)  # nor once more for a new generation
        clock[0] += 60
        vectors.search(unit_vectors(1)[0], 5)
        soon(lambda: vectors.retry_at == 1120)
        assert len(warnings(caplog)) == 1
        server.up = True
        clock[0] += 60
        vectors.search(unit_vectors(1)[0], 5)
        soon(lambda: vectors.ready)
        assert_as_faiss(vectors)
        assert server.searches == 4

    def test_away_in_the_middle_of_questions(
        self, store: MilvusStore, server: FakeMilvus, caplog: pytest.LogCaptureFixture, clock: list[float]
    ) -> None:
        vectors = attach(store)
        server.up = False
        threads = [threading.Thread(target=assert_as_faiss, args=(vectors, n)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert_as_faiss(vectors)
        assert len(warnings(caplog)) == 1
        server.up = True
        clock[0] += 59
        assert_as_faiss(vectors)
        assert server.searches == 0
        clock[0] += 1
        vectors.search(unit_vectors(1)[0], 5)
        soon(lambda: vectors.ready)
        assert (server.connections, len(server.puts)) == (2, 1), "connected anew, still filled"

    def test_generations_share_its_fate(
        self, store: MilvusStore, server: FakeMilvus, clock: list[float]
    ) -> None:
        old, new = attach(store, seed=1), attach(store, seed=2)
        server.up = False
        assert_as_faiss(old)
        assert (old.ready, new.ready) == (False, False)
        server.up = True
        clock[0] += 60
        new.search(unit_vectors(1)[0], 5)
        soon(lambda: new.ready)

    def test_other_content_is_not_believed(
        self, store: MilvusStore, server: FakeMilvus, caplog: pytest.LogCaptureFixture, clock: list[float]
    ) -> None:
        vectors = attach(store)
        name = next(iter(server.held))
        server.held[name] = dict(enumerate(unit_vectors(ROWS, seed=99)))
        assert_as_faiss(vectors)
        assert "与本机的向量不符" in warnings(caplog)[0]
        clock[0] += 60
        vectors.search(unit_vectors(1)[0], 5)
        soon(lambda: vectors.ready)
        searches = server.searches
        assert_as_faiss(vectors)
        assert server.searches == searches + 4, "filled anew"

    def test_rows_that_are_gone_are_missed(
        self, store: MilvusStore, server: FakeMilvus, clock: list[float]
    ) -> None:
        vectors = attach(store)
        for row in range(350):
            del server.held[next(iter(server.held))][row]
        assert_as_faiss(vectors)
        assert not vectors.ready

    def test_an_identity_that_cannot_be_kept(
        self, server: FakeMilvus, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / IDENTITY_FILE).mkdir()
        store = MilvusStore(tmp_path, "Milvus", server.connect)
        assert_as_faiss(attach(store))
        assert IDENTITY_FILE in warnings(caplog)[0]
        store.close()

    def test_a_search_is_left_to_itself_after_a_while(self) -> None:
        began = time.monotonic()
        hang = threading.Event()
        with pytest.raises(VectorStoreError, match=r"0\.05 秒没有回应"):
            milvus_client._within(0.05, lambda: hang.wait(20))
        assert time.monotonic() - began < 10
        hang.set()


class TestSettings:
    @pytest.mark.parametrize(
        ("text", "uri", "token", "database"),
        [
            ("http://127.0.0.1", "http://127.0.0.1:19530", "", ""),
            ("http://root:p%40ss@[::1]:1953/news", "http://[::1]:1953", "root:p@ss", "news"),
            ("https://s3cret@cloud.example", "https://cloud.example:443", "s3cret", ""),
        ],
    )
    def test_a_server(self, text: str, uri: str, token: str, database: str) -> None:
        settings = load_settings(vector_store="milvus", milvus_uri=text)
        address = Address.of(settings)
        assert (address.uri, address.token, address.database) == (uri, token, database)
        assert address.file is None
        assert not token or token not in f"{address!r}{settings!r}"

    def test_a_file(self, tmp_path: Path) -> None:
        named = load_settings(milvus_uri=str(tmp_path / "a.db"))
        assert Address.of(named).file == tmp_path / "a.db"
        assert Address.of(load_settings(data_dir=tmp_path)).file == tmp_path / "milvus.db"

    @pytest.mark.parametrize(
        "text",
        [
            "localhost:19530", "milvus", "ftp://h:1", "http://", "http://h:0", "http://h:x",
            "http://h/a/b", "http://h/?a=b", "http://h/#a", "http://a b/",
        ],
    )  # fmt: skip
    def test_neither(self, text: str) -> None:
        with pytest.raises(ConfigError, match="QA_MILVUS_URI："):
            load_settings(milvus_uri=text)

    def test_an_unknown_store(self) -> None:
        with pytest.raises(ConfigError, match="QA_VECTOR_STORE：应是 'faiss' 或 'milvus'，不能是 'chroma'"):
            load_settings(vector_store="chroma")

    def test_an_address_without_the_store_is_told(self) -> None:
        told = without_effect(load_settings(milvus_uri="http://h"))
        assert len(told) == 1
        assert "QA_MILVUS_URI" in told[0]
        assert without_effect(load_settings(milvus_uri="http://h", vector_store="milvus")) == []

    def test_faiss_needs_nothing(self) -> None:
        assert MilvusStore.from_settings(load_settings()) is None

    @pytest.mark.parametrize(
        ("uri", "missing", "named"),
        [(None, "milvus_lite", "milvus-lite"), ("http://h", "pymilvus", "pymilvus")],
    )
    def test_a_missing_package_is_named(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, uri: str | None, missing: str, named: str
    ) -> None:
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else object())
        settings = load_settings(data_dir=tmp_path, vector_store="milvus", milvus_uri=uri)
        with pytest.raises(ConfigError, match=rf"没有安装 {named}，.*bulletin-qa\[milvus\]"):
            Service(settings, HashEncoder())  # type: ignore[arg-type]
        check = store_checks.milvus(settings, None)
        assert check is not None
        assert (check.status, named in check.detail) == ("fail", True)

    def test_no_error_tells_the_token(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(uri: str, **options: Any) -> None:
            raise ValueError(f"{uri}: {options['token']}\nrefused")

        monkeypatch.setattr(milvus_client, "_pymilvus", lambda: SimpleNamespace(MilvusClient=refuse))
        with pytest.raises(VectorStoreError) as caught:
            MilvusCollections(Address("http://h:1", "root:hush"))
        assert "连接失败（http://h:1）：http://h:1: … refused" in str(caught.value)
        assert caught.value.__cause__ is None


class TestDoctor:
    @pytest.fixture
    def settings(self, tmp_path: Path, server: FakeMilvus, monkeypatch: pytest.MonkeyPatch) -> Settings:
        monkeypatch.setattr("qa.index.milvus.MilvusCollections", lambda address: server.connect())
        monkeypatch.setattr("qa.index.milvus.require", lambda address: None)
        settings = load_settings(
            seeds_dir=tmp_path / "seeds",
            data_dir=tmp_path / "data",
            vector_store="milvus",
            milvus_uri="http://root:hush@h",
        )
        write_page(settings.seeds_dir / "a.txt", story(1))
        build_index([settings.seeds_dir], settings.data_dir, HashEncoder())
        return settings

    def snapshot(self, settings: Settings) -> Snapshot:
        return LiveIndex(settings.data_dir, HashEncoder().fingerprint).current().whole

    def test_what_it_says(self, settings: Settings, server: FakeMilvus) -> None:
        snapshot = self.snapshot(settings)

        def said() -> tuple[str, str]:
            check = store_checks.milvus(settings, snapshot)
            assert check is not None
            assert "hush" not in f"{check.detail}{check.advice}"
            return check.status, check.detail

        rows = len(snapshot.passages)
        assert said() == (
            "ok",
            f"http://h:19530：连得上，第 1 代的 {rows} 条向量那里没有，启动服务或提问时写入",
        )
        assert server.held == {}, "the doctor puts nothing there"
        service = Service(settings, HashEncoder())  # type: ignore[arg-type]
        assert index_info_json(service.index_info())["vector_store"] == {
            "configured": "milvus",
            "active": "milvus",
            "notice": None,
        }
        service.close()
        assert said() == ("ok", f"http://h:19530：第 1 代的 {rows} 条向量都在")
        server.held[next(iter(server.held))].popitem()
        assert f"只有 {rows - 1} 条" in said()[1]
        server.up = False
        status, detail = said()
        assert (status, "连不上；问题由 FAISS 检索" in detail) == ("warn", True)

    def test_without_an_index_it_only_connects(self, settings: Settings, server: FakeMilvus) -> None:
        check = store_checks.milvus(settings, None)
        assert check is not None
        assert (check.status, check.detail) == ("ok", "http://h:19530：连得上")

    def test_it_makes_no_file(self, settings: Settings, tmp_path: Path) -> None:
        lite = settings.model_copy(update={"milvus_uri": None})
        check = store_checks.milvus(lite, self.snapshot(settings))
        assert check is not None
        assert (check.status, "还没有建立" in check.detail) == ("ok", True)

    def test_faiss_alone_is_not_mentioned(self) -> None:
        assert store_checks.milvus(load_settings(), None) is None


@pytest.mark.skipif(
    not (importlib.util.find_spec("pymilvus") and importlib.util.find_spec("milvus_lite")),
    reason="Milvus is optional: pip install 'bulletin-qa[milvus]'",
)
class TestMilvusLite:
    QUESTIONS = (
        "二七经开区有多少家高新技术企业?",
        "反诈“霹雳”行动的动员会是哪天开的?",
        "灾后恢复重建工作领导小组会议要求什么?",
        "12月11日有什么会议?",
        "如何选育管用优秀年轻干部?",
    )

    @pytest.fixture(autouse=True)
    def patience(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take a busy machine for no dead Milvus."""
        monkeypatch.setattr(milvus_client, "_SEARCH_S", 60)
        monkeypatch.setattr(milvus, "_FIRST_S", 300)

    def test_the_seeds_are_ranked_as_with_faiss(
        self,
        seeded_data: Path,
        encoder: Encoder,
        span_model: CharacterSpanModel,
        service: Service,
        tmp_path: Path,
    ) -> None:
        data = tmp_path / "data"
        shutil.copytree(seeded_data, data, symlinks=True)
        environment = dict(os.environ)
        other = Service(
            load_settings(data_dir=data, seeds_dir=Path("seeds"), vector_store="milvus"), encoder, span_model
        )
        assert other.index_info().vector_store == StoreState("milvus", "milvus")
        assert dict(os.environ) == environment
        articles = service.articles().items
        some = (articles[0].id, articles[2].id)
        filters = (
            Filters(),
            Filters(article_ids=some),
            Filters(date_from=articles[0].date, date_to=articles[0].date),
            Filters(article_ids=()),
        )
        for question in self.QUESTIONS:
            for wanted in filters:
                expected, _ = service.search(question, top_k=30, filters=wanted)
                found, _ = other.search(question, top_k=30, filters=wanted)
                assert [hit.passage.id for hit in found] == [hit.passage.id for hit in expected]
                assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected])
        for question in self.QUESTIONS[:2]:
            assert other.ask(question).answer == service.ask(question).answer
        assert other.index_info().vector_store.active == "milvus", "it answered all the time"
        other.close()

    def test_a_thousand_rows_and_filters(self, tmp_path: Path) -> None:
        settings = load_settings(data_dir=tmp_path, vector_store="milvus")
        store = MilvusStore.from_settings(settings)
        assert store is not None
        vectors = attach(store, rows=2345)
        assert vectors.ready
        for seed in range(5):
            assert_as_faiss(vectors, seed)
        assert vectors.ready
        store.close()
        again = MilvusStore.from_settings(settings)  # close() let go of the file
        assert again is not None
        assert attach(again, rows=2345).ready
        again.close()

    def test_generations_come_and_go(self, tmp_path: Path) -> None:
        settings = load_settings(
            seeds_dir=tmp_path / "seeds",
            data_dir=tmp_path / "data",
            vector_store="milvus",
            canaries_drawn=0,
        )
        encoder: Any = HashEncoder()
        write_page(settings.seeds_dir / "a.txt", story(1), story(2))
        index(settings, encoder)
        store = MilvusStore.from_settings(settings)
        assert store is not None
        live = LiveIndex(settings.data_dir, encoder.fingerprint, store)
        first = live.current().snapshot.vectors
        assert isinstance(first, MilvusVectors)
        assert first.ready
        write_page(settings.seeds_dir / "b.txt", story(3))
        index(settings, encoder)
        second = live.current().snapshot.vectors
        assert isinstance(second, MilvusVectors)
        soon(lambda: second.ready)
        query = encoder.encode_queries(["二七区"])[0]
        assert (
            second.search(query, 100)[0].tolist() == VectorIndex(second._index).search(query, 100)[0].tolist()
        )
        assert second.ready
        del first
        gc.collect()
        connection = store._connected()
        soon(lambda: [name[-24:] for name in connection.names()] == [second.digest])
        store.close()

    def test_a_file_in_use_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "milvus.db").write_text("something else")
        store = MilvusStore.from_settings(load_settings(data_dir=tmp_path, vector_store="milvus"))
        assert store is not None
        vectors = attach(store)
        assert_as_faiss(vectors)
        assert not vectors.ready
        assert (tmp_path / "milvus.db").read_text() == "something else"
        store.close()
