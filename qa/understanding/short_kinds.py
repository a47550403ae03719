"""Whether a short answer is itself of the kind that a question asks for, whatever its sentence holds.

A sentence with a day and an hour answers 几点 by the hour only, and 谁 is nobody's shop.
"""

from __future__ import annotations

import re

from qa.language.names import COUNTRIES, OFFICES, SURNAME
from qa.text import HAN, fold
from qa.understanding.kinds import holds_the_kind
from qa.understanding.questions import plain

DEED_ASKED = re.compile(
    r"(?:做|干)(?:了|过|的)?(?:什么|哪些)(?:好|善|大)?事|(?:什么|哪些)(?:善举|义举|事迹|贡献)"
)
"""A question for what somebody did."""
_DIGIT = r"\d零一二三四五六七八九十"
_ANY = ""
_OFFICE = rf"(?:{OFFICES}|[厂站园组]长|经理|负责人|代表|委员|教授|医师|工程师|支书)"
_A_TIME = (
    rf"(?:(?:[今去前明当同本次昨]|\d{{4}})[年月日天]|前?[{_DIGIT}两几多余]+个?(?:年|月份?|天|日|号|周|小时|分钟|季度)"
    r"|[上中下]午|晚上|以来|左右|[初底末前后])+"
)
"""Nothing but a day or a span of time."""
_TIME_ASKED = (
    r"(?:什么|哪|(?<![那这前头好])几|多少)[^,?]{0,3}(?:会儿|时|日|天|年|期|节|月|周|季|号|久|代|阶段)"
    r"|(?:期限?|时间|日期|日子|时段|阶段|年代|节日)[^,?]{0,4}什么|第几|多[长久]|最[后早晚迟]|[天日期时]$"
)
_NEVER = tuple(
    (frozenset(forms.split()), re.compile(asked), re.compile(short))
    for forms, asked, short in (
        # Times: an hour for 几点, no mere hour for a day; which one of several is none (二期).
        (
            "date",
            r"几点(?!要求|建议|意见)",
            r"(?!.*(?:\d(?!\d*[年月日号])|[点时午夜早晚]|凌晨|全天|不[关休打])).*",
        ),
        (
            "date",
            r"^(?!.*几点(?!要求|建议|意见)).*(?:哪一?[天日年]|(?<![点到至])几[号日](?![楼线路])|几月|哪个?月|哪一个月)",
            r"(?:上午|下午|晚上?|早[上晨]|凌晨|中午)?\d{1,2}(?:[:：]\d\d|[时点](?:\d{1,2}分?|半)?)(?:起|许|左右)?",
        ),
        ("date", _ANY, r"第?[\d一二三四五六七八九十首]+(?:期|批|轮|届|步|标段)(?:工程|项目)?"),
        (
            "place",
            _ANY,
            r"(?:[今明去前]年|\d{4}年)?(?:\d{1,2}月(?:份|底|初|\d{1,2}[日号])?|[“\"]?(?:七一|八一|十一|五一|春节|国庆|中秋|元旦)[”\"]?节?)"
            r"(?:前夕?|后|期间|前后|上午|下午|晚上?)?",
        ),
        # Numbers: no span of time for a sum, no year for a number of years.
        (
            "number",
            r"(?:一个?|每个?)[月天年周](?:要|能|得)?[交拿挣收给付]?多少[?]*$",
            rf".*[{_DIGIT}两百半]个?(?:年|月|天|周|小时|分钟)半?",
        ),
        (
            "number",
            r"(?:(?<![哪第])几|多少)(?:天|个?小时|分钟)",
            r"[近约超逾达]*[\d一二两三四五六七八九十百]+[余多]?年[余多]?(?:以上|左右)?",
        ),
        ("number", r"(?:多少|(?<![哪第])几)年(?![级轻货份度代])|多久|多长时间", r"(?:1[89]|20)\d\d年?"),
        # Others: a count names nothing, a degree is no subject, what somebody does meanwhile no thing.
        ("list", _ANY, rf"[{_DIGIT}两百余多]+[个家所座条名位项][村镇乡县市区省]?"),
        (
            "what list",
            r"(?:什么|哪个)专业|专业(?:是|有)",
            r"(?:[本专]科|大专|硕士|博士|研究生|大学|高中|中专)*(?:学历|学位|毕业|毕业生|研究生|文化)?",
        ),
        ("what", r"哪一?[个只条座张]", r"[一-鿿]着[一-鿿].*"),
        # A time is no thing, no way and no body; a sum is no way to do something.
        ("what list organization title", rf"^(?!.*(?:{_TIME_ASKED}))", _A_TIME),
        ("means", _ANY, _A_TIME),
        ("means", r"怎么(?!.*[收算卖价补罚奖付交缴发给分判赔])", r"[一-鿿]{0,6}[\d.]+[万亿]?元"),
        (
            "what list",
            r"(?:什么|哪[种类个些])(?:学历|专业|职业|身份|民族|颜色|产业|行业|品种|人才|好?消息)",
            rf"(?:[近约]?[{_DIGIT}百千万.]+[一-鿿]{{1,2}}(?:以[上下内])?)+",
        ),
        (
            "what list organization",
            r"(?:什么|哪一?[家个些])(?:企业|公司|工厂|厂家)",
            r".*(?:产业|行业|业态|领域|板块|项目|工程|集群)"
            r"|(?:规模以上|规上|民营|中小微?|高新技术|科技型|工业|龙头|重点|骨干|外资)*(?:企业|公司)",
        ),
        # An age is no year, an office no home, an event and a way are no place.
        ("date number", r"哪一?年|(?:多少|几)年(?![级轻货份度代])", rf".*[{_DIGIT}]周?岁.*"),
        ("place", r"哪里人|什么地方人|老家|籍贯|祖籍|家乡", rf".*{_OFFICE}"),
        (
            "place",
            _ANY,
            r".*(?:比赛|[^预一-]赛|仪式|艺术节|文化节|活动|论坛)|(?:可以?)?通过.*(?:方式|渠道|途径|形式)",
        ),
        ("number", _ANY, r"[^\d一二三四五六七八九十两百千万亿半全免无没每都数多各]{5,}"),
        ("what", r"[账帐卡]号|号码|网址|邮箱", r"[^\da-z]+"),
        # Which one in an order it is counts nothing.
        ("number", r"^(?!.*第[几多]).*(?:多少|几)", rf"第\s?[{_DIGIT}百]+\s?[个家座所条项次届期集章批例场]"),
        (
            "place what",
            r"哪一?个[省市区县镇乡村]",
            r".*[、和与].*[两三四五六七八九]个?[省市区县镇乡村]",
        ),  # one is asked for
        ("date", r"(?:球衣|背心|号码|背号|门牌|房间|病房|床位|座位|窗口|展位)[^,?]{0,4}几号", r".*[月日].*"),
        ("what place person organization", r"哪国人|国籍", rf"(?!.*(?:[国籍裔]|{COUNTRIES})).*[^人]"),
        # What asks is no answer (第几届南博会).
        ("what title", _ANY, r"[^《〈,，、]*第几[^,，、]*"),
        (
            "number date place organization",
            _ANY,
            r"[^《〈,，、]*(?:第几|几[号点路个]|多少|什么时候|哪[个里些])[^,，、]*",
        ),
        ("number", r"(?:几|多少)路(?:车|公交)", r"[^路线]*"),
        ("what list", DEED_ASKED.pattern, rf"[^,，;；。]*{_OFFICE}"),
        (
            "what",
            r"(?:什么|啥)(?:品种|[狗犬猫鸟鱼树花])",
            r"(?:宠物|小|大|公|母|这|那|该|一|流浪)?[只条棵头个]?[狗犬猫鸟鱼树花]",
        ),
        (
            "title",
            r"^(?!.*(?:办法|条例|规定|通知|文件|法律|法规|政策|意见)).*(?:名字|叫(?:什么|啥))",
            r"《.*(?:办法|条例|规定|通知|法)》",
        ),
        ("title", rf"(?:{OFFICES}|总统|总理|首相)(?:的名字)?(?:叫|是)", r"[“《].*"),
        # As many times as before is no amount; cases and times are no things that are put up.
        (
            "number",
            r"^(?!.*(?:倍|翻|占|比|率|增|涨|升|降|跌|[多少高低大快]了|[多少高低]出|几成|百分)).*(?:多少|几)",
            rf".*[{_DIGIT}两]+倍(?:以上|多|左右)?",
        ),
        ("number", r"[装建设修挖架种]了?(?:多少|几)个", rf".*[{_DIGIT}余多][起次笔人]"),
        ("place", r"[去到]哪|地址|什么地方", r".*(?:方式|渠道|途径)"),
    )
)
"""Forms, how something is asked, and what is never the answer to that."""
_UNIT = "[方吨斤度顿餐张本瓶袋碗次盒支份人个只枚件条双把箱包罐块台辆套间部架棵盆]|公斤|立方米?"
_PRICE_OF_ONE = re.compile(
    rf"(?:一|每)(?P<unit>{_UNIT})[{HAN}]{{0,3}}?(?:的?[总售]?价格?)?(?:是|要|卖)?(?:多少|几块?)钱|(?:多少|几块?)钱一(?P<of>{_UNIT})"
)
_PAYS_ASKED = re.compile("^(?!.*[补奖助给发领拿赔罚退减省免捐贷]).*(?:多少|几块?)钱")
"""What somebody has to pay, or something costs."""
_GRANTED = re.compile("补[贴助偿]|奖[励补金]|资助|救助|抚恤|慰问金|津贴")
_COSTS = re.compile("[价费付收花售买]")
_ENTRY = re.compile(rf"[{HAN}]{{1,12}}?\d[\d,.]*[万亿]?余?(?P<unit>[{HAN}]{{1,2}})")
_LEAST_ENTRIES = 3
_TAKINGS = re.compile(
    "(?:销售额|销售收入|营业额|营业?收入?|总?产值|总额|利润|创收|进账|流水)[^,，。;；]{0,6}$"
)
"""What stands before the takings of a business."""
_NO_PERSON_NAMED = re.compile(r"[一两几][个家所座条张只辆台块部份]|[^,，。“]{0,3}着|人[士员]$")
"""What begins no name of anybody, unless it ends in one (一家关了门的信用社, 提着袋子)."""
_NO_PERSON = re.compile(
    "[《“「『在把被将对]|.*(?:已经|正在|即将)"
    "|.*(?:(?<![秘文])书|使命|任务|合同|文件|会议|仪式|活动|工程|项目|产业|高空)$"
)
_FROM_WHERE = re.compile(r"(?:哪里|哪儿|哪|什么地方|何方)人氏?(?![民员口们才士家])")
_ORIGIN_BEFORE = re.compile("(?:出?生于|来自|籍贯[是为:,]?|[祖户]籍(?:在|是)?|老家(?:在|是)?|家[在住])$")
_ORIGIN_BEHIND = re.compile("[籍人]|(?:[市县区镇乡村])?(?:[市村居]民|农民|出生|籍)")
_OF_TWO = re.compile(
    rf"(?P<one>[{HAN}]{{2,8}})[和跟与](?P<other>[{HAN}]{{2,8}}?)(?:两个?人|二人|俩|之间|中|里)?,?谁"
)
"""Two people, of whom one is asked for."""
_WHERE = re.compile("(?:落户|位于|坐落于?|坐落在|地处|前往|抵达)$")
"""What stands before a place and before nobody (落户|上海)."""
_SOMEBODY = re.compile(
    r"(?:人|[员长师生民者工友兵户客手匠]|老[板师汉]|[大阿]?[姨爷妈娘叔伯婆哥姐嫂弟妹]|夫妇|夫妻|[儿女]子?|孩子?|组|队)$"
)
_BESIDE = 2
_WHICH = re.compile(rf"哪一?[个家所座处](?P<noun>[{HAN}]{{2,3}})[?]*$")


