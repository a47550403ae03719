"""Models that find the answer's characters in a passage and say whether it is there at all."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from qa.errors import ModelError
from qa.models.precision import inference_precision
from qa.text import fold

if TYPE_CHECKING:  # importing them takes seconds, so commands that read nothing must not
    from torch import Tensor

READER_FILE = Path(__file__).with_name("reader.safetensors")
"""The weights that come with the package; ``docs/reader.md`` is their card."""
BATCH_SIZE = 8
_LONGEST_SPAN = 60


@dataclass(frozen=True, slots=True, eq=False)
class SpanPrediction:
    """What a model says of one passage; arrays are over the passage's characters."""

    start: npt.NDArray[np.float32]
    """Log-probability that the answer begins at a character, given that there is one."""
    end: npt.NDArray[np.float32]
    """Log-probability that it ends with a character."""
    answerable: float
    """Log-odds that the passage answers the question."""

    def best(self, first: int, last: int) -> tuple[int, int, float]:
        """Return the likeliest span within ``[first, last)``: start, end (exclusive), log-probability."""
        start, end = self.start[first:last], self.end[first:last]
        scores = start[:, None] + end[None, :]
        length = np.arange(len(end))[None, :] - np.arange(len(start))[:, None]
        scores = np.where((length >= 0) & (length < _LONGEST_SPAN), scores, -np.inf)
        at, to = np.unravel_index(int(np.argmax(scores)), scores.shape)
        return first + int(at), first + int(to) + 1, float(scores[at, to])

    def without(self, first: int, last: int) -> SpanPrediction:
        """Return the prediction were it known that the answer does not begin within ``[first, last)``."""
        start = self.start.copy()
        start[first:last] = -np.inf
        return replace(self, start=start)

    def within(self, first: int, last: int) -> float:
        """Return the log-probability that the answer begins and ends within ``[first, last)``."""
        return float(_log_sum(self.start[first:last]) + _log_sum(self.end[first:last]))


class SpanModel(Protocol):
    """A trained extractive reader."""

    def predict(self, question: str, passages: Sequence[tuple[str, str]]) -> list[SpanPrediction]:
        """Read passages, given as headline and text, for one question; one prediction each, in order."""


class CharacterSpanModel:
    """The reader that comes with the package; safe to share between threads, which take turns.

    Its twelve layers are its own, the embeddings those of the default encoder.
    """

    def __init__(self, network: Any, tokenizer: Any) -> None:
        from qa.models.character_reader import WindowEncoder

        self._network = network.eval()
        self._windows = WindowEncoder(tokenizer)
        self._pad = int(tokenizer.pad_token_id)
        self._lock = threading.Lock()

    @classmethod
    def load(cls, encoder_directory: Path, path: Path = READER_FILE) -> CharacterSpanModel:
        """Load the packed weights on top of the default encoder's embeddings.

        Raises:
            ModelError: a file is missing or damaged, or they do not fit each other.
        """
        from safetensors import SafetensorError, safe_open
        from transformers import AutoConfig, AutoTokenizer

        from qa.models.character_reader import BertForCharacterQuestionAnswering
        from qa.models.packed import unpack
        from qa.models.quiet import quiet_loading

        weights, _ = unpack(path)
        try:
            with safe_open(encoder_directory / "model.safetensors", "pt") as file:
                names = [n for n in file.keys() if n.startswith("embeddings.")]  # noqa: SIM118
                weights |= {f"bert.{n}": file.get_tensor(n) for n in names}
            with quiet_loading():
                loaded: Any = BertForCharacterQuestionAnswering.from_pretrained(
                    None,
                    config=AutoConfig.from_pretrained(encoder_directory),
                    state_dict=weights,
                    output_loading_info=True,
                )
                tokenizer = AutoTokenizer.from_pretrained(encoder_directory)
        except (OSError, SafetensorError, RuntimeError, ValueError) as error:
            raise ModelError(f"无法加载阅读模型 {path}：{error}") from error
        network, report = loaded
        wrong = [*report["missing_keys"], *report["unexpected_keys"], *report["mismatched_keys"]]
        if wrong:
            raise ModelError(f"阅读模型 {path} 与编码模型不符：{wrong[0]}")
        return cls(network, tokenizer)

    def predict(self, question: str, passages: Sequence[tuple[str, str]]) -> list[SpanPrediction]:
        """Read passages for one question; see :class:`SpanModel`."""
        import torch

        from qa.models.character_reader import collate

        asked = fold(question)
        heads = [f"{fold(title)}\n" if title else "" for title, _ in passages]
        found: list[SpanPrediction] = []
        for begin in range(0, len(passages), BATCH_SIZE):
            part = range(begin, min(begin + BATCH_SIZE, len(passages)))
            with self._lock:
                windows = [
                    self._windows.encode(asked, heads[i] + fold(passages[i][1]), len(heads[i])) for i in part
                ]
                with torch.inference_mode(), inference_precision():
                    output = self._network(**collate(windows, self._pad))
            for row, i in enumerate(part):
                first, last = len(heads[i]), len(heads[i]) + len(passages[i][1])
                found.append(
                    SpanPrediction(
                        _log_softmax(output.start_logits[row, first:last]),
                        _log_softmax(output.end_logits[row, first:last]),
                        float(output.answerable_logits[row]),
                    )
                )
        return found


def _log_softmax(scores: Tensor) -> npt.NDArray[np.float32]:
    return np.asarray(scores.float().log_softmax(-1).numpy(), dtype=np.float32)


def _log_sum(values: npt.NDArray[np.float32]) -> float:
    if not len(values):
        return -np.inf
    top = float(values.max())
    return top + float(np.log(np.exp(values - top).sum()))
