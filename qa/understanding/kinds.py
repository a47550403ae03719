"""What kind of thing a question asks for: a length, an age, money, a telephone, a year, an hour, a hospital.

A sentence without any such thing cannot answer, however like the question it is.
"""

from __future__ import annotations

import re

from qa.language.names import COUNTRIES
from qa.text import fold
from qa.understanding.questions import plain

TELEPHONE = (
    r"(?<![\d.])(?:\+\d{2}(?:[ -]\d{1,4}){3}|[48]00[ -]?\d{3,4}[ -]?\d{3,4}"
    r"|0\d{2,3}[ -]?\d{3,4}[ -]?\d{3,4}|1\d{10}|\d{3,4}[ -]?\d{3,4}|\d{4}[ -]\d{2}"
    r"|1[12]\d|(?:12|9[56]|10)\d{3})(?![\d.]|[ ]?[年月日元万亿人户亩名家个米])"
    r"|(?<=电话|热线|拨打|号码)[是为:]?\d{3,5}(?!\d|[ -]\d)"
)
"""A telephone number, as a pattern: with or without a city's code, a mobile's, a service's short one."""
_TELEPHONE_ASKED = (
    r"(?:电话|热线|手机号码?|联系方式)(?:号码?)?(?:是|为|打)*(?:多少|什么|几号?)?[??]*$"
    r"|[打拨][哪几什][个么]?(?:号|电话)"
)
_DIGIT = r"\d零一二三四五六七八九十"
_N = (
    r"(?:[\d零〇一二两三四五六七八九十百千万亿半壹贰叁肆伍陆柒捌玖拾佰仟]|[数几][十百千万亿]?)"
    r"[余多来]? ?(?:个[半多]?)?"
)
_NO_PERSON = (
    r"[个辆台家次棵株册件亩斤吨米元本份张只头条项种类处座栋套间字克升度亿万年天的一二两三四五六七八九]"
    r"|公[里斤顷]|平方|立方|分之|小时|分钟"
)
_BARE = (
    r"(?<=[一-鿿])(?<![第年月限和与至到转号线路楼为是])"
    r"(?:\d[\d,]*(?=[,。;]|$)|(?:\d[\d,]*(?:\.\d+)?[万亿]|[一二两三四五六七八九十]+[百千万亿])(?=[,。;]|$))"
)
"""A number that no measure word follows (专任教师86)."""
_LENGTH = rf"{_N}(?:米|公里|里|厘米|毫米|[寸尺丈层楼步站]|海里|[kcm]?m(?![a-z]))"
_DURATION = (
    rf"(?<!第)(?<!第[\d十]){_N}年|{_N}(?:[天月周日秒夜晚代号时点]|个季度|赛季|小时|分钟|刻钟|周年|载(?![客货重人体])|学期|钟头|星期|礼拜|工作日|辈子|世纪)"
    r"|[一每半整终](?:天|年|月|周|季|夜|晚|辈子|身|生)|全年|常年|长期|永久|永远|[年月季周]末"
)
_OF_A_WAY = "(?:桥|隧道|管道|[路线](?:改[线道]|调整|延长|拓宽)?[以之]?后?(?:一共|总共|全程|现在|有)*)"
_AGE_ASKED = re.compile(r"岁|享年|终年|年龄|年纪|多大|高寿|年轻|贵庚|芳龄|[最年]老|最小|树龄")
_MEASURES = tuple(
    (re.compile(asked), re.compile(given))
    for asked, given in (
        (
            r"^(?!.*[率价费温比数频感度][^,?]{0,4}多高).*多[高宽深厚](?![兴度])|(?:多少|[^十]几)(?:米|公里|千米)(?![粮面饭])",
            _LENGTH,
        ),
        (
            r"(?<![率价费温比数频])(?<![率价费温比数频]有)多远",
            rf"{_LENGTH}|{_N}(?:小时|分钟|刻钟|钟头)|步行|车程|隔壁|紧邻|毗邻",
        ),
        (rf"^(?!.*{_OF_A_WAY}多长).*多长(?!时间|久)", f"{_LENGTH}|{_DURATION}"),
        (rf"{_OF_A_WAY}多长(?!时间|久)", _LENGTH),
        (
            r"多久|多长时间|(?<![哪第])几(?:天|个月|周|个?小时|分钟|年(?![级轻]))|多少(?:天(?!使|然|线|主|文)|年(?![轻级货份度])|个?小时|分钟|个月)",
            f"{_DURATION}|每(?:天|日|周|月|年|季|班|节)|[天日周月年]{{2}}",
        ),
        (r"(?:多少|几)个班(?!子|级?人|组)", rf"{_N}(?:教学)?班|班[次级]?[^,;。]{{0,4}}{_N}"),
        # As soon as one comes for it: no number, but an answer.
        (
            r"多久|多长时间|(?:(?<![哪第])几|多少)天(?!使|然|线|主|文)",
            r"立等可取|随到随[办取领]|当[场日天](?:就|即|便)?(?:可|能|办[理结好完]|取|出证|出件|领取|给|[答回]复|反馈|处理|解决)",
        ),
        (
            r"(?<![看得])多重(?![要点视])|(?:多少|[^十]几)(?:斤|公斤|千克|吨)",
            rf"{_N}(?:[斤克吨两磅]|公斤|千克|kg|g(?![a-z]))",
        ),
        (
            r"多大(?:年纪|岁数|年龄)|(?:今年|现年)多大|多大了|多少岁|[^十]几岁|高寿|芳龄|贵庚",
            rf"{_N}(?:周?岁)|出生|年生|今年{_N}(?![年月人家户])|[年树]龄|花甲|古稀|耄耋|[五六七八九]旬|年[近过逾满]|[刚满]周岁|而立|不惑|半百|百岁|[6-9]0后",
        ),
        (
            _TELEPHONE_ASKED,
            TELEPHONE,
        ),
        (
            r"多少(?:钱|奖金|资金|经费|补[助贴]|罚款|赔偿金|工资)|几块钱|几毛钱|(?:多少|[^十]几)元(?!素)",
            rf"{_N}(?:[元块角毛镑]|分(?=钱|[/每])|万|亿|[美欧日韩港]元|港币|卢布)|的[\d.]+%|免费|免[收交缴征]|全免|不收|分文|不花|不用花|[双全]倍?额?退|[原半]价",
        ),
        (
            r"(?:多少|[^十哪好]几|^几)[个名位]?(?:人(?!民币|次|家|均|气|选|员|工)|名(?![次额单])|位(?!置|数))",
            rf"{_N}(?:[人名位口户员男女者]|受害|群众)|{_N}个|[前第]{_N}|人[口数]|人约?有|全[体员家]|独自|一家|夫妻|夫妇|兄弟|无人|没有?人|未造成|无(?:人员)?伤亡|零伤亡"
            rf"|(?<!千)[数近上逾超约][十百千万]+[余多来]?(?!{_NO_PERSON})[一-鿿]{{2}}|{_BARE}",
        ),
        (r"(?:多少|[^十]几)度(?!电)|多少摄氏度", r"度|℃"),
        (
            r"(?:最快|最高)[^,?]{0,3}(?:开|跑)到?多(?:少|快)(?![天年个])",
            r"[时限]速|速度|公里(?:/|每|一)?(?:小?时)|每小时|km/h|迈|马赫",
        ),
        (r"百分之(?:几|多少)", r"%|‰|百分|[一二三四五六七八九两半]成|比|分之|[过近一]半|半数|全部|悉数"),
        (r"占多大|几成", r"%|‰|百分|成|比|分之|半"),
        (r"几折", r"折|半价|优惠|[减免]"),
        (r"(?:便宜|贵)了?(?:多少|几)", rf"{_N}(?:[元块角毛]|万|亿|成|倍)|%|[半对]价"),
        (r"(?:多少|(?<![十哪好这])几)个?班(?![车次长组子])", rf"{_N}?班|轨"),
        # As many cars as there are places to park.
        (r"停(?:得?下|放)?[^,?]{0,3}(?:多少|几)[辆台]", rf"[车泊]位|{_N}个"),
        (
            r"(?:(?<!屏)占比|(?<!性别)比例|百分比|比重)(?:[^,?]{0,6}(?:多少|几|多大|多高)|[是为]?[?]*$)",
            rf"%|‰|百分|[{_DIGIT}两半]成|分之|[{_DIGIT}票][:∶/比对][{_DIGIT}]|半数|[一过近大多]半|对半|各半|全部|悉数",
        ),
        (r"利率|率是?多少", r"%|‰|百分|成|比|分之|\d|[过近一]半|半数|全部|悉数"),
        (
            r"(?:罚款?|收费|工资|月薪|薪[水酬]|房租|租金|票价|价格|售价|奖金|补[助贴]|押金|造价|预算|报酬|赔偿?|学费|会费|总投资)"
            r"(?:标准)?(?:一共|总共|是|有|了|大概|每月|最多|最高|要|为)*(?:多少|几)(?![人家户个名次年天项倍])",
            rf"{_N}(?:[元块角毛镑]|万|亿|美元|欧元|卢布)|免费|不收|分文|%|倍|(?<=[\d一二三四五六七八九两半])成|[过破上][千万]",
        ),
    )
)


