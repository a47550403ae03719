"""Where the items of an enumeration begin and end, however they are strung together."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.enumerations import coordinated, enumerates, joined, marked, paired
from qa.text import Segmenter

SEGMENTER = Segmenter()
TEXT = st.text(st.sampled_from("甲乙丙镇村店和及、,，。;“”《》()一是二三首先其次最后既又等3\n"), max_size=60)


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
    ],
)  # fmt: skip
def test_items_joined_by_commas(text: str, items: list[str]) -> None:
    assert [[text[a:b] for a, b in pieces] for pieces in joined(text, SEGMENTER)] == [items]


@pytest.mark.parametrize(
    ("text", "items"),
    [
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
