"""Which of several parallel items or clauses is on the one that a question names, and what it says of that.

A reader easily marks the value of a neighbour, most of all where names and values stand apart
(甲、乙分别损失6万元和3万元).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answers.marks import ENDS, touch
from qa.answers.named import OFFICE_END
from qa.composing import SHORT_CHARS
from qa.language.names import SURNAME
from qa.language.quantities import UNIT
from qa.text import HAN, bigrams, fold
from qa.understanding.questions import Asked, plain
from qa.understanding.short_kinds import DEED_ASKED

_PIECE = re.compile(r"[^、,，;；。:：!！?？\n]+")
_PART = re.compile(r"[^;；。!！?？\n]+")
_RESPECTIVELY = re.compile(r"分别")
_JOINS = re.compile(r"(?<![,;])(?:、|以及|[和与及])")
_VALUES_WITHIN = 8
"""Characters between 分别 and the first value (分别损失, 分别达到)."""
_AT_THE_JOINT = 2
"""What a match right at the joint of two names counts more than one elsewhere (仓栅版|和|货柜版)."""
_WHOLE = re.compile(r"其中|包括|之中|里面|分别")
_NAME = re.compile(rf"[{HAN}a-zA-Z\d]")


def of_the_named(
    question: str, sentence: str, chosen: tuple[int, int], alike: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the values of what a question names, where another's was chosen; empty where it may stand.

    Args:
        question: what is asked.
        sentence: what gives several like values.
        chosen: the value that seemed to answer.
        alike: every value of the kind asked for, in order.

    >>> text = "甲店、乙店分别损失6万元和3万元"
    >>> [text[a:b] for a, b in of_the_named("乙店损失多少?", text, (9, 12), [(9, 12), (13, 16)])]
    ['3万元']
    >>> text = "茶坪24户、石坪5户"
    >>> [text[a:b] for a, b in of_the_named("石坪有几户?", text, (2, 5), [(2, 5), (8, 10)])]
    ['5户']
    """
    asked, told = fold(question), fold(sentence)
    unit = _unit(told[slice(*chosen)])
    values = [value for value in alike if _unit(told[slice(*value)]) == unit]
    if len(values) < 2 or chosen not in values:
        return []
    if part := _part_named(question, told, chosen, values):
        return [part]
    if (own := in_turn(question, sentence, values, chosen)) is not None:
        return [own] if own != chosen else []
    if person := _of_the_person(asked, told, chosen, values):
        return person
    pieces = [m.span() for m in _PIECE.finditer(told)]
    held = [next((p for p in pieces if p[0] <= value[0] < p[1]), value) for value in values]
    at = held[values.index(chosen)]
    labels = [_label_at(told, place, value) for place, value in zip(held, values, strict=True)]
    named = {place for place, label in zip(held, labels, strict=True) if _ends_in_question(asked, label)}
    mine = _letters(labels[values.index(chosen)])
    whose = _without_the_measure(mine, _letters(asked))
    if any(at < place for place in named) and not set(bigrams(whose)) & set(bigrams(asked)):
        mine, named = whose, named - {at}
    if at in named or len(named) != 1:
        return []
    place = named.pop()
    if len(mine) < 2 or set(bigrams(mine)) & set(bigrams(asked)):
        return []
    if place == held[0] and held.count(place) == 1:
        return []  # 工程46处,已完工39处: the first may be the whole of which the others are parts
    first, last = sorted((pieces.index(place), pieces.index(at)))
    between = pieces[first][0], pieces[last][0]
    statements = [m.span() for m in _PART.finditer(told, *between)] if ";" in told[slice(*between)] else []
    one_list = all(piece in held for piece in pieces[first:last]) or (
        bool(statements) and all(any(touch(one, value) for value in values) for one in statements)
    )
    one_list = one_list and not _WHOLE.search(told, *between)
    return [value for value, at in zip(values, held, strict=True) if at == place] if one_list else []


def _without_the_measure(label: str, asked: str) -> str:
    """Return of whom a label tells a measure that a question names: of the next ones it is not said again.

    >>> _without_the_measure("甲县生产总值", "乙县生产总值多少")
    '甲县'
    """
    measure = next((label[n:] for n in range(2, len(label) - 1) if label[n:] in asked), "")
    return label.removesuffix(measure)


_OF_WHICH = re.compile("[,(;]其中(?:包括|有)?[,:]?")
_PART_LABEL = re.compile(
    rf"(?:[,、;:和]|其中(?:包括|有)?[,:]?)(?P<label>[{HAN}“”]{{2,10}}?)(?:[有是为共占约达])*$"
)
_PART_BEHIND = re.compile(rf"(?P<label>[{HAN}“”]{{2,8}}?)(?=[、,;。)和]|$)")
_ALL_ASKED = re.compile("一共|总共|总数|合计|其余|其他|除")


