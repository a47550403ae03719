"""From ranked passages to evidence: which sentence answers, with which span, and how surely."""

from __future__ import annotations

import datetime as dt
import math
import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from qa.index.passages import encoder_text
from qa.index.snapshot import Snapshot
from qa.models.encoder import Encoder, TokenVectors
from qa.models.span_model import SpanModel, SpanPrediction
from qa.reading.candidates import Candidate, is_the_demand, may_answer
from qa.reading.events import on_another_event, on_another_matter
from qa.reading.features import ReaderWeights, SentenceFeatures
from qa.reading.items import is_of_another_list
from qa.reading.question_features import FLOOR, question_features
from qa.reading.spans import Span, best_span, has_kind
from qa.reading.speakers import asks_for_demands
from qa.reading.stages import has_left
from qa.reading.vetoes import Claim, stands_elsewhere
from qa.search.matching import alignment, coverage, span_vector, word_weights
from qa.text import fold, sentence_spans, simplify
from qa.types import Evidence, Hit, Query, Reading
from qa.understanding.questions import WHO_IS, Asked, analyse, plain

READ_PASSAGES = 5
"""Passages that are read closely; on the development pages the right one is among them in 99 of 100."""
_NAME_ASKED = re.compile(r"(?:的?(?:名字|姓名))?(?:叫|是)(?:什么|啥)(?:名字|名儿)?(?=[?？。 ]*$)|姓甚名谁")
_ALREADY = re.compile("已经?(?=[^,，?？已]{1,10}了(?:吗|没有?|么)[?？]*$)")
"""已经开工了吗 asks no more than 开工了吗."""
_CACHED_PASSAGES = 256
_LEAST_SPAN = -6.0
"""Log-probability; below, the trained reader points elsewhere in the passage or nowhere."""
_OF_ONE_STATEMENT = frozenset(("number", "date", "person", "place"))
"""Forms whose short answer never reaches over a semicolon."""
_RIVAL = 3.0
"""How much less likely a span may be that takes the place of one that stands elsewhere in its sentence."""


