"""Follow-ups: what a question leaves out is filled in from the conversation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from qa.conversation.both import of_both
from qa.conversation.counterparts import (
    A_BODY,
    in_the_same_frame,
    of_a_kind,
    of_another_sort,
    other_of_a_set,
    to_another_place,
)
from qa.conversation.focus import Resolved, about_article, cited_first, is_of_an_article
from qa.conversation.listed import Shelf, of_the_list
from qa.conversation.openers import asks, without_openers
from qa.conversation.references import PLACE, replaced, subject
from qa.conversation.scope import reply_to
from qa.conversation.stated import (
    ASKED_AMOUNT,
    ASKED_WHEN,
    TAIL,
    asking,
    asking_at,
    at_another_time,
    stated,
    stated_with_its_kind,
    times,
    without_time,
)
from qa.language.names import NAME, OFFICES, people
from qa.language.traditional import in_simplified
from qa.metadata.collection_questions import parse
from qa.text import HAN, STOPWORDS, Segmenter, fold
from qa.types import Article, Turn

_ELLIPSIS = re.compile(r"^(?:那么?|还有|至于)?[,，]?(?P<what>.{1,24}?)呢[?？]*$")
_CORRECTION = re.compile(
    r"^(?:不对?|不是的?|错了|我不是问这个)?[,，。]?"
    r"(?:我(?:要|想)?(?:问|说|指|查)的?(?:不是(?P<wrong>.{1,20}?)[,，])?是|不是(?P<not>.{1,20}?)[,，]而?是)(?!不是|否)"
    r"(?P<right>.{1,24}?)[?？。!！]*$"
)
_AND_MORE = re.compile(r"^(?:那)?(?:还有|其他的?|别的|其余的?)(?:呢|吗|没有?|什么)?[?？]*$")
_UNRESOLVED = re.compile(r"^(?:该|此次|上述)")
_CONTINUES = re.compile(
    r"^(?:具体|其中|还有|另外|然后|接着|都|又|再|总共|一共|他们|她们|它们|它|这|哪天的事|什么时候的事)"
)
_SUBJECTLESS = re.compile(r"^(?:有|是|要|需要?|用|花|占|共|分别)")
_DID = re.compile(
    rf"(?!(?:除|为|对|关于|到|经)[了过])[{HAN}](?:了|过|到|给|回了?|出了?|走了?)(?:多少|几|哪|什么|谁)"
)
"""What somebody or something did, without saying who or what (退了多少钱, 送到哪里)."""
_OPENING_HOURS = re.compile(
    r"(?:(?:周|星期|礼拜)[一二三四五六日天末]|周末|节假日|平时|晚上|中午|[上下]午|[今明]天)+"
    r"(?:也|还|都|能|可以|会)*(?:开[门放馆]?|关门|营业|上班|休息|闭馆|办公|去|进|看)(?:不开|吗|么|没|不)[?？]*"
)
"""Whether something is open at a time, without saying what."""
_NOMINAL = re.compile("呢[?？]*$")
_PROPERTIES = frozenset((
    "电话", "热线", "号码", "时间", "日期", "地点", "地址", "价格", "费用", "原因", "方式",
    "比分", "得分", "利率",
))  # fmt: skip
"""What anything may have; an article that gives it need not call it so."""
_REACHED = re.compile(f"(?<=^[{HAN}])[到往至给在进出起完]$")
_OF_WHAT = re.compile(
    f"(?:[今去明全]年的?)?(?:{'|'.join(sorted(_PROPERTIES))}|结果|目标|任务|责任)(?:都|到底)?"
    "(?=查|定|确定|公布|出来|清楚|明确|是|有|在|由|归|谁|多少|几|怎么|达|完成)"
)
_LONGEST_SHORT = 14
"""A longer question says itself what it is about."""
_RARE = 0.8
"""A word as rare as this names something, even where the tagger does not say so (沼鹿又叫什么)."""
_SAYS_ENOUGH = 4
"""With more words, 「那两个孩子…」 is found without what was said before."""
_SOME_DAY = dt.date(2021, 6, 16)
"""A time is recognised only where the newest article's day is known; which day it is does not matter here."""
_CITATION = re.compile(r"\[\d+\]")
_DIGITS = re.compile(r"\d+(?:年|月|日|号)")
_NOUN_TAGS = ("n", "v", "a", "b", "j", "l", "i", "eng", "x", "t", "m", "q")
_BARE = re.compile(
    r"^(?:那|是|又|都|具体|到底)*(?P<word>(?:在|从|去)?(?:哪里|哪儿|什么地方|何处)|[在去]哪|为什么|为何|为啥"
    r"|(?:是)?(?:哪一?天|什么时候|啥时候|什么时间|何时|几号|几点|哪年)|怎么(?:做|办)?的?)[?？呢的了啊]*$"
)
_WHY = re.compile("(?:这是)?(?:为什么|为何|为啥|什么原因)[呢啊?？]*")
_THAT = re.compile(r"^那么?(?!里|儿|边)[,，]?")
_LEADS_ON = re.compile(rf"{_THAT.pattern}|^(?:还有(?!多少|几|哪)|另外|然后)[,，]?")
_CLASSIFIERS = frozenset(
    "个家位名条只艘辆架列座所栋间份款件张块片项场次届批种类起篇部台套支株棵头匹群对双把根枚颗粒本册首口笔桩户沓车"
)
_THAT_SOME = re.compile(r"那[一二两三四五六七八九十几\d]+(?![月日号点年一二两三四五六七八九十几\d])")
_THAT_ONE = re.compile(
    "那(?:名(?![字称单额录次])|位(?![置于移])|艘|辆|架(?![构子])|只(?![有要是能收开])|款(?![式项])|份(?![额量])|条(?![件例款约目文]))"
)
"""「那名代驾司机」, also where the tagger takes 名代驾 for a word."""
_ONLY_ITEMS = re.compile("(?:[这本]一?[期版]|公报|报纸|[里中的都]|一共|收录|最[新早]|[篇条]|文章|报道|新闻)*")
_PUBLIC_PLACE = re.compile(
    rf"^(?P<what>[{HAN}]{{0,6}}?(?:(?:图书|博物|科技|文化|体育|美术|档案|展览|纪念|规划)馆|少年宫|文化宫|[{HAN}]{{1,3}}医院|保健院|卫生院"
    r"|敬老院|养老院|福利院|大剧院|电影院|法院|检察院|火车站|高铁站|汽车站|客运站|机场|动物园|植物园|(?:服务|疾控|登记)中心|办事大厅"
    rf"|派出所|车管所|[{HAN}]{{2,4}}局|[区县市]政府))(?:的)?(?:在哪|在什么地方|地址|电话|几点|什么时候[开关]|怎么[去走]|开放时间)"
)
_OFFICE_HOLDER = re.compile(
    rf"^(?:现在的?|现任)?(?:(?:[省市区县]|[{HAN}]{{2,6}}(?:局|委|办|院|馆|中心|公司|银行|街道)的?)(?:委|政府)?(?:副|常务)*(?:{OFFICES}|长))"
    r"(?:现在)?(?:是谁|叫什么)"
)


