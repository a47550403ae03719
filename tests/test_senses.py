"""A follow-up that may mean several things is answered in the sense that the articles answer."""

from __future__ import annotations

import pytest
from test_answering import check_contract

from qa.conversation.dialogue import resolve
from qa.conversation.focus import Resolved
from qa.conversation.heads import other_heads
from qa.service import Service
from qa.text import Segmenter
from qa.types import Article, Turn

SEGMENTER = Segmenter(people=["高志远"])
CANTEEN = Article(
    id="a0",
    title="幸福食堂开张",
    body="幸福食堂5月9日开张，肉包两元，豆浆一元五角。厨师长高志远说，区长来尝过。车位12个，月底再添8个。",
    date=None,
    date_text=None,
    reporters=(),
    correspondents=(),
    source="s.txt",
    position=0,
)


@pytest.mark.parametrize(
    ("last", "what", "asked"),
    [
        ("肉包几块", "豆浆", ["豆浆几块"]),
        ("早稻亩产多少", "晚稻", ["晚稻亩产多少"]),
        ("早稻亩产多少", "总产量", ["早稻总产量多少"]),
        ("医疗点有几个", "饮水站", ["饮水站有几个"]),
        ("刘某判了几年", "罚金", ["刘某罚金是多少?"]),
        ("李某和王某一共作案几起", "外县", ["外县一共作案几起"]),
        ("幸福研究所干嘛的", "青石实验室", ["青石实验室干嘛的"]),
        # What is only a part or a party of what was asked about, or has it, takes no place.
        ("护河行动是谁部署的", "水利局", []),
        ("青石大桥什么时候通车", "工期", []),
        ("青石大桥什么时候通车", "总投资", []),
        ("招了多少教师", "全县", []),
        ("玉米亩产多少", "跟去年比", []),
        ("书记是谁", "县长", []),
    ],
)
def test_what_takes_the_place_of_what(last: str, what: str, asked: list[str]) -> None:
    assert other_heads(last, what, SEGMENTER) == asked


def understood(question: str, *earlier: str, short: str | None = None) -> Resolved:
    turns = [Turn(("user", "assistant")[i % 2], text) for i, text in enumerate(earlier)]
    return resolve(question, turns, SEGMENTER, [CANTEEN], lambda _: short)


OPENED = ("幸福食堂什么时候开张的?", "幸福食堂5月9日开张，肉包两元，豆浆一元五角。[1]")


def test_what_the_last_question_is_asked_along_with_must_be_named() -> None:
    found = understood("豆浆呢", "肉包几块?", OPENED[1])
    assert (found.text, found.names) == ("豆浆几块?", "")
    assert [(other.text, other.names) for other in found.others] == [("肉包几块,豆浆呢?", "豆浆")]


@pytest.mark.parametrize(
    ("question", "text", "least"),
    [
        ("怎么收费的", "幸福食堂开张,怎么收费的", 0.9),
        ("多少钱一顿", "幸福食堂开张,多少钱一顿", 0.9),
        ("区长去了吗", "幸福食堂,区长去了吗", 0.9),
        ("车位有几个", "幸福食堂,车位有几个", 0.5),
    ],
)
def test_what_names_nothing_is_first_of_the_article_just_quoted(
    question: str, text: str, least: float
) -> None:
    found = understood(question, *OPENED)
    assert (found.text, found.article_id, found.least) == (text, "a0", 0.0)
    # As typed in that article, where that is sure; then anywhere, where it is surer.
    assert [(other.article_id, other.least) for other in found.others] == [("a0", 0.8), (None, least)]


@pytest.mark.parametrize("question", ["图书馆几点开门?", "县医院院长是谁?", "这期报纸有几篇文章?"])
def test_what_is_of_something_else_is_asked_of_all(question: str) -> None:
    assert understood(question, *OPENED) == Resolved(question)


def test_he_is_whom_the_last_answer_gave() -> None:
    earlier = ("幸福食堂谁掌勺?", "食堂原是王建国的铺面，现在由高志远掌勺。[1]")
    assert understood("他以前在哪干", *earlier, short="高志远").text == "高志远以前在哪干"
    assert understood("他以前在哪干", *earlier, short="一家关了门的铺面").text != "一家关了门的铺面以前在哪干"


