"""Why a question is refused: a premise that is not there, nothing clear to look for, or matters elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.language.names import is_mentioned, people
from qa.search.matching import word_coverage, word_weights
from qa.text import STOPWORDS, Segmenter, bigrams, fold
from qa.types import Article, Reason
from qa.understanding.questions import Asked, plain

NOTHING = "公报中没有找到。"
UNCLEAR = "没有看出您问的是什么，请说得具体一些，例如写上人名、单位或事项。"
ELSEWHERE = "公报中没有找到，这看来不是公报所报道的事。"

# Events that a question may take for granted, in words of which a report would use one or another; behind
# them those that only a report is looked through for, as a question may use them of much else.
_WORDS = (
    (
        r"辞职|辞去|离职|离任|卸任|下台|请辞|免去|免职|被免|撤职|去职|不再担任|调离|落马",
        r"辞掉|辞了|不再兼任|另有任用|退居|退休|到龄|接替|解聘|解职",
    ),
    (
        r"取消|停办|撤销|叫停|废止|不再(?:举办|举行|办)|作废|未能?举[办行]",
        r"停止|终止|中止|停[发用播售供招收]|取缔|解除",
    ),
    (
        r"停止|终止|中止",
        r"取消|停办|撤销|叫停|废止|不再|作废|暂停|停[发用播售供招收]|取缔|截止|解除",
    ),
    (
        r"推迟|延期|延后|推后|(?<!整)改期|顺延|延至|推迟到|延迟|拖延|暂缓|滞后"
        r"|[改挪推移][到在至]了?(?=\d|[下明后]|周|星期|礼拜|第|[一二三四五六七八九十]+[月日号])",
        r"推至|推到|延到|延长|改在|改到|另行",
    ),
    (
        r"停工|停产|停业|停课|停运|停摆|停电|停水|停气|歇业|关停",
        r"暂停|中断|停止|停供|停[建驶航学]|断[水电气]|停了|限电|限产|烂尾",
    ),
    (
        r"关闭|关门|闭馆|闭园|倒闭|破产|停业|封闭|封停|关停|注销",
        r"停止|暂停|停用|关[了张停]|歇业|打烊|封[路道控]|不开放|解散|清盘",
    ),
    (r"拆除|拆迁|拆掉|推倒|征收|腾退|拆违", r"拆[了旧改完毁]|清拆|征[迁拆地]|搬迁"),
    (r"失败|未成功|未能|落选|未通过|没通过|流产|流拍|未达", r"失利|不敌|落败|负于|没能|夭折|失手|淘汰"),
    (
        r"拒绝|反对|不同意|否决|驳回|抵制|不愿|不肯",
        r"不予|不接受|不支持|不赞成|谢绝|回绝|推辞|婉拒|没同意|没答应",
    ),
    (r"起火|着火|火灾|失火|爆炸|燃爆|燃烧", r"火[情势险光海]|大火|明火|火警|烧[毁着了]|引燃|自燃|炸"),
    (r"坍塌|倒塌|垮塌|塌方|塌陷|溃坝|决口|管涌|渗漏", r"塌[了落]|塌桥|垮[了掉]|滑坡|冲毁|溃[口堤]|漏水|渗水"),
    (
        r"受伤|伤亡|遇难|死亡|身亡|去世|逝世|牺牲|失踪|遇险|溺亡",
        r"病故|辞世|离世|病逝|过世|逝[于去者]|离开(?:了?我们|人世)|与世长辞|罹难|丧生|丧命|殉职|亡故|溺水|失联|被困|[重轻]伤"
        r"|[砸摔烧撞]伤|死[了于者]",
    ),
    (
        r"被抓|逮捕|抓获|拘留|刑拘|落网|被捕|判刑|判处|获刑",
        r"到案|归案|抓捕|擒获|羁押|判决|宣判|领刑|有期徒刑|投案|自首|拘",
    ),
    (
        r"被查|立案|查处|处分|通报批评|问责|追责|约谈",
        r"调查|审查|查[办获扣]|处[罚理]|罚款|通报|警告|曝光|留置",
    ),
    (r"道歉|致歉|检讨|赔礼", r"歉意|抱歉|对不起|谢罪"),
    (
        r"罢工|抗议|上访|冲突|纠纷|投诉|举报",
        r"信访|示威|游行|争[执议端吵]|矛盾|维权|检举|起诉|诉讼|交火",
    ),
    (r"退出|退赛|退群|撤出|撤资|退休", r"撤[离回走销]|离[开场职]|弃权|不再参加|到龄"),
    (
        r"涨价|提价|上调|加价|涨到|提高.{0,4}价",
        r"上[涨升浮]|涨[了幅至]|攀升|走高|上扬|调高",
    ),
    (
        r"降价|下调|减价|打折|优惠|下降|降低|降至",
        r"减少|减[至了免半轻]|下[滑跌浮]|回落|降[了到幅温本]|跌|缩[减小水]|走低|收窄|放缓|负增长|让利|调低|少了",
    ),
    (r"裁员|裁撤|精简|减员|合并|撤并", r"裁[掉减]|整合|缩编|解雇|撤销|并入"),
    (r"亏损|亏了|负债|欠薪|拖欠|欠款", r"亏[空本]|欠[了债账条下]|赤字|资不抵债|入不敷出|逾期|未付|没付|讨薪"),
    (r"中毒|感染|确诊|染疫|食物中毒|腹泻|发病", r"阳性|患[上病者]|病例|呕吐|染上"),
    (r"泄漏|泄露|污染|超标|外泄", r"外流|泄出|溢出|漏[出了油气]|流出|偷排|排污|恶化|浑浊|黑臭|超出"),
    (
        r"迁往|搬迁|搬到|迁址|搬走|迁至|迁建|搬出|搬离|迁出",
        r"迁入|迁[到移新]|乔迁|入驻|搬[进入至家去]|新址|易址",
    ),
    (r"改名|更名|改称|易名|改叫", r"更改|命名|定名|原名|前身|变更|升格"),
    (r"吵架|打架|斗殴|争执|争吵|翻脸", r"殴|扭打|打[了人伤]|动手|厮打|冲突|口角|纠纷|争[议端]"),
    (r"离婚|结婚|再婚", r"婚[礼后姻宴事]|新婚|成婚|完婚|成亲|成家|领证|嫁给|迎娶|娶了|离异"),
    (r"造假|作弊|抄袭|舞弊|弄虚作假", r"假[冒的]|虚[假构报]|伪造|篡改|冒[用名充]|剽窃|替考|违规"),
)
_EVENTS = tuple((re.compile(asked), re.compile(f"{asked}|{told}")) for asked, told in _WORDS)
# What a place does every day: its hours may be worded in any way.
_HOURS = re.compile(r"关门|闭[馆园]|关闭|封闭|停运|停业|停止|歇业|优惠|打折")
_WHY = re.compile(
    r"为什么|为何|怎么(?=会|就|又|突然)|因为什么|凭什么|何以|(?:的)?原因(?:是什么|何在)?|什么原因"
)
_NOT = re.compile(r"不|没|未|别|无(?!人机)")
_NAMED = re.compile(r"[《“「](?P<name>[^《》“”「」\n]{2,30})[》”」]")
_ELSEWHERE = re.compile(
    r"^[\d\s+\-*/×÷=().]+(?:等于)?(?:多少|几)?$|[\d)]\s*(?:[+*/×÷]|[加减乘]上?|除以)\s*[\d(]|(?:今天|明天|后天|现在|外面|这周).{0,6}(?:天气|气温|下雨|冷不冷|热不热)|"
    r"^(?:现在|今天)?(?:几点了?|几号|星期几|周几|是几号|是星期几)$|股价|汇率|彩票|翻译(?:成|一下|这)|"
    r"^(?:请|帮我|给我|替我|麻烦)+(?:写|画|编|起草|拟|生成|做一?[个份张首])(?!明|出)|"
    r"^(?:请|帮我|给我)?推荐(?:一|几|点|些)|世界杯|奥斯卡|菜谱|怎么做(?:菜|饭)|星座|讲个(?:笑话|故事)|圆周率|光速|世界(?:上)?(?:最|第一)"
)
_OF_ARTICLES = re.compile(r"[哪几多这那][几些少]?篇|报道|新闻|记者|作者|通讯员|稿|公报|报纸|报上")
"""What a question about the collection itself has: never a matter that bulletins do not report."""
_VAGUE_WORDS = """
这个 那个 这些 那些 事 事情 东西 情况 问题 说 讲 知道 介绍 一下 吗 谢谢 详细 具体 内容 信息 意思 这是
回事 怎么回事
"""
_VAGUE = frozenset(_VAGUE_WORDS.split())
_LIGHT = frozenset(
    "钱价说讲看做干想来去好给用拿打当投人事话谈问答叫让走到开办搞弄行对错真假难易月日号点天年周钟大小高低长短快慢早晚新旧呗"
)
"""Words of one character that do not say what a question is about."""
_FORMS_OF_ADDRESS = frozenset("总某姓哥姐叔婶爷奶伯妈董工")
_ASKING_END = re.compile(r"(?:多少|几|什么|哪|怎么)$")
_WHOSE_NAME_IS_NOT_SAID = re.compile("(?:那么?|请问)?[他她](?:还|也|[叫姓]|是谁|是哪)")
_STATEMENT_CHARS = 30
_UNRELATED = 0.25
_TELLING = 0.4
"""Rarity from which a word of a question, found in the articles, ties it to them."""
_MENTIONED = 0.55


def unclear(question: str, segmenter: Segmenter) -> bool:
    """Tell whether a question has no word that says what it is about (「那个呢?」, 「什么时候?」, 「啊」).

    So does one about somebody whom neither it nor the conversation names (「她还写了什么」).
    """
    if len(set(re.findall(r"\w", question))) == 1:
        return True
    if _WHOSE_NAME_IS_NOT_SAID.match(question) and not people(question, segmenter):
        return True
    words = [w for w in segmenter.content_words(question) if w not in _VAGUE and w not in STOPWORDS]
    # One character may name a thing (坝有多高) or an act (死了几个), but not what anything may have or do.
    return all(w in _LIGHT for w in words)


def false_premise(question: str, asked: Asked, articles: Sequence[Article]) -> str | None:
    """Return the event that a question takes for granted and no article read reports; else ``None``.

    >>> false_premise("局长为什么辞职?", Asked("reason", ""), [])
    '局长辞职'
    """
    folded = plain(question).rstrip("?？。 ")
    texts = [fold(f"{article.title}\n{article.body}") for article in articles]
    if asked.form == "yesno" or _NOT.search(folded) or len(folded) > _STATEMENT_CHARS:
        return None
    for asked_of, reported in _EVENTS:
        match = asked_of.search(folded)
        if match and asked.form == "date" and _HOURS.search(match.group()):
            continue
        if match and not any(reported.search(text) for text in texts):
            return _statement(folded)
    return None


def is_elsewhere(question: str) -> bool:
    """Tell whether a question is of a kind that bulletins seldom answer: today's weather, sums, recipes."""
    return _ELSEWHERE.search(fold(question).strip().rstrip("?？。 ")) is not None


