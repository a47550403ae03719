"""PDF files that other programs made: columns in reading order, no furniture, tables, headlines."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import BulletinError
from qa.formats import read_text
from qa.formats.page_layout import PrintedPage, Run, text_of
from qa.parsing.bulletin import parse

pytest.importorskip("pypdfium2", reason="the extra 'pdf' is not installed")
FILES = Path(__file__).parent / "formats"


def test_a_browsers_print_in_two_columns() -> None:
    articles = parse(read_text(FILES / "chromium.pdf").text, "chromium.pdf").articles
    assert [a.title for a in articles] == ["全县公交更新", "东站不停车"]
    first, second = articles
    assert (first.reporters, first.correspondents, first.date_text) == (("王新",), ("李全",), "7月1日")
    # The sentence that the column break cuts is whole, and the columns were not read across.
    assert first.body.split("\n") == [
        "本报讯7月1日，青禾县开会，通报全县公交更新，要求年底前全部更新完成，方便群众出行。",
        "今年全县更新公交车46辆，新开线路2条，全长38公里，设站96个，每天发车240班，票价1元，方便12个村的群众。",
        "会议要求，东站、西站年底前完成，全年不停车，票价不变。",
        "线路 公里 站",
        "1路 18 46个",
        "2路 20 50个",
    ]
    assert second.body.endswith("方便东站12个村的群众出行，群众会前通报。\n西站年底前完成。")


def test_a_word_processors_export() -> None:
    articles = parse(read_text(FILES / "libreoffice.pdf").text, "libreoffice.pdf").articles
    assert [a.title for a in articles] == ["青禾县召开防汛工作会议", "青禾县新开两条公交线"]
    assert articles[0].body.split("\n") == [
        "本报讯6月3日，青禾县召开防汛工作会议。会议要求，6月10日前完成全部隐患整改。",
        "主要任务",
        "全县落实抢险队伍46支、1380人，储备编织袋21万条。",
        "水库 库容 责任人",
        "白鹭水库 1200万立方米 许文涛",
        "双燕水库 860万立方米 陈立新",
    ]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"no PDF at all"])
def test_a_damaged_file(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(BulletinError, match="PDF 文件已损坏"):
        read_text(tmp_path / "a.pdf")


def line(text: str, x: float, y: float, size: float = 10.0) -> Run:
    return Run(text, x, y, x + size * len(text), y + size, size)


def column(text: str, x: float, y: float, chars: int = 12) -> list[Run]:
    """Set a paragraph in lines of so many characters; the first is indented by two."""
    lines = [text[: chars - 2], *(text[i : i + chars] for i in range(chars - 2, len(text), chars))]
    return [line(part, x + (20 if i == 0 else 0), y + 15 * i) for i, part in enumerate(lines)]


LEFT = "青禾县召开城市更新工作推进会,通报今年以来改造棚户区和老旧小区的进展,要求年底前全部"
RIGHT = "完工,对进度滞后的项目每周通报一次,由县政府督查室负责,并向社会公开。"


def test_running_heads_leave_a_page_mark_only() -> None:
    pages = []
    for number, text in ((1, LEFT + "完工。"), (2, RIGHT)):
        head = line(f"青禾日报 2023年11月9日 星期四 第{number}版", 50, 20)
        runs = [head, line("城市更新", 50, 100, 20), *column(text, 50, 150), line(f"- {number} -", 200, 780)]
        pages.append(PrintedPage(tuple(runs), 800))
    text = text_of(pages)
    assert "星期四" not in text
    assert "- 1 -" not in text
    assert text.startswith("2023年11月9日 第1版\n\n## 城市更新\n\n青禾县召开")
    assert parse(text, "a.pdf").articles[0].date is not None


def test_a_headline_over_two_columns_and_an_article_beside() -> None:
    runs = [
        line("城市更新加快推进", 50, 60, 20), line("一年改造棚户区13处", 50, 84, 20),
        *column(LEFT, 50, 130), *column(RIGHT, 190, 130),
        line("冬季防火", 340, 60, 16), *column("山区要注意森林防火,发现火情立即报告。", 340, 130),
    ]  # fmt: skip
    articles = parse(text_of([PrintedPage(tuple(runs), 800)]), "a.pdf").articles
    assert [a.title for a in articles] == ["城市更新加快推进 一年改造棚户区13处", "冬季防火"]
    assert articles[0].body == LEFT + RIGHT


@pytest.mark.parametrize(
    ("text", "y", "size"),
    [
        ("二七区推出3.0版政务服务清单", 20, 20),
        ("2021年12月14日星期二上午,二七区召开全区领导干部大会", 20, 10),
        ("据介绍,平台于2021年12月14日升级到2.0版后,累计服务群众", 780, 10),
        ("会议于2021年12月14日星期二召开", 780, 10),
        ("电话:0371-68886666", 780, 10),
    ],
)
def test_text_at_the_edge_of_a_page_stays(text: str, y: float, size: float) -> None:
    runs = [line(text, 20, y, size), *column(LEFT + "完工。", 50, 150)]
    found = text_of([PrintedPage(tuple(runs), 800)])
    assert text in found
    assert "第0版" not in found


@pytest.mark.parametrize(
    ("head", "mark"),
    [
        ("青禾日报 2023年11月9日 星期四 第1版", "2023年11月9日 第1版"),
        ("2021年12月15日 星期三 农历辛丑年十一月十二 今日8版", "2021年12月15日"),
        ("A03版 综合新闻", "第A03版"),
        ("要闻03版 责编 王芳 校对:李明 电话:0371-67888888", "第03版"),
        ("青禾日报2023年11月9日星期四第1版", "2023年11月9日 第1版"),
        ("03 要闻 责任编辑:王芳、李明 2021 年 12 月 15 日 星期三", "2021年12月15日"),
        ("青禾报 2021年12月15日 第3版 总第1234期 多云 3℃~10℃", "2021年12月15日 第3版"),
    ],
)
@pytest.mark.parametrize("size", [10, 20])
def test_what_a_running_head_is_made_of(head: str, mark: str, size: float) -> None:
    runs = [line(head, 20, 20, size), *column(LEFT + "完工。", 50, 150)]
    assert text_of([PrintedPage(tuple(runs), 800)]).startswith(mark + "\n\n青禾县召开")


def test_contact_lines_go_where_they_repeat() -> None:
    pages = [
        PrintedPage((*column(text, 50, 150), line("电话:0371-68886666", 50, 780)), 800)
        for text in (LEFT + "完工。", RIGHT)
    ]
    assert "电话" not in text_of(pages)
