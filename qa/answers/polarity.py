"""Yes or no: whether a sentence affirms what a question asks, denies it, or leaves it open."""

from __future__ import annotations

import re

from qa.answers.comparisons import (
    COMPARISON,
    changed,
    compared,
    falls_short,
    other_bound,
    other_figure,
    other_side,
)
from qa.answers.doubts import (
    at_another_time,
    doubtful,
    of_another_group,
    on_a_date_beside,
    staged,
)
from qa.answers.limits import gives_age
from qa.answers.negations import (
    FIGURE,
    NAMED,
    REACH,
    is_negated,
    naming_words,
    negates,
    negations_of,
    says_not,
)
from qa.answers.opposites import BOTH_WAYS
from qa.language.names import people
from qa.reading.constraints import numerals
from qa.search.matching import word_coverage, word_weights
from qa.text import Segmenter, fold
from qa.understanding.questions import YESNO_END

_ASKING = re.compile(
    r"请问|[就也还才][行对](?=吗|不?[??]*$)|"
    r"(?:是不是|是否|有没有|有无|能不能|能否|可不可以|可否|会不会|会否|要不要(?!钱)|该不该|需不需要|用不用|行不行|对不对|算不算|"
    rf"{YESNO_END}|吗|(?<!什)么)[??]*|[,]?[对是]?吧[?!。]*$"
)
# An A-not-A question (去不去, 收费不收费, 通没通) asks for A.
_A_NOT_A = re.compile(r"([一-鿿]{1,2})(?:不|没有?)\1")
_WHEN = re.compile(
    r"(?:周|星期)[一二三四五六日天末]|[早中晚]上|[上下]午|夜间|节假日|第[\d一二三四五六七八九十]+[年天周月次批期]"
)
_CONDITION = re.compile(
    r"(?:没有?|不|未)(?P<what>[^,;?能可行让准不没]{1,12})(?:的话|时)?,?[就也还都]*(?=能|可以|可否|行(?![业政为动])|让|准)"
)
"""What is not so in a question whether something may be done all the same (没预约能进吗)."""
_REQUIRED = (
    r"(?:必须|(?<![不无必])须(?!知)|(?<![不无])需(?!求)|(?<!不)应当?|(?<![不需])要(?!求)|(?<![可能])凭)"
    r"[^,;。]{0,8}?"
)
_DONE = re.compile(
    r"了[吗没不嘛]|了么|已经?|过吗|好了|完了|((?!有)[一-鿿])没\1|^(?!.*有.+没).*没有?[啊呀呢??]*$"
)
_TAKE = (
    r"[纳列融并引]入|列为|作为|转[化为变]|变[成为]|打造|建成|移[送交]|交[给由]|送[到往至上进]"
    r"|[分定改换]为|贯穿|结合|压[实缩]"
)
_TAKEN = re.compile(rf"将(?P<object>[^,]{{2,30}}?)(?P<verb>{_TAKE})")
"""将 that takes an object (将反诈工作纳入考核), and says nothing of the future."""
_TO_COME = re.compile(
    r"预计|[即必]将|将(?:于|在|会|要|继续|陆续|全面|逐步|正式|持续|进一步|适时|统一|同步|择[日期机]|\d|[今明后本下]"
    r"|通车|开[放通工业馆园幕课学展庭标]|启[动用]|建[成设造]|举[行办]|召开|竣工|完[工成]|投[用入产运]|[实施]行|实施|推[出行进]|新[建增]|达到"
    r"|增[加至设]|迎来|成为|组织|运营|上[线市映演]|发[放布售]|执行|生效|关闭|取消|停止|免费|恢复|改[造建]|扩建|落[户成地]|拆除|设[立置]"
    r"|提[供高升]|进行|安排|采取)"
    r"|(?<![按照原该项生])计划(?:于|在|[\d两三]|今年|明年|年内|[本下]月|到|用|投资|新?建|开[工放通业]|启[动用]|举[行办]|完[成工]|竣工|实施|推出)"
    r"|(?<![模虚草比])拟(?:于|在|\d|今年|明年|年内|投资|新?建|开[工放通业]|启[动用]|举[行办]|实施|推出|定于)"
    r"|(?:还|仍|正)在(?:装修|施工|建[设造]?(?!议)|修|筹[备建]|选址|论证|办理|报批|审批|招标|设计|调试|商量|协商|征)"
    r"|力争|争取(?![到了来得])|有望|打算(?!盘)|尚(?=[未无不待需])|目标[是为]|下一步|届时|底前|明年|来年|后年|下个?月|下周"
)
_DEMANDED = re.compile(
    "全力以赴|全力(?!支持了)|加快|抓[好紧实]|[推促]进|力促|确保|切实|着力|大力|务必|必须|(?<![需主重首])要(?![求闻点道素])"
)
_SAYING = re.compile("强调|要求|提[出到]|说|讲|部署|研究|安排")
_REPORTED = re.compile("已|了|完成|全部|达到|实现|截至|目前")
"""What a clause has that tells of what is done, and one that only demands it lacks (全力做好水库加固)."""
_PERHAPS_TO_COME = re.compile(
    r"尽快|尽早|抓紧|务必|推荐|参评|申报|申请|候选|争创|筹[备建]|试运行|将(?![军士领相])|计划(?!生育)|(?<![模虚草比])拟(?![定人态订真合声])|正在|目标|明天"
)
_MOSTLY = 0.55
_SOME = 0.3
_CLAUSE = re.compile(r"(?:[^,，;；。:：!?！？\n]|(?<=\d)[:：](?=\d))+")
_PART = re.compile(r"[^;；]+")
_NEXT_CLAUSE = re.compile(rf"[,，](?P<clause>{_CLAUSE.pattern})")
_LIGHT_VERB = re.compile(r"(?<![使启投采费作备应])(?P<verb>[用搞做])[上好完成起]?来?了?$")


