"""What a question about the collection marks as the topic of articles."""

from __future__ import annotations

import re

from qa.metadata.collection_request import TopicKind
from qa.metadata.collection_slots import TOPIC
from qa.metadata.collection_words import FIRST, ITEM, LOOSE_ITEM, POLITE, QUESTION_WORD

_TOPIC = re.compile(
    r"(?:有?关于|有关|涉及|提到|提及|谈到|说到|讲到|写到|出现|报道)了?过?(?P<a>(?!最[新早近晚先后])[^\ue000-\ue002]{2,30}?)的(?=[^的]{0,12}(?:[篇条则个]|"
    rf"{LOOSE_ITEM}))|与(?P<b>[^\ue000-\ue002]{{2,30}}?)(?:有关|相关)的?|(?P<c>[^\ue000-\ue002有]{{2,30}}?)(?:方面|相关)的(?={ITEM})"
)
_IN_WHICH = rf"(?:哪[几一]?些?(?:篇{ITEM}?|[条则]?{ITEM})|(?:多少|几)(?:篇{ITEM}?|[条则]{ITEM}))"
_MENTION = "提到|出现|提及|报道|露面|露脸|亮相|写到|讲到"
_WHICH_MENTION = re.compile(
    rf"^(?:哪[几一]?些?[篇条则个]?|有?多少[篇条则个]?|有?几[篇条则个]|有?{ITEM}){ITEM}?(?:里|中)?(?:都)?"
    rf"(?:提到|提及|谈到|说到|讲到|写到|涉及|出现|(?:(?<=都)|(?<=文章|新闻|稿件|稿子|要闻|头条))报道|报道(?=[了过]))了?过?"
    r"(?P<what>[^\ue000-\ue002]{2,30})$|^(?P<in>[^\ue000-\ue002]{2,30}?)"
    rf"(?:(?:都|曾|一共|总共)*(?:出现|提)?在了?{_IN_WHICH}(?:里面?|中|上)?(?:都)?(?:被|有)?(?:{_MENTION})?(?:过|了)*"
    rf"|(?:都|曾)*(?:上|登上)(?:了|过)?{_IN_WHICH}|是?(?:在)?{_IN_WHICH}(?:里面?|中|上)?(?:{_MENTION})的)$"
)
_PRONOUN = re.compile(f"[这那该此他她它]|.*(?:{QUESTION_WORD.pattern})")
_WHICH_TELLS = re.compile(
    rf"^(?:哪[几一]?些?|有?多少|有?几)(?:篇{ITEM}?|[条则个]?{ITEM})"
    r"(?:(?:里面?|里头|中)(?:都|也)?(?P<holds>有)|(?:都|也)?(?:是|在)?(?P<about>关于|有关)(?:的是)?"
    r"|(?:都|也)?是?在?(?:讲(?![话座究解])述?|说(?![明服法])|写(?![作字])|谈|介绍|反映)(?:的?都?是|[了过到])*)"
    r"(?P<what>(?![的得着里中最是有在和与跟被把不没来去要会能可])[^\ue000-\ue002]{2,30}?)的?$"
)
# 含有“高铁”一词的文章: any that mentions it.
_HOLDING = re.compile(
    rf"(?:含有|包含|带有|出现了?过?)[“\"'「]?(?P<what>[^\ue000-\ue002的]{{2,20}}?)[”\"'」]?"
    rf"(?:[这一]?个?(?:词语?|字样|字眼|名字))?的(?=[^的]{{0,6}}(?:篇|{ITEM}))"
)
# 有没有提到养老, 公报里有讲房价的吗: whether any article does.
EXISTS = re.compile(
    rf"^(?:在?(?:这|本)?[期份张]?(?:公报|报纸|报|{ITEM})(?:里面?|里头|中|上)?)?(?:有没有|有无|是否有?|有)(?:{ITEM}|哪里)?(?:是|在)?"
    rf"(?:(?:关于|有关|提到|提及|谈到|说到|讲到|写到|涉及到?)了?过?(?P<a>[^\ue000-\ue002]{{2,20}}?)(?:的(?:{LOOSE_ITEM}|事情?)?)?"
    rf"|(?:讲|说|写|谈|报道|介绍|反映)(?:到|过|了)?(?P<b>[^\ue000-\ue002]{{2,20}}?)的(?:{LOOSE_ITEM}|事情?)?"
    rf"|(?P<c>(?![别没无啥最新好]|其[他它余]|什么|[这那本该])[^\ue000-\ue002的]{{2,20}}?)的(?:相关)?{ITEM})(?:没有)?$"
)
# 养老有关的有哪些, 跟养老相关的是哪几篇: without what they are.
RELATED = re.compile(
    rf"^(?:\ue000|在|的|(?:这|本)?[期份张]?(?:公报|报纸|报)(?:里面?|里头|中|上))*(?:跟|与|和|同)?(?P<what>(?![这那该此])[^\ue000-\ue002,]{{2,20}}?)(?:有关|相关)的(?:{ITEM})?(?:都|还)*(?:有|是)*"
    rf"(?:哪[些几]?(?:[篇条则](?:{ITEM})?|{ITEM})?|多少[篇条则](?:{ITEM})?|几[篇条则](?:{ITEM})?)$"
)
# 养老有没有提到, 房价在公报里提到了没有.
MENTIONED = re.compile(
    r"^(?P<what>[^\ue000-\ue002]{2,20}?)(?:在?(?:这|本)?[期份张]?(?P<here>公报|报纸|(?<![海汇预情日晚简通申电])报(?=[里上]))(?:里面?|里头|中|上)?)?"
    r"(?P<asks>有没有|有无|是否)?被?(?:提到|提及|谈到|说到|讲到|写到|报道)(?:过|了)?(?P<or_not>没有?)?$"
)
_NO_TOPIC = re.compile(
    "什么|多少|几|谁|哪|怎|如何|[这那该此]|^[他她它]|自己|会议?上?$|记者|[里中上]$|公报|报纸|文章|报道|新闻"
)
"""In front of 有没有提到, but no topic: who or what does the telling, or what was spoken of."""


