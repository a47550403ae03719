"""Everyday wordings of questions about the collection, and questions that only sound like them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from qa.metadata.collection import look_up
from qa.metadata.collection_questions import parse
from qa.types import Article


def article(
    number: int, title: str, day: int | None, reporters: tuple[str, ...], others: tuple[str, ...], body: str
) -> Article:
    date = dt.date(2022, 7, day) if day else None
    return Article(str(number), title, body, date, None, reporters, others, "青禾.txt", number)


ARTICLES = (
    article(
        0,
        "青禾县委常委会召开(扩大)会议 传达学习省委农村工作会议精神",
        18,
        ("沈一鸣",),
        (),
        "7月18日,县委常委会召开扩大会议。县委书记尤建平主持。会议要求抓好落实。",
    ),
    article(
        1,
        "青禾县召开防汛抗旱指挥部会议",
        9,
        ("沈一鸣",),
        ("罗小满",),
        "7月9日,县长卓立群检查河堤。上游水库开始泄洪。",
    ),
    article(
        2,
        "守护老年人“钱袋子” 青禾警方在行动",
        12,
        ("沈一鸣", "方知远"),
        (),
        "7月12日,反诈宣传队进村。反诈民警讲解案例。全县建成反诈站21个。尤建平到场。",
    ),
    article(
        3, "征文比赛落幕", 12, ("方知远",), (), "7月12日,征文比赛落幕,获奖者12人。获奖作文展出。获奖者上台。"
    ),
    article(4, "夜市开张", None, (), (), "东关夜市开张。"),
)
WRITERS = ("沈一鸣", "罗小满", "方知远")


@pytest.mark.parametrize(
    ("question", "short", "listed"),
    [
        # other words for a bulletin
        ("这份快报里有哪些文章", "5篇", [0, 1, 2, 3, 4]),
        ("这期简报一共几篇", "5篇", [0, 1, 2, 3, 4]),
        ("这本专刊收录了多少篇文章", "5篇", [0, 1, 2, 3, 4]),
        ("快报里有几条新闻", "5篇", [0, 1, 2, 3, 4]),
        ("这张报有哪些新闻", "5篇", [0, 1, 2, 3, 4]),
        ("本报有哪些文章", "5篇", [0, 1, 2, 3, 4]),
        ("这份材料里有几篇文章", "5篇", [0, 1, 2, 3, 4]),
        ("这份期刊的目录", "5篇", [0, 1, 2, 3, 4]),
        ("今天的快报有哪些文章", "5篇", [0, 1, 2, 3, 4]),
        ("这里面有哪些文章", "5篇", [0, 1, 2, 3, 4]),
        ("这份快报的通讯员是谁", "罗小满", [1]),
        ("这份简报是哪天的", "2022年7月9日至2022年7月18日", [1, 0]),
        # all of them
        ("这些文章都是谁写的", "沈一鸣、罗小满、方知远", [0, 1, 2, 3]),
        ("这几篇是谁写的", "沈一鸣、罗小满、方知远", [0, 1, 2, 3]),
        ("这五篇报道是哪些记者写的", "沈一鸣、方知远", [0, 1, 2, 3]),
        ("这些报道的记者和通讯员都有谁", "沈一鸣、罗小满、方知远", [0, 1, 2, 3]),
        ("所有文章的作者是谁", "沈一鸣、罗小满、方知远", [0, 1, 2, 3]),
        ("全部报道是谁写的", "沈一鸣、罗小满、方知远", [0, 1, 2, 3]),
        ("文章都是谁写的", "沈一鸣、罗小满、方知远", [0, 1, 2, 3]),
        ("每篇文章的作者是谁", "沈一鸣、罗小满、方知远", [0, 1, 2, 3, 4]),
        ("7月12日的报道是谁写的", "沈一鸣、方知远", [2, 3]),
        ("谁写了这些文章", "沈一鸣、罗小满、方知远", [0, 1, 2, 3]),
        ("记者和通讯员分别是谁", "沈一鸣、罗小满、方知远", [0, 1, 2, 3]),
        ("署名的都有谁", "沈一鸣、罗小满、方知远", [0, 1, 2, 3]),
        ("有没有通讯员", "罗小满", [1]),
        ("反诈那篇是谁写的", "沈一鸣、方知远", [2]),
        ("最早和最晚的新闻分别是哪天", "2022年7月9日至2022年7月18日", [1, 0]),
        ("谁是通讯员", "罗小满", [1]),
        # where something is mentioned
        ("尤建平出现在哪几篇报道里", "2篇", [0, 2]),
        ("尤建平在哪几篇里出现过", "2篇", [0, 2]),
        ("尤建平都在哪些文章中露面", "2篇", [0, 2]),
        ("尤建平上了几篇报道", "2篇", [0, 2]),
        ("尤建平出现在几篇文章里", "2篇", [0, 2]),
        ("哪几篇写到了尤建平", "2篇", [0, 2]),
        ("哪一篇提到了夜市", "夜市开张", [4]),
        ("水库在哪篇文章里", "青禾县召开防汛抗旱指挥部会议", [1]),
        ("水库是哪篇报道里提到的", "青禾县召开防汛抗旱指挥部会议", [1]),
        ("含有“水库”的文章有哪些", "青禾县召开防汛抗旱指挥部会议", [1]),
        ("包含水库这个词的报道有几篇", "1篇", [1]),
        # an article by its topic, its by-line
        ("防汛那篇稿子的通讯员是谁", "罗小满", [1]),
        ("反诈那篇报道的记者是谁", "沈一鸣、方知远", [2]),
        ("讲夜市的那篇有没有署名", None, []),
        ("防汛那篇有没有通讯员", "罗小满", [1]),
        ("讲征文比赛那篇的作者", "方知远", [3]),
        # by-lines
        ("哪些文章有通讯员", "青禾县召开防汛抗旱指挥部会议", [1]),
        ("有通讯员署名的是哪篇", "青禾县召开防汛抗旱指挥部会议", [1]),
        ("哪几篇是通讯员写的", "青禾县召开防汛抗旱指挥部会议", [1]),
        ("哪篇是记者和通讯员合写的", "青禾县召开防汛抗旱指挥部会议", [1]),
        ("哪些文章只有记者没有通讯员", "3篇", [0, 2, 3]),
        ("哪篇没有署名", "夜市开张", [4]),
        ("有没有没署名的文章", "夜市开张", [4]),
        ("有几篇没写作者", "1篇", [4]),
        ("没有通讯员的文章有几篇", "4篇", [0, 2, 3, 4]),
        ("哪些文章有署名", "4篇", [0, 1, 2, 3]),
        ("哪几篇是两个人合写的", "2篇", [1, 2]),
        ("哪些是沈一鸣一个人写的", "青禾县委常委会召开(扩大)会议 传达学习省委农村工作会议精神", [0]),
        ("沈一鸣单独写的有几篇", "1篇", [0]),
        ("只有方知远署名的文章有哪些", "征文比赛落幕", [3]),
        ("沈一鸣和方知远合写的有哪些", "守护老年人“钱袋子” 青禾警方在行动", [2]),
        ("沈一鸣和罗小满共同署名的文章", "青禾县召开防汛抗旱指挥部会议", [1]),
        ("沈一鸣和谁合写过", "罗小满、方知远", [1, 2]),
        ("罗小满跟哪个记者合写", "沈一鸣", [1]),
        ("哪些文章不是沈一鸣写的", "2篇", [3, 4]),
        ("除了沈一鸣写的还有哪些文章", "2篇", [3, 4]),
        ("没有通讯员的文章都是谁写的", "沈一鸣、方知远", [0, 2, 3]),
        # what they are
        ("沈一鸣是什么身份", "记者", [0, 1, 2]),
        ("沈一鸣和罗小满分别是什么身份", "沈一鸣是记者，罗小满是通讯员", [0, 1, 2]),
        ("罗小满是记者还是通讯员", "通讯员", [1]),
        ("罗小满是记者吗", "不是", [1]),
        ("沈一鸣是不是记者", "是", [0, 1, 2]),
        # the newest and the oldest
        ("最晚的一条新闻是哪天的", "2022年7月18日", [0]),
        ("最早的那篇是几号的", "2022年7月9日", [1]),
        ("最早的报道日期", "2022年7月9日", [1]),
        ("哪天的新闻最早", "2022年7月9日", [1]),
        ("方知远最早的报道是什么时候的", "2022年7月12日", [2, 3]),
        ("防汛最新的报道是哪天的", "2022年7月9日", [1]),
        ("最早的那篇是谁写的", "沈一鸣、罗小满", [1]),
        ("最新的两篇是谁写的", "沈一鸣、方知远", [0, 2]),
        # how many writers, and who wrote more
        ("一共几个记者", "2人", [0, 1, 2, 3]),
        ("防汛那篇有几个作者", "2人", [1]),
        ("防汛那篇报道有几位记者署名", "1人", [1]),
        ("钱袋子那篇一共有几个记者", "2人", [2]),
        ("沈一鸣和方知远谁写得多", "沈一鸣", [0, 1, 2, 3]),
        ("方知远和罗小满,谁发稿更多", "方知远", [1, 2, 3]),
        ("除了沈一鸣还有别的记者吗", "方知远", [2, 3]),
        ("防汛那篇出自哪位记者之手", "沈一鸣", [1]),
        ("讲河堤的稿子,通讯员是谁", "罗小满", [1]),
        ("谁写了防汛那篇", "沈一鸣、罗小满", [1]),
        ("守护老年人那篇专访是谁做的", "沈一鸣、方知远", [2]),
        # of which year, of what
        ("这些新闻是哪一年的", "2022年7月9日至2022年7月18日", [1, 0]),
        ("这报纸是哪年的", "2022年7月9日至2022年7月18日", [1, 0]),
        ("这份简报是几月的", "2022年7月9日至2022年7月18日", [1, 0]),
        ("有没有防汛方面的报道", "青禾县召开防汛抗旱指挥部会议", [1]),
        ("公报上和河堤有关的有哪几篇", "青禾县召开防汛抗旱指挥部会议", [1]),
        ("罗小满写的那篇是哪天的", "2022年7月9日", [1]),
    ],
)
def test_wordings(question: str, short: str | None, listed: list[int]) -> None:
    found = look_up(question, ARTICLES)
    assert found is not None
    assert (found.short, [a.position for a in found.articles]) == (short, listed)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("这几篇是谁写的", "收录的5篇文章署名的有记者沈一鸣、方知远，通讯员罗小满"),
        ("最早的那篇是几号的", "最早的报道日期是2022年7月9日"),
        ("罗小满是记者吗", "不是，罗小满是署名的通讯员，文章有1篇"),
        (
            "这几篇分别是谁写的",
            "《青禾县召开防汛抗旱指挥部会议》（2022年7月9日，记者沈一鸣、通讯员罗小满）[2]",
        ),
        ("每篇报道是谁写的", "《夜市开张》（没有认出署名）[5]"),
        ("沈一鸣和方知远谁写得多", "沈一鸣署名的文章有3篇，方知远署名的文章有2篇"),
        ("除了沈一鸣和方知远还有别的记者吗", "收录的文章没有别的记者署名"),
        ("这份公报最早的一条新闻是哪天的", "最新一期里最早的报道日期是2022年7月9日"),
    ],
)
def test_what_is_said(question: str, says: str) -> None:
    found = look_up(question, ARTICLES)
    assert found is not None
    assert says in found.text


def test_where_every_article_is_signed() -> None:
    for question in ("哪篇没有署名", "哪些文章不是沈一鸣写的"):
        found = look_up(question, ARTICLES[:3])
        assert found is not None
        assert not found.answered
        assert found.lead in ("收录的文章都有署名", "收录的文章都有沈一鸣署名")


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("常委会会议讲了什么", 0),
        ("县委常委会都讲了些什么", 0),
        ("县委常委会召开的扩大会议的主要内容是什么", 0),
        ("7月18日的常委会会议说了什么", 0),
        ("防汛抗旱指挥部会议说了些什么", 1),
        ("防汛抗旱会议有哪些内容", 1),
        ("防汛指挥部会议讲了什么", 1),
        ("常委扩大会议讲了什么", 0),
        ("反诈那篇讲了什么", 2),
        ("反诈那篇说了哪几点", 2),
        ("讲一下反诈那篇的要点", 2),
        ("最早的一篇讲了什么", 1),
    ],
)
def test_a_digest(question: str, article: int) -> None:
    found = look_up(question, ARTICLES)
    assert found is not None
    assert found.answered
    assert found.lines
    assert [a.position for a in found.articles] == [article]


def test_a_meeting_that_several_headlines_name_is_left_to_reading() -> None:
    again = article(9, "县委常委会召开会议", 2, (), (), "7月2日,县委常委会召开会议。")
    assert look_up("常委会会议讲了什么", (*ARTICLES, again)) is None
    assert look_up("7月2日常委会会议讲了什么", (*ARTICLES, again)) is not None


@pytest.mark.parametrize(
    "question",
    [
        "谁写的信",
        "这些信是谁写的",
        "这三篇作文是谁写的",
        "每篇作文是谁写的",
        "这几条建议是谁写的",
        "获奖那篇是谁写的",  # an essay that the news tell of
        "最早报道的记者是谁",
        "这篇文章是谁写的",
        "这六篇文章是谁写的",  # there are five
        "哪些单位出现在名单里",
        "尤建平出现在哪几个村",
        "尤建平在哪些会上露面",
        "他出现在哪几篇报道里",
        "这个人出现在哪些文章里",
        "水库出现在哪几篇课文里",
        "有几篇论文获奖",
        "记者节是哪天",
        "哪些单位有通讯员",
        "优秀通讯员是谁",
        "谁是通讯员队伍的负责人",
        "哪些信没有署名",
        "没有署名的有哪些",
        "没有署名的举报信有几封",
        "合写的剧本有哪些",
        "一个人写的剧本叫什么",
        "尤建平是什么身份",
        "尤建平和沈一鸣分别是什么身份",
        "尤建平是记者吗",
        "最晚的一班车是几点",
        "最早的一批项目是哪天开工的",
        "最早的一篇日记是哪天写的",
        "最新的数据是哪天的",
        "农村工作会议讲了什么",  # its spirit is passed on, it was not held
        "省委农村工作会议有哪些内容",
        "会议讲了什么",
        "这次会议讲了什么",
        "尤建平讲了哪几点",
        "反诈那篇提了哪些要求",
        "工作会议讲了什么",
        "指挥部讲了什么",
        "青禾警方协会讲了什么",
        "常委会会议要求什么",
        "常委会会议传达了什么精神",
        "常委会会议有哪些人参加",
        "尤建平在常委会上讲了什么",
        "征文比赛讲了什么",
        "这份文件讲了什么",
        "这份名单里有哪些人",
        "这份报告讲了什么",
        "本报告有哪些内容",
        "这张报表有哪些内容",
        "在期刊上发表了几篇文章",
        "工作简报一共发了几期",
        "快报里提到的单位有哪些",
        "采购目录是什么",
        "会上来了几个记者",
        "夜市是哪一年的",
        "这是哪一年的事",
        "尤建平和卓立群谁讲得多",
    ],
)
def test_what_only_sounds_like_it_is_left_to_reading(question: str) -> None:
    assert look_up(question, ARTICLES) is None


def test_a_few_are_no_more_than_ten() -> None:
    many = tuple(article(n, f"第{n}次巡查", 1 + n, ("沈一鸣",), (), "巡查开始。") for n in range(12))
    assert look_up("这几篇是谁写的", many) is None
    assert look_up("这十二篇文章是谁写的", many) is not None
    assert look_up("这些文章是谁写的", many) is not None


def test_a_page_and_its_writers() -> None:
    request = parse("第三版的文章都是谁写的", writers=WRITERS, newest=None)
    assert request is not None
    assert (request.kind, request.page) == ("writers", "3")
    assert parse("第三版是谁写的", writers=WRITERS, newest=None) is None
    assert parse("《护河行动启动》那篇是什么", writers=WRITERS, newest=None) is None


@pytest.mark.parametrize("question", ["最早的那篇是几号的", "最新的一篇是谁写的", "最新的一篇讲了什么"])
def test_without_dates(question: str) -> None:
    undated = tuple(article(n, f"第{n}次巡查", None, ("沈一鸣",), (), "巡查开始。") for n in range(2))
    found = look_up(question, undated)
    assert found is not None
    assert not found.answered


def test_a_day_in_print_is_that_of_the_paper() -> None:
    printed = replace(ARTICLES[1], source="2022-07-12_2版.txt")
    for question, day in (("防汛那篇是哪天登的", "2022年7月12日"), ("防汛那篇是哪天的", "2022年7月9日")):
        found = look_up(question, (ARTICLES[0], printed))
        assert found is not None
        assert found.short == day
    unknown = look_up("防汛那篇是哪天登的", ARTICLES)
    assert unknown is not None
    assert unknown.short == "2022年7月9日"


def test_a_piece_that_is_not_known_is_not_read_for() -> None:
    found = look_up("夜市着火那篇是谁写的", ARTICLES)
    assert found is not None
    assert (found.answered, found.text) == (False, "没有认出“夜市着火”是哪一篇。")
    assert look_up("获奖那篇是谁写的", ARTICLES) is None  # an essay that the news tell of


def test_where_nothing_is_about_a_topic_the_nearest_are_named() -> None:
    found = look_up("有没有关于夜市消防的报道", ARTICLES)
    assert found is not None
    assert not found.answered
    assert found.suggestions == (ARTICLES[4],)
