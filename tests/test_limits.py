"""Hours and ages that a text sets: decided where they are certain, left open otherwise."""

from __future__ import annotations

import pytest

from qa.answers.limits import gets_a_benefit, within_ages, within_births, within_hours

HOURS = "挂号提前3天,门诊时间为上午8时至12时、下午2时30分至5时30分,急诊24小时开放。"
BUS = "17路首班车6时30分、末班车20时30分,每10分钟一班。"


@pytest.mark.parametrize(
    ("statement", "said", "words", "expected"),
    [
        ("门诊晚上7点能看", HOURS, ["门诊"], False),
        ("门诊早上9点能挂", HOURS, ["门诊"], True),
        ("门诊中午休息", HOURS, ["门诊"], True),
        ("急诊晚上开", HOURS, ["急诊"], True),
        ("药房晚上开", HOURS, ["药房"], None),  # 门诊 or 急诊, who knows
        ("门诊7点能看", HOURS, ["门诊"], None),  # in the morning or in the evening
        ("门诊周六晚上开", HOURS, ["门诊"], None),
        ("大厅中午休息", "大厅周一至周五9时至12时、13时30分至17时办公,周六9时至12时办公。", ["大厅"], True),
        ("大厅中午休息", "大厅周一至周五9时至17时办公,周六9时至12时办公。", ["大厅"], None),
        ("大桥夜间开", "大桥21时至次日5时封闭施工,服务热线12345。", ["大桥"], None),
        ("17路晚上九点还有车", BUS, [], False),
        ("17路晚上八点还有车", BUS, [], True),
        ("17路早上六点有车", BUS, [], False),
        ("17路早上六点有车", "17路末班车20时30分。", [], None),
    ],
)
def test_hours(statement: str, said: str, words: list[str], expected: bool | None) -> None:
    told = within_hours(statement, said, words)
    assert (told and told[0]) is expected


@pytest.mark.parametrize(
    ("statement", "said", "expected"),
    [
        ("29岁能报名", "招聘28岁以下的硕士研究生。", False),
        ("27岁能报名", "招聘28周岁及以下的硕士研究生。", True),
        ("65岁以下能免费体检", "体检对象为65周岁及以上常住居民。", False),
        ("70岁能免费体检", "体检对象为65周岁及以上常住居民。", True),
        ("40岁能报考", "年龄在18周岁以上、35周岁以下。", False),
        ("20岁能报考", "年龄在18至35周岁。", True),
        # one that is not for all, or that bars
        ("40岁能报考", "年龄在35周岁以下,硕士放宽到40周岁。", None),
        ("16岁能入场", "18周岁以下不得入场。", None),
        ("50岁能用餐", "对60岁以下的来客,按成本收费。", None),
        # nothing is asked of being allowed, or no age told
        ("他29岁", "招聘28岁以下的硕士研究生。", None),
        ("29岁能报名", "报名时间为5月1日至8日。", None),
    ],
)
def test_ages(statement: str, said: str, expected: bool | None) -> None:
    told = within_ages(statement, said)
    assert (told and told[0]) is expected


FARES = "60至69周岁老人持卡半价,70周岁以上老人免费,身高1.2米以下儿童免费。"


@pytest.mark.parametrize(
    ("statement", "said", "expected"),
    [
        ("63岁的人坐船有优惠", FARES, True),
        ("63岁的人坐船免费", FARES, False),
        ("75岁的人坐船免费", FARES, True),
        ("70岁的人坐船免费", FARES, True),
        # of no such age, nothing asked of paying less, two clauses on one age
        ("45岁的人坐船有优惠", FARES, None),
        ("63岁的人能坐船", FARES, None),
        ("72岁的人门票免费", "65周岁以上老人半价,70周岁以上老人免费。", None),
        ("63岁的人坐船有优惠", "60周岁以上老人周末不享受半价。", None),
    ],
)
def test_what_an_age_pays(statement: str, said: str, expected: bool | None) -> None:
    told = gets_a_benefit(statement, said)
    assert (told and told[0]) is expected


@pytest.mark.parametrize(
    ("statement", "said", "expected"),
    [
        ("娃2016年9月出生的能报名", "招收2016年8月31日(含)以前出生的儿童。", False),
        ("娃2016年8月31日出生的能报名", "招收2016年8月31日及以前出生的儿童。", True),
        ("娃2016年8月出生的能报名", "招收2016年8月15日以前出生的儿童。", None),
        ("1990年出生的能报考", "限1988年1月1日以后出生。", True),
        ("1985年出生的能报考", "限1988年1月1日以后出生。", False),
        ("2016年9月报名可以吗", "招收2016年8月31日以前出生的儿童。", None),
        ("1985年出生的能报考", "限1988年1月1日以后出生,硕士放宽到1983年1月1日以后出生。", None),
    ],
)
def test_who_was_born_when(statement: str, said: str, expected: bool | None) -> None:
    told = within_births(statement, said)
    assert (told and told[0]) is expected
