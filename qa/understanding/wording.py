"""A question in the corpus's own words: typing errors in names, abbreviations, everyday words.

Only words that occur nowhere in the corpus are replaced, and only where one reading suggests itself; the
reader is told what was assumed. What could be a different name (another person, another number) is never
replaced, only suggested.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

import jieba
from pypinyin import Style, pinyin

from qa.index.lexicon import SHORT_OF_A_NUMBER, Lexicon
from qa.language.names import SURNAME
from qa.text import HAN, STOPWORDS, Segmenter, fold
from qa.understanding.synonyms import Synonyms

_LONGEST_NAME = 12
_MOST_ADDED = 6
_RUN = re.compile(f"[{HAN}]+")
_SURNAME = re.compile(SURNAME)
_MEETING = re.compile(
    "(?<![召展])开(?P<done>[了过]|的是?)?(?P<which>什么|啥|哪些|哪[一几]?个|几[个次场]|多少[个次场])会(?!议|员|计|长|场|所|展|费)"
)
"""开会 with its object between: the news write 召开…会议."""
_PARTED = re.compile(
    f"(?P<verb>[{HAN}])(?P<done>[的了])(?P<object>[{HAN}])(?=$|[?？。!！, 吗呢啊吧的是后前没几哪]|多少|什么)"
)
_OF_TWO = re.compile("通车|[开动完竣停复]工|开[业学馆园盘]|[开闭]幕|[挂揭]牌|封顶|合龙|投产|奠基|签约")
"""Verbs that speech parts from their objects (哪天通的车, 动了工), as the news never do."""
_BEGUN = re.compile("开始(?:动手)?(?:修建?|建设?|盖|造)(?=的?[?？。 ]*$)")
"""The beginning of works; the news write 开工."""
_BEHIND_A_NAME = re.compile("[是在的说讲主出参见去来为有几多哪什谁叫姓和与跟]|$|[^一-鿿]")
"""What the words of a question go on with behind a name, which jieba may cut elsewhere (苏建|社是)."""
_OR_NOT = re.compile("(.)[不没]\\1")
_NO_PART = frozenset("有在是了的个和与到去来被把让给从跟")
"""Characters that no abbreviation is made of (义|集有|多少人)."""
_TITLES = frozenset(("老师", "司机", "志愿者", "义工"))
"""Words of the table that people are called by."""
_PERSON = 3
"""Characters of a name that tell somebody well enough to put one of them right."""
# A change of one of these makes another thing, not a typing error: 第二中学, 东区, 副县长.
_TELLING = frozenset(
    "零〇一二两三四五六七八九十百千万亿东西南北上下左右前后新老大小高低省市区县乡镇村街初中男女正副内外"
)


@dataclass(frozen=True, slots=True)
class Reworded:
    """A question in the words of a corpus."""

    text: str
    assumed: tuple[str, ...] = ()
    """What was replaced, as sentences for the reader."""
    also: tuple[str, ...] = ()
    """Other words for things in the question, for retrieval."""
    close: tuple[str, ...] = ()
    """Names near to one in the question that the corpus does not know."""

    @property
    def notice(self) -> str | None:
        """Return what was assumed, as one text for the reader."""
        return "".join(self.assumed) or None

    @property
    def suggestion(self) -> str | None:
        """Return the question back to the reader, where a name is close to one that exists."""
        return f"您是不是要问“{'”“'.join(self.close)}”？" if self.close else None


def reword(question: str, lexicon: Lexicon, segmenter: Segmenter, synonyms: Synonyms) -> Reworded:
    """Return a question in the words of a corpus.

    Args:
        question: standalone.
        lexicon: of the corpus.
        segmenter: of the corpus.
        synonyms: everyday and official words.
    """
    text = _MEETING.sub(lambda m: f"召开{m['done'] or ''}{m['which'].replace('啥', '什么')}会议", question)
    text = _PARTED.sub(_put_together, text)
    assumed, close = list[str](), list[str]()
    if (begun := _BEGUN.search(text)) and (work := next(filter(lexicon.has_word, ("开工", "动工")), None)):
        text = _BEGUN.sub(work, text)
        assumed.append(f"“{begun.group()}”按“{work}”查找。")
    for typed, meant in _undotted(fold(text), lexicon):
        text = _replaced(text, typed, meant)
        assumed.append(f"“{typed}”按“{meant}”查找。")
    for typed, meant, sure in _misspelt(fold(text), lexicon, segmenter):
        if sure:
            text = _replaced(text, typed, meant)
            assumed.append(f"按“{meant}”查找，没有找到“{typed}”。")
        elif meant not in close:
            close.append(meant)
    for typed, meant in _unknown(fold(text), lexicon, segmenter, synonyms):
        if typed not in fold(text):
            continue  # gone with a name that was put right above
        one, other, behind = text.partition("还是")
        text = _replaced(text, typed, meant)
        if typed in fold(one) and typed in fold(behind):  # what is chosen from stays alike
            text = _replaced(one, typed, meant) + other + _replaced(behind, typed, meant)
        assumed.append(f"“{typed}”按“{meant}”查找。")
    return Reworded(text, tuple(assumed), other_words(text, lexicon, synonyms), tuple(close[:3]))


def _put_together(parted: re.Match[str]) -> str:
    """Return 通车的 for 通的车; what is no verb and its object stays as it is (红的花)."""
    verb = parted["verb"] + parted["object"]
    return f"{verb}{parted['done']}" if _OF_TWO.fullmatch(verb) else parted.group()


def _replaced(text: str, typed: str, meant: str) -> str:
    at = fold(text).index(typed)
    return text[:at] + meant + text[at + len(typed) :]


def _undotted(question: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    """Return ``(typed, meant)`` of names that the corpus writes with a dot in the middle (古丽·艾山)."""
    found = {}
    for before, dot, behind in lexicon.dotted:
        for match in re.finditer(before[-2:] + behind[:2], question):
            at = match.start() + 2
            first, last = at - _shared(before[::-1], question[:at][::-1]), at + _shared(behind, question[at:])
            found[question[first:last]] = question[first:at] + dot + question[at:last]
    return sorted(found.items())


def _shared(first: str, second: str) -> int:
    """Return with how many of the same characters two texts begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _misspelt(question: str, lexicon: Lexicon, segmenter: Segmenter) -> list[tuple[str, str, bool]]:
    """Return ``(typed, name, whether to replace it)`` of names off by one character, longest first."""
    found: list[tuple[str, str, bool]] = []
    taken: set[int] = set()
    edges = {at for word, _, at in segmenter.tagged(question)} | {len(question)}
    for run in _RUN.finditer(question):
        for length in range(min(_LONGEST_NAME, len(run.group())), 1, -1):
            for start in range(run.start(), run.end() - length + 1):
                end = start + length
                places = set(range(start, end))
                typed = question[start:end]
                if taken & places or start not in edges or _OR_NOT.fullmatch(typed):
                    continue  # 「狐公司」 of 搜狐公司 is no name, nor is 「要不要」 another 三不要
                names = [(n, i) for n, i in lexicon.differing_in_one(typed) if n not in question]
                people = lexicon.people
                if length == _PERSON and not names and _SURNAME.match(typed) and not lexicon.has(typed):
                    names = [(n, i) for n, i in lexicon.called_like(typed) if _homophones(typed, n, i)]
                    people = frozenset(n for n, _ in names)
                if end not in edges:
                    ends = length >= _PERSON and _BEHIND_A_NAME.match(question, end)
                    names = [(n, i) for n, i in names if ends and n in people]
                if not names or lexicon.has(typed):
                    continue
                taken |= places
                judged = [(n, _is_typing_error(typed, n, i, n in people)) for n, i in names]
                certain = [n for n, sure in judged if sure]
                if len(certain) == 1:
                    found.append((typed, certain[0], True))
                else:
                    found += [
                        (typed, n, False)
                        for n, i in names
                        if (length > 2 or _homophones(typed, n, i))
                        and (n in lexicon.people or not _is_other_word(typed, n, i))
                    ]
    return found


