"""What an update costs when thousands of articles are there already.

    python -m benchmarks.incremental --data DATA [--sizes 1000 10000] [--per-file 1] [--real MODELS]

Each run of the indexer is a process of its own, as ``qa index`` is. Without ``--real`` an encoder that costs
almost nothing stands in for the model, so what is left is the indexer's own work; with it the default model
encodes. Printed for each run: wall-clock and processor seconds, those ``apart`` from encoding new text and
from writing the snapshot, passages encoded, peak memory, processor seconds of each part. ``derive`` makes
the vector and word indexes; ``write`` writes the snapshot, flushes it, reads it back and activates it. At the
end: how the seconds apart grow from the first size to the last, alone and with those of starting a process.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from qa.building.indexing import build_index
from qa.index.vectors import Matrix
from qa.models.encoder import Encoder
from qa.text import sentence_spans

_HEADLINE_CHARS = 60
_SETTLED_S = 3.5  # files touched a moment ago are read again, which is not what a weekly run sees
_CHARS_PER_TOKEN = 1.55  # of the default model, over news


class CheapEncoder:
    """Vectors from hashes of whole texts: next to no time, and nothing to retrieve by."""

    fingerprint = "cheap-1"
    dimension = 384
    max_tokens = 510

    def count_tokens(self, text: str) -> int:
        """Return about as many as the default model counts."""
        return int(len(text) / _CHARS_PER_TOKEN) + 1

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """Return a random unit vector a text, always the same."""
        rows = [np.random.default_rng(hash_of(text)).normal(size=self.dimension) for text in texts]
        vectors = np.array(rows, np.float32).reshape(len(texts), self.dimension)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def encode_passages(
        self, texts: Sequence[str], *, on_batch: Callable[[int], None] | None = None
    ) -> Matrix:
        """Return :meth:`encode_queries` of the texts."""
        if on_batch is not None:
            on_batch(len(texts))
        return self.encode_queries(texts)


def hash_of(text: str) -> int:
    """Return a number that is the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=7).digest(), "little")


def split_corpus(data: Path, folder: Path, articles: int, per_file: int) -> int:
    """Write the first articles of the news corpus as bulletin files; return how many there were."""
    folder.mkdir(parents=True)
    with gzip.open(data / "news" / "news_10k.jsonl.gz", "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line, _ in zip(file, range(articles), strict=False)]
    for at in range(0, len(records), per_file):
        parts = []
        for record in records[at : at + per_file]:
            first = next(iter(sentence_spans(record["body"])), (0, _HEADLINE_CHARS))
            title = " ".join(record["body"][slice(*first)][:_HEADLINE_CHARS].split())
            parts.append(f"# {title}\n\n{record['body']}\n")
        day = f"---\ndate: {records[at]['date']}\n---\n" if records[at]["date"] else ""
        (folder / f"{at:06}.txt").write_text(day + "\n".join(parts), encoding="utf-8")
    return len(records)


def _child(root: Path, real: str | None) -> None:
    encoder = Encoder.load("default", Path(real)) if real else CheapEncoder()
    wall, processor = time.monotonic(), time.process_time()
    started = processor
    report = build_index([Path("seeds")], root / "data", encoder, root=root, seconds=time.process_time)
    print(
        json.dumps(
            {
                "wall": time.monotonic() - wall,
                "processor": time.process_time() - processor,
                "start": started,
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "timings": report.timings,
                "encoded": report.encoded,
                "counts": [
                    len(report.added), len(report.changed), len(report.removed),
                    report.unchanged, len(report.failed),
                ],
                "passages": report.passages,
            }
        )
    )  # fmt: skip


def main() -> None:
    """Build, change one thing at a time, print a line for each run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--per-file", type=int, default=1)
    parser.add_argument("--real", metavar="MODELS", help="folder of the default model")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        _child(args.child, args.real)
        return
    if args.data is None:
        parser.error("--data")
    apart: list[dict[str, float]] = []
    start = 0.0
    for size in args.sizes:
        with tempfile.TemporaryDirectory(prefix="qa-incremental-") as folder:
            root = Path(folder)
            count = split_corpus(args.data, root / "seeds", size, args.per_file)
            print(f"{count} articles, {args.per_file} a file")
            print(f"  {'':14} wall s  proc s   apart  encoded  +/~/-/=/failed       peak MiB  parts (proc s)")
            time.sleep(_SETTLED_S)
            apart.append({})
            for name, change in CHANGES.items():
                change(root / "seeds")
                apart[-1][name], start = _say(name, root, args.real)
    if len(apart) > 1:
        print(f"growth of the seconds apart from {args.sizes[0]} to {args.sizes[-1]} articles")
        for name, last in apart[-1].items():
            first = apart[0][name]
            print(f"  {name:14} {last / first:5.2f}, with the start {(last + start) / (first + start):5.2f}")


def _say(name: str, root: Path, real: str | None) -> tuple[float, float]:
    """Print a line for a run; return its processor seconds apart, and those before it began."""
    command = [sys.executable, "-m", "benchmarks.incremental", "--child", str(root)]
    done = subprocess.run(
        [*command, *(["--real", real] if real else [])],
        stdout=subprocess.PIPE,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    run = json.loads(done.stdout)
    counts = "/".join(map(str, run["counts"]))
    apart = run["processor"] - run["timings"].get("encode", 0) - run["timings"].get("write", 0)
    parts = " ".join(f"{part} {spent:.2f}" for part, spent in run["timings"].items())
    print(
        f"  {name:14} {run['wall']:6.2f}  {run['processor']:6.2f}  {apart:6.2f}  {run['encoded']:7}"
        f"  {counts:19}  {run['peak']:7.0f}  {parts}",
        flush=True,
    )
    return apart, run["start"]


def _nothing(seeds: Path) -> None:
    pass


def _one_more(seeds: Path) -> None:
    text = "# 二七区新建公园开放\n\n本报讯 12月1日,二七区新建的《四季》主题公园开放,区长苏建设到场。\n"
    (seeds / "new.txt").write_text(text, encoding="utf-8")


def _one_changed(seeds: Path) -> None:
    file = sorted(seeds.iterdir())[1]
    file.write_text(file.read_text(encoding="utf-8").rstrip() + "本文已更新。\n", encoding="utf-8")


def _one_removed(seeds: Path) -> None:
    (seeds / "new.txt").unlink()


def _one_moved(seeds: Path) -> None:
    (seeds / "moved").mkdir()
    shutil.move(sorted(seeds.glob("*.txt"))[2], seeds / "moved")


CHANGES: dict[str, Callable[[Path], None]] = {
    "full build": _nothing,
    "nothing": _nothing,
    "one more": _one_more,
    "one changed": _one_changed,
    "one removed": _one_removed,
    "one moved": _one_moved,
    "nothing again": _nothing,
}


if __name__ == "__main__":
    main()