def refusal(
    question: str, asked: Asked, articles: Sequence[Article], corpus: Sequence[Article], segmenter: Segmenter
) -> tuple[Reason, str]:
    """Return why a question is not answered, and how to say so.

    Args:
        question: standalone.
        asked: its form.
        articles: those of the best hits.
        corpus: all that may be used.
        segmenter: knows the corpus's names.
    """
    if is_elsewhere(question):
        return "out_of_scope", ELSEWHERE
    if event := false_premise(question, asked, articles):
        return "false_premise", f"公报中没有提到“{event}”。"
    if name := _unknown_name(question, corpus, segmenter):
        return "false_premise", f"公报中没有提到“{name}”。"
    text = "\n".join(fold(f"{article.title}\n{article.body}") for article in articles)
    weights = word_weights(question, segmenter)
    total = sum(weights.values())
    held = sum(weight * word_coverage(word, text) for word, weight in weights.items())
    known = any(len(word) > 1 and word in text and weight > _TELLING for word, weight in weights.items())
    unrelated = articles and total and held / total < _UNRELATED and not known
    if unrelated and not _OF_ARTICLES.search(plain(question)):
        return "out_of_scope", ELSEWHERE
    if asked.form == "reason" and (event := _event(question, text, segmenter)):
        return "false_premise", f"公报中没有提到“{event}”。"
    return "no_evidence", NOTHING


