"""What a bulletin file's name and folders say of it: the day of its issue, its page, which issue it is of."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from qa.parsing.dates import FULL_DATE, date_in_name
from qa.text import fold

PAGE_NUMBER = r"(?:[A-Z]?0?\d{1,2}|[一二三四五六七八九十]{1,3})"

_NAMED = rf"(?<![a-z\d])(?P<page>{PAGE_NUMBER}|头)版(?!本)"
_RANGE = rf"(?:(?<![a-z\d])(?P<first>{PAGE_NUMBER})版?[-—~～至到、,和&+])?"
_PAGES = (
    re.compile(f"{_RANGE}第?{_NAMED}", re.IGNORECASE),  # 03版, 第三版, 头版
    re.compile(r"(?<![a-z\d])(?P<page>[a-d]\d{1,2})(?![a-z\d])"),  # A03
    re.compile(r"(?<![a-z])(?:page|p)[-_ ]?(?P<page>\d{1,2})(?!\d)"),  # p3
)
_PAGE_FOLDER = re.compile(rf"(?:第?{_NAMED}[\u4e00-\u9fff]{{0,6}}|[a-d]\d{{1,2}})", re.IGNORECASE)
_ONES = {numeral: n for n, numeral in enumerate("一二三四五六七八九", start=1)}


@dataclass(frozen=True, slots=True)
class Home:
    """Where a file lies, as far as that tells its issue."""

    folder: str
    """Folders of a single page (``12月15日/03版``) do not count."""
    day: dt.date | None
    """That the folder's name holds."""
    numbers: tuple[int, ...]
    """In the file's name, without its page: 12 and 15 in ``12月15日第1版``."""

    def fits(self, other: Home) -> bool:
        """Tell whether files may be of one issue for what their places say: same folder, like numbers."""
        short, long = sorted((self.numbers, other.numbers), key=len)
        return self.folder == other.folder and long[len(long) - len(short) :] == short


def home_of(source: str) -> Home:
    """Return where a source lies.

    >>> home_of("seeds/12月15日/03版/头条.txt").folder
    'seeds/12月15日'
    """
    *folders, _ = PurePosixPath(source).parts
    while folders and _PAGE_FOLDER.fullmatch(fold(folders[-1])):
        folders.pop()
    _, rest = _page_and_rest(PurePosixPath(source).stem)
    return Home(
        "/".join(folders),
        date_in_name(folders[-1]) if folders else None,
        tuple(map(int, re.findall(r"\d+", rest))),
    )


def issue_in_name(source: str) -> dt.date | None:
    """Return the day in a file's name, or else in its folder's, or in those of the archive that holds it.

    >>> issue_in_name("seeds/2021-12-15/A03.txt")
    datetime.date(2021, 12, 15)
    """
    archive, _, file = source.rpartition("!/")
    return (
        date_in_name(PurePosixPath(file).stem)
        or home_of(file).day
        or (issue_in_name(archive) if archive else None)
    )


def page_in_name(source: str) -> str:
    """Return the page that a file's name, or else its folder's, names; empty where none or several.

    >>> page_in_name("seeds/2021-12-15_03版.txt"), page_in_name("seeds/A03/头条.txt")
    ('3', 'A3')
    """
    path = PurePosixPath(source)
    page, _ = _page_and_rest(path.stem)
    if not page and _PAGE_FOLDER.fullmatch(fold(path.parent.name)):
        page, _ = _page_and_rest(path.parent.name)
    return page


def page_number(page: str | None) -> str:
    """Return a page number in one form: 03 → 3, 三 → 3, a03 → A3, 头 → 1; empty for none."""
    if not page:
        return ""
    if page == "头":
        return "1"
    tens, ten, ones = page.rpartition("十")
    if ten or page in _ONES:
        return str((_ONES.get(tens, 1) * 10 if ten else 0) + _ONES.get(ones, 0))
    return re.sub(r"0+(?=\d)", "", page.upper())


def _page_and_rest(name: str) -> tuple[str, str]:
    """Return the page that a name without its suffix names, and the name without what names pages."""
    folded = fold(name)
    undated = FULL_DATE.sub(lambda date: "#" * len(date[0]), folded)
    for pattern in _PAGES:
        found = list(pattern.finditer(undated))
        if not found:
            continue
        named = {page_number(match["page"]) for match in found}
        several = len(named) > 1 or any(_several(match) for match in found)
        rest = folded
        for match in reversed(found):
            rest = rest[: match.start()] + " " + rest[match.end() :]
        return "" if several else named.pop(), rest
    return "", folded


def _several(match: re.Match[str]) -> bool:
    """Tell whether a range of pages is named: 01-04版, not 15-03版."""
    first, last = page_number(match.groupdict().get("first")), page_number(match["page"])
    return bool(first) and (len(first), first) < (len(last), last)
