"""What a run tells the editor of the articles it took in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qa.amendments.corrections import Corrections
from qa.errors import WithdrawalError
from qa.index.differences import Differences
from qa.storage import withdrawals
from qa.types import Article, Failure

_DONE = {"whole": "取代了", "part": "更正了"}


def remarks(
    data_dir: Path, articles: Sequence[Article], differences: Differences, found: Corrections
) -> list[Failure]:
    """Return what an editor should know of new articles: what they correct, what was withdrawn.

    Args:
        data_dir: where the withdrawals are kept.
        articles: all of them.
        differences: which of them are new.
        found: the corrections among them.
    """
    new = {ref.id for ref in (*differences.added, *differences.changed)}
    said = [
        Failure(
            c.newer.source,
            f"《{c.newer.title}》{_DONE[c.kind]}《{c.older.title}》（{c.older.source}）",
        )
        for c in found.all
        if c.newer.id in new
    ]
    said += [
        Failure(a.source, f"《{a.title}》像是更正，但看不出更正的是哪一篇，没有据此改动")
        for a in found.unresolved
        if a.id in new
    ]
    try:
        withdrawn = withdrawals.read(data_dir)
    except WithdrawalError as error:
        return [*said, Failure(str(data_dir / withdrawals.WITHDRAWN_FILE), str(error))]
    out = withdrawn.of(articles)
    for article in articles:
        if article.id not in new:
            continue
        if article.id in out:
            said.append(
                Failure(article.source, f"《{article.title}》已撤回，仍不用于回答；要用请运行 qa restore")
            )
        elif withdrawn.same_headline(article):
            said.append(
                Failure(article.source, f"《{article.title}》与一篇已撤回的文章同题而内容不同，已照常收录")
            )
    return sorted(said, key=lambda remark: remark.source)
