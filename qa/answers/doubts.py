"""What makes it doubtful that a clause with a statement's words affirms it.

It is taken back, merely possible, hearsay, part of a drill, or told of somebody else beside.
"""

from __future__ import annotations

import re

from qa.answers.negations import is_negated, naming_words
from qa.language.names import NAME, OFFICES, people
from qa.search.matching import word_coverage
from qa.text import HAN, Segmenter

_BUT = re.compile(r"[,，;；](?:但(?!凡)|却|不过|然而|可是)")
_PERMISSION_ASKED = re.compile(
    r"能不能|能否|可不可以|可否|让不让|准不准|(?<![可功性效才智职技])能(?![力源量效够]).*[吗么不没][??]*$|可以.*[吗么不没][??]*$"
    r"|[行成]不行[??]*$|行[吗么不][??]*$"
)
_PERMITS = re.compile(
    r"可|能|允许|准|许|照常|欢迎|接受|受理|均|都|开放|享受|纳入|支持|提供|凭|持|即|自愿|报名|办理"
)
"""What a clause that says that something may be done mostly has; 念稿子的打断 has nothing of it."""
_PUT_OFF = re.compile("顺延|推迟|延期|延后|改期")
_POTENTIAL = re.compile(r"[一-鿿]得(?:[成了上起到动住完出进下过通开来去好]|起来|出来|下来)(?=了?$)")
_MANAGED = re.compile(r"能|可以|顺利|如期|按期|按时|照常|成功|已经?|得[成了上起到动住完出进下过通开来去好]")
_AFTERWARDS = re.compile(r"(?:[之以]后|[用产成工开运]后|的时候|[之以]前)$")
"""What a clause ends in that only says when something else is so (车间用上以后)."""
_AIM = re.compile("^(?:为了?(?!期)|以便|旨在)")
_HEARSAY = re.compile("网传|传言|谣言|谣传|据传|网友|网民|发文称|或许|可能|似乎|好像|疑似|以为|[自号]称")
_STAGED = re.compile("模拟|假设|设想|假定|虚拟|预设")
"""What a drill is told with: nothing of it has happened."""
_AT_PRESENT = re.compile("现在|目前|如今|眼下")
_ONCE = re.compile("曾|[戴穿用住干做当去来学吃喝养种开办](?:了)?过(?![程去度节冬渡年])")
_WEEKDAY = re.compile("(?:周|星期|礼拜)[一二三四五六日天末]")
_ANY_DAY = re.compile("每[天日周]|天天|全年|工作日|节假日")
_DATE = re.compile(r"\d{1,2}月\d{1,2}(?=[日号])")
_NOT_YET_IN = re.compile("拟|候选|提名")
_MOSTLY = 0.55
_NAMES = ("nr", "ns", "nt", "nz")


def doubtful(asked: str, statement: str, near: str, said: str, segmenter: Segmenter) -> bool:
    """Tell whether a clause of a sentence leaves a statement open although it has its words.

    Args:
        asked: the folded question.
        statement: what it asks to be confirmed.
        near: the clause that decides.
        said: the folded sentence.
        segmenter: knows the corpus's names.
    """
    return (
        _BUT.match(said, said.index(near) + len(near)) is not None
        or _unpermitted(asked, statement, near)
        or (_PUT_OFF.search(near) is not None and not _PUT_OFF.search(statement))
        or (_POTENTIAL.search(statement) is not None and not _MANAGED.search(said))
        or _AFTERWARDS.search(near) is not None
        or (_AIM.match(near) is not None and not _AIM.search(statement))
        or merely_said(statement, near, said)
        or (_AT_PRESENT.search(asked) is not None and _ONCE.search(near) is not None)
        or _on_no_such_day(statement, said)
        or _of_a_deputy(statement, near)
        or _lacks_whose(statement, said)
        or _lacks_its_verb(asked, statement, near, segmenter)
        or (_ONLY.search(statement) is not None and not _ONLY.search(near))
        or (_HELD.search(statement) is not None and not _MEETING.search(said))
        or _of_somebody_beside(statement, near, said, segmenter)
        or of_a_namesake(statement, said, segmenter)
    )