def standalone(question: str, history: Sequence[Turn], segmenter: Segmenter) -> str:
    """Return the text of :func:`resolve` without looking for an article."""
    return resolve(question, history, segmenter).text


def resolve(
    question: str, history: Sequence[Turn], segmenter: Segmenter, articles: Sequence[Article] = ()
) -> Resolved:
    """Return a question that can be understood without the conversation.

    A complete question comes back unchanged, whatever was said before, and so does what asks for nothing
    (好的); 「谢谢，」 and 「换个话题，」 before a question are cut off. Otherwise, in this order:
    「这篇」 and 「第二条」 become the article cited last, or under that number; 「那X呢」 and 「我问的是X」
    put X in the place of its counterpart in the last question, a time before what is asked; 他, 该行动, 那里
    are replaced by the person, thing or place last named; 「两个加起来」 asks of what the last two questions
    counted; a question with almost no content of its own is put behind what the last one states, without what
    that asked for.

    Args:
        question: as typed.
        history: the conversation so far, oldest first; answers with their ``[n]`` marks.
        segmenter: of the snapshot.
        articles: the snapshot's; needed for 「这篇」.
    """
    said_before = [turn for turn in history if turn.content.strip()]
    asked = question.strip()
    if reply_to(asked) is not None:
        return Resolved(asked)
    simplified, new_topic = without_openers(in_simplified(asked))
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
    before, last, said, article, slot = "", "", list[str](), None, ""
    for turn in said_before:
        if turn.role == "user":
            text = in_simplified(turn.content.strip())
            if reply_to(text) is not None:
                continue  # 「谢谢」 between two questions is none of them
            text, apart = without_openers(text)
            if whole := of_both(text, before, last, segmenter):
                text = whole  # 「哪个多」 may follow, of the same two
            elif last and not apart:
                typed, text = text, _resolve(text, last, said, segmenter, shelf, article, slot).text
                before, last, slot = last, text, _put_in(typed, text)
            else:
                before, last, slot = last, text, ""
            said.insert(0, text)
        else:
            first, _, rest = in_simplified(turn.content.strip()).partition("[1]")
            said[:0] = [t for t in (first, _CITATION.sub("", rest)) if t]
            article = cited_first(turn.content, articles)
    if whole := of_both(simplified, before, last, segmenter):
        return Resolved(whole)
    if not last:
        return Resolved(asked)
    found = _resolve(simplified, last, said, segmenter, shelf, article, slot)
    return Resolved(asked, found.article_id) if found.text == simplified else found


