"""What rules a sentence out, whatever the reader says: all rules, by name, over one record.

A rule looks at the question and at a sentence with what stands around it; ``benchmarks.vetoes`` counts the
answering sentences that each would rule out, which must be next to none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from qa.reading.acts import is_after_the_act, names_the_act, tells_hours_only
from qa.reading.bodies import (
    counts_other_people,
    counts_several,
    is_of_a_part,
    tells_of_another_body,
)
from qa.reading.causes import may_be_the_cause
from qa.reading.clauses import around
from qa.reading.constraints import (
    counts_the_sex,
    is_counted_elsewhere,
    is_entry_of_another,
    is_of_another_name,
    lacks_the_name,
    may_explain,
    names_the_body,
    names_the_office,
    only_counts,
)
from qa.reading.extremes import names_the_extreme
from qa.reading.labels import continues_on_another
from qa.reading.parties import (
    is_given_to_others,
    is_of_another_accused,
    only_says_who_pays,
    plays_another_part,
)
from qa.reading.regions import is_of_the_whole
from qa.reading.relatives import is_age_of_another, lacks_the_kin
from qa.reading.siblings import (
    is_of_this_year_beside,
    is_throughout_of_another,
    of_another_age,
    stands_by_another,
    tells_of_another,
)
from qa.reading.speakers import addresses_another, another_speaks, is_of_another_office, tells_no_words
from qa.reading.stages import (
    is_a_denied_rumour,
    is_an_earlier_sentence,
    is_done_already,
    is_only_planned,
    is_only_sought,
    was_or_will_be,
)
from qa.reading.twins import goes_on_about_its_like, tells_of_its_twin
from qa.reading.uses import is_of_another_use
from qa.reading.venues import names_no_venue
from qa.reading.year_parts import (
    is_of_a_far_year,
    is_of_another_day,
    is_of_another_year_part,
    is_of_its_own_year,
)
from qa.text import HAN, bigrams, fold
from qa.understanding.kinds import holds_the_kind
from qa.understanding.properties import is_given_not_spent, names_the_property
from qa.understanding.questions import plain

_SUM = re.compile("利息|利润|产值|营收|收入|税|学费|门票|奖金|工资|补贴|补偿|成本")
_PARTS = ";；"
"""What a sentence of official Chinese strings whole statements together with."""
_CLAUSES = _PARTS + ",，"
_A_DAY = re.compile(r"(?:将?于|从|自)?(?:\d+年|[今明去]年)?(?:\d+月)?(?:\d+日)?(?:[底初前后]|上午|下午)*")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that is to answer a question, and what stands around it."""

    question: str
    form: str
    sentence: str
    around: str = ""
    """Headline, the article's year and what stands before the sentence, if only one sentence."""
    before: tuple[str, ...] = ()
    """The sentences of the article before it."""
    article: str = ""
    """The body of the article."""
    short: tuple[int, int] | None = None
    """Where in the sentence the short answer stands, where one was marked."""
    same_year: bool = True
    """Whether 今年 is the same year to the one who asks and to the article."""
    day: dt.date | None = None
    """Of the article."""

    @property
    def told(self) -> str:
        """Return the sentence with what stands around it."""
        return f"{self.around}\n{self.sentence}"

    @property
    def upto(self) -> str:
        """Return what stands around the sentence, and the article up to its end."""
        before, found, _ = self.article.partition(self.sentence)
        return f"{self.told}\n{before}" if found else self.told


