"""Give the library's articles the passages and vectors they lack, in small commits.

A run that is killed loses at most the commit it was in; the next one goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from qa.errors import ModelError
from qa.index.passages import SPLITTER_VERSION, encoder_text, split, vector_key
from qa.index.vectors import Embedder, unit_rows
from qa.storage.library import Library, Piece, SplitKey
from qa.types import Article, Progress

_SPLIT_COMMIT = 200
"""Articles whose passages are committed together."""
_ENCODE_COMMIT = 128
"""Passages whose vectors are committed together."""
Read = Callable[[Collection[str]], Mapping[str, Article]]
"""Returns articles, those of some identifiers among them."""


def split_key(encoder: Embedder) -> SplitKey:
    """Return what decides the passages and vectors of an article under a model."""
    return SplitKey(f"{SPLITTER_VERSION}/{encoder.max_tokens}", encoder.fingerprint)


def add_passages(library: Library, encoder: Embedder, identifiers: Collection[str], read: Read) -> None:
    """Split those of some articles that are not split yet."""
    key = split_key(encoder)
    already = library.split_articles(key, identifiers)
    wanted = [identifier for identifier in identifiers if identifier not in already]
    articles = read(wanted)
    missing = [articles[identifier] for identifier in wanted]
    for at in range(0, len(missing), _SPLIT_COMMIT):
        pieces = [
            Piece(passage, vector_key(article.title, passage.text))
            for article in missing[at : at + _SPLIT_COMMIT]
            for passage in split(article, encoder.count_tokens, encoder.max_tokens)
        ]
        library.put_pieces(key, pieces)


def add_vectors(library: Library, encoder: Embedder, read: Read, progress: Callable[[Progress], None]) -> int:
    """Encode the passages whose vectors are missing; return how many.

    Raises:
        ModelError: the model returns another shape, or vectors that are not of length 1.
    """
    key = split_key(encoder)
    unencoded = library.unencoded(key)
    by_id = read({article for _, article, *_ in unencoded})
    texts = {
        vector_key: encoder_text(by_id[article].title, by_id[article].body[start:end])
        for vector_key, article, start, end in unencoded
    }
    # Texts of like length share a batch: less padding.
    missing = sorted(texts, key=lambda vector_key: (len(texts[vector_key]), vector_key))
    done = 0

    def on_batch(size: int) -> None:
        nonlocal done
        done += size
        progress(Progress("encode", done, len(missing)))

    if missing:
        on_batch(0)
    for at in range(0, len(missing), _ENCODE_COMMIT):
        batch = missing[at : at + _ENCODE_COMMIT]
        vectors = encoder.encode_passages([texts[vector_key] for vector_key in batch], on_batch=on_batch)
        if vectors.shape != (len(batch), encoder.dimension) or not unit_rows(vectors):
            raise ModelError(f"句向量模型给出的向量无效:形状 {vectors.shape},或长度不为 1")
        library.put_vectors(key.fingerprint, batch, vectors)
    return len(missing)