def _resolve(
    question: str,
    last: str,
    said: Sequence[str],
    segmenter: Segmenter,
    shelf: Shelf,
    article: Article | None,
    slot: str,
) -> Resolved:
    """Resolve a follow-up.

    Args:
        question: as typed, without openers.
        last: the last question, understood without the conversation.
        said: what was said before, newest first.
        segmenter: of the snapshot.
        shelf: what the collection holds.
        article: the one that the last answer quotes first.
        slot: what the last question has in the place of another thing (那A呢), so that B may follow.
    """
    text = _completed(question, last, said, segmenter, shelf, slot)
    if text == question and article is not None and _goes_on(question, article, segmenter):
        about = subject(last, segmenter)
        about = None if about and _ATTRIBUTE.search(about) else about
        return Resolved(f"{about},{question}" if about and about not in question else question, article.id)
    if text == question and _lacks_its_topic(question, segmenter):
        nothing = article is not None and _names_nothing(question, segmenter)
        return Resolved(_put_behind(last, question, segmenter), article.id if article and nothing else None)
    return Resolved(text)


def _lacks_its_topic(question: str, segmenter: Segmenter) -> bool:
    """Tell whether a short question asks what something did, or a property, without saying of what."""
    if len(question) > _LONGEST_SHORT:
        return False
    if _names_nothing(question, segmenter):
        return True
    if len(segmenter.content_words(question)) > 2:
        return False
    if _OF_WHAT.match(question):
        return True
    return _DID.match(question) is not None and not _names_something(question, segmenter)


def _names_nothing(question: str, segmenter: Segmenter) -> bool:
    """Tell whether a short question for a number, somebody, a way or a time has no noun (停一天多少钱)."""
    if not re.search("多少|几|谁|怎么|打哪个?|多久|多长时间|什么时候|何时|哪一?天", question):
        return False
    return not any(
        word.isalnum() and word not in _ASKED_NOUNS and (tag[:1] in "njibsfxel" or tag == "vn")
        for word, tag, _ in segmenter.tagged(question)
    )


_ASKED_NOUNS = frozenset(("钱", "电话", "次", "人", "号", "时候", "时间"))


def _goes_on(question: str, article: Article, segmenter: Segmenter) -> bool:
    """Tell whether a question that names nothing asks of the article that was just quoted.

    It does where each word that it holds stands in that article (举报电话多少); 「图书馆几点开门」 does not.
    """
    if len(question) > _LONGEST_SHORT or _names_something(question, segmenter):
        return False
    if parse(question, writers=(), newest=_SOME_DAY) is not None or times(question) or "《" in question:
        return False
    words = segmenter.content_words(question)
    content = [word for word in words if len(word) > 1 and word not in _PROPERTIES]
    text = fold(article.title + article.body)
    held = [word in text for word in content]
    # 送到 may be 送往 there.
    return any(held) and all(
        there or _REACHED.sub("", word) in text for word, there in zip(content, held, strict=True)
    )


def _put_in(typed: str, resolved: str) -> str:
    """Return what 「那A呢」 put in the place of another thing: A, where the question resolved to asks of it.

    >>> _put_in("那特困户呢", "特困户补多少钱"), _put_in("那票价呢", "大桥通车,票价呢?")
    ('特困户', '')
    """
    ellipsis = _ELLIPSIS.match(typed)
    what = ellipsis["what"].strip() if ellipsis else ""
    return what if what and resolved.count(what) == 1 and not _NOMINAL.search(resolved) else ""