def of_something_else(statement: str, near: str, said: str, segmenter: Segmenter) -> bool:
    """Tell whether a clause is told of somebody beside or of another date, or is told as no fact at all."""
    return (
        merely_said(statement, near, said)
        or on_a_date_beside(statement, near, said)
        or _of_somebody_beside(statement, near, said, segmenter)
    )


_WHO_DID = re.compile(r"(?P<did>[^,的]{1,4}了[^,的]{1,6})的")
"""Of whom a statement is, by what was done (种了树的地)."""


def _lacks_whose(statement: str, said: str) -> bool:
    """Tell whether a statement is of those of whom something is so, and a sentence has nothing of it."""
    whose = _WHO_DID.match(statement)
    return whose is not None and not any(char in said for char in whose["did"].rpartition("了")[2])


_ONLY = re.compile(r"(?<!不)(?:只(?![要有身])|仅|[光单](?=[给让对招收要是]))|限于?|专(?=门|供|为)")
_HELD = re.compile(r"会议?(?:[召举]?[开行办])(?:了|过|完)?$")
_MEETING = re.compile(r"召开|举行|开会|会议|[大例]会|动员会|座谈会|推进会")
_CONTINUES = re.compile(r"(?P<verb>[一-鿿])着$")


def _lacks_its_verb(asked: str, statement: str, near: str, segmenter: Segmenter) -> bool:
    """Tell whether a clause has not the one character that a statement says of its subject (有没有通公交)."""
    if (going_on := _CONTINUES.search(statement)) is not None:
        return going_on["verb"] not in near
    _, have, behind = asked.partition("有没有")
    word, tag, _ = next(iter(segmenter.tagged(behind)), ("", "", 0)) if have else ("", "", 0)
    return len(word) == 1 and tag[:1] == "v" and word not in near


_WHILE = re.compile(rf"(?P<what>[{HAN}]{{2}})期间")
_LATER = re.compile(r"(?<![前今])[之以]?后(?=[,就还也能可会要]|$)|平时|平常|结束|完了")
_HOLIDAY = re.compile("节假日|国庆|春节|元旦|(?:周|星期|礼拜)[一二三四五六日天末]")
_PART_OF_DAY = re.compile("早上|上午|中午|下午|晚上|夜里|半夜")


def at_another_time(statement: str, near: str, said: str) -> bool:
    """Tell whether a clause is told of the time before that of a statement, or of days where it is of hours.

    What is so 施工期间 says nothing of 通车后, and 节假日休息 nothing of 中午.
    """
    meanwhile = [m["what"] for m in _WHILE.finditer(said[: said.index(near) + len(near)])]
    if meanwhile and _LATER.search(statement) and not any(what in statement for what in meanwhile):
        return True
    part = _PART_OF_DAY.search(statement)
    return (
        part is not None
        and part.group() not in near
        and _HOLIDAY.search(near) is not None
        and not _HOLIDAY.search(statement)
    )


_GROUP = re.compile(r"(?:^|[,;。:])(?P<who>[^,;。:]{3,40})的,")


_OF_WHOM_BEFORE = re.compile("[不可应须需按由给无免也均都才能]|享受|领取|每[人户年月]")
"""What a clause begins with that names nobody itself."""


def of_another_group(statement: str, near: str, said: str, segmenter: Segmenter) -> bool:
    """Tell whether a clause is told of those only whom the words before it single out, and who are others.

    「享受甲的,不享受乙,可以享受丙」 says nothing on 丙 of those who have 丁.
    """
    at = said.find(near)
    part = re.split("[;。]", said[: max(at, 0)])[-1]
    groups = list(_GROUP.finditer(part))
    others = [word for word in naming_words(statement, segmenter) if word not in near]
    if not groups or not others or not _OF_WHOM_BEFORE.match(near):
        return False
    told = part[groups[-1].start() :]
    return not any(word_coverage(word, told) >= _MOSTLY for word in others)


