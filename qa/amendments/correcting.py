"""Keep what a later article corrected out of answers, quotes and passages.

Reading works on the articles as printed. What it drafts is then held against the corrections: a quote of an
older article loses the clauses that hold a wrong text, an answer that *is* the wrong text becomes the right
one and quotes the correction instead. Where the rules cannot tell what the right answer is (a sum, a
verdict), the correction's own sentence is all that is answered.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qa.amendments.corrections import Corrections, Stated
from qa.amendments.errata import Replacement, apart, occurrences
from qa.amendments.mentions import QUOTED
from qa.composing import SHORT_CHARS, Draft, Quote, day, short_of, short_of_quotes
from qa.text import has_content, sentence_spans
from qa.types import Article, Hit, Passage

_CLAUSE = re.compile(
    r"(?:[^,，、;；。!?！？\n]|(?<=\d)[,，](?=\d))*(?:[,，、;；。!?！？\n]+[”’」』)）》】]*|$)"
)
_LEAST_PIECE = 6
"""Characters of a piece of a sentence that is worth quoting by itself."""
_NOTICES = 3
"""Corrections that one notice names; a list of articles may touch many."""
_LOOSE_ENDS = " 　,，、;；\n"


@dataclass(frozen=True, slots=True)
class _Wrong:
    """One place of an article that a correction names, by offsets into the article's body."""

    start: int
    end: int
    first: int
    last: int
    """What differs from the right text: ``body[first:last]`` should read ``core``."""
    core: str
    newer: Article
    """The correction."""
    pair: Replacement
    alone: bool
    """Whether the wrong text stands at no other place of the article: else which is meant is not certain."""


def correct_draft(draft: Draft, corrections: Corrections) -> Draft:
    """Return a draft that holds nothing that was corrected; the same where nothing was."""
    affected = [(quote, wrongs) for quote in draft.quotes if (wrongs := _in_quote(quote, corrections))]
    if not affected:
        return draft
    items = tuple(_item(item, corrections) for item in draft.items)
    short = _short(draft, items, corrections)
    touched = short != draft.short or items != draft.items
    still = set((draft.short or "").split("；")) & set((short or "").split("；")) - {""}
    quotes: list[Quote] = []
    for quote in draft.quotes:
        wrongs = _in_quote(quote, corrections)
        if not wrongs or _is_correction(quote, wrongs):
            quotes.append(quote)
            continue
        pieces = _pieces(quote, wrongs)
        if items:
            quotes += [p for p in pieces if any(p.holds(item) for item in items)]
        elif short is None:
            quotes += [p for p in pieces if len(p.text) >= _LEAST_PIECE]
        else:
            quotes += [p for p in pieces if any(part in p.text for part in still)]
    if touched or short is None or draft.dated or not quotes:
        telling = [_telling(wrong) for _, wrongs in affected for wrong in wrongs]
        quotes += [quote for quote in dict.fromkeys(telling) if quote not in quotes]
    dated = draft.dated and len({q.article.id for q in quotes}) > 1
    if draft.items and not touched:
        lead = draft.lead
    else:
        lead = f"更正后：{short}。" if short is not None and touched else ""
    kept_notice = draft.notice if dated or not draft.dated else None
    return Draft(tuple(quotes), short, lead, items, kept_notice, dated)


def clean_span(article: Article, start: int, end: int, corrections: Corrections) -> tuple[int, int]:
    """Return the longest part of a span that holds nothing corrected; the next clean sentence for none.

    A whole article of wrong clauses keeps its span: there is nothing else to cite it by.
    """
    quote = Quote(article, start, end)
    wrongs = _in_quote(quote, corrections)
    if not wrongs or _is_correction(quote, wrongs):
        return start, end
    if pieces := _pieces(quote, wrongs):
        best = max(pieces, key=lambda p: p.end - p.start)
        return best.start, best.end
    for sentence in sentence_spans(article.body):
        if not _in_quote(Quote(article, *sentence), corrections):
            return sentence
    return start, end


def clean_hits(hits: Sequence[Hit], corrections: Corrections) -> list[Hit]:
    """Return hits whose passages hold nothing corrected: cut to their longest run of clean sentences.

    Whole sentences go, so that whoever reads on from a passage to its sentences meets none of them.
    """
    if not (corrections.all or corrections.stated):
        return list(hits)
    cleaned: list[Hit] = []
    for hit in hits:
        whole = Quote(hit.article, hit.passage.start, hit.passage.end)
        wrongs = _in_quote(whole, corrections)
        if not wrongs or _is_correction(whole, wrongs):
            cleaned.append(hit)
            continue
        sentences = sentence_spans(hit.article.body)
        inside = ((max(start, whole.start), min(end, whole.end)) for start, end in sentences)
        if runs := _clean_runs(inside, wrongs):
            start, end = max(runs, key=lambda run: run[1] - run[0])
            passage = Passage(hit.article.id, start, end, hit.article.body[start:end])
            cleaned.append(replace(hit, passage=passage))
    return cleaned


