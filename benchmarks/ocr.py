"""How well pictures of pages are read: the character error rate over pages that are rendered with noise.

    python -m benchmarks.ocr [--pages N] [--font FILE] [--json]

The articles of ``benchmarks/pages`` are set in a font, one or two columns a page, then turned a little,
blurred, sprinkled with noise and saved as JPEG, as a scan would be; the degree grows from page to page. The
rate is the edit distance over the printed characters, both without blanks: of all that was read, and of the
text in reading order, so an error of the columns counts too. Needs the extra ``ocr`` and a Chinese font.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import re
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from qa.formats.ocr import read_image
from qa.parsing.bulletin import parse

PAGES = Path(__file__).parent / "pages"
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
_SIZE, _COLUMN, _MARGIN, _GUTTER = 24, 22, 60, 48  # pixels; characters a line
_CHARS = 260
"""Printed on a page, about."""


def render(title: str, body: str, font_file: str, seed: int) -> bytes:
    """Return a JPEG of a page: a headline over one column (even seeds) or two, worse with each seed."""
    random_state = random.Random(seed)
    font, large = ImageFont.truetype(font_file, _SIZE), ImageFont.truetype(font_file, 2 * _SIZE)
    columns = 1 + seed % 2
    text = "\u3000\u3000" + body
    lines = [text[i : i + _COLUMN] for i in range(0, len(text), _COLUMN)]
    rows = -(-len(lines) // columns)
    width = 2 * _MARGIN + 2 * _COLUMN * _SIZE + _GUTTER
    per_line = (width - 2 * _MARGIN) // (2 * _SIZE)
    heads = [title[i : i + per_line] for i in range(0, len(title), per_line)]
    top = _MARGIN + len(heads) * 3 * _SIZE
    image = Image.new("L", (width, top + int(rows * 1.6 * _SIZE) + _MARGIN), 250)
    draw = ImageDraw.Draw(image)
    for i, head in enumerate(heads):
        draw.text((_MARGIN, _MARGIN + i * int(2.4 * _SIZE)), head, 20, large)
    for i, line in enumerate(lines):
        column, row = divmod(i, rows)
        place = (_MARGIN + column * (_COLUMN * _SIZE + _GUTTER), top + int(row * 1.6 * _SIZE))
        draw.text(place, line, 30, font)
    image = image.rotate(random_state.uniform(-0.4, 0.4), Image.Resampling.BICUBIC, fillcolor=250)
    image = image.filter(ImageFilter.GaussianBlur(0.3 + 0.08 * seed))
    noise = np.random.default_rng(seed).normal(0, 6 + 2 * seed, (image.height, image.width))
    noisy = Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))
    file = io.BytesIO()
    noisy.save(file, "JPEG", quality=max(35, 85 - 5 * seed))
    return file.getvalue()


def distance(said: str, meant: str) -> int:
    """Return the edit distance of two strings (Levenshtein)."""
    before = list(range(len(meant) + 1))
    for i, a in enumerate(said, start=1):
        row = [i]
        for j, b in enumerate(meant, start=1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
        before = row
    return before[-1]


def squeezed(text: str) -> str:
    """Return a text without blanks and marks, half-width signs as full-width ones count the same."""
    pairs = str.maketrans(",:;!?()", "，：；！？（）")
    return re.sub(r"[\s#\u3000]", "", text).translate(pairs)


def articles() -> list[tuple[str, str]]:
    """Return headline and the first part of the body of articles, in a fixed order."""
    found = []
    for path in sorted(PAGES.glob("*.txt")):
        for article in parse(path.read_text(encoding="utf-8"), path.name).articles:
            body = article.body.replace("\n", "")[:_CHARS]
            end = max(body.rfind(mark) for mark in "。;；")
            found.append((article.title, body[: end + 1] if end > _CHARS // 2 else body))
    return found[:: max(1, len(found) // 40)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=12)
    parser.add_argument("--font", default=next((font for font in FONTS if Path(font).exists()), None))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if options.font is None:
        parser.error("no Chinese font found: --font FILE, or apt install fonts-noto-cjk")
    results = []
    for seed, (title, body) in enumerate(articles()[: options.pages]):
        picture = render(title, body, options.font, seed)
        printed = squeezed(title + body)
        began = time.perf_counter()
        read = read_image(picture)
        seconds = time.perf_counter() - began
        said = squeezed(read.text)
        confidence = float(re.findall(r"把握 ([\d.]+)", " ".join(read.notes))[0])
        errors = distance(said, printed)
        results.append(
            {"page": seed, "columns": 1 + seed % 2, "characters": len(printed), "errors": errors,
             "cer": round(errors / len(printed), 4), "confidence": confidence, "seconds": round(seconds, 1)}
        )  # fmt: skip
        if not options.json:
            print(results[-1], flush=True)
    total = sum(r["characters"] for r in results)
    summary = {
        "pages": len(results),
        "characters": total,
        "cer": round(sum(r["errors"] for r in results) / total, 4),
    }
    print(json.dumps({"summary": summary, "pages": results}, ensure_ascii=False) if options.json else summary)


if __name__ == "__main__":
    main()
