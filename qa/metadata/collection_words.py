"""The fixed words of questions about the collection, as patterns."""

from __future__ import annotations

import re

from qa.text import fold

# Where the news are from: the rest of 「上周区里有哪些报道」.
HERE = "(?:全|我们?|本|咱们?)?(?:[省市区县镇乡]|街道)[里内]?"
REGION = re.compile(f"{HERE}|[当本]地|我们|咱们")
ITEM = "(?:文章|报道|新闻|稿件|稿子|要闻|头条)"
LOOSE_ITEM = "(?:文章|报道|新闻|稿件|稿子|要闻|头条|消息|内容)"
PIECE = f"(?:[篇条则个]{LOOSE_ITEM}|篇|{ITEM})"
ROLE = "(?:记者|通讯员|作者)"
WROTE = "(?:写|采写|撰写|署名|署了名|供稿|报道|采访|发|投)(?:了|过|的)*"
HOW_MANY = "(?:多少|几)"
ISSUE = re.compile(
    "(?:这|本|该|此|这一)(?:期|版|份|张|页)(?:报纸|公报|报|版面?)?|(?:今天|今日|今早|当天|当日|最新)的?(?:公报|报纸|报(?!道)|版面)"
    "|最[新近]的?[一这]期(?:的?(?:公报|报纸|报(?!道)|版面))?"
)
POLITE = re.compile(
    "^(?:请问|请|麻烦|帮我|给我|我想知道|我想问|我要|想知道|告诉我|列出|列一下|列举|查一下|查查|找一下|找找|找出|看看|"
    "说说|说一下|说一说|讲讲|讲一下|讲一讲|概括|概述|总结|归纳|梳理|介绍|一下|下|所有的?|全部的?|有没有|是否有|能不能|可以|,)+"
)
# What else a bulletin is called; without 这 (快报里有…) only where it holds something.
_PAPER = "(?:快报|简报|专刊|特刊|专版|期刊|刊物|周报|周刊|月刊|月报|会刊|报刊)"
_THIS_PAPER = re.compile(
    rf"(?:这|本|该|此|这一|那)(?:期|份|张|版|页|本|册)的?{_PAPER}|(?:这|本)[报刊](?![告道名表社讯导纸考送物登载发])"
)
_NEW_PAPER = re.compile(rf"(?P<new>今[天日早]|当[天日]|最[新近](?:的?[一这]期)?)的?{_PAPER}")
_IN_PAPER = re.compile(
    r"^(?:请问)?在?(?:快报|简报|专刊|特刊)(?:里面?|中|上)(?=(?:都|一共|总共|共|主要)*(?:有|登|刊登|收录|提到|写|讲|说))"
)
_FILE = re.compile(
    r"(?:这|该|此)[份个](?:材料|文件|文档|资料)(?=(?:里面?|中)?(?:都|一共|总共|共)*(?:有|收录了?|包含了?|包括了?)?"
    rf"(?:多少|几|哪几?些?|什么)[篇条]?{ITEM}$)"
)


_TAIL = re.compile(r"[?。!,\s]+$|(?:吗|呢|呀|啊|吧|嘛)[?。!]*$")


def plain(question: str) -> str:
    """Return a question folded, without blanks and what stands at its end.

    >>> plain("讲了 啥呢?")
    '讲了什么'
    """
    text = re.sub(r"\s+", "", fold(question)).replace("啥", "什么").replace("哪儿", "哪里")
    while (cut := _TAIL.sub("", text)) != text:
        text = cut
    return text


def as_bulletin(text: str) -> str:
    """Return a question with other words for a bulletin replaced.

    >>> as_bulletin("这份快报里有哪些文章"), as_bulletin("这份文件讲了什么")
    ('这期公报里有哪些文章', '这份文件讲了什么')
    """
    text = _NEW_PAPER.sub(lambda m: f"{m['new']}的公报", _THIS_PAPER.sub("这期公报", text))
    return _IN_PAPER.sub("公报里", _FILE.sub("这期公报", text))


QUESTION_WORD = re.compile("什么|多少|几|谁|哪|怎|如何|为何")

FIRST = re.compile(r"^(?:在|从|到|,|的)+")
THAT_PIECE = (
    rf"(?P<topic>[^\ue000-\ue002]{{2,40}}?)"
    rf"(?:(?:的|那|这|那一|这一)[篇条则](?:{ITEM})?|的{ITEM}|(?<![篇条则]){ITEM}|一文)"
)
WHO = (
    rf"(?:(?:是|由)?(?:谁|哪几?[位个名]{ROLE}?|哪些(?:{ROLE}|人)|什么人){WROTE}"
    rf"|的?(?:{ROLE}|署名)(?:是|叫|有|都有|都是)*(?:谁|哪些人?|哪几?[位个]|什么名字?|什么)"
    rf"|(?:是)?出自(?:谁|哪几?[位个名]{ROLE})(?:之手|的?手笔|的?笔下))"
)
WHEN = "(?:是|在|于)*(?:哪一?[天日期]|几号|几月几[日号]|什么时候|何时|什么日期|什么时间)"
PUBLISHED = "(?:的|发的?|登的?|刊登的?|刊发的?|见报的?|登报的?|报道的?|写的?|发出来的?|发表的?|发布的?)"
SAYS = (
    "(?P<more>还|又)?(?:都|主要|具体|大概)?(?:讲述?|说|写|登|刊登|报道|谈|介绍|提)(?:了|的|到|是|些)*"
    "(?:什么(?:内容|事情?|新闻)?|哪几?些?个?(?:方面|要点|点|内容|事情?))"
)
CONTENT = (
    "的?(?:主要|重点|核心|大致|全部)?(?:内容|要点|看点|大意|摘要|梗概|概要|要闻)"
    "(?:是|有|都|讲)*(?:什么|哪些)?"
)