def _completed(
    question: str, last: str, said: Sequence[str], segmenter: Segmenter, shelf: Shelf, slot: str = ""
) -> str:
    """Return a question filled in from what was said, or as it is."""
    if is_of_an_article(question) and (listed := _asked_of_a_list(question, last)):
        return listed
    if listed := of_the_list(question, last, shelf):
        return listed
    if parse(question, writers=shelf.writers, newest=shelf.newest) is not None:
        return question  # about the collection: needs nothing from the conversation
    corrected = _CORRECTION.match(question)
    if corrected:
        wrong = corrected["wrong"] or corrected["not"]
        if wrong and wrong in last:
            return last.replace(wrong, corrected["right"])
        if asks(corrected["right"]):
            return _completed(corrected["right"], last, said, segmenter, shelf, slot)
        return _substitute(last, corrected["right"].strip(), segmenter, slot)
    if re.match("有?(?:多少|几)", question) and (counted := _counted_instead(question, last, segmenter)):
        return counted
    if re.fullmatch(f"有?(?:多少|几)[{HAN}]{{1,5}}[?？]*", question) and ASKED_AMOUNT.search(last):
        return _put_behind(last, question, segmenter)
    ellipsis = _ELLIPSIS.match(question)
    if ellipsis and not re.search(
        r"多少|什么|哪|谁|几|怎|还有|^个$|^第.{1,3}[篇条则]|^[前后]者$", ellipsis["what"]
    ):
        what = ellipsis["what"].strip()
        if re.match("[他她它]", what):
            what = replaced(what, said, last, segmenter)
        return _substitute(last, what, segmenter, slot)
    if _AND_MORE.match(question):
        return f"{stated_with_its_kind(last)},还有哪些?"
    bare, asked = _BARE.match(question), ASKED_WHEN.search(last)
    if bare and asked:
        return last[: asked.start()] + bare["word"] + last[asked.end() :]
    resolved = replaced(question, said, last, segmenter)
    if resolved != question:
        if ellipsis and re.match("那?么?[前后]者", question):
            return _substitute(last, TAIL.sub("", resolved), segmenter)
        return resolved
    if _leads_on(question, segmenter) and (whole := _of_its_own(question, last, segmenter)):
        return whole
    if _is_incomplete(question, last, segmenter) or _UNRESOLVED.match(question):
        return _put_behind(last, question, segmenter)
    return question


def _asked_of_a_list(question: str, last: str) -> str | None:
    """Return 「谁写的」 asked of the articles that the last question asked for, where that can be asked."""
    if parse(last, writers=(), newest=_SOME_DAY) is None:
        return None
    question = re.sub("^(?:都|分别|各)+", "", question)
    of = re.sub("的$", "", last[: asking_at(last)])
    wanted = (f"{of}的公报{question}", f"{of}{question}", f"{of}的公报有哪些记者?")
    at_most = len(wanted) if re.search("写|记者|作者", question) else 2
    return next((w for w in wanted[:at_most] if parse(w, writers=(), newest=_SOME_DAY) is not None), None)


def _leads_on(question: str, segmenter: Segmenter) -> bool:
    """Tell whether a question begins with a 那 that goes on from what was said (not 那位, 那英)."""
    if not _THAT.match(question) or re.match("那[年月日天时些]", question) or _THAT_ONE.match(question):
        return False
    tagged = segmenter.tagged(question)
    first = tagged[0][0]
    if first not in ("那", "那么"):
        return _THAT_SOME.match(first) is not None
    return not any(at + len(word) == 2 and question[1] in _CLASSIFIERS for word, _, at in tagged)


def _of_its_own(question: str, last: str, segmenter: Segmenter) -> str | None:
    """Return what 「那…」 asks where it needs the last question only for its form, or not at all."""
    rest = _THAT.sub("", question)
    if _THAT_SOME.match(question):
        return question if len(segmenter.content_words(question)) > _SAYS_ENOUGH else None
    if re.search("呢[,，]", rest):
        return None
    if counted := _counted_instead(rest, last, segmenter):
        return counted
    spans = times(rest)
    if len(spans) == 1 and asking(rest) and asking(rest) <= asking(last):
        (start, end) = spans[0]
        content = segmenter.content_words(rest[:start] + rest[end:])
        if set(content) <= set(segmenter.content_words(without_time(last))):
            return at_another_time(last, rest[start:end])
    return rest if _stands_alone(rest, last, segmenter) else None


