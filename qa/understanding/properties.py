"""What a question measures (利润, 面积, 利率) must be named by a sentence that is to say how much it is.

A page that gives a firm's income but not its profit has a sentence that is like a question for the profit in
everything else: the firm, the year, an amount of money.
"""

from __future__ import annotations

import re

from qa.text import fold
from qa.understanding.everyday import official

_AMOUNT = (
    r"(?:是|有|为|能|到|达到?|了|一?共|总共|大概|预计|才|都|得|要|最高|最多|计划|实现|完成|上|下|增长?|增加|减少|下降|上升|提高|算|涨|降)*"
    r"(?:多少|几|多大|多高)"
)
# The property and in what words a sentence may speak of it.
_PROPERTIES = tuple(
    (
        re.compile(
            rf"(?:{asked})(?:总?额|值|总数|规模)?(?:[比较][^,?]{{1,8}}?[多少高低增减降升涨]了?)?{_AMOUNT}"
            rf"|(?:多少|(?<![十好])几)[^,?的]{{0,3}}(?:{asked})(?![一-鿿]{{2,}}(?:多|几))|^(?!.*(?:谁|哪|怎|什么)).*(?:{asked})[?]*$"
        ),
        re.compile(given),
    )
    for asked, given in (
        ("利润|盈利", "利润|盈|赚|净[收利]|分红|收益|效益|亏|[挣纯]"),
        ("(?:工业|服务业)增加值(?:增速|增幅|增长)?", "增加值|(?:工业|服务业)[^,;。]{0,4}增"),
        ("(?<!亩)产值", "产值|产出|亿|收入|销售"),
        (
            "(?:营业|可支配|人均|销售)收入|(?<!令)(?<!训)营收",
            "收入|营收|收益|入账|进账|增收|[挣赚卖元薪]|工资|销售",
        ),
        ("成本", "成本|造价|花|费|投入|开支|支出|价"),
        ("面积", "面积|平方?米|平方|[亩㎡]|公顷"),
        ("损失", "[损亏赔失骗]|元"),
        ("利率", "利[率息]|年化|%|lpr"),
        ("(?<!有)(?:奖金|奖励金)", "[奖金元]"),
        ("补[贴助偿](?![^,?]{0,6}(?:多少|几)[户人家件项])", "[补助元]"),
        ("工资|月薪|薪[水酬]", "[薪元拿挣]|工资|收入"),
        ("外资", "外[资商企]|境外|美元|国外|海外"),
        ("内资", "内资"),
        ("进出口额?", "进出口|外贸"),
        ("(?<!进)出口额", "出口|外贸|销往|[海国境]外"),
        ("税收|纳税", "税"),
        ("产量|[亩单]产", "产|收[获成]?|打|[斤吨]"),
        ("贷款", "贷"),
        ("(?:总|机动)?编制", "编"),
        ("总投资|造价", "投|造价|[花费元]|耗资"),
        ("学费", "费|免|[每一][个人生名学年期]"),
        ("门票", "票|免费|收费|不要钱"),
        ("利息", "利[息率]|年化|%"),
        ("gdp|(?:地区)?生产总值|经济总量", "gdp|生产总值|经济总量"),
        ("住(?:一|上)?[晚夜宿]", "[住宿晚夜房]"),
        ("[气水]温|温度", "温|℃|度"),
        ("身高", r"身高|个头|个子|[1一]米[一二三四五六七八九\d]|[12][.]\d+米"),
        ("体重", "体重|斤|重"),
        ("[降雨水]+量", "雨|水|毫米"),
        ("股权|股份(?!有限|公司)|持股", "股"),
        ("市值", "值"),
        ("硕士|研究生", "硕|博|研究生|学历"),
        ("博士", "博士?|学历"),
        ("小巨人(?:企业)?", "小巨人"),
        ("瞪羚(?:企业)?", "瞪羚"),
        ("专利", "专利|发明|成果"),
        ("[床座]位", "[床座席位]"),
        ("[车泊]位", "[车泊位]"),
        ("无人机", "机|架"),
        ("摄像头", "摄像|探头|监控|镜头"),
    )
)


_COST_ASKED = re.compile(
    "(?:要|得|需要?|会|能|总共|一共|大概)花(?:费|掉)?(?:多少|几)|(?:造价|成本|总价|价格|价钱)(?:是|要|大概|一共|总共)*(?:多少|几)|花了?(?:多少|几[万千百十块])"
)
_GIVEN = re.compile("补[贴助偿](?!后)|奖励|资助|提取|贷款?|救助|减免|报销|抵扣|退还")
_SPENT = re.compile(
    "花|造价|成本|总价|费用(?:为|约|共|是)?[^,;。]{0,3}\\d|总?投资|耗资|投入|售价|价格|自付|自费|支出"
)


def is_given_not_spent(question: str, form: str, clause: str) -> bool:
    """Tell whether what something costs is asked, and a clause tells a sum that is given or lent towards it.

    >>> is_given_not_spent("装一部电梯要花多少钱?", "number", "每台补贴10万元")
    True
    >>> is_given_not_spent("装一部电梯能补多少钱?", "number", "每台补贴10万元")
    False
    """
    asked, told = official(question), fold(clause)
    given = form in ("number", "what") and _COST_ASKED.search(asked) and not _GIVEN.search(asked)
    return bool(given) and _GIVEN.search(told) is not None and not _SPENT.search(told)


def names_the_property(question: str, form: str, sentence: str) -> bool:
    """Tell whether a sentence speaks of what a question measures; true where it measures nothing certain.

    >>> names_the_property("公司去年利润是多少?", "number", "公司去年营业收入27.6亿元。")
    False
    >>> names_the_property("公司去年利润是多少?", "number", "公司去年净赚2000万元。")
    True
    """
    if form not in ("number", "what"):
        return True
    asked, told = official(question), fold(sentence)
    return all(given.search(told) for cue, given in _PROPERTIES if cue.search(asked))
