"""Captions of pictures, and who took them."""

from __future__ import annotations

import re

from qa.language.names import NAME
from qa.parsing.tables import ENDS_PARAGRAPH
from qa.text import HAN

_OUTLET = (
    rf"(?![{HAN}]{{0,4}}(?:优秀|十佳|最佳|资深|知名))"  # 十佳新闻记者 are honoured, not named as writers
    rf"[{HAN}]{{1,8}}?(?:报|新闻|网|社|台|央视|融媒体?中心|新闻中心|客户端|广电|传媒|周刊)"
)
REPORTER = (
    rf"(?:{_OUTLET}(?:[、·]{_OUTLET})?)?"
    r"(?:本报|本刊|本网|新华社|中新社|人民日报|全媒体|融媒体?|见习|实习|特约|首席|高级|主任|摄影|驻[^\s、,，记]{2,6})*记者"
)
CORRESPONDENT = rf"(?:{_OUTLET})?(?:本报|本刊|特约)?通讯员"
SEPARATOR = r"[ 、,，/／]{1,2}"
MARK = "□■▢◎○●◆◇△▲★☆"
_CAPTION_OPENS = re.compile(
    r"^[▲△▼↑↓←→●■]?\s*(?:图为|[上下左右题]图(?:为|[:：]| )|图片(?:为|[:：])|"
    r"资料图|图[①-⑨\d一二三四五六][:：为 ]|▲|△)"
)
_CAPTION_ENDS = re.compile(f"(?:[{HAN}][ /／]?摄(?:影)?|(?:资料|受访者|单位)?供图|资料图片?)[)）]?$")
_PHOTO_CREDIT = re.compile(
    f"(?:{REPORTER}|{CORRESPONDENT})?[ :：]*(?P<names>{NAME}(?:{SEPARATOR}{NAME})*)[ /]*摄(?:影)?[)）]?$"
)
_CAPTION_CHARS = 120


def is_caption(line: str) -> bool:
    """Tell whether a line is the caption of a picture: 「图为会议现场。」, 「施工现场。 记者 王芳 摄」."""
    if _CAPTION_OPENS.match(line):
        return True
    return len(line) <= _CAPTION_CHARS and _CAPTION_ENDS.search(line) is not None and not only_credit(line)


def only_credit(line: str) -> bool:
    """Tell whether a line names the photographer and nothing else."""
    credit = _PHOTO_CREDIT.search(line)
    return credit is not None and not line[: credit.start()].strip(f" (（{MARK}")


def whole_captions(lines: list[str]) -> list[str]:
    """Put the photographer's line, or the rest of a caption that ends with one, behind its caption."""
    whole: list[str] = []
    for line in lines:
        open_caption = bool(whole) and is_caption(whole[-1]) and not _CAPTION_ENDS.search(whole[-1])
        if open_caption and (only_credit(line) or (_ends_open(whole[-1]) and _CAPTION_ENDS.search(line))):
            whole[-1] += (" " if only_credit(line) else "") + line
        else:
            whole.append(line)
    return whole


def _ends_open(line: str) -> bool:
    return ENDS_PARAGRAPH.search(line) is None


def photographers_of(caption: str) -> list[str]:
    """Return the people whom a caption names as having taken the picture."""
    credit = _PHOTO_CREDIT.search(caption)
    return re.split(SEPARATOR, credit["names"]) if credit else []
