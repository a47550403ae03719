"""List answers: every item that the evidence enumerates, wherever in its text it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.answers.announcements import clauses_listed
from qa.answers.enumerations import coordinated, joined, marked, paired
from qa.answers.heads import heads
from qa.answers.item_bounds import Piece, as_read
from qa.answers.marks import touch
from qa.answers.named import is_body, whole_name
from qa.answers.participants import PEOPLE_ASKED
from qa.composing import Draft, Quote, short_of_quotes
from qa.language.names import OFFICE_AND_NAME, people
from qa.reading.spans import ORGANISATION
from qa.search.matching import coverage, word_weights
from qa.text import HAN, Segmenter, bigrams, fold, sentence_spans
from qa.types import Article, Evidence, Query, Reading
from qa.understanding.questions import MEASURES, Asked, plain

ALSO_WITHIN = 0.5
"""Another sentence adds its items when its score is this close to the best one's (log-odds)."""
_QUOTED_CHARS = 260
"""Longer quotes are cut down to the items themselves."""
_ITEM_CHARS = 40
"""Of a longer item only its first clause is shown."""
_TOPIC_CHARS = 25
_MARKED_REACH = 1500
_PARAGRAPHS_BACK = 3
_ASKED_COUNT = re.compile(r"哪(?P<n>[两二三四五六七八九十]|\d+)")
_NUMBER_OF = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_SEVERAL_ASKED = re.compile("哪|分别|都|各|谁|名单")
"""What asks for all of something, so that other sentences may add theirs (有什么意义 does not)."""
_HEADING_CHARS = 30
_MARK_CHARS = 4
"""Of a mark of order before an item (（一）)."""
_CLAUSES = re.compile("[,，;；]")
_LEAST_CLAUSE = 4
_GENERIC = re.compile(
    r"要求|举措|措施|办法|做法|方面|内容|任务|工作|意见|建议|步骤|环节|方法|安排|规定|经验|问题|目标|^[几一二三四五六七八九十]*[件条点]?(?:大?事|$)"
)
BODIES_ASKED = re.compile(r"哪(?:些|[几两二三四五六七八九十]个?)(?:单位|部门|机构)")
"""A question for bodies of whatever kind."""
_NOUN_BONUS = 0.6
_COUNT_BONUS = 0.8
_SPAN_BONUS = 1.0
_ECHO_MALUS = 1.5
_GAP_MALUS = 0.3
_ALSO_COVERED = 0.7
_LEAST_FIT = 0.2
_SENTENCES_LOOKED_AT = 4
_NOBODY_ASKED_FOR = 1.0
_NEARBY = 12
_UP_TO_VERB = re.compile(r"[是有在会要能了的被把将需得和,?]")
_COUNTED_FIT = 0.6
_ANY_BODY = re.compile(r"单位|部门|机构")
_PLACE_KINDS = frozenset("省市县区乡镇村")
_HAS_A_COUNT = re.compile(r"\d[\d,.]*[万亿]?余?[个家户人名栋间座台套件辆处条项次张亩吨米元]$")
_MEASURED = re.compile(rf"(?P<unit>{MEASURES})(?P<noun>.{{1,8}})")


@dataclass(frozen=True, slots=True)
class _Group:
    """An enumeration in an article: its items and how well they fit the question."""

    items: tuple[Piece, ...]
    score: float