# A measure word, and those that people use for it: a sentence that counts nothing by any of them does not say
# how many there are.
_COUNTED_BY = {
    "家": "[家户所个间]",
    "户": "[户家人]|居民",
    "次": "(?:批?次|[趟回遍场届度轮笔起宗])",
    "场": "[场次届轮个]",
    "件": "[件个起宗份项例]|案",
    "起": "[起件宗例个]|案",
    "项": "[项个条种类]",
    "条": "[条项个款则只支艘线张]",
    "种(?![子植])": "[种类个款项]",
    "所": "[所家个]|校",
    "座": "[座栋幢个]",
    "栋": "[栋幢座]",
    "台": "[台辆部套件]",
    "本(?!科|[市省县区地年月])": "[本册部份]",
    "亩": "亩|公顷|平方|分[地田]",
    "棵": "[棵株]|树",
    "处(?!理)": "[处个座]",
    "份(?!额)": "[份件个张]",
    "套": "[套户个]",
    "支": "[支个]|队",
    "只": "[只头个队股]",
    "头(?![季茬等版条盔部目])": "[头只]",
    "张(?!病?床)": "[张份幅证]",
    "张(?=病?床)": "[张个]",
    "艘": "[艘条]|船",
    "篇": "[篇件则]",
    # Those of things that are not counted by any other.
    "架(?!构)": "[架台]",
    "部(?![门分队委])": "[部台个辆项]",
    "幅": "[幅张件]",
    "间(?!隔)": "[间个套处]",
    "枚": "[枚块个颗金银铜]",
    "层": "[层楼]",
    "门(?!急?诊|票|店|口)": "[门个科项]",
    "瓶": "[瓶箱件支]",
    "列(?!车)": "[列趟]",
    "封": "[封件份]",
    "趟": "人?[趟次班列回]",
    "桌": "桌",
    "首(?![贷次批个家日位任])": "[首支曲]",
    "票(?!据|房)": "票",
    "倍": "倍|翻",
    "届": "[届次]",
    "轮(?!椅|胎)": "[轮次]",
    "批(?!准|评|发)": "[批次]",
    "平(?:方米|米)": "平方?米|亩|公顷|㎡|平方|万",
}
_COUNTS = tuple(
    (
        re.compile(f"{cue}(?:多少|(?<![十哪好这])几){measure}"),
        re.compile(f"{_N}[余多]?(?:{alike})|全部|所有|各|{_BARE}"),
    )
    for cue, measure, alike in (
        *(("", *pair) for pair in _COUNTED_BY.items()),
        ("(?<!停)(?<!停[放下])(?<!停得下)", "辆", "[辆台部]|车"),
        # As many cars as there are places for them.
        ("停(?:放|得?下)?", "辆", "[辆台部个]|车"),
    )
)
# Of a time: how fine it must be. The year of a day is that of its article.
_NUMERAL = r"[\d零〇○一二三四五六七八九十]"
_TIMES = tuple(
    (re.compile(asked), re.compile(given))
    for asked, given in (
        (
            r"哪一?年(?!级)(?!(?:出)?生(?![产效]))|几几年|哪个年份",
            rf"\d{{4}}|{_NUMERAL} ?[年月]|{_NUMERAL}岁|[今去前明后当次翌隔同半]年|年[底初末前后代内]|世纪"
            "|解放|五.?(?:期间|规划|时期|末|初)",
        ),
        (r"(?:哪一?[年天]|什么时候|几[月号])(?:出)?生(?![产效])|生日", r"\d{4}|[年月]生|出生|生于|诞|降生"),
        (
            r"几月|哪个?月",
            rf"{_NUMERAL} ?[月日]|[本上下当次同每]月|[月年][初底末内中]|季度|[春夏秋冬节暑]|寒假|[昨今明]天",
        ),
        (
            r"几[号日]|哪一?[天日]",
            rf"{_NUMERAL} ?[日号月]|[昨今明前后当次本即每同] ?[天日]|周[一二三四五六日末天]|星期|礼拜|节"
            r"|元旦|除夕|正月|腊月|编号|初[一二三四五六七八九十]|[年月][底初末]|[上中下]旬|汛期|季度|[明后]年|日前|近日|[早晚]上|凌晨|[起天]",
        ),
        (r"几点", rf"{_NUMERAL} ?[点时:]|:\d|[早晚中正上下]午|凌晨|[夜早晚]|全天|四小时|24小时"),
    )
)
# Of a place or a body: what its name ends in, or what names of such a kind hold.
_NAMED = tuple(
    (re.compile(rf"哪一?[个家所座条片处]?(?:{asked})(?![长员民里])"), re.compile(given))
    for asked, given in (
        ("大学|高校", "大学?|[学院校]"),
        ("医院", "院|卫生|中心|所"),
        ("公司|企业", "公司|集团|[企厂行社店家业]|科技|股份|快[运递]|物流|[a-z]"),
        ("银行", "[行银]"),
        ("路|街|条街|条路", "[路街道巷线里弄]"),
        ("村", "[村屯寨庄]"),
        ("[乡镇]", "[乡镇村]|街道"),
        ("县", "[县市区旗]"),
        ("部门|单位|机构", "[局委办部院所会队站厅处组科社校馆厂团室行]|中心|公司"),
        ("车间", "车间"),
        ("科室", "[科室股处部]"),
        ("学校|小学|中学", "[校学园院]"),
    )
)