def deciding_clause(question: str, sentence: str, segmenter: Segmenter) -> str:
    """Return the clause of a sentence that a yes/no question turns on, verbatim."""
    folded = fold(sentence)
    if _WHOLE.search(question) and (left := _LEFT.search(folded)):
        of_it = next(m for m in _CLAUSE.finditer(folded) if m.start() <= left.start() < m.end())
        return sentence[slice(*of_it.span())].strip()
    statement = statement_of(_days_as_told(fold(question), folded))
    clause = _nearest_clause(statement, folded, segmenter)
    if opposed := _opposed_elsewhere(statement, folded, clause, segmenter):
        clause = _nearest_clause(statement, folded, segmenter, opposed)
    at = folded.index(clause)
    denial = _denial_behind(clause, folded, statement, segmenter)
    end = at + len(clause) + (len(denial) + 1 if denial else 0)
    return _CONTRAST.sub("", sentence[at:end].strip())


_WEEKDAY = re.compile("(?:周|星期|礼拜)(?P<day>[一二三四五六日天])")


def _days_as_told(asked: str, said: str) -> str:
    """Return a folded question with its weekdays called as a sentence calls them (礼拜天 as 周日)."""
    told = {match["day"].replace("天", "日"): match.group() for match in _WEEKDAY.finditer(said)}
    return _WEEKDAY.sub(lambda day: told.get(day["day"].replace("天", "日"), day.group()), asked)


_CONTRAST = re.compile("^(?:但是?(?!凡)|却|不过|然而|可是|而)")


def _opposed_elsewhere(
    statement: str, said: str, clause: str, segmenter: Segmenter
) -> re.Pattern[str] | None:
    """Return the opposite of a statement's verb that a sentence has in another clause than the nearest.

    A clause that has all else of the statement decides it in its own way (上坟烧纸一律改为献花).
    """
    part = _part_of(clause, said)
    opposites = (
        that
        for this, that in BOTH_WAYS
        if this.search(statement)
        and not that.search(statement)
        and not this.search(part)
        and not all(word in clause for word in naming_words(this.sub("", statement), segmenter))
    )
    return next((that for that in opposites if that.search(part) and not that.search(clause)), None)


def statement_of(question: str) -> str:
    """Return what a yes/no question asks to be confirmed, folded."""
    return _A_NOT_A.sub(r"\1", _ASKING.sub("", fold(question))).strip(" ,?？")