def is_the_kind(question: str, form: str, sentence: str, short: str) -> bool:
    """Tell whether a short answer is of the kind asked for, a number with what stands right beside it.

    >>> is_the_kind("17起案子破了几起?", "number", "接报17起,涉案86万元。", "86万元")
    False
    >>> is_the_kind("最小的作者叫什么名字?", "person", "他用小楷抄了一篇《爱莲说》。", "《爱莲说》")
    False
    """
    asked, told, at = plain(question), fold(short), sentence.find(short)
    before = sentence[: max(at, 0)]
    of_two = _OF_TWO.search(asked)
    if of_two and not any(of_two[name][-2:] in told for name in ("one", "other")):
        return False
    one_of = _WHICH.search(asked)
    if one_of and re.search(rf"[一某][个家所座处]?{one_of['noun']}$", told):
        return False  # 哪个景区: some 景区
    if "姓什么" in asked and not (told.startswith("姓") or before.endswith("姓")):
        return re.fullmatch(rf"{SURNAME}(?:某{{1,2}}|先生|女士|..)", told) is not None
    if form == "person":
        return _may_be_somebody(told, before)
    if form == "place" and _FROM_WHERE.search(asked):
        behind = sentence[max(at, 0) + len(short) :] if at >= 0 else ""
        from_there = _ORIGIN_BEFORE.search(before) or _ORIGIN_BEHIND.match(behind)
        return bool(from_there) or re.search("[人籍]$|[市村居]民$", told) is not None
    if form in ("what", "title") and not re.search("哪|谁|还是", asked) and told.strip('“”《》"') in asked:
        return False
    if any(form in forms and cue.search(asked) and never.fullmatch(told) for forms, cue, never in _NEVER):
        return False
    if form == "reason":
        return not _is_an_entry(told, fold(sentence))
    if form != "number" or at < 0:
        return True
    clause = re.split("[,;。:]", fold(before))[-1]
    if _PAYS_ASKED.search(asked) and _GRANTED.search(clause) and not _COSTS.search(clause):
        return False
    if of_one := _PRICE_OF_ONE.search(asked):
        return _may_be_the_price_of_one(of_one["unit"] or of_one["of"], told, fold(before))
    return holds_the_kind(question, form, sentence[max(0, at - _BESIDE) : at + len(short) + 2 * _BESIDE])


def _is_an_entry(told: str, sentence: str) -> bool:
    """Tell whether a text is one of several entries with a number each (旧管86处,漏阀71处,错接20处)."""
    entry = _ENTRY.fullmatch(told)
    alike = rf"\d[\d,.]*[万亿]?余?{entry['unit']}(?=[,、;。]|$)" if entry else ""
    return entry is not None and len(re.findall(alike, sentence)) >= _LEAST_ENTRIES


def _may_be_somebody(told: str, before: str) -> bool:
    named = _NO_PERSON_NAMED.match(told) is None or _SOMEBODY.search(told) is not None
    return named and _NO_PERSON.match(told) is None and _WHERE.search(before) is None


def _may_be_the_price_of_one(unit: str, told: str, before: str) -> bool:
    """Tell whether a sum may be the price of one, and not what several come to (14本共52元, 销售额52万元)."""
    if _TAKINGS.search(before):
        return False
    several = rf"[\d两三四五六七八九十](?<![^\d]1)(?<!^1){unit}[^每一,。;]{{0,8}},?[^每一,。;]{{0,6}}$"
    return "亿" not in told and re.search(several, before) is None
