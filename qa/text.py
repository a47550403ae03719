"""Text as matching sees it: folding, sentences, search tokens.

Nothing here changes what is displayed or quoted; folding keeps every offset in place.
"""

from __future__ import annotations

import copy
import heapq
import math
import re
import threading
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Any

import jieba
import jieba.posseg
import numpy as np
import opencc

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN_RUN = re.compile(f"[{HAN}]+")
_SENTENCE = re.compile(r"[^。!?！？\n]*(?:[。!?！？]+[”’」』)）》】]*|\n|$)")
_CLAUSE = re.compile(r"[^;；]*(?:[;；]|$)")
_LONG_SENTENCE = 150  # characters; newspapers chain whole measures with semicolons
_DATELINE_LABEL = re.compile(r"\s*(?:本报讯|本刊讯|本网讯|本报消息)[ \u3000]*")

_STOPWORDS = """
的 了 和 与 及 或 在 是 有 为 对 从 到 由 被 把 将 向 以 也 都 就 还 又 很
这 那 这个 那个 其 之 于 等 吗 呢 吧 啊 呀 嘛 什么 多少 几 哪 哪些 哪个 哪家
哪里 哪儿 哪天 哪年 谁 怎么 怎样 如何 为什么 为何 何时 何地 多 请问 请 问 一下 告诉
我 我们 你 你们 他 她 它 他们 她们 它们 现在 目前 具体 一共 总共 共有 有没有 是不是
是否 能 能否 可以 要 会 个 家 名 位 人 项 次 条 种 大 时候 一 不 没有 没 让 给
用 做 搞 叫 名字 包括 怎么样 哪几 上 中 下 里 后 前
"""
STOPWORDS = frozenset(_STOPWORDS.split())
"""Words that carry a question's form rather than its content; folded."""
# What asks, with the adverbs before it. Cut out before jieba looks: it takes 最多能 and 挖了多深才 for names.
_ASKING = re.compile(
    r"(?:(?:最多|最少|至少|顶多|一共|总共|到底|究竟|大概|大约|分别|现在|目前)(?:能|要|可以|得|会|有)?)?"
    r"(?:为(?:什么|何|啥)|(?:什么|啥)(?:时候|地方|样的?|人)?|多少|(?:怎么|咋)(?:样|办|回事)?|怎样|如何|谁"
    r"|哪(?:一?[天里儿个位家年些种类项座处条所支次份款月边段本]|几[个家种类项座条]?|(?![吒咤]))"
    r"|(?<!茶)几(?![内何率乎十百千])(?:[个家位名回次趟种类项条座月号点天岁周]|年级?)?"
    r"|(?<![众很许好诸大更差不])多[大长高久远宽深厚重快](?![学会型校新中原江速])"
    rf"|[吗呢吧](?=[?？。!！,， ]|$)|(?P<verb>[{HAN}])不(?P=verb)|有没有|[是能可]否)"
)
_MANY_WORDS = 1000
"""So many changed words take longer to look up than all words to teach anew."""
_MANY_TEXTS = 1000
_UNKNOWN = 0
"""Stands for a frequency that is to be found; none is 0."""
_PARTICLES = frozenset(
    "能才要去了着过上里在有是的得给到离从那这还又被叫让就把将跟和与及中后前时于并且很最更只可会想用为所来出"
)
"""At an end of what only jieba's guess takes for a word, they tell that it is none (提了, 港里)."""


@lru_cache(maxsize=1)
def _converter() -> Any:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=65536)
def _fold_char(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char).lower()
    if len(folded) != 1:
        return char
    while len(simplified := str(_converter().convert(folded))) == 1 and simplified != folded:
        folded = simplified  # 薴 becomes 苧, and that 苎
    return folded


def fold(text: str) -> str:
    """Return the form of a text that matching compares: simplified, half-width, lower case.

    Works character by character and keeps the length, so an offset into the result is the same
    offset into ``text``.

    >>> fold("二七區（Ａpp）,１２月")
    '二七区(app),12月'
    """
    return "".join(map(_fold_char, text))


