"""Vector search in Milvus, with FAISS behind it: the vectors of what serves are put there and searched there.

Each generation's vectors are one collection, named after this library and their content; its row i is row i
of the snapshot. A thread fills and counts it before it is searched, and deletes those that no longer serve.
The snapshot stays the truth: FAISS answers until the collection is whole, and whenever Milvus does not.
"""

from __future__ import annotations

import hashlib
import logging
import math
import queue
import re
import secrets
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.config import FAISS, MILVUS, Settings
from qa.durable import explain, replace_file
from qa.errors import VectorStoreError
from qa.index.milvus_client import Address, Collections, MilvusCollections, require
from qa.index.snapshot import Snapshot
from qa.index.vectors import Matrix, VectorIndex
from qa.types import StoreState

log = logging.getLogger(__name__)

PREFIX = "bulletin_qa_"
IDENTITY_FILE = "milvus.id"
"""In the data folder: tells this library's collections from those of others on the same server."""
_BATCH = 1000
_RETRY_S = 60
"""After which a question has Milvus tried again."""
_FIRST_S = 30
"""How long a process that starts waits for its collection; it goes on with FAISS then."""
_CLOSE_S = 5
_SPARE = 28
"""Rows asked for beyond those wanted: of equal cosines at the edge the first rows win, as with FAISS."""
_TOLERANCE = 1e-3
"""Between a cosine of Milvus's and our own."""
_clock = time.monotonic


class MilvusVectors(VectorIndex):
    """The vectors of a generation, searched in Milvus while it has them and answers."""

    def __init__(self, local: VectorIndex, fingerprint: str, store: MilvusStore) -> None:
        super().__init__(local._index)
        self.digest = _digest(local, fingerprint)
        """Names what is in the collection."""
        self.ready = False
        """Whether the collection is whole, as far as is known."""
        self.doubtful = False
        """Whether the collection gave what it should not hold."""
        self.retry_at = math.inf
        self.settled = threading.Event()
        """Set once it was tried to make it ready."""
        self._store = store

    def search(
        self, query: Matrix, k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], Matrix]:
        """Return the ``k`` most similar rows and their cosines, by ``(-cosine, row)``, as the other does."""
        found = self._store.search(self, query, k, allowed)
        return super().search(query, k, allowed) if found is None else found