def list_draft(query: Query, asked: Asked, reading: Reading, segmenter: Segmenter) -> Draft | None:
    """Return every item that the evidence enumerates for a question, ``None`` where it enumerates nothing.

    The best sentence's enumeration counts, whether it stands within it or runs on over the paragraph;
    other sentences that bear the question out as well add theirs.
    """
    first = reading.evidence[0]
    found = [
        (group.score - _GAP_MALUS * (first.score - evidence.score), -n, group, evidence)
        for n, evidence in enumerate(reading.evidence[:_SENTENCES_LOOKED_AT])
        # What was read in the best sentence is not given up for a list in a sentence that is far behind.
        if first.short_start is None or first.score - evidence.score <= ALSO_WITHIN
        if (group := _best_group(query, asked, evidence, segmenter)) is not None
    ]
    if not found:
        return None
    fit, _, group, best = max(found, key=lambda f: f[:2])
    if fit < _LEAST_FIT:
        return None
    weights = word_weights(query.standalone, segmenter)
    covered = coverage(weights, best.quote)
    items: list[Quote] = []
    sentences: list[Quote] = []
    for evidence in reading.evidence:
        near = best.score - evidence.score <= ALSO_WITHIN
        told = coverage(weights, evidence.quote) >= max(covered, _ALSO_COVERED)
        if evidence is not best and not (near and told and _SEVERAL_ASKED.search(plain(query.standalone))):
            continue
        enumerated = _best_group(query, asked, evidence, segmenter)
        if enumerated is None or enumerated.score < group.score - _COUNT_BONUS:
            continue
        if evidence is not best and not _alike_people(
            query.standalone, evidence, enumerated.items, segmenter
        ):
            continue
        known = {fold(item.text) for item in items}
        new = [Quote(evidence.article, *piece) for piece in enumerated.items]
        new = [item for item in new if fold(item.text) not in known]
        items += new
        sentences += [Quote.of(evidence)] if new else []
    return Draft(_holding(items, sentences), short_of_quotes(items), items=tuple(items))


def draft_of_items(items: Sequence[Quote], first: Quote) -> Draft:
    """Return the draft of a list, quoting the sentences of its items, of which one is given."""
    return Draft(_holding(items, [first]), short_of_quotes(items), items=tuple(items))


def count_draft(query: Query, asked: Asked, reading: Reading, segmenter: Segmenter) -> Draft | None:
    """Return how many items the evidence enumerates, and the items; for 多少 where no number is stated.

    Only an enumeration of the very thing that is counted is counted; one that ends in 等 is a lower bound.
    """
    best = reading.evidence[0]
    if titles := titles_counted(asked, best):
        return titles
    group = _best_group(query, asked, best, segmenter)
    measured = _MEASURED.match(asked.noun)
    if group is None or measured is None or group.score < _COUNTED_FIT:
        return None
    if all(_HAS_A_COUNT.search(best.article.body[slice(*piece)]) for piece in group.items):
        return None  # 住宅86栋、商铺20间: amounts of other things
    of_heads = _GENERIC.search(measured["noun"]) is not None and list(group.items) == heads(best)
    if not of_heads and not _of_the_kind(best.article, group.items, measured["noun"]):
        return None
    items = [Quote(best.article, *piece) for piece in group.items]
    tail = best.article.body[items[-1].end : items[-1].end + 2].lstrip("”》)）")
    short = f"{'至少' if tail.startswith('等') else ''}{len(items)}{measured['unit']}"
    return _draft_of_count(short, items, _holding(items, [Quote.of(best)]))


def _draft_of_count(short: str, items: Sequence[Quote], quotes: tuple[Quote, ...]) -> Draft:
    lead = f"公报列出了{short}：{'、'.join(item.text for item in items)}。"
    return Draft(quotes, short, lead=lead, items=tuple(items))


_TITLES = re.compile(r"《[^《》\n]+》(?:[、和]?《[^《》\n]+》)+")
_WRITTEN = re.compile("方案|文件|办法|通知|意见|规划|条例|规定|报告|决定|细则|措施|章程|倡议书|协议|合同")


def titles_counted(asked: Asked, evidence: Evidence) -> Draft | None:
    """Return how many papers a sentence names by their titles side by side, where so many are asked for.

    ``None`` where the run of titles is not the only one or goes on (等).
    """
    kind = _WRITTEN.search(asked.noun)
    runs = list(_TITLES.finditer(evidence.quote))
    if asked.form != "number" or kind is None or len(runs) != 1:
        return None
    titles = [
        Quote(evidence.article, evidence.start + m.start(), evidence.start + m.end())
        for m in re.finditer("《[^《》]+》", evidence.quote)
    ]
    run = runs[0]
    apart = len(titles) != len(re.findall("《", run.group()))
    called = kind.group() == "文件" or kind.group() in run.group()
    if apart or not called or evidence.quote.startswith("等", run.end()):
        return None
    short = f"{len(titles)}{asked.noun[: kind.start()] or '个'}"
    return _draft_of_count(short, titles, (Quote.of(evidence),))


