"""One of several like things is asked for (二期, 第二季度, B区, 女子组): a sentence on another is no answer.

Near misses of this kind fit a question word for word but for the label, which neither a model of meaning nor
a count of shared words weighs enough: 一季度签约多少 beside 二季度签约97.3亿元.
"""

from __future__ import annotations

import re

import cn2an

from qa.language.names import OFFICES
from qa.reading.labels import DIGITS, SPANNED, labels
from qa.text import fold
from qa.understanding.everyday import official

_COMPARED = re.compile("[比较]|[上下前后]")
_LATER = re.compile(r"[一二两三四五\d]年(?:以|之)?后|第[二三四五]年|期满|到期")
_AT_FIRST = re.compile(r"(?:前|首|头)[一二两三四五\d]?年")
_LATER_ON = re.compile(r"后|第|满|到期")
_SIDES = "侧|段|部|区|门|站|岸|坡|线|面|口|院|楼|翼|头|村|广场|半球|校区|院区|片区"
_RENEWED = ("馆", "厅", "校", "院", "桥", "城", "楼", "站", "路", "街", "区", "机场", "码头")
_EVERY_DAY = "每[天日]|天天|无休"
_RACES = (
    ("100", "百米"), ("200", "二百米?"), ("400", "四百米?"), ("800", "八百米?"), ("1000", "一千米?(?!五)"),
    ("1500", "一千五(?:百米)?"), ("3000", "三千米?"), ("5000", "五千米?"), ("10000", "万米"),
)  # fmt: skip
_EVENTS = (
    "马拉松",
    "跨栏", "跳高", "(?<!级)跳远", "三级跳远?", "铅球", "铁饼", "标枪", "接力|[4四]×100米?|[4四]×400米?",
)  # fmt: skip
_SUBJECTS = (
    "语文", "数学", "英语", "物理", "化学", "生物", "体育|音体美",
    "历史", "地理", "思政", "心理(?:健康)?",
)  # fmt: skip
_RACE = "[^,;。]{0,4}(?:[冠亚季]军|决赛|预赛|[金银铜]牌|第[一二三四五六七八]|比?赛|纪录|成绩|夺|谁|跑[了出])"
"""What stands behind a distance that is run for, and not behind any other (离河100米)."""
_FAMILIES = tuple(
    tuple(re.compile(member) for member in family)
    for family in (
        ("上半年", "下半年", "(?<!去)(?<!今)(?<!同)(?<!前)(?<!明)(?<!后)全年"),
        (
            r"上午|早[上晨餐饭]|清晨|(?<![\d.])(?:0?[5-9]|1[01])[:点时]",
            r"下午|午后|(?<![\d.])1[2-8][:点时]",
            rf"晚[上间餐饭]|(?<!年)夜|晚(?=[\d{DIGITS}])|(?<![\d.])(?:1[89]|2[0-3])[:点时]", "凌晨",
        ),
        (*(f"(?:周|星期|礼拜){day}|{_EVERY_DAY}" for day in "一二三四五"),
         f"(?:周|星期|礼拜)六|周末|双休日|{_EVERY_DAY}", f"(?:周|星期|礼拜)[日天]|周末|双休日|{_EVERY_DAY}"),
        ("春节|春运", "清明", "五一|劳动节", "端午", "中秋", "国庆|十一", "元旦"),
        ("春季", "夏季", "秋季", "冬季"),
        ("男", "(?<![子儿妇侄孙])女(?!儿|婿|士)"),
        ("少年组|少儿组", "青年组|成年组|成人组", "中年组", "老年组"),
        (
            r"冠军|状元|金牌|\d金|第一(?![一-鿿])|第一[名位]|夺冠|夺魁|居首",
            r"亚军|榜眼|银牌|\d银|第二(?![一-鿿])|第二[名位]",
            r"季军|铜牌|\d铜|第三(?![一-鿿])|第三[名位]",
            "第[四4][名位]", "第[五5][名位]", "第[六6][名位]",
        ),
        (
            "试用期(?:内|间|期间)|试用期(?!满|结束|过|[之以]?后)(?=[^,;。]{0,3}(?:工资|月薪|发|拿|多少))",
            "试用期满|转正|试用期(?:结束|过)?[之以]?后|过了试用期",
        ),
        ("特等奖", "一等奖", "二等奖", "三等奖", "优秀奖|优胜奖"),
        ("省级", "市级", "区级", "县级", "国家级", "乡级|镇级|村级"),
        ("开幕", "闭幕"), ("预赛|初赛", "(?<!半)决赛"), ("初试|笔试", "复试|面试"),
        ("首班|开始发车|起发车|首发", "末班|收班|收车"),
        ("起点", "终点"), ("上行", "下行"), ("公办", "民办"), ("(?<!非)居民", "非居民"),
        ("工作日", "周末|节假日|双休日"),
        ("施工单位", "建设单位", "监理单位", "设计单位"), ("收入", "支出"),
        (
            "死亡|遇难|身亡|丧生|死了|生命体征|不治",
            "受伤|[轻重负烧]伤|住院|送医|就医|救治|伤者|伤员|伤了|吸入",
            "(?:人|群众|村民|居民|工人|员工)(?:被困|受困|失联|失踪)",
        ),
        ("[坍倒垮]塌|塌了|倒[了房]", "受损|损坏|损毁|开裂|裂缝"),
        ("增加|增长|上升|提高|上涨|涨了|涨幅", "减少|下降|降低|下跌|下调|跌了|跌幅"),
        ("最高", "最低"), ("最多", "最少"), ("最大", "最小"), ("最早", "最晚"),
        ("幼儿园", "小学", "初中", "高中", "大学|高校"),
        ("小班", "中班", "大班"),
        tuple(f"(?:{subject})(?=[专兼]职|专业|老师|教师|课|学科|[、,]|\\d)" for subject in _SUBJECTS),
        ("进口", "(?<!进)出口", "进出口"), ("(?<!非)税收", "非税"),
        ("城镇", "农村"), ("内资", "外资|外商"), ("线上|网上", "线下|实体店|门店"),
        ("买入", "卖出"), ("供应|供给", "需求"), ("一审", "二审|终审"), ("早稻|早籼", "中稻", "晚稻"),
        ("首日|首天|第一天", "末日|最后一天"),
        ("父亲|爸", "母亲|妈"), ("丈夫|老公", "妻子|老婆|爱人|太太|夫人", "岳母|丈母娘",
         "岳父|老丈人", "婆婆", "公公"),
        ("大儿子|长子", "小儿子|二儿子|次子|幼子"), ("大女儿|长女", "小女儿|二女儿|次女|幼女"),
        (
            *(rf"(?<![\d×x]){n}米(?={_RACE})|{spelled}(?={_RACE})" for n, spelled in _RACES),
            *(f"{event}(?={_RACE})" for event in _EVENTS),
        ),
        ("下一?[届轮次批期](?!股|间)", "[本此][届轮次批期]"),
        (
            "垫底|末[位尾]|倒数|最后一[名位]|殿后|[居排靠]后|[末后][两二三几五十]?[名位]",
            "前[三两几五十四二][名位]|居首|第一[名位]|榜首|首位",
        ),
        ("博士", "硕士", "本科", "专科"),
        ("早[餐饭点]", "(?<!只[供有])(?:午[餐饭]|中[餐饭])", "晚[餐饭]"),
        ("规上|规模以上", "规下|规模以下"),
        ("全国", "全省", "全市", "全[区县]", "全[镇乡]|全街道", "全村|全社区"),
        ("增强(?:扫描|ct)|ct增强", "平扫"),
        *((f"(?<![养敬])(?:老|旧){n}|原址", f"新[^,]{{0,3}}{n}") for n in _RENEWED),
        *((f"(?<!副){office}", f"副{office}") for office in OFFICES.split("|")),
        *((f"东(?:{s})", f"西(?:{s})", f"南(?:{s})", f"北(?:{s})", f"中(?:{s})") for s in _SIDES.split("|")),
    )
)  # fmt: skip

