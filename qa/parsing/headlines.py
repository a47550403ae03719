"""Cut a bulletin's text into its articles: where a headline begins, and what belongs to it.

A headline may run over several lines, have a shoulder above it (引题) and a sub-headline below it
(副题); all of it, in printed order, is the article's headline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from qa.parsing.bylines import is_editors_line, take_bylines
from qa.parsing.captions import MARK, is_caption
from qa.parsing.dates import parse_dateline
from qa.parsing.layout import SUBHEADING_MARK, is_field, is_label, is_subheading
from qa.parsing.page_names import PAGE_NUMBER
from qa.parsing.running_heads import RunningHead, is_day, running_head
from qa.parsing.tables import is_row, tidy_lines
from qa.text import has_content

_HEADING = re.compile(r"^#{1,2}(?:[ \t\u3000]+(?P<title>.*?))?[ \t\u3000]*#*$")
_DEEPER_HEADING = re.compile(r"^#{3,6}[ \t\u3000]+")
_FIRST_LINE_CHARS = 60
_HEADLINE_CHARS = 40
_SUBS = 3
"""Lines that a sub-headline runs over, at most."""
_LABELLED = re.compile(r"^(?P<label>引题|肩题|眉题|主题|主标题|标题|副题|副标题)[:：] ?(?P<text>\S.*)$")
_MAIN_LABELS = frozenset({"主题", "主标题", "标题"})
CONTINUED_FROM = re.compile(
    rf"^[{MARK}◀←▶ ]*(?P<bracket>[(（【])?[{MARK}◀←▶ ]*(?:紧?上接|接)第?\s*(?P<page>{PAGE_NUMBER}|头)\s*版"
    r"(?(bracket)(?:(?P<hint>[^()（）【】]{0,40})[)）】])?|[)）】]?)\s*[:：]?\s*"
)
"""What opens the rest of an article that began on another page."""
_LABEL = re.compile(
    r"^[^。]{0,14}(?:讯|电|消息|报道)(?=[ (（,，]|\d)|"
    r"^(?:本报|本刊|本网)(?:讯|消息)|^据[^。]{2,16}(?:电|报道)"
)
_FULL_STOP = re.compile(r"[。;；!！?？,，、:：]$")


@dataclass(frozen=True, slots=True)
class Section:
    """An article as it is printed."""

    title: str
    """The headline; empty where there is none."""
    lines: list[str] = field(default_factory=list)
    """Tidied, none of them blank; a table's cells are kept apart by tabs."""
    page: str | None = None
    """The number of the page that it stands on, where the text says so."""
    issue: str | None = None
    """The running head that dates its page."""


@dataclass(slots=True)
class _Line:
    text: str
    heading: bool = False
    after_blank: bool = False


def sections(text: str) -> list[Section]:
    """Return the articles of a page, in order; those without text below their headline too.

    ``# `` and ``## `` open one, and so do labels (引题:, 标题:, 副题:) and 「上接第N版」; text without any
    is one whose headline is its first line. Headings on successive lines are one headline. Page marks
    and running heads (第3版 要闻) vanish.
    """
    found: list[Section] = []
    page: str | None = None
    issue: str | None = None
    current = Section("")
    lines = _lines(text)
    at = 0
    while at < len(lines):
        line = lines[at]
        opens = not current.title and not current.lines
        if mark := _furniture(lines, at, opens=opens):
            page, issue = mark.page, mark.issue or issue
            at += 1
            if opens:
                current = Section("", [], page, issue)
            continue
        if _dates_article(lines, at, current):
            current = replace(current, issue=line.text)
            at += 1
            continue
        end, headline = _headline(lines, at, opens=opens)
        if end > at:
            shoulder = [] if _LABELLED.match(line.text) else _shoulder(current, lines, at)
            found.append(current)
            current = Section(" ".join([*shoulder, *headline]), [], page, issue)
            at = end
            continue
        if CONTINUED_FROM.match(line.text) and current.lines:
            found.append(current)
            current = Section("", [], page, issue)
        current.lines.append(line.text)
        at += 1
    found.append(current)
    first = found[0]
    if first.lines and not first.title:
        found[0] = _unmarked(first)
    return [_with_sub_headline(section) for section in found if section.title or section.lines]


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    blank = True
    for raw in tidy_lines(text.split("\n")):
        heading = _HEADING.match(raw)
        if heading:
            lines.append(_Line((heading["title"] or "").strip(), heading=True, after_blank=blank))
        elif raw:
            lines.append(_Line(_DEEPER_HEADING.sub(SUBHEADING_MARK, raw), after_blank=blank))
        blank = not raw
    return lines