def notice(quotes: Sequence[Quote], corrections: Corrections) -> str | None:
    """Return what a reader should know of the corrections around the quotes of an answer."""
    cited = {quote.article.id for quote in quotes}
    said: list[str] = []
    for quote in quotes:
        article = quote.article
        for made in sorted(
            corrections.made_in(quote), key=lambda c: c.older.date or dt.date.min, reverse=True
        ):
            what = "取代了先前的" if made.kind == "whole" else "更正了先前的"
            after = "以更正后的文本为准" if made.kind == "whole" else "有出入的地方以更正为准"
            said.append(f"{_named(article)}{what}{_named(made.older)}，{after}。")
        for correction in corrections.partial(article.id):
            if correction.newer.id not in cited:
                said.append(f"{_named(article)}中的部分内容后来有更正，见{_named(correction.newer)}。")
    shown = list(dict.fromkeys(said))
    more = f"另有{len(shown) - _NOTICES}处更正。" if len(shown) > _NOTICES else ""
    return "".join(shown[:_NOTICES]) + more or None


def _named(article: Article) -> str:
    when = day(article)
    return f"《{article.title}》" + (f"（{when}）" if when else "")


def _wrongs(article: Article, corrections: Corrections) -> list[_Wrong]:
    """Return every place of an article's body that holds a text which a correction calls wrong.

    In the correction's own body that is the place where it says what was wrong.
    """
    found = []
    for correction in corrections.partial(article.id):
        for pair in correction.replacements:
            places = pair.places(article.body)
            alone = len(places) == 1
            found += [_wrong(start, end, correction.newer, pair, alone=alone) for start, end in places]
    for said in corrections.stated.get(article.id, ()):
        corrected = (c.older for c in corrections.by_newer.get(article.id, ()))
        alone = all(len(said.pair.places(older.body)) <= 1 for older in corrected)
        places = [(said.start, said.end), *_repeated(said, article, corrections)]
        found += [_wrong(start, end, said.newer, said.pair, alone=alone) for start, end in places]
    return found


def _repeated(said: Stated, article: Article, corrections: Corrections) -> list[tuple[int, int]]:
    """Return where else a correction has a text that it calls wrong: in a headline that it quotes."""
    stated = corrections.stated[article.id]
    known = [(s.start, s.end) for s in stated]
    known += [(s.pair.right_start, s.pair.right_end) for s in stated if s.newer.id == article.id]
    return [
        (start, end)
        for start, end in said.pair.places(article.body)
        if not any(a < end and start < b for a, b in known)
    ]


def _wrong(start: int, end: int, newer: Article, pair: Replacement, *, alone: bool) -> _Wrong:
    wrong, right = pair.wrong, pair.right
    before, behind = apart(wrong, right) if end - start == len(wrong) else (0, 0)  # 3,500 for 3500
    if before + behind == len(
        wrong
    ):  # something is missing: 院长 → 副院长; the character beside it goes along
        before, behind = (before, behind - 1) if behind else (before - 1, behind)
    core = right[before : len(right) - behind]
    return _Wrong(start, end, start + before, end - behind, core, newer, pair, alone)


def _in_quote(quote: Quote, corrections: Corrections) -> list[_Wrong]:
    if not (corrections.all or corrections.stated):
        return []
    return [w for w in _wrongs(quote.article, corrections) if w.start < quote.end and quote.start < w.end]


def _is_correction(quote: Quote, wrongs: Sequence[_Wrong]) -> bool:
    """Tell whether a quote is the correction's own, which says what was wrong and what is right."""
    return all(quote.article.id == w.newer.id for w in wrongs)


def _telling(wrong: _Wrong) -> Quote:
    """Return the sentence of a correction that says what is right."""
    return Quote(wrong.newer, wrong.pair.start, wrong.pair.end)


def _clean_runs(spans: Iterable[tuple[int, int]], wrongs: Sequence[_Wrong]) -> list[tuple[int, int]]:
    """Join neighbouring spans that hold nothing wrong; empty ones do not count."""
    runs: list[tuple[int, int]] = []
    open_ = False
    for start, end in spans:
        if start >= end:
            continue
        clean = not any(w.start < end and start < w.end for w in wrongs)
        if clean and open_:
            runs[-1] = runs[-1][0], end
        elif clean:
            runs.append((start, end))
        open_ = clean
    return runs


