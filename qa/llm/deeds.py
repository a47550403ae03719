"""Who did it, and when: a name or a time keeps the deed that its source tells of it.

「甲公司获奖,乙公司被查处」 holds every word of 「甲公司被查处」. A name that leads a clause is the subject of
the clauses behind it too, up to the next subject; a time holds up to the next time.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qa.llm.facts import Facts
from qa.llm.names import Name, outermost
from qa.llm.pronouns import points_back
from qa.llm.quantities import Day, clash
from qa.text import STOPWORDS, Segmenter

RELATIVE_TIME = re.compile(
    r"[昨今明前后]天|[昨今明]日|[上本下]周|[上本下]个?月|当[天日月]|近日|日前|目前|截至|上半年|下半年|[上中下]旬|[一二三四]季度|年底|年初|"
    r"上午|下午|晚上|凌晨|中午|春节|国庆|汛期|(?:星期|周)[一二三四五六日天]"
)
_CLAUSE_END = re.compile(r"[,，;；。:：!！?？\n]")
_QUOTED_NAME = 20
_SENTENCE_ENDS = "。!！?？\n"
_STAGE = re.compile(
    r"第?(?P<nth>[一二三四五六七八九十甲乙丙丁]+)(?P<of>期|审|中|小|院|标段|组|队|等奖|轮|批|版|厂|社区)"
)
_SETTING = re.compile(
    r"\s*[在据经受随按自当到为对从除].*(?:中|上|下|后|时|前|来|起|方面|期间|内|介绍|影响|测算|统计|了解)\s*$"
)
"""A clause that only says where, when or from whom (在检查中, 据介绍)."""
_AGENT = re.compile(r"(?:人|者|员|[男女]子|民|生|方|企业|单位|部门|公司|法院|家长|师傅|群众|队伍)$")
"""Nouns that act by themselves; another (产值, 项目) may belong to the subject before it."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A name, a common noun that leads its clause, or a time."""

    text: str
    start: int
    end: int
    reach: tuple[Span, ...]
    """The clauses that tell of it; the first is its own."""
    proper: bool = True
    points_back: bool = False
    """It stands in a clause that begins with 「该公司」, whoever that is."""
    day: Day | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a text, and the names that are its subject, its own or the clause's before it."""

    span: Span
    subjects: tuple[str, ...]


def deeds_kept(claim: Facts, given: Sequence[Facts], segmenter: Segmenter) -> bool:
    """Tell whether no clause of a claim is told of another name, time or stage than in its sources.

    A clause is compared with the clauses of its name in the sources, and with those of every other name:
    where another's is nearer in words, the deed is not the name's.
    """
    kinds = ((_subjects, _same_name), (_times, _same_time), (_stages, _same_stage))
    return all(_kept(claim, given, marks_of, same, segmenter) for marks_of, same in kinds)


def told_clauses(facts: Facts) -> list[Clause]:
    """Return the clauses of a text in order; one with a subject of its own does not get the one before."""
    marks = _subjects(facts)
    found: list[Clause] = []
    for span in _spans(facts.text):
        own = any(m.reach[0] == span and _leads(facts, m, span) for m in marks) or not _tells(facts, span)
        names = () if own else tuple(m.text for m in marks if m.proper and span in m.reach[1:])
        found.append(Clause(span, names))
    return found


def _kept(
    claim: Facts,
    given: Sequence[Facts],
    marks_of: Callable[[Facts], list[_Mark]],
    same: Callable[[_Mark, _Mark], bool],
    segmenter: Segmenter,
) -> bool:
    sources = [(facts.text, marks_of(facts)) for facts in given]
    seen: dict[str, set[str]] = {}

    def words(text: str, span: Span, name: str) -> set[str]:
        """Return the words and characters of a clause without its name."""
        rest = text[span[0] : span[1]].replace(name, "、")
        if rest not in seen:
            found = {word for word in segmenter.words(rest) if word not in STOPWORDS}
            seen[rest] = found | {char for word in found for char in word}
        return seen[rest]

    marks = marks_of(claim)
    for mark in marks:
        if not mark.proper or mark.points_back:
            continue
        mine = [(text, m) for text, others in sources for m in others if same(mark, m)]
        if not mine:  # a name that is only part of a longer word there
            mine = [(text, m) for text, _ in sources for m in _found(mark, text)]
        if not mine:
            continue
        covered = {(text, span) for text, m in mine for span in m.reach}
        others = [(text, m) for text, found in sources for m in found if not same(mark, m)]
        for span in mark.reach:
            wanted = words(claim.text, span, mark.text)
            here = claim.text[span[0] : span[1]]

            def near(text: str, source: _Mark, at: Span, wanted: set[str] = wanted) -> int:
                return len(wanted & words(text, at, source.text))

            best = max(near(text, m, at) for text, m in mine for at in m.reach)
            for text, m in others:
                if m.points_back or (
                    m.text in (here if m.proper else claim.text) and not _joined(mark, m, here)
                ):
                    continue
                if any(near(text, m, at) > best for at in m.reach if (text, at) not in covered):
                    return False
    return True


