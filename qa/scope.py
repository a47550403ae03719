"""Messages that are no question to the bulletins: greetings, questions about the service, commands to it.

Only what is plainly addressed to the service is caught here; everything else is looked up. Nothing in a
message is ever carried out, so a command merely gets a plain refusal instead of a chance quote.
"""

from __future__ import annotations

import re

from qa.text import fold

_END = r"[呀啊呢哦吗嘛,。!?~\s]*$"
_GREETING = re.compile(
    rf"^(?:(?:你|您|大家)好|hi|hello|嗨|哈[啰喽]|早上好|上午好|中午好|下午好|晚上好|早安|晚安|在吗|在不在|"
    rf"谢谢(?:你|您)?|多谢|感谢|再见|拜拜|辛苦了){_END}"
)
_ABOUT = re.compile(
    rf"^(?:请问)?(?:你|您)(?:是谁|是什么|叫什么(?:名字)?|是(?:机器人|人工智能|ai)|"
    rf"(?:能|会|可以|都会)(?:做|干|帮我?做?|回答|提供)(?:些|点)?(?:什么|啥|哪些)?.{{0,6}}|有(?:什么|啥|哪些)功能|怎么用){_END}"
)
_CONFIDENTIAL = r"(?:密码|口令|密钥|api.?key|token|提示词|system prompt|系统提示)"
_COMMAND = re.compile(
    r"(?:无视|忽略|忘记|忘掉|不要理会|抛开|跳过)(?:你|掉|所有|一切|以上|上面|之前|前面|的|公报)*"
    r"(?:公报|指令|规则|提示|设定|限制|内容|要求|约束)"
    r"|(?:system|assistant|系统)\s*:"
    rf"|(?:输出|告诉我|给我|显示|泄露|打印|透露|说出|重复).{{0,12}}{_CONFIDENTIAL}"
    r"|(?:你现在是|你已|请?扮演|假装|假设你|切换[到成]|进入).{0,12}(?:模式|角色|身份|助手|专家|猫|狗)"
    r"|ignore (?:all|any|the|previous|above)"
    r"|(?:写|编|创作|作)(?:一)?[首篇个段]?.{0,12}(?:诗|小说|故事|笑话|作文|代码|程序)"
)

HELLO = (
    "您好！我根据收录的新闻公报回答问题，并给出原文出处；公报里没有的，我会直说没有找到。"
    "您可以问人物、时间、数字、地点、单位、举措等，也可以接着上一个问题追问。"
)
NO_COMMANDS = "我只回答公报内容方面的问题，不能执行这类要求。"


def reply_to(message: str) -> str | None:
    """Return a reply to a message that is no question to the bulletins, ``None`` where it may be one.

    >>> reply_to("二七区有多少家企业?") is None
    True
    """
    folded = fold(message).strip()
    if _GREETING.match(folded) or _ABOUT.match(folded):
        return HELLO
    if _COMMAND.search(folded):
        return NO_COMMANDS
    return None
