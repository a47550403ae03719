"""One of several like things asked for, another told of."""

from __future__ import annotations

import pytest

from qa.reading.labels import continues_on_another
from qa.reading.relatives import is_age_of_another
from qa.reading.siblings import (
    is_of_this_year_beside,
    is_throughout_of_another,
    tells_of_another,
)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("一季度签约的协议总投资多少?", "二季度重大项目集中签约,18个项目落户,协议总投资97.3亿元。"),
        ("第三届大赛的冠军是哪位?", "8月22日,第四届“乌金杯”职工技能大赛落幕,冠军是闵思齐。"),
        ("B区有几部货梯?", "A区5栋,首层高6米、二层以上4米,设货梯8部。"),
        ("8路末班车几点?", "3路:末班车延至21时。"),
        ("K2路发车间隔多少?", "15路发车间隔10分钟。"),
        ("老厅有多少窗口?", "新厅设窗口60个,是老厅的2倍。"),
        ("第2批什么时候出发?", "首批轮换期为三个月,5月出发。"),
        ("A级房是什么意思?", "D级即整幢危险房屋。"),
        ("二号楼几点停水?", "1号楼8点起停水。"),
        ("男子铅球的冠军推了多远?", "女子铅球比赛中,宋佳媛以18米56夺冠。"),
        ("下半年抽检了多少批次?", "上半年共抽检2150批次。"),
        ("副区长是谁?", "区长苏建设主持会议。"),
        ("区委书记是谁?", "区委副书记白雪峰出席。"),
        ("西侧屋面塌了多大?", "东侧屋面塌了近四十平方米。"),
        ("去年采购了多少支疫苗?", "今年全州采购流感疫苗5.4万支。"),
        ("今年接待了多少人次?", "去年一年,联络站接待群众684人次。"),
        ("开幕式是谁致的词?", "副局长濮阳春在闭幕式上致词。"),
        ("投诉为什么上升了?", "投诉同比下降11.3%。"),
        ("2020年合作社卖了多少钱?", "2019年,合作社卖了12万元。"),
        ("10月出了几起工伤?", "11月,公司共查处“三违”行为58起。"),
        ("周日接待几批学生?", "每周六上午接待研学学生,一批不超过四十人。"),
        ("死了几个?", "事故造成3人轻伤。"),
        ("周一几点开?", "图书馆周二到周日9点开门。"),
        ("7月降雨多少毫米?", "6月至8月降雨300毫米。"),
        ("9月几号开园?", "果园6月至8月开放。"),
        ("8月罚了多少人?", "9月1日起,未挂牌上路的一律罚款。"),
        ("8月挂牌了吗?", "9月共挂牌2100辆。"),
        ("末班车几点?", "接驳车从6时30分开始发车。"),
    ],
)
def test_another_of_the_kind(question: str, sentence: str) -> None:
    assert tells_of_another(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "context"),
    [
        ("一季度签约多少?", "一季度签约60亿元,二季度签约97.3亿元。", ""),
        ("第二季度签约多少?", "二季度签约97.3亿元。", ""),
        ("头一批几个人?", "首批六人,第二批九人。", ""),
        ("8路在哪里发车?", "沿文昌路18号、22号改道。", ""),
        ("8路末班车几点?", "末班车延至21时。", "8路:起点不变。"),
        ("二期总投资多少?", "总投资5亿元,比一期多2亿元。", "二期工程昨日开工。"),
        ("8月不挂牌能上路吗?", "10月1日起,未挂牌的一律不得上路。", ""),
        ("11月还能报名吗?", "报名到9月30日截止。", ""),
        ("三等奖有多少件?", "评出一等奖12件、二等奖30件、三等奖60件。", ""),
        ("一等奖和二等奖各几个?", "一等奖3个。", ""),
        ("二期的住户几号断水?", "丽景嘉园一至三期11月13日停水。", ""),
        ("7级风能钓鱼吗?", "6级以上大风一律停止登礁。", ""),
        ("这一轮查哪几块?", "第三轮巡察查资产、医保和营养餐。", ""),
        ("下一届在哪里办?", "第六届运动会落幕,下届由驼铃县承办。", ""),
        ("上午还是下午开门?", "下午两点开门。", ""),
        ("区长和副区长是谁?", "区长苏建设主持会议。", ""),
        ("男选手几人?", "男女选手各20人。", ""),
        ("分几批发车?", "分三批发车,第一批6点。", ""),
        ("冠军得了多少分?", "闵思齐以94.7分夺冠,第二名94.4分。", ""),
        ("今年报了多少人?", "报名考生5283人,比去年多417人,较上年同期增长8%。", ""),
        ("2021年卖了多少钱?", "合作社今年卖了12万元,比2019年翻番。", "2021年"),
        ("6月到8月降雨多少?", "6月至8月降雨300毫米。", ""),
        ("上午几点开门?", "每天8:30—11:30、下午2:00—5:00开门。", ""),
        ("晚上开到几点?", "开放时间8:30—20:30,周一上午闭馆。", ""),
        ("8点的会在哪里开?", "会议晚上8点在礼堂召开。", ""),
        ("第一批有多少人?", "首批六人,第二批九人。", ""),
        ("季军是哪支队?", "翠竹队夺得第一名,黄柏队获得第二,斜桥队名列第三。", ""),
        ("二七区有多少家企业?", "全区有企业22家。", "一季度"),
        ("受伤的有几个?", "事故造成2人死亡、5人住院治疗。", ""),
        ("死亡几人?", "事故造成2人遇难、5人受伤。", ""),
        ("周六几点开门?", "周一至周日9:00—17:00开放。", ""),
        ("礼拜三几点开?", "图书馆周二到周日9点开门。", ""),
        ("7月几号开园?", "果园6月至8月开放。", ""),
        ("7月能去采摘吗,多少钱一斤?", "采摘期为6月至8月,每斤10元。", ""),
        ("东门几点关?", "东、西门均22时关闭。", ""),
        ("北岸修了多长?", "南北两岸共修堤12公里。", ""),
    ],
)
def test_the_one_that_is_asked_for_or_all(question: str, sentence: str, context: str) -> None:
    assert not tells_of_another(question, sentence, context)


