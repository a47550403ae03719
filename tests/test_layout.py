"""Column breaks are undone and bylines become metadata, wherever they stand."""

import time

import pytest

from qa.parsing.bylines import Byline, take_bylines
from qa.parsing.layout import join_broken
from qa.parsing.tables import tidy_line


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


@pytest.mark.parametrize(
    ("line", "rest", "byline"),
    [
        (
            "本报讯（郑报全媒体记者 王芳）12月14日，会议召开。",
            "本报讯12月14日，会议召开。",
            Byline(("王芳",), ()),
        ),
        ("郑报全媒体记者 王芳 文/图", None, Byline(("王芳",), ())),
        ("正观新闻记者 王芳", None, Byline(("王芳",), ())),
        ("会议召开。（区融媒体中心记者 王芳）", "会议召开。", Byline(("王芳",), ())),
        ("河南日报驻郑州记者 王芳 大河网记者 李慧", None, Byline(("王芳", "李慧"), ())),
        ("（记者 王芳 实习生 李慧）12月14日，开会。", "12月14日，开会。", Byline(("王芳", "李慧"), ())),
        ("本报记者 王 芳 通讯员 李 慧", None, Byline(("王芳",), ("李慧",))),
        ("本报记者 欧阳榕 王 芳", None, Byline(("欧阳榕", "王芳"), ())),
        ("本报讯 记者王芳报道：12月14日，开会。", "本报讯 12月14日，开会。", Byline(("王芳",), ())),
        ("本报讯 记者 王芳 12月14日，开会。", "本报讯 12月14日，开会。", Byline(("王芳",), ())),
        ("本报记者 王芳 报道", None, Byline(("王芳",), ())),
        ("记者 王博文 李文 文/图", None, Byline(("王博文", "李文"), ())),
        ("□ 王芳", None, Byline(("王芳",), ())),
        ("作者：王芳 李慧", None, Byline(("王芳", "李慧"), ())),
        ("作者：王芳 来源：郑州日报", None, Byline(("王芳",), ())),
        ("来源：郑州日报", None, Byline((), ())),
        ("统筹 王芳", None, Byline((), ())),
        ("责编：逯小曼 校对：李慧", None, Byline((), ())),
    ],
)
def test_bylines_of_other_houses_and_shapes(line: str, rest: str | None, byline: Byline) -> None:
    assert take_bylines([line]) == ([rest] if rest else [], byline)


@pytest.mark.parametrize(
    ("line", "rest", "byline"),
    [
        (
            "青州晚报讯 记者王小满、实习生方知夏报道：7月18日，书展开幕。",
            "青州晚报讯 7月18日，书展开幕。",
            Byline(("王小满", "方知夏"), ()),
        ),
        (
            "青州日报8月1日讯 记者王小满 通讯员李慧报道：集市开张。",
            "青州日报8月1日讯 集市开张。",
            Byline(("王小满",), ("李慧",)),
        ),
        ("海河新闻记者|亓波", None, Byline(("亓波",), ())),
        (
            "惠及千家万户。（来源：青州区官方微信 记者：姚一敏）",
            "惠及千家万户。",
            Byline(("姚一敏",), ()),
        ),
        ("要立刻就医。青州日报、青报全媒体高级记者 樊一鸣", "要立刻就医。", Byline(("樊一鸣",), ())),
        ("安排通告如下。（整理：霍小曼）", "安排通告如下。", Byline(("霍小曼",), ())),
        ("仪式举行。（供稿：宣传科 霍小曼 申一涛）", "仪式举行。", Byline((), ("霍小曼", "申一涛"))),
        ("仪式举行。（医院宣传科 纪小然 供稿）", "仪式举行。", Byline((), ("纪小然",))),
        ("仪式举行。（作者：倪小珍 黄金）", "仪式举行。", Byline(("倪小珍", "黄金"), ())),
        ("文/记者 王芳 图/李慧", None, Byline(("王芳",), ())),
        ("文/王芳 图/李慧", None, Byline(("王芳",), ())),
        ("王芳/文 李慧/图", None, Byline(("王芳",), ())),
        ("见习记者 王芳 实习生 李慧", None, Byline(("王芳", "李慧"), ())),
        ("本报记者 张三 李四 通讯员 王五", None, Byline(("张三", "李四"), ("王五",))),
        ("本报记者 张小三 李四通讯员 王五", None, Byline(("张小三", "李四"), ("王五",))),
        ("海河网记者 刘一臻 通讯员 亓波 潍坊报道", None, Byline(("刘一臻",), ("亓波",))),
        ("（实习生 方知夏）集市开张。", "集市开张。", Byline(("方知夏",), ())),
        (
            "（记者 王芳 亓波 实习生 李慧 文/摄）集市开张。",
            "集市开张。",
            Byline(("王芳", "亓波", "李慧"), ()),
        ),
        (
            "海河网记者 刘琴 实习生 陈小月近日，有村民发现古井。",
            "近日，有村民发现古井。",
            Byline(("刘琴", "陈小月"), ()),
        ),
        (
            "中新网西宁8月19日电(王小蓓 李慧)8月17日，雪停了。",
            "中新网西宁8月19日电8月17日，雪停了。",
            Byline(("王小蓓", "李慧"), ()),
        ),
        ("（青报·青州网记者 王芳 青州日报通讯员 李慧）开市。", "开市。", Byline(("王芳",), ("李慧",))),
        ("活动随后举行。（王小蓓）", "活动随后举行。", Byline(("王小蓓",), ())),
        (
            "活动随后举行。青州新闻中心记者：夏小锋 笑薇 延波",
            "活动随后举行。",
            Byline(("夏小锋", "笑薇", "延波"), ()),
        ),
    ],
)
def test_bylines_of_many_papers(line: str, rest: str | None, byline: Byline) -> None:
    assert take_bylines([line]) == ([rest] if rest else [], byline)


