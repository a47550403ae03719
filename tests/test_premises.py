"""Why a question is refused."""

from dataclasses import replace

import pytest
from fake_service import PARK

from qa.answers.premises import false_premise, refusal, unclear
from qa.text import Segmenter
from qa.understanding.questions import analyse

SEGMENTER = Segmenter(people=["林苇"])
ARTICLE = replace(PARK, title="渡口整治启动", body="县长林苇说,渡口整治因大雾推迟一天,渡船免费。")


def why(question: str) -> tuple[str, str]:
    return refusal(question, analyse(question), [ARTICLE], [ARTICLE], SEGMENTER)


@pytest.mark.parametrize(
    ("question", "reason", "said"),
    [
        ("县长为什么辞职?", "false_premise", "“县长辞职”"),
        ("为啥取消渡口整治?", "false_premise", "“取消渡口整治”"),
        ("《渡口管理条例》什么时候出台?", "false_premise", "“渡口管理条例”"),
        ("渡口有多少名保安?", "no_evidence", "公报中没有找到。"),
        ("12加30等于几?", "out_of_scope", "公报中没有找到"),
        ("明天天气怎么样?", "out_of_scope", "公报中没有找到"),
        ("莎士比亚的代表作有哪些?", "out_of_scope", "公报中没有找到"),
        ("五篇里面哪几篇是写诗的?", "no_evidence", "公报中没有找到。"),
    ],
)
def test_reasons(question: str, reason: str, said: str) -> None:
    told = why(question)
    assert told[0] == reason
    assert said in told[1]


def test_an_event_that_is_reported_is_no_false_premise() -> None:
    question = "渡口整治为什么延期?"
    assert false_premise(question, analyse(question), [ARTICLE]) is None
    question = "为什么没有取消渡口整治?"
    assert false_premise(question, analyse(question), [ARTICLE]) is None


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("老人什么时候去世的?", "老人于12月3日因病辞世,享年91岁。"),
        ("明天几点停水?", "因管道维修,明日9时起暂停供水。"),
        ("什么时候停电?", "12日将中断供电两小时。"),
        ("他们什么时候结婚的?", "两人在新桥上举行婚礼。"),
        ("图书馆什么时候搬到新址?", "图书馆12月迁入云湖路。"),
        ("诈骗案为什么下降?", "全区诈骗案同比减少三成。"),
        ("程序员为什么辞职?", "他辞掉年薪四十万元的工作,回了村。"),
        ("什么时候调查居民需求的?", "社区上门了解居民想要什么。"),
        ("整改期限到哪天?", "须在月底前整改完毕。"),
        ("会议为什么改到了下周?", "因台风登陆,会议推迟至12月9日。"),
    ],
)
def test_an_event_may_be_reported_in_other_words(question: str, body: str) -> None:
    article = replace(ARTICLE, title="消息", body=body)
    assert false_premise(question, analyse(question), [article]) is None


@pytest.mark.parametrize("question", ["老人什么时候去世的?", "为什么停水?", "诈骗案为什么下降?"])
def test_an_event_that_no_article_reports_is_a_false_premise(question: str) -> None:
    assert false_premise(question, analyse(question), [ARTICLE]) is not None


@pytest.mark.parametrize("question", ["渡口整治为什么改到了12月8日?", "启动会怎么推到下周了?"])
def test_another_day_may_be_a_false_premise(question: str) -> None:
    article = replace(ARTICLE, body="渡口整治12月3日启动,县长林苇出席启动会。")
    assert false_premise(question, analyse(question), [article]) is not None


@pytest.mark.parametrize(
    "question",
    ["那个呢?", "什么时候?", "这是怎么回事?", "多少钱?", "怎么去?", "啊啊啊啊", "???", "她还写了什么?"],
)
def test_unclear(question: str) -> None:
    assert unclear(question, SEGMENTER)


@pytest.mark.parametrize(
    "question",
    ["渡口呢?", "林苇是谁?", "现在有什么新闻?", "坝有多高?", "票多少钱?", "几点打水?", "他们渡口在哪?"],
)
def test_clear(question: str) -> None:
    assert not unclear(question, SEGMENTER)