_SORTS = tuple(family for family in _FAMILIES if not any(member.search("受伤被困") for member in family))
"""Those of which a headline that names one is on that one: an accident has dead and injured in any case."""

# What only the clause of a short answer tells apart: a sentence goes through steps, kinds and spans of time.
_IN_TURN = tuple(
    tuple(re.compile(member) for member in family)
    for family in (
        ("签约", "(?<!投产)(?:开工|动工|开建)", "竣工|完工|建成", "投产(?!后)|投用|通车|启用|投入使用"),
        ("报名|申报", "面试", "笔试", "录取|录用", "体检", "公布|公示"),
        ("净?利润|盈利", "营业?收入|营收"),
        ("花(?:了|费|掉|多少|几)|耗资|造价|开支|投资|出资", "收入|进账|营收"),
        ("升学", "就业"), ("本科", "专科", "研究生"),
        ("鲜(?=.{0,2}[菇笋果枣茶])", "干(?=.{0,2}[菇笋果枣货])"),
        ("支柱产业", "新兴产业", "未来产业", "特色产业", "主导产业", "配套产业", "传统产业"),
        ("全年", "前三季度", "上半年", "一季度", r"前\d{1,2}个?月"), ("日均", "月均", "年均"),
        ("生产总值|gdp", "(?<!生产)总产值|工业产值", "工业增加值",
         "固定资产投资", "社会消费品零售|社零", "财政收入|公共预算收入"),
        ("总投资", "完成(?:固定资产)?投资|年度(?:计划)?投资"),
        ("批准|审批", "验收", "备案"), ("主办", "承办", "协办"), ("受理", "办结"), ("排查", "整改"),
        ("开通", "关闭"), ("满分|总分", "及格|合格|达标|过关|录取|分数线"), ("老人", "儿童|孩子", "残疾人"),
        ("汛限水位", "警戒水位", "蓄水位", "设计水位", "死水位",
         r"(?:现在|目前|当前|眼下)的?水位|(?<![限戒蓄计死证])水位(?=现在|目前|[为达升降]?\d|[达升降])"),
        ("银行卡", "(?:手机|电话)卡", "身份证", "社保卡"),
        (r"(?:[全总]|(?<![成增县市区镇乡校院局部队组]))长(?=[约达为\d])|多长(?!时间|久)", "相[隔距]|距离"),
        ("(?:全年|年度|年初)预算(?!的)", r"(?:收入|支出)(?=\d)"),
        ("宣读|谁念", "表态", "动员讲话|作动员"), ("上涨|涨了|涨幅|飙涨", "下跌|跌了|跌幅|下降"),
    )
)  # fmt: skip

