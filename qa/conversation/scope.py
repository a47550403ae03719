"""Messages that are no question to the bulletins: greetings, remarks, questions about the service, commands.

Only what is plainly addressed to the service is caught here; everything else is looked up. Nothing in a
message is ever carried out, so a command merely gets a plain refusal instead of a chance quote.
"""

from __future__ import annotations

import re

from qa.conversation.openers import is_remark
from qa.text import fold

_END = r"[呀啊呢哦吗嘛,。!?~\s]*$"
_GREETING = re.compile(
    rf"^(?:(?:你|您|大家)好|hi|hello|嗨|哈[啰喽]|早上好|上午好|中午好|下午好|晚上好|早安|晚安|在吗|在不在){_END}"
)
_ABOUT = re.compile(
    rf"^(?:请问)?(?:你|您)(?:是谁|是什么|叫什么(?:名字)?|是(?:机器人|人工智能|ai)|"
    rf"(?:能|会|可以|都会)(?:做|干|帮我?做?|回答|提供)(?:些|点)?(?:什么|啥|哪些)?.{{0,6}}|有(?:什么|啥|哪些)功能|怎么用){_END}"
)
# 「密码管理规定」 is a subject like any other.
_CONFIDENTIAL = (
    "(?:(?:密码|口令|密钥)(?!管理|安全|保护|法|学|箱|锁|工作|行业|产业|技术|应用)"
    "|api.?key|token|提示词|system prompt|系统提示)"
)
_BIDDEN = (
    "(?:^|[,。;:!?\\s]|请|帮我|给我|替我|为我|你|您|并|再|然后)(?:请|帮我|给我|替我|为我|能不能|能|会|可以|现在|马上|立即|立刻|直接|先|再|"
    "来|就|快|麻烦|完整|原样|逐字|地|把|将)*"
)
"""What stands before a verb that bids the service do something, rather than tells what somebody did."""
_OVERRIDE = re.compile(
    r"(?:无视|忽略|忘记|忘掉|不要理会|抛开|跳过)(?:你|掉|所有|一切|以上|上面|之前|前面|的|公报)*"
    r"(?:公报|指令|规则|提示|设定|限制|内容|要求|约束)"
    r"|(?:system|assistant|系统)\s*:"
    r"|ignore (?:all|any|the|previous|above)"
    rf"|(?:告诉我|给我).{{0,12}}{_CONFIDENTIAL}"
    rf"|{_BIDDEN}(?:输出|显示|泄露|打印|透露|说出|重复).{{0,12}}{_CONFIDENTIAL}"
)
_BIDDING = re.compile(
    r"(?:你现在是|你已|假设你).{0,12}(?:模式|角色|身份|助手|专家|猫|狗)"
    rf"|{_BIDDEN}(?:扮演|假装|切换[到成]|进入).{{0,12}}(?:模式|角色|身份|助手|专家|猫|狗)"
    rf"|{_BIDDEN}(?:编?写|创?作|编|生成)(?:出|一下)?(?:[一两几\d]?[首篇个段则份])?.{{0,12}}(?:诗|小说|故事|笑话|作文|代码|程序)(?!的)"
)
# 「什么都能回答的助手」 and 「写几首诗好吗」 ask for nothing.
_QUESTION_WORD = re.compile(
    "谁|(?:什么|啥)(?!都|也)|几(?![首篇个段则份句])|多少|哪|怎|如何|为何|^(?!.*[你您]).*(?<![好行以能])吗"
)

HELLO = (
    "您好！我根据收录的新闻公报回答问题，并给出原文出处；公报里没有的，我会直说没有找到。"
    "您可以问人物、时间、数字、地点、单位、举措等，也可以接着上一个问题追问。"
)
WELCOME = "不客气！您可以接着问公报里的内容。"
"""To thanks and remarks: who makes them has been answered, and needs no introduction."""
NO_COMMANDS = "我只回答公报内容方面的问题，不能执行这类要求。"


def reply_to(message: str) -> str | None:
    """Return a reply to a message that is no question to the bulletins, ``None`` where it may be one.

    >>> reply_to("二七区有多少家企业?") is None
    True
    """
    folded = fold(message).strip()
    if is_remark(folded):
        return WELCOME
    if _GREETING.match(folded) or _ABOUT.match(folded):
        return HELLO
    if _OVERRIDE.search(folded) or (_BIDDING.search(folded) and not _QUESTION_WORD.search(folded)):
        return NO_COMMANDS
    return None
