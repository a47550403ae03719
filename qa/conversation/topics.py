"""What a follow-up with little content of its own is put behind: what the last question states."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.conversation.completeness import THAT, leads_on
from qa.conversation.openers import asks
from qa.conversation.stated import ASKED_WHEN, TAIL, asking, stated, times, without_time
from qa.text import HAN, Segmenter

NOMINAL = re.compile("呢[?？]*$")
_WHY = re.compile("(?:这是)?(?:为什么|为何|为啥|什么原因)[呢啊?？]*")
_LEADS_ON = re.compile(rf"{THAT.pattern}|^(?:还有(?!多少|几|哪)|另外|然后)[,，]?")
_ONLY_ITEMS = re.compile("(?:[这本]一?[期版]|公报|报纸|[里中的都]|一共|收录|最[新早]|[篇条]|文章|报道|新闻)*")


def put_behind(earlier: Sequence[str], question: str, segmenter: Segmenter) -> str:
    """Return a question behind what the last one states that names what it is of, alone where none does.

    Args:
        earlier: the questions before, oldest first, understood without the conversation.
        question: as typed.
        segmenter: of the snapshot.
    """
    leads = leads_on(question, segmenter) or not question.startswith("那")
    rest = _LEADS_ON.sub("", question) if leads else question
    rest = rest if len(rest) > 1 else question
    for last in earlier[: -_BACK - 1 : -1]:
        if behind := _put_behind(last, rest, segmenter):
            return behind
    return rest


_INTENDED = re.compile(f"(?:打算|准备|计划)(?=[{HAN}]{{4}})")
"""That something is to be is not what it is."""
_SOME_OF_THEM = re.compile("(?:多少|几)(?P<measure>[节台辆栋座艘架盏棵株扇根块层])")


def _counted_alike(rest: str, last: str) -> str | None:
    """Return what the last question counted, if this one counts some of it by the same measure.

    >>> _counted_alike("装好几盏了", "中山路,路灯一共多少盏"), _counted_alike("装好几盏了", "路灯有几种")
    ('路灯', None)
    """
    counted, some = _SOME_OF_THEM.search(last), _SOME_OF_THEM.search(rest)
    if counted is None or some is None or counted["measure"] != some["measure"]:
        return None
    topic, _, aside = last[: counted.start()].rpartition(",")
    aside = topic if topic and times(aside) else aside
    return re.sub("(?:[一总]共|共|都)?有?$", "", aside)


_BACK = 3
"""Questions that are looked through for a topic."""


def _put_behind(last: str, rest: str, segmenter: Segmenter) -> str | None:
    """Return a question behind what an earlier one states; ``None`` where that is no topic."""
    before = stated(last) if _WHY.fullmatch(rest) else _without_verb(_topic_for(rest, last), segmenter)
    before = _INTENDED.sub("", _NEWS.sub("", before)) or before
    if (asked := _counted_alike(rest, last)) and is_topic(asked, segmenter):
        before = asked
    if len(times(rest)) == 1:
        before = without_time(before)  # nothing happened on two days
    if _NO_AMOUNT.match(rest):
        before = _AMOUNT_OF.sub("", before) or before
    if (deed := _ASKED_OF_A_DEED.match(rest)) and (at := before.removesuffix(deed["deed"])) not in (
        "",
        before,
    ):
        return f"{at}{rest}"  # 每年培训多少人 → 在哪培训
    if _ONLY_ITEMS.fullmatch(before) or is_worked_out(last):
        return rest
    return f"{before},{rest}" if is_topic(before, segmenter) else None


def is_worked_out(question: str) -> bool:
    """Tell whether a question is worked out of several things: nothing else is asked of their sum.

    >>> is_worked_out("企业和学校加起来多少家?"), is_worked_out("企业和学校在哪里?")
    (True, False)
    """
    return _WORKED_OUT.search(question) is not None


_WORKED_OUT = re.compile("[和跟与、][^,，]*(?:加起来|合起来|合计|相差|差了?)(?:是|有)?(?:多少|几)")


def is_topic(text: str, segmenter: Segmenter) -> bool:
    """Tell whether a text names something that can be talked of: a noun that says what, or a time.

    >>> is_topic("青石大桥通车", Segmenter()), is_topic("去地方学", Segmenter())
    (True, False)
    """
    named = any(
        (
            tag.startswith(("n", "j", "l", "i", "x", "eng", "vn", "s", "b", "z"))
            or (tag == "v" and len(word) > 1)
        )
        and word.isalnum()
        and word not in _SAYS_NOTHING
        and not _WITHOUT_NOUN.search(word)
        for word, tag, _ in segmenter.tagged(text)
    )
    return named or "最" in text or bool(times(text))


_SAYS_NOTHING = frozenset((
    "地方", "时候", "东西", "事情", "事", "人", "人员", "情况", "原因", "内容", "名字", "样子", "方面",
    "学", "个人",
))  # fmt: skip
_WITHOUT_NOUN = re.compile("[来去到了过]$|^[一总]共|^上午|^下午")
"""Set phrases that are verbs and adverbs (劝回来, 一共)."""
_NEWS = re.compile(
    "(?:还|都)?(?:有|没有?)(?:什么|啥)?(?:最新)?(?:消息|新闻|报道|动静|进展|说法|下文)$|的事情?$"
)
"""What is asked after (招聘有消息吗): a topic is what it is of."""
_NO_AMOUNT = re.compile(f"(?:{ASKED_WHEN.pattern}|谁|找谁|需?要带|怎么)")
_AMOUNT_OF = re.compile(r"\d+(?:\.\d+)?[万亿]?元(?:钱|的)?(?=[^,，]{2})")
"""An amount is a case of what is asked where or how (交200元养老保险补多少 → 在哪儿交)."""
_ASKED_OF_A_DEED = re.compile(f"(?:{ASKED_WHEN.pattern}|谁)(?P<deed>[{HAN}]{{1,2}}?)的?[?？]*$")
_OWN_VERB = re.compile(
    f"(?:{ASKED_WHEN.pattern}|谁|哪[个家里])(?!开始|截止|出发|集合)[{HAN}]{{2,4}}[?？]*$"
    f"|(?:多[长大高宽深重远]|多少|几[{HAN}])[?？]*$|^(?:要[{HAN}]{{1,3}})?(?:多久|多长时间|几[年天])[{HAN}]{{0,4}}[?？]*$"
)
"""A question with a verb or a measure of its own; when something begins is asked of the deed itself."""
_AT_AN_EVENT = re.compile(
    f"出席|参加|到场|主持|讲话|致辞|剪彩|宣布|[来去]了?(?![{HAN}])|[来去]了|说|讲|报道|写"
)
_OF_A_CHANGE = re.compile("[增减降升涨跌]|多了|少了|多多少|少多少|同比|环比|占|为什么|为何|怎么|原因")
_BARE_VERB = 2


def _topic_for(rest: str, last: str) -> str:
    """Return what a question is put behind: what the last one states, of a name with a mere verb the name.

    A question with a verb of its own, or for a measure, is not asked of what the last one told of the
    name (水库什么时候建的 → 库容多大); who was there is (大桥什么时候通车 → 谁出席了). What was a measure of
    it itself goes, too (公司二期投资多少 → 有多少员工).
    """
    if claim := _CLAIM.fullmatch(last):
        return claim["of"]
    if (
        "," in last
        and _WHO_IS_TO.fullmatch(rest)
        and len(told := stated(last.rpartition(",")[2])) >= _LEAST_TOLD
    ):
        return told
    last = _GREETING.sub("", last.replace("，", ","))
    before = _ABLE.sub("", stated(without_aside(last)))
    before = _LEFT_OVER.sub("", before)
    before = _OR_OTHER.sub("", before) or before
    if (attribute := _MEASURE_OF.search(before)) and not _OF_A_CHANGE.search(rest):
        shorter = before[: attribute.start()]
        shorter = without_time(shorter) if any(end == len(shorter) for _, end in times(shorter)) else shorter
        return shorter if len(shorter) > _BARE_VERB else before
    when = ASKED_WHEN.search(last)
    verb = TAIL.sub("", last[when.end() :]) if when else ""
    name = _LEFT_OVER.sub("", before.removesuffix(verb))
    own = _OWN_VERB.search(rest) and not _AT_AN_EVENT.search(rest) and not _OF_A_CHANGE.search(rest)
    return name if own and 0 < len(verb) <= _BARE_VERB < len(name) < len(before) else before


_LEAST_TOLD = 4
_WHO_IS_TO = re.compile(
    "(?:该|要|是|由|归)*(?:谁|哪个单位|哪个部门)(?:去|来)?(?:做|办|干|管|弄|落实)的?[呢啊]?[?？]*"
)
"""Who is to do what was told last, not what was told before that."""
_GREETING = re.compile(
    "^(?:[你您]们?好|请问|[我]?想(?:问|了解|知道)(?:问|一下|下)?|打听一下)*[,，]?(?:想问问?)?(?=.{2})"
)
_OR_OTHER = re.compile(
    f"(?:[,是在]|(?<=的会)){{1,2}}[{HAN}0-9]{{1,6}}还是?[{HAN}0-9]*$|的事情?$|的?意思$|[一总]共$"
)
"""What is no part of a topic: which of two was asked, 水库的事, 机构啥意思, 一共几家."""
_LEFT_OVER = re.compile(rf"(?<=[{HAN}]{{2}})(?:(?<!现)[在去到从]哪|跟|和|与|同|给|被|把|由|从|向)$")
"""What of an asking phrase is left where the verb was cut off behind it (在哪|去世的, 跟|谁住)."""
_ABLE = re.compile(f"(?<=[{HAN}]{{3}})(?:能|可以)[{HAN}]{{1,2}}$")
_CLAIM = re.compile("(?P<of>[^,，是]{3,}?)(?:不?都|全|也|还|真的?)*是[^,，]+吗[?？]*")
"""研发中心都是国家级的吗: what is claimed of them is no part of what they are."""
_CHANGED_TO = re.compile("(?:现在|目前|如今|原来|以前|之前)?[降涨升增减提调](?:低|高)?[到至为]$")


def _without_verb(before: str, segmenter: Segmenter) -> str:
    """Return a topic without the lone verb that it ends in and its adverbs (柳湾小学|招, 李先生|已经充)."""
    if (changed := _CHANGED_TO.search(before)) and changed.start() > _BARE_VERB:
        before = before[: changed.start()]
    tagged = segmenter.tagged(before)
    word, tag, at = tagged[-1] if tagged else ("", "", 0)
    if len(word) != 1 or tag != "v" or word == "会" or at <= _BARE_VERB:
        return before
    while len(tagged) > 2 and tagged[-2][1] in ("d", "t") and not times(tagged[-2][0]):
        tagged.pop()
        at = tagged[-1][2]  # 李先生|已经|充
    return before[:at]


_WHICH_IT_IS = re.compile(f"(?<![他她它])是(?:哪|谁|什么)[{HAN}]{{0,3}}[?？]*$")


def without_aside(last: str) -> str:
    """Return a question without what was asked last behind a topic: that is not what the next one is of.

    >>> without_aside("青石大桥通车,谁出席了"), without_aside("500米谁夺冠,亚军呢?")
    ('青石大桥通车', '500米谁夺冠,亚军呢?')
    """
    topic, comma, aside = last.rpartition(",")
    asides = comma and (asking(aside) or asks(aside)) and not NOMINAL.search(aside)
    asides = asides and not _WHICH_IT_IS.search(aside)  # 最长的隧道是哪条 → 有多长
    return topic if asides and len(topic) > 1 else last


NUMERIC = re.compile(
    "(?:费用?|价格?|票价|补贴|工资|奖金|收入|投资|金额|总额|面积|占地|[店房]租|租金|学费|气温|[长宽高深厚]度|年龄|规模|预算|人数|数量|比例|[率数])$"
)
_MEASURE_OF = re.compile(
    f"(?:现在|目前|如今)?(?:人均|户均|平均|总)?(?:{NUMERIC.pattern}|(?:利润|营收|产值|产量|税收)$)"
)
ATTRIBUTE = re.compile(
    rf"{NUMERIC.pattern}|(?:时间|日期|期限|工期|任期|学制|学历|地点|地址|位置|原因|名称|名字|题目|标准|条件|材料|流程|步骤|电话|负责人|联系人|主办方|承办方"
    r"|作者|名单|结果|意义|作用|背景|目的|内容|措施|[收票]费)$"
)
"""What a thing has, which the asking phrase of the last question cannot ask for (什么时候通车 → 总投资呢)."""
