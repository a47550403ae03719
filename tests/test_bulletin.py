"""Pages become articles, and nothing but bylines and layout is lost on the way."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import BulletinError
from qa.parsing.bulletin import article_id, parse

SEEDS = sorted(Path("seeds").glob("*.txt"))
PAGES = [*SEEDS, *sorted(Path("benchmarks/pages").glob("*.txt"))]


def squeeze(text: str) -> str:
    return re.sub(r"\s|#", "", text)


@pytest.fixture(scope="module")
def seed():
    return parse(SEEDS[0].read_text(encoding="utf-8"), SEEDS[0].as_posix())


def test_the_seed_page(seed) -> None:
    found = [(a.title, a.date, a.date_text, a.reporters, a.correspondents) for a in seed.articles]
    assert found == [
        (
            "二七区委常委会召开(扩大)会议 传达学习中央经济工作会议精神",
            dt.date(2021, 12, 14), "12月14日", ("景静",), (),
        ),
        (
            "二七区召开灾后恢复重建工作领导小组会议 确保在规定时间内完成各项目标任务",
            dt.date(2021, 12, 6), "12月6日", ("景静",), (),
        ),
        (
            "二七经济技术开发区新添一所研究院 “政产学研用”合作助力高质量创新发展",
            dt.date(2021, 12, 10), "12月10日", ("景静",), (),
        ),
        (
            "打击治理电信网络诈骗 二七区“霹雳”行动启动",
            dt.date(2021, 12, 11), "12月11日", ("景静",), ("李慧",),
        ),
        ("二七区构建优秀年轻 干部选育管用工作体系", None, None, ("景静",), ()),
    ]  # fmt: skip
    assert seed.notes == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "2022年是党的二十大召开之年、实施“十四五”规划的关键之年,全区上下要坚持",
        "力争全区更多的规划和项目进入中央和省市“大盘子”。",
        "国家、省、市级研发中心36个,专精特新企业13家",
        "二七经开区相关负责人介绍说",
        "加大重大项目、产业提档升级",
    ],
)
def test_column_breaks_of_the_seed_are_undone(seed, sentence: str) -> None:
    assert any(sentence in article.body for article in seed.articles)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_nothing_but_bylines_and_layout_is_lost(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    page = parse(text, path.as_posix())
    kept = "".join(squeeze(a.title + a.body) for a in page.articles)
    rest = squeeze(text)
    at = 0
    lost = []
    for char in rest:  # what is kept is a subsequence of the page …
        if at < len(kept) and char == kept[at]:
            at += 1
        else:
            lost.append(char)
    assert at == len(kept)
    writers = {n for a in page.articles for n in (*a.reporters, *a.correspondents)}
    credit = re.sub("本报|记者|通讯员|见习|实习|特约|[/文图摄□()()（）、,,【】]", "", "".join(lost))
    for name in sorted(writers, key=len, reverse=True):
        credit = credit.replace(name, "")
    assert credit == ""  # … and the rest is bylines


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_no_paragraph_of_a_page_ends_in_the_middle_of_a_sentence(path: Path) -> None:
    for article in parse(path.read_text(encoding="utf-8"), path.as_posix()).articles:
        for paragraph in article.body.split("\n"):
            assert re.search(r"[。!?！？…”』」)）:：]$", paragraph) or len(paragraph) < 40, paragraph


WORDS = st.text(alphabet="二七区召开会议推进工作,、“”12月", min_size=1, max_size=30)


@given(
    st.lists(
        st.tuples(WORDS, st.lists(WORDS.map(lambda w: w + "会议。"), min_size=1, max_size=4)),
        min_size=1,
        max_size=4,
    )
)
def test_articles_keep_their_text(articles: list[tuple[str, list[str]]]) -> None:
    text = "\n\n".join(f"## 题{title}\n\n" + "\n\n".join(paragraphs) for title, paragraphs in articles)
    page = parse(text, "a.txt")
    assert [squeeze(a.body) for a in page.articles] == [
        squeeze("".join(paragraphs)) for _, paragraphs in articles
    ]


def test_a_page_without_headings_is_one_article() -> None:
    page = parse("二七区召开会议\n\n本报讯 12月3日,会议召开。\n会议要求,抓好落实。", "a.txt")
    (article,) = page.articles
    assert article.title == "二七区召开会议"
    assert article.body == "本报讯 12月3日,会议召开。\n会议要求,抓好落实。"
    assert (article.date, article.date_text) == (None, "12月3日")


def test_a_body_without_a_headline_gets_its_first_sentence() -> None:
    (article,) = parse("12月3日,二七区召开会议,部署工作。会议要求,抓好落实。", "a.txt").articles
    assert article.title == "12月3日,二七区召开会议,部署工作。"
    assert article.body.startswith("12月3日")


def test_a_headline_without_a_body_is_noted() -> None:
    page = parse("# 有正文\n会议召开。\n## 没有正文\n", "a.txt")
    assert [a.title for a in page.articles] == ["有正文"]
    assert page.notes == ("只有标题没有正文，未收录：没有正文",)
    with pytest.raises(BulletinError, match="只有标题没有正文"):
        parse("# 只有标题\n", "a.txt")


@pytest.mark.parametrize("text", ["", "\n\n", " \u3000\n", "\ufeff", "###\n", "---\ndate: 2021-12-14\n---\n"])
def test_an_empty_page_is_refused(text: str) -> None:
    with pytest.raises(BulletinError):
        parse(text, "a.txt")


def test_front_matter_dates_the_page() -> None:
    text = "---\ndate: 2021-12-15\n---\n# 标题\n本报讯 12月14日,会议召开。\n## 又一篇\n近年来,工作推进。"
    dated, undated = parse(text, "a.txt").articles
    assert dated.date == dt.date(2021, 12, 14)
    assert undated.date == dt.date(2021, 12, 15)
    with pytest.raises(BulletinError, match="去年"):
        parse("---\ndate: 去年\n---\n# 标题\n会议召开。", "a.txt")


def test_the_file_name_dates_the_page() -> None:
    (article,) = parse("# 标题\n本报讯 12月30日,会议召开。", "seeds/2022-01-03_第1版.txt").articles
    assert article.date == dt.date(2021, 12, 30)


def test_an_unknown_year_stays_unknown() -> None:
    (article,) = parse("# 标题\n本报讯 12月30日,会议召开。", "seeds/page.txt").articles
    assert (article.date, article.date_text) == (None, "12月30日")


def found(text: str) -> list[tuple[str, str, dt.date | None]]:
    return [(a.title, a.body, a.date) for a in parse(text, "a.txt").articles]


def test_the_days_of_a_chronicle_are_its_text() -> None:
    text = (
        "# 抗洪大事记\n2021年7月20日\n二七区遭遇暴雨。\n2021年7月21日\n转移群众3万人。\n# 乙\n5月1日，开会。"
    )
    assert found(text) == [
        ("抗洪大事记", "2021年7月20日二七区遭遇暴雨。\n2021年7月21日转移群众3万人。", dt.date(2021, 7, 20)),
        ("乙", "5月1日，开会。", None),
    ]


def test_the_day_that_signs_a_notice_is_its_text_and_dates_no_other() -> None:
    text = "# 停水通知\n全区停水。\n二七区水务局\n2020年5月1日\n\n# 又一篇\n5月14日，开会。"
    assert found(text) == [
        ("停水通知", "全区停水。\n二七区水务局2020年5月1日", None), ("又一篇", "5月14日，开会。", None),
    ]  # fmt: skip
    assert found("# 停水通知\n停水范围：大学路\n2020年5月1日")[0][:2] == (
        "停水通知", "停水范围：大学路\n2020年5月1日",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "2021年12月15日\n\n# 标题\n12月14日，开会。",
        "# 甲\n开会。\n\n第2版\n2021年12月15日\n# 标题\n12月14日，开会。",
        "# 甲\n开会。\n\n2021年12月15日\n第2版\n# 标题\n12月14日，开会。",
        "# 甲\n开会。\n\n# 2021年12月15日\n\n## 标题\n12月14日，开会。",
        "# 标题\n2021年12月15日\n12月14日，开会。",
    ],
)
def test_a_day_where_furniture_stands_dates_the_page(text: str) -> None:
    assert found(text)[-1] == ("标题", "12月14日，开会。", dt.date(2021, 12, 14))


@pytest.mark.parametrize(
    "masthead",
    [
        "2021年12月15日 星期三 第1234期 今日8版",
        "2021年12月15日 星期三 农历辛丑年 十一月十二",
        "2021年12月15日 农历辛丑年十一月十二 星期三",
        "2021.12.15 星期三",
        "星期三 2021年12月15日",
        "二七报 第1234期 2021年12月15日",
        "第1234期 2021年12月15日 二七报",
        "2021年12月15日 第1版 星期三",
    ],
)
def test_mastheads_in_any_order(masthead: str) -> None:
    text = f"{masthead}\n甲\n12月14日，开会。\n{masthead}\n# 乙\n本报讯 12月13日，开会。"
    assert found(text) == [
        ("甲", "12月14日，开会。", dt.date(2021, 12, 14)),
        ("乙", "本报讯 12月13日，开会。", dt.date(2021, 12, 13)),
    ]  # fmt: skip


def test_a_theme_opens_an_article_only_beside_other_labels_or_on_top() -> None:
    notice = "# 活动通知\n将办活动。\n主题：春暖二七\n地点：文化馆"
    assert found(notice) == [("活动通知", "将办活动。\n主题：春暖二七\n地点：文化馆", None)]
    assert found("# 活动通知\n主题：春暖二七\n地点：文化馆")[0][:2] == (
        "活动通知", "主题：春暖二七\n地点：文化馆",
    )  # fmt: skip
    assert found("主题：春暖二七\n开会。") == [("春暖二七", "开会。", None)]
    labelled = "# 甲\n开会。\n\n引题：区里要求\n主题：春暖二七\n副题：办好实事\n开会。"
    assert found(labelled)[1][0] == "区里要求 春暖二七 办好实事"


@pytest.mark.parametrize(
    "credit",
    ["郑报全媒体记者 王芳 文/图", "本报记者 王芳 报道", "作者：王芳", "□ 王芳", "作者：王芳\n来源：郑州日报"],
)
def test_a_byline_under_the_headline_is_no_part_of_it(credit: str) -> None:
    (article,) = parse(f"# 标题\n{credit}\n近年来，二七区变了样。", "a.txt").articles
    assert (article.title, article.body, article.reporters) == ("标题", "近年来，二七区变了样。", ("王芳",))


def test_padded_names_and_reports_keep_the_dateline() -> None:
    (article,) = parse("# 标题\n本报讯 记者 王　芳 12月14日，开会。", "a.txt").articles
    assert (article.date_text, article.reporters) == ("12月14日", ("王芳",))


def test_line_ends_and_controls_do_not_matter() -> None:
    unix = parse("# 标题\n会议召开。\n", "a.txt").articles
    assert parse("\ufeff# 标题\r\n会议\x00召开。\r\n", "a.txt").articles == unix


def test_an_identifier_depends_on_headline_and_body_alone() -> None:
    assert article_id("标题", "正文") == article_id("标题", "正文")
    assert len({article_id("标题", "正文"), article_id("标题正", "文"), article_id("标题", "正文。")}) == 3
