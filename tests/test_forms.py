"""Every form of answer end to end, with the real model, on a page of an invented county."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from forms_page import PAGE
from test_answering import check_contract

from qa.assembly import index
from qa.config import load_settings
from qa.models.encoder import Encoder
from qa.models.span_model import CharacterSpanModel
from qa.service import Service
from qa.types import Turn

# Short answer and part of the answer; both None for what must be refused.
QUESTIONS = {
    "新馆藏书多少册?": "45万册",
    "少儿图书有多少册?": "12万册",
    "今年检查了多少次渡船?": "300余次",
    "渡口几点开放?": "每日6时至19时",
    "进图书馆要预约吗?": "否，无需预约",
    "农技员去了哪三个乡镇?": "石桥、柳溪、白沙",
    "新馆位于哪里?": "芦花路与江堤路交叉口",
}
REFUSED = {
    "副县长为什么辞职?": "false_premise",
    "为什么取消春耕动员会?": "false_premise",
    "那个呢?": "unclear",
    "今天天气怎么样?": "out_of_scope",
    "12加30等于几?": "out_of_scope",
    "渡口和渡船一共多少?": "no_evidence",
}
OTHERS = [
    "整治行动提了哪些要求?",
    "平安渡口行动谁牵头,持续多久?",
    "新馆什么时候、在哪里开馆?",
    "石桥镇和柳溪镇的早稻加起来多少亩?",
    "石桥镇和柳溪镇哪个早稻种得多?",
    "馆长是谁,馆长家里有几口人?",
    "全县完成了多少春耕备耕面积?",
    "周一能去新馆看书吗?",
    "冉青禾说要做到什么?",
    "新馆设有几个馆?",
    "行动启动的时间和地点?",
    "渡船收费吗?",
    "谁?",
    "哪些?和哪些?",
    "甲和乙加起来多少?",
    "、和、哪个多?",
]


@pytest.fixture(scope="module")
def county(
    default_model_dir: Path,
    encoder: Encoder,
    span_model: CharacterSpanModel,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("county")
    (folder / "2024-04-20.txt").write_text(PAGE, encoding="utf-8")
    (folder / "data").mkdir()
    (folder / "data" / "models").symlink_to(default_model_dir.parent)
    settings = load_settings(data_dir=folder / "data", seeds_dir=folder)
    index(settings, encoder, [folder / "2024-04-20.txt"])
    service = Service(settings, encoder, span_model)
    yield service
    service.close()


@pytest.mark.parametrize("question", [*QUESTIONS, *REFUSED, *OTHERS])
def test_the_contract_holds_for_every_form(county: Service, question: str) -> None:
    answer = county.ask(question)
    check_contract(answer, county)
    assert len(answer.short_answer or "") <= 60
    by_number = {c.n: c.quote for c in answer.citations}
    assert all(item.text in by_number[item.n] for item in answer.items)
    assert len({item.text for item in answer.items}) == len(answer.items)


@pytest.mark.parametrize(("question", "short"), QUESTIONS.items())
def test_short_answers(county: Service, question: str, short: str) -> None:
    assert county.ask(question).short_answer == short


@pytest.mark.parametrize(("question", "reason"), REFUSED.items())
def test_reasons(county: Service, question: str, reason: str) -> None:
    answer = county.ask(question)
    assert (answer.answered, answer.reason) == (False, reason)


def test_items_of_a_list(county: Service) -> None:
    answer = county.ask("“平安渡口”整治行动的会议提了哪些要求?")
    assert [item.text.split("，")[0] for item in answer.items] == ["摸清底数", "挂牌督办", "限期整改"]


def test_a_sum_shows_its_working(county: Service) -> None:
    answer = county.ask("石桥镇和柳溪镇的早稻加起来多少亩?")
    assert answer.short_answer == "9.9万亩"
    assert "5.2万亩 + 4.7万亩 = 9.9万亩" in answer.answer


def test_both_of_two_questions_are_added(county: Service) -> None:
    history: list[Turn] = []
    for question in ("石桥镇有多少亩早稻?", "柳溪镇有多少亩早稻?"):
        history += [Turn("user", question), Turn("assistant", county.ask(question, history=history).answer)]
    answer = county.ask("两个加起来多少?", history=history)
    assert answer.short_answer == "9.9万亩"
    assert county.ask("哪个多?", history=history).short_answer == "石桥镇的早稻"


def test_articles_that_differ(county: Service) -> None:
    answer = county.ask("全县完成了多少春耕备耕面积?")
    assert [c.article.date for c in answer.citations] == [dt.date(2024, 4, 18), dt.date(2024, 3, 28)]
    assert "27.4万亩" in (answer.short_answer or "")
    assert answer.notice


def test_two_parts_of_one_sentence(county: Service) -> None:
    answer = county.ask("平安渡口行动谁牵头,持续多久?")
    assert answer.short_answer == "县交通运输局；三个月"


def test_a_missing_part_is_named(county: Service) -> None:
    answer = county.ask("图书馆馆长是谁,老馆什么时候拆除?")
    check_contract(answer, county)
    assert not answer.answered or "公报中没有找到" in answer.answer


def test_a_follow_up_is_not_split_into_what_was_asked_before(county: Service) -> None:
    history = [Turn("user", "新馆藏书多少册?"), Turn("assistant", "45万册[1]")]
    answer = county.ask("那阅览座位呢?", history=history)
    check_contract(answer, county)
    assert "；" not in (answer.short_answer or "")