def _counted_instead(question: str, last: str, segmenter: Segmenter) -> str | None:
    """Return the last question with what this one counts, where both count things of a kind."""
    counted = ASKED_AMOUNT.search(question)
    if counted is None or ASKED_AMOUNT.search(last) is None:
        return None
    thing = TAIL.sub("", question[: counted.start()].rstrip("有是共") + (counted["what"] or ""))
    if not thing or asking(thing) or _is_name(thing, segmenter):
        return None
    return _swapped(last, thing, segmenter)


def _stands_alone(question: str, last: str, segmenter: Segmenter) -> bool:
    """Tell whether a question names what it is about and says what it asks of it."""
    if _is_complete(question, last):
        return True
    tagged = segmenter.tagged(question)
    if not _names_something(question, segmenter):
        return False
    if re.search("是(?:什么|啥|谁)|在哪|什么(?:意思|时候)", question):
        return True
    return any(
        tag.startswith(("n", "vn")) and tag not in _NAME_TAGS and len(word) > 1 for word, tag, _ in tagged
    )


def _is_complete(question: str, last: str) -> bool:
    """Tell whether a question is about a public place or an office that there is one of."""
    place = _PUBLIC_PLACE.match(question)
    if place:
        return place["what"] not in last
    return _OFFICE_HOLDER.match(question) is not None


def _put_behind(last: str, question: str, segmenter: Segmenter) -> str:
    """Return a question behind what the last one states."""
    rest = (
        _LEADS_ON.sub("", question)
        if _leads_on(question, segmenter) or not question.startswith("那")
        else question
    )
    rest = rest if len(rest) > 1 else question
    before = stated(last) if _WHY.fullmatch(rest) else _topic_for(rest, last)
    if len(times(rest)) == 1:
        before = without_time(before)  # nothing happened on two days
    return rest if _ONLY_ITEMS.fullmatch(before) else f"{before},{rest}"


_OWN_VERB = re.compile(
    f"(?:{ASKED_WHEN.pattern}|谁|哪[个家里])[{HAN}]{{2,4}}[?？]*$|(?:多[长大高宽深重远]|多少|几[{HAN}])[?？]*$"
)
_AT_AN_EVENT = re.compile("出席|参加|到场|主持|讲话|致辞|剪彩|宣布|来了?|去了?|说|讲|报道|写")
_OF_A_CHANGE = re.compile("[增减降升涨跌]|多了|少了|多多少|少多少|同比|环比|占|为什么|为何|怎么|原因")
_BARE_VERB = 2


def _topic_for(rest: str, last: str) -> str:
    """Return what a question is put behind: what the last one states, of a name with a mere verb the name.

    A question with a verb of its own, or for a measure, is not asked of what the last one told of the
    name (水库什么时候建的 → 库容多大); who was there is (大桥什么时候通车 → 谁出席了). What was a measure of
    it itself goes, too (公司二期投资多少 → 有多少员工).
    """
    before = stated(_without_aside(last))
    if (attribute := _MEASURE_OF.search(before)) and not _OF_A_CHANGE.search(rest):
        shorter = before[: attribute.start()]
        shorter = without_time(shorter) if any(end == len(shorter) for _, end in times(shorter)) else shorter
        return shorter if len(shorter) > _BARE_VERB else before
    when = ASKED_WHEN.search(last)
    verb = TAIL.sub("", last[when.end() :]) if when else ""
    name = before.removesuffix(verb)
    own = _OWN_VERB.search(rest) and not _AT_AN_EVENT.search(rest) and not _OF_A_CHANGE.search(rest)
    return name if own and 0 < len(verb) <= _BARE_VERB < len(name) < len(before) else before


_WHICH_IT_IS = re.compile(f"是(?:哪|谁|什么)[{HAN}]{{0,3}}[?？]*$")


