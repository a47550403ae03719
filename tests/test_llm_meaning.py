"""What a sentence means: taken out of its denial, subject, plan, figure or stage, the same words are false.

Sources of one case are sentences of different articles where 「/」 stands between them.
"""

from __future__ import annotations

import datetime as dt

import pytest
from evidence import corpus_segmenter
from llm_examples import Trusting

from qa.llm.checking import Checked, Checker
from qa.llm.sentences import Claim
from qa.text import sentence_spans
from qa.types import Article, Citation


def reading(*bodies: str) -> tuple[Checker, tuple[Citation, ...]]:
    """Return a checker over articles with these bodies, and their sentences as its sources."""
    day = dt.date(2023, 4, 18)
    articles = [Article(f"a{i}", "本地要闻", b, day, None, (), (), "s.txt", i) for i, b in enumerate(bodies)]
    spans = [(article, *span) for article in articles for span in sentence_spans(article.body)]
    sources = tuple(Citation(n, a, a.body[s:e], s, e) for n, (a, s, e) in enumerate(spans, 1))
    return Checker(sources, corpus_segmenter(articles), Trusting()), sources


def passes(source: str, sentence: str) -> bool:
    """Tell whether a sentence that cites every sentence of its source is kept."""
    checker, sources = reading(*source.split(" / "))
    return isinstance(checker.check(Claim(sentence, tuple(s.n for s in sources))), Checked)


DENIALS = (
    ("问:会收费吗?答:不会。", "答:会。"),
    ("各项措施落实到位。", "各项措施落实不到位。"),
    ("各项措施落实不到位。", "各项措施落实到位。"),
    ("业主大会同意加装电梯。", "业主大会不同意加装电梯。"),
    ("业主大会不同意加装电梯。", "业主大会同意加装电梯。"),
    ("经检测,该批次产品质量不过关。", "经检测,该批次产品质量过关。"),
    ("夏季高峰期居民用水不足。", "夏季高峰期居民用水充足。"),
    ("执法人员查处一家非法经营的加油站。", "执法人员查处一家合法经营的加油站。"),
    ("执法人员查处一家非法经营的加油站。", "执法人员查处一家经营的加油站。"),
    ("项目能够按期完工。", "项目难以按期完工。"),
    ("项目难以按期完工。", "项目能够按期完工。"),
    ("水库水位不超过警戒水位。", "水库水位超过警戒水位。"),
    ("会议非公开举行。", "会议公开举行。"),
    ("这一做法不妨碍居民通行。", "这一做法妨碍居民通行。"),
    ("今年降水量不少于去年。", "今年降水量少于去年。"),
    ("供水充足,群众满意。", "供水不足,群众满意。"),
    ("两地的补贴标准不同。", "两地的补贴标准相同。"),
    ("该车不在岗,手续不全。", "该车在岗,手续不全。"),
    ("工程供电不断电。", "工程供电断电。"),
    ("新桥无疑似病例。", "新桥疑似病例。"),
)