def _pieces(quote: Quote, wrongs: Sequence[_Wrong]) -> list[Quote]:
    """Cut a quote at its clauses; return the runs of those that hold nothing wrong, loose ends trimmed."""
    body = quote.article.body
    clauses = (match.span() for match in _CLAUSE.finditer(body, quote.start, quote.end))
    runs = _clean_runs(clauses, wrongs)
    trimmed = []
    for start, end in runs:
        while start < end and body[start] in _LOOSE_ENDS:
            start += 1
        while end > start and body[end - 1] in _LOOSE_ENDS:
            end -= 1
        if start < end and has_content(body[start:end]):
            trimmed.append(Quote(quote.article, start, end))
    return trimmed


def _item(item: Quote, corrections: Corrections) -> Quote:
    """Return a list's item, or the right text in the correction where the item is what was wrong."""
    for wrong in _in_quote(item, corrections):
        if item.start < wrong.last and wrong.first < item.end:
            at = wrong.pair.right_start
            return Quote(wrong.newer, at, at + len(wrong.pair.right))
    return item


def _short(draft: Draft, items: tuple[Quote, ...], corrections: Corrections) -> str | None:
    """Return the short answer with what was corrected in it put right; ``None`` where that is not certain."""
    if draft.short is None:
        return None
    if draft.items:
        listed = draft.short in (short_of_quotes(draft.items), short_of([i.text for i in draft.items]))
        return short_of_quotes(items) if listed else draft.short
    if draft.lead:
        return None  # a verdict or a sum that may rest on what was wrong
    if draft.dated:
        return _newest(draft, corrections)
    parts = [_put_right(part, draft.quotes, corrections) for part in draft.short.split("；")]
    if any(part is None for part in parts):
        return None
    short = "；".join(dict.fromkeys(part for part in parts if part))
    return short if len(short) <= SHORT_CHARS else None


def _put_right(text: str, quotes: Sequence[Quote], corrections: Corrections) -> str | None:
    """Return a piece of a short answer put right; ``None`` where it stands in no quote, or at two places."""
    for quote in quotes:
        found = (text and occurrences(text, quote.text)) or [
            m.span() for m in re.finditer(re.escape(text), quote.text)
        ]
        places = [quote.start + start for start, _ in found]
        if not places:
            continue
        wrongs = _in_quote(quote, corrections)
        body = quote.article.body
        spans = {_within_a_pair(at, at + len(text), quote, wrongs) for at in places}
        touching = [
            (span, w) for span in spans if span for w in wrongs if span[0] < w.last and w.first < span[1]
        ]
        if spans == {None}:
            continue  # named in a notice only; another quote may say it
        if not touching:
            return None if None in spans else body[slice(*min(filter(None, spans)))]
        (start, end), wrong = touching[0]
        one = len({w.pair for _, w in touching}) == 1
        certain = one and len(touching) == len(places) and wrong.alone
        if not certain or not (start <= wrong.first and wrong.last <= end):
            return None
        return body[start : wrong.first] + wrong.core + body[wrong.last : end]
    return None


def _within_a_pair(start: int, end: int, quote: Quote, wrongs: Sequence[_Wrong]) -> tuple[int, int] | None:
    """Return the part of a span that a correction's own sentence gives as wrong, or as right.

    What stands around, 「应为“23家”」, is the notice's and no answer; a span of both means the right text.
    ``None`` for one of several pairs, or of a headline that is quoted there.
    """
    own = [w for w in wrongs if w.newer.id == quote.article.id]
    parts: dict[Replacement, tuple[int, int]] = {}
    for wrong in own:
        right = wrong.pair.right_start, wrong.pair.right_end
        if wrong.start < end and start < wrong.end:
            parts[wrong.pair] = max(start, wrong.start), min(end, wrong.end)
        if right[0] < end and start < right[1]:
            both = wrong.pair in parts
            parts[wrong.pair] = right if both else (max(start, right[0]), min(end, right[1]))
    if parts:
        return next(iter(parts.values())) if len(parts) == 1 else None
    named = (match.span() for match in QUOTED.finditer(quote.article.body))
    return None if own and any(a < end and start < b for a, b in named) else (start, end)


_DATED = re.compile(r"（[^（）]*）$")


def _newest(draft: Draft, corrections: Corrections) -> str | None:
    """Return the right text, where articles only seem to differ because one of them was wrong."""
    values = [_DATED.sub("", part) for part in (draft.short or "").split("；")]
    rights = {_put_right(value, draft.quotes, corrections) for value in values}
    return rights.pop() if len(rights) == 1 else None
