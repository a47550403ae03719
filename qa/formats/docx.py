"""Word documents (.docx): heading styles open articles, tables become rows of text."""

from __future__ import annotations

import io
import statistics
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qa.errors import BulletinError
from qa.formats.content import Decoded
from qa.formats.extras import load
from qa.formats.grid import LONG, Cell, filled

MAX_UNPACKED = 300 * 2**20
"""Bytes of a document's parts, pictures included."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADLINE_CHARS = 60


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    level: int
    """1, 2: opens an article; 3 and more: a heading within; 0: running text; -1: a sub-headline."""
    size: float
    centred: bool


def read_docx(data: bytes) -> Decoded:
    """Return the text of a Word document as a bulletin page.

    Where no paragraph has a heading style, centred lines in a larger type are headlines. Deletions that
    are only tracked are not read, insertions are; headers and footers are not.

    Raises:
        BulletinError: not a .docx, damaged, or too large unpacked; or what reads it is not installed.
    """
    docx = load("docx", "docx", " Word 文档")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BulletinError("是旧版 Word 文档(.doc)或有密码的文档,请用 Word 或 WPS 另存为 .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > MAX_UNPACKED:
            raise BulletinError(f"Word 文档解压后太大({size / 2**20:.0f} MB),没有读取")
        document = docx.Document(io.BytesIO(data))
        blocks = list(_blocks(document, document.element.body))
    except BulletinError:
        raise
    except Exception as error:  # python-docx and lxml raise many kinds for damaged files
        raise BulletinError("Word 文档已损坏,或不是 .docx") from error
    paragraphs = [block for block in blocks if isinstance(block, _Paragraph)]
    if not any(1 <= p.level <= 2 for p in paragraphs):
        blocks = _headlines_by_look(blocks)
    return Decoded("".join(_rendered(blocks)), "Word 文档")


def _blocks(document: Any, parent: Any) -> Iterator[_Paragraph | list[list[str]]]:
    """Yield a part's paragraphs and tables in the order of the text."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield _paragraph(document, child)
            for box in child.iter(f"{_W}txbxContent"):
                if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
                    yield from _blocks(document, box)
        elif child.tag == f"{_W}tbl":
            rows = [list(_own(row, "tc")) for row in _own(child, "tr")]
            cells = [[_cell(cell) for cell in row] for row in rows]
            if _is_frame(cells):
                for row in rows:
                    for cell in row:
                        yield from _blocks(document, cell)
            else:
                yield filled(cells)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _blocks(document, child)


def _own(parent: Any, kind: str) -> Iterator[Any]:
    """Yield a table's rows or a row's cells, those of a table within them left out."""
    for child in parent:
        if child.tag == f"{_W}{kind}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _own(child, kind)


def _cell(element: Any) -> Cell:
    text = " ".join(" ".join(_text(p) for p in element.iter(f"{_W}p")).split())
    span = element.find(f"{_W}tcPr/{_W}gridSpan")
    merged = element.find(f"{_W}tcPr/{_W}vMerge")
    across = span.get(f"{_W}val", "") if span is not None else ""
    goes_on = merged is not None and merged.get(f"{_W}val") != "restart"
    return Cell(text, int(across) if across.isdecimal() else 1, goes_on=goes_on)


def _is_frame(rows: list[list[Cell]]) -> bool:
    """Tell a frame around text from a table; below a title, only running text in columns is framed."""
    if not rows or len(rows[0]) != 1:
        return False
    several = [cell for row in rows if len(row) > 1 for cell in row]
    return not several or any(len(cell.text) > LONG for cell in several)


def _text(paragraph: Any) -> str:
    """Return a paragraph's text, that of text boxes and of tracked deletions left out."""
    parts = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        inside = next(node.iterancestors(f"{_W}p"))
        if inside is not paragraph or node.getparent().tag == f"{_W}tabs":
            continue
        kind = node.tag.removeprefix(_W)
        parts.append({"t": node.text or "", "tab": "\t", "noBreakHyphen": "-"}.get(kind, "\n"))
    return "".join(parts)


def _paragraph(document: Any, element: Any) -> _Paragraph:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.text.paragraph import Paragraph

    paragraph = Paragraph(element, document._body)
    sizes = [run.font.size.pt for run in paragraph.runs if run.text.strip() and run.font.size is not None]
    size = statistics.median(sizes) if sizes else 0.0
    style = paragraph.style
    name, level, centred = "", 0, paragraph.alignment
    while style is not None:
        size = size or (style.font.size.pt if style.font.size is not None else 0.0)
        centred = centred if centred is not None else style.paragraph_format.alignment
        name = (style.name or "").lower()
        level = level or _level(name)
        style = style.base_style
    return _Paragraph(_text(element).strip(), level, size, centred == WD_ALIGN_PARAGRAPH.CENTER)


def _level(style: str) -> int:
    if style in ("title", "标题", "文章标题"):
        return 1
    if style in ("subtitle", "副标题", "副题"):
        return -1
    for prefix in ("heading ", "标题 ", "标题"):
        if style.startswith(prefix) and style.removeprefix(prefix)[:1].isdigit():
            return int(style.removeprefix(prefix)[0])
    return 0


def _headlines_by_look(
    blocks: list[_Paragraph | list[list[str]]],
) -> list[_Paragraph | list[list[str]]]:
    """Take centred lines in a larger type than most for headlines."""
    sizes = [b.size for b in blocks if isinstance(b, _Paragraph) for _ in b.text]
    body = statistics.median(sizes) if sizes else 0.0
    return [
        _Paragraph(block.text, 1, block.size, centred=True)
        if isinstance(block, _Paragraph)
        and block.centred
        and block.size > 1.15 * body
        and 0 < len(block.text) <= _HEADLINE_CHARS
        else block
        for block in blocks
    ]


def _rendered(blocks: list[_Paragraph | list[list[str]]]) -> Iterator[str]:
    """Yield the page's text; headings that follow each other at once are one headline."""
    before = 0
    for block in blocks:
        if not isinstance(block, _Paragraph):
            rows = "\n".join(map("\t".join, filter(None, block)))
            yield f"\n{rows}\n\n"
            before = 0
        elif block.text:
            opens = 1 <= block.level <= 2 or (block.level == -1 and before > 0)
            if opens:
                title = " ".join(block.text.split())
                yield f"{'' if before and block.level in (before, -1) else chr(10)}## {title}\n"
            else:
                yield f"\n{'### ' if block.level > 2 else ''}{block.text}\n"
            before = (before if block.level == -1 else block.level) if opens else 0