def verdict(question: str, sentence: str, headline: str, segmenter: Segmenter) -> bool | None:
    """Tell whether a sentence answers a yes/no question with yes or no; ``None`` where it decides neither.

    It decides where it holds most of the question's words, and its people and names. No is said by a
    negation that the question doesn't have, by the opposite of its verb, or by another number of the same
    unit.

    >>> verdict("博物馆周一开放吗?", "博物馆每周一闭馆,国家法定节假日除外。", "", Segmenter())
    False
    """
    said, head = fold(sentence), fold(headline)
    asked = _days_as_told(fold(question), said)
    statement = statement_of(asked)
    near = _nearest_clause(statement, said, segmenter)
    part = _part_of(near, said)
    stated, allowing = statement, near
    if condition := _CONDITION.search(asked):
        stated = statement.replace(condition.group(), "", 1)
        needed = naming_words(condition["what"], segmenter) or [condition["what"][0]]
        needed = [re.sub("^(?:经过|通过)(?=..)", "", word) for word in needed]
        thing = f"(?:{'|'.join(map(re.escape, needed))})"
        if re.search(rf"{_REQUIRED}{thing}|{thing}[^,;。]{{0,8}}(?:方可|才[能可]|方能)", near):
            return False
        allowing = _without_denying(near, needed)
    if f"{near}?" in said or _LEFT_OPEN.search(near):
        return None  # it asks the same
    if (met := _as_planned(statement, said)) is not None:
        return met != is_negated(statement)
    if _of_another_level(statement, said):
        return says_not(statement)
    if staged(asked, near):
        return False
    if on_a_date_beside(statement, near, said) or at_another_time(statement, near, said):
        return None
    if of_another_group(statement, near, said, segmenter):
        return None
    if gives_age(statement) and not gives_age(said):
        return None
    if (as_many := falls_short(asked, statement, said)) is not None:
        return says_not(statement) if as_many else None
    if (more := compared(statement, said)) is not None:
        return more
    if len(negations_of(statement)) > 1:
        return None  # 不戴头盔能不能不交罚款: one of them may be said, or the other
    if _WHOLE.search(statement) and (left := _LEFT.search(said)) and _word_shared(left, statement, segmenter):
        return says_not(statement)
    if (risen := changed(statement, near, segmenter)) is not None:
        return risen
    for this, that in BOTH_WAYS:
        opposed = that.search(near) or that.search(part)
        if this.search(statement) and opposed and not that.search(statement):
            own = naming_words(this.sub("", statement), segmenter)
            if len(own) > 1 and not any(word in said for word in own):
                continue  # it is on nothing that the statement names
            if own and any(word in said for word in own) and not named_for_itself(own, said):
                continue
            if this.search(near) and that.search(near):
                return None  # 「由收费改为免费」
            if this.search(part) and not that.search(near):
                continue
            if support(statement, said + head, segmenter, without=this) >= _SOME:
                return says_not(this.sub("", stated))
    if not names_held(question, sentence + headline, segmenter):
        return None
    if support(statement, said + head, segmenter) < _MOSTLY or not _predicated(statement, said, segmenter):
        return None
    if other_figure(statement, near) or other_figure(statement, said) or other_side(statement, said):
        return says_not(statement)
    if (
        (COMPARISON.search(statement) and not COMPARISON.search(said))
        or other_bound(statement, said)
        or numerals(statement) - numerals(sentence + headline)
        or _lacks_the_thing(statement, said + head, segmenter)
    ):
        return None
    if _DONE.search(asked) and not _SAYING.search(asked) and _only_demanded(near):
        return None
    if _DONE.search(asked) and (to_come := _to_come(near, naming_words(statement, segmenter))) is not False:
        return None if to_come is None else says_not(statement)
    denied = _denial_behind(near, said, stated, segmenter) is not None
    negated = denied or negates(allowing, stated, segmenter)
    if negated is None:
        return None
    holds = negated == is_negated(stated)
    if not holds:
        return False
    unsure = doubtful(asked, statement, near, said, segmenter)
    return None if unsure or _denied_elsewhere(near, statement, said, segmenter) else True