def take_out_topic(text: str) -> tuple[str, str, TopicKind]:
    """Take out what a question marks as its topic; return the rest, the topic, and how it was marked."""
    body = POLITE.sub("", text)
    which = _WHICH_MENTION.match(FIRST.sub("", body))
    if which and not _PRONOUN.match(which["what"] or which["in"]):
        return _which(body), which["what"] or which["in"], "mention"
    tells = _WHICH_TELLS.match(FIRST.sub("", body))
    if tells and not QUESTION_WORD.search(tells["what"]):
        told: TopicKind = "mention" if tells["holds"] else "about" if tells["about"] else "told"
        return _which(body), tells["what"], told
    exists = EXISTS.match(text)
    if exists and not QUESTION_WORD.search(exists["a"] or exists["b"] or exists["c"]):
        return _which(""), exists["a"] or exists["b"] or exists["c"], "about"
    related = RELATED.match(body)
    if related and not (QUESTION_WORD.search(related["what"]) or _NO_TOPIC.search(related["what"])):
        return _which(body), related["what"], "about"
    mentioned = MENTIONED.match(text)
    asks = mentioned and (mentioned["here"] or mentioned["asks"] or mentioned["or_not"])
    if mentioned and asks and not _NO_TOPIC.search(mentioned["what"]):
        return _which(""), mentioned["what"], "mention"
    body = _HOLDING.sub(lambda m: f"提到{m['what']}的", body)
    match = _TOPIC.search(body)
    if match is None:
        return body, "", "none"
    what = match["a"] or match["b"] or match["c"]
    if QUESTION_WORD.search(what):
        return body, "", "none"
    kind: TopicKind = "mention" if re.match("提到|提及|谈到|说到|讲到|写到|出现", match[0]) else "about"
    return body[: match.start()] + TOPIC + "的" + body[match.end() :], what, kind


def _which(body: str) -> str:
    """Return which articles a question asks for, or how many, once their topic is known."""
    counted = re.search("多少|(?<!哪)几[篇条则]", body) is not None
    return f"{TOPIC}有{'多少' if counted else '哪些'}文章"


def clean_topic(topic: str) -> str:
    """Return a topic without quotation marks, and without 方面 behind it."""
    return re.sub(
        "(?<=..)(?:这?[个些]?方面|领域)$", "", re.sub(r"[《》“”\"「」『』]", "", topic).strip(",、的")
    )
