"""What is done, or so now, is asked for: plans, former posts and cases, and rumours do not tell it."""

from __future__ import annotations

import re

from qa.language.names import OFFICES
from qa.reading.clauses import around
from qa.reading.span_fit import asks_for_before, is_what_it_was
from qa.text import fold
from qa.understanding.everyday import official

_SO_FAR = re.compile(
    r"已经?(?=[^,?]{0,14}(?:多少|几))|现有(?=[^,?]{0,10}(?:多少|几))|(?:现在|目前)(?=[^,?]{0,10}有(?:多少|几))"
    r"|到(?:现在|目前)(?!.{0,6}(?:底|目标))|至今|迄今|累计(?![要将])|目前(?=.{0,10}了)"
    r"|(?:放|发|贷|招|卖|孵化)出(?:去|来)?了?(?:多少|几)"
)
_PLANNED = re.compile(
    r"力争|确保|计划|目标|任务[是为]|拟|将(?!近)|最高|预计|不超过|要(?=[求把到在完建新])|争取"
)
_IN_PAST = re.compile(r"(?P<when>去年|前年|上半年|前三季度|上个?月|昨[天日])[^,?]{1,10}了(?:多少|几)")
_IN_FACT = re.compile(r"实际(?=[^,?上]{0,8}(?:多少|几|[了过]))")
_FORESEEN = re.compile(rf"{_PLANNED.pattern}|设计|[达投]产后|建成后|有望|可望|可(?=[年带实增提新达])")
_ACHIEVED = re.compile(r"已|累计|截[至止]|目前|[了过](?!\d)|完成|今年以来|[迄至]今|实际")
_DONE = re.compile(
    r"已|累计|截[至止]|目前|[了过达来到共现发增]|完成|今年以来|[迄至]今|先后|实现|(?<!为期)一年|建成|投入|有[^,;]{0,8}[\d一二三四五六七八九十]"
)

_IS_DONE = re.compile(r"(?:任务|目标|计划)[^,?]{0,6}(?:完成|达到|实现|达成)了?(?:吗|没有?)[?]*$")
_COMPLETED = re.compile(r"已|截[至止]|超额|提前|如期|占|%|[完达]成了|实现了|未|没")
_AIMED_AT = re.compile(r"确保|力争|争取|努力|要(?!求)[^,;。]{0,12}(?:完成|实现|达到)")


_LAST_TIME = re.compile("上一?[次回]")
_FIXED_FOR = re.compile("[定拟将]于|计划于|(?:于|自|从)[^,;。]{2,16}?起|将[^,;。]{0,8}(?:停|开|举行|实施)")
_LAST_TIME_TOLD = re.compile("上一?[次回]|曾|此前|之前|以前|去年|今年\\d")


def is_only_planned(question: str, form: str, sentence: str) -> bool:
    """Tell whether a sentence only plans what a question asks the state of.

    >>> is_only_planned("目前招了多少名义警?", "number", "今年将招募义警600名。")
    True
    >>> is_only_planned("投产后实际产值有多少?", "number", "预计达产后年产值25亿元。")
    True
    >>> is_only_planned("今年要招多少名义警?", "number", "今年将招募义警600名。")
    False
    >>> is_only_planned("上次停电是哪天?", "date", "定于8月3日22时起停电检修。")
    True
    """
    asked, told = official(question), fold(sentence)
    if form in ("date", "number", "place") and _LAST_TIME.search(asked):
        return _FIXED_FOR.search(told) is not None and not _LAST_TIME_TOLD.search(told)
    if form == "yesno" and _IS_DONE.search(asked):
        return _AIMED_AT.search(told) is not None and not _COMPLETED.search(told)
    if form == "number" and _IN_FACT.search(asked):
        return _FORESEEN.search(told) is not None and not _ACHIEVED.search(told)
    past = _IN_PAST.search(asked)
    if form == "number" and past and past["when"] not in told:
        return _PLANNED.search(told) is not None and not _DONE.search(told)
    return (
        form in ("number", "list", "what")
        and _SO_FAR.search(asked) is not None
        and _PLANNED.search(told) is not None
        and not _DONE.search(told)
    )


_GOT_ASKED = re.compile(
    r"(?:招|收|筹|募|借|聘|征集)到了?(?:多少|几)|实际(?:招|到岗|到位)[^,?]{0,4}(?:多少|几)"
)
_GOT = re.compile(r"实际|到[岗位账]|[招收筹募借聘集]到|已|最终|缺口|录[用取]|上岗")


def is_only_sought(question: str, sentence: str) -> bool:
    """Tell whether how many were found is asked, and a sentence only says how many are looked for.

    >>> is_only_sought("护士招到多少人?", "医院计划招聘护士90名。")
    True
    >>> is_only_sought("护士招到多少人?", "医院计划招聘护士90名,到岗84名。")
    False
    """
    asked, told = official(question), fold(sentence)
    return bool(_GOT_ASKED.search(asked) and _PLANNED.search(told)) and not _GOT.search(told)


