"""Follow-ups: what a question leaves out is filled in from the conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.collection_questions import parse
from qa.focus import Resolved, about_article
from qa.names import people
from qa.scope import reply_to
from qa.text import HAN, STOPWORDS, Segmenter, fold
from qa.types import Article, Turn

_ELLIPSIS = re.compile(r"^(?:那么?|还有|至于)?[,，]?(?P<what>.{1,24}?)呢[?？]*$")
_CORRECTION = re.compile(
    r"^(?:不对?|不是的?|错了|我不是问这个)?[,，。]?"
    r"(?:我(?:要|想)?(?:问|说|指|查)的?(?:不是(?P<wrong>.{1,20}?)[,，])?是|不是(?P<not>.{1,20}?)[,，]而?是)"
    r"(?P<right>.{1,24}?)[?？。!！]*$"
)
_NEW_TOPIC = re.compile(
    r"^(?:换(?:一?个)?(?:话题|问题)|问?另外?一?个问题|再问(?:你|您)?一?个(?:问题)?|说点别的)[,，。:：吧]*"
)
_AND_MORE = re.compile(r"^(?:那)?(?:还有|其他的?|别的|其余的?)(?:呢|吗|没有?|什么)?[?？]*$")
_PERSON_PRONOUN = re.compile(r"(?<!其)[他她](?!们|人|山|国)")
_PEOPLE_PRONOUN = re.compile(r"[他她]们")
_THING_PRONOUN = re.compile(r"它(?!们)|^其(?!中|他|它|余|实)")
_DEMONSTRATIVE = re.compile(
    rf"(?:(?<![应本活])该|此次|本次|上述|这一?[个家项场次所位座种]?|那一?[个家项场次所位座种])(?P<noun>[{HAN}]{{2,6}}?)"
    r"(?=[的是有在要被由将和与对给能会为多从也还都属主共拥负需占落提说讲开办召举结选用投建做得可应必]|[,，?？]|$|哪|什么|怎|何|谁)"
)
_UNRESOLVED = re.compile(r"^(?:该|此次|上述)")
_PLACE_PRONOUN = re.compile(r"那里|那儿|那边|这里|这儿|当地")
_PLACE = re.compile(
    rf"[{HAN}]{{2,6}}?(?:街道|社区|开发区|园区|新区|[省市区县镇乡村])(?![{HAN}]{{0,1}}(?:委|政府|长))"
)
_REFERS_BACK = re.compile(r"^那(?![年月日天时些个家])")
_CONTINUES = re.compile(
    r"^(?:具体|其中|还有|另外|然后|接着|都|又|再|总共|一共|他们|她们|它们|它|这|哪天的事|什么时候的事)"
)
_SUBJECTLESS = re.compile(r"^(?:有|是|要|需要?|用|花|占|共|分别)")
_RARE = 0.8
"""A word as rare as this names something, even where the tagger does not say so (沼鹿又叫什么)."""
_TAIL = re.compile(r"[了吗呢吧啊的]*[?？。!！]*$")
_CITATION = re.compile(r"\[\d+\]")
_DIGITS = re.compile(r"\d+(?:年|月|日|号)")
_NOUN_TAGS = ("n", "v", "a", "b", "j", "l", "i", "eng", "x", "t", "m", "q")
_BARE = re.compile(
    r"^(?:那|是|又|都|具体|到底)*(?P<word>(?:在|从|去)?(?:哪里|哪儿|什么地方|何处)|为什么|为何|为啥"
    r"|(?:是)?(?:哪一?天|什么时候|何时|几号|哪年)|怎么(?:做|办)?的?)[?？呢的]*$"
)
_ASKED_WHEN = re.compile(
    r"(?:在|于)?(?:哪一?天|什么时候|何时|几号|哪一?年|哪个月)|(?:在|从|去)(?:哪里|哪儿|什么地方|何处)"
    r"|为什么|为何|怎么(?!样)"
)
_ASKED_AMOUNT = re.compile(
    rf"(?:多少|几)[个家名人位项次条种座所户只辆台件份亩万元%]{{0,2}}(?P<what>[{HAN}A-Za-z]{{2,12}})?"
)


def standalone(question: str, history: Sequence[Turn], segmenter: Segmenter) -> str:
    """Return the text of :func:`resolve` without looking for an article."""
    return resolve(question, history, segmenter).text


def resolve(
    question: str, history: Sequence[Turn], segmenter: Segmenter, articles: Sequence[Article] = ()
) -> Resolved:
    """Return a question that can be understood without the conversation.

    A complete question comes back unchanged, whatever was said before. Otherwise, in this order:
    「这篇」 and 「第二条」 become the article cited last, or under that number; 「那X呢」 and 「我问的是X」
    put X in the place of its counterpart in the last question; 他, 该行动, 那里 are replaced by the person,
    thing or place last named; a question with almost no content of its own is put behind the last one.

    Args:
        question: as typed.
        history: the conversation so far, oldest first; answers with their ``[n]`` marks.
        segmenter: of the snapshot.
        articles: the snapshot's; needed for 「这篇」.
    """
    earlier = [turn for turn in history if turn.content.strip()]
    question = _NEW_TOPIC.sub("", question.strip()) or question
    if not any(turn.role == "user" for turn in earlier) or reply_to(question) is not None:
        return Resolved(question)
    focused = about_article(question, earlier, articles)
    if focused is not None:
        return focused
    # Earlier follow-ups are themselves resolved, so that 「那A呢」「那B呢」 chains.
    last, said = "", list[str]()
    for turn in earlier:
        text = _CITATION.sub("", turn.content.strip())
        if turn.role == "user":
            text = last = _resolve(text, last, said, segmenter) if last else text
        said.insert(0, text)
    return Resolved(_resolve(question, last, said, segmenter))


def _resolve(question: str, last: str, said: Sequence[str], segmenter: Segmenter) -> str:
    if parse(question, writers=(), newest=None) is not None:
        return question  # about the collection: needs nothing from the conversation
    corrected = _CORRECTION.match(question)
    if corrected:
        wrong = corrected["wrong"] or corrected["not"]
        if wrong and wrong in last:
            return last.replace(wrong, corrected["right"])
        return _substitute(last, corrected["right"].strip(), segmenter)
    ellipsis = _ELLIPSIS.match(question)
    if ellipsis and not re.search(r"多少|什么|哪|谁|几|怎|还有", ellipsis["what"]):
        return _substitute(last, ellipsis["what"].strip(), segmenter)
    if _AND_MORE.match(question):
        return f"{_stated(last)},还有哪些?"
    bare, asked = _BARE.match(question), _ASKED_WHEN.search(last)
    if bare and asked:
        return last[: asked.start()] + bare["word"] + last[asked.end() :]
    resolved = _replace_references(question, said, last, segmenter)
    if resolved != question:
        return resolved
    if _is_incomplete(question, segmenter) or _UNRESOLVED.match(question):
        rest = re.sub(r"^(?:那么?(?!里|儿|边)|还有|另外|然后)[,，]?", "", question)
        return f"{_stated(last)},{rest if len(rest) > 1 else question}"
    return question


def _stated(question: str) -> str:
    """Return a question without what it asks for, so that another can be put behind it."""
    stated = _TAIL.sub("", question)
    amount = _ASKED_AMOUNT.search(stated)
    if amount and amount["what"]:
        return stated[: amount.start()] + stated[amount.start("what") :]
    return stated


def _is_incomplete(question: str, segmenter: Segmenter) -> bool:
    """Tell whether a question has too little content to be asked alone."""
    content = segmenter.content_words(question)
    if _REFERS_BACK.match(question):
        return True
    if _CONTINUES.match(fold(question)):
        return len(content) <= 2
    if _names_something(question, segmenter):
        return False
    if _SUBJECTLESS.match(question) and len(question) <= 12:
        return len(content) <= 2
    ordinary = all(segmenter.rarity(word) < _RARE for word in content)
    return len(content) <= 1 and len(question) <= 10 and ordinary


def _names_something(question: str, segmenter: Segmenter) -> bool:
    return any(tag in ("nr", "ns", "nt", "nz") for _, tag, _ in segmenter.tagged(question))


def _substitute(last: str, what: str, segmenter: Segmenter) -> str:
    """Put ``what`` in the place of its counterpart in ``last``: the phrase most alike in its ending."""
    best = max(
        _phrases(last, segmenter),
        key=lambda span: _likeness(last[slice(*span)], what, segmenter),
        default=None,
    )
    if best is None or _likeness(last[slice(*best)], what, segmenter) <= 0:
        counted = _ASKED_AMOUNT.search(last)
        if counted and counted["what"] and last.endswith((counted["what"], "?", "？")):
            return last[: counted.start("what")] + what + last[counted.end("what") :]
        return f"{_TAIL.sub('', last)},{what}呢?"
    return last[: best[0]] + what + last[best[1] :]


def _phrases(text: str, segmenter: Segmenter) -> list[tuple[int, int]]:
    """Return the spans of all runs of one to four words that could be a noun phrase or a time."""
    tokens = [(at, at + len(word), tag) for word, tag, at in segmenter.tagged(text) if _may_name(word, tag)]
    spans: list[tuple[int, int]] = []
    for i, (start, end, _) in enumerate(tokens):
        spans.append((start, end))
        for _next_start, next_end, _ in tokens[i + 1 : i + 4]:
            if _next_start != end:
                break
            end = next_end
            spans.append((start, end))
    return spans


def _may_name(word: str, tag: str) -> bool:
    return (
        word not in STOPWORDS and tag.startswith(_NOUN_TAGS) and re.search(f"[{HAN}a-z0-9]", word) is not None
    )


def _likeness(phrase: str, what: str, segmenter: Segmenter) -> float:
    """Score how well two phrases could stand in each other's place; 0 when not at all."""
    a, b = fold(phrase), fold(what)
    if _DIGITS.search(b):
        return float(bool(_DIGITS.search(a))) * len(a)
    suffix = 0
    while suffix < min(len(a), len(b)) and a[-1 - suffix] == b[-1 - suffix]:
        suffix += 1
    if suffix:
        return 10 * suffix + min(len(a), 9) / 10
    tags = [segmenter.tagged(text)[-1][1] for text in (a, b)]
    named = tags[0][:2] == tags[1][:2] and tags[0] in ("nr", "ns", "nt", "nz", "t")
    return 1 + len(a) / 100 if named else 0.0


