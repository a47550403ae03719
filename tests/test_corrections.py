"""Corrections: what counts as one, which article it means, and what is never quoted again."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest

from qa.amendments.correcting import clean_hits, clean_span, correct_draft, notice
from qa.amendments.corrections import Corrections, find
from qa.amendments.errata import occurrences, replacements
from qa.composing import Draft, Quote, compose
from qa.parsing.bulletin import article_id
from qa.types import Article, Hit, Passage

PARK = "二七经济技术开发区新添一所研究院 “政产学研用”合作助力高质量创新发展"
PARK_BODY = (
    "本报讯 12月10日,二七经开区科创中心传来好消息,研究院揭牌。\n"
    "截至目前,二七经开区共有高新技术企业22家,科技型企业61家,研发中心36个。区长苏建设出席。"
)


def article(
    title: str, body: str, day: int | None = 10, source: str = "seeds/a.txt", position: int = 0
) -> Article:
    date = dt.date(2021, 12, day) if day else None
    return Article(article_id(title, body), title, body, date, None, (), (), source, position)


OLD = article(PARK, PARK_BODY)
OTHER = article(
    "二七区“霹雳”行动启动", "本报讯 12月11日,二七区召开会议,部署“霹雳”行动,共有22家单位参加。", 11
)


def pairs(found: Corrections) -> list[tuple[str, str, str]]:
    return [(c.newer.title, c.older.title, c.kind) for c in found.all]


# Which article corrects which


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("更正", f"本报12月10日《{PARK}》一文中,“22家”应为“23家”。特此更正。", "part"),
        ("更正启事", "12月10日刊发的《二七经济技术开发区新添一所研究院》一稿有误,“22家”应为“23家”。", "part"),
        ("更正与致歉", f"12月10日《{PARK.replace(' ', '')}》中,误将“23家”写成“22家”,谨致歉意。", "part"),
        (f"关于《{PARK}》一文的更正", "文中高新技术企业22家应为23家。", "part"),
        ("关于新添研究院报道的更正说明", f"12月10日《{PARK}》中,“22家”应更正为“23家”。", "part"),
        ("编读往来", f"12月10日《{PARK}》中,“22家”应更正为“23家”。", "part"),
        ("编读往来", f"12月10日《{PARK}》的一处数字有误,现更正如下:“22家”应为“23家”。", "part"),
        (f"{PARK}(修订版)", PARK_BODY.replace("22", "23"), "whole"),
        (f"《{PARK}》（修订）", PARK_BODY.replace("22", "23"), "whole"),
        (f"更正：{PARK}", PARK_BODY.replace("22", "23"), "whole"),
        (f"【更正】{PARK}", PARK_BODY.replace("22", "23"), "whole"),
        (f"更正：{PARK}", "文中“22家”应为“23家”。", "part"),
        ("更正", f"12月10日《{PARK}》一文差错较多,现将全文重新刊发,以此文为准。\n{PARK_BODY}", "whole"),
        ("勘误", "《二七经济技术开发区新添一所研究所 “政产学研用”合作助力高质量创新发展》有误。", "part"),
    ],
)  # fmt: skip
def test_a_correction_names_the_article_it_corrects(title: str, body: str, kind: str) -> None:
    newer = article(title, body, 12, "seeds/b.txt")
    assert pairs(find([OLD, OTHER, newer])) == [(title, PARK, kind)]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("二七区修订城市管理条例", f"本报讯 12月12日,二七区修订条例,此前本报报道了《{PARK}》。"),
        ("《二七区志》修订工作启动", "本报讯 12月12日,《二七区志》修订工作启动。"),
        ("二七区召开会议", "本报讯 会议要求及时更正错误数据,参加单位应为“各街道”。"),
        ("更正", "本报昨日一篇报道中,“22家”应为“23家”。特此更正。"),
        ("更正", "本报《不知哪一篇的标题》中,“22家”应为“23家”。"),
    ],
)
def test_what_only_speaks_of_correcting_is_none(title: str, body: str) -> None:
    assert find([OLD, OTHER, article(title, body, 12)]).all == ()


def test_a_correction_of_an_unknown_article_is_told() -> None:
    newer = article("更正", "本报昨日一篇报道中,“22家”应为“23家”。特此更正。", 12)
    assert find([OLD, newer]).unresolved == (newer,)


def test_two_headlines_as_close_are_no_guess() -> None:
    twins = [article("天气与出行提示", f"本报讯 12月{day}日,晴。", day, position=day) for day in (8, 9)]
    newer = article("更正", "《天气与出行提示》中,“晴”应为“阴”。", 12)
    assert find([*twins, newer]).all == ()
    dated = article("更正", "12月9日《天气与出行提示》中,“晴”应为“阴”。", 12)
    assert [c.older.date for c in find([*twins, dated]).all] == [dt.date(2021, 12, 9)]


@pytest.mark.parametrize(
    ("named", "years"),
    [
        ("本报2020年12月10日第3版《全区经济工作会议》", [2020]),
        ("本报2021年12月10日《全区经济工作会议》", [2021]),
        ("《全区经济工作会议》（2020年12月10日第3版）", [2020]),
        ("本报12月10日《全区经济工作会议》", [2021]),
        ("本报2019年12月10日《全区经济工作会议》", []),
    ],
)
def test_of_two_years_the_one_named_is_meant(named: str, years: list[int]) -> None:
    now = article("全区经济工作会议", "本报讯 12月10日,今年有22家参加。")
    then = replace(article("全区经济工作会议", "本报讯 12月10日,有22家。"), date=dt.date(2020, 12, 10))
    newer = article("更正", f"{named}中,“22家”应为“23家”。", 12)
    assert [c.older.date.year for c in find([now, then, newer]).all if c.older.date] == years
    alone = [c.older.date.year for c in find([then, newer]).all if c.older.date]
    assert alone == [year for year in years if year == 2020]


def test_an_article_is_never_corrected_by_an_earlier_one() -> None:
    early = article(f"{PARK}(修订版)", PARK_BODY + "旧。", 3, "seeds/b.txt")
    assert find([OLD, early]).all == ()


def test_a_correction_of_a_correction_reaches_both() -> None:
    second = article(f"{PARK}(修订版)", PARK_BODY.replace("22", "23"), 12, "seeds/b.txt")
    third = article(f"更正：{PARK}(修订版)", PARK_BODY.replace("22", "24"), 14, "seeds/c.txt")
    found = find([third, OLD, second])
    assert found.superseded == {OLD.id, second.id}
    assert [a.id for a in found.corrected_by([quote(third, third.body)])] == [second.id, OLD.id]
    assert not find([]).all


def test_of_two_editions_the_later_one_is_in_force() -> None:
    second = article(f"{PARK}(修订版)", PARK_BODY.replace("22", "23"), 12, "seeds/b.txt")
    third = article(f"{PARK}（修订稿）", PARK_BODY.replace("22", "24"), 14, "seeds/c.txt")
    assert find([OLD, second, third]).superseded == {OLD.id, second.id}


def test_a_headline_changed_with_the_text_is_still_known() -> None:
    old = article("石桥乡蔬菜大棚助农增收 菜农户均年收入达到5.8万元", "本报讯 12月3日,户均年收入5.8万元。", 3)
    new = article(
        "石桥乡蔬菜大棚助农增收 菜农户均年收入达到6.2万元（修订版）", "户均年收入6.2万元。", 3, "b.txt"
    )
    assert find([old, new]).superseded == {old.id}


def test_a_headline_quoted_freely_is_known_by_what_was_wrong_in_the_text() -> None:
    old = article("青禾县新建三所幼儿园 今秋可增加学位810个", "总投资5400万元,9月1日开园,增加学位810个。")
    other = article("青禾县新建三所小学 今秋可增加学位1810个", "总投资9400万元,9月1日开学。")
    told = "《青禾县新建3所幼儿园 今年秋季增加学位810个》中,“学位810个”应为“学位840个”。"
    assert pairs(find([old, other, article("更正", told, 12)])) == [("更正", old.title, "part")]
    vague = "《青禾县新建3所幼儿园 今年秋季增加学位810个》中,“9月1日”应为“9月2日”。"
    assert not find([old, other, article("更正", vague, 12)]).all, "two articles hold it"


def test_each_pair_is_about_the_article_named_before_it() -> None:
    body = f"《{PARK}》中,“36个”应为“37个”。《{OTHER.title}》中,“22家”应为“21家”,“12月11日”应为“12月9日”。"
    found = find([OLD, OTHER, article("更正", body, 12)])
    assert {c.older.title: [r.wrong for r in c.replacements] for c in found.all} == {
        PARK: ["36个"], OTHER.title: ["22家", "12月11日"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        f"12月12日《更正》中,《{PARK}》的企业数仍有误,“23家”应为“24家”。",
        f"《{PARK}》一文的企业数仍有误,“高新技术企业23家”应为“高新技术企业24家”。",
        "12月12日本报《更正》一文中“23家”应为“24家”。",
    ],
)
def test_the_latest_of_two_notices_stands(body: str) -> None:
    second = article("更正", body, 14, "seeds/c.txt")
    found = find([OLD, OTHER, NEW, second])
    for draft in (
        Draft((quote(OLD, SENTENCE),), "22家"),
        Draft((quote(NEW, RIGHT),), "23家"),
        Draft((quote(NEW, RIGHT),), "22家"),
        Draft((quote(second, body.rsplit(",", 1)[-1]),), "23家"),
    ):
        made = correct_draft(draft, found)
        assert made.short in ("24家", None) if draft.quotes[0].article is NEW else made.short == "24家"
        assert {q.article.id for q in made.quotes} == {second.id}
    assert correct_draft(Draft((quote(OLD, SENTENCE),), "22家"), find([OLD, OTHER, NEW])).short == "23家"


def test_what_was_right_after_all_answers_again() -> None:
    second = article("更正", "12月12日本报《更正》有误,“23家”应为“22家”。", 14, "seeds/c.txt")
    found = find([OLD, OTHER, NEW, second])
    draft = Draft((quote(OLD, SENTENCE),), "22家")
    assert correct_draft(draft, found) is draft
    assert correct_draft(Draft((quote(NEW, RIGHT),), "23家"), found).short == "22家"


def test_a_notice_also_corrects_the_edition_printed_before_it() -> None:
    edition = article(f"{PARK}(修订版)", PARK_BODY.replace("61家", "62家"), 11, "seeds/b.txt")
    assert {c.older.id for c in find([OLD, edition, NEW]).all if c.newer is NEW} == {OLD.id, edition.id}


def test_two_articles_cannot_correct_each_other() -> None:
    one = article("更正：乙乙乙乙乙乙乙乙乙", "甲甲甲。", 12)
    two = article("乙乙乙乙乙乙乙乙乙", "更正：《更正：乙乙乙乙乙乙乙乙乙》有误。", 12, position=1)
    assert len(find([one, two]).all) == 1


def test_the_order_of_articles_makes_no_difference() -> None:
    articles = [
        OLD, OTHER,
        article(f"{PARK}(修订版)", PARK_BODY.replace("22", "23"), 12, "seeds/b.txt"),
        article("更正", "《二七区“霹雳”行动启动》中,“22家”应为“21家”。", 13, "seeds/c.txt"),
    ]  # fmt: skip
    expected = pairs(find(articles))
    assert len(expected) == 2
    for seed in range(6):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert pairs(find(shuffled)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“22家”应为“23家”。", [("22家", "23家")]),
        ("“22家”有误，应改为“23家”。", [("22家", "23家")]),
        ("将“张三”更正为“张山”。", [("张三", "张山")]),
        ("误将“张山”写成“张三”。", [("张三", "张山")]),
        ("将“张山”误写为“张三”。", [("张三", "张山")]),
        ("“张山”误为“张三”。", [("张三", "张山")]),
        ("“张三”系“张山”之误。", [("张三", "张山")]),
        ("应为“23家”，而非“22家”。", [("22家", "23家")]),
        ("高新技术企业22家应为23家。", [("22家", "23家")]),
        ("“甲”应为“乙”，“丙”应为“丁”。", [("甲", "乙"), ("丙", "丁")]),
        ("会议应为“明天”召开。", []),
        ("将开园时间“9月1日”误写，应为“9月2日”。", [("9月1日", "9月2日")]),
        ("“22家”有误，正确的数字应为“23家”。", [("22家", "23家")]),
        ("开园时间9月1日应为9月2日。", [("9月1日", "9月2日")]),
        ("文中“22家”应为23家，“36个”应为37个。", [("22家", "23家"), ("36个", "37个")]),
        ("文中22家应为“23家”。", [("22家", "23家")]),
        ("将22家更正为23家。", [("22家", "23家")]),
        ("“22家”应为23家（含1家在建）。", [("22家", "23家")]),
        ("“3,500人”应为3600人。", [("3,500人", "3600人")]),
        ("“9:00”应为9:30，特此更正。", [("9:00", "9:30")]),
        ("“三人”应为十二人。", [("三人", "十二人")]),
        ("作者“王小明”应为王晓明。", [("王小明", "王晓明")]),
        ("误将李明写成李鸣，特此更正。", [("李鸣", "李明")]),
        ("“12月10日”有误，正确日期为“12月11日”。", [("12月10日", "12月11日")]),
        ("活动时间应为12月11日，而非12月10日。", [("12月10日", "12月11日")]),
        ("原文为“22家”，现更正为“23家”。", [("22家", "23家")]),
        ("“22家”系录入错误，应为“23家”。", [("22家", "23家")]),
        ("“22家”是“23家”的笔误。", [("22家", "23家")]),
        ("把“23家”写成了“22家”。", [("22家", "23家")]),
        ("所述“22家”一数应为“23家”。", [("22家", "23家")]),
        ("误：22家 正：23家", [("22家", "23家")]),
        ("奖金写成3500元，实际为3800元。", [("3500元", "3800元")]),
        ("“22家”应为以公告为准的数字。", []),
        ("“张三、李四”应为张山、李四。", []),
        ("登记的企业为22家，应为各街道负责。", []),
    ],
)
def test_pairs_of_wrong_and_right(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(r.wrong, r.right) for r in replacements(text)] == expected


@pytest.mark.parametrize(
    ("wrong", "text", "expected"),
    [
        ("三人", "十三人参加，其中三人获奖", ["三人获奖"]),
        ("三人", "第三人、二〇一三人", []),
        ("三人", "统一三人", ["三人"]),
        ("十二", "二十二家", []),
        ("二十", "二十三人、二十人", ["二十人"]),
        ("百家", "三百家", []),
        ("10", "10,000元", []),
        ("500元", "3,500元", []),
        ("3500元", "13,500元、3,500元", ["3,500元"]),
        ("3,500元", "3500元", ["3500元"]),
        ("周一", "周一一早", ["周一一早"]),
    ],
)
def test_where_a_wrong_text_stands(wrong: str, text: str, expected: list[str]) -> None:
    assert [text[start : start + len(e)] for (start, _), e in zip(
        occurrences(wrong, text), expected, strict=True
    )] == expected  # fmt: skip


# What is never quoted again

NEW = article(
    "更正",
    f"本报12月10日《{PARK}》一文有误。文中“高新技术企业22家”应为“高新技术企业23家”。特此更正。",
    12,
    "seeds/b.txt",
)
FOUND = find([OLD, OTHER, NEW])
SENTENCE = "截至目前,二七经开区共有高新技术企业22家,科技型企业61家,研发中心36个。"
RIGHT = "文中“高新技术企业22家”应为“高新技术企业23家”。"


def quote(of: Article, text: str) -> Quote:
    start = of.body.index(text)
    return Quote(of, start, start + len(text))


def test_the_wrong_answer_becomes_the_right_one() -> None:
    made = correct_draft(Draft((quote(OLD, SENTENCE),), "22家"), FOUND)
    assert (made.short, made.lead) == ("23家", "更正后：23家。")
    assert [q.text for q in made.quotes] == [RIGHT]
    assert compose(made).text == f"更正后：23家。\n{RIGHT}[1]"


def test_another_fact_of_the_same_sentence_still_answers() -> None:
    made = correct_draft(Draft((quote(OLD, SENTENCE),), "61家"), FOUND)
    assert (made.short, made.lead) == ("61家", "")
    assert [q.text for q in made.quotes] == ["科技型企业61家,研发中心36个。"]


def test_of_two_parts_each_keeps_its_source() -> None:
    draft = Draft((quote(OLD, SENTENCE),), "22家；61家")
    made = correct_draft(draft, FOUND)
    assert (made.short, made.lead) == ("23家；61家", "更正后：23家；61家。")
    assert [q.text for q in made.quotes] == ["科技型企业61家,研发中心36个。", RIGHT]


def test_a_sentence_without_a_short_answer_is_cut_and_the_correction_stands_by_it() -> None:
    made = correct_draft(Draft((quote(OLD, SENTENCE),)), FOUND)
    assert [q.text for q in made.quotes] == ["科技型企业61家,研发中心36个。", RIGHT]


def test_other_sentences_and_articles_stay_as_they_are() -> None:
    for draft in (
        Draft((quote(OLD, "区长苏建设出席。"),), "苏建设"),
        Draft((quote(OTHER, "共有22家单位参加。"),), "22家"),
    ):
        assert correct_draft(draft, FOUND) is draft


def test_the_correction_itself_never_gives_the_wrong_answer() -> None:
    made = correct_draft(Draft((quote(NEW, RIGHT),), "22家"), FOUND)
    assert (made.short, [q.text for q in made.quotes]) == ("23家", [RIGHT])
    right = correct_draft(Draft((quote(NEW, RIGHT),), "23家"), FOUND)
    assert (right.short, right.lead) == ("23家", "")


def test_a_list_has_the_right_item() -> None:
    items = tuple(quote(OLD, text) for text in ("高新技术企业22家", "科技型企业61家"))
    made = correct_draft(
        Draft((quote(OLD, SENTENCE),), "高新技术企业22家、科技型企业61家", items=items), FOUND
    )
    assert [i.text for i in made.items] == ["高新技术企业23家", "科技型企业61家"]
    assert made.short == "高新技术企业23家、科技型企业61家"
    composed = compose(made)
    assert [composed.citations[i.n - 1].article.id for i in composed.items] == [NEW.id, OLD.id]


def test_sums_and_verdicts_are_not_trusted() -> None:
    made = correct_draft(Draft((quote(OLD, SENTENCE),), "83家", lead="22＋61＝83。"), FOUND)
    assert (made.short, made.lead) == (None, "")
    assert RIGHT in [q.text for q in made.quotes]


def test_articles_that_only_seem_to_differ() -> None:
    draft = Draft(
        (quote(NEW, RIGHT), quote(OLD, SENTENCE)),
        "23家（2021年12月12日）；22家（2021年12月10日）",
        notice="说法不同。",
        dated=True,
    )
    made = correct_draft(draft, FOUND)
    assert (made.short, made.dated, made.notice) == ("23家", False, None)
    assert {q.article.id for q in made.quotes} == {NEW.id}


def test_a_wrong_text_at_two_places_is_no_guess() -> None:
    old = article("各镇企业情况", "城东有企业22家,城西有企业22家。")
    new = article("更正", "《各镇企业情况》中“22家”应为“23家”。", 12)
    made = correct_draft(Draft((quote(old, old.body),), "22家"), find([old, new]))
    assert (made.short, [q.article.id for q in made.quotes]) == (None, [new.id])


def test_passages_and_openings_hold_no_wrong_text() -> None:
    hit = Hit(Passage(OLD.id, 0, len(OLD.body), OLD.body), OLD, 1.0, {})
    (cleaned,) = clean_hits([hit], FOUND)
    assert cleaned.passage.text == OLD.body[cleaned.passage.start : cleaned.passage.end]
    assert "22家" not in cleaned.passage.text
    whole = quote(OLD, SENTENCE)
    start, end = clean_span(OLD, whole.start, whole.end, FOUND)
    assert OLD.body[start:end] == "科技型企业61家,研发中心36个。"


def test_the_notice_names_both() -> None:
    assert (
        notice([quote(NEW, RIGHT)], FOUND)
        == f"《更正》（2021年12月12日）更正了先前的《{PARK}》（2021年12月10日），有出入的地方以更正为准。"
    )
    assert "后来有更正" in (notice([quote(OLD, SENTENCE)], FOUND) or "")
    assert notice([quote(OTHER, OTHER.body)], FOUND) is None


def test_what_stands_around_the_right_text_is_no_answer() -> None:
    old = article("县医院新门诊楼投入使用", "院长刘慧敏说,门诊楼设诊室128间。")
    told = "《县医院新门诊楼投入使用》中“院长刘慧敏”应为“副院长刘慧敏”,“诊室128间”应为“诊室138间”。"
    new = article("更正", told, 12)
    found = find([old, new])
    for of, said, expected in (
        (new, "应为“诊室138间", "诊室138间"),
        (new, "“院长", "副院长"),
        (new, "刘慧敏”应为“副院长刘慧敏", "副院长刘慧敏"),
        (new, "新门诊楼", None),
        (old, "院长", "副院长"),
        (old, "128间", "138间"),
    ):
        assert correct_draft(Draft((quote(of, of.body),), said), found).short == expected


def test_the_wrong_text_in_a_headline_that_a_notice_quotes() -> None:
    old = article("青禾县幼儿园增加学位810个", "新建幼儿园三所,可增加学位810个。")
    new = article("更正", "《青禾县幼儿园增加学位810个》一文中,“810个”应为“840个”。", 12)
    assert correct_draft(Draft((quote(new, new.body),), "810个"), find([old, new])).short == "840个"


def test_a_notice_of_an_unknown_article_never_gives_the_wrong_text() -> None:
    new = article("更正", "本报昨日一篇报道中,“22家”应为“23家”。特此更正。", 12)
    assert correct_draft(Draft((quote(new, new.body),), "22家"), find([OLD, new])).short == "23家"


@pytest.mark.parametrize(
    ("told", "sentence", "short", "expected"),
    [
        ("“三人”应为“四人”", "社员三人,往年十三人。", "三人", "四人"),
        ("“三人”应为“四人”", "社员三人,往年十三人。", "十三人", "十三人"),
        ("“苏建社”的“社”应为“设”", "合作社理事长苏建社说,合作社丰收。", "苏建社", "苏建设"),
        ("“苏建社”的“社”应为“设”", "合作社理事长苏建社说,合作社丰收。", "合作社丰收", "合作社丰收"),
        ("“苏建社”的“社”应为“设”", "合作社理事长苏建说,合作社丰收。", "合作社丰收", "合作社丰收"),
        ("“3500元”应为3800元", "奖金3,500元。", "3,500元", "3800元"),
        ("奖金3,500元有误，“3,500元”应为3800元", "奖金3500元。", "3500元", "3800元"),
    ],
)
def test_only_the_place_that_is_meant_is_put_right(
    told: str, sentence: str, short: str, expected: str
) -> None:
    old = article("石桥村喜获丰收", sentence)
    new = article("更正", f"《石桥村喜获丰收》中，{told}。", 12)
    made = correct_draft(Draft((quote(old, sentence),), short), find([old, new]))
    assert made.short == expected
    assert (made.quotes[0].article is old) == (expected == short)


def test_a_figure_named_with_other_words_than_the_articles() -> None:
    old = article("青禾县新建三所幼儿园", "三所幼儿园将于9月1日开园。")
    new = article("更正", "《青禾县新建三所幼儿园》中,“开园时间9月1日”应为“开园时间9月2日”。", 12)
    assert correct_draft(Draft((quote(old, old.body),), "9月1日"), find([old, new])).short == "9月2日"


def test_of_a_notice_about_several_articles_only_what_is_quoted_is_told() -> None:
    told = f"《{PARK}》中,“36个”应为“37个”。"
    both = article("更正", f"{told}《{OTHER.title}》中,“22家”应为“21家”。", 12)
    found = find([OLD, OTHER, both])
    assert found.corrected_by([quote(both, told)]) == (OLD,)
    assert OTHER.title not in (notice([quote(both, told)], found) or "")
    assert len(found.corrected_by([quote(both, both.body)])) == 2