_PLAN_MET = re.compile("(?:完成|达到|实现)了?(?:全年|年度|原定|原)?(?:的)?(?:计划|目标|任务)")
_AS_PLANNED = re.compile(
    "(?P<less>比(?:年度|全年|原)?(?:计划|目标)[少低]|[低少]于(?:计划|目标))|超(?:出|过|额完成)?了?(?:年度|全年|原)?(?:计划|目标)|比(?:年度|全年|原)?(?:计划|目标)[多高]"
)


def _as_planned(statement: str, said: str) -> bool | None:
    """Tell whether a sentence says that as much was done as planned; ``None`` where it does not say.

    >>> said = "装灯67盏,超出计划7盏;新增车位1380个,比计划少120个"
    >>> _as_planned("车位完成计划", said), _as_planned("装灯完成计划", said), _as_planned("装灯67盏", said)
    (False, True, None)
    """
    asked = _PLAN_MET.search(statement)
    of = statement[: asked.start()] if asked else ""
    at = said.find(of) if of else -1
    told = _AS_PLANNED.search(said[at:].split(";")[0]) if at >= 0 else None
    return told["less"] is None if told else None


_PEOPLE_OF = r"(?!市民|群众|居民|人员|观众|游客|选手)"


def named_for_itself(words: list[str], said: str) -> bool:
    """Tell whether a sentence has one of some words otherwise than to say whose it is (观赛市民)."""
    return any(re.search(re.escape(word) + _PEOPLE_OF, said) for word in words)


def _without_denying(clause: str, words: list[str]) -> str:
    """Return a clause without the negations of some words (未预约的观众也可进馆, on those who 没预约)."""
    for negation in reversed(negations_of(clause)):
        reach = REACH.match(clause, negation.end())
        if reach and any(word in reach.group() for word in words):
            clause = clause[: negation.start()] + clause[negation.end() :]
    return clause


_LEFT_OPEN = re.compile(
    "会不会|是不是|是否|能否|能不能|要不要|可不可以|有没有|可否|会否|([想愿肯敢来去回做走办行用])[不没]\\1"
)
_WHOLE = re.compile("都|全部|全都|所有")
_LEFT = re.compile(r"(?:尚|仍|还)有[^,，;；。]{0,12}?[未没](?!有).{1,8}")
"""Some of what is asked about, of which something is not so (尚有8户未签约)."""


def _word_shared(left: re.Match[str], statement: str, segmenter: Segmenter) -> bool:
    """Tell whether what is left is not so in a word of the statement."""
    return any(word in left.group() for word in naming_words(statement, segmenter))


def _only_demanded(clause: str) -> bool:
    return _DEMANDED.search(clause) is not None and not _REPORTED.search(clause)


def _denied_elsewhere(near: str, statement: str, said: str, segmenter: Segmenter) -> bool:
    """Tell whether a clause without what a statement says stands beside another that denies something of it.

    The subject may stand in the one, the predicate in the other (甲从楼上扔下折叠凳,没有人员受伤).
    """
    if is_negated(statement) or _predicated(statement, near, segmenter):
        return False
    others = (m.group() for m in _CLAUSE.finditer(said) if m.group() != near)
    return any(negates(other, statement, segmenter) for other in others)


_LEVEL = re.compile("全[国省市区县镇乡]|国家级?|[省市区县]级")
_SUBJECT = re.compile("(?P<name>[^,]{3,12}?)(?:是|属于|算)")


def _of_another_level(statement: str, said: str) -> bool:
    """Tell whether a sentence says of what is asked about that it is 全市 where a statement says 全省.

    What stands before it last tells: 全省“两个确保”和全市“两化五强”.
    """
    asked, subject = _LEVEL.search(statement), _SUBJECT.match(statement)
    at = said.find(subject["name"].strip("“”")) if subject else -1
    if asked is None or at < 0:
        return False
    told = [m.group() for m in _LEVEL.finditer(said, 0, at)]
    return len(set(told)) > 1 and asked.group() in told and told[-1] != asked.group()