_CLOCK = re.compile(r"\d{1,2}[:点时]")
_AGE = rf"(?:\d{{1,3}}|[{DIGITS}百]{{1,4}})"
_ONE_AGE = re.compile(rf"(?<![\d至到—~–-])(?P<age>{_AGE})周?岁(?!及?以|[至到—~–-])")
_AGES = re.compile(
    rf"(?P<low>{_AGE})(?:周?岁)?[至到—~–-](?P<high>{_AGE})周?岁|(?P<most>{_AGE})周?岁及?以下"
    rf"|(?P<least>{_AGE})周?岁及?以上|满(?P<full>{_AGE})周?岁"
)
"""Whom a rate, a price or a benefit is for, by their age."""
_OLDEST = 200
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTH = re.compile(r"(?<!\d)(?:1[0-2]|0?[1-9])(?=月(?!龄|嫂))")
_BARE_DAY = re.compile(r"(?<![年\d月])\d{1,2}月\d{1,2}日")
_MONTH_BOUND = re.compile(
    r"(?:截至|截止到?|[到至])(?<!月至)(?<!日至)(?<!月到)(?<!日到)(?:1[0-2]|0?[1-9])月"
    r"|(?<!\d)(?:1[0-2]|0?[1-9])月(?:\d{1,2}日|[底末初])?(?:\(含\)|[及含])?(?:之?前|以前|起|开始|之?后|以后|为?止|截止|关闭|结束)"
)
"""A month from which or up to which something holds: it decides for other months, too."""
_DECIDES_ASKED = re.compile(
    r"[吗么][??]*$|(?P<verb>[能会可行让用要])不(?P=verb)|[没不][??]*$|怎么样|怎样|会怎么|后果"
)
_WEEK = "一二三四五六日"
_WEEKDAYS = re.compile(
    r"(?:周|星期|礼拜)(?P<first>[一二三四五六])[至到—~–-]+(?:周|星期|礼拜)?(?P<last>[二三四五六日天])"
)
_MONTHS = re.compile(r"(?<!\d)(?P<first>1[0-2]|[1-9])月?(?:\d{1,2}日)?[至到—~–-]+(?P<last>1[0-2]|[1-9])月")
_TWO_SIDES = re.compile(rf"(?P<one>[东南西北])[、和与及]?(?P<other>[东南西北])(?:两个?)?(?P<of>{_SIDES})")
_THIS_ONE = re.compile("^(?:其中[,:])|(?:此|本|这)[次批轮场期届](?!性)")
"""What a sentence is on that goes on about what the headline names (此次集中开工项目)."""
_TIMES_AS_MUCH = re.compile(rf"(?:是|为|相当于)[^,;。]{{1,8}}的[\d.{DIGITS}两]+倍")
_COMPARED_WITH = re.compile(r"比[^,;。比]{1,10}?(?=[多少增减高低快慢])|[与同和][^,;。]{1,10}?(?=持平|相同)")
"""What a figure is told to be more or less than (比秋季班多招120人)."""
_FROM_LAST_YEAR = re.compile(r"[从由](?:去年|上年)[^,;。]{1,12}?[到至为]")
_BOUND = re.compile(r"(?P<amount>\d[\d,.]*[万亿]?)(?P<of>元|亩|平方米|公里|吨|人|户)[及]?以(?P<side>[上下])")
"""From or up to which something counts (投资10亿元以上的项目)."""
_COUNTED = re.compile(r"(?:多少|几)[个家户名人项位场件]")
_AMOUNT = re.compile(r"多少(?!钱|元)|几[个家户次场件项起名位人]|多[大高]|总共|一共")
_YEARS = tuple(
    re.compile(member)
    for member in (
        "今年|本年",
        r"(?<![比较与和同由从])(?:去年|上年)(?!同期|同月|相比|底)|(?<=[由从])(?:去年|上年)的?\d",
        "明年|来年",
        "前年",
    )
)