_FORMERLY_ASKED = re.compile(
    r"(?:以前|从前|过去|早先|之前|原先|原来|退休前|[来进入]{1,2}[^,?]{0,6}前)(?:是|都|在哪里?)*"
    r"(?:做|干|从事|当|搞)(?:过|的是)?(?:什么|哪)"
)
_FORMERLY = re.compile(
    r"曾|原|以前|从前|过去|早[年先]|之前|改[成为造]|前(?!三|两|[往来去景列\d])|退休|当[过年]|[干做教开跑搞]过|[干做教开跑卖种]了|后来|下岗|出身|转行|时任|离[开职]|辞|毕业"
    r"|[回返]乡|打工|从[^,;。]{1,12}[到转]|\d{4}年|年轻|参军|退[伍役]|老[本职]"
)
_NOW_ASKED = re.compile(r"现任|如今|(?:现在|目前|眼下)(?:的|是|由)*谁|(?:现在|目前)的?[^,?]{0,8}是谁")
_PROPOSED = re.compile(r"拟任|人选|提名|公示|候选")
_IN_OFFICE = re.compile(r"任命|当选|就任|上任|履新|担任|出任")


def has_left(question: str, name: str, later: str) -> bool:
    """Tell whether who holds an office now is asked, and a later text calls somebody its former holder.

    >>> has_left("交通局局长现在是谁?", "林远", "原局长林远已调任市公路中心主任。")
    True
    >>> has_left("交通局局长是谁?", "林远", "原局长林远已调任市公路中心主任。")
    False
    """
    if len(name) < 2 or not _NOW_ASKED.search(official(question)):
        return False
    former = rf"(?:原(?!来)|前任?|离任的?|卸任的?)[^,;。、任]{{0,10}}(?:{OFFICES})?{re.escape(fold(name))}"
    return re.search(former, fold(later)) is not None


_AT_FIRST_ASKED = re.compile(
    r"刚(?:刚)?(?:成立|开始|起步|创办|建)|[最起当]初|一开始|(?:成立|创办|开办)之初|(?:成立|起步|创办|开办)(?:时|的时候)"
)
_AT_FIRST = re.compile(r"[从由]|[最起当]初|首批|第一批|刚|开始|之初|(?:成立|起步|创办|开办)(?:时|的时候)")
_GROWN_SINCE = re.compile(r"如今|现在|目前|眼下|已(?:增|发展|扩|达)")


def was_or_will_be(question: str, form: str, sentence: str, short: tuple[int, int] | None) -> bool:
    """Tell whether who or what somebody was is asked and only what he is is told, or the reverse.

    Of numbers too: how many there were at first, where how many they have become is told.

    >>> was_or_will_be("她以前做什么工作?", "what", "她是街道第一批督导员。", None)
    True
    >>> was_or_will_be("她以前做什么工作?", "what", "她教了三十年书。", None)
    False
    >>> was_or_will_be("合作社刚成立时有几户?", "number", "如今,社员已增加到306户。", (10, 14))
    True
    >>> was_or_will_be("现在的副院长是谁?", "person", "原副院长林远调走。", (4, 6))
    True
    >>> was_or_will_be("工程哪天开工?", "date", "开工由原定的11月提前到10月9日。", (6, 9))
    True
    """
    asked, told = official(question), fold(sentence)
    if form == "number" and short is not None and _AT_FIRST_ASKED.search(asked):
        start, end = around(told, short, ";。")
        grown = _GROWN_SINCE.search(told, start, short[0]) is not None
        return grown and _AT_FIRST.search(told, start, end) is None
    if form in ("what", "office", "list") and _FORMERLY_ASKED.search(asked):
        return _FORMERLY.search(told) is None
    if form in ("number", "date", "what") and short is not None:
        return _is_of_another_stage(asked, form, told, short)
    if form != "person" or not _NOW_ASKED.search(asked):
        return False
    if _PROPOSED.search(told) and not _IN_OFFICE.search(told):
        return True
    return (
        short is not None
        and re.search(rf"(?:原|前|时任)[^,;。、任]{{0,10}}(?:{OFFICES})$", told[: short[0]]) is not None
    )


_FORMER_ASKED = re.compile(r"原|往年|[从由](?:多少|几|什么|哪)|当初|提前|推迟|[造整建修革迁](?:之|以)?前")
_AT_PRESENT = re.compile("现在|目前|如今|眼下|当前|至今")
_BECOME = re.compile("[到至为成][^,;。]{0,2}$")
_AT_THE_TIME = re.compile(
    "最[多少高低大](?:的时候|时)|当时|那时|曾经?|原[先来有]|当年|[最起]初|以前|过去|年前"
)
_WHICH_ONE_NOW = re.compile("(?:是|到了?|已经是|今年)第几[届次期]")


