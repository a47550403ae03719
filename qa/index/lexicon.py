"""What a corpus calls things: its folded text, the names in it, and their abbreviations.

Everything is derived at the first question that needs it and kept with the snapshot.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import islice, pairwise

import jieba

from qa.language.names import corpus_people
from qa.text import HAN, STOPWORDS, Segmenter, corpus_terms, fold
from qa.types import Article

_DEFINED = re.compile(
    rf"(?P<full>[{HAN}A-Za-z0-9“”《》]{{4,40}})[(（](?:以下|下文)?(?:统|简)称(?:为|:|：)?[“「《]?(?P<short>[{HAN}A-Za-z0-9]{{2,12}})"
)
_KIND = (
    "研究院|研究所|大学|学院|医院|银行|集团|实验室|开发区|园区|水库|公园|大桥|纪念馆|博物馆|图书馆|"
    "中学|小学|幼儿园|街道|社区|公司|协会|委员会|[镇乡村]"
)
_INSTITUTION = re.compile(rf"[{HAN}]{{2,10}}?(?:{_KIND})")
# 「“霹雳”行动」 is also called 霹雳行动.
_QUOTED_KIND = re.compile(
    rf"[“《「]([{HAN}A-Za-z0-9]{{2,10}})[”》」](行动|工程|计划|项目|活动|大赛|论坛|品牌|模式|机制|平台|系统|战略|倡议)"
)
_DOTTED = re.compile(rf"(?P<before>[{HAN}]{{2,8}})(?P<dot>[·•‧・])(?=(?P<behind>[{HAN}]{{2,8}}))")
_SCHOOL = re.compile("(?<=..)(大学|学院|医院|中学|银行)$")
"""The kind at the end of what jieba takes for one word (郑州大学), which an abbreviation counts by itself."""
_NUMBERED = {
    "中": "(?:实验|高级|初级)?中学",
    "小": "(?:实验|中心)?小学",
    "幼": "(?:实验)?幼儿园",
    "院": "(?:人民)?医院",
    "实小": "实验小学",
    "实中": "实验中学",
    "附小": "附属小学",
    "附中": "附属中学",
}
SHORT_OF_A_NUMBER = re.compile(
    "(?P<of>[省市区县镇]?)(?P<number>[一二三四五六七八九十]{1,2})"
    f"(?P<kind>{'|'.join(sorted(_NUMBERED, key=len, reverse=True))})"
)
"""A school or hospital that goes by its number (区二中, 二实小, 市三院)."""
_NAMING_TAGS = ("n", "j", "b", "a", "vn", "i", "l", "x", "eng")
_HAN_TAIL = re.compile(f"[{HAN}]*$")
_SURROUNDINGS = 8
_MATCHES = 400
_AGREEMENT = 0.6
_WILDCARD = "*"


class Lexicon:
    """The names of a corpus; immutable, safe to share between threads."""

    def __init__(self, articles: Sequence[Article], segmenter: Segmenter) -> None:
        self._articles = articles
        self._segmenter = segmenter

    def prepare(self) -> None:
        """Derive everything now, so that the first question need not wait for it."""
        _ = self._pairs, self._neighbours

    @cached_property
    def _bodies(self) -> Mapping[str, str]:
        return {a.id: _folded(a.body) for a in self._articles}

    @cached_property
    def corpus(self) -> str:
        """Return all headlines and bodies, folded, a line an article's part."""
        writers = {n for a in self._articles for n in (*a.reporters, *a.correspondents)}
        return "\n".join(
            [
                *(_folded(a.title) + "\n" + self._bodies[a.id] for a in self._articles),
                *sorted(map(fold, writers)),
            ]
        )

    def body(self, article: Article) -> str:
        """Return an article's body, folded."""
        return self._bodies[article.id]

    def has(self, word: str) -> bool:
        """Tell whether a folded word stands anywhere in the corpus."""
        # Almost every absent word has a pair of characters that stands nowhere: that spares a search.
        return all(word[i : i + 2] in self._pairs for i in range(len(word) - 1)) and word in self.corpus

    def has_word(self, word: str) -> bool:
        """Tell whether a folded word stands in the corpus, not only across its words (动工 in 推动工作)."""
        if not self.has(word):
            return False
        places = islice(re.finditer(re.escape(word), self.corpus), _MATCHES)
        return any(self._is_whole(*place.span()) for place in places)

    def _is_whole(self, start: int, end: int) -> bool:
        """Tell whether a place of the corpus lies within one word or holds nothing but whole ones."""
        before = _HAN_TAIL.search(self.corpus, max(0, start - _SURROUNDINGS), start)
        first = before.start() if before else start
        tagged = self._segmenter.tagged(self.corpus[first : end + _SURROUNDINGS])
        words = [(first + at, first + at + len(word)) for word, _, at in tagged]
        if any(at <= start and end <= to for at, to in words):
            return True
        return all(edge in {at for at, _ in words} | {to for _, to in words} for edge in (start, end))

    @cached_property
    def _pairs(self) -> frozenset[str]:
        return frozenset(map("".join, pairwise(self.corpus)))

    @cached_property
    def people(self) -> frozenset[str]:
        """Return the people that the corpus names behind a title, and who writes it."""
        writers = {fold(n) for a in self._articles for n in (*a.reporters, *a.correspondents)}
        return frozenset({*corpus_people([self.corpus]), *writers})

    def called_like(self, name: str) -> list[tuple[str, int]]:
        """Return the ``(name, place)`` of people whose given names differ from one in a character.

        The corpus need not name them behind a title: jieba takes them for people where they stand.
        """
        found: dict[str, int] = {}
        for place in range(1, len(name)):
            pattern = re.compile(f"{re.escape(name[:place])}[{HAN}]{re.escape(name[place + 1 :])}")
            for match in islice(pattern.finditer(self.corpus), _MATCHES):
                if match.group() not in found and self._is_person(*match.span()):
                    found[match.group()] = place
        return sorted(found.items())

    def _is_person(self, start: int, end: int) -> bool:
        """Tell whether jieba takes a place of the corpus for somebody's whole name."""
        before = _HAN_TAIL.search(self.corpus, max(0, start - _SURROUNDINGS), start)
        first = before.start() if before else start
        tagged = self._segmenter.tagged(self.corpus[first : end + _SURROUNDINGS])
        return any(
            tag.startswith("nr") and (first + at, first + at + len(word)) == (start, end)
            for word, tag, at in tagged
        )

    @cached_property
    def dotted(self) -> frozenset[tuple[str, str, str]]:
        """Return the dots in the middle of names (古丽·艾山), each with what stands before and behind it."""
        return frozenset((m["before"], m["dot"], m["behind"]) for m in _DOTTED.finditer(self.corpus))

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the names that the corpus marks as such: people, titles, institutions, abbreviations."""
        terms = {fold(t) for t in corpus_terms(a.title + "\n" + a.body for a in self._articles)}
        kinds = {"".join(m.groups()) for m in _QUOTED_KIND.finditer(self.corpus)}
        return frozenset(
            {*self.people, *terms, *kinds, *self._institutions, *self.aliases, *self.aliases.values()}
        )

    @cached_property
    def _institutions(self) -> frozenset[str]:
        """Return what could be an institution's or a place's name: the last words up to its kind.

        Nothing marks where such a name begins, so one, two and three words are kept.
        """
        found = set()
        for text in {m.group() for m in _INSTITUTION.finditer(self.corpus)}:
            tagged = self._segmenter.tagged(text)
            for count in (1, 2, 3):
                words = tagged[-count:]
                # A lone character in the middle (郭家|咀|水库) is tagged by chance.
                tags = [(word, "n" if len(word) == 1 else tag) for word, tag, _ in words]
                if len(words[0][0]) > 1 and all(_may_name(word, tag) for word, tag in tags):
                    found.add("".join(word for word, _, _ in words))
        return frozenset(name for name in found if len(name) > (2 if name[-1] in "镇乡村" else 3))

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Return abbreviations that an article defines (以下简称…), each with its full name.

        One that two articles define differently (公司, 《办法》) stands for nothing outside its article.
        """
        found: dict[str, set[str]] = {}
        for m in _DEFINED.finditer(self.corpus):
            found.setdefault(m["short"], set()).add(_full_name(m["full"], m["short"]))
        return {
            short: full.pop() for short, full in sorted(found.items()) if len(full) == 1 and "" not in full
        }

    @cached_property
    def _neighbours(self) -> Mapping[str, tuple[str, ...]]:
        index: dict[str, list[str]] = {}
        for name in sorted(self.names):
            for i in range(len(name)):
                index.setdefault(name[:i] + _WILDCARD + name[i + 1 :], []).append(name)
        return {key: tuple(names) for key, names in index.items()}

    def differing_in_one(self, word: str) -> list[tuple[str, int]]:
        """Return the ``(name, place)`` of the corpus's names that differ from a word in one character."""
        return [
            (name, i)
            for i in range(len(word))
            for name in self._neighbours.get(word[:i] + _WILDCARD + word[i + 1 :], ())
            if name != word
        ]

    def numbered(self, short: re.Match[str]) -> tuple[str, str] | None:
        """Return what of a short name of :data:`SHORT_OF_A_NUMBER` stands for what (二实小 → 第二实验小学).

        ``None`` where the corpus has no such thing, several that differ, or the short name itself.
        """
        typed = short["number"] + short["kind"]
        if self.has(typed) and re.search(f"(?<!第){typed}(?!学)", self.corpus):
            return None
        full = re.compile(f"第{short['number']}{_NUMBERED[short['kind']]}")
        forms = {m.group() for m in islice(full.finditer(self.corpus), _MATCHES)}
        if len(forms) != 1:
            return None
        (form,) = forms
        whole = short["of"] + form
        return (short.group(), whole) if short["of"] and self.has(whole) else (typed, form)

    def written_out(self, short: str) -> str | None:
        """Return what an abbreviation that the corpus does not use stands for in it (高企 → 高新技术企业).

        Its characters must open words of the full form in order, at most one word between them skipped (none
        for two characters), and most of such places must agree; jieba's ordinary words are no abbreviations.
        """
        if (
            not 2 <= len(short) <= 6
            or jieba.dt.FREQ.get(short, 0) > 0
            or not re.fullmatch(f"[{HAN}]+", short)
        ):
            return None
        pattern = re.compile(f"[{HAN}]{{0,4}}?".join(short) + f"[{HAN}]{{0,{_SURROUNDINGS}}}")
        forms: Counter[str] = Counter()
        for count, match in enumerate(pattern.finditer(self.corpus)):
            if count == _MATCHES:
                break
            before = _HAN_TAIL.search(self.corpus, max(0, match.start() - _SURROUNDINGS), match.start())
            form = _spelt(short, before.group() if before else "", match.group(), self._segmenter)
            if form is not None:
                forms[form] += 1
        if not forms:
            return None
        # Ties are settled by the shorter, then the smaller form: never by chance.
        form, count = min(forms.items(), key=lambda item: (-item[1], len(item[0]), item[0]))
        if form.startswith(short):
            return None  # two lone words of the question that begin another (安置|房|建 and 安置|房建|设)
        return form if count / forms.total() >= _AGREEMENT else None


