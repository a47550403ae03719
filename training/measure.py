"""Measure a span reader on the held-back questions: exact match, F1, containment, telling near misses apart.

    python -m training.measure --data DATA --models data/models [--weights FILE] [--part test] [--limit N]

Exact match and F1 are computed as by the official script of CMRC 2018 (Cui et al., arXiv 1810.07366). Every
context is read in the passages that the service would cut it into; the best span of the passage held
likeliest to answer is taken. Unanswerable questions are the same ones over the context without its
answering sentences ("cut") and over the context of another question ("shuffled").
"""

from __future__ import annotations

import argparse
import random
import re
import string
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from transformers import AutoTokenizer, logging

from qa.index.passages import split
from qa.models.default import ensure_default_model
from qa.models.span_model import READER_FILE, CharacterSpanModel, SpanModel
from qa.text import fold
from qa.types import Article
from training.data import Part, pairs, without_answer

_PUNCTUATION = set(
    string.punctuation
    + "！？｡。＂＃＄％＆＇（）＊＋，－／：；＜＝＞＠［＼］＾＿｀｛｜｝～、《》「」『』【】〔〕–—‘’“”…·"
)
_UNITS = re.compile(r"[a-z0-9]+|\S")


def units(text: str) -> list[str]:
    """Return the official script's tokens: characters, runs of Latin letters and digits."""
    kept = "".join(" " if c in _PUNCTUATION else c for c in fold(text))
    return _UNITS.findall(kept)


def f1(given: str, gold: str) -> float:
    """Return the F1 of the longest common run of tokens, as the official script does."""
    a, b = units(given), units(gold)
    best, row = 0, [0] * (len(b) + 1)
    for x in a:
        row = [0] + [row[j] + 1 if x == y else 0 for j, y in enumerate(b)]
        best = max(best, *row)
    return 2 * best / (len(a) + len(b)) if best else 0.0


@dataclass(frozen=True, slots=True)
class Read:
    """The best span of a context."""

    text: str
    answerable: float
    span: float


def read(model: SpanModel, question: str, title: str, context: str, tokenizer: object) -> Read:
    """Return the best span over a context's passages."""

    def count(text: str) -> int:
        return len(tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"])  # type: ignore[operator]

    passages = split(Article("", title, context, None, None, (), (), "", 0), count, 448)
    found = []
    for passage, p in zip(
        passages, model.predict(question, [(title, p.text) for p in passages]), strict=True
    ):
        start, end, score = p.best(0, len(passage.text))
        found.append(Read(passage.text[start:end], p.answerable, score))
    return max(found, key=lambda r: 2 * r.answerable + r.span)


def area(positive: list[float], negative: list[float]) -> float:
    """Return the area under the ROC curve."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score([1] * len(positive) + [0] * len(negative), positive + negative))


def main() -> None:
    """Print a line for each source."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    parser.add_argument("--weights", type=Path, default=READER_FILE)
    parser.add_argument("--part", choices=["calibration", "test"], default="test")
    parser.add_argument("--limit", type=int, help="questions of each source")
    args = parser.parse_args()
    logging.set_verbosity_error()
    directory = ensure_default_model(args.models)
    tokenizer = AutoTokenizer.from_pretrained(directory)
    model = CharacterSpanModel.load(directory, args.weights)
    part: Part = args.part
    for source in ("cmrc", "news"):
        chosen = [p for p in pairs(args.data, part) if p.source == source]
        random.Random(3).shuffle(chosen)
        chosen = chosen[: args.limit]
        exact, partial, contained, yes, cut, other = [], [], [], [], [], []
        for number, pair in enumerate(chosen):
            r = read(model, pair.question, pair.title, pair.context, tokenizer)
            given = "".join(units(r.text))
            golds = ["".join(units(a)) for a in pair.answers]
            exact.append(given in golds)
            partial.append(max(f1(r.text, a) for a in pair.answers))
            contained.append(any(given and (given in g or g in given) for g in golds))
            yes.append(r.answerable)
            stranger = chosen[(number + len(chosen) // 2) % len(chosen)]
            other.append(read(model, pair.question, stranger.title, stranger.context, tokenizer).answerable)
            rest = without_answer(pair)
            if len(rest) > 30:
                cut.append(read(model, pair.question, pair.title, rest, tokenizer).answerable)
        at5 = np.quantile(yes, 0.05)
        print(
            f"{source:5} {len(chosen)} questions: EM {np.mean(exact):.3f} F1 {np.mean(partial):.3f} contained"
            f" {np.mean(contained):.3f} | near misses: auc {area(yes, cut):.3f}, refused at 5% false"
            f" {np.mean(np.array(cut) < at5):.3f} | shuffled: auc {area(yes, other):.3f}, refused"
            f" {np.mean(np.array(other) < at5):.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