def test_they_are_those_whom_the_last_answer_gave() -> None:
    earlier = ("管家是谁?", "小区请来高志远、王建国两位管家，由李卫国分派。[1]")
    assert (
        understood("他们以前干什么的", *earlier, short="高志远、王建国").text == "高志远、王建国以前干什么的"
    )


@pytest.mark.parametrize(
    ("question", "last", "text"),
    [
        ("一共几家", "动员会谁发言了", "动员会几家发言了"),
        ("总共几个人", "揭牌有谁出席", "揭牌几个人出席"),
        ("几份", "动员会宣读了啥", "动员会宣读了几份"),
        ("一共几类", "慰问活动面向哪些人", "慰问活动面向几类"),
        ("一共几样", "年底要抓哪些工作", "年底要抓几样工作"),
    ],
)
def test_those_just_listed_are_counted(question: str, last: str, text: str) -> None:
    assert understood(question, last, "甲、乙、丙。[1]").text == text


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        (
            "两个加一块",
            ("三价疫苗多少钱", "62元。[1]", "四价呢", "128元。[1]"),
            "三价疫苗和四价疫苗加起来多少钱?",
        ),
        ("差多少", ("流感多少例", "9例。[1]", "水痘呢", "7例。[1]"), "流感和水痘相差多少例?"),
        ("哪个村多", ("上坪村有多少户", "9户。[1]", "下坪村呢", "7户。[1]"), "上坪村和下坪村哪个多?"),
        ("以前呢", ("头部CT降到多少钱", "180元。[1]"), "头部CT以前降到多少钱"),
        ("我问的是主任医师", ("副主任医师挂号多少钱", "30元。[1]"), "主任医师挂号多少钱"),
        ("不是，我问总库容", ("大坝多高", "60米。[1]"), "大坝总库容是多少?"),
        ("副院长呢", ("县人民医院院长是谁", "高志远。[1]"), "县人民医院副院长是谁"),
        ("二小呢", ("清河一小招多少人", "90人。[1]"), "清河二小招多少人"),
        ("那高新区呢", ("经开区有多少家企业", "9家。[1]"), "高新区有多少家企业"),
        ("跟去年比呢", ("晚稻亩产多少", "562公斤。[1]"), "晚稻亩产比去年怎么样?"),
        ("比全市呢", ("生产总值增长多少", "5%。[1]"), "生产总值增长比全市怎么样?"),
        ("校长是谁", ("柳湾小学招多少人", "90人。[1]"), "柳湾小学,校长是谁"),
        ("那全市呢", ("全省的目标是啥", "“两个率先”。[1]"), "全市的目标是啥"),
        ("从什么学校招的", ("柳湾小学招了多少教师", "9名。[1]"), "柳湾小学招了教师,从什么学校招的"),
        # What is named first is what 它 is; a sum is no topic.
        ("说回大坝,它有多高", ("庙会在哪里办", "南街。[1]"), "大坝有多高"),
        ("人才有多少", ("小学和中学加起来多少所", "9所。[1]"), "人才有多少"),
        # Who is to do it: what was told last.
        ("谁去做", ("水库加固,下游的住户怎么办", "搬走。[1]"), "下游的住户,谁去做"),
        ("谁主持", ("水库加固,下游的住户怎么办", "搬走。[1]"), "水库加固,谁主持"),
    ],
)
def test_what_is_said_in_few_words(question: str, earlier: tuple[str, ...], text: str) -> None:
    assert understood(question, *earlier).text == text


def test_nobody_said_what_was_not_quoted() -> None:
    assert understood("这话谁说的", "大坝多高", "公报中没有找到。").least > 1
    assert understood("大坝谁设计的", "大坝多高", "公报中没有找到。").least == 0


def test_items_are_counted_where_no_number_is_stated(service: Service) -> None:
    history: list[Turn] = []
    for question, short in (("先宁研究院谁出席揭牌", None), ("一共几个人", "至少3个人")):
        answer = service.ask(question, history=history)
        history += [Turn("user", question), Turn("assistant", answer.answer)]
        assert short in (None, answer.short_answer)
        check_contract(answer, service)
    assert answer.standalone_question == "先宁研究院几个人出席揭牌"


def test_what_the_old_question_is_asked_along_with_is_no_answer(service: Service) -> None:
    first = service.ask("二七经开区有多少家科技型企业?")
    history = [Turn("user", first.question), Turn("assistant", first.answer)]
    assert service.ask("高企呢", history=history).short_answer == "22家"
    assert not service.ask("和上级比呢", history=history).answered
