"""Whom a reader marked: whole names, several side by side, bodies; and numbers of a part."""

from __future__ import annotations

import pytest
from evidence import article, evidence, query, reading

from qa.answers.drafting import draft
from qa.text import Segmenter
from qa.understanding.questions import analyse

SEGMENTER = Segmenter()


def short(question: str, sentence: str, marked: str) -> str | None:
    found = evidence(article(sentence), short=marked)
    answer = draft(query(question), analyse(question), reading(found), SEGMENTER)
    return answer.short if answer else None


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        ("谁领学的全会精神?", "纪工委书记凌既白领学全会精神。", "凌既白", "凌既白"),
        ("动员会谁主持的?", "副区长庾清和主持会议。", "庾清和", "庾清和"),
        ("越野赛是谁承办的?", "比赛由县文旅局主办，县长跑协会承办。", "县长跑协会", "县长跑协会"),
        ("馆牌是谁揭的?", "邬望舒、骆承谟共同为新馆揭牌。", "邬望舒、骆承谟", "邬望舒、骆承谟"),
        (
            "谁致的辞?",
            "商会会长支南楼、副主任臧谷雨致辞,局长毕月照主持。",
            "商会会长支南楼、副主任臧谷雨",
            "商会会长支南楼、副主任臧谷雨",
        ),
        ("揭牌那天谁致的辞?", "邬望舒、骆承谟共同揭牌,闵舒桐致辞。", "骆承谟", "闵舒桐"),
        ("材料谁审核?", "村委会3日内上报,镇民政办在5日内审核,县局在网上黄蜡公示。", "黄蜡", "镇民政办"),
        ("火是谁报的警?", "车主于女士报警后,民警找到林苇住处。", "车主于女士", "于女士"),
        (
            "谁作了表态?",
            "局长阙叔元通报任务,凤岬街道、市城投公司作表态发言。",
            "凤岬街道、市城投公司",
            "凤岬街道、市城投公司",
        ),
    ],
)
def test_who_it_is(question: str, sentence: str, marked: str, answer: str) -> None:
    assert short(question, sentence, marked) == answer


@pytest.mark.parametrize(
    ("sentence", "marked", "answer"),
    [
        ("会议听取了区财政局局长漆有容作的报告。", "区财政局局长", "区财政局局长"),
        (
            "区民政局基层政权和社区治理科科长漆有容提醒居民。",
            "区民政局基层政权和社区治理科科长",
            "区民政局基层政权和社区治理科科长",
        ),
    ],
)
def test_an_office_begins_where_the_reader_began_it(sentence: str, marked: str, answer: str) -> None:
    assert short("漆有容是什么职务?", sentence, marked) == answer


PARTS = "全区累计改造老旧小区316个,其中去年新开工92个、完工85个。"


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "answer"),
    [
        ("去年完工的老旧小区有多少个?", PARTS, "85个", "85个"),
        ("累计改造了多少个老旧小区?", PARTS, "85个", "316个"),
        ("大会实际到了多少代表?", "大会应到代表236名,实到231名。", "231名", "231名"),
        (
            "镇上多久演练一次?",
            "落实24小时值班制度,各镇每月至少开展1次演练。",
            "每月至少开展1次",
            "每月至少开展1次",
        ),
    ],
)
def test_a_number_of_a_part(question: str, sentence: str, marked: str, answer: str) -> None:
    assert short(question, sentence, marked) == answer


@pytest.mark.parametrize(
    ("question", "sentence", "count"),
    [
        ("他强调了哪几条?", "他强调,要摸清底数,建好台账;要挂牌督办;要限期整改。", 3),
        ("县长提的两条硬措施是什么?", "县长提出两条硬措施:一律先停后改;对瞒报的取消奖补。", 2),
        ("哪三类人可以申请?", "答:退役军人;持有残疾证的居民;在读的全日制学生。", 3),
        ("哪两类老人能领?", "一类是失能的本县老人;二类是低保家庭中的老人。", 2),
    ],
)
def test_clauses_are_listed(question: str, sentence: str, count: int) -> None:
    found = evidence(article(sentence))
    answer = draft(query(question), analyse(question), reading(found), SEGMENTER)
    assert answer is not None
    assert len(answer.items) == count


@pytest.mark.parametrize(
    ("marked", "answer"),
    [
        ("由于前期集中出栏", "由于前期集中出栏"),
        ("因为散户退出", "因为散户退出"),
    ],
)
def test_of_two_causes_the_marked_one(marked: str, answer: str) -> None:
    sentence = "春季低迷,是由于前期集中出栏;8月反弹,则是因为散户退出。"
    assert short("猪价为什么变?", sentence, marked) == answer
