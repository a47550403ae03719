"""What several things come to: added up with the working shown, or refused; never the number of one."""

from __future__ import annotations

import pytest
from evidence import article, evidence

from qa.answers.working import worked_out
from qa.text import Segmenter
from qa.types import Query
from qa.understanding.questions import analyse

AS_READ = "as read"


def asked(question: str, text: str, marked: str) -> str | None:
    """Return the short answer worked out of a text's first sentence, ``None`` for a refusal."""
    form = analyse(question)
    found = worked_out(
        Query(question, question, form.form), form, evidence(article(text), short=marked), Segmenter()
    )
    if found is None:
        return AS_READ
    return found.draft.short if found.draft else None


@pytest.mark.parametrize(
    ("question", "text", "marked", "short"),
    [
        # One sentence that has as many numbers of what is asked for as there are things.
        ("两个校区一共多少学生?", "东区20个班、900名学生，西区16个班、720名学生。", "900名", "1620名"),
        # One article that tells each behind the same words.
        (
            "两家茶厂全年产值合计",
            "老厂有200人，全年产值3.1亿元。新厂有90人，全年产值1.4亿元。",
            "3.1亿元",
            "4.5亿元",
        ),
        # So many winners, and what each gets.
        (
            "歌咏比赛奖金总共多少钱?",
            "一等奖1名，奖金800元；二等奖2名，各500元；三等奖3名，各200元。",
            "800元",
            "2400元",
        ),
        # A word for both in one.
        ("供排水管加起来多长?", "新铺供水管3公里、排水管2.4公里。", "3公里", "5.4公里"),
        # Each so many.
        ("两个街道一共配了几名督导员?", "为东街、西街各配备3名督导员。", "3名", "6名"),
        ("12名获奖者总共拿多少奖金?", "12名获奖者每人奖励2000元。", "2000元", "24000元"),
        # What comes on top of a price.
        ("洗牙一共要多少钱?", "洗牙每次90元，另收挂号费每次10元。", "90元", "100元"),
        # What is done and what is to be done yet.
        ("装完总共几盏路灯?", "全镇已装路灯320盏，今年计划再装60盏。", "320盏", "380盏"),
        # The two halves of a whole.
        ("全县建了几个健身房?", "目前，乡镇建成健身房9个，城区建成健身房4个。", "4个", "13个"),
    ],
)
def test_added_up(question: str, text: str, marked: str, short: str) -> None:
    assert asked(question, text, marked) == short


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("两家食堂一共能坐多少人?", "老店摆了20张桌子，一次能坐80人。", "80人"),
        ("三个村加起来种了多少亩?", "南村种了300亩。", "300亩"),
        ("两家店的涨幅加起来多少?", "甲店涨幅5%，乙店涨幅7%。", "5%"),
        ("两个街道一共配了几名督导员?", "乙街道配备3名督导员。", "3名"),
        ("最多能拖到多少天?", "60日内办结，情况复杂的经批准可延长30日。", "30日"),
    ],
)
def test_one_part_is_no_total(question: str, text: str, marked: str) -> None:
    assert asked(question, text, marked) is None


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("两家食堂一共能坐多少人?", "两家食堂能坐150人。", "150人"),
        ("两家食堂一共能坐多少人?", "老店和新店能坐150人。", "150人"),
        ("全区贷款余额一共多少?", "全区各项贷款余额487亿元。", "487亿元"),
        ("装好有几盏路灯?", "全镇已装路灯320盏。", "320盏"),
        ("全镇一共有多少家食堂?", "全镇有食堂12家。", "12家"),
        ("运动会有多少个县报名?", "共有12个县报名，男队员有30人，女队员有26人。", "12个"),
        ("城区建了几个健身房?", "目前，乡镇建成健身房9个，城区建成健身房4个。", "4个"),
    ],
)
def test_a_stated_total_stays(question: str, text: str, marked: str) -> None:
    assert asked(question, text, marked) == AS_READ


