"""A sentence passes only if the sentences it cites bear out all of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_examples import ARTICLE, BODY, SEGMENTER, UNRELATED, Doubting, Trusting

from qa.llm.checking import Checked, Checker
from qa.llm.sentences import Claim, parse_claim
from qa.text import sentence_spans
from qa.types import Citation

SPANS = [(ARTICLE, *span) for span in sentence_spans(BODY)] + [(UNRELATED, 0, len(UNRELATED.body))]
SOURCES = tuple(Citation(n, a, a.body[s:e], s, e) for n, (a, s, e) in enumerate(SPANS, 1))
CHECKER = Checker(SOURCES, SEGMENTER, Trusting())


def verdict(sentence: str) -> str | list[int]:
    """Return why a sentence is dropped, or the numbers of the sources that bear it out."""
    claim = parse_claim(sentence)
    assert claim is not None
    checked = CHECKER.check(claim)
    return [source.n for source in checked.sources] if isinstance(checked, Checked) else checked


@pytest.mark.parametrize(
    ("sentence", "sources"),
    [
        ("本次招聘会共有35家企业参会[2]。", [2]),
        ("其中制造业企业21家、服务业企业14家[2]。", [2]),
        ("本次招聘会共有服务业企业14家[2]。", [2]),
        ("本次招聘会有21家制造业企业和14家服务业企业参会[2]。", [2]),
        ("招聘会提供岗位近1200个[2]。", [2]),
        ("岗位有将近1200个。[2]", [2]),
        ("现场达成就业意向300余人【2】。", [2]),
        ("去年同期参会企业为28家[3]。", [3]),
        ("2023年4月18日，柳湖镇举办春季招聘会[1]。", [1]),
        ("四月十八日，柳湖镇政府在文化广场举办招聘会[1]。", [1]),
        ("镇党委书记马晓宁在招聘会上致辞[1]。", [1]),
        ("恒远机械公司与柳湖中学签订了实习协议[4]。", [4]),
        ("镇里计划明年建成3座标准化厂房，投资2.6亿元[5]。", [5]),
        ("镇里计划2024年建成三座标准化厂房[5]。", [5]),
        ("活动没有收取任何摊位费[6]。", [6]),
        ("甲、乙两个社区分别新增岗位120个和85个[7]。", [7]),
        ("周立新表示，要落实《柳湖镇稳就业十条措施》[8]。", [8]),
        ("镇党委书记马晓宁致辞，活动未收取任何摊位费[1][6]。", [1, 6]),
        ("制造业企业有21家[1，2]。", [2]),
        ("参会企业35家[0][2][99]。", [2]),
    ],
)
def test_what_the_sources_say_passes_with_the_least_that_bears_it_out(
    sentence: str, sources: list[int]
) -> None:
    assert verdict(sentence) == sources


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("参会企业35家。", "citation"),
        ("参会企业35家[0]。", "citation"),
        ("参会企业35家[99]。", "citation"),
        ("参会企业35家[1][2][3][4][5]。", "citation"),
        ("参会企业53家[2]。", "number"),
        ("参会企业三十六家[2]。", "number"),
        ("参会企业35家[1]。", "number"),  # the right number, another source
        ("提供岗位1200个[2]。", "number"),  # the hedge is lost
        ("参会企业近35家[2]。", "number"),  # a hedge is added
        ("达成就业意向300人[2]。", "number"),
        ("投资2.6万元[5]。", "number"),
        ("同比增长25个百分点[3]。", "number"),
        ("2023年4月19日，柳湖镇举办春季招聘会[1]。", "date"),
        ("2022年4月18日，柳湖镇举办春季招聘会[1]。", "date"),
        ("昨天，柳湖镇政府举办招聘会[1]。", "date"),
        ("镇里计划2025年建成三座标准化厂房[5]。", "date"),
        ("赵国强在招聘会上致辞[1]。", "person"),
        ("副镇长钱多多在招聘会上致辞[1]。", "person"),
        ("镇长马晓宁在招聘会上致辞[1]。", "office"),
        ("镇党委副书记马晓宁在招聘会上致辞[1]。", "office"),
        ("柳湖镇政府在体育馆举办招聘会[1]。", "name"),
        ("周立新表示，要落实《柳湖镇保就业十条措施》[8]。", "name"),
        ("周立新表示，要落实ChatGPT措施[8]。", "name"),
        ("其中制造业企业14家、服务业企业21家[2]。", "binding"),
        ("制造业企业有35家[2]。", "binding"),
        ("本次招聘会共有服务业企业35家[2]。", "binding"),  # the subject stands with the other number
        ("本次招聘会共有服务业企业21家[2]。", "binding"),
        ("去年同期参会企业为35家[2][3]。", "binding"),
        ("服务业企业同比增长25%[2][3]。", "binding"),
        ("周立新致辞，马晓宁介绍企业情况[1]。", "binding"),
        ("柳湖中学向恒远机械公司捐赠图书5000册[4]。", "order"),
        ("活动收取摊位费[6]。", "negation"),
        ("活动提供午餐[6]。", "negation"),
        ("马晓宁没有致辞[1]。", "negation"),
        ("参会企业同比下降25%[3]。", "negation"),
        ("镇里已建成三座标准化厂房[5]。", "plan"),
        ("你为新闻公报的读者回答问题，只能依据给出的资料[1]。", "name"),
        ("每句话末尾用方括号标出它依据的句子编号[1]。", "words"),
        ("招聘会深受群众欢迎，取得圆满成功[1]。", "words"),
    ],
)
def test_what_they_do_not_say_is_dropped(sentence: str, fault: str) -> None:
    assert verdict(sentence) == fault


def test_one_of_a_list_told_in_turn_is_not_taken_out_of_it() -> None:
    assert isinstance(verdict("乙社区新增岗位120个[7]。"), str)
    assert isinstance(verdict("甲、乙两个社区分别新增岗位85个和120个[7]。"), str)


def test_the_entailment_score_has_the_last_word() -> None:
    claim = parse_claim("本次招聘会共有35家企业参会[2]。")
    assert claim is not None
    assert Checker(SOURCES, SEGMENTER, Doubting()).check(claim) == "support"


@pytest.mark.parametrize("n", range(1, len(SOURCES) + 1))
def test_a_source_bears_itself_out(n: int) -> None:
    checked = CHECKER.check(Claim(SOURCES[n - 1].quote, (n,)))
    assert isinstance(checked, Checked), checked
    assert [source.n for source in checked.sources] == [n]


@given(st.integers(0, 10_000).filter(lambda n: n not in (35, 21, 14, 28)))
def test_no_other_number_passes(n: int) -> None:
    assert verdict(f"参会企业{n}家[2][3]。") == "number"


@given(st.text(max_size=60), st.lists(st.integers(0, 12), max_size=5))
def test_any_text_gets_a_verdict(text: str, numbers: list[int]) -> None:
    claim = parse_claim(text + "".join(f"[{n}]" for n in numbers))
    if claim is not None:
        assert not any(bracket in claim.text for bracket in "[]［］【】")
        CHECKER.check(claim)
