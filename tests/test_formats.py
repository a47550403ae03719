"""Encodings detected or refused; the reasons a file cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import BulletinError
from qa.formats import MAX_BYTES, read_bytes, read_text
from qa.formats.encoding import decode_text, reads_as_chinese

SEED = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))[0].read_text(encoding="utf-8")
TRADITIONAL = (
    "# 二七區召開災後恢復重建工作領導小組會議\n\n本報訊 12月6日,區委書記陳紅民主持會議,強調提升認識。"
)


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("gb18030", "GB18030/GBK"),
        ("gbk", "GB18030/GBK"),
        ("utf-32", "UTF-32"),
    ],
)
def test_known_encodings_give_the_same_text(codec: str, name: str) -> None:
    decoded = decode_text(SEED.encode(codec))
    assert (decoded.text, decoded.encoding) == (SEED, name)
    assert decoded.notes == (() if name == "UTF-8" else (f"文件编码是 {name},已转换",))


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf16_with_either_byte_order(order: str) -> None:
    bom = {"le": b"\xff\xfe", "be": b"\xfe\xff"}[order]
    assert decode_text(bom + SEED.encode(f"utf-16-{order}")).text == SEED


def test_traditional_text_in_gbk() -> None:
    assert decode_text(TRADITIONAL.encode("gbk")).text == TRADITIONAL


@pytest.mark.parametrize(
    "data",
    [
        TRADITIONAL.encode("big5"),
        "二七区の養老サービスについて、会議が開かれました。".encode("shift_jis"),
        "Это районный бюллетень, а не китайский.".encode("koi8-r"),
        "Le café où nous étions à l'été dernier était très agréable.".encode("latin-1"),
        SEED.encode()[:-1] + b"\xff" + SEED.encode(),
        SEED.encode("gb18030")[:-3] + b"\xff\xff",
    ],
    ids=["Big5", "Shift-JIS", "KOI8-R", "Latin-1", "broken UTF-8", "broken GBK"],
)
def test_other_encodings_are_refused_with_the_remedy(data: bytes) -> None:
    with pytest.raises(BulletinError, match=r"无法识别文件编码.*请另存为 UTF-8"):
        decode_text(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG 图片"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG 图片"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF 文件"),
        (b"PK\x03\x04\x14\x00", "Office 文档"),
        (bytes(range(256)) * 40, "二进制数据"),
        (b"abc\x00def", "二进制数据"),
        (b"\x01\x02\x03\x04 text", "二进制数据"),
        (b"\xff\xfeA\x00\x00\xd8", "UTF-16 标记开头"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BulletinError, match=reason):
        decode_text(data)


def test_line_ends_become_one() -> None:
    assert decode_text("一\r\n二\r三\n".encode()).text == "一\n二\n三\n"


def test_damaged_characters_are_noted() -> None:
    assert decode_text("二七\ufffd\ufffd区".encode()).notes == ("文件里有 2 个已经损坏的字符(�)",)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1))
def test_any_utf8_text_is_read_as_it_is(text: str) -> None:
    if text.startswith(("%PDF-", "PK", "GIF8", "{\\rtf", "\ufeff")):
        return
    assert decode_text(text.encode()).text == text


def test_common_characters_decide() -> None:
    assert reads_as_chinese("区委副书记、区长苏建设领学“会议精神”,—— 2022 年")
    assert not reads_as_chinese("浜屼竷鍖哄彫寮€浼氳")


@pytest.mark.parametrize(
    "text",
    [
        "进度\n┌──┬──┐\n│片区│开工│\n├──┼──┤\n│东关│5处│\n└──┴──┘\n",
        "╔══╦══╗\n║片区║开工║\n╚══╩══╝\n",
        "Ⅱ级响应，№1地块120㎡，㈢区⑩号 αβγ Дд\n",
    ],
)
def test_what_tables_are_drawn_with_tells_nothing_of_an_encoding(text: str) -> None:
    assert decode_text(text.encode("gb18030")).text == text
    assert not reads_as_chinese("─" * 20)


def test_reading_a_file(tmp_path: Path) -> None:
    path = tmp_path / "公报.TXT"
    path.write_text(SEED, encoding="gb18030")
    assert read_text(path).text == SEED


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "文件是空的"),
        ("a.txt", " \n\u3000\n\t".encode(), "只有空白"),
        ("a.txt", b"\xef\xbb\xbf", "只有空白"),
        ("a.odt", b"x", "不支持的文件类型 .odt;支持 .csv、.docx、.htm、"),
        ("a.doc", b"x", "不支持旧版 Word 文档,请另存为 .docx"),
        ("README", b"x", "不支持的文件类型 .没有扩展名"),
    ],
)
def test_reasons(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BulletinError, match=reason):
        read_text(tmp_path / name)


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(50 * 2**20)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(BulletinError, match=r"文件太大\(50.0 MB,上限 20 MB\)"):
        read_bytes(huge)


def test_the_limit_itself_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * MAX_BYTES)
    assert len(read_bytes(path)) == MAX_BYTES


def test_what_is_no_regular_file(tmp_path: Path) -> None:
    with pytest.raises(BulletinError, match="是文件夹"):
        read_bytes(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(BulletinError, match="不是普通文件"):
        read_bytes(tmp_path / "pipe.txt")
    with pytest.raises(BulletinError, match="文件不存在"):
        read_bytes(tmp_path / "none.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "none.txt")
    with pytest.raises(BulletinError, match="符号链接指向的文件不存在"):
        read_bytes(tmp_path / "link.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    with pytest.raises(BulletinError, match="文件无法读取"):
        read_bytes(tmp_path / "loop.txt")
