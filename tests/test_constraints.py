"""What a question takes for granted is looked for in the article."""

import datetime as dt

import pytest

from qa.reading.acts import names_the_act
from qa.reading.constraints import (
    attribute,
    counts_the_sex,
    lacks_the_name,
    may_explain,
    names_a_cause,
    names_the_body,
    names_the_office,
    numerals,
    unmet,
)
from qa.text import Segmenter
from qa.types import Article

SEGMENTER = Segmenter(people=["苏建设", "陈红民"])
ARTICLE = Article(
    "a",
    "第十七届龙舟赛闭幕",
    "12月10日,区长苏建设为32支队伍颁奖,老人满80岁免票,“霹雳”行动启动。",
    dt.date(2021, 12, 10),
    "12月10日",
    ("景静",),
    (),
    "a.txt",
    0,
)


def test_numerals_in_digits_and_characters_are_equal() -> None:
    assert numerals("第三十二次、３２家、3万户、3.5%、1,200人、两千") == {32.0, 30000.0, 3.5, 1200.0, 2000.0}
    assert numerals("万一千百") == set()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("第17届龙舟赛谁颁奖?", 0),
        ("第十八届龙舟赛谁颁奖?", 1),
        ("2021年的龙舟赛哪天闭幕?", 0),
        ("2020年的龙舟赛哪天闭幕?", 1),
        ("八十岁的老人要买票吗?", 0),
        ("七十岁的老人要买票吗?", 1),
        ("苏建设为谁颁奖?", 0),
        ("陈红民为谁颁奖?", 1),
        ("景静写了什么?", 0),
        ("“霹雳”行动启动了吗?", 0),
        ("“清风”行动启动了吗?", 1),
        ("有哪三支队伍?一把手是谁?", 0),
        ("多少支队伍?", 0),
    ],
)
def test_unmet(question: str, expected: int) -> None:
    assert unmet(question, ARTICLE, SEGMENTER) == expected


@pytest.mark.parametrize(
    ("question", "body", "expected"),
    [
        ("一年发多少度电?", "焚烧厂年发电1.6亿千瓦时。", 0),
        ("一户补多少钱?", "每户补助2.5万元。", 0),
        ("五一期间来了多少人?", "劳动节假期接待8万人次。", 0),
        ("一百名志愿者干什么?", "百名志愿者清理河道。", 0),
        ("第一期培训多少人?", "第二期培训120人。", 1),
        ("12月14日的会谁主持?", "4月14日开会,12名代表、14名干部参加。", 1),
        ("9月14号的会谁主持?", "本月14日开会。", 0),
        ("9月14日办什么活动?", "活动9月12日至14日举行。", 0),
        ("九月十四日办什么活动?", "活动9月14日举行。", 0),
        ("9月15日办什么活动?", "活动9月14日举行,15号楼参加。", 1),
        ("2022年9月23日开了什么会?", "今天开会。", 0),
        ("一年级有几个班?", "二年级有6个班。", 1),
        ("两百名志愿者干什么?", "百名志愿者清理河道。", 1),
    ],
)
def test_what_counts_nothing_is_no_condition(question: str, body: str, expected: int) -> None:
    source = Article("a", "题", body, dt.date(2022, 9, 23), "", (), (), "a.txt", 0)
    assert unmet(question, source, SEGMENTER) == expected


@pytest.mark.parametrize(
    ("question", "word"),
    [("大厅的电话是多少?", "电话"), ("总部在哪个城市?", "总部"), ("有多少家企业?", "企业"), ("你好", None)],
)
def test_attribute(question: str, word: str | None) -> None:
    assert attribute(question, SEGMENTER) == word


def test_causes() -> None:
    assert names_a_cause("受材料供应影响,工期延后。")
    assert names_a_cause("為了提高周转率,实行收费。")
    assert not names_a_cause("会议在区委召开。")


@pytest.mark.parametrize(
    ("question", "form", "sentence", "named"),
    [
        ("高新技术企业今年增加了几家?", "number", "共有高新技术企业22家。", False),
        ("高新技术企业今年增加了几家?", "number", "今年新增高新技术企业3家。", True),
        ("事故比去年减少了多少起?", "number", "事故同比下降12起。", True),
        ("事故比去年减少了多少起?", "number", "全年事故12起。", False),
        ("谁主持了会议?", "person", "苏建设、时博参加会议。", False),
        ("谁主持了会议?", "person", "会议由苏建设主持召开。", True),
        ("行动要持续到哪天?", "date", "12月11日上午,行动启动。", False),
        ("行动要持续到哪天?", "date", "行动将于12月31日结束。", True),
        ("老馆什么时候拆除?", "date", "搬迁期间老馆暂停借阅。", False),
        ("行动的口号是什么?", "what", "会议宣读了《行动工作方案》。", False),
        ("行动的口号是什么?", "what", "行动喊出“全民反诈”。", True),
        ("有多少家企业?", "number", "共有企业22家。", True),
        ("就业人数增加了多少?", "number", "就业人数较上年多310人。", True),
        ("工资涨了多少?", "number", "工资每月多拿500元。", True),
        ("工资涨了多少?", "number", "月工资由3000元调整为3500元。", True),
        ("产量提高多少?", "number", "亩产从400公斤到500公斤。", True),
        ("用水量下降多少?", "number", "用水量比上年节约3万吨。", True),
        ("事故减少了多少?", "number", "事故同比-12%。", True),
    ],
)
def test_a_change_or_an_act_asked_for_is_named(question: str, form: str, sentence: str, named: bool) -> None:
    assert names_the_act(question, form, sentence) is named


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("县统计局局长叫什么?", "县统计局综合股股长逯文茵解释。", False),
        ("县统计局局长叫什么?", "县统计局局长逯文茵解释。", True),
        ("谁主持了会议?", "苏建设主持会议。", True),
        ("饭馆老板是谁?", "饭馆经理罗小满说。", True),
        ("饭馆老板是谁?", "厨师罗小满说。", False),
    ],
)
def test_an_office_asked_for_is_named(question: str, text: str, named: bool) -> None:
    assert names_the_office(question, "person", text) is named


