"""The parts that read a reply: sentences out of pieces, figures and dates in any notation, settings."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from qa.config import load_settings
from qa.errors import ConfigError
from qa.llm import GenerativeAnswerer
from qa.llm.client import ChatClient
from qa.llm.polarity import denials
from qa.llm.quantities import days, quantities
from qa.llm.sentences import Claim, SentenceCutter, parse_claim
from qa.text import Segmenter

KEY = "sk-test-geheim-456"
SEGMENTER = Segmenter()


def cut(pieces: list[str]) -> list[str]:
    cutter = SentenceCutter()
    found = [sentence for piece in pieces for sentence in cutter.feed(piece)]
    return [*found, *filter(str.strip, [cutter.finish()])]


@pytest.mark.parametrize(
    ("reply", "sentences"),
    [
        ("甲。[1]乙[2]。丙", ["甲。[1]", "乙[2]。", "丙"]),
        ("甲。 [1] [2]\n乙。", ["甲。 [1] [2]", "\n", "乙。"]),
        ("他说：“好。我们干！”[3]完。", ["他说：“好。我们干！”[3]", "完。"]),
        ("增长3.5%。[1]", ["增长3.5%。[1]"]),
        ("甲[1]\n乙[2]\n", ["甲[1]\n", "乙[2]\n"]),
        ("<think>想。[1]</think>甲。[2]", ["甲。[2]"]),
        ("<think>想不完", []),
        ("“没有收尾的引号。甲。[1]", ["“没有收尾的引号。甲。[1]"]),
    ],
)
def test_a_reply_is_cut_into_sentences_with_their_marks(reply: str, sentences: list[str]) -> None:
    expected = [s for s in sentences if s.strip()]
    assert [s.strip("\n") for s in cut([reply])] == [s.strip("\n") for s in expected]


@given(st.text(alphabet="甲乙。！\n[]12，“”<think>/ ", max_size=60), st.integers(1, 7))
def test_how_a_reply_is_cut_does_not_depend_on_how_it_came(reply: str, size: int) -> None:
    pieces = [reply[i : i + size] for i in range(0, len(reply), size)]
    assert "".join(cut(pieces)).split() == "".join(cut([reply])).split()


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("共22家。[1]", Claim("共22家。", (1,))),
        ("共22家[1][2]。", Claim("共22家。", (1, 2))),
        ("共22家［１］【2、3】", Claim("共22家。", (1, 2, 3))),
        ("1. **共**22家[1]", Claim("共22家。", (1,))),
        ("- 3.5亿元[1]", Claim("3.5亿元。", (1,))),
        ("共22家[1", None),
        ("共22家[[1]]。", None),
        ("[1]。", None),
        ("共" * 301 + "[1]", None),
    ],
)
def test_a_sentence_is_read_without_its_marks(sentence: str, claim: Claim | None) -> None:
    assert parse_claim(sentence) == claim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("六十一家", [(61, "家", "")]),
        ("1,200.5万元", [(12_005_000, "元", "")]),
        ("近千人", [(1000, "人", "below")]),
        ("三百余次", [(300, "次", "above")]),
        ("约40多亿元", [(4e9, "元", "about")]),
        ("几十名、数百位", [(10, "人", "several"), (100, "人", "several")]),
        ("百分之三十六点五", [(36.5, "%", "")]),
        ("三分之一", [(1 / 3, "", "")]),
        ("第十七届", [(17, "第届", "")]),
        ("35岁以下", [(35, "岁", "below")]),
        ("二三十人", [(-1, "二三十人", "")]),
        ("零下5度、-3℃", [(-5, "度", ""), (-3, "度", "")]),
        ("100万千瓦时,5千瓦", [(1e6, "千瓦时", ""), (5, "千瓦", "")]),
        ("9:30", [(9.5, "时", "")]),
        ("2021年12月6日", []),
    ],
)
def test_figures_are_read_in_any_notation(text: str, expected: list[tuple[float, str, str]]) -> None:
    found = [(q.value, q.unit, q.hedge) for q in quantities(text)]
    assert [unit for _, *unit in found] == [unit for _, *unit in expected]
    assert [value for value, *_ in found] == pytest.approx([value for value, *_ in expected])


@pytest.mark.parametrize("text", ["300至500元", "300元至500元", "300-500元", "300元—500元", "300~500元"])
def test_a_range_is_one_figure(text: str) -> None:
    (found,) = quantities(text)
    assert (found.low, found.value, found.unit) == (300, 500, "元")


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("增加35家", "change"), ("增长了25%", "change"), ("增幅为25%", "change"), ("增至35家", "level"),
        ("下降到约5%", "level"), ("由5元上调为8元", "level"), ("新增企业35家", "part"), ("增加值35亿元", ""),
        ("共35家", ""),
    ],
)  # fmt: skip
def test_a_figure_tells_a_level_or_a_change(text: str, change: str) -> None:
    assert quantities(text)[-1].change == change


@given(st.integers(0, 10**12), st.sampled_from(["家", "元", "%", "公里"]))
def test_a_written_number_is_read_back(n: int, unit: str) -> None:
    (found,) = quantities(f"共{n:,}{unit}")
    assert (found.value, found.unit, found.hedge) == (n, unit, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年12月6日", [(2021, 12, 6)]),
        ("二〇二一年十二月六日", [(2021, 12, 6)]),
        ("2021-12-06", [(2021, 12, 6)]),
        ("12月6号", [(None, 12, 6)]),
        ("去年12月", [(2021, 12, None)]),
        ("明年", [(2023, None, None)]),
        ("共12个月", []),
    ],
)
def test_dates_are_read_in_any_notation(text: str, expected: list[tuple[int | None, ...]]) -> None:
    assert [(d.year, d.month, d.day) for d in days(text, dt.date(2022, 5, 1))] == expected


@pytest.mark.parametrize(
    ("clause", "count"),
    [
        ("未发生人员伤亡", 1), ("不再收取费用", 1), ("并非没有困难", 2), ("无需预约", 1), ("严禁烟火", 1),
        ("落实不到位", 1), ("不同意加装", 1), ("质量不过关", 1), ("非法经营", 1), ("难以完工", 1),
        ("用水不足", 1),
        ("不足三家", 0), ("做法不同", 0), ("非洲客商", 0),
        ("不断完善制度", 0), ("非常重要的未来规划", 0), ("无人机巡查", 0), ("不少于三家", 0), ("分别介绍", 0),
    ],
)  # fmt: skip
def test_denials_are_counted(clause: str, count: int) -> None:
    assert denials(clause, SEGMENTER) == count


@pytest.fixture
def no_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("llm_base_url", "127.0.0.1:8080"),
        ("llm_base_url", "file:///etc/passwd"),
        ("llm_base_url", "http://"),
        ("llm_base_url", "http://user:geheim@host/v1"),
        ("llm_base_url", "http://host/v1?key=geheim"),
        ("llm_base_url", "http://host:99999/v1"),
        ("llm_api_key", "geheim\n"),
        ("llm_api_key", "geheim 2"),
        ("llm_api_key", "秘密geheim"),
        ("llm_timeout", "0"),
        ("llm_timeout", "inf"),
        ("llm_read_timeout", "soon"),
    ],
)
def test_a_wrong_setting_is_named_and_not_repeated(no_env_file: None, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"QA_{name.upper()}：[^a-z]*") as caught:
        load_settings(**{name: value})
    assert "geheim" not in str(caught.value)


def test_the_model_is_off_unless_there_is_an_address(no_env_file: None) -> None:
    assert GenerativeAnswerer.from_settings(load_settings(llm_model="m", llm_api_key=KEY), None) is None
    settings = load_settings(llm_base_url="http://127.0.0.1:9/v1", llm_api_key=KEY)
    assert KEY not in repr(settings)
    with pytest.raises(ConfigError, match="QA_LLM_MODEL"):
        GenerativeAnswerer.from_settings(settings, None)


def test_a_missing_http_client_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", None)
    command = re.escape(f"{sys.executable} -m pip install 'bulletin-qa[llm]'")
    with pytest.raises(ConfigError, match=command):
        ChatClient("http://127.0.0.1:9/v1", "m", SecretStr(KEY))
