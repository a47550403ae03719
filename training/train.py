"""Train the reader, with checkpoints; the same command goes on where an interrupted run stopped.

    python -m training.train --data DATA --models data/models --out RUN --minutes 80
    python -m training.train … --initial RUN/model.safetensors --rate 0.6 --pages 1 2 3 7 8 --written
    torchrun --nproc-per-node 2 -m training.train …   (a thread a process: better on shared cores)

The second line is a second stage that mixes in questions written by hand, in everyday words, half of them
near misses. Twelve layers are fine-tuned from the default encoder, its embeddings stay as they are. The
learning rate follows the clock, so a run ends on time at any speed. ``RUN/model.safetensors`` is the result,
to be measured by ``training.measure`` and packed by ``training.pack``.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
import torch.distributed as dist
from safetensors.torch import load_file, save_file
from torch.nn.parallel import DistributedDataParallel
from transformers import AutoTokenizer, logging

from qa.models.character_reader import BertForCharacterQuestionAnswering, Window, WindowEncoder, collate
from qa.models.default import ensure_default_model
from qa.text import Segmenter
from training.data import pairs, unlabelled
from training.examples import Example, Mixture
from training.pages import PageExamples, measured_pages, written_questions
from training.retrieved import RetrievedMisses

BATCH = 16
ENCODER_RATE, HEAD_RATE = 1.2e-4, 8e-4
WARM_UP = 0.04
CHECKPOINT_SECONDS = 300


def windows(
    examples: Iterator[Example],
    encoder: WindowEncoder,
    rng: random.Random,
    batch: int,
    order: random.Random,
) -> Iterator[list[tuple[Window, Example]]]:
    """Yield batches of windows of like length.

    ``order`` is the same for all processes, so that none waits for another's longer windows.
    """
    while True:
        pool = []
        while len(pool) < batch * 8:
            example = next(examples)
            head = f"{example.title}\n" if example.title else ""
            # Readers leave out the question mark as often as not.
            question = example.question.rstrip("?") if rng.random() < 0.3 else example.question
            read = encoder.encode(question, head + example.text, len(head))
            if example.start >= 0 and not read.char_mask[len(head) + example.end - 1]:
                continue  # the answer is beyond the window
            pool.append((read, example))
        pool.sort(key=lambda item: len(item[0].input_ids))
        batches = [pool[i : i + batch] for i in range(0, len(pool), batch)]
        order.shuffle(batches)
        yield from batches


def mixed(
    general: Iterator[Example],
    others: Sequence[tuple[float, PageExamples | RetrievedMisses]],
    rng: random.Random,
) -> Iterator[Example]:
    """Mix shares of other examples into a stream."""
    shares = [share for share, _ in others]
    streams = [general, *(stream for _, stream in others)]
    while True:
        yield next(rng.choices(streams, [1 - sum(shares), *shares])[0])


def targets(batch: list[tuple[Window, Example]]) -> dict[str, torch.Tensor]:
    """Return the labels of a batch."""
    rows = []
    for _, e in batch:
        shift = len(e.title) + 1 if e.title else 0
        rows.append((e.start + shift, e.end - 1 + shift, 1) if e.start >= 0 else (0, 0, 0))
    start, end, answerable = zip(*rows, strict=True)
    return {
        "start_positions": torch.tensor(start),
        "end_positions": torch.tensor(end),
        "answerable": torch.tensor(answerable),
    }


def rate(done: float) -> float:
    """Return the factor of the learning rates after a share of the time: warm-up, then linear to zero."""
    return min(done / WARM_UP, max(1 - done, 0.0) / (1 - WARM_UP))


def main() -> None:
    """Train until the time is up."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--initial", type=Path, help="weights to go on from, for a second stage")
    parser.add_argument("--rate", type=float, default=1.0, help="factor of the learning rates")
    parser.add_argument("--pages", type=int, nargs="*", default=[], help="measured pages to mix in")
    parser.add_argument("--written", action="store_true", help="mix in the questions of training/written")
    parser.add_argument(
        "--more", nargs="*", default=[], help="patterns of written sets that count once more, each time named"
    )
    parser.add_argument("--share", type=float, default=0.5, help="of what is mixed in")
    parser.add_argument(
        "--retrieved", type=float, default=0.0, help="share of near misses that BM25 finds in other articles"
    )
    args = parser.parse_args()
    rank, world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
    if world > 1:
        torch.set_num_threads(1)
        dist.init_process_group("gloo")
    logging.set_verbosity_error()
    args.out.mkdir(parents=True, exist_ok=True)
    directory = ensure_default_model(args.models)
    tokenizer = AutoTokenizer.from_pretrained(directory)
    model = BertForCharacterQuestionAnswering.from_pretrained(directory)
    model.bert.embeddings.requires_grad_(False)
    body = list(model.bert.encoder.parameters())
    head = [p for n, p in model.named_parameters() if not n.startswith("bert.")]
    optimizer = torch.optim.AdamW(
        [
            {"params": body, "lr": ENCODER_RATE, "full": ENCODER_RATE},
            {"params": head, "lr": HEAD_RATE, "full": HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    if args.initial:
        model.load_state_dict(load_file(args.initial), strict=False)
    step, elapsed = 0, 0.0
    checkpoint = args.out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"], strict=False)
        optimizer.load_state_dict(saved["optimizer"])
        step, elapsed = saved["step"], saved["elapsed"]
    random.seed(args.seed)
    trained = DistributedDataParallel(model) if world > 1 else model
    seed = args.seed + 1000 * step + rank
    rng = random.Random(seed)
    known, news = pairs(args.data, "train"), unlabelled(args.data, "train")
    asked, misses = measured_pages(args.pages)
    if args.written:
        more_asked, more_misses = written_questions(args.data, args.more)
        asked, misses = asked + more_asked, misses + more_misses
    others: list[tuple[float, PageExamples | RetrievedMisses]] = []
    if asked:
        others.append((args.share, PageExamples(asked, misses, rng)))
    if args.retrieved:
        searched = [p for p in (*asked, *known) if p.source in ("page", "news")]
        articles = list(dict.fromkeys([(p.title, p.context) for p in searched] + [("", b) for b in news]))
        others.append((args.retrieved, RetrievedMisses(searched, articles, Segmenter(), rng)))
    stream = mixed(Mixture(known, news, seed), others, rng)
    order = random.Random(args.seed + step)
    batches = windows(stream, WindowEncoder(tokenizer), random.Random(seed), BATCH // world, order)
    began, saved_at = time.monotonic() - elapsed, elapsed
    model.train()
    running = None
    while True:
        elapsed = time.monotonic() - began
        done = torch.tensor(elapsed / (60 * args.minutes))
        if world > 1:
            dist.broadcast(done, 0)  # all stop, and slow down, together
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["full"] * args.rate * rate(max(float(done), 1e-3))
        batch = next(batches)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = trained(**collate([w for w, _ in batch], tokenizer.pad_token_id), **targets(batch)).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(body + head, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        if rank:
            continue
        if not math.isfinite(loss.item()):
            raise SystemExit(f"the loss is {loss.item()} at step {step}")
        running = loss.item() if running is None else 0.98 * running + 0.02 * loss.item()
        if step % 20 == 0:
            print(
                f"step {step} examples {step * BATCH} {elapsed / 60:.1f} min loss {running:.3f}", flush=True
            )
        if elapsed - saved_at > CHECKPOINT_SECONDS:
            saved_at = elapsed
            state = {k: v for k, v in model.state_dict().items() if not k.startswith("bert.embeddings.")}
            part = checkpoint.with_suffix(".part")
            torch.save(
                {"model": state, "optimizer": optimizer.state_dict(), "step": step, "elapsed": elapsed}, part
            )
            part.replace(checkpoint)
    if rank == 0:
        state = {
            k: v.contiguous() for k, v in model.state_dict().items() if not k.startswith("bert.embeddings.")
        }
        save_file(state, args.out / "model.safetensors", {"steps": str(step), "minutes": str(args.minutes)})
        print(f"done: {step} steps, {step * BATCH} examples", flush=True)


if __name__ == "__main__":
    main()
