"""Column breaks are undone and bylines become metadata, wherever they stand."""

import pytest

from qa.layout import Byline, join_broken, take_bylines
from qa.tables import tidy_line


@pytest.mark.parametrize(
    ("line", "rest", "byline"),
    [
        ("提供了根本遵循。 记者 景静", "提供了根本遵循。", Byline(("景静",), ())),
        ("记者 景静 通讯员 李慧", None, Byline(("景静",), ("李慧",))),
        ("本报记者 景静 王芳 文/图", None, Byline(("景静", "王芳"), ())),
        ("提供了遵循。 记者 景静 要坚持学用结合。", "提供了遵循。 要坚持学用结合。", Byline(("景静",), ())),
        (
            "本报讯(记者 景静 通讯员 李慧)12月3日,会议召开。",
            "本报讯12月3日,会议召开。",
            Byline(("景静",), ("李慧",)),
        ),
        ("会议召开。(记者景静)", "会议召开。", Byline(("景静",), ())),
        ("会议召开。记者张华", "会议召开。", Byline(("张华",), ())),
        ("会议召开。 □记者 景静", "会议召开。", Byline(("景静",), ())),
        ("记者 景静、王芳 通讯员 李慧 赵刚", None, Byline(("景静", "王芳"), ("李慧", "赵刚"))),
    ],
)
def test_bylines_are_taken_out(line: str, rest: str | None, byline: Byline) -> None:
    assert take_bylines([line]) == ([rest] if rest else [], byline)


@pytest.mark.parametrize(
    "line",
    [
        "记者从区教育局获悉,新学期将至。",
        "有记者问,记者 多 次采访过他吗?",
        "通讯员培训班开班。",
        "区里表彰了优秀记者和通讯员。",
        "他当过记者 后来去了工厂。",
    ],
)
def test_what_only_looks_like_a_byline_stays(line: str) -> None:
    assert take_bylines([line]) == ([line], Byline((), ()))


def test_the_same_writer_is_named_once() -> None:
    _, byline = take_bylines(["会议召开。 记者 景静", "大会闭幕。 记者 景静"])
    assert byline.reporters == ("景静",)


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (["规划的关键", "之年,全区上下。"], ["规划的关键之年,全区上下。"]),
        (["国家、", "省、市级研发中心36个。"], ["国家、省、市级研发中心36个。"]),
        (["发展壮大。”二", "七经开区负责人说。"], ["发展壮大。”二七经开区负责人说。"]),
        (["第一段。", "第二段!", "第三段?”", "第四段"], ["第一段。", "第二段!", "第三段?”", "第四段"]),
        (["一、总体要求", "加快", "建设。"], ["一、总体要求", "加快建设。"]),
        (["the National", "Anti Fraud Centre。"], ["the National Anti Fraud Centre。"]),
        (["共12", "3家企业。"], ["共123家企业。"]),
    ],
)
def test_broken_paragraphs_are_joined(lines: list[str], paragraphs: list[str]) -> None:
    assert join_broken(lines) == paragraphs


def test_lines_lose_indentation_only() -> None:
    assert tidy_line("\u3000\u3000本报讯\u3000 12月14日\t会议 ") == "本报讯 12月14日 会议"