def counts_what_is_asked(asked: Asked, evidence: Evidence, answer: Draft | None) -> bool:
    """Tell whether the number that answers stands by the thing asked for, not by its neighbour."""
    measured = _MEASURED.match(asked.noun)
    if answer is None or answer.short is None or measured is None:
        return True
    at = evidence.quote.find(answer.short)
    if at < 0:
        return True
    end = at + len(answer.short)
    near = fold(evidence.quote[max(0, at - _NEARBY) : at] + evidence.quote[end : end + _NEARBY])
    noun = _UP_TO_VERB.split(measured["noun"])[0]
    return len(noun) < 2 or any(char in near for char in noun)


def _of_the_kind(article: Article, items: Sequence[Piece], noun: str) -> bool:
    """Tell whether items are called by a noun: at their ends, or right before or behind them."""
    body, wanted = fold(article.body), _UP_TO_VERB.split(noun)[0]
    if not wanted:
        return False
    near = _near(body, items[0][0], items[-1][1])
    if re.search(rf"{re.escape(wanted)}(?:共|约|近)?\d", near):
        return False  # 在老小区和城中村新建充电棚417处: the number is stated, of 充电棚 and not of these
    if wanted in near or all(body[a:b].endswith(wanted[-2:]) for a, b in items):
        return True
    if set(wanted) <= _PLACE_KINDS and all(body[b - 1] in wanted for _, b in items):
        return True  # 乡镇 are 柳溪镇 and 南山乡
    bodies = sum(ORGANISATION.search(body[a:b]) is not None for a, b in items)
    return _ANY_BODY.match(wanted) is not None and bodies > len(items) / 2


def _best_group(query: Query, asked: Asked, evidence: Evidence, segmenter: Segmenter) -> _Group | None:
    question = fold(query.standalone)
    groups = []
    for raw, spread in _groups(evidence, asked, segmenter, question):
        items = _as_people(question, evidence.article, raw, segmenter)
        if len(items) > 1:
            score = _fit(question, asked, evidence, items, spread=spread)
            of_people = all(people(evidence.article.body[a:b], segmenter) for a, b in items)
            bodies = sum(is_body(evidence.article.body[a:b]) for a, b in items) > len(items) / 2
            score += _NOUN_BONUS * (bodies and BODIES_ASKED.search(question) is not None)
            score -= _NOBODY_ASKED_FOR * (of_people and not PEOPLE_ASKED.search(question))
            groups.append(_Group(tuple(items), score))
    return max(groups, key=lambda g: (g.score, len(g.items), -g.items[0][0]), default=None)


def _groups(
    evidence: Evidence, asked: Asked, segmenter: Segmenter, question: str
) -> Iterator[tuple[list[Piece], bool]]:
    """Yield the enumerations in and around a sentence, and whether they run on beyond it."""
    body, shift = evidence.article.body, evidence.start
    inner = joined(evidence.quote, segmenter)
    if pair := paired(evidence.quote):
        inner.append(pair)
    if not inner or "哪两" in question:
        inner += coordinated(evidence.quote, segmenter)
    if evidence.short_start is not None and evidence.short_end is not None:
        span = evidence.short_start - shift, evidence.short_end - shift
        if inner and not any(touch(span, (pieces[0][0], pieces[-1][1])) for pieces in inner):
            inner += [p for p in coordinated(evidence.quote, segmenter) if touch(span, (p[0][0], p[-1][1]))]
        inner = [
            as_read(evidence.quote, pieces, span, segmenter)
            for pieces in inner
            if _read_of_it(evidence.quote, pieces, span)
        ]
    inner = [_with_the_excepted(evidence.quote, pieces, question) for pieces in inner]
    if not marked(evidence.quote):
        for told in clauses_listed(plain(question), evidence.quote, count_asked(question)):
            yield [first_clause(body, a + shift, b + shift) for a, b in told], True
    yield from (([(a + shift, b + shift) for a, b in pieces], False) for pieces in inner)
    if ordered := _marked_around(evidence):
        yield [first_clause(body, *piece) for piece in ordered], True
    if _GENERIC.search(asked.noun) and (topics := heads(evidence, opening="要求" in asked.noun)):
        yield topics, True


