"""Question → what was found: retrieve, read, decide and draft, part by part, in other words where need be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from qa.answers.clock import Clock
from qa.answers.combining import Found, choose, picked, put_together, told_together, work_out
from qa.answers.confirming import belonging, confirmed
from qa.answers.derived import tells_difference
from qa.answers.drafting import draft
from qa.answers.lists import count_draft, counts_what_is_asked, titles_counted
from qa.answers.other_words import bears_out
from qa.answers.premises import false_premise, is_elsewhere
from qa.answers.ratios import sector_share
from qa.answers.shown import SECOND_WITHIN
from qa.answers.superlatives import gives_its_number, outright
from qa.answers.told import told_outright
from qa.answers.working import ranked_elsewhere, worked_out
from qa.index.snapshot import Snapshot
from qa.language.time_expressions import prefers_newest
from qa.reading.reader import READ_PASSAGES, Reader
from qa.search.recency import newest_first, of_then_first
from qa.search.retrieval import Retriever
from qa.text import fold
from qa.types import Article, Evidence, Hit, Query, Reading
from qa.understanding.choices import alternatives
from qa.understanding.claims import claims, fallbacks
from qa.understanding.paraphrases import Paraphrase, paraphrases
from qa.understanding.parts import Calculation, Part, calculation, split
from qa.understanding.questions import MEASURES, Asked, analyse

MOST_PARTS = 6
"""Parts of a question that are read; nobody keeps track of the answers to more."""
_IN_ALL = re.compile(r"一共|总共|加起来|合计|共计|总计")
_SURE = 0.75
"""Confidence that it takes to answer what bulletins seldom answer."""
_IN_OFFICE_WITHIN = 2.0
"""How far (log-odds) behind the best one the newest sentence with an office may be: offices change hands."""
# 有多少个 → 有哪些: the measure word goes along.
_LISTED = re.compile(rf"(?:多少|几){MEASURES}?")


class Finder:
    """Find answers in one snapshot, for one question."""

    def __init__(self, retriever: Retriever, reader: Reader, snapshot: Snapshot, clock: Clock) -> None:
        self._retriever = retriever
        self._reader = reader
        self._snapshot = snapshot
        self._clock = clock

    def find(self, query: Query) -> Found:
        """Find the answer to a question of one part or several, to a choice or a calculation."""
        found = self._chosen(query) or self._combined(query) or self.found(query)
        self._clock.lap("compose")
        return found

    def found(self, query: Query) -> Found:
        """Retrieve, read and draft the answer to a question of one part."""
        asked = analyse(query.standalone)
        hits, reading = self._read(query)
        articles = articles_of(hits)
        if asked.form in ("reason", "date") and false_premise(query.standalone, asked, articles):
            return Found(hits, 0.0)
        best = next(iter(reading.evidence), None)
        if asked.form == "number" and (share := sector_share(query, articles, best)):
            return Found(hits, max(reading.confidence, _SURE), share, best)
        if asked.form == "yesno" and (decided := self._confirmed(query, best)):
            return decided
        least = max(self._reader.threshold, _SURE if is_elsewhere(query.standalone) else 0.0)
        if best is not None and reading.confidence >= least:
            if worked := worked_out(query, asked, best, self._snapshot.segmenter):
                return Found(hits, reading.confidence if worked.draft else 0.0, worked.draft, best)
            if ranked := ranked_elsewhere(query, asked, reading, self._snapshot.segmenter):
                worked, best = ranked
                return Found(hits, reading.confidence if worked.draft else 0.0, worked.draft, best)
            if titles := titles_counted(asked, best):
                return Found(hits, reading.confidence, titles, best)
            answer = draft(query, asked, reading, self._snapshot.segmenter)
            stated = asked.form != "number" or counts_what_is_asked(asked, best, answer)
            if stated or (counted := self._counted(query, asked)) is None:
                return Found(hits, reading.confidence, answer, best)
            return counted
        if asked.form == "number" and (counted := self._counted(query, asked)):
            return counted
        if best and (most := outright(query, asked, best, self._snapshot.segmenter)):
            return Found(hits, max(reading.confidence, least), most, best)
        elsewhere = is_elsewhere(query.standalone)
        if not elsewhere and (told := told_outright(query, asked, reading, self._snapshot.segmenter)):
            return Found(hits, max(reading.confidence, least), told, best)
        if asked.form == "yesno" and (listed := self._belonging(query)):
            return listed
        if again := self._asked_again(query, articles):
            return again
        return Found(hits, reading.confidence, best=best)

    def _asked_again(self, query: Query, articles: Sequence[Article]) -> Found | None:
        """Ask what was refused in the words of the articles read; ``None`` where that finds nothing, too."""
        lexicon, segmenter = self._snapshot.lexicon, self._snapshot.segmenter
        texts = [lexicon.body(article) for article in articles[:READ_PASSAGES]]
        for other in paraphrases(query.standalone, texts, lexicon, self._retriever.synonyms, segmenter):
            if found := self._found_as(other, query):
                return found
        return None

    def _found_as(self, other: Paraphrase, query: Query) -> Found | None:
        """Return the answer to a question in other words, if a statement with those words gives one."""
        asked = analyse(other.text)
        again = replace(query, standalone=other.text, form=asked.form)
        hits, reading = self._read(again)
        best = next(iter(reading.evidence), None)
        if best is None or reading.confidence < self._reader.threshold:
            return None
        if not bears_out(other, query.standalone, best, self._snapshot.segmenter):
            return None
        told = draft(again, asked, reading, self._snapshot.segmenter)
        if told is None:
            return None
        noticed = replace(told, notice=other.notice + (told.notice or "") or None)
        return Found(hits, reading.confidence, noticed, best)

    def _confirmed(self, query: Query, best: Evidence | None) -> Found | None:
        """Answer a yes/no question by asking for the value that it claims."""

        claimed = claims(query.standalone, self._snapshot.segmenter)
        return confirmed(claimed, partial(self._found_for, query), best, self._snapshot.segmenter)

    def _belonging(self, query: Query) -> Found | None:
        """Answer a yes/no question that is not answered itself by the list or the days that it is about."""
        return belonging(
            fallbacks(query.standalone), partial(self._found_for, query), self._snapshot.segmenter
        )

    def _found_for(self, query: Query, question: str) -> Found:
        """Find the answer to another question in a question's place."""
        return self.found(replace(query, standalone=question, form=analyse(question).form))

    def _counted(self, query: Query, asked: Asked) -> Found | None:
        """Count an enumeration of the things asked for, where no number of them is stated."""
        listing = _LISTED.sub("哪些", query.standalone)
        if listing == query.standalone:
            return None
        hits, listed = self._read(replace(query, standalone=listing, form="list"))
        if not listed.evidence or listed.confidence < self._reader.threshold:
            return None
        counting = count_draft(query, asked, listed, self._snapshot.segmenter)
        return Found(hits, listed.confidence, counting, listed.evidence[0]) if counting else None

    def _read(self, query: Query) -> tuple[list[Hit], Reading]:
        hits = self._retriever.search(self._snapshot, query.standalone, query.top_k, query.filters)
        self._clock.lap("retrieve")
        reading = self._reader.read(query, hits, self._snapshot)
        evidence = of_then_first(query.standalone, reading.evidence, self._snapshot.newest_day, SECOND_WITHIN)
        if prefers_newest(query.standalone):
            evidence = newest_first(evidence, _IN_OFFICE_WITHIN if query.form == "person" else SECOND_WITHIN)
        reading = replace(reading, evidence=evidence)
        self._clock.lap("read")
        return hits, reading

    def _stated(self, query: Query, wanted: Calculation) -> Found | None:
        """Return the difference or the total asked for, where bulletins tell it themselves."""
        if wanted.kind not in ("difference", "sum"):
            return None
        standalone = query.standalone if wanted.kind == "difference" else _IN_ALL.sub("", query.standalone)
        whole = self.found(replace(query, standalone=standalone))
        if whole.draft is None:
            return None
        told = (
            tells_difference(query.standalone, whole.draft)
            if wanted.kind == "difference"
            else told_together(wanted, whole.draft)
        )
        return whole if told else None

    def _chosen(self, query: Query) -> Found | None:
        """Answer 「是上午还是下午」 by asking whether each is so, else the whole; ``None`` for no choice."""
        offered = alternatives(query.standalone, self._snapshot.segmenter)
        if offered is None:
            return None
        asked = [replace(query, standalone=one.question, form="yesno") for one in offered]
        chosen = choose(offered, [self.found(one) for one in asked], self._snapshot.segmenter)
        return chosen or picked(offered, self.found(query), self._snapshot.segmenter)

    def _combined(self, query: Query) -> Found | None:
        """Answer a question of several parts, or one that is worked out from several numbers.

        ``None`` for a question that is neither.
        """
        wanted = calculation(query.standalone, self._snapshot.segmenter)
        parts = wanted.operands if wanted else split(query.standalone, self._snapshot.segmenter)
        if len(parts) < 2:
            return None
        follows_up = wanted is None and query.standalone != query.question
        if follows_up and len(split(query.question, self._snapshot.segmenter)) < len(parts):
            return None  # what a follow-up takes from the conversation is no part of what it asks
        if wanted is not None and len(parts) > MOST_PARTS:
            return Found([], 0.0, why=f"一次最多用{MOST_PARTS}个数计算或比较，请分开来问。")
        if wanted is not None and (stated := self._stated(query, wanted)):
            return stated
        if wanted is None:
            parts = list({part.question: part for part in parts}.values())  # who asks twice is told once
        found: list[Found] = []
        for part in parts[:MOST_PARTS]:
            if found and self._clock.late:
                break
            if wanted is None and found and gives_its_number(parts[0].label, part.label, found[0].draft):
                return found[0]
            asked = replace(query, standalone=part.question, form=analyse(part.question).form)
            first = found[0].best if found and found[0].draft is not None else None
            if wanted is None and first is not None and not part.named and self._holds(first.article, part):
                # What names nothing of its own is of the article that answers the first part.
                asked = replace(asked, filters=replace(asked.filters, article_ids=(first.article.id,)))
            found.append(self.found(asked))
        if wanted is not None and len(found) == len(parts):
            return work_out(wanted, found, self._snapshot.segmenter)
        if wanted is not None:
            return Found([], 0.0, why="查阅各个数的时间太长，没有算完，请分开来问。")
        together = put_together(parts[: len(found)], found, self._reader.threshold, self._snapshot.segmenter)
        if len(found) == len(parts):
            return together
        note = f"问题共有{len(parts)}个部分，只查了前{len(found)}个，其余的请另外提问。"
        return replace(together, note=note)

    def _holds(self, article: Article, part: Part) -> bool:
        """Tell whether an article has all that a part of a question names."""
        words = self._snapshot.segmenter.tagged(part.label)
        named = [word for word, tag, _ in words if len(word) > 1 and tag.startswith(("n", "vn"))]
        told = fold(f"{article.title}\n{article.body}")
        return all(fold(word) in told for word in named)


def articles_of(hits: Sequence[Hit]) -> list[Article]:
    """Return the articles of hits, the best first, each once."""
    return list({hit.article.id: hit.article for hit in hits}.values())
