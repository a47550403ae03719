"""Who plays which part, where something was held, whose figure it is, and what was before or is only said."""

from __future__ import annotations

import pytest

from qa.reading.bodies import counts_several, is_of_a_part
from qa.reading.parties import is_given_to_others, only_says_who_pays, plays_another_part
from qa.reading.stages import is_a_denied_rumour, is_an_earlier_sentence, was_or_will_be
from qa.reading.twins import tells_of_its_twin
from qa.reading.venues import names_no_venue
from qa.reading.vetoes import Claim, stands_elsewhere


def at(sentence: str, short: str) -> tuple[int, int]:
    start = sentence.index(short)
    return start, start + len(short)


@pytest.mark.parametrize(
    ("question", "sentence", "short", "another"),
    [
        ("大走访有谁去看望?", "对孤寡老人、困难群众开展大走访活动。", "孤寡老人、困难群众", True),
        ("大走访看望谁?", "对孤寡老人、困难群众开展大走访活动。", "孤寡老人、困难群众", False),
        ("谁负责劝返?", "对滞留境外人员开展劝返。", "滞留境外人员", True),
        ("谁负责劝返?", "劝返由各乡镇负责。", "各乡镇", False),
        ("病人叫什么?", "心内科主任林远完成了手术。", "林远", True),
        ("病人叫什么名字?", "病人林远已经出院。", "林远", False),
        ("主刀医生叫什么?", "心内科主任林远完成了手术。", "林远", False),
        ("举报的市民叫什么?", "民警联系了车主林某。", "林某", True),
        ("差点被骗的老人叫什么?", "村民林翠兰说。", "林翠兰", False),
        ("加固谁来施工?", "全力做好郭家咀水库加固。", "郭家", True),
        ("劫匪叫什么?", "当天,伯爵(Piaget)珠宝店遭抢。", "伯爵", True),
        ("谁驻村?", "请来设计师林远驻村。", "林远", False),
    ],
)
def test_another_part(question: str, sentence: str, short: str, another: bool) -> None:
    assert plays_another_part(question, "person", sentence, at(sentence, short)) is another


@pytest.mark.parametrize(
    ("question", "short", "only_says"),
    [
        ("这笔钱谁出?", "林远", True),
        ("这笔钱谁出?", "镇财政和施工队", False),
        ("谁介绍的情况?", "林远", False),
    ],
)
def test_who_says_who_pays_does_not_pay(question: str, short: str, only_says: bool) -> None:
    sentence = "项目经理林远说,增加的费用由镇财政和施工队各承担一半。"
    assert only_says_who_pays(question, "person", sentence, at(sentence, short)) is only_says


@pytest.mark.parametrize(
    ("question", "sentence", "to_others"),
    [
        ("保险赔了多少给林满仓?", "保险公司接到报案1417起,已赔付286万元。", True),
        ("保险赔了多少给林满仓?", "林满仓拿到赔款2万元。", False),
        ("保险给林满仓赔了多少?", "老人很快拿到了2万元。", False),
        ("保险赔了多少?", "保险公司已赔付286万元。", False),
    ],
)
def test_given_to_others(question: str, sentence: str, to_others: bool) -> None:
    assert is_given_to_others(question, "number", sentence) is to_others


@pytest.mark.parametrize(
    ("question", "sentence", "short", "joint"),
    [
        ("甲泉乡配了几名年轻干部?", "为甲泉乡、乙泉镇配备8名年轻干部。", "8名", True),
        ("甲泉乡和乙泉镇配了几名年轻干部?", "为甲泉乡、乙泉镇配备8名年轻干部。", "8名", False),
        ("甲泉乡配了几名年轻干部?", "为甲泉乡、乙泉镇各配备8名年轻干部。", "8名", False),
        ("两镇配了几名年轻干部?", "为甲泉乡、乙泉镇配备8名年轻干部。", "8名", False),
        ("转移了多少儿童?", "转移群众312人,其中老人和儿童126人。", "126人", True),
        ("转移了多少儿童?", "转移老人80人、儿童46人。", "46人", False),
        ("武警来了多少人?", "有消防大队、武警中队和民兵应急连,共245人。", "245人", True),
        ("代表团在甲州签了几个合同?", "代表团赴甲州、乙阳、丙江开展推介,签下合同7个。", "7个", True),
        ("代表团签了几个合同?", "代表团赴甲州、乙阳、丙江开展推介,签下合同7个。", "7个", False),
        ("代表团在甲州签了几个合同?", "代表团赴甲州、乙阳、丙江开展推介,在甲州签下合同2个。", "2个", False),
    ],
)
def test_joint_count(question: str, sentence: str, short: str, joint: bool) -> None:
    assert counts_several(question, "number", sentence, at(sentence, short)) is joint