def fold_all(texts: Sequence[str]) -> list[str]:
    """Return :func:`fold` of many texts, made quicker by folding each distinct character once."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    table = np.arange(codes.max(initial=0) + 1, dtype=np.uint32)
    for code in np.flatnonzero(np.bincount(codes)).tolist():
        table[code] = ord(_fold_char(chr(code)))
    folded = table[codes].tobytes().decode("utf-32-le", "surrogatepass")
    ends = list(accumulate(map(len, texts)))
    return [folded[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def simplify(text: str) -> str:
    """Return a question in the form the encoder was trained on: NFKC, simplified, single spaces.

    Unlike :func:`fold` it converts by phrase (乾隆 keeps its 乾) and may change the length.
    """
    return " ".join(str(_converter().convert(unicodedata.normalize("NFKC", text))).split())


def strip_controls(text: str) -> str:
    """Drop control, format and surrogate characters except tab and line feed."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def has_content(text: str) -> bool:
    """Tell whether a text holds at least one letter, ideograph or digit."""
    return any(unicodedata.category(c)[0] in "LN" for c in text)


def _enders_outside_quotes(text: str, start: int, end: int) -> bool:
    """Tell whether quotes and brackets opened since ``start`` are closed again at ``end``."""
    piece = text[start:end]
    return piece.count("“") <= piece.count("”") and piece.count("《") <= piece.count("》")


