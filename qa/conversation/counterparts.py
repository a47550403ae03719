"""What takes the place of what, told by the words alone: 初中 that of 小学, 「因灾的」 that of 「因病的」."""

from __future__ import annotations

import re

from qa.conversation.openers import asks
from qa.conversation.stated import ASKED_DAY, ASKED_WHEN, asking_at
from qa.text import HAN, Segmenter

_BODY_ENDS = "[局委办院厅]|大队|中心|公司|学校|部门|街道|[乡镇村]"
A_BODY = re.compile(f"(?:{_BODY_ENDS})$")
"""What the name of a body ends in."""
_PERSONS = re.compile("(?:干部|[户人者员民工]|家庭|[学师]生|老师|孩子|儿童|[老中青]年)$")
_PLACES = re.compile(f"(?:{_BODY_ENDS}|[店馆厅院园站厂场村镇乡县市区]|街道|企业|集团|小区|花园)$")
_KINDS_OF_NAMES = (_PERSONS, _PLACES, re.compile("的$"))
EVENT = re.compile("(?:火灾|地震|事故|案件?|案子|大赛|比赛|演练|演习|行动|工程|项目|会议|活动|暴[雨雪])$")
_MEETING = "大会|例会|[^社机]会"
_CLASSES = tuple(
    re.compile(pattern)
    for pattern in (
        f"{EVENT.pattern}|(?:{_MEETING})$",
        f"{_PLACES.pattern}|(?:{_MEETING})$",
        "(?:[桥路]|隧道|水库|水渠|大坝|铁路|高速)$",
        "(?:规划|方案|办法|条例|通知|意见)$",
    )
)
A_THING = re.compile("|".join(kind.pattern for kind in _CLASSES))
"""What an event, a place, a body, a work or a document is called at the end of its name."""
# Words of which one stands in the place of another, whatever follows them (小学生作业 → 初中呢).
_SETS = tuple(
    re.compile("|".join(sorted(words.split(), key=lambda word: -len(word))))
    for words in (
        "幼儿园 小学 初中 高中 大学",
        "冠军 亚军 季军 第一名 第二名 第三名 第四名 第五名 第六名",
        "第一 第二 第三 第四 第五 第六",
        "居民 非居民",
        "个人 单位",
        "城镇 农村",
        "公办 民办",
        "进口 出口",
        "首班 末班",
        "死亡 受伤",
        "收入 支出",
        "笔试 面试",
        "线上 线下",
        "开幕 闭幕",
        "本科 专科 硕士 博士",
        "全国 全省 全市 全县 全区 全镇 全乡",
    )
)
_OF_ONE = re.compile("(?:学生|同学|生|组|部|段|阶段|名|人员|式|车|的|阶段的)?")


def other_of_a_set(last: str, what: str) -> str | None:
    """Return ``last`` with another word of a set that it holds one of; ``None`` where ``what`` is none.

    >>> other_of_a_set("小学生作业不超过多少分钟", "初中"), other_of_a_set("居民热价多少", "非居民")
    ('初中生作业不超过多少分钟', '非居民热价多少')
    """
    for words in _SETS:
        new, old = words.match(what), words.findall(last)
        if new and len(old) == 1 and old[0] != new.group() and _OF_ONE.fullmatch(what, new.end()):
            return last.replace(old[0], new.group())
    return None


_DOES = re.compile(
    f"(?P<doer>[{HAN}]{{2,}}?)(?=(?:还|都|又)?(?:要|应该?|该|需要?|得|必须|可以|能|负责|承担)(?:怎么|如何|干嘛|干啥|做啥|咋办|[{HAN}]{{0,2}}(?:什么|哪些)))"
)
_MATTER = re.compile(f".*(?:{EVENT.pattern[:-1]}|工作|方面|[里中上时的]|(?:方案|通知|规划|意见|会)[{HAN}]?)")
_IN_RESPECT = re.compile(f"[{HAN}]{{2,6}}(?:上|方面)")


def other_doer(last: str, what: str) -> str | None:
    """Return ``last``, which asks what somebody has to do, asked of another one, or in what respect.

    >>> other_doer("护河行动水利局要做什么?", "学校")
    '护河行动学校要做什么?'
    """
    does = _DOES.search(last)
    if does is None or not (_PERSONS.search(what) or _PLACES.search(what) or _IN_RESPECT.fullmatch(what)):
        return None
    matter = _MATTER.match(does["doer"])
    start = does.start("doer") + (matter.end() if matter else 0)
    return last[:start] + what + last[does.end("doer") :] if start < does.end("doer") else None


