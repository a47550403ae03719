"""Which passages need not be cut into search tokens again.

Cutting with jieba was nine tenths of an update. How a text is cut depends on itself and on those of the
taught words that stand in it, see :class:`qa.text.Segmenter`; so a passage that an earlier index holds is cut
again only where a word stands in it that was learnt or forgotten since.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import eq

import numpy as np
from numpy.typing import NDArray

from qa.index.columns import Columns
from qa.index.lexical import LexicalIndex
from qa.language.corpus_words import CorpusWords
from qa.text import Segmenter, Taught, bigrams, fold, fold_all

_PROBES = 8
_CLAUSE = re.compile(r"[^\s,、。;:!?()《》“”]+")
"""What jieba cuts by itself: a text's tokens are those of its clauses."""
_MANY_WORDS = 2000
"""So many changed words stand in so many passages that it is quicker to cut all of them again."""


@dataclass(frozen=True, slots=True)
class Cut:
    """How an earlier generation's passages were cut into search tokens, for the next one to use."""

    columns: Columns
    lexical: LexicalIndex
    """Row i is passage i."""
    words: CorpusWords


def index_tokens(columns: Columns, taught: Sequence[Taught]) -> LexicalIndex:
    """Return the index of the tokens of some passages.

    Args:
        columns: row i of the index is their passage i.
        taught: what the segmenter that cuts them is taught.
    """
    none = np.full(len(columns.places), -1, np.int64)
    return _with_fresh(LexicalIndex.build([]), none, columns, taught)


def revised_tokens(cut: Cut, columns: Columns, taught: Sequence[Taught]) -> LexicalIndex | None:
    """Return :func:`index_tokens`, made without cutting again what an earlier generation cut the same.

    ``None`` where other code cut that generation.
    """
    rows = _rows_cut_the_same(cut, columns, taught)
    if not _cuts_the_same(cut.lexical, rows, columns, taught):
        return None
    return _with_fresh(cut.lexical, rows, columns, taught)


def _with_fresh(
    known: LexicalIndex, rows: NDArray[np.int64], columns: Columns, taught: Sequence[Taught]
) -> LexicalIndex:
    """Return the index of passages of which some have rows in a known index; the others are cut."""
    fresh = np.flatnonzero(rows < 0).tolist()
    if not fresh:
        return known.revised(rows, ())
    segmenter = Segmenter.for_texts(taught, columns.texts(fresh))
    # One at a time: the tokens of a whole corpus take more memory than its index.
    return known.revised(rows, (segmenter.search_tokens(columns.text(row)) for row in fresh))


def _rows_cut_the_same(cut: Cut, columns: Columns, taught: Sequence[Taught]) -> NDArray[np.int64]:
    """Return the row of each passage in an earlier index where its tokens are the same, -1 elsewhere.

    They are the same where none of the words stands in it that were taught then or now only.
    """
    rows = np.full(len(columns.places), -1, np.int64)
    if not len(cut.columns.places) or not len(rows):
        return rows
    before = cut.words.taught
    same = len(taught) == len(before) and all(map(eq, taught, before))
    changed = set() if same else {word for word, *_ in frozenset(before) ^ frozenset(taught)}
    if len(changed) > _MANY_WORDS:
        return rows
    numbers = cut.columns.numbers()
    now = columns.places.copy()
    now[:, 0] = np.array([numbers.get(identifier, -1) for identifier in columns.ids])[now[:, 0]]
    rows = _find_rows(cut.columns.places, now)
    holding = _standing_in(changed, cut.lexical, rows, columns)
    for at in _cut_otherwise(holding, changed, before, taught):
        rows[at] = -1
    return rows


def _cut_otherwise(
    holding: Mapping[int, str],
    changed: Collection[str],
    before: Sequence[Taught],
    now: Sequence[Taught],
) -> list[int]:
    """Return which of the texts that hold a changed word are cut otherwise than before.

    Most are not: a word that jieba cuts the same untaught changes none. A clause tells that much sooner than
    its text.

    Args:
        holding: the texts, folded.
        changed: the words.
        before: what was taught before.
        now: what is taught.
    """
    if not holding:
        return []
    clauses = {
        at: [c for c in dict.fromkeys(_CLAUSE.findall(text)) if any(word in c for word in changed)]
        for at, text in holding.items()
    }
    every = [clause for each in clauses.values() for clause in each]
    one, other = Segmenter.for_texts(before, every), Segmenter.for_texts(now, every)
    return [
        at
        for at, each in clauses.items()
        if any(one.search_tokens(clause) != other.search_tokens(clause) for clause in each)
    ]


def _find_rows(places: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each row of ``(m, 3)`` one of ``(n, 3)`` that equals it, -1 where none is found."""
    keys, wanted_keys = (each[:, 0] << 32 | each[:, 1] for each in (places, wanted))
    order = np.argsort(keys)
    rows: NDArray[np.int64] = order[np.minimum(np.searchsorted(keys[order], wanted_keys), len(keys) - 1)]
    rows[(places[rows] != wanted).any(axis=1)] = -1
    return rows


def _standing_in(
    words: Collection[str],
    lexical: LexicalIndex,
    rows: NDArray[np.int64],
    columns: Columns,
) -> dict[int, str]:
    """Return the folded texts of the passages with a row in an index that hold one of some folded words."""
    place_of = np.full(len(lexical), -1, np.int64)
    place_of[rows[rows >= 0]] = np.flatnonzero(rows >= 0)
    found: dict[int, str] = {}
    anywhere: list[str] = []
    for word in words:
        pairs = [f"_{pair}" for pair in bigrams(word) if len(pair) > 1]
        if not pairs:
            anywhere.append(word)
            continue
        # Every pair of ideographs of a text is a token: few passages hold all pairs of a word.
        holding = lexical.rows_of(pairs[0])
        for pair in pairs[1:]:
            holding = np.intersect1d(holding, lexical.rows_of(pair), assume_unique=True)
        places = [at for at in place_of[holding].tolist() if at >= 0 and at not in found]
        folded = ((at, fold(columns.text(at))) for at in places)
        found.update((at, text) for at, text in folded if word in text)
    if anywhere:
        places = np.flatnonzero(rows >= 0).tolist()
        texts = fold_all([columns.text(at) for at in places])
        found.update(
            (at, text)
            for at, text in zip(places, texts, strict=True)
            if any(word in text for word in anywhere)
        )
    return found


def _cuts_the_same(
    lexical: LexicalIndex,
    rows: NDArray[np.int64],
    columns: Columns,
    taught: Sequence[Taught],
) -> bool:
    """Tell whether the code of today cuts a few passages as that which made an index."""
    reused = np.flatnonzero(rows >= 0)
    probes = reused[:: max(1, len(reused) // _PROBES)].tolist()
    segmenter = Segmenter.for_texts(taught, columns.texts(probes))
    return all(
        lexical.holds(int(rows[at]), Counter(segmenter.search_tokens(columns.text(at)))) for at in probes
    )