def _subjects(facts: Facts) -> list[_Mark]:
    """Return the names of a text and the common nouns that lead a clause, each with its reach."""
    names = _names(facts)
    spans = _spans(facts.text)
    leads: dict[Span, list[tuple[str, int, int, bool]]] = {}
    stops: set[Span] = set()
    inside: dict[Span, list[tuple[str, int, int]]] = {}
    for span in spans:
        here = [(n.text, n.start, n.end) for n in names if span[0] <= n.start < span[1]]
        inside[span] = here
        verb, noun, counted = _opening(facts, span, here)
        leads[span] = [(*n, True) for n in here if n[1] < verb]
        if noun and not leads[span]:
            leads[span] = [(*noun, False)]
        back = points_back(facts.text[span[0] : span[1]])
        if not back and any(lead[3] or counted or _AGENT.search(lead[0]) for lead in leads[span]):
            stops.add(span)
    found: list[_Mark] = []
    backs: set[Span] = set()
    for i, span in enumerate(spans):
        if points_back(facts.text[span[0] : span[1]]):
            backs |= {span, *_following(facts.text, spans[i:], stops)}
        back = span in backs
        led = {(text, start) for text, start, _, _ in leads[span]}
        for text, start, end, proper in [
            *((*n, True) for n in inside[span]),
            *(lead for lead in leads[span] if not lead[3]),
        ]:
            reach = [span]
            if (text, start) in led:
                reach += _following(
                    facts.text, spans[i:], stops if proper else {s for s in leads if leads[s]}
                )
            found.append(_Mark(text, start, end, tuple(reach), proper, back))
    return found


def _names(facts: Facts) -> list[Name]:
    """Return the names of a text, those in a longer one left out; a whole quoted sentence is no name."""
    return outermost(
        [n for n in facts.names if len(n.text) > 1 and (n.kind != "quoted" or len(n.text) <= _QUOTED_NAME)]
    )


def _times(facts: Facts) -> list[_Mark]:
    """Return the days and times of a text, each with its reach."""
    found = [(m.start(), m.end(), None) for m in RELATIVE_TIME.finditer(facts.text)]
    return _until_the_next(facts, [*found, *((d.start, d.end, d) for d in facts.days)])


def _stages(facts: Facts) -> list[_Mark]:
    """Return the numbered stages and bodies of a text (一期, 二审, 市一中), each with its reach."""
    return _until_the_next(facts, [(m.start(), m.end(), None) for m in _STAGE.finditer(facts.text)])


def _until_the_next(facts: Facts, places: Sequence[tuple[int, int, Day | None]]) -> list[_Mark]:
    spans = _spans(facts.text)
    stops = {span for span in spans if any(span[0] <= start < span[1] for start, _, _ in places)}
    return [
        _Mark(facts.text[start:end], start, end, (span, *_following(facts.text, spans[i:], stops)), day=day)
        for i, span in enumerate(spans)
        for start, end, day in places
        if span[0] <= start < span[1]
    ]


def _same_name(one: _Mark, other: _Mark) -> bool:
    """Tell whether one name can be short for the other."""
    return one.text in other.text or other.text in one.text


def _same_time(one: _Mark, other: _Mark) -> bool:
    """Tell whether two times can be the same; a day and a time of day are not compared."""
    if one.day is None or other.day is None:
        return one.day is not other.day or one.text == other.text
    if one.day.relative and other.day.relative:
        return one.day.relative == other.day.relative
    return not clash(one.day, other.day)


def _same_stage(one: _Mark, other: _Mark) -> bool:
    """Tell whether two stages are the same, or of different kinds and so never taken for each other."""
    first, second = _STAGE.fullmatch(one.text), _STAGE.fullmatch(other.text)
    return not first or not second or first["of"] != second["of"] or first["nth"] == second["nth"]


def _found(mark: _Mark, text: str) -> Iterator[_Mark]:
    for m in re.finditer(re.escape(mark.text), text):
        span = next(s for s in _spans(text) if s[0] <= m.start() <= s[1])
        yield _Mark(mark.text, m.start(), m.end(), (span,))


def _spans(text: str) -> list[Span]:
    ends = [m.start() for m in _CLAUSE_END.finditer(text)]
    return list(zip([0, *(end + 1 for end in ends)], [*ends, len(text)], strict=True))


def _following(text: str, spans: Sequence[Span], stops: set[Span]) -> list[Span]:
    """Return the clauses behind the first, within its sentence, before the next that stops its reach."""
    found: list[Span] = []
    for before, span in itertools.pairwise(spans):
        if text[before[1]] in _SENTENCE_ENDS or span in stops:
            break
        found.append(span)
    return found


def _opening(
    facts: Facts, span: Span, names: Sequence[tuple[str, int, int]]
) -> tuple[int, tuple[str, int, int] | None, bool]:
    """Return where a clause's first verb or preposition is, the last noun before it, and if it is counted."""
    noun: tuple[str, int, int] | None = None
    counted = False
    for word, tag, at in facts.tokens:
        if not span[0] <= at < span[1]:
            continue
        if any(start <= at < end for _, start, end in names):
            continue
        if tag[:1] in ("v", "p") and tag != "vn":
            return at, noun, counted
        if tag[:1] in ("n", "j") or tag == "vn":
            noun = (word, at, at + len(word)) if len(word) > 1 else noun
        elif tag[:1] in ("m", "q") or word in ("某", "另"):
            counted = counted or noun is None
    return span[1], noun, counted


def _leads(facts: Facts, mark: _Mark, span: Span) -> bool:
    names = [(n.text, n.start, n.end) for n in _names(facts) if span[0] <= n.start < span[1]]
    return mark.start < _opening(facts, span, names)[0]


def _tells(facts: Facts, span: Span) -> bool:
    """Tell whether a clause has a verb and does more than set the scene."""
    verbs = any(tag.startswith("v") for _, tag, at in facts.tokens if span[0] <= at < span[1])
    return verbs and not _SETTING.match(facts.text[span[0] : span[1]])


def _joined(mark: _Mark, other: _Mark, text: str) -> bool:
    """Tell whether a claim says the same of two names at once (甲、乙获奖)."""
    one, two = re.escape(mark.text), re.escape(other.text)
    return re.search(rf"{one}[、和及]{two}|{two}[、和及]{one}", text) is not None
