"""Of several parallel items or clauses the one that a question names answers it."""

from __future__ import annotations

import pytest
from evidence import article, evidence, query, reading
from evidence import short_of as short

from qa.answers.drafting import draft
from qa.answers.parallels import of_the_named
from qa.text import Segmenter
from qa.understanding.questions import analyse

SEGMENTER = Segmenter()


GRADUATES = (
    "博士、硕士、本科毕业生,与企业签订合同的,每月分别发放2000元、1200元和700元;"
    "买房的,分别补9万元、6万元、3万元。"
)


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        (
            "清和茶庄损失多少?",
            "槐树街的“兴隆商店”和东关的“清和茶庄”先后进水,分别损失2.4万元和1.1万元。",
            "2.4万元",
            "1.1万元",
        ),
        (
            "兴隆商店损失多少?",
            "槐树街的“兴隆商店”和东关的“清和茶庄”先后进水,分别损失2.4万元和1.1万元。",
            "2.4万元",
            "2.4万元",
        ),
        ("本科生每月发多少?", GRADUATES, "1200元", "700元"),
        ("硕士每月发多少?", GRADUATES, "2000元", "1200元"),
        ("硕士买房补多少?", GRADUATES, "9万元", "6万元"),
        # the whole's name holds the part's
        ("新建幼儿园几所?", "新建中小学和幼儿园9所,其中小学5所、幼儿园4所。", "9所", "4所"),
        ("一共新建幼儿园和中小学几所?", "新建中小学和幼儿园9所,其中小学5所、幼儿园4所。", "9所", "9所"),
        ("玩具合格率要到多少?", "到年底,食品合格率、玩具合格率分别达到98%和91%。", "98%", "91%"),
        ("厢式版起售价多少?", "该车平板版和厢式版上市,售价分别为5.2万元和5.9万元。", "5.2万元", "5.9万元"),
        ("“石花”酒有几瓶?", "查获“玉泉”酒31瓶、“石花”酒4瓶、“春江”酒9瓶。", "9瓶", "4瓶"),
        ("石花酒有几瓶?", "其中包括31瓶“玉泉”、4瓶“石花酒”、9瓶“春江”等。", "9瓶", "4瓶"),
        ("谷巷新增几个车位?", "新车位:瓦弄58个,谷巷47个,水巷37个。", "58个", "47个"),
        ("孟某被罚金多少?", "被告人孟某某被判处罚金八万元;被告人孟某被判处罚金一万元。", "八万元", "一万元"),
        (
            "孟某某被罚金多少?",
            "被告人孟某某被判处罚金八万元;被告人孟某被判处罚金一万元。",
            "八万元",
            "八万元",
        ),
    ],
)
def test_a_number_is_that_of_the_thing_named(question: str, sentence: str, marked: str, answer: str) -> None:
    assert short(question, sentence, marked) == answer


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        # A part of a whole that is named first, and a word for the item that the question has no word of.
        ("竣工的小区有几个?", "改造小区316个,其中新开工92个、完工85个。", "85个", "85个"),
        (
            "今年小学招多少新生?",
            "今年小学招生860人,初中招生310人,与去年比分别少20人和多65人。",
            "860人",
            "860人",
        ),
        ("维修员几小时上门?", "可拨打公司24小时热线,维修员2小时上门。", "2小时", "2小时"),
        ("热力公司几小时上门?", "可拨打热力公司24小时热线,维修员2小时上门。", "2小时", "2小时"),
        ("同意的业主占几成?", "表决的业主占八成七,同意的占七成九。", "七成九", "七成九"),
    ],
)
def test_what_was_marked_stands_where_no_other_item_is_named(
    question: str, sentence: str, marked: str, answer: str
) -> None:
    assert short(question, sentence, marked) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [("水电组谁带头?", "谷正"), ("调解组谁带头?", "庾静"), ("调解组是谁牵头的?", "庾静")],
)
def test_whoever_heads_a_group_heads_that_one(question: str, answer: str) -> None:
    sentence = "“水电组”由退休电工谷正带头,14个人;“调解组”由律师庾静牵头,有6个人。"
    assert short(question, sentence, "律师庾静") == answer


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        (
            "谷巷是怎么弄的?",
            "瓦弄把双侧停车改成单侧;谷巷拆掉了一排车棚;水巷填平了明沟。",
            "把双侧停车改成单侧",
            "拆掉了一排车棚",
        ),
        (
            "瓦弄是怎么弄的?",
            "瓦弄把双侧停车改成单侧;谷巷拆掉了一排车棚。",
            "把双侧停车改成单侧",
            "把双侧停车改成单侧",
        ),
        ("庾静要求怎么做?", "庾静要求,先把底数摸清;交通部门要抓紧修路。", "抓紧修路", "抓紧修路"),
        (
            "9时10分发生了什么?",
            "9时10分,管涌抢护完毕;10时,群众全部到达。",
            "管涌抢护完毕;10时,群众全部到达",
            "管涌抢护完毕",
        ),
        (
            "路南是哪家企业?",
            "一条路隔开两家同名的企业:路北是清泉纸业公司,路南是清源纸业公司。",
            "清源纸业公司",
            "清源纸业公司",
        ),
    ],
)
def test_a_part_is_that_of_the_thing_named(question: str, sentence: str, marked: str, answer: str) -> None:
    assert short(question, sentence, marked) == answer


@pytest.mark.parametrize(
    ("question", "marked", "answer"),
    [
        ("报名第一步什么时候?", "6月3日", "6月3日到6月7日"),
        ("报名第二步什么时候?", "6月3日", "6月15日、16日"),
        ("报名最后一步什么时候?", "6月3日", "6月15日、16日"),
    ],
)
def test_a_step_is_the_one_of_that_number(question: str, marked: str, answer: str) -> None:
    sentence = "报名分两步:6月3日到6月7日在网上填表,6月15日、16日到学校交材料。"
    assert short(question, sentence, marked) == answer


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        ("石坪镇配了几名干部?", "为梧田乡、石坪镇配备8名干部。", "8名", None),
        ("两个乡镇配了几名干部?", "为梧田乡、石坪镇配备8名干部。", "8名", "8名"),
        ("石坪镇配了几名干部?", "为梧田乡、石坪镇各配备8名干部。", "8名", "8名"),
        ("石坪镇配了几名干部?", "为石坪镇配备8名干部。", "8名", "8名"),
    ],
)
def test_what_two_got_is_not_what_one_got(
    question: str, sentence: str, marked: str, answer: str | None
) -> None:
    found = reading(evidence(article(sentence), short=marked))
    told = draft(query(question), analyse(question), found, SEGMENTER)
    assert (told.short if told else None) == answer


def test_a_measure_that_is_not_said_again_is_that_of_the_first() -> None:
    text = "青浦县生产总值84亿元,增长7%;丹河县71亿元,增长4%"
    first, second = ((text.index(v), text.index(v) + len(v)) for v in ("84亿元", "71亿元"))
    assert of_the_named("丹河县生产总值多少?", text, first, [first, second]) == [second]
    assert of_the_named("青浦县生产总值多少?", text, first, [first, second]) == []