@pytest.mark.parametrize(
    ("question", "text", "marked", "short"),
    [
        ("哪条街新树最多?", "三条街种了96棵新树：东街40棵，南街35棵，北街21棵。", "东街40棵", "东街40棵"),
        (
            "哪年整修的路最多?",
            "其中，2023年整修9条，2024年整修14条，2025年整修6条。",
            "9条",
            "2024年整修14条",
        ),
        ("教师哪科招得最少?", "招教师9名，其中数学5名、物理4名；保安2名。", "9名", "物理4名"),
        (
            "候选人谁最年轻?",
            "甲：王大山，男，61岁，村医；李小河，女，35岁，教师；赵平，男，48岁，民警。",
            "王大山",
            "李小河",
        ),
        (
            "公示里谁年纪最大?",
            "王大山，男，1975年4月生；李小河，女，1980年11月生；赵平，男，1978年2月生。",
            "李小河",
            "王大山",
        ),
        ("哪条街新树最少?", "三条街种了96棵新树：东街40棵，南街35棵，北街21棵。", "东街40棵", "北街21棵"),
        ("最多的是哪类企业?", "全区有制茶企业12家，制药企业31家，研发中心40个。", "制茶", "制药企业31家"),
        ("最老的多大?", "队员平均52岁，最大的80岁，最小的19岁。", "19岁", "80岁"),
        ("最小的孩子几岁?", "三个孩子分别是9岁、6岁和4岁。", "9岁", "4岁"),
        ("占25%的是哪些人?", "配备6名年轻干部，占班子成员总数的25%。", "班子成员", "6名年轻干部"),
    ],
)
def test_the_most_and_the_share(question: str, text: str, marked: str, short: str) -> None:
    assert asked(question, text, marked) == short


@pytest.mark.parametrize(
    ("question", "text", "marked", "short"),
    [
        ("最小的孩子几岁?", "女儿今年12岁左右。", "12岁", None),
        ("谁最年轻?", "王山，男，35岁；李河，女，35岁；赵平，男，48岁。", "王山", None),
        ("谁最年轻?", "王山，男，35岁；李河，女，36岁。", "王山", AS_READ),
        ("歌咏比赛奖金总共多少钱?", "一等奖1名，奖金800元；二等奖2名，500元。", "800元", None),
        ("哪个镇受灾最重?", "受灾农田3万亩，其中甲镇最重，有1.2万亩；乙镇0.9万亩。", "甲镇", AS_READ),
        ("哪家医院收费最高?", "甲医院300张床，乙医院200张床。", "甲医院", AS_READ),
        ("哪家医院最贵?", "甲医院床位300张，乙医院床位200张。", "甲医院", AS_READ),
        ("哪条街新树最多?", "东街40棵，南街40棵。", "东街40棵", AS_READ),
        ("退役军人最大多少岁能报?", "年龄18至40岁，退役军人放宽到45岁。", "45岁", AS_READ),
        ("占25%的是什么?", "年轻的占班子成员总数的25%。", "班子成员", None),
    ],
)
def test_no_extreme_is_made_up(question: str, text: str, marked: str, short: str | None) -> None:
    assert asked(question, text, marked) == short


@pytest.mark.parametrize(
    ("question", "text", "marked", "short"),
    [
        ("大中型泵站一共几座?", "全县9座大型泵站、31座中型泵站已检修。", "31座", "40座"),
        ("小型泵站一共几座?", "全县9座大型泵站、31座小型泵站已检修。", "31座", AS_READ),
        (
            "城乡收入差距缩小到几了?",
            "城镇居民人均收入4万元;农村居民人均收入2万元,收入比缩小到1.9。",
            "1.9",
            AS_READ,
        ),
        ("居民人均收入多少?", "城镇居民人均收入4万元;农村居民人均收入2万元。", "4万元", AS_READ),
        (
            "哪个县增速最慢?",
            "青浦县生产总值84亿元,增长7.1%,增速第一;丹河县71亿元,增长4.5%;石坪县66亿元,增长6.2%。",
            "青浦县",
            "丹河县",
        ),
    ],
)
def test_compounds_means_and_growth(question: str, text: str, marked: str, short: str) -> None:
    assert asked(question, text, marked) == short
