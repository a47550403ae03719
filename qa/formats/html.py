"""Web pages: the main text only, without navigation, advertisements and footers."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator
from typing import Any

from qa.errors import BulletinError
from qa.formats.content import Decoded
from qa.formats.encoding import decode_text
from qa.formats.extras import load
from qa.formats.grid import LONG, Cell, filled

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_NAMES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}
_TITLE_METAS = ("articletitle", "og:title")
_DATE_METAS = ("pubdate", "publishdate", "article:published_time", "og:published_time", "date")
_DATE = re.compile(r"((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")
_TITLE_CUT = re.compile(r"\s*(?:[_|｜]+|\s[-–—]\s|--+)\s*")
_SITE = re.compile(
    r"(?:网站?|政府|门户|[日晚时早]报|报社?|客户端|频道|平台|在线|融媒体?|电视台|广播台|中心|委员会|[^网]局)$"
)
_SITE_CHARS, _SECTION_CHARS, _TITLE_CHARS = 20, 6, 6
_START = 20  # characters that tell a paragraph from others
_BLOCKS = frozenset({"p", "quote", "item", "code", "ab", "fw"})


def read_html(data: bytes) -> Decoded:
    """Return the main text of a web page as a bulletin page; its day from the page's metadata.

    Raises:
        BulletinError: binary, in an encoding that is not known, or without a main text; or what reads it is
            not installed.
    """
    trafilatura = load("trafilatura", "html", "网页")
    html = load("lxml.html", "html", "网页")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    decoded = _decode(data)
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded.text)
    try:
        tree = html.fromstring(source)
    except Exception as error:  # lxml raises several kinds
        raise BulletinError("网页已损坏,读不出内容") from error
    metas = {
        (meta.get("name") or meta.get("property") or "").lower(): (meta.get("content") or "").strip()
        for meta in tree.iter("meta")
    }
    main = html.fromstring(source)
    _fill_tables(main)
    found = trafilatura.bare_extraction(
        main,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=False,
    )
    body = found.body if found is not None else None
    lines = list(_lines(body)) if body is not None else []
    if not any(line.strip("# \t") for line in lines):
        raise BulletinError("网页里没有找到正文")
    _put_headings_back(tree, lines)
    title = _title(tree, metas)
    if not any(line.startswith("## ") for line in lines):
        lines = [f"## {title}", *(line for line in lines if line != title)] if title else lines
    elif not lines[0].startswith("## ") and title:
        lines.insert(0, f"## {title}")
    day = next(filter(None, (_day(metas.get(name, "")) for name in _DATE_METAS)), None)
    front = f"---\ndate: {day.isoformat()}\n---\n" if day else ""
    return Decoded(front + "\n\n".join(lines) + "\n", decoded.encoding, decoded.notes)


def _decode(data: bytes) -> Decoded:
    """Decode as the page declares, else as any text file."""
    declared = _DECLARED.search(data[:4096])
    codec = _NAMES.get(declared[1].decode("ascii").lower()) if declared else None
    if codec and codec != "utf-8" and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            pass  # it declares what it is not
        else:
            name = "GB18030/GBK" if codec == "gb18030" else "Big5"
            return Decoded(text, name, (f"文件编码是 {name},已转换",))
    return decode_text(data)


def _title(tree: Any, metas: dict[str, str]) -> str:
    for name in _TITLE_METAS:
        if metas.get(name):
            return " ".join(metas[name].split())
    headings = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    title = next((" ".join(node.text_content().split()) for node in tree.iter("title")), "")
    return _without_site(title)


def _day(written: str) -> dt.date | None:
    match = _DATE.search(written)
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:  # 30 February
        return None


def _without_site(title: str) -> str:
    """Return a page's title without the site's name behind it, and the section's before that.

    >>> _without_site("聚焦两会 | 二七区交出亮眼成绩单 - 二七区人民政府")
    '聚焦两会 | 二七区交出亮眼成绩单'
    >>> _without_site("二七区召开全区领导干部大会_要闻_二七区人民政府")
    '二七区召开全区领导干部大会'
    """
    cuts = list(_TITLE_CUT.finditer(title))
    if not cuts:
        return title
    rest, last = title[: cuts[-1].start()], title[cuts[-1].end() :]
    is_site = _SITE.search(last) and (len(rest) >= _TITLE_CHARS or last.endswith(("网", "政府", "报")))
    if not rest or len(last) > _SITE_CHARS or not (is_site or len(rest) > len(last)):
        return title
    for cut in reversed(cuts[:-1]):
        section = rest[cut.end() :]
        if len(section) > _SECTION_CHARS or cut.start() <= max(len(section), _TITLE_CHARS):
            break
        rest = rest[: cut.start()]
    return rest


def _fill_tables(tree: Any) -> None:
    """Give every row of a table all its cells: a dash for an empty one, a merged one's text again.

    Tables that lay out a page stay as they are: those around headings, other tables or running text, and
    lists of links.
    """
    for table in tree.iter("table"):
        rows = list(table.iter("tr"))
        cells = [[_cell(cell) for cell in row.iterchildren("td", "th")] for row in rows]
        every = [cell for row in cells for cell in row]
        chars = sum(len(cell.text) for cell in every)
        if (
            all(cell.text and cell.across == cell.down == 1 for cell in every)
            or sum(len(row) > 1 for row in cells) < 2
            or any(len(cell.text) > LONG for cell in every)
            or any(True for _ in table.iterdescendants("table", "h1", "h2", "h3", "h4"))
            or sum(len(link.text_content()) for link in table.iter("a")) > chars / 2
        ):
            continue
        for row, texts in zip(rows, filled(cells), strict=True):
            kind = next((cell.tag for cell in row.iterchildren("td", "th")), "td")
            for cell in list(row):
                row.remove(cell)
            for text in texts:
                cell = row.makeelement(kind)
                cell.text = text
                row.append(cell)


def _cell(element: Any) -> Cell:
    across, down = (element.get(name, "") for name in ("colspan", "rowspan"))
    return Cell(" ".join(element.text_content().split()), _span(across), _span(down))


def _span(written: str) -> int:
    return max(1, int(written[:4])) if written.isdecimal() else 1


def _put_headings_back(tree: Any, lines: list[str]) -> None:
    """Put the headings back that trafilatura leaves out, before the text that follows them."""
    marks = {"h1": "## ", "h2": "## ", "h3": "### ", "h4": "### "}
    waiting: list[str] = []
    for element in tree.iter("h1", "h2", "h3", "h4", "p", "td", "th", "li"):
        text = " ".join(element.text_content().split())
        if element.tag in marks:
            waiting.append(marks[element.tag] + text)
        elif text and waiting:
            start = text[:_START]
            at = next((i for i, line in enumerate(lines) if " ".join(line.split()).startswith(start)), None)
            if at is not None:
                missing = [head for head in waiting if head.lstrip("# ") and head not in lines]
                lines[at:at] = missing[-2:]
                waiting = []


def _lines(body: Any) -> Iterator[str]:
    """Yield the lines of trafilatura's tree: headings marked, a table's cells kept apart by tabs."""
    for element in body:
        if element.tag == "head":
            text = _text(element)
            if text:
                yield ("## " if element.get("rend") in ("h1", "h2") else "### ") + text
        elif element.tag == "table":
            rows = ["\t".join(filter(None, map(_text, row.iter("cell")))) for row in element.iter("row")]
            if any(rows):
                yield "\n".join(filter(None, rows))
        elif element.tag in _BLOCKS or not len(element):
            for line in _text(element, breaks=True).split("\n"):
                if line.strip():
                    yield line.strip()
        else:
            yield from _lines(element)


def _text(element: Any, *, breaks: bool = False) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == "lb" and breaks:
            parts.append("\n")
        else:
            parts.append(_text(child, breaks=breaks))
        parts.append(child.tail or "")
    text = "".join(parts)
    return text if breaks else " ".join(text.split())
