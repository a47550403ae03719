"""One of several bodies of a kind is asked about: what a sentence says of another of them is no answer.

An article tells of two hospitals, villages or firms side by side, each with figures and tasks of its own, and
questions for the one fit what is said of the other word for word but for the name.
"""

from __future__ import annotations

import re

from qa.reading.clauses import around
from qa.reading.regions import APIECE, counts_everywhere, is_of_all_places
from qa.text import HAN, bigrams, fold

_KINDS = (
    "医院|保健院|卫生院|疾控中心",
    "局",
    "公司|集团",
    "小学|中学|学校|[一二三四五六七八九]小|[一二三四五六七八九]中",
    "幼儿园",
    "水厂|电厂|污水处理厂",
    "社区|村",
    "镇|乡|街道|片区",
    "银行|加油站|超市|商场|市场|健身房",
    "小区|花园|苑|新村|家园|公馆|华庭|湾",
    "派出所|[大支]队",
    "馆",
    "农场|合作社",
    "食堂",
    "码头",
    "研究院|研究所|实验室",
    "公园|景区|广场",
    "水库",
    "桥(?![头梁下面墩上])",
    "班(?![车长级组次子主])",
    "岗(?![位前亭哨])",
)
"""What the names of bodies of one kind end in."""
_FORMS = frozenset(("number", "date", "what", "list", "means", "place", "organization", "person"))
_ANOTHER_ASKED = re.compile(r"哪一?[家个所座些几]|谁|除|以?外|[比较]|其他|另")
_BY_WHOM = re.compile(
    f"^[{HAN}]{{2,12}}?(?:是|由)+(?:谁家?|哪一?家(?:公司|单位|企业)?|什么(?:公司|单位|企业))(?:来|在|负责)*[修建盖造设施承管运]"
)
"""By whom one thing that is named is built or run (石桥是哪家公司建的)."""
_BESIDES = re.compile("除|以?外|[比较]|其他|另|哪一?[座些几]")
_STEM = rf"[{HAN}a-z0-9]"
_NO_NAME = re.compile(
    r"(?:[该本此这那各每全有些多个家几两所座其农乡布格结大开当僵破入进出闭离返到城古集年月日\d一二三四五六七八九十]|行政|自然|示范|部分)$"
)
"""What stands before such an ending where the whole is no name (各镇, 农村, 布局)."""
_WITHIN_A_WORD = "[民里庄级子落面部限势亲土镇]"
_NO_SUBJECT = re.compile(r"[从在向对把给到于据距经往沿与和由被的该此这是有为]|记者|根据|按照|通过")
_COMPARED = r"(?:是|比|较|相当于|超过)[^,;]{0,4}?"
_PARTS = ";；"
_CLAUSES = re.compile(r"[,，、:：]")