def _statement(question: str) -> str:
    """Return what a question takes for granted, without the words that ask."""
    said = _WHY.sub("", question)
    said = re.sub(r"了?(?:多久|多长时间|几[天年个次]月?|多少.{0,4})$", "", said)
    said = re.sub(r"(?:是)?(?:在)?(?:什么时候|哪一?[天年月]|何时|由?谁|哪里|什么)", "", said)
    return re.sub(r"^(?:请问)|(?:了|的|呢|吗|是)+$", "", said).strip(" ,，")


def _unknown_name(question: str, corpus: Sequence[Article], segmenter: Segmenter) -> str | None:
    """Return a person or a quoted name in a question that no article of the corpus has."""
    quoted = [m["name"] for m in _NAMED.finditer(question)]
    named = [
        name
        for name, at in people(question, segmenter)
        if name[-1] not in _FORMS_OF_ADDRESS and name not in _VAGUE and not _ASKING_END.search(question[:at])
    ]
    text = fold("\n".join("、".join((a.title, a.body, *a.reporters, *a.correspondents)) for a in corpus))
    for name in quoted:
        if not is_mentioned(fold(name), text):
            return name
    # Words that look like a name (安家费) share a pair of characters with the text, unknown names don't.
    for name in named:
        if not any(pair in text for pair in bigrams(fold(name))):
            return name
    return None


def _event(question: str, text: str, segmenter: Segmenter) -> str | None:
    """Return what a question wants the reason of, where no word of it is in what was read."""
    folded = plain(question).rstrip("?？。 ")
    if _NOT.search(_WHY.sub("", folded)):
        return None
    behind = _WHY.split(folded)[-1] or folded
    words = [w for w in segmenter.content_words(behind) if len(w) > 1]
    unknown = all(word_coverage(word, text) < _MENTIONED for word in words)
    return _statement(folded) if words and unknown else None
