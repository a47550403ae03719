"""What plays which part: 以轴承制造、特种铸件为主导,智能检测、工业软件为补充."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.answers.item_bounds import AND, Piece
from qa.answers.marks import ENDS, marked_span
from qa.composing import SHORT_CHARS
from qa.text import HAN, Segmenter, fold
from qa.types import Evidence
from qa.understanding.questions import YESNO_END, plain

_MAIN = "主导|支柱|支撑|骨干|龙头|引领|主营|主打|主体|主攻方向|主攻|主推|根本"
_SIDE = "补充|配套|辅助"
_ROLE = rf"{_MAIN}|{_SIDE}|新增长点|主(?![导体营攻要打])|辅(?!助)|[{HAN}]{{2}}(?=[,，、;；。的]|$)"
_FIRST = re.compile(rf"以(?P<what>(?:(?!以|为)[^,，;；。:：!?！？\n]){{2,50}}?)(?:等)?为(?P<role>{_ROLE})")
_NEXT = re.compile(
    rf"[,，、](?:而|并)?以?(?P<what>(?:(?!以|为)[^,，;；。:：!?！？\n]){{2,50}}?)(?:等)?为(?P<role>{_ROLE})"
    r"|[,，]兼顾(?P<also>[^,，;；。:：!?！？\n]{2,30}?)(?=[,，;；。]|$)"
)
_MAIN_ASKED = re.compile(rf"{_MAIN}|挑大梁|唱主角|当家|主力|为主|主要靠")
_SIDE_ASKED = re.compile(rf"{_SIDE}|唱配角|当配角|打下手|打辅助|为辅")
_OF_BUSINESS = re.compile(r"产业|行业|业态|经济|门类|方向|支柱|主营")
_ASKED_FOR = re.compile(r"什么|哪")
_WHAT_PART = re.compile(
    rf"以(?:什么|哪)|(?:什么|哪[种类个])(?:角色|作用|地位|位置)|怎么|如何|为什么|多少|几[家户年亿万]|{YESNO_END}"
)


@dataclass(frozen=True, slots=True)
class Part:
    """What plays one part in a sentence."""

    span: Piece
    items: tuple[Piece, ...]
    role: str
    clause: Piece
    """With its 以 and 为主导."""

    @property
    def leads(self) -> bool | None:
        """Tell whether the part is a leading one or one beside it; ``None`` for neither."""
        if self.role == "主" or re.fullmatch(_MAIN, self.role):
            return True
        return False if self.role == "辅" or re.fullmatch(_SIDE, self.role) else None


def parts(sentence: str, segmenter: Segmenter) -> list[Part]:
    """Return what a sentence says plays which part, in order; empty unless it tells two parts apart.

    >>> text = "形成以轴承、铸件为主导,软件和检测为补充的格局。"
    >>> [(part.role, [text[a:b] for a, b in part.items]) for part in parts(text, Segmenter())]
    [('主导', ['轴承', '铸件']), ('补充', ['软件', '检测'])]
    """
    for first in _FIRST.finditer(sentence):
        found = [first]
        while following := _NEXT.match(sentence, found[-1].end()):
            found.append(following)
        if len(found) > 1:
            return [_part(sentence, match, segmenter) for match in found]
    return []


def _part(sentence: str, match: re.Match[str], segmenter: Segmenter) -> Part:
    also = "also" in match.re.groupindex and match["also"]
    span = match.span("also" if also else "what")
    clause = match.start() + len(re.match(r"[,，、]?", match.group()).group()), match.end()  # type: ignore[union-attr]
    return Part(span, tuple(items(sentence, span, segmenter)), "辅" if also else match["role"], clause)


def items(sentence: str, span: Piece, segmenter: Segmenter) -> list[Piece]:
    """Return what a span enumerates from joint to joint; the span itself where it has no joint."""
    ends, starts = [], [0]
    text = sentence[slice(*span)]
    for word, tag, at in segmenter.tagged(text):
        if at and (word == "、" or (word in AND and tag[:1] in "cp")):
            ends.append(at)
            starts.append(at + len(word))
    pieces = zip(starts, [*ends, len(text)], strict=True)
    return [(span[0] + a, span[0] + b) for a, b in pieces if a < b]


def in_part(question: str, sentence: str, segmenter: Segmenter) -> Part | None:
    """Return what plays the part that a question asks for, ``None`` where it asks for none or none is told.

    The part by the question's own word comes first, then one that says the same (支柱 for 主导).
    """
    asked = plain(question)
    if not _ASKED_FOR.search(asked) or not _OF_BUSINESS.search(asked) or _WHAT_PART.search(asked):
        return None
    return _of_the_kind(asked, parts(sentence, segmenter), sentence)


def without_role(question: str) -> str:
    """Return a question without its words for a part: what is left is whose part it asks about."""
    return re.sub(f"{_MAIN_ASKED.pattern}|{_SIDE_ASKED.pattern}", "", plain(question))


def _of_the_kind(asked: str, told: list[Part], sentence: str) -> Part | None:
    main, side = _MAIN_ASKED.search(asked), _SIDE_ASKED.search(asked)
    if bool(main) == bool(side):
        return None
    if any(fold(sentence[a:b]) in asked for part in told for a, b in part.items):
        return None
    own = [part for part in told if len(part.role) > 1 and part.role in asked]
    alike = [part for part in told if part.leads is bool(main)]
    return next(iter(own or alike), None)


def confirmed(question: str, sentence: str, segmenter: Segmenter) -> tuple[bool, Piece] | None:
    """Tell whether something plays the part that a yes/no question gives it, and where that is said.

    ``None`` where the sentence gives it no part, or one that neither confirms nor excludes the other.

    >>> text = "形成以轴承、铸件为主导,软件和检测为补充的格局。"
    >>> confirmed("软件是主导产业吗?", text, Segmenter())
    (False, (12, 20))
    """
    asked = plain(question)
    told = parts(sentence, segmenter)
    asks = _MAIN_ASKED.search(asked), _SIDE_ASKED.search(asked)
    own = next((part.role for part in told if len(part.role) > 1 and part.role in asked), None)
    role = own or next((match.group() for match in asks if match), None)
    if role is None or (asks[0] and asks[1]):
        return None
    subject = re.split(r"算不算|是不是|属不属于|不?是|算|属于|作为", asked[: asked.index(role)])[0].strip(",")
    named = [part for part in told if any(fold(sentence[a:b]) in asked for a, b in part.items)]
    if not named and len(subject) > 1:
        named = [part for part in told if any(subject in fold(sentence[a:b]) for a, b in part.items)]
    if len(named) != 1:
        return None
    (part,) = named
    if own:
        return part.role == own, part.clause
    alike = [p for p in told if p.leads is (asks[0] is not None)]
    if part in alike:
        return (True, part.clause) if len(alike) == 1 else None
    return (False, part.clause) if alike else None


_LAYOUT_ASKED = re.compile("格局|布局|体系|结构|架构")


def all_parts(question: str, sentence: str, marked: Piece, segmenter: Segmenter) -> Piece | None:
    """Return all that plays a part in what is asked about as a whole, one part of which was marked.

    >>> text = "形成以轴承、铸件为主导,软件和检测为补充的格局。"
    >>> text[slice(*all_parts("产业格局是什么样的?", text, (12, 20), Segmenter()))]
    '以轴承、铸件为主导,软件和检测为补充'
    """
    asked = plain(question)
    if not _LAYOUT_ASKED.search(asked) or re.search(
        f"以什么|{_MAIN_ASKED.pattern}|{_SIDE_ASKED.pattern}", asked
    ):
        return None
    told = parts(sentence, segmenter)
    whole = (told[0].clause[0], told[-1].clause[1]) if told else (0, 0)
    inside = whole[0] <= marked[0] and marked[1] <= whole[1]
    return whole if inside and whole[1] - whole[0] <= SHORT_CHARS else None


_WITH = "(?<![所可予得加足难])以(?![及上下内外来后前])"
_ROLE_ASKED = re.compile(
    rf"{_WITH}(?:什么样?的?|何|谁|哪[些几一]?[个种类项位]?)[{HAN}]{{0,6}}?(?:作为|为|做)(?P<role>[{HAN}]{{1,8}})"
)
_IN_ROLE = rf"{_WITH}(?P<what>(?:(?!{_WITH})[^,，。;；:：!?！？\n]){{1,40}}?)(?:等)?(?:作为|为|做)"


def in_role(question: str, evidence: Evidence) -> str | None:
    """Return what a sentence says serves as something (以…为主题), where a question asks for that.

    Of several it is the one that the reader marked something in, else the last.
    """
    asked = _ROLE_ASKED.search(plain(question))
    if asked is None:
        return None
    role, sentence = asked["role"], evidence.quote
    marked = marked_span(evidence) or (0, 0)
    for length in range(len(role), min(len(role), 2) - 1, -1):  # what follows the role is no part of it
        spans = [m.span("what") for m in re.finditer(_IN_ROLE + re.escape(role[:length]), fold(sentence))]
        if spans:
            touched = [span for span in spans if span[0] < marked[1] and marked[0] < span[1]]
            return sentence[slice(*(touched or spans)[-1])].strip(ENDS)[:SHORT_CHARS]
    return None
