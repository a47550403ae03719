"""Weights in 8 bits: one signed byte a weight and one scale a row, in a safetensors file.

Rows are rounded symmetrically, as in Dettmers et al., arXiv 2110.02861, without blocks: the error of a weight
is at most 1/254 of its row's largest.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from qa.errors import ModelError

_SCALE = ".scale"
_SMALL = 4096
"""Tensors of fewer weights are kept as they are."""


def pack(weights: Mapping[str, Tensor], path: Path, metadata: Mapping[str, str]) -> None:
    """Write weights to a file; matrices and convolutions in 8 bits, small tensors in 32."""
    packed: dict[str, Tensor] = {}
    for name, weight in weights.items():
        weight = weight.detach().float().contiguous()
        if weight.ndim < 2 or weight.numel() < _SMALL:
            packed[name] = weight
            continue
        rows = weight.flatten(1)
        scale = rows.abs().amax(1).clamp(min=1e-12) / 127
        packed[name] = (rows / scale[:, None]).round().to(torch.int8).view_as(weight)
        packed[name + _SCALE] = scale
    save_file(packed, path, dict(metadata))


def unpack(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Return weights in 32 bits, and the file's metadata.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        with safe_open(path, "pt") as file:
            metadata = dict(file.metadata() or {})
            stored = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  (not a mapping)
    except (OSError, SafetensorError) as error:
        raise ModelError(f"无法读取模型文件 {path}：{error}") from error
    weights = {}
    for name, weight in stored.items():
        if name.endswith(_SCALE):
            continue
        scale = stored.get(name + _SCALE)
        if scale is not None:
            weight = (weight.float().flatten(1) * scale[:, None]).view(weight.shape)
        weights[name] = weight
    return weights, metadata
