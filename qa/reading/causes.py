"""A sentence that only says again what happened does not say why."""

from __future__ import annotations

import re

from qa.text import HAN, fold
from qa.understanding.everyday import official

_WHY = re.compile(r"为什么|为何|什么原因|原因是|怎么(?=会|就|还|又|没|不|拖|突然)|因为什么")
# Wide on purpose: a lack, a want, a fear, a wish or a comparison may be a cause without any word for one.
_MAY_CAUSE = re.compile(
    r"因(?!此)|由于|原因|鉴于|[出缘源]于|[源来]自|得益|归功|导致|造成|致使|使|受|旨在|目的|以便|便于|从而|让|[靠凭]|契机|症结"
    r"|(?<![改定变分])为(?!期|[止主例零]|单行)|[免防避怕怪嫌]|担心|[才就是]|主[要因动]|[说称认表回][道为示应答]|介绍|解释|告诉|坦言|看[中重好]"
    r"|以(?:确|保|提|解|满|方|推|促|实|缓|此|减|恢)|想(?:给|让|为|把|着|要|多|再|趁|帮)|[没无缺难太怎能可需好便违未旧差弱低偏超险老伤病随基适]|过[大高多低]"
    r"|如果|若|利于|[帮协]助|问题|满足|解决|实现|涉嫌|被|隐患|作用|影响|代表|意味|提(?!醒)|更换|检修|施工"
    r"|遇[到上]|遭遇|[“\"下不要]|减少|根据|按|据|依|目标|破产|倒闭|故障|断裂|坏了|塌"
)
_CHANGE = re.compile(
    r"(?:同比|环比)?(?:下降|减少|增长|增加|上升|下滑|上涨|提高)(?:了|至|到)?\d[\d.]*(?:%|个百分点|‰)"
)
"""A change told as a figure, which is what is to be explained."""
_RESTATED = 0.35
"""Share of a question's pairs of characters from which a sentence says again what it asks about."""
_EFFECT = re.compile(r"[,;](?:已)?(?:造成|导致|致使|引发)[^。]*")
_EVENT = re.compile(
    rf"(?:为什么|为何|因为什么|怎么)(?:会|要|就|又|突然)*(?P<event>[{HAN}]{{2,10}}?)[的了?]*$"
)
_EXPLAINED = re.compile(r"之所以(?P<event>[^。;]{2,40}?),?(?:[主就正]?[要是]*因为?|是为了?|是由于|在于)")
"""What a sentence gives the cause of, in so many words."""
_FORM_WORDS = re.compile(r"为什么|为何|怎么|什么|原因|[的是会吗呢啊要了]")


def may_be_the_cause(question: str, form: str, sentence: str) -> bool:
    """Tell whether a sentence may say why; false where it says what is asked about again, without a cause.

    >>> may_be_the_cause("学校为什么设在科创园?", "reason", "5月16日,学校在科创园揭牌。")
    False
    >>> may_be_the_cause("为什么不能马上走?", "reason", "急性过敏大多发生在这段时间。")
    True
    >>> may_be_the_cause("他为什么突然晕倒?", "reason", "因在训练时晕倒而被送医的他已出院。")
    False
    """
    asked, told = official(question), _CHANGE.sub("", fold(sentence))
    if form != "reason" or not _WHY.search(asked):
        return True
    runs = re.findall(rf"[{HAN}a-z0-9]+", _FORM_WORDS.sub(" ", asked))
    pairs = [run[i : i + 2] for run in runs for i in range(len(run) - 1)]
    if (effect := _EFFECT.search(told)) and not any(pair in effect.group() for pair in pairs):
        told = told.replace(effect.group(), "")
    # 因在训练时晕倒而送医: what is asked about is the cause of something else.
    if event := _EVENT.search(asked):
        told = re.sub(rf"因(?:在[{HAN}]{{1,8}}?[时中上间])?{re.escape(event['event'])}而被?", "", told)
        if event["event"] not in told and told != _CHANGE.sub("", fold(sentence)):
            return False
    # 之所以…,是为了: it says itself what it explains.
    if event and (explained := _EXPLAINED.search(told)) and not re.search("[这那此样]", event["event"]):
        return bool(set(event["event"]) & set(explained["event"]))
    if _MAY_CAUSE.search(told):
        return True
    return sum(pair in told for pair in pairs) < _RESTATED * len(pairs)
