"""The act, the change or the end that a question asks about, which an answer must name in whatever words.

增加了几家 is not answered by how many there are, 谁主持 not by who took part, 哪天开工 not by when it is
to be finished, 什么处分 not by what was done wrong.
"""

from __future__ import annotations

import re

from qa.text import fold
from qa.understanding.everyday import official

_EVERY = frozenset(
    ("number", "date", "person", "office", "place", "organization", "title", "list", "what", "means")
)
_DUE = r"[前内底末]|期限|计划|预计|力争|确保"
"""What a time that work is to be finished by stands with."""

_NO_OTHER_LINE = r"^(?!.*(?:咨询|报名|预约|招聘|[订购]票|订餐)[^,;。]{0,4}(?:电话|热线|号码))"
"""A sentence that labels no telephone for something else."""

_ACTS: tuple[tuple[frozenset[str], re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (
        _EVERY if forms == "any" else frozenset(forms.split()),
        re.compile(asked),
        re.compile(given),
    )
    for forms, asked, given in (
        # What a telephone is for: who answers questions repairs nothing.
        (
            "number what",
            r"报修|抢修|找(?:谁|哪)[^,?]{0,4}修|(?:坏|漏)了?[^,?]{0,6}(?:电话|[打拨]哪)",
            rf"修|服务|热线|客服|保障|物业|救援|24小时|{_NO_OTHER_LINE}",
        ),
        (
            "number what",
            r"(?:举报|投诉)[^,?]{0,8}(?:电话|热线|[打拨]|号码)|(?:电话|热线|[打拨])[^,?]{0,8}(?:举报|投诉)",
            rf"举报|投诉|监督|反映|热线|服务|{_NO_OTHER_LINE}",
        ),
        # Changes.
        (
            "number",
            r"增加|新增|增长|增多|上升|提高|上涨|多了|涨了|增幅|涨幅",
            r"增|添|升|提高|涨|多出|多了|扩|翻|净|\d余?多?[个处条座家]新|(?:^|[,;。])新[一-鿿]{2,4}[:：]?[^,，。]{0,12}\d|[比较].{1,16}[多高]|多[拿领得发收挣赚交花]|[由从].{1,14}[到至为]"
            r"|调整|超|上调|贡献",
        ),
        (
            "number",
            r"减少|下降|降低|下跌|降幅|跌幅",
            r"减|降|跌|少|缩|下滑|收窄|负增长|-\d|[由从].{1,14}[到至为]|调整|节[约省]|低|下调|丧失",
        ),
        # Beginnings and ends.
        (
            "date",
            r"持续到|截止|截至|结束|为止|到(?:哪一?[天年月日]|什么时候|何时|几[号日月点])",
            r"至|到|止|截|结|前|后|闭|期|完成|终|[—~–-]|底|末|内|关|满|收|解除|停|不打算|落|合适|时",
        ),
        (
            "date",
            r"开工|动工|开建|破土",
            r"开工|动工|开建|奠基|破土|启动|开始(?![吊安架铺浇砌拼焊]装?)|施工|进场|打下|桩|(?<![一了])起(?![来到])|实施|建设|动土|[复重]工"
            r"|恢复|开展|投入|[在始]建|建于|修建|兴建",
        ),
        (
            "date",
            r"建成|完工|竣工|建好",
            rf"[建完落]成|[完竣收]工|交付|投[用产入运]|启用|通车|使用|开放|[运试]行|运营|结束|开[业馆通]|搬|入住|到位|恢复"
            rf"|落幕|建于|验收|迎|收官|之前|尾|建|封顶|贯通|完|年|修|{_DUE}",
        ),
        (
            "date",
            r"投产|投用|启用|投入使用|开通|通车|投运",
            r"投产|投[用运]|启用|投入|开通|通车|运营|运行|开放|使用|上线|试运|首班|开行|启动|起|迎来|放行|交付",
        ),
        (
            "date",
            r"关闭|关停|关门|停业|停运|闭馆|休馆",
            r"关|停|闭|退|撤|休|歇|除|外|检修|放假|不开|(?:营业|开放|办公|服务|接待)时间|[\d时点分][至到~—–-]+(?:次日|晚上?)?\d",
        ),
        ("date", r"实施|施行|执行", r"实施|施行|执行|起|生效|开始|推行|实行"),
        ("date", r"退休|退役|退伍", r"退"),
        ("date", r"拆(?![分解])", r"拆"),
        ("date", r"封顶", r"封顶"),
        (
            "date",
            r"(?:什么时候|何时|哪一?[年月天])(?:去世|逝世|过世|病故|死)|(?:去世|逝世|过世|病故)(?:的|了)?[?]*$",
            r"[去逝过离辞]世|[病亡]故|逝|牺牲|遇难|身亡|殉|走了|离开|死|享年|[丧溺]|终年|临终|最后",
        ),
        (
            "date",
            r"(?:什么时候|何时|哪一?[年月天])(?:结的?婚|嫁)|[结成]婚的?[?]*$",
            r"婚|嫁|娶|过门|成[亲家]|妻|夫|伉俪|牵手|新[郎娘]",
        ),
        ("date", r"被抓|落网|抓获|被捕", r"抓|捕|落网|拘|控制|擒|逮"),
        ("date", r"散会|散场", r"散|结|闭|落幕|(?<!截)至|到|(?<!截)止|[—~–-]"),
        (
            "date",
            r"公布|公示|出结果|揭晓|出炉",
            r"公布|公示|结果|揭晓|出炉|发布|公开|宣布|决定|通知|出台|印发|推出|上线|亮相|披露|解锁|发出|通报|公告|颁布",
        ),
        (
            "date",
            r"末班|收班|最后一班",
            r"末|收[班车]|最后|停运|24小时|\d[^,;。]{0,3}[至到—~–-]",
        ),
        ("any", r"转院", r"转"),
        # What is one of several steps, each with a time, a number and a place of its own.
        ("any", r"面试", r"面试|面谈|考核|复试"),
        ("any", r"笔试", r"笔试|考试|初试"),
        ("date person organization number", r"验收", r"验|收|通过|合格|达标|完工|竣工"),
        (
            "number",
            r"(?:多少|几)[^,?]{0,3}(?:报名|报考|应聘)(?![费点处表])|(?:报名|报考|应聘)(?:的|者|人数)?(?:一?共|总共)?有?(?:多少|几)",
            r"报[名考]|应聘|申请|应征|参加|参赛|登记|竞争|[中从]选|选",
        ),
        ("number what", r"退回|退还", r"退|返|还"),
        ("number list person", r"列席", r"列席"),
        ("any", r"融资", r"融资|投资|贷|资金|募|轮"),
        ("any", r"谁.{0,4}(?:审批|批准)|哪个.{0,4}(?:审批|批准)|找谁批|谁批的?[?]*$", r"批|审|同意|核"),
        (
            "any",
            r"谁(?:来)?(?:掏|出|付|投|承担|买单)(?:的)?(?:钱|资|费|单)|(?:元|钱|款|费)[^,?]{0,3}谁出的?[?]*$|钱(?:由)?(?:谁出|从哪里?来)",
            r"出资|投(?![放诉递稿票影身]|入使?用|产)|承担|负担|资金|财政|补|捐|付|缴|免|自(?!然|己|主|觉|愿|发)|钱|费|经费|[款金]|买单|赞助|筹|[元块]|贷|政府|保险",
        ),
        (
            "list number what",
            r"(?:什么|哪些|几[名个人位]).{0,6}(?:处分|处罚)(?![措机])",
            r"处|罚|警告|记过|免|撤|问责|约谈|诫勉|通报|拘|判|吊销|取消|停|扣|退|开除|追究|没收|责令|移送|曝光|辞|整改|批评|禁",
        ),
        (
            "number what list",
            r"(?:几个|多少个?|什么|哪些|哪[个种])(?:奖项?(?![励金品])|名次)",
            r"奖|冠|亚|季军|金|银|铜|称号|荣誉|第[一二三四五六七八九十\d]|项|获|评|最[美佳]|先进|优秀",
        ),
        (
            "what list means",
            r"(?:什么|哪些).{0,3}条件(?:[?才]|$)|条件是",
            r"条件|要求|须|需|应|以[上下内]|[低超]|达|满|具备|符合|凡|的|可|能|年|[户对有]|资格",
        ),
        (
            "number what",
            r"目标(?:是|定为)(?:多少|什么)|目标(?:是)?[?]*$",
            r"目标|力争|达|确保|争取|要|到\d{4}年|实现|旨在|计划|致力|为|推动|让|使|将",
        ),
        (
            "what list means",
            r"目标(?:是|有|包括|分别|都)*(?:什么|哪)(?!人|里|家|个[乡镇村县区])|(?:什么|哪些|怎样的)目标",
            r"目标|目的|力争|达|确保|争取|实现|旨在|为了|建成|打造|以上|不低于|不少于|全[部面]|零|努力|到\d{4}年",
        ),
        # What nobody takes for one unless it is called so.
        ("what", r"(?:口号|标语)(?:是|叫|为|有)", r"口号|标语|横幅|喊|高呼|号召"),
        ("what", r"(?:代号|编号|暗号|密码|车牌号?)(?:是|叫|为)", r"代号|编号|暗号|密码|车牌|号"),
        (
            "what",
            r"(?:校训|座右铭|吉祥物|会徽|会歌|主题曲)(?:是|叫|为)",
            r"校训|座右铭|吉祥物|会徽|会歌|主题曲|名为|叫",
        ),
        (
            "person organization",
            r"(?:谁家?|哪一?家(?:公司|单位|企业)?)(?:来|在|负责)*(?:承?建|修|盖|造)(?:的|了)?[?]*$",
            r"建(?!议)|修|施工|盖|造|中标|承包|开发",
        ),
        # To be at a meeting, to speak or to visit is not to be in charge.
        (
            "person organization what",
            r"归(?:谁|哪[^,?]{1,6})(?:来)?(?:管|负责)",
            r"负责(?!人)|牵头|主管|分管|由|归|管(?!线|道|网)|承担|主[抓责持]|责任|[组链河林田班站]长|指挥|带队|包[保联案]|隶属|下属|所属|委托|维护",
        ),
        (
            "person organization what",
            r"由谁(?:来)?(?:管|负责|牵头)|谁(?:来|在)?(?:负责|牵头|主管|分管|管)(?:的|呢|啊)?[?]*$",
            r"负责|牵头|主管|分管|由|归|管|承担|主[抓责持]|责任|[组链河林田班站]长|指挥|带队|包[保联案]|承办|主办|落实|实施|组织|委托|具体|运营|维护|监督",
        ),
        (
            "person organization",
            r"谁(?:先|最先|最早)?(?:报的?警|举报的?|报的案)",
            r"报[警案了]|举报|拨打|发现|反映|投诉",
        ),
        ("person", r"谁.{0,4}主持|主持.{0,12}谁|哪位.{0,6}主持|主持人", r"主持"),
        (
            "person organization",
            r"谁(?:来|负责)?(?:施工|承建)|(?:施工|承建)(?:的|方)?是谁",
            r"施工(?:单位|方|队|企业)|承[建包揽]|中标|代建|建设单位|由.{2,20}(?:施工|建|实施|负责)|公司|集团|工程局|中[铁建交]",
        ),
        ("person organization", r"谁(?:来)?铸", r"铸|浇|[打建制]造|出自|工匠|师傅"),
        (
            "person organization",
            r"谁(?:来)?(?:宣读|念)(?:的|了|过)?(?:[《“]|方案|通知|名单|决定|文件|[?]*$)",
            r"宣读|[念读]|领学|传达",
        ),
        ("person organization", r"谁[^,?]{0,14}作[^,?]{0,8}说明", r"说明"),
        (
            "person organization list",
            r"(?:谁|哪些人|哪[几]?[个位户家])(?:在|不)?(?:反对|不同意|不愿意?|不赞成)",
            r"反对|不[同愿肯想赞接让]|没[同答]|抵[制触]|[怕嫌]|担心|顾虑|意见|拒|异议|投诉|犹豫|阻",
        ),
        (
            "person organization",
            r"谁(?:会|能)?(?:赢|胜|获胜|夺冠|夺魁|输)(?!血|液|送|入|出|任)(?:了|的)?",
            r"赢|胜|败|输|冠|夺|[击打]|第[一1]|金|领先|不敌|负于|摘|晋级|比分|\d[::比-]\d|捧",
        ),
    )
)  # fmt: skip


_ONCE = re.compile(
    "通车|开通|投[用产运]|启用|投入使用|[开动复竣完]工|建成|落成|封顶|恢复|揭牌|成立|(?:修|建|改造|装修)[好完]"
)
_OF_EVERY_DAY = re.compile(r"(?:每[天日]|天天|周[一二三四五六][至到-]周[一二三四五六日])[^,;。]{0,6}$")
_HOURS = re.compile(
    r"(?:每[天日]|天天)?[^,;。]{0,4}\d{1,2}[:时点][^,;。]{0,4}[至到—~–-](?:次日|晚上?)?\d{1,2}[:时点]"
)


def tells_hours_only(question: str, form: str, sentence: str, short: tuple[int, int] | None) -> bool:
    """Tell whether the day of what happens once is asked for, and a short answer is the hours of every day.

    >>> tells_hours_only("隧道什么时候通车?", "date", "接驳车每天7时至21时运行。", (5, 11))
    True
    >>> tells_hours_only("服务点什么时候开门?", "date", "服务点每天9时至17时开放。", (5, 11))
    False
    """
    if form != "date" or short is None or not _ONCE.search(official(question)):
        return False
    told = fold(sentence)
    marked = told[slice(*short)]
    daily = _OF_EVERY_DAY.search(told[: short[0]]) or re.match("每[天日]|天天", marked)
    return daily is not None and _HOURS.match(marked) is not None


def names_the_act(question: str, form: str, sentence: str) -> bool:
    """Tell whether a sentence names the change or the act whose extent, time or author a question asks for.

    >>> names_the_act("高新技术企业增加了几家?", "number", "共有高新技术企业22家")
    False
    >>> names_the_act("公寓哪天开工?", "date", "明年6月底前建成公寓1260套。")
    False
    """
    asked, told = official(question), fold(sentence)
    return all(given.search(told) for forms, cue, given in _ACTS if form in forms and cue.search(asked))


ACT = re.compile("通车|开工|动工|启用|投用|投产|开通|开业|开放|建成|完工|竣工|开学|开幕|上线")
"""What begins or ends on a day."""


def is_after_the_act(question: str, form: str, sentence: str, short: tuple[int, int] | None) -> bool:
    """Tell whether the day of an act is asked for, and a short answer is of what was done after it.

    >>> is_after_the_act("南桥哪天通车?", "date", "南桥通车后,8路车5月6日起改道。", (10, 14))
    True
    >>> is_after_the_act("南桥哪天通车?", "date", "南桥5月1日通车,通车后8路车改道。", (2, 6))
    False
    """
    asked, told = official(question), fold(sentence)
    if form != "date" or short is None or re.search("后", asked):
        return False
    act = ACT.search(asked)
    named = [m.start() for m in re.finditer(act.group(), told)] if act else []
    if act is None or not named or len(named) != len(re.findall(rf"{act.group()}(?:之|以)?后", told)):
        return False
    return short[0] >= named[0] or re.search(r"\d[年月日号]", told[: named[0]]) is None