def tells_of_another(question: str, sentence: str, context: str = "", *, same_year: bool = True) -> bool:
    """Tell whether a sentence is on a sibling of what a question names, and not on that itself.

    Args:
        question: what is asked.
        sentence: what is to answer.
        context: what may say which one the sentence is on: headline, year, the sentence before it.
        same_year: whether 今年 is the same year to the one who asks and to the sentence.

    >>> tells_of_another("一季度签约多少?", "二季度签约97.3亿元。")
    True
    >>> tells_of_another("一季度签约多少?", "一季度签约60亿元,二季度签约97.3亿元。")
    False
    """
    asked, told = without_company(official(question)), _spelled(fold(sentence))
    around = f"{_spelled(fold(context))}\n{told}"
    if not _AMOUNT.search(asked):  # what fell from June to August is not what fell in July
        around += _between(around)
    alone = _COMPARED_WITH.sub("", told)
    named = f"{context}\n{alone}" if _THIS_ONE.search(told) else alone
    bounded = _DECIDES_ASKED.search(asked) is not None and _MONTH_BOUND.search(told) is not None
    times = (_YEAR,) if bounded else (_YEAR, _MONTH)
    plain = _CLOCK.sub("", asked)  # 8点 may be of the morning or of the evening
    return (
        any(_another_time(unit, asked, told, around) for unit in times)
        or _another_label(asked, fold(named), around)
        or _another_bound(asked, around)
        or _begins_with_another(asked, told)
        or _after_what_comes_first(asked, told)
        or any(_another_member(family, plain, alone, around) for family in _FAMILIES)
        or (same_year and _another_member(_YEARS, plain, alone, f"{around}\n{_year_of_days(told)}"))
        or (same_year and "明年" in plain and _WHOLE_YEAR.search(told) is not None)
    )


