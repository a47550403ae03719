"""Pack a trained reader into 8 bits for the package.

python -m training.pack RUN/model.safetensors qa/models/reader.safetensors
"""

from __future__ import annotations

import argparse
from pathlib import Path

from safetensors import safe_open

from qa.models.packed import pack


def main() -> None:
    """Read, pack, print the size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    args = parser.parse_args()
    with safe_open(args.source, "pt") as file:
        weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        metadata = dict(file.metadata() or {})
    pack(weights, args.target, metadata)
    print(f"{args.target}: {args.target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