DEEDS = (
    ("宏达公司获得省级质量奖,金源公司因违规排污被查处。", "宏达公司因违规排污被查处。"),
    ("宏达公司获得省级质量奖,金源公司因违规排污被查处。", "宏达公司获得省级质量奖,因违规排污被查处。"),
    ("宏达公司获得省级质量奖,金源公司因违规排污被查处。", "金源公司获得省级质量奖。"),
    ("区教育局负责校园安全。区住建局负责工地扬尘治理。", "区住建局负责校园安全。"),
    ("区教育局负责校园安全。区住建局负责工地扬尘治理。", "区住建局负责校园安全,区教育局负责工地扬尘治理。"),
    ("区教育局负责校园安全。 / 区住建局负责工地扬尘治理。", "区住建局负责校园安全。"),
    ("蓝河小学获得一等奖,绿城小学获得三等奖。", "绿城小学获得一等奖。"),
    ("蓝河小学获得一等奖,绿城小学获得三等奖。", "蓝河小学获得三等奖。"),
    ("宏达公司获得省级质量奖。 / 一家化工企业因违规排污被查处。", "宏达公司因违规排污被查处。"),
    ("宏达公司获得省级质量奖。 / 该企业因违规排污被查处。", "宏达公司因违规排污被查处。"),
    ("宏达公司获得省级质量奖。 / 该企业因违规排污被查处。", "宏达公司获得省级质量奖,因违规排污被查处。"),
    (
        "宏达公司获得省级质量奖。 / 该企业因违规排污被查处。",
        "宏达公司获得省级质量奖,该企业因违规排污被查处。",
    ),
    ("民警李明受到表彰,一名男子因诈骗被刑拘。", "李明因诈骗被刑拘。"),
    ("青石镇启动旧房改造,白沙镇启动河道清淤。", "白沙镇启动旧房改造。"),
    ("蓝河小学获得一等奖,绿城小学获得三等奖。", "蓝河小学、绿城小学获得一等奖。"),
    ("市一中获得冠军,市二中获得亚军。", "市二中获得冠军。"),
    ("张伟任县长,王强任副县长。", "王强任县长。"),
    ("5月1日至3日放假,5月4日上班。", "5月4日放假。"),
    ("去年,全县新建公园,今年,全县改造学校。", "今年,全县新建公园。"),
    ("上半年出口增长,下半年出口下降。", "下半年出口增长。"),
    ("柳湖镇副镇长李强主持会议,白沙镇副镇长赵刚参加会议。", "白沙镇副镇长赵刚主持会议。"),
    ("区法院审理此案,区检察院提起公诉。", "区检察院审理此案。"),
    ("清河县获评先进单位,通报批评了平山县。", "平山县获评先进单位。"),
    ("清河县因工作滞后被通报批评,平山县受到表彰。", "清河县受到表彰。"),
    ("宏达公司成立于1998年,某化工厂偷排废水。", "宏达公司偷排废水。"),
    ("国庆期间景区免费,春节期间景区收费。", "春节期间景区免费。"),
    ("项目第一期投产,第二期在建。", "项目第二期投产。"),
    ("一审判决张某有罪,二审改判张某无罪。", "二审判决张某有罪。"),
    ("一期工程竣工,二期工程开工。", "二期工程竣工。"),
)

PLANS = (
    ("每周日,老铆工谭九畴将现场演示手艺。", "每周日,老铆工谭九畴现场演示手艺。"),
    ("下半年,市医院将启动随访平台建设。", "下半年,市医院启动随访平台建设。"),
    ("青石大桥将于12月20日通车。", "青石大桥于12月20日通车。"),
    ("全区计划新建3所小学。", "全区新建3所小学。"),
    ("宏达公司拟投资3亿元。", "宏达公司投资3亿元。"),
    ("张某涉嫌诈骗被刑拘。", "张某诈骗被刑拘。"),
    ("青石大桥已于12月20日通车。", "青石大桥将于12月20日通车。"),
    ("会议要求,各镇建立台账,开展排查。", "各镇开展排查。"),
    ("地铁5号线试运行。", "地铁5号线运行。"),
    ("预计全年产值突破10亿元。", "全年产值突破10亿元。"),
    ("力争年内完成全部改造。", "年内完成全部改造。"),
    ("该药可能引起皮疹。", "该药引起皮疹。"),
)

FIGURES = (
    ("高新技术企业增加35家。", "高新技术企业增加到35家。"),
    ("高新技术企业增加35家。", "高新技术企业增至35家。"),
    ("高新技术企业增加35家。", "高新技术企业35家。"),
    ("高新技术企业35家。", "高新技术企业增加35家。"),
    ("高新技术企业增加到35家。", "高新技术企业增加35家。"),
    ("新增高新技术企业35家。", "高新技术企业增至35家。"),
    ("新增高新技术企业35家。", "高新技术企业35家。"),
    ("失业率下降5%。", "失业率下降到5%。"),
    ("失业率下降到5%。", "失业率下降5%。"),
    ("失业率降至5%。", "失业率降低5%。"),
    ("每人补贴300至500元。", "每人补贴500元。"),
    ("每人补贴300至500元。", "每人补贴300元。"),
    ("每人补贴300元至500元。", "每人补贴500元。"),
    ("每人补贴300-500元。", "每人补贴500元。"),
    ("最低气温零下5度。", "最低气温5度。"),
    ("最低气温-5℃。", "最低气温5℃。"),
    ("最低气温5℃。", "最低气温-5℃。"),
    ("电站年发电量100万千瓦时。", "电站年发电量100万千瓦。"),
    ("电站装机容量100万千瓦。", "电站装机容量100万千瓦时。"),
    ("学习贯彻党的十九届六中全会精神。", "学习贯彻党的十九届五中全会精神。"),
    ("一期工程竣工。", "二期工程竣工。"),
    ("该案一审判决张某败诉。", "该案二审判决张某败诉。"),
    ("该案一审宣判。", "该案二审宣判。"),
    ("上午,区委召开常委会会议,下午,区委召开政法工作会议。", "下午,区委召开常委会会议。"),
    ("上午召开常委会会议,下午召开政法工作会议。", "下午召开常委会会议。"),
    ("4月18日,柳湖镇举办招聘会,4月19日,举办运动会。", "4月19日,柳湖镇举办招聘会。"),
    ("价格由5元上调到8元。", "价格上调8元。"),
    ("价格由5元上调8元。", "价格上调到8元。"),
    ("营业时间9:00至17:00。", "营业时间9:00至7:00。"),
    ("营业时间9:00至17:00。", "17:00营业。"),
    ("3至5名志愿者参加活动。", "5名志愿者参加活动。"),
    ("补贴标准为每亩5%至8%。", "补贴标准为每亩8%。"),
    ("机组功率5千瓦。", "机组功率5瓦。"),
    ("投资近300至500万元。", "投资500万元。"),
)