_EXCEPTED = re.compile(
    r"(?:^|[,，;；。])除了?(?P<what>[^,，;；。]{2,20}?)(?:[之以]?外)[,，](?P<also>[^;；。]*还(?:有|包括|设)?)"
)
_OTHERS_ASKED = re.compile("还|另外?|其他|其它|除")


def _with_the_excepted(sentence: str, pieces: list[Piece], question: str) -> list[Piece]:
    """Return items with the one beside which they are told: 除甲外,还有乙和丙 are three.

    >>> text = "除东校区外,今秋投用的还有北校区和幼儿园。"
    >>> [text[a:b] for a, b in _with_the_excepted(text, [(13, 16), (17, 20)], "今秋投用的有哪几所?")]
    ['东校区', '北校区', '幼儿园']
    """
    if _OTHERS_ASKED.search(question):
        return pieces
    for told in _EXCEPTED.finditer(sentence):
        if told.end("also") <= pieces[0][0] <= told.end("also") + _EXCEPTED_CHARS:
            return [told.span("what"), *pieces]
    return pieces


_EXCEPTED_CHARS = 4
_OWN_LEAD = re.compile(rf"(?![{HAN}]{{0,8}}?(?:具体|包括|如下|分别|主要))[{HAN}]{{4,}}[:：]")
"""What introduces items itself (入园须符合四项条件:), so that the sentence before it does not."""
_TAKEN = re.compile("[把将]")
"""What makes of the enumeration behind it an object, whose verb belongs to it (把师傅、设备送进课堂)."""


def _read_of_it(text: str, pieces: Sequence[Piece], read: Piece) -> bool:
    """Tell whether a reader marked an enumeration: neither something else nor it with further clauses.

    >>> _read_of_it("要公布电话,做到半小时响应、两小时上门", [(8, 13), (14, 19)], (1, 19))
    False
    """
    start, end = pieces[0][0], pieces[-1][1]
    if not touch(read, (start, end)) or (read[0] < start and _TAKEN.match(text, read[0], start)):
        return False
    before = _CLAUSES.split(text[read[0] : max(read[0], start)])[:-1]
    behind = _CLAUSES.split(text[min(read[1], end) : read[1]])[1:]
    return all(len(clause) < _LEAST_CLAUSE for clause in (*before, *behind))


def _marked_around(evidence: Evidence) -> list[Piece]:
    """Return the items with order marks that a sentence holds, introduces or is one of."""
    body = evidence.article.body
    starts = [evidence.start]
    at = evidence.start
    for _ in range(_PARAGRAPHS_BACK):
        at = body.rfind("\n", 0, max(at - 1, 0)) + 1
        starts.append(at)
        if at == 0:
            break
    for start in starts:
        text = body[start : max(start, evidence.start) + _MARKED_REACH]
        items = [(a + start, b + start) for a, b in marked(text)]
        if not items:
            continue
        introduced = evidence.start <= items[0][0] and body.count("\n", evidence.end, items[0][0]) <= 1
        introduced = introduced and not _OWN_LEAD.search(body, evidence.end, max(items[0][0], evidence.end))
        inside = any(a < evidence.end and evidence.start < b for a, b in items)
        if inside or (introduced and items[0][0] - evidence.end < _TOPIC_CHARS):
            return items
    return []


def _alike_people(question: str, evidence: Evidence, items: Sequence[Piece], segmenter: Segmenter) -> bool:
    """Tell whether items are people, where people are asked for: another sentence may list anything."""
    body = evidence.article.body
    return not PEOPLE_ASKED.search(fold(question)) or all(people(body[a:b], segmenter) for a, b in items)


def first_clause(body: str, start: int, end: int) -> Piece:
    """Return an item, of a long one its first clause."""
    if end - start <= _ITEM_CHARS:
        return start, end
    match = re.compile(r"[,，;；。:：]").search(body, start, end)
    return start, match.start() if match else end


def _as_people(question: str, article: Article, items: Sequence[Piece], segmenter: Segmenter) -> list[Piece]:
    """Return the names in the items where people are asked for, without their offices; else the items."""
    if not PEOPLE_ASKED.search(question):
        return list(items)
    named = []
    for start, end in items:
        names = people(article.body[start:end], segmenter)
        office = OFFICE_AND_NAME.fullmatch(article.body, start, end)
        whole = office.span("name") if office else (start, end)
        if own := whole_name(article.body[start:end], names):
            names = [own]
        named += [(start + at, start + at + len(name)) for name, at in names] or [whole]
    return named


