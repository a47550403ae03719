"""Follow-ups are completed from the conversation; complete questions are left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.conversation.dialogue import resolve, standalone
from qa.text import Segmenter
from qa.types import Article, Turn
from qa.understanding.questions import analyse

SEGMENTER = Segmenter(terms=["二七经开区", "霹雳"], people=["苏建设", "陈红民"])


def ask(question: str, *earlier: str) -> str:
    roles = ("user", "assistant")
    history = [Turn(roles[i % 2], text) for i, text in enumerate(earlier)]
    return standalone(question, history, SEGMENTER)


ENTERPRISES = ("二七经开区有多少家高新技术企业?", "二七经开区共有高新技术企业22家。[1]")


def test_an_ellipsis_takes_the_place_of_its_counterpart() -> None:
    assert ask("那科技型企业呢?", *ENTERPRISES) == "二七经开区有多少家科技型企业?"
    assert ask("科技型企业呢", *ENTERPRISES) == "二七经开区有多少家科技型企业?"


def test_ellipses_chain() -> None:
    earlier = (*ENTERPRISES, "那科技型企业呢?", "61家。[1]")
    assert ask("专精特新企业呢?", *earlier) == "二七经开区有多少家专精特新企业?"


def test_a_date_takes_the_place_of_a_date() -> None:
    assert ask("那12月6日呢?", "12月14日开了什么会?", "区委常委会。") == "12月6日开了什么会?"


def test_an_ellipsis_without_a_counterpart_is_put_behind() -> None:
    assert ask("票价呢?", "大桥通车后开公交吗?", "开。") == "大桥通车后开公交,票价呢?"


def test_he_is_the_person_last_named() -> None:
    earlier = ("苏建设表态了吗?", "区长苏建设表示,要做好服务。[1]")
    assert ask("他要求经开区做好什么?", *earlier) == "苏建设要求经开区做好什么?"


def test_a_demonstrative_is_the_thing_last_named() -> None:
    earlier = ("霹雳行动是什么?", "二七区开展打击电信诈骗“霹雳”行动。[1]")
    assert "霹雳" in ask("该行动由谁部署?", *earlier)


def test_a_bare_question_is_put_behind_the_last_one() -> None:
    earlier = ("二七区给“霹雳”行动开动员会了?", "是的。[1]")
    assert ask("哪天的事?", *earlier) == "二七区给“霹雳”行动开动员会,哪天的事?"


@pytest.mark.parametrize(
    "question",
    [
        "二七纪念馆在哪里?",
        "陈红民主持了什么会议?",
        "受损房屋重建要注意什么?",
        "他山之石可以攻玉出自哪篇文章?",
    ],
)
def test_a_complete_question_stands_alone(question: str) -> None:
    assert ask(question, *ENTERPRISES) == question
    assert ask(question) == question


def test_without_history_nothing_is_made_up() -> None:
    assert ask("那科技型企业呢?") == "那科技型企业呢?"
    assert standalone("那科技型企业呢?", [Turn("assistant", "您好")], SEGMENTER) == "那科技型企业呢?"


BRIDGE = ("青石大桥是哪天通车的?", "6月3日,青石大桥在柳溪镇正式通车,县长高志远出席。[1]")


@pytest.mark.parametrize(
    ("question", "earlier", "expected"),
    [
        ("在哪儿?", BRIDGE, "青石大桥是在哪儿通车的?"),
        ("为什么?", BRIDGE, "青石大桥是为什么通车的?"),
        ("谁说的?", BRIDGE, "青石大桥通车,谁说的?"),
        ("它有多长?", BRIDGE, "青石大桥有多长?"),
        ("有几个车道?", BRIDGE, "青石大桥通车,有几个车道?"),
        ("全长多少?", ("青石大桥在哪开工的?", "柳溪镇。[1]"), "青石大桥,全长多少?"),
        ("那里有多少人口?", BRIDGE, "柳溪镇有多少人口?"),
        (
            "那里有几个村?",
            ("侯寨乡有多少人口?", "侯寨乡、马寨镇共有3万人。[1]"),
            "侯寨乡有几个村?",
        ),
        ("还有呢?", ("县里建了多少所学校?", "建了3所学校。[1]"), "县里建了学校,还有哪些?"),
        ("我问的是幼儿园", ("县里建了多少所学校?", "3所。[1]"), "县里建了多少所幼儿园?"),
        ("那小学呢？", ("县里建了多少所中学？", "3所。[1]"), "县里建了多少所小学？"),
        ("在哪儿？", ("青石大桥是哪天通车的？", "6月3日。[1]"), "青石大桥是在哪儿通车的？"),
        ("有几个车道？", ("青石大桥通车了吗？", "是。[1]"), "青石大桥通车,有几个车道？"),
        ("不是小学，是中学", ("县里有几所小学？", "3所。[1]"), "县里有几所中学？"),
        ("不是小学,是中学", ("县里有几所小学?", "3所。[1]"), "县里有几所中学?"),
        (
            "这家研究所和谁合作?",
            ("水稻研究所是哪年建的?", "1985年,省南方水稻研究所成立。[1]"),
            "省南方水稻研究所和谁合作?",
        ),
        (
            "这次会议提了什么要求?",
            ("谁主持了会议?", "县委书记高志远主持召开全县防汛抗旱工作会议。[1]"),
            "全县防汛抗旱工作会议提了什么要求?",
        ),
        ("他们是什么职务?", ("谁出席了?", "高志远、陈红民等出席。[1]"), "高志远、陈红民是什么职务?"),
        ("换个话题,图书馆几点开门?", BRIDGE, "图书馆几点开门?"),
        ("你好", BRIDGE, "你好"),
        ("沼鹿又叫什么?", BRIDGE, "沼鹿又叫什么?"),
        ("陈红民退休后他去了哪里?", BRIDGE, "陈红民退休后他去了哪里?"),
        ("各方的努力应该得到什么?", BRIDGE, "各方的努力应该得到什么?"),
        ("有哪些记者?", BRIDGE, "有哪些记者?"),
        ("这一版有几篇文章?", BRIDGE, "这一版有几篇文章?"),
    ],
)
def test_follow_ups(question: str, earlier: tuple[str, ...], expected: str) -> None:
    segmenter = Segmenter(terms=["青石大桥", "柳溪镇"], people=["高志远", "陈红民"])
    turns = [Turn(("user", "assistant")[i % 2], text) for i, text in enumerate(earlier)]
    assert standalone(question, turns, segmenter) == expected


def resolved(question: str, *earlier: str) -> str:
    segmenter = Segmenter(terms=["青石大桥", "霹雳", "二七经开区"], people=["高志远", "陈红民", "苏建设"])
    turns = [Turn(("user", "assistant")[i % 2], text) for i, text in enumerate(earlier)]
    return standalone(question, turns, segmenter)


OPENED = ("青石大桥什么时候通车的?", "6月3日,青石大桥在柳溪镇正式通车,县长高志远出席。[1]")
ACTION = ("霹雳行动什么时候启动的?", "12月11日,“霹雳”行动启动。[1]")
LIBRARY = ("图书馆新馆几点开门?", "每天上午9点。[1]")
MEETING = ("12月6日谁主持的会议?", "陈红民。[1]")


@pytest.mark.parametrize(
    ("question", "earlier", "text", "form"),
    [
        ("多长", OPENED, "青石大桥,多长", "number"),
        ("在哪个镇", OPENED, "青石大桥通车,在哪个镇", "place"),
        ("谁出席了", OPENED, "青石大桥通车,谁出席了", "list"),
        ("怎么去", OPENED, "青石大桥通车,怎么去", "means"),
        ("那总投资呢", OPENED, "青石大桥通车,总投资呢?", "what"),
        ("谁部署的", ACTION, "霹雳行动,谁部署的", "person"),
        ("在哪办公", ("谁是区长?", "苏建设。[1]"), "区长,在哪办公", "place"),
        ("在哪开的", MEETING, "12月6日主持的会议,在哪开的", "place"),
        ("那工期呢", ("谁修的青石大桥?", "县建筑公司。[1]"), "修的青石大桥,工期呢?", "what"),
        ("亚军呢", ("500米谁夺冠?", "李慧。[1]"), "500米谁夺冠,亚军呢?", "person"),
    ],
)
def test_a_follow_up_has_its_own_form(question: str, earlier: tuple[str, ...], text: str, form: str) -> None:
    found = resolved(question, *earlier)
    assert (found, analyse(found).form) == (text, form)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("那霹雳行动是什么", "霹雳行动是什么"),
        ("那博物馆几点开门", "博物馆几点开门"),
        ("图书馆在哪", "图书馆在哪"),
        ("区长是谁", "区长是谁"),
        ("教育局局长是谁", "教育局局长是谁"),
        ("换个话题，区长是谁", "区长是谁"),
        ("换个问题,票价", "票价"),
        ("另外,区长是谁", "区长是谁"),
        ("顺便问一下图书馆在哪", "图书馆在哪"),
        ("对了,总投资多少", "总投资多少"),
        ("那名代驾司机的酒精测试值是多少?", "那名代驾司机的酒精测试值是多少?"),
        ("那两个10岁的孩子在麦当劳干什么活?", "那两个10岁的孩子在麦当劳干什么活?"),
        ("研究人员从老师那里了解到孩子的哪些情况?", "研究人员从老师那里了解到孩子的哪些情况?"),
        # and these do not
        ("镇长是谁", "青石大桥通车,镇长是谁"),
        ("另外,有几个车道", "青石大桥通车,有几个车道"),
        ("那条路修了多久", "青石大桥通车,那条路修了多久"),
    ],
)
def test_what_needs_nothing_from_the_last_question(question: str, text: str) -> None:
    assert resolved(question, *OPENED) == text


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("那12月14号开了什么会", ("12月6日开了什么会?", "会。[1]"), "12月14号开了什么会?"),
        ("12月14日呢", MEETING, "12月14日谁主持的会议?"),
        ("那周一呢", LIBRARY, "图书馆新馆周一几点开门?"),
        ("周末呢", LIBRARY, "图书馆新馆周末几点开门?"),
        ("晚上呢", LIBRARY, "图书馆新馆晚上几点开门?"),
        ("那周日几点开门", LIBRARY, "图书馆新馆周日几点开门?"),
        ("几点关门", LIBRARY, "图书馆新馆,几点关门"),
        ("在哪", LIBRARY, "图书馆新馆在哪开门?"),
        ("在哪", ("灯会几号开始?", "正月十五。[1]"), "灯会在哪开始?"),
        ("去年呢", ENTERPRISES, "二七经开区去年有多少家高新技术企业?"),
        ("上个月呢", ("12月8日有哪些报道?", "2篇。"), "上个月有哪些报道?"),
        ("昨天呢", ("12月8日有哪些报道?", "2篇。"), "昨天有哪些报道?"),
        ("谁写的", ("12月8日有哪些报道?", "2篇。"), "12月8日的公报谁写的"),
        ("谁写的", ("有哪些关于学校的报道?", "2篇。"), "关于学校的报道是谁写的"),
    ],
)
def test_a_time_in_a_follow_up(question: str, earlier: tuple[str, ...], text: str) -> None:
    assert resolved(question, *earlier) == text


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("谢谢,那科技型企业呢", ENTERPRISES, "二七经开区有多少家科技型企业?"),
        ("好的那科技型企业呢", ENTERPRISES, "二七经开区有多少家科技型企业?"),
        ("那科技型企业呢", (*ENTERPRISES, "好的谢谢", "您好!"), "二七经开区有多少家科技型企业?"),
        ("好的", OPENED, "好的"),
        ("不用了", OPENED, "不用了"),
        ("好人好事有哪些?", OPENED, "好人好事有哪些?"),
        ("我想问的是电梯补贴是多少", ENTERPRISES, "电梯补贴是多少"),
        ("我问的是有多少家科技型企业", ENTERPRISES, "二七经开区有多少家科技型企业?"),
        ("我问的是在哪", OPENED, "青石大桥在哪通车的?"),
        ("我想问是不是要预约", OPENED, "青石大桥通车,是不是要预约"),
        ("不是大桥,是隧道", ("大桥多长?", "800米。[1]"), "隧道多长?"),
        ("那马寨镇呢", ENTERPRISES, "马寨镇有多少家高新技术企业?"),
        ("那书记呢", ("谁是区长?", "苏建设。[1]"), "谁是书记?"),
        ("那厂房呢", ("腾了几套房子?", "3套。[1]"), "腾了几套厂房?"),
    ],
)
def test_remarks_and_corrections(question: str, earlier: tuple[str, ...], text: str) -> None:
    assert resolved(question, *earlier) == text


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("那裡有幾個村?", OPENED, "柳溪镇有几个村?"),
        ("在哪裡?", OPENED, "青石大桥在哪里通车的?"),
        ("那科技型企業呢？", ENTERPRISES, "二七经开区有多少家科技型企业?"),
        ("該行動由誰部署?", ("开动员会了?", "“霹雳”行动开动员会。[1]"), "“霹雳”行动由谁部署?"),
        ("小學呢?", ("縣裡建了多少所中學?", "3所。[1]"), "县里建了多少所小学?"),
        ("二七紀念館在哪裡?", OPENED, "二七紀念館在哪裡?"),
    ],
)
def test_traditional_characters(question: str, earlier: tuple[str, ...], text: str) -> None:
    assert resolved(question, *earlier) == text


FIRE = ("东河仓库火灾是谁报的警?", "仓库保管员马志强报警。[1]")
VERDICT = ("马志强被判了几年?", "马志强被判处有期徒刑二年。[1]")
GARDEN = ("清河花园换路灯花了多少钱?", "清河花园换路灯,花费8万元。[1]")
SCHOOLS = ("城关镇东街投资多少?", "东街投资3亿元。[1]")
DEMANDS = ("高志远要求教育局做什么?", "他要求,县教育局要办好食堂。[1]")
CROWD = ("东河仓库火灾,消防去了多少人?", "消防出动30人。[1]")
FIRM = ("青石公司营收多少?", "青石公司营收3亿元,员工400人。[1]")


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("伤了几个人?", FIRE, "东河仓库火灾,伤了几个人?"),
        ("原因查清了吗?", FIRE, "东河仓库火灾,原因查清了吗?"),
        ("送到哪家医院?", FIRE, "东河仓库火灾,送到哪家医院?"),
        ("罚了多少?", VERDICT, "马志强被判,罚了多少?"),
        ("李卫国呢?", VERDICT, "李卫国被判了几年?"),
        ("那清河雅苑呢?", GARDEN, "清河雅苑换路灯花了多少钱?"),
        ("以前呢?", GARDEN, "清河花园换路灯以前花了多少钱?"),
        ("西街呢?", SCHOOLS, "城关镇西街投资多少?"),
        ("卫健委呢?", DEMANDS, "高志远要求卫健委做什么?"),
        ("民间救援队呢?", CROWD, "东河仓库火灾,民间救援队去了多少人?"),
        ("青石大桥事故呢?", ("东河仓库火灾,伤了几个人?", "3人。[1]"), "青石大桥事故,伤了几个人?"),
        ("员工呢?", FIRM, "青石公司员工有多少?"),
        ("其中科技型企业呢?", ENTERPRISES, "二七经开区有多少家科技型企业?"),
        ("从业人员呢?", ENTERPRISES, "二七经开区有多少从业人员?"),
        ("还有几部没装?", ("东街装了几部电梯?", "3部。[1]"), "东街装了电梯,还有几部没装?"),
        ("周一开吗?", ("少儿馆在哪?", "在东街。[1]"), "少儿馆,周一开吗?"),
        # complete ones
        ("西街投资多少?", SCHOOLS, "西街投资多少?"),
        ("马志强罚了多少钱?", FIRE, "马志强罚了多少钱?"),
        ("地震应急演练的时间定了吗?", FIRE, "地震应急演练的时间定了吗?"),
        ("高志远周一开会吗?", LIBRARY, "高志远周一开会吗?"),
    ],
)
def test_what_a_short_question_is_of(question: str, earlier: tuple[str, ...], text: str) -> None:
    segmenter = Segmenter(
        terms=["青石大桥", "二七经开区", "青石公司", "东河仓库", "少儿馆"],
        people=["高志远", "马志强", "李卫国"],
    )
    turns = [Turn(("user", "assistant")[i % 2], said) for i, said in enumerate(earlier)]
    assert standalone(question, turns, segmenter) == text


def test_somebody_asked_about_is_meant_though_no_list_has_the_name() -> None:
    earlier = ("芮宁是做什么的?", "芮宁是糕点师,照料老人李卫国。[1]")
    assert resolved("她照料谁?", *earlier) == "芮宁照料谁?"


def article(number: int, title: str, body: str) -> Article:
    return Article(f"a{number}", title, body, None, None, (), (), "a.txt", number)


NEWS = (
    article(0, "青石大桥 6月3日通车", "6月3日,青石大桥通车。桥长800米。"),
    article(1, "全县防汛工作会议召开", "全县防汛工作会议召开。高志远讲话。"),
)
LISTED = ("有哪些文章?", "一共收录2篇文章：《青石大桥 6月3日通车》（6月3日）[1]；《全县防汛工作会议召开》[2]")


@pytest.mark.parametrize(
    ("question", "earlier", "text", "found"),
    [
        ("第二条详细说说", LISTED, "《全县防汛工作会议召开》那篇讲了什么?", "a1"),
        ("第一篇是谁写的?", LISTED, "《青石大桥 6月3日通车》那篇是谁写的?", "a0"),
        ("这篇还说了什么?", ("桥多长?", "桥长800米。[1]"), "《青石大桥 6月3日通车》那篇还说了什么?", "a0"),
        ("这篇报道提到了哪些人?", ("桥多长?", "桥长800米。[1]"), "提到了哪些人?", "a0"),
        ("详细说说", ("谁讲话?", "高志远讲话。[1]"), "《全县防汛工作会议召开》那篇讲了什么?", "a1"),
        ("第二条细说说", LISTED, "《全县防汛工作会议召开》那篇讲了什么?", "a1"),
        ("第二条跑道什么时候启用?", LISTED, "第二条跑道什么时候启用?", None),
        ("第三条详细说说", LISTED, "第三条详细说说", None),
        ("第三篇呢", LISTED, "第三篇呢", None),
        ("第一篇呢", LISTED, "《青石大桥 6月3日通车》那篇讲了什么?", "a0"),
        ("那第二篇呢", LISTED, "《全县防汛工作会议召开》那篇讲了什么?", "a1"),
        ("第二條詳細說說", LISTED, "《全县防汛工作会议召开》那篇讲了什么?", "a1"),
        ("那第二条是谁写的?", LISTED, "《全县防汛工作会议召开》那篇是谁写的?", "a1"),
        ("這篇是誰寫的", ("桥多长?", "桥长800米。[1]"), "《青石大桥 6月3日通车》那篇是谁写的", "a0"),
        ("刚才那篇是谁写的", ("桥多长?", "桥长800米。[1]"), "《青石大桥 6月3日通车》那篇是谁写的", "a0"),
        ("谁写的这篇报道", ("桥多长?", "桥长800米。[1]"), "《青石大桥 6月3日通车》那篇谁写的", "a0"),
        ("记者是谁", ("桥多长?", "桥长800米。[1]"), "《青石大桥 6月3日通车》那篇记者是谁", "a0"),
        ("分别是谁写的?", ("桥多长?", "桥长800米。[1]"), "《青石大桥 6月3日通车》那篇是谁写的?", "a0"),
        ("谁写的?", ("桥多长?", "桥长800米。[1]"), "《青石大桥 6月3日通车》那篇谁写的?", "a0"),
        ("哪天的报道", ("桥多长?", "桥长800米。[1]"), "《青石大桥 6月3日通车》那篇是哪天的?", "a0"),
        ("讲了什么", ("谁讲话?", "高志远讲话。[1]"), "讲话,讲了什么", "a1"),
        ("图书馆那篇是谁写的", ("桥多长?", "桥长800米。[1]"), "图书馆那篇是谁写的", None),
        ("疫苗那篇报道是哪天的", LISTED, "疫苗那篇报道是哪天的", None),
        ("青石大桥那篇讲了什么", LISTED, "青石大桥那篇讲了什么", None),
    ],
)
def test_an_article_of_the_last_answer(
    question: str, earlier: tuple[str, ...], text: str, found: str | None
) -> None:
    turns = [Turn(("user", "assistant")[i % 2], said) for i, said in enumerate(earlier)]
    resolved = resolve(question, turns, SEGMENTER, NEWS)
    assert (resolved.text, resolved.article_id) == (text, found)


READ = ("第一篇讲了什么", "《青石大桥 6月3日通车》讲了这些：\n6月3日,青石大桥通车。[1]\n桥长800米。[2]")


def test_an_ordinal_is_of_the_last_list_not_of_what_one_article_tells() -> None:
    turns = [Turn(("user", "assistant")[i % 2], said) for i, said in enumerate((*LISTED, *READ))]
    assert resolve("第二篇呢", turns, SEGMENTER, NEWS).article_id == "a1"


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("讲话的内容呢", "谁讲话,内容呢?", None),
        ("防汛工作怎么样", "防汛工作怎么样", "a1"),
        ("防汛电话多少", "防汛电话多少", "a1"),
        ("图书馆几点开门?", "图书馆几点开门?", None),
    ],
)
def test_a_question_in_the_words_of_the_article_just_quoted_is_of_it(
    question: str, text: str, found: str | None
) -> None:
    turns = [Turn("user", "谁讲话?"), Turn("assistant", "高志远讲话。[1]")]
    resolved = resolve(question, turns, SEGMENTER, NEWS)
    assert resolved.article_id == found
    assert found is None or resolved.text == text


@given(
    st.text(
        st.sampled_from("那这第一篇呢谁写的12月8日几点多少家不是,?？我问换个话题好"), min_size=1, max_size=14
    ),
    st.lists(
        st.text(st.sampled_from("青石大桥有多少家什么时候谁在哪12月6日呢那是,?"), max_size=14), max_size=4
    ),
)
@settings(max_examples=60, deadline=None)
def test_any_conversation_can_be_followed(question: str, earlier: list[str]) -> None:
    assert resolved(question, *earlier)


PARK = ("二七经开区有多少家高新技术企业?", "22家。[1]", "那科技型企业呢?", "61家。[1]")


@pytest.mark.parametrize(
    ("question", "earlier", "expected"),
    [
        ("两个加起来多少?", PARK, "二七经开区的高新技术企业和科技型企业加起来多少家?"),
        ("一共有多少家", PARK[:2], "二七经开区有高新技术企业,一共有多少家"),
        ("那哪个多呢", PARK, "二七经开区的高新技术企业和科技型企业哪个多?"),
        ("相差多少", (*PARK, "哪个多", "科技型企业。"), "二七经开区的高新技术企业和科技型企业相差多少家?"),
        ("两家合起来呢", ("男选手有几个", "3个[1]", "女选手有几个", "4个[1]"), "男选手和女选手加起来多少个?"),
        (
            "哪个多",
            ("石桥镇有多少亩早稻?", "5亩[1]", "柳溪镇有多少亩早稻?", "4亩[1]"),
            "石桥镇和柳溪镇的早稻哪个多?",
        ),
    ],
)
def test_what_is_asked_of_both(question: str, earlier: tuple[str, ...], expected: str) -> None:
    assert resolved(question, *earlier) == expected


BRIDGES = ("集中开工多少座大桥?", "27座,总投资5亿元。[1]")
FIVE_HUNDRED = ("500米谁夺冠?", "李慧。[1]", "亚军呢", "王丽。[1]")


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("总投资呢", BRIDGES, "集中开工大桥,总投资呢?"),
        ("最小的呢", ("最大的桥是哪座?", "青石大桥。[1]"), "最小的桥是哪座?"),
        ("柳溪镇的呢", ("马寨镇有多少家企业?", "3家。[1]"), "柳溪镇有多少家企业?"),
        ("谁负责", (*OPENED, "到什么时候结束", "8月。[1]"), "青石大桥,谁负责"),
        ("季军呢", FIVE_HUNDRED, "500米谁夺冠,季军呢?"),
        ("成绩多少", FIVE_HUNDRED, "500米夺冠,亚军,成绩多少"),
    ],
)
def test_a_chain_keeps_what_it_is_about_and_drops_what_was_answered(
    question: str, earlier: tuple[str, ...], text: str
) -> None:
    assert resolved(question, *earlier) == text


SUBSIDY = ("低保户采暖补多少钱?", "1200元。[1]")
DAM = ("青石水库什么时候建的?", "建于1971年。[1]")


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        # One word of a set for another, whatever follows it.
        ("那初中呢", ("小学生作业不超过多少分钟?", "60分钟。[1]"), "初中生作业不超过多少分钟?"),
        ("非居民呢", ("居民水价多少?", "3元。[1]"), "非居民水价多少?"),
        ("第二名呢", ("龙舟冠军是哪个队?", "东村队。[1]"), "龙舟第二名是哪个队?"),
        ("第三产业呢", ("第二产业增长多少?", "5%。[1]"), "第三产业增长多少?"),
        # A phrase of one frame for another.
        ("那卡在审批的呢", ("卡在资金的有几个?", "7个。[1]"), "卡在审批的有几个?"),
        ("因灾的呢", ("因病的有多少户?", "31户。[1]"), "因灾的有多少户?"),
        ("东歌里呢", ("东光里有多少家店?", "83家。[1]"), "东歌里有多少家店?"),
        ("那二期呢", ("一期投资多少?", "1亿元。[1]"), "二期投资多少?"),
        ("柳溪二小呢", ("柳溪镇中心小学有多少学生?", "612名。[1]"), "柳溪二小有多少学生?"),
        ("县中医院呢", ("县人民医院派了多少专家?", "86名。[1]"), "县中医院派了多少专家?"),
        ("D级的呢", ("鉴定为C级的补多少?", "1万元。[1]"), "鉴定为D级的补多少?"),
        # In a chain the place that another took before.
        ("低收入家庭呢", (*SUBSIDY, "那特困户呢", "1500元。[1]"), "低收入家庭采暖补多少钱?"),
        ("严重损坏的呢", (*SUBSIDY, "那特困户呢", "1500元。[1]"), "严重损坏的采暖补多少钱?"),
        ("物业费呢", (*SUBSIDY, "那特困户呢", "1500元。[1]"), "特困户采暖补多少钱,物业费呢?"),
        # Who gives, before how much.
        ("省里呢", ("大坝加固中央出了多少钱?", "2500万元。[1]"), "大坝加固省里出了多少钱?"),
        # Another time, or not done.
        ("去年同期呢", ("烧烤投诉有多少件?", "62件。[1]"), "烧烤投诉去年同期有多少件?"),
        ("那未开工的呢", ("已开工多少个项目?", "63个。[1]"), "未开工多少个项目?"),
        ("它有多长", ("哪座隧道最长?", "其中鹰嘴岩隧道最长,为2860米。[1]"), "鹰嘴岩隧道有多长"),
        ("现在呢", ("魏家村2014年人均收入多少?", "2760元。[1]"), "魏家村现在人均收入多少?"),
        ("以前呢", ("水到下村要几天?", "2天。[1]"), "水到下村以前要几天?"),
        ("去年利润呢", ("云竹公司去年营收多少?", "1.7亿元。[1]"), "云竹公司去年利润多少?"),
        # Of the thing, not of the deed that was asked about, or of a measure of it.
        ("库容多大", DAM, "青石水库,库容多大"),
        ("谁施工的", DAM, "青石水库,谁施工的"),
        ("有多少员工", ("云竹公司二期投资多少?", "9亿元。[1]"), "云竹公司二期,有多少员工"),
        ("增长了多少", ("上半年税收收入多少?", "18亿元。[1]"), "上半年税收收入,增长了多少"),
        ("有多长", ("最长的隧道是哪条?", "鹰嘴隧道。[1]"), "最长的隧道,有多长"),
        ("多少栋楼", ("清荷雅苑有多少户?", "540户。[1]"), "清荷雅苑,多少栋楼"),
        ("谁讲话", ("谁主持的启动会?", "苏建设。[1]"), "启动会,谁讲话"),
        # Without any noun it is of what was talked of.
        ("停一天多少钱?", ("东门停车场有多少车位?", "860个。[1]"), "东门停车场有车位,停一天多少钱?"),
        # They are the people that were counted, not the place before them.
        ("他们都叫什么名字", ("柳溪镇招了多少名教师?", "40名。[1]"), "柳溪镇招的教师都叫什么名字"),
        ("什么时候必须弄完", ("哪座水库要加固?", "青石水库。[1]"), "水库要加固,什么时候必须弄完"),
        # Another place that somebody goes to, another sort of the same things.
        ("下村里的呢", ("抽了多少干部到防汛专班?", "40名。[1]"), "抽了多少干部下村里?"),
        ("去学校的呢", ("到一线的有几人?", "8人。[1]"), "去学校的有几人?"),
        ("科技型的呢", ("县里有多少家高新技术企业?", "8家。[1]"), "县里有多少家科技型企业?"),
        ("专精特新呢", ("高新技术企业有多少?", "8家。[1]"), "专精特新企业有多少?"),
        ("他们去年接待了多少游客", ("西礁村养什么?", "鲍鱼。[1]"), "西礁村去年接待了多少游客"),
    ],
)
def test_what_takes_the_place_of_what(question: str, earlier: tuple[str, ...], text: str) -> None:
    assert resolved(question, *earlier) == text


OPENING = ("青石大桥哪天通车的?", "6月3日,青石大桥通车。[1]")
DRILL = ("护河行动哪天启动的?", "3月5日,护河行动启动。[1]")


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        # Who has to do something, or in what respect.
        ("乡镇呢", ("护河行动水利局要做什么?", "清淤。[1]"), "护河行动乡镇要做什么?"),
        ("宣传方面呢", ("禁烧工作派出所应做什么?", "巡逻。[1]"), "禁烧工作宣传方面应做什么?"),
        ("经费呢", ("护河行动水利局要做什么?", "清淤。[1]"), "护河行动水利局要做,经费呢?"),
        # Another thing of which the same is asked; not who takes part in it, nor a part of it.
        ("普法活动的呢", DRILL, "普法活动哪天启动的?"),
        ("防汛演练呢", DRILL, "防汛演练哪天启动的?"),
        ("隧道的呢", ("青石大桥的工期是多久?", "两年。[1]"), "隧道的工期是多久?"),
        ("停车场呢", OPENING, "青石大桥哪天通车,停车场呢?"),
        ("水利局呢", ("护河行动是谁部署的?", "县委。[1]"), "护河行动是谁部署,水利局呢?"),
        # Another deed, sort, number.
        ("完工呢", ("青石大桥哪天开工的?", "3月。[1]"), "青石大桥哪天完工的?"),
        ("那致辞的呢", ("开幕式是谁主持的?", "高志远。[1]"), "开幕式是谁致辞的?"),
        ("收费的呢", ("体检哪些项目是免费的?", "三项。[1]"), "体检哪些项目是收费的?"),
        ("复杂的呢", ("一台简单的手术补贴多少?", "100元。[1]"), "一台复杂的手术补贴多少?"),
        ("新兴的呢", ("县里的主导产业是什么?", "茶叶。[1]"), "县里的新兴产业是什么?"),
        ("医院的呢", ("腿脚不好的居民怎么约上门?", "打电话。[1]"), "医院怎么约上门?"),
        ("全县呢", ("老车站什么时候停用?", "3月。[1]"), "老车站什么时候停用,全县呢?"),
        ("40岁以下的呢", ("评了几个30岁以下工匠?", "2个。[1]"), "评了几个40岁以下工匠?"),
        ("第三个呢", ("改革第二步是什么?", "合并。[1]"), "改革第三步是什么?"),
        # A term in quotation marks.
        ("“五网”呢", ("“三链”指的是什么?", "三条产业链。[1]"), "“五网”指的是什么?"),
        ("“五网”呢", ("县里的支柱产业是什么?", "茶叶。[1]"), "“五网”是什么?"),
        ("“五网”呢", OPENING, "青石大桥哪天通车,“五网”呢?"),
        # A name keeps what kind of place it is, and no character stands twice.
        ("东坝镇呢", ("西岭乡招了几名医生?", "2名。[1]"), "东坝镇招了几名医生?"),
        ("对乡镇呢", ("高志远对学校有什么要求?", "开足课程。[1]"), "高志远对乡镇有什么要求?"),
        ("李先生呢", ("王女士住在哪里?", "东街。[1]"), "李先生住在哪里?"),
        # People told by what they do are counted as those before were.
        ("派到村里的呢", ("每年培训多少人?", "90人。[1]", "在哪培训?", "党校。[1]"), "派到村里的有多少人?"),
        ("留在学校的呢", ("招了多少名教师?", "40名。[1]"), "留在学校的教师有多少?"),
        ("护林的呢", ("抽调一线多少人?", "30人。[1]"), "护林的有多少人?"),
        ("里面女的呢", ("干竹编的有多少人?", "30人。[1]"), "干竹编的有多少人,里面女呢?"),
        # An office for an office, or for the person.
        ("县长呢", ("书记是谁?", "高志远。[1]", "高志远主持了什么会?", "动员会。[1]"), "县长是谁?"),
        ("县长呢", ("高志远主持了什么会?", "动员会。[1]"), "县长主持了什么会?"),
        ("县长呢", OPENING, "青石大桥通车,县长呢?"),
    ],
)
def test_what_takes_the_place_of_a_thing_of_its_kind(
    question: str, earlier: tuple[str, ...], text: str
) -> None:
    assert resolved(question, *earlier) == text


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("不对,我问的是常委会哪天", DRILL, "常委会哪天"),
        ("谁讲话了", (*DRILL, "不对,我问的是常委会哪天", "6日。[1]"), "常委会,谁讲话了"),
        ("不对,我问的是民营企业有多少", ("县里有多少国有企业?", "3家。[1]"), "县里有多少民营企业?"),
        ("我是说完工", ("青石大桥哪天开工的?", "3月。[1]"), "青石大桥哪天完工的?"),
        ("不对,是中学", ("县里有几所小学?", "3所。[1]"), "县里有几所中学?"),
        ("建于哪年", ("不是城关小学,我问的是实验小学有几个班?", "9个。[1]"), "实验小学有班,建于哪年"),
        ("那它什么时候完工", ("青石大桥哪天开工的?", "3月。[1]"), "青石大桥什么时候完工"),
    ],
)
def test_what_was_rejected_is_gone(question: str, earlier: tuple[str, ...], text: str) -> None:
    assert resolved(question, *earlier) == text


THANKED = (*OPENED, "谢谢", "您好！我根据收录的新闻公报回答问题。")


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("在哪培训", ("每年培训多少人?", "90人。[1]"), "每年在哪培训"),
        ("谁主持的", ("6月3日谁致辞的?", "高志远。[1]"), "6月3日,谁主持的"),
        ("有几个村", ("县里有多少人?", "3万人。[1]"), "县里,有几个村"),
        ("装电梯了吗", ("银杏小区有多少幢楼?", "9幢。[1]"), "银杏小区有楼,装电梯了吗"),
        ("什么时候能扩建", ("车位现在有多少个?", "12个。[1]"), "车位现在,什么时候能扩建"),
        ("多少人同意", ("方案改了几稿?", "4稿。[1]", "他是什么职务?", "主任。[1]"), "方案改,多少人同意"),
        ("那里有几个村", THANKED, "柳溪镇有几个村"),
        ("高志远到了吗", ("银杏小区有多少幢楼?", "9幢。[1]"), "高志远到了吗"),
        ("公交站什么时候能用", ("银杏小区有多少幢楼?", "9幢。[1]"), "公交站什么时候能用"),
    ],
)
def test_a_topic_is_what_was_talked_of(question: str, earlier: tuple[str, ...], text: str) -> None:
    assert resolved(question, *earlier) == text


def test_an_article_that_was_meant_is_meant_still() -> None:
    earlier = ("桥多长?", "桥长800米。[1]", "这篇还说了什么?", "6月3日,青石大桥通车。[1]")
    turns = [Turn(("user", "assistant")[i % 2], said) for i, said in enumerate(earlier)]
    found = resolve("是谁写的?", turns, SEGMENTER, NEWS)
    assert (found.text, found.article_id) == ("《青石大桥 6月3日通车》那篇是谁写的?", "a0")


CLINIC = ("县医院门诊部在哪里坐诊?", "一楼。[1]")


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        # What names nothing is no topic: the question before it is.
        (
            "收多少钱",
            ("青石大桥什么时候通车?", "6月。[1]", "已经送来几个了", "公报中没有找到。"),
            "青石大桥通车,收多少钱",
        ),
        ("谁出席了", ("这几天一共几篇", "4篇。[1]"), "谁出席了"),
        # Nor is what was claimed, or asked for news of, or greeted with.
        ("谁来打分", ("评比的工匠都是外地人吗", "不是。[1]"), "评比的工匠,谁来打分"),
        ("什么学历的", ("公务员招聘有消息吗", "公报中没有找到。"), "公务员招聘,什么学历的"),
        ("谁负责", ("你好，想问问清淤的事", "清淤12处。[1]"), "清淤,谁负责"),
        # An amount is a case of what is asked where; what begins is the deed.
        ("在哪儿办", ("买300元门票送多少", "两张。[1]"), "买门票,在哪儿办"),
        ("几点开始", CLINIC, "县医院门诊部坐诊,几点开始"),
        # The verb that both ask of stands once.
        ("谁铸的", ("铜钟哪年铸的", "1926年。[1]"), "铜钟谁铸的"),
        # Which one of two, the day alone, what is more than something, which those were.
        ("上午还是下午", ("动员会是几号开的", "3日。[1]"), "动员会是上午还是下午开的"),
        ("谁发言了", ("动员会是几号开的", "3日。[1]", "上午还是下午", "公报中没有找到。"), "动员会,谁发言了"),
        ("9号", ("6号有什么新闻", "两篇。[1]"), "9号有什么新闻"),
        ("那27号呢", ("庙会22号有什么活动", "6月22日,开幕式。[1]"), "庙会6月27号有什么活动"),
        ("比运动会早几天", ("青石大桥哪天通车的", "3日。[1]"), "青石大桥通车比运动会早几天"),
        ("比刚成立时多了多少", ("民兵连有几个人", "40人。[1]"), "民兵连比刚成立时多了多少人"),
        ("都叫什么", ("公司在县里有几家工厂", "三家。[1]"), "公司在县里有哪几家工厂"),
        ("叫什么", ("公司在县里有几家工厂", "三家。[1]"), "公司在县里有工厂,叫什么"),
        # Back to what was talked of before.
        ("回到刚才大桥,谁出席了", ("庙会在哪里办", "南街。[1]"), "大桥,谁出席了"),
        ("那有讲防汛的吗", ("有没有讲养老的文章", "没有。"), "有讲防汛的吗"),
    ],
)
def test_what_a_question_is_put_behind_names_something(
    question: str, earlier: tuple[str, ...], text: str
) -> None:
    assert resolved(question, *earlier) == text


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("一开始呢", ("民兵连现在有几个人", "40人。[1]"), "民兵连最初有几个人"),
        ("单位呢", ("乱倒废油个人罚多少", "500元。[1]"), "乱倒废油单位罚多少"),
        ("各村干部呢", ("镇领导要干嘛", "下村。[1]"), "各村干部要干嘛"),
        ("那防汛那篇呢", ("大桥那篇哪天的", "3日。[1]"), "防汛那篇哪天的"),
        ("特困的呢", ("65岁的补多少钱", "2元。[1]"), "特困的补多少钱"),
        ("那85的呢", ("65岁的补多少钱", "2元。[1]"), "85岁的补多少钱"),
        ("临时的呢", ("停车场新建多少车位", "90个。[1]"), "停车场新建多少临时车位"),
        ("拟任呢", ("高志远现在干什么", "镇长。[1]"), "高志远拟任什么职务"),
        ("女队呢", ("龙舟赛有多少支队", "12支。[1]"), "龙舟赛有多少支女队"),
        ("专家呢", ("农科院有几个人", "40人。[1]"), "农科院有多少专家?"),
        # Of two that are asked of, the one of its kind; what is asked for stays.
        ("商铺呢", ("南塘征收砖混住宅补多少", "30元。[1]"), "南塘征收商铺补多少"),
        ("妇幼站呢", ("县医院体检中心电话", "123。[1]"), "县妇幼站电话"),
        ("女的呢", ("配了几个工匠", "8个。[1]", "占多少比例", "三成。[1]"), "配了工匠,女的占多少比例"),
        # What counts something else is put behind.
        ("几个油罐炸了", ("加油站爆炸死伤多少", "3人。[1]"), "加油站爆炸死伤,几个油罐炸了"),
    ],
)
def test_what_takes_the_place_keeps_the_frame(question: str, earlier: tuple[str, ...], text: str) -> None:
    assert resolved(question, *earlier) == text


def test_what_describes_the_counterpart_may_go() -> None:
    turns = [Turn("user", "水毁设施怎么修"), Turn("assistant", "尽快。[1]")]
    found = resolve("房屋呢", turns, SEGMENTER)
    assert "房屋怎么修" in [found.text, *(sense.text for sense in found.others)]
    assert any(sense.quotes == "房屋" for sense in (found, *found.others))


def test_a_refused_question_of_the_same_article_does_not_end_the_talk_of_it() -> None:
    earlier = ("青石大桥哪天通车?", "6月3日,青石大桥通车。[1]", "青石大桥要收费吗", "公报中没有找到。")
    turns = [Turn(("user", "assistant")[i % 2], said) for i, said in enumerate(earlier)]
    found = resolve("那记者是谁", turns, SEGMENTER, NEWS)
    assert (found.text, found.article_id) == ("《青石大桥 6月3日通车》那篇记者是谁", "a0")
    turns[2] = Turn("user", "图书馆要收费吗")
    assert resolve("那记者是谁", turns, SEGMENTER, NEWS).article_id is None


def test_of_another_is_asked_what_was_asked_before_the_reason() -> None:
    turns = [
        Turn("user", "中学哪天开学?"),
        Turn("assistant", "9月1日。[1]"),
        Turn("user", "为什么那么晚?"),
        Turn("assistant", "水管被冲断。[1]"),
    ]
    assert resolve("那小学呢?", turns, SEGMENTER).text == "小学哪天开学?"
    assert resolve("那小学呢?", [*turns[:2], Turn("user", "小学为什么关门?")], SEGMENTER).others == ()
    assert "电哪天来的?" in {
        sense.text
        for one in [resolve("那电呢?", [Turn("user", "村里水哪天来的?"), *turns[1:]], SEGMENTER)]
        for sense in (one, *one.others)
    }


@pytest.mark.parametrize(
    ("question", "earlier", "expected"),
    [
        # a time takes the place of another, what is asked stays
        ("之前是谁?", "水利局局长现在是谁?", "水利局局长之前是谁?"),
        ("原来是多少", "水厂日供水量现在提高到多少吨", "水厂日供水量原来是多少吨"),
        ("原计划呢", "全年修了几座桥", "原计划修几座桥"),
        ("去年呢", "原计划修几座桥", "去年修几座桥"),
        ("明年打算修多少", "去年修了几座桥", "明年打算修几座桥"),
        # some of what was counted, by the same measure
        ("5月时装好几盏了", "大桥总工是谁,路灯一共多少盏", "路灯,5月时装好几盏了"),
        # what is asked of another thing is no other time
        ("明年招多少教师", "去年修了几座桥", "明年招多少教师"),
    ],
)
def test_another_time(question: str, earlier: str, expected: str) -> None:
    turns = [Turn("user", earlier), Turn("assistant", "6座。[1]")]
    assert standalone(question, turns, SEGMENTER).rstrip("?") == expected.rstrip("?")