HONEST = (
    ("各项措施落实到位。", "措施已落实到位。"),
    ("业主大会同意加装电梯。", "业主大会同意了加装电梯。"),
    ("报名人数不足100人,费用不到3万元。", "报名人数不足100人。"),
    ("不同年龄的居民参加活动。", "不同年龄居民参加了活动。"),
    ("公司不断改进工艺,非常重视质量。", "公司不断改进工艺。"),
    ("宏达公司去年落户科技园,产值突破亿元,与柳湖中学签订实习协议。", "宏达公司与柳湖中学签订实习协议。"),
    ("宏达公司获得省级质量奖,并在市科技园新建厂房。", "宏达公司在市科技园新建厂房。"),
    ("宏达公司获得省级质量奖,金源公司因违规排污被查处。", "金源公司因违规排污被查处。"),
    (
        "宏达公司获得省级质量奖,金源公司因违规排污被查处。",
        "金源公司因为违规排污被查处,宏达公司获得省级质量奖。",
    ),
    ("区教育局负责校园安全。区住建局负责工地扬尘治理。", "区住建局负责治理工地扬尘。"),
    ("蓝河小学获得一等奖,绿城小学获得三等奖。", "获得一等奖的是蓝河小学。"),
    (
        "恒远机械公司向柳湖中学捐赠图书5000册,并与柳湖中学签订实习协议。",
        "恒远机械公司和柳湖中学签订了实习协议。",
    ),
    ("青石大桥将于12月20日通车。", "青石大桥预计12月20日通车。"),
    ("检察官将线索移送公安机关,并引导侦查。", "检察官把线索移送公安机关。"),
    ("高新技术企业新增35家。", "新增高新技术企业35家。"),
    ("同比增长25%。", "同比增长了25%。"),
    ("最低气温零下5度。", "最低气温为零下5度。"),
    ("按照上级要求,全镇排查隐患30处。", "全镇排查隐患30处。"),
    ("一期工程竣工,投资3亿元。", "一期工程投资3亿元。"),
    ("上午召开常委会会议,下午召开政法工作会议。", "下午召开政法工作会议。"),
    ("上午,区委召开常委会会议,下午,区委召开政法工作会议。", "区委下午召开政法工作会议。"),
    ("资金主要用于村级道路建设。", "资金用于村级道路建设。"),
    ("张伟任县长,王强任副县长。", "王强担任副县长。"),
    ("去年,全县新建公园,今年,全县改造学校。", "今年全县改造学校。"),
    ("柳湖镇副镇长李强主持会议,白沙镇副镇长赵刚参加会议。", "李强主持会议。"),
    ("国庆期间景区免费开放。", "景区国庆期间免费开放。"),
    ("预计全年产值突破10亿元。", "全年产值预计突破10亿元。"),
    ("价格由5元上调到8元。", "价格从5元上调到8元。"),
    ("营业时间9:00至17:00。", "营业时间为9:00至17:00。"),
    ("3至5名志愿者参加活动。", "参加活动的志愿者有3至5名。"),
    ("机组功率5千瓦。", "机组功率为5千瓦。"),
    ("一期工程竣工,二期工程开工。", "二期工程已开工。"),
    ("清河县因工作滞后被通报批评,平山县受到表彰。", "平山县受到了表彰。"),
    ("大桥全长862米,由屏岫路桥公司承建。", "屏岫路桥公司承建大桥。"),
    ("区教育局局长庞清如通报,全区73所学校开展课后服务。", "庞清如通报,全区73所学校开展课后服务。"),
    ("本次活动由区总工会主办,120名职工参加。", "区总工会主办活动,120名职工参加。"),
)


