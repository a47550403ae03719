"""PDF files: the text layer where there is one, OCR of pages that are pictures."""

from __future__ import annotations

import ctypes
import math
import re
import statistics
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from qa.errors import BulletinError
from qa.formats.content import Decoded
from qa.formats.encoding import reads_as_chinese
from qa.formats.extras import MissingExtraError, load
from qa.formats.page_layout import PrintedPage, Run, Scale, text_of

MAX_PAGES = 500
_FEW_CHARS = 10
_BOLD = 600
_BOLD_NAME = re.compile(rb"Bold|Black|Heavy|SimHei|Heiti", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_DPI = 200
_MAX_SIDE = 5000
"""Pixels of a page's longer side when it is read as a picture."""
_PDFIUM = threading.Lock()  # PDFium is not made for threads


def read_pdf(data: bytes) -> Decoded:
    """Return the text of a PDF; pages without text are read by OCR where that is installed.

    Raises:
        BulletinError: not a PDF, damaged, locked by a password, too many pages, or without text; or what
            reads it is not installed.
    """
    pdfium = load("pypdfium2", "pdf", " PDF 文件")
    with _PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            locked = "password" in str(error).lower()
            raise BulletinError("PDF 文件有密码,打不开" if locked else "PDF 文件已损坏,打不开") from error
        try:
            return _read(document, pdfium)
        except pdfium.PdfiumError as error:
            raise BulletinError("PDF 文件已损坏,读不出其中的页") from error
        finally:
            document.close()


def _read(document: Any, pdfium: Any) -> Decoded:
    if len(document) > MAX_PAGES:
        raise BulletinError(f"PDF 有 {len(document)} 页,上限 {MAX_PAGES} 页,没有读取")
    pages: list[PrintedPage] = []
    pictures: list[int] = []
    notes: list[str] = []
    waiting: list[int] = []
    missing: MissingExtraError | None = None
    for number, page in enumerate(document, start=1):
        printed = PrintedPage(tuple(_merged(list(_runs(page, pdfium)))), page.get_height())
        text = "".join(run.text for run in printed.runs)
        if _readable(text) or not _has_picture(page, pdfium, text):
            pages.append(printed)
            continue
        try:
            printed, remarks = _recognised(page, number)
        except MissingExtraError as error:
            missing = error
            waiting.append(number)
        else:
            pages.append(printed)
            pictures.append(number)
            notes += remarks
    if missing and not any(page.runs for page in pages):
        raise missing
    if waiting:
        notes.append(f"第 {_numbers(waiting)} 页是图片,还没有读;{missing}")
    if pictures:
        notes.insert(0, f"第 {_numbers(pictures)} 页是图片,文字由 OCR 识别")
    scanned = len(pictures) > len(pages) / 2
    text = text_of(pages, SCANNED if scanned else Scale())
    if not text.strip():
        raise BulletinError("PDF 里没有文字")
    return Decoded(text, "PDF", tuple(notes), complete=not waiting)


SCANNED = Scale(headline=1.4, beside=1.25)
"""Sizes measured on a picture are rough."""


def _readable(text: str) -> bool:
    """Tell whether a text layer is text: fonts without a mapping to Unicode give gibberish."""
    private = sum("\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in text)
    return len(text) >= _FEW_CHARS and private < 0.1 * len(text) and reads_as_chinese(text)


def _has_picture(page: Any, pdfium: Any, text: str) -> bool:
    """Tell whether a page without readable text shows something that OCR may read."""
    kinds = {pdfium.raw.FPDF_PAGEOBJ_IMAGE, pdfium.raw.FPDF_PAGEOBJ_PATH}
    return bool(text) or any(item.type in kinds for item in page.get_objects(max_depth=3))


def _recognised(page: Any, number: int) -> tuple[PrintedPage, list[str]]:
    from qa.formats import ocr

    ocr.require()
    scale = min(_DPI / 72, _MAX_SIDE / max(page.get_size()))
    found = ocr.recognise(page.render(scale=scale, grayscale=False).to_numpy())
    return found.page, found.remarks(f"第 {number} 页")


def _runs(page: Any, pdfium: Any) -> Iterator[Run]:
    """Yield runs of a page's glyphs in the order of the file; a run has no gap wider than a character."""
    raw = pdfium.raw
    height = page.get_height()
    text_page = page.get_textpage()
    left, bottom, _, _ = page.get_cropbox()
    origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
    line: list[_Glyph] = []
    blank = False
    for index in range(text_page.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text_page, index))
        if char.isspace() or not char.isprintable():
            blank = blank or char in " \u3000\xa0"
            continue
        em = _em(raw, text_page, index)
        if em <= 0:
            continue
        # Fonts differ in how tall they say they are; lines are told by where their characters stand.
        x0, _, x1, _ = text_page.get_charbox(index, loose=True)
        raw.FPDFText_GetCharOrigin(text_page, index, origin_x, origin_y)
        base = height - (origin_y.value - bottom)
        glyph = _Glyph(_letter(char), x0 - left, x1 - left, base, em, blank, _is_bold(raw, text_page, index))
        blank = False
        if line and not _beside(line[-1], glyph):
            yield _run(line)
            line = []
        line.append(glyph)
    if line:
        yield _run(line)


@dataclass(frozen=True, slots=True)
class _Glyph:
    char: str
    x0: float
    x1: float
    base: float
    """Where its line stands; grows downwards."""
    em: float
    blank: bool
    """Whether a blank comes before it, typed or seen by PDFium."""
    bold: bool


def _beside(before: _Glyph, glyph: _Glyph) -> bool:
    em = glyph.em
    same_line = abs(glyph.base - before.base) < 0.3 * em and abs(em - before.em) < 0.12 * em
    return same_line and -0.5 * em < glyph.x0 - before.x1 < 0.9 * em


def _run(line: list[_Glyph]) -> Run:
    """Put the glyphs of a run together, with the blanks that are wider than a justified line's gaps."""
    em = line[0].em
    gaps = [max(0.0, (b.x0 - a.x1) / em) for a, b in pairwise(line)]
    usual = statistics.median(gaps) if gaps else 0.0
    text = line[0].char
    for before, glyph, gap in zip(line, line[1:], gaps, strict=False):
        latin, other = before.char.isascii(), glyph.char.isascii()
        # Typesetters put a quarter of an em between ideographs and figures.
        wide = gap > usual + (0.4 if latin != other else 0.15)
        text += (" " if glyph.blank and (wide or (latin and other)) else "") + glyph.char
    base = line[0].base
    bold = sum(glyph.bold for glyph in line) > len(line) / 2
    return Run(text, line[0].x0, base - 0.88 * em, line[-1].x1, base + 0.12 * em, em, bold)


def _em(raw: Any, text_page: Any, index: int) -> float:
    """Return the size that a character is printed in, in points."""
    matrix = raw.FS_MATRIX()
    scale = 1.0
    if raw.FPDFText_GetMatrix(text_page, index, matrix):
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) or 1.0
    return float(raw.FPDFText_GetFontSize(text_page, index)) * scale


