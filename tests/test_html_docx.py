"""Web pages and Word documents become pages of articles."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest

from qa.errors import BulletinError
from qa.formats import decode
from qa.parsing.bulletin import Page, parse

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

    @pytest.mark.parametrize(
        ("title", "headline"),
        [
            ("聚焦两会 | 二七区交出亮眼成绩单 - 二七区人民政府", "聚焦两会 | 二七区交出亮眼成绩单"),
            ("聚焦两会 | 二七区交出亮眼成绩单", "聚焦两会 | 二七区交出亮眼成绩单"),
            ("二七区召开全区领导干部大会_要闻_二七区人民政府", "二七区召开全区领导干部大会"),
            ("二七区召开全区领导干部大会--要闻--人民网", "二七区召开全区领导干部大会"),
            ("二七区召开大会 - 青禾在线", "二七区召开大会"),
            ("公告 - 二七区人民政府", "公告"),
            ("二七区召开大会｜", "二七区召开大会"),
            ("二七区召开大会", "二七区召开大会"),
        ],
    )
    def test_a_title_loses_the_name_of_the_site_only(self, title: str, headline: str) -> None:
        text = "6月3日,青禾县召开防汛工作会议,部署主汛期各项准备工作。会议要求,6月10日前完成全部隐患整改。"
        page = (
            f"<html><head><title>{title}</title></head><body><article><p>{text}</p></article></body></html>"
        )
        assert [a.title for a in read(page.encode(), "a.html").articles] == [headline]

    @pytest.mark.parametrize(
        ("second", "day"), [('<meta name="date" content="2023-11-08">', dt.date(2023, 11, 8)), ("", None)]
    )
    def test_a_day_that_is_none_is_passed_over(self, second: str, day: dt.date | None) -> None:
        text = PAGE.replace('content="2023-11-09', 'content="2023-02-30').replace("<head>", "<head>" + second)
        assert text.count("2023-02-30") == 1
        assert read(text.encode(), "a.html").articles[0].date == day

    def test_figures_stay_in_their_columns(self) -> None:
        table = (
            "<table><tr><td colspan=4>表1 各片区进度</td></tr>"
            "<tr><td rowspan=2>街道</td><td>片区</td><td>开工</td><td>完工</td></tr>"
            "<tr><td>东关</td><td></td><td>3处</td></tr>"
            "<tr><td>石桥</td><td colspan=2>西关</td><td>6处</td></tr></table>"
        )
        text = "<p>6月3日,青禾县召开防汛工作会议,部署主汛期各项准备工作,各片区进度如下,要求年底前完成。</p>"
        page = f"<html><head><title>进度</title></head><article>{text}{table}{text}</article></html>"
        body = decode(page.encode(), Path("a.html")).text
        assert "表1 各片区进度\n街道\t片区\t开工\t完工\n街道\t东关\t—\t3处\n石桥\t西关\t西关\t6处" in body

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

    def table(self, rows: list[list[str]]) -> tuple[Any, Any]:
        import docx

        document = docx.Document()
        document.add_paragraph("全县进度如下。")
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        return document, table

    def text(self, document: Any) -> str:
        file = io.BytesIO()
        document.save(file)
        return decode(file.getvalue(), Path("a.docx")).text.strip()

    def test_a_title_that_spans_a_table_leaves_it_a_table(self) -> None:
        document, table = self.table([["表1 进度", "", ""], ["片区", "开工", "完工"], ["东关", "", "3处"]])
        table.cell(0, 0).merge(table.cell(0, 2))
        assert self.text(document) == "全县进度如下。\n\n表1 进度\n片区\t开工\t完工\n东关\t—\t3处"

    def test_merged_cells_are_said_in_each_row_and_column(self) -> None:
        document, table = self.table(
            [
                ["街道", "片区", "开工", "完工"],
                ["石桥", "东关", "", "3处"],
                ["", "西关", "8处", "6处"],
                ["合计", "", "8处", "9处"],
            ]
        )
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(3, 0).merge(table.cell(3, 1))
        assert self.text(document).endswith(
            "街道\t片区\t开工\t完工\n石桥\t东关\t—\t3处\n石桥\t西关\t8处\t6处\n合计\t合计\t8处\t9处"
        )

    def test_a_table_in_a_frame_is_read_once(self) -> None:
        document, frame = self.table([["框里的话。"]])
        inner = frame.cell(0, 0).add_table(2, 2)
        for row, texts in zip(inner.rows, (("片区", "完工"), ("东关", "3处")), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        assert self.text(document) == "全县进度如下。\n\n框里的话。\n\n片区\t完工\n东关\t3处"

    def test_running_text_in_columns_below_a_masthead_is_framed(self) -> None:
        story = "6月3日,青禾县召开防汛工作会议。" * 15
        document, table = self.table([["青禾县公报", ""], [story, story]])
        table.cell(0, 0).merge(table.cell(0, 1))
        assert "\t" not in self.text(document)

    @pytest.mark.parametrize(
        ("data", "reason"),
        [(b"PK\x03\x04 damaged", "已损坏"), (b"\xd0\xcf\x11\xe0" + bytes(600), "另存为 .docx")],
    )
    def test_what_is_no_docx(self, data: bytes, reason: str) -> None:
        with pytest.raises(BulletinError, match=reason):
            decode(data, Path("a.docx"))
