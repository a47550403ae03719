"""Why a question is refused."""

from dataclasses import replace

import pytest
from fake_service import PARK

from qa.premises import false_premise, refusal, unclear
from qa.questions import analyse
from qa.text import Segmenter

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


@pytest.mark.parametrize("question", ["那个呢?", "什么时候?", "这是怎么回事?", "多少?", "啊啊啊啊", "???"])
def test_unclear(question: str) -> None:
    assert unclear(question, SEGMENTER)


@pytest.mark.parametrize("question", ["渡口呢?", "林苇是谁?", "现在有什么新闻?"])
def test_clear(question: str) -> None:
    assert not unclear(question, SEGMENTER)