_HOUSEHOLD = (
    (re.compile(r"家(?!村|庄|镇)[^,?]{0,4}(?:多少|几)口"), re.compile(r"口|[三四五]代|全家|一家")),
    (
        re.compile(
            r"(?<![第十])[几多]少?个?(?:儿子|女儿|闺女|兄弟|姐妹|哥哥|弟弟)"
            r"|^[^,?校班园村镇乡]*(?:有|生了?|养了?)几个(?:孩子|小孩|子女)[?]*$"
        ),
        re.compile("[儿女孩娃子胎]|兄|弟|姐|妹"),
    ),
)
"""Who belongs to a family: no other count of people says how many."""
_LIVES_WITH = (
    re.compile(r"(?:跟|和|与|同)谁[^,?]{0,4}住|谁[^,?]{0,4}(?:一起|一块)住"),
    re.compile("住|生活|起居"),
)
_OF_FORM = {
    "number": (*_MEASURES, *_COUNTS, *_HOUSEHOLD),
    "person": (_LIVES_WITH,),
    "date": _TIMES,
    "place": _NAMED,
    "organization": _NAMED,
    "what": (
        *_MEASURES,
        *_NAMED,
        (re.compile("哪国人|哪个国家的?人|国籍"), re.compile(f"国|籍|裔|[美英法德日韩俄]|{COUNTRIES}")),
    ),
}


