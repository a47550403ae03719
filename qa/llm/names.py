"""The names in a text: people with their titles, places, organisations, quoted titles, foreign words.

Deliberately generous: a word wrongly taken for a name only has to occur in the source, like any copied word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from qa.language.names import corpus_people, people
from qa.text import HAN, Segmenter, fold

Kind = Literal["person", "thing", "quoted", "foreign"]

_QUOTED = re.compile(r"《([^《》\n]+)》|“([^“”\n]+)”|「([^「」\n]+)」")
_FOREIGN = re.compile(r"[A-Za-z][A-Za-z.\-]*")
_OFFICE = (
    r"(?:书记|[省市区县州镇乡村局处科部厅司署院校行馆所队会社园站厂组室团]长|主任|主席|总理|总经理|经理|总裁|理事长|董事长|秘书长|委员|"
    r"院士|教授|博士|医生|工程师|负责人|代表|领导|记者|通讯员|支书)"
)
_TITLE_BEFORE = re.compile(rf"(?P<titles>[{HAN}、]{{0,30}}{_OFFICE})\s*$")
_BODY = re.compile(
    r"(?:委员会|研究院|研究所|实验室|公司|集团|大学|学院|中学|小学|学校|医院|银行|中心|协会|联合会|指挥部|工作组|专班|支队|大队|"
    r"办公室|街道|社区|开发区|园区|公园|广场|纪念馆|博物馆|图书馆|体育馆|文化馆|水库|基地|党校|[省市区县镇乡村局厅院厂路街桥站馆])$"
)
_PART_OF_NAME = ("n", "b", "j", "zg", "vn", "a", "eng", "i", "l", "f", "s", "m")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text, folded."""

    kind: Kind
    text: str
    start: int
    end: int


def names(text: str, segmenter: Segmenter) -> list[Name]:
    """Return the names of a text in order; one place may bear several."""
    folded = fold(text)
    found = {Name("person", fold(name), at, at + len(name)) for name, at in people(text, segmenter)}
    for name in corpus_people([text]):  # behind a title, where the tagger may miss it
        found |= {Name("person", name, m.start(), m.end()) for m in re.finditer(re.escape(name), folded)}
    found |= set(_tagged(folded, segmenter))
    for match in _QUOTED.finditer(folded):
        found.add(Name("quoted", next(g for g in match.groups() if g), *match.span()))
    found |= {Name("foreign", m.group(), *m.span()) for m in _FOREIGN.finditer(folded)}
    return sorted(found, key=lambda n: (n.start, n.end, n.kind))


def _tagged(folded: str, segmenter: Segmenter) -> Iterator[Name]:
    """Yield what the tagger takes for names, and runs of nouns that end like a place or a body."""
    tokens = segmenter.tagged(folded)
    run = 0
    for i, (word, tag, at) in enumerate(tokens):
        end = at + len(word)
        if tag.startswith("nr"):
            if len(word) == 1 and i + 1 < len(tokens) and len(tokens[i + 1][0]) <= 2:
                end += len(tokens[i + 1][0])  # 赵|立新: a surname cut off its given name
            yield Name("person", folded[at:end], at, end)
        elif tag in ("ns", "nt", "nz"):
            yield Name("thing", word, at, end)
        if tag.startswith("nr"):
            run = at if i + 1 < len(tokens) and _BODY.fullmatch(tokens[i + 1][0]) else end  # 蓝河|小学
        elif not tag.startswith(_PART_OF_NAME):
            run = end
        elif _BODY.search(word):
            yield Name("thing", folded[run:end], run, end)


def outermost(found: Sequence[Name]) -> list[Name]:
    """Return the names that no longer one holds, each place once."""
    kept: dict[tuple[int, int], Name] = {}
    for name in found:
        if not any(
            n.start <= name.start and name.end <= n.end and len(n.text) > len(name.text) for n in found
        ):
            kept.setdefault((name.start, name.end), name)
    return list(kept.values())


def offices(folded: str, at: int) -> list[str]:
    """Return the titles that stand right before a name, nearest last.

    >>> offices("区委副书记、区长苏建设表示", 8)
    ['区委副书记', '区长']
    """
    match = _TITLE_BEFORE.search(folded, 0, at)
    return match["titles"].split("、") if match else []


def same_office(claim: str, source: str) -> bool:
    """Tell whether one title can be short for the other: 书记 for 区委书记, never for 区委副书记."""
    if ("副" in claim) != ("副" in source):
        return False
    return claim.endswith(source) or source.endswith(claim)
