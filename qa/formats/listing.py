"""Files that list articles with metadata of their own: JSON lines and CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from qa.errors import BulletinError
from qa.formats.content import Listing, Record
from qa.formats.encoding import decode_text

_FIELDS = {
    "title": "title", "headline": "title", "标题": "title", "题目": "title",
    "body": "body", "text": "body", "content": "body", "正文": "body", "内容": "body",
    "date": "date", "日期": "date", "发布日期": "date", "时间": "date",
    "reporters": "reporters", "reporter": "reporters", "author": "reporters",
    "记者": "reporters", "作者": "reporters",
    "correspondents": "correspondents", "correspondent": "correspondents", "通讯员": "correspondents",
}  # fmt: skip
_DATE = re.compile(r"^\s*((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ].*)?$")
_COMPACT_DATE = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)$")
_NAMES = re.compile(r"[、,，;；/／:：|｜()（）【】 \u3000]+")
_ROLE = re.compile(r".{0,12}?(?P<role>记者|通讯员)(?!协会|站|团|俱乐部|联盟)")
_CREDITED = re.compile(r"(?<!\S)[文图摄][/／:：]|[/／][文图摄](?!\S)")
_CREDIT = frozenset({
    "文", "图", "摄", "文图", "图文", "文并图", "摄影", "摄影报道", "文字", "图片", "视频", "整理", "撰文",
    "采写", "作者", "见习", "实习", "特约", "本报", "本刊", "本网",
})  # fmt: skip
"""What a byline says of a person's part in the article."""
_TOLD = 20
"""Bad lines named in a report."""


def read_jsonl(data: bytes) -> Listing:
    """Return the articles of a JSON lines file: an object a line, ``body`` and what else is known.

    Fields: ``title, body, date, reporters, correspondents``, in Chinese too. Others are passed over. A
    line that is no article is reported, the rest is taken.

    Raises:
        BulletinError: no text, or not one line of it is an article.
    """
    decoded = decode_text(data)
    rows: list[tuple[int, Mapping[str, object] | str]] = []
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            rows.append((number, "不是有效的 JSON"))
        else:
            rows.append((number, row if isinstance(row, dict) else "不是 JSON 对象"))
    return _listing(rows, decoded.encoding, decoded.notes)


def read_csv(data: bytes) -> Listing:
    """Return the articles of a CSV file with a header; fields as in :func:`read_jsonl`.

    Raises:
        BulletinError: no text, no column for the body, or not one line of it is an article.
    """
    decoded = decode_text(data)
    csv.field_size_limit(max(csv.field_size_limit(), len(decoded.text) + 1))
    first = decoded.text.split("\n", 1)[0]
    delimiter = max((",", "\t", ";"), key=first.count)
    reader = csv.DictReader(io.StringIO(decoded.text, newline=""), delimiter=delimiter, strict=True)
    header = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    if "body" not in {_FIELDS.get(name) for name in header}:
        raise BulletinError("CSV 的第一行应是列名,其中要有 body(正文)")
    reader.fieldnames = header
    rows: list[tuple[int, Mapping[str, object] | str]] = []
    at = reader.line_num + 1
    try:
        for row in reader:
            extra = None in row or None in row.values()
            rows.append((at, "列数与第一行不同" if extra else dict(row)))
            at = reader.line_num + 1
    except csv.Error:
        rows.append((at, "引号不成对,从这里起没有读"))
    return _listing(rows, decoded.encoding, decoded.notes)


def _listing(
    rows: Iterable[tuple[int, Mapping[str, object] | str]], encoding: str, notes: tuple[str, ...]
) -> Listing:
    records: list[Record] = []
    bad: list[str] = []
    for number, row in rows:
        if isinstance(row, str):
            bad.append(f"第 {number} 行{row},没有收录")
            continue
        try:
            record, remark = _record(row)
        except ValueError as error:
            bad.append(f"第 {number} 行{error},没有收录")
        else:
            records.append(record)
            if remark:
                bad.append(f"第 {number} 行{remark}")
    if not records:
        raise BulletinError(bad[0] if bad else "文件里没有文章")
    if len(bad) > _TOLD:
        bad[_TOLD:] = [f"另有 {len(bad) - _TOLD} 行也有问题"]
    return Listing(tuple(records), encoding, (*notes, *bad))


def _record(row: Mapping[str, object]) -> tuple[Record, str]:
    """Return an article and what is to be said of it.

    Raises:
        ValueError: it is none; says why, in Chinese.
    """
    fields: dict[str, object] = {}
    for name, value in row.items():
        field = _FIELDS.get(str(name).strip().lower())
        if field and value not in (None, "", []):
            fields.setdefault(field, value)
    body = fields.get("body")
    title = fields.get("title", "")
    if not isinstance(body, str) or not body.strip():
        raise ValueError("没有正文(body)" if not body else "的正文(body)不是文字")
    if not isinstance(title, str):
        raise ValueError("的标题(title)不是文字")
    day, remark = _date(fields.get("date"))
    people: dict[str, dict[str, None]] = {"记者": {}, "通讯员": {}}
    for role, field in (("记者", "reporters"), ("通讯员", "correspondents")):
        for name, named_as in _people(fields.get(field), role):
            people[named_as].setdefault(name)
    return Record(
        " ".join(title.split()) or None, body, day, tuple(people["记者"]), tuple(people["通讯员"])
    ), remark


def _date(value: object) -> tuple[dt.date | None, str]:
    if value is None:
        return None, ""
    match = _DATE.match(str(value)) or _COMPACT_DATE.match(str(value))
    try:
        if match:
            return dt.date(int(match[1]), int(match[2]), int(match[3])), ""
    except ValueError:
        pass
    return None, f"的日期(date)无法识别:{str(value)[:30]};文章已收录,没有日期"


def _people(value: object, role: str) -> Iterator[tuple[str, str]]:
    """Yield the people a field names, each with the role it names them in, else that of its column.

    A list's items are names as they stand, unless one of them is a whole byline.
    """
    items = [str(item).strip() for item in value] if isinstance(value, list) else [value]
    for item in items:
        if not isinstance(item, str):
            continue
        byline = not isinstance(value, list) or _ROLE.match(item) or _CREDITED.search(item)
        named_as = role
        for word in _NAMES.split(item) if byline else [item]:
            found = _ROLE.match(word)
            if found:
                named_as = found["role"]
            name = word[found.end() :] if found else word
            if name.strip() and name not in _CREDIT:
                yield name.strip(), named_as