def _is_of_another_stage(asked: str, form: str, told: str, short: tuple[int, int]) -> bool:
    """Tell whether a figure or a day held before it was changed, or held at first or now, unlike asked."""
    start, end = around(told, short, ",;。")
    clause, upto = told[start:end], told[: short[1]]
    if _WHICH_ONE_NOW.search(asked) and not re.search(r"\d{4}年", asked):
        return re.search(r"(?:19|20)\d\d年|当时|那年", clause) is not None
    if _AT_FIRST_ASKED.search(asked):
        return _AT_PRESENT.search(upto) is not None and not _AT_FIRST.search(upto)
    if _AT_PRESENT.search(asked) and _AT_THE_TIME.search(clause) and not _AT_PRESENT.search(clause):
        return not _BECOME.search(told[: short[0]])
    if form == "number" or re.search("(?:目前|现在|去年|上年|今年)的?$", told[: short[0]]):
        return False  # what a number became is taken for it
    changed = is_what_it_was(told[: short[0]], told[short[1] :])
    return changed and not asks_for_before(asked) and not _FORMER_ASKED.search(asked)


_UNDONE_ASKED = re.compile(
    r"[没未](?:有|能)?(?P<deed>[完竣开动]工|验收|通车|投用|交付|签约|到位|整改|完成|办结|拆除|入住)(?:的|是|有)+"
)
_OTHERWISE = re.compile("[没未剩缺]|其余|余下|推迟|延[期后迟]|顺延|尚|暂|除|仅|只")


def is_done_already(question: str, form: str, sentence: str) -> bool:
    """Tell whether what is not done is asked for, and a sentence tells only of what is.

    >>> is_done_already("没完工的是哪两个?", "list", "南苑、北苑2个已经完工。")
    True
    >>> is_done_already("没完工的是哪两个?", "list", "已完工36个,南苑、北苑推迟到明年。")
    False
    """
    asked, told = official(question), fold(sentence)
    undone = _UNDONE_ASKED.search(asked)
    return (
        form in ("list", "what", "number", "date", "reason")
        and undone is not None
        and re.search(rf"已经?(?:全部)?{undone['deed']}", told) is not None
        and _OTHERWISE.search(told) is None
    )


_SENTENCE_ASKED = re.compile(r"判|罪|刑")
_EARLIER_ASKED = re.compile(r"曾|以前|之前|前科|上次|过去|原来|当年|先前|早先")
_EARLIER_SENTENCE = re.compile(
    r"曾(?:经)?(?:先后|多次|两次|三次)?(?:因|于|被)[^,;。]{0,20}(?:判|刑|罪|处|劳教)|前科|刑满释放"
)


def is_an_earlier_sentence(question: str, sentence: str, short: tuple[int, int] | None) -> bool:
    """Tell whether what a court decided is asked, and the clause of a short answer tells of an earlier case.

    >>> is_an_earlier_sentence("侯某判了几年?", "侯某曾因盗窃被判刑两年。", (10, 12))
    True
    """
    asked, told = official(question), fold(sentence)
    if not _SENTENCE_ASKED.search(asked) or _EARLIER_ASKED.search(asked):
        return False
    start, end = around(told, short, ",;。") if short else (0, len(told))
    return _EARLIER_SENTENCE.search(told[start:end]) is not None


_RUMOUR = re.compile(r"网传|网友(?:爆料|猜测|误传|称(?!赞|道))|传言|谣传|据传|传闻")
_RUMOUR_ASKED = re.compile(r"网传|网上|网友|传|谣|说法|据说|听说|听人说")
_REALLY_ASKED = re.compile(r"真的|当真|属实|证实|是真|确实")
_SUPPOSED = re.compile(
    r"或许|也许|猜[测想]|疑似|有人[^,。]{0,3}(?:认为|说|称)|网友[^,。]{0,4}(?:认为|说|称(?!赞))|据传|传言"
)
_REFUTED = re.compile(r"不实(?:言论|信息|传言|消息|报道)|辟谣|谣言|造谣")
"""What an article calls a rumour that it tells of, wherever it does."""
_DENIED = re.compile(r"不实|辟谣|谣言|并非|不是|没有(?:发生|此事|这回事)|不属实|虚假|澄清|误传")


def is_a_denied_rumour(question: str, sentence: str, article: str) -> bool:
    """Tell whether a sentence only says what people say, and one of the next two denies it.

    Where it is asked whether something is really so, what is only supposed does not tell, either.

    >>> told = "有网友称,车上是一家五口。"
    >>> is_a_denied_rumour("车上是一家五口吗?", told, told + "记者核实,并非一家五口。")
    True
    """
    if _REALLY_ASKED.search(official(question)) and _SUPPOSED.search(fold(sentence)):
        return True
    if not _RUMOUR.search(fold(sentence)) or _RUMOUR_ASKED.search(official(question)):
        return False
    if _REFUTED.search(fold(article)):
        return True
    at = article.find(sentence)
    behind = re.split("(?<=[。!?！？])", article[at + len(sentence) :])[:2] if at >= 0 else []
    return any(_DENIED.search(fold(text)) for text in behind)