def _is_other_word(typed: str, name: str, place: int) -> bool:
    """Tell whether what differs are two words that sound apart (英国公司, 韩国公司)."""
    if _homophones(typed, name, place, loosely=True):
        return False
    around = [slice(start, start + 2) for start in (place - 1, place) if 0 <= start <= len(typed) - 2]
    return any(jieba.dt.FREQ.get(typed[at], 0) and jieba.dt.FREQ.get(name[at], 0) for at in around)


def _is_typing_error(typed: str, name: str, place: int, person: bool) -> bool:
    """Tell whether a word off by one character can only be meant for a name.

    It can where both characters sound alike: most errors of pinyin input are of this kind. Two people of
    two characters sound alike too often (李丰, 李峰): there the right character must be a rare one that the
    typed one commonly stands in for (许镔 as 许斌).
    """
    if {typed[place], name[place]} & _TELLING or jieba.dt.FREQ.get(typed, 0) > 0:
        return False
    if not _homophones(typed, name, place, loosely=not person):
        return False
    return len(typed) > 2 or (person and place > 0 and not _common(name[place]) and _common(typed[place]))


def _homophones(typed: str, name: str, place: int, *, loosely: bool = False) -> bool:
    return not _sounds(typed[place], loosely).isdisjoint(_sounds(name[place], loosely))


