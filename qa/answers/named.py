"""Whom a sentence names: the person or body that a reader marked, and who does the deed asked about."""

from __future__ import annotations

import re

from qa.answers.item_bounds import AND, Piece
from qa.answers.marks import marked_span, marked_text, touch
from qa.language.names import COMPOUND_SURNAME, OFFICE_AND_NAME, SURNAME, people
from qa.reading.clauses import around
from qa.reading.spans import ORGANISATION
from qa.text import HAN, Segmenter, bigrams, fold
from qa.types import Evidence
from qa.understanding.questions import plain

OFFICE_END = re.compile(
    r"(?:长|书记|主任|主席|委员|经理|总裁|教授|博士|院士|医生|医师|护士|师|支书|代表|负责人|干事|秘书|研究员|员|总理|董事|"
    r"领导|主播|律师|记者|老师|店主|带头人|传承人|志愿者|业主|领队|干部|学者|专家)$"
)
"""What an office ends in."""
_PEOPLE_END = re.compile(
    rf"(?:{OFFICE_END.pattern[:-1]}|[村居农市渔牧]民|职工|商户|乡亲|学生|家长|大[爷妈娘]|阿[姨婆])$"
)
_BODY_ALONE = re.compile(rf"(?!.*[要将应])[{HAN}]{{5,14}}")
_NAME_LIKE = re.compile(rf"[{HAN}]{{2,4}}")
_SHORT_NAME = re.compile(rf"{SURNAME}[{HAN}]{{1,2}}|[{HAN}]{{2,3}}")
_SALUTED = re.compile(rf"{SURNAME}(?:女士|先生|大[爷妈娘叔]|阿姨|老[伯汉师]|师傅|某某?)$")
"""Somebody of whom only the surname is told."""
_NOT_OF_A_NAME = frozenset("说讲称等为是在作任将与和同对向由请给让被叫据经以的了并就也主参出带到先女")
_ALSO_IN_NAMES = frozenset("和同先向")
_RIGHT_BEHIND = 1
_TOO_LONG = re.compile(rf"(?!{COMPOUND_SURNAME})[{HAN}]{{3}}(?<![之第唯统])一")
"""A name with the first character of what is counted behind it (乔守田|一铲子下去)."""
_DEED = re.compile(
    r"(?:主持|讲话|致辞|宣布|宣读|通报|作?汇报|揭牌|颁奖|主讲|领学|总结讲话)"
    r"(?!的时候|那[天场次]|当天|仪式|活动|现场|时|[之以]?[后前]|会[上,谁由])"
)
_SPLIT_DEED = re.compile(r"(?P<do>[致揭颁])[的了过](?P<it>[辞牌奖])")
_SAME_CLAUSE = re.compile(r"[^,，;；。:：!！?？]*")
_BY_NAME = re.compile(r"哪一?位|姓|名字|什么人|何人")
_JOINT = re.compile(rf"、|[,，](?=[{HAN}])|{'|'.join(sorted(AND, key=lambda word: -len(word)))}")


def doer(question: str, sentence: str, marked: str | None, segmenter: Segmenter) -> str | None:
    """Return who does what is asked of, where one name stands before it in its clause and is not marked.

    Of two who are named side by side the reader easily takes the wrong one (甲讲话,乙主持会议,丙通报). A deed
    that only says when (揭牌那天谁致的辞) is not asked about.
    """
    asked = _SPLIT_DEED.sub(r"\g<do>\g<it>", fold(question))
    deeds = {m.group() for m in _DEED.finditer(asked)}
    if len(deeds) != 1 or not (named := people(sentence, segmenter)):
        return None
    doers = []
    for deed in re.finditer(re.escape(deeds.pop()), sentence):
        before = [(name, at) for name, at in named if at + len(name) <= deed.start()]
        if before and _SAME_CLAUSE.fullmatch(sentence, before[-1][1], deed.start()):
            doers.append(before[-1])
    if len(doers) != 1 or (marked and (marked in doers[0][0] or doers[0][0] in marked)):
        return None
    name, at = doers[0]
    joined = any(at - end == 1 and sentence[end] in "、和与" for end in (a + len(n) for n, a in named))
    return None if joined else name