RULES: Mapping[str, Callable[[Claim], bool]] = {
    "another of several like things": lambda c: tells_of_another(
        c.question, c.sentence, c.around, same_year=c.same_year
    ),
    "goes on about another of them": lambda c: continues_on_another(c.question, c.sentence, c.article),
    "this year's beside": lambda c: is_of_this_year_beside(c.question, c.sentence, c.around, c.article),
    "another sort throughout": lambda c: is_throughout_of_another(
        c.question, c.around.partition("\n")[0], c.article
    ),
    "another part of the year": lambda c: is_of_another_year_part(c.question, c.sentence, c.around),
    "its own year": lambda c: (
        is_of_its_own_year(c.question, c.upto, c.day)
        or (c.same_year and is_of_a_far_year(c.question, c.sentence, c.day))
    ),
    "another day": lambda c: is_of_another_day(c.question, c.sentence, c.around),
    "another body of the kind": lambda c: tells_of_another_body(
        c.question, c.form, c.sentence, c.article, c.short
    ),
    "no such kind of thing": lambda c: not holds_the_kind(c.question, c.form, c.sentence),
    "no such change, end or act": lambda c: not names_the_act(c.question, c.form, c.sentence),
    "hours of every day": lambda c: tells_hours_only(c.question, c.form, c.sentence, c.short),
    "given, not spent": lambda c: is_given_not_spent(
        c.question,
        c.form,
        c.sentence[slice(*around(c.sentence, c.short, _CLAUSES))] if c.short else c.sentence,
    ),
    "no such property": lambda c: not names_the_property(c.question, c.form, c.sentence),
    "no such office": lambda c: not names_the_office(c.question, c.form, c.told),
    "no women or men": lambda c: not counts_the_sex(c.question, c.form, c.told),
    "a term merely listed": lambda c: not may_explain(c.question, c.sentence, c.around, c.article),
    "somebody of another name": lambda c: is_of_another_name(c.question, f"{c.told}\n{c.article}"),
    "the entry of another": lambda c: is_entry_of_another(c.question, c.sentence),
    "a name the article lacks": lambda c: lacks_the_name(c.question, f"{c.told}\n{c.article}"),
    "another one's words": lambda c: another_speaks(c.question, c.sentence, c.before, c.article),
    "the deed of another office": lambda c: is_of_another_office(c.question, c.sentence, c.article),
    "demands on another one": lambda c: addresses_another(c.question, c.sentence, c.before),
    "the age of another": lambda c: is_age_of_another(c.question, c.sentence, c.before),
    "no kin told of": lambda c: lacks_the_kin(c.question, c.sentence, c.before),
    "no words told": lambda c: tells_no_words(c.question, c.sentence),
    "merely counted": lambda c: (
        only_counts(c.question, c.form, c.sentence)
        or is_counted_elsewhere(c.question, c.form, c.sentence, c.article)
    ),
    "no cause": lambda c: not may_be_the_cause(c.question, c.form, c.sentence),
    "the use of another thing": lambda c: is_of_another_use(c.question, c.sentence, c.short),
    "nothing compared": lambda c: not names_the_extreme(c.question, c.form, c.sentence),
    "only planned": lambda c: (
        is_only_planned(c.question, c.form, c.sentence) or is_only_sought(c.question, c.sentence)
    ),
    "what came after it": lambda c: is_after_the_act(c.question, c.form, c.sentence, c.short),
    "given to others": lambda c: is_given_to_others(c.question, c.form, c.sentence),
    "its twin": lambda c: tells_of_its_twin(c.question, c.form, c.sentence, c.before, c.article, c.short),
    "another benefit": lambda c: goes_on_about_its_like(c.question, c.sentence, c.article),
    "another accused": lambda c: is_of_another_accused(c.question, c.form, c.sentence),
    "what several have together": lambda c: counts_several(c.question, c.form, c.sentence, c.short),
    "a count of other people": lambda c: counts_other_people(
        c.question, c.form, c.sentence, c.short, c.article
    ),
    "a part of the district": lambda c: is_of_a_part(c.question, c.form, c.sentence, c.around, c.short),
    "the whole city or province": lambda c: is_of_the_whole(
        c.question, c.form, c.sentence, c.around, c.short
    ),
    "held nowhere": lambda c: names_no_venue(c.question, c.form, c.sentence, c.short),
    "no such body": lambda c: not names_the_body(c.question, c.form, c.sentence, c.article),
    "what was or is to be": lambda c: was_or_will_be(c.question, c.form, c.sentence, c.short),
    "done already": lambda c: is_done_already(c.question, c.form, c.sentence),
    "an earlier sentence of a court": lambda c: is_an_earlier_sentence(c.question, c.sentence, c.short),
    "a denied rumour": lambda c: is_a_denied_rumour(c.question, c.sentence, c.article),
    "another part in it": lambda c: plays_another_part(c.question, c.form, c.sentence, c.short),
    "the short answer is of another matter": lambda c: stands_elsewhere(c),
}


_OF_A_PART = (
    "another of several like things",
    "no such kind of thing",
    "no such change, end or act",
    "no such property",
    "another accused",
)
"""Rules that a statement of a sentence must keep by itself; what the others look for may stand beside it."""


def is_ruled_out(claim: Claim) -> bool:
    """Tell whether a sentence lacks what any answer to a question must hold."""
    return any(rule(claim) for rule in RULES.values())


