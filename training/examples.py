"""Training examples: windows that answer a question, and near misses made from them.

A near miss keeps the topic and lacks the fact (Rajpurkar et al., arXiv 1806.03822): the answering sentence
cut out, the question's person, place, number or title put in the place of another, a property asked for that
the text does not give, another window of the same text. Questions made from unlabelled news (a number, day,
name or title asked for in its own sentence) add the newspaper's own way of writing.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.language.names import NAME
from qa.text import Segmenter, sentence_spans
from training.data import Pair

_SHORTENED = 0.2
WINDOW = (120, 300)
"""Characters of a window, least and most."""
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_NAME_TAGS = ("nr", "ns", "nt", "nz")
_NOUN_TAGS = ("n", "vn", "l", "j")


@dataclass(frozen=True, slots=True)
class Example:
    """One thing to learn from."""

    kind: str
    question: str
    title: str
    text: str
    start: int
    """First character of the answer in ``text``; -1 where there is none."""
    end: int
    """Behind its last character."""


def window(
    rng: random.Random, context: str, keep: tuple[int, int] | None, drop: Sequence[str] = ()
) -> tuple[str, int]:
    """Return a run of whole sentences and where ``keep`` begins in it (-1 without).

    Args:
        rng: source of its length and place.
        context: the whole text.
        keep: offsets that the window must hold.
        drop: sentences that hold one of these are left out.
    """
    spans = [s for s in sentence_spans(context) if not any(d in context[s[0] : s[1]] for d in drop)]
    if not spans:
        return "", -1
    size = rng.randint(*WINDOW)
    if keep is None:
        left = right = rng.randrange(len(spans))
    else:
        inside = [i for i, s in enumerate(spans) if s[0] < keep[1] and keep[0] < s[1]]
        if not inside:
            return "", -1
        left, right = inside[0], inside[-1]

    def length(first: int, last: int) -> int:
        return sum(b - a + 1 for a, b in spans[first : last + 1])

    while True:
        sides = [
            left > 0 and length(left - 1, right) <= size,
            right + 1 < len(spans) and length(left, right + 1) <= size,
        ]
        if not any(sides):
            break
        if sides[0] and (not sides[1] or rng.random() < 0.5):
            left -= 1
        else:
            right += 1
    text, at, behind = "", -1, 0
    for start, end in spans[left : right + 1]:
        text += "\n" if text and "\n" in context[behind:start] else ""
        if keep is not None and start <= keep[0] < end:
            at = len(text) + keep[0] - start
        text, behind = text + context[start:end], end
    return text, at


def answered(rng: random.Random, pair: Pair) -> Example | None:
    """Return a window that answers, now and then with another sentence cut out."""
    end = pair.start + len(pair.answers[0])
    drop: list[str] = []
    if rng.random() < 0.3:  # a gap must not give an unanswerable window away
        others = [s for s in sentence_spans(pair.context) if not (s[0] < end and pair.start < s[1])]
        if others:
            a, b = rng.choice(others)
            drop = [pair.context[a:b]]
    text, at = window(rng, pair.context, (pair.start, end), drop)
    if at < 0 or text[at : at + len(pair.answers[0])] != pair.answers[0]:
        return None
    return Example("answered", pair.question, title_of(rng, pair), text, at, at + len(pair.answers[0]))


def cut(rng: random.Random, pair: Pair) -> Example | None:
    """Return the window around the answer without any sentence that holds an accepted answer."""
    end = pair.start + len(pair.answers[0])
    spans = sentence_spans(pair.context)
    here = [i for i, s in enumerate(spans) if s[0] < end and pair.start < s[1]]
    if not here:
        return None
    gone = [pair.context[spans[i][0] : spans[i][1]] for i in here]
    near = [spans[i] for i in (here[0] - 1, here[-1] + 1) if 0 <= i < len(spans)]
    near = [s for s in near if not any(a in pair.context[s[0] : s[1]] for a in pair.answers)]
    if not near:
        return None
    text, _ = window(rng, pair.context, rng.choice(near), (*pair.answers, *gone))
    return Example("cut", pair.question, title_of(rng, pair), text, -1, -1) if len(text) > 30 else None


def elsewhere(rng: random.Random, pair: Pair) -> Example | None:
    """Return another window of the same text."""
    text, _ = window(rng, pair.context, None, pair.answers)
    return Example("elsewhere", pair.question, title_of(rng, pair), text, -1, -1) if len(text) > 30 else None


class Swapper:
    """Put another name, noun or year of the same kind in a question that a window answers."""

    def __init__(self, pairs: Sequence[Pair], news: Sequence[str], segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._pool: dict[str, list[str]] = defaultdict(list)
        for text in (*(p.question for p in pairs), *(body[:200] for body in news[:4000])):
            for word, tag, _ in segmenter.tagged(text):
                if tag in _NAME_TAGS + _NOUN_TAGS and len(word) > 1:
                    self._pool[tag].append(word)
                    self._pool[tag + word[-1]].append(word)

    def names(self, rng: random.Random, pair: Pair) -> Example | None:
        """Ask for another person, place, body or year than the one that the window tells of."""
        return self._example(rng, "swapped", pair, self._other_name)

    def nouns(self, rng: random.Random, pair: Pair) -> Example | None:
        """Ask for another thing of the same sort: 规模以上企业 where the window counts 高新技术企业."""
        return self._example(rng, "swapped-noun", pair, self._other_noun)

    def _example(
        self,
        rng: random.Random,
        kind: str,
        pair: Pair,
        other: Callable[[random.Random, Pair, Example], str | None],
    ) -> Example | None:
        base = answered(rng, pair)
        question = other(rng, pair, base) if base else None
        return Example(kind, question, base.title, base.text, -1, -1) if base and question else None

    def _words(self, text: str, tags: tuple[str, ...], where: str) -> list[tuple[str, str]]:
        tagged = self._segmenter.tagged(text)
        return [(w, t) for w, t, _ in tagged if t in tags and len(w) > 1 and w in where]

    def _other_name(self, rng: random.Random, pair: Pair, base: Example) -> str | None:
        question = pair.question
        year = _YEAR.search(question)
        if year and year.group() in pair.context:
            others = [y for y in _YEAR.findall(pair.context) if y != year.group()]
            near = str(int(year.group()) + rng.choice((-2, -1, 1, 2)))
            return question.replace(
                year.group(), rng.choice(others) if others and rng.random() < 0.6 else near
            )
        found = self._words(question, _NAME_TAGS, base.text)
        if not found:
            return None
        word, tag = rng.choice(found)
        answer = base.text[base.start : base.end]
        if rng.random() < 0.5:  # another one of the same window: its own words, not the asked one's
            here = [w for w, _ in self._words(base.text, (tag,), base.text)]
            here = [w for w in here if w != word and w not in answer and w not in question and word not in w]
            if here:
                return question.replace(word, rng.choice(here))
        other = rng.choice(self._pool[tag] or [word])
        return question.replace(word, other) if other not in pair.context and other != word else None

    def _other_noun(self, rng: random.Random, pair: Pair, base: Example) -> str | None:
        found = self._words(pair.question, _NOUN_TAGS, base.text)
        if not found:
            return None
        word, tag = rng.choice(found)
        alike = self._pool[tag + word[-1]] if rng.random() < 0.6 else self._pool[tag]
        other = rng.choice(alike or self._pool[tag] or [word])
        return pair.question.replace(word, other) if other not in pair.context else None


_ASKED = (
    ("{}的电话是多少?", r"\d{7}|电话|热线"),
    ("{}的联系方式是什么?", r"\d{7}|电话|邮箱|热线"),
    ("{}花了多少钱?", r"元"),
    ("{}总投资多少?", r"元"),
    ("{}的门票多少钱?", r"元|免费"),
    ("{}今年多大了?", r"岁|出生|\d{4}年.{0,9}生"),
    ("{}在什么地方?", r"位于|坐落|地处|地址|在.{1,9}[市县区路街]"),
    ("{}去年的数字是多少?", r"去年|上年|同比"),
    ("{}为什么会这样?", r"因|由于|原因|为了|导致"),
    ("{}为什么推迟?", r"推迟|延期|因"),
    ("{}什么时候结束?", r"结束|截止|闭幕|至|到"),
    ("{}下一步有什么计划?", r"计划|将|下一步|未来|拟"),
    ("{}的负责人是谁?", r"负责|主任|局长|总|院长|经理|领导|部长"),
    ("{}占地多少平方米?", r"平方|亩|公顷|面积"),
    ("{}有多少名员工?", r"人|名|员工"),
    ("{}的开放时间是几点到几点?", r"[点时:]"),
    ("{}获得了什么奖?", r"奖|荣誉|称号"),
    ("{}毕业于哪所学校?", r"毕业|大学|学院|学校"),
    ("{}的官方网站是什么?", r"http|www|网"),
    ("{}排名第几?", r"第|名|位"),
    ("{}的妻子是谁?", r"妻|夫|婚|娶|嫁"),
    ("{}会议由谁主持?", r"主持"),
    ("{}比去年增长了多少?", r"增|升|涨|同比|去年|%"),
    ("{}有哪些困难?", r"困难|问题|难|缺"),
    ("{}要交多少押金?", r"押金|元"),
    ("{}哪天开工?", r"开工|动工|月|日"),
)


def missing_property(rng: random.Random, pair: Pair, segmenter: Segmenter) -> Example | None:
    """Ask for a property of what the question is about that its text does not give."""
    names = [
        w for w, t, _ in segmenter.tagged(pair.question)
        if len(w) > 1 and (t in _NAME_TAGS or t in ("n", "vn", "l")) and w in pair.context
    ]  # fmt: skip
    base = answered(rng, pair)
    if base is None or not names:
        return None
    form, given = rng.choice(_ASKED)
    if re.search(given, f"{pair.title}{pair.context}"):
        return None
    return Example("property", form.format(rng.choice(names)), base.title, base.text, -1, -1)


_DAY = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月|\d{4}年(?!\d)")
_NUMBER = re.compile(
    r"(?:近|约|超过?|逾|达)?\d[\d,]*(?:\.\d+)?(?:余|多)?[万亿千百]*(?:余|多)?"
    r"(?:%|‰|个百分点|平方公里|平方米|公里|人次|户次|小时|分钟|公斤|万元|亿元|[个家名人项次条种户亩元吨岁天篇所座处台辆件套场批期支部份位间栋幢棵株头只艘架米届级本册])"
)
_PERSON = re.compile(NAME)
_BOOK = re.compile(r"《[^《》\n]{2,25}》")
_UNIT = re.compile(r"[^\d万亿千百余多几近约超过逾达.,]+$")
_CLAUSE_END = re.compile(r"[,;:、。!?\n]")


def cloze(rng: random.Random, body: str, segmenter: Segmenter) -> tuple[str, int, int] | None:
    """Make a question from a sentence of an article; return it and the answer's offsets in the body."""
    spans = [s for s in sentence_spans(body) if 15 <= s[1] - s[0] <= 120]
    if not spans:
        return None
    start, end = rng.choice(spans)
    sentence = body[start:end]
    options: list[tuple[str, int, int]] = []
    for m in _DAY.finditer(sentence):
        options.append(
            (rng.choice(("什么时候", "哪天", "何时")) if "日" in m.group() else "什么时候", *m.span())
        )
    for m in _BOOK.finditer(sentence):
        options.append((rng.choice(("什么文件", "什么", "哪部")), *m.span()))
    for m in _NUMBER.finditer(sentence):
        unit = _UNIT.search(m.group())
        if unit:
            options.append(("多少" + unit.group() if unit.group() not in "%‰" else "百分之多少", *m.span()))
            options.append(("多少", *m.span()))
    for word, tag, at in segmenter.tagged(sentence):
        if tag == "nr" and _PERSON.fullmatch(word):
            options.append((rng.choice(("谁", "哪位")), at, at + len(word)))
        elif tag == "nt" and len(word) > 2:
            options.append((rng.choice(("哪个单位", "哪家机构", "哪个部门")), at, at + len(word)))
    if not options:
        return None
    asked, a, b = rng.choice(options)
    before = sentence[:a]
    clauses = [m.end() for m in _CLAUSE_END.finditer(before)]
    # The clause of the answer; with the one before it where that alone says too little.
    left = clauses[-1] if clauses else 0
    behind = _CLAUSE_END.search(sentence, b)
    right = behind.start() if behind else len(sentence)
    if (a - left) + (right - b) < 6 and clauses:
        left = clauses[-2] if len(clauses) > 1 else 0
    head, tail = sentence[left:a].lstrip(), sentence[b:right].rstrip()
    if len(head) + len(tail) < 5 or re.match(r"[”」》)]", head):
        return None
    if rng.random() < 0.5 and tail and len(head) < 30:  # 「…的是谁」
        question = f"{head.rstrip(',')}{tail.strip(',。')}" + rng.choice(
            (f"的是{asked}?", f",{asked}?", f"是{asked}?")
        )
    else:
        question = f"{head}{asked}{tail.strip('。')}?"
    words = segmenter.words(question)
    if len(words) > 6 and rng.random() < 0.5:  # readers do not repeat the article's every word
        gone = rng.choice([w for w in words if len(w) > 1 and w not in asked] or [""])
        question = question.replace(gone, "", 1)
    return question, start + a, start + b