def _folded(text: str) -> str:
    """Return ``fold(text)``, made quicker by folding each distinct character once."""
    return text.translate({ord(char): fold(char) for char in set(text)})


def _full_name(before: str, short: str) -> str:
    """Return the end of a text that holds an abbreviation's characters in order; empty for none.

    >>> _full_name("据二七经济技术开发区", "二七经开区")
    '二七经济技术开发区'
    """
    before = before.strip("“”《》")
    at = len(before)
    for char in reversed(short):
        at = before.rfind(char, 0, at)
        if at < 0:
            return ""
    full = before[at:]
    return full if len(full) > len(short) else ""


def _may_name(word: str, tag: str) -> bool:
    """Tell whether a word may be part of a name."""
    return word not in STOPWORDS and tag.startswith(_NAMING_TAGS)


def _spelt(short: str, before: str, text: str, segmenter: Segmenter) -> str | None:
    """Return the words at a place whose openings spell an abbreviation, ``None`` where they do not."""
    tagged = segmenter.tagged(before + text)
    begun = next((i for i, (_, _, at) in enumerate(tagged) if at == len(before)), None)
    if begun is None:
        return None
    left, skipped, form = short, 0, ""
    words = [(part, tag) for word, tag, _ in tagged[begun:] for part in _SCHOOL.sub(r" \1", word).split()]
    for word, tag in words:
        if not left:
            break
        if not _may_name(word, tag):
            return None
        taken = 0
        while taken < min(len(word), len(left)) and word[taken] == left[taken]:
            taken += 1
        skipped += taken == 0
        left, form = left[taken:], form + word
    return form if not left and skipped <= (len(short) > 2) and len(form) > len(short) else None
