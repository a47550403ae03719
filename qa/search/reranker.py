"""Put retrieved passages in the order that a cross-encoder gives them."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from qa.errors import ModelError
from qa.index.passages import encoder_text
from qa.models.locate import locate_model
from qa.models.quiet import quiet_loading
from qa.types import Hit

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

CANDIDATES = 20
"""Passages that are scored anew; those behind keep their order."""


class Reranker(Protocol):
    """Whatever orders hits better than retrieval did."""

    def rerank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return the hits, best first."""


class CrossEncoderReranker:
    """A sentence-transformers ``CrossEncoder``; safe to share between threads, which take turns."""

    def __init__(self, model: CrossEncoder) -> None:
        self._model = model
        self._lock = threading.Lock()

    @classmethod
    def load(cls, setting: str, progress: Callable[[str], None] | None = None) -> CrossEncoderReranker:
        """Load a model by hub name or folder.

        Raises:
            ModelError: there is none, or it is no cross-encoder with one score a pair.
        """
        directory = locate_model(setting, progress)
        with quiet_loading():
            from sentence_transformers import CrossEncoder

            try:
                model = CrossEncoder(str(directory), device="cpu", local_files_only=True)
            except Exception as error:  # transformers, safetensors and torch each raise their own
                reason = str(error).strip().split("\n")[0][:300] or type(error).__name__
                raise ModelError(f"无法加载重排模型 {setting}：{reason}") from error
        if model.num_labels != 1:
            raise ModelError(f"重排模型 {setting} 应给每对文字打一个分，而它打 {model.num_labels} 个")
        return cls(model)

    def rerank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return the hits, best first; each one's ``scores`` gain ``reranker``, without unit.

        The fused scores stay with the ranks, for what comes next reads them as a measure of rank.
        """
        import torch

        pairs = [(question, encoder_text(h.article.title, h.passage.text)) for h in hits[:CANDIDATES]]
        if not pairs:
            return list(hits)
        with self._lock:
            scores = self._model.predict(pairs, activation_fn=torch.nn.Identity(), show_progress_bar=False)
        order = sorted(range(len(pairs)), key=lambda i: (-float(scores[i]), hits[i].passage.id))
        ranked = [
            dataclasses.replace(
                hits[i], score=hits[rank].score, scores={**hits[i].scores, "reranker": float(scores[i])}
            )
            for rank, i in enumerate(order)
        ]
        return ranked + list(hits[CANDIDATES:])