class MilvusStore:
    """Keeps a service's vectors in Milvus; safe for concurrent use.

    All that changes something there is done by one thread. A search that fails has all go to FAISS, which the
    log is told once, until Milvus is back.
    """

    def __init__(self, data_dir: Path, name: str, connect: Callable[[], Collections]) -> None:
        """Connect to nothing yet.

        Args:
            data_dir: the library's.
            name: what the log calls Milvus.
            connect: returns a new connection; raises :exc:`VectorStoreError`.
        """
        self._data_dir, self._name, self._connect = data_dir, name, connect
        self._held: weakref.WeakSet[MilvusVectors] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._collections: Collections | None = None
        self._identity = ""
        self._trouble: str | None = None
        # A SimpleQueue, since jobs are put in where objects are collected, which may be inside another put.
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    @classmethod
    def from_settings(cls, settings: Settings) -> MilvusStore | None:
        """Return what the settings ask for; ``None`` where that is FAISS alone.

        Raises:
            ConfigError: a package is missing.
        """
        if settings.vector_store != MILVUS:
            return None
        address = Address.of(settings)
        require(address)
        return cls(settings.data_dir, address.uri, lambda: MilvusCollections(address))

    def attach(self, snapshot: Snapshot, *, wait: bool) -> Snapshot:
        """Return a snapshot whose vectors are searched in Milvus as soon as they are there.

        Args:
            snapshot: as it was loaded.
            wait: until they are there, or Milvus fails; half a minute at most.
        """
        vectors = MilvusVectors(snapshot.vectors, snapshot.fingerprint, self)
        with self._lock:
            self._held.add(vectors)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="milvus", daemon=True)
                self._thread.start()
        weakref.finalize(vectors, self._jobs.put, self._sweep).atexit = False
        self._ask_for(vectors)
        if wait:
            vectors.settled.wait(_FIRST_S)
        return replace(snapshot, vectors=vectors)

    def search(
        self, vectors: MilvusVectors, query: Matrix, k: int, allowed: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.int64], Matrix] | None:
        """Search as :meth:`VectorIndex.search`; ``None`` where FAISS has to."""
        there = len(vectors) if allowed is None else int(np.count_nonzero(allowed))
        asked = min(k + _SPARE, there)
        collections = self._collections
        if k <= 0 or not there or not vectors.ready or collections is None:
            if _clock() >= vectors.retry_at:
                self._ask_for(vectors)
            return None
        try:
            rows, scores = self._ask(collections, vectors, query, asked, allowed)
        except VectorStoreError as error:
            self._lost(vectors, error, collections)
            return None
        order = np.lexsort((rows, -scores))[:k]
        return rows[order], scores[order]

    def state(self, vectors: VectorIndex) -> StoreState:
        """Tell what searches some vectors right now; names no address, as readers may see it."""
        if isinstance(vectors, MilvusVectors) and vectors.ready:
            return StoreState(MILVUS, MILVUS)
        waiting = "正在写入 Milvus，写好之前由 FAISS 检索" if self._trouble is None else ""
        return StoreState(MILVUS, FAISS, waiting or "Milvus 暂时用不上，由 FAISS 检索")

    def holds(self, snapshot: Snapshot | None) -> int | None:
        """Connect and return how many rows of a snapshot are there; ``None`` where it has no collection.

        Without a snapshot it is only tried to connect.

        Raises:
            VectorStoreError: Milvus cannot be reached or does not answer.
        """
        collections = self._connect()
        try:
            names = collections.names()
            if snapshot is None:
                return None
            identity = _read_identity(self._data_dir / IDENTITY_FILE)
            name = f"{PREFIX}{identity}_{_digest(snapshot.vectors, snapshot.fingerprint)}"
            if name not in names:
                return None
            collections.ensure(name, snapshot.dimension)
            return collections.count(name)
        finally:
            collections.close()

    def close(self) -> None:
        """Stop filling and end the connection."""
        self._closing.set()
        self._jobs.put(None)
        if self._thread is not None:
            self._thread.join(_CLOSE_S)
        with self._lock:
            collections, self._collections = self._collections, None
        if collections is not None:
            collections.close()

    def _ask(
        self,
        collections: Collections,
        vectors: MilvusVectors,
        query: Matrix,
        k: int,
        allowed: NDArray[np.bool_] | None,
    ) -> tuple[NDArray[np.int64], Matrix]:
        """Search and check what comes back.

        Raises:
            VectorStoreError: nothing comes back, or not what is in the snapshot.
        """
        rows, scores = collections.search(self._own() + vectors.digest, query, k, allowed)
        if not _right(vectors, query, k, allowed, rows, scores):
            vectors.doubtful = True
            raise VectorStoreError("检索的结果与本机的向量不符")
        return rows, scores

    def _ask_for(self, vectors: MilvusVectors) -> None:
        """Have some vectors made ready, unless they are gone by then."""
        vectors.retry_at = math.inf
        kept = weakref.ref(vectors)
        self._jobs.put(lambda: self._prepare(kept()))

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None and not self._closing.is_set():
            job()

    def _prepare(self, vectors: MilvusVectors | None) -> None:
        if vectors is None:
            return
        try:
            self._fill(vectors)
        except VectorStoreError as error:
            self._lost(vectors, error)
        else:
            if not self._closing.is_set():
                self._trouble, vectors.ready = None, True
                log.info("问题的向量由 Milvus 检索：%s，%d 条", self._name, len(vectors))
                self._sweep()
        finally:
            vectors.settled.set()

    def _fill(self, vectors: MilvusVectors) -> None:
        """Bring the collection of some vectors in step with them.

        Raises:
            VectorStoreError: that does not work, or the count is another one afterwards.
        """
        collections, name, wanted = self._connected(), self._own() + vectors.digest, len(vectors)
        if vectors.doubtful:
            collections.drop(name)
            vectors.doubtful = False
        if not wanted:
            return  # nothing will be asked for
        collections.ensure(name, vectors.dimension)
        if collections.count(name) != wanted:
            for first in range(0, wanted, _BATCH):
                if self._closing.is_set():
                    return
                rows = np.arange(first, min(first + _BATCH, wanted))
                collections.put(name, first, vectors.vectors(rows))
            if (there := collections.count(name)) != wanted:
                collections.drop(name)
                raise VectorStoreError(f"写入之后清点不符：应有 {wanted} 条，实有 {there} 条")
        # A first search takes much longer than the next ones; no question should wait for it.
        self._ask(collections, vectors, vectors.vectors(np.zeros(1, np.int64))[0], 1, None)

    def _sweep(self) -> None:
        """Delete the collections of this library's that no generation in use has; those of others stay."""
        try:
            own = self._own()
            with self._lock:
                used = {own + vectors.digest for vectors in self._held}
            collections = self._connected()
            for name in collections.names():
                if name.startswith(own) and name not in used:
                    collections.drop(name)
        except VectorStoreError as error:
            log.info("Milvus 里不再使用的集合留待下次清理：%s", error)

    def _connected(self) -> Collections:
        with self._lock:
            held = self._collections
        if held is None:
            held = self._connect()
            with self._lock:
                self._collections = held
        return held

    def _lost(
        self, vectors: MilvusVectors, error: VectorStoreError, through: Collections | None = None
    ) -> None:
        """Turn to FAISS and end the connection; one that others have given up already changes nothing."""
        with self._lock:
            if through is not None and through is not self._collections:
                return
            for each in (vectors, *self._held):  # all went through it
                each.ready, each.retry_at = False, _clock() + _RETRY_S
            through, self._collections = self._collections, None
            new, self._trouble = self._trouble is None, str(error)
        if new and not self._closing.is_set():
            log.warning("Milvus 用不上，问题由 FAISS 检索，之后每 %d 秒再试：%s", _RETRY_S, error)
        if through is not None:
            through.close()

    def _own(self) -> str:
        """Return how the names of this library's collections begin; the first call makes its identity.

        Raises:
            VectorStoreError: it cannot be kept.
        """
        if not self._identity:
            path = self._data_dir / IDENTITY_FILE
            if not _read_identity(path):
                try:
                    replace_file(path, secrets.token_hex(6).encode())
                except OSError as error:
                    raise VectorStoreError(f"无法写入 {path}：{explain(error)}") from error
            self._identity = _read_identity(path)  # another process may have been a moment later
        return f"{PREFIX}{self._identity}_"