def stands_elsewhere(claim: Claim) -> bool:
    """Tell whether the short answer stands in another statement of the sentence than the one asked about.

    Of 「变电站明年9月投用;连接线本月底前拿出方案」 the second does not say when anything opens, and of
    「6月20日在公园开幕,7月20日闭幕」 the clause with the park is not about the closing.

    >>> text = "变电站明年9月投用;连接线本月底前拿出方案。"
    >>> stands_elsewhere(Claim("连接线哪天通车?", "date", text, short=(13, 17)))
    True
    """
    if claim.short is None:
        return False
    sentence = claim.sentence
    # Why and how are told over several clauses.
    clause, whole_part = around(sentence, claim.short, _CLAUSES), around(sentence, claim.short, _PARTS)
    if claim.form not in ("reason", "means") and stands_by_another(claim.question, sentence[slice(*clause)]):
        return True
    if claim.form == "number":
        short = sentence[slice(*claim.short)]
        if re.search(r"\d", short) and stands_by_another(claim.question, short, in_turn=False):
            return True  # 57银 to who asks for 金牌
        measure, part = _inherited(claim, whole_part), sentence[slice(*whole_part)]
        if part != sentence and stands_by_another(claim.question, f"{measure}{part}", in_turn=bool(measure)):
            return True
    own = f"{sentence[clause[0] : claim.short[0]]}{sentence[claim.short[1] : clause[1]]}"
    if claim.form != "yesno" and any(of_another_age(claim.question, text) for text in (sentence, own)):
        return True
    if is_only_planned(claim.question, claim.form, sentence[slice(*clause)]):
        return True
    # What is measured may not be named behind only (共计16万元,并支付利息).
    upto, whole = sentence[: clause[1]], names_the_property(claim.question, claim.form, sentence)
    if (
        whole
        and _SUM.search(claim.question)
        and not names_the_property(claim.question, claim.form, f"{claim.around}{upto}")
    ):
        return True
    if only_says_who_pays(claim.question, claim.form, sentence, claim.short):
        return True
    if claim.form == "place" and _A_DAY.fullmatch(sentence[slice(*claim.short)]):
        return True
    start, end = around(sentence, claim.short, _PARTS)
    if RULES["its twin"](replace(claim, before=())):
        return True
    if _is_of_a_like_part(claim.question, sentence, sentence[start:end]):
        return True
    if claim.form == "number" and _counts_its_like(claim.question, sentence, claim.short):
        return True
    if (start, end) == (0, len(sentence)):
        return False
    claim_of_it = replace(
        claim, sentence=sentence[start:end], around=f"{claim.around}{sentence[:start]}", short=None
    )
    measured = _inherited(claim, (start, end)) != ""
    return any(
        RULES[name](claim_of_it) for name in _OF_A_PART if not (measured and name == "no such property")
    )


_ELLIPTICAL = re.compile(rf"^(?:其中,?)?(?P<name>[{HAN}]{{2,8}}?)(?:分?别?[为是达])?(?=\d)")


def _inherited(claim: Claim, part: tuple[int, int]) -> str:
    """Return what the first of several statements measures, where that of a name does not say it again.

    (甲区生产总值112亿元,增长7%;乙县71亿元) Empty where a statement begins otherwise.
    """
    name = _ELLIPTICAL.match(fold(claim.sentence[slice(*part)]))
    if part[0] == 0 or name is None or name["name"] not in plain(claim.question):
        return ""
    return re.split(r"\d", claim.sentence)[0]


_LIKE_COUNTS = re.compile(rf"(?P<n>\d[\d,]*[余多]?)(?P<of>[名个家户人所座项条位](?!月|小时)[{HAN}]{{2,4}})")
_MORE_TOLD = 2


def _counts_its_like(question: str, sentence: str, short: tuple[int, int]) -> bool:
    """Tell whether a number is of the clause beside the one asked about, where both count the same.

    >>> text = "抽调40名青年教师支援防汛指挥部,选派20名青年教师到乡村学校。"
    >>> [_counts_its_like(f"派到{place}的有多少人?", text, (19, 22)) for place in ("防汛指挥部", "学校")]
    [True, False]
    """
    asked, told = set(bigrams(plain(question))), fold(sentence)
    counts = [(m, around(told, m.span(), _CLAUSES)) for m in _LIKE_COUNTS.finditer(told)]
    own = next((c for c in counts if c[0].start() <= short[0] < c[0].end()), None)
    if own is None:
        return False
    mine = asked & set(bigrams(told[slice(*own[1])]))
    others = [
        asked & set(bigrams(told[slice(*c[1])]))
        for c in counts
        if c[1] != own[1] and c[0]["of"] == own[0]["of"]
    ]
    return any(mine < other and len(other - mine) >= _MORE_TOLD for other in others)


_LEAD = 2
"""Characters that statements put side by side begin with alike (加快…;加快…)."""


def _is_of_a_like_part(question: str, sentence: str, own: str) -> bool:
    """Tell whether what a question begins with stands in another of several statements side by side only."""
    asked, mine = plain(question), fold(own)
    others = [
        re.split("[,:]", part[_LEAD:])[0]
        for part in re.split(f"[{_PARTS}]", fold(sentence))
        if part != mine and part[:_LEAD] == mine[:_LEAD]
    ]
    subject = next(
        (asked[:n] for n in range(len(asked), 1, -1) if any(asked[:n] in part for part in others)), None
    )
    return subject is not None and subject not in mine
