"""What is told before a clause that only mentions a thing is not what the thing is for."""

from __future__ import annotations

import pytest

from qa.reading.uses import is_of_another_use


@pytest.mark.parametrize(
    ("question", "sentence", "short", "another"),
    [
        ("孵化园是干啥的", "镇里看重人才引进,建起孵化园,吸引青年返乡。", "人才引进", True),
        ("孵化园有什么用?", "镇里看重人才引进;建起孵化园。", "人才引进", True),
        ("孵化园是干啥的", "镇里看重人才引进,建起孵化园,吸引青年返乡。", "吸引青年返乡", False),
        ("孵化园是做什么用的?", "镇里建起培育小企业的孵化园。", "培育小企业", False),
        ("李兰是干什么的?", "县医院护士长李兰到场。", "县医院护士长", False),
        ("李兰是干什么的?", "作为县医院护士长,李兰到场。", "县医院护士长", False),
        ("便民站是干什么的?", "为方便群众办事,镇里建起便民站。", "方便群众办事", False),
        ("二七管家是干什么用的?", "帮居民报修、缴费,二七管家样样能办。", "帮居民报修、缴费", False),
        ("李兰是干什么的?", "毕业后回乡当村医,人们都叫李兰大姐。", "村医", False),
        ("孵化园哪天开的?", "5月1日,孵化园开园。", "5月1日", False),
        ("孵化园是干啥的", "这里看重人才引进,吸引青年。", "人才引进", False),
    ],
)
def test_what_a_thing_is_for(question: str, sentence: str, short: str, another: bool) -> None:
    at = sentence.index(short)
    assert is_of_another_use(question, sentence, (at, at + len(short))) == another


def test_nothing_marked_tells_nothing() -> None:
    assert not is_of_another_use("孵化园是干啥的", "镇里看重人才引进,建起孵化园。", None)
