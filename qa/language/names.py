"""Names of people: surnames, and which words of a text are one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.text import HAN, Segmenter, fold

COMPOUND_SURNAME = (
    "欧阳|上官|司马|诸葛|东方|尉迟|皇甫|令狐|慕容|司徒|夏侯|端木|闻人|百里|南宫|公孙|长孙|宇文|呼延|澹台|申屠"
    "|太史|淳于|钟离|闾丘|濮阳|东郭"
)
"""Alternatives of a pattern: surnames of two characters."""
# The hundred most frequent surnames and the usual compound ones: they tell a name from
# the words around it.
SURNAME = (
    f"(?:{COMPOUND_SURNAME}|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
    "韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤时博景时骆祝左凌霍安常温康施牛樊葛邢路岳齐梅庄辛管"
    "洪聂焦翟殷申詹柴柳易倪庞纪舒阮耿单成华鲁滕包穆甘柯裴车祁冉季关席苗冷尚娄艾仝晏栾"
    "俞禹褚卫尤窦奚鲍费萧狄臧闵项蓝童颜刁虞缪郁嵇翁荀甄曲靳巫宓伊宫仇厉戎符郜邰鄂卓蔺屠胥莘贡姬郦雍桂濮寿浦瞿阎慕茹宦戈庾匡寇阙蔚巩晁敖"
    "阚饶储宗屈裘邬鄢蒲郗鞠巢荆竺谷祝尉佟佘冼苟麦柏])"
)
NAME = f"{SURNAME}[{HAN}]{{1,2}}"
_PLACE_ENDING = tuple("乡镇村县区市路街桥河湖山庄湾屯咀寨沟坪")  # 侯寨乡 is no person called 侯寨
_NO_GIVEN_NAME = frozenset("区县镇乡")
"""What a place ends in and no name does (安栖区)."""
_NOBODY = frozenset((
    "孙女", "孙子", "孙儿", "孙媳", "孙媳妇", "孙女婿", "马拉松", "马赛克", "高尔夫", "高寿", "高龄",
))  # fmt: skip
"""Words that begin with a surname, and that the tagger takes for people."""
_NUMERAL_END = re.compile(r"[\d一二两三四五六七八九十百千几数]$")
"""What stands before the 万 of a number (五十|万头)."""
_WHOLE_NAME = re.compile(NAME)
OFFICES = (
    "书记|省长|市长|区长|县长|镇长|乡长|村长|局长|处长|科长|部长|主任|主席|院长|校长|行长|馆长|所长|队长|场长|台长|会长|社长|理事长|"
    "董事长|总经理"
)
"""Alternatives of a pattern: offices that one person holds, and often a deputy beside."""
OFFICE_AND_NAME = re.compile(
    rf"[{HAN}、]{{0,20}}(?:{OFFICES}|教授|工程师|检察长|秘书长|站长|园长|厂长|组长)(?P<name>[{HAN}]{{2,4}})"
)
"""An office with its holder behind it, who need not be on the list of surnames."""
COUNTRIES = (
    "中国|美国|英国|法国|德国|俄罗斯|日本|韩国|朝鲜|印度尼西亚|印尼|印度|越南|泰国|老挝|缅甸|柬埔寨|马来西亚|新加坡|菲律宾|蒙古国?|巴基斯坦|阿富汗|伊朗|伊拉克"
    "|沙特阿拉伯|沙特|阿联酋|以色列|土耳其|哈萨克斯坦|乌兹别克斯坦|意大利|西班牙|葡萄牙|荷兰|比利时|瑞士|瑞典|挪威|芬兰|丹麦|奥地利|波兰|捷克|匈牙利|希腊|乌克兰|爱尔兰"
    "|加拿大|墨西哥|古巴|巴西|阿根廷|智利|秘鲁|哥伦比亚|委内瑞拉|澳大利亚|澳洲|新西兰|埃及|埃塞俄比亚|肯尼亚|尼日尔|尼日利亚|南非|摩洛哥|阿尔及利亚|坦桑尼亚|乌干达"
)
"""Alternatives of a pattern: countries that news name."""
_TITLE = (
    f"(?:{OFFICES}|厂长|站长|园长|组长|总理|经理|总裁|负责人|代表|委员|秘书长|"
    "教授|博士|医生|主任医师|工程师|支书|领导|记者|通讯员)"
)
# What follows a name in running text: the verbs and particles of a news sentence, or punctuation.
_AFTER_NAME = (
    "(?=[表主出参领到在强指说介讲带率调深走赶察听宣对为就与和等认透告同关给任作做赴来解补反算"
    "、,，。;；:：(（）)】 」”\\n]|$)"
)
# 「院长向记者表示」 names nobody.
_NOT_TO_WHOM = "(?!向(?:记者|媒体|群众|大家|社会|[他她我你]|全[省市区县国]|市民|公众))"
_SHORTEST_NAME = f"{_NOT_TO_WHOM}{SURNAME}[{HAN}]{{1,2}}?{_AFTER_NAME}"
_TITLED = re.compile(f"{_TITLE}(?P<names>{_SHORTEST_NAME}(?:、{_SHORTEST_NAME})*)")
_WHO = (
    rf"{_TITLE}|老[兵人汉师]|战[士友]|[排班连营]长|民警|村民|居民|教练|队员|选手|工匠|匠人|师傅|徒弟|传承人|护士|志愿者|学生|歌手|演员|司机"
    r"|妻子|丈夫|老伴|父亲|母亲|爸爸|妈妈|爷爷|奶奶|[大小]?儿子|[大小二]?女儿|[哥弟]弟?|[姐妹]妹?|孙[子女]|侄[子女]|\d岁的"
)
"""What stands before the name of somebody whom a story tells of (老兵, 妻子, 22岁的)."""
_TOLD_OF = re.compile(rf"(?:{_WHO})(?P<name>(?:{SURNAME})[{HAN}]{{2}})")
_NAMED_OFTEN = 3
_ENDS_NO_NAME = frozenset("化性们的了在等是和与说区乡镇县村市站队院校所会厂社员")
_SPEAKER = re.compile(rf"^(?P<name>(?!记者|主持|编者|问|答)[{HAN}]{{2,6}}):", re.MULTILINE)
"""Who speaks in an interview that is printed as one (阿依夏木:……)."""


def corpus_people(texts: Iterable[str]) -> list[str]:
    """Return the people that texts name behind a title (区长苏建设, 区领导时博、王波); sorted, distinct.

    jieba's tagger misses names that are also words (建设), and cuts others short (宋学|礼); a title in front
    makes them certain, or that a text names somebody so again and again. Who speaks in an interview needs no
    surname.
    """
    return sorted({name for text in texts for name in _people_of(fold(text))})


def _people_of(text: str) -> Iterable[str]:
    for titled in _TITLED.finditer(text):
        yield from titled["names"].split("、")
    for named in {m["name"] for m in _TOLD_OF.finditer(text)}:
        # 宋学 stands nowhere but in 宋学礼, and that is followed by one thing here and by another there.
        often = text.count(named) >= _NAMED_OFTEN and text.count(named[:2]) == text.count(named)
        behind = set(re.findall(rf"{named}(.)", text))
        if often and len(behind) > 1 and named[-1] not in _ENDS_NO_NAME:
            yield named
    speakers = [m["name"] for m in _SPEAKER.finditer(text)]
    yield from (name for name in set(speakers) if speakers.count(name) >= _NAMED_OFTEN)


_COUNTED = re.compile(rf"[两二三四五六七八九十](?P<core>[{HAN}]{{1,2}})")


def is_mentioned(name: str, text: str) -> bool:
    """Tell whether a text has a name, or what a short one like 「三早」 sums up: its core, again and again.

    >>> is_mentioned("三早", "早思考、早动手、早准备"), is_mentioned("三早", "及早准备")
    (True, False)
    """
    if name in text:
        return True
    counted = _COUNTED.fullmatch(name)
    return counted is not None and any(
        all(line.count(char) > 1 for char in counted["core"]) for line in re.split(r"[。!?！？\n]", text)
    )


def people(text: str, segmenter: Segmenter) -> list[tuple[str, int]]:
    """Return the ``(name, offset)`` of each person named in a text, in order.

    A word counts that the tagger takes for a person and that begins with a surname, or that the corpus has
    for one: the tagger alone takes many rare words for names.
    """
    return [
        (text[at : at + len(word)], at)
        for word, tag, at in segmenter.tagged(text)
        if tag.startswith("nr")
        and (_WHOLE_NAME.fullmatch(word) or segmenter.knows_person(word))
        and text[at + len(word) :][:1] not in _PLACE_ENDING
        and word not in _NOBODY
        and not (len(word) > 2 and word[-1] in _NO_GIVEN_NAME)
        and not (word[0] == "万" and _NUMERAL_END.search(text, 0, at))
    ]
