"""Web pages and Word documents become pages of articles."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest

from qa.bulletin import Page, parse
from qa.errors import BulletinError
from qa.formats import decode

FILES = Path(__file__).parent / "formats"
PAGE = (FILES / "page.html").read_text(encoding="utf-8")


def read(data: bytes, name: str) -> Page:
    content = decode(data, Path(name))
    return parse(content.text, name)


class TestHtml:
    @pytest.fixture(autouse=True)
    def needs_trafilatura(self) -> None:
        pytest.importorskip("trafilatura", reason="the extra 'html' is not installed")

    def test_the_main_text_only(self) -> None:
        first, second = read(PAGE.encode(), "page.html").articles
        assert (first.title, first.date, first.reporters) == (
            "青禾县全面推进城市更新", dt.date(2023, 11, 8), ("沈一鸣",),
        )  # fmt: skip
        assert first.body.endswith("片区 开工 完工\n东关 5处 3处\n西关 8处 6处")
        assert second.title == "今冬气温偏高"
        for furniture in ("政务公开", "版权所有", "备案号"):
            assert furniture not in first.body + second.body

    @pytest.mark.parametrize(
        ("codec", "declared", "note"),
        [
            ("gb18030", "gb2312", "文件编码是 GB18030/GBK,已转换"),
            ("big5", "big5", "文件编码是 Big5,已转换"),
            ("gb18030", "utf-8", "文件编码是 GB18030/GBK,已转换"),
        ],
    )
    def test_encodings(self, codec: str, declared: str, note: str) -> None:
        text = PAGE.replace('charset="utf-8"', f'charset="{declared}"')
        if codec == "big5":
            text = text.encode("big5", "ignore").decode("big5")
        content = decode(text.encode(codec), Path("page.html"))
        assert content.notes == (note,)
        assert "13" in content.text

    def test_a_page_without_text(self) -> None:
        with pytest.raises(BulletinError, match="没有找到正文"):
            read(b"<html><body><nav><a href='/'>x</a></nav></body></html>", "a.htm")


class TestDocx:
    @pytest.fixture(autouse=True)
    def needs_python_docx(self) -> None:
        pytest.importorskip("docx", reason="the extra 'docx' is not installed")

    def test_a_word_processors_file(self) -> None:
        *_, first, second = read((FILES / "libreoffice.docx").read_bytes(), "a.docx").articles
        assert (first.title, second.title) == ("青禾县全面推进城市更新", "今冬气温偏高")
        assert (first.reporters, first.correspondents) == (("沈一鸣",), ("罗小满",))
        assert "片区 开工 完工\n东关 5处 3处\n西关 8处 6处" in first.body

    def made(self, *paragraphs: tuple[str, str | int]) -> bytes:
        import docx
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        document = docx.Document()
        for text, style in paragraphs:
            paragraph = document.add_paragraph(style=style if isinstance(style, str) else None)
            run = paragraph.add_run(text)
            if isinstance(style, int):  # a size, centred, as offices set their headlines
                run.font.size = Pt(style)
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        file = io.BytesIO()
        document.save(file)
        return file.getvalue()

    def test_styles(self) -> None:
        data = self.made(
            ("青禾县召开防汛工作会议", "Heading 1"), ("部署主汛期准备", "Heading 1"),
            ("——落实队伍46支", "Subtitle"),
            ("6月3日,青禾县召开防汛工作会议。", "Normal"),
            ("主要任务", "Heading 3"), ("落实抢险队伍46支。", "Normal"),
            ("青禾县新开公交线", "Heading 2"), ("线路全长38公里。", "Normal"),
        )  # fmt: skip
        first, second = read(data, "a.docx").articles
        assert first.title == "青禾县召开防汛工作会议 部署主汛期准备 ——落实队伍46支"
        assert first.body == "6月3日,青禾县召开防汛工作会议。\n主要任务\n落实抢险队伍46支。"
        assert second.title == "青禾县新开公交线"

    def test_headlines_by_their_look(self) -> None:
        data = self.made(
            ("青禾县新开公交线", 22), ("线路全长38公里,途经8个村,每天发车24班。", "Normal"),
            ("青禾县表彰劳模", 22), ("4月28日,青禾县表彰劳模30名。", "Normal"),
        )  # fmt: skip
        assert [a.title for a in read(data, "a.docx").articles] == ["青禾县新开公交线", "青禾县表彰劳模"]

    @pytest.mark.parametrize(
        ("data", "reason"),
        [(b"PK\x03\x04 damaged", "已损坏"), (b"\xd0\xcf\x11\xe0" + bytes(600), "另存为 .docx")],
    )
    def test_what_is_no_docx(self, data: bytes, reason: str) -> None:
        with pytest.raises(BulletinError, match=reason):
            decode(data, Path("a.docx"))
