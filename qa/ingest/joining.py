"""Articles are joined whose parts stand in several files of an issue, in the library or in an archive."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from qa.parsing.bulletin import article_of
from qa.parsing.continuations import Fragment
from qa.parsing.mates import Mates, find_mates
from qa.storage.library import Library
from qa.types import Article, Failure


@dataclass(frozen=True, slots=True)
class Joined:
    """What there is to say after joining."""

    sources: frozenset[str]
    """That hold the rest of an article which begins elsewhere."""
    notes: tuple[Failure, ...]


def join_across_files(library: Library, read: Collection[str]) -> Joined:
    """Join what belongs together of all that the library holds, and take apart what no longer does.

    The outcome depends on the files' own parts alone, which the library keeps beside what is made of
    them: whatever was joined before, by a run that was cut off too, is made right.

    Args:
        library: written under the build lock.
        read: sources that were read anew; what they lack is remarked on, as is what has lost its mate.
    """
    fragments = library.fragments()
    if not fragments:
        return Joined(frozenset(), ())
    mates = find_mates(fragments)
    changed = library.put_joined(joined_articles(mates).values())
    notes = [
        Failure(fragment.source, remark)
        for fragment, remark in _open_ends(mates, "没有找到它的{}")
        if fragment.source in read or (fragment.source, fragment.position) in changed
    ]
    sources = {rest[0].source for _, *rests in mates.articles for rest in rests}
    return Joined(frozenset(sources), tuple(notes))


def join_in_upload(
    articles: Iterable[Article], fragments: Collection[Fragment]
) -> tuple[list[Article], list[tuple[str, str]]]:
    """Join what belongs together of the files in an archive, or leave a single file as it is.

    Returns:
        The articles, and source and remark, in Chinese, of each part that is still to find its mate.
    """
    mates = find_mates(fragments)
    joined = joined_articles(mates)
    places = {(fragment.source, fragment.position) for fragment in fragments}
    found = []
    for article in articles:
        place = (article.source, article.position)
        if place not in places:
            found.append(article)
        elif place in joined:
            found.append(joined[place])
    missing = "它的{}不在这个文件里，收录时到同一期的其他文件里找"
    return found, [(fragment.source, remark) for fragment, remark in _open_ends(mates, missing)]


def joined_articles(mates: Mates) -> dict[tuple[str, int], Article]:
    """Return the article at each place where one begins, by source and position."""
    return {
        (begins.source, begins.position): article_of([begins, *(rest[0] for rest in rests)])
        for beginning, *rests in mates.articles
        for begins in beginning
    }


def _open_ends(mates: Mates, missing: str) -> Iterator[tuple[Fragment, str]]:
    """Yield each fragment with an end that found no mate, and what there is to say of it, in Chinese.

    Args:
        mates: what was found.
        missing: what is said where nothing fits, with a place for what it is that is missing.
    """
    for parts in mates.articles:
        for copies, mark, lacks in ((parts[-1], "下转", "续文"), (parts[0], "上接", "开头")):
            for fragment in copies:
                end = fragment.goes_on if mark == "下转" else fragment.rest_of
                if end:
                    doubtful = fragment in mates.doubtful
                    why = f"像是它{lacks}的不止一处，没有接上" if doubtful else missing.format(lacks)
                    yield fragment, f"文章{mark}第{end.names}版，{why}：{_named(fragment)}"


def _named(fragment: Fragment) -> str:
    return fragment.headline or (fragment.lines[0][:30] if fragment.lines else "（没有文字）")