def name_marked(evidence: Evidence, segmenter: Segmenter) -> str | None:
    """Return whom the reader marked: a name, whole where lists of surnames know a piece of it; a body.

    ``None`` where it marked nobody, but an office or nothing at all.
    """
    marked, preferred, sentence = marked_text(evidence), marked_span(evidence), evidence.quote
    if marked is None or preferred is None:
        return None
    if _TOO_LONG.fullmatch(marked):
        marked, preferred = marked[:-1], (preferred[0], preferred[1] - 1)
    named = [(at, at + len(name)) for name, at in people(sentence, segmenter)]
    touched = [span for span in named if touch(span, preferred)]
    somebody = touched or not _BODY_ALONE.fullmatch(marked)
    if ORGANISATION.search(fold(marked)) and not (somebody and all(b - a == len(marked) for a, b in touched)):
        return marked  # 由华测启明公司运营, 县|长跑协会承办: a body may be who does it
    own = _own_name(marked)
    astride = [span for span in touched if span[0] < preferred[1] < span[1] and span[0] > preferred[0]]
    if own and astride and not set(own) & _NOT_OF_A_NAME:
        return own  # 区长蔚知白领学: no 白领
    if own == marked and re.fullmatch(f"{SURNAME}[{HAN}]{{1,2}}", own) and own[-1] in _ALSO_IN_NAMES:
        return own  # 庾清和主持会议
    if len(touched) > 1:
        return None
    if not touched:
        if _NAME_LIKE.fullmatch(marked) and not OFFICE_END.search(marked):
            return marked
        if office := OFFICE_AND_NAME.fullmatch(marked):
            return office["name"]
        if saluted := _SALUTED.search(marked):
            return saluted.group()
        behind = [span for span in named if 0 <= span[0] - preferred[1] <= _RIGHT_BEHIND]
        return sentence[slice(*behind[0])] if behind else None
    (start, end), name = touched[0], sentence[slice(*touched[0])]
    before, after = sentence[preferred[0] : start], sentence[end : preferred[1]]
    lone = before[-1:] if len(before) == 1 or _surname_behind_people(before) else ""
    whole = f"{lone}{name}{after}"
    grown = _NAME_LIKE.fullmatch(whole) and not set(whole) & _NOT_OF_A_NAME and whole != name
    return whole if grown and not OFFICE_END.search(whole) else name


def _own_name(marked: str) -> str | None:
    """Return the name that a mark is, by itself or behind an office."""
    if office := OFFICE_AND_NAME.fullmatch(marked):
        return office["name"]
    return marked if _SHORT_NAME.fullmatch(marked) and not OFFICE_END.search(marked) else None


def whole_name(item: str, named: list[tuple[str, int]]) -> tuple[str, int] | None:
    """Return the name that an item is as a whole, where lists of names know only a piece (郏向阳, 万俟澜)."""
    cut = len(named) == 1 and named[0][1] > 0 and named[0][1] + len(named[0][0]) == len(item)
    office = OFFICE_AND_NAME.fullmatch(item)
    if len(named) == 1 and office and len(office["name"]) == len(named[0][0]) + 1:
        added = office["name"].replace(named[0][0], "", 1)
        if len(added) == 1 and added not in _NOT_OF_A_NAME:
            return office["name"], office.start("name")
    return (item, 0) if cut and len(item) <= 3 and not set(item) & _NOT_OF_A_NAME else None


def _surname_behind_people(before: str) -> bool:
    """Tell whether words end in a surname right behind what somebody is called (村民鲍|常青)."""
    return re.fullmatch(SURNAME, before[-1:]) is not None and _PEOPLE_END.search(before[:-1]) is not None


def bodies_marked(question: str, evidence: Evidence, segmenter: Segmenter) -> str | None:
    """Return the body, or the bodies side by side, that the reader marked where it is asked who did it."""
    marked = marked_text(evidence)
    if marked is None or _BY_NAME.search(plain(question)) or people(marked, segmenter):
        return None
    pieces = [piece for piece in _JOINT.split(fold(marked)) if piece]
    return marked if pieces and all(map(is_body, pieces)) else None


def is_body(text: str) -> bool:
    """Tell whether a text ends as the name of a body or of a place with an office does (县公安局, 柳溪镇)."""
    return _BODY.search(fold(text)) is not None


_BODY = re.compile(rf"(?:{ORGANISATION.pattern[:-1]}|街道|[乡镇村])$")


def side_by_side(evidence: Evidence, segmenter: Segmenter) -> list[Piece]:
    """Return where the people stand whom the reader marked side by side; empty for fewer than two."""
    span = marked_span(evidence)
    if span is None:
        return []
    sentence, found, at = evidence.quote, [], span[0]
    lone: list[Piece] = []
    for piece in re.split(r"([、,，]|[和与及])", sentence[slice(*span)]):
        place = _named_in(sentence, at, at + len(piece), segmenter)
        if place is None and _own_name(piece) == piece and not set(piece) & _NOT_OF_A_NAME:
            lone.append(
                (at, at + len(piece))
            )  # a name if another beside it is one: lists of surnames have gaps
        found += [place] if place else []
        at += len(piece)
    found = sorted([*found, *lone]) if found else []
    return found if len(found) > 1 else []