@pytest.mark.parametrize(
    ("question", "sentence", "may"),
    [
        ("“垸”是什么意思?", "“垸”就是挡水的圩堤围起来的田。", True),
        ("“三不走”指的是什么?", "庭长有个“三不走”的规矩：话没说透不走，气没消不走。", True),
        ("属名是什么意思?", "齿河盗龙的属名意为「齿河的盗贼」。", True),
        ("“六个提升”是什么意思?", "围绕“十大战略”“六个提升”“四个高地”等部署,早动手。", False),
        ("全县的六个提升是什么意思?", "抓好六个提升、四个高地等工作。", False),
        ("“六个提升”指什么?", "要坚持学用结合。", False),
        ("他的意思是什么?", "他说,路要修。", True),
        ("谁提出“六个提升”?", "围绕“十大战略”“六个提升”“四个高地”等部署。", True),
    ],
)
def test_a_term_that_is_merely_listed_is_not_explained(question: str, sentence: str, may: bool) -> None:
    assert may_explain(question, sentence, "", f"{sentence}此外还有“六个提升”。") is may


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("28人里女的有几个?", "选拔28人。", False),
        ("28人里女的有几个?", "选拔28人,其中姑娘9人。", True),
        ("来了几名男护士?", "来了五名护士。", False),
        ("参赛子女有多少?", "参赛的有12人。", True),
        ("来了多少男孩?", "来了12个孩子。", True),
    ],
)
def test_a_sex_that_is_counted_is_named(question: str, text: str, named: bool) -> None:
    assert counts_the_sex(question, "number", text) is named


@pytest.mark.parametrize(
    ("question", "sentence", "named"),
    [
        ("大桥哪天开工的?", "5月27日,大桥主体完工。", False),
        ("大桥哪天开工的?", "大桥3月1日破土奠基。", True),
        ("基地哪天投产?", "项目总投资32亿元,今年10月动工。", False),
        ("站房何时启用?", "新站房国庆节前投入运营。", True),
        ("听证会几点散的?", "10月30日上午九点,听证会在图书馆举行。", False),
        ("听证会几点散的?", "听证会上午九点开始,十一点半结束。", True),
        ("他哪年退休的?", "他1969年入伍。", False),
        ("办法哪天施行?", "办法自5月1日起生效。", True),
        ("晚上几点关门?", "营业时间9:00至22:00。", True),
        ("商场几点关门?", "每天9时—21时接待顾客。", True),
        ("厂子哪天关停?", "厂子2010年投产。", False),
        ("校区哪天投用?", "新校区9月1日迎来首批新生。", True),
        ("大桥什么时候通车?", "大桥10月1日放行车辆。", True),
        ("何时开工?", "项目3月18日打下第一根桩。", True),
    ],
)
def test_what_is_timed_is_named(question: str, sentence: str, named: bool) -> None:
    assert names_the_act(question, "date", sentence) is named


@pytest.mark.parametrize(
    ("question", "sentence", "elsewhere", "named"),
    [
        ("经开区书记是谁?", "区委书记林远表示,形势喜人。", "", False),
        ("经开区书记是谁?", "书记林远表示,形势喜人。", "经济技术开发区招商忙。", True),
        ("石滩县委书记是谁?", "县委书记林远主持会议。", "", True),
        ("市监局的局长是谁?", "市市场监督管理局局长林远发言。", "", True),
        ("教育局局长是谁?", "县教体局局长林远发言。", "", True),
        ("县发改局现任局长是谁?", "县交通局局长林远说,路修好了。", "", False),
    ],
)
def test_head_of_the_body_asked_about(question: str, sentence: str, elsewhere: str, named: bool) -> None:
    assert names_the_body(question, "person", sentence, f"{sentence}{elsewhere}") is named


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("玛丽·科尔曼把奖杯送给了谁?", True),
        ("约翰·霍尔特把奖杯送给了谁?", False),
        ("霍尔特·小约翰把奖杯送给了谁?", False),  # half of it will do
        ("anderson把奖杯送给了谁?", True),
        ("Holt把奖杯送给了谁?", False),
        ("GDP增长多少?", False),
        ("他们的email是多少?", False),
    ],
)
def test_a_foreign_name_that_an_article_never_has(question: str, lacking: bool) -> None:
    assert lacks_the_name(question, "约翰·霍尔特(John Holt)把奖杯送给了县图书馆。") is lacking