def is_of_this_year_beside(question: str, sentence: str, context: str, article: str) -> bool:
    """Tell whether 去年 is asked for, and a sentence on a day of this year stands beside one on 去年.

    >>> told = "5月9日发布公告,招录护士28名。"
    >>> is_of_this_year_beside("去年招了几个护士?", told, "", f"{told}去年招录31人。")
    True
    >>> is_of_this_year_beside("去年招了几个护士?", told, "", told)
    False
    """
    asked, told = official(question), fold(sentence)
    if not re.search("去年|上年", asked) or not re.search("(?:^|[,;])[^,;]{0,12}?" + _BARE_DAY.pattern, told):
        return False
    last_year = re.compile(r"去年|上年|全年|年度|(?:19|20)\d\d年")
    return (
        not last_year.search(told)
        and not re.search("去年|上年", fold(context))
        and last_year.search(fold(article)) is not None
    )


def is_throughout_of_another(question: str, headline: str, article: str) -> bool:
    """Tell whether a headline names a sibling of what a question names, which the article says nothing of.

    >>> is_throughout_of_another("民办小学几号报名?", "公办小学招生办法公布", "6月8日起报名。")
    True
    >>> is_throughout_of_another("民办小学几号报名?", "公办小学招生办法公布", "民办小学同日报名。")
    False
    """
    asked, title = without_company(official(question)), fold(headline)
    others = [family for family in _SORTS if _another_member(family, asked, title, title)]
    told = fold(article) if others else ""  # of few questions: the article is read for those only
    return any(_another_member(family, asked, title, told) for family in others)


def stands_by_another(question: str, clause: str, *, in_turn: bool = True) -> bool:
    """Tell whether the clause that a short answer stands in names a sibling of what a question names itself.

    Unlike of a sentence, what stands around does not count; years and months do not either: they are compared
    with within one clause (比2021年减少). What comes ``in_turn`` tells apart single clauses only.

    >>> stands_by_another("文化节闭幕式在哪里?", "定于6月20日晚在公园开幕")
    True
    """
    asked, told = without_company(official(question)), _spelled(fold(clause))
    plain = _CLOCK.sub("", asked)
    alone = _COMPARED_WITH.sub("", told)
    return _another_label(asked, alone, told) or any(
        _another_member(family, plain, alone, told) for family in (*_FAMILIES, *(_IN_TURN if in_turn else ()))
    )


def of_another_age(question: str, text: str) -> bool:
    """Tell whether a text is of ages only that somebody as old as a question says is not of.

    >>> of_another_age("72岁的老人一餐多少钱?", "60至69岁老人午餐12元")
    True
    >>> of_another_age("72岁的老人一餐多少钱?", "60岁以上老人半价")
    False
    """
    asked = [_years(match["age"]) for match in _ONE_AGE.finditer(fold(question))]
    ages = [
        (_years(m["low"] or m["least"] or m["full"] or "0"), _years(m["high"] or m["most"] or str(_OLDEST)))
        for m in _AGES.finditer(fold(text))
    ]
    return (
        len(asked) == 1
        and asked[0] > 0
        and bool(ages)
        and not any(low <= asked[0] <= high for low, high in ages)
    )


_COMPANY = re.compile(rf"(?:陪同?|跟着|跟随|随同)[^,?的]{{0,6}}?(?:{OFFICES})")
"""Somebody whom those who are asked about were with (陪县长督导的都有谁)."""


def without_company(asked: str) -> str:
    """Return a folded question without whom those who are asked about were with."""
    return _COMPANY.sub("", asked)


_WHOLE_YEAR = re.compile(r"^(?!.*(?:\d{4}|明)年)(?:.*[,;。])?全年(?!计划|目标|任务|拟|将|预计)")
"""A sentence that tells of a whole year, which is the one of its article."""


def _year_of_days(told: str) -> str:
    """Return 今年 where a day of a sentence has no year, or a change since last year is told."""
    return "今年" if _BARE_DAY.search(told) or _FROM_LAST_YEAR.search(told) else ""


