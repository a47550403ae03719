"""What a notice tells under its headings: all lines of a list, whoever a roster names, an item of a section.

What a question says stands in the heading (报考条件, 停电安排), what it asks for in the lines below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qa.answers.lists import count_asked, draft_of_items, first_clause
from qa.answers.marks import marked_span, touch
from qa.answers.shorts import WHICH_ONE, short_answer
from qa.composing import Draft, Quote
from qa.parsing.outlines import Line, headings, items_of, items_under, line_at
from qa.reading.spans import spans_like
from qa.search.matching import word_coverage, word_weights
from qa.text import HAN, Segmenter, fold, sentence_spans
from qa.types import Article, Evidence, Query, Reading
from qa.understanding.kinds import holds_the_kind
from qa.understanding.questions import Asked, plain
from qa.understanding.short_kinds import is_the_kind

_LOOKED_AT = 3
_PARTICULAR = 0.6
"""Rarity from which a word says which one of several is meant (幼儿园教师), not merely what to do (准备)."""
_PARTICULAR_NOUN = 0.45
_STEPS = re.compile(r"程序|流程|步骤|方法|办法|方式|环节|须知|指南")
_ONE_ASKED = re.compile(r"第[一二三四五六七八九十\d]|最|除了|另外|其中|还有")
_HOW_MANY = re.compile(r"哪[几两二三四五六七八九十\d]+[类种个项条点]")
_CATEGORY = re.compile(
    rf"^(?P<thing>[{HAN}]{{1,8}}?)(?:应该|应当|应|到底|究竟)?(?:算是?|属于|属|归为|归|是)"
    rf"(?:什么|啥|哪一?[类种])(?:类型?的?|种类?的?)?(?P<kind>[{HAN}]{{2,4}})[?]*$"
)
_ALL_NAMED = re.compile(
    r"(?:都有|有|是|包括)哪(?:些人|[几两二三四五六七八九十\d]+[位个名人])|(?:都有|都是|有|分别是)谁"
)
_ENTRY = re.compile(rf"(?:^|[:：;；、]|[.．)）])(?P<name>[{HAN}·]{{2,5}})[,，][男女](?=[,，])")
_TYPED = ("number", "date", "place", "person", "organization")


def listed_under(query: Query, asked: Asked, evidence: Evidence, segmenter: Segmenter) -> Draft | None:
    """Return all lines of the list that a sentence is an item of, where the question names its heading."""
    question, lines = plain(query.standalone), items_under(evidence.article.body, evidence.start)
    if asked.form not in ("list", "what", "means") or len(lines) < 2 or not lines[0].above:
        return None
    if WHICH_ONE.search(question) or _ONE_ASKED.search(question):
        return None
    if (count := count_asked(question)) not in (None, len(lines)):
        return None
    article, own = evidence.article, lines[0]
    heading = _text(article, own.above)
    if asked.form == "means" and not _STEPS.search(heading):
        return None
    weights = word_weights(_HOW_MANY.sub("", question), segmenter)
    named = [w for w in weights if w in fold(heading) and w not in fold(article.title)]
    labels = [line.label for line in lines if line.label]
    counted = len(labels) == len(lines) == count  # 垃圾分哪四类
    if not (named or counted) or not _is_all_of_it(weights, article, lines, segmenter, question):
        return None
    spans = labels if len(labels) == len(lines) else [_item(article.body, line) for line in lines]
    items = [Quote(article, *span) for span in spans]
    return draft_of_items(items, _first_sentence(article, own))


def _is_all_of_it(
    weights: Mapping[str, float], article: Article, lines: Sequence[Line], segmenter: Segmenter, question: str
) -> bool:
    """Tell whether nothing in a question says which of the items is meant, or that it means another list."""
    above = fold(f"{article.title}\n{_text(article, lines[0].above)}")
    nouns = {word for word, tag, _ in segmenter.tagged(question) if tag[:1] == "n"}
    asks = [
        word
        for word, rarity in weights.items()
        if rarity >= (_PARTICULAR_NOUN if word in nouns else _PARTICULAR) and word_coverage(word, above) < 1
    ]
    inside = fold("\n".join(article.body[line.text : line.end] for line in lines))
    return not any(word in inside or word not in fold(article.body) for word in asks)


def _item(body: str, line: Line) -> tuple[int, int]:
    """Return what a line of a list says, without its mark; of one that is long its first clause."""
    sentences = sentence_spans(body[line.text : line.end])
    end = line.text + sentences[0][1] if sentences else line.end
    while end > line.text and body[end - 1] in "。；;,，、":
        end -= 1
    return first_clause(body, line.text, end)


def _first_sentence(article: Article, line: Line) -> Quote:
    first = next(span for span in sentence_spans(article.body) if line.start <= span[0] < line.end)
    return Quote(article, *first)


def _text(article: Article, spans: Sequence[tuple[int, int]]) -> str:
    return "\n".join(article.body[slice(*span)] for span in spans)


def named_under(query: Query, evidence: Evidence, segmenter: Segmenter) -> Draft | None:
    """Return everybody whom a roster names (甲,女,68岁;乙,男), if it is the one that a question asks for."""
    question, article = plain(query.standalone), evidence.article
    if not _ALL_NAMED.search(question) or not _ENTRY.search(evidence.quote):
        return None
    lines = items_of(article.body, evidence.start)
    names = _names(article, [(evidence.start, evidence.end)])
    lead = article.body[evidence.start : names[0].start]
    words = [word for word in word_weights(question, segmenter) if len(word) > 1]
    told = fold("\n".join((article.title, *headings(article.body, evidence.start), lead)))
    if not all(word in told for word in words):
        return None  # 有哪些是党员: some of them
    if len(names) == 1 and len(lines) > 1:
        names = _names(article, [(line.start, line.end) for line in lines])
    elif not any(word in fold(lead) and word not in fold(article.title) for word in words):
        names = _names(article, [(0, len(article.body))])  # of all groups that it has
    if len(names) < 2:
        return None
    return draft_of_items(names, Quote.of(evidence))


def _names(article: Article, spans: Sequence[tuple[int, int]]) -> list[Quote]:
    found = [match.span("name") for span in spans for match in _ENTRY.finditer(article.body, *span)]
    return [Quote(article, *span) for span in found]


def category(question: str, evidence: Evidence) -> tuple[int, int] | None:
    """Return what a line calls the things that it lists, where a question asks what one of them counts as.

    Of 「其他垃圾:烟头、大骨头」 it is 其他垃圾 for 大骨头算什么垃圾.
    """
    asked, line = _CATEGORY.match(plain(question)), line_at(evidence.article.body, evidence.start)
    if asked is None or line is None or line.label is None:
        return None
    body, (start, end) = evidence.article.body, line.label
    name = re.sub(r"[(（].*", "", body[start:end])
    inside = start >= evidence.start and end <= evidence.end
    listed = asked["thing"] in fold(body[end : line.end])
    if not inside or not listed or not fold(name).endswith(asked["kind"][-2:]):
        return None
    return start - evidence.start, start - evidence.start + len(name)


def told_under(query: Query, asked: Asked, reading: Reading, segmenter: Segmenter) -> Draft | None:
    """Return what an item tells of what its heading names, where both together hold all that is asked.

    The reader doubts such a line: what happens (停电) stands above it, and it has no verb of its own.
    """
    weights = word_weights(query.standalone, segmenter)
    if asked.form not in _TYPED:
        for evidence in reading.evidence[:_LOOKED_AT]:
            lines = items_under(evidence.article.body, evidence.start)
            headed = (
                fold(f"{evidence.article.title}\n{_text(evidence.article, lines[0].above)}") if lines else ""
            )
            if lines and all(word in headed for word in weights):
                return listed_under(query, asked, evidence, segmenter)
        return None
    for evidence in reading.evidence[:_LOOKED_AT]:
        body, read = evidence.article.body, marked_span(evidence)
        above, lines = headings(body, evidence.start), items_of(body, evidence.start)
        if read is None or not above or not lines:
            continue
        headed, sentence = fold("\n".join(above)), fold(evidence.quote)
        if not all(word in headed or word in sentence for word in weights):
            continue
        own = [word for word in weights if word not in headed and len(word) > 1]
        others = fold(
            "\n".join(
                body[line.text : line.end] for line in lines if not line.start <= evidence.start < line.end
            )
        )
        if not own or any(word in others for word in own) or all(word in sentence for word in weights):
            continue
        short = short_answer(query, asked, evidence, segmenter)
        if short is None or not holds_the_kind(query.standalone, asked.form, evidence.quote):
            continue
        spans = spans_like(asked, evidence.quote, segmenter)
        if is_the_kind(query.standalone, asked.form, evidence.quote, short) and any(
            touch(read, s) for s in spans
        ):
            return Draft((Quote.of(evidence),), short)
    return None
