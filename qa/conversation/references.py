"""他, 它, 该公司, 那里, 那天, 前者: what a pronoun of a follow-up stands for, from what was said."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Sequence

from qa.conversation.counterparts import A_THING, of_a_class
from qa.conversation.stated import times
from qa.language.names import COMPOUND_SURNAME, OFFICES, people
from qa.language.time_expressions import find_times
from qa.text import HAN, STOPWORDS, Segmenter
from qa.understanding.questions import WHO_IS

_PERSON_PRONOUN = re.compile(
    r"(?<!其)[他她](?!们|俩|人|山|国)|(?:这|那)(?:一?[个位])?(?:人(?![员才口民群们均次士类工气家大为])|同志)|(?<![彼因如就至])此人"
)
_OLD = "老[人兵汉]|老太太?|老大[爷娘妈]"
_BY_AGE = re.compile(
    "(?:这位|那位)?(?P<noun>老人家?|老[兵汉太]太?|老大[爷娘妈]|小伙子?|姑娘|师傅)"
    "(?=是|今年|现在|当年|后来|以前|年轻|哪|什么时候|啥时候|何时|多大|几[岁个时]|叫|姓|住|家[里有住]|跟|和谁|怎么|为什么|为啥|当|有几|有没有)"
)
"""Somebody told of before by no more than what he is (老人哪年参的军)."""
_PEOPLE_PRONOUN = re.compile(r"[他她](?:们俩?|俩)")
_THING_PRONOUN = re.compile(r"它(?!们)|^其(?!中|他|它|余|实)")
_KIND = (
    "公司|企业|工厂|厂(?!房|长)|单位|项目|工程|学校|医院|机构|行动|活动|会议|会(?=上|[由谁是有开])|比赛|大赛|案件|案子|事件|事故|实验室|研究[院所]"
    "|水库|大桥|工作室|合作社|博物馆|图书馆"
)
"""What articles tell of, in one word; a name need not end in it (该公司)."""
_THIS = "(?:(?<![应本活])该|此次|本次|上述|这一?[个家项场次所位座种起]|那一?[个家项场次所位座种起])"
_NAMED_FIRST = re.compile(
    f"(?P<what>(?![^,，]*(?:多少|几|什么|啥|哪|谁|怎))[{HAN}]{{2,12}}(?<![也吗呢了吧]))[,，](?:那)?它(?!们)"
)
"""A question that names first what 它 is (说回水库,它多大)."""
_DEMONSTRATIVE = re.compile(
    rf"{_THIS}(?P<kind>{_KIND})(?![{HAN}]{{0,2}}(?:们|员工))"
    rf"|(?:(?<![应本活])该|此次|本次|上述|这一?[个家项场次所位座种]?|那一?[个家项场次所位座种])(?P<noun>[{HAN}]{{2,6}}?)"
    r"(?=[的是有在要被由将和与对给能会为多从也还都属主共拥负需占落提说讲开办召举结选用投建做得可应必]|[,，?？]|$|哪|什么|怎|何|谁)"
)
# 「老师那里」 is with the teacher.
_PLACE_PRONOUN = re.compile(
    rf"(?:(?<![{HAN}])|(?<=[在从到去往对由跟和与是住来离把]))(?:那里|那儿|那边|这里|这儿)|当地"
)
PLACE = re.compile(
    rf"[{HAN}]{{2,6}}?(?:街道|社区|开发区|园区|新区|[省市区县镇乡村])(?![{HAN}]{{0,1}}(?:委|政府|长))"
)
_BODY = re.compile(rf"[{HAN}]{{2,12}}?(?:公司|集团|企业|合作社|街道办|法院|检察院|[{HAN}]局|医院|学校)")
_OF_PEOPLE = re.compile(
    "[名位人户]|干部|员工|职工|学生|教师|老师|研究生|专家|医生|孩子|老人|群众|居民|村民|代表|司机|游客"
)
"""Whom 他们 means where a place or a body comes first (二七区引进了多少名硕士)."""
_DAY_PRONOUN = re.compile(r"(?:那一?天|这一?天|当天|当日)(?=$|[^气线然])")
_ONE_OF_TWO = re.compile("(?P<first>前者)|后者")
_ASKED_WHO = re.compile(
    rf"(?P<office>[{HAN}]{{1,4}}?)(?:是谁|是哪一?位|叫(?:谁|什么|啥)(?:名字)?|是什么名字)|(?:由|被)?(?:谁|哪一?位|什么人)(?:来|去|在)?(?P<deed>[{HAN}]{{2}})?"
)
_OF_SOMEBODY = re.compile(
    rf"(?P<name>[{HAN}]{{2,3}}?)(?<![长记任理裁军角员师者手人星家的])(?:同志|先生|女士)?(?:现在|目前|以前|原来|当年|今年)?"
    r"(?:是(?:什么|啥)职务|是(?:做|干)(?:什么|啥)|(?:做|干)(?:什么|啥)工作|担?任(?:什么|啥)职务|多大(?:年纪|岁数|了|$))"
)
"""A question that is asked of somebody only, though the name may be on no list of surnames."""
_ASKED_WHICH = re.compile(r"是(?:哪|什么)|(?:有|叫)(?:哪|什么)|哪[个家座所条项]")
_SPEAKS = re.compile(
    "在?(?:[^,，。]{1,8}[上中时里])?(?:讲了|说|强调|指出|要求|表示|提出|介绍|认为|坦言|透露|宣布)"
)
_NO_NAME = re.compile(rf"^(?:{COMPOUND_SURNAME})$|[一二三四五六七八九十百千万两]|[乡镇村县区市街]$")
_ANY_DAY = dt.date(2021, 6, 16)  # relative words need a day to be found; which one does not matter here


_ROLE = re.compile(f"(?P<role>[{HAN}]{{2,12}}?)(?:现在)?(?:是|叫)(?:谁|哪一?位|什么名字)[?？]*")


def by_role(question: str, last: str) -> str | None:
    """Return a question asked of the role whose holder the last one asked for, in the place of 他.

    >>> by_role("他奖金多少", "女子冠军是谁?"), by_role("他奖金多少", "谁是冠军?")
    ('女子冠军奖金多少', None)
    """
    role = _ROLE.fullmatch(re.split("[,，]", last)[-1])
    return _PERSON_PRONOUN.sub(role["role"], question) if role and _PERSON_PRONOUN.search(question) else None


_RARE = 0.8
"""A word less rare than this is a common one, no name (申请书)."""
Recall = Callable[[str], str | None]
"""Returns the short answer to an earlier question."""


def replaced(
    question: str,
    said: Sequence[str],
    last: str,
    segmenter: Segmenter,
    recall: Recall,
    writers: Collection[str] = (),
    headline: str = "",
    body: str = "",
) -> str:
    """Replace pronouns and demonstratives of a question by what was last named.

    Args:
        question: as typed.
        said: what was said before, newest first; of an answer what it quotes first stands first.
        last: the last question, understood without the conversation.
        segmenter: of the snapshot.
        recall: the short answer to an earlier question.
        writers: who signs articles, which is not whom they tell of.
        headline: of the article quoted last.
        body: of the same.
    """
    pronoun = _PERSON_PRONOUN.search(question)
    # 「孙中山在哪里出生,他…」 names its person itself.
    if pronoun and not people(question[: pronoun.start()], segmenter):
        of_writers = HIS_ARTICLES.search(question) or _ASKED_WRITER.search(last)
        person = _person(said, last, segmenter, recall, () if of_writers else writers)
        # Who is asked what he wrote is one who signs articles, not whoever was named.
        if person and (not writers or person in writers or not HIS_ARTICLES.search(question)):
            question = _PERSON_PRONOUN.sub(person, question)
    elif (by_age := _BY_AGE.match(question)) and (
        person := _called(by_age["noun"], [last, *said, body], segmenter)
    ):
        question = person + question[by_age.end() :]
    if _PEOPLE_PRONOUN.search(question):
        group = counted_people(last)
        named = [] if group else _people_asked_for(last, segmenter, recall)
        if len(named) < 2 and not group:
            group = next((g for text in said[:_RECENT] if (g := counted_people(text))), None)
            named = list(dict.fromkeys(_names(said[0], segmenter))) if said else []
        if len(named) > 1:
            question = _PEOPLE_PRONOUN.sub("、".join(named), question)
        elif group:
            question = _PEOPLE_PRONOUN.sub(group, question)
        elif (
            (there_or_it := PLACE.match(last) or _BODY.match(last))
            and not _NO_TOPIC.search(there_or_it.group())
            and not _OF_PEOPLE.search(last, there_or_it.end())
        ):
            question = _PEOPLE_PRONOUN.sub(there_or_it.group(), question)
    there = _PLACE_PRONOUN.search(question)
    # 「三亚开通航线,对当地…」 names its place itself, too.
    if there and _last_place([question[: there.start()]], segmenter) is None:
        place = _last_place([last, *said], segmenter)
        if place:
            question = _PLACE_PRONOUN.sub(place, question)
    day = _DAY_PRONOUN.search(question)
    if day and not times(question[: day.start()]) and (named_day := _last_day([last, *said])):
        question = question[: day.start()] + named_day + question[day.end() :]
    if (one := _ONE_OF_TWO.search(question)) and (two := _last_two([last, *said], segmenter)):
        question = question[: one.start()] + two[0 if one["first"] else 1] + question[one.end() :]
    if own := _NAMED_FIRST.match(question):
        question = own["what"] + question[own.end() :]
    elif _THING_PRONOUN.search(question):
        topic = _thing_asked_for(last, segmenter, recall) or _found_thing(said, last, segmenter)
        topic = topic or _one_thing(_topic(last), segmenter)
        if topic:
            question = _THING_PRONOUN.sub(topic, question, count=1)
    match = _DEMONSTRATIVE.search(question)
    if match:
        thing = _thing_ending_in(match["kind"] or match["noun"], [*said, last, headline], segmenter)
        if thing is None and match["kind"]:
            thing = subject(last, segmenter)
            if thing and A_THING.search(thing) and not of_a_class(thing, match["kind"]):
                thing = None  # 国家反诈中心 is no 行动
        if thing:
            question = question[: match.start()] + thing + question[match.end() :]
    return question


def _called(noun: str, texts: Sequence[str], segmenter: Segmenter) -> str | None:
    """Return the only one who is named with a noun beside the name in what was said (李慧老人, 老兵李慧)."""
    beside = _OLD if noun[0] == "老" else noun
    named = {
        name
        for text in texts
        for name, at in people(text, segmenter)
        if re.search(f"(?:{beside})$", text[:at])
        or re.match(f"(?:这位)?(?:{beside})", text[at + len(name) :])
    }
    return named.pop() if len(named) == 1 else None


def _names(text: str, segmenter: Segmenter) -> list[str]:
    """Return the people that a text names, in order; 高二 and 马寨镇 are none.

    One with a rare surname is who the tagger takes for a person and who speaks.
    """
    known = {at: name for name, at in people(text, segmenter)}
    for word, tag, at in segmenter.tagged(text):
        if tag == "nr" and 1 < len(word) < 4 and _SPEAKS.match(text, at + len(word)):
            known.setdefault(at, text[at : at + len(word)])
    return [name for _, name in sorted(known.items()) if not _NO_NAME.search(name)]


def _people_asked_for(last: str, segmenter: Segmenter, recall: Recall) -> list[str]:
    """Return the people that the last question asked for, where that was answered by people only."""
    short = recall(last) if _ASKED_WHO.search(last) else None
    if not short:
        return []
    named = [_as_person(part, segmenter) for part in re.split("[、,，和与及]", short)]
    return [name for name in named if name] if all(named) else []


def _as_person(short: str, segmenter: Segmenter) -> str | None:
    """Return the name that a short answer is or ends in; ``None`` where it is no person.

    >>> _as_person("高志远", Segmenter()), _as_person("一家关了门的信用社", Segmenter())
    ('高志远', None)
    """
    if named := people(short, segmenter):
        name, at = named[-1]
        return name if len(named) == 1 and at + len(name) == len(short) else None
    if [tag[:1] for _, tag, _ in segmenter.tagged(short)] == ["n"] and segmenter.rarity(short) < _RARE:
        return None
    is_name = re.fullmatch(
        f"[{HAN}]{{2,4}}|[{HAN}A-Za-z]{{1,8}}(?:[·・][{HAN}A-Za-z]{{1,8}})+|[{HAN}]{{4,7}}", short
    )
    if is_name is None or re.search("[的了在是和有]", short) or PLACE.search(short) or _BODY.search(short):
        return None
    return None if _NO_NAME.search(short) or re.search(f"(?:{_KIND})$", short) else short


_PERSONS = (
    "(?:年轻|青年|党员|后备)?干部|员工|职工|(?:大|中|小)?学生|(?:硕士|博士)?研究生|硕士|博士|本科生|教师|老师|专家|医生|护士|孩子|老人|居民|村民|志愿者"
    "|队员|选手|运动员|民警|消防员|党员|代表|人才|司机|游客|骑手|工人"
)
_COUNTED = re.compile(
    f"(?:多少|几)(?:[名位个人]|人次)?(?!人)(?P<who>[{HAN}]{{0,4}}?(?:{_PERSONS}))(?![{HAN}]*(?:公寓|中心|食堂|学校|政策))"
)
HIS_ARTICLES = re.compile(
    "[他她](?:还|又|都|一共)*写[过了]?(?:的有?)?(?:什么|啥|哪[些几]|几篇|多少篇|别的|其他)"
    "(?:[篇的]|文章|报道|新闻|[吗呢啊?？])*$"
)
_ASKED_WRITER = re.compile("记者|通讯员|作者|署名|谁.{0,2}写")
_KIN = (
    "丈母娘|岳[母父]|妻子|丈夫|老婆|老公|爱人|[母父]亲|妈妈?|爸爸?|儿子|女儿|哥哥?|弟弟?|姐姐?|妹妹?"
    "|爷爷|奶奶|外[公婆]|徒弟|师[傅父]"
)
_RELATIVE = re.compile(f"(?P<name>[{HAN}·]{{2,10}}?的(?:{_KIN}))(?!们|[{HAN}]?(?:是谁|叫什么))")
"""Somebody told by whose relative it is: neither the one nor the other alone."""
_OF_AN_OFFICE = re.compile(
    f"(?:那么?)?(?P<name>(?:[省市区县镇乡]|[{HAN}]{{2,6}}[局院校馆所镇乡街道])?(?:委|政府)?(?:副|常务)*(?:{OFFICES}))"
    "(?=[是又还]?(?:怎么|如何|说|讲|强调|要求|表示|评价|对|在|为|去|来))"
)
_RECENT = 6
"""How many of the last texts 「他」 and 「他们」 may stand in: two questions and their answers."""


def counted_people(text: str) -> str | None:
    """Return the people that a question counts: those whom 「他们」 are.

    >>> counted_people("柳溪镇招了多少名研究生"), counted_people("有几家企业")
    ('柳溪镇招的研究生', None)
    """
    counted = _COUNTED.search(text)
    if counted is None:
        return None
    before = re.sub("[了过着]$", "", text[: counted.start()])
    return f"{before}的{counted['who']}" if before and before[-1] not in "有共是,，" else counted["who"]


def _person(
    said: Sequence[str], last: str, segmenter: Segmenter, recall: Recall, writers: Collection[str]
) -> str | None:
    """Return the person that 「他」 is: the one that the last question asked for, or was about.

    Otherwise the first of the newest text that names any: a sentence begins with whom it is about.
    """
    if (who := WHO_IS.match(last) or _OF_SOMEBODY.match(last)) is not None:
        return str(who["name"])
    if relative := _RELATIVE.match(last):
        return relative["name"]
    answer = said[0] if said else ""
    asked = _ASKED_WHO.search(last)
    if asked and (short := recall(last)):
        return _as_person(short, segmenter)
    about = list(dict.fromkeys(_names(last, segmenter)))
    if asked:
        for name, at in people(answer, segmenter):
            if name in about or _NO_NAME.search(name):
                continue
            if asked["deed"] and answer[at + len(name) :].startswith(asked["deed"]):
                return name
            office = asked["office"]
            if office and office not in about and answer[:at].endswith(office[-2:]):
                return name
    if len(about) == 1 and (not asked or asked["office"] == about[0] or about[0] not in last[:2]):
        return about[0]
    if holder := _OF_AN_OFFICE.match(last):
        office = holder["name"][-2:]
        return next((n for n, at in people(answer, segmenter) if answer[:at].endswith(office)), None)
    # Asked for in vain, he is nobody who was named before that.
    for text in said[:1] if asked else said[:_RECENT]:
        if names := [name for name in _names(text, segmenter) if name not in writers]:
            return names[0]
    return None


def _last_place(said: Sequence[str], segmenter: Segmenter) -> str | None:
    """Return the longest place or institution in the first text that names one."""
    for text in said:
        names = [
            text[at : at + len(word)]
            for word, tag, at in segmenter.tagged(text)
            if len(word) > 1 and (tag in ("ns", "nt") or PLACE.fullmatch(word))
        ]
        if first := PLACE.match(text):  # a name that the tagger does not know
            names.append(first.group())
        if names:
            return max(names, key=len)
    return None


def _last_day(said: Sequence[str]) -> str | None:
    """Return the day, as written, in the first text that names exactly one; a month or a year is none."""
    for text in said:
        days = {
            text[time.start : time.end]
            for time in find_times(text, _ANY_DAY)
            if time.period.first is not None and time.period.first == time.period.last
        }
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _last_two(said: Sequence[str], segmenter: Segmenter) -> tuple[str, str] | None:
    """Return the two things that the first text with such a pair joins by 和, 与 or 、; not three or more."""
    for text in said:
        tagged = segmenter.tagged(text)
        pairs = []
        for i, (word, _, at) in enumerate(tagged):
            if word not in ("和", "与", "跟", "、", "或") or not 0 < i < len(tagged) - 1:
                continue
            start = end = i
            while start > 0 and _may_join(*tagged[start - 1][:2]):
                start -= 1
            while end < len(tagged) - 1 and _may_join(*tagged[end + 1][:2]):
                end += 1
            first = text[tagged[start][2] : at]
            second = text[at + len(word) : tagged[end][2] + len(tagged[end][0])]
            if len(first) > 1 and len(second) > 1:
                pairs.append((first, second))
        if pairs:
            return pairs[0] if len(pairs) == 1 else None
    return None


def _may_join(word: str, tag: str) -> bool:
    """Tell whether a word can be part of one of two things named side by side."""
    noun = tag.startswith(("n", "j", "x", "l", "i", "vn", "eng", "a", "b", "z", "f", "s"))
    return noun and word not in STOPWORDS and word not in "、,，。;；:："


_NAMED_WHICH = re.compile("(?<!谁)叫(?:什么|啥)|哪一?[个家座所条项款](?!人)")


def _thing_asked_for(last: str, segmenter: Segmenter, recall: Recall) -> str | None:
    """Return the thing that the last question asked the name of, where that was answered by a name."""
    short = recall(last) if _NAMED_WHICH.search(last) else None
    if not short or re.search("[,，、;；。的了在]|^\\d", short) or len(short) > _LONGEST_THING:
        return None
    return None if people(short, segmenter) or times(short) else short


def _one_thing(topic: str | None, segmenter: Segmenter) -> str | None:
    """Return what a question begins with, if it is one thing, without what is asked of it (全称)."""
    if topic is None or any(word in ("和", "与", "跟") for word, _, _ in segmenter.tagged(topic)):
        return None
    return re.sub("的?(?:全称|简称|名称|全名|名字)$", "", topic) or None


_LONGEST_THING = 16


def _found_thing(said: Sequence[str], last: str, segmenter: Segmenter) -> str | None:
    """Return what the last answer begins with, where the last question asked which one it is."""
    if not said or not _ASKED_WHICH.search(last):
        return None
    topic = _topic(said[0].removeprefix("其中"))
    topic = re.sub("最.$", "", topic) if topic else None  # 鹰嘴岩隧道最长,为2860米
    if not topic or re.search(r"\d", topic) or times(topic) or topic in last or people(topic, segmenter):
        return None
    return topic


_BEFORE_VERB = re.compile(
    "(?P<topic>.{2,20}?)(?=是|有(?!限)|在|由|为|的|了|什么|多少|几|哪|谁|怎|将|会(?!议)|要|能|共|于|被|何|[,，。?？])"
)
_NO_TOPIC = re.compile("谁|哪|什么|怎|多少|几|^最|^第|^[他她它这那该此]|为何")


def _topic(question: str) -> str | None:
    """Return what a question begins with: the words before its first verb, particle or question word."""
    match = _BEFORE_VERB.match(question)
    return match["topic"] if match and not _NO_TOPIC.search(match["topic"]) else None


_OFFICE = re.compile(f"(?:[省市区县]委?)?(?:副|常务)*(?:{OFFICES})")
SHORTEST_SUBJECT = 3
"""Of two characters it is a place, or a name's beginning (霁岭|经|开|区): not all that is talked of."""
_NAMING = ("n", "j", "x", "l", "i", "z", "eng")
_VERBAL = ("v", "d", "p", "r", "u", "c", "t", "y", "m")
_ENDS_SUBJECT = re.compile(f"去年|今年|明年|前年|目前|现在|[{HAN}]?(?:多少|什么|哪|谁|怎|几)")


