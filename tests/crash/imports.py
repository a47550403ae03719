"""Imports that die or fail, and what must be true afterwards; a scenario of ``faults.py``.

A place holds a library with a withdrawn article, an upload and a page that the back-up lacks; importing
replaces it. Whatever happens, the old or the new generation answers, nobody reads what was withdrawn, and
once the next program has taken the build lock all of it is old, or all of it new: library, bulletins,
uploads, synonyms.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import scenario as sc
from bulletins import page, story, write_page
from fakes import HashEncoder

from qa.backup.exporting import export
from qa.backup.importing import import_backup
from qa.building.activation import load_current
from qa.building.indexing import build_index
from qa.building.lock import LIBRARY_FILE, build_lock
from qa.config import Settings
from qa.errors import QAError
from qa.ingest.previews import Incoming
from qa.ingest.uploads import Uploads
from qa.metadata.catalogue import withdrawable
from qa.storage import withdrawals
from qa.storage.library import Library

_BACKUP = "backup.zip"
State = dict[str, object]


@dataclass(frozen=True, slots=True)
class ImportScenario:
    """A place before an import, and all that it holds then and should hold afterwards."""

    name: str
    folder: Path
    fingerprint: str
    old: State
    new: State


def prepare(place: Path) -> list[ImportScenario]:
    """Make the folders below a place."""
    folder = place / "import"
    folder.mkdir(parents=True)
    sc._ended(sc._in_child(lambda: _fill(folder)))
    old = sc._ended(sc._in_child(lambda: _state(folder)))
    after = place / "import-clean"
    shutil.copytree(folder, after)
    sc._ended(sc._in_child(lambda: _import(after)))
    new = sc._ended(sc._in_child(lambda: _state(after)))
    shutil.rmtree(after)
    return [ImportScenario("import", folder, "fake-1", old, new)]


def _fill(root: Path) -> None:
    other = root / "other"
    write_page(other / "seeds" / "a.txt", story(1), story(2, extra="截至目前,已完工9个。"))
    write_page(other / "seeds" / "new" / "b.txt", story(5), story(6))
    _library(other, withdrawn=story(6)[0], handed_in=story(20))
    (other / "data" / "synonyms.txt").write_text("高企 高新技术企业\n", encoding="utf-8")
    export(_settings(other), root / _BACKUP, root=other)
    shutil.rmtree(other)
    write_page(root / "seeds" / "a.txt", story(1), story(2))
    write_page(root / "seeds" / "gone" / "c.txt", story(3), story(4))
    _library(root, withdrawn=story(4)[0], handed_in=story(21))


def _library(root: Path, withdrawn: str, handed_in: tuple[str, str]) -> None:
    uploads = Uploads(root / "data", root / "seeds")
    uploads.commit(uploads.stage([Incoming("upload.txt", page(handed_in).encode())], ()).id)
    _index(root)
    articles = withdrawable(root / "data")
    (found,) = (a for a in articles if a.title == withdrawn)
    withdrawals.withdraw(root / "data", articles, found.id, "有误")


def _settings(root: Path) -> Settings:
    return Settings(seeds_dir=root / "seeds", data_dir=root / "data", _env_file=None)  # type: ignore[call-arg]


def _index(root: Path) -> bool:
    return build_index([Path("seeds")], root / "data", HashEncoder(), root=root).activated


def _import(root: Path) -> None:
    import_backup(root / _BACKUP, _settings(root), HashEncoder, force=True, root=root)


def _state(root: Path) -> State:
    """Return what a place holds, the library proved whole."""
    data, seeds = root / "data", root / "seeds"
    sc._library_is_whole(data)
    with Library(data / LIBRARY_FILE) as library:
        held = sorted(article.title for article in library.articles())
    synonyms = data / "synonyms.txt"
    return {
        "served": sc.served(data, "fake-1"),
        "articles": sorted(article.title for article in load_current(data).articles),
        "library": held,
        "bulletins": {
            path.relative_to(seeds).as_posix(): path.read_text("utf-8")
            for path in sorted(seeds.rglob("*"))
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(seeds).parts)
        },
        "uploads": [upload.id for upload in Uploads(data, seeds).all()],
        "synonyms": synonyms.read_text("utf-8") if synonyms.exists() else None,
    }


def watched(root: Path) -> Path:
    """Return the folder whose operations count."""
    return root


def act(scenario: ImportScenario, root: Path) -> None:
    """Import, as ``qa import --force`` does."""
    _import(root)


def attempt(
    scenario: ImportScenario, root: Path, arm: Callable[[], None], kill_after: float | None
) -> sc.Outcome:
    """Copy the scenario to ``root`` and import there; return how that ended."""
    shutil.copytree(scenario.folder, root)

    def work() -> str:
        arm()
        try:
            _import(root)
        except QAError as error:
            return f"{type(error).__name__}: {error}"
        return "built"

    return sc._in_child(work, kill_after)


def examine(scenario: ImportScenario, root: Path) -> list[str]:
    """Return what is wrong with what an import left behind, then with what the next program makes of it."""
    found = sc._in_child(lambda: _left_behind(scenario, root)), sc._in_child(lambda: _next(scenario, root))
    return [str(outcome["value"]) for outcome in found if outcome["value"] != "ok"]


def _left_behind(scenario: ImportScenario, root: Path) -> str:
    """Look at a place as a service does that answers from it meanwhile."""
    served = sc.served(root / "data", "fake-1")
    assert served in (scenario.old["served"], scenario.new["served"]), "serves neither old nor new"
    articles = load_current(root / "data").articles
    hidden = withdrawals.read(root / "data").of(articles)
    shown = {article.title for article in articles if article.id not in hidden}
    assert not shown & {story(4)[0], story(6)[0]}, f"withdrawn articles are shown: {shown}"
    return "ok"


def _next(scenario: ImportScenario, root: Path) -> str:
    data, seeds = root / "data", root / "seeds"
    with build_lock(data):
        pass
    state = _state(root)
    assert state in (scenario.old, scenario.new), f"neither old nor new: {state}"
    litter = [p for place in (data, seeds) for p in place.iterdir() if p.name.startswith(".import")]
    assert not litter, f"litter: {litter}"
    if state == scenario.new:
        _kept_aside(scenario, root)
    assert not _index(root), "the next build changed something"
    _import(root)
    assert _state(root) == scenario.new, "importing again made something else"
    return "ok"


def _kept_aside(scenario: ImportScenario, root: Path) -> None:
    (aside,) = (root / "data").glob("replaced-*")
    assert sc.served(aside, "fake-1") == scenario.old["served"], "what made way is not whole"
    with Library(aside / LIBRARY_FILE) as library:
        assert sorted(article.title for article in library.articles()) == scenario.old["library"]
    (bulletins,) = (root / "seeds").glob(".replaced-*")
    assert sorted(os.listdir(bulletins)) == ["a.txt", "gone", "upload.txt"]