def support(
    statement: str, text: str, segmenter: Segmenter, *, without: re.Pattern[str] | None = None
) -> float:
    """Return the share of a statement's weighted words that a folded text holds, 0 to 1; 0 for no words.

    Numbers and words that a pattern matches are left out.
    """
    weights = {
        word: weight
        for word, weight in word_weights(statement, segmenter).items()
        if not word[0].isdigit() and (without is None or not without.search(word))
    }
    total = sum(weights.values())
    return sum(w * word_coverage(word, text) for word, w in weights.items()) / total if total else 0.0


_RARE = 0.75
_SPECIFIC = 3
"""Characters of a word that names a thing of its own."""


def _lacks_the_thing(statement: str, told: str, segmenter: Segmenter) -> bool:
    """Tell whether a rare and long word of a statement, which names its very thing, is nowhere told of."""
    return any(
        weight >= _RARE and len(word) >= _SPECIFIC and word_coverage(word, told) == 0
        for word, weight in word_weights(statement, segmenter).items()
    )


def _predicated(statement: str, said: str, segmenter: Segmenter) -> bool:
    """Tell whether a sentence has what a statement says of its subject: its last content word, its verb."""
    said = NAMED.sub("", said)
    light = _LIGHT_VERB.search(statement)
    if light and light["verb"] not in said:
        return False
    words = naming_words(statement, segmenter)
    if words and word_coverage(words[-1], said) < _MOSTLY:
        return False
    verb = segmenter.content_words(FIGURE.sub(" ", statement))[-1:]
    return not verb or len(verb[0]) > 1 or verb[0] in said


def _to_come(clause: str, words: list[str]) -> bool | None:
    """Tell whether a clause speaks of the future, in words that a statement lacks; ``None`` where it may."""
    taken = _TAKEN.search(clause)
    if taken and taken["verb"] in words and taken["object"].startswith(tuple(words)):
        clause = clause[: taken.start()] + clause[taken.end() :]
    for word in words:
        clause = clause.replace(word, "·" * len(word))
    if _TO_COME.search(clause):
        return True
    return None if _PERHAPS_TO_COME.search(clause) else False


def _part_of(clause: str, said: str) -> str:
    """Return the statement of a sentence, up to a semicolon, that a clause stands in."""
    return next((part for part in _PART.findall(said) if clause in part), said)


def _denial_behind(clause: str, said: str, statement: str, segmenter: Segmenter) -> str | None:
    """Return the clause behind one if it denies what a statement says and that one does not (…, 不受影响)."""
    behind = _NEXT_CLAUSE.match(said, said.index(clause) + len(clause))
    told = behind["clause"] if behind else ""
    words = [word for word in naming_words(statement, segmenter) if word in told and word not in clause]
    return told if words and negates(told, "".join(words), segmenter) else None


def _nearest_clause(
    statement: str, said: str, segmenter: Segmenter, holding: re.Pattern[str] | None = None
) -> str:
    """Return the clause that a statement is about: that of its day, else of its predicate, of its words.

    Only those count that are ``holding`` something, where that is given.
    """
    days = {m.group() for m in _WHEN.finditer(statement)}
    words = naming_words(statement, segmenter)
    return max(
        (m.group() for m in _CLAUSE.finditer(said) if holding is None or holding.search(m.group())),
        key=lambda clause: (
            sum(day in clause for day in days),
            bool(words) and word_coverage(words[-1], clause) >= _MOSTLY,
            sum(word_coverage(word, clause) for word in words),
        ),
        default=said,
    )


def names_held(question: str, text: str, segmenter: Segmenter) -> bool:
    """Tell whether a text names everybody whom a question names, and its colleges.

    A college is told by its whole name: 山南大学 is no part of 山北大学山南校区.
    """
    folded = fold(text)
    named = [name for name, _ in people(question, segmenter)] + _COLLEGE.findall(statement_of(question))
    return all(fold(name) in folded for name in named)


_COLLEGE = re.compile("(?:(?![是在到去和与所个名读上的了])[一-鿿]){2}(?:大学|学院)(?!生)")
