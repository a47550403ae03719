"""Follow-ups: what a question leaves out is filled in from the conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.conversation.both import of_several
from qa.conversation.completeness import (
    THAT,
    lacks_its_topic,
)
from qa.conversation.completing import ELLIPSIS, Talk, completed, meant
from qa.conversation.counterparts import other_number
from qa.conversation.focus import (
    ITEM,
    Resolved,
    about_article,
    asks_who_said_it,
    cited_first,
    counts_items,
    is_of_an_article,
    nth_asked_for,
    of_the_quote,
)
from qa.conversation.heads import in_place_of_the_whole, other_heads, topic_of
from qa.conversation.listed import Shelf
from qa.conversation.openers import without_openers
from qa.conversation.references import HIS_ARTICLES, Recall, by_role
from qa.conversation.scope import reply_to
from qa.conversation.stated import (
    ASKED_DAY,
    at_another_time,
)
from qa.conversation.staying import (
    NAMELESS,
    asks_for_more,
    asks_for_what_is_told_otherwise,
    asks_plainly,
    goes_on,
    may_be_of,
    nouns_of_whether,
    sure_elsewhere,
)
from qa.conversation.substitution import (
    OFFICE,
    counted_of_a_list,
    substitute,
)
from qa.conversation.topics import ATTRIBUTE, NOMINAL, put_behind
from qa.language.time_expressions import prefers_newest
from qa.language.traditional import in_simplified
from qa.metadata.collection_questions import parse
from qa.text import HAN, Segmenter
from qa.types import Article, Turn
from qa.understanding.differences import compares

_CITATION = re.compile(r"\[\d+\]")
_BACK_TO = re.compile(
    f"(?:(?:还是|再)?(?:回到|说回到?|接着说|回头说)|再说(?=刚才|前面))(?:刚才|刚刚|前面|之前)?(?:的|说的|讲的)?(?=[{HAN}“《]{{2,12}}[,，])"
)


def standalone(question: str, history: Sequence[Turn], segmenter: Segmenter) -> str:
    """Return the text of :func:`resolve` without looking for an article."""
    return resolve(question, history, segmenter).text


def resolve(
    question: str,
    history: Sequence[Turn],
    segmenter: Segmenter,
    articles: Sequence[Article] = (),
    recall: Recall = lambda _: None,
) -> Resolved:
    """Return a question that can be understood without the conversation.

    A complete question comes back unchanged, whatever was said before, and so does what asks for nothing
    (好的); 「谢谢，」 and 「换个话题，」 before a question are cut off. Otherwise, in this order:
    「这篇」 and 「第二条」 become the article cited last, or under that number; 「那X呢」 and 「我问的是X」
    put X in the place of its counterpart in the last question, a time before what is asked; 他, 该行动, 那里
    are replaced by the person, thing or place last named; 「三个加起来」 and 「哪个最早」 ask of what the
    last questions counted, or asked the day of; a question with almost no content of its own is put behind
    what the last one states, without what that asked for.

    Args:
        question: as typed.
        history: the conversation so far, oldest first; answers with their ``[n]`` marks.
        segmenter: of the snapshot.
        articles: the snapshot's; needed for 「这篇」.
        recall: the short answer to an earlier question, for whom 他 stands; ``None`` where there is none.
    """
    said_before = [turn for turn in history if turn.content.strip()]
    asked = question.strip()
    if reply_to(asked) is not None:
        return Resolved(asked)

    def simplify(text: str) -> str:
        return in_simplified(text, lambda pair: any(pair in a.body or pair in a.title for a in articles))

    simplified, new_topic = without_openers(simplify(asked))
    simplified = _BACK_TO.sub("", simplified)
    asked = asked[len(asked) - len(simplified) :]
    if new_topic or not any(turn.role == "user" for turn in said_before) or reply_to(asked) is not None:
        return Resolved(asked)
    focused = about_article(simplified, said_before, articles)
    if focused is not None:
        return focused
    shelf = Shelf(
        dict.fromkeys(name for a in articles for name in (*a.reporters, *a.correspondents)),
        max((a.date for a in articles if a.date), default=None),
    )
    # Earlier follow-ups are themselves resolved, so that 「那A呢」「那B呢」 chains.
    earlier, said, article, slot = list[str](), list[str](), None, ""
    answered = told = listing = ""
    cited_at = 0

    def talk() -> Talk:
        return Talk(earlier, said, segmenter, shelf, recall, article, listing, answered, told, slot)

    remark = went_on = False
    for at, turn in enumerate(said_before):
        if turn.role == "user":
            text = simplify(turn.content.strip())
            remark = reply_to(text) is not None
            if remark:
                continue  # 「谢谢」 between two questions is none of them
            text, apart = without_openers(text)
            text = _BACK_TO.sub("", text)
            if whole := of_several(text, earlier, segmenter):
                text = whole  # 「哪个多」 may follow, of the same two
            elif earlier and not apart:
                found = _resolve(text, talk())
                went_on = found.text != text or found.article_id is not None
                typed, text = text, found.text
                earlier.append(text)
                listing = found.counts or text
                slot = _put_in(typed, text)
            else:
                earlier.append(meant(text))
                listing, slot, went_on = earlier[-1], "", False
            said.insert(0, text)
        elif not remark:
            first, _, rest = simplify(turn.content.strip()).partition("[1]")
            said[:0] = [t for t in (first, _CITATION.sub("", rest)) if t]
            refused = "[1]" not in turn.content
            if not refused:
                cited_at = at
            if earlier and not refused:
                answered, told = earlier[-1], turn.content
            if not (refused and article and (went_on or may_be_of(text, article, segmenter))):
                article = cited_first(turn.content, articles)  # refused, it is of that article still
    if whole := of_several(simplified, earlier, segmenter):
        return Resolved(whole)
    if not earlier:
        return Resolved(asked)
    if article and is_of_an_article(THAT.sub("", simplified)):
        focused = about_article(THAT.sub("", simplified), said_before[: cited_at + 1], articles)
        if focused is not None:
            return focused
    found = _resolve(simplified, talk())
    if answered == earlier[-1] and asks_for_more(simplified):
        found = replace(found, beyond=answered)
    return replace(found, text=asked) if found.text == simplified else found


def _resolve(question: str, talk: Talk) -> Resolved:
    """Resolve a follow-up, typed without openers."""
    last, article, segmenter = talk.last, talk.article, talk.segmenter
    if counted := counted_of_a_list(question, last):
        return Resolved(counted[0], counts=counted[1])
    if item := _item_of_a_list(question, talk):
        return item
    if article and (quoted := of_the_quote(question, talk.answered, talk.told, article, segmenter)):
        return quoted
    if article is None and asks_who_said_it(question):
        return Resolved(question, least=_NEVER)
    text = completed(question, talk)
    before_why = _before_why(question, talk)
    if what := _asked_along(question, text):
        if before_why:
            return replace(before_why, others=(Resolved(text, names=what),))
        heads = other_heads(last, what, segmenter)
        heads += [
            by_itself
            for head in heads
            if (by_itself := in_place_of_the_whole(last, what, head, segmenter)) is not None
        ]
        # Of 他爱人 the article may say 妻子.
        names = "" if ATTRIBUTE.search(what) or re.search("^[那和]?[他她它]", question) else what
        senses = [*(Resolved(head, quotes=names) for head in heads), Resolved(text, names=names)]
        return replace(senses[0], others=tuple(senses[1:]))
    if whole := _of_the_whole(question, text, talk) or before_why:
        return Resolved(text, others=(whole,))
    if role := by_role(question, last):
        return Resolved(text, others=(Resolved(role),))
    sure = sure_elsewhere(question, last, article, segmenter) if article and text == question else None
    goes_on_there = article is not None and text == question and goes_on(question, article, segmenter)
    if text == question and not goes_on_there and lacks_its_topic(question, segmenter):
        text = put_behind(talk.earlier, question, segmenter)
    if article is None or (text == question and HIS_ARTICLES.search(text)):
        return Resolved(text)
    if text != question:
        if not _is_behind(question, text):
            return Resolved(text)
        return _newest_of(text, _first_in(article, text, question, text))
    if sure is None and not goes_on_there:
        if asks_for_what_is_told_otherwise(question, article, segmenter):
            there = Resolved(text, article.id, least=_ALONE)
            return replace(there, others=(Resolved(text, least=_LIKELY),))
        return Resolved(text)
    # 支出比收入多多少: both things are named; 大坝又怎么修 names another thing than was asked of.
    own = (compares(question) and not _WITH_ITSELF.search(question)) or _ANOTHER_THING.match(question)
    about = topic_of(last, segmenter, question) if not own and (goes_on_there or sure == NAMELESS) else None
    text = f"{about},{question}" if about and about not in question else question
    found = _first_in(article, text, question, question, _ELSEWHERE if sure is None else sure)
    names = nouns_of_whether(question, segmenter)
    alone = tuple(replace(sense, names=names) for sense in found.others[:-1])
    behind = (
        (Resolved(text, least=_LIKELY, names=names),)
        if text != question and _OF_ITS_COURSE.search(question)
        else ()
    )
    bound = replace(found, names=names, others=(*alone, *behind, found.others[-1]))
    return _newest_of(text, bound) if behind else bound


_WITH_ITSELF = re.compile(
    "[比较](?:原[来先定本]?|计划|预[算计期定]|概算|去年|上[年月次]|以前|之前|过去|当初|最初|往年|同期|年初)"
)
"""What something itself was or was to be: only one thing is named."""
_OF_ITS_COURSE = re.compile(f"{_WITH_ITSELF.pattern}|{ASKED_DAY.pattern}|最终|最后(?=[花用投定算])")
"""What is asked of the course of something, which other articles may tell of than the one quoted last."""
_ELSEWHERE = 0.9
"""Confidence that it takes to answer a follow-up from another article than the last answer."""
_ALONE = 0.8
"""Confidence that it takes to answer it from that article as typed, without what it was put behind."""
_LIKELY = 0.5
_NEVER = 1.1
"""More than any confidence: nothing was quoted whose speaker could be asked for."""


_ANOTHER_THING = re.compile(
    f"(?:那)?[{HAN}]{{2,10}}(?:又|则)(?=[是有该要]?(?:咋|怎|谁|哪|多少|多[大长高]|几|什么|啥|为))"
)


def _newest_of(text: str, bound: Resolved) -> Resolved:
    """Resolve a question for the latest state of its topic: the article quoted last may not be the newest."""
    if not prefers_newest(text):
        return bound
    return Resolved(text, least=_ALONE, others=(bound, *bound.others))


def _first_in(
    article: Article, text: str, question: str, anywhere: str, sure: float = _ELSEWHERE
) -> Resolved:
    """Resolve a question to the article that was just quoted; to another one only where that is certain."""
    alone = (
        (Resolved(question, article.id, least=_ALONE),) if text != question and asks_plainly(question) else ()
    )
    return Resolved(text, article.id, others=(*alone, Resolved(anywhere, least=sure)))


def _item_of_a_list(question: str, talk: Talk) -> Resolved | None:
    """Resolve 「第二条是什么」 and 「一共几条」: of the items just told, or of the article just quoted."""
    nth = nth_asked_for(question)
    if not (nth or counts_items(question)):
        return None
    if parse(talk.last, writers=talk.shelf.writers, newest=talk.shelf.newest) is not None:
        return None
    ordinal = re.search(f"第.{{1,3}}{ITEM}|最后一?{ITEM}", question)
    if nth > 0 and ordinal and (other := other_number(talk.last, ordinal.group())):
        return Resolved(other, least=_LIKELY)
    there = talk.article.id if talk.article else None
    of_them = nth or _ALL_OF_THEM.fullmatch(question)
    return Resolved(question, there, least=_ALONE, nth=nth, counts=talk.listing if of_them else "")


_ALL_OF_THEM = re.compile("(?:那么?)?(?:一共|总共|共|都|[是有])*(?:几|多少)[条项点件类种样][呢啊呀]?[?？]*")
"""How many there are of what was told (有几条), not what somebody put forward (提了几条要求)."""


def _is_behind(question: str, text: str) -> bool:
    """Tell whether a question stands behind what the last one states (大桥通车,谁出席了)."""
    before, comma, aside = text.rpartition(",")
    return bool(before and comma and aside) and question.endswith(aside) and "," not in question


def _asked_along(question: str, text: str) -> str | None:
    """Return X where 「那X呢」 could only be put behind the last question."""
    if text == question:
        return None
    what = text.rpartition(",")[2].removesuffix("呢?")
    return what if text.endswith(f",{what}呢?") else None


def _of_the_whole(question: str, text: str, talk: Talk) -> Resolved | None:
    """Return 「X呢」 asked of X alone, where the last question describes what it takes the place of."""
    ellipsis = ELLIPSIS.match(question)
    what = ellipsis["what"].strip() if ellipsis and text != question else ""
    if OFFICE.search(what) or at_another_time(talk.last, what) is not None:
        return None
    whole = in_place_of_the_whole(talk.last, what, text, talk.segmenter) if len(what) > 1 else None
    return Resolved(whole, names=what) if whole else None


_WHY_SO = re.compile("(?:^|[,，])(?:那|又)?(?:为什么|为何|为啥|怎么|咋)")


def _before_why(question: str, talk: Talk) -> Resolved | None:
    """Return 「X呢」 asked as what was asked before the last question asked why (哪天通水 → 为啥这么晚)."""
    ellipsis = ELLIPSIS.match(question)
    if ellipsis is None or len(talk.earlier) < 2 or not _WHY_SO.search(talk.last):
        return None
    before, what = talk.earlier[-2], ellipsis["what"].strip()
    asked = [substitute(before, what, talk.segmenter), *other_heads(before, what, talk.segmenter)]
    whole = next((text for text in asked if text != before and not NOMINAL.search(text)), None)
    return Resolved(whole) if whole else None


def _put_in(typed: str, resolved: str) -> str:
    """Return what 「那A呢」 put in the place of another thing: A, where the question resolved to asks of it.

    >>> _put_in("那特困户呢", "特困户补多少钱"), _put_in("那票价呢", "大桥通车,票价呢?")
    ('特困户', '')
    """
    ellipsis = ELLIPSIS.match(typed)
    what = ellipsis["what"].strip() if ellipsis else ""
    return what if what and resolved.count(what) == 1 and not NOMINAL.search(resolved) else ""