def _common(char: str) -> bool:
    """Tell whether a character is one of the 3,755 that GB 2312 counts as the commonest (its first level)."""
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return b"\xb0\xa1" <= code <= b"\xd7\xf9"


@lru_cache(maxsize=4096)
def _sounds(char: str, loosely: bool) -> frozenset[str]:
    """Return a character's syllables without tones; loosely, zh and z, -ng and -n are one, as many speak."""
    syllables = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    if not loosely:
        return frozenset(syllables)
    return frozenset(re.sub("g$", "", re.sub("^([zcs])h", r"\1", syllable)) for syllable in syllables)


def _unknown(
    question: str, lexicon: Lexicon, segmenter: Segmenter, synonyms: Synonyms
) -> list[tuple[str, str]]:
    """Return ``(typed, meant)`` for words that the corpus lacks and that have another form in it."""
    found: list[tuple[str, str]] = []
    edges = {at for _, _, at in segmenter.tagged(question)} | {len(question)}
    for short in SHORT_OF_A_NUMBER.finditer(question):
        whole = {short.start("number"), short.end()} <= edges
        if whole and (told := lexicon.numbered(short)):
            found.append(told)
    known = sorted(
        (
            word
            for word in synonyms.words
            if any(_stands_alone(m, edges) for m in re.finditer(re.escape(word), question))
            and not any(f"{word[:n]}不{word}" in question for n in range(1, len(word) + 1))
        ),
        key=lambda word: (-len(word), word),
    )
    titles = frozenset(synonyms.words).difference(known)
    for word in (*known, *_abbreviations(question, segmenter)):
        if word in titles or any(word in typed for typed, _ in found) or lexicon.has_word(word):
            continue
        if _beside_a_slip(word, question, lexicon):
            continue
        meant = next((w for w in synonyms.of(word) if lexicon.has_word(w) and w not in question), None)
        meant = meant or lexicon.written_out(word)
        if meant is not None and word in question:
            found.append((word, meant))
    return found


def _stands_alone(match: re.Match[str], edges: Collection[int]) -> bool:
    """Tell whether a place of a question is made of whole words, and no title of somebody (方|老师)."""
    start, end = match.span()
    surname = start - 1 in edges and _SURNAME.match(match.string, start - 1, start) is not None
    titled = match.group() in _TITLES and surname
    return start in edges and end in edges and not titled


def _beside_a_slip(word: str, question: str, lexicon: Lexicon) -> bool:
    """Tell whether a rare character that the corpus lacks goes on a word (新材 of 新材枓): a slip."""
    behind = question[question.index(word) + len(word) :][:1]
    return _RUN.fullmatch(behind) is not None and not _common(behind) and behind not in lexicon.corpus


def _abbreviations(question: str, segmenter: Segmenter) -> list[str]:
    """Return what could be an abbreviation: single words, or up to four lone characters; longest first."""
    tokens = segmenter.tagged(question)
    runs = set()
    for i in range(len(tokens)):
        for j in range(i + 1, min(i + 4, len(tokens)) + 1):
            words = [word for word, _, _ in tokens[i:j]]
            if any(w in STOPWORDS or _NO_PART.intersection(w) or not _RUN.fullmatch(w) for w in words):
                break
            if len(words) > 1 and max(map(len, words)) > 1:
                continue  # 「月中国」 is no abbreviation: only a new word is, or single characters (卫健委)
            run = "".join(words)
            if 2 <= len(run) <= 6:
                runs.add(run)
    return sorted(runs, key=lambda r: (-len(r), r))


def other_words(question: str, lexicon: Lexicon, synonyms: Synonyms) -> tuple[str, ...]:
    """Return other forms that the corpus has of what a question names: full, abbreviated, synonymous."""
    question = fold(question)
    others: dict[str, None] = {}
    for short, full in lexicon.aliases.items():
        if full in question:
            others[short] = None
        elif short in question:
            others[full] = None
    for word in synonyms.words:
        if len(word) > 1 and word in question:
            others.update((w, None) for w in synonyms.of(word) if lexicon.has_word(w))
    return tuple(w for w in others if w not in question)[:_MOST_ADDED]