def _without_aside(last: str) -> str:
    """Return a question without what was asked last behind a topic: that is not what the next one is of.

    >>> _without_aside("青石大桥通车,谁出席了"), _without_aside("500米谁夺冠,亚军呢?")
    ('青石大桥通车', '500米谁夺冠,亚军呢?')
    """
    topic, comma, aside = last.rpartition(",")
    asides = comma and (asking(aside) or asks(aside)) and not _NOMINAL.search(aside)
    asides = asides and not _WHICH_IT_IS.search(aside)  # 最长的隧道是哪条 → 有多长
    return topic if asides and len(topic) > 1 else last


def _is_incomplete(question: str, last: str, segmenter: Segmenter) -> bool:
    """Tell whether a question has too little content to be asked alone."""
    content = segmenter.content_words(question)
    if _leads_on(question, segmenter):
        return True
    if _is_complete(question, last):
        return False
    if (
        question.startswith("那")
        and question[1:2] not in "年月日天时些个家里儿边"
        and not _names_something(question, segmenter)
    ):
        return len(content) <= 2  # 「那条路」
    if _CONTINUES.match(fold(question)):
        return len(content) <= 2
    if _OPENING_HOURS.fullmatch(question):
        return True
    if _names_something(question, segmenter):
        return False
    if _SUBJECTLESS.match(question) and len(question) <= 12:
        return len(content) <= 2
    ordinary = all(segmenter.rarity(word) < _RARE for word in content)
    return len(content) <= 1 and len(question) <= 10 and ordinary


_NAME_TAGS = ("nr", "ns", "nt", "nz")


def _names_something(question: str, segmenter: Segmenter) -> bool:
    return any(tag in _NAME_TAGS for _, tag, _ in segmenter.tagged(question))


def _is_name(what: str, segmenter: Segmenter) -> bool:
    """Tell whether a phrase is a name: a common word is none, whatever the tagger says of it (幼儿园)."""
    named = _names_something(what, segmenter) and segmenter.rarity(what) >= _RARE
    return named or PLACE.fullmatch(what) is not None


def _substitute(last: str, what: str, segmenter: Segmenter, slot: str = "") -> str:
    """Put ``what`` in the place of its counterpart in ``last``: the phrase most alike in its ending.

    Else it takes that of what was put there before (``slot``), where both are of a kind.
    """
    typed = what
    if (other := other_of_a_set(last, what) or in_the_same_frame(last, what)) is not None:
        return other
    what = re.sub(f"(?<=[{HAN}A-Za-z0-9]{{2}})的$", "", what) if not _EXTREME.fullmatch(what) else what
    what = re.sub(f"^其中的?(?=[{HAN}]{{2}})", "", what)
    if (other := at_another_time(last, what.removesuffix("的"))) is not None:
        return other
    if (other := to_another_place(last, typed) or of_another_sort(last, typed)) is not None:
        return other
    if A_BODY.search(what) and (whom := _WHOM.search(last)):
        return last[: whom.start("whom")] + what + last[whom.end("whom") :]
    chained = slot and last.count(slot) == 1 and of_a_kind(slot, typed)
    if chained and _likeness(slot, what, segmenter) > 0:
        return last.replace(slot, what)
    if (swapped := _swapped(last, what, segmenter, _CERTAIN if chained else 0.0)) is not None:
        return swapped
    if chained:
        return last.replace(slot, typed)
    if (other := _in_its_slot(last, what, segmenter)) is not None:
        return other
    if (extreme := _EXTREME.fullmatch(what)) and len(_EXTREMES.findall(last)) == 1:
        return _EXTREMES.sub(extreme["extreme"], last)
    counted = ASKED_AMOUNT.search(last)
    has_amount = (
        counted is not None and re.match("(?:多少|几)[的钱?？]*$", last[counted.start() :]) is not None
    )
    if _is_name(what, segmenter):
        if place := PLACE.match(last):
            return what + last[place.end() :]
    elif (
        counted
        and counted["what"]
        and last.endswith((counted["what"], "?", "？"))
        and not _NUMERIC.search(what)
    ):
        asked = last[counted.start() : counted.start("what")]
        if _OF_BODIES.search(asked) and _PEOPLE_NOUN.search(what):
            asked = asked[:-1]  # 多少家企业 → 多少从业人员
        return last[: counted.start()] + asked + what + last[counted.end("what") :]
    holder = _OFFICE.search(what) and not re.search("谁|哪位|什么人", last)
    if holder or (_ATTRIBUTE.search(what) and not (has_amount and _NUMERIC.search(what))):
        return f"{stated(_without_aside(last))},{what}呢?"
    topic, comma, aside = last.rpartition(",")
    if comma and _NOMINAL.search(aside):
        return f"{topic},{what}呢?"  # 「亚军呢」 「季军呢」: the other takes its place
    if comma and asking(aside):
        if doer := _doer(aside, segmenter):
            return f"{topic},{what}{aside[len(doer) :]}"
        if _EVENT.search(what):
            return f"{what},{aside}"  # of another event the same is asked
    return f"{TAIL.sub('', last)},{what}呢?"


