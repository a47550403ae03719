"""Evidence becomes the form of answer that a question calls for."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from evidence import article, evidence, query, reading
from hypothesis import given
from hypothesis import strategies as st

from qa.answers.arithmetic import Operand, calculated
from qa.answers.combining import Found, work_out
from qa.answers.drafting import draft
from qa.answers.lists import count_draft
from qa.composing import SHORT_CHARS, Draft, Quote, compose
from qa.text import Segmenter, sentence_spans
from qa.types import Reading
from qa.understanding.parts import Calculation, Part, calculation
from qa.understanding.questions import analyse

SEGMENTER = Segmenter(people=["葛清如", "闻人骏", "禹知秋"])
FERRY = article(
    "4月6日上午，雁洲县在青萍渡口启动整治行动，县委书记闻人骏、副县长葛清如出席。行动为期三个月，由县交通运输局牵头。"
    "会议要求，一是摸清底数；二是挂牌督办；三是限期整改。全县有渡口36处、渡船58艘，今年已检查渡船300余次，发现隐患近两百处。"
)
LIBRARY = article(
    "新馆设有盲文阅览室、少儿绘本馆和方志馆，周一闭馆，其余时间免费开放。搬迁因连日降雨推迟了一周。"
)


def drafted(question: str, found: Reading) -> Draft | None:
    return draft(query(question), analyse(question), found, SEGMENTER)


@pytest.mark.parametrize(
    ("question", "source", "at", "short"),
    [
        ("有多少处渡口?", FERRY, 3, "36处"),
        ("渡船有多少艘?", FERRY, 3, "58艘"),
        ("检查了多少次?", FERRY, 3, "300余次"),
        ("发现多少处隐患?", FERRY, 3, "近两百处"),
        ("行动持续多久?", FERRY, 1, "三个月"),
        ("行动由谁牵头?", FERRY, 1, "县交通运输局"),
        ("闻人骏是什么职务?", FERRY, 0, "县委书记"),
        ("葛清如担任什么职务?", FERRY, 0, "副县长"),
        ("副县长是谁?", FERRY, 0, "葛清如"),
        ("行动什么时候启动?", FERRY, 0, "4月6日上午"),
        ("行动在哪里启动?", FERRY, 0, "青萍渡口"),
        ("哪些人出席?", FERRY, 0, "闻人骏、葛清如"),
        ("提出了哪些要求?", FERRY, 2, "摸清底数、挂牌督办、限期整改"),
        ("新馆设有哪些馆室?", LIBRARY, 0, "盲文阅览室、少儿绘本馆和方志馆"),
        ("搬迁为什么推迟?", LIBRARY, 1, "因连日降雨推迟了一周"),
        ("新馆周一开放吗?", LIBRARY, 0, "否，周一闭馆"),
    ],
)
def test_short_answers(question: str, source: object, at: int, short: str) -> None:
    made = drafted(question, reading(evidence(source, at)))  # type: ignore[arg-type]
    assert made is not None
    assert made.short == short
    assert all(any(quote.holds(item) for quote in made.quotes) for item in made.items)


@pytest.mark.parametrize(
    ("question", "text", "marked", "short"),
    [
        (
            "葛清如对工作队有什么要求?",
            "葛清如说,要沉下身子、放下架子,真心帮乡亲解难题。",
            "沉下身子、放下架子,真心帮乡亲解难题",
            "沉下身子、放下架子,真心帮乡亲解难题",
        ),
        (
            "要看望哪几类人?",
            "县民政局要对孤寡老人、残疾人、低保户逐户看望,发放大米800袋、食用油600桶。",
            "孤寡老人、残疾人、低保户",
            "孤寡老人、残疾人、低保户",
        ),
        (
            "园区靠什么优势?",
            "园区依托青萍港的水运优势,面向轴承、阀门两大市场。",
            "青萍港的水运优势",
            "青萍港的水运优势",
        ),
    ],
)
def test_a_list_gives_way_to_what_was_marked_beside_it(
    question: str, text: str, marked: str, short: str
) -> None:
    made = drafted(question, reading(evidence(article(text), short=marked)))
    assert made is not None
    assert made.short == short


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        ("哪些人参加了调度会?", False),
        ("哪些单位参加了调度会?", True),
    ],
)
def test_bodies_are_no_people(question: str, listed: bool) -> None:
    text = article("调度会由县住建局召开,县公安局、县商务局、县水利局参加。")
    made = drafted(question, reading(evidence(text, short="县公安局、县商务局、县水利局")))
    assert (made is not None) is listed


def test_people_are_no_bodies() -> None:
    text = article("县委书记闻人骏、副县长葛清如参加调度会。")
    assert drafted("哪些部门参加了调度会?", reading(evidence(text, short="闻人骏、副县长葛清如"))) is None


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("闻人骏是谁?", "县委书记"),
        ("葛清如是什么人?", "副县长"),
        ("禹知秋是谁?", "县领导"),
        ("葛清如同志是干什么的?", "副县长"),
    ],
)
def test_who_somebody_is(question: str, office: str) -> None:
    found = article("县领导葛清如、禹知秋等到场。县委书记闻人骏、副县长葛清如先后表示,要做好服务。")
    answer = drafted(
        question, reading(evidence(found, 0, short="葛清如、禹知秋", score=0.4), evidence(found, 1))
    )
    assert answer is not None
    assert answer.short == (office if "禹" in question or "闻人" in question else "县领导")


def test_nobodys_office_is_a_name() -> None:
    found = article("葛清如、禹知秋等到场。")
    answer = drafted("禹知秋是谁?", reading(evidence(found, short="葛清如、禹知秋")))
    assert answer is not None
    assert answer.short is None


@pytest.mark.parametrize(
    ("question", "marked", "short"),
    [
        ("形成了以哪些产业为支撑的格局?", "电子信息、新材料", "食品和装备制造"),
        ("以什么为补充?", "食品和装备制造", "电子信息、新材料"),
        ("大赛以什么为主题?", "格局", "“匠心”"),
        ("格局以什么产业为支撑?", "装备制造", "装备制造"),
    ],
)
def test_what_serves_as_something(question: str, marked: str, short: str) -> None:
    found = article(
        "大赛以“匠心”为主题,初步形成了以食品和装备制造为支撑、以电子信息、新材料等为补充的产业格局。"
    )
    answer = drafted(question, reading(evidence(found, short=marked)))
    assert answer is not None
    assert answer.short == short


def test_what_serves_as_something_has_its_items() -> None:
    found = article("初步形成了以食品和装备制造为支撑的产业格局。")
    answer = drafted("以哪些产业为支撑?", reading(evidence(found)))
    assert answer is not None
    assert [item.text for item in answer.items] == ["食品", "装备制造"]


DEMANDS = article(
    "他要求，一要早完工，汛前不留尾巴；二要把好关，不合格的一律返工；三要有人管，每亩提取12元。"
)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("不合格的会怎么样?", "一律返工"),
        ("不合格的会有什么后果?", "一律返工"),
        ("他的要求是什么?", "早完工，汛前不留尾巴；把好关，不合格的一律返工；有人管，每亩提取12元"),
    ],
)
def test_one_item_of_several_is_asked_for(question: str, short: str) -> None:
    made = drafted(question, reading(evidence(DEMANDS, short="一律返工")))
    assert made is not None
    assert made.short == short


def test_an_item_that_the_question_names_by_its_label() -> None:
    body = "清单分三类：一类是必做的，包括每周走访老人、每月查飞线；二类是严禁的，例如代替执法、催收费用。"
    made = drafted("哪些活是严禁网格员干的?", reading(evidence(article(body), short="代替执法、催收费用")))
    assert made is not None
    assert made.short == "代替执法、催收费用"


def test_an_item_may_begin_with_a_verb() -> None:
    body = "农产品区免收；低保家庭、残疾人和退役军人减半，凭证件办理。"
    made = drafted(
        "哪些人的摊位费减半?", reading(evidence(article(body), short="低保家庭、残疾人和退役军人"))
    )
    assert made is not None
    assert [item.text for item in made.items] == ["低保家庭", "残疾人", "退役军人"]


def test_the_cause_of_what_is_asked_comes_before_another_one() -> None:
    source = article("因道路施工，集市暂停一周。因雷雨天气，小组赛推迟到次日举行。")
    near = reading(evidence(source, 0, score=1.0), evidence(source, 1, score=0.0))
    made = drafted("小组赛为什么推迟?", near)
    assert made is not None
    assert made.short == "因雷雨天气"


@pytest.mark.parametrize(
    ("question", "sentence", "marked"),
    [
        # neither what the reader did not mark at all
        ("县长对粮库有什么要求?", "县长要求,严禁以陈粮、霉粮顶替;粮库要天天测温。", "要天天测温"),
        ("陪县长去的有谁?", "县长到东坡乡、石桥镇调研,农业局局长高远随同。", "农业局局长高远"),
        # nor a part of it
        (
            "县长对食堂有什么要求?",
            "县长要求食堂把账目公开,让老人吃得饱、吃得好。",
            "把账目公开,让老人吃得饱、吃得好",
        ),
    ],
)
def test_an_enumeration_that_was_not_read_is_no_answer(question: str, sentence: str, marked: str) -> None:
    found = draft(
        query(question), analyse(question), reading(evidence(article(sentence), short=marked)), SEGMENTER
    )
    assert found is not None
    assert found.short is not None
    assert found.short in marked
    assert not found.items


def test_items_that_a_sentence_of_their_own_introduces() -> None:
    body = "纳税大户次年可免租三成。入园须符合三项条件:一是产业对路;二是环评过关;三是没有欠薪。"
    asked = "哪些企业可以免租三成?"
    found = draft(query(asked), analyse(asked), reading(evidence(article(body), short="纳税大户")), SEGMENTER)
    assert found is not None
    assert (found.short, found.items) == ("纳税大户", ())


def test_which_of_several_is_asked_by_its_number() -> None:
    body = "申请人分三类:第一类有户籍、有住房;第二类有户籍、无住房;第三类无户籍、有住房。"
    asked = "没有户籍但有住房的算第几类?"
    found = draft(query(asked), analyse(asked), reading(evidence(article(body), short="第三类")), SEGMENTER)
    assert found is not None
    assert found.short == "第三类"


def test_each_for_himself_asks_for_one_number() -> None:
    body = "过去农户各卖各的,一斤枣卖4元;合作社成立后一斤卖到9元。"
    asked = "各卖各的那阵子一斤枣卖几元?"
    found = draft(query(asked), analyse(asked), reading(evidence(article(body), short="4元")), SEGMENTER)
    assert found is not None
    assert found.short == "4元"


def test_what_names_no_hour_is_none() -> None:
    asked, source = "接驳车几点发车?", article("接驳车每天三趟,晚上停运。")
    assert draft(query(asked), analyse(asked), reading(evidence(source, short="每天三趟")), SEGMENTER) is None


def test_a_time_is_no_place() -> None:
    source = article("表彰大会拟于“七一”前夕召开。")
    assert drafted("表彰大会在哪里开?", reading(evidence(source, short="“七一”前夕"))) is None


def test_only_people_are_added_to_people() -> None:
    source = article("葛清如、闻人骏、禹知秋出席揭牌。研究院与重点实验室、材料中心签约。")
    made = drafted("出席揭牌的有谁?", reading(evidence(source, 0), evidence(source, 1)))
    assert made is not None
    assert [item.text for item in made.items] == ["葛清如", "闻人骏", "禹知秋"]


@pytest.mark.parametrize("question", ["四项机制具体是哪四项?", "“四项机制”是哪四项?"])
def test_a_numbered_name_alone_lists_nothing(question: str) -> None:
    named = article("会议阐明了“四项机制”,回应了“五个问题”,讨论了预算、决算。")
    assert drafted(question, reading(evidence(named, short="“五个问题”"))) is None


def test_a_numbered_name_with_its_items() -> None:
    told = article("“四项机制”是会商、通报、督办、问责四项。")
    answer = drafted("四项机制具体是哪四项?", reading(evidence(told)))
    assert answer is not None
    assert [item.text for item in answer.items] == ["会商", "通报", "督办", "问责"]


@pytest.mark.parametrize(
    ("question", "marked"),
    [("破了几起案子?", "86万元"), ("抓了多少人?", "17起"), ("最小的作者叫什么名字?", "《爱莲说》")],
)
def test_another_kind_of_thing_is_no_answer(question: str, marked: str) -> None:
    found = article("接报案子17起,涉案86万元,嫌疑人3人,作者都抄了《爱莲说》。")
    answer = drafted(question, reading(evidence(found, short=marked)))
    assert answer is None or answer.short != marked


def test_the_end_of_the_word_before_a_name_is_no_part_of_it() -> None:
    found = article("要牢牢把握“国家反诈中心”推广宣传。")
    answer = drafted("推广的是哪个中心?", reading(evidence(found, short="握“国家反诈中心”")))
    assert answer is not None
    assert answer.short == "“国家反诈中心”"


def test_what_the_reader_marked_is_made_whole() -> None:
    marked = reading(evidence(FERRY, 3, short="300"))
    made = drafted("检查了多少次?", marked)
    assert made is not None
    assert made.short == "300余次"


def test_a_list_runs_on_over_sentences_and_articles() -> None:
    body = "会议提出三点要求。首先，要抢农时。其次，要保墒情。最后，要防倒春寒。"
    made = drafted("会议提出哪些要求?", reading(evidence(article(body))))
    assert made is not None
    assert [item.text for item in made.items] == ["要抢农时", "要保墒情", "要防倒春寒"]
    first = article("获奖的单位有石桥镇、柳溪镇。")
    second = article("获奖的单位还有白沙镇、青萍镇。")
    made = drafted("获奖的单位有哪些?", reading(evidence(first), evidence(second)))
    assert made is not None
    assert [item.text for item in made.items] == ["石桥镇", "柳溪镇", "白沙镇", "青萍镇"]
    assert len(made.quotes) == 2


def test_a_long_list_is_quoted_by_its_items() -> None:
    filler = "，各有关单位务必高度重视、周密部署、抓好落实" * 3
    body = f"会议要求，一是摸清底数{filler}；二是挂牌督办{filler}；三是限期整改{filler}。"
    made = drafted("会议提出哪些要求?", reading(evidence(article(body))))
    assert made is not None
    assert [item.text for item in made.items] == ["摸清底数", "挂牌督办", "限期整改"]
    assert sum(len(quote.text) for quote in made.quotes) <= 260


def test_what_a_number_is_stated_of_is_not_counted() -> None:
    body = "区里在老旧小区和城中村新建充电棚417处，比原计划多26处。"
    found = reading(evidence(article(body)))
    question = "原计划新建多少个充电棚?"
    assert count_draft(query(question), analyse(question), found, SEGMENTER) is None


def test_an_enumeration_is_counted() -> None:
    question = "新设了几个服务站?"
    source = article("县里新设北门服务站、南湖服务站和西岭服务站。")
    made = count_draft(query(question), analyse(question), reading(evidence(source)), SEGMENTER)
    assert made is not None
    assert made.short == "3个"
    assert [item.text for item in made.items] == ["北门服务站", "南湖服务站", "西岭服务站"]
    question = "在会上表态的单位有几家?"
    bodies = article("团区委、区教育局、区卫健委、高校代表在会上表态发言。")
    made = count_draft(query(question), analyse(question), reading(evidence(bodies)), SEGMENTER)
    assert made is not None
    assert made.short == "4家"
    question = "改造了几个小区?"
    amounts = article("改造涉及住宅86栋、商铺20间。")
    assert count_draft(query(question), analyse(question), reading(evidence(amounts)), SEGMENTER) is None
    question = "新设了几个加油站?"
    assert count_draft(query(question), analyse(question), reading(evidence(source)), SEGMENTER) is None


def test_articles_that_differ_are_shown_newest_first() -> None:
    old = article("全县完成春耕面积18.6万亩，占计划的62%。", date=dt.date(2024, 3, 28))
    new = article("全县完成春耕面积27.4万亩，占计划的91%。", date=dt.date(2024, 4, 18))
    found = reading(evidence(old, score=1.0), evidence(new, score=0.9))
    made = drafted("全县完成了多少春耕面积?", found)
    assert made is not None
    assert made.dated
    assert made.short == "27.4万亩（2024年4月18日）；18.6万亩（2024年3月28日）"
    assert [quote.article.date for quote in made.quotes] == [new.date, old.date]
    assert made.notice is not None
    # The same figure twice is no difference, and one of another time is not asked for.
    same = article("全县完成春耕面积18.6万亩。", date=dt.date(2024, 4, 1))
    agreed = drafted("全县完成了多少春耕面积?", reading(evidence(old), evidence(same)))
    assert agreed is not None
    assert not agreed.dated
    dated = drafted("3月28日全县完成了多少春耕面积?", found)
    assert dated is not None
    assert not dated.dated


@pytest.mark.parametrize(
    ("question", "body", "marked", "short"),
    [
        ("辅导岗有没有那200块补贴?", "持证的每月另给补贴200元，辅导岗除外。", "辅导岗除外", "辅导岗除外"),
        (
            "杜女士要的误工费法院给了吗?",
            "法院判处季某拘役两个月，赔偿杜女士3万元；杜女士提出的误工费，法院未予支持。",
            "法院未予支持",
            "法院未予支持",
        ),
        (
            "我家只种了20亩有补贴没?",
            "县里对种植油菜给补贴：连片50亩以上的每亩80元；不足50亩的不补。",
            "不足50亩的不补",
            "否，不足50亩的不补",
        ),
        ("摆摊要交摊位费不?", "集市设80个摊位，头一年免收摊位费。", "免收摊位费", "否，头一年免收摊位费"),
        (
            "散户能走专利预审吗?",
            "发明专利进入预审通道，四个月可授权，散户不能走这一通道。",
            "散户不能走这一通道",
            "散户不能走这一通道",
        ),
        (
            "法定假日馆里开不开?",
            "馆内开放时间为9时至17时，周一闭馆，法定假日照常开放。",
            "法定假日照常开放",
            "法定假日照常开放",
        ),
    ],
)
def test_the_clause_that_was_marked_decides(question: str, body: str, marked: str, short: str) -> None:
    made = drafted(question, reading(evidence(article(body), short=marked)))
    assert made is not None
    assert made.short == short


def test_a_yes_no_question_that_nothing_decides_gets_no_verdict() -> None:
    made = drafted("新馆有停车场吗?", reading(evidence(LIBRARY)))
    assert made is None or made.short is None


def _operands(*texts: str) -> list[Operand]:
    quote = Quote(FERRY, 0, 5)
    return [Operand(label, text, quote) for label, text in zip("甲乙丙", texts, strict=False)]


@pytest.mark.parametrize(
    ("kind", "texts", "short", "working"),
    [
        ("sum", ("22家", "61家"), "83家", "22家 + 61家 = 83家"),
        ("sum", ("5.2万亩", "4.7万亩"), "9.9万亩", "5.2万亩 + 4.7万亩 = 9.9万亩"),
        ("sum", ("1.2亿元", "8600万元"), "2.06亿元", "= 2.06亿元"),
        ("sum", ("近两千户", "300余户"), "约2300户", "= 约2300户"),
        ("sum", ("120名", "71人"), "191人", "= 191人"),
        ("sum", ("0.1万元", "0.2万元"), "0.3万元", "= 0.3万元"),
        ("difference", ("22家", "61家"), "39家", "61家 - 22家 = 39家"),
        ("difference", ("62%", "91%"), "29个百分点", "91% - 62% = 29个百分点"),
        ("more", ("22家", "61家"), "乙", "乙多"),
        ("less", ("22家", "61家"), "甲", "甲少"),
        ("more", ("22家", "22家"), "相同", "两者相同"),
    ],
)
def test_calculations(kind: str, texts: tuple[str, ...], short: str, working: str) -> None:
    wanted = Calculation(kind, (Part("甲", "甲?"), Part("乙", "乙?")))  # type: ignore[arg-type]
    made = calculated(wanted, _operands(*texts))
    assert isinstance(made, Draft)
    assert made.short == short
    assert working in made.lead


def _summed(question: str, body: str, short: str) -> Found | None:
    """Work a sum out from two parts that the reader answered with one and the same number."""
    wanted = calculation(question, SEGMENTER)
    assert wanted is not None
    best = evidence(article(body))
    part = Found((), 0.9, Draft((Quote(best.article, best.start, best.end),), short), best)
    return work_out(wanted, [part, part], SEGMENTER)


def test_one_number_for_two_operands() -> None:
    found = _summed("公园和广场加起来多少个?", "全县建成公园12个，广场8个。", "12个")
    assert found is not None
    assert found.draft is not None
    assert found.draft.short == "20个"
    found = _summed("公园和广场加起来多少个?", "全县公园、广场共20个。", "20个")
    assert found is not None
    assert found.draft is not None
    assert found.draft.short == "20个"
    found = _summed("公园和广场加起来多少个?", "全县新建公园和广场20个。", "20个")
    assert found is not None
    assert found.draft is not None
    assert found.draft.short == "20个"
    found = _summed("公园和车站加起来多少个?", "全县建成公园12个。", "12个")
    assert found is not None
    assert found.draft is None
    assert "12个" in found.why


def test_numbers_right_behind_their_names_are_the_ones_to_add() -> None:
    body = "涞檀县现有水库43座，其中中型3座、小型40座。"
    wanted = calculation("涞檀县中型水库和小型水库加起来几座?", SEGMENTER)
    assert wanted is not None
    source = article(body)
    found = [
        Found((), 0.9, Draft((Quote(source, 0, len(body)),), short), evidence(source))
        for short in ("43座", "40座")
    ]
    made = work_out(wanted, found, SEGMENTER)
    assert made is not None
    assert made.draft is not None
    assert made.draft.short == "43座"
    assert "3座 + 40座" in made.draft.lead


@pytest.mark.parametrize(
    ("end", "bodies", "shorts", "short"),
    [
        ("早", ("2022年3月5日,行动启动。", "2022年6月1日,大桥通车。"), ("3月5日", "6月1日"), "护河行动"),
        ("晚", ("2022年3月5日,行动启动。", "2022年6月1日,大桥通车。"), ("3月5日", "6月1日"), "青石大桥"),
        ("早", ("2022年3月5日,行动启动。", "2022年3月,大桥通车。"), ("3月5日", "3月"), None),
        ("早", ("2022年3月5日,行动启动。", "近日,大桥通车。"), ("3月5日", "近日"), None),
    ],
)
def test_which_day_comes_first(
    end: str, bodies: tuple[str, str], shorts: tuple[str, str], short: str | None
) -> None:
    wanted = calculation(f"护河行动和青石大桥哪个最{end}?", SEGMENTER)
    assert wanted is not None
    sources = [replace(article(body), date=dt.date(2022, 6, 2)) for body in bodies]
    found = [
        Found((), 0.9, Draft((Quote(s, 0, len(s.body)),), day), evidence(s))
        for s, day in zip(sources, shorts, strict=True)
    ]
    made = work_out(wanted, found, SEGMENTER)
    assert made is not None
    assert (made.draft.short if made.draft else None) == short


def test_numbers_of_two_counties_make_no_sum() -> None:
    wanted = calculation("涞檀县中型水库和小型水库加起来几座?", SEGMENTER)
    assert wanted is not None
    sources = [article("涞檀县有中型水库3座。"), article("蓼源县有小型水库47座。")]
    found = [
        Found((), 0.9, Draft((Quote(s, 0, len(s.body)),), short), evidence(s))
        for s, short in zip(sources, ("3座", "47座"), strict=True)
    ]
    made = work_out(wanted, found, SEGMENTER)
    assert made is not None
    assert made.draft is None
    assert "小型水库" in made.why


@pytest.mark.parametrize("texts", [("36处", "58艘"), ("62%", "91%"), ("22家", "多家")])
def test_what_cannot_be_added_is_said(texts: tuple[str, ...]) -> None:
    wanted = calculation("甲村和乙村加起来多少?", SEGMENTER)
    assert wanted is not None
    said = calculated(wanted, _operands(*texts))
    assert isinstance(said, str)
    assert texts[0] in said


_CLAUSES = """
县委书记闻人骏出席， 新设北门站、南湖站和西岭站， 共有渡口36处， 投资近1.2亿元， 一是摸清底数；
二是挂牌督办； 4月6日上午启动， 位于江堤路， 由县水务局牵头， 因大雾推迟。 周一闭馆。
既要管住又要跑顺。 “平安渡口”、 等。
"""
_ASKING = """
有哪些站? 多少处渡口? 谁出席? 哪天启动? 在哪里? 为什么推迟? 周一开放吗? 是什么职务? 要求是什么?
哪两个站? 怎么做? 北门站和南湖站分别投资多少? 叫什么行动?
"""


@given(
    st.lists(
        st.lists(st.sampled_from([*_CLAUSES.split(), "会议召开。\n"]), min_size=1, max_size=9).map("".join),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(_ASKING.split()),
    st.data(),
)
def test_any_evidence_makes_an_answer_that_keeps_the_contract(
    bodies: list[str], question: str, data: st.DataObject
) -> None:
    found = []
    for n, body in enumerate(bodies):
        source = article(body, date=dt.date(2024, 1, 1 + n))
        at = data.draw(st.integers(0, len(sentence_spans(body)) - 1))
        start, end = sentence_spans(body)[at]
        marked = data.draw(st.sampled_from([None, body[start:end][:8]]))
        found.append(evidence(source, at, short=marked, score=-0.1 * n))
    made = drafted(question, reading(*found))
    if made is None:
        return
    composed = compose(made)
    assert composed.citations
    assert all(c.article.body[c.start : c.end] == c.quote for c in composed.citations)
    held = {c.n: c.quote for c in composed.citations}
    assert {int(n) for n in re.findall(r"\[(\d+)\]", composed.text)} == set(held)
    assert all(item.text in held[item.n] for item in composed.items)
    assert composed.short is None or 0 < len(composed.short) <= SHORT_CHARS
    assert len(composed.text) <= 600


def marked_answer(question: str, sentence: str, marked: str) -> Draft | None:
    return drafted(question, reading(evidence(article(sentence), short=marked)))


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "short"),
    [
        (
            "县长要求热力公司做好哪些事?",
            "热力公司要公布服务电话,做到半小时响应、两小时上门,不达标的按规定退费。",
            "公布服务电话,做到半小时响应、两小时上门,不达标的按规定退费",
            "公布服务电话,做到半小时响应、两小时上门,不达标的按规定退费",
        ),
        (
            "演练由哪些单位承办?",
            "演练由县安委会主办,县应急局和东河园区管委会承办,县消防大队、县卫健局、青石公司参加。",
            "县应急局和东河园区管委会",
            "县应急局和东河园区管委会",
        ),
        (
            "哪些单位参加了演练?",
            "演练由县安委会主办,县应急局和东河园区管委会承办,县消防大队、县卫健局、青石公司参加。",
            "县消防大队、县卫健局、青石公司",
            "县消防大队、县卫健局、青石公司",
        ),
        (
            "匠人来开店有什么优惠?",
            "会打铁、扎灯、做船模的匠人,店租前三年全免。",
            "店租前三年全免",
            "店租前三年全免",
        ),
        ("演练前后用了多长时间?", "演练用时58分钟,比去年缩短17分钟。", "58分钟", "58分钟"),
    ],
)
def test_an_enumeration_answers_where_it_was_read(
    question: str, sentence: str, marked: str, short: str
) -> None:
    answer = marked_answer(question, sentence, marked)
    assert answer is not None
    assert answer.short == short


def test_a_mark_of_one_character_is_no_verdict() -> None:
    sentence = "茶农葛清如说,如今有班车了,就是晚班太早。"
    answer = marked_answer("葛清如在事故里受伤了吗?", sentence, "是")
    assert answer is None or answer.short is None


def test_a_list_far_behind_does_not_take_the_place_of_what_was_read() -> None:
    told = article("各小组牵头领导要带头深入一线。\n\n对困难群众、孤寡老人、留守儿童开展走访。")
    first, other = evidence(told, short="各小组牵头领导", score=2.0), evidence(told, 1, score=0.2)
    question = "哪些人要带头到一线去?"
    found = draft(query(question), analyse(question), reading(first, other), SEGMENTER)
    assert found is not None
    assert (found.short, found.items) == ("各小组牵头领导", ())