def other_subject(last: str, what: str) -> str | None:
    """Return ``last``, which asks when, where, why or what of a thing, asked of another thing.

    >>> other_subject("重建会议哪天开的?", "护河行动的"), other_subject("护河行动,谁讲话", "运动会")
    ('护河行动哪天开的?', '运动会,谁讲话')
    >>> other_subject("青石大桥的工期是多久?", "隧道的")
    '隧道的工期是多久?'
    """
    thing = what.removesuffix("的")
    if A_THING.search(thing) is None or _COMMON.match(thing):
        return None
    if thing != what and (of := re.match("[^的,，]{2,12}(?=的[^的?？]{2})", last)):
        if asks(of.group()) or not of_a_class(of.group(), thing):
            return None
        return thing + last[of.end() :]
    topic, comma, aside = last.partition(",")
    if comma:
        whole = not asks(topic) and of_a_class(topic, thing) and _ASKS_FIRST.match(aside)
        return f"{thing}{comma}{aside}" if whole and "," not in aside else None
    at = asking_at(last)
    if _ASKS_FIRST.match(last, at) is None or not A_THING.search(last[:at]):
        return None
    if thing == what and not of_a_class(last[:at], thing):
        return None
    return thing + last[at:] if at else None


def of_a_class(one: str, other: str) -> bool:
    """Tell whether two names end like things of one class: events, places, works or documents."""
    return any(kind.search(one) and kind.search(other) for kind in _CLASSES)


_ASKS_FIRST = re.compile(f"(?:是|由|被|在)?(?:{ASKED_WHEN.pattern}|谁|什么(?![{HAN}]))")
_COMMON = re.compile("[各全本我该]|[这那]个|(?:学校|企业|公司|部门|单位|街道|乡镇|社区|公安|村|厂|店)$")
"""Bodies of which many take part in one event, and the place itself: 「学校呢」 asks of the event still."""
_SHORTEST_FRAME = 2


def in_the_same_frame(last: str, what: str) -> str | None:
    """Return ``last`` with ``what`` in the place of what begins, or begins and ends, like it.

    >>> in_the_same_frame("卡在资金的有几个", "卡在审批的"), in_the_same_frame("因病的有多少户", "因灾的")
    ('卡在审批的有几个', '因灾的有多少户')
    >>> in_the_same_frame("东光里有多少家店", "东歌里")
    '东歌里有多少家店'
    """
    if (article := _THAT_ARTICLE.search(last)) and _THAT_ARTICLE.fullmatch(what):
        return what + last[article.end() :]
    if re.fullmatch("(?!里面|其中|当中).+的", what) and (old := _HEADLESS.search(last)):
        longer = old.group()[-2] == what[-2] and len(old.group()) != len(what)  # 鉴定为C级的 → D级的
        if not longer and not asks(old.group()):
            return last[: old.start()] + what + last[old.end() :]
    if what.endswith("的") and len(what) > _SHORTEST_FRAME:
        alike = [
            m
            for m in re.finditer(f"{re.escape(what[0])}[{HAN}]{{1,8}}?的", last)
            if m.group() != what and len(m.group()) <= 2 * len(what)
        ]
    elif re.fullmatch(f"[{HAN}]{{3,8}}", what):
        alike = list(
            re.finditer(f"{re.escape(what[0])}[{HAN}]{{{len(what) - 2}}}{re.escape(what[-1])}", last)
        )
    else:
        return None
    if len(alike) != 1 or alike[0].group() == what or asks(alike[0].group()):
        return None
    return last[: alike[0].start()] + what + last[alike[0].end() :]


_THAT_ARTICLE = re.compile("^[^,，?？]{2,16}?那[篇条则]")
_HEADLESS = re.compile("(?:^|(?<=,))[^的,，]{1,8}的(?=有|补|给|占|收|交|发|奖|罚|能|多少|几|谁|怎|什么)")
"""Those of a sort, without a noun, that a question is of (70岁的补多少钱)."""
_GOING = f"(?:(?:[选抽委外]?[派送转调住分])?[到去进往]|赴|下)(?!年|个?月|周|半年|期|了|过|底)[{HAN}]"
_GOES = re.compile(f"(?P<to>{_GOING}{{1,8}}?)(?P<of>的)?(?:人|人员)?")