class Reader(Protocol):
    """Whatever finds the answer in ranked passages; a trained model plugs in here."""

    @property
    def threshold(self) -> float:
        """Return the confidence below which a question is to be refused."""

    def read(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Reading:
        """Return the evidence for a question, best first, and how probable it is that it answers."""


class SentenceReader:
    """Rank the sentences of the best passages by a linear model over named features.

    Words covered, meanings aligned token by token, the kind of thing asked for and, where there is one,
    what a trained reader says of each passage are measured; their weights are fitted.
    """

    def __init__(
        self, encoder: Encoder, span_model: SpanModel | None = None, weights: ReaderWeights | None = None
    ) -> None:
        self._encoder = encoder
        self._span_model = span_model
        self._weights = weights or ReaderWeights.shipped("trained" if span_model else "matching")
        self._cache: OrderedDict[str, TokenVectors] = OrderedDict()
        self._cache_lock = threading.Lock()

    def read(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Reading:
        """Return the sentences of the best passages, best first, and the probability of an answer."""
        read = self.candidates_of_the_event(query, hits, snapshot)
        candidates = answering(query, read, snapshot)
        if not candidates:
            return Reading((), 0.0)
        features = question_features(query, candidates, snapshot, read)
        confidence = 1 / (1 + math.exp(-self._weights.confidence.margin(features)))
        asked = asks_for_demands(query.standalone)  # of few questions: sentences are looked at for those only
        if asked and (told := [c for c in candidates if is_the_demand(query, c)]):
            candidates = [told[0], *(c for c in candidates if c is not told[0])]
            confidence = max(confidence, _SAID)
        return Reading(tuple(candidate.evidence for candidate in candidates), confidence)

    @property
    def threshold(self) -> float:
        """Return the confidence below which a question is to be refused."""
        return self._weights.threshold

    def candidates_of_the_event(
        self, query: Query, hits: Sequence[Hit], snapshot: Snapshot
    ) -> list[Candidate]:
        """Return those of :meth:`candidates` whose articles are on the event and the matter asked about."""
        candidates = self.candidates(query, hits, snapshot)
        articles = list({c.evidence.article.id: c.evidence.article for c in candidates}.values())
        others = on_another_event(query.standalone, query.form, articles, snapshot.segmenter)
        others |= on_another_matter(query.standalone, articles, snapshot.segmenter)
        return [c for c in candidates if c.evidence.article.id not in others]

    def candidates(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> list[Candidate]:
        """Return every sentence of the best passages, ranked by ``(-score, article, start)``."""
        hits = hits[:READ_PASSAGES]
        if not hits:
            return []
        question = self._encoder.encode_tokens([simplify(query.standalone)], query=True)[0]
        weights = word_weights(query.standalone, snapshot.segmenter)
        whole = span_vector(question, 0, 10**9)
        asked = analyse(query.standalone)
        best: dict[tuple[str, int, int], Candidate] = {}
        for hit, tokens, prediction in zip(
            hits, self._token_vectors(hits), self._predictions(query, hits, snapshot.newest_day), strict=True
        ):
            shift = len(encoder_text(hit.article.title, ""))
            weakest = float(alignment(question, tokens, 0, 10**9).min())
            for start, end in sentence_spans(hit.passage.text):
                vector = span_vector(tokens, start + shift, end + shift)
                if vector is None or whole is None:
                    continue
                sentence = hit.passage.text[start:end]
                span = best_span(query.standalone, asked, sentence, snapshot.segmenter)
                features = SentenceFeatures(
                    similarity=float(vector @ whole),
                    alignment=float(alignment(question, tokens, start + shift, end + shift).mean()),
                    coverage=coverage(weights, sentence),
                    kind=_kind(asked, sentence, snapshot),
                    span=span.score if span else 0.0,
                    passage=hit.score - hits[0].score,
                    length=math.log(len(sentence)),
                    within=_within(prediction, start, end),
                    supported=_supported(prediction, start, end),
                )
                year = f"{hit.article.date.year}年" if hit.article.date else ""
                claim = Claim(
                    query.standalone,
                    query.form,
                    sentence,
                    f"{hit.article.title}\n{year}",
                    article=hit.article.body,
                )
                short = _short(query, prediction, claim, start, span)
                offset = hit.passage.start + start
                evidence = Evidence(
                    article=hit.article,
                    start=offset,
                    end=hit.passage.start + end,
                    short_start=offset + short[0] if short else None,
                    short_end=offset + short[1] if short else None,
                    score=self._weights.sentence.margin(features),
                )
                key = (hit.article.id, evidence.start, evidence.end)
                if key not in best or best[key].evidence.score < evidence.score:
                    best[key] = Candidate(
                        evidence,
                        features,
                        weakest,
                        hit,
                        prediction.answerable if prediction else 0.0,
                        prediction.best(start, end)[2] if prediction else 0.0,
                    )
        return sorted(
            best.values(), key=lambda c: (-c.evidence.score, c.evidence.article.id, c.evidence.start)
        )

    def _predictions(
        self, query: Query, hits: Sequence[Hit], newest: dt.date | None
    ) -> Sequence[SpanPrediction | None]:
        if self._span_model is None:
            return [None] * len(hits)
        asked = query.standalone
        if query.form == "person":  # one thing asked in many ways, of which the model has met few
            asked = _NAME_ASKED.sub("是谁", asked)
        elif query.form == "yesno":
            asked = _ALREADY.sub("", asked)
        elif who := WHO_IS.match(plain(asked)):
            asked = f"{who['name']}是什么职务?"
        found: dict[int, SpanPrediction] = {}
        worded = [_by_its_year(_without_own_year(asked, hit), hit, newest) for hit in hits]
        for wording in dict.fromkeys(worded):
            rows = [i for i, one in enumerate(worded) if one == wording]
            passages = [(hits[i].article.title, hits[i].passage.text) for i in rows]
            found |= zip(rows, self._span_model.predict(wording, passages), strict=True)
        return [found[i] for i in range(len(hits))]

    def _token_vectors(self, hits: Sequence[Hit]) -> list[TokenVectors]:
        """Return the token vectors of each hit's encoder text, from the cache where they are."""
        texts = [encoder_text(hit.article.title, hit.passage.text) for hit in hits]
        with self._cache_lock:
            known = {text: self._cache[text] for text in texts if text in self._cache}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known |= zip(missing, self._encoder.encode_tokens(missing, query=False), strict=True)
        with self._cache_lock:
            for text in texts:
                self._cache[text] = known[text]
                self._cache.move_to_end(text)
            while len(self._cache) > _CACHED_PASSAGES:
                self._cache.popitem(last=False)
        return [known[text] for text in texts]


def answering(query: Query, read: Sequence[Candidate], snapshot: Snapshot) -> list[Candidate]:
    """Return those of all sentences read that can answer at all."""
    weights = word_weights(query.standalone, snapshot.segmenter)
    return [
        c
        for c in read
        if may_answer(query, c, snapshot.newest_day)
        and not is_of_another_list(weights, query.form, c.evidence)
        and not (query.form == "person" and _has_left_since(query, c, read))
    ]


def _has_left_since(query: Query, candidate: Candidate, read: Sequence[Candidate]) -> bool:
    """Tell whether an article that is no older than a candidate's calls the one it names a former holder."""
    name, since = candidate.evidence.short or "", candidate.evidence.article.date
    articles = {c.evidence.article.id: c.evidence.article for c in read}.values()
    return any(
        has_left(query.standalone, name, article.body)
        for article in articles
        if article.date is None or since is None or article.date >= since
    )


_SAID = 0.8
"""Of a demand in the form asked for: on the written pages all 20 such sentences answered."""
_YEAR_OF_A_MONTH = re.compile(r"(?P<year>\d{4})年(?=\d{1,2}月)")


def _without_own_year(question: str, hit: Hit) -> str:
    """Return a question on 2021年12月6日 without its year, if the article is of it and the passage silent."""
    named, day = _YEAR_OF_A_MONTH.search(question), hit.article.date
    if named is None or day is None or int(named["year"]) != day.year or named.group() in hit.passage.text:
        return question
    return question.replace(named.group(), "")


_YEARS_ON = {"去年": -1, "明年": 1}


def _by_its_year(question: str, hit: Hit, newest: dt.date | None) -> str:
    """Return a question on 去年 or 明年 with that year's number, if the passage or its headline has it so."""
    named = [word for word in _YEARS_ON if word in question]
    if newest is None or len(named) != 1 or "去年同" in question:
        return question
    told, year = fold(f"{hit.article.title}\n{hit.passage.text}"), f"{newest.year + _YEARS_ON[named[0]]}年"
    return question.replace(named[0], year) if year in told and named[0] not in told else question


def _short(
    query: Query, prediction: SpanPrediction | None, claim: Claim, start: int, by_kind: Span | None
) -> tuple[int, int] | None:
    """Return the short answer's place in a sentence: the trained reader's likeliest span, else by kind.

    What the question says itself is no answer, unless it offers a choice.
    """
    sentence = claim.sentence
    end = start + len(sentence)
    if prediction is not None:
        first, last, score = prediction.best(start, end)
        marked = fold(sentence[first - start : last - start]).strip("“”《》「」 ")
        offered = query.form == "yesno" or "还是" in query.standalone
        if not offered and len(marked) > 1 and marked in fold(query.standalone):
            other = prediction.without(first, last).best(start, end)
            first, last, score = other if other[2] > _LEAST_SPAN else (first, last, score)
        if _is_misplaced(claim, (first - start, last - start), query.form):
            # Of 一期10月开工,二期明年开工 the reader may have marked the wrong one.
            others = [prediction.without(first, last).best(start, end)]
            if ";" in fold(sentence):
                others += [
                    prediction.best(start + m.start(), start + m.end()) for m in _STATEMENT.finditer(sentence)
                ]
            for other in sorted(others, key=lambda one: -one[2]):
                place = other[0] - start, other[1] - start
                if other[2] > score - _RIVAL and not _is_misplaced(claim, place, query.form):
                    first, last, score = other
                    break
        if score > _LEAST_SPAN:
            return first - start, last - start
    return (by_kind.start, by_kind.end) if by_kind else None


_STATEMENT = re.compile("[^;；]+")


def _is_misplaced(claim: Claim, short: tuple[int, int], form: str) -> bool:
    """Tell whether a short answer is of another statement of its sentence, or reaches over two of them."""
    runs_on = form in _OF_ONE_STATEMENT and ";" in fold(claim.sentence[slice(*short)])
    return runs_on or stands_elsewhere(replace(claim, short=short))


def _within(prediction: SpanPrediction | None, start: int, end: int) -> float:
    return max(prediction.within(start, end), FLOOR) if prediction else 0.0


def _supported(prediction: SpanPrediction | None, start: int, end: int) -> float:
    if prediction is None:
        return 0.0
    return max(prediction.within(start, end) - math.log1p(math.exp(-prediction.answerable)), FLOOR)


def _kind(asked: Asked, sentence: str, snapshot: Snapshot) -> float:
    present = has_kind(asked, sentence, snapshot.segmenter)
    return 0.0 if present is None else float(present) - 0.5
