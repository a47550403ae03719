"""Questions are put into the corpus's words, only where the corpus lacks the typed ones."""

import pytest
from evidence import corpus_segmenter
from hypothesis import given
from hypothesis import strategies as st

from qa.index.lexicon import SHORT_OF_A_NUMBER, Lexicon
from qa.types import Article
from qa.understanding.synonyms import Synonyms, built_in, read
from qa.understanding.wording import other_words, reword

BODIES = (
    "县长高志远在柳溪镇调研。滨江高新技术产业开发区(以下简称滨江高新区)有高新技术企业30家。",
    "本报讯 “碧水”行动启动。青石大桥通车,省南方水稻研究所揭牌。副县长许镔出席。",
    "市生态环境局(以下简称市局)发布公告。第二中学开学。",
    "县供水公司(以下简称市局)负责供水。城东医院开展接种疫苗工作。",
    "护士林秀兰拉来几位邻居,古丽·艾山唱了一首歌。省新材料研究院开展技术服务,与郑州大学签约。",
)
ARTICLES = tuple(
    Article(str(n), "新闻", body, None, None, ("钱海燕",), (), "a.txt", n) for n, body in enumerate(BODIES)
)
SEGMENTER = corpus_segmenter(ARTICLES)
LEXICON = Lexicon(ARTICLES, SEGMENTER)
SYNONYMS, _ = read("接种疫苗 打疫苗\n高速铁路 高铁\n环境保护 生态环境")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("高致远去了哪里?", "高志远去了哪里?"),
        ("许斌出席了什么?", "许镔出席了什么?"),
        ("钱海艳写了几篇?", "钱海燕写了几篇?"),
        ("青石大乔哪天通车?", "青石大桥哪天通车?"),
        ("柳希镇有什么新闻?", "柳溪镇有什么新闻?"),
        ("碧水行动启动了吗?", "碧水行动启动了吗?"),
        ("碧氺行动启动了吗?", "碧水行动启动了吗?"),
        ("滨江有多少家高企?", "滨江有多少家高新技术企业?"),
        ("在哪里打疫苗?", "在哪里接种疫苗?"),
        ("高致远是谁?", "高志远是谁?"),
        ("林秀岚多大了?", "林秀兰多大了?"),
        ("古丽艾山唱了什么?", "古丽·艾山唱了什么?"),
        ("郑大跟谁签约?", "郑州大学跟谁签约?"),
    ],
)
def test_what_is_put_into_the_corpus_words(question: str, expected: str) -> None:
    reworded = reword(question, LEXICON, SEGMENTER, SYNONYMS)
    assert reworded.text == expected
    assert (reworded.notice is None) == (question == expected)


@pytest.mark.parametrize(
    "question",
    [
        "高志强去了哪里?",
        "第三中学哪天开学?",
        "城西医院在哪里?",
        "柳西镇有什么新闻?",
        "高铁什么时候通车?",
        "门票多少钱?",
        "高志远去了哪里?",
        "副县长是谁?",
        "林秀芳多大了?",
        "研究院打不打疫苗?",
        "新材枓研究院在哪里?",
    ],
)
def test_what_may_be_another_thing_is_left_alone(question: str) -> None:
    assert reword(question, LEXICON, SEGMENTER, SYNONYMS).text == question


def test_a_close_name_is_suggested() -> None:
    reworded = reword("高志强去了哪里?", LEXICON, SEGMENTER, SYNONYMS)
    assert reworded.close == ("高志远",)
    assert reworded.suggestion == "您是不是要问“高志远”？"
    assert reword("城里有什么?", LEXICON, SEGMENTER, SYNONYMS).suggestion is None


def test_another_word_is_no_close_name() -> None:
    articles = (Article("1", "新闻", "韩国公司参展。韩国公司签约。", None, None, (), (), "a.txt", 0),)
    segmenter = corpus_segmenter(articles)
    lexicon = Lexicon(articles, segmenter)
    assert reword("英国公司来了吗?", lexicon, segmenter, SYNONYMS).suggestion is None


def test_whether_or_not_is_no_misspelt_name() -> None:
    body = "“三不要”提醒发布。大家记住“三不要”。"
    articles = (Article("1", "新闻", body, None, None, (), (), "a.txt", 0),)
    segmenter = corpus_segmenter(articles)
    assert reword("要不要带伞?", Lexicon(articles, segmenter), segmenter, SYNONYMS).suggestion is None


def test_abbreviations_are_learnt_where_all_articles_agree() -> None:
    assert LEXICON.aliases == {"滨江高新区": "滨江高新技术产业开发区"}