@pytest.mark.parametrize(("source", "sentence"), DENIALS)
def test_a_denial_is_not_turned_round(source: str, sentence: str) -> None:
    assert not passes(source, sentence)


@pytest.mark.parametrize(("source", "sentence"), DEEDS)
def test_a_deed_stays_with_its_name_and_time(source: str, sentence: str) -> None:
    assert not passes(source, sentence)


@pytest.mark.parametrize(("source", "sentence"), PLANS)
def test_a_plan_or_suspicion_is_not_told_as_a_fact(source: str, sentence: str) -> None:
    assert not passes(source, sentence)


@pytest.mark.parametrize(("source", "sentence"), FIGURES)
def test_a_figure_keeps_what_it_measures(source: str, sentence: str) -> None:
    assert not passes(source, sentence)


@pytest.mark.parametrize(("source", "sentence"), HONEST)
def test_honest_wording_is_kept(source: str, sentence: str) -> None:
    assert passes(source, sentence)


def kept(checker: Checker, *told: tuple[str, int]) -> list[str]:
    """Return the sentences of a reply that are kept, each cites one sentence."""
    found: list[Checked] = []
    for text, n in told:
        checked = checker.check(Claim(text, (n,)))
        assert isinstance(checked, Checked), (text, checked)
        if checker.reads_on(found[-1] if found else None, checked):
            found.append(checked)
    return [checked.text for checked in found]


AWARD = "宏达公司获得省级质量奖。"
FINE = "该公司因违规排污被查处。"


def test_a_pronoun_is_not_read_of_another_article() -> None:
    checker, _ = reading(AWARD, f"金源公司位于科技园。{FINE}")
    assert kept(checker, (AWARD, 1), (FINE, 3)) == [AWARD]
    assert kept(checker, (AWARD, 1), ("同时,该公司因违规排污被查处。", 3)) == [AWARD]
    assert kept(checker, (FINE, 3)) == []


def test_a_pronoun_is_kept_right_behind_what_it_means() -> None:
    checker, _ = reading(f"金源公司位于科技园。{FINE}其负责人被约谈。")
    location = "金源公司位于科技园。"
    assert kept(checker, (location, 1), (FINE, 2)) == [location, FINE]
    assert kept(checker, (location, 1), (FINE, 2), ("其负责人被约谈。", 3)) == [
        location,
        FINE,
        "其负责人被约谈。",
    ]
    assert kept(checker, (location, 1), ("其负责人被约谈。", 3)) == [location]


def test_a_pronoun_that_the_source_does_not_use_is_dropped() -> None:
    checker, _ = reading(f"{AWARD}金源公司因违规排污被查处。")
    assert kept(checker, (AWARD, 1), (FINE, 2)) == [AWARD]


def test_a_sentence_without_a_subject_does_not_take_the_one_before() -> None:
    checker, _ = reading("宏达公司获得省级质量奖,金源公司因违规排污被查处。", "青石公司因违规排污被查处。")
    fine = "因违规排污被查处。"
    assert kept(checker, (AWARD, 1), (fine, 1)) == [AWARD]
    assert kept(checker, (AWARD, 1), (fine, 2)) == [AWARD]
    assert kept(checker, ("金源公司被查处。", 1), (fine, 1)) == ["金源公司被查处。", fine]


def test_this_event_is_the_one_told_before() -> None:
    checker, _ = reading(
        "柳湖镇举办招聘会。本次招聘会有企业35家。", "白沙镇举办招聘会。本次招聘会有企业60家。"
    )
    here, there = "本次招聘会有企业35家。", "本次招聘会有企业60家。"
    assert kept(checker, (here, 2)) == [here]
    assert kept(checker, ("柳湖镇举办招聘会。", 1), (here, 2), (there, 4)) == ["柳湖镇举办招聘会。", here]