def _fit(question: str, asked: Asked, evidence: Evidence, items: Sequence[Piece], *, spread: bool) -> float:
    """Return how well an enumeration fits: words of the question around it, the noun and count asked for."""
    body = fold(evidence.article.body)
    start, end = items[0][0], items[-1][1]
    left = max((body.rfind(char, 0, start) for char in ",;。:!?\n"), default=-1) + 1
    further = max((body.rfind(char, 0, max(left - 1, 0)) for char in ",;。!?\n"), default=-1) + 1
    right = min((at for char in ",;。:!?\n" if (at := body.find(char, end)) >= 0), default=len(body))
    around = body[left:start] + " " + body[end:right]
    score = 2 * _share(question, around) + _share(question, body[further:left])
    if spread:
        heading = body[: max(start - _MARK_CHARS, 0)].rstrip().rpartition("\n")[2]
        told = (fold(evidence.quote), heading if len(heading) <= _HEADING_CHARS else "")
        score = max(score, *(2 * _share(question, text) for text in told))
    noun = _head_noun(asked)
    if noun:
        near = _near(body, start, end)
        ends = sum(body[a:b].endswith(noun[-1]) for a, b in items) > len(items) / 2
        score += _NOUN_BONUS * (ends or noun in near)
    if count := count_asked(question):
        score += _COUNT_BONUS if count == len(items) else -_COUNT_BONUS
    read = evidence.short_start, evidence.short_end
    in_one = spread and any(a <= (read[0] or 0) and (read[1] or 0) <= b for a, b in items)
    if evidence.short_start is not None and evidence.short_end is not None and not in_one:
        shared = min(end, evidence.short_end) - max(start, evidence.short_start)
        score += _SPAN_BONUS * max(0, shared) / max(end - start, evidence.short_end - evidence.short_start, 1)
    echoed = sum(body[a:b] in question for a, b in items)
    return score - _ECHO_MALUS * echoed / len(items)


def count_asked(question: str) -> int | None:
    """Return how many things a question asks for (哪三类), ``None`` where it does not say."""
    count = _ASKED_COUNT.search(question)
    if count is None:
        return None
    return int(count["n"]) if count["n"].isdigit() else _NUMBER_OF[count["n"]]


def _near(body: str, start: int, end: int) -> str:
    """Return what stands right before and behind a span, within its sentence."""
    before = re.split(r"[。!?\n]", body[max(0, start - _NEARBY) : start])[-1]
    behind = re.split(r"[。!?;\n]", body[end : end + _NEARBY])[0]
    return f"{before} {behind}"


def _head_noun(asked: Asked) -> str:
    """Return the kind of thing asked for without the verb behind it (街道完成了 → 街道)."""
    return _UP_TO_VERB.split(asked.noun)[0][:4] or asked.noun[:2]


def _share(question: str, text: str) -> float:
    wanted, have = set(bigrams(question)), set(bigrams(text))
    return len(wanted & have) / len(wanted) if wanted else 0.0


def _holding(items: Sequence[Quote], sentences: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return what to cite: the sentences that hold the items, or where they are too long the items."""
    quotes = list(sentences)
    for item in items:
        if any(quote.holds(item) for quote in quotes):
            continue
        spans = sentence_spans(item.article.body)
        start, end = next(
            ((a, b) for a, b in spans if a <= item.start and item.end <= b), (item.start, item.end)
        )
        quotes.append(Quote(item.article, start, end))
    if sum(len(quote.text) for quote in quotes) <= max(_QUOTED_CHARS, len(sentences[0].text)):
        return _in_order(quotes)
    shown = [sentences[0], *(item for item in items if not sentences[0].holds(item))]
    if sum(len(quote.text) for quote in shown) > _QUOTED_CHARS:
        shown = list(items)
    return _in_order(shown)


def _in_order(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return quotes of one article in the order of its text, the first article first."""
    rank = {id_: n for n, id_ in enumerate(dict.fromkeys(quote.article.id for quote in quotes))}
    return tuple(sorted(quotes, key=lambda q: (rank[q.article.id], q.start)))
