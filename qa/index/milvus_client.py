"""Talk to Milvus: where it is, and the few calls that a search needs, each bounded in time.

pymilvus is imported when the first connection is made. No error passes on user, password or token.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import os
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import unquote, urlsplit

import numpy as np
from numpy.typing import NDArray

from qa.config import MILVUS, Settings
from qa.errors import PIP_INSTALL, ConfigError, VectorStoreError
from qa.index.vectors import Matrix

LITE_FILE = "milvus.db"
"""Milvus Lite's file in the data folder, where the settings name neither a server nor a file."""
_CONNECT_S, _CALL_S, _SEARCH_S = 3.0, 30.0, 3.0
_NEVER_MS = 2**31 - 1
_PORTS = {"http": 19530, "https": 443}
_ROW, _VECTOR, _COUNT = "row", "vector", "count(*)"
_LOGGERS = ("pymilvus", "pymilvus.milvus_client", "milvus_lite", "grpc._server")
_SAID = 200
"""Characters of an error of Milvus's that are passed on."""

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Address:
    """Where Milvus is."""

    uri: str
    """A server's address without user and password, or the path of Milvus Lite's file; may be shown."""
    token: str = field(default="", repr=False)
    database: str = ""

    @property
    def file(self) -> Path | None:
        """Return Milvus Lite's file, ``None`` where it is a server."""
        return None if "://" in self.uri else Path(self.uri)

    @classmethod
    def of(cls, settings: Settings) -> Address:
        """Return what the settings say."""
        text = settings.milvus_uri.get_secret_value() if settings.milvus_uri else ""
        if "://" not in text:
            return cls(str((Path(text).expanduser() if text else settings.data_dir / LITE_FILE).absolute()))
        parts = urlsplit(text)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        token = ":".join(unquote(part) for part in (parts.username, parts.password) if part is not None)
        port = parts.port or _PORTS[parts.scheme]
        return cls(f"{parts.scheme}://{host}:{port}", token, parts.path.strip("/"))


class Collections(Protocol):
    """Collections of vectors by row number, as :class:`MilvusCollections` has them.

    Every method raises :exc:`VectorStoreError` where Milvus does not answer in time or refuses.
    """

    def names(self) -> list[str]:
        """Return the names of all collections."""

    def ensure(self, name: str, dimension: int) -> None:
        """Make a collection with its index where it is missing, and have it loaded."""

    def count(self, name: str) -> int:
        """Return how many rows a collection holds, all that was put into it written down."""

    def put(self, name: str, first: int, vectors: Matrix) -> None:
        """Put vectors at the rows from ``first`` on, in place of what is there."""

    def search(
        self, name: str, query: Matrix, k: int, allowed: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.int64], Matrix]:
        """Return the ``k`` rows among those allowed whose inner product with a query is highest, and it."""

    def drop(self, name: str) -> None:
        """Delete a collection if it is there."""

    def close(self) -> None:
        """End the connection; never raises."""


