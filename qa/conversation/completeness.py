"""Whether a question can be asked alone, or needs what was said before it."""

from __future__ import annotations

import datetime as dt
import re

from qa.conversation.references import PLACE
from qa.conversation.stated import times
from qa.language.names import OFFICES
from qa.text import HAN, Segmenter, fold

_CONTINUES = re.compile(
    r"^(?:具体|其中|还有|另外|然后|接着|都|又|再|总共|一共|他们|她们|它们|它|这|哪天的事|什么时候的事)"
)
_SUBJECTLESS = re.compile(r"^(?:有|是|要|需要?|用|花|占|共|分别|平均|[从向给对跟](?=啥|什么|哪|谁))")
_DID = re.compile(
    rf"(?!(?:除|为|对|关于|到|经)[了过])[{HAN}](?:了|过|到|给|回了?|出了?|走了?)(?:多少|几|哪|什么|谁)"
)
"""What somebody or something did, without saying who or what (退了多少钱, 送到哪里)."""
_OPENING_HOURS = re.compile(
    r"(?:(?:周|星期|礼拜)[一二三四五六日天末]|周末|节假日|平时|晚上|中午|[上下]午|[今明]天)+"
    r"(?:也|还|都|能|可以|会)*(?:开[门放馆]?|关门|营业|上班|休息|闭馆|办公|去|进|看)(?:不开|吗|么|没|不)[?？]*"
)
"""Whether something is open at a time, without saying what."""
PROPERTIES = frozenset((
    "电话", "热线", "号码", "时间", "日期", "地点", "地址", "价格", "费用", "原因", "方式",
    "比分", "得分", "利率",
))  # fmt: skip
"""What anything may have; an article that gives it need not call it so."""
_OF_WHAT = re.compile(
    f"(?:[今去明全]年的?)?(?:{'|'.join(sorted(PROPERTIES))}|结果|目标|任务|责任)(?:都|到底)?"
    "(?=查|定|确定|公布|出来|清楚|明确|是|有|在|由|归|谁|多少|几|怎么|达|完成)"
)
LONGEST_SHORT = 14
"""A longer question says itself what it is about."""
_RARE = 0.8
"""A word as rare as this names something, even where the tagger does not say so (沼鹿又叫什么)."""
SOME_DAY = dt.date(2021, 6, 16)
"""A time is recognised only where the newest article's day is known; which day it is does not matter here."""
THAT = re.compile(r"^那么?(?!里|儿|边)[,，]?")
_CLASSIFIERS = frozenset(
    "个家位名条只艘辆架列座所栋间份款件张块片项场次届批种类起篇部台套支株棵头匹群对双把根枚颗粒本册首口笔桩户沓车"
)
THAT_SOME = re.compile(r"那[一二两三四五六七八九十几\d]+(?![月日号点年一二两三四五六七八九十几\d])")
_THAT_ONE = re.compile(
    "那(?:名(?![字称单额录次])|位(?![置于移])|艘|辆|架(?![构子])|只(?![有要是能收开])|款(?![式项])|份(?![额量])|条(?![件例款约目文]))"
)
"""「那名代驾司机」, also where the tagger takes 名代驾 for a word."""
_PUBLIC_PLACE = re.compile(
    rf"^(?P<what>[{HAN}]{{0,6}}?(?:(?:图书|博物|科技|文化|体育|美术|档案|展览|纪念|规划)馆|少年宫|文化宫|[{HAN}]{{1,3}}医院|保健院|卫生院"
    r"|敬老院|养老院|福利院|大剧院|电影院|法院|检察院|火车站|高铁站|汽车站|客运站|机场|动物园|植物园|(?:服务|疾控|登记)中心|办事大厅"
    rf"|派出所|车管所|[{HAN}]{{2,4}}局|[区县市]政府))(?:的)?(?:在哪|在什么地方|地址|电话|几点|什么时候[开关]|怎么[去走]|开放时间)"
)
_OFFICE_HOLDER = re.compile(
    rf"^(?:现在的?|现任)?(?:(?:[省市区县]|[{HAN}]{{2,6}}(?:局|委|办|院|馆|中心|公司|银行|街道)的?)(?:委|政府)?(?:副|常务)*(?:{OFFICES}|长))"
    r"(?:现在)?(?:是谁|叫什么)"
)


def lacks_its_topic(question: str, segmenter: Segmenter) -> bool:
    """Tell whether a short question asks what something did, or a property, without saying of what."""
    if len(question) > LONGEST_SHORT:
        return False
    if names_nothing(question, segmenter):
        return True
    if len(segmenter.content_words(question)) > 2:
        return False
    if _OF_WHAT.match(question):
        return True
    return _DID.match(question) is not None and not names_something(question, segmenter)