def to_another_place(last: str, what: str) -> str | None:
    """Return ``last`` with another place that somebody goes to.

    >>> to_another_place("抽了多少人到专班", "下乡镇的"), to_another_place("到一线的有几人?", "去学校的")
    ('抽了多少人下乡镇', '去学校的有几人?')
    >>> to_another_place("抽了多少人到专班", "选派到一线的")
    '多少人选派到一线'
    """
    goes = _GOES.fullmatch(what)
    if goes is None:
        return None
    place = None
    if goes["of"]:
        place = re.search(f"(?P<to>{_GOING}{{2,10}}?)(?=的)", last)
    if place is None:
        place = re.search(f"(?:多少|几)[{HAN}]{{1,8}}?(?P<to>{_GOING}{{2,10}})(?=[?？]*$)", last)
    if place is None:
        return None
    before = last[: place.start("to")]
    if _SENT.match(goes["to"]):  # 抽了多少人到专班: those who are 选派到一线 are sent otherwise
        before = _SENDING.sub("", before)
    return before + goes["to"] + last[place.end("to") :]


_SENT = re.compile("[选抽委外]?[派送转调]")
_SENDING = re.compile("(?:选派|抽调|委派|外派|[派抽调选送])[了过]?(?=多少|几)")
_QUOTED = re.compile("“[^“”]{1,16}”|《[^《》]{1,30}》")


def other_quoted(last: str, what: str) -> str | None:
    """Return ``last`` with another quoted term; what it is, where ``last`` asks what something is.

    >>> other_quoted("“三链”指什么?", "“五链”"), other_quoted("园区的支柱产业是什么", "“五链”")
    ('“五链”指什么?', '“五链”是什么?')
    """
    if _QUOTED.fullmatch(what) is None:
        return None
    old = _QUOTED.findall(last)
    if old:
        return last.replace(old[0], what) if len(old) == 1 else None
    return f"{what}是什么?" if re.search("是(?:什么|啥)", last) else None


_BOUND = re.compile(r"\d+[多余]?(?:[\w%]{1,3}?)?(?:以上|以下|以内|以外)")
_ORDINAL = re.compile(
    "第(?P<n>[一二三四五六七八九十\\d]{1,3})(?:[个步类项点条])?(?![一二三四五六七八九十\\d])"
)


_NUMBERED = re.compile(
    "(?<![一二三四五六七八九十])[一二三四五六七八九十](?P<of>[小中院厂]|[号标]?[楼段线]|期)"
)


def other_number(last: str, what: str) -> str | None:
    """Return ``last`` with another bound, or another one of several that are told by their number.

    >>> other_number("选了几个30岁以下干部", "35岁以下的"), other_number("第二步是什么?", "第三个")
    ('选了几个35岁以下干部', '第三步是什么?')
    >>> other_number("清河一小招多少人", "二小")
    '清河二小招多少人'
    """
    bare, old = re.fullmatch(r"\d+(?P<of>的?)", what), list(re.finditer(r"\d+", last))
    if bare and len(old) == 1 and last[old[0].end() :][:1] not in ("", "?", "？"):
        return last[: old[0].start()] + what.removesuffix("的") + last[old[0].end() :]
    bound, old = _BOUND.fullmatch(what.removesuffix("的")), list(_BOUND.finditer(last))
    if bound and len(old) == 1:
        return last[: old[0].start()] + bound.group() + last[old[0].end() :]
    numbered, old = _NUMBERED.fullmatch(what), list(_NUMBERED.finditer(last))
    if numbered and len(old) == 1 and old[0]["of"] == numbered["of"]:
        return last[: old[0].start()] + what + last[old[0].end() :]
    ordinal, old = _ORDINAL.fullmatch(what), list(_ORDINAL.finditer(last))
    if ordinal and len(old) == 1:
        return last[: old[0].start("n")] + ordinal["n"] + last[old[0].end("n") :]
    return None


