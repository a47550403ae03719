"""Lists of articles with their own metadata: what is taken, what is reported by its line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from qa.errors import BulletinError
from qa.formats import Listing, decode
from qa.parsing.bulletin import Page, parse_records


def read(text: str | bytes, name: str) -> tuple[Page, tuple[str, ...]]:
    content = decode(text if isinstance(text, bytes) else text.encode(), Path(name))
    assert isinstance(content, Listing)
    return parse_records(content.records, name), content.notes


WHOLE = {
    "title": "青禾县新开公交线", "body": "本报讯 7月1日,青禾县新开公交线路两条。\n全长38公里。",
    "date": "2023-07-02", "reporters": ["沈一鸣"], "correspondents": ["罗小满", "钱多多"],
}  # fmt: skip


def test_json_lines() -> None:
    page, notes = read(json.dumps(WHOLE, ensure_ascii=False) + "\n\n", "a.jsonl")
    (article,) = page.articles
    assert (article.title, article.body, article.date) == (WHOLE["title"], WHOLE["body"], dt.date(2023, 7, 2))
    assert (article.reporters, article.correspondents) == (("沈一鸣",), ("罗小满", "钱多多"))
    assert (article.date_text, notes) == ("7月1日", ())


def test_the_first_sentence_stands_for_a_missing_headline() -> None:
    body = (
        "青禾县召开防汛工作会议，通报汛情、工情、险情和灾情，"
        "研究部署下一阶段主汛期防汛抗旱各项工作任务。会议要求抓好落实。"
    )
    (article,) = read(json.dumps({"id": "7", "date": "2015-07-16", "body": body}), "a.jsonl")[0].articles
    assert article.title == body[:39] + "…"
    assert (article.body, article.date) == (body, dt.date(2015, 7, 16))


def test_bad_lines_are_reported_by_their_numbers_and_the_rest_is_taken() -> None:
    lines = [
        json.dumps(WHOLE), "{broken", "[1]", '{"title": "只有标题"}', '{"body": 5}',
        '{"body": "会议召开。", "date": "去年"}',
    ]  # fmt: skip
    page, notes = read("\n".join(lines), "a.jsonl")
    assert [article.title for article in page.articles] == [WHOLE["title"], "会议召开。"]
    assert notes == (
        "第 2 行不是有效的 JSON,没有收录",
        "第 3 行不是 JSON 对象,没有收录",
        "第 4 行没有正文(body),没有收录",
        "第 5 行的正文(body)不是文字,没有收录",
        "第 6 行的日期(date)无法识别:去年;文章已收录,没有日期",
    )


def test_many_bad_lines_are_counted() -> None:
    _, notes = read("\n".join([json.dumps(WHOLE), *["x"] * 30]), "a.jsonl")
    assert len(notes) == 21
    assert notes[-1] == "另有 10 行也有问题"


def test_nothing_to_take() -> None:
    with pytest.raises(BulletinError, match="第 1 行不是有效的 JSON"):
        read("x", "a.jsonl")


@pytest.mark.parametrize("codec", ["utf-8-sig", "gb18030"])
def test_csv_as_spreadsheets_save_it(codec: str) -> None:
    text = (
        "标题,正文,日期,记者,通讯员\r\n"
        '公交线,"7月1日,新开线路两条。\n全长38公里。",2023/7/2,沈一鸣、王芳,\r\n'
        "表彰,表彰劳模30名。,2023年7月3日,,\r\n"
    )
    page, notes = read(text.encode(codec), "a.csv")
    first, second = page.articles
    assert (first.title, first.body) == ("公交线", "7月1日,新开线路两条。\n全长38公里。")
    assert (first.date, first.reporters, second.date) == (
        dt.date(2023, 7, 2),
        ("沈一鸣", "王芳"),
        dt.date(2023, 7, 3),
    )
    assert notes == (() if codec == "utf-8-sig" else ("文件编码是 GB18030/GBK,已转换",))


def test_bad_rows_of_a_csv() -> None:
    page, notes = read('title,body\na,会议召开。\nb\nc,大会闭幕。\nd,"不成对\n', "a.csv")
    assert [article.body for article in page.articles] == ["会议召开。", "大会闭幕。"]
    assert notes == ("第 3 行列数与第一行不同,没有收录", "第 5 行引号不成对,从这里起没有读,没有收录")
    with pytest.raises(BulletinError, match=r"其中要有 body"):
        read("a,b\n1,2\n", "a.csv")


@pytest.mark.parametrize(
    ("author", "reporters", "correspondents"),
    [
        ("本报记者 王芳 通讯员 李慧", ("王芳",), ("李慧",)),
        ("记者:王芳", ("王芳",), ()),
        ("记者：王芳、赵刚；通讯员：李慧", ("王芳", "赵刚"), ("李慧",)),
        ("文/王芳 图/李慧", ("王芳", "李慧"), ()),
        ("王芳 文/图", ("王芳",), ()),
        ("青禾日报首席记者王芳（实习）", ("王芳",), ()),
        ("本报通讯员李慧", (), ("李慧",)),
        ("沈一鸣、王芳", ("沈一鸣", "王芳"), ()),
        ("青禾县融媒体中心", ("青禾县融媒体中心",), ()),
        ("青禾县记者协会", ("青禾县记者协会",), ()),
        (["John Smith", "本报记者 王芳 通讯员 李慧", "文/赵刚"], ("John Smith", "王芳", "赵刚"), ("李慧",)),
    ],
)
def test_the_author_of_a_record_may_be_a_byline(
    author: str | list[str], reporters: tuple[str, ...], correspondents: tuple[str, ...]
) -> None:
    record = {"title": "公交线", "body": "新开线路两条。", "author": author}
    (article,) = read(json.dumps(record, ensure_ascii=False), "a.jsonl")[0].articles
    assert (article.reporters, article.correspondents) == (reporters, correspondents)


def test_correspondents_in_both_columns() -> None:
    record = {"body": "新开线路两条。", "author": "记者 王芳 通讯员 李慧", "通讯员": "通讯员 李慧 赵刚"}
    (article,) = read(json.dumps(record, ensure_ascii=False), "a.jsonl")[0].articles
    assert (article.reporters, article.correspondents) == (("王芳",), ("李慧", "赵刚"))
