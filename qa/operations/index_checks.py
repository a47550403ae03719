"""The doctor's checks of what is indexed: library, snapshot, model, by themselves and against each other."""

from __future__ import annotations

from pathlib import Path

from qa.building.activation import load_current
from qa.building.collecting import content_hash
from qa.building.lock import LIBRARY_FILE
from qa.errors import DamagedLibraryError, LibraryError, SnapshotError
from qa.index.differences import compare
from qa.index.passages import vector_key
from qa.index.snapshot import Snapshot
from qa.metadata.catalogue import serving_folder
from qa.models.encoder import Encoder
from qa.storage.library import Library
from qa.types import Check

RUN_INDEX = "运行 qa index"


def library(data_dir: Path) -> Check:
    """Let SQLite check the library through."""
    name, file = "文库", data_dir / LIBRARY_FILE
    if not file.exists():
        return Check(name, "warn", "还没有建立", RUN_INDEX)
    try:
        with Library(file) as opened:
            problems = opened.problems()
            sources, articles = len(opened.sources()), len(opened.articles())
    except DamagedLibraryError as error:
        problems = [str(error)]
    except LibraryError as error:  # to be made again it would have to be damaged
        return Check(name, "fail", str(error), "按前面说的处理：权限、磁盘，或程序的版本")
    if problems:
        return Check(name, "fail", "；".join(problems), f"{RUN_INDEX}，会把它移开并重建")
    return Check(name, "ok", f"完好：{sources} 个文件，{articles} 篇文章")


def serving(data_dir: Path) -> tuple[Snapshot | None, Check]:
    """Load the generation that serves, checked through."""
    name = "索引"
    try:
        serving_folder(data_dir)
    except SnapshotError as error:
        return None, Check(name, "warn", str(error), RUN_INDEX)
    try:
        snapshot = load_current(data_dir)
    except SnapshotError as error:
        return None, Check(name, "fail", str(error), f"{RUN_INDEX}，会从文库重建")
    counts = f"{len(snapshot.articles)} 篇文章，{len(snapshot.passages)} 个段落"
    return snapshot, Check(name, "ok", f"第 {snapshot.generation} 代，与清单相符：{counts}")


def snapshot_against_library(snapshot: Snapshot, data_dir: Path) -> Check | None:
    """Compare articles, passages and content hash of what serves with the library's.

    ``None`` where the library cannot be read.
    """
    name = "索引与文库"
    places = [(p.article_id, p.start, p.end) for p in snapshot.passages]
    try:
        with Library(data_dir / LIBRARY_FILE) as opened:
            articles = opened.articles()
            split = [key for key, kept in opened.places(snapshot.fingerprint).items() if kept == places]
            unencoded = len(opened.unencoded(split[0])) if split else 0
    except LibraryError:
        return None
    changes = compare(snapshot.articles, articles)
    if changes.added or changes.changed or changes.removed:
        detail = (
            f"文库里多 {len(changes.added)} 篇、少 {len(changes.removed)} 篇、"
            f"另有 {len(changes.changed)} 篇不同：上次更新没有做完，没有通过校验题，或换回了较早的一代"
        )
        return Check(name, "warn", detail, f"{RUN_INDEX}，会从文库建立新的一代")
    if not split:
        return Check(name, "fail", "文章相同，段落不同", f"{RUN_INDEX}，会重新分段并建立新的一代")
    if snapshot.content_hash not in {content_hash(articles, snapshot.passages, key) for key in split}:
        return Check(name, "fail", "文章和段落相同，内容的校验和不符", f"{RUN_INDEX}，会从文库建立新的一代")
    if unencoded:
        return Check(name, "warn", f"文库里有 {unencoded} 个段落没有向量", f"{RUN_INDEX}，会补上")
    return Check(name, "ok", f"相符：{len(articles)} 篇文章，{len(places)} 个段落")


def snapshot_against_model(snapshot: Snapshot, encoder: Encoder, model: str, data_dir: Path) -> Check:
    """Compare the fingerprints of what serves and of the model that is set; tell what going on would cost."""
    name = "索引与模型"
    if snapshot.fingerprint == encoder.fingerprint:
        return Check(name, "ok", f"索引是用这个模型建立的（指纹 {encoder.fingerprint[:12]}）")
    known = _vectors_of(encoder.fingerprint, data_dir)
    keys = {vector_key(snapshot.article(p.article_id).title, p.text) for p in snapshot.passages}
    missing = len(keys - known)
    detail = (
        f"索引是用另一个模型（{snapshot.model}，指纹 {snapshot.fingerprint[:12]}）建立的，"
        f"与现在的（{model}，指纹 {encoder.fingerprint[:12]}）不能混用，服务不会用它回答；"
        f"改用现在的模型要重算约 {missing} 个段落的向量（共 {len(keys)} 个）"
    )
    return Check(
        name,
        "fail",
        detail,
        f"{RUN_INDEX}，会用现在的模型重建；或把 QA_EMBEDDING_MODEL 改回 {snapshot.model}",
    )


def _vectors_of(fingerprint: str, data_dir: Path) -> set[str]:
    try:
        if (data_dir / LIBRARY_FILE).exists():
            with Library(data_dir / LIBRARY_FILE) as opened:
                return opened.vector_keys(fingerprint)
    except LibraryError:
        pass  # another check says so; all would have to be encoded then
    return set()