@pytest.mark.parametrize(
    ("question", "sentence", "short", "part"),
    [
        ("临江区有几家高企?", "目前,临江经开区共有高企22家。", "22家", True),
        ("全区有几家高企?", "目前,临江经开区共有高企22家。", "22家", True),
        ("临江经开区有几家高企?", "目前,临江经开区共有高企22家。", "22家", False),
        ("全区有几家高企?", "全区有高企50家,其中临江经开区有22家。", "50家", False),
    ],
)
def test_part_of_the_district(question: str, sentence: str, short: str, part: bool) -> None:
    assert is_of_a_part(question, "number", sentence, "", at(sentence, short)) is part


@pytest.mark.parametrize(
    ("question", "sentence", "short", "no_venue"),
    [
        ("动员会在哪里开的?", "要创建平安单位、无诈社区。", "平安单位", True),
        ("会议在哪里召开的?", "林远主持召开临江区防汛工作会议。", "临江区", True),
        ("会议在哪开的?", "12月11日,临江区召开专题会议。", "临江区", True),
        ("会议在哪儿开的?", "林远在临江区主持召开防汛工作会议。", "临江区", False),
        ("比赛在哪里举行?", "比赛设在万和广场。", "万和广场", False),
        ("借书证在哪里办?", "借书证到一楼服务台领取。", "一楼服务台", False),
    ],
)
def test_venue(question: str, sentence: str, short: str, no_venue: bool) -> None:
    assert names_no_venue(question, "place", sentence, at(sentence, short)) is no_venue


@pytest.mark.parametrize(
    ("question", "form", "sentence", "short", "another"),
    [
        ("她以前做什么工作?", "what", "她是街道第一批督导员。", None, True),
        ("她以前做什么工作?", "what", "她在纺织厂干了三十年。", None, False),
        ("她以前做什么工作?", "what", "她曾在纺织厂上班。", None, False),
        ("她做什么工作?", "what", "她是街道第一批督导员。", None, False),
        ("副院长现在是谁?", "person", "该院原副院长林远调走。", "林远", True),
        ("现任局长是谁?", "person", "林远拟任县水利局局长。", "林远", True),
        ("现任局长是谁?", "person", "林远已任命为县水利局局长。", "林远", False),
    ],
)
def test_was_or_will_be(question: str, form: str, sentence: str, short: str | None, another: bool) -> None:
    span = at(sentence, short) if short else None
    assert was_or_will_be(question, form, sentence, span) is another


@pytest.mark.parametrize(
    ("question", "sentence", "short", "earlier"),
    [
        ("林某判了几年?", "林某曾因盗窃被判刑两年,去年刑满释放。", "两年", True),
        ("林某以前判了几年?", "林某曾因盗窃被判刑两年。", "两年", False),
        ("林某判了几年?", "林某被判处有期徒刑三年。", "三年", False),
    ],
)
def test_earlier_sentence(question: str, sentence: str, short: str, earlier: bool) -> None:
    assert is_an_earlier_sentence(question, sentence, at(sentence, short)) is earlier


def test_denied_rumour() -> None:
    told = "有网友称,车上是一家五口。"
    assert is_a_denied_rumour("车上是一家五口吗?", told, f"{told}记者核实,并非一家五口。")
    assert not is_a_denied_rumour("车上是一家五口吗?", told, f"{told}他们来自河口镇。")
    assert is_a_denied_rumour("他真的当过老师吗?", "有人猜测,他或许当过老师。", "")
    assert not is_a_denied_rumour("网友怎么说?", told, f"{told}记者核实,并非一家五口。")


def test_statements_side_by_side() -> None:
    told = "加快受损房屋重建,让群众早日入住;加快水利工程建设,确保明年汛期前完成。"
    short = at(told, "明年汛期前")
    assert stands_elsewhere(Claim("受损房屋什么时候建好?", "date", told, short=short))
    assert not stands_elsewhere(Claim("水利工程什么时候建好?", "date", told, short=short))


@pytest.mark.parametrize(
    ("question", "sentence", "short", "twin"),
    [
        ("恒远有多少员工?", "企业有员工275人。", "275人", True),
        ("恒源有多少员工?", "企业有员工275人。", "275人", False),
        ("恒远招了多少人?", "恒远到岗97人,恒源招了60人。", "60人", True),
        ("恒源招了多少人?", "恒远到岗97人,恒源招了60人。", "60人", False),
        ("恒远和恒源一共招了多少人?", "恒远到岗97人,恒源招了60人。", "60人", False),
        ("老店有多少张桌子?", "新店摆16张桌子。", "16张", True),
        ("林志远学的什么?", "林志媛,女,学的农学。", "农学", True),
        ("林志媛学的什么?", "林志媛,女,学的农学。", "农学", False),
        ("恒源的总经理是谁?", "总经理林志远说。", "林志远", False),
        ("公司招了多少人?", "恒远到岗97人,恒源招了60人。", "60人", False),
    ],
)
def test_twins(question: str, sentence: str, short: str, twin: bool) -> None:
    before = ["恒远公司2016年落户。", "老店在东街。", "林志远,男,汉族。", "恒源公司2019年落户。"]
    article = "".join((*before, sentence, "新店开张。"))
    assert tells_of_its_twin(question, "number", sentence, before, article, at(sentence, short)) is twin
