"""What names nothing of its own is asked of the article told last, its words or the items just told."""

import datetime as dt

import pytest

from qa.answers.replies import how_many, nth_item, repeats
from qa.conversation.dialogue import resolve
from qa.conversation.focus import Resolved
from qa.conversation.staying import asks_for_what_is_told_otherwise
from qa.text import Segmenter
from qa.types import Answer, Article, Citation, Filters, Item, Query, Turn

SEGMENTER = Segmenter(terms=["青石大桥", "柳溪镇", "防汛工作会议"], people=["高志远", "苏建设", "陆小川"])
DAY = dt.date(2024, 6, 3)
BRIDGE = "6月3日,青石大桥通车。桥长800米。施工队从高校请来20名专家。"
MEETING = "6月4日,全县防汛工作会议召开。县委书记高志远强调,要提高认识。各镇要备足物资。水库月底前加固完成。"


def article(number: int, title: str, body: str, day: int, reporter: str) -> Article:
    return Article(f"a{number}", title, body, DAY.replace(day=day), None, (reporter,), (), "a.txt", number)


NEWS = (
    article(0, "青石大桥通车", BRIDGE, 3, "陆小川"),
    article(1, "全县防汛工作会议召开", MEETING, 5, "陆小川"),
)
LISTED = ("有哪些文章?", "一共收录2篇文章：《青石大桥通车》[1]；《全县防汛工作会议召开》[2]")
HELD = ("防汛会提了哪些要求?", "各镇要备足物资。[1]")
REFUSED = "公报中没有找到。"


def ask(question: str, *earlier: str, **recalled: str) -> Resolved:
    turns = [Turn(("user", "assistant")[i % 2], text) for i, text in enumerate(earlier)]
    return resolve(question, turns, SEGMENTER, NEWS, recalled.get)


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        ("第二条是什么?", HELD),
        ("最后一条呢", HELD),
        ("第一件是什么", HELD),
        ("第三条呢", (*LISTED, *HELD)),
        ("最后一类是啥", HELD),
        ("第二位是谁", HELD),
    ],
)
def test_an_ordinal_is_of_the_items_just_told(question: str, earlier: tuple[str, ...]) -> None:
    found = ask(question, *earlier)
    assert (found.article_id, found.counts) == ("a1", HELD[0])
    assert found.nth in (1, 2, 3, -1)
    assert found.least > 0.5


def test_an_ordinal_is_of_the_articles_just_listed() -> None:
    assert ask("第二条是谁写的?", *LISTED).article_id == "a1"
    assert ask("第二篇呢", *LISTED, *HELD).article_id == "a1"
    first = ("第一篇是谁写的", "《青石大桥通车》的记者是陆小川。[1]")
    assert ask("第二篇呢", *LISTED, *first).text == "《全县防汛工作会议召开》那篇是谁写的"
    assert ask("最新一篇讲了什么", *LISTED).text == "《全县防汛工作会议召开》那篇讲了什么"
    assert ask("最早那篇是谁写的", *LISTED).text == "《青石大桥通车》那篇是谁写的"


def test_how_many_items_is_no_question_about_articles() -> None:
    found = ask("一共几条", *HELD[:1], "高志远提了要求。[1]")
    assert "篇" not in found.text
    assert found.counts == HELD[0]
    assert ask("第二条呢", *HELD[:1], "高志远提了要求。[1]", "一共几条", "2条。[1]").counts == HELD[0]
    assert ask("提了几条要求", *HELD[:1], "高志远提了要求。[1]").counts == ""
    assert ask("提了几条要求", "防汛会谁讲话?", "县委书记高志远强调,要提高认识。[1]").article_id == "a1"


def test_a_refused_question_leaves_the_article_where_it_names_nothing_else() -> None:
    told = ("防汛会谁讲话?", "县委书记高志远强调,要提高认识。[1]")
    assert ask("什么时候加固完?", *told, "水库在哪里?", REFUSED).article_id == "a1"
    assert ask("什么时候完工?", *told, "图书馆有几个座位?", REFUSED).article_id is None