def _read_identity(path: Path) -> str:
    """Return a library's identity, nothing where there is none.

    Raises:
        VectorStoreError: the file cannot be read.
    """
    try:
        found = re.fullmatch(rb"[0-9a-f]{12}", path.read_bytes())
    except FileNotFoundError:
        found = None
    except OSError as error:
        raise VectorStoreError(f"无法读取 {path}：{explain(error)}") from error
    return found[0].decode() if found else ""


def _digest(vectors: VectorIndex, fingerprint: str) -> str:
    """Return what stands for a model and the vectors that it made."""
    digest = hashlib.sha256(f"{fingerprint} {len(vectors)}".encode())
    for first in range(0, len(vectors), _BATCH):
        digest.update(vectors.vectors(np.arange(first, min(first + _BATCH, len(vectors)))).tobytes())
    return digest.hexdigest()[:24]


def _right(
    vectors: VectorIndex,
    query: Matrix,
    k: int,
    allowed: NDArray[np.bool_] | None,
    rows: NDArray[np.int64],
    scores: Matrix,
) -> bool:
    """Tell whether rows are as many as asked for, distinct, allowed, and as similar as is said of them."""
    if len(rows) != k or len(np.unique(rows)) != k or rows.min() < 0 or rows.max() >= len(vectors):
        return False
    if allowed is not None and not allowed[rows].all():
        return False
    return bool(np.all(np.abs(vectors.scores_of(query, rows) - scores) <= _TOLERANCE))  # NaN compares false