def names_nothing(question: str, segmenter: Segmenter) -> bool:
    """Tell whether a short question for a number, somebody, a way or a time has no noun (停一天多少钱)."""
    if not re.search(
        "多少|几|谁|怎么|打哪个?|多久|多长时间|什么时候|何时|哪一?天|哪[两三四][个家]", question
    ):
        return False
    for start, end in reversed(times(question)):
        question = question[:start] + re.sub("^(?:的?时候?)", "", question[end:])
    return not any(
        word.isalnum() and not _NO_NOUN.fullmatch(word) and (tag[:1] in "njibsfxel" or tag == "vn")
        for word, tag, _ in segmenter.tagged(question)
    )


_NO_NOUN = re.compile("钱|电话|次|人|号|时候|时间|[开动完竣停]工|通车|投用")
"""What is asked for, and deeds that the tagger takes for nouns."""


def leads_on(question: str, segmenter: Segmenter) -> bool:
    """Tell whether a question begins with a 那 that goes on from what was said (not 那位, 那英)."""
    if not THAT.match(question) or re.match("那[年月日天时些]", question) or _THAT_ONE.match(question):
        return False
    tagged = segmenter.tagged(question)
    first = tagged[0][0]
    if first not in ("那", "那么"):
        return THAT_SOME.match(first) is not None
    return not any(at + len(word) == 2 and question[1] in _CLASSIFIERS for word, _, at in tagged)


def stands_alone(question: str, last: str, segmenter: Segmenter) -> bool:
    """Tell whether a question names what it is about and says what it asks of it."""
    if is_complete(question, last):
        return True
    tagged = segmenter.tagged(question)
    if not names_something(question, segmenter):
        return False
    if re.search("是(?:什么|啥|谁)|在哪|什么(?:意思|时候)", question):
        return True
    return any(
        tag.startswith(("n", "vn")) and tag not in _NAME_TAGS and len(word) > 1 for word, tag, _ in tagged
    )


def is_complete(question: str, last: str) -> bool:
    """Tell whether a question is about a public place or an office that there is one of."""
    place = _PUBLIC_PLACE.match(question)
    if place:
        return place["what"] not in last
    return _OFFICE_HOLDER.match(question) is not None


def is_incomplete(question: str, last: str, segmenter: Segmenter) -> bool:
    """Tell whether a question has too little content to be asked alone."""
    content = segmenter.content_words(question)
    if leads_on(question, segmenter):
        return True
    if is_complete(question, last):
        return False
    if (
        question.startswith("那")
        and question[1:2] not in "年月日天时些个家里儿边"
        and not names_something(question, segmenter)
    ):
        return len(content) <= 2  # 「那条路」
    if _CONTINUES.match(fold(question)):
        return len(content) <= 2
    if _OPENING_HOURS.fullmatch(question):
        return True
    if names_something(question, segmenter):
        return False
    if _SUBJECTLESS.match(question) and len(question) <= 12:
        return len(content) <= 2
    if _only_a_deed(question, segmenter):
        return True
    ordinary = all(segmenter.rarity(word) < _RARE for word in content)
    return len(content) <= 1 and len(question) <= 10 and ordinary


def _only_a_deed(question: str, segmenter: Segmenter) -> bool:
    """Tell whether a short question asks of a deed without a subject (装电梯了吗, 什么时候能开工, 够用吗)."""
    if len(question) > _LONGEST_DEED:
        return False
    asked = _WHEN_OR_WHY.match(question)
    rest = _WHETHER.sub("", question[asked.end() :] if asked else question)
    tags = [tag for _, tag, _ in segmenter.tagged(rest)]
    if asked or rest + "吗" == question.rstrip("?？"):
        return bool(tags) and all(tag[:1] in "vdu" for tag in tags)
    done = re.search("了(?:吗|没有?)[?？]*$", question)
    return done is not None and bool(tags) and tags[0][:1] == "v"


_LONGEST_DEED = 10
_WHEN_OR_WHY = re.compile("(?:是|那)?(?:什么时候|啥时候|何时|哪一?[天年]|为什么|为何|为啥)")
_WHETHER = re.compile("(?:了?吗|了没有?)?的?[?？]*$")
_NAME_TAGS = ("nr", "ns", "nt", "nz")


def names_something(question: str, segmenter: Segmenter) -> bool:
    """Tell whether a question holds a name of somebody, a place, a body or a work."""
    return any(tag in _NAME_TAGS for _, tag, _ in segmenter.tagged(question))


def is_name(what: str, segmenter: Segmenter) -> bool:
    """Tell whether a phrase is a name: a common word is none, whatever the tagger says of it (幼儿园)."""
    named = names_something(what, segmenter) and segmenter.rarity(what) >= _RARE
    return named or PLACE.fullmatch(what) is not None