def _unpermitted(asked: str, statement: str, clause: str) -> bool:
    """Tell whether a question asks if something may be done, and a clause says nothing of the sort."""
    permission = _PERMISSION_ASKED.search(asked) is not None and not is_negated(statement)
    return permission and not _PERMITS.search(clause)


def merely_said(statement: str, near: str, said: str) -> bool:
    """Tell whether a clause is hearsay or part of a drill, by its own words or by those right before it."""
    clauses = re.split("[,，;；。]", said[: said.index(near)].rstrip(",，"))
    told = f"{clauses[-1]},{near}"
    return any(kind.search(told) and not kind.search(statement) for kind in (_HEARSAY, _STAGED))


def staged(asked: str, near: str) -> bool:
    """Tell whether it is asked of something in a drill whether it has really happened."""
    return _STAGED.search(near) is not None and re.search("真的|真[出发有]", asked) is not None


def _on_no_such_day(statement: str, said: str) -> bool:
    """Tell whether a day of the week is asked about, and a sentence tells of none."""
    days = _WEEKDAY.search(statement)
    return days is not None and not _WEEKDAY.search(said) and not _ANY_DAY.search(said)


def on_a_date_beside(statement: str, near: str, said: str) -> bool:
    """Tell whether a statement's date is that of another part of the sentence than the clause's."""
    dates = _DATE.findall(statement)
    parts = re.split("[;；]", said)
    own = next((part for part in parts if near in part), said)
    return any(date in said and date not in own for date in dates)


def _of_a_deputy(statement: str, near: str) -> bool:
    """Tell whether a clause has an office as that of a deputy or of a candidate, and a statement does not."""
    office = re.search(rf"(?:是|任|当)[{HAN}]{{0,10}}?(?P<office>{OFFICES})$", statement)
    if office is None or "副" in statement or _NOT_YET_IN.search(statement):
        return False
    return f"副{office['office']}" in near or (
        _NOT_YET_IN.search(near) is not None and office["office"] in near
    )


def _of_somebody_beside(statement: str, near: str, said: str, segmenter: Segmenter) -> bool:
    """Tell whether a clause is told of somebody else whom a sentence names beside who is asked about."""
    persons = [name for name, _ in people(statement, segmenter)]
    if len(persons) == 1 and persons[0] in said and persons[0] not in near:
        until = said.index(near) + len(near)
        before = [name for name, at in people(said, segmenter) if at < until]
        if before and before[-1] != persons[0]:
            return True
    subject = _subject(statement, segmenter)
    if not subject or subject in near or subject not in said:
        return False
    part = next((part for part in re.split("[;；]", said) if near in part), said)
    begins = [near] if subject in part else [part, near]
    return any(_begins_with_another(text, statement, segmenter) for text in begins)


def _subject(statement: str, segmenter: Segmenter) -> str:
    """Return the name that a statement begins with, if it begins with one."""
    word, tag, _ = next(iter(segmenter.tagged(statement)), ("", "", 0))
    return word if len(word) > 1 and tag[:2] in _NAMES else ""


def _begins_with_another(text: str, statement: str, segmenter: Segmenter) -> bool:
    word, tag, _ = next(iter(segmenter.tagged(text)), ("", "", 0))
    return len(word) > 1 and tag[:2] in _NAMES and word not in statement


def of_a_namesake(statement: str, said: str, segmenter: Segmenter) -> bool:
    """Tell whether a sentence has not the name that a statement begins with, but one like it (恒远, 恒源)."""
    own = _subject(statement, segmenter) or (statement[:3] if re.fullmatch(NAME, statement[:3]) else "")
    names = {word for word, tag, _ in segmenter.tagged(said) if tag[:2] in _NAMES}
    names |= {name for name, _ in people(said, segmenter)}
    return own not in said and any(
        len(name) == len(own)
        and name[0] == own[0]
        and sum(a != b for a, b in zip(name, own, strict=True)) == 1
        for name in names
    )
