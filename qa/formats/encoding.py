"""Bytes of a text file become text: the encoding is detected, never guessed silently."""

from __future__ import annotations

import codecs

from qa.errors import BulletinError
from qa.formats.content import Decoded
from qa.text import fold

_MAGIC = (
    (b"%PDF-", "PDF 文件"),
    (b"\x89PNG\r\n\x1a\n", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"PK\x03\x04", "压缩包或 Office 文档"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文档"),
    (b"{\\rtf", "RTF 文档"),
)
_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_PLAUSIBLE = 0.9
_MAX_CONTROLS = 0.01
_SAMPLE = 20_000  # characters


def decode_text(data: bytes) -> Decoded:
    """Decode a text file: by byte order mark, as UTF-8, or as GB18030 where that makes sense.

    GB18030 (GBK and GB2312 are parts of it) gives almost any bytes some meaning, so the result must
    read as Chinese: see :func:`reads_as_chinese`.

    Raises:
        BulletinError: binary, damaged, or in another encoding.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise BulletinError(f"不是文本文件:内容是{kind}")
    text, encoding = _decode(data)
    controls = sum(text.count(chr(c)) for c in (*range(0x09), *range(0x0E, 0x20), 0x7F))
    if "\0" in text or controls > _MAX_CONTROLS * len(text):
        raise BulletinError("不是文本文件:内容是二进制数据")
    notes = [] if encoding == "UTF-8" else [f"文件编码是 {encoding},已转换"]
    if lost := text.count("\ufffd"):
        notes.append(f"文件里有 {lost} 个已经损坏的字符(�)")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding, tuple(notes))


def _decode(data: bytes) -> tuple[str, str]:
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(codec), name
            except UnicodeDecodeError as error:
                raise BulletinError(
                    f"文件以 {name} 标记开头,但第 {error.start + 1} 个字节起无法解码"
                ) from error
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError as error:
        damaged_at = error.start + 1
    if b"\0" not in data:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            pass
        else:
            if reads_as_chinese(text[:_SAMPLE]):
                return text, "GB18030/GBK"
        raise BulletinError(
            f"无法识别文件编码:不是 UTF-8(第 {damaged_at} 个字节起)、UTF-16,也不像 GB18030/GBK,请另存为 UTF-8"
        )
    raise BulletinError("不是文本文件:内容是二进制数据")


def reads_as_chinese(text: str) -> bool:
    """Tell whether text decoded as GB18030 was written in it.

    Nine in ten of its characters beyond ASCII, traditional ones made simplified, must be among the
    3,755 common ones of GB 2312 level 1 (99.7 % of running text) or its punctuation. Bytes of another
    encoding fall all over GB18030's 27,000; only EUC-KR, whose Hangul lies in the same rows, does not.
    The rows of numerals, foreign letters and what tables are drawn with (Ⅲ, №, ㎡, ─) tell nothing.
    """
    foreign = [c for c in fold(text) if not c.isascii()]
    telling = [c for c in foreign if not _tells_nothing(c)]
    return sum(map(_common, telling)) >= _PLAUSIBLE * len(telling) and bool(telling or not foreign)


def _tells_nothing(char: str) -> bool:
    try:
        return char.encode("gbk")[0] in (0xA2, 0xA6, 0xA7, 0xA8, 0xA9) and not _common(char)
    except UnicodeEncodeError:
        return False


def _common(char: str) -> bool:
    try:
        lead = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return char in "—–‘’“”•…€"
    # Rows 1 and 3 hold punctuation and full-width forms, 16 to 55 the common characters.
    return lead in (0xA1, 0xA3) or 0xB0 <= lead <= 0xD7