def tells_of_another_body(
    question: str, form: str, sentence: str, article: str, short: tuple[int, int] | None
) -> bool:
    """Tell whether a sentence, where its short answer stands, is on another body than a question names.

    Args:
        question: what is asked.
        form: its form.
        sentence: what is to answer.
        article: its text, which must tell of the body asked about, too.
        short: where the short answer stands in the sentence, if one was marked.

    >>> told = "城南小学今年招8个班。"
    >>> tells_of_another_body("城北小学今年招几个班?", "number", told, f"城北小学已经完工。{told}", None)
    True
    >>> built = "白沙桥由一公司承建。", "青石桥由二公司承建。"
    >>> tells_of_another_body("青石桥是谁家在建?", "organization", *built, None)
    True
    >>> tells_of_another_body("体检车哪天到丹水村?", "date", "4.高坑乡:9月9日进村。", "", None)
    True
    """
    asked = fold(question)
    by_whom = (
        form in ("person", "organization")
        and _BY_WHOM.search(asked) is not None
        and not _BESIDES.search(asked)
    )
    if _ANOTHER_ASKED.search(asked) and not by_whom:
        return False
    if _is_an_entry_of_another(asked, fold(sentence)) or _is_of_another_owner(asked, fold(sentence), article):
        return True
    if form == "number" and counts_everywhere(asked, fold(sentence), article):
        return True
    if form not in _FORMS and form != "yesno" and not by_whom:
        return False
    named = {kind: keys for kind in _KINDS if (keys := set(_named(asked, kind)))}
    if by_whom:  # who did something to it, not which one of its kind
        named = {kind: keys for kind, keys in named.items() if asked.startswith(tuple(keys))}
        named = {
            kind: keys for kind, keys in named.items() if not re.search(f"哪一?[个家所](?:{kind})", asked)
        }
    if not named:
        return False
    told, whole = fold(sentence), fold(article)
    start, end = around(told, short, _PARTS) if short else (0, len(told))
    # One that is no builder of another may be marked itself (“老桥是1978年建的”).
    until = short[1 if by_whom else 0] if short else end
    part, upto = told[start:end], told[start:until]
    for kind, keys in named.items():
        if not any(key in whole for key in keys):
            # Nothing of the article is called so, and the sentence is on one that is called otherwise.
            begins = next((key for key in keys if asked.startswith(key)), None)
            begins = begins and begins.lstrip("在到去从向给")
            known = not begins or begins[:2] in whole or _WHOSE.match(begins)
            subjects = [] if known else _subjects(upto, kind)
            if subjects and not any(set(begins or "") <= set(one) for one in subjects):
                return True
            continue
        if form == "yesno":
            continue
        names = "|".join(map(re.escape, keys))
        own = re.sub(rf"{_COMPARED}(?:{names})|[与距离和](?:{names})(?=相[隔距邻]|仅|约|不远)", "", part)
        if any(key in own for key in keys):
            continue
        subjects = _subjects(upto, kind)
        # A short name is of the body whose whole name has its characters (丰谷合作社: 丰谷粮油合作社).
        if subjects and not any(set(key) <= set(subjects[-1]) for key in keys):
            return True
    return False


_WHOSE = re.compile("[省市区县镇乡村全这那本各我咱哪]")
_ENTRY = re.compile(
    rf"^[(（]?[\d一二三四五六七八九十]*[.、)）]?(?P<place>[{HAN}]{{2,4}}(?:[乡镇村路街]|街道|社区|大道|公园|广场))(?:[(（][^()（）]*[)）])?(?=[:：])"
)
_ANY_PLACE = re.compile(
    rf"(?P<place>[{HAN}]{{2}}(?:乡|镇|街道|社区|村|路|大道|公园|广场)(?!{_WITHIN_A_WORD}))"
)


def _is_an_entry_of_another(asked: str, told: str) -> bool:
    """Tell whether a sentence is the entry of one place in a list, and a question names another only."""
    entry, named = _ENTRY.match(told), [m["place"] for m in _ANY_PLACE.finditer(asked)]
    named = [place for place in named if not _NO_NAME.search(place[:2])]
    return entry is not None and bool(named) and not any(place in told for place in named)


_OWNED = f"的[{HAN}]{{0,10}}?(?P<thing>项目|工程|产品|基地|园区|车间|生产线)"
_OWNER = re.compile(rf"^(?P<owner>[{HAN}a-z0-9]{{2,12}}?){_OWNED}")


def _is_of_another_owner(asked: str, told: str, article: str) -> bool:
    """Tell whether one body's project is asked about, and a sentence is on another's; the article has both.

    >>> told = "最大的是甲能公司的电池项目,2025年投产。"
    >>> _is_of_another_owner("乙光电子的项目哪年投产?", told, f"{told}其次是乙光电子的模组项目。")
    True
    """
    own = _OWNER.match(asked)
    if own is None or own["owner"] in told:
        return False
    other = re.search(
        rf"(?:公司|集团|厂|企业|科技|电子|股份|能源|[省市区县镇乡村])的[{HAN}]{{0,10}}?{own['thing']}", told
    )
    return (
        other is not None
        and re.search(f"{own['owner']}的[{HAN}]{{0,10}}?{own['thing']}", fold(article)) is not None
    )


def _named(text: str, kind: str) -> list[str]:
    """Return the names of a kind that a question holds, as far as they tell them apart."""
    found = re.finditer(rf"(?P<stem>{_STEM}{{2}})(?:{kind})(?!{_WITHIN_A_WORD})", text)
    return [m.group() for m in found if not _NO_NAME.search(m["stem"])]


