"""Write down a small library as this version of the program makes it, for the versions to come to open.

    python tests/record_library.py

Writes ``tests/data/libraries/version-N.sql``, N being the version of the schema; run once for each new one,
before the next is begun. Text, so that a review can read it.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from fakes import HashEncoder

from qa.building.indexing import build_index
from qa.building.lock import LIBRARY_FILE
from qa.storage.schema import MIGRATIONS

LIBRARIES = Path(__file__).parent / "data" / "libraries"
DIMENSION = 16
"""Small vectors make a small file."""
_SPORT = (
    "## 二七区举办全民健身运动会\n\n本报讯 12月3日,二七区举办全民健身运动会,共有18支代表队参加。 记者 景静\n"
)
_WATER = (
    "## 二七区金水河治理工程完工\n\n本报讯 12月8日,金水河治理工程完工。该工程全长6.2公里,总投资3.4亿元。\n\n"
    "区水利局局长王海涛表示,下一步将加强日常管护。 通讯员 李慧\n"
)
_LIBRARY = "## 二七区图书馆新馆开放\n\n本报讯 12月9日,二七区图书馆新馆开放,藏书42万册,每周二闭馆。\n"


def main() -> None:
    """Index twice, so that the history has two generations, and write the library's dump."""
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        _write("seeds/2021-12-09_头版.txt", _SPORT + "\n" + _WATER)
        build_index([Path("seeds")], Path("data"), HashEncoder(dimension=DIMENSION))
        _write("seeds/2021-12-10_二版.txt", _LIBRARY + "\n" + _SPORT)  # an article in two files
        build_index([Path("seeds")], Path("data"), HashEncoder(dimension=DIMENSION))
        with closing(sqlite3.connect(Path("data") / LIBRARY_FILE)) as library:
            lines = [*library.iterdump(), f"PRAGMA user_version = {len(MIGRATIONS)};"]
    LIBRARIES.mkdir(parents=True, exist_ok=True)
    target = LIBRARIES / f"version-{len(MIGRATIONS)}.sql"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write(name: str, text: str) -> None:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
