"""What a question asks for: its form, and the noun or unit that the answer must carry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa.language.names import NAME
from qa.text import HAN, fold

Form = Literal[
    "number",
    "date",
    "person",
    "office",
    "place",
    "organization",
    "title",
    "list",
    "reason",
    "means",
    "yesno",
    "what",
]

_PLACE_NOUN = "地方|地点|城市|乡镇|乡|镇|街道|村|社区|路段|县|市|区"
_ORGANISATION_NOUN = (
    "单位|部门|公司|机构|组织|学校|大学|高校|医院|银行|局|委|研究院|研究所|实验室|集团|协会|媒体"
)
_PERSON_NOUN = (
    "[员师兵生长者人手民户匠警伯叔婶嫂婆]|师傅|徒弟|评委|医生|司机|主任|书记|经理|青年|女孩|男孩|孩子|小伙|姑娘|主角|冠军|教授|院士|博士"
    "|专家|大夫|法官|检察官|警官|作家|画家|企业家|艺术家|店主|老板|房东|邻居|同事|妻子|丈夫|儿子|女儿|爸爸|妈妈|父亲|母亲|爷爷|奶奶|哥哥|姐姐|弟弟|妹妹|船老大|英雄|大爷|大妈|阿姨|选手"
    "|教练|孙子|孙女|宝宝|女士|将军|烈士|同学"
)
"""What a noun for someone ends in."""
_TIME_NOUN = "时候|时间|日期|日子"
_NO_NAME = "长记任理裁军角员师者手人星家"
"""What such words as 马镇长 and 成员 end in, which begin like a name."""
WHO_IS = re.compile(
    rf"^(?P<name>{NAME})(?<![{_NO_NAME}])(?:同志|先生|女士)?(?:到底|究竟)?是(?:谁|什么人|何许人也?|[干做]什么的)[?]*$"
)
"""A question for what is known of somebody it names."""
# First match wins: the order settles 「哪几个单位」 (list) before 「几个」 (number).
_A_NOT_A = rf"(?P<verb>(?![时动])[{HAN}]{{1,2}})(?:不|没有?)(?P=verb)"
"""A verb, yes or no (开不开, 喜欢不喜欢, 通没通), but no adverb (时不时, 动不动)."""
_SOFTENED = r"[啊呀呢嘛哦哈呐亲,!~。?]*(?:谢谢[你您]?)?[?!。]*$"
"""What may stand behind the particle of a yes/no question."""
YESNO_END = rf"(?:吗|(?<![什怎这那多])么|没有|没|(?<=[{HAN}a-z0-9])(?<![要就])不|(?<!干)(?<!为)嘛){_SOFTENED}"
"""How a yes/no question ends, as a pattern."""
_NUMBERED = "电话|热线|手机号码?|号码|联系方式|邮编|邮箱|网址|文号|编号|代码"
_FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    # Names made of digits, which count nothing: a telephone, a counter, a place in an order.
    (
        "what",
        re.compile(
            rf"(?:{_NUMBERED})(?:是|为|打)*(?:多少|什么|几号|几)?[??]*$|[打拨][哪几]个?(?:号|电话)|第几(?!分钟|天|年|季)"
            r"|几号(?=窗口|[楼门线厅台店馆院])|(?:几|多少)比(?:几|多少)|(?<![安每编])排(?:名|在|到)?(?:多少|几)(?:名|位)?[?]*$"
            # Not who, but what one must be to get something.
            r"|(?:谁|什么人)(?:才|都)?(?:可?能|可以?|有资格)(?:够|去|来)?(?:申[请领报办]|报[名考销]|领|享受|参加|办理|享有|入住|购买)"
            r"|^(?!.*(?:多少|几|谁|哪|什么|怎)).*(?:增|减|涨|跌|升|降)[^,]{0,4}还是[^,]{1,6}[??]*$"
            r"|[的那这]几[个名位家].*(?:干|做)(?:了|过)?什么(?:了|呢)?[??]*$"
        ),
    ),
    (
        "yesno",
        re.compile(
            rf"(?:多少|几|谁|哪|什么|怎|如何|多[大久长]).{{1,12}}(?:(?:确?定|决定)(?:下来|好)?|(?:算|核定|统计|公布|查)?出来|公布|核定|统计好)了?(?:吗|没有|没){_SOFTENED}"
        ),
    ),
    # Some, not how many: 差几天不满六岁能上吗, 能不能几家联合投标.
    (
        "yesno",
        re.compile(
            r"^(?!.*(?:知道|晓得|请问|告诉|哪|什么|谁|怎|才能)).*(?:[差晚早迟拖过隔超缺]|提前|推迟|延后|逾期)[一-鿿]?几(?:天|个?月|年|岁|分|周|站|块|米).*"
            rf"(?:(?:行不行|可不可以|能不能|要紧不|能|可以|行|罚|收|算).*{YESNO_END}|行不行|可不可以|能不能[^?多少几]*$)"
            r"|(?:能不能|可不可以|能否|可否|让不让)(?:[由让]|一个人)?几[个家位户](?:人|单位|公司|企业)?(?:一起|一同|联合|合伙|合|共同|同时|拼)"
        ),
    ),
    # A number that is not asked for (几棵树能领补助吗).
    (
        "yesno",
        re.compile(
            rf"^(?!.*(?:知道|清楚|了解|告诉|记得|多少|谁|哪|什么|怎|才能|几[点号时年月])).*(?<!好)几[{HAN}].{{0,10}}(?:能|可以|会|算|也|要).{{1,12}}(?:吗|么){_SOFTENED}"
        ),
    ),
    (
        "reason",
        re.compile(
            r"怎么(?=会|就|还|又|没|不|拖|突然)|为什么|为何|什么原因|原因是|凭什么|为了什么|什么目的|目的是"
            r"|(?<![企意试贪])图(?:的?是|个)?什么"
        ),
    ),
    (
        "date",
        re.compile(
            rf"何[时日年月]|几时|(?<![哪这那])(?<![调求提出讲说][了过])几点(?!要求|建议|意见|措施|体会|做法|打算|希望|启示)|(?<!什么[路街])(?<!哪条[路街])几号|哪一?[天日年]|几月|哪个月|哪一个月"
            rf"|(?:星期|礼拜|周)几|什么(?:{_TIME_NOUN})|哪一?时间|哪(?:段|个)(?:时间|时候|季度)|什么年代|出生年月"
            r"|(?<!改)(?<!改了)(?<!整)(?<!整了)(?<!变了)(?<!更)(?<!更了)(?<!延长)(?<!延长了)(?:截止|报名|办理|受理|起止|召开|启动|开[标放馆门业])(?:时间|日期)(?:是|为)?[??]*$"
        ),
    ),
    (
        "list",
        re.compile(
            r"哪些|哪[几两二三四五六七八九十]|分别(?!.{0,8}(?:多|几|谁))|都?有什么(?!时候|名)|都?有谁|都[^,,]{1,6}什么"
            r"|谁(?:都|一起|一同|也)?(?:出席|参加|到场|陪同|参与|获奖)|什么内容|几[项条点个]?(?:要求|举措|措施)是什么"
        ),
    ),
    (
        "office",
        re.compile(
            rf"{WHO_IS.pattern}|(?:什么|啥|哪个|何)(?:职务|职位|职称|身份|官职|头衔|岗位|官)|任什么|任何职|[是当]什么官|职务是"
        ),
    ),
    (
        "person",
        re.compile(
            r"谁(?!家)|哪一?位|什么人|姓什么|姓甚名谁|何人|哪个人|哪一?[个位名](?:作家|专家|教授|老师|医生|演员|导演|运动员|选手|学生|同学|企业家|律师|市民|居民|志愿者|干部(?!学)|同志)|哪一?名"
            rf"|(?:{_PERSON_NOUN})(?:的?(?:名字|姓名))?[是都]?叫做?什么(?:名[字儿]?)?[?？ ]*$"
            r"|(?:书记|主任|主席|经理|[省市区县镇乡村局处科部院校行馆所队会社场厂站园]长)"
            r"(?:到底|究竟|现在)?是哪一?个[?？ ]*$"
        ),
    ),
    (
        "title",
        re.compile(
            r"全[称名]|简称|大名|(?<![用靠凭想])(?:什么|哪[份个部])(?:文件|方案|办法|条例|行动|活动)|叫做?什么|什么名"
        ),
    ),
    (
        "place",
        re.compile(
            rf"(?:什么|哪条)[路街]几号|哪里|何处|何地|[在去到]哪(?![种类些几个方级])|哪一?[个座处](?:{_PLACE_NOUN})|什么地[方点]"
        ),
    ),
    (
        "organization",
        re.compile(
            rf"(?:哪一?[个家所]|什么)(?:{_ORGANISATION_NOUN})|谁家|哪家(?=[来投在建做修办承中签]|[??]*$)|[跟与和同向由被]哪家"
        ),
    ),
    (
        "number",
        re.compile(
            r"多少|多大|多高|多长|多宽|多远|多重|多久|(?:(?<![好这那])|(?<=[做修建办弄装盖]好))几(?!乎)"
            r"|(?:百分之|占比|比例|总数|人数|数量)(?!.*[吗么][?]*$)"
        ),
    ),
    (
        "yesno",
        re.compile(rf"{YESNO_END}|是不是|有没有|是否|能不能|会不会|能否|可否|对不对"),
    ),
    ("means", re.compile(r"怎么(?!样的)|怎样(?!的)|如何|[用靠凭想]了?什么(?:办法|法子|方法|方式|手段|招)")),
    # 「被问去不去,是在哪家电视台?」 asks for something else.
    ("yesno", re.compile(rf"^(?!.*(?:什么|哪|怎)).*{_A_NOT_A}")),
    # A statement for assent: 陈红民是区长吧, 常委会是12月6日开的?
    (
        "yesno",
        re.compile(
            r"^(?!.*(?:什么|哪|怎|如何|[说讲看谈聊]一?下|说说|讲讲|看看|介绍|告诉|总结|概括|列[出举]|[帮给跟]我|查)).{4,}"
            r"(?:(?<!好)吧[?!。]*|(?<=[^目有]的)[?]+|(?:是|才|由|会|已).{2,}[?]+)$"
        ),
    ),
)
_UNIT = re.compile(rf"(?:多少|几)(?P<unit>[{HAN}%]{{0,10}})")
_ASKED = re.compile(
    rf"(?:哪(?:些|[一几两二三四五六七八九十]?[个家种类项座处条所支次份款方面位名]{{0,2}})|什么|怎么?样的)(?P<noun>[{HAN}a-z0-9]{{1,8}})"
)


MEASURES = "[个家所座处项条种类名位支只块份场间栋]"
"""A measure word for things that an enumeration can list, as a pattern."""
_COUNTED = re.compile(
    r"(?!后来|现在|目前|当时|以前|以后|如今|其中|另外|今年|去年|明年|全年|[那这哪]里|.[的了过是呢些有来])"
    rf"(?P<noun>[{HAN}]{{2}})(?<!一共)(?<!总共)(?:一?共|总共|都|又)?有?(?:多少|几)(?P<measure>{MEASURES})[??]*$"
)
"""A count that is asked for behind what is counted (表态的单位有几家)."""
_MEASURE = re.compile(MEASURES)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for."""

    form: Form
    noun: str
    """The folded text behind 多少/几/哪/什么: holds the unit or the kind of thing; may be empty."""