def test_what_is_asked_for_may_be_called_otherwise_there() -> None:
    assert asks_for_what_is_told_otherwise("从哪些学校请?", NEWS[0], SEGMENTER)
    assert asks_for_what_is_told_otherwise("招了多少学生", NEWS[0], SEGMENTER)
    assert not asks_for_what_is_told_otherwise("办理低保要什么材料?", NEWS[0], SEGMENTER)
    assert not asks_for_what_is_told_otherwise("请了多少专家", NEWS[0], SEGMENTER)


def test_a_follow_up_is_asked_of_the_article_as_typed_too() -> None:
    found = ask("什么时候通车的?", "签约的另一方是谁?", "6月3日,青石大桥通车。[1]")
    assert any(other.text == "什么时候通车的?" and other.article_id == "a0" for other in found.others)


@pytest.mark.parametrize("question", ["说这话的是谁?", "这些要求是谁提的", "谁提的这些要求"])
def test_who_spoke_is_who_said_what_was_quoted(question: str) -> None:
    found = ask(question, *HELD)
    assert (found.text, found.article_id, found.names) == ("讲话的是谁?", "a1", "高志远")


def test_words_without_a_named_speaker_are_nobodys() -> None:
    assert ask("说这话的是谁?", "桥多长?", "桥长800米。[1]").least == 1.0


@pytest.mark.parametrize("question", ["会是几号?", "哪天说的这些", "那个会是哪天开的"])
def test_the_day_of_the_meeting_that_was_quoted(question: str) -> None:
    assert (ask(question, *HELD).text, ask(question, *HELD).article_id) == ("会议是哪天召开的?", "a1")


def test_the_original_is_what_was_quoted_last() -> None:
    found = ask("原文怎么说的?", *HELD, "花了多少钱?", REFUSED)
    assert (found.text, found.article_id) == (HELD[0], "a1")


def test_more_is_not_what_was_told() -> None:
    assert ask("还有呢", *HELD).beyond == HELD[0]
    assert ask("还有呢", *HELD, "花了多少钱?", REFUSED).beyond == ""
    assert ask("还有多少没修完", *HELD).beyond == ""


def answer(short: str, *items: str) -> Answer:
    quoted = Citation(1, NEWS[0], NEWS[0].body, 0, len(NEWS[0].body))
    query = Query("问", "问", "list", Filters(), 8)
    return Answer(
        id="1",
        question=query.question,
        standalone_question=query.standalone,
        answered=True,
        mode="extractive",
        answer=f"{quoted.quote}[1]",
        short_answer=short,
        confidence=0.9,
        citations=(quoted,),
        suggestions=(),
        hits=(),
        timings_ms={},
        generation=1,
        items=tuple(Item(text, 1) for text in items),
    )


def test_an_item_by_its_place() -> None:
    told = answer("备料、加固", "备料", "加固")
    second, last = nth_item(told, "第二条是什么", 2), nth_item(told, "最后一条", -1)
    assert (second and second.short_answer, last and last.short_answer) == ("加固", "加固")
    assert nth_item(told, "第三条是什么", 3) is None
    counted = how_many(told, "一共几样")
    assert counted is not None
    assert counted.short_answer == "2样"
    assert nth_item(answer("备料"), "第一条是什么", 1) is None


def test_an_answer_that_repeats() -> None:
    assert repeats(answer("电子、材料"), "电子、材料")
    assert not repeats(answer("食品"), "电子、材料")
    assert not repeats(answer("电子、食品", "电子", "食品"), "电子、材料")
    assert repeats(answer("百米冠军"), "百米冠军是谁\n高志远")
    assert not repeats(answer("跳远亚军"), "百米冠军是谁\n高志远")