def _part_named(
    question: str, told: str, chosen: tuple[int, int], values: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return the value of the only part that a question names, where the whole's was chosen.

    The whole's name may hold the part's (中小学和幼儿园9所,其中小学4所、幼儿园3所).
    """
    parts = _OF_WHICH.search(told, chosen[1])
    asked = plain(question).replace("中小学", "中学和小学")
    if parts is None or _ALL_ASKED.search(asked) or re.search("[;。]", told[chosen[1] : parts.start()]):
        return None
    end = next((m.start() for m in re.finditer("[;。]", told) if m.start() > parts.end()), len(told))
    named = []
    for value in values:
        if not parts.end() <= value[0] < end:
            continue
        label = _PART_LABEL.search(told[: value[0]]) or _PART_BEHIND.match(told, value[1])
        if label and label["label"].strip("“”") in asked:
            named.append(value)
    return named[0] if len(named) == 1 else None


_SOME = re.compile(rf"(?:(?<![{HAN}])|(?<=[人某犯]))(?P<name>{SURNAME}某(?:某|[{HAN}]某)?)(?!某)")
"""Somebody whose name is not told in full (孔某, 孔某某)."""


def _of_the_person(
    asked: str, told: str, chosen: tuple[int, int], values: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the values of the part on the one of several (某甲, 某某) whom a question names."""
    wanted = {m["name"] for m in _SOME.finditer(asked)}
    parts = [m.span() for m in _PART.finditer(told)]
    held = [{m["name"] for m in _SOME.finditer(told, *part)} for part in parts]
    own = [part for part, names in zip(parts, held, strict=True) if wanted & names]
    if len(wanted) != 1 or len(own) != 1 or touch(own[0], chosen):
        return []
    others = [names for part, names in zip(parts, held, strict=True) if touch(part, chosen)]
    return [value for value in values if touch(own[0], value)] if any(others) else []


def _label_at(told: str, place: tuple[int, int], value: tuple[int, int]) -> str:
    """Return what a value that ends or begins an item is called by; empty where it stands amidst it."""
    before, behind = _COPULA.sub("", told[place[0] : value[0]]), told[value[1] : place[1]]
    if change := _FROM.search(before):
        return before[: change.start()]
    if len(_letters(before)) > 1:
        counted = "" if _MEASURED.search(told[slice(*value)]) else _letters(behind)
        return before if counted == _letters(behind) and len(counted) <= _COUNTED_CHARS else ""
    return behind


_FROM = re.compile(rf"(?<=[{HAN}a-z])[由从](?=每|原|去|\d|$)")
"""What the price of an item, and nothing that it is called by, stands behind (换药费|由每次12元)."""
_MEASURED = re.compile(r"(?:[天年月日分秒时元块吨米里斤克度%成倍岁亩]|公顷)$")
"""What is no number of things, so that nothing counted stands behind it (24小时热线)."""
_COUNTED_CHARS = 3
"""Of the thing counted, behind a number (1620名学生)."""
_COPULA = re.compile('["“”《》]*(?:共?[有为是达约近超占]到?|[:：])*$')


_PREFIX_CHARS = 4


def _ends_in_question(asked: str, label: str) -> bool:
    """Tell whether a question holds the name that a label ends in, all of it, or how it begins."""
    name, asked = _letters(label), _letters(asked)
    begins = len(name) > _PREFIX_CHARS and name[:_PREFIX_CHARS] in asked
    return len(name) > 1 and (name in asked or name[-3:] in asked or begins)


def _letters(text: str) -> str:
    return "".join(_NAME.findall(text))


_BOUND = re.compile("(?:以[上下内]|左右|上下|之多|起)$")


def _unit(value: str) -> str:
    """Return the measure word of a value."""
    value = _BOUND.sub("", value)
    found = re.search(rf"(?:{UNIT})(?=[余多左上以起]|$)", value)
    return (found.group().lstrip("万亿千百") or found.group()) if found else value[-1:]


def in_turn(
    question: str,
    sentence: str,
    values: Sequence[tuple[int, int]],
    chosen: tuple[int, int] | None = None,
) -> tuple[int, int] | None:
    """Return the value that 分别 gives to the one of several names that a question holds.

    Of several 分别 it is the one with the value ``chosen``; one without names goes by those before it.

    >>> text = "该车平板版和厢式版售价分别为5万元和6万元"
    >>> in_turn("厢式版卖多少钱?", text, [(14, 17), (18, 21)])
    (18, 21)
    """
    asked, told = fold(question), fold(sentence)
    names: list[str] = []
    for match in _RESPECTIVELY.finditer(told):
        run: list[tuple[int, int]] = []
        for value in values:
            gap = told[run[-1][1] if run else match.end() : value[0]]
            if value[0] < match.end() or (not run and (len(gap) > _VALUES_WITHIN or set(gap) & set(";。"))):
                continue
            if run and not re.fullmatch(r"[^;。]{0,4}?(?:[、,]|以及|[和与及])[^;。]{0,4}", gap):
                break
            run.append(value)
        left = max((told.rfind(char, 0, match.start()) for char in ";。:"), default=-1) + 1
        joints = [m.span() for m in _JOINS.finditer(told, left, match.start()) if m.end() < match.start()]
        joints = joints[-len(run) + 1 :] if len(run) > 1 else []
        if not joints and len(names) == len(run) > 1 and (chosen is None or chosen in run):
            return _fitting(asked, names, run)
        if not joints or len(joints) != len(run) - 1 or not _one_run(told, joints, match.start()):
            continue
        left = max((told.rfind(char, left, joints[0][0]) for char in "、,"), default=left - 1) + 1 or left
        bounds = [left, *(at for joint in joints for at in joint), match.start()]
        names = [told[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)]
        if chosen is not None and chosen not in run:
            continue
        if own := _fitting(asked, names, run):
            return own
    return None


def _one_run(told: str, joints: Sequence[tuple[int, int]], upto: int) -> bool:
    """Tell whether names are joined to one run, or hardly anything stands between them and their values."""
    return told.count(",", joints[0][0], upto) <= 1 or (
        len(joints) > 1 and "," not in told[joints[0][0] : joints[-1][1]]
    )


def _fitting(asked: str, names: Sequence[str], run: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the value of the name that a question fits best, if only one does."""
    fits = [_name_fit(asked, names, n) for n in range(len(names))]
    best = max(fits)
    return run[fits.index(best)] if best > 0 and fits.count(best) == 1 else None


def _name_fit(asked: str, names: Sequence[str], n: int) -> int:
    """Return how many pairs of characters of a question one of several names alone holds, more at a joint."""
    wanted = set(bigrams(asked))
    others = {gram for m, name in enumerate(names) if m != n for gram in bigrams(name)}
    name = names[n].strip('“”"《》 ').split(",")[0]
    score = len((set(bigrams(name)) & wanted) - others)
    ends = [name[-2:]] if n < len(names) - 1 else []
    ends += [name[:2]] if n > 0 else []
    return score + _AT_THE_JOINT * sum(end in wanted and end not in others for end in ends)


_LABEL_CHARS = 8
_NO_MORE = re.compile(
    "(?:那边|这边|这里|那里|方面)?(?:又|还|则|呢|是|要|都|究竟|到底|的)*(?:怎|如何|为什么|为何|[靠用做干]了?什么|什么)"
)
"""What a question goes on with that asks of the thing it names and says nothing else of it."""


def part_of_the_named(question: str, sentence: str, marked: tuple[int, int]) -> tuple[int, int] | None:
    """Return what the part that begins with what a question is on says, where one before it was marked.

    What stands behind such a part may still be on the same.

    >>> text = "东巷拆了车棚;西巷填平了一条沟"
    >>> text[slice(*part_of_the_named("西巷是怎么弄的?", text, (2, 6)))]
    '填平了一条沟'
    """
    asked, told = plain(question), fold(sentence)
    parts = [m.span() for m in _PART.finditer(told)]
    labels = [_label(asked, told, part) for part in parts]
    labels = [
        label if asked.startswith(label) and _NO_MORE.match(asked, len(label)) else "" for label in labels
    ]
    named = [n for n, label in enumerate(labels) if label]
    at = next((n for n, part in enumerate(parts) if touch(part, marked)), None)
    if len(parts) < 2 or len(named) != 1 or at is None or at >= named[0]:
        return None
    (start, end), label = parts[named[0]], labels[named[0]]
    if marked[1] > parts[at][1] or label in told[slice(*parts[at])]:
        return None
    start = told.index(label, start) + len(label)
    start += len(told[start:end]) - len(_LEADS.sub("", told[start:end]))
    if end - start > SHORT_CHARS:
        comma = re.compile("[,，]").search(told, start, end)
        end = comma.start() if comma else end
    while end > start and told[end - 1] in ENDS:
        end -= 1
    return (start, end) if 1 < end - start <= SHORT_CHARS else None


_LEADS = re.compile('^[”"》)）]*(?:则|也|就)?(?:[是靠]的?是?)?')


def _label(asked: str, told: str, part: tuple[int, int]) -> str:
    """Return the name that a part begins with, as long as a question holds it; empty for none."""
    text = told[slice(*part)].lstrip('“"《 ,，')
    length = next((k for k in range(min(_LABEL_CHARS, len(text)), 1, -1) if text[:k] in asked), 0)
    return text[:length]


def within_the_part(question: str, sentence: str, marked: tuple[int, int]) -> tuple[int, int]:
    """Return of what was marked across semicolons the part that is most like a question, of such the first.

    >>> text = "9时,开始疏散;10时,全部到达"
    >>> text[slice(*within_the_part("9时做了什么?", text, (3, 16)))]
    '开始疏散'
    """
    told, wanted = fold(sentence), set(bigrams(fold(question)))
    parts = [m.span() for m in _PART.finditer(told) if touch(m.span(), marked)]
    if len(parts) < 2:
        return marked
    likeness = [len(wanted & set(bigrams(told[slice(*part)]))) for part in parts]
    part = parts[likeness.index(max(likeness))]
    return max(part[0], marked[0]), min(part[1], marked[1])


_STEP_ASKED = re.compile(r"(?:第(?P<n>[一二三四五])|(?P<last>最后一))(?P<kind>[步批])")
_STEPS = re.compile(r"分(?P<count>[两二三四五])(?P<kind>[步批])(?:走|进行|实施|完成)?[:：,，]")
_ORDER = "一二三四五"


def step(question: str, sentence: str) -> tuple[int, int] | None:
    """Return the step that a question names by its number, of those that a sentence gives in their order.

    >>> text = "报名分两步:6月3日起在网上填表,6月15日到学校交材料。"
    >>> text[slice(*step("报名第二步是什么?", text))]
    '6月15日到学校交材料'
    """
    told, asked = fold(sentence), _STEP_ASKED.search(fold(question))
    steps = _STEPS.search(told)
    if asked is None or steps is None or asked["kind"] != steps["kind"]:
        return None
    count = _ORDER.index(steps["count"].replace("两", "二")) + 1
    end = next((at for at in (told.find(char, steps.end()) for char in "。!?") if at >= 0), len(told))
    bounds = [
        steps.end(),
        *(m.end() for m in re.finditer("[,;]", told[:end]) if m.end() > steps.end()),
        end + 1,
    ]
    n = count - 1 if asked["last"] else _ORDER.index(asked["n"])
    if len(bounds) - 1 != count or n >= count:
        return None
    return bounds[n], bounds[n + 1] - 1


_PLACE_OR_BODY = rf"[{HAN}]{{1,7}}?(?:乡|镇|村|县|区|市|街道|社区|学|校|院|局|厂|公司)"
_JOINTLY = re.compile(
    rf"[为给向在对](?P<one>{_PLACE_OR_BODY})[、和与及](?P<other>{_PLACE_OR_BODY})(?P<does>[{HAN}]{{1,3}})$"
)
_EACH = re.compile("各|均|分别|每|都")


def is_of_both(question: str, sentence: str, value: str) -> bool:
    """Tell whether a value is what two have together, where a question names only one of them.

    >>> text = "为梧田乡、石坪镇配备8名干部"
    >>> is_of_both("石坪镇配了几名干部?", text, "8名"), is_of_both("两个乡镇配了几名?", text, "8名")
    (True, False)
    """
    asked, told = fold(question), fold(sentence)
    both = _JOINTLY.search(told[: max(told.find(fold(value)), 0)])
    if both is None or _EACH.search(both["does"]):
        return False
    return (both["one"] in asked) != (both["other"] in asked)


_CLAUSE = re.compile("[^,，;；]+")
_PUT = re.compile("(?:投|放|入|扔|丢|装|进)(?:[放进入到至])?")


def own_clause(question: str, asked: Asked, sentence: str, marked: tuple[int, int]) -> tuple[int, int] | None:
    """Return what of a labelled line is asked for, where more or less of it was marked; else ``None``.

    Of several clauses it is the one that ends in the noun asked for; behind somebody's office what he did.

    >>> text = "其他衣物：手套、围巾，入灰色箱。"
    >>> text[slice(*own_clause("手套放什么箱?", Asked("what", "箱"), text, (5, 15)))]
    '灰色箱'
    """
    told = plain(question)
    if DEED_ASKED.search(told) and OFFICE_END.search(sentence[slice(*marked)]):
        behind = re.compile(r"[,，](?P<deed>[^;；。\n]{4,})").match(sentence, marked[1])
        return behind.span("deed") if behind else None
    head = asked.noun.rpartition("的")[2]
    clauses = [m.span() for m in _CLAUSE.finditer(sentence, *marked)]
    own = [(a, b) for a, b in clauses if head and sentence[a:b].endswith(head)]
    if asked.form != "what" or len(clauses) < 2 or len(own) != 1:
        return None
    start, end = own[0]
    verb = _PUT.match(sentence, start, end - len(head))
    return verb.end() if verb else start, end
