"""Printed pages become running text: columns in reading order, paragraphs, headlines, no running heads.

Used for what a PDF says of its glyphs and for what OCR finds on a picture. Lengths are in the page's own
unit, which does not matter: everything is compared with the size of the type.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_HEADLINE_CHARS = 60
_SUBHEADING_CHARS = 30
_SHORT_CELL = 6  # characters; columns of running text are wider
_HEAD_CHARS = 80
_EDGE = 0.12
"""Share of a page's height at its top and its bottom where running heads stand."""
_DATE = re.compile(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_PAGE = re.compile(
    r"(?:第\s*|(?<![\d.A-Z])(?<!今[日天])(?<!共))([A-Z]?\d{1,2}|[一二三四五六七八九十]{1,3})\s*版"
)
_HAN = r"[\u4e00-\u9fff]"
_CUT = r"[\s|｜│/／·•—–()（）【】\[\]-]"
_HEAD_PARTS = re.compile(
    r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|(?:星期|周)[一二三四五六日天]|今[日天]|本期"
    rf"|农历{_HAN}{{2,10}}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年{_HAN}{{0,8}}"
    rf"|{_HAN}{{0,4}}(?:第\s*)?(?:[A-Z]?\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*版[:：]?{_HAN}{{0,4}}(?={_CUT}|$)"
    rf"|{_HAN}{{2,10}}[报刊](?!{_HAN})|(?:总第?|第)\s*\d+\s*[期号]"
    rf"|{_HAN}{{0,4}}(?:责编|编辑|校对|美编|版式|组版|统筹|审读|编委|主任|主编)[\s:：/]*"
    rf"{_HAN}{{2,4}}(?:[、,，]\s?{_HAN}{{2,4}})*(?={_CUT}|$)"
    r"|(?:新闻)?(?:电话|热线|传真|邮箱|E-?mail|网址)[\s:：]*[\w@.:/-]+|(?:https?://|www\.)[\w.:/-]+"
    r"|[\w.-]+@[\w.-]+|(?:国内统一(?:连续出版物|刊)号|邮发代号)[\s:：]*[\w/ -]*\d"
    r"|-?\d{1,2}\s*℃?\s*[-~～至到]\s*-?\d{1,2}\s*℃",
    re.IGNORECASE,
)
"""What a running head is made of: the day, the page, the paper, who made it, how to reach it, the weather."""
_HEAD_WORD = re.compile(rf"\0+|{_HAN}{{1,6}}|[A-Z.]+|[A-D]?\d{{1,2}}", re.IGNORECASE)
"""Between cuts: such parts, a word (要闻), or the paper's name in letters."""
_FURNITURE = re.compile(
    r"^(?:[-—–·.\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?)[-—–·.\s]*"
    r"|(?:https?|file)://\S*(?:\s+\d+/\d+)?"
    r"|\d{1,4}[/-]\d{1,2}[/-]\d{1,4},?\s*(?:[上下]午\s*)?\d{1,2}:\d{2}(?:\s*[AP]M)?.*"
    r"|(?:[^|｜\s]{1,8}\s*[|｜]\s*){2,}[^|｜\s]{1,8}"
    r"|版权所有.{0,100}"
    r"|(?:责任?编辑?|编辑|校对|美编|版式|值班编委)[\s::：].{0,60})$",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"记者|通讯员|摄|讯|电|\d月\d|[:：,，、]$")
_ENDS_SENTENCE = re.compile(r"[。!?！？…][”’」』)）》】]*$")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one printed line without a wide gap; ``y`` grows downwards."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    """Of the type."""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The runs of a page, in any order."""

    runs: tuple[Run, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Scale:
    """How many times the body's size a headline's type is at least, and the lines that belong to it."""

    headline: float = 1.17
    beside: float = 1.08
    """Also of a headline in bold type."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A printed line within a column."""

    cells: tuple[Run, ...]
    left: float
    right: float
    """Of the column."""

    @property
    def text(self) -> str:
        return "\t".join(cell.text for cell in self.cells)

    @property
    def size(self) -> float:
        return max(cell.size for cell in self.cells)

    @property
    def bold(self) -> bool:
        return all(cell.bold for cell in self.cells)

    @property
    def top(self) -> float:
        return min(cell.y0 for cell in self.cells)

    @property
    def bottom(self) -> float:
        return max(cell.y1 for cell in self.cells)


def text_of(pages: Sequence[PrintedPage], scale: Scale = Scale()) -> str:
    """Return the text of an issue's pages in the bulletin grammar.

    Headlines get a ``## ``, paragraphs stand apart by blank lines, a table's cells by tabs. What only
    furnishes a page (running heads, page numbers) goes; its date and number stay as a page mark.
    """
    body = _body_size(pages)
    repeated = _repeated(pages)
    parts: list[str] = []
    for page in pages:
        runs, mark = _without_furniture(page, repeated, body * scale.headline)
        if mark:
            parts.append(mark)
        parts.extend(_paragraphs(list(_read(runs)), body, scale))
    return "\n\n".join(parts) + "\n" if parts else ""


# Running heads


def _without_furniture(page: PrintedPage, repeated: frozenset[str], headline: float) -> tuple[list[Run], str]:
    """Return a page's runs without its furniture, and the page mark that stands for it."""
    dropped: set[int] = set()
    said = []
    for line in _edge_lines(page):
        text = " ".join(run.text for run in line)
        large = max(run.size for run in line) >= headline
        furniture = _FURNITURE.match(text) is not None or _plain(text) in repeated
        if (furniture and not large) or _names_issue(text):
            dropped.update(map(id, line))
            said.append(text)
    text = " ".join(said)
    date, number = _DATE.search(text), _PAGE.search(text)
    mark = f"{date[1]}年{int(date[2])}月{int(date[3])}日" if date else ""
    if number:
        mark += f"{' ' if mark else ''}第{number[1]}版"
    return [run for run in page.runs if id(run) not in dropped], mark


def _names_issue(text: str) -> bool:
    """Tell whether a line is a running head, in whatever type: a masthead's is large."""
    dated = _DATE.search(text) or _PAGE.search(text)
    marked = re.search(r"版|星期|[报刊](?:\s|$)|第\d+期", text)
    words = re.split(f"{_CUT}+", _HEAD_PARTS.sub("\0", text))
    nothing_else = all(_HEAD_WORD.fullmatch(word) for word in words if word)
    goes_on = re.search(r"下转|上接|紧接", text)
    return bool(dated and marked and len(text) <= _HEAD_CHARS and nothing_else and not goes_on)


def _edge_lines(page: PrintedPage) -> Iterator[list[Run]]:
    edge = page.height * _EDGE
    for run_band in _bands(page.runs):
        if max(run.y1 for run in run_band) <= edge or min(run.y0 for run in run_band) >= page.height - edge:
            yield sorted(run_band, key=lambda run: run.x0)


def _repeated(pages: Sequence[PrintedPage]) -> frozenset[str]:
    """Return what stands at the edges of at least two pages and half of all, digits aside."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_plain(" ".join(run.text for run in line)) for line in _edge_lines(page)})
    least = max(2, len(pages) / 2)
    return frozenset(text for text, count in seen.items() if count >= least)


def _plain(text: str) -> str:
    return re.sub(r"[\d\s]+", "", text)


# Reading order


def _bands(runs: Sequence[Run]) -> list[list[Run]]:
    """Cut runs where a horizontal line meets none of them; a fifth of a line may overlap."""
    bands: list[list[Run]] = []
    floor = 0.0
    for run in sorted(runs, key=lambda run: run.y0):
        if bands and run.y0 < floor - 0.2 * run.size:
            bands[-1].append(run)
            floor = max(floor, run.y1)
        else:
            bands.append([run])
            floor = run.y1
    return bands


def _read(runs: Sequence[Run]) -> Iterator[_Row]:
    """Yield the lines of a region in reading order: what spans columns by itself, columns from the left.

    Bands are taken together for as long as one gutter runs through all of them; then each column is
    read in the same way.
    """
    if not runs:
        return
    bands = _bands(runs)
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    at = 0
    while at < len(bands):
        gaps, end = _gaps(bands[at], left, right), at + 1
        while end < len(bands):
            shared = _shared(gaps, _gaps(bands[end], left, right))
            gutters = _inner(shared, [run for band in bands[at : end + 1] for run in band])
            if not gutters or _stands_alone(bands[end], bands[at:end], gutters):
                break
            gaps, end = shared, end + 1
        together = [run for band in bands[at:end] for run in band]
        columns = _columns(together, _inner(gaps, together))
        if len(columns) > 1 and (end - at > 1 or len(together) > len(columns)) and _running(columns):
            for column in columns:
                yield from _read(column)
            at = end
        else:
            yield from _rows(bands[at], left, right)
            at += 1


def _stands_alone(
    band: Sequence[Run], before: Sequence[Sequence[Run]], gutters: Sequence[tuple[float, float]]
) -> bool:
    """Tell whether a band below columns is none of their lines: a headline or a table's row."""
    above = [run for other in before for run in other]
    if len(_columns(band, gutters)) > 1 or len(_columns(above, gutters)) < 2:
        return False
    large = max(run.size for run in band) > 1.2 * statistics.median(run.size for run in above)
    return large or (len(band) > 1 and max(len(run.text) for run in band) < _SHORT_CELL)


def _gaps(band: Sequence[Run], left: float, right: float) -> list[tuple[float, float]]:
    """Return the stretches of a band's width that nothing is printed on, wide enough for a gutter."""
    gaps = []
    at = left
    for run in sorted(band, key=lambda run: run.x0):
        if run.x0 - at > 0.9 * run.size:
            gaps.append((at, run.x0))
        at = max(at, run.x1)
    if right > at:
        gaps.append((at, right))
    return gaps


def _shared(
    some: Sequence[tuple[float, float]], others: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    both = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return [(start, end) for start, end in both if end > start]


def _inner(gaps: Sequence[tuple[float, float]], runs: Sequence[Run]) -> list[tuple[float, float]]:
    """Return the gaps that have print on both sides and are wide enough."""
    size = statistics.median(run.size for run in runs)
    first, last = min(run.x0 for run in runs), max(run.x1 for run in runs)
    return [gap for gap in gaps if gap[1] - gap[0] >= 0.8 * size and gap[0] > first and gap[1] < last]


def _columns(runs: Sequence[Run], gutters: Sequence[tuple[float, float]]) -> list[list[Run]]:
    edges = [sum(gutter) / 2 for gutter in sorted(gutters)]
    columns: list[list[Run]] = [[] for _ in range(len(edges) + 1)]
    for run in runs:
        columns[sum(edge < run.x0 for edge in edges)].append(run)
    return [column for column in columns if column]


def _running(columns: Sequence[Sequence[Run]]) -> bool:
    """Tell columns of running text from those of a table, whose cells are short."""
    lengths = [statistics.median(len(run.text) for run in column) for column in columns]
    return (
        sum(length >= _SHORT_CELL for length in lengths) > len(lengths) / 2
        and max(lengths[1:]) >= _SHORT_CELL
    )


def _rows(band: Sequence[Run], left: float, right: float) -> Iterator[_Row]:
    """Yield the lines of one band."""
    lines: list[list[Run]] = []
    for run in sorted(band, key=lambda run: (run.y0 + run.y1) / 2):
        middle = (run.y0 + run.y1) / 2
        if lines and middle < max(other.y1 for other in lines[-1]) - 0.2 * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    for line in lines:
        yield _Row(tuple(sorted(line, key=lambda run: run.x0)), left, right)


# Paragraphs and headlines


def _body_size(pages: Sequence[PrintedPage]) -> float:
    """Return the size of the type that most characters are set in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for run in page.runs:
            sizes[round(run.size, 1)] += len(run.text)
    if not sizes:
        return 1.0
    # Sizes read from a picture scatter: those within a tenth of each other count together.
    return max(
        sizes, key=lambda size: sum(n for other, n in sizes.items() if abs(other - size) <= 0.1 * size)
    )


def _paragraphs(rows: Sequence[_Row], body: float, scale: Scale) -> Iterator[str]:
    at = 0
    closed = True  # whether the text so far ends with a sentence
    while at < len(rows):
        end = _headline_end(rows, at, body, scale)
        if end > at:
            yield "## " + " ".join(cell.text.strip() for row in rows[at:end] for cell in row.cells)
            at, closed = end, True
            continue
        end = at + 1
        if len(rows[at].cells) > 1:
            while end < len(rows) and len(rows[end].cells) > 1:
                end += 1
            yield "\n".join(row.text for row in rows[at:end])
            closed = True
        else:
            while end < len(rows) and _goes_on(rows[end - 1], rows[end], body):
                end += 1
            text = _joined([row.text for row in rows[at:end]])
            alone = closed and end == at + 1 and _is_subheading(rows[at], body, scale)
            yield f"### {text}" if alone else text
            closed = alone or _ENDS_SENTENCE.search(text) is not None
        at = end


def _headline_end(rows: Sequence[_Row], at: int, body: float, scale: Scale) -> int:
    """Return where the headline that begins at a line ends; the line itself where none does."""
    end = at
    while (
        end < len(rows)
        and rows[end].size >= scale.beside * body
        and not _ENDS_SENTENCE.search(rows[end].text)
    ):
        far = end > at and rows[end].top - rows[end - 1].bottom > 1.5 * rows[end - 1].size
        if far or (end > at and rows[end].top < rows[end - 1].top):  # in another column
            break
        end += 1
    group = rows[at:end]
    chars = sum(len(cell.text) for row in group for cell in row.cells)
    large = any(
        row.size >= scale.headline * body or (row.bold and row.size >= scale.beside * body) for row in group
    )
    return end if large and chars <= 2 * _HEADLINE_CHARS else at


def _is_subheading(row: _Row, body: float, scale: Scale) -> bool:
    """Tell whether a line by itself is a heading within an article: marked, or too short to go on."""
    short = row.cells[-1].x1 < row.right - 4 * body
    marked = row.bold or row.size >= scale.beside * body or (short and not _BYLINE.search(row.text))
    return marked and len(row.text) <= _SUBHEADING_CHARS and not _ENDS_SENTENCE.search(row.text)


def _goes_on(before: _Row, row: _Row, body: float) -> bool:
    """Tell whether a line goes on with the paragraph of the line before it."""
    if len(row.cells) > 1 or row.top < before.top or abs(row.size - before.size) > 0.15 * body:
        return False
    if before.bold and not row.bold and len(before.text) <= _SUBHEADING_CHARS:
        return False
    first, last = row.cells[0], before.cells[-1]
    if first.x0 > row.left + 1.2 * body and first.x0 > before.cells[0].x0 + 0.8 * body:  # indented
        return False
    if row.top - before.bottom > 0.9 * body and _ENDS_SENTENCE.search(before.text):
        return False
    return last.x1 > before.right - 2.5 * body


def _joined(lines: Sequence[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        text += " " + line if _latin(text[-1:]) and _latin(line[:1]) else line
    return text


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
