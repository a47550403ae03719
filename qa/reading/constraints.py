"""What a question takes for granted and the evidence must bear out: numbers, people, quoted names, causes.

A near miss keeps the topic and changes one of these (第18届 for 第17届, another person, a reason for what did
not happen), so similarity alone does not tell it from a question that is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import cn2an

from qa.language.names import COUNTRIES, NAME, OFFICES, SURNAME, is_mentioned, people
from qa.reading.siblings import without_company
from qa.text import HAN, STOPWORDS, Segmenter, fold
from qa.types import Article
from qa.understanding.kinds import TELEPHONE
from qa.understanding.questions import WHO_IS, plain

_CHINESE_DIGITS = "零〇一二两三四五六七八九十百千万亿"
_NUMERAL = re.compile(rf"\d[\d,]*(?:\.\d+)?[万亿]?|[{_CHINESE_DIGITS}]+")
# In a question a Chinese numeral is a constraint only where it counts or orders something: 「第十八届」,
# 「八十岁」, not 「哪三种」「一把手」「一年发多少电」「五一期间」.
_ASKED_NUMERAL = re.compile(
    rf"\d[\d,]*(?:\.\d+)?[万亿]?|(?<![哪几这那])(?!一[年日户亩名次](?!级))(?:第)?[{_CHINESE_DIGITS}]+"
    r"(?=[届岁号次楼路年月日名户亩万亿%]|期(?!间))"
)
_DAY = re.compile(
    rf"(?:(?P<month>\d{{1,2}}|[{_CHINESE_DIGITS}]{{1,2}})月份?)?(?P<day>\d{{1,2}}|[{_CHINESE_DIGITS}]{{1,3}})[日号](?![楼路线院门])"
)
_QUOTED = re.compile(r"[《“「『](?P<name>[^《》“”「」『』\n]{2,30})[》”」』]")
_INTERROGATIVE = re.compile(r"多少|什么|谁|哪|几|怎|如何|为何|何时|何地|多大|多长|多久|多高|吗|呢")
_TIME_WORD = re.compile(
    r"去年|前年|明年|后年|上一?届|下一?届|上个?月|下个?月|上半年|下半年|昨[天日]|明天|同期|往年|历史上"
)
_OFFICE = re.compile(f"{OFFICES}|老板|司机|船长|机长|教练")
_CALLED = {"老板": re.compile("老板|董事长|经理|总裁|负责人|创始人|创办人|经营|掌柜|[店场园]主|法人")}
"""By what other words those are told of who are called so in everyday Chinese."""
_NAME_ASKED = re.compile(r"谁|哪一?位|叫什么|姓什么|名字")
# What a question about a certain property needs to find somewhere in the article; a property without any such
# thing in it is not given there.
_NEEDS = (
    (
        re.compile(r"电话|手机号|热线|联系方式|打哪个号"),
        re.compile(TELEPHONE),
    ),
    (re.compile(r"邮箱|电子邮件"), re.compile(r"@")),
    (re.compile(r"网址|网站地址"), re.compile(r"http|www|\.c")),
    (
        re.compile(
            r"多少钱|几块钱|几块[??]*$|几元|多少元|门票|票价|定价|售价|价格|工资|月薪|奖金|预算|造价|租金|(?:投资|资金|费用|金额|经费).{0,4}(?:多少|几)|多少(?:投资|资金|费用|经费)"
        ),
        re.compile(
            r"\d余?[多万亿千百]*余?元|[\d一二两三四五六七八九十百千万亿]+(?:余|多)?(?:元|块)|免费|不收费|不花钱"
        ),
    ),
    (re.compile(r"几岁|多大岁数|多大年纪|年龄|今年多大"), re.compile(r"[\d一二三四五六七八九十百]岁")),
    (re.compile(r"百分之几|占比|百分比"), re.compile(r"%|百分之|成")),
)
_CAUSE = re.compile(
    r"因为|因(?!此|而)|由于|原因|鉴于|出于|缘于|源于|导致|致使|使|受.{1,12}影响|旨在|目的|以便|从而|让|为了|"
    r"为(?:进一步|更好|切实|深入|加快|提高|确保|推动|解决|落实|贯彻|方便|保障|做好)|以(?:确保|保障|推动|促进|提高)"
)


def numerals(text: str) -> set[float]:
    """Return the numbers a text holds, in digits or characters.

    >>> sorted(numerals("第三十二次,12月14日,3万户"))
    [12.0, 14.0, 32.0, 30000.0]
    """
    return {value for m in _NUMERAL.finditer(fold(text)) if (value := _value(m.group())) is not None}


_ROUND = {"百": 100.0, "千": 1000.0, "万": 10000.0}


def _value(numeral: str) -> float | None:
    if numeral in _ROUND:  # 百名志愿者
        return _ROUND[numeral]
    try:
        return float(cn2an.cn2an(numeral.replace(",", "").lstrip("第"), "smart"))
    except ValueError:  # a run of characters that is no number (万一, 千百)
        return None


def unmet(question: str, article: Article, segmenter: Segmenter) -> float:
    """Return 1 where something a question takes for granted is nowhere in an article, else 0.

    Looked for are its numbers, people, quoted names, time words and offices (for a person asked for),
    and, for a property such as a telephone number or a price, anything of that sort. The article's date
    and writers count as part of it.
    """
    day = article.date.strftime("%Y年%m月%d日") if article.date else ""
    text = "\n".join(
        (
            article.title,
            article.body,
            day,
            article.date_text or "",
            *article.reporters,
            *article.correspondents,
        )
    )
    if article.date:
        # What the page calls by its number a reader may call by its distance.
        years = {"前年": -2, "去年": -1, "明年": 1, "后年": 2}
        text += "".join(word for word, step in years.items() if f"{article.date.year + step}年" in text)
    asked = {(month, day) for month, day in _days(question) if month}
    if asked and not asked <= set(_days(text, article.date.month if article.date else None)):
        return 1.0  # its numbers may all be there, one by one
    return float(not _all_met(fold(question), fold(text), people(question, segmenter)))


def _days(text: str, month: float | None = None) -> Iterator[tuple[float | None, float]]:
    """Yield the days that a text names, as month and day; one without a month is of the last one named, too.

    >>> list(_days("12月10日至14日"))
    [(12.0, 10.0), (12.0, 14.0)]

    Args:
        text: where they stand.
        month: of the article, which 本月14日 and 14日 may be of.
    """
    own = month
    for named in _DAY.finditer(fold(text)):
        day = _value(named["day"])
        if named["month"]:
            month = _value(named["month"])
        elif own:
            yield own, day or 0.0
        yield month, day or 0.0


def _all_met(question: str, text: str, named: list[tuple[str, int]]) -> bool:
    required = [fold(name) for name, _ in named if name[-1] not in "总某姓"]
    quoted = [m["name"] for m in _QUOTED.finditer(question)]
    required += _TIME_WORD.findall(question)
    if _NAME_ASKED.search(question):
        required += [office for office in _OFFICE.findall(question) if not _holds_office(office, text)]
    asked = {v for m in _ASKED_NUMERAL.finditer(question) if (v := _value(m.group())) is not None}
    return (
        all(words in text for words in required)
        and all(is_mentioned(name, text) for name in quoted)
        and asked <= numerals(text)
        and all(given.search(text) for cue, given in _NEEDS if cue.search(question))
    )


def attribute(question: str, segmenter: Segmenter) -> str | None:
    """Return the content word next to the question word: the property asked for, folded.

    >>> attribute("县政务大厅的预算是多少?", Segmenter())
    '预算'
    """
    folded = fold(question)
    match = _INTERROGATIVE.search(folded)
    if match is None:
        return None
    words = [
        (w, at) for w, tag, at in segmenter.tagged(folded) if w not in STOPWORDS and tag[:1] in "nvajlib"
    ]
    before = [w for w, at in words if at + len(w) <= match.start() and len(w) > 1]
    after = [w for w, at in words if at >= match.end() and len(w) > 1]
    return before[-1] if before else after[0] if after else None


def names_the_office(question: str, form: str, text: str) -> bool:
    """Tell whether a text names the office whose holder a question asks for; true where it asks for none.

    >>> names_the_office("县统计局局长叫什么?", "person", "县统计局综合股股长逯文茵解释。")
    False
    >>> names_the_office("院长是林苇吗?", "yesno", "区长林苇表示,研究院落户是件大事。")
    False
    """
    folded, told = without_company(fold(question)), fold(text)
    if form != "person" and not (_NAME_ASKED.search(folded) or _HELD_BY.search(folded)):
        return True
    asked = _OFFICE.findall(folded)
    return not asked or any(_holds_office(office, told) for office in asked)


_HELD_BY = re.compile(f"(?:{OFFICES})就?(?:是|叫)(?!不是){NAME}(?:吗|么|吧|对)")


def _holds_office(office: str, text: str) -> bool:
    """Tell whether a text names an office, or one that everyday Chinese means by it."""
    called = _CALLED.get(office)
    return office in text if called is None else called.search(text) is not None


def is_of_another_name(question: str, told: str) -> bool:
    """Tell whether a question asks who somebody is whose name a text never has: it is not that of another.

    >>> is_of_another_name("林建丽是谁?", "县长林建设出席。")
    True
    >>> is_of_another_name("林建设是谁?", "县长林建设出席。")
    False
    """
    asked = plain(question)
    who = WHO_IS.match(asked) or _OFFICE_OF.match(asked)
    return who is not None and who["name"] not in fold(told)


_OFFICE_OF = re.compile(
    rf"^(?P<name>{SURNAME}[{HAN}]{{1,2}}?)(?:同志|先生|女士)?(?:现在|目前|以前|从前|原来|之前|过去|拟|现)*(?:是|任|担任|当|做|干|的)+(?:过|的是)?"
    r"(?:什么|啥|哪[里儿个])(?![^?]{6})"
)
_ROSTER = re.compile(rf"^\d*[.、]?\s*(?P<name>{NAME})[,，](?:男|女)[,，]")


def is_entry_of_another(question: str, sentence: str) -> bool:
    """Tell whether a sentence is the entry of one person in a list, and another's name begins a question.

    >>> is_entry_of_another("何文清以前干什么?", "1.周永立,男,现任水利局局长。")
    True
    """
    entry, asked = _ROSTER.match(fold(sentence)), _OFFICE_OF.match(plain(question))
    return entry is not None and asked is not None and asked["name"] not in fold(sentence)


_FOREIGN = re.compile(rf"(?P<first>[{HAN}]{{2}}|(?<![{HAN}])[{HAN}])·(?P<last>[{HAN}]{{2}})")
_COUNTRIES = re.compile(COUNTRIES.removeprefix("中国|"))
_SHORT_FOR = "{0}(?:方|媒|军|国|籍|企|元|联储)|[赴访旅留驻中对]{0}"
"""How a country is named by its first character (美方, 访美)."""
_LATIN = re.compile(r"(?<![a-z])(?!email)[a-z]{5,}")
"""Abbreviations (GDP, AI) are shorter, and may be told in Chinese, as 邮箱 is."""


def lacks_the_name(question: str, text: str) -> bool:
    """Tell whether a question names somebody or something in a spelling that a text holds nothing of.

    Looked at are names with a dot, of which half will do, and words in Latin letters.

    >>> lacks_the_name("简·卡特把包裹交给了谁?", "邮包当场移交缉私部门。")
    True
    >>> lacks_the_name("简·卡特把包裹交给了谁?", "卡特女士把邮包交给了警员。")
    False
    >>> lacks_the_name("在美国报警打什么电话?", "在韩国报警请拨112。")
    True
    """
    asked = fold(question)
    countries, latin = _COUNTRIES.findall(asked), _LATIN.findall(asked)
    dotted = list(_FOREIGN.finditer(asked))
    if not (countries or latin or dotted):
        return False  # of most questions: the text need not be read
    told = fold(text)
    if countries and not any(
        name in told or re.search(_SHORT_FOR.format(name[0]), told) for name in countries
    ):
        return True
    foreign = any(m["first"] not in told and m["last"] not in told for m in dotted)
    return foreign or any(word not in told for word in latin)


_HEAD_OF = re.compile(
    rf"^(?P<body>[{HAN}]{{0,8}}(?:经开|高新|开发|园)区|[{HAN}]{{2}}[镇乡村]|[{HAN}]{{2}}(?:街道|社区)|[{HAN}]{{2,6}}(?:局|办|(?<![省市区县州旗镇乡])委))"
    rf"(?:的|现任|现在的?|党委|党工委|党支部|党组|工委)*(?:{OFFICES})(?:现在)?(?:是|叫)(?:谁|哪一?位|什么)"
)


def names_the_body(question: str, form: str, sentence: str, article: str) -> bool:
    """Tell whether a sentence may name the head of a body: not where it heads another, or none is told of.

    The body may be written out (经济技术开发区 for 经开区).

    >>> told = "区委书记林远表示,形势喜人。"
    >>> names_the_body("经开区书记是谁?", "person", told, told)
    False
    >>> names_the_body("经开区书记是谁?", "person", told, f"{told}经济技术开发区招商忙。")
    True
    >>> told = "县交通局局长林远说,路修好了。"
    >>> names_the_body("县发改局局长是谁?", "person", told, f"{told}县发展和改革局参加。")
    False
    """
    asked = _HEAD_OF.match(plain(question))
    if form != "person" or asked is None:
        return True
    body, told = asked["body"][-3:], fold(sentence)
    written = re.compile(f"[{HAN}]{{0,6}}".join(map(re.escape, body)))
    if body[-1] not in "局委办":
        return written.search(fold(article)) is not None
    heads = re.search(
        rf"(?P<of>[{HAN}]{{2,6}})[局委办](?:党[委组]书记、)?(?:{OFFICES})(?=[{HAN}]{{2}})", told
    )
    return heads is None or written.search(told) is not None or bool(set(body[:-1]) & set(heads["of"]))


_MEANING_ASKED = re.compile(
    r"^(?P<term>[^,?]{2,16}?)(?:一词|这个词|这个?说法)?(?:是|的|到底|究竟|具体)*"
    r"(?:什么意思|意思是什么|指(?:的是)?(?:什么|哪些[人些]?)|什么含义|含义是什么)[?]*$"
)
_WHAT_IS = re.compile(
    rf"^(?P<term>[“\"][^”\"]{{3,16}}[”\"]|[三四五六七八九十][大个项条][{HAN}]{{2,8}}?)(?:是|指的?是|都?(?:有|包括))(?:什么|哪些)[?]*$"
)
"""What a coinage stands for, asked with 是 alone: items may be listed anywhere behind it."""
_OPENING, _CLOSING = "“《「『", "”》」』"


def may_explain(question: str, sentence: str, context: str, article: str) -> bool:
    """Tell whether a sentence may say what a term means; true where a question asks for no meaning.

    It cannot where the term is one of several that it lists, nor where the article has the term, but neither
    in the sentence nor in what stands around it.

    >>> listed = "围绕“十大战略”,全市“两化五强”“四个高地”等部署。"
    >>> may_explain("“两化五强”是什么意思?", listed, "", listed)
    False
    >>> told = "“垸”就是挡水的圩堤围起来的田。"
    >>> may_explain("“垸”是什么意思?", told, "", told)
    True
    """
    folded, told = plain(question), fold(sentence)
    meaning = _MEANING_ASKED.match(folded)
    asked = meaning or _WHAT_IS.match(folded)
    if asked is None:
        return True
    whole = asked["term"].strip(_OPENING + _CLOSING + " ")
    # 全市的两化五强: what stands before 的 only says whose.
    terms = [part for part in (whole, whole.rpartition("的")[2]) if part]
    term = next((part for part in terms if part in told), None)
    if term is None:
        named = [part for part in terms if part in fold(article)]
        return meaning is None or not named or any(part in fold(context) for part in named)
    name = re.escape(term)
    listed = re.findall(
        rf"(?:[{_CLOSING}、][{_OPENING}]?){name}|{name}(?=[{_CLOSING}](?:[{_OPENING}、等])|[、等])"
        # 揭示了“四个认识”,阐明了…: what is done to it, not what it is.
        rf"|(?<=了[{_OPENING}]){name}(?=[{_CLOSING}][,。](?!即|也?就是|指|包括|[^,。]{{0,4}}一是))",
        told,
    )
    return len(listed) < told.count(term)


_SEXES = tuple(
    (re.compile(asked), re.compile(given))
    for asked, given in (
        ("(?<![子儿妇侄孙少美])女(?![儿婿王士真神])", "女|妇|姑娘|巾帼|[妈姐妹娘奶婆嫂她]"),
        ("(?<![子儿])男(?![孩爵友])", "男|[爷爸哥弟汉夫]"),
    )
)


def counts_the_sex(question: str, form: str, text: str) -> bool:
    """Tell whether a text names the women or the men whom a question counts; true where it counts neither.

    >>> counts_the_sex("会员里有几名女司机?", "number", "协会有会员六百一十二名。")
    False
    """
    asked, told = fold(question), fold(text)
    return form != "number" or all(given.search(told) for cue, given in _SEXES if cue.search(asked))


_WHICH_COUNTED = re.compile(
    rf"哪(?P<count>[两二三四五六七八九十]|\d+)(?P<kind>[个家所座处条名位][{HAN}]{{2,4}})"
)
_COUNTED_LAST = re.compile(
    rf"(?P<kind>[{HAN}]{{2}}),?(?:都|具体|分别|各)*是哪(?P<count>[两二三四五六七八九十]|\d+)(?P<of>[个家所座处条名位项大类])[?]*$"
)
"""任务是哪五个, as 是哪五个任务."""
_ASIDE = r"[、和与及暨“:：(（]"


def only_counts(question: str, form: str, sentence: str) -> bool:
    """Tell whether a sentence merely says again how many there are of what a question wants named.

    >>> only_counts("是哪两家养护院?", "list", "街道与两家养护院签订配餐协议。")
    True
    >>> only_counts("是哪两家养护院?", "list", "街道与南山、北山两家养护院签订协议。")
    False
    >>> only_counts("会上提出的任务是哪五个?", "list", "会议提出了“五个重点任务”,明确了方向。")
    True
    """
    asked, told = fold(question), fold(sentence)
    which = _WHICH_COUNTED.search(asked) or _COUNTED_LAST.search(asked)
    if form not in ("list", "what") or which is None:
        return False
    if which.re is _WHICH_COUNTED and form != "list":
        return False
    count = "[二两2]" if which["count"] in "二两2" else re.escape(which["count"])
    kind = re.escape(which["kind"])
    if which.re is _COUNTED_LAST:
        kind = f"{which['of']}[{HAN}]{{0,10}}{kind}"
    places = [m.span() for m in re.finditer(count + kind, told)]
    for start, end in places:
        before = re.split("[,;。]", told[:start])[-1].rstrip("与和及向对给")
        behind = re.split("[,;]", told[end:])[0]
        if before.endswith("“") and behind.startswith("”"):  # “五个重点任务” names none of them
            before, behind = before[:-1], behind[1:] or " "
        named = re.search(_ASIDE, before) or re.search(rf"{_ASIDE}|分别|包括|^[即是为]|^[等。]?$", behind)
        if named:
            return False
    return bool(places)


_IN_ORDER = re.compile("[一1]是|第一|首先|其一|一要|[①⑴]|[(（]一")


def is_counted_elsewhere(question: str, form: str, sentence: str, article: str) -> bool:
    """Tell whether an article only counts what a question wants named, and a sentence is of other things.

    >>> told = "会议提出了“五个重点任务”,明确了方向。要把学习与工作、生活结合起来。"
    >>> is_counted_elsewhere("会上提出的任务是哪五个?", "list", "要把学习与工作、生活结合起来。", told)
    True
    """
    which = _COUNTED_LAST.search(fold(question))
    told = fold(sentence)
    if which is None or which["kind"] in told or _IN_ORDER.search(told):
        return False
    count = max(numerals(which["count"]), default=0.0)
    if told.count("、") + 1 >= count:
        return False
    return any(only_counts(question, form, other) for other in re.findall("[^。!?\n]+。?", fold(article)))


def names_a_cause(sentence: str) -> bool:
    """Tell whether a sentence holds a word that introduces a cause or a purpose."""
    return _CAUSE.search(fold(sentence)) is not None