def sentence_spans(body: str) -> list[tuple[int, int]]:
    """Cut a body into sentences; return ``(start, end)`` offsets, in order, without blank ends.

    A sentence ends at 。!? or a line's end, closing quotes included; an ender inside an open
    quotation does not end it unless the line does. One longer than 150 characters is cut at its
    semicolons too. A newspaper's 「本报讯」 label is no part of the sentence that follows it.

    >>> body = "本报讯 会议召开。“好!”他说。"
    >>> [body[a:b] for a, b in sentence_spans(body)]
    ['会议召开。', '“好!”', '他说。']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE.finditer(body):
        end = match.end()
        line_ends = end == len(body) or "\n" in body[end - 1 : end + 1]
        if not line_ends and not _enders_outside_quotes(body, start, end):
            continue
        if end - start <= _LONG_SENTENCE:
            _append_trimmed(spans, body, start, end)
        else:
            for clause in _CLAUSE.finditer(body, start, end):
                _append_trimmed(spans, body, *clause.span())
        start = end
    return spans


def _append_trimmed(spans: list[tuple[int, int]], body: str, start: int, end: int) -> None:
    if start == 0 or body[start - 1] == "\n":
        label = _DATELINE_LABEL.match(body, start, end)
        start = label.end() if label else start
    while start < end and body[start].isspace():
        start += 1
    while end > start and body[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


@lru_cache(maxsize=1)
def _tags() -> dict[str, str]:
    return dict(jieba.posseg.POSTokenizer(jieba.dt).word_tag_tab)


def _tagger(tokenizer: jieba.Tokenizer) -> Any:
    """Return a part-of-speech tagger over a tokenizer.

    Its constructor would read the dictionary's 350,000 lines again for each segmenter.
    """
    tagger = jieba.posseg.POSTokenizer.__new__(jieba.posseg.POSTokenizer)
    tagger.tokenizer = tokenizer
    tagger.word_tag_tab = _tags() | tokenizer.user_word_tag_tab
    # Words taught to the tokenizer only belong into the table, which the tagger empties by itself.
    tagger.tokenizer = copy.copy(tokenizer)
    tagger.tokenizer.user_word_tag_tab = {}
    return tagger


TERM, PERSON = "nz", "nr"
"""Tags of taught words, as jieba calls them."""
Word = tuple[str, str]
"""A word, folded, with its tag."""
Taught = tuple[str, str, int]
"""A word that a segmenter was taught, with its tag and frequency."""


def order_of(word: Word | Taught) -> tuple[bool, str]:
    """Return what sorts words in the order in which they are taught: terms, then people."""
    return word[1] == PERSON, word[0]


def _folded(words: Iterable[str]) -> list[str]:
    return sorted(set(fold_all(list(words))))


class Segmenter:
    """Cut folded text into words with jieba, taught a corpus's own terms.

    Holds a private copy of jieba's dictionary: two snapshots never see each other's terms.
    Safe for concurrent use once built. How a text is cut depends on itself and on those of the terms and
    names that stand in it, on nothing else: what was cut before may be kept while these are the same.

    Attributes:
        taught: the terms and names, folded, each with its tag and frequency, in the order of teaching.
    """

    _base_lock = threading.Lock()

    def __init__(self, terms: Iterable[str] = (), people: Iterable[str] = ()) -> None:
        """Teach words to a copy of jieba's dictionary.

        Args:
            terms: what the corpus calls things.
            people: who is named in it.
        """
        with self._base_lock:
            if not jieba.dt.initialized:
                jieba.setLogLevel(60)
                jieba.dt.initialize()
        self._tokenizer = copy.copy(jieba.dt)
        self._tokenizer.FREQ = dict(jieba.dt.FREQ)
        self._tokenizer.user_word_tag_tab = {}
        self.taught = self._learn(
            [*((term, TERM) for term in _folded(terms)), *((name, PERSON) for name in _folded(people))]
        )

    @classmethod
    def as_taught(cls, taught: Iterable[Taught]) -> Segmenter:
        """Return the segmenter that has these in :attr:`taught`, without finding the frequencies anew."""
        segmenter = cls()
        segmenter.taught = tuple(taught)
        for word, tag, frequency in segmenter.taught:
            segmenter._teach(word, tag, frequency)
        return segmenter

    @classmethod
    def for_texts(cls, taught: Iterable[Taught], texts: Sequence[str]) -> Segmenter:
        """Return a segmenter that cuts some texts as the one that has these in :attr:`taught` does.

        It is taught those that stand in the texts, of thousands, and is for no others.
        """
        if len(texts) > _MANY_TEXTS:
            return cls.as_taught(taught)
        folded = "\n".join(map(fold, texts))
        beginnings = {*folded, *map("".join, pairwise(folded))}
        return cls.as_taught(each for each in taught if each[0][:2] in beginnings and each[0] in folded)

    @classmethod
    def revised(
        cls, known: Sequence[Taught], gone: Collection[Word], new: Collection[Word]
    ) -> tuple[Taught, ...]:
        """Return :attr:`taught` of a segmenter, given that of one of much the same words.

        How often a word must be said to stand whole depends on the words taught before it that stand in it,
        and on beginnings of such words that jieba did not know: their frequency becomes 0 in place of none.
        So a known frequency holds unless another word that stands in it, or a beginning of one, changed. To
        find those that do not hold, the words that they depend on are taught, and no others.

        Args:
            known: what the other one was taught.
            gone: words of these that are not taught now.
            new: words that are, which are none of these.
        """
        changed = {*gone, *new}
        if not changed:
            return tuple(known)
        if len(changed) > _MANY_WORDS:
            return cls()._learn(sorted({*(each[:2] for each in known), *new} - {*gone}, key=order_of))
        taught = list(known)
        for each in gone:
            del taught[bisect_left(taught, order_of(each), key=order_of)]
        for word, tag in new:
            taught.insert(bisect_left(taught, order_of((word, tag)), key=order_of), (word, tag, _UNKNOWN))
        scratch = cls()
        listed = "\n".join(["", *(word for word, _, _ in taught), ""])
        starts = [0, *accumulate(len(word) + 1 for word, _, _ in taught)]

        def where(text: str, end: int) -> Iterator[int]:
            at = listed.find(text, 0, end)
            while at >= 0:
                place = bisect_right(starts, at if text[0] == "\n" else at - 1) - 1
                yield place
                at = listed.find(text, starts[place + 1], end)

        def depending(word: str) -> Iterator[int]:
            for end in range(1, len(word) + 1):
                if end == len(word) or word[:end] not in jieba.dt.FREQ:
                    yield from where(word[:end], len(listed))

        doubtful = {bisect_left(taught, order_of(each), key=order_of) for each in new}
        for word, _ in changed:
            doubtful.update(depending(word))
        waiting = sorted(doubtful)
        done: set[int] = set()
        while waiting:
            place = heapq.heappop(waiting)
            word, tag, before = taught[place]
            parts = {word[a:b] for a in range(len(word)) for b in range(a + 1, len(word) + 1)}
            begun = (f"\n{part}\n" if part in jieba.dt.FREQ else f"\n{part}" for part in parts)
            needed = {at for text in begun for at in where(text, starts[place] + 1)} - done
            for at in sorted(needed):
                scratch._teach(*taught[at])
            frequency = scratch._teach(word, tag, None)
            done |= {*needed, place}
            if frequency != before != _UNKNOWN:
                for at in depending(word):
                    if at > place and at not in doubtful:
                        doubtful.add(at)
                        heapq.heappush(waiting, at)
            taught[place] = (word, tag, frequency)
        return tuple(taught)

    def _learn(self, words: Iterable[Word]) -> tuple[Taught, ...]:
        """Teach words, and return them with their frequencies."""
        return tuple((word, tag, self._teach(word, tag, None)) for word, tag in words)

    def _teach(self, word: str, tag: str, frequency: int | None) -> int:
        """Add a word, at the frequency that keeps it whole where none is given; return that."""
        if not frequency:
            self._tokenizer.add_word(word, frequency, tag)
            # jieba adds the word's frequency to the sum of all, and each word would shift the weights of all.
            self._tokenizer.total = jieba.dt.total
            return int(self._tokenizer.FREQ[word])
        # What add_word does, without its checks: they take longer, and a corpus teaches thousands of words.
        frequencies = self._tokenizer.FREQ
        frequencies[word] = frequency
        self._tokenizer.user_word_tag_tab[word] = tag
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
        return frequency

    @cached_property
    def _tagger(self) -> Any:
        return _tagger(self._tokenizer)

    @cached_property
    def _people(self) -> frozenset[str]:
        return frozenset(word for word, tag, _ in self.taught if tag == PERSON)

    def knows_person(self, word: str) -> bool:
        """Tell whether the corpus taught a folded word as somebody's name.

        >>> Segmenter(people=["阿依夏木"]).knows_person("阿依夏木"), Segmenter().knows_person("阿依夏木")
        (True, False)
        """
        return word in self._people

    def words(self, text: str) -> list[str]:
        """Return the words of a text in order, folded, without blanks and punctuation."""
        return [w for w in self._tokenizer.lcut(fold(text)) if has_content(w)]

    def tagged(self, text: str) -> list[tuple[str, str, int]]:
        """Return ``(word, part-of-speech tag, offset)`` of every token, folded, in order.

        Tags are jieba's (ICTCLAS): ``nr`` person, ``ns`` place, ``nt`` organisation, ``m`` numeral.
        """
        tokens: list[tuple[str, str, int]] = []
        at = 0
        for pair in self._tagger.lcut(fold(text)):
            tokens.append((pair.word, pair.flag, at))
            at += len(pair.word)
        return tokens

    def content_words(self, text: str) -> list[str]:
        """Return the distinct words that carry a question's content, in order.

        >>> Segmenter().content_words("一个项目最多能解决几个孩子上学?")
        ['一个', '项目', '解决', '孩子', '上学']
        """
        words = self.words(_ASKING.sub(" ", fold(text)))
        pieces = (piece for word in words for piece in self._certain(word))
        return [w for w in dict.fromkeys(pieces) if w not in STOPWORDS]

    def _certain(self, word: str) -> list[str]:
        """Return a word, or the words of a dictionary in it where it is none but for jieba's guess."""
        known = self._tokenizer.FREQ.get(word, 0) > 0 or len(word) == 1
        if known or not _HAN_RUN.fullmatch(word) or not {word[0], word[-1]} & _PARTICLES:
            return [word]
        return [w for w in self._tokenizer.lcut(word, HMM=False) if w not in _PARTICLES]

    def rarity(self, word: str) -> float:
        """Return how rare a word is in Chinese at large, 0 (commonest) to 1 (not in jieba's dictionary).

        The logarithm of its inverse frequency in jieba's dictionary, scaled: an inverse document
        frequency that does not depend on how few articles a corpus has.
        """
        return 1.0 - math.log(jieba.dt.FREQ.get(fold(word), 0) + 1) / math.log(jieba.dt.total)

    def search_tokens(self, text: str) -> list[str]:
        """Return BM25 tokens: jieba's search-mode words and the bigrams of every Han run.

        Bigrams carry names that jieba does not know. The two kinds share no token: bigrams are
        prefixed with ``_``.
        """
        folded = fold(text)
        words = [w for w in self._tokenizer.lcut_for_search(folded) if has_content(w)]
        return words + [f"_{g}" for g in bigrams(folded)]


def letters(text: str) -> str:
    """Return the letters, ideographs and digits of a text, folded: what two prints of a headline share."""
    return re.sub(r"[\W_]+", "", fold(text))


def bigrams(text: str) -> list[str]:
    """Return the two-character grams of each run of Han characters; a lone character stands alone."""
    grams: list[str] = []
    for run in _HAN_RUN.findall(text):
        grams.extend([run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)])
    return grams


_TERM = re.compile(
    f"《([^《》\\n]{{2,16}})》|“([{HAN}A-Za-z0-9]{{2,8}})”|以下(?:简|统)称[“「]?([{HAN}A-Za-z0-9]{{2,10}})"
)


def corpus_terms(texts: Iterable[str]) -> list[str]:
    """Return the names that a corpus itself marks as such: 《titles》, “quoted names”, 以下简称.

    Sorted and distinct; only terms without punctuation, since a word never spans any.
    """
    found = set()
    for text in texts:
        for match in _TERM.finditer(text):
            term = next(group for group in match.groups() if group)
            if re.fullmatch(f"[{HAN}A-Za-z0-9]+", term):
                found.add(term)
    return sorted(found)
