"""Where the items of an enumeration begin and end, however they are strung together."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answers.announcements import announced, announces, demanded
from qa.answers.enumerations import coordinated, enumerates, joined, marked, paired
from qa.answers.item_bounds import as_read
from qa.text import Segmenter

SEGMENTER = Segmenter()
TEXT = st.text(
    st.sampled_from("甲乙丙镇村店和及、,，。;“”《》()一是二三首先其次最后既又等3①②共个各分别县\n"),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("全县组建了巡回法庭、流动医院、移动书屋和农机队。", ["巡回法庭", "流动医院", "移动书屋", "农机队"]),
        ("要开展入户宣传、组织应急演练、推进隐患整改。", ["开展入户宣传", "组织应急演练", "推进隐患整改"]),
        ("重点巡查网络直播、网络游戏、短视频三类平台。", ["网络直播", "网络游戏", "短视频"]),
        ("新设北门、南湖、西岭三个服务站。", ["北门", "南湖", "西岭"]),
        ("落实《甲法》《乙条例》。", ["《甲法》", "《乙条例》"]),
        ("大力创建“无诈社区(村)、无诈校园、无诈企业”等,营造风气。", ["无诈社区(村)", "无诈校园", "无诈企业"]),
        ("增设了母婴室、无障碍卫生间、充电桩。", ["母婴室", "无障碍卫生间", "充电桩"]),
        ("县长林苇、副县长骆青野、主任柏一舟参加会议。", ["县长林苇", "副县长骆青野", "主任柏一舟"]),
        ("推进道路、管网、绿化建设。", ["道路", "管网", "绿化"]),
        ("培训内容包括种植技术、病虫害防治、农产品营销等。", ["种植技术", "病虫害防治", "农产品营销"]),
        ("设一等奖1名、二等奖3名、三等奖5名。", ["一等奖1名", "二等奖3名", "三等奖5名"]),
        ("荣获“先进集体”、“劳动奖状”等奖项。", ["“先进集体”", "“劳动奖状”"]),
        ("支持新能源车（整车）、高端装备、生物医药三大产业。", ["新能源车（整车）", "高端装备", "生物医药"]),
        ("张明、李红、王军三名同学获得一等奖。", ["张明", "李红", "王军"]),
        ("县委书记张伟、县长李强、县政协主席赵刚出席会议。", ["县委书记张伟", "县长李强", "县政协主席赵刚"]),
        ("县文化馆、博物馆和各乡镇综合文化站免费开放。", ["文化馆", "博物馆", "各乡镇综合文化站"]),
        ("由县教育局、团县委、县妇联联合主办。", ["县教育局", "团县委", "县妇联"]),
        ("由县教育局、县妇联和县体育局主办。", ["县教育局", "县妇联", "县体育局"]),
        ("请来专家刘教授、能手老赵、达人小周现场授课。", ["专家刘教授", "能手老赵", "达人小周"]),
        ("建成A级景区、2A级景区、3A级景区共8个。", ["A级景区", "2A级景区", "3A级景区"]),
        ("定在1月、4月、7月、10月分别开展检查。", ["1月", "4月", "7月", "10月"]),
        ("将于5月1日、5月2日、5月3日开展演出。", ["5月1日", "5月2日", "5月3日"]),
        ("面积为12万亩、8万亩、3万亩。", ["12万亩", "8万亩", "3万亩"]),
        ("增设了“一站式”服务窗口、自助服务区、母婴室。", ["“一站式”服务窗口", "自助服务区", "母婴室"]),
        ("开展了送戏下乡、送书进村、送医上门等活动。", ["送戏下乡", "送书进村", "送医上门"]),
        ("配心理咨询师四名、法律顾问两名。", ["心理咨询师四名", "法律顾问两名"]),
        ("建有9所高校、4家三级甲等医院。", ["9所高校", "4家三级甲等医院"]),
        ("范围为两侧各10公里、两端各20公里。", ["两侧各10公里", "两端各20公里"]),
        ("因为不少“老赖”白天躲债、夜里回家。", ["白天躲债", "夜里回家"]),
        ("停电区域为滨河路（桥东段）两侧、铁佛寺街。", ["滨河路（桥东段）两侧", "铁佛寺街"]),
        ("坚持公开、平等、竞争、择优。", ["公开", "平等", "竞争", "择优"]),
        ("新能源、新材料、生物医药为三大产业。", ["新能源", "新材料", "生物医药"]),
        ("免费查血常规、心电图、腹部B超等8大项。", ["血常规", "心电图", "腹部B超"]),
        ("青栗镇、石磨乡、鹤渡镇进度排前三位。", ["青栗镇", "石磨乡", "鹤渡镇"]),
        ("县委书记、县长王芳、副县长李强出席。", ["县委书记、县长王芳", "副县长李强"]),
        ("建立县、乡、村三级河长制。", ["县", "乡", "村"]),
        ("在甲村、乙村、丙村和丁村试点。", ["甲村", "乙村", "丙村", "丁村"]),
    ],
)  # fmt: skip
def test_items_joined_by_commas(text: str, items: list[str]) -> None:
    assert [[text[a:b] for a, b in pieces] for pieces in joined(text, SEGMENTER)] == [items]


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        (
            "该镇辖东街、西街、南街3个社区和大王庄、小李庄等12个村。",
            [["东街", "西街", "南街"], ["大王庄", "小李庄"]],
        ),
        (
            "县一中、县二中、职教中心等学校开设了书法、武术、戏曲等课程。",
            [["县一中", "县二中", "职教中心"], ["书法", "武术", "戏曲"]],
        ),
        ("柳溪镇、青石镇分别获得第一名、第二名。", [["柳溪镇", "青石镇"], ["第一名", "第二名"]]),
        (
            "小麦、玉米、大豆分别为12万亩、8万亩、3万亩。",
            [["小麦", "玉米", "大豆"], ["12万亩", "8万亩", "3万亩"]],
        ),
        (
            "须提交《报名表》、身份证、证书（原件、复印件各一份）和近照。",
            [["《报名表》", "身份证", "证书（原件、复印件各一份）", "近照"], ["原件", "复印件"]],
        ),
        ("县委常委、宣传部部长王丽，县委书记、县长王芳出席。", []),
        ("区委副书记、区长苏建设出席。", []),
        ("县委常委、组织部部长农素馨出席。", []),
        ("包含：一、总则；二、组织机构；三、应急响应。", []),
    ],
)
def test_where_one_list_ends_and_another_begins(text: str, lists: list[list[str]]) -> None:
    assert [[text[a:b] for a, b in pieces] for pieces in joined(text, SEGMENTER)] == lists


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("①填写申请表；②提交材料；③领取证件。", ["填写申请表", "提交材料", "领取证件"]),
        ("流程：⑴申请 ⑵受理 ⑶审核", ["申请", "受理", "审核"]),
        ("1、身份证；2、户口本。", ["身份证", "户口本"]),
        ("1）身份证；2）户口本。", ["身份证", "户口本"]),
        ("第一是抓好春耕，第二是抓好防汛。", ["抓好春耕", "抓好防汛"]),
        ("第一步，登录网站；第二步，填写信息。", ["登录网站", "填写信息"]),
        ("第一类是低保户，第二类是五保户。", ["低保户", "五保户"]),
        ("其一是房价过高；其二是配套不足。", ["房价过高", "配套不足"]),
        ("首先是认识不够，其次是措施不力。", ["认识不够", "措施不力"]),
        ("1.5公里的道路完工；2.3公里的河堤完工。", []),
        ("评出一、二、三等奖。", []),
        ("一是摸清底数,建立台账;二是挂牌督办;三是限期整改。", ["摸清底数,建立台账", "挂牌督办", "限期整改"]),
        ("首先,要统一思想。其次,要压实责任。最后,要严明纪律。", ["要统一思想", "要压实责任", "要严明纪律"]),
        ("(1)带身份证;(2)带户口本。", ["带身份证", "带户口本"]),
        ("第一,不进群。第二,不转账。", ["不进群", "不转账"]),
        ("第一季度增长,第二季度下降。", []),
        ("会议首先听取了汇报。", []),
    ],
)
def test_items_with_marks_of_their_order(text: str, items: list[str]) -> None:
    assert [text[a:b] for a, b in marked(text)] == items


def test_pairs() -> None:
    text = "这样做既盘活了闲置校舍,又解决了老人吃饭难。"
    assert [text[a:b] for a, b in paired(text)] == ["盘活了闲置校舍", "解决了老人吃饭难"]
    text = "既要抓生产，也要抓安全，还要抓环保。"
    assert [text[a:b] for a, b in paired(text)] == ["要抓生产", "要抓安全", "要抓环保"]
    text = "由县教育局和县体育局联合主办。"
    assert [[text[a:b] for a, b in p] for p in coordinated(text, SEGMENTER)] == [["县教育局", "县体育局"]]
    text = "由县水利局与县气象局共同承办。"
    assert [[text[a:b] for a, b in p] for p in coordinated(text, SEGMENTER)] == [["县水利局", "县气象局"]]


def test_a_text_says_that_it_lists() -> None:
    assert enumerates("开设了书法、剪纸、篮球三门课。", SEGMENTER)
    assert not enumerates("开设了书法、剪纸、篮球课。", SEGMENTER)


@given(TEXT)
def test_items_are_ordered_spans_of_the_text(text: str) -> None:
    for pieces in [*joined(text, SEGMENTER), *coordinated(text, SEGMENTER), marked(text), paired(text)]:
        assert all(0 <= a <= b <= len(text) for a, b in pieces)
        assert all(first[1] <= second[0] for first, second in pairwise(pieces))


@pytest.mark.parametrize(
    ("sentence", "read", "expected"),
    [
        (
            "参加了田径、游泳、跳绳、定向越野4个大项、96个小项的角逐。",
            "田径、游泳、跳绳、定向越野",
            ["田径", "游泳", "跳绳", "定向越野"],
        ),
        (
            "重点整治公车私用、收送特产、午间饮酒。",
            "公车私用、收送特产、午间饮酒",
            ["公车私用", "收送特产", "午间饮酒"],
        ),
        ("档案馆、区融媒体中心联合开展活动。", "档案馆、区融媒体中心", ["档案馆", "区融媒体中心"]),
        ("重点整治“乱占、乱采、乱建”三类问题。", "“乱占、乱采、乱建”三类问题", ["乱占", "乱采", "乱建"]),
    ],
)
def test_items_end_where_the_reader_ends_them(sentence: str, read: str, expected: list[str]) -> None:
    at = sentence.index(read)
    found = [
        as_read(sentence, pieces, (at, at + len(read)), SEGMENTER) for pieces in joined(sentence, SEGMENTER)
    ]
    assert [[sentence[a:b] for a, b in pieces] for pieces in found][-1] == expected


def test_what_the_reader_marked_of_one_item_changes_nothing() -> None:
    sentence = "整治行动由公安、城管和市场监管部门联合开展。"
    (pieces,) = joined(sentence, SEGMENTER)
    assert (
        as_read(sentence, pieces, (sentence.index("城管"), sentence.index("城管") + 2), SEGMENTER) == pieces
    )


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("部署了三项任务:修复岸线;整治排污口164个,6月底前完成七成;建设幸福河湖3条。", 3),
        ("部署了四项任务:修复岸线;整治排污口164个;建设幸福河湖3条。", 0),
        ("部署了三项任务,分头落实。", 0),
    ],
)
def test_items_announced_by_their_number(sentence: str, count: int) -> None:
    assert len(announced(sentence)) == count


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("今后要让灯亮起来,先装60个村;要让人走下去。", ["要让灯亮起来,先装60个村", "要让人走下去"]),
        ("杜若要求,各乡镇要守住红线;要抓好加工。", ["要守住红线", "要抓好加工"]),
        ("杜若要求,县水利局要修渠;县林业局要护林。", ["县水利局要修渠", "县林业局要护林"]),
        ("协会提醒市民,办卡不要超过千元;务必留好票据。", ["办卡不要超过千元", "务必留好票据"]),
        ("杜若介绍,渠道修好了;要求不变。", []),
    ],
)
def test_demands_one_by_one(sentence: str, items: list[str]) -> None:
    assert [sentence[a:b] for a, b in demanded(sentence)] == items


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("杜若强调了什么?", True),
        ("杜若提了什么要求?", True),
        ("杜若要求做好什么?", True),
        ("杜若对县水利局有什么要求?", False),  # one of them is asked for
        ("水渠什么时候修好?", False),
    ],
)
def test_all_demands_are_asked_for(question: str, whole: bool) -> None:
    assert announces(question, "杜若要求,县水利局要修渠;县林业局要护林。") is whole