def _replace_references(question: str, said: Sequence[str], last: str, segmenter: Segmenter) -> str:
    """Replace pronouns and demonstratives by what was last named; ``said`` is newest first."""
    pronoun = _PERSON_PRONOUN.search(question)
    # 「孙中山在哪里出生,他…」 names its person itself.
    if pronoun and not people(question[: pronoun.start()], segmenter):
        person = next((names[-1][0] for text in said if (names := people(text, segmenter))), None)
        if person:
            question = _PERSON_PRONOUN.sub(person, question)
    if _PEOPLE_PRONOUN.search(question):
        named = list(dict.fromkeys(name for name, _ in people(said[0], segmenter))) if said else []
        if len(named) > 1:
            question = _PEOPLE_PRONOUN.sub("、".join(named), question)
    if _PLACE_PRONOUN.search(question):
        place = _last_place([last, *said], segmenter)
        if place:
            question = _PLACE_PRONOUN.sub(place, question)
    if _THING_PRONOUN.search(question):
        topic = _topic(last)
        if topic:
            question = _THING_PRONOUN.sub(topic, question, count=1)
    match = _DEMONSTRATIVE.search(question)
    if match:
        thing = _thing_ending_in(match["noun"], [*said, last], segmenter)
        if thing:
            question = question[: match.start()] + thing + question[match.end() :]
    return question


