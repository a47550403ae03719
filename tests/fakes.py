"""A model-free encoder: fast, deterministic, similar for texts that share character bigrams."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray


class HashEncoder:
    """Hash a text's character bigrams into a normalised vector; count the passages it encodes.

    Two with another ``fingerprint`` give other vectors; ``before_batch`` runs before each batch, so
    that a test can let a build die in the middle.
    """

    def __init__(self, fingerprint: str = "fake-1", dimension: int = 64, max_tokens: int = 128) -> None:
        self.fingerprint = fingerprint
        self.dimension = dimension
        self.max_tokens = max_tokens
        self.encoded: list[str] = []
        self.before_batch: Callable[[], None] = lambda: None

    def count_tokens(self, text: str) -> int:
        return len(text)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return (
            np.stack([self._vector(t) for t in texts]) if texts else np.empty((0, self.dimension), np.float32)
        )

    def encode_passages(
        self, texts: Sequence[str], batch_size: int = 16, on_batch: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        for at in range(0, len(texts), batch_size):
            self.before_batch()
            self.encoded.extend(texts[at : at + batch_size])
            if on_batch:
                on_batch(len(texts[at : at + batch_size]))
        return self.encode_queries(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self.dimension, np.float32)
        vector[0] = 0.1  # so that a text without bigrams has a direction too
        for i in range(len(text) - 1):
            digest = hashlib.blake2b(f"{self.fingerprint}{text[i : i + 2]}".encode(), digest_size=8).digest()
            vector[int.from_bytes(digest[:4], "little") % self.dimension] += 1.0 if digest[4] & 1 else -1.0
        if not vector.any():
            vector[0] = 1.0
        return vector / np.linalg.norm(vector)
