"""What a run tells the editor of the articles it took in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from qa.amendments import corrections
from qa.errors import WithdrawalError
from qa.storage import withdrawals
from qa.types import Article, Failure

_DONE = {"whole": "取代了", "part": "更正了"}


def remarks(
    data_dir: Path, new: Sequence[Article], articles: Callable[[], Sequence[Article]]
) -> list[Failure]:
    """Return what an editor should know of new articles: what they correct, what was withdrawn.

    Args:
        data_dir: where the withdrawals are kept.
        new: those that are new or changed.
        articles: returns all articles; called only where a new one calls itself a correction.
    """
    identifiers = {article.id for article in new}
    found = corrections.find(articles()) if any(map(corrections.is_marked, new)) else corrections.NONE
    said = [
        Failure(
            c.newer.source,
            f"《{c.newer.title}》{_DONE[c.kind]}《{c.older.title}》（{c.older.source}）",
        )
        for c in found.all
        if c.newer.id in identifiers
    ]
    said += [
        Failure(a.source, f"《{a.title}》像是更正，但看不出更正的是哪一篇，没有据此改动")
        for a in found.unresolved
        if a.id in identifiers
    ]
    try:
        withdrawn = withdrawals.read(data_dir)
    except WithdrawalError as error:
        return [*said, Failure(str(data_dir / withdrawals.WITHDRAWN_FILE), str(error))]
    out = withdrawn.of(new)
    for article in new:
        if article.id in out:
            said.append(
                Failure(article.source, f"《{article.title}》已撤回，仍不用于回答；要用请运行 qa restore")
            )
        elif withdrawn.same_headline(article):
            said.append(
                Failure(article.source, f"《{article.title}》与一篇已撤回的文章同题而内容不同，已照常收录")
            )
    return sorted(said, key=lambda remark: remark.source)
