"""The doctor's check of what searches vectors beside the snapshot: whether Milvus answers, and holds them."""

from __future__ import annotations

from qa.config import MILVUS, Settings
from qa.errors import PIP_INSTALL, ConfigError, VectorStoreError
from qa.index.milvus import MilvusStore
from qa.index.milvus_client import Address
from qa.index.snapshot import Snapshot
from qa.types import Check

_FAISS = "不用 Milvus 就设 QA_VECTOR_STORE=faiss"


def milvus(settings: Settings, snapshot: Snapshot | None) -> Check | None:
    """Connect to Milvus and count the vectors of what serves; ``None`` where the settings do not ask for it.

    What is missing is not put there: a service does that when it starts. Nor is Milvus Lite's file made.
    """
    name = "Milvus"
    if settings.vector_store != MILVUS:
        return None
    address = Address.of(settings)
    try:
        store = MilvusStore.from_settings(settings)
        if address.file and not address.file.exists():
            return Check(name, "ok", f"{address.uri}：还没有建立，启动服务或提问时建立")
        held = store.holds(snapshot) if store else None
    except ConfigError as error:  # the service does not start
        return Check(name, "fail", str(error), f"运行 {PIP_INSTALL} -e '.[milvus]'；{_FAISS}")
    except VectorStoreError as error:
        if address.file:
            advice = (
                "正在运行的服务（qa serve）打开着这个文件时就是这样，不用处理；"
                f"没有服务在运行，就删去这个文件，会重新建立；{_FAISS}"
            )
        else:
            advice = (
                "确认 Milvus 已经启动，QA_MILVUS_URI 的地址、端口（通常是 19530）、用户名和密码没有写错，"
                f"本机连得到它；{_FAISS}"
            )
        return Check(name, "warn", f"{error}；问题由 FAISS 检索，答案相同", advice)
    if snapshot is None:
        return Check(name, "ok", f"{address.uri}：连得上")
    wanted = len(snapshot.vectors)
    if held != wanted:
        there = "没有" if held is None else f"只有 {held} 条"
        detail = f"{address.uri}：连得上，第 {snapshot.generation} 代的 {wanted} 条向量那里{there}"
        return Check(name, "ok", f"{detail}，启动服务或提问时写入")
    return Check(name, "ok", f"{address.uri}：第 {snapshot.generation} 代的 {wanted} 条向量都在")