@pytest.mark.parametrize(
    ("question", "sentence", "before", "another"),
    [
        ("冯立秋多大岁数?", "招聘35岁以下教师20名。", ("冯立秋主持招聘会。",), True),
        ("斛大成今年多大?", "大户蒙老根今年58岁。", ("斛大成带队测产。",), True),
        ("冯立秋多大岁数?", "冯立秋今年56岁,是村里的电工。", (), False),
        ("冯立秋多大岁数?", "这位56岁的电工爬上房顶。", ("冯立秋背起工具包。",), False),
        ("志愿者多大岁数?", "年纪最大的72岁。", ("志愿者共有30名。",), False),
        ("夏侯奶奶多少岁了?", "老伴今年70岁。", (), False),
    ],
)
def test_the_age_of_another(question: str, sentence: str, before: tuple[str, ...], another: bool) -> None:
    assert is_age_of_another(question, sentence, before) is another


def test_a_whole_year_is_not_the_next_one() -> None:
    assert tells_of_another("明年修几座桥?", "全年修桥6座。", "2023年")
    assert not tells_of_another("明年修几座桥?", "2024年,全年修桥9座。", "2023年")
    assert not tells_of_another("明年修几座桥?", "全年计划修桥9座。", "2023年")
    assert not tells_of_another("今年修了几座桥?", "全年修桥6座。", "2023年")


def test_this_year_to_whom() -> None:
    question, sentence = "去年采购了多少支疫苗?", "今年全州采购流感疫苗5.4万支。"
    assert not tells_of_another(question, sentence, same_year=False)


def test_this_one_is_the_one_of_the_headline() -> None:
    headline = "二季度重点项目集中开工"
    assert tells_of_another("一季度开工项目总投资多少?", "此次开工项目总投资58亿元。", headline)
    assert not tells_of_another("二季度开工项目总投资多少?", "此次开工项目总投资58亿元。", headline)
    assert not tells_of_another("一季度开工项目总投资多少?", "开工项目总投资58亿元。", headline)


BUSES = (
    "12路改走江堤路。末班车由20时延至21时,每10分钟一班。\n"
    "45路起点迁至西站。另开接驳车,每天7时至20时运行。\n票价2元。"
)


@pytest.mark.parametrize(
    ("question", "sentence", "another"),
    [
        ("45路末班车几点?", "末班车由20时延至21时,每10分钟一班。", True),
        ("快线K8末班车几点?", "另开接驳车,每天7时至20时运行。", True),
        ("12路末班车几点?", "末班车由20时延至21时,每10分钟一班。", False),
        ("45路票价多少?", "票价2元。", False),
    ],
)
def test_what_a_paragraph_goes_on_about(question: str, sentence: str, another: bool) -> None:
    assert continues_on_another(question, sentence, BUSES) is another


@pytest.mark.parametrize(
    ("question", "headline", "body", "another"),
    [
        ("民办幼儿园几号招生?", "公办幼儿园招生公告", "7月1日起登记。", True),
        ("民办幼儿园几号招生?", "公办幼儿园招生公告", "7月1日起登记。民办园另行公告。", False),
        ("公办幼儿园几号招生?", "公办幼儿园招生公告", "7月1日起登记。", False),
        ("受伤的人送到哪儿了?", "3名驴友被困山中", "老人崴了脚,送县医院。", False),
    ],
)
def test_what_a_headline_is_on(question: str, headline: str, body: str, another: bool) -> None:
    assert is_throughout_of_another(question, headline, body) is another


def test_last_year_is_asked_for_and_this_year_told() -> None:
    told = "4月2日,供电所发布公告,招收巡线工12名。"
    article = f"{told}去年招收9名。"
    assert is_of_this_year_beside("去年招了几个巡线工?", told, "", article)
    assert not is_of_this_year_beside("今年招了几个巡线工?", told, "", article)
    assert not is_of_this_year_beside("去年招了几个巡线工?", "去年招收9名。", "", article)


@pytest.mark.parametrize(
    ("question", "sentence", "another"),
    [
        ("今年出口降了多少?", "全县进出口总额30亿元,下降2%。", True),
        ("今年出口降了多少?", "全县进出口总额30亿元,其中出口20亿元,下降4%。", False),
        ("进出口总额多少?", "全县进出口总额30亿元。", False),
        ("非税收入多少?", "税收收入8亿元,占七成。", True),
        ("女子马拉松冠军是谁?", "柳一帆在女子100米决赛中夺冠。", True),
        ("产值过百亿的企业有几家?", "年产值超过10亿元的企业12家。", True),
        ("产值超10亿的企业有几家?", "年产值超过10亿元的企业12家。", False),
    ],
)
def test_what_holds_or_denies_the_name_of_another_is_not_that(
    question: str, sentence: str, another: bool
) -> None:
    assert tells_of_another(question, sentence) is another
