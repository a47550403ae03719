"""Short answers keep the sign, the hedge and all digits of a number."""

from __future__ import annotations

import pytest
from evidence import article, evidence, query

from qa.answers.shorts import short_answer
from qa.text import Segmenter
from qa.understanding.questions import analyse

SEGMENTER = Segmenter()


def short(question: str, sentence: str, marked: str | None = None) -> str | None:
    found = evidence(article(sentence), short=marked)
    return short_answer(query(question), analyse(question), found, SEGMENTER)


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        ("气温降到多少度?", "最低气温将降至零下5℃。", "5℃", "零下5℃"),
        ("最低气温是多少?", "最低气温将降至零下5摄氏度左右。", None, "零下5摄氏度左右"),
        ("气温降到多少度?", "最低气温将降至-5℃。", "5℃", "-5℃"),
        ("气温多少度?", "今日气温10-15℃。", None, "10-15℃"),
        ("几天能拿到证?", "3个工作日内即可领证。", None, "3个工作日内"),
        ("多少天内提交材料?", "请于30日内提交材料。", "30日", "30日内"),
        ("建了多少年?", "老屋建成30年,内部陈旧。", None, "30年"),
        ("来了多少人?", "大概300人参加。", None, "大概300人"),
        ("最少捐了多少人?", "起码200人捐了款。", None, "起码200人"),
        ("师傅多大年纪?", "师傅四十岁出头。", None, "四十岁出头"),
        ("补贴多少钱?", "补贴300元至800元不等。", None, "300元至800元不等"),
        ("产值多少?", "年产蜜桃三千多吨,产值过亿元。", "过亿元", "过亿元"),
        ("网店销量多少单?", "网店销量突破百万单。", None, "突破百万单"),
        ("每人发多少?", "人均发放补贴1,200元。", "200元", "1,200元"),
        ("有多少家企业?", "共有企业22家。", "22家", "22家"),
        ("全市排第几?", "我县在全市排名第三。", "三", "第三"),
        ("综合考核排名第几?", "我县综合考核位列全省第12位。", "2位", "第12位"),
        ("热线是什么?", "拨打热线12345反映。", "2345", "12345"),
        ("会场在几号楼?", "会场设在12号楼。", "2号楼", "12号楼"),
    ],
)
def test_a_number_is_given_whole(question: str, sentence: str, marked: str | None, answer: str) -> None:
    assert short(question, sentence, marked) == answer


@pytest.mark.parametrize(
    ("marked", "answer"),
    [("区委副书记、区长", None), ("区长", None), ("要早谋划、早安排", "要早谋划、早安排")],
)
def test_who_speaks_is_not_what_is_said(marked: str, answer: str | None) -> None:
    sentence = "区委副书记、区长雍世芬表示,要早谋划、早安排。"
    assert short("雍世芬说了什么?", sentence, marked) == answer
