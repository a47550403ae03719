"""Retrieval on CMRC-2018 dev, every paragraph an article: recall@1, recall@5 and MRR of each retriever.

    python -m benchmarks.retrieval --data DATA [--contexts 300] [--all-questions]

By default the first 300 paragraphs with the first question of each.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.corpus import cmrc_set, snapshot_of
from qa.evaluation import normalise
from qa.index.lexical import LexicalIndex
from qa.index.passages import encoder_text
from qa.index.snapshot import Snapshot
from qa.models.encoder import Encoder
from qa.search.retrieval import Retriever, Scored, z_scores
from qa.text import bigrams, fold, simplify

Ranker = Callable[[str], np.ndarray]


def rankers(snapshot: Snapshot, encoder: Encoder) -> dict[str, Ranker]:
    """Return functions from a question to a score for every passage."""
    titles = {a.id: a.title for a in snapshot.articles}
    texts = [encoder_text(titles[p.article_id], p.text) for p in snapshot.passages]
    words = LexicalIndex.build(snapshot.segmenter.words(t) for t in texts)
    pairs = LexicalIndex.build(bigrams(fold(t)) for t in texts)
    retriever = Retriever(encoder)
    everything = np.arange(len(texts))

    def dense(question: str) -> np.ndarray:
        return snapshot.vectors.scores_of(encoder.encode_queries([simplify(question)])[0], everything)

    def lexical(question: str) -> np.ndarray:
        return snapshot.lexical.scores(snapshot.segmenter.search_tokens(question))

    def reciprocal(question: str) -> np.ndarray:
        return sum(1 / (60 + ranks(scores)) for scores in (dense(question), lexical(question)))  # type: ignore[return-value]

    def weighted(weight: float) -> Ranker:
        return lambda q: (1 - weight) * z_scores(dense(q)) + weight * z_scores(lexical(q))

    def shipped(question: str) -> np.ndarray:
        scored: Scored = retriever.score(snapshot, question)
        scores = np.full(len(texts), -np.inf)
        scores[scored.rows] = scored.fused
        return scores

    return {
        "dense": dense,
        "BM25, jieba words only": lambda q: words.scores(snapshot.segmenter.words(q)),
        "BM25, character bigrams only": lambda q: pairs.scores(bigrams(fold(q))),
        "lexical (BM25, both)": lexical,
        "rank fusion (RRF, k = 60)": reciprocal,
        **{f"z-scores over all, {w:.1f} lexical": weighted(w) for w in (0.1, 0.3, 0.5)},
        "fused (as shipped)": shipped,
    }


def ranks(scores: np.ndarray) -> np.ndarray:
    """Return the 1-based rank of every row, ties by row."""
    order = np.lexsort((np.arange(len(scores)), -scores))
    result = np.empty(len(scores))
    result[order] = np.arange(1, len(scores) + 1)
    return result


def article_rank(scores: np.ndarray, owners: Sequence[str], right: str) -> int:
    """Return the 1-based rank of an article by its best passage."""
    seen: list[str] = []
    for row in np.lexsort((np.arange(len(scores)), -scores)):
        if owners[row] not in seen:
            seen.append(owners[row])
            if owners[row] == right:
                break
    return len(seen)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    parser.add_argument("--contexts", type=int, default=300)
    parser.add_argument("--all-questions", action="store_true")
    args = parser.parse_args()
    encoder = Encoder.load("default", args.models)
    questions = cmrc_set(args.data, args.contexts, one_each=not args.all_questions)
    snapshot = snapshot_of(questions.articles, encoder)
    by_title = {normalise(a.title): a.id for a in snapshot.articles}
    owners = [p.article_id for p in snapshot.passages]
    print(f"{len(snapshot.articles)} articles, {len(owners)} passages, {len(questions.cases)} questions")
    print(f"{'retriever':34} recall@1 recall@5    MRR")
    for name, ranker in rankers(snapshot, encoder).items():
        found = np.array(
            [
                article_rank(ranker(c.question), owners, by_title[normalise(c.articles[0])])
                for c in questions.cases
            ]
        )
        print(
            f"{name:34} {np.mean(found == 1):8.4f} {np.mean(found <= 5):8.4f} {np.mean(1 / found):6.4f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
