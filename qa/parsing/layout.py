"""Undo what a newspaper page's layout does to running text: what column breaks cut is joined."""

from __future__ import annotations

import re

from qa.parsing.captions import is_caption
from qa.parsing.running_heads import is_day
from qa.parsing.tables import ENDS_PARAGRAPH, is_row
from qa.text import HAN

_SUBHEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+[章节条])[^,，。;；]{1,28}$"
)
SUBHEADING_MARK = "### "
"""Before a line that is a heading within an article."""
_TABLE_TITLE = re.compile(r"^(?:附?表[一二三四五六七八九十\d]*[ :：]|[(（]?单位[:：])[^。]{1,40}$")

_FIELD_NAMES = (
    "时间|日期|时限|期限|地点|地址|范围|区域|路段|路线|电话|热线|传真|邮箱|网址|联系人|联系方式|单位|对象|主题|内容|方式|原因|名称|编号"
    "|人数|名额|条件|待遇|金额|价格|票价|咨询|报名|(?:任职|岗位|报名|资格|应聘|投稿|参赛)要求"
)
_FIELD = re.compile(rf"^[{HAN}]{{0,6}}(?:{_FIELD_NAMES})[:：]")
_LABELLED = re.compile(rf"^(?P<label>[{HAN}]{{2,8}})[:：]")
_SAYS = re.compile(
    "(?:强调|指出|要求|表示|说|认为|介绍|提出|提醒|称|道|告诉|坦言|透露|解释|建议|补充|问|答|写|呼吁|通报|宣布|决定|明确|规定|显示|获悉|了解"
    "|做到|包括|是|即|如下)$"
)
_ITEM = re.compile(
    r"^(?:\d{1,2}[.．、](?!\d)|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）](?![班号组])"
    r"|[①-⑳]|[●■◆★▲◎□▪▶➢※•])"
)
_RUBRIC = re.compile(rf"^[(（]?记者 ?[{HAN}]{{2,4}}[)）]?$")  # 记者观察: bylines are no longer here
_FIELD_CHARS = 30
_GOES_ON = re.compile(r"[、，,；;:：(（《“‘—\-至到和与及或的在于从由向对为]$")
_DAY = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
_SIGNED = re.compile(
    rf"^[{HAN}()（）]{{2,25}}"
    rf"(?:[局委办部处队所院校会社厂站馆园台]|办公室|政府|公司|街道|中心|专班)(?: ?{_DAY})?$"
)
_SIGNED_ON = re.compile(f"^{_DAY}$")


def join_broken(lines: list[str]) -> list[str]:
    """Join paragraphs that a column break cut in the middle of a sentence, even of a word.

    A paragraph that ends with a full stop, question mark, exclamation mark, ellipsis or closing
    quote stays one, and so does a numbered sub-heading, the item of a list, what stands behind a label
    (停水时间:), an entry's day, and who signs.

    >>> join_broken(["力争更多的规", "划进入“大盘子”。", "一、总体要求", "加快建设。"])
    ['力争更多的规划进入“大盘子”。', '一、总体要求', '加快建设。']
    """
    paragraphs: list[str] = []
    open_sentence = -1  # where the sentence began that the next line may go on with
    last = ""  # the line that it ended with so far
    signed = _signature(lines)
    for at, line in enumerate(lines):
        if is_caption(line):
            paragraphs.append(line)  # the sentence around the picture goes on after it
            continue
        if is_row(line) or _TABLE_TITLE.match(line):
            paragraphs.append(" ".join(line.split()))
            open_sentence = -1
            continue
        if line.startswith(SUBHEADING_MARK):
            paragraphs.append(line.removeprefix(SUBHEADING_MARK))
            open_sentence = -1
            continue
        heading = is_subheading(line) or _RUBRIC.match(line) is not None
        following = lines[at + 1] if at + 1 < len(lines) else ""
        dated = at < signed and is_day(line) and not _GOES_ON.search(last)  # an entry of a chronicle
        apart = heading or dated or at == signed
        if open_sentence >= 0 and not apart and not _stands_apart(last, line, following):
            before = paragraphs[open_sentence]
            paragraphs[open_sentence] = (
                before + (" " if _latin(before[-1]) and _latin(line[0]) else "") + line
            )
        else:
            open_sentence = len(paragraphs)
            paragraphs.append(line)
        whole_field = _is_whole_field(line, (lines[at - 1] if at else "", following))
        last = line
        if heading or whole_field or ENDS_PARAGRAPH.search(line):
            open_sentence = -1
    return paragraphs


def _stands_apart(before: str, line: str, following: str) -> bool:
    """Tell whether a line opens a paragraph of its own though the line before has no full stop."""
    if _ITEM.match(line):
        return not (before[-1].isdigit() and line[0].isdigit())
    if is_label(before) and is_label(line):
        return True
    if re.search("[、，,]$", before) or _is_open(before):
        return False
    return is_field(line) or (is_label(line) and is_label(following))


def _is_whole_field(line: str, around: tuple[str, str]) -> bool:
    """Tell whether a line is a label and what belongs to it: 「咨询电话:68886666」."""
    return (
        is_label(line)
        and len(line) <= _FIELD_CHARS
        and (is_field(line) or any(map(is_label, around)))
        and not _GOES_ON.search(line)
        and not _is_open(line)
    )


def is_label(line: str) -> bool:
    """Tell whether a line begins with a short label, not with who says what follows."""
    label = _LABELLED.match(line)
    return label is not None and (is_field(line) or not _SAYS.search(label["label"]))


def is_field(line: str) -> bool:
    """Tell whether a line begins with the label of a notice's particulars: 「停水时间:」."""
    return _FIELD.match(line) is not None


def _is_open(line: str) -> bool:
    return any(line.count(opens) > line.count(ends) for opens, ends in ("“”", "（）", "()", "《》"))


def _signature(lines: list[str]) -> int:
    """Return where the lines begin that sign and date a notice at its end; past the end without any."""
    at = len(lines)
    if at and _SIGNED_ON.match(lines[at - 1]):
        at -= 1
    if at > 1 and _SIGNED.match(lines[at - 1]):
        at -= 1
    return at


def is_subheading(line: str) -> bool:
    """Tell whether a line is a heading within an article, marked or numbered."""
    return line.startswith(SUBHEADING_MARK) or _SUBHEADING.match(line) is not None


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
