"""Pictures of pages become text by optical character recognition, with a confidence."""

from __future__ import annotations

import io
import logging
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from qa.errors import BulletinError
from qa.formats.content import Decoded
from qa.formats.extras import load
from qa.formats.page_layout import PrintedPage, Run, Scale, text_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_PIXELS = 60_000_000
"""An A3 page at 300 dots an inch has 17 million."""
REVIEW_BELOW = 0.9
"""Mean confidence of a page's characters below which a person should look at it."""
_SCANNED = Scale(headline=1.4, beside=1.25)
_MAX_SIDE = 5000
_ENGINE = threading.Lock()


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was found on a picture."""

    page: PrintedPage
    confidence: float
    """Mean over the characters, 0 to 1; 0 where nothing was found."""

    def remarks(self, what: str) -> list[str]:
        """Return what an editor should know, in Chinese; ``what`` names the page."""
        if not self.page.runs:
            return [f"{what}没有识别出文字,请人工核对"]
        review = ",偏低,请人工核对" if self.confidence < REVIEW_BELOW else ""
        return [f"{what}识别把握 {self.confidence:.2f}{review}"]


def read_image(data: bytes) -> Decoded:
    """Return the text of a page's picture (PNG, JPEG).

    Raises:
        BulletinError: not a picture, damaged, too large, or nothing was recognised; or what reads it is
            not installed.
    """
    require()
    found = recognise(_pixels(data))
    text = text_of([found.page], _SCANNED)
    if not text.strip():
        raise BulletinError("图片里没有识别出文字")
    return Decoded(text, "图片", ("文字由 OCR 识别", *found.remarks("整页")))


def require() -> None:
    """Check that what recognises characters is installed.

    Raises:
        MissingExtraError: it is not.
    """
    load("onnxruntime", "ocr", "图片和扫描件")
    load("rapidocr", "ocr", "图片和扫描件")


def recognise(pixels: NDArray[np.uint8]) -> Recognised:
    """Return the lines of text on a picture: ``(height, width, 3)``, blue, green, red."""
    with _ENGINE:
        found = _engine()(pixels)
    height = float(pixels.shape[0])
    if found.boxes is None:
        return Recognised(PrintedPage((), height), 0.0)
    runs = []
    weighed = chars = 0.0
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        if not text.strip():
            continue
        xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
        runs.append(Run(text.strip(), min(xs), min(ys), max(xs), max(ys), max(ys) - min(ys)))
        weighed += score * len(text)
        chars += len(text)
    return Recognised(PrintedPage(tuple(runs), height), weighed / chars if chars else 0.0)


def _pixels(data: bytes) -> NDArray[np.uint8]:
    import numpy as np

    image_module = load("PIL.Image", "ocr", "图片")
    operations = load("PIL.ImageOps", "ocr", "图片")
    try:
        with image_module.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MAX_PIXELS:
                raise BulletinError(
                    f"图片太大({image.width}×{image.height},上限 {MAX_PIXELS // 10**6} 百万像素),没有读取"
                )
            upright = operations.exif_transpose(image).convert("RGBA")
    except (OSError, SyntaxError, ValueError, image_module.DecompressionBombError) as error:
        raise BulletinError("图片已损坏,或不是 PNG、JPEG 图片") from error
    paper = image_module.new("RGBA", upright.size, "white")
    paper.alpha_composite(upright)
    return np.ascontiguousarray(np.asarray(paper.convert("RGB"))[:, :, ::-1])


@lru_cache(maxsize=1)
def _engine() -> Any:
    """Return the recogniser with the Chinese models that its wheel carries."""
    rapidocr = load("rapidocr", "ocr", "图片和扫描件")
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.max_side_len": _MAX_SIDE,
            "Det.limit_side_len": 960,
            "Det.limit_type": "min",
        }
    )