def require(address: Address) -> None:
    """Check that the packages which an address needs are installed.

    Raises:
        ConfigError: one is not; says how to install it.
    """
    needed = ["pymilvus", *(["milvus_lite"] if address.file else [])]
    missing = [name.replace("_", "-") for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        raise ConfigError(
            f"设置了 QA_VECTOR_STORE={MILVUS}，但没有安装 {'、'.join(missing)}，"
            f"请运行 {PIP_INSTALL} 'bulletin-qa[milvus]'"
        )


class MilvusCollections:
    """The collections of one Milvus; safe for concurrent use."""

    def __init__(self, address: Address) -> None:
        """Connect.

        Raises:
            VectorStoreError: there is no Milvus, it does not answer, or its file is in use or damaged.
        """
        self._address = address
        with self._calling("载入 pymilvus"):
            self._library = _pymilvus()
        # Which of the two it is, pymilvus does not tell.
        with self._calling("连接", "另一个进程打开着这个文件，或它已损坏" if address.file else ""):
            if address.file:
                address.file.parent.mkdir(parents=True, exist_ok=True)
            # A connection of its own: a shared one outlives the client, and what it knows of a dead server.
            self._client = self._library.MilvusClient(
                address.uri,
                token=address.token,
                db_name=address.database,
                timeout=_CONNECT_S,
                dedicated=True,
                # Milvus Lite takes its client's regular signs of life for an attack and hangs up.
                grpc_options={"grpc.keepalive_time_ms": _NEVER_MS} if address.file else {},
            )

    def names(self) -> list[str]:
        with self._calling("列出集合"):
            return list(self._client.list_collections(timeout=_CALL_S))

    def ensure(self, name: str, dimension: int) -> None:
        with self._calling("建立集合"):
            if not self._client.has_collection(name, timeout=_CALL_S):
                schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
                types = self._library.DataType
                schema.add_field(_ROW, types.INT64, is_primary=True)
                schema.add_field(_VECTOR, types.FLOAT_VECTOR, dim=dimension)
                # Nothing changes once the rows are counted, so a search need not wait for the newest state.
                self._client.create_collection(
                    name, schema=schema, consistency_level="Bounded", timeout=_CALL_S
                )
            if not self._client.list_indexes(name, timeout=_CALL_S):
                index = self._client.prepare_index_params()
                index.add_index(_VECTOR, index_type="FLAT", metric_type="IP")
                self._client.create_index(name, index, timeout=_CALL_S)
            self._client.load_collection(name, timeout=_CALL_S)

    def count(self, name: str) -> int:
        with self._calling("清点"):
            # Milvus Lite searches what is not written down yet fifty times as slowly.
            self._client.flush(name, timeout=_CALL_S)
            found = self._client.query(
                name, output_fields=[_COUNT], consistency_level="Strong", timeout=_CALL_S
            )
            return int(found[0][_COUNT])

    def put(self, name: str, first: int, vectors: Matrix) -> None:
        rows = [{_ROW: row, _VECTOR: vector} for row, vector in enumerate(vectors, first)]
        with self._calling("写入"):
            # Not insert, which would keep a row twice where two processes fill, or one goes on after a crash.
            self._client.upsert(name, rows, timeout=_CALL_S)

    def search(
        self, name: str, query: Matrix, k: int, allowed: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.int64], Matrix]:
        def ask() -> Any:
            return self._client.search(
                name,
                [query],
                filter=condition(allowed),
                limit=k,
                output_fields=[_ROW],
                search_params={"metric_type": "IP"},
                timeout=_SEARCH_S,
            )[0]

        with self._calling("检索"):
            hits = _within(_SEARCH_S, ask)
            rows = np.fromiter((hit[_ROW] for hit in hits), np.int64, len(hits))
            return rows, np.fromiter((hit["distance"] for hit in hits), np.float32, len(hits))

    def drop(self, name: str) -> None:
        with self._calling("删除集合"):
            self._client.drop_collection(name, timeout=_CALL_S)

    def close(self) -> None:
        with suppress(Exception):
            self._client.close()
        if self._address.file:
            with suppress(Exception):  # its server is a thread of this process, and holds the file
                manager = importlib.import_module("milvus_lite.server_manager").server_manager_instance
                manager.release_server(self._address.uri)

    @contextmanager
    def _calling(self, what: str, why: str = "") -> Iterator[None]:
        """Turn whatever goes wrong inside into one error: pymilvus raises its own, gRPC's and others'."""
        try:
            yield
        except VectorStoreError as error:
            raise VectorStoreError(f"{what}：{error}（{self._address.uri}）") from None
        except Exception as error:
            said = why or " ".join(str(getattr(error, "message", "") or error).split())[:_SAID]
            if self._address.token:
                said = said.replace(self._address.token, "…")
            # "from None": a traceback may quote what was sent, the token with it.
            raise VectorStoreError(f"{what}失败（{self._address.uri}）：{said}") from None


def condition(allowed: NDArray[np.bool_] | None) -> str:
    """Return as Milvus's expression which rows may be found: the shorter of the two lists."""
    if allowed is None or allowed.all():
        return ""
    inside = np.flatnonzero(allowed)
    outside = np.flatnonzero(~allowed)
    if len(inside) <= len(outside):
        return f"{_ROW} in {inside.tolist()}"
    return f"{_ROW} not in {outside.tolist()}"


def _within(seconds: float, call: Callable[[], _Result]) -> _Result:
    """Return what a call returns; it is left to itself where it takes longer.

    pymilvus, finding a server gone, connects anew under a lock, for longer than the time that it was given.

    Raises:
        VectorStoreError: it takes longer.
    """
    done: queue.SimpleQueue[tuple[_Result, None] | tuple[None, Exception]] = queue.SimpleQueue()

    def run() -> None:
        try:
            done.put((call(), None))
        except Exception as error:
            done.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        result, error = done.get(timeout=seconds)
    except queue.Empty:
        raise VectorStoreError(f"{seconds:g} 秒没有回应") from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value]  # there is no error, so there is a result


def _pymilvus() -> Any:
    """Import pymilvus, without what it reads from ``.env`` and without its log, which ours replaces."""
    before = set(os.environ)
    library = importlib.import_module("pymilvus")
    for name in set(os.environ) - before:  # secrets among them, for each process that this one starts
        del os.environ[name]
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return library