def _last_place(said: Sequence[str], segmenter: Segmenter) -> str | None:
    """Return the longest place or institution in the first text that names one."""
    for text in said:
        names = [
            text[at : at + len(word)]
            for word, tag, at in segmenter.tagged(text)
            if len(word) > 1 and (tag in ("ns", "nt") or _PLACE.fullmatch(word))
        ]
        if first := _PLACE.match(text):  # a name that the tagger does not know
            names.append(first.group())
        if names:
            return max(names, key=len)
    return None


_BEFORE_VERB = re.compile(
    "(?P<topic>.{2,20}?)(?=是|有(?!限)|在|由|为|的|了|什么|多少|几|哪|谁|怎|将|会(?!议)|要|能|共|于|被|何|[,，。?？])"
)


def _topic(question: str) -> str | None:
    """Return what a question begins with: the words before its first verb, particle or question word."""
    match = _BEFORE_VERB.match(question)
    return match["topic"] if match else None


_PHRASE_STOPS = re.compile(
    "召开|举行|举办|主持|进行|开展|出席|参加|强调|指出|要求|表示|启动|宣读|成立|揭牌|传达|推进|组织|印发|听取|[^“”‘’《》\\w]"
)
_FUNCTION_WORDS = frozenset("对把将在由了的是给和与到从被向为就等有要也都")
_PHRASE_CHARS = 28


def _thing_ending_in(noun: str, said: Sequence[str], segmenter: Segmenter) -> str | None:
    """Return the phrase that ends in a noun, from the newest text that has one longer than it.

    It reaches back to the last punctuation, particle or reporting verb.
    """
    for text in said:
        tagged = segmenter.tagged(text)
        for i in range(len(tagged) - 1, -1, -1):
            end = tagged[i][2] + len(tagged[i][0])
            if not text[:end].endswith(noun):
                continue
            start = end
            for word, _, at in reversed(tagged[: i + 1]):
                if word in _FUNCTION_WORDS or _PHRASE_STOPS.search(word) or end - at > _PHRASE_CHARS:
                    break
                start = at
            phrase = text[start:end].lstrip("”’》")
            if len(phrase) > len(noun) and phrase.endswith(noun):
                return phrase
    return None
