"""「两个加起来多少」「三个一共多少」「哪个最早」: asked of what the last questions asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.conversation.stated import ASKED_AMOUNT, ASKED_DAY, stated
from qa.conversation.topics import without_aside
from qa.language.quantities import UNIT
from qa.text import HAN, Segmenter

_HOW_MANY = {"两": 2, "二": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_NUMBER = "".join(_HOW_MANY)
_OF_THEM = re.compile(
    rf"(?:那么?|这|那)?(?:[它他她]们)?(?P<n>[{_NUMBER}])?(?:个|者|家|样|项|种|类|边|处|场|次)?(?:会议?|活动|行动)?(?:当中|里面?|中)?"
    rf"(?:(?P<sum>(?:一共|总共)?(?:加起来|合起来|[加合][在到]?一[起块](?:儿)?|相加)(?:一共|总共|共)?|(?<=[{_NUMBER}个者家样项种类边处])(?:一共|总共|合计|共)"
    rf"|(?:一共|总共|合计)(?=(?:是|有|为)?(?:(?:多少|几)(?P<bare>{UNIT})?)?[呢啊呀?？]*$))"
    r"|(?P<difference>相差|差了?|差距)"
    r"|(?:哪一?[个家边种类处天座所](?:[村店馆校桥路组队班])?|谁)(?:的)?(?:更|比较|(?P<most>最))?(?P<than>多|少|大|小|高|低|早|晚)"
    r"|最(?P<first>早|晚)的?是?(?:哪一?[个场次项]|谁))"
    r"(?:是|有|为)?(?:(?:多少|几)[^,，]{0,3}|什么)?[呢啊呀?？]*"
)
_IN_ALL = ("一共", "总共", "合计")
"""Of things of different units they ask for another number of the last one (多少户 → 一共多少人)."""
_AMOUNT = re.compile(
    rf"(?:一共|总共)?有?(?:多少|几)(?P<unit>钱|(?!年轻|年级|车位|床位|路段|岗位|层次|站点)[万亿]?{UNIT})?|多[长高重大深宽远](?:的)?"
)


def of_several(question: str, earlier: Sequence[str], segmenter: Segmenter) -> str | None:
    """Return what is asked of several things together, ``None`` where the question is no such one.

    They are those that the last questions asked for: as many as it says (三个), two for a difference, else
    all of one unit that were asked one right after another.

    Args:
        question: as typed.
        earlier: the questions before, oldest first, understood without the conversation.
        segmenter: where words end.

    >>> before = ["二七经开区有多少家高新技术企业?", "二七经开区有多少家科技型企业?"]
    >>> of_several("两个加起来多少", before, Segmenter())
    '二七经开区的高新技术企业和科技型企业加起来多少家?'
    >>> of_several("哪个最早", ["护河行动哪天启动的?", "青石大桥哪天通车的?"], Segmenter())
    '护河行动启动和青石大桥通车哪个最早?'
    >>> of_several("制茶和造纸哪个多", ["镇上有几家制茶企业?", "镇上有几家造纸企业?"], Segmenter())
    '镇上的制茶企业和造纸企业哪个多?'
    >>> of_several("两个差多少", ["制茶企业和造纸企业加起来多少家?"], Segmenter())
    '制茶企业和造纸企业相差多少家?'
    """
    asked = _OF_THEM.fullmatch(question.strip())
    if asked is None:
        return _of_two_named(question, earlier, segmenter)
    if (again := _of_the_same(asked, earlier[-1] if earlier else "", segmenter)) is not None:
        return again
    end = asked["first"] or asked["than"]
    of_days = end in ("早", "晚")
    alike = _run(earlier, ASKED_DAY if of_days else _AMOUNT)
    exactly = _HOW_MANY[asked["n"]] if asked["n"] else 2 if asked["difference"] else None
    if exactly is not None:
        alike = alike[-exactly:] if len(alike) >= exactly else []
    elif not of_days and not _of_one_unit(alike):
        alike = alike[-2:] if asked["sum"] not in _IN_ALL else []
    if len(alike) < 2 or (asked["difference"] and len(alike) > 2):
        return None
    if of_days:
        events = [event_of(text) for text in alike]
        if not all("的" in event for event in events):  # of one alone it would be read as of all
            events = [event.replace("的", "") for event in events]
        return f"{_listed(events)}哪个最{end}?"
    unit, things = _things(alike, segmenter)
    if things is None or (asked["bare"] and unit and asked["bare"] != unit):
        return None
    if asked["sum"]:
        return f"{things}加起来多少{unit}?"
    most = "最" if asked["most"] and len(alike) > 2 else ""
    return f"{things}相差多少{unit}?" if asked["difference"] else f"{things}哪个{most}{asked['than']}?"


_NAMED = re.compile(
    f"(?:那么?)?(?P<a>[{HAN}]{{2,8}}?)[和跟与](?P<b>[{HAN}]{{2,8}}?)(?P<asked>哪一?[个家种类].|谁.|相差|差|加起来|合起来|一共|总共).*"
)


def _of_two_named(question: str, earlier: Sequence[str], segmenter: Segmenter) -> str | None:
    """Return what is asked of two of the things counted before, which are named shortly (制茶和造纸)."""
    named = _NAMED.fullmatch(question.strip())
    if named is None:
        return None
    counted = [text.rstrip("?？呢") for text in earlier if _AMOUNT.search(text)]
    found = [next((text for text in reversed(counted) if named[name] in text), None) for name in "ab"]
    asked = found[0] and found[1] and found[0] != found[1] and question[named.start("asked") :]
    if not asked or any(text is None or text.endswith(named[n]) for n, text in zip("ab", found, strict=True)):
        return None  # their whole names need nothing of what was said
    return of_several(asked, [text for text in found if text], segmenter)


_CALCULATED = re.compile(
    f"(?P<things>.{{2,}}[和跟与].{{2,}}?)(?:的)?(?:(?:加起来|合起来|相差|一共|总共|合计)(?:有|是)?(?:多少|几)(?P<unit>{UNIT})?|哪一?个[多少大小高低])[?？]*"
)


def _of_the_same(asked: re.Match[str], last: str, segmenter: Segmenter) -> str | None:
    """Return what is worked out otherwise of the two things that the last question is worked out of."""
    before = _CALCULATED.fullmatch(last)
    if (
        before is None
        or asked["n"] not in (None, "两", "二", "俩")
        or asked["than"] in ("早", "晚")
        or asked["first"]
    ):
        return None
    things, unit = before["things"], before["unit"] or ""
    if asked["sum"]:
        return f"{things}加起来多少{unit}?"
    return f"{things}相差多少{unit}?" if asked["difference"] else f"{things}哪个{asked['than']}?"


_THAN = re.compile(
    f"(?:那么?)?比(?P<than>[{HAN}0-9]{{2,12}}?)(?P<more>(?:[早晚多少高低大小长短快慢贵]|[增减涨降]加?|提高|下降|便宜)了?(?:多少|几).*)"
)
"""「比去年多了几家」: what is compared was asked for before."""


def by_how_much_more(question: str, last: str, segmenter: Segmenter) -> str | None:
    """Return what asks by how much the thing that was asked for last is more or earlier than another.

    >>> words = Segmenter()
    >>> by_how_much_more("比反诈会早几天", "研究院哪天揭牌的", words)
    '研究院揭牌比反诈会早几天'
    >>> by_how_much_more("比刚成立时多了多少", "志愿队有几个人", words)
    '志愿队比刚成立时多了多少人'
    >>> by_how_much_more("比预计多多少", "游船一天运送多少人", words)
    '游船一天运送的人比预计多多少人'
    >>> by_how_much_more("比去年多几个", "大桥谁建的", words)
    """
    if (asked := _THAN.fullmatch(question)) is None:
        return None
    than, more = asked["than"], asked["more"]
    topic, _, aside = last.replace("，", ",").rpartition(",")
    if more[0] in "早晚":
        of = stated(without_aside(f"{topic},")) if topic else ""
        return f"{of}{event_of(aside)}比{than}{more}" if ASKED_DAY.search(aside) else None
    counted = ASKED_AMOUNT.search(last)
    if counted is None:
        return None
    of = re.sub(f"(?:一共|总共|共|现在|目前|[有是达为]|[{HAN}]了)+$", "", last[: counted.start()])
    unit = re.sub("^(?:多少|几)个?", "", counted.group()) if not counted["what"] else ""
    more = more.rstrip("?？")
    if of and unit in ("人", "车", "钱") and segmenter.tagged(of)[-1][1] == "v":
        of = f"{of}的{unit}"  # 运送比预计多: of those who are
    return f"{of}比{than}{more}{unit if more.endswith('多少') else ''}" if of else None


_NAMES_OF_THEM = re.compile(
    "(?:都|分别|具体)?(?:叫什么(?:名字)?|是哪[些几]?[个家位名所站种项]?|有哪些|是什么)[呢啊?？]*"
)


def which_of_those(question: str, last: str) -> str | None:
    """Return what asks which those are that the last question counted (加了几站 → 都叫什么).

    >>> which_of_those("都叫什么", "104路加了几站"), which_of_those("叫什么", "104路加了几站")
    ('104路加了哪几站', None)
    """
    counted = list(re.finditer("(?P<number>多少|几)(?=[个家位名所站种项条座处])", last))
    if len(counted) != 1 or not re.match("都|分别", question) or _NAMES_OF_THEM.fullmatch(question) is None:
        return None
    return f"{last[: counted[0].start()]}哪几{last[counted[0].end() :]}"


def _run(earlier: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    """Return the last questions, one right after another, that ask by a pattern; each once."""
    alike: list[str] = []
    for text in reversed(earlier):
        if pattern.search(text) is None:
            break
        if (whole := text.rstrip("?？呢")) not in alike:
            alike.insert(0, whole)
    return alike


def _unit(text: str) -> str:
    amount = _AMOUNT.search(text)
    return (amount["unit"] or "") if amount else ""


def _of_one_unit(texts: Sequence[str]) -> bool:
    return len({_unit(text) for text in texts}) == 1


def _things(texts: Sequence[str], segmenter: Segmenter) -> tuple[str, str | None]:
    """Return the unit asked for and what each question counts, joined; ``None`` where that is not clear."""
    unit = _unit(texts[-1])
    if not _of_one_unit(texts):  # 多少家企业 and 几个学校: each by its own
        texts = [_AMOUNT.sub("有多少", text, count=1) for text in texts]
        unit = ""
    starts = min(_common(texts[0], text, segmenter, at_end=False) for text in texts[1:])
    amount = _AMOUNT.search(texts[0])
    if amount and starts < amount.end() and all(t.startswith(texts[0][: amount.end()]) for t in texts):
        starts = amount.end()  # 多少家|制茶企业, however the tagger cuts it
    ends = min(_common(texts[0], text, segmenter, at_end=True) for text in texts[1:])
    before, behind = texts[0][:starts], texts[0][len(texts[0]) - ends :]
    own = [_named(text[starts : len(text) - ends], unit) for text in texts]
    if not all(own) or any(_AMOUNT.search(thing) for thing in own):
        return unit, _counted_things(texts) if unit else None
    if counted := _AMOUNT.search(before):
        subject, of, ends_in, rest = before[: counted.start()], before[counted.end() :], behind, ""
    elif counted := _AMOUNT.search(behind):
        subject, of, ends_in, rest = before, "", behind[: counted.start()], behind[counted.end() :]
    else:
        return unit, None
    if ends_in and rest:
        return unit, None  # 招了多少名学生: neither half of it can be left out
    joint = "的" if subject and not subject.endswith(("的", ",")) else ""
    listed = _listed([f"{of}{thing}{ends_in}" for thing in own])
    return unit, f"{subject}{joint}{listed}{'的' if rest and not listed.endswith('的') else ''}{rest}"


def _named(thing: str, unit: str) -> str:
    """Return what is counted as a noun (派到村里的 → 派到村里的人)."""
    thing = thing.rstrip("有是共")
    return f"{thing}人" if unit == "人" and thing.endswith("的") else thing


def _counted_things(texts: Sequence[str]) -> str | None:
    """Return what questions of different frames count, where each says so before the number alone."""
    things = []
    for text in texts:
        counted = _AMOUNT.search(text)
        if counted is None or counted.end() < len(text) or not counted.start():
            return None
        things.append(_named(text[: counted.start()], counted["unit"] or ""))
    return _listed(things)


def event_of(text: str) -> str:
    """Return what a question asks the day of (青石大桥哪天通车的 → 青石大桥通车)."""
    asked = ASKED_DAY.search(text)
    if asked is None:
        return text
    verb = text[asked.end() :].rstrip("的了?？")
    return text[: asked.start()].removesuffix("是") + (verb if len(verb) > 1 else "")


def _listed(things: Sequence[str]) -> str:
    return f"{'、'.join(things[:-1])}和{things[-1]}"


def _common(first: str, second: str, segmenter: Segmenter, *, at_end: bool) -> int:
    """Return how many characters two texts share at one side, whole words."""
    words = [[word for word, _, _ in segmenter.tagged(text)] for text in (first, second)]
    shared = 0
    for one, other in zip(*(reversed(w) if at_end else w for w in words), strict=False):
        if one != other:
            break
        shared += len(one)
    return shared