def _furniture(lines: list[_Line], at: int, *, opens: bool = False) -> RunningHead | None:
    """Return what a line tells that is page furniture, else ``None``.

    A day alone is furniture only over the first article, beside a running head, or as a heading over
    another: anywhere else it is an entry of a chronicle, or signs a notice.

    Args:
        lines: of the page.
        at: of them.
        opens: nothing but furniture stands before it.
    """
    line = lines[at]
    head = running_head(line.text)
    if head or not is_day(line.text):
        return head
    following = lines[at + 1] if at + 1 < len(lines) else None
    after_head = at > 0 and running_head(lines[at - 1].text)
    before_head = (
        following and line.after_blank and not following.after_blank and running_head(following.text)
    )
    over_heading = following and line.heading and following.heading
    return RunningHead(None, line.text) if opens or after_head or before_head or over_heading else None


def _dates_article(lines: list[_Line], at: int, current: Section) -> bool:
    """Tell whether a day stands between a headline and a text with a byline or dateline of its own."""
    if not current.title or current.lines or not is_day(lines[at].text) or at + 1 == len(lines):
        return False
    following = lines[at + 1]
    return not following.heading and not is_day(following.text) and _opens_text(following.text)


def _headline(lines: list[_Line], at: int, *, opens: bool) -> tuple[int, list[str]]:
    """Return where the headline that begins here ends, and its lines; ``at`` where none begins.

    Args:
        lines: of the page.
        at: of them.
        opens: nothing but furniture stands before it.
    """
    end = at
    found: list[str] = []
    labels: set[str] = set()
    while end < len(lines) and (end == at or not lines[end].after_blank):
        line = lines[end]
        labelled = _label(lines, end, opens=opens and end == at)
        if line.heading and not (found and _furniture(lines, end)):
            found.append(line.text)
        elif labelled and (labelled["label"] not in _MAIN_LABELS or labelled["label"] not in labels):
            labels.add(labelled["label"])
            found.append(labelled["text"])
        else:
            break
        end += 1
    marked = any(line.heading for line in lines[at:end])
    return (end, [text for text in found if text]) if marked or labels & _MAIN_LABELS else (at, [])


def _label(lines: list[_Line], at: int, *, opens: bool = False) -> re.Match[str] | None:
    """Return the label of a headline's line; 主题 is one only beside others, or on top of a page.

    Notices have their 主题 too, among other particulars.
    """
    label = _LABELLED.match(lines[at].text)
    if label is None or label["label"] != "主题" or opens:
        return label
    beside = (lines[n].text for n in (at - 1, at + 1) if 0 <= n < len(lines))
    others = map(_LABELLED.match, beside)
    return label if any(other and other["label"] != "主题" for other in others) else None


def _shoulder(current: Section, lines: list[_Line], at: int) -> list[str]:
    """Take the shoulder right above a heading out of the section before; there may be none."""
    start = at
    while (
        start > 0
        and at - start < 2
        and not lines[start].after_blank
        and _like_headline(lines[start - 1].text)
    ):
        start -= 1
    length = at - start
    # Only a block of its own: no more than two lines, nothing but them between two blanks.
    if not length or not lines[start].after_blank or length > len(current.lines):
        return []
    taken = current.lines[-length:]
    if taken != [line.text for line in lines[start:at]]:
        return []
    del current.lines[-length:]
    return taken


def _unmarked(section: Section) -> Section:
    """Give text without a heading its first line for a headline, where it reads like one."""
    first, *rest = section.lines
    if not rest or len(first) > _FIRST_LINE_CHARS or _ends_sentence(first) or CONTINUED_FROM.match(first):
        return section
    return Section(first, rest, section.page, section.issue)


def _with_sub_headline(section: Section) -> Section:
    """Move the lines of a sub-headline from the top of the text to the headline."""
    lines = section.lines
    count = 0
    while section.title and count < min(_SUBS, len(lines)) and _like_headline(lines[count]):
        count += 1
    following = lines[count] if count < len(lines) else ""
    signed = count == len(lines) - 1 and is_day(following)  # what stands before is the text
    listed = is_label(following) and any(map(is_label, lines[:count]))  # 书名:, 作者:
    opens = not signed and not listed and _opens_text(following)
    if not opens or not any(has_content(rest) for rest in take_bylines(lines[count:])[0]):
        dashed = 0
        while dashed < count and lines[dashed].startswith(("—", "─", "--")):
            dashed += 1
        count = dashed if dashed < len(lines) else 0
    if not count:
        return section
    sub = [line.strip("—─- ") if line.startswith("--") else line for line in lines[:count]]
    return Section(" ".join([section.title, *sub]), lines[count:], section.page, section.issue)


def _like_headline(text: str) -> bool:
    return (
        len(text) <= _HEADLINE_CHARS
        and not _FULL_STOP.search(text)
        and not _opens_text(text)
        and not is_subheading(text)
        and not is_row(text)
        and not is_caption(text)
        and not is_editors_line(text)
        and not is_field(text)
        and not CONTINUED_FROM.match(text)
        and has_content(text)
    )


def _ends_sentence(text: str) -> bool:
    return re.search(r"[。;；]$", text) is not None


def _opens_text(text: str) -> bool:
    """Tell whether a line opens running text: with a byline, a source (本报讯, 新华社…电) or a date."""
    return (
        _LABEL.match(text) is not None
        or parse_dateline(text) is not None
        or take_bylines([text])[0] != [text]
    )
