"""People are told by title and surname."""

import pytest
from evidence import corpus_segmenter

from qa.language.names import corpus_people, is_mentioned, people
from qa.text import Segmenter
from qa.types import Article


def test_people_behind_titles() -> None:
    text = "区委书记陈红民表示,区委副书记、区长苏建设领学。区领导苏建设、时博、王波等出席。书记说要抓好。"
    assert corpus_people([text]) == ["时博", "王波", "苏建设", "陈红民"]


def test_a_title_alone_names_nobody() -> None:
    assert corpus_people(["区长表示,局长会议召开,主任科员到场。", "院长向记者表示。局长向市民介绍。"]) == []
    assert corpus_people(["局长向东介绍。"]) == ["向东"]


def test_people_in_a_sentence_come_with_offsets() -> None:
    segmenter = Segmenter(people=["苏建设"])
    sentence = "会上,苏建设强调,陈红民出席。"
    assert people(sentence, segmenter) == [("苏建设", 3), ("陈红民", 9)]


def test_a_corpus_teaches_its_writers_and_terms() -> None:
    article = Article(
        "a", "“霹雳”行动启动", "区长苏建设表示,要打击诈骗。", None, None, ("景静",), (), "a.txt", 0
    )
    tagged = corpus_segmenter([article]).tagged("苏建设和景静")
    assert [(word, tag) for word, tag, _ in tagged if tag == "nr"] == [("苏建设", "nr"), ("景静", "nr")]


def test_somebody_told_of_again_and_again_is_named_whole() -> None:
    story = "老兵祝守田打开箱子。1951年,祝守田随部队过江。邻居说祝守田话少。"
    assert corpus_people([story]) == ["祝守田"]
    once = "民警常年值守。老兵祝守田打开箱子。"  # 祝守 may be the name
    assert corpus_people([once]) == []
    assert corpus_people(["村民常态化巡河。镇里常态化检查,常态化通报。"]) == []


def test_who_speaks_in_an_interview_needs_no_surname() -> None:
    talk = "记者:累吗?\n阿依夏木:累。\n记者:哪天回家?\n阿依夏木:明天。\n记者:还来吗?\n阿依夏木:来。"
    assert corpus_people([talk]) == ["阿依夏木"]
    segmenter = Segmenter(people=["阿依夏木"])
    assert people("26岁的阿依夏木第一个冲线。", segmenter) == [("阿依夏木", 4)]
    assert people("马拉松在河东开跑,奶奶今年高寿?", Segmenter()) == []


@pytest.mark.parametrize(
    ("name", "text", "there"),
    [
        ("三零", "创建“零上访、零事故、零案件”单位。", True),
        ("两手抓", "一手抓项目、一手抓廉政。", True),
        ("三零", "从零起步。又是零。", False),
        ("百日攻坚", "攻坚战打了一百天。", False),
    ],
)
def test_a_number_and_a_core_sum_up_what_is_said_again_and_again(name: str, text: str, there: bool) -> None:
    assert is_mentioned(name, text) == there
