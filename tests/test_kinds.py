"""The kind of thing a question asks for, and whether a sentence holds one."""

from __future__ import annotations

import pytest

from qa.kinds import holds_the_kind, unasked_age
from qa.questions import analyse


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("迷你跑有多长?", "迷你跑全程5公里。"),
        ("试用期多长?", "试用期六个月。"),
        ("平均多久处理完?", "平均三个多小时处理完。"),
        ("进度多久公布一回?", "每季度末公布一次。"),
        ("王大娘多大岁数了?", "王大娘今年八十一,身板硬朗。"),
        ("打哪个号举报?", "举报电话7712 119。"),
        ("咨询电话是多少?", "咨询电话：0371-68861234。"),
        ("看病打什么电话?", "请拨打120。"),
        ("门票多少钱?", "未成年人免费。"),
        ("治愈率有多高?", "治愈率八成五。"),
        ("女工占多大比例?", "职工里女工占四成。"),
        ("投票比例是多少?", "会上11票对3票。"),
        ("性别比例是多少?", "男女厕位一比一点八。"),
        ("多少年轻干部去了专班?", "抽调400余名年轻干部参加专班。"),
        ("行动是哪年启动的?", "12月11日上午,行动启动。"),
        ("水库哪天前要完工?", "确保明年汛期前完成建设任务。"),
        ("他是哪年入的党?", "一九六六年他入了党。"),
        ("大厅几点开门?", "大厅8:30开门。"),
        ("送到了哪家医院?", "孩子被送到区中心医院。"),
        ("超速罚多少?", "超速的罚200元。"),
        ("展柜是几号?", "展柜编号A-17。"),
        ("哪家医院几点开门?", "每天8:30开门。"),
        ("来了多少人?", "来了很多人。"),
    ],
)
def test_given(question: str, sentence: str) -> None:
    assert holds_the_kind(question, analyse(question).form, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("《四季图》拼了多久?", "学员拼出一幅三米宽的《四季图》。"),
        ("大桥有多长?", "大桥投资3亿元。"),
        ("高新技术企业占科技型企业的比例是多少?", "共有高新技术企业22家,科技型企业61家。"),
        ("王大娘多大岁数了?", "王大娘住在3号楼。"),
        ("咨询电话是多少?", "咨询时间为2021年12月14日。"),
        ("门票多少钱?", "展厅面积1200平方米。"),
        ("他是哪年入的党?", "老人今天被请回党校讲党史。"),
        ("大厅几点开门?", "大厅周二至周日开放。"),
        ("听证会是哪天?", "听证会在图书馆举行。"),
        ("送到了哪家医院?", "孩子已脱离危险。"),
        ("他毕业于哪所大学?", "他返乡三年,负责电商。"),
        ("利率多少?", "公司凭专利质押贷到了款。"),
        ("戚小满今年多大?", "书记员戚小满说,庭长有规矩。"),
        ("水温多少度?", "水深3米。"),
        ("合格率百分之多少?", "抽检2150批次。"),
    ],
)
def test_not_given(question: str, sentence: str) -> None:
    assert not holds_the_kind(question, analyse(question).form, sentence)


def test_an_age_that_was_not_asked_for() -> None:
    assert unasked_age("敖其尔有几个徒弟?", "六十三岁")
    assert not unasked_age("敖其尔今年多大年纪?", "六十三岁")
    assert not unasked_age("最小的队员多少岁?", "16周岁")