def _subjects(text: str, kind: str) -> list[str]:
    """Return the names of a kind that clauses of a text begin with, whatever they begin with, in order."""
    found = []
    for clause in _CLAUSES.split(re.sub(f"[{_PARTS}]", ",", text)):
        opening = re.match(rf"[“《]?(?P<stem>{_STEM}{{2,8}}?)(?P<ending>{kind})(?!{_WITHIN_A_WORD})", clause)
        stem = opening["stem"].rpartition("的")[2] if opening else ""  # 改造后的南桥
        if opening and len(stem) > 1 and not _NO_NAME.search(stem) and not _NO_SUBJECT.search(stem):
            found.append(f"{stem}{opening['ending']}")
    return found


_ONE_OF_THEM = (
    rf"[{HAN}()（）]{{1,12}}?(?:乡|镇|街道|村|社区|县|公司|集团|医院|学校|小学|中学|队(?![伍员长])|应急连)|[{HAN}]{{0,8}}?(?:老人|儿童|孩子|妇女"
    "|学生|教师|委员|职工|党员|志愿者|家长|居民|负责同志)"
)
_SHARED = re.compile(
    rf"(?P<items>(?:{_ONE_OF_THEM})(?:(?:[、和与及]|以及)(?:{_ONE_OF_THEM}))+)(?:等[{HAN}\d]{{0,8}})?(?:,(?=一?共|总共))?"
    rf"(?:又|先后|一?共|总共|新|已|累计)*(?P<deed>[{HAN}]{{0,4}})(?P<count>\d[\d,.]*余?万?[名人个家辆台户件套张](?![次均]))"
)
"""A count that several have together (为甲乡、乙镇配备8名; 老人和儿童126人)."""
_LEAD = re.compile(r"^.*(?:[为给向对由在从让把将使]|其中|包括|组织|安排|邀请|转移)(?=..)")


def counts_several(question: str, form: str, sentence: str, short: tuple[int, int] | None) -> bool:
    """Tell whether a short answer counts what several have together, one of which a question asks about.

    >>> told = "为甲泉乡、乙泉镇配备8名年轻干部。"
    >>> counts_several("甲泉乡配备了几名年轻干部?", "number", told, (9, 11))
    True
    >>> counts_several("甲泉乡和乙泉镇配备了几名年轻干部?", "number", told, (9, 11))
    False
    """
    if form != "number" or short is None:
        return False
    asked, told = fold(question), fold(sentence)
    start, end = around(told, short, ";。")
    if is_of_all_places(asked, told[start : short[0]]):
        return True
    for found in _SHARED.finditer(told, start, end):
        if not (found.start("count") < short[1] and short[0] < found.end("count")):
            continue
        if APIECE.search(told[start : short[0]][-24:]):
            continue
        named = [
            item for item in re.split("[、和与及]", _LEAD.sub("", found["items"])) if _is_named(item, asked)
        ]
        if len(named) == 1:
            return True
    return False


def _is_named(item: str, asked: str) -> bool:
    """Tell whether a question names one of several, a troop also by its beginning (武警某中队: 武警)."""
    item = item.removesuffix("委员") or item
    return len(item) > 1 and (item in asked or (item[-1] in "队连" and item[:2] in asked))


_PEOPLE = (
    "孩子|儿子|女儿|子女|娃|学生|同学|学员",
    "徒弟|学徒|弟子",
    "教师|老师",
    "干部",
    "党员",
    "工人|职工|员工",
    "村民|居民|群众|农户",
    "志愿者",
    "医生|医护|护士",
    "消防",
    "民警|辅警",
    "专家|教授",
    "选手|运动员|队员",
    "游客",
    "老人",
    "班子成员",
)
"""Kinds of people that are counted; one may be of several (党员志愿者)."""
_PEOPLE_ASKED = re.compile(rf"(?:多少|几)个?[名位]?(?P<who>[{HAN}]{{2,6}})")


_NOT_OF_PEOPLE = re.compile(r"\d[余多万]*(?:[张台元亩项次天年月所部栋辆件%]|平方|公里|分钟|小时)(?![级轻])")
_ALL_OF_THEM = re.compile(rf"[员职][工员]|人员[{HAN}]{{0,2}}$")