def holds_the_kind(question: str, form: str, sentence: str) -> bool:
    """Tell whether a sentence holds the kind of thing that a question of a form asks for.

    True where the question asks for no certain kind.

    >>> holds_the_kind("迷你跑有多长?", "number", "迷你跑全程5公里。")
    True
    >>> holds_the_kind("《四季图》拼了多久?", "number", "学员拼出一幅三米宽的《四季图》。")
    False
    >>> holds_the_kind("他哪年入的党?", "date", "老人今天被请回党校讲党史。")
    False
    """
    asked, told = plain(question), fold(sentence)
    wanted = [given for cue, given in _OF_FORM.get(form, ()) if cue.search(asked)]
    # Of two things asked for in one sentence (几点开门、门票多少), either is worth having.
    return not wanted or any(given.search(told) for given in wanted)


def unasked_age(question: str, number: str) -> bool:
    """Tell whether a number is an age though the question asks for none.

    >>> unasked_age("他有几个徒弟?", "六十三岁")
    True
    """
    return re.search(r"岁(?:以[上下]|左右)?$", fold(number)) is not None and not _AGE_ASKED.search(
        plain(question)
    )


def telephones(question: str, sentence: str) -> list[tuple[int, int]]:
    """Return where the telephone numbers of a sentence stand, where a question asks for one.

    >>> telephones("报名打哪个电话?", "报名电话8733066,周日休息。")
    [(4, 11)]
    """
    if not re.search(_TELEPHONE_ASKED, plain(question)):
        return []
    found = (match.span() for match in re.finditer(TELEPHONE, fold(sentence)))
    return [(next(at for at in range(*span) if sentence[at].isdigit()), span[1]) for span in found]
