"""Choice questions: of 「是上午还是下午开的」 the two yes/no questions that it offers a choice between."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.language.names import NAME
from qa.text import HAN, Segmenter
from qa.understanding.questions import plain

_OR = re.compile(rf"(?<=[{HAN}\da-z”》])[,]?还是(?!不|没|要|得|会|能|应)(?=[{HAN}\da-z“《])")
_ASKS_OTHERWISE = re.compile("谁|什么|哪|多少|几|怎|为何|如何")
_BEFORE_ONE = re.compile("(?:到底|究竟)?(?:[是在由用从按归向给靠让对]|属于|算)$")
"""What stands right before the first of two alternatives."""
_MOST_WORDS = 4
_LONGEST_NAME = 4
_LEVEL = re.compile(r"(?P<level>[省市区县镇乡])里面?[提定出]?(?=的)")
"""省里的 as 全省的, as newspapers have it."""
_EITHER_DOES = re.compile(
    rf"(?P<one>[{HAN}]{{2,3}}(?<!是))是(?P<deed>[{HAN}]{{2,6}}?)还是(?:由)?(?P<other>[{HAN}]{{2,4}})(?P=deed)(?=的?$)"
)
"""甲是领学还是乙领学."""


_OF_WHICH = re.compile(
    r"是?(?:什么(?:时候|时间|地方)?|哪[一个种里家边样项]{0,2}|谁)[,:](?:是|在)?(?=[^,]{1,12}还是[^,]{1,12}$)"
)
"""监管的是什么,资金还是项目: the choice says what is meant by the question word."""


_WHO_OF_TWO = re.compile(
    rf"(?:(?P<one>{NAME})[和跟与](?P<other>{NAME})(?:这?两个?人|二人|俩|之间|当?中)?,?(?:到底|究竟)?谁(?:才)?是(?P<role>[{HAN}]{{2,14}})"
    rf"|谁(?:才)?是(?P<first_role>[{HAN}]{{2,14}}),(?:是)?(?P<first>{NAME})还是(?P<second>{NAME}))$"
)
"""甲和乙谁是书记, which is 书记是甲还是乙."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of the two, and the question whether it is so."""

    text: str
    """Without what both end in."""
    question: str

    @property
    def said(self) -> str:
        """Return it as a short answer: 蓝的 as 蓝."""
        return self.text.removesuffix("的") or self.text


def alternatives(question: str, segmenter: Segmenter) -> tuple[Alternative, Alternative] | None:
    """Return the two that a question offers a choice between, ``None`` where it offers none.

    The second begins behind 还是 and is as many words long as the first, or reaches to the word that ends
    the first; what follows it belongs to both, as does what stands before the first.

    >>> [one.question for one in alternatives("动员会是上午还是下午开的?", Segmenter())]
    ['动员会是上午开的吗?', '动员会是下午开的吗?']
    >>> [one.text for one in alternatives("图书馆收费还是免费?", Segmenter())]
    ['收费', '免费']
    >>> [one.question for one in alternatives("林苇和葛清谁是书记?", Segmenter())]
    ['书记是林苇吗?', '书记是葛清吗?']
    """
    asked = _LEVEL.sub(r"全\g<level>", plain(question).rstrip("?。!,呢啊呀 "))
    asked = _OF_WHICH.sub("是", asked)
    if of_two := _WHO_OF_TWO.match(asked):
        role, *two = [
            of_two[a] or of_two[b] for a, b in (("role", "first_role"), ("one", "first"), ("other", "second"))
        ]
        asked = f"{role}是{'还是'.join(two)}"
    asked = _EITHER_DOES.sub(r"是\g<one>\g<deed>还是\g<other>\g<deed>", asked)
    found = list(_OR.finditer(asked))
    if len(found) != 1 or _ASKS_OTHERWISE.search(asked):
        return None
    before, behind = asked[: found[0].start()], asked[found[0].end() :]
    behind = re.sub("^是", "", behind)
    if alike := _alike(before, behind):
        head, shared = before.removesuffix(alike), _same_end(alike, behind)
        return (
            Alternative(alike[: len(alike) - shared], f"{head}{alike}吗?"),
            Alternative(behind[: len(behind) - shared], f"{head}{behind}吗?"),
        )
    words, others = _words(before, segmenter), _words(behind, segmenter)
    if not words or not others:
        return None
    ending = ""
    if others[-1] == "的" and words[-1] != "的" and others[-2:-1] == words[-1:]:
        ending = others.pop()  # 上午开|还是|下午开|的
    first, second = _parallel(words, others) or _single(words, others)
    one, other = "".join(first), "".join(second)
    if not one or not other or one == other:
        return None
    head, tail = "".join(words[: len(words) - len(first)]), "".join(others[len(second) :]) + ending
    shared = _shared_end(first, second)
    return (
        Alternative(one[: len(one) - shared], f"{head}{one}{tail}吗?"),
        Alternative(other[: len(other) - shared], f"{head}{other}{tail}吗?"),
    )


def _alike(before: str, behind: str) -> str | None:
    """Return the first alternative where both are names, or as long and much alike in their characters.

    Between them words may be cut otherwise (是|林苇, 林|为民; 是从|东|往|西|开, 从|西往|东|开).
    """
    one = before.rpartition("是")[2]
    if re.fullmatch(NAME, one) and re.fullmatch(NAME, behind):
        return one
    if 1 < len(one) == len(behind) < 10 and re.fullmatch(f"[{HAN}]+", one + behind) and "的" not in one:
        same = sum(a == b for a, b in zip(one, behind, strict=True))
        return one if same * 2 >= len(one) and one[0] == behind[0] else None
    return None


def _same_end(one: str, other: str) -> int:
    """Return how many characters of a verb both end in, behind more than a name (从东往西|开)."""
    return int(len(one) > _LONGEST_NAME and one[-1] == other[-1])


def _shared_end(first: list[str], second: list[str]) -> int:
    """Return how many characters both end in, by whole words, without which each still says what it is."""
    shared = 0
    while shared < min(len(first), len(second)) - 1 and first[-1 - shared] == second[-1 - shared]:
        shared += 1
    while shared and any(
        not re.search(f"[{HAN}]{{2}}", "".join(words[:-shared])) for words in (first, second)
    ):
        shared -= 1
    return len("".join(first[len(first) - shared :]))


def _parallel(words: list[str], others: list[str]) -> tuple[list[str], list[str]] | None:
    """Return alternatives that end or begin alike (坐地铁去, 坐公交去; 先交钱, 先登记)."""
    if words[-1] == others[-1]:
        return words[-len(others) :], others
    begins = [n for n, word in enumerate(words) if word == others[0]]
    return (words[begins[-1] :], others) if begins else None


def _single(words: list[str], others: list[str]) -> tuple[list[str], list[str]]:
    """Return the alternative behind 是, 在 … and as many words of the other, else one word of each."""
    for n in range(1, min(len(words), _MOST_WORDS + 1)):
        if _BEFORE_ONE.search("".join(words[:-n])):
            break
    else:
        n = 1
    last = next((k for k, word in enumerate(others, 1) if word == words[-1]), n)
    return words[-n:], others[:last]


def _words(text: str, segmenter: Segmenter) -> list[str]:
    return [word for word, _, _ in segmenter.tagged(text)]
