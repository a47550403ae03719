"""Turn questions and passages into vectors with a sentence-transformers model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from qa.config import DEFAULT_MODEL
from qa.errors import ModelError
from qa.models.default import HASHES, ensure_default_model, read_manifest
from qa.models.hashes import HashCache, combined_sha256
from qa.models.locate import directory_files, locate_model
from qa.models.precision import inference_precision
from qa.models.quiet import quiet_loading
from qa.models.turns import Turns

if TYPE_CHECKING:  # importing it takes seconds, so commands that encode nothing must not
    from sentence_transformers import SentenceTransformer

BATCH_SIZE = 8
"""Passages a forward pass; on a CPU larger batches are no faster and keep questions waiting longer."""

_SCHEME = "2"
"""Raise it whenever this module turns the same text and model into other vectors."""
_QUERY_PROMPTS = ("query",)
_PASSAGE_PROMPTS = ("document", "passage", "corpus")
"""The names that sentence-transformers looks up, in its order."""


@dataclass(frozen=True, slots=True, eq=False)
class TokenVectors:
    """The tokens of one text, without special tokens and prompt; every array is of one length."""

    vectors: npt.NDArray[np.float32]
    """L2-normalised, ``(tokens, dimension)``."""
    norms: npt.NDArray[np.float32]
    """What each vector was divided by."""
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    """Code-point offsets of each token in the text."""


class Encoder:
    """A loaded model; safe to share between threads, which take turns batch by batch, questions first.

    Attributes:
        fingerprint: identifies model and encoding; equal on every machine, other where vectors may differ.
        dimension: length of a vector.
        max_tokens: tokens of prompt and text that fit the model's window; what is longer is cut off.
        query_prompt: what is put before a question, as the model declares it; may be empty.
        passage_prompt: the same for passages.
    """

    def __init__(self, model: SentenceTransformer, fingerprint: str) -> None:
        self._model = model
        # Tokenizer settings are changed in place around each call, so even tokenising needs the lock.
        self._turns = Turns()
        self.fingerprint = fingerprint
        self.query_prompt = _declared_prompt(model, _QUERY_PROMPTS)
        self.passage_prompt = _declared_prompt(model, _PASSAGE_PROMPTS)
        # Under the names that encode_query and encode_document look up, in every version of the library.
        model.prompts = {"query": self.query_prompt, "document": self.passage_prompt}
        model.default_prompt_name = None
        window = model.max_seq_length or 512
        self.max_tokens = int(window) - int(model.tokenizer.num_special_tokens_to_add(pair=False))
        self.dimension = self._encode(["。"], query=True).shape[1]

    @classmethod
    def load(cls, setting: str, models_dir: Path, progress: Callable[[str], None] | None = None) -> Encoder:
        """Load a model; the first load of the default one builds it, that of a hub name downloads it.

        Args:
            setting: ``default``, a hub name or a directory.
            models_dir: folder of built models and remembered hashes.
            progress: called with a Chinese sentence at each step that takes long.

        Raises:
            ModelError: there is no such model, or it cannot be built, downloaded or loaded.
        """
        if setting == DEFAULT_MODEL:
            directory = ensure_default_model(models_dir, progress)
            identity = {"model": str(read_manifest(directory)["fingerprint"])}
        else:
            directory = locate_model(setting, progress)
            identity = _file_hashes(directory, models_dir)
        model = _load(directory, setting)
        try:
            return cls(model, combined_sha256({"scheme": _SCHEME, **identity})[:32])
        except Exception as error:  # whatever a foreign model's code raises on its first sentence
            raise ModelError(f"模型 {setting} 不能把文字编码成向量:{error}") from error

    def encode_queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one L2-normalised row a question, shape ``(n, dimension)``, in the order given."""
        return self._encode_all(texts, query=True, batch_size=BATCH_SIZE, on_batch=None)

    def encode_passages(
        self,
        texts: Sequence[str],
        batch_size: int = BATCH_SIZE,
        on_batch: Callable[[int], None] | None = None,
    ) -> npt.NDArray[np.float32]:
        """Return one L2-normalised row a passage, shape ``(n, dimension)``, in the order given.

        Args:
            texts: passages; beyond ``max_tokens`` they are cut off.
            batch_size: passages a forward pass.
            on_batch: called after each pass with the number of passages it encoded.
        """
        return self._encode_all(texts, query=False, batch_size=batch_size, on_batch=on_batch)

    def count_tokens(self, text: str) -> int:
        """Count a passage's tokens, its prompt included; up to ``max_tokens`` nothing is cut off."""
        with self._turns.question():
            # Not verbose: it would warn of a text longer than the window, which is what callers ask about.
            encoded = self._model.tokenizer(
                self.passage_prompt + _encodable(text.strip()),
                add_special_tokens=False,
                truncation=False,
                verbose=False,
            )
        return len(encoded["input_ids"])

    def encode_tokens(self, texts: Sequence[str], *, query: bool) -> list[TokenVectors]:
        """Return the contextual vectors of each text's tokens, as the last layer gives them.

        Args:
            texts: questions or passages; beyond ``max_tokens`` they are cut off.
            query: which prompt to put before them.
        """
        prompt = self.query_prompt if query else self.passage_prompt
        prompted = [prompt + _encodable(text) for text in texts]
        with self._turns.question(), inference_precision():
            layers = self._model.encode(
                prompted,
                prompt="",
                batch_size=BATCH_SIZE,
                show_progress_bar=False,
                output_value="token_embeddings",
            )
            window = self.max_tokens + self._model.tokenizer.num_special_tokens_to_add(pair=False)
            offsets = self._model.tokenizer(
                prompted, truncation=True, max_length=window, return_offsets_mapping=True
            )["offset_mapping"]
        return [
            _token_vectors(
                np.asarray(layer, dtype=np.float32), np.asarray(spans, dtype=np.int64), len(prompt)
            )
            for layer, spans in zip(layers, offsets, strict=True)
        ]

    def _encode_all(
        self, texts: Sequence[str], *, query: bool, batch_size: int, on_batch: Callable[[int], None] | None
    ) -> npt.NDArray[np.float32]:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        # Neighbours of like length need little padding.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), batch_size):
            rows = order[start : start + batch_size]
            vectors[rows] = self._encode([texts[i] for i in rows], query=query)
            if on_batch is not None:
                on_batch(len(rows))
        return vectors

    def _encode(self, texts: list[str], *, query: bool) -> npt.NDArray[np.float32]:
        # Older versions of sentence-transformers strip by themselves; vectors must not depend on that.
        texts = [_encodable(text.strip()) for text in texts]
        # Both methods, not plain ``encode``: models with two towers route by them.
        encode = self._model.encode_query if query else self._model.encode_document
        turn = self._turns.question() if query else self._turns.passages()
        with turn, inference_precision():
            vectors = encode(
                texts,
                batch_size=len(texts),
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=True,
            )
        return np.asarray(vectors, dtype=np.float32)


