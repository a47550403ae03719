"""What stands before a question or in place of one: 「好的」, 「换个话题」, 「对了」, 「我想问的是」."""

from __future__ import annotations

import re

# No alternative may be the beginning of another one that comes later: the groups below never step back.
_THANKS = (
    "(?:(?:非常|十分|万分|太|多)*(?:感谢|谢谢|谢)(?:你们?|您|大家)?[了啦哈]?"
    "|辛苦(?:你们?|您)?[了啦]?|再见|拜拜)"
)
_UNDERSTOOD = (
    "好[的吧嘞哒]|嗯|哦|噢|喔|我?(?:知道|明白|了解|懂|清楚)[了啦]|明白|收到[了啦]?|原来(?:如此|是这样)|这样啊"
)
_APPROVED = (
    "好|行[吧了]?|可以了?|okay|ok|哈|呵|嘿|没事了?|没问题|没关系|是的|对的?(?!了)"
    "|很好|真好|太好了|不错|厉害|真?棒"
)
_DISMISSED = (
    "不用[了啦]?|不必[了啦]?|没有[了啦]?|没[了啦]|够[了啦]|算[了啦]|(?:回)?答?错[了啦]"
    "|不对|不是的?|不行|傻[子瓜]|笨蛋|白痴"
)
_SEPARATOR = r"[,，.。!！~、;；:：\s]"
_REMARK = re.compile(
    rf"(?>{_THANKS}|{_UNDERSTOOD}|{_APPROVED}|{_DISMISSED})"
    rf"(?>{_THANKS}|{_UNDERSTOOD}|{_APPROVED}|{_DISMISSED}|[呀啊呢哦嘛吧]|[?？]|{_SEPARATOR})*+$",
    re.IGNORECASE,
)
_BEFORE_QUESTION = re.compile(
    rf"^(?:(?>(?>{_THANKS}|{_UNDERSTOOD}|{_APPROVED})[呀啊哦]?)++{_SEPARATOR}++"
    rf"|(?>{_THANKS}|{_UNDERSTOOD})++(?=那|请问|再问|换个|换一|顺便|我[想要还]))+",
    re.IGNORECASE,
)
_NEW_TOPIC = re.compile(
    r"^(?:换(?:一?个)?(?:话题|问题)|问?另外?一?个问题|(?:说|聊|问)点别的|不(?:说|聊|问)这个)[了吧]?[,，。:：吧\s]*"
)
_BY_THE_WAY = re.compile(
    r"^(?:回到(?:刚才|前面|之前)(?:说的?|问的?)?的?(?=[^,，]{2,12}[,，])|(?:对了|另外|顺便)[,，:：。\s]+(?:(?:再|想)?(?:请)?问(?:一下|问|下)?[,，:：\s]*)?"
    r"|对了(?=那|请问|我想问)|顺便(?:再|想)*(?:请)?问(?:一下|一句|问|下)?[,，:：\s]*"
    r"|再(?:请)?问(?:你|您)?(?:一?个(?:问题)?|一?下|一句)[,，:：。\s]*|(?:我)?还有一?个问题[,，:：。\s]*)"
)
_I_ASK = re.compile(
    r"^我(?:是|就|还|只|其实)*(?:(?:想要?|要)(?:问|知道|了解)|问)(?:一下|问|下)?(?:的(?:其实)?就?是)?[,，:：\s]*"
)
_ASKS = re.compile(
    r"[?？]|多少|几|什么|啥|谁|哪|怎|咋|如何|为何|何[时地人处]|多[大长高久远重]|吗|是不是|有没有|能不能|是否|能否"
)


def is_remark(message: str) -> bool:
    """Tell whether a message only says that another was read (好的，知道了), thanks for it or waves it off.

    >>> is_remark("好的，谢谢啦！"), is_remark("好的，图书馆在哪？")
    (True, False)
    """
    return _REMARK.match(message.strip()) is not None


def asks(text: str) -> bool:
    """Tell whether a text has a word or a mark that asks."""
    return _ASKS.search(text) is not None


def without_openers(message: str) -> tuple[str, bool]:
    """Return what a message asks, and whether it says that this has nothing to do with what was said.

    >>> without_openers("谢谢,那科技型企业呢"), without_openers("好,换个话题,图书馆在哪")
    (('那科技型企业呢', False), ('图书馆在哪', True))
    """
    rest, new = message, False
    for pattern in (_BEFORE_QUESTION, _NEW_TOPIC, _BY_THE_WAY, _I_ASK):
        cut = pattern.sub("", rest)
        if cut == rest or not cut or (pattern is _I_ASK and not asks(cut)):
            continue
        rest, new = cut, new or pattern is _NEW_TOPIC
    return rest, new