_DEED = re.compile(
    f"(?:由|是)?(?P<asked>谁|{ASKED_DAY.pattern})(?P<deed>[{HAN}]{{1,3}}?)(?P<of>的|了)?[?？]*$"
)
_SAID = re.compile("讲话|致辞|发言|报告|点评|讲课|授课|总结")
"""What somebody does at an event, though the tagger takes it for a noun."""
_WHICH_ARE = re.compile(f"(?:谁|哪[些个种类项]|什么)[{HAN}]{{0,4}}?是(?P<sort>[{HAN}]{{1,6}}的)[?？]*$")


def other_sort_of_them(last: str, what: str) -> str | None:
    """Return ``last``, which asks which ones are of a sort, asked of another sort.

    >>> other_sort_of_them("清单里哪些是必做的?", "协助的")
    '清单里哪些是协助的?'
    """
    which = _WHICH_ARE.search(last)
    if which is None or not re.fullmatch(f"[{HAN}]{{1,6}}的", what):
        return None
    return last[: which.start("sort")] + what + last[which.end("sort") :]


def other_deed(last: str, what: str, segmenter: Segmenter) -> str | None:
    """Return ``last``, which asks who did something or when, asked of another deed.

    >>> other_deed("会议谁主持的?", "讲话的", Segmenter()), other_deed("大桥哪天开工?", "建成", Segmenter())
    ('会议谁讲话的?', '大桥哪天建成?')
    """
    deed = _DEED.search(last)
    short = what.removesuffix("的")
    if deed is None or not re.fullmatch(f"[{HAN}]{{2,3}}", short) or short == deed["deed"]:
        return None
    verbs = all(tag[:1] == "v" for _, tag, _ in segmenter.tagged(short))
    done = deed["asked"] == "谁" and _SAID.fullmatch(short)
    if not (verbs or done) or A_THING.search(short) or _PERSONS.search(short):
        return None
    return last[: deed.start("deed")] + short + last[deed.end("deed") :]


_HEAD = "企业|公司|学校|医院|机构|单位|部门|项目|产业|产品|干部|人才|人员|小区|公园|设施|平台"
_OF_A_SORT = re.compile(f"(?P<sort>[{HAN}]{{1,5}}(?:[型类级性式系办营资]|特新)|规上|限上|国有|上市)的?")
_SORTED = re.compile(
    f"(?:(?<=有)|(?<=是)|(?<=的)|(?<=[家个所])|^)(?P<old>(?:(?!多少|几|的)[{HAN}]){{2,6}}?)(?:{_HEAD})(?=[有是共多几?？]|$)"
)


def of_another_sort(last: str, what: str, segmenter: Segmenter) -> str | None:
    """Return ``last`` with things of another sort, named without their noun.

    >>> of_another_sort("高新技术企业有多少", "科技型的", Segmenter())
    '科技型企业有多少'
    >>> of_another_sort("简单的纠纷补贴多少", "复杂的", Segmenter())
    '复杂的纠纷补贴多少'
    """
    short = what.removesuffix("的")
    describes = short != what and _describes(short, segmenter)
    if describes:
        words = {(word, at) for word, _, at in segmenter.tagged(last)}
        like = [
            m
            for m in _DESCRIBED.finditer(last)
            if (m["sort"], m.start()) in words and _describes(m["sort"], segmenter)
        ]
        if len(like) == 1:
            return last[: like[0].start("sort")] + short + last[like[0].end("sort") :]
    sort, old = _OF_A_SORT.fullmatch(what), list(_SORTED.finditer(last))
    if not (sort or describes) or len(old) != 1 or re.search(_HEAD, what):
        return None
    return last[: old[0].start("old")] + (sort["sort"] if sort else short) + last[old[0].end("old") :]


_DESCRIBED = re.compile(rf"(?<!\d)(?P<sort>[{HAN}]{{2}})(?=的[{HAN}]{{2}})")


def _describes(word: str, segmenter: Segmenter) -> bool:
    """Tell whether a text is one word that tells of what sort something is (简单, 补充)."""
    tagged = segmenter.tagged(word)
    return len(tagged) == 1 and len(word) > 1 and tagged[0][1] in ("a", "ad", "an", "b", "z", "v")


def of_a_kind(one: str, other: str) -> bool:
    """Tell whether two phrases name people, or places and bodies, both; 「…的」 may be either."""
    return any(kind.search(other) and (kind.search(one) or other.endswith("的")) for kind in _KINDS_OF_NAMES)