def _load(directory: Path, setting: str) -> SentenceTransformer:
    with quiet_loading():
        from sentence_transformers import SentenceTransformer

        try:
            # A directory's model must not depend on whether the hub answers.
            return SentenceTransformer(str(directory), device="cpu", local_files_only=True)
        except Exception as error:  # transformers, safetensors and torch each raise their own
            reason = str(error).strip().split("\n")[0][:300] or type(error).__name__
            raise ModelError(f"无法加载模型 {setting}:{reason}") from error


def _declared_prompt(model: SentenceTransformer, names: tuple[str, ...]) -> str:
    """Return the first prompt that the model declares under one of the names, else its default one."""
    prompts: Mapping[str, Any] = model.prompts or {}
    for name in names:
        if prompts.get(name):
            return str(prompts[name])
    default = model.default_prompt_name
    if default is not None and default not in _QUERY_PROMPTS + _PASSAGE_PROMPTS:
        return str(prompts.get(default) or "")
    return ""


def _token_vectors(
    layer: npt.NDArray[np.float32], spans: npt.NDArray[np.int64], prompt_length: int
) -> TokenVectors:
    """Keep the tokens that cover something of the text itself."""
    spans = spans - prompt_length
    own = (spans[:, 1] > np.maximum(spans[:, 0], 0)) & (np.arange(len(spans)) < len(layer))
    vectors = layer[: len(spans)][own[: len(layer)]]
    norms = np.linalg.norm(vectors, axis=1)
    starts = np.maximum(spans[own, 0], 0)
    return TokenVectors(vectors / np.maximum(norms, 1e-9)[:, None], norms, starts, spans[own, 1])


def _file_hashes(directory: Path, models_dir: Path) -> dict[str, str]:
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        hashes = HashCache(models_dir / HASHES)
        return {name: hashes.sha256(directory / name) for name in directory_files(directory)}
    except OSError as error:
        where, why = error.filename or directory, error.strerror or error
        raise ModelError(f"无法读取模型文件 {where}:{why}") from error


def _encodable(text: str) -> str:
    """Replace lone surrogates, which JSON can carry and UTF-8 tokenizers refuse, one character each."""
    return text.encode("utf-8", "replace").decode("utf-8")