def counts_other_people(
    question: str, form: str, sentence: str, short: tuple[int, int] | None, article: str = ""
) -> bool:
    """Tell whether a short answer counts people of another kind than asked, of whom a sentence has no word.

    All of a staff are another kind where the article counts those asked for alone; beds are no people.

    >>> counts_other_people("老林有几个孩子?", "number", "老林带着4名徒弟攻关。", (4, 6))
    True
    >>> told = "去年招聘编外人员31名。"
    >>> counts_other_people("去年招了几个护士?", "number", told, (8, 11), f"今年招护士28名。{told}")
    True
    >>> counts_other_people("来了多少名党员?", "number", "来了20名党员志愿者。", (2, 5))
    False
    """
    asked = _PEOPLE_ASKED.search(fold(question))
    if form != "number" or asked is None or short is None:
        return False
    told = fold(sentence)
    wanted = [kind for kind in _PEOPLE if re.match(rf"[{HAN}]{{0,4}}?(?:{kind})", asked["who"])]
    behind = re.split("[,;。、]", told[short[1] :])[0]
    before = told[: short[0]]
    counted = [
        kind
        for kind in _PEOPLE
        if re.match(rf"[{HAN}]{{0,6}}?(?:{kind})", behind) or re.search(rf"(?:{kind})[共约有]?$", before)
    ]
    nothing_else = (
        re.search(rf"(?:多少|几)[个名位]?(?:{'|'.join(wanted)})[?]*$", fold(question)) if wanted else None
    )
    if nothing_else and _NOT_OF_PEOPLE.search(told[short[0] : short[1] + 1]):
        return True
    if not wanted or any(re.search(kind, told) for kind in wanted):
        return False
    if counted:
        return True
    of_all = _ALL_OF_THEM.search(before[-6:]) or _ALL_OF_THEM.match(behind)
    by_themselves = rf"(?:{'|'.join(wanted)})\d+[名人个位]|\d+[名个位](?:{'|'.join(wanted)})"
    return of_all is not None and re.search(by_themselves, fold(article)) is not None


_ZONES = "经开区|开发区|高新区|产业园|工业园|园区|自贸区|示范区|新区"
_WHOLE = re.compile(
    rf"(?:^|[,在])(?P<name>[{HAN}]{{1,3}}[区县市](?<!经开区)(?<!开发区)(?<!高新区)(?<!园区)(?<!新区)|全[区县市])"
)


_GENERIC_END = re.compile("(?:项目|工程|公司|集团|基地|中心)$")
_ONE_AMONG = re.compile(
    rf"^(?P<all>[{HAN}“”]{{2,14}}?)[中里],(?P<one>[{HAN}“”]{{2,16}}?(?:项目|工程|公司|集团|园|馆|路|桥|医院|学校|厂|基地|中心))"
)


def is_of_a_part(
    question: str, form: str, sentence: str, around_it: str, short: tuple[int, int] | None
) -> bool:
    """Tell whether a district or a group is asked about, and a figure is of a zone or a member of it.

    >>> told = "民生类项目中,中医院迁建项目总投资4亿元。"
    >>> is_of_a_part("民生类项目总投资多少?", "number", told, "", (17, 20))
    True
    >>> told = "目前,临江经开区共有高企22家。"
    >>> is_of_a_part("临江区一共有几家高企?", "number", told, "", (12, 15))
    True
    """
    asked, told = fold(question), fold(sentence)
    among = _ONE_AMONG.match(told) if form == "number" and short is not None else None
    if among and short and short[0] >= among.end():
        another = not set(bigrams(_GENERIC_END.sub("", among["one"]))) & set(bigrams(asked))
        if another and among["all"][:3] in asked and ";" not in told[: short[0]]:
            return True
    whole = _WHOLE.search(asked)
    if form != "number" or whole is None or short is None or re.search(_ZONES, asked):
        return False
    zone = re.search(
        rf"(?:^|[,;:至])[{HAN}]{{0,6}}?(?:{_ZONES})(?:一?共|现|已|目前|累计|总共)*有", told[: short[0]]
    )
    name = whole["name"]
    return zone is not None and name not in told[: short[0]] and not re.search("全[区县市]", told[: short[0]])
