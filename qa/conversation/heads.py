"""「那X呢」 in the place of a thing that is named otherwise: 豆浆 that of 肉包, 亩产 that of 总产."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.conversation.completeness import is_name, names_something
from qa.conversation.counterparts import A_THING, of_a_class
from qa.conversation.references import SHORTEST_SUBJECT, counted_people
from qa.conversation.stated import TAIL, Span, asking_at, asking_spans, stated, times
from qa.conversation.substitution import OFFICE
from qa.conversation.topics import ATTRIBUTE, NUMERIC, is_worked_out
from qa.text import HAN, STOPWORDS, Segmenter

MEASURE = re.compile(
    rf"{NUMERIC.pattern}"
    rf"|(?:[{HAN}][额量率费价数度容]|亩产|单产|营收|分红|订单|押金|票房|销量|[时车]速|[轴间]距|里程|续航|支出|利润|产值|出口|进口|税收|罚金|罚款|成绩|用时|得分|预算|造价)$"
)
"""What is measured of a thing (玉米|亩产): of another thing it is asked again, of another measure not."""
_NOUN_TAGS = ("n", "vn", "j", "l", "i", "x", "eng", "b", "s")
_WITHIN = ("m", "q", "a", "f", "uj")
"""What may stand before a noun in its phrase (一小本部, 主要的产品), never at its end."""
_ASKS = ("干嘛", "干啥", "啥", "做啥")
_FUNCTION = ("u", "d", "p")
_LONGEST_NAME = 10
_AT_MOST = 2
_NO_THING = re.compile("[各全本我该和跟与同比]|[这那]个|里面|其中|当中|.*平均|[“《]")
"""How what is no thing of its own begins: all, some of those told before, a quoted term."""


def other_heads(last: str, what: str, segmenter: Segmenter) -> list[str]:
    """Return ``last`` asked of ``what`` in the place of a noun phrase, the likeliest first, two at most.

    A measure takes the place of a measure, anything else that of a thing.

    >>> other_heads("肉包几块?", "豆浆", Segmenter()), other_heads("公司利润多少?", "税收", Segmenter())
    (['豆浆几块?'], ['公司税收多少?'])
    """
    measured = MEASURE.search(what) is not None
    attribute = ATTRIBUTE.search(what) is not None
    if _NO_THING.match(what) or OFFICE.search(what) or (attribute and not measured):
        return []
    named = is_name(what, segmenter)
    spans = [
        span for span in _phrases(last, segmenter) if attribute or not ATTRIBUTE.search(last[slice(*span)])
    ]
    # A place takes the place of a place (南塘|征收|砖混住宅|补多少 → 商铺呢).
    days = [end for _, end in times(last)]
    aside = last.rfind(",")
    spans.sort(
        key=lambda span: (
            is_name(last[slice(*span)], segmenter) != named,
            span[0] < aside,
            span[0] not in days,
        )
    )
    found = [last[slice(*span)] for span in spans]
    thing = what.removesuffix("的")
    if A_THING.search(thing):
        alike = [of_a_class(name, thing) for name in found]
        fits = alike if any(alike) else [A_THING.search(name) is None for name in found]
    else:
        fits = [True] * len(found)
    if measured and found and not any(MEASURE.search(name) for name in found):
        return [] if attribute else [f"{last[: spans[0][1]]}{what}是多少?"]  # 刘某判了几年 → 罚金呢
    other = [
        last[:start] + what + last[end:]
        for (start, end), name, fit in zip(spans, found, fits, strict=True)
        if fit and (MEASURE.search(name) is not None) == measured
    ][:_AT_MOST]
    if (counted := _SO_MANY.search(last)) and not (measured or A_THING.search(what)):
        other.append(f"{last[: counted.start()]}多少{what}?")  # 民宿有多少家 → 床位呢
    return other


_SO_MANY = re.compile("(?<=有)(?:多少|几)[家所座处][?？]*$")


def in_place_of_the_whole(last: str, what: str, text: str, segmenter: Segmenter) -> str | None:
    """Return ``last`` asked of ``what`` alone, where ``text`` kept what describes its counterpart.

    >>> in_place_of_the_whole("水毁设施怎么修", "房屋", "水毁房屋怎么修", Segmenter())
    '房屋怎么修'
    """
    news = re.search("有(?:什么)?(?:消息|新闻|进展)", last)
    asked = last[news.start() if news else asking_at(last) :]
    if not asked or asked == last or not text.endswith(asked):
        return None
    kept = text.removesuffix(asked)
    rest = kept.removesuffix(what) if kept.endswith(what) or not news else kept.removeprefix(what)
    if rest in ("", kept) or re.search(r"[,\d]", rest) or times(rest) or names_something(rest, segmenter):
        return None
    return what + asked


def topic_of(last: str, segmenter: Segmenter, question: str = "") -> str | None:
    """Return the first noun phrase of a question that is no measure: what another one is asked of.

    What only people have (年龄) is asked of those whom it counts.

    >>> topic_of("青石大桥哪天通车?", Segmenter(), "年龄有要求吗")
    '青石大桥'
    >>> topic_of("青石镇招聘了多少教师?", Segmenter(), "年龄有要求吗")
    '青石镇招聘了教师'
    """
    if is_worked_out(last):
        return None
    if counted_people(last) and "," not in last and _OF_PEOPLE.search(question):
        return stated(last)
    names = [last[start:end] for start, end in _phrases(last, segmenter)]
    fit = (name for name in names if len(name) >= SHORTEST_SUBJECT and not MEASURE.search(name))
    return next((name for name in fit if not _SPAN_OF_TIME.fullmatch(name)), None)


_OF_PEOPLE = re.compile("年龄|年纪|多大岁数|学历|学位|性别|男女|工龄|户籍|户口")
_SPAN_OF_TIME = re.compile(r"[一两二三四五六七八九十半每\d]+个?(?:年|月|周|天|日|星期|季度|学期|小时)")


def _phrases(text: str, segmenter: Segmenter) -> list[Span]:
    """Return the noun phrases before a question asks, or of one that asks first; measures apart."""
    at = asking_at(text)
    taken = asking_spans(text)
    days = times(text)
    runs: list[list[tuple[str, str, int]]] = [[]]
    tagged = segmenter.tagged(text)
    deeds = _deeds_as_things(tagged)
    for token in tagged:
        word, tag, start = token
        asks = any(start < end and begin < start + len(word) for begin, end in taken) or word in _ASKS
        noun = tag.startswith(_NOUN_TAGS) and word not in STOPWORDS
        deed = start in deeds
        if any(begin <= start < end for begin, end in days):
            runs.append([])
        elif (noun or deed or tag in _WITHIN) and word.isalnum() and not asks and (not at or start < at):
            runs[-1].append(token)
        elif runs[-1]:
            runs.append([])
    spans = []
    for run in runs:
        while run and not run[-1][1].startswith((*_NOUN_TAGS, "v")):
            run.pop()
        while run and run[0][1] == "uj":
            run.pop(0)
        if not run:
            continue
        start, end = run[0][2], run[-1][2] + len(run[-1][0])
        last = run[-1][2]
        of_it = ATTRIBUTE.fullmatch(run[-1][0]) and end >= (at or len(TAIL.sub("", text)))
        if len(run) > 1 and (MEASURE.search(run[-1][0]) or of_it):
            spans += [(start, last), (last, end)]
        elif end - start > 1 or (spans and text[start - 1] == "的"):
            spans.append((start, end))
    return _with_what_describes(spans or _before_the_verb(text, at, segmenter), text)


def _deeds_as_things(tagged: Sequence[tuple[str, str, int]]) -> set[int]:
    """Return where the verbs stand that are a thing to be told of (学用|结合|是怎么要求的)."""
    deeds: set[int] = set()
    for i, (word, _, _) in enumerate(tagged):
        while word == "是" and i and tagged[i - 1][1] in ("v", "p"):
            i -= 1
            deeds.add(tagged[i][2])
    return deeds


def _before_the_verb(text: str, at: int, segmenter: Segmenter) -> list[Span]:
    """Return what stands before the last verb, where the tagger finds no noun (打|铁弄|新增了几个)."""
    before = [token for token in segmenter.tagged(text) if token[2] + len(token[0]) <= at]
    while before and before[-1][1].startswith(_FUNCTION):
        before.pop()
    if len(before) < 2:
        return []  # a mere verb
    for words in (before[:-1], before):
        end = words[-1][2] + len(words[-1][0]) if words else 0
        if 1 < end <= _LONGEST_NAME and re.fullmatch(f"[{HAN}A-Za-z]+", text[:end]):
            return [(0, end)]
    return []


def _with_what_describes(spans: list[Span], text: str) -> list[Span]:
    """Join a noun phrase with what describes it (腿脚|不好的|居民) or stands beside it (侯某|和|佟某)."""
    joined: list[Span] = []
    for start, end in spans:
        between = text[joined[-1][1] : start] if joined else ""
        if joined and re.fullmatch(f"[{HAN}]{{0,4}}的|[和与跟、]|以?及(?:[{HAN}]{{2}})?", between):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