def _years(number: str) -> int:
    """Return an age from digits or characters (百岁: 100); none is 0."""
    try:
        return int(cn2an.cn2an("100" if number == "百" else number, "smart"))
    except ValueError:  # a run of characters that is no number
        return 0


def _spelled(text: str) -> str:
    """Write a range of weekdays as all of its days (周二至周四 as 周二周三周四), 东、西门 as 东门、西门.

    What something is a multiple of (是老馆的4倍) is not told of, and left out.
    """

    def days(match: re.Match[str]) -> str:
        first, last = (_WEEK.index(match[name].replace("天", "日")) for name in ("first", "last"))
        return "".join(f"周{day}" for day in _WEEK[first : last + 1]) if first < last else match.group()

    text = _TIMES_AS_MUCH.sub("", text)
    text = _TWO_SIDES.sub(r"\g<one>\g<of>、\g<other>\g<of>", text)
    return _WEEKDAYS.sub(days, text)


def _between(text: str) -> str:
    """Return the months between the first and the last of each range that a text gives."""
    months = ""
    for match in _MONTHS.finditer(text):
        months += "".join(f" {month}月" for month in range(int(match["first"]) + 1, int(match["last"])))
    return months


def _another_time(unit: re.Pattern[str], asked: str, told: str, around: str) -> bool:
    wanted = set(unit.findall(asked))
    return bool(wanted and unit.search(told)) and not wanted & set(unit.findall(around))


def _another_bound(asked: str, told: str) -> bool:
    """Tell whether what counts from or up to one bound is asked for, and a text tells it of others only."""
    if not _COUNTED.search(asked):  # a rate for 200亩以上 holds for 250亩, too
        return False
    passed = [[_amount(m["amount"]) for m in _PASSED.finditer(text)] for text in (asked, told)]
    if len(passed[0]) == 1 and passed[1] and passed[0][0] not in passed[1]:
        return True
    wanted, given = ({(m["amount"], m["of"], m["side"]) for m in _BOUND.finditer(t)} for t in (asked, told))
    return (
        len(wanted) == 1
        and not wanted & given
        and any((of, side) == (o, s) for _, o, s in given for _, of, side in wanted)
    )


_PASSED = re.compile(
    rf"(?:超过?|过|逾|突破|达到?)(?P<amount>[\d,.]*[{DIGITS}百千]*[万亿]+)元?(?=以上|的|企业|项目|[^,;。多少几]{{0,6}}[,;。]?(?:多少|几|\d+)[个家户名项])"
)
"""How much those are more than that are counted (产值过百亿的企业)."""


def _amount(text: str) -> float:
    """Return an amount in 万 or 亿, 百亿 as 100亿; what is no number is none at all."""
    try:
        return float(cn2an.cn2an(re.sub("^(?=[百千])", "一", text.replace(",", "")), "smart"))
    except ValueError:
        return -1.0


def _another_label(asked: str, told: str, around: str) -> bool:
    wanted = set(labels(asked))
    if not wanted or SPANNED.search(told):
        return False
    # Of two that are asked for, a sentence may tell of one.
    missing = {head for _, head in wanted} - {head for _, head in wanted & set(labels(around))}
    return any(head in missing for _, head in labels(told))


def _begins_with_another(asked: str, told: str) -> bool:
    """Tell whether the first clause names another of them: the sentence is on that, whatever stood before."""
    wanted, first = set(labels(asked)), re.split("[,。;:]", told)[0]
    if not wanted or SPANNED.search(told) or _COMPARED.search(first):
        return False
    missing = {head for _, head in wanted} - {head for _, head in wanted & set(labels(told))}
    return any(head in missing for _, head in labels(first))


def _after_what_comes_first(asked: str, told: str) -> bool:
    """Tell whether what comes after the first years is asked for, and what holds in those is told."""
    return (
        _LATER.search(asked) is not None and _AT_FIRST.search(told) is not None and not _LATER_ON.search(told)
    )


def _another_member(family: tuple[re.Pattern[str], ...], asked: str, told: str, around: str) -> bool:
    named = [member for member in family if member.search(asked)]
    return len(named) == 1 and not named[0].search(around) and any(member.search(told) for member in family)
