"""Plans that go by quoted names side by side, and whose they are: 全省“双核驱动”“四链协同”,全市“一港三廊”."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.answers.item_bounds import Piece
from qa.answers.marks import touch
from qa.text import fold
from qa.understanding.questions import plain

_NAME = r"“[^“”\n]{2,14}”"
_RUN = re.compile(rf"{_NAME}(?:[、和及与]?{_NAME})*")
_KIND = re.compile(r"部署|战略|布局|行动|规划|计划|工程|举措|决策")
_NAME_ASKED = re.compile(
    r"(?:叫做?|是)(?:什么|哪[些几两]?)[^,?]{0,4}[?]*$|哪[些几两三四五]?[个项大]?[^,?]{0,4}(?:部署|战略|布局|行动|规划|计划|工程|举措|决策)"
)
_LEVEL_ASKED = re.compile(
    r"全(?P<all>[国省市区县镇乡])|(?P<of>[省市区县镇乡])(?:里|委|政府|级|层面|的)|(?P<street>街道)|(?P<state>中央|国家)"
)
_LEVEL = re.compile(
    r"(?P<of>[省区县镇乡]|市)(?![场域间位民])(?:委|里|级|政府)?[^,，;；。:：“”、]{0,6}$|全(?P<all>国)[^,，;；。“”]{0,4}$"
    r"|(?P<street>街道)[^,，;；。“”]{0,6}$|(?P<state>中央|国家)[^,，;；。“”]{0,6}$"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """Names side by side in a sentence, and the level of government that they are of; empty for none."""

    names: tuple[Piece, ...]
    level: str

    @property
    def span(self) -> Piece:
        return self.names[0][0], self.names[-1][1]


def named_plans(question: str, sentence: str, marked: Piece | None) -> list[Piece]:
    """Return where the names of the plans that a question asks for stand in a sentence; empty for nowhere.

    All that stand side by side, of the level asked for; where none is, those that the reader marked one of.

    >>> text = "要对接全省“百园提质”“万企升级”,全市“东拓北联”等部署。"
    >>> [text[a:b] for a, b in named_plans("全省的部署叫什么?", text, None)]
    ['“百园提质”', '“万企升级”']
    """
    asked = plain(question)
    kind = next(iter(_KIND.finditer(asked)), None)
    if kind is None or kind.group() not in sentence or not _NAME_ASKED.search(asked):
        return []
    runs = [run for run in _runs(sentence) if not any(_within(sentence, name, asked) for name in run.names)]
    level = _level([m for m in _LEVEL_ASKED.finditer(asked) if m.end() <= kind.end()])
    if level:
        runs = [run for run in runs if run.level == level]
        if any(run.level == level and len(run.names) > 1 for run in runs) or marked is None:
            runs = [run for run in runs if marked and touch(run.span, marked)] or runs
            return list(runs[0].names) if runs else []
    touched = [run for run in runs if marked is not None and touch(run.span, marked) and len(run.names) > 1]
    return list(touched[0].names) if touched else []


def _runs(sentence: str) -> list[_Named]:
    found, behind = [], 0
    for run in _RUN.finditer(sentence):
        names = tuple(
            (run.start() + m.start(), run.start() + m.end()) for m in re.finditer(_NAME, run.group())
        )
        before = _LEVEL.search(fold(sentence[behind : run.start()]))
        found.append(_Named(names, _level([before] if before else [])))
        behind = run.end()
    return found


def _level(matches: list[re.Match[str]]) -> str:
    """Return the level that the last of some matches names; one word for what goes by several."""
    if not matches:
        return ""
    named = next((text for text in matches[-1].groupdict().values() if text), "")
    return "国" if named in ("中央", "国家") else named


def _within(sentence: str, name: Piece, asked: str) -> bool:
    return fold(sentence[name[0] + 1 : name[1] - 1]) in asked