def subject(question: str, segmenter: Segmenter) -> str | None:
    """Return the name that a question begins with, as far as its first verb, time or particle.

    >>> subject("暖企百日行动什么时候开始?", Segmenter(terms=["暖企百日行动"]))
    '暖企百日行动'
    """
    end = 0
    for word, tag, at in segmenter.tagged(question):
        # A lone character in a name (铁铉智|锁) is tagged by chance.
        verbal = tag.startswith(_VERBAL) and not tag.startswith("vn") and (len(word) > 1 or tag[0] != "v")
        opens = end > 0 or tag.startswith(_NAMING)  # 「主要卖到哪里」 begins with no name
        if (
            not opens
            or at != end
            or verbal
            or word in STOPWORDS
            or _ENDS_SUBJECT.match(word)
            or not word.isalnum()
        ):
            break
        end = at + len(word)
    name = question[:end]
    if re.match(f"[{HAN}]某", name):
        return None  # somebody whose name is kept back, with the verb behind it
    if len(name) < SHORTEST_SUBJECT or _NO_TOPIC.search(name) or _OFFICE.fullmatch(name):
        return None
    return name


_PHRASE_STOPS = re.compile(
    "召开|举行|举办|主持|进行|开展|出席|参加|强调|指出|要求|表示|启动|宣读|成立|揭牌|传达|推进|组织|印发|听取|[^“”‘’《》\\w]"
)
_FUNCTION_WORDS = frozenset("对把将在由了的是给和与到从被向为就等有要也都")
_PHRASE_CHARS = 28


def _thing_ending_in(noun: str, said: Sequence[str], segmenter: Segmenter) -> str | None:
    """Return the phrase that ends in a noun, from the newest text that has one longer than it.

    It reaches back to the last punctuation, particle or reporting verb.
    """
    for text in said:
        tagged = segmenter.tagged(text)
        for i in range(len(tagged) - 1, -1, -1):
            end = tagged[i][2] + len(tagged[i][0])
            if not text[:end].endswith(noun):
                continue
            start = end
            for word, _, at in reversed(tagged[: i + 1]):
                if word in _FUNCTION_WORDS or _PHRASE_STOPS.search(word) or end - at > _PHRASE_CHARS:
                    break
                start = at
            phrase = text[start:end].lstrip("”’》")
            if len(phrase) > len(noun) and phrase.endswith(noun):
                return phrase
    return None
