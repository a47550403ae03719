"""What a reader asks as the reporter of an interview did is answered by what stands behind it."""

from __future__ import annotations

import pytest
from evidence import article, evidence, query, reading

from qa.answers.interviews import answered_in_interview
from qa.text import Segmenter, sentence_spans
from qa.understanding.questions import analyse

BODY = (
    "记者:您是什么时候开始学漆画的?\n林苇:1998年,我刚满二十。\n"
    "记者:工作室有多少人?\n林苇:12人,都是本地的。\n记者:累吗?\n林苇:不累。"
)
SEGMENTER = Segmenter(people=["林苇"])


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("林苇哪年开始学漆画的?", "1998年"),
        ("林苇的工作室有多少人?", "12人"),
        ("林苇哪年开始学木雕的?", None),
        ("林苇为什么开始学漆画?", None),
    ],
)
def test_the_answer_behind_the_reporters_question(question: str, short: str | None) -> None:
    written = article(BODY)
    all_of_it = [evidence(written, n) for n in range(len(sentence_spans(BODY)))]
    answers = [e for e in all_of_it if not e.quote.startswith("记者")]
    told = answered_in_interview(query(question), analyse(question), reading(*answers), SEGMENTER)
    assert (told and told.short) == short