@pytest.mark.parametrize(
    "line",
    [
        "集市照常开张。（方便）", "气温回升。（常态）", "他叫外号（王小二）。", "县委组织部供稿处已搬走。",
        "大家都认识她（王小蓓）", "征稿启事（供稿：不限）", "实习生 待遇", "记者 王芳近日走访了三个村。",
        "数据（单位：万元）", "统计已公布。（数据：信息科 霍小曼）",
        "（整理：去年的账目）", "获奖者（一等奖 王芳 李慧）", "记者节 文/图展",
        "图：王芳在领奖。", "全部用上绿电（常州）。", "主讲（王芳 教授）",
    ],
)  # fmt: skip
def test_remarks_in_brackets_and_news_of_people_stay(line: str) -> None:
    assert take_bylines([line]) == ([line], Byline((), ()))


def test_names_alone_sign_an_article_only_at_its_end() -> None:
    assert take_bylines(["第一名揭晓。（王小蓓）", "会后散场。"]) == (
        ["第一名揭晓。（王小蓓）", "会后散场。"],
        Byline((), ()),
    )


@pytest.mark.parametrize(
    "line",
    [
        "会议召开。（记者观察）", "（记者名单附后）", "记者时评", "记者 调查", "记者 现场连线", "实习生 招聘",
        "十佳新闻记者 王芳 李慧", "记者王芳报道了此事。", "编辑：2名", "校对：1名", "编辑：若干名",
        "统筹：发展和安全", "统筹 发展和安全", "审读 红色经典", "来源：自筹", "■ 二七区教育局",
    ],
)  # fmt: skip
def test_rubrics_posts_and_duties_are_no_writers(line: str) -> None:
    assert take_bylines([line]) == ([line], Byline((), ()))


def test_where_a_line_stands_tells_what_it_names() -> None:
    text = ["甲。", "乙。", "丙。", "丁。"]
    listed = ["书名：二七记", "作者：王芳", "出版社：河南人民出版社"]
    marked = ["■ 时间", "12月1日", "■ 地点", "文化馆"]
    middle = [*text, "统筹 安全", *text]
    for lines in (listed, marked, middle, [*text, "作者：王芳", *text]):
        assert take_bylines(lines) == (lines, Byline((), ()))
    assert take_bylines([*text, "编辑 王芳", "校对 李慧", *text])[0] == [*text, *text]
    assert take_bylines([*text, "编辑 王芳"])[0] == text


@pytest.mark.parametrize("unit", ["王芳图、", "王芳文/图、", "记者王芳摄影、", "驻报社记者王芳、", "王 芳 "])
def test_a_long_list_of_names_is_read_in_no_time(unit: str) -> None:
    line = "记者 " + unit * 200 + "等人"
    started = time.perf_counter()
    take_bylines([line])
    assert time.perf_counter() - started < 1


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
        (["总投资", "9.8亿元。"], ["总投资9.8亿元。"]),
        (["建设三个", "1、2号楼。"], ["建设三个1、2号楼。"]),
        (["会上，区长", "苏建设强调：要抓好落", "实。"], ["会上，区长苏建设强调：要抓好落实。"]),
        (["要做到", "三个到位：组织到位、措施到", "位。"], ["要做到三个到位：组织到位、措施到位。"]),
        (["停水范围：大学路、", "嵩山路。"], ["停水范围：大学路、嵩山路。"]),
        (["会议于", "2021年12月15日", "召开。"], ["会议于2021年12月15日召开。"]),
    ],
)
def test_broken_paragraphs_are_joined(lines: list[str], paragraphs: list[str]) -> None:
    assert join_broken(lines) == paragraphs


@pytest.mark.parametrize(
    "lines",
    [
        ["因管网改造停水", "停水范围：大学路以东", "咨询电话：0371-68886666", "二七区水务局"],
        ["岗位：会计", "学历：本科以上", "薪资：面议"],
        ["注意事项", "1.保持安静", "2．不得拍照", "3、严禁烟火"],
        ["注意事项", "（1）保持安静", "（2）不得拍照"],
        ["注意事项", "①保持安静", "②不得拍照", "●严禁烟火", "▲禁止入内"],
        ["3.严禁烟火", "二七区图书馆2021年12月1日"],
        ["全区停水", "2021年12月1日"],
        ["暴雨突降。", "记者观察", "路通了。"],
    ],
)
def test_particulars_lists_and_signatures_stand_apart(lines: list[str]) -> None:
    assert join_broken(lines) == lines


def test_a_chronicle_keeps_its_entries_apart() -> None:
    lines = ["2021年7月20日", "二七区遭遇特大暴雨", "2021年7月21日", "转移群众3万人"]
    assert join_broken(lines) == ["2021年7月20日二七区遭遇特大暴雨", "2021年7月21日转移群众3万人"]


def test_lines_lose_indentation_only() -> None:
    assert tidy_line("\u3000\u3000本报讯\u3000 12月14日\t会议 ") == "本报讯 12月14日 会议"