def test_other_forms_are_searched_for_too() -> None:
    assert other_words("滨江高新区有几家企业?", LEXICON, Synonyms()) == ("滨江高新技术产业开发区",)
    assert other_words("滨江高新技术产业开发区有几家企业?", LEXICON, Synonyms()) == ("滨江高新区",)
    assert other_words("哪里打疫苗?", LEXICON, SYNONYMS) == ("接种疫苗",)
    assert other_words("环境保护抓什么?", LEXICON, SYNONYMS) == ("生态环境",)


def test_the_lexicon_knows_its_corpus() -> None:
    assert LEXICON.has("青石大桥")
    assert not LEXICON.has("青石小桥")
    assert {"高志远", "许镔", "钱海燕"} <= LEXICON.people
    assert LEXICON.body(ARTICLES[0]) == BODIES[0]


@given(st.text(alphabet="高志远许镔青石大桥柳溪镇二三中学东西企业打疫苗是谁在哪多少家?", max_size=20))
def test_only_absent_words_are_replaced(question: str) -> None:
    reworded = reword(question, LEXICON, SEGMENTER, SYNONYMS)
    assert reword(question, LEXICON, SEGMENTER, SYNONYMS) == reworded
    if LEXICON.has(question) and not SHORT_OF_A_NUMBER.search(question):  # 二中 is in 第二中学
        assert reworded.text == question
    assert (reworded.text == question) == (reworded.assumed == ())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("3月6日开了什么会?", "3月6日召开了什么会议?"),
        ("上周县里开过哪些会", "上周县里召开过哪些会议"),
        ("高志远开了几次会?", "高志远召开了几次会议?"),
        ("大桥哪天通的车?", "大桥哪天通车的?"),
        ("大桥哪天通的气?", "大桥哪天通的气?"),
        ("大桥哪天开的花展?", "大桥哪天开的花展?"),
        ("召开了什么会?", "召开了什么会?"),
        ("青石大桥哪天通的车?", "青石大桥哪天通车的?"),
        ("青石大桥动了工没有?", "青石大桥动工了没有?"),
        ("哪天开的工厂?", "哪天开的工厂?"),
        ("青石大桥通的车次多吗?", "青石大桥通的车次多吗?"),
        ("公开了什么会计账目?", "公开了什么会计账目?"),
    ],
)
def test_a_meeting_is_called_as_the_news_call_it(question: str, expected: str) -> None:
    reworded = reword(question, LEXICON, SEGMENTER, SYNONYMS)
    assert (reworded.text, reworded.notice) == (expected, None)


@pytest.mark.parametrize(
    ("body", "there"),
    [
        ("会议推动工作落实。", False),
        ("大桥昨日动工。", True),
        ("会议推动工作落实,大桥昨日动工。", True),
        ("会议推动工业发展。", False),
    ],
)
def test_a_word_across_two_others_is_not_there(body: str, there: bool) -> None:
    articles = (Article("a", "新闻", body, None, None, (), (), "a.txt", 0),)
    lexicon = Lexicon(articles, corpus_segmenter(articles))
    assert lexicon.has_word("动工") is there
    synonyms, _ = read("开工 动工")
    assert ("动工" in other_words("大桥哪天开工?", lexicon, synonyms)) is there


def test_whole_words_in_a_row_and_a_part_of_one_are_there() -> None:
    assert LEXICON.has_word("高新技术企业")
    assert LEXICON.has_word("研究所")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("三实小校长是谁?", "第三实验小学校长是谁?"),
        ("县二中放假吗?", "县第二中学放假吗?"),
        ("二中放假吗?", "第二中学放假吗?"),
        ("一院在哪里?", "第一人民医院在哪里?"),
        ("四中在哪里?", "四中在哪里?"),
        ("六小有几个班?", "六小有几个班?"),
        ("排队二小时怎么办?", "排队二小时怎么办?"),
        ("方老师几岁了?", "方老师几岁了?"),
        ("码头路医护人员有几名?", "码头路医务人员有几名?"),
        ("老师招多少人?", "教师招多少人?"),
        ("林场是搞旅游的还是搞养殖的?", "林场是搞旅游的还是搞养殖的?"),
        ("房建了多少套?", "房建了多少套?"),
        ("义集有几个人?", "义集有几个人?"),
    ],
)
def test_a_number_names_a_school_and_a_title_nobody_else(question: str, expected: str) -> None:
    body = (
        "第三实验小学校长林岳、县第二中学教师方远、第一人民医院医生开展活动。第六小学与第六中心小学合并。"
        "四中迁入第四中学旧址。抓好安置房建设。义演赶集,青禾集团有限公司到场。医务人员值班。"
    )
    articles = (Article("a", "新闻", body, None, None, (), (), "a.txt", 0),)
    segmenter = corpus_segmenter(articles)
    assert reword(question, Lexicon(articles, segmenter), segmenter, built_in()).text == expected