def made(rng: random.Random, body: str, segmenter: Segmenter) -> Pair | None:
    """Return a made question with its article."""
    question = cloze(rng, body, segmenter)
    if question is None:
        return None
    text, start, end = question
    return Pair("made", text, "", body, (body[start:end],), start)


def title_of(rng: random.Random, pair: Pair) -> str:
    """Return the headline, the first sentence in its place for news, or nothing; readers meet all three."""
    if rng.random() < 0.4:
        return ""
    if pair.title:
        return pair.title
    first = next(iter(sentence_spans(pair.context)), None)
    return pair.context[first[0] : first[1]][:40] if first and pair.start >= first[1] else ""


class Mixture:
    """An endless, seeded stream of examples in fixed proportions."""

    SHARES = (
        ("answered", 0.43), ("made", 0.08), ("cut", 0.20), ("made-cut", 0.05), ("elsewhere", 0.07),
        ("swapped", 0.07), ("swapped-noun", 0.05), ("made-swapped", 0.03), ("property", 0.02),
    )  # fmt: skip

    def __init__(self, pairs: Sequence[Pair], news: Sequence[str], seed: int) -> None:
        self._rng = rng = random.Random(seed)
        self._pairs, self._news = list(pairs), list(news)
        self._segmenter = segmenter = Segmenter()
        swap = Swapper(pairs, news, segmenter)
        self._make: dict[str, Callable[[Pair], Example | None]] = {
            "answered": lambda p: answered(rng, p),
            "made": lambda p: answered(rng, p),
            "cut": lambda p: cut(rng, p),
            "made-cut": lambda p: cut(rng, p),
            "elsewhere": lambda p: elsewhere(rng, p),
            "swapped": lambda p: swap.names(rng, p),
            "swapped-noun": lambda p: swap.nouns(rng, p),
            "made-swapped": lambda p: swap.nouns(rng, p),
            "property": lambda p: missing_property(rng, p, segmenter),
        }
        self._left: dict[str, list[Pair]] = {}

    def __iter__(self) -> Mixture:
        return self

    def __next__(self) -> Example:
        kinds, shares = zip(*self.SHARES, strict=True)
        while True:
            kind = self._rng.choices(kinds, shares)[0]
            for _ in range(20):  # rather another kind than one that these texts do not yield
                if kind.startswith("made"):
                    pair = made(self._rng, self._rng.choice(self._news), self._segmenter)
                else:
                    pair = self._next_pair(kind)
                example = self._make[kind](pair) if pair else None
                if example is not None and example.text:
                    return dataclasses.replace(example, kind=kind, question=self._shortened(example.question))

    def _shortened(self, question: str) -> str:
        """Leave a word out now and then, whatever the example's kind: readers do not name everything."""
        if self._rng.random() > _SHORTENED:
            return question
        words = [w for w, t, _ in self._segmenter.tagged(question) if len(w) > 1 and t[:1] in "nva"]
        return question.replace(self._rng.choice(words), "", 1) if len(words) > 3 else question

    def _next_pair(self, kind: str) -> Pair:
        """Return the next pair of a pass in random order; each kind passes through all of them."""
        if not self._left.get(kind):
            # News is what the service reads: three passes for one of the encyclopaedias.
            pool = self._pairs + [p for p in self._pairs if p.source == "news"] * 2
            self._rng.shuffle(pool)
            self._left[kind] = pool
        return self._left[kind].pop()
