"""Whether and how models compute in 16 bits."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache


@lru_cache(maxsize=1)
def native_bfloat16() -> bool:
    """Tell whether the processor multiplies in bfloat16 itself; emulating it would be slower than 32 bits."""
    import torch

    describe = getattr(torch.cpu, "get_capabilities", None)  # older versions of torch cannot tell
    capabilities = describe() if describe is not None else {}
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))


def inference_precision() -> AbstractContextManager[object]:
    """Compute matrix products in bfloat16 where the processor can, as PyTorch's autocast does.

    Seen on two Zen 5 cores: passages encoded 3.5 times as fast, cosine to 32-bit vectors at least 0.99999.
    """
    import torch

    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=native_bfloat16())
