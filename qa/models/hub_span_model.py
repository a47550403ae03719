"""Any extractive-QA model of the hub or a folder as a span model."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from qa.errors import ModelError
from qa.models.locate import locate_model
from qa.models.quiet import quiet_loading
from qa.models.span_model import SpanPrediction
from qa.text import fold

_MAX_TOKENS = 512
_NEVER = -1e4


class HubSpanModel:
    """A Hugging Face ``…ForQuestionAnswering`` model; its first token stands for "no answer".

    Token scores become character scores: a token may begin an answer with its first character and end one
    with its last. What does not fit the model's window is not read. Safe to share between threads.
    """

    def __init__(self, network: Any, tokenizer: Any) -> None:
        self._network = network.eval()
        self._tokenizer = tokenizer
        longest = getattr(network.config, "max_position_embeddings", _MAX_TOKENS)
        self._window = min(int(longest), int(tokenizer.model_max_length), _MAX_TOKENS)
        self._lock = threading.Lock()

    @classmethod
    def load(cls, setting: str, progress: Callable[[str], None] | None = None) -> HubSpanModel:
        """Load a model by hub name or folder.

        Raises:
            ModelError: there is none, it is no extractive-QA model, or its tokenizer gives no offsets.
        """
        directory = locate_model(setting, progress)
        with quiet_loading():
            from transformers import AutoModelForQuestionAnswering, AutoTokenizer

            try:
                network, report = AutoModelForQuestionAnswering.from_pretrained(
                    directory, local_files_only=True, output_loading_info=True
                )
                tokenizer = AutoTokenizer.from_pretrained(directory, local_files_only=True)
            except Exception as error:  # transformers, safetensors and torch each raise their own
                reason = str(error).strip().split("\n")[0][:300] or type(error).__name__
                raise ModelError(f"无法加载阅读模型 {setting}：{reason}") from error
        if any(name.startswith("qa_outputs") for name in report["missing_keys"]):
            raise ModelError(f"{setting} 不是抽取式问答模型：没有训练过的答案边界层")
        if not tokenizer.is_fast:
            raise ModelError(f"阅读模型 {setting} 的分词器不能给出字符位置，不能使用")
        return cls(network, tokenizer)

    def predict(self, question: str, passages: Sequence[tuple[str, str]]) -> list[SpanPrediction]:
        """Read passages for one question; see :class:`qa.models.span_model.SpanModel`."""
        import torch

        asked = fold(question)
        heads = [f"{fold(title)}\n" if title else "" for title, _ in passages]
        texts = [head + fold(text) for head, (_, text) in zip(heads, passages, strict=True)]
        with self._lock, torch.inference_mode():
            encoded = self._tokenizer(
                [asked] * len(texts),
                texts,
                truncation="only_second",
                max_length=self._window,
                padding=True,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
            offsets = encoded.pop("offset_mapping").tolist()
            parts = [encoded.sequence_ids(row) for row in range(len(texts))]
            output = self._network(**encoded)
            starts, ends = output.start_logits.float().numpy(), output.end_logits.float().numpy()
        return [
            _characters(starts[row], ends[row], offsets[row], parts[row], len(heads[row]), len(texts[row]))
            for row in range(len(texts))
        ]


def _characters(
    starts: npt.NDArray[np.float32],
    ends: npt.NDArray[np.float32],
    offsets: list[list[int]],
    parts: list[int | None],
    first: int,
    last: int,
) -> SpanPrediction:
    """Spread token scores over the characters ``[first, last)`` of the text."""
    begin = np.full(last, _NEVER, np.float32)
    finish = np.full(last, _NEVER, np.float32)
    for token, (start, end) in enumerate(offsets):
        if parts[token] == 1 and end > start >= first:
            begin[start] = max(begin[start], starts[token])
            finish[end - 1] = max(finish[end - 1], ends[token])
    begin, finish = begin[first:], finish[first:]
    nothing = float(starts[0] + ends[0])
    best = float(begin.max() + finish.max()) if len(begin) else _NEVER
    return SpanPrediction(_log_softmax(begin), _log_softmax(finish), best - nothing)


def _log_softmax(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    if not len(scores):
        return scores
    shifted = scores - scores.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)