_WHOM = re.compile(
    rf"(?:要求|希望|叮嘱|提醒|建议|[对给向让])(?P<whom>[{HAN}]{{2,12}}?)(?=(?:做好?|干|提出?|说|怎么|有|派|开出)(?:[了些]|哪|什么|怎么))"
)
_TOTAL = re.compile(
    "(?P<total>(?:(?:(?<![去今前明上])年)?营收|营业额|营业收入|(?:年|总)?产值|销售额|利润|税收|纳税额?|藏书|占地|面积|产量))(?:是|有|为|达)*(?P<amount>(?:多少|几)[^,，]{0,3})$"
)
_GIVES = re.compile("(?:出资|投入|承担|补助|补贴|捐款?|[出给拨拿占])了?(?:多少|几)")
"""Who gives how much stands right before it (中央给了多少 → 省里呢)."""
_EVENT = re.compile("(?:火灾|地震|事故|案件?|案子|大赛|比赛|演练|演习|行动|工程|项目|会议|活动|暴[雨雪])$")
_HEAD_NAME = re.compile(
    rf"(?P<name>{NAME})(?=被|是|对|在|说|提|要求|获|犯|有|当过|怎么|为什么|什么时候|多大|今年|去年|现在|以前|表示|强调)"
)


def _in_its_slot(last: str, what: str, segmenter: Segmenter) -> str | None:
    """Return ``last`` with ``what`` where its words alone do not show the counterpart, but the form does.

    Whom something is asked of or told (要求甲做什么 → 乙呢), a person the tagger does not know, what there is
    so much of beside a total (营收多少 → 员工呢).
    """
    named = people(what, segmenter)
    if named and named[0][0] == what:
        head = _HEAD_NAME.match(last)
        return what + last[head.end("name") :] if head else None
    if (whom := _WHOM.search(last)) and not _ATTRIBUTE.search(what):
        return last[: whom.start("whom")] + what + last[whom.end("whom") :]
    gives = _GIVES.search(last)
    if gives and not _ATTRIBUTE.search(what):
        words = [token for token in segmenter.tagged(last) if token[2] < gives.start()]
        if words and words[-1][1][:1] in "nj" and words[-1][2] + len(words[-1][0]) == gives.start():
            whole = len(words) > 1 and len(words[-2][0]) == 1 and words[-2][1] == "n"  # 村|集体
            return last[: words[-2 if whole else -1][2]] + what + last[gives.start() :]
    total = _TOTAL.search(TAIL.sub("", last))
    if total and not _ATTRIBUTE.search(what) and not _is_name(what, segmenter):
        return f"{last[: total.start()]}{what}有{'几' if total['amount'][0] == '几' else '多少'}?"
    return None


def _doer(aside: str, segmenter: Segmenter) -> str | None:
    """Return the noun that an aside begins with, where it is what does something (消防去了多少人)."""
    end = 0
    for word, tag, at in segmenter.tagged(aside):
        if tag[:1] == "v" and tag != "vn" and end:
            return aside[:end] if end > 1 else None
        if tag[:1] not in "njl" and not tag.startswith("nr"):
            return None
        end = at + len(word)
    return None