def _named_in(sentence: str, start: int, end: int, segmenter: Segmenter) -> Piece | None:
    """Return where a name stands at the end of a piece of a sentence, alone or behind an office."""
    piece = sentence[start:end]
    if office := OFFICE_AND_NAME.fullmatch(piece):
        at = start + office.start("name")
        return at, end
    if len(piece) <= 3 and re.fullmatch(rf"{SURNAME}[{HAN}]{{1,2}}", piece) and not OFFICE_END.search(piece):
        return start, end
    named = people(piece, segmenter)
    if named and named[-1][1] + len(named[-1][0]) == len(piece):
        return start + named[-1][1], end
    return None


_BODY_NOUN = "单位|部门|公司|机构|企业|局|医院|学校|银行|中心|协会|集团|街道|乡镇|社区|平台"
_WHO_DOES = re.compile(
    rf"(?:谁|哪[一]?[个家](?:{_BODY_NOUN})?+)(?:来|去|在|负责|出资)?(?P<verb>[一-鿿]{{2}})"
)
_SAME_VERBS = ("牵头|挑头|领头|带头|打头", "出资|出钱|掏钱")
"""What people call one deed by."""


_MEANWHILE = r"(?:在[^,，;；。]{1,12}[内前后])?(?:再|负责|统一|组织|进行|予以)*"
_DOES = re.compile(
    r"(?:局|委|办|院|校|处|会|部|队|科|站|所|中心|公司|集团|银行|政府|街道|乡镇|单位|部门|机构)$"
)


def agent_of(question: str, sentence: str, marked: tuple[int, int] | None = None) -> str | None:
    """Return who does what is asked about, where the sentence says 由…: a body as well as a person.

    Of several whose clauses are like the question it is the one that the reader ``marked``, else the likest.
    Without 由 it is the one body that begins a clause with the deed (街道办在10日内复核).
    """
    verb = _WHO_DOES.search(fold(question))
    if verb is None:
        return None
    does = next((verbs for verbs in _SAME_VERBS if verb["verb"] in verbs), verb["verb"])
    doing = re.compile(
        rf"由(?P<agent>[^,，、;；。:：]{{2,30}}?)(?:共同|联合|全额|负责[{HAN}]{{0,4}}?)?(?:{does})"
    )
    asked, found = set(bigrams(fold(question))), list(doing.finditer(sentence))
    if not found:
        begins = re.compile(
            rf"(?:^|(?<=[,，;；:：]))(?P<agent>[{HAN}]{{2,16}}?){_MEANWHILE}(?:{does})(?=[,，;；。])"
        )
        bodies = [m["agent"] for m in begins.finditer(sentence) if _DOES.search(m["agent"])]
        return bodies[0] if len(bodies) == 1 else None
    clauses = [sentence[slice(*around(sentence, match.span("agent"), ",，;；"))] for match in found]
    told = [asked & set(bigrams(fold(clause))) for clause in clauses]
    shared = set.intersection(*told) if len(told) > 1 else set()

    def fitting(n: int) -> tuple[bool, bool, int]:
        touched = marked is not None and touch(marked, found[n].span("agent"))
        return bool(told[n] - shared), touched, len(told[n])

    best = max(range(len(found)), key=fitting, default=None)
    return found[best]["agent"] if best is not None else None


_CHARGE_ASKED = re.compile(
    "谁(?:来|去)?(?:做|干|办|管|负责|落实|实施|组织|牵头)|谁的(?:活儿?|事儿?|责任|任务)|[靠由]谁"
)
_CHARGED = re.compile(
    rf"(?P<who>[{HAN}]{{2,16}}(?:[(（][{HAN}]{{1,6}}[)）])?)(?:要(?!求)|应当?(?!急)|须(?!知)|必须)"
)


_OBJECT = re.compile("[对将把向]$")
"""Before whom or what something is done to (对|滞留人员开展劝返)."""


def charged_with(question: str, evidence: Evidence) -> str | None:
    """Return the body that is to do something, of a marked clause that tells what it is to do."""
    marked = marked_span(evidence)
    if marked is None or not _CHARGE_ASKED.search(plain(question)):
        return None
    charged = _CHARGED.match(evidence.quote, *marked)
    if charged is None and _OBJECT.search(evidence.quote[: marked[0]]):
        part, _ = around(evidence.quote, marked, ";；。")
        charged = _CHARGED.match(evidence.quote, part)
    return charged["who"] if charged and is_body(re.split("[(（]", charged["who"])[0]) else None