_COLLOQUIAL = (
    ("为啥", "为什么"),
    ("为嘛", "为什么"),
    ("啥", "什么"),
    ("咋", "怎么"),
    ("哪儿", "哪里"),
    ("名儿", "名字"),
)
# 「干嘛不修」 asks why; 「去干嘛了」, 「干嘛用的」 ask what.
_WHAT_FOR = re.compile(rf"(?<![来去在是想用])干嘛(?![的用了去来呢啊呀])(?=[{HAN}])")
_WHERE = re.compile(r"(?<![在去到天人])哪(?=能|可以?[办买领看去打接]|有|[办买卖领](?!公室))")


def plain(question: str) -> str:
    """Return a question folded, with everyday question words in their standard form."""
    folded = fold(question).strip()
    for colloquial, standard in _COLLOQUIAL:
        folded = folded.replace(colloquial, standard)
    return _WHERE.sub("哪里", _WHAT_FOR.sub("为什么", folded).replace("干嘛", "干什么"))


_INTERROGATIVE = re.compile(
    r"[??]|多少|几|什么|谁|哪|怎|如何|为何|何[时地人处]|多[大长高久远重]|吗|呢$|是否|能否|可否|有没有|是不是|能不能|会不会"
    rf"|数量|名单|全称|简称|{_A_NOT_A}|不$|吗[,,]|了没有?[啊呀呢嘛]*$|(?:{_NUMBERED})$"
    r"|(?:时间|日期|期限|地点|地址|位置|原因|书名|名字|名称|标题|题目|题|费用|价格|票价|补贴|工资|奖金|收入|投资|金额|面积|厚度|长度|深度"
    r"|高度|宽度|年龄|得分|比分|成绩|名次|结果|比例|占比|[率数价]|平均亩产|联系人|负责人|主办方|承办方|作者|导演|主角|条件|材料|流程|步骤)$"
)


def is_question(text: str) -> bool:
    """Tell whether a text asks for something, rather than states or commands."""
    return _INTERROGATIVE.search(plain(text)) is not None


def analyse(question: str) -> Asked:
    """Return the form of a question and the noun it asks for.

    >>> analyse("二七经开区有多少家高新技术企业?")
    Asked(form='number', noun='家高新技术企业')
    >>> analyse("专精特新企业有几家?")
    Asked(form='number', noun='家企业')
    >>> analyse("要加固的是哪座水库?")
    Asked(form='what', noun='水库')
    """
    folded = plain(question)
    form: Form = next((form for form, pattern in _FORMS if pattern.search(folded)), "what")
    if form == "number" and (counted := _COUNTED.search(folded)):
        return Asked(form, counted["measure"] + counted["noun"])
    match = _UNIT.search(folded) if form == "number" else _ASKED.search(folded)
    noun = match.group(1) if match else ""
    if form == "number" and noun == "成":
        return Asked(form, "")  # 占几成 is 占百分之几
    return Asked(form, "" if form != "number" and _MEASURE.fullmatch(noun) else noun)