def _letter(char: str) -> str:
    """Return an ideograph for a radical of the same shape, which browsers print in its stead."""
    radical = "\u2e80" <= char <= "\u2fdf" or "\ufb00" <= char <= "\ufb06"
    return unicodedata.normalize("NFKC", char) if radical else char


def _is_bold(raw: Any, text_page: Any, index: int) -> bool:
    name = ctypes.create_string_buffer(200)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page, index, name, len(name), flags)
    weight = raw.FPDFText_GetFontWeight(text_page, index)
    return weight >= _BOLD or _BOLD_NAME.search(name.value) is not None or bool(flags.value & _FORCE_BOLD)


def _merged(runs: list[Run]) -> list[Run]:
    """Put runs together that stand side by side on a line but apart in the file."""
    merged: list[Run] = []
    for run in sorted(runs, key=lambda run: (round((run.y0 + run.y1) / 2 / max(run.size, 1)), run.x0)):
        last = merged[-1] if merged else None
        if (
            last
            and abs((last.y0 + last.y1) - (run.y0 + run.y1)) < 0.6 * run.size
            and abs(last.size - run.size) < 0.25 * run.size
            and -0.3 * run.size < run.x0 - last.x1 < 0.9 * run.size
        ):
            gap = " " if run.x0 - last.x1 > 0.35 * run.size else ""
            merged[-1] = Run(
                last.text + gap + run.text,
                last.x0,
                min(last.y0, run.y0),
                run.x1,
                max(last.y1, run.y1),
                max(last.size, run.size),
                last.bold and run.bold,
            )
        else:
            merged.append(run)
    return merged


def _numbers(numbers: list[int]) -> str:
    return "、".join(map(str, numbers))
