"""Short answers are of the kind asked for, and of the right item of an enumeration."""

import pytest

from qa.questions import analyse
from qa.spans import best_span, has_kind
from qa.text import Segmenter

SEGMENTER = Segmenter(people=["苏建设", "乔望舒"])
COUNTS = (
    "截至目前,二七经开区共有高新技术企业22家,科技型企业61家,国家、省、市级研发中心36个,培育高层次人才近千人。"
)


def short(question: str, sentence: str) -> str | None:
    span = best_span(question, analyse(question), sentence, SEGMENTER)
    return sentence[span.start : span.end] if span else None


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("有多少家高新技术企业?", COUNTS, "22家"),
        ("有多少家科技型企业?", COUNTS, "61家"),
        ("研发中心有几个?", COUNTS, "36个"),
        ("培育了多少高层次人才?", COUNTS, "近千人"),
        ("每年调训多少人?", "每年调训200名左右干部到区委党校,选派49名干部挂职。", "200名左右"),
        ("公开引进了多少硕士?", "面向高校公开引进49名28岁以下的硕士研究生。", "49名"),
        ("招来的硕士得是多少岁以下的?", "面向高校公开引进49名28岁以下的硕士研究生。", "28岁以下"),
        ("指数降到多少?", "经三轮灭蚊,指数由21降到4.3。", "4.3"),
        ("水压会降到多少?", "两个社区水压由0.32兆帕降至0.18兆帕左右。", "0.18兆帕左右"),
        ("当天找到几则?", "四点以后她清点当天记录:找到二十则。", "二十则"),
        ("要对准多少根纤芯?", "一根纤芯直径0.125毫米,他要对准96根。", "96根"),
        ("他有几个徒弟?", "六十三岁的师傅收了十七个徒弟。", "十七个"),
        ("门诊下午几点开?", "门诊8:00至11:30、14:30至17:00开诊。", "14:30至17:00"),
        ("上午几点开?", "3号窗口上午8:30—11:30,下午2:00—5:00开。", "上午8:30—11:30"),
        ("走了多久?", "全程走了9小时20分钟。", "9小时20分钟"),
        ("占比多少?", "配备8名年轻干部,占班子总数的36.36%。", "36.36%"),
        ("旧改花了多少钱?", "今年改造25个小区,总投资8600万元。", "8600万元"),
        ("中央阐明了几大政策取向?", "党的十九届六中全会之后,阐明了“七大政策取向”。", "七大"),
        ("行动哪天启动?", "12月11日上午,二七区召开会议,计划2022年6月完成。", "12月11日上午"),
        ("哪个月完成?", "12月11日开工,力争明年6月底前完成。", "明年6月底前"),
        ("区长是谁?", "区委副书记、区长苏建设表示,要做好服务。", "苏建设"),
        ("出台了什么文件?", "区里出台《十条举措》,优化机制。", "《十条举措》"),
        ("要加固哪座水库?", "全力以赴做好郭家咀水库加固提升。", "郭家咀水库"),
        ("去哪些地方?", "到区委党校、二七纪念馆、生活馆学习。", "区委党校、二七纪念馆、生活馆学习"),
        (
            "集哪些功能于一身?",
            "是集材料研发、产品研制、技术服务等功能于一体的机构。",
            "集材料研发、产品研制、技术服务",
        ),
        ("落后的是哪个乡?", "鹤渡镇进度最快,石磨乡落后。", "石磨乡"),
        ("和哪个实验室签约?", "与郑州大学重点实验室签约。", "郑州大学重点实验室"),
        ("面向什么高校引进?", "面向“双一流”等高校引进,成立工作专班。", None),
        ("GDP是多少?", "实现新一轮发展,抓一批项目。", None),
        ("為什麼推遲?", "会议推迟到12月。", None),
    ],
)
def test_the_span_asked_for(question: str, sentence: str, answer: str | None) -> None:
    assert short(question, sentence) == answer


def test_what_the_question_says_is_no_answer() -> None:
    assert short("22家高新技术企业之外,科技型企业有多少家?", COUNTS) == "61家"


def test_ordinals_and_calendar_units_are_no_counts() -> None:
    assert short("有多少家?", "第3次会议于2021年12月14日召开。") is None


def test_kind_is_told_apart() -> None:
    assert has_kind(analyse("有多少家?"), COUNTS, SEGMENTER) is True
    assert has_kind(analyse("有多少家?"), "会议召开。", SEGMENTER) is False
    assert has_kind(analyse("为什么?"), COUNTS, SEGMENTER) is None


def test_offsets_hold_for_full_width_text() -> None:
    sentence = "共有企业２２家，人才１００人。"
    assert short("有多少家企业?", sentence) == "２２家"