_OF_BODIES = re.compile("[家所座处个栋间辆台]$")
_PEOPLE_NOUN = re.compile(
    "(?:[人学会委队职店船演教官雇成]员|[职员民矿农]工|工人|人|居民|群众|[学师]生|教师|老师|医生|护士|村民|党员|干部)$"
)
"""People, who are counted by no measure word of places and things."""
_EXTREMES = re.compile("最(?:[大小多少高低新早晚长短老快慢远近贵]|年轻|便宜)")
_EXTREME = re.compile(f"(?P<extreme>{_EXTREMES.pattern})的?")
_OFFICE = re.compile(f"(?:{OFFICES})$")
_NUMERIC = re.compile(
    "(?:费用?|价格?|票价|补贴|工资|奖金|收入|投资|金额|总额|面积|占地|[店房]租|租金|学费|气温|[长宽高深厚]度|年龄|规模|预算|人数|数量|比例|[率数])$"
)
_MEASURE_OF = re.compile(
    f"(?:现在|目前|如今)?(?:人均|户均|平均|总)?(?:{_NUMERIC.pattern}|(?:利润|营收|产值|产量|税收)$)"
)
_ATTRIBUTE = re.compile(
    rf"{_NUMERIC.pattern}|(?:时间|日期|期限|工期|地点|地址|位置|原因|名称|名字|题目|标准|条件|材料|流程|步骤|电话|负责人|联系人|主办方|承办方"
    r"|作者|名单|结果|意义|作用|背景|目的|内容|措施|[收票]费)$"
)
"""What a thing has, which the asking phrase of the last question cannot ask for (什么时候通车 → 总投资呢)."""


_CERTAIN = 10.0
"""Likeness of two phrases that end alike."""


def _swapped(last: str, what: str, segmenter: Segmenter, least: float = 0.0) -> str | None:
    """Return ``last`` with ``what`` in the place of the phrase most like it; ``None`` where none is.

    Args:
        last: the last question.
        what: what this one names.
        segmenter: of the snapshot.
        least: how like it the phrase must be, or more than not at all.
    """
    likeness = {span: _likeness(last[slice(*span)], what, segmenter) for span in _phrases(last, segmenter)}
    best = max(likeness, key=lambda span: likeness[span], default=None)
    if best is None or likeness[best] <= 0 or likeness[best] < least:
        return None
    start, end = best
    while start and start - best[0] > -len(what) and last[start - 1 : best[0]] == what[: best[0] - start + 1]:
        start -= 1  # 县|人民医院 → 县中医院
    before = last[:start]
    if what[0] in "未没":
        before = re.sub("已经?$", "", before)  # 已|开工 → 未开工
    return before + what + last[end:]


_LABEL = re.compile(
    r"(?<![\d一二三四五六七八九十几第])[\d一二三四五六七八九十]{1,3}(?:期|标段|号楼|号线|季度|等奖|级)"
)
"""Which one of several, by its number (一期): the tagger takes it for no noun."""


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
    return spans + [m.span() for m in _LABEL.finditer(text)]


def _may_name(word: str, tag: str) -> bool:
    return (
        word not in STOPWORDS and tag.startswith(_NOUN_TAGS) and re.search(f"[{HAN}a-z0-9]", word) is not None
    )


_SHORTEST_SHARED = 2
_SCHOOL = re.compile("(?<=[一二三四五六七八九十实附])[小中]$")
"""A school by its short name (实小, 二中)."""


def _likeness(phrase: str, what: str, segmenter: Segmenter) -> float:
    """Score how well two phrases could stand in each other's place; 0 when not at all."""
    a, b = (_SCHOOL.sub(r"\g<0>学", fold(text)) for text in (phrase, what))
    if _DIGITS.search(b):
        return float(bool(_DIGITS.search(a))) * len(a)
    if _OFFICE.search(a) and _OFFICE.search(b):
        return 10 + len(a) / 100
    suffix = 0
    while suffix < min(len(a), len(b)) and a[-1 - suffix] == b[-1 - suffix]:
        suffix += 1
    if suffix:
        begins = _CERTAIN / 2 * (len(b) > _SHORTEST_SHARED and a[:_SHORTEST_SHARED] == b[:_SHORTEST_SHARED])
        return _CERTAIN * suffix + begins - abs(len(a) - len(b)) / 10
    if len(a) == len(b) and len(a) > _SHORTEST_SHARED and a[:_SHORTEST_SHARED] == b[:_SHORTEST_SHARED]:
        return 10.0  # 清河花园, 清河雅苑
    tags = [segmenter.tagged(text)[-1][1] for text in (a, b)]
    named = len(a) > 1 and tags[0][:2] == tags[1][:2] and tags[0] in ("nr", "ns", "nt", "nz", "t")
    return 1 + len(a) / 100 if named else 0.0
