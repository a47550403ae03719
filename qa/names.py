"""Names of people: surnames, and which words of a text are one."""

from __future__ import annotations

import re

from qa.text import HAN, Segmenter

# The hundred most frequent surnames and the usual compound ones: they tell a name from
# the words around it.
SURNAME = (
    "(?:欧阳|上官|司马|诸葛|东方|尉迟|皇甫|令狐|慕容|司徒|夏侯|端木|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
    "韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤时博景时骆祝左凌霍安常温康施牛樊葛邢路岳齐梅庄辛管"
    "洪聂焦翟殷申詹柴柳易倪庞纪舒阮耿单成华鲁滕包穆甘柯裴车祁冉季关席苗冷尚娄艾仝晏栾])"
)
NAME = f"{SURNAME}[{HAN}]{{1,2}}"
_WHOLE_NAME = re.compile(NAME)


def people(text: str, segmenter: Segmenter) -> list[tuple[str, int]]:
    """Return the ``(name, offset)`` of each person named in a text, in order.

    A word counts that the tagger takes for a person and that begins with a surname: the tagger alone takes many
    rare words for names.
    """
    return [
        (text[at : at + len(word)], at)
        for word, tag, at in segmenter.tagged(text)
        if tag.startswith("nr") and _WHOLE_NAME.fullmatch(word)
    ]
