"""Example questions drawn from the corpus itself, kept only when the service answers them right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from qa.text import HAN, sentence_spans
from qa.types import Answer, Article

_COUNTED = re.compile(
    rf"(?:^|[,,、;;])(?:共有|现有|建成|拥有|新增|开设)?(?P<noun>[{HAN}]{{3,10}}?)(?P<number>\d+(?:余|多)?)(?P<unit>[家个所项户名])(?=[,,、;;。])"
)
_OFFICE = re.compile(
    rf"(?P<office>[{HAN}]{{1,6}}(?:书记|区长|县长|市长|镇长|局长|主任|院长|校长))(?P<name>[{HAN}]{{2,3}}?)(?=表示|指出|强调|介绍|说)"
)
_NOT_A_NOUN = re.compile(r"[共有为达和与及在的了]")


def candidates(articles: Sequence[Article]) -> Iterator[tuple[str, str]]:
    """Yield ``(question, what the answer must hold)``, taking turns among the articles."""
    queues = [list(_of_article(article)) for article in articles]
    while any(queues):
        for queue in queues:
            if queue:
                yield queue.pop(0)


def _of_article(article: Article) -> Iterator[tuple[str, str]]:
    for start, end in sentence_spans(article.body):
        sentence = article.body[start:end]
        for match in _COUNTED.finditer(sentence):
            if not _NOT_A_NOUN.search(match["noun"]):
                yield f"{match['noun']}有多少{match['unit']}?", match["number"] + match["unit"]
        for match in _OFFICE.finditer(sentence):
            yield f"{match['office']}是谁?", match["name"]
    if article.date_text:
        yield f"{article.title.split(' ')[-1]}是哪天的事?", article.date_text


def verified(
    articles: Sequence[Article],
    ask: Callable[[str], Answer],
    count: int,
    stop: Callable[[], bool] = lambda: False,
) -> list[str]:
    """Return up to ``count`` example questions whose answers hold what the corpus says.

    Tries at most four times as many candidates; asked before each, ``stop`` ends the search early.
    """
    found: list[str] = []
    for tried, (question, expected) in enumerate(candidates(articles)):
        if len(found) == count or tried == 4 * count or stop():
            break
        if question in found:
            continue
        answer = ask(question)
        if answer.answered and expected in (answer.short_answer or answer.answer):
            found.append(question)
    return found
